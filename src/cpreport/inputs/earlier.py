"""The workbook of an earlier report, to compare a month with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cpreport.inputs.excel.package import is_marked_copy
from cpreport.inputs.excel.spreadsheet import read_spreadsheet
from cpreport.inputs.history import cell_in_file, in_file
from cpreport.inputs.month import read_figures
from cpreport.inputs.narratives import read_narrative_sheet
from cpreport.inputs.texts import NEVER_AN_INPUT
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import period_in_name
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import Workbook

_WORKBOOKS = (".xlsx", ".xlsm")


def read_earlier(
    path: Path, month: Workbook, folder: ReportFolder, report: Path | None, against: Path | None
) -> tuple[tuple[Workbook, ReportFolder] | None, list[Finding]]:
    """The workbook that a month's is to be compared with, with the texts of its Narrative sheet, and its report folder.

    It is `against`, or the newest earlier one in the folder if report.toml asks for it; None where neither is, or where
    it has errors, which are findings. Its warnings are not repeated. Raises EnvironmentFailure where the system fails.
    """
    if against is None and folder.compare_with_earlier:
        against, found = _newest_earlier(path, month.period, folder.terms)
        if found:
            return None, found
    if against is None:
        return None, []
    file = against.name if against.name != month.file else against.as_posix()
    try:
        book = replace(read_spreadsheet(against), file=file)
        earlier, earlier_folder, found = read_figures(book, against, report)
        told, _ = read_narrative_sheet(book, earlier_folder, earlier.period)
        earlier = replace(earlier, narratives=told)
        errors = [finding for finding in found if finding.is_error]
    except InputError as failure:
        errors = list(failure.findings)
    if not errors and month.period < earlier.period:
        errors = [rules.NOT_EARLIER.at(Place(file=file), period=earlier.period.label, now=month.period.label)]
    elif errors:
        errors = [rules.EARLIER_UNUSABLE.at(Place(file=file), file=month.file), *errors]
    if errors:
        return None, errors
    return (_naming_its_file(earlier), earlier_folder), []


def _naming_its_file(workbook: Workbook) -> Workbook:
    entries = tuple(in_file(entry, workbook.file) for entry in workbook.entries)
    benchmarks = tuple(replace(found, cell=cell_in_file(found.cell, workbook.file)) for found in workbook.benchmarks)
    return replace(workbook, entries=entries, benchmarks=benchmarks)


def _newest_earlier(path: Path, period: Period, terms: Terms) -> tuple[Path | None, list[Finding]]:
    """The workbook beside this one whose name says the newest period before this one's, of the same kind."""
    found = newest_named(path.parent, period.shift(-1), terms)
    if not found:
        return None, [rules.NO_EARLIER.at(Place(file=path.name), period=period.label)]
    newest, others = found
    if len(others) > 1:
        files = " and ".join(other.name for other in others)
        return None, [rules.TWO_EARLIER.at(Place(file=path.name), files=files, period=newest.label)]
    return others[0], []


def newest_named(folder: Path, until: Period, terms: Terms) -> tuple[Period, list[Path]] | None:
    """The newest period up to `until`, of its kind, that names of workbooks in a folder say; with these workbooks.

    None where no name says one. Raises EnvironmentFailure.
    """
    found: dict[Period, list[Path]] = {}
    for path in filter(_is_workbook, _listed(folder)):
        said = period_in_name(path.stem, terms)
        if said and said.kind is until.kind and said <= until:
            found.setdefault(said, []).append(path)
    return max(found.items()) if found else None


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentFailure(f"the folder {folder} cannot be listed: {error.strerror or error}") from error


def _is_workbook(path: Path) -> bool:
    is_one = path.suffix.lower() in _WORKBOOKS and not NEVER_AN_INPUT.search(path.name)
    return is_one and not is_marked_copy(path)
