"""Everything a month's report is made from, read: the workbook with its report folder and its narratives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cpreport.inputs.accepted import read_accepted
from cpreport.inputs.excel.spreadsheet import Sheet, Spreadsheet, Trait, read_spreadsheet
from cpreport.inputs.history import with_history
from cpreport.inputs.narratives import (
    UNPLACED,
    join_narratives,
    narrative_folder,
    read_earlier_files,
    read_earlier_sheet,
    read_narrative_sheet,
    read_narratives,
)
from cpreport.inputs.report.folder import PACKAGED, find_report, packaged_reports, read_report_folder
from cpreport.inputs.sheets.about import complete_about, doubtful_dates, near_keys, read_about
from cpreport.inputs.sheets.amounts import broken
from cpreport.inputs.sheets.benchmarks import read_benchmarks
from cpreport.inputs.sheets.breakdowns import read_breakdowns
from cpreport.inputs.sheets.data import Names, read_data
from cpreport.inputs.sheets.marks import read_marks
from cpreport.inputs.sheets.names import place_in, read_sheets, sheets_told
from cpreport.inputs.sheets.tables import named_sheet, text_of
from cpreport.inputs.texts import lock_file
from cpreport.inputs.wishes import read_wishes
from cpreport.model.errors import InputError
from cpreport.model.figure import CellRef, Entry, State, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.period_text import period_in_name
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import About, Narratives, Rows, Workbook, sheet_key, stated_benchmark_period

Read = TypeVar("Read")


def read_month(
    path: Path,
    report: Path | None = None,
    period: Period | None = None,
    narrative: Path | None = None,
    accept_tracked: bool = False,
) -> tuple[Workbook, ReportFolder, list[Finding]]:
    """A workbook with its report folder and narratives, and everything that is wrong with reading them.

    `report`, `period` and `narrative` win over what the workbook says; `accept_tracked` takes tracked changes in Word
    files as accepted. Raises InputError where no figure can be read at
    all, EnvironmentFailure where the system fails.
    """
    book = read_spreadsheet(path)
    workbook, folder, found = read_figures(book, path, report, period)
    texts = narrative_folder(path, workbook.period, narrative)
    in_sheet = found.beside(read_narrative_sheet(book, folder, workbook.period))
    in_files = found.beside(read_narratives(texts, folder, accept_tracked))
    told = replace(
        workbook,
        narratives=found.beside(join_narratives(in_sheet, in_files)),
        unplaced=frozenset(finding.place.section for finding in found if finding.rule in UNPLACED),
        accepted=found.beside(read_accepted(texts)),
        earlier_narratives=_earlier_narratives(book, folder, workbook.period, texts),
        narrative_folder=(texts.relative_to(path.parent) if texts.is_relative_to(path.parent) else texts).as_posix(),
    )
    return told, folder, found


def read_figures(
    book: Spreadsheet, path: Path, report: Path | None, period: Period | None = None
) -> tuple[Workbook, ReportFolder, Findings]:
    """A workbook without narratives, its report folder, and everything that is wrong with reading them.

    `book` is what was read from `path`. Raises as `read_month` does.
    """
    found = Findings()
    about, about_table = found.beside(read_about(book))
    folder = found.beside(read_report_folder(report or found.beside(_report_of(about, path))))
    wishes = read_wishes(folder)
    if about_table:
        found += near_keys(about, about_table, wishes.about)
        about = found.beside(complete_about(about, about_table, folder.terms))
    names = Names(frozenset(folder.indicators), frozenset(folder.series))
    own = found.beside(read_data(book, names, folder.terms))
    when = period or about.reporting_period or _newest(own, names)
    if when is None or all(entry.amount.state is State.BLANK for entry in own):
        found.unless_error(rules.NO_PERIOD.at(Place(file=book.file)))
    if when is None:
        raise InputError(*found)
    own_marks = found.beside(read_marks(book, names, folder.terms))
    entries, marks = found.beside(with_history(own, own_marks, about, path, names, folder.terms))
    workbook = Workbook(
        file=book.file,
        period=when,
        data_as_at=about.data_as_at or when.end,
        about=about,
        entries=tuple(entries),
        marks=marks,
        breakdowns=tuple(found.beside(read_breakdowns(book, folder, when))),
        figure_sheets=frozenset(sheet_key(sheet.name) for sheet in read_sheets(book)),
        other_sheet=lambda name: _other_sheet(book, name),
    )
    stated = stated_benchmark_period(workbook, folder)
    workbook = replace(workbook, benchmarks=tuple(found.beside(read_benchmarks(book, folder, stated))))
    said = about if period is None else About()
    found += sheets_told(book, wishes.sheets)
    found += [*doubtful_dates(book.file, about, when, workbook.data_as_at), *_newer(book.file, said, own, names)]
    found += _names_and_locks(path, book, said, own, when, folder.terms)
    return workbook, folder, found


def _earlier_narratives(book: Spreadsheet, folder: ReportFolder, when: Period, texts: Path) -> Narratives:
    """The narratives of one period earlier; `texts` is the folder of this period's."""
    earlier = when.shift(-1)
    return {**read_earlier_files(texts, when, earlier, folder), **read_earlier_sheet(book, folder, earlier)}


