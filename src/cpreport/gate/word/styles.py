"""How words look, by the document's defaults, styles, areas of table styles and what is formatted by hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cpreport.gate.word.colours import HIGHLIGHTS, Colours
from cpreport.gate.word.names import VALUE, W, is_on, is_true, names, number, value
from cpreport.office.parts import Element

_BODY_LEVEL = 9
_SIZE, _COLOUR, _SHADING, _HIGHLIGHT, _BOLD, _HIDDEN = names("sz", "color", "shd", "highlight", "b", "vanish")
_DEEPEST = 20
"""How many styles may be based on each other."""


class Look(NamedTuple):
    """How words look: their size in half points, colour and what is behind them, as six digits, empty for none stated.

    An empty `colour` is automatic: black or white, whichever is read.
    """

    size: int = 20
    colour: str = ""
    behind: str = ""
    is_bold: bool = False
    is_hidden: bool = False


class Cell(NamedTuple):
    """What a cell gives its words: the table's style, the areas of it that apply, and the cell's own shading.

    `shading` is None where the cell has none of its own, and empty where that says that nothing is behind its words.
    """

    style: str
    areas: tuple[str, ...]
    shading: str | None


class ParagraphStyle(NamedTuple):
    """A style's `name` in lower case, the level of its headings from 1 (0: none), and what it makes of paragraphs."""

    name: str = ""
    level: int = 0
    is_list: bool = False
    is_bold: bool = False


class Styles:
    """The styles of a document; unknown ones count as its default style."""

    def __init__(self, root: Element | None, colours: Colours) -> None:
        self._colours = colours
        styles = [] if root is None else root.findall(f"{W}style")
        self._by_id = {each.get(f"{W}styleId", ""): each for each in styles}
        is_default = ((each.get(f"{W}type", ""), each) for each in styles if is_true(each.get(f"{W}default")))
        self._default: dict[str, str] = {kind: each.get(f"{W}styleId", "") for kind, each in is_default}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.defaults = defaults
        self._base = self.over(Look(), defaults)
        self.look = cache(self._look)
        self.paragraph = cache(self._paragraph)
        self.areas = cache(self._areas)
        self.is_drawn = cache(self._is_drawn)

    def over(self, look: Look, properties: Element | None) -> Look:
        """A look with the properties of a w:rPr over it."""
        if properties is None:
            return look
        size, colour, behind, is_bold, is_hidden = look
        for each in properties:
            tag = each.tag
            if tag == _SIZE:
                size = number(each.get(VALUE)) or size
            elif tag == _COLOUR:
                colour = self._colours.stated(each)
            elif tag == _SHADING:
                behind = self._colours.behind(each) or behind
            elif tag == _HIGHLIGHT:
                behind = HIGHLIGHTS.get(each.get(VALUE, ""), behind)
            elif tag == _BOLD:
                is_bold = is_on(each)
            elif tag == _HIDDEN:
                is_hidden = is_on(each)
        return Look(size, colour, behind, is_bold, is_hidden)

    def behind(self, shading: Element | None) -> str | None:
        """The colour of a w:shd, empty where it says that there is none; None where there is no w:shd."""
        return None if shading is None else self._colours.behind(shading)

    def _look(self, paragraph: str, character: str, cell: Cell | None) -> Look:
        """The look of words in a paragraph's style and a character style, perhaps in a cell of a table."""
        look = self._base
        if cell:
            look = self._in_cell(look, cell)
        for style in self._chain(paragraph or self._default.get("paragraph", "")):
            look = self._shaded(self.over(look, style.find(f"{W}rPr")), style.find(f"{W}pPr"))
        for style in self._chain(character):
            look = self.over(look, style.find(f"{W}rPr"))
        return look

    def _in_cell(self, look: Look, cell: Cell) -> Look:
        for style in self._chain(cell.style):
            look = self._shaded(look, style.find(f"{W}tblPr"), style.find(f"{W}tcPr"))
            look = self.over(look, style.find(f"{W}rPr"))
            parts = {each.get(f"{W}type", ""): each for each in style.findall(f"{W}tblStylePr")}
            for part in (parts[area] for area in ("wholeTable", *cell.areas) if area in parts):
                look = self._shaded(look, part.find(f"{W}tblPr"), part.find(f"{W}tcPr"))
                look = self.over(look, part.find(f"{W}rPr"))
        return look if cell.shading is None else look._replace(behind=cell.shading)

    def _shaded(self, look: Look, *properties: Element | None) -> Look:
        for each in properties:
            shading = None if each is None else each.find(_SHADING)
            look = look._replace(behind=self.behind(shading) or look.behind)
        return look

    def _paragraph(self, id: str) -> ParagraphStyle:
        """What a paragraph's style says of it."""
        level, is_list, is_bold, name = 0, False, False, ""
        for style in self._chain(id or self._default.get("paragraph", "")):
            name = value(style.find(f"{W}name")).lower()
            level = heading_level(style.find(f"{W}pPr/{W}outlineLvl"), level)
            is_list = in_list(style.find(f"{W}pPr/{W}numPr"), is_list)
            bold = style.find(f"{W}rPr/{_BOLD}")
            is_bold = is_bold if bold is None else is_on(bold)
        return ParagraphStyle(name, level, is_list, is_bold)

    def _areas(self, id: str) -> frozenset[str]:
        """The areas of which a table's style says something."""
        parts = (part for style in self._chain(id) for part in style.findall(f"{W}tblStylePr"))
        return frozenset(part.get(f"{W}type", "") for part in parts)

    def _is_drawn(self, id: str) -> bool:
        """Whether a table's style draws lines or fills."""
        chain = self._chain(id)
        borders = (each for style in chain for each in style.iter(f"{W}tblBorders", f"{W}tcBorders"))
        return any(map(has_lines, borders)) or any(
            self._colours.behind(each) for style in chain for each in style.iter(_SHADING)
        )

    def default_table(self) -> str:
        return self._default.get("table", "")

    def languages(self) -> Iterable[str]:
        """The languages that the defaults and styles set."""
        for each in (self.defaults, *(style.find(f"{W}rPr") for style in self._by_id.values())):
            language = None if each is None else each.find(f"{W}lang")
            if language is not None and value(language):
                yield value(language)

    def _chain(self, id: str) -> list[Element]:
        """A style after those that it is based on."""
        chain: list[Element] = []
        style = self._by_id.get(id)
        while style is not None and len(chain) < _DEEPEST:
            chain.append(style)
            style = self._by_id.get(value(style.find(f"{W}basedOn")))
        return chain[::-1]


def has_lines(borders: Element | None) -> bool:
    """Whether a w:tblBorders or w:tcBorders draws a line."""
    return borders is not None and any(value(side) not in ("", "nil", "none") for side in borders)


def heading_level(outline: Element | None, inherited: int) -> int:
    """The heading level, from 1, that a w:outlineLvl states; 0 for text."""
    if outline is None:
        return inherited
    level = number(value(outline))
    return level + 1 if level < _BODY_LEVEL else 0


def in_list(numbers: Element | None, inherited: bool) -> bool:
    """Whether a w:numPr makes its paragraph one of a list."""
    if numbers is None:
        return inherited
    id = numbers.find(f"{W}numId")
    return inherited if id is None else value(id) not in ("", "0")
