"""Long texts are checked to their end, whatever they consist of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_texts
from cpreport.compose.markdown import Rendered, blocks_of
from cpreport.compose.report import compose_narratives
from cpreport.inputs.month import read_workbook, with_narratives

from ..test_markdown import NASTY
from ..test_narratives import BEFORE, CARE
from ..test_word_limits import calls
from ..workbooks import example_month, write_example


@pytest.mark.parametrize(
    "sign", ["{{", "{%", "[", "[a](", "(AB) ", "AB (", "- ", "_", "*a", "a@", "```\n", ".)", "a", "{{ 1 }}", "#", "\n"]
)
def test_four_times_as_much_text_takes_about_four_times_as_long(tmp_path: Path, sign: str) -> None:
    few, many = (calls(checking(tmp_path / str(size), f"a{sign * (size // len(sign))}a")) for size in (12_000, 48_000))
    assert many < 8 * few  # 16 if each sentence looked at all of its line


def checking(folder: Path, text: str) -> Callable[[], object]:
    """What checks a text that last month's report had as well."""
    write_example(folder, {})
    for path in (folder / CARE, folder / BEFORE):
        path.parent.mkdir(parents=True)
        path.write_text(f"## next\n{text}\n")
    read = read_workbook(folder / "july-2023.xlsx")
    (workbook, _), report = with_narratives(read), read.folder
    figures = compute_figures(workbook, report)
    published, composed = publish(workbook, report, figures), compose_narratives(workbook, report, figures)
    return lambda: check_texts(published, report, composed)


def test_a_long_narrative_is_checked(tmp_path: Path) -> None:
    text = "In May 604 children were in care, 12 more than in June (61.6). " * 400
    assert example_month(tmp_path, {"narrative/2023-07/care.md": f"## What is next?\n\n{text}\n"})


@pytest.mark.parametrize("piece", NASTY)
def test_nasty_markdown_comes_to_an_end(piece: str) -> None:
    blocks_of(Rendered("", piece * (50_000 // len(piece))))
