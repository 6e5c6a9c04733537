"""Rules about units: rows of percentages typed as fractions, and benchmarks that are not in their indicator's unit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from statistics import median

from cpreport.checks.examined import Examined, Row, is_above_100
from cpreport.checks.plausible.cells import decimals
from cpreport.checks.plausible.usual import approximate, number_of
from cpreport.model.figure import Benchmark, Form, cell_place
from cpreport.model.finding import Finding, Rule
from cpreport.model.history import History
from cpreport.model.indicator import Measure
from cpreport.model.rules import plausibility as rules

ALIKE = 3
"""How many times a fraction's per cent may be off what it is compared with."""
FEW_CHILDREN = 5
"""Figures of fewer children than this, on the whole, say little about a unit."""
RECENT = 12
"""How many of an indicator's figures say what its unit is."""


def other_units(month: Examined) -> Iterator[Finding]:
    """Rows of fractions, each at its first number but 0; then benchmarks, compared with what their rows mean.

    A comparator's number depends on its size, so numbers have no unit that a benchmark could miss.
    """
    fractions = {row.name: row for row in month.rows if row.is_percentage and _are_fractions(month, row)}
    for row in fractions.values():
        first = next(entry for entry in row.numbers if entry.amount.number)
        texts = {"value": f"{first.amount.number:f}", "per_cent": f"{number_of(first.amount) * 100:,.10g}"}
        yield rules.ROW_OF_FRACTIONS.at(month.place(first), name=row.name, **texts)
    for history in month.figures.histories.values():
        if history.benchmarks and history.indicator.measure is not Measure.NUMBER:
            yield from _benchmarks(month, history, 100 if history.indicator.id in fractions else 1)


def _are_fractions(month: Examined, row: Row) -> bool:
    """Whether all of a row's numbers are at most 1, and their decimals or their benchmarks say that 1 is 100%.

    Percentages below 1% have as few decimals as they print, or one more.
    """
    indicator = row.indicator
    if indicator is None or any(
        e.amount.form is not Form.PLAIN or not 0 <= (e.amount.number or 0) <= 1 for e in row.numbers
    ):
        return False
    entries = [entry for entry in row.numbers if entry.amount.number]
    if not entries:
        return False
    many = sum(decimals(entry) >= indicator.decimals + 2 for entry in entries)
    history = month.figures.histories[row.name]
    known = [float(b.value) for b in history.benchmarks.values() if b.value]
    known += [float(target.value) for target in indicator.targets]
    if any(value > 1 for value in known):
        return _is_hundredth(median([number_of(entry.amount) for entry in entries]), median(known))
    return 2 * many >= len(entries)


def _is_hundredth(number: float, of: float) -> bool:
    return number * 10 < of and of / ALIKE <= number * 100 <= of * ALIKE


def _benchmarks(month: Examined, history: History, factor: int) -> Iterator[Finding]:
    """Those of an indicator whose figures are so many times as large as they stand there.

    A percentage above 100 is an error of its own.
    """
    figures = _figures(history, factor)
    for benchmark in history.benchmarks.values() if figures else ():
        if history.indicator.is_bounded and is_above_100(benchmark.amount):
            continue
        value, usual = approximate(benchmark.value), median(figures)
        is_plain_share = history.indicator.suffix and benchmark.amount.form is Form.PLAIN and 0 < value <= 1
        if is_plain_share and _is_hundredth(value, usual):
            yield _finding(rules.BENCHMARK_FRACTION, month, benchmark, value, usual)
        elif _is_other(value, usual, figures, month.folder.plausibility.benchmark_factor):
            yield _finding(rules.BENCHMARK_OTHER_UNIT, month, benchmark, value, usual)


def _figures(history: History, factor: int) -> list[float]:
    """An indicator's newest figures, in the printed unit; none where they count too few children.

    Zeros are left out, and what is too large to be added up.
    """
    figures = [figure for figure in history.until_now()[-RECENT:] if figure.value]
    counts = [float(figure.count) for figure in figures if figure.count is not None]
    if counts and median(counts) < FEW_CHILDREN:
        return []
    return [value for figure in figures if isfinite(2 * (value := approximate(figure.value) * factor))]


def _is_other(value: float, usual: float, figures: list[float], factor: float) -> bool:
    """Whether a benchmark is as many times the median figure, or that the benchmark, and no figure is beyond it."""
    if value > 0 and usual > 0:
        return (value >= usual * factor and value > max(figures)) or (value * factor <= usual and value < min(figures))
    return False


def _finding(rule: Rule, month: Examined, benchmark: Benchmark, value: float, usual: float) -> Finding:
    indicator = month.folder.indicators[benchmark.indicator]
    place = cell_place(month.workbook.file, benchmark.cell, indicator.id)
    texts = {
        "value": f"{value:,.10g}{indicator.suffix}",
        "median": indicator.printed(Fraction(usual)),
    }
    return rule.at(place, name=indicator.id, comparator=benchmark.comparator, **texts)


RULES = (other_units,)
