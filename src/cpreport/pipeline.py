"""The whole road: read, compute, check, compose, render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.earlier import with_revisions
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check
from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import computable
from cpreport.checks.selection import by_acceptance, by_report, wanted
from cpreport.compose.chase import Owed, list_owed
from cpreport.compose.form import compose_form
from cpreport.compose.listing import FigureRow, list_figures
from cpreport.compose.report import compose_report
from cpreport.compose.shell import check_shell, check_tags
from cpreport.compose.wording import figure_text
from cpreport.inputs.earlier import read_earlier
from cpreport.inputs.excel.package import LARGEST_UNPACKED, Package, read_package
from cpreport.inputs.forms import headings, read_for_forms
from cpreport.inputs.month import read_month
from cpreport.inputs.narratives import files_of, is_word, narrative_folder, read_cells
from cpreport.inputs.texts import encoding_of, lock_file, read_bytes
from cpreport.model.correction import IN_WORD, Correction, Replacement
from cpreport.model.document import Report
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Ignored, Place, Severity
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.history import Figures
from cpreport.model.period import Period
from cpreport.model.rules.definition import SHELL_UNUSABLE
from cpreport.model.workbook import Earlier, Workbook

if TYPE_CHECKING:
    from pandas import DataFrame

    from cpreport.render.marked.workbook import MarkedCopy
    from cpreport.render.writing import Rewrite

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
        """The errors but for those of narratives and templates: with them no figure can be trusted."""
        return tuple(_of_data(self.findings))

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
    figures, found = _computed(Path(path), workbook, folder, report, against)
    findings += found
    composed, found = compose_report(workbook, folder, figures)
    findings += [*found, *check_shell(folder.shell, composed)]
    kept, ignored = by_report(_completed(findings, workbook, folder), folder, workbook.data_as_at)
    kept, accepted = by_acceptance(kept, workbook.accepted)
    return Month(workbook, folder, figures, composed, tuple(sorted(kept, key=_order)), (*ignored, *accepted))


def _computed(
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

    def refuse(tags: str) -> str:
        return "; ".join(finding.message for finding in check_tags(tags, report))

    with _shell_as_input():
        return render_word(report, month.folder.shell.content, month.folder.default_shell, refuse)


@dataclass(frozen=True, slots=True)
class Forms:
    """The Word files in which a period's narratives are to be written, each by where it goes.

    `workbook` has their figures. `kept` are the narrative files that are there and stay.
    """

    workbook: Workbook
    files: Mapping[Path, bytes]
    kept: tuple[Path, ...]


def make_forms(
    path: Path | None, *, report: Path | None = None, period: Period | None = None, narrative: Path | None = None
) -> Forms:
    """A form for each section that has slots. Nothing is written.

    `path` is the workbook, perhaps of an earlier period; without one the forms have no figures, and `period` is needed.
    `report` and `narrative` are as `load_workbook` has them. Raises InputError where figures are wrong or cannot be
    read, EnvironmentFailure where the system fails.
    """
    workbook, folder, findings = read_for_forms(path, report, period)
    if path:
        figures, found = _computed(path, workbook, folder, report, None)
    else:
        figures, found = compute_figures(workbook, folder), []
    if wrong := _of_data(_completed([*findings, *found], workbook, folder)):
        raise InputError(*sorted(wrong, key=_order))
    target = narrative_folder(path or Path("none"), workbook.period, narrative)
    files: dict[Path, bytes] = {}
    kept: list[Path] = []
    for section in folder.sections:
        place, stay = _place(section, target)
        kept += stay
        if place:
            files[place] = _form(section, workbook, folder, figures, {})
    return Forms(workbook, files, tuple(kept))


def _place(section: SectionPlan, folder: Path) -> tuple[Path | None, list[Path]]:
    """Where a section's form goes, or None, and which of its narrative files stay.

    A form that nobody edited gives way to a new one; whatever else there is stays, and if it is all there is, alone.
    """
    from cpreport.render.writing import is_untouched

    if not section.slots:
        return None, []
    place, written = folder / f"{section.id}.docx", files_of(section, folder)
    stay = [file for file in written if file != place or not is_untouched(file)]
    return (place if len(stay) < len(written) or not written else None), stay


def make_starter(folder: Path, report: Path, authority: str, period: Period) -> Path:
    """Writes a starter folder for a reporting month and gives its workbook's path.

    `report` is the report folder to copy. Raises UsageError if `folder` is neither new nor empty or the authority
    cannot be printed, InputError if the report folder has mistakes, EnvironmentFailure where the system fails; in all
    cases nothing is left behind.
    """
    from cpreport.inputs.starter.folder import starter

    with starter(folder, report, authority, period) as started:
        workbook, plan, _ = read_for_forms(started.workbook, None, period)
        figures = compute_figures(workbook, plan)
        target = narrative_folder(started.workbook, period, None)
        target.mkdir(parents=True)
        for section in plan.sections:
            if section.slots:
                form = _form(section, workbook, plan, figures, started.examples[section.id])
                (target / f"{section.id}.docx").write_bytes(form)
    return folder / started.workbook.name


def _form(
    section: SectionPlan,
    workbook: Workbook,
    folder: ReportFolder,
    figures: Figures,
    texts: Mapping[str, str],
) -> bytes:
    """A section's form; `texts` are first texts by slot."""
    from cpreport.render.form import render_form

    form = compose_form(section, workbook, folder, figures, headings(section), texts)
    with _shell_as_input():
        return render_form(form, folder.shell.content, folder.default_shell)


