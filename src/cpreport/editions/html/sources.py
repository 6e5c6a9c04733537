"""Where printed figures come from, as tables: of each the formula and the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cpreport.model.audit import AuditedFigure
from cpreport.model.document import EMPTY, RowKind, Span, Table, TableCell, TableKind, TableRow

_HEADINGS = ("Figure", "Period or benchmark", "Printed", "Computed as", "Cells of the workbook")
_WIDTHS = (6, 3, 2, 4, 3)
_ENTERED = "as entered"


def sources_table(figures: Sequence[AuditedFigure], caption: str) -> Table:
    """A row for each figure; what is the same of all is said in the caption alone."""
    names = {_name(figure) for figure in figures}
    if len(names) > 1:
        return _table([(_name(figure), *_origin(figure)) for figure in figures], 0, caption)
    return _table([_origin(figure) for figure in figures], 1, ": ".join((caption, *names)))


def _table(rows: Iterable[Sequence[str]], first: int, caption: str) -> Table:
    body = tuple(TableRow(RowKind.PLAIN, tuple(map(_cell, row))) for row in rows)
    return Table(TableKind.PLAIN, caption, tuple(map(_cell, _HEADINGS[first:])), body, _WIDTHS[first:])


def _name(figure: AuditedFigure) -> str:
    return ", ".join(part for part in (figure.title, figure.category, figure.what) if part)


def _origin(figure: AuditedFigure) -> Sequence[str]:
    when = ", ".join(part for part in (figure.comparator, figure.period) if part)
    formula = figure.formula or ("" if figure.value is None else _ENTERED)
    return when, figure.text, formula, ", ".join(figure.cells)


def _cell(text: str) -> TableCell:
    return TableCell(((Span(text or EMPTY),),))
