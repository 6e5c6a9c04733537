"""Figures compared with those of an earlier report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cpreport.model.figure import (
    Cause,
    CellRef,
    Change,
    Entry,
    Figure,
    Figures,
    History,
    Revision,
    State,
    Status,
    per_cent,
)
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.workbook import Earlier, Workbook

Origins = Mapping[tuple[str, Part], Entry]
"""The entries that a figure was computed from, by name and part."""


def with_revisions(figures: Figures, workbook: Workbook, folder: ReportFolder, earlier: Earlier) -> Figures:
    """The figures, with what the earlier report gave for those that have changed since.

    Reported are the periods up to the newest that the earlier report's tables showed. Figures change exactly, not as
    printed. One that is still there has the status `revised`, unless it has another. One that was missing has not
    changed.
    """
    comparison = _Comparison(workbook, folder, earlier)
    histories = {name: comparison.compared(history) for name, history in figures.histories.items()}
    tables = {s.id: figures.plan([histories[name] for name in s.indicators]) for s in folder.sections}
    return replace(figures, histories=histories, tables=tables)


class _Comparison:
    def __init__(self, workbook: Workbook, folder: ReportFolder, earlier: Earlier) -> None:
        self._reported = earlier.workbook.period
        self._earlier = earlier.figures.histories
        self._entries_now = {entry.cell: entry for entry in workbook.entries}
        self._entries_then = {entry.cell: entry for entry in earlier.workbook.entries}
        series = [*folder.series.values(), *earlier.folder.series.values()]
        self._carried = {row.id: row.title for row in reversed(series) if row.carry}

    def compared(self, history: History) -> History:
        """An indicator's history with its revisions."""
        then = self._earlier.get(history.indicator.id)
        if then is None or then.now.kind is not history.now.kind:
            return history
        revisions = {
            period: self._revision(history.indicator, history.at(period), then.indicator, was)
            for period, was in then.figures.items()
            if period <= then.now and _has_changed(history.at(period), was, history.indicator)
        }
        marked = {
            period: replace(figure, status=Status.REVISED)
            for period, figure in history.figures.items()
            if period in revisions and figure.state is State.PRESENT and figure.status is Status.FINAL
        }
        return replace(history, figures={**history.figures, **marked}, revisions=revisions) if revisions else history

    def _revision(self, indicator: Indicator, now: Figure, defined: Indicator, was: Figure) -> Revision:
        is_same = _formula(indicator) == _formula(defined)
        new, old = _origins(now, self._entries_now), _origins(was, self._entries_then)
        names = dict.fromkeys((*new, *old)) if is_same else [name for name in new if name in old]
        changes = tuple(
            Change(old.get(name), new.get(name)) for name in names if not _same(old.get(name), new.get(name))
        )
        moved_by = {entry.name for change in changes for entry in (change.now or change.was,) if entry}
        if moved_by and moved_by <= self._carried.keys():
            titles = tuple(self._carried[name] for name in sorted(moved_by))
            return Revision(self._reported, defined, was, Cause.SERIES, changes, titles)
        cause = Cause.FIGURES if changes or is_same else Cause.DEFINITION
        return Revision(self._reported, defined, was, cause, changes)


def _has_changed(now: Figure, was: Figure, indicator: Indicator) -> bool:
    if was.value is None:
        return False
    is_ratio = indicator.measure is not Measure.NUMBER
    return (
        now.value != was.value
        or (was.count is not None and now.count != was.count)
        or (is_ratio and was.total is not None and now.total != was.total)
    )


def _formula(indicator: Indicator) -> tuple[object, ...]:
    """What a figure's value follows from, besides entries and marks."""
    return indicator.measure, indicator.per, indicator.numerator, indicator.denominator


def _origins(figure: Figure, entries: Mapping[CellRef, Entry]) -> Origins:
    return {(entry.name, entry.part): entry for entry in _found(figure.cells, entries)}


def _found(cells: Iterable[CellRef], entries: Mapping[CellRef, Entry]) -> Iterable[Entry]:
    return (entries[cell] for cell in cells if cell in entries)


def _same(was: Entry | None, now: Entry | None) -> bool:
    if was is None or now is None:
        return False
    return was.amount.state is now.amount.state and per_cent(was.amount) == per_cent(now.amount)
