"""The packaged report `scorecard` with its example, a quarter's scrutiny paper: every status was worked out by hand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cpreport import Month, load_workbook
from cpreport.model.document import Block, Heading, Table, plain

from .example_scripts import assert_made_by_its_script
from .shown import shown

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "q4-2016-17" / "q4-2016-17.xlsx"

PUBLISHED = {  # reference: target and the quarter's figure, as the published paper prints them
    "KI 391": ("426", "513.6"),
    "KI 392": ("121", "153.9"),
    "KI 397": ("85%", "60.7%"),
    "KI 443": ("50%", "44.4%"),
    "KI 012a": ("0", "4"),
    "KI 029": ("4.7%", "4.7%"),
    "KI 220": ("18", "12*"),  # in the year, of which 1 in the quarter
    "KI 490": ("to be agreed", "95%"),
}
STATUSES = {
    "KI 391": "off target",  # 513.6 is more than 426 + 10% = 468.6
    "KI 392": "on target",  # an officer says so; 153.9 is more than 121 + 10% = 133.1: off target
    "KI 397": "off target",  # 60.7 is less than 85 - 5
    "KI 443": "off target",  # 44.4 is less than 50 - 5
    "KI 220": "on target",  # 5 + 3 + 3 + 1 = 12 is at most 18
    "KI 801": "on target",  # 399/414 = 96.4
    "KI 802": "close to target",  # 45/414 = 10.9 is more than 10, and at most 10 + 2
    "KI 803": "on target",  # 389/414 = 94.0
    "KI 804": "off target",  # 143/172 = 83.1 is less than 90 - 5
    "KI 805": "close to target",  # 92/172 = 53.5 is less than 55, and at least 55 - 5
    "KI 806": "no target",
    "KI 807": "no target",
    "KI 808": "no target",
    "KI 012a": "off target",  # any miss of a target of 0
    "KI 029": "on target",  # equal
    "KI 490": "no target",  # to be agreed
    "KI 811": "close to target",  # 290/298 = 97.3 is less than 98, and at least 98 - 5
    "KI 812": "on target",  # 27/298 = 9.1
    "KI 813": "on target",  # 1,062/1,490 = 71.3
    "KI 814": "off target",  # 49/66 = 74.2 is less than 90 - 5
    "KI 815": "not due",  # 90% by August 2018
    "KI 816": "no data",
}


LISTS = {
    "Positive progress": ["KI 392", "KI 220", "KI 801", "KI 803", "KI 808", "KI 029", "KI 812", "KI 813"],
    "Areas of risk": [
        *("KI 391", "KI 397", "KI 443", "KI 802", "KI 804", "KI 805", "KI 807", "KI 012a", "KI 811", "KI 814"),
    ],
    "For information": ["KI 806", "KI 490"],
}
DEPARTMENTS = ("children-and-families", "education-and-early-years")
REFERENCE = re.compile(r"KI [0-9]{3}a?(?= )")


@pytest.fixture(scope="module")
def month() -> Month:
    return load_workbook(EXAMPLE)


def test_nothing_is_wrong_with_it(month: Month) -> None:
    assert [finding.message for finding in month.findings if not finding.rule.is_verbose] == []


def test_every_status_is_right(month: Month) -> None:
    newest = {row.indicator: row.status for row in month.rows() if row.period == month.workbook.period.label}
    assert newest == STATUSES


def test_the_published_rows_have_their_figures(month: Month) -> None:
    rows = {row.indicator: row for row in month.rows() if row.period == month.workbook.period.label}
    assert {name: (rows[name].target, rows[name].text) for name in PUBLISHED} == PUBLISHED


def blocks(month: Month, section: str) -> list[Block]:
    return next([*each.blocks] for each in month.report.sections if each.id == section)


def entries(month: Month) -> dict[str, list[str]]:
    """What the progress lists print of each indicator, by its reference: the paragraph, notes, the comment."""
    found: dict[str, list[str]] = {}
    for block in blocks(month, "progress"):
        text = shown([block])
        if text.startswith("**KI"):
            found[REFERENCE.findall(text)[0]] = [text]
        elif not isinstance(block, Heading):
            [*found.values()][-1].append(text)
    return found


def test_the_progress_lists_have_every_indicator_under_its_heading(month: Month) -> None:
    headings: dict[str, list[str]] = {}
    for block in blocks(month, "progress"):
        if isinstance(block, Heading):
            headings[plain(block.text)] = []
        elif shown([block]).startswith("**KI"):
            headings[[*headings][-1]] += REFERENCE.findall(shown([block]))[:1]
    assert headings == {"Progress and Risks": [], **LISTS}


def test_each_comment_stands_at_its_indicator(month: Month) -> None:
    typed = {
        reference: text.strip().rsplit(". ", 1)[-1]
        for file in (EXAMPLE.parent / "narrative" / "2016-17-Q4").glob("*-and-*.md")
        for reference, text in re.findall(r"^## (KI .+?)\n(.+?)(?=^#|\Z)", file.read_text("utf-8"), re.M | re.S)
    }
    printed = entries(month)
    assert typed.keys() == printed.keys()
    assert [name for name, text in typed.items() if not printed[name][-1].endswith(text)] == []


def test_ki_392_misses_its_target_and_is_progress_since_an_officer_says_so(month: Month) -> None:
    _, note, _ = entries(month)["KI 392"]
    assert note.startswith("KI 392: on target, as set by an officer. It still misses its target")
    assert note.endswith("Computed: off target.")


def table_of(month: Month, section: str) -> Table:
    (table,) = (block for block in blocks(month, section) if isinstance(block, Table))
    return table


def rows(month: Month, section: str) -> list[list[str]]:
    """What a department's table prints, row by row, the headings first."""
    table = table_of(month, section)
    return [
        [" ".join(map(plain, cell.lines)) for cell in row] for row in (table.headings, *(r.cells for r in table.rows))
    ]


