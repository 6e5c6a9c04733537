"""What templates see: values whose attributes print as the report prints them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import Printed, Quantity, Words, in_words
from cpreport.compose.wording import (
    GOOD_DIRECTION,
    baseline_text,
    benchmark_text,
    cumulative_text,
    figure_text,
    judgement_text,
    target_text,
)
from cpreport.model.document import Source
from cpreport.model.figure import Direction, Figure, State, Summary, low, mean, peak
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Polarity
from cpreport.model.number import decimals_of
from cpreport.model.period import Period
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.status import StatusWord
from cpreport.model.timeline import Cumulative, Figures, Timeline, Verdict


class PeriodValue(Printed):
    """A period. Prints as its label."""

    def __init__(self, period: Period) -> None:
        super().__init__(period.label)
        self.label = period.label
        self.start = f"{period.start:%d/%m/%Y}"
        self.end = f"{period.end:%d/%m/%Y}"


class AmountValue(Printed):
    """A figure or the year to date, with its value, numerator and denominator.

    Prints as in its table, e.g. `61.6 (604)`; a missing one as the words for why. `value` is the value alone, e.g.
    `61.6`. `source` is what it prints, if that is not the figure of one period.
    """

    def __init__(self, timeline: Timeline, amount: Figure | Cumulative, source: Source | None = None) -> None:
        self._indicator = indicator = timeline.indicator
        self._amount = amount
        period = amount.period if isinstance(amount, Figure) else None
        self._name = f"{indicator.id} {period or 'year to date'}"
        is_across_break = amount.state is State.NOT_COMPARABLE
        missing = f"{self._name} {f'cannot be compared with {timeline.now}' if is_across_break else 'has no figure'}"
        text = figure_text(indicator, amount) if isinstance(amount, Figure) else cumulative_text(indicator, amount)
        super().__init__(text, source or Source(indicator.id, period), missing if amount.value is None else "")
        self.value = self.number(amount.value, indicator.decimals, indicator.suffix)

    @property
    def count(self) -> Quantity | Words:
        """The numerator; a number's value."""
        is_number = self._indicator.measure is Measure.NUMBER
        return self._part("count", self._amount.value if is_number else self._amount.count)

    @property
    def denominator(self) -> Quantity | Words:
        return self._part("denominator", self._amount.total)

    def _part(self, what: str, number: Fraction | None) -> Quantity | Words:
        if number is None and self._amount.value is not None:
            raise TemplateMistake(f"{self._name} has no {what}")
        return self.number(None if self._amount.value is None else number, 0)


class FigureValue(AmountValue):
    """A figure. `direction` is where it went since one period earlier: `up`, `down`, `same` or `not comparable`.

    It is `not compared` where there is nothing to compare it with.
    """

    def __init__(self, timeline: Timeline, figure: Figure, source: Source | None = None) -> None:
        super().__init__(timeline, figure, source)
        self.period = PeriodValue(figure.period)
        self.direction = timeline.directions.get(figure.period, Direction.NOT_COMPARED).value


class JudgementValue(Printed):
    """What the newest figure says against earlier ones. Prints as `better than Jul 22`; `value` is the word alone."""

    def __init__(self, timeline: Timeline, folder: ReportFolder) -> None:
        super().__init__(judgement_text(timeline.judgement, folder.sentences), Source(timeline.indicator.id))
        self.value = timeline.judgement.verdict.value


class BenchmarkValue(Printed):
    """A benchmark. Prints as in its table, e.g. `28.4% (2020/21)`."""

    def __init__(self, timeline: Timeline, comparator: str, folder: ReportFolder) -> None:
        indicator, benchmark = timeline.indicator, timeline.benchmarks.get(comparator)
        value = benchmark.value if benchmark else None
        missing = "" if value is not None else f"{indicator.id} has no benchmark {comparator}"
        text = benchmark_text(indicator, benchmark, folder.benchmark_period)
        super().__init__(text, Source(indicator.id), missing)
        self.period = benchmark.period if benchmark and benchmark.period else folder.benchmark_period
        self.value = self.number(value, indicator.benchmark_decimals, indicator.suffix)


class BaselineValue(Printed):
    """A baseline. Prints with its period, e.g. `656 (Nov 17)`, or that there is none."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(baseline_text(indicator), Source(indicator.id))
        baseline = indicator.baseline
        self.period = baseline.period if baseline else ""
        decimals = decimals_of(baseline.value) if baseline else 0
        self.value = self.number(baseline and baseline.value, max(indicator.decimals, decimals), indicator.suffix)


class StatusValue(Printed):
    """A status. Prints the report's own word for it, and compares with that as with the canonical one."""

    def __init__(self, name: str, word: StatusWord, folder: ReportFolder) -> None:
        super().__init__(folder.printed(word.value), Source(name))
        self._word = word.value

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) or self._word == str(other)


