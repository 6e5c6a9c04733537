"""Checks the names in the two TOML files: each given once, each known, none in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import product
from pathlib import Path

from cpreport.inputs.definitions.definitions import Definition, Origin, Spot, invalid
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

REPORT = "report.toml"


def check_indicators(file: IndicatorsFile, origin: Origin, terms: Terms) -> Iterator[Finding]:
    frequencies = {entry.id: entry.frequency for entry in file.indicators}
    every = [*(entry.id for entry in file.indicators), *(entry.id for entry in file.series)]
    former = [
        (name, origin.spot("indicators", entry.id, "formerly")) for entry in file.indicators for name in entry.formerly
    ]
    names = [
        *_names(origin, "indicators", [entry.id for entry in file.indicators]),
        *_names(origin, "series", [entry.id for entry in file.series]),
    ]
    yield from _twice([*names, *former], "[[indicators]] and [[series]]")
    yield from _twice(_names(origin, "breakdowns", [breakdown.id for breakdown in file.breakdowns]), "[[breakdowns]]")
    for header, entries in file:
        refers: dict[str, dict[str, Place]] = {}
        for entry in entries:
            sources = [(key, name.source) for key, name in entry.named()]
            referred = [each.name if header == "indicators" else str(each) for _, each in sources]
            title = "" if header == "shared_denominators" else getattr(entry, "id", *referred[:1])
            spots = {key: origin.spot(header, title, key) for key, _ in sources}
            yield from _check_named(spots, entry, frequencies, every)
            places = (spots[key].place for key, _ in sources[1:])
            refers.setdefault(title, {}).update(zip(referred[1:], places, strict=True))
        yield from _circles(refers)
    numbers = {entry.id for entry in file.indicators if entry.measure == "number"}
    for name in (name for shared in file.shared_denominators for name in shared.indicators if name in numbers):
        reason = f"{name} is a number and has no denominator"
        yield invalid(origin.spot("shared_denominators", "", "indicators"), name, reason)
    yield from _check_years(file, terms, origin)


def _check_named(
    spots: Mapping[str, Spot], entry: Definition, frequencies: Mapping[str, str], every: Collection[str]
) -> Iterator[Finding]:
    """Unknown names, and figures of another frequency than the first indicator's, which cannot be compared."""
    named = [(key, text, text.source.name) for key, text in entry.named()]
    for key, text, name in named:
        known, wanted = (frequencies, "indicator") if text.has_part else (every, "indicator or series")
        yield from _unknown(spots[key], name, known, wanted)
    found = [each for each in named if each[2] in frequencies]
    for (key, text, name), (_, _, first) in product(found[1:], found[:1]):
        if frequencies[name] != frequencies[first]:
            reason = f"{name} has a figure for each {frequencies[name]}, {first} for each {frequencies[first]}"
            yield invalid(spots[key], text, reason)


def check_report(
    report: ReportFile,
    indicators: IndicatorsFile,
    root: Path,
    offered: Collection[str],
    origin: Origin,
    of_indicators: Origin,
) -> Iterator[Finding]:
    """`indicators` are all that the report uses, `offered` are names of the library, of which it may use some.

    `origin` is that of the report, `of_indicators` that of the indicators.
    """
    place = Place(file=REPORT)
    known = {entry.id: entry for entry in indicators.indicators}
    yield from _twice(_names(origin, "sections", [section.id for section in report.sections]), "[[sections]]")
    comparators = [comparator.id for comparator in report.comparators]
    yield from _twice(_names(origin, "comparators", comparators), "[[comparators]]")
    yield from _twice(_names(origin, "peers", [peers.id for peers in report.peers]), "[[peers]]")
    for peers in report.peers:
        table = f"[[peers]] {peers.id}"
        yield from _unknown(Spot(place, table, "id"), peers.id, comparators, "comparator")
        yield from _twice(_at(place, map(authority_key, peers.members)), f"{table}, members")
    for section in report.sections:
        listed_in, slots = origin.spot("sections", section.id, "indicators"), origin.spot(*_slots(section.id))
        for names in ([each.id for each in section.slots], [each.title.rstrip(" :?") for each in section.slots]):
            yield from _twice(((name, slots) for name in names), slots.entry)
        yield from _twice(((name, listed_in) for name in section.indicators), f"{listed_in.entry}, indicators")
        for name in section.indicators:
            yield from _unknown(listed_in, name, known, "indicator", offered)
        if not is_inside(root, section.template) and not listed_in.place.sheet:
            yield rules.FILE_MISSING.at(place, table=listed_in.entry, key="template", name=section.template)
        if any(slot.each for slot in section.slots) and known.keys() >= {*section.indicators}:
            plan = section.plan({name: known[name].to_model() for name in section.indicators})
            yield from _check_comments(plan, origin, of_indicators)
    taken = [name for name in known if name in offered]
    of_library = Spot(place, "[library]", "from")
    for name in report.library.begins:
        yield from _unknown(of_library, name, taken, "indicator that a section takes from the library")
    columns = report.scorecard.columns
    yield from _twice(_at(place, columns), "[scorecard]")
    for name in columns:
        yield from _unknown(Spot(place, "[scorecard]", "columns"), name, SCORECARD_COLUMNS, "column")
    listed = {name for section in report.sections for name in section.indicators}
    yield from _twice(_at(place, report.glance.first), "[glance], first")
    for name in report.glance.first:
        yield from _unknown(Spot(place, "[glance]", "first"), name, listed, "indicator of a section")
    yield from _twice(_at(place, [key.casefold() for key in report.cover.fields]), "[cover], fields")
    yield from check_sentences(report.sentences, place)
    yield from _check_ignores(report, [*known, *(entry.id for entry in indicators.series)], place)


