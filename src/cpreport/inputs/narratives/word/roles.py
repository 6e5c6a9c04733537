"""What a paragraph is: a heading, an entry of a list, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import number, value
from cpreport.inputs.narratives.word.numbering import BULLET, Numbering
from cpreport.inputs.narratives.word.styles import Style, Styles, heading_level

_LIST_STYLE = re.compile(r"list (bullet|number)(?: ([2-9]))?")
_UNDER_AN_ENTRY = re.compile(r"list (?:paragraph|continue(?: [2-9])?)")
DEEPEST = 8


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


class Roles:
    """Says what the paragraphs of a file are, one after the other; numbers are counted on."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._by_style: dict[int, int] = {}

    def role(self, properties: Element | None) -> Role:
        """What the next paragraph is, by its properties."""
        styles = self._styles.of_paragraph(properties)
        if heading := heading_level(properties, styles):
            return Role(heading=heading)
        entry = self._entry(properties, styles)
        if entry is None:
            self._by_style.clear()
        return entry or Role(indented=_is_indented(properties, styles))

    def _entry(self, properties: Element | None, styles: list[Style]) -> Role | None:
        """An entry by the list that the paragraph, else its style, is in, or by the style's name; list 0 is none."""
        said = [(properties, ""), *((style.paragraph, style.id) for style in styles)]
        found = next(((n, id) for each, id in said if (n := value(each, "numPr/numId"))), None)
        if found is None:
            return self._named(styles)
        return self._numbered(*found, said, _list_style(styles)) if found[0] != "0" else None

    def _numbered(
        self, list_number: str, style: str, said: list[tuple[Element | None, str]], named: tuple[str, int] | None
    ) -> Role:
        at = next((each for each, _ in said if value(each, "numPr/ilvl") is not None), None)
        linked = self._numbering.level_of_style(list_number, style) if style and at is None else 0
        level = min(number(value(at, "numPr/ilvl"), linked), DEEPEST)
        format = (self._numbering.level(list_number, level) or BULLET).format
        count = self._numbering.next_number(list_number, level)
        if format == "none":
            return Role(indented=True)
        shown = None if format == "bullet" else count
        return Role(level=max(level, named[1]) if named else level, number=shown)

    def _named(self, styles: list[Style]) -> Role | None:
        found = _list_style(styles)
        if found is None:
            return None
        kind, level = found
        if kind == "bullet":
            return Role(level=level)
        self._by_style[level] = self._by_style.get(level, 0) + 1
        self._by_style = {each: count for each, count in self._by_style.items() if each <= level}
        return Role(level=level, number=self._by_style[level])


def _list_style(styles: list[Style]) -> tuple[str, int] | None:
    """The kind and level, from 0, that the name of a list's style says: each such style may have a list of its own."""
    found = next((found for style in styles if (found := _LIST_STYLE.fullmatch(style.name))), None)
    return (found[1], number(found[2], 1) - 1) if found else None


def _is_indented(properties: Element | None, styles: list[Style]) -> bool:
    said = (_indent(each) for each in (properties, *(style.paragraph for style in styles)))
    indent = next((each for each in said if each is not None), 0)
    return indent > 0 or any(_UNDER_AN_ENTRY.fullmatch(style.name) for style in styles)


def _indent(properties: Element | None) -> int | None:
    """The left indent in twentieths of a point; None where nothing is said of it."""
    found = properties.find("ind") if properties is not None else None
    said = None if found is None else found.get("left") or found.get("start")
    return None if said is None else number(said.partition(".")[0])
