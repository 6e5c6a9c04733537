"""Narratives cut into sentences, with their tags and with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.pieces import PRINTED, Piece, narratives, pieces, tags_of
from cpreport.checks.narrative.quoted.tags import Tag, TagReader
from cpreport.model.finding import Place
from cpreport.model.folder import SectionPlan, Slot
from cpreport.model.workbook import Passage

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[A-Z0-9\"'(£" + PRINTED + "])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|St|Dr|Mr|Mrs|Ms|cf|incl|Fig|Eng|[A-Z])|^\d+)\.\Z", re.IGNORECASE
)

_NEAR = 10
LONGEST_SENTENCE = 1_000
"""What is longer, in characters, is read in parts."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative.

    `text` is plain, with a sign for each tag that prints; the names of periods that tags print stand in it. `tags` are
    those of the signs. `heading` is the one above it, `said` what its bullet has said before. `first` is the passage's
    line, from 0, where its piece begins.
    """

    section: SectionPlan
    slot: Slot
    passage: Passage
    first: int
    place: Place
    text: str
    tags: tuple[Tag, ...]
    heading: str
    said: str = ""

    @property
    def quoted(self) -> str:
        """As a finding quotes it."""
        return self.text.replace(PRINTED, "…")


def sentences(month: Examined) -> Iterator[Sentence]:
    """All sentences of the report's narratives, in order; headings are none."""
    for section, slot, narrative in narratives(month):
        heading = ""
        for passage in narrative.passages:
            reader = TagReader(month.figures, month.workbook.period, month.folder.terms)
            for piece in pieces(passage):
                text, tags = _with_periods(piece, reader)
                if piece.is_heading:
                    heading = text
                    continue
                yield from _cut(Sentence(section, slot, passage, piece.first, piece.place, text, tuple(tags), heading))


def _with_periods(piece: Piece, reader: TagReader) -> tuple[str, list[Tag]]:
    """A piece's text with the names of the periods that its tags print, and its other tags that print."""
    reader.bind(piece.source)
    tags = [reader.read(tag) for tag in tags_of(piece.source)]
    parts = piece.text.split(PRINTED)
    if len(parts) != len(tags) + 1:
        return piece.text, [Tag() for _ in parts[1:]]
    text = parts[0]
    for tag, part in zip(tags, parts[1:], strict=True):
        text += (tag.text or PRINTED) + part
    return text, [tag for tag in tags if not tag.text]


def _cut(whole: Sentence) -> Iterator[Sentence]:
    """The sentences of a piece, which is given as one."""
    said = ""
    left = iter(whole.tags)
    for part in _split(whole.text):
        own = tuple(next(left) for _ in range(part.count(PRINTED)))
        yield replace(whole, text=part, tags=own, said=said)
        said = f"{said} {part}".strip()[-LONGEST_SENTENCE:]


def _split(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        if not _NO_END.search(text, max(start, found.start() - _NEAR), found.start()):
            yield from _shorter(text[start : found.start()].strip() + found[0].strip())
            start = found.end()
    if text[start:].strip():
        yield from _shorter(text[start:].strip())


def _shorter(text: str) -> Iterator[str]:
    """A sentence in parts of at most so many characters, cut at spaces where there are any."""
    while len(text) > LONGEST_SENTENCE:
        end = text.rfind(" ", 1, LONGEST_SENTENCE)
        end = end if end > 0 else LONGEST_SENTENCE
        yield text[:end]
        text = text[end:].lstrip()
    yield text
