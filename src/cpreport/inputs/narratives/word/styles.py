"""What styles say of paragraphs and characters, through all styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import NotWordError, is_on, number, value
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT

LONGEST_CHAIN = 50
"""How many styles one can be based on, and itself; more are not looked at."""

MOST_PROPERTIES = 500
"""How many elements say what one style is; Word has fewer than 100."""

_BODY_TEXT = 9
"""The outline level, from 0, of what is no heading."""

_RAISED = 4
"""By how many half-points signs are moved up or down at least that are raised or lowered."""

_HEADING = re.compile(r"heading ?([1-9])")
_LIST = re.compile(r"list (bullet|number)(?: ([2-9]))?")
_UNDER_AN_ENTRY = re.compile(r"list (?:paragraph|continue(?: [2-9])?)")
_UNDEFINED = {"strong": {"b": True}, "emphasis": {"i": True}, "intenseemphasis": {"i": True}}

Stated = Mapping[str, Any]
"""What is said of a paragraph or of characters; what nothing is said of is not in it.

`heading` is a level from 1, 0 for what is none. `list` is a list's number, `by` the style that says it, `level` the
level in it from 0; `listing` and `depth` are the kind and level that a style's name says. `indent` is in twentieths of
a point; `under` is there for text that belongs to the entry above it. `b`, `i`, `vanish` and such are on or off;
`font` is a font's name, `script` as in a span.
"""


class Styles:
    """A file's styles by kind and id; one that is not defined has its id for a name. Raises NotWordError."""

    def __init__(self, root: Element) -> None:
        self._own: dict[tuple[str, str], tuple[Stated, str]] = {}
        self._whole: dict[tuple[str, str], Stated] = {}
        self._default = "Normal"
        for each in root.findall("style"):
            kind, id = each.get("type", "paragraph"), each.get("styleId", "")
            self._own.setdefault((kind, id), (_of_style(each, id), value(each, "basedOn") or ""))
            if kind == "paragraph" and each.get("default") in ("1", "true"):
                self._default = id

    def of_paragraph(self, properties: Element | None) -> Stated:
        """What a paragraph's style says."""
        return self.say("paragraph", value(properties, "pStyle") or self._default)

    def say(self, kind: str, id: str) -> Stated:
        """What a style says, and those it is based on."""
        if (kind, id) not in self._whole:
            chain: dict[str, Stated] = {}
            based_on = id
            while based_on and based_on not in chain and len(chain) < LONGEST_CHAIN:
                name = based_on
                undefined = _named(name.lower()) | _UNDEFINED.get(name.lower(), {})
                chain[name], based_on = self._own.get((kind, name)) or (undefined, "")
            self._whole[kind, id] = {key: said for each in reversed(chain.values()) for key, said in each.items()}
        return self._whole[kind, id]


def stated(properties: Element | None, style: str = "") -> dict[str, Any]:
    """What the properties of a paragraph or of characters say, be they those of a style."""
    said: dict[str, Any] = {}
    for each in properties if properties is not None else ():
        text = each.get("val", "")
        match each.tag:
            case "outlineLvl":
                said["heading"] = (min(number(text, _BODY_TEXT), _BODY_TEXT) + 1) % (_BODY_TEXT + 1)
            case "numPr":
                if listed := value(each, "numId"):
                    said |= {"list": listed, "by": style}
                if level := value(each, "ilvl"):
                    said["level"] = number(level)
            case "ind" if left := each.get("left") or each.get("start"):
                said["indent"] = number(left.partition(".")[0])
            case "rFonts":
                said["font"] = each.get("ascii", "")
            case "b" | "i" | "vanish" | "strike" | "dstrike":
                said[each.tag] = is_on(each)
            case "vertAlign":
                said["script"] = text if text in (SUPERSCRIPT, SUBSCRIPT) else said.get("script", "")
            case "position" if number(text.removeprefix("-")) >= _RAISED and not said.get("script"):
                said["script"] = SUBSCRIPT if text.startswith("-") else SUPERSCRIPT
    return said


def _of_style(style: Element, id: str) -> Stated:
    properties = (style.find("pPr"), style.find("rPr"))
    if any(len(list(each.iter())) > MOST_PROPERTIES for each in properties if each is not None):
        raise NotWordError("one of its styles has more properties than there are")
    name = (value(style, "name") or id).lower()
    return {**_named(name), **stated(properties[0], id), **stated(properties[1])}


def _named(name: str) -> dict[str, Any]:
    """What a style's English name in small letters says."""
    if name in ("title", "heading", "subtitle"):
        return {"heading": int(name != "subtitle")}
    if found := _HEADING.fullmatch(name):
        return {"heading": int(found[1])}
    if found := _LIST.fullmatch(name):
        return {"listing": found[1], "depth": number(found[2], 1) - 1}
    return {"under": True} if _UNDER_AN_ENTRY.fullmatch(name) else {}
