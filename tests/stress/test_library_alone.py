"""Each indicator of the library in a report of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..test_library import IDS, has_figures, with_section


@pytest.mark.parametrize("name", IDS)
def test_each_packaged_indicator_can_be_used_alone(tmp_path: Path, name: str) -> None:
    has_figures(with_section(tmp_path / "report", name), tmp_path / "new", name)
