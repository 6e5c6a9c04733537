"""Examples of the rules about figures that are possible but not likely."""

from __future__ import annotations

from ..example_month import Replaced
from .example import Example

_COPIED = {
    "Data!F2": 610,
    "Data!F4": 83,
    "Data!F5": 98,
    "Data!F6": 1280,
    "Data!F7": 378,
    "Data!F8": 602,
    "Data – history!P2": 604,
    "Data – history!P3": 71,
    "Data – history!P4": 88,
    "Data – history!P5": 88.9,
    "Data – history!P6": 2265,
    "Data – history!P7": 42,
}
"""July as June was."""
_DAYS = {"Data – history!B6": "value", **{f"Data – history!{column}7": None for column in "ABCDEFGHIJKLMNOP"}}
"""The days waited as averages typed in."""
_TYPED = Replaced('title = "Dental checks"', 'title = "Dental checks"\ntyped = "per cent"')

EXAMPLES = {
    "plausibility.jump": Example(
        {"Data – history!P5": 80.2},
        "'Data – history'!P5",
        {"Data – history!P5": 87.3},
    ),
    "plausibility.sign": Example(
        {**_DAYS, "Data – history!P6": -2300},
        "'Data – history'!P6",
        {**_DAYS, "Data – history!O6": -2265, "Data – history!P6": -2300},
    ),
    "plausibility.slipped-digit": Example(
        {"Data – history!K2": 6060},
        "'Data – history'!K2",
        {"Data – history!K2": 706},
    ),
    "plausibility.swapped-cells": Example(
        {"Data – history!P2": 73, "Data – history!P3": 610},
        "'Data – history'!P2; 'Data – history'!P3",
        {"Data – history!P3": 90, "Data – history!P4": 73},
    ),
    "plausibility.swapped-parts": Example(
        {"Data – history!P6": 44, "Data – history!P7": 2300},
        "'Data – history'!P6",
        {"Data – history!P6": 2230, "Data – history!P7": 41},
    ),
    "plausibility.fraction": Example(
        {"Data – history!P5": 0.897, "indicators.toml": _TYPED},
        "'Data – history'!P5",
        {"Data – history!P5": 0.2, "indicators.toml": _TYPED},
    ),
    "plausibility.column-copied": Example(
        _COPIED,
        "Data!F2",
        {**_COPIED, "Data – history!P7": 44},
    ),
    "plausibility.unchanged": Example(
        {f"Data – history!{column}5": 88.1 for column in "MNOP"},
        "'Data – history'!P5",
        {f"Data – history!{column}5": 88.1 for column in "MNO"},
    ),
    "plausibility.benchmark-old": Example(
        {"Benchmarks!D2": "2018/19"},
        "Benchmarks!C2",
        {"Benchmarks!D2": "17-20"},
    ),
    "plausibility.benchmark-unit": Example(
        {"Benchmarks!C2": 9200},
        "Benchmarks!C2",
        {"Benchmarks!C2": 550},
    ),
}
