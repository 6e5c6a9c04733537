"""The whole pipeline: read, compute, check, compose, render. Each stage runs when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpreport.analysis.disclosure import publish, publishable
from cpreport.analysis.figures import compute_figures, frame, months_before
from cpreport.analysis.wrong_cells import without_wrong
from cpreport.checks import check_data, check_texts
from cpreport.checks.order import data_errors, judged
from cpreport.checks.selection import Split
from cpreport.inputs.elsewhere import counted_once
from cpreport.inputs.month import WorkbookRead, read_workbook, with_narratives
from cpreport.model.audit import ELSEWHERE, Audit, AuditedInput
from cpreport.model.composed import Composed, ComposedText, EarlierTexts
from cpreport.model.document import Report
from cpreport.model.finding import Finding, Ignored
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.published import Published, Withheld
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Earlier, Workbook
from cpreport.office.files import Input, inputs_read, remembering_inputs

if TYPE_CHECKING:
    from pandas import DataFrame

    from cpreport.compose.listing import FigureRow
    from cpreport.editions.trial import Trial
    from cpreport.inputs.last_report import LastReport


@remembering_inputs()
def load_workbook(
    path: Path | str,
    *,
    report: Path | None = None,
    period: Period | None = None,
    narrative: Path | None = None,
    against: Path | None = None,
    accept_tracked: bool = False,
    sheet: str = "",
) -> Month:
    """Reads a month's workbook and all files with it; texts are composed and checked when they are needed.

    `report` is a report folder, `period` the reporting period, `narrative` the folder of the narrative files; each
    overrides the workbook. `against` is the workbook of an earlier report, to find what has changed since; it overrides
    report.toml. `accept_tracked` accepts tracked changes in narratives, which are errors otherwise. `sheet` is the one
    that the figures are on, where it is not named Data.
    Raises InputError where the inputs cannot be read at all, EnvironmentFailure where the system fails. Mistakes in the
    figures and narratives do not raise: they are in `findings`.
    """
    month = Month(read_workbook(Path(path), report, period, sheet), report, narrative, against, accept_tracked)
    _ = month.inputs
    return month


@dataclass(frozen=True, eq=False)
class Month:
    """A month's inputs with everything computed from them, each part when it is first needed.

    It is made from the workbook and the arguments of `load_workbook`; files beside the workbook are read, and may
    raise, when they are needed. Confidential figures are left out.
    """

    _read: WorkbookRead
    _report: Path | None = None
    _narrative: Path | None = None
    _against: Path | None = None
    _accept_tracked: bool = False

    @cached_property
    def folder(self) -> ReportFolder:
        """The report folder."""
        return self._read.compared

    @cached_property
    def _computed(self) -> Computed:
        return computed(self._read.path, self._read.workbook, self.folder, self._report, self._against)

    @property
    def name(self) -> str:
        """What its report's files are called, without extension.

        That is the workbook's name, with the period unless it says that, and with the report unless that is its own.
        """
        from cpreport.model.period_text import period_in_name

        stem, period = self._read.path.stem, self._read.workbook.period
        has_period = period_in_name(stem, self.folder.terms) == period
        return "-".join(filter(None, (stem, "" if has_period else period.slug, self.folder.other_name)))

    @property
    def figures(self) -> Figures:
        """The figures that may be published."""
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
        """Every figure that the report shows, one row each; the columns are those of `cpreport figures`.

        Needs pandas (`cpreport[pandas]`); raises EnvironmentFailure where it is not installed.
        """
        return frame([row.record() for row in self.rows()])

    @cached_property
    def of_figures(self) -> Split:
        """Findings about the figures, in order, and the ignored ones; they need no narrative or template."""
        workbook = self._read.workbook
        return judged([*counted_once(self._read.findings), *self._computed.checked(workbook)], workbook, self.folder)

    @cached_property
    def _with_narratives(self) -> tuple[Workbook, list[Finding]]:
        return with_narratives(self._read, self._narrative, self._accept_tracked)

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook with all narratives."""
        published = self._computed.published.workbook
        read = replace(self._with_narratives[0], peers=published.peers)
        return replace(read, entries=published.entries, breakdowns=published.breakdowns)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The files that it was made from, in order of reading."""
        _ = self.workbook, self._last
        return inputs_read()

    @cached_property
    def _last(self) -> LastReport:
        """The audit of the last report, if a text compares with it."""
        from cpreport.inputs.last_report import compares_with_last, read_last_report

        is_wanted = compares_with_last(self.workbook, self.folder)
        return read_last_report(self._read.path.parent, self.workbook, self.folder) if is_wanted else (None, ())

    @cached_property
    def _composed(self) -> Composed:
        from cpreport.compose.report import compose_report

        return compose_report(self.workbook, self.folder, self.figures, self._last[0])

    @property
    def report(self) -> Report:
        """The report as blocks."""
        return self._composed.report

    def with_data_errors(self) -> Report:
        """The report with `[data error]` for each figure and benchmark of which a cell has an error."""
        return self._draft[0].report

    @cached_property
    def _draft(self) -> tuple[Composed, Figures]:
        """What a draft prints, with its figures."""
        from cpreport.compose.report import compose_report

        without = without_wrong(self._read.workbook, (finding.place for finding in self.data_errors))
        if without is self._read.workbook:
            return self._composed, self.figures
        done = computed(self._read.path, without, self.folder, self._report, self._against)
        published = replace(self.workbook, breakdowns=done.published.workbook.breakdowns)
        figures = done.published.figures
        return compose_report(published, self.folder, figures, self._last[0]), figures

    @property
    def texts(self) -> tuple[ComposedText, ...]:
        """The texts of narratives and templates."""
        return self._composed.texts

    @cached_property
    def trial(self) -> Trial:
        """The report folder's shell, tried with the report."""
        from cpreport.compose.sandbox import fill_tags
        from cpreport.editions.trial import tried_shell

        return tried_shell(self.report, self.folder, partial(fill_tags, report=self.report))

    def _seen_in_word(self) -> list[Finding]:
        """What readers of the Word document would miss, where it was made to try the report folder's own shell."""
        if (tried := self.trial.document) is None:
            return []
        from cpreport.gate.word import check_word

        return check_word(tried.parts, f"{self.name}.docx")

    @cached_property
    def _judged(self) -> Split:
        from cpreport.compose.page import fill_page
        from cpreport.compose.report import compose_narratives
        from cpreport.editions.trial import page_findings

        (workbook, read), folder = self._with_narratives, self.folder
        published = Published(self.workbook, self.figures, self.withheld)
        before = [
            EarlierTexts(each.workbook.period, compose_narratives(each.workbook, each.folder, each.figures))
            for each in months_before(published, folder, self._computed.earlier)
        ]
        of_texts = check_texts(published, folder, self.texts, before)
        of_pages = page_findings(folder, partial(fill_page, report=self.report))
        of_editions = [*self.trial.findings, *self._seen_in_word(), *of_pages]
        composed = [*of_texts, *self._last[1], *self._composed.findings]
        found = [*read, *self._computed.checked(workbook), *composed, *of_editions]
        return judged(found, workbook, folder)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: errors first, then by place; a cause comes before what follows from it."""
        return tuple(self._judged[0])

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        """The findings that the report folder ignores, or somebody has accepted."""
        return tuple(self._judged[1])

    def audit(self, beside: Path, *, draft: bool = False) -> Audit:
        """What the report was made from and what it prints, and nothing that is confidential.

        `beside` is the folder of the document, from which paths are seen. A `draft` prints `[data error]` for figures
        that are wrong.
        """
        from importlib.metadata import version

        from cpreport.compose.audit import audit_of
        from cpreport.inputs.definitions.folder import paths_from

        def seen(path: Path) -> str:
            return paths_from(beside, [path])[0] or path.name

        def named(file: str) -> str:
            return seen(Path(file)) if Path(file).is_absolute() else file

        folder, read = self.folder, self._read
        composed, figures = self._draft if draft else (self._composed, self.figures)
        audit = Audit(
            version=version("cpreport"),
            title=composed.report.cover.title,
            authority=composed.report.cover.authority,
            period=self.workbook.period.label,
            data_as_at=self.workbook.data_as_at,
            place=named(folder.place),
            workbook=seen(read.path),
            is_draft=draft,
            options=self._options(seen, draft),
            inputs=tuple(sorted(self._inputs_from(beside))),
        )
        published = [publishable(each, self.withheld) for each in self.findings]
        ignored = [_publishable_reason(each, self.withheld) for each in self.ignored]
        return audit_of(audit, composed, folder, figures, published, ignored, read.workbook.file, named)

    def _options(self, seen: Callable[[Path], str], draft: bool) -> dict[str, str]:
        """What was asked for besides the workbook, by the names of an audit file; `seen` names a file."""
        options = {
            "period": self._read.period.slug if self._read.period else "",
            "report": seen(self._report) if self._report else "",
            "narrative": seen(self._narrative) if self._narrative else "",
            "accept_tracked": "true" if self._accept_tracked else "",
            "against": seen(self._against) if self._against else "",
            "draft": "true" if draft else "",
            "sheet": self._read.sheet,
        }
        return {name: value for name, value in options.items() if value}

    def _inputs_from(self, beside: Path) -> Iterator[AuditedInput]:
        from cpreport.inputs.definitions.folder import paths_from

        places = paths_from(beside, [each.path for each in self.inputs])
        for place, each in zip(places, self.inputs, strict=True):
            yield AuditedInput(place or each.path.name, each.sha256, "" if place else ELSEWHERE)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a report from being built."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def data_errors(self) -> tuple[Finding, ...]:
        """The findings that make figures unreliable."""
        return tuple(data_errors(self.findings))


def _publishable_reason(ignored: Ignored, withheld: Withheld) -> Ignored:
    """An ignored finding as an audit may give it, and why it is: people type that."""
    finding, why = ignored
    return Ignored(publishable(finding, withheld), publishable(replace(finding, message=why), withheld).message)


class Computed(NamedTuple):
    """The figures of a workbook, what may be published of it, and the months of earlier reports, if there are any.

    `earlier` begins with the one that changes are reported against; `findings` are about reading them.
    """

    folder: ReportFolder
    figures: Figures
    published: Published
    earlier: tuple[Earlier, ...]
    findings: tuple[Finding, ...]

    def checked(self, workbook: Workbook) -> list[Finding]:
        """Its findings and those of the rules of data; `workbook` is the one computed from, perhaps with narratives."""
        from cpreport.compose.wording import restated_texts

        compared = next(iter(self.earlier), None)
        found = check_data(workbook, self.folder, self.figures, compared, restated_texts(self.figures))
        return [*self.findings, *found]


def computed(
    path: Path, workbook: Workbook, folder: ReportFolder, report: Path | None = None, against: Path | None = None
) -> Computed:
    """The figures of a workbook, compared with earlier reports if there are any."""
    figures = compute_figures(workbook, folder)
    earlier: tuple[Earlier, ...] = ()
    findings: list[Finding] = []
    if against or folder.compare_with_earlier:
        from cpreport.analysis.earlier import with_revisions
        from cpreport.inputs.earlier import read_earlier

        since = min((period.start for _, period in figures.shown), default=workbook.period.start)
        read, findings = read_earlier(path, workbook, folder, report, against, since)
        earlier = tuple(Earlier(*each, compute_figures(*each)) for each in read)
        figures = with_revisions(figures, workbook, folder, earlier) if earlier else figures
    return Computed(folder, figures, publish(workbook, folder, figures), earlier, tuple(findings))
