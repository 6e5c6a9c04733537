"""Example figures of a starter: entries that break no rule, with benchmarks and breakdowns that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data
from cpreport.forms.starter.columns import Columns
from cpreport.forms.starter.numbers import Numbers
from cpreport.forms.starter.rows import Rows
from cpreport.model.figure import Amount, CellRef, Entry, Form, Given, State
from cpreport.model.finding import Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown, Measure, Part
from cpreport.model.number import rounded_units
from cpreport.model.period import Kind
from cpreport.model.workbook import About, Workbook

LABELS = ("Indicator", "Figure", "Title", "Source")
"""What stands before the periods in the sheet Data."""


class Example:
    """`rows` are the rows of Data, `columns` their periods, `entries` what stands in both.

    A number that a rule objects to gives way to one that is not available.
    """

    def __init__(self, folder: ReportFolder, columns: Columns, needs_counts: bool) -> None:
        self.columns = [period for periods in columns.values() for period in periods]
        self.month = columns[Kind.MONTH][-1]
        self._folder = folder
        rows = Rows(folder, columns, needs_counts)
        self.rows = list(rows.periods)
        self.entries = tuple(self._entries(Numbers(folder, rows), rows))
        self._check()
        while self._wrong:
            self.entries = tuple(map(self._kept, self.entries))
            self._check()

    def benchmark(self, name: str, number: int) -> Amount | None:
        """A benchmark near an indicator's newest figure, the first a little above it; None if it has no figure."""
        indicator, value = self._folder.indicators[name], self._figures.timelines[name].newest.value
        if value is None:
            return None
        near = value * (1 + Fraction((-1) ** number * (number + 4), 100))
        near = min(near, Fraction(100)) if indicator.measure is Measure.PERCENTAGE else near
        return _amount(near, indicator.benchmark_decimals, indicator.measure is Measure.PERCENTAGE)

    def counts(self, breakdown: Breakdown) -> tuple[int, int, int]:
        """Three categories' counts, which add up to what the breakdown breaks down."""
        number = self._broken_down(breakdown).number
        total = 24 if number is None else int(number)
        return total // 2, total // 3, total - total // 2 - total // 3

    def _broken_down(self, breakdown: Breakdown) -> Given:
        return self._figures.given[breakdown.of, self.month] if breakdown.of else Given(State.BLANK)

    def _entries(self, numbers: Numbers, rows: Rows) -> Iterator[Entry]:
        for row, source in enumerate(self.rows, start=2):
            indicator = self._folder.indicators.get(source.name)
            measure = indicator.measure if indicator and source.part is Part.VALUE else None
            for column, period in enumerate(self.columns, start=len(LABELS) + 1):
                if period in rows.periods[source]:
                    amount = _amount(numbers.number(source, period), 6, measure is Measure.PERCENTAGE)
                    yield Entry(source.name, source.part, period, amount, CellRef("Data", row, column))

    def _check(self) -> None:
        """Computes the figures, and finds the cells that a rule objects to, or that hold no count to break down."""
        workbook = Workbook("", self.month, self.month.end, About(), self.entries)
        self._figures = compute_figures(workbook, self._folder)
        found = check_data(workbook, self._folder, self._figures)
        cells = {finding.place.cell for finding in found if finding.severity is not Severity.NOTE}
        for given in map(self._broken_down, self._folder.breakdowns.values()):
            if given.number is not None and given.number.denominator > 1:
                cells.add(given.cells[0].a1)
        self._wrong = {e.cell for e in self.entries if e.cell.a1 in cells and e.amount.state is State.PRESENT}

    def _kept(self, entry: Entry) -> Entry:
        return replace(entry, amount=Amount(State.NOT_AVAILABLE)) if entry.cell in self._wrong else entry


def _amount(number: Fraction, decimals: int, is_percentage: bool) -> Amount:
    """A number as it is typed: a percentage as its fraction in a percent format."""
    rounded = Decimal(rounded_units(number, decimals)).scaleb(-decimals)
    if is_percentage:
        return Amount(State.PRESENT, rounded / 100, form=Form.PERCENT_FORMAT)
    return Amount(State.PRESENT, rounded)
