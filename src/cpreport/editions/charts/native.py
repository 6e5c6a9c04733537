"""A chart as Word has it: a part of DrawingML and the workbook with its numbers, both made by XlsxWriter.

What XlsxWriter has no option for is added to the part that it made: gaps, hollow points, labels at the ends of lines.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.chart import Chart as Drawn  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from cpreport.editions.charts import looks
from cpreport.editions.charts.layout import (
    EndLabel,
    Layout,
    category_text,
    has_hollow,
    has_legend,
    has_room,
    is_hollow,
    is_monthly,
    layout_of,
)
from cpreport.editions.charts.looks import FillLook, LineLook
from cpreport.editions.widths import Look
from cpreport.editions.wordml import attribute
from cpreport.model.chart import Chart, ChartKind, Point, SeriesRole
from cpreport.office.parts import DOCUMENT, Element, etree
from cpreport.office.xml import legal

REFERENCE = "rId1"
"""The relationship of the chart's part to the workbook in it."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECLARED = f'xmlns:c="{_C[1:-1]}" xmlns:a="{_A[1:-1]}"'
_ANY_TIME = datetime(1980, 1, 1)
_SHEET = "Chart"
_MONTH = "mmm yy"
_TYPES = {
    ChartKind.LINES: {"type": "line"},
    ChartKind.BARS: {"type": "bar"},
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.STACKED: {"type": "column", "subtype": "stacked"},
}
_RING = 4
"""How much larger the marker of a provisional point is than the white one on it, in points."""

_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
"""What a label may show, in the order of the schema: what it does not say some programs show."""

_APART = 40
"""How much further than by itself a label stands from the plot, in twips."""

_EVERY_MONTH = 13
"""Up to how many months an axis names each; beyond, every third."""


class _Column(NamedTuple):
    """A column of the workbook: a series, a part of one that breaks, or its provisional points, which are `hollow`.

    `points` has one for each category. Hollow ones are white on markers of the line: of a single point LibreOffice
    shows another size, but no other colour, nor a marker's outline.
    """

    series: int
    name: str
    points: tuple[Point | None, ...]
    hollow: bool = False


@lru_cache(100)
def native_chart(chart: Chart, width: int, look: Look) -> tuple[bytes, bytes]:
    """The chart's part and the workbook in it, for a frame of this width in twips and words of this look."""
    columns, layout = list(_columns(chart)), layout_of(chart, width, look)
    drawn = zipfile.ZipFile(BytesIO(_workbook(chart, columns, layout))).read("xl/charts/chart1.xml")
    return _completed(drawn, chart, columns, layout), _workbook(chart, columns)


def _columns(chart: Chart) -> Iterator[_Column]:
    """The columns of a chart: a line that breaks has one for each of its parts."""
    for number, series in enumerate(chart.series):
        starts = [place for place, point in enumerate(series.points) if place and point.breaks]
        is_split = chart.kind is ChartKind.LINES and series.role is not SeriesRole.MARKED
        for first, end in pairwise([0, *(starts if is_split else ()), len(series.points)]):
            shown = (point if first <= place < end else None for place, point in enumerate(series.points))
            yield _Column(number, series.name, tuple(shown))
        if has_hollow(chart, series):
            shown = (point if is_hollow(series, point) else None for point in series.points)
            yield _Column(number, f"{series.name}, provisional", tuple(shown), hollow=True)


