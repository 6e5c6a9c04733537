"""The rule about benchmarks that are out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cpreport.checks.examined import Examined, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules.plausibility import BENCHMARK_OLD

_YEARS = re.compile(r"(?:20)?([0-9]{2}) ?(?:-|–|/|to) ?(?:20)?([0-9]{2})")


def old_benchmarks(month: Examined) -> Iterator[Finding]:
    """Benchmarks of a period that ended too long ago, and the report's own benchmark period once for all others."""
    about, file = month.workbook.about, month.workbook.file
    stated = about.text("benchmark period")
    cell = about.cell("benchmark period")
    place = cell_place(file, cell) if cell and stated else Place(file="report.toml")
    if any(not benchmark.period for benchmark in month.workbook.benchmarks):
        yield from _if_old(month, stated or month.folder.benchmark_period, place, "the report's benchmarks are")
    for benchmark in month.workbook.benchmarks:
        place = cell_place(file, benchmark.cell, benchmark.indicator)
        yield from _if_old(
            month, benchmark.period, place, f"{benchmark.indicator}: the benchmark {benchmark.comparator} is"
        )


def _if_old(month: Examined, period: str, place: Place, what: str) -> Iterator[Finding]:
    end = period_end(period, month.folder.terms) if period else None
    limit, as_at = month.folder.plausibility.benchmark_age, month.workbook.data_as_at
    if end is not None and (age := _months(end, as_at)) > limit:
        yield BENCHMARK_OLD.at(place, what=what, period=period, age=age, limit=limit)


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
