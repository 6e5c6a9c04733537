"""Tables: header rows, merged, empty and nested cells, and how the cells of a table's style look."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import MATH, V, W, is_on, names, number, value
from cpreport.gate.word.styles import Cell, Styles
from cpreport.model.finding import listed
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

TABLE, ROW, CELL = names("tbl", "tr", "tc")
AROUND = frozenset(names("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_TEXT = f"{W}t"
_CONTENT = (
    _TEXT,
    *names("drawing", "pict", "object", "sym", "fldChar", "fldSimple", "sdt"),
    f"{MATH}oMath",
    f"{V}shape",
)
_SPAN, _DOWN, _ACROSS = names("gridSpan", "vMerge", "hMerge")
_MERGED = (_SPAN, _DOWN, _ACROSS)
_EDGES = (("firstColumn", 0x80), ("lastColumn", 0x100), ("firstRow", 0x20), ("lastRow", 0x40))


def children(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a name in another one, in whatever they are wrapped."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in AROUND:
            yield from children(child, tag)


class Grid:
    """A table's cells by their rows."""

    def __init__(self, table: Element) -> None:
        self.rows = [(row, list(children(row, CELL))) for row in children(table, ROW)]
        self.columns = max((len(cells) for _, cells in self.rows), default=0)
        self._table = table

    def check(self, where: str, gathered: Gathered) -> None:
        """What is wrong with the table, which is named in words."""
        if not self.rows or not self.columns:
            return
        has_header = self._is_header(self.rows[0][0])
        if len(self.rows) == 1 or self.columns == 1:
            if not has_header or len(self.rows) == 1:
                gathered.add(rules.LAYOUT_TABLE, where)
            return
        if not has_header:
            gathered.add(rules.NO_HEADER_ROW, where)
        merged = [at for at, (row, cells) in enumerate(self.rows, 1) if self._is_merged(row, cells)]
        if merged:
            gathered.add(rules.MERGED_CELLS, f"{where}, {_numbered('row', merged)}")
        self._empty(where, gathered, bool(merged))

    def cells(self, styles: Styles) -> Iterator[tuple[Element, Cell]]:
        """The cells, each with what the table's style gives its words."""
        properties = self._table.find(f"{W}tblPr")
        style = "" if properties is None else value(properties.find(f"{W}tblStyle"))
        style = style or styles.default_table()
        known, look = styles.areas(style), None if properties is None else properties.find(f"{W}tblLook")
        last = len(self.rows) - 1
        for at, (_, cells) in enumerate(self.rows):
            for column, cell in enumerate(cells):
                areas = _areas(look, at, last, column, len(cells) - 1) if known else ()
                yield cell, Cell(style, tuple(each for each in areas if each in known), _shading(cell, styles))

    def _empty(self, where: str, gathered: Gathered, is_merged: bool) -> None:
        empty = [[is_empty(cell) for cell in cells] for _, cells in self.rows]
        rows = [at for at, cells in enumerate(empty) if cells and all(cells)]
        is_whole = not is_merged and len(rows) < len(empty)
        columns = [at for at in range(self.columns) if is_whole and all(cells[at] for cells in empty)]
        if rows:
            gathered.add(rules.EMPTY_CELLS, f"{where}, {_numbered('row', [at + 1 for at in rows])}")
        if columns:
            gathered.add(rules.EMPTY_CELLS, f"{where}, {_numbered('column', [at + 1 for at in columns])}")
        single = [
            f"row {at + 1} column {column + 1}"
            for at, cells in enumerate(empty)
            for column, is_it in enumerate(cells)
            if is_it and at not in rows and column not in columns
        ]
        if single:
            gathered.add(rules.EMPTY_CELLS, f"{where}, {listed(single)}")

    def _is_merged(self, row: Element, cells: list[Element]) -> bool:
        """Whether cells of a row are merged, or are not one for each column."""
        if len(cells) != self.columns or row.find(f"{W}trPr/{W}gridBefore") is not None:
            return True
        for cell in cells:
            properties = cell.find(f"{W}tcPr")
            for each in () if properties is None else properties:
                if each.tag in _MERGED and (each.tag != _SPAN or number(value(each)) > 1):
                    return True
        return False

    @staticmethod
    def _is_header(row: Element) -> bool:
        return is_on(row.find(f"{W}trPr/{W}tblHeader"))


def is_empty(cell: Element) -> bool:
    """Whether a cell has no words, pictures or fields, nor goes on from a cell above."""
    for each in cell.iter(*_CONTENT):
        if each.tag != _TEXT or (each.text or "").strip(" \t\n\u00a0"):
            return False
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is None or value(merge) == "restart"


def _shading(cell: Element, styles: Styles) -> str | None:
    return styles.shading(cell.find(f"{W}tcPr"))


def _areas(look: Element | None, row: int, last_row: int, column: int, last_column: int) -> Iterator[str]:
    """The areas of a table's style in which a cell is, in the order in which they apply."""
    bits = 0 if look is None else _hexadecimal(look.get(f"{W}val"))

    def has(name: str, bit: int) -> bool:
        stated = None if look is None else look.get(f"{W}{name}")
        return bool(bits & bit) if stated is None else stated in ("1", "true", "on")

    first_column, last_column_too, first_row, last_row_too = (has(*each) for each in _EDGES)
    is_first_row, is_last_row = first_row and row == 0, last_row_too and row == last_row
    is_first_column, is_last_column = first_column and column == 0, last_column_too and column == last_column
    if not has("noVBand", 0x400) and not (is_first_column or is_last_column):
        yield "band1Vert" if (column - first_column) % 2 == 0 else "band2Vert"
    if not has("noHBand", 0x200) and not (is_first_row or is_last_row):
        yield "band1Horz" if (row - first_row) % 2 == 0 else "band2Horz"
    for applies, area in (
        (is_first_column, "firstCol"),
        (is_last_column, "lastCol"),
        (is_first_row, "firstRow"),
        (is_last_row, "lastRow"),
        (is_first_row and is_last_column, "neCell"),
        (is_first_row and is_first_column, "nwCell"),
        (is_last_row and is_last_column, "seCell"),
        (is_last_row and is_first_column, "swCell"),
    ):
        if applies:
            yield area


def _hexadecimal(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0


def _numbered(what: str, numbers: list[int]) -> str:
    """`row 3`, `rows 3, 4, 6 and 2 more`."""
    return f"{what} {numbers[0]}" if len(numbers) == 1 else f"{what}s {listed(map(str, numbers))}"
