"""Reads everything a month's report is made from: the workbook with its report folder and its narratives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from cpreport.inputs.benchmarks.beside import read_benchmarks
from cpreport.inputs.definitions.folder import (
    PACKAGED,
    PACKAGED_PLACE,
    find_report,
    packaged_reports,
    place_from,
    read_report_folder,
)
from cpreport.inputs.elsewhere import counted_once, other_reports
from cpreport.inputs.history import ReadOther, WorkbookEntries, read_entries, read_other, with_history
from cpreport.inputs.narratives.accepted import read_all_accepted
from cpreport.inputs.narratives.sources import (
    narrative_folder,
    read_earlier_files,
    read_narrative_sheet,
    read_narratives,
)
from cpreport.inputs.peers import read_peers
from cpreport.inputs.template_needs import read_template_needs
from cpreport.inputs.texts import lock_file
from cpreport.inputs.workbook.about import (
    about_of,
    complete_about,
    doubtful_dates,
    near_keys,
    read_about,
    unknown_fields,
    with_last_report,
)
from cpreport.inputs.workbook.breakdowns import read_breakdowns
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import read_book
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import text_of
from cpreport.inputs.workbook.rows import read_statuses
from cpreport.inputs.workbook.sheets import read_other_sheets, read_sheets, sheets_told
from cpreport.inputs.workbook.tables import INDICATORS, filled_sheet
from cpreport.model.errors import InputError
from cpreport.model.figure import Benchmark, Entry, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import OWN_PLACE, ReportFolder
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.period_text import period_in_name
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.narrative import UNPLACED
from cpreport.model.rules.scorecard import NO_DEFINITIONS
from cpreport.model.tags import with_plain_tags
from cpreport.model.verdict import TypedVerdict
from cpreport.model.workbook import About, Narratives, Workbook, sheet_key, stated_benchmark_period

Read = TypeVar("Read")


class WorkbookRead(NamedTuple):
    """A month's workbook as its own sheets have it, with its report folder and findings from reading them.

    Narrative files are not read yet: `narratives` has those of the Narrative sheet. `period` and `sheet` are those that
    were asked for, None and empty where the workbook says them.
    """

    path: Path
    book: Spreadsheet
    workbook: Workbook
    folder: ReportFolder
    findings: tuple[Finding, ...]
    period: Period | None = None
    sheet: str = ""

    @property
    def compared(self) -> ReportFolder:
        """The report folder; a workbook's own report that names no comparators has those of its benchmarks."""
        if self.folder.place != OWN_PLACE or self.workbook.about.text("comparators"):
            return self.folder
        of_benchmarks = {each.comparator for each in self.workbook.benchmarks}
        known = self.folder.comparators
        return replace(self.folder, comparators=tuple(each for each in known if each.id in of_benchmarks))


def read_workbook(
    path: Path, report: Path | None = None, period: Period | None = None, sheet: str = ""
) -> WorkbookRead:
    """A workbook without the files beside it; `report` and `period` win over what it says.

    `sheet` is the one that the figures are on, where that is not named Data.
    Raises InputError where no figure can be read at all, EnvironmentFailure where the system fails.
    """
    book = read_book(path, sheet)
    workbook, folder, found = read_figures(book, path, report, period)
    own = workbook.about.reporting_period or workbook.period
    in_sheet = found.beside(read_narrative_sheet(book, folder, workbook.period, own))
    return WorkbookRead(path, book, replace(workbook, narratives=in_sheet), folder, tuple(found), period, sheet)


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
        unplaced=frozenset((each.place.section, each.place.slot) for each in found if each.rule in UNPLACED),
        accepted=found.beside(read_all_accepted(path.parent, texts, workbook.period, folder.terms)),
        earlier_narratives=_earlier_narratives(read.book, folder, workbook.period, texts),
        narrative_folder=(texts.relative_to(path.parent) if texts.is_relative_to(path.parent) else texts).as_posix(),
    )
    return with_pictures(with_other_sheets(told, read.book, folder), folder), counted_once(found)


