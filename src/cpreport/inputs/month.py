"""Everything a month's report is made from, read: the workbook with its report folder and its narratives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from cpreport.inputs.benchmarks import read_benchmarks
from cpreport.inputs.definitions.folder import PACKAGED, find_report, packaged_reports, place_from, read_report_folder
from cpreport.inputs.elsewhere import counted_once, other_reports
from cpreport.inputs.history import Other, OtherKey, Surroundings, with_history
from cpreport.inputs.narratives.accepted import read_all_accepted
from cpreport.inputs.narratives.sources import (
    narrative_folder,
    read_earlier_files,
    read_narrative_sheet,
    read_narratives,
)
from cpreport.inputs.template_needs import read_wishes
from cpreport.inputs.texts import lock_file
from cpreport.inputs.workbook.about import about_of, complete_about, doubtful_dates, near_keys, read_about
from cpreport.inputs.workbook.breakdowns import read_breakdowns
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.data import Names, names_of, read_data
from cpreport.inputs.workbook.marks import read_marks
from cpreport.inputs.workbook.names import read_sheets, sheets_told
from cpreport.inputs.workbook.others import read_other_sheets
from cpreport.inputs.workbook.tables import text_of
from cpreport.model.errors import InputError
from cpreport.model.figure import Entry, State, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Kind, Period, Terms, containing
from cpreport.model.period_text import period_in_name
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.following import UNPLACED, WRONG_PERIOD
from cpreport.model.tags import with_plain_tags
from cpreport.model.workbook import About, Narratives, Workbook, sheet_key, stated_benchmark_period

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """A month's workbook as far as its own sheets say, with its report folder and what is wrong with reading them.

    Narrative files are not read yet: `narratives` has those of the Narrative sheet.
    """

    path: Path
    book: Spreadsheet
    workbook: Workbook
    folder: ReportFolder
    findings: tuple[Finding, ...]


def read_workbook(path: Path, report: Path | None = None, period: Period | None = None) -> WorkbookRead:
    """A workbook without the files beside it; `report` and `period` win over what it says.

    Raises InputError where no figure can be read at all, EnvironmentFailure where the system fails.
    """
    book = read_spreadsheet(path)
    workbook, folder, found = read_figures(book, path, report, period)
    own = workbook.about.reporting_period or workbook.period
    in_sheet = found.beside(read_narrative_sheet(book, folder, workbook.period, own))
    return WorkbookRead(path, book, replace(workbook, narratives=in_sheet), folder, tuple(found))


def with_narratives(
    read: WorkbookRead, narrative: Path | None = None, accept_tracked: bool = False
) -> tuple[Workbook, list[Finding]]:
    """The workbook with all narratives, and everything that is wrong with reading it and them.

    `narrative` wins over the folder that the workbook's name means; `accept_tracked` takes tracked changes in Word
    files as accepted. Raises EnvironmentFailure where the system fails.
    """
    workbook, folder, path = read.workbook, read.folder, read.path
    found = Findings(read.findings)
    texts = narrative_folder(path, workbook.period, narrative)
    told = replace(
        workbook,
        narratives=found.beside(read_narratives(texts, folder, accept_tracked, workbook.narratives)),
        unplaced=frozenset((each.place.section, each.place.slot) for each in found if each.code in UNPLACED),
        accepted=found.beside(read_all_accepted(path.parent, texts, workbook.period, folder.terms)),
        earlier_narratives=_earlier_narratives(read.book, folder, workbook.period, texts),
        narrative_folder=(texts.relative_to(path.parent) if texts.is_relative_to(path.parent) else texts).as_posix(),
    )
    return with_other_sheets(told, read.book, folder), counted_once(found)


def with_other_sheets(workbook: Workbook, book: Spreadsheet, folder: ReportFolder) -> Workbook:
    """The workbook with the sheets that are not read for figures, if a template or narrative may print one."""
    months = (workbook.narratives, *workbook.earlier_narratives.values())
    passages = (each.text for texts in months for narrative in texts.values() for each in narrative.passages)
    if any("sheet_table" in with_plain_tags(text) for text in (*folder.templates.values(), *passages)):
        return replace(workbook, other_sheets=read_other_sheets(book))
    return workbook


def read_figures(
    book: Spreadsheet,
    path: Path,
    report: Path | None,
    period: Period | None = None,
    others: dict[OtherKey, Other] | None = None,
) -> tuple[Workbook, ReportFolder, Findings]:
    """A workbook without narratives, its report folder, and everything that is wrong with reading them.

    `book` is what was read from `path`; `others` are given for a workbook of an earlier report. Raises as
    `read_workbook` does.
    """
    found = Findings()
    about, about_table = found.beside(read_about(book))
    root = report or found.beside(_report_of(about, path))
    folder = found.beside(read_report_folder(root))
    own_root = _own_report(about, path)
    is_own = report is None or (own_root is not None and own_root.resolve() == report.resolve())
    other_name = "" if report is None or is_own else report.resolve().name
    sharing = other_reports(path.parent, own_root or root, root)
    folder = replace(folder, place=place_from(path.parent, root), other_name=other_name, others=sharing)
    wishes = read_wishes(folder)
    if about_table:
        found += near_keys(about, about_table, wishes.about)
        about = found.beside(complete_about(about, about_table, folder.terms))
    names = names_of(folder)
    own = found.beside(read_data(book, names, folder.terms))
    unknown = {finding.place.indicator for finding in found if finding.rule is data_rules.UNKNOWN_INDICATOR}
    found += _other_report(found, own, folder, about, book.file)
    when = period or about.reporting_period or _newest(own, folder)
    if when is None or all(entry.amount.state is State.BLANK for entry in own):
        found += [] if any(each.is_error for each in found) else [rules.NO_PERIOD.at(Place(file=book.file))]
    if when is None:
        raise InputError(*found)
    if period and (of := about.reporting_period or _period_of(path, period.kind, own, folder)):
        about = found.beside(about_of(period, about, of, book.file))
    own_marks = found.beside(read_marks(book, names, folder.terms))
    oldest, is_compared = _oldest_shown(when, folder), folder.compare_with_earlier
    read_already = {} if others is None else others
    around = Surroundings(path, names, folder.terms, when, oldest, is_compared, others is not None, read_already)
    entries, marks = found.beside(with_history(own, own_marks, about, around, unknown))
    workbook = Workbook(
        file=book.file,
        period=when,
        data_as_at=about.data_as_at or when.end,
        about=about,
        entries=tuple(entries),
        marks=marks,
        breakdowns=tuple(found.beside(read_breakdowns(book, folder, about.reporting_period or when))),
        figure_sheets=frozenset(sheet_key(text_of(sheet.name)) for sheet in read_sheets(book)),
    )
    stated = stated_benchmark_period(workbook, folder)
    workbook = replace(workbook, benchmarks=tuple(found.beside(read_benchmarks(book, folder, stated))))
    said = about if period is None else About()
    found += sheets_told(book, wishes.sheets)
    found += [*doubtful_dates(book.file, about, when, workbook.data_as_at), *_newer(book.file, said, own, names)]
    found += _period_in_data(book, said, own, when)
    found += _name_and_lock(path, about.reporting_period or when, folder.terms)
    return workbook, folder, found


def _oldest_shown(when: Period, folder: ReportFolder) -> dict[Kind, Period]:
    """The oldest period of each kind that tables of a reporting period can show."""
    newest = {kind: containing(kind, when.end, folder.terms) for kind in Kind}
    return {kind: period.shift(min(folder.offsets[kind.frequency]) - 1) for kind, period in newest.items()}


def _earlier_narratives(book: Spreadsheet, folder: ReportFolder, when: Period, texts: Path) -> dict[Period, Narratives]:
    """The narratives of the last three periods that have any; `texts` is the folder of this period's."""
    periods = [when.shift(-back) for back in (1, 2, 3)]
    found = {
        period: {**read_earlier_files(texts, when, period, folder), **read_narrative_sheet(book, folder, period)[0]}
        for period in periods
    }
    return {period: narratives for period, narratives in found.items() if narratives}


