"""An indicator's figures by period, and what several of them come to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cpreport.compose.amounts import AmountValue, ChangeValue, FigureValue, number_of
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.periods import read_period, read_periods
from cpreport.compose.quantity import POINTS, Quantity, Words
from cpreport.compose.workings import mean_basis, sum_basis, year_basis
from cpreport.model.document import Source
from cpreport.model.figure import Figure, State, Summary, low, mean, peak
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Nature
from cpreport.model.period import Period
from cpreport.model.sums import added_up, addend
from cpreport.model.timeline import Timeline
from cpreport.model.working import Basis, difference

Over = tuple[object, object, object]
"""Which periods a template names: so many of them or a year, since when, until when; None where it does not say."""


class OverTime:
    """An indicator's figures up to the newest its table shows, one by one and over several periods."""

    def __init__(self, timeline: Timeline, folder: ReportFolder) -> None:
        self._timeline = timeline
        self._folder = folder
        self.id = timeline.indicator.id

    @property
    def now(self) -> FigureValue:
        return self._figure(self._timeline.now)

    @property
    def previous(self) -> FigureValue:
        return self._beside_now(self._timeline.now.shift(-1))

    @property
    def year_ago(self) -> FigureValue:
        return self._beside_now(self._timeline.now.year_earlier())

    def at(self, period: object) -> FigureValue:
        """The figure of a period that the workbook has, given as text such as "Oct 22"."""
        found = self._period(period)
        if found not in self._timeline.figures:
            raise TemplateMistake(f"{self.id} has no figure for {found}: the workbook does not have this period")
        return self._figure(found)

    def sum(self, over: object = None, since: object = None, until: object = None) -> AmountValue:
        """Figures added up as in the year to date, of numbers and of percentages with their numerators.

        Only of events: a stock, a rate, an average and rolling figures are refused, and a figure that is missing.
        """
        indicator = self._timeline.indicator
        if reason := _why_not_added(indicator):
            raise TemplateMistake(f"{self.id} has no sum: {reason}")
        figures = self._figures((over, since, until))
        addends = [addend(indicator, figure) for figure in figures]
        if missing := [figure for figure, added in zip(figures, addends, strict=True) if added is None]:
            raise TemplateMistake(_why_none(self.id, len(figures), missing))
        amount, what = added_up(indicator, filter(None, addends)), f"sum of {len(figures)} figures"
        basis_of = partial(sum_basis, indicator, figures, amount, what)
        return AmountValue(self._timeline, amount, basis_of, name="sum")

    def mean(self, over: object = None, since: object = None, until: object = None) -> AmountValue:
        """The arithmetic mean of figures; its period is the last one's.

        Like peak, low and sum it is of so many periods, of a year, or of those since a period, and is refused across a
        break.
        """
        figures = self._figures((over, since, until))
        basis_of = partial(mean_basis, self._timeline.indicator, figures)
        return AmountValue(self._timeline, self._summary(mean, figures), basis_of, Source(self.id), "mean")

    def peak(self, over: object = None, since: object = None, until: object = None) -> FigureValue:
        """The highest of several figures, the latest of equal ones."""
        return FigureValue(self._timeline, self._summary(peak, self._figures((over, since, until))))

    def low(self, over: object = None, since: object = None, until: object = None) -> FigureValue:
        """The lowest of several figures, the latest of equal ones."""
        return FigureValue(self._timeline, self._summary(low, self._figures((over, since, until))))

    @property
    def year_to_date(self) -> AmountValue:
        """The year to date, as the column Cumulative of its table prints it."""
        cumulative = self._timeline.cumulative
        if cumulative is None:
            raise TemplateMistake(f"{self.id} has no year to date: cumulative is missing in indicators.toml")
        basis_of = partial(year_basis, self._timeline, cumulative, self._timeline.now)
        return AmountValue(self._timeline, cumulative, basis_of, name="year to date")

    def change(self, since: object = None) -> ChangeValue:
        """How much the value has risen since a period (one period earlier); negative if it fell.

        Refused where the series breaks in between.
        """
        period = self._timeline.now.shift(-1) if since is None else self._period(since)
        self._check_unbroken(period, self._timeline.now)
        now, then = self.now, self._figure(period)
        by = self._difference(now.value, then.value, f"change since {period}")
        return ChangeValue(by.exact, by.decimals, by.suffix, by.source, later=now, earlier=then)

    def _difference(self, now: Quantity | Words, other: Quantity | Words, what: str) -> Quantity:
        suffix = POINTS if self._timeline.indicator.suffix else ""
        one, two = number_of(now), number_of(other)
        working = difference(one.working, two.working)
        basis = Basis(self.id, self._timeline.now, what, working=working)
        return Quantity(working.value, max(one.decimals, two.decimals), suffix, Source(self.id, basis=basis))

    def _figure(self, period: Period) -> FigureValue:
        return FigureValue(self._timeline, self._timeline.at(period))

    def _beside_now(self, period: Period) -> FigureValue:
        """An earlier figure to compare with the newest; across a break, words that say so instead."""
        if self._timeline.break_between(period, self._timeline.now):
            return FigureValue(self._timeline, Figure(period, State.NOT_COMPARABLE))
        return self._figure(period)

    def _check_unbroken(self, since: Period, until: Period) -> None:
        if broken := self._timeline.break_between(since, until):
            raise TemplateMistake(f"{self.id} is not comparable from {broken} onwards with earlier periods")

    def _period(self, given: object) -> Period:
        return read_period(given, self._timeline, self._folder.terms)

    def _summary(self, summarised: Summary, figures: Sequence[Figure]) -> Figure:
        found = summarised(figures)
        if found is None:
            missing = [figure for figure in figures if figure.value is None]
            raise TemplateMistake(_why_none(self.id, len(figures), missing))
        return found

    def _figures(self, over: Over) -> list[Figure]:
        periods = read_periods(*over, self._timeline, self._folder.terms)
        self._check_unbroken(periods[0], periods[-1])
        return [self._timeline.at(period) for period in periods]


def _why_not_added(indicator: Indicator) -> str:
    """Why an indicator's figures are never added up; empty where they may be."""
    if indicator.measure in (Measure.RATE, Measure.AVERAGE):
        return f"it is not a number or percentage ({indicator.measure.value}); ask for a mean"
    if indicator.rolling > 1:
        return f"each figure covers {indicator.rolling} {indicator.frequency.value}s already; ask for the newest one"
    if indicator.kind is Nature.STOCK:
        return 'it is a state on a day; for events within each period set kind = "flow" in indicators.toml'
    return ""


def _why_none(name: str, number: int, missing: Sequence[Figure]) -> str:
    """Why so many figures come to nothing: what is missing of them, the last one first."""
    last, more = missing[-1], f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    why = f"is missing ({last.state.value})" if last.value is None else "has no numerator and denominator"
    return f"{name} has no such figure over {number} periods: the figure for {last.period}{more} {why}"