@contextmanager
def _shell_as_input() -> Iterator[None]:
    """A shell that cannot be used is an InputError."""
    from cpreport.render.shell import ShellError

    try:
        yield
    except ShellError as mistake:
        raise InputError(SHELL_UNUSABLE.at(Place(file="shell.docx"), reason=str(mistake))) from mistake


def mark_workbook(path: Path, findings: Sequence[Finding], left_out: int = 0) -> MarkedCopy:
    """A copy of a month's workbook with these findings marked in it; the workbook itself is left as it is.

    `left_out` is how many more there are that the copy shall not show.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is damaged or no workbook, UsageError if it
    is of a kind that cannot be marked.
    """
    from cpreport.render.marked.workbook import mark

    return mark(read_package(path).parts(), path.name, findings, left_out)


@dataclass(frozen=True, slots=True)
class Fixes:
    """The numbers typed in narratives for which there are tags, and the files as they would be with them.

    `losses` are sentences on what of a file would go.
    """

    replacements: tuple[Replacement, ...]
    files: tuple[Rewrite, ...] = ()
    losses: tuple[str, ...] = ()


def fix_narratives(month: Month, path: Path, narrative: Path | None = None) -> Fixes:
    """The tags that can take the place of numbers in the narratives of a workbook. Nothing is written.

    `month` was read from `path` with the narrative folder `narrative`. Raises InputError if the workbook's data are
    wrong, UsageError if it is of a kind that cannot be changed, EnvironmentFailure where the system fails or files have
    changed since they were read.
    """
    if month.data_errors:
        raise InputError(*month.data_errors)
    corrections: dict[tuple[str, str], list[Correction]] = {}
    for each in computable(Examined(month.workbook, month.folder, month.figures)):
        place = each.passage.place
        kept = wanted(each, month.folder, month.workbook.data_as_at, month.workbook.accepted)
        corrections.setdefault((place.file, place.sheet), []).append(kept)
    folder = narrative_folder(path, month.workbook.period, narrative)
    fixes = [_fixes_in(path if sheet else folder / file, several) for (file, sheet), several in corrections.items()]
    return Fixes(
        tuple(replacement for each in fixes for replacement in each.replacements),
        tuple(file for each in fixes for file in each.files),
        tuple(loss for each in fixes for loss in each.losses),
    )


def _fixes_in(path: Path, corrections: Sequence[Correction]) -> Fixes:
    """Those in one file."""
    from cpreport.render.corrected.sheet import correct_sheet
    from cpreport.render.corrected.text import Corrected, correct_text
    from cpreport.render.writing import Rewrite

    sheet, before = corrections[0].passage.place.sheet, b""
    if is_word(path.name):
        corrected = Corrected(b"", tuple(each.left(IN_WORD) for each in corrections))
    elif not any(each.done for each in corrections):
        corrected = Corrected(b"", tuple(corrections))
    elif sheet:
        before = read_bytes(path, LARGEST_UNPACKED)
        held = read_cells(path, sheet, [each.passage for each in corrections])
        corrected = correct_sheet(Package(before).parts(), path.name, held, corrections)
    else:
        before = read_bytes(path)
        corrected = correct_text(before, path.name, encoding_of(before), corrections)
    is_changed = any(each.done for each in corrected.corrections)
    files = (Rewrite(path, before, corrected.content),) if is_changed else ()
    return Fixes(tuple(r for each in corrected.corrections for r in each.replacements), files, corrected.losses)


def write_fixes(fixes: Fixes, workbook: Path) -> None:
    """Writes the files of a workbook's fixes.

    Raises EnvironmentFailure if one cannot be written, has changed since it was read, or is the workbook and open in
    another program; the message says whether anything was written.
    """
    from cpreport.render.writing import rewrite_all

    lock = lock_file(workbook)
    if lock and any(file.path == workbook for file in fixes.files):
        raise EnvironmentFailure(
            f"{workbook} is open in another program (there is its lock file {lock.name}): close it there and run this "
            "again; nothing was written"
        )
    rewrite_all(fixes.files)


def _drafted(month: Month) -> Report:
    problems = tuple(
        f"{finding.severity.value.capitalize()}: {finding.place.file} {finding.place} – {finding.message}"
        for finding in month.findings
        if not finding.rule.is_verbose
    )
    return replace(month.report, marks=(*month.report.marks, "DRAFT"), problems=problems)


def _of_data(findings: Iterable[Finding]) -> list[Finding]:
    """The errors but for those of narratives and templates."""
    return [finding for finding in findings if finding.is_error and not finding.code.startswith(_OF_TEXTS)]


def _completed(findings: Iterable[Finding], workbook: Workbook, folder: ReportFolder) -> Iterable[Finding]:
    """Each finding once, with its file and section."""
    sections = {name: section.id for section in reversed(folder.sections) for name in section.indicators}

    def complete(finding: Finding) -> Finding:
        place = finding.place
        section = place.section or sections.get(place.indicator, "")
        return replace(finding, place=replace(place, file=place.file or workbook.file, section=section))

    return dict.fromkeys(complete(finding) for finding in findings)


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    letters = place.cell.rstrip("0123456789")
    row = int(place.cell[len(letters) :] or 0)
    is_of_none = not place.sheet and bool(place.section or place.indicator)
    cell = (is_of_none, place.sheet, row, len(letters), letters)
    return _SEVERITIES.index(finding.severity), place.file, *cell, place.line
