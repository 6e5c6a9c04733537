"""An indicator's figures by period, and what several of them come to."""

from __future__ import annotations

from cpreport.compose.amounts import AmountValue, FigureValue
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.periods import read_period
from cpreport.compose.quantity import Quantity, Words, in_words
from cpreport.model.document import Source
from cpreport.model.figure import Figure, State, Summary, low, mean, peak
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline


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

    def mean(self, n: object) -> FigureValue:
        """The arithmetic mean of the last n figures, this one included; like peak and low, refused across a break."""
        return self._summary(mean, n, Source(self.id))

    def peak(self, n: object) -> FigureValue:
        """The highest of the last n figures, the latest of equal ones."""
        return self._summary(peak, n)

    def low(self, n: object) -> FigureValue:
        """The lowest of the last n figures, the latest of equal ones."""
        return self._summary(low, n)

    @property
    def year_to_date(self) -> AmountValue:
        """The year to date, as the column Cumulative of its table prints it."""
        cumulative = self._timeline.cumulative
        if cumulative is None:
            raise TemplateMistake(f"{self.id} has no year to date: cumulative is missing in indicators.toml")
        return AmountValue(self._timeline, cumulative)

    def change(self, since: object = None) -> Quantity:
        """How much the value has risen since a period (one period earlier); negative if it fell.

        Refused where the series breaks in between.
        """
        period = self._timeline.now.shift(-1) if since is None else self._period(since)
        self._check_unbroken(period)
        return self._difference(self.now.value, self._figure(period).value)

    def _difference(self, now: Quantity | Words, other: Quantity | Words) -> Quantity:
        suffix = " percentage points" if self._timeline.indicator.suffix else ""
        one, two = _number(now), _number(other)
        return Quantity(one.exact - two.exact, max(one.decimals, two.decimals), suffix, Source(self.id))

    def _figure(self, period: Period) -> FigureValue:
        return FigureValue(self._timeline, self._timeline.at(period))

    def _beside_now(self, period: Period) -> FigureValue:
        """An earlier figure to compare with the newest; across a break, words that say so instead."""
        if self._timeline.break_between(period, self._timeline.now):
            return FigureValue(self._timeline, Figure(period, State.NOT_COMPARABLE))
        return self._figure(period)

    def _check_unbroken(self, since: Period) -> None:
        if broken := self._timeline.break_between(since, self._timeline.now):
            raise TemplateMistake(f"{self.id} is not comparable from {broken} onwards with earlier periods")

    def _period(self, given: object) -> Period:
        return read_period(given, self._timeline, self._folder.terms)

    def _summary(self, summarised: Summary, n: object, source: Source | None = None) -> FigureValue:
        if not isinstance(n, int) or not 1 <= n <= 600:
            raise TemplateMistake(f"{in_words(n)} is not a number of periods from 1 to 600")
        self._check_unbroken(self._timeline.now.shift(1 - n))
        figures = self._timeline.last(n, self._timeline.now)
        found = summarised(figures)
        if found is None:
            missing = [figure for figure in figures if figure.value is None]
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            reason = f"the figure for {missing[-1].period}{more} is missing ({missing[-1].state.value})"
            raise TemplateMistake(f"{self.id} has no such figure over {n} periods: {reason}")
        return FigureValue(self._timeline, found, source)


def _number(value: Quantity | Words) -> Quantity:
    if isinstance(value, Words):
        raise TemplateMistake(value.missing or str(value))
    return value
