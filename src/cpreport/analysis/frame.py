"""Figures as a pandas table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pandas import DataFrame, to_datetime


def frame(records: Sequence[Mapping[str, object]]) -> DataFrame:
    """One row a figure: numbers as floats (NaN for none), `period_start` as a date (NaT for a comparator)."""
    table = DataFrame.from_records(records)
    table["period_start"] = to_datetime(table["period_start"])
    for column in ("value", "numerator", "denominator"):
        table[column] = table[column].astype(float)
    return table
