"""The scale of an axis: round numbers from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count
from math import ceil, floor
from typing import NamedTuple

_MOST = 6
"""How many steps a scale has at most between the lowest and the highest value."""


class Scale(NamedTuple):
    """The first and the last number on an axis, and how far two neighbours are apart, in the unit of the values."""

    low: Fraction
    high: Fraction
    step: Fraction

    def share(self, value: Fraction) -> float:
        """How far up the axis a value stands, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))

    def decimals(self, most: int) -> int:
        """How many decimals its numbers need, of those that the values have."""
        return 0 if self.step.denominator == 1 else most

    @property
    def numbers(self) -> list[Fraction]:
        """The numbers along the axis."""
        return [self.low + self.step * place for place in range(int((self.high - self.low) / self.step) + 1)]


def scale_of(values: Sequence[Fraction], decimals: int, from_zero: bool) -> Scale:
    """The scale on which values stand, whose numbers have no more decimals than these.

    It begins at zero where it must, and where the lowest value is at most half the highest.
    """
    low, high = min(values, default=Fraction(0)), max(values, default=Fraction(1))
    if from_zero or 0 <= low <= high / 2:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    step = next(step for step in _steps(decimals) if high - low <= step * _MOST)
    first, last = floor(low / step), ceil(high / step)
    return Scale(first * step, max(last, first + 1) * step, step)


def _steps(decimals: int) -> Iterator[Fraction]:
    return (Fraction(10) ** power * digit for power in count(-decimals) for digit in (1, 2, 5))
