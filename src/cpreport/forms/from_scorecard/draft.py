"""A draft of a month's workbook, as values: what its sheets say, where that is from, and what a person is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from cpreport.forms.books import BookCell
from cpreport.forms.from_scorecard.source import GENERAL, Source
from cpreport.model.figure import CellRef, Status
from cpreport.model.period import Period


class Certainty(Enum):
    """What the sheet Questions says of a row, in its order."""

    OPEN = "open"
    ASSUMED = "assumed"
    NOT_TAKEN = "not taken"


class Answer(NamedTuple):
    """A cell of the draft: its row below the headers, from 0, and its column, by a key, a header or a period."""

    sheet: str
    row: int
    column: str | Period


class Asked(NamedTuple):
    """A row of the sheet Questions: what of the source it is about, and where in the draft it is answered, if so."""

    certainty: Certainty
    source: CellRef | None
    what: str
    answer: Answer | None = None


@dataclass
class Draft:
    """What the sheets say so far. `rejected` are the cells of the source that may not be taken, with the reasons.

    `doubtful` are the figures of which a heading says that they are provisional, or the like, and that heading.
    `origins` are the cells of the source that a cell of the draft is from. `period` is the newest one with a figure,
    None where there is none; `columns` are the periods of Data.
    """

    source: Source
    rejected: Mapping[CellRef, str]
    cells: dict[Answer, BookCell] = field(default_factory=dict)
    doubtful: Mapping[CellRef, tuple[Status, CellRef]] = field(default_factory=dict)
    origins: dict[Answer, tuple[CellRef, ...]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    period: Period | None = None
    columns: tuple[Period, ...] = ()
    _rows: Counter[str] = field(default_factory=Counter)
    _told: set[str] = field(default_factory=set)

    def new_row(self, sheet: str) -> int:
        """The number of the next row of a sheet, which is then taken."""
        self._rows[sheet] += 1
        return self._rows[sheet] - 1

    def put(self, at: Answer, content: BookCell | str | float | date | None, *origins: CellRef) -> None:
        """Writes into a cell; None and an empty text leave it blank."""
        if isinstance(content, BookCell):
            self.cells[at] = content
        elif content not in (None, ""):
            self.cells[at] = BookCell(content) if isinstance(content, str) else BookCell(content, GENERAL)
        self.origins[at] = origins

    def ask(self, source: CellRef | None, what: str, answer: Answer | None = None, is_open: bool = True) -> None:
        """Adds a question, or what was assumed instead of asking it; each text once."""
        if what not in self._told:
            self._told.add(what)
            self.asked.append(Asked(Certainty.OPEN if is_open else Certainty.ASSUMED, source, what, answer))

    def leave(self, cell: CellRef, of: str, reason: str, answer: Answer | None = None) -> None:
        """Says that a cell is not taken, what it holds and why; of a blank one there is nothing to say."""
        if not self.source.is_blank(cell):
            what = f"{of}: {self.source.shown(cell)!r} is not taken: {reason}".removeprefix(": ")
            self.asked.append(Asked(Certainty.NOT_TAKEN, cell, what, answer))

    def sort_asked(self) -> None:
        """Puts the questions in the order of the sheet Questions."""
        order = [*Certainty]
        self.asked.sort(key=lambda each: order.index(each.certainty))

    def why_not(self, cell: CellRef) -> str:
        """Why a cell is no figure, target or benchmark that can be taken; empty where it is."""
        return self.rejected.get(cell) or self.source.why_not(cell)
