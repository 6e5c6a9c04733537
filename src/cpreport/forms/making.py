"""A side road: from a workbook to the Word files in which its narratives are written, a starter folder's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks.order import completed, data_errors
from cpreport.forms.composing import compose_form
from cpreport.forms.reading import headings, read_for_forms
from cpreport.inputs.narratives.files import files_of, narrative_folder
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
    files: tuple[Rewrite, ...]
    kept: tuple[Path, ...]
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
    workbook = published.workbook
    target = _target(path, workbook.period, narrative, folder)
    places = [_place(section, target) for section in folder.to_write]
    return Forms(
        workbook,
        tuple(
            _rewrite(place, _form(section, published, folder, {}))
            for place, section in zip(places, folder.to_write, strict=True)
            if place.is_wanted
        ),
        tuple(file for place in places for file in place.kept),
        tuple(file for place in places for file in place.opened),
    )


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section's form goes, and what is there now; `before` is that form, None where there is none."""

    path: Path
    is_wanted: bool
    before: bytes | None = None
    kept: tuple[Path, ...] = ()
    opened: tuple[Path, ...] = ()


def _place(section: SectionPlan, folder: Path) -> _Place:
    """A form that nobody edited or has open gives way to a new one.

    Whatever else there is stays, and if it is all there is, alone.
    """
    from cpreport.editions.writing import is_own_form

    path = folder / f"{section.id}.docx"
    written = files_of(section, folder)
    opened = tuple(file for file in written if lock_file(file))
    before = read_bytes(path) if path in written else None
    gives_way = before is not None and path not in opened and is_own_form(before)
    kept = tuple(file for file in written if file != path or not gives_way)
    return _Place(path, gives_way or not written, before, kept, opened)


def _rewrite(place: _Place, content: bytes) -> Rewrite:
    from cpreport.editions.writing import Rewrite

    return Rewrite(place.path, place.before, content)


def make_starter(folder: Path, report: Path, authority: str, period: Period) -> Path:
    """Writes a starter folder for a reporting month and gives its workbook's path.

    `report` is the report folder to copy. Raises UsageError if `folder` is neither new nor empty or the authority
    cannot be printed, InputError if the report folder has mistakes, EnvironmentFailure where the system fails; in all
    cases nothing is left behind.
    """
    from cpreport.forms.starter.folder import starter

    with starter(folder, report, authority, period) as started:
        workbook, plan, _ = read_for_forms(started.workbook, None, period)
        published = publish(workbook, plan, compute_figures(workbook, plan))
        target = narrative_folder(started.workbook, period, None)
        target.mkdir(parents=True)
        for section in plan.to_write:
            form = _form(section, published, plan, started.examples[section.id])
            (target / f"{section.id}.docx").write_bytes(form)
    return folder / started.workbook.name


def _form(section: SectionPlan, month: Published, folder: ReportFolder, texts: Mapping[str, str]) -> bytes:
    """A section's form; `texts` are first texts by slot."""
    from cpreport.forms.writing import render_form

    form = compose_form(section, month.workbook, folder, month.figures, headings(section), texts)
    return render_form(form, folder.shell.content, folder.default_shell)
