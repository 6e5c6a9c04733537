"""Long texts take no long time, whatever they consist of."""

from __future__ import annotations

import time
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
from ..workbooks import example_month


@pytest.mark.parametrize(
    "sign", ["{{", "{%", "[", "[a](", "(AB) ", "AB (", "- ", "_", "*a", "a@", "```\n", ".)", "a", "{{ 1 }}", "#", "\n"]
)
def test_no_text_takes_long(tmp_path: Path, sign: str) -> None:
    text = f"a{sign * (190_000 // len(sign))}a"
    example_month(tmp_path, {})
    now, before = tmp_path / CARE, tmp_path / BEFORE
    for path in (now, before):
        path.parent.mkdir(parents=True)
        path.write_text(f"## next\n{text}\n")
    read = read_workbook(tmp_path / "july-2023.xlsx")
    (workbook, _), folder = with_narratives(read), read.folder
    figures = compute_figures(workbook, folder)

    started = time.process_time()
    check_texts(publish(workbook, folder, figures), folder, compose_narratives(workbook, folder, figures))
    assert time.process_time() - started < 5


def test_a_long_narrative_is_read_in_time(tmp_path: Path) -> None:
    text = "In May 604 children were in care, 12 more than in June (61.6). " * 400
    started = time.process_time()
    assert example_month(tmp_path, {"narrative/2023-07/care.md": f"## What is next?\n\n{text}\n"})
    assert time.process_time() - started < 5


@pytest.mark.parametrize("piece", NASTY)
def test_nasty_markdown_comes_to_an_end(piece: str) -> None:
    blocks_of(Rendered("", piece * (50_000 // len(piece))))
