"""The rule about benchmarks that are out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cpreport.checks.examined import Examined
from cpreport.model.figure import Benchmark, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules.plausibility import BENCHMARK_OLD
from cpreport.model.workbook import stated_benchmark_period

_YEARS = re.compile(r"(?:20)?([0-9]{2}) ?(?:-|–|/|to) ?(?:20)?([0-9]{2})")


def old_benchmarks(month: Examined) -> Iterator[Finding]:
    """Periods of benchmarks that ended too long ago, each once.

    The period that the report states for its benchmarks is found there, others at the first of theirs.
    """
    stated = stated_benchmark_period(month.workbook, month.folder)
    limit, as_at = month.folder.plausibility.benchmark_age, month.workbook.data_as_at
    periods: dict[str, list[Benchmark]] = {}
    for benchmark in month.workbook.benchmarks:
        periods.setdefault(_typed_alike(benchmark.period or stated), []).append(benchmark)
    for typed, benchmarks in periods.items():
        is_stated = typed == _typed_alike(stated)
        first, *others = benchmarks
        period = stated if is_stated else first.period
        end = period_end(period, month.folder.terms) if period else None
        if end is None or (age := _months(end, as_at)) <= limit:
            continue
        if is_stated:
            many = f"benchmarks ({len(benchmarks)}) are" if others else "benchmark is"
            place, what = _stated_place(month), f"the report's {many}"
        else:
            more = f" and {len(others)} more are" if others else " is"
            place = cell_place(month.workbook.file, first.cell, first.indicator)
            what = f"{first.indicator}: the benchmark {first.comparator}{more}"
        yield BENCHMARK_OLD.at(place, what=what, period=period, age=age, limit=limit)


def _typed_alike(period: str) -> str:
    return " ".join(period.lower().split())


def _stated_place(month: Examined) -> Place:
    about = month.workbook.about
    cell = about.cell("benchmark period") if about.text("benchmark period") else None
    return cell_place(month.workbook.file, cell) if cell else Place(file="report.toml")


def period_end(text: str, terms: Terms) -> date | None:
    """The last day of a benchmark's period, typed freely; several years (`17-20`, `2017 to 2020`) end in March.

    None where it cannot be read.
    """
    try:
        return parse_period(text, terms).end
    except NotAPeriod:
        years = _YEARS.fullmatch(text.strip())
    if years is None or int(years[1]) >= int(years[2]):
        return None
    return date(2000 + int(years[2]), 3, 31)


def _months(since: date, until: date) -> int:
    """Whole months from one day to another; the last days of two months are whole months apart."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day and until.day < 28)


RULES = (old_benchmarks,)
