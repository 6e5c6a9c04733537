"""Narratives: the Narrative sheet, and files beside the workbook in Markdown or Word, one or more a section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.texts import NEVER_AN_INPUT, is_there, read_text
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.periods import read_period
from cpreport.inputs.workbook.tables import SheetTable, clean_texts, known_table, text_of
from cpreport.model.errors import CpreportError, EnvironmentFailure
from cpreport.model.finding import Brings, Finding, Place, did_you_mean, nearest, nearest_name
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.rules.word import NOT_WORD
from cpreport.model.tags import plain_signs, where_tags_are
from cpreport.model.workbook import Narrative, Narratives, Passage
from cpreport.office.addresses import address_of

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_WORD = ".docx"
_READ = (".md", _WORD)
_OTHER_KINDS = {
    ".doc": "it is in the format of Word 97-2003",
    ".odt": "it is in the format of LibreOffice",
    ".rtf": "it is in the rich-text format",
}
_LONGEST_QUOTE = 80
_AS_GOOD_AS_NAMED = 0.85
"""How like a slot's title a heading in Word is, from 0 to 1, that is taken for it with a slip of the pen."""


def read_narrative_sheet(
    book: Spreadsheet, folder: ReportFolder, period: Period, own: Period | None = None
) -> tuple[Narratives, list[Finding]]:
    """The Narrative sheet's rows of the reporting period, as narratives.

    Those without a period are of `own`, the workbook's own reporting period, if that is another one.
    """
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
        if not text or finding or (when or own or period) != period:
            continue
        named = _named_slot(table, row, folder)
        if isinstance(named, Finding):
            findings.append(named)
            continue
        place = table.place(row, "text", section=named[0], slot=named[1])
        passages.setdefault(named, []).append(Passage(text, place))
    narratives = _by_slot(passages)
    return narratives, findings + _remarks(narratives)


def read_cells(path: Path, sheet: str, passages: Iterable[Passage]) -> dict[str, str]:
    """What the cells of a sheet's passages hold, outer spaces and all, by their addresses.

    Raises EnvironmentFailure where that is no longer the passage.
    """
    found = next((each for each in read_spreadsheet(path).sheets if each.name == sheet), None)
    rows = enumerate(found.rows if found else [], 1)
    values = {address_of((row, column)): value for row, cells in rows for column, value in enumerate(cells, 1)}
    held: dict[str, str] = {}
    for passage in passages:
        cell = passage.place.cell
        value = values.get(cell, "")
        if text_of(value) != passage.text:
            raise EnvironmentFailure(f"{path} was changed while it was read: run this again")
        held[cell] = value if isinstance(value, str) else passage.text
    return held


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
    return _by_slot(passages)


def _remarks(narratives: Narratives) -> list[Finding]:
    """A finding for each remark that Jinja leaves out: `{# ask Ann #}`."""
    return [
        rules.REMARK.at(passage.place_at(passage.text.count("\n", 0, start) + 1), text=cut(passage.text[start:end]))
        for narrative in narratives.values()
        for passage in narrative.passages
        for start, end in where_tags_are(passage.text)
        if passage.text.startswith("{#", start)
    ]


def _by_slot(passages: Mapping[tuple[str, str], Sequence[Passage]]) -> Narratives:
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}


def _named_slot(table: SheetTable, row: int, folder: ReportFolder) -> tuple[str, str] | Finding:
    """The section's and slot's ids that a row names by id or title."""
    name, slot_name = table.text(row, "section"), table.text(row, "slot")
    section = find_section(name, folder)
    if section is None:
        return _unknown_section(name, _nearest_section(name, folder), folder, table.place(row, "section"))
    slot = find_slot(slot_name, section)
    if slot is None:
        elsewhere = (find_section(name, other) for other in folder.others)
        is_of_another = any(find_slot(slot_name, other) for other in elsewhere if other)
        return unknown_slot(slot_name, section, table.place(row, "slot", section=section.id), is_of_another)
    return section.id, slot


