"""The whole road: read, compute, check, compose, render. Two side roads join it, `forms.py` and `fixes.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.earlier import with_revisions
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check
from cpreport.checks.selection import by_acceptance, by_report
from cpreport.compose.chase import Owed, list_owed
from cpreport.compose.listing import FigureRow, list_figures
from cpreport.compose.report import compose_report
from cpreport.compose.shell import check_tags
from cpreport.compose.wording import figure_text
from cpreport.inputs.earlier import read_earlier
from cpreport.inputs.excel.package import read_package
from cpreport.inputs.month import read_month
from cpreport.model.document import Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Ignored, Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.history import Figures
from cpreport.model.period import Period
from cpreport.model.workbook import Earlier, Workbook
from cpreport.render.widths import may_be_too_wide

if TYPE_CHECKING:
    from pandas import DataFrame

    from cpreport.render.marked.workbook import MarkedCopy

_SEVERITIES = list(Severity)
_OF_TEXTS = ("narrative.", "template.")


@dataclass(frozen=True, slots=True)
class Month:
    """A month's inputs with everything computed from them, and every finding: errors first, then by place.

    What is of a section or indicator as a whole comes after the cells. `ignored` are the findings that the report
    folder sets aside.
    """

    workbook: Workbook
    folder: ReportFolder
    figures: Figures
    report: Report
    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def data_errors(self) -> tuple[Finding, ...]:
        """Those with which no figure can be trusted."""
        return tuple(data_errors(self.findings))

    def rows(self) -> list[FigureRow]:
        """Every figure that the report shows."""
        return list(list_figures(self.workbook, self.folder, self.figures))

    def owed(self) -> list[Owed]:
        """The narratives that are missing, too short, too long or copied, with who owes them."""
        return list(list_owed(self.workbook, self.folder, self.findings))

    def to_frame(self) -> DataFrame:
        """Every figure that the report shows, one row each; the columns are those of `cpreport figures`."""
        from cpreport.analysis.frame import frame

        return frame([row.record() for row in self.rows()])


def load_workbook(
    path: Path | str,
    *,
    report: Path | None = None,
    period: Period | None = None,
    narrative: Path | None = None,
    against: Path | None = None,
    accept_tracked: bool = False,
) -> Month:
    """Reads and checks a month's workbook.

    `report` is a report folder, `period` the reporting period, `narrative` the folder of the narrative files; each wins
    over what the workbook says. `against` is the workbook of an earlier report, to find what has changed since; it wins
    over report.toml. `accept_tracked` takes tracked changes in narratives as accepted, which are errors otherwise.
    Raises InputError where the inputs cannot be read at all, EnvironmentFailure where the system fails. What is wrong
    with the figures and narratives raises nothing: it is in `findings`.
    """
    workbook, folder, findings = read_month(Path(path), report, period, narrative, accept_tracked)
    figures, found = computed(Path(path), workbook, folder, report, against)
    findings += found
    composed, found = compose_report(workbook, folder, figures)
    findings += [*found, *_shell_findings(composed, folder)]
    kept, ignored = by_report(completed(findings, workbook, folder), folder, workbook.data_as_at)
    kept, accepted = by_acceptance(kept, workbook.accepted)
    return Month(workbook, folder, figures, composed, tuple(sorted(kept, key=_order)), (*ignored, *accepted))


def computed(
    path: Path, workbook: Workbook, folder: ReportFolder, report: Path | None, against: Path | None
) -> tuple[Figures, list[Finding]]:
    """The figures, told from those of an earlier report if there is one, and what the rules find."""
    figures = compute_figures(workbook, folder)
    read, findings = read_earlier(path, workbook, folder, report, against)
    earlier = Earlier(*read, compute_figures(*read)) if read else None
    if earlier:
        figures = with_revisions(figures, workbook, folder, earlier, figure_text)
    return figures, [*findings, *check(workbook, folder, figures, earlier)]


def build_report(month: Month, *, draft: bool = False, strict: bool = False) -> bytes:
    """The Word document.

    Raises InputError if there are errors (`strict`: or warnings), unless it is a draft, which says so on every page and
    lists them on its first; a shell that cannot be used refuses that too.
    """
    from cpreport.render.word import render_word

    refusing = [f for f in month.findings if f.is_error or (strict and f.severity is Severity.WARNING)]
    if refusing and not draft:
        raise InputError(*refusing)
    report = _drafted(month) if draft else month.report

    return render_word(
        report, month.folder.shell.content, month.folder.default_shell, partial(check_tags, report=report)
    )


def _shell_findings(report: Report, folder: ReportFolder) -> list[Finding]:
    """Whatever `build_report` refuses of shell.docx, and tables too wide for it. The packaged one has been tried."""
    if folder.shell.content == folder.default_shell and not may_be_too_wide(report):
        return []
    from cpreport.render.word import try_shell

    try:
        return try_shell(report, folder.shell.content, folder.default_shell, partial(check_tags, report=report))
    except InputError as error:
        return list(error.findings)


def mark_workbook(path: Path, findings: Sequence[Finding], left_out: int = 0) -> MarkedCopy:
    """A copy of a month's workbook with these findings marked in it; the workbook itself is left as it is.

    `left_out` is how many more there are that the copy shall not show.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is damaged or no workbook, UsageError if it
    is of a kind that cannot be marked.
    """
    from cpreport.render.marked.workbook import mark

    return mark(read_package(path).parts(), path.name, findings, left_out)


def _drafted(month: Month) -> Report:
    problems = tuple(
        f"{finding.severity.value.capitalize()}: {finding.place.file} {finding.place} – {finding.message}"
        for finding in month.findings
        if not finding.rule.is_verbose
    )
    return replace(month.report, marks=(*month.report.marks, "DRAFT"), problems=problems)


def data_errors(findings: Iterable[Finding]) -> list[Finding]:
    """The errors but for those of narratives and templates: with them no figure can be trusted."""
    return [finding for finding in findings if finding.is_error and not finding.code.startswith(_OF_TEXTS)]


def completed(findings: Iterable[Finding], workbook: Workbook, folder: ReportFolder) -> list[Finding]:
    """Each finding once, with its file and section, in their order."""
    sections = {name: section.id for section in reversed(folder.sections) for name in section.indicators}

    def complete(finding: Finding) -> Finding:
        place = finding.place
        section = place.section or sections.get(place.indicator, "")
        return replace(finding, place=replace(place, file=place.file or workbook.file, section=section))

    return sorted(dict.fromkeys(complete(finding) for finding in findings), key=_order)


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    letters = place.cell.rstrip("0123456789")
    row = int(place.cell[len(letters) :] or 0)
    is_of_none = not place.sheet and bool(place.section or place.indicator)
    cell = (is_of_none, place.sheet, row, len(letters), letters)
    return _SEVERITIES.index(finding.severity), place.file, *cell, place.line
