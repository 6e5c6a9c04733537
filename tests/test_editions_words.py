"""Every edition of a report has the same words in the same order, and as many tables, headings and pictures."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cpreport import load_workbook
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.front import published
from cpreport.model.document import ContentsPlace
from cpreport.publishing import build_report

from .editions_alike import assert_alike
from .editions_of import editions_of
from .word_words import block_words, main_words

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("workbook", ["july-2023.xlsx", "march-2022/february-2022.xlsx", "q4-2016-17/q4-2016-17.xlsx"])
def test_the_words_of_the_examples_are_those_of_their_word_documents(workbook: str) -> None:
    month = load_workbook(EXAMPLES / workbook)
    report, folder = month.report, month.folder
    fill = partial(fill_tags, report=report)
    publication = published(report, folder.shell.content, folder.default_shell, fill)
    words = main_words(build_report(month))
    assert block_words(publication) == words and len(words) > 1000
    assert ContentsPlace() in publication.front


def test_the_editions_of_the_example_say_and_show_the_same(tmp_path: Path) -> None:
    assert_alike(editions_of("example", tmp_path, "docx", "html", "pdf"))
