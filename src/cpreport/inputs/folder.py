"""Reads a report folder: its two TOML files, its templates, glossary and shell."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cpreport.inputs.shell import read_shell
from cpreport.inputs.texts import read_bytes, read_text
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.folder import Comparator, GlossaryTerm, ReportFolder, SectionPlan, Slot
from cpreport.model.indicator import Source
from cpreport.model.period import TERMS
from cpreport.model.rules import definition as rules

if TYPE_CHECKING:
    from cpreport.inputs.definitions import Definition, IndicatorsFile, ReportFile, SectionDefinition

    File = TypeVar("File", bound=Definition)

PACKAGED = "corporate-parenting"


def packaged_reports() -> Path:
    """The folder of the report folders that come with cpreport, in a wheel and in an editable install alike."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def find_report(name: str, beside: Path, place: Place) -> Path:
    """The report folder that a name or a folder's path means; a path counts from `beside`.

    Raises InputError where there is none.
    """
    known = sorted(path.parent.name for path in packaged_reports().glob("*/report.toml"))
    if name in known:
        return packaged_reports() / name
    is_share = name.startswith(("\\\\", "//"))
    if not is_share and (beside / name / "report.toml").is_file():
        return beside / name
    raise InputError(rules.NOT_A_REPORT_FOLDER.at(place, name=name, known=", ".join(known)))


def read_report_folder(root: Path) -> tuple[ReportFolder, list[Finding]]:
    """A report folder, with the findings that do not stop the run.

    Raises InputError with every mistake in its two TOML files, and EnvironmentFailure for files that cannot be read.
    """
    from cpreport.inputs.definitions import IndicatorsFile, ReportFile  # pydantic is paid for here

    warnings: list[Finding] = []
    report = _read_toml(root, "report.toml", ReportFile, warnings)
    if not is_inside(root, report.indicators):
        place = Place(file="report.toml")
        raise InputError(rules.FILE_MISSING.at(place, table="top level", key="indicators", name=report.indicators))
    indicators = _read_toml(root, report.indicators, IndicatorsFile, warnings)
    if mistakes := [*_check_indicators(indicators, report.indicators), *_check_report(report, indicators, root)]:
        raise InputError(*mistakes)
    templates = {}
    for name in {section.template for section in report.sections}:
        templates[name], found = read_text(root / name)
        warnings += [_in_folder(finding, name) for finding in found]
    glossary, found = _read_glossary(_or_packaged(root, "glossary.csv"))
    return _folder(report, indicators, templates, glossary, _or_packaged(root, "shell.docx")), warnings + found


def _folder(
    report: ReportFile,
    indicators: IndicatorsFile,
    templates: Mapping[str, str],
    glossary: tuple[GlossaryTerm, ...],
    shell: Path,
) -> ReportFolder:
    from cpreport.inputs.definitions import read_terms

    return ReportFolder(
        title=report.title,
        authority=report.authority or "",
        language=report.language,
        direction_in_cell=report.direction == "cell",
        benchmark_period=report.benchmark_period or "",
        offsets=report.periods.offsets(),
        terms=read_terms(report.terms) or TERMS,
        comparators=tuple(Comparator(c.id, c.heading, c.name, c.always) for c in report.comparators),
        sections=tuple(_section(section) for section in report.sections),
        indicators={entry.id: entry.indicator() for entry in indicators.indicators},
        series={entry.id: entry.series() for entry in indicators.series},
        totals=tuple(entry.total() for entry in indicators.totals),
        breakdowns={entry.id: entry.breakdown() for entry in indicators.breakdowns},
        templates=templates,
        glossary=glossary,
        shell=read_shell(shell),
        default_shell=read_bytes(packaged_reports() / PACKAGED / "shell.docx"),
    )


def _section(section: SectionDefinition) -> SectionPlan:
    return SectionPlan(
        id=section.id,
        title=section.title,
        template=section.template,
        owner=section.owner or "",
        group=section.group or "",
        indicators=tuple(section.indicators),
        slots=tuple(Slot(slot.id, slot.title, slot.required) for slot in section.slots),
    )


def _or_packaged(root: Path, name: str) -> Path:
    return root / name if is_inside(root, name) else packaged_reports() / PACKAGED / name


