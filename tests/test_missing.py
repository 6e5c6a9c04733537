"""A figure that should be there and is not is found once, by the name of its row; a whole column is something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from .example_month import Rows, Shown
from .test_figures import POPULATION, toml
from .workbooks import data_of, told

HEAD = ["Indicator", "Figure", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"]
FAR = toml("care rate denominator = 'population'", "far percentage denominator = 'care/numerator'", series=POPULATION)


def missing(folder: Path, rows: Rows, indicators: str) -> list[str]:
    """The messages about missing figures with their cells; there is nothing else."""
    findings = data_of(folder, rows, indicators).findings
    assert {finding.code for finding in findings} <= {"data.missing-figure"}
    return [f"{finding.place} {finding.message}" for finding in findings]


def test_a_blank_between_two_neighbours_is_missing(tmp_path: Path) -> None:
    moves = toml("moves number")

    assert missing(tmp_path / "1", [HEAD, ["moves", "value", 1, None, 3, 4, 5]], moves) == [
        "Data!D2 moves Apr 23: the value is missing"
    ]
    assert missing(tmp_path / "2", [HEAD, ["moves", "value", 1, None, None, 4, 5]], moves) == []
    assert missing(tmp_path / "3", [HEAD, ["moves", "value", None, 2, 3, 4, 5]], moves) == []
    assert missing(tmp_path / "4", [HEAD, ["moves", "value", 1, "[x]", 3, 4, 5]], moves) == []


def test_a_row_left_out_between_two_others_is_missing_in_the_long_layout(tmp_path: Path) -> None:
    rows: Rows = [
        ["Indicator", "Period", "Value"],
        *(["moves", period, 3] for period in ("Mar 21", "May 21", "Jul 23")),
        *(["other", period, 3] for period in ("Apr 21", "Jul 23")),
    ]

    assert missing(tmp_path / "1", rows, toml("moves number", "other number")) == [
        "care moves Apr 21: the value is missing"
    ]
    assert missing(tmp_path / "2", rows[:4], toml("moves number")) == []


def test_a_blank_that_others_refer_to_is_named_by_its_own_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEAD,
        ["care", "numerator", None, 610, 604, 600, 610],
        ["population", "value", 98050, 98050, 98050, 98050, None],
        ["far", "numerator", 80, 81, 80, 79, 83],
    ]

    assert missing(tmp_path, rows, FAR) == [
        "Data!C2 care Mar 23: the numerator is missing",
        "Data!G3 population Jul 23: the value is missing",
    ]


def test_a_blank_behind_two_references_is_named_by_its_own_row(tmp_path: Path) -> None:
    indicators = toml("x number numerator = 'far/value'") + FAR
    rows: Rows = [
        HEAD,
        ["care", "numerator", 600, 610, 604, None, 610],
        ["population", "value", 98050, 98050, 98050, 98050, 98050],
        ["far", "numerator", 80, 81, 80, 79, 83],
    ]

    assert missing(tmp_path, rows, indicators) == ["Data!F2 care Jun 23: the numerator is missing"]


@pytest.mark.parametrize("heading", ["Jly 23", "May"])
def test_a_header_that_cannot_be_read_brings_no_missing_figures(tmp_path: Path, heading: str) -> None:
    at = {"Jly 23": 6, "May": 4}[heading]
    head = [heading if column == at else text for column, text in enumerate(HEAD)]
    rows: Rows = [head, *([f"i{number}", "value", 1, 2, 3, 4, 5] for number in range(9))]
    found = data_of(tmp_path, rows, toml(*(f"i{number} number lag = {number // 3}" for number in range(9)))).findings

    assert "data.missing-figure" not in dict(told(found))
    assert "data.header-not-a-period" in dict(told(found))


def test_the_newest_figure_that_is_due_is_missing(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["moves", "value", 1, 2, 3, 4, 5], ["late", "value", 1, 2, 3, None, None]]

    assert missing(tmp_path / "1", rows, toml("moves number", "late number lag = 1")) == [
        "Data!F3 late Jun 23: the value is missing"
    ]
    assert missing(tmp_path / "2", rows, toml("moves number", "late number lag = 2")) == []


def test_a_percentage_above_100_is_told_in_per_cent(tmp_path: Path) -> None:
    cells: list[object] = [Shown(number, "0.0%") for number in (0.9, 0.91, 6.43, 0.9, 0.92)]
    [finding] = data_of(tmp_path, [HEAD, ["x", "value", *cells]], toml("x percentage")).findings

    assert finding.message == "x May 23: 643% is above 100%"
