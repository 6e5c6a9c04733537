"""What an indicator's figures can say: every number that a sentence about it may quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.examined import Examined, number_text
from cpreport.checks.narrative.quoted.numbers import Unit
from cpreport.model.figure import Figure
from cpreport.model.history import History
from cpreport.model.indicator import Measure
from cpreport.model.number import rounded
from cpreport.model.period import Period
from cpreport.model.tags import in_tag

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


def facts_of(history: History, month: Examined) -> tuple[Fact, ...]:
    """An indicator's facts; the newest figures first."""
    given = [figure for figure in history.until_now() if figure.value is not None]
    facts = [fact for figure in reversed(given) for fact in _of_figure(history, figure)]
    facts += _compared(history)
    facts += _over_time(history, month)
    for earlier, later in [*((figure, given[-1]) for figure in given[:-1]), *pairwise(given[:-1])]:
        facts += _change(history, earlier, later)
    return tuple(facts)


def figure_text(history: History, period: Period) -> str:
    """What the report has for a period: `Jul 23: 61.6 (604)`, or why there is nothing."""
    figure, indicator = history.at(period), history.indicator
    if figure.value is None:
        return f"{period.label}: {figure.state.value}"
    counts = [number_text(part) for part in (figure.count, figure.total) if part is not None]
    is_alone = indicator.measure is Measure.NUMBER or not counts
    return f"{period.label}: {indicator.printed(figure.value)}" + ("" if is_alone else f" ({'/'.join(counts)})")


def _unit(history: History) -> Unit:
    return Unit.PERCENT if history.indicator.suffix else Unit.PLAIN


def _value(history: History, kind: Kind, value: Fraction, period: Period | None, jinja: str, name: str = "") -> Fact:
    return Fact(kind, value, period, _unit(history), None, name, jinja, history.indicator.printed(value))


def _of_figure(history: History, figure: Figure) -> Iterator[Fact]:
    if figure.value is None:
        return
    steps, when = _steps(history, figure.period), figure.period
    yield _value(history, Kind.VALUE, figure.value, when, f"{steps}.value")
    if history.indicator.measure is Measure.NUMBER:
        return
    for kind, part in ((Kind.COUNT, figure.count), (Kind.DENOMINATOR, figure.total)):
        if part is not None:
            yield Fact(kind, part, when, jinja=f"{steps}.{kind.value}", printed=rounded(part, 0))
    if _unit(history) is Unit.PERCENT:
        yield Fact(Kind.REST, 100 - figure.value, when, Unit.PERCENT)
        if figure.count is not None and figure.total is not None:
            yield Fact(Kind.REST, figure.total - figure.count, when)


def _compared(history: History) -> Iterator[Fact]:
    indicator, now = history.indicator, history.newest
    others: list[Fact] = []
    for name, benchmark in history.benchmarks.items():
        if benchmark.value is not None:
            printed = rounded(benchmark.value, indicator.benchmark_decimals) + indicator.suffix
            tag = f".benchmark({in_tag(name)}).value"
            others.append(Fact(Kind.BENCHMARK, benchmark.value, None, _unit(history), None, name, tag, printed))
    if target := indicator.target_on(now.period.end):
        others.append(_value(history, Kind.TARGET, target.value, None, ".target", "target"))
    yield from others
    for other in others:
        if now.value is not None:
            yield from _differences(history, Kind.GAP, now.value, other.number, now.period, None, other.name)


def _differences(
    history: History, kind: Kind, ours: Fraction, theirs: Fraction, period: Period, since: Period | None, name: str = ""
) -> Iterator[Fact]:
    """How far two numbers are apart: exactly, as a reader takes it from the printed ones, and in per cent."""
    unit = Unit.POINTS if _unit(history) is Unit.PERCENT else Unit.PLAIN
    ours_printed, theirs_printed = (_rounded(number, history.indicator.decimals) for number in (ours, theirs))
    yield Fact(kind, ours - theirs, period, unit, since, name)
    yield Fact(kind, ours_printed - theirs_printed, period, unit, since, name)
    if theirs:
        yield Fact(kind, 100 * (ours - theirs) / theirs, period, Unit.PERCENT, since, name)


def _over_time(history: History, month: Examined) -> Iterator[Fact]:
    if not history.break_between(history.now.shift(1 - YEAR), history.now):
        last = history.last(YEAR, history.now)
        summaries = (Kind.MEAN, month.figures.mean), (Kind.PEAK, month.figures.peak), (Kind.LOW, month.figures.low)
        for kind, summary in summaries:
            found = summary(last)
            if found and found.value is not None:
                period = None if kind is Kind.MEAN else found.period
                yield _value(history, kind, found.value, period, f".{kind.value}({YEAR}).value")
                if found.count is not None:
                    yield Fact(
                        kind, found.count, period, jinja=f".{kind.value}({YEAR}).count", printed=rounded(found.count, 0)
                    )
    if (year := history.cumulative) and year.value is not None:
        yield Fact(Kind.YEAR_TO_DATE, year.value, None, _unit(history))
        yield from (Fact(Kind.YEAR_TO_DATE, part, None) for part in (year.count, year.total) if part is not None)


def _change(history: History, earlier: Figure, later: Figure) -> Iterator[Fact]:
    if history.break_between(earlier.period, later.period):
        return
    pairs = [(earlier.value, later.value), (earlier.total, later.total)]
    if history.indicator.measure is not Measure.NUMBER:
        pairs.append((earlier.count, later.count))
    for number, (before, after) in enumerate(pairs):
        if before is None or after is None:
            continue
        if number == 0:
            yield from _differences(history, Kind.CHANGE, after, before, later.period, earlier.period)
        else:
            yield Fact(Kind.CHANGE, after - before, later.period, Unit.PLAIN, earlier.period)
            if before:
                share = 100 * (after - before) / before
                yield Fact(Kind.CHANGE, share, later.period, Unit.PERCENT, earlier.period)


def _steps(history: History, period: Period) -> str:
    """The steps of a tag that lead to a period's figure."""
    now, named = history.now, f".at({in_tag(period.label)})"
    if period == now:
        return ".now"
    if history.break_between(period, now):
        return named
    return {now.shift(-1): ".previous", now.year_earlier(): ".year_ago"}.get(period, named)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    return Fraction(rounded(value, decimals).replace(",", ""))
