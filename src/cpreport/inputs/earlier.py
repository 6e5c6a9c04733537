"""The workbooks of earlier reports, to compare a month with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from cpreport.inputs.beside import by_period, workbooks_in
from cpreport.inputs.history import Other, OtherKey, history_files
from cpreport.inputs.month import is_report, read_figures, with_other_sheets
from cpreport.inputs.narratives.sources import read_narrative_sheet
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import Workbook

EarlierMonth = tuple[Workbook, ReportFolder]
"""A workbook with the texts of its Narrative sheet, and its report folder."""


def read_earlier(
    path: Path, month: Workbook, folder: ReportFolder, report: Path | None, against: Path | None, since: date
) -> tuple[list[EarlierMonth], list[Finding]]:
    """The earlier months that a month is to be compared with: first the one that changes are told from.

    That is `against`, or the newest earlier one if report.toml asks for it; none where neither is, or where it has
    errors, which are findings. The others are all earlier workbooks of periods that end on `since` or later, in the
    folder or named by History; one that cannot be read is left out with a finding. Warnings about them all are not
    repeated. Raises EnvironmentFailure where the system fails.
    """
    if against is None and not folder.compare_with_earlier:
        return [], []
    files = [file for file in (*workbooks_in(path.parent), *history_files(path, month.about)) if file != path]
    found = by_period(files, month.period.kind, folder.terms)
    older = {said: files for said, files in found.items() if said < month.period}
    if against is None:
        newest, candidates = max(older.items(), default=(month.period, []))
        if len(candidates) != 1:
            return [], [_not_one(path, month.period, newest, candidates)]
        against = candidates[0]
    reader = _Reader(month, report, path.parent)
    try:
        compared = reader.read(against)
    except InputError as failure:
        errors = list(failure.findings)
        if rules.NOT_EARLIER not in [error.rule for error in errors]:
            errors.insert(0, rules.EARLIER_UNUSABLE.at(Place(file=reader.file(against)), file=month.file))
        return [], errors
    older.pop(compared[0].period, None)
    others = [files for said, files in sorted(older.items()) if said.end >= since and against not in files]
    read, findings = reader.others(others, path)
    return [compared, *read], findings


def _not_one(path: Path, now: Period, newest: Period, files: Sequence[Path]) -> Finding:
    if not files:
        return rules.NO_EARLIER.at(Place(file=path.name), period=now.label)
    return rules.TWO_EARLIER.at(Place(file=path.name), files=_names(files), period=newest.label)


def _names(files: Sequence[Path]) -> str:
    return " and ".join(file.name for file in files)


class _Reader:
    """Reads earlier workbooks for a month; what several of them name in History is read once."""

    def __init__(self, month: Workbook, report: Path | None, beside: Path) -> None:
        self._month = month
        self._report = report
        self._beside = beside
        self._others: dict[OtherKey, Other] = {}

    def file(self, path: Path) -> str:
        """How cells of a workbook name it."""
        return path.name if path.name != self._month.file else path.as_posix()

    def read(self, path: Path) -> EarlierMonth:
        """An earlier workbook. Raises InputError with its errors, or if it is a later one."""
        file = self.file(path)
        book = replace(read_spreadsheet(path), file=file, is_other=True)
        workbook, folder, found = read_figures(book, path, self._report_of(path), others=self._others)
        if errors := [finding for finding in found if finding.is_error]:
            raise InputError(*errors)
        if self._month.period < workbook.period:
            labels = {"period": workbook.period.label, "now": self._month.period.label}
            raise InputError(rules.NOT_EARLIER.at(Place(file=file), **labels))
        texts, _ = read_narrative_sheet(book, folder, workbook.period, workbook.period)
        return with_other_sheets(replace(workbook, narratives=texts), book, folder), folder

    def _report_of(self, path: Path) -> Path | None:
        """The report folder beside the month, for a workbook without one in a folder below it."""
        has_own = is_report(path.parent) or not path.is_relative_to(self._beside)
        return self._report or (None if has_own or not is_report(self._beside) else self._beside)

    def others(self, named: Sequence[Sequence[Path]], path: Path) -> tuple[list[EarlierMonth], list[Finding]]:
        """The workbooks that are the only one named for their period, as far as they can be read."""
        months: list[EarlierMonth] = []
        skipped: list[str] = []
        for files in named:
            try:
                read = [self.read(files[0])] if len(files) == 1 else []
            except (InputError, EnvironmentFailure):
                read = []
            older = [month for month in read if month[0].period < self._month.period]
            months += older
            skipped += [] if older else [_names(files)]
        skips = [rules.EARLIER_SKIPPED.at(Place(file=path.name), files="; ".join(skipped))] if skipped else []
        return months, skips
