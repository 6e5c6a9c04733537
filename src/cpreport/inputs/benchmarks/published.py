"""What DfE's files say for each comparator: England, our region and the average of our statistical neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.benchmarks.authorities import Authority, find_authority, read_neighbours
from cpreport.inputs.benchmarks.explore import AUTHORITY, NATIONAL, REGIONAL, ExploreFile, read_explore
from cpreport.inputs.benchmarks.selection import FilePeriod, Rows, plain, select
from cpreport.inputs.benchmarks.sources import FILE as SOURCES
from cpreport.inputs.benchmarks.sources import Source, read_sources
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.model.finding import Finding, Place, listed
from cpreport.model.folder import Comparator, Geography, ReportFolder
from cpreport.model.peers import OwnPublished, authority_key
from cpreport.model.period import Terms
from cpreport.model.rules import dfe as rules

FEWEST = Fraction(8, 10)
"""Of how many of the neighbours a figure must be known for an average."""

_DIGITS = Context(prec=15)
_UNKNOWN = {"": "blank", None: "no row"}
_BY_ID = {"england": Geography.NATIONAL, "sn": Geography.NEIGHBOURS}


class PublishedBenchmark(NamedTuple):
    """A row of benchmarks.csv. `known` says of how many neighbours an average is, and is empty otherwise.

    `period` is as it is written, `ends` its last day.
    """

    indicator: str
    comparator: str
    value: Fraction
    period: str
    ends: date
    known: str
    source: str

    @property
    def number(self) -> str:
        """The value with up to 15 digits."""
        return f"{_DIGITS.divide(Decimal(self.value.numerator), Decimal(self.value.denominator)):f}"

    def record(self) -> tuple[str, ...]:
        """The row by the file's columns."""
        return (self.indicator, self.comparator, self.number, self.period, "", self.known, self.source)


@dataclass(frozen=True)
class Wanted:
    """What is wanted of all files: for which authority and comparators, and of how many of the newest periods."""

    authority: Authority
    comparators: Mapping[Geography, Sequence[str]]
    periods: int
    terms: Terms


def geographies(comparators: Iterable[Comparator], region: str) -> dict[Geography, list[str]]:
    """The ids of the comparators that stand for each.

    One without `geography` is known by its id, or by the name of our `region`.
    """
    found: dict[Geography, list[str]] = {}
    for each in comparators:
        names = (authority_key(text).removesuffix(" average") for text in (each.id, each.heading, each.name))
        by_name = Geography.REGIONAL if region and authority_key(region) in names else None
        if geography := each.geography or _BY_ID.get(each.id.lower()) or by_name:
            found.setdefault(geography, []).append(each.id)
    return found


def _without_comparator(wanted: Wanted) -> list[Finding]:
    """A note of which figures no comparator of the report stands for."""
    us = wanted.authority
    levels = {Geography.NATIONAL: "England is"}
    levels |= {Geography.REGIONAL: f"{us.region} is"} if us.region else {}
    levels |= {Geography.NEIGHBOURS: "the average of statistical neighbours is"} if us.neighbours else {}
    missing = [name for geography, name in levels.items() if geography not in wanted.comparators]
    return [rules.NO_COMPARATOR.at(Place(), levels=" and ".join(missing))] if missing else []


@dataclass
class Benchmarks:
    """The benchmarks of all sources, our own figures, and what is found while they are gathered.

    `indicators` are those that have a source in the files, with or without a benchmark; `not_given` are the indicators
    and files of the other sources.
    """

    wanted: Wanted
    indicators: Sequence[str]
    not_given: Sequence[tuple[str, str]]
    rows: list[PublishedBenchmark]
    own: list[OwnPublished]
    findings: list[Finding]

    def add(self, rows: Rows) -> None:
        """Adds those of a source for its newest periods."""
        us, wanted = self.wanted.authority, self.wanted.comparators
        for period in rows.periods[: self.wanted.periods]:
            self._add_own(rows, period)
            if Geography.NATIONAL in wanted:
                self._add_area(rows, Geography.NATIONAL, (NATIONAL, ""), "England", period)
            if Geography.REGIONAL in wanted and us.region:
                self._add_area(rows, Geography.REGIONAL, (REGIONAL, plain(us.region)), us.region, period)
            if Geography.NEIGHBOURS in wanted and us.neighbours:
                self._add_average(rows, period)

    def _add_own(self, rows: Rows, period: FilePeriod) -> None:
        code = self.wanted.authority.code
        value = rows.value(AUTHORITY, code, period)
        if isinstance(value, Fraction):
            typed = rows.text(AUTHORITY, code, period)
            decimals = len(typed.partition(".")[2]) if "e" not in typed.lower() else 0
            self.own.append(OwnPublished(rows.source.indicator, period.text, period.period, value, decimals))
        elif value is None:
            self._without_rows(rows, [code], period)

    def _add_area(self, rows: Rows, level: Geography, place: tuple[str, str], area: str, period: FilePeriod) -> None:
        """Adds what one row says."""
        value, source = rows.value(*place, period), rows.source
        if isinstance(value, Fraction):
            self._add(rows, level, value, period, area)
            return
        rule = rules.ROW_MISSING if value is None else rules.NOT_PUBLISHED
        texts = {"area": area, "period": period.text, "symbol": _UNKNOWN.get(value, value)}
        self.findings.append(source.found(rule, "where" if value is None else "value", **texts))

    def _add_average(self, rows: Rows, period: FilePeriod) -> None:
        """Adds the unweighted mean of the neighbours' figures where enough of them are known."""
        codes = self.wanted.authority.neighbours
        values = {code: rows.value(AUTHORITY, code, period) for code in codes}
        known = [value for value in values.values() if isinstance(value, Fraction)]
        missing = Counter(_UNKNOWN.get(v, v) for v in values.values() if not isinstance(v, Fraction))
        self._without_rows(rows, [code for code, value in values.items() if value is None], period)
        if len(known) < FEWEST * len(codes):
            texts = {"known": len(known), "members": len(codes), "period": period.text}
            reasons = [f"{count} {symbol}" for symbol, count in missing.most_common()]
            self.findings.append(rows.source.found(rules.TOO_FEW, "value", **texts, missing=reasons))
            return
        of = f"{len(known)} of {len(codes)}"
        mean = sum(known, Fraction(0)) / len(known)
        self._add(rows, Geography.NEIGHBOURS, mean, period, f"mean of {of} statistical neighbours", of)

    def _add(
        self, rows: Rows, level: Geography, value: Fraction, period: FilePeriod, what: str, known: str = ""
    ) -> None:
        name, source = rows.source.indicator, f"{rows.file.name}, {rows.source.wanted.value}: {what}"
        for comparator in self.wanted.comparators[level]:
            row = PublishedBenchmark(name, comparator, value, period.text, period.period.end, known, source)
            first = next((each for each in self.rows if each[:2] == row[:2] and each.ends == row.ends), None)
            if first:
                texts = {"comparator": comparator, "period": period.text, "first": first.source, "second": source}
                self.findings.append(rows.source.found(rules.SOURCE_TWICE, "file", **texts))
            self.rows.append(row)

    def _without_rows(self, rows: Rows, codes: Sequence[str], period: FilePeriod) -> None:
        """A warning about authorities of which the whole file has no row for a period."""
        if not codes:
            return
        file, us = rows.file, self.wanted.authority
        there = {file.code(row): file.text(row, "la_name") for row in file.of_authorities()}
        of_period = {file.code(row) for row in file.of_authorities() if file.text(row, "time_period") == period.typed}
        names = [_name_of(code, us, there) for code in codes if code not in of_period]
        if names:
            found = rules.NO_ROWS.at(Place(file=file.name), period=period.text, names=listed(names))
            self.findings += [] if found in self.findings else [found]


