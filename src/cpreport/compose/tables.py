"""Tables: indicators with their directions, breakdowns, other sheets, the glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from cpreport.compose.targets import status_key, status_notes, with_targets
from cpreport.compose.wording import (
    DIRECTIONS,
    STANCES,
    Lines,
    benchmark_lines,
    column_heading,
    cumulative_lines,
    figure_lines,
    figure_text,
    report_name,
    short_title,
    type_of_measure,
)
from cpreport.model.document import (
    EMPTY,
    GLOSSARY,
    Align,
    Block,
    Note,
    RowKind,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
    Text,
    plain,
)
from cpreport.model.figure import Direction, Stance, State
from cpreport.model.folder import GlossaryTerm, ReportFolder
from cpreport.model.indicator import CumulativeYear, Indicator
from cpreport.model.number import rounded
from cpreport.model.period import MONTHS, Kind, Period
from cpreport.model.revision import Cause
from cpreport.model.timeline import TablePlan, Timeline
from cpreport.model.workbook import BreakdownCount, Rows

_LONG = len("we are higher")
"""How many characters a line may have before its column gets more room."""

_UNTIL = {Kind.MONTH: "month end ", Kind.YEAR: "year from April to March, ", Kind.CALENDAR_YEAR: "calendar year "}
_YEARS = {CumulativeYear.ACADEMIC: "academic year", CumulativeYear.FINANCIAL: "financial year"}


class _Column(NamedTuple):
    """A column of figures: its heading, and what it has of an indicator.

    `comparison` is the figure's direction, or where it stands against the benchmark; `is_compared`: it is either.
    """

    heading: str
    figure: Lines
    has_value: bool
    comparison: str
    is_compared: bool


def indicator_tables(plans: Sequence[TablePlan], folder: ReportFolder, about: str) -> tuple[Block, ...]:
    """A table for each plan, with notes beneath it; `about` is what their captions say they are about."""
    blocks: list[Block] = []
    for plan in plans:
        table = with_targets(_indicator_table(plan, folder, about), plan, folder)
        blocks += [table, *_notes(plan, folder), *status_notes(plan, folder)]
    return (*blocks, *status_key(plans, folder))


def _indicator_table(plan: TablePlan, folder: ReportFolder, about: str) -> Table:
    headings = [column.heading for column in _columns(plan, plan.timelines[0], folder)]
    rows = [row for timeline in plan.timelines for row in _rows(plan, timeline, folder)]
    return Table(
        TableKind.INDICATORS,
        _caption(plan, folder, about),
        (*map(_cell, ("Key indicator", "Type of measure")), *(_cell(text, Align.RIGHT) for text in headings)),
        tuple(rows),
        (8, 5, *_widths(rows)),
        indicators=tuple(timeline.indicator.id for timeline in plan.timelines),
    )


def _columns(plan: TablePlan, timeline: Timeline, folder: ReportFolder) -> Iterator[_Column]:
    indicator, uncompared = timeline.indicator, Direction.NOT_COMPARED
    for period in plan.periods:
        figure, direction = timeline.at(period), timeline.directions.get(period, uncompared)
        lines, has_value = figure_lines(indicator, figure), figure.value is not None
        heading = column_heading(period, plan.periods)
        yield _Column(heading, lines, has_value, DIRECTIONS[direction], direction is not uncompared)
    if year := timeline.cumulative:
        lines, has_value = cumulative_lines(indicator, year), year.value is not None
        yield _Column("Cumulative", lines, has_value, DIRECTIONS[uncompared], False)
    for comparator in plan.comparators:
        benchmark = timeline.benchmarks.get(comparator.id)
        lines = benchmark_lines(indicator, benchmark, folder.benchmark_period)
        has_value = benchmark is not None and benchmark.value is not None
        stance = timeline.stances.get(comparator.id, Stance.NOT_COMPARABLE)
        is_compared = stance is not Stance.NOT_COMPARABLE
        yield _Column(comparator.heading, lines, has_value, STANCES[stance], is_compared)


def measures_table(plans: Iterable[TablePlan]) -> Table:
    """The indicators of some tables with their type of measure, where there are no figures."""
    rows = [
        TableRow(RowKind.PLAIN, (_cell(timeline.indicator.name), _measure(timeline.indicator, plan.kind)))
        for plan in plans
        for timeline in plan.timelines
    ]
    headings = (_cell("Key indicator"), _cell("Type of measure"))
    return Table(TableKind.INDICATORS, "Indicators", headings, tuple(rows), (8, 5))


def _widths(rows: Iterable[TableRow]) -> list[int]:
    """The relative widths of the figures' columns: a long figure gets more room."""
    figures = zip(*(row.cells[2:] for row in rows if row.kind is not RowKind.DIRECTION), strict=True)
    return [4 if any(len(plain(line)) > _LONG for cell in column for line in cell.lines) else 3 for column in figures]


