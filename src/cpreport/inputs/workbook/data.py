"""The Data sheets: every figure's parts with the cells they stand in, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.inputs.workbook.layouts import DataSheet, Names, layout_of
from cpreport.inputs.workbook.meaning import text_of
from cpreport.inputs.workbook.tables import find_table
from cpreport.model.figure import Amount, CellRef, Entry, State, both_texts, cell_place, per_cent
from cpreport.model.finding import Finding, Place
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules.data import FIGURE_TWICE, FORMER_DISAGREES
from cpreport.model.rules.workbook import REPEATS, SHEET_MISSING

Former = Mapping[tuple[str, int], str]
"""The former names that rows have, by sheet and row from 1."""

_FEW = 5
"""How many figures that two sheets give are reported each; with more, one sheet repeats the other."""


def data_sheets(book: Spreadsheet) -> list[Sheet]:
    """The sheets named Data or `Data …`."""
    return [sheet for sheet in book.sheets if re.fullmatch(r"data(\s.*)?", text_of(sheet.name), re.IGNORECASE)]


def read_data(book: Spreadsheet, names: Names, terms: Terms) -> tuple[list[Entry], list[Finding]]:
    """All entries of all Data sheets, blank ones included, and what is wrong with them."""
    sheets = data_sheets(book)
    if not sheets:
        present = [sheet.name for sheet in book.sheets]
        return [], [SHEET_MISSING.at(Place(file=book.file), sheet="Data", present=present)]
    entries: list[Entry] = []
    findings: list[Finding] = []
    former: dict[tuple[str, int], str] = {}
    for sheet in sheets:
        layout = layout_of(sheet)
        table, found = find_table(book, sheet, layout.headers)
        if table:
            read = DataSheet(table, names, terms, found)
            entries += layout.entries(read)
            former |= {(sheet.name, row): name for row, name in read.former.items()}
        findings += found
    kept, twice = _each_once(book.file, entries, former)
    return kept, findings + twice


def _each_once(file: str, entries: list[Entry], former: Former) -> tuple[list[Entry], list[Finding]]:
    """The entries without repetitions; a blank cell gives way to one that is not blank.

    `former` are the rows, by sheet and number, that have a former name, with it: they may repeat what stands under the
    name of today, which is kept.
    """
    kept: dict[tuple[str, Part, Period], Entry] = {}
    repeated: dict[tuple[str, str], list[tuple[Entry, CellRef]]] = {}
    findings: list[Finding] = []
    for entry in sorted(entries, key=lambda entry: _row(entry) in former) if former else entries:
        key = (entry.name, entry.part, entry.period)
        first = kept.get(key)
        if first is None or (first.amount.state is State.BLANK and entry.amount.state is not State.BLANK):
            kept[key] = entry
        elif former.get(_row(entry)) != former.get(_row(first)):
            findings += _disagrees(file, entry, first, former[_row(entry)])
        elif entry.amount.state is not State.BLANK:
            repeated.setdefault((entry.cell.sheet, first.cell.sheet), []).append((entry, first.cell))
    findings += [finding for pairs in repeated.values() for finding in _repeated(file, pairs)]
    return list(kept.values()), findings


def _row(entry: Entry) -> tuple[str, int]:
    return entry.cell.sheet, entry.cell.row


def agree(first: Amount, other: Amount) -> bool:
    """Whether two amounts of a figure say the same, one of them says nothing, or is an error already."""
    is_silent = bool({first.state, other.state} & {State.BLANK, State.ERROR})
    return is_silent or (first.state, per_cent(first)) == (other.state, per_cent(other))


def _disagrees(file: str, entry: Entry, first: Entry, name: str) -> Iterator[Finding]:
    """A finding where an entry under a former name, and another under another, are not the same."""
    if not agree(first.amount, entry.amount):
        period = entry.period.label
        here, there = both_texts(entry.amount, first.amount)
        named = {"name": entry.name, "former": name, "period": period, "part": entry.part.value}
        place = cell_place(file, entry.cell, entry.name, period)
        yield FORMER_DISAGREES.at(place, **named, here=here, there=there, first=first.cell)


def _repeated(file: str, pairs: list[tuple[Entry, CellRef]]) -> Iterator[Finding]:
    """What a sheet gives that it, or another, gives too: each figure, or that it repeats the other."""
    entry, first = pairs[0]
    if len(pairs) > _FEW and entry.cell.sheet != first.sheet:
        yield REPEATS.at(cell_place(file, entry.cell), sheet=entry.cell.sheet, count=len(pairs), other=first.sheet)
    else:
        for entry, first in pairs:
            period = entry.period.label
            place = cell_place(file, entry.cell, entry.name, period)
            yield FIGURE_TWICE.at(place, name=entry.name, period=period, part=entry.part.value, first=first)
