"""Figures from the workbook's entries, of its month and of those before it.

Never raises: a figure that cannot be computed says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING

from cpreport.analysis.judgement import judged
from cpreport.analysis.parts import Parts
from cpreport.analysis.peers import benchmarks_of, peers_of, with_ours
from cpreport.analysis.status import statuses
from cpreport.analysis.value import value_of
from cpreport.model.errors import EnvironmentFailure
from cpreport.model.figure import Benchmark, Figure, State, Status, most_doubtful, outside_life
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part, Source
from cpreport.model.period import Frequency, Kind, Period, containing, newest_ended
from cpreport.model.period_text import period_or_none
from cpreport.model.published import Published
from cpreport.model.status import SaidStatus
from cpreport.model.tags import opens_tag
from cpreport.model.timeline import Compared, Figures, Timeline, figures_of
from cpreport.model.workbook import Earlier, Narratives, Workbook, stated_benchmark_period

if TYPE_CHECKING:
    from pandas import DataFrame

_PARTS = tuple(Part)
_YEARS = tuple(kind for kind in Kind if kind.frequency is Frequency.YEAR)


def compute_figures(workbook: Workbook, folder: ReportFolder) -> Figures:
    """Every indicator's figures of all periods that the workbook or the report's tables name."""
    return _Computation(workbook, folder).figures()


def months_before(published: Published, folder: ReportFolder, earlier: Sequence[Earlier]) -> list[Earlier]:
    """The months of the last three periods, and of the first of `earlier`, that have narratives, with their figures.

    Those of a period without a workbook are the newest workbook's, as they would have been then.
    """
    now = Earlier(published.workbook, folder, published.figures)
    known = {each.workbook.period: each for each in (*reversed(earlier), now)}
    oldest = now.workbook.period.shift(-3)
    read = dict(now.workbook.earlier_narratives)
    for then in (each.workbook for each in earlier if each is earlier[0] or each.workbook.period >= oldest):
        read[then.period] = {**then.narratives, **read.get(then.period, {})}
    return [_month_of(period, narratives, known.get(period, now)) for period, narratives in read.items()]


def _month_of(period: Period, narratives: Narratives, month: Earlier) -> Earlier:
    """`month` is the period's own, or the newest, which has its figures too: only tags need them."""
    workbook = replace(month.workbook, narratives=narratives)
    if period == workbook.period:
        return month._replace(workbook=workbook)
    workbook = replace(workbook, period=period, data_as_at=period.end)
    needs_figures = any(opens_tag(each.text) for narrative in narratives.values() for each in narrative.passages)
    figures = compute_figures(workbook, month.folder) if needs_figures else month.figures
    return Earlier(workbook, month.folder, figures)


