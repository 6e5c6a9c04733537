"""The rows of the Indicators sheet: the tables that indicators.toml would hold, with the cells of every value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, NamedTuple

from pydantic import Field, SkipValidation

from cpreport.inputs.definitions.definitions import (
    NEEDED,
    Definition,
    Line,
    Named,
    Spot,
    Whole,
    invalid,
    reason_of,
    validated,
)
from cpreport.inputs.definitions.indicators_file import IndicatorDefinition, IndicatorsFile, SeriesDefinition
from cpreport.inputs.definitions.indicators_sheet import BY_HEADER, BY_KEY, COLUMNS, NOTE, SECTION, SERIES, Column
from cpreport.inputs.texts import control_character
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.meaning import shown, text_of
from cpreport.inputs.workbook.tables import Columns, SheetTable, find_table
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.indicator import Part
from cpreport.model.rules import indicators as rules
from cpreport.model.rules.workbook import CONTROL_CHARACTER

_TITLES = ("Indicator", "Measure")
_OTHERS = tuple(column.header for column in COLUMNS if column.header not in _TITLES)
_LIKENESS = 0.75
"""How much like a column's header another is that may have been meant for it, from 0 to 1."""

WANTED = NEEDED | {
    "string_type": "a text",
    "bool_type": "yes or no",
    "date_type": "a date, such as 1 April 2023",
    "string_too_short": "a text that is not empty",
    "string_too_long": "at most {max_length} characters long",
    "string_pattern_mismatch": "a name without slashes",
    "too_short": "{min_length}, with a semicolon between them",
    "too_long": "{max_length}, with a semicolon between them",
}
_NEEDED_OF_SERIES = "a series has only a Reference, an Indicator, a Measure and Carry"
_GOALS = ("target", "targets", "profile")


class SheetIndicator(IndicatorDefinition):
    """An indicator whose id may be its title, whatever signs that has."""

    id: Line
    numerator: Annotated[str, SkipValidation] | None = None
    denominator: Annotated[str, SkipValidation] | None = None
    formerly: list[Line] = Field([])


class SheetSeries(SeriesDefinition):
    id: Line


class SheetFile(Definition):
    indicators: list[SheetIndicator]
    series: list[SheetSeries]


class Row(NamedTuple):
    """A row's values by their keys, as TOML would have them; `number` counts from 0, `id` names it in other sheets."""

    number: int
    id: str
    values: Mapping[str, Any]

    @property
    def is_series(self) -> bool:
        return self.values.get("measure") == SERIES

    def entry(self) -> dict[str, Any]:
        """What a TOML table would hold."""
        without = (SECTION, NOTE, *(("measure", "reference") if self.is_series else ()))
        return {"id": self.id, **{key: value for key, value in self.values.items() if key not in without}}


class OwnSection(NamedTuple):
    title: str
    place: Place
    indicators: list[str]


@dataclass(frozen=True)
class OwnIndicators:
    """The indicators and series of a sheet, and the sections that they stand in; `rows` are by their table and id.

    `findings` do not stop the run.
    """

    table: SheetTable
    rows: Mapping[tuple[str, str], Row]
    file: IndicatorsFile
    sections: Sequence[OwnSection]
    findings: Sequence[Finding]

    def spot(self, table: str, entry: str, key: str) -> Spot | None:
        """Where an indicator or series has a key; None for one that is not the sheet's."""
        row = self.rows.get((table, entry))
        return _spot(self.table, row, key) if row else None

    def joined(self, other: IndicatorsFile) -> IndicatorsFile:
        """The definitions of a report folder, with the sheet's after them."""
        own = {"indicators": [*other.indicators, *self.file.indicators], "series": [*other.series, *self.file.series]}
        return other.model_copy(update=own)

    def defined_twice(self, names: Iterable[str], file: str) -> Iterator[Finding]:
        """Errors for the rows whose names a file of the report folder has too."""
        known = {name.casefold() for name in names}
        for row in self.rows.values():
            if row.id.casefold() in known:
                yield rules.DEFINED_TWICE.at(_spot(self.table, row, "id").place, name=row.id, file=file)


