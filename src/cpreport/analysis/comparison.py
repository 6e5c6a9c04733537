"""Figures compared: with one period earlier, with a benchmark, and over several periods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from cpreport.model.figure import Benchmark, Cumulative, Direction, Figure, Stance, State
from cpreport.model.indicator import CumulativeYear, Indicator, Measure
from cpreport.model.number import rounded_units
from cpreport.model.period import Period


def directions(figures: Mapping[Period, Figure]) -> dict[Period, Direction]:
    """Where the number went since one period earlier, exactly and unrounded, for every figure.

    Not comparable where either figure is missing or the series breaks at the later one. It is no judgement of merit.
    """
    return {period: _direction(figures.get(period.shift(-1)), figure) for period, figure in figures.items()}


def _direction(earlier: Figure | None, figure: Figure) -> Direction:
    if earlier is None or earlier.value is None or figure.value is None or figure.breaks:
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


def mean(figures: Sequence[Figure]) -> Figure | None:
    """The mean of figures and of their counts, as a figure of the last one's period; None if one is missing."""
    values = [figure.value for figure in figures if figure.value is not None]
    if not figures or len(values) < len(figures):
        return None
    numerator = figures[-1].numerator
    counts = [figure.count for figure in figures if figure.count is not None]
    if numerator is not None and len(counts) == len(figures):
        cells = tuple(dict.fromkeys(cell for f in figures if f.numerator for cell in f.numerator.cells))
        numerator = replace(numerator, number=sum(counts, Fraction(0)) / len(counts), cells=cells)
    else:
        numerator = None
    return Figure(figures[-1].period, State.PRESENT, sum(values, Fraction(0)) / len(values), numerator)


def peak(figures: Sequence[Figure]) -> Figure | None:
    """The figure with the highest value, the latest of equal ones; None if all are missing."""
    return _extreme(figures, lambda value: value)


def low(figures: Sequence[Figure]) -> Figure | None:
    """The figure with the lowest value, the latest of equal ones; None if all are missing."""
    return _extreme(figures, lambda value: -value)


def _extreme(figures: Sequence[Figure], key: Callable[[Fraction], Fraction]) -> Figure | None:
    present = [figure for figure in reversed(figures) if figure.value is not None]
    return max(present, key=lambda figure: key(figure.value or Fraction(0)), default=None)


def year_to_date(indicator: Indicator, of: Mapping[Period, Figure], now: Period, year: CumulativeYear) -> Cumulative:
    """The year so far: numerators summed over denominators summed; a number: values summed.

    Missing later periods end it early; a gap before them leaves no figure.
    """
    figures = [of.get(period, Figure(period, State.BLANK)) for period in now.year_to_date(year.first_month)]
    while figures and figures[-1].value is None:
        figures.pop()
    if not figures or any(figure.value is None for figure in figures):
        return Cumulative(State.BLANK)
    until = figures[-1].period if figures[-1].period != now else None
    if indicator.measure is Measure.NUMBER:
        return Cumulative(State.PRESENT, _total([figure.value for figure in figures]), until=until)
    count, total = _total([figure.count for figure in figures]), _total([figure.total for figure in figures])
    if count is None or not total:
        return Cumulative(State.BLANK)
    return Cumulative(State.PRESENT, indicator.per * count / total, count, total, until)


def _total(numbers: Sequence[Fraction | None]) -> Fraction | None:
    present = [number for number in numbers if number is not None]
    return sum(present, Fraction(0)) if len(present) == len(numbers) else None
