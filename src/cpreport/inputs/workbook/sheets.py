"""The sheets of a workbook by their names: which are read, what hides them, and the others as templates print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, product

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.cells.worksheet import Cells
from cpreport.inputs.workbook.data import data_sheets
from cpreport.inputs.workbook.meaning import Problem, broken, text_of
from cpreport.inputs.workbook.tables import TABLES, named_sheet, place_in
from cpreport.model.document import Align
from cpreport.model.errors import InputError
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.period import MONTHS
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import OtherSheet, sheet_key

_LIKENESS, _LIKENESS_AT_A_LENGTH = 0.85, 0.8
"""How much like a known sheet's name another one is that may have been meant for it, from 0 to 1: one letter."""

_ADDED = {"table", "sheet", "copy", "of", "new", "old", "final", "draft", "version", "v", "stats"}
_ADDED.update(part for name in MONTHS for part in (name.lower(), name[:3].lower()))
"""What programs and people add to a sheet's name: `Marks - Table 1`, `Copy of Marks`, `Marks July 2023`.

`Stats` is a name of its own, not a mistyped Status.
"""


def read_sheets(book: Spreadsheet) -> list[Sheet]:
    """The sheets that figures, marks and texts are read from."""
    known = (named_sheet(book, name) for name in TABLES)
    return [*data_sheets(book), *(sheet for sheet in known if sheet)]


def sheets_told(book: Spreadsheet, printed: Collection[str]) -> list[Finding]:
    """Sheets of one name, sheets with nearly a known one, and what is hidden. `printed` are those of templates."""
    return [*_twice(book), *_near(book, printed), *_hidden(book)]


def _twice(book: Spreadsheet) -> Iterator[Finding]:
    """Sheets that have the name of one that is read, apart from spaces and capitals."""
    wanted = {sheet_key(sheet.name) for sheet in read_sheets(book)}
    seen: set[str] = set()
    for sheet in book.sheets:
        key = sheet_key(sheet.name)
        if key in wanted & seen:
            yield rules.SHEET_TWICE.at(Place(file=book.file, sheet=sheet.name), sheet=sheet.name.strip())
        seen.add(key)


def _near(book: Spreadsheet, printed: Collection[str]) -> Iterator[Finding]:
    """Sheets that are not read, but have nearly the name of one that is. `printed` are of templates.

    A hidden one matters only where the sheet that it may be meant for is not there.
    """
    absent = [name for name in TABLES if named_sheet(book, name) is None]
    used = {sheet.name for sheet in read_sheets(book)}
    wanted = {*map(sheet_key, printed)}
    for sheet in book.sheets:
        is_left = sheet.name not in used and sheet_key(sheet.name) not in wanted
        if is_left and (known := _meant(sheet.name, absent)) and (known in absent or not sheet.hidden):
            place = Place(file=book.file, sheet=sheet.name)
            found = rules.NEAR_SHEET.at(place, sheet=sheet.name, known=known)
            yield replace(found, lost=Place(sheet=known))


def _meant(name: str, absent: Collection[str]) -> str | None:
    """The known sheet whose name another name is, or nearly is, apart from what is added to it.

    One that is `absent` may also be named by the first or last of more words.
    """
    if found := re.fullmatch(r"data(?![^\W\d_])[\W_]*(.*?)[\W_]*", name.strip(), re.IGNORECASE):
        return f"Data {found[1]}".strip()
    words = [word for word in re.findall(r"[^\W\d_]+", name.lower()) if word not in _ADDED]
    for tried, known in ((" ".join(words), TABLES), *((word, absent) for word in (*words[:1], *words[-1:]))):
        as_long = [candidate for candidate in known if len(candidate) == len(tried)]
        if near := nearest_name(tried, known, _LIKENESS) or nearest_name(tried, as_long, _LIKENESS_AT_A_LENGTH):
            return near
    return None


