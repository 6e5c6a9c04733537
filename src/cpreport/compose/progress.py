"""Progress lists: what goes well, what is at risk and what else has a comment, a paragraph for each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from cpreport.compose.columns import star_notes, status_note
from cpreport.compose.comments import Comments
from cpreport.compose.printed import Blocks
from cpreport.compose.wording import period_lines, starred_lines
from cpreport.compose.workings import period_basis, year_basis
from cpreport.model.document import Block, Heading, Note, Paragraph, Span
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.status import MISSED, StatusWord
from cpreport.model.timeline import Timeline, Verdict
from cpreport.model.working import ShownFigure


class _List(Enum):
    """The lists in their order, by the keys of their headings."""

    PROGRESS = "positive_progress"
    RISK = "areas_of_risk"
    INFORMATION = "for_information"


_LEVEL = 2


def progress_lists(
    timelines: Iterable[Timeline], comments: Comments, section: str, folder: ReportFolder, now: Period
) -> Blocks:
    """The lists, each with its heading and its indicators in the given order.

    `section` is the one that prints them, `now` the reporting period.
    """
    listed: dict[_List, list[Block]] = {kind: [] for kind in _List}
    for timeline in (each for each in timelines if not each.is_over):
        comment = tuple(_comment(timeline, comments, section))
        below = (*_star_note(timeline, folder), *status_note(timeline, folder), *comment)
        if kind := _list_of(timeline, bool(comment), folder):
            listed[kind] += (_figure(timeline, now, keeps_next=bool(below)), *below)
    none = Paragraph((Span(folder.sentence("none_listed")),))
    return Blocks(
        tuple(
            block
            for kind, entries in listed.items()
            for block in (Heading(_LEVEL, (Span(folder.sentence(kind.value)),)), *(entries or [none]))
        )
    )


def _list_of(timeline: Timeline, has_comment: bool, folder: ReportFolder) -> _List | None:
    """By the status, an officer's where there is one; without a target by the judgement, if judgements are printed."""
    word, verdict = timeline.status.word, timeline.judgement.verdict
    is_judged = word is StatusWord.NO_TARGET and folder.judgement.on
    if word is StatusWord.ON_TARGET or (is_judged and verdict is Verdict.BETTER):
        return _List.PROGRESS
    if word in MISSED or (is_judged and timeline.is_worse):
        return _List.RISK
    return _List.INFORMATION if has_comment else None


def _figure(timeline: Timeline, now: Period, keeps_next: bool) -> Paragraph:
    """`KI 391 Average time: 513.6`, with its period if that is not the reporting period; a year to date has a star."""
    indicator, newest, year = timeline.indicator, timeline.newest.period, timeline.cumulative
    lines, _ = starred_lines(timeline, year, timeline.now) if year else period_lines(timeline, newest)
    basis = year_basis(timeline, year, timeline.now) if year else period_basis(timeline, newest)
    of_another = () if year or newest == now else (f"({newest.label})",)
    text = Span(f"{indicator.name}:", bold=True), Span(" ".join(("", *lines, *of_another)))
    return Paragraph(text, keeps_next=keeps_next, shown=(ShownFigure(" ".join(lines), basis),))


def _star_note(timeline: Timeline, folder: ReportFolder) -> Iterator[Note]:
    """What the star means, if there is one."""
    if timeline.cumulative and timeline.cumulative.value is not None:
        yield from star_notes([timeline], timeline.now, folder)


def _comment(timeline: Timeline, comments: Comments, section: str) -> Iterator[Block]:
    """The comment on an indicator, wherever it was written, or who owes one."""
    name = timeline.indicator.id
    if comment := comments.of(name, section):
        yield from comment.below(_LEVEL)
    elif awaited := comments.awaited(name):
        yield Note((Span(awaited),))
