"""The columns of tables of indicators: a maker for each kind, and the notes on statuses beneath the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from cpreport.compose.wording import (
    DIRECTIONS,
    STANCES,
    YEARS,
    Lines,
    benchmark_lines,
    cumulative_lines,
    how_long_ago,
    judgement_text,
    last_day,
    mean_lines,
    pair_lines,
    period_lines,
    short_title,
    so_far_text,
    target_text,
    tolerance_text,
)
from cpreport.compose.workings import (
    benchmark_basis,
    held_basis,
    mean_basis,
    number_basis,
    period_basis,
    plain_basis,
    target_basis,
    year_basis,
)
from cpreport.model.document import EMPTY, Align, Note, Span, TableCell
from cpreport.model.figure import Direction, Stance
from cpreport.model.folder import Comparator, ReportFolder
from cpreport.model.indicator import CumulativeYear, Measure, Tolerance
from cpreport.model.period import Kind, Period, containing
from cpreport.model.status import StatusWord, TargetStatus
from cpreport.model.timeline import TablePlan, Timeline
from cpreport.model.working import Basis, ShownFigure

SYMBOLS = {StatusWord.ON_TARGET: "✓", StatusWord.CLOSE: "~", StatusWord.OFF_TARGET: "✗", StatusWord.NO_TARGET: EMPTY}
"""The sign before a status, so that it can be told apart without colours."""


class Entry(NamedTuple):
    """What a column has of an indicator: its cell, and the words for a row of directions below it."""

    cell: TableCell
    direction: str = EMPTY


class Column(NamedTuple):
    """A column of a table of indicators.

    `width` is its least share of the table's; `is_figure` is false where it says something of the newest figure.
    """

    heading: str
    entry: Callable[[Timeline], Entry]
    align: Align = Align.RIGHT
    width: int = 3
    is_figure: bool = True


def columns_of(plan: TablePlan, folder: ReportFolder) -> list[Column]:
    """The columns of a table after those with its indicators' titles, in order."""
    return [column for maker in _MAKERS for column in maker(plan, folder)]


