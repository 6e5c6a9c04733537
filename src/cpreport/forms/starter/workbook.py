"""The starter workbook: its sheets with headers, drop-downs and example figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from itertools import product, zip_longest
from pathlib import Path
from typing import Any, NamedTuple, cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from cpreport.forms.starter.figures import Example, amount_of, heading
from cpreport.inputs.narratives.slots import own_name
from cpreport.inputs.workbook.meaning import MARKERS, STATUSES
from cpreport.model.figure import Amount, Form
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Measure, Part
from cpreport.model.peers import authority_key
from cpreport.model.status import StatusWord
from cpreport.office.package import Package, archived

_SHEETS = Path(__file__).with_name("sheets.toml")
_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_TEXT, _DATE, _MONTH = "@", "dd/mm/yyyy", "mmm yy"
_LAST_ROW = 2000
_OTHER_SHEET = re.compile(r"(?!data)[^\\/*?:\[\]]{1,31}", re.IGNORECASE)
"""The name of a sheet that is not read for figures."""


class _ExampleCell(NamedTuple):
    """An example with its number format."""

    value: str | date | float
    form: str = _TEXT


_Row = Sequence[str | _ExampleCell | None]
_Lists = Mapping[str, Sequence[str]]


def save_workbook(path: Path, example: Example, authority: str) -> None:
    """Writes the workbook. The same report folder, authority and month give the same bytes."""
    folder, month, table = example.folder, example.month, tomllib.loads(_SHEETS.read_text("utf-8"))
    sheets, (shaded, *others), lists = table["sheets"], table["key"]["rows"].items(), _lists(folder)
    rows: dict[str, Iterable[_Row]] = {
        "About": _about(example, authority).items(),
        "Data": _data(example),
        "Benchmarks": _benchmarks(example),
        "Breakdowns": _breakdowns(example),
        "Peers": _peers(example),
        "Key": [(_ExampleCell(shaded[0]), shaded[1]), *others],
        "Lists": zip_longest(*lists.values()),
    }
    if not folder.peers:
        del sheets["Peers"]
    sheets["Data"] |= {heading(period): {} for period in example.columns}
    taken = {name.lower() for name in (*sheets, "Key", "Lists")}
    for name in map(str.strip, example.needs.sheets):
        if _OTHER_SHEET.fullmatch(name) and name.lower() not in taken:
            taken.add(name.lower())
            sheets[name] = table["printed"]
            rows[name] = [(_ExampleCell("EXAMPLE"), _ExampleCell("Replace this table with your own."))]
    sheets |= {"Key": table["key"]["columns"], "Lists": {header: {"width": 28} for header in lists}}
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns in sheets.items():
        _add(book, name, columns, rows.get(name, ()), lists)
    book.properties.creator = "cpreport"
    book.properties.title = f"{folder.title}, {month} (EXAMPLE)"
    book.properties.created = book.properties.modified = datetime.combine(month.end, time())
    draft = BytesIO()
    ExcelWriter(book, ZipFile(draft, "w")).save()  # Workbook.save would write the time of writing
    path.write_bytes(archived(Package(draft.getvalue()).parts()))


def _about(example: Example, authority: str) -> dict[str, str | _ExampleCell]:
    month = example.month
    values: dict[str, str | _ExampleCell] = {
        "Reporting period": _ExampleCell(month.label),
        "Board date": _ExampleCell(month.shift(2).start.replace(day=14), _DATE),
        "Data as at": _ExampleCell(month.end, _DATE),
        "Authority": authority,
        "Contact": _ExampleCell("EXAMPLE: name, telephone, e-mail"),
        "Example": _ExampleCell("yes"),
    }
    if example.folder.comparators:
        values["Benchmark period"] = _ExampleCell(f"March {month.start.year - 1}")
    there = {key.lower() for key in values}
    return values | {key: _ExampleCell("EXAMPLE") for key in example.needs.about if key.lower() not in there}


def _data(example: Example) -> Iterator[_Row]:
    for row in example.rows:
        indicator = example.folder.indicators.get(row.name)
        title = indicator.name if indicator else example.folder.series[row.name].title
        decimals = indicator.decimals if indicator and row.part is Part.VALUE else 0
        found = (example.entries.get((row, period)) for period in example.columns)
        numbers = (_number(each.amount, decimals) if each else None for each in found)
        yield row.name, row.part.value, title, "EXAMPLE", *numbers


def _benchmarks(example: Example) -> Iterator[_Row]:
    """A benchmark near each newest figure, the first comparator's a little above it."""
    folder, period = example.folder, f"March {example.month.start.year - 1}"
    wanted = [each.id for each in folder.comparators if each.always or each.id in example.needs.comparators]
    reported = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    for name, (number, comparator) in product(reported, enumerate(wanted)):
        indicator, value = folder.indicators[name], example.figures.timelines[name].newest.value
        if value is not None:
            near = value * (1 + Fraction((-1) ** number * (number + 4), 100))
            near = min(near, Fraction(100)) if indicator.measure is Measure.PERCENTAGE else near
            typed = _number(amount_of(near, indicator.benchmark_decimals, indicator), indicator.benchmark_decimals)
            yield name, comparator, typed, period, None, "EXAMPLE"


