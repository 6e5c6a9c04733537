"""Lines over time in SVG: gaps, breaks, provisional points, and the names at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from cpreport.editions.charts import looks
from cpreport.editions.charts.layout import Layout
from cpreport.editions.charts.looks import LineLook
from cpreport.editions.charts.palette import Palette
from cpreport.editions.charts.shapes import Place, at, corners, in_colour, markers, stroke, words
from cpreport.model.chart import Chart, ChartSeries, SeriesRole
from cpreport.model.chart_shown import is_hollow

_TO_NAME = 150
"""How far from the plot the names at the ends of lines stand."""

_NEAR = 40
"""How far from the end of its line a name may stand without a line that leads to it."""

_RING, _OUTLINE, _LEAD = 1.5, 0.75, 0.5
"""The widths of the outlines of hollow points and of marked ones, and of lines that lead to names, in points."""

_SIGN, _SIGN_WIDTH = 90, 300
"""Where the middle of the sign before a name in the legend is, and where the name begins."""


def lines(chart: Chart, layout: Layout, palette: Palette) -> Iterator[str]:
    """All that is in the plot and beside it, and the names of marked points below it."""
    several, grey = looks.line_looks(series.role for series in chart.series), palette[looks.DARK_GREY]
    for series, look in zip(chart.series, several, strict=True):
        yield from _line(layout, series, look, palette)
    yield stroke("".join(_leads(chart, layout)), grey, _LEAD)
    for colour, labels in groupby(layout.labels, key=lambda label: several[label.series].colour):
        texts = (words(layout, layout.right + _TO_NAME, label.middle, label.lines) for label in labels)
        yield in_colour(palette[colour if colour in looks.READABLE else looks.DARK_GREY], texts)
    for name in layout.legend:
        yield _points([(name.left + _SIGN, name.top + layout.line / 2)], several[name.series], palette)
        middle = name.top + len(name.lines) * layout.line / 2
        yield in_colour(grey, [words(layout, name.left + _SIGN_WIDTH, middle, name.lines)])


def _line(layout: Layout, series: ChartSeries, look: LineLook, palette: Palette) -> Iterator[str]:
    """A line and its points, the provisional ones hollow. A line without points has strokes where it has no length."""
    places = {
        number: (layout.across(number), layout.up(point.value))
        for number, point in enumerate(series.points)
        if point.value is not None
    }
    hollow = [number for number in places if is_hollow(series, series.points[number])]
    pieces = _pieces(series)
    if series.role is not SeriesRole.MARKED:
        long = (piece for piece in pieces if len(piece) > 1)
        path = "".join(corners([places[number] for number in piece]) for piece in long)
        yield stroke(path, palette[look.colour], look.width, look.dash)
    alone = [piece[0] for piece in pieces if len(piece) == 1]
    solid = [number for number in (places if look.marker else alone) if number not in hollow]
    yield _points([places[number] for number in solid], look, palette)
    yield markers(
        [places[number] for number in hollow],
        look.hollow,
        look.size,
        palette[look.colour],
        palette[looks.WHITE],
        _RING,
    )


def _pieces(series: ChartSeries) -> list[list[int]]:
    """The numbers of points that a line joins: it ends at a gap, and begins anew where the series breaks."""
    pieces: list[list[int]] = []
    for number, point in enumerate(series.points):
        if point.value is None:
            continue
        if pieces and pieces[-1][-1] == number - 1 and not point.breaks:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    return pieces


def _points(places: Iterable[Place], look: LineLook, palette: Palette) -> str:
    """Solid points; those that have no line have an outline that can be seen."""
    colour = palette[look.colour]
    outline = colour if look.width else palette[looks.OUTLINE]
    return markers(places, look.marker, look.size, outline, colour, _OUTLINE)


def _leads(chart: Chart, layout: Layout) -> Iterator[str]:
    """Lines from the ends of lines to their names, where these do not stand right beside them."""
    for label in layout.labels:
        if abs(label.middle - label.at) > _NEAR or label.point < len(chart.categories) - 1:
            start = layout.across(label.point) + _TO_NAME / 2, label.at
            yield f"M{at(start)}L{at((layout.right + _TO_NAME - _NEAR / 2, label.middle))}"
