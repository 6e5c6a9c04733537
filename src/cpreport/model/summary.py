"""Several figures as one: their mean, the highest, the lowest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from cpreport.model.figure import Figure, State

Summary = Callable[[Sequence[Figure]], Figure | None]
"""What several figures come to, as one figure; None where that cannot be said."""


def mean(figures: Sequence[Figure]) -> Figure | None:
    """The mean of figures and of their counts, as a figure of the last one's period; None if one is missing."""
    values = [figure.value for figure in figures if figure.value is not None]
    if not figures or len(values) < len(figures):
        return None
    numerator = figures[-1].numerator
    counts = [figure.count for figure in figures if figure.count is not None]
    if numerator is not None and len(counts) == len(figures):
        cells = tuple(dict.fromkeys(cell for f in figures if f.numerator for cell in f.numerator.cells))
        numerator = numerator._replace(number=sum(counts, Fraction(0)) / len(counts), cells=cells)
    else:
        numerator = None
    return Figure(figures[-1].period, State.PRESENT, sum(values, Fraction(0)) / len(values), numerator)


def peak(figures: Sequence[Figure]) -> Figure | None:
    """The figure with the highest value, the latest of equal ones; None if all are missing or one is confidential."""
    return _extreme(figures, lambda value: value)


def low(figures: Sequence[Figure]) -> Figure | None:
    """The figure with the lowest value, the latest of equal ones; None if all are missing or one is confidential."""
    return _extreme(figures, lambda value: -value)


def _extreme(figures: Sequence[Figure], key: Callable[[Fraction], Fraction]) -> Figure | None:
    if any(figure.state is State.CONFIDENTIAL for figure in figures):
        return None  # it might be the highest or lowest itself
    present = [figure for figure in reversed(figures) if figure.value is not None]
    return max(present, key=lambda figure: key(figure.value or Fraction(0)), default=None)
