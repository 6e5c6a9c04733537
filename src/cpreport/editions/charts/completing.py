"""What a chart's part needs besides what XlsxWriter writes: gaps, labels at the ends of lines, and its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from html import escape

from cpreport.editions.charts import looks
from cpreport.editions.charts.columns import Column
from cpreport.editions.charts.layout import EndLabel, Layout
from cpreport.editions.widths import Look
from cpreport.editions.wordml import attribute
from cpreport.model.chart import Chart, ChartKind
from cpreport.model.chart_shown import is_hollow, is_monthly
from cpreport.office.parts import DOCUMENT, Element, etree
from cpreport.office.xml import legal

REFERENCE = "rId1"
"""The relationship of the chart's part to the workbook in it."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECLARED = f'xmlns:c="{_C[1:-1]}" xmlns:a="{_A[1:-1]}"'
MONTH = "mmm yy"
"""The format of months in the workbook and on an axis."""

_RING = 4
"""How much larger the marker of a provisional point is than the white one on it, in points."""

_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
"""What a label may show, in the order of the schema: what it does not say some programs show."""

_APART = 40
"""How much further than by itself a label stands from the plot, in twips."""


def completed(drawn: bytes, chart: Chart, columns: Sequence[Column], layout: Layout) -> bytes:
    """The chart's part with all that XlsxWriter does not write."""
    root = etree.fromstring(drawn)
    _remove_unneeded(root)
    _complete_numbers(root)
    _complete_categories(root, chart)
    if chart.kind is ChartKind.LINES:
        ends = {label.series: label for label in layout.labels}
        for element, column in zip(root.iter(f"{_C}ser"), columns, strict=True):
            _complete_line(element, chart, column, ends.get(column.series), layout)
    for visible in root.iter(f"{_C}plotVisOnly"):
        visible.addnext(etree.Element(f"{_C}dispBlanksAs", val="gap"))
    words = f"<a:p><a:pPr>{_words(layout.look, looks.DARK_GREY)}</a:pPr><a:endParaRPr/></a:p>"
    root.append(_parsed(f"<c:txPr><a:bodyPr/><a:lstStyle/>{words}</c:txPr>"))
    external = etree.SubElement(root, f"{_C}externalData", {f"{{{DOCUMENT}}}id": REFERENCE})
    etree.SubElement(external, f"{_C}autoUpdate", val="0")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _remove_unneeded(root: Element) -> None:
    """Takes out margins for printing, the language, which is that of the document, and points without a value."""
    for words in root.iter(f"{_A}rPr"):
        words.attrib.pop("lang", None)
    empty = (point for point in root.iter(f"{_C}pt") if not point.findtext(f"{_C}v"))
    for unneeded in [*root.iter(f"{_C}printSettings", f"{_C}lang"), *empty]:
        unneeded.getparent().remove(unneeded)


def _complete_numbers(root: Element) -> None:
    """Has the labels of bars and columns say that they show nothing but numbers."""
    for value in root.iter(f"{_C}showVal"):
        value.addprevious(etree.Element(f"{_C}showLegendKey", val="0"))
        for what in reversed(_SHOWN[2:]):
            value.addnext(etree.Element(f"{_C}show{what}", val="0"))


def _complete_categories(root: Element, chart: Chart) -> None:
    """Has months as months, and all other categories as texts, also those that look like numbers, such as years."""
    if is_monthly(chart):
        for code in root.iterfind(f".//{_C}cat//{_C}formatCode"):
            code.text = MONTH
        for offset in root.iterfind(f".//{_C}dateAx/{_C}lblOffset"):
            offset.addnext(etree.Element(f"{_C}baseTimeUnit", val="months"))
        return
    for numbers in list(root.iterfind(f".//{_C}cat/{_C}numRef")):
        numbers.tag, cache = f"{_C}strRef", numbers.find(f"{_C}numCache")
        cache.tag = f"{_C}strCache"
        cache.remove(cache.find(f"{_C}formatCode"))


def _complete_line(element: Element, chart: Chart, column: Column, end: EndLabel | None, layout: Layout) -> None:
    """A line that is not smoothed, with its name at its end, and larger markers below hollow points."""
    for place, point in enumerate(column.points):
        if point and is_hollow(chart.series[column.series], point) and not column.hollow:
            element.find(f"{_C}cat").addprevious(_larger(place, element))
    if end and column.points[end.point] and not column.hollow:
        element.find(f"{_C}cat").addprevious(_label(chart, end, layout))
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


def _label(chart: Chart, end: EndLabel, layout: Layout) -> Element:
    """A label at the last point of a line, moved to the right of the plot and to where it covers no other."""
    colour = looks.line_looks(series.role for series in chart.series)[end.series].colour
    across = (layout.right + _APART - layout.across(end.point)) / layout.width
    words = _words(layout.look, colour if colour in looks.READABLE else looks.DARK_GREY)
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
