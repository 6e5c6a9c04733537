"""A Word document's lines and tables as blocks, with the headings of slots at the second level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from cpreport.inputs.narratives.word.body import Cell, Grid, Line
from cpreport.inputs.narratives.word.numbering import Role
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
MOST_HEADS = 20
"""How many lines of one paragraph may be headings."""

_OF_SLOTS = 2

_BULLET = "[ ]*(?:[•●▪■◦○‣➢\ue000-\uf8ff][ ]*|[·o–—-][ ]+)(?=[^ ])"
_TYPED_BULLET = re.compile(_BULLET)
_DOUBLE_BULLET = re.compile("[ ]*[•·\ue000-\uf8ff][ ]*(?=[^ ])")
_NEW_PARAGRAPH = re.compile(f"\n(?:[ ]*\n)+|\n(?={_BULLET})")
_OF_SECOND_LEVEL = "o◦○"
_SENTENCE_END = (".", "!", ";", ",")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffe\uffff]")
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")


@dataclass(frozen=True, slots=True)
class SlotNames:
    """Whether a text names a slot, exactly or nearly; what does so exactly does so nearly."""

    exactly: Callable[[str], bool]
    nearly: Callable[[str], bool]


@dataclass(slots=True)
class _Entry:
    """An entry of a list with its lines; a bullet has no number."""

    level: int
    number: int | None
    lines: list[Text]


def blocks_of(read: Iterable[Line | Grid], names: SlotNames) -> Iterator[Block]:
    """What was read as blocks; of a form, what was typed into it. Tags stay as typed.

    A heading, or a short bold line, that nearly names a slot is a Heading of the second level; so is a plain line that
    names one exactly. Headings below it are of the third and fourth.
    """
    parts = _without_reference([part for block in read for part in _parts(block, names)], names)
    level = _slot_level(parts, names)
    entries: list[_Entry] = []
    for part in parts:
        if isinstance(part, Grid):
            yield from _lists(entries)
            entries = []
            yield _table(part)
        elif text := _tidied(part.spans):
            if part.role.level is not None:
                entries.append(_Entry(part.role.level, part.role.number, [text]))
            elif part.role.indented and entries:
                entries[-1].lines.append(text)
            else:
                yield from _lists(entries)
                entries = []
                yield _worded(part, text, level, names)
    yield from _lists(entries)


def _without_reference(parts: list[Line | Grid], names: SlotNames) -> list[Line | Grid]:
    """What follows a form's reference; everything where none ends before the first heading of a slot."""
    for position, part in enumerate(parts):
        if isinstance(part, Line) and _words(part) == REFERENCE_END:
            return parts[position + 1 :]
        if isinstance(part, Line) and _heads_slot(part, names):
            break
    return parts


def _parts(block: Line | Grid, names: SlotNames, most: int = MOST_HEADS) -> Iterator[Line | Grid]:
    """A paragraph at its lines where they should be paragraphs; a table as it is. `most` headings are looked for."""
    if isinstance(block, Grid):
        yield block
        return
    text = plain(block.spans)
    if prompt := re.match(WRITTEN_PROMPT, text):
        (block,) = _cut(block, (prompt.end(), len(text)))
        text = plain(block.spans)
    end = text.find("\n")
    if block.role.heading:
        yield block
        return
    if end >= 0 and most:
        head, rest = (replace(each, role=Role()) for each in _cut(block, (0, end), (end + 1, len(text))))
        if _words(head) and _is_bold(head) and names.nearly(_words(head)):
            yield head
            yield from _parts(rest, names, most - 1)
            return
    ends = [0, *(end for found in _NEW_PARAGRAPH.finditer(text) for end in found.span()), len(text)]
    first, *others = _cut(block, *list(pairwise(ends))[::2])
    yield _as_typed(first)
    under = Role(indented=block.role.level is not None or block.role.indented)
    yield from (_as_typed(replace(each, role=under)) for each in others)


def _cut(line: Line, *ranges: tuple[int, int]) -> Iterator[Line]:
    """The words in each of some ranges of a line's signs, in their looks."""
    text = plain(line.spans)
    owners = [index for index, span in enumerate(line.spans) for _ in span.text]
    for start, end in ranges:
        alike = (list(places) for _, places in groupby(range(start, end), owners.__getitem__))
        spans = (replace(line.spans[owners[each[0]]], text=text[each[0] : each[-1] + 1]) for each in alike)
        yield Line(line.role, tuple(spans))


