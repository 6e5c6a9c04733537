"""A Word document's lines and tables as blocks, with the headings of slots at the second level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from cpreport.inputs.narratives.word.body import LEFT_OUT, Cell, Grid
from cpreport.inputs.narratives.word.styles import Line
from cpreport.model.document import (
    EMPTY,
    REFERENCE_END,
    WRITTEN_PROMPT,
    Block,
    Heading,
    List,
    ListEntry,
    Paragraph,
    RowKind,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
    Text,
    merged,
    plain,
)

LONGEST_HEADING = 120
DEEPEST_HEADING = 4

_OF_SLOTS = 2

_BULLET = f"[ {LEFT_OUT}]*(?:[•●▪■◦○‣➢\ue000-\uf8ff][ ]*|[·o–—-][ ]+)(?=[^ ])"
_TYPED_BULLET = re.compile(_BULLET)
_DOUBLE_BULLET = re.compile(f"[ {LEFT_OUT}]*[•·\ue000-\uf8ff][ ]*(?=[^ ])")
_NEW_PARAGRAPH = re.compile(f"\n(?:[ ]*\n)+|\n(?={_BULLET})")
_OF_SECOND_LEVEL = "o◦○"
_SENTENCE_END = (".", "!", ";", ",")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")


@dataclass(frozen=True, slots=True)
class SlotNames:
    """Whether a text names a slot, exactly or nearly; what does so exactly does so nearly."""

    exactly: Callable[[str], bool]
    nearly: Callable[[str], bool]


def blocks_of(read: Iterable[Line | Grid], names: SlotNames) -> Iterator[Block]:
    """What was read as blocks; of a form, what was typed into it. Tags stay as typed.

    A heading, or a short bold line, that nearly names a slot is a Heading of the second level; so is a plain line that
    names one exactly. Headings below it are of the third and fourth.
    """
    parts = [part for block in read for part in _parts(block, names)]
    parts = parts[_end_of_reference(parts, names) :]
    level = _slot_level(parts, names)
    entries: list[Line] = []
    for part in parts:
        if isinstance(part, Line) and (part.level is not None or (part.indented and entries)):
            entries.append(part)
            continue
        yield from _lists(entries)
        entries = []
        yield _table(part) if isinstance(part, Grid) else _worded(part, level, names)
    yield from _lists(entries)


def _end_of_reference(parts: list[Line | Grid], names: SlotNames) -> int:
    """Where a form's reference ends; 0 where none ends before the first heading of a slot."""
    for position, part in enumerate(parts, 1):
        if isinstance(part, Line) and _words(part) == REFERENCE_END:
            return position
        if isinstance(part, Line) and _heads_slot(part, names):
            break
    return 0


def _parts(block: Line | Grid, names: SlotNames) -> Iterator[Line | Grid]:
    """A paragraph at its lines where they should be paragraphs, without spaces around words; a table as it is."""
    if isinstance(block, Grid):
        yield block
        return
    text = plain(block.spans)
    prompt = re.match(WRITTEN_PROMPT, text)
    start = prompt.end() if prompt else 0
    if block.heading is None and (end := text.find("\n", start)) >= 0:
        (head,) = _cut(block, (start, end))
        if _is_bold(head) and names.nearly(_words(head)):
            yield Line(_tidied(head.spans))
            block, start = Line(block.spans), end + 1
    between = _NEW_PARAGRAPH.finditer(text, start) if block.heading is None else ()
    ends = [start, *(end for found in between for end in found.span()), len(text)]
    first, *others = _cut(block, *zip(ends[::2], ends[1::2], strict=True))
    under = [Line(each.spans, indented=block.indented or block.level is not None) for each in others]
    yield from (typed for line in (first, *under) if (typed := _as_typed(line)).spans)


def _cut(line: Line, *ranges: tuple[int, int]) -> Iterator[Line]:
    """The words in each of some ranges of a line's signs, in their looks."""
    text = plain(line.spans)
    owners = [index for index, span in enumerate(line.spans) for _ in span.text]
    for start, end in ranges:
        alike = (list(places) for _, places in groupby(range(start, end), owners.__getitem__))
        spans = (replace(line.spans[owners[each[0]]], text=text[each[0] : each[-1] + 1]) for each in alike)
        yield replace(line, spans=tuple(spans))


def _as_typed(line: Line) -> Line:
    """A line with a typed bullet as an entry of a list, without spaces around words."""
    is_entry, text = line.level is not None, plain(line.spans)
    found = (_DOUBLE_BULLET if is_entry else _TYPED_BULLET).match(text)
    if found and line.heading is None:
        (line,) = _cut(line, (found.end(), len(text)))
        level = line.level if is_entry else int(found[0].strip() in _OF_SECOND_LEVEL)
        line = replace(line, level=level)
    return replace(line, spans=_tidied(line.spans))


