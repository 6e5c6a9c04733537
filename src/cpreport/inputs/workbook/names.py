"""The sheets of a workbook by their names: which are read, and what stands in the way of seeing it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.data import data_sheets
from cpreport.inputs.workbook.tables import named_sheet, place_in
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.period import MONTHS
from cpreport.model.rules import workbook as rules

KNOWN_SHEETS = ("About", "Benchmarks", "Marks", "Narrative", "Breakdowns")

_LIKENESS, _LIKENESS_AT_A_LENGTH = 0.85, 0.8
"""How much like a known sheet's name another one is that may have been meant for it, from 0 to 1: one letter."""

_ADDED = {"table", "sheet", "copy", "of", "new", "old", "final", "draft", "version", "v"}
_ADDED.update(part for name in MONTHS for part in (name.lower(), name[:3].lower()))
"""What programs and people add to a sheet's name: `Marks - Table 1`, `Copy of Marks`, `Marks July 2023`."""

_LIKE_DATA = re.compile(r"data(?![^\W\d_])[\W_]*(.*?)[\W_]*", re.IGNORECASE)


def sheets_told(book: Spreadsheet, printed: Collection[str]) -> list[Finding]:
    """Sheets of one name, sheets with nearly a known one, and what is hidden. `printed` are those of templates."""
    return [*_twice(book), *_near(book, printed), *_hidden(book)]


def read_sheets(book: Spreadsheet) -> list[Sheet]:
    """The sheets that figures, marks and texts are read from."""
    known = (named_sheet(book, name) for name in KNOWN_SHEETS)
    return [*data_sheets(book), *(sheet for sheet in known if sheet)]


def _twice(book: Spreadsheet) -> Iterator[Finding]:
    """Sheets that have the name of one that is read, apart from spaces and capitals."""
    wanted = {sheet.name.strip().lower() for sheet in read_sheets(book)}
    seen: set[str] = set()
    for sheet in book.sheets:
        name = sheet.name.strip().lower()
        if name in wanted & seen:
            yield rules.SHEET_TWICE.at(Place(file=book.file, sheet=sheet.name), sheet=sheet.name.strip())
        seen.add(name)


def _near(book: Spreadsheet, printed: Collection[str]) -> Iterator[Finding]:
    """Sheets that are not read, but have nearly the name of one that is. `printed` are of templates.

    A hidden one matters only where the sheet that it may be meant for is not there.
    """
    absent = [name for name in KNOWN_SHEETS if named_sheet(book, name) is None]
    used = {sheet.name for sheet in read_sheets(book)}
    wanted = {name.strip().lower() for name in printed}
    for sheet in book.sheets:
        is_left = sheet.name not in used and sheet.name.strip().lower() not in wanted
        if is_left and (known := _meant(sheet.name, absent)) and (known in absent or not sheet.hidden):
            place = Place(file=book.file, sheet=sheet.name)
            found = rules.NEAR_SHEET.at(place, sheet=sheet.name, known=known)
            yield replace(found, lost=Place(sheet=known))


def _meant(name: str, absent: Collection[str]) -> str | None:
    """The known sheet whose name another name is, or nearly is, apart from what is added to it.

    One that is `absent` may also be named by the first or last of more words.
    """
    if found := _LIKE_DATA.fullmatch(name.strip()):
        return f"Data {found[1]}".strip()
    words = [word for word in re.findall(r"[^\W\d_]+", name.lower()) if word not in _ADDED]
    meant = _nearly(" ".join(words), KNOWN_SHEETS)
    ends = (_nearly(word, absent) for word in (words[0], words[-1])) if words else iter(())
    return meant or next((known for known in ends if known), None)


def _nearly(name: str, known: Collection[str]) -> str | None:
    as_long = [candidate for candidate in known if len(candidate) == len(name)]
    return nearest_name(name, known, _LIKENESS) or nearest_name(name, as_long, _LIKENESS_AT_A_LENGTH)


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


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
