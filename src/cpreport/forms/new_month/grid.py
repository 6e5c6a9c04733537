"""A worksheet's cells, to be changed in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cpreport.annotate.corrected import cells_in, put_text
from cpreport.annotate.marked.sheets import child, children, fragment, whole
from cpreport.office.addresses import COLUMNS, Cell, address_of, area_of
from cpreport.office.parts import Element, Parts


class Grid:
    """The cells of a worksheet by their rows and columns, which count from 1."""

    def __init__(self, parts: Parts, part: str) -> None:
        self.sheet = parts.root(part, with_rows=True)
        self._cells = dict(cells_in(self.sheet))
        for cell, element in self._cells.items():
            element.set("r", address_of(cell))
            element.getparent().set("r", str(cell[0]))

    def __getitem__(self, cell: Cell) -> Element | None:
        """The element of a cell, if there is one."""
        return self._cells.get(cell)

    def column(self, column: int) -> Iterator[tuple[Cell, Element]]:
        """The cells of a column."""
        return ((cell, element) for cell, element in list(self._cells.items()) if cell[1] == column)

    def has_formula(self, cell: Cell) -> bool:
        """Whether a cell is computed; one of an array formula that begins elsewhere is not known to be."""
        element = self._cells.get(cell)
        return element is not None and element.find("{*}f") is not None

    def is_blank(self, cell: Cell) -> bool:
        """Whether a cell holds neither a value nor a formula."""
        element = self._cells.get(cell)
        return element is None or len(element) == 0

    def clear(self, cell: Cell) -> None:
        """Takes a cell's value out; its format stays."""
        element = self._cells[cell]
        element[:] = []
        element.attrib.pop("t", None)

    def put(self, cell: Cell, value: str | float) -> None:
        """Gives a cell a value instead of what it holds; its format stays."""
        element = self._cells[cell]
        self.clear(cell)
        if isinstance(value, str):
            put_text(element, value)
        else:
            element.append(fragment(f"<v>{value:.16g}</v>"))

    def copy_format(self, source: Cell, target: Cell) -> Cell:
        """Makes a cell that looks like another one of its row, or gives a blank one its look; the cell."""
        like = self._cells[source]
        if target not in self._cells:
            row = like.getparent()
            row.attrib.pop("spans", None)
            before = [at for (_, column), at in self._in_row(target[0]) if column < target[1]]
            element = like.makeelement(like.tag, {"r": address_of(target)})
            row.insert(row.index(before[-1]) + 1 if before else 0, element)
            self._cells[target] = element
        if style := like.get("s"):
            self._cells[target].set("s", style)
        return target

    def move_right(self, first: int) -> None:
        """Moves the cells of this column and those behind it to the right by one; nothing else is moved with them."""
        moved = {(row, column + (column >= first)): element for (row, column), element in self._cells.items()}
        for cell, element in moved.items():
            element.set("r", address_of(cell))
            element.getparent().attrib.pop("spans", None)
        self._cells = moved

    def _in_row(self, row: int) -> Sequence[tuple[Cell, Element]]:
        return sorted((each for each in self._cells.items() if each[0][0] == row), key=lambda each: each[0])


def copy_width(sheet: Element, source: int, target: int) -> None:
    """Gives a column without a width of its own the width of another one."""
    columns = children(sheet, "cols/col")
    within = {n: each for each in columns for n in (source, target) if _first(each) <= n <= _last(each)}
    like = within.get(source)
    if like is None or target in within:
        return
    stated = {name: like.get(name) for name in ("width", "style", "bestFit", "customWidth") if name in like.attrib}
    new = like.makeelement(like.tag, {"min": str(target), "max": str(target), **stated})
    after = [each for each in columns if _first(each) < target]
    after[-1].addnext(new) if after else child(sheet, "cols").insert(0, new)


def _first(column: Element) -> int:
    return whole(column.get("min")) or 0


def _last(column: Element) -> int:
    return min(whole(column.get("max")) or 0, COLUMNS)


def reaching(areas: str, source: int, target: int) -> str:
    """Areas in a text such as `A1:B7 D3`; those that have one column reach to its neighbour too."""
    return " ".join(_reaching(each, source, target) for each in areas.split())


def _reaching(reference: str, source: int, target: int) -> str:
    area = area_of(reference)
    if area is None or not area[0][1] <= source <= area[1][1]:
        return reference
    (top, left), (bottom, right) = area
    return f"{address_of((top, min(left, target)))}:{address_of((bottom, max(right, target)))}"


def widen_dimension(sheet: Element, column: int) -> None:
    """Has the sheet's used area reach to this column."""
    stated = child(sheet, "dimension")
    area = None if stated is None else area_of(stated.get("ref", ""))
    if area and area[1][1] < column:
        stated.set("ref", f"{address_of(area[0])}:{address_of((area[1][0], column))}")
