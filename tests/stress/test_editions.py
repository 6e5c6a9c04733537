"""Reports of other kinds than the example have the same words in every edition too; takes seconds for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..editions_alike import assert_alike
from ..editions_of import NAMES, editions_of


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_editions_of_a_report_say_and_show_the_same(name: str, tmp_path: Path) -> None:
    assert_alike(editions_of(name, tmp_path, "docx", "html", "pdf"))
