"""The starter workbook: its sheets with headers, drop-downs and example figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import product, zip_longest
from pathlib import Path
from typing import NamedTuple, cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from cpreport.forms.starter.columns import heading
from cpreport.forms.starter.example import LABELS, Example
from cpreport.inputs.template_needs import Wishes
from cpreport.inputs.workbook.amounts import MARKERS, STATUSES
from cpreport.model.figure import Amount, Form
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.period import Period
from cpreport.office.package import Package, archived

_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_TEXT, _DATE, _MONTH = "@", "dd/mm/yyyy", "mmm yy"
_LAST_ROW = 2000
_FORBIDDEN = set("\\/*?:[]")

_WIDTHS = {
    "About": {"Key": 24, "Value": 60},
    "Data": dict(zip(LABELS, (24, 13, 60, 12), strict=True)),
    "Benchmarks": {"Indicator": 24, "Benchmark": 16, "Value": 12, "Period": 16, "Status": 14, "Source": 12},
    "Marks": {"Indicator": 24, "Period": 18, "Figure": 13, "Mark": 10, "Note": 80},
    "Narrative": {"Section": 28, "Slot": 28, "Text": 100, "Period": 18},
    "Breakdowns": {"Breakdown": 28, "Category": 50, "Group": 20, "Count": 10, "Period": 18},
}
_TYPED = ["Indicator", "Benchmark", "Period", "Note", "Section", "Slot", "Text", "Breakdown", "Category", "Group"]
"""The columns in which Excel leaves as typed whatever is added."""

_PARTS, _STATUSES = '"{}"'.format(",".join(part.value for part in Part)), '"provisional,final"'
_OFFERS = {
    "Data": {"Figure": _PARTS},
    "Benchmarks": {"Indicator": "Indicators", "Benchmark": "Comparators", "Status": _STATUSES},
    "Marks": {"Indicator": "Indicators and series", "Figure": _PARTS, "Mark": "Marks"},
    "Narrative": {"Section": "Sections", "Slot": "Slots"},
    "Breakdowns": {"Breakdown": "Breakdowns"},
}
"""What the drop-downs of a column offer: texts in quotes, or a column of Lists."""

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


class _Shaded(NamedTuple):
    """An example with its number format."""

    value: str | date | float
    form: str = _TEXT


_Row = Sequence[str | _Shaded | None]


def save_workbook(
    path: Path, folder: ReportFolder, example: Example, wishes: Wishes, authority: str, period: Period
) -> None:
    """Writes the workbook. The same report folder, authority and month give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = _lists(folder)
    rows: dict[str, Iterable[_Row]] = {
        "About": _about(folder, wishes, authority, period),
        "Data": _data(folder, example),
        "Benchmarks": _benchmarks(folder, example, wishes),
        "Breakdowns": _breakdowns(folder, example),
    }
    for name, widths in _WIDTHS.items():
        periods = [heading(period) or "" for period in example.columns] if name == "Data" else []
        sheet = _add(book, name, [*widths.items(), *((above, 0) for above in periods)], rows.get(name, ()))
        _offer(sheet, list(widths), _OFFERS.get(name, {}), lists)
    for name in _wished(wishes, {*_WIDTHS, "Key", "Lists"}):
        texts = (_Shaded("EXAMPLE"), _Shaded("Replace this table by your own."))
        _add(book, name, [("Subject", 30), ("Text", 80)], [texts])
    (first, meaning), *others = _KEY
    _add(book, "Key", [("What you see", 40), ("What it means", 100)], [(_Shaded(first), meaning), *others])
    _add(book, "Lists", [(header, 28) for header in lists], zip_longest(*lists.values()))
    book.properties.creator = "cpreport"
    book.properties.title = f"{folder.title}, {period} (EXAMPLE)"
    book.properties.created = book.properties.modified = datetime.combine(period.end, time())
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()  # Workbook.save would write the time of writing
    path.write_bytes(archived(Package(draft.getvalue()).parts()))


def _about(folder: ReportFolder, wishes: Wishes, authority: str, period: Period) -> Iterable[_Row]:
    values: dict[str, str | _Shaded] = {
        "Reporting period": _Shaded(period.label),
        "Board date": _Shaded(period.shift(2).start.replace(day=14), _DATE),
        "Data as at": _Shaded(period.end, _DATE),
        "Authority": authority,
        "Contact": _Shaded("EXAMPLE: name, telephone, e-mail"),
        "Example": _Shaded("yes"),
    }
    if folder.comparators:
        values["Benchmark period"] = _Shaded(_benchmark_period(period))
    wished = {key.lower(): key for key in wishes.about}
    values = {wished.pop(key.lower(), key): value for key, value in values.items()}
    values |= {key: _Shaded("." if key.strip().lower() == "report" else "EXAMPLE") for key in wished.values()}
    return values.items()


