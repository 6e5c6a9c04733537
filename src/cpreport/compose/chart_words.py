"""What charts say in words: their headlines and their alternative texts, computed from what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from cpreport.compose.breakdown_values import BreakdownValue
from cpreport.compose.chart_remarks import remarks_on
from cpreport.compose.wording import CHANGES, figure_text, judgement_text
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.figure import State
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_MOST_TITLES = 2
_KINDS = {
    ChartKind.LINES: "chart_lines",
    ChartKind.BARS: "chart_bars",
    ChartKind.COLUMNS: "chart_columns",
    ChartKind.STACKED: "chart_stacked",
}
_Named = tuple[str, Point]
"""A point with its category."""


def headline(timelines: Sequence[Timeline], periods: Sequence[Period], folder: ReportFolder, about: str) -> str:
    """`Children in care: 604 in Jul 23, 617 in Jul 22`; of more than two indicators what the section is about.

    It says *rose* or *fell* only where the judgement calls the change since that period better, worse, higher or lower.
    """
    if len(timelines) > _MOST_TITLES:
        return folder.sentence("chart_of_several", title=about, since=periods[0].long, period=periods[-1].long)
    return "; ".join(_change(timeline, periods, folder) for timeline in timelines)


def _change(timeline: Timeline, periods: Sequence[Period], folder: ReportFolder) -> str:
    """The newest figure and, where the chart shows one that it can be compared with, that of a year ago."""
    indicator, now, judgement = timeline.indicator, timeline.newest, timeline.judgement
    then = timeline.at(now.period.year_earlier())
    is_broken = timeline.break_between(then.period, now.period) is not None
    if now.value is None or then.value is None or is_broken or then.period not in periods:
        return _with_figure("chart_figure", timeline, folder)
    is_judged = folder.judgement.on and judgement.verdict in CHANGES and judgement.since == then.period
    key = ("chart_rose" if now.value > then.value else "chart_fell") if is_judged else "chart_two_figures"
    return _with_figure(key, timeline, folder, earlier=figure_text(indicator, then), since=then.period)


def judged_headline(timeline: Timeline, folder: ReportFolder) -> str:
    """`Missing episodes: 34 in Jul 23, worse than usual`."""
    return _with_figure("chart_judged", timeline, folder, judgement=judgement_text(timeline.judgement, folder))


def compared_headline(timeline: Timeline, folder: ReportFolder) -> str:
    """`Children in care per 10,000: 61.6 (604) in Jul 23, beside others`: which is better is not said."""
    return _with_figure("chart_compared", timeline, folder)


def largest_headline(title: str, period: Period, value: BreakdownValue, folder: ReportFolder) -> str:
    """`Children in care, by age, Jul 23: largest 10–15 with 264 (72.1%)`; the title where that cannot be said."""
    largest = value.largest()
    if largest.missing:
        return folder.sentence("chart_breakdown", title=title, period=period.label)
    return folder.sentence("chart_largest", title=title, period=period.label, category=largest.name, value=largest)


def _with_figure(key: str, timeline: Timeline, folder: ReportFolder, **more: object) -> str:
    indicator, now = timeline.indicator, timeline.newest
    return folder.sentence(
        key, title=indicator.title, value=figure_text(indicator, now), period=now.period.label, **more
    )


def described(chart: Chart, titles: Sequence[str], folder: ReportFolder, remarks: Iterable[str] = ()) -> Chart:
    """The chart with what stands below it, and its alternative text, in which every number is the text of a point.

    `titles` are of what it shows; `remarks` are sentences about what it does not show.
    """
    first, last = chart.categories[0], chart.categories[-1]
    opening = folder.sentence(_KINDS[chart.kind], title=" and ".join(titles), unit=chart.unit, first=first, last=last)
    of_series = _over_time if chart.dates else _by_category
    said = (text for series in chart.series for text in of_series(series, chart.categories, folder))
    return replace(chart, description=" ".join((opening, *said, *remarks)), remarks=remarks_on(chart))


def _by_category(series: ChartSeries, categories: Sequence[str], folder: ReportFolder) -> Iterator[str]:
    """Every point, as categories have neither a first nor a last."""
    points = zip(categories, series.points, strict=True)
    said = [folder.sentence("chart_of_category", category=category, value=point.text) for category, point in points]
    yield folder.sentence("chart_points", name=series.name, points="; ".join(said))


def _over_time(series: ChartSeries, categories: Sequence[str], folder: ReportFolder) -> Iterator[str]:
    """What the series shows, and of figures what is missing, may change or cannot be compared."""
    points = [*zip(categories, series.points, strict=True)]
    present = [named for named in points if named[1].value is not None]
    if present:
        yield _shown(series, present, folder)
    if series.role is SeriesRole.FIGURES:
        yield from _remarks(series.name, points, folder)


def _shown(series: ChartSeries, present: Sequence[_Named], folder: ReportFolder) -> str:
    first, last = present[0], present[-1]
    texts = {point.text for _, point in present}
    if series.role is SeriesRole.MARKED or len(present) == 1:
        listed = ", ".join(_said(named, folder) for named in present)
        return folder.sentence("chart_points", name=series.name, points=listed)
    if series.role is not SeriesRole.FIGURES and len(texts) == 1:
        return folder.sentence("chart_level", name=series.name, value=first[1].text, first=first[0], last=last[0])
    ends = {"name": series.name, "first": _said(first, folder), "last": _said(last, folder)}
    is_whole = all(point.state is not State.CONFIDENTIAL for point in series.points)
    if not is_whole or any(point.breaks for point in series.points[1:]):
        return folder.sentence("chart_ends", **ends)
    newest_first = present[::-1]
    highest, lowest = max(newest_first, key=_value), min(newest_first, key=_value)
    return folder.sentence("chart_series", **ends, highest=_said(highest, folder), lowest=_said(lowest, folder))


def _said(named: _Named, folder: ReportFolder) -> str:
    period, point = named
    return folder.sentence("chart_in_period", value=point.text, period=period)


def _value(named: _Named) -> Fraction:
    return named[1].value or Fraction(0)


def _remarks(name: str, points: Sequence[_Named], folder: ReportFolder) -> Iterator[str]:
    """One sentence for each state in which figures are missing; a confidential one is told apart from others."""
    states = dict.fromkeys(point.state for _, point in points if point.value is None)
    for state in states:
        periods = _runs([point.state is state for _, point in points], [category for category, _ in points])
        yield folder.sentence("chart_missing", name=name, state=state.value, periods=periods)
    for key, is_so in (
        ("chart_provisional", [point.is_provisional for _, point in points]),
        ("chart_break", [point.breaks and at > 0 for at, (_, point) in enumerate(points)]),
    ):
        if any(is_so):
            yield folder.sentence(key, name=name, periods=_runs(is_so, [category for category, _ in points]))


def _runs(is_so: Sequence[bool], categories: Sequence[str]) -> str:
    """`Apr 22, Jun 22 to Aug 22`: the categories of which something is so."""
    runs = groupby(zip(is_so, categories, strict=True), key=lambda each: each[0])
    several = [[category for _, category in run] for holds, run in runs if holds]
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in several)
