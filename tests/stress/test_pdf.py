"""The PDFs of all examples, and of a draft with problems, by an independent checker; takes seconds for each.

The checker tries what a program can of the Matterhorn Protocol; whether alternative texts say what pictures show and
whether the order of the words makes sense is for people.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import page as checker
import pytest

from cpreport import load_workbook
from cpreport.model.chart import Chart
from cpreport.model.document import Picture, Report, Table
from cpreport.publishing import build_editions

from ..pdf_read import overlapping, read, read_aloud, tags

EXAMPLES = Path(__file__).parents[2] / "examples"


def spoiled(folder: Path) -> Path:
    """The example with figures that cannot be right."""
    shutil.copytree(EXAMPLES / "narrative", folder / "narrative")
    book = openpyxl.load_workbook(EXAMPLES / "july-2023.xlsx")
    book["Data"]["C5"], book["Data"]["N12"], book["Data"]["M8"] = "sixty", 9999, None
    book.save(folder / "july-2023.xlsx")
    return folder / "july-2023.xlsx"


@pytest.mark.parametrize("name", ["july-2023", "march-2022/february-2022", "q4-2016-17/q4-2016-17", "spoiled"])
def test_an_example_conforms_and_counts_what_it_shows(name: str, tmp_path: Path) -> None:
    month = load_workbook(spoiled(tmp_path) if name == "spoiled" else EXAMPLES / f"{name}.xlsx")
    built = build_editions(month, {"pdf": tmp_path / "report.pdf"}, draft=name == "spoiled")
    pdf, report = built.files["pdf"], month.report

    conformance = checker.validate_pdf_bytes(pdf, profile=checker.ValidationProfile.PDF_UA_1)
    found, kinds = tags(pdf), Counter((tag.kind, tag.scope) for tag in tags(pdf))

    assert [failure.message for failure in conformance.failures] == []
    assert built.findings == ()
    assert kinds["Figure", ""] == pictured(report)
    assert all(tag.alternative for tag in found if tag.kind == "Figure")
    assert kinds["TH", "Row"] == kinds["TR", ""] - kinds["Table", ""]
    assert kinds["TH", "Column"] >= sum(len(each.headings) for each in tables(report))
    assert overlapping(pdf) == []
    assert len(read(pdf).outline) > len(report.sections)
    assert ("Problems found" in read_aloud(pdf)) is (name == "spoiled")


def pictured(report: Report) -> int:
    return sum(isinstance(block, Chart | Picture) for section in report.sections for block in section.blocks)


def tables(report: Report) -> list[Table]:
    return [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
