"""What a chart shows of its series and categories: labels, a legend, hollow points, the words of an axis."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.number import rounded

_WITH_MARKERS = (SeriesRole.FIGURES, SeriesRole.COMPARATOR)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def labelled(chart: Chart) -> list[int]:
    """The series that have their names at the ends of their lines: all lines with a point."""
    is_lines = chart.kind is ChartKind.LINES
    lines = (number for number, each in enumerate(chart.series) if is_lines and each.role is not SeriesRole.MARKED)
    return [number for number in lines if any(point.value is not None for point in chart.series[number].points)]


def in_legend(chart: Chart) -> list[int]:
    """The series that are named below the plot: those that no label can name."""
    if chart.kind is ChartKind.LINES:
        return [number for number, each in enumerate(chart.series) if each.role is SeriesRole.MARKED]
    return [*range(len(chart.series))] if len(chart.series) > 1 else []


def has_hollow(chart: Chart, series: ChartSeries) -> bool:
    """Whether a line has points that are provisional."""
    return chart.kind is ChartKind.LINES and any(is_hollow(series, point) for point in series.points)


def is_hollow(series: ChartSeries, point: Point) -> bool:
    """Whether a point of a line with markers is provisional."""
    return point.is_provisional and point.value is not None and series.role in _WITH_MARKERS


def is_monthly(chart: Chart) -> bool:
    """Whether the categories are months as an axis of dates prints them, so that it may leave some out."""
    return bool(chart.dates) and chart.categories == tuple(map(_month, chart.dates))


def category_text(chart: Chart, place: int) -> str:
    """A category as an axis prints it; where nothing of it is known it says why."""
    said = f" ({chart.series[0].points[place].state.value})" if is_unknown(chart, place) else ""
    return f"{chart.categories[place]}{said}"


def is_unknown(chart: Chart, place: int) -> bool:
    """Whether a category has no bar or column, which it says itself; months and the categories of lines do not."""
    says = chart.series and chart.kind is not ChartKind.LINES and not is_monthly(chart)
    return bool(says) and all(series.points[place].value is None for series in chart.series)


def number_text(chart: Chart, value: Fraction, decimals: int) -> str:
    """A number as an axis or a label of the chart prints it."""
    return f"{rounded(value, decimals)}{chart.suffix}"


def _month(day: date) -> str:
    """A month as columns print it, such as `Jul 23`."""
    return f"{_MONTHS[day.month - 1]} {day.year % 100:02}"