def _caption(plan: TablePlan, folder: ReportFolder, about: str) -> str:
    """What a table is about and until when, and what its arrows and benchmarks are."""
    said = f"{about}, {_UNTIL.get(plan.kind, '')}{plan.periods[-1].long}"
    if plan.cumulative:
        month = MONTHS[plan.cumulative.first_month(plan.periods[0]) - 1]
        said += f", cumulative for the {_YEARS[plan.cumulative]} from {month}"
    if any(timeline.indicator.direction for timeline in plan.timelines):
        said += f". Arrows: change on the {plan.kind.frequency.value} before"
    if plan.comparators and folder.benchmark_period:
        said += f". Benchmarks of {folder.benchmark_period} unless stated"
    return said


def _rows(plan: TablePlan, timeline: Timeline, folder: ReportFolder) -> Iterator[TableRow]:
    """An indicator's figures with their direction of travel in their cells, or in a row of its own below."""
    indicator, columns = timeline.indicator, tuple(_columns(plan, timeline, folder))
    titles = _cell(indicator.name), _measure(indicator, plan.kind)
    if folder.direction_in_cell:
        yield TableRow(RowKind.PLAIN, (*titles, *(_with_comparison(column, indicator) for column in columns)))
        return
    figures = (_cell(" ".join(column.figure), Align.RIGHT) for column in columns)
    yield TableRow(RowKind.FIGURES, (*titles, *figures))
    if indicator.direction:
        title = _cell(f"Direction of travel, {short_title(indicator)}")
        change = _cell(f"change on previous {plan.kind.frequency.value}")
        directions = (_cell(column.comparison, Align.RIGHT) for column in columns)
        yield TableRow(RowKind.DIRECTION, (title, change, *directions))


def _with_comparison(column: _Column, indicator: Indicator) -> TableCell:
    """The value in bold, its brackets below it, and below these what it is compared with says, if anything."""
    value, *brackets = column.figure
    comparison = [column.comparison] if column.is_compared and indicator.direction else []
    return TableCell(((Span(value, bold=column.has_value),), *map(_text, (*brackets, *comparison))), Align.RIGHT)


def _measure(indicator: Indicator, kind: Kind) -> TableCell:
    return TableCell(tuple(map(_text, type_of_measure(indicator, kind))))


def _notes(plan: TablePlan, folder: ReportFolder) -> Iterator[Note]:
    """Notes on a table's figures: their marks, revisions since an earlier report, and changes between two of them.

    They also name the comparators that have no column, as none of its indicators has a benchmark of them.
    """
    for timeline in plan.timelines:
        title = short_title(timeline.indicator)
        for period in plan.periods:
            if note := timeline.at(period).note:
                yield Note(_text(f"{title}, {period.label}: {note}"))
        yield from (Note(_text(f"{title}{note}")) for note in _revision_notes(plan, timeline))
        for period, change in timeline.changes:
            if plan.periods[0] < period <= plan.periods[-1]:
                yield Note(_text(f"{title}, from {period.label}: {change.note}"))
    if left_out := [each.heading for each in folder.comparators if each not in plan.comparators]:
        yield Note(_text(f"No benchmarks for these indicators: {', '.join(left_out)}."))


