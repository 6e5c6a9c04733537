"""Cells that say a period or a day, as text or as a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cpreport.inputs.workbook.amounts import Problem, text_of
from cpreport.inputs.workbook.cells.values import CellValue, Trait
from cpreport.model.period import MONTHS, Period, Terms, day_of, long_date, month_of_day
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules.header import HEADER_DAY, TIME_OF_DAY


def period_said(value: CellValue, trait: Trait | None, terms: Terms) -> Period | Problem:
    """The period that a cell names, or the problem of its date. Raises NotAPeriod for a text that names none."""
    return month_shown(value, trait) if isinstance(value, date) else parse_period(text_of(value), terms)


def whole_day(moment: date) -> date | Problem:
    """The day a date stands for. One with a time of day may be another day's that was moved to another time zone."""
    day = day_of(moment)
    if day is None and isinstance(moment, datetime):
        other = moment.date() + timedelta(days=1 if moment.hour >= 12 else -1)
        readings = f"{long_date(moment)}, or {long_date(other)} in another time zone?"
        return Problem(TIME_OF_DAY, {"moment": moment, "readings": readings})
    return day or moment


def month_shown(moment: date, trait: Trait | None) -> Period | Problem:
    """The month a date stands for. A date in mid-month, or shown without its year, may have been meant otherwise."""
    day = whole_day(moment)
    if isinstance(day, Problem):
        return day
    period = month_of_day(day)
    yearless = trait is not None and bool(trait & Trait.YEARLESS_DATE)
    if period and not yearless:
        return period
    name = MONTHS[day.month - 1]
    readings = f"the day {long_date(day)}, or {name} 20{day.day:02d} typed as {name[:3]} {day.day:02d}?"
    shown_as = f", shown without its year as {day.day}-{name[:3]}" if yearless else ""
    return Problem(HEADER_DAY, {"day": day, "shown": shown_as, "readings": readings})


def month_name(period: Period) -> str:
    """A month as benchmark periods are written: `March 2022`."""
    return f"{MONTHS[period.start.month - 1]} {period.start.year}"


def why(reason: NotAPeriod) -> str:
    """The end of a message: what is wrong with a text that looks like a period."""
    return f": {reason}" if reason.is_close else ""
