"""An indicator of a table, whose rows have been read, as a line of the scorecard: its labels and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.columns import Columns, Said
from cpreport.inputs.workbook.scorecard.values import FigureCell, Label, LabelCell, Line
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import COUNT, is_count, parts_of
from cpreport.model.indicator import Part
from cpreport.model.period import Period


@dataclass
class Draft:
    """An indicator whose rows are being read: each row with the part of a figure that it names, if it names one.

    `last` is the last row that belongs to it, read or not.
    """

    title: str
    section: str
    at: Position
    rows: list[tuple[int, tuple[Said, ...]]] = field(default_factory=list)
    last: int = -1

    def add(self, row: int, part: tuple[Said, ...] = ()) -> None:
        """Adds a row, which is now the last one of the indicator."""
        self.rows.append((row, part))
        self.last = row

    def line(self, view: View, columns: Columns) -> tuple[Line, list[Position]]:
        """The indicator as a line, and the cells that would be a part of a figure which another cell is."""
        labels = tuple(sorted(self._labels(view, columns), key=lambda label: (label.cell.row, label.cell.column)))
        reference = next((label.text for label in labels if label.label is Label.REFERENCE), "")
        figures: dict[tuple[Period, Part | None], Position] = {}
        doubled: list[Position] = []
        for period, part, at in self._figures(view, columns):
            if figures.setdefault((period, part), at) != at and view.has(at):
                doubled.append(at)
        cells = tuple(FigureCell(*key, view.cell(at)) for key, at in figures.items())
        return Line(self.title, reference, self.section, view.cell(self.at), labels, cells), doubled

    def _labels(self, view: View, columns: Columns) -> Iterator[LabelCell]:
        known = columns.labels
        for row, _ in self.rows:
            for column in view.rows[row]:
                at = (row, column)
                text, cell = view.text(at), view.cell(at)
                is_title = column == columns.title and (row == self.at[0] or not names_part(view.plain(at)))
                if column == columns.parts or (column == columns.title and not is_title):
                    yield LabelCell(Label.PART, "", text, cell)
                elif column in known:
                    yield LabelCell(known[column].label, known[column].heading, text, cell, known[column].period)

    def _figures(self, view: View, columns: Columns) -> Iterator[tuple[Period, Part | None, Position]]:
        """The cells of the figures with their parts; a row without the name of a part has what its columns say."""
        with_figures = {row for row, _ in self.rows if columns.has_figures(view, row)}
        said = {each for _, parts in self.rows for each in parts}
        has_parts = bool(said - {COUNT, None}) or any(not parts and row in with_figures for row, parts in self.rows)
        for row, parts in self.rows:
            if parts or len(self.rows) == 1 or row in with_figures:
                for column, (period, of_column) in sorted(columns.figures.items()):
                    yield period, _joined(parts, of_column, has_parts), (row, column)


def names_part(text: str) -> bool:
    """Whether a text names a part of a figure, or its target."""
    return bool(parts_of(text)) or is_count(text)


def _joined(parts: tuple[Said, ...], of_column: Said, has_parts: bool) -> Part | None:
    """The part that a row and a column name together: the row's, unless it names none or just the figure."""
    said = parts[0] if parts and parts[0] is not Part.VALUE else of_column
    if isinstance(said, Part) or said is None:
        return said
    return Part.NUMERATOR if has_parts else Part.VALUE
