"""Tables: header rows, merged, empty and nested cells, and what the table's style gives the words of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import MATH, V, W, is_on, is_true, names, number, value
from cpreport.gate.word.styles import Cell, Styles, has_lines
from cpreport.model.finding import listed
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

TABLE, ROW, CELL = names("tbl", "tr", "tc")
AROUND = frozenset(names("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_PROPERTIES, _TEXT, _SHADING, _BORDERS = names("tcPr", "t", "shd", "tcBorders")
_SPAN, _DOWN, _ACROSS = names("gridSpan", "vMerge", "hMerge")
_CONTENT = (
    _TEXT,
    *names("drawing", "pict", "object", "sym", "fldChar", "fldSimple", "sdt"),
    f"{MATH}oMath",
    f"{V}shape",
)
_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
"""What w:tblLook switches on or off, with the bits of its w:val in older files."""


def children(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a name in another one, in whatever they are wrapped."""
    left = list(reversed(parent))
    while left:
        child = left.pop()
        if child.tag == tag:
            yield child
        elif child.tag in AROUND:
            left += reversed(child)


class _GridCell(NamedTuple):
    element: Element
    shading: Element | None
    borders: Element | None
    is_merged: bool
    is_empty: bool


class Grid:
    """A table's cells by their rows."""

    def __init__(self, table: Element, styles: Styles) -> None:
        self._styles = styles
        found = [(row, [_read(cell) for cell in children(row, CELL)]) for row in children(table, ROW)]
        self._rows = [cells for _, cells in found]
        self._columns = max(map(len, self._rows), default=0)
        self._has_header = bool(found) and is_on(found[0][0].find(f"{W}trPr/{W}tblHeader"))
        self._begins_late = {at for at, (row, _) in enumerate(found) if row.find(f"{W}trPr/{W}gridBefore") is not None}
        self._properties = table.find(f"{W}tblPr")
        style = "" if self._properties is None else value(self._properties.find(f"{W}tblStyle"))
        self._style = style or styles.default_table()

    def check(self, where: str, gathered: Gathered) -> None:
        """What is wrong with the table, which is named in words."""
        if not self._columns:
            return
        if len(self._rows) == 1 or (not self._has_header and (self._columns == 1 or not self._is_drawn())):
            gathered.add(rules.LAYOUT_TABLE, where)
            return
        if not self._has_header:
            gathered.add(rules.NO_HEADER_ROW, where)
        merged = [at + 1 for at, cells in enumerate(self._rows) if at in self._begins_late or self._is_merged(cells)]
        if merged:
            gathered.add(rules.MERGED_CELLS, f"{where}, {_numbered('row', merged)}")
        for empty in self._empty(bool(merged)):
            gathered.add(rules.EMPTY_CELLS, f"{where}, {empty}")

    def cells(self) -> Iterator[tuple[Element, Cell]]:
        """The cells, each with what the table's style gives its words."""
        known, last_row = self._styles.areas(self._style), len(self._rows) - 1
        switched = self._switched() if known else frozenset()
        for row, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                areas = _areas(switched, row, last_row, column, len(cells) - 1) if known else ()
                own = self._styles.behind(cell.shading)
                yield cell.element, Cell(self._style, tuple(each for each in areas if each in known), own)

    def _is_drawn(self) -> bool:
        """Whether the table has lines or fills, as tables of figures have."""
        own = None if self._properties is None else self._properties.find(f"{W}tblBorders")
        if has_lines(own) if own is not None else self._styles.is_drawn(self._style):
            return True
        cells = (cell for row in self._rows for cell in row)
        return any(has_lines(cell.borders) or self._styles.behind(cell.shading) for cell in cells)

    def _is_merged(self, cells: list[_GridCell]) -> bool:
        """Whether cells of a row are merged, or are not one for each column."""
        return len(cells) != self._columns or any(cell.is_merged for cell in cells)

    def _empty(self, is_merged: bool) -> Iterator[str]:
        """The empty rows, the empty columns and the other empty cells."""
        empty = [[cell.is_empty for cell in cells] for cells in self._rows]
        rows = [at for at, cells in enumerate(empty) if cells and all(cells)]
        is_regular = not is_merged and len(rows) < len(empty)
        columns = [at for at in range(self._columns) if is_regular and all(cells[at] for cells in empty)]
        for what, found in (("row", rows), ("column", columns)):
            if found:
                yield _numbered(what, [at + 1 for at in found])
        whole = set(rows), set(columns)
        others = [
            f"row {row + 1} column {column + 1}"
            for row, cells in enumerate(empty)
            for column, is_it in enumerate(cells)
            if is_it and row not in whole[0] and column not in whole[1]
        ]
        if others:
            yield listed(others)

    def _switched(self) -> frozenset[str]:
        """What the table's w:tblLook switches on."""
        look = None if self._properties is None else self._properties.find(f"{W}tblLook")
        if look is None:
            return frozenset()
        bits = _hexadecimal(look.get(f"{W}val"))
        stated = ((name, look.get(f"{W}{name}"), bits & bit) for name, bit in _BITS.items())
        return frozenset(name for name, own, bit in stated if (bit if own is None else is_true(own)))


def _read(cell: Element) -> _GridCell:
    properties = cell[0] if len(cell) and cell[0].tag == _PROPERTIES else ()
    stated = {each.tag: each for each in properties}
    down = stated.get(_DOWN)
    goes_on = down is not None and value(down) != "restart"
    is_merged = down is not None or _ACROSS in stated or number(value(stated.get(_SPAN))) > 1
    return _GridCell(cell, stated.get(_SHADING), stated.get(_BORDERS), is_merged, not goes_on and _is_empty(cell))


def _is_empty(cell: Element) -> bool:
    """Whether a cell has no words, pictures or fields."""
    return all(each.tag == _TEXT and not (each.text or "").strip(" \t\n\u00a0") for each in cell.iter(*_CONTENT))


def _areas(switched: frozenset[str], row: int, last_row: int, column: int, last_column: int) -> Iterator[str]:
    """The areas of a table's style in which a cell is, in the order in which they apply."""
    is_first_row, is_last_row = row == 0 and "firstRow" in switched, row == last_row and "lastRow" in switched
    is_first, is_last = column == 0 and "firstColumn" in switched, column == last_column and "lastColumn" in switched
    if "noVBand" not in switched and not (is_first or is_last):
        yield "band1Vert" if (column - ("firstColumn" in switched)) % 2 == 0 else "band2Vert"
    if "noHBand" not in switched and not (is_first_row or is_last_row):
        yield "band1Horz" if (row - ("firstRow" in switched)) % 2 == 0 else "band2Horz"
    if is_first:
        yield "firstCol"
    if is_last:
        yield "lastCol"
    if is_first_row:
        yield from ("firstRow", *(["neCell"] if is_last else []), *(["nwCell"] if is_first else []))
    if is_last_row:
        yield from ("lastRow", *(["seCell"] if is_last else []), *(["swCell"] if is_first else []))


def _hexadecimal(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0


def _numbered(what: str, numbers: list[int]) -> str:
    """`row 3`, `rows 3, 4, 6 and 2 more`."""
    return f"{what} {numbers[0]}" if len(numbers) == 1 else f"{what}s {listed(map(str, numbers))}"
