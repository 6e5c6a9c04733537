"""The starter workbook: its sheets with headers, drop-downs and example figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

from cpreport.compose.wording import tolerance_text
from cpreport.forms.books import DATE, MONTH, TEXT, BookCell, BookSheet, Columns, Lists, Row, save_book
from cpreport.forms.starter.figures import Example, amount_of, heading
from cpreport.forms.starter.indicators import about_rows
from cpreport.inputs.narratives.slots import own_name
from cpreport.inputs.workbook.meaning import MARKERS, STATUSES
from cpreport.model.figure import Amount, Form
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Measure, Part
from cpreport.model.peers import authority_key
from cpreport.model.status import StatusWord

_SHEETS = Path(__file__).with_name("sheets.toml")
_OTHER_SHEET = re.compile(r"(?!data)[^\\/*?:\[\]]{1,31}", re.IGNORECASE)
"""The name of a sheet that is not read for figures."""

_PANES = {"Data": "E2"}


def _example(value: str | date | float, form: str = TEXT) -> BookCell:
    return BookCell(value, form, is_example=True)


def save_workbook(path: Path, example: Example, authority: str, indicators: BookSheet | None = None) -> None:
    """Writes the workbook. The same report folder, authority and month give the same bytes.

    With `indicators`, the sheet that says what the report is, the workbook needs no report folder.
    """
    folder, month, table = example.folder, example.month, tomllib.loads(_SHEETS.read_text("utf-8"))
    columns, key = table["sheets"], table["key"]
    rows: dict[str, Iterable[Row]] = {
        "About": _about(example, authority, about_rows(folder) if indicators else {}).items(),
        "Data": _data(example),
        "Benchmarks": _benchmarks(example),
        "Breakdowns": _breakdowns(example),
        "Peers": _peers(example),
    }
    for name, is_used in {"Indicators": indicators, "Breakdowns": not indicators, "Peers": folder.peers}.items():
        if not is_used:
            del columns[name]
    columns["Data"] |= {heading(period): {} for period in example.columns}
    sheets = {name: BookSheet(wanted, rows.get(name, ()), _PANES.get(name, "A2")) for name, wanted in columns.items()}
    sheets |= {"Indicators": indicators} if indicators else {}
    sheets |= _printed(example, table["printed"], {*sheets, "Key", "Lists"})
    ((shaded, means),) = key["first"].items()
    explained = (key["workbook"] if indicators else key["folder"]) | key["rows"]
    known = ((name, text.replace("{tolerance}", tolerance_text(folder.tolerance))) for name, text in explained.items())
    sheets["Key"] = BookSheet(key["columns"], [(_example(shaded), means), *known])
    save_book(path, sheets, _lists(folder, bool(indicators)), f"{folder.title}, {month} (EXAMPLE)", month.end)


def looks_of_indicators() -> Columns:
    """How columns of the Indicators sheet look, by their headers."""
    looks: Columns = tomllib.loads(_SHEETS.read_text("utf-8"))["sheets"]["Indicators"]
    return looks


def _printed(example: Example, columns: Columns, names: Iterable[str]) -> Iterator[tuple[str, BookSheet]]:
    """The sheets that templates print, with their names; `names` are those of the workbook's other sheets."""
    taken = {name.lower() for name in names}
    for name in map(str.strip, example.needs.sheets):
        if _OTHER_SHEET.fullmatch(name) and name.lower() not in taken:
            taken.add(name.lower())
            yield name, BookSheet(columns, [(_example("EXAMPLE"), _example("Replace this table with your own."))])


def _about(example: Example, authority: str, of_report: Mapping[str, str]) -> dict[str, str | BookCell]:
    month = example.month
    values: dict[str, str | BookCell] = {
        **of_report,
        "Reporting period": _example(month.label),
        "Board date": _example(month.shift(2).start.replace(day=14), DATE),
        "Data as at": _example(month.end, DATE),
        "Authority": authority,
        "Contact": _example("EXAMPLE: name, telephone, e-mail"),
        "Example": _example("yes"),
    }
    if example.folder.comparators:
        values["Benchmark period"] = _example(f"March {month.start.year - 1}")
    there = {key.lower() for key in values}
    return values | {key: _example("EXAMPLE") for key in example.needs.about if key.lower() not in there}


def _data(example: Example) -> Iterator[Row]:
    for row in example.rows:
        indicator = example.folder.indicators.get(row.name)
        title = indicator.name if indicator else example.folder.series[row.name].title
        decimals = indicator.decimals if indicator and row.part is Part.VALUE else 0
        found = (example.entries.get((row, period)) for period in example.columns)
        numbers = (_number(each.amount, decimals) if each else None for each in found)
        yield row.name, row.part.value, title, "EXAMPLE", *numbers


def _benchmarks(example: Example) -> Iterator[Row]:
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


def _breakdowns(example: Example) -> Iterator[Row]:
    """Counts of the categories that report folder and templates name, else of three made-up ones."""
    for name, breakdown in example.folder.breakdowns.items():
        number = example.broken_down(breakdown).number
        total = 24 if number is None else int(number)
        named = [each for id, each in example.needs.categories if id == name]
        categories = [*breakdown.order] or named or [f"EXAMPLE category {letter}" for letter in "ABC"]
        groups = [each for id, each in example.needs.groups if id == name] or [""]
        cells = [*product(groups, categories)]
        for (group, category), count in zip(cells, _parts(total, len(cells)), strict=True):
            yield name, category, group or None, _example(count, "#,##0"), example.month.label


def _parts(total: int, number: int) -> list[int]:
    """A total in so many whole parts, the largest first: a half, a third and the rest of three."""
    weights = range(number, 1, -1)
    parts = [total * weight * 2 // (number * (number + 1)) for weight in weights]
    return [*parts, total - sum(parts)]


def _peers(example: Example) -> Iterator[Row]:
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
            period = _example(when, MONTH) if isinstance(when, date) else _example(when)
            yield member, name, period, None, None, typed


def _number(amount: Amount, decimals: int) -> BookCell:
    if amount.number is None:
        return _example("[x]")
    places = f"{0:.{decimals}f}"
    form = f"{places}%" if amount.form is Form.PERCENT_FORMAT else f"#,##{places}"
    return _example(float(amount.number), form)


def _lists(folder: ReportFolder, by_title: bool) -> Lists:
    """What the drop-downs offer, by headers of the sheet Lists; sections and slots by their ids, or by their titles."""
    slots = ((slot, section) for section in folder.sections for slot in section.every_slot)
    names = "title" if by_title else "id"
    return {
        "Indicators": [*folder.indicators],
        "Indicators and series": [*folder.indicators, *folder.series],
        "Comparators": [comparator.id for comparator in folder.comparators],
        "Marks": ["N/A", *(marker for marker in MARKERS if marker != "n/a"), *STATUSES, "[b]"],
        "Sections": [getattr(section, names) for section in folder.to_write],
        "Slots": list(
            dict.fromkeys(own_name(each, of, getattr(each, names), each.title, *each.names) for each, of in slots)
        ),
        "Breakdowns": [*folder.breakdowns],
        "Statuses": [folder.printed(word.value) for word in StatusWord],
    }
