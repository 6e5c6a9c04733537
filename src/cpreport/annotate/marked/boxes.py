"""The boxes in which comments are shown: shapes of a VML drawing, changed as text, for Excel's is not always XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count
from math import ceil

from cpreport.annotate.marked.grid import Grid
from cpreport.office.addresses import COLUMNS, ROWS, Cell

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_SHAPE = re.compile(r"<(?:\w+:)?shape\s(?:[^<]|<(?!(?:\w+:)?shape\s))*?</(?:\w+:)?shape\s*>")
"""A shape. They do not nest, so each begins at the last beginning before its end."""

_ROW = re.compile(r"<(?:\w+:)?Row>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(r"<(?:\w+:)?Column>\s*(\d{1,7})\s*<")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([-\d,\s]+)(</)")
_HEIGHT = re.compile(r"(\bheight:)(\d{1,5}(?:\.\d{1,5})?)(px|pt)")
_NUMBER = re.compile(r"_x0000_s(\d{1,9})(?!\d)")
_BLOCKS = re.compile(r"""(<(?:\w+:)?idmap\b[^<>]*?\sdata=["'])([\d, ]*)""")
_IN_BLOCK = 1024
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{}}"/></o:shapelayout></xml>'
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_UNSAID_WIDTH = 144
_WIDTH, _LINE, _MARGIN, _LETTER = 380, 15, 12, 5.6
"""Pixels: a box's width, the height of a line, what is above and below the lines, and the mean width of a letter."""


class Boxes:
    """A drawing in VML."""

    def __init__(self, content: bytes) -> None:
        self._text = content.decode("utf-8", "surrogateescape")

    @property
    def is_empty(self) -> bool:
        return not _SHAPE.search(self._text)

    def content(self) -> bytes:
        return self._text.encode("utf-8", "surrogateescape")

    def remove(self, cells: Collection[Cell]) -> None:
        """Takes out the boxes of these cells."""
        self._change(cells, lambda *_: "")

    def enlarge(self, texts: Mapping[Cell, str], grid: Grid) -> None:
        """Makes these cells' boxes high enough for their texts, never lower."""
        self._change(texts, lambda shape, cell: _enlarged(shape, texts[cell], grid))

    def add(self, texts: Mapping[Cell, str], grid: Grid, block: int) -> None:
        """A box for each of these cells, as high as its text needs; `block` is a block of numbers for a new drawing."""
        if "</xml>" not in self._text:
            blocks = range(block, block + len(texts) // (_IN_BLOCK - 1) + 1)
            self._text = _EMPTY.format(",".join(map(str, blocks)))
        used = set(_NUMBER.findall(self._text))
        first = min(_blocks_of(self._text), default=1) * _IN_BLOCK
        numbers = (number for number in count(first) if number % _IN_BLOCK and str(number) not in used)
        boxes = [_shape(number, cell, text, grid) for number, (cell, text) in zip(numbers, texts.items(), strict=False)]
        type = "" if '"_x0000_t202"' in self._text else _TYPE
        before, end, after = self._text.rpartition("</xml>")
        self._text = "".join((before, type, *boxes, end, after))

    def _change(self, cells: Collection[Cell], change: Callable[[str, Cell], str]) -> None:
        """Changes the boxes of these cells."""

        def changed(found: re.Match[str]) -> str:
            cell = _cell_of(found[0])
            return change(found[0], cell) if cell and cell in cells else found[0]

        self._text = _SHAPE.sub(changed, self._text)


def free_block(drawings: Iterable[bytes]) -> int:
    """The first block of shape numbers behind all that the drawings have taken or use."""
    return max((block for each in drawings for block in _blocks_of(each.decode("utf-8", "replace"))), default=0) + 1


def _blocks_of(text: str) -> list[int]:
    """The blocks of shape numbers that a drawing says it has; where it says none, those that it uses."""
    stated = [int(block) for found in _BLOCKS.finditer(text) for block in re.findall(r"\d{1,9}", found[2])]
    return stated or [int(number) // _IN_BLOCK for number in _NUMBER.findall(text)]


def _cell_of(shape: str) -> Cell | None:
    """The cell whose comment a shape is the box of."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if 'ObjectType="Note"' in shape and row and column:
        return int(row[1]) + 1, int(column[1]) + 1
    return None


def _rows_for(text: str, width: int, grid: Grid) -> int:
    letters = max(int((width - _MARGIN) / _LETTER), 1)
    lines = sum(max(ceil(len(line) / letters), 1) for line in text.split("\n"))
    return ceil((lines * _LINE + _MARGIN) / grid.row)


def _shape(number: int, cell: Cell, text: str, grid: Grid) -> str:
    row, column = cell
    left = min(column + 1, COLUMNS - 8)
    right, rest = grid.reach(left, _WIDTH)
    height = _rows_for(text, _WIDTH, grid)
    top = max(min(row - 1, ROWS - height - 1), 1)
    anchor = f"{left - 1}, 10, {top - 1}, 5, {right - 1}, {rest}, {top - 1 + height}, 5"
    size = f"width:{_WIDTH * 0.75:g}pt;height:{height * grid.row * 0.75:g}pt"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;{size};z-index:1;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _enlarged(shape: str, text: str, grid: Grid) -> str:
    """A box high enough for a text: by its corners' cells or, where it has none, by its height."""

    def lower(anchor: re.Match[str]) -> str:
        corners = [int(part) for part in re.findall(r"-?\d{1,9}", anchor[2])]
        if len(corners) != 8:
            return anchor[0]
        width = grid.width(corners[0] + 1, corners[4] + 1) - corners[1] + corners[5]
        corners[6] = max(corners[6], min(corners[2] + _rows_for(text, width, grid), ROWS - 1))
        return f"{anchor[1]}{', '.join(map(str, corners))}{anchor[3]}"

    def higher(height: re.Match[str]) -> str:
        pixels = _rows_for(text, _UNSAID_WIDTH, grid) * grid.row
        return f"{height[1]}{max(float(height[2]), pixels if height[3] == 'px' else pixels * 0.75):g}{height[3]}"

    return _ANCHOR.sub(lower, shape) if _ANCHOR.search(shape) else _HEIGHT.sub(higher, shape, count=1)
