"""Texts as composed: what is printed of a narrative or a template, line by line, and where each was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from cpreport.model.chart import Chart
from cpreport.model.document import Block, Heading, List, Picture, Report, Table, Text, plain
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Period


class LineKind(Enum):
    """What a line of a text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    CELL = "cell"


class Line(NamedTuple):
    """One line of a composed text. Spans without a `source` were typed, others were printed by a tag."""

    kind: LineKind
    text: Text
    place: Place

    @property
    def words(self) -> str:
        """What is printed, as plain text."""
        return plain(self.text)


def lines_of(blocks: Iterable[Block], place: Place) -> Iterator[Line]:
    """All lines of some blocks, in order; a chart has none, a picture its alternative text.

    `place` is where the text begins; its line is 0 where a file has none.
    """

    def line(kind: LineKind, text: Text, number: int) -> Line:
        return Line(kind, text, replace(place, line=place.line and place.line + number - 1))

    for block in blocks:
        if isinstance(block, List):
            for entry in block.entries:
                yield line(LineKind.BULLET, entry.text, entry.line)
                yield from lines_of(entry.below, place)
        elif isinstance(block, Table):
            rows = ((block.headings, block.line), *((row.cells, row.line) for row in block.rows))
            yield from (line(LineKind.CELL, text, at) for cells, at in rows for cell in cells for text in cell.lines)
        elif isinstance(block, Picture):
            yield line(LineKind.PARAGRAPH, block.description, block.line)
        elif not isinstance(block, Chart):
            kind = LineKind.HEADING if isinstance(block, Heading) else LineKind.PARAGRAPH
            yield line(kind, block.text, block.line)


class ComposedText(NamedTuple):
    """What a slot prints, or the text of a section's own template (`slot` is empty), in order.

    `tables` are the captions of the tables and charts that its tags print, which are not lines.
    """

    section: str
    slot: str
    lines: tuple[Line, ...]
    tables: tuple[str, ...] = ()


class EarlierTexts(NamedTuple):
    """The texts of an earlier period's narratives."""

    period: Period
    texts: tuple[ComposedText, ...]


class Composed(NamedTuple):
    """What compose gives: the report, every mistake in its templates and narratives, and its texts.

    `texts` has each narrative before the template of its section. A slot whose text prints nothing has none; one
    that could not be composed, or prints nothing but tables and charts, has one without lines.
    """

    report: Report
    findings: tuple[Finding, ...]
    texts: tuple[ComposedText, ...]
