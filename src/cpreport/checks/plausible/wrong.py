"""Numbers that are wrong by themselves, whatever is usual: those that an error tells already, and odd signs."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.examined import Examined, has_too_many, is_above_100
from cpreport.checks.fractions import with_two_readings
from cpreport.model.figure import CellRef, Entry
from cpreport.model.finding import Finding
from cpreport.model.indicator import Part
from cpreport.model.rules.plausibility import SIGN


def cells_in_error(month: Examined) -> Iterator[CellRef]:
    """The cells of percentages above 100 or to be read in two ways, of numerators above their denominators and of
    negative counts.
    """
    for row in month.rows:
        yield from (entry.cell for entry in with_two_readings(month, row))
        is_bounded = row.part is Part.VALUE and row.indicator is not None and row.indicator.is_bounded
        if is_bounded:
            yield from (entry.cell for entry in row.numbers if is_above_100(entry.amount))
        if not row.may_be_negative:
            yield from (entry.cell for entry in row.numbers if _is_negative(entry))
    for timeline in month.figures.timelines.values():
        for figure in timeline.figures.values() if timeline.indicator.is_bounded else ():
            if figure.numerator and has_too_many(timeline.indicator, figure):
                yield figure.numerator.cells[0]


def signs(month: Examined) -> Iterator[tuple[CellRef, Finding]]:
    """Negative numbers, alone in a row where one may be negative."""
    for row in month.rows:
        if not row.may_be_negative or len(row.numbers) <= month.folder.plausibility.history:
            continue
        negative = [entry for entry in row.numbers if _is_negative(entry)]
        if len(negative) == 1:
            [entry] = negative
            named = {"name": row.name, "period": entry.period.label, "part": row.part.value}
            yield entry.cell, SIGN.at(month.place(entry), **named, value=entry.amount.text)


def _is_negative(entry: Entry) -> bool:
    return entry.amount.number is not None and entry.amount.number < 0
