"""A Word document's paragraphs and tables as Markdown, with the headings of slots at the second level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cpreport.inputs.narratives.word.blocks import Block, Cell, Grid, Line, cut
from cpreport.inputs.narratives.word.boxes import without_prompt, without_reference
from cpreport.inputs.narratives.word.inline import markdown_lines
from cpreport.inputs.narratives.word.roles import TEXT, Role
from cpreport.model.document import Span

LONGEST_HEADING = 120
DEEPEST_HEADING = 4
MOST_HEADS = 20
"""How many lines of one paragraph may be headings."""

DEEPEST_ENTRY = 8
LARGEST_NUMBER = 999_999_999
_OF_SLOTS = 2

_BULLET = "[ ]*(?:[•●▪■◦○‣➢\ue000-\uf8ff][ ]*|[·o–—-][ ]+)(?=[^ ])"
_TYPED_BULLET = re.compile(_BULLET)
_DOUBLE_BULLET = re.compile("[ ]*[•·\ue000-\uf8ff][ ]*(?=[^ ])")
_NEW_PARAGRAPH = re.compile(f"\n(?:[ ]*\n)+|\n(?={_BULLET})")
_OF_SECOND_LEVEL = "o◦○"
_SENTENCE_END = (".", "!", ";", ",")


@dataclass(frozen=True, slots=True)
class SlotNames:
    """Whether a text names a slot, exactly or nearly; what does so exactly does so nearly."""

    exactly: Callable[[str], bool]
    nearly: Callable[[str], bool]


def markdown_of(blocks: Iterable[Block], names: SlotNames) -> str:
    """The text of the blocks; of a form, what was typed into it.

    A heading, or a short bold line, that nearly names a slot is `## …`; so is a plain line that names one exactly.
    """
    typed = [part for block in blocks for part in _parts(block, names)]
    parts = without_reference(typed, lambda line: _heads_slot(line, names))
    level = _slot_level(parts, names)
    writer = _Writer()
    for part in parts:
        if isinstance(part, Grid):
            writer.add(_table(part))
        elif heading := _heading(part, level, names):
            writer.add(heading)
        else:
            writer.add_line(part)
    return writer.text


def _parts(block: Block, names: SlotNames, most: int = MOST_HEADS) -> list[Block]:
    """A paragraph at its lines where they should be paragraphs; a table as it is. `most` headings are looked for."""
    if isinstance(block, Grid):
        return [block]
    line = without_prompt(block)
    text = _words(line.spans)
    end = text.find("\n")
    if end >= 0 and most and not line.role.heading:
        head, rest = (Line(TEXT, spans) for spans in cut(line.spans, [(0, end), (end + 1, len(text))]))
        if head.text and _is_bold(head) and names.nearly(head.text):
            return [head, *_parts(rest, names, most - 1)]
    return [*_split(line)]


def _split(line: Line) -> list[Line]:
    """A paragraph at its empty lines and at its typed bullets."""
    if line.role.heading:
        return [line]
    text = _words(line.spans)
    ends = [0, *(end for found in _NEW_PARAGRAPH.finditer(text) for end in found.span()), len(text)]
    first, *others = cut(line.spans, list(pairwise(ends))[::2])
    under = replace(TEXT, indented=line.role.level is not None or line.role.indented)
    return [_as_typed(Line(line.role, first)), *(_as_typed(Line(under, spans)) for spans in others)]


def _as_typed(line: Line) -> Line:
    """A line with a typed bullet as an entry of a list."""
    text, is_entry = _words(line.spans), line.role.level is not None
    found = (_DOUBLE_BULLET if is_entry else _TYPED_BULLET).match(text)
    if not found:
        return line
    (spans,) = cut(line.spans, [(found.end(), len(text))])
    return Line(line.role if is_entry else Role(level=int(found[0].strip() in _OF_SECOND_LEVEL)), spans)


def _words(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _slot_level(parts: Iterable[Block], names: SlotNames) -> int:
    """The level at which most headings of slots are; 2 where none is a heading."""
    lines = (part for part in parts if isinstance(part, Line) and part.role.heading)
    levels = Counter(line.role.heading or 0 for line in lines if names.nearly(line.text))
    return max(levels, key=lambda level: (levels[level], level), default=_OF_SLOTS)


def _heading(line: Line, level: int, names: SlotNames) -> str:
    """A heading's Markdown; nothing for what is none, as a sentence in the style of a slot's heading.

    Those of slots are no Markdown yet: they say what is typed.
    """
    own = line.role.heading
    if not line.text:
        return ""
    is_of_level = own is not None and own <= level
    if _heads_slot(line, names) or (is_of_level and not _is_sentence(line.text)):
        return f"## {line.text}"
    if own is None or is_of_level:
        return ""
    plain = [Span(span.text.replace("\n", " ")) for span in line.spans]
    return f"{'#' * min(DEEPEST_HEADING, _OF_SLOTS + own - level)} {' '.join(markdown_lines(plain))}"


def _heads_slot(line: Line, names: SlotNames) -> bool:
    """Whether a line is the heading of a slot, be it only that it is a paragraph of the slot's title alone."""
    if line.role.heading or _is_bold(line):
        return names.nearly(line.text)
    return line.role.level is None and names.exactly(line.text)


