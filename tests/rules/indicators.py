"""Examples of the rules about the Indicators sheet, which is joined to the example month's report folder."""

from __future__ import annotations

from ..example_month import MERGED, Change
from .example import Example

ROWS = (
    ("Section", "Reference", "Indicator", "Measure", "Owner"),
    ("Visits", "v1", "Visits in time", "number"),
    (None, "v2", "Visits", "number"),
)
SHEET: Change = {
    **{
        f"Indicators!{column}{number}": text
        for number, row in enumerate(ROWS, 1)
        for column, text in zip("ABCDE", row, strict=False)
    },
    "Data!A11": "v1",
    "Data!B11": "value",
    "Data!A12": "v2",
    "Data!B12": "value",
    **{f"Data!{column}{row}": 5 + row for row in (11, 12) for column in "DEF"},
}
"""A sheet of two indicators, with their figures."""

EXAMPLES = {
    "indicators.invalid": Example(
        {**SHEET, "Indicators!D3": "numbers"}, "Indicators!D3", {**SHEET, "Indicators!D3": " Number "}
    ),
    "indicators.missing": Example(
        {**SHEET, "Indicators!D3": None}, "Indicators!D3", {**SHEET, "Indicators!B3": None, "Data!A12": "visits"}
    ),
    "indicators.not-text": Example(
        {**SHEET, "Indicators!B3": 4.1}, "Indicators!B3", {**SHEET, "Indicators!B3": "4.1", "Data!A12": "4.1"}
    ),
    "indicators.name-twice": Example(
        {**SHEET, "Indicators!B3": "V1"}, "Indicators!B3", {**SHEET, "Indicators!C3": "Visits in time"}
    ),
    "indicators.defined-twice": Example(
        {**SHEET, "Indicators!B3": "Moves"}, "Indicators!B3", {**SHEET, "Indicators!C3": "Moves"}
    ),
    "indicators.no-section": Example(
        {**SHEET, "Indicators!A2": None, "Indicators!A3": "Visits"},
        "Indicators!A2",
        {**SHEET, "Indicators!A2": "Care", "Indicators!A3": "Visits"},
    ),
    "indicators.section-unused": Example(
        {**SHEET, "Indicators!A4": "Source: our own"}, "Indicators!A4", {**SHEET, "Indicators!A3": "Source: our own"}
    ),
    "indicators.merged": Example(
        {**SHEET, "Indicators!D3": None, "Indicators!": f"{MERGED}D2:D3"},
        "Indicators!D3",
        {**SHEET, "Indicators!": f"{MERGED}A2:A3"},
    ),
    "indicators.near-column": Example(
        {**SHEET, "Indicators!E1": "Owners"}, "Indicators!E1", {**SHEET, "Indicators!E1": "OWNER "}
    ),
    "indicators.column-unread": Example(
        {**SHEET, "Indicators!F1": "Seen by"}, "Indicators!F1", {**SHEET, "Indicators!F1": "Note"}
    ),
}
