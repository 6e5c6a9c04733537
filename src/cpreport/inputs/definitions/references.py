"""Checks the names in the two TOML files: each given once, each known, none in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import product
from pathlib import Path

from cpreport.inputs.definitions.definitions import Definition, invalid
from cpreport.inputs.definitions.indicators_file import IndicatorsFile
from cpreport.inputs.definitions.report_file import ReportFile, read_terms
from cpreport.inputs.definitions.sentences import check_sentences
from cpreport.inputs.narratives.slots import find_slot, slots_named
from cpreport.inputs.texts import is_inside
from cpreport.model.finding import Finding, Place, Severity, nearest
from cpreport.model.folder import SCORECARD_COLUMNS, SectionPlan
from cpreport.model.peers import authority_key
from cpreport.model.period import Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import all_rules
from cpreport.model.rules import definition as rules


def check_indicators(file: IndicatorsFile, name: str, terms: Terms) -> Iterator[Finding]:
    place = Place(file=name)
    frequencies = {entry.id: entry.frequency for entry in file.indicators}
    every = [*(entry.id for entry in file.indicators), *(entry.id for entry in file.series)]
    former = [name for entry in file.indicators for name in entry.formerly]
    yield from _twice([*every, *former], "[[indicators]] and [[series]]", place)
    yield from _twice([breakdown.id for breakdown in file.breakdowns], "[[breakdowns]]", place)
    for header, entries in file:
        refers: dict[str, list[str]] = {}
        for entry in entries:
            sources = [name.source for _, name in entry.named()]
            names = [each.name if header == "indicators" else str(each) for each in sources]
            title = "" if header == "shared_denominators" else getattr(entry, "id", *names[:1])
            yield from _check_named(f"[[{header}]] {title}".rstrip(), entry, frequencies, every, place)
            refers.setdefault(title, []).extend(names[1:])
        yield from _circles(refers, place)
    numbers = {entry.id for entry in file.indicators if entry.measure == "number"}
    for name in (name for shared in file.shared_denominators for name in shared.indicators if name in numbers):
        reason = f"{name} is a number and has no denominator"
        yield invalid(place, "[[shared_denominators]]", "indicators", name, reason)
    yield from _check_years(file, terms, place)


def _check_named(
    table: str, entry: Definition, frequencies: Mapping[str, str], every: Collection[str], place: Place
) -> Iterator[Finding]:
    """Unknown names, and figures of another frequency than the first indicator's, which cannot be compared."""
    named = [(key, text, text.source.name) for key, text in entry.named()]
    for key, text, name in named:
        known, wanted = (frequencies, "indicator") if "/" in text else (every, "indicator or series")
        yield from _unknown(table, key, name, known, wanted, place)
    found = [each for each in named if each[2] in frequencies]
    for (key, text, name), (_, _, first) in product(found[1:], found[:1]):
        if frequencies[name] != frequencies[first]:
            reason = f"{name} has a figure for each {frequencies[name]}, {first} for each {frequencies[first]}"
            yield invalid(place, table, key, text, reason)


def check_report(
    report: ReportFile, indicators: IndicatorsFile, root: Path, offered: Collection[str]
) -> Iterator[Finding]:
    """`indicators` are all that the report uses, `offered` are names of the library, of which it may use some."""
    place = Place(file="report.toml")
    known = {entry.id: entry for entry in indicators.indicators}
    yield from _twice([section.id for section in report.sections], "[[sections]]", place)
    yield from _twice([comparator.id for comparator in report.comparators], "[[comparators]]", place)
    yield from _twice([peers.id for peers in report.peers], "[[peers]]", place)
    for peers in report.peers:
        table = f"[[peers]] {peers.id}"
        yield from _unknown(table, "id", peers.id, [each.id for each in report.comparators], "comparator", place)
        yield from _twice(map(authority_key, peers.members), f"{table}, members", place)
    for section in report.sections:
        table = f"[[sections]] {section.id}"
        slots = f"[[sections.slots]] of {section.id}"
        yield from _twice([slot.id for slot in section.slots], slots, place)
        yield from _twice([slot.title.rstrip(" :?") for slot in section.slots], slots, place)
        yield from _twice(section.indicators, f"{table}, indicators", place)
        for name in section.indicators:
            yield from _unknown(table, "indicators", name, known, "indicator", place, offered)
        if not is_inside(root, section.template):
            yield rules.FILE_MISSING.at(place, table=table, key="template", name=section.template)
        if any(slot.each for slot in section.slots) and known.keys() >= {*section.indicators}:
            plan = section.plan({name: known[name].to_model() for name in section.indicators})
            yield from _check_comments(plan, report.indicators)
    taken = [name for name in known if name in offered]
    for name in report.library.begins:
        yield from _unknown("[library]", "from", name, taken, "indicator that a section takes from the library", place)
    columns = report.scorecard.columns
    yield from _twice(columns, "[scorecard]", place)
    for name in columns:
        yield from _unknown("[scorecard]", "columns", name, SCORECARD_COLUMNS, "column", place)
    listed = {name for section in report.sections for name in section.indicators}
    yield from _twice(report.glance.first, "[glance], first", place)
    for name in report.glance.first:
        yield from _unknown("[glance]", "first", name, listed, "indicator of a section", place)
    yield from _twice([key.casefold() for key in report.cover.fields], "[cover], fields", place)
    yield from check_sentences(report.sentences, place)
    yield from _check_ignores(report, [*known, *(entry.id for entry in indicators.series)], place)


