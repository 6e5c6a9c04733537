"""The words of a shell whose tags are filled, as blocks: for editions that do not have Word's looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain, count, groupby
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.links import address
from cpreport.editions.shell import ShellError
from cpreport.editions.styles import Styles
from cpreport.editions.wordml import is_on, value
from cpreport.model.document import (
    EMPTY,
    SUBSCRIPT,
    SUPERSCRIPT,
    Align,
    Block,
    ContentsPlace,
    Heading,
    Image,
    List,
    ListEntry,
    Note,
    Paragraph,
    Picture,
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
from cpreport.office.pictures import NotAPicture, check_vector, read_image
from cpreport.office.symbols import SYMBOL_FONTS, in_any_font
from cpreport.office.xml import legal

_A, _C, _M = (f"{{{nsmap[prefix]}}}" for prefix in ("a", "c", "m"))
_VML = "{urn:schemas-microsoft-com:vml}"
_VECTOR = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DIAGRAM = qn("dgm:relIds")

_WORDS = (qn("w:t"), f"{_M}t")
_SIGNS = {
    qn(f"w:{name}"): sign for name, sign in (("tab", " "), ("ptab", " "), ("cr", "\n"), ("noBreakHyphen", "\u2011"))
}
_NOTES = {qn(f"w:{kind}noteReference"): f"/{kind}notes.xml" for kind in ("foot", "end")}
_WRAPPERS = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml"))
_SKIPPED = (_FALLBACK, *(qn(f"w:{name}") for name in ("pPr", "rPr", "del", "moveFrom", "sectPr")))
_IN_CELLS = tuple(qn(f"w:{name}") for name in ("vMerge", "gridBefore", "gridAfter"))

_CROPPED = ("l", "t", "r", "b", "cropleft", "croptop", "cropright", "cropbottom")
_SCRIPTS = (SUPERSCRIPT, SUBSCRIPT)
_ALIGNED = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number) ([2-5])")
_BODY_TEXT = 9
"""The outline level of what is not a heading, counted from 0."""


class Entry(NamedTuple):
    """A paragraph of a list, at a level from 0; `number` is that of its list."""

    text: Text
    level: int
    is_ordered: bool
    number: str


Printed = Block | Entry
"""What a shell prints, before the entries of a list are joined."""


@dataclass
class _Field:
    """A field that is open where the text is read."""

    instruction: str = ""
    in_result: bool = False


class ShellText:
    """Reads a document's body from front to back.

    What is drawn or stands in a text box comes before the words of its paragraph, a footnote or endnote after them.
    """

    def __init__(self, document: Document, styles: Styles) -> None:
        self._part: Part = document.part
        self._styles = styles
        self._fields: list[_Field] = []
        self._numbers = count(1)

    def parts(self, element: BaseOxmlElement) -> Iterator[Printed]:
        """What an element of the body prints. Raises ShellError for an inserted file, which only Word can read."""
        if element.tag == qn("w:p"):
            yield from self._paragraph(element)
        elif element.tag == qn("w:tbl"):
            yield from self._table(element)
        elif element.tag == qn("w:altChunk"):
            raise ShellError(
                "shell.docx has a file inserted in it that only Word can read: open it in Word and save it"
            )
        elif element.tag not in _SKIPPED:
            yield from self._inside(element)

    def _inside(self, element: BaseOxmlElement) -> Iterator[Printed]:
        return chain.from_iterable(map(self.parts, element))

    # Paragraphs

    def _paragraph(self, paragraph: BaseOxmlElement) -> Iterator[Printed]:
        found = [*self._inline(paragraph, Span(""))]
        text = merged(each for each in found if isinstance(each, Span))
        others = [each for each in found if not isinstance(each, Span)]
        yield from (each for each in others if not isinstance(each, Note))
        if plain(text).strip():
            yield self._kind(paragraph, text)
        yield from (each for each in others if isinstance(each, Note))

    def _kind(self, paragraph: BaseOxmlElement, text: Text) -> Printed:
        """A paragraph with words as what it is by its style, or by what it says of itself."""
        names = self._styles.names(_style(paragraph))
        if "title" in names:
            return Heading(0, text)
        level = value(self._property(paragraph, "w:outlineLvl"))
        named = next(filter(None, map(_HEADING.fullmatch, names)), None)
        outline = int(level) if level else int(named[1]) - 1 if named else _BODY_TEXT
        if outline < _BODY_TEXT:
            return Heading(outline + 1, text)
        number, depth = (value(self._property(paragraph, f"w:numPr/w:{name}")) for name in ("numId", "ilvl"))
        counting = self._styles.counting(number, int(depth or 0))
        if counting not in ("", "none"):
            deeper = next(filter(None, map(_LIST.fullmatch, names)), None)
            return Entry(text, int(deeper[1]) - 1 if deeper else int(depth or 0), counting != "bullet", number)
        return Note(text) if "note" in names else Paragraph(text)

    def _property(self, paragraph: BaseOxmlElement | None, path: str) -> BaseOxmlElement | None:
        """A property that a paragraph has itself, or else by its style."""
        if paragraph is None:
            return None
        own: BaseOxmlElement | None = paragraph.find(f"w:pPr/{path}", nsmap)
        return self._styles.inherited(_style(paragraph), f"w:pPr/{path}") if own is None else own

    # Tables

    def _table(self, table: BaseOxmlElement) -> Iterator[Printed]:
        """A table with one row of headings and the same columns in each row; of any other one what its cells have.

        A row of cells that have no more than a paragraph each is one paragraph.
        """
        rows = [[*_found(row, "w:tc")] for row in _found(table, "w:tr")]
        words = [[[*self._inside(cell)] for cell in row] for row in rows]
        if not (_is_plain(table) and all(isinstance(each, Paragraph | Entry | Note) for each in chain(*chain(*words)))):
            yield from chain.from_iterable(map(_of_row, words))
            return
        headings, *others = (tuple(map(self._cell, row, cells)) for row, cells in zip(words, rows, strict=True))
        yield Table(
            TableKind.PLAIN,
            "",
            headings,
            tuple(TableRow(RowKind.PLAIN, cells) for cells in others),
            _widths(table, len(headings)),
            title=value(table.find("w:tblPr/w:tblCaption", nsmap)),
        )
        yield from (each for each in chain(*chain(*words)) if isinstance(each, Note))

    def _cell(self, words: Iterable[Printed], cell: BaseOxmlElement) -> TableCell:
        lines = tuple(each.text for each in words if isinstance(each, Paragraph | Entry))
        aligned = value(self._property(cell.find(".//w:p", nsmap), "w:jc"))
        return TableCell(lines or ((Span(EMPTY),),), _ALIGNED.get(aligned, Align.LEFT))

    # Words

    def _inline(self, parent: BaseOxmlElement, look: Span) -> Iterator[Span | Printed]:
        """What stands in an element of a paragraph, in whatever it is wrapped."""
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag in _WORDS:
                yield from self._said(child.text or "", look)
            elif tag in _SIGNS:
                yield from self._said(_SIGNS[tag], look)
            elif tag == qn("w:br"):
                yield from self._said("\n" if value(child, "w:type") in ("", "textWrapping") else " ", look)
            elif tag == qn("w:sym"):
                yield from self._said(_sign(value(child, "w:font"), value(child, "w:char")), look)
            elif tag == qn("w:r"):
                yield from self._inline(child, self._look(child, look))
            elif tag == f"{_M}r":
                yield from (Span(" "), *self._inline(child, look), Span(" "))
            elif tag == qn("w:hyperlink"):
                yield from self._inline(child, replace(look, link=self._target(child) or look.link))
            elif tag == qn("w:fldSimple"):
                yield from self._inline(child, replace(look, link=_link(value(child, "w:instr")) or look.link))
            elif tag == qn("w:fldChar"):
                self._at_field(value(child, "w:fldCharType"))
            elif tag == qn("w:instrText"):
                for field in self._fields[-1:]:
                    field.instruction += child.text or ""
            elif tag in _NOTES:
                yield from self._note(_NOTES[tag], value(child, "w:id"), look)
            elif tag == qn("w:txbxContent"):
                yield from self._inside(child)
            else:
                yield from self._drawn(child)
                yield from self._inline(child, look)

    def _said(self, text: str, look: Span) -> Iterator[Span]:
        """Words, unless they are in a field's instruction, which is not printed."""
        if all(field.in_result for field in self._fields):
            links = filter(None, (_link(field.instruction) for field in self._fields))
            yield Span(text) if text == "\n" else replace(look, text=text, link=look.link or next(links, ""))

    def _look(self, run: BaseOxmlElement, look: Span) -> Span:
        """How a run looks by itself or by its own style: what its paragraph's style says is the look of the shell."""
        style = value(run.find("w:rPr/w:rStyle", nsmap))

        def stated(name: str) -> BaseOxmlElement | None:
            own: BaseOxmlElement | None = run.find(f"w:rPr/{name}", nsmap)
            return self._styles.inherited(style, f"w:rPr/{name}") if own is None else own

        script = value(stated("w:vertAlign"))
        script = script if script in _SCRIPTS else ""
        return replace(look, bold=is_on(stated("w:b")), italic=is_on(stated("w:i")), script=script)

    def _target(self, link: BaseOxmlElement) -> str:
        """The address that a link leads to, '' where it leads to a place in the document."""
        known = self._part.rels.get(value(link, "r:id"))
        return address(known.target_ref) if known is not None and known.is_external else ""

    def _at_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end":
            del self._fields[-1:]

    def _note(self, name: str, id: str, look: Span) -> Iterator[Span | Printed]:
        """The number of a footnote or endnote, which count together, and the note."""
        number = replace(look, text=str(next(self._numbers)), script=SUPERSCRIPT)
        yield number
        for part in self._part.related_parts.values():
            for note in parse_xml(part.blob) if part.partname.endswith(name) else ():
                if value(note, "w:id") == id:
                    inside = copy(self)
                    inside._part = part
                    words = [*inside._inside(note)]
                    texts = (each.text for each in words if isinstance(each, Heading | Paragraph | Note | Entry))
                    yield Note(merged(_apart([(number,), *texts])))
                    yield from (each for each in words if isinstance(each, Table | Picture))

    # Drawings

    def _drawn(self, element: BaseOxmlElement) -> Iterator[Printed]:
        """A picture, or the words of what is drawn; for a picture that cannot be shown there is its description."""
        if element.tag in (f"{_A}blip", f"{_VML}imagedata"):
            yield from self._picture(element)
        elif element.tag in (f"{_C}chart", _DIAGRAM):
            yield from _lines([_description(element)])
            part = self._part.related_parts.get(value(element, "r:id") or value(element, "r:dm"))
            for each in parse_xml(part.blob).iter(f"{_A}p", f"{_C}strCache") if part else ():
                between = "" if each.tag == f"{_A}p" else " "
                yield from _lines([between.join(text.text or "" for text in each.iter(f"{_A}t", f"{_C}v"))])
        elif element.tag == f"{_A}p":
            yield from _lines(["".join(text.text or "" for text in element.iter(f"{_A}t"))])
        elif element.tag == f"{_VML}textpath":
            yield from _lines([element.get("string", "")])

    def _picture(self, element: BaseOxmlElement) -> Iterator[Printed]:
        described = _description(element)
        try:
            image = read_image(self._embedded(element) if _is_whole(element) else b"")
        except NotAPicture:
            yield from _lines([described])
            return
        vector = next(map(self._embedded, element.iter(_VECTOR)), b"")
        try:
            check_vector(vector)
        except NotAPicture:
            vector = b""
        width, height = _size(element, image)
        text = (Span(described),) if described else ()
        yield Picture(text, replace(image, width=width, height=height, vector=vector))

    def _embedded(self, element: BaseOxmlElement) -> bytes:
        part = self._part.related_parts.get(value(element, "r:embed") or value(element, "r:id"))
        return bytes(part.blob) if part else b""


