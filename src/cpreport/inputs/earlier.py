"""The workbooks of earlier reports, to compare a month with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.history import ReadOther, history_files, read_other
from cpreport.inputs.month import is_report, read_figures, with_other_sheets
from cpreport.inputs.narratives.sources import read_narrative_sheet
from cpreport.inputs.workbook.data import read_book
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import OWN_PLACE, ReportFolder
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import Workbook

EarlierMonth = tuple[Workbook, ReportFolder]
"""A workbook with the texts of its Narrative sheet, and its report folder."""


def read_earlier(
    path: Path, month: Workbook, folder: ReportFolder, report: Path | None, against: Path | None, since: date
) -> tuple[list[EarlierMonth], list[Finding]]:
    """The earlier months that a month is to be compared with: first the one that changes are reported against.

    That is `against`, or the newest earlier one if report.toml asks for it; none where neither is, or where it has
    errors, which are findings. The others are all earlier workbooks of periods that end on `since` or later, in the
    folder or named by History; one that cannot be read is left out with a finding. Warnings about them all are not
    repeated. Raises EnvironmentFailure where the system fails.
    """
    if against is None and not folder.compare_with_earlier:
        return [], []
    files = [file for file in (*workbooks_in(path.parent), *history_files(path, month.about)) if file != path]
    found = by_period(files, month.period.kind, folder.terms)
    older = {period: named for period, named in sorted(found.items()) if period < month.period}
    if against is None:
        newest, candidates = max(older.items(), default=(month.period, []))
        if not candidates:
            return [], [rules.NO_EARLIER.at(Place(file=path.name), period=month.period.label)]
        if len(candidates) > 1:
            return [], [rules.TWO_EARLIER.at(Place(file=path.name), files=_names(candidates), period=newest.label)]
        against = candidates[0]
    usual = folder if folder.place == OWN_PLACE else None
    of_history = cache(partial(read_other, like=month.figure_sheets))
    read = partial(_read, beside=path.parent, month=month, report=report, read=of_history, usual=usual)
    try:
        months = [read(against)]
    except InputError as failure:
        errors = list(failure.findings)
        if rules.NOT_EARLIER not in [error.rule for error in errors]:
            errors.insert(0, rules.EARLIER_UNUSABLE.at(Place(file=_called(against, month)), file=month.file))
        return [], errors
    older.pop(months[0][0].period, None)
    skipped: list[str] = []
    for named in [named for period, named in older.items() if period.end >= since and against not in named]:
        try:
            others = [each for each in map(read, named if len(named) == 1 else ()) if each[0].period < month.period]
        except (InputError, EnvironmentFailure):
            others = []
        months += others
        skipped += [] if others else [_names(named)]
    skips = [rules.EARLIER_SKIPPED.at(Place(file=path.name), files="; ".join(skipped))] if skipped else []
    return months, skips


def _names(files: Sequence[Path]) -> str:
    return " and ".join(file.name for file in files)


def _called(path: Path, month: Workbook) -> str:
    return path.name if path.name != month.file else path.as_posix()


def _read(
    path: Path, beside: Path, month: Workbook, report: Path | None, read: ReadOther, usual: ReportFolder | None
) -> EarlierMonth:
    """An earlier workbook, with the month's report folder where it is in a folder below that and has none of its own.

    `usual` is the month's report if that has no folder.

    Raises InputError with its errors, or if it is a later one.
    """
    book = read_book(path, like=month.figure_sheets)._replace(file=_called(path, month), is_other=True)
    has_own = is_report(path.parent) or not path.is_relative_to(beside)
    root = report or (None if has_own or not is_report(beside) else beside)
    workbook, folder, found = read_figures(book, path, root, read=read, usual=usual)
    if errors := [finding for finding in found if finding.is_error]:
        raise InputError(*errors)
    if month.period < workbook.period:
        labels = {"period": workbook.period.label, "now": month.period.label}
        raise InputError(rules.NOT_EARLIER.at(Place(file=book.file), **labels))
    texts, _ = read_narrative_sheet(book, folder, workbook.period, workbook.period)
    return with_other_sheets(replace(workbook, narratives=texts), book, folder), folder
