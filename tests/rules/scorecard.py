"""Examples of the rules about scorecards."""

from __future__ import annotations

from collections.abc import Mapping

from ..example_month import SHEET, Added, Change, Shown
from .example import Example

_HEADINGS = ("Ref", "Indicator", "Good is", "Target", "SN", "Jun 23", "Jul 23", "RAG", "DoT", "Owner")
_VISITS = ("KI 1", "Visits in time", "higher", Shown(0.9, "0%"), 80, 88.5, 92.5, "Green", "↑", None)
_INDICATOR = """
[[indicators]]
id = "visits"
title = "Visits in time"
reference = "KI 1"
measure = "percentage"
polarity = "{good}"
"""
_TARGET = "target = 85\n"
_WITHOUT_DATA: Change = {"Data!": None, "Data – history!": None}


def _card(sheet: str = "Data – board", good: str = "high", more: str = "") -> dict[str, object]:
    """The example month with a scorecard of one more indicator; `more` is the end of its definition."""
    cells: Mapping[str, object] = {
        f"{sheet}!{column}{row}": value
        for row, values in enumerate((_HEADINGS, _VISITS), 1)
        for column, value in zip("ABCDEFGHIJ", values, strict=True)
        if value is not None
    }
    return {"indicators.toml": Added(_INDICATOR.format(good=good) + more), **cells}


CARD = _card()
LOW = {**_card(good="low"), "Data – board!C2": "lower", "Data – board!H2": "Amber"}
"""The same with an indicator of which a low figure is good."""

EXAMPLES = {
    "scorecard.no-definitions": Example(
        {**CARD, "report.toml": None, "indicators.toml": None},
        "'Data – board'",
        CARD,
    ),
    "scorecard.several-sheets": Example(
        {**_card("Board"), **_card("Fostering"), **_WITHOUT_DATA},
        "",
        {**_card("Board"), **_card("Fostering")},
    ),
    "sheet.not-there": Example(
        {SHEET: "Bord", **_card("Board")},
        "",
        {SHEET: "board", **_card("Board")},
    ),
    "scorecard.no-figures": Example(
        {SHEET: "Notes", "Notes!A1": "Nothing to add this month"},
        "Notes",
        {SHEET: "Board", **_card("Board")},
    ),
    "scorecard.two-indicators": Example(
        {**CARD, "Data – board!A2": "contacts"},
        "'Data – board'!B2",
        {**CARD, "Data – board!A2": "KI 7"},
    ),
    "scorecard.unclear-period": Example(
        {**CARD, "Data – board!F1": "April"},
        "'Data – board'!F1",
        {**CARD, "Data – board!F1": "June"},
    ),
    "scorecard.not-read": Example(
        {**CARD, "Data – board!K1": "Cases", "Data – board!K2": 41},
        "'Data – board'!K1",
        {**CARD, "Data – board!K1": "Cases"},
    ),
    "scorecard.text-not-read": Example(
        {**CARD, "Data – board!J2": "A. Smith"},
        "'Data – board'!J1",
        {**CARD, "Data – board!J1": None},
    ),
    "scorecard.merged": Example(
        {**CARD, "Data – board!G2": None, "Data – board!": "merged in F2:G2"},
        "'Data – board'!F2",
        {**CARD, "Data – board!": "merged in C2:D2"},
    ),
    "scorecard.other-frequency": Example(
        {**CARD, "Data – board!K1": "2022/23", "Data – board!K2": 90.1},
        "'Data – board'!K1",
        {**CARD, "Data – board!K1": "2022/23"},
    ),
    "scorecard.target-differs": Example(
        {**_card(more=_TARGET)},
        "'Data – board'!D2",
        {**_card(more=_TARGET), "Data – board!D2": "85%"},
    ),
    "scorecard.target-earlier": Example(
        {**CARD, "Data – board!D1": "Target 2022/23"},
        "'Data – board'!D2",
        {**CARD, "Data – board!D1": "Target 2023/24"},
    ),
    "scorecard.target-not-read": Example(
        {**CARD, "Data – board!D2": "as high as possible"},
        "'Data – board'!D2",
        {**CARD, "Data – board!D2": "≥ 90%"},
    ),
    "scorecard.benchmark-differs": Example(
        {**CARD, "Benchmarks!A3": "visits", "Benchmarks!B3": "SN", "Benchmarks!C3": 81},
        "'Data – board'!E2",
        {**CARD, "Benchmarks!A3": "visits", "Benchmarks!B3": "SN", "Benchmarks!C3": 80},
    ),
    "scorecard.unknown-comparator": Example(
        {**CARD, "Data – board!E1": "England"},
        "'Data – board'!E1",
        {**CARD, "Data – board!E1": "Stat. neighbours"},
    ),
    "scorecard.good-is-differs": Example(
        {**CARD, "Data – board!C2": "lower"},
        "'Data – board'!C2",
        {**CARD, "Data – board!C2": "Bigger is better"},
    ),
    "scorecard.status-differs": Example(
        {**CARD, "Data – board!H2": "Amber"},
        "'Data – board'!H2",
        {**CARD, "Data – board!H2": "G"},
    ),
    "scorecard.direction-differs": Example(
        {**CARD, "Data – board!I2": "↓"},
        "'Data – board'!I2",
        {**CARD, "Data – board!I2": "improving"},
    ),
    "scorecard.arrows-unclear": Example(
        LOW,
        "'Data – board'!I2",
        {**LOW, "About!A4": "Arrows", "About!B4": "more"},
    ),
    "scorecard.not-compared": Example(
        {**CARD, "Data – board!H2": "Teal"},
        "'Data – board'!H2",
        {**CARD, "Data – board!H2": "n/a"},
    ),
}
