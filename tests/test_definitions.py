"""Mistakes in the two TOML files are told in words that fit TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.model.rules.example import Added

from .workbooks import example_month

NEW = '\n[[indicators]]\nid = "new"\ntitle = "New"\nmeasure = "number"\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("owner = 4", "it must be a text in double quotes"),
        ('lag = "1"', "it must be a whole number"),
        ('target = "95"', "it must be a number"),
        ('direction = "yes"', "it must be true or false, without quotes"),
        ("targets = 3", "it must be a list in square brackets"),
        ('targets = [{ from = "April", value = 3 }]', "it must be a date without quotes, such as 2023-04-01"),
        ('owner = ""', "it must be a text that is not empty"),
        ('polarity = "up"', "it must be 'high', 'low' or 'none'"),
        ("lag = -1", "it must be greater than or equal to 0"),
    ],
)
def test_a_wrong_value_says_what_is_needed(line: str, reason: str, tmp_path: Path) -> None:
    (finding,) = example_month(tmp_path, {"indicators.toml": Added(f"{NEW}{line}\n")})

    assert finding.code == "definition.invalid"
    assert reason in finding.message
    assert "[[indicators]] new" in finding.message or "[[indicators.targets]]" in finding.message
