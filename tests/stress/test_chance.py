"""What chance brings about, in a thousand series."""

from __future__ import annotations

import pytest

from ..test_plausibility import by_chance


@pytest.mark.parametrize("size", [13, 25, 60])
def test_chance_gives_less_than_one_warning_for_a_hundred_indicators_a_month(size: int) -> None:
    assert by_chance(size, 3, 340).total() < 3 * 340 / 100
