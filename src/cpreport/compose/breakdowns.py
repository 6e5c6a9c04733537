"""Breakdowns: what may be printed of one, by category, group and period, and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from cpreport.compose.columns import cell
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import in_words
from cpreport.compose.table_options import MOST_COLUMNS, Reader, each_read, read_caption, read_flag, read_name
from cpreport.compose.tables import plain_table
from cpreport.model.document import EMPTY, Align, RowKind, Table, TableCell, TableRow
from cpreport.model.figure import State, first_marker
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown
from cpreport.model.number import rounded
from cpreport.model.period import Period
from cpreport.model.workbook import BreakdownCount, Workbook
from cpreport.model.working import Basis, ShownFigure, Working, quotient, total

SHARE_DECIMALS = 1
"""How many decimals a share prints with."""

_NUMBER, _SHARE = "number", "per cent"
_SHOWN = {"number": (_NUMBER,), "share": (_SHARE,), "both": (_NUMBER, _SHARE)}
_YEAR_AGO = "year ago"


@dataclass(frozen=True, slots=True)
class BreakdownFigure:
    """A category's count, and its share of its column in per cent, exact; or those of a whole column.

    `count` is None where only shares are known, `share` where there is nothing to be a share of. Neither is there
    where `state` is BLANK, CONFIDENTIAL or ERROR. `of_count` and `of_share` say how they come about, None where they
    are.
    """

    count: int | None = None
    share: Fraction | None = None
    state: State = State.BLANK
    of_count: Working | None = None
    of_share: Working | None = None

    @property
    def count_text(self) -> str:
        """As a table prints the count."""
        if self.count is not None:
            return f"{self.count:,}"
        return EMPTY if self.state in (State.BLANK, State.PRESENT) else self.state.value

    @property
    def share_text(self) -> str:
        """As a table prints the share."""
        if self.share is not None:
            return f"{rounded(self.share, SHARE_DECIMALS)}%"
        return self.count_text if self.count is None else State.NO_FIGURE.value


NOTHING = BreakdownFigure()
TOTAL = "Total"
_HUNDRED = Working(Fraction(100))


class BreakdownColumn(NamedTuple):
    """A group in a period: what it has of each category, and in all. Where only shares are known `total` is blank.

    `group` is empty where a breakdown has none; it is None for all groups of a period together. `name` is what the
    column is called: its group and, where periods stand beside each other, its period; empty where that says nothing.
    """

    group: str | None
    period: Period
    name: str
    figures: Mapping[str, BreakdownFigure]
    total: BreakdownFigure
    is_of_shares: bool = False

    def figure(self, category: str) -> BreakdownFigure:
        """That of a category; blank where the column has none."""
        return self.figures.get(category, NOTHING)


class BreakdownView(NamedTuple):
    """What may be printed of a breakdown: its categories in order, and a column for each group of each period.

    `totals` has a column for all groups of each period: those with counts together, or the only one.
    """

    breakdown: Breakdown
    categories: tuple[str, ...]
    columns: tuple[BreakdownColumn, ...]
    totals: tuple[BreakdownColumn, ...]

    def column(self, period: Period, group: str | None = None) -> BreakdownColumn:
        """That of a group, or of all, in a period; one without figures where there is none."""
        several = (each for each in (*self.columns, *self.totals) if (each.period, each.group) == (period, group))
        return next(several, BreakdownColumn(group, period, "", {}, NOTHING))


class BreakdownOptions(NamedTuple):
    """What a table's tag says of it. `show` is what its columns hold, `compare` whether a year ago stands beside."""

    show: tuple[str, ...] = _SHOWN["both"]
    row_total: bool = True
    total: bool = True
    compare: bool = True
    caption: str = ""
    name: str = ""


def read_options(given: Mapping[str, object], folder: ReportFolder) -> BreakdownOptions:
    """The options of `breakdown_table`; raises TemplateMistake for one that it may not have."""
    return BreakdownOptions(**each_read("breakdown_table", given, _READERS, folder))


def _shown(name: str, value: object, _: ReportFolder) -> tuple[str, ...]:
    if not isinstance(value, str) or value not in _SHOWN:
        raise TemplateMistake(f'{name} must be "number", "share" or "both", not {in_words(value)}')
    return _SHOWN[value]


def read_compared(name: str, value: object, _: ReportFolder) -> bool:
    if value not in (_YEAR_AGO, None):
        raise TemplateMistake(f'{name} must be "{_YEAR_AGO}" or none, not {in_words(value)}')
    return value is not None