def _unknown_section(
    name: str, near: tuple[str, str] | None, folder: ReportFolder, place: Place, file: str = ""
) -> Finding:
    """`near` is the name that seems to be meant and its section's id; `file` how a file with that name is named."""
    known = [section.id for section in folder.to_write]
    is_of_another = any(find_section(name.split("--")[0], other) for other in folder.others)
    renamed = f"; name the file {file}" if near and file else did_you_mean(near[0] if near else None)
    found = unknown(rules.UNKNOWN_SECTION, place, is_of_another, name=name, nearest=renamed, known=known)
    return found.bringing(Brings((rules.EMPTY.code,), ("section",), Place(section=near[1]))) if near else found


def _nearest_section(name: str, folder: ReportFolder) -> tuple[str, str] | None:
    """The section's id or title that a name is most like, with the id; None where it is like none."""
    ids = {text: section.id for section in folder.to_write for text in (section.id, section.title)}
    near = nearest_name(name, ids)
    return (near, ids[near]) if near else None


def find_section(name: str, folder: ReportFolder) -> SectionPlan | None:
    """The section whose id or title a text is, in any case."""
    return next((s for s in folder.sections if name.lower() in (s.id.lower(), s.title.lower())), None)


def find_slot(name: str, section: SectionPlan) -> str | None:
    """The id of the slot whose id or title a text is, in any case and with or without a colon."""
    wanted = _as_compared(name)
    titles = ((slot.id, _as_compared(slot.title)) for slot in section.slots)
    return next((id for id, title in titles if wanted in (id.lower(), title)), None)


def cut(text: str) -> str:
    """A text as a finding quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _as_compared(title: str) -> str:
    """A title in lower case, without the signs that may end it, with the quotes and dashes that a keyboard has."""
    return " ".join(plain_signs(title).split()).rstrip(":? ").lower()


def unknown_slot(name: str, section: SectionPlan, place: Place, is_of_another: bool = False) -> Finding:
    near = nearest_name(name, _names(section))
    texts = {"name": cut(name), "section": section.id, "nearest": did_you_mean(near), "known": _titles(section)}
    found = unknown(rules.UNKNOWN_SLOT, place, is_of_another, **texts)
    return replace(found, place=replace(place, slot=find_slot(near, section) or "")) if near else found


def _titles(section: SectionPlan) -> list[str]:
    return [slot.title for slot in section.slots]


def _names(section: SectionPlan) -> list[str]:
    """The titles and ids of a section's slots."""
    return [*(slot.title for slot in section.slots), *(slot.id for slot in section.slots)]


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


def read_narratives(folder: Path, plan: ReportFolder, accept_tracked: bool = False) -> tuple[Narratives, list[Finding]]:
    """The narratives in a folder's files, by section and slot. No folder, no narratives.

    Tracked changes in Word files are errors unless `accept_tracked`. A slot that has a text in Markdown and in Word is
    an error at the second.
    """
    findings: list[Finding] = []
    passages: dict[tuple[str, str], list[Passage]] = {}
    sections = {section.id.lower(): section for section in plan.sections}
    paths = _files(folder)
    read = {path.stem.lower() for path in paths if path.suffix.lower() in _READ}
    for path in paths:
        section = sections.get(_section_named(path))
        kind = path.suffix.lower()
        if kind not in _READ:
            if section and (kind in _OTHER_KINDS or path.stem.lower() not in read):
                findings.append(_other_kind(path, section))
            continue
        if section is None:
            name, *author = path.stem.split("--")
            near = _nearest_section(name, plan)
            file = "--".join([near[1], *author]) + path.suffix if near else ""
            findings.append(_unknown_section(path.stem, near, plan, Place(file=path.name), file))
            continue
        text, found = _read(path, section, accept_tracked)
        findings += found
        for slot, passage in _passages(path.name, text, section, findings):
            passages.setdefault((section.id, slot), []).append(passage)
    findings += [finding for key, found in passages.items() for finding in _in_both(key, found)]
    narratives = _by_slot(passages)
    return narratives, findings + _remarks(narratives)


def _other_kind(path: Path, section: SectionPlan) -> Finding:
    """A finding for a section's text that is neither Markdown nor a .docx file."""
    reason = _OTHER_KINDS.get(path.suffix.lower(), "only .docx and .md files are read")
    return NOT_WORD.at(Place(file=path.name, section=section.id), file=path.name, reason=reason)