def _breakdowns(example: Example) -> Iterator[_Row]:
    """Counts of the categories that report folder and templates name, else of three made-up ones."""
    for name, breakdown in example.folder.breakdowns.items():
        number = example.broken_down(breakdown).number
        total = 24 if number is None else int(number)
        named = [each for id, each in example.needs.categories if id == name]
        categories = [*breakdown.order] or named or [f"EXAMPLE category {letter}" for letter in "ABC"]
        groups = [each for id, each in example.needs.groups if id == name] or [""]
        cells = [*product(groups, categories)]
        for (group, category), count in zip(cells, _parts(total, len(cells)), strict=True):
            yield name, category, group or None, _ExampleCell(count, "#,##0"), example.month.label


def _parts(total: int, number: int) -> list[int]:
    """A total in so many whole parts, the largest first: a half, a third and the rest of three."""
    weights = range(number, 1, -1)
    parts = [total * weight * 2 // (number * (number + 1)) for weight in weights]
    return [*parts, total - sum(parts)]


def _peers(example: Example) -> Iterator[_Row]:
    """A figure near our newest one for each member of each group, or for as many made-up ones as an average needs."""
    folder = example.folder
    named = [group.members or [f"EXAMPLE {number + 1}" for number in range(group.fewest)] for group in folder.peers]
    members = {authority_key(name): name for names in named for name in names}
    reported = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    for name, (number, member) in product(reported, enumerate(members.values())):
        indicator, figure = folder.indicators[name], example.figures.timelines[name].newest
        when = heading(figure.period)
        if figure.value is not None and when is not None:
            near = figure.value * (1 + Fraction(number % 7 - 3, 100))
            near = min(near, Fraction(100)) if indicator.measure is Measure.PERCENTAGE else near
            typed = _number(amount_of(near, indicator.benchmark_decimals, indicator), indicator.benchmark_decimals)
            period = _ExampleCell(when, _MONTH) if isinstance(when, date) else _ExampleCell(when)
            yield member, name, period, None, None, typed


def _number(amount: Amount, decimals: int) -> _ExampleCell:
    if amount.number is None:
        return _ExampleCell("[x]")
    places = f"{0:.{decimals}f}"
    form = f"{places}%" if amount.form is Form.PERCENT_FORMAT else f"#,##{places}"
    return _ExampleCell(float(amount.number), form)


def _lists(folder: ReportFolder) -> _Lists:
    """What the drop-downs offer, by headers of the sheet Lists."""
    slots = ((slot, section) for section in folder.sections for slot in section.every_slot)
    return {
        "Indicators": [*folder.indicators],
        "Indicators and series": [*folder.indicators, *folder.series],
        "Comparators": [comparator.id for comparator in folder.comparators],
        "Marks": ["N/A", *(marker for marker in MARKERS if marker != "n/a"), *STATUSES, "[b]"],
        "Sections": [section.id for section in folder.to_write],
        "Slots": list(dict.fromkeys(own_name(each, of, each.id, each.title, *each.names) for each, of in slots)),
        "Breakdowns": [*folder.breakdowns],
        "Statuses": [folder.printed(word.value) for word in StatusWord],
    }


def _add(
    book: Workbook, name: str, columns: Mapping[str | date, Mapping[str, Any]], rows: Iterable[_Row], lists: _Lists
) -> None:
    """A new sheet with its header row, which stays in view. A column without a width is as wide as its header."""
    sheet = book.create_sheet(name)
    for column, (header, wanted) in enumerate(columns.items(), start=1):
        cell = _write(sheet.cell(1, column), header if isinstance(header, str) else _ExampleCell(header, _MONTH))
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width = wanted.get("width") or (len(header) + 4 if isinstance(header, str) else 10)
        if wanted.get("text"):
            dimension.number_format = _TEXT
        if offer := _offer(wanted.get("offer", ""), lists):
            choice = DataValidation(type="list", formula1=offer, allow_blank=True, showErrorMessage=True)
            choice.errorTitle, choice.error = str(header), "Choose from the list, or leave the cell blank."
            choice.add(f"{cell.column_letter}2:{cell.column_letter}{_LAST_ROW}")
            sheet.add_data_validation(choice)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _write(sheet.cell(number, column), value)
    sheet.freeze_panes = "E2" if name == "Data" else "A2"


def _offer(offer: str, lists: _Lists) -> str:
    """What a drop-down offers, as a formula: the entries of a column of Lists, or texts in quotes; '' if none."""
    if not lists.get(offer):
        return "" if offer in lists else offer
    letter = "ABCDEFGH"[list(lists).index(offer)]
    return f"Lists!${letter}$2:${letter}${len(lists[offer]) + 1}"


def _write(place: Any, content: str | _ExampleCell) -> Cell:
    """Text is written so that Excel cannot read it as a number, date or formula. An empty one leaves it blank."""
    cell = cast(Cell, place)
    value, cell.number_format = content if isinstance(content, _ExampleCell) else _ExampleCell(content)
    if cell.number_format in (_TEXT, _DATE):
        cell.alignment = _WRAPPED
    if isinstance(content, _ExampleCell):
        cell.fill = _EXAMPLE_FILL
    cell.value = None if value == "" else value
    if value and isinstance(value, str):
        cell.data_type = "s"
    return cell
