"""The PDFs of all examples, and of a draft with problems, by an independent checker; takes seconds for each.

The checker tries what a program can of the Matterhorn Protocol; whether alternative texts say what pictures show and
whether the order of the words makes sense is for people.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter, deque
from pathlib import Path

import openpyxl
import page as checker
import pytest

from cpreport import load_workbook
from cpreport.editions.texts import BACK, CONTENTS, numbered
from cpreport.model.chart import Chart
from cpreport.model.document import Picture, Report, Table
from cpreport.publishing import build_editions

from ..pdf_read import overlapping, read, read_aloud, tags
from ..word_words import main_words, words_of

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
    targets = {kind: tmp_path / f"report.{kind}" for kind in ("docx", "pdf")}
    built = build_editions(month, targets, draft=name == "spoiled")
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
    assert unlike(main_words(built.files["docx"]), main_text(pdf, report)) == []


def main_text(pdf: bytes, report: Report) -> list[str]:
    """The words that are read aloud, without the contents, the links back to them and the marks of lists."""
    sections = (next(iter(blocks), None) for _, blocks in numbered(report.sections))
    numbers = [each.number if each else "" for each in sections]
    entries = (f"{number} {each.title}".strip() for number, each in zip(numbers, report.sections, strict=True))
    contents, said = " ".join([CONTENTS, *entries]), read_aloud(pdf)
    assert contents in said
    return words_of([said.replace(contents, "", 1).replace(BACK, "").replace("•", "")])


def unlike(ours: list[str], theirs: list[str]) -> list[str]:
    """The words that only one of two texts has, but for the numbers of headings and paragraphs in the second."""
    waiting, others = deque(ours), list[str]()
    for word in theirs:
        if waiting and word == waiting[0]:
            waiting.popleft()
        else:
            others.append(word)
    return [*waiting, *(word for word in others if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", word))]


def pictured(report: Report) -> int:
    return sum(isinstance(block, Chart | Picture) for section in report.sections for block in section.blocks)


def tables(report: Report) -> list[Table]:
    return [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
