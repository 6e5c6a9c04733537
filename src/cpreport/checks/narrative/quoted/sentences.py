"""Composed texts cut into sentences, and sentences into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import Source
from cpreport.model.finding import Place
from cpreport.model.tags import plain_signs

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[A-Z0-9\"'(£])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|St|Dr|Mr|Mrs|Ms|cf|incl|Fig|Eng|[A-Z])|^\d+)\.\Z", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"(?:[;:]|\s[-–]|,)\s+|\s(?=(?:but|while|whereas|although|though|yet)\s)"
    r"|\s(?=and\s(?:(?!(?:half|over|above|under|below)\b)[\w-]+\s){0,2}\d)"
)
_RAISED = re.compile(r"(?<=[0-9%])[¹²³⁰⁴-⁹₀-₉]+")
_NEAR = 10
LONGEST_SENTENCE = 1_000
"""What is longer, in characters, is read in parts."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a tag printed, from `start` to `end` of a sentence's text."""

    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a composed text, from `start` of its line's words. `heading` is the one above it."""

    section: str
    slot: str
    line: Line
    start: int
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
            else:
                yield from _cut(_whole(text, line, heading))


def _whole(text: ComposedText, line: Line, heading: str) -> Sentence:
    words, printed = "", list[Printed]()
    for span in line.text:
        said = " " if span.script else _RAISED.sub(" ", plain_signs(span.text).replace("\n", " "))
        if span.source:
            printed.append(Printed(len(words), len(words) + len(said), span.source))
        words += said
    return Sentence(text.section, text.slot, line, 0, words, tuple(printed), heading)


def _cut(whole: Sentence) -> Iterator[Sentence]:
    for start, end in _bounds(whole.text):
        own = (each for each in whole.printed if start <= each.start < end)
        printed = tuple(Printed(each.start - start, each.end - start, each.source) for each in own)
        yield replace(whole, start=start, text=whole.text[start:end], printed=printed)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; none is longer than the longest that is read."""
    start, ends = 0, [found.end() for found in _END.finditer(text) if not _is_short(text, found.start())]
    for end in (*ends, len(text)):
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            yield start, (cut := cut if cut > 0 else start + LONGEST_SENTENCE)
            start = cut
        if text[start:end].strip():
            yield start, end
        start = end


def _is_short(text: str, at: int) -> bool:
    """Whether a full stop ends an abbreviation."""
    return bool(_NO_END.search(text[:at], max(0, at - _NEAR)))


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence begin and end."""
    cuts = [found.end() for found in _CLAUSE.finditer(text)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))
