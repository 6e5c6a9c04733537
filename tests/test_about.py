"""What About says must fit the figures, and what is nearly the name of something known is not passed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cpreport.model.rules.example import NAME, Added, Replaced
from cpreport.pipeline import load_workbook

from .workbooks import example_month, told

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
    assert found[0].message.endswith("14 September 2023 is before the day that the data are as at, 15 September 2023")


@pytest.mark.parametrize(
    ("sheet", "near"),
    [("Benchmarks", "Benchmark"), ("Breakdowns", "breakdown "), ("Marks", "Mark"), ("Narrative", "Narratives")],
)
def test_a_sheet_is_not_passed_over_for_a_letter(tmp_path: Path, sheet: str, near: str) -> None:
    found = example_month(tmp_path / "instead", {f"{sheet}!": None, f"{near}!A1": "x"})
    beside = example_month(tmp_path / "beside", {f"{near}!A1": "x"})

    near_names = [finding for finding in found if finding.code == "sheet.near-name"]
    assert [finding.message for finding in near_names] == [f"the sheet {near!r} is not read; did you mean {sheet!r}?"]
    assert near_names[0].place.sheet == near
    assert beside == []


@pytest.mark.parametrize("name", ["Board actions", "Key", "Lists", "Remarks", "Database"])
def test_a_sheet_with_a_name_of_its_own_is_left_alone(tmp_path: Path, name: str) -> None:
    found = example_month(tmp_path, {"Marks!": None, f"{name}!A1": "x"})
    assert "sheet.near-name" not in [finding.code for finding in found]


def test_a_sheet_that_a_template_prints_is_left_alone(tmp_path: Path) -> None:
    prints = {"care.md": Added('{{ sheet_table("Mark") }}\n'), "Marks!": None, "Mark!A1": "x"}
    assert "sheet.near-name" not in [finding.code for finding in example_month(tmp_path, prints)]


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
    assert newer[0].message == "Data has figures of Aug 23, but the reporting period is Jul 23"


def test_figures_may_be_newer_than_a_period_asked_for_or_of_another_kind(tmp_path: Path) -> None:
    quarter = example_month(tmp_path, {"Data!H1": "Q2 23/24", "Data!H9": 6, "Data!H10": 343})
    asked = load_workbook(tmp_path / NAME, period=load_workbook(tmp_path / NAME).workbook.period.shift(-1))

    assert "data.newer-figures" not in [finding.code for finding in (*quarter, *asked.findings)]


def test_a_report_beside_the_workbook_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    here = example_month(tmp_path / "july", {AS_AT: "Report", "About!B4": "../july"})
    example_month(tmp_path / "other", {"report.toml": Replaced('"Report"', '"Another"')})
    found = example_month(tmp_path / "july", {AS_AT: "Report", "About!B4": "../other"})
    given = load_workbook(tmp_path / "july" / NAME, report=tmp_path / "other")

    assert here == []
    assert [(f.code, f.severity.value, str(f.place)) for f in found] == [("file.report-not-used", "note", "About!B4")]
    assert given.findings == ()
