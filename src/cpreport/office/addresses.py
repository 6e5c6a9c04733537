"""Cells and areas of a sheet by their addresses. Rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, reduce

from cpreport.model.figure import CellRef

Cell = tuple[int, int]
"""Row and column."""

ROWS, COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def cell_at(address: str) -> Cell | None:
    """The cell of an A1 address: N12 is (12, 14). None if it is not one."""
    found = _ADDRESS.fullmatch(address.upper())
    return (int(found[2]), column_of(found[1])) if found else None


@lru_cache(maxsize=COLUMNS)
def column_of(letters: str) -> int:
    """The column that letters name: AB is 28. Raises ValueError for anything else."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(f"no column is called {letters!r}")
    return reduce(lambda column, letter: column * 26 + ord(letter) - 64, letters.upper(), 0)


def address_of(cell: Cell) -> str:
    """(12, 14) is N12."""
    return CellRef("", *cell).a1


def area_of(reference: str) -> tuple[Cell, Cell] | None:
    """First and last cell of an area such as A1:B7 or A1; None if it is not one."""
    first, _, last = reference.partition(":")
    corners = cell_at(first), cell_at(last or first)
    return (corners[0], corners[1]) if corners[0] and corners[1] else None


def areas(cells: Iterable[Cell]) -> list[str]:
    """The cells as few areas, from the top: neighbours in a row, then equal runs in rows below each other."""
    found: list[tuple[Cell, Cell]] = []
    open_runs: dict[tuple[int, int], int] = {}
    for row, first, last in _runs(cells):
        above = open_runs.get((first, last))
        if above is not None and found[above][1][0] == row - 1:
            found[above] = found[above][0], (row, last)
        else:
            open_runs[first, last] = len(found)
            found.append(((row, first), (row, last)))
    return [address_of(first) if first == last else f"{address_of(first)}:{address_of(last)}" for first, last in found]


def _runs(cells: Iterable[Cell]) -> list[tuple[int, int, int]]:
    """Neighbours in a row as (row, first column, last column)."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(set(cells)):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = row, runs[-1][1], column
        else:
            runs.append((row, column, column))
    return runs
