"""Merit: whether the newest figure is better or worse than before, or than a benchmark, and whether that may be chance.

The direction comes first, what it is worth second. Confidential and missing figures have no value, and are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cpreport.analysis.intervals import Interval, difference, poisson, share, wilson
from cpreport.model.figure import Benchmark, Direction, Figure
from cpreport.model.folder import JudgementRules
from cpreport.model.indicator import Indicator, Measure, Polarity
from cpreport.model.period import Period
from cpreport.model.timeline import UNJUDGED, Judgement, SpecialCause, Timeline, Variation, Verdict

_UP, _DOWN = Direction.UP, Direction.DOWN
_WORTH = {
    (Polarity.HIGH, _UP): Verdict.BETTER,
    (Polarity.HIGH, _DOWN): Verdict.WORSE,
    (Polarity.LOW, _UP): Verdict.WORSE,
    (Polarity.LOW, _DOWN): Verdict.BETTER,
    (Polarity.NONE, _UP): Verdict.HIGHER,
    (Polarity.NONE, _DOWN): Verdict.LOWER,
}


def judgement(
    timeline: Timeline, chart: Variation | None, points: Sequence[Figure], rules: JudgementRules
) -> Judgement:
    """What the newest figure that is due says against its chart, or else against the figure of a year ago.

    `points` are the chart's.
    """
    if timeline.newest.value is None:
        return UNJUDGED
    return _against_chart(timeline.indicator, chart, points, rules) if chart else _against_year_ago(timeline, rules)


def _against_chart(
    indicator: Indicator, chart: Variation, points: Sequence[Figure], rules: JudgementRules
) -> Judgement:
    if _are_few(indicator, points, rules):
        return Judgement(Verdict.TOO_FEW, is_charted=True)
    if not chart.causes:
        return Judgement(Verdict.NO_CLEAR_CHANGE, is_charted=True)
    cause, (*_, before, newest) = chart.causes[0], points
    usual = before.value if cause is SpecialCause.TREND else chart.mean
    direction = _UP if (newest.value or 0) > (usual or 0) else _DOWN
    return Judgement(_WORTH[indicator.polarity, direction], is_charted=True, cause=cause)


def _against_year_ago(timeline: Timeline, rules: JudgementRules) -> Judgement:
    indicator, now = timeline.indicator, timeline.newest
    then = timeline.at(now.period.year_earlier())
    is_there = then.value is not None and not timeline.break_between(then.period, now.period)
    if any(_are_few(indicator, [figure], rules) for figure in ((now, then) if is_there else (now,))):
        return Judgement(Verdict.TOO_FEW, then.period if is_there else None)
    direction = _change(indicator, now, then, rules.level / 100) if is_there else None
    if direction is None:
        return UNJUDGED
    return Judgement(_WORTH.get((indicator.polarity, direction), Verdict.NO_CLEAR_CHANGE), then.period)


def merits(timeline: Timeline, periods: Mapping[str, Period | None], rules: JudgementRules) -> dict[str, Verdict]:
    """Where the newest figure stands against benchmarks, by comparator.

    `periods` are the benchmarks', None where one cannot be read.
    """
    interval = _interval(timeline.indicator, timeline.newest, rules.level / 100) if periods else None
    compared = timeline.benchmarks.items()
    return {name: _merit(timeline, each, periods[name], interval, rules) for name, each in compared}


def _merit(
    timeline: Timeline, benchmark: Benchmark, period: Period | None, interval: Interval | None, rules: JudgementRules
) -> Verdict:
    """`period` is the benchmark's, `interval` that of the newest figure; None where either is not known."""
    indicator, ours, theirs = timeline.indicator, timeline.newest, benchmark.value
    if ours.value is None or theirs is None or period is None or indicator.benchmarks_differ:
        return Verdict.NOT_COMPARED
    if ours.period.months_after(period) > rules.benchmark_age:
        return Verdict.NOT_COMPARED
    if interval is None:
        return Verdict.CANNOT_TELL
    return _WORTH.get((indicator.polarity, _beyond(interval, theirs)), Verdict.SIMILAR)


def _are_few(indicator: Indicator, figures: Sequence[Figure], rules: JudgementRules) -> bool:
    """Whether figures have too few events or too small a denominator, on average; not where neither is known."""
    pairs = [_parts(indicator, figure) for figure in figures]
    counts, totals = ([part for part in parts if part is not None] for parts in zip(*pairs, strict=True))
    return any(
        parts and sum(parts) < fewest * len(parts)
        for parts, fewest in ((counts, rules.events), (totals, rules.denominator))
    )


def _parts(indicator: Indicator, figure: Figure) -> tuple[Fraction | None, Fraction | None]:
    """The events of a figure, which are a number's value, and what they are of, where these are known."""
    return (figure.value, None) if indicator.measure is Measure.NUMBER else (figure.count, figure.total)


def _counted(indicator: Indicator, figure: Figure) -> tuple[int, int] | None:
    """The events and what they are of (1 for a number), where both are known and can be counts of an interval."""
    count, total = _parts(indicator, figure)
    total = Fraction(1) if indicator.measure is Measure.NUMBER else total
    if indicator.measure is Measure.AVERAGE or count is None or total is None:
        return None
    is_count = count.denominator == total.denominator == 1 and count >= 0 and total > 0
    return (int(count), int(total)) if is_count and not (indicator.is_bounded and count > total) else None


def _change(indicator: Indicator, now: Figure, then: Figure, level: float) -> Direction | None:
    """Where a figure lies beyond chance from an earlier one; None where their counts are not known."""
    ours, theirs = _counted(indicator, now), _counted(indicator, then)
    if ours is None or theirs is None:
        return None
    if indicator.is_bounded:
        return _beyond(difference(ours, theirs, level), 0)
    return _beyond(share(ours[0], theirs[0], level), ours[1] / (ours[1] + theirs[1]))


def _interval(indicator: Indicator, figure: Figure, level: float) -> Interval | None:
    """Of a figure, in the printed unit; None where its counts are not known."""
    counted = _counted(indicator, figure)
    if counted is None:
        return None
    count, total = counted
    if indicator.is_bounded:
        return wilson(count, total, level).times(indicator.per)
    return poisson(count, level).times(indicator.per / total)


def _beyond(interval: Interval, value: float | Fraction) -> Direction:
    """Where an interval lies, seen from a value: SAME if it holds that value."""
    if value in interval:
        return Direction.SAME
    return _UP if interval.low > value else _DOWN
