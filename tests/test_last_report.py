"""The audit file of the last report is found beside a workbook by what it holds, whatever its name is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cpreport.editions.audit import audit_file
from cpreport.inputs.last_report import read_last_report
from cpreport.model.audit import Audit
from cpreport.model.folder import ReportFolder
from cpreport.model.period import month, quarter
from cpreport.model.workbook import About, Workbook
from cpreport.office.files import inputs_read, remembering_inputs

from .audits import audit, june

JULY = Workbook("july-2023.xlsx", month(2023, 7), date(2023, 7, 31), About(), ())
FOLDER = ReportFolder("Report", (), {}, {})
MAY = audit(period="May 23")
JUNE = june()


def found(folder: Path, files: Mapping[str, Audit | bytes]) -> tuple[str, list[str]]:
    """The period of the last report, empty where there is none, and the codes of what is found."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else audit_file(content))
    last, findings = read_last_report(folder, JULY, FOLDER)
    return (last.period if last else ""), [finding.code.removeprefix("audit.") for finding in findings]


@pytest.mark.parametrize(
    ("files", "period", "codes"),
    [
        ({}, "", ["no-last-report"]),
        ({"june-2023.audit.json": JUNE}, "Jun 23", []),
        ({"june-2023.audit.json": JUNE, "may-2023.audit.json": MAY, "2023-07.audit.json": audit()}, "Jun 23", []),
        ({"a.audit.json": JUNE, "b.AUDIT.json": MAY}, "Jun 23", []),
        ({"a.audit.json": MAY, "june-2023.audit.json": JUNE}, "Jun 23", []),
        ({"a.audit.json": JUNE, "may-2023.audit.json": MAY}, "Jun 23", []),
        ({"june-2023.audit.json": MAY}, "May 23", []),
        ({"a.audit.json": audit(), "b.audit.json": audit(period="Aug 23")}, "", ["no-last-report"]),
        ({"june-2023.audit.json": june(is_draft=True), "may-2023.audit.json": MAY}, "May 23", []),
        ({"june-2023.audit.json": june(place="scrutiny"), "may-2023.audit.json": MAY}, "May 23", []),
        ({"june-2023.audit.json": june(authority="Leeds"), "may-2023.audit.json": MAY}, "May 23", []),
        ({"a.audit.json": audit(period="Apr-Jun 23/24 Q1")}, "", ["no-last-report"]),
        ({"a.audit.json": audit(period="some time")}, "", ["no-last-report"]),
        ({"npm.audit.json": b'{"auditReportVersion": 2}', "a.audit.json": JUNE}, "Jun 23", []),
        ({"june-2023.audit.json": b"[]"}, "", ["not-an-audit-file", "no-last-report"]),
        ({"~$a.audit.json": JUNE, "a.json": JUNE}, "", ["no-last-report"]),
        ({"june-2023.audit.json": b"{", "may-2023.audit.json": MAY}, "May 23", ["damaged"]),
        ({"june.audit.json": JUNE, "june-2023.audit.json": JUNE}, "Jun 23", ["two-last-reports"]),
    ],
)
def test_it_is_the_newest_earlier_one_of_the_same_report(
    tmp_path: Path, files: Mapping[str, Audit | bytes], period: str, codes: list[str]
) -> None:
    assert found(tmp_path, files) == (period, codes)


def test_files_whose_names_tell_an_older_period_are_not_read(tmp_path: Path) -> None:
    older = {f"{name}-2023.audit.json": b"{" for name in ("january", "march", "may", "august")}

    assert found(tmp_path, {**older, "june-2023.audit.json": JUNE}) == ("Jun 23", [])


def test_only_the_one_that_is_used_is_an_input(tmp_path: Path) -> None:
    with remembering_inputs():
        found(tmp_path, {"a.audit.json": MAY, "june-2023.audit.json": JUNE, "c.audit.json": b"{}"})

        assert [each.path.name for each in inputs_read()] == ["june-2023.audit.json"]


def test_a_quarter_is_compared_with_a_quarter(tmp_path: Path) -> None:
    (tmp_path / "a.audit.json").write_bytes(audit_file(audit(period="Jan-Mar 22/23 Q4")))
    (tmp_path / "b.audit.json").write_bytes(audit_file(MAY))
    last, _ = read_last_report(tmp_path, replace(JULY, period=quarter(2023, 1)), FOLDER)

    assert last and last.period == "Jan-Mar 22/23 Q4"
