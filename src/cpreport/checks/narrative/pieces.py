"""What a narrative says, piece by piece: its bullets, paragraphs and headings, as plain words with their places.

Jinja tags are no words to be analysed: one that prints stands as a single sign, all others leave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cpreport.checks.examined import Examined
from cpreport.model.document import Block, Heading, List, Span, Table, Text, plain
from cpreport.model.finding import Place
from cpreport.model.folder import SectionPlan, Slot
from cpreport.model.tags import parts_of, plain_signs
from cpreport.model.workbook import Narrative, Passage

PRINTED = "\ufffc"
"""Stands for what a tag prints."""

LONGEST = 200_000
"""What is looked at of a text; a longer one cannot be composed."""

_OPENINGS = ("{{", "{%", "{#")
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_ENTRY = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_RAISED = re.compile(r"<(su[pb])>(?=[^<]*[0-9])[^<]*</\1>|(?<=[0-9%])[¹²³⁰⁴-⁹₀-₉]+|</?su[pb]>")
"""Raised digits beside a number are none of it."""

_MARKS = re.compile(r"[*`\\]|(?<!\w)_+|(?<!_)_++(?!\w)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A bullet, paragraph or heading. `source` is as typed with its tags, `text` its plain words.

    `first` is the line, from 0, where it begins in its passage.
    """

    is_bullet: bool
    is_heading: bool
    source: str
    text: str
    place: Place
    first: int = 0

    @property
    def words(self) -> int:
        """How many words it has; a tag that prints is one."""
        return sum(any(sign.isalnum() or sign == PRINTED for sign in word) for word in self.text.split())


def narratives(month: Examined) -> Iterator[tuple[SectionPlan, Slot, Narrative]]:
    """The narratives that are there, in the order of the report."""
    for section in month.folder.sections:
        for slot in section.slots:
            if narrative := month.workbook.narratives.get((section.id, slot.id)):
                yield section, slot, narrative


def pieces_of(narrative: Narrative) -> list[Piece]:
    return [piece for passage in narrative.passages for piece in pieces(passage)]


@lru_cache(maxsize=1024)
def pieces(passage: Passage) -> tuple[Piece, ...]:
    """A passage's pieces in order; code is none."""
    if passage.blocks:
        return tuple(_of_blocks(passage))
    return tuple(_piece(passage, number, lines) for number, lines in _blocks(_unified(passage.markdown[:LONGEST])))


def _of_blocks(passage: Passage) -> Iterator[Piece]:
    """The pieces of a Word file's blocks; a row of a table is one. Two lines of its text are apart by an empty one."""
    at = 0
    for block, lines in _texts(passage.blocks):
        text = tuple(span for line in lines for span in (Span(" | "), *line))[1:]
        number = _ENTRY.match(plain(text))
        source, words = (
            " ".join(plain(each)[number.end() if number else 0 :].split()) for each in (text, _level(text))
        )
        is_bullet = isinstance(block, List) or number is not None
        is_heading = isinstance(block, Heading)
        yield Piece(is_bullet, is_heading, _unified(source), " ".join(bare(_unified(words)).split()), passage.place, at)
        at += sum(plain(line).count("\n") + 2 for line in lines)


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[Block, Sequence[Text]]]:
    """The lines of each paragraph, heading, entry and row, in order."""
    for block in blocks:
        if isinstance(block, Table):
            for row in (block.headings, *(row.cells for row in block.rows)):
                yield block, [line for cell in row for line in cell.lines]
        elif isinstance(block, List):
            for entry in block.entries:
                yield block, [entry.text]
                yield from _texts(entry.below)
        else:
            yield block, [block.text]


def _level(text: Text) -> Text:
    """A text without its raised and lowered digits, which are of no number."""
    return tuple(span for span in text if not span.script or not any(sign.isdigit() for sign in span.text))


def bare(text: str) -> str:
    """A text without its tags: one that prints leaves a sign."""
    return "".join("" if part[:2] in ("{%", "{#") else PRINTED if part[:2] == "{{" else part for part in parts_of(text))


def tags_of(text: str) -> list[str]:
    """The tags of a text that print, in order."""
    return [part for part in parts_of(text) if part[:2] == "{{"]


def _unified(text: str) -> str:
    """The text with each tag on one line; the lines keep their numbers."""
    parts = parts_of(plain_signs(text))
    return "".join(" ".join(p.split()) + "\n" * p.count("\n") if p[:2] in _OPENINGS else p for p in parts)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each piece, with the number of its first line from 0."""
    start, gathered, after_blank, fence = 0, list[str](), False, ""
    for number, line in enumerate(text.split("\n")):
        visible = bare(line)
        mark = _FENCE.match(visible)
        if mark or fence:
            fence = "" if mark and fence == mark[1] else fence or (mark[1] if mark else "")
            begins, line = True, ""
        elif not visible.strip():
            after_blank = after_blank or not line.strip()
            continue
        else:
            begins = _begins(visible, gathered, after_blank)
        if begins and gathered:
            yield start, gathered
        if begins or not gathered:
            start, gathered = number, []
        after_blank = False
        gathered += [line] if line else []
    if gathered:
        yield start, gathered


def _begins(line: str, before: list[str], after_blank: bool) -> bool:
    """Whether a line begins a piece of its own after the lines of another."""
    if _HEADING.match(line) or _ENTRY.match(line) or (before and _HEADING.match(bare(before[0]))):
        return True
    is_of_entry = bool(before) and bool(_ENTRY.match(bare(before[0]))) and line[0].isspace()
    return after_blank and not is_of_entry


def _piece(passage: Passage, number: int, lines: list[str]) -> Piece:
    visible = [bare(line) for line in lines]
    is_bullet, is_heading = bool(_ENTRY.match(visible[0])), bool(_HEADING.match(visible[0]))
    visible[0] = _ENTRY.sub("", visible[0], count=1) if is_bullet else visible[0].lstrip(" #")
    text = _MARKS.sub("", _LINK.sub(r"\1", _RAISED.sub("", " ".join(" ".join(visible).split()))))
    source = _ENTRY.sub("", " ".join(" ".join(lines).split()), count=1)
    return Piece(is_bullet, is_heading, source, text, passage.place_at(number + 1), number)
