"""Pages: the shell's Word sections, and one of its own for each section of the report, with its own header."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from itertools import count

from docx.document import Document
from docx.enum.section import WD_HEADER_FOOTER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import HeaderPart

from cpreport.editions.filling import Tags
from cpreport.editions.shell import ShellError
from cpreport.editions.styles import Styles
from cpreport.editions.texts import MARKS_APART
from cpreport.editions.widths import Room
from cpreport.editions.wordml import paragraph, parsed, run, value

_MARK_STYLE = "Page Mark"
_HEADER, _FOOTER = qn("w:headerReference"), qn("w:footerReference")
_DRAWN = "application/vnd.openxmlformats-officedocument.drawingml"
_FILLED = (
    *(CONTENT_TYPE.WML_FOOTER, CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES),
    *(f"{_DRAWN}.chart+xml", f"{_DRAWN}.diagramData+xml", "application/vnd.ms-office.drawingml.diagramDrawing+xml"),
)
"""The kinds of parts that print words, but for the body and headers."""


class Pages:
    """The Word sections of a document, from the shell's."""

    def __init__(self, document: Document, tags: Tags, styles: Styles, marks: tuple[str, ...]) -> None:
        self._document = document
        self._part = document.part
        package = document.part.package
        self._tags = tags
        self._styles = styles
        self._mark = MARKS_APART.join(marks)
        self._make_references_explicit()
        related = document.part.related_parts.items()
        self._headers = {relation: (part, part.blob) for relation, part in related if isinstance(part, HeaderPart)}
        self._names = map(PackURI, _free("/word/header{}.xml", {part.partname for part in package.iter_parts()}))
        self._ids = _free("rId{}", self._part.rels)
        self._others = [part for part in parts_of(document) if part.content_type in _FILLED]

    def unfilled(self) -> list[bytes]:
        """The parts of the shell that have tags to be filled, the body first."""
        headers = (blob for _, blob in self._headers.values())
        return [self._part.blob, *headers, *(part.blob for part in self._others)]

    def fill(self) -> None:
        """Fills the shell's own parts: its body, and its headers, which are in no section of the report."""
        for relation, (header, _) in self._headers.items():
            header._element = self._filled(relation, "")
        for part in (self._part, *self._others):
            filled = self._tags.filled(part.blob)
            # Moved node by node into the tree that is there, a large part would take time as the square of its size.
            if isinstance(part, XmlPart):
                part._element = filled
            else:
                part._blob = serialize_part_xml(filled)

    def mark(self, style: str) -> str:
        """The paragraph that says what every page says (EXAMPLE, DRAFT), '' where there is nothing to say."""
        return paragraph(self._styles.id(style), run(self._mark)) if self._mark else ""

    def section(self, base: BaseOxmlElement, running: str) -> BaseOxmlElement:
        """The properties of a section on a new page, like the shell's section `base` but with a header of its own."""
        properties = page_like(base, landscape=False)
        for reference in properties.findall(_HEADER):
            reference.set(qn("r:id"), self._own_header(value(reference, "r:id"), running))
        return properties

    def _own_header(self, shared: str, running: str) -> str:
        content = self._filled(shared, running)
        part = HeaderPart(next(self._names), CONTENT_TYPE.WML_HEADER, content, self._part.package)
        for relation in self._headers[shared][0].rels.values():
            target = relation.target_ref if relation.is_external else relation.target_part
            part.load_rel(relation.reltype, target, relation.rId, relation.is_external)
        id = next(self._ids)
        self._part.load_rel(RELATIONSHIP_TYPE.HEADER, part, id)
        return id

    def _filled(self, relation: str, running: str) -> BaseOxmlElement:
        root = self._tags.filled(self._headers[relation][1], section=running)
        root[:0] = parsed(self.mark(_MARK_STYLE))
        if not len(root):
            root.extend(parsed(paragraph(self._styles.id("Header"), "")))
        return root

    def _make_references_explicit(self) -> None:
        """Later sections may then stand between the shell's own without lending them headers."""
        even = ["even"] if self._document.settings.odd_and_even_pages_header_footer else []
        known: dict[tuple[str, str], BaseOxmlElement] = {}
        for properties in self._document.element.body.iter(qn("w:sectPr")):
            own = [each for each in properties if each.tag in (_HEADER, _FOOTER)]
            known |= {(each.tag, value(each, "w:type")): each for each in own}
            for missing in [reference for reference in known.values() if reference not in own]:
                properties.insert(0, deepcopy(missing))
            first = [] if properties.find(qn("w:titlePg")) is None else ["first"]
            for kind in ("default", *first, *even):
                if (_HEADER, kind) not in known:
                    type = WD_HEADER_FOOTER.from_xml(kind)
                    known[_HEADER, kind] = properties.add_headerReference(type, self._new_header())

    def _new_header(self) -> str:
        part = HeaderPart.new(self._part.package)
        part.element[:] = parsed(paragraph(self._styles.id("Header"), run("{{ section }}")))
        return self._part.relate_to(part, RELATIONSHIP_TYPE.HEADER)


def _free(name: str, taken: Collection[str]) -> Iterator[str]:
    """Names with a number from 1 on that are not taken, each once: to look for each anew takes ever longer."""
    return (each for each in map(name.format, count(1)) if each not in taken)


def parts_of(document: Document) -> list[Part]:
    """The document's parts but for its building blocks, which nothing prints."""
    parts = document.part.package.iter_parts()
    return [part for part in parts if not part.partname.startswith("/word/glossary/")]


def properties_at(mark: BaseOxmlElement) -> BaseOxmlElement:
    """The properties of the shell's section that the mark is in. Raises ShellError."""
    ends = (end for element in mark.itersiblings() for end in element.iter(qn("w:sectPr")))
    properties: BaseOxmlElement | None = next(ends, None)
    if properties is None or not properties.xpath("./w:pgSz[@w:w and @w:h] and ./w:pgMar"):
        raise ShellError("shell.docx has no page size and margins after {{ sections }}")
    return properties


def page_like(base: BaseOxmlElement, landscape: bool) -> BaseOxmlElement:
    """The properties of a section on a new page, like those of `base`; its first page is as all others."""
    properties = deepcopy(base)
    for element in properties.xpath("./w:type | ./w:titlePg | ./*[@w:type='first']"):
        properties.remove(element)
    for page_number in properties.findall(qn("w:pgNumType")):
        page_number.attrib.pop(qn("w:start"), None)
    if landscape:
        size = properties.find(qn("w:pgSz"))
        sides = sorted((value(size, "w:w"), value(size, "w:h")), key=int)
        for name, side in zip(("w:h", "w:w", "w:orient"), (*sides, "landscape"), strict=True):
            size.set(qn(name), side)
    return properties


def page_size(properties: BaseOxmlElement) -> tuple[str, str]:
    """The width and height of a section's pages, in twips."""
    size = properties.find(qn("w:pgSz"))
    return value(size, "w:w"), value(size, "w:h")


def room_on(properties: BaseOxmlElement) -> Room:
    """The room on a section's pages. Raises ShellError if there is none between their margins."""
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    left, right, gutter = (int(value(margins, side) or "0") for side in ("w:left", "w:right", "w:gutter"))
    width = int(value(size, "w:w")) - left - right - gutter
    if width <= 0:
        raise ShellError("shell.docx has no room between the margins of its pages")
    top, bottom = (abs(int(value(margins, side) or "0")) for side in ("w:top", "w:bottom"))
    return Room(width, int(value(size, "w:h")) - top - bottom, max(0, min(left, right) // 2))
