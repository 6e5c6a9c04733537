"""A document's body as lines and tables, read once from front to back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import NotWordError, number, value, words
from cpreport.inputs.narratives.word.fields import Fields, address_of
from cpreport.inputs.narratives.word.numbering import Role, Roles
from cpreport.inputs.narratives.word.opened import JOINS_NEXT, LEFT_OUT, Kind
from cpreport.inputs.narratives.word.parts import LONGEST_ADDRESS, Parts
from cpreport.inputs.narratives.word.styles import Said, Styles, of_characters, of_paragraph
from cpreport.inputs.texts import visible
from cpreport.model.document import Span

LONGEST = 200_000
"""How many characters a narrative has at most: as many as a text that is composed."""

MOST_COLUMNS = 63
MOST_CELLS = 50_000
"""How many cells the tables of a narrative have together."""

_LINKED = ("http://", "https://", "mailto:")
_NOT_IN_ADDRESS = re.compile('[\\s<>"`|{}\x00-\x1f\x7f]')
_SYMBOL = re.compile("[\uf020-\uf0ff]")
_SYMBOL_FONTS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")
_HEX = re.compile(r"[0-9A-F]{2,4}")
_NOT_TEXT = ("pPr", "rPr", "rt", "delText", "instrText", "delInstrText")
_NOT_PRINTED = {"vanish": Kind.HIDDEN, "strike": Kind.STRUCK, "dstrike": Kind.STRUCK}
_SEEN = (Kind.STRUCK, Kind.NOTE)
"""What stands between two numbers in Word, so that they are not one."""

_SPACE = re.compile("[\t\r\x0b\x0c\x85]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAK = re.compile("[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what it is, and its words; line breaks stay in them."""

    role: Role
    spans: tuple[Span, ...]


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of as many cells each. Of merged cells the first has the text."""

    rows: tuple[tuple[Cell, ...], ...]


class Body:
    """Walks once, from front to back, a body whose containers are open and whose changes are accepted.

    `left_out` are the texts of what is not printed, by kind. Raises NotWordError for what no narrative can hold.
    """

    def __init__(self, parts: Parts) -> None:
        self.left_out: dict[Kind, list[str]] = {}
        self._links = parts.links
        self._styles = Styles(parts.styles)
        self._role = Roles(parts.numbering, self._styles).role
        self._fields = Fields(parts.body)
        self._font = ""
        self._left = LONGEST
        self._cells_left = MOST_CELLS

    def blocks(self, parent: Element) -> Iterator[Line | Grid]:
        """The paragraphs and tables in an element; a table of one cell is a frame around its paragraphs."""
        for block in self._joined(parent):
            if isinstance(block, Line):
                yield block
            else:
                yield from self._table(block)

    def _joined(self, parent: Element) -> Iterator[Line | Element]:
        """The lines, and tables as they are; a paragraph whose mark is deleted goes on in the next."""
        begun: list[Span] = []
        last: Element | None = None
        for child in _flat(parent):
            if child.tag == "p":
                last = child.find("pPr")
                begun += self._inline(child, Span(""), self._styles.of_paragraph(last))
                if child.get(JOINS_NEXT) is not None:
                    continue
            yield from self._line(last, begun)
            begun, last = [], None
            if child.tag == "tbl":
                yield child
        yield from self._line(last, begun)

    def _line(self, properties: Element | None, spans: list[Span]) -> Iterator[Line]:
        """A paragraph, unless it is empty. What is left out parts numbers."""
        if not any(span.text.strip() for span in spans):
            return
        alike = groupby(_parted(spans), lambda span: replace(span, text=""))
        looks = [(look, "".join(span.text for span in run)) for look, run in alike]
        line = tuple(replace(look, text=text) for look, typed in looks if (text := _cleaned(typed)))
        self._left -= sum(len(span.text) for span in line) + 1
        if self._left < 0:
            raise NotWordError("it is too long for a narrative")
        yield Line(self._role({**self._styles.of_paragraph(properties), **of_paragraph(properties)}), line)

    def _table(self, table: Element) -> Iterator[Line | Grid]:
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
                    for line in lines:
                        self._leave_out(Kind.HIDDEN, "".join(span.text for span in line.spans))
                    lines = ()
            cells += [lines, *[()] * (span - 1)]
        return merges

    def _lines(self, cell: Element) -> Iterator[Line]:
        """A cell's paragraphs; those of a table within it are its own."""
        for block in self._joined(cell):
            if isinstance(block, Line):
                yield block
            else:
                inner = (each for row in _inside(block, "tr") for each in _inside(row, "tc"))
                yield from (line for each in inner for line in self._lines(each))

    def _inline(self, parent: Element, look: Span, style: Said) -> Iterator[Span]:
        """The text in an element, in whatever it is wrapped; a span without text where something is left out."""
        for child in parent:
            match child.tag:
                case "r":
                    yield from self._run(child, look, style)
                case "hyperlink" | "fldSimple":
                    code = child.get("instr")
                    link = _linked(self._target(child) if code is None else address_of(code))
                    yield from self._inline(child, replace(look, link=link or look.link), style)
                case "fldChar" | "instrText":
                    yield from (replace(look, text=box) for box in self._fields.read(child))
                case "sym":
                    yield from self._symbol(child, look)
                case _ if child.tag == LEFT_OUT:
                    yield from self._leave_out(Kind[child.get("kind", "")], child.get("text", ""))
                case _ if child.tag not in _NOT_TEXT:
                    yield from self._inline(child, look, style) if len(child) else self._words(words(child), look)

    def _target(self, hyperlink: Element) -> str:
        target, mark = self._links.get(hyperlink.get("r:id", ""), ""), hyperlink.get("anchor", "")
        return f"{target}#{mark}" if mark and "#" not in target else target

    def _run(self, run: Element, look: Span, style: Said) -> Iterator[Span]:
        properties = run.find("rPr")
        direct = of_characters(properties)
        named = self._styles.say("character", value(properties, "rStyle") or "")
        fonts = properties.find("rFonts") if properties is not None else None
        self._font = "" if fonts is None else fonts.get("ascii", "")

        def is_on(name: str) -> bool:
            """As said directly, else where one of the two styles says it."""
            return bool(direct[name] if name in direct else named.get(name, False) != style.get(name, False))

        script = next((said["script"] for said in (direct, named, style) if "script" in said), "")
        typed = list(self._inline(run, Span("", is_on("b"), is_on("i"), look.link, script), style))
        self._font = ""
        kind = next((kind for name, kind in _NOT_PRINTED.items() if is_on(name)), None)
        if kind is None:
            yield from typed
        elif (text := "".join(span.text for span in typed)).strip():
            yield from self._leave_out(kind, text)

    def _words(self, text: str, look: Span) -> Iterator[Span]:
        """Text, but that of a field's code; signs of a symbol font are symbols."""
        if text and not self._fields.in_code:
            if self._font in _SYMBOL_FONTS:
                text = "".join(self._sign(self._font, ord(sign)) if _SYMBOL.match(sign) else sign for sign in text)
            yield replace(look, text=text, link=look.link or _linked(self._fields.address))

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

    def _leave_out(self, kind: Kind, text: str) -> list[Span]:
        if self._fields.in_code:
            return []
        self.left_out.setdefault(kind, []).append(text)
        return [Span("")] if kind in _SEEN else []


def _cleaned(text: str) -> str:
    """Words with plain spaces and hyphens, without signs that cannot be seen."""
    return _BREAK.sub("\n", _SPACE.sub(" ", _CONTROL.sub("", visible(text)))).replace("\u2011", "-")


def _parted(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that have text, with a space between two numbers where something is left out."""
    before, is_gap = "", False
    for span in spans:
        if span.text:
            if is_gap and before.isdigit() and span.text[0].isdigit():
                yield Span(" ")
            yield span
            before = span.text[-1]
        is_gap = not span.text


def _flat(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables in an element and in what wraps them, and signs in paragraphs of their own."""
    for child in parent:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag == LEFT_OUT:
            paragraph = Element("p")
            paragraph.append(child)
            yield paragraph
        elif child.tag not in ("sectPr", "tcPr"):
            yield from _flat(child)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows or cells in an element and in what wraps them."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag not in ("p", "tbl", "tr", "tc"):
            yield from _inside(child, name)


def _linked(target: str) -> str:
    """A target that a report can link to, as an address is written; empty for any other."""
    if len(target) > LONGEST_ADDRESS or not target.lower().startswith(_LINKED):
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target.strip())
