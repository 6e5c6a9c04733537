"""The names in the two TOML files: each given once, each leading somewhere, none in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpreport.inputs.definitions.definitions import source
from cpreport.inputs.definitions.indicators_file import IndicatorsFile
from cpreport.inputs.definitions.mistakes import invalid
from cpreport.inputs.definitions.report_file import ReportFile, read_terms
from cpreport.inputs.texts import is_inside
from cpreport.model.finding import Finding, Place, Severity, nearest
from cpreport.model.indicator import Source
from cpreport.model.period_text import NotAPeriod
from cpreport.model.rules import all_rules
from cpreport.model.rules import definition as rules


@dataclass(frozen=True, slots=True)
class _Known:
    """The names of a file of definitions: of indicators, with their frequencies, and of these and series."""

    frequencies: Mapping[str, str]
    every: Collection[str]
    place: Place


def check_indicators(file: IndicatorsFile, name: str) -> Iterator[Finding]:
    place = Place(file=name)
    every = [*(entry.id for entry in file.indicators), *(entry.id for entry in file.series)]
    former = [name for entry in file.indicators for name in entry.formerly]
    known = _Known({entry.id: entry.frequency for entry in file.indicators}, dict.fromkeys(every), place)
    yield from _twice([*every, *former], "[[indicators]] and [[series]]", place)
    yield from _twice([breakdown.id for breakdown in file.breakdowns], "[[breakdowns]]", place)
    for header, entries in file:
        refers: dict[str, list[str]] = {}
        for entry in entries:
            named = [(key, text, source(text)) for key, text in entry.named()]
            names = [each.name if header == "indicators" else str(each) for _, _, each in named]
            title = "" if header == "shared_denominators" else getattr(entry, "id", *names[:1])
            yield from _check_named(f"[[{header}]] {title}".rstrip(), named, known)
            refers.setdefault(title, []).extend(names[1:])
        yield from _circles(refers, place)
    numbers = {entry.id for entry in file.indicators if entry.measure == "number"}
    for name in (name for shared in file.shared_denominators for name in shared.indicators if name in numbers):
        reason = f"{name} is a number and has no denominator"
        yield invalid(place, "[[shared_denominators]]", "indicators", name, reason)


def _check_named(table: str, named: Sequence[tuple[str, str, Source]], known: _Known) -> Iterator[Finding]:
    """Names that are not there, and figures of other periods than the first indicator's: they cannot be compared."""
    frequencies = known.frequencies
    for key, text, each in named:
        names, wanted = (frequencies, "indicator") if "/" in text else (known.every, "indicator or series")
        yield from _unknown(table, key, each.name, names, wanted, known.place)
    found = [(key, text, each.name) for key, text, each in named if each.name in frequencies]
    for key, text, name in found[1:]:
        first = found[0][2]
        if frequencies[name] != frequencies[first]:
            reason = f"{name} has a figure for each {frequencies[name]}, {first} for each {frequencies[first]}"
            yield invalid(known.place, table, key, text, reason)


def check_report(report: ReportFile, indicators: IndicatorsFile, root: Path) -> Iterator[Finding]:
    place = Place(file="report.toml")
    known = dict.fromkeys(entry.id for entry in indicators.indicators)
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
    yield from _check_ignores(report, [*known, *(entry.id for entry in indicators.series)], place)
    yield from _check_terms(report, indicators)


def _check_terms(report: ReportFile, indicators: IndicatorsFile) -> Iterator[Finding]:
    """Terms that are in two financial years cannot be added up for one of them."""
    terms = read_terms(report.terms)
    across = next((term for term in terms if 0 < (4 - term.first) % 12 <= (term.last - term.first) % 12), None)
    for entry in indicators.indicators if across else ():
        if across and entry.frequency == "term" and entry.cumulative == "financial-year":
            table, reason = f"[[indicators]] {entry.id}", f"the {across.name} term is in two financial years"
            yield invalid(Place(file=report.indicators), table, "cumulative", entry.cumulative, reason)


def _check_ignores(report: ReportFile, known: Sequence[str], place: Place) -> Iterator[Finding]:
    """Only warnings and notes can be set aside, and only of what there is."""
    terms = read_terms(report.terms)
    severities = {rule.code: rule.severity for rule in all_rules()} if report.ignore else {}
    sections = [section.id for section in report.sections]
    for entry in report.ignore:
        table = f"[[ignore]] {entry.code}"
        yield from _unknown(table, "code", entry.code, severities, "code", place)
        if severities.get(entry.code) is Severity.ERROR:
            reason = "an error cannot be ignored, only a warning or a note"
            yield invalid(place, table, "code", entry.code, reason)
        try:
            entry.ignore(terms)
        except NotAPeriod as reason:
            yield invalid(place, table, "period", entry.period, str(reason))
        yield from _unknown(table, "indicator", entry.indicator, known, "indicator or series", place)
        yield from _unknown(table, "section", entry.section, sections, "section", place)


def _unknown(
    table: str, key: str, name: str | None, known: Collection[str], wanted: str, place: Place
) -> Iterator[Finding]:
    if name is not None and name not in known:
        yield rules.UNKNOWN_NAME.at(place, table=table, key=key, name=name, wanted=wanted, nearest=nearest(name, known))


def _twice(names: Iterable[str], table: str, place: Place) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            yield rules.NAME_TWICE.at(place, table=table, name=name)
        seen.add(name.casefold())


def _circles(refers: Mapping[str, Sequence[str]], place: Place) -> Iterator[Finding]:
    """Circles of references, each at the name that it is come to by; a name is followed once."""
    followed: set[str] = set()
    for start in refers:
        way: dict[str, Iterator[str]] = {}
        following: str | None = start
        while following or way:
            if following in way:
                names = list(way)
                circle = names[names.index(following) :]
                yield rules.CIRCULAR.at(place, circle=" refers to ".join([*circle, circle[0]]))
            elif following and following not in followed:
                followed.add(following)
                way[following] = iter(refers.get(following, ()))
            following = next(way[next(reversed(way))], None) if way else None
            if following is None and way:
                way.popitem()
