"""What figures say when they are held against earlier ones, benchmarks and chance, and what a year comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from cpreport.analysis.merit import judgement, merit
from cpreport.analysis.variation import points_of, variation
from cpreport.model.figure import Benchmark, Direction, Figure, Stance, State
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import CumulativeYear, Indicator, Measure
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.period_text import period_or_none
from cpreport.model.timeline import Cumulative, Timeline


def judged(timeline: Timeline, folder: ReportFolder, stated: Period | None) -> Timeline:
    """A timeline with its year to date, the directions of all figures, and what is said of the newest.

    `stated` is the period of benchmarks that name none; None if it cannot be read.
    """
    newest, year, rules = timeline.newest, timeline.indicator.cumulative, folder.judgement
    points = points_of(timeline)
    chart = variation(points, rules.points)
    return replace(
        timeline,
        cumulative=year_to_date(timeline, year, timeline.now) if year else None,
        directions=directions(timeline.figures),
        stances={name: stance(timeline.indicator, newest, each) for name, each in timeline.benchmarks.items()},
        variation=chart,
        judgement=judgement(timeline, chart, points, rules),
        merits={
            name: merit(timeline, each, period_or_none(each.period, folder.terms) if each.period else stated, rules)
            for name, each in timeline.benchmarks.items()
        },
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


def year_to_date(timeline: Timeline, year: CumulativeYear, now: Period) -> Cumulative:
    """The year up to a period: numerators summed over denominators summed; a number: values summed.

    It begins with the indicator's life, and anew where the series breaks. Missing later periods end it early; a gap
    before them leaves no figure.
    """
    indicator = timeline.indicator
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
