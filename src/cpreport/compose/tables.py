"""Tables: indicators with their directions, other sheets, the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cpreport.compose.columns import Column, cell, columns_of, star_notes, status_notes
from cpreport.compose.wording import YEARS, figure_text, report_name, short_title, type_of_measure
from cpreport.compose.workings import figure_basis
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
from cpreport.model.folder import GlossaryTerm, ReportFolder
from cpreport.model.indicator import Indicator
from cpreport.model.period import MONTHS, Kind, Period
from cpreport.model.revision import Cause
from cpreport.model.timeline import TablePlan, Timeline
from cpreport.model.workbook import OtherSheet
from cpreport.model.working import ShownFigure

_LONG = len("we are higher")
"""How many characters a line may have before its column gets more room."""

_UNTIL = {Kind.MONTH: "month end ", Kind.YEAR: "year from April to March, ", Kind.CALENDAR_YEAR: "calendar year "}


def indicator_tables(
    plans: Sequence[TablePlan], folder: ReportFolder, about: str, caption: str = "", name: str = ""
) -> tuple[Block, ...]:
    """A table for each plan, with notes beneath it; `about` is what their captions say they are about.

    A `caption` of their own stands in its place; what a reader must know to read the table is then a note.
    """
    blocks: list[Block] = []
    for plan in plans:
        said = [f"{about}, {until(plan.periods[-1])}{_cumulative(plan)}", *_explained(plan, folder)]
        blocks.append(_indicator_table(plan, folder, caption or ". ".join(said), name))
        blocks += _explaining(plan, folder) if caption else ()
        blocks += [*_notes(plan, folder), *status_notes(plan.timelines, folder)]
    return tuple(blocks)


def _indicator_table(plan: TablePlan, folder: ReportFolder, caption: str, name: str) -> Table:
    columns = columns_of(plan, folder)
    rows = [row for timeline in plan.timelines for row in _rows(plan, columns, timeline, folder)]
    return Table(
        TableKind.INDICATORS,
        caption,
        (*_TITLES, *(cell(column.heading, column.align) for column in columns)),
        tuple(rows),
        (12, 7, *_widths(columns, rows)),
        figures=sum(column.is_figure for column in columns),
        indicators=tuple(timeline.indicator.id for timeline in plan.timelines),
        name=name,
    )


_TITLES = (cell("Key indicator"), cell("Type of measure"))


def measures_table(plans: Iterable[TablePlan]) -> Table:
    """The indicators of some tables with their type of measure, where there are no figures."""
    rows = [
        TableRow(RowKind.PLAIN, (cell(timeline.indicator.name), _measure(timeline.indicator, plan.kind)))
        for plan in plans
        for timeline in plan.timelines
    ]
    return Table(TableKind.INDICATORS, "Indicators", _TITLES, tuple(rows), (8, 5))


def _widths(columns: Iterable[Column], rows: Iterable[TableRow]) -> list[int]:
    """The relative widths of the columns after the titles: one with a long line gets more room."""
    cells = zip(*(row.cells[2:] for row in rows if row.kind is not RowKind.DIRECTION), strict=True)
    is_long = (any(len(plain(line)) > _LONG for each in column for line in each.lines) for column in cells)
    return [max(column.width, 3 + long) for column, long in zip(columns, is_long, strict=True)]


def _cumulative(plan: TablePlan) -> str:
    """Of which year the figures of a table of cumulative indicators are, as its caption goes on; empty for others."""
    if plan.cumulative is None:
        return ""
    first = MONTHS[plan.cumulative.first_month(plan.periods[0]) - 1]
    return f", cumulative for the {YEARS[plan.cumulative]} from {first}"


def _explained(plan: TablePlan, folder: ReportFolder) -> Iterator[str]:
    """What a table's arrows and benchmarks are."""
    if any(timeline.indicator.direction for timeline in plan.timelines):
        yield f"Arrows: change on the {plan.kind.frequency.value} before"
    if plan.comparators and folder.benchmark_period:
        yield f"Benchmarks of {folder.benchmark_period} unless stated"


def _explaining(plan: TablePlan, folder: ReportFolder) -> Iterator[Note]:
    """A note with what the caption says of a table that has none of its own."""
    if said := [*filter(None, (_cumulative(plan)[2:].replace("c", "C", 1),)), *_explained(plan, folder)]:
        yield Note(_text(f"{'. '.join(said)}."))


def until(period: Period) -> str:
    """`month end July 2023`, as captions name the newest period."""
    return _UNTIL.get(period.kind, "") + period.long


def _rows(plan: TablePlan, columns: Iterable[Column], timeline: Timeline, folder: ReportFolder) -> Iterator[TableRow]:
    """An indicator's figures with their direction of travel in their cells, or in a row of its own below."""
    indicator, entries = timeline.indicator, [column.entry(timeline) for column in columns]
    kind = RowKind.PLAIN if folder.direction_in_cell else RowKind.FIGURES
    yield TableRow(kind, (cell(indicator.name), _measure(indicator, plan.kind), *(each.cell for each in entries)))
    if indicator.direction and not folder.direction_in_cell:
        title = cell(f"Direction of travel, {short_title(indicator)}")
        change = cell(f"change on previous {plan.kind.frequency.value}")
        directions = (cell(each.direction, each.cell.align) for each in entries)
        yield TableRow(RowKind.DIRECTION, (title, change, *directions))


