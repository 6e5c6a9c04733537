"""Inputs of every dialect, spelling and kind, and every rule at its near miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import test_narrative_fix as narrative_fix
from .. import test_rules as rules
from .. import test_word_limits as word_limits
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


@pytest.mark.parametrize("kind", word_limits.GROWING)
def test_four_times_as_much_takes_about_four_times_as_long(tmp_path: Path, kind: str) -> None:
    word_limits.test_four_times_as_much_takes_about_four_times_as_long(tmp_path, kind)


@pytest.mark.parametrize("code", rules.RULES)
def test_a_rule_is_silent_at_a_near_miss(code: str, tmp_path: Path) -> None:
    rules.test_a_rule_is_silent_at_a_near_miss(code, tmp_path)
