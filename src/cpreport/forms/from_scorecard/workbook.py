"""A draft as a workbook: the sheets Indicators, Data, Benchmarks, About and Questions; Marks where it has any."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cpreport.forms.books import BookCell, BookSheet, Columns, Row, save_book
from cpreport.forms.from_scorecard.draft import Answer, Draft
from cpreport.forms.starter import figures
from cpreport.inputs.definitions.indicators_sheet import BY_KEY, COLUMNS, NOTE
from cpreport.model.figure import CellRef
from cpreport.model.period import Period

_LOOKS = Path(figures.__file__).with_name("sheets.toml")
_SHEETS = ("Indicators", "Data", "Benchmarks", "Marks", "About")
_HEADERS = {
    "Data": ("Indicator", "Figure", "Title"),
    "Benchmarks": ("Indicator", "Benchmark", "Value", "Period", "Status"),
    "Marks": ("Indicator", "Period", "Figure", "Mark", "Note"),
    "About": ("Key", "Value"),
}
_PANES = {"Indicators": "D2", "Data": "D2"}
_OPEN_COLUMNS = 1 + next(number for number, column in enumerate(COLUMNS) if column.key == NOTE)
"""How many columns the sheet Indicators has, whether something stands in them or not."""

_QUESTIONS: Columns = {
    "Source cell": {"width": 30},
    "What": {"width": 100},
    "Assumed or open": {"width": 16},
    "Answer in": {"width": 18},
}


def save_draft(path: Path, draft: Draft, title: str) -> None:
    """Writes the workbook. The same draft gives the same bytes; it must have a period."""
    looks = tomllib.loads(_LOOKS.read_text("utf-8"))["sheets"]
    used = {at.sheet for at in draft.cells}
    sheets = {name: _sheet(draft, name, looks.get(name, {})) for name in _SHEETS if name != "Marks" or name in used}
    sheets["Questions"] = BookSheet(_QUESTIONS, _questions(draft))
    assert draft.period
    save_book(path, sheets, {}, title, draft.period.end)


def addresses(draft: Draft) -> Callable[[Answer], str]:
    """Gives the address of each cell of a draft: `Indicators!F7`."""
    columns = {sheet: {column: n for n, column in enumerate(_columns(draft, sheet), 1)} for sheet in _SHEETS}
    return lambda at: str(CellRef(at.sheet, at.row + 2, columns[at.sheet][at.column]))


def _columns(draft: Draft, sheet: str) -> Sequence[str | Period]:
    """The columns of a sheet, by keys, headers and periods."""
    if sheet == "Indicators":
        used = {at.column for at in draft.cells if at.sheet == sheet}
        return [each.key for n, each in enumerate(COLUMNS) if n < _OPEN_COLUMNS or each.key in used]
    return [*_HEADERS[sheet], *(draft.columns if sheet == "Data" else ())]


def _sheet(draft: Draft, name: str, looks: Columns) -> BookSheet:
    columns = _columns(draft, name)
    shown = dict(_looking(column, looks, name == "Indicators") for column in columns)
    cells: dict[int, dict[str | Period, BookCell]] = {}
    for at, content in draft.cells.items():
        if at.sheet == name:
            cells.setdefault(at.row, {})[at.column] = content
    height = max(cells, default=-1) + 1
    rows: list[Row] = [[cells.get(row, {}).get(column) for column in columns] for row in range(height)]
    return BookSheet(shown, rows, _PANES.get(name, "A2"))


def _looking(column: str | Period, looks: Columns, is_key: bool) -> tuple[str | date, Mapping[str, Any]]:
    """A column's header and how it looks: as in the table of sheets, without its lists; words are offered."""
    if isinstance(column, Period):
        return figures.heading(column) or column.label, {}
    header = BY_KEY[column].header if is_key else column
    words = BY_KEY[column].content.words if is_key else ()
    own = {name: value for name, value in looks.get(header, {}).items() if name not in ("offer", "free")}
    return header, {**own, "offer": f'"{",".join(words)}"'} if words else own


def _questions(draft: Draft) -> Iterator[Row]:
    address = addresses(draft)
    for certainty, source, what, answer in draft.asked:
        place = address(answer) if answer else ""
        of = draft.source.place(source) if source else ""
        yield of, what, certainty.value, BookCell(place, link=place) if place else None
