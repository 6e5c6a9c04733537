"""What an indicator's figures can say: every number that a sentence about it may quote, in one flat table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.examined import number_text
from cpreport.checks.narrative.quoted.numbers import Unit
from cpreport.model.figure import Figure, low, mean, peak
from cpreport.model.indicator import Measure
from cpreport.model.number import rounded, rounded_units
from cpreport.model.period import Period
from cpreport.model.tags import in_tag
from cpreport.model.timeline import Cumulative, Timeline

YEAR = 12
"""Over how many periods means, peaks and lows are taken."""


class Kind(Enum):
    """What a fact is."""

    VALUE = "value"
    COUNT = "count"
    DENOMINATOR = "denominator"
    REST = "rest"
    COMPARATOR = "comparator"
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
    facts += [*_compared(timeline), *_over_time(timeline)]
    for earlier, later in [*((figure, given[-1]) for figure in given[:-1]), *pairwise(given[:-1])]:
        if not timeline.break_between(earlier.period, later.period):
            facts += _changes(timeline, earlier, later)
    return tuple(facts)


def figure_text(timeline: Timeline, *periods: Period) -> str:
    """What the report has for each period: `Jul 23: 61.6 (604)`, or why there is nothing."""
    return "; ".join(_figure_text(timeline, timeline.at(period)) for period in periods)


def _figure_text(timeline: Timeline, figure: Figure) -> str:
    indicator, label = timeline.indicator, figure.period.label
    if figure.value is None:
        return f"{label}: {figure.state.value}"
    counts = [number_text(part) for part in (figure.count, figure.total) if part is not None]
    is_alone = indicator.measure is Measure.NUMBER or not counts
    return f"{label}: {indicator.printed(figure.value)}" + ("" if is_alone else f" ({'/'.join(counts)})")


def _unit(timeline: Timeline) -> Unit:
    return Unit.PERCENT if timeline.indicator.suffix else Unit.PLAIN


def _parts(timeline: Timeline, figure: Figure | Cumulative) -> Iterator[tuple[Kind, Fraction, Unit, str]]:
    """A figure's value, numerator and denominator, with their units and as they are printed."""
    if figure.value is not None:
        yield Kind.VALUE, figure.value, _unit(timeline), timeline.indicator.printed(figure.value)
    if timeline.indicator.measure is not Measure.NUMBER:
        for kind, part in ((Kind.COUNT, figure.count), (Kind.DENOMINATOR, figure.total)):
            if part is not None:
                yield kind, part, Unit.PLAIN, rounded(part, 0)


def _of_figure(timeline: Timeline, figure: Figure) -> Iterator[Fact]:
    steps, when, unit = _steps(timeline, figure.period), figure.period, _unit(timeline)
    for kind, number, own, printed in _parts(timeline, figure):
        yield Fact(kind, number, when, own, jinja=f"{steps}.{kind.value}", printed=printed)
    if unit is Unit.PERCENT and figure.value is not None:
        yield Fact(Kind.REST, 100 - figure.value, when, unit)
        if figure.count is not None and figure.total is not None:
            yield Fact(Kind.REST, figure.total - figure.count, when)


def _compared(timeline: Timeline) -> Iterator[Fact]:
    """Benchmarks and the target, and how far the newest figure is from them."""
    indicator, newest = timeline.indicator, timeline.newest
    others: list[tuple[str, Fraction, str, str]] = []
    for name, benchmark in timeline.benchmarks.items():
        if (value := benchmark.value) is not None:
            printed = rounded(value, indicator.benchmark_decimals) + indicator.suffix
            others.append((name, value, f".benchmark({in_tag(name)}).value", printed))
    if target := indicator.target_on(newest.period.end):
        others.append(("target", target.value, ".target", indicator.printed(target.value)))
    for name, number, jinja, printed in others:
        yield Fact(Kind.COMPARATOR, number, None, _unit(timeline), None, name, jinja, printed)
        if newest.value is not None:
            apart = _apart(newest.value, number, _unit(timeline), indicator.decimals)
            yield from (Fact(Kind.GAP, gap, newest.period, unit, None, name) for gap, unit in apart)


def _over_time(timeline: Timeline) -> Iterator[Fact]:
    if not timeline.break_between(timeline.now.shift(1 - YEAR), timeline.now):
        last = timeline.last(YEAR, timeline.now)
        for kind, found in ((Kind.MEAN, mean(last)), (Kind.PEAK, peak(last)), (Kind.LOW, low(last))):
            for part, number, unit, printed in _parts(timeline, found) if found else ():
                if part is not Kind.DENOMINATOR:
                    jinja = f".{kind.value}({YEAR}).{part.value}"
                    yield Fact(kind, number, None, unit, jinja=jinja, printed=printed)
    if timeline.cumulative:
        for _, number, unit, _ in _parts(timeline, timeline.cumulative):
            yield Fact(Kind.YEAR_TO_DATE, number, None, unit)


def _changes(timeline: Timeline, earlier: Figure, later: Figure) -> Iterator[Fact]:
    before = {kind: number for kind, number, _, _ in _parts(timeline, earlier)}
    for kind, number, unit, _ in _parts(timeline, later):
        if kind in before:
            decimals = timeline.indicator.decimals if kind is Kind.VALUE else 0
            for change, of in _apart(number, before[kind], unit, decimals):
                yield Fact(Kind.CHANGE, change, later.period, of, earlier.period)


def _apart(ours: Fraction, theirs: Fraction, unit: Unit, decimals: int) -> Iterator[tuple[Fraction, Unit]]:
    """How far two numbers are apart: exactly, as a reader takes it from the printed ones, and in per cent."""
    points = Unit.POINTS if unit is Unit.PERCENT else Unit.PLAIN
    yield ours - theirs, points
    yield Fraction(rounded_units(ours, decimals) - rounded_units(theirs, decimals), 10**decimals), points
    if theirs:
        yield 100 * (ours - theirs) / theirs, Unit.PERCENT


def _steps(timeline: Timeline, period: Period) -> str:
    """The steps of a tag that lead to a period's figure."""
    now, named = timeline.now, f".at({in_tag(period.label)})"
    if period == now:
        return ".now"
    if timeline.break_between(period, now):
        return named
    return {now.shift(-1): ".previous", now.year_earlier(): ".year_ago"}.get(period, named)
