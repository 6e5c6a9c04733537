"""The Benchmarks sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import month_name, read_amount
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Benchmark
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import workbook as rules


def read_benchmarks(book: Spreadsheet, folder: ReportFolder, stated: str) -> tuple[list[Benchmark], list[Finding]]:
    """The Benchmarks sheet; a Period that means the report's `stated` benchmark period is left out."""
    rows, findings = read_rows(book, "Benchmarks")
    names = replace(names_of(folder), series=frozenset())
    known = [each.id for each in folder.comparators]
    elsewhere = [each.id for other in folder.others for each in other.comparators]
    benchmarks: dict[tuple[str, str], Benchmark] = {}
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
        key = (name, comparator)
        if first := benchmarks.get(key):
            texts = {"indicator": name, "comparator": comparator, "first": first.cell.a1}
            row.add(rules.BENCHMARK_TWICE, "indicator", name, **texts)
            continue
        kept_status = "" if status.lower() == "final" else status.lower()
        benchmarks[key] = Benchmark(*key, amount, row.cell("value"), period, kept_status)
    return list(benchmarks.values()), findings


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