def _revision_notes(plan: TablePlan, timeline: Timeline) -> Iterator[str]:
    """A note for each figure that was revised by itself, and one for all that were revised with something else."""
    together: dict[tuple[str, Period], list[str]] = {}
    for period in plan.periods:
        revision = timeline.revisions.get(period)
        if revision is None:
            continue
        text = figure_text(revision.defined, revision.was)
        if timeline.at(period).value is None:
            yield f", {period.label}: withdrawn since {report_name(revision.reported)}."
        elif revision.cause is Cause.FIGURES:
            yield f", {period.label}: revised; {report_name(revision.reported)} gave {text}."
        else:
            series = dict.fromkeys(change.series for change in revision.changes)
            cause = " and ".join(series) or "the indicator's definition"
            together.setdefault((cause, revision.reported), []).append(f"{text} for {period.label}")
    for (cause, reported), gave in together.items():
        yield f": revised with {cause}; {report_name(reported)} gave {' and '.join(gave)}."


def breakdown_table(title: str, counts: Sequence[BreakdownCount], now: Period) -> Table:
    """Categories with their counts and per cents, and a total; a pair of columns for each group (or period)."""
    has_periods = len({count.period or now for count in counts}) > 1
    groups: dict[str, list[BreakdownCount]] = {}
    for count in counts:
        period = (count.period or now).label if has_periods else ""
        groups.setdefault(", ".join(text for text in (count.group, period) if text), []).append(count)
    categories = list(dict.fromkeys(count.category for count in counts))
    columns = zip(*(_counts_and_shares(group, categories) for group in groups.values()), strict=True)
    names = [*((RowKind.PLAIN, name or EMPTY) for name in categories), (RowKind.TOTAL, "Total")]
    rows = [
        TableRow(kind, (_cell(name), *(_cell(text, Align.RIGHT) for pair in pairs for text in pair)))
        for (kind, name), pairs in zip(names, columns, strict=True)
    ]
    heads = [f"{group} {what}".strip() for group in groups for what in ("number", "per cent")]
    headings = ("Category", *(head[0].upper() + head[1:] for head in heads))
    return _plain_table(title, headings, rows)


def _counts_and_shares(group: Iterable[BreakdownCount], categories: Sequence[str]) -> list[tuple[str, str]]:
    """The count and the per cent of each category and of all, or why a group has none."""
    counts = Counter[str]()
    states = [State.PRESENT]
    for count in group:
        if count.state is not State.PRESENT:
            states.append(count.state)
        elif count.count is not None:
            counts[count.category] += count.count
    if states[1:]:
        return [(states[-1].value,) * 2] * (len(categories) + 1)
    total = counts.total()
    return [_count_and_share(counts.get(name), total) for name in categories] + [_count_and_share(total, total)]


def _count_and_share(count: int | None, total: int) -> tuple[str, str]:
    if count is None:
        return EMPTY, EMPTY
    return f"{count:,}", rounded(Fraction(100 * count, total), 1) + "%" if total else "N/A"


def sheet_table(name: str, rows: Rows) -> Table:
    """Another sheet's cells: its first row heads the columns, columns without anything are left out."""
    columns = (column for column in zip_longest(*rows, fillvalue="") if any(column))
    heads, *body = list(zip(*columns, strict=True)) or [()]
    return _plain_table(
        name, heads, [TableRow(RowKind.PLAIN, tuple(_cell(text or EMPTY) for text in row)) for row in body]
    )


def glossary_table(terms: Iterable[GlossaryTerm]) -> Table:
    rows = [TableRow(RowKind.PLAIN, (_cell(term.term), _cell(term.description or EMPTY))) for term in terms]
    table = _plain_table(GLOSSARY, ("Term", "Description"), rows)
    return replace(table, widths=(1, 4))


def _plain_table(caption: str, headings: Sequence[str], rows: Iterable[TableRow]) -> Table:
    rows = tuple(rows)
    aligns = [cell.align for cell in rows[0].cells] if rows else [Align.LEFT] * len(headings)
    cells = (_cell(text or EMPTY, align) for text, align in zip(headings, aligns, strict=True))
    return Table(TableKind.PLAIN, caption, tuple(cells), rows, (3, *[2] * (len(headings) - 1)))


def _cell(text: str, align: Align = Align.LEFT) -> TableCell:
    return TableCell((_text(text),), align)


def _text(text: str) -> Text:
    return (Span(text),)
