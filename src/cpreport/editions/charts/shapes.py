"""The pieces that charts in SVG are drawn of: strokes, points of lines, fills, words.

Lengths and coordinates are given in twips and written in points, with one decimal at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from cpreport.editions.charts.layout import Layout
from cpreport.office.xml import legal

Place = tuple[float, float]
"""Across from the left, and down from the top."""

_TWIPS = 20
"""In a point."""

_BASELINE = 0.36
"""How far below the middle of a text its baseline is, in sizes."""

_DASHES: Mapping[str, tuple[int, ...]] = {
    "solid": (),
    "dash": (4, 3),
    "dash_dot": (4, 3, 1, 3),
    "long_dash": (8, 3),
    "long_dash_dot": (8, 3, 1, 3),
    "long_dash_dot_dot": (8, 3, 1, 3, 1, 3),
    "round_dot": (1, 1),
    "square_dot": (3, 1),
}
"""Dashes and gaps in widths of the line (ECMA-376, Part 1, 20.1.10.49)."""


class Marker(NamedTuple):
    """Where a marker begins, seen from its middle in halves of its size, and how it goes on from there.

    `r` is half of the size and `d` all of it, `l` and `w` are the same to the left or upwards. Strokes have no inside.
    """

    right: int
    down: int
    path: str
    is_stroke: bool = False


MARKERS = {
    "circle": Marker(0, -1, "a{r} {r} 0 1 1-.1 0z"),
    "square": Marker(-1, -1, "h{d}v{d}h{w}z"),
    "triangle": Marker(0, -1, "l{r} {d}h{w}z"),
    "diamond": Marker(0, -1, "l{r} {r} {l} {r} {l} {l}z"),
    "x": Marker(-1, -1, "l{d} {d}m0 {w}l{w} {d}", is_stroke=True),
    "star": Marker(-1, -1, "l{d} {d}m0 {w}l{w} {d}m{r} 0v{w}", is_stroke=True),
    "plus": Marker(-1, 0, "h{d}m{l} {l}v{d}", is_stroke=True),
    "": Marker(-1, 0, "h{d}", is_stroke=True),
}
_PATTERNS = {
    "wide_upward_diagonal": ("M-2 2 2-2M0 8 8 0M6 10 10 6", 2.5),
    "dark_horizontal": ("M0 2H8M0 6H8", 2),
    "large_checker_board": ("M0 2H4M4 6H8", 4),
}
"""The strokes in a square of 8 points, and how wide they are in points."""


def in_points(twips: float) -> str:
    return _number(twips / _TWIPS)


def at(place: Place) -> str:
    return f"{in_points(place[0])} {in_points(place[1])}"


def escaped(text: str) -> str:
    return escape(legal(text), quote=False)


def corners(places: Sequence[Place]) -> str:
    """The points that a line joins, but for those in the middle of a level part of it."""
    ends = (None, *(down for _, down in places), None)
    between = zip(places, ends, ends[2:], strict=False)
    return "M" + " ".join(at(place) for place, before, after in between if not before == place[1] == after)


def stroke(path: str, colour: str, width: float, dash: str = "solid", is_round: bool = False) -> str:
    """A line of a width in points, with the dashes that XlsxWriter calls so and any ends; nothing without a path."""
    dashes = " ".join(_number(part * width) for part in _DASHES[dash])
    look = f' stroke-dasharray="{dashes}"' if dashes else ' stroke-linecap="round"' if is_round else ""
    return f'<path fill="none" stroke="{colour}" stroke-width="{width:g}"{look} d="{path}"/>' if path else ""


def filled(path: str, fill: str, outline: str, width: float = 0.75) -> str:
    """An area with an outline of a width in points; nothing without a path."""
    return f'<path fill="{fill}" stroke="{outline}" stroke-width="{width:g}" d="{path}"/>' if path else ""


def markers(places: Iterable[Place], marker: str, size: float, colour: str, inside: str, outline: float) -> str:
    """Points of a size in points, of which the inside may have another colour than the outline, if they have an inside.

    Circles of one colour are lines without a length and with round ends.
    """
    if marker == "circle" and inside == colour:
        dots = "".join(f"M{at(place)}h0" for place in places)
        return stroke(dots, colour, size + outline, is_round=True)
    begins, half = MARKERS[marker], size / 2 * _TWIPS
    sizes = {"r": size / 2, "d": size, "l": -size / 2, "w": -size}
    tail = begins.path.format(**{name: _number(length) for name, length in sizes.items()})
    path = "".join(f"M{at((across + begins.right * half, down + begins.down * half))}{tail}" for across, down in places)
    return stroke(path, colour, 1.5) if begins.is_stroke else filled(path, inside, colour, outline)


def pattern(id: str, name: str, colour: str, page: str) -> str:
    """What a fill of `url(#id)` shows."""
    path, width = _PATTERNS[name]
    square = f'<path fill="{page}" d="M0 0H8V8H0z"/>{stroke(path, colour, width)}'
    return f'<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse">{square}</pattern>'


def words(layout: Layout, across: float, middle: float, lines: Sequence[str]) -> str:
    """Lines of text around a middle."""
    first = middle + _BASELINE * layout.look.size - (len(lines) - 1) / 2 * layout.line
    return "".join(
        f'<text x="{in_points(across)}" y="{in_points(first + number * layout.line)}">{line}</text>'
        for number, line in enumerate(map(escaped, lines))
        if line
    )


def in_colour(colour: str, texts: Iterable[str], anchor: str = "start") -> str:
    """Texts of one colour; `anchor` is what stands at the place of each: its start, middle or end."""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    inside = "".join(texts)
    return f'<g fill="{colour}"{anchored}>{inside}</g>' if inside else ""


def _number(points: float) -> str:
    return f"{round(points, 1) + 0.0:.8g}"
