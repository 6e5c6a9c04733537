"""Judgement: what figures say when they are held against earlier ones, benchmarks and chance, and what a year comes to.

Chance is judged by an XmR chart (W. Shewhart 1931; D. Wheeler, Understanding Variation, 1993) with the rules of NHS
England's Making Data Count, as the R package NHSRplotthedots computes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, lcm

from cpreport.model.figure import Benchmark, Direction, Figure, Stance, State
from cpreport.model.indicator import CumulativeYear, Indicator, Measure
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.timeline import Cumulative, SpecialCause, Timeline, Variation

FEWEST = 12
_LIMIT = Fraction(266, 100)
_SCREEN = Fraction(3267, 1000)
_RUN = 7


def judged(timeline: Timeline) -> Timeline:
    """A timeline with its year to date, the directions of all figures, and stances and variation of the newest."""
    newest, year = timeline.newest, timeline.indicator.cumulative
    return replace(
        timeline,
        cumulative=year_to_date(timeline, year) if year else None,
        directions=directions(timeline.figures),
        stances={name: stance(timeline.indicator, newest, each) for name, each in timeline.benchmarks.items()},
        variation=variation(timeline),
    )


def directions(figures: Mapping[Period, Figure]) -> dict[Period, Direction]:
    """Where the number went since one period earlier, exactly and unrounded, for every figure.

    Not compared where either figure is missing, not comparable where the series breaks at the later one. It is no
    judgement of merit.
    """
    followed = {period.ordinal + 1: figure for period, figure in figures.items()}
    return {period: _direction(followed.get(period.ordinal), figure) for period, figure in figures.items()}


def _direction(earlier: Figure | None, figure: Figure) -> Direction:
    if earlier is None or earlier.value is None or figure.value is None:
        return Direction.NOT_COMPARED
    if figure.breaks:
        return Direction.NOT_COMPARABLE
    if figure.value == earlier.value:
        return Direction.SAME
    return Direction.UP if figure.value > earlier.value else Direction.DOWN


def stance(indicator: Indicator, figure: Figure, benchmark: Benchmark) -> Stance:
    """Where a figure stands against a benchmark, at the decimals that the benchmark prints with."""
    if benchmark.value is None or figure.value is None:
        return Stance.NOT_COMPARABLE
    decimals = indicator.benchmark_decimals
    ours, theirs = rounded_units(figure.value, decimals), rounded_units(benchmark.value, decimals)
    if ours == theirs:
        return Stance.EQUAL
    return Stance.HIGHER if ours > theirs else Stance.LOWER


def variation(timeline: Timeline) -> Variation | None:
    """What the chart of an indicator's figures says of the newest one that is due.

    None where fewer than 12 figures stand in an unbroken row up to it: a gap and a break in the series end the row.
    Figures that each cover several periods are not independent of each other, so they have no chart.
    """
    values = [] if timeline.indicator.rolling > 1 else _unbroken(timeline)
    if len(values) < FEWEST:
        return None
    mean, reach = limits(values)
    return Variation(mean, mean - reach, mean + reach, tuple(special_causes(values, mean, reach)))


def _unbroken(timeline: Timeline) -> list[Fraction]:
    """The values up to the newest, oldest first, from the last gap or break on."""
    values: list[Fraction] = []
    figure = timeline.newest
    while figure.value is not None:
        values.append(figure.value)
        if figure.breaks:
            break
        figure = timeline.at(figure.period.shift(-1))
    return values[::-1]


def limits(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The mean and how far the limits lie from it: 2.66 times the mean moving range.

    Moving ranges of 3.267 times their mean or more are left out, so that one odd figure does not widen the limits.
    """
    unit = lcm(*(value.denominator for value in values))  # whole numbers of 1 / unit add up exactly, and much faster
    wholes = [value.numerator * (unit // value.denominator) for value in values]
    ranges = [abs(later - earlier) for earlier, later in pairwise(wholes)]
    bound = ceil(_SCREEN * sum(ranges) / len(ranges))
    screened = [moved for moved in ranges if moved < bound] or [0]
    return Fraction(sum(wholes), len(values) * unit), _LIMIT * sum(screened) / (len(screened) * unit)


def special_causes(values: Sequence[Fraction], mean: Fraction, reach: Fraction) -> Iterator[SpecialCause]:
    """Why the last of the values is more than chance. A value on the mean or on a limit is not beyond it."""
    last = values[-_RUN:]
    away = [value - mean for value in last]
    if away[-1] > reach:
        yield SpecialCause.ABOVE
    if away[-1] < -reach:
        yield SpecialCause.BELOW
    if len(last) == _RUN and _one_sign(away):
        yield SpecialCause.SHIFT
    if len(last) == _RUN and _one_sign([later - earlier for earlier, later in pairwise(last)]):
        yield SpecialCause.TREND
    near = [2 * reach / 3 < abs(distance) <= reach for distance in away[-3:]]
    if len(away) >= 3 and near[-1] and sum(near) >= 2 and _one_sign(away[-3:]):
        yield SpecialCause.NEAR_LIMIT


def _one_sign(numbers: Sequence[Fraction]) -> bool:
    return all(number > 0 for number in numbers) or all(number < 0 for number in numbers)


def year_to_date(timeline: Timeline, year: CumulativeYear) -> Cumulative:
    """The year so far: numerators summed over denominators summed; a number: values summed.

    It begins with the indicator's life, and anew where the series breaks. Missing later periods end it early; a gap
    before them leaves no figure.
    """
    indicator, now = timeline.indicator, timeline.now
    is_number = indicator.measure is Measure.NUMBER
    whole = now.year_to_date(year.first_month(now))
    anew = max((period for period in whole if period in timeline.breaks), default=whole[0])
    periods = [period for period in whole if period >= anew and not indicator.begins_after(period)]
    if not periods:
        return Cumulative(State.NEW)
    since = periods[0] if periods[0] != whole[0] else None
    figures = [timeline.at(period) for period in periods]
    if any(figure.state is State.CONFIDENTIAL for figure in figures):
        return Cumulative(State.CONFIDENTIAL)
    terms = [_terms(figure, is_number) for figure in figures]
    while terms and terms[-1] is None:
        terms.pop()
    given = [pair for pair in terms if pair is not None]
    if not given or len(given) < len(terms):
        return Cumulative(_why_no_sum({figure.state for figure in figures}))
    until = periods[len(terms) - 1] if len(terms) < len(periods) else None
    count, total = (sum(numbers, Fraction(0)) for numbers in zip(*given, strict=True))
    if is_number:
        return Cumulative(State.PRESENT, count, since=since, until=until)
    if total == 0:
        return Cumulative(State.NO_FIGURE if count == 0 else State.ERROR, since=since, until=until)
    return Cumulative(State.PRESENT, indicator.per * count / total, count, total, since, until)


def _why_no_sum(states: set[State]) -> State:
    """Why there is nothing to add up: nothing of it is due, or nothing in the life of the indicator; else no data."""
    if states <= {State.NOT_DUE, State.ENDED}:
        return State.NOT_DUE if State.NOT_DUE in states else State.ENDED
    return State.BLANK


def _terms(figure: Figure, is_number: bool) -> tuple[Fraction, Fraction] | None:
    """What a figure adds to the sums of numerators and denominators, also where it is 0/0; None if that is missing."""
    if figure.state not in (State.PRESENT, State.NO_FIGURE):
        return None
    count, total = (figure.value, Fraction(1)) if is_number else (figure.count, figure.total)
    return None if count is None or total is None else (count, total)