def with_pictures(workbook: Workbook, folder: ReportFolder) -> Workbook:
    """The workbook with the pictures of the report folder that its templates and narratives name."""
    passages = (each.text for narrative in workbook.narratives.values() for each in narrative.passages)
    texts = [text for text in (*folder.templates.values(), *passages) if "](" in text]
    if not texts:
        return workbook
    from cpreport.inputs.pictures import read_pictures  # only a text that names a file pays for it

    return replace(workbook, pictures=read_pictures(Path(folder.root), texts))


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
    read: ReadOther | None = None,
    usual: ReportFolder | None = None,
) -> tuple[Workbook, ReportFolder, Findings]:
    """A workbook without narratives, its report folder, and everything that is wrong with reading them.

    `book` is what was read from `path`; `read` is given for an earlier report's, and `usual` is the report of one that
    has none of its own. Raises as `read_workbook` does.
    """
    found = Findings()
    about, about_table = found.beside(read_about(book))
    folder = found.beside(_report_folder(about, path, report, book, usual))
    needs = read_template_needs(folder)
    if about_table:
        found += near_keys(about, about_table, needs.about)
        found += unknown_fields(about, book.file, folder)
        about = found.beside(complete_about(about, about_table, folder.terms))
    own = read_entries(book, about, names_of(folder), folder.terms, about.reporting_period or period)
    of_sheets = sheets_told(book, needs.sheets)
    has_lost_own = any(each.lost.sheet == INDICATORS for each in of_sheets)
    found += of_sheets if has_lost_own else ()
    if own.scorecards and not has_lost_own and _is_undefined(own, about, folder, report):
        name = own.scorecards[0].card.sheet
        raise InputError(NO_DEFINITIONS.at(Place(file=book.file, sheet=name), sheet=name, file=book.file))
    may_be_other = not has_lost_own and folder.place != OWN_PLACE
    found += [*own.findings, *(_other_report(own, folder) if may_be_other else ())]
    when = period or about.reporting_period or _newest(own.given, folder)
    if when is None or not own.given:
        found += [] if any(each.is_error for each in found) else [rules.NO_PERIOD.at(Place(file=book.file))]
    if when is None:
        raise InputError(*found)
    if period and (of := about.reporting_period or _period_of(path, period.kind, own.given, folder)):
        about = found.beside(about_of(period, about, of, book.file))
    about = found.beside(with_last_report(about, when, book.file))
    found += own.of_marks
    figure_sheets = frozenset(sheet_key(text_of(sheet.name)) for sheet in read_sheets(book))
    of_others = read or partial(read_other, like=figure_sheets)
    told = found.beside(with_history(own, path, when, folder, of_others, is_earlier=read is not None))
    folder, columns, verdicts = found.beside(_beside_figures(own, folder, about, when))
    workbook = Workbook(
        file=book.file,
        period=when,
        data_as_at=about.data_as_at or when.end,
        about=about,
        entries=told.entries,
        marks=told.marks,
        breakdowns=tuple(found.beside(read_breakdowns(book, folder, about.reporting_period or when))),
        peers=tuple(found.beside(read_peers(book, folder))),
        statuses=found.beside(read_statuses(book, folder, about.reporting_period or when)),
        figure_sheets=figure_sheets,
        verdicts=verdicts,
    )
    stated = stated_benchmark_period(workbook, folder)
    own_period = about.reporting_period or when
    benchmarks = found.beside(read_benchmarks(book, path.parent, folder, stated, when, own_period, columns))
    workbook = replace(workbook, benchmarks=tuple(benchmarks))
    found += of_sheets if not has_lost_own else ()
    found += doubtful_dates(book.file, about, when, workbook.data_as_at)
    found += _check_period(own if period is None else own._replace(about=About()), when, folder)
    found += _check_file(path, about.reporting_period or when, folder.terms)
    return workbook, folder, found


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
        """A reader's result; its findings are added to the others."""
        self.extend(read[1])
        return read[0]


def _report_folder(
    about: About, path: Path, report: Path | None, book: Spreadsheet, usual: ReportFolder | None
) -> tuple[ReportFolder, list[Finding]]:
    """The report folder that was given, or else the workbook's own one, with the others that may share the workbook.

    What an Indicators sheet defines is joined to it, or is the report where there is none. `usual` is that of a
    workbook that has neither.
    """
    sheet, has_folder = filled_sheet(book, INDICATORS), bool(report or about.text("report") or is_report(path.parent))
    if usual and not (sheet or has_folder):
        return usual, []
    own, told = None, list[Finding]()
    try:
        own, told = _own_report(about, path)
    except InputError:
        if report is None:
            raise
    root = report or own or path.parent
    is_own = own is not None and own.resolve() == root.resolve()
    place, name = place_from(path.parent, root), "" if is_own else root.resolve().name
    others = other_reports(path.parent, own or root, root)
    if sheet:
        from cpreport.inputs.definitions.own_report import read_own_report  # a workbook without one is faster

        folder, found = read_report_folder(root if has_folder else None, read_own_report(book, sheet, about))
        if not has_folder:
            folder, place = replace(folder, root=str(path.parent)), OWN_PLACE
    else:
        folder, found = read_report_folder(root)
    return replace(folder, place=place, other_name=name, others=others), [*(told if report is None else ()), *found]


