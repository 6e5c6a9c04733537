"""Scorecards: one row for each indicator, with its newest figure and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cpreport.compose.columns import (
    cell,
    judgement_cell,
    number_cell,
    star_notes,
    status_cell,
    status_notes,
    target_cell,
)
from cpreport.compose.comments import Comments
from cpreport.compose.tables import figure_notes, until
from cpreport.compose.wording import DIRECTIONS, GOOD, baseline_text, period_lines, short_title, starred_lines
from cpreport.compose.workings import baseline_basis, period_basis, year_basis
from cpreport.model.composed import lines_of
from cpreport.model.document import EMPTY, Align, Block, RowKind, Span, Table, TableCell, TableKind, TableRow, plain
from cpreport.model.figure import Direction
from cpreport.model.finding import Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline
from cpreport.model.working import ShownFigure


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What all rows of a scorecard need: `newest` is the period that its caption names, `section` whose it is."""

    folder: ReportFolder
    comments: Comments
    section: str
    newest: Period
    columns: tuple[str, ...]


class _Column(NamedTuple):
    heading: str
    cell: Callable[[Scorecard, Timeline], TableCell]
    width: int
    align: Align = Align.LEFT


def scorecard(
    timelines: Sequence[Timeline], folder: ReportFolder, comments: Comments, section: str, now: Period, about: str
) -> tuple[Block, ...]:
    """A scorecard of some indicators, with notes beneath it; nothing where the life of all is over.

    `now` is the reporting period; `about` is what the caption says it is about.
    """
    shown = [timeline for timeline in timelines if not timeline.is_over]
    if not shown:
        return ()
    periods = {timeline.now for timeline in shown}
    newest = now if now in periods else max(periods)
    card = Scorecard(folder, comments, section, newest, _columns_of(shown, folder))
    columns = [_COLUMNS[name] for name in card.columns]
    table = Table(
        TableKind.PLAIN,
        _caption(card, shown, about),
        tuple(cell(column.heading, column.align) for column in columns),
        tuple(TableRow(RowKind.PLAIN, tuple(column.cell(card, each) for column in columns)) for each in shown),
        tuple(column.width for column in columns),
        indicators=tuple(timeline.indicator.id for timeline in shown),
    )
    notes = [note for timeline in shown for note in figure_notes(timeline, [timeline.newest.period])]
    starred = star_notes(shown, newest, folder)
    if "status" not in card.columns:
        return (table, *notes, *starred)
    return (table, *notes, *starred, *status_notes(shown, folder))


def _columns_of(timelines: Sequence[Timeline], folder: ReportFolder) -> tuple[str, ...]:
    """The columns' names; rows are headed by titles where no indicator has a reference."""
    has_reference = any(timeline.indicator.reference for timeline in timelines)
    heads = {} if has_reference else {"reference": "title"}
    names = (heads.get(name, name) for name in folder.scorecard)
    return tuple(dict.fromkeys(name for name in names if name != "judgement" or folder.judgement.on))


def _caption(card: Scorecard, timelines: Sequence[Timeline], about: str) -> str:
    """What a scorecard is about and until when, and what its arrows are."""
    caption = f"{about}: scorecard, {until(card.newest)}"
    if "direction" not in card.columns:
        return caption
    frequencies = {timeline.now.kind.frequency.value for timeline in timelines}
    return f"{caption}. Arrows: change on the {frequencies.pop() if len(frequencies) == 1 else 'period'} before"


def _figure(card: Scorecard, timeline: Timeline) -> TableCell:
    """The newest figure, or the year to date with a star; with its period if that is not the scorecard's newest."""
    period, year = timeline.newest.period, timeline.cumulative
    if year is None:
        (lines, has_value), basis = period_lines(timeline, period), period_basis(timeline, period)
    else:
        period = timeline.now
        (lines, has_value), basis = starred_lines(timeline, year, period), year_basis(timeline, year, period)
    return number_cell(lines if period == card.newest else (*lines, f"({period.label})"), has_value, basis)


def _status(card: Scorecard, timeline: Timeline) -> TableCell:
    """The status; its period is that of the figure, where there is one."""
    newest = timeline.newest.period if "figure" in card.columns else card.newest
    return status_cell(timeline, newest, card.folder)


def _direction(_: Scorecard, timeline: Timeline) -> TableCell:
    """Where the figure went; nothing for a year to date, as that is none of one period."""
    if timeline.cumulative or not timeline.indicator.direction:
        return cell(EMPTY)
    return cell(DIRECTIONS[timeline.directions.get(timeline.newest.period, Direction.NOT_COMPARED)])


def _judgement(card: Scorecard, timeline: Timeline) -> TableCell:
    return cell(EMPTY) if timeline.cumulative else judgement_cell(timeline, card.newest, card.folder)


def _baseline(_: Scorecard, timeline: Timeline) -> TableCell:
    if not timeline.indicator.baseline:
        return cell(EMPTY, Align.RIGHT)
    text = baseline_text(timeline.indicator)
    return cell(text, Align.RIGHT, ShownFigure(text, baseline_basis(timeline.indicator)))


def _comment(card: Scorecard, timeline: Timeline) -> TableCell:
    """The lines of the comment on an indicator, or from whom it is awaited."""
    name = timeline.indicator.id
    if comment := card.comments.of(name, card.section):
        lines = (line.text for line in lines_of(comment.blocks, Place()))
        return TableCell(tuple(line for line in lines if plain(line).strip()) or ((Span(EMPTY),),))
    return cell(card.comments.awaited(name) or EMPTY)


_COLUMNS = {
    "reference": _Column("Reference", lambda _, each: cell(short_title(each.indicator)), 3),
    "title": _Column("Indicator", lambda _, each: cell(each.indicator.title), 14),
    "good_is": _Column("Good is", lambda _, each: cell(GOOD.get(each.indicator.polarity, EMPTY)), 3),
    "target": _Column("Target", lambda _, each: target_cell(each), 3, Align.RIGHT),
    "figure": _Column("Figure", _figure, 3, Align.RIGHT),
    "status": _Column("Status", _status, 4),
    "direction": _Column("Direction", _direction, 3),
    "judgement": _Column("Judgement", _judgement, 4),
    "baseline": _Column("Baseline", _baseline, 3, Align.RIGHT),
    "comment": _Column("Comment", _comment, 14),
}
"""The columns that a scorecard may have, by the names that report.toml gives them."""
