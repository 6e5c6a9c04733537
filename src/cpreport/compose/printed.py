"""What a template prints: values are marks in its text until the text has become blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import NamedTuple

from cpreport.model.chart import Chart
from cpreport.model.document import (
    EMPTY,
    OTHER_VALUE,
    VALUE_MARK,
    Block,
    Heading,
    List,
    ListEntry,
    Paragraph,
    Picture,
    Source,
    Span,
    Table,
    TableCell,
    Text,
    merged,
    plain,
)
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.template import LOST_VALUE, NO_ALTERNATIVE, NOT_ALONE

MAX_LEVEL = 4
"""The lowest level of a heading."""

MAX_FINDINGS = 100
"""How many findings a text has at most."""

MARK = VALUE_MARK
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a template prints as whole blocks: a table, a chart, a narrative."""

    blocks: tuple[Block, ...]

    def below(self, level: int) -> Iterator[Block]:
        """The blocks, the highest heading one level below that; their lines are not the template's."""
        down = level + 1 - min((block.level for block in self.blocks if isinstance(block, Heading)), default=level)
        for block in self.blocks:
            if isinstance(block, Heading):
                yield replace(block, level=min(MAX_LEVEL, block.level + down), line=0)
            else:
                yield replace(block, line=0)


class Printed(NamedTuple):
    """A value that a template printed, and the template's line that printed it; `link` is as in a span."""

    value: str | Blocks
    line: int
    source: Source = OTHER_VALUE
    link: str = ""


def mark(index: int) -> str:
    """The mark in a text for the printed value of that index: not Markdown, nor anything a person can type."""
    return f"\x02{index}\x03"


class Rendered(NamedTuple):
    """A template after Jinja: its text with a mark in the place of each printed value, and what is wrong with it.

    The text is empty where the template is refused or fails.
    """

    source: str
    text: str = ""
    printed: tuple[Printed, ...] = ()
    findings: tuple[Finding, ...] = ()

    def all_findings(self, problems: Iterable[Finding], place: Place) -> list[Finding]:
        """Findings about the run and, if it has no error, about what it printed; `place` is the first line's."""
        has_failed = any(finding.is_error for finding in self.findings)
        findings = (*self.findings, *(() if has_failed else problems))[:MAX_FINDINGS]
        return [_at_place(finding, place) for finding in findings]


def _at_place(finding: Finding, place: Place) -> Finding:
    line = place.line and place.line + finding.place.line - 1
    found = finding.place
    return replace(finding, place=replace(place, line=line, indicator=found.indicator, period=found.period))


