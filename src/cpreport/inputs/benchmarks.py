"""The Benchmarks sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import read_amount
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import name_not_text, names_of
from cpreport.inputs.workbook.periods import month_name, read_period
from cpreport.inputs.workbook.tables import SheetTable, clean_texts, known_table, quoted
from cpreport.model.figure import Benchmark
from cpreport.model.finding import Finding, nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import workbook as rules


def read_benchmarks(book: Spreadsheet, folder: ReportFolder, stated: str) -> tuple[list[Benchmark], list[Finding]]:
    """The Benchmarks sheet; a Period that means the report's `stated` benchmark period is left out."""
    optional = ("Period", "Status")
    table, findings = known_table(book, "Benchmarks", ("Indicator", "Benchmark", "Value"), optional)
    if table is None:
        return [], findings
    findings += clean_texts(table, ("indicator", "benchmark", "period", "status"))
    known = {text.lower(): name for text, name in ({name: name for name in folder.indicators} | folder.renamed).items()}
    comparators = {c.id.lower(): c.id for c in folder.comparators}
    benchmarks: dict[tuple[str, str], Benchmark] = {}
    for row in table.records("benchmark", "value", "period", "status"):
        name, comparator = table.text(row, "indicator"), table.text(row, "benchmark")
        found = list(_benchmark_problems(table, row, known, comparators, folder))
        period, finding = _period(table, row, stated, folder.terms)
        found += [finding] if finding else []
        amount, problem = read_amount(*table.cell_of(row, "value"), folder.indicators.get(known.get(name.lower(), "")))
        if problem:
            found.append(problem.at(table.place(row, "value", indicator=name)))
        findings += found
        if name.lower() not in known or comparator.lower() not in comparators:
            continue
        key = (known[name.lower()], comparators[comparator.lower()])
        cell = table.cell(row, table.columns["value"])
        if first := benchmarks.get(key):
            place = table.place(row, "indicator", indicator=key[0])
            findings.append(rules.BENCHMARK_TWICE.at(place, indicator=key[0], comparator=key[1], first=first.cell.a1))
            continue
        status = table.text(row, "status").lower()
        benchmarks[key] = Benchmark(*key, amount, cell, period, status if status != "final" else "")
    return list(benchmarks.values()), findings


def _period(table: SheetTable, row: int, stated: str, terms: Terms) -> tuple[str, Finding | None]:
    """A benchmark's period, free text; a date that Excel made of a month is that month."""
    text = table.text(row, "period")
    finding = None
    if text and isinstance(table.cell_of(row, "period")[0], date):
        month, finding = read_period(table, row, "period", terms)
        text = month_name(month) if month else ""
    return ("" if _meant(text, terms) == _meant(stated, terms) else text), finding


def _meant(text: str, terms: Terms) -> Period | str:
    try:
        return parse_period(text, terms)
    except NotAPeriod:
        return " ".join(text.split()).casefold()


def _benchmark_problems(
    table: SheetTable, row: int, known: Mapping[str, str], comparators: Mapping[str, str], folder: ReportFolder
) -> Iterator[Finding]:
    name, comparator = table.text(row, "indicator"), table.text(row, "benchmark")
    status = table.text(row, "status")
    if finding := name_not_text(table, row, lambda text: known.get(text.lower())):
        yield finding
    elif name.lower() not in known:
        texts = {"name": quoted(name), "nearest": nearest(name, known.values())}
        is_of_another = names_of(folder).is_of_another(name)
        yield unknown(rules.BENCHMARK_UNWANTED, table.place(row, "indicator"), is_of_another, **texts)
        if is_of_another:
            return
    if comparator.lower() not in comparators:
        near, declared = nearest(comparator, comparators.values()), [*comparators.values()]
        place = table.place(row, "benchmark", indicator=name)
        is_of_another = any(comparator.lower() == c.id.lower() for other in folder.others for c in other.comparators)
        rule = rules.BENCHMARK_UNKNOWN_COMPARATOR
        yield unknown(rule, place, is_of_another, name=quoted(comparator), nearest=near, known=declared)
    if status.lower() not in ("", "provisional", "final"):
        yield rules.BENCHMARK_STATUS.at(table.place(row, "status", indicator=name), value=status)
