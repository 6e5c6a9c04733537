"""A chart as Word has it: a part of DrawingML and the workbook with its numbers, both made by XlsxWriter."""

from __future__ import annotations

import zipfile
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.chart import Chart as Drawn  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from cpreport.model.chart import Chart, ChartKind
from cpreport.office.parts import DOCUMENT, etree

REFERENCE = "rId1"
"""The relationship of the chart's part to the workbook in it."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ANY_TIME = datetime(1980, 1, 1)
_SHEET = "Chart"
_TYPES = {
    ChartKind.LINES: {"type": "line"},
    ChartKind.BARS: {"type": "bar"},
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.STACKED: {"type": "column", "subtype": "stacked"},
}


@lru_cache(100)
def native_chart(chart: Chart) -> tuple[bytes, bytes]:
    """The chart's part and the workbook in it."""
    drawn = zipfile.ZipFile(BytesIO(_workbook(chart, is_drawn=True))).read("xl/charts/chart1.xml")
    return _completed(drawn), _workbook(chart, is_drawn=False)


def _workbook(chart: Chart, is_drawn: bool) -> bytes:
    """A workbook with a sheet of what the chart shows; `is_drawn`: with the chart too."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _ANY_TIME})
        sheet = book.add_worksheet(_SHEET)
        _write(sheet, chart)
        if is_drawn:
            sheet.insert_chart("A1", _drawn(book, chart))
    return content.getvalue()


def _write(sheet: Worksheet, chart: Chart) -> None:
    """A row for each category and a column for each series; a missing value is an absent cell."""
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name)
        for row, point in enumerate(series.points, 1):
            if point.value is not None:
                sheet.write_number(row, column, float(point.value))


def _drawn(book: Workbook, chart: Chart) -> Drawn:
    drawn: Drawn = book.add_chart(_TYPES[chart.kind])
    last = len(chart.categories)
    for column, _ in enumerate(chart.series, 1):
        drawn.add_series(
            {
                "name": [_SHEET, 0, column],
                "categories": [_SHEET, 1, 0, last, 0],
                "values": [_SHEET, 1, column, last, column],
            }
        )
    drawn.set_title({"none": True})
    return drawn


def _completed(drawn: bytes) -> bytes:
    """A chart's part with its workbook, in which a missing value is a gap."""
    root = etree.fromstring(drawn)
    for printing in root.findall(f"{_C}printSettings"):
        root.remove(printing)
    for point in [each for each in root.iter(f"{_C}pt") if not each.findtext(f"{_C}v")]:
        point.getparent().remove(point)
    for series in root.iterfind(f".//{_C}lineChart/{_C}ser"):
        etree.SubElement(series, f"{_C}smooth", val="0")
    (visible,) = root.iter(f"{_C}plotVisOnly")
    visible.addnext(etree.Element(f"{_C}dispBlanksAs", val="gap"))
    external = etree.SubElement(root, f"{_C}externalData", {f"{{{DOCUMENT}}}id": REFERENCE})
    etree.SubElement(external, f"{_C}autoUpdate", val="0")
    completed: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return completed
