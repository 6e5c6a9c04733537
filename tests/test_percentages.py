"""Percentages that may be per cents or fractions: 0.95 is 0.95%, or 95%. Nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.model.errors import InputError
from cpreport.pipeline import load_workbook

from .example_month import Shown
from .examples import examples
from .workbooks import (
    computed,
    findings_of,
    month_of,
    texts,
    told,
    unread,
    warnings_of,
    write_report,
    write_workbook,
)

CODE = "data.per-cent-or-fraction"
HEAD = ["Indicator", "Figure"]
MONTHS = ["Jan 23", "Feb 23", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"]
SHARE = '[[indicators]]\nid = "share"\ntitle = "Share"\nmeasure = "percentage"\n'
TYPED = f'{SHARE}typed = "{{}}"\n'


def doubts(indicators: str, **rows: list[float | str]) -> list[str]:
    """The cells that can be read in two ways; the rows are those of the share, the first in row 2 from C on."""
    given = {f"share {part}": dict(zip(MONTHS, numbers, strict=False)) for part, numbers in rows.items()}
    return [place.removeprefix("Data!") for code, place in warnings_of(*unread(indicators, given)) if code == CODE]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ([0.95, 0.96], ["C2"]),
        ([0.95], ["C2"]),
        ([0.0, 0.95, 0.0], ["D2"]),
        ([1], ["C2"]),
        ([0.0, 0.0], []),
        ([95, 0.96, 94], ["D2"]),
        ([0.95, 0.96, 94, 95], ["C2", "D2"]),
        ([97, 98, 1], ["E2"]),
        ([1, 2, 3, 1, 2], []),
        ([0.4, 1.2, 0.0, 2.1, 0.48], []),
        ([0.05, 12], ["C2"]),
        (["0.9%", "0.8%"], []),
        (["0.95", "0.96"], ["C2"]),
        (["0.95 [p]"], ["C2"]),
        (["[c]", "N/A"], []),
        ([1.01, 1.5], []),
    ],
)
def test_a_percentage_that_its_row_does_not_settle_is_an_error(row: list[float | str], cells: list[str]) -> None:
    assert doubts(SHARE, value=row) == cells


def test_above_100_a_number_above_1_settles_nothing() -> None:
    assert doubts(f"{SHARE}may_exceed_100 = true\n", value=[0.95, 1.2, 2.1]) == ["C2"]


def test_counts_settle_a_value_and_with_it_its_row() -> None:
    assert doubts(SHARE, value=[0.48, 0.5], numerator=[2], denominator=[419]) == []
    assert doubts(SHARE, value=[0.48, 0.95], numerator=[], denominator=[]) == ["C2"]
    assert doubts(SHARE, value=[0.95, 0.96], numerator=[95], denominator=[100]) == ["D2"]
    assert doubts(SHARE, value=[0.95, 0.96], numerator=[95]) == ["C2"]
    assert doubts(SHARE, numerator=[1, 2], denominator=[1, 2]) == []


@pytest.mark.parametrize("typed", ["per cent", "fraction"])
def test_the_definition_settles_everything(typed: str) -> None:
    assert doubts(TYPED.format(typed), value=[0.95, 0.96, 1]) == []


@pytest.mark.parametrize(
    ("typed", "cell", "benchmark", "printed"),
    [
        ("fraction", 0.95, 0.94, ("95.0%", "94.0%")),
        ("fraction", Shown(0.95, "0%"), "94%", ("95.0%", "94.0%")),
        ("per cent", 0.95, 0.94, ("1.0%", "0.9%")),
        ("per cent", "0.95%", Shown(0.94, "0%"), ("1.0%", "94.0%")),
    ],
)
def test_what_the_definition_says_is_printed(
    tmp_path: Path, typed: str, cell: object, benchmark: object, printed: tuple[str, str]
) -> None:
    sheets = {
        "Data": [[*HEAD, "Jul 23"], ["share", "value", cell]],
        "Benchmarks": [["Indicator", "Benchmark", "Value"], ["share", "SN", benchmark]],
    }
    month = month_of(tmp_path, sheets, TYPED.format(typed))

    assert CODE not in dict(told(month.findings))
    assert (texts(month, "share")["Jul 23"], texts(month, "share")["SN"]) == printed


@pytest.mark.parametrize(
    ("cells", "benchmark", "places"),
    [
        ([0.95, 0.96], 0.94, ["Benchmarks!C2", "Data!C2"]),
        ([95, 96], 0.94, ["Benchmarks!C2"]),
        ([0.95, 0.96], 94, ["Data!C2"]),
        ([95, 96], "0.94%", []),
        ([95, 96], 1, ["Benchmarks!C2"]),
        ([95, 96], 0, []),
        ([Shown(0.95, "0%"), Shown(0.96, "0%"), 0.94], 94, ["Data!E2"]),
    ],
)
def test_a_benchmark_is_no_clearer_than_a_figure_and_settles_none(
    tmp_path: Path, cells: list[object], benchmark: object, places: list[str]
) -> None:
    sheets = {
        "Data": [[*HEAD, *MONTHS[-len(cells) :]], ["share", "value", *cells]],
        "Benchmarks": [["Indicator", "Benchmark", "Value"], ["share", "SN", benchmark]],
    }
    found = findings_of(tmp_path, sheets, SHARE)

    assert [place for code, place in found if code == CODE] == places
    assert "data.mixed-percent" not in dict(found)


def test_the_long_layout_is_no_clearer(tmp_path: Path) -> None:
    rows = [["Indicator", "Period", "Value"], ["share", "Jun 23", 0.95], ["share", "Jul 23", 95]]

    assert (CODE, "Data!C2") in findings_of(tmp_path, {"Data": rows}, SHARE)


def test_both_readings_are_reported(tmp_path: Path) -> None:
    month = month_of(tmp_path, {"Data": [[*HEAD, "Jun 23", "Jul 23"], ["share", "value", 0.95, 0.96]]}, SHARE)
    (finding,) = month.data_errors

    assert "0.95% or 95%" in finding.message


@examples(50)
@given(st.lists(st.integers(1, 100).map(lambda number: number / 100), min_size=1, max_size=7))
def test_a_row_of_nothing_above_one_is_never_printed(numbers: list[float]) -> None:
    assert doubts(SHARE, value=[*numbers]) == ["C2"]


@pytest.mark.parametrize(
    ("target", "printed"), [("95", 95), ('"95%"', 95), ('"0.95 %"', 0.95), ("0", 0), ("1.5", 1.5), ('"1%"', 1)]
)
def test_a_target_is_understood_with_or_without_its_sign(target: str, printed: float) -> None:
    timeline = computed(f"{SHARE}target = {target}\n", {"share value": {"Jul 23": 90}}).timelines["share"]

    assert float(timeline.indicator.targets[0].value) == pytest.approx(printed)


@pytest.mark.parametrize(
    ("measure", "target", "words"),
    [
        ("percentage", "target = 0.95", ["0.95% or 95%", '"0.95%" or 95']),
        ("percentage", "target = 1", ["1% or 100%"]),
        ("percentage", "targets = [{ from = 2023-04-01, value = 0.9 }]", ["0.9% or 90%"]),
        ("percentage", "target = -5", ["below 0"]),
        ("percentage", 'target = "95"', ['it must be a number, or a percentage such as "95%"']),
        ("percentage", "target = 10%", ['write target = "10%"', "line 5"]),
        ("percentage", "targets = [{ from = 2023-04-01, value = 10% }]", ['write value = "10%"']),
        ("average", 'target = "0.5%"', ['measure = "percentage" only']),
        ("average", 'typed = "fraction"', ['typed is for measure = "percentage" only']),
    ],
)
def test_a_target_that_says_two_things_or_nothing_is_refused(
    tmp_path: Path, measure: str, target: str, words: list[str]
) -> None:
    toml = SHARE.replace("percentage", measure) + target + "\n"
    path = write_workbook(tmp_path / "july-2023.xlsx", {"Data": [[*HEAD, "Jul 23"], ["share", "value", 95]]})
    (write_report(tmp_path, SHARE) / "indicators.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_workbook(path)
    (finding,) = refused.value.findings

    assert all(word in finding.message for word in words), finding.message


def test_an_average_of_less_than_one_is_no_percentage(tmp_path: Path) -> None:
    toml = SHARE.replace("percentage", "average") + "target = 0.5\n"
    found = findings_of(tmp_path, {"Data": [[*HEAD, "Jul 23"], ["share", "value", 0.63]]}, toml)

    assert CODE not in dict(found)