def _hidden(book: Spreadsheet) -> Iterator[Finding]:
    """A warning for each hidden sheet that is read, and for each run of hidden rows or columns in one."""
    for sheet in read_sheets(book):
        if sheet.hidden:
            place = Place(file=book.file, sheet=sheet.name)
            yield rules.HIDDEN.at(place, what=f"the sheet {sheet.name} is")
        for first, last in _runs(sheet.cells.hidden_rows):
            what = f"row {first + 1} is" if first == last else f"rows {first + 1} to {last + 1} are"
            yield rules.HIDDEN.at(place_in(book, sheet, first, 0), what=what)
        for first, last in _runs(sheet.cells.hidden_columns):
            letters = [CellRef("", 1, column + 1).a1[:-1] for column in (first, last)]
            what = f"column {letters[0]} is" if first == last else f"columns {letters[0]} to {letters[1]} are"
            yield rules.HIDDEN.at(place_in(book, sheet, 0, first), what=what)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda each: each[1] - each[0]):
        neighbours = [number for _, number in run]
        yield neighbours[0], neighbours[-1]


def read_other_sheets(book: Spreadsheet) -> dict[str, OtherSheet]:
    """The sheets that figures, marks and texts are not read from, by their keys; of one name the first.

    Each has its cells as they are shown, and what cannot be printed so. Hidden and blank rows are left out, and hidden
    columns; what a merged cell shows stands in each of the cells it covers, which is found.
    """
    known = {sheet_key(text_of(sheet.name)) for sheet in read_sheets(book)}
    others = {sheet_key(text_of(sheet.name)): sheet for sheet in reversed(book.sheets)}
    return {key: _as_shown(book, sheet) for key, sheet in others.items() if key not in known}


def _as_shown(book: Spreadsheet, sheet: Sheet) -> OtherSheet:
    try:
        cells = sheet.cells
    except InputError as failure:
        return OtherSheet((), failure.findings)
    columns = [
        column for column in range(len(cells.rows[0]) if cells.rows else 0) if column not in cells.hidden_columns
    ]
    places = [[(row, column) for column in columns] for row in range(len(cells.rows)) if row not in cells.hidden_rows]
    findings: list[Finding] = []
    texts: dict[Position, str] = {}
    for row, column in (place for line in places for place in line):
        shown = _shown(sheet, row, column)
        texts[row, column] = "" if isinstance(shown, Problem) else shown
        findings += [shown.at(place_in(book, sheet, row, column))] if isinstance(shown, Problem) else []
    sources = {place: place for place in texts}
    for first, covered in _merged(cells, texts):
        sources |= dict.fromkeys(covered, first)
        what = f"{place_in(book, sheet, *first).cell}:{place_in(book, sheet, *covered[-1]).cell}"
        findings.append(rules.MERGED.at(place_in(book, sheet, *first), what=what, count=len(covered)))
    rows = [[sources[place] for place in line] for line in places]
    filled = [row for row in rows if any(texts[place] for place in row)]
    return OtherSheet(
        tuple(tuple(texts[place] for place in row) for row in filled),
        tuple(findings),
        tuple(tuple(_align(cells, place) for place in row) for row in filled),
    )


def _merged(cells: Cells, texts: Mapping[Position, str]) -> Iterator[tuple[Position, list[Position]]]:
    """The merged cells that show something, each with the places it covers, as far as these are printed.

    In Excel no two of them overlap; of a file in which they do, only as many are read as the sheet has cells.
    """
    height, width = len(cells.rows), len(cells.rows[0]) if cells.rows else 0
    room = height * width
    for top, left, below, right in cells.merged:
        rows, columns = range(top, min(below + 1, height)), range(left, min(right + 1, width))
        room -= len(rows) * len(columns)
        if room < 0:
            return
        covered = [place for place in product(rows, columns) if place in texts]
        if len(covered) > 1 and texts.get((top, left)):
            yield (top, left), covered


def _align(cells: Cells, place: Position) -> Align:
    """On which side a cell stands: as its style says, else numbers on the right."""
    value = cells.rows[place[0]][place[1]]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return cells.aligns.get(place, Align.RIGHT if is_number else Align.LEFT)


def _shown(sheet: Sheet, row: int, column: int) -> str | Problem:
    """What a cell shows, or why that cannot be said. TRUE is yes; a date without a format is written out."""
    from cpreport.inputs.workbook.cells.as_shown import as_shown  # only what prints such a sheet pays for it

    value, code = sheet.rows[row][column], sheet.cells.number_formats.get((row, column), "")
    if problem := broken(value, sheet.cells.traits.get((row, column))):
        return problem
    if value == "" or isinstance(value, bool) or not (code or isinstance(value, int | float)):
        return text_of(value)
    shown = as_shown(value, code)
    return Problem(rules.NUMBER_FORMAT, {"code": code}) if shown is None else text_of(shown)
