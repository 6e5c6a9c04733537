"""What an indicator's figures can say: every number that a sentence about it may quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.examined import number_text
from cpreport.checks.narrative.quoted.numbers import Unit
from cpreport.model.figure import Figure
from cpreport.model.indicator import Measure
from cpreport.model.number import rounded
from cpreport.model.period import Period
from cpreport.model.summary import low, mean, peak
from cpreport.model.tags import in_tag
from cpreport.model.timeline import Timeline

YEAR = 12
"""Over how many periods means, peaks and lows are taken."""


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


FIGURES = (Kind.VALUE, Kind.COUNT, Kind.DENOMINATOR, Kind.REST)
"""The kinds that are of one period and stand for themselves."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that the data give, exact, per cents as such.

    `period` is None where it is of no single one, `since` the earlier one of a change, `name` a comparator's id or
    `target`. `jinja` is what follows `indicator("…")` in a tag that prints `printed`; empty where no tag does.
    """

    kind: Kind
    number: Fraction
    period: Period | None
    unit: Unit = Unit.PLAIN
    since: Period | None = None
    name: str = ""
    jinja: str = ""
    printed: str = ""


def facts_of(timeline: Timeline) -> tuple[Fact, ...]:
    """An indicator's facts; the newest figures first."""
    given = [figure for figure in timeline.until_now() if figure.value is not None]
    facts = [fact for figure in reversed(given) for fact in _of_figure(timeline, figure)]
    facts += _compared(timeline)
    facts += _over_time(timeline)
    for earlier, later in [*((figure, given[-1]) for figure in given[:-1]), *pairwise(given[:-1])]:
        facts += _change(timeline, earlier, later)
    return tuple(facts)


def figure_text(timeline: Timeline, period: Period) -> str:
    """What the report has for a period: `Jul 23: 61.6 (604)`, or why there is nothing."""
    figure, indicator = timeline.at(period), timeline.indicator
    if figure.value is None:
        return f"{period.label}: {figure.state.value}"
    counts = [number_text(part) for part in (figure.count, figure.total) if part is not None]
    is_alone = indicator.measure is Measure.NUMBER or not counts
    return f"{period.label}: {indicator.printed(figure.value)}" + ("" if is_alone else f" ({'/'.join(counts)})")


def _unit(timeline: Timeline) -> Unit:
    return Unit.PERCENT if timeline.indicator.suffix else Unit.PLAIN


def _value(timeline: Timeline, kind: Kind, value: Fraction, period: Period | None, jinja: str, name: str = "") -> Fact:
    return Fact(kind, value, period, _unit(timeline), None, name, jinja, timeline.indicator.printed(value))


def _of_figure(timeline: Timeline, figure: Figure) -> Iterator[Fact]:
    if figure.value is None:
        return
    steps, when = _steps(timeline, figure.period), figure.period
    yield _value(timeline, Kind.VALUE, figure.value, when, f"{steps}.value")
    if timeline.indicator.measure is Measure.NUMBER:
        return
    for kind, part in ((Kind.COUNT, figure.count), (Kind.DENOMINATOR, figure.total)):
        if part is not None:
            yield Fact(kind, part, when, jinja=f"{steps}.{kind.value}", printed=rounded(part, 0))
    if _unit(timeline) is Unit.PERCENT:
        yield Fact(Kind.REST, 100 - figure.value, when, Unit.PERCENT)
        if figure.count is not None and figure.total is not None:
            yield Fact(Kind.REST, figure.total - figure.count, when)


def _compared(timeline: Timeline) -> Iterator[Fact]:
    indicator, now = timeline.indicator, timeline.newest
    others: list[Fact] = []
    for name, benchmark in timeline.benchmarks.items():
        if benchmark.value is not None:
            printed = rounded(benchmark.value, indicator.benchmark_decimals) + indicator.suffix
            tag = f".benchmark({in_tag(name)}).value"
            others.append(Fact(Kind.BENCHMARK, benchmark.value, None, _unit(timeline), None, name, tag, printed))
    if target := indicator.target_on(now.period.end):
        others.append(_value(timeline, Kind.TARGET, target.value, None, ".target", "target"))
    yield from others
    for other in others:
        if now.value is not None:
            yield from _differences(timeline, Kind.GAP, now.value, other.number, now.period, None, other.name)


def _differences(
    timeline: Timeline,
    kind: Kind,
    ours: Fraction,
    theirs: Fraction,
    period: Period,
    since: Period | None,
    name: str = "",
) -> Iterator[Fact]:
    """How far two numbers are apart: exactly, as a reader takes it from the printed ones, and in per cent."""
    unit = Unit.POINTS if _unit(timeline) is Unit.PERCENT else Unit.PLAIN
    ours_printed, theirs_printed = (_rounded(number, timeline.indicator.decimals) for number in (ours, theirs))
    yield Fact(kind, ours - theirs, period, unit, since, name)
    yield Fact(kind, ours_printed - theirs_printed, period, unit, since, name)
    if theirs:
        yield Fact(kind, 100 * (ours - theirs) / theirs, period, Unit.PERCENT, since, name)


def _over_time(timeline: Timeline) -> Iterator[Fact]:
    if not timeline.break_between(timeline.now.shift(1 - YEAR), timeline.now):
        last = timeline.last(YEAR, timeline.now)
        for kind, summary in ((Kind.MEAN, mean), (Kind.PEAK, peak), (Kind.LOW, low)):
            found = summary(last)
            if found and found.value is not None:
                period = None if kind is Kind.MEAN else found.period
                yield _value(timeline, kind, found.value, period, f".{kind.value}({YEAR}).value")
                if found.count is not None:
                    yield Fact(
                        kind, found.count, period, jinja=f".{kind.value}({YEAR}).count", printed=rounded(found.count, 0)
                    )
    if (year := timeline.cumulative) and year.value is not None:
        yield Fact(Kind.YEAR_TO_DATE, year.value, None, _unit(timeline))
        yield from (Fact(Kind.YEAR_TO_DATE, part, None) for part in (year.count, year.total) if part is not None)


def _change(timeline: Timeline, earlier: Figure, later: Figure) -> Iterator[Fact]:
    if timeline.break_between(earlier.period, later.period):
        return
    pairs = [(earlier.value, later.value), (earlier.total, later.total)]
    if timeline.indicator.measure is not Measure.NUMBER:
        pairs.append((earlier.count, later.count))
    for number, (before, after) in enumerate(pairs):
        if before is None or after is None:
            continue
        if number == 0:
            yield from _differences(timeline, Kind.CHANGE, after, before, later.period, earlier.period)
        else:
            yield Fact(Kind.CHANGE, after - before, later.period, Unit.PLAIN, earlier.period)
            if before:
                share = 100 * (after - before) / before
                yield Fact(Kind.CHANGE, share, later.period, Unit.PERCENT, earlier.period)


def _steps(timeline: Timeline, period: Period) -> str:
    """The steps of a tag that lead to a period's figure."""
    now, named = timeline.now, f".at({in_tag(period.label)})"
    if period == now:
        return ".now"
    if timeline.break_between(period, now):
        return named
    return {now.shift(-1): ".previous", now.year_earlier(): ".year_ago"}.get(period, named)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    return Fraction(rounded(value, decimals).replace(",", ""))
