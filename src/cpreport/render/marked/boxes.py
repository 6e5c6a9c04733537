"""The boxes in which comments are shown: shapes of a VML drawing, changed as text, for Excel's is not always XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from math import ceil

from cpreport.render.marked.areas import COLUMNS, ROWS, Cell
from cpreport.render.marked.elements import Element, child, children

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_SHAPE = re.compile(r"\s*<((?:\w+:)?)shape\s.*?</\1shape>", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?Row>\s*(\d+)\s*</.*?<(?:\w+:)?Column>\s*(\d+)\s*</", re.DOTALL)
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([\d,\s]+)(</)")
_NUMBER = re.compile(r"_x0000_s(\d+)")
_BLOCKS = re.compile(r"""(<(?:\w+:)?idmap\b[^>]*\sdata=["'])([\d, ]*)""")
_IN_BLOCK = 1024
_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{}"/>'
    "</o:shapelayout></xml>"
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_WIDTH, _LINE, _MARGIN, _LETTER = 380, 15, 12, 5.6
"""Pixels: a box's width, the height of a line, what is above and below the lines, and the mean width of a letter."""


class Grid:
    """How wide a worksheet's columns and how high its ordinary rows are, in pixels."""

    def __init__(self, sheet: Element) -> None:
        format = child(sheet, "sheetFormatPr")
        given = {} if format is None else format.attrib
        base = float(given.get("defaultColWidth") or float(given.get("baseColWidth") or 8) + 0.71)
        self._column = _pixels(base)
        self.row = max(round(float(given.get("defaultRowHeight") or 15) * 4 / 3), 1)
        self._columns = {
            column: 0 if each.get("hidden") in ("1", "true") else _pixels(float(each.get("width") or base))
            for each in children(child(sheet, "cols"), "col")
            for column in range(int(each.get("min")), min(int(each.get("max")), COLUMNS) + 1)
        }

    def width(self, first: int, last: int) -> int:
        """From the left of a column to the left of another; columns count from 1."""
        return sum(self._columns.get(column, self._column) for column in range(first, last))

    def reach(self, column: int, pixels: int) -> tuple[int, int]:
        """The column that lies so far right of a column's left, and what remains within it."""
        while column < COLUMNS and pixels > self._columns.get(column, self._column):
            pixels -= self._columns.get(column, self._column)
            column += 1
        return column, pixels


class Boxes:
    """A drawing in VML."""

    def __init__(self, content: bytes, block: int) -> None:
        self._text = content.decode("utf-8", "surrogateescape")
        if "</xml>" not in self._text:
            self._text = _EMPTY.format(block)

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

    def add(self, texts: Mapping[Cell, str], grid: Grid) -> None:
        """A box for each of these cells, as high as its text needs."""
        numbers = self._free_numbers(len(texts))
        boxes = [_shape(number, cell, texts[cell], grid) for number, cell in zip(numbers, texts, strict=True)]
        type = "" if '"_x0000_t202"' in self._text else _TYPE
        before, end, after = self._text.rpartition("</xml>")
        self._text = "".join((before, type, *boxes, end, after))

    def _change(self, cells: Collection[Cell], change: Callable[[str, Cell], str]) -> None:
        def changed(shape: re.Match[str]) -> str:
            at = _CELL.search(shape[0])
            cell = (int(at[1]) + 1, int(at[2]) + 1) if at else (0, 0)
            return change(shape[0], cell) if cell in cells and 'ObjectType="Note"' in shape[0] else shape[0]

        self._text = _SHAPE.sub(changed, self._text)

    def _free_numbers(self, wanted: int) -> list[int]:
        """Numbers of shapes that are free in the drawing's blocks of numbers; a further block is taken if need be."""
        stated = _BLOCKS.search(self._text)
        blocks = [int(block) for block in re.findall(r"\d+", stated[2])] if stated else []
        used = {int(number) for number in _NUMBER.findall(self._text)}
        blocks = blocks or sorted({number // _IN_BLOCK for number in used}) or [1]
        free = _free(blocks, used)
        while len(free) < wanted:
            blocks.append(max(blocks) + 1)
            free = _free(blocks, used)
        listed = ",".join(map(str, blocks))
        self._text = _BLOCKS.sub(lambda found: found[1] + listed, self._text, count=1)
        return free[:wanted]


def free_block(drawings: Iterable[bytes]) -> int:
    """A block of shape numbers that none of the drawings uses."""
    highest = 0
    for content in drawings:
        text = content.decode("utf-8", "replace")
        stated = [int(block) for found in _BLOCKS.finditer(text) for block in re.findall(r"\d+", found[2])]
        numbers = [int(number) // _IN_BLOCK for number in _NUMBER.findall(text)]
        highest = max([highest, *stated, *numbers])
    return highest + 1


def _free(blocks: Iterable[int], used: Collection[int]) -> list[int]:
    return [
        number
        for block in blocks
        for number in range(block * _IN_BLOCK + 1, (block + 1) * _IN_BLOCK)
        if number not in used
    ]


def _pixels(characters: float) -> int:
    """A column's width, of characters of the default font (7 pixels each in Calibri 11)."""
    return int(characters * 7 + 5)


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
    def enlarged(anchor: re.Match[str]) -> str:
        corners = [int(part) for part in anchor[2].split(",") if part.strip()]
        if len(corners) != 8:
            return anchor[0]
        width = grid.width(corners[0] + 1, corners[4] + 1) - corners[1] + corners[5]
        corners[6] = max(corners[6], min(corners[2] + _rows_for(text, width, grid), ROWS - 1))
        return f"{anchor[1]}{', '.join(map(str, corners))}{anchor[3]}"

    return _ANCHOR.sub(enlarged, shape)
