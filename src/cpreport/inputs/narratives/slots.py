"""Sections and slots as people name them, and the text under each slot's heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.elsewhere import unknown
from cpreport.model.composed import lines_of
from cpreport.model.document import Block, Heading
from cpreport.model.finding import Finding, Place, did_you_mean, nearest_name
from cpreport.model.folder import ReportFolder, SectionPlan, Slot
from cpreport.model.rules import narrative as rules
from cpreport.model.tags import plain_signs, where_tags_are
from cpreport.model.workbook import Narrative, Narratives, Passage

Passages = dict[tuple[str, str], list[Passage]]
"""Passages in order by section and slot."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*(?:(?<=[ \t])#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LONGEST_QUOTE = 80
_OF_COMMENTS = "an indicator's reference or title"
_AS_GOOD_AS_NAMED = 0.85
"""How like a slot's title, from 0 to 1, a heading in Word is that is taken for it."""


def find_section(name: str, folder: ReportFolder) -> SectionPlan | None:
    """The section whose id or title a text is, in any case."""
    return next((s for s in folder.sections if name.lower() in (s.id.lower(), s.title.lower())), None)


def slots_named(name: str, section: SectionPlan) -> list[Slot]:
    """The slot whose id or title a text is, in any case and with or without a colon, and all such comments.

    A comment has its indicator's reference and title as names too. Several comments may share one of these.
    """
    wanted = _as_compared(name)
    named = [slot for slot in section.every_slot if wanted and wanted in _names(slot)]
    return [slot for slot in named if slot.indicator or slot is named[0]]


@cache
def _names(slot: Slot) -> set[str]:
    return {slot.id.lower(), *map(_as_compared, (slot.title, *slot.names))}


def find_slot(name: str, section: SectionPlan) -> str | None:
    """The id of the one slot that a text names; None where it names none, or several."""
    named = slots_named(name, section)
    return named[0].id if len(named) == 1 else None


def own_name(slot: Slot, section: SectionPlan, *names: str) -> str:
    """The first of some names of a slot by which its text is found again; its id where there is none."""
    return next((name for name in names if find_slot(name, section) == slot.id), slot.id)


def is_like_slot(text: str, section: SectionPlan) -> bool:
    """Whether a text names a slot, be it with a slip of the pen."""
    titles = [slot.title for slot in section.every_slot]
    return bool(slots_named(text, section)) or nearest_name(text, titles, _AS_GOOD_AS_NAMED) is not None


def unknown_section(name: str, folder: ReportFolder, place: Place) -> Finding:
    """A finding for the name of a section, or for the file that is named after one."""
    ids = {text: section.id for section in folder.to_write for text in (section.id, section.title)}
    begins, dashes, more = name.partition("--")
    near = nearest_name(name if place.sheet else begins, ids)
    wanted = did_you_mean(near)
    if near and not place.sheet:
        wanted = f"; name the file {ids[near]}{dashes}{more}{Path(place.file).suffix}"
    is_of_another = any(find_section(begins, other) for other in folder.others)
    known = [section.id for section in folder.to_write]
    found = unknown(rules.UNKNOWN_SECTION, place, is_of_another, name=name, nearest=wanted, known=known)
    return replace(found, lost=Place(section=ids[near])) if near else found


def unknown_slot(name: str, section: SectionPlan, place: Place, is_of_another: bool = False) -> Finding:
    """A finding for a name that no slot has, or that several comments share."""
    if several := slots_named(name, section):
        clear = [own_name(slot, section, slot.title, *slot.names) for slot in several]
        return rules.SEVERAL_NAMED.at(place, name=cut(name), several=clear)
    near = nearest_name(name, [text for slot in section.every_slot for text in (slot.title, slot.id, *slot.names)])
    begun = [
        slot.title for slot in section.comments if any(text.startswith(_as_compared(name)) for text in _names(slot))
    ]
    wanted = did_you_mean(near or (begun[0] if len(begun) == 1 else None))
    texts = {"name": cut(name), "section": section.id, "nearest": wanted, "known": _known(section)}
    found = unknown(rules.UNKNOWN_SLOT, place, is_of_another, **texts)
    return replace(found, place=replace(place, slot=find_slot(near, section) or "")) if near else found


