"""What a paragraph is: a heading, an entry of a list with its number, or text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import number, value
from cpreport.inputs.narratives.word.styles import Said, Styles

DEEPEST = 8
"""The deepest level of a list, from 0."""

_LONGEST_CHAIN = 10


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


TEXT = Role()


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the format of its numbers (`bullet`, `decimal`, `none`) and the first of them.

    `counts_with` names what shares its numbers; `style` is the paragraph style that has this level.
    """

    format: str
    first: int = 1
    counts_with: str = ""
    style: str = ""


_UNKNOWN = _Level("bullet")
_Levels = dict[int, _Level]


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the style whose list it is or its levels, and the numbers with which it starts anew at some of them."""

    link: str
    levels: _Levels
    starts: dict[int, int]


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
                overrides = each.findall("lvlOverride")
                own = _levels((level for override in overrides for level in override.findall("lvl")), id)
                link = value(abstract[id], "numStyleLink") or ""
                self._lists[each.get("numId", "")] = _List(link, {**shared[id], **own}, _starts(overrides))
        self._counts: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()
        self._by_style: dict[int, int] = {}

    def role(self, said: Said) -> Role:
        """What the next paragraph is, by what it says itself and its style says."""
        if said.get("heading"):
            return Role(heading=said["heading"])
        if said.get("list", "0") != "0":
            return self._numbered(said)
        if "listing" in said and "list" not in said:
            return self._named(said["listing"], said["depth"])
        self._by_style.clear()
        return Role(indented=said.get("indent", 0) > 0 or "under" in said)

    def _numbered(self, said: Said) -> Role:
        levels = self._levels(said["list"])
        linked = (level for level, each in levels.items() if said["by"] and each.style == said["by"])
        level = min(said["level"] if "level" in said else next(linked, 0), DEEPEST)
        format = levels.get(level, _UNKNOWN).format
        count = self._next_number(said["list"], level, levels.get(level) or _Level("decimal", 1, said["list"]))
        if format == "none":
            return Role(indented=True)
        return Role(level=max(level, said.get("depth", 0)), number=None if format == "bullet" else count)

    def _named(self, kind: str, level: int) -> Role:
        """An entry by the name of its style: each such style may have a list of its own."""
        if kind == "bullet":
            return Role(level=level)
        count = self._by_style.get(level, 0) + 1
        self._by_style = {each: count for each, count in self._by_style.items() if each < level} | {level: count}
        return Role(level=level, number=count)

    def _next_number(self, list_number: str, level: int, found: _Level) -> int:
        """The number of the next paragraph of a list at a level; the levels below start anew."""
        key = found.counts_with, level
        own = self._lists.get(list_number)
        if own and level in own.starts and (list_number, level) not in self._started:
            self._counts[key] = own.starts[level] - 1
        self._started.add((list_number, level))
        self._counts[key] = self._counts.get(key, found.first - 1) + 1
        for below in range(level + 1, DEEPEST + 1):
            self._counts.pop((key[0], below), None)
        return max(0, self._counts[key])

    def _levels(self, list_number: str) -> _Levels:
        """The levels of a list, or of the one that has the style it is linked to."""
        for _ in range(_LONGEST_CHAIN):
            found = self._lists.get(list_number)
            if found is None or not found.link:
                return found.levels if found else {}
            list_number = self._styles.say("numbering", found.link).get("list", "")
        return {}


def _levels(elements: Iterable[Element], name: str) -> _Levels:
    levels: _Levels = {}
    for each in elements:
        if (level := number(each.get("ilvl"))) <= DEEPEST:
            first, style = number(value(each, "start"), 1), value(each, "pStyle") or ""
            levels[level] = _Level(value(each, "numFmt") or "decimal", first, name, style)
    return levels


def _starts(overrides: Iterable[Element]) -> dict[int, int]:
    """The first number by level where a list says so; of several for a level the first counts."""
    by_level = {number(each.get("ilvl")): each.find("startOverride") for each in reversed([*overrides])}
    return {level: number(each.get("val"), 1) for level, each in by_level.items() if each is not None}
