"""Join the tables in `examples/july-2023/` into the workbook `examples/july-2023.xlsx`.

Run `python examples/make_july_2023.py` from any folder. The same tables always give the same bytes.
"""

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
TABLES = EXAMPLES / "july-2023"
WORKBOOK = EXAMPLES / "july-2023.xlsx"

MADE = datetime(2023, 9, 1)
ZIP_DATE = (2023, 9, 1, 0, 0, 0)

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

KEY = (
    ("What you see", "What it means"),
    ("A figure without shading", "Published: printed in the board report of July 2023."),
    (
        "A shaded figure",
        "Illustrative: never published. A plausible figure that agrees with the published ones.",
    ),
    ("Source: published", "Every figure of the row is published."),
    (
        "Source: published, other periods illustrative",
        "The unshaded figures of the row are published, the shaded ones illustrative.",
    ),
    ("Source: illustrative", "Every figure of the row is illustrative."),
    ("A blank cell", "No figure: none was published for the period and none was made up."),
    (
        "Sheets About and Narrative",
        "The board date and all narratives are illustrative.",
    ),
)


def rows_of(table: str) -> list[dict[str, str]]:
    """Give the rows of a table in `examples/july-2023/`, each by column name."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
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


def add_plain_sheet(book: Workbook, table: str, widths: tuple[int, ...], texts: set[str]) -> None:
    """Add a sheet that shows a table as it is; the columns in `texts` hold nothing but text."""
    rows = rows_of(table)
    names = tuple(rows[0])
    sheet = book.create_sheet(table.capitalize())
    fill_header(sheet, names, widths)
    for line, row in enumerate(rows, start=2):
        for column, name in enumerate(names, start=1):
            write = fill_text if name in texts and row[name] else fill
            write(sheet.cell(line, column), row[name])
        fit_height(sheet, line)


def joined_rows() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Give each row of published.csv with its row of illustrative.csv.

    Raises `ValueError` if their rows differ, or if both fill the same cell.
    """
    for published, illustrative in zip(rows_of("published"), rows_of("illustrative"), strict=True):
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


def add_data_sheet(book: Workbook) -> None:
    """Add the Data sheet: a row per figure, a column per period, illustrative cells shaded."""
    sheet = book.create_sheet("Data")
    joined = list(joined_rows())
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


def add_key_sheet(book: Workbook) -> None:
    """Add the sheet that explains the shading and the Source column."""
    sheet = book.create_sheet("Key")
    fill_header(sheet, KEY[0], (46, 90))
    for line, (sign, meaning) in enumerate(KEY[1:], start=2):
        fill_text(sheet.cell(line, 1), sign)
        fill_text(sheet.cell(line, 2), meaning)
        if sign == "A shaded figure":
            sheet.cell(line, 1).fill = ILLUSTRATIVE_FILL
        fit_height(sheet, line)


def july_2023() -> Workbook:
    """Give the whole example workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_plain_sheet(book, "about", (24, 60), {"Key"})
    add_data_sheet(book)
    add_plain_sheet(book, "benchmarks", (26, 13, 10, 10, 12), {"Indicator", "Benchmark", "Period"})
    add_plain_sheet(book, "breakdowns", (18, 60, 14, 10, 12), {"Breakdown", "Category", "Period"})
    add_plain_sheet(book, "narrative", (20, 14, 120), {"Section", "Slot", "Text"})
    add_key_sheet(book)
    properties = book.properties
    properties.creator = "examples/make_july_2023.py"
    properties.title = "Corporate Parenting Board, July 2023 (example)"
    properties.created = properties.modified = MADE
    return book


def save(book: Workbook, path: Path) -> None:
    """Write the workbook without the time of writing, so that the same tables give the same bytes.

    `Workbook.save` would set the modified date to now, and zip entries carry the time too.
    """
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()
    with ZipFile(draft) as parts, ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))


if __name__ == "__main__":
    save(july_2023(), WORKBOOK)
