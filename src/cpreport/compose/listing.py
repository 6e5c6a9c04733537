"""Every figure that the report shows, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from cpreport.compose.wording import benchmark_text, period_lines, target_text
from cpreport.model.figure import CellRef, Direction
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.status import TargetStatus
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import Workbook, stated_benchmark_period

_ARROWS = (Direction.UP, Direction.DOWN, Direction.SAME)


class FigureRow(NamedTuple):
    """A figure of an indicator and period, or of a comparator (then `period` is the benchmark's).

    `value` is exact and in the printed unit; it, `numerator` and `denominator` are None where there is none. `text` is
    what the report prints. `direction` is up, down, same or empty. `target` is the one in force, as it is printed, and
    `status` the canonical word of a figure that is due; both are empty for a comparator. `judgement` is that of the
    newest figure, empty for all others. `source` has the cells it is from, and what a benchmark's file says of it.
    """

    section: str
    indicator: str
    title: str
    measure: str
    unit: str
    period: str = ""
    period_start: date | None = None
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    text: str = ""
    direction: str = ""
    comparator: str = ""
    source: tuple[CellRef | str, ...] = ()
    target: str = ""
    status: str = ""
    judgement: str = ""

    def record(self) -> dict[str, str | int | float | None]:
        """The row by column, in plain values: whole numbers or floats, dates as ISO text, cells joined by `;`."""
        return {name: _plain(value) for name, value in self._asdict().items()}


def _plain(value: object) -> str | int | float | None:
    match value:
        case Fraction():
            return int(value) if value.denominator == 1 else float(value)
        case date():
            return value.isoformat()
        case tuple():
            return ";".join(str(cell) for cell in value)
        case None | str():
            return value
    raise TypeError(f"{value!r} has no plain form")


def list_figures(workbook: Workbook, folder: ReportFolder, figures: Figures) -> Iterator[FigureRow]:
    """The figures of every section's tables in the report's order: an indicator's periods, then its comparators."""
    stated = stated_benchmark_period(workbook, folder)
    for section in folder.sections:
        plans = figures.tables[section.id]
        shown = {timeline.indicator.id: (plan, timeline) for plan in plans for timeline in plan.timelines}
        for plan, timeline in (shown[name] for name in section.indicators if name in shown):
            indicator = timeline.indicator
            measure = indicator.measure.value
            row = partial(FigureRow, section.id, indicator.id, indicator.title, measure, indicator.unit)
            yield from (_of_period(row, timeline, period) for period in plan.shown)
            yield from (_of_comparator(row, timeline, each.id, stated) for each in plan.comparators)


class Facts(NamedTuple):
    """What is said of an indicator's figure of a period, as in its row."""

    direction: str = ""
    target: str = ""
    status: str = ""
    judgement: str = ""


def facts_of(timeline: Timeline, period: Period) -> Facts:
    """Where the figure went, the target in force and, if it is due, its status; the judgement of the newest one."""
    direction = timeline.directions.get(period) if timeline.indicator.direction else None
    is_due = period <= timeline.newest.period
    status = timeline.statuses.get(period, TargetStatus()) if is_due else None
    return Facts(
        direction=direction.value if direction in _ARROWS else "",
        target=target_text(timeline.indicator, status) if status and status.target else "",
        status=status.word.value if status else "",
        judgement=timeline.judgement.verdict.value if period == timeline.newest.period else "",
    )


def _of_period(row: partial[FigureRow], timeline: Timeline, period: Period) -> FigureRow:
    figure = timeline.at(period)
    return row(
        period=period.label,
        period_start=period.start,
        value=figure.value,
        numerator=figure.count,
        denominator=figure.total,
        text=" ".join(period_lines(timeline, period)[0]),
        source=figure.cells,
        **facts_of(timeline, period)._asdict(),
    )


def _of_comparator(row: partial[FigureRow], timeline: Timeline, comparator: str, stated: str) -> FigureRow:
    benchmark = timeline.benchmarks.get(comparator)
    of_comparator = row(text=benchmark_text(timeline.indicator, benchmark, stated), comparator=comparator)
    if benchmark is None:
        return of_comparator
    source: tuple[CellRef | str, ...] = (*benchmark.cells, *filter(None, [benchmark.source]))
    return of_comparator._replace(period=benchmark.period or stated, value=benchmark.value, source=source)
