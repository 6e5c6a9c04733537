"""What an indicator's figures can say: the numbers that a sentence about it may quote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from cpreport.checks.context import number_text
from cpreport.checks.narrative.quoted.words import Unit
from cpreport.model.figure import Figure, low, mean, peak
from cpreport.model.indicator import Measure
from cpreport.model.number import rounded, rounded_units
from cpreport.model.period import Period
from cpreport.model.status import StatusWord
from cpreport.model.tags import in_tag
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import BreakdownCount

YEAR = 12
"""Over how many periods means, peaks and lows are taken."""

_NUMBER = re.compile(r"(?<!\w)\d")

SUMMARIES: dict[str, Callable[[Sequence[Figure]], Figure | None]] = {"mean": mean, "peak": peak, "low": low}


class Fact(NamedTuple):
    """A number that the data give, exact, per cents as such.

    `part` is what it is of its figure: `value`, `count`, `denominator`, or `rest` of those that are not counted.
    `jinja` is what follows `indicator("…")` in a tag that prints `printed`; empty where no tag does.
    """

    number: Fraction
    unit: Unit
    part: str = ""
    period: Period | None = None
    jinja: str = ""
    printed: str = ""


def unit_of(timeline: Timeline) -> Unit:
    """What is typed behind an indicator's values."""
    return Unit.PERCENT if timeline.indicator.suffix else Unit.PLAIN


def figures_of(timeline: Timeline) -> list[Fact]:
    """The facts of all its figures, the newest first."""
    figures = reversed(timeline.until_now())
    return [fact for figure in figures for fact in of_figure(timeline, figure, _steps(timeline, figure.period))]


def _steps(timeline: Timeline, period: Period) -> str:
    """The steps of a tag that lead to a period's figure."""
    now, is_apart = timeline.now, timeline.break_between(period, timeline.now)
    near = {now.shift(-1): ".previous", now.year_earlier(): ".year_ago"} if not is_apart else {}
    return ({now: ".now"} | near).get(period, f".at({in_tag(period.label)})")


def of_figure(timeline: Timeline, figure: Figure, steps: str = "") -> Iterator[Fact]:
    """The facts of one figure, and what a tag that leads to it by some steps prints."""
    indicator, value, unit, period = timeline.indicator, figure.value, unit_of(timeline), figure.period
    if value is None:
        return
    yield Fact(value, unit, "value", period, f"{steps}.value", indicator.printed(value))
    for part, number in (("count", figure.count), ("denominator", figure.total)):
        if number is not None and indicator.measure is not Measure.NUMBER:
            yield Fact(number, Unit.PLAIN, part, period, f"{steps}.{part}", rounded(number, 0))
    if unit is Unit.PERCENT:
        yield Fact(100 - value, unit, "rest", period)
        if figure.count is not None and figure.total is not None:
            yield Fact(figure.total - figure.count, Unit.PLAIN, "rest", period)


def of_categories(counts: Iterable[BreakdownCount], now: Period) -> dict[str, list[Fact]]:
    """What a breakdown has of each category: counts and shares of all groups, then of each; the newest period's first.

    A category with a number in its name is left out: a sentence that names it has that number too.
    """
    several, columns = list(counts), dict[tuple[Period, str], Counter[str]]()
    for each in (each for each in several if each.count is not None):
        for group in dict.fromkeys(("", each.group)):
            columns.setdefault((each.period or now, group), Counter())[each.category] += each.count or 0
    found: dict[str, list[Fact]] = {}
    for (period, _), column in sorted(columns.items(), key=lambda each: each[0][0], reverse=True):
        for name, count in column.items():
            own = found.setdefault(name, [])
            own.append(Fact(Fraction(count), Unit.PLAIN, "count", period, printed=rounded(Fraction(count), 0)))
            own += [_share(Fraction(100 * count, total), period)] if (total := column.total()) else []
    for each in several:
        if each.share is not None:
            found.setdefault(each.category, []).append(_share(each.share, each.period or now))
    return {name: own for name, own in found.items() if not _NUMBER.search(name)}


def _share(share: Fraction, period: Period) -> Fact:
    return Fact(share, Unit.PERCENT, "share", period, printed=f"{rounded(share, 1)}%")


