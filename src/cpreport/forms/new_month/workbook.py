"""The next period's workbook: its column in the sheets of figures, without what was said of the last period alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpreport.annotate.marked.sheets import Tabs
from cpreport.editions.writing import Rewrite, rewrite_all
from cpreport.forms.new_month.columns import Place, add_column, find_place, next_value
from cpreport.forms.new_month.grid import Grid
from cpreport.forms.new_month.texts import next_name
from cpreport.inputs.month import read_figures
from cpreport.inputs.texts import refuse_open
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet, spreadsheet_in
from cpreport.inputs.workbook.data import data_sheets, read_book, read_data
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.tables import SheetTable, known_table, named_sheet
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.figure import State
from cpreport.model.finding import in_sheet
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.workbook import About
from cpreport.office.addresses import address_of
from cpreport.office.package import Package, archived, is_marked_copy, read_package
from cpreport.office.parts import Parts

_CLEARED = ("Board date", "Data as at")
_OF_THE_PERIOD: Mapping[str, tuple[str, ...]] = {
    "Narrative": ("text",),
    "Breakdowns": ("count",),
    "Status": ("status", "reason"),
}
"""The sheets whose rows are of the reporting period unless they name one, with the columns of what they say of it."""


@dataclass(frozen=True, slots=True)
class NewMonth:
    """The next period's workbook: its place and its content, and sentences on what is different in it."""

    path: Path
    period: Period
    content: bytes
    remarks: tuple[str, ...]


def make_new_month(path: Path, report: Path | None = None, sheet: str = "") -> NewMonth:
    """The workbook of the period after a workbook's own; nothing is written.

    `report` and `sheet`, on which the figures are if it is not named Data, are as for `load_workbook`.
    Parts in which nothing changes keep their bytes, cells that are not of the last period alone what they hold.
    Raises InputError where the workbook's figures cannot be read, UsageError where it is of a kind that cannot be
    changed, EnvironmentFailure where the system fails, or the new workbook is there already.
    """
    book = read_book(path, sheet)
    if is_marked_copy(path):
        raise UsageError(f"{path} is a marked copy: give the workbook that it was made from")
    refuse_open(path)
    workbook, folder, _ = read_figures(book, path, report)
    now = workbook.period
    target = path.with_name(next_name(path, now))
    if target.exists():
        raise EnvironmentFailure(f"{target} is there already and is left as it is: nothing was written")
    parts = Parts(read_package(path).parts())
    tabs = Tabs(parts, path.name)
    if parts.is_signed:
        raise UsageError(f"{path} is digitally signed, which would not hold for a new month: save a copy without it")
    named = {tab.name: tab for tab in tabs.worksheets()}
    remarks: list[str] = []
    for figures in data_sheets(book):
        entries = [entry for entry in workbook.entries if entry.cell.sheet == figures.name and not entry.cell.file]
        place = find_place(figures, entries, now)
        if isinstance(place, Place):
            remarks += add_column(parts, tabs, named[figures.name], figures, place, now)
        else:
            remarks.append(f"{figures.name} {place}")
    if about := named_sheet(book, "About"):
        remarks += _about(Grid(parts, named[about.name].part), about, workbook.about, now)
    for name in _OF_THE_PERIOD:
        table, _ = known_table(book, name)
        if table:
            remarks += _of_the_period(Grid(parts, named[table.sheet.name].part), table, _OF_THE_PERIOD[name], now)
    content = archived(parts.contents())
    _refuse_changed(book, content, folder, now)
    return NewMonth(target, now.shift(1), content, tuple(remarks))


def _refuse_changed(book: Spreadsheet, content: bytes, folder: ReportFolder, now: Period) -> None:
    """Raises UsageError if another figure than before is read in the new workbook.

    In a scorecard what a column says may depend on those beside it.
    """
    new = now.shift(1)
    made = spreadsheet_in(book.file, Package(content))._replace(figures=book.figures)
    names, terms = names_of(folder), folder.terms
    read = (read_data(book, names, terms, now).entries, read_data(made, names, terms, new).entries)
    before, after = ({(each.name, each.part, each.period): each.amount for each in entries} for entries in read)
    changed = [each for each in before.keys() | after.keys() if each[2] != new and before.get(each) != after.get(each)]
    added = [amount for each, amount in after.items() if each not in before and amount.state is not State.BLANK]
    if changed or added:
        name = changed[0][0] if changed else new.label
        raise UsageError(
            f"{book.file}: with a column for {new.label}, {name} would be read otherwise; in Excel, insert the column "
            "yourself, and run this again"
        )


def write_new_month(new: NewMonth) -> None:
    """Writes the workbook. Raises EnvironmentFailure where that fails or there is one meanwhile."""
    rewrite_all([Rewrite(new.path, None, new.content)])


def _about(grid: Grid, sheet: Sheet, about: About, now: Period) -> Iterator[str]:
    """About of the next period: its dates are not known yet."""
    cleared: list[str] = []
    for key in ("Reporting period", *_CLEARED):
        cell = about.cell(key)
        if cell is None or not about.text(key):
            continue
        at = cell.row, cell.column
        if grid.has_formula(at):
            yield f"{in_sheet(sheet.name, address_of(at))}: {key} is a formula and is left as it is: look at its result"
        elif key in _CLEARED:
            grid.clear(at)
            cleared.append(key)
        else:
            grid.put(at, next_value(sheet.rows[at[0] - 1][at[1] - 1], grid, at, now) or now.shift(1).label)
            yield f"{sheet.name}: {key} is {now.shift(1).label}"
    if cleared:
        yield f"{sheet.name}: {' and '.join(cleared)} {'are' if len(cleared) > 1 else 'is'} to be filled in"
    if last := about.text("last report"):
        yield f"{sheet.name}: Last report is still {last}"


def _of_the_period(grid: Grid, table: SheetTable, headers: Sequence[str], now: Period) -> Iterator[str]:
    """Rows that name no period get the one that they were of, or are emptied where there is no column for it."""
    told = [header for header in headers if header in table.columns]
    undated = (row for row in table.rows() if not table.text(row, "period"))
    rows = [row for row in undated if any(table.text(row, header) for header in told)]
    is_dated, name = "period" in table.columns, table.sheet.name
    cells = [(row + 1, table.columns[header] + 1) for row in rows for header in (("period",) if is_dated else told)]
    computed = [cell for cell in cells if grid.has_formula(cell)]
    for cell in cells:
        if cell in computed:
            continue
        if is_dated:
            like = (cell[0], table.columns[next(each for each in told if table.text(cell[0] - 1, each))] + 1)
            grid.put(cell if grid[cell] is not None else grid.copy_format(like, cell), now.label)
        elif grid[cell] is not None:
            grid.clear(cell)
    if changed := len(cells) - len(computed):
        dated, emptied = f"rows without a period: {changed}, now of", f"cells emptied: {changed}, they were of"
        yield f"{name}: {dated if is_dated else emptied} {now.label}"
    if computed:
        yield f"{in_sheet(name, address_of(computed[0]))}: formulas are left as they are: {len(computed)}"
