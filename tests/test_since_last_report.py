"""{{ since_last_report() }} says what has changed since the audit file of the last report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cpreport.editions.audit import audit_file
from cpreport.model.document import Block, List, Paragraph, plain
from cpreport.office.files import remembering_inputs
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .example_month import DATA, INDICATORS, REPORT, TEMPLATE
from .workbooks import changed, write_report, write_workbook

SAID = f"{TEMPLATE}\n## Since the last report\n\n{{{{ since_last_report() }}}}\n"
TARGET = ('title = "Moves"', 'title = "Moves"\npolarity = "low"\ntarget = 1100')
JUNE = [["Key", "Value"], ["Reporting period", "Jun 2023"]]
JULY = [["Key", "Value"], ["Reporting period", "Jul 2023"]]
TEXTS = [["Section", "Slot", "Text"], ["care", "good", "All is well."], ["care", "next", "More of it."]]


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of paragraphs and lists, each level of a list further to the right."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.text)
        elif isinstance(block, List):
            for entry in block.entries:
                yield f"- {plain(entry.text)}"
                yield from (f"  {line}" for line in said(entry.below))


def of_month(month: Month) -> list[str]:
    """What the section says below its last heading."""
    blocks = month.report.sections[0].blocks
    last = max(at for at, block in enumerate(blocks) if type(block).__name__ == "Heading")
    return list(said(blocks[last + 1 :]))


def write_june(folder: Path, cells: dict[str, object] | None = None, **files: str) -> Path:
    """The June report's folder with its audit file, named so that it does not tell its period; gives the audit file."""
    write_report(folder, **files)
    sheets = changed({"About": JUNE, "Data": DATA, "Narrative": TEXTS}, {"Data!F5": None, **(cells or {})})
    month = load_workbook(write_workbook(folder / "last.xlsx", sheets))
    path = folder / "last.audit.json"
    path.write_bytes(audit_file(month.audit(folder)))
    (folder / "last.xlsx").unlink()
    return path


def july(folder: Path, cells: dict[str, object] | None = None) -> Path:
    sheets = changed({"About": JULY, "Data": DATA, "Narrative": TEXTS}, cells or {})
    return write_workbook(folder / "july-2023.xlsx", sheets)


@pytest.fixture
def month(tmp_path: Path) -> Month:
    write_june(tmp_path, {"Data!E6": 1270, "Data!D5": 91, "Narrative!C2": "All was well."}, indicators=INDICATORS)
    write_report(tmp_path, INDICATORS.replace(*TARGET), care=SAID)
    return load_workbook(july(tmp_path, {"Data!F6": 1290, "Data!D5": "[c]"}))


def test_what_has_changed_is_listed_by_its_kind(month: Month) -> None:
    assert of_month(month) == [
        "Changes since the June 2023 report:",
        "- Newly off target: 1",
        "  - Moves: off target in Jul 23, no target in Jun 23",
        "- Arrows that have turned: 3",
        "  - Children in care: down in Jul 23, up in Jun 23",
        "  - Placed far away: down in Jul 23, up in Jun 23",
        "  - Moves: up in Jul 23, down in Jun 23",
        "- Figures that have changed since they were reported: 1",
        "  - Moves, Jun 23: 1,280, reported as 1,270",
        "- Figures that are no longer published: 1",
        "  - Health checks, May 23: no longer published",
        "- Changed targets: 1",
        "  - Moves: 1,100, was no target",
        "- Changed definitions: 1",
        "  - Moves, good is: low, was not set",
        "- Texts with the same words as in the last report: 1",
        "  - Care: What is next?",
    ]


def test_the_lead_in_of_each_kind_is_bold(month: Month) -> None:
    (kinds,) = (each for each in month.report.sections[0].blocks if isinstance(each, List) and each.entries[0].below)

    assert all(entry.text[0].bold for entry in kinds.entries)


def test_it_is_printed_in_word_without_findings(month: Month) -> None:
    assert [finding.code for finding in month.findings if finding.is_error] == []
    assert b"word/document.xml" in build_report(month)


def test_the_audit_file_is_an_input(tmp_path: Path) -> None:
    write_june(tmp_path)
    write_report(tmp_path, care=SAID)
    path = july(tmp_path)
    with remembering_inputs():
        inputs = [each.path for each in load_workbook(path).audit(tmp_path).inputs]
    write_report(tmp_path)
    with remembering_inputs():
        others = [each.path for each in load_workbook(path).audit(tmp_path).inputs]

    assert set(inputs) - set(others) == {"last.audit.json"}


def test_without_a_last_report_there_is_one_sentence_and_a_note(tmp_path: Path) -> None:
    write_report(tmp_path, care=SAID)
    month = load_workbook(july(tmp_path))

    assert of_month(month) == ["There is no audit file of an earlier report to compare this one with."]
    assert "audit.no-last-report" in [finding.code for finding in month.findings]


def test_where_nothing_has_changed_it_says_so(tmp_path: Path) -> None:
    path = write_june(tmp_path)
    audit = json.loads(path.read_bytes())
    path.write_text(json.dumps({**audit, "texts": []}), "utf-8")
    write_report(tmp_path, care=SAID)
    month = load_workbook(july(tmp_path, dict.fromkeys([f"Data!F{row}" for row in range(2, 9)])))

    assert of_month(month) == [
        "Since the June 2023 report no status, arrow, reported figure, target or definition has changed."
    ]


def test_a_narrative_may_call_it_too(tmp_path: Path) -> None:
    write_june(tmp_path, {"Data!E6": 1270})
    write_report(tmp_path)
    month = load_workbook(july(tmp_path, {"Narrative!C2": "{{ since_last_report() }}"}))
    lines = list(said(month.report.sections[0].blocks))

    assert "Changes since the June 2023 report:" in lines
    assert "  - Moves, Jun 23: 1,280, reported as 1,270" in lines


def test_the_sentences_and_the_words_are_the_reports_own(tmp_path: Path) -> None:
    write_june(tmp_path)
    more = '[words]\noff-target = "Red"\n[sentences]\nchange_of_status = "{title} ({before}) is {after}"\n'
    report = REPORT.format(listed=["moves"]).replace("[[comparators]]", f"{more}\n[[comparators]]", 1)
    write_report(tmp_path, INDICATORS.replace(*TARGET), care=SAID, report=report)
    lines = of_month(load_workbook(july(tmp_path, {"Data!F6": 1290})))

    assert lines[1:3] == ["- Newly Red: 1", "  - Moves (no target) is Red"]


def test_a_report_that_does_not_call_it_reads_no_audit_file(tmp_path: Path) -> None:
    (tmp_path / "june-2023.audit.json").write_text("{", "utf-8")
    write_report(tmp_path)
    path = july(tmp_path)

    assert "audit.damaged" not in [finding.code for finding in load_workbook(path).findings]
    write_report(tmp_path, care=SAID)
    assert "audit.damaged" in [finding.code for finding in load_workbook(path).findings if finding.is_error]