def _words(line: Line) -> str:
    """A line's words, without its line breaks."""
    return " ".join(plain(line.spans).split())


def _slot_level(parts: Iterable[Line | Grid], names: SlotNames) -> int:
    """The level at which most headings of slots are; 2 where none is a heading."""
    lines = [part for part in parts if isinstance(part, Line)]
    levels = Counter(line.heading for line in lines if line.heading and names.nearly(_words(line)))
    return max(levels, key=lambda level: (levels[level], level), default=_OF_SLOTS)


def _worded(line: Line, level: int, names: SlotNames) -> Block:
    """A heading, or a paragraph, as is a sentence in the style of a slot's heading."""
    own, words = line.heading, _words(line)
    is_of_level = own is not None and own <= level
    if _heads_slot(line, names) or (is_of_level and not _is_sentence(words)):
        return Heading(_OF_SLOTS, (Span(words),))
    if own is None or is_of_level:
        return Paragraph(line.spans)
    return Heading(min(DEEPEST_HEADING, _OF_SLOTS + own - level), (Span(words),))


def _heads_slot(line: Line, names: SlotNames) -> bool:
    """Whether a line is the heading of a slot, be it only that it is a paragraph of the slot's title alone."""
    if line.heading or _is_bold(line):
        return names.nearly(_words(line))
    return line.level is None and names.exactly(_words(line))


def _is_bold(line: Line) -> bool:
    """Whether a line is short and bold from end to end, as people type headings."""
    return not _is_sentence(_words(line)) and all(span.bold or not span.text.strip(" :\n") for span in line.spans)


def _is_sentence(text: str) -> bool:
    """Whether a text is no heading, by its end or its length."""
    return len(text) > LONGEST_HEADING or text.endswith(_SENTENCE_END)


def _table(grid: Grid) -> Table:
    """A table; its first row, which heads it, needs no bold."""
    head, *rows = (tuple(map(_cell, row)) for row in grid.rows)
    heads = (merged(replace(span, bold=False, italic=False) for span in cell.lines[0]) for cell in head)
    body = tuple(TableRow(RowKind.PLAIN, row) for row in rows)
    return Table(TableKind.PLAIN, "", tuple(TableCell((text,)) for text in heads), body, (1,) * len(head))


def _cell(cell: Cell) -> TableCell:
    """A cell's paragraphs on one line, entries of lists with their numbers or bullets."""
    spans: list[Span] = []
    for line in cell:
        sign = "" if line.level is None else "• " if line.number is None else f"{line.number}. "
        spans.append(Span(f" {sign}"))
        spans += (replace(span, text=span.text.replace("\n", " ")) for span in line.spans)
    return TableCell((_tidied(spans) or (Span(EMPTY),),))


def _lists(lines: Iterable[Line]) -> Iterator[List | Paragraph]:
    """Lists of entries with the lines below them; runs that do not count from 1 are paragraphs."""
    runs: list[list[list[Line]]] = []
    for line in lines:
        head = runs[-1][-1][0] if runs else line
        if line.level is None or line.level > (head.level or 0):
            runs[-1][-1].append(line)
        elif runs and line.number != 1 and (line.number is None) == (head.number is None):
            runs[-1].append([line])
        else:
            runs.append([[line]])
    for run in runs:
        numbers, listed = [head.number for head, *_ in run], tuple(_listed(*each) for each in run)
        if None in numbers or numbers == list(range(1, len(run) + 1)):
            yield List(None not in numbers, listed)
            continue
        for number, each in zip(numbers, listed, strict=True):
            yield Paragraph(merged((Span(f"{number}. "), *each.text)))
            yield from each.below


def _listed(head: Line, *more: Line) -> ListEntry:
    """An entry with more lines of it, and the lists below it; what does not count from 1 there are bullets."""
    under = list(takewhile(lambda line: line.level is None, more))
    text = merged(span for line in (head, *under) for span in (Span("\n"), *line.spans))[1:]
    below = _lists(more[len(under) :])
    bullets = (each if isinstance(each, List) else List(False, (ListEntry(each.text),)) for each in below)
    return ListEntry(text, tuple(bullets))


def _tidied(spans: Iterable[Span]) -> Text:
    """Words with one space or line break between them and none around them; a space looks as what is beside it."""
    kept: list[Span] = []
    gap = ""
    for span in spans:
        for piece in _PIECE.findall(_PRIVATE.sub("", span.text)):
            if piece.isspace():
                gap = next((sign for sign in ("\n", " ") if sign in gap + piece), LEFT_OUT)
                continue
            if gap == LEFT_OUT:
                gap = " " if kept and kept[-1].text[-1].isdigit() and piece[0].isdigit() else ""
            if gap and kept:
                is_alike = replace(kept[-1], text="") == replace(span, text="") and gap == " "
                kept.append(replace(span, text=" ") if is_alike else Span(gap))
            kept.append(replace(span, text=piece))
            gap = ""
    return merged(kept)
