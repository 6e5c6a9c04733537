"""The names in the two TOML files: each given once, each leading somewhere, none in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cpreport.inputs.report.definitions import source
from cpreport.inputs.report.indicators_file import IndicatorsFile
from cpreport.inputs.report.report_file import ReportFile
from cpreport.inputs.texts import is_inside
from cpreport.model.finding import Finding, Place, Severity, nearest
from cpreport.model.indicator import Source
from cpreport.model.rules import all_rules
from cpreport.model.rules import definition as rules


def check_indicators(file: IndicatorsFile, name: str) -> Iterator[Finding]:
    place = Place(file=name)
    figures = {entry.id for entry in file.indicators}
    series = {entry.id for entry in file.series}
    every = [*(entry.id for entry in file.indicators), *(entry.id for entry in file.series)]
    yield from _twice(every, "[[indicators]] and [[series]]", place)
    yield from _twice([breakdown.id for breakdown in file.breakdowns], "[[breakdowns]]", place)
    for entry in file.indicators:
        for key, text in (("numerator", entry.numerator), ("denominator", entry.denominator)):
            yield from _check_source(f"[[indicators]] {entry.id}", key, text, figures, series, place)
    yield from _check_frequencies(file, place)
    for breakdown in file.breakdowns:
        yield from _check_source(f"[[breakdowns]] {breakdown.id}", "of", breakdown.of, figures, series, place)
    for total in file.totals:
        for key, text in (("whole", total.whole), *(("parts", part) for part in total.parts)):
            yield from _unknown(f"[[totals]] {total.whole}", key, text, every, "indicator or series", place)
    yield from _circles(file, place)


def _check_source(
    table: str, key: str, text: str | None, figures: set[str], series: set[str], place: Place
) -> Iterator[Finding]:
    named = source(text)
    if named is None:
        return
    known = figures if "/" in (text or "") else figures | series
    wanted = "indicator" if "/" in (text or "") else "indicator or series"
    yield from _unknown(table, key, named.name, known, wanted, place)


def _check_frequencies(file: IndicatorsFile, place: Place) -> Iterator[Finding]:
    """A figure can only be computed from another indicator's figures of the same periods."""
    frequencies = {entry.id: entry.frequency for entry in file.indicators}
    for entry in file.indicators:
        for key, text in (("numerator", entry.numerator), ("denominator", entry.denominator)):
            named = source(text)
            wanted = frequencies.get(named.name, entry.frequency) if named else entry.frequency
            if named and wanted != entry.frequency:
                reason = f"{named.name} has a figure for each {wanted}, {entry.id} for each {entry.frequency}"
                yield rules.INVALID.at(
                    place, table=f"[[indicators]] {entry.id}", key=key, value=repr(text), reason=reason
                )


def check_report(report: ReportFile, indicators: IndicatorsFile, root: Path) -> Iterator[Finding]:
    place = Place(file="report.toml")
    known = [entry.id for entry in indicators.indicators]
    yield from _twice([section.id for section in report.sections], "[[sections]]", place)
    yield from _twice([comparator.id for comparator in report.comparators], "[[comparators]]", place)
    for section in report.sections:
        table = f"[[sections]] {section.id}"
        slots = f"[[sections.slots]] of {section.id}"
        yield from _twice([slot.id for slot in section.slots], slots, place)
        yield from _twice([slot.title.rstrip(" :?") for slot in section.slots], slots, place)
        yield from _twice(section.indicators, f"{table}, indicators", place)
        for name in section.indicators:
            yield from _unknown(table, "indicators", name, known, "indicator", place)
        if not is_inside(root, section.template):
            yield rules.FILE_MISSING.at(place, table=table, key="template", name=section.template)
    yield from _check_ignores(report, known, place)


def _check_ignores(report: ReportFile, known: Iterable[str], place: Place) -> Iterator[Finding]:
    """Only warnings and notes can be set aside."""
    severities = {rule.code: rule.severity for rule in all_rules()} if report.ignore else {}
    for entry in report.ignore:
        table = f"[[ignore]] {entry.code}"
        yield from _unknown(table, "code", entry.code, severities, "code", place)
        if severities.get(entry.code) is Severity.ERROR:
            reason = "an error cannot be ignored, only a warning or a note"
            yield rules.INVALID.at(place, table=table, key="code", value=repr(entry.code), reason=reason)
        if entry.indicator:
            yield from _unknown(table, "indicator", entry.indicator, known, "indicator", place)
        if entry.section:
            sections = [section.id for section in report.sections]
            yield from _unknown(table, "section", entry.section, sections, "section", place)


def _unknown(table: str, key: str, name: str, known: Iterable[str], wanted: str, place: Place) -> Iterator[Finding]:
    if name not in known:
        yield rules.UNKNOWN_NAME.at(place, table=table, key=key, name=name, wanted=wanted, nearest=nearest(name, known))


def _twice(names: Iterable[str], table: str, place: Place) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            yield rules.NAME_TWICE.at(place, table=table, name=name)
        seen.add(name.casefold())


def _circles(file: IndicatorsFile, place: Place) -> Iterator[Finding]:
    """Each circle of references once, at the indicator it begins with."""
    refers: dict[str, list[Source]] = {
        entry.id: [named for text in (entry.numerator, entry.denominator) if (named := source(text))]
        for entry in file.indicators
    }
    reported: set[str] = set()
    for start in refers:
        circle = _circle_from(start, refers)
        if circle and not reported & set(circle):
            reported |= set(circle)
            yield rules.CIRCULAR.at(place, circle=" refers to ".join([*circle, circle[0]]))


def _circle_from(start: str, refers: Mapping[str, list[Source]]) -> list[str]:
    """The names on a way from `start` back to it; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for named in refers.get(way[-1], ()):
            if named.name == start:
                return way
            if named.name not in seen:
                seen.add(named.name)
                ways.append([*way, named.name])
    return []
