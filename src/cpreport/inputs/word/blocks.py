"""A simplified document, read by mammoth, as lines and tables of plain values."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import Any

from cpreport.inputs.texts import visible
from cpreport.inputs.word.body import MOST_COLUMNS, Simple, addresses
from cpreport.inputs.word.parts import NotWordError
from cpreport.inputs.word.roles import Role
from cpreport.model.document import Span

MOST_CELLS = 50_000
"""How many cells the tables of a narrative have together."""

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


def read_blocks(simple: Simple) -> list[Block]:
    """The document's paragraphs and tables. A table of one cell is a frame around its paragraphs.

    Raises NotWordError for tables that no page holds, and what mammoth raises.
    """
    import mammoth  # type: ignore[import-untyped]  # only a narrative in Word pays for it

    documents: list[Any] = []

    def keep(document: Any) -> Any:
        documents.append(document)
        return document.copy(children=[])

    mammoth.convert_to_html(_archived(simple), transform_document=keep, external_file_access=False)
    return list(_Reader(simple, mammoth.documents).blocks(documents[0].children))


def _archived(simple: Simple) -> BytesIO:
    """The least that mammoth takes for a Word file: no pictures, no comments, no files elsewhere."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", simple.document)
        archive.writestr("word/_rels/document.xml.rels", addresses(simple.links))
    return file


class _Reader:
    """Takes mammoth's document apart."""

    def __init__(self, simple: Simple, documents: Any) -> None:
        self._roles = simple.roles
        self._kinds = documents
        self._cells_left = MOST_CELLS

    def blocks(self, elements: Iterable[Any]) -> Iterator[Block]:
        for element in elements:
            if isinstance(element, self._kinds.Paragraph):
                yield self._line(element)
            elif isinstance(element, self._kinds.Table):
                yield from _framed(Grid(tuple(self._rows(element))))

    def _line(self, paragraph: Any) -> Line:
        spans = (cleaned(span) for span in self._spans(paragraph.children, Span("")))
        return Line(self._roles[int(paragraph.style_id)], tuple(span for span in spans if span.text))

    def _spans(self, elements: Iterable[Any], look: Span) -> Iterator[Span]:
        for element in elements:
            if isinstance(element, self._kinds.Text):
                yield replace(look, text=element.value)
            elif isinstance(element, self._kinds.Break):
                yield replace(look, text="\n")
            elif isinstance(element, self._kinds.Hyperlink):
                yield from self._spans(element.children, replace(look, link=element.href or ""))
            elif isinstance(element, self._kinds.Run):
                run = replace(look, bold=element.is_bold, italic=element.is_italic)
                yield from self._spans(element.children, run)

    def _rows(self, table: Any) -> Iterator[tuple[Cell, ...]]:
        """Rows of the same width, without the empty ones; what is merged downwards is empty there."""
        rows = [row for cells in self._cells(table.children) if any(row := list(cells))]
        width = max((len(row) for row in rows), default=0)
        self._cells_left -= width * len(rows)
        if self._cells_left < 0:
            raise NotWordError(f"its tables have more than {MOST_CELLS:,} cells")
        yield from (tuple(row + [()] * (width - len(row))) for row in rows)

    def _cells(self, rows: Sequence[Any]) -> Iterator[Iterator[Cell]]:
        merged: dict[int, int] = {}
        for row in rows:
            yield self._row(row, merged)

    def _row(self, row: Any, merged: dict[int, int]) -> Iterator[Cell]:
        """A row's cells; `merged` says for how many more rows a column belongs to a cell above."""
        column = 0
        for cell in row.children:
            while merged.get(column):
                merged[column] -= 1
                column += 1
                yield ()
            if column + cell.colspan > MOST_COLUMNS:
                raise NotWordError(f"it has a table of more than {MOST_COLUMNS} columns")
            yield tuple(line for line in self.blocks(cell.children) if isinstance(line, Line))
            yield from [()] * (cell.colspan - 1)
            merged.update({column + each: cell.rowspan - 1 for each in range(cell.colspan)})
            column += cell.colspan
        while merged.get(column) and column < MOST_COLUMNS:
            merged[column] -= 1
            column += 1
            yield ()


def cleaned(span: Span) -> Span:
    """Words with plain spaces and hyphens, without signs that cannot be seen."""
    text = _BREAK.sub("\n", _SPACE.sub(" ", _CONTROL.sub("", visible(span.text))))
    return replace(span, text=text.replace("\u2011", "-"))


def cut(spans: Sequence[Span], ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[Span, ...]]:
    """The words in each of some ranges of their signs, in their looks."""
    text = "".join(span.text for span in spans)
    owners = [index for index, span in enumerate(spans) for _ in span.text]
    for start, end in ranges:
        alike = (list(places) for _, places in groupby(range(start, end), owners.__getitem__))
        yield tuple(replace(spans[owners[each[0]]], text=text[each[0] : each[-1] + 1]) for each in alike)


def _framed(grid: Grid) -> Iterable[Block]:
    """A table, or the paragraphs of one that is a mere frame; nothing of one that is empty."""
    is_frame = len(grid.rows) == 1 and len(grid.rows[0]) == 1
    return grid.rows[0][0] if is_frame else [grid] if grid.rows else []