class IndicatorValue:
    """An indicator with its figures up to the newest its table shows. Prints as its name."""

    def __init__(self, timeline: Timeline, folder: ReportFolder) -> None:
        self._timeline = timeline
        self._folder = folder
        self.id = timeline.indicator.id
        self.reference = timeline.indicator.reference
        self.title = timeline.indicator.title
        self.unit = timeline.indicator.unit
        self.owner = timeline.indicator.owner

    def __str__(self) -> str:
        return self._timeline.indicator.name

    @property
    def now(self) -> FigureValue:
        return self._figure(self._timeline.now)

    @property
    def previous(self) -> FigureValue:
        return self._beside_now(self._timeline.now.shift(-1))

    @property
    def year_ago(self) -> FigureValue:
        return self._beside_now(self._timeline.now.year_earlier())

    @property
    def target(self) -> Quantity | Words:
        """The target that the newest figure is held against; words where there is none, or only a later milestone."""
        indicator, source = self._timeline.indicator, Source(self.id)
        status = self._timeline.status
        target = status.target.value if status.target else None
        is_ahead = status.computed is StatusWord.NOT_DUE and status.year_end is None
        if target is None or is_ahead:
            return Words(target_text(indicator, status), source)
        return Quantity(target, indicator.decimals_of_target(target), indicator.suffix, source)

    @property
    def has_target(self) -> bool:
        """Whether a target is in force or a milestone is to come; one that is to be agreed is none."""
        target = self._timeline.status.target
        return target is not None and target.value is not None

    @property
    def status(self) -> StatusValue:
        """The status of the newest figure, an officer's where there is one."""
        return StatusValue(self.id, self._timeline.status.word, self._folder)

    @property
    def polarity(self) -> str:
        """Which direction is good, in words."""
        return GOOD_DIRECTION[self._timeline.indicator.polarity] or "neither direction is better"

    @property
    def baseline(self) -> BaselineValue:
        return BaselineValue(self._timeline.indicator)

    @property
    def to_target(self) -> Quantity | Words:
        """How many more children (fewer where lower is better) would meet the target: `2 more`; `0 more` if it is met.

        The denominator is taken as it is. In words where there is no target or no figure.
        """
        target, indicator, amount = self.target, self._timeline.indicator, self._counted()
        if isinstance(target, Words):
            return target
        sign = {Polarity.HIGH: 1, Polarity.LOW: -1}.get(indicator.polarity)
        if sign is None:
            raise TemplateMistake(f"{self.id} has no polarity, so nothing is missing from its target")
        count, total = amount.count, Fraction(1) if indicator.measure is Measure.NUMBER else amount.denominator
        if isinstance(count, Words):
            return count
        whole = total.exact if isinstance(total, Quantity) else total
        if isinstance(whole, Words):
            return whole
        needed = sign * ceil(sign * target.exact * whole / indicator.per)
        short = max(sign * (needed - count.exact), Fraction(0))
        return Quantity(short, 0, " more" if sign > 0 else " fewer", Source(self.id))

    @property
    def one_child(self) -> Quantity | Words:
        """By how much one child more or less in the numerator moves the figure; a percentage in points."""
        indicator, total = self._timeline.indicator, self._counted().denominator
        if isinstance(total, Words):
            return total
        suffix = " percentage points" if indicator.suffix else ""
        return Quantity(indicator.per / total.exact, indicator.decimals, suffix, Source(self.id))

    def _counted(self) -> AmountValue:
        """The newest figure, or the year to date of a cumulative indicator; refused for averages, which count none."""
        timeline = self._timeline
        if timeline.indicator.measure is Measure.AVERAGE:
            raise TemplateMistake(f"{self.id} is an average: no number of children is worth a part of it")
        return self.year_to_date if timeline.cumulative else self._figure(timeline.newest.period)

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

    def gap(self, other: object) -> Quantity:
        """How far the newest value is above a comparator's benchmark, or the "target"; negative if below."""
        if other == "target" and isinstance(self.target, Words):
            raise TemplateMistake(f"{self.id} has no target")
        return self._difference(self.now.value, self.target if other == "target" else self.benchmark(other).value)

    def _difference(self, now: Quantity | Words, other: Quantity | Words) -> Quantity:
        suffix = " percentage points" if self._timeline.indicator.suffix else ""
        one, two = _number(now), _number(other)
        return Quantity(one.exact - two.exact, max(one.decimals, two.decimals), suffix, Source(self.id))

    def benchmark(self, comparator: object) -> BenchmarkValue:
        return BenchmarkValue(self._timeline, self._comparator(comparator), self._folder)

    @property
    def judgement(self) -> JudgementValue:
        self._check_judged()
        return JudgementValue(self._timeline, self._folder)

    def against(self, comparator: object) -> Printed:
        """Whether the newest figure is better or worse than a comparator's benchmark, or similar."""
        self._check_judged()
        verdict = self._timeline.merits.get(self._comparator(comparator), Verdict.NOT_COMPARED)
        return Printed(verdict.value, Source(self.id))

    def _check_judged(self) -> None:
        if not self._folder.judgement.on:
            raise TemplateMistake("judgements are switched off: [judgement] in report.toml has on = false")

    def _comparator(self, name: object) -> str:
        known = [each.id for each in self._folder.comparators]
        if name not in known:
            raise TemplateMistake(f"{in_words(name)} is not a comparator{nearest(str(name), known)}")
        return str(name)

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

    def _period(self, period: object) -> Period:
        if not isinstance(period, str | int | float | PeriodValue):
            raise TemplateMistake(f"{in_words(period)} is not a period")
        try:
            found = parse_period(str(period), self._folder.terms)
        except NotAPeriod as reason:
            raise TemplateMistake(str(reason)) from reason
        kind = self._timeline.now.kind
        if found.kind is not kind:
            raise TemplateMistake(f"{self.id} has no figure for {found}: it has one for each {kind.value}")
        if found > self._timeline.now:
            raise TemplateMistake(
                f"{found} is after {self._timeline.now}, the newest period of {self.id} in this report"
            )
        return found

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


def find_indicator(name: object, figures: Figures, folder: ReportFolder) -> IndicatorValue:
    """What `indicator("4.02.01")` gives."""
    timeline = figures.timelines.get(str(name))
    if timeline is None:
        raise TemplateMistake(f"{in_words(name)} is not an indicator{nearest(str(name), figures.timelines)}")
    return IndicatorValue(timeline, folder)
