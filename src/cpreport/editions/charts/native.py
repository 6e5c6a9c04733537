"""A chart as Word has it: a part of DrawingML and the workbook with its numbers, both made by XlsxWriter."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.chart import Chart as Drawn  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from cpreport.editions.charts import looks
from cpreport.editions.charts.columns import Column, columns_of
from cpreport.editions.charts.completing import MONTH, completed
from cpreport.editions.charts.layout import Layout, has_room, layout_of
from cpreport.editions.charts.looks import FillLook, LineLook
from cpreport.editions.widths import Look
from cpreport.model.chart import Chart, ChartKind
from cpreport.model.chart_shown import category_text, in_legend, is_monthly
from cpreport.office.xml import legal

_ANY_TIME = datetime(1980, 1, 1)
_SHEET = "Chart"
_TYPES = {
    ChartKind.LINES: {"type": "line"},
    ChartKind.BARS: {"type": "bar"},
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.STACKED: {"type": "column", "subtype": "stacked"},
}


@lru_cache(100)
def native_chart(chart: Chart, width: int, look: Look) -> tuple[bytes, bytes]:
    """The chart's part and the workbook in it, for a frame of this width in twips and words of this look."""
    columns, layout = list(columns_of(chart)), layout_of(chart, width, look)
    drawn = zipfile.ZipFile(BytesIO(_workbook(chart, columns, layout))).read("xl/charts/chart1.xml")
    return completed(drawn, chart, columns, layout), _workbook(chart, columns)


