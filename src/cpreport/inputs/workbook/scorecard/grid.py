"""A sheet is recognised and read as a scorecard; what is on it is read, or told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block, find_blocks
from cpreport.inputs.workbook.scorecard.columns import Columns
from cpreport.inputs.workbook.scorecard.lines import Rows
from cpreport.inputs.workbook.scorecard.sorting import read_columns
from cpreport.inputs.workbook.scorecard.values import Axis, Label, LabelCell, Line, Open, Question, Scorecard, Unread
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.inputs.workbook.scorecard.years import Doubt
from cpreport.inputs.workbook.tables import words
from cpreport.model.figure import CellRef
from cpreport.model.period import TERMS, Period, Terms

_OTHER_LAYOUTS = ({"indicator", "figure"}, {"indicator", "period"})
"""Headers of sheets that are read in other ways."""


def looks_like_scorecard(sheet: Sheet) -> bool:
    """Whether a sheet has a table of figures below headings that are periods, one row (or column) an indicator."""
    if any(found >= others for found in map(words, sheet.rows) for others in _OTHER_LAYOUTS):
        return False
    view, blocks = _found(Spreadsheet("", (sheet,)), sheet, TERMS)
    return any(read_columns(view, block, TERMS, None).title is not None for block in blocks)


def read_scorecard(book: Spreadsheet, sheet: Sheet, terms: Terms, newest: Period | None = None) -> Scorecard:
    """A sheet as a scorecard. `newest` is what somebody said its newest period is; it settles years that are missing.

    Nothing is dropped: what is not read is in `unread`, and what is not certain is a question.
    """
    view, blocks = _found(book, sheet, terms)
    reading = _Reading(view)
    for block in blocks:
        reading.read(block, terms, newest)
    return reading.scorecard(blocks)


def _found(book: Spreadsheet, sheet: Sheet, terms: Terms) -> tuple[View, list[Block]]:
    """The tables of a sheet, as it stands or, where periods run down and not across, turned."""
    view = View(book, sheet)
    if blocks := find_blocks(view, terms):
        return view, blocks
    turned = view.turned()
    if blocks := find_blocks(turned, terms):
        return turned, blocks
    return view, find_blocks(view, terms, has_periods=False)


class _Reading:
    """A sheet that is being read; each of its cells is taken once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._taken: set[Position] = set()
        self._lines: list[Line] = []
        self._periods: list[Period] = []
        self._headings: list[Position] = []
        self._titles: list[Position] = []
        self._groups: list[Position] = []
        self._unread: list[Unread] = []
        self._doubts: list[Doubt] = []
        self._coloured: list[Position] = []

    def read(self, block: Block, terms: Terms, newest: Period | None) -> None:
        """Reads a table."""
        columns = read_columns(self._view, block, terms, newest)
        rows = Rows(self._view, block, columns, terms)
        lines = rows.read()
        for row, reason in rows.unread:
            self._leave_row(row, reason)
        for cell in rows.doubled:
            self._leave(Axis.CELL, self._take([cell]), "another cell is the same part of the same figure")
        self._groups += self._take(rows.groups)
        self._lines += lines
        self._take_cells({label.cell for line in lines for label in line.labels})
        self._take_cells({figure.cell for line in lines for figure in line.figures})
        self._leave_columns(block, columns)
        self._headings += self._take(
            (row, column) for row in block.heading_rows for column in self._view.rows.get(row, ())
        )
        self._periods += columns.periods
        self._coloured += rows.coloured
        self._doubts += [*columns.doubts, *rows.doubts]

    def scorecard(self, blocks: list[Block]) -> Scorecard:
        """All that was read, and the cells that no table has."""
        first = blocks[0].first if blocks else -1
        for row in self._view.rows:
            if row < first and not any(self._is_number((row, column)) for column in self._view.rows[row]):
                self._titles += self._take((row, column) for column in self._view.rows[row])
            elif self._left(row):
                self._leave_row(row, "it is above the headings" if row < first else "it is outside of every table")
        view = self._view
        return Scorecard(
            view.sheet.name,
            tuple(self._lines),
            tuple(dict.fromkeys(self._periods)),
            view.cells(self._headings),
            tuple(LabelCell(Label.TITLE, "", view.text(at), view.cell(at)) for at in self._titles),
            view.cells(self._groups),
            tuple(self._unread),
            (*(Question(each.open, view.cell(each.at), each.text) for each in self._doubts), *self._of_labels()),
            view.cells(self._coloured),
        )

    def _of_labels(self) -> Iterator[Question]:
        """The question that the labels of a line may leave open: which direction is good."""
        for line in self._lines:
            label = line.label(Label.POLARITY)
            if label is None or polarity_of(label.text) is None:
                cell, text = (label.cell, label.text) if label else (line.cell, line.title)
                yield Question(Open.POLARITY, cell, text)

    def _take(self, positions: Iterable[Position]) -> list[Position]:
        """Those of the cells that are not blank and not taken yet; they are now."""
        found = [each for each in positions if self._view.has(each) and each not in self._taken]
        self._taken.update(found)
        return found

    def _take_cells(self, cells: Iterable[CellRef]) -> None:
        self._take(self._view.position(cell) for cell in cells)

    def _left(self, row: int) -> list[Position]:
        """The cells of a row that are not taken yet."""
        return [(row, column) for column in self._view.rows.get(row, ()) if (row, column) not in self._taken]

    def _leave_row(self, row: int, reason: str) -> None:
        self._leave(Axis.ROW, self._take(self._left(row)), reason)

    def _leave_columns(self, block: Block, columns: Columns) -> None:
        """Tells of the columns that are not read; a heading over several columns is taken as a heading."""
        for column, reason in sorted(columns.aside.items()):
            cells = ((row, column) for row in range(block.first, block.end))
            self._leave(Axis.COLUMN, self._take(cell for cell in cells if cell not in columns.shared), reason)

    def _leave(self, axis: Axis, positions: Sequence[Position], reason: str) -> None:
        if positions:
            at = self._view.cell(positions[0])
            text = self._view.text(positions[0])
            self._unread.append(Unread(self._view.axis(axis), at, text, reason, self._view.cells(positions)))

    def _is_number(self, position: Position) -> bool:
        return not isinstance(self._view.value(position), str)