def joined(parts: Iterable[Printed | ContentsPlace]) -> Iterator[Block | ContentsPlace]:
    """The parts with their entries joined to lists."""
    for is_entry, run in groupby(parts, key=lambda each: isinstance(each, Entry)):
        if is_entry:
            yield from _lists([each for each in run if isinstance(each, Entry)])
        else:
            yield from (each for each in run if not isinstance(each, Entry))


def _lists(entries: Iterable[Entry]) -> Iterator[List]:
    """Lists of entries, those of deeper levels below the ones before them."""
    found: list[tuple[Entry, list[Entry]]] = []
    for entry in entries:
        if found and entry.level > found[-1][0].level:
            found[-1][1].append(entry)
        else:
            found.append((entry, []))
    for (is_ordered, _), run in groupby(found, key=lambda each: (each[0].is_ordered, each[0].number)):
        yield List(is_ordered, tuple(ListEntry(entry.text, tuple(_lists(below))) for entry, below in run))


def _style(paragraph: BaseOxmlElement) -> str:
    return value(paragraph.find("w:pPr/w:pStyle", nsmap))


def _found(parent: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """The rows of a table or the cells of a row, also where they are in a content control."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _found(child, tag)


def _is_plain(table: BaseOxmlElement) -> bool:
    """Whether a table has a row of headings, others below it, and no merged cells."""
    rows = [*_found(table, "w:tr")]
    headings = [is_on(row.find("w:trPr/w:tblHeader", nsmap)) for row in rows]
    spans = (value(each) for each in table.iter(qn("w:gridSpan")))
    is_merged = any(span != "1" for span in spans) or next(table.iter(*_IN_CELLS), None) is not None
    columns = {sum(1 for _ in _found(row, "w:tc")) for row in rows}
    return headings[:1] == [True] and headings.count(True) == 1 < len(rows) and len(columns) == 1 and not is_merged


def _widths(table: BaseOxmlElement, columns: int) -> tuple[int, ...]:
    stated = tuple(max(1, int(value(each, "w:w") or 1)) for each in table.findall("w:tblGrid/w:gridCol", nsmap))
    return stated if len(stated) == columns else (1,) * columns


def _of_row(cells: Sequence[Sequence[Printed]]) -> Iterator[Printed]:
    """A row without a table: one paragraph, or what each cell has."""
    texts = [each.text for cell in cells for each in cell if isinstance(each, Paragraph)]
    if len(texts) < sum(map(len, cells)) or any(len(cell) > 1 for cell in cells):
        yield from chain(*cells)
    elif texts:
        yield Paragraph(merged(_apart(texts)))


def _apart(texts: Iterable[Text]) -> Iterator[Span]:
    """Texts as one, with spaces between them."""
    for number, text in enumerate(texts):
        yield from (*([Span(" ")] if number else ()), *text)


def _lines(texts: Iterable[str]) -> Iterator[Paragraph]:
    return (Paragraph((Span(text),)) for text in texts if text.strip())


def _link(instruction: str) -> str:
    """The address that a field leads to, '' where it is not a link to one."""
    found = _LINK.match(instruction)
    return address(found[1]) if found else ""


def _sign(font: str, code: str) -> str:
    """A sign of a symbol font as other fonts have it, '' where none has it."""
    number = int(code, 16)
    return legal(in_any_font(font, number & 0xFF) if font in SYMBOL_FONTS else chr(number))


def _description(element: BaseOxmlElement) -> str:
    """The alternative text of what an element of a drawing is in: of the nearest that has one."""
    for above in element.iterancestors():
        stated = (above.find("pic:nvPicPr/pic:cNvPr", nsmap), above.find("wp:docPr", nsmap))
        stating = [each for each in stated if each is not None]
        said = [above.get("alt", ""), *(each.get("descr") or each.get("title") or "" for each in stating)]
        if found := next(filter(None, (" ".join(text.split()) for text in said)), ""):
            return found
        if above.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
            break
    return ""


def _is_whole(element: BaseOxmlElement) -> bool:
    """Whether nothing is cut off a picture: what was cut off is not for readers."""
    stated = (element, *element.getparent().findall("a:srcRect", nsmap))
    return all(each.get(side, "0") in ("0", "0f") for each in stated for side in _CROPPED)


def _size(element: BaseOxmlElement, image: Image) -> tuple[int, int]:
    """The width and height that a picture is shown in, or else its own."""
    shown = element.getparent().getparent().find("pic:spPr/a:xfrm/a:ext", nsmap)
    sides = (0, 0) if shown is None else (int(shown.get("cx", 0)), int(shown.get("cy", 0)))
    return sides if all(side > 0 for side in sides) else (image.width, image.height)
