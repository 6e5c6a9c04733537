"""The layouts of a Data sheet: the headers it is recognised by, the names of its rows, and what these give.

A further layout is a function that gives a sheet's entries, and its place in `layout_of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.cells.spreadsheet import Sheet
from cpreport.inputs.workbook.headers import read_headers
from cpreport.inputs.workbook.meaning import is_figure, noted, quoted, read_amount, shown, text_of
from cpreport.inputs.workbook.tables import Columns, SheetTable, words
from cpreport.model.figure import Entry, State
from cpreport.model.finding import Finding, Place, did_you_mean, nearest, nearest_name
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import data as rules
from cpreport.model.rules.workbook import SECOND_TABLE

PARTS = {part.value: part for part in Part}

_amount = lru_cache(maxsize=2**16, typed=True)(read_amount)
"""Numbers of children are alike: an amount of each is enough."""


@dataclass(frozen=True)
class Names:
    """What a row may name: the ids of indicators and series, found without regard to case.

    `former` are earlier ids of indicators, each with the one of today; `others` the names of other reports;
    `definitions` those of the indicators, as far as it matters what they are; `titles` those of the series.
    """

    indicators: frozenset[str]
    series: frozenset[str]
    former: tuple[tuple[str, str], ...] = ()
    others: tuple[Names, ...] = ()
    definitions: Mapping[str, Indicator] = field(default_factory=dict, hash=False)
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)

    def find(self, text: str) -> str | None:
        """The id that a text means, whether it is the one of today or a former one."""
        return text if text in self.indicators or text in self.series else self._by_lower.get(_compared(text))

    def is_of_another(self, text: str) -> bool:
        """Whether another report that may share the workbook has the name."""
        return any(other.find(text) for other in self.others)

    def near(self, text: str) -> str | None:
        """The name that a text may have been meant for: one most like it, or that of the indicator with this title."""
        titles = (name for name, each in self.definitions.items() if _compared(each.title) == _compared(text))
        return next(titles, None) or nearest_name(text, self.all)

    @property
    def all(self) -> list[str]:
        """The names of today."""
        return [*self.indicators, *self.series]

    @cached_property
    def _by_lower(self) -> Mapping[str, str]:
        every = (*self.former, *((name, name) for name in self.all))
        return {_compared(text): name for text, name in every}


def _compared(name: str) -> str:
    """A name as it is compared: in any case, with single spaces."""
    return " ".join(name.lower().split())


def names_of(folder: ReportFolder) -> Names:
    """What a row of a report's workbook may name."""
    others, former = tuple(map(names_of, folder.others)), tuple(folder.renamed.items())
    titles = {name: series.title for name, series in folder.series.items()}
    return Names(frozenset(folder.indicators), frozenset(folder.series), former, others, folder.indicators, titles)


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


@dataclass(frozen=True)
class DataSheet:
    """A table of figures; what is wrong gathers in `findings`. `former` are the former names of rows, by row from 1."""

    table: SheetTable
    names: Names
    terms: Terms
    findings: list[Finding]
    former: dict[int, str] = field(default_factory=dict)

    def named_rows(self, columns: Collection[int]) -> Iterator[tuple[int, str]]:
        """The rows that name an indicator or series, with its id. `columns` are those that figures stand in."""
        for row in self.table.rows():
            if name := self._name(row, columns):
                yield row, name

    def _name(self, row: int, columns: Collection[int]) -> str | None:
        """What a row names; None where it names nothing, with a finding unless the row is a note."""
        table, column, text = self.table, self.table.columns["indicator"], self.table.text(row, "indicator")
        misread = table.broken(row, column)
        if misread and misread.rule is not rules.NOTE_BESIDE:
            self.findings.append(misread)
            return None
        if text.lower() == "indicator" and any(table.value(row, at) != table.headings[at] for at in columns):
            self.findings.append(SECOND_TABLE.at(table.place(row, column), first=table.first_row))
            return None
        misread = misread or name_not_text(table, row, self.names.find)
        if not misread and (name := self.names.find(text)):
            if name.lower() != text.lower():
                self.former[row + 1] = text
            return name
        has_figures = any(is_figure(*table.read(row, at)) for at in columns)
        if text and (has_figures or table.text(row, "figure")):
            place, near = table.place(row, column, indicator=text), self.names.near(text)
            texts = {"name": text, "nearest": did_you_mean(near)}
            found = misread or unknown(rules.UNKNOWN_INDICATOR, place, self.names.is_of_another(text), **texts)
            self.findings.append(replace(found, lost=Place(indicator=near)) if near else found)
        elif has_figures:
            self.findings.append(rules.INDICATOR_BLANK.at(table.place(row, column), merged=self._merged(row)))
        return None

    def _merged(self, row: int) -> str:
        above = bisect_right(self._merged_names, row, key=itemgetter(0))
        top, left, bottom = self._merged_names[above - 1] if above else (0, 0, -1)
        return f" (it is merged with {self.table.cell(top, left).a1})" if row <= bottom else ""

    @cached_property
    def _merged_names(self) -> list[tuple[int, int, int]]:
        """First row, first column and last row of the merged areas that hold Indicator cells, from the top."""
        column, areas = self.table.columns["indicator"], self.table.sheet.cells.merged
        return sorted((top, left, bottom) for top, left, bottom, right in areas if left <= column <= right)

    def entry(self, name: str, part: Part, period: Period, row: int, column: int) -> Entry:
        """What a cell gives."""
        indicator = self.names.definitions.get(name) if part is Part.VALUE else None
        value, trait = self.table.read(row, column)
        if indicator and not indicator.typed and not isinstance(value, str):
            indicator = None  # nothing of it matters, and cells that are alike are read once
        amount, problem = _amount(value, trait, indicator)
        if problem:
            self.findings.append(problem.at(self.table.place(row, column, indicator=name, period=period.label)))
        return Entry(name, part, period, amount, self.table.cell(row, column))

    def unknown_part(self, row: int, column: int | str, name: str, text: str, known: Iterable[str] = ()) -> None:
        """Adds a finding about what is no part of a name's figure."""
        place = self.table.place(row, column, indicator=name)
        self.findings.append(rules.UNKNOWN_FIGURE.at(place, value=quoted(text), nearest=nearest(text, known)))


