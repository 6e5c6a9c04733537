"""Figures from the workbook's entries. Never raises: a figure that cannot be computed says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from cpreport.analysis.comparison import directions, low, mean, peak, stance, year_to_date
from cpreport.analysis.parts import Parts
from cpreport.analysis.tables import Calendar, plan_tables
from cpreport.analysis.variation import variation
from cpreport.model.figure import Benchmark, Figure, Given, State, Status, most_doubtful, outside_life
from cpreport.model.folder import Condition, ReportFolder
from cpreport.model.history import Figures, History, TablePlan
from cpreport.model.indicator import Change, Indicator, Measure, Part
from cpreport.model.period import Kind, Period, Terms, containing
from cpreport.model.workbook import Workbook

_STRONGER = (State.ERROR, State.CONFIDENTIAL)


def compute_figures(workbook: Workbook, folder: ReportFolder) -> Figures:
    """Every indicator's figures of all periods that the workbook or the report's tables name."""
    return _Computation(workbook, folder).figures()


class _Computation:
    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self._workbook = workbook
        self._folder = folder
        self._parts = Parts(workbook.entries, workbook.marks, folder, self._figure)
        self._calendar = Calendar(workbook, folder)
        self._charted = _charted(folder)
        self._changes = {
            name: _changes(indicator, self._calendar.kind(indicator), folder.terms)
            for name, indicator in folder.indicators.items()
        }
        self._breaks = self._breaks_told()
        self._done: dict[str, dict[Period, Figure]] = {}

    def figures(self) -> Figures:
        benchmarks: dict[str, dict[str, Benchmark]] = {}
        for benchmark in self._workbook.benchmarks:
            benchmarks.setdefault(benchmark.indicator, {})[benchmark.comparator] = benchmark
        nows = self._calendar.nows()
        histories = {
            name: self._history(indicator, nows[name], benchmarks.get(name, {}))
            for name, indicator in self._folder.indicators.items()
        }

        def plan(some: Sequence[History]) -> tuple[TablePlan, ...]:
            return plan_tables(some, self._folder)

        tables = {s.id: plan([histories[name] for name in s.indicators]) for s in self._folder.sections}
        return Figures(histories, tables, plan, mean, peak, low, self._parts.from_source, self._parts.periods_of)

    def _breaks_told(self) -> dict[str, set[Period]]:
        """The periods at which each indicator breaks by a change of its definition or a mark of its own."""
        told = {
            name: {period for period, change in changes if not change.is_comparable}
            for name, changes in self._changes.items()
        }
        for (name, period, _), mark in self._workbook.marks.items():
            if mark.breaks and name in told:
                told[name].add(period)
        return told

    def _history(self, indicator: Indicator, now: Period, benchmarks: Mapping[str, Benchmark]) -> History:
        periods = {period for period in self._parts.periods(indicator) if period.kind is now.kind}
        shown = {now, *(now.shift(offset) for offset in self._folder.offsets[indicator.frequency])}
        periods |= shown | {period.shift(-1) for period in shown}
        figures = {period: self._figure(indicator, period) for period in sorted(periods)}
        changes = self._changes[indicator.id]
        breaks = self._breaks[indicator.id] | {period for period, figure in figures.items() if figure.breaks}
        year = indicator.cumulative
        history = History(
            indicator=indicator,
            figures=figures,
            now=now,
            directions=directions(figures),
            benchmarks=benchmarks,
            stances={name: stance(indicator, figures[now], benchmark) for name, benchmark in benchmarks.items()},
            cumulative=year_to_date(indicator, figures, now, year, breaks) if year else None,
            changes=changes,
            breaks=frozenset(breaks),
        )
        return replace(history, variation=variation(history)) if indicator.id in self._charted else history

    def _figure(self, indicator: Indicator, period: Period) -> Figure:
        done = self._done.setdefault(indicator.id, {})
        if period not in done:
            done[period] = self._computed(indicator, period)
        return done[period]

    def _computed(self, indicator: Indicator, period: Period) -> Figure:
        if outside := outside_life(indicator, period):
            return Figure(period, outside)
        numerator, denominator, given = (self._parts.given(indicator, part, period) for part in Part)
        mark = self._parts.mark(indicator, period)
        parts = [part for part in (given, numerator, denominator) if part is not None]
        state, value = _value(indicator, numerator, denominator, given)
        if mark.state is not State.PRESENT:
            state, value = mark.state, None
        elif strong := next((part.state for part in parts if part.state in _STRONGER), None):
            state, value = strong, None
        elif state is State.BLANK and not self._calendar.is_due(indicator, period):
            state = State.NOT_DUE
        status = mark.status if mark.status is not Status.FINAL else most_doubtful(part.status for part in parts)
        breaks = mark.breaks or any(part.breaks for part in parts) or period in self._breaks[indicator.id]
        note = " ".join(dict.fromkeys(text for text in (mark.note, *(part.note for part in parts)) if text))
        return Figure(period, state, value, numerator, denominator, given, status, breaks, note)


def _charted(folder: ReportFolder) -> set[str]:
    """The indicators whose control chart decides whether a slot must be filled."""
    return {
        name
        for section in folder.sections
        if any(Condition.SPECIAL_CAUSE in slot.required_when for slot in section.slots)
        for name in section.indicators
    }


def _changes(indicator: Indicator, kind: Kind, terms: Terms) -> tuple[tuple[Period, Change], ...]:
    """The changes of a definition by the periods in which they begin."""
    return tuple((containing(kind, change.since, terms), change) for change in indicator.changes)


def _value(
    indicator: Indicator, numerator: Given | None, denominator: Given | None, given: Given | None
) -> tuple[State, Fraction | None]:
    """A figure's value in the printed unit: numerator / denominator × per, else the value as given."""
    if indicator.measure is Measure.NUMBER:
        return _first_present(given, numerator)
    if not (numerator and denominator and numerator.number is not None and denominator.number is not None):
        state, value = _first_present(given)
        return (state, value) if value is not None else (_why_missing(numerator, denominator, given), None)
    if denominator.number == 0:
        return (State.NO_FIGURE if numerator.number == 0 else State.ERROR), None
    return State.PRESENT, Fraction(indicator.per * numerator.number, denominator.number)


def _first_present(*parts: Given | None) -> tuple[State, Fraction | None]:
    number = next((part.number for part in parts if part and part.number is not None), None)
    return (State.PRESENT, number) if number is not None else (_why_missing(*parts), None)


def _why_missing(*parts: Given | None) -> State:
    """A marker where one of the parts has one, else blank."""
    states = [part.state for part in parts if part and part.state not in (State.PRESENT, State.BLANK)]
    return states[0] if states else State.BLANK
