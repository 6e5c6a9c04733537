"""A council's own scorecard, with definitions of its indicators, makes the report that any other workbook makes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from cpreport import Month, build_report, load_workbook
from cpreport.inputs.month import WorkbookRead, read_workbook
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.indicator import Polarity
from cpreport.model.period_text import parse_period

from .example_month import Formula, Rows, Shown
from .examples import examples
from .scorecards.card import Card, Said, cells_in
from .scorecards.cards import CARDS
from .workbooks import Sheets, changed, told, write_workbook

Call = Callable[..., tuple[int, str, str]]

MONTHS = ("Apr 23", "May 23", "Jun 23", "Jul 23")
INDICATORS: Rows = [
    ["Section", "Reference", "Indicator", "Measure", "Good is"],
    ["In care", "CIC1", "Children in care", "number", "lower"],
    ["In care", "CIC2", "Three or more placements", "percentage", "lower"],
    ["In care", "CIC3", "Reviews in time", "percentage", "higher"],
    ["Leaving care", "CL1", "In touch – care leavers", "percentage", "higher"],
]
ABOUT: Rows = [
    ["Key", "Value"],
    ["Title", "Children in care"],
    ["Comparators", "SN: Statistical neighbours; England"],
    ["Benchmark period", "2021/22"],
]
FIGURES: Mapping[str, list[object]] = {
    "Children in care": [412, 414, 416, 413],
    "Three or more placements": [10.2, 10.4, 9.9, 9.4],
    "Reviews in time": [97.0, 95.5, 96.2, 94.8],
    "In touch – care leavers": [91.0, 91.4, 90.2, 90.9],
}
TARGETS = {"Children in care": 400, "Reviews in time": 95}
REFERENCES = dict(zip(FIGURES, ("CIC1", "CIC2", "CIC3", "CL1"), strict=True))
CARD: Rows = [
    ["Ashcombe: scorecard of children in care"],
    [],
    ["Ref", "Indicator", *MONTHS, "Target", "Stat neighbours", "England"],
    ["CIC1", "Children in care", 412, 414, 416, 413, 400],
    ["CIC2", "Three or more placements", 10.2, 10.4, 9.9, 9.4, None, 10, 9],
    ["CIC3", "Reviews in time", 97.0, 95.5, 96.2, 94.8, 95],
    ["Leaving care"],
    ["CL1", "In touch – care leavers", 91.0, 91.4, 90.2, 90.9, None, 89, 88],
]
"""The same in a scorecard, its figures in C4:F8."""

FIRST, LAST = "C4", "F4"


def sheets(card: Rows = CARD, indicators: Rows = INDICATORS, about: Rows = ABOUT, **more: Rows) -> Sheets:
    return {"About": about, "Indicators": indicators, "Scorecard": card, **more}


def of_card(folder: Path, cells: Mapping[str, object] | None = None, **more: Rows) -> Month:
    """The month of the scorecard with other values in some of its cells."""
    card = changed({"Scorecard": CARD}, {f"Scorecard!{at}": value for at, value in (cells or {}).items()})
    return load_workbook(write_workbook(folder / "july-2023.xlsx", sheets(card["Scorecard"], **more)))


def figures_of(month: Month) -> dict[tuple[str, str], str]:
    """What is printed of each indicator, by its period or comparator."""
    return {(row.indicator, row.comparator or row.period): row.text for row in month.rows()}


def found(month: Month, code: str = "") -> list[tuple[str, str]]:
    return [each for each in told(month.findings) if each[0].startswith(code)]


def one(month: Month, code: str) -> Finding:
    (finding,) = (each for each in month.findings if each.code == code)
    return finding


def document(month: Month) -> str:
    with zipfile.ZipFile(BytesIO(build_report(month))) as archive:
        return archive.read("word/document.xml").decode()


def wide() -> dict[str, Rows]:
    """The same figures in the wide layout, with the targets and benchmarks where definitions and benchmarks stand."""
    rows = [
        ["Indicator", "Figure", *MONTHS],
        *([REFERENCES[title], "value", *numbers] for title, numbers in FIGURES.items()),
    ]
    defined = [[*INDICATORS[0], "Target"], *([*row, TARGETS.get(str(row[2]))] for row in INDICATORS[1:])]
    benchmarks = [
        ["Indicator", "Benchmark", "Value"],
        *([ref, name, value] for ref, name, value in (("CIC2", "SN", 10), ("CIC2", "England", 9))),
        *([ref, name, value] for ref, name, value in (("CL1", "SN", 89), ("CL1", "England", 88))),
    ]
    return {"About": ABOUT, "Indicators": defined, "Data": rows, "Benchmarks": benchmarks}


# The same report


def test_a_scorecard_makes_the_document_that_the_same_figures_make_in_the_wide_layout(tmp_path: Path) -> None:
    card = load_workbook(write_workbook(tmp_path / "card" / "july-2023.xlsx", sheets()))
    other = load_workbook(write_workbook(tmp_path / "wide" / "july-2023.xlsx", wide()))

    assert (found(card), found(other)) == ([], [])
    assert document(card) == document(other)


def test_each_figure_is_listed_with_its_cell_in_the_scorecard(tmp_path: Path, call: Call) -> None:
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets())
    status, out, _ = call("figures", str(path), "--json")
    sources = {(row["indicator"], row["period"]): row["source"] for row in json.loads(out) if not row["comparator"]}

    assert status == 0
    assert sources["CIC1", "Jul 23"] == "Scorecard!F4"
    assert sources["CL1", "Jun 23"] == "Scorecard!E8"


def test_a_sheet_named_data_may_be_a_scorecard(tmp_path: Path) -> None:
    month = load_workbook(
        write_workbook(tmp_path / "july-2023.xlsx", {"About": ABOUT, "Indicators": INDICATORS, "Data": CARD})
    )

    assert found(month) == []
    assert figures_of(month)["CIC1", "Jul 23"] == "413"


def _newest_first() -> list[list[object]]:
    return [[*row[:2], *reversed(row[2:6]), *row[6:]] for row in CARD]


def _labels_left() -> list[list[object]]:
    return [[*row[:2], *[*row, None, None, None][6:9], *row[2:6]] if len(row) > 2 else row for row in CARD]


def _dates() -> list[list[object]]:
    heads = [*CARD[2][:2], *(date(2023, n, 1) for n in (4, 5, 6, 7)), *CARD[2][6:]]
    return [*map(list, CARD[:2]), heads, *map(list, CARD[3:])]


@pytest.mark.parametrize("card", [_newest_first(), _labels_left(), _dates()], ids=range(3))
def test_however_its_columns_stand_the_figures_are_the_same(tmp_path: Path, card: Rows) -> None:
    plain = load_workbook(write_workbook(tmp_path / "plain" / "july-2023.xlsx", sheets()))
    other = load_workbook(write_workbook(tmp_path / "other" / "july-2023.xlsx", sheets(card)))

    assert found(other) == []
    assert figures_of(other) == figures_of(plain)


def test_months_stand_below_a_merged_year(tmp_path: Path) -> None:
    heads = [[None, None, "2023/24"], ["Ref", "Indicator", "Apr", "May", "Jun", "Jul", *CARD[2][6:]]]
    about = [*ABOUT, ["Reporting period", "Jul 2023"]]
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets([*CARD[:2], *heads, *CARD[3:]], about=about))
    book = openpyxl.load_workbook(path)
    book["Scorecard"].merge_cells("C3:F3")
    book.save(path)
    plain = load_workbook(write_workbook(tmp_path / "plain" / "july-2023.xlsx", sheets()))

    assert found(load_workbook(path)) == []
    assert figures_of(load_workbook(path)) == figures_of(plain)


def test_indicators_may_stand_side_by_side(tmp_path: Path) -> None:
    titles = list(FIGURES)
    card: Rows = [
        ["Month", *titles],
        *([when, *(FIGURES[title][n] for title in titles)] for n, when in enumerate(MONTHS)),
    ]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(card)))

    assert found(month) == []
    assert str(month.figures.timelines["CIC3"].newest.cells[0]) == "Scorecard!D5"


def test_numerators_and_denominators_stand_in_rows_below(tmp_path: Path) -> None:
    card = [
        ["Ref", "Indicator", *MONTHS],
        ["CIC3", "Reviews in time", 97.0, 95.5, 96.2, 94.8],
        [None, "Numerator", 194, 191, 200, 183],
        [None, "Denominator", 200, 200, 208, 193],
    ]
    indicators = [INDICATORS[0], INDICATORS[3]]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(card, indicators)))
    newest = month.figures.timelines["CIC3"].newest

    assert found(month) == []
    assert (newest.count, newest.total) == (183, 193)
    assert {cell.a1 for cell in newest.cells} == {"F2", "F3", "F4"}


def test_numerators_and_denominators_stand_in_another_data_sheet(tmp_path: Path) -> None:
    counts = [
        ["Indicator", "Figure", "Jul 23"],
        ["CIC3", "numerator", 183],
        ["CIC3", "denominator", 193],
    ]
    book = {"About": ABOUT, "Indicators": INDICATORS, "Data": CARD, "Data – counts": counts}
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", book))

    assert month.figures.timelines["CIC3"].newest.count == 183
    assert {cell.sheet for cell in month.figures.timelines["CIC3"].newest.cells} == {"Data", "Data – counts"}


def defined(card: Card) -> list[list[object]]:
    """An Indicators sheet for what a test scorecard says."""
    rows: list[list[object]] = [["Section", "Reference", "Indicator", "Measure", "Good is", "Decimals", "Frequency"]]
    words = {Polarity.HIGH: "higher", Polarity.LOW: "lower"}
    for said in card.said:
        good = words.get(said.polarity) if said.polarity else None
        rows.append(["All", said.reference, said.title, "average", good, 1, frequency_of(said)])
    return rows


def frequency_of(said: Said) -> str:
    """How often there is most often a figure."""
    kinds = [parse_period(each.period).kind.frequency.value for each in said.figures.values() if each.part]
    return max(kinds, key=kinds.count)


def read_with_definitions(folder: Path, card: Card) -> WorkbookRead:
    path = card.write(folder)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Indicators")
    for row in defined(card):
        sheet.append(row)
    book.save(path)
    return read_workbook(path, period=parse_period(card.given) if card.given else None)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_figure_of_a_scorecard_is_read_from_its_own_cell(tmp_path: Path, card: Card) -> None:
    read = read_with_definitions(tmp_path, card)
    given = {each.cell.a1: each for each in read.workbook.entries}
    asked = {cell.rstrip("0123456789") for _, cells in card.open for cell in cells_in(cells)}
    for said in card.said:
        frequency = frequency_of(said)
        for cell, what in said.figures.items():
            period, value = parse_period(what.period), card.values.get(cell)
            is_other = period.kind.frequency.value != frequency or cell.rstrip("0123456789") in asked
            if what.part is None or value is None or is_other:
                continue
            assert (given[cell].name, given[cell].period) == (said.reference or said.title, period), cell
            assert given[cell].part is what.part, cell
            if isinstance(value, int | float):
                assert given[cell].amount.number == Decimal(repr(value)), cell


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_nothing_of_a_scorecard_is_told_twice(tmp_path: Path, card: Card) -> None:
    read = read_with_definitions(tmp_path, card)
    cells = [str(each.place) for each in read.findings if each.code.startswith("scorecard.") and each.place.cell]

    assert len(cells) == len(set(cells))


# Which sheet it is


def test_of_two_scorecards_one_is_named(tmp_path: Path, call: Call) -> None:
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(Fostering=CARD))
    status, out, _ = call("validate", str(path))

    assert status == 1
    assert "Scorecard, Fostering" in out
    assert call("validate", str(path), "--sheet", "fostering")[0] == 0
    rows = json.loads(call("figures", str(path), "--sheet", "Fostering", "--json")[1])
    assert {row["source"].split("!")[0] for row in rows if row["source"]} == {"Fostering"}


def test_the_forms_for_narratives_have_the_figures_of_the_named_sheet(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_workbook(Path("july-2023.xlsx"), sheets(Fostering=CARD))

    assert call("narrative", "new", "july-2023.xlsx")[0] == 1
    assert call("narrative", "new", "july-2023.xlsx", "--sheet", "Fostering")[0] == 0


def test_a_sheet_that_is_not_there_is_an_error_with_the_sheets_that_are(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets())
    with pytest.raises(InputError) as failure:
        load_workbook(path, sheet="Scorecards")

    assert "did you mean 'Scorecard'?" in str(failure.value)


def test_a_hidden_copy_is_not_the_scorecard(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(Old=CARD))
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)

    assert {cell.sheet for cell in load_workbook(path).figures.timelines["CIC1"].newest.cells} == {"Scorecard"}


def test_a_list_of_children_is_not_the_scorecard(tmp_path: Path) -> None:
    children: Rows = [
        ["Child ID", "Born", "Placed", "Type", "Distance"],
        *([n, date(2010, 1 + n % 12, 1 + n % 28), date(2022, 1 + n % 12, 1 + n % 28), "K2", n % 50] for n in range(60)),
    ]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(Children=children)))

    assert {cell.sheet for cell in month.figures.timelines["CIC1"].newest.cells} == {"Scorecard"}


def test_the_named_sheet_may_have_another_layout(tmp_path: Path) -> None:
    rows = [["Indicator", "Figure", "Jul 23"], ["CIC1", "value", 413]]
    month = load_workbook(
        write_workbook(tmp_path / "july-2023.xlsx", {"Indicators": INDICATORS[:2], "Figures": rows}), sheet="Figures"
    )

    assert found(month) == []
    assert figures_of(month)["CIC1", "Jul 23"] == "413"


def test_without_definitions_the_only_error_says_what_to_run(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "july-2023.xlsx", {"Scorecard": CARD})
    with pytest.raises(InputError) as failure:
        load_workbook(path)

    (finding,) = failure.value.findings
    assert (finding.code, str(finding.place)) == ("scorecard.no-definitions", "Scorecard")
    assert "cpreport init FOLDER --from july-2023.xlsx" in finding.hint


# Which indicator a line is


@pytest.mark.parametrize(
    "cells",
    [
        {"A4": None},
        {"A4": None, "B4": "CHILDREN  in care"},
        {"A8": None, "B8": "In touch - care leavers"},
        {"A8": None, "B8": "In touch—Care Leavers"},
        {"A8": "cl1", "B8": "Keeping in touch"},
        {"A4": None, "B4": "CIC1 Children in care"},
    ],
)
def test_a_line_is_found_by_its_reference_or_title(tmp_path: Path, cells: Mapping[str, object]) -> None:
    month = of_card(tmp_path, cells)

    assert found(month) == []
    assert figures_of(month)["CIC1", "Jul 23"] == "413"
    assert figures_of(month)["CL1", "Jul 23"] == "90.9%"


def test_a_reference_and_a_title_of_two_indicators_are_an_error_with_both(tmp_path: Path) -> None:
    finding = one(of_card(tmp_path, {"A4": "CIC3"}), "scorecard.two-indicators")

    assert str(finding.place) == "Scorecard!B4"
    assert "CIC1 (Children in care)" in finding.message
    assert "CIC3 (Reviews in time)" in finding.message


def test_a_line_that_is_no_indicator_is_a_warning_with_the_nearest(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"A6": None, "B6": "Reviews on time"})
    finding = one(month, "data.unknown-indicator")

    assert str(finding.place) == "Scorecard!B6"
    assert "did you mean 'Reviews in time'?" in finding.message


def test_a_line_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"A9": "CIC1", "B9": "Children in care", "F9": 99})

    assert found(month, "data.figure-twice") == [("data.figure-twice", "Scorecard!F9")]


# What stands in cells


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("F4", "many", "data.not-a-number"),
        ("F4", "413¹", "data.note-beside"),
        ("F4", "#REF!", "data.excel-error"),
        ("F4", Formula("E4+1"), "data.formula-without-result"),
        ("F4", "413", "data.number-as-text"),
        ("F4", "-", "data.no-data-yet"),
        ("F4", -3, "data.negative-count"),
        ("F4", 413.5, "data.fractional-count"),
        ("F6", 101, "data.above-100-percent"),
        ("F6", Shown(0.948, "0.0%"), "data.mixed-percent"),
        ("F6", "0,948", "data.decimal-comma"),
        ("F4", Shown(4.13, "0%"), "data.unexpected-percent"),
        ("D5", None, "data.missing-figure"),
    ],
)
def test_a_wrong_cell_is_found_where_it_is(tmp_path: Path, cell: str, value: object, code: str) -> None:
    assert (code, f"Scorecard!{cell}") in found(of_card(tmp_path, {cell: value}))


def test_a_percentage_of_which_nothing_says_how_it_is_typed_is_an_error(tmp_path: Path) -> None:
    cells = dict(zip(("C6", "D6", "E6", "F6"), (0.97, 0.955, 0.962, 0.948), strict=True))

    assert found(of_card(tmp_path, {**cells, "G6": "95%"}), "data.per-cent") == [
        ("data.per-cent-or-fraction", "Scorecard!C6")
    ]


def test_markers_say_why_there_is_no_number(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"F4": "[c]", "F5": "n/a", "F6": "94.8 [p]"})
    printed = figures_of(month)

    assert found(month) == []
    assert printed["CIC1", "Jul 23"] == "confidential"
    assert printed["CIC2", "Jul 23"] == "N/A"
    assert printed["CIC3", "Jul 23"] == "94.8% (provisional)"


def test_a_marked_copy_marks_the_cells_of_the_scorecard(tmp_path: Path, call: Call) -> None:
    card = changed({"Card": CARD}, {"Card!F4": "many"})["Card"]
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(card))
    copy = tmp_path / "checked.xlsx"
    assert call("validate", str(path), "--annotate", str(copy))[0] == 1

    comment = openpyxl.load_workbook(copy)["Scorecard"]["F4"].comment
    assert comment is not None
    assert "'many' is not a number" in comment.text


# Other workbooks


def test_a_history_of_scorecards_extends_the_figures(tmp_path: Path) -> None:
    before = [[*row[:2], *row[2:5]] for row in CARD]
    now = [[*row[:2], *row[5:]] for row in CARD]
    about = [*ABOUT, ["History", "june-2023.xlsx"]]
    write_workbook(tmp_path / "june-2023.xlsx", sheets(before))
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(now, about=about)))
    whole = load_workbook(write_workbook(tmp_path / "whole" / "july-2023.xlsx", sheets()))

    assert figures_of(month) == figures_of(whole)
    assert str(month.figures.timelines["CIC1"].at(parse_period("Jun 23")).cells[0]) == "[june-2023.xlsx]Scorecard!E4"


def test_a_month_is_compared_with_an_earlier_scorecard(tmp_path: Path) -> None:
    june = changed({"Scorecard": [row[:5] for row in CARD]}, {"Scorecard!E4": 415})["Scorecard"]
    against = write_workbook(tmp_path / "june-2023.xlsx", sheets(june))
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets()), against=against)

    assert found(month, "data.restated") == [("data.restated", "Scorecard!E4")]


# Targets and benchmarks


@pytest.mark.parametrize("typed", [95, "95", "95%", Shown(0.95, "0%"), "≥ 95%", "95%+", "at least 95%"])
def test_a_target_is_read_however_it_is_typed(tmp_path: Path, typed: object) -> None:
    month = of_card(tmp_path, {"G6": typed})
    status = month.figures.timelines["CIC3"].status

    assert found(month) == []
    assert status.target is not None
    assert (status.target.value, status.word.value) == (95, "close to target")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (0.95, "data.per-cent-or-fraction"),
        ("maintain", "scorecard.target-not-read"),
        ("≤ 95%", "scorecard.target-not-read"),
        ("<5", "scorecard.target-not-read"),
        (-95, "scorecard.target-not-read"),
        ("#N/A", "data.excel-error"),
    ],
)
def test_a_target_that_cannot_be_read_is_found_and_not_used(tmp_path: Path, typed: object, code: str) -> None:
    month = of_card(tmp_path, {"G6": typed})

    assert found(month) == [(code, "Scorecard!G6")]
    assert month.figures.timelines["CIC3"].status.target is None


def test_a_definition_s_target_wins(tmp_path: Path) -> None:
    defined = [[*INDICATORS[0], "Target"], *([*row, 97 if row[1] == "CIC3" else None] for row in INDICATORS[1:])]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(indicators=defined)))
    status = month.figures.timelines["CIC3"].status

    assert "the target is 95% here, but 97% by its definition" in one(month, "scorecard.target-differs").message
    assert status.target is not None
    assert status.target.value == 97


def test_targets_of_periods_hold_from_then(tmp_path: Path) -> None:
    card = [
        ["Ref", "Indicator", "", *MONTHS],
        ["CIC3", "Reviews in time", "Actual", 97.0, 95.5, 96.2, 94.8],
        [None, None, "Target", 90, 90, 95, 95],
    ]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(card, [INDICATORS[0], INDICATORS[3]])))
    timeline = month.figures.timelines["CIC3"]

    assert found(month) == []
    assert [(target.since, target.value) for target in timeline.indicator.targets] == [
        (date(2023, 4, 1), 90),
        (date(2023, 6, 1), 95),
    ]


@pytest.mark.parametrize(
    ("heading", "is_earlier"),
    [("Target 2022/23", True), ("Target 22/23", True), ("Target 2023/24", False), ("Target", False)],
)
def test_a_target_of_an_earlier_year_is_not_used_unseen(tmp_path: Path, heading: str, is_earlier: bool) -> None:
    month = of_card(tmp_path, {"G3": heading})

    cells = ["Scorecard!G4", "Scorecard!G6"] if is_earlier else []
    assert found(month) == [("scorecard.target-earlier", cell) for cell in cells]


def test_the_sheet_of_benchmarks_wins(tmp_path: Path) -> None:
    benchmarks: Rows = [["Indicator", "Benchmark", "Value"], ["CIC2", "SN", 12], ["CIC2", "England", 9]]
    month = of_card(tmp_path, Benchmarks=benchmarks)

    assert found(month) == [("scorecard.benchmark-differs", "Scorecard!H5")]
    assert figures_of(month)["CIC2", "SN"] == "12.0%"


def test_a_benchmark_that_is_confidential_anywhere_is_not_printed(tmp_path: Path) -> None:
    benchmarks: Rows = [["Indicator", "Benchmark", "Value"], ["CIC2", "SN", 12], ["CIC2", "England", 9]]
    month = of_card(tmp_path, {"H5": "[c]"}, Benchmarks=benchmarks)

    assert found(month) == [("scorecard.benchmark-differs", "Scorecard!H5")]
    assert "12" not in one(month, "scorecard.benchmark-differs").message
    assert figures_of(month)["CIC2", "SN"] == "confidential"


@pytest.mark.parametrize(
    ("heading", "comparator"),
    [
        ("SN", "SN"),
        ("sn average", "SN"),
        ("Stat. neighbours", "SN"),
        ("Statistical Neighbour Average", "SN"),
        ("Nearest neighbours", "SN"),
        ("Statistical neighbours", "SN"),
        ("Eng", "England"),
        ("England average", "England"),
        ("National", "England"),
    ],
)
def test_a_column_of_benchmarks_names_its_comparator(tmp_path: Path, heading: str, comparator: str) -> None:
    month = of_card(tmp_path, {"I3": None, "I5": None, "I8": None, "H3": heading})

    assert found(month) == []
    assert figures_of(month)["CIC2", comparator] == "10.0%"


def test_a_heading_s_period_is_that_of_its_benchmarks(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"I3": "England 2022/23"})

    assert found(month) == []
    assert figures_of(month)["CIC2", "England"] == "9.0% (2022/23)"


def test_a_column_of_an_unknown_comparator_is_told_once(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"I3": "Region"})

    assert found(month) == [("scorecard.unknown-comparator", "Scorecard!I3")]
    assert "Comparators in About" in one(month, "scorecard.unknown-comparator").hint


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [("Yorkshire", True), ("Y&H average", True), ("Region", True), ("London", False), ("South East", False)],
)
def test_a_column_of_another_region_is_not_that_of_the_report(tmp_path: Path, heading: str, is_read: bool) -> None:
    card = changed({"Scorecard": CARD}, {"Scorecard!H3": heading})["Scorecard"]
    about = [row for row in ABOUT if row[0] != "Comparators"]
    about.append(["Comparators", "Yorkshire and The Humber; England"])
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {**sheets(card), "About": about}))

    assert found(month) == ([] if is_read else [("scorecard.unknown-comparator", "Scorecard!H3")])
    assert (figures_of(month).get(("CIC2", "Yorkshire and The Humber")) == "10.0%") is is_read


# Statuses and directions that somebody has typed


def with_verdict(folder: Path, row: int, text: str, heading: str, arrows: str = "", **cells: object) -> Month:
    about = [*ABOUT, ["Arrows", arrows]] if arrows else ABOUT
    given = {"J3": heading, f"J{row}": text, **cells}
    card = changed({"Scorecard": CARD}, {f"Scorecard!{at}": value for at, value in given.items()})["Scorecard"]
    return load_workbook(write_workbook(folder / "july-2023.xlsx", sheets(card, about=about)))


@pytest.mark.parametrize("text", ["Amber", "A", "amber ", "Close to target", "🟡", "not met"])
def test_a_typed_status_that_is_the_computed_one_is_no_finding(tmp_path: Path, text: str) -> None:
    assert found(with_verdict(tmp_path, 6, text, "RAG")) == []


@pytest.mark.parametrize("text", ["Green", "G", "R", "Red", "on target", "Off Target", "🔴", "achieved"])
def test_a_typed_status_that_is_not_the_computed_one_is_a_warning(tmp_path: Path, text: str) -> None:
    finding = one(with_verdict(tmp_path, 6, text, "RAG"), "scorecard.status-differs")

    assert str(finding.place) == "Scorecard!J6"
    assert "94.8% against a target of 95% is close to target" in finding.message


def test_a_status_of_a_figure_without_a_target_is_not_compared_and_told_once(tmp_path: Path) -> None:
    month = with_verdict(tmp_path, 5, "Green", "RAG", J8="Red")

    assert found(month) == [("scorecard.not-compared", "Scorecard!J5")]
    assert "2 typed statuses are not compared" in one(month, "scorecard.not-compared").message


LOWER_IS_GOOD, HIGHER_IS_GOOD = 5, 6
"""The rows of the two figures that went down, by what is good."""


@pytest.mark.parametrize(
    ("row", "text", "arrows", "code"),
    [
        (HIGHER_IS_GOOD, "↓", "", ""),
        (HIGHER_IS_GOOD, "↑", "", "scorecard.direction-differs"),
        (HIGHER_IS_GOOD, "→", "", "scorecard.direction-differs"),
        (HIGHER_IS_GOOD, "worse", "", ""),
        (HIGHER_IS_GOOD, "improving", "", "scorecard.direction-differs"),
        (LOWER_IS_GOOD, "↓", "", "scorecard.arrows-unclear"),
        (LOWER_IS_GOOD, "▲", "", "scorecard.arrows-unclear"),
        (LOWER_IS_GOOD, "▲", "better", ""),
        (LOWER_IS_GOOD, "▲", "more", "scorecard.direction-differs"),
        (LOWER_IS_GOOD, "↓", "more", ""),
        (LOWER_IS_GOOD, "↓", "better", "scorecard.direction-differs"),
        (LOWER_IS_GOOD, "decreasing", "", ""),
        (LOWER_IS_GOOD, "Improving", "", ""),
        (LOWER_IS_GOOD, "declining", "", "scorecard.direction-differs"),
        (LOWER_IS_GOOD, "↑ Improving", "", ""),
        (LOWER_IS_GOOD, "▲ (worse)", "", "scorecard.direction-differs"),
        (LOWER_IS_GOOD, "hm", "", "scorecard.not-compared"),
    ],
)
def test_a_typed_direction_is_held_against_the_computed_one(
    tmp_path: Path, row: int, text: str, arrows: str, code: str
) -> None:
    wanted = [(code, f"Scorecard!J{row}")] if code else []

    assert found(with_verdict(tmp_path, row, text, "DoT", arrows)) == wanted


def test_about_says_what_arrows_mean_in_one_of_two_words(tmp_path: Path) -> None:
    month = with_verdict(tmp_path, LOWER_IS_GOOD, "↑", "DoT", arrows="up")

    assert ("about.invalid", "About!B5") in found(month)


def coloured(folder: Path, *cells: str) -> Path:
    """The scorecard with some cells in red, or in grey where they begin with a minus."""
    path = write_workbook(folder / "july-2023.xlsx", sheets())
    book = openpyxl.load_workbook(path)
    for cell in cells:
        colour = "D9D9D9" if cell.startswith("-") else "FFC7CE"
        book["Scorecard"][cell.lstrip("-")].fill = PatternFill("solid", fgColor=colour)
    book.save(path)
    return path


def test_statuses_that_are_colours_alone_are_counted_in_one_note(tmp_path: Path, call: Call) -> None:
    path = coloured(tmp_path, "F4", "F5", "F6", "-E4", "A1", "H5")
    status, out, _ = call("validate", str(path), "--json")
    [note] = [each for each in json.loads(out) if each["code"] == "scorecard.not-compared"]

    assert (status, note["severity"], note["cell"]) == (0, "note", "F4")
    assert "3 coloured cells are not compared" in note["message"]
    assert document(load_workbook(path)) == document(load_workbook(coloured(tmp_path / "plain")))


def test_a_scorecard_without_colours_has_no_note_of_them(tmp_path: Path) -> None:
    assert found(load_workbook(coloured(tmp_path, "-F4", "-F5")), "scorecard.not-compared") == []


def test_a_mark_hides_a_figure_from_what_is_typed_beside_it(tmp_path: Path) -> None:
    marks: Rows = [["Indicator", "Period", "Mark"], ["CIC3", "Jul 23", "[c]"]]
    month = of_card(tmp_path, {"J3": "RAG", "J6": "Green", "K3": "DoT", "K6": "↑"}, Marks=marks)

    assert found(month) == []


@pytest.mark.parametrize("hidden", ["F6", "E6"])
def test_nothing_is_said_of_a_typed_word_beside_a_confidential_figure(tmp_path: Path, hidden: str) -> None:
    month = of_card(tmp_path, {"J3": "RAG", "J6": "Green", "K3": "DoT", "K6": "↑", hidden: "94.8 [c]"})
    about = [finding for finding in month.findings if finding.place.cell in ("J6", "K6")]
    texts = " ".join(finding.message for finding in about)

    assert not texts if hidden == "F6" else "94.8%" in texts
    assert found(month, "scorecard.direction") == []


def test_a_typed_text_with_a_number_is_not_repeated(tmp_path: Path) -> None:
    month = with_verdict(tmp_path, 4, "fell from 5 to 3", "DoT", F4="[c]")

    assert "cpreport does not know what is typed" in one(month, "scorecard.not-compared").message


def test_statuses_of_several_periods_are_each_held_against_their_own(tmp_path: Path) -> None:
    card = [
        [None, None, "Jun 23", None, "Jul 23", None],
        ["Ref", "Indicator", "Actual", "RAG", "Actual", "RAG"],
        ["CIC3", "Reviews in time", 96.2, "Green", 94.8, "Green"],
    ]
    indicators = [[*INDICATORS[0], "Target"], [*INDICATORS[3], 95]]
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(card, indicators))
    book = openpyxl.load_workbook(path)
    for area in ("C1:D1", "E1:F1"):
        book["Scorecard"].merge_cells(area)
    book.save(path)

    assert found(load_workbook(path)) == [("scorecard.status-differs", "Scorecard!F3")]


def test_last_year_s_outturn_beside_months_is_told_and_not_read(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"J3": "2022/23", "J4": 420, "J5": 11.1})

    assert found(month) == [("scorecard.other-frequency", "Scorecard!J3")]
    assert "2 figures for 2022/23 are not read" in one(month, "scorecard.other-frequency").message


def test_figures_that_are_all_of_another_frequency_are_errors(tmp_path: Path) -> None:
    quarterly = [[*INDICATORS[0], "Frequency"], *([*row, "quarter"] for row in INDICATORS[1:])]
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(indicators=quarterly))

    assert ("data.other-frequency", "Scorecard!F4") in found(load_workbook(path))


# What is not read


def test_what_is_not_read_is_told_once_at_its_cell(tmp_path: Path) -> None:
    month = of_card(tmp_path, {"J3": "Cases", "J4": 12, "J5": 7, "K3": "Owner", "K4": "A. Smith"})

    assert found(month) == [("scorecard.not-read", "Scorecard!J3"), ("scorecard.text-not-read", "Scorecard!K3")]


@pytest.mark.parametrize("heading", ["Owner", "Comments", "Section", "Ref", "Unit"])
def test_figures_below_the_heading_of_a_label_are_not_lost_unseen(tmp_path: Path, heading: str) -> None:
    assert ("scorecard.not-read", "Scorecard!D3") in found(of_card(tmp_path, {"D3": heading}))


@pytest.mark.parametrize("cells", [{"E9": 4}, {"C9": 4, "D9": 5}, {"F9": "4"}])
def test_figures_without_a_title_are_a_warning(tmp_path: Path, cells: Mapping[str, object]) -> None:
    month = of_card(tmp_path, cells)

    assert found(month) == [("scorecard.not-read", f"Scorecard!{next(iter(cells))}")]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("Jul 23 (prov.)", "provisional"),
        ("July 2023 provisional", "provisional"),
        ("Jul 23 [p]", "provisional"),
        ("Jul 23 (revised)", "revised"),
        ("Jul-23 est", "estimated"),
        ("Jul 23 (final)", ""),
        ("Jul 23", ""),
    ],
)
def test_figures_are_what_their_heading_says_of_them(tmp_path: Path, heading: str, status: str) -> None:
    month = of_card(tmp_path, {"F3": heading, "F4": "413 [r]"})

    statuses = {row.text.partition("(")[2].rstrip(")") for row in month.rows() if row.period == "Jul 23"}
    assert statuses == {status, "revised"}
    assert not any("(" in row.text for row in month.rows() if row.period in MONTHS[:-1])


def test_an_indicator_s_rows_are_its_own_and_those_of_others_are_told(tmp_path: Path) -> None:
    rows: Rows = [["Indicator", *MONTHS]]
    for title, figures in FIGURES.items():
        rows += [[title], ["Actual", *figures], ["England", 1, 2, 3, 4], ["Target", *[TARGETS.get(title)] * 4]]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets(rows)))
    plain = of_card(tmp_path / "plain")

    assert found(month) == [("scorecard.not-read", f"Scorecard!A{row}") for row in (4, 8, 12, 16)]
    printed, wanted = (
        {key: text for key, text in figures_of(each).items() if key[1] in MONTHS} for each in (month, plain)
    )
    assert printed == wanted and len(printed) == 12


@pytest.mark.parametrize(
    ("area", "blank", "is_found"),
    [
        ("C4:D4", "D4", True),
        ("F4:F5", "F5", True),
        ("G4:G5", "G5", True),
        ("H5:H6", "H6", True),
        ("A1:I1", "B1", False),
        ("A7:I7", "B7", False),
    ],
)
def test_a_cell_that_is_merged_over_several_counts_for_one_and_is_told(
    tmp_path: Path, area: str, blank: str, is_found: bool
) -> None:
    card = changed({"Scorecard": CARD}, {f"Scorecard!{blank}": None})["Scorecard"]
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets(card))
    book = openpyxl.load_workbook(path)
    book["Scorecard"].merge_cells(area)
    book.save(path)

    places = [("scorecard.merged", f"Scorecard!{area.partition(':')[0]}")] if is_found else []
    assert found(load_workbook(path), "scorecard.merged") == places


def test_a_period_that_is_there_twice_is_an_error_at_the_second(tmp_path: Path) -> None:
    assert ("scorecard.unclear-period", "Scorecard!E3") in found(of_card(tmp_path, {"E3": "May 23"}))


def test_a_missing_column_is_found_after_the_gap(tmp_path: Path) -> None:
    card = [["Ref", "Indicator", "Jan 23", "Feb 23", "Mar 23", "May 23", "Jun 23"], ["CIC1", "In care", 5, 6, 5, 4, 5]]
    path = write_workbook(tmp_path / "june-2023.xlsx", sheets(card, INDICATORS[:2]))

    assert ("data.column-missing", "Scorecard!F1") in found(load_workbook(path))


def test_a_month_whose_year_nothing_says_is_an_error(tmp_path: Path) -> None:
    months = dict(zip(("C3", "D3", "E3", "F3"), ("Apr", "May", "Jun", "Jul"), strict=True))
    path = write_workbook(
        tmp_path / "board.xlsx",
        sheets(changed({"S": CARD}, {f"S!{at}": value for at, value in months.items()})["S"]),
    )
    with pytest.raises(InputError) as failure:
        load_workbook(path)

    assert ("scorecard.unclear-period", "Scorecard!C3") in told(failure.value.findings)
    assert figures_of(load_workbook(path, period=parse_period("Jul 23")))["CIC1", "Jul 23"] == "413"


TYPED = (
    *(
        "",
        "-",
        "n/a",
        "[c]",
        "many",
        "Jun",
        "Jul 23",
        "2023/24",
        "Target",
        "RAG",
        "↑",
        "Green",
        "Total",
        "CIC1",
        "#REF!",
    ),
    *("12 (3%)", "95%", "England", "Children in care", -1, 0, 0.5, 1e300, 2023, True, date(2023, 7, 1)),
)
VALUES = st.sampled_from(TYPED)
CELLS = st.builds("{}{}".format, st.sampled_from("ABCDEFGHIJK"), st.integers(1, 10))


@examples(150)
@given(st.dictionaries(CELLS, VALUES, min_size=1, max_size=4))
def test_whatever_stands_in_its_cells_a_scorecard_is_read_or_refused(cells: Mapping[str, object]) -> None:
    with TemporaryDirectory() as folder:
        try:
            month = of_card(Path(folder), cells)
            assert month.findings is not None
        except InputError as failure:
            assert failure.findings