def _benchmark_period(period: Period) -> str:
    """That of the example benchmarks: March of the year before the reporting month."""
    return f"March {period.start.year - 1}"


def _data(folder: ReportFolder, example: Example) -> Iterator[_Row]:
    for source in example.rows:
        indicator = folder.indicators.get(source.name)
        title = indicator.name if indicator else folder.series[source.name].title
        decimals = indicator.decimals if indicator and source.part is Part.VALUE else 0
        found = (example.amounts.get((source, period)) for period in example.columns)
        yield source.name, source.part.value, title, "EXAMPLE", *(_number(each, decimals) for each in found)


def _benchmarks(folder: ReportFolder, example: Example, wishes: Wishes) -> Iterator[_Row]:
    wanted = [each.id for each in folder.comparators if each.always or each.id in wishes.comparators]
    reported = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    for name, (number, comparator) in product(reported, enumerate(wanted)):
        if value := _number(example.benchmark(name, number), folder.indicators[name].benchmark_decimals):
            yield name, comparator, value, _benchmark_period(example.month), None, "EXAMPLE"


def _breakdowns(folder: ReportFolder, example: Example) -> Iterator[_Row]:
    for name, breakdown in folder.breakdowns.items():
        for letter, count in zip("ABC", example.counts(breakdown), strict=True):
            yield name, f"EXAMPLE category {letter}", None, _Shaded(count, "#,##0"), example.month.label


def _number(amount: Amount | None, decimals: int) -> _Shaded | None:
    if amount is None or amount.number is None:
        return _Shaded("[x]") if amount else None
    places = f"{0:.{decimals}f}"
    form = f"{places}%" if amount.form is Form.PERCENT_FORMAT else f"#,##{places}"
    number = float(amount.number)
    return _Shaded(int(number) if number.is_integer() else number, form)


def _wished(wishes: Wishes, others: Iterable[str]) -> Iterator[str]:
    """The names of sheets that a template prints."""
    there = {name.lower() for name in others}
    for name in map(str.strip, wishes.sheets):
        is_possible = len(name) <= 31 and not set(name) & _FORBIDDEN and not name.lower().startswith("data")
        if name.lower() not in there and is_possible:
            there.add(name.lower())
            yield name


def _lists(folder: ReportFolder) -> dict[str, list[str]]:
    """What the drop-downs offer, by headers of the sheet Lists."""
    return {
        "Indicators": list(folder.indicators),
        "Indicators and series": [*folder.indicators, *folder.series],
        "Comparators": [comparator.id for comparator in folder.comparators],
        "Marks": ["N/A", *(marker for marker in MARKERS if marker != "n/a"), *STATUSES, "[b]"],
        "Sections": [section.id for section in folder.to_write],
        "Slots": list(dict.fromkeys(slot.id for section in folder.sections for slot in section.slots)),
        "Breakdowns": list(folder.breakdowns),
    }


def _add(book: Workbook, name: str, headers: Iterable[tuple[str | date, int]], rows: Iterable[_Row]) -> Worksheet:
    """A new sheet with its header row, which stays in view. A width of 0 is that of the header."""
    sheet: Worksheet = book.create_sheet(name)
    for column, (header, width) in enumerate(headers, start=1):
        cell = cast(Cell, sheet.cell(1, column))
        _write(cell, header if isinstance(header, str) else _Shaded(header, _MONTH))
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width = width or (len(header) + 4 if isinstance(header, str) else 10)
        if header in _TYPED:
            dimension.number_format = _TEXT
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _write(cast(Cell, sheet.cell(number, column)), value)
    sheet.freeze_panes = "E2" if name == "Data" else "A2"
    return sheet


def _write(cell: Cell, content: str | _Shaded) -> None:
    """Text is what Excel takes for nothing else: no number, no date, no formula. An empty one leaves the cell blank."""
    value, cell.number_format = content if isinstance(content, _Shaded) else _Shaded(content)
    if cell.number_format in (_TEXT, _DATE):
        cell.alignment = _WRAPPED
    if isinstance(content, _Shaded):
        cell.fill = _EXAMPLE_FILL
    if value != "":
        cell.value = value
    if value and isinstance(value, str):
        cell.data_type = "s"


def _offer(sheet: Worksheet, headers: list[str], offers: dict[str, str], lists: dict[str, list[str]]) -> None:
    """The drop-downs of a sheet's columns; none where the column of Lists has no entries."""
    letters = {name: get_column_letter(column) for column, name in enumerate(lists, start=1)}
    formulas = {name: f"Lists!${letters[name]}$2:${letters[name]}${len(lists[name]) + 1}" for name in lists}
    for header, offer in offers.items():
        if lists.get(offer) != []:
            formula = formulas.get(offer, offer)
            choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
            choice.errorTitle, choice.error = header, "Choose one of the list, or leave the cell blank."
            letter = get_column_letter(headers.index(header) + 1)
            choice.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(choice)