class Findings(list[Finding]):
    """The findings of a stage, gathered from its readers."""

    def beside(self, read: tuple[Read, list[Finding]]) -> Read:
        """A reader's result, its findings put with the others."""
        self.extend(read[1])
        return read[0]


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


def _own_report(about: About, path: Path) -> Path | None:
    """The workbook's own report folder; None where it names one that is not there."""
    try:
        return _report_of(about, path)[0]
    except InputError:
        return None


def report_beside(folder: Path) -> Path:
    """The folder itself if it is a report folder, else the packaged one."""
    return folder if is_report(folder) else packaged_reports() / PACKAGED


def is_report(folder: Path) -> bool:
    return (folder / "report.toml").is_file()


def _other_report(
    found: Iterable[Finding], entries: Iterable[Entry], folder: ReportFolder, about: About, file: str
) -> list[Finding]:
    """A finding if most rows are of no indicator of the report, and most of its indicators have no row."""
    stray = (data_rules.UNKNOWN_INDICATOR, rules.OF_ANOTHER_REPORT)
    unknown = sum(finding.rule in stray for finding in found)
    rows = {(entry.name, entry.part) for entry in entries}
    there = folder.indicators.keys() & {name for name, _ in rows}
    if unknown <= len(rows) or 2 * len(there) >= len(folder.indicators):
        return []
    place = _place_of("report", about, file)
    return [rules.OTHER_REPORT.at(place, unknown=unknown, rows=unknown + len(rows), title=folder.title)]


