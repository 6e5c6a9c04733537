"""A chart as an SVG element, for HTML and PDF, by the layout, looks and words of Word's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from math import ceil

from cpreport.editions.charts import looks
from cpreport.editions.charts.layout import Layout, fitting_layout
from cpreport.editions.charts.names import GAP
from cpreport.editions.charts.palette import Palette
from cpreport.editions.charts.shapes import at, escaped, in_colour, in_points, stroke, words
from cpreport.editions.charts.svg_bars import bars
from cpreport.editions.charts.svg_lines import lines
from cpreport.editions.widths import Look, width_of
from cpreport.model.chart import Chart, ChartKind
from cpreport.model.chart_shown import number_text

_FONTS = "'Liberation Sans', Arial, Helvetica, sans-serif"
_TICK = 60
_THIN = 0.75
"""How wide the lines of axes are, in points."""

_BEYOND = 75
"""How far beyond the plot the last of the categories may reach where the name of a line stands beside it."""


def svg_chart(chart: Chart, width: int, look: Look, palette: Palette, id: str = "chart", named_by: str = "") -> str:
    """The chart as an element `<svg>`, drawn for a width in twips with words of this size, and as wide as its place.

    Its title is the caption, its description the alternative text; `id` begins all ids in it. `named_by` is the id of
    another drawing of the chart in the same file, which has both for this one, too. Columns lie where the names of
    their categories have no room below them.
    """
    layout, id, named_by = fitting_layout(chart, width, look), escape(id), escape(named_by or id)
    drawn = lines(chart, layout, palette) if chart.kind is ChartKind.LINES else bars(chart, layout, palette, id)
    named = f'role="img" aria-labelledby="{named_by}-title" aria-describedby="{named_by}-desc"'
    title = f'<title id="{id}-title">{escaped(chart.caption)}</title>'
    description = f'<desc id="{id}-desc">{escaped(chart.description)}</desc>'
    frame = f'viewBox="0 0 {in_points(layout.width)} {in_points(layout.height)}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {frame} {named} font-family="{_FONTS}" '
            f'font-size="{in_points(look.size)}">',
            *((title, description) if named_by == id else ()),
            *_axes(chart, layout, palette),
            *drawn,
            "</svg>",
        )
    )


def _axes(chart: Chart, layout: Layout, palette: Palette) -> Iterator[str]:
    """The unit above the plot, numbers and lines of the scale, and the names of categories."""
    grey, scale = palette[looks.DARK_GREY], layout.scale
    if not layout.is_lying or chart.kind is ChartKind.STACKED:
        yield stroke("".join(_across(layout, number) for number in scale.numbers), palette[looks.GRID], _THIN)
        yield in_colour(grey, _numbers(chart, layout), "middle" if layout.is_lying else "end")
    zero = min(max(scale.low, Fraction(0)), scale.high)
    yield stroke(_across(layout, zero) + _ticks(chart, layout), grey, _THIN)
    yield in_colour(grey, _categories(chart, layout), "end" if layout.is_lying else "middle")
    yield in_colour(grey, [words(layout, 0, len(layout.unit) * layout.line / 2, layout.unit)])


def _across(layout: Layout, value: Fraction) -> str:
    """The line through the plot where a value stands."""
    if layout.is_lying:
        return f"M{at((layout.along(value), layout.top))}V{in_points(layout.bottom)}"
    return f"M{at((layout.left, layout.up(value)))}H{in_points(layout.right)}"


def _ticks(chart: Chart, layout: Layout) -> str:
    """Ticks at the points that are named, and between columns."""
    number = 0 if layout.is_lying else len(chart.categories)
    if chart.kind is ChartKind.LINES:
        places = [layout.across(place) for place in range(0, number, layout.every)]
    else:
        places = [layout.left, *(end for _, end in layout.bands(chart))] if number else []
    return "".join(f"M{at((place, layout.bottom))}v{in_points(_TICK)}" for place in places)


def _numbers(chart: Chart, layout: Layout) -> Iterator[str]:
    """The numbers of the scale, left of the plot, or as many as have room below it."""
    decimals, numbers = layout.scale.decimals(chart.decimals), layout.scale.numbers
    texts = [number_text(chart, number, decimals) for number in numbers]
    needed = max(width_of(text, layout.look) for text in texts) + GAP
    every = ceil(needed * (len(numbers) - 1) / (layout.right - layout.left)) if layout.is_lying else 1
    for number, text in [*zip(numbers, texts, strict=True)][::every]:
        if layout.is_lying:
            yield words(layout, layout.along(number), layout.bottom + GAP + layout.line / 2, [text])
        else:
            yield words(layout, layout.left - GAP, layout.up(number), [text])


def _categories(chart: Chart, layout: Layout) -> Iterator[str]:
    """The names of categories, beside bars that lie and below all others."""
    if layout.is_lying:
        for names, (start, end) in zip(layout.categories, layout.bands(chart), strict=True):
            yield words(layout, layout.left - GAP, (start + end) / 2, names)
        return
    for middle, text in reversed([*_below(chart, layout)]):
        yield words(layout, middle, layout.bottom + GAP + len(text) * layout.line / 2, text)


def _below(chart: Chart, layout: Layout) -> Iterator[tuple[float, Sequence[str]]]:
    """The names below the plot and their middles from the last on, moved where they would leave the frame.

    Where the name of a line stands beside the last it gives way to it, and the one before may be left out.
    """
    is_low = any(label.middle + len(label.lines) * layout.line / 2 > layout.bottom for label in layout.labels)
    room = layout.right + _BEYOND if is_low else layout.width
    if chart.kind is ChartKind.LINES:
        middles = [layout.across(place) for place in range(len(chart.categories))]
    else:
        middles = [(start + end) / 2 for start, end in layout.bands(chart)]
    for middle, text in reversed([*zip(middles, layout.categories, strict=True)]):
        if not text:
            continue
        half = max(width_of(line, layout.look) for line in text) / 2
        middle = max(half, min(middle, layout.width - half, room - half))
        if middle + half <= room:
            room = middle - half
            yield middle, text
