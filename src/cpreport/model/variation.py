"""What a control chart says of an indicator's newest figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class SpecialCause(Enum):
    """Why a figure is more than chance. The value says what the figure does."""

    ABOVE = "is above the upper limit"
    BELOW = "is below the lower limit"
    SHIFT = "is one of seven or more in a row on the same side of the mean"
    TREND = "ends seven or more that rise or fall in a row"
    NEAR_LIMIT = "is one of two in three near the same limit"


@dataclass(frozen=True, slots=True)
class Variation:
    """The chart's mean and limits, in the printed unit, and why its newest figure is more than chance, if it is."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    causes: tuple[SpecialCause, ...] = ()
