"""Periods as templates see them, and as they name them."""

from __future__ import annotations

from datetime import date

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import Printed, in_words, is_whole
from cpreport.model.indicator import CumulativeYear
from cpreport.model.period import Frequency, Kind, Period, Terms, containing, long_date
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.timeline import Timeline

MOST_PERIODS = 600
"""Over how many periods a template may ask for a mean or the like."""


class PeriodValue(Printed):
    """A period. Prints as its label; `long` is how running text says it, `day` its last day."""

    def __init__(self, period: Period) -> None:
        super().__init__(period.label)
        self.label = period.label
        self.long = period.long
        self.day = long_date(period.end)
        self.start = f"{period.start:%d/%m/%Y}"
        self.end = f"{period.end:%d/%m/%Y}"


def read_period(given: object, timeline: Timeline, terms: Terms) -> Period:
    """The period that a template names, such as "Oct 22", of the indicator's kind and not after its newest one."""
    found = parsed_period(given, terms)
    name, now = timeline.indicator.id, timeline.now
    if found.kind is not now.kind:
        raise TemplateMistake(f"{name} has no figure for {found}: it has one for each {now.kind.value}")
    if found > now:
        raise TemplateMistake(f"{found} is after {now}, the newest period of {name} in this report")
    return found


def read_periods(over: object, since: object, until: object, timeline: Timeline, terms: Terms) -> list[Period]:
    """The periods that a template names, in order: `12`, `since="Jan 21"`, both up to `until`; `"2022/23"`."""
    if isinstance(over, str | PeriodValue):
        if since is not None or until is not None:
            raise TemplateMistake(f"{over} is a whole year: leave out since and until")
        return _year(over, timeline, terms)
    last = timeline.now if until is None else read_period(until, timeline, terms)
    if over is None and since is None:
        raise TemplateMistake('give a number of periods, a year such as "2022/23", or since')
    if since is None:
        if not is_whole(over, 1, MOST_PERIODS):
            raise TemplateMistake(f"{in_words(over)} is not a number of periods from 1 to {MOST_PERIODS}")
        return [last.shift(-back) for back in reversed(range(over))]
    if over is not None:
        raise TemplateMistake("give either a number of periods or since, not both")
    first = read_period(since, timeline, terms)
    if first > last:
        raise TemplateMistake(f"since is {first}, which is after {last}")
    number = last.ordinal - first.ordinal + 1
    if number > MOST_PERIODS:
        raise TemplateMistake(f"from {first} to {last} there are more than {MOST_PERIODS} periods")
    return [first.shift(by) for by in range(number)]


def _year(given: object, timeline: Timeline, terms: Terms) -> list[Period]:
    """The periods of a year, which must all be there by now.

    `2022/23` is the indicator's cumulative year, else the school year for terms, the financial year for others.
    """
    year, now = parsed_period(given, terms), timeline.now
    if year.kind.frequency is not Frequency.YEAR:
        raise TemplateMistake(f'{year} is not a year: give a number of periods, a year such as "2022/23", or since')
    usual = CumulativeYear.ACADEMIC if now.kind is Kind.TERM else CumulativeYear.FINANCIAL
    begins = 1 if year.kind is Kind.CALENDAR_YEAR else (timeline.indicator.cumulative or usual).first_month(now)
    first = containing(now.kind, date(year.start.year, begins, 1), terms)
    periods = [first.shift(by) for by in range(now.per_year)]
    if first.start.month != begins:
        raise TemplateMistake(f"no {now.kind.value} begins with {year}: give since and until")
    if periods[-1] > now:
        newest = f"{now}, the newest period of {timeline.indicator.id} in this report"
        raise TemplateMistake(f"{year} is not complete: {periods[-1]} is after {newest}")
    return periods


def parsed_period(given: object, terms: Terms) -> Period:
    """The period that a template names, of any kind; raises TemplateMistake where it is none."""
    if not isinstance(given, str | int | float | PeriodValue):
        raise TemplateMistake(f"{in_words(given)} is not a period")
    try:
        return parse_period(str(given), terms)
    except NotAPeriod as reason:
        raise TemplateMistake(str(reason)) from reason
