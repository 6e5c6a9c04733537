"""Charts of published figures over time: what tables print of them, as points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cpreport.compose.breakdowns import read_compared
from cpreport.compose.chart_words import described, headline
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.history import periods_of
from cpreport.compose.table_options import Reader, each_read, read_caption, read_comparators, read_flag, read_name
from cpreport.compose.wording import benchmark_text, figure_text, shortened
from cpreport.compose.workings import TARGET, benchmark_basis, figure_basis, plain_basis
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.document import EMPTY
from cpreport.model.figure import PROVISIONAL, Benchmark, Figure, State
from cpreport.model.folder import Comparator, ReportFolder
from cpreport.model.indicator import Indicator
from cpreport.model.period import Period
from cpreport.model.period_text import period_or_none
from cpreport.model.timeline import Timeline

CHART_PERIODS = 25
"""How many periods a chart shows unless a template says otherwise: two years and the month two years ago."""

MOST_SERIES = 6
ABSENT = Point(None, EMPTY, State.NOT_APPLICABLE)
"""Where a series other than of figures has no point."""


class Asked(NamedTuple):
    """What a template asks of a chart, and what it is of. Each kind of chart has some of the options.

    `caption` is empty for a computed one, `name` where nothing refers to the chart. `target` and `comparators` are the
    lines beside the figures. `authority` is whose figures it shows, empty where it is not given; `about` what its
    section is about.
    """

    caption: str = ""
    name: str = ""
    target: bool = True
    comparators: tuple[Comparator, ...] = ()
    share: bool = False
    stacked: bool = False
    compare: bool = True
    authority: str = ""
    about: str = ""

    @property
    def ours(self) -> str:
        """What labels our own figures where all are of one indicator, which the caption names."""
        return self.authority or "Our figures"


def _as_given(_name: str, value: object, _: ReportFolder) -> object:
    return value


_OF_EACH: Mapping[str, Reader] = {"caption": read_caption, "name": read_name}
_READERS: Mapping[str, Mapping[str, Reader]] = {
    "trend_chart": {"periods": _as_given, "target": read_flag, "comparators": read_comparators},
    "variation_chart": {"periods": _as_given},
    "comparison_chart": {},
    "breakdown_chart": {"share": read_flag, "stacked": read_flag, "compare": read_compared},
}
"""How each option of a function is read; the number of periods is read with the figures."""


def asked_of(
    function: str, given: Mapping[str, object], folder: ReportFolder, authority: str = "", about: str = ""
) -> Asked:
    """The options of a chart; raises TemplateMistake for one that it may not have."""
    read = each_read(function, given, {**_READERS[function], **_OF_EACH}, folder)
    return Asked(**read, authority=authority, about=about)


def trend_chart(
    timelines: Sequence[Timeline],
    folder: ReportFolder,
    asked: Asked,
    number: object = CHART_PERIODS,
) -> Chart:
    """The figures of the last so many periods of some indicators, with their targets and benchmarks as lines.

    Raises TemplateMistake for indicators of two units or frequencies, and where there are not two figures of any.
    """
    periods = periods_of(timelines, number, "trend_chart")
    _check_alike(timelines)
    check_figures(timelines, periods)
    titles = _titles(timelines) if len(timelines) > 1 else [asked.ours]
    series: list[ChartSeries] = []
    remarks: list[str] = []
    for timeline, title in zip(timelines, titles, strict=True):
        series.append(series_of(timeline, periods, title))
        if timeline.indicator.cumulative:
            frequency = timeline.now.kind.frequency.value
            remarks.append(folder.sentence("each_alone", title=title, period=frequency))
    series += _target_lines(timelines, titles, periods) if asked.target else ()
    for timeline, title in zip(timelines, titles, strict=True):
        whose = f", {title}" if len(timelines) > 1 else ""
        for comparator in asked.comparators:
            drawn, said = _benchmark(timeline, comparator, periods, whose, folder)
            series += drawn
            remarks += said
    asked = asked._replace(caption=asked.caption or headline(timelines, periods, folder, asked.about))
    return described(over_time(timelines, periods, series, asked), _names(timelines), folder, remarks)


def over_time(
    timelines: Sequence[Timeline], periods: Sequence[Period], series: Sequence[ChartSeries], asked: Asked
) -> Chart:
    """Lines over some periods, in the unit of the first indicator; not described yet."""
    indicator = timelines[0].indicator
    return Chart(
        kind=ChartKind.LINES,
        categories=tuple(period.label for period in periods),
        series=tuple(series),
        unit=unit_of(indicator),
        decimals=max(timeline.indicator.decimals for timeline in timelines),
        suffix=indicator.suffix,
        caption=asked.caption,
        description="",
        name=asked.name,
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
    if other := next((each for each in others if unit_of(each) != unit_of(first)), None):
        one, two = (f"{each.id} is in '{unit_of(each)}'" for each in (first, other))
        raise TemplateMistake(f"trend_chart(…) needs one unit: {one}, {two}; make two charts")


def unit_of(indicator: Indicator) -> str:
    """The unit of a figure's value, without what explains the bracket after it."""
    return indicator.unit.removesuffix(" (number)").removesuffix(" (number/out of)")


def check_figures(timelines: Sequence[Timeline], periods: Sequence[Period]) -> None:
    """Raises TemplateMistake where no indicator has two figures: one alone is no trend."""
    if any(sum(timeline.at(period).value is not None for period in periods) > 1 for timeline in timelines):
        return
    names = " and ".join(timeline.indicator.id for timeline in timelines)
    span = f"from {periods[0]} to {periods[-1]}"
    raise TemplateMistake(f"a chart needs two figures; {span} there is at most one of {names}: use a tag")


