"""A narrative's blocks with Jinja tags in their words, printed: one template in which marks part lines and looks.

What is typed outside tags is data: it comes out as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cpreport.compose.markdown import column_widths
from cpreport.compose.printed import Printed, Values
from cpreport.compose.sandbox import MAX_SOURCE, composed
from cpreport.model.document import (
    EMPTY,
    Block,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    RowKind,
    Span,
    Table,
    TableCell,
    TableRow,
    Text,
    merged,
    plain,
)
from cpreport.model.finding import Finding, Place
from cpreport.model.tags import plain_tag, whole_tags

_LINE = "\ue000{}\ue001"
_LOOK = "\ue002{}\ue003"
"""Marks before a line and before words in another look, with their numbers: signs that no text holds."""

_LINE_MARK = re.compile("\ue000([0-9]+)\ue001")
_LOOK_MARK = re.compile("\ue002([0-9]+)\ue003")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text and where it stands.

    `block` is its heading, paragraph, note or table; `lists` are the lists it is an entry of, from the outermost, each
    by its number and whether it is ordered; `row` and `column` are those of a cell, from 0. `at` is its line in the
    plain words, from 1.
    """

    text: Text
    block: Block
    lists: tuple[tuple[int, bool], ...] = ()
    row: int = 0
    column: int = 0
    at: int = 1


def compose_blocks(
    blocks: Sequence[Block], context: Mapping[str, object], place: Place
) -> tuple[tuple[Block, ...], list[Finding]]:
    """The blocks, printed with the context's values; tags may hold lines, entries and paragraphs.

    `place.line` counts as the plain words do, two for each line of the blocks. What cannot be given prints
    `[data error]`, with a finding; blocks that are refused or break off give none.
    """
    lines = [replace(line, at=2 * number + 1) for number, line in enumerate(_lines_of(blocks, []))]
    if not lines:
        return (), []
    looks = list(dict.fromkeys(replace(span, text="") for line in lines for span in line.text))
    source = _source(lines, {look: _LOOK.format(number) for number, look in enumerate(looks)})
    marks = len(source) - sum(len(plain(line.text)) for line in lines)

    def read(text: str, printed: tuple[Printed, ...]) -> tuple[tuple[Block, ...], list[Finding]]:
        reader = _Reader(lines, looks, printed)
        return tuple(reader.blocks(text)), reader.values.findings

    return composed(source, context, place, read, MAX_SOURCE + marks)


def _lines_of(
    blocks: Iterable[Block], numbered: list[List], lists: tuple[tuple[int, bool], ...] = ()
) -> Iterator[_Line]:
    """The lines of some blocks, in order; `numbered` are the lists so far."""
    for block in blocks:
        if isinstance(block, List):
            numbered.append(block)
            around = (*lists, (len(numbered), block.ordered))
            for entry in block.entries:
                yield _Line(entry.text, block, around)
                yield from _lines_of(entry.below, numbered, around)
        elif isinstance(block, Table):
            rows = (block.headings, *(row.cells for row in block.rows))
            cells = ((y, x, line) for y, row in enumerate(rows) for x, cell in enumerate(row) for line in cell.lines)
            yield from (_Line(line, block, row=row, column=column) for row, column, line in cells)
        else:
            yield _Line(block.text, block)


def _source(lines: Sequence[_Line], marks: Mapping[Span, str]) -> str:
    """The lines as one template. A tag is whole, in the look of its first sign."""
    pieces = [
        piece
        for number, line in enumerate(lines)
        for piece in (
            (_LINE.format(number), "\n\n" if number else ""),
            *((marks[replace(span, text="")], span.text) for span in line.text),
        )
    ]
    source = [_LINE.format(0)]
    for (mark, _), parts in zip(pieces, whole_tags(typed for _, typed in pieces), strict=True):
        for number, part in enumerate(parts):
            source += [mark, plain_tag(part) if number % 2 else part] if part else []
    return "".join(source)


