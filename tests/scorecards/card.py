"""A council's scorecard as a test has it: its cells, and what a careful reader would say of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from cpreport.inputs.workbook.scorecard.values import Label, Open
from cpreport.model.indicator import Part, Polarity
from cpreport.model.period_text import parse_period

from ..example_month import Rows, Shown

HIGH, LOW, NEITHER = Polarity.HIGH, Polarity.LOW, Polarity.NONE
VALUE, NUMERATOR, DENOMINATOR = Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR
REF, TITLE, GOOD, TARGET, NOTE = Label.REFERENCE, Label.TITLE, Label.POLARITY, Label.TARGET, Label.NOTE


class Versus(NamedTuple):
    """What a column of benchmarks is: its comparator as the sheet names it, and the period that its heading names."""

    comparator: str
    period: str = ""


class When(NamedTuple):
    """What a column of figures is: a period by its label, and which part of the figure; None is the target then."""

    period: str
    part: Part | None = VALUE


Columns = Mapping[str | int, Label | Versus | When]
"""What the columns are by their letters or, where an indicator is a column, the rows by their numbers."""


@dataclass(frozen=True, slots=True)
class Said:
    """An indicator of a scorecard. Cells are named by their addresses; a blank one says nothing.

    `polarity` is None where the sheet does not say it.
    """

    title: str
    cell: str
    reference: str
    section: str
    polarity: Polarity | None
    labels: Mapping[str, Label]
    benchmarks: Mapping[str, Versus]
    figures: Mapping[str, When]


def said(
    at: int | str,
    title: str,
    reference: str = "",
    polarity: Polarity | None = None,
    *,
    section: str = "",
    columns: Columns,
    parts: Mapping[int, Part | None] | None = None,
    more: Mapping[str, Label | Versus | When] | None = None,
) -> Said:
    """The indicator in row (or column) `at`.

    `parts` are the rows (or columns) of the parts of its figures, where `at` does not hold all; `more` are other cells.
    """
    cells = {_address(at, column): what for column, what in columns.items()} | dict(more or {})
    figures = {cell: what for cell, what in cells.items() if isinstance(what, When)}
    for row, part in (parts or {}).items():
        figures |= {_address(row, c): When(what.period, part) for c, what in columns.items() if isinstance(what, When)}
    labels = {cell: what for cell, what in cells.items() if isinstance(what, Label)}
    benchmarks = {cell: what for cell, what in cells.items() if isinstance(what, Versus)}
    named = next(cell for cell, label in labels.items() if label is TITLE)
    return Said(title, named, reference, section, polarity, labels, benchmarks, figures)


def _address(at: int | str, column: str | int) -> str:
    return f"{column}{at}" if isinstance(at, int) else f"{at}{column}"


def across(
    first: str | int, labels: Sequence[str], part: Part | None = VALUE, step: int = 1
) -> dict[str | int, Label | Versus | When]:
    """The columns from `first` to the right (or rows downwards) that hold the figures of these periods."""
    if isinstance(first, int):
        return {first + step * n: When(label, part) for n, label in enumerate(labels)}
    start = openpyxl.utils.column_index_from_string(first)
    return {get_column_letter(start + step * n): When(label, part) for n, label in enumerate(labels)}


def periods(first: str, count: int) -> list[str]:
    """The labels of so many periods of one kind, from the first one."""
    return [parse_period(first).shift(n).label for n in range(count)]


def pct(*numbers: float | str | None, decimals: int = 1) -> list[object]:
    """Cells in percent format: 89.7 is stored as 0.897. A text or a blank cell stays as it is."""
    shape = f"0.{'0' * decimals}%" if decimals else "0%"
    return [Shown(round(n / 100, 6), shape) if isinstance(n, int | float) else n for n in numbers]


def cells_in(ranges: str) -> Iterator[str]:
    """The addresses in ranges such as `A1:B2 C5`."""
    for each in ranges.split():
        left, top, right, bottom = range_boundaries(each)
        assert left and top and right and bottom, each
        for row in range(top, bottom + 1):
            yield from (f"{get_column_letter(column)}{row}" for column in range(left, right + 1))


@dataclass(frozen=True)
class Card:
    """A scorecard. Ranges are such as `A1:B2 C5`; blank cells in them do not count.

    `titles` are above the headings and name the whole sheet, `groups` name sections. `unread` says nothing that a
    report can hold and is to be listed; of `either` it is right to read it and right to list it. `open` are questions
    that have to be asked, each at a cell of a range, besides those for polarities. `given` is the newest period as
    somebody has to say it, where the headings do not: the figures are those that are then read, and the questions
    `settled` are then not asked. `is_stated`: a title says it too, so that it is right to read them without asking.
    `unreadable` are cells among the figures that hold neither a number nor a marker, `coloured` those whose status is
    a fill.
    """

    name: str
    rows: Rows
    said: tuple[Said, ...]
    sheet: str = "Scorecard"
    titles: str = ""
    headings: str = ""
    groups: str = ""
    unread: str = ""
    either: str = ""
    unreadable: str = ""
    open: tuple[tuple[Open, str], ...] = ()
    settled: tuple[tuple[Open, str], ...] = ()
    given: str = ""
    is_stated: bool = False
    merged: str = ""
    coloured: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    hidden: str = ""
    other_sheets: Mapping[str, Rows] = field(default_factory=dict)

    @cached_property
    def values(self) -> Mapping[str, object]:
        """The cells that are not blank, each without its format."""
        cells = {
            f"{get_column_letter(column)}{row}": value.value if isinstance(value, Shown) else value
            for row, values in enumerate(self.rows, 1)
            for column, value in enumerate(values, 1)
        }
        return {cell: value for cell, value in cells.items() if not (value is None or str(value).isspace())}

    def filled(self, ranges: str) -> set[str]:
        """The cells of ranges that are not blank."""
        return {cell for cell in cells_in(ranges) if cell in self.values}

    def write(self, folder: Path) -> Path:
        """The workbook as Excel saves it, in a file of the scorecard's name."""
        book = openpyxl.Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for name, rows in {self.sheet: self.rows, **self.other_sheets}.items():
            _draw(book.create_sheet(name), rows)
        sheet = book[self.sheet]
        for cell in cells_in(self.headings):
            sheet[cell].font = Font(bold=True)
        for ranges, colour in self.fills.items():
            for cell in cells_in(ranges):
                sheet[cell].fill = PatternFill("solid", fgColor=colour)
        for each in self.merged.split():
            sheet.merge_cells(each)
            sheet[each.split(":")[0]].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        for each in self.hidden.split():
            (sheet.row_dimensions[int(each)] if each.isdigit() else sheet.column_dimensions[each]).hidden = True
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path


def _draw(sheet: Worksheet, rows: Rows) -> None:
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column, value.value if isinstance(value, Shown) else value)  # type: ignore[arg-type]
            if isinstance(value, Shown):
                cell.number_format = value.format


def place(cell: str) -> tuple[int, int]:
    """The row and column of an address."""
    return coordinate_to_tuple(cell)
