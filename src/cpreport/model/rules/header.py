"""Rules about the headers of the Data sheets."""

from __future__ import annotations

from datetime import date, datetime

from cpreport.model.finding import Brings, Rule, Severity
from cpreport.model.rules.example import Shown

_COLUMN_LOST = Brings(("about.period-not-in-data", "data.no-figures", "data.column-missing"))
"""What follows from a column that is not read."""

HEADER_NOT_A_PERIOD = Rule(
    "data.header-not-a-period",
    Severity.ERROR,
    "A column's header is no period",
    "{header} is no period{reason}",
    "Write a month as Jul 23, a quarter as Q2 22/23, a term as Summer Term 21/22, a year as 2022/23. "
    "Labels stand left of periods.",
    fires={"Data!E1": "Notes"},
    where="Data!E1",
    silent={"Data!C1": "Notes"},
    brings=(_COLUMN_LOST,),
)
HEADER_DAY = Rule(
    "data.header-day",
    Severity.ERROR,
    "A period is a day, not a month",
    "the date {day:%d/%m/%Y}{shown} stands where a month is meant: {readings}",
    "Type the month as text ('Jul 2023 with the apostrophe) or as the first day of the month.",
    fires={"Data!F1": Shown(date(2026, 7, 23), "d-mmm")},
    where="Data!F1",
    silent={"Data!F1": Shown(date(2023, 7, 1), "mmm-yy")},
    brings=(_COLUMN_LOST,),
)
TIME_OF_DAY = Rule(
    "data.time-of-day",
    Severity.ERROR,
    "A date has a time of day",
    "{moment:%d/%m/%Y %H:%M} has a time of day: {readings}",
    "Type the date without a time, or the month as text ('Jul 2023 with the apostrophe).",
    fires={"Data!F1": datetime(2023, 6, 30, 23)},
    where="Data!F1",
    silent={"Data!F1": datetime(2023, 6, 30, 23, 59, 59)},
)
OUT_OF_ORDER = Rule(
    "data.column-out-of-order",
    Severity.WARNING,
    "A column stands out of order",
    "{period} stands out of order {beside}",
    "Check the header; if it is right, move the column. Figures are read by their header, wherever it stands.",
    fires={"Data!H1": "Aug 22"},
    where="Data!H1",
    silent={"Data!D1": "Jul 22", "Data!H1": "Aug 23"},
)
COLUMN_GAP = Rule(
    "data.column-missing",
    Severity.WARNING,
    "A column is missing between its neighbours",
    "{missing} missing between {earlier} and {later}",
    "Check the headers, or insert what is missing; leave it blank if there are no figures.",
    fires={"Data!H1": "Sep 23"},
    where="Data!H1",
    silent={"Data!D1": "Jul 22", "Data!H1": "Q4 23/24"},
)
