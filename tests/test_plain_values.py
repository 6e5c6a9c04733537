"""What stages hand on are plain values: written down and read again they are the same."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.inputs.month import read_workbook, with_narratives
from cpreport.model.published import Published

from .example_month import DATA, Shown
from .workbooks import write_report, write_workbook

EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """A month with a confidential figure and a table of another sheet, of which one cell cannot be printed."""
    write_report(tmp_path, care='{{ sheet_table("Board actions") }}\n')
    marks = [["Indicator", "Period", "Mark"], ["rate", "Jul 23", "c"]]
    actions = [["Action", "Cost"], ["Homes", Shown(1234.5, "0.00E+00")]]
    path = write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA, "Marks": marks, "Board actions": actions})
    read = read_workbook(path)
    (workbook, _), folder = with_narratives(read), read.folder
    return publish(workbook, folder, compute_figures(workbook, folder))


def test_what_may_be_published_is_the_same_once_written_down_and_read(published: Published) -> None:
    again = pickle.loads(pickle.dumps(published))

    assert again == published
    assert ("rate", "Jul 23") in published.withheld.figures
    assert published.workbook.other_sheets["board actions"].findings


def test_figures_that_differ_in_one_number_are_not_equal(published: Published) -> None:
    figures, rate = published.figures, published.figures.timelines["rate"]
    other = replace(rate, figures={**rate.figures, rate.now: replace(rate.at(rate.now), note="another")})

    assert replace(figures, timelines={**figures.timelines, "rate": rate}) == figures
    assert replace(figures, timelines={**figures.timelines, "rate": other}) != figures


def test_the_figures_of_the_example_are_the_same_once_written_down_and_read() -> None:
    read = read_workbook(EXAMPLE)
    (workbook, _), folder = with_narratives(read), read.folder
    figures = compute_figures(workbook, folder)

    assert pickle.loads(pickle.dumps(figures)) == figures
