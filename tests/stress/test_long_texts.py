"""Long texts are checked to their end, whatever they consist of."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_texts
from cpreport.compose.markdown import Rendered, blocks_of
from cpreport.compose.report import compose_narratives
from cpreport.inputs.month import read_month

from ..test_markdown import NASTY
from ..test_narratives import BEFORE, CARE
from ..workbooks import example_month


@pytest.mark.parametrize(
    "sign", ["{{", "{%", "[", "[a](", "(AB) ", "AB (", "- ", "_", "*a", "a@", "```\n", ".)", "a", "{{ 1 }}", "#", "\n"]
)
def test_any_text_is_checked(tmp_path: Path, sign: str) -> None:
    text = f"a{sign * (190_000 // len(sign))}a"
    example_month(tmp_path, {})
    now, before = tmp_path / CARE, tmp_path / BEFORE
    for path in (now, before):
        path.parent.mkdir(parents=True)
        path.write_text(f"## next\n{text}\n")
    workbook, folder, _ = read_month(tmp_path / "july-2023.xlsx")
    figures = compute_figures(workbook, folder)

    check_texts(publish(workbook, folder, figures), folder, compose_narratives(workbook, folder, figures))


def test_a_long_narrative_is_checked(tmp_path: Path) -> None:
    text = "In May 604 children were in care, 12 more than in June (61.6). " * 400
    assert example_month(tmp_path, {"narrative/2023-07/care.md": f"## What is next?\n\n{text}\n"})


@pytest.mark.parametrize("piece", NASTY)
def test_nasty_markdown_comes_to_an_end(piece: str) -> None:
    blocks_of(Rendered("", piece * (50_000 // len(piece))))