def _workbook(chart: Chart, columns: Sequence[Column], layout: Layout | None = None) -> bytes:
    """A workbook with a sheet of what the chart shows; with a `layout` the chart is drawn in it."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _ANY_TIME})
        sheet = book.add_worksheet(_SHEET)
        _write(sheet, chart, columns, book.add_format({"num_format": MONTH}))
        if layout:
            sheet.insert_chart("A1", _drawn(book, chart, columns, layout))
    return content.getvalue()


def _write(sheet: Worksheet, chart: Chart, columns: Sequence[Column], month: object) -> None:
    """A row for each category; a missing value is an absent cell. Excel knows 15 digits of a number."""
    if is_monthly(chart):
        for row, day in enumerate(chart.dates, 1):
            sheet.write_datetime(row, 0, day, month)
    else:
        for place in range(len(chart.categories)):
            sheet.write_string(place + 1, 0, _on_one_line(category_text(chart, place)))
    for number, column in enumerate(columns, 1):
        sheet.write_string(0, number, _on_one_line(column.name))
        for row, point in enumerate(column.points, 1):
            if point and point.value is not None:
                sheet.write_number(row, number, float(f"{float(point.value):.15g}"))


def _drawn(book: Workbook, chart: Chart, columns: Sequence[Column], layout: Layout) -> Drawn:
    drawn, last = book.add_chart(_TYPES[chart.kind]), len(chart.categories)
    lines = looks.line_looks(series.role for series in chart.series)
    for number, column in enumerate(columns, 1):
        series = {
            "name": [_SHEET, 0, number],
            "categories": [_SHEET, 1, 0, last, 0],
            "values": [_SHEET, 1, number, last, number],
        }
        is_line = chart.kind is ChartKind.LINES
        drawn.add_series(series | (_line(lines[column.series], column) if is_line else _bars(chart, column, layout)))
    _set_axes(drawn, chart, layout)
    _set_frame(drawn, chart, columns, layout)
    return drawn


def _line(look: LineLook, column: Column) -> dict[str, Any]:
    """A line, or points without one; where no two points are beside each other they have markers."""
    known = [point is not None and point.value is not None for point in column.points]
    is_drawn = any(one and next for one, next in pairwise(known))
    line = {"color": f"#{look.colour}", "width": look.width, "dash_type": look.dash} if look.width else {"none": True}
    colour = {"color": f"#{look.colour}"}
    if column.hollow:
        white = {"color": f"#{looks.WHITE}"}
        return {
            "line": {"none": True},
            "marker": {"type": look.hollow, "size": look.size, "fill": white, "border": white},
        }
    outline = {"color": f"#{looks.OUTLINE}"} if not look.width else colour
    marker = {"type": look.marker or "long_dash", "size": look.size, "fill": colour, "border": outline}
    return {"line": line, "marker": marker if look.marker or not is_drawn else {"type": "none"}}


def _bars(chart: Chart, column: Column, layout: Layout) -> dict[str, Any]:
    """Columns or bars with their numbers, where these have room."""
    fill = looks.fill_look(column.series)
    is_inside = chart.kind is ChartKind.STACKED
    is_dark = is_inside and fill.colour in looks.READABLE
    labels = {
        "value": True,
        "num_format": _number_format(chart, chart.decimals),
        "position": "center" if is_inside else "outside_end",
        "font": {"size": layout.look.size / 20, "color": f"#{looks.WHITE if is_dark else looks.BLACK}"},
    }
    if chart.kind is not ChartKind.BARS:
        shown = [point is not None and has_room(chart, layout, point) for point in column.points]
        shown = [is_shown and not (is_inside and fill.pattern) for is_shown in shown]
        labels["custom"] = [None if is_shown else {"delete": True} for is_shown in shown]
    return {
        **_filled(looks.OTHER_BAR if chart.marked is not None else fill),
        "points": [_filled(looks.MARKED_BAR) if place == chart.marked else None for place in range(len(column.points))],
        "data_labels": labels,
        "gap": 45,
        "overlap": 100 if is_inside else 0,
    }


def _filled(look: FillLook) -> dict[str, Any]:
    border = {"border": {"color": f"#{looks.OUTLINE}", "width": 0.75}}
    if look.pattern:
        colours = {"fg_color": f"#{look.colour}", "bg_color": f"#{looks.WHITE}"}
        return {"pattern": {"pattern": look.pattern, **colours}, **border}
    return {"fill": {"color": f"#{look.colour}"}, **border}


def _set_axes(drawn: Drawn, chart: Chart, layout: Layout) -> None:
    categories: dict[str, Any] = {
        "line": {"color": f"#{looks.DARK_GREY}", "width": 0.75},
        "label_position": "low",
        "major_tick_mark": "outside",
        "minor_tick_mark": "none",
    }
    values = {
        "min": float(layout.scale.low),
        "max": float(layout.scale.high),
        "major_unit": float(layout.scale.step),
        "num_format": _number_format(chart, layout.scale.decimals(chart.decimals)),
        "line": {"none": True},
        "major_tick_mark": "outside",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": chart.kind is not ChartKind.BARS, "line": {"color": f"#{looks.GRID}"}},
        "visible": chart.kind is not ChartKind.BARS,
    }
    if chart.kind is ChartKind.BARS:
        drawn.set_x_axis(values)
        drawn.set_y_axis(categories | {"reverse": True, "major_tick_mark": "none"})
        return
    if chart.kind is ChartKind.LINES:
        categories["position_axis"] = "on_tick"
    if is_monthly(chart):
        months = {"major_unit": layout.every, "major_unit_type": "months"}
        categories |= {"date_axis": True, "num_format": MONTH, **months}
    drawn.set_x_axis(categories)
    drawn.set_y_axis(values)


def _set_frame(drawn: Drawn, chart: Chart, columns: Sequence[Column], layout: Layout) -> None:
    """The unit above the plot, the legend below it, and the plot where the layout has it."""
    width, height = layout.width, layout.height
    sides = {"x": layout.left / width, "y": layout.top / height}
    sides |= {"width": (layout.right - layout.left) / width, "height": (layout.bottom - layout.top) / height}
    drawn.set_plotarea({"layout": sides})
    drawn.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    font = {"size": layout.look.size / 20, "bold": False}
    unit = {"name": _on_one_line(chart.unit), "name_font": font, "overlay": True, "layout": {"x": 0.0, "y": 0.0}}
    drawn.set_title(unit if chart.unit else {"none": True})
    listed = in_legend(chart)
    others = [number for number, column in enumerate(columns) if column.series not in listed]
    drawn.set_legend({"position": "bottom", "delete_series": others} if listed else {"none": True})


def _on_one_line(text: str) -> str:
    return " ".join(legal(text).split())


def _number_format(chart: Chart, decimals: int) -> str:
    return f"#,##0{'.' * bool(decimals)}{'0' * decimals}" + (f'"{chart.suffix}"' if chart.suffix else "")
