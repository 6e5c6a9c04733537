"""Sheets that cpreport does not know: templates print them as tables, as their cells show."""

from __future__ import annotations

from cpreport.inputs.workbook.amounts import Problem, broken
from cpreport.inputs.workbook.cells.as_shown import as_shown
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.names import read_sheets
from cpreport.inputs.workbook.tables import place_in, text_of
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.rules.workbook import NUMBER_FORMAT
from cpreport.model.workbook import OtherSheet, sheet_key


def read_other_sheets(book: Spreadsheet) -> dict[str, OtherSheet]:
    """The sheets that figures, marks and texts are not read from, by their keys; of one name the first."""
    known = {sheet_key(text_of(sheet.name)) for sheet in read_sheets(book)}
    others = {sheet_key(text_of(sheet.name)): sheet for sheet in reversed(book.sheets)}
    return {key: _shown_sheet(book, sheet) for key, sheet in others.items() if key not in known}


def _shown_sheet(book: Spreadsheet, sheet: Sheet) -> OtherSheet:
    """A sheet's cells as they are shown, blank rows left out; and the cells that cannot be printed so."""
    try:
        return _read(book, sheet)
    except InputError as failure:
        return OtherSheet((), failure.findings)


def _read(book: Spreadsheet, sheet: Sheet) -> OtherSheet:
    rows: list[tuple[str, ...]] = []
    findings: list[Finding] = []
    for row, cells in enumerate(sheet.rows):
        shown = [_shown(sheet, row, column) for column in range(len(cells))]
        findings += [
            found.at(place_in(book, sheet, row, at)) for at, found in enumerate(shown) if not isinstance(found, str)
        ]
        rows.append(tuple(text if isinstance(text, str) else "" for text in shown))
    return OtherSheet(tuple(row for row in rows if any(row)), tuple(findings))


def _shown(sheet: Sheet, row: int, column: int) -> str | Problem:
    """What a cell shows, or why that cannot be said. TRUE is yes; a date without a format is written out."""
    value, code = sheet.rows[row][column], sheet.cells.number_formats.get((row, column), "")
    if problem := broken(value, sheet.cells.traits.get((row, column))):
        return problem
    if value == "" or isinstance(value, bool) or not (code or isinstance(value, int | float)):
        return text_of(value)
    shown = as_shown(value, code)
    return Problem(NUMBER_FORMAT, {"code": code}) if shown is None else text_of(shown)
