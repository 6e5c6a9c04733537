"""What the parts of a figure come to."""

from __future__ import annotations

from fractions import Fraction

from cpreport.model.figure import Given, State
from cpreport.model.indicator import Indicator, Measure

_STRONGER = (State.ERROR, State.CONFIDENTIAL)


def value_of(
    indicator: Indicator, numerator: Given | None, denominator: Given | None, given: Given | None
) -> tuple[State, Fraction | None]:
    """A figure's value in the printed unit: numerator / denominator × per, else the value as given.

    None where a part is confidential or cannot be read. Where there is none, a marker where one of the parts has one,
    else blank.
    """
    for part in (given, numerator, denominator):
        if part and part.state in _STRONGER:
            return part.state, None
    count, total = (part.number if part else None for part in (numerator, denominator))
    is_number = indicator.measure is Measure.NUMBER
    if not is_number and count is not None and total is not None:
        if not total:
            return (State.ERROR if count else State.NO_FIGURE), None
        # One fraction is made, not three.
        ratio = Fraction(indicator.per * count.numerator * total.denominator, count.denominator * total.numerator)
        return State.PRESENT, ratio
    wanted = (given, numerator) if is_number else (given,)
    if numbers := [part.number for part in wanted if part and part.number is not None]:
        return State.PRESENT, numbers[0]
    parts = wanted if is_number else (numerator, denominator, given)
    markers = (part.state for part in parts if part and part.state not in (State.BLANK, State.PRESENT))
    return next(markers, State.BLANK), None
