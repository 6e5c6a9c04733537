"""Tables in sheets: a header row found by its words, and the rows beneath it by their headers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpreport.inputs.texts import control_character, visible
from cpreport.inputs.workbook.amounts import Problem, broken, noted
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, RichText, Sheet, Spreadsheet, Trait
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.period import day_of, long_date
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import NOTE_BESIDE


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet's table. Rows and columns count from 0, as in the sheet; `headings` are the cells of its header row.

    `columns` gives the column of each header by its lower-case text. `is_other` is as the workbook's.
    """

    file: str
    is_other: bool
    sheet: Sheet
    columns: Mapping[str, int]
    headings: Sequence[CellValue]
    first_row: int

    def rows(self) -> Iterator[int]:
        """The rows below the header row that hold anything."""
        rows = self.sheet.rows
        unsaved = {row for (row, _), trait in self.sheet.cells.traits.items() if trait & Trait.NO_RESULT}
        below = range(self.first_row, len(rows))
        return (row for row in below if row in unsaved or any(value != "" for value in rows[row]))

    def records(self, *headers: str) -> Iterator[int]:
        """The rows that hold anything under these headers; the others are notes."""
        columns = [self.columns[header] for header in headers if header in self.columns]
        return (row for row in self.rows() if any(self.value(row, c) != "" or self.broken(row, c) for c in columns))

    def value(self, row: int, column: int) -> CellValue:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, header: str) -> str:
        """A cell's text without outer spaces; empty where the column is not there."""
        column = self.columns.get(header)
        return "" if column is None else text_of(self.value(row, column))

    def cell(self, row: int, column: int) -> CellRef:
        return CellRef(self.sheet.name, row + 1, column + 1, self.file if self.is_other else "")

    def place(
        self, row: int, column: int | str, indicator: str = "", period: str = "", section: str = "", slot: str = ""
    ) -> Place:
        """Where a finding about a cell stands; a header stands for its column, the first one if it is not there."""
        cell = self.cell(row, self.columns.get(column, 0) if isinstance(column, str) else column)
        return Place(self.file, self.sheet.name, cell.a1, 0, indicator, period, section, slot)

    def cell_of(self, row: int, header: str) -> tuple[CellValue, Trait | None]:
        """A cell's value and trait; the header must be there."""
        column = self.columns[header]
        return self.value(row, column), self.trait(row, column)

    def trait(self, row: int, column: int) -> Trait | None:
        return self.sheet.cells.traits.get((row, column))

    def is_remark(self, row: int) -> bool:
        """Whether a row holds one cell and no more, such as a footnote."""
        return sum(value != "" for value in self.sheet.rows[row]) == 1

    def broken(self, row: int, column: int) -> Finding | None:
        """The finding of a cell with an Excel error, a formula without a saved result, or a note in its text."""
        problem = broken(self.value(row, column), self.trait(row, column))
        return problem.at(self.place(row, column)) if problem else None


def text_of(value: CellValue) -> str:
    """A cell's value as a text: whole numbers without a point, dates as 31 July 2023, or 31 July 2023 14:30."""
    if isinstance(value, str):
        return visible(value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:.15g}"
    if isinstance(value, date):
        day = day_of(value)
        return long_date(day) if day else f"{long_date(value)} {value:%H:%M}"
    return str(value)


def quoted(text: str) -> str:
    """A cell's text as a message quotes it."""
    return repr(text) if text else "a blank cell"


