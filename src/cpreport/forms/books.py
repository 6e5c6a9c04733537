"""New workbooks: sheets with headers, widths and drop-downs, and cells that Excel cannot misread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from cpreport.office.package import Package, archived

TEXT, DATE, MONTH = "@", "dd/mm/yyyy", "mmm yy"
"""Number formats: of text, which Excel leaves as it is typed, of a day, and of a month by its first day."""

_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LAST_ROW = 2000
_LISTS = "Lists"


class BookCell(NamedTuple):
    """What stands in a cell, with its number format. An example is shaded. `link` is the cell that a click leads to."""

    value: str | date | float
    form: str = TEXT
    is_example: bool = False
    link: str = ""


Row = Sequence[str | BookCell | None]
"""A text stands for a cell with it."""

Lists = Mapping[str, Sequence[str]]
"""What drop-downs offer, by the headers of the sheet Lists."""

Columns = Mapping[str | date, Mapping[str, Any]]
"""The columns of a sheet by their headers, a date for a month.

Each may have its `width` in characters (default: the header's), the name of a list or the texts in quotes that its
drop-down has to `offer`, which may be `free` to be something else, and `text` where Excel is to leave as it is typed
whatever is added.
"""


class BookSheet(NamedTuple):
    """A sheet to write: its columns and the rows below the headers. What is above and left of `panes` stays in view."""

    columns: Columns
    rows: Iterable[Row] = ()
    panes: str = "A2"


def save_book(path: Path, sheets: Mapping[str, BookSheet], lists: Lists, title: str, when: date) -> None:
    """Writes a workbook of these sheets and, after them, the sheet Lists. The same values give the same bytes.

    `when` is the day on which it says that it was made.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    offered = BookSheet({header: {"width": 28} for header in lists}, zip_longest(*lists.values()))
    for name, sheet in {**sheets, **({_LISTS: offered} if lists else {})}.items():
        _add(book, name, sheet, lists)
    book.properties.creator = "cpreport"
    book.properties.title = title
    book.properties.created = book.properties.modified = datetime.combine(when, time())
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()  # Workbook.save would write the time of writing
    path.write_bytes(archived(Package(draft.getvalue()).parts()))


def _add(book: Workbook, name: str, wanted: BookSheet, lists: Lists) -> None:
    """A new sheet with its header row and its rows."""
    sheet = book.create_sheet(name)
    for column, (header, of_column) in enumerate(wanted.columns.items(), start=1):
        cell = _write(sheet.cell(1, column), header if isinstance(header, str) else BookCell(header, MONTH))
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width = of_column.get("width") or (len(header) + 4 if isinstance(header, str) else 10)
        if of_column.get("text"):
            dimension.number_format = TEXT
        if offer := _offer(of_column.get("offer", ""), lists):
            choice = DataValidation(type="list", formula1=offer, allow_blank=True)
            choice.showErrorMessage = not of_column.get("free", False)
            choice.errorTitle, choice.error = str(header), "Choose from the list, or leave the cell blank."
            choice.add(f"{cell.column_letter}2:{cell.column_letter}{_LAST_ROW}")
            sheet.add_data_validation(choice)
    for number, row in enumerate(wanted.rows, start=2):
        for column, content in enumerate(row, start=1):
            if content is not None:
                _write(sheet.cell(number, column), content)
    sheet.freeze_panes = wanted.panes


def _offer(offer: str, lists: Lists) -> str:
    """What a drop-down offers, as a formula: the entries of a column of Lists, or texts in quotes; '' if none."""
    if not lists.get(offer):
        return "" if offer in lists else offer
    letter = get_column_letter(1 + list(lists).index(offer))
    return f"{_LISTS}!${letter}$2:${letter}${len(lists[offer]) + 1}"


def _write(place: Any, content: str | BookCell) -> Cell:
    """Text is written so that Excel cannot read it as a number, date or formula. An empty one leaves it blank."""
    cell = cast(Cell, place)
    value, cell.number_format, is_example, link = content if isinstance(content, BookCell) else BookCell(content)
    if cell.number_format in (TEXT, DATE):
        cell.alignment = _WRAPPED
    if is_example:
        cell.fill = _EXAMPLE_FILL
    cell.value = None if value == "" else value
    if value and isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, float) and float(f"{value:.16g}") != value:
        cell.value, cell.data_type = repr(value), "n"  # openpyxl writes 16 digits, which are not always enough
    if link:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link)
    return cell
