"""Texts as composed: what is printed of a narrative or a template, line by line, and where each was typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cpreport.model.document import Text, plain
from cpreport.model.finding import Place


class LineKind(Enum):
    """What a line of a text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a composed text. Spans without a `source` were typed, others were printed by a tag."""

    kind: LineKind
    text: Text
    place: Place

    @property
    def words(self) -> str:
        """What is printed, as plain text."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class ComposedText:
    """What a slot prints, or what a section's template says itself (`slot` is empty), in order."""

    section: str
    slot: str
    lines: tuple[Line, ...]
