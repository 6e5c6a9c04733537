"""The boxes in which comments are shown: shapes of a VML drawing, changed as text, for Excel's is not always XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from math import ceil

from cpreport.annotate.marked.sheets import children, whole
from cpreport.office.addresses import COLUMNS, ROWS, Cell
from cpreport.office.parts import Element

_SHAPE = re.compile(r"(<(?:\w+:)?shape\s(?:[^<]|<(?!(?:\w+:)?shape\s))*?</(?:\w+:)?shape\s*>)")
"""A shape. They do not nest, so each begins at the last beginning before its end."""

_CELL = re.compile(r"<(?:\w+:)?(Row|Column)>\s*(\d{1,7})\s*<")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([-\d,\s]+)(</)")
_HEIGHT = re.compile(r"(\bheight:)(\d{1,5}(?:\.\d{1,5})?)(px|pt)")
_NUMBER = re.compile(r"_x0000_s(\d{1,9})(?!\d)")
_FIRST_NUMBER = 1025
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    f'<v:shape {_SPACES} id="_x0000_s{{number}}" type="#_x0000_t202" style="position:absolute;z-index:1;'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_WIDTH, _USUAL_WIDTH, _COLUMN, _ROW, _LINE, _MARGIN, _LETTER = 380, 144, 64, 20, 15, 12, 5.6
"""Pixels: a box's width, that of one that states none, an ordinary column's and row's size, a line's height, the
margins of lines, a letter's mean width."""

_CHARACTERS = re.compile(r"[0-9]{1,3}(?:\.[0-9]*)?")
_FURTHEST = 40
"""How many columns a box reaches over at the most: very many may be hidden."""


def column_widths(sheet: Element) -> Sequence[int]:
    """The widths of a worksheet's columns in pixels, by number from 1: ordinary where it states none."""
    widths = [_COLUMN] * (COLUMNS + 1)
    for column in children(sheet, "cols/col")[:COLUMNS]:
        first, last = whole(column.get("min")) or 1, min(whole(column.get("max")) or 0, COLUMNS)
        stated = _CHARACTERS.fullmatch(column.get("width", ""))
        width = int(float(stated[0]) * 7 + 5) if stated else _COLUMN
        widths[first : last + 1] = [0 if column.get("hidden") in ("1", "true") else width] * (last + 1 - first)
    return widths


class Boxes:
    """A drawing in VML."""

    def __init__(self, content: bytes) -> None:
        self._pieces = _SHAPE.split(content.decode("utf-8", "surrogateescape"))
        self._places = {
            (int(at["Row"]) + 1, int(at["Column"]) + 1): index
            for index, piece in enumerate(self._pieces)
            if 'ObjectType="Note"' in piece and (at := dict(_CELL.findall(piece))).keys() == {"Row", "Column"}
        }

    @property
    def is_empty(self) -> bool:
        """Whether there is no shape in it."""
        return not any(self._pieces[1::2])

    def content(self) -> bytes:
        """The drawing as a part."""
        return "".join(self._pieces).encode("utf-8", "surrogateescape")

    def remove(self, cells: Iterable[Cell]) -> None:
        """Takes out the boxes of these cells."""
        for cell in self._places.keys() & set(cells):
            self._pieces[self._places.pop(cell)] = ""

    def show(self, texts: Mapping[Cell, str], widths: Sequence[int]) -> None:
        """Makes these cells' boxes high enough for their texts, never lower; one that is missing is added.

        `widths` are those of the columns.
        """
        if "</xml>" not in self._pieces[-1]:
            self._pieces = [_DRAWING]
        text = "".join(self._pieces)
        numbers = count(max(map(int, _NUMBER.findall(text)), default=_FIRST_NUMBER - 1) + 1)
        added: list[str] = []
        for cell, words in sorted(texts.items()):
            if cell in self._places:
                box = self._places[cell]
                self._pieces[box] = _enlarged(self._pieces[box], words, widths)
            else:
                added.append(_box(next(numbers), cell, words, widths))
        if added and '"_x0000_t202"' not in text:
            added.insert(0, _SHAPE_TYPE)
        before, end, after = self._pieces[-1].rpartition("</xml>")
        self._pieces[-1] = "".join((before, *added, end, after))


def _box(number: int, cell: Cell, text: str, widths: Sequence[int]) -> str:
    row, column = cell
    left, height, rest = min(column + 1, COLUMNS - 8), _rows(text, _WIDTH), _WIDTH
    right, top = left, max(min(row - 1, ROWS - height - 1), 1)
    while rest > widths[right] and right < min(left + _FURTHEST, COLUMNS):
        rest, right = rest - widths[right], right + 1
    anchor = f"{left - 1}, 10, {top - 1}, 5, {right - 1}, {rest}, {top - 1 + height}, 5"
    return _BOX.format(number=number, row=row - 1, column=column - 1, anchor=anchor)


def _enlarged(box: str, text: str, widths: Sequence[int]) -> str:
    """A box high enough for a text: by its corners' cells or, where it has none, by its height."""

    def lower(anchor: re.Match[str]) -> str:
        corners = [int(part) for part in re.findall(r"-?\d{1,9}", anchor[2])]
        if len(corners) == 8:
            width = sum(widths[corners[0] + 1 : corners[4] + 1]) - corners[1] + corners[5]
            corners[6] = max(corners[6], min(corners[2] + _rows(text, width), ROWS - 1))
            return f"{anchor[1]}{', '.join(map(str, corners))}{anchor[3]}"
        return anchor[0]

    def higher(height: re.Match[str]) -> str:
        pixels = _rows(text, _USUAL_WIDTH) * _ROW
        return f"{height[1]}{max(float(height[2]), pixels if height[3] == 'px' else pixels * 0.75):g}{height[3]}"

    return _ANCHOR.sub(lower, box) if _ANCHOR.search(box) else _HEIGHT.sub(higher, box, count=1)


def _rows(text: str, width: int) -> int:
    """How many ordinary rows a text reaches over in a box of this width."""
    letters = max(int((width - _MARGIN) / _LETTER), 1)
    lines = sum(max(ceil(len(line) / letters), 1) for line in text.split("\n"))
    return ceil((lines * _LINE + _MARGIN) / _ROW)