def test_each_department_has_its_table_with_a_row_an_indicator(month: Month) -> None:
    printed: dict[str, list[str]] = {}
    for plan in month.folder.sections[1:3]:
        headings, *listed = rows(month, plan.id)
        assert headings == ["Reference", "Indicator", "Good is", "Target", "Figure", "Status"]
        assert [row[0] for row in listed] == [*plan.indicators]
        printed |= {row[0]: row for row in listed}
    assert {name: (printed[name][3], printed[name][4]) for name in PUBLISHED} == PUBLISHED
    assert {name: row[5].lstrip("✓~✗– ") for name, row in printed.items()} == STATUSES
    assert printed["KI 443"][2] == "higher"
    assert printed["KI 220"] == ["KI 220", "Young people sentenced to custody", "lower", "18", "12*", "✓ on target"]


def test_the_summary_counts_the_statuses_and_what_has_changed_since_the_last_quarter(month: Month) -> None:
    _, counts, *_ = [shown([block]) for block in blocks(month, "summary")]
    assert counts == (
        "**22 measures: 7 on target, 3 close, 6 off target, 4 without a target, 1 not due, 1 without a figure.** "
        # KI 443; KI 392 and KI 029; KI 815 and KI 816
        "Since the Oct-Dec 16/17 Q3 report: 1 newly off target, 2 back on, 2 not compared."
    )


def test_the_summary_leads_to_the_departments_tables(month: Month) -> None:
    lines = [shown([block]) for block in blocks(month, "summary")]
    assert [table_of(month, each).anchor for each in DEPARTMENTS] == ["table_1", "table_2"]
    assert any("(<#table_1>)" in line and "Care leavers in suitable accommodation" in line for line in lines)
    assert any("(<#table_2>)" in line and "Schools in an Ofsted category" in line for line in lines)
    assert any(line.startswith("2 more close: Tables [1](<#table_1>) and [2](<#table_2>).") for line in lines)


def test_a_star_is_explained_in_table_and_list(month: Month) -> None:
    said = "* cumulative, financial year to Mar 17"
    assert said in [shown([block]) for block in blocks(month, "children-and-families")]
    assert entries(month)["KI 220"][:2] == ["**KI 220 Young people sentenced to custody:** 12*", said]


def test_the_workbook_is_the_one_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_made_by_its_script("q4_2016_17", EXAMPLE, tmp_path, monkeypatch)


def test_every_packaged_report_is_in_the_wheel() -> None:
    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    reports = sorted(path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("templates/*/report.toml"))
    assert packaging["targets"]["wheel"]["force-include"] == {path: f"cpreport/{path}" for path in reports}
