"""A workbook without the numbers that are wrong, for a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cpreport.model.figure import Amount, CellRef, State, cell_place
from cpreport.model.finding import Place
from cpreport.model.workbook import Workbook


def without_wrong(workbook: Workbook, places: Iterable[Place]) -> Workbook:
    """The workbook with an error instead of what stands at these places; itself where none is a cell or line.

    A breakdown of a period has errors throughout: where its counts do not add up, any of them may be wrong.
    """
    wrong = {_known_by(place) for place in places if place.cell or place.line}
    if not wrong:
        return workbook

    def is_wrong(cell: CellRef) -> bool:
        return _known_by(cell_place(workbook.file, cell)) in wrong

    def trusted(amount: Amount, cell: CellRef) -> Amount:
        return Amount(State.ERROR) if amount.state is State.PRESENT and is_wrong(cell) else amount

    broken = {
        (each.breakdown, each.period)
        for each in workbook.breakdowns
        if each.state is State.PRESENT and is_wrong(each.cell)
    }
    return replace(
        workbook,
        entries=tuple(each._replace(amount=trusted(each.amount, each.cell)) for each in workbook.entries),
        benchmarks=tuple(each._replace(amount=trusted(each.amount, each.cell)) for each in workbook.benchmarks),
        breakdowns=tuple(
            replace(each, count=None, share=None, state=State.ERROR)
            if (each.breakdown, each.period) in broken
            else each
            for each in workbook.breakdowns
        ),
        peers=tuple(
            row._replace(entries=tuple(each._replace(amount=trusted(each.amount, each.cell)) for each in row.entries))
            for row in workbook.peers
        ),
    )


def _known_by(place: Place) -> tuple[str, str, str, int]:
    return place.file, place.sheet, place.cell, place.line