def place_in(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> Place:
    """A sheet's cell as a finding's place; rows and columns count from 0."""
    return Place(file=book.file, sheet=sheet.name, cell=CellRef(sheet.name, row + 1, column + 1).a1)


def find_table(
    book: Spreadsheet, sheet: Sheet, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[SheetTable | None, list[Finding]]:
    """The table under the first row that has all required headers; None, and why, if there is no such row.

    Headers compare without regard to case and outer spaces. A header cell merged over several rows makes all of them
    header rows: the lowest text in a column counts.
    """
    row = _header_row(sheet, required)
    if row is None:
        return None, _no_headers(book, sheet, required)
    last = _last_header_row(sheet, row, required)
    headings = _headings(sheet, row, last)
    columns: dict[str, int] = {}
    findings = []
    known = {header.lower() for header in (*required, *optional)}
    for column, heading in enumerate(headings):
        name = text_of(heading).lower()
        place = place_in(book, sheet, row, column)
        if problem := _noted_header(heading, known):
            findings.append(problem.at(place))
        if name in columns and name in known:
            first = place_in(book, sheet, row, columns[name]).cell
            findings.append(rules.COLUMN_TWICE.at(place, header=text_of(heading), first=first))
        columns.setdefault(name, column)
    return SheetTable(book.file, book.is_other, sheet, columns, headings, last + 1), findings


def _noted_header(heading: CellValue, known: Collection[str]) -> Problem | None:
    """The problem of a heading that is a known header apart from a raised, lowered or struck sign."""
    if isinstance(heading, RichText):
        return broken(heading, None) if heading.plain.strip().lower() in known else None
    return noted(text_of(heading).lower(), known.__contains__)


def clean_texts(table: SheetTable, headers: Sequence[str]) -> list[Finding]:
    """A finding for each cell of these columns with a broken formula, a note or a character that no document prints."""
    findings = []
    for row in table.rows():
        for column in (table.columns[header] for header in headers if header in table.columns):
            if finding := table.broken(row, column):
                findings += [] if finding.rule is NOTE_BESIDE and table.is_remark(row) else [finding]
            elif found := control_character(text_of(table.value(row, column))):
                findings.append(rules.CONTROL_CHARACTER.at(table.place(row, column), codepoint=found[1]))
    return findings


def _words(row: Sequence[CellValue]) -> set[str]:
    return {text_of(value).lower() for value in row if value != ""}


def _header_row(sheet: Sheet, required: Sequence[str]) -> int | None:
    wanted = {header.lower() for header in required}
    return next((number for number, row in enumerate(sheet.rows) if wanted <= _words(row)), None)


def _last_header_row(sheet: Sheet, row: int, required: Sequence[str]) -> int:
    """Where the merged cell ends that holds the first required header, unless a text beneath would hide a header."""
    column = [text_of(value).lower() for value in sheet.rows[row]].index(required[0].lower())
    last = max((below for top, left, below, _ in sheet.cells.merged if (top, left) == (row, column)), default=row)
    wanted = {header.lower() for header in required}
    return last if wanted <= _words(_headings(sheet, row, last)) else row


def _headings(sheet: Sheet, row: int, last: int) -> list[CellValue]:
    rows = sheet.rows[row : last + 1]
    width = max(len(cells) for cells in rows)
    return [next((cells[c] for cells in reversed(rows) if c < len(cells) and cells[c] != ""), "") for c in range(width)]


def _no_headers(book: Spreadsheet, sheet: Sheet, required: Sequence[str]) -> list[Finding]:
    """Which headers are missing from the row that has most of them."""
    wanted = {header.lower(): header for header in required}
    best = max(range(len(sheet.rows)), key=lambda row: len(wanted.keys() & _words(sheet.rows[row])), default=None)
    there = {text_of(value).lower(): text_of(value) for value in sheet.rows[best]} if best is not None else {}
    if best is None or not wanted.keys() & there:
        headers = " and ".join(required)
        return [rules.NO_HEADERS.at(Place(file=book.file, sheet=sheet.name), headers=headers)]
    place = place_in(book, sheet, best, 0)
    others = [text for name, text in there.items() if name not in wanted]
    return [
        rules.COLUMN_MISSING.at(place, header=header, meant=_meant(header, others))
        for name, header in wanted.items()
        if name not in there
    ]


def _meant(header: str, others: Iterable[str]) -> str:
    """`; is 'Indicator ID' meant for it?` with the header there that is most like a missing one, or nothing."""
    near = nearest_name(header, others)
    return f"; is {near!r} meant for it?" if near else ""


def named_sheet(book: Spreadsheet, name: str) -> Sheet | None:
    """The sheet of a name, without regard to case and outer spaces."""
    return next((sheet for sheet in book.sheets if text_of(sheet.name).lower() == name.strip().lower()), None)


def known_table(
    book: Spreadsheet, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[SheetTable | None, list[Finding]]:
    """A known sheet's table; nothing at all where there is no such sheet or it is empty."""
    sheet = named_sheet(book, name)
    if sheet is None or not any(value != "" for row in sheet.rows for value in row):
        return None, []
    return find_table(book, sheet, required, optional)
