"""The Data sheets, wide and long: every figure's parts with the cells they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import is_figure, noted, read_amount, shown
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.headers import read_headers
from cpreport.inputs.workbook.periods import read_period
from cpreport.inputs.workbook.repeated import each_once
from cpreport.inputs.workbook.tables import SheetTable, find_table, quoted, text_of
from cpreport.model.figure import Entry, State
from cpreport.model.finding import Finding, Place, did_you_mean, nearest, nearest_name
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import data as rules
from cpreport.model.rules.workbook import SECOND_TABLE, SHEET_MISSING

_DATA_SHEET = re.compile(r"data(\s.*)?", re.IGNORECASE)
Former = dict[tuple[str, int], str]
"""The former names that rows have, by sheet and row from 1."""

PARTS = {part.value: part for part in Part}
_amount = lru_cache(maxsize=2**16, typed=True)(read_amount)
"""Numbers of children are alike: an amount of each is enough."""


@dataclass(frozen=True)
class Names:
    """What a row may name: the ids of indicators and series, found without regard to case.

    `former` are earlier ids of indicators, each with the one of today; `others` the names of other reports;
    `definitions` those of the indicators, as far as it matters what they are.
    """

    indicators: frozenset[str]
    series: frozenset[str]
    former: tuple[tuple[str, str], ...] = ()
    others: tuple[Names, ...] = ()
    definitions: Mapping[str, Indicator] = field(default_factory=dict, hash=False)

    def find(self, text: str) -> str | None:
        """The id that a text means, whether it is the one of today or a former one."""
        return text if text in self.indicators or text in self.series else self._by_lower.get(text.lower())

    def is_of_another(self, text: str) -> bool:
        """Whether another report that may share the workbook has the name."""
        return any(other.find(text) for other in self.others)

    @property
    def all(self) -> list[str]:
        """The names of today."""
        return [*self.indicators, *self.series]

    @cached_property
    def _by_lower(self) -> Mapping[str, str]:
        every = (*self.former, *((name, name) for name in self.all))
        return {text.lower(): name for text, name in every}


def names_of(folder: ReportFolder) -> Names:
    """What a row of a report's workbook may name."""
    return Names(
        frozenset(folder.indicators),
        frozenset(folder.series),
        tuple(folder.renamed.items()),
        tuple(map(names_of, folder.others)),
        folder.indicators,
    )


def data_sheets(book: Spreadsheet) -> list[Sheet]:
    """The sheets named Data or `Data …`."""
    return [sheet for sheet in book.sheets if _DATA_SHEET.fullmatch(text_of(sheet.name))]


def read_data(book: Spreadsheet, names: Names, terms: Terms) -> tuple[list[Entry], list[Finding]]:
    """All entries of all Data sheets, blank ones included, and what is wrong with them."""
    sheets = data_sheets(book)
    if not sheets:
        present = [sheet.name for sheet in book.sheets]
        return [], [SHEET_MISSING.at(Place(file=book.file), sheet="Data", present=present)]
    entries: list[Entry] = []
    findings: list[Finding] = []
    former: Former = {}
    for sheet in sheets:
        read, found = _read_sheet(book, sheet, names, terms, former)
        entries += read
        findings += found
    kept, twice = each_once(book.file, entries, former)
    return kept, findings + twice


def _read_sheet(
    book: Spreadsheet, sheet: Sheet, names: Names, terms: Terms, former: Former
) -> tuple[list[Entry], list[Finding]]:
    """A sheet's entries; the rows that have a former name are put with the others of `former`."""
    is_long = _is_long(sheet)
    required, optional = (("Indicator", "Period"), tuple(PARTS)) if is_long else (("Indicator", "Figure"), ())
    table, findings = find_table(book, sheet, required, optional)
    if table is None:
        return [], findings
    reader = (_Long if is_long else _Wide)(table, names, terms, former)
    return list(reader.entries()), findings + reader.findings


def _is_long(sheet: Sheet) -> bool:
    """Whether the first row that looks like a header row has columns of parts, but none that says which part."""
    rows = ({text_of(value).lower() for value in row} for row in sheet.rows)
    headers = (row for row in rows if "indicator" in row and not row.isdisjoint({"figure", *PARTS}))
    return "figure" not in next(headers, {"figure"})


