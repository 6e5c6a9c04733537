"""The Data sheets, wide and long: every figure's parts with the cells they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import is_figure, noted, read_amount, shown, text_of
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.layouts import layout_of
from cpreport.inputs.workbook.repeated import each_once
from cpreport.inputs.workbook.tables import SheetTable, find_table
from cpreport.model.figure import Entry
from cpreport.model.finding import Brings, Finding, Place, did_you_mean, nearest_name
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import data as rules
from cpreport.model.rules.following import LACKING
from cpreport.model.rules.workbook import SECOND_TABLE, SHEET_MISSING

_DATA_SHEET = re.compile(r"data(\s.*)?", re.IGNORECASE)
Former = dict[tuple[str, int], str]
"""The former names that rows have, by sheet and row from 1."""

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
) -> tuple[Iterable[Entry], list[Finding]]:
    """A sheet's entries; the rows that have a former name are put with the others of `former`."""
    kind = layout_of(sheet)
    table, findings = find_table(book, sheet, kind.headers)
    if table is None:
        return [], findings
    layout = kind(table, names.series, terms, findings)
    reader = _Reader(table, names, findings, former)
    entries = [
        reader.entry(name, part, period, row, column)
        for row in table.rows()
        if (name := reader.name(row, layout.columns))
        for column, part, period in layout.figures(row, name)
    ]
    return layout.kept(entries), findings


class _Reader:
    """Reads one sheet's rows; what is wrong gathers in `findings`, former names in `former`."""

    def __init__(self, table: SheetTable, names: Names, findings: list[Finding], former: Former) -> None:
        self.table = table
        self.names = names
        self.findings = findings
        self.former = former

    def name(self, row: int, columns: Iterable[int]) -> str | None:
        """The indicator or series a row names; None where it names none, with a finding unless the row is a note."""
        table = self.table
        column = table.columns["indicator"]
        text = table.text(row, "indicator")
        misread = table.broken(row, column)
        if misread and misread.rule is not rules.NOTE_BESIDE:
            self.findings.append(misread)
            return None
        if text.lower() == "indicator" and any(table.value(row, at) != table.headings[at] for at in columns):
            self.findings.append(SECOND_TABLE.at(table.place(row, column), first=table.first_row))
            return None
        misread = misread or name_not_text(table, row, self.names.find)
        if not misread and (found := self.names.find(text)):
            if found.lower() != text.lower():
                self.former[table.sheet.name, row + 1] = text
            return found
        has_figures = any(is_figure(table.value(row, at), table.trait(row, at)) for at in columns)
        if text and (has_figures or table.text(row, "figure")):
            self.findings.append(_not_read(misread, text, self.names, table.place(row, column, indicator=text)))
        elif has_figures:
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


def _not_read(misread: Finding | None, text: str, names: Names, place: Place) -> Finding:
    """A finding for a row of no indicator; if it is meant for one, that one lacks its row."""
    near = nearest_name(text, names.all)
    texts = {"name": text, "nearest": did_you_mean(near)}
    found = misread or unknown(rules.UNKNOWN_INDICATOR, place, names.is_of_another(text), **texts)
    return found.bringing(Brings(LACKING, ("indicator",), Place(indicator=near))) if near else found


def name_not_text(table: SheetTable, row: int, find: Callable[[str], object]) -> Finding | None:
    """A finding if Excel has made a number or a date of the name in an Indicator cell, or it has a raised sign.

    `find` gives what a name stands for, if anything.
    """
    column = table.columns["indicator"]
    value = table.value(row, column)
    if not isinstance(value, str):
        kind = "date" if isinstance(value, date) else "number"
        return rules.INDICATOR_NOT_TEXT.at(table.place(row, column), kind=kind, value=shown(value))
    text = text_of(value)
    problem = None if text.isascii() or find(text) else noted(text, find)
    return problem.at(table.place(row, column)) if problem else None
