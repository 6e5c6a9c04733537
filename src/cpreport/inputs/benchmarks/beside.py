"""The benchmarks of a month: those of the sheet Benchmarks, and of benchmarks.csv beside the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from cpreport.inputs.benchmarks.sheet import Benchmarks, amount_in_cell, benchmarks_in, in_order
from cpreport.inputs.texts import is_there, read_text
from cpreport.inputs.workbook.cells.spreadsheet import Cells, CellValue, Sheet, Spreadsheet
from cpreport.inputs.workbook.meaning import Problem, read_amount
from cpreport.inputs.workbook.rows import Row, read_rows, rows_in
from cpreport.inputs.workbook.tables import TABLES, clean_table
from cpreport.model.figure import Amount, Benchmark, Form, State, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.period import Period
from cpreport.model.rules import benchmarks as file_rules
from cpreport.model.rules import workbook as rules

FILE = "benchmarks.csv"
HEADERS = ("Indicator", "Benchmark", "Value", "Period", "Status", "Known", "Source")
"""The columns of the file."""

_COLUMNS = TABLES["Benchmarks"]._replace(optional=HEADERS[3:])
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def read_benchmarks(
    book: Spreadsheet,
    beside: Path,
    folder: ReportFolder,
    stated: str,
    now: Period,
    own: Period,
    columns: Sequence[Benchmark] = (),
) -> tuple[list[Benchmark], list[Finding]]:
    """The benchmarks of the workbook and of the file in its folder; of one in both, the workbook's.

    `columns` are those of scorecards, which count where the workbook's sheet has none.

    A Period that means the report's `stated` benchmark period is left out. Those of one indicator and comparator stand
    together, oldest first; those of periods that end after the reporting period `now` are left out, which is found of
    those that end after the workbook's `own`.
    """
    rows, findings = read_rows(book, "Benchmarks")
    in_sheet = benchmarks_in(rows, folder, stated, amount_in_cell)
    if columns:
        from cpreport.inputs.benchmarks.columns import with_columns  # only a scorecard pays for it

        findings += with_columns(in_sheet, columns, book.file, stated, folder.terms)
    in_file: Benchmarks = {}
    if is_there(beside / FILE):
        in_file, found = _read_file(beside / FILE, folder, stated)
        findings += [*found, *_differing(in_sheet, in_file, stated)]
    late = [[each for each in _all(read) if not _is_by(each, own)] for read in (in_sheet, in_file)]
    findings += [*_later(book.file, late[0], own, stated), *_later_in_file(late[1], own)]
    benchmarks = {key: _joined(in_sheet.get(key, []), in_file.get(key, [])) for key in {**in_sheet, **in_file}}
    return [each for several in benchmarks.values() for each in _usable(several, now)], findings


def _read_file(path: Path, folder: ReportFolder, stated: str) -> tuple[Benchmarks, list[Finding]]:
    """The benchmarks of a file; none where it cannot be read as one."""
    from cpreport.inputs.benchmarks.records import NotCsv, records_in  # only a month with such a file pays for it

    text, findings = read_text(path)
    rows: list[list[CellValue]] = []
    try:
        for line, values in records_in(text):
            rows += [[] for _ in range(line - 1 - len(rows))]
            rows.append([*values])
    except NotCsv as error:
        place = Place(file=path.name, line=error.line)
        return {}, [*findings, file_rules.NOT_A_TABLE.at(place, reason=str(error))]
    sheet = Sheet(path.name, "", False, lambda: Cells(rows))
    table, found = clean_table(Spreadsheet(path.name, (sheet,), is_other=True), sheet, _COLUMNS)
    benchmarks = benchmarks_in(rows_in(table, _COLUMNS, found), folder, stated, _amount_in_file)
    return benchmarks, findings + found


def _amount_in_file(row: Row, indicator: Indicator | None) -> tuple[Amount, Problem | None]:
    """What the Value of a line says: a plain number is one, and a percentage is per cent."""
    text = row.text("value")
    if not _NUMBER.fullmatch(text):
        return read_amount(text, None, indicator)
    is_percentage = indicator is not None and indicator.measure is Measure.PERCENTAGE
    return Amount(State.PRESENT, Decimal(text), form=Form.PERCENT_TEXT if is_percentage else Form.PLAIN), None


def _all(benchmarks: Benchmarks) -> Iterator[Benchmark]:
    return (each for several in benchmarks.values() for each in several)


def _is_by(benchmark: Benchmark, now: Period) -> bool:
    return benchmark.ends is None or benchmark.ends <= now.end


def _rival(in_sheet: Iterable[Benchmark], each: Benchmark) -> Benchmark | None:
    """The benchmark of the sheet that stands for the same as one of the file."""
    given = (other for other in in_sheet if other.amount.state is not State.BLANK)
    return next((other for other in given if not in_order(other, each)), None)


def _joined(in_sheet: list[Benchmark], in_file: list[Benchmark]) -> list[Benchmark]:
    return [*in_sheet, *(each for each in in_file if _rival(in_sheet, each) is None)]


def _differing(in_sheet: Benchmarks, in_file: Benchmarks, stated: str) -> Iterator[Finding]:
    """A note for each benchmark of the file of which the sheet says something else."""
    for each in _all(in_file):
        other = _rival(in_sheet.get((each.indicator, each.comparator), []), each)
        if other and (other.value, other.amount.state) != (each.value, each.amount.state):
            texts = {"indicator": each.indicator, "comparator": each.comparator, "period": each.period or stated}
            values = {"here": each.amount.text, "there": other.amount.text, "cell": str(other.cell)}
            yield file_rules.DIFFERS.at(cell_place(FILE, each.cell, each.indicator), **texts, **values)


def _later(file: str, benchmarks: list[Benchmark], own: Period, stated: str) -> Iterator[Finding]:
    """A finding for each period after the workbook's own, at the first benchmark of it."""
    periods: dict[str, list[Benchmark]] = {}
    for each in benchmarks:
        periods.setdefault(each.period or stated, []).append(each)
    for period, (first, *others) in periods.items():
        what = f"{first.indicator} {first.comparator}" + (f" and {len(others)} more are" if others else " is")
        place = cell_place(file, first.cell, first.indicator)
        yield rules.BENCHMARK_LATER.at(place, what=what, period=period, now=own.label)


def _later_in_file(benchmarks: list[Benchmark], own: Period) -> Iterator[Finding]:
    """A note that the file has benchmarks of later periods, as it may where several months share it."""
    if benchmarks:
        place = cell_place(FILE, benchmarks[0].cell, benchmarks[0].indicator)
        count = f"{len(benchmarks)} rows are" if benchmarks[1:] else "1 row is"
        yield file_rules.LATER.at(place, count=count, now=own.label)


def _usable(several: list[Benchmark], now: Period) -> list[Benchmark]:
    """The benchmarks until the reporting period in order; blank ones only where there are no others."""
    known = [each for each in several if _is_by(each, now)]
    given = [each for each in known if each.amount.state is not State.BLANK]
    return sorted(given or known[:1], key=lambda each: each.ends or date.min)
