"""Examples of the rules about the workbook's sheets other than the figures themselves."""

from __future__ import annotations

from datetime import date

from ..example_month import HIDDEN_SHEET, NAME, PERIOD, Added, Replaced, Shown
from .example import Example

_SHARED = {
    "scrutiny/report.toml": """
title = "Scrutiny"
[[sections]]
id = "scrutiny"
title = "Scrutiny"
template = "scrutiny.md"
slots = [{ id = "next", title = "What next" }]
""",
    "scrutiny/indicators.toml": "",
    "scrutiny/scrutiny.md": "# Scrutiny",
    "Narrative!C3": "More.",
}
_PRINTED = {"care.md": Added('{{ sheet_table("Costs") }}\n')}
_COST = {"Costs!B2": 12, "Costs!B3": 13, **_PRINTED}
_MONTHS = ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

HEADERS = ("Authority", "Indicator", "Period", "Numerator", "Denominator", "Value")
MEASURE = 'measure = "number"'
_BROKEN_DOWN = 'of = "far/numerator"'
STATUS = {
    "Status!A1": "Indicator",
    "Status!B1": "Status",
    "Status!C1": "Reason",
    "Status!D1": "Period",
    "Status!A2": "moves",
    "Status!B2": "on target",
    "Status!C2": "Two moves were planned.",
}
"""The Status sheet with one row."""

_NAMED = "[[peers]]\nid = 'SN'\nname = 'Neighbours'\nfewest = 1\nmembers = ['{}']\n"
PEERS = {
    "report.toml": Added('[[peers]]\nid = "SN"\nname = "Neighbours"\nfewest = 2\n'),
    "About!A4": "Authority",
    "About!B4": "Kirklees Council",
    **{f"Peers!{column}1": header for column, header in zip("ABCDEF", HEADERS, strict=True)},
    **{f"Peers!A{row}": name for row, name in enumerate(("Bolton", "Bury", "Kirklees"), 2)},
    **{f"Peers!B{row}": "rate" for row in (2, 3, 4)},
    **{f"Peers!C{row}": "Jun 23" for row in (2, 3, 4)},
    **{f"Peers!D{row}": count for row, count in enumerate((617, 347, 610), 2)},
    **{f"Peers!E{row}": count for row, count in enumerate((68931, 43180, 98050), 2)},
}
"""The Peers sheet with two neighbours and our own row, as in the Data sheet."""

