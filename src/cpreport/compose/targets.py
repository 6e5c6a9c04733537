"""The columns Target and Status of a table of indicators, and the notes on them beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.compose.wording import short_title, so_far_text, target_text, tolerance_text
from cpreport.model.document import EMPTY, Align, Note, RowKind, Span, Table, TableCell
from cpreport.model.folder import ReportFolder
from cpreport.model.status import StatusWord, TargetStatus
from cpreport.model.timeline import TablePlan, Timeline

SYMBOLS = {StatusWord.ON_TARGET: "✓", StatusWord.CLOSE: "~", StatusWord.OFF_TARGET: "✗", StatusWord.NO_TARGET: EMPTY}
"""The sign before a status, so that it can be told apart without colours."""

_WIDTHS = (3, 4)


def with_targets(table: Table, plan: TablePlan, folder: ReportFolder) -> Table:
    """An indicator table with the columns Target and Status at its end, if one of its indicators has a target.

    Rows of directions print a dash there.
    """
    if not _has_targets(plan):
        return table
    timelines = iter(plan.timelines)
    rows = (
        replace(row, cells=(*row.cells, *(_dashes() if row.kind is RowKind.DIRECTION else cells)))
        for row in table.rows
        for cells in [() if row.kind is RowKind.DIRECTION else _cells(plan, next(timelines), folder)]
    )
    headings = (*table.headings, _cell("Target", Align.RIGHT), _cell("Status"))
    return replace(table, headings=headings, rows=tuple(rows), widths=(*table.widths, *_WIDTHS))


def status_notes(plan: TablePlan, folder: ReportFolder) -> Iterator[Note]:
    """Notes on a table's statuses: an officer's with its reason and the computed one; indicators' own tolerances."""
    for timeline in plan.timelines:
        if (said := timeline.status.said) and _has_targets(plan):
            word, computed = (folder.printed(each.value) for each in (said.word, timeline.status.computed))
            told = f"{short_title(timeline.indicator)}: {word}, as set by an officer. {said.reason.rstrip('. ')}."
            yield Note((Span(f"{told} Computed: {computed}."),))
        if (tolerance := timeline.indicator.tolerance) and timeline.status.target and _has_targets(plan):
            close = f"{SYMBOLS[StatusWord.CLOSE]} {folder.printed(StatusWord.CLOSE.value)}"
            misses = f"misses the target by {tolerance_text(tolerance)}"
            yield Note((Span(f"{short_title(timeline.indicator)}: {close} if it {misses}."),))


def _has_targets(plan: TablePlan) -> bool:
    return any(_has_status(timeline.status) for timeline in plan.timelines)


def _has_status(status: TargetStatus) -> bool:
    """Whether there is a target, other than one that is to be agreed, or an officer's word."""
    return status.said is not None or (status.target is not None and status.target.value is not None)


def _cells(plan: TablePlan, timeline: Timeline, folder: ReportFolder) -> tuple[TableCell, TableCell]:
    """The target and the status of an indicator's newest figure, with its period if that is not the table's newest."""
    indicator, status, newest = timeline.indicator, timeline.status, timeline.newest.period
    target = target_text(indicator, status) if status.target else EMPTY
    word = f"{SYMBOLS.get(status.word, '')} {folder.printed(status.word.value)}".strip()
    so_far = so_far_text(indicator, status) if status.said is None else ""
    of_another = f"({newest.label})" if newest != plan.periods[-1] and status.target else ""
    lines = ((Span(word, bold=status.word is StatusWord.OFF_TARGET),),)
    more = ((Span(text),) for text in (so_far, of_another) if text)
    return _cell(target, Align.RIGHT), TableCell((*lines, *more), status=status.word)


def _dashes() -> tuple[TableCell, TableCell]:
    return _cell(EMPTY, Align.RIGHT), _cell(EMPTY)


def _cell(text: str, align: Align = Align.LEFT) -> TableCell:
    return TableCell(((Span(text),),), align)
