"""Where the tables of a scorecard stand: their rows of headings, and the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from cpreport.inputs.workbook.scorecard.headings import RECENT, Heading, When, Yearless, heading_at
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import is_corner
from cpreport.model.indicator import Part
from cpreport.model.period import Kind, Period, Terms

_MOST_ROWS = 4
"""How many rows of headings a table may have."""

_NAMES = (Label.TITLE, Label.REFERENCE)


class Block(NamedTuple):
    """A table: its first and last row of headings, and the row after the last one below them.

    `title` is the row directly above with the table's name, where a sheet has several tables; else None.
    """

    first: int
    last: int
    end: int
    title: int | None = None

    @property
    def heading_rows(self) -> range:
        return range(self.first, self.last + 1)


def find_blocks(view: View, terms: Terms, has_periods: bool = True) -> list[Block]:
    """The tables of a view from the top, each with figures below a heading that speaks of a period.

    Without periods: below one that is called Actual or the like, beside the name of a column of indicators.
    """
    said = {row: says for row in view.rows if (says := _says(view, row, terms))}
    starts = [row for row, says in said.items() if _is_start(view, row, says, has_periods)]
    areas: list[tuple[int, int]] = []
    for row in starts:
        if not areas or row > areas[-1][1]:
            areas.append(_heading_rows(view, row, terms))
    ends = [*(first for first, _ in areas[1:]), max(view.rows, default=-1) + 1]
    blocks = [Block(first, last, end) for (first, last), end in zip(areas, ends, strict=False)]
    return _with_figures(view, blocks, terms)


def _with_figures(view: View, blocks: Sequence[Block], terms: Terms) -> list[Block]:
    """The tables that have figures; what looks like headings without any belongs to the table above."""
    found: list[Block] = []
    for block in blocks:
        columns = {column for row in block.heading_rows for column in _whens(view, row, terms)}
        below = (row for row in range(block.last + 1, block.end) if row in view.rows)
        if any(column in columns and view.has_figure((row, column)) for row in below for column in view.rows[row]):
            found.append(block)
        elif found:
            found[-1] = found[-1]._replace(end=block.end)
    named = [_named(view, block) for block in found] if len(found) > 1 else found
    ends = [block.first if block.title is None else block.title for block in named[1:]]
    return [block._replace(end=end) for block, end in zip(named, [*ends, *(b.end for b in named[-1:])], strict=True)]


def _named(view: View, block: Block) -> Block:
    """A table with the row of its name, if there is one."""
    has_title = len(view.rows.get(block.first - 1, ())) == 1
    return block._replace(title=block.first - 1) if has_title else block


def _says(view: View, row: int, terms: Terms) -> Mapping[int, Heading]:
    """What the cells of a row say as headings, by column; nothing where one holds a number that is no year.

    Numbers that could be years are figures where the texts beside them are no headings: 2,011, 2,012, 2,013 children.
    """
    numbers = [view.value((row, column)) for column in view.rows[row]]
    years = [value for value in numbers if isinstance(value, int | float) and not isinstance(value, bool)]
    once = list(dict.fromkeys(years))
    is_run = all(abs(later - earlier) == 1 for earlier, later in pairwise(once)) and _repeats(years, once)
    if years and not (is_run and set(years) <= set(RECENT)):
        return {}
    says = {column: heading_at(view, (row, column), terms) for column in view.rows[row]}
    texts = [each for column, each in says.items() if isinstance(view.value((row, column)), str)]
    has_headings = not texts or any(each.is_known or is_corner(each.text) for each in texts)
    return says if has_headings or not years else {}


def _repeats(years: Sequence[float], once: Sequence[float]) -> bool:
    """Whether years stand in groups: each several times, or all of them several times."""
    times = len(years) // len(once) if once else 1
    return list(years) in ([*once] * times, [year for year in once for _ in range(times)])


def _is_start(view: View, row: int, says: Mapping[int, Heading], has_periods: bool) -> bool:
    """Whether a row has the headings of a table: two periods, or one beside the name of a column of indicators."""
    whens = {each.whens for each in says.values() if each.says_when}
    has_names = any(label in each.labels for each in says.values() for label in _NAMES)
    if not has_periods:
        return has_names and any(each.part == (Part.VALUE,) for each in says.values())
    numbers = sum(isinstance(view.value((row, column)), int | float) for column in says)
    return (len(whens) > 1 and numbers not in (1, 2)) or (bool(whens) and has_names)


def _whens(view: View, row: int, terms: Terms) -> list[int]:
    """The columns of a row whose headings speak of a period."""
    says = {column: heading_at(view, (row, column), terms) for column in view.rows.get(row, ())}
    columns = [column for column, each in says.items() if each.says_when]
    columns = columns or [column for column, each in says.items() if each.part == (Part.VALUE,)]
    covered = (range(area[1], area[3] + 1) for column in columns if (area := view.merged.get((row, column))))
    return sorted({*columns, *(column for area in covered for column in area)})


def _heading_rows(view: View, start: int, terms: Terms) -> tuple[int, int]:
    """The first and last row of headings around one of them."""
    left = min(_whens(view, start, terms))
    first = last = start
    while first - 1 in view.rows and start - first < _MOST_ROWS - 1 and _is_above(view, first - 1, left, terms):
        first -= 1
    while last - start < _MOST_ROWS - 1 and _is_below(view, last + 1, left, terms):
        last += 1
    merged = (area[2] for (row, _), area in view.merged.items() if first <= row <= last)
    return first, max([last, *(bottom for bottom in merged if bottom - first < _MOST_ROWS)])


def _is_above(view: View, row: int, left: int, terms: Terms) -> bool:
    """Whether a row above headings belongs to them: over the periods stands what is known, or what is merged."""
    over = [column for column in view.rows[row] if _right_end(view, row, column) >= left]
    says = [heading_at(view, (row, column), terms) for column in over]
    if any(_is_number(view, row, column) and not each.whens for column, each in zip(over, says, strict=True)):
        return False
    finest = min(map(_fineness, _whens_of(view, row + 1, terms)), default=0)
    if whens := [when for each in says if each.says_when for when in each.whens]:
        return max(map(_fineness, whens)) > finest
    is_merged = any(column >= left and _right_end(view, row, column) > column for column in over)
    return is_merged or len(over) > 1 or any(each.is_known for each in says)


def _whens_of(view: View, row: int, terms: Terms) -> Iterator[When]:
    """The periods that a row of headings speaks of."""
    for column in view.rows[row]:
        yield from heading_at(view, (row, column), terms).whens


def _fineness(when: When) -> int:
    """0 for a month, 1 for a quarter or term, 2 for a year; a period that is unclear may be any."""
    kind = when.kind if isinstance(when, Period | Yearless) else Kind.MONTH
    return {Kind.MONTH: 0, Kind.QUARTER: 1, Kind.TERM: 1}.get(kind, 2)


def _is_below(view: View, row: int, left: int, terms: Terms) -> bool:
    """Whether a row below headings belongs to them: all that stands below the periods is a heading."""
    under = [column for column in view.rows.get(row, ()) if column >= left]
    if not under or any(_is_number(view, row, column) for column in under):
        return False
    return all(heading_at(view, (row, column), terms).is_known for column in under)


def _is_number(view: View, row: int, column: int) -> bool:
    value = view.value((row, column))
    return view.has_figure((row, column)) and not isinstance(value, date)


def _right_end(view: View, row: int, column: int) -> int:
    area = view.merged.get((row, column))
    return area[3] if area else column
