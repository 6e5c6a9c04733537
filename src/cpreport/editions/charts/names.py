"""The names around a plot, and how much room they need: of categories, of series at the ends of lines or below it.

All is in twips.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count

from cpreport.editions.charts.labels import wrapped
from cpreport.editions.widths import Look, width_of
from cpreport.model.chart import Chart, ChartKind
from cpreport.model.chart_shown import category_text, in_legend, is_monthly, labelled

GAP = 110
"""How far texts stand from what they belong to."""

_CATEGORIES, _NAMES = 0.4, 0.28
"""How much of the width the categories of bars have at most, and the names at the ends of lines."""

_SIGN = 600
"""How much room the sign of a series in the legend has, with what is around it."""


def bars_needed(chart: Chart, names: Iterable[Sequence[str]]) -> list[int]:
    """How many bars high each category is: as many as it has, or as many lines as its name has."""
    each = 1 if chart.kind is ChartKind.STACKED else len(chart.series)
    return [max(each, len(lines)) for lines in names]


def named_every(chart: Chart, room: float, look: Look) -> int:
    """Each how many categories are named below the plot: all columns, and as many points of lines as have room."""
    if chart.kind is not ChartKind.LINES and not is_monthly(chart):
        return 1
    widths = [width_of(text, look) + GAP for text in chart.categories]
    needed = widths if is_monthly(chart) else [max(widths)] * len(widths)
    steps = chain((1, 3, 6), count(12, 12)) if is_monthly(chart) else count(1)
    return next(step for step in steps if step >= len(needed) or sum(needed[::step]) <= room)


def lines_beside(chart: Chart, width: int, look: Look) -> list[list[str]]:
    """The categories beside bars that lie, each on as many lines as it needs."""
    return [wrapped(text, look, width * _CATEGORIES) for text in _category_texts(chart)]


def lines_below(chart: Chart, room: float, look: Look, every: int) -> list[list[str]]:
    """The categories below the plot; those of columns on as many lines as they need."""
    texts, each = _category_texts(chart), room / len(chart.categories) * every - GAP / 2
    if chart.kind is ChartKind.LINES or is_monthly(chart):
        return [[] if place % every else [text] for place, text in enumerate(texts)]
    return [wrapped(text, look, each) for text in texts]


def line_names(chart: Chart, width: int, look: Look) -> list[list[str]]:
    """The names at the ends of lines, each on as many lines as it needs."""
    return [wrapped(chart.series[number].name, look, width * _NAMES) for number in labelled(chart)]


Row = list[tuple[int, list[str]]]
"""Series with the lines of their names, beside each other below the plot."""


def legend_rows(chart: Chart, width: int, look: Look) -> list[Row]:
    """The names below the plot, which stand in columns as wide as the longest with the sign before it."""
    names = [(number, wrapped(chart.series[number].name, look, width - _SIGN)) for number in in_legend(chart)]
    columns = max(1, int(width // column_width(names, look))) if names else 1
    return [names[first : first + columns] for first in range(0, len(names), columns)]


def column_width(names: Row, look: Look) -> float:
    """How wide each column of the names below the plot is."""
    return broadest((lines for _, lines in names), look) + _SIGN


def lines_of(row: Row) -> int:
    """How many lines of text a row has."""
    return max(1, *(len(lines) for _, lines in row)) if row else 0


def broadest(texts: Iterable[Iterable[str]], look: Look) -> float:
    """How wide the widest line of some texts is."""
    return max((width_of(line, look) for lines in texts for line in lines), default=0)


def _category_texts(chart: Chart) -> list[str]:
    return [category_text(chart, place) for place in range(len(chart.categories))]
