"""The layouts of a Data sheet: in which columns of a row figures stand, and of which part and period each is.

A further layout is a class here and its place in `LAYOUTS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar

from cpreport.inputs.workbook.amounts import is_figure, quoted
from cpreport.inputs.workbook.cells.spreadsheet import Sheet
from cpreport.inputs.workbook.headers import read_headers
from cpreport.inputs.workbook.tables import Columns, SheetTable, words
from cpreport.model.figure import Entry, State
from cpreport.model.finding import Finding, nearest
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import data as rules

PARTS = {part.value: part for part in Part}

Where = tuple[int, Part, Period]
"""A column with the part and the period of what stands in it."""


class Layout:
    """How one table gives figures. `series` are names of which there are values only.

    What is wrong with it gathers in `findings`; `columns` are those that figures stand in.
    """

    headers: ClassVar[Columns]

    def __init__(self, table: SheetTable, series: Collection[str], terms: Terms, findings: list[Finding]) -> None:
        self.table = table
        self.series = series
        self.terms = terms
        self.findings = findings
        self.columns: Collection[int] = ()

    def figures(self, row: int, name: str) -> Iterable[Where]:
        """The figures in a row of an indicator or series."""
        raise NotImplementedError

    def kept(self, entries: list[Entry]) -> Iterable[Entry]:
        """The entries of the table that count."""
        return entries

    def unknown_part(self, row: int, column: int | str, name: str, text: str, known: Iterable[str] = ()) -> None:
        """Adds a finding about what is no part of a name's figure."""
        place = self.table.place(row, column, indicator=name)
        self.findings.append(rules.UNKNOWN_FIGURE.at(place, value=quoted(text), nearest=nearest(text, known)))


class Wide(Layout):
    """One row a figure, one column a period."""

    headers = Columns(("Indicator", "Figure"))

    def __init__(self, table: SheetTable, series: Collection[str], terms: Terms, findings: list[Finding]) -> None:
        super().__init__(table, series, terms, findings)
        self.columns, found = read_headers(table, terms)
        self._periods = self.columns
        self._rows: dict[tuple[str, Part], int] = {}
        findings += found

    def figures(self, row: int, name: str) -> Iterable[Where]:
        text = self.table.text(row, "figure")
        part = PARTS.get(text.lower())
        is_series = name in self.series
        if part is None or (is_series and part is not Part.VALUE):
            self.unknown_part(row, "figure", name, text, ["value"] if is_series else PARTS)
            return []
        first = self._rows.setdefault((self.table.text(row, "indicator").lower(), part), row)
        if first != row:
            place = self.table.place(row, "indicator", indicator=name)
            self.findings.append(rules.ROW_TWICE.at(place, name=name, part=part.value, first=first + 1))
            return []
        return ((column, part, period) for column, period in self._periods.items())


class Long(Layout):
    """One row a figure and period, one column a part."""

    headers = Columns(("Indicator", "Period"), tuple(PARTS))

    def __init__(self, table: SheetTable, series: Collection[str], terms: Terms, findings: list[Finding]) -> None:
        super().__init__(table, series, terms, findings)
        self.columns = [table.columns[name] for name in PARTS if name in table.columns]
        self._parts = {table.columns[name]: part for name, part in PARTS.items() if name in table.columns}

    def figures(self, row: int, name: str) -> Iterator[Where]:
        period = self.table.period(row, self.terms, is_required=True)
        if not isinstance(period, Period):
            self.findings += [period] if period else []
            return
        for column, part in self._parts.items():
            if name not in self.series or part is Part.VALUE:
                yield column, part, period
            elif is_figure(self.table.value(row, column), self.table.trait(row, column)):
                self.unknown_part(row, column, name, part.value)

    def kept(self, entries: list[Entry]) -> Iterable[Entry]:
        """Those of a name's parts that some row gives: a column may stand for other names. A name has all or one."""
        given = {(entry.name, entry.part) for entry in entries if entry.amount.state is not State.BLANK}
        names = {name for name, _ in given}
        return (entry for entry in entries if (entry.name, entry.part) in given or entry.name not in names)


def layout_of(sheet: Sheet) -> type[Layout]:
    """Long where the first row that looks like a header row has columns of parts, but none that says which part."""
    headers = (found for found in map(words, sheet.rows) if "indicator" in found)
    first = next((found for found in headers if not found.isdisjoint({"figure", *PARTS})), {"figure"})
    return Wide if "figure" in first else Long
