"""95% confidence intervals: how far chance alone moves a percentage, a count or a difference of two."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import exp, hypot, sqrt
from statistics import NormalDist

LEVEL = 0.95
BYAR_FROM = 10
"""The fewest events for which Byar's approximation is used; below, the limits are exact."""
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, in the unit of what it is an interval of."""

    low: float
    high: float

    def __contains__(self, value: float | Fraction) -> bool:
        return self.low <= value <= self.high

    def times(self, factor: float) -> Interval:
        """In another unit, such as per cent or per 10,000. `factor` is above 0."""
        return Interval(self.low * factor, self.high * factor)


@cache
def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: float, total: float, level: float = LEVEL) -> Interval:
    """Of a proportion, 0 to 1: `count` of `total`, 0 <= count <= total, total above 0.

    Wilson's score method (E. B. Wilson, JASA 22, 1927, 209–212), as PHEindicatormethods computes it.
    """
    return Interval(_wilson_low(count, total, level), 1 - _wilson_low(total - count, total, level))


def _wilson_low(count: float, total: float, level: float) -> float:
    """The lower limit; exactly 0 of nothing, so that of all the upper one is exactly 1."""
    if not count:
        return 0.0
    z = _z(level)
    reach = z * sqrt(z * z + 4 * count * (total - count) / total)
    return (2 * count + z * z - reach) / (2 * (total + z * z))


def poisson(count: int, level: float = LEVEL) -> Interval:
    """Of a number of events, at least 0, that happen independently of each other.

    Byar's approximation from 10 events on (N. Breslow and N. Day, Statistical Methods in Cancer Research II, IARC 1987,
    69), exact limits below (F. Garwood, Biometrika 28, 1936, 437–442), as PHEindicatormethods does.
    """
    if count < BYAR_FROM:
        tail = (1 - level) / 2
        low = _mean_with(1 - tail, count - 1) if count else 0.0
        return Interval(low, _mean_with(tail, count))
    return Interval(_byar(count, -_z(level)), _byar(count + 1, _z(level)))


def _byar(count: int, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3


def _mean_with(chance: float, most: int) -> float:
    """The mean of a Poisson distribution that gives at most `most` events with this chance, by bisection."""
    low, high = 0.0, 10.0 * (most + 3)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(most, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(most: int, mean: float) -> float:
    """The chance of at most `most` events of a Poisson distribution."""
    term = total = 1.0
    for events in range(1, most + 1):
        term *= mean / events
        total += term
    return total * exp(-mean)


def difference(now: tuple[float, float], then: tuple[float, float], level: float = LEVEL) -> Interval:
    """Of the difference of two independent proportions, now minus then, -1 to 1. Each is (count, total) as in `wilson`.

    The score method with continuity correction: method 11 of R. Newcombe, Statistics in Medicine 17, 1998, 873–890.
    Without it (method 10) two equal proportions seem to differ in up to 5.7 % of cases, with it in at most 5 %.
    """
    (ours, theirs), (p, q) = (corrected(*now, level), corrected(*then, level)), (now[0] / now[1], then[0] / then[1])
    low = (p - q) - hypot(p - ours.low, theirs.high - q)
    high = (p - q) + hypot(ours.high - p, q - theirs.low)
    return Interval(low, high)


def share(now: float, then: float, level: float = LEVEL) -> Interval:
    """Of the share, 0 to 1, that the events of one period have among those of two; at least one event in all.

    Given their sum, one of two Poisson counts is binomial (J. Przyborowski and H. Wilenski, Biometrika 31, 1940,
    313–323). With the same rate the share is that of the one population in both: a half where they are equal.
    """
    return corrected(now, now + then, level)


def corrected(count: float, total: float, level: float = LEVEL) -> Interval:
    """Wilson's interval with continuity correction, which is never too narrow on average: for comparing two figures.

    Method 4 of R. Newcombe, Statistics in Medicine 17, 1998, 857–872.
    """
    return Interval(_corrected_low(count, total, level), 1 - _corrected_low(total - count, total, level))


def _corrected_low(count: float, total: float, level: float) -> float:
    if not count:
        return 0.0
    z = _z(level)
    reach = z * sqrt(z * z - 2 - 1 / total + 4 * count / total * (total - count + 1))
    return max((2 * count + z * z - 1 - reach) / (2 * (total + z * z)), 0.0)
