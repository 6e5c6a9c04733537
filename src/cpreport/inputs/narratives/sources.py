"""Narratives from the Narrative sheet, and from files beside the workbook in Markdown or Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cpreport.inputs.narratives import slots
from cpreport.inputs.texts import NEVER_AN_INPUT, is_there, read_text
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.meaning import text_of
from cpreport.inputs.workbook.tables import SheetTable, known_table
from cpreport.model.document import Block
from cpreport.model.errors import CpreportError, EnvironmentFailure
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.workbook import Narratives, Passage
from cpreport.office.addresses import address_of

_WORD = ".docx"
_READ = (".md", _WORD)
_OTHER_KINDS = {
    ".doc": "it is in the format of Word 97-2003",
    ".odt": "it is in the format of LibreOffice",
    ".rtf": "it is in the rich-text format",
}


def narrative_folder(workbook: Path, period: Period, given: Path | None) -> Path:
    """Where the narrative files of a period are: `narrative/2023-07` beside the workbook, or the folder that was given.

    Raises EnvironmentFailure if the given folder is not there.
    """
    if given is not None and not (is_there(given) and given.is_dir()):
        raise EnvironmentFailure(f"{given} is not a folder")
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


def read_narratives(
    folder: Path, plan: ReportFolder, accept_tracked: bool = False, in_sheet: Narratives | None = None
) -> tuple[Narratives, list[Finding]]:
    """The narratives in a folder's files and those `in_sheet`, by section and slot. No folder, no files.

    Tracked changes in Word files are errors unless `accept_tracked`. A slot that has a text in two of the sheet, in
    Markdown and in Word is an error at the second; what the sheet says is taken.
    """
    findings: list[Finding] = []
    passages: slots.Passages = {}
    sections = {section.id.lower(): section for section in plan.sections}
    paths = _files(folder)
    are_read = {path.stem.lower() for path in paths if path.suffix.lower() in _READ}
    for path in paths:
        section, kind = sections.get(_section_named(path)), path.suffix.lower()
        place = Place(file=path.name, section=section.id if section else "")
        if kind in _READ and section:
            read, found = _read(path, section, accept_tracked)
            findings += found
            for slot, passage in slots.passages_of(path.name, read, section, findings):
                passages.setdefault((section.id, slot), []).append(passage)
        elif kind in _READ:
            findings.append(slots.unknown_section(path.stem, plan, place))
        elif section and (kind in _OTHER_KINDS or path.stem.lower() not in are_read):
            reason = _OTHER_KINDS.get(kind, "only .docx and .md files are read")
            findings.append(rules.NOT_WORD.at(place, file=path.name, reason=reason))
    sheet = in_sheet or {}
    for key, texts in passages.items():
        first, *others = (text.place for text in (*(sheet[key].passages if key in sheet else ()), *texts))
        second = next((each for each in others if _kind(each) != _kind(first)), None)
        if second:
            texts_of = {"section": key[0], "slot": key[1], "first": f"{first.file} {first}".strip()}
            findings.append(rules.TWICE.at(second, **texts_of))
    narratives, told = slots.together(passages)
    return {**narratives, **sheet}, findings + told


def _kind(place: Place) -> str:
    return place.sheet or Path(place.file).suffix.lower()


def is_word(file: str) -> bool:
    """Whether a file's name is that of a Word file."""
    return file.lower().endswith(_WORD)


def _read(path: Path, section: SectionPlan, accept_tracked: bool) -> tuple[str | Sequence[Block], list[Finding]]:
    """A file's Markdown or blocks."""
    if not is_word(path.name):
        return read_text(path)
    from cpreport.inputs.narratives.word.document import read_word  # only a Word file pays for it

    return read_word(path, section, accept_tracked)


def _files(folder: Path) -> list[Path]:
    """The folder's files by name, lock files and cloud conflict copies left out."""
    try:
        if not folder.is_dir():
            return []
        paths = [path for path in folder.iterdir() if path.is_file() and not NEVER_AN_INPUT.search(path.name)]
    except OSError as error:
        raise EnvironmentFailure(f"{folder} cannot be read: {error.strerror or error}") from error
    return sorted(paths, key=lambda path: path.name)


def files_of(section: SectionPlan, folder: Path) -> list[Path]:
    """A section's narrative files in a folder, by name. Raises EnvironmentFailure."""
    kinds = (*_READ, *_OTHER_KINDS)
    named = (path for path in _files(folder) if _section_named(path) == section.id.lower())
    return [path for path in named if path.suffix.lower() in kinds]


def _section_named(path: Path) -> str:
    """The section's id, in small letters, that a file's name says before the name of an author."""
    return path.stem.split("--")[0].lower()


def read_narrative_sheet(
    book: Spreadsheet, folder: ReportFolder, period: Period, undated: Period | None = None
) -> tuple[Narratives, list[Finding]]:
    """The Narrative sheet's rows of a period, as narratives; those without a period are of `undated`."""
    table, findings = known_table(book, "Narrative")
    if table is None:
        return {}, findings
    passages: slots.Passages = {}
    for row in table.rows():
        text = table.text(row, "text")
        when = table.period(row, folder.terms) or undated
        findings += [when] if isinstance(when, Finding) else []
        if text and when == period and (named := _named_slot(table, row, folder, findings)):
            place = table.place(row, "text", section=named[0], slot=named[1])
            passages.setdefault(named, []).append(Passage(text, place))
    narratives, told = slots.together(passages)
    return narratives, findings + told


def _named_slot(table: SheetTable, row: int, folder: ReportFolder, findings: list[Finding]) -> tuple[str, str] | None:
    """The section's and slot's ids that a row names by id or title; None where there is a finding."""
    name, slot_name = table.text(row, "section"), table.text(row, "slot")
    section = slots.find_section(name, folder)
    if section is None:
        findings.append(slots.unknown_section(name, folder, table.place(row, "section")))
        return None
    slot = slots.find_slot(slot_name, section)
    if slot is None:
        elsewhere = (slots.find_section(name, other) for other in folder.others)
        is_of_another = any(slots.find_slot(slot_name, other) for other in elsewhere if other)
        place = table.place(row, "slot", section=section.id)
        findings.append(slots.unknown_slot(slot_name, section, place, is_of_another))
    return (section.id, slot) if slot else None


def read_cells(path: Path, sheet: str, passages: Iterable[Passage]) -> dict[str, str]:
    """What the cells of a sheet's passages hold, outer spaces and all, by their addresses.

    Raises EnvironmentFailure where that is no longer the passage.
    """
    rows = (row for each in read_spreadsheet(path).sheets if each.name == sheet for row in enumerate(each.rows, 1))
    values = {address_of((row, column)): value for row, cells in rows for column, value in enumerate(cells, 1)}
    texts = {passage.place.cell: passage.text for passage in passages}
    if any(text_of(values.get(cell, "")) != text for cell, text in texts.items()):
        raise EnvironmentFailure(f"{path} was changed while it was read: run this again")
    held = {cell: values.get(cell, "") for cell in texts}
    return {cell: value if isinstance(value, str) else texts[cell] for cell, value in held.items()}
