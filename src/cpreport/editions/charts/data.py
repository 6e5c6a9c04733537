"""The numbers of a chart as a table, for those who read them rather than look at them."""

from __future__ import annotations

from cpreport.model.chart import Chart, Point, SeriesRole
from cpreport.model.document import EMPTY, Align, RowKind, Span, Table, TableCell, TableKind, TableRow

_WIDTHS = (3, 2)
"""The shares of the first column and of each other one."""


def data_of(chart: Chart) -> Table:
    """The points of a chart as they are printed: a row for each category, a column for each series.

    Where a figure is missing it says why; where another line has no point there is a dash.
    """
    columns = ([_text(series.role, point) for point in series.points] for series in chart.series)
    rows = zip(chart.categories, *columns, strict=True)
    unit = f" ({chart.unit})" if chart.unit else ""
    return Table(
        kind=TableKind.PLAIN,
        caption=f"{chart.caption}{unit}",
        headings=_cells(_first_heading(chart), *(series.name for series in chart.series)),
        rows=tuple(TableRow(RowKind.PLAIN, _cells(*texts)) for texts in rows),
        widths=(_WIDTHS[0], *[_WIDTHS[1]] * len(chart.series)),
    )


def _first_heading(chart: Chart) -> str:
    if chart.dates:
        return "Period"
    return "Category" if chart.marked is None else "Authority or area"


def _text(role: SeriesRole, point: Point) -> str:
    if point.value is not None:
        return point.text
    return point.state.value if role is SeriesRole.FIGURES else EMPTY


def _cells(first: str, *others: str) -> tuple[TableCell, ...]:
    """The cells of a row, its numbers to the right."""
    return _cell(first, Align.LEFT), *(_cell(text, Align.RIGHT) for text in others)


def _cell(text: str, align: Align) -> TableCell:
    return TableCell(((Span(text or EMPTY),),), align)
