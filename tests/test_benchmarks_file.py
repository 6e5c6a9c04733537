"""benchmarks.csv beside the workbook is read like the sheet Benchmarks, which wins over it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.model.finding import Finding
from cpreport.pipeline import Month, load_workbook

from .example_month import NAME
from .examples import examples
from .test_benchmarks import month as month_with
from .test_benchmarks import printed, timeline, values
from .workbooks import example_month

HEADERS = ["Indicator", "Benchmark", "Value", "Period", "Status", "Known", "Source"]


def month(
    folder: Path, *rows: list[object], sheet: list[list[object]] | None = None, head: list[str] = HEADERS
) -> Month:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    folder.mkdir(exist_ok=True)
    (folder / "benchmarks.csv").write_text(text.getvalue(), encoding="utf-8")
    return month_with(folder, *(sheet or []))


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{each.code} {each.place.file} {each.place}" for each in findings if each.code.startswith("benchmark")]


def test_a_file_beside_the_workbook_gives_benchmarks(tmp_path: Path) -> None:
    found = month(tmp_path, ["plain", "SN", "45.5", "Mar 2022", "", "10 of 10", "cla.csv: mean of 10 of 10"])

    assert (printed(found), told(found.findings)) == (["46 (Mar 2022)"], [])
    (row,) = [row for row in found.rows() if row.comparator]
    assert row.record()["source"] == "benchmarks.csv line 2;cla.csv: mean of 10 of 10"


def test_the_workbooks_own_wins_and_a_difference_is_a_note(tmp_path: Path) -> None:
    rows = [["plain", "SN", "45", "2020/21"], ["plain", "SN", "50", "Mar 22"], ["plain", "SN", "60", "2022/23"]]
    found = month(tmp_path, *rows, sheet=[[44, "2020/21"], [50, "2021/22"], [None, "2022/23"]])

    assert values(found) == [44, 50, 60]
    assert told(found.findings) == ["benchmark.file-differs benchmarks.csv line 2"]
    (note,) = [each for each in found.findings if each.code == "benchmark.file-differs"]
    assert note.message == "plain SN 2020/21 is 45 here, but 44 in Benchmarks!C2: the workbook's is used"


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (["plan", "SN", 45, "2021/22"], "benchmark.unwanted benchmarks.csv line 2"),
        (["plain", "Wales", 45, "2021/22"], "benchmark.unknown-comparator benchmarks.csv line 2"),
        (["plain", "SN", 45, "2021/22", "draft"], "benchmark.unknown-status benchmarks.csv line 2"),
    ],
)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, row: list[object], finding: str) -> None:
    assert told(month(tmp_path, row).findings) == [finding]


def test_two_rows_for_one_period_are_found_with_their_lines(tmp_path: Path) -> None:
    found = month(tmp_path, ["plain", "SN", 45, "2021/22"], [], ["plain", "SN", 46, "2021-22"])

    assert [f"{each.place}: {each.message}" for each in found.errors] == [
        "line 4: plain SN is given here and in line 2"
    ]


def test_a_number_that_is_none_is_an_error_at_its_line(tmp_path: Path) -> None:
    found = month(tmp_path, ["plain", "SN", "about 45", "2021/22"])

    assert [(each.code, str(each.place)) for each in found.errors] == [("data.not-a-number", "line 2")]
    assert "[data error]" in str(found.with_data_errors().sections)


@pytest.mark.parametrize(("number", "text"), [("0.9", "0.9%"), ("100", "100.0%")])
def test_a_percentage_is_per_cent_and_never_questioned(tmp_path: Path, number: str, text: str) -> None:
    rows = f"Indicator,Benchmark,Value,Period\nfar,SN,{number},2021/22\n"
    assert example_month(tmp_path, {"benchmarks.csv": rows}) == []
    assert f"{text} (2021/22)" in [row.text for row in load_workbook(tmp_path / NAME).rows() if row.comparator]


def test_a_percentage_above_100_is_not_printed_in_a_draft(tmp_path: Path) -> None:
    rows = "Indicator,Benchmark,Value\nfar,SN,177.7\n"
    (finding,) = example_month(tmp_path, {"benchmarks.csv": rows})
    draft = load_workbook(tmp_path / NAME).with_data_errors()

    assert (finding.code, str(finding.place)) == ("data.above-100-percent", "line 2")
    sections = str(draft.sections)
    assert "177.7" not in sections and "Fraction(1777, 10)" not in sections and "[data error]" in sections


def test_later_ones_are_left_out_with_one_note(tmp_path: Path) -> None:
    found = month(
        tmp_path, ["plain", "SN", 45, "2021/22"], ["plain", "SN", 46, "2023/24"], ["plain", "SN", 47, "2024/25"]
    )

    assert values(found) == [45]
    assert told(found.findings) == ["benchmark.file-later benchmarks.csv line 3"]


@pytest.mark.parametrize("column", HEADERS[:3])
def test_a_missing_column_is_found(tmp_path: Path, column: str) -> None:
    head = [name for name in HEADERS if name != column]
    found = month(tmp_path, ["plain", "SN"], head=head)

    assert [(each.code, each.place.file) for each in found.errors] == [("sheet.column-missing", "benchmarks.csv")]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xff\xfe\x00", b"\x00" * 50, b"PK\x03\x04\x00", b'a,"b\nc', b"x" * 200_000]
)
def test_a_file_that_is_none_is_an_error_or_nothing(tmp_path: Path, content: bytes) -> None:
    month(tmp_path, [])
    (tmp_path / "benchmarks.csv").write_bytes(content)
    found = month_with(tmp_path)

    assert printed(found) == []
    assert not content.strip() or [each.place.file for each in found.errors][:1] == ["benchmarks.csv"]


@examples(25)
@given(st.decimals(0, 10**6, places=6))
def test_a_number_is_read_to_its_last_digit(tmp_path_factory: pytest.TempPathFactory, number: object) -> None:
    found = month(tmp_path_factory.mktemp("digits"), ["plain", "SN", f"{number:f}", "2021/22"])

    assert timeline(found).benchmarks["SN"].amount.number == number
