"""Examples of the rules about the headers of the Data sheets."""

from __future__ import annotations

from datetime import date, datetime

from ..example_month import Shown
from .example import Example

EXAMPLES = {
    "data.header-not-a-period": Example(
        {"Data!E1": "Notes"},
        "Data!E1",
        {"Data!C1": "Notes"},
    ),
    "data.header-day": Example(
        {"Data!F1": Shown(date(2026, 7, 23), "d-mmm")},
        "Data!F1",
        {"Data!F1": Shown(date(2023, 7, 1), "mmm-yy")},
    ),
    "data.time-of-day": Example(
        {"Data!F1": datetime(2023, 6, 30, 23)},
        "Data!F1",
        {"Data!F1": datetime(2023, 6, 30, 23, 59, 59)},
    ),
    "data.column-out-of-order": Example(
        {"Data!H1": "Aug 22"},
        "Data!H1",
        {"Data!D1": "Jul 22", "Data!H1": "Aug 23"},
    ),
    "data.column-missing": Example(
        {"Data!H1": "Sep 23"},
        "Data!H1",
        {"Data!D1": "Jul 22", "Data!H1": "Q4 23/24"},
    ),
}
