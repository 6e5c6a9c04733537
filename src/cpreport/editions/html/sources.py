"""Where printed figures come from, as tables: of each the formula and the cells."""

from __future__ import annotations

from collections.abc import Iterable

from cpreport.model.audit import AuditedFigure
from cpreport.model.document import EMPTY, RowKind, Span, Table, TableCell, TableKind, TableRow

_HEADINGS = ("Figure", "Period or benchmark", "Printed", "Computed as", "Cells of the workbook")
_WIDTHS = (6, 3, 2, 4, 3)


def sources_table(figures: Iterable[AuditedFigure], caption: str) -> Table:
    """A row for each figure."""
    rows = tuple(TableRow(RowKind.PLAIN, tuple(map(_cell, _row(figure)))) for figure in figures)
    return Table(TableKind.PLAIN, caption, tuple(map(_cell, _HEADINGS)), rows, _WIDTHS)


def _row(figure: AuditedFigure) -> tuple[str, ...]:
    return (
        ", ".join(part for part in (figure.title, figure.category) if part),
        ", ".join(part for part in (figure.comparator, figure.period) if part),
        figure.text,
        figure.formula,
        ", ".join(figure.cells),
    )


def _cell(text: str) -> TableCell:
    return TableCell(((Span(text or EMPTY),),))
