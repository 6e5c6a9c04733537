"""A document's body with nothing in it but paragraphs, runs and tables, ready to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from cpreport.inputs.word.changes import JOINS_NEXT
from cpreport.inputs.word.containers import LEFT_OUT, Kind
from cpreport.inputs.word.elements import number, value, words
from cpreport.inputs.word.fields import Fields, address_of
from cpreport.inputs.word.numbering import Numbering
from cpreport.inputs.word.parts import LONGEST_ADDRESS, Parts
from cpreport.inputs.word.roles import Role, Roles
from cpreport.inputs.word.styles import Style, Styles

_WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKED = ("http://", "https://", "mailto:")
_SYMBOL = re.compile("[\uf020-\uf0ff]")
_SYMBOL_FONTS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")
_HEX = re.compile(r"[0-9A-F]{2,4}")
_NOT_TEXT = ("pPr", "rPr", "rt", "delText", "instrText", "delInstrText")
_NOT_PRINTED = {"vanish": Kind.HIDDEN, "strike": Kind.STRUCK, "dstrike": Kind.STRUCK}
MOST_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class Typed:
    """Text in one look; `font` is that of symbols, `symbol` the sign in it."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    font: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Simple:
    """A body in simple WordprocessingML.

    A paragraph's style is the index of what it is in `roles`, a link's id that of its address in `links`. `left_out`
    are the texts of what is not printed, by kind.
    """

    document: bytes
    roles: tuple[Role, ...]
    links: tuple[str, ...]
    left_out: dict[Kind, list[str]] = field(default_factory=dict)


def simplified(parts: Parts) -> Simple:
    """The body of a document whose containers are open and whose changes are accepted."""
    return _Body(parts).simple()


