"""The texts and other sheets of a workbook whose report is in its Indicators sheet: all name indicators by title."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cpreport.pipeline import load_workbook

from .example_month import Rows, Shown
from .test_commands import words_of
from .workbooks import write_report, write_workbook

Run = Callable[..., tuple[int, str, str]]
SEEN = 'Visits / "seen"'
SHEETS: dict[str, Rows] = {
    "Indicators": [
        ["Section", "Indicator", "Measure", "Good is", "Target"],
        ["Care", "Children in care", "number", "lower", 500],
        ["Care", SEEN, "percentage", "higher", "95%"],
    ],
    "Data": [
        ["Indicator", "Figure", "Jun 23", "Jul 23"],
        ["children in care", "value", 604, 612],
        [SEEN, "value", Shown(0.897, "0.0%"), Shown(0.912, "0.0%")],
    ],
}
TEXT = "We visit each of the children in their homes at least once a month, and we ask them how they are."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run) -> Run:
    """Calls a command on the workbook with other sheets, too."""
    monkeypatch.chdir(tmp_path)

    def run(*command: str, **sheets: Rows) -> tuple[int, str, str]:
        if sheets:
            write_workbook(tmp_path / "july-2023.xlsx", {**SHEETS, **sheets})
        return call(*command)

    return run


def narrative(*texts: tuple[str, str], slot: str = "What do we want to improve") -> Rows:
    return [["Section", "Slot", "Text", "Period"], *(["Care", slot, text, period] for text, period in texts)]


def words(run: Run, folder: Path) -> str:
    """The paragraphs of the report that is built."""
    assert run("build", "july-2023.xlsx")[0] == 0
    return words_of(folder / "july-2023.docx")


# Texts


def test_a_text_that_is_last_months_is_owed(run: Run) -> None:
    texts = narrative((TEXT, "Jun 23"), (TEXT, "Jul 23"))
    status, out, err = run("narrative", "chase", "july-2023.xlsx", Narrative=texts)

    assert (status, err) == (0, "")
    assert out.splitlines()[2:6] == [
        "Owner not named",
        "",
        "  Care",
        "  - The narrative 'What do we want to improve' is 100% the same as the text of Jun 23 in Narrative!C2.",
    ]
    [record] = json.loads(run("narrative", "chase", "july-2023.xlsx", "--json")[1])
    assert (record["owner"], record["section"], record["slot"]) == (None, "care", "improve")


def test_no_text_is_owed_that_nobody_began(run: Run) -> None:
    status, out, _ = run("narrative", "chase", "july-2023.xlsx", Narrative=narrative())

    assert (status, out) == (0, "Corporate Parenting Board – Highlight Report, July 2023: no texts are outstanding.\n")


def test_typed_numbers_give_way_to_tags_that_name_titles(run: Run, tmp_path: Path) -> None:
    typed = "612 children were in care, and 91.2% were seen."
    run("validate", "july-2023.xlsx", Narrative=narrative((typed, "Jul 23")))
    before = words(run, tmp_path)
    status, _, err = run("narrative", "fix", "july-2023.xlsx", "--write")

    assert (status, err) == (0, "2 numbers replaced\n")
    assert openpyxl.load_workbook(tmp_path / "july-2023.xlsx")["Narrative"]["C2"].value == (
        '{{ indicator("Children in care").now.value }} children were in care, and'
        ' {{ indicator("Visits / \\"seen\\"").now.value }} were seen.'
    )
    assert typed in before and words(run, tmp_path) == before
    assert load_workbook(tmp_path / "july-2023.xlsx").findings == ()


def test_a_file_for_each_section_shows_the_figures_of_its_indicators(run: Run, tmp_path: Path) -> None:
    status, _, _ = run("narrative", "new", "july-2023.xlsx", Narrative=narrative())
    text = load_document(tmp_path / "narrative" / "2023-07" / "care.docx").decode("utf-8", "replace")

    assert status == 0
    assert [each for each in ("612", "91.2%", SEEN, "What do we want to improve") if f">{each}<" not in text] == []


# Other reports

BOARD = '[[indicators]]\nid = "moves"\ntitle = "Moves"\nmeasure = "number"\n'


@pytest.mark.parametrize("is_there", [True, False])
def test_rows_of_a_report_folder_below_are_the_others(run: Run, tmp_path: Path, is_there: bool) -> None:
    if is_there:
        write_report(tmp_path / "scrutiny", BOARD)
    data = [*SHEETS["Data"], ["moves", "value", 3, 4]]
    marks: Rows = [["Indicator", "Period", "Mark"], ["moves", "Jun 23", "[p]"]]
    status, out, _ = run("validate", "july-2023.xlsx", Data=data, Marks=marks)

    codes = re.findall(r"(?:error|warning|note) +(\S+)", out)
    assert (status, codes) == ((0, ["file.shared-workbook"]) if is_there else (1, UNKNOWN))


def test_the_other_report_reads_the_sheet_of_indicators_as_its_own_too(run: Run, tmp_path: Path) -> None:
    write_report(tmp_path / "scrutiny", BOARD)
    data = [*SHEETS["Data"], ["moves", "value", 3, 4]]
    run("validate", "july-2023.xlsx", Data=data)
    month = load_workbook(tmp_path / "july-2023.xlsx", report=tmp_path / "scrutiny")

    assert [*month.folder.indicators] == ["moves", "Children in care", SEEN]


# Other sheets


def test_a_status_of_a_sheet_replaces_the_computed_one(run: Run) -> None:
    told: Rows = [["Indicator", "Status", "Reason"], ["CHILDREN IN CARE", "on target", "Late siblings."]]
    assert status_of(run, "Children in care") == "off target"
    assert status_of(run, "Children in care", Status=told) == "on target"


def test_a_figure_that_a_mark_makes_confidential_is_printed_nowhere(run: Run, tmp_path: Path) -> None:
    marks: Rows = [["Indicator", "Period", "Mark"], [SEEN.upper(), "Jul 23", "[c]"]]
    status, out, _ = run("figures", "july-2023.xlsx", Marks=marks, Narrative=narrative())

    assert (status, "91.2" in out, "89.7" in out) == (0, False, True)
    assert run("build", "july-2023.xlsx")[0] == 0
    assert b"91.2" not in load_document(tmp_path / "july-2023.docx")


def test_peers_are_of_the_report_folder_that_the_sheet_is_joined_to(run: Run, tmp_path: Path) -> None:
    peers: Rows = [["Authority", "Indicator", "Period", "Value"], ["Leeds", "children IN care", "Jul 23", 700]]
    _, out, _ = run("validate", "july-2023.xlsx", Peers=peers)
    assert "peers.not-used  july-2023.xlsx  Peers!A2  Leeds is in no group of peers" in out

    neighbours = '[[comparators]]\nid = "SN"\nheading = "SN"\nname = "Neighbours"\n'
    group = '[[peers]]\nid = "SN"\nname = "Neighbours"\nmembers = ["Leeds"]\nfewest = 1\n'
    (tmp_path / "report.toml").write_text(f'title = "Ours"\n{neighbours}{group}', encoding="utf-8")
    month = load_workbook(tmp_path / "july-2023.xlsx")
    assert month.findings == ()
    assert [row.text for row in month.rows() if row.comparator] == ["700 (Jul 23, 1 of 1)", "N/A"]


def status_of(run: Run, name: str, **sheets: Rows) -> str:
    """The status of an indicator's figure of July."""
    status, out, err = run("figures", "july-2023.xlsx", **{"Data": SHEETS["Data"], **sheets})
    assert status == 0, err
    [row] = [row for row in csv.DictReader(out.splitlines()) if (row["indicator"], row["period"]) == (name, "Jul 23")]
    return str(row["status"])


def load_document(path: Path) -> bytes:
    """All parts of a Word file, one after another."""
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


UNKNOWN = ["marks.for-nothing", "data.unknown-indicator"]
"""What rows are of an indicator that no report knows."""
