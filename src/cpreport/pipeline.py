"""The whole road: read, compute, check, compose, render. Two side roads join it, `forms.py` and `fixes.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.disclosure import publish, publishable
from cpreport.analysis.earlier import with_revisions
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data, check_texts
from cpreport.checks.causes import flat, gathered
from cpreport.checks.selection import by_acceptance, by_report
from cpreport.compose.chase import Owed, list_owed
from cpreport.compose.findings import told
from cpreport.compose.listing import FigureRow, list_figures
from cpreport.compose.report import compose_narratives, compose_report
from cpreport.compose.shell import fill_tags
from cpreport.compose.wording import restated_texts
from cpreport.editions.widths import may_be_too_wide
from cpreport.inputs.earlier import read_earlier
from cpreport.inputs.month import read_month
from cpreport.model.composed import ComposedText, EarlierTexts
from cpreport.model.document import Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Ignored, Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.published import Published, Withheld
from cpreport.model.tags import opens_tag
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Earlier, Narratives, Workbook
from cpreport.office.files import Input, inputs_read, remembering_inputs
from cpreport.office.package import read_package

if TYPE_CHECKING:
    from pandas import DataFrame

    from cpreport.annotate.marked.workbook import MarkedCopy

_SEVERITIES = list(Severity)
_OF_TEXTS = ("narrative.", "template.")


@dataclass(frozen=True, slots=True)
class Month:
    """A month's inputs with everything computed from them, and every finding: errors first, then by place.

    A cause stands before what follows from it; what is of a section or indicator as a whole comes after the cells.
    `ignored` are the findings that the report folder sets aside. `withheld` is what `workbook`, `figures` and `report`
    leave out because it is confidential. `texts` are what narratives and templates say, `inputs` the files that were
    read, in order of reading.
    """

    workbook: Workbook
    folder: ReportFolder
    figures: Figures
    report: Report
    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()
    withheld: Withheld = field(default_factory=Withheld)
    texts: tuple[ComposedText, ...] = ()
    inputs: tuple[Input, ...] = ()

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


@remembering_inputs()
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
    published, found, earlier = computed(Path(path), workbook, folder, report, against)
    findings += found
    workbook, figures = published.workbook, published.figures
    composed = compose_report(workbook, folder, figures)
    findings += check_texts(published, folder, composed.texts, texts_before(published, folder, earlier))
    findings += [*composed.findings, *_shell_findings(composed.report, folder)]
    kept, ignored = by_report(completed(findings, workbook, folder), folder, workbook.data_as_at)
    kept, accepted = by_acceptance(kept, workbook.accepted)
    ordered = tuple(flat(gathered(sorted(kept, key=_order))))
    aside = (*ignored, *accepted)
    return Month(
        workbook, folder, figures, composed.report, ordered, aside, published.withheld, composed.texts, inputs_read()
    )


def computed(
    path: Path, workbook: Workbook, folder: ReportFolder, report: Path | None, against: Path | None
) -> tuple[Published, list[Finding], list[Earlier]]:
    """What may be published, what the rules of data find, and the months of earlier reports, if there are any."""
    figures = compute_figures(workbook, folder)
    since = min((period.start for _, period in figures.shown), default=workbook.period.start)
    read, findings = read_earlier(path, workbook, folder, report, against, since)
    earlier = [Earlier(*each, compute_figures(*each)) for each in read]
    if earlier:
        figures = with_revisions(figures, workbook, folder, earlier)
    published = publish(workbook, folder, figures)
    findings += check_data(workbook, folder, figures, earlier[0] if earlier else None, restated_texts(figures))
    return published, findings, earlier


def texts_before(published: Published, folder: ReportFolder, earlier: Sequence[Earlier]) -> list[EarlierTexts]:
    """What the narratives of the last three periods, and of the workbook compared with, said when they were printed."""
    now = Earlier(published.workbook, folder, published.figures)
    known = {each.workbook.period: each for each in (*reversed(earlier), now)}
    oldest = now.workbook.period.shift(-3)
    read = dict(now.workbook.earlier_narratives)
    for then in (each.workbook for each in earlier if each is earlier[0] or each.workbook.period >= oldest):
        read[then.period] = {**then.narratives, **read.get(then.period, {})}
    return [EarlierTexts(period, _printed_then(read[period], known.get(period, now), period)) for period in read]


def _printed_then(narratives: Narratives, month: Earlier, period: Period) -> tuple[ComposedText, ...]:
    """What a period's narratives said with its figures; `month` is its own, or the newest, which has them too."""
    workbook, figures = replace(month.workbook, narratives=narratives), month.figures
    if period != workbook.period and any(opens_tag(p.text) for text in narratives.values() for p in text.passages):
        workbook = replace(workbook, period=period, data_as_at=period.end)
        figures = compute_figures(workbook, month.folder)
    return compose_narratives(workbook, month.folder, figures)


def build_report(month: Month, *, draft: bool = False, strict: bool = False) -> bytes:
    """The Word document.

    Raises InputError if there are errors (`strict`: or warnings), unless it is a draft, which says so on every page and
    lists them on its first; a shell that cannot be used refuses that too.
    """
    from cpreport.editions.word import render_word

    refusing = [f for f in month.findings if f.is_error or (strict and f.severity is Severity.WARNING)]
    if refusing and not draft:
        raise InputError(*refusing)
    report = _drafted(month) if draft else month.report

    return render_word(
        report, month.folder.shell.content, month.folder.default_shell, partial(fill_tags, report=report)
    )


def _shell_findings(report: Report, folder: ReportFolder) -> list[Finding]:
    """Whatever `build_report` refuses of shell.docx, and tables too wide for it. The packaged one has been tried."""
    if folder.shell.content == folder.default_shell and not may_be_too_wide(report):
        return []
    from cpreport.editions.word import try_shell

    try:
        return try_shell(report, folder.shell.content, folder.default_shell, partial(fill_tags, report=report))
    except InputError as error:
        return list(error.findings)


def mark_workbook(path: Path, findings: Sequence[Finding], left_out: int = 0) -> MarkedCopy:
    """A copy of a month's workbook with these findings marked in it; the workbook itself is left as it is.

    `left_out` is how many more there are that the copy shall not show.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is damaged or no workbook, UsageError if it
    is of a kind that cannot be marked.
    """
    from cpreport.annotate.marked.workbook import mark

    return mark(read_package(path).parts(), path.name, findings, left_out)


def _drafted(month: Month) -> Report:
    listed = [publishable(finding, month.withheld) for finding in month.findings if not finding.rule.is_verbose]
    problems = tuple(
        f"{finding.severity.value.capitalize()}: {finding.place.file} {finding.place} – {told(finding)}"
        for finding in gathered(listed)
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
