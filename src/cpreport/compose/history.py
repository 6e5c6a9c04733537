"""Tables of an indicator's history: periods below each other, with their lowest, highest and mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpreport.compose.columns import cell, number_cell
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import in_words, is_whole
from cpreport.compose.tables import figure_notes
from cpreport.compose.wording import Lines, figure_lines, in_series, short_title
from cpreport.compose.workings import figure_basis, mean_basis
from cpreport.model.document import EMPTY, Align, Block, Note, RowKind, Span, Table, TableKind, TableRow
from cpreport.model.figure import NOTHING_THERE, Figure, State, Summary, low, mean, peak
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline
from cpreport.model.working import Basis

MOST_PERIODS = 120
_MOST_INDICATORS = 6
_ROOM = 64
"""How many characters fit side by side on a page in portrait."""

_BETWEEN = 3
"""How many characters the margins of a cell are as wide as."""

_SUMMARIES: dict[str, Summary] = {"Lowest": low, "Highest": peak, "Mean": mean}


class _Column(NamedTuple):
    """An indicator's figures of the table's periods, oldest first."""

    timeline: Timeline
    figures: tuple[Figure, ...]
    folder: ReportFolder

    @property
    def title(self) -> str:
        return short_title(self.timeline.indicator)

    def summary(self, made: Summary) -> Figure | str:
        """What the figures come to, or why that cannot be said."""
        if broken := self.timeline.break_between(self.figures[0].period, self.figures[-1].period):
            return self.folder.sentence("breaks_at", period=broken.label)
        if found := made(self.figures):
            return found
        missing = [figure for figure in self.figures if figure.value is None]
        *others, last = [figure for figure in missing if figure.state is State.CONFIDENTIAL] or missing
        key = "missing_and_more" if others else "missing_at"
        return self.folder.sentence(key, period=last.period.label, count=len(others), state=last.state.value)

    def notes(self) -> Iterator[str]:
        """What its cells cannot say: of what its figures are if it is cumulative, and why it has no summaries."""
        if self.timeline.indicator.cumulative:
            period = self.timeline.now.kind.frequency.value
            yield self.folder.sentence("each_alone", title=self.title, period=period)
        refused: dict[str, list[str]] = {}
        for name, made in _SUMMARIES.items():
            if isinstance(reason := self.summary(made), str):
                refused.setdefault(reason, []).append(name.lower())
        for reason, several in refused.items():
            names = in_series(several, "or")
            yield self.folder.sentence("no_summary", title=self.title, names=names, reason=reason)


def history_tables(
    timelines: Sequence[Timeline], number: object, about: str, folder: ReportFolder
) -> tuple[Block, ...]:
    """The figures of the last so many periods of some indicators, in as many tables as fit on a page in portrait.

    Earlier periods of which there is nothing are left out. Raises TemplateMistake for a number that cannot be, and for
    indicators of different frequencies.
    """
    periods = periods_of(timelines, number, "history_table")
    columns = [_Column(each, tuple(map(each.at, periods)), folder) for each in timelines]
    return tuple(block for several in _fitting(columns) for block in _table(several, about))


def periods_of(timelines: Sequence[Timeline], number: object, function: str) -> list[Period]:
    """The last so many periods of some indicators, oldest first, without earlier ones of which there is nothing.

    Raises TemplateMistake for a number that cannot be, and for indicators of different frequencies.
    """
    if not is_whole(number, 2, MOST_PERIODS):
        raise TemplateMistake(f"{in_words(number)} is not a number of periods from 2 to {MOST_PERIODS}")
    first, *others = timelines
    if other := next((each for each in others if each.now.kind is not first.now.kind), None):
        one, two = (f"{each.indicator.id} has a figure for each {each.now.kind.value}" for each in (first, other))
        raise TemplateMistake(f"{function}(…) needs indicators of one frequency: {one}, {two}")
    newest = max(timeline.now for timeline in timelines)
    periods = [newest.shift(-back) for back in reversed(range(number))]
    found = (
        at for at, period in enumerate(periods) if any(each.at(period).state not in NOTHING_THERE for each in timelines)
    )
    return periods[min(next(found, number), number - 1) :]


def _fitting(columns: Iterable[_Column]) -> Iterator[list[_Column]]:
    """The columns in groups that fit side by side, by the longest word of each."""
    group: list[_Column] = []
    room = 0
    for column in columns:
        needed = _BETWEEN + max(map(len, _words(column)))
        if group and (len(group) == _MOST_INDICATORS or needed > room):
            yield group
            group = []
        room = (room if group else _ROOM - _BETWEEN - len("Highest")) - needed
        group.append(column)
    yield group


def _words(column: _Column) -> Iterator[str]:
    yield from column.title.split()
    for figure in column.figures:
        yield from (word for line in _lines(column, figure) for word in line.split())


def _table(columns: Sequence[_Column], about: str) -> Iterator[Block]:
    """A table and the notes beneath it."""
    periods = [figure.period for figure in columns[0].figures]
    what = columns[0].timeline.indicator.name if len(columns) == 1 else about
    rows = [(period.label, [_entry(each, each.figures[at]) for each in columns]) for at, period in enumerate(periods)]
    made = [(name, [_summary(each, summary) for each in columns]) for name, summary in _SUMMARIES.items()]
    yield Table(
        TableKind.PLAIN,
        f"{what}: history, {periods[0].long} to {periods[-1].long}",
        (cell("Period"), *(cell(each.title, Align.RIGHT) for each in columns)),
        (*(_row(RowKind.PLAIN, *row) for row in rows), *(_row(RowKind.TOTAL, *row) for row in made)),
        (1,) * (len(columns) + 1),
    )
    for column in columns:
        yield from figure_notes(column.timeline, periods)
        yield from (Note((Span(said),)) for said in column.notes())


class _Entry(NamedTuple):
    """What a cell prints, and of which figure; None where it prints none."""

    lines: Lines
    basis: Basis | None = None


def _row(kind: RowKind, name: str, entries: Iterable[_Entry]) -> TableRow:
    return TableRow(kind, (cell(name), *(number_cell(each.lines, False, each.basis) for each in entries)))


def _entry(column: _Column, figure: Figure) -> _Entry:
    return _Entry(_lines(column, figure), figure_basis(column.timeline.indicator, figure))


def _lines(column: _Column, figure: Figure) -> Lines:
    return figure_lines(column.timeline.indicator, figure)


def _summary(column: _Column, made: Summary) -> _Entry:
    """A summary as a figure; of one period with that."""
    found = column.summary(made)
    if isinstance(found, str):
        return _Entry((EMPTY,))
    if made is mean:
        return _Entry(_lines(column, found), mean_basis(column.timeline.indicator, column.figures))
    return _Entry((*_lines(column, found), f"({found.period.label})"), _entry(column, found).basis)
