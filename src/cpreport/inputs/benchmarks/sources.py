"""Which figures of DfE's files are wanted for which indicator: benchmarks.toml and the sheet Benchmark sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cpreport.inputs.definitions.benchmarks_file import BenchmarksFile, SourceDefinition
from cpreport.inputs.definitions.definitions import read_toml
from cpreport.inputs.texts import is_inside
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.layouts import Names, names_of
from cpreport.inputs.workbook.meaning import quoted
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.finding import Finding, Place, Rule, nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.rules.dfe import INVALID_SOURCE
from cpreport.model.rules.workbook import BENCHMARK_UNWANTED

FILE = "benchmarks.toml"
SHEET = "Benchmark sources"
_PAIR = re.compile(r'\s*([^=;"]+?)\s*=\s*(?:"([^"]*)"|([^;"]*?))\s*(?:;|\Z)')
_WANTED = {
    **dict.fromkeys(("file", "value"), "a name"),
    "where": "filter = value; filter = value",
    "year_ends": "a month's name, such as March",
}
"""What the cells of each key must be."""


@dataclass(frozen=True)
class Source:
    """What is wanted for an indicator. `places` are those of its keys, where it stands in a sheet."""

    indicator: str
    wanted: SourceDefinition
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def found(self, rule: Rule, key: str, /, **values: object) -> Finding:
        """A finding about one of its keys."""
        place = replace(self.places.get(key, self.place), indicator=self.indicator)
        return rule.at(place, indicator=self.indicator, file=self.wanted.file, **values)


def read_sources(folder: ReportFolder, book: Spreadsheet | None) -> tuple[list[Source], list[Finding]]:
    """The sources of both; of an indicator that both have, those of the sheet.

    Raises InputError with every mistake in benchmarks.toml.
    """
    in_sheet, findings = _of_sheet(book, folder) if book else ([], [])
    taken = {source.indicator for source in in_sheet}
    of_file = _of_file(folder, findings) if is_inside(Path(folder.root), FILE) else []
    return [*in_sheet, *(source for source in of_file if source.indicator not in taken)], findings


def _of_file(folder: ReportFolder, findings: list[Finding]) -> list[Source]:
    file = read_toml(Path(folder.root), FILE, BenchmarksFile, findings)
    names, place = _indicators(folder), Place(file=FILE)
    sources: list[Source] = []
    for typed, wanted in (file.model_extra or {}).items():
        name = names.find(typed)
        if name is None:
            texts = {"name": repr(typed), "nearest": nearest(typed, names.all)}
            findings.append(BENCHMARK_UNWANTED.at(place, **texts))
        else:
            sources += [Source(name, each, place) for each in wanted]
    return sources


def _of_sheet(book: Spreadsheet, folder: ReportFolder) -> tuple[list[Source], list[Finding]]:
    rows, findings = read_rows(book, SHEET)
    names = _indicators(folder)
    return [source for row in rows if (source := _of_row(row, names))], findings


def _indicators(folder: ReportFolder) -> Names:
    return replace(names_of(folder), series=frozenset())


def _of_row(row: Row, names: Names) -> Source | None:
    """A row's source; None where it has a mistake, which is found at its cell."""
    name = row.indicator(names, BENCHMARK_UNWANTED)
    typed: dict[str, Any] = {key: text for key in ("file", "value") if (text := row.text(key))}
    if text := row.text("where"):
        where = pairs_in(text)
        typed["where"] = where if where is not None else text
    if text := row.text("year ends"):
        typed["year_ends"] = text.capitalize()
    places = {key: row.place(key.replace("_", " ")) for key in SourceDefinition.model_fields}
    try:
        wanted = SourceDefinition.model_validate(typed)
    except ValidationError as error:
        for details in error.errors():
            key = str(details["loc"][0])
            header = key.replace("_", " ")
            texts = {"header": header.capitalize(), "value": quoted(row.text(header)), "wanted": _WANTED[key]}
            row.add(INVALID_SOURCE, header, name or "", **texts)
        return None
    return Source(name, wanted, places["value"], places) if name else None


def pairs_in(text: str) -> dict[str, str] | None:
    """`a = b; c = d` as pairs; a value with a semicolon stands in double quotes. None where it is not so written."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        if pair is None or pair[1] in found:
            return None
        found[pair[1]] = pair[2] if pair[2] is not None else pair[3]
        at = pair.end()
    return found


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as a cell of the column Where has them."""
    return "; ".join(_pairs(pairs))


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        yield f'{name} = "{value}"' if ";" in value or value != value.strip() else f"{name} = {value}"
