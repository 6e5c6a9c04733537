"""benchmarks.csv, and rows of sources to paste, from DfE's files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.benchmarks.beside import HEADERS
from cpreport.inputs.benchmarks.explore import ExploreFile
from cpreport.inputs.benchmarks.published import Benchmarks
from cpreport.inputs.benchmarks.records import NotCsv, records_in
from cpreport.inputs.benchmarks.sources import FILE, SHEET, written
from cpreport.inputs.texts import is_there, read_text
from cpreport.model.errors import EnvironmentFailure

_COLUMNS = ("Indicator", "File", "Where", "Value")


class BenchmarksCsv(NamedTuple):
    """A file's new content, and how many rows are kept from what it was."""

    content: bytes
    kept: int


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows under the headers of benchmarks.csv."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADERS, *rows])
    return text.getvalue()


def renewed(path: Path, benchmarks: Benchmarks) -> BenchmarksCsv:
    """benchmarks.csv with these benchmarks, and the rows that it already has of other indicators and of other files.

    Raises EnvironmentFailure where the file is there but has other columns.
    """
    names = {name.casefold() for name in benchmarks.indicators}

    def is_kept(row: Sequence[str]) -> bool:
        of_others = (file for name, file in benchmarks.not_given if name.casefold() == row[0].casefold())
        return row[0].casefold() not in names or any(row[-1].startswith(f"{file}, ") for file in of_others)

    kept = [row for row in _rows_of(path) if is_kept(row)]
    text = as_csv([*kept, *(row.record() for row in benchmarks.rows)])
    return BenchmarksCsv(text.encode("utf-8-sig"), len(kept))


def _rows_of(path: Path) -> list[tuple[str, ...]]:
    if not is_there(path):
        return []
    text, findings = read_text(path)
    try:
        records = [record.values for record in records_in(text)]
    except NotCsv:
        records = [()]
    is_other = any(len(row) != len(HEADERS) for row in records) or records[:1] != [HEADERS]
    if records and (is_other or any(finding.is_error for finding in findings)):
        raise EnvironmentFailure(
            f"{path} is not as cpreport benchmarks writes it: it is left as it is; give it another name, and run this "
            "again"
        )
    return records[1:]


def report_lines(benchmarks: Benchmarks) -> Iterator[str]:
    """A line for each indicator and period: our figure as DfE publishes it, and the benchmarks."""
    us = benchmarks.wanted.authority.name
    own = {(each.indicator, each.text): f"{us} {float(each.value):.15g}" for each in benchmarks.own}
    rows = groupby(benchmarks.rows, lambda row: (row.indicator, row.period))
    for key, several in rows:
        texts = [f"{row.comparator} {row.number}" + (f" ({row.known})" if row.known else "") for row in several]
        yield f"{key[0]}, {key[1]}: {'; '.join([own.get(key, f'{us} unknown'), *texts])}"


def sources_text(file: ExploreFile) -> str:
    """What a data file has: its filters with their values, its indicators, and rows of sources to paste.

    Filters with one value need not be named in Where.
    """
    several = {name: values for name, values in file.filters.items() if values[1:]}
    filters = [f"{name} = {value}" for name, values in file.filters.items() for value in values]
    combinations = dict.fromkeys(tuple(file.text(row, name) for name in several) for row in file.rows)
    wheres = [dict(zip(several, values, strict=True)) for values in combinations]
    rows = [("", file.name, written(where.items()), value) for where in wheres for value in file.indicators]
    chapters = {
        f"{file.name} has periods {', '.join(sorted(file.values('time_period'), reverse=True))}. Its filters:": filters,
        "Its indicators:": file.indicators,
        f"Rows for the sheet {SHEET}, to copy from (the indicator of your report goes first):": [
            "\t".join(row) for row in (_COLUMNS, *rows)
        ],
        f"The first of them in {FILE}:": [
            _in_toml(file.name, where, value) for where in wheres[:1] for value in file.indicators[:1]
        ],
    }
    return "\n".join(f"{heading}\n" + "".join(f"{line}\n" for line in lines) for heading, lines in chapters.items())


def _in_toml(file: str, where: Mapping[str, str], value: str) -> str:
    pairs = ", ".join(f"{_quoted(name)} = {_quoted(text)}" for name, text in where.items())
    selected = f"where = {{ {pairs} }}\n" if pairs else ""
    return f'[["…"]]\nfile = {_quoted(file)}\n{selected}value = {_quoted(value)}'


def _quoted(text: str) -> str:
    """A text in TOML; what JSON writes is such a text."""
    return json.dumps(text, ensure_ascii=False)