def _workbook(chart: Chart, columns: list[_Column], layout: Layout | None = None) -> bytes:
    """A workbook with a sheet of what the chart shows; with a `layout` the chart is drawn in it."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _ANY_TIME})
        sheet = book.add_worksheet(_SHEET)
        _write(sheet, chart, columns, book.add_format({"num_format": _MONTH}))
        if layout:
            sheet.insert_chart("A1", _drawn(book, chart, columns, layout))
    return content.getvalue()


def _write(sheet: Worksheet, chart: Chart, columns: list[_Column], month: object) -> None:
    """A row for each category; a missing value is an absent cell. Excel knows 15 digits of a number."""
    for place in range(len(chart.categories)):
        if is_monthly(chart):
            sheet.write_datetime(place + 1, 0, chart.dates[place], month)
        else:
            sheet.write_string(place + 1, 0, _on_one_line(category_text(chart, place)))
    for number, column in enumerate(columns, 1):
        sheet.write_string(0, number, _on_one_line(column.name))
        for row, point in enumerate(column.points, 1):
            if point and point.value is not None:
                sheet.write_number(row, number, float(f"{float(point.value):.15g}"))


def _drawn(book: Workbook, chart: Chart, columns: list[_Column], layout: Layout) -> Drawn:
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


def _line(look: LineLook, column: _Column) -> dict[str, Any]:
    """A line, or points without one; where no two points are beside each other they have markers."""
    known = [point is not None and point.value is not None for point in column.points]
    is_drawn = any(one and next for one, next in pairwise(known))
    line = {"color": f"#{look.colour}", "width": look.width, "dash_type": look.dash} if look.width else {"none": True}
    colour = {"color": f"#{look.colour}"}
    if column.hollow:
        white = {"color": f"#{looks.WHITE}"}
        marker = {"type": look.marker or "circle", "size": look.size, "fill": white, "border": white}
        return {"line": {"none": True}, "marker": marker}
    outline = {"color": f"#{looks.OUTLINE}"} if not look.width else colour
    marker = {"type": look.marker or "long_dash", "size": look.size, "fill": colour, "border": outline}
    return {"line": line, "marker": marker if look.marker or not is_drawn else {"type": "none"}}


def _bars(chart: Chart, column: _Column, layout: Layout) -> dict[str, Any]:
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
        every = 1 if len(chart.dates) <= _EVERY_MONTH else 3
        categories |= {"date_axis": True, "num_format": _MONTH, "major_unit": every, "major_unit_type": "months"}
    drawn.set_x_axis(categories)
    drawn.set_y_axis(values)


def _set_frame(drawn: Drawn, chart: Chart, columns: list[_Column], layout: Layout) -> None:
    """The unit above the plot, the legend below it, and the plot where the layout has it."""
    width, height = layout.width, layout.height
    sides = {"x": layout.left / width, "y": layout.top / height}
    sides |= {"width": (layout.right - layout.left) / width, "height": (layout.bottom - layout.top) / height}
    drawn.set_plotarea({"layout": sides})
    drawn.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    font = {"size": layout.look.size / 20, "bold": False}
    unit = {"name": _on_one_line(chart.unit), "name_font": font, "overlay": True, "layout": {"x": 0.0, "y": 0.0}}
    drawn.set_title(unit if chart.unit else {"none": True})
    marked = (chart.series[column.series].role is SeriesRole.MARKED for column in columns)
    named = [number for number, is_listed in enumerate(marked) if not is_listed]
    legend = {"position": "bottom", "delete_series": named if chart.kind is ChartKind.LINES else []}
    drawn.set_legend(legend if has_legend(chart) else {"none": True})


def _on_one_line(text: str) -> str:
    return " ".join(legal(text).split())


def _number_format(chart: Chart, decimals: int) -> str:
    return f"#,##0{'.' * bool(decimals)}{'0' * decimals}" + (f'"{chart.suffix}"' if chart.suffix else "")


def _completed(drawn: bytes, chart: Chart, columns: list[_Column], layout: Layout) -> bytes:
    """The chart's part with all that XlsxWriter does not write."""
    root = etree.fromstring(drawn)
    for unneeded in [*root.iter(f"{_C}printSettings", f"{_C}lang")]:
        root.remove(unneeded)
    for words in root.iter(f"{_A}rPr"):
        words.attrib.pop("lang", None)
    for point in [each for each in root.iter(f"{_C}pt") if not each.findtext(f"{_C}v")]:
        point.getparent().remove(point)
    for value in root.iter(f"{_C}showVal"):
        value.addprevious(etree.Element(f"{_C}showLegendKey", val="0"))
        for what in reversed(_SHOWN[2:]):
            value.addnext(etree.Element(f"{_C}show{what}", val="0"))
    if chart.kind is ChartKind.LINES:
        ends = {label.series: label for label in layout.labels}
        for element, column in zip(root.iter(f"{_C}ser"), columns, strict=True):
            _complete_line(element, chart, column, ends.get(column.series), layout)
    if is_monthly(chart):
        for code in root.iterfind(f".//{_C}cat//{_C}formatCode"):
            code.text = _MONTH
        for offset in root.iterfind(f".//{_C}dateAx/{_C}lblOffset"):
            offset.addnext(etree.Element(f"{_C}baseTimeUnit", val="months"))
    else:
        for numbers in list(root.iterfind(f".//{_C}cat/{_C}numRef")):
            _make_text(numbers)
    for visible in root.iter(f"{_C}plotVisOnly"):
        visible.addnext(etree.Element(f"{_C}dispBlanksAs", val="gap"))
    root.append(_parsed(f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_words(layout.look, looks.DARK_GREY)}</a:pPr>"
                        "<a:endParaRPr/></a:p></c:txPr>"))  # fmt: skip
    external = etree.SubElement(root, f"{_C}externalData", {f"{{{DOCUMENT}}}id": REFERENCE})
    etree.SubElement(external, f"{_C}autoUpdate", val="0")
    completed: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return completed


