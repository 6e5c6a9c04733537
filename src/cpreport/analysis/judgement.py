"""Judgement: what figures say when they are held against earlier ones, benchmarks and chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cpreport.analysis.variation import variation
from cpreport.model.figure import Benchmark, Direction, Figure, Stance
from cpreport.model.indicator import Indicator
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline


def judged(timeline: Timeline) -> Timeline:
    """An indicator's timeline with the directions of all its figures, and stances and variation of the newest."""
    newest = timeline.newest
    stances = {name: stance(timeline.indicator, newest, each) for name, each in timeline.benchmarks.items()}
    return replace(timeline, directions=directions(timeline.figures), stances=stances, variation=variation(timeline))


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
