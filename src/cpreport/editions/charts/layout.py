"""Where everything in a chart stands: the plot in its frame, the numbers of its axis, the labels at the ends of lines.

All is in twips from the top left corner of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cpreport.editions.charts.labels import kept_apart, wrapped
from cpreport.editions.charts.scale import Scale, scale_of
from cpreport.editions.widths import CHART_HEIGHT, Look, width_of
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole

_LINE = 1.2
"""How high a line of text is, in sizes."""

_GAP = 110
"""How far texts stand from what they belong to."""

_WIDEST = {ChartKind.BARS: 0.4, ChartKind.LINES: 0.28}
"""Of the width of the frame, how much labels beside the plot have at most: categories of bars, names of lines."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_COLUMN = 0.7
"""How much of the room of a category its columns fill."""


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The name of a series on some lines, right of the plot; `point` is the last that it has, which stands at `at`.

    `middle` is where the middle of the label is; `at` and `middle` are from the top.
    """

    series: int
    point: int
    lines: tuple[str, ...]
    at: float
    middle: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame, the plot in it without its axes, and what stands around that."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    look: Look
    scale: Scale
    labels: tuple[EndLabel, ...] = ()

    def across(self, chart: Chart, point: int) -> float:
        """Where a point of a line stands, from the left."""
        months = (
            [day.year * 12 + day.month for day in chart.dates] if is_monthly(chart) else range(len(chart.categories))
        )
        length = months[-1] - months[0]
        return self.left + (self.right - self.left) * ((months[point] - months[0]) / length if length else 0.5)

    def up(self, value: Fraction) -> float:
        """Where a value stands, from the top."""
        return self.bottom - (self.bottom - self.top) * self.scale.share(value)


def chart_height(chart: Chart, width: int, look: Look) -> int:
    """How high the frame of a chart is: higher than others where it has many bars."""
    lines = sum(max(len(chart.series), len(text)) for text in _beside(chart, width, look)) if _is_bars(chart) else 0
    return max(CHART_HEIGHT, round(lines * look.size * _LINE * 1.2 + 3 * look.size))


def layout_of(chart: Chart, width: int, look: Look) -> Layout:
    """The layout of a chart in a frame of this width, with words of this look."""
    height, line = chart_height(chart, width, look), look.size * _LINE
    is_lines, is_bars = chart.kind is ChartKind.LINES, _is_bars(chart)
    scale = scale_of(_heights(chart), chart.decimals, from_zero=not is_lines)
    numbers = [number_text(chart, number, scale.decimals(chart.decimals)) for number in scale.numbers]
    named = [place for place, each in enumerate(chart.series) if is_lines and is_labelled(each)]
    most = width * _WIDEST.get(chart.kind, 0)
    texts = [wrapped(chart.series[place].name, look, most) for place in named]
    beside = [line for text in _beside(chart, width, look) for line in text] if is_bars else numbers
    left = max((width_of(text, look) for text in beside), default=0) + _GAP
    ends_of = [line for text in texts for line in text] if is_lines else numbers if is_bars else []
    right = max((width_of(text, look) for text in ends_of), default=0)
    below = (0 if is_bars else line + _GAP) + (line + _GAP if has_legend(chart) else 0)
    top = line + 2 * _GAP if chart.unit else line / 2
    plain = Layout(width, height, left, top, width - right - 2 * _GAP, height - below - _GAP / 2, look, scale)
    ends = [_last(chart.series[place]) for place in named]
    at = [plain.up(value) for _, value in ends]
    middles = kept_apart(at, [len(text) * line for text in texts], 0, height - (below if has_legend(chart) else 0))
    several = zip(named, ends, texts, at, middles, strict=True)
    labels = [EndLabel(place, end, tuple(text), down, middle) for place, (end, _), text, down, middle in several]
    return Layout(width, height, left, top, plain.right, plain.bottom, look, scale, tuple(labels))


def is_labelled(series: ChartSeries) -> bool:
    """Whether a line has its name at its end; points without a line are in the legend."""
    return series.role is not SeriesRole.MARKED and any(point.value is not None for point in series.points)


def has_legend(chart: Chart) -> bool:
    """Whether series are named below the plot: those that no label can name."""
    if chart.kind is ChartKind.LINES:
        return any(series.role is SeriesRole.MARKED for series in chart.series)
    return len(chart.series) > 1


def has_hollow(chart: Chart, series: ChartSeries) -> bool:
    """Whether a line has points that are provisional."""
    return chart.kind is ChartKind.LINES and any(is_hollow(series, point) for point in series.points)


def is_hollow(series: ChartSeries, point: Point) -> bool:
    """Whether a point of a line is provisional."""
    return point.is_provisional and point.value is not None and series.role is not SeriesRole.MARKED


def is_monthly(chart: Chart) -> bool:
    """Whether the categories are months as an axis of dates prints them, so that it may leave some out."""
    return bool(chart.dates) and chart.categories == tuple(map(month_text, chart.dates))


def month_text(day: date) -> str:
    """A month as columns print it, such as `Jul 23`."""
    return f"{_MONTHS[day.month - 1]} {day.year % 100:02}"


def number_text(chart: Chart, value: Fraction, decimals: int) -> str:
    """A number as it is about printed, to know its width."""
    return f"{float(value):,.{decimals}f}{chart.suffix}"


def category_text(chart: Chart, place: int) -> str:
    """A category as an axis prints it; where nothing of it is known it says why."""
    said = f" ({chart.series[0].points[place].state.value})" if is_nothing_known(chart, place) else ""
    return f"{chart.categories[place]}{said}"


def is_nothing_known(chart: Chart, place: int) -> bool:
    """Whether a category has no bar or column, which it says itself; months and what lines have say nothing."""
    says = chart.kind is not ChartKind.LINES and not is_monthly(chart)
    return says and all(series.points[place].value is None for series in chart.series)


def _is_bars(chart: Chart) -> bool:
    return chart.kind is ChartKind.BARS


def _beside(chart: Chart, width: int, look: Look) -> list[list[str]]:
    """The categories of bars, each on as many lines as it needs."""
    texts = (category_text(chart, place) for place in range(len(chart.categories)))
    return [wrapped(text, look, width * _WIDEST[ChartKind.BARS]) for text in texts]


def has_room(chart: Chart, layout: Layout, point: Point) -> bool:
    """Whether a column has room for its number: as wide as its place, and in a stack as high as its own part."""
    beside = 1 if chart.kind is ChartKind.STACKED else len(chart.series)
    room = (layout.right - layout.left) * _COLUMN / (len(chart.categories) * beside)
    if point.value is None or width_of(number_text(chart, point.value, chart.decimals), layout.look) > room:
        return False
    high = layout.up(Fraction(0)) - layout.up(point.value)
    return chart.kind is ChartKind.COLUMNS or high >= layout.look.size * _LINE


def _heights(chart: Chart) -> list[Fraction]:
    """The values that a scale must reach: of columns on each other their sums."""
    rows: Iterator[Sequence[Fraction]] = (
        [series.points[place].value or Fraction(0) for series in chart.series] for place in range(len(chart.categories))
    )
    if chart.kind is ChartKind.STACKED:
        return [sum(row, Fraction(0)) for row in rows]
    return [point.value for series in chart.series for point in series.points if point.value is not None]


def _last(series: ChartSeries) -> tuple[int, Fraction]:
    """The place and the value of the last point that a series has."""
    known = [(place, point.value) for place, point in enumerate(series.points) if point.value is not None]
    return known[-1]
