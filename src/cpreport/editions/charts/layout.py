"""Where everything in a chart stands: the plot in its frame, the numbers of its axis, the labels at the ends of lines.

All is in twips from the top left corner of the frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from cpreport.editions.charts.labels import kept_apart, wrapped
from cpreport.editions.widths import CHART_HEIGHT, Look, width_of
from cpreport.model.axis import Scale, scale_for
from cpreport.model.chart import Chart, ChartKind, Point
from cpreport.model.chart_shown import category_text, in_legend, is_monthly, labelled, number_text

_LINE, _BAR = 1.2, 1.44
"""How high a line of text is, and a bar with what is between it and the next, in sizes of the text."""

_GAP = 110
"""How far texts stand from what they belong to."""

_CATEGORIES, _NAMES = 0.4, 0.28
"""How much of the width the categories of bars have at most, and the names at the ends of lines."""

_SIGN = 600
"""How much room the sign of a series in the legend has, with what is around it."""

_COLUMN = 0.7
"""How much of the room of a category its columns fill."""


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The name of a series on some lines, right of the plot.

    `point` is the last that the series has, which stands at `at`; the middle of the label is at `middle`.
    """

    series: int
    point: int
    lines: tuple[str, ...]
    at: float
    middle: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame, and the plot in it without the axes around that."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    look: Look
    scale: Scale
    labels: tuple[EndLabel, ...] = ()

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.look.size * _LINE

    def across(self, chart: Chart, point: int) -> float:
        """Where a point of a line stands, from the left."""
        months = [day.year * 12 + day.month for day in chart.dates] if is_monthly(chart) else []
        places = months or range(len(chart.categories))
        length = places[-1] - places[0]
        return self.left + (self.right - self.left) * ((places[point] - places[0]) / length if length else 0.5)

    def up(self, value: Fraction) -> float:
        """Where a value stands, from the top."""
        return self.bottom - (self.bottom - self.top) * self.scale.share(value)


def chart_height(chart: Chart, width: int, look: Look) -> int:
    """How high the frame of a chart is: higher than others where it has many bars, or lines with long names."""
    bars = sum(max(len(chart.series), len(lines)) for lines in _categories(chart, width, look))
    names = sum(map(len, _names(chart, width, look)))
    return max(CHART_HEIGHT, round((bars * _BAR + names * _LINE + 3) * look.size))


def layout_of(chart: Chart, width: int, look: Look) -> Layout:
    """The layout of a chart in a frame of this width, with words of this look."""
    is_bars, line = chart.kind is ChartKind.BARS, look.size * _LINE
    scale = scale_for(chart)
    numbers = [[number_text(chart, number, scale.decimals(chart.decimals)) for number in scale.numbers]]
    beside = _categories(chart, width, look) if is_bars else numbers
    beyond = numbers if is_bars else _names(chart, width, look)
    height = chart_height(chart, width, look)
    plot = Layout(
        width=width,
        height=height,
        left=_broadest(beside, look) + _GAP,
        top=line + 2 * _GAP if chart.unit else line / 2,
        right=width - _broadest(beyond, look) - 2 * _GAP,
        bottom=height - _GAP / 2 - (line + _GAP) * (not is_bars) - _legend_height(chart, width, look),
        look=look,
        scale=scale,
    )
    return replace(plot, labels=tuple(_labels(chart, width, plot)))


def has_room(chart: Chart, layout: Layout, point: Point) -> bool:
    """Whether a column has room for its number: as wide as its place, and in a stack as high as its own part."""
    is_stacked = chart.kind is ChartKind.STACKED
    room = (layout.right - layout.left) * _COLUMN / (len(chart.categories) * (1 if is_stacked else len(chart.series)))
    if point.value is None or width_of(number_text(chart, point.value, chart.decimals), layout.look) > room:
        return False
    return not is_stacked or abs(layout.up(Fraction(0)) - layout.up(point.value)) >= layout.line


def has_room_for_months(chart: Chart, layout: Layout) -> bool:
    """Whether an axis can name each of its months."""
    needed = sum(width_of(month, layout.look) + _GAP for month in chart.categories)
    return needed <= layout.right - layout.left


def _labels(chart: Chart, width: int, plot: Layout) -> Iterator[EndLabel]:
    """The labels at the ends of lines, kept apart between the top of the frame and the legend."""
    ends = [_last(chart.series[number].points) for number in labelled(chart)]
    names, at = _names(chart, width, plot.look), [plot.up(value) for _, value in ends]
    lowest = plot.height - _legend_height(chart, width, plot.look)
    middles = kept_apart(at, [len(lines) * plot.line for lines in names], 0, lowest)
    for number, (point, _), lines, down, middle in zip(labelled(chart), ends, names, at, middles, strict=True):
        yield EndLabel(number, point, tuple(lines), down, middle)


def _names(chart: Chart, width: int, look: Look) -> list[list[str]]:
    """The names at the ends of lines, each on as many lines as it needs."""
    return [wrapped(chart.series[number].name, look, width * _NAMES) for number in labelled(chart)]


def _categories(chart: Chart, width: int, look: Look) -> list[list[str]]:
    """The categories beside bars, each on as many lines as it needs; none beside others."""
    places = range(len(chart.categories) if chart.kind is ChartKind.BARS else 0)
    return [wrapped(category_text(chart, place), look, width * _CATEGORIES) for place in places]


def _legend_height(chart: Chart, width: int, look: Look) -> float:
    """How high the names below the plot are, which stand in columns as wide as the longest with the sign before it."""
    names = [width_of(chart.series[number].name, look) + _SIGN for number in in_legend(chart)]
    lines = ceil(len(names) / max(1, width // max(names))) if names else 0
    return lines * look.size * _LINE + _GAP * bool(lines)


def _broadest(texts: Iterable[Iterable[str]], look: Look) -> float:
    return max((width_of(line, look) for lines in texts for line in lines), default=0)


def _last(points: Iterable[Point]) -> tuple[int, Fraction]:
    """The place and the value of the last point that there is."""
    return [(place, point.value) for place, point in enumerate(points) if point.value is not None][-1]