class Layout(NamedTuple):
    """A layout by its headers and the function that gives a sheet's entries."""

    headers: Columns
    entries: Callable[[DataSheet], Iterable[Entry]]


def _wide(sheet: DataSheet) -> Iterator[Entry]:
    """One row a figure, one column a period."""
    columns, found = read_headers(sheet.table, sheet.terms)
    sheet.findings.extend(found)
    rows: dict[tuple[str, Part], int] = {}
    for row, name in sheet.named_rows(columns):
        text, is_series = sheet.table.text(row, "figure"), name in sheet.names.series
        part = PARTS.get(text.lower())
        if part is None or (is_series and part is not Part.VALUE):
            sheet.unknown_part(row, "figure", name, text, ["value"] if is_series else PARTS)
        elif (first := rows.setdefault((sheet.table.text(row, "indicator").lower(), part), row)) != row:
            place = sheet.table.place(row, "indicator", indicator=name)
            sheet.findings.append(rules.ROW_TWICE.at(place, name=name, part=part.value, first=first + 1))
        else:
            yield from (sheet.entry(name, part, period, row, column) for column, period in columns.items())


def _long(sheet: DataSheet) -> Iterator[Entry]:
    """One row a figure and period, one column a part. A column may be blank because it stands for other names.

    So a blank counts only where the name has the part in some other row, or nothing at all.
    """
    parts = {sheet.table.columns[name]: part for name, part in PARTS.items() if name in sheet.table.columns}
    entries: list[Entry] = []
    for row, name in sheet.named_rows(parts):
        period = sheet.table.period(row, sheet.terms, is_required=True)
        if not isinstance(period, Period):
            sheet.findings.extend([period] if period else [])
            continue
        for column, part in parts.items():
            if name not in sheet.names.series or part is Part.VALUE:
                entries.append(sheet.entry(name, part, period, row, column))
            elif is_figure(*sheet.table.read(row, column)):
                sheet.unknown_part(row, column, name, part.value)
    given = {(entry.name, entry.part) for entry in entries if entry.amount.state is not State.BLANK}
    names = {name for name, _ in given}
    return (entry for entry in entries if (entry.name, entry.part) in given or entry.name not in names)


def is_plain(sheet: Sheet) -> bool:
    """Whether a sheet has neither the headers of a wide or long one nor a column of parts: it may be a scorecard.

    Beside a column of parts, a header that is nearly Period is that of a long one.
    """
    for found in map(words, sheet.rows):
        is_long = not found.isdisjoint(PARTS) and nearest_name("period", found)
        if "indicator" in found and (is_long or not found.isdisjoint({"figure", "period"})):
            return False
    columns = (
        [text_of(value).lower() for value in column if value != ""][1:] for column in zip(*sheet.rows, strict=True)
    )
    return not any(texts and PARTS.keys() >= {*texts} for texts in columns)


WIDE = Layout(Columns(("Indicator", "Figure")), _wide)
LONG = Layout(Columns(("Indicator", "Period"), tuple(PARTS)), _long)


def layout_of(sheet: Sheet) -> Layout:
    """Long where the first row that looks like a header row has columns of parts, but none that says which part."""
    headers = (found for found in map(words, sheet.rows) if "indicator" in found)
    first = next((found for found in headers if not found.isdisjoint({"figure", *PARTS})), {"figure"})
    return WIDE if "figure" in first else LONG
