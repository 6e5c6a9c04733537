"""What a control chart says of an indicator's newest figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class SpecialCause(Enum):
    """Why a figure is more than chance."""

    ABOVE = "above the upper limit"
    BELOW = "below the lower limit"
    SHIFT = "seven on one side of the mean"
    TREND = "seven that rise or fall"
    NEAR_LIMIT = "two of three near a limit"


@dataclass(frozen=True, slots=True)
class Variation:
    """The chart's mean and limits, in the printed unit, and why its newest figure is more than chance, if it is."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    causes: tuple[SpecialCause, ...] = ()