class Filling:
    """Replaces the marks of one run of a template by their values; what cannot be put there is a finding.

    With `in_any_look` tables, charts and narratives may be called in bold or italic words.
    """

    def __init__(self, printed: Sequence[Printed], in_any_look: bool = False) -> None:
        self.findings: list[Finding] = []
        self._printed = printed
        self._in_any_look = in_any_look
        self._placed: set[int] = set()
        self._level = 1

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks with their values; a block without words is dropped, a cell without words prints EMPTY."""
        for block in blocks:
            if isinstance(block, List):
                yield from self._list(block)
            elif isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, Chart):
                yield block
            elif isinstance(block, Picture):
                yield self._picture(block)
            elif isinstance(block, Paragraph) and (alone := self._only_blocks(block.text)):
                yield from (below for value in alone for below in value.below(self._level))
            elif _has_words(text := self.text(block.text)):
                self._level = block.level if isinstance(block, Heading) else self._level
                yield replace(block, text=text)

    def _picture(self, picture: Picture) -> Picture:
        description = self.text(picture.description)
        if not _has_words(description):
            self.findings.append(NO_ALTERNATIVE.at(Place(line=picture.line), name="of which a tag says nothing"))
        return replace(picture, description=description)

    def text(self, text: Text) -> Text:
        """A text with its values, each in the look of its mark and with its source."""
        return merged(span for typed in text for span in self._spans(typed))

    def not_printed(self) -> Iterator[Finding]:
        """A finding for each value that is not in any block, at most MAX_FINDINGS."""
        not_printed = (printed for index, printed in enumerate(self._printed) if index not in self._placed)
        for printed in islice(not_printed, MAX_FINDINGS):
            text = printed.value if isinstance(printed.value, str) else "a table"
            yield LOST_VALUE.at(Place(line=printed.line), text=text)

    def _list(self, typed: List) -> Iterator[List]:
        if entries := tuple(self._entries(typed)):
            yield replace(typed, entries=entries, line=entries[0].line)

    def _entries(self, typed: List) -> Iterator[ListEntry]:
        for entry in typed.entries:
            text = self.text(entry.text)
            below = tuple(each for inner in entry.below for each in self._list(inner))
            if _has_words(text):
                yield replace(entry, text=text, below=below)
            else:
                yield from (each for inner in below for each in inner.entries)

    def _table(self, table: Table) -> Table:
        head, *body = (tuple(map(self._cell, row)) for row in (table.headings, *(row.cells for row in table.rows)))
        rows = tuple(replace(row, cells=cells) for row, cells in zip(table.rows, body, strict=True))
        return replace(table, headings=head, rows=rows, widths=_widths([head, *body]))

    def _cell(self, cell: TableCell) -> TableCell:
        texts = (groupby(self.text(line), lambda span: span.text == "\n") for line in cell.lines)
        lines = (tuple(line) for text in texts for broken, line in text if not broken)
        return replace(cell, lines=tuple(filter(_has_words, lines)) or ((Span(EMPTY),),))

    def _only_blocks(self, text: Text) -> list[Blocks]:
        """The blocks that are all of a text; none where it has anything else."""
        indices = [int(index) for index in MARK.findall(plain(text))]
        values = [self._printed[index].value for index in indices]
        blocks = [value for value in values if isinstance(value, Blocks)]
        is_plain = self._in_any_look or all(span == Span(span.text) for span in text)
        if len(blocks) < len(values) or not is_plain or MARK.sub("", plain(text)).strip():
            return []
        self._placed.update(indices)
        return blocks

    def _spans(self, typed: Span) -> Iterator[Span]:
        for position, part in enumerate(MARK.split(typed.text)):
            yield from self._value(int(part), typed) if position % 2 else _lines(part, typed)

    def _value(self, index: int, look: Span) -> Iterable[Span]:
        self._placed.add(index)
        printed = self._printed[index]
        if isinstance(printed.value, str):
            return _lines(printed.value, replace(look, source=printed.source, link=look.link or printed.link))
        self.findings.append(NOT_ALONE.at(Place(line=printed.line)))
        return ()


def _lines(text: str, look: Span) -> Iterator[Span]:
    for number, line in enumerate(_LINE_END.split(text)):
        if number:
            yield Span("\n")
        if line:
            yield look if line == look.text else replace(look, text=line)


def _has_words(text: Text) -> bool:
    return bool(plain(text).strip())


def _widths(rows: list[tuple[TableCell, ...]]) -> tuple[int, ...]:
    """Columns as wide as their longest line, from 4 to 40 characters."""
    columns = zip(*rows, strict=True)
    return tuple(max(4, *(min(40, len(plain(line))) for cell in column for line in cell.lines)) for column in columns)


def source_lines(rendered: Rendered) -> list[int]:
    """For each row of a template's text the line of its source, from 1, that gave it.

    A row with a value is where that was printed; another where the same words are typed, as soon as possible after the
    row before; where they are not, on the line after that.
    """
    typed: dict[str, list[int]] = {}
    for number, line in enumerate(rendered.source.split("\n"), start=1):
        typed.setdefault(line, []).append(number)
    lines, last = list[int](), 0
    for row in rendered.text.split("\n"):
        if found := MARK.search(row):
            last = rendered.printed[int(found[1])].line
        elif row.strip():
            places = typed.get(row, [last + 1])
            last = places[bisect_right(places, last) % len(places)]
        lines.append(last)
    return lines
