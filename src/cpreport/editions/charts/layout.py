"""Where everything in a chart stands: the plot in its frame, the numbers of its axis, the words around it.

All is in twips from the top left corner of the frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from cpreport.editions.charts.labels import kept_apart, wrapped
from cpreport.editions.charts.names import (
    GAP,
    Row,
    bars_needed,
    broadest,
    column_width,
    legend_rows,
    line_names,
    lines_below,
    lines_beside,
    lines_of,
    named_every,
)
from cpreport.editions.widths import CHART_HEIGHT, Look, width_of
from cpreport.model.axis import Scale, scale_for
from cpreport.model.chart import Chart, ChartKind, Point
from cpreport.model.chart_shown import is_monthly, labelled, number_text

_LINE, _BAR = 1.2, 1.44
"""How high a line of text is, and a bar with what is between it and the next, in sizes of the text."""

NUMBER_GAP = 50
"""How far the number of a bar or column stands from it."""

_COLUMN = 0.7
"""How much of the room of a category its columns fill."""

_LEGEND_LINES = 3
"""How many lines of names below the plot make a frame no higher."""


class EndLabel(NamedTuple):
    """The name of a series on some lines, right of the plot.

    `point` is the last that the series has, which stands at `at`; the middle of the label is at `middle`.
    """

    series: int
    point: int
    lines: tuple[str, ...]
    at: float
    middle: float


class LegendName(NamedTuple):
    """The name of a series on some lines below the plot, with the place of the sign before it."""

    series: int
    lines: tuple[str, ...]
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame, and the plot in it without the axes around that.

    `unit` stands above the plot. `categories` are their names, each on the lines that it needs, beside bars that lie
    and below all others; of those below every so many are named (`every`), the others have no lines. `shares` are how
    far across the plot the points of lines stand, from 0 to 1.
    """

    width: float
    height: int
    left: float
    top: float
    right: float
    bottom: float
    look: Look
    scale: Scale
    is_lying: bool = False
    unit: tuple[str, ...] = ()
    categories: tuple[tuple[str, ...], ...] = ()
    every: int = 1
    shares: tuple[float, ...] = ()
    labels: tuple[EndLabel, ...] = ()
    legend: tuple[LegendName, ...] = ()

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.look.size * _LINE

    def across(self, point: int) -> float:
        """Where a point of a line stands, from the left."""
        return self.left + (self.right - self.left) * self.shares[point]

    def bands(self, chart: Chart) -> list[tuple[float, float]]:
        """Where each category begins and ends: as high as its name needs where bars lie."""
        first, last = (self.top, self.bottom) if self.is_lying else (self.left, self.right)
        needed = bars_needed(chart, self.categories) if self.is_lying else [1] * len(chart.categories)
        ends = [first + (last - first) * end / sum(needed) for end in accumulate(needed, initial=0)]
        return list(pairwise(ends))

    def up(self, value: Fraction) -> float:
        """Where a value stands, from the top."""
        return self.bottom - (self.bottom - self.top) * self.scale.share(value)

    def along(self, value: Fraction) -> float:
        """Where a value stands in a chart that lies, from the left."""
        return self.left + (self.right - self.left) * self.scale.share(value)


def layout_of(chart: Chart, width: int, look: Look, is_lying: bool = False) -> Layout:
    """The layout of a chart in a frame of this width, with words of this look. Bars lie, and columns that shall."""
    is_lying, line, scale = is_lying or chart.kind is ChartKind.BARS, look.size * _LINE, scale_for(chart)
    unit, rows = wrapped(chart.unit, look, width), legend_rows(chart, width, look)
    numbers = [number_text(chart, number, scale.decimals(chart.decimals)) for number in scale.numbers]
    beside = lines_beside(chart, width, look) if is_lying else []
    left = (broadest(beside, look) if is_lying else broadest([numbers], look)) + GAP
    right = width - _beyond(chart, width, look, numbers, is_lying)
    every = 1 if is_lying else named_every(chart, right - left, look)
    names = beside if is_lying else lines_below(chart, right - left, look, every)
    below = 1 if is_lying else max(1, *map(len, names))
    height = _height(chart, width, look, beside) + round((below - 1) * line)
    legend = sum(map(lines_of, rows)) * line + GAP * bool(rows)
    plot = Layout(
        width=width,
        height=height,
        left=left,
        top=len(unit) * line + 2 * GAP if unit else line / 2,
        right=right,
        bottom=height - GAP / 2 - (below * line + GAP) * _has_numbers(chart, is_lying) - legend,
        look=look,
        scale=scale,
        is_lying=is_lying,
        unit=tuple(unit),
        categories=tuple(map(tuple, names)),
        every=every,
        shares=tuple(_shares(chart)),
    )
    listed = _legend(rows, look, height - GAP / 2 - legend + GAP, line)
    return replace(plot, labels=tuple(_labels(chart, width, plot, height - legend)), legend=tuple(listed))


