"""Figures compared with those of an earlier report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from cpreport.model.figure import CellRef, Entry, Figure, State, Status, per_cent
from cpreport.model.folder import ReportFolder
from cpreport.model.history import Figures, History
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period
from cpreport.model.revision import Cause, EntryChange, Printed, Revision
from cpreport.model.workbook import Earlier, Workbook

Origins = Mapping[tuple[str, Part], Entry]
"""The entries that a figure was computed from, by name and part."""


def with_revisions(
    figures: Figures, workbook: Workbook, folder: ReportFolder, earlier: Earlier, printed: Printed
) -> Figures:
    """The figures, with what the earlier report gave for those that have changed since.

    Reported are the periods up to the newest that the earlier report's tables showed. Figures are compared exactly; one
    that was missing has not changed. One that prints otherwise than before has the status `revised`, unless it has
    another.
    """
    return figures.mapped(_Comparison(workbook, folder, earlier, printed).compared)


class _Comparison:
    def __init__(self, workbook: Workbook, folder: ReportFolder, earlier: Earlier, printed: Printed) -> None:
        self._printed = printed
        self._folder, self._folder_then = folder, earlier.folder
        self._reported = earlier.workbook.period
        self._earlier = earlier.figures.histories
        self._periods = workbook.filled_periods
        self._entries_now = {entry.cell: entry for entry in workbook.entries}
        self._entries_then = {entry.cell: entry for entry in earlier.workbook.entries}
        series = [*folder.series.values(), *earlier.folder.series.values()]
        self._compared: dict[tuple[str, Period], History] = {}
        self._carried = {row.id: row.title for row in reversed(series) if row.carry}

    def compared(self, history: History) -> History:
        """An indicator's history, as a table has it, with its revisions."""
        key = (history.indicator.id, history.now)
        if key not in self._compared:
            self._compared[key] = self._revised(history)
        return self._compared[key]

    def _revised(self, history: History) -> History:
        then = self._earlier.get(history.indicator.id)
        if then is None or then.now.kind is not history.now.kind:
            return history
        revisions = {
            period: self._revision(history.indicator, history.at(period), then.indicator, was)
            for period, was in then.figures.items()
            if self._is_compared(period, history, then) and _has_changed(history.at(period), was, history.indicator)
        }
        marked = {
            period: replace(figure, status=Status.REVISED)
            for period, figure in history.figures.items()
            if period in revisions and revisions[period].is_visible and _is_unmarked(figure)
        }
        alike = {
            period: _without_status(history.at(period))
            for period, revision in revisions.items()
            if not revision.is_visible and history.at(period).status is Status.REVISED
        }
        figures = {**history.figures, **marked, **alike}
        return replace(history, figures=figures, revisions=revisions) if revisions else history

    def _is_compared(self, period: Period, history: History, then: History) -> bool:
        """Whether a figure was reported, is in both lives, and this workbook still has figures of its period."""
        alive = history.indicator.lives_in(period) and then.indicator.lives_in(period)
        return period <= then.now and alive and period in self._periods

    def _revision(self, indicator: Indicator, now: Figure, defined: Indicator, was: Figure) -> Revision:
        is_same = _formula(indicator, self._folder) == _formula(defined, self._folder_then)
        new, old = _origins(now, self._entries_now), _origins(was, self._entries_then)
        names = dict.fromkeys((*new, *old)) if is_same else [name for name in new if name in old]
        found = (self._change(old.get(name), new.get(name)) for name in names)
        changes = tuple(change for change in found if change)
        gave, gives = self._printed(defined, was), self._printed(indicator, now)
        is_visible = self._printed(defined, _without_status(was)) != self._printed(indicator, _without_status(now))
        is_told = now.status is Status.REVISED
        return Revision(self._reported, gave, gives, _cause(changes, is_same), changes, is_visible, is_told)

    def _change(self, was: Entry | None, now: Entry | None) -> EntryChange | None:
        """What has changed from one entry to the other; None where they say the same."""
        newer = now or was
        if newer is None or (was and now and _says(was) == _says(now)):
            return None
        return EntryChange(newer.name, newer.period, was, now, self._carried.get(newer.name, ""))


def _without_status(figure: Figure) -> Figure:
    return replace(figure, status=Status.FINAL)


def _is_unmarked(figure: Figure) -> bool:
    return figure.value is not None and figure.status is Status.FINAL


def _cause(changes: Sequence[EntryChange], is_defined_as_before: bool) -> Cause:
    if not changes:
        return Cause.FIGURES if is_defined_as_before else Cause.DEFINITION
    return Cause.SERIES if all(change.series for change in changes) else Cause.FIGURES


def _has_changed(now: Figure, was: Figure, indicator: Indicator) -> bool:
    if was.value is None:
        return False
    is_ratio = indicator.measure is not Measure.NUMBER
    return (
        now.value != was.value
        or (was.count is not None and now.count != was.count)
        or (is_ratio and was.total is not None and now.total != was.total)
    )


def _formula(indicator: Indicator, folder: ReportFolder) -> tuple[object, ...]:
    """What a figure's value follows from, besides entries and marks: also that of the indicators it refers to."""
    sources = (indicator.numerator, indicator.denominator)
    referred = (folder.indicators.get(source.name) if source else None for source in sources)
    formulas = (_formula(other, folder) for other in referred if other)
    return indicator.measure, indicator.per, *sources, *formulas


def _origins(figure: Figure, entries: Mapping[CellRef, Entry]) -> Origins:
    found = (entries[cell] for cell in figure.cells if cell in entries)
    return {(entry.name, entry.part): entry for entry in found}


def _says(entry: Entry) -> tuple[State, Fraction | None]:
    return entry.amount.state, per_cent(entry.amount)
