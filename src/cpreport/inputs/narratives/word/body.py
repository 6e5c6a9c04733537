"""A document's body as lines and tables, read once from front to back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.equations import equation, is_plain
from cpreport.inputs.narratives.word.opened import Opened
from cpreport.inputs.narratives.word.parts import (
    DROPPED,
    PROPERTIES,
    WORDS,
    Kind,
    NotWordError,
    Parts,
    number,
    value,
    words,
)
from cpreport.inputs.narratives.word.styles import Line, Lists, Stated, Styles, stated
from cpreport.model.document import Span, plain

LONGEST = 200_000
"""How many characters a narrative has at most: as many as a text that is composed."""

MOST_COLUMNS = 63
MOST_CELLS = 50_000
"""How many cells the tables of a narrative have together."""

LEFT_OUT = "\x1f"
"""A sign that stands where something that can be seen is left out."""

_PRIVATE = 0xF000
_SYMBOL = re.compile("[\uf000-\uf0ff]")
_SYMBOL_FONTS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")
_HEX = re.compile(r"[0-9A-F]{2,4}", re.IGNORECASE)
_NOT_PRINTED = {"vanish": Kind.HIDDEN, "strike": Kind.STRUCK, "dstrike": Kind.STRUCK}
_SEEN = (Kind.STRUCK, Kind.NOTE, Kind.EQUATION)
"""What stands between two numbers in Word, so that they are not one."""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of as many cells each. Of merged cells the first has the text."""

    rows: tuple[tuple[Cell, ...], ...]


