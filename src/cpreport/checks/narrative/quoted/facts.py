"""What an indicator's figures can say: every number that a sentence about it may quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

from cpreport.checks.examined import Examined, number_text
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.model.figure import Figure
from cpreport.model.indicator import Indicator, Measure, Source
from cpreport.model.number import rounded, rounded_units
from cpreport.model.period import Period
from cpreport.model.summary import low, mean, peak
from cpreport.model.tags import in_tag
from cpreport.model.timeline import Timeline

YEAR = 12
"""Over how many periods means, peaks and lows are taken."""

_FEW_PARTS = 6


class Kind(Enum):
    """What a fact is."""

    VALUE = "value"
    COUNT = "count"
    DENOMINATOR = "denominator"
    REST = "rest"
    BENCHMARK = "benchmark"
    TARGET = "target"
    MEAN = "mean"
    PEAK = "peak"
    LOW = "low"
    CHANGE = "change"
    GAP = "gap"
    YEAR_TO_DATE = "year to date"
    SUM = "sum"
    CATEGORY = "category"


OF_ONE_FIGURE = (Kind.VALUE, Kind.COUNT, Kind.DENOMINATOR)
"""The kinds that a single figure has."""

FIGURES = frozenset({Kind.VALUE, Kind.COUNT, Kind.DENOMINATOR, Kind.REST, Kind.CATEGORY, Kind.SUM})
"""The kinds that are of one period and stand for themselves."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that the data give.

    `number` is exact, per cents as such. `period` is None where it is of no single one, `since` the earlier one of a
    change. `name` is a comparator's id, or the words of a category or of parts. `jinja` is what follows
    `indicator("…")` in a tag that prints it, `printed` what that prints; empty where no tag does.
    """

    kind: Kind
    number: Fraction
    period: Period | None
    unit: Unit = Unit.PLAIN
    since: Period | None = None
    name: str = ""
    jinja: str = ""
    printed: str = ""


class Known:
    """The facts of one indicator, each kind put together when it is asked for."""

    def __init__(self, timeline: Timeline, month: Examined) -> None:
        self.timeline = timeline
        self._month = month
        self._by_number: dict[int, dict[tuple[Unit, int], list[Fact]]] = {}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Those of single periods first, the newest of them before the others."""
        return tuple(self._gathered())

    def said_by(self, number: Number) -> list[Fact]:
        """The facts that a number as typed is, perhaps rounded further; signs do not matter."""
        if number.value is None:
            return []
        if number.decimals not in self._by_number:
            self._by_number[number.decimals] = self._rounded_to(number.decimals)
        return self._by_number[number.decimals].get((number.unit, rounded_units(number.value, number.decimals)), [])

    def _rounded_to(self, decimals: int) -> dict[tuple[Unit, int], list[Fact]]:
        """The facts by unit and number at so many decimals; what is in points may be said in per cents too."""
        found: dict[tuple[Unit, int], list[Fact]] = {}
        for fact in self.facts:
            units = rounded_units(abs(fact.number), decimals)
            found.setdefault((fact.unit, units), []).append(fact)
            if fact.unit is Unit.POINTS:
                found.setdefault((Unit.PERCENT, units), []).append(fact)
        return found

    @staticmethod
    def benchmark_text(indicator: Indicator, value: Fraction) -> str:
        """A benchmark's value as its table prints it."""
        return rounded(value, indicator.benchmark_decimals) + indicator.suffix

    def figure_text(self, period: Period) -> str:
        """What the report has for a period: `Jul 23: 61.6 (604)`, or why there is nothing."""
        figure, indicator = self.timeline.at(period), self.timeline.indicator
        if figure.value is None:
            return f"{period.label}: {figure.state.value}"
        counts = [number_text(part) for part in (figure.count, figure.total) if part is not None]
        is_number = indicator.measure is Measure.NUMBER
        return f"{period.label}: {indicator.printed(figure.value)}" + (
            f" ({'/'.join(counts)})" if counts and not is_number else ""
        )

    def _gathered(self) -> Iterator[Fact]:
        for figure in reversed(self.timeline.until_now()):
            if figure.value is not None:
                yield from self._of_figure(figure)
        yield from self._compared()
        yield from self._over_time()
        yield from self._changes()
        yield from self._sums()
        yield from self._categories()

    def _of_figure(self, figure: Figure) -> Iterator[Fact]:
        value, steps = figure.value, self._steps(figure.period)
        if value is None:
            return
        yield self._value(Kind.VALUE, value, figure.period, f"{steps}.value" if steps else "")
        is_number = self.timeline.indicator.measure is Measure.NUMBER
        if not is_number:
            yield from self._parts(figure, steps)
        if self._unit is Unit.PERCENT:
            yield Fact(Kind.REST, 100 - value, figure.period, Unit.PERCENT)

    def _parts(self, figure: Figure, steps: str) -> Iterator[Fact]:
        count, total = figure.count, figure.total
        for kind, part in ((Kind.COUNT, count), (Kind.DENOMINATOR, total)):
            if part is not None:
                tag = f"{steps}.{kind.value}" if steps else ""
                yield Fact(kind, part, figure.period, jinja=tag, printed=rounded(part, 0))
        if count is not None and total is not None and self._unit is Unit.PERCENT:
            yield Fact(Kind.REST, total - count, figure.period)

    def _compared(self) -> Iterator[Fact]:
        timeline, indicator = self.timeline, self.timeline.indicator
        now = timeline.newest
        for comparator, benchmark in timeline.benchmarks.items():
            if benchmark.value is None:
                continue
            printed = self.benchmark_text(indicator, benchmark.value)
            tag = f".benchmark({in_tag(comparator)}).value"
            yield Fact(Kind.BENCHMARK, benchmark.value, None, self._unit, None, comparator, tag, printed)
            if now.value is not None:
                yield from self._gaps(now.value, benchmark.value, now.period, comparator)
        target = indicator.target_on(now.period.end)
        if target:
            yield self._value(Kind.TARGET, target.value, None, ".target")
            if now.value is not None:
                yield from self._gaps(now.value, target.value, now.period, "target")

    def _gaps(self, ours: Fraction, theirs: Fraction, period: Period, name: str) -> Iterator[Fact]:
        """How far two numbers are apart: exactly, and as a reader takes it from the printed ones."""
        decimals = self.timeline.indicator.decimals
        unit = Unit.POINTS if self._unit is Unit.PERCENT else Unit.PLAIN
        yield Fact(Kind.GAP, ours - theirs, period, unit, None, name)
        yield Fact(Kind.GAP, _rounded(ours, decimals) - _rounded(theirs, decimals), period, unit, None, name)

    def _over_time(self) -> Iterator[Fact]:
        timeline = self.timeline
        if timeline.break_between(timeline.now.shift(1 - YEAR), timeline.now):
            return
        last = timeline.last(YEAR, timeline.now)
        for kind, summary in ((Kind.MEAN, mean), (Kind.PEAK, peak), (Kind.LOW, low)):
            found = summary(last)
            if found is None or found.value is None:
                continue
            period = None if kind is Kind.MEAN else found.period
            tag = f".{kind.value}({YEAR})"
            yield self._value(kind, found.value, period, f"{tag}.value")
            if found.count is not None and timeline.indicator.measure is not Measure.NUMBER:
                yield Fact(kind, found.count, period, jinja=f"{tag}.count", printed=rounded(found.count, 0))
        yield from self._year_to_date()

    def _year_to_date(self) -> Iterator[Fact]:
        cumulative = self.timeline.cumulative
        if cumulative is None or cumulative.value is None:
            return
        printed = self.timeline.indicator.printed(cumulative.value)
        yield Fact(Kind.YEAR_TO_DATE, cumulative.value, None, self._unit, printed=printed)
        for part in (cumulative.count, cumulative.total):
            if part is not None:
                yield Fact(Kind.YEAR_TO_DATE, part, None, printed=number_text(part))

    def _changes(self) -> Iterator[Fact]:
        """The changes to the newest figure from every earlier one, and from each to the next."""
        given = [figure for figure in self.timeline.until_now() if figure.value is not None]
        pairs = [(figure, given[-1]) for figure in given[:-1]]
        pairs += pairwise(given[:-1])
        for earlier, later in pairs:
            yield from self._change(earlier, later)

    def _change(self, earlier: Figure, later: Figure) -> Iterator[Fact]:
        before, after, decimals = earlier.value, later.value, self.timeline.indicator.decimals
        if before is None or after is None or self.timeline.break_between(earlier.period, later.period):
            return
        unit = Unit.POINTS if self._unit is Unit.PERCENT else Unit.PLAIN
        when = (later.period, unit, earlier.period)
        yield Fact(Kind.CHANGE, after - before, *when)
        yield Fact(Kind.CHANGE, _rounded(after, decimals) - _rounded(before, decimals), *when)
        is_number = self.timeline.indicator.measure is Measure.NUMBER
        if not is_number and earlier.count is not None and later.count is not None:
            yield Fact(Kind.CHANGE, later.count - earlier.count, later.period, Unit.PLAIN, earlier.period)
            yield from _relative(earlier.count, later.count, later.period, earlier.period)
        if earlier.total is not None and later.total is not None:
            yield Fact(Kind.CHANGE, later.total - earlier.total, later.period, Unit.PLAIN, earlier.period)
        yield from _relative(before, after, later.period, earlier.period)

    def _sums(self) -> Iterator[Fact]:
        """Of the parts of a total: the whole, and any of them together with this indicator's."""
        for total in self._month.folder.totals:
            if self.timeline.indicator.id not in {part.name for part in total.parts}:
                continue
            for period in self._month.figures.periods[total.whole, *total.parts]:
                yield from self._summed((total.whole,), period)
                for size in _sizes(len(total.parts)):
                    for some in combinations(total.parts, size):
                        yield from self._summed(some, period)

    def _summed(self, sources: Sequence[Source], period: Period) -> Iterator[Fact]:
        numbers = [self._month.figures.given[source, period].number for source in sources]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers):
            yield Fact(Kind.SUM, sum(known, Fraction(0)), period)

    def _categories(self) -> Iterator[Fact]:
        name = self.timeline.indicator.id
        ids = {each.id for each in self._month.folder.breakdowns.values() if each.of and each.of.name == name}
        counts = [
            count for count in self._month.workbook.breakdowns if count.breakdown in ids and count.count is not None
        ]
        totals: dict[Period, int] = {}
        for count in counts:
            when = count.period or self.timeline.now
            totals[when] = totals.get(when, 0) + (count.count or 0)
        for count in counts:
            when, number = count.period or self.timeline.now, count.count or 0
            yield Fact(Kind.CATEGORY, Fraction(number), when, name=count.category)
            if totals[when]:
                yield Fact(
                    Kind.CATEGORY, Fraction(100 * number, totals[when]), when, Unit.PERCENT, None, count.category
                )

    @property
    def _unit(self) -> Unit:
        return Unit.PERCENT if self.timeline.indicator.suffix else Unit.PLAIN

    def _value(self, kind: Kind, value: Fraction, period: Period | None, jinja: str) -> Fact:
        printed = self.timeline.indicator.printed(value)
        return Fact(kind, value, period, self._unit, jinja=jinja, printed=printed)

    def _steps(self, period: Period) -> str:
        """The steps of a tag that lead to a period's figure, or nothing where the tag would refuse it."""
        now = self.timeline.now
        if period == now:
            return ".now"
        named = f".at({in_tag(period.label)})"
        if self.timeline.break_between(period, now):
            return named
        return {now.shift(-1): ".previous", now.year_earlier(): ".year_ago"}.get(period, named)


def _sizes(parts: int) -> Iterable[int]:
    """How many parts of a total a sentence may add up: any number of a few; two, all but one or all of many."""
    return range(2, parts + 1) if parts <= _FEW_PARTS else (2, parts - 1, parts)


def _relative(before: Fraction, after: Fraction, period: Period, since: Period) -> Iterator[Fact]:
    """A change as a per cent of what was there before."""
    if before:
        yield Fact(Kind.CHANGE, 100 * (after - before) / before, period, Unit.PERCENT, since)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    return Fraction(rounded(value, decimals).replace(",", ""))
