"""The lines of composed blocks, for the rules that read what a text says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cpreport.model import document
from cpreport.model.composed import Line, LineKind
from cpreport.model.document import Block, Heading, ListEntry, Part, Table, TableRow
from cpreport.model.finding import Place

_KINDS: dict[type[Part], LineKind] = {
    Heading: LineKind.HEADING,
    ListEntry: LineKind.BULLET,
    Table: LineKind.CELL,
    TableRow: LineKind.CELL,
}


def lines_of(blocks: Iterable[Block], place: Place) -> Iterator[Line]:
    """What blocks say that were typed in a text, in order; what a tag called as a whole is left out, and so is code.

    `place` is where the text's first line stands; its line is 0 where a file has none.
    """
    typed = (block for block in blocks if block.line)
    for part, text in document.lines_of(typed):
        kind = _KINDS.get(type(part), LineKind.PARAGRAPH)
        yield Line(kind, text, replace(place, line=place.line and place.line + part.line - 1))


def captions_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The captions of the tables that a text calls."""
    return tuple(block.caption for block in blocks if isinstance(block, Table) and not block.line)
