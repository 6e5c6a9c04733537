"""Periods as templates see them, and as they name them."""

from __future__ import annotations

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import Printed, in_words
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.timeline import Timeline


class PeriodValue(Printed):
    """A period. Prints as its label."""

    def __init__(self, period: Period) -> None:
        super().__init__(period.label)
        self.label = period.label
        self.start = f"{period.start:%d/%m/%Y}"
        self.end = f"{period.end:%d/%m/%Y}"


def read_period(given: object, timeline: Timeline, terms: Terms) -> Period:
    """The period that a template names, such as "Oct 22", of the indicator's kind and not after its newest one."""
    if not isinstance(given, str | int | float | PeriodValue):
        raise TemplateMistake(f"{in_words(given)} is not a period")
    try:
        found = parse_period(str(given), terms)
    except NotAPeriod as reason:
        raise TemplateMistake(str(reason)) from reason
    name, now = timeline.indicator.id, timeline.now
    if found.kind is not now.kind:
        raise TemplateMistake(f"{name} has no figure for {found}: it has one for each {now.kind.value}")
    if found > now:
        raise TemplateMistake(f"{found} is after {now}, the newest period of {name} in this report")
    return found
