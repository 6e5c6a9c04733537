"""Examples of the rules about the Indicators sheet, which is joined to the example month's report folder."""

from __future__ import annotations

from ..example_month import MERGED, Change
from .example import Example

SHEET: Change = {
    "Indicators!A1": "Section",
    "Indicators!B1": "Indicator",
    "Indicators!C1": "Measure",
    "Indicators!A2": "Visits",
    "Indicators!B2": "Visits in time",
    "Indicators!C2": "number",
    "Indicators!B3": "Late visits",
    "Indicators!C3": "number",
}
"""A sheet of two indicators."""

EXAMPLES = {
    "indicators.invalid": Example(
        {**SHEET, "Indicators!C3": "numbers"}, "Indicators!C3", {**SHEET, "Indicators!C3": " Number "}
    ),
    "indicators.missing": Example(
        {**SHEET, "Indicators!C3": None}, "Indicators!C3", {**SHEET, "Indicators!B3": None, "Indicators!C3": None}
    ),
    "indicators.not-text": Example(
        {**SHEET, "Indicators!D1": "Reference", "Indicators!D3": 4.1},
        "Indicators!D3",
        {**SHEET, "Indicators!D1": "Reference", "Indicators!D3": "4.10"},
    ),
    "indicators.name-twice": Example(
        {**SHEET, "Indicators!B3": "Visits in Time"},
        "Indicators!B3",
        {**SHEET, "Indicators!B3": "Visits in Time", "Indicators!D1": "Reference", "Indicators!D3": "v2"},
    ),
    "indicators.defined-twice": Example(
        {**SHEET, "Indicators!B3": "Moves"}, "Indicators!B3", {**SHEET, "Indicators!B3": "Moves of school"}
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
        {**SHEET, "Indicators!C3": None, "Indicators!": f"{MERGED}C2:C3"},
        "Indicators!C3",
        {**SHEET, "Indicators!": f"{MERGED}A2:A3"},
    ),
    "indicators.near-column": Example(
        {**SHEET, "Indicators!D1": "Owners"}, "Indicators!D1", {**SHEET, "Indicators!D1": "OWNER "}
    ),
    "indicators.column-unread": Example(
        {**SHEET, "Indicators!D1": "Seen by"}, "Indicators!D1", {**SHEET, "Indicators!D1": "Note"}
    ),
}
