"""Figures from the workbook's entries. Never raises: a figure that cannot be computed says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from operator import attrgetter

from cpreport.analysis.calendar import Calendar
from cpreport.analysis.judgement import judged
from cpreport.analysis.parts import Parts
from cpreport.model.figure import Benchmark, Figure, Given, State, Status, first_marker, most_doubtful, outside_life
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Source
from cpreport.model.period import Period, containing
from cpreport.model.timeline import Compared, Figures, Timeline, figures_of
from cpreport.model.workbook import Workbook

_STRONGER = (State.ERROR, State.CONFIDENTIAL)
_PARTS = tuple(Part)


def compute_figures(workbook: Workbook, folder: ReportFolder) -> Figures:
    """Every indicator's figures of all periods that the workbook or the report's tables name."""
    return _Computation(workbook, folder).figures()


class _Computation:
    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self._workbook = workbook
        self._folder = folder
        self._parts = Parts(workbook.entries, workbook.marks, folder, self._figure)
        self._calendar = Calendar(workbook, folder)
        self._changes = {
            name: tuple((self._containing(indicator, change.since), change) for change in indicator.changes)
            for name, indicator in folder.indicators.items()
        }
        self._breaks = {
            name: {period for period, change in changes if not change.is_comparable}
            for name, changes in self._changes.items()
        }
        for (name, period, _), mark in workbook.marks.items():
            if mark.breaks and name in self._breaks:
                self._breaks[name].add(period)
        self._benchmarks: dict[str, dict[str, Benchmark]] = {}
        for benchmark in workbook.benchmarks:
            self._benchmarks.setdefault(benchmark.indicator, {})[benchmark.comparator] = benchmark
        self._done: dict[str, dict[Period, Figure]] = {}

    def figures(self) -> Figures:
        versions = {
            name: {now: judged(self._timeline(indicator, now)) for now in self._calendar.candidates(indicator)}
            for name, indicator in self._folder.indicators.items()
        }
        periods = {sources: tuple(sorted(self._parts.periods_of(sources))) for sources in self._folder.compared()}
        given = {key: self._parts.from_source(*key) for key in self._held_against(periods)}
        return figures_of(versions, self._folder, given, periods)

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

    def _containing(self, indicator: Indicator, day: date) -> Period:
        """The period of an indicator's kind that a day is in."""
        return containing(self._calendar.kind(indicator), day, self._folder.terms)

    def _timeline(self, indicator: Indicator, now: Period) -> Timeline:
        figures = {period: self._figure(indicator, period) for period in self._periods(indicator, now)}
        breaks = self._breaks[indicator.id] | {period for period, figure in figures.items() if figure.breaks}
        return Timeline(
            indicator=indicator,
            figures=figures,
            now=now,
            due=self._calendar.due(indicator),
            benchmarks=self._benchmarks.get(indicator.id, {}),
            changes=self._changes[indicator.id],
            breaks=frozenset(breaks),
        )

    def _periods(self, indicator: Indicator, now: Period) -> list[Period]:
        """Those with rows, those that a table shows and one before each, and where entries carry, all up to now.

        They are of one kind, and in order.
        """
        periods = {period for period in self._parts.periods(indicator) if period.kind is now.kind}
        shown = {now, *(now.shift(offset) for offset in self._folder.offsets[indicator.frequency])}
        periods |= shown | {period.shift(-1) for period in shown}
        if since := self._parts.carried_since(indicator):
            first = self._containing(indicator, since)
            carried = (now.shift(-back) for back in range(now.ordinal - first.ordinal + 1))
            periods.update(filter(indicator.lives_in, carried))
        return sorted(periods, key=attrgetter("ordinal"))

    def _figure(self, indicator: Indicator, period: Period) -> Figure:
        done = self._done.setdefault(indicator.id, {})
        if period not in done:
            done[period] = self._computed(indicator, period)
        return done[period]

    def _computed(self, indicator: Indicator, period: Period) -> Figure:
        if outside := outside_life(indicator, period):
            return Figure(period, outside)
        numerator, denominator, given = [self._parts.given(indicator, part, period) for part in _PARTS]
        mark = self._parts.mark(indicator, period)
        parts = [part for part in (given, numerator, denominator) if part is not None]
        state, value = _value(indicator, numerator, denominator, given)
        if mark.state is not State.PRESENT:
            state, value = mark.state, None
        elif strong := [part.state for part in parts if part.state in _STRONGER]:
            state, value = strong[0], None
        elif state is State.BLANK and period > self._calendar.due(indicator, period.kind):
            state = State.NOT_DUE
        status = mark.status if mark.status is not Status.FINAL else most_doubtful([part.status for part in parts])
        breaks = mark.breaks or any(part.breaks for part in parts) or period in self._breaks[indicator.id]
        note = " ".join(dict.fromkeys(filter(None, [mark.note, *[part.note for part in parts]])))
        return Figure(period, state, value, numerator, denominator, given, status, breaks, note)


def _value(
    indicator: Indicator, numerator: Given | None, denominator: Given | None, given: Given | None
) -> tuple[State, Fraction | None]:
    """A figure's value in the printed unit: numerator / denominator × per, else the value as given.

    Where there is none, a marker where one of the parts has one, else blank.
    """
    count, total = (part.number if part else None for part in (numerator, denominator))
    is_number = indicator.measure is Measure.NUMBER
    if not is_number and count is not None and total is not None:
        if not total:
            return (State.ERROR if count else State.NO_FIGURE), None
        # One fraction is made, not three.
        ratio = Fraction(indicator.per * count.numerator * total.denominator, count.denominator * total.numerator)
        return State.PRESENT, ratio
    for part in (given, numerator) if is_number else (given,):
        if part and part.number is not None:
            return State.PRESENT, part.number
    parts = (given, numerator) if is_number else (numerator, denominator, given)
    states = (part.state for part in parts if part and part.state is not State.BLANK)
    marker = first_marker(*states)
    return (State.BLANK if marker is State.PRESENT else marker), None
