"""What a template prints: values that stand as marks in its text until that has become blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpreport.model.document import OTHER_VALUE, Block, Heading, Source, Span
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.template import LOST_VALUE, NOT_ALONE

MAX_LEVEL = 4
"""The lowest level of a heading."""

MARK = re.compile("\x02([0-9]+)\x03")
_MARKS_ALONE = re.compile("(?:\x02[0-9]+\x03\\s*)+")
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TYPED_LINE_END = re.compile("\r\n|[\r\n]")


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a template prints as whole blocks: a table, a narrative.

    With `shift_headings` the highest of its headings goes one level below the heading it is printed under.
    """

    blocks: tuple[Block, ...]
    shift_headings: bool = True

    def below(self, level: int) -> Iterator[Block]:
        """The blocks as they stand below a heading of that level; none of them is a line of the template's own."""
        levels = [block.level for block in self.blocks if isinstance(block, Heading)]
        down = level + 1 - min(levels) if levels and self.shift_headings else 0
        for block in self.blocks:
            if isinstance(block, Heading):
                yield replace(block, level=min(MAX_LEVEL, block.level + down), line=0)
            else:
                yield replace(block, line=0)


@dataclass(frozen=True, slots=True)
class Printed:
    """A value that a template printed, and the template's line that printed it."""

    value: str | Blocks
    line: int
    source: Source = OTHER_VALUE


def mark(index: int) -> str:
    """What stands in a text for the printed value of that index: neither Markdown nor anything a person can type."""
    return f"\x02{index}\x03"


class Values:
    """The values of one run of a template, each to be put in the place of its mark; what cannot be is a finding."""

    def __init__(self, printed: Sequence[Printed]) -> None:
        self.findings: list[Finding] = []
        self._printed = printed
        self._placed: set[int] = set()

    def spans(self, text: str, look: Span) -> Iterator[Span]:
        """A text with the values in it, in one look: what was printed knows its source."""
        for position, part in enumerate(MARK.split(text)):
            yield from self._value(int(part), look) if position % 2 else _lines(part, look)

    def alone(self, text: str) -> list[Blocks]:
        """The blocks a text consists of; none where it holds anything else."""
        if not _MARKS_ALONE.fullmatch(text):
            return []
        indices = [int(index) for index in MARK.findall(text)]
        values = [self._printed[index].value for index in indices]
        blocks = [value for value in values if isinstance(value, Blocks)]
        if len(blocks) < len(values):
            return []
        self._placed.update(indices)
        return blocks

    def lost(self) -> Iterator[Finding]:
        """A finding for each value that has come nowhere."""
        for index, printed in enumerate(self._printed):
            if index not in self._placed:
                text = printed.value if isinstance(printed.value, str) else "a table"
                yield LOST_VALUE.at(Place(line=printed.line), text=text)

    def _value(self, index: int, look: Span) -> Iterable[Span]:
        self._placed.add(index)
        printed = self._printed[index]
        if isinstance(printed.value, str):
            return _lines(printed.value, replace(look, source=printed.source))
        self.findings.append(NOT_ALONE.at(Place(line=printed.line)))
        return ()


def _lines(text: str, look: Span) -> Iterator[Span]:
    for number, line in enumerate(_LINE_END.split(text)):
        if number:
            yield Span("\n")
        if line:
            yield replace(look, text=line)


def source_lines(source: str, text: str, printed: Sequence[Printed]) -> list[int]:
    """For each row of a template's text the line of its source, from 1, that gave it.

    A row with a value is where that was printed; another where the same words are typed, as soon as possible after the
    row before; where they are not, on the line after that.
    """
    typed: dict[str, list[int]] = {}
    for number, line in enumerate(_TYPED_LINE_END.split(source), start=1):
        typed.setdefault(line, []).append(number)
    lines, last = list[int](), 0
    for row in text.split("\n"):
        if found := MARK.search(row):
            last = printed[int(found[1])].line
        elif row.strip():
            places = typed.get(row, [last + 1])
            last = places[bisect_right(places, last) % len(places)]
        lines.append(last)
    return lines
