"""What styles say of paragraphs and characters, through all styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.word.elements import number, switched, value

BODY_TEXT = 9
"""The outline level, from 0, of what is no heading."""

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
    """A file's styles by kind and id; one that is not defined has its id for a name."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._default = "Normal"
        for each in root.findall("style") if root is not None else ():
            key = each.get("type", "paragraph"), each.get("styleId", "")
            if key not in self._styles:
                self._styles[key] = _style(each)
            if key[0] == "paragraph" and each.get("default") in ("1", "true"):
                self._default = key[1]

    def of_paragraph(self, properties: Element | None) -> list[Style]:
        """A paragraph's style and those it is based on."""
        return list(self._chain("paragraph", value(properties, "pStyle") or self._default))

    def of_numbering(self, id: str) -> Element | None:
        """The paragraph properties of a list style."""
        style = self._styles.get(("numbering", id))
        return style.paragraph if style else None

    def is_on(self, name: str, run: Element | None, paragraph: list[Style]) -> bool:
        """Whether characters are `b`, `i` or `vanish`: as said directly, else where one of the two styles says it."""
        direct = switched(run, name)
        if direct is not None:
            return direct
        id = value(run, "rStyle")
        return (bool(id) and _said(name, self._chain("character", id or ""))) != _said(name, paragraph)

    def _chain(self, kind: str, id: str) -> Iterator[Style]:
        seen: set[str] = set()
        while id and id not in seen:
            seen.add(id)
            style = self._styles.get((kind, id)) or _undefined(id)
            yield style
            id = style.based_on


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


def _style(element: Element) -> Style:
    id = element.get("styleId", "")
    name = (value(element, "name") or id).lower()
    return Style(name, value(element, "basedOn") or "", id, element.find("pPr"), element.find("rPr"))


def _undefined(id: str) -> Style:
    character = Element("rPr")
    if id.lower() in _UNDEFINED:
        character.append(Element(_UNDEFINED[id.lower()]))
    return Style(id.lower(), "", id, character=character)


def _said(name: str, styles: Iterator[Style] | list[Style]) -> bool:
    """What the first style that says anything says."""
    said = (switched(style.character, name) for style in styles)
    return next((each for each in said if each is not None), False)