def _period_of(path: Path, kind: Kind, entries: Iterable[Entry], folder: ReportFolder) -> Period | None:
    """The period of a workbook in which About states none: the one of a kind that its name says, or the newest."""
    named = period_in_name(path.stem, folder.terms)
    return named if named and named.kind is kind else _newest(entries, folder)


def _newest(entries: Iterable[Entry], folder: ReportFolder) -> Period | None:
    """The newest month that holds an indicator's figure; where there are no months, the newest period of any kind.

    Series count only where no indicator has figures of its own, and only as numerators, carried ones last: a population
    may be filled in for months to come.
    """
    counted = {each.numerator.name for each in folder.indicators.values() if each.numerator}
    steady = {name for name in counted & folder.series.keys() if not folder.series[name].carry}
    given = [entry for entry in entries if entry.amount.state is not State.BLANK]
    found = ({entry.period for entry in given if entry.name in names} for names in (folder.indicators, steady, counted))
    periods = next(filter(None, found), set())
    months = [period for period in periods if period.kind is Kind.MONTH]
    return max(months or periods, default=None)


def _newer(file: str, about: About, entries: Sequence[Entry], names: Names) -> Iterator[Finding]:
    """The first number of an indicator that is newer than the reporting period that About states.

    Where the newer period is at least half as full, that is the one that is meant.
    """
    when = about.reporting_period
    if when is None:
        return
    for entry in entries:
        is_newer = entry.period.kind is when.kind and entry.period > when
        if is_newer and entry.amount.number is not None and entry.name in names.indicators:
            newer = entry.period.label
            place = cell_place(file, entry.cell, entry.name, newer)
            found = data_rules.NEWER_FIGURES.at(place, newer=newer, period=when.label)
            is_whole = 2 * _filled(entry.period, entries, names) >= _filled(when, entries, names)
            yield found.bringing(WRONG_PERIOD) if is_whole else found
            return


def _filled(period: Period, entries: Iterable[Entry], names: Names) -> int:
    """How many numbers of indicators a period has."""
    of_period = (entry for entry in entries if entry.period == period and entry.name in names.indicators)
    return sum(entry.amount.number is not None for entry in of_period)


def _period_in_data(book: Spreadsheet, about: About, entries: Iterable[Entry], when: Period) -> Iterator[Finding]:
    """Whether Data has the reporting period."""
    periods = {entry.period for entry in entries}
    if periods and when not in periods:
        place = replace(_place_of("reporting period", about, book.file), period=when.label)
        same = [period for period in periods if period.kind is when.kind]
        yield rules.PERIOD_NOT_IN_DATA.at(place, period=when.label, newest=max(same or periods).label)


def _name_and_lock(path: Path, own: Period, terms: Terms) -> Iterator[Finding]:
    """Whether the file's name says the workbook's own reporting period, and whether Excel has the file open."""
    named = period_in_name(path.stem, terms)
    if named and named.kind is own.kind and named != own:
        yield rules.NAME_DISAGREES.at(Place(file=path.name), named=named.label, period=own.label)
    if lock_file(path):
        yield rules.OPEN_IN_EXCEL.at(Place(file=path.name))


def _place_of(key: str, about: About, file: str) -> Place:
    """Where About has a key; the file where it does not."""
    cell = about.cell(key)
    return cell_place(file, cell) if cell else Place(file=file)
