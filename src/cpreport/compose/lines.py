"""The lines of composed blocks, for the rules that read what a text says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cpreport.model.composed import Line, LineKind
from cpreport.model.document import Block, Heading, List, Table, Text
from cpreport.model.finding import Place


def lines_of(blocks: Iterable[Block], place: Place) -> Iterator[Line]:
    """What blocks say that were typed in a text, in order; what a tag called as a whole is left out, and so is code.

    `place` is where the text's first line stands; its line is 0 where a file has none.
    """
    for block in blocks:
        if block.line:
            for kind, text, line in _texts(block):
                yield Line(kind, text, replace(place, line=place.line and place.line + line - 1))


def captions_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The captions of the tables that a text calls."""
    return tuple(block.caption for block in blocks if isinstance(block, Table) and not block.line)


def _texts(block: Block) -> Iterator[tuple[LineKind, Text, int]]:
    match block:
        case List():
            for entry in block.entries:
                yield LineKind.BULLET, entry.text, entry.line
                for below in entry.below:
                    yield from _texts(below)
        case Table():
            rows = ((block.headings, block.line), *((row.cells, row.line) for row in block.rows))
            for cells, line in rows:
                yield from ((LineKind.CELL, text, line) for cell in cells for text in cell.lines)
        case Heading():
            yield LineKind.HEADING, block.text, block.line
        case _:
            yield LineKind.PARAGRAPH, block.text, block.line
