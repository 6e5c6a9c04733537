"""Reports of every kind have the same words in every edition, and each is what its inputs give; takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..editions_alike import assert_alike
from ..editions_of import NAMES, editions_of

KINDS = ("docx", "html", "pdf")


@pytest.mark.parametrize("name", NAMES)
def test_the_editions_of_a_report_say_and_show_the_same_and_are_what_is_computed(
    name: str, tmp_path: Path, call: Callable[..., tuple[int, str, str]]
) -> None:
    files = editions_of(name, tmp_path, *KINDS)

    assert_alike(files)
    for kind in KINDS:
        assert call("verify", str(files[kind]))[0] == 0, kind