def summaries_of(timeline: Timeline, names: Iterable[str]) -> list[Fact]:
    """The means, peaks or lows of the last twelve periods."""
    if timeline.break_between(timeline.now.shift(1 - YEAR), timeline.now):
        return []
    last = timeline.last(YEAR, timeline.now)
    found = [(figure, f".{name}({YEAR})") for name in names if (figure := SUMMARIES[name](last))]
    facts = (fact for figure, steps in found for fact in of_figure(timeline, figure, steps))
    return [fact for fact in facts if fact.part in ("value", "count")]


def compared_with(timeline: Timeline, name: str) -> Fact | None:
    """A comparator's benchmark, or the `target` in force; None where there is none."""
    indicator, benchmark, status = timeline.indicator, timeline.benchmarks.get(name), timeline.status
    is_ahead = status.computed is StatusWord.NOT_DUE and status.year_end is None
    target = None if name != "target" or is_ahead else status.target
    if target and target.value is not None:
        return Fact(target.value, unit_of(timeline), jinja=".target", printed=indicator.printed_target(target.value))
    if benchmark is None or benchmark.value is None:
        return None
    printed = rounded(benchmark.value, indicator.benchmark_decimals) + indicator.suffix
    return Fact(benchmark.value, unit_of(timeline), jinja=f".benchmark({in_tag(name)}).value", printed=printed)


def held_against(timeline: Timeline, name: str) -> tuple[Fraction | None, str]:
    """What is compared with a comparator or the `target`, and as a message says it; None where it cannot be.

    With the target of a cumulative indicator that is the year to date; before the year has ended, where only then it
    can be judged, nothing.
    """
    if name != "target" or timeline.cumulative is None:
        return timeline.newest.value, figure_text(timeline, timeline.now)
    year = to_date(timeline)
    return (
        None if timeline.status.year_end else timeline.cumulative.value,
        f"year to date: {year.printed}" if year else "",
    )


def to_date(timeline: Timeline) -> Fact | None:
    """The year to date; for a number that has none defined, the sum of the financial year's figures."""
    indicator, year = timeline.indicator, timeline.cumulative
    value, jinja = year.value if year else None, ".year_to_date.value"
    if not indicator.cumulative and indicator.measure is Measure.NUMBER:
        values = [timeline.at(period).value for period in timeline.newest.period.year_to_date(4)]
        value, jinja = None if None in values else sum(filter(None, values), Fraction(0)), ""
    return None if value is None else Fact(value, unit_of(timeline), "", None, jinja, indicator.printed(value))


def differences(timeline: Timeline, now: Period, then: Period) -> Iterator[Fact]:
    """By how much the parts of a figure changed; nothing across a break."""
    before = {fact.part: fact for fact in of_figure(timeline, timeline.at(then))}
    for fact in of_figure(timeline, timeline.at(now)) if not timeline.break_between(now, then) else ():
        if fact.part in before and fact.part != "rest":
            decimals = timeline.indicator.decimals if fact.part == "value" else 0
            yield from apart(fact.number, before[fact.part].number, fact.unit, decimals)


def apart(ours: Fraction, theirs: Fraction, unit: Unit, decimals: int) -> Iterator[Fact]:
    """How far two numbers are apart: exactly, as a reader takes it from the printed ones, and in per cent."""
    points = Unit.POINTS if unit is Unit.PERCENT else Unit.PLAIN
    yield Fact(ours - theirs, points)
    yield Fact(Fraction(rounded_units(ours, decimals) - rounded_units(theirs, decimals), 10**decimals), points)
    if theirs:
        yield Fact(100 * (ours - theirs) / theirs, Unit.PERCENT)


def figure_text(timeline: Timeline, *periods: Period) -> str:
    """What the report has for each period: `Jul 23: 61.6 (604)`, or why there is nothing."""
    texts = []
    for figure in map(timeline.at, dict.fromkeys(periods)):
        parts = (figure.count, figure.total) if timeline.indicator.measure is not Measure.NUMBER else ()
        counts = "/".join(number_text(part) for part in parts if part is not None)
        said = figure.state.value if figure.value is None else timeline.indicator.printed(figure.value)
        texts.append(f"{figure.period.label}: {said}" + (f" ({counts})" if counts and figure.value is not None else ""))
    return "; ".join(texts)