class Body:
    """Walks a body once, from front to back, with all tracked changes accepted.

    `left_out` are the texts of what is not printed, by kind; `changes` as in Opened. Raises NotWordError for what no
    narrative can hold.
    """

    def __init__(self, parts: Parts) -> None:
        self.left_out: dict[Kind, list[str]] = {}
        self.changes = Opened(parts).changes
        self._notes = parts.notes
        self._styles = Styles(parts.styles)
        self._lists = Lists(parts.numbering)
        self._left = LONGEST
        self._cells_left = MOST_CELLS

    def blocks(self, parent: Element) -> Iterator[Line | Grid]:
        """The paragraphs and tables in an element; a table of one cell is a frame around its paragraphs."""
        begun: list[Span] = []
        properties = None
        for child in parent:
            if child.tag == "p":
                properties = child.find("pPr")
                begun += self._spans(child, Span(""), self._styles.of_paragraph(properties))
            if child.get("joins"):
                continue
            yield from self._line(begun, properties)
            begun = []
            if child.tag == "tbl":
                yield from self._table(child)
            elif child.tag in DROPPED:
                self._dropped(child)
        yield from self._line(begun, properties)

    def _line(self, spans: list[Span], properties: Element | None) -> Iterator[Line]:
        """A paragraph, unless it is empty."""
        if any(span.text.strip() for span in spans):
            self._left -= sum(len(span.text) for span in spans) + 1
            if self._left < 0:
                raise NotWordError("it is too long for a narrative")
            said = {**self._styles.of_paragraph(properties), **stated(properties)}
            yield self._lists.line(tuple(spans), said)

    # Tables

    def _table(self, table: Element) -> Iterator[Line | Grid]:
        """A table whose rows are equally wide, without the empty ones, or the paragraphs of one that is a frame."""
        merged: set[int] = set()
        rows = [cells for row in table.iterfind("tr") if any(cells := self._cells(row, merged))]
        width = max(map(len, rows), default=0)
        self._cells_left -= width * len(rows)
        if self._cells_left < 0:
            raise NotWordError(f"its tables have more than {MOST_CELLS:,} cells")
        if (width, len(rows)) == (1, 1):
            yield from rows[0][0]
        elif rows:
            yield Grid(tuple(tuple(row + [()] * (width - len(row))) for row in rows))

    def _cells(self, row: Element, merged: set[int]) -> list[Cell]:
        """A row's cells, empty where another is merged with them; `merged` are the columns that go on below."""
        cells: list[Cell] = [()] * min(number(value(row, "trPr/gridBefore")), MOST_COLUMNS)
        above = merged.copy()
        merged.clear()
        for cell in row.iterfind("tc"):
            span, column = max(1, number(value(cell, "tcPr/gridSpan"), 1)), len(cells)
            if column + span > MOST_COLUMNS:
                raise NotWordError(f"it has a table of more than {MOST_COLUMNS} columns")
            lines = tuple(line for block in self.blocks(cell) for line in _lines(block))
            merge = cell.find("tcPr/vMerge")
            if merge is not None:
                merged.add(column)
            if merge is not None and merge.get("val") != "restart" and column in above:
                for line in lines:
                    self._drop(Kind.HIDDEN, plain(line.spans))
                lines = ()
            cells += [lines, *[()] * (span - 1)]
        return cells

    # Words

    def _spans(self, parent: Element, look: Span, style: Stated) -> Iterator[Span]:
        """The words in an element."""
        for child in parent:
            match child.tag:
                case "r" | "m:r":
                    yield from self._run(child, style)
                case "m:oMath" if is_plain(child):
                    yield from equation(child, lambda run: self._run(run, style))
                case "m:oMath":
                    yield from self._drop(Kind.EQUATION, words(child))
                case "sym":
                    yield replace(look, text=self._symbol(child), link=child.get("link", ""))
                case tag if tag in DROPPED:
                    yield from self._dropped(child)
                case tag if tag in WORDS:
                    yield replace(look, text=words(child), link=child.get("link", ""))
                case tag if tag not in PROPERTIES:
                    yield from self._spans(child, look, style)

    def _run(self, run: Element, style: Stated) -> Iterator[Span]:
        """The text of a run, in the look that it says directly, else where one of the two styles says it."""
        properties = run.find("rPr")
        direct = stated(properties)
        named = self._styles.say(value(properties, "rStyle") or "")
        on = {
            name: direct.get(name, named.get(name, False) != style.get(name, False))
            for name in ("b", "i", *_NOT_PRINTED)
        }
        look = Span("", on["b"], on["i"], script={**style, **named, **direct}.get("script", ""))
        spans = list(self._spans(run, look, style))
        if (font := direct.get("font")) in _SYMBOL_FONTS:
            spans = [replace(span, text=self._in_any_font(font, span.text)) for span in spans]
        kind = next((kind for name, kind in _NOT_PRINTED.items() if on[name]), None)
        if kind is None:
            yield from spans
        elif (text := plain(tuple(spans))).strip():
            yield from self._drop(kind, text)

    def _symbol(self, symbol: Element) -> str:
        font, code = symbol.get("font", ""), symbol.get("char", "")
        sign = int(code, 16) if _HEX.fullmatch(code) else 0
        return self._in_any_font(font, chr(sign | _PRIVATE if font in _SYMBOL_FONTS else sign)) if sign else ""

    def _in_any_font(self, font: str, text: str) -> str:
        """A text with the signs of a symbol font as others have them; one that no other has is left out."""
        from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]  # only a symbol pays for it

        def sign(found: re.Match[str]) -> str:
            code = dingbats.get((font, ord(found[0]) - _PRIVATE))
            if code is None:
                self._drop(Kind.SIGN, font)
            return chr(code) if code else ""

        return _SYMBOL.sub(sign, text)

    # What is not printed

    def _dropped(self, element: Element) -> list[Span]:
        """Tells of an element that is not printed: of a drawing's text boxes, if it has any; not of a line."""
        kind = DROPPED[element.tag]
        if kind is not Kind.PICTURE:
            note = element.tag.removesuffix("Reference"), element.get("id", "")
            return self._drop(kind, self._notes.get(note, ""))
        if element.find(".//txbxContent") is not None:
            return self._drop(Kind.TEXT_BOX, words(element))
        is_line = any(each.get("o:hr") for each in element.iter())
        description = next(filter(None, (each.get("descr") for each in element.iter())), "")
        return [] if is_line else self._drop(kind, description)

    def _drop(self, kind: Kind, text: str) -> list[Span]:
        self.left_out.setdefault(kind, []).append(text)
        return [Span(LEFT_OUT)] if kind in _SEEN else []


def _lines(block: Line | Grid) -> Iterable[Line]:
    """The paragraphs of a block; those of a table in the order of its cells."""
    return [block] if isinstance(block, Line) else [line for row in block.rows for cell in row for line in cell]
