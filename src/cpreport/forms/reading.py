"""What forms are made from: the period's workbook, the newest earlier one, or none."""

from __future__ import annotations

from pathlib import Path

from cpreport.inputs.beside import newest_named
from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.inputs.month import read_figures, report_beside
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.model.errors import UsageError
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.rules.workbook import PERIOD_NOT_IN_DATA
from cpreport.model.workbook import About, Workbook


def find_workbook(folder: Path, period: Period) -> Path | None:
    """The workbook in a folder whose name says the period, else the newest earlier one of the same kind, else None.

    Raises UsageError where two say the same, EnvironmentFailure where the folder cannot be listed.
    """
    newest, paths = newest_named(folder, period, period.terms) or (period, [])
    if len(paths) > 1:
        raise UsageError(f"{' and '.join(path.name for path in paths)} all say {newest}: name the one to take")
    return paths[0] if paths else None


def read_for_forms(
    path: Path | None, report: Path | None, period: Period | None
) -> tuple[Workbook, ReportFolder, list[Finding]]:
    """A period's figures with their report folder, and everything that is wrong with reading them.

    The workbook may be of an earlier period: its board date and Data as at hold for that one only, and that it lacks
    the period is nothing wrong. Without a workbook there is one without entries; then `period` is given, and the report
    folder is `report`, or the current folder, or the packaged one. Raises as `read_workbook` does.
    """
    if path is not None:
        workbook, folder, found = read_figures(read_spreadsheet(path), path, report, period)
        return workbook, folder, [finding for finding in found if finding.code != PERIOD_NOT_IN_DATA.code]
    if period is None:
        raise UsageError("without a workbook, say for which period: --period 2023-08")
    folder, warnings = read_report_folder(report or report_beside(Path()))
    return Workbook("", period, period.end, About(), ()), folder, warnings