def _titles(timelines: Sequence[Timeline]) -> list[str]:
    """What labels the indicators: their titles' first words, or their names where two of these are alike."""
    titles = [shortened(timeline.indicator.title) for timeline in timelines]
    return _names(timelines) if len(set(titles)) < len(titles) else titles


def _names(timelines: Iterable[Timeline]) -> list[str]:
    return [timeline.indicator.name for timeline in timelines]


def series_of(timeline: Timeline, periods: Iterable[Period], title: str) -> ChartSeries:
    """An indicator's figures of some periods."""
    return ChartSeries(title, tuple(point_of(timeline, timeline.at(period)) for period in periods))


def point_of(timeline: Timeline, figure: Figure) -> Point:
    """A figure as tables print it."""
    return Point(
        figure.value,
        figure_text(timeline.indicator, figure),
        figure.state,
        figure.value is not None and figure.status in PROVISIONAL,
        figure.period in timeline.breaks,
        figure_basis(timeline.indicator, figure),
    )


def _target_lines(
    timelines: Sequence[Timeline], titles: Sequence[str], periods: Sequence[Period]
) -> Iterator[ChartSeries]:
    """The targets of each indicator that has some; one line where all indicators have the same."""
    targets = [_targets(timeline, periods) for timeline in timelines]
    alike = {tuple(point._replace(basis=None) for point in points) for points in targets}
    names = ["Target"] if len(alike) == 1 else [f"Target, {title}" for title in titles]
    for name, points in zip(names, targets, strict=False):
        if any(point.value is not None for point in points):
            yield ChartSeries(name, points, SeriesRole.TARGET)


def _targets(timeline: Timeline, periods: Iterable[Period]) -> tuple[Point, ...]:
    """The targets in force; none of a year to date, as that is not what the chart shows.

    The line begins anew where another target comes into force.
    """
    indicator, points = timeline.indicator, list[Point]()
    for period in [] if indicator.cumulative else periods:
        target = indicator.target_at(period)
        value = target.value if target else None
        breaks = bool(points) and points[-1].value != value
        text = EMPTY if value is None else indicator.printed_target(value)
        basis = None if value is None else plain_basis(value, TARGET, indicator.id, period)
        points.append(ABSENT if value is None else Point(value, text, breaks=breaks, basis=basis))
    return tuple(points)


def _benchmark(
    timeline: Timeline, comparator: Comparator, periods: Sequence[Period], whose: str, folder: ReportFolder
) -> tuple[list[ChartSeries], list[str]]:
    """A comparator's line, or a sentence that says why there is none.

    The line is named with its benchmark's period, unless there are several. It begins anew where another benchmark
    stands, unless each period has its own.
    """
    indicator, newest = timeline.indicator, timeline.benchmarks.get(comparator.id)
    stands = _standing(timeline.benchmark_history.get(comparator.id, ()), periods, folder)
    drawn = () if indicator.benchmarks_differ else tuple(dict.fromkeys(filter(None, stands)))
    if not drawn:
        return [], [_not_drawn(timeline, comparator, newest, whose, folder)]
    name = comparator.heading if len(drawn) > 1 else _dated(comparator, drawn[0], folder)
    is_stepped = len(drawn) < sum(each is not None for each in stands)
    points: list[Point] = []
    for before, benchmark in zip((None, *stands), stands, strict=False):
        text = benchmark_text(indicator, benchmark, folder.benchmark_period)
        breaks = is_stepped and before is not None and before != benchmark
        basis = benchmark_basis(indicator, comparator.id, benchmark, folder.benchmark_period)
        points.append(Point(benchmark.value, text, breaks=breaks, basis=basis) if benchmark else ABSENT)
    return [ChartSeries(name + whose, tuple(points), SeriesRole.COMPARATOR)], []


def _not_drawn(
    timeline: Timeline, comparator: Comparator, newest: Benchmark | None, whose: str, folder: ReportFolder
) -> str:
    """Why there is no line: there is no benchmark, or it cannot stand beside these figures."""
    text = benchmark_text(timeline.indicator, newest, folder.benchmark_period)
    if newest is None or newest.value is None:
        return folder.sentence("chart_points", name=comparator.heading + whose, points=text)
    reason = "counted differently" if timeline.indicator.benchmarks_differ else "other periods"
    name = _dated(comparator, newest, folder) + whose
    return folder.sentence("chart_not_drawn", name=name, value=text, reason=reason)


def _standing(
    benchmarks: Sequence[Benchmark], periods: Iterable[Period], folder: ReportFolder
) -> list[Benchmark | None]:
    """The newest benchmark that stands for each period, if one does.

    A benchmark stands for periods that do not begin before its own, and do not end so long after it that the judgement
    would no longer compare them.
    """
    newest_first = [each for each in reversed(benchmarks) if each.value is not None]
    dated = [(period_or_none(each.period or folder.benchmark_period, folder.terms), each) for each in newest_first]
    age = folder.judgement.benchmark_age

    def stands_for(period: Period, own: Period | None) -> bool:
        return own is not None and period.start >= own.start and period.months_after(own) <= age

    return [next((each for own, each in dated if stands_for(period, own)), None) for period in periods]


def _dated(comparator: Comparator, benchmark: Benchmark, folder: ReportFolder) -> str:
    """`SN (2021/22)`."""
    period = benchmark.period or folder.benchmark_period
    return f"{comparator.heading} ({period})" if period else comparator.heading
