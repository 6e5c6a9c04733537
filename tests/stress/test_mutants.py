"""What judges figures, holds them against targets, adds up a year and tells revisions, with one thing changed.

A test notices each changed operator, number or argument. mutmut makes them, in the modules and against the tests that
pyproject.toml names. These modules say what a board reads from its numbers, read no file and word nothing, and take two
minutes; all of `analysis` would take several. Only tests with reference values count: property tests are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PAIRS = "all are pairs"
SAME = {
    "count, total = (sum(numbers, ) for numbers in zip(*addends, strict=True))": "sums may begin with any zero",
    "count, total = (sum(numbers, Fraction(0)) for numbers in zip(*addends, strict=None))": _PAIRS,
    "count, total = (sum(numbers, Fraction(0)) for numbers in zip(*addends, strict=False))": _PAIRS,
    "count, total = (sum(numbers, Fraction(0)) for numbers in zip(*addends, ))": _PAIRS,
    "count, total = (figure.value, Fraction(2)) if is_number else (figure.count, figure.total)": (
        "a number is not divided by its total"
    ),
    "return Direction.UP if figure.value >= earlier.value else Direction.DOWN": "equal figures have returned before",
    "return Stance.HIGHER if ours >= theirs else Stance.LOWER": "equal figures have returned before",
    "counts, totals = ([part for part in parts if part is not None] for parts in zip(*pairs, strict=None))": _PAIRS,
    "counts, totals = ([part for part in parts if part is not None] for parts in zip(*pairs, strict=False))": _PAIRS,
    "counts, totals = ([part for part in parts if part is not None] for parts in zip(*pairs, ))": _PAIRS,
    "direction = _UP if (newest.value or 0) >= (usual or 0) else _DOWN": "a signal is never level with what is usual",
    "return _UP if interval.low >= value else _DOWN": "a limit is in the interval, which has returned before",
    "interval = _interval(timeline.indicator, timeline.newest, rules.level / 100) if (periods) or True else None": (
        "an interval that nothing is held against"
    ),
    "low, high = 0.0, 11.0 * (most + 3)": "any number above the limit will do to begin with",
    "low, high = 0.0, 10.0 * (most + 4)": "any number above the limit will do to begin with",
    "if _at_most(most, middle) >= chance:": "halved so often, what is left has no width",
    "total = timeline.years_to_date.get(None) or year_to_date(timeline, year, period)": "it is computed anew, alike",
}
"""Changed lines that do what they did before, and why."""


def mutmut(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_every_change_that_changes_anything_is_noticed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("src", "templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    mutmut(tmp_path, "run", "--max-children", "2")
    unnoticed = [line.split(":")[0].strip() for line in mutmut(tmp_path, "results").splitlines()]
    changed = (line for name in unnoticed for line in mutmut(tmp_path, "show", name).splitlines())
    added = {line[1:].strip() for line in changed if line.startswith("+") and not line.startswith("+++")}

    assert added == set(SAME)
