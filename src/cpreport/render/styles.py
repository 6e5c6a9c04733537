"""The shell's styles by name, and the numbering they refer to. What the shell lacks comes from the packaged shell."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from cpreport.render.shell import ShellError
from cpreport.render.wordml import value

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement

_REFERENCES = ("w:basedOn", "w:next", "w:link")


class Styles:
    """The styles of a document; `packaged` is asked for those it lacks."""

    def __init__(self, document: Document, packaged: Styles | None = None) -> None:
        self._root = document.styles.element
        self._packaged = packaged
        self._by_id = {value(style, "w:styleId"): style for style in self._root.findall(qn("w:style"))}
        self._ids = {_name(style): style_id for style_id, style in self._by_id.items()}
        self.numbering = Numbering(document)

    def id(self, name: str) -> str:
        """The style's id in this document. Raises ShellError if neither shell has it."""
        known = self._ids.get(name.lower())
        return self._copied(name) if known is None else known

    def shading(self, name: str) -> str:
        """The fill of a paragraph style as six hexadecimal digits, '' where it has none."""
        fill = value(self.inherited(self.id(name), "./w:pPr/w:shd"), "w:fill")
        return "" if fill == "auto" else fill

    def restarted(self, name: str) -> str:
        """The w:numPr of a new list in this style that starts at 1. Raises ShellError if the style does not number."""
        properties = self.inherited(self.id(name), "./w:pPr/w:numPr")
        number = "" if properties is None else value(properties.find(qn("w:numId")))
        if not self.numbering.defines(number):
            raise ShellError(f"shell.docx: the style “{name}” has no numbering")
        level = int(value(properties.find(qn("w:ilvl"))) or 0) if properties is not None else 0
        number = self.numbering.restarted(number, level)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def set_language(self, language: str) -> None:
        """Makes it the language of the whole document."""
        defaults = _child(_child(_child(self._root, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
        _child(defaults, "w:lang", at_end=True).set(qn("w:val"), language)

    def inherited(self, style_id: str, path: str) -> BaseOxmlElement | None:
        """What an XPath finds in a style, or else in the nearest of those it is based on; None if in none."""
        style = self._by_id.get(style_id)
        seen = 0
        while style is not None and seen <= len(self._by_id):
            found = style.xpath(path)
            if found:
                element: BaseOxmlElement = found[0]
                return element
            style, seen = self._by_id.get(value(style.find(qn("w:basedOn")))), seen + 1
        return None

    def _copied(self, name: str) -> str:
        source = self._packaged._named(name) if self._packaged else None
        if self._packaged is None or source is None:
            raise ShellError(f"shell.docx has no style “{name}”")
        style = deepcopy(source)
        style_id = self._free_id(value(source, "w:styleId"))
        style.set(qn("w:styleId"), style_id)
        self._ids[name.lower()], self._by_id[style_id] = style_id, style
        self._root.append(style)
        self._follow_references(style, self._packaged)
        return style_id

    def _follow_references(self, style: BaseOxmlElement, source: Styles) -> None:
        for reference in (found for tag in _REFERENCES for found in style.findall(qn(tag))):
            reference.set(qn("w:val"), self.id(_name(source._by_id[value(reference)])))
        for number in style.xpath("./w:pPr/w:numPr/w:numId"):
            number.set(qn("w:val"), self.numbering.adopted(source.numbering, value(number)))

    def _named(self, name: str) -> BaseOxmlElement | None:
        return self._by_id.get(self._ids.get(name.lower(), ""))

    def _free_id(self, wished: str) -> str:
        while wished in self._by_id:
            wished += "x"
        return wished


class Numbering:
    """The list definitions of a document."""

    def __init__(self, document: Document) -> None:
        self._root = _numbering_part(document).element
        self._adopted: dict[str, str] = {}

    def defines(self, number: str) -> bool:
        """Whether there is a list of this w:numId."""
        return bool(number) and bool(self._root.xpath(f'./w:num[@w:numId="{int(number)}"]'))

    def restarted(self, number: str, level: int) -> str:
        """A new list with the definition of list `number`, starting at 1 at `level`."""
        num = self._root.add_num(int(self._definition_id(number)))
        num.add_lvlOverride(level).add_startOverride(1)
        return str(num.numId)

    def adopted(self, source: Numbering, number: str) -> str:
        """List `number` of another document as a list of this one."""
        if number not in self._adopted:
            self._adopted[number] = self._copied(source._definition(number))
        return self._adopted[number]

    def _copied(self, definition: BaseOxmlElement) -> str:
        copy = deepcopy(definition)
        taken = [int(value(each, "w:abstractNumId")) for each in self._root.findall(qn("w:abstractNum"))]
        copy.set(qn("w:abstractNumId"), str(max(taken, default=-1) + 1))
        self._root.insert(len(self._root.xpath("./w:numPicBullet | ./w:abstractNum")), copy)
        return str(self._root.add_num(int(value(copy, "w:abstractNumId"))).numId)

    def _definition_id(self, number: str) -> str:
        return value(self._root.xpath(f'./w:num[@w:numId="{int(number)}"]/w:abstractNumId')[0])

    def _definition(self, number: str) -> BaseOxmlElement:
        found: list[BaseOxmlElement] = self._root.xpath(
            f'./w:abstractNum[@w:abstractNumId="{self._definition_id(number)}"]'
        )
        return found[0]


def _name(style: BaseOxmlElement) -> str:
    return value(style.find(qn("w:name"))).lower()


def _child(parent: BaseOxmlElement, tag: str, at_end: bool = False) -> BaseOxmlElement:
    child: BaseOxmlElement | None = parent.find(qn(tag))
    if child is None:
        child = OxmlElement(tag)
        parent.insert(len(parent) if at_end else 0, child)
    return child


def _numbering_part(document: Document) -> NumberingPart:
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        part = _new_numbering_part(document)
    return cast("NumberingPart", part)


def _new_numbering_part(document: Document) -> Part:
    xml = f"<w:numbering {nsdecls('w')}/>".encode()
    partname = PackURI("/word/numbering.xml")
    part: Part = NumberingPart.load(partname, CONTENT_TYPE.WML_NUMBERING, xml, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part