def _in_folder(finding: Finding, name: str) -> Finding:
    from dataclasses import replace

    return replace(finding, place=replace(finding.place, file=name))


def _read_toml(root: Path, name: str, file: type[File], warnings: list[Finding]) -> File:
    """A TOML file as its model; raises InputError with every mistake in it."""
    from pydantic import ValidationError

    text, found = read_text(root / name)
    warnings += found
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(rules.TOML_SYNTAX.at(Place(file=name), file=name, reason=reason)) from error
    try:
        return file.model_validate(table)
    except ValidationError as error:
        raise InputError(*(_mistake(name, table, file, details) for details in error.errors())) from error


def _mistake(name: str, table: Mapping[str, Any], file: type[Definition], details: Any) -> Finding:
    """One of pydantic's errors as a finding: file, table, key and a suggestion."""
    *path, key = details["loc"] or ("",)
    if isinstance(key, int):
        path, key = [*path, key], ""
    where, place = _table_name(table, path), Place(file=name)
    if details["type"] == "extra_forbidden":
        return rules.UNKNOWN_KEY.at(place, table=where, key=key, nearest=nearest(str(key), _keys(file, path)))
    if details["type"] == "missing":
        return rules.MISSING_KEY.at(place, table=where, key=key)
    reason = details["msg"].removeprefix("Value error, ")
    return rules.INVALID.at(place, table=where, key=key or "its keys", value=_shown(details["input"]), reason=reason)


def _shown(value: object) -> str:
    text = "{…}" if isinstance(value, dict | list) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _table_name(table: Mapping[str, Any], path: Sequence[str | int]) -> str:
    """`[[indicators]] 4.02.01` for ("indicators", 3): the table's header and, where it has one, its id."""
    names = [str(part) for part in path if isinstance(part, str)]
    entry: Any = table
    for part in path:
        entry = entry[part] if isinstance(entry, dict | list) else None  # type: ignore[index]
    name = entry.get("id") if isinstance(entry, dict) else None
    number = next((f"number {part + 1}" for part in reversed(path) if isinstance(part, int)), "")
    if not names:
        return "top level"
    return f"[[{'.'.join(names)}]] {name or number}" if number else f"[{'.'.join(names)}]"


def _keys(model: type[Definition], path: Sequence[str | int]) -> list[str]:
    """The keys that the table at a path may have."""
    for part in path:
        if isinstance(part, str):
            annotation: Any = model.model_fields[part].annotation
            model = next((a for a in getattr(annotation, "__args__", ()) if hasattr(a, "model_fields")), annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _check_indicators(file: IndicatorsFile, name: str) -> Iterator[Finding]:
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
    from cpreport.inputs.definitions import source

    named = source(text)
    if named is None:
        return
    known = figures if "/" in (text or "") else figures | series
    wanted = "indicator" if "/" in (text or "") else "indicator or series"
    yield from _unknown(table, key, named.name, known, wanted, place)


def _check_frequencies(file: IndicatorsFile, place: Place) -> Iterator[Finding]:
    """A figure can only be computed from another indicator's figures of the same periods."""
    from cpreport.inputs.definitions import source

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


def _check_report(report: ReportFile, indicators: IndicatorsFile, root: Path) -> Iterator[Finding]:
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


def is_inside(root: Path, name: str) -> bool:
    """Whether a file is there and within the report folder, also after links are followed; its path is relative."""
    path = (root / name).resolve()
    return not Path(name).is_absolute() and path.is_relative_to(root.resolve()) and path.is_file()


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
    from cpreport.inputs.definitions import source

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


def _read_glossary(path: Path) -> tuple[tuple[GlossaryTerm, ...], list[Finding]]:
    text, findings = read_text(path)
    place = Place(file="glossary.csv")
    try:
        rows = list(csv.DictReader(io.StringIO(text), skipinitialspace=True))
    except csv.Error as error:
        return (), [*findings, rules.GLOSSARY.at(place, reason=str(error))]
    if rows and not {"term", "description"} <= set(rows[0]):
        return (), [*findings, rules.GLOSSARY.at(place, reason="it has no columns term and description")]
    terms = [GlossaryTerm((row["term"] or "").strip(), (row["description"] or "").strip()) for row in rows]
    return tuple(term for term in terms if term.term), findings