def _is_bold(line: Line) -> bool:
    """Whether a line is short and bold from end to end, as people type headings."""
    return not _is_sentence(line.text) and all(span.bold or not span.text.strip(" :\n") for span in line.spans)


def _is_sentence(text: str) -> bool:
    """Whether a text is no heading, by its end or its length."""
    return len(text) > LONGEST_HEADING or text.endswith(_SENTENCE_END)


def _table(grid: Grid) -> str:
    """A Markdown table; its first row, which heads it, needs no bold."""
    head, *rows = grid.rows
    heads = [tuple(replace(line, spans=tuple(map(_plain, line.spans))) for line in cell) for cell in head]
    lines = [_row(map(_cell, heads)), _row("---" for _ in head), *(_row(map(_cell, row)) for row in rows)]
    return "\n".join(lines)


def _plain(span: Span) -> Span:
    return replace(span, bold=False, italic=False)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """A cell's paragraphs on one line."""
    return " ".join(_sign(line.role) + " ".join(markdown_lines(line.spans)) for line in cell)


def _sign(role: Role) -> str:
    if role.level is None:
        return ""
    return "• " if role.number is None else f"{role.number}. "


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list that is open. `inner` is how far its text is indented; a bullet has no number."""

    level: int
    inner: int
    number: int | None
    dot: str


class _Writer:
    """Puts paragraphs under each other; entries of lists below the entries they belong to."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[_Entry] = []

    @property
    def text(self) -> str:
        return "".join(self._parts).strip("\n") + "\n"

    def add(self, block: str) -> None:
        """A block that ends every list."""
        self._open.clear()
        self._parts.append(f"\n\n{block}")

    def add_line(self, line: Line) -> None:
        """A paragraph or an entry, unless it is empty."""
        lines = markdown_lines(line.spans)
        if not lines:
            return
        if line.role.level is not None:
            self._add_entry(line.role.level, line.role.number, lines)
        elif line.role.indented and self._open:
            inner = self._open[-1].inner
            self._parts.append(f"\n\n{' ' * inner}{_joined(lines, inner)}")
        else:
            self.add(_joined(lines))

    def _add_entry(self, level: int, number: int | None, lines: list[str]) -> None:
        is_first = not self._open
        before = self._before(level)
        indent = self._open[-1].inner if self._open else 0
        number = None if number is None else min(number, LARGEST_NUMBER)
        goes_on = before is not None and before.number is not None and before.number + 1 == number
        dot = _dot(before, number, goes_on)
        sign = "-" if number is None else f"{number}{dot}"
        inner = indent + len(sign) + 1
        is_close = not is_first and (number in (None, 1) or goes_on)
        self._parts.append(f"{'' if is_close else chr(10)}\n{' ' * indent}{sign} {_joined(lines, inner)}")
        self._open.append(_Entry(level, inner, number, dot))

    def _before(self, level: int) -> _Entry | None:
        """The entry of the same level that is closed now; those below it are closed too."""
        before = None
        while self._open and (self._open[-1].level >= level or len(self._open) >= DEEPEST_ENTRY):
            last = self._open.pop()
            before = last if last.level == level else None
        return before


def _dot(before: _Entry | None, number: int | None, goes_on: bool) -> str:
    """What follows a number: another sign where a list begins again right after another."""
    if before is None or before.number is None or not (goes_on or number == 1):
        return "."
    return before.dot if goes_on else {".": ")", ")": "."}[before.dot]


def _joined(lines: list[str], indent: int = 0) -> str:
    return f"\\\n{' ' * indent}".join(lines)
