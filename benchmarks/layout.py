"""What the generator and the peers agree on."""

from __future__ import annotations

WORKBOOK = "july-2023.xlsx"
POPULATION = "population"
LAST_MONTH = (2023, 7)
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
