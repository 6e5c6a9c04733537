"""A scorecard as values: its indicators with the cells of their figures, and all that is on the sheet and not read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from cpreport.model.figure import CellRef
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import period_or_none


class Label(Enum):
    """What a cell beside the figures says of its indicator. The value is how a message calls it."""

    REFERENCE = "reference"
    TITLE = "title"
    SECTION = "section"
    POLARITY = "good is"
    UNIT = "unit"
    PART = "part"
    FREQUENCY = "frequency"
    TARGET = "target"
    TOLERANCE = "tolerance"
    BENCHMARK = "benchmark"
    STATUS = "status"
    DIRECTION = "direction of travel"
    OWNER = "owner"
    NOTE = "note"


class LabelCell(NamedTuple):
    """A cell beside the figures. `heading` is that of its column as typed; of a benchmark it names the comparator.

    `period` is the one that the heading names, as typed, such as `2020/21` in `England 2020/21`; empty where it names
    none.
    """

    label: Label
    heading: str
    text: str
    cell: CellRef
    period: str = ""

    @property
    def name(self) -> str:
        """Its heading without the period."""
        return self.heading.replace(self.period, " ") if self.period else self.heading

    def dated(self, terms: Terms) -> Period | None:
        """The period that its heading names; None where it names none that can be read. `23/24` is 2023/24."""
        return period_or_none(self.period, terms) or period_or_none(f"20{self.period}", terms)


class FigureCell(NamedTuple):
    """A cell that holds a part of an indicator's figure of a period, or, where `part` is None, its target then."""

    period: Period
    part: Part | None
    cell: CellRef


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of a scorecard. `cell` is where it is named; `section` is that of its group row, '' for none.

    `labels` are its non-blank cells beside the figures, title and reference too; `figures` its cells in the columns (or
    rows) of periods, blank ones included.
    """

    title: str
    reference: str
    section: str
    cell: CellRef
    labels: tuple[LabelCell, ...]
    figures: tuple[FigureCell, ...]

    def label(self, wanted: Label) -> LabelCell | None:
        """Its first cell of a label."""
        return next((each for each in self.labels if each.label is wanted), None)


class Axis(Enum):
    """What it is of a sheet that is not read."""

    ROW = "row"
    COLUMN = "column"
    CELL = "cell"


class Unread(NamedTuple):
    """A row, a column or a cell that is not read, and why, as the end of a sentence.

    `at` is the first cell, or the heading, that says what it is; `cells` are all of its non-blank cells, `at` too where
    it is not blank.
    """

    axis: Axis
    at: CellRef
    text: str
    reason: str
    cells: tuple[CellRef, ...]


class Open(Enum):
    """What a scorecard leaves open. The value ends the question that a person is asked."""

    YEAR = "which year is meant?"
    PERIOD = "which period is meant?"
    POLARITY = "is higher or lower good?"
    UNIT = "what is counted: a rate, a percentage, a number or an average?"
    HEADING = "what does this column say?"
    ROW = "is this an indicator, or the heading of a section?"


class Question(NamedTuple):
    """Something that a scorecard leaves open, at the cell that it is about."""

    open: Open
    cell: CellRef
    text: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a sheet says, read as a scorecard; every non-blank cell of it is in one of these.

    `periods` are those of its figures, in the order of the sheet, each once; `headings` the cells that name them and
    the columns of labels, and `titles` those above, which name the whole sheet. `coloured` are the cells whose fill
    may stand for a status.
    """

    sheet: str
    lines: tuple[Line, ...]
    periods: tuple[Period, ...]
    headings: tuple[CellRef, ...]
    titles: tuple[LabelCell, ...]
    groups: tuple[CellRef, ...]
    unread: tuple[Unread, ...]
    questions: tuple[Question, ...]
    coloured: tuple[CellRef, ...] = ()

    @property
    def undated(self) -> list[Question]:
        """What must be answered before figures can be read; definitions answer what is counted, and what is good."""
        return [each for each in self.questions if each.open in (Open.YEAR, Open.PERIOD)]
