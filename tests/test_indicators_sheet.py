"""The Indicators sheet says what indicators.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.inputs.definitions.indicators_file import IndicatorDefinition, SeriesDefinition
from cpreport.inputs.definitions.indicators_sheet import BY_HEADER, BY_KEY, COLUMNS, NOTE, SECTION, cell_of
from cpreport.inputs.month import read_workbook
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.pipeline import load_workbook

from .example_month import Formula, Rows, Shown
from .workbooks import write_report, write_workbook

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";:")
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=3).map(float).filter(lambda number: not number.is_integer()),
    st.decimals(0, 100, places=1).map(lambda number: f"{number}%"),
)
AGREED = NUMBERS | st.just("to be agreed")
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "measure": st.sampled_from(["rate", "percentage", "number", "average", "series"]),
    "shows": st.sampled_from(["value", "count", "fraction"]),
    "polarity": st.sampled_from(["high", "low", "none"]),
    "frequency": st.sampled_from(["month", "quarter", "term", "year"]),
    "kind": st.sampled_from(["flow", "stock"]),
    "benchmark_basis": st.just("different"),
    "typed": st.sampled_from(["per cent", "fraction"]),
    "cumulative": st.sampled_from(["academic-year", "financial-year"]),
    "cumulative_in": st.just("table"),
    **dict.fromkeys(
        ["per", "decimals", "benchmark_decimals", "target_decimals", "rolling", "lag"], st.integers(0, 10**9)
    ),
    **dict.fromkeys(["direction", "may_exceed_100", "carry"], st.booleans()),
    **dict.fromkeys(["from", "until"], DAYS),
    "target": AGREED,
    "targets": st.lists(
        st.fixed_dictionaries({"value": AGREED})
        | st.fixed_dictionaries({"from": DAYS, "value": AGREED})
        | st.fixed_dictionaries({"by": DAYS, "value": AGREED}),
        min_size=1,
    ),
    "tolerance": st.sampled_from([0, "5 points", "1 point", "2.5%", "10%"]),
    "profile": st.lists(NUMBERS, min_size=1),
    "baseline": st.fixed_dictionaries({"period": st.sampled_from(["Nov 17", "2016/17"]), "value": NUMBERS}),
    "changes": st.lists(
        st.fixed_dictionaries({"date": DAYS, "note": TEXTS}, optional={"comparable": st.just(False)}), min_size=1
    ),
    **dict.fromkeys(["counts", "formerly"], st.lists(TEXTS, min_size=1)),
}


@given(st.fixed_dictionaries({column.key: VALUES.get(column.key, TEXTS) for column in COLUMNS}))
def test_a_cell_holds_the_value_of_its_key(values: Mapping[str, Any]) -> None:
    cells = {key: cell_of(key, value) for key, value in values.items()}
    read = {key: BY_KEY[key].content.read(cell, None) for key, cell in cells.items() if cell is not None}

    assert read == values
    assert [type(each) for each in read.values()] == [type(each) for each in values.values()]


def test_every_key_of_an_indicator_and_a_series_has_a_column() -> None:
    models = (IndicatorDefinition, SeriesDefinition)
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}

    assert {column.key for column in COLUMNS} == keys - {"id"} | {SECTION, NOTE}
    assert len(BY_HEADER) == len(BY_KEY) == len(COLUMNS)


Row = Mapping[str, object]
"""A row of the sheet by its headers."""

VISITS: Row = {"Section": "Visits", "Indicator": "Visits", "Measure": "number"}
DATA: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["Visits", "value", 7, 9]]


def own_workbook(folder: Path, rows: Sequence[Row], **sheets: Rows) -> Path:
    """A workbook that defines these indicators, its columns in the order of the headers."""
    headers = [column.header for column in COLUMNS if any(column.header in row for row in rows)]
    others = [*dict.fromkeys(header for row in rows for header in row if header not in headers)]
    grid = [[*headers, *others], *([row.get(header) for header in (*headers, *others)] for row in rows)]
    return write_workbook(folder / "july-2023.xlsx", {"Indicators": grid, "Data": DATA, **sheets})


def findings(path: Path, report: Path | None = None) -> list[Finding]:
    try:
        return list(load_workbook(path, report=report).findings)
    except InputError as failure:
        return list(failure.findings)


def cell_at(rows: Sequence[Row], header: str, number: int = 2) -> str:
    """Where a column of `own_workbook` stands in a row of the sheet."""
    known = [column.header for column in COLUMNS if any(column.header in row for row in rows)]
    return f"Indicators!{chr(ord('A') + known.index(header))}{number}"


RATE = 'title = "In care"\nmeasure = "rate"\n'
SHARE = 'title = "Visits in time"\nmeasure = "percentage"\n'
EVERY_KEY = {
    "reference": f'reference = "4.10"\n{RATE}',
    "title": 'title = "Visits; of/all, 2023"\nmeasure = "number"',
    "measure": 'title = "Moves"\nmeasure = "average"',
    "per": f"{RATE}per = 1_000",
    "unit": f'{RATE}unit = "Per 10,000 children"',
    "decimals": f"{RATE}decimals = 2",
    "shows": f'{RATE}shows = "count"',
    "polarity": f'{RATE}polarity = "low"',
    "frequency": f'{RATE}frequency = "quarter"',
    "numerator": f'{RATE}numerator = "population"',
    "denominator": f'{RATE}denominator = "population"',
    "benchmark_decimals": f"{RATE}benchmark_decimals = 3",
    "rolling": f"{RATE}rolling = 12",
    "target": f'{SHARE}target = "95%"',
    "targets": f"{RATE}targets = [{{ from = 2023-04-01, value = 60 }}, {{ from = 2024-04-01, value = 58.5 }}]",
    "target_decimals": f"{RATE}target = 60\ntarget_decimals = 1",
    "tolerance": f'{RATE}tolerance = "5 points"',
    "profile": 'title = "Assessments"\nmeasure = "number"\nfrequency = "quarter"\ncumulative = "financial-year"\n'
    "profile = [10, 20, 30, 40]",
    "kind": f'{RATE}kind = "flow"',
    "benchmark_basis": f'{RATE}benchmark_basis = "different"',
    "baseline": f'{SHARE}baseline = {{ period = "Nov 17", value = "60%" }}',
    "direction": f"{RATE}direction = false",
    "lag": f"{RATE}lag = 2",
    "may_exceed_100": f"{SHARE}may_exceed_100 = true",
    "typed": f'{SHARE}typed = "fraction"',
    "cumulative": f'{RATE}cumulative = "financial-year"',
    "cumulative_in": f'{RATE}cumulative = "academic-year"\ncumulative_in = "table"',
    "owner": f'{RATE}owner = "Head of service; deputy"',
    "counts": f'{SHARE}counts = ["child", "children"]',
    "from": f"{RATE}from = 2022-04-01",
    "until": f"{RATE}until = 2026-03-31",
    "changes": f'{RATE}changes = [{{ date = 2023-04-01, note = "Now: all; of them" }}, '
    '{ date = 2024-04-01, note = "New", comparable = false }]',
    "formerly": f'{RATE}formerly = ["4.09", "In care, old"]',
}
"""An indicator with each key."""


def test_there_is_an_example_of_every_key() -> None:
    keys = {field.alias or name for name, field in IndicatorDefinition.model_fields.items()}

    assert {*EVERY_KEY} == keys - {"id"}


@pytest.mark.parametrize("key", EVERY_KEY)
def test_the_sheet_and_toml_give_the_same_indicator(key: str, tmp_path: Path) -> None:
    values = tomllib.loads(EVERY_KEY[key])
    id = values.get("reference", values["title"])
    row = {BY_KEY[name].header: cell_of(name, value) for name, value in values.items()}
    population = 'id = "population"\ntitle = "population"\ncarry = true'
    other = {"Indicator": "population", "Measure": "series", "Carry": "yes"}

    own = read_workbook(own_workbook(tmp_path, [{"Section": "Care", **row}, other, VISITS])).folder
    toml = f'[[indicators]]\nid = "in-care"\n{EVERY_KEY[key]}\n[[series]]\n{population}\n'
    folder, _ = read_report_folder(write_report(tmp_path / "report", toml))

    assert key in values
    assert {**_fields(own.indicators[id]), "id": "in-care"} == _fields(folder.indicators["in-care"])
    assert own.series == folder.series


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__class__.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("header", "cell", "message"),
    [
        ("Decimals", "two", "Visits: Decimals is 'two'; it must be a whole number"),
        ("Decimals", 2.5, "Visits: Decimals is 2.5; it must be a whole number"),
        ("Measure", "ratio", "Visits: Measure is 'ratio'; it must be rate, percentage, number, average or series"),
        ("Good is", "up", "Visits: Good is 'up'; it must be higher, lower or neither"),
        ("Per", 100, "Visits: per is for measure rate only"),
        ("Direction", "maybe", "Visits: Direction is 'maybe'; it must be yes or no"),
        ("From", "soon", "Visits: From is 'soon'; it must be a date, such as 1 April 2023"),
        ("Until", datetime(2023, 4, 1, 9), "Visits: Until: it has a time of day; it must be a date"),
        ("Target", "sixty", "Visits: Target is 'sixty'; it must be a number, or a percentage such as \"95%\""),
        ("Target", Shown(0.95, "0%"), "Visits: a target with a % sign, 95%, is for measure percentage only"),
        ("Targets", "from soon: 60", "Visits: Targets: 'from soon: 60' must be written like from 2023-04-01: 60"),
        ("Targets", "60 to 70", "Visits: Targets is '60 to 70'; it must be a number"),
        ("Targets", "from 2023-04-01: 60; by 2024-04-01: 50", "Visits: give from for each of the targets"),
        ("Tolerance", 5, "Visits: Tolerance is 5; it must be a text with its unit"),
        ("Profile", "1; 2; 3", "Visits: profile is for cumulative indicators only"),
        ("Baseline", "60", "Visits: Baseline: it must be written as a period and its figure: Nov 17: 60"),
        ("Baseline", "soon: 60", "Visits: Baseline is 'soon'; 'soon' is not a period"),
        ("Changes", "we counted anew", "Visits: Changes: 'we counted anew' must be written like 2023-04-01"),
        ("Counts", "child", "Visits: Counts is 'child'; it must be 2, with a semicolon between them"),
        ("Numerator", "all", "Visits: Numerator names 'all', but no indicator or series has that name"),
        ("Denominator", "Visits/value", "Visits: a number has no denominator and shows its value"),
        ("Shows", "count", "Visits: a number has no denominator and shows its value"),
        ("Carry", "yes", "Visits: Carry is for series only"),
        ("Lag", Formula("1+1"), "the formula in this cell has no saved result"),
        ("Lag", "#REF!", ""),
        ("Formerly", 4.1, "the Formerly cell holds the number 4.1, not text: Excel changes a typed 4.10 into 4.1"),
        ("Formerly", "visits", "Visits: 'visits' is used twice"),
        ("Reference", date(2023, 4, 1), "the Reference cell holds the date 01/04/2023, not text"),
    ],
)
def test_a_mistake_stands_at_its_cell(header: str, cell: object, message: str, tmp_path: Path) -> None:
    rows = [{**VISITS, header: cell}]
    found = [each for each in findings(own_workbook(tmp_path, rows)) if each.is_error]

    assert [str(each.place) for each in found] == [cell_at(rows, header)]
    assert found[0].message.startswith(message)


def test_a_circle_stands_where_it_is_closed(tmp_path: Path) -> None:
    rows = [
        {"Section": "A", "Indicator": "A/B", "Measure": "rate", "Denominator": "c/numerator"},
        {"Indicator": "C", "Measure": "rate", "Denominator": "a/b"},
    ]
    (finding,) = findings(own_workbook(tmp_path, rows))

    assert (finding.code, finding.place.sheet, finding.place.cell[0]) == ("definition.circular", "Indicators", "D")


def test_what_excel_offers_is_understood(tmp_path: Path) -> None:
    rows: list[Row] = [
        {
            **VISITS,
            "Measure": " % ",
            "Good is": "HIGHER",
            "Frequency": "Quarterly",
            "Kind": "Flow",
            "Cumulative": "Financial Year",
            "Target": Shown(0.95, "0%"),
            "Tolerance": Shown(0.1, "0%"),
            "From": date(2022, 4, 1),
            "Until": "31 March 2030",
            "Direction": False,
            "Decimals": "2",
            "Owner": "Head of\nservice",
        },
        {"Reference": "4.10", "Indicator": "In care", "Measure": "rate", "Per": "10,000"},
    ]
    toml = """
        [[indicators]]
        id = "Visits"
        title = "Visits"
        measure = "percentage"
        polarity = "high"
        frequency = "quarter"
        kind = "flow"
        cumulative = "financial-year"
        target = "95%"
        tolerance = "10%"
        from = 2022-04-01
        until = 2030-03-31
        direction = false
        decimals = 2
        owner = "Head of service"
        [[indicators]]
        id = "4.10"
        reference = "4.10"
        title = "In care"
        measure = "rate"
        per = 10_000
    """
    folder, _ = read_report_folder(write_report(tmp_path / "report", toml))
    data: Rows = [["Indicator", "Figure", "Q1 23/24"], ["4.10", "value", 61]]

    assert read_workbook(own_workbook(tmp_path, rows, Data=data)).folder.indicators == folder.indicators
