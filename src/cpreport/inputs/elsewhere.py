"""What stands in a workbook, or beside it, for another report that shares it: counted, and left alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.model.errors import CpreportError
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.folder import ReportFolder
from cpreport.model.rules.workbook import OF_ANOTHER_REPORT


def other_reports(beside: Path, own: Path, used: Path) -> tuple[ReportFolder, ...]:
    """The report folders in a workbook's folder, with that folder itself and the workbook's own, but the one in use.

    One that cannot be read is left out.
    """
    try:
        found = [path for path in (beside, *beside.iterdir()) if (path / "report.toml").is_file()]
    except OSError:
        found = []
    reports: list[ReportFolder] = []
    for root in sorted({root.resolve() for root in (own, *found)} - {used.resolve()}):
        try:
            reports.append(read_report_folder(root)[0])
        except CpreportError:
            continue
    return tuple(reports)


def unknown(rule: Rule, place: Place, is_of_another: bool, **values: Any) -> Finding:
    """A finding about a name that this report does not have; another rule's if another report has it."""
    return OF_ANOTHER_REPORT.at(place, count="1 row or text is") if is_of_another else rule.at(place, **values)


def counted_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with all about other reports as one, at the first."""
    findings = list(findings)
    others = [finding for finding in findings if finding.rule is OF_ANOTHER_REPORT]
    kept = [finding for finding in findings if finding.rule is not OF_ANOTHER_REPORT]
    if others[1:]:
        others = [OF_ANOTHER_REPORT.at(others[0].place, count=f"{len(others):,} rows or texts are")]
    return [*kept, *others]