def _own_report(about: About, path: Path) -> tuple[Path, list[Finding]]:
    """The report folder that About names, or one beside the workbook, or the packaged one.

    It is a finding if About names a folder other than the one beside the workbook.
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
    return folder if is_report(folder) else packaged_reports() / PACKAGED


def is_report(folder: Path) -> bool:
    return (folder / "report.toml").is_file()


def _other_report(own: WorkbookEntries, folder: ReportFolder) -> list[Finding]:
    """A finding if most rows are not indicators of the report, and most of its indicators have no row."""
    stray = (data_rules.UNKNOWN_INDICATOR, rules.OF_ANOTHER_REPORT)
    unknown = sum(finding.rule in stray for finding in own.findings)
    rows = {(entry.name, entry.part) for entry in own.entries}
    there = folder.indicators.keys() & {name for name, _ in rows}
    if unknown <= len(rows) or 2 * len(there) >= len(folder.indicators):
        return []
    place = _place_of("report", own)
    return [rules.OTHER_REPORT.at(place, unknown=unknown, rows=unknown + len(rows), title=folder.title)]


def _beside_figures(
    own: WorkbookEntries, folder: ReportFolder, about: About, when: Period
) -> tuple[tuple[ReportFolder, Sequence[Benchmark], tuple[TypedVerdict, ...]], list[Finding]]:
    """The report folder with the targets that scorecards give, and their benchmarks, statuses and directions."""
    if not own.scorecards:
        return (folder, (), ()), []
    from cpreport.inputs.workbook.scorecard.beside import read_beside

    stated = about.text("benchmark period") or folder.benchmark_period
    return read_beside(own.scorecards, folder, about, when, stated)


def _is_undefined(own: WorkbookEntries, about: About, folder: ReportFolder, report: Path | None) -> bool:
    """Whether nothing says what a scorecard's lines are: the report is the packaged one because none is named."""
    is_named = report is not None or about.text("report") or folder.place != f"{PACKAGED_PLACE}{PACKAGED}"
    return not is_named and bool(_other_report(own, folder))


def _period_of(path: Path, kind: Kind, given: Iterable[Entry], folder: ReportFolder) -> Period | None:
    """The period of a workbook in which About states none: the one of that kind in its name, or the newest."""
    named = period_in_name(path.stem, folder.terms)
    return named if named and named.kind is kind else _newest(given, folder)


def _newest(given: Iterable[Entry], folder: ReportFolder) -> Period | None:
    """The newest month that holds an indicator's figure; where there are no months, the newest period of any kind.

    Series count only where no indicator has figures of its own, and only as numerators, carried ones last: a population
    may be filled in for months to come.
    """
    counted = {each.numerator.name for each in folder.indicators.values() if each.numerator}
    steady = {name for name in counted & folder.series.keys() if not folder.series[name].carry}
    found = ({entry.period for entry in given if entry.name in names} for names in (folder.indicators, steady, counted))
    periods = next(filter(None, found), set())
    months = [period for period in periods if period.kind is Kind.MONTH]
    return max(months or periods, default=None)


def _check_period(own: WorkbookEntries, when: Period, folder: ReportFolder) -> Iterator[Finding]:
    """Findings if Data lacks the reporting period, or has a number that is newer than About's period.

    A newer period that is at least half as full is taken to be the one intended.
    """
    stated = own.about.reporting_period
    numbers = [entry for entry in own.given if entry.amount.number is not None and entry.name in folder.indicators]
    filled = Counter(entry.period for entry in numbers)
    newer = (entry for entry in numbers if stated and entry.period.kind is stated.kind and entry.period > stated)
    if stated and (entry := next(newer, None)):
        place = cell_place(own.file, entry.cell, entry.name, entry.period.label)
        found = data_rules.NEWER_FIGURES.at(place, newer=entry.period.label, period=stated.label)
        is_whole = 2 * filled[entry.period] >= filled[stated]
        yield replace(found, lost=Place(period=entry.period.label)) if is_whole else found
    periods = {entry.period for entry in own.entries}
    if periods and when not in periods:
        same = [period for period in periods if period.kind is when.kind]
        place = replace(_place_of("reporting period", own), period=when.label)
        yield rules.PERIOD_NOT_IN_DATA.at(place, period=when.label, newest=max(same or periods).label)


def _check_file(path: Path, own: Period, terms: Terms) -> Iterator[Finding]:
    """Findings if the file's name has another period than the workbook, or Excel has the file open."""
    named = period_in_name(path.stem, terms)
    if named and named.kind is own.kind and named != own:
        yield rules.NAME_DISAGREES.at(Place(file=path.name), named=named.label, period=own.label)
    if lock_file(path):
        yield rules.OPEN_IN_EXCEL.at(Place(file=path.name))


def _place_of(key: str, own: WorkbookEntries) -> Place:
    """Where About has a key; the file where it does not."""
    cell = own.about.cell(key)
    return cell_place(own.file, cell) if cell else Place(file=own.file)
