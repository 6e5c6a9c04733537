"""Charts of published figures: what tables print of them, as points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpreport.compose.chart_words import compared_headline, described, headline, judged_headline
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.history import periods_of
from cpreport.compose.quantity import in_words
from cpreport.compose.values import check_judged
from cpreport.compose.wording import benchmark_text, figure_text, shortened
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.document import EMPTY
from cpreport.model.figure import PROVISIONAL, Benchmark, Figure, State
from cpreport.model.folder import Comparator, ReportFolder
from cpreport.model.indicator import Indicator, Nature
from cpreport.model.number import rounded
from cpreport.model.period import Frequency, Period
from cpreport.model.period_text import period_or_none
from cpreport.model.timeline import SpecialCause, Timeline, Verdict

PERIODS = 25
"""How many periods a chart shows unless a template says otherwise: two years and the month two years ago."""

MOST_SERIES = 6
_ABSENT = Point(None, EMPTY, State.NOT_APPLICABLE)
_CHARTED = (Frequency.MONTH, Frequency.QUARTER)


class Asked(NamedTuple):
    """What a template gives any chart: its caption, empty for a computed one, and its name for references.

    `authority` is whose figures it shows, empty where it is not given; `about` what its section is about.
    """

    caption: object = ""
    name: object = ""
    authority: str = ""
    about: str = ""

    def checked(self) -> tuple[str, str]:
        """The caption and the name; TemplateMistake where one is not a text."""
        for option, given in (("caption", self.caption), ("name", self.name)):
            if not isinstance(given, str):
                raise TemplateMistake(f"{option} must be a text in quotes, not {in_words(given)}")
        return str(self.caption), str(self.name)

    @property
    def ours(self) -> str:
        """What labels our own figures where all are of one indicator, which the caption names."""
        return self.authority or "Our figures"


def trend_chart(
    timelines: Sequence[Timeline],
    folder: ReportFolder,
    asked: Asked,
    number: object = PERIODS,
    target: object = True,
    comparators: Sequence[Comparator] = (),
) -> Chart:
    """The figures of the last so many periods of some indicators, with their targets and benchmarks as lines.

    Raises TemplateMistake for indicators of two units or frequencies, and where there are not two figures of any.
    """
    caption, name = asked.checked()
    if not isinstance(target, bool):
        raise TemplateMistake(f"target must be true or false, not {in_words(target)}")
    periods = periods_of(timelines, number, "trend_chart")
    _check_alike(timelines)
    _check_figures(timelines, periods)
    titles = _titles(timelines) if len(timelines) > 1 else [asked.ours]
    series: list[ChartSeries] = []
    remarks: list[str] = []
    for timeline, title in zip(timelines, titles, strict=True):
        series.append(_figures(timeline, periods, title))
        if timeline.indicator.cumulative:
            frequency = timeline.now.kind.frequency.value
            remarks.append(folder.sentence("chart_each_alone", name=title, frequency=frequency))
    for timeline, title in zip(timelines, titles, strict=True):
        whose = f", {title}" if len(timelines) > 1 else ""
        series += _targets(timeline, periods, f"Target{whose}") if target else ()
        for comparator in comparators:
            drawn, said = _benchmark(timeline, comparator, periods, whose, folder)
            series += drawn
            remarks += said
    heading = caption or headline(timelines, periods, folder, asked.about)
    return described(_over_time(timelines, periods, series, heading, name), _names(timelines), folder, remarks)


def variation_chart(timeline: Timeline, folder: ReportFolder, asked: Asked, number: object = PERIODS) -> Chart:
    """An indicator's control chart: its figures, their mean and limits, and those that are more than chance.

    Raises TemplateMistake where the rules of the judgement give it no chart.
    """
    caption, name = asked.checked()
    if reason := _why_no_chart(timeline, folder):
        raise TemplateMistake(f"{timeline.indicator.id} has no control chart: {reason}")
    periods = periods_of([timeline], number, "variation_chart")
    _check_figures([timeline], periods)
    levels, remarks = _levels(timeline, periods, folder)
    series = [_figures(timeline, periods, asked.ours), *levels, *_special(timeline, periods)]
    charted = list(timeline.charted)
    remarks.append(folder.sentence("chart_limits_of", first=charted[0].label, last=charted[-1].label))
    heading = caption or judged_headline(timeline, folder)
    return described(_over_time([timeline], periods, series, heading, name), _names([timeline]), folder, remarks)


def comparison_chart(timeline: Timeline, folder: ReportFolder, asked: Asked) -> Chart:
    """The newest figure of an indicator beside its benchmarks, each with its period.

    Raises TemplateMistake where there is nothing that it can stand beside.
    """
    caption, name = asked.checked()
    indicator, newest = timeline.indicator, timeline.newest
    if indicator.benchmarks_differ:
        raise TemplateMistake(f"{indicator.id} cannot be compared: its benchmarks are counted differently")
    ours = (f"{asked.ours} ({newest.period.label})", _point(timeline, newest))
    bars = [ours, *_others(timeline, folder)]
    if sum(point.value is not None for _, point in bars) < 2:
        raise TemplateMistake(f"{indicator.id} has no two figures to compare: give it benchmarks, or use a tag")
    chart = Chart(
        kind=ChartKind.BARS,
        categories=tuple(category for category, _ in bars),
        series=(ChartSeries(indicator.title, tuple(point for _, point in bars)),),
        unit=_unit(indicator),
        decimals=indicator.decimals,
        suffix=indicator.suffix,
        caption=caption or compared_headline(timeline, folder),
        description="",
        name=name,
        marked=0,
    )
    return described(chart, _names([timeline]), folder)


def _over_time(
    timelines: Sequence[Timeline], periods: Sequence[Period], series: Sequence[ChartSeries], caption: str, name: str
) -> Chart:
    indicator = timelines[0].indicator
    return Chart(
        kind=ChartKind.LINES,
        categories=tuple(period.label for period in periods),
        series=tuple(series),
        unit=_unit(indicator),
        decimals=max(timeline.indicator.decimals for timeline in timelines),
        suffix=indicator.suffix,
        caption=caption,
        description="",
        name=name,
        dates=tuple(period.end for period in periods),
    )


def _check_alike(timelines: Sequence[Timeline]) -> None:
    """Raises TemplateMistake for too many indicators, one that is there twice, and those of two units."""
    first, *others = [timeline.indicator for timeline in timelines]
    if len(timelines) > MOST_SERIES:
        raise TemplateMistake(f"trend_chart(…) shows at most {MOST_SERIES} indicators, not {len(timelines)}")
    names = [timeline.indicator.id for timeline in timelines]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise TemplateMistake(f"trend_chart(…) has {twice} twice")
    if other := next((each for each in others if _unit(each) != _unit(first)), None):
        one, two = (f"{each.id} is in '{_unit(each)}'" for each in (first, other))
        raise TemplateMistake(f"trend_chart(…) needs one unit: {one}, {two}; make two charts")


def _unit(indicator: Indicator) -> str:
    """The unit of a figure's value, without what explains the bracket after it."""
    return indicator.unit.removesuffix(" (number)").removesuffix(" (number/out of)")


