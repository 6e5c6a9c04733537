"""Tables: indicators with their directions, breakdowns, other sheets, the glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from cpreport.compose.targets import status_key, status_notes, with_targets
from cpreport.compose.wording import (
    DIRECTIONS,
    benchmark_text,
    cumulative_text,
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

_CAPTIONS = {
    Kind.MONTH: "Month end",
    Kind.QUARTER: "By quarter",
    Kind.TERM: "By school term",
    Kind.YEAR: "By year, April to March",
    Kind.CALENDAR_YEAR: "By calendar year",
}
_YEARS = {CumulativeYear.ACADEMIC: "academic year", CumulativeYear.FINANCIAL: "financial year"}
_NOTHING = (Direction.NOT_COMPARED.value, Stance.NOT_COMPARABLE.value)


def indicator_tables(plans: Sequence[TablePlan], folder: ReportFolder) -> tuple[Block, ...]:
    """A table for each plan, with notes on its figures beneath it."""
    blocks: list[Block] = []
    for plan in plans:
        table = with_targets(_indicator_table(plan, folder), plan, folder)
        blocks += [table, *_notes(plan), *status_notes(plan, folder)]
    return (*blocks, *status_key(plans, folder))


def _indicator_table(plan: TablePlan, folder: ReportFolder) -> Table:
    headings = [heading for heading, _, _ in _columns(plan, plan.timelines[0], folder)]
    rows = [row for timeline in plan.timelines for row in _rows(plan, timeline, folder)]
    return Table(
        TableKind.INDICATORS,
        _caption(plan, folder),
        (*map(_cell, ("Key indicator", "Type of measure")), *(_cell(text, Align.RIGHT) for text in headings)),
        tuple(rows),
        (8, 5, *_widths(rows)),
    )


def _columns(plan: TablePlan, timeline: Timeline, folder: ReportFolder) -> Iterator[tuple[str, str, str]]:
    """The heading of each column with figures, and what it has of an indicator: its figure, and its direction."""
    indicator = timeline.indicator
    for period in plan.periods:
        direction = timeline.directions.get(period, Direction.NOT_COMPARED)
        yield period.label, figure_text(indicator, timeline.at(period)), DIRECTIONS[direction]
    if timeline.cumulative:
        yield "Cumulative", cumulative_text(indicator, timeline.cumulative), DIRECTIONS[Direction.NOT_COMPARED]
    for comparator in plan.comparators:
        text = benchmark_text(indicator, timeline.benchmarks.get(comparator.id), folder.benchmark_period)
        yield comparator.heading, text, timeline.stances.get(comparator.id, Stance.NOT_COMPARABLE).value


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
    return [4 if any(len(plain(cell.lines[0])) > 10 for cell in column) else 3 for column in figures]


def _caption(plan: TablePlan, folder: ReportFolder) -> str:
    parts = [f"{_CAPTIONS[plan.kind]}, {plan.periods[0].label} to {plan.periods[-1].label}"]
    if plan.cumulative:
        month = MONTHS[plan.cumulative.first_month(plan.periods[0]) - 1]
        parts.append(f"cumulative for the {_YEARS[plan.cumulative]} from {month}")
    if plan.comparators and folder.benchmark_period:
        parts.append(f"benchmarks of {folder.benchmark_period} unless another period is given")
    return "; ".join(parts)


def _rows(plan: TablePlan, timeline: Timeline, folder: ReportFolder) -> Iterator[TableRow]:
    """An indicator's figures, and its direction of travel in a row of its own or, if any, in their cells."""
    indicator, in_cell = timeline.indicator, folder.direction_in_cell
    figures = [(text, direction) for _, text, direction in _columns(plan, timeline, folder)]
    lines = (
        (text, direction) if in_cell and indicator.direction and direction not in _NOTHING else (text,)
        for text, direction in figures
    )
    cells = (TableCell(tuple(map(_text, each)), Align.RIGHT) for each in lines)
    name, measure = _cell(indicator.name), _measure(indicator, plan.kind)
    yield TableRow(RowKind.PLAIN if in_cell else RowKind.FIGURES, (name, measure, *cells))
    if indicator.direction and not in_cell:
        title = _cell(f"Direction of travel, {short_title(indicator)}")
        change = _cell(f"change on previous {plan.kind.frequency.value}")
        directions = (_cell(direction, Align.RIGHT) for _, direction in figures)
        yield TableRow(RowKind.DIRECTION, (title, change, *directions))


def _measure(indicator: Indicator, kind: Kind) -> TableCell:
    return TableCell(tuple(map(_text, type_of_measure(indicator, kind))))


def _notes(plan: TablePlan) -> Iterator[Note]:
    """Notes on a table's figures: their marks, revisions since an earlier report, and changes between two of them."""
    for timeline in plan.timelines:
        title = short_title(timeline.indicator)
        for period in plan.periods:
            if note := timeline.at(period).note:
                yield Note(_text(f"{title}, {period.label}: {note}"))
        yield from (Note(_text(f"{title}{note}")) for note in _revision_notes(plan, timeline))
        for period, change in timeline.changes:
            if plan.periods[0] < period <= plan.periods[-1]:
                yield Note(_text(f"{title}, from {period.label}: {change.note}"))


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
