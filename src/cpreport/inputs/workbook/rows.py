"""Sheets with a row for each thing they tell: every cell as what its column holds, or a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import quoted
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Spreadsheet, Trait
from cpreport.inputs.workbook.data import Names, name_not_text
from cpreport.inputs.workbook.tables import TABLES, SheetTable, known_table
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Place, Rule, nearest
from cpreport.model.period import Period, Terms


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet. Columns go by their lower-case headers; what is wrong with a cell is added to `findings`."""

    table: SheetTable
    number: int
    findings: list[Finding]

    def text(self, header: str) -> str:
        return self.table.text(self.number, header)

    def value(self, header: str) -> tuple[CellValue, Trait | None]:
        """A cell's value and trait; the header must be there."""
        column = self.table.columns[header]
        return self.table.value(self.number, column), self.table.trait(self.number, column)

    def cell(self, header: str) -> CellRef:
        return self.table.cell(self.number, header)

    def place(self, header: str, indicator: str = "") -> Place:
        return self.table.place(self.number, header, indicator)

    def add(self, rule: Rule, header: str, indicator: str = "", /, **values: object) -> None:
        """Adds a finding about a cell."""
        self.findings.append(rule.at(self.place(header, indicator), **values))

    def period(self, terms: Terms, blank: Period | None = None, is_required: bool = False) -> Period | None:
        """The Period column's period, or `blank` where it says none; None where it is not one."""
        period = self.table.period(self.number, terms, is_required)
        if isinstance(period, Finding):
            self.findings.append(period)
            return None
        return period or blank

    def indicator(self, names: Names, rule: Rule) -> str | None:
        """The id that the Indicator column names; a finding of the rule where there is no such one."""
        text = self.text("indicator")
        misread = name_not_text(self.table, self.number, names.find)
        name = None if misread else names.find(text)
        if name is None:
            texts = {"name": quoted(text), "nearest": nearest(text, names.all)}
            unwanted = unknown(rule, self.place("indicator"), names.is_of_another(text), **texts)
            self.findings.append(misread or unwanted)
        return name

    def one_of(
        self, header: str, known: Sequence[str], elsewhere: Collection[str], rule: Rule, indicator: str = ""
    ) -> str | None:
        """The known name that a text is in any case; `elsewhere` are those of other reports."""
        text = self.text(header)
        found = next((name for name in known if name.lower() == text.lower()), None)
        if found is None:
            is_of_another = any(name.lower() == text.lower() for name in elsewhere)
            texts = {"name": quoted(text), "nearest": nearest(text, known), "known": list(known)}
            self.findings.append(unknown(rule, self.place(header, indicator), is_of_another, **texts))
        return found


def read_rows(book: Spreadsheet, sheet: str) -> tuple[Iterator[Row], list[Finding]]:
    """The rows of one of `TABLES`, and the findings to which theirs are added; none where there is no such sheet.

    Rows that hold nothing but the first column or notes are left out.
    """
    table, findings = known_table(book, sheet)
    if table is None:
        return iter(()), findings
    telling = TABLES[sheet].headers(TABLES[sheet].required[0], *TABLES[sheet].notes)
    columns = [table.columns[header] for header in telling if header in table.columns]
    found = (row for row in table.rows() if any(table.value(row, c) != "" or table.broken(row, c) for c in columns))
    return (Row(table, row, findings) for row in found), findings