def _check_figures(timelines: Sequence[Timeline], periods: Sequence[Period]) -> None:
    """Raises TemplateMistake where no indicator has two figures: one alone is no trend."""
    if any(sum(timeline.at(period).value is not None for period in periods) > 1 for timeline in timelines):
        return
    names = " and ".join(timeline.indicator.id for timeline in timelines)
    span = f"from {periods[0]} to {periods[-1]}"
    raise TemplateMistake(f"a chart needs two figures of an indicator, which {names} lacks {span}: use a tag")


def _titles(timelines: Sequence[Timeline]) -> list[str]:
    """What labels the indicators: their titles' first words, or their names where two of these are alike."""
    titles = [shortened(timeline.indicator.title) for timeline in timelines]
    return _names(timelines) if len(set(titles)) < len(titles) else titles


def _names(timelines: Iterable[Timeline]) -> list[str]:
    return [timeline.indicator.name for timeline in timelines]


def _figures(timeline: Timeline, periods: Iterable[Period], title: str) -> ChartSeries:
    return ChartSeries(title, tuple(_point(timeline, timeline.at(period)) for period in periods))


def _point(timeline: Timeline, figure: Figure) -> Point:
    return Point(
        figure.value,
        figure_text(timeline.indicator, figure),
        figure.state,
        figure.value is not None and figure.status in PROVISIONAL,
        figure.period in timeline.breaks,
    )


