"""A side road: from a workbook to the Word files in which its narratives are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks.order import completed, data_errors
from cpreport.forms.reading import read_for_forms
from cpreport.inputs.narratives.sources import files_of, narrative_folder
from cpreport.inputs.texts import lock_file, read_bytes, refuse_open
from cpreport.model.errors import InputError
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.period import Period
from cpreport.model.published import Published
from cpreport.model.workbook import Workbook
from cpreport.pipeline import computed

if TYPE_CHECKING:
    from cpreport.editions.writing import Rewrite


@dataclass(frozen=True, slots=True)
class Forms:
    """The Word files in which a period's narratives are to be written, each by where it goes.

    `workbook` has their figures. `kept` are the narrative files that are there and stay, `opened` those of them that
    another program has open.
    """

    workbook: Workbook
    files: tuple[Rewrite, ...] = ()
    kept: tuple[Path, ...] = ()
    opened: tuple[Path, ...] = ()


def make_forms(
    path: Path | None, *, report: Path | None = None, period: Period | None = None, narrative: Path | None = None
) -> Forms:
    """A form for each section that has slots. Nothing is written.

    `path` is the workbook, perhaps of an earlier period; without one the forms have no figures, and `period` is needed.
    `report` is as `load_workbook` has it. `narrative` is the folder that has one for each period, or that of this one:
    by its name, or as it has narratives itself; it need not be there. Raises InputError where figures are wrong or
    cannot be read, EnvironmentFailure where the system fails.
    """
    workbook, folder, findings = read_for_forms(path, report, period)
    if path:
        done = computed(path, workbook, folder, report)
        found = [*findings, *done.findings, *done.checked(workbook)]
        published = done.published
    else:
        published, found = publish(workbook, folder, compute_figures(workbook, folder)), findings
    if wrong := data_errors(completed(found, workbook.file, folder)):
        raise InputError(*wrong)
    forms = Forms(published.workbook)
    target = _target(path, forms.workbook.period, narrative, folder)
    for section in folder.to_write:
        forms = _with_form(forms, section, target, published, folder)
    return forms


def _with_form(forms: Forms, section: SectionPlan, target: Path, month: Published, folder: ReportFolder) -> Forms:
    """A form that nobody edited or has open gives way to a new one.

    Whatever else there is stays, and if it is all there is, alone.
    """
    from cpreport.editions.writing import Rewrite, is_own_form
    from cpreport.forms.writing import render_form

    path = target / f"{section.id}.docx"
    written = files_of(section, target)
    opened = tuple(file for file in written if lock_file(file))
    before = read_bytes(path) if path in written else None
    gives_way = before is not None and path not in opened and is_own_form(before)
    kept = tuple(file for file in written if file != path or not gives_way)
    forms = replace(forms, kept=forms.kept + kept, opened=forms.opened + opened)
    if written and not gives_way:
        return forms
    form = Rewrite(path, before, render_form(section, month, folder, {}))
    return replace(forms, files=(*forms.files, form))


def write_forms(forms: Forms) -> None:
    """Writes the forms.

    Raises EnvironmentFailure if one cannot be written, is open in another program or has changed since it was looked
    at; the message says whether anything was written.
    """
    from cpreport.editions.writing import rewrite_all

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
