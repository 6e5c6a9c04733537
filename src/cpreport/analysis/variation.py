"""Control charts: whether an indicator's newest figure is more than chance.

An XmR chart (W. Shewhart 1931; D. Wheeler, Understanding Variation, 1993) with the rules of NHS England's Making Data
Count, as the R package NHSRplotthedots computes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

from cpreport.model.timeline import SpecialCause, Timeline, Variation

FEWEST = 12
_LIMIT = Fraction(266, 100)
_SCREEN = Fraction(3267, 1000)
_RUN = 7


def variation(timeline: Timeline) -> Variation | None:
    """What the chart of an indicator's figures says of the newest one that is due.

    None where fewer than 12 figures stand in an unbroken row up to it: a gap and a break in the series end the row.
    Figures that each cover several periods are not independent of each other, so they have no chart.
    """
    values = _unbroken(timeline)
    if timeline.indicator.rolling > 1 or len(values) < FEWEST:
        return None
    common = lcm(*(value.denominator for value in values))  # whole numbers add up much faster than fractions
    whole = [value.numerator * (common // value.denominator) for value in values]
    mean, reach = limits(whole)
    causes = tuple(special_causes(whole, mean, reach))
    return Variation(mean / common, (mean - reach) / common, (mean + reach) / common, causes)


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


def limits(values: Sequence[Fraction | int]) -> tuple[Fraction, Fraction]:
    """The mean and how far the limits lie from it: 2.66 times the mean moving range.

    Moving ranges of 3.267 times their mean or more are left out, so that one odd figure does not widen the limits.
    """
    mean = Fraction(sum(values), len(values))
    ranges = [max(pair) - min(pair) for pair in pairwise(values)]
    bound = _SCREEN * Fraction(sum(ranges), len(ranges))
    screened = [moved for moved in ranges if moved < bound] or [0]
    return mean, _LIMIT * Fraction(sum(screened), len(screened))


def special_causes(values: Sequence[Fraction | int], mean: Fraction, reach: Fraction) -> Iterator[SpecialCause]:
    """Why the last of the values is more than chance. A value on the mean or on a limit is not beyond it."""
    away = [value - mean for value in values]
    if away[-1] > reach:
        yield SpecialCause.ABOVE
    if away[-1] < -reach:
        yield SpecialCause.BELOW
    if len(away) >= _RUN and _one_sign(away[-_RUN:]):
        yield SpecialCause.SHIFT
    if len(away) >= _RUN and _one_sign([later - earlier for earlier, later in pairwise(away[-_RUN:])]):
        yield SpecialCause.TREND
    near = [2 * reach / 3 < abs(distance) <= reach for distance in away[-3:]]
    if len(away) >= 3 and near[-1] and sum(near) >= 2 and _one_sign(away[-3:]):
        yield SpecialCause.NEAR_LIMIT


def _one_sign(numbers: Sequence[Fraction]) -> bool:
    return all(number > 0 for number in numbers) or all(number < 0 for number in numbers)
