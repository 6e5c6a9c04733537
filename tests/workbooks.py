"""Small workbooks and report folders for tests: everything a test needs is seen whole in it."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cpreport.analysis.figures import compute_figures
from cpreport.inputs.amounts import read_amount
from cpreport.inputs.data import Names, read_data
from cpreport.inputs.excel.spreadsheet import read_spreadsheet
from cpreport.inputs.report.indicators_file import IndicatorsFile
from cpreport.inputs.report.report_file import PeriodsDefinition
from cpreport.model.errors import InputError
from cpreport.model.figure import CellRef, Entry, Figure, Figures
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.indicator import Part
from cpreport.model.period import TERMS, parse_period
from cpreport.model.workbook import About, Workbook
from cpreport.pipeline import Month, load_workbook

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]


@dataclass(frozen=True)
class Shown:
    """A value in a cell with a number format."""

    value: object
    format: str


@dataclass(frozen=True)
class Formula:
    """A formula; `result` is the number it was saved with (None: none)."""

    text: str
    result: float | None = None


INDICATORS = """
[[indicators]]
id = "rate"
title = "Children in care"
measure = "rate"
shows = "count"
denominator = "population"

[[indicators]]
id = "far"
title = "Placed far away"
measure = "percentage"
shows = "fraction"
denominator = "rate/numerator"

[[indicators]]
id = "checks"
title = "Health checks"
measure = "percentage"

[[indicators]]
id = "moves"
title = "Moves"
measure = "number"

[[indicators]]
id = "mean"
title = "Moves for each child"
measure = "average"

[[indicators]]
id = "crimes"
title = "Convictions"
measure = "percentage"
frequency = "quarter"

