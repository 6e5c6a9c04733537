"""The columns of numbers that a chart in Word has: its series, and parts of them that look otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cpreport.model.chart import Chart, ChartKind, Point, SeriesRole
from cpreport.model.chart_shown import has_hollow, is_hollow


class Column(NamedTuple):
    """A column of the workbook: a series, a part of one that breaks, or its provisional points, which are `hollow`.

    `points` has one for each category. Hollow ones are white on markers of the line: of a single point LibreOffice
    shows another size, but no other colour, nor a marker's outline.
    """

    series: int
    name: str
    points: tuple[Point | None, ...]
    hollow: bool = False


def columns_of(chart: Chart) -> Iterator[Column]:
    """The columns of a chart: a line that breaks has one for each of its parts."""
    for number, series in enumerate(chart.series):
        starts = [place for place, point in enumerate(series.points) if place and point.breaks]
        is_split = chart.kind is ChartKind.LINES and series.role is not SeriesRole.MARKED
        for first, end in pairwise([0, *(starts if is_split else ()), len(series.points)]):
            shown = (point if first <= place < end else None for place, point in enumerate(series.points))
            yield Column(number, series.name, tuple(shown))
        if has_hollow(chart, series):
            shown = (point if is_hollow(series, point) else None for point in series.points)
            yield Column(number, f"{series.name}, provisional", tuple(shown), hollow=True)
