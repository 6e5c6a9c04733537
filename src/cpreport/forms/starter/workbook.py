"""The starter workbook: its sheets with headers, drop-downs and example figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from cpreport.forms.starter.columns import heading
from cpreport.forms.starter.figures import ExampleFigures, ExampleRow
from cpreport.inputs.template_needs import Wishes
from cpreport.inputs.workbook.amounts import MARKERS, STATUSES
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period

_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_TEXT, _DATE, _MONTH = "@", "dd/mm/yyyy", "mmm yy"
_DATA_LABELS = {"Indicator": 24, "Figure": 13, "Title": 60, "Source": 12}
_LAST_ROW = 2000
_MARKS = [marker.upper() if marker == "n/a" else marker for marker in MARKERS] + [*STATUSES, "[b]"]

_KEY = (
    ("Everything shaded in this workbook", "An EXAMPLE: made up, to be replaced by your own figures."),
    ("When all is replaced", "Remove the row Example from the sheet About: every page says EXAMPLE until then."),
    ("About", "What is printed on the cover: the reporting period, dates, authority and contact."),
    ("Data", "The figures: a row for each part of a figure, a column for each period. Add a column each month."),
    ("Data, Figure", "numerator, denominator or value. What the report folder takes from elsewhere has no row."),
    ("Data, a row with one figure only", "A figure that holds until the next one is entered, such as a population."),
    ("Data, period headers", "Months are dates (first of the month); others are text such as Summer Term 22/23."),
    ("Benchmarks", "What the figures are compared with: a row for each indicator and comparator."),
    ("Marks", "A marker for a figure, with a note that the report prints under the table."),
    ("Narrative", "Texts: a row for each bullet. Or write them in the folder narrative, in a file for each section."),
    ("Breakdowns", "Counts by category. They must add up to the figure that they break down."),
    ("Lists", "What the drop-downs offer. It changes nothing in the report."),
    ("A blank cell", "No data yet."),
    ("N/A", "There was nobody to count."),
    ("[x]", "Not available."),
    ("[z]", "Not applicable."),
    ("[c]", "Confidential."),
    ("[u]", "Unreliable."),
    ("[low]", "Too low to print."),
    ("[p], [r], [e]", "Provisional, revised, estimated: after a number (82 [p]), or in the sheet Marks."),
    ("[b]", "In the sheet Marks: the series breaks here, so no direction of travel is computed across it."),
)


def save_workbook(
    path: Path, folder: ReportFolder, figures: ExampleFigures, wishes: Wishes, authority: str, period: Period
) -> None:
    """Writes the workbook. The same report folder, authority and month give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_about(book, folder, wishes, authority, period)
    _add_data(book, figures)
    lists = _lists(folder)
    _add_benchmarks(book, folder, figures, wishes, lists, period)
    _add_marks(book, lists)
    _add_narrative(book, lists)
    _add_breakdowns(book, figures, lists)
    _add_wished(book, wishes)
    _add_key(book)
    _add_lists(book, lists)
    book.properties.creator = "cpreport"
    book.properties.title = f"{folder.title}, {period} (EXAMPLE)"
    book.properties.created = book.properties.modified = datetime.combine(period.end, time())
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    """Workbook.save would write the time of writing."""
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()
    with ZipFile(draft) as parts, ZipFile(path, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)


def _add_about(book: Workbook, folder: ReportFolder, wishes: Wishes, authority: str, period: Period) -> None:
    values: dict[str, str | date] = {
        "Reporting period": period.label,
        "Board date": period.shift(2).start.replace(day=14),
        "Data as at": period.end,
        "Authority": authority,
        "Contact": "EXAMPLE: name, telephone, e-mail",
        "Example": "yes",
    }
    if folder.comparators:
        values["Benchmark period"] = _benchmark_period(period)
    wished = {key.lower(): key for key in wishes.about}
    keys = {wished.pop(key.lower(), key): value for key, value in values.items()}
    keys |= {key: "." if key.strip().lower() == "report" else "EXAMPLE" for key in wished.values()}
    sheet = _sheet(book, "About", {"Key": 24, "Value": 60})
    for row, (key, value) in enumerate(keys.items(), start=2):
        _write_text(_cell(sheet, row, 1), key)
        _write(_cell(sheet, row, 2), value, _DATE)
        _cell(sheet, row, 2).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        if key.lower() != "authority":
            _cell(sheet, row, 2).fill = _EXAMPLE_FILL


def _benchmark_period(period: Period) -> str:
    """That of the example benchmarks: March of the year before the reporting month."""
    return f"March {period.start.year - 1}"


