"""The command `check`: any documents, their findings, and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .documents import paragraph, word

Run = Callable[..., tuple[int, str, str]]
UNTITLED = (("<dc:title>Placements in 2023", "<dc:title>"),)
SMALL = ((paragraph("Carers by ward, July 2023."), paragraph("Carers", properties='<w:sz w:val="18"/>')),)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four documents: a good one, one with an error, one with a warning, and one that is none."""
    for name, content in (("good", word()), ("bad", word(*UNTITLED)), ("small", word(*SMALL)), ("odd", b"Dear all")):
        (tmp_path / f"{name}.docx").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "status", "lines", "summary"),
    [
        (["good.docx"], 0, 0, "no findings"),
        (["small.docx"], 0, 1, "1 warning"),
        (["bad.docx", "good.docx"], 1, 1, "2 documents: 1 error"),
        (["*.docx"], 1, 3, "4 documents: 2 errors, 1 warning"),
        (["none.docx", "good.docx"], 3, 0, "no findings"),
    ],
)
def test_an_error_is_status_1_and_a_file_that_cannot_be_read_is_3(
    call: Run, files: list[str], status: int, lines: int, summary: str
) -> None:
    code, out, err = call("check", *files)

    assert (code, len(out.splitlines()), err.splitlines()[-1]) == (status, lines, summary)


def test_a_finding_is_a_line_or_a_record(call: Run) -> None:
    assert call("check", "bad.docx")[1].startswith("error    document.no-title  bad.docx  no title in the document")

    (record,) = json.loads(call("check", "bad.docx", "--json")[1])
    assert (record["severity"], record["code"], record["file"]) == ("error", "document.no-title", "bad.docx")
    assert record["message"] and record["hint"] and record["consequences"] == []


def test_findings_may_be_chosen(call: Run) -> None:
    assert call("check", "bad.docx", "--ignore", "document.no-title")[0] == 0
    assert call("check", "bad.docx", "--only", "document.small-text") == (0, "", "no findings, 1 left out\n")
    assert call("check", "small.docx", "--quiet")[2] == ""


def test_a_workbook_is_told_what_checks_it(call: Run) -> None:
    workbook = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
    status, out, _ = call("check", str(workbook))

    assert status == 1
    assert "document.unreadable  july-2023.xlsx  the file is an Excel workbook, which cpreport validate checks" in out
