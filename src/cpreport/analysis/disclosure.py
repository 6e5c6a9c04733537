"""What may be published: the last step of analysis. What composes, checks texts or prints sees nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from cpreport.model.figure import Amount, CellRef, Entry, Figure, Given, State, per_cent
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.published import Published, Withheld
from cpreport.model.revision import Revision
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import BreakdownCount, Workbook

_HIDDEN = State.CONFIDENTIAL
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WITHHELD = "a figure that is confidential; validate says more"


def publish(workbook: Workbook, folder: ReportFolder, figures: Figures) -> Published:
    """A month without its confidential numbers: no figure, entry or breakdown that is left holds one.

    A breakdown of a confidential figure is withheld whole, for its period.
    """
    hidden = {name: found for name, timeline in figures.timelines.items() if (found := _hidden(timeline))}
    breakdowns = tuple(_count(count, workbook, folder, figures) for count in workbook.breakdowns)
    counts = [was for was, count in zip(workbook.breakdowns, breakdowns, strict=True) if count.state is _HIDDEN]
    if not hidden and not counts:
        return Published(workbook, figures, Withheld())
    cells = frozenset(
        cell
        for name, periods in hidden.items()
        for period in periods
        for cell in _cells(figures.timelines[name].at(period))
    )
    typed = {entry.cell: number for entry in workbook.entries if (number := per_cent(entry.amount)) is not None}
    printed = _printed(((figures.timelines[name], periods) for name, periods in hidden.items()), typed)
    withheld = Withheld(
        figures=frozenset((name, period.label) for name, periods in hidden.items() for period in periods),
        cells=cells | {count.cell for count in counts},
        numbers=frozenset((*(typed[cell] for cell in cells & typed.keys()), *printed, *_of_breakdowns(counts))),
    )
    entries = tuple(_entry(entry, cells) for entry in workbook.entries)
    return Published(
        replace(workbook, entries=entries, breakdowns=breakdowns),
        figures.mapped(_published, folder),
        withheld,
    )


def publishable(finding: Finding, withheld: Withheld) -> Finding:
    """A finding as a draft may print it: only its kind and place if it is about a confidential figure or names one."""
    place = finding.place
    cells = {(cell.sheet, cell.a1) for cell in withheld.cells}
    is_there = (place.indicator, place.period) in withheld.figures or (place.sheet, place.cell) in cells
    if not is_there and withheld.numbers.isdisjoint(_numbers_in(finding.message)):
        return finding
    return replace(finding, message=f"{finding.rule.title} ({_WITHHELD})")


def _published(timeline: Timeline) -> Timeline:
    """A timeline whose confidential figures hold no number, nor its revisions what an earlier report gave for them."""
    hidden = _hidden(timeline)
    if not hidden:
        return timeline
    figures = {**timeline.figures, **{period: _figure(timeline.at(period)) for period in hidden}}

    def silent(revisions: Mapping[Period, Revision]) -> dict[Period, Revision]:
        nothing = {period: Figure(period, _HIDDEN) for period in hidden & revisions.keys()}
        emptied = {
            period: replace(revisions[period], was=none, now=none, changes=()) for period, none in nothing.items()
        }
        return {**revisions, **emptied}

    return replace(timeline, figures=figures, revisions=silent(timeline.revisions), restated=silent(timeline.restated))


def _hidden(timeline: Timeline) -> set[Period]:
    return {period for period, figure in timeline.figures.items() if figure.state is _HIDDEN}


def _figure(figure: Figure) -> Figure:
    numerator, denominator, given = map(_emptied, (figure.numerator, figure.denominator, figure.given))
    return replace(figure, value=None, numerator=numerator, denominator=denominator, given=given)


def _emptied(part: Given | None) -> Given | None:
    return part and replace(part, state=_HIDDEN, number=None)


def _cells(figure: Figure) -> Iterator[CellRef]:
    """The cells of what is confidential in a figure: not of a denominator that others print."""
    for part in figure.parts:
        if part.state is _HIDDEN or part is not figure.denominator:
            yield from part.cells


def _entry(entry: Entry, hidden: frozenset[CellRef]) -> Entry:
    return replace(entry, amount=Amount(_HIDDEN)) if entry.cell in hidden else entry


def _count(count: BreakdownCount, workbook: Workbook, folder: ReportFolder, figures: Figures) -> BreakdownCount:
    of = folder.breakdowns[count.breakdown].of
    if of is None or figures.given[of, count.period or workbook.period].state is not _HIDDEN:
        return count
    return replace(count, count=None, state=_HIDDEN)


def _printed(hidden: Iterable[tuple[Timeline, set[Period]]], typed: Mapping[CellRef, Fraction]) -> Iterator[Fraction]:
    """What confidential figures would print as, as far as each of their parts is typed in one cell."""
    for timeline, periods in hidden:
        for figure in map(timeline.at, periods):
            parts = (figure.given, figure.numerator, figure.denominator)
            cells = (part.cells[0] if part and len(part.cells) == 1 else None for part in parts)
            given, numerator, denominator = (typed.get(cell) if cell else None for cell in cells)
            value = timeline.indicator.per * numerator / denominator if numerator and denominator else given
            if value is not None:
                decimals = timeline.indicator.decimals
                yield Fraction(rounded_units(value, decimals), 10**decimals)


def _of_breakdowns(counts: Iterable[BreakdownCount]) -> Iterator[Fraction]:
    """The counts of withheld breakdowns, and what they add up to."""
    totals: dict[tuple[str, Period | None], Fraction] = {}
    for count in counts:
        number, key = Fraction(count.count or 0), (count.breakdown, count.period)
        totals[key] = totals.get(key, Fraction(0)) + number
        yield number
    yield from totals.values()


def _numbers_in(text: str) -> Iterator[Fraction]:
    return (Fraction(number.replace(",", "")) for number in _NUMBER.findall(text))
