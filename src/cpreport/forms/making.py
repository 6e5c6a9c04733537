"""From a workbook, or without one, to the Word files in which its narratives are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks.order import completed, data_errors
from cpreport.editions.writing import Rewrite, rewrite_all
from cpreport.forms.form import render_form
from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.month import read_figures, report_beside
from cpreport.inputs.narratives.sources import files_of, narrative_folder
from cpreport.inputs.texts import lock_file, read_bytes, refuse_open
from cpreport.inputs.workbook.data import read_book
from cpreport.model.errors import InputError, UsageError
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.published import Published
from cpreport.model.rules.workbook import PERIOD_NOT_IN_DATA
from cpreport.model.workbook import About, Workbook
from cpreport.office.digests import PARTS_PROPERTY, is_as_recorded
from cpreport.pipeline import computed


@dataclass(frozen=True, slots=True)
class Forms:
    """The Word files in which a period's narratives are to be written, each with its path.

    `workbook` has their figures. `kept` are the narrative files that are there and stay, `opened` those among
    them that are open in another program.
    """

    workbook: Workbook
    files: tuple[Rewrite, ...]
    kept: tuple[Path, ...]
    opened: tuple[Path, ...]


def find_workbook(folder: Path, period: Period) -> Path | None:
    """The workbook in a folder with the period in its name, else the newest earlier one of the same kind, else None.

    Raises UsageError where two have the same one, EnvironmentFailure where the folder cannot be listed.
    """
    found = by_period(workbooks_in(folder), period.kind, period.terms)
    newest, paths = max(((when, named) for when, named in found.items() if when <= period), default=(period, []))
    if len(paths) > 1:
        raise UsageError(f"{' and '.join(path.name for path in paths)} are all for {newest}: name the one to use")
    return paths[0] if paths else None


def make_forms(
    path: Path | None,
    *,
    report: Path | None = None,
    period: Period | None = None,
    narrative: Path | None = None,
    texts: Mapping[tuple[str, str], str] | None = None,
    sheet: str = "",
) -> Forms:
    """A form for each section that has slots. Nothing is written.

    `path` is the workbook, perhaps of an earlier period; without one the forms have no figures, and `period` is needed.
    `report` and `sheet` are as for `load_workbook`. `narrative` is a folder with one for each period, or, by its name
    or its narratives, that of this period; it need not exist. With `texts`, an example's first texts by section and
    slot, wrong figures are not refused.

    A form that nobody has edited or has open is replaced. Any other file stays; a section that has only such files
    gets no form. Raises InputError where figures are wrong or cannot be read, EnvironmentFailure where the system
    fails.
    """
    month, folder, found = _read(path, report, period, sheet)
    wrong = data_errors(completed(found, month.workbook.file, folder))
    if wrong and texts is None:
        raise InputError(*wrong)
    target = _target(path, month.workbook.period, narrative, folder)
    files: list[Rewrite] = []
    kept: list[Path] = []
    for section in folder.to_write:
        form, written = target / f"{section.id}.docx", files_of(section, target)
        before = read_bytes(form) if form in written else None
        is_replaceable = before is not None and not lock_file(form) and is_as_recorded(before, PARTS_PROPERTY)
        kept += [file for file in written if file != form or not is_replaceable]
        if is_replaceable or not written:
            files.append(Rewrite(form, before, render_form(section, month, folder, texts or {})))
    return Forms(month.workbook, tuple(files), tuple(kept), tuple(filter(lock_file, kept)))


def _read(
    path: Path | None, report: Path | None, period: Period | None, sheet: str
) -> tuple[Published, ReportFolder, list[Finding]]:
    """A period's figures with their report folder, and everything that is wrong with them.

    The workbook may be of an earlier period: then its board date and Data as at do not apply, and it may lack the
    period. Without a workbook there is one without entries; then the report folder is `report`, or the current folder,
    or the packaged one.
    """
    if path is not None:
        workbook, folder, read = read_figures(read_book(path, sheet), path, report, period)
        result = computed(path, workbook, folder, report)
        found = [finding for finding in read if finding.code != PERIOD_NOT_IN_DATA.code]
        return result.published, folder, [*found, *result.checked(workbook)]
    if period is None:
        raise UsageError("without a workbook, give the period: --period 2023-08")
    folder, warnings = read_report_folder(report or report_beside(Path()))
    workbook = Workbook("", period, period.end, About(), ())
    return publish(workbook, folder, compute_figures(workbook, folder)), folder, warnings


def write_forms(forms: Forms) -> None:
    """Writes the forms.

    Raises EnvironmentFailure if one cannot be written, is open in another program or has changed since it was looked
    at; the message says whether anything was written.
    """
    for form in forms.files:
        if form.before is not None:
            refuse_open(form.path)
    rewrite_all(forms.files)


def _target(workbook: Path | None, period: Period, given: Path | None, folder: ReportFolder) -> Path:
    """The folder of a period's forms: one named after it, or the given one if narratives are read from that itself."""
    if given is None:
        return narrative_folder(workbook or Path("none"), period, None)
    below = given / period.slug
    is_flat = not below.is_dir() and given.is_dir() and any(files_of(section, given) for section in folder.sections)
    return given if is_flat or given.resolve().name == period.slug else below