def _known(section: SectionPlan) -> list[str]:
    """The titles of a section's slots, and what names a comment."""
    return [*(slot.title for slot in section.slots), *([_OF_COMMENTS] if section.comments else [])]


def cut(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """A text as a finding quotes it, of so many signs at most."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _as_compared(title: str) -> str:
    """A title in lower case, without the signs that may end it, with the quotes and dashes that a keyboard has."""
    return " ".join(plain_signs(title).split()).rstrip(":? ").lower()


def together(passages: Passages) -> tuple[Narratives, list[Finding]]:
    """Passages as narratives, and a finding for each remark that Jinja leaves out: `{# ask Ann #}`."""
    told = [
        rules.REMARK.at(passage.place_at(passage.text.count("\n", 0, start) + 1), text=cut(passage.text[start:end]))
        for found in passages.values()
        for passage in found
        for start, end in where_tags_are(passage.text)
        if passage.text.startswith("{#", start)
    ]
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}, told


class _Piece(NamedTuple):
    """A line of Markdown or a block of Word, whose line is 0; a heading has its level and its text."""

    line: int
    text: str
    block: Block | None = None
    level: int = 0
    heading: str = ""


def passages_of(
    file: str, read: str | Sequence[Block], section: SectionPlan, findings: list[Finding]
) -> Iterator[tuple[str, Passage]]:
    """What stands under each heading that names a slot, in Markdown or in blocks; the rest is added to the findings.

    A heading without text is a title as long as no slot has begun, unless it is like a slot's.
    """
    has_begun = False
    for slot, (head, *pieces) in _parts(_pieces(read), section):
        has_begun = has_begun or slot is not None
        place = Place(file=file, line=head.line, section=section.id)
        first = next((piece for piece in pieces if piece.text.strip()), None)
        if slot is not None:
            if first:
                blocks = tuple(piece.block for piece in pieces if piece.block)
                text = ("\n\n" if blocks else "\n").join(piece.text for piece in pieces)
                yield slot, Passage(text, replace(place, line=pieces[0].line, slot=slot), blocks)
        elif not head.level or _as_compared(head.heading) == _as_compared(section.title):
            if first:
                place = replace(place, line=first.line)
                findings.append(rules.NO_SLOT.at(place, text=cut(first.text), known=_known(section)))
        elif first or head.heading:
            lost = unknown_slot(head.heading, section, place)
            is_title = not (first or has_begun or lost.place.slot)
            findings.append(rules.TITLE_LEFT_OUT.at(place, name=cut(head.heading)) if is_title else lost)


def _parts(pieces: Iterable[_Piece], section: SectionPlan) -> list[tuple[str | None, list[_Piece]]]:
    """A text at its headings, but for those below the headings of slots: each slot, its heading, what is under it.

    The first part has an empty heading.
    """
    parts: list[tuple[str | None, list[_Piece]]] = [(None, [_Piece(0, "")])]
    level = 6
    for piece in pieces:
        if 0 < piece.level <= level:
            parts.append((find_slot(piece.heading, section), []))
            level = piece.level if parts[-1][0] is not None else level
        parts[-1][1].append(piece)
    return parts


def _pieces(read: str | Sequence[Block]) -> Iterator[_Piece]:
    """The blocks of Word, or the lines of Markdown.

    Headings in Markdown are those outside fenced code, without the number signs that may close them.
    """
    for block in read if not isinstance(read, str) else ():
        text = "\n\n".join(line.words for line in lines_of([block], Place()))
        yield _Piece(0, text, block, block.level if isinstance(block, Heading) else 0, text)
    fence = ""
    for number, line in enumerate(read.split("\n") if isinstance(read, str) else (), 1):
        if found := _FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        heading = None if fence else _HEADING.fullmatch(line)
        yield _Piece(number, line, None, len(heading[1]), heading[2]) if heading else _Piece(number, line)
