"""The Benchmarks sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import month_name, read_amount
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Benchmark, State, both_texts, cell_place, per_cent
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period, period_end
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.scorecard import BENCHMARK_DIFFERS


def read_benchmarks(
    book: Spreadsheet, folder: ReportFolder, stated: str, now: Period, own: Period, columns: Sequence[Benchmark] = ()
) -> tuple[list[Benchmark], list[Finding]]:
    """The Benchmarks sheet; a Period that means the report's `stated` benchmark period is left out.

    `columns` are those of scorecards: used where the sheet has none, a difference is found.

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
            findings.append(_clash(row.place("indicator", name), first, benchmark, stated, folder.terms))
        else:
            several.append(benchmark)
    findings += _with_columns(benchmarks, columns, book.file, stated, folder)
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


def _with_columns(
    of_sheet: dict[tuple[str, str], list[Benchmark]],
    columns: Sequence[Benchmark],
    file: str,
    stated: str,
    folder: ReportFolder,
) -> Iterator[Finding]:
    """Adds the benchmarks of columns where the sheet has none; a finding for each that differs, or is there twice."""
    given = {key: several for key, several in of_sheet.items() if several}
    for each in columns:
        key = (each.indicator, each.comparator)
        benchmark = each._replace(period="" if _is_stated(each.period, stated, folder.terms) else each.period)
        several = given.get(key) or of_sheet.setdefault(key, [])
        first = next((other for other in several if not _in_order(other, benchmark)), None)
        place = cell_place(file, each.cell, each.indicator)
        if key in given:
            used = first or given[key][-1]
            if (used.amount.state, per_cent(used.amount)) != (each.amount.state, per_cent(each.amount)):
                is_hidden = each.amount.state is State.CONFIDENTIAL
                if is_hidden:  # whatever else says a number
                    several[several.index(used)] = used._replace(amount=each.amount)
                amounts = both_texts(benchmark.amount, used.amount)
                here, there = (_dated(*each, stated) for each in zip(amounts, (benchmark, used), strict=True))
                texts = {"name": each.indicator, "comparator": each.comparator, "cell": used.cell}
                yield BENCHMARK_DIFFERS.at(place, here=here, there=there, used="this" if is_hidden else "that", **texts)
        elif first is None:
            several.append(benchmark)
        elif first.amount != each.amount:
            yield _clash(place, first, benchmark, stated, folder.terms)


def _dated(amount: str, benchmark: Benchmark, stated: str) -> str:
    """`91.6 (2021/22)`."""
    period = benchmark.period or stated
    return f"{amount} ({period})" if period else amount


def _is_stated(text: str, stated: str, terms: Terms) -> bool:
    return _comparable(text, terms) == _comparable(stated, terms)


def _clash(place: Place, first: Benchmark, benchmark: Benchmark, stated: str, terms: Terms) -> Finding:
    """The finding that a benchmark is for the same period as the first one, or cannot be put in order with it."""
    one, other = (each.period or stated for each in (first, benchmark))
    texts = {"indicator": benchmark.indicator, "comparator": benchmark.comparator, "first": first.cell.a1}
    if _comparable(one, terms) == _comparable(other, terms):
        return rules.BENCHMARK_TWICE.at(place, **texts)
    periods = {"here": other or "no period", "there": one or "no period"}
    return rules.BENCHMARK_NO_ORDER.at(place, **texts, **periods)


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
    return "" if _is_stated(text, stated, terms) else text


def _comparable(text: str, terms: Terms) -> Period | str:
    try:
        return parse_period(text, terms)
    except NotAPeriod:
        return " ".join(text.split()).casefold()