_READERS: Mapping[str, Reader] = {
    "show": _shown,
    "row_total": read_flag,
    "total": read_flag,
    "compare": read_compared,
    "caption": read_caption,
    "name": read_name,
}


def find_breakdown(id: object, folder: ReportFolder) -> Breakdown:
    """The breakdown that a template names."""
    breakdown = folder.breakdowns.get(str(id))
    if breakdown is None:
        raise TemplateMistake(f"{in_words(id)} is not a breakdown{nearest(str(id), folder.breakdowns)}")
    return breakdown


def breakdown_view(breakdown: Breakdown, workbook: Workbook, with_year_ago: bool = True) -> BreakdownView:
    """What may be printed of a breakdown in the reporting period, and beside it a year ago where that is kept.

    Raises TemplateMistake where it has no counts for the reporting period.
    """
    now = workbook.period
    counts = counts_of(breakdown, workbook)
    periods = {count.period or now for count in counts}
    if now not in periods:
        newest = f"; its newest are for {max(periods)}" if periods else ""
        raise TemplateMistake(f"the breakdown {breakdown.id} has no counts for {now}{newest}")
    return view_of(breakdown, counts, [now, now.year_earlier()] if with_year_ago else [now], now)


def counts_of(breakdown: Breakdown, workbook: Workbook) -> list[BreakdownCount]:
    """The counts of all periods, in the order of the sheet."""
    return [count for count in workbook.breakdowns if count.breakdown == breakdown.id]


def view_of(
    breakdown: Breakdown, counts: Iterable[BreakdownCount], periods: Sequence[Period], now: Period
) -> BreakdownView:
    """What may be printed of some counts in some periods; those without a period are of this one.

    Columns and categories are in the order in which they are typed, the periods of a group side by side; categories
    that the breakdown orders stand first, groups of shares last.
    """
    columns: dict[tuple[str, Period], list[BreakdownCount]] = {}
    for count in counts:
        if (when := count.period or now) in periods:
            columns.setdefault((count.group, when), []).append(count)
    groups, shown = (list(dict.fromkeys(names)) for names in zip(*columns, strict=True)) if columns else ([], [])
    found = dict.fromkeys(count.category for several in columns.values() for count in several)
    categories = tuple(sorted(found, key=lambda name: [*breakdown.order, name].index(name)))

    def column(group: str, period: Period) -> BreakdownColumn:
        several = columns[group, period]
        is_of_shares = any(count.share is not None for count in several)
        in_periods = len(shown) if not is_of_shares else sum((group, each) in columns for each in shown)
        name = ", ".join(text for text in (group, period.label if in_periods > 1 else "") if text)
        return BreakdownColumn(group, period, name, *_figures(several, is_of_shares, categories), is_of_shares)

    made = [column(group, period) for group in groups for period in shown if (group, period) in columns]
    made.sort(key=lambda each: each.is_of_shares)
    totals = (_of_all_groups([each for each in made if each.period == period], len(shown) > 1) for period in shown)
    return BreakdownView(breakdown, categories, tuple(made), tuple(totals))


def _figures(
    counts: Sequence[BreakdownCount], is_of_shares: bool, categories: Iterable[str]
) -> tuple[dict[str, BreakdownFigure], BreakdownFigure]:
    """What a column has of each category and in all; one count that cannot be printed hides them all."""
    state = first_marker(*(count.state for count in counts))
    if state is not State.PRESENT:
        hidden = BreakdownFigure(state=state)
        return dict.fromkeys(categories, hidden), hidden
    if is_of_shares:
        shares = ((each, each.share) for each in counts if each.share is not None)
        typed = ((each, Working(share, (each.cell,))) for each, share in shares)
        return {each.category: _of_share(share) for each, share in typed}, NOTHING
    known = ((each, each.count) for each in counts if each.count is not None)
    return _counted({each.category: Working(Fraction(count), (each.cell,)) for each, count in known})


def _of_share(share: Working) -> BreakdownFigure:
    return BreakdownFigure(share=share.value, state=State.PRESENT, of_share=share)