def _add_data(book: Workbook, figures: ExampleFigures) -> None:
    periods = [period for some in figures.columns.values() for period in some]
    sheet = _sheet(book, "Data", _DATA_LABELS)
    for column, period in enumerate(periods, start=len(_DATA_LABELS) + 1):
        above = heading(period) or ""
        _write(_cell(sheet, 1, column), above, _MONTH)
        _as_header(sheet, column, len(above) + 4 if isinstance(above, str) else 10)
    for row, example in enumerate(figures.rows(), start=2):
        labels = (example.name, example.part.value, example.title, "EXAMPLE")
        for column, label in enumerate(labels, start=1):
            _write_text(_cell(sheet, row, column), label)
        for column, period in enumerate(periods, start=len(_DATA_LABELS) + 1):
            if period in example.numbers:
                _write_figure(_cell(sheet, row, column), example, period)
    _as_text(sheet, "Indicator")
    _drop_down(sheet, "Figure", [part.value for part in Part])
    sheet.freeze_panes = _cell(sheet, 2, len(_DATA_LABELS) + 1)


def _write_figure(cell: Cell, example: ExampleRow, period: Period) -> None:
    number = example.numbers[period]
    is_value = example.indicator is not None and example.part is Part.VALUE
    _write_number(cell, number, example.indicator if is_value else None)


def _write_number(
    cell: Cell, number: Fraction | None, indicator: Indicator | None, decimals: int | None = None
) -> None:
    """A number as the indicator's value prints: a percentage as its fraction in a percent format."""
    cell.fill = _EXAMPLE_FILL
    if number is None:
        _write_text(cell, "[x]")
        return
    places = decimals if decimals is not None else indicator.decimals if indicator else 0
    form = "#,##0" + ("." + "0" * places if places else "")
    if indicator is not None and indicator.measure is Measure.PERCENTAGE:
        number, form = number / 100, form.replace("#,##0", "0") + "%"
    cell.value = number.numerator if number.denominator == 1 else float(number)
    cell.number_format = form


def _add_benchmarks(
    book: Workbook,
    folder: ReportFolder,
    figures: ExampleFigures,
    wishes: Wishes,
    lists: dict[str, list[str]],
    period: Period,
) -> None:
    widths = {"Indicator": 24, "Benchmark": 16, "Value": 12, "Period": 16, "Status": 14, "Source": 12}
    sheet = _sheet(book, "Benchmarks", widths)
    wanted = [c for c in folder.comparators if c.always or c.id in wishes.comparators]
    reported = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    for name in reported:
        indicator = folder.indicators[name]
        for number, comparator in enumerate(wanted):
            value = figures.benchmark(indicator, number)
            if value is not None:
                row = sheet.max_row + 1
                texts = {1: name, 2: comparator.id, 4: _benchmark_period(period), 6: "EXAMPLE"}
                for column, text in texts.items():
                    _write_text(_cell(sheet, row, column), text)
                _write_number(_cell(sheet, row, 3), value, indicator, indicator.benchmark_decimals)
    for header in ("Indicator", "Benchmark", "Period"):
        _as_text(sheet, header)
    _drop_down_list(sheet, "Indicator", lists, "Indicators")
    _drop_down_list(sheet, "Benchmark", lists, "Comparators")
    _drop_down(sheet, "Status", ["provisional", "final"])


def _add_marks(book: Workbook, lists: dict[str, list[str]]) -> None:
    sheet = _sheet(book, "Marks", {"Indicator": 24, "Period": 18, "Figure": 13, "Mark": 10, "Note": 80})
    for header in ("Indicator", "Period", "Note"):
        _as_text(sheet, header)
    _drop_down_list(sheet, "Indicator", lists, "Indicators and series")
    _drop_down(sheet, "Figure", [part.value for part in Part])
    _drop_down_list(sheet, "Mark", lists, "Marks")


def _add_narrative(book: Workbook, lists: dict[str, list[str]]) -> None:
    sheet = _sheet(book, "Narrative", {"Section": 28, "Slot": 28, "Text": 100, "Period": 18})
    for header in ("Section", "Slot", "Text", "Period"):
        _as_text(sheet, header)
    _drop_down_list(sheet, "Section", lists, "Sections")
    _drop_down_list(sheet, "Slot", lists, "Slots")