def read_indicators(book: Spreadsheet, sheet: Sheet) -> OwnIndicators:
    """What an Indicators sheet defines. Raises InputError with every mistake in it."""
    table, findings = find_table(book, sheet, Columns(_TITLES, _OTHERS))
    if table is None:
        raise InputError(*findings)
    reader = _Reader(table, findings)
    rows = reader.rows()
    by_table = {"indicators": [row for row in rows if not row.is_series], "series": [r for r in rows if r.is_series]}
    tables = {header: [row.entry() for row in listed] for header, listed in by_table.items()}
    named = _names_in(tables)
    for entry in tables["indicators"]:
        entry |= {key: _named(str(entry[key]), named) for key in ("numerator", "denominator") if key in entry}
    try:
        read = validated(tables, SheetFile, partial(_mistake, table, by_table))
    except InputError as failure:
        there = {finding.place for finding in findings if finding.is_error}
        findings += [finding for finding in failure.findings if finding.place not in there]
    if any(finding.is_error for finding in findings):
        raise InputError(*findings)
    file = IndicatorsFile().model_copy(update={"indicators": read.indicators, "series": read.series})
    by_name = {(header, row.id): row for header, listed in by_table.items() for row in listed}
    return OwnIndicators(table, by_name, file, reader.sections, findings)


class _Reader:
    """The rows of the sheet; what is wrong with them gathers in `findings`, `sections` fill as they are met."""

    def __init__(self, table: SheetTable, findings: list[Finding]) -> None:
        self.sections: list[OwnSection] = []
        self._table, self._findings = table, findings
        self._columns = [(column, BY_HEADER[header]) for header, column in table.columns.items() if header in BY_HEADER]
        self._findings += self._unread()

    def rows(self) -> list[Row]:
        """The rows that define something, each name once."""
        found: dict[str, Row] = {}
        section: OwnSection | None = None
        for number in self._table.rows():
            values = dict(self._values(number))
            if not {*values} - {NOTE}:
                continue
            if title := one_line(values.get(SECTION, "")):
                section = self._section(title, number)
            if not {*values} - {NOTE, SECTION}:
                continue
            self._findings += self._merged(number)
            row = Row(number, one_line(values.get("reference") or values.get("title") or ""), values)
            if not row.id:
                missing = _missing(self._table, row, "title")
                self._findings += [missing] if missing.place not in [each.place for each in self._findings] else []
            elif first := found.get(row.id.casefold()):
                cells = (_spot(self._table, each, "id").place for each in (row, first))
                place, other = cells
                self._findings.append(rules.NAME_TWICE.at(place, name=row.id, first=other.cell))
            else:
                found[row.id.casefold()] = row
                self._file(row, section)
        empty = [each for each in self.sections if not each.indicators]
        if not any(finding.is_error for finding in self._findings):
            self._findings += [rules.SECTION_UNUSED.at(each.place, title=each.title) for each in empty]
        self.sections = [each for each in self.sections if each.indicators]
        return list(found.values())

    def _file(self, row: Row, section: OwnSection | None) -> None:
        """Puts an indicator into its section; a series stands in none."""
        if row.is_series:
            return
        if section:
            section.indicators.append(row.id)
        else:
            self._findings.append(rules.NO_SECTION.at(_spot(self._table, row, SECTION).place, name=row.id))

    def _section(self, title: str, number: int) -> OwnSection:
        known = next((each for each in self.sections if each.title.casefold() == title.casefold()), None)
        if known is None:
            known = OwnSection(title, self._table.place(number, SECTION), [])
            self.sections.append(known)
        return known

    def _values(self, number: int) -> Iterator[tuple[str, object]]:
        """What the cells of a row say; one that cannot be read is a finding, and is left out."""
        for position, column in self._columns:
            value, trait = self._table.read(number, position)
            if value == "" and trait is None:
                continue
            place = self._table.place(number, position)
            if finding := self._table.broken(number, position):
                self._findings.append(finding)
            elif column.is_of_names and not isinstance(value, str):
                kind, typed = ("date", shown(value)) if isinstance(value, date) else ("number", text_of(value))
                named = {"column": column.header, "kind": kind, "value": typed}
                self._findings.append(rules.NOT_TEXT.at(place, **named))
            elif found := control_character(text_of(value)):
                self._findings.append(CONTROL_CHARACTER.at(place, codepoint=found[1]))
            elif text_of(value):
                try:
                    yield column.key, column.content.read(value, trait)
                except ValueError as reason:
                    name = self._table.text(number, "indicator")
                    self._findings.append(rules.INVALID.at(place, entry=name, reason=f"{column.header}: {reason}"))

    def _merged(self, number: int) -> Iterator[Finding]:
        """Cells that say nothing because they are merged with one that does; sections go on all the same."""
        areas = [area for area in self._table.sheet.cells.merged if area[0] <= number <= area[2]]
        for position, column in self._columns if areas else ():
            first = next((area[:2] for area in areas if area[1] <= position <= area[3]), (number, position))
            is_filled = self._table.value(*first) != ""
            if first != (number, position) and is_filled and column.key not in (SECTION, NOTE):
                place, above = self._table.place(number, position), self._table.cell(*first).a1
                yield rules.MERGED.at(place, first=above, column=column.header)

    def _unread(self) -> Iterator[Finding]:
        """Columns with anything in them that are not read."""
        table = self._table
        absent = [column.header for column in COLUMNS if column.header.lower() not in table.columns]
        for position, heading in enumerate(table.headings):
            text = text_of(heading)
            is_empty = not text and not any(table.value(row, position) != "" for row in table.rows())
            if is_empty or text.lower() in BY_HEADER:
                continue
            place = table.place(table.first_row - 1, position)
            if known := nearest_name(text, absent, _LIKENESS):
                yield rules.NEAR_COLUMN.at(place, header=text, known=known)
            else:
                column = f"the column {text!r}" if text else "this column, which has no header,"
                yield rules.COLUMN_UNREAD.at(place, column=column)


