"""Tables in sheets: a header row found by its words, and the rows beneath it by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cpreport.inputs.texts import control_character
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Sheet, Spreadsheet, Trait
from cpreport.inputs.workbook.meaning import Problem, broken, noted, period_said, quoted, text_of, why
from cpreport.model.figure import CellRef, cell_place
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import NOTE_BESIDE, UNKNOWN_PERIOD


class Columns(NamedTuple):
    """A table's columns by their headers. All are texts but those that are `parsed`; `notes` alone are no row."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    parsed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def headers(self, *without: str) -> list[str]:
        """All headers but some, in lower case."""
        return [header.lower() for header in (*self.required, *self.optional) if header not in without]


INDICATORS = "Indicators"
"""The sheet that defines indicators."""

TABLES = {
    "About": Columns(("Key", "Value")),
    INDICATORS: Columns(("Indicator", "Measure")),
    "Benchmarks": Columns(("Indicator", "Benchmark", "Value"), ("Period", "Status"), parsed=("Value",)),
    "Marks": Columns(("Indicator", "Period", "Mark"), ("Figure", "Note"), parsed=("Period",), notes=("Note",)),
    "Status": Columns(("Indicator", "Status", "Reason"), ("Period",), parsed=("Period",)),
    "Narrative": Columns(("Section", "Slot", "Text"), ("Period",), parsed=("Period",)),
    "Peers": Columns(
        ("Authority", "Indicator", "Period"),
        ("Numerator", "Denominator", "Value"),
        parsed=("Period", "Numerator", "Denominator", "Value"),
    ),
    "Benchmark sources": Columns(("Indicator", "File", "Value"), ("Where", "Year ends")),
    "Breakdowns": Columns(("Breakdown", "Category", "Count"), ("Group", "Period"), parsed=("Count", "Period")),
}
"""The sheets that are tables with a row for each thing they tell."""


class SheetTable(NamedTuple):
    """A sheet's table. Rows and columns count from 0, as in the sheet; `headings` are the cells of its header row.

    `columns` gives the column of each header by its lower-case text.
    """

    book: Spreadsheet
    sheet: Sheet
    columns: Mapping[str, int]
    headings: Sequence[CellValue]
    first_row: int

    def rows(self) -> Iterator[int]:
        """The rows below the header row that hold anything."""
        traits = self.sheet.cells.traits
        for row in range(self.first_row, len(self.sheet.rows)):
            if any(value != "" or (row, column) in traits for column, value in enumerate(self.sheet.rows[row])):
                yield row

    def value(self, row: int, column: int) -> CellValue:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else ""

    def read(self, row: int, column: int) -> tuple[CellValue, Trait | None]:
        """A cell's value and trait."""
        return self.value(row, column), self.sheet.cells.traits.get((row, column))

    def text(self, row: int, header: str) -> str:
        """A cell's text without outer spaces; empty where the column is not there."""
        column = self.columns.get(header)
        return "" if column is None else text_of(self.value(row, column))

    def period(self, row: int, terms: Terms, is_required: bool = False) -> Period | Finding | None:
        """The period in the Period column, or a finding; None where it is blank, unless it is required."""
        column, text = self.columns.get("period"), self.text(row, "period")
        finding = None if column is None else self.broken(row, column)
        if finding or column is None or not (text or is_required):
            return finding
        try:
            found = period_said(*self.read(row, column), terms)
        except NotAPeriod as reason:
            found = Problem(UNKNOWN_PERIOD, {"value": quoted(text), "reason": why(reason)})
        return found.at(self.place(row, column)) if isinstance(found, Problem) else found

    def cell(self, row: int, column: int | str) -> CellRef:
        """A cell by its column or its header; the first column's where the header is not there."""
        at = self.columns.get(column, 0) if isinstance(column, str) else column
        return CellRef(self.sheet.name, row + 1, at + 1, self.book.file if self.book.is_other else "")

    def place(
        self, row: int, column: int | str, indicator: str = "", period: str = "", section: str = "", slot: str = ""
    ) -> Place:
        """Where a finding about a cell stands."""
        place = cell_place(self.book.file, self.cell(row, column), indicator, period)
        return replace(place, section=section, slot=slot) if section or slot else place

    def broken(self, row: int, column: int) -> Finding | None:
        """The finding of a cell with an Excel error, a formula without a saved result, or a note in its text."""
        problem = broken(*self.read(row, column))
        return problem.at(self.place(row, column)) if problem else None


def near_columns(table: SheetTable, columns: Columns) -> list[Finding]:
    """The headers that are nearly those of optional columns which are not there."""
    headings = {text_of(heading): column for column, heading in enumerate(table.headings) if text_of(heading)}
    unread = [text for text in headings if text.lower() not in columns.headers()]
    absent = [header for header in columns.optional if header.lower() not in table.columns]
    near = {text: header for header in absent if (text := nearest_name(header, unread))}
    row = table.first_row - 1
    return [
        rules.NEAR_COLUMN.at(table.place(row, headings[text]), header=text, known=known) for text, known in near.items()
    ]


