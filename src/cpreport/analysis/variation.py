"""Control charts: which figures are more than chance.

An XmR chart (W. Shewhart 1931; D. Wheeler, Understanding Variation, 1993) with the rules of NHS England's Making Data
Count, as the R package NHSRplotthedots computes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, lcm
from typing import TypeVar

from cpreport.model.figure import Figure
from cpreport.model.indicator import Nature
from cpreport.model.period import Frequency, Period
from cpreport.model.timeline import SpecialCause, Timeline, Variation

_Number = TypeVar("_Number", int, Fraction)
FEWEST = 13
_CHARTED = (Frequency.MONTH, Frequency.QUARTER)
_LIMIT = Fraction(266, 100)
_SCREEN = Fraction(3267, 1000)
_RUN = 7
_CAUSES = tuple(SpecialCause)
_LENGTHS = {**dict.fromkeys(_CAUSES, 1), SpecialCause.SHIFT: _RUN, SpecialCause.TREND: _RUN, SpecialCause.NEAR_LIMIT: 3}
"""How many points, the last included, each cause is found in."""


def variation(points: Sequence[Figure], fewest: int = FEWEST) -> Variation | None:
    """What a chart of some points says of the last one; None where they are fewer than `fewest`."""
    values = [figure.value for figure in points if figure.value is not None]
    if len(values) < fewest:
        return None
    mean, reach = limits(values)
    return Variation(mean, mean - reach, mean + reach, tuple(special_causes(values, mean, reach)))


def points_of(timeline: Timeline) -> list[Figure]:
    """The points of an indicator's chart: the figures in an unbroken row up to the newest that is due, oldest first.

    It begins after the last gap, and at the last break in the series. Only monthly and quarterly flows have a chart:
    the figures of a stock, and those that cover several periods each, are not independent of each other.
    """
    indicator, figures = timeline.indicator, list[Figure]()
    if indicator.kind is not Nature.FLOW or indicator.rolling > 1 or indicator.frequency not in _CHARTED:
        return figures
    figure = timeline.newest
    while figure.value is not None:
        figures.append(figure)
        if figure.breaks:
            break
        figure = timeline.at(figure.period.shift(-1))
    return figures[::-1]


def charted(points: Sequence[Figure], chart: Variation) -> dict[Period, SpecialCause | None]:
    """Each point's period with why it is more than chance, if it is: the first cause of several.

    All points of a run count as such, and of three those that are near a limit, as in NHSRplotthedots.
    """
    values, reach = [point.value - chart.mean for point in points if point.value is not None], chart.upper - chart.mean
    unit = lcm(reach.denominator, *(value.denominator for value in values))
    away, bound = [int(value * unit) for value in values], int(reach * unit)
    found = dict[int, SpecialCause]()
    for end in range(1, len(away) + 1):
        for cause in special_causes(away[:end], 0, bound):
            part = range(max(0, end - _LENGTHS[cause]), end)
            several = [at for at in part if cause is not SpecialCause.NEAR_LIMIT or _is_near(away[at], bound)]
            found |= {at: min(cause, found.get(at, cause), key=_CAUSES.index) for at in several}
    return {point.period: found.get(at) for at, point in enumerate(points)}


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


def special_causes(values: Sequence[_Number], mean: _Number, reach: _Number) -> Iterator[SpecialCause]:
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
    near = [_is_near(distance, reach) for distance in away[-3:]]
    if len(away) >= 3 and near[-1] and sum(near) >= 2 and _one_sign(away[-3:]):
        yield SpecialCause.NEAR_LIMIT


def _is_near(distance: _Number, reach: _Number) -> bool:
    """Whether a value lies in the outer third on its side of the mean; one on the limit does."""
    return 2 * reach < 3 * abs(distance) <= 3 * reach


def _one_sign(numbers: Sequence[_Number]) -> bool:
    return all(number > 0 for number in numbers) or all(number < 0 for number in numbers)
