"""The starter workbook: its sheets with headers, drop-downs and example figures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import product, zip_longest
from pathlib import Path
from typing import Any, NamedTuple, cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from cpreport.forms.starter.figures import Example
from cpreport.forms.starter.layout import heading
from cpreport.inputs.template_needs import Wishes
from cpreport.inputs.workbook.amounts import MARKERS, STATUSES
from cpreport.model.figure import Amount, Form
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.period import Period
from cpreport.office.archive import archived
from cpreport.office.package import Package

_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_TEXT, _DATE, _MONTH = "@", "dd/mm/yyyy", "mmm yy"
_LAST_ROW = 2000
_FORBIDDEN = set("\\/*?:[]")


class _Shaded(NamedTuple):
    """An example with its number format."""

    value: str | date | float
    form: str = _TEXT


_Row = Sequence[str | _Shaded | None]
_Columns = Mapping[str | date, Mapping[str, Any]]


def save_workbook(path: Path, example: Example, authority: str) -> None:
    """Writes the workbook. The same report folder, authority and month give the same bytes."""
    folder, month = example.folder, example.month
    table = tomllib.loads(Path(__file__).with_name("sheets.toml").read_text("utf-8"))
    sheets: dict[str, _Columns] = table["sheets"]
    sheets["Data"] = {**sheets["Data"], **{heading(period) or "": {} for period in example.columns}}
    printed = dict.fromkeys(_wished(example.wishes, {*sheets, "Key", "Lists"}), table["printed"])
    lists = _lists(folder)
    (shaded, meaning), *others = table["key"]["rows"].items()
    rows: dict[str, Iterable[_Row]] = {
        **{name: [(_Shaded("EXAMPLE"), _Shaded("Replace this table by your own."))] for name in printed},
        "About": _about(example, authority).items(),
        "Data": _data(example),
        "Benchmarks": _benchmarks(example),
        "Breakdowns": _breakdowns(example),
        "Key": [(_Shaded(shaded), meaning), *others],
        "Lists": zip_longest(*lists.values()),
    }
    sheets |= {**printed, "Key": table["key"]["columns"], "Lists": {header: {"width": 28} for header in lists}}
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns in sheets.items():
        _add(book, name, columns, rows.get(name, ()), lists)
    book.properties.creator = "cpreport"
    book.properties.title = f"{folder.title}, {month} (EXAMPLE)"
    book.properties.created = book.properties.modified = datetime.combine(month.end, time())
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()  # Workbook.save would write the time of writing
    path.write_bytes(archived(Package(draft.getvalue()).stored()))


def _about(example: Example, authority: str) -> dict[str, str | _Shaded]:
    month = example.month
    values: dict[str, str | _Shaded] = {
        "Reporting period": _Shaded(month.label),
        "Board date": _Shaded(month.shift(2).start.replace(day=14), _DATE),
        "Data as at": _Shaded(month.end, _DATE),
        "Authority": authority,
        "Contact": _Shaded("EXAMPLE: name, telephone, e-mail"),
        "Example": _Shaded("yes"),
    }
    if example.folder.comparators:
        values["Benchmark period"] = _Shaded(_benchmark_period(month))
    wished = {key.lower(): key for key in example.wishes.about}
    values = {wished.pop(key.lower(), key): value for key, value in values.items()}
    return values | {key: _Shaded("." if key.strip().lower() == "report" else "EXAMPLE") for key in wished.values()}


def _benchmark_period(month: Period) -> str:
    """That of the example benchmarks: March of the year before the reporting month."""
    return f"March {month.start.year - 1}"


def _data(example: Example) -> Iterator[_Row]:
    folder = example.folder
    for source in example.rows:
        indicator = folder.indicators.get(source.name)
        title = indicator.name if indicator else folder.series[source.name].title
        decimals = indicator.decimals if indicator and source.part is Part.VALUE else 0
        found = (example.entries.get((source, period)) for period in example.columns)
        numbers = (_number(entry.amount, decimals) if entry else None for entry in found)
        yield source.name, source.part.value, title, "EXAMPLE", *numbers


def _benchmarks(example: Example) -> Iterator[_Row]:
    folder = example.folder
    wanted = [each.id for each in folder.comparators if each.always or each.id in example.wishes.comparators]
    reported = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    for name, (number, comparator) in product(reported, enumerate(wanted)):
        if amount := example.benchmark(name, number):
            value = _number(amount, folder.indicators[name].benchmark_decimals)
            yield name, comparator, value, _benchmark_period(example.month), None, "EXAMPLE"


def _breakdowns(example: Example) -> Iterator[_Row]:
    for name, breakdown in example.folder.breakdowns.items():
        for letter, count in zip("ABC", example.counts(breakdown), strict=True):
            yield name, f"EXAMPLE category {letter}", None, _Shaded(count, "#,##0"), example.month.label


def _number(amount: Amount, decimals: int) -> _Shaded:
    if amount.number is None:
        return _Shaded("[x]")
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


def _add(book: Workbook, name: str, columns: _Columns, rows: Iterable[_Row], lists: Mapping[str, list[str]]) -> None:
    """A new sheet with its header row, which stays in view. A column without a width is as wide as its header."""
    sheet = book.create_sheet(name)
    for column, (header, wanted) in enumerate(columns.items(), start=1):
        cell = cast(Cell, sheet.cell(1, column))
        _write(cell, header if isinstance(header, str) else _Shaded(header, _MONTH))
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width = wanted.get("width") or (len(header) + 4 if isinstance(header, str) else 10)
        if wanted.get("text"):
            dimension.number_format = _TEXT
        if choice := _choice(str(header), wanted.get("offer", ""), lists):
            choice.add(f"{cell.column_letter}2:{cell.column_letter}{_LAST_ROW}")
            sheet.add_data_validation(choice)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _write(cast(Cell, sheet.cell(number, column)), value)
    sheet.freeze_panes = "E2" if name == "Data" else "A2"


def _choice(header: str, offer: str, lists: Mapping[str, list[str]]) -> DataValidation | None:
    """A column's drop-down; none where the column of Lists has no entries."""
    if not lists.get(offer, offer):
        return None
    if offer in lists:
        letters = get_column_letter(list(lists).index(offer) + 1)
        offer = f"Lists!${letters}$2:${letters}${len(lists[offer]) + 1}"
    choice = DataValidation(type="list", formula1=offer, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = header, "Choose one of the list, or leave the cell blank."
    return choice


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
