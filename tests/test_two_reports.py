"""Two reports that share one workbook: what is the other's is one note, whatever sheet or file it stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport import load_workbook

from .example_month import REPORT, Change, Rows
from .workbooks import example_month, write_report, write_workbook

INDICATOR = '[[indicators]]\nid = "{0}"\ntitle = "{0} title"\nmeasure = "number"\n'
BOARD = INDICATOR.format("moves") + '[[breakdowns]]\nid = "types"\ntitle = "Types"\n'
SCRUTINY = INDICATOR.format("visits") + '[[breakdowns]]\nid = "ages"\ntitle = "Ages"\n'
SLOTS = '[[sections.slots]]\nid = "{0}"\ntitle = "{0} title"\n'
COMPARATOR = '[[comparators]]\nid = "{0}"\nheading = "{0}"\nname = "{0}"\n'
DATA: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["moves", "value", 4, 5], ["visits", "value", 6, 7]]
SHEETS = {
    "Data": DATA,
    "Marks": [["Indicator", "Period", "Mark"], ["moves", "Jun 23", "[p]"], ["visits", "Jun 23", "[p]"]],
    "Benchmarks": [
        ["Indicator", "Benchmark", "Value"],
        ["moves", "SN", 1],
        ["visits", "London", 1],
        ["moves", "London", 2],
        ["visits", "SN", 2],
    ],
    "Narrative": [["Section", "Slot", "Text"], ["care", "well", "Well."], ["scrutiny", "asked", "Asked."]],
    "Breakdowns": [["Breakdown", "Category", "Count"], ["types", "Foster", 4], ["ages", "Under 5", 3]],
}


def report(folder: Path, indicators: str, section: str, slot: str, comparator: str) -> Path:
    listed = [indicators.split('"')[1]]
    text = REPORT.format(listed=listed).split("[[comparators]]")[0].split("[[sections]]")[0]
    sections = (
        f'[[sections]]\nid = "{section}"\ntitle = "{section} title"\ntemplate = "care.md"\nindicators = {listed}\n'
    )
    template = "# {{ section.title }}\n\n{% for slot in section.slots %}{{ narrative(slot) }}\n{% endfor %}"
    toml = text + COMPARATOR.format(comparator) + sections + SLOTS.format(slot)
    return write_report(folder, indicators, report=toml, care=template)


def shared(folder: Path) -> Path:
    """A workbook with the report of the board beside it, and that of scrutiny below."""
    report(folder, BOARD, "care", "well", "SN")
    report(folder / "scrutiny", SCRUTINY, "scrutiny", "asked", "London")
    return write_workbook(folder / "july-2023.xlsx", SHEETS)


@pytest.mark.parametrize("other", [None, "scrutiny"])
def test_what_is_another_reports_is_one_note(other: str | None, tmp_path: Path) -> None:
    path = shared(tmp_path)
    (tmp_path / "narrative" / "2023-07").mkdir(parents=True)
    (tmp_path / "narrative" / "2023-07" / f"{'care' if other else 'scrutiny'}--Ann.md").write_text("# Nothing")
    month = load_workbook(path, report=tmp_path / other if other else None)

    assert [(f.code, f.severity.value) for f in month.findings] == [("file.shared-workbook", "note")]
    assert month.findings[0].message.startswith("8 rows or texts are of another report")


def test_a_name_that_no_report_has_is_found_as_ever(tmp_path: Path) -> None:
    change: Change = {"Narrative!A2": "cares", "scrutiny/report.toml": "not TOML", "Benchmarks!B2": "Walse"}
    assert {f.code for f in example_month(tmp_path, change)} == {
        "narrative.unknown-section",
        "benchmark.unknown-comparator",
    }


def test_a_slot_that_only_the_other_report_has_is_the_others(tmp_path: Path) -> None:
    report(tmp_path, BOARD, "care", "well", "SN")
    report(tmp_path / "scrutiny", SCRUTINY, "care", "asked", "London")
    texts: Rows = [["Section", "Slot", "Text"], ["care", "well", "Well."], ["care", "asked", "Asked."]]
    path = write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA[:2], "Narrative": texts})

    assert [f.code for f in load_workbook(path).findings] == ["file.shared-workbook"]
