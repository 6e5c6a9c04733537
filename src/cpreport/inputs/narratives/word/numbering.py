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

Levels = dict[int, Stated]
"""What is said of a list's levels: the `format` of the numbers (`bullet`, `decimal`, `none`), the `first` of them, what
`counts` them with others, the paragraph `style` that has this level, and the number with which the list `starts`."""


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


class Roles:
    """Says what the paragraphs of a file are, one after the other; numbers are counted on."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._links: dict[str, str] = {}
        self._lists: dict[str, Levels] = {}
        self._started: set[tuple[str, int]] = set()
        self._counts: dict[tuple[str, int], int] = {}
        abstract = {each.get("abstractNumId", ""): each for each in root.findall("abstractNum")}
        shared = {id: _levels(each.findall("lvl"), id) for id, each in abstract.items()}
        for each in root.findall("num"):
            own, id = each.get("numId", ""), value(each, "abstractNumId") or ""
            if id in abstract:
                self._links[own] = value(abstract[id], "numStyleLink") or ""
                self._lists[own] = shared[id] | _levels(each.findall("lvlOverride/lvl"), id)
                for override in each.findall("lvlOverride"):
                    level, start = number(override.get("ilvl")), value(override, "startOverride")
                    if start is not None:
                        self._lists[own][level] = {**self._lists[own].get(level, {}), "starts": number(start, 1)}

    def role(self, said: Stated) -> Role:
        """What the next paragraph is, by what it says itself and its style says."""
        if said.get("heading"):
            return Role(heading=said["heading"])
        id = said.get("list") or said.get("listing", "0")
        if id == "0":
            self._restart("number", 0)
            return Role(indented=said.get("indent", 0) > 0 or "under" in said)
        levels, depth = self._levels(id), said.get("depth", 0)
        linked = (level for level, each in levels.items() if said.get("by") and each.get("style") == said["by"])
        level = min(said["level"] if "level" in said else next(linked, 0 if "list" in said else depth), DEEPEST)
        usual = {"format": "bullet" if "list" in said else id, "first": 1, "counts": id}
        found = {**usual, **levels.get(level, {})}
        count = self._next_number(id, level, found)
        if found["format"] == "none":
            return Role(indented=True)
        return Role(level=max(level, depth), number=None if found["format"] == "bullet" else count)

    def _next_number(self, id: str, level: int, found: Stated) -> int:
        """The number of the next paragraph of a list at a level; the levels below start anew."""
        key = found["counts"], level
        starts = self._lists.get(id, {}).get(level, {}).get("starts")
        if starts is not None and (id, level) not in self._started:
            self._counts[key] = starts - 1
            self._started.add((id, level))
        self._counts[key] = self._counts.get(key, found["first"] - 1) + 1
        self._restart(found["counts"], level + 1)
        return max(0, self._counts[key])

    def _restart(self, counts: str, first: int) -> None:
        for level in range(first, DEEPEST + 1):
            self._counts.pop((counts, level), None)

    def _levels(self, id: str) -> Levels:
        """The levels of a list, or of the one that has the style it is linked to."""
        for _ in range(_LONGEST_CHAIN):
            if not self._links.get(id):
                return self._lists.get(id, {})
            id = self._styles.say("numbering", self._links[id]).get("list", "")
        return {}


def _levels(elements: Iterable[Element], id: str) -> Levels:
    return {
        level: {
            "format": value(each, "numFmt") or "decimal",
            "first": number(value(each, "start"), 1),
            "counts": f"levels {id}",
            "style": value(each, "pStyle"),
        }
        for each in elements
        if (level := number(each.get("ilvl"))) <= DEEPEST
    }
