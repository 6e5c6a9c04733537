"""What a paragraph is: a heading, an entry of a list with its number, or text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import number, value
from cpreport.inputs.narratives.word.styles import Stated, Styles

DEEPEST = 8
"""The deepest level of a list, from 0."""

_LONGEST_CHAIN = 10
_BY_STYLE = ""
"""What counts entries whose style has no list but the name of one."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is.

    `heading` is a level from 1, `level` that of a list's entry from 0, `number` its number; None where it has none.
    `indented` text may belong to the entry above it.
    """

    heading: int | None = None
    level: int | None = None
    number: int | None = None
    indented: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the format of its numbers (`bullet`, `decimal`, `none`) and the first of them.

    `counts_with` names what shares its numbers; `style` is the paragraph style that has this level.
    """

    format: str = "decimal"
    first: int = 1
    counts_with: str = _BY_STYLE
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the style whose list it is or its levels, and the numbers with which it starts anew at some of them."""

    link: str
    levels: dict[int, _Level]
    starts: dict[int, int]


_UNKNOWN = _List("", {}, {})


class Roles:
    """Says what the paragraphs of a file are, one after the other; numbers are counted on."""

    def __init__(self, root: Element, styles: Styles) -> None:
        abstract = {each.get("abstractNumId", ""): each for each in root.findall("abstractNum")}
        shared = {id: _levels(each.findall("lvl"), id) for id, each in abstract.items()}
        self._styles = styles
        self._lists: dict[str, _List] = {}
        for each in root.findall("num"):
            id = value(each, "abstractNumId") or ""
            if id in abstract:
                own = _levels(each.findall("lvlOverride/lvl"), id)
                starts = {
                    number(override.get("ilvl")): number(value(override, "startOverride"), 1)
                    for override in each.findall("lvlOverride")
                    if override.find("startOverride") is not None
                }
                link = value(abstract[id], "numStyleLink") or ""
                self._lists[each.get("numId", "")] = _List(link, {**shared[id], **own}, starts)
        self._counts: dict[tuple[str, int], int] = {}

    def role(self, said: Stated) -> Role:
        """What the next paragraph is, by what it says itself and its style says."""
        if said.get("heading"):
            return Role(heading=said["heading"])
        if said.get("list", "0") != "0":
            return self._numbered(said)
        if "listing" in said and "list" not in said:
            is_bullet, level = said["listing"] == "bullet", said["depth"]
            return Role(level=level, number=None if is_bullet else self._next_number(_Level(), level))
        self._restart(_BY_STYLE, 0)
        return Role(indented=said.get("indent", 0) > 0 or "under" in said)

    def _numbered(self, said: Stated) -> Role:
        id = said["list"]
        levels = self._levels(id)
        linked = (level for level, each in levels.items() if said["by"] and each.style == said["by"])
        level = min(said["level"] if "level" in said else next(linked, 0), DEEPEST)
        found = levels.get(level) or _Level("bullet", counts_with=f"list {id}")
        starts = self._lists.get(id, _UNKNOWN).starts
        if level in starts:
            self._counts[found.counts_with, level] = starts.pop(level) - 1
        count = self._next_number(found, level)
        if found.format == "none":
            return Role(indented=True)
        return Role(level=max(level, said.get("depth", 0)), number=None if found.format == "bullet" else count)

    def _next_number(self, found: _Level, level: int) -> int:
        """The number of the next paragraph at a level; the levels below start anew."""
        key = found.counts_with, level
        self._counts[key] = self._counts.get(key, found.first - 1) + 1
        self._restart(found.counts_with, level + 1)
        return max(0, self._counts[key])

    def _restart(self, counts_with: str, first: int) -> None:
        for level in range(first, DEEPEST + 1):
            self._counts.pop((counts_with, level), None)

    def _levels(self, id: str) -> dict[int, _Level]:
        """The levels of a list, or of the one that has the style it is linked to."""
        for _ in range(_LONGEST_CHAIN):
            found = self._lists.get(id, _UNKNOWN)
            if not found.link:
                return found.levels
            id = self._styles.say("numbering", found.link).get("list", "")
        return {}


def _levels(elements: Iterable[Element], id: str) -> dict[int, _Level]:
    return {
        level: _Level(
            value(each, "numFmt") or "decimal",
            number(value(each, "start"), 1),
            f"levels {id}",
            value(each, "pStyle") or "",
        )
        for each in elements
        if (level := number(each.get("ilvl"))) <= DEEPEST
    }
