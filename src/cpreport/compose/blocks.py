"""A narrative's blocks with Jinja tags in their words, printed: one template in which marks separate lines and looks.

What is typed outside tags is data: it is printed as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cpreport.compose.printed import Filling
from cpreport.compose.sandbox import MAX_SOURCE, run
from cpreport.model.document import (
    Block,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Picture,
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
    """A line of text and where it is.

    `block` is its heading, paragraph, note, picture or table; `lists` are the lists it is an entry of, from the
    outermost; `row` and `column` are those of a cell, from 0. `at` is its line in the plain words, from 1.
    """

    text: Text
    block: Block
    lists: tuple[List, ...] = ()
    row: int = 0
    column: int = 0
    at: int = 1

    def list_at(self, depth: int) -> List:
        """The list around it at that depth from 0, or its own if there are not so many."""
        return self.lists[min(depth, len(self.lists) - 1)]


def compose_blocks(
    blocks: Sequence[Block], context: Mapping[str, object], place: Place
) -> tuple[tuple[Block, ...], list[Finding]]:
    """The blocks, printed with the context's values; tags may hold lines, entries and paragraphs.

    `place.line` counts as the plain words do, two for each line of the blocks. What cannot be given prints
    `[data error]`, with a finding; blocks that are refused or fail give none.
    """
    lines = [replace(line, at=2 * number + 1) for number, line in enumerate(_lines_of(blocks))]
    if not lines:
        return (), []
    looks = list(dict.fromkeys(replace(span, text="") for line in lines for span in line.text))
    source = _source(lines, {look: _LOOK.format(number) for number, look in enumerate(looks)})
    rendered = run(source, context, MAX_SOURCE + len(source) - sum(len(plain(line.text)) for line in lines))
    filling = Filling(rendered.printed, in_any_look=True)
    composed = tuple(filling.blocks(_blocks(_printed(rendered.text, lines, looks))))
    return composed, rendered.all_findings(filling.findings, place)


def _lines_of(blocks: Iterable[Block], lists: tuple[List, ...] = ()) -> Iterator[_Line]:
    for block in blocks:
        if isinstance(block, List):
            for entry in block.entries:
                yield _Line(entry.text, block, (*lists, block))
                yield from _lines_of(entry.below, (*lists, block))
        elif isinstance(block, Table):
            rows = enumerate((block.headings, *(row.cells for row in block.rows)))
            cells = ((row, column, cell) for row, cells in rows for column, cell in enumerate(cells))
            yield from (_Line(cell.lines[0], block, row=row, column=column) for row, column, cell in cells)
        elif isinstance(block, Picture):
            yield _Line(block.description, block)
        elif isinstance(block, Heading | Paragraph | Note):
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


def _printed(text: str, lines: Sequence[_Line], looks: Sequence[Span]) -> Iterator[_Line]:
    """The lines that a template printed, in their looks and with no space around them; values are marks."""
    look = Span("")
    _, *marked = _LINE_MARK.split(text)
    for number, printed in zip(marked[::2], marked[1::2], strict=True):
        spans: list[Span] = []
        for position, part in enumerate(_LOOK_MARK.split(printed)):
            look = looks[int(part)] if position % 2 else look
            spans += [] if position % 2 else [replace(look, text=part)]
        yield replace(lines[int(number)], text=_stripped(spans))


def _blocks(lines: Iterable[_Line]) -> Iterator[Block]:
    """The blocks of what was printed; an entry without words is dropped."""
    for kind, several in groupby(lines, lambda line: line.block if isinstance(line.block, Table) else bool(line.lists)):
        if isinstance(kind, Table):
            yield _table(kind, several)
        elif kind:
            yield from _lists(line for line in several if line.text)
        else:
            for line in several:
                if isinstance(line.block, Picture):
                    yield replace(line.block, description=line.text, line=line.at)
                elif isinstance(line.block, Heading | Paragraph | Note):
                    yield replace(line.block, text=line.text, line=line.at)


def _table(table: Table, lines: Iterable[_Line]) -> Table:
    """A table of the rows that are left, the first of which heads it."""
    rows: list[list[_Line]] = []
    for line in lines:
        if not rows or line.row != rows[-1][-1].row or line.column <= rows[-1][-1].column:
            rows.append([])
        rows[-1].append(line)
    head, *body = (_row(table, row) for row in rows)
    return replace(table, headings=head.cells, rows=tuple(body), line=head.line)


def _row(table: Table, lines: Sequence[_Line]) -> TableRow:
    texts = {line.column: line.text for line in lines}
    cells = (TableCell((texts.get(column, ()),), cell.align) for column, cell in enumerate(table.headings))
    return TableRow(RowKind.PLAIN, tuple(cells), lines[0].at)


def _lists(lines: Iterable[_Line], depth: int = 0) -> Iterator[List]:
    """The lists of some entries; an entry whose parent is gone replaces it."""
    for _, several in groupby(lines, lambda line: id(line.list_at(depth))):
        entries: list[list[_Line]] = []
        for line in several:
            if not entries or len(line.lists) <= depth + 1:
                entries.append([])
            entries[-1].append(line)
        made = (ListEntry(entry.text, tuple(_lists(below, depth + 1)), entry.at) for entry, *below in entries)
        first = entries[0][0]
        yield replace(first.list_at(depth), entries=tuple(made), line=first.at)


def _stripped(spans: Iterable[Span]) -> Text:
    text = list(merged(spans))
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while text and not text[end].text.strip():
            text.pop(end)
        if text:
            text[end] = replace(text[end], text=strip(text[end].text))
    return tuple(text)
