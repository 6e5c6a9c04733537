"""Rules about benchmarks: in another unit than their indicator's figures, or out of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import chain
from math import isfinite
from statistics import median

from cpreport.checks.context import CheckContext, grouped, is_above_100
from cpreport.checks.entries import with_two_readings
from cpreport.checks.plausible.baseline import approximate
from cpreport.model.figure import cell_place, may_be_either
from cpreport.model.finding import Finding, Place
from cpreport.model.indicator import Measure
from cpreport.model.period_text import period_end
from cpreport.model.rules.plausibility import BENCHMARK_OLD, BENCHMARK_OTHER_UNIT
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import stated_benchmark_period

FEW_CHILDREN = 5
"""Figures that mostly count fewer children than this show little about a unit."""
RECENT = 12
"""How many of an indicator's figures show what its unit is."""


def other_units(month: CheckContext) -> Iterator[Finding]:
    """Benchmarks that are many times the figures, or the reverse; one that can be read in two ways has an error.

    A comparator's number depends on its size, so numbers have no unit that a benchmark could miss. A percentage above
    100 has an error too.
    """
    doubtful = {row.name for row, _ in with_two_readings(month)}
    for timeline in month.figures.timelines.values():
        indicator = timeline.indicator
        if not timeline.benchmarks or indicator.measure is Measure.NUMBER or indicator.id in doubtful:
            continue
        figures = _figures(timeline)
        for benchmark in chain.from_iterable(timeline.benchmark_history.values()) if figures else ():
            amount, value, usual = benchmark.amount, approximate(benchmark.value), median(figures)
            is_error = (indicator.is_bounded and is_above_100(amount)) or may_be_either(indicator, amount)
            if not is_error and _is_other(value, usual, figures, month.folder.plausibility.benchmark_factor):
                texts = {"value": f"{value:,.10g}{indicator.suffix}", "median": indicator.printed(Fraction(usual))}
                yield month.of(BENCHMARK_OTHER_UNIT, benchmark, **texts)


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


def old_benchmarks(month: CheckContext) -> Iterator[Finding]:
    """Periods of benchmarks that ended too long ago, each once; of each indicator and comparator the newest counts.

    The period that the report states for its benchmarks is found there, others at the first of theirs.
    """
    workbook, stated = month.workbook, stated_benchmark_period(month.workbook, month.folder)
    limit, about = month.folder.plausibility.benchmark_age, workbook.about
    newest = {(each.indicator, each.comparator): each for each in workbook.benchmarks}
    periods = grouped(newest.values(), lambda benchmark: _typed_alike(benchmark.period or stated))
    for typed, (first, *others) in periods.items():
        is_stated = typed == _typed_alike(stated)
        period = stated if is_stated else first.period
        end = period_end(period, month.folder.terms) if period else None
        if end is None or (age := _months(end, workbook.data_as_at)) <= limit:
            continue
        place = cell_place(workbook.file, first.cell, first.indicator)
        more = f" and {len(others)} more are" if others else " is"
        what = f"{first.indicator}: the benchmark {first.comparator}{more}"
        if is_stated:
            cell = about.cell("benchmark period") if about.text("benchmark period") else None
            place = cell_place(workbook.file, cell) if cell else Place(file="report.toml")
            what = f"the report's {f'benchmarks ({len(others) + 1}) are' if others else 'benchmark is'}"
        yield BENCHMARK_OLD.at(place, what=what, period=period, age=age, limit=limit)


def _typed_alike(period: str) -> str:
    return " ".join(period.lower().split())


def _months(since: date, until: date) -> int:
    """Whole months from one day to another; the last days of two months are whole months apart."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day and until.day < 28)


RULES = (other_units, old_benchmarks)
