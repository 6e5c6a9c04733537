"""The Data sheets: every figure's parts with the cells they stand in, each once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.layouts import DataSheet, Names, is_plain, layout_of
from cpreport.inputs.workbook.meaning import text_of
from cpreport.inputs.workbook.tables import TABLES, find_table
from cpreport.model.errors import InputError
from cpreport.model.figure import Amount, CellRef, Entry, State, both_texts, cell_place, per_cent
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.indicator import Part
from cpreport.model.period import TERMS, Period, Terms
from cpreport.model.rules import scorecard as rules
from cpreport.model.rules.data import FIGURE_TWICE, FORMER_DISAGREES
from cpreport.model.rules.workbook import REPEATS, SHEET_MISSING
from cpreport.model.workbook import sheet_key

if TYPE_CHECKING:
    from cpreport.inputs.workbook.scorecard.named import NamedScorecard

Former = Mapping[tuple[str, int], str]
"""The former names that rows have, by sheet and row from 1."""

_FEW = 5
"""How many figures that two sheets give are reported each; with more, one sheet repeats the other."""


_OTHERS = {*map(sheet_key, TABLES), "indicators", "questions", "benchmark sources", "findings"}
"""The keys of sheets that are no scorecard, whatever they look like."""

_MOST_ROWS = 2_000
"""A longer sheet is a list of children or events, and no scorecard unless somebody says so."""


class DataRead(NamedTuple):
    """What Data sheets say: entries, blank ones included, what is wrong with them, and those that are scorecards."""

    entries: list[Entry]
    findings: list[Finding]
    scorecards: tuple[NamedScorecard, ...] = ()


def read_book(path: Path, sheet: str = "", like: Collection[str] = ()) -> Spreadsheet:
    """A workbook, with the sheet that its figures are on if that is not named Data.

    That is `sheet` where it is given, else the only one that looks like a scorecard; of several the one with the key of
    a sheet that the month's own figures are on (`like`). Raises as `read_spreadsheet` does, and InputError where there
    is no such sheet, or several may be meant.
    """
    book = read_spreadsheet(path)
    if not sheet and data_sheets(book):
        return book
    found = [_named(book, sheet)] if sheet else _scorecards(book, like)
    if len(found) > 1:
        raise InputError(rules.SEVERAL.at(Place(file=book.file), sheets=found, first=found[0]))
    return book._replace(figures=found[0]) if found else book


def _named(book: Spreadsheet, sheet: str) -> str:
    present = [each.name for each in book.sheets]
    found = next((name for name in present if sheet_key(name) == sheet_key(sheet)), None)
    if found is None:
        texts = {"nearest": nearest(sheet, present), "present": present}
        raise InputError(rules.UNKNOWN_SHEET.at(Place(file=book.file), sheet=sheet, **texts))
    return found


def _scorecards(book: Spreadsheet, like: Collection[str]) -> list[str]:
    """The sheets that look like a scorecard, by their names: those in `like`, else those not hidden, or all.

    Of several, those count whose figures have periods for certain, if there are any.
    """
    from cpreport.inputs.workbook.scorecard.grid import looks_like_scorecard, read_scorecard  # only one pays for it

    others = [each for each in book.sheets if sheet_key(each.name) not in _OTHERS and len(each.rows) <= _MOST_ROWS]
    found = [each for each in others if is_plain(each) and looks_like_scorecard(each)]
    wanted = ([each for each in found if sheet_key(each.name) in like], [each for each in found if not each.hidden])
    found = next(filter(None, wanted), found)
    certain = [each for each in found if read_scorecard(book, each, TERMS).periods] if len(found) > 1 else found
    return [each.name for each in certain or found]


def data_sheets(book: Spreadsheet) -> list[Sheet]:
    """The sheets that figures are read from: those named Data or `Data …`.

    Beside another sheet that has the figures these are only the ones with headers of their own.
    """
    named = [sheet for sheet in book.sheets if re.fullmatch(r"data(\s.*)?", text_of(sheet.name), re.IGNORECASE)]
    if not book.figures:
        return named
    return [each for each in book.sheets if each.name == book.figures or (each in named and not is_plain(each))]


def read_data(book: Spreadsheet, names: Names, terms: Terms, newest: Period | None = None) -> DataRead:
    """What all Data sheets say. `newest` is the newest period of a scorecard, where somebody has said which it is."""
    sheets = data_sheets(book)
    if not sheets:
        present = [sheet.name for sheet in book.sheets]
        return DataRead([], [SHEET_MISSING.at(Place(file=book.file), sheet="Data", present=present)])
    entries: list[Entry] = []
    findings: list[Finding] = []
    former: dict[tuple[str, int], str] = {}
    scorecards: list[NamedScorecard] = []
    for sheet in sheets:
        if is_plain(sheet) and (scorecard := _scorecard(book, sheet, names, terms, newest)):
            entries += scorecard.entries()
            findings += scorecard.sheet.findings
            former |= {(sheet.name, row): name for row, name in scorecard.sheet.former.items()}
            scorecards.append(scorecard)
            continue
        layout = layout_of(sheet)
        table, found = find_table(book, sheet, layout.headers)
        if table:
            read = DataSheet(table, names, terms, found)
            entries += layout.entries(read)
            former |= {(sheet.name, row): name for row, name in read.former.items()}
        findings += found
    kept, twice = _each_once(book.file, entries, former)
    return DataRead(kept, findings + twice, tuple(scorecards))


def _scorecard(
    book: Spreadsheet, sheet: Sheet, names: Names, terms: Terms, newest: Period | None
) -> NamedScorecard | None:
    """A sheet as a scorecard; None where it does not look like one and nobody has said that it is."""
    from cpreport.inputs.workbook.scorecard.grid import looks_like_scorecard, read_scorecard  # only one pays for it
    from cpreport.inputs.workbook.scorecard.named import named_lines
    from cpreport.inputs.workbook.scorecard.told import told

    if sheet.name != book.figures and not looks_like_scorecard(sheet):
        return None
    named = named_lines(book, sheet, read_scorecard(book, sheet, terms, newest), names, terms)
    named.sheet.findings.extend(told(named))
    return named


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
