"""Pages: the shell's Word sections, and one of its own for each section of the report, with its own header."""

from __future__ import annotations

from collections.abc import Iterator
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
from cpreport.editions.wordml import paragraph, parsed, run, value

_MARK_STYLE = "Page Mark"
_HEADER = "w:headerReference"
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
        self._tags = tags
        self._styles = styles
        self._mark = " – ".join(marks)
        self._make_references_explicit()
        related = document.part.related_parts.items()
        self._headers = {relation: part for relation, part in related if isinstance(part, HeaderPart)}
        self._names = _free_names(document)
        self._numbers = (f"rId{number}" for number in count(1))
        self._unfilled = {relation: part.blob for relation, part in self._headers.items()}
        self._others = [part for part in parts_of(document) if part.content_type in _FILLED]

    def unfilled(self) -> list[bytes]:
        """The parts of the shell that have tags to be filled, the body first."""
        return [self._part.blob, *self._unfilled.values(), *(part.blob for part in self._others)]

    def fill(self) -> None:
        """Fills the shell's own parts: its body, and its headers, which are in no section of the report."""
        for relation, header in self._headers.items():
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

    def section(self, base: BaseOxmlElement, running: str, landscape: bool) -> BaseOxmlElement:
        """The properties of a section on a new page, like the shell's section `base` but with a header of its own."""
        properties = page_like(base, landscape)
        for reference in properties.findall(qn(_HEADER)):
            reference.set(qn("r:id"), self._own_header(value(reference, "r:id"), running))
        return properties

    def _own_header(self, shared: str, running: str) -> str:
        package = self._part.package
        part = HeaderPart(next(self._names), CONTENT_TYPE.WML_HEADER, self._filled(shared, running), package)
        for relation in self._headers[shared].rels.values():
            target = relation.target_ref if relation.is_external else relation.target_part
            part.load_rel(relation.reltype, target, relation.rId, relation.is_external)
        number = next(number for number in self._numbers if number not in self._part.rels)
        self._part.load_rel(RELATIONSHIP_TYPE.HEADER, part, number)
        return number

    def _filled(self, relation: str, running: str) -> BaseOxmlElement:
        root = self._tags.filled(self._unfilled[relation], section=running)
        root[:0] = parsed(self.mark(_MARK_STYLE))
        if not len(root):
            root.extend(parsed(paragraph(self._styles.id("Header"), "")))
        return root

    def _make_references_explicit(self) -> None:
        """Later sections may then stand between the shell's own without lending them headers."""
        known: dict[tuple[str, str], BaseOxmlElement] = {}
        for properties in self._document.element.body.iter(qn("w:sectPr")):
            own = properties.xpath("./w:headerReference | ./w:footerReference")
            known |= {(each.tag, value(each, "w:type")): each for each in own}
            for missing in [reference for key, reference in known.items() if reference not in own]:
                properties.insert(0, deepcopy(missing))
            for kind in self._kinds_without_header(properties):
                reference = properties.add_headerReference(WD_HEADER_FOOTER.from_xml(kind), self._new_header())
                known[reference.tag, kind] = reference

    def _kinds_without_header(self, properties: BaseOxmlElement) -> list[str]:
        wanted = ["default"]
        if properties.find(qn("w:titlePg")) is not None:
            wanted.append("first")
        if self._document.settings.odd_and_even_pages_header_footer:
            wanted.append("even")
        known = {value(reference, "w:type") for reference in properties.findall(qn(_HEADER))}
        return [kind for kind in wanted if kind not in known]

    def _new_header(self) -> str:
        part = HeaderPart.new(self._part.package)
        words = paragraph(self._styles.id("Header"), run("{{ section }}"))
        part.element[:] = parsed(words)
        return self._part.relate_to(part, RELATIONSHIP_TYPE.HEADER)


def _free_names(document: Document) -> Iterator[PackURI]:
    """Names of headers that no part of the document has; each is given once."""
    taken = {part.partname for part in document.part.package.iter_parts()}
    names = (PackURI(f"/word/header{number}.xml") for number in count(1))
    return (name for name in names if name not in taken)


def parts_of(document: Document) -> list[Part]:
    """The document's parts but for its building blocks, which nothing prints."""
    parts = document.part.package.iter_parts()
    return [part for part in parts if not part.partname.startswith("/word/glossary/")]


def page_like(base: BaseOxmlElement, landscape: bool) -> BaseOxmlElement:
    """The properties of a section on a new page, like those of `base`; its first page is as all others."""
    properties = deepcopy(base)
    for element in properties.xpath("./w:type | ./w:titlePg | ./*[@w:type='first']"):
        properties.remove(element)
    for page_number in properties.findall(qn("w:pgNumType")):
        page_number.attrib.pop(qn("w:start"), None)
    if landscape:
        _turn(properties)
    return properties


def text_width(properties: BaseOxmlElement) -> int:
    """Between the margins of a section's pages, in twips. Raises ShellError if there is nothing."""
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    sides = (value(margins, side) or "0" for side in ("w:left", "w:right", "w:gutter"))
    width = int(value(size, "w:w")) - sum(map(int, sides))
    if width <= 0:
        raise ShellError("shell.docx has no room between the margins of its pages")
    return width


def _turn(properties: BaseOxmlElement) -> None:
    size = properties.find(qn("w:pgSz"))
    width, height = int(value(size, "w:w")), int(value(size, "w:h"))
    size.set(qn("w:w"), str(max(width, height)))
    size.set(qn("w:h"), str(min(width, height)))
    size.set(qn("w:orient"), "landscape")
