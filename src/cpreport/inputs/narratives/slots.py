"""Sections and slots as people name them, and the text under each slot's heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cpreport.inputs.elsewhere import unknown
from cpreport.model.document import Block, Heading, plain, texts_of
from cpreport.model.finding import Brings, Finding, Place, did_you_mean, nearest, nearest_name
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.rules import narrative as rules
from cpreport.model.tags import plain_signs
from cpreport.model.workbook import Passage

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LONGEST_QUOTE = 80


def find_section(name: str, folder: ReportFolder) -> SectionPlan | None:
    """The section whose id or title a text is, in any case."""
    return next((s for s in folder.sections if name.lower() in (s.id.lower(), s.title.lower())), None)


def find_slot(name: str, section: SectionPlan) -> str | None:
    """The id of the slot whose id or title a text is, in any case and with or without a colon."""
    wanted = _as_compared(name)
    titles = ((slot.id, _as_compared(slot.title)) for slot in section.slots)
    return next((id for id, title in titles if wanted in (id.lower(), title)), None)


def nearest_section(name: str, folder: ReportFolder) -> tuple[str, str] | None:
    """The section's id or title that a name is most like, with the id; None where it is like none."""
    ids = {text: section.id for section in folder.to_write for text in (section.id, section.title)}
    near = nearest_name(name, ids)
    return (near, ids[near]) if near else None


def unknown_section(
    name: str, near: tuple[str, str] | None, folder: ReportFolder, place: Place, file: str = ""
) -> Finding:
    """`near` is the name that seems to be meant and its section's id; `file` how a file with that name is named."""
    known = [section.id for section in folder.to_write]
    is_of_another = any(find_section(name.split("--")[0], other) for other in folder.others)
    renamed = f"; name the file {file}" if near and file else did_you_mean(near[0] if near else None)
    found = unknown(rules.UNKNOWN_SECTION, place, is_of_another, name=name, nearest=renamed, known=known)
    return found.bringing(Brings((rules.EMPTY.code,), ("section",), Place(section=near[1]))) if near else found


def unknown_slot(name: str, section: SectionPlan, place: Place, is_of_another: bool = False) -> Finding:
    near = nearest_name(name, _names(section))
    texts = {"name": cut(name), "section": section.id, "nearest": did_you_mean(near), "known": titles(section)}
    found = unknown(rules.UNKNOWN_SLOT, place, is_of_another, **texts)
    return replace(found, place=replace(place, slot=find_slot(near, section) or "")) if near else found


def titles(section: SectionPlan) -> list[str]:
    """The titles of a section's slots."""
    return [slot.title for slot in section.slots]


def _names(section: SectionPlan) -> list[str]:
    """The titles and ids of a section's slots."""
    return [*titles(section), *(slot.id for slot in section.slots)]


def cut(text: str) -> str:
    """A text as a finding quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _as_compared(title: str) -> str:
    """A title in lower case, without the signs that may end it, with the quotes and dashes that a keyboard has."""
    return " ".join(plain_signs(title).split()).rstrip(":? ").lower()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of Markdown or a block of Word, whose line is 0; a heading has its level and its text."""

    line: int
    text: str
    level: int = 0
    heading: str = ""
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading that can be a slot's, and the pieces under it; the first part has none."""

    slot: str | None
    heading: _Piece | None = None
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def first(self) -> _Piece | None:
        """The first piece that says something."""
        return next((piece for piece in self.pieces if piece.text.strip()), None)


def passages_of(
    file: str, read: str | Sequence[Block], section: SectionPlan, findings: list[Finding]
) -> Iterator[tuple[str, Passage]]:
    """What stands under each heading that names a slot, in Markdown or in blocks; the rest is added to the findings."""
    has_begun = False
    for part in _parts(_lines(read) if isinstance(read, str) else _blocks(read), section):
        has_begun = has_begun or part.slot is not None
        if part.slot is None:
            findings += _out_of_place(file, part, section, has_begun)
        elif part.first:
            place = Place(file=file, line=part.pieces[0].line, section=section.id, slot=part.slot)
            blocks = tuple(piece.block for piece in part.pieces if piece.block)
            yield (
                part.slot,
                Passage(("\n\n" if blocks else "\n").join(piece.text for piece in part.pieces), place, blocks),
            )


def _parts(pieces: Iterable[_Piece], section: SectionPlan) -> list[_Part]:
    """A text at its headings, but for those below the headings of slots."""
    parts, level = [_Part(None)], 6
    for piece in pieces:
        if not 0 < piece.level <= level:
            parts[-1].pieces.append(piece)
            continue
        slot = find_slot(piece.heading, section)
        parts.append(_Part(slot, piece))
        level = piece.level if slot is not None else level
    return parts


def _out_of_place(file: str, part: _Part, section: SectionPlan, has_begun: bool) -> Iterator[Finding]:
    """A finding for what stands under no slot's heading, but for the section's own title.

    A heading without text is a title as long as no slot `has_begun`, unless it is like a slot's.
    """
    heading = part.heading.heading if part.heading else None
    place = Place(file=file, line=part.heading.line if part.heading else 0, section=section.id)
    if heading is None or _as_compared(heading) == _as_compared(section.title):
        if part.first:
            here = replace(place, line=part.first.line)
            yield rules.NO_SLOT.at(here, text=cut(part.first.text), known=titles(section))
    elif part.first or (heading and (has_begun or nearest(heading, _names(section)))):
        yield unknown_slot(heading, section, place)
    elif heading:
        yield rules.TITLE_LEFT_OUT.at(place, name=cut(heading))


def _blocks(blocks: Iterable[Block]) -> Iterator[_Piece]:
    for block in blocks:
        text = "\n\n".join(map(plain, texts_of([block])))
        yield _Piece(0, text, block.level, text, block) if isinstance(block, Heading) else _Piece(0, text, block=block)


def _lines(text: str) -> Iterator[_Piece]:
    """The lines of Markdown; headings are those outside fenced code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        heading = None if fence else _HEADING.fullmatch(line)
        yield _Piece(number, line, len(heading[1]), _heading_text(heading[2])) if heading else _Piece(number, line)


def _heading_text(text: str) -> str:
    """A heading's text without the number signs that may close it."""
    text = text.strip()
    opened = text.rstrip("#")
    return opened.rstrip() if opened == "" or opened[-1].isspace() else text
