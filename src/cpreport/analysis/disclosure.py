"""What may be published: the last step of analysis. Composing, checks of texts and printing use nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from cpreport.model.figure import Amount, CellRef, Figure, State, per_cent
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part
from cpreport.model.number import rounded_units
from cpreport.model.peers import PeerRow, Peers, authority_key
from cpreport.model.period import Period
from cpreport.model.published import Published, Withheld
from cpreport.model.revision import Revision
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import BreakdownCount, Workbook, marked_confidential, own_authority

_HIDDEN = State.CONFIDENTIAL
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WITHHELD = "a confidential figure; run cpreport validate for details"


def publish(workbook: Workbook, folder: ReportFolder, figures: Figures) -> Published:
    """A month without its confidential numbers: no figure, entry or breakdown that is left holds one.

    A breakdown of a confidential figure, or with a confidential count, is withheld whole, for its period. What only
    data rules need is left out.
    """
    hidden = {
        (name, period): figure
        for name, timeline in figures.timelines.items()
        for period, figure in timeline.figures.items()
        if figure.state is _HIDDEN
    }
    breakdowns = tuple(_without_withheld(workbook, folder, figures))
    counts = [was for was, count in zip(workbook.breakdowns, breakdowns, strict=True) if count.state is _HIDDEN]
    shown = replace(figures, given={}, periods={}, peers=_of_peers(figures.peers))
    of_ours = hidden.keys() | marked_confidential(workbook.marks)
    rows = [row for row in workbook.peers if _is_hidden(row, workbook, folder, of_ours)]
    workbook = replace(workbook, peers=())
    if not hidden and not counts and not rows:
        return Published(workbook, shown, Withheld())
    of_rows = {entry.cell: entry.amount for row in rows for entry in row.entries if entry.part is not Part.DENOMINATOR}
    cells = frozenset(cell for figure in hidden.values() for cell in _cells(figure))
    typed = {entry.cell: number for entry in workbook.entries if (number := per_cent(entry.amount)) is not None}
    printed = (_printed(folder.indicators[name], figure, typed) for (name, _), figure in hidden.items())
    withheld = Withheld(
        figures=frozenset((name, period.label) for name, period in hidden),
        cells=cells | {count.cell for count in counts} | of_rows.keys(),
        numbers=frozenset(
            (
                *(typed[cell] for cell in cells & typed.keys()),
                *chain(*printed),
                *_of_breakdowns(counts),
                *(number for amount in of_rows.values() if (number := per_cent(amount)) is not None),
            )
        ),
    )
    hide = Amount(_HIDDEN)
    entries = tuple(entry._replace(amount=hide) if entry.cell in cells else entry for entry in workbook.entries)
    return Published(
        replace(workbook, entries=entries, breakdowns=breakdowns),
        shown.mapped(_published, folder),
        withheld,
    )


def publishable(finding: Finding, withheld: Withheld) -> Finding:
    """A finding as a draft may print it: only its kind and place if it is about a confidential figure or names one."""
    place = finding.place
    cells = {(cell.sheet, cell.a1) for cell in withheld.cells}
    is_there = (place.indicator, place.period) in withheld.figures or (place.sheet, place.cell) in cells
    named = (Fraction(number.replace(",", "")) for number in _NUMBER.findall(finding.message))
    if not is_there and withheld.numbers.isdisjoint(named):
        return finding
    return replace(finding, message=f"{finding.rule.title} ({_WITHHELD})")


def _published(timeline: Timeline) -> Timeline:
    """A timeline without the numbers of confidential figures, and without what earlier reports gave for them."""
    hidden = {period: Figure(period, _HIDDEN) for period, f in timeline.figures.items() if f.state is _HIDDEN}

    def without_numbers(revisions: Mapping[Period, Revision]) -> dict[Period, Revision]:
        return {
            period: revision._replace(was=none, now=none, changes=()) if (none := hidden.get(period)) else revision
            for period, revision in revisions.items()
        }

    return replace(
        timeline,
        figures={period: _figure(f) if period in hidden else f for period, f in timeline.figures.items()},
        revisions=without_numbers(timeline.revisions),
        restated=without_numbers(timeline.restated),
    )


def _figure(figure: Figure) -> Figure:
    parts = (figure.numerator, figure.denominator, figure.given)
    numerator, denominator, given = (part and part._replace(state=_HIDDEN, number=None) for part in parts)
    return replace(figure, value=None, numerator=numerator, denominator=denominator, given=given)


def _cells(figure: Figure) -> Iterator[CellRef]:
    """The cells of what is confidential in a figure: not of a denominator that others print."""
    for part in figure.parts:
        if part.state is _HIDDEN or part is not figure.denominator:
            yield from part.cells


def _without_withheld(workbook: Workbook, folder: ReportFolder, figures: Figures) -> Iterator[BreakdownCount]:
    """The counts of breakdowns; where one is confidential none of its breakdown and period is left."""

    def is_hidden(count: BreakdownCount) -> bool:
        of = folder.breakdowns[count.breakdown].of
        is_of_hidden = of is not None and figures.given[of, count.period or workbook.period].state is _HIDDEN
        return is_of_hidden or count.state is _HIDDEN

    hidden = {(count.breakdown, count.period) for count in workbook.breakdowns if is_hidden(count)}
    for count in workbook.breakdowns:
        is_withheld = (count.breakdown, count.period) in hidden
        yield replace(count, count=None, share=None, state=_HIDDEN) if is_withheld else count


def _printed(indicator: Indicator, figure: Figure, typed: Mapping[CellRef, Fraction]) -> Iterator[Fraction]:
    """What a confidential figure would print as, as far as each of its parts is typed in one cell."""
    parts = (figure.given, figure.numerator, figure.denominator)
    given, numerator, denominator = (
        typed.get(part.cells[0]) if part and len(part.cells) == 1 else None for part in parts
    )
    value = indicator.per * numerator / denominator if numerator and denominator else given
    if value is not None:
        yield Fraction(rounded_units(value, indicator.decimals), 10**indicator.decimals)


def _of_peers(peers: Peers) -> Peers:
    """Peers' figures without the numbers of those that are confidential, ours or theirs."""

    def published(figures: Mapping[Period, Figure]) -> dict[Period, Figure]:
        return {period: _figure(each) if each.state is _HIDDEN else each for period, each in figures.items()}

    return {
        group: {
            name: replace(
                each,
                figures={authority: published(figures) for authority, figures in each.figures.items()},
                ours=published(each.ours),
            )
            for name, each in of_group.items()
        }
        for group, of_group in peers.items()
    }


def _is_hidden(row: PeerRow, workbook: Workbook, folder: ReportFolder, hidden: Collection[tuple[str, Period]]) -> bool:
    """Whether a row of Peers is confidential, or our own of a figure that is."""
    is_ours = authority_key(row.authority) == authority_key(own_authority(workbook, folder))
    is_said = any(entry.amount.state is _HIDDEN for entry in row.entries)
    return is_said or (is_ours and (row.name, row.period) in hidden)


def _of_breakdowns(counts: Sequence[BreakdownCount]) -> Iterator[Fraction]:
    """The counts of withheld breakdowns, what they add up to, and their shares as they would print.

    A share that is a whole number is left out: it may be anything's.
    """
    columns: dict[tuple[str, Period | None, str], Counter[str]] = {}
    for each in counts:
        for group in dict.fromkeys(("", each.group)):
            columns.setdefault((each.breakdown, each.period, group), Counter())[each.category] += each.count or 0
    for column in columns.values():
        total = column.total()
        yield from map(Fraction, (total, *column.values()))
        shares = (Fraction(rounded_units(Fraction(100 * count, total), 1), 10) for count in column.values() if total)
        yield from (share for share in shares if share.denominator > 1)
