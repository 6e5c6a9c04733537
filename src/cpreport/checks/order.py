"""The order of findings: the gravest first, causes before what follows from them, then by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cpreport.checks.causes import flat, gathered
from cpreport.checks.selection import Split, by_acceptance, by_report
from cpreport.model.finding import Finding, Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.workbook import Workbook

_SEVERITIES = list(Severity)
_OF_TEXTS = ("narrative.", "template.")


def data_errors(findings: Iterable[Finding]) -> list[Finding]:
    """The errors but for those of narratives and templates: with them no figure can be trusted."""
    return [finding for finding in findings if finding.is_error and not finding.code.startswith(_OF_TEXTS)]


def judged(findings: Iterable[Finding], workbook: Workbook, folder: ReportFolder) -> Split:
    """The findings in order, and those of them that the report folder sets aside or somebody accepts."""
    kept, ignored = by_report(completed(findings, workbook.file, folder), folder, workbook.data_as_at)
    kept, accepted = by_acceptance(kept, workbook.accepted)
    return list(in_order(kept)), [*ignored, *accepted]


def completed(findings: Iterable[Finding], file: str, folder: ReportFolder) -> list[Finding]:
    """Each finding once, by severity and place, with its section and its file: `file`, unless it names another."""
    sections = {name: section.id for section in reversed(folder.sections) for name in section.indicators}

    def complete(finding: Finding) -> Finding:
        place = finding.place
        section = place.section or sections.get(place.indicator, "")
        return replace(finding, place=replace(place, file=place.file or file, section=section))

    return sorted(dict.fromkeys(map(complete, findings)), key=_order)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each cause before its consequences; what is of a section or indicator as a whole after cells."""
    return tuple(flat(gathered(sorted(findings, key=_order))))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    letters = place.cell.rstrip("0123456789")
    row = int(place.cell[len(letters) :] or 0)
    is_of_none = not place.sheet and bool(place.section or place.indicator)
    cell = (is_of_none, place.sheet, row, len(letters), letters)
    return _SEVERITIES.index(finding.severity), place.file, *cell, place.line
