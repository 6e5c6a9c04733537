"""What is beside a workbook: workbooks of other periods by their names, and other reports that share it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.inputs.texts import NEVER_AN_INPUT
from cpreport.model.errors import CpreportError, EnvironmentFailure
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.period_text import period_in_name
from cpreport.model.rules.workbook import OF_ANOTHER_REPORT
from cpreport.office.files import looking_aside
from cpreport.office.package import is_marked_copy

_WORKBOOKS = (".xlsx", ".xlsm")


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks in a folder, by name. Raises EnvironmentFailure."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentFailure(f"the folder {folder} cannot be listed: {error.strerror or error}") from error
    named = (path for path in paths if path.suffix.lower() in _WORKBOOKS and not NEVER_AN_INPUT.search(path.name))
    return [path for path in named if not is_marked_copy(path)]


def by_period(paths: Iterable[Path], kind: Kind, terms: Terms) -> dict[Period, list[Path]]:
    """The workbooks with a period of a kind in their names."""
    found: dict[Period, list[Path]] = {}
    for path in dict.fromkeys(paths):
        period = period_in_name(path.stem, terms)
        if period and period.kind is kind:
            found.setdefault(period, []).append(path)
    return found


def other_reports(beside: Path, own: Path, used: Path) -> tuple[ReportFolder, ...]:
    """The report folders in a workbook's folder, with that folder itself and the workbook's own, except the one used.

    One that cannot be read is left out.
    """
    try:
        found = [path for path in (beside, *beside.iterdir()) if (path / "report.toml").is_file()]
    except OSError:
        found = []
    reports: list[ReportFolder] = []
    for root in sorted({root.resolve() for root in (own, *found)} - {used.resolve()}):
        with suppress(CpreportError), looking_aside():
            reports.append(read_report_folder(root)[0])
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
