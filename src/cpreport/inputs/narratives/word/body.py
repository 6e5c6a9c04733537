"""A document's body as lines and tables, read once from front to back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.blocks import Block, Cell, Grid, Line, cleaned
from cpreport.inputs.narratives.word.changes import JOINS_NEXT
from cpreport.inputs.narratives.word.containers import LEFT_OUT, Kind
from cpreport.inputs.narratives.word.elements import number, value, words
from cpreport.inputs.narratives.word.fields import Fields, address_of
from cpreport.inputs.narratives.word.numbering import Numbering
from cpreport.inputs.narratives.word.parts import LONGEST_ADDRESS, NotWordError, Parts
from cpreport.inputs.narratives.word.roles import Roles
from cpreport.inputs.narratives.word.styles import Style, Styles
from cpreport.model.document import Span

LONGEST = 200_000
"""How many characters a narrative's Markdown has at most: as many as a text that is composed."""

TOO_LONG = "it is too long for a narrative"
MOST_COLUMNS = 63
MOST_CELLS = 50_000
"""How many cells the tables of a narrative have together."""

_LINKED = ("http://", "https://", "mailto:")
_SYMBOL = re.compile("[\uf020-\uf0ff]")
_SYMBOL_FONTS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")
_HEX = re.compile(r"[0-9A-F]{2,4}")
_NOT_TEXT = ("pPr", "rPr", "rt", "delText", "instrText", "delInstrText")
_NOT_PRINTED = {"vanish": Kind.HIDDEN, "strike": Kind.STRUCK, "dstrike": Kind.STRUCK}
_SEEN = (Kind.STRUCK, Kind.NOTE)
"""What stands between two numbers in Word, so that they are not one."""


@dataclass(frozen=True, slots=True)
class Body:
    """A document's paragraphs and tables; `left_out` are the texts of what is not printed, by kind."""

    blocks: tuple[Block, ...]
    left_out: dict[Kind, list[str]] = field(default_factory=dict)


def read_body(parts: Parts) -> Body:
    """The body of a document whose containers are open and whose changes are accepted.

    A table of one cell is a frame around its paragraphs. Raises NotWordError for what no narrative can hold.
    """
    reader = _Reader(parts)
    return Body(tuple(reader.blocks(parts.body)), reader.left_out)


