"""The sheets of the example workbooks: readable tables in, a workbook out that always has the same bytes."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

EXAMPLES = Path(__file__).resolve().parent

HEADER_FILL = PatternFill("solid", fgColor="1F3864")
HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
LINE_HEIGHT = 15
ILLUSTRATIVE_FILL = PatternFill("solid", fgColor="FFF2CC")
TOP = Alignment(vertical="top", wrap_text=True)

DATA_LABELS = ("Indicator", "Figure", "Title", "Source")
DATA_WIDTHS = (24, 12, 40, 22)
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
MONTH = re.compile(r"[A-Z][a-z]{2} \d{2}")
DATE = re.compile(r"\d{2}/\d{2}/\d{4}")

SHADED = "A shaded figure"
KEY = (
    (SHADED, "Illustrative: never published. A plausible figure that agrees with the published ones."),
    ("Source: published", "Every figure of the row is published."),
    (
        "Source: published, other periods illustrative",
        "The unshaded figures of the row are published, the shaded ones illustrative.",
    ),
    ("Source: illustrative", "Every figure of the row is illustrative."),
    ("A blank cell", "No figure: none was published for the period and none was made up."),
)


def rows_of(tables: Path, table: str) -> list[dict[str, str]]:
    """Give the rows of a table in a folder, each by column name."""
    with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def fill(cell: Cell, text: str) -> None:
    """Write `text` as what it looks like: a number, a percentage, a date, or text; blank if empty.

    A percentage is stored as its fraction (89.7% as 0.897) and keeps its decimals in its format.
    """
    cell.alignment = TOP
    if NUMBER.fullmatch(text):
        fill_number(cell, text)
    elif DATE.fullmatch(text):
        cell.value = datetime.strptime(text, "%d/%m/%Y")
        cell.number_format = "dd/mm/yyyy"
        cell.alignment = Alignment(horizontal="left", vertical="top")
    elif text:
        fill_text(cell, text)


def fill_number(cell: Cell, text: str) -> None:
    """Write a number as typed: 604, 442.0 or 89.7%, shown with as many decimals."""
    percent = text.endswith("%")
    number = Decimal(text.rstrip("%"))
    decimals = len(text.rstrip("%").partition(".")[2])
    places = "." + "0" * decimals if decimals else ""
    cell.value = float(number / 100 if percent else number) if decimals or percent else int(number)
    cell.number_format = f"0{places}%" if percent else f"#,##0{places}"


def fill_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text that Excel must not turn into a number or a date."""
    cell.value = text
    cell.number_format = "@"
    cell.alignment = TOP


def fill_header(sheet: Worksheet, names: tuple[str, ...], widths: tuple[int, ...]) -> None:
    """Write the styled first row of a sheet, and keep it in view; a month becomes a date."""
    for column, (name, width) in enumerate(zip(names, widths, strict=True), start=1):
        cell = sheet.cell(1, column)
        fill_text(cell, name)
        if MONTH.fullmatch(name):
            cell.value = datetime.strptime(name, "%b %y")
            cell.number_format = "mmm yy"
        cell.font = HEADER_FONT
        cell.fill = HEADER_FILL
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def fit_height(sheet: Worksheet, line: int) -> None:
    """Make a row as high as its longest wrapped text needs, in points."""
    lines = (
        ceil(1.15 * len(str(cell.value)) / sheet.column_dimensions[cell.column_letter].width)
        for cell in sheet[line]
        if isinstance(cell.value, str)
    )
    sheet.row_dimensions[line].height = LINE_HEIGHT * max(lines, default=1)


def add_plain_sheet(book: Workbook, tables: Path, table: str, widths: tuple[int, ...], texts: set[str]) -> None:
    """Add a sheet that shows a table as it is; the columns in `texts` hold nothing but text."""
    rows = rows_of(tables, table)
    names = tuple(rows[0])
    sheet = book.create_sheet(table.capitalize())
    fill_header(sheet, names, widths)
    for line, row in enumerate(rows, start=2):
        for column, name in enumerate(names, start=1):
            write = fill_text if name in texts and row[name] else fill
            write(sheet.cell(line, column), row[name])
        fit_height(sheet, line)


def joined_rows(tables: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Give each row of published.csv with its row of illustrative.csv.

    Raises `ValueError` if their rows differ, or if both fill the same cell.
    """
    for published, illustrative in zip(rows_of(tables, "published"), rows_of(tables, "illustrative"), strict=True):
        labels = [[row[name] for name in DATA_LABELS[:3]] for row in (published, illustrative)]
        twice = [name for name in periods_of(published) if published[name] and illustrative[name]]
        if labels[0] != labels[1] or twice:
            raise ValueError(f"published.csv and illustrative.csv disagree: {labels}, {twice}")
        yield published, illustrative


def periods_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names of the period columns."""
    return tuple(name for name in row if name not in DATA_LABELS)


def source_of(published: Mapping[str, str], illustrative: Mapping[str, str]) -> str:
    """Say in words where the figures of a row come from."""
    if not any(illustrative[name] for name in periods_of(illustrative)):
        return "published"
    if not any(published[name] for name in periods_of(published)):
        return "illustrative"
    return "published, other periods illustrative"


def add_data_sheet(book: Workbook, tables: Path) -> None:
    """Add the Data sheet: a row per figure, a column per period, illustrative cells shaded."""
    sheet = book.create_sheet("Data")
    joined = list(joined_rows(tables))
    periods = periods_of(joined[0][0])
    widths = DATA_WIDTHS + tuple(max(10, len(name) + 4) for name in periods)
    fill_header(sheet, DATA_LABELS + periods, widths)
    for line, (published, illustrative) in enumerate(joined, start=2):
        source = source_of(published, illustrative)
        for column, name in enumerate(DATA_LABELS, start=1):
            fill_text(sheet.cell(line, column), source if name == "Source" else published[name])
        for column, name in enumerate(periods, start=len(DATA_LABELS) + 1):
            cell = sheet.cell(line, column)
            fill(cell, published[name] or illustrative[name])
            if illustrative[name]:
                cell.fill = ILLUSTRATIVE_FILL
        fit_height(sheet, line)
    sheet.freeze_panes = sheet.cell(2, len(DATA_LABELS))


def add_key_sheet(book: Workbook, published: str, others: tuple[str, str]) -> None:
    """Add the sheet that explains the shading and the Source column.

    `published` says where the published figures are from, `others` what other sheets are and what they hold.
    """
    sheet = book.create_sheet("Key")
    fill_header(sheet, ("What you see", "What it means"), (46, 90))
    key = (("A figure without shading", f"Published: {published}"), *KEY, others)
    for line, (shown, meaning) in enumerate(key, start=2):
        fill_text(sheet.cell(line, 1), shown)
        fill_text(sheet.cell(line, 2), meaning)
        if shown == SHADED:
            sheet.cell(line, 1).fill = ILLUSTRATIVE_FILL
        fit_height(sheet, line)


def sign(book: Workbook, script: str, title: str, made: datetime) -> None:
    """Say what made the workbook, what it is and when."""
    properties = book.properties
    properties.creator, properties.title = f"examples/{script}", title
    properties.created = properties.modified = made


def save(book: Workbook, path: Path) -> None:
    """Write the workbook as modified when it says, not now, so that the same tables give the same bytes.

    `Workbook.save` would set the modified date to now, and zip entries carry the time too.
    """
    draft, modified = BytesIO(), book.properties.modified.timetuple()[:6]
    ExcelWriter(book, ZipFile(draft, "w")).save()
    with ZipFile(draft) as parts, ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = ZipInfo(name, modified)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))
