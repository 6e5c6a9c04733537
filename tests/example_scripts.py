"""The scripts that make the examples' workbooks."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet

EXAMPLES = Path(__file__).parents[1] / "examples"


def assert_made_by_its_script(name: str, committed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`name` is what the workbook is called in the script's name and the name of its function."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    script = runpy.run_path(str(EXAMPLES / f"make_{name}.py"))
    script["save"](script[name](), folder / "made.xlsx")
    made, there = read_spreadsheet(folder / "made.xlsx"), read_spreadsheet(committed)
    assert [(sheet.name, sheet.rows, sheet.cells.traits) for sheet in made.sheets] == [
        (sheet.name, sheet.rows, sheet.cells.traits) for sheet in there.sheets
    ]
