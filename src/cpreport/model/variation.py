"""What a control chart says of an indicator's newest figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class SpecialCause(Enum):
    """Why a figure is more than chance. The value says what the figure does, with a place for the limit or the mean."""

    ABOVE = "is above the upper limit of {}"
    BELOW = "is below the lower limit of {}"
    SHIFT = "is one of seven or more in a row on the same side of the mean of {}"
    TREND = "is the last of seven or more in a row that all rise or all fall"
    NEAR_LIMIT = "is one of at least two in three near the limit of {}"


@dataclass(frozen=True, slots=True)
class Variation:
    """The chart's mean and limits, in the printed unit, and why its newest figure is more than chance, if it is."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    causes: tuple[SpecialCause, ...] = ()
