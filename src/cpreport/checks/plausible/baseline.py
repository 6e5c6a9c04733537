"""A baseline: a row's numbers in order of time, and a median with a spread that a single wrong one cannot move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import inf, sqrt
from statistics import median
from typing import NamedTuple

from cpreport.checks.context import CheckContext, Row
from cpreport.model.figure import Entry, State, per_cent
from cpreport.model.period import Kind


class Baseline(NamedTuple):
    """The usual level of some numbers. `spread` estimates a standard deviation."""

    median: float
    spread: float

    def distance(self, number: float) -> float:
        """The modified z-score: 0.6745 · |number − median| / MAD (Iglewicz and Hoaglin, 1993)."""
        return abs(number - self.median) / self.spread


def baseline_of(numbers: Sequence[float], least: Callable[[float], float]) -> Baseline:
    """The median of numbers with their deviation from it, never smaller than the least that such a median can have."""
    middle = median(numbers)
    return Baseline(middle, max(deviation(numbers, middle), least(middle)))


def deviation(numbers: Sequence[float], middle: float) -> float:
    """The median absolute deviation from `middle` / 0.6745; where it is 0, the mean absolute deviation · 1.2533.

    Both estimate a standard deviation (Iglewicz and Hoaglin, 1993). It is 0 where all numbers are equal.
    """
    distances = [abs(number - middle) for number in numbers]
    return median(distances) / 0.6745 or sum(distances) / len(distances) * 1.2533


def count_spread(count: float) -> float:
    """The standard deviation of a count of which so many are expected (Poisson); never that of fewer than one."""
    return sqrt(max(count, 1))


def share_spread(share: float, total: float) -> float:
    """The standard deviation of a share of so many children (binomial); 0 and 1 count as half a child off.

    What is below 0 or above 1 is taken for those.
    """
    moved = (min(max(share, 0), 1) * total + 0.5) / (total + 1)
    return sqrt(moved * (1 - moved) / total)


def approximate(value: Fraction | None) -> float:
    """A figure's value as a float: 0 where it is missing, infinite where it is too large for one."""
    try:
        return value.numerator / value.denominator if value is not None else 0
    except OverflowError:
        return inf


class Stretch(NamedTuple):
    """A row's numbers of one kind of period between breaks in series, oldest first; percentages as per cent."""

    row: Row
    entries: Sequence[Entry]
    numbers: Sequence[float]

    def least(self, middle: float) -> float:
        """Numbers of children vary as counts do; others by at least one unit of the last printed decimal."""
        if self.row.indicator is None or self.row.is_count:
            return count_spread(middle)
        return float(10**-self.row.indicator.decimals)

    def around(self, position: int, number: int) -> list[float]:
        """Up to so many other numbers nearest to one in time."""
        first = max(0, min(position - number // 2, len(self.numbers) - number - 1))
        return [*self.numbers[first:position], *self.numbers[position + 1 : first + number + 1]]

    def outlying(self) -> list[int]:
        """The positions of numbers that may be outliers, found fast: beyond three spreads or four times the median."""
        whole = baseline_of(self.numbers, self.least)
        lowest = max(whole.median - 3 * whole.spread, whole.median / 4)
        highest = min(whole.median + 3 * whole.spread, whole.median * 4)
        return [at for at, number in enumerate(self.numbers) if not lowest <= number <= highest]


def stretches(month: CheckContext, row: Row) -> Iterator[Stretch]:
    """A row's numbers for each kind of period, and from each break on; those marked as missing are left out."""
    timeline = month.figures.timelines.get(row.name)
    at_breaks = timeline.breaks if timeline else frozenset()
    breaks: Counter[Kind] = Counter()
    found: dict[tuple[Kind, int], list[Entry]] = {}
    for entry in sorted(row.numbers, key=lambda entry: entry.period.ordinal):
        keys = ((entry.name, entry.period, part) for part in (entry.part, None))
        marks = [mark for key in keys if (mark := month.workbook.marks.get(key))] if month.workbook.marks else ()
        if all(mark.state is State.PRESENT for mark in marks):
            kind = entry.period.kind
            breaks[kind] += entry.period in at_breaks or any(mark.breaks for mark in marks)
            found.setdefault((kind, breaks[kind]), []).append(entry)
    for entries in found.values():
        yield Stretch(row, entries, [approximate(per_cent(entry.amount)) for entry in entries])
