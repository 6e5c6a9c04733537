"""The whole road: read, compute, check, compose, render. Each stage is done when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.disclosure import publish, publishable
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data, check_texts
from cpreport.checks.causes import gathered
from cpreport.checks.order import completed, data_errors, in_order
from cpreport.checks.selection import Split, by_acceptance, by_report
from cpreport.inputs.elsewhere import counted_once
from cpreport.inputs.month import WorkbookRead, read_workbook, with_narratives
from cpreport.model.composed import Composed, ComposedText, EarlierTexts
from cpreport.model.document import Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Ignored, Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.published import Published, Withheld
from cpreport.model.tags import opens_tag
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Earlier, Narratives, Workbook
from cpreport.office.files import remembering_inputs

if TYPE_CHECKING:
    from pandas import DataFrame

    from cpreport.annotate.marked.workbook import MarkedCopy
    from cpreport.compose.chase import Owed
    from cpreport.compose.listing import FigureRow


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
    """Reads a month's workbook and all files with it; texts are composed and checked when they are asked for.

    `report` is a report folder, `period` the reporting period, `narrative` the folder of the narrative files; each wins
    over what the workbook says. `against` is the workbook of an earlier report, to find what has changed since; it wins
    over report.toml. `accept_tracked` takes tracked changes in narratives as accepted, which are errors otherwise.
    Raises InputError where the inputs cannot be read at all, EnvironmentFailure where the system fails. What is wrong
    with the figures and narratives raises nothing: it is in `findings`.
    """
    month = open_workbook(Path(path), report, period, narrative, against, accept_tracked)
    month.read_all()
    return month


def open_workbook(
    path: Path,
    report: Path | None = None,
    period: Period | None = None,
    narrative: Path | None = None,
    against: Path | None = None,
    accept_tracked: bool = False,
) -> Month:
    """As `load_workbook`, but the files beside the workbook are read, and may raise, when they are asked for."""
    return Month(read_workbook(path, report, period), report, narrative, against, accept_tracked)


@dataclass(frozen=True, eq=False)
class Month:
    """A month's inputs with everything computed from them, each part when it is first asked for.

    Its own fields are what `load_workbook` was given. It leaves out what is confidential.
    """

    _read: WorkbookRead
    _report: Path | None = None
    _narrative: Path | None = None
    _against: Path | None = None
    _accept_tracked: bool = False

    @property
    def folder(self) -> ReportFolder:
        """The report folder."""
        return self._read.folder

    @cached_property
    def _computed(self) -> Computed:
        return computed(self._read.path, self._read.workbook, self.folder, self._report, self._against)

    @property
    def figures(self) -> Figures:
        """What may be published of the figures."""
        return self._computed.published.figures

    @property
    def withheld(self) -> Withheld:
        """What is left out because it is confidential."""
        return self._computed.published.withheld

    def rows(self) -> list[FigureRow]:
        """Every figure that the report shows."""
        from cpreport.compose.listing import list_figures

        return list(list_figures(self._computed.published.workbook, self.folder, self.figures))

    def to_frame(self) -> DataFrame:
        """Every figure that the report shows, one row each; the columns are those of `cpreport figures`."""
        from cpreport.analysis.frame import frame

        return frame([row.record() for row in self.rows()])

    @cached_property
    def of_figures(self) -> Split:
        """What is wrong with the figures, in order, and what of it is ignored; it needs no narrative or template."""
        read, done = self._read, self._computed
        found = [*counted_once(read.findings), *done.findings, *done.checked(read.workbook)]
        complete = completed(found, read.workbook.file, self.folder)
        kept, ignored = by_report(complete, self.folder, read.workbook.data_as_at)
        return list(in_order(kept)), ignored

    def read_all(self) -> None:
        """Reads every file that has not been read yet. Raises EnvironmentFailure where the system fails."""
        _ = self._computed, self._told

    @cached_property
    def _told(self) -> tuple[Workbook, list[Finding]]:
        return with_narratives(self._read, self._narrative, self._accept_tracked)

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook with all narratives."""
        published = self._computed.published.workbook
        return replace(self._told[0], entries=published.entries, breakdowns=published.breakdowns)

    @cached_property
    def _composed(self) -> Composed:
        from cpreport.compose.report import compose_report

        return compose_report(self.workbook, self.folder, self.figures)

    @property
    def report(self) -> Report:
        """The report as blocks."""
        return self._composed.report

    @property
    def texts(self) -> tuple[ComposedText, ...]:
        """What narratives and templates say."""
        return self._composed.texts

    @cached_property
    def _judged(self) -> Split:
        told, read = self._told
        done, published = self._computed, Published(self.workbook, self.figures, self.withheld)
        found = [*read, *done.findings, *done.checked(told)]
        found += check_texts(published, self.folder, self.texts, texts_before(published, self.folder, done.earlier))
        found += [*self._composed.findings, *_shell_findings(self.report, self.folder)]
        kept, ignored = by_report(completed(found, told.file, self.folder), self.folder, told.data_as_at)
        kept, accepted = by_acceptance(kept, told.accepted)
        return list(in_order(kept)), [*ignored, *accepted]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: errors first, then by place; a cause stands before what follows from it."""
        return tuple(self._judged[0])

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        """The findings that the report folder sets aside, or somebody accepts."""
        return tuple(self._judged[1])

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings with which no report is built."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def data_errors(self) -> tuple[Finding, ...]:
        """Those with which no figure can be trusted."""
        return tuple(data_errors(self.findings))

    def owed(self) -> list[Owed]:
        """The narratives that are missing, too short, too long or copied, with who owes them."""
        from cpreport.compose.chase import list_owed

        return list(list_owed(self.workbook, self.folder, self.findings))


@dataclass(frozen=True, slots=True)
class Computed:
    """The figures of a workbook, what may be published of it, and the months of earlier reports, if there are any.

    `earlier` begins with the one that changes are told from; `findings` is what is wrong with reading them.
    """

    folder: ReportFolder
    figures: Figures
    published: Published
    earlier: tuple[Earlier, ...]
    findings: tuple[Finding, ...]

    def checked(self, workbook: Workbook) -> list[Finding]:
        """What the rules of data find; `workbook` is the one computed from, perhaps with more narratives."""
        if not self.earlier:
            return check_data(workbook, self.folder, self.figures)
        from cpreport.compose.wording import restated_texts

        return check_data(workbook, self.folder, self.figures, self.earlier[0], restated_texts(self.figures))


def computed(
    path: Path, workbook: Workbook, folder: ReportFolder, report: Path | None = None, against: Path | None = None
) -> Computed:
    """The figures of a workbook, told from earlier reports if there are any."""
    figures = compute_figures(workbook, folder)
    if against is None and not folder.compare_with_earlier:
        return Computed(folder, figures, publish(workbook, folder, figures), (), ())
    from cpreport.analysis.earlier import with_revisions
    from cpreport.inputs.earlier import read_earlier

    since = min((period.start for _, period in figures.shown), default=workbook.period.start)
    read, findings = read_earlier(path, workbook, folder, report, against, since)
    earlier = tuple(Earlier(*each, compute_figures(*each)) for each in read)
    if earlier:
        figures = with_revisions(figures, workbook, folder, earlier)
    return Computed(folder, figures, publish(workbook, folder, figures), earlier, tuple(findings))


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
    from cpreport.compose.report import compose_narratives

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
    from cpreport.compose.shell import fill_tags
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
    from cpreport.editions.widths import may_be_too_wide

    if folder.shell.content == folder.default_shell and not may_be_too_wide(report):
        return []
    from cpreport.compose.shell import fill_tags
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
    from cpreport.office.package import read_package

    return mark(read_package(path).parts(), path.name, findings, left_out)


def _drafted(month: Month) -> Report:
    from cpreport.compose.findings import told

    listed = [publishable(finding, month.withheld) for finding in month.findings if not finding.rule.is_verbose]
    problems = tuple(
        f"{finding.severity.value.capitalize()}: {finding.place.file} {finding.place} – {told(finding)}"
        for finding in gathered(listed)
    )
    return replace(month.report, marks=(*month.report.marks, "DRAFT"), problems=problems)
