"""Charts of categories: authorities beside each other, and breakdowns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cpreport.compose.breakdown_values import BreakdownValue
from cpreport.compose.breakdowns import SHARE_DECIMALS, BreakdownColumn, BreakdownFigure, BreakdownView, category_basis
from cpreport.compose.chart_words import compared_headline, described, largest_headline
from cpreport.compose.charts import Asked, point_of, unit_of
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.wording import benchmark_text, figure_text
from cpreport.compose.workings import benchmark_basis, figure_basis
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point
from cpreport.model.document import EMPTY
from cpreport.model.figure import PROVISIONAL, Benchmark, Figure, State
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown
from cpreport.model.peers import PeerFigures
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_Bar = tuple[str, Point]


def comparison_chart(timeline: Timeline, peers: Iterable[PeerFigures], folder: ReportFolder, asked: Asked) -> Chart:
    """The newest figure of an indicator beside its benchmarks and its peers one by one, each with its period.

    Where the peers' figures are of another period, our own of that period stands there, too. Raises TemplateMistake
    where there is nothing that the figure can stand beside.
    """
    indicator, newest = timeline.indicator, timeline.newest
    if indicator.benchmarks_differ:
        raise TemplateMistake(f"{indicator.id} cannot be compared: its benchmarks are counted differently")
    ours = _named(asked.ours, newest.period.label), point_of(timeline, newest)
    bars = dict([ours, *_comparators(timeline, folder), *_peers(timeline, peers, asked)])
    _check_points(bars.values(), f"{indicator.id} has no two figures to compare: give it benchmarks, or use a tag")
    chart = Chart(
        kind=ChartKind.BARS,
        categories=tuple(bars),
        series=(ChartSeries(indicator.title, tuple(bars.values())),),
        unit=unit_of(indicator),
        decimals=max(indicator.decimals, indicator.benchmark_decimals),
        suffix=indicator.suffix,
        caption=asked.caption or compared_headline(timeline, folder),
        description="",
        name=asked.name,
        marked=0,
    )
    return described(chart, [indicator.name], folder)


def _named(name: str, period: str) -> str:
    return f"{name} ({period})" if period else name


def _check_points(points: Iterable[Point], problem: str) -> None:
    if sum(point.value is not None for point in points) < 2:
        raise TemplateMistake(problem)


def _comparators(timeline: Timeline, folder: ReportFolder) -> Iterator[_Bar]:
    """The comparators that have a benchmark or say why they have none."""
    for comparator in folder.comparators:
        if benchmark := timeline.benchmarks.get(comparator.id):
            period = benchmark.period or folder.benchmark_period
            yield _named(comparator.name, period), _bar(timeline, benchmark, folder)


def _bar(timeline: Timeline, benchmark: Benchmark, folder: ReportFolder) -> Point:
    text = benchmark_text(timeline.indicator, benchmark, folder.benchmark_period)
    is_provisional = benchmark.value is not None and benchmark.amount.status in PROVISIONAL
    basis = benchmark_basis(timeline.indicator, benchmark.comparator, benchmark, folder.benchmark_period)
    return Point(benchmark.value, text, benchmark.amount.state, is_provisional, basis=basis)


def _peers(timeline: Timeline, peers: Iterable[PeerFigures], asked: Asked) -> Iterator[_Bar]:
    """The members of each group in the newest period that makes an average, else that one publishes; highest first."""
    for group in peers:
        period = group.period or max(group.averages, default=None, key=lambda each: each.end)
        if period is None:
            continue
        figures = {name: each.get(period) for name, each in group.figures.items()}
        if ours := group.ours.get(period):
            yield _named(asked.ours, period.label), point_of(timeline, ours)
        for name in sorted(figures, key=lambda each: _size(figures[each]), reverse=True):
            yield _named(name, period.label), _peer(timeline, figures[name], name)


def _size(figure: Figure | None) -> tuple[bool, Fraction]:
    """Those without a figure come after all others."""
    value = figure.value if figure else None
    return value is not None, value or Fraction(0)


def _peer(timeline: Timeline, figure: Figure | None, name: str) -> Point:
    """A peer's figure; one that it does not publish is no gap in our data."""
    if figure is None:
        return Point(None, EMPTY, State.NO_FIGURE)
    is_provisional = figure.value is not None and figure.status in PROVISIONAL
    basis = figure_basis(timeline.indicator, figure, name)
    return Point(figure.value, figure_text(timeline.indicator, figure), figure.state, is_provisional, basis=basis)


def breakdown_chart(
    view: BreakdownView, value: BreakdownValue, now: Period, folder: ReportFolder, asked: Asked
) -> Chart:
    """A breakdown's counts or shares: a column for each group and period at each category; bars where there is one.

    `stacked` puts the categories of each group and period on top of each other. Counts leave out what has only shares.
    Raises TemplateMistake where there are not two figures.
    """
    share = asked.share
    id, title = view.breakdown.id, view.breakdown.title
    columns = [column for column in view.columns if share or not column.is_of_shares]
    names = [column.name or (now.label if asked.stacked else title) for column in columns]
    categories = [category or EMPTY for category in view.categories]
    rows = [[_of_breakdown(view.breakdown, column, each, share) for each in view.categories] for column in columns]
    if asked.stacked:
        names, categories, rows = categories, names, [list(points) for points in zip(*rows, strict=True)]
    hint = "" if share else "; its shares are drawn with share=true"
    _check_points((point for row in rows for point in row), f"the breakdown {id} has no two counts to draw{hint}")
    several = ChartKind.COLUMNS if len(names) > 1 else ChartKind.BARS
    chart = Chart(
        kind=ChartKind.STACKED if asked.stacked else several,
        categories=tuple(categories),
        series=tuple(ChartSeries(name, tuple(points)) for name, points in zip(names, rows, strict=True)),
        unit="%" if share else "Number",
        decimals=SHARE_DECIMALS if share else 0,
        suffix="%" if share else "",
        caption=asked.caption or largest_headline(title, now, value, folder),
        description="",
        name=asked.name,
        shown=() if asked.caption else value.largest().shown,
    )
    return described(chart, [title], folder)


def _of_breakdown(breakdown: Breakdown, column: BreakdownColumn, category: str, share: bool) -> Point:
    figure: BreakdownFigure = column.figure(category)
    basis = category_basis(breakdown, column, figure, category, share)
    if share:
        return Point(figure.share, figure.share_text, figure.state, basis=basis)
    count = None if figure.count is None else Fraction(figure.count)
    return Point(count, figure.count_text, figure.state, basis=basis)
