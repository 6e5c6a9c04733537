"""The long layout, as a database exports it, says the same as the wide one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cpreport import Month, load_workbook
from cpreport.model.figure import State

from .workbooks import INDICATORS, entries_of, month_of, texts

JULY = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
HEADERS = ["Indicator", "Period", "Numerator", "Denominator", "Value"]


def in_long_layout(path: Path, target: Path) -> Path:
    """A workbook with its Data sheet rewritten as one row for each figure and period."""
    book = openpyxl.load_workbook(path)
    wide = book["Data"]
    headers = [cell.value for cell in wide[1]]
    figures: dict[tuple[object, object], dict[object, tuple[object, str]]] = {}
    for row in wide.iter_rows(min_row=2):
        for header, cell in zip(headers[4:], row[4:], strict=True):
            if header and cell.value is not None:
                parts = figures.setdefault((row[0].value, header), {})
                parts[str(row[1].value).capitalize()] = (cell.value, cell.number_format)
    at = book.sheetnames.index("Data")
    del book["Data"]
    long = book.create_sheet("Data", at)
    long.append(HEADERS)
    for (name, period), parts in figures.items():
        long.append([name, period])
        for part, (value, form) in parts.items():
            cell = long.cell(long.max_row, HEADERS.index(str(part)) + 1, value)
            cell.number_format = form
        long.cell(long.max_row, 2).number_format = "mmm yy"
    book.save(target)
    return target


def shown(month: Month) -> list[tuple[str, str, str, str]]:
    return [(row.indicator, row.period, row.comparator, row.text) for row in month.rows()]


def test_the_example_in_the_long_layout_gives_the_same_report(tmp_path: Path) -> None:
    path = in_long_layout(JULY, tmp_path / "july-2023.xlsx")
    wide, long = load_workbook(JULY), load_workbook(path, narrative=JULY.parent / "narrative")

    assert long.findings == wide.findings
    assert shown(long) == shown(wide)


def test_a_blank_cell_gives_nothing_unless_the_part_is_given_elsewhere_in_the_sheet(tmp_path: Path) -> None:
    rows = [HEADERS, ["mean", "Jun 23", 378, 602], ["mean", "Jul 23", None, 604], ["moves", "Jul 23"]]
    entries, findings = entries_of(tmp_path, {"Data": rows}, "mean", "moves")

    blank = [(entry.name, entry.part.value) for entry in entries if entry.amount.state is State.BLANK]
    assert blank == [("mean", "numerator"), ("moves", "numerator"), ("moves", "denominator"), ("moves", "value")]
    assert findings == []


@pytest.mark.parametrize("denominator", [None, ""])
def test_a_row_of_blanks_does_not_win_over_a_reference(tmp_path: Path, denominator: str | None) -> None:
    wide = [
        ["Indicator", "Figure", "Jul 23"],
        ["rate", "numerator", 604],
        ["rate", "denominator", denominator],
        ["population", "value", 98050],
    ]

    assert texts(month_of(tmp_path, {"Data": wide}, INDICATORS), "rate")["Jul 23"] == "61.6 (604)"
