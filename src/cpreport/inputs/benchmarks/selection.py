"""The rows of a data file that a source wants: one for each place and period, or why there are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from cpreport.inputs.benchmarks.explore import (
    AUTHORITY,
    LEVELS,
    NATIONAL,
    REGIONAL,
    SYMBOLS,
    ExploreFile,
    period_of,
    read_value,
)
from cpreport.inputs.benchmarks.records import Record
from cpreport.inputs.benchmarks.sources import Source, written
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.period import Period, Terms
from cpreport.model.rules import dfe as rules


class FilePeriod(NamedTuple):
    """A period: as the file has it in time_period, as benchmarks.csv writes it, and as such."""

    typed: str
    text: str
    period: Period


class Rows(NamedTuple):
    """The rows of a source, by level, place (a region's name, an authority's code) and time_period.

    `periods` are the newest one of the whole file, and those before it that have a row, newest first.
    """

    file: ExploreFile
    source: Source
    by_place: Mapping[tuple[str, str, str], Record]
    periods: Sequence[FilePeriod]

    def text(self, level: str, place: str, period: FilePeriod) -> str:
        """What a row has as the value; the row must be there."""
        return self.file.text(self.by_place[level, place, period.typed], self.source.wanted.value)

    def value(self, level: str, place: str, period: FilePeriod) -> Fraction | str | None:
        """A number, the symbol instead of one, or None where there is no row."""
        is_there = (level, place, period.typed) in self.by_place
        return read_value(self.text(level, place, period)) if is_there else None


def select(file: ExploreFile, source: Source, terms: Terms) -> tuple[Rows | None, list[Finding]]:
    """The rows that a source wants, one for each place and period; None, and why, where it cannot be so."""
    if mistakes := [*_unknown_names(file, source)]:
        return None, mistakes
    where = {name: _same(value, file.values(name)) or "" for name, value in source.wanted.where.items()}
    rows = [row for row in file.rows if file.level(row) in LEVELS]
    rows = [row for row in rows if all(file.text(row, name) == value for name, value in where.items())]
    if not rows:
        area = written(where.items()) or "England"
        return None, [source.found(rules.ROW_MISSING, "where", area=area, period="of any period")]
    identifiers = file.values("time_identifier", rows)
    if identifiers[1:]:
        return None, [_several(source, {"time_identifier": identifiers})]
    by_place, found = _by_place(file, source, rows)
    periods, unread = _periods(file, source, identifiers[0], terms)
    found += unread
    found += _unread_values(file, source, by_place.values())
    there = {time_period for *_, time_period in by_place}
    wanted = [*periods[:1], *(each for each in periods[1:] if each.typed in there)]
    return (None, found) if found else (Rows(file, source, by_place, wanted), [])


def _unknown_names(file: ExploreFile, source: Source) -> Iterator[Finding]:
    """Filters, their values and the indicator of a source that its file does not have."""
    wanted, known = source.wanted, file.selectable
    for name, value in wanted.where.items():
        if name not in known:
            texts = {"key": "where", "name": name, "wanted": "filter", "nearest": nearest(name, file.filters)}
            yield source.found(rules.UNKNOWN_NAME, "where", **texts)
        elif _same(value, values := file.values(name)) is None:
            texts = {"key": f"where, {name},", "name": value, "wanted": "value", "nearest": nearest(value, values)}
            yield source.found(rules.UNKNOWN_NAME, "where", **texts)
    is_number = wanted.value in known and any(isinstance(read_value(v), Fraction) for v in file.values(wanted.value))
    if not (wanted.value in file.indicators or is_number):
        texts = {"key": "value", "name": wanted.value, "wanted": "indicator"}
        yield source.found(rules.UNKNOWN_NAME, "value", **texts, nearest=nearest(wanted.value, file.indicators))


def _same(text: str, values: Iterable[str]) -> str | None:
    """The value that a text is, or is but for capitals and spaces; None where there is not exactly one such."""
    alike = [value for value in values if plain(value) == plain(text)]
    return text if text in alike else alike[0] if len(alike) == 1 else None


def plain(text: str) -> str:
    """A text as names are compared: without regard to capitals and spaces."""
    return " ".join(text.split()).casefold()


def _by_place(
    file: ExploreFile, source: Source, rows: Iterable[Record]
) -> tuple[dict[tuple[str, str, str], Record], list[Finding]]:
    """The rows by their keys; the first row that has the key of another one is an error."""
    found: dict[tuple[str, str, str], Record] = {}
    for row in rows:
        level, time_period = file.level(row), file.text(row, "time_period")
        place = {NATIONAL: "", REGIONAL: plain(file.text(row, "region_name")), AUTHORITY: file.code(row)}[level]
        first = found.setdefault((level, place, time_period), row)
        if first is not row:
            both = {name: file.values(name, (first, row)) for name in file.filters}
            if differing := {name: values for name, values in both.items() if values[1:]}:
                return {}, [_several(source, differing)]
            area = {NATIONAL: "England", REGIONAL: file.text(row, "region_name"), AUTHORITY: file.text(row, "la_name")}
            texts = {"area": area[level], "period": time_period, "first": first.line}
            return {}, [rules.ROW_TWICE.at(Place(file=file.name, line=row.line), **texts)]
    return found, []


def _several(source: Source, differing: Mapping[str, Sequence[str]]) -> Finding:
    example = written((name, values[0]) for name, values in differing.items())
    return source.found(rules.SEVERAL_ROWS, "where", filters=list(differing), example=example)


def _periods(
    file: ExploreFile, source: Source, identifier: str, terms: Terms
) -> tuple[list[FilePeriod], list[Finding]]:
    """The periods of the file, of the kind of a source's, newest first."""
    rows = [row for row in file.rows if file.text(row, "time_identifier") == identifier]
    periods: list[FilePeriod] = []
    for time_period in file.values("time_period", rows):
        found = period_of(time_period, identifier, source.wanted.year_ends, terms)
        if found is None:
            line = next(row.line for row in rows if file.text(row, "time_period") == time_period)
            place, texts = Place(file=file.name, line=line), {"period": time_period, "identifier": identifier}
            return [], [rules.PERIOD.at(place, **texts)]
        periods.append(FilePeriod(time_period, *found))
    return sorted(periods, key=lambda each: each.period, reverse=True), []


def _unread_values(file: ExploreFile, source: Source, rows: Iterable[Record]) -> Iterator[Finding]:
    """The first value that is neither a number nor a symbol."""
    column = source.wanted.value
    for row in rows:
        if read_value(text := file.text(row, column)) is None:
            place = Place(file=file.name, line=row.line)
            yield rules.NOT_A_NUMBER.at(place, value=text, column=column, symbols=" ".join(SYMBOLS))
            return
