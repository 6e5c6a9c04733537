"""What styles say of paragraphs and characters, through all styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import number, switched, value
from cpreport.inputs.narratives.word.parts import NotWordError
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT

LONGEST_CHAIN = 50
"""How many styles one can be based on, and itself; more are not looked at."""

MOST_PROPERTIES = 500
"""How many elements say what one style is; Word has fewer than 100."""

BODY_TEXT = 9
"""The outline level, from 0, of what is no heading."""

_RAISED = 4
"""By how many half-points signs are moved up or down at least that are raised or lowered."""

_HEADING = re.compile(r"heading ?([1-9])")
_UNDEFINED = {"strong": "b", "emphasis": "i", "intenseemphasis": "i"}


@dataclass(frozen=True, slots=True)
class Style:
    """A style by its English name in lower case, with its properties of paragraphs and of characters."""

    name: str
    based_on: str
    id: str = ""
    paragraph: Element | None = None
    character: Element | None = None


class Styles:
    """A file's styles by kind and id; one that is not defined has its id for a name. Raises NotWordError."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._chains: dict[tuple[str, str], list[Style]] = {}
        self._said: dict[tuple[str, str, str], bool] = {}
        self._default = "Normal"
        for each in root.findall("style") if root is not None else ():
            key = each.get("type", "paragraph"), each.get("styleId", "")
            if key not in self._styles:
                self._styles[key] = _style(each)
            if key[0] == "paragraph" and each.get("default") in ("1", "true"):
                self._default = key[1]

    def of_paragraph(self, properties: Element | None) -> list[Style]:
        """A paragraph's style and those it is based on."""
        return self._chain("paragraph", value(properties, "pStyle") or self._default)

    def of_numbering(self, id: str) -> Element | None:
        """The paragraph properties of a list style."""
        style = self._styles.get(("numbering", id))
        return style.paragraph if style else None

    def is_on(self, name: str, run: Element | None, paragraph: list[Style]) -> bool:
        """Whether characters are `b`, `vanish` or such: as said directly, else where one of the two styles says it."""
        direct = switched(run, name)
        if direct is not None:
            return direct
        id = value(run, "rStyle") or ""
        return self._says(name, "character", id) != self._says(name, "paragraph", paragraph[0].id if paragraph else "")

    def script(self, run: Element | None, paragraph: list[Style]) -> str:
        """`superscript`, `subscript` or nothing: as said directly, else by the first style that says anything."""
        styles = self._chain("character", value(run, "rStyle") or "") + paragraph
        said = (_script(each) for each in (run, *(style.character for style in styles)))
        return next((each for each in said if each is not None), "")

    def _says(self, name: str, kind: str, id: str) -> bool:
        """What a style says of characters, or the first that says anything of those it is based on."""
        key = name, kind, id
        if key not in self._said:
            self._said[key] = _first_said(name, self._chain(kind, id))
        return self._said[key]

    def _chain(self, kind: str, id: str) -> list[Style]:
        if (kind, id) not in self._chains:
            self._chains[kind, id] = self._chained(kind, id)
        return self._chains[kind, id]

    def _chained(self, kind: str, id: str) -> list[Style]:
        chain: dict[str, Style] = {}
        while id and id not in chain and len(chain) < LONGEST_CHAIN:
            chain[id] = self._styles.get((kind, id)) or _undefined(id)
            id = chain[id].based_on
        return list(chain.values())


def heading_level(properties: Element | None, styles: list[Style]) -> int:
    """A heading's level from 1; 0 for what is no heading. A title is of level 1."""
    direct = value(properties, "outlineLvl")
    if direct is not None:
        return _of_outline(direct)
    for style in styles:
        outline = value(style.paragraph, "outlineLvl")
        if outline is not None:
            return _of_outline(outline)
        if style.name in ("title", "heading"):
            return 1
        if style.name == "subtitle":
            return 0
        if found := _HEADING.fullmatch(style.name):
            return int(found[1])
    return 0


def _of_outline(text: str) -> int:
    level = number(text, BODY_TEXT)
    return level + 1 if level < BODY_TEXT else 0


def _script(character: Element | None) -> str | None:
    """What properties say of the height of signs; None where they say nothing."""
    if character is None:
        return None
    said, position = value(character, "vertAlign"), value(character, "position") or ""
    if said in (SUPERSCRIPT, SUBSCRIPT):
        return said
    if number(position.removeprefix("-")) >= _RAISED:
        return SUBSCRIPT if position.startswith("-") else SUPERSCRIPT
    return None if said is None else ""


def _style(element: Element) -> Style:
    id = element.get("styleId", "")
    name = (value(element, "name") or id).lower()
    properties = (element.find("pPr"), element.find("rPr"))
    if any(len(list(each.iter())) > MOST_PROPERTIES for each in properties if each is not None):
        raise NotWordError("one of its styles has more properties than there are")
    return Style(name, value(element, "basedOn") or "", id, *properties)


def _undefined(id: str) -> Style:
    character = Element("rPr")
    if id.lower() in _UNDEFINED:
        character.append(Element(_UNDEFINED[id.lower()]))
    return Style(id.lower(), "", id, character=character)


def _first_said(name: str, styles: Iterable[Style]) -> bool:
    """What the first style that says anything says."""
    said = (switched(style.character, name) for style in styles)
    return next((each for each in said if each is not None), False)