def one_line(text: object) -> str:
    return " ".join(str(text).split())


def _names_in(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    return {entry["id"].casefold(): entry["id"] for entries in tables.values() for entry in entries}


def _named(text: str, known: Mapping[str, str]) -> Named:
    """What a Numerator or Denominator cell names: a whole name first, which may have a slash, else a part of one."""
    name = one_line(text)
    head, _, part = name.rpartition("/")
    if name.casefold() not in known and head and part.strip().lower() in [each.value for each in Part]:
        head = head.strip()
        return Named(f"{known.get(head.casefold(), head)}/{part.strip().lower()}")
    return Whole(known.get(name.casefold(), name))


def _spot(table: SheetTable, row: Row, key: str) -> Spot:
    """A row's cell in the column of a key; its title where there is no such column."""
    if key == "id":
        key = "reference" if row.values.get("reference") else "title"
    header = BY_KEY[key].header if key in BY_KEY else "Indicator"
    at = header.lower() if header.lower() in table.columns else "indicator"
    return Spot(table.place(row.number, at, row.id), row.id, header)


def _missing(table: SheetTable, row: Row, key: str) -> Finding:
    spot = _spot(table, row, key)
    return rules.MISSING.at(spot.place, name=row.id or "this row", column=spot.key)


def _mistake(table: SheetTable, rows: Mapping[str, Sequence[Row]], details: Any) -> Finding:
    """One of pydantic's errors as a finding at its cell."""
    header, number, *path = details["loc"]
    row, reason = rows[header][number], reason_of(details, WANTED)
    key = str(path[0]) if path else _key_in(reason, row)
    reason = _in_words(reason)
    spot, column = _spot(table, row, key), BY_KEY.get(key)
    if details["type"] == "missing":
        return _missing(table, row, key)
    if details["type"] == "extra_forbidden":
        reason = _NEEDED_OF_SERIES if row.is_series else f"{spot.key} is for series only"
        return rules.INVALID.at(spot.place, entry=row.id, reason=reason)
    if not path:
        return rules.INVALID.at(spot.place, entry=row.id, reason=reason)
    if details["type"] == "literal_error" and isinstance(column, Column):
        *words, last = column.content.words
        reason = f"it must be {', '.join(words)}{' or ' if words else ''}{last}"
    return invalid(spot, details["input"], reason)


def _key_in(reason: str, row: Row) -> str:
    """The first key of a row that a reason names; the title where it names none."""
    words = [word for word in re.findall(r"\w+", reason) if word != "from" or reason.startswith(word)]
    named = (key for word in words for key in (_GOALS if word == "target" else (word,)))
    return next((key for key in named if key in row.values), "title")


def _in_words(reason: str) -> str:
    """A reason in the words of the sheet: `measure rate` for `measure = "rate"`, `may exceed 100`."""
    plain = re.sub(r'(\w+) = "?([^" ]+)"?', r"\1 \2", reason)
    return re.sub(r"[a-z]+(?:_[a-z0-9]+)+", lambda found: found[0].replace("_", " "), plain)