def _measure(indicator: Indicator, kind: Kind) -> TableCell:
    return TableCell(tuple(map(_text, type_of_measure(indicator, kind))))


def _notes(plan: TablePlan, folder: ReportFolder) -> Iterator[Note]:
    """Notes on a table's figures: their marks, revisions since an earlier report, and changes between two of them.

    They also name the comparators that have no column, as none of its indicators has a benchmark of them.
    """
    for timeline in plan.timelines:
        yield from figure_notes(timeline, plan.shown)
    own = folder.sentence("earlier_columns", period=plan.kind.frequency.value)
    starred = [timeline for timeline in plan.timelines if timeline.indicator.cumulative_in_table]
    yield from star_notes(starred, plan.periods[-1], folder, own if len(plan.shown) > 1 else "")
    if left_out := [each.heading for each in folder.comparators if each not in plan.comparators]:
        yield Note(_text(f"No benchmarks for these indicators: {', '.join(left_out).rstrip('.')}."))


def figure_notes(timeline: Timeline, periods: Sequence[Period]) -> Iterator[Note]:
    """Notes on an indicator's figures of some periods in order, as those of a table."""
    title = short_title(timeline.indicator)
    for period in periods:
        if note := timeline.at(period).note:
            yield Note(_text(f"{title}, {period.label}: {note}"))
    yield from (Note(_text(f"{title}{note}"), shown=shown) for note, shown in _revision_notes(timeline, periods))
    for period, change in timeline.changes:
        if periods[0] < period <= periods[-1]:
            yield Note(_text(f"{title}, from {period.label}: {change.note}"))


def _revision_notes(timeline: Timeline, periods: Iterable[Period]) -> Iterator[tuple[str, tuple[ShownFigure, ...]]]:
    """A note for each figure that was revised by itself, and one for all that were revised with something else."""
    together: dict[tuple[str, Period], list[tuple[str, ShownFigure]]] = {}
    for period in periods:
        revision = timeline.revisions.get(period)
        if revision is None:
            continue
        text, report = figure_text(revision.defined, revision.was), report_name(revision.reported)
        shown = ShownFigure(text, figure_basis(revision.defined, revision.was)._replace(what=f"as given in {report}"))
        if timeline.at(period).value is None:
            yield f", {period.label}: withdrawn since {report}.", ()
        elif revision.cause is Cause.FIGURES:
            yield f", {period.label}: revised; {report} gave {text}.", (shown,)
        else:
            series = dict.fromkeys(change.series for change in revision.changes)
            cause = " and ".join(series) or "the indicator's definition"
            together.setdefault((cause, revision.reported), []).append((f"{text} for {period.label}", shown))
    for (cause, reported), several in together.items():
        gave, shown_of_all = zip(*several, strict=True)
        yield f": revised with {cause}; {report_name(reported)} gave {' and '.join(gave)}.", shown_of_all


def sheet_table(name: str, sheet: OtherSheet) -> Table:
    """Another sheet's cells: its first row heads the columns, columns without anything are left out.

    A heading, and a cell without anything, stands on the side of its column's first value.
    """
    cells = (zip(texts, aligns, strict=True) for texts, aligns in zip(sheet.rows, sheet.aligns, strict=True))
    columns = [column for column in zip(*cells, strict=True) if any(text for text, _ in column)]
    usual = [next((align for text, align in column[1:] if text), Align.LEFT) for column in columns]
    heads, *body = list(zip(*columns, strict=True)) or [()]
    rows = [TableRow(RowKind.PLAIN, tuple(map(_sheet_cell, row, usual))) for row in body]
    return plain_table(name, [text for text, _ in heads], rows, usual)


def _sheet_cell(shown: tuple[str, Align], usual: Align) -> TableCell:
    text, align = shown
    return cell(text, align) if text else cell(EMPTY, usual)


def glossary_table(terms: Iterable[GlossaryTerm]) -> Table:
    """The terms in the order of the alphabet, with what they mean."""
    in_order = sorted(terms, key=lambda term: term.term.casefold())
    rows = [TableRow(RowKind.PLAIN, (cell(term.term), cell(term.description or EMPTY))) for term in in_order]
    table = plain_table(GLOSSARY, ("Term", "Description"), rows)
    return replace(table, widths=(1, 4))


def plain_table(caption: str, headings: Sequence[str], rows: Iterable[TableRow], aligns: Sequence[Align] = ()) -> Table:
    """`aligns` are those of the headings; without them they are the first row's."""
    rows = tuple(rows)
    aligns = aligns or ([cell.align for cell in rows[0].cells] if rows else [Align.LEFT] * len(headings))
    cells = (cell(text or EMPTY, align) for text, align in zip(headings, aligns, strict=True))
    return Table(TableKind.PLAIN, caption, tuple(cells), rows, (3, *[2] * (len(headings) - 1)))


def _text(text: str) -> Text:
    return (Span(text),)
