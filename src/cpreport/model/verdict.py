"""What somebody has typed about a figure that is computed too: a status or a direction of travel."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from cpreport.model.figure import CellRef
from cpreport.model.period import Period
from cpreport.model.status import StatusWord


class Course(Enum):
    """Where a figure is said to have gone. UP and DOWN are arrows of which nobody has said what they mean."""

    UP = "up"
    DOWN = "down"
    HIGHER = "higher"
    LOWER = "lower"
    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"


class TypedVerdict(NamedTuple):
    """What a cell says of an indicator's figure of a period: one of some statuses, or where it has gone."""

    indicator: str
    period: Period
    text: str
    cell: CellRef
    statuses: frozenset[StatusWord] = frozenset()
    course: Course | None = None