def _periods(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    """A column for each period, with directions; that of the outturn and that of the last report have none."""
    for period in plan.shown:
        is_compared = period in plan.periods
        label = last_day(period) if folder.look.dates else period.label
        said = ", last report" if period == plan.last_report else ""
        ago = how_long_ago(period, plan.periods) if is_compared else said
        made = partial(_figure, folder, period, is_compared)
        if folder.look.pairs and (rate := _rates(plan)):
            yield Column(f"{label} number{ago}", partial(made, _number_of))
            yield Column(f"{label} {rate}{ago}", partial(made, _rate_of))
        else:
            yield Column(f"{label}{ago}", partial(made, _whole))


class _Shown(NamedTuple):
    """What a cell prints of a figure; `is_compared`: the direction of travel stands with it."""

    lines: Lines
    has_value: bool
    basis: Basis
    is_compared: bool = True


def _whole(timeline: Timeline, period: Period) -> _Shown:
    return _Shown(*period_lines(timeline, period), period_basis(timeline, period))


def _number_of(timeline: Timeline, period: Period) -> _Shown:
    number, _, has_value = pair_lines(timeline, period)
    is_compared = timeline.indicator.measure is Measure.NUMBER
    return _Shown(number, has_value, number_basis(timeline, period), is_compared)


def _rate_of(timeline: Timeline, period: Period) -> _Shown:
    _, rate, has_value = pair_lines(timeline, period)
    is_compared = timeline.indicator.measure is not Measure.NUMBER
    return _Shown(rate, has_value, period_basis(timeline, period), is_compared)


def _rates(plan: TablePlan) -> str:
    """What heads the columns beside the numbers in pairs: `%`, `rate or %`; empty where all are numbers."""
    measures = {timeline.indicator.measure for timeline in plan.timelines}
    return " or ".join(word for measure, word in _RATES.items() if measure in measures)


_RATES = {Measure.RATE: "rate", Measure.AVERAGE: "average", Measure.PERCENTAGE: "%"}


def _figure(
    folder: ReportFolder,
    period: Period,
    has_direction: bool,
    printed: Callable[[Timeline, Period], _Shown],
    timeline: Timeline,
) -> Entry:
    lines, has_value, basis, is_compared = printed(timeline, period)
    is_compared &= has_direction
    uncompared = Direction.NOT_COMPARED
    direction = timeline.directions.get(period, uncompared) if is_compared else uncompared
    said = DIRECTIONS[direction] if direction is not uncompared and timeline.indicator.direction else ""
    cell = _numbers(folder, lines or (EMPTY,), has_value and bool(lines), basis if lines else None, said)
    return Entry(cell, DIRECTIONS[direction] if is_compared else EMPTY)


def _year_to_date(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    if plan.cumulative and not plan.is_past:
        yield Column("Cumulative", partial(_cumulative, folder))


def _cumulative(folder: ReportFolder, timeline: Timeline) -> Entry:
    year = timeline.cumulative
    lines = cumulative_lines(timeline.indicator, year) if year else (EMPTY,)
    has_value = year is not None and year.value is not None
    basis = year_basis(timeline, year, timeline.now) if year else None
    return Entry(_numbers(folder, lines, has_value, basis), DIRECTIONS[Direction.NOT_COMPARED])


def _comparators(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    for comparator in plan.comparators:
        yield Column(comparator.heading, partial(_benchmark, folder, comparator, plan.is_past))


def _benchmark(folder: ReportFolder, comparator: Comparator, is_past: bool, timeline: Timeline) -> Entry:
    benchmark = timeline.benchmarks.get(comparator.id)
    stance = Stance.NOT_COMPARABLE if is_past else timeline.stances.get(comparator.id, Stance.NOT_COMPARABLE)
    said = STANCES[stance] if stance is not Stance.NOT_COMPARABLE and timeline.indicator.direction else ""
    lines = benchmark_lines(timeline.indicator, benchmark, folder.benchmark_period)
    has_value = benchmark is not None and benchmark.value is not None
    basis = benchmark_basis(timeline.indicator, comparator.id, benchmark, folder.benchmark_period)
    return Entry(_numbers(folder, lines, has_value, basis, said), STANCES[stance])


def _mean(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    """The mean of as many periods as have the months that report.toml gives, if that is several whole ones."""
    number, rest = divmod(folder.tables.mean * plan.periods[-1].per_year, 12)
    if number > 1 and not rest and not plan.is_past:
        yield Column(f"{number}-{plan.kind.frequency.value} mean", partial(_mean_of, folder, number))


def _mean_of(folder: ReportFolder, number: int, timeline: Timeline) -> Entry:
    if timeline.indicator.cumulative_in_table:
        return Entry(_numbers(folder, (EMPTY,), False))
    lines, has_value = mean_lines(timeline, number)
    figures = timeline.last(number, timeline.now)
    basis = mean_basis(timeline.indicator, figures)
    return Entry(_numbers(folder, lines, has_value, basis if has_value else basis._replace(working=None)))


def _targets(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    stands = _has_targets(plan) and not plan.is_past
    if stands if folder.look.target is None else folder.look.target:
        yield Column("Target", lambda each: Entry(target_cell(each)), is_figure=False)
    if stands if folder.look.status is None else folder.look.status:
        yield Column("Status", lambda each: Entry(status_cell(each, plan.periods[-1], folder)), Align.LEFT, 4, False)


def target_cell(timeline: Timeline) -> TableCell:
    if not timeline.status.target:
        return cell(EMPTY, Align.RIGHT)
    text = target_text(timeline.indicator, timeline.status)
    return cell(text, Align.RIGHT, ShownFigure(text, target_basis(timeline)))


def status_cell(timeline: Timeline, newest: Period, folder: ReportFolder) -> TableCell:
    """The status of an indicator's newest figure, with its period if that is not the table's newest."""
    indicator, status = timeline.indicator, timeline.status
    word = f"{SYMBOLS.get(status.word, '')} {folder.printed(status.word.value)}".strip()
    so_far = so_far_text(indicator, status, folder) if status.said is None else ""
    lines = ((Span(word, bold=status.word is StatusWord.OFF_TARGET),),)
    more = ((Span(text),) for text in (so_far, _of_another(timeline, newest) if status.target else "") if text)
    shown = (ShownFigure(so_far, held_basis(timeline)),) if so_far else ()
    return TableCell((*lines, *more), status=status.word, shown=shown)


def _judgement(plan: TablePlan, folder: ReportFolder) -> Iterator[Column]:
    if folder.tables.judgement and folder.judgement.on and not plan.is_past:
        yield Column(
            "Judgement", lambda each: Entry(judgement_cell(each, plan.periods[-1], folder)), Align.LEFT, 4, False
        )


def judgement_cell(timeline: Timeline, newest: Period, folder: ReportFolder) -> TableCell:
    """What an indicator's newest figure says, with its period if that is not the table's newest.

    Nothing where tables print the year to date: the judgement is of the figure.
    """
    if timeline.indicator.cumulative_in_table:
        return cell(EMPTY)
    lines = (judgement_text(timeline.judgement, folder), _of_another(timeline, newest))
    return TableCell(tuple((Span(text),) for text in lines if text))


def _of_another(timeline: Timeline, newest: Period) -> str:
    period = timeline.newest.period
    return "" if period == newest else f"({period.label})"


_MAKERS: tuple[Callable[[TablePlan, ReportFolder], Iterator[Column]], ...] = (
    *(_periods, _mean, _year_to_date, _comparators, _targets, _judgement),
)
"""In the order of their columns."""


def _numbers(
    folder: ReportFolder, lines: Lines, has_value: bool, basis: Basis | None = None, comparison: str = ""
) -> TableCell:
    """The value with its brackets and what it is compared with says; one line where directions have their own rows."""
    if not folder.direction_in_cell:
        return cell(text := " ".join(lines), Align.RIGHT, ShownFigure(text, basis) if basis else None)
    return number_cell(lines, has_value, basis, *filter(None, [comparison]))


def number_cell(lines: Lines, has_value: bool, basis: Basis | None, *more: str) -> TableCell:
    """The value in bold, and its brackets below it; `more` lines say something else."""
    value, *below = lines
    texts = ((Span(value, bold=has_value),), *((Span(text),) for text in (*below, *more)))
    return TableCell(texts, Align.RIGHT, shown=(ShownFigure(" ".join(lines), basis),) if basis else ())


def cell(text: str, align: Align = Align.LEFT, shown: ShownFigure | None = None) -> TableCell:
    """A cell of one line."""
    return TableCell(((Span(text),),), align, shown=(shown,) if shown else ())


def star_notes(timelines: Iterable[Timeline], newest: Period, folder: ReportFolder, more: str = "") -> Iterator[Note]:
    """What the star of those that are cumulative means, for each kind of year; whose it is where there are two."""
    starred: dict[CumulativeYear, list[str]] = {}
    for timeline in timelines:
        if year := timeline.indicator.cumulative:
            starred.setdefault(year, []).append(short_title(timeline.indicator))
    for year, titles in starred.items():
        whose = f" ({'; '.join(titles)})" if len(starred) > 1 else ""
        until = containing(Kind.MONTH, newest.end).label
        fields = {"year": YEARS[year], "period": until, "more": more, "titles": whose}
        yield Note((Span(folder.sentence("cumulative", **fields)),))


def status_notes(timelines: Iterable[Timeline], folder: ReportFolder) -> Iterator[Note]:
    """What an officer says of statuses of a table, and which indicators have another tolerance than the report's."""
    tolerances: dict[Tolerance, list[str]] = {}
    for timeline in timelines:
        yield from status_note(timeline, folder)
        if (
            (tolerance := timeline.indicator.tolerance)
            and _has_target(timeline.status)
            and not timeline.status.is_usual
        ):
            tolerances.setdefault(tolerance, []).append(short_title(timeline.indicator))
    close = f"{SYMBOLS[StatusWord.CLOSE]} {folder.printed(StatusWord.CLOSE.value)}"
    for tolerance, titles in tolerances.items():
        text = tolerance_text(tolerance)
        fields = {"word": close, "tolerance": text, "titles": "; ".join(titles)}
        shown = ShownFigure(text, plain_basis(tolerance.amount, "tolerance"))
        yield Note((Span(folder.sentence("own_tolerance", **fields)),), shown=(shown,))


def status_note(timeline: Timeline, folder: ReportFolder) -> Iterator[Note]:
    """What an officer says of an indicator's status, if anything, with the reason and the computed word."""
    if said := timeline.status.said:
        word, computed = (folder.printed(each.value) for each in (said.word, timeline.status.computed))
        title, reason = short_title(timeline.indicator), said.reason.rstrip(". ")
        yield Note((Span(folder.sentence("status_set", title=title, word=word, reason=reason, computed=computed)),))


def _has_targets(plan: TablePlan) -> bool:
    """Whether one of a table's indicators has a target or an officer's word."""
    return any(timeline.status.said or _has_target(timeline.status) for timeline in plan.timelines)


def _has_target(status: TargetStatus) -> bool:
    """Whether there is a target, other than one that is to be agreed."""
    return status.target is not None and status.target.value is not None
