"""The headers of a wide Data sheet: which columns are periods, and whether those run as they should."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cpreport.inputs.workbook.amounts import is_figure, noted
from cpreport.inputs.workbook.cells.spreadsheet import CellValue
from cpreport.inputs.workbook.periods import month_shown, why
from cpreport.inputs.workbook.tables import SheetTable, text_of
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

_Chain = tuple[int, "_Chain | None"]
"""A place in a subsequence, after those before it."""


def read_headers(table: SheetTable, terms: Terms) -> tuple[dict[int, Period], list[Finding]]:
    """The columns that are periods. Every other header right of the first one is a finding."""
    row = table.first_row - 1
    periods: dict[int, Period] = {}
    columns: dict[Period, int] = {}
    wrong: dict[int, Finding] = {}
    for column, heading in enumerate(table.headings):
        if column in (table.columns["indicator"], table.columns["figure"]):
            continue
        period, finding = _header(table, column, heading, terms, is_label=not (periods or wrong))
        if period in columns:
            first = table.cell(row, columns[period]).a1
            finding = COLUMN_TWICE.at(table.place(row, column), header=period.label, first=first)
        if finding:
            wrong[column] = replace(finding, lost=Place(cell=finding.place.cell))
        elif period:
            periods[column] = period
            columns[period] = column
    if not periods and not wrong:
        place = table.place(row, "figure")
        return {}, [COLUMN_MISSING.at(place, header="for any period, such as Jul 23", meant="")]
    return periods, [*wrong.values(), *_sequence(table, periods, list(wrong))]


def _header(
    table: SheetTable, column: int, heading: CellValue, terms: Terms, is_label: bool
) -> tuple[Period | None, Finding | None]:
    """A header's period, or what is wrong with it; neither for a label column or a column without any figure."""
    row = table.first_row - 1
    place = table.place(row, column)
    if finding := table.broken(row, column):
        is_of_label = is_label and finding.rule is rules.NOTE_BESIDE and not _names_period(heading, terms)
        return None, None if is_of_label else finding
    if isinstance(heading, date):
        return month_shown(heading, table.trait(row, column), place)
    text = text_of(heading)
    if not text:
        cells = ((table.value(below, column), table.trait(below, column)) for below in table.rows())
        is_label = is_label or not any(is_figure(value, trait) for value, trait in cells)
    try:
        return parse_period(text, terms), None
    except NotAPeriod as reason:
        if problem := noted(text, lambda plain: _names_period(plain, terms)):
            return None, problem.at(place)
        if is_label and isinstance(heading, str) and not reason.is_close:
            return None, None
        said = why(reason) if text else ", but there are figures beneath it"
        named = f"the header {text!r}" if text else "the blank header"
        return None, rules.HEADER_NOT_A_PERIOD.at(place, header=named, reason=said)


def _names_period(heading: CellValue, terms: Terms) -> bool:
    """Whether a header stands for a period, apart from what is raised, lowered or struck through in it."""
    try:
        return isinstance(heading, date) or bool(parse_period(text_of(getattr(heading, "plain", heading)), terms))
    except NotAPeriod:
        return False


def _sequence(table: SheetTable, periods: Mapping[int, Period], wrong: Sequence[int]) -> Iterator[Finding]:
    """Columns out of order and missing ones, for each kind of period apart. `wrong` are columns of unread headers.

    Where more than a third of the columns are out of order, the sheet has an order of its own, and is left alone.
    """
    for kind in Kind:
        columns = [(column, period) for column, period in periods.items() if period.kind is kind]
        run = _in_order(columns)
        if 3 * (len(columns) - len(run)) <= len(columns):
            yield from _out_of_order(table, columns, run)
            yield from _gaps(table, run, set(periods.values()), wrong)


def _out_of_order(table: SheetTable, columns: _Run, run: _Run) -> Iterator[Finding]:
    ordered = {column for column, _ in run}
    for at, (column, period) in enumerate(columns):
        if column not in ordered:
            before = columns[at - 1][1].label if at else ""
            after = columns[at + 1][1].label if at + 1 < len(columns) else ""
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
            yield rules.COLUMN_GAP.at(place, earlier=earlier.label, later=later.label, missing=_missing(missing))


def _missing(labels: Sequence[str]) -> str:
    if len(labels) == 1:
        return f"{labels[0]} is"
    return f"{labels[0]} and {labels[1]} are" if len(labels) == 2 else f"{labels[0]} to {labels[-1]} are"


def _in_order(columns: _Run) -> _Run:
    """The longest run of columns that goes one way, forwards where both ways are as long."""
    forwards = longest_rising([period.ordinal for _, period in columns])
    backwards = longest_rising([-period.ordinal for _, period in columns])
    return [columns[at] for at in (backwards if len(backwards) > len(forwards) else forwards)]


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising subsequence (Schensted, 1961)."""
    lowest: list[int] = []  # the lowest number that ends a subsequence of each length
    chains: list[_Chain] = []
    for place, number in enumerate(numbers):
        length = bisect_left(lowest, number)
        lowest[length : length + 1] = [number]
        chains[length : length + 1] = [(place, chains[length - 1] if length else None)]
    found: list[int] = []
    chain = chains[-1] if chains else None
    while chain:
        place, chain = chain
        found.append(place)
    return found[::-1]
