"""Cells of a scorecard that are merged over several figures or indicators, though they count for the first alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from cpreport.inputs.workbook.cells.spreadsheet import Sheet
from cpreport.inputs.workbook.scorecard.values import Label, Line, Scorecard
from cpreport.model.figure import CellRef
from cpreport.office.addresses import address_of

_LABELS = (Label.TARGET, Label.TOLERANCE, Label.BENCHMARK)


class MergedCell(NamedTuple):
    """A merged cell that counts for a line, and its area: `C2:C3`."""

    line: Line
    cell: CellRef
    area: str


def merged_areas(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """The last cell of each merged area by its first one, as (row, column) from 1."""
    return {(top + 1, left + 1): (bottom + 1, right + 1) for top, left, bottom, right in sheet.cells.merged}


def merged_cells(card: Scorecard, sheet: Sheet) -> Iterator[MergedCell]:
    """The merged figures that cover another figure, and the merged targets and benchmarks of several lines."""
    areas = merged_areas(sheet)
    figures = {(each.cell.row, each.cell.column) for line in card.lines for each in line.figures} if areas else set()
    if not figures:
        return
    lines_at, last_row, last_column = _lines_at(card), *map(max, zip(*figures, strict=True))
    for line in card.lines:
        labels = [each.cell for each in line.labels if each.label in _LABELS]
        for cell in (*(each.cell for each in line.figures), *labels):
            first = cell.row, cell.column
            if first not in areas or sheet.rows[cell.row - 1][cell.column - 1] == "":
                continue
            bottom, right = areas[first]
            rows, columns = range(cell.row, min(bottom, last_row) + 1), range(cell.column, min(right, last_column) + 1)
            places = [*((row, 0) for row in rows), *((0, column) for column in columns)]
            is_over_figures = any(each in figures for each in product(rows, columns) if each != first)
            if (
                is_over_figures
                if first in figures
                else len({lines_at[each] for each in places if each in lines_at}) > 1
            ):
                yield MergedCell(line, cell, f"{cell.a1}:{address_of((bottom, right))}")


def _lines_at(card: Scorecard) -> dict[tuple[int, int], int]:
    """The number of the line in each row, as (row, 0), or in each column, as (0, column), that has one line only."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, line in enumerate(card.lines):
        for each in line.figures:
            found[each.cell.row, 0].add(number)
            found[0, each.cell.column].add(number)
    return {place: numbers.pop() for place, numbers in found.items() if len(numbers) == 1}
