"""Cells that say a period, as text or as a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cpreport.inputs.workbook.cells.spreadsheet import Trait
from cpreport.inputs.workbook.tables import SheetTable, quoted, text_of
from cpreport.model.finding import Finding, Place
from cpreport.model.period import MONTHS, Period, Terms, day_of, long_date, month_of_day
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import data as rules
from cpreport.model.rules.data import HEADER_DAY, TIME_OF_DAY


def read_period(
    table: SheetTable, row: int, header: str, terms: Terms, is_required: bool = False
) -> tuple[Period | None, Finding | None]:
    """The period in a cell of a Period column; neither period nor finding where it is blank, unless it is required."""
    column = table.columns.get(header)
    if column is None:
        return None, None
    if finding := table.broken(row, column):
        return None, finding
    value, place = table.value(row, column), table.place(row, column)
    if isinstance(value, date):
        return month_shown(value, table.trait(row, column), place)
    text = text_of(value)
    if not (text or is_required):
        return None, None
    try:
        return parse_period(text, terms), None
    except NotAPeriod as reason:
        return None, rules.UNKNOWN_PERIOD.at(place, value=quoted(text), reason=why(reason))


def whole_day(moment: date, place: Place) -> tuple[date | None, Finding | None]:
    """The day a date stands for. One with a time of day may be another day's that was moved to another time zone."""
    day = day_of(moment)
    if day is None and isinstance(moment, datetime):
        other = moment.date() + timedelta(days=1 if moment.hour >= 12 else -1)
        readings = f"{long_date(moment)}, or {long_date(other)} in another time zone?"
        return None, TIME_OF_DAY.at(place, moment=moment, readings=readings)
    return day, None


def month_shown(moment: date, trait: Trait | None, place: Place) -> tuple[Period | None, Finding | None]:
    """The month a date stands for. A date in mid-month, or shown without its year, may have been meant otherwise."""
    day, finding = whole_day(moment, place)
    if day is None:
        return None, finding
    period = month_of_day(day)
    yearless = trait is not None and bool(trait & Trait.YEARLESS_DATE)
    if period and not yearless:
        return period, None
    name = MONTHS[day.month - 1]
    readings = f"the day {long_date(day)}, or {name} 20{day.day:02d} typed as {name[:3]} {day.day:02d}?"
    shown_as = f", shown without its year as {day.day}-{name[:3]}" if yearless else ""
    return None, HEADER_DAY.at(place, day=day, shown=shown_as, readings=readings)


def month_name(period: Period) -> str:
    """A month as benchmark periods are written: `March 2022`."""
    return f"{MONTHS[period.start.month - 1]} {period.start.year}"


def why(reason: NotAPeriod) -> str:
    """The end of a message: what is wrong with a text that looks like a period."""
    return f": {reason}" if reason.is_close else ""
