"""A file's lists: whether a level has bullets or numbers, and which number comes next."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.word.elements import number, value
from cpreport.inputs.word.styles import Styles


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

    def level_of_style(self, list_number: str, style: str) -> int:
        """The level that a list has for a paragraph style; 0 where it has none."""
        levels = self._levels(list_number)
        return next((level for level, each in levels.items() if each.style == style), 0)

    def level(self, list_number: str, level: int) -> Level | None:
        """A level, from 0, of a list; None where the file does not say anything about it."""
        return self._levels(list_number).get(level)

    def next_number(self, list_number: str, level: int) -> int:
        """The number of the next paragraph of a list at a level; the levels below start anew."""
        found = self.level(list_number, level) or Level("decimal", 1, list_number, "")
        key = found.counts_with, level
        starts = self._override(list_number, level, "startOverride")
        if starts is not None and (list_number, level) not in self._started:
            self._counts[key] = number(starts.get("val"), 1) - 1
        self._started.add((list_number, level))
        self._counts[key] = self._counts.get(key, found.first - 1) + 1
        for below in range(level + 1, 10):
            self._counts.pop((key[0], below), None)
        return max(0, self._counts[key])

    def _levels(self, list_number: str, seen: frozenset[str] = frozenset()) -> dict[int, Level]:
        entry, abstract = self._lists.get(list_number, (None, None))
        if entry is None or abstract is None or list_number in seen:
            return {}
        if linked := value(abstract, "numStyleLink"):
            other = value(self._styles.of_numbering(linked), "numPr/numId") or ""
            return self._levels(other, seen | {list_number})
        name = abstract.get("abstractNumId", "")
        replaced = [each for override in entry.findall("lvlOverride") for each in override.findall("lvl")]
        return {number(each.get("ilvl")): _level(each, name) for each in [*abstract.findall("lvl"), *replaced]}

    def _override(self, list_number: str, level: int, name: str) -> Element | None:
        entry = self._lists.get(list_number, (None, None))[0]
        overrides = entry.findall("lvlOverride") if entry is not None else ()
        return next((each.find(name) for each in overrides if number(each.get("ilvl")) == level), None)


def _all(root: Element | None, name: str) -> list[Element]:
    return root.findall(name) if root is not None else []


def _level(element: Element, name: str) -> Level:
    format = value(element, "numFmt") or "decimal"
    return Level(format, number(value(element, "start"), 1), name, value(element, "pStyle") or "")


BULLET = Level("bullet", 1, "", "")
"""What a list is taken for of which the file says nothing."""
