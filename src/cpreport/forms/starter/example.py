"""Example figures of a starter: entries that break no rule, with benchmarks and breakdowns that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data
from cpreport.forms.starter.columns import Columns
from cpreport.forms.starter.numbers import Numbers
from cpreport.forms.starter.rows import rows_of
from cpreport.model.figure import Amount, CellRef, Entry, Form, Given, State
from cpreport.model.finding import Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown, Indicator, Measure
from cpreport.model.number import rounded_units
from cpreport.model.period import Kind
from cpreport.model.workbook import About, Workbook

LABELS = ("Indicator", "Figure", "Title", "Source")
"""What stands before the periods in the sheet Data."""


class Example:
    """`rows` are the rows of Data, `columns` their periods, `amounts` what stands in both.

    A number that a rule objects to gives way to one that is not available.
    """

    def __init__(self, folder: ReportFolder, columns: Columns, needs_counts: bool) -> None:
        self.columns = [period for periods in columns.values() for period in periods]
        self.month = columns[Kind.MONTH][-1]
        self._folder = folder
        self.rows = rows_of(folder, columns, needs_counts)
        numbers = Numbers(folder, self.rows)
        self.amounts = {
            (row, period): _amount(numbers.number(row, period), 6, numbers.ratio(row))
            for row, periods in self.rows.items()
            for period in periods
        }
        while wrong := self._wrong_cells():
            places = zip(self.amounts, self._entries(), strict=True)
            self.amounts |= {at: Amount(State.NOT_AVAILABLE) for at, entry in places if entry.cell.a1 in wrong}

    def benchmark(self, name: str, number: int) -> Amount | None:
        """A benchmark near an indicator's newest figure, the first a little above it; None if it has no figure."""
        indicator, value = self._folder.indicators[name], self._figures.timelines[name].newest.value
        if value is None:
            return None
        near = value * (1 + Fraction((-1) ** number * (number + 4), 100))
        near = min(near, Fraction(100)) if indicator.measure is Measure.PERCENTAGE else near
        return _amount(near, indicator.benchmark_decimals, indicator)

    def counts(self, breakdown: Breakdown) -> tuple[int, int, int]:
        """Three categories' counts, which add up to what the breakdown breaks down."""
        number = self._broken_down(breakdown).number
        total = 24 if number is None else int(number)
        return total // 2, total // 3, total - total // 2 - total // 3

    def _broken_down(self, breakdown: Breakdown) -> Given:
        return self._figures.given[breakdown.of, self.month] if breakdown.of else Given(State.BLANK)

    def _entries(self) -> Iterator[Entry]:
        rows = {source: row for row, source in enumerate(self.rows, start=2)}
        columns = {period: column for column, period in enumerate(self.columns, start=len(LABELS) + 1)}
        for (source, period), amount in self.amounts.items():
            yield Entry(source.name, source.part, period, amount, CellRef("Data", rows[source], columns[period]))

    def _wrong_cells(self) -> set[str]:
        """Computes the figures, and finds the cells that a rule objects to, or that hold no count to break down."""
        entries = tuple(self._entries())
        workbook = Workbook("", self.month, self.month.end, About(), entries)
        self._figures = compute_figures(workbook, self._folder)
        found = check_data(workbook, self._folder, self._figures)
        cells = {finding.place.cell for finding in found if finding.severity is not Severity.NOTE}
        for given in map(self._broken_down, self._folder.breakdowns.values()):
            if given.number is not None and given.number.denominator > 1:
                cells.add(given.cells[0].a1)
        return cells & {entry.cell.a1 for entry in entries if entry.amount.state is State.PRESENT}


def _amount(number: Fraction, decimals: int, indicator: Indicator | None) -> Amount:
    """A number as it is typed: a percentage as its fraction in a percent format."""
    rounded = Decimal(rounded_units(number, decimals)).scaleb(-decimals)
    if indicator and indicator.measure is Measure.PERCENTAGE:
        return Amount(State.PRESENT, rounded / 100, form=Form.PERCENT_FORMAT)
    return Amount(State.PRESENT, rounded)
