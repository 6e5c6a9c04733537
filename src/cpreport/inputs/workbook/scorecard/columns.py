"""The columns of a scorecard's table, as values: labels, figures of a period, or not read and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.years import Doubt
from cpreport.model.indicator import Part
from cpreport.model.period import Period

Said = Part | str | None
"""A part of a figure, None for its target, or COUNT: what that is depends on the other parts."""


class LabelColumn(NamedTuple):
    label: Label
    heading: str
    period: str


@dataclass
class Columns:
    """The columns of a table by what they are. `parts` is the one that names the parts of figures, if there is one.

    `aside` has the columns that are not read, and why. `dated` are all whose headings speak of figures of a period,
    `shared` the headings that stand over several columns.
    """

    title: int | None = None
    parts: int | None = None
    labels: dict[int, LabelColumn] = field(default_factory=dict)
    figures: dict[int, tuple[Period, Said]] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    dated: frozenset[int] = frozenset()
    shared: frozenset[Position] = frozenset()
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, label: Label) -> list[int]:
        """The columns of a label, from the left."""
        return [column for column, each in sorted(self.labels.items()) if each.label is label]

    @property
    def periods(self) -> list[Period]:
        """The periods of the figures, in the order of the columns, each once."""
        return list(dict.fromkeys(period for _, (period, _) in sorted(self.figures.items())))

    def has_figures(self, view: View, row: int) -> bool:
        """Whether anything stands in a row where its figures are."""
        return any(view.has((row, column)) for column in self.dated)

    def take(self, column: int, label: LabelColumn | None = None) -> None:
        """Takes a column that was set aside after all, as one of labels if a label is given: nothing is asked of it."""
        self.aside.pop(column, None)
        self.labels.pop(column, None)
        self.doubts = [each for each in self.doubts if each.at[1] != column]
        if label:
            self.labels[column] = label

    def put_aside(self, column: int, reason: str, doubt: Doubt | None = None) -> None:
        """Sets a column aside; a question is asked once."""
        self.labels.pop(column, None)
        self.figures.pop(column, None)
        self.aside[column] = reason
        if doubt and doubt not in self.doubts:
            self.doubts.append(doubt)
