"""A document's body as lines and tables, read once from front to back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import (
    DROPPED,
    PROPERTIES,
    WORDS,
    Kind,
    NotWordError,
    number,
    value,
    words,
)
from cpreport.inputs.narratives.word.equations import Equation
from cpreport.inputs.narratives.word.fields import Fields, address_of
from cpreport.inputs.narratives.word.numbering import Role, Roles
from cpreport.inputs.narratives.word.opened import Opened
from cpreport.inputs.narratives.word.parts import LONGEST_ADDRESS, Parts
from cpreport.inputs.narratives.word.styles import Stated, Styles, stated
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
    """Walks a body once, from front to back, with all tracked changes accepted.

    `left_out` are the texts of what is not printed, by kind; `changes` as in Opened. Raises NotWordError for what no
    narrative can hold.
    """

    def __init__(self, parts: Parts) -> None:
        self.left_out: dict[Kind, list[str]] = {}
        self._parts = parts
        self._opened = Opened(parts.prompts)
        self.changes = self._opened.changes
        self._styles = Styles(parts.styles)
        self._role = Roles(parts.numbering, self._styles).role
        self._fields = Fields(parts.body)
        self._left = LONGEST
        self._cells_left = MOST_CELLS

    def blocks(self, parent: Element) -> Iterator[Line | Grid]:
        """The paragraphs and tables in an element; a table of one cell is a frame around its paragraphs.

        A paragraph whose mark is deleted goes on in the next.
        """
        begun: list[Span] = []
        properties = None
        for child in self._opened.found(parent, "p", "tbl", *DROPPED):
            if child.tag in DROPPED:
                self._dropped(child)
                continue
            if child.tag == "p":
                properties = child.find("pPr")
                joins_next = self._opened.is_deleted(child)
                begun += self._inline(child, Span(""), self._styles.of_paragraph(properties))
                if joins_next:
                    continue
            yield from self._line(properties, begun)
            begun = []
            if child.tag == "tbl":
                yield from self._table(child)
        yield from self._line(properties, begun)

    def _line(self, properties: Element | None, spans: list[Span]) -> Iterator[Line]:
        """A paragraph, unless it is empty. What is left out parts numbers."""
        if not any(span.text.strip() for span in spans):
            return
        alike = groupby(_parted(spans), lambda span: replace(span, text=""))
        looks = [(look, _cleaned("".join(span.text for span in run))) for look, run in alike]
        line = tuple(replace(look, text=text) for look, text in looks if text)
        self._left -= sum(len(span.text) for span in line) + 1
        if self._left < 0:
            raise NotWordError("it is too long for a narrative")
        yield Line(self._role({**self._styles.of_paragraph(properties), **stated(properties)}), line)

    # Tables

    def _table(self, table: Element) -> Iterator[Line | Grid]:
        """A table whose rows are equally wide, without the empty ones, or the paragraphs of one that is a frame."""
        rows: list[list[Cell]] = []
        merged: set[int] = set()
        for row in self._opened.found(table, "tr"):
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
        for cell in self._opened.found(row, "tc"):
            span = max(1, number(value(cell, "tcPr/gridSpan"), 1))
            if len(cells) + span > MOST_COLUMNS:
                raise NotWordError(f"it has a table of more than {MOST_COLUMNS} columns")
            merge, column = cell.find("tcPr/vMerge"), len(cells)
            lines = tuple(line for block in self.blocks(cell) for line in _lines(block))
            if merge is not None:
                merges.add(column)
                if merge.get("val", "continue") == "continue" and column in merged:
                    for line in lines:
                        self._drop(Kind.HIDDEN, "".join(span.text for span in line.spans))
                    lines = ()
            cells += [lines, *[()] * (span - 1)]
        return merges

    # Words

    def _inline(self, parent: Element, look: Span, style: Stated) -> Iterator[Span]:
        """The text in an element, in whatever it is wrapped; a span without text where something is left out."""
        for child in self._opened.children(parent):
            match child.tag:
                case "r":
                    yield from self._run(child, look, style)
                case "hyperlink" | "fldSimple":
                    link = _linked(self._target(child))
                    yield from self._inline(child, replace(look, link=link or look.link), style)
                case "fldChar" | "instrText":
                    yield from _said(self._fields.read(child), look)
                case "sym":
                    yield replace(look, text=self._symbol(child))
                case "m:oMath":
                    equation = Equation(self._opened.children, lambda run: self._run(run, look, style))
                    yield from equation.spans(child)
                case tag if tag in DROPPED:
                    yield from self._dropped(child)
                case tag if tag in WORDS and not self._fields.in_code:
                    link = look.link or _linked(self._fields.address)
                    yield from _said(words(child), replace(look, link=link))
                case tag if tag not in PROPERTIES:
                    yield from self._inline(child, look, style)

    def _target(self, link: Element) -> str:
        if code := link.get("instr"):
            return address_of(code)
        target, mark = self._parts.links.get(link.get("r:id", ""), ""), link.get("anchor", "")
        return f"{target}#{mark}" if mark and "#" not in target else target

    def _run(self, run: Element, look: Span, style: Stated) -> Iterator[Span]:
        """The text of a run, in the look that it says directly, else where one of the two styles says it."""
        properties = run.find("rPr")
        direct = stated(properties)
        named = self._styles.say("character", value(properties, "rStyle") or "")
        on = {
            name: direct.get(name, named.get(name, False) != style.get(name, False))
            for name in ("b", "i", *_NOT_PRINTED)
        }
        script = {**style, **named, **direct}.get("script", "")
        spans = list(self._inline(run, Span("", on["b"], on["i"], look.link, script), style))
        if (font := direct.get("font")) in _SYMBOL_FONTS:
            signs = (_SYMBOL.sub(lambda sign: self._sign(font, ord(sign[0])), span.text) for span in spans)
            spans = [replace(span, text=text) for span, text in zip(spans, signs, strict=True)]
        kind = next((kind for name, kind in _NOT_PRINTED.items() if on[name]), None)
        if kind is None:
            yield from spans
        elif (text := "".join(span.text for span in spans)).strip():
            yield from self._drop(kind, text)

    def _symbol(self, symbol: Element) -> str:
        font, sign = symbol.get("font", ""), symbol.get("char", "").upper()
        return self._sign(font, int(sign, 16)) if font and _HEX.fullmatch(sign) and not self._fields.in_code else ""

    def _sign(self, font: str, code: int) -> str:
        """A sign of a font; one that no other font has is left out."""
        from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]  # only a symbol pays for it

        is_private = 0xF000 <= code <= 0xF0FF
        found = dingbats.get((font, code - 0xF000 if is_private else code))
        if found is None and (is_private or font in _SYMBOL_FONTS):
            self._drop(Kind.SIGN, font)
            return ""
        return chr(code if found is None else found)

    # What is not printed

    def _dropped(self, element: Element) -> list[Span]:
        """Tells of an element that is not printed: of a drawing's text boxes, if it has any; not of a line."""
        kind = DROPPED[element.tag]
        if kind is not Kind.PICTURE:
            note = element.tag.replace("Reference", "s"), element.get("id", "")
            return self._drop(kind, self._parts.notes.get(note, ""))
        boxes = list(self._opened.found(element, "txbxContent"))
        for box in boxes:
            self._drop(Kind.TEXT_BOX, words(box))
        if not boxes and not any(each.get("o:hr") for each in element.iter()):
            self._drop(kind, next(filter(None, (each.get("descr") for each in element.iter())), ""))
        return []

    def _drop(self, kind: Kind, text: str) -> list[Span]:
        if self._fields.in_code:
            return []
        self.left_out.setdefault(kind, []).append(text)
        return [Span("")] if kind in _SEEN else []


def _lines(block: Line | Grid) -> Iterable[Line]:
    """The paragraphs of a block; those of a table in the order of its cells."""
    return [block] if isinstance(block, Line) else [line for row in block.rows for cell in row for line in cell]


def _said(text: str, look: Span) -> list[Span]:
    return [replace(look, text=text)] if text else []


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


def _linked(target: str) -> str:
    """A target that a report can link to, as an address is written; empty for any other."""
    if len(target) > LONGEST_ADDRESS or not target.lower().startswith(_LINKED):
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target.strip())