[[series]]
id = "population"
title = "Children aged 0-17"
"""

REPORT = """
title = "Report"
[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical Neighbours"
[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {listed}
slots = [{{ id = "good", title = "What went well" }}, {{ id = "next", title = "What is next?" }}]
"""

TEMPLATE = """# {{ section.title }}

{{ indicator_table(section.indicators) }}

{% for slot in section.slots %}
## {{ slot.title }}

{{ narrative(slot) }}

{% endfor %}
"""

DATA: list[list[object]] = [
    ["Indicator", "Figure", "Title", "May 23", "Jun 23", "Jul 23", "Q1 23/24"],
    ["rate", "numerator", "In care", 600, 610, 604, None],
    ["population", "value", "Aged 0-17", 98050, 98050, 98050, None],
    ["far", "numerator", "Far away", 80, 83, 81, None],
    ["checks", "value", "Checks", 97.6, 98, 98.5, None],
    ["moves", "value", "Moves", 1279, 1280, 1281, None],
    ["mean", "numerator", "Moves", 377, 378, 379, None],
    ["mean", "denominator", "Children", 600, 602, 604, None],
    ["crimes", "numerator", "Convicted", None, None, None, 6],
    ["crimes", "denominator", "Aged 10-17", None, None, None, 343],
]


def write_report(folder: Path, indicators: str = INDICATORS, **files: str) -> Path:
    """A report folder with one section, `care`, of all these indicators; `files` are others, by their stem."""
    listed = [entry["id"] for entry in tomllib.loads(indicators).get("indicators", [])]
    texts = {"report": REPORT.format(listed=listed), "indicators": indicators, "care": TEMPLATE, **files}
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem}.{'md' if stem == 'care' else 'toml'}").write_text(text, encoding="utf-8")
    return folder


def write_workbook(path: Path, sheets: Sheets, epoch_1904: bool = False) -> Path:
    """A workbook of these sheets; None is a blank cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904  # type: ignore[attr-defined]
    results = [_fill(book.create_sheet(name), rows) for name, rows in sheets.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    if any(results):
        _save_results(path, {f"xl/worksheets/sheet{n}.xml": found for n, found in enumerate(results, 1)})
    return path


def _fill(sheet: Worksheet, rows: Rows) -> dict[str, float]:
    """Writes the rows, and gives the results of formulas by their cells."""
    results = {}
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, Shown):
                cell.value, cell.number_format = value.value, value.format  # type: ignore[assignment]
            elif isinstance(value, Formula):
                cell.value = f"={value.text}"
                if value.result is not None:
                    results[cell.coordinate] = value.result
            else:
                cell.value = value  # type: ignore[assignment]
    return results


def _save_results(path: Path, results: Mapping[str, Mapping[str, float]]) -> None:
    """Writes the formulas' results as Excel does; openpyxl writes none."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    for part, found in results.items():
        for cell, result in found.items():
            before = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>'
            parts[part] = re.sub(before, rf"\1\2<v>{result!r}</v>", parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def changed(sheets: Sheets, cells: Mapping[str, object]) -> dict[str, list[list[object]]]:
    """The sheets with other values in some cells, named as `Data!C2`; sheets, rows and columns grow as needed."""
    copy = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for address, value in cells.items():
        name, cell = address.rsplit("!", 1)
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        rows = copy.setdefault(name, [])
        rows.extend([] for _ in range(row - len(rows)))
        rows[row - 1].extend([None] * (column - len(rows[row - 1])))
        rows[row - 1][column - 1] = value
    return copy


def month_of(folder: Path, sheets: Sheets, indicators: str = INDICATORS, name: str = "july-2023.xlsx") -> Month:
    """A month's workbook with a report folder of its own, read, computed and checked."""
    write_report(folder, indicators)
    return load_workbook(write_workbook(folder / name, sheets))


def data_of(folder: Path, rows: Rows, indicators: str = INDICATORS, name: str = "july-2023.xlsx") -> Month:
    """A month's workbook with nothing but a Data sheet."""
    return month_of(folder, {"Data": rows}, indicators, name)


def entries_of(folder: Path, sheets: Sheets, *names: str, **more: bool) -> tuple[list[Entry], list[Finding]]:
    """The entries of Data sheets that know these indicators, and the findings."""
    book = read_spreadsheet(write_workbook(folder / "book.xlsx", sheets, **more))
    return read_data(book, Names(frozenset(names), frozenset()), TERMS)


def computed(
    indicators: str,
    given: Mapping[str, Mapping[str, float | str]],
    period: str = "Jul 23",
    offsets: Mapping[str, list[int]] | None = None,
    data_as_at: str = "",
) -> Figures:
    """Figures from rows such as `rate numerator`, each with its amounts by period, without any file."""
    file = IndicatorsFile.model_validate(tomllib.loads(indicators))
    known = {entry.id: entry.indicator() for entry in file.indicators}
    now = parse_period(period)
    folder = ReportFolder(
        title="Report",
        sections=(SectionPlan("care", "Care", "care.md", indicators=tuple(known)),),
        indicators=known,
        series={entry.id: entry.series() for entry in file.series},
        offsets=PeriodsDefinition.model_validate(offsets or {}).offsets(),
    )
    entries = [
        Entry(row.split()[0], Part(row.split()[1]), parse_period(when), read_amount(amount)[0], CellRef("Data", r, c))
        for r, (row, amounts) in enumerate(given.items(), 2)
        for c, (when, amount) in enumerate(amounts.items(), 3)
    ]
    as_at = date.fromisoformat(data_as_at) if data_as_at else now.end
    return compute_figures(Workbook("book.xlsx", now, as_at, About(), tuple(entries)), folder)


def findings_of(folder: Path, sheets: Sheets, indicators: str = INDICATORS) -> list[tuple[str, str]]:
    """Code and place of every finding."""
    try:
        return told(month_of(folder, sheets, indicators).findings)
    except InputError as error:
        return told(error.findings)


def told(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


def figure(month: Month, indicator: str, period: str) -> Figure:
    return month.figures.histories[indicator].at(parse_period(period))


def texts(month: Month, indicator: str) -> dict[str, str]:
    """What the report prints for an indicator, by the headings of its periods."""
    rows = [row for row in month.rows() if row.indicator == indicator]
    return {row.comparator or row.period: row.text for row in rows}


def directions(month: Month, indicator: str) -> dict[str, str]:
    """Directions of travel by period, where there is an arrow at all."""
    rows = [row for row in month.rows() if row.indicator == indicator]
    return {row.period: row.direction for row in rows if row.direction}
