"""Bars, columns and stacks in SVG, with their numbers where these have room."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from cpreport.editions.charts import looks
from cpreport.editions.charts.layout import NUMBER_GAP, Layout, has_room
from cpreport.editions.charts.looks import FillLook
from cpreport.editions.charts.palette import Palette
from cpreport.editions.charts.shapes import at, filled, in_colour, in_points, pattern, words
from cpreport.model.chart import Chart, ChartKind, Point
from cpreport.model.chart_shown import number_text

_BETWEEN = 0.45
"""How far the bars of two categories are apart, in widths of a bar."""

_SWATCH, _TO_NAME = 180, 300
"""The side of the sign before a name in the legend, and where the name begins."""


class _Bar(NamedTuple):
    """A point as an area: from `low` to `high` on the scale, and from `start` to `end` along the categories."""

    point: Point
    look: FillLook
    low: Fraction
    high: Fraction
    start: float
    end: float


def bars(chart: Chart, layout: Layout, palette: Palette, id: str) -> Iterator[str]:
    """The areas with their numbers, and their names below the plot. `id` begins those of patterns."""
    drawn = sorted(_bars(chart, layout), key=lambda bar: bar.look)
    fills = {look: palette[look.colour] for look in (_look(chart, number, -1) for number in range(len(chart.series)))}
    fills |= {bar.look: palette[bar.look.colour] for bar in drawn}
    for look in fills:
        if look.pattern:
            named = f"{id}-{look.pattern.replace('_', '-')}"
            yield pattern(named, look.pattern, palette[look.colour], palette[looks.WHITE])
            fills[look] = f"url(#{named})"
    for look, several in groupby(drawn, key=lambda bar: bar.look):
        yield filled("".join(_area(layout, bar) for bar in several), fills[look], palette[looks.OUTLINE])
    yield from _numbers(chart, layout, drawn, palette)
    for name in layout.legend:
        top = name.top + (layout.line - _SWATCH) / 2
        sign = f"M{at((name.left + _SWATCH / 6, top))}h{in_points(_SWATCH)}v{in_points(_SWATCH)}h{in_points(-_SWATCH)}z"
        yield filled(sign, fills[_look(chart, name.series, -1)], palette[looks.OUTLINE])
        middle = name.top + len(name.lines) * layout.line / 2
        yield in_colour(palette[looks.DARK_GREY], [words(layout, name.left + _TO_NAME, middle, name.lines)])


def _look(chart: Chart, series: int, place: int) -> FillLook:
    """The look of a series at a category: where one category is marked it alone stands out."""
    if chart.marked is None:
        return looks.fill_look(series)
    return looks.MARKED_BAR if place == chart.marked else looks.OTHER_BAR


def _bars(chart: Chart, layout: Layout) -> Iterator[_Bar]:
    is_stacked, bands = chart.kind is ChartKind.STACKED, layout.bands(chart)
    each = 1 if is_stacked else len(chart.series)
    width = min(end - start for start, end in bands) / (each + _BETWEEN)
    for place, (start, end) in enumerate(bands):
        first = (start + end - each * width) / 2
        ends = {True: Fraction(0), False: Fraction(0)}
        for number, series in enumerate(chart.series):
            point = series.points[place]
            if point.value is None:
                continue
            from_ = ends[point.value > 0] if is_stacked else Fraction(0)
            to = ends[point.value > 0] = from_ + point.value
            start = first + width * (0 if is_stacked else number)
            yield _Bar(point, _look(chart, number, place), min(from_, to), max(from_, to), start, start + width)


def _area(layout: Layout, bar: _Bar) -> str:
    if layout.is_lying:
        left, right, top, bottom = layout.along(bar.low), layout.along(bar.high), bar.start, bar.end
    else:
        left, right, top, bottom = bar.start, bar.end, layout.up(bar.high), layout.up(bar.low)
    return f"M{at((left, top))}H{in_points(right)}V{in_points(bottom)}H{in_points(left)}z"


def _numbers(chart: Chart, layout: Layout, drawn: list[_Bar], palette: Palette) -> Iterator[str]:
    """The numbers of bars beyond their ends, of a negative one beyond zero, in stacks within their parts."""
    is_stacked = chart.kind is ChartKind.STACKED
    shown = [bar for bar in drawn if has_room(chart, layout, bar.point) and not (is_stacked and bar.look.pattern)]
    for is_dark, several in groupby(shown, key=lambda bar: is_stacked and bar.look.colour in looks.READABLE):
        texts = (_number(chart, layout, bar, is_stacked) for bar in several)
        anchor = "start" if layout.is_lying and not is_stacked else "middle"
        yield in_colour(palette[looks.WHITE if is_dark else looks.BLACK], texts, anchor)


def _number(chart: Chart, layout: Layout, bar: _Bar, is_stacked: bool) -> str:
    text = [number_text(chart, bar.point.value or Fraction(0), chart.decimals)]
    middle = (bar.start + bar.end) / 2
    if layout.is_lying:
        end = layout.along(bar.high)
        return words(layout, (end + layout.along(bar.low)) / 2 if is_stacked else end + NUMBER_GAP, middle, text)
    end = layout.up(bar.high)
    down = (end + layout.up(bar.low)) / 2 if is_stacked else end - NUMBER_GAP - layout.look.size * 0.36
    return words(layout, middle, down, text)