def _check_comments(plan: SectionPlan, indicators: str) -> Iterator[Finding]:
    """Comments that no heading can tell from a slot of their section, or from each other; `indicators` is the file."""
    place, table = Place(file="report.toml"), f"[[sections.slots]] of {plan.id}"
    for comment in plan.comments:
        names = comment.title, *comment.names, comment.id
        named = ((name, slot) for name in names for slot in slots_named(name, plan) if not slot.indicator)
        if found := next(named, None):
            reason = f"{found[0]!r} names this slot and an indicator of the section; change the slot's id or title"
            yield invalid(place, table, "id", found[1].id, reason)
        elif comment.id not in {find_slot(name, plan) for name in names}:
            reason = "another indicator has its id, reference and title too, so no heading names this one's comment"
            yield invalid(Place(file=indicators), f"[[indicators]] {comment.id}", "id", comment.id, reason)


def _check_years(indicators: IndicatorsFile, terms: Terms, place: Place) -> Iterator[Finding]:
    """Profiles without a number for each period of the year, baselines of what is not a period, terms in two years."""
    in_year = {"month": 12, "quarter": 4, "term": len(terms)}
    across = next((term for term in terms if (term.first - 4) % 12 > (term.last - 4) % 12), None)
    for entry in indicators.indicators:
        table, needed = f"[[indicators]] {entry.id}", in_year.get(entry.frequency, 1)
        if entry.profile and len(entry.profile) != needed:
            numbers = [float(goal.value or 0) for goal in entry.profile]
            reason = f"it has {len(numbers)} numbers, but the year has {needed} {entry.frequency}s"
            yield invalid(place, table, "profile", numbers, reason)
        try:
            parse_period(entry.baseline.period, terms) if entry.baseline else None
        except NotAPeriod as reason:
            yield invalid(place, f"{table}, baseline", "period", entry.baseline and entry.baseline.period, str(reason))
        if across and entry.frequency == "term" and entry.cumulative == "financial-year":
            two_years = f"the {across.name} term is in two financial years"
            yield invalid(place, table, "cumulative", entry.cumulative, two_years)


def _check_ignores(report: ReportFile, known: Collection[str], place: Place) -> Iterator[Finding]:
    """Only warnings and notes can be ignored, and only with known names."""
    severities = {rule.code: rule.severity for rule in all_rules()} if report.ignore else {}
    sections = [section.id for section in report.sections]
    for entry in report.ignore:
        table = f"[[ignore]] {entry.code}"
        yield from _unknown(table, "code", entry.code, severities, "code", place)
        if severities.get(entry.code) is Severity.ERROR:
            reason = "an error cannot be ignored, only a warning or a note"
            yield invalid(place, table, "code", entry.code, reason)
        try:
            entry.ignore(read_terms(report.terms))
        except NotAPeriod as reason:
            yield invalid(place, table, "period", entry.period, str(reason))
        yield from _unknown(table, "indicator", entry.indicator, known, "indicator or series", place)
        yield from _unknown(table, "section", entry.section, sections, "section", place)


def _unknown(
    table: str,
    key: str,
    name: str | None,
    known: Collection[str],
    wanted: str,
    place: Place,
    offered: Collection[str] = (),
) -> Iterator[Finding]:
    """A name that is not known, with the known or offered one most like it."""
    if name is not None and name not in known:
        near = nearest(name, [*known, *offered])
        yield rules.UNKNOWN_NAME.at(place, table=table, key=key, name=name, wanted=wanted, nearest=near)


def _twice(names: Iterable[str], table: str, place: Place) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            yield rules.NAME_TWICE.at(place, table=table, name=name)
        seen.add(name.casefold())


def _circles(refers: Mapping[str, Iterable[str]], place: Place) -> Iterator[Finding]:
    ways = {(name, other): None for name in refers for other in refers[name]}
    while True:
        sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(refers, ()))
        for name, other in ways:
            sorter.add(other, name)
        try:
            return sorter.prepare()
        except CycleError as error:
            circle = error.args[1]
            yield rules.CIRCULAR.at(place, circle=" refers to ".join(circle))
            del ways[circle[-2], circle[-1]]
