"""What the colours of charts are in a fill or stroke: values, or variables with a value for light and dark pages."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.editions.charts import looks

_VARIABLES: Mapping[str, tuple[str, str]] = {
    looks.DARK_BLUE: ("chart-dark-blue", "#92C5F0"),
    looks.TURQUOISE: ("chart-turquoise", "#28A197"),
    looks.DARK_PINK: ("chart-dark-pink", "#F08CC2"),
    looks.ORANGE: ("chart-orange", "#C2500F"),
    looks.DARK_GREY: ("chart-dark-grey", "#D0D0D0"),
    looks.LIGHT_PURPLE: ("chart-light-purple", "#A285D1"),
    looks.MID_BLUE: ("chart-mid-blue", "#4F97DB"),
    looks.LIGHT_GREY: ("chart-light-grey", "#444444"),
    looks.GRID: ("chart-grid", "#4A4A4A"),
    looks.WHITE: ("chart-page", "#1B1B1B"),
    looks.BLACK: ("chart-text", "#FFFFFF"),
}
"""The name of each colour, and its value on a dark page: light and dark change places, so that what words can be read
on one of them can be read on the other."""

Palette = Mapping[str, str]
"""What stands in a fill or stroke for each colour of `looks`."""

PLAIN_PALETTE: Palette = {colour: f"#{colour}" for colour in _VARIABLES}
CSS_PALETTE: Palette = {colour: f"var(--{name})" for colour, (name, _) in _VARIABLES.items()}
CHART_COLOURS: Mapping[str, tuple[str, str]] = {
    name: (PLAIN_PALETTE[colour], dark) for colour, (name, dark) in _VARIABLES.items()
}
"""The values of each variable of CSS_PALETTE, without the dashes before its name, on a light page and on a dark one."""
