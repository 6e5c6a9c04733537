"""The column of the next period in a sheet of figures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from cpreport.annotate.marked.sheets import Tab, Tabs, child, children, fragment, whole
from cpreport.forms.new_month.grid import Grid, copy_width, reaching, widen_dimension
from cpreport.forms.new_month.insertion import hindrance, insert_column
from cpreport.forms.new_month.texts import period_in, with_period
from cpreport.inputs.workbook.cells.spreadsheet import Sheet
from cpreport.inputs.workbook.layouts import LONG, layout_of
from cpreport.inputs.workbook.meaning import period_said, text_of
from cpreport.model.errors import UsageError
from cpreport.model.figure import Entry
from cpreport.model.finding import in_sheet
from cpreport.model.period import Period, day_of
from cpreport.model.period_text import NotAPeriod, period_or_none
from cpreport.office.addresses import Cell, address_of, area_of
from cpreport.office.parts import Element, Parts


class Place(NamedTuple):
    """Where the next period goes: the header of the newest one, the column (also of an inserted one), and the last row.

    `is_first`: the newest column stands first, so that the new one goes before it.
    """

    header: Cell
    column: int
    last_row: int
    is_first: bool


def find_place(sheet: Sheet, entries: Sequence[Entry], now: Period) -> Place | str:
    """Where a sheet has room for the next period, or why nothing is added to it, as the end of a sentence.

    `entries` are those of the sheet. Raises UsageError where a person has to say where it goes.
    """
    columns: dict[int, set[Period]] = {}
    for entry in entries:
        columns.setdefault(entry.cell.column, set()).add(entry.period)
    new = now.shift(1)
    if not entries or layout_of(sheet) is LONG:
        return f"has no columns of periods: add rows for {new.label}" if entries else "has no row that is read"
    if any(new in periods for periods in columns.values()):
        return f"has {new.label} already"
    if any(len(periods) > 1 for periods in columns.values()):
        raise _by_hand(sheet.name, new, "its periods stand below each other")
    newest = [column for column, periods in columns.items() if periods == {now}]
    if not newest:
        return f"has no column for {now.label}, so none was added for {new.label}"
    first, last = min(entry.cell.row for entry in entries), max(entry.cell.row for entry in entries)
    rows = [row for row in range(first - 1, 0, -1) if _says(sheet, (row, newest[0]), now)]
    if len(newest) > 1 or not rows:
        reason = f"{now.label} has several columns" if len(newest) > 1 else f"no cell above its column says {now.label}"
        raise _by_hand(sheet.name, new, reason)
    others = [column for column, (period, *_) in columns.items() if period.kind is now.kind and column != newest[0]]
    is_first = bool(others) and min(others) > newest[0]
    return Place((rows[0], newest[0]), newest[0] + (not is_first), last, is_first)


def _by_hand(sheet: str, new: Period, reason: str) -> UsageError:
    return UsageError(f"{sheet}: {reason}; in Excel, insert what {new.label} needs there, and run this again")


def _says(sheet: Sheet, cell: Cell, period: Period) -> bool:
    row, column = cell[0] - 1, cell[1] - 1
    value = sheet.rows[row][column]
    with suppress(NotAPeriod):
        return period_said(value, sheet.cells.traits.get((row, column)), period.terms) == period
    return period_in(text_of(value), period.terms) == period


def add_column(parts: Parts, tabs: Tabs, tab: Tab, sheet: Sheet, place: Place, now: Period) -> list[str]:
    """Adds the next period's column, blank but for its header; sentences on what was done.

    Formulas are not continued: until somebody saves the workbook in Excel they would have no result.
    """
    grid, (row, source), new = Grid(parts, tab.part), place.header, now.shift(1)
    value = sheet.rows[row - 1][source - 1]
    heading = next_value(value, grid, place.header, now)
    if heading is None:
        raise _by_hand(tab.name, new, f"{address_of(place.header)} cannot be continued")
    if place.is_first or not _is_free(grid, place):
        if what := hindrance(parts, tabs, tab, grid):
            raise _by_hand(tab.name, new, f"it has {what}")
        insert_column(parts, tabs, tab, grid, place.column)
        source += place.is_first
    formulas = [cell for cell, _ in grid.column(source) if cell[0] != row and grid.has_formula(cell)]
    for cell, _ in grid.column(source):
        if grid.is_blank((cell[0], place.column)):
            grid.copy_format(cell, (cell[0], place.column))
    grid.put((row, place.column), heading)
    copy_width(grid.sheet, source, place.column)
    widen_dimension(grid.sheet, place.column)
    for path in ("conditionalFormatting", "dataValidations/dataValidation"):
        for each in children(grid.sheet, path):
            each.set("sqref", reaching(each.get("sqref", ""), source, place.column))
    for relation in parts.relations(tab.part).values():
        if relation.kind == "table":
            _add_to_table(parts.root(relation.part), (row, source), place.column, heading)
    said = [f"{tab.name}: column {address_of((1, place.column))[:-1]} is for {new.label}"]
    if formulas:
        said.append(f"{in_sheet(tab.name, address_of(min(formulas)))}: {_of_formulas(len(formulas))}")
    return said


def _of_formulas(number: int) -> str:
    several = f"this formula and {number - 1} more below it are" if number > 1 else "this formula is"
    return f"{several} not continued: fill the new column with {'them' if number > 1 else 'it'} in Excel"


def next_value(value: object, grid: Grid, cell: Cell, now: Period) -> str | float | None:
    """What a cell that names a period holds for the next one, a date or a text as before; None where that is unclear.

    `value` is what the cell was read as.
    """
    new = now.shift(1)
    if isinstance(value, date):
        element, day = grid[cell], day_of(value)
        days = ((new.start - now.start) if day == now.start else (new.end - now.end)).days
        number = element.findtext("{*}v") if element is not None and element.get("t", "n") == "n" else None
        return float(number) + days if number else new.label
    text = text_of(value) if isinstance(value, str | int | float) else ""
    if period_or_none(text, now.terms) == now:
        return with_period(text, now, new, lambda made: period_or_none(made, now.terms))
    return with_period(text, now, new, lambda made: period_in(made, now.terms))


def _is_free(grid: Grid, place: Place) -> bool:
    """Whether the new column has no value, and no merged cell, in the rows of the table."""
    rows = range(place.header[0], place.last_row + 1)
    merged = (area_of(each.get("ref", "")) for each in children(grid.sheet, "mergeCells/mergeCell"))
    crossing = (
        area
        for area in merged
        if area and area[0][1] <= place.column <= area[1][1] and area[0][0] <= rows[-1] and area[1][0] >= rows[0]
    )
    return all(grid.is_blank((row, place.column)) for row in rows) and not any(crossing)


def _add_to_table(table: Element, source: Cell, column: int, heading: str | float) -> None:
    """Gives an Excel table that has the newest column the new one too."""
    area = area_of(table.get("ref", ""))
    if area is None or not (area[0][0] <= source[0] <= area[1][0] and area[0][1] <= source[1] <= area[1][1]):
        return
    for element in (table, *children(table, "autoFilter")):
        element.set("ref", reaching(element.get("ref", ""), source[1], column))
    held = child(table, "tableColumns")
    known = children(held, "tableColumn")
    number = max((whole(each.get("id")) or 0 for each in known), default=0) + 1
    new = fragment(f'<tableColumn id="{number}"/>')
    new.set("name", str(heading))
    held.insert(column - min(area[0][1], column), new)
    held.set("count", str(len(known) + 1))
