"""What styles, lists and paragraphs themselves say of paragraphs and characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.parts import NotWordError, is_on, number, value
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT, Picture, Text

LONGEST_CHAIN = 50
"""How many styles one can be based on, and itself; more are not looked at."""

MOST_PROPERTIES = 500
"""How many elements say what one style is; Word has fewer than 100."""

DEEPEST = 8
"""The deepest level of a list, from 0."""

_BODY_TEXT = 9  # the outline level, from 0, of what is no heading
_RAISED = 4  # by how many half-points raised and lowered signs are moved at least
_NAMED = re.compile(r"heading ?([1-9])|list (bullet|number)(?: ([2-9]))?|list (?:paragraph|continue(?: [2-9])?)")
_BY_NAME: dict[str, dict[str, Any]] = {
    "title": {"heading": 1},
    "heading": {"heading": 1},
    "subtitle": {"heading": 0},
    "strong": {"b": True},
    "emphasis": {"i": True},
    "intenseemphasis": {"i": True},
}

Stated = Mapping[str, Any]
"""What is said of a paragraph or of characters; what nothing is said of is not in it.

`heading` is a level from 1, 0 for what is none. `list` is a list's number, `by` the style that says it, `level` the
level in it from 0; `listing` and `depth` are the kind and level that a style's name says. `indent` is in twentieths of
a point; `under` is there for text that belongs to the entry above it. `b`, `i`, `vanish` and such are on or off;
`font` is a font's name, `script` as in a span.
"""


class Styles:
    """A file's styles by id; one that is not defined has its id for a name. Raises NotWordError.

    `default` is that of paragraphs that name none.
    """

    def __init__(self, root: Element) -> None:
        self._own: dict[str, tuple[Stated, str]] = {}
        self.default = "Normal"
        for style in root.findall("style"):
            if len(list(style.iter())) > MOST_PROPERTIES:
                raise NotWordError("one of its styles has more properties than there are")
            id = style.get("styleId", "")
            named = _named((value(style, "name") or id).lower())
            look = {**named, **stated(style.find("pPr"), id), **stated(style.find("rPr"))}
            self._own[id] = look, value(style, "basedOn") or ""
            if style.get("type", "paragraph") == "paragraph" and style.get("default") in ("1", "true"):
                self.default = id

    def say(self, id: str) -> Stated:
        """What a style says, and those it is based on."""
        chain: dict[str, Stated] = {}
        while id and id not in chain and len(chain) < LONGEST_CHAIN:
            name = id
            chain[name], id = self._own.get(id) or (_named(id.lower()), "")
        return {key: setting for each in reversed(chain.values()) for key, setting in each.items()}


def stated(properties: Element | None, style: str = "") -> dict[str, Any]:
    """What the properties of a paragraph or of characters say, be they those of a style."""
    found: dict[str, Any] = {}
    for each in properties if properties is not None else ():
        text = each.get("val", "")
        match each.tag:
            case "outlineLvl":
                found["heading"] = (min(number(text, _BODY_TEXT), _BODY_TEXT) + 1) % (_BODY_TEXT + 1)
            case "numPr":
                if listed := value(each, "numId"):
                    found |= {"list": listed, "by": style}
                if level := value(each, "ilvl"):
                    found["level"] = number(level)
            case "ind" if left := each.get("left") or each.get("start"):
                found["indent"] = number(left.partition(".")[0])
            case "rFonts":
                found["font"] = each.get("ascii", "")
            case "b" | "i" | "vanish" | "strike" | "dstrike":
                found[each.tag] = is_on(each)
            case "vertAlign":
                found["script"] = text if text in (SUPERSCRIPT, SUBSCRIPT) else found.get("script", "")
            case "position" if number(text.removeprefix("-")) >= _RAISED and not found.get("script"):
                found["script"] = SUBSCRIPT if text.startswith("-") else SUPERSCRIPT
    return found


def _named(name: str) -> dict[str, Any]:
    """What a style's English name in small letters says."""
    found = _NAMED.fullmatch(name)
    if not found:
        return _BY_NAME.get(name, {})
    if found[1]:
        return {"heading": int(found[1])}
    return {"listing": found[2], "depth": number(found[3], 1) - 1} if found[2] else {"under": True}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph's words, as read a span for each sign, in which line breaks stay; or a table, or a picture.

    `heading` is a level from 1, `level` that of a list's entry from 0, `number` its number; None where it has none.
    `indented` text may belong to the entry above it. `heads` says that it is the heading of a slot. `rows` are a
    table's, of as many cells each, which have lines; of merged cells the first has the text.
    """

    spans: Text
    heading: int | None = None
    level: int | None = None
    number: int | None = None
    indented: bool = False
    heads: bool = False
    rows: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    picture: Picture | None = None


class Lists:
    """Says what the paragraphs of a file are, one after the other; numbers are counted on.

    Lists of one definition count on together, but for the levels that have a number with which they start.
    """

    def __init__(self, root: Element) -> None:
        self._levels: dict[tuple[str, int], Element] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._definitions: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style = {value(each, "pStyle"): number(each.get("ilvl")) for each in root.iter("lvl")}
        shared = {value(each, "styleLink"): each for each in root.findall("abstractNum")}
        defined: dict[str, str] = {}
        for each in root.findall("abstractNum"):
            id = each.get("abstractNumId", "")
            levels = shared.get(value(each, "numStyleLink") or "", each)
            defined[id] = f"definition {levels.get('abstractNumId')}"
            self._levels |= {(f"definition {id}", number(level.get("ilvl"))): level for level in each.findall("lvl")}
        for each in root.findall("num"):
            id = each.get("numId", "")
            self._definitions[id] = defined.get(value(each, "abstractNumId") or "", "")
            for override in each.findall("lvlOverride"):
                key = id, number(override.get("ilvl"))
                if (level := override.find("lvl")) is not None:
                    self._levels[key] = level
                if start := value(override, "startOverride"):
                    self._starts[key] = number(start, 1)

    def line(self, spans: Text, look: Stated) -> Line:
        """The next paragraph, by what it says itself and its style says."""
        if look.get("heading"):
            return Line(spans, heading=look["heading"])
        id: str = look.get("list") or look.get("listing", "0")
        if id == "0":
            self._counts.pop("number", None)
            return Line(spans, indented=look.get("indent", 0) > 0 or "under" in look)
        depth: int = look.get("depth", 0)
        definition = self._definitions.get(id, id)
        usual = self._of_style.get(look.get("by"), 0) if "list" in look else depth
        level: int = min(look.get("level", usual), DEEPEST)
        found = self._levels.get((id, level), self._levels.get((definition, level)))
        unknown = "bullet" if "list" in look else id
        format = unknown if found is None else value(found, "numFmt") or "decimal"
        numbers = self._counts.setdefault(definition, {})
        following = numbers.get(level, number(value(found, "start"), 1) - 1) + 1
        numbers[level] = self._starts.pop((id, level), following)
        for deeper in range(level + 1, DEEPEST + 1):
            numbers.pop(deeper, None)
        if format == "none":
            return Line(spans, indented=True)
        return Line(spans, level=max(level, depth), number=None if format == "bullet" else numbers[level])
