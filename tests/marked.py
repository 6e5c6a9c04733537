"""A workbook with much in it that a marked copy must keep, and ways to look into workbooks part by part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from .example_month import FILES, SHEETS, Formula
from .workbooks import changed, write_workbook

Parts = dict[str, bytes]

FOUND = {"Data!F6": "many", "Data!E6": "1,280", "Data!B9": "numerators", "Marks!D2": "[q]"}
"""Changes of the example month that give findings in several sheets."""

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
SPARKLINES = (
    f'<extLst><ext xmlns:x14="{X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule '
    'type="expression" priority="3" id="{00000000-0000-0000-0000-000000000001}"><xm:f>TRUE</xm:f></x14:cfRule>'
    "<xm:sqref>D2</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)


def parts_of(workbook: Path | bytes) -> Parts:
    """The parts of a workbook in their order."""
    with zipfile.ZipFile(BytesIO(workbook) if isinstance(workbook, bytes) else workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_parts(path: Path, change: Callable[[Parts], None]) -> Path:
    """The workbook after a change of its parts."""
    parts = parts_of(path)
    change(parts)
    return save_parts(path, parts)


def replaced(parts: Parts, name: str, old: str, new: str) -> None:
    """Replaces the first `old` in a part."""
    assert old.encode() in parts[name], (name, old)
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)


def write_month(folder: Path, cells: Mapping[str, object], name: str = "july-2023.xlsx") -> Path:
    """The example month with its report folder, after a change of cells."""
    folder.mkdir(exist_ok=True)
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")
    return write_workbook(folder / name, changed(SHEETS, {"Sums!A1": Formula("SUM(Data!D2:F2)", 1814), **cells}))


def write_rich(folder: Path, cells: Mapping[str, object] = FOUND, name: str = "july-2023.xlsx") -> Path:
    """The example month with comments, conditional formats, a chart, a table, names, merged cells and more."""
    path = write_month(folder, cells, name)
    sums = sheet_part(parts_of(path), "Sums")
    results = parts_of(path)[sums]
    book = openpyxl.load_workbook(path)
    data, notes = book["Data"], book.create_sheet("Notes")
    data["F6"].comment = Comment("Ask Jane\nabout it", "Ann")
    data["C2"].comment = Comment("from the register", "Ann")
    fill = PatternFill(bgColor="00FF00")
    data.conditional_formatting.add("D2:F4", CellIsRule(operator="greaterThan", formula=["600"], fill=fill))
    data.conditional_formatting.add("D5:F6", FormulaRule(formula=["D5>0"], fill=fill))
    data.add_data_validation(DataValidation(type="list", formula1='"numerator,value"', sqref="B2:B9"))  # type: ignore[no-untyped-call]
    data.column_dimensions["C"].width, data.freeze_panes = 33, "D2"
    data["D2"].number_format = "#,##0.0"
    chart = LineChart()
    chart.add_data(Reference(data, min_col=4, max_col=6, min_row=2), from_rows=True)
    data.add_chart(chart, "J20")
    for row in (["Item", "Owner"], ["Plan", "Ann"]):
        notes.append(row)
    notes.add_table(Table(displayName="Plans", ref="A1:B2"))
    notes.merge_cells("D1:E3")
    book["Benchmarks"].sheet_state = "visible"
    notes.sheet_state = "hidden"
    data.print_title_rows = "1:1"
    data.defined_names["Local"] = DefinedName("Local", attr_text="Data!$A$1")
    book.defined_names["Global"] = DefinedName("Global", attr_text="Data!$B$2")
    book.active = 1
    book.save(path)

    def finish(parts: Parts) -> None:
        parts[sums] = results
        replaced(parts, "xl/worksheets/sheet2.xml", "</worksheet>", f"{SPARKLINES}</worksheet>")
        parts["xl/media/image1.png"] = b"\x89PNG not looked at"
        parts["customXml/item1.xml"] = b"<kept   spaces='yes' />"

    return with_parts(path, finish)


def sheet_part(parts: Mapping[str, bytes], name: str) -> str:
    """The name of a sheet's part."""
    found = re.search(rf'<sheet [^>]*name="{re.escape(name)}"[^>]*r:id="([^"]+)"', parts["xl/workbook.xml"].decode())
    assert found, name
    relationships = parts["xl/_rels/workbook.xml.rels"].decode()
    element = next(each for each in re.findall(r"<Relationship [^>]*>", relationships) if f'Id="{found[1]}"' in each)
    target = re.search(r'Target="([^"]+)"', element)
    assert target
    return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"


def comments_of(content: bytes, sheet: str) -> dict[str, str]:
    """The comments of a sheet by their cells, as openpyxl reads them."""
    rows = openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows()
    return {cell.coordinate: cell.comment.text for row in rows for cell in row if cell.comment}