def place_in(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> Place:
    """A sheet's cell as a finding's place; rows and columns count from 0."""
    return cell_place(book.file, CellRef(sheet.name, row + 1, column + 1))


def named_sheet(book: Spreadsheet, name: str) -> Sheet | None:
    """The sheet of a name, without regard to case and outer spaces."""
    return next((sheet for sheet in book.sheets if text_of(sheet.name).lower() == name.strip().lower()), None)


def filled_sheet(book: Spreadsheet, name: str) -> Sheet | None:
    """The sheet of a name if anything stands in it."""
    sheet = named_sheet(book, name)
    return sheet if sheet and any(value != "" for row in sheet.rows for value in row) else None


def known_table(book: Spreadsheet, name: str) -> tuple[SheetTable | None, list[Finding]]:
    """The table of one of `TABLES`; nothing at all where there is no such sheet or it is empty.

    A text with a broken formula, a note or a character that no document prints is a finding.
    """
    sheet = filled_sheet(book, name)
    if sheet is None:
        return None, []
    return clean_table(book, sheet, TABLES[name])


def clean_table(book: Spreadsheet, sheet: Sheet, columns: Columns) -> tuple[SheetTable | None, list[Finding]]:
    """A sheet's table, with findings of what is wrong with it and with its texts; None where it has none."""
    table, findings = find_table(book, sheet, columns)
    if table:
        texts = [header for header in columns.headers(*columns.parsed) if header in table.columns]
        found = (_unclean(table, row, header) for row in table.rows() for header in texts)
        findings += [finding for finding in found if finding]
    return table, findings


def _unclean(table: SheetTable, row: int, header: str) -> Finding | None:
    """What is wrong with a text; a note is not where it stands alone in its row, such as a footnote."""
    if finding := table.broken(row, table.columns[header]):
        is_remark = sum(value != "" for value in table.sheet.rows[row]) == 1
        return None if finding.rule is NOTE_BESIDE and is_remark else finding
    found = control_character(table.text(row, header))
    return rules.CONTROL_CHARACTER.at(table.place(row, header), codepoint=found[1]) if found else None


def find_table(book: Spreadsheet, sheet: Sheet, columns: Columns) -> tuple[SheetTable | None, list[Finding]]:
    """The table under the first row that has all required headers; None, and why, if there is no such row.

    Headers compare without regard to case and outer spaces. A header cell merged over several rows makes all of them
    header rows: the lowest text in a column counts.
    """
    wanted = {header.lower(): header for header in columns.required}
    row = next((number for number, cells in enumerate(sheet.rows) if wanted.keys() <= words(cells)), None)
    if row is None:
        return None, _no_headers(book, sheet, wanted)
    headings, last = _headings(sheet, row, [*wanted])
    found: dict[str, int] = {}
    findings = []
    known = columns.headers()
    for column, heading in enumerate(headings):
        name = text_of(heading).lower()
        place = place_in(book, sheet, row, column)
        if problem := noted(heading, lambda plain: plain.lower() in known):
            findings.append(problem.at(place))
        if name in found and name in known:
            first = place_in(book, sheet, row, found[name]).cell
            findings.append(rules.COLUMN_TWICE.at(place, header=text_of(heading), first=first))
        found.setdefault(name, column)
    return SheetTable(book, sheet, found, headings, last + 1), findings


def words(row: Sequence[CellValue]) -> set[str]:
    """The texts of a row in lower case."""
    return {text_of(value).lower() for value in row if value != ""}


def _headings(sheet: Sheet, row: int, wanted: Sequence[str]) -> tuple[list[CellValue], int]:
    """The header cells, and the last row of them: where the merged cell ends that holds the first wanted header.

    It is the first row where a text beneath would hide a header.
    """
    first = [text_of(value).lower() for value in sheet.rows[row]].index(wanted[0])
    last = max((below for top, left, below, _ in sheet.cells.merged if (top, left) == (row, first)), default=row)
    columns = zip(*reversed(sheet.rows[row : last + 1]), strict=True)
    headings = [next((value for value in column if value != ""), "") for column in columns]
    return (headings, last) if {*wanted} <= words(headings) else (sheet.rows[row], row)


def _no_headers(book: Spreadsheet, sheet: Sheet, wanted: Mapping[str, str]) -> list[Finding]:
    """Which headers are missing from the row that has most of them."""
    best = max(range(len(sheet.rows)), key=lambda row: len(wanted.keys() & words(sheet.rows[row])), default=0)
    there = {text_of(value).lower(): text_of(value) for value in sheet.rows[best]} if sheet.rows else {}
    if not wanted.keys() & there:
        return [rules.NO_HEADERS.at(Place(file=book.file, sheet=sheet.name), headers=" and ".join(wanted.values()))]
    place = place_in(book, sheet, best, 0)
    others = [text for name, text in there.items() if name not in wanted]
    near = {name: nearest_name(header, others) for name, header in wanted.items() if name not in there}
    meant = {name: f"; is {text!r} meant for it?" if text else "" for name, text in near.items()}
    return [rules.COLUMN_MISSING.at(place, header=wanted[name], meant=text) for name, text in meant.items()]
