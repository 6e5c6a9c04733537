"""A sheet's cells as a scorecard is read: a row for each indicator, whichever way round the sheet has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cpreport.inputs.workbook.cells.spreadsheet import CellValue, RichText, Sheet, Spreadsheet, Trait
from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.cells.worksheet import MergedArea
from cpreport.inputs.workbook.meaning import broken, is_figure, text_of
from cpreport.inputs.workbook.scorecard.values import Axis
from cpreport.model.figure import CellRef

_TURNED = {Axis.ROW: Axis.COLUMN, Axis.COLUMN: Axis.ROW, Axis.CELL: Axis.CELL}


@dataclass(frozen=True)
class View:
    """A sheet's non-blank cells. Positions are (row, column) from 0; in a turned view those of the sheet swapped.

    A formula without a saved result is not blank.
    """

    book: Spreadsheet
    sheet: Sheet
    is_turned: bool = False

    def turned(self) -> View:
        """The same cells with rows for columns."""
        return View(self.book, self.sheet, not self.is_turned)

    def _place(self, position: Position) -> Position:
        return (position[1], position[0]) if self.is_turned else position

    @cached_property
    def rows(self) -> Mapping[int, list[int]]:
        """The rows that hold anything, from the top, each with the columns of its non-blank cells from the left."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in sorted(map(self._place, filled(self.sheet))):
            found[row].append(column)
        return dict(found)

    @cached_property
    def merged(self) -> Mapping[Position, MergedArea]:
        """The merged areas by their first cells, where these are not blank, as far as the sheet is used."""
        last_row = max(self.rows, default=0)
        last_column = max((columns[-1] for columns in self.rows.values()), default=0)
        areas: dict[Position, MergedArea] = {}
        for top, left, bottom, right in self.sheet.cells.merged:
            area = (left, top, right, bottom) if self.is_turned else (top, left, bottom, right)
            area = (*area[:2], min(area[2], last_row), min(area[3], last_column))
            if self.has(area[:2]) and area[:2] != area[2:]:
                areas[area[:2]] = area
        return areas

    def has(self, position: Position) -> bool:
        """Whether a cell is not blank."""
        return position[1] in self._columns.get(position[0], ())

    @cached_property
    def _columns(self) -> Mapping[int, frozenset[int]]:
        return {row: frozenset(columns) for row, columns in self.rows.items()}

    def value(self, position: Position) -> CellValue:
        row, column = self._place(position)
        rows = self.sheet.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def trait(self, position: Position) -> Trait | None:
        return self.sheet.cells.traits.get(self._place(position))

    def code(self, position: Position) -> str:
        """A cell's number format; empty for General."""
        return self.sheet.cells.number_formats.get(self._place(position), "")

    def fill(self, position: Position) -> str:
        """A cell's colour as six hexadecimal digits; empty for none."""
        return self.sheet.cells.fills.get(self._place(position), "")

    def text(self, position: Position) -> str:
        """A cell's whole text, as typed."""
        return text_of(self.value(position))

    def plain(self, position: Position) -> str:
        """A cell's text on one line without what is raised, lowered or struck through in it."""
        value = self.value(position)
        return " ".join(text_of(value.plain if isinstance(value, RichText) else value).split())

    def has_figure(self, position: Position) -> bool:
        """Whether a cell holds a number, a marker or a formula."""
        return is_figure(self.value(position), self.trait(position)) or self.text(position) in ("-", "tbc", "TBC")

    def is_unreadable(self, position: Position) -> bool:
        """Whether a cell that should be a text has an error, no result, or is struck through as a whole."""
        value = self.value(position)
        is_rich = isinstance(value, RichText) and bool(value.plain.strip())
        return not is_rich and broken(value, self.trait(position)) is not None

    def cell(self, position: Position) -> CellRef:
        row, column = self._place(position)
        return CellRef(self.sheet.name, row + 1, column + 1, self.book.file if self.book.is_other else "")

    def position(self, cell: CellRef) -> Position:
        """Where a cell of the sheet is in the view."""
        return self._place((cell.row - 1, cell.column - 1))

    def axis(self, axis: Axis) -> Axis:
        """What a row or column of the view is in the sheet."""
        return _TURNED[axis] if self.is_turned else axis

    def cells(self, positions: Iterable[Position]) -> tuple[CellRef, ...]:
        """Cells in the order of the sheet."""
        return tuple(sorted(map(self.cell, positions)))


def filled(sheet: Sheet) -> list[Position]:
    """The cells of a sheet that hold a value, or a formula even if its result is not saved."""
    unsaved = {place for place, trait in sheet.cells.traits.items() if trait & Trait.NO_RESULT}
    with_text = {
        (row, column)
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if value != "" and text_of(value)
    }
    return sorted(with_text | unsaved)
