"""Composed texts cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import Source
from cpreport.model.finding import Place
from cpreport.model.tags import plain_signs

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[A-Z0-9\"'(£])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|dr|mrs?|ms|st|cf|incl|eng|[a-z])|^\d+)\.\Z", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[0-9%])[¹²³⁰⁴-⁹₀-₉]+")
_NEAR = 10
LONGEST_SENTENCE = 1_000
"""What is longer, in characters, is read in parts."""

_PART = re.compile(rf"(?s:.{{1,{LONGEST_SENTENCE}}}(?:\s|\Z)|.{{1,{LONGEST_SENTENCE}}})")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a tag printed, from `start` to `end` of a sentence's text."""

    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a composed text. `heading` is the one above it."""

    section: str
    slot: str
    line: Line
    text: str
    printed: tuple[Printed, ...]
    heading: str

    @property
    def place(self) -> Place:
        return self.line.place

    def printed_at(self, at: int) -> Source | None:
        """What a tag printed that stands there; None where it was typed."""
        return next((each.source for each in self.printed if each.start <= at < each.end), None)


def sentences(texts: Iterable[ComposedText]) -> Iterator[Sentence]:
    """All sentences in order; headings are none."""
    for text in texts:
        heading = ""
        for line in text.lines:
            if line.kind is LineKind.HEADING:
                heading = line.words
                continue
            words, printed = _read(line)
            for start, end in _bounds(words):
                own = (each for each in printed if start <= each.start < end)
                moved = tuple(Printed(each.start - start, each.end - start, each.source) for each in own)
                yield Sentence(text.section, text.slot, line, words[start:end], moved, heading)


def _read(line: Line) -> tuple[str, list[Printed]]:
    """A line's words without footnote marks, and what tags printed in them."""
    words, printed = "", list[Printed]()
    for span in line.text:
        said = " " if span.script else _RAISED.sub(" ", plain_signs(span.text).replace("\n", " "))
        if span.source:
            printed.append(Printed(len(words), len(words) + len(said), span.source))
        words += said
    return words, printed


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; none is longer than the longest that is read."""
    near = (found for found in _END.finditer(text))
    stops = (found.end() for found in near if not _SHORT.search(text, max(0, found.start() - _NEAR), found.start()))
    start = 0
    for end in (*stops, len(text)):
        yield from (part.span() for part in _PART.finditer(text, start, end) if part[0].strip())
        start = end
