"""What styles say of paragraphs and characters, through all styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import NotWordError, number, switched, value
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT

LONGEST_CHAIN = 50
"""How many styles one can be based on, and itself; more are not looked at."""

MOST_PROPERTIES = 500
"""How many elements say what one style is; Word has fewer than 100."""

_BODY_TEXT = 9
"""The outline level, from 0, of what is no heading."""

_RAISED = 4
"""By how many half-points signs are moved up or down at least that are raised or lowered."""

_SWITCHES = ("b", "i", "vanish", "strike", "dstrike")
_HEADING = re.compile(r"heading ?([1-9])")
_LIST = re.compile(r"list (bullet|number)(?: ([2-9]))?")
_UNDER_AN_ENTRY = re.compile(r"list (?:paragraph|continue(?: [2-9])?)")
_UNDEFINED = {"strong": "b", "emphasis": "i", "intenseemphasis": "i"}

Said = Mapping[str, Any]
"""What is said of a paragraph or of characters; what nothing is said of is not in it.

`heading` is a level from 1, 0 for what is none. `list` is a list's number, `by` the style that says it, `level` the
level in it from 0; `listing` and `depth` are the kind and level that a style's name says. `indent` is in twentieths of
a point; `under` is there for text that belongs to the entry above it. `b`, `i`, `vanish` and such are on or off;
`script` is as in a span.
"""


class Styles:
    """A file's styles by kind and id; one that is not defined has its id for a name. Raises NotWordError."""

    def __init__(self, root: Element) -> None:
        self._own: dict[tuple[str, str], tuple[Said, str]] = {}
        self._whole: dict[tuple[str, str], Said] = {}
        self._default = "Normal"
        for each in root.findall("style"):
            kind, id = each.get("type", "paragraph"), each.get("styleId", "")
            self._own.setdefault((kind, id), (_of_style(each, id), value(each, "basedOn") or ""))
            if kind == "paragraph" and each.get("default") in ("1", "true"):
                self._default = id

    def of_paragraph(self, properties: Element | None) -> Said:
        """What a paragraph's style says."""
        return self.say("paragraph", value(properties, "pStyle") or self._default)

    def say(self, kind: str, id: str) -> Said:
        """What a style says, and those it is based on."""
        if (kind, id) not in self._whole:
            chain: dict[str, Said] = {}
            based_on = id
            while based_on and based_on not in chain and len(chain) < LONGEST_CHAIN:
                name = based_on
                chain[name], based_on = self._own.get((kind, name)) or (_undefined(name.lower()), "")
            self._whole[kind, id] = {key: said for each in reversed(chain.values()) for key, said in each.items()}
        return self._whole[kind, id]


def of_paragraph(properties: Element | None, style: str = "") -> dict[str, Any]:
    """What paragraph properties say, be they those of a style."""
    if properties is None:
        return {}
    outline, listed = value(properties, "outlineLvl"), value(properties, "numPr/numId")
    level, indent = value(properties, "numPr/ilvl"), properties.find("ind")
    left = None if indent is None else indent.get("left") or indent.get("start")
    return {
        **(
            {}
            if outline is None
            else {"heading": (min(number(outline, _BODY_TEXT), _BODY_TEXT) + 1) % (_BODY_TEXT + 1)}
        ),
        **({"list": listed, "by": style} if listed else {}),
        **({} if level is None else {"level": number(level)}),
        **({} if left is None else {"indent": number(left.partition(".")[0])}),
    }


def of_characters(properties: Element | None) -> dict[str, Any]:
    """What the properties of characters say, be they those of a style."""
    if properties is None:
        return {}
    script, position = value(properties, "vertAlign"), value(properties, "position") or ""
    if script not in (SUPERSCRIPT, SUBSCRIPT) and number(position.removeprefix("-")) >= _RAISED:
        script = SUBSCRIPT if position.startswith("-") else SUPERSCRIPT
    said = {name: on for name in _SWITCHES if (on := switched(properties, name)) is not None}
    is_moved = script in (SUPERSCRIPT, SUBSCRIPT)
    return said if script is None else {**said, "script": script if is_moved else ""}


def _of_style(style: Element, id: str) -> Said:
    properties = (style.find("pPr"), style.find("rPr"))
    if any(len(list(each.iter())) > MOST_PROPERTIES for each in properties if each is not None):
        raise NotWordError("one of its styles has more properties than there are")
    name = (value(style, "name") or id).lower()
    return {**_named(name), **of_paragraph(properties[0], id), **of_characters(properties[1])}


def _undefined(name: str) -> Said:
    return {**_named(name), **({_UNDEFINED[name]: True} if name in _UNDEFINED else {})}


def _named(name: str) -> dict[str, Any]:
    """What a style's English name in small letters says."""
    if name in ("title", "heading", "subtitle"):
        return {"heading": int(name != "subtitle")}
    if found := _HEADING.fullmatch(name):
        return {"heading": int(found[1])}
    if found := _LIST.fullmatch(name):
        return {"listing": found[1], "depth": number(found[2], 1) - 1}
    return {"under": True} if _UNDER_AN_ENTRY.fullmatch(name) else {}
