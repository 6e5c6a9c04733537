"""Narratives: the Narrative sheet, and Markdown files beside the workbook, one or more a section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cpreport.inputs.excel.spreadsheet import Spreadsheet
from cpreport.inputs.sheets.periods import read_period
from cpreport.inputs.sheets.tables import SheetTable, clean_texts, known_table
from cpreport.inputs.texts import NEVER_AN_INPUT, is_there, read_text
from cpreport.model.errors import CpreportError, EnvironmentFailure, UsageError
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.workbook import Narrative, Narratives, Passage

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def read_narrative_sheet(book: Spreadsheet, folder: ReportFolder, period: Period) -> tuple[Narratives, list[Finding]]:
    """The Narrative sheet's rows of the reporting period (and those without a period), as narratives."""
    table, findings = known_table(book, "Narrative", ("Section", "Slot", "Text"), ("Period",))
    if table is None:
        return {}, findings
    findings += clean_texts(table, ("section", "slot", "text"))
    passages: dict[tuple[str, str], list[Passage]] = {}
    for row in table.rows():
        text = table.text(row, "text")
        when, finding = read_period(table, row, "period", folder.terms)
        if finding:
            findings.append(finding)
        if not text or finding or (when and when != period):
            continue
        named = _named_slot(table, row, folder)
        if isinstance(named, Finding):
            findings.append(named)
            continue
        place = table.place(row, "text", section=named[0], slot=named[1])
        passages.setdefault(named, []).append(Passage(text, place))
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}, findings


def read_earlier_sheet(book: Spreadsheet, folder: ReportFolder, period: Period) -> Narratives:
    """The Narrative sheet's rows of an earlier period, as far as they name slots of the report as it is now."""
    table, _ = known_table(book, "Narrative", ("Section", "Slot", "Text"), ("Period",))
    if table is None:
        return {}
    passages: dict[tuple[str, str], list[Passage]] = {}
    for row in table.rows():
        text, when = table.text(row, "text"), read_period(table, row, "period", folder.terms)[0]
        named = _named_slot(table, row, folder) if text and when == period else None
        if named and not isinstance(named, Finding):
            place = table.place(row, "text", section=named[0], slot=named[1])
            passages.setdefault(named, []).append(Passage(text, place))
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}


def _named_slot(table: SheetTable, row: int, folder: ReportFolder) -> tuple[str, str] | Finding:
    """The section's and slot's ids that a row names by id or title."""
    name, slot_name = table.text(row, "section"), table.text(row, "slot")
    section = find_section(name, folder)
    if section is None:
        known = [section.id for section in folder.sections]
        near = nearest(name, [*known, *(section.title for section in folder.sections)])
        place = table.place(row, "section")
        return rules.UNKNOWN_SECTION.at(place, name=name, nearest=near, known=", ".join(known))
    slot = find_slot(slot_name, section)
    if slot is None:
        return unknown_slot(slot_name, section, table.place(row, "slot", section=section.id))
    return section.id, slot


def find_section(name: str, folder: ReportFolder) -> SectionPlan | None:
    """The section whose id or title a text is, in any case."""
    return next((s for s in folder.sections if name.lower() in (s.id.lower(), s.title.lower())), None)


def find_slot(name: str, section: SectionPlan) -> str | None:
    """The id of the slot whose id or title a text is, in any case and with or without a colon."""
    wanted = name.strip().rstrip(":?").strip().lower()
    titles = ((slot.id, slot.title.strip().rstrip(":?").strip().lower()) for slot in section.slots)
    return next((id for id, title in titles if wanted in (id.lower(), title)), None)


def unknown_slot(name: str, section: SectionPlan, place: Place) -> Finding:
    titles = [slot.title for slot in section.slots]
    near = nearest(name, [*titles, *(slot.id for slot in section.slots)])
    known = ", ".join(titles) or "none"
    return rules.UNKNOWN_SLOT.at(place, name=name, section=section.id, nearest=near, known=known)


def narrative_folder(workbook: Path, period: Period, given: Path | None) -> Path:
    """Where the narrative files of a period are: `narrative/2023-07` beside the workbook, or the folder that was given.

    Raises EnvironmentFailure if the given folder is not there.
    """
    if given is not None and not (is_there(given) and given.is_dir()):
        raise EnvironmentFailure(f"{given} is no folder")
    folder = (given or workbook.parent / "narrative") / period.slug
    return given if given is not None and not folder.is_dir() else folder


