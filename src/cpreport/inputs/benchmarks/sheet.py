"""Benchmarks in rows with the columns of the sheet Benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import Problem, month_name, read_amount
from cpreport.inputs.workbook.rows import Row
from cpreport.model.figure import Amount, Benchmark
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period, period_end
from cpreport.model.rules import workbook as rules

Benchmarks = dict[tuple[str, str], list[Benchmark]]
"""The benchmarks of each indicator and comparator, in order of the rows."""

AmountOf = Callable[[Row, Indicator | None], tuple[Amount, Problem | None]]


def amount_in_cell(row: Row, indicator: Indicator | None) -> tuple[Amount, Problem | None]:
    """What the Value cell of a sheet says."""
    return read_amount(*row.value("value"), indicator)


def benchmarks_in(rows: Iterable[Row], folder: ReportFolder, stated: str, amount_of: AmountOf) -> Benchmarks:
    """The benchmarks of some rows; a Period that means the report's `stated` benchmark period is left out."""
    names = replace(names_of(folder), series=frozenset())
    known = [each.id for each in folder.comparators]
    elsewhere = [each.id for other in folder.others for each in other.comparators]
    benchmarks: Benchmarks = {}
    for row in rows:
        text, status = row.text("indicator"), row.text("status")
        name = row.indicator(names, rules.BENCHMARK_UNWANTED)
        comparator = None
        if name or not names.is_of_another(text):
            comparator = row.one_of("benchmark", known, elsewhere, rules.BENCHMARK_UNKNOWN_COMPARATOR, text)
            if status.lower() not in ("", "provisional", "final"):
                row.add(rules.BENCHMARK_STATUS, "status", text, value=status)
        period = _period(row, stated, folder.terms)
        amount, problem = amount_of(row, folder.indicators.get(name or ""))
        row.findings.extend([problem.at(row.place("value", text))] if problem else [])
        if name is None or comparator is None:
            continue
        kept_status = "" if status.lower() == "final" else status.lower()
        ends, source = period_end(period or stated, folder.terms), row.text("source")
        benchmark = Benchmark(name, comparator, amount, row.cell("value"), period, kept_status, ends, source=source)
        several = benchmarks.setdefault((name, comparator), [])
        if first := next((each for each in several if not in_order(each, benchmark)), None):
            row.findings.append(clash(row.place("indicator", name), first, benchmark, stated, folder.terms))
        else:
            several.append(benchmark)
    return benchmarks


def in_order(one: Benchmark, other: Benchmark) -> bool:
    """Whether one of two benchmarks is known to be the later."""
    return None not in (one.ends, other.ends) and one.ends != other.ends


def clash(place: Place, first: Benchmark, benchmark: Benchmark, stated: str, terms: Terms) -> Finding:
    """The finding that a benchmark is for the same period as the first one, or cannot be put in order with it."""
    one, other = (each.period or stated for each in (first, benchmark))
    texts = {"indicator": benchmark.indicator, "comparator": benchmark.comparator, "first": first.cell.within}
    if _comparable(one, terms) == _comparable(other, terms):
        return rules.BENCHMARK_TWICE.at(place, **texts)
    periods = {"here": other or "no period", "there": one or "no period"}
    return rules.BENCHMARK_NO_ORDER.at(place, **texts, **periods)


def is_stated(text: str, stated: str, terms: Terms) -> bool:
    """Whether a period is the report's own benchmark period."""
    return _comparable(text, terms) == _comparable(stated, terms)


def _period(row: Row, stated: str, terms: Terms) -> str:
    """A benchmark's period, free text; a date that Excel made of a month is that month."""
    text = row.text("period")
    if text and isinstance(row.value("period")[0], date):
        month = row.period(terms)
        text = month_name(month) if month else ""
    return "" if is_stated(text, stated, terms) else text


def _comparable(text: str, terms: Terms) -> Period | str:
    try:
        return parse_period(text, terms)
    except NotAPeriod:
        return " ".join(text.split()).casefold()
