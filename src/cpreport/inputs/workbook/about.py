"""The About sheet: what the report is, for when, and what stands on its cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Spreadsheet, Trait
from cpreport.inputs.workbook.meaning import Problem, month_name, month_shown, period_said, text_of, whole_day
from cpreport.inputs.workbook.tables import SheetTable, known_table
from cpreport.model.figure import CellRef, cell_place
from cpreport.model.finding import Finding, Place, nearest, nearest_name
from cpreport.model.folder import ReportFolder
from cpreport.model.period import YEARS, Period, Terms, long_date
from cpreport.model.period_text import NotAPeriod, month_number
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.definition import SHELL_FIELDS
from cpreport.model.workbook import About

Read = TypeVar("Read")
_Reader = Callable[[CellValue, Trait | None], Read | Problem | None]
"""Reads a cell: None where it is none of what is wanted."""

KEYS = (
    *("Report", "Reporting period", "Board date", "Data as at", "Authority", "Contact", "Example"),
    *("Benchmark source", "Benchmark period", "History", "Last report", "Recommendations", "Other formats"),
    *("Title", "Comparators", "Slots", "Arrows"),
)
"""The keys of About that are known."""

_LIKENESS = 0.75
"""How much like a known key another one is that may have been meant for it, from 0 to 1."""

_LATEST_DATA = 100
"""How many days after the reporting period's last day data are usually as at, at most."""

ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_about(book: Spreadsheet) -> tuple[tuple[About, SheetTable | None], list[Finding]]:
    """The About sheet's texts, not yet its dates and periods, and its table."""
    table, findings = known_table(book, "About")
    if table is None:
        return (About(), None), findings
    texts: dict[str, str] = {}
    cells: dict[str, CellRef] = {}
    for row in table.rows():
        key = table.text(row, "key")
        if first := next((cells[name] for name in texts if name.lower() == key.lower()), None):
            findings.append(rules.ABOUT_TWICE.at(table.place(row, "key"), key=key, first=first.a1))
        elif key:
            texts[key], cells[key] = table.text(row, "value"), table.cell(row, "value")
    return (About(texts, cells), table), findings


def complete_about(about: About, table: SheetTable, terms: Terms) -> tuple[About, list[Finding]]:
    """About with its dates, its period and whether it is an example; a benchmark period that is a date is its month."""
    findings: list[Finding] = []

    def value(key: str, read: _Reader[Read], wanted: str = "", example: str = "") -> Read | None:
        cell = about.cell(key)
        if cell is None or about.text(key) == "":
            return None
        at = (cell.row - 1, cell.column - 1)
        found = read(*table.read(*at))
        if isinstance(found, Problem) or found is None:
            named = {"key": key.capitalize(), "value": about.text(key), "wanted": wanted, "example": example}
            problem = found or Problem(rules.ABOUT_INVALID, named)
            findings.append(problem.at(table.place(*at)))
            return None
        return found

    def read_when(raw: CellValue, trait: Trait | None) -> Period | Problem | None:
        try:
            return period_said(raw, trait, terms)
        except NotAPeriod:
            return None

    period = value("benchmark period", _read_month) or ""
    complete = About(
        {key: period if key.lower() == "benchmark period" else text for key, text in about.texts.items()},
        about.cells,
        value("reporting period", read_when, "a period", "Jul 2023"),
        value("board date", _read_day, "a date", "14/09/2023"),
        value("data as at", _read_day, "a date", "31/07/2023"),
        bool(value("example", lambda raw, _: ANSWERS.get(text_of(raw).lower()), "yes or no", "yes")),
        value("last report", read_when, "a period", "Jun 2023"),
    )
    return complete, findings


def _read_month(raw: CellValue, trait: Trait | None) -> str | Problem:
    """The text of a benchmark period, or the month where Excel has made a date of it."""
    month = month_shown(raw, trait) if isinstance(raw, date) else text_of(raw)
    return month_name(month) if isinstance(month, Period) else month


def _read_day(raw: CellValue, _: Trait | None) -> date | Problem | None:
    """A date from a cell: Excel's own, or text such as 31/07/2023, 31 July 2023 or 2023-07-31."""
    day = whole_day(raw) if isinstance(raw, date) else typed_day(text_of(raw))
    return None if isinstance(day, date) and day.year not in YEARS else day


def typed_day(text: str) -> date | None:
    """A date in text: 31/07/2023, 31 July 2023 or 2023-07-31."""
    found = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2}|[A-Za-z]+)[/. -]([0-9]{4})", text)
    try:
        if not found:
            return date.fromisoformat(text)
        number = int(found[2]) if found[2].isdigit() else month_number(found[2])
        return date(int(found[3]), number or 0, int(found[1]))
    except ValueError:
        return None


def about_of(period: Period, about: About, stated: Period, file: str) -> tuple[About, list[Finding]]:
    """About for the report of a period that is asked for: if it is not the stated one, without the dates of that."""
    if period == stated:
        return about, []
    said = {"reporting period": period.label, "board date": "", "data as at": long_date(period.end), "last report": ""}
    texts = {key: said.get(key.lower(), text) for key, text in about.texts.items()}
    of_period = replace(about, texts=texts, reporting_period=stated, board_date=None, data_as_at=None, last_report=None)
    cell = next(filter(None, map(about.cell, said)), None)
    named = {"period": period.label, "stated": stated.label, "day": long_date(period.end)}
    return of_period, [rules.OTHER_PERIOD.at(cell_place(file, cell), **named)] if cell else []


def with_last_report(about: About, when: Period, file: str) -> tuple[About, list[Finding]]:
    """About without a last report that is not before the reporting period, or of another kind, which is an error."""
    last, cell = about.last_report, about.cell("last report")
    if last is None or cell is None or (last.kind is when.kind and last < when):
        return about, []
    named = {"key": "Last report", "value": about.text("last report")}
    wanted, example = f"a {when.kind.value} before {when.label}", when.shift(-1).label
    finding = rules.ABOUT_INVALID.at(cell_place(file, cell), **named, wanted=wanted, example=example)
    return replace(about, last_report=None), [finding]


def near_keys(about: About, table: SheetTable, printed: Collection[str]) -> Iterator[Finding]:
    """Unused keys that are nearly a known one that is not there. `printed` are those that templates print."""
    there = {key.lower() for key in about.texts}
    absent = [key for key in KEYS if key.lower() not in there]
    used = {key.strip().lower() for key in (*KEYS, *printed)}
    for key, cell in about.cells.items():
        if key.lower() not in used and (known := nearest_name(key, absent, _LIKENESS)):
            yield rules.NEAR_KEY.at(table.place(cell.row - 1, "key"), key=key, known=known)


def unknown_fields(about: About, file: str, folder: ReportFolder) -> Iterator[Finding]:
    """The keys for the cover that About does not have; and the shell, if it prints none."""
    there = {key.lower() for key in about.texts}
    for key in folder.cover_fields:
        if key.lower() not in there:
            near = nearest(key, about.texts)
            yield rules.COVER_FIELD.at(Place(file=file, sheet="About"), key=key, nearest=near)
    if folder.cover_fields and not any("report.fields" in text for text in folder.shell.paragraphs):
        yield SHELL_FIELDS.at(Place(file="shell.docx"), keys=[*folder.cover_fields])


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
