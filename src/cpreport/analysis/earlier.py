"""Figures compared with those of earlier reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cpreport.model.figure import PROVISIONAL, CellRef, Entry, Figure, State, Status, per_cent
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period
from cpreport.model.revision import Cause, EntryChange, Revision
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import Earlier, Workbook


def with_revisions(figures: Figures, workbook: Workbook, folder: ReportFolder, earlier: Sequence[Earlier]) -> Figures:
    """The figures, with what earlier reports gave for those that have changed since.

    The first of `earlier` is the report that the month is compared with: what is `restated` is so since that one.
    Figures are compared exactly; one that was missing has not changed. A figure that prints otherwise than in the first
    of all these reports that printed it has the status `revised`, unless it has another, and is one of the `revisions`.
    What a report called provisional is no such print.
    """
    newest, *_ = comparisons = [_Comparison(workbook, folder, each) for each in earlier]
    oldest_first = sorted(comparisons, key=lambda comparison: comparison.reported)
    return figures.mapped(lambda timeline: _marked(timeline, newest, oldest_first), folder)


def _marked(timeline: Timeline, newest: _Comparison, oldest_first: Sequence[_Comparison]) -> Timeline:
    """An indicator's timeline with its revisions, and its figures marked as revised where they are."""
    revisions: dict[Period, Revision] = {}
    figures = dict(timeline.figures)
    for period, figure in timeline.figures.items():
        first = next((each for each in oldest_first if each.printed(timeline, period)), None)
        revision = first.revision(timeline, period) if first else None
        if revision and revision.is_visible:
            revisions[period] = revision
            if figure.value is not None and figure.status is Status.FINAL:
                figures[period] = replace(figure, status=Status.REVISED)
        elif revision and figure.status is Status.REVISED:
            figures[period] = replace(figure, status=Status.FINAL)
    return replace(timeline, figures=figures, revisions=revisions, restated=newest.restated(timeline))


class _Comparison:
    """A month set against one earlier report."""

    def __init__(self, workbook: Workbook, folder: ReportFolder, earlier: Earlier) -> None:
        self.reported = earlier.workbook.period
        self._folder, self._folder_then = folder, earlier.folder
        self._earlier = earlier.figures.timelines
        self._renamed = folder.renamed
        self._shown = earlier.figures.shown
        self._periods = workbook.filled_periods
        self._entries_now = {entry.cell: entry for entry in workbook.entries}
        self._entries_then = {entry.cell: entry for entry in earlier.workbook.entries}
        series = [*folder.series.values(), *earlier.folder.series.values()]
        self._carried = {row.id: row.title for row in reversed(series) if row.carry}

    def restated(self, timeline: Timeline) -> dict[Period, Revision]:
        """What the earlier report gave for the figures up to its newest one that have changed since."""
        then = self._then(timeline)
        known = [period for period in then.figures if period <= then.now] if then else []
        return {period: revision for period in known if (revision := self.revision(timeline, period))}

    def printed(self, timeline: Timeline, period: Period) -> bool:
        """Whether the earlier report's tables printed a figure that it did not call provisional."""
        then = self._then(timeline)
        if then is None or (then.indicator.id, period) not in self._shown:
            return False
        return then.at(period).value is not None and then.at(period).status not in PROVISIONAL

    def revision(self, timeline: Timeline, period: Period) -> Revision | None:
        """What the earlier report gave, if the figure is in both lives, has changed and its period is still there."""
        then = self._then(timeline)
        if then is None or period not in self._periods:
            return None
        now, was = timeline.at(period), then.at(period)
        indicator, defined = timeline.indicator, then.indicator
        is_final_now = was.status in PROVISIONAL and now.status not in PROVISIONAL
        alive = indicator.lives_in(period) and defined.lives_in(period)
        if was.value is None or not alive or not (is_final_now or _has_changed(now, was, indicator)):
            return None
        is_same = _formula(indicator, self._folder, {}) == _formula(defined, self._folder_then, self._renamed)
        changes = tuple(self._changes(now, was, is_same))
        return Revision(
            reported=self.reported,
            defined=defined,
            was=was,
            now=now,
            cause=_cause(changes, is_same),
            changes=changes,
            is_visible=_printed(defined, was) != _printed(indicator, now),
        )

    def _then(self, timeline: Timeline) -> Timeline | None:
        """The indicator's timeline in the earlier report, if its figures are of the same kind of periods."""
        names = (timeline.indicator.id, *timeline.indicator.formerly)
        then = next((self._earlier[name] for name in names if name in self._earlier), None)
        return then if then and then.now.kind is timeline.now.kind else None

    def _changes(self, now: Figure, was: Figure, is_same: bool) -> Iterator[EntryChange]:
        """What has changed from the entries of one figure to those of the other, where they do not say the same."""
        new, old = _origins(now, self._entries_now, {}), _origins(was, self._entries_then, self._renamed)
        for name in dict.fromkeys((*new, *old)) if is_same else [name for name in new if name in old]:
            before, after = old.get(name), new.get(name)
            newer = after or before
            said = {(entry.amount.state, per_cent(entry.amount)) for entry in (before, after) if entry}
            if newer and not (before and after and len(said) == 1):
                yield EntryChange(newer.name, newer.period, before, after, self._carried.get(newer.name, ""))


def _printed(indicator: Indicator, figure: Figure) -> tuple[str, ...] | State:
    """What a report prints of a figure, apart from its status."""
    if figure.value is None:
        return figure.state
    return indicator.shown(figure.value, figure.count, figure.total)


def _cause(changes: Sequence[EntryChange], is_defined_as_before: bool) -> Cause:
    if not changes:
        return Cause.FIGURES if is_defined_as_before else Cause.DEFINITION
    return Cause.SERIES if all(change.series for change in changes) else Cause.FIGURES


def _has_changed(now: Figure, was: Figure, indicator: Indicator) -> bool:
    pairs = [(now.value, was.value), (now.count, was.count)]
    if indicator.measure is not Measure.NUMBER:
        pairs.append((now.total, was.total))
    return any(before is not None and after != before for after, before in pairs)


def _formula(indicator: Indicator, folder: ReportFolder, renamed: Mapping[str, str]) -> tuple[object, ...]:
    """What a figure's value follows from, besides entries and marks: also that of the indicators it refers to."""
    sources = (indicator.numerator, indicator.denominator)
    named = (source and source._replace(name=renamed.get(source.name, source.name)) for source in sources)
    referred = (folder.indicators.get(source.name) if source else None for source in sources)
    formulas = (_formula(other, folder, renamed) for other in referred if other)
    return indicator.measure, indicator.per, *named, *formulas


def _origins(
    figure: Figure, entries: Mapping[CellRef, Entry], renamed: Mapping[str, str]
) -> dict[tuple[str, Part], Entry]:
    """The entries that a figure was computed from, by name and part."""
    found = (entries[cell] for cell in figure.cells if cell in entries)
    return {(renamed.get(entry.name, entry.name), entry.part): entry for entry in found}