def fitting_layout(chart: Chart, width: int, look: Look) -> Layout:
    """The layout of a chart whose columns lie as bars where the names of categories have no room below them.

    In a frame that is higher than wide they lie where their numbers have no room, too.
    """
    layout = layout_of(chart, width, look)
    if layout.is_lying or chart.kind is ChartKind.LINES:
        return layout
    room = (layout.right - layout.left) / len(chart.categories) * layout.every
    is_narrow = layout.width < layout.height and chart.kind is ChartKind.COLUMNS
    points = [point for series in chart.series for point in series.points if is_narrow and point.value is not None]
    if broadest(layout.categories, look) <= room and all(has_room(chart, layout, point) for point in points):
        return layout
    return layout_of(chart, width, look, is_lying=True)


def has_room(chart: Chart, layout: Layout, point: Point) -> bool:
    """Whether a bar or column has room for its number: as wide as its place, and in a stack within its own part."""
    if point.value is None:
        return False
    zero, needed = Fraction(0), width_of(number_text(chart, point.value, chart.decimals), layout.look)
    is_stacked = chart.kind is ChartKind.STACKED
    if layout.is_lying:
        return not is_stacked or abs(layout.along(point.value) - layout.along(zero)) >= needed + 2 * NUMBER_GAP
    room = (layout.right - layout.left) * _COLUMN / (len(chart.categories) * (1 if is_stacked else len(chart.series)))
    return needed <= room and (not is_stacked or abs(layout.up(zero) - layout.up(point.value)) >= layout.line)


def _has_numbers(chart: Chart, is_lying: bool) -> bool:
    """Whether there are words below the plot: the numbers of bars that lie stand at their ends, unless in a stack."""
    return not is_lying or chart.kind is ChartKind.STACKED


def _height(chart: Chart, width: int, look: Look, beside: Sequence[Sequence[str]]) -> int:
    """How high the frame is: higher than others where it has many bars, lines with long names, or much below them."""
    line, listed = look.size * _LINE, sum(map(lines_of, legend_rows(chart, width, look)))
    bars = sum(bars_needed(chart, beside))
    names = sum(map(len, line_names(chart, width, look)))
    more = listed * line if beside else max(0, listed - _LEGEND_LINES) * line
    return max(CHART_HEIGHT, round((bars * _BAR + names * _LINE + 3) * look.size)) + round(more)


def _beyond(chart: Chart, width: int, look: Look, numbers: Sequence[str], is_lying: bool) -> float:
    """How much room there is right of the plot: for the names of lines, or for the numbers at the ends of bars."""
    if not is_lying:
        return broadest(line_names(chart, width, look), look) + 2 * GAP
    points = (point.value for series in chart.series for point in series.points if point.value is not None)
    ends = [] if chart.kind is ChartKind.STACKED else [number_text(chart, value, chart.decimals) for value in points]
    return max(broadest([numbers], look) + 2 * GAP, broadest([ends], look) + NUMBER_GAP)


def _shares(chart: Chart) -> list[float]:
    """How far across the plot points stand: months by their dates, others all as far from each other."""
    months = [day.year * 12 + day.month for day in chart.dates] if is_monthly(chart) else []
    places = months or range(len(chart.categories))
    length = places[-1] - places[0]
    return [(place - places[0]) / length if length else 0.5 for place in places]


def _labels(chart: Chart, width: int, plot: Layout, lowest: float) -> Iterator[EndLabel]:
    """The labels at the ends of lines, kept apart between the top of the frame and the legend."""
    ends = [_last(chart.series[number].points) for number in labelled(chart)]
    names, at = line_names(chart, width, plot.look), [plot.up(value) for _, value in ends]
    highest = len(plot.unit) * plot.line if broadest([plot.unit], plot.look) > plot.right else 0
    middles = kept_apart(at, [len(lines) * plot.line for lines in names], highest, lowest)
    for number, (point, _), lines, down, middle in zip(labelled(chart), ends, names, at, middles, strict=True):
        yield EndLabel(number, point, tuple(lines), down, middle)


def _legend(rows: Sequence[Row], look: Look, top: float, line: float) -> Iterator[LegendName]:
    broad = column_width([name for row in rows for name in row], look)
    for row in rows:
        for place, (series, lines) in enumerate(row):
            yield LegendName(series, tuple(lines), place * broad, top)
        top += lines_of(row) * line


def _last(points: Iterable[Point]) -> tuple[int, Fraction]:
    """The place and the value of the last point that there is."""
    return [(place, point.value) for place, point in enumerate(points) if point.value is not None][-1]
