"""Figures that the Data sheets give more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cpreport.model.figure import Amount, CellRef, Entry, State, both_texts, cell_place, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Part
from cpreport.model.period import Period
from cpreport.model.rules.data import FIGURE_TWICE, FORMER_DISAGREES
from cpreport.model.rules.workbook import REPEATS

_FEW = 5
"""How many figures that two sheets give are told each; with more, one sheet repeats the other."""


def each_once(
    file: str, entries: list[Entry], former: Mapping[tuple[str, int], str]
) -> tuple[list[Entry], list[Finding]]:
    """The entries without repetitions; a blank cell gives way to one that is not blank.

    `former` are the rows, by sheet and number, that have a former name, with it: they may repeat what stands under the
    name of today, which is kept.
    """
    kept: dict[tuple[str, Part, Period], Entry] = {}
    repeated: dict[tuple[str, str], list[tuple[Entry, CellRef]]] = {}
    findings: list[Finding] = []
    for entry in sorted(entries, key=lambda entry: _row(entry) in former) if former else entries:
        key = (entry.name, entry.part, entry.period)
        first = kept.get(key)
        if first is None or (first.amount.state is State.BLANK and entry.amount.state is not State.BLANK):
            kept[key] = entry
        elif former.get(_row(entry)) != former.get(_row(first)):
            findings += _disagrees(file, entry, first, former[_row(entry)])
        elif entry.amount.state is not State.BLANK:
            repeated.setdefault((entry.cell.sheet, first.cell.sheet), []).append((entry, first.cell))
    findings += [finding for pairs in repeated.values() for finding in _repeated(file, pairs)]
    return list(kept.values()), findings


def _row(entry: Entry) -> tuple[str, int]:
    return entry.cell.sheet, entry.cell.row


def agree(first: Amount, other: Amount) -> bool:
    """Whether two amounts of a figure say the same, one of them says nothing, or is an error already."""
    is_silent = bool({first.state, other.state} & {State.BLANK, State.ERROR})
    return is_silent or (first.state, per_cent(first)) == (other.state, per_cent(other))


def _disagrees(file: str, entry: Entry, first: Entry, name: str) -> Iterator[Finding]:
    """A finding where an entry under a former name, and another under another, are not the same."""
    if not agree(first.amount, entry.amount):
        period = entry.period.label
        here, there = both_texts(entry.amount, first.amount)
        named = {"name": entry.name, "former": name, "period": period, "part": entry.part.value}
        place = cell_place(file, entry.cell, entry.name, period)
        yield FORMER_DISAGREES.at(place, **named, here=here, there=there, first=first.cell)


def _repeated(file: str, pairs: list[tuple[Entry, CellRef]]) -> Iterator[Finding]:
    """What a sheet gives that it, or another, gives too: each figure, or that it repeats the other."""
    entry, first = pairs[0]
    if len(pairs) > _FEW and entry.cell.sheet != first.sheet:
        yield REPEATS.at(cell_place(file, entry.cell), sheet=entry.cell.sheet, count=len(pairs), other=first.sheet)
    else:
        for entry, first in pairs:
            period = entry.period.label
            place = cell_place(file, entry.cell, entry.name, period)
            yield FIGURE_TWICE.at(place, name=entry.name, period=period, part=entry.part.value, first=first)
