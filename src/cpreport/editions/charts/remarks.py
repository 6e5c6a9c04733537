"""What a reader must know of a chart, as sentences below it: a confidential figure is not one that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cpreport.editions.charts.shown import has_hollow, is_unknown
from cpreport.model.chart import Chart, SeriesRole


def remarks(chart: Chart) -> str:
    """The categories without a figure of ours with their reasons, and that there are provisional ones; often empty.

    Those that say so themselves beside the axis are left out.
    """
    pieces = "; ".join(_pieces(chart))
    is_hollow = any(has_hollow(chart, series) for series in chart.series)
    said = [f"Not shown: {pieces}." if pieces else "", "Hollow points are provisional." if is_hollow else ""]
    return " ".join(filter(None, said))


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
