"""Composed texts cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import Source
from cpreport.model.tags import plain_signs

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[A-Z0-9\"'(£])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|dr|mrs?|ms|st|cf|incl|eng|[a-z])|^\d+)\.\Z", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[0-9%])[¹²³⁰⁴-⁹₀-₉]+")
_NEAR = 10
LONGEST_SENTENCE = 1_000
"""What is longer, in characters, is read in parts."""

_PART = re.compile(rf"(?s:.{{1,{LONGEST_SENTENCE}}}(?:\s|\Z)|.{{1,{LONGEST_SENTENCE}}})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a composed text. `heading` is the one above it.

    `printed` is what tags printed in it: from where to where of its text, and what it is of.
    """

    section: str
    slot: str
    line: Line
    text: str
    printed: tuple[tuple[int, int, Source], ...]
    heading: str

    def sources(self, start: int, end: int) -> list[Source]:
        """What tags printed that begins before one place of the text and ends behind another."""
        return [source for first, last, source in self.printed if first < end and start < last]


def sentences(texts: Iterable[ComposedText]) -> Iterator[Sentence]:
    """All sentences in order; headings are none. Footnote marks are left out."""
    for text in texts:
        heading = ""
        for line in text.lines:
            heading = line.words if line.kind is LineKind.HEADING else heading
            said, printed = "", list[tuple[int, int, Source]]()
            for span in line.text if line.kind is not LineKind.HEADING else ():
                words = " " if span.script else _RAISED.sub(" ", plain_signs(span.text).replace("\n", " "))
                printed += [(len(said), len(said) + len(words), span.source)] if span.source else []
                said += words
            for start, end in _bounds(said):
                own = ((first - start, last - start, of) for first, last, of in printed if start <= first < end)
                yield Sentence(text.section, text.slot, line, said[start:end], tuple(own), heading)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; none is longer than the longest that is read."""
    ends = (found for found in _END.finditer(text))
    stops = (found.end() for found in ends if not _SHORT.search(text, max(0, found.start() - _NEAR), found.start()))
    start = 0
    for end in (*stops, len(text)):
        yield from (part.span() for part in _PART.finditer(text, start, end) if part[0].strip())
        start = end
