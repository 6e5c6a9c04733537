"""What figures say when they are held against earlier ones, benchmarks and chance, and what a year comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cpreport.analysis.merit import judgement, merits
from cpreport.analysis.variation import charted, points_of, variation
from cpreport.model.figure import Benchmark, Direction, Figure, Stance, State
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import CumulativeYear, Indicator
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.period_text import period_or_none
from cpreport.model.sums import added_up, addend
from cpreport.model.timeline import Cumulative, Timeline


def judged(timeline: Timeline, folder: ReportFolder, stated: Period | None) -> Timeline:
    """A timeline with its year to date, the directions of all figures, and what is said of the newest.

    `stated` is the period of benchmarks that name none; None if it cannot be read.
    """
    newest, year, rules = timeline.newest, timeline.indicator.cumulative, folder.judgement
    points, benchmarks = points_of(timeline), timeline.benchmarks
    chart = variation(points, rules.points)
    named = {name: period_or_none(each.period, folder.terms) for name, each in benchmarks.items() if each.period}
    return replace(
        timeline,
        cumulative=year_to_date(timeline, year, timeline.now) if year else None,
        years_to_date=_years_to_date(timeline),
        directions=directions(timeline.figures),
        stances={name: stance(timeline.indicator, newest, each) for name, each in benchmarks.items()},
        variation=chart,
        charted=charted(points, chart) if chart else {},
        judgement=judgement(timeline, chart, points, rules),
        merits=merits(timeline, {**dict.fromkeys(benchmarks, stated), **named}, rules),
    )


def _years_to_date(timeline: Timeline) -> dict[Period, Cumulative]:
    """The year to date of each period, where tables print it instead of the figure."""
    year = timeline.indicator.cumulative if timeline.indicator.cumulative_in_table else None
    return {period: year_to_date(timeline, year, period) for period in timeline.figures if year}


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
    before them leaves no figure, as does one that is confidential or wrong.
    """
    indicator = timeline.indicator
    whole = now.year_to_date(year.first_month(now))
    anew = max((period for period in whole if period in timeline.breaks), default=whole[0])
    periods = [period for period in whole if period >= anew and not indicator.begins_after(period)]
    if not periods:
        return Cumulative(State.NEW)
    since = periods[0] if periods[0] != whole[0] else None
    figures = [timeline.at(period) for period in periods]
    states = {figure.state for figure in figures}
    if strong := next((state for state in (State.CONFIDENTIAL, State.ERROR) if state in states), None):
        return Cumulative(strong)
    addends = [addend(indicator, figure) for figure in figures]
    while addends and addends[-1] is None:
        addends.pop()
    given = [each for each in addends if each is not None]
    if not given or len(given) < len(addends):
        return Cumulative(_why_no_sum(states))
    until = periods[len(addends) - 1] if len(addends) < len(periods) else None
    return added_up(indicator, given, since, until)


def _why_no_sum(states: set[State]) -> State:
    """Why there is nothing to add up: nothing of it is due, or nothing in the life of the indicator; else no data."""
    if states <= {State.NOT_DUE, State.ENDED}:
        return State.NOT_DUE if State.NOT_DUE in states else State.ENDED
    return State.BLANK