class _Body:
    """Walks a body once, from front to back."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._role = Roles(self._styles, Numbering(parts.numbering, self._styles)).role
        self._fields = Fields(parts.body)
        self._roles: list[Role] = []
        self._links: list[str] = []
        self._left_out: dict[Kind, list[str]] = {}

    def simple(self) -> Simple:
        root = Element("w:document", {"xmlns:w": _WORDML, "xmlns:r": _RELATIONSHIPS})
        SubElement(root, "w:body").extend([*self._blocks(self._parts.body)])
        return Simple(tostring(root), tuple(self._roles), tuple(self._links), self._left_out)

    def _blocks(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables in an element; a paragraph whose mark is deleted goes on in the next."""
        begun: list[Typed] = []
        last: Element | None = None
        for child in _flat(parent):
            if child.tag == "tbl":
                yield from self._paragraph(last, begun)
                begun, last = [], None
                yield self._table(child)
            else:
                begun += self._typed(child)
                last = child.find("pPr")
                if child.get(JOINS_NEXT) is None:
                    yield from self._paragraph(last, begun)
                    begun, last = [], None
        yield from self._paragraph(last, begun)

    def _paragraph(self, properties: Element | None, typed: list[Typed]) -> Iterator[Element]:
        """A paragraph, unless it is empty."""
        if not any(each.text.strip() or each.symbol for each in typed):
            return
        paragraph = Element("w:p")
        style = SubElement(SubElement(paragraph, "w:pPr"), "w:pStyle")
        style.set("w:val", str(len(self._roles)))
        self._roles.append(self._role(properties))
        for look, alike in groupby(typed, lambda each: replace(each, text="")):
            texts = [each.text for each in alike]
            for text in texts if look.symbol else ["".join(texts)]:
                self._add_run(paragraph, look, text)
        yield paragraph

    def _add_run(self, paragraph: Element, look: Typed, text: str) -> None:
        parent = paragraph
        if look.link:
            parent = SubElement(paragraph, "w:hyperlink", {"r:id": f"link{len(self._links)}"})
            self._links.append(look.link)
        run = SubElement(parent, "w:r")
        properties = SubElement(run, "w:rPr")
        for name, is_on in (("w:b", look.bold), ("w:i", look.italic)):
            if is_on:
                SubElement(properties, name)
        if look.symbol:
            SubElement(run, "w:sym", {"w:font": look.font, "w:char": look.symbol})
        for position, line in enumerate(text.split("\n")):
            if position:
                SubElement(run, "w:br")
            SubElement(run, "w:t").text = line

    def _table(self, table: Element) -> Element:
        simple = Element("w:tbl")
        for row in _inside(table, "tr"):
            simple_row = SubElement(simple, "w:tr")
            if before := min(number(value(row, "trPr/gridBefore")), MOST_COLUMNS):
                properties = SubElement(SubElement(simple_row, "w:tc"), "w:tcPr")
                SubElement(properties, "w:gridSpan", {"w:val": str(before)})
            simple_row.extend([self._cell(cell) for cell in _inside(row, "tc")])
        return simple

    def _cell(self, cell: Element) -> Element:
        """A cell with its paragraphs; those of a table within it are its own."""
        simple = Element("w:tc")
        properties = SubElement(simple, "w:tcPr")
        span = min(max(1, number(value(cell, "tcPr/gridSpan"), 1)), MOST_COLUMNS)
        SubElement(properties, "w:gridSpan", {"w:val": str(span)})
        merged = cell.find("tcPr/vMerge")
        if merged is not None:
            SubElement(properties, "w:vMerge", {"w:val": merged.get("val", "continue")})
        for block in self._blocks(cell):
            simple.extend([block] if block.tag == "w:p" else block.iter("w:p"))
        return simple

    def _typed(self, paragraph: Element) -> list[Typed]:
        properties = paragraph.find("pPr")
        return list(self._inline(paragraph, Typed(""), self._styles.of_paragraph(properties)))

    def _inline(self, parent: Element, look: Typed, styles: list[Style]) -> Iterator[Typed]:
        """The text in an element, in whatever it is wrapped."""
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
                    self._leave_out(Kind[child.get("kind", "")], child.get("text", ""))
                case _ if child.tag in _NOT_TEXT:
                    pass
                case _ if len(child):
                    yield from self._inline(child, look, styles)
                case _:
                    yield from self._words(words(child), look)

    def _target(self, hyperlink: Element) -> str:
        target, mark = self._parts.links.get(hyperlink.get("r:id", ""), ""), hyperlink.get("anchor", "")
        return _linked(f"{target}#{mark}" if mark and "#" not in target else target)

    def _run(self, run: Element, look: Typed, styles: list[Style]) -> Iterator[Typed]:
        properties = run.find("rPr")
        bold, italic = (self._styles.is_on(name, properties, styles) for name in ("b", "i"))
        fonts = properties.find("rFonts") if properties is not None else None
        font = "" if fonts is None else fonts.get("ascii", "")
        typed = list(self._inline(run, replace(look, bold=bold, italic=italic, font=font), styles))
        text = "".join(each.text for each in typed)
        not_printed = self._not_printed(properties, styles)
        if not_printed is None:
            yield from typed
        elif text.strip():
            self._leave_out(not_printed, text)

    def _not_printed(self, properties: Element | None, styles: list[Style]) -> Kind | None:
        """Why characters are not printed; None if they are."""
        return next((kind for name, kind in _NOT_PRINTED.items() if self._styles.is_on(name, properties, styles)), None)

    def _words(self, text: str, look: Typed) -> Iterator[Typed]:
        """Text, but that of a field's code; signs of a symbol font are symbols."""
        if not text or self._fields.in_code:
            return
        link = look.link or _linked(self._fields.address)
        plain = replace(look, link=link, font="")
        if look.font not in _SYMBOL_FONTS:
            yield replace(plain, text=text)
            return
        for is_symbol, signs in groupby(text, lambda sign: bool(_SYMBOL.match(sign))):
            if is_symbol:
                yield from (replace(plain, font=look.font, symbol=f"{ord(sign):X}") for sign in signs)
            else:
                yield replace(plain, text="".join(signs))

    def _symbol(self, symbol: Element, look: Typed) -> Iterator[Typed]:
        font, sign = symbol.get("font", ""), symbol.get("char", "").upper()
        if font and _HEX.fullmatch(sign) and not self._fields.in_code:
            yield replace(look, font=font, symbol=sign)

    def _leave_out(self, kind: Kind, text: str) -> None:
        if not self._fields.in_code:
            self._left_out.setdefault(kind, []).append(text)


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


def addresses(links: Iterable[str]) -> bytes:
    """The relationships part of a simplified document."""
    root = Element("Relationships", {"xmlns": "http://schemas.openxmlformats.org/package/2006/relationships"})
    for index, link in enumerate(links):
        type = f"{_RELATIONSHIPS}/hyperlink"
        SubElement(root, "Relationship", {"Id": f"link{index}", "Target": link, "Type": type, "TargetMode": "External"})
    return tostring(root)
