"""Status: where each figure stands against the target that is in force at its period's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from cpreport.analysis.judgement import year_to_date
from cpreport.model.figure import State
from cpreport.model.indicator import Indicator, Measure, Polarity, Target, Tolerance, Tolerances
from cpreport.model.period import Period
from cpreport.model.status import SaidStatus, StatusWord, TargetStatus
from cpreport.model.timeline import Timeline

_SIGNS = {Polarity.HIGH: 1, Polarity.LOW: -1}
USUAL = Tolerances()
_HIGH_TARGET = 50
"""From which target on, in per cent, the tolerance of percentages is wider."""


def statuses(
    timeline: Timeline, usual: Tolerances = USUAL, said: Mapping[Period, SaidStatus] | None = None
) -> dict[Period, TargetStatus]:
    """The status of each figure up to the newest that is due.

    `usual` are the report's own tolerances for indicators that have none. `said` are an officer's words by period; of a
    figure that is hidden none is taken. Nothing for indicators without targets of which nothing is said.
    """
    said, newest = said or {}, timeline.newest.period
    if timeline.indicator.targets or timeline.indicator.profile:
        periods = [period for period in timeline.figures if period <= newest]
    else:
        periods = [period for period in said if period in timeline.figures]
    return {period: _status(timeline, period, usual, said.get(period)) for period in periods}


def _status(timeline: Timeline, period: Period, usual: Tolerances, said: SaidStatus | None) -> TargetStatus:
    held = _held(timeline, period)
    status = _computed(timeline.indicator, held, usual)
    if (own := timeline.indicator.tolerance) and status.target and status.target.value is not None:
        status = replace(status, is_usual=own == _usual_tolerance(timeline.indicator, status.target.value, usual))
    return replace(status, said=said) if said and not held.is_hidden else status


class _Held(NamedTuple):
    """What is held against a target: of a cumulative indicator the year to date.

    `until` is the last period in it, `is_whole`: it covers the year from its beginning. `is_hidden`: it or the period's
    own figure is confidential.
    """

    value: Fraction | None
    until: Period
    is_whole: bool
    is_hidden: bool


def _held(timeline: Timeline, period: Period) -> _Held:
    figure, year = timeline.at(period), timeline.indicator.cumulative
    if year is None:
        return _Held(figure.value, period, True, figure.state is State.CONFIDENTIAL)
    total = timeline.years_to_date.get(period) or year_to_date(timeline, year, period)
    is_hidden = State.CONFIDENTIAL in (figure.state, total.state)
    return _Held(total.value, total.until or period, total.since is None, is_hidden)


def _computed(indicator: Indicator, held: _Held, usual: Tolerances) -> TargetStatus:
    """The status of what is held, exactly and unrounded; what equals its target meets it."""
    value, until, is_whole, _ = held
    target = _in_force(indicator, until)
    if target is None or target.value is None:
        ahead = indicator.milestone_after(until)
        is_ahead = ahead is not None and ahead.value is not None
        return TargetStatus(StatusWord.NOT_DUE, ahead) if is_ahead else TargetStatus(target=target or ahead)
    if value is None:
        return TargetStatus(StatusWord.NO_DATA, target)
    sign = _SIGNS.get(indicator.polarity)
    tolerance = indicator.tolerance or _usual_tolerance(indicator, target.value, usual)
    if sign is None:
        return TargetStatus(StatusWord.NO_JUDGEMENT, target, value)
    if (year_end := _year_end(indicator, until)) and not indicator.profile:
        return TargetStatus(StatusWord.NOT_DUE, target, value, year_end=year_end)
    if not is_whole and indicator.measure is Measure.NUMBER:
        return TargetStatus(StatusWord.NO_JUDGEMENT, target, value)
    return TargetStatus(_word(sign * (value - target.value), tolerance.around(target.value)), target, value, tolerance)


def _word(ahead: Fraction, tolerance: Fraction) -> StatusWord:
    """`ahead` is by how much a figure is better than its target, negative where it misses it."""
    if ahead >= 0:
        return StatusWord.ON_TARGET
    return StatusWord.CLOSE if -ahead <= tolerance else StatusWord.OFF_TARGET


def _in_force(indicator: Indicator, until: Period) -> Target | None:
    year = indicator.cumulative
    if not (indicator.profile and year):
        return indicator.target_at(until)
    passed = len(until.year_to_date(year.first_month(until)))
    return Target(indicator.profile[passed - 1])


def _year_end(indicator: Indicator, until: Period) -> Period | None:
    """The last period of the year of a cumulative indicator, if that is still to come."""
    year = indicator.cumulative
    left = until.per_year - len(until.year_to_date(year.first_month(until))) if year else 0
    return until.shift(left) if left else None


def _usual_tolerance(indicator: Indicator, target: Fraction, usual: Tolerances) -> Tolerance:
    """That of indicators that have none of their own, for the year's target, so that a profile has one tolerance."""
    if indicator.measure is not Measure.PERCENTAGE:
        return usual.others
    of_year = indicator.profile[-1] if indicator.profile else target
    return usual.percentages if of_year >= _HIGH_TARGET else usual.percentages_below_50
