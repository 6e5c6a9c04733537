"""What styles, lists and paragraphs themselves say of paragraphs and characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.parts import NotWordError, is_on, number, value
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT, Text

LONGEST_CHAIN = 50
"""How many styles one can be based on, and itself; more are not looked at."""

MOST_PROPERTIES = 500
"""How many elements say what one style is; Word has fewer than 100."""

DEEPEST = 8
"""The deepest level of a list, from 0."""

_BODY_TEXT = 9
"""The outline level, from 0, of what is no heading."""

_RAISED = 4
"""By how many half-points signs are moved up or down at least that are raised or lowered."""

_HEADING = re.compile(r"heading ?([1-9])")
_LIST = re.compile(r"list (bullet|number)(?: ([2-9]))?")
_UNDER_AN_ENTRY = re.compile(r"list (?:paragraph|continue(?: [2-9])?)")
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
        self._own: dict[str, Stated] = {}
        self._based_on: dict[str, str] = {}
        self.default = "Normal"
        for style in root.findall("style"):
            id = style.get("styleId", "")
            self._own[id] = _of_style(style, id)
            self._based_on[id] = value(style, "basedOn") or ""
            if style.get("type", "paragraph") == "paragraph" and style.get("default") in ("1", "true"):
                self.default = id

    def say(self, id: str) -> Stated:
        """What a style says, and those it is based on."""
        chain: list[str] = []
        while id and id not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(id)
            id = self._based_on.get(id, "")
        said: dict[str, Any] = {}
        for each in reversed(chain):
            said |= self._own.get(each) or _named(each.lower())
        return said


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
    if len(list(style.iter())) > MOST_PROPERTIES:
        raise NotWordError("one of its styles has more properties than there are")
    name = (value(style, "name") or id).lower()
    return {**_named(name), **stated(style.find("pPr"), id), **stated(style.find("rPr"))}


def _named(name: str) -> dict[str, Any]:
    """What a style's English name in small letters says."""
    if found := _HEADING.fullmatch(name):
        return {"heading": int(found[1])}
    if found := _LIST.fullmatch(name):
        return {"listing": found[1], "depth": number(found[2], 1) - 1}
    return {"under": True} if _UNDER_AN_ENTRY.fullmatch(name) else _BY_NAME.get(name, {})


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph's words, in which line breaks stay, and what it is; or a table.

    `heading` is a level from 1, `level` that of a list's entry from 0, `number` its number; None where it has none.
    `indented` text may belong to the entry above it. `rows` are a table's, of as many cells each, which have lines; of
    merged cells the first has the text.
    """

    spans: Text
    heading: int | None = None
    level: int | None = None
    number: int | None = None
    indented: bool = False
    rows: tuple[tuple[tuple[Line, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _List:
    """A list's levels, with the format of their numbers and the first of them.

    Lists of one `definition` count on together, but for the levels that have a number with which they start.
    """

    definition: str
    levels: dict[int, tuple[str, int]] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Says what the paragraphs of a file are, one after the other; numbers are counted on."""

    def __init__(self, root: Element) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style = {value(each, "pStyle"): number(each.get("ilvl")) for each in root.iter("lvl")}
        definitions = {each.get("abstractNumId", ""): each for each in root.findall("abstractNum")}
        linked = {value(each, "styleLink"): id for id, each in definitions.items()}
        levels = {id: _levels(each.findall("lvl")) for id, each in definitions.items()}
        for each in root.findall("num"):
            id = value(each, "abstractNumId") or ""
            id = linked.get(value(definitions.get(id), "numStyleLink") or "none", id)
            overrides = each.findall("lvlOverride")
            starts = {number(one.get("ilvl")): value(one, "startOverride") for one in overrides}
            self._lists[each.get("numId", "")] = _List(
                f"definition {id}",
                levels.get(id, {}) | _levels(each.findall("lvlOverride/lvl")),
                {level: number(start, 1) for level, start in starts.items() if start is not None},
            )

    def line(self, spans: Text, said: Stated) -> Line:
        """The next paragraph, by what it says itself and its style says."""
        if said.get("heading"):
            return Line(spans, heading=said["heading"])
        id = said.get("list") or said.get("listing", "0")
        if id == "0":
            self._counts.pop("number", None)
            return Line(spans, indented=said.get("indent", 0) > 0 or "under" in said)
        depth = said.get("depth", 0)
        usual = self._of_style.get(said.get("by"), 0) if "list" in said else depth
        level = min(said.get("level", usual), DEEPEST)
        known = self._lists.get(id, _List(id))
        format, first = known.levels.get(level, ("bullet" if "list" in said else id, 1))
        numbers = self._counts.setdefault(known.definition, {})
        numbers[level] = known.starts.pop(level, numbers.get(level, first - 1) + 1)
        for deeper in range(level + 1, DEEPEST + 1):
            numbers.pop(deeper, None)
        if format == "none":
            return Line(spans, indented=True)
        return Line(spans, level=max(level, depth), number=None if format == "bullet" else numbers[level])


def _levels(elements: Iterable[Element]) -> dict[int, tuple[str, int]]:
    found = ((number(each.get("ilvl")), each) for each in elements)
    return {
        level: (value(each, "numFmt") or "decimal", number(value(each, "start"), 1))
        for level, each in found
        if level <= DEEPEST
    }
