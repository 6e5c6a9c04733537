"""The scale of an axis: round numbers from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count
from math import ceil, floor
from typing import NamedTuple

from cpreport.model.chart import Chart, ChartKind

_MOST = 6
"""How many steps a scale has at most between the lowest and the highest value."""


class Scale(NamedTuple):
    """The first and the last number on an axis, and how far two neighbours are apart, in the unit of the values."""

    low: Fraction
    high: Fraction
    step: Fraction

    def share(self, value: Fraction) -> float:
        """How far up the axis a value stands, from 0 to 1."""
        low, high = self.low, self.high
        above = (value.numerator * low.denominator - low.numerator * value.denominator) * high.denominator
        return above / ((high.numerator * low.denominator - low.numerator * high.denominator) * value.denominator)

    def decimals(self, most: int) -> int:
        """How many decimals its numbers need, of those that the values have."""
        return 0 if self.step.denominator == 1 else most

    @property
    def numbers(self) -> list[Fraction]:
        """The numbers along the axis."""
        return [self.low + self.step * place for place in range(int((self.high - self.low) / self.step) + 1)]


def scale_for(chart: Chart) -> Scale:
    """The scale of a chart's values; that of lines need not begin at zero."""
    return scale_of(_reached(chart), chart.decimals, from_zero=chart.kind is not ChartKind.LINES)


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


def _reached(chart: Chart) -> list[Fraction]:
    """The values that a scale must reach: of columns on each other the sums of those above zero and below."""
    known = [[point.value or Fraction(0) for point in series.points] for series in chart.series]
    if chart.kind is ChartKind.STACKED:
        signed = ((stack, sign) for stack in zip(*known, strict=True) for sign in (1, -1))
        return [sum((value for value in stack if value * sign > 0), Fraction(0)) for stack, sign in signed]
    return [point.value for series in chart.series for point in series.points if point.value is not None]