def _make_text(numbers: Element) -> None:
    """Turns categories that look like numbers, such as years, into the texts that they are in the workbook."""
    numbers.tag, cache = f"{_C}strRef", numbers.find(f"{_C}numCache")
    cache.tag = f"{_C}strCache"
    cache.remove(cache.find(f"{_C}formatCode"))


def _complete_line(element: Element, chart: Chart, column: _Column, end: EndLabel | None, layout: Layout) -> None:
    """A line that is not smoothed, with its name at its end, and larger markers below hollow points."""
    for place, point in enumerate(column.points):
        if point and is_hollow(chart.series[column.series], point) and not column.hollow:
            element.find(f"{_C}cat").addprevious(_larger(place, element))
    if end and column.points[end.point] and not column.hollow:
        colour = looks.line_looks(series.role for series in chart.series)[column.series].colour
        element.find(f"{_C}cat").addprevious(
            _label(chart, end, layout, colour if colour in looks.READABLE else looks.DARK_GREY)
        )
    etree.SubElement(element, f"{_C}smooth", val="0")


def _larger(place: int, series: Element) -> Element:
    """A point as others of its series, but for the size of its marker."""
    point = etree.Element(f"{_C}dPt")
    etree.SubElement(point, f"{_C}idx", val=str(place))
    point.append(deepcopy(series.find(f"{_C}marker")))
    etree.SubElement(point, f"{_C}bubble3D", val="0")
    point.append(deepcopy(series.find(f"{_C}spPr")))
    for size in point.iter(f"{_C}size"):
        size.set("val", str(int(size.get("val")) + _RING))
    return point


def _label(chart: Chart, end: EndLabel, layout: Layout, colour: str) -> Element:
    """A label at the last point of a line, moved to the right of the plot and to where it covers no other."""
    across = (layout.right + _APART - layout.across(chart, end.point)) / layout.width
    words = _words(layout.look, colour)
    lines = "".join(
        f"<a:p><a:pPr>{words}</a:pPr><a:r>{words.replace('defRPr', 'rPr')}<a:t>{escape(legal(line))}</a:t></a:r></a:p>"
        for line in end.lines
    )
    shown = "".join(f'<c:show{what} val="{what == "SerName":d}"/>' for what in _SHOWN)
    none = shown.replace('"1"', '"0"')
    return _parsed(
        f'<c:dLbls><c:dLbl><c:idx val="{end.point}"/><c:layout><c:manualLayout><c:x val="{across:.5f}"/>'
        f'<c:y val="{(end.middle - end.at) / layout.height:.5f}"/></c:manualLayout></c:layout>'
        f'<c:tx><c:rich><a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/>{lines}</c:rich></c:tx>'
        f'<c:dLblPos val="r"/>{shown}</c:dLbl>{none}</c:dLbls>'
    )


def _words(look: Look, colour: str) -> str:
    """The properties of words as they are by default."""
    return (
        f'<a:defRPr sz="{look.size * 5}" b="0"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f"<a:latin typeface={attribute(look.font)}/></a:defRPr>"
    )


def _parsed(xml: str) -> Element:
    """The element of a piece of a chart's part."""
    return etree.fromstring(f"<c:c {_DECLARED}>{xml}</c:c>")[0]
