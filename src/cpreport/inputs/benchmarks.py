"""The Benchmarks sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import month_name, read_amount
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Benchmark, State, cell_place
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period, period_end
from cpreport.model.rules import workbook as rules


def read_benchmarks(
    book: Spreadsheet, folder: ReportFolder, stated: str, now: Period, own: Period
) -> tuple[list[Benchmark], list[Finding]]:
    """The Benchmarks sheet; a Period that means the report's `stated` benchmark period is left out.

    Those of one indicator and comparator stand together, oldest first; those of periods that end after the reporting
    period `now` are left out, which is found of those that end after the workbook's `own`.
    """
    rows, findings = read_rows(book, "Benchmarks")
    names = replace(names_of(folder), series=frozenset())
    known = [each.id for each in folder.comparators]
    elsewhere = [each.id for other in folder.others for each in other.comparators]
    benchmarks: dict[tuple[str, str], list[Benchmark]] = {}
    for row in rows:
        text, status = row.text("indicator"), row.text("status")
        name = row.indicator(names, rules.BENCHMARK_UNWANTED)
        comparator = None
        if name or not names.is_of_another(text):
            comparator = row.one_of("benchmark", known, elsewhere, rules.BENCHMARK_UNKNOWN_COMPARATOR, text)
            if status.lower() not in ("", "provisional", "final"):
                row.add(rules.BENCHMARK_STATUS, "status", text, value=status)
        period = _period(row, stated, folder.terms)
        amount, problem = read_amount(*row.value("value"), folder.indicators.get(name or ""))
        findings += [problem.at(row.place("value", text))] if problem else []
        if name is None or comparator is None:
            continue
        kept_status = "" if status.lower() == "final" else status.lower()
        ends = period_end(period or stated, folder.terms)
        benchmark = Benchmark(name, comparator, amount, row.cell("value"), period, kept_status, ends)
        several = benchmarks.setdefault((name, comparator), [])
        if first := next((each for each in several if not _in_order(each, benchmark)), None):
            _add_clash(row, first, benchmark, stated, folder.terms)
        else:
            several.append(benchmark)
    found = [each for several in benchmarks.values() for each in several]
    findings += _later(book.file, [each for each in found if not _is_by(each, own)], own, stated)
    return [each for several in benchmarks.values() for each in _usable(several, now)], findings


def _is_by(benchmark: Benchmark, now: Period) -> bool:
    return benchmark.ends is None or benchmark.ends <= now.end


def _later(file: str, benchmarks: list[Benchmark], own: Period, stated: str) -> Iterator[Finding]:
    """A finding for each period after the workbook's own, at the first benchmark of it."""
    periods: dict[str, list[Benchmark]] = {}
    for each in benchmarks:
        periods.setdefault(each.period or stated, []).append(each)
    for period, (first, *others) in periods.items():
        what = f"{first.indicator} {first.comparator}" + (f" and {len(others)} more are" if others else " is")
        place = cell_place(file, first.cell, first.indicator)
        yield rules.BENCHMARK_LATER.at(place, what=what, period=period, now=own.label)


def _in_order(one: Benchmark, other: Benchmark) -> bool:
    """Whether one of two benchmarks is known to be the later."""
    return None not in (one.ends, other.ends) and one.ends != other.ends


def _add_clash(row: Row, first: Benchmark, benchmark: Benchmark, stated: str, terms: Terms) -> None:
    """Adds the finding that a benchmark is for the same period as the first one, or cannot be put in order with it."""
    one, other = (each.period or stated for each in (first, benchmark))
    texts = {"indicator": benchmark.indicator, "comparator": benchmark.comparator, "first": first.cell.a1}
    if _comparable(one, terms) == _comparable(other, terms):
        row.add(rules.BENCHMARK_TWICE, "indicator", benchmark.indicator, **texts)
    else:
        periods = {"here": other or "no period", "there": one or "no period"}
        row.add(rules.BENCHMARK_NO_ORDER, "indicator", benchmark.indicator, **texts, **periods)


def _usable(several: list[Benchmark], now: Period) -> list[Benchmark]:
    """The benchmarks until the reporting period in order; blank ones only where there are no others."""
    known = [each for each in several if _is_by(each, now)]
    given = [each for each in known if each.amount.state is not State.BLANK]
    return sorted(given or known[:1], key=lambda each: each.ends or date.min)


def _period(row: Row, stated: str, terms: Terms) -> str:
    """A benchmark's period, free text; a date that Excel made of a month is that month."""
    text = row.text("period")
    if text and isinstance(row.value("period")[0], date):
        month = row.period(terms)
        text = month_name(month) if month else ""
    return "" if _comparable(text, terms) == _comparable(stated, terms) else text


def _comparable(text: str, terms: Terms) -> Period | str:
    try:
        return parse_period(text, terms)
    except NotAPeriod:
        return " ".join(text.split()).casefold()
