"""The shell's styles by name, and the numbering they refer to. What the shell lacks comes from the packaged shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.parts.styles import StylesPart

from cpreport.editions.shell import ShellError
from cpreport.editions.widths import Look
from cpreport.editions.wordml import is_on, parsed, value

_WORDS_SIZE = 20
"""The size of text in half-points where nothing says otherwise."""

_REFERENCES = ("w:basedOn", "w:next", "w:link")
_NUMBER = "w:pPr/w:numPr/w:numId"
_BEFORE_STYLE = (qn("w:start"), qn("w:numFmt"), qn("w:lvlRestart"))
"""What stands before the style of a list's level."""


class Styles:
    """The styles of a document; `packaged` is asked for those it lacks."""

    def __init__(self, document: Document, packaged: Styles | None = None) -> None:
        self._root = _part(document, StylesPart, "styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES).element
        if not len(self._root) and packaged:
            self._root[:] = deepcopy(packaged._root.findall(qn("w:docDefaults")))
        self._packaged = packaged
        self._by_id = {value(style, "w:styleId"): style for style in self._root.findall(qn("w:style"))}
        self._ids = {_name(style): style_id for style_id, style in self._by_id.items()}
        self._own = frozenset(self._ids)
        self._asked: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._numbering = _Numbering(document)

    def id(self, name: str) -> str:
        """The style's id in this document. Raises ShellError if neither shell has it."""
        if name not in self._asked:
            packaged, known = self._packaged, self._ids.get(name.lower())
            source = packaged._by_id.get(packaged._ids.get(name.lower(), "")) if packaged else None
            if known is None or value(source, "w:type") not in ("", value(self._by_id[known], "w:type")):
                known = self._ids[name.lower()] = self._default_like(source) or self._copied(name, source)
            self._asked[name] = known
        return self._asked[name]

    def look(self, name: str, table: str, area: str) -> Look:
        """How words in a paragraph style look in a table's style, in its first column and in an `area`, if one is said.

        Programs disagree on which of these wins: it is the largest size, and bold where one of them is.
        """
        own = [(self.id(name), "w:rPr")]
        areas = ["", *(f"w:tblStylePr[@w:type='{each}']/" for each in ("firstCol", area) if each)]
        known = [*own, *((self.id(table), f"{each}w:rPr") for each in areas)]
        sizes, bolds, fonts = (self._of_words(known, tag) for tag in ("w:sz", "w:b", "w:rFonts"))
        size = max((int(value(each)) for each in sizes), default=_WORDS_SIZE)
        return Look(size * 10, any(map(is_on, bolds)), next((value(each, "w:ascii") for each in fonts), ""))

    def restarted(self, name: str) -> str:
        """The w:numPr of a new list in this style that starts at 1.

        Raises ShellError as `list_of`.
        """
        number, level = self.list_of(name)
        return number_in(self._numbering.restarted(self._numbering.definition(number), level), level)

    def list_of(self, name: str) -> tuple[str, int]:
        """The number of the list that paragraphs in a style belong to, and their level in it.

        Where the shell's style does not number, the list is the packaged one. Raises ShellError.
        """
        number, level = self._list(name)
        if self._numbering.definition(number) is None:
            number, level = self._packaged._list(name) if self._packaged else ("", 0)
            if self._packaged is None or self._packaged._numbering.definition(number) is None:
                raise ShellError(f"shell.docx: the style “{name}” has no numbering")
            number = self._adopted(number, self._packaged)
        return number, level

    def link_to_list(self, name: str, number: str) -> None:
        """Makes a style that of the first level of a list, and of no other one; those based on it do not number."""
        style_id = self.id(name)
        set_list(self._by_id[style_id], number)
        self._numbering.link(number, style_id)
        for style in self._by_id.values():
            if value(style.find(qn("w:basedOn"))) == style_id and style.find(_NUMBER, nsmap) is None:
                set_list(style, "0")

    def set_language(self, language: str) -> None:
        """Makes it the language of the whole document."""
        defaults = self._root
        for tag in ("w:docDefaults", "w:rPrDefault", "w:rPr"):
            defaults = _child(defaults, tag, 0)
        _child(defaults, "w:lang", len(defaults)).set(qn("w:val"), language)

    def inherited(self, style_id: str, path: str) -> BaseOxmlElement | None:
        """What stands at a path in a style, or else in the nearest of those it is based on; None if in none."""
        found = (style.find(path, nsmap) for style in self._bases(style_id))
        return next((each for each in found if each is not None), None)

    def names(self, style_id: str) -> list[str]:
        """The names, in lower case, of a style and of those it is based on; of the default one without an id."""
        return [*map(_name, self._bases(style_id or self._default("paragraph")))]

    def counting(self, number: str, level: int) -> str:
        """How a level of a list counts: `bullet`, `decimal`, …; '' if there is no such list."""
        definition = self._numbering.definition(number)
        levels = [] if definition is None else definition.findall(qn("w:lvl"))
        return next((value(each.find(qn("w:numFmt"))) for each in levels if value(each, "w:ilvl") == str(level)), "")

    def _of_words(self, known: Iterable[tuple[str, str]], tag: str) -> list[BaseOxmlElement]:
        """A property of words as styles have it at their paths, or else as the document has it."""
        found = [self.inherited(style_id, f"{path}/{tag}") for style_id, path in known]
        return [each for each in found if each is not None] or self._root.findall(f"w:docDefaults//{tag}", nsmap)

    def _list(self, name: str) -> tuple[str, int]:
        """The number of the list that a style belongs to, '' for none, and the level."""
        properties = self.inherited(self.id(name), "w:pPr/w:numPr")
        if properties is None:
            return "", 0
        return value(properties.find(qn("w:numId"))), int(value(properties.find(qn("w:ilvl"))) or 0)

    def _bases(self, style_id: str) -> Iterator[BaseOxmlElement]:
        """A style and those it is based on; as many as there are styles if that never ends."""
        style = self._by_id.get(style_id)
        for _ in self._by_id:
            if style is None:
                break
            yield style
            style = self._by_id.get(value(style.find(qn("w:basedOn"))))

    def _default_like(self, source: BaseOxmlElement | None) -> str:
        """The document's default style if the packaged one is that of its kind; there is one of each."""
        return self._default(value(source, "w:type")) if value(source, "w:default") else ""

    def _default(self, kind: str) -> str:
        defaults = (each for each in self._by_id.values() if value(each, "w:default") in ("1", "true", "on"))
        return next((value(each, "w:styleId") for each in defaults if value(each, "w:type") == kind), "")

    def _copied(self, name: str, source: BaseOxmlElement | None) -> str:
        if self._packaged is None or source is None:
            raise ShellError(f"shell.docx has no style “{name}”")
        style, style_id = deepcopy(source), value(source, "w:styleId")
        while style_id in self._by_id:
            style_id += "x"
        style.set(qn("w:styleId"), style_id)
        if name.lower() in self._own:
            style.find(qn("w:name")).set(qn("w:val"), f"{name} (report)")
        self._ids[name.lower()], self._by_id[style_id] = style_id, style
        self._root.append(style)
        for reference in (found for tag in _REFERENCES for found in style.findall(qn(tag))):
            reference.set(qn("w:val"), self.id(_name(self._packaged._by_id[value(reference)])))
        for number in style.xpath(f"./{_NUMBER}[@w:val != '0']"):
            number.set(qn("w:val"), self._adopted(value(number), self._packaged))
        return style_id

    def _adopted(self, number: str, source: Styles) -> str:
        """List `number` of another document as a list of this one, with the styles of its levels.

        A level whose style this document has as its own is without it: that one belongs to another list, or to none.
        """
        if number not in self._lists:
            self._lists[number], definition = self._numbering.adopted(source._numbering.definition(number))
            for level in list(definition.iter(qn("w:pStyle"))):
                name = _name(source._by_id[value(level)])
                if name in self._own:
                    level.getparent().remove(level)
                else:
                    level.set(qn("w:val"), self.id(name))
        return self._lists[number]


class _Numbering:
    """The list definitions of a document."""

    def __init__(self, document: Document) -> None:
        types = CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING
        self._root = _part(document, NumberingPart, "numbering", *types).element

    def definition(self, number: str) -> BaseOxmlElement | None:
        """The w:abstractNum of a list; None if there is no list of this number."""
        lists = (each for each in self._root.findall(qn("w:num")) if value(each, "w:numId") == number)
        id = next((value(each.find(qn("w:abstractNumId"))) for each in lists), None)
        known = self._root.findall(qn("w:abstractNum"))
        return next((each for each in known if value(each, "w:abstractNumId") == id), None)

    def link(self, number: str, style_id: str) -> None:
        """Makes the first level of a list that of a style, and no other level of any list."""
        for level in self._root.xpath(f".//w:lvl/w:pStyle[@w:val='{style_id}']"):
            level.getparent().remove(level)
        definition = self.definition(number)
        for first in [] if definition is None else definition.findall(qn("w:lvl"))[:1]:
            for other in first.findall(qn("w:pStyle")):
                first.remove(other)
            before = [each for each in first if each.tag in _BEFORE_STYLE]
            first.insert(len(before), parsed(f'<w:pStyle w:val="{style_id}"/>')[0])

    def restarted(self, definition: BaseOxmlElement | None, level: int) -> str:
        """The number of a new list with this definition, starting at 1 at `level`."""
        num = self._root.add_num(int(value(definition, "w:abstractNumId")))
        num.add_lvlOverride(level).add_startOverride(1)
        return str(num.numId)

    def adopted(self, definition: BaseOxmlElement | None) -> tuple[str, BaseOxmlElement]:
        """The number of a new list, and its definition: a copy of another document's."""
        copy, known = cast("BaseOxmlElement", deepcopy(definition)), self._root.findall(qn("w:abstractNum"))
        id = max((int(value(each, "w:abstractNumId")) for each in known), default=-1) + 1
        copy.set(qn("w:abstractNumId"), str(id))
        self._root.insert(len(known) + len(self._root.findall(qn("w:numPicBullet"))), copy)
        return str(self._root.add_num(id).numId), copy


def number_in(list_number: str, level: int) -> str:
    """The w:numPr of a paragraph at a level, from 0, of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_number}"/></w:numPr>'


def set_list(element: BaseOxmlElement, number: str) -> None:
    """Makes a style or a paragraph that of a list; of none with the number 0."""
    element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = int(number)


def _name(style: BaseOxmlElement) -> str:
    return value(style.find(qn("w:name"))).lower()


def _child(parent: BaseOxmlElement, tag: str, index: int) -> BaseOxmlElement:
    """The child of this name; made at an index if there is none."""
    if parent.find(qn(tag)) is None:
        parent.insert(index, OxmlElement(tag))
    found: BaseOxmlElement = parent.find(qn(tag))
    return found


def _part(document: Document, kind: type[XmlPart], name: str, content_type: str, relation: str) -> XmlPart:
    """The part that the document has of a kind, or an empty one: python-docx would give it styles of its own."""
    if all(known.reltype != relation for known in document.part.rels.values()):
        xml = f"<w:{name} {nsdecls('w')}/>".encode()
        part = kind.load(PackURI(f"/word/{name}.xml"), content_type, xml, document.part.package)
        document.part.relate_to(part, relation)
    return cast("XmlPart", document.part.part_related_by(relation))
