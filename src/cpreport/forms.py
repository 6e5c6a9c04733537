"""A side road: from a workbook to the Word files in which its narratives are written, a starter folder's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpreport.analysis.figures import compute_figures
from cpreport.compose.form import compose_form
from cpreport.inputs.forms import headings, read_for_forms
from cpreport.inputs.narratives import files_of, narrative_folder
from cpreport.model.errors import InputError
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.history import Figures
from cpreport.model.period import Period
from cpreport.model.workbook import Workbook
from cpreport.pipeline import completed, computed, data_errors, shell_as_input


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
        figures, found = computed(path, workbook, folder, report, None)
    else:
        figures, found = compute_figures(workbook, folder), []
    if wrong := data_errors(completed([*findings, *found], workbook, folder)):
        raise InputError(*wrong)
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
    with shell_as_input():
        return render_form(form, folder.shell.content, folder.default_shell)