def read_earlier_files(folder: Path, period: Period, earlier: Period, plan: ReportFolder) -> Narratives:
    """The narratives of an earlier period, from the folder beside the one that is named after the reporting period.

    What is wrong with them is no concern of this month: what cannot be read is left out.
    """
    if folder.name != period.slug:
        return {}
    try:
        return read_narratives(folder.parent / earlier.slug, plan)[0]
    except CpreportError:
        return {}


def read_narratives(folder: Path, plan: ReportFolder) -> tuple[Narratives, list[Finding]]:
    """The narratives in a folder's files, by section and slot. No folder, no narratives.

    Raises UsageError for Word files, which cannot be read yet.
    """
    findings: list[Finding] = []
    passages: dict[tuple[str, str], list[Passage]] = {}
    sections = {section.id.lower(): section for section in plan.sections}
    for path in _files(folder):
        section = sections.get(path.stem.split("--")[0].lower())
        if section is None:
            known = [section.id for section in plan.sections]
            place, near = Place(file=path.name), nearest(path.stem, known)
            named = {"name": path.stem, "nearest": near, "known": ", ".join(known)}
            findings.append(rules.UNKNOWN_SECTION.at(place, **named))
            continue
        text, found = read_text(path)
        findings += found
        for slot, passage in _passages(path.name, text, section, findings):
            passages.setdefault((section.id, slot), []).append(passage)
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}, findings


def join_narratives(from_sheet: Narratives, from_files: Narratives) -> tuple[Narratives, list[Finding]]:
    """All narratives; a slot that has a text in the sheet and in a file is an error at the file's."""
    twice = [
        rules.TWICE.at(from_files[key].passages[0].place, section=key[0], slot=key[1], first=_where(from_sheet[key]))
        for key in from_files
        if key in from_sheet
    ]
    return {**from_files, **from_sheet}, twice


def _where(narrative: Narrative) -> str:
    place = narrative.passages[0].place
    return f"{place.file} {place}".strip()


def _files(folder: Path) -> list[Path]:
    """The folder's Markdown files by name, lock files and cloud conflict copies left out."""
    try:
        if not folder.is_dir():
            return []
        paths = [path for path in folder.iterdir() if path.is_file() and not NEVER_AN_INPUT.search(path.name)]
    except OSError as error:
        raise EnvironmentFailure(f"{folder} cannot be read: {error.strerror or error}") from error
    if words := sorted(path.name for path in paths if path.suffix.lower() == ".docx"):
        raise UsageError(f"narratives in Word files are not available yet: {', '.join(words)} in {folder}")
    return sorted((path for path in paths if path.suffix.lower() == ".md"), key=lambda path: path.name)


def _passages(file: str, text: str, section: SectionPlan, findings: list[Finding]) -> Iterator[tuple[str, Passage]]:
    """The text under each heading that names a slot."""
    slot, first, level = None, 0, 6
    gathered: list[str] = []
    known = ", ".join(slot.title for slot in section.slots) or "none"
    for number, line, heading in _lines(text):
        if heading is None or heading[0] > level:
            if slot is None and line.strip():
                place = Place(file=file, line=number, section=section.id)
                findings.append(rules.NO_SLOT.at(place, text=_start(line), known=known))
                slot = ""
            gathered.append(line)
            continue
        if slot and any(part.strip() for part in gathered):
            yield slot, _passage(file, section, slot, first, gathered)
        slot, first, gathered = find_slot(heading[1], section), number + 1, []
        if slot is not None:
            level = heading[0]
        elif heading[1].lower() != section.title.lower():
            place = Place(file=file, line=number, section=section.id)
            findings.append(unknown_slot(heading[1], section, place))
            slot = ""
    if slot and any(part.strip() for part in gathered):
        yield slot, _passage(file, section, slot, first, gathered)


def _passage(file: str, section: SectionPlan, slot: str, first: int, lines: Iterable[str]) -> Passage:
    return Passage("\n".join(lines), Place(file=file, line=first, section=section.id, slot=slot))


def _lines(text: str) -> Iterator[tuple[int, str, tuple[int, str] | None]]:
    """Each line with its number and, if it is a heading outside fenced code, the heading's level and text."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        heading = None if fence else _HEADING.fullmatch(line)
        yield number, line, (len(heading[1]), _heading_text(heading[2])) if heading else None


def _heading_text(text: str) -> str:
    """A heading's text without the number signs that may close it."""
    text = text.strip()
    opened = text.rstrip("#")
    return opened.rstrip() if opened == "" or opened[-1].isspace() else text


def _start(line: str) -> str:
    text = line.strip()
    return text if len(text) <= 40 else text[:39] + "…"
