"""What a reader must know of a chart, as sentences below it: a confidential figure is not one that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cpreport.model.axis import scale_for
from cpreport.model.chart import Chart, SeriesRole
from cpreport.model.chart_shown import has_hollow, is_unknown, number_text


def remarks_on(chart: Chart) -> str:
    """The categories without a figure of ours with their reasons, what is provisional, and where the axis begins.

    Categories that say so themselves beside the axis are left out. Empty where there is nothing to be said.
    """
    said, scale = [], scale_for(chart)
    if pieces := "; ".join(_pieces(chart)):
        said.append(f"Not shown: {pieces}.")
    if any(has_hollow(chart, series) for series in chart.series):
        said.append("Hollow points are provisional.")
    if scale.low > 0:
        said.append(f"The axis begins at {number_text(chart, scale.low, scale.decimals(chart.decimals))}.")
    return " ".join(said)


def _pieces(chart: Chart) -> Iterator[str]:
    ours = [series for series in chart.series if series.role is SeriesRole.FIGURES]
    for series in ours:
        named = f"{series.name}, " if len(ours) > 1 else ""
        reasons = (
            None if point.value is not None or is_unknown(chart, place) else point.state
            for place, point in enumerate(series.points)
        )
        for reason, run in groupby(enumerate(reasons), lambda each: each[1]):
            if reason:
                first, *_, last = [*(place for place, _ in run)] * 2
                ends = f" to {chart.categories[last]}" if last > first and chart.dates else ""
                others = "" if chart.dates else "".join(f", {each}" for each in chart.categories[first + 1 : last + 1])
                yield f"{named}{chart.categories[first]}{ends}{others} ({reason.value})"
