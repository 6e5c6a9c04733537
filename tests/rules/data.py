"""Examples of the rules about the figures of the workbook."""

from __future__ import annotations

from ..example_month import Formula, Replaced, Shown
from .example import Example

_RENAMED = {
    "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nformerly = ["house moves"]'),
    "Data!A11": "house moves",
    "Data!B11": "value",
}

EXAMPLES = {
    "data.unknown-indicator": Example(
        {"Data!A11": "move", "Data!F11": 4},
        "Data!A11",
        {"Data!A11": "Source: team"},
    ),
    "data.unwanted-row": Example(
        {"Data!A11": "moves", "Data!B11": "denominator", "Data!D11": 4},
        "Data!D11",
        {"Data!A11": "moves", "Data!B11": "numerator", "Data!D11": 1279},
    ),
    "data.newer-figures": Example(
        {"Data!H1": "Aug 23", "Data!H6": 1282},
        "Data!H6",
        {"Data!H1": "Aug 23", "Data!H3": 98050},
    ),
    "data.indicator-blank": Example(
        {"Data!F11": 604},
        "Data!A11",
        {"Data!C11": "in June: 604"},
    ),
    "data.indicator-not-text": Example(
        {"Data!A11": 4.1, "Data!B11": "value", "Data!F11": 3},
        "Data!A11",
        {"Data!A12": 2023},
    ),
    "data.unknown-figure": Example(
        {"Data!B6": "count"},
        "Data!B6",
        {"Data!B6": " Value"},
    ),
    "data.unknown-period": Example(
        {"Marks!B2": "Juli 23"},
        "Marks!B2",
        {"Marks!B2": "2023-07"},
    ),
    "data.not-a-number": Example(
        {"Data!F6": "12 moves"},
        "Data!F6",
        {"Data!F6": "[x]"},
    ),
    "data.number-as-text": Example(
        {"Data!F6": "1,281"},
        "Data!F6",
        {"Data!F6": "1,281 [r]"},
    ),
    "data.note-beside": Example(
        {"Data!F6": "1281¹"},
        "Data!F6",
        {"Data!C6": "Moves¹"},
    ),
    "data.decimal-comma": Example(
        {"Data!F6": "0,633"},
        "Data!F6",
        {"Data!F6": "1,281"},
    ),
    "data.no-data-yet": Example(
        {"Data!F6": "tbc"},
        "Data!F6",
        {"Data!F6": ".."},
    ),
    "data.formula-without-result": Example(
        {"Data!F6": Formula("1+1")},
        "Data!F6",
        {"Data!F6": Formula("1+1", 2.0)},
    ),
    "data.excel-error": Example(
        {"Data!F6": "#REF!"},
        "Data!F6",
        {"Data!F6": "[u]"},
    ),
    "data.number-not-shown": Example(
        {"Data!F6": Shown(3, '[<5]"<5";0')},
        "Data!F6",
        {"Data!F6": Shown(1281, '[<5]"<5";0')},
    ),
    "data.mixed-percent": Example(
        {"Data!F5": Shown(0.985, "0.0%")},
        "Data!F5",
        {"Data!F5": Shown(98.5, '0.0"%"')},
    ),
    "data.per-cent-or-fraction": Example(
        {"Data!D5": 0.976, "Data!E5": 0.98, "Data!F5": 0.985},
        "Data!D5",
        {"Data!D5": 0.4, "Data!E5": 0.48, "Data!F5": 1.2},
    ),
    "data.unexpected-percent": Example(
        {"Data!F6": Shown(12.81, "0%")},
        "Data!F6",
        {"Data!F6": Shown(12, "0.0")},
    ),
    "data.above-100-percent": Example(
        {"Data!F5": 100.1},
        "Data!F5",
        {"Data!F5": 100},
    ),
    "data.negative-count": Example(
        {"Data!F6": -1},
        "Data!F6",
        {"Data!F6": 0},
    ),
    "data.fractional-count": Example(
        {"Data!F6": 12.5},
        "Data!F6",
        {"Data!F8": 379.5},
    ),
    "data.zero-denominator": Example(
        {"Data!F8": 0},
        "Data!F8",
        {"Data!F7": 0, "Data!F8": 0},
    ),
    "data.nothing-to-divide": Example(
        {"Data!F7": 0, "Data!F8": 0},
        "Data!F8",
        {"Data!F7": 0},
    ),
    "data.numerator-exceeds-denominator": Example(
        {"Data!G9": 344},
        "Data!G9",
        {"Data!G9": 343, "Data!F7": 605},
    ),
    "data.row-twice": Example(
        {"Data!A11": "moves", "Data!B11": "value"},
        "Data!A11",
        {"Data!A11": "moves", "Data!B11": "numerator"},
    ),
    "data.former-disagrees": Example(
        {**_RENAMED, "Data!F11": 1282},
        "Data!F11",
        {**_RENAMED, "Data!F11": 1281},
    ),
    "data.figure-twice": Example(
        {
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            "Data – more!C1": "Jul 23",
            "Data – more!A2": "moves",
            "Data – more!B2": "value",
            "Data – more!C2": 1281,
        },
        "'Data – more'!C2",
        {
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            "Data – more!C1": "Jul 23",
            "Data – more!A2": "moves",
            "Data – more!B2": "value",
        },
    ),
    "data.value-disagrees": Example(
        {"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.8},
        "Data!G11",
        {"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.75},
    ),
    "data.row-missing": Example(
        {"Data!A8": None, "Data!B8": None, "Data!C8": None, "Data!D8": None, "Data!E8": None, "Data!F8": None},
        "Data!D7",
        {"Data!C8": None},
    ),
    "data.missing-figure": Example(
        {"Data!F6": None},
        "Data!F6",
        {"Data!F6": "[z]"},
    ),
    "data.indicator-without-data": Example(
        {"Data!A6": None, "Data!B6": None, "Data!D6": None, "Data!E6": None, "Data!F6": None},
        silent={"Data!D6": None, "Data!E6": None},
    ),
    "data.other-frequency": Example(
        {"Data!G6": 3},
        "Data!G6",
        {"Data!G3": 98050},
    ),
    "data.two-kinds-of-year": Example(
        {
            "Data!H1": "2021/22",
            "Data!I1": "2022",
            "Data!H9": 3,
            "Data!I9": 4,
            "Data!G9": None,
            "Data!G10": None,
            "indicators.toml": Replaced('frequency = "quarter"', 'frequency = "year"'),
        },
        "Data!I9",
        {
            "Data!H1": "2021/22",
            "Data!I1": "2022/23",
            "Data!H9": 3,
            "Data!I9": 4,
            "indicators.toml": Replaced('frequency = "quarter"', 'frequency = "year"'),
        },
    ),
    "data.nothing-to-add-up": Example(
        {
            "indicators.toml": Replaced(
                'title = "Health checks"', 'title = "Health checks"\ncumulative = "academic-year"'
            )
        },
        "Data!D5",
        {"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\ncumulative = "academic-year"')},
    ),
    "data.outside-life": Example(
        {"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nfrom = 2023-06-01')},
        "Data!D6",
        {"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nfrom = 2023-05-31')},
    ),
    "data.row-and-reference": Example(
        {"Data!A11": "far", "Data!B11": "denominator", "Data!F11": 604},
        "Data!F11",
        {"Data!A11": "far", "Data!B11": "denominator"},
    ),
}