class Findings(list[Finding]):
    """The findings of a stage, gathered from its readers."""

    def beside(self, read: tuple[Read, list[Finding]]) -> Read:
        """A reader's result, its findings put with the others."""
        self.extend(read[1])
        return read[0]

    def unless_error(self, finding: Finding) -> None:
        """One more finding if there is no error among them yet."""
        if not any(found.is_error for found in self):
            self.append(finding)


def _report_of(about: About, path: Path) -> tuple[Path, list[Finding]]:
    """The report folder that About names, or one beside the workbook, or the packaged one.

    That About names another than the one beside the workbook is a finding.
    """
    name, cell = about.text("report"), about.cell("report")
    beside = report_beside(path.parent)
    if not (name and cell):
        return beside, []
    place = cell_place(path.name, cell)
    named = find_report(name, path.parent, place)
    is_other = beside == path.parent and not named.samefile(beside)
    return named, [rules.REPORT_NOT_USED.at(place, name=name)] if is_other else []


def report_beside(folder: Path) -> Path:
    """The folder itself if it is a report folder, else the packaged one."""
    return folder if (folder / "report.toml").is_file() else packaged_reports() / PACKAGED


def _newest(entries: Iterable[Entry], names: Names) -> Period | None:
    """The newest month that holds an indicator's figure; where there are no months, the newest period of any kind.

    Series do not count: a population may be filled in for months to come.
    """
    given = (entry for entry in entries if entry.amount.state is not State.BLANK)
    periods = {entry.period for entry in given if entry.name in names.indicators}
    months = [period for period in periods if period.kind is Kind.MONTH]
    return max(months or periods, default=None)


def _newer(file: str, about: About, entries: Iterable[Entry], names: Names) -> Iterator[Finding]:
    """The first number of an indicator that is newer than the reporting period that About states."""
    when = about.reporting_period
    if when is None:
        return
    for entry in entries:
        is_newer = entry.period.kind is when.kind and entry.period > when
        if is_newer and entry.amount.number is not None and entry.name in names.indicators:
            newer = entry.period.label
            place = cell_place(file, entry.cell, entry.name, newer)
            yield data_rules.NEWER_FIGURES.at(place, newer=newer, period=when.label)
            return


def _names_and_locks(
    path: Path, book: Spreadsheet, about: About, entries: Iterable[Entry], when: Period, terms: Terms
) -> Iterator[Finding]:
    """Whether Data has the reporting period and the file's name says it, and whether Excel has the file open."""
    periods = {entry.period for entry in entries}
    if periods and when not in periods:
        cell = about.cell("reporting period")
        place = _place(book.file, cell, when)
        same = [period for period in periods if period.kind is when.kind]
        yield rules.PERIOD_NOT_IN_DATA.at(place, period=when.label, newest=max(same or periods).label)
    named = period_in_name(path.stem, terms)
    if named and named.kind is when.kind and named != when:
        yield rules.NAME_DISAGREES.at(Place(file=book.file), named=named.label, period=when.label)
    if lock_file(path):
        yield rules.OPEN_IN_EXCEL.at(Place(file=book.file))


def _place(file: str, cell: CellRef | None, when: Period) -> Place:
    if cell is None:
        return Place(file=file, period=when.label)
    return cell_place(file, cell, period=when.label)


def _other_sheet(book: Spreadsheet, name: str) -> tuple[Rows, list[Finding]] | None:
    """A sheet's cells as text, percents as per cent, blank rows left out; and the cells that cannot be printed."""
    sheet = named_sheet(book, name)
    if sheet is None:
        return None
    findings = []
    for row, column in sheet.traits:
        problem = broken(sheet.rows[row][column], sheet.traits[row, column])
        if problem:
            findings.append(problem.at(place_in(book, sheet, row, column)))
    rows = [tuple(_text(sheet, number, column) for column in range(len(row))) for number, row in enumerate(sheet.rows)]
    return tuple(row for row in rows if any(row)), findings


def _text(sheet: Sheet, row: int, column: int) -> str:
    value, trait = sheet.rows[row][column], sheet.traits.get((row, column))
    is_percent = isinstance(value, float | int) and not isinstance(value, bool) and trait and trait & Trait.PERCENT
    return f"{value * 100:.12g}%" if is_percent and isinstance(value, float | int) else text_of(value)
