"""Nothing grows faster than its input: lines of code that run are counted, so that no clock is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .example_month import REPORT, TEMPLATE
from .test_spreadsheet import parts_of, zipped
from .workbooks import write_workbook

SECTION = '\n[[sections]]\nid = "s{0}"\ntitle = "S {0}"\ntemplate = "care.md"\nindicators = ["i{0}"]\n'
INDICATOR = '\n[[indicators]]\nid = "i{0}"\ntitle = "Indicator {0}"\nmeasure = "percentage"\nshows = "fraction"\n'
CHAIN = 'denominator = "i{0}/numerator"\n'


def lines_run(action: Callable[[], object]) -> int:
    """How many lines of Python run, each turn of a loop counted."""
    count = 0

    def line(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    sys.settrace(line)
    try:
        action()
    finally:
        sys.settrace(None)
    return count


def month(folder: Path, indicators: int) -> Path:
    """A month of so many indicators that all stand in one section, and each in one of its own besides.

    The counts of each but the first are the denominators of the next.
    """
    folder.mkdir()
    numbers = range(indicators)
    chained = (INDICATOR.format(n) + (CHAIN.format(n - 1) if n else "") for n in numbers)
    listed = [f"i{n}" for n in numbers]
    report = REPORT.format(listed=listed) + "".join(SECTION.format(n) for n in numbers)
    for name, text in (("indicators.toml", "".join(chained)), ("report.toml", report), ("care.md", TEMPLATE)):
        (folder / name).write_text(text, encoding="utf-8")
    rows: list[list[object]] = [["Indicator", "Figure", "May 23", "Jun 23", "Jul 23"]]
    rows += [[f"i{n}", "numerator", 601, 602, 604] for n in numbers]
    rows += [["i0", "denominator", 701, 702, 704]]
    marks = [["Indicator", "Period", "Mark"], *([f"i{n}", "Jul 23", "[p]"] for n in numbers)]
    return write_workbook(folder / "july-2023.xlsx", {"Data": rows, "Marks": marks})


def faster_than_linear(size: Callable[[int], Callable[[], object]], least: int) -> float:
    """By how much the second step from one size to a larger one costs more than the first, equal one: 0 if linear."""
    size(least)()
    one, two, three = (lines_run(size(least * times)) for times in (1, 2, 3))
    return (three - two) / (two - one) - 1


def test_a_report_grows_as_its_indicators_and_sections_do(tmp_path: Path) -> None:
    paths = {number: month(tmp_path / str(number), number) for number in (20, 40, 60)}

    def build(indicators: int) -> Callable[[], object]:
        return lambda: build_report(load_workbook(paths[indicators]), draft=True)

    assert abs(faster_than_linear(build, 20)) < 0.002


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A{0}"><v>1</v></c>',
        '<c r="A{0}" t="str"><f>""</f><v></v></c>',
        '<c r="A{0}" t="s"><v>0</v></c>',
        '<c t="inlineStr"><is><t>[c]</t></is></c>',
    ],
)
def test_reading_a_sheet_grows_as_the_sheet_does(tmp_path: Path, cell: str) -> None:
    def read(rows: int) -> Callable[[], object]:
        xml = "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(1, rows + 1))
        path = zipped(tmp_path, parts_of(xml, strings="<si><t/></si>"), f"{rows}.xlsx")
        return lambda: read_spreadsheet(path).sheets[0].rows

    assert abs(faster_than_linear(read, 50)) < 0.002
