"""A file's lists: whether a level has bullets or numbers, and which number comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import number, value
from cpreport.inputs.narratives.word.styles import Styles

DEEPEST = 8
"""The deepest level of a list, from 0."""

_LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: the format of its numbers (`bullet`, `decimal`, `none`) and the first of them.

    `counts_with` names what shares its numbers; `style` is the paragraph style that has this level.
    """

    format: str
    first: int
    counts_with: str
    style: str


class Numbering:
    """A file's lists by their numbers."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        abstract = {each.get("abstractNumId", ""): each for each in _all(root, "abstractNum")}
        self._styles = styles
        self._lists: dict[str, tuple[Element, Element | None]] = {}
        for each in _all(root, "num"):
            self._lists[each.get("numId", "")] = each, abstract.get(value(each, "abstractNumId") or "")
        self._counts: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()
        self._known: dict[str, _List] = {}
        self._abstract: dict[str, _Abstract] = {}

    def level_of_style(self, list_number: str, style: str) -> int:
        """The level that a list has for a paragraph style; 0 where it has none."""
        levels = self._list(list_number).levels
        return next((level for level, each in levels.items() if each.style == style), 0)

    def level(self, list_number: str, level: int) -> Level | None:
        """A level, from 0, of a list; None where the file does not say anything about it."""
        return self._list(list_number).levels.get(level)

    def next_number(self, list_number: str, level: int) -> int:
        """The number of the next paragraph of a list at a level; the levels below start anew."""
        found = self.level(list_number, level) or Level("decimal", 1, list_number, "")
        key = found.counts_with, level
        starts = self._list(list_number).starts.get(level)
        if starts is not None and (list_number, level) not in self._started:
            self._counts[key] = starts - 1
        self._started.add((list_number, level))
        self._counts[key] = self._counts.get(key, found.first - 1) + 1
        for below in range(level + 1, 10):
            self._counts.pop((key[0], below), None)
        return max(0, self._counts[key])

    def _list(self, list_number: str) -> _List:
        if list_number not in self._known:
            entry = self._lists.get(list_number, (None, None))[0]
            self._known[list_number] = _List(self._levels(list_number), _starts(entry))
        return self._known[list_number]

    def _levels(self, list_number: str) -> dict[int, Level]:
        """The levels of a list, or of the one that has the style it is linked to."""
        for _ in range(_LONGEST_CHAIN):
            entry, element = self._lists.get(list_number, (None, None))
            if entry is None or element is None:
                return {}
            abstract = self._read(element)
            if not abstract.link:
                replaced = (each for override in entry.findall("lvlOverride") for each in override.findall("lvl"))
                return {**abstract.levels, **_levels(replaced, abstract.name)}
            list_number = value(self._styles.of_numbering(abstract.link), "numPr/numId") or ""
        return {}

    def _read(self, element: Element) -> _Abstract:
        name = element.get("abstractNumId", "")
        if name not in self._abstract:
            link = value(element, "numStyleLink") or ""
            self._abstract[name] = _Abstract(name, link, _levels(element.findall("lvl"), name))
        return self._abstract[name]


@dataclass(frozen=True, slots=True)
class _List:
    """A list's levels, and the numbers with which it starts anew at some of them."""

    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Abstract:
    """What several lists share: levels, or the style of the list that has them."""

    name: str
    link: str
    levels: dict[int, Level]


def _all(root: Element | None, name: str) -> list[Element]:
    return root.findall(name) if root is not None else []


def _levels(elements: Iterable[Element], name: str) -> dict[int, Level]:
    found = ((number(each.get("ilvl")), each) for each in elements)
    return {level: _level(each, name) for level, each in found if level <= DEEPEST}


def _level(element: Element, name: str) -> Level:
    format = value(element, "numFmt") or "decimal"
    return Level(format, number(value(element, "start"), 1), name, value(element, "pStyle") or "")


def _starts(entry: Element | None) -> dict[int, int]:
    """The first number by level where a list says so; of several for a level the first counts."""
    overrides = {number(each.get("ilvl")): each for each in reversed(_all(entry, "lvlOverride"))}
    found = {level: each.find("startOverride") for level, each in overrides.items()}
    return {level: number(each.get("val"), 1) for level, each in found.items() if each is not None}


BULLET = Level("bullet", 1, "", "")
"""What a list is taken for of which the file says nothing."""
