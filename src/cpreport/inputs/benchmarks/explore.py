"""Data files of DfE's Explore education statistics: which filters and indicators they have, and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from sys import intern

from cpreport.inputs.benchmarks.records import NotCsv, Record, records_in
from cpreport.inputs.texts import read_text
from cpreport.model.finding import Finding, Place
from cpreport.model.period import MONTHS, Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import dfe as rules

SYMBOLS = ("c", "k", "low", "u", "x", "z", ":", "..", "*", "~", "-")
"""What DfE writes instead of a number: suppressed, too low, unreliable, not available, not applicable."""

NATIONAL, REGIONAL, AUTHORITY = LEVELS = ("national", "regional", "local authority")
"""The values of geographic_level that are read, in lower case."""

LARGEST = 200 * 2**20
_REQUIRED = ("time_period", "time_identifier", "geographic_level", "region_name", "old_la_code", "la_name")
_PLACES = "country region la new_la old_la lad local_authority_district pcon ward school provider institution trust"
_GEOGRAPHY = {*_REQUIRED, *(f"{place}_{what}" for place in _PLACES.split() for what in ("code", "name", "id"))}
"""The columns that are neither filters nor indicators."""

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,2})?")
_TWO_YEARS = r"([0-9]{4})([0-9]{2})"
_FORMS: Mapping[str, tuple[str, str]] = {
    "calendar year": (r"([0-9]{4})", r"\1"),
    **dict.fromkeys(("academic year", "financial year", "tax year"), (_TWO_YEARS, r"\1/\2")),
    **{f"financial year q{n}": (_TWO_YEARS, rf"Q{n} \1/\2") for n in (1, 2, 3, 4)},
    **{f"{term.lower()} term": (_TWO_YEARS, rf"{term} Term \1/\2") for term in ("Autumn", "Spring", "Summer")},
    **{month.lower(): (r"([0-9]{4})", rf"{month[:3]} \1") for month in MONTHS},
}
"""How time_period is written, and the period that it means, for each time_identifier in lower case."""


@dataclass(frozen=True)
class ExploreFile:
    """A data file. `columns` are all its columns by name; `filters` have their values in order of appearance.

    Filters have texts, indicators numbers and symbols; either may be named to select rows.
    """

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Record]
    filters: Mapping[str, tuple[str, ...]]
    indicators: tuple[str, ...]

    def text(self, row: Record, column: str) -> str:
        return row.values[self.columns[column]]

    def level(self, row: Record) -> str:
        return self.text(row, "geographic_level").lower()

    def code(self, row: Record) -> str:
        """An authority's three-digit code; its name where there is none."""
        code = self.text(row, "old_la_code")
        return code if code.isdigit() else self.text(row, "la_name")

    def of_authorities(self) -> Iterator[Record]:
        return (row for row in self.rows if self.level(row) == AUTHORITY)

    def values(self, column: str, rows: Iterable[Record] | None = None) -> tuple[str, ...]:
        """The different values of a column, in order of appearance."""
        return tuple(dict.fromkeys(self.text(row, column) for row in (self.rows if rows is None else rows)))

    @property
    def selectable(self) -> list[str]:
        """The columns by whose values rows can be selected."""
        return [*self.filters, *self.indicators, "time_identifier"]


def read_value(text: str) -> Fraction | str | None:
    """A number, or the symbol that stands instead of one ("" for a blank); None where a text is neither."""
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    return text.lower() if text.lower() in ("", *SYMBOLS) else None


def period_of(time_period: str, identifier: str, year_ends: str, terms: Terms) -> tuple[str, Period] | None:
    """A period as it is written in benchmarks.csv, and the period; None where it cannot be read.

    A reporting year is named by its last month, `year_ends`.
    """
    name = year_ends.lower() if identifier.lower() == "reporting year" else identifier.lower()
    pattern, form = _FORMS.get(name, ("(?!)", ""))
    found = re.fullmatch(pattern, time_period)
    if found is None:
        return None
    text = found.expand(form)
    try:
        return text, parse_period(text, terms)
    except NotAPeriod:
        return None


def read_explore(path: Path) -> tuple[ExploreFile | None, list[Finding]]:
    """A data file; None where it is not one. Raises EnvironmentFailure where it cannot be read at all."""
    table, findings = read_table(path, _REQUIRED, "a data file of Explore education statistics")
    if table is None:
        return None, findings
    columns, rows = table
    filters: dict[str, tuple[str, ...]] = {}
    indicators: list[str] = []
    for name, column in columns.items():
        values = tuple(dict.fromkeys(row.values[column] for row in rows))
        if name in _GEOGRAPHY or not any(values):
            continue
        if all(read_value(value) is not None for value in values):
            indicators.append(name)
        else:
            filters[name] = values
    return ExploreFile(path.name, columns, rows, filters, tuple(indicators)), findings


def read_table(
    path: Path, required: Sequence[str], wanted: str
) -> tuple[tuple[dict[str, int], list[Record]] | None, list[Finding]]:
    """A file's columns and rows; nothing where it is not a table with the required columns, which is found."""
    text, findings = read_text(path, largest=LARGEST)

    def refused(reason: str, line: int = 0) -> tuple[None, list[Finding]]:
        return None, [rules.FILE.at(Place(file=path.name, line=line), wanted=wanted, reason=reason)]

    if any(finding.is_error for finding in findings):
        return refused("it is not a text file")
    try:
        header, *rows = _stripped(records_in(text))
    except NotCsv as error:
        return refused(str(error), error.line)
    except ValueError:
        return refused("it is empty")
    columns = {name: column for column, name in enumerate(header.values) if name}
    if missing := [name for name in required if name not in columns]:
        return refused(f"the columns {', '.join(missing)} are missing", header.line)
    if len(columns) < sum(map(bool, header.values)):
        return refused("two columns have one name", header.line)
    if odd := next((row for row in rows if len(row.values) != len(header.values)), None):
        return refused(f"this line has {len(odd.values)} values, the first {len(header.values)}", odd.line)
    if not rows:
        return refused("it has no rows")
    return (columns, rows), findings


def _stripped(records: Iterable[Record]) -> Iterator[Record]:
    """Records without outer spaces; equal texts are one in memory."""
    return (Record(line, tuple(intern(value.strip()) for value in values)) for line, values in records)
