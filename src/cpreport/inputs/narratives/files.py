"""Narrative files beside the workbook, in Markdown or Word, one or more a section."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cpreport.inputs.narratives.slots import Passages, passages_of, together, unknown_section
from cpreport.inputs.texts import NEVER_AN_INPUT, is_there, read_text
from cpreport.model.document import Block
from cpreport.model.errors import CpreportError, EnvironmentFailure
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.workbook import Narratives

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
    passages: Passages = {}
    sections = {section.id.lower(): section for section in plan.sections}
    paths = _files(folder)
    are_read = {path.stem.lower() for path in paths if path.suffix.lower() in _READ}
    for path in paths:
        section, kind = sections.get(_section_named(path)), path.suffix.lower()
        place = Place(file=path.name, section=section.id if section else "")
        if kind in _READ and section:
            read, found = _read(path, section, accept_tracked)
            findings += found
            for slot, passage in passages_of(path.name, read, section, findings):
                passages.setdefault((section.id, slot), []).append(passage)
        elif kind in _READ:
            findings.append(unknown_section(path.stem, plan, place))
        elif section and (kind in _OTHER_KINDS or path.stem.lower() not in are_read):
            reason = _OTHER_KINDS.get(kind, "only .docx and .md files are read")
            findings.append(rules.NOT_WORD.at(place, file=path.name, reason=reason))
    for key, texts in passages.items():
        first, *others = (text.place for text in texts)
        second = next((each for each in others if is_word(each.file) != is_word(first.file)), None)
        findings += [_twice(key, first, second)] if second else []
    narratives, told = together(passages)
    return narratives, findings + told


def join_narratives(from_sheet: Narratives, from_files: Narratives) -> tuple[Narratives, list[Finding]]:
    """All narratives; a slot that has a text in the sheet and in a file is an error at the file's."""
    both = [key for key in from_files if key in from_sheet]
    told = [_twice(key, *(each[key].passages[0].place for each in (from_sheet, from_files))) for key in both]
    return {**from_files, **from_sheet}, told


def _twice(key: tuple[str, str], first: Place, second: Place) -> Finding:
    return rules.TWICE.at(second, section=key[0], slot=key[1], first=f"{first.file} {first}".strip())


def is_word(file: str) -> bool:
    """Whether a file's name is that of a Word file."""
    return file.lower().endswith(_WORD)


def _read(path: Path, section: SectionPlan, accept_tracked: bool) -> tuple[str | Sequence[Block], list[Finding]]:
    """A file's Markdown or blocks. In Word, a heading that is nearly a slot's title is one too, so that it is told."""
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