def _targets(timeline: Timeline, periods: Iterable[Period], name: str) -> Iterator[ChartSeries]:
    """The targets in force; none of a year to date, as that is not what the chart shows.

    The line begins anew where another target comes into force.
    """
    indicator, points = timeline.indicator, list[Point]()
    for period in [] if indicator.cumulative else periods:
        target = indicator.target_at(period)
        value = target.value if target else None
        breaks = bool(points) and points[-1].value != value
        text = EMPTY if value is None else indicator.printed_target(value)
        points.append(_ABSENT if value is None else Point(value, text, breaks=breaks))
    if any(point.value is not None for point in points):
        yield ChartSeries(name, tuple(points), SeriesRole.TARGET)


def _benchmark(
    timeline: Timeline, comparator: Comparator, periods: Sequence[Period], whose: str, folder: ReportFolder
) -> tuple[list[ChartSeries], list[str]]:
    """A comparator's line, named with the benchmark's period, or a sentence that says why there is none.

    A benchmark stands for periods that do not begin before its own, and do not end so long after it that the judgement
    would no longer compare them.
    """
    indicator, benchmark = timeline.indicator, timeline.benchmarks.get(comparator.id)
    text = benchmark_text(indicator, benchmark, folder.benchmark_period)
    stated = (benchmark.period if benchmark else "") or folder.benchmark_period
    name = f"{comparator.heading} ({stated}){whose}" if stated else comparator.heading + whose
    own, value = period_or_none(stated, folder.terms), benchmark.value if benchmark else None
    age = folder.judgement.benchmark_age
    stands = [own is not None and period.start >= own.start and period.months_after(own) <= age for period in periods]
    if value is None:
        return [], [folder.sentence("chart_points", name=comparator.heading + whose, points=text)]
    if indicator.benchmarks_differ or not any(stands):
        reason = "counted differently" if indicator.benchmarks_differ else "other periods"
        return [], [folder.sentence("chart_not_drawn", name=name, value=text, reason=reason)]
    points = (Point(value, text) if is_so else _ABSENT for is_so in stands)
    return [ChartSeries(name, tuple(points), SeriesRole.COMPARATOR)], []


def _others(timeline: Timeline, folder: ReportFolder) -> Iterator[tuple[str, Point]]:
    """The comparators that have a benchmark or say why they have none, each with its period."""
    for comparator in folder.comparators:
        if benchmark := timeline.benchmarks.get(comparator.id):
            stated = benchmark.period or folder.benchmark_period
            yield f"{comparator.name} ({stated})" if stated else comparator.name, _bar(timeline, benchmark, folder)


def _bar(timeline: Timeline, benchmark: Benchmark, folder: ReportFolder) -> Point:
    text = benchmark_text(timeline.indicator, benchmark, folder.benchmark_period)
    is_provisional = benchmark.value is not None and benchmark.amount.status in PROVISIONAL
    return Point(benchmark.value, text, benchmark.amount.state, is_provisional)


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
            level = Point(value, rounded(value, indicator.decimals + 1) + indicator.suffix)
            points = (level if period in timeline.charted else _ABSENT for period in periods)
            series.append(ChartSeries(name, tuple(points), role))
    return series, remarks


def _special(timeline: Timeline, periods: Sequence[Period]) -> Iterator[ChartSeries]:
    """The figures that are more than chance, a series for each cause; one with several causes is in the first."""
    for cause in SpecialCause:
        is_so = [timeline.charted.get(period) is cause for period in periods]
        if any(is_so):
            marked = zip(is_so, periods, strict=True)
            points = (_point(timeline, timeline.at(period)) if holds else _ABSENT for holds, period in marked)
            yield ChartSeries(cause.value, tuple(points), SeriesRole.MARKED)
