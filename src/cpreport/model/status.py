"""Where a figure stands against its target."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import CellRef
from cpreport.model.indicator import Target, Tolerance
from cpreport.model.period import Period


class StatusWord(Enum):
    """The value is the canonical word; a report may print another for it.

    NO_JUDGEMENT: a target without polarity, or a year to date that begins late. NOT_DUE: a milestone of a later day, or
    a year that has not ended.
    """

    ON_TARGET = "on target"
    CLOSE = "close to target"
    OFF_TARGET = "off target"
    NO_TARGET = "no target"
    NOT_DUE = "not due"
    NO_DATA = "no data"
    NO_JUDGEMENT = "no judgement"


MISSED = (StatusWord.CLOSE, StatusWord.OFF_TARGET)
"""The words for figures that miss their target."""


class SaidStatus(NamedTuple):
    """What the sheet Status says of an indicator, and where."""

    word: StatusWord
    reason: str
    cell: CellRef


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """The status of an indicator's figure of one period.

    `computed` is what its figures say, `said` what an officer says instead. `target` is the one in force, the next
    milestone where none is in force yet, or one that is to be agreed; None where there is none. `value` is what is held
    against it, of a cumulative indicator the year to date; None where it is missing or hidden. `tolerance` is the one
    that was used; `is_usual` says that the indicator's own is no other than the report's. `year_end` is the last period
    of a year that has not ended, where only then it can be judged.
    """

    computed: StatusWord = StatusWord.NO_TARGET
    target: Target | None = None
    value: Fraction | None = None
    tolerance: Tolerance | None = None
    year_end: Period | None = None
    said: SaidStatus | None = None
    is_usual: bool = False

    @property
    def word(self) -> StatusWord:
        """The status that is printed: the officer's where there is one."""
        return self.said.word if self.said else self.computed

    @property
    def missed(self) -> Fraction | None:
        """The target that the figure misses; None where it meets it or cannot be judged."""
        return self.target.value if self.target and self.computed in MISSED else None
