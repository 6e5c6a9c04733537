"""Benchmarks of several periods: the newest is printed and judged against, all are kept, later ones are never used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.model.figure import Stance
from cpreport.model.period_text import parse_period
from cpreport.model.timeline import Timeline
from cpreport.pipeline import Month, load_workbook

from .examples import examples
from .test_figures import toml
from .test_table_options import month_of
from .workbooks import REPORT, told, write_report, write_workbook

HEAD = ["Indicator", "Benchmark", "Value", "Period"]


def month(folder: Path, *rows: list[object], stated: str = "", period: str = "Jul 2023") -> Month:
    about = [["Key", "Value"], ["Reporting period", period], *([["Benchmark period", stated]] if stated else [])]
    care = "{{ indicator_table(section.indicators) }}"
    sheets = {"Benchmarks": [HEAD, *(["plain", "SN", *row] for row in rows)], "About": about}
    return month_of(folder, care, ["plain"], **sheets)


def printed(found: Month) -> list[str]:
    """The report's benchmarks, as its listing has them."""
    return [row.text for row in found.rows() if row.comparator]


def timeline(found: Month) -> Timeline:
    return found.figures.timelines["plain"]


def values(found: Month) -> list[int]:
    return [int(each.value or 0) for each in timeline(found).benchmark_history.get("SN", ())]


def test_the_newest_is_printed_and_compared_and_all_are_kept_in_order(tmp_path: Path) -> None:
    found = month(tmp_path, [31, "2019/20"], [45, "Mar 22"], [40, "2020/21"])

    assert told(found.errors) == []
    assert printed(found) == ["45 (Mar 22)"]
    assert timeline(found).stances == {"SN": Stance.LOWER}
    assert values(found) == [31, 40, 45]
    ends = [each.ends for each in timeline(found).benchmark_history["SN"]]
    assert ends == [date(2020, 3, 31), date(2021, 3, 31), date(2022, 3, 31)]


@examples(25)
@given(st.permutations(["17-20", "2020/21", "Mar 22", "Q1 22/23", "2022", "2022/23"]))
def test_the_order_of_the_rows_does_not_matter(tmp_path_factory: pytest.TempPathFactory, periods: list[str]) -> None:
    in_order = ["17-20", "2020/21", "Mar 22", "Q1 22/23", "2022", "2022/23"]
    rows = [[in_order.index(period) + 1, period] for period in periods]

    assert values(month(tmp_path_factory.mktemp("rows"), *rows)) == [1, 2, 3, 4, 5, 6]


def test_one_without_a_period_is_of_the_stated_one(tmp_path: Path) -> None:
    found = month(tmp_path, [40, "2022/23"], [45, None], [31, "2020/21"], stated="March 2022")

    assert (printed(found), values(found)) == (["40 (2022/23)"], [31, 45, 40])


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("2020/21", "2020-21", "benchmark.twice"),
        ("Mar 22", "March 2022", "benchmark.twice"),
        ("latest", "Latest ", "benchmark.twice"),
        (None, None, "benchmark.twice"),
        ("2020/21", "Mar 21", "benchmark.no-order"),
        ("2020/21", "18-21", "benchmark.no-order"),
        ("2020/21", "latest", "benchmark.no-order"),
        ("2020/21", None, "benchmark.no-order"),
    ],
)
def test_two_of_one_period_and_two_without_an_order_are_errors(
    tmp_path: Path, one: object, other: object, code: str
) -> None:
    found = month(tmp_path, [31, one], [32, other])

    assert told(found.errors) == [(code, "Benchmarks!A3")]
    assert "C2" in found.errors[0].message


def test_one_of_a_period_after_the_reporting_period_is_not_used_and_found(tmp_path: Path) -> None:
    found = month(tmp_path, [31, "2021/22"], [60, "2023/24"])

    assert (printed(found), values(found)) == (["31 (2021/22)"], [31])
    assert [each for each in told(found.findings) if "benchmark" in each[0]] == [("benchmark.later", "Benchmarks!C3")]


def test_a_report_of_an_earlier_month_uses_what_was_there_then_and_finds_nothing(tmp_path: Path) -> None:
    text = REPORT.format(listed=["x"])
    write_report(tmp_path, toml("x number"), report=text, care="{{ indicator_table(section.indicators) }}")
    sheets = {
        "About": [["Key", "Value"], ["Reporting period", "Jul 2023"]],
        "Data": [["Indicator", "Figure", "Feb 23", "Mar 23", "Jul 23"], ["x", "value", 3, 4, 5]],
        "Benchmarks": [HEAD, ["x", "SN", 31, "2021/22"], ["x", "SN", 60, "2022/23"]],
    }
    path = write_workbook(tmp_path / "july-2023.xlsx", sheets)
    now, then = load_workbook(path), load_workbook(path, period=parse_period("Feb 23"))

    assert (printed(now), printed(then)) == (["60 (2022/23)"], ["31 (2021/22)"])
    assert "benchmark.later" not in dict(told(then.findings))


def test_a_blank_is_not_the_newest(tmp_path: Path) -> None:
    found = month(tmp_path, [31, "2020/21"], [None, "2021/22"])

    assert (printed(found), values(found)) == (["31 (2020/21)"], [31])


def test_an_old_one_of_a_history_is_not_out_of_date(tmp_path: Path) -> None:
    def codes(number: int, *rows: list[object]) -> list[str]:
        return [each.code for each in month(tmp_path / str(number), *rows).findings if "benchmark" in each.code]

    assert codes(1, [31, "2015/16"], [32, "2021/22"]) == []
    assert codes(2, [31, "2015/16"]) == ["plausibility.benchmark-old"]
