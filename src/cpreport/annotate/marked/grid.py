"""A worksheet's columns and rows in pixels, as far as its part says without its rows."""

from __future__ import annotations

from bisect import bisect

from cpreport.annotate.marked.elements import Element, child, children, whole
from cpreport.office.addresses import COLUMNS

_MOST = 500
_FURTHEST = 40
"""How many columns a box reaches over at the most: very many may be hidden."""


class Grid:
    """How wide a worksheet's columns and how high its ordinary rows are, in pixels. Columns count from 1."""

    def __init__(self, sheet: Element) -> None:
        format = child(sheet, "sheetFormatPr")
        given = {} if format is None else format.attrib
        usual = _size(given.get("defaultColWidth"), _size(given.get("baseColWidth"), 8) + 0.71)
        self._usual = _pixels(usual)
        self.row = max(round(_size(given.get("defaultRowHeight"), 15) * 4 / 3), 1)
        self._known = [(0, 0, 0)]
        for column in children(sheet, "cols/col"):
            first, last = whole(column.get("min")), whole(column.get("max"))
            if first and last:
                is_hidden = column.get("hidden") in ("1", "true")
                self._known.append((first, last, 0 if is_hidden else _pixels(_size(column.get("width"), usual))))
        self._known.sort()

    def column(self, number: int) -> int:
        """A column's width."""
        _, last, pixels = self._known[bisect(self._known, number, key=lambda known: known[0]) - 1]
        return pixels if number <= last else self._usual

    def width(self, first: int, last: int) -> int:
        """From the left of a column to the left of another."""
        return sum(map(self.column, range(first, min(last, COLUMNS))))

    def reach(self, column: int, pixels: int) -> tuple[int, int]:
        """The column that lies so far right of a column's left, and what remains within it."""
        last = min(column + _FURTHEST, COLUMNS)
        while column < last and pixels > self.column(column):
            pixels -= self.column(column)
            column += 1
        return column, pixels


def _size(text: str | None, usual: float) -> float:
    """A width or height as the sheet gives it; the usual one where it gives none that a sheet could have."""
    try:
        size = float(text or usual)
    except ValueError:
        return usual
    return size if 0 <= size <= _MOST else usual


def _pixels(characters: float) -> int:
    """A column's width, of characters of the default font (7 pixels each in Calibri 11)."""
    return int(characters * 7 + 5)
