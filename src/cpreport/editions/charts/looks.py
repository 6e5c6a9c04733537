"""What tells series apart: colours, and besides them dashes and markers of lines, lightness and patterns of columns.

Colours and their contrast with white are those of the Government Analysis Function's guidance “Data visualisation:
colours in charts” (2023): on white a line or a fill has 3:1 or more, or else an outline that has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cpreport.model.chart import SeriesRole

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "12436D", "28A197", "801650", "F46A25"
DARK_GREY, LIGHT_PURPLE, MID_BLUE, LIGHT_GREY = "3D3D3D", "A285D1", "2073BC", "BFBFBF"
WHITE, BLACK = "FFFFFF", "000000"
READABLE = frozenset({DARK_BLUE, DARK_PINK, DARK_GREY, MID_BLUE})
"""The colours with 4.5:1 on white: words may have them, and white words stand on them."""

GRID = "D9D9D9"
"""The colour of lines that nobody needs to see."""


class LineLook(NamedTuple):
    """The look of a line; `dash` and `marker` as XlsxWriter calls them, sizes and widths in points.

    Without a width there is no line, without a marker there are no points.
    """

    colour: str
    dash: str
    marker: str
    width: float
    size: int = 5

    @property
    def hollow(self) -> str:
        """The marker that makes one of this look hollow; strokes have no inside."""
        return "circle" if self.marker in ("x", "star") else self.marker


class FillLook(NamedTuple):
    """The look of a column or bar, with an outline; `pattern` as XlsxWriter calls it, empty where it is plain."""

    colour: str
    pattern: str = ""


_LINES = (
    LineLook(DARK_BLUE, "solid", "circle", 2.25),
    LineLook(ORANGE, "dash", "square", 2),
    LineLook(TURQUOISE, "long_dash", "triangle", 2),
    LineLook(DARK_PINK, "long_dash_dot", "diamond", 2),
    LineLook(LIGHT_PURPLE, "round_dot", "x", 2),
    LineLook(DARK_GREY, "long_dash_dot_dot", "star", 2),
)
"""The looks of figures and comparators, in the order of the series."""

_MARKED = tuple(
    LineLook(colour, "", marker, 0, 9)
    for colour, marker in ((ORANGE, "diamond"), (TURQUOISE, "square"), (DARK_PINK, "triangle"), (DARK_BLUE, "plus"))
)
_SINGLE = {
    SeriesRole.TARGET: LineLook(DARK_GREY, "dash_dot", "", 1.75),
    SeriesRole.MEAN: LineLook(DARK_GREY, "solid", "", 1.25),
    SeriesRole.LIMIT: LineLook(DARK_GREY, "square_dot", "", 1.25),
}
_FILLS = (
    FillLook(DARK_BLUE),
    FillLook(ORANGE),
    FillLook(LIGHT_GREY),
    FillLook(MID_BLUE),
    FillLook(WHITE),
    FillLook(DARK_PINK, "wide_upward_diagonal"),
    FillLook(TURQUOISE, "dark_horizontal"),
    FillLook(DARK_GREY, "large_checker_board"),
)
"""Each of a lightness of its own, or else with a pattern of its own on white."""

OUTLINE = DARK_GREY
MARKED_BAR, OTHER_BAR = FillLook(DARK_BLUE), FillLook(LIGHT_GREY)


def line_looks(roles: Iterable[SeriesRole]) -> list[LineLook]:
    """The looks of series of these roles; no two are alike but those of limits and of several targets or means."""
    plain, marked, looks = 0, 0, list[LineLook]()
    for role in roles:
        if role in _SINGLE:
            looks.append(_SINGLE[role])
        elif role is SeriesRole.MARKED:
            looks.append(_MARKED[marked % len(_MARKED)])
            marked += 1
        else:
            others, place = divmod(plain, len(_LINES))
            looks.append(_LINES[place]._replace(marker=_LINES[(place + others) % len(_LINES)].marker))
            plain += 1
    return looks


def fill_look(number: int) -> FillLook:
    """The look of the columns of a series, from 0; eight are told apart."""
    return _FILLS[number % len(_FILLS)]