def _add_breakdowns(book: Workbook, figures: ExampleFigures, lists: dict[str, list[str]]) -> None:
    widths = {"Breakdown": 28, "Category": 50, "Group": 20, "Count": 10, "Period": 18}
    sheet = _sheet(book, "Breakdowns", widths)
    for row, count in enumerate(figures.counts(), start=2):
        for column, text in {1: count.breakdown, 2: count.category, 5: count.period.label}.items():
            _write_text(_cell(sheet, row, column), text)
        _write_number(_cell(sheet, row, 4), Fraction(count.count), None)
    for header in ("Breakdown", "Category", "Group", "Period"):
        _as_text(sheet, header)
    _drop_down_list(sheet, "Breakdown", lists, "Breakdowns")


def _add_wished(book: Workbook, wishes: Wishes) -> None:
    """Sheets that a template prints by their names."""
    there = {name.lower() for name in [*book.sheetnames, "Key", "Lists"]}
    for name in wishes.sheets:
        is_possible = len(name) <= 31 and not set(name) & set("\\/*?:[]") and not name.lower().startswith("data")
        if name.strip().lower() not in there and is_possible:
            there.add(name.strip().lower())
            sheet = _sheet(book, name.strip(), {"Subject": 30, "Text": 80})
            for column, text in enumerate(("EXAMPLE", "Replace this table by your own."), start=1):
                _write_text(_cell(sheet, 2, column), text)
                _cell(sheet, 2, column).fill = _EXAMPLE_FILL


def _add_key(book: Workbook) -> None:
    sheet = _sheet(book, "Key", {"What you see": 40, "What it means": 100})
    for row, texts in enumerate(_KEY, start=2):
        for column, text in enumerate(texts, start=1):
            _write_text(_cell(sheet, row, column), text)
    _cell(sheet, 2, 1).fill = _EXAMPLE_FILL


def _lists(folder: ReportFolder) -> dict[str, list[str]]:
    """What the drop-downs offer, by headers of the sheet Lists."""
    return {
        "Indicators": list(folder.indicators),
        "Indicators and series": [*folder.indicators, *folder.series],
        "Comparators": [comparator.id for comparator in folder.comparators],
        "Marks": _MARKS,
        "Sections": [section.id for section in folder.to_write],
        "Slots": list(dict.fromkeys(slot.id for section in folder.sections for slot in section.slots)),
        "Breakdowns": list(folder.breakdowns),
    }


def _add_lists(book: Workbook, lists: dict[str, list[str]]) -> None:
    sheet = _sheet(book, "Lists", dict.fromkeys(lists, 28))
    for column, texts in enumerate(lists.values(), start=1):
        for row, text in enumerate(texts, start=2):
            _write_text(_cell(sheet, row, column), text)


def _sheet(book: Workbook, name: str, widths: dict[str, int]) -> Worksheet:
    """A new sheet with its header row in view."""
    sheet: Worksheet = book.create_sheet(name)
    for column, (header, width) in enumerate(widths.items(), start=1):
        _write_text(_cell(sheet, 1, column), header)
        _as_header(sheet, column, width)
    sheet.freeze_panes = "A2"
    return sheet


def _as_header(sheet: Worksheet, column: int, width: int) -> None:
    cell = _cell(sheet, 1, column)
    cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
    sheet.column_dimensions[get_column_letter(column)].width = width


def _write(cell: Cell, value: str | date, form: str) -> None:
    """A text, or a date in a number format."""
    if isinstance(value, str):
        _write_text(cell, value)
    else:
        cell.value = value
        cell.number_format = form


def _write_text(cell: Cell, text: str) -> None:
    """Text that Excel takes for nothing else: no number, no date, no formula. An empty text leaves the cell blank."""
    cell.number_format = _TEXT
    cell.alignment = _WRAPPED
    if text:
        cell.value = text
        cell.data_type = "s"


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))


def _letter(sheet: Worksheet, header: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == header)


def _as_text(sheet: Worksheet, header: str) -> None:
    """A column in which Excel leaves as typed whatever is added."""
    sheet.column_dimensions[_letter(sheet, header)].number_format = _TEXT


def _drop_down(sheet: Worksheet, header: str, texts: Sequence[str]) -> None:
    _validate(sheet, header, '"{}"'.format(",".join(texts)))


def _drop_down_list(sheet: Worksheet, header: str, lists: dict[str, list[str]], name: str) -> None:
    """A drop-down of a column of Lists; none where that has no entries."""
    if lists[name]:
        letter = get_column_letter(list(lists).index(name) + 1)
        _validate(sheet, header, f"Lists!${letter}$2:${letter}${len(lists[name]) + 1}")


def _validate(sheet: Worksheet, header: str, formula: str) -> None:
    validation = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    validation.errorTitle, validation.error = header, "Choose one of the list, or leave the cell blank."
    letter = _letter(sheet, header)
    validation.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)
