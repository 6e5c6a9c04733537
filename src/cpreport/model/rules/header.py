"""Rules about the headers of the Data sheets."""

from __future__ import annotations

from cpreport.model.finding import error, warning

HEADER_NOT_A_PERIOD = error(
    "data.header-not-a-period",
    "A column's header is not a period",
    "{header} is not a period{reason}",
    "Write a month as Jul 23, a quarter as Q2 22/23, a term as Summer Term 21/22, a year as 2022/23; put labels left.",
)
HEADER_DAY = error(
    "data.header-day",
    "A period is a day, not a month",
    "this is the date {day:%d/%m/%Y}{shown}, not a month: {readings}",
    "Type the month as text ('Jul 2023 with the apostrophe) or as the first day of the month.",
)
TIME_OF_DAY = error(
    "data.time-of-day",
    "A date has a time of day",
    "{moment:%d/%m/%Y %H:%M} has a time of day: {readings}",
    "Type the date without a time, or the month as text ('Jul 2023 with the apostrophe).",
)
OUT_OF_ORDER = warning(
    "data.column-out-of-order",
    "A column is out of order",
    "{period} is out of order {beside}",
    "Check the header; if it is right, move the column. Figures are read by their header, wherever it is.",
)
COLUMN_GAP = warning(
    "data.column-missing",
    "A period's column is missing between two others",
    "{missing} missing between {earlier} and {later}",
    "Check the headers, or insert what is missing; leave it blank if there are no figures.",
)
