"""Acceptances as CSV from anywhere: its lines are those of CSV, and a cell without an end is one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.inputs.narratives.accepted import read_accepted

HEADER = "sentence,figure,name,reason\n"
ROW = "It fell.,a,Ann,so\n"


@pytest.mark.parametrize("sep", ["", "sep=,\n"])
def test_a_cell_that_does_not_end_is_one_finding(tmp_path: Path, sep: str) -> None:
    (tmp_path / "accepted.csv").write_text(f'{sep}{HEADER}{ROW}"{"b" * 140_000}\n{ROW}')
    accepted, (finding,) = read_accepted(tmp_path)

    assert [each.sentence for each in accepted] == ["It fell."]
    assert (finding.code, finding.place.line) == ("narrative.accepted-incomplete", 4 if sep else 3)


def test_a_first_cell_that_does_not_end_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "accepted.csv").write_text('"' + "b" * 140_000)
    accepted, (finding,) = read_accepted(tmp_path)
    assert (accepted, finding.code) == ((), "narrative.accepted-columns")


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\u2029"])
def test_only_line_feeds_end_lines(tmp_path: Path, sign: str) -> None:
    (tmp_path / "accepted.csv").write_text(f"{HEADER}It{sign}fell.,a,Ann,so\n{ROW}", encoding="utf-8")
    accepted, findings = read_accepted(tmp_path)
    assert ([each.sentence for each in accepted], findings) == ([f"It{sign}fell.", "It fell."], [])
    assert [each.place.line for each in accepted] == [2, 3]
