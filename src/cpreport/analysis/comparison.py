"""Figures compared: with one period earlier, with a benchmark, and over several periods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from cpreport.model.figure import Benchmark, Direction, Figure, Stance, State
from cpreport.model.history import Cumulative, History
from cpreport.model.indicator import CumulativeYear, Indicator, Measure
from cpreport.model.number import rounded_units
from cpreport.model.period import Period


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


def year_to_date(history: History, year: CumulativeYear) -> Cumulative:
    """The year so far: numerators summed over denominators summed; a number: values summed.

    It begins with the indicator's life, and anew where the series breaks. Missing later periods end it early; a gap
    before them leaves no figure.
    """
    indicator, now = history.indicator, history.now
    is_number = indicator.measure is Measure.NUMBER
    whole = now.year_to_date(year.first_month(now))
    periods = [period for period in whole if not indicator.begins_after(period)]
    newest_break = max((period for period in periods if period in history.breaks), default=None)
    periods = [period for period in periods if newest_break is None or period >= newest_break]
    if not periods:
        return Cumulative(State.NEW)
    since = periods[0] if periods[0] != whole[0] else None
    figures = [history.at(period) for period in periods]
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
