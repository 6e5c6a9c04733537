"""The Indicators sheet says what indicators.toml says."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.order import grouped_by_cause
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.inputs.definitions.indicators_file import IndicatorDefinition, SeriesDefinition
from cpreport.inputs.definitions.indicators_sheet import BY_HEADER, BY_KEY, COLUMNS, NOTE, SECTION, cell_of
from cpreport.inputs.month import read_workbook
from cpreport.model.document import Note, Table, plain
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.pipeline import load_workbook

from .example_month import DATA as RATES
from .example_month import Formula, Rows, Shown
from .marked import comments_of
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


Call = Callable[..., tuple[int, str, str]]
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
        ("Good is", "plan", "Visits: Good is 'plan'; it must be higher, lower or neither"),
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
            "Good is": "Good to be HIGH",
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


# The report


def cells(path: Path) -> list[str]:
    """The codes of findings with their cells."""
    return [f"{each.code} {each.place}".strip() for each in findings(path)]


def test_a_workbook_alone_makes_its_report(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"Section": "Care", "Reference": "4.02", "Indicator": "In care", "Measure": "rate", "Denominator": "AGED 0-17"},
        {"Indicator": "In education/training", "Measure": "percentage", "Denominator": "4.02/Numerator"},
        {"Section": "Health: checks"},
        {"Indicator": "In  time", "Measure": "percentage", "Denominator": "in education/training"},
        {"Section": "CARE", "Indicator": "Moves", "Measure": "number"},
        {"Indicator": "Aged 0-17", "Measure": "series"},
    ]
    data: Rows = [
        ["Indicator", "Figure", "Jul 23"],
        ["4.02", "numerator", 600],
        ["aged 0-17", "value", 98050],
        ["in education/training", "numerator", 500],
        ["in education/training", "value", None],
        ["IN TIME", "numerator", 50],
        ["moves ", "value", 5],
    ]
    about: Rows = [
        ["Key", "Value"],
        ["Title", "Our board"],
        ["Comparators", "SN: Neighbours; England; Region: The north"],
        ["Slots", "What do we want to improve; What's next?"],
    ]
    month = load_workbook(own_workbook(tmp_path, rows, Data=data, About=about))
    folder = month.folder

    assert [(section.id, section.indicators) for section in folder.sections] == [
        ("care", ("4.02", "In education/training", "Moves")),
        ("health-checks", ("In time",)),
    ]
    assert [(each.id, each.title, each.required) for each in folder.sections[1].slots] == [
        ("improve", "What do we want to improve", False),
        ("what-s-next", "What's next?", False),
    ]
    assert folder.title == "Our board"
    assert [(each.id, each.heading, each.name) for each in folder.comparators] == [
        ("SN", "SN", "Neighbours"),
        ("England", "Eng.", "England average"),
        ("Region", "Region", "The north"),
    ]
    shown = {row.indicator: row.text for row in month.rows() if row.period == "Jul 23"}
    assert shown == {"4.02": "61.2", "In education/training": "83.3%", "In time": shown["In time"], "Moves": "5"}
    assert [each for each in month.findings if each.is_error] == []


def test_settings_that_about_lacks_are_the_packaged_ones(tmp_path: Path) -> None:
    folder = read_workbook(own_workbook(tmp_path, [VISITS])).folder
    packaged, _ = read_report_folder(packaged_reports() / PACKAGED)

    assert (folder.title, folder.comparators, folder.offsets) == (
        packaged.title,
        packaged.comparators,
        packaged.offsets,
    )
    assert [each._replace(required=True) for each in folder.sections[0].slots] == [*packaged.sections[0].slots]
    assert (folder.benchmark_period, [*folder.indicators]) == ("", ["Visits"])


def test_a_report_that_names_no_comparators_has_those_of_its_benchmarks(tmp_path: Path) -> None:
    without = load_workbook(own_workbook(tmp_path, [VISITS]))
    assert (without.folder.comparators, without.report.cover.comparators) == ((), "")
    tables = [block for block in without.report.sections[0].blocks if isinstance(block, Table)]
    assert {"SN", "Eng."}.isdisjoint(plain(cell.lines[0]) for table in tables for cell in table.headings)
    notes = [plain(block.text) for block in without.report.sections[0].blocks if isinstance(block, Note)]
    assert not any("benchmarks" in note for note in notes)

    rows: Rows = [["Indicator", "Benchmark", "Value"], ["Visits", "England", 80]]
    with_one = load_workbook(own_workbook(tmp_path / "one", [VISITS], Benchmarks=rows))
    assert [each.id for each in with_one.folder.comparators] == ["England"]
    assert with_one.report.cover.comparators == "Eng. – England average"
    assert [each for each in with_one.findings if each.is_error] == []


def test_a_comparator_that_is_called_as_its_column_is_on_the_cover_once(tmp_path: Path) -> None:
    about: Rows = [["Key", "Value"], ["Comparators", "Region; Peers: Our peers"]]
    month = load_workbook(own_workbook(tmp_path, [VISITS], About=about))
    assert month.report.cover.comparators == "Region; Peers – Our peers"


def test_other_sheets_name_an_indicator_and_a_section_in_any_case(tmp_path: Path) -> None:
    rows = [{**VISITS, "Indicator": "Visits in time", "Measure": "percentage", "Target": "95%"}]
    sheets: dict[str, Rows] = {
        "Data": [["Indicator", "Figure", "Jun 23", "Jul 23"], ["VISITS  in time", "value", 81, 82]],
        "Benchmarks": [["Indicator", "Benchmark", "Value", "Period"], ["visits in Time", "England", 80.5, "Mar 23"]],
        "Marks": [["Indicator", "Period", "Mark"], ["visits in time", "Jun 23", "[p]"]],
        "Status": [["Indicator", "Status", "Reason"], ["visits in time", "on target", "As agreed."]],
        "Narrative": [
            ["Section", "Slot", "Text"],
            ["VISITS", "improve", "We visit more."],
            ["visits", "What difference did we make", "They are {{ indicator('Visits in time').now.value }}."],
        ],
    }
    month = load_workbook(own_workbook(tmp_path, rows, **sheets))

    assert [each.message for each in month.findings] == []
    assert {row.comparator: row.text for row in month.rows() if row.comparator}["England"].startswith("80.5%")
    assert {row.status for row in month.rows() if row.period == "Jul 23"} == {"on target"}
    assert len(month.workbook.narratives) == 2


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ([{"Indicator": "VISITS ", "Measure": "number"}], ["indicators.name-twice Indicators!B3"]),
        ([{"Owner": "Nobody"}], ["indicators.missing Indicators!B3"]),
        ([{"Indicator": "p", "Measure": "series", "Target": 5}], ["indicators.invalid Indicators!D3"]),
        ([{"Note": "a remark"}], []),
        ([{"Formerly": "x", "Indicator": "y", "Measure": "number"}], ["data.indicator-without-data"]),
    ],
)
def test_rows_are_held_against_each_other(more: list[Row], found: list[str], tmp_path: Path) -> None:
    assert [
        each.rsplit(" ", 1)[0] if "without" in each else each for each in cells(own_workbook(tmp_path, [VISITS, *more]))
    ] == found


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Section", "Indicator", "Measure", "owner", "Owner"], ["sheet.column-twice Indicators!E1"]),
        (["Section", "Indicator", "Mesure"], ["sheet.column-missing Indicators!A1"]),
        (["Section", "Title", "Kind"], ["sheet.no-headers Indicators"]),
        (["Section", "Indicator", "Measure", "Targt"], ["indicators.near-column Indicators!D1"]),
        (["Section", "Indicator", "Measure", "Comments"], ["indicators.column-unread Indicators!D1"]),
        (["Section", "Indicator", "Measure", None], []),
    ],
)
def test_a_column_is_read_or_told(headings: list[str | None], found: list[str], tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Indicators": [headings, ["Visits", "Visits", "number"]], "Data": DATA}

    assert cells(write_workbook(tmp_path / "july-2023.xlsx", sheets)) == found


def test_figures_below_a_blank_header_are_told(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Indicators": [["Section", "Indicator", "Measure"], ["Visits", "Visits", "number", "60"]],
        "Data": DATA,
    }

    assert cells(write_workbook(tmp_path / "july-2023.xlsx", sheets)) == ["indicators.column-unread Indicators!D1"]


@pytest.mark.parametrize("name", ["Indicator", "Indicators (2)", "Indicators July 2023"])
def test_a_sheet_with_nearly_the_name_is_the_cause_of_all_else(name: str, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        name: [["Section", "Indicator", "Measure"], ["Visits", "Visits", "number"]],
        "Data": DATA,
    }
    first, *others = grouped_by_cause(findings(write_workbook(tmp_path / "july-2023.xlsx", sheets)))

    assert (first.code, first.place.sheet, others) == ("sheet.near-name", name, [])


@pytest.mark.parametrize(
    ("about", "cell", "message"),
    [
        ([["Comparators", "SN; sn: b"]], "About!B2", "About: 'SN' is used twice"),
        ([["Slots", "Next; next"]], "About!B2", "About: 'next' is used twice"),
        ([["Comparators", "A/B"]], "About!B2", "About: Comparators is 'A/B'; it must be a name without slashes"),
        ([["Comparators", ": b"]], "About!B2", "About: Comparators is ': b'; it must have a letter or a digit"),
        ([["Slots", "?"]], "About!B2", "About: Slots is '?'; it must have a letter or a digit"),
    ],
)
def test_a_mistake_in_a_setting_stands_in_about(about: Rows, cell: str, message: str, tmp_path: Path) -> None:
    found = findings(own_workbook(tmp_path, [VISITS], About=[["Key", "Value"], *about]))

    assert (str(found[0].place), found[0].message) == (cell, message)


def test_a_section_without_a_letter_is_told(tmp_path: Path) -> None:
    (finding,) = findings(own_workbook(tmp_path, [{**VISITS, "Section": "!!!"}]))

    assert (str(finding.place), "letter" in finding.message) == ("Indicators!A2", True)


# A report folder beside it


def test_the_sheet_is_joined_to_a_report_folder(tmp_path: Path) -> None:
    report = 'title = "Our report"\n[[sections]]\nid = "a"\ntitle = "visits"\nindicators = ["old"]\ntemplate = "a.md"\n'
    (tmp_path / "report.toml").write_text(report, "utf-8")
    (tmp_path / "a.md").write_text("# {{ section.title }}\n\n{{ indicator_table(section.indicators) }}\n", "utf-8")
    old = '[[indicators]]\nid = "old"\ntitle = "Old"\nmeasure = "number"\n[[subsets]]\npart = "old"\nwhole = "Visits"\n'
    (tmp_path / "indicators.toml").write_text(old, "utf-8")
    data = [*DATA, ["old", "value", 3, 4]]
    month = load_workbook(own_workbook(tmp_path, [VISITS, {**VISITS, "Section": "New", "Indicator": "New"}], Data=data))

    assert month.folder.title == "Our report"
    assert [(each.id, each.template, each.indicators) for each in month.folder.sections] == [
        ("a", "a.md", ("old", "Visits")),
        ("new", "sections/standard.md", ("New",)),
    ]
    assert [each.code for each in month.findings] == ["data.indicator-without-data"]


def test_a_report_folder_beside_it_needs_neither_sections_nor_indicators(tmp_path: Path) -> None:
    (tmp_path / "report.toml").write_text('title = "Our report"\n', "utf-8")
    month = load_workbook(own_workbook(tmp_path, [VISITS]))

    assert (month.folder.title, [*month.folder.indicators], month.findings) == ("Our report", ["Visits"], ())


def test_a_packaged_report_is_used_where_it_is_named(tmp_path: Path) -> None:
    about: Rows = [["Key", "Value"], ["Report", "corporate-parenting"]]
    (finding,) = findings(own_workbook(tmp_path, [{**VISITS, "Reference": "4.02.01"}], About=about))

    assert finding.code == "indicators.defined-twice"
    assert finding.message == "4.02.01 is defined here and in indicators.toml"
    assert finding.place.sheet == "Indicators"


def test_an_indicator_that_a_section_takes_from_the_library_is_not_defined_again(tmp_path: Path) -> None:
    report = (
        'title = "T"\n[[sections]]\nid = "care"\ntitle = "Care"\nindicators = ["entered-care"]\ntemplate = "a.md"\n'
    )
    (tmp_path / "report.toml").write_text(report, "utf-8")
    (tmp_path / "a.md").write_text("# {{ section.title }}\n", "utf-8")
    row = {"Section": "Care", "Reference": "entered-care", "Indicator": "In care", "Measure": "rate"}
    (finding,) = findings(own_workbook(tmp_path, [row, VISITS]))

    assert finding.message == "entered-care is defined here and in indicators-library.toml"


# Commands


def test_the_report_is_built_again_but_never_that_of_a_folder(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own_workbook(tmp_path, [VISITS])

    assert call("build", "july-2023.xlsx")[0] == 0
    before = (tmp_path / "july-2023.docx").read_bytes()
    assert call("build", "july-2023.xlsx")[0] == 0
    assert (tmp_path / "july-2023.docx").read_bytes() == before
    (tmp_path / "report.toml").write_text('title = "Corporate Parenting Board – Highlight Report"\n', "utf-8")
    status, _, err = call("build", "july-2023.xlsx")
    assert (status, "made from another report folder" in err) == (3, True)


def test_a_mistake_is_marked_in_the_copy(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own_workbook(tmp_path, [{**VISITS, "Decimals": "two"}])

    assert call("validate", "july-2023.xlsx", "--annotate", "copy.xlsx")[0] == 1
    assert [*comments_of((tmp_path / "copy.xlsx").read_bytes(), "Indicators")] == ["D2"]


def test_narratives_are_read_and_asked_for_by_section(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = own_workbook(tmp_path, [{**VISITS, "Section": "Visits & checks"}])

    assert call("narrative", "new", "july-2023.xlsx")[0] == 0
    assert (tmp_path / "narrative" / "2023-07" / "visits-checks.docx").is_file()
    (tmp_path / "narrative" / "2023-07" / "visits-checks.docx").unlink()
    (tmp_path / "narrative" / "2023-07" / "visits-checks.md").write_text("# Improve\n\n- We visit more.\n", "utf-8")
    month = load_workbook(path)
    assert [*month.workbook.narratives] == [("visits-checks", "improve")]
    assert month.findings == ()


def test_earlier_workbooks_have_their_own_sheets_or_the_months(tmp_path: Path) -> None:
    june: Rows = [["Indicator", "Figure", "Jun 23"], ["Visits", "value", 8]]
    own = own_workbook(tmp_path, [VISITS])
    for name, rows in {"with": [VISITS], "without": None}.items():
        sheets: dict[str, Rows] = {"Data": june}
        if rows:
            sheets["Indicators"] = [["Section", "Indicator", "Measure"], ["Visits", "Visits", "number"]]
        against = write_workbook(tmp_path / name / "june-2023.xlsx", sheets)

        assert [each.code for each in load_workbook(own, against=against).findings] == ["data.restated"]


def test_history_extends_the_figures(tmp_path: Path) -> None:
    june: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], ["visits", "value", 6, 7]]
    write_workbook(tmp_path / "june-2023.xlsx", {"Data": june})
    month = load_workbook(own_workbook(tmp_path, [VISITS], About=[["Key", "Value"], ["History", "june-2023.xlsx"]]))

    assert {row.period: row.text for row in month.rows() if row.period == "May 23"} == {"May 23": "6"}
    assert month.findings == ()


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    path = own_workbook(tmp_path, [VISITS])
    book = openpyxl.load_workbook(path)
    book["Indicators"].column_dimensions["B"].hidden = True
    book["Indicators"].row_dimensions[2].hidden = True
    book.save(path)

    assert cells(path) == ["sheet.hidden Indicators!B1", "sheet.hidden Indicators!A2"]


def test_a_workbook_without_the_sheet_does_not_load_its_reader(tmp_path: Path) -> None:
    write_report(tmp_path)
    write_workbook(tmp_path / "july-2023.xlsx", {"Data": RATES})
    code = (
        "import sys; from cpreport.pipeline import load_workbook; load_workbook(sys.argv[1]).figures;"
        "print([name for name in sys.modules if 'indicators_' in name or 'own_report' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "july-2023.xlsx")], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "['cpreport.inputs.definitions.indicators_file']"


def test_schema_and_the_documentation_name_every_column(call: Call) -> None:
    _, out, _ = call("schema")
    text = (Path(__file__).parents[1] / "docs" / "workbook.md").read_text("utf-8")
    part = text.partition("## Indicators")[2].partition("## Markers")[0]

    assert [each["column"] for each in json.loads(out)["Indicators sheet"]] == [each.header for each in COLUMNS]
    assert [each.header for each in COLUMNS if each.header not in part] == []