class _Computation:
    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self._workbook = workbook
        self._folder = folder
        self._newest = {kind: newest_ended(kind, workbook.data_as_at, folder.terms) for kind in Kind}
        self._newest[workbook.period.kind] = workbook.period
        self._year_kinds = defaultdict[str, set[Kind]](set)
        for entry in workbook.entries:
            if entry.amount.state is not State.BLANK and entry.period.kind in _YEARS:
                self._year_kinds[entry.name].add(entry.period.kind)
        self._kinds = {name: self._kind(indicator) for name, indicator in folder.indicators.items()}
        self._known = defaultdict[str, dict[Period, Figure]](dict)
        self._parts = Parts(workbook.entries, workbook.marks, folder, self._figure)
        self._changes = {
            name: tuple(
                (containing(self._kinds[name], change.since, folder.terms), change) for change in indicator.changes
            )
            for name, indicator in folder.indicators.items()
        }
        self._breaks = {
            name: {period for period, change in changes if not change.is_comparable}
            for name, changes in self._changes.items()
        }
        for (name, period, _), mark in workbook.marks.items():
            if mark.breaks and name in self._breaks:
                self._breaks[name].add(period)
        self._stated = period_or_none(stated_benchmark_period(workbook, folder), folder.terms)
        self._peers = peers_of(workbook, folder)
        of_peers = benchmarks_of(self._peers, folder, self._stated)
        there = {each[:2] for each in workbook.benchmarks if each.amount.state is not State.BLANK}
        self._benchmarks = defaultdict[str, dict[str, tuple[Benchmark, ...]]](dict)
        for benchmark in (*workbook.benchmarks, *(each for each in of_peers if each[:2] not in there)):
            of_indicator = self._benchmarks[benchmark.indicator]
            of_indicator[benchmark.comparator] = (*of_indicator.get(benchmark.comparator, ()), benchmark)
        self._said = defaultdict[str, dict[Period, SaidStatus]](dict)
        for (name, period), said in workbook.statuses.items():
            self._said[name][period] = said

    def figures(self) -> Figures:
        versions = {
            name: {now: self._judged(indicator, now, self._stated) for now in self._candidates(indicator)}
            for name, indicator in self._folder.indicators.items()
        }
        periods = {sources: tuple(sorted(self._parts.periods_of(sources))) for sources in self._folder.compared()}
        given = {key: self._parts.from_source(*key) for key in self._held_against(periods)}
        self._parts.forget()
        figures = figures_of(versions, self._folder, given, periods, self._workbook.about.last_report)
        return replace(figures, peers=with_ours(self._peers, figures.timelines))

    def _judged(self, indicator: Indicator, now: Period, stated: Period | None) -> Timeline:
        """A timeline with all that its figures say; what an officer says of the month is of its newest figure."""
        timeline = judged(self._timeline(indicator, now), self._folder, stated)
        said = dict(self._said[indicator.id])
        newest = timeline.newest.period
        if newest not in said and (of_month := said.get(self._workbook.period)):
            said[newest] = of_month
        return replace(timeline, statuses=statuses(timeline, self._folder.tolerance, said))

    def _held_against(self, periods: Compared) -> Iterator[tuple[Source, Period]]:
        """The sources that are compared, stocks also one period before, and what breakdowns break down."""
        for sources, found in periods.items():
            yield from product(sources, found)
        for flow in self._folder.stocks:
            yield from ((flow.stock, period.shift(-1)) for period in periods[flow.stock, flow.starts, flow.ends])
        counted = [(count.breakdown, count.period) for count in self._workbook.breakdowns]
        for name, period in (*counted, *((name, None) for name in self._folder.breakdowns)):
            if of := self._folder.breakdowns[name].of:
                yield of, period or self._workbook.period

    def _kind(self, indicator: Indicator) -> Kind:
        """Yearly figures have the kind of year that the indicator's data have: April to March unless all are others."""
        if indicator.frequency is Frequency.YEAR and self._years_of(indicator.id) == {Kind.CALENDAR_YEAR}:
            return Kind.CALENDAR_YEAR
        return Kind(indicator.frequency.value)

    def _years_of(self, name: str) -> set[Kind]:
        """The kinds of year in a name's own rows; where it has none, in those it refers to, carried ones last."""
        indicator = self._folder.indicators.get(name)
        if name not in self._year_kinds and indicator:
            sources = [source.name for source in (indicator.numerator, indicator.denominator) if source]
            series = self._folder.series
            steady = (self._years_of(source) for source in sources if source not in series or not series[source].carry)
            self._year_kinds[name] = set().union(*steady) or set().union(*map(self._years_of, sources))
        return self._year_kinds[name]

    def _candidates(self, indicator: Indicator) -> list[Period]:
        """The periods that may be the newest of a table with an indicator, newest first.

        It is the reporting period; of another kind any that has ended, down to the last one that is due.
        """
        kind = self._kinds[indicator.id]
        lag = 0 if kind is self._workbook.period.kind else indicator.lag
        return [self._newest[kind].shift(-back) for back in range(lag + 1)]

    def _timeline(self, indicator: Indicator, now: Period) -> Timeline:
        name = indicator.id
        figures = {period: self._figure(name, period) for period in self._periods(indicator, now)}
        breaks = self._breaks[name] | {period for period, figure in figures.items() if figure.breaks}
        benchmarks = self._benchmarks.get(name, {})
        return Timeline(
            indicator=indicator,
            figures=figures,
            now=now,
            due=self._newest[now.kind].shift(-indicator.lag),
            benchmarks={comparator: several[-1] for comparator, several in benchmarks.items()},
            changes=self._changes[name],
            breaks=frozenset(breaks),
            benchmark_history=benchmarks,
        )

    def _periods(self, indicator: Indicator, now: Period) -> list[Period]:
        """Those with rows, those that a table shows and one before each, and where entries carry, all up to now.

        They are of one kind, and in order.
        """
        periods = {period for period in self._parts.periods(indicator.id) if period.kind is now.kind}
        shown = {now, *(now.shift(offset) for offset in self._folder.reach(indicator.frequency))}
        periods |= shown | {period.shift(-1) for period in shown}
        if since := self._parts.carried_since(indicator.id):
            first = containing(now.kind, since, self._folder.terms)
            carried = (now.shift(-back) for back in range(now.ordinal - first.ordinal + 1))
            periods.update(filter(indicator.lives_in, carried))
        return sorted(periods, key=attrgetter("ordinal"))

    def _figure(self, name: str, period: Period) -> Figure:
        known = self._known[name]
        if period not in known:
            known[period] = self._computed(name, period)
        return known[period]

    def _computed(self, name: str, period: Period) -> Figure:
        indicator = self._folder.indicators[name]
        if outside := outside_life(indicator, period):
            return Figure(period, outside)
        numerator, denominator, given = [self._parts.given(indicator, part, period) for part in _PARTS]
        mark = self._parts.mark(name, period)
        parts = [part for part in (given, numerator, denominator) if part]
        state, value = value_of(indicator, numerator, denominator, given)
        if mark.state is not State.PRESENT:
            state, value = mark.state, None
        elif state is State.BLANK and period > self._newest[period.kind].shift(-indicator.lag):
            state = State.NOT_DUE
        status = mark.status if mark.status is not Status.FINAL else most_doubtful([part.status for part in parts])
        breaks = mark.breaks or any(part.breaks for part in parts) or period in self._breaks[name]
        note = " ".join(dict.fromkeys(filter(None, [mark.note, *[part.note for part in parts]])))
        return Figure(period, state, value, numerator, denominator, given, status, breaks, note)


def frame(records: Sequence[Mapping[str, object]]) -> DataFrame:
    """Figures as a pandas table, one row each: numbers as floats (NaN for none), `period_start` as a date (or NaT).

    Raises EnvironmentFailure where pandas is not installed.
    """
    try:
        from pandas import DataFrame, to_datetime
    except ImportError as error:
        raise EnvironmentFailure(
            'month.to_frame() needs pandas, which is not installed: pip install "cpreport[pandas]"'
        ) from error
    table = DataFrame.from_records(records)
    numbers = dict.fromkeys(("value", "numerator", "denominator"), float)
    return table.assign(period_start=to_datetime(table["period_start"])).astype(numbers)
