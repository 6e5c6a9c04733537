"""Cumulative indicators in the table of their frequency: each period prints the year to date, with a star."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.wording import cumulative_text, period_lines
from cpreport.model.document import EMPTY, Note, RowKind, Table, plain
from cpreport.model.errors import InputError
from cpreport.model.period import month
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import REPORT, computed, data_of, write_report, write_workbook

PERIODS = ["Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"]
YEAR = 'cumulative = "financial-year"'
IN_TABLE = f'{YEAR},cumulative_in = "table"'
INDICATORS = toml(
    f'custody number {IN_TABLE},polarity = "low",target = 18,reference = "KI 220"',
    f'timely percentage {IN_TABLE},shows = "fraction"',
    "plain number",
    f"apart number {YEAR}",
    'school number cumulative = "academic-year",cumulative_in = "table"',
)
ROWS: list[list[object]] = [
    ["custody", "value", 9, 3, 0, 4, 1],
    ["timely", "numerator", 5, 6, 7, 8, 9],
    ["timely", "denominator", 10, 10, 10, 10, 10],
    ["plain", "value", 1, 2, 3, 4, 5],
    ["apart", "value", 1, 2, 3, 4, 5],
    ["school", "value", 1, 2, 3, 4, 5],
]


def month_of(
    folder: Path, names: Sequence[str], more: str = "", rows: Sequence[Sequence[object]] = ROWS, **sheets: object
) -> Month:
    text = "{{ indicator_table(section.indicators) }}"
    report = write_report(folder, INDICATORS, report=more + REPORT.format(listed=list(names)), care=text)
    data = {"Data": [["Indicator", "Figure", *PERIODS], *rows], **sheets}
    return load_workbook(write_workbook(report / "july-2023.xlsx", data))  # type: ignore[arg-type]


def tables_of(month: Month) -> list[Table]:
    return [block for block in month.report.sections[0].blocks if isinstance(block, Table)]


def notes_of(month: Month) -> list[str]:
    return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]


def cells_of(month: Month, name: str) -> list[str]:
    rows = [row for table in tables_of(month) for row in table.rows if row.kind is not RowKind.DIRECTION]
    (row,) = [row for row in rows if plain(row.cells[0].lines[0]).lower().endswith(name)]
    return [" ".join(map(plain, cell.lines)) for cell in row.cells[2:]]


def test_each_period_prints_the_year_to_date_with_a_star(tmp_path: Path) -> None:
    found = month_of(tmp_path, ["custody", "timely", "plain"])

    assert len(tables_of(found)) == 1
    assert cells_of(found, "custody")[:4] == ["no data", "3*", "7*", "8*"]
    assert cells_of(found, "timely")[1:4] == ["65.0%* (13/20)", "70.0%* (21/30)", "75.0%* (30/40)"]
    assert cells_of(found, "plain")[1:4] == ["3 ↑ up", "4 ↑ up", "5 ↑ up"]
    assert notes_of(found)[0] == "* cumulative, financial year to Jul 23; earlier columns: to their own month"


def test_the_newest_column_is_the_year_to_date_of_the_tag(tmp_path: Path) -> None:
    found = month_of(tmp_path, ["custody", "timely"])

    for name in ("custody", "timely"):
        timeline = found.figures.timelines[name]
        assert timeline.cumulative
        value, *brackets = cumulative_text(timeline.indicator, timeline.cumulative).split(" ")
        assert cells_of(found, name)[3] == " ".join((f"{value}*", *brackets))


def test_status_is_of_the_year_to_date_and_nothing_else_is_of_one_period(tmp_path: Path) -> None:
    more = 'direction = "row"\n'
    found = month_of(tmp_path, ["custody", "plain"], more)
    (table,) = tables_of(found)

    assert cells_of(found, "custody")[-2:] == ["18 by Mar 24", "not due 8 of 18 so far; year ends Mar 24"]
    assert [row.kind for row in table.rows] == [RowKind.FIGURES, RowKind.FIGURES, RowKind.DIRECTION]
    report = tmp_path / "report.toml"
    report.write_text(report.read_text(encoding="utf-8") + "\n[tables]\nmean = 2\njudgement = true\n", encoding="utf-8")
    more_columns = load_workbook(tmp_path / "july-2023.xlsx")
    assert [plain(cell.lines[0]) for cell in tables_of(more_columns)[0].headings[-4:]] == [
        *("2-month mean", "Target", "Status", "Judgement")
    ]
    assert cells_of(more_columns, "custody")[-4::3] == [EMPTY, EMPTY]
    assert cells_of(more_columns, "plain")[-4] == "5"


def test_without_the_key_it_stands_in_a_table_of_its_own(tmp_path: Path) -> None:
    found = month_of(tmp_path, ["plain", "apart"])

    assert len(tables_of(found)) == 2
    assert cells_of(found, "apart")[1:] == ["3 ↑ up", "4 ↑ up", "5 ↑ up", "14"]
    assert not any("*" in text for text in cells_of(found, "apart"))
    assert not any(note.startswith("*") for note in notes_of(found))


def test_there_is_one_note_for_each_kind_of_year_and_it_names_its_indicators(tmp_path: Path) -> None:
    stars = [note for note in notes_of(month_of(tmp_path, ["custody", "timely", "school"])) if note.startswith("*")]

    assert stars == [
        "* cumulative, financial year to Jul 23; earlier columns: to their own month (KI 220; Timely)",
        "* cumulative, academic year to Jul 23; earlier columns: to their own month (School)",
    ]


def test_the_listing_prints_what_the_table_prints(tmp_path: Path) -> None:
    rows = [row for row in month_of(tmp_path, ["custody"]).rows() if row.indicator == "custody"]

    assert [row.text for row in rows[1:]] == ["3*", "7*", "8*"]
    assert [row.value for row in rows[1:]] == [0, 4, 1]
    assert {row.direction for row in rows} == {""}


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        ([9, 3, 0, "[c]", 1], ["3*", "confidential", "confidential"]),
        ([9, 3, 0, 4, None], ["3*", "7*", "7* (to Jun 23)"]),
        ([9, 3, None, 4, 1], ["3* (to Apr 23)", "no data", "no data"]),
        ([9, 3, "0 [p]", 4, 1], ["3* (provisional)", "7* (provisional)", "8* (provisional)"]),
    ],
)
def test_a_year_to_date_says_what_its_figures_say(tmp_path: Path, amounts: list[object], printed: list[str]) -> None:
    rows = [["custody", "value", *amounts], *ROWS[1:]]

    assert cells_of(month_of(tmp_path, ["custody"], rows=rows), "custody")[1:4] == printed


def test_a_draft_prints_an_error_for_every_year_to_date_with_a_wrong_figure(tmp_path: Path) -> None:
    rows = [ROWS[0], ["timely", "numerator", 5, 6, 77, 8, 9], *ROWS[2:]]
    found = month_of(tmp_path, ["timely"], rows=rows)
    (table,) = [each for each in found.with_data_errors().sections[0].blocks if isinstance(each, Table)]

    assert [plain(cell.lines[0]) for cell in table.rows[0].cells[3:6]] == ["[data error]"] * 3


def test_the_key_is_for_cumulative_indicators(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cumulative_in is for cumulative indicators only"):
        data_of(tmp_path, [["Indicator", "Figure", *PERIODS]], toml('x number cumulative_in = "table"'))


@given(st.lists(st.integers(0, 500), min_size=12, max_size=30))
def test_a_year_to_date_is_the_sum_of_the_figures_since_april(numbers: list[int]) -> None:
    periods = [month(2021, 4).shift(n) for n in range(len(numbers))]
    figures = computed(
        toml(f"x number {IN_TABLE}"),
        {"x value": {period.label: number for period, number in zip(periods, numbers, strict=True)}},
        period=periods[-1].label,
    )
    timeline = figures.timelines["x"]

    for at, period in enumerate(periods):
        whole = sum(numbers[at - at % 12 : at + 1])
        assert period_lines(timeline, period) == ((f"{whole:,}*",), True)
