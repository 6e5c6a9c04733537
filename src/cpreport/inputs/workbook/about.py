"""The About sheet: what the report is, for when, and what stands on its cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Spreadsheet, Trait
from cpreport.inputs.workbook.periods import month_name, month_shown, whole_day
from cpreport.inputs.workbook.tables import SheetTable, clean_texts, known_table, text_of
from cpreport.model.figure import CellRef, cell_place
from cpreport.model.finding import Finding, Place, nearest_name
from cpreport.model.period import YEARS, Period, Terms, long_date
from cpreport.model.period_text import NotAPeriod, month_number, parse_period
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import About

Read = TypeVar("Read")
_Told = tuple[Read | None, Finding | None]
_Reader = Callable[[CellValue, Trait | None, Place], _Told[Read]]
"""Reads a cell: neither a value nor a finding where it is none of what is wanted."""

KEYS = (
    *("Report", "Reporting period", "Board date", "Data as at", "Authority", "Contact", "Example"),
    *("Benchmark source", "Benchmark period", "History"),
)
"""The keys of About that are known."""

_LIKENESS = 0.75
"""How much like a known key another one is that may have been meant for it, from 0 to 1."""

_LATEST_DATA = 100
"""How many days after the reporting period's last day data are usually as at, at most."""

_DAY = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2}|[A-Za-z]+)[/. -]([0-9]{4})")
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false", "")


def read_about(book: Spreadsheet) -> tuple[tuple[About, SheetTable | None], list[Finding]]:
    """The About sheet's texts, not yet its dates and periods, and its table."""
    table, findings = known_table(book, "About", ("Key", "Value"))
    if table is None:
        return (About(), None), findings
    findings += clean_texts(table, ("key", "value"))
    texts: dict[str, str] = {}
    cells: dict[str, CellRef] = {}
    for row in table.rows():
        key, cell = table.text(row, "key"), table.cell(row, table.columns["value"])
        if not key:
            continue
        if first := next((cells[name] for name in texts if name.lower() == key.lower()), None):
            findings.append(rules.ABOUT_TWICE.at(table.place(row, "key"), key=key, first=first.a1))
            continue
        texts[key], cells[key] = table.text(row, "value"), cell
    return (About(texts, cells), table), findings


def complete_about(about: About, table: SheetTable, terms: Terms) -> tuple[About, list[Finding]]:
    """About with its dates, its period and whether it is an example; a benchmark period that is a date is its month."""
    texts, findings = _with_benchmark_month(about, table)

    def value(key: str, read: _Reader[Read], wanted: str, example: str) -> Read | None:
        cell = about.cell(key)
        if cell is None or text_of(raw := table.value(cell.row - 1, cell.column - 1)) == "":
            return None
        place = table.place(cell.row - 1, cell.column - 1)
        found, finding = read(raw, table.trait(cell.row - 1, cell.column - 1), place)
        if found is None:
            named = {"key": key.capitalize(), "value": text_of(raw), "wanted": wanted, "example": example}
            findings.append(finding or rules.ABOUT_INVALID.at(place, **named))
        return found

    def read_when(raw: CellValue, trait: Trait | None, place: Place) -> _Told[Period]:
        return month_shown(raw, trait, place) if isinstance(raw, date) else (_typed_period(raw, terms), None)

    period = value("reporting period", read_when, "a period", "Jul 2023")
    board_date = value("board date", _read_day, "a date", "14/09/2023")
    data_as_at = value("data as at", _read_day, "a date", "31/07/2023")
    is_example = value("example", _yes_or_no, "yes or no", "yes")
    return About(texts, about.cells, period, board_date, data_as_at, bool(is_example)), findings


def _with_benchmark_month(about: About, table: SheetTable) -> tuple[Mapping[str, str], list[Finding]]:
    """About's texts, with the month where Excel has made a date of the Benchmark period."""
    cell = about.cell("benchmark period")
    raw = table.value(cell.row - 1, cell.column - 1) if cell else ""
    if cell is None or not isinstance(raw, date):
        return about.texts, []
    trait = table.trait(cell.row - 1, cell.column - 1)
    month, finding = month_shown(raw, trait, table.place(cell.row - 1, cell.column - 1))
    key = next(key for key, place in about.cells.items() if place == cell)
    return {**about.texts, key: month_name(month) if month else ""}, [finding] if finding else []


def about_of(period: Period, about: About, stated: Period, file: str) -> tuple[About, list[Finding]]:
    """About for the report of a period that is asked for: if it is not the stated one, without the dates of that."""
    if period == stated:
        return about, []
    said = {"reporting period": period.label, "board date": "", "data as at": long_date(period.end)}
    texts = {key: said.get(key.lower(), text) for key, text in about.texts.items()}
    of_period = replace(about, texts=texts, reporting_period=stated, board_date=None, data_as_at=None)
    cell = next(filter(None, map(about.cell, said)), None)
    named = {"period": period.label, "stated": stated.label, "day": long_date(period.end)}
    return of_period, [rules.OTHER_PERIOD.at(cell_place(file, cell), **named)] if cell else []


def near_keys(about: About, table: SheetTable, printed: Collection[str]) -> Iterator[Finding]:
    """Unused keys that are nearly a known one that is not there. `printed` are those that templates print."""
    there = {key.lower() for key in about.texts}
    absent = [key for key in KEYS if key.lower() not in there]
    used = {key.strip().lower() for key in (*KEYS, *printed)}
    for key, cell in about.cells.items():
        if key.lower() not in used and (known := nearest_name(key, absent, _LIKENESS)):
            yield rules.NEAR_KEY.at(table.place(cell.row - 1, "key"), key=key, known=known)


def doubtful_dates(file: str, about: About, when: Period, data_as_at: date) -> Iterator[Finding]:
    """Dates of About that do not fit the reporting period or each other. `data_as_at` is what the cover says."""
    if about.data_as_at and (cell := about.cell("data as at")):
        days = (about.data_as_at - when.end).days
        if not 0 <= days <= _LATEST_DATA:
            named = {"day": long_date(about.data_as_at), "period": when.label}
            distance = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'} {'before' if days < 0 else 'after'}"
            place = cell_place(file, cell, period=when.label)
            yield rules.DATA_AS_AT.at(place, **named, distance=distance)
    if about.board_date and about.board_date < data_as_at and (cell := about.cell("board date")):
        place = cell_place(file, cell)
        yield rules.BOARD_DATE.at(place, day=long_date(about.board_date), as_at=long_date(data_as_at))


def _read_day(raw: CellValue, _: Trait | None, place: Place) -> _Told[date]:
    """A date from a cell: Excel's own, or text such as 31/07/2023, 31 July 2023 or 2023-07-31."""
    day, finding = whole_day(raw, place) if isinstance(raw, date) else (_typed_day(text_of(raw)), None)
    return (day if day and day.year in YEARS else None), finding


def _typed_day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        if not found:
            return date.fromisoformat(text)
        number = int(found[2]) if found[2].isdigit() else month_number(found[2])
        return date(int(found[3]), number or 0, int(found[1]))
    except ValueError:
        return None


def _typed_period(raw: CellValue, terms: Terms) -> Period | None:
    try:
        return parse_period(text_of(raw), terms)
    except NotAPeriod:
        return None


def _yes_or_no(raw: CellValue, _: Trait | None, __: Place) -> _Told[bool]:
    text = text_of(raw).lower()
    return (True if text in _YES else False if text in _NO else None), None
