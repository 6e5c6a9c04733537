"""The year to date."""

from __future__ import annotations

from fractions import Fraction

from cpreport.model.figure import Figure, State
from cpreport.model.indicator import CumulativeYear, Measure
from cpreport.model.timeline import Cumulative, Timeline


def year_to_date(timeline: Timeline, year: CumulativeYear) -> Cumulative:
    """The year so far: numerators summed over denominators summed; a number: values summed.

    It begins with the indicator's life, and anew where the series breaks. Missing later periods end it early; a gap
    before them leaves no figure.
    """
    indicator, now = timeline.indicator, timeline.now
    is_number = indicator.measure is Measure.NUMBER
    whole = now.year_to_date(year.first_month(now))
    anew = max((period for period in whole if period in timeline.breaks), default=whole[0])
    periods = [period for period in whole if period >= anew and not indicator.begins_after(period)]
    if not periods:
        return Cumulative(State.NEW)
    since = periods[0] if periods[0] != whole[0] else None
    figures = [timeline.at(period) for period in periods]
    if any(figure.state is State.CONFIDENTIAL for figure in figures):
        return Cumulative(State.CONFIDENTIAL)
    terms = [_terms(figure, is_number) for figure in figures]
    while terms and terms[-1] is None:
        terms.pop()
    given = [pair for pair in terms if pair is not None]
    if not given or len(given) < len(terms):
        return Cumulative(_why_no_sum({figure.state for figure in figures}))
    until = periods[len(terms) - 1] if len(terms) < len(periods) else None
    count, total = (sum(numbers, Fraction(0)) for numbers in zip(*given, strict=True))
    if is_number:
        return Cumulative(State.PRESENT, count, since=since, until=until)
    if total == 0:
        return Cumulative(State.NO_FIGURE if count == 0 else State.ERROR, since=since, until=until)
    return Cumulative(State.PRESENT, indicator.per * count / total, count, total, since, until)


def _why_no_sum(states: set[State]) -> State:
    """Why there is nothing to add up: nothing of it is due, or nothing in the life of the indicator; else no data."""
    if states <= {State.NOT_DUE, State.ENDED}:
        return State.NOT_DUE if State.NOT_DUE in states else State.ENDED
    return State.BLANK


def _terms(figure: Figure, is_number: bool) -> tuple[Fraction, Fraction] | None:
    """What a figure adds to the sums of numerators and denominators, also where it is 0/0; None if that is missing."""
    if figure.state not in (State.PRESENT, State.NO_FIGURE):
        return None
    count, total = (figure.value, Fraction(1)) if is_number else (figure.count, figure.total)
    return None if count is None or total is None else (count, total)
