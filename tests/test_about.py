"""What About says must fit the figures, and what is nearly the name of something known is not passed over."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from cpreport import build_report
from cpreport.model.finding import Finding
from cpreport.model.period import month
from cpreport.pipeline import load_workbook

from .example_month import HIDDEN_SHEET, NAME, Added, Replaced
from .workbooks import example_month, told, write_example

AS_AT = "About!A4"


@pytest.mark.parametrize(
    ("day", "distance"),
    [
        (date(2023, 7, 30), "1 day before"),
        (date(2023, 4, 30), "92 days before"),
        (date(2023, 7, 31), ""),
        (date(2023, 11, 8), ""),
        (date(2023, 11, 9), "101 days after"),
    ],
)
def test_data_are_as_at_the_end_of_the_period_or_soon_after(tmp_path: Path, day: date, distance: str) -> None:
    found = example_month(tmp_path, {AS_AT: "Data as at", "About!B4": day, "About!B3": date(2024, 1, 9)})

    messages = [finding.message for finding in found if finding.code.startswith("about.")]

    assert len(messages) == bool(distance)
    assert all(f"{distance} the last day of the reporting period Jul 23" in message for message in messages)


def test_a_board_meets_after_its_data_end(tmp_path: Path) -> None:
    found = example_month(tmp_path, {AS_AT: "Data as at", "About!B4": date(2023, 9, 15)})

    assert told(found) == [("about.board-date", "About!B3")]
    assert found[0].message.endswith("14 September 2023 is before Data as at, 15 September 2023")


@pytest.mark.parametrize(
    ("sheet", "near"),
    [("Benchmarks", "Benchmark"), ("Breakdowns", "breakdown "), ("Marks", "Mark"), ("Narrative", "Narratives")],
)
def test_a_sheet_is_not_passed_over_for_a_letter(tmp_path: Path, sheet: str, near: str) -> None:
    instead = near_names(example_month(tmp_path / "instead", {f"{sheet}!": None, f"{near}!A1": "x"}))
    beside = near_names(example_month(tmp_path / "beside", {f"{near}!A1": "x"}))

    assert instead == beside == [(near, f"the sheet {near!r} is not read; did you mean {sheet!r}?")]


def near_names(findings: list[Finding]) -> list[tuple[str, str]]:
    near = (finding for finding in findings if finding.code == "sheet.near-name")
    return [(finding.place.sheet, finding.message) for finding in near]


LIKE_DATA = {"Data-health": "Data health", "Data(2)": "Data 2", "data2": "Data 2", "Data_history": "Data history"}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        *(
            (name, "Marks")
            for name in ("Marks - Table 1", "Marks (2)", "Marks 2023", "Marks2", "Marks_old", "1. Marks")
        ),
        *(
            (name, "Marks")
            for name in ("Copy of Marks", "Marks July 2023", "marks.", "Mraks", "Marcs", "Marks (Jul 23)")
        ),
        *(("Abuot", "About"), ("Abaut", "About"), ("Breakdowns - Table 1", "Breakdowns"), ("Narative", "Narrative")),
        *LIKE_DATA.items(),
    ],
)
def test_a_sheet_is_not_passed_over_for_what_is_added(tmp_path: Path, name: str, known: str) -> None:
    found = near_names(example_month(tmp_path, {f"{name}!A1": "Indicator"}))
    assert found == [(name, f"the sheet {name!r} is not read; did you mean {known!r}?")]


@pytest.mark.parametrize("name", ["Marks of the board", "July's health marks"])
def test_more_words_matter_where_the_sheet_is_not_there(tmp_path: Path, name: str) -> None:
    absent = near_names(example_month(tmp_path / "absent", {"Marks!": None, f"{name}!A1": "x"}))

    assert [sheet for sheet, _ in absent] == [name]
    assert near_names(example_month(tmp_path / "there", {f"{name}!A1": "x"})) == []


def test_a_hidden_sheet_matters_where_the_other_is_not_there(tmp_path: Path) -> None:
    hidden = {"Marks (2)!A1": "x", "Marks (2)!": HIDDEN_SHEET}

    assert [sheet for sheet, _ in near_names(example_month(tmp_path / "absent", {"Marks!": None, **hidden}))] == [
        "Marks (2)"
    ]
    assert near_names(example_month(tmp_path / "there", hidden)) == []


@pytest.mark.parametrize(
    "name",
    [
        *("Board actions", "Key", "Lists", "Remarks", "Database", "Dashboard", "Dates", "Metadata", "Raw data"),
        *("Sheet1", "2023", "July 2023", "Parking", "Findings", "Notes about it all"),
    ],
)
def test_a_sheet_with_a_name_of_its_own_is_left_alone(tmp_path: Path, name: str) -> None:
    assert near_names(example_month(tmp_path, {"Marks!": None, f"{name}!A1": "x"})) == []


@pytest.mark.parametrize("name", ["Mark", "Marks - Table 1"])
def test_a_sheet_that_a_template_prints_is_left_alone(tmp_path: Path, name: str) -> None:
    prints = {"care.md": Added(f'{{{{ sheet_table("{name}") }}}}\n'), "Marks!": None, f"{name}!A1": "x"}
    assert near_names(example_month(tmp_path, prints)) == []


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("Authorty", "Authority"),
        ("Bechmark source", "Benchmark source"),
        ("contacts", "Contact"),
        ("Data at", "Data as at"),
        ("Chair", ""),
        ("Reported by", ""),
    ],
)
def test_a_key_is_not_passed_over_for_a_letter(tmp_path: Path, key: str, known: str) -> None:
    found = example_month(tmp_path, {AS_AT: key, "About!B4": "x"})

    wanted = [("about.near-key", f"the key {key!r} is not used; did you mean {known!r}?")] if known else []

    assert [(finding.code, finding.message) for finding in found] == wanted


def test_a_key_that_a_template_prints_is_left_alone(tmp_path: Path) -> None:
    prints = {"care.md": Added('{{ about["Contacts"] }}\n'), AS_AT: "Contacts", "About!B4": "x"}
    assert example_month(tmp_path, prints) == []


def test_figures_newer_than_the_stated_period_are_told_once(tmp_path: Path) -> None:
    found = example_month(tmp_path, {"Data!H1": "Aug 23", "Data!H2": 600, "Data!H6": 1282})

    newer = [finding for finding in found if finding.code == "data.newer-figures"]
    assert told(newer) == [("data.newer-figures", "Data!H2")]
    assert newer[0].message == "Data has figures for Aug 23, but the reporting period is Jul 23"


def test_figures_may_be_newer_than_a_period_asked_for_or_of_another_kind(tmp_path: Path) -> None:
    quarter = example_month(tmp_path, {"Data!H1": "Q2 23/24", "Data!H9": 6, "Data!H10": 343})
    asked = load_workbook(tmp_path / NAME, period=load_workbook(tmp_path / NAME).workbook.period.shift(-1))

    assert "data.newer-figures" not in [finding.code for finding in (*quarter, *asked.findings)]


def test_a_report_beside_the_workbook_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    here = example_month(tmp_path / "july", {AS_AT: "Report", "About!B4": "../july"})
    write_example(tmp_path / "other", {"report.toml": Replaced('"Report"', '"Another"')})
    found = example_month(tmp_path / "july", {AS_AT: "Report", "About!B4": "../other"})
    given = load_workbook(tmp_path / "july" / NAME, report=tmp_path / "other")

    assert here == []
    assert [(f.code, f.severity.value, str(f.place)) for f in found] == [("file.report-not-used", "note", "About!B4")]
    assert given.findings == ()


def test_the_last_report_is_an_earlier_period(tmp_path: Path) -> None:
    found = example_month(tmp_path, {AS_AT: "Last report", "About!B4": date(2023, 6, 1)})

    assert found == []
    assert load_workbook(tmp_path / NAME).workbook.about.last_report == month(2023, 6)


@pytest.mark.parametrize(
    ("last", "wanted"),
    [("soon", "a period"), ("Jul 2023", "a month before Jul 23"), ("Q4 22/23", "a month before Jul 23")],
)
def test_a_last_report_of_another_kind_or_no_earlier_is_an_error(tmp_path: Path, last: str, wanted: str) -> None:
    found = example_month(tmp_path, {AS_AT: "Last report", "About!B4": last})

    assert told(found) == [("about.invalid", "About!B4")]
    assert found[0].message == f"Last report: {last!r} cannot be read as {wanted}"
    assert "Jun 2" in found[0].hint


def test_a_report_for_another_period_has_no_last_report(tmp_path: Path) -> None:
    write_example(tmp_path, {AS_AT: "Last report", "About!B4": "Jun 23"})
    month_before = load_workbook(tmp_path / NAME, period=month(2023, 6))

    assert month_before.workbook.about.last_report is None
    assert [finding.code for finding in month_before.findings if finding.is_error] == []


def test_the_cover_prints_recommendations_and_other_formats_where_they_are_given(tmp_path: Path) -> None:
    more = {AS_AT: "Recommendations", "About!B4": "1. Note it.\n2. Ask why.", "About!A5": "Other formats"}
    (plain, given) = (tmp_path / name for name in ("plain", "given"))
    write_example(plain, {})
    write_example(given, {**more, "About!B5": "Call 01632 960 000."})

    words = {folder: words_of(build_report(load_workbook(folder / NAME))) for folder in (plain, given)}

    assert "Recommendations\t1. Note it.\n2. Ask why." in words[given]
    assert "Other formats\tCall 01632 960 000." in words[given]
    assert not any(text.startswith(("Recommendations", "Other formats")) for text in words[plain])


def words_of(report: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(report)).paragraphs]