def _counted(counts: Mapping[str, Working]) -> tuple[dict[str, BreakdownFigure], BreakdownFigure]:
    """Counts with their shares, and what they add up to; nothing where there are none."""
    if not counts:
        return {}, NOTHING
    whole = total(*counts.values())

    def figure(count: Working) -> BreakdownFigure:
        share = quotient(_HUNDRED, count, whole) if whole.value else None
        return BreakdownFigure(int(count.value), share and share.value, State.PRESENT, count, share)

    return {name: figure(count) for name, count in counts.items()}, figure(whole)


def _of_all_groups(columns: Sequence[BreakdownColumn], has_periods: bool) -> BreakdownColumn:
    """The column of all groups of a period: nothing of it is left where one of them is hidden."""
    counted = [column for column in columns if not column.is_of_shares] or columns
    first = counted[0]
    name = f"Total, {first.period}" if has_periods else "Total"
    if len(counted) == 1:
        return first._replace(group=None, name=name)
    state = first_marker(*(column.total.state for column in counted if column.figures))
    if state is not State.PRESENT:
        hidden = BreakdownFigure(state=state)
        figures = {category: hidden for column in counted for category in column.figures}
        return BreakdownColumn(None, first.period, name, figures, hidden)
    counts: dict[str, list[Working]] = {}
    for category, figure in (pair for column in counted for pair in column.figures.items()):
        counts.setdefault(category, []).extend(filter(None, [figure.of_count]))
    added = {category: total(*several) for category, several in counts.items() if several}
    return BreakdownColumn(None, first.period, name, *_counted(added))


def category_basis(
    breakdown: Breakdown, column: BreakdownColumn, figure: BreakdownFigure, category: str, is_share: bool
) -> Basis:
    """What is printed of a category, or of several, in a column."""
    names = (column.group if column.group is not None else TOTAL, category or EMPTY)
    return Basis(
        subject=breakdown.id,
        period=column.period,
        what="share" if is_share else "",
        category=", ".join(name for name in dict.fromkeys(names) if name),
        state=figure.state,
        working=figure.of_share if is_share else figure.of_count,
    )


def breakdown_table(view: BreakdownView, asked: BreakdownOptions) -> Table:
    """Categories with their counts and per cents, and a total; columns for each group and period, then for all groups.

    Totals of groups have a column only where there are several groups with counts. Raises TemplateMistake for more
    columns than a table may have.
    """
    wanted = asked.show
    counted = [column for column in view.columns if not column.is_of_shares]
    has_several = len({column.group for column in counted if column.figures}) > 1
    columns = [*counted, *(view.totals if asked.row_total and has_several else ()), *view.columns[len(counted) :]]
    parts = [(column, what) for column in columns for what in wanted if what == _SHARE or not column.is_of_shares]
    if len(parts) > MOST_COLUMNS:
        raise TemplateMistake(
            f'{len(parts)} columns are too many (at most {MOST_COLUMNS}): try show="number", compare=none'
        )
    rows = [
        _row(
            RowKind.PLAIN,
            name or EMPTY,
            [_cell(view, column, name, column.figure(name), what) for column, what in parts],
        )
        for name in view.categories
    ]
    if asked.total:
        rows.append(
            _row(RowKind.TOTAL, TOTAL, [_cell(view, column, TOTAL, column.total, what) for column, what in parts])
        )
    headings = (_heading(column, what, view.breakdown, len(wanted) > 1) for column, what in parts)
    made = plain_table(asked.caption or view.breakdown.title, (view.breakdown.heading, *headings), rows)
    return replace(made, name=asked.name)


def _row(kind: RowKind, name: str, cells: Iterable[TableCell]) -> TableRow:
    return TableRow(kind, (cell(name), *cells))


def _cell(view: BreakdownView, column: BreakdownColumn, category: str, figure: BreakdownFigure, what: str) -> TableCell:
    is_share = what == _SHARE
    text = figure.share_text if is_share else figure.count_text
    basis = category_basis(view.breakdown, column, figure, category, is_share)
    return cell(text, Align.RIGHT, None if text == EMPTY else ShownFigure(text, basis))


def _heading(column: BreakdownColumn, what: str, breakdown: Breakdown, is_one_of_two: bool) -> str:
    """`Age: 16 number`; what stands in a column is said where it is not the number alone."""
    is_headed = bool(breakdown.group_heading and column.group)
    name = f"{breakdown.group_heading}: {column.name}" if is_headed else column.name
    is_said = is_one_of_two or what == _SHARE or not name
    heading = f"{name} {what if is_said else ''}".strip()
    return heading[0].upper() + heading[1:]