class _Reader:
    """Reads one sheet's rows; what is wrong gathers in `findings`, former names in `former`."""

    def __init__(self, table: SheetTable, names: Names, terms: Terms, former: Former) -> None:
        self.table = table
        self.names = names
        self.terms = terms
        self.findings: list[Finding] = []
        self.former = former

    def name(self, row: int, columns: Iterable[int]) -> str | None:
        """The indicator or series a row names; None where it names none, with a finding unless the row is a note."""
        table = self.table
        column = table.columns["indicator"]
        misread = table.broken(row, column)
        if misread and misread.rule is not rules.NOTE_BESIDE:
            self.findings.append(misread)
            return None
        text = table.text(row, "indicator")
        if text.lower() == "indicator" and any(table.value(row, at) != table.headings[at] for at in columns):
            self.findings.append(SECOND_TABLE.at(table.place(row, column), first=table.first_row))
            return None
        misread = misread or name_not_text(table, row, self.names.find)
        if not misread and (found := self.names.find(text)):
            if found.lower() != text.lower():
                self.former[table.sheet.name, row + 1] = text
            return found
        figures = any(self._is_figure(row, at) for at in columns)
        if text and (figures or table.text(row, "figure")):
            where = table.place(row, column, indicator=text)
            self.findings.append(_not_read(misread, text, self.names, where))
        elif figures:
            merged = self._merged(row)
            self.findings.append(rules.INDICATOR_BLANK.at(table.place(row, column), merged=merged))
        return None

    def entry(self, name: str, part: Part, period: Period, row: int, column: int) -> Entry:
        indicator = self.names.definitions.get(name) if part is Part.VALUE else None
        value = self.table.value(row, column)
        if indicator and not indicator.typed and not isinstance(value, str):
            indicator = None  # nothing of it matters, and cells that are alike are read once
        amount, problem = _amount(value, self.table.trait(row, column), indicator)
        if problem:
            place = self.table.place(row, column, indicator=name, period=period.label)
            self.findings.append(problem.at(place))
        return Entry(name, part, period, amount, self.table.cell(row, column))

    def _is_figure(self, row: int, column: int) -> bool:
        return is_figure(self.table.value(row, column), self.table.trait(row, column))

    def _merged(self, row: int) -> str:
        above = bisect_right(self._merged_over_names, row, key=itemgetter(0))
        top, left, bottom = self._merged_over_names[above - 1] if above else (0, 0, -1)
        return f" (it is merged with {self.table.cell(top, left).a1})" if row <= bottom else ""

    @cached_property
    def _merged_over_names(self) -> list[tuple[int, int, int]]:
        """First row, first column and last row of the merged areas that hold Indicator cells, from the top."""
        column = self.table.columns["indicator"]
        areas = self.table.sheet.cells.merged
        return sorted((top, left, bottom) for top, left, bottom, right in areas if left <= column <= right)


class _Wide(_Reader):
    """One row a figure, one column a period."""

    def entries(self) -> Iterator[Entry]:
        periods, found = read_headers(self.table, self.terms)
        self.findings += found
        rows_read: dict[tuple[str, Part], int] = {}
        for row in self.table.rows():
            name = self.name(row, periods)
            part = self._part(name, row) if name else None
            if name is None or part is None:
                continue
            first = rows_read.setdefault((self.former.get((self.table.sheet.name, row + 1), name), part), row)
            if first != row:
                place = self.table.place(row, "indicator", indicator=name)
                self.findings.append(rules.ROW_TWICE.at(place, name=name, part=part.value, first=first + 1))
                continue
            for column, period in periods.items():
                yield self.entry(name, part, period, row, column)

    def _part(self, name: str, row: int) -> Part | None:
        text = self.table.text(row, "figure")
        part = PARTS.get(text.lower())
        if part is None or (name in self.names.series and part is not Part.VALUE):
            wanted = ["value"] if name in self.names.series else list(PARTS)
            place = self.table.place(row, "figure", indicator=name)
            self.findings.append(rules.UNKNOWN_FIGURE.at(place, value=quoted(text), nearest=nearest(text, wanted)))
            return None
        return part


class _Long(_Reader):
    """One row a figure and period."""

    def entries(self) -> Iterator[Entry]:
        return _without_gaps(list(self._cells()))

    def _cells(self) -> Iterator[Entry]:
        columns = {part: self.table.columns[name] for name, part in PARTS.items() if name in self.table.columns}
        for row in self.table.rows():
            name = self.name(row, columns.values())
            if name is None:
                continue
            period, finding = read_period(self.table, row, "period", self.terms, is_required=True)
            if period is None:
                self.findings += [finding] if finding else []
                continue
            for part, column in columns.items():
                if name not in self.names.series or part is Part.VALUE:
                    yield self.entry(name, part, period, row, column)
                elif self._is_figure(row, column):
                    place = self.table.place(row, column, indicator=name)
                    self.findings.append(rules.UNKNOWN_FIGURE.at(place, value=quoted(part.value), nearest=""))


def _without_gaps(entries: list[Entry]) -> Iterator[Entry]:
    """The entries of a long sheet without the cells that are blank because a part is not given there at all.

    A blank is kept for a part that the name has in some other row, and for a name that has nothing.
    """
    given = {(entry.name, entry.part) for entry in entries if entry.amount.state is not State.BLANK}
    names = {name for name, _ in given}
    return (entry for entry in entries if (entry.name, entry.part) in given or entry.name not in names)


def _not_read(misread: Finding | None, text: str, names: Names, place: Place) -> Finding:
    """A finding for a row of no indicator; if it is meant for one, that one lacks its row."""
    near = nearest_name(text, names.all)
    texts = {"name": text, "nearest": did_you_mean(near)}
    found = misread or unknown(rules.UNKNOWN_INDICATOR, place, names.is_of_another(text), **texts)
    return replace(found, lost=Place(indicator=near)) if near else found


def name_not_text(table: SheetTable, row: int, find: Callable[[str], object]) -> Finding | None:
    """A finding if Excel has made a number or a date of the name in an Indicator cell, or it has a raised sign.

    `find` gives what a name stands for, if anything.
    """
    column = table.columns["indicator"]
    value, place = table.value(row, column), table.place(row, column)
    if isinstance(value, str):
        text = text_of(value)
        problem = None if text.isascii() or find(text) else noted(text, find)
        return problem.at(place) if problem else None
    kind = "date" if isinstance(value, date) else "number"
    return rules.INDICATOR_NOT_TEXT.at(place, kind=kind, value=shown(value))
