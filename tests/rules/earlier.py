"""Examples of the rules about earlier workbooks."""

from __future__ import annotations

from ..example_month import EARLIER, Change, Replaced
from .example import Example

_HISTORY = {"About!A4": "History", "About!B4": "may-2023.xlsx"}
_JUNE = {"About!B2": "Jun 2023"}
_GONE = {f"Data!D{row}": None for row in range(1, 11)}
_RENAMED: Change = {
    **_HISTORY,
    "report.toml": Replaced('"moves"', '"moves-2"'),
    "Data!A6": "moves-2",
    "Data!D6": None,
    "Data!E6": None,
    "may-2023.xlsx": {},
}
_CARRIED = Replaced('title = "Children aged 0-17"', 'title = "Children aged 0-17"\ncarry = true')
_COMPARED = Replaced('title = "Report"', 'title = "Report"\ncompare_with_earlier = true')

EXAMPLES = {
    "about.history": Example(
        _HISTORY,
        "About!B4",
        {**_HISTORY, "may-2023.xlsx": {}},
    ),
    "data.history-disagrees": Example(
        {**_HISTORY, "may-2023.xlsx": {"Data!D6": 1278}},
        "Data!D6",
        {**_HISTORY, "Data!D6": "1279 [r]", "may-2023.xlsx": {"Data!D6": 1278, "Data!E6": None}},
    ),
    "about.history-incomplete": Example(
        {**_GONE, **_HISTORY, "About!B4": "april-2023.xlsx", "april-2023.xlsx": _GONE, "may-2023.xlsx": {}},
        "About!B4",
        {**_GONE, **_HISTORY, "april-2023.xlsx": _GONE, "may-2023.xlsx": {}},
    ),
    "data.history-renamed": Example(
        {**_RENAMED, "indicators.toml": Replaced('id = "moves"', 'id = "moves-2"')},
        "About!B4",
        {**_RENAMED, "indicators.toml": Replaced('id = "moves"', 'id = "moves-2"\nformerly = ["moves"]')},
    ),
    "data.history-unused": Example(
        {**_HISTORY, "may-2023.xlsx": {"Data!A11": "visits", "Data!B11": "value", "Data!D11": 5}},
        "About!B4",
        {**_HISTORY, "may-2023.xlsx": {"Data!A11": "visits"}},
    ),
    "data.restated": Example(
        {EARLIER: {**_JUNE, "Data!E6": 1279}},
        "Data!E6",
        {EARLIER: {**_JUNE, "Data!E6": None, "Data!F6": 1282}},
    ),
    "data.restated-as-marked": Example(
        {"Data!E6": "1280 [r]", EARLIER: {**_JUNE, "Data!E6": 1279}},
        "Data!E6",
        {"Data!E6": "1280 [r]", EARLIER: _JUNE},
    ),
    "data.no-longer-confidential": Example(
        {EARLIER: {**_JUNE, "Data!E6": "[c]"}},
        "Data!E6",
        {"Data!E6": "[c]", EARLIER: {**_JUNE, "Data!E6": "[c]"}},
    ),
    "data.provisional-changed": Example(
        {EARLIER: {**_JUNE, "Data!E6": "1270 [p]"}},
        "Data!E6",
        {"Data!E6": "1280 [p]", EARLIER: {**_JUNE, "Data!E6": "1280 [p]"}},
    ),
    "data.column-gone": Example(
        {EARLIER: {**_JUNE, "Data!H1": "Apr 22", "Data!H6": 1278}},
        silent={EARLIER: {**_JUNE, "Data!H1": "Apr 22"}},
    ),
    "data.restated-series": Example(
        {"indicators.toml": _CARRIED, EARLIER: {**_JUNE, "indicators.toml": _CARRIED, "Data!D3": 98000}},
        "Data!D3",
        {"indicators.toml": _CARRIED, EARLIER: {**_JUNE, "indicators.toml": _CARRIED, "Data!F3": 98000}},
    ),
    "definition.changed": Example(
        {EARLIER: {**_JUNE, "indicators.toml": Replaced('measure = "rate"', 'measure = "rate"\nper = 1000')}},
        "indicators.toml",
        {EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "School moves"')}},
    ),
    "definition.title-changed": Example(
        {EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "School moves"')}},
        "indicators.toml",
        {EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nowner = "Ann Lee"')}},
    ),
    "benchmark.changed": Example(
        {EARLIER: {**_JUNE, "Benchmarks!C2": 91}},
        "Benchmarks!C2",
        {EARLIER: {**_JUNE, "Benchmarks!C2": 91, "Benchmarks!D2": "2019/20"}},
    ),
    "benchmark.updated": Example(
        {EARLIER: {**_JUNE, "Benchmarks!D2": "2019/20"}},
        "Benchmarks!C2",
        {EARLIER: {**_JUNE, "Benchmarks!E2": None}},
    ),
    "benchmark.comparators-changed": Example(
        {EARLIER: {**_JUNE, "Benchmarks!C2": "N/A"}},
        "Benchmarks!C2",
        {EARLIER: {**_JUNE, "Benchmarks!A3": "moves", "Benchmarks!B3": "SN", "Benchmarks!C3": "N/A"}},
    ),
    "file.earlier-skipped": Example(
        {"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "may-2023.xlsx": b"%PDF-1.7"},
        silent={"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "may-2023.xlsx": {"About!B2": "May 2023"}},
    ),
    "file.earlier-unusable": Example(
        {EARLIER: {**_JUNE, "Data!E6": "many"}},
        silent={EARLIER: {**_JUNE, "Data!E6": "1,280"}},
    ),
    "file.not-earlier": Example(
        {EARLIER: {"About!B2": "Aug 2023", "Data!H1": "Aug 23", "Data!H6": 1}},
        silent={EARLIER: {}},
    ),
    "file.no-earlier": Example(
        {"report.toml": _COMPARED},
        silent={"report.toml": _COMPARED, "june-2023.xlsm": _JUNE},
    ),
    "file.two-earlier": Example(
        {"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "june-2023 final.xlsx": _JUNE},
        silent={"report.toml": _COMPARED, "june-2023.xlsm": _JUNE, "may-2023.xlsx": {}, "may-2023 final.xlsx": {}},
    ),
}