class _Reader:
    """Walks a body once, from front to back."""

    def __init__(self, parts: Parts) -> None:
        self.left_out: dict[Kind, list[str]] = {}
        self._links = parts.links
        self._styles = Styles(parts.styles)
        self._role = Roles(self._styles, Numbering(parts.numbering, self._styles)).role
        self._fields = Fields(parts.body)
        self._font = ""
        self._left = LONGEST
        self._cells_left = MOST_CELLS

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The paragraphs and tables in an element; a paragraph whose mark is deleted goes on in the next."""
        for block in self._joined(parent):
            if isinstance(block, Element):
                yield from self._table(block)
            else:
                yield block

    def _joined(self, parent: Element) -> Iterator[Line | Element]:
        """The lines, and tables as they are."""
        begun: list[Span] = []
        last: Element | None = None
        for child in _flat(parent):
            if child.tag == "tbl":
                yield from self._line(last, begun)
                begun, last = [], None
                yield child
            else:
                last = child.find("pPr")
                begun += self._inline(child, Span(""), self._styles.of_paragraph(last))
                if child.get(JOINS_NEXT) is None:
                    yield from self._line(last, begun)
                    begun, last = [], None
        yield from self._line(last, begun)

    def _line(self, properties: Element | None, spans: list[Span]) -> Iterator[Line]:
        """A paragraph, unless it is empty. What is left out parts numbers."""
        if not any(span.text.strip() for span in spans):
            return
        looks = [(look, "".join(s.text for s in alike)) for look, alike in groupby(_parted(spans), _look)]
        line = [Span(text, *look) for look, words in looks if (text := cleaned(words))]
        self._left -= sum(len(span.text) for span in line) + 1
        if self._left < 0:
            raise NotWordError(TOO_LONG)
        yield Line(self._role(properties), tuple(line))

    def _table(self, table: Element) -> Iterator[Block]:
        """A table whose rows are equally wide, without the empty ones, or the paragraphs of one that is a frame."""
        rows: list[list[Cell]] = []
        merged: set[int] = set()
        for row in _inside(table, "tr"):
            cells: list[Cell] = [()] * min(number(value(row, "trPr/gridBefore")), MOST_COLUMNS)
            merged = self._add_cells(row, cells, merged)
            rows += [cells] if any(cells) else []
        width = max(map(len, rows), default=0)
        self._cells_left -= width * len(rows)
        if self._cells_left < 0:
            raise NotWordError(f"its tables have more than {MOST_CELLS:,} cells")
        if (width, len(rows)) == (1, 1):
            yield from rows[0][0]
        elif rows:
            yield Grid(tuple(tuple(row + [()] * (width - len(row))) for row in rows))

    def _add_cells(self, row: Element, cells: list[Cell], merged: set[int]) -> set[int]:
        """Puts a row's cells behind others; takes and gives the columns whose cells are merged with those below."""
        merges: set[int] = set()
        for cell in _inside(row, "tc"):
            span = max(1, number(value(cell, "tcPr/gridSpan"), 1))
            if len(cells) + span > MOST_COLUMNS:
                raise NotWordError(f"it has a table of more than {MOST_COLUMNS} columns")
            merge, column = cell.find("tcPr/vMerge"), len(cells)
            lines = tuple(self._lines(cell))
            if merge is not None:
                merges.add(column)
                if merge.get("val", "continue") == "continue" and column in merged:
                    self._leave_out_lines(lines)
                    lines = ()
            cells += [lines, *[()] * (span - 1)]
        return merges

    def _lines(self, cell: Element) -> Iterator[Line]:
        """A cell's paragraphs; those of a table within it are its own."""
        for block in self._joined(cell):
            if isinstance(block, Line):
                yield block
            else:
                for row in _inside(block, "tr"):
                    for inner in _inside(row, "tc"):
                        yield from self._lines(inner)

    def _inline(self, parent: Element, look: Span, styles: list[Style]) -> Iterator[Span]:
        """The text in an element, in whatever it is wrapped; a span without text where something is left out."""
        for child in parent:
            match child.tag:
                case "r":
                    yield from self._run(child, look, styles)
                case "hyperlink":
                    link = self._target(child) or look.link
                    yield from self._inline(child, replace(look, link=link), styles)
                case "fldSimple":
                    link = _linked(address_of(child.get("instr", ""))) or look.link
                    yield from self._inline(child, replace(look, link=link), styles)
                case "fldChar" | "instrText":
                    yield from (replace(look, text=box) for box in self._fields.read(child))
                case "sym":
                    yield from self._symbol(child, look)
                case _ if child.tag == LEFT_OUT:
                    yield from self._leave_out(Kind[child.get("kind", "")], child.get("text", ""))
                case _ if child.tag in _NOT_TEXT:
                    pass
                case _ if len(child):
                    yield from self._inline(child, look, styles)
                case _:
                    yield from self._words(words(child), look)

    def _target(self, hyperlink: Element) -> str:
        target, mark = self._links.get(hyperlink.get("r:id", ""), ""), hyperlink.get("anchor", "")
        return _linked(f"{target}#{mark}" if mark and "#" not in target else target)

    def _run(self, run: Element, look: Span, styles: list[Style]) -> Iterator[Span]:
        properties = run.find("rPr")
        bold, italic = (self._styles.is_on(name, properties, styles) for name in ("b", "i"))
        fonts = properties.find("rFonts") if properties is not None else None
        self._font = "" if fonts is None else fonts.get("ascii", "")
        own = Span("", bold, italic, look.link, self._styles.script(properties, styles))
        typed = list(self._inline(run, own, styles))
        self._font = ""
        not_printed = self._not_printed(properties, styles)
        if not_printed is None:
            yield from typed
        elif (text := "".join(span.text for span in typed)).strip():
            yield from self._leave_out(not_printed, text)

    def _not_printed(self, properties: Element | None, styles: list[Style]) -> Kind | None:
        """Why characters are not printed; None if they are."""
        return next((kind for name, kind in _NOT_PRINTED.items() if self._styles.is_on(name, properties, styles)), None)

    def _words(self, text: str, look: Span) -> Iterator[Span]:
        """Text, but that of a field's code; signs of a symbol font are symbols."""
        if not text or self._fields.in_code:
            return
        link = look.link or _linked(self._fields.address)
        if self._font not in _SYMBOL_FONTS:
            yield Span(text, look.bold, look.italic, link, look.script)
            return
        signs = (self._sign(self._font, ord(sign)) if _SYMBOL.match(sign) else sign for sign in text)
        yield replace(look, text="".join(signs), link=link)

    def _symbol(self, symbol: Element, look: Span) -> Iterator[Span]:
        font, sign = symbol.get("font", ""), symbol.get("char", "").upper()
        if font and _HEX.fullmatch(sign) and not self._fields.in_code:
            yield replace(look, text=self._sign(font, int(sign, 16)))

    def _sign(self, font: str, code: int) -> str:
        """A sign of a font; one that no other font has is left out."""
        from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]  # only a symbol pays for it

        is_private = 0xF000 <= code <= 0xF0FF
        found = dingbats.get((font, code - 0xF000 if is_private else code))
        if found is None and (is_private or font in _SYMBOL_FONTS):
            self.left_out.setdefault(Kind.SIGN, []).append(font)
            return ""
        return chr(code if found is None else found)

    def _leave_out(self, kind: Kind, text: str) -> Iterator[Span]:
        if not self._fields.in_code:
            self.left_out.setdefault(kind, []).append(text)
            yield from [Span("")] if kind in _SEEN else []

    def _leave_out_lines(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.left_out.setdefault(Kind.HIDDEN, []).append(line.text)


def _look(span: Span) -> tuple[bool, bool, str, str]:
    return span.bold, span.italic, span.link, span.script


def _parted(spans: list[Span]) -> Iterator[Span]:
    """The spans that have text, with a space between two numbers where something is left out."""
    before, is_gap = "", False
    for span in spans:
        if span.text:
            if is_gap and before.isdigit() and span.text[0].isdigit():
                yield Span(" ")
            yield span
            before, is_gap = span.text[-1], False
        else:
            is_gap = True


def _flat(parent: Element) -> Iterator[Element]:
    """The paragraphs, tables and signs in an element and in what wraps them."""
    for child in parent:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag == LEFT_OUT:
            yield _wrapped(child)
        elif child.tag not in ("sectPr", "tcPr"):
            yield from _flat(child)


def _wrapped(sign: Element) -> Element:
    paragraph = Element("p")
    paragraph.append(sign)
    return paragraph


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows or cells in an element and in what wraps them."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag not in ("p", "tbl", "tr", "tc"):
            yield from _inside(child, name)


def _linked(target: str) -> str:
    """A target that a report can link to; empty for any other."""
    return target if len(target) <= LONGEST_ADDRESS and target.lower().startswith(_LINKED) else ""
