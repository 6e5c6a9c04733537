"""What a Word document consists of, as plain values: lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cpreport.inputs.narratives.word.roles import Role
from cpreport.inputs.texts import visible
from cpreport.model.document import Span

_SPACE = re.compile("[\t\r\x0b\x0c\x85]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAK = re.compile("[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what it is, and its words; line breaks stay in them."""

    role: Role
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join("".join(span.text for span in self.spans).split())


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of as many cells each. Of merged cells the first has the text."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Line | Grid


def cleaned(text: str) -> str:
    """Words with plain spaces and hyphens, without signs that cannot be seen."""
    return _BREAK.sub("\n", _SPACE.sub(" ", _CONTROL.sub("", visible(text)))).replace("\u2011", "-")


def cut(spans: Sequence[Span], ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[Span, ...]]:
    """The words in each of some ranges of their signs, in their looks."""
    text = "".join(span.text for span in spans)
    owners = [index for index, span in enumerate(spans) for _ in span.text]
    for start, end in ranges:
        alike = (list(places) for _, places in groupby(range(start, end), owners.__getitem__))
        yield tuple(replace(spans[owners[each[0]]], text=text[each[0] : each[-1] + 1]) for each in alike)