def _check_comments(plan: SectionPlan, origin: Origin, of_indicators: Origin) -> Iterator[Finding]:
    """Comments that no heading can tell from a slot of their section, or from each other."""
    for comment in plan.comments:
        names = comment.title, *comment.names, comment.id
        named = ((name, slot) for name in names for slot in slots_named(name, plan) if not slot.indicator)
        if found := next(named, None):
            reason = f"{found[0]!r} names this slot and an indicator of the section; change the slot's id or title"
            yield invalid(origin.spot(*_slots(plan.id), "id"), found[1].id, reason)
        elif comment.id not in {find_slot(name, plan) for name in names}:
            reason = "another indicator has its id, reference and title too, so no heading names this one's comment"
            yield invalid(of_indicators.spot("indicators", comment.id, "id"), comment.id, reason)


def _slots(section: str) -> tuple[str, str]:
    """The table of a section's slots, and what an entry of it is called."""
    return "sections.slots", f"of {section}"


def _check_years(indicators: IndicatorsFile, terms: Terms, origin: Origin) -> Iterator[Finding]:
    """Profiles without a number for each period of the year, baselines of what is not a period, terms in two years."""
    in_year = {"month": 12, "quarter": 4, "term": len(terms)}
    across = next((term for term in terms if (term.first - 4) % 12 > (term.last - 4) % 12), None)
    for entry in indicators.indicators:
        spot, needed = partial(origin.spot, "indicators", entry.id), in_year.get(entry.frequency, 1)
        if entry.profile and len(entry.profile) != needed:
            numbers = [float(goal.value or 0) for goal in entry.profile]
            reason = f"it has {len(numbers)} numbers, but the year has {needed} {entry.frequency}s"
            yield invalid(spot("profile"), numbers, reason)
        try:
            parse_period(entry.baseline.period, terms) if entry.baseline else None
        except NotAPeriod as reason:
            yield invalid(spot("period", "baseline"), entry.baseline and entry.baseline.period, str(reason))
        if across and entry.frequency == "term" and entry.cumulative == "financial-year":
            two_years = f"the {across.name} term is in two financial years"
            yield invalid(spot("cumulative"), entry.cumulative, two_years)


def _check_ignores(report: ReportFile, known: Collection[str], place: Place) -> Iterator[Finding]:
    """Only warnings and notes can be ignored, and only with known names."""
    severities = {rule.code: rule.severity for rule in all_rules()} if report.ignore else {}
    sections = [section.id for section in report.sections]
    for entry in report.ignore:
        spot = partial(Spot, place, f"[[ignore]] {entry.code}")
        yield from _unknown(spot("code"), entry.code, severities, "code")
        if severities.get(entry.code) is Severity.ERROR:
            reason = "an error cannot be ignored, only a warning or a note"
            yield invalid(spot("code"), entry.code, reason)
        try:
            entry.ignore(read_terms(report.terms))
        except NotAPeriod as reason:
            yield invalid(spot("period"), entry.period, str(reason))
        yield from _unknown(spot("indicator"), entry.indicator, known, "indicator or series")
        yield from _unknown(spot("section"), entry.section, sections, "section")


def _unknown(
    at: Spot, name: str | None, known: Collection[str], wanted: str, offered: Collection[str] = ()
) -> Iterator[Finding]:
    """A name that is not known, with the known or offered one most like it."""
    if name is not None and name not in known:
        near = nearest(name, [*known, *offered])
        yield rules.UNKNOWN_NAME.at(at.place, table=at.entry, key=at.key, name=name, wanted=wanted, nearest=near)


def _at(place: Place, names: Iterable[str]) -> Iterator[tuple[str, Spot]]:
    yield from ((name, Spot(place, "")) for name in names)


def _names(origin: Origin, table: str, names: Iterable[str]) -> Iterator[tuple[str, Spot]]:
    yield from ((name, origin.spot(table, name, "id")) for name in names)


def _twice(names: Iterable[tuple[str, Spot]], table: str) -> Iterator[Finding]:
    """Names that stand in a table, or in what a sheet gives of it, more than once."""
    seen: set[str] = set()
    for name, at in names:
        if name.casefold() in seen:
            yield rules.NAME_TWICE.at(at.place, table=at.entry if at.place.sheet else table, name=name)
        seen.add(name.casefold())


def _circles(refers: Mapping[str, Mapping[str, Place]]) -> Iterator[Finding]:
    """Circles of what refers to what; each name is given with where."""
    ways = {(name, other): None for name in refers for other in refers[name]}
    while True:
        sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(refers, ()))
        for name, other in ways:
            sorter.add(other, name)
        try:
            return sorter.prepare()
        except CycleError as error:
            circle = error.args[1]
            yield rules.CIRCULAR.at(refers[circle[-2]][circle[-1]], circle=" refers to ".join(circle))
            del ways[circle[-2], circle[-1]]
