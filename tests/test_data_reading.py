"""What the workbook says is what is read: layouts, periods, numbers, markers, and the sheets beside Data."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cpreport.inputs.workbook.cells.spreadsheet import Trait
from cpreport.inputs.workbook.meaning import read_amount
from cpreport.model.figure import Amount, Form, State, Status
from cpreport.model.period_text import parse_period
from cpreport.model.workbook import stated_benchmark_period
from cpreport.pipeline import load_workbook

from .example_month import DATA, INDICATORS, Formula, Shown
from .workbooks import (
    changed,
    data_of,
    directions,
    entries_of,
    figure,
    findings_of,
    month_of,
    texts,
    told,
    write_report,
    write_workbook,
)

HEAD = ["Indicator", "Figure"]


def header_read(folder: Path, header: object, **more: bool) -> tuple[str, list[tuple[str, str]]]:
    """The period a wide header is read as, and what is found."""
    sheets = {"Data": [[*HEAD, header], ["moves", "value", 5]]}
    entries, findings = entries_of(folder, sheets, "moves", **more)
    return ", ".join(entry.period.slug for entry in entries), told(findings)


# Periods


@pytest.mark.parametrize(
    ("header", "slug"),
    [
        ("Jul 23", "2023-07"),
        ("Jul-23", "2023-07"),
        ("jul 2023", "2023-07"),
        ("July 2023", "2023-07"),
        ("2023-07", "2023-07"),
        ("31/07/2023", "2023-07"),
        ("1/7/2023", "2023-07"),
        (" Sept\u00a023 ", "2023-09"),
        ("Q2 22/23", "2022-23-Q2"),
        ("Q2 2022/23", "2022-23-Q2"),
        ("Jul-Sep 22/23 Q2", "2022-23-Q2"),
        ("Jul – Sep 22/23 Q2", "2022-23-Q2"),
        ("2022/23 Q2", "2022-23-Q2"),
        ("Summer Term 21/22", "2021-22-Summer"),
        ("Autumn Term 2022/23", "2022-23-Autumn"),
        ("spring term 2022/2023", "2022-23-Spring"),
        ("2022/23", "2022-23"),
        ("2022/2023", "2022-23"),
        ("2023", "2023"),
        (2023, "2023"),
        (date(2023, 7, 1), "2023-07"),
        (date(2023, 7, 31), "2023-07"),
        (datetime(2024, 2, 29), "2024-02"),
    ],
)
def test_a_header_is_a_period(tmp_path: Path, header: object, slug: str) -> None:
    assert header_read(tmp_path, header) == (slug, [])


@pytest.mark.parametrize("day", [date(2023, 7, 1), date(2023, 7, 31)])
def test_dates_count_from_either_epoch(tmp_path: Path, day: date) -> None:
    assert header_read(tmp_path, Shown(day, "mmm-yy"), epoch_1904=True) == ("2023-07", [])


@pytest.mark.parametrize(
    "header",
    [
        *("Jully 23", "31/06/2023", "15/07/2023", "2023-13", "Q5 22/23", "Q2 22/24", "Apr-Jul 22/23 Q1", "2022/1923"),
        *("Winter Term 22/23", "Jul 23 (revised)", "07/2023", "31.07.2023", "Q2 2023", 45108),
    ],
)
def test_what_only_looks_like_a_period_is_an_error_even_in_the_first_column(tmp_path: Path, header: object) -> None:
    assert header_read(tmp_path, header)[1][0] == ("data.header-not-a-period", "Data!C1")


@pytest.mark.parametrize("label", ["Title", "Owner", "Target 2023", "Margin 5", "Decision 12", "Source", None])
def test_labels_stand_left_of_the_first_period(tmp_path: Path, label: object) -> None:
    entries, findings = entries_of(tmp_path, {"Data": [[*HEAD, label, "Jul 23"], ["moves", "value", "x", 5]]}, "moves")

    assert ([entry.cell.a1 for entry in entries], findings) == (["D2"], [])


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Shown(date(2026, 7, 23), "d-mmm"), ["23 July 2026", "July 2023 typed as Jul 23", "without its year"]),
        (Shown(date(2026, 7, 1), "dd/mm"), ["1 July 2026", "July 2001 typed as Jul 01"]),
        (Shown(date(2023, 7, 14), "dd/mm/yyyy"), ["14 July 2023", "July 2014 typed as Jul 14"]),
    ],
)
def test_a_date_that_may_be_a_typed_month_brings_both_readings(tmp_path: Path, shown: Shown, words: list[str]) -> None:
    _, findings = entries_of(tmp_path, {"Data": [[*HEAD, shown], ["moves", "value", 5]]}, "moves")

    assert told(findings) == [("data.header-day", "Data!C1")]
    for word in words:
        assert word in findings[0].message


def test_one_sheet_may_hold_periods_of_several_kinds(tmp_path: Path) -> None:
    month = data_of(tmp_path, DATA)

    assert (month.findings, texts(month, "crimes")["Apr-Jun 23/24 Q1"]) == ((), "1.7%")


def test_terms_may_have_names_of_their_own(tmp_path: Path) -> None:
    toml = '[[indicators]]\nid = "moves"\ntitle = "Moves"\nmeasure = "number"\nfrequency = "term"\n'
    folder = write_report(tmp_path, toml)
    text = (folder / "report.toml").read_text()
    (folder / "report.toml").write_text(
        text + '\n[terms]\nAutumn1 = "Sep-Oct"\nAutumn2 = "Nov-Dec"\nRest = "Jan-Jul"\n'
    )
    rows = [[*HEAD, "Autumn1 Term 22/23", "Autumn2 Term 22/23", "Rest Term 22/23"], ["moves", "value", 1, 2, 2]]
    about = [["Key", "Value"], ["Reporting period", "Jul 2023"]]

    month = load_workbook(write_workbook(folder / "july-2023.xlsx", {"About": about, "Data": rows}))

    assert texts(month, "moves") == {"Autumn1 Term 22/23": "1", "Autumn2 Term 22/23": "2", "Rest Term 22/23": "2"}
    assert directions(month, "moves") == {"Autumn2 Term 22/23": "up", "Rest Term 22/23": "same"}


# Amounts


@pytest.mark.parametrize(
    ("text", "number"),
    [("604", "604"), ("1,234", "1234"), (" 1,234,567.5 ", "1234567.5"), ("-3", "-3"), ("0.10", "0.10")],
)
def test_a_number_as_text_is_read_with_a_warning(text: str, number: str) -> None:
    amount, problem = read_amount(text)

    assert (amount.number, amount.status, problem and problem.rule.code) == (
        Decimal(number),
        Status.FINAL,
        "data.number-as-text",
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("N/A", State.NO_FIGURE),
        ("n/a ", State.NO_FIGURE),
        ("[x]", State.NOT_AVAILABLE),
        ("[Z]", State.NOT_APPLICABLE),
        ("[c]", State.CONFIDENTIAL),
        ("[u]", State.UNRELIABLE),
        ("[low]", State.LOW),
        ("", State.BLANK),
        (" \u00a0", State.BLANK),
    ],
)
def test_a_marker_says_why_there_is_no_number(text: str, state: State) -> None:
    amount, problem = read_amount(text)

    assert (amount.state, amount.number, problem) == (state, None, None)


@pytest.mark.parametrize(
    ("text", "status"), [("[p]", Status.PROVISIONAL), ("[r]", Status.REVISED), ("[E]", Status.ESTIMATED)]
)
def test_a_marker_may_follow_a_number(text: str, status: Status) -> None:
    for typed in (f"82 {text}", f"82{text}"):
        amount, problem = read_amount(typed)
        assert (amount.number, amount.status, problem) == (Decimal(82), status, None)


@pytest.mark.parametrize(
    "value",
    [
        *("12 children", "–", "1,23", "1.2.3", "1e5", "£5", "[q]", "N/A [p]", "50%%", "½"),
        *(True, False, date(2023, 7, 1), datetime(2023, 7, 1, 12), 1e15, -1e20),
    ],
)
def test_anything_else_is_no_number(value: str | float | date) -> None:
    amount, problem = read_amount(value)

    assert (amount.state, problem and problem.rule.code) == (State.ERROR, "data.not-a-number")


@pytest.mark.parametrize("text", ["604*", "82 [c]", "[C] 82", "82 (confidential)"])
def test_a_number_beside_a_sign_that_hides_it_is_an_error_and_confidential(text: str) -> None:
    amount, problem = read_amount(text)

    assert (amount, problem and problem.rule.code) == (Amount(State.CONFIDENTIAL), "data.not-a-number")


def test_numbers_have_fifteen_significant_digits() -> None:
    assert read_amount(0.1 + 0.2)[0].number == Decimal("0.3")
    assert read_amount(2.675)[0].number == Decimal("2.675")
    assert read_amount(123456789.123456789)[0].number == Decimal("123456789.123457")
    assert read_amount(1e-9)[0].number == Decimal("0.000000001")


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        (Shown(0.897, "0.0%"), Form.PERCENT_FORMAT),
        (Shown(0.897, "0%"), Form.PERCENT_FORMAT),
        (Shown("0.897", "0.0%"), Form.PERCENT_FORMAT),
        (89.7, Form.PLAIN),
        (Shown(89.7, '0.0"%"'), Form.PLAIN),
        ("89.7%", Form.PERCENT_TEXT),
        (Shown("89.7%", "0.0%"), Form.PERCENT_TEXT),
        ("89.7 % [p]", Form.PERCENT_TEXT),
    ],
)
def test_all_ways_to_write_a_percentage_are_the_same_figure(tmp_path: Path, cell: object, form: Form) -> None:
    month = data_of(tmp_path, [[*HEAD, "Jul 23"], ["checks", "value", cell]])
    (entry,) = month.workbook.entries

    assert entry.amount.form is form
    assert figure(month, "checks", "Jul 23").value == Decimal("89.7")
    assert texts(month, "checks")["Jul 23"].startswith("89.7%")


def test_per_cent_and_fractions_must_not_mix_in_a_row(tmp_path: Path) -> None:
    cells = [Shown(0.97, "0%"), Shown(0.98, "0%"), 98, Shown(0.99, "0%")]
    rows = [[*HEAD, "Apr 23", "May 23", "Jun 23", "Jul 23"], ["checks", "value", *cells]]

    found = told(data_of(tmp_path, rows).findings)
    assert ("data.mixed-percent", "Data!E2") in found
    assert [place for code, place in found if code == "data.mixed-percent"] == ["Data!E2"]


def test_a_formula_counts_by_its_saved_result(tmp_path: Path) -> None:
    rows = [[*HEAD, "Jun 23", "Jul 23"], ["moves", "value", Formula("1+1", 2), Formula("2+2")]]
    entries, findings = entries_of(tmp_path, {"Data": rows}, "moves")

    assert [(entry.amount.state, entry.amount.number) for entry in entries] == [
        (State.PRESENT, 2),
        (State.ERROR, None),
    ]
    assert told(findings) == [("data.formula-without-result", "Data!D2")]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"])
def test_excel_errors_are_told_apart_from_text(tmp_path: Path, error: str) -> None:
    _, findings = entries_of(tmp_path, {"Data": [[*HEAD, "Jul 23"], ["moves", "value", error]]}, "moves")

    assert told(findings) == [("data.excel-error", "Data!C2")]
    assert error in findings[0].message


# Layouts


LONG = [
    ["Indicator", "Period", "Numerator", "Denominator", "Value"],
    ["mean", "Jun 23", 378, 602, None],
    ["mean", date(2023, 7, 31), 379, 604, None],
    ["moves", "2023-07", None, None, 1281],
]
WIDE = [
    [*HEAD, "Title", "Jun 23", "Jul 23"],
    ["mean", "numerator", "", 378, 379],
    ["mean", "denominator", "", 602, 604],
    ["moves", "value", "", None, 1281],
]


def test_both_layouts_say_the_same(tmp_path: Path) -> None:
    def given(rows: list[list[object]]) -> set[tuple[object, ...]]:
        entries, findings = entries_of(tmp_path, {"Data": rows}, "mean", "moves")
        assert findings == []
        return {(e.name, e.part, e.period, e.amount.number) for e in entries if e.amount.state is not State.BLANK}

    assert given(LONG) == given(WIDE)


@pytest.mark.parametrize(("missing", "read"), [(2, 3), (3, 3), (4, 6)])
def test_a_long_sheet_needs_not_have_all_parts(tmp_path: Path, missing: int, read: int) -> None:
    rows = [row[:missing] + row[missing + 1 :] for row in LONG]
    entries, findings = entries_of(tmp_path, {"Data": rows}, "mean", "moves")

    assert (findings, len(entries)) == ([], read)


def test_a_long_sheet_without_periods_says_so(tmp_path: Path) -> None:
    rows = [["Indicator", "Perid", "Value"], ["moves", "Jul 23", 5]]
    _, findings = entries_of(tmp_path, {"Data": rows}, "moves")

    assert told(findings) == [("sheet.column-missing", "Data!A1")]
    assert "is 'Perid' meant for it?" in findings[0].message


def test_one_row_for_each_part_and_period_is_no_layout_and_never_misread(tmp_path: Path) -> None:
    rows = [["Indicator", "Period", "Figure", "Value"], ["mean", "Jul 23", "numerator", 604]]
    entries, findings = entries_of(tmp_path, {"Data": rows}, "mean")

    assert entries == []
    assert [finding.code for finding in findings] == ["sheet.column-missing"]


def test_a_row_of_a_long_sheet_needs_a_period_that_can_be_read(tmp_path: Path) -> None:
    rows = [LONG[0], ["moves", None, None, None, 1], ["moves", "soon", None, None, 1], ["moves", date(2023, 7, 2)]]
    _, findings = entries_of(tmp_path, {"Data": rows}, "moves")

    assert told(findings) == [
        ("data.unknown-period", "Data!B2"),
        ("data.unknown-period", "Data!B3"),
        ("data.header-day", "Data!B4"),
    ]


def test_a_series_has_a_value_only(tmp_path: Path) -> None:
    wide = changed({"Data": DATA}, {"Data!B3": "numerator"})
    long = {"Data": [LONG[0], ["population", "Jul 23", 5, None, 98050], ["moves", "Jul 23", None, None, 1]]}

    assert ("data.unknown-figure", "Data!B3") in findings_of(tmp_path, wide)
    assert ("data.unknown-figure", "Data!C2") in findings_of(tmp_path, long)


def test_there_may_be_several_data_sheets_in_either_layout(tmp_path: Path) -> None:
    sheets = {"Data – health": LONG[:3], " DATA two": [[*HEAD, "Jul 23"], ["moves", "value", 5]], "Database": [["x"]]}
    entries, findings = entries_of(tmp_path, sheets, "mean", "moves")

    assert findings == []
    assert {str(e.cell) for e in entries if e.amount.state is State.PRESENT} == {
        *("'Data – health'!C2", "'Data – health'!D2", "'Data – health'!C3", "'Data – health'!D3"),
        "' DATA two'!C2",
    }


def test_a_title_above_blank_rows_notes_and_totals_that_are_not_ours_do_not_break_reading(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Corporate parenting, July 2023"],
        [],
        *DATA[:4],
        [],
        *DATA[4:],
        [],
        ["Source: CareFirst"],
        [None, None, "604 of them in July"],
        [2023],
        [date(2023, 8, 1)],
        ["Total", None, None, 2000, 2000, 2000],
    ]
    month = data_of(tmp_path, rows)

    assert told(month.findings) == [("data.unknown-indicator", "Data!A19")]
    assert texts(month, "rate")["Jul 23"] == "61.6 (604)"
    assert texts(month, "mean")["Jul 23"] == "0.63"


def test_header_cells_may_be_merged(tmp_path: Path) -> None:
    folder = write_report(tmp_path, INDICATORS)
    path = write_workbook(folder / "july-2023.xlsx", {"Data": [[*DATA[0][:3], "2023", None, None], *DATA]})
    book = openpyxl.load_workbook(path)
    sheet = book["Data"]
    for column in "ABC":
        sheet[f"{column}2"] = None
        sheet.merge_cells(f"{column}1:{column}2")
    sheet.merge_cells("D1:F1")
    book.save(path)

    month = load_workbook(path)
    assert month.findings == ()
    assert texts(month, "rate")["Jul 23"] == "61.6 (604)"


def test_header_cells_merged_over_figures_hide_no_header(tmp_path: Path) -> None:
    folder = write_report(tmp_path, INDICATORS)
    path = write_workbook(folder / "july-2023.xlsx", {"Data": DATA})
    book = openpyxl.load_workbook(path)
    book["Data"].merge_cells("A1:A3")
    book.save(path)

    found = [place for code, place in told(load_workbook(path).findings) if code == "data.indicator-blank"]
    assert found == ["Data!A2", "Data!A3"]


def test_figures_beside_a_merged_indicator_are_an_error(tmp_path: Path) -> None:
    folder = write_report(tmp_path, INDICATORS)
    path = write_workbook(folder / "july-2023.xlsx", {"Data": DATA})
    book = openpyxl.load_workbook(path)
    book["Data"].merge_cells("A7:A8")
    book.save(path)

    findings = load_workbook(path).findings
    (blank,) = (finding for finding in findings if finding.code == "data.indicator-blank")
    assert (str(blank.place), "merged with A7" in blank.message) == ("Data!A8", True)


@pytest.mark.parametrize("cell", ["5", "[x]", "#REF!", Formula("D2+D4")])
def test_no_figure_beside_a_blank_indicator_is_skipped(tmp_path: Path, cell: object) -> None:
    cell = int(cell) if cell == "5" else cell
    assert ("data.indicator-blank", "Data!A11") in findings_of(tmp_path, changed({"Data": DATA}, {"Data!D11": cell}))


def test_names_are_found_in_any_case_and_with_spaces_around(tmp_path: Path) -> None:
    entries, findings = entries_of(
        tmp_path, {" data ": [[" INDICATOR ", "figure", "Jul 23"], [" Moves\u00a0", " VALUE", 5]]}, "moves"
    )

    assert (findings, [(entry.name, entry.amount.number) for entry in entries]) == ([], [("moves", 5)])


def test_a_blank_cell_gives_way_to_a_figure_elsewhere(tmp_path: Path) -> None:
    sheets = {"Data": WIDE, "Data more": [[*HEAD, "Jun 23"], ["moves", "value", 1280]]}
    entries, findings = entries_of(tmp_path, sheets, "mean", "moves")

    assert findings == []
    assert {str(entry.period): entry.amount.number for entry in entries if entry.name == "moves"} == {
        "Jun 23": 1280,
        "Jul 23": 1281,
    }


# The reporting period


def test_the_newest_month_with_a_figure_is_reported(tmp_path: Path) -> None:
    ahead = {"Data!H1": "Aug 23", "Data!I1": "Sep 23", "Data!H3": 98050, "Data!I3": 98050}

    month = month_of(tmp_path, changed({"Data": DATA}, ahead))
    assert (month.workbook.period.slug, month.findings) == ("2023-07", ())


def test_a_workbook_without_months_reports_its_newest_period(tmp_path: Path) -> None:
    rows = [[*HEAD, "Q4 22/23", "Q1 23/24"], ["crimes", "value", 1, 2]]

    assert data_of(tmp_path, rows).workbook.period == parse_period("Q1 23/24")


def test_about_says_which_period_is_reported(tmp_path: Path) -> None:
    sheets = {"About": [["Key", "Value"], ["REPORTING period", date(2023, 6, 30)]], "Data": DATA}

    month = month_of(tmp_path, sheets, name="cpb.xlsx")
    assert month.workbook.period.slug == "2023-06"
    assert month.workbook.data_as_at == date(2023, 6, 30)


# About


@pytest.mark.parametrize("day", ["14/09/2023", "14 September 2023", "14 Sep 2023", "2023-09-14", "14.9.2023"])
def test_dates_of_about_may_be_text(tmp_path: Path, day: str) -> None:
    sheets = {"About": [["Key", "Value"], ["Board date", day], ["data AS at", day]], "Data": DATA}

    workbook = month_of(tmp_path, sheets).workbook
    assert (workbook.about.board_date, workbook.data_as_at) == (date(2023, 9, 14), date(2023, 9, 14))


def test_dates_of_about_may_be_excels(tmp_path: Path) -> None:
    sheets = {"About": [["Key", "Value"], ["Board date", datetime(2023, 9, 14, 0, 0, 1)]], "Data": DATA}

    assert month_of(tmp_path, sheets).workbook.about.board_date == date(2023, 9, 14)


def test_other_keys_of_about_are_kept(tmp_path: Path) -> None:
    rows = [["Key", "Value"], ["Chair", "Cllr Smith & Co"], ["Example", "YES"], ["Version", 2.0]]
    about = month_of(tmp_path, {"About": rows, "Data": DATA}).workbook.about

    assert about.texts == {"Chair": "Cllr Smith & Co", "Example": "YES", "Version": "2"}
    assert about.is_example


# Marks


@pytest.mark.parametrize("has_value", [False, True])
@pytest.mark.parametrize("part", [None, "numerator", "denominator", "value"])
def test_a_confidential_figure_takes_its_count_with_it_everywhere(
    tmp_path: Path, part: str | None, has_value: bool
) -> None:
    extra: dict[str, object] = {"Data!A11": "rate", "Data!B11": "value", "Data!F11": 61.6}
    sheets = {"Data": DATA, "Marks": [["Indicator", "Period", "Figure", "Mark"], ["rate", "Jul 23", part, "[c]"]]}
    month = month_of(tmp_path, changed(sheets, extra if has_value else {}))

    for name in ("rate", "far"):
        assert texts(month, name)["Jul 23"] == "confidential"
        assert "Jul 23" not in directions(month, name)
    row = next(row for row in month.rows() if row.indicator == "rate" and row.period == "Jul 23")
    assert (row.value, row.numerator) == (None, None)
    far = next(row for row in month.rows() if row.indicator == "far" and row.period == "Jul 23")
    assert (far.value, far.numerator, far.denominator) == (None, None, None)


def test_a_marker_in_a_cell_of_data_does_the_same(tmp_path: Path) -> None:
    month = month_of(tmp_path, changed({"Data": DATA}, {"Data!F2": "[c]"}))

    assert {texts(month, name)["Jul 23"] for name in ("rate", "far")} == {"confidential"}
    assert month.findings == ()


def test_a_mark_of_a_series_needs_no_figure(tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Marks": [["Indicator", "Period", "Mark", "Note"], ["population", "Jul 23", "[x]", "late"]]}
    month = month_of(tmp_path, sheets)

    assert texts(month, "rate")["Jul 23"] == "not available"
    assert texts(month, "rate")["Jun 23"] == "62.2 (610)"


def test_a_status_is_printed_after_the_figure(tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Marks": [["Indicator", "Period", "Mark"], ["checks", "Jul 23", "[P]"]]}
    month = month_of(tmp_path, changed(sheets, {"Data!F6": "1,281 [e]"}))

    assert texts(month, "checks")["Jul 23"] == "98.5% (provisional)"
    assert texts(month, "moves")["Jul 23"] == "1,281 (estimated)"


def test_no_direction_is_computed_across_a_break(tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Marks": [["Indicator", "Period", "Mark"], ["checks", "Jun 23", "[b]"]]}
    month = month_of(tmp_path, sheets)

    assert directions(month, "checks") == {"Jul 23": "up"}
    assert texts(month, "checks")["Jun 23"] == "98.0%"


# Benchmarks


def benchmark(folder: Path, *cells: object, stated: object = "March 2022") -> str:
    sheets = {
        "About": [["Key", "Value"], ["Benchmark period", stated]],
        "Data": DATA,
        "Benchmarks": [["Indicator", "Benchmark", "Value", "Period", "Status"], ["checks", "SN", *cells]],
    }
    return texts(month_of(folder, sheets), "checks").get("SN", "")


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([92], "92.0%"),
        ([Shown(0.92, "0%")], "92.0%"),
        (["92%"], "92.0%"),
        ([92, "2020/21"], "92.0% (2020/21)"),
        ([92, "17-20", "Provisional"], "92.0% (17-20, provisional)"),
        ([92, "March 2022", "final"], "92.0%"),
        ([92, 2021], "92.0% (2021)"),
        (["N/A"], ""),
        ([None, "2020/21"], ""),
        (["[c]"], "confidential"),
        ([92, date(2022, 3, 1)], "92.0%"),
        ([92, date(2021, 3, 31)], "92.0% (March 2021)"),
        *([[92, text], "92.0%"] for text in ("Mar 22", "march  2022", "31/03/2022", "2022-03", "2022-03-31")),
    ],
)
def test_a_benchmark_prints_its_period_and_status(tmp_path: Path, cells: list[object], text: str) -> None:
    """A comparator that publishes nothing has no column."""
    assert benchmark(tmp_path, *cells) == text


@pytest.mark.parametrize("stated", ["Mar 22", date(2022, 3, 1), Shown(date(2022, 3, 31), "mmm-yy")])
def test_the_stated_benchmark_period_may_be_written_in_any_way(tmp_path: Path, stated: object) -> None:
    assert benchmark(tmp_path, 92, "March 2022", stated=stated) == "92.0%"


@pytest.mark.parametrize("stated", [date(2022, 3, 1), Shown(date(2022, 3, 31), "mmm-yy")])
def test_a_stated_benchmark_period_that_excel_made_a_date_prints_as_its_month(tmp_path: Path, stated: object) -> None:
    sheets = {"About": [["Key", "Value"], ["BENCHMARK period", stated]], "Data": DATA}
    month = month_of(tmp_path, sheets)
    assert stated_benchmark_period(month.workbook, month.folder) == "March 2022"


@pytest.mark.parametrize("day", [date(2026, 3, 22), Shown(date(2026, 3, 31), "d-mmm")])
def test_a_benchmark_period_that_is_a_day_is_reported(tmp_path: Path, day: object) -> None:
    sheets = {
        "About": [["Key", "Value"], ["Benchmark period", day]],
        "Data": DATA,
        "Benchmarks": [["Indicator", "Benchmark", "Value", "Period"], ["checks", "SN", 92, day]],
    }
    assert [found for found in findings_of(tmp_path, sheets) if found[0] == "data.header-day"] == [
        ("data.header-day", "About!B2"),
        ("data.header-day", "Benchmarks!D2"),
    ]


@pytest.mark.parametrize("rows", [5, 6])
def test_a_copy_of_a_sheet_is_one_finding_unless_it_repeats_few_figures(tmp_path: Path, rows: int) -> None:
    names = [f"x{number}" for number in range(rows)]
    sheet = [[*HEAD, "Jul 23"], *([name, "value", 5] for name in names)]
    entries, findings = entries_of(tmp_path, {"Data": sheet, "Data (2)": sheet}, *names)

    assert len(entries) == rows
    if rows == 5:
        assert [finding.code for finding in findings] == ["data.figure-twice"] * 5
    else:
        assert told(findings) == [("sheet.repeats", "'Data (2)'!C2")]
        assert findings[0].message == "the sheet 'Data (2)' has 6 figures that Data has too"


@pytest.mark.parametrize("value", ["few", "< 5", True])
def test_a_count_of_a_breakdown_needs_no_marker(tmp_path: Path, value: object) -> None:
    toml = INDICATORS + '\n[[breakdowns]]\nid = "placements"\ntitle = "Placements"\n'
    sheets = {"Data": DATA, "Breakdowns": [["Breakdown", "Category", "Count"], ["placements", "Foster care", value]]}

    assert ("breakdown.not-a-count", "Breakdowns!C2") in findings_of(tmp_path, sheets, toml)
    assert "data.not-a-number" not in [code for code, _ in findings_of(tmp_path, sheets, toml)]


def test_a_blank_cell_is_called_so(tmp_path: Path) -> None:
    sheets = {
        "Data": [["Indicator", "Period", "Value"], ["moves", None, 5], ["moves", "Jul 23", 5]],
        "Benchmarks": [["Indicator", "Benchmark", "Value"], [None, None, 92]],
        "Marks": [["Indicator", "Period", "Mark"], [None, "Jul 23", None]],
        "Breakdowns": [["Breakdown", "Category", "Count"], [None, "Foster care", 5]],
    }
    said = [finding.message for finding in month_of(tmp_path, sheets).findings]

    assert [message for message in said if "''" in message] == []
    for text in (
        *("a period", "a comparator of this report", "an indicator or series of this report", "a mark"),
        "a breakdown of this report",
    ):
        assert any(message.startswith(f"a blank cell is not {text}") for message in said)
    assert "this benchmark is for a blank cell, which is not an indicator of this report" in said


def test_notes_beneath_the_smaller_sheets_are_left_alone(tmp_path: Path) -> None:
    toml = INDICATORS + '\n[[breakdowns]]\nid = "placements"\ntitle = "Placements"\n'
    sheets = {
        "Data": DATA,
        "Benchmarks": [["Indicator", "Benchmark", "Value"], ["rate", "SN", 92], [], ["Source: LAIT"]],
        "Marks": [["Indicator", "Period", "Mark"], ["rate", "Jul 23", "[p]"], ["[p] means provisional"]],
        "Breakdowns": [["Breakdown", "Category", "Count"], ["placements", "Foster care", 5], ["As at 31 July"]],
    }

    assert findings_of(tmp_path, sheets, toml) == []


# Breakdowns


def test_breakdowns_have_groups_and_periods(tmp_path: Path) -> None:
    toml = INDICATORS + '\n[[breakdowns]]\nid = "ages"\ntitle = "Ages"\nof = "rate/numerator"\n'
    rows = [
        ["Breakdown", "Category", "Group", "Count", "Period"],
        ["ages", "0-9", "Boys", 300, None],
        ["AGES", "0-9", "Girls", 304.0, "Jul 23"],
        ["ages", "10-17", "Girls", None, None],
        ["ages", "0-9", "Boys", 610, date(2023, 6, 30)],
    ]
    month = month_of(tmp_path, {"Data": DATA, "Breakdowns": rows}, toml)

    assert month.findings == ()
    assert [(c.category, c.group, c.count, c.period and c.period.slug) for c in month.workbook.breakdowns] == [
        ("0-9", "Boys", 300, "2023-07"),
        ("0-9", "Girls", 304, "2023-07"),
        ("10-17", "Girls", None, "2023-07"),
        ("0-9", "Boys", 610, "2023-06"),
    ]


# Narratives


def narratives_of(folder: Path, rows: list[list[object]], files: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    for name, text in files.items():
        path = folder / "narrative" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    month = month_of(folder, {"Data": DATA, "Narrative": [["Section", "Slot", "Text", "Period"], *rows]})
    assert not month.errors
    return {
        key: [passage.text.strip() for passage in narrative.passages]
        for key, narrative in month.workbook.narratives.items()
    }


def test_rows_of_other_periods_are_left_alone(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["care", "good", "June's", "Jun 23"],
        ["care", "good", "July's", "Jul 2023"],
        ["Care", "What went well", "Always", None],
        ["long gone", "bad", "May's", date(2023, 5, 1)],
    ]

    assert narratives_of(tmp_path, rows, {}) == {("care", "good"): ["July's", "Always"]}


def test_files_of_several_authors_are_joined_by_name(tmp_path: Path) -> None:
    files = {
        "2023-07/care--zoe.md": "# Care\n\n## What went well\n\nZoe's\n\n### More\n\nof it\n",
        "2023-07/care--adam.md": "## What went well:\nAdam's\n## What is next\nAdam's next",
        "2023-06/care.md": "## What went well\nJune's",
        "2023-07/~$care.md": "a lock",
        "2023-07/notes.txt": "notes",
    }

    assert narratives_of(tmp_path, [], files) == {
        ("care", "good"): ["Adam's", "Zoe's\n\n### More\n\nof it"],
        ("care", "next"): ["Adam's next"],
    }


def test_the_sheet_may_fill_one_slot_and_a_file_another(tmp_path: Path) -> None:
    assert narratives_of(tmp_path, [["care", "good", "Sheet"]], {"2023-07/CARE.md": "# next\nFile"}) == {
        ("care", "good"): ["Sheet"],
        ("care", "next"): ["File"],
    }


def test_a_heading_in_fenced_code_is_none(tmp_path: Path) -> None:
    assert narratives_of(tmp_path, [], {"2023-07/care.md": "# good\n```\n# next\n```\n"}) == {
        ("care", "good"): ["```\n# next\n```"]
    }


def test_a_quarters_narratives_have_their_own_folder(tmp_path: Path) -> None:
    path = tmp_path / "narrative" / "2023-24-Q1" / "care.md"
    path.parent.mkdir(parents=True)
    path.write_text("# good\nWell.")

    month = data_of(tmp_path, [[*HEAD, "Q1 23/24"], ["crimes", "value", 2]])
    assert list(month.workbook.narratives) == [("care", "good")]


def test_the_trait_of_a_cell_wins_over_its_value() -> None:
    assert read_amount("#REF!", Trait.EXCEL_ERROR)[1] is not None
    assert read_amount("", Trait.NO_RESULT)[0].state is State.ERROR


# Other sheets


def test_another_sheet_prints_as_its_cells_show_and_says_what_is_wrong(tmp_path: Path) -> None:
    rows = [["Action", "Year", "Share"], ["Foster carers", 2023, 0.5], ["Mentors", "=1+1", None]]
    write_report(tmp_path, care='{{ sheet_table(" board actions") }}\n')
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA, "Board actions": rows}))
    found = month.workbook.other_sheets["board actions"]

    assert found.rows[:2] == (("Action", "Year", "Share"), ("Foster carers", "2023", "0.5"))
    assert [(finding.code, finding.place.cell) for finding in found.findings] == [("data.formula-without-result", "B3")]
    assert list(month.workbook.other_sheets) == ["board actions"]


def test_a_finding_quotes_no_more_than_the_beginning_of_a_long_text(tmp_path: Path) -> None:
    entries, (finding,) = entries_of(tmp_path, {"Data": [[*HEAD, "Jul 23"], ["x" * 30_000, "value", 5]]}, "moves")
    assert (entries, finding.code) == ([], "data.unknown-indicator")
    assert "xxx…" in finding.message
    assert len(finding.message) < 1_200


def test_a_column_of_figures_without_a_header_is_reported(tmp_path: Path) -> None:
    sheets = {"Data": [[*HEAD, "Jul 23", None], ["moves", "value", 5, 6]]}
    _, (finding,) = entries_of(tmp_path, sheets, "moves")
    assert (finding.code, str(finding.place)) == ("data.header-not-a-period", "Data!D1")
    assert "there are figures below it" in finding.message