class _Reader:
    """Makes blocks of the lines that a template printed."""

    def __init__(self, lines: Sequence[_Line], looks: Sequence[Span], printed: Sequence[Printed]) -> None:
        self.values = Values(printed)
        self._lines = lines
        self._looks = looks
        self._look = Span("")
        self._level = 1

    def blocks(self, text: str) -> Iterator[Block]:
        """The blocks of what was printed; a line without words is none, and a cell without is empty."""
        _, *marked = _LINE_MARK.split(text)
        found = [(self._lines[int(number)], said) for number, said in zip(marked[::2], marked[1::2], strict=True)]
        for table, lines in groupby(found, lambda each: each[0].block if isinstance(each[0].block, Table) else None):
            if table is not None:
                yield self._table(table, [(line, self._text(said)) for line, said in lines])
                continue
            for is_list, several in groupby(lines, lambda each: bool(each[0].lists)):
                if is_list:
                    worded = [(line, self._text(said)) for line, said in several]
                    yield from _lists([each for each in worded if each[1]])
                else:
                    yield from (block for line, said in several for block in self._line(line, said))

    def _line(self, line: _Line, said: str) -> Iterable[Block]:
        block = line.block
        if isinstance(block, Paragraph) and (alone := self.values.alone(_LOOK_MARK.sub("", said).strip())):
            return [below for value in alone for below in value.below(self._level)]
        text = self._text(said)
        if not text or not isinstance(block, Heading | Paragraph | Note):
            return ()
        self._level = block.level if isinstance(block, Heading) else self._level
        return [replace(block, text=text, line=line.at)]

    def _table(self, table: Table, lines: Iterable[tuple[_Line, Text]]) -> Table:
        """A table of the rows that are left, the first of which heads it."""
        rows: list[dict[int, list[Text]]] = []
        starts: list[int] = []
        last = (-1, -1)
        for line, text in lines:
            if line.row != last[0] or line.column < last[1]:
                rows.append({})
                starts.append(line.at)
            last = line.row, line.column
            rows[-1].setdefault(line.column, []).extend([text] if text else [])
        head, *body = (
            tuple(
                TableCell(tuple(row.get(column, ())) or ((Span(EMPTY),),), heading.align)
                for column, heading in enumerate(table.headings)
            )
            for row in rows
        )
        cells = tuple(TableRow(RowKind.PLAIN, row, at) for row, at in zip(body, starts[1:], strict=True))
        return replace(table, headings=head, rows=cells, widths=column_widths([head, *body]), line=starts[0])

    def _text(self, said: str) -> Text:
        """A line's words in their looks, with the values in it and no space around it."""
        spans: list[Span] = []
        for position, part in enumerate(_LOOK_MARK.split(said)):
            if position % 2:
                self._look = self._looks[int(part)]
            else:
                spans += self.values.spans(part, self._look)
        return _stripped(spans)


def _lists(lines: Iterable[tuple[_Line, Text]], depth: int = 0) -> Iterator[List]:
    """The lists of some entries; an entry whose own upper entry is gone stands in its place."""
    for (_, ordered), several in groupby(lines, lambda each: each[0].lists[min(depth, len(each[0].lists) - 1)]):
        entries: list[tuple[_Line, Text, list[tuple[_Line, Text]]]] = []
        for line, text in several:
            if not entries or len(line.lists) <= depth + 1:
                entries.append((line, text, []))
            else:
                entries[-1][2].append((line, text))
        made = (ListEntry(text, tuple(_lists(below, depth + 1)), line.at) for line, text, below in entries)
        yield List(ordered, tuple(made), entries[0][0].at)


def _stripped(spans: Iterable[Span]) -> Text:
    """Without space around it."""
    text = list(merged(spans))
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while text and not text[end].text.strip():
            text.pop(end)
        if text:
            text[end] = replace(text[end], text=strip(text[end].text))
    return tuple(text)
