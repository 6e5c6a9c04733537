"""Random report folders, with any key that an indicator can have, are the same reports in an Indicators sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..test_round_trip import assert_rest_listed, assert_same_report
from .folders import random_folder
from .twin import TERMS


@pytest.mark.parametrize("seed", [seed for seed in range(120) if random_folder(seed).case.terms == TERMS])
def test_a_random_folder_is_the_same_report_in_a_sheet(tmp_path: Path, seed: int) -> None:
    assert_same_report(seed, tmp_path)


@pytest.mark.parametrize("seed", range(60))
def test_what_a_sheet_does_not_hold_of_a_random_folder_is_listed(tmp_path: Path, seed: int) -> None:
    assert_rest_listed(seed, tmp_path)