def _as_typed(line: Line) -> Line:
    """A line with a typed bullet as an entry of a list."""
    is_entry = line.role.level is not None
    found = (_DOUBLE_BULLET if is_entry else _TYPED_BULLET).match(plain(line.spans))
    if not found:
        return line
    role = line.role if is_entry else Role(level=int(found[0].strip() in _OF_SECOND_LEVEL))
    (rest,) = _cut(line, (found.end(), len(plain(line.spans))))
    return replace(rest, role=role)


def _words(line: Line) -> str:
    """A line's words, without its line breaks."""
    return " ".join(plain(line.spans).split())


def _slot_level(parts: Iterable[Line | Grid], names: SlotNames) -> int:
    """The level at which most headings of slots are; 2 where none is a heading."""
    lines = (part for part in parts if isinstance(part, Line) and part.role.heading)
    levels = Counter(line.role.heading or 0 for line in lines if names.nearly(_words(line)))
    return max(levels, key=lambda level: (levels[level], level), default=_OF_SLOTS)


def _worded(line: Line, text: Text, level: int, names: SlotNames) -> Block:
    """A heading, or a paragraph, as is a sentence in the style of a slot's heading."""
    own, words = line.role.heading, _words(line)
    is_of_level = own is not None and own <= level
    if _heads_slot(line, names) or (is_of_level and not _is_sentence(words)):
        return Heading(_OF_SLOTS, (Span(words),))
    if own is None or is_of_level:
        return Paragraph(text)
    return Heading(min(DEEPEST_HEADING, _OF_SLOTS + own - level), (Span(" ".join(plain(text).split())),))


def _heads_slot(line: Line, names: SlotNames) -> bool:
    """Whether a line is the heading of a slot, be it only that it is a paragraph of the slot's title alone."""
    if line.role.heading or _is_bold(line):
        return names.nearly(_words(line))
    return line.role.level is None and names.exactly(_words(line))


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
        is_entry, number = line.role.level is not None, line.role.number
        spans.append(Span(f" {'•' if number is None else f'{number}.'} " if is_entry else " "))
        spans += (replace(span, text=span.text.replace("\n", " ")) for span in _tidied(line.spans))
    return TableCell((_tidied(spans) or (Span(EMPTY),),))


def _lists(entries: Iterable[_Entry]) -> Iterator[List | Paragraph]:
    """Lists of entries, each with those of deeper levels below it; runs that do not count from 1 are paragraphs."""
    runs: list[list[list[_Entry]]] = []
    for entry in entries:
        head = runs[-1][-1][0] if runs else None
        if head and entry.level > head.level:
            runs[-1][-1].append(entry)
        elif head and entry.number != 1 and (entry.number is None) == (head.number is None):
            runs[-1].append([entry])
        else:
            runs.append([[entry]])
    for run in runs:
        numbers, listed = [head.number for head, *_ in run], tuple(_listed(*each) for each in run)
        if None in numbers or numbers == list(range(1, len(run) + 1)):
            yield List(None not in numbers, listed)
            continue
        for number, each in zip(numbers, listed, strict=True):
            yield Paragraph(merged((Span(f"{number}. "), *each.text)))
            yield from each.below


def _listed(head: _Entry, *deeper: _Entry) -> ListEntry:
    """An entry; what does not count from 1 below it are lines of it, or bullets after a list."""
    text = [span for line in head.lines for span in (Span("\n"), *line)][1:]
    below: list[List] = []
    for block in _lists(deeper):
        if isinstance(block, List):
            below.append(block)
        elif below:
            below.append(List(False, (ListEntry(block.text),)))
        else:
            text += [Span("\n"), *block.text]
    return ListEntry(merged(text), tuple(below))


def _tidied(spans: Iterable[Span]) -> Text:
    """Words with one space or line break between them and none around them; a space looks as what is beside it."""
    kept: list[Span] = []
    gap = ""
    for span in spans:
        for piece in _PIECE.findall(_PRIVATE.sub("", span.text)):
            if piece.isspace():
                gap = "\n" if "\n" in (piece, gap) else " "
                continue
            if gap and kept:
                is_alike = replace(kept[-1], text="") == replace(span, text="") and gap == " "
                kept.append(replace(span, text=" ") if is_alike else Span(gap))
            kept.append(replace(span, text=piece))
            gap = ""
    return merged(kept)
