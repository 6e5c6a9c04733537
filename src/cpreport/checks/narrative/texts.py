"""The lines of narratives as plain words: what was typed and what tags printed."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.context import CheckContext
from cpreport.model.composed import ComposedText, Line
from cpreport.model.folder import SectionPlan, Slot
from cpreport.model.tags import plain_signs

PRINTED = "\ufffc"
"""What replaces the text of a tag where only typed words are wanted."""


def narratives(month: CheckContext) -> Iterator[tuple[SectionPlan, Slot, ComposedText]]:
    """The narratives that are there, in the order of the report."""
    texts = {(text.section, text.slot): text for text in month.texts}
    for section in month.folder.sections:
        for slot in section.every_slot:
            if text := texts.get((section.id, slot.id)):
                yield section, slot, text


def lines(month: CheckContext) -> Iterator[Line]:
    """The lines of all narratives, in the order of the report."""
    for _, _, text in narratives(month):
        yield from text.lines


def said(line: Line) -> str:
    """A line's words, with plain signs and single spaces."""
    return plain_signs(" ".join(line.words.split()))


def typed(line: Line) -> str:
    """The same, with a sign for each text that a tag printed."""
    words = "".join(PRINTED if span.source else span.text for span in line.text)
    return plain_signs(" ".join(words.split()))


def counted_words(line: Line) -> int:
    """How many words a line has: what has a letter or digit."""
    return sum(any(sign.isalnum() for sign in word) for word in line.words.split())