def _name_of(code: str, us: Authority, there: Mapping[str, str]) -> str:
    """`Dorset (838; 835 in this file)`."""
    name = {**there, **dict(us.names), us.code: us.name}.get(code, "")
    alike = (other for other, its in there.items() if name and authority_key(its) == authority_key(name))
    others = [other for other in alike if other != code]
    more = f"; {', '.join(others)} in this file" if others else ""
    return f"{name} ({code}{more})" if name else code


def _given_files(
    sources: Sequence[Source], files: Sequence[ExploreFile]
) -> tuple[list[tuple[ExploreFile, Source]], list[Finding]]:
    """The sources with their files, matched by name; sources without a file and files without a source are found."""
    by_name = {file.name.casefold(): file for file in files}
    pairs, missing = [], dict[str, list[Source]]()
    for source in sources:
        if file := by_name.get(source.wanted.file.casefold()):
            pairs.append((file, source))
        else:
            missing.setdefault(source.wanted.file, []).append(source)
    used = {file.name for file, _ in pairs}
    findings = [rules.FILE_UNUSED.at(Place(file=file.name)) for file in files if file.name not in used]
    for name, several in missing.items():
        indicators = listed(dict.fromkeys(source.indicator for source in several))
        place = replace(several[0].places.get("file", several[0].place), indicator="")
        findings.append(rules.FILE_NOT_GIVEN.at(place, indicators=indicators, file=name))
    return pairs, findings


def _published_benchmarks(sources: Sequence[Source], files: Sequence[ExploreFile], wanted: Wanted) -> Benchmarks:
    """What the files say for the comparators, in order of the sources, newest period first."""
    pairs, findings = _given_files(sources, files)
    indicators = list(dict.fromkeys(source.indicator for _, source in pairs))
    given = {file.name.casefold() for file in files}
    not_given = [(each.indicator, each.wanted.file) for each in sources if each.wanted.file.casefold() not in given]
    found = Benchmarks(wanted, indicators, not_given, [], [], findings)
    for file, source in pairs:
        rows, mistakes = select(file, source, wanted.terms)
        found.findings += mistakes
        if rows:
            found.add(rows)
    found.findings += _without_comparator(wanted) if pairs else []
    return found


def read_published(
    paths: Sequence[Path],
    authority: str,
    neighbours: Path | None,
    folder: ReportFolder,
    book: Spreadsheet | None,
    periods: int,
) -> tuple[Benchmarks | None, list[Finding]]:
    """What data files say for a report's comparators, and everything that is wrong with them and their sources.

    `authority` is the name or code of ours, `neighbours` the file that says which its neighbours are, `book` a workbook
    that may have a sheet of sources. None where the files cannot be read. Raises InputError with the mistakes of
    benchmarks.toml, EnvironmentFailure where the system fails.
    """
    sources, findings = read_sources(folder, book)
    if not sources and not findings:
        findings.append(rules.NO_SOURCES.at(Place(file=SOURCES)))
    read = [read_explore(path) for path in paths]
    findings += [finding for _, found in read for finding in found]
    files = [file for file, _ in read if file]
    us, found = read_neighbours(neighbours, authority) if neighbours else find_authority(files, authority)
    findings += found
    if us is None or len(files) < len(paths):
        return None, findings
    wanted = Wanted(us, geographies(folder.comparators, us.region), periods, folder.terms)
    benchmarks = _published_benchmarks(sources, files, wanted)
    return benchmarks, findings + benchmarks.findings