EXAMPLES = {
    "sheet.missing": Example(
        {"Data!": None, "Data – history!": None},
        silent={"Data!": None},
    ),
    "sheet.twice": Example(
        {" data !A1": "Indicator", " data !B1": "Figure", " data !C1": "Jul 23"},
        "' data '",
        {"data 2!A1": "Notes"},
    ),
    "sheet.no-headers": Example(
        {"Data!A1": "Name", "Data!B1": "Part"},
        "Data",
        {"Data!A1": " INDICATOR "},
    ),
    "sheet.column-twice": Example(
        {"Data!H1": "2023-07"},
        "Data!H1",
        {"Data!H1": "2023-08"},
    ),
    "sheet.second-table": Example(
        {"Data!A12": "Indicator", "Data!B12": "Figure", "Data!D12": "Apr 23", "Data!A13": "moves", "Data!D13": 5},
        "Data!A12",
        {
            "Data!A12": "Indicator",
            "Data!B12": "Figure",
            "Data!C12": "Title",
            "Data!D12": "May 23",
            "Data!E12": "Jun 23",
            "Data!F12": "Jul 23",
            "Data!G12": "Q1 23/24",
        },
    ),
    "sheet.repeats": Example(
        {
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            **{f"Data – more!{column}1": f"{month} 22" for column, month in zip("CDEFGH", _MONTHS, strict=True)},
            "Data – more!A2": "contacts",
            "Data – more!B2": "value",
            **{f"Data – more!{column}2": 600 for column in "CDEFGH"},
        },
        "'Data – more'!C2",
        {
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            **{f"Data – more!{column}1": f"{month} 22" for column, month in zip("CDEFGH", _MONTHS, strict=True)},
            "Data – more!A2": "contacts",
            "Data – more!B2": "value",
            **{f"Data – more!{column}2": 600 for column in "CDEFG"},
        },
    ),
    "sheet.near-name": Example(
        {"Marks!": None, "Mark!A1": "Indicator"},
        "Mark",
        {"Marks!": None, "Remarks!A1": "Indicator"},
    ),
    "sheet.number-format": Example(
        {"Costs!A1": "Cost", "Costs!A2": Shown(1234.5, "0.00E+00"), **_PRINTED},
        "Costs!A2",
        {"Costs!A1": "Cost", "Costs!A2": Shown(1234.5, '"£"#,##0.00'), **_PRINTED},
    ),
    "sheet.merged": Example(
        {"Costs!A1": "Area", "Costs!B1": "Cost", "Costs!A2": "North", "Costs!": "merged in A2:A3", **_COST},
        "Costs!A2",
        {"Costs!A1": "Area", "Costs!B1": "Cost", "Costs!A2": "North", "Costs!": "merged in D2:D3", **_COST},
    ),
    "sheet.hidden": Example(
        {"Marks!": HIDDEN_SHEET},
        "Marks",
        {"Notes!A1": "Not read", "Notes!": HIDDEN_SHEET},
    ),
    "about.invalid": Example(
        {"About!B3": "soon"},
        "About!B3",
        {"About!B3": "14 September 2023"},
    ),
    "about.key-twice": Example(
        {"About!A4": "board DATE"},
        "About!A4",
        {"About!A4": "Board dates"},
    ),
    "about.cover-field": Example(
        {"report.toml": Added('[cover]\nfields = ["Report of"]\n')},
        "About",
        {"report.toml": Added('[cover]\nfields = ["Report of"]\n'), "About!A4": "Report of"},
    ),
    "about.near-key": Example(
        {"About!A4": "Authorty", "About!B4": "Kirklees Council"},
        "About!A4",
        {"About!A4": "Chair", "About!B4": "Councillor Kendrick"},
    ),
    "about.data-as-at": Example(
        {"About!A4": "Data as at", "About!B4": date(2023, 7, 30)},
        "About!B4",
        {"About!A4": "Data as at", "About!B4": date(2023, 11, 8)},
    ),
    "about.board-date": Example(
        {"About!B3": date(2023, 7, 30)},
        "About!B3",
        {"About!B3": date(2023, 7, 31)},
    ),
    "about.other-period": Example(
        {PERIOD: "2023-06"},
        "About!B2",
        {PERIOD: "2023-07"},
    ),
    "about.period-not-in-data": Example(
        {"About!B2": "Jul 2024"},
        "About!B2",
        {"About!B2": "Jun 2023"},
    ),
    "data.no-figures": Example(
        {
            "About!B2": None,
            "Data – history!": None,
            **{f"Data!{column}{row}": None for column in "DEFG" for row in range(2, 11)},
        },
        silent={"About!B2": None},
    ),
    "file.name-disagrees": Example(
        {NAME: "june-2023.xlsx"},
        silent={NAME: "highlight report.xlsx"},
    ),
    "file.open-in-excel": Example(
        {"~$july-2023.xlsx": ""},
        silent={"~$june-2023.xlsx": ""},
    ),
    "file.report-not-used": Example(
        {"About!A4": "Report", "About!B4": "corporate-parenting"},
        "About!B4",
        {"About!A4": "Report", "About!B4": "."},
    ),
    "file.other-report": Example(
        {f"Data!A{row}": f"other-{row}" for row in range(2, 11)} | {"Data – history!": None},
        silent={f"Data!A{row}": f"other-{row}" for row in range(2, 5)} | {"Data – history!": None},
    ),
    "text.control-character": Example(
        {"Narrative!C2": "bell _x0007_"},
        "Narrative!C2",
        {"Narrative!C2": "a\tb\nc"},
    ),
    "text.windows-1252": Example(
        {"narrative/2023-07/care.md": b"# next\n\x96"},
        "care.md",
        {"narrative/2023-07/care.md": "# next\n–"},
    ),
    "file.shared-workbook": Example(
        {**_SHARED, "Narrative!A3": "scrutiny", "Narrative!B3": "next"},
        "Narrative!A3",
        {**_SHARED, "Narrative!A3": "scrutinies", "Narrative!B3": "next"},
    ),
    "benchmark.unwanted": Example(
        {"Benchmarks!A2": "rates"},
        "Benchmarks!A2",
        {"Benchmarks!A2": "RATE"},
    ),
    "benchmark.unknown-comparator": Example(
        {"Benchmarks!B2": "SM"},
        "Benchmarks!B2",
        {"Benchmarks!B2": "sn"},
    ),
    "benchmark.twice": Example(
        {"Benchmarks!A3": "rate", "Benchmarks!B3": "SN", "Benchmarks!C3": 93, "Benchmarks!D3": "2020-21"},
        "Benchmarks!A3",
        {"Benchmarks!A3": "Source: LAIT, March 2022"},
    ),
    "benchmark.no-order": Example(
        {"Benchmarks!A3": "rate", "Benchmarks!B3": "SN", "Benchmarks!C3": 93, "Benchmarks!D3": "Mar 21"},
        "Benchmarks!A3",
        {"Benchmarks!A3": "rate", "Benchmarks!B3": "SN", "Benchmarks!C3": 93, "Benchmarks!D3": "Mar 22"},
    ),
    "benchmark.later": Example(
        {"Benchmarks!D2": "2023"},
        "Benchmarks!C2",
        {"Benchmarks!D2": "Jul 23"},
    ),
    "benchmark.unknown-status": Example(
        {"Benchmarks!E2": "draft"},
        "Benchmarks!E2",
        {"Benchmarks!E2": "Provisional"},
    ),
    "marks.unknown-mark": Example(
        {"Marks!D2": "[q]"},
        "Marks!D2",
        {"Marks!D2": "[B]"},
    ),
    "marks.for-nothing": Example(
        {"Marks!A2": "check"},
        "Marks!A2",
        {"Marks!A2": "population"},
    ),
    "marks.without-figure": Example(
        {"Marks!B2": "Q1 23/24"},
        "Marks!D2",
        {"Marks!B2": "Jul 23"},
    ),
    "status.unknown-indicator": Example(
        {**STATUS, "Status!A2": "population"},
        "Status!A2",
        {**STATUS, "Status!A2": "MOVES"},
    ),
    "status.unknown-status": Example(
        {**STATUS, "Status!B2": "amber"},
        "Status!B2",
        {**STATUS, "Status!B2": "Close to target"},
    ),
    "status.no-reason": Example(
        {**STATUS, "Status!C2": None},
        "Status!C2",
        {**STATUS, "Status!C2": "Two moves were planned."},
    ),
    "status.twice": Example(
        {**STATUS, "Status!A3": "moves", "Status!B3": "off target", "Status!C3": "Late.", "Status!D3": "Jul 23"},
        "Status!A3",
        {**STATUS, "Status!A3": "moves", "Status!B3": "off target", "Status!C3": "Late.", "Status!D3": "Jun 23"},
    ),
    "status.without-figure": Example(
        {**STATUS, "Status!D2": "Aug 23"},
        "Status!B2",
        {**STATUS, "Status!D2": "Jul 23"},
    ),
    "status.confidential": Example(
        {**STATUS, "Data!F6": "[c]"},
        "Status!B2",
        {**STATUS, "Data!E6": "[c]"},
    ),
    "status.as-computed": Example(
        {**STATUS, "indicators.toml": Replaced(MEASURE, f'{MEASURE}\npolarity = "low"\ntarget = 1281')},
        "Status!B2",
        {**STATUS, "indicators.toml": Replaced(MEASURE, f'{MEASURE}\npolarity = "low"\ntarget = 1280')},
    ),
    "sheet.near-column": Example(
        {**PEERS, "Peers!F1": "Values"},
        "Peers!F1",
        {**PEERS, "Peers!F1": "Source"},
    ),
    "peers.unwanted": Example(
        {**PEERS, "Peers!B4": "rates"},
        "Peers!B4",
        {**PEERS, "Peers!B4": "RATE"},
    ),
    "peers.no-authority": Example(
        {**PEERS, "Peers!A4": None},
        "Peers!A4",
        {**PEERS, "Peers!A5": "Source: DfE"},
    ),
    "peers.twice": Example(
        {**PEERS, "Peers!A4": "Bolton Council"},
        "Peers!A4",
        {**PEERS, "Peers!A4": "Bolton Council", "Peers!C4": "May 23"},
    ),
    "peers.value-disagrees": Example(
        {**PEERS, "Peers!F2": 89.6},
        "Peers!F2",
        {**PEERS, "Peers!F2": 89.51},
    ),
    "peers.ours-differs": Example(
        {**PEERS, "Peers!D4": 611},
        "Peers!D4",
        {**PEERS, "Peers!F4": 62.21},
    ),
    "peers.not-used": Example(
        {**PEERS, "report.toml": Added(_NAMED.format("Bury"))},
        "Peers!A2",
        {**PEERS, "report.toml": Added(_NAMED.format("Bury Council', 'Bolton"))},
    ),
    "peers.later": Example(
        {**PEERS, "Peers!C4": "Aug 23"},
        "Peers!A4",
        {**PEERS, "Peers!C4": "Jul 23", "Peers!D4": 604},
    ),
    "peers.too-few": Example(
        {**PEERS, "Benchmarks!A2": None, "Benchmarks!B2": None, "Benchmarks!C2": None, "Peers!E3": None},
        "Peers!A2",
        {**PEERS, "Peers!E3": None},
    ),
    "breakdown.unknown": Example(
        {"Breakdowns!A3": "placement"},
        "Breakdowns!A3",
        {"Breakdowns!A3": "PLACEMENTS"},
    ),
    "breakdown.not-a-count": Example(
        {"Breakdowns!D3": 20.5},
        "Breakdowns!D3",
        {"Breakdowns!D3": 21.0},
    ),
    "breakdown.twice": Example(
        {"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jul 23"},
        "Breakdowns!B3",
        {"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jun 23"},
    ),
    "breakdown.mixed": Example(
        {"Breakdowns!D3": Shown(0.26, "0%")},
        "Breakdowns!D3",
        {"Breakdowns!C3": "England", "Breakdowns!D3": Shown(0.26, "0%"), "Breakdowns!D2": 81},
    ),
    "breakdown.no-group": Example(
        {"Breakdowns!C3": "Boys"},
        "Breakdowns!D2",
        {"Breakdowns!C2": "Girls", "Breakdowns!C3": "Boys"},
    ),
    "breakdown.date": Example(
        {"Breakdowns!B3": Shown(date(2023, 9, 5), "d-mmm")},
        "Breakdowns!B3",
        {"Breakdowns!B3": "5-9"},
    ),
    "breakdown.order-unknown": Example(
        {"indicators.toml": Replaced(_BROKEN_DOWN, f'{_BROKEN_DOWN}\norder = ["Foster care", "Residentail"]')},
        "Breakdowns",
        {"indicators.toml": Replaced(_BROKEN_DOWN, f'{_BROKEN_DOWN}\norder = ["residential", "Foster  care"]')},
    ),
    "breakdown.not-in-order": Example(
        {"indicators.toml": Replaced(_BROKEN_DOWN, f'{_BROKEN_DOWN}\norder = ["Residential"]')},
        "Breakdowns!B2",
        {"indicators.toml": Replaced(_BROKEN_DOWN, f'{_BROKEN_DOWN}\norder = ["Residential", "Foster care"]')},
    ),
    "sheet.column-missing": Example(
        {"Data!B1": "Figures"},
        "Data!A1",
        {"Data!B1": "figure "},
    ),
}
