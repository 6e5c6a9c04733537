"""Control charts: an indicator's figures with their mean and limits, and those that are more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cpreport.compose.chart_words import described, judged_headline
from cpreport.compose.charts import ABSENT, CHART_PERIODS, Asked, check_figures, over_time, point_of, series_of
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.history import periods_of
from cpreport.compose.values import check_judged
from cpreport.compose.workings import mean_basis
from cpreport.model.chart import Chart, ChartSeries, Point, SeriesRole
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Nature
from cpreport.model.number import rounded
from cpreport.model.period import Frequency, Period
from cpreport.model.timeline import SpecialCause, Timeline, Variation, Verdict
from cpreport.model.working import Basis, Working, difference, product, total

_CHARTED = (Frequency.MONTH, Frequency.QUARTER)
_RANGES = Working(Fraction(266, 100))
"""How many mean moving ranges a limit is away from the mean."""


def variation_chart(timeline: Timeline, folder: ReportFolder, asked: Asked, number: object = CHART_PERIODS) -> Chart:
    """An indicator's control chart: its figures, their mean and limits, and those that are more than chance.

    Raises TemplateMistake where the rules of the judgement give it no chart.
    """
    if reason := _why_no_chart(timeline, folder):
        raise TemplateMistake(f"{timeline.indicator.id} has no control chart: {reason}")
    periods = periods_of([timeline], number, "variation_chart")
    check_figures([timeline], periods)
    levels, remarks = _levels(timeline, periods, folder)
    series = [series_of(timeline, periods, asked.ours), *levels, *_special(timeline, periods)]
    charted = list(timeline.charted)
    remarks.append(folder.sentence("chart_limits_of", first=charted[0].label, last=charted[-1].label))
    asked = asked._replace(caption=asked.caption or judged_headline(timeline, folder))
    return described(over_time([timeline], periods, series, asked), [timeline.indicator.name], folder, remarks)


def _why_no_chart(timeline: Timeline, folder: ReportFolder) -> str:
    """Why the rules of the judgement give an indicator no control chart; empty where they do."""
    check_judged(folder)
    indicator, newest = timeline.indicator, timeline.newest
    if indicator.kind is not Nature.FLOW:
        return 'it is a state on a day; for events within each period set kind = "flow" in indicators.toml'
    if indicator.rolling > 1:
        return f"each figure covers {indicator.rolling} {indicator.frequency.value}s"
    if indicator.frequency not in _CHARTED:
        return f"it has one figure for each {indicator.frequency.value}, not for each month or quarter"
    if newest.value is None:
        return f"the figure for {newest.period} is missing ({newest.state.value})"
    if not timeline.variation:
        return f"it needs {folder.judgement.points} figures up to {newest.period} without a gap or a break"
    is_few = timeline.judgement.verdict is Verdict.TOO_FEW
    return "its figures have too few events, or are of too few, to tell a change from chance" if is_few else ""


def _levels(timeline: Timeline, periods: Sequence[Period], folder: ReportFolder) -> tuple[list[ChartSeries], list[str]]:
    """The mean and the limits over the periods that they are of; a limit that no figure can reach is only said.

    They print with one decimal more than the figures, so that a figure can be seen to be beyond them.
    """
    indicator, chart = timeline.indicator, timeline.variation
    if chart is None:
        return [], []
    named = (
        ("Mean", chart.mean, SeriesRole.MEAN),
        ("Upper limit", chart.upper, SeriesRole.LIMIT),
        ("Lower limit", chart.lower, SeriesRole.LIMIT),
    )
    series: list[ChartSeries] = []
    remarks: list[str] = []
    has_negative = any((timeline.at(period).value or 0) < 0 for period in timeline.charted)
    for name, value, role in named:
        if (value < 0 and not has_negative) or (indicator.is_bounded and value > 100):
            remarks.append(folder.sentence("chart_no_limit", name=name))
        else:
            basis = Basis(indicator.id, what=name.lower(), working=_working(timeline, chart, value))
            level = Point(value, rounded(value, indicator.decimals + 1) + indicator.suffix, basis=basis)
            points = (level if period in timeline.charted else ABSENT for period in periods)
            series.append(ChartSeries(name, tuple(points), role))
    return series, remarks


def _working(timeline: Timeline, chart: Variation, value: Fraction) -> Working | None:
    """The mean of the charted figures, or that and 2.66 times their mean moving range."""
    mean = mean_basis(timeline.indicator, [timeline.at(period) for period in timeline.charted]).working
    if mean is None or value == chart.mean:
        return mean
    reach = product(_RANGES, Working((chart.upper - chart.mean) / _RANGES.value))
    return total(mean, reach) if value > chart.mean else difference(mean, reach)


def _special(timeline: Timeline, periods: Sequence[Period]) -> Iterator[ChartSeries]:
    """The figures that are more than chance, a series for each cause; one with several causes is in the first."""
    for cause in SpecialCause:
        is_so = [timeline.charted.get(period) is cause for period in periods]
        if any(is_so):
            marked = zip(is_so, periods, strict=True)
            points = (point_of(timeline, timeline.at(period)) if holds else ABSENT for holds, period in marked)
            yield ChartSeries(cause.value, tuple(points), SeriesRole.MARKED)
