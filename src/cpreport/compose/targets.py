"""The columns Target and Status of a table of indicators, and the notes on them beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """What an officer says of statuses of a table, with the reason and the computed word."""
    for timeline in plan.timelines:
        if (said := timeline.status.said) and _has_targets(plan):
            word, computed = (folder.printed(each.value) for each in (said.word, timeline.status.computed))
            title, reason = short_title(timeline.indicator), said.reason.rstrip(". ")
            told = folder.sentence("status_set", title=title, word=word, reason=reason, computed=computed)
            yield Note((Span(told),))


def status_key(plans: Iterable[TablePlan], folder: ReportFolder) -> Iterator[Note]:
    """What the statuses of some tables mean, and their tolerances; nothing where they have none."""
    timelines = [timeline for plan in plans if _has_targets(plan) for timeline in plan.timelines]
    if not timelines:
        return
    on, close, off = (
        f"{SYMBOLS[word]} {folder.printed(word.value)}"
        for word in (StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET)
    )
    own = (
        f"; {short_title(timeline.indicator)}: {tolerance_text(tolerance)}"
        for timeline in timelines
        if (tolerance := timeline.indicator.tolerance) and timeline.status.target
    )
    rule = tolerance_text(folder.tolerance) + "".join(own)
    yield Note((Span(folder.sentence("status_key", on=on, close=close, off=off, tolerance=rule)),))


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
    so_far = so_far_text(indicator, status, folder.sentences) if status.said is None else ""
    of_another = f"({newest.label})" if newest != plan.periods[-1] and status.target else ""
    lines = ((Span(word, bold=status.word is StatusWord.OFF_TARGET),),)
    more = ((Span(text),) for text in (so_far, of_another) if text)
    return _cell(target, Align.RIGHT), TableCell((*lines, *more), status=status.word)


def _dashes() -> tuple[TableCell, TableCell]:
    return _cell(EMPTY, Align.RIGHT), _cell(EMPTY)


def _cell(text: str, align: Align = Align.LEFT) -> TableCell:
    return TableCell(((Span(text),),), align)
