"""What earlier reports gave for figures that have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from cpreport.model.figure import PROVISIONAL, Entry, Figure, Status
from cpreport.model.indicator import Indicator
from cpreport.model.period import Period


class Cause(Enum):
    """Why a figure is not what an earlier report gave.

    Its cells or marks have changed; or only a series that carries; or only the definition of the indicator.
    """

    FIGURES = "figures"
    SERIES = "series"
    DEFINITION = "definition"


class EntryChange(NamedTuple):
    """An entry that has changed since an earlier workbook. None where that workbook, or this one, has none.

    `name` and `period` are the newer entry's, where there is one; `series` is its title if it is of a series that
    carries, else empty.
    """

    name: str
    period: Period
    was: Entry | None
    now: Entry | None
    series: str = ""


class Revision(NamedTuple):
    """What an earlier report gave for a figure that has changed since.

    `reported` is that report's period, `was` its figure, `defined` its indicator; `now` is the figure as the workbook
    has it. `changes` are the entries that moved the figure; none where marks or the definition did. `is_visible`: the
    report prints something else, apart from remarks such as `(provisional)`; a change can be smaller than its decimals.
    """

    reported: Period
    defined: Indicator
    was: Figure
    now: Figure
    cause: Cause
    changes: tuple[EntryChange, ...]
    is_visible: bool

    @property
    def is_marked(self) -> bool:
        """Whether the workbook itself marks the figure as revised."""
        return self.now.status is Status.REVISED

    @property
    def was_provisional(self) -> bool:
        """Whether that report called the figure, which is still there, provisional or estimated."""
        return self.was.status in PROVISIONAL and self.now.value is not None


RestatedTexts = Mapping[tuple[str, Period], tuple[str, str]]
"""What an earlier report printed and what is printed now, by indicator and period."""
