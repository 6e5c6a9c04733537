"""Benchmarks that are not in the unit of their indicator's figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from statistics import median

from cpreport.checks.examined import Examined, is_above_100
from cpreport.checks.fractions import may_be_either, with_two_readings
from cpreport.checks.plausible.usual import approximate
from cpreport.model.finding import Finding
from cpreport.model.indicator import Measure
from cpreport.model.rules.plausibility import BENCHMARK_OTHER_UNIT
from cpreport.model.timeline import Timeline

FEW_CHILDREN = 5
"""Figures of fewer children than this, on the whole, say little about a unit."""
RECENT = 12
"""How many of an indicator's figures say what its unit is."""


def other_units(month: Examined) -> Iterator[Finding]:
    """Benchmarks that are many times the figures, or the figures many times them; what may be either is an error.

    A comparator's number depends on its size, so numbers have no unit that a benchmark could miss.
    """
    doubtful = {row.name for row in month.rows if with_two_readings(month, row)}
    for timeline in month.figures.timelines.values():
        indicator = timeline.indicator
        if timeline.benchmarks and indicator.measure is not Measure.NUMBER and indicator.id not in doubtful:
            yield from _benchmarks(month, timeline)


def _benchmarks(month: Examined, timeline: Timeline) -> Iterator[Finding]:
    """Those of an indicator. A percentage above 100 is an error of its own."""
    figures, indicator = _figures(timeline), timeline.indicator
    for benchmark in timeline.benchmarks.values() if figures else ():
        is_error = (indicator.is_bounded and is_above_100(benchmark.amount)) or may_be_either(
            indicator, benchmark.amount
        )
        value, usual = approximate(benchmark.value), median(figures)
        if not is_error and _is_other(value, usual, figures, month.folder.plausibility.benchmark_factor):
            texts = {"value": f"{value:,.10g}{indicator.suffix}", "median": indicator.printed(Fraction(usual))}
            yield month.of_benchmark(BENCHMARK_OTHER_UNIT, benchmark, **texts)


def _figures(timeline: Timeline) -> list[float]:
    """An indicator's newest figures, in the printed unit; none where they count too few children.

    Zeros are left out, and what is too large to be added up.
    """
    figures = [figure for figure in timeline.until_now()[-RECENT:] if figure.value]
    counts = [float(figure.count) for figure in figures if figure.count is not None]
    if counts and median(counts) < FEW_CHILDREN:
        return []
    return [value for figure in figures if isfinite(2 * (value := approximate(figure.value)))]


def _is_other(value: float, usual: float, figures: list[float], factor: float) -> bool:
    """Whether a benchmark is as many times the median figure, or that the benchmark, and no figure is beyond it."""
    if value > 0 and usual > 0:
        return (value >= usual * factor and value > max(figures)) or (value * factor <= usual and value < min(figures))
    return False


RULES = (other_units,)