def _read(path: Path, section: SectionPlan, accept_tracked: bool) -> tuple[str, list[Finding]]:
    """A file's text as Markdown. In Word, a heading that is nearly a slot's title is one too, so that it is told."""
    if not is_word(path.name):
        return read_text(path)
    from cpreport.inputs.narratives.word.document import read_word  # only a Word file pays for it
    from cpreport.inputs.narratives.word.markdown import SlotNames

    titles = [slot.title for slot in section.slots]

    def exactly(text: str) -> bool:
        return find_slot(text, section) is not None

    def nearly(text: str) -> bool:
        return exactly(text) or nearest_name(text, titles, _AS_GOOD_AS_NAMED) is not None

    text, findings = read_word(path, SlotNames(exactly, nearly), accept_tracked)
    return text, [replace(finding, place=replace(finding.place, section=section.id)) for finding in findings]


def is_word(file: str) -> bool:
    """Whether a file's name is that of a Word file."""
    return file.lower().endswith(_WORD)


def _in_both(key: tuple[str, str], passages: list[Passage]) -> Iterator[Finding]:
    """A finding where a slot's text comes from Markdown and from Word, at the file that comes second."""
    first = passages[0].place
    other = next((each.place for each in passages if is_word(each.place.file) != is_word(first.file)), None)
    if other:
        yield _twice(key, first, other)


def join_narratives(from_sheet: Narratives, from_files: Narratives) -> tuple[Narratives, list[Finding]]:
    """All narratives; a slot that has a text in the sheet and in a file is an error at the file's."""
    twice = [
        _twice(key, from_sheet[key].passages[0].place, from_files[key].passages[0].place)
        for key in from_files
        if key in from_sheet
    ]
    return {**from_files, **from_sheet}, twice


def _twice(key: tuple[str, str], first: Place, second: Place) -> Finding:
    return rules.TWICE.at(second, section=key[0], slot=key[1], first=f"{first.file} {first}".strip())


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading that can be a slot's, and the lines under it; the first part has none. `line` is the heading's."""

    heading: str | None
    slot: str | None
    line: int
    lines: list[str]

    @property
    def first(self) -> tuple[int, str] | None:
        """The first line that says something, with its number."""
        return next(((self.line + n, line) for n, line in enumerate(self.lines, 1) if line.strip()), None)


def _passages(file: str, text: str, section: SectionPlan, findings: list[Finding]) -> Iterator[tuple[str, Passage]]:
    """The text under each heading that names a slot. A Word file has no lines: there they are 0."""
    has_begun = False
    for part in _parts(text, section):
        has_begun = has_begun or part.slot is not None
        if part.slot is None:
            findings += _out_of_place(file, part, section, has_begun)
        elif part.first:
            place = _place(file, part.line + 1, section)
            yield part.slot, Passage("\n".join(part.lines), replace(place, slot=part.slot))


def _parts(text: str, section: SectionPlan) -> list[_Part]:
    """A text at its headings, but for those below the headings of slots."""
    parts, level = [_Part(None, None, 0, [])], 6
    for number, line, heading in _lines(text):
        if heading is None or heading[0] > level:
            parts[-1].lines.append(line)
            continue
        slot = find_slot(heading[1], section)
        parts.append(_Part(heading[1], slot, number, []))
        level = heading[0] if slot is not None else level
    return parts


def _out_of_place(file: str, part: _Part, section: SectionPlan, has_begun: bool) -> Iterator[Finding]:
    """A finding for what stands under no slot's heading, but for the section's own title.

    A heading without text is a title as long as no slot `has_begun`, unless it is like a slot's.
    """
    if part.heading is None or _as_compared(part.heading) == _as_compared(section.title):
        if part.first:
            number, line = part.first
            yield rules.NO_SLOT.at(_place(file, number, section), text=cut(line), known=_titles(section))
    elif part.first or (part.heading and (has_begun or nearest(part.heading, _names(section)))):
        yield unknown_slot(part.heading, section, _place(file, part.line, section))
    elif part.heading:
        yield rules.TITLE_LEFT_OUT.at(_place(file, part.line, section), name=cut(part.heading))


def _place(file: str, line: int, section: SectionPlan) -> Place:
    return Place(file=file, line=0 if is_word(file) else line, section=section.id)


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
