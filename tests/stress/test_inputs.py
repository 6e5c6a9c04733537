"""What is read stays: in every dialect that programs write, and under every spelling of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import test_narrative_fix as narrative_fix
from .. import test_writing as writing
from ..test_writing import Run

folder, run = writing.folder, writing.run


@pytest.mark.parametrize("dialect", narrative_fix.WITH_TEXTS)
def test_a_workbook_in_any_dialect(tmp_path: Path, dialect: str) -> None:
    narrative_fix.test_a_workbook_in_any_dialect(tmp_path, dialect)


@pytest.mark.parametrize("spelling", writing.SPELLINGS)
@pytest.mark.parametrize("name", writing.INPUTS)
def test_a_report_is_never_written_over_what_it_was_made_from(folder: Path, run: Run, name: str, spelling: str) -> None:
    writing.test_a_report_is_never_written_over_what_it_was_made_from(folder, run, name, spelling)
