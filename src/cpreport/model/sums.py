"""What figures of several periods add up to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cpreport.model.figure import Figure, State
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.period import Period
from cpreport.model.timeline import Cumulative

Addend = tuple[Fraction, Fraction]
"""What a figure adds to the sums of numerators (a number: of values) and of denominators."""


def addend(indicator: Indicator, figure: Figure) -> Addend | None:
    """What a figure adds, also where it is 0/0; None if that is missing or confidential."""
    if figure.state not in (State.PRESENT, State.NO_FIGURE):
        return None
    is_number = indicator.measure is Measure.NUMBER
    count, total = (figure.value, Fraction(1)) if is_number else (figure.count, figure.total)
    return None if count is None or total is None else (count, total)


def added_up(
    indicator: Indicator, addends: Iterable[Addend], since: Period | None = None, until: Period | None = None
) -> Cumulative:
    """Numerators summed over denominators summed; a number: values summed. There must be at least one addend."""
    count, total = (sum(numbers, Fraction(0)) for numbers in zip(*addends, strict=True))
    if indicator.measure is Measure.NUMBER:
        return Cumulative(State.PRESENT, count, since=since, until=until)
    if total == 0:
        return Cumulative(State.NO_FIGURE if count == 0 else State.ERROR, since=since, until=until)
    return Cumulative(State.PRESENT, indicator.per * count / total, count, total, since, until)
