"""The sheets of a workbook by their names: which are read, what hides them, and the others as templates print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.data import data_sheets
from cpreport.inputs.workbook.meaning import Problem, broken, text_of
from cpreport.inputs.workbook.tables import TABLES, named_sheet, place_in
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

    Each has its cells as they are shown, blank rows left out, and what cannot be printed so.
    """
    known = {sheet_key(text_of(sheet.name)) for sheet in read_sheets(book)}
    others = {sheet_key(text_of(sheet.name)): sheet for sheet in reversed(book.sheets)}
    return {key: _as_shown(book, sheet) for key, sheet in others.items() if key not in known}


def _as_shown(book: Spreadsheet, sheet: Sheet) -> OtherSheet:
    try:
        shown = [[_shown(sheet, row, column) for column in range(len(cells))] for row, cells in enumerate(sheet.rows)]
    except InputError as failure:
        return OtherSheet((), failure.findings)
    cells = ((row, column, found) for row, cells in enumerate(shown) for column, found in enumerate(cells))
    findings = (found.at(place_in(book, sheet, row, at)) for row, at, found in cells if isinstance(found, Problem))
    rows = (tuple("" if isinstance(found, Problem) else found for found in cells) for cells in shown)
    return OtherSheet(tuple(row for row in rows if any(row)), tuple(findings))


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
