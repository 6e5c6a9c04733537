"""The headers of a wide Data sheet: which columns are periods, and whether those run as they should."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cpreport.inputs.workbook.cells.values import CellValue
from cpreport.inputs.workbook.meaning import Problem, is_figure, noted, period_said, text_of, why
from cpreport.inputs.workbook.tables import SheetTable
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import data as rules
from cpreport.model.rules.workbook import COLUMN_MISSING, COLUMN_TWICE

_SHORT_GAP = {Kind.MONTH: 2, Kind.QUARTER: 2}
"""How many missing periods are a gap; more are a column that stands apart, such as the same month a year ago."""

_MANY = 6
"""How many other columns of a kind make it likely that none was meant to stand apart."""

_Run = list[tuple[int, Period]]
"""Columns with their periods."""


def read_headers(table: SheetTable, terms: Terms) -> tuple[dict[int, Period], list[Finding]]:
    """The columns that are periods. Every other header right of the first one is a finding."""
    row = table.first_row - 1
    periods: dict[int, Period] = {}
    columns: dict[Period, int] = {}
    wrong: dict[int, Finding] = {}
    for column, heading in enumerate(table.headings):
        if column in (table.columns["indicator"], table.columns["figure"]):
            continue
        found = _header(table, column, heading, terms, is_label=not (periods or wrong))
        if isinstance(found, Period) and found in columns:
            first = table.cell(row, columns[found]).a1
            found = COLUMN_TWICE.at(table.place(row, column), header=found.label, first=first)
        if isinstance(found, Finding):
            wrong[column] = replace(found, lost=Place(cell=found.place.cell))
        elif found:
            periods[column] = found
            columns[found] = column
    if not periods and not wrong:
        place = table.place(row, "figure")
        return {}, [COLUMN_MISSING.at(place, header="for any period, such as Jul 23", meant="")]
    return periods, [*wrong.values(), *sequence(table, periods, list(wrong))]


def _header(
    table: SheetTable, column: int, heading: CellValue, terms: Terms, is_label: bool
) -> Period | Finding | None:
    """A header's period, or what is wrong with it; None for a label column or a column without any figure."""
    row = table.first_row - 1
    place = table.place(row, column)

    def is_period(plain: CellValue) -> bool:
        try:
            return isinstance(plain, date) or bool(parse_period(text_of(plain), terms))
        except NotAPeriod:
            return False

    if finding := table.broken(row, column):
        is_of_label = (
            is_label and finding.rule is rules.NOTE_BESIDE and not is_period(getattr(heading, "plain", heading))
        )
        return None if is_of_label else finding
    text = text_of(heading)
    if not text:
        is_label = is_label or not any(is_figure(*table.read(below, column)) for below in table.rows())
    try:
        found = period_said(heading, table.read(row, column)[1], terms)
        return found.at(place) if isinstance(found, Problem) else found
    except NotAPeriod as reason:
        if problem := noted(text, is_period):
            return problem.at(place)
        if is_label and isinstance(heading, str) and not reason.is_close:
            return None
        explanation = why(reason) if text else ", but there are figures below it"
        named = f"the header {text!r}" if text else "the blank header"
        return rules.HEADER_NOT_A_PERIOD.at(place, header=named, reason=explanation)


def sequence(table: SheetTable, periods: Mapping[int, Period], wrong: Sequence[int]) -> Iterator[Finding]:
    """Columns out of order and missing ones, for each kind of period apart. `wrong` are columns of unread headers.

    Where more than a third of the columns are out of order, the sheet has an order of its own, and is left alone.
    """
    for kind in Kind:
        columns = [(column, period) for column, period in periods.items() if period.kind is kind]
        ordinals = [period.ordinal for _, period in columns]
        ways = (longest_rising(ordinals), longest_rising([-ordinal for ordinal in ordinals]))
        run = [columns[at] for at in max(ways, key=len)]
        if 3 * (len(columns) - len(run)) <= len(columns):
            yield from _out_of_order(table, columns, run)
            yield from _gaps(table, run, set(periods.values()), wrong)


def _out_of_order(table: SheetTable, columns: _Run, run: _Run) -> Iterator[Finding]:
    ordered = set(run)
    labels = ["", *(period.label for _, period in columns), ""]
    for at, (column, period) in enumerate(columns):
        if (column, period) not in ordered:
            before, after = labels[at], labels[at + 2]
            beside = f"between {before} and {after}" if before and after else f"beside {before or after}"
            place = table.place(table.first_row - 1, column, period=period.label)
            yield rules.OUT_OF_ORDER.at(place, period=period.label, beside=beside)


def _gaps(table: SheetTable, run: _Run, there: set[Period], wrong: Sequence[int]) -> Iterator[Finding]:
    """Short gaps of a run in which most columns are one period after their neighbours; an only gap of any length."""
    steps = [later.ordinal - earlier.ordinal for (_, earlier), (_, later) in pairwise(run)]
    if 2 * sum(abs(step) == 1 for step in steps) <= len(steps):
        return
    is_one = len(run) > _MANY and sum(abs(step) > 1 for step in steps) == 1
    for step, (left, earlier), (right, later) in zip(steps, run, run[1:], strict=False):
        is_long = abs(step) - 1 > _SHORT_GAP.get(later.kind, 1)
        if (is_long and not is_one) or bisect_left(wrong, left) != bisect_left(wrong, right):
            continue
        absent = [earlier.shift(by if step > 0 else -by) for by in range(1, abs(step))]
        if missing := [period.label for period in absent if period not in there]:
            column, period = (left, earlier) if is_long and left == run[0][0] else (right, later)
            place = table.place(table.first_row - 1, column, period=period.label)
            are = f"{' and ' if len(missing) == 2 else ' to '}{missing[-1]} are" if missing[1:] else " is"
            yield rules.COLUMN_GAP.at(place, earlier=earlier.label, later=later.label, missing=missing[0] + are)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising subsequence (Schensted, 1961)."""
    lowest: list[int] = []  # the lowest number that ends a subsequence of each length
    runs: list[list[int]] = []
    for place, number in enumerate(numbers):
        length = bisect_left(lowest, number)
        lowest[length : length + 1] = [number]
        runs[length : length + 1] = [[*(runs[length - 1] if length else []), place]]
    return runs[-1] if runs else []
