"""Rules about numbers that are possible but not likely: each cell against those around it, with its likeliest cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cpreport.checks.entries import is_negative, negative_numbers, numbers_above_100, with_two_readings
from cpreport.checks.examined import Examined, Row
from cpreport.checks.figures import with_too_many
from cpreport.checks.plausible.timelines import jumps
from cpreport.checks.plausible.usual import Stretch, Usual, share_spread, stretches, usual
from cpreport.model.figure import CellRef, Entry
from cpreport.model.finding import Finding, Rule
from cpreport.model.folder import Plausibility
from cpreport.model.indicator import Part
from cpreport.model.rules import plausibility as rules

AROUND = 12
"""How many numbers on both sides of one say what is usual there, so that a trend does not hide what is odd."""
FEW = 3
"""How many others tell an odd number at least."""
NEAR = 1.5
"""How many times a number may be off its usual once the slip is undone."""
CLEAR = 5
"""How many spreads off its usual a number is no chance."""
FEW_CHILDREN = 30
"""How many children a percentage without a denominator may be of."""
UNLUCKY = 3
"""How many times the spread may be what a dozen numbers show of it."""
LEAST = 5
"""Of how many children on a tenfold number is odd; fewer often come together, as brothers and sisters do."""
FAR = 4
"""How many times another number is off the same usual, on the same side, if such numbers come by themselves."""


class Odd(NamedTuple):
    """A number that may be odd: where it stands in its stretch, the others around it, and what is usual there."""

    stretch: Stretch
    entry: Entry
    number: float
    others: list[float]
    usual: Usual

    def text(self, number: float) -> str:
        """A number as a person types it: at most ten digits."""
        return f"{number:,.10g}{'%' if self.stretch.row.is_percentage else ''}"

    def recurs(self) -> bool:
        """Whether numbers as far off stand beside it, in the same month of another year, or more than once a year."""
        period, middle = self.entry.period, self.usual.median
        year = period.ordinal - period.year_earlier().ordinal
        gaps = [
            abs(entry.period.ordinal - period.ordinal)
            for entry, number in zip(self.stretch.entries, self.stretch.numbers, strict=True)
            if (number > FAR * middle if self.number > middle else number * FAR < middle)
        ]
        is_often = len(gaps) > max(1, len(self.stretch.numbers) / year)
        return is_often or any(gap and (gap <= 2 or gap % year == 0) for gap in gaps)


def is_no_chance(row: Row, number: float, usual: Usual) -> bool:
    """Whether a row's number is far off even if a percentage is of few children; a few children are no usual at all."""
    middle, spread = usual.median, usual.spread
    if row.is_percentage:
        spread = max(spread, min(100 * share_spread(middle / 100, FEW_CHILDREN), UNLUCKY * spread))
    elif row.is_count and middle < LEAST:
        return False
    return abs(number - middle) > CLEAR * spread


Odds = Mapping[CellRef, Odd]
Causes = Iterator[tuple[CellRef, Finding | None]]
"""What explains odd numbers, with their cells; one finding may explain several, None is an error told elsewhere."""


def implausible(month: Examined) -> Iterator[Finding]:
    """At most one finding a cell: the likeliest cause of an odd number, and a jump only where no cause is seen."""
    odds = {odd.entry.cell: odd for odd in _odd(month)}
    causes: dict[CellRef, Finding | None] = {}
    for explained in (_swapped, _slipped, _wrong, _fractions):
        found = dict(explained(month, {cell: odd for cell, odd in odds.items() if cell not in causes}))
        causes = {**found, **causes}
    yield from (finding for finding in dict.fromkeys(causes.values()) if finding)
    yield from jumps(month, causes.keys())


def _odd(month: Examined) -> Iterator[Odd]:
    number = max(AROUND, month.folder.plausibility.history)
    for stretch in (stretch for row in month.rows for stretch in stretches(month, row)):
        for at in stretch.outlying() if len(stretch.numbers) > FEW else ():
            others = stretch.around(at, number)
            yield Odd(stretch, stretch.entries[at], stretch.numbers[at], others, usual(others, stretch.least))


def _swapped(month: Examined, odds: Odds) -> Causes:
    """Cells that hold what is usual in the row below or above, and the other way round.

    Of numerators and denominators in each other's place it is one finding; where that is above 100%, the error alone.
    """
    denominators = {(o.entry.name, o.entry.period): o for o in odds.values() if o.entry.part is Part.DENOMINATOR}
    below = [(odd, odds.get(cell._replace(row=cell.row + 1))) for cell, odd in odds.items()]
    parts = [(odd, denominators.get((odd.entry.name, odd.entry.period))) for odd in odds.values()]
    for odd, other in below + parts:
        if other is None or not _are_swapped(month.folder.plausibility, odd, other):
            continue
        if odd.entry.name != other.entry.name:
            yield odd.entry.cell, _of_swapped(rules.CELLS_SWAPPED, month, odd, other)
            yield other.entry.cell, _of_swapped(rules.CELLS_SWAPPED, month, other, odd)
        elif odd.entry.part is Part.NUMERATOR:
            indicator = odd.stretch.row.indicator
            is_error = indicator is not None and indicator.is_bounded and odd.number > other.number
            finding = None if is_error else _of_swapped(rules.PARTS_SWAPPED, month, odd, other)
            yield from ((each.entry.cell, finding) for each in (odd, other))


def _are_swapped(limits: Plausibility, odd: Odd, other: Odd) -> bool:
    """Whether each of two numbers of a period is odd at its own place and not at the other's."""
    return (odd.entry.period, odd.entry.amount.form) == (other.entry.period, other.entry.amount.form) and all(
        len(one.others) >= limits.history
        and one.usual.distance(one.number) > limits.jump >= another.usual.distance(one.number)
        for one, another in ((odd, other), (other, odd))
    )


def _of_swapped(rule: Rule, month: Examined, odd: Odd, other: Odd) -> Finding:
    """What a message says of a number and of the one that it was swapped with."""
    there = other.entry
    texts = {"value": odd.text(odd.number), "usual": odd.text(odd.usual.median)}
    texts |= {"other_value": other.text(other.number), "other_usual": other.text(other.usual.median)}
    return month.of(rule, odd.entry, other=there.name, other_part=there.part.value, **texts)


def _slipped(month: Examined, odds: Odds) -> Causes:
    """Numbers ten times their usual or a tenth of it, where that is no chance."""
    known = (odd for odd in odds.values() if len(odd.others) >= month.folder.plausibility.history)
    for odd in (odd for odd in known if is_no_chance(odd.stretch.row, odd.number, odd.usual)):
        near = (odd.usual.median * 10, odd.usual.median / 10)
        if any(usual / NEAR < odd.number < usual * NEAR for usual in near) and not odd.recurs():
            yield _times(rules.SLIPPED, month, odd, "ten times", "a tenth of")


def _wrong(month: Examined, _: Odds) -> Causes:
    """Numbers that are wrong by themselves: those that an error tells already, and odd signs.

    A sign is odd where a row may have negative numbers and has a single one.
    """
    unsettled = (entry for _, entries in with_two_readings(month) for entry in entries)
    in_error = [each.cell for each in (*unsettled, *numbers_above_100(month), *negative_numbers(month))]
    in_error += [numerator.cells[0] for _, _, numerator in with_too_many(month)]
    yield from ((cell, None) for cell in in_error)
    for row in month.rows:
        negative = [entry for entry in row.numbers if is_negative(entry)] if row.may_be_negative else []
        if len(negative) == 1 and len(row.numbers) > month.folder.plausibility.history:
            [entry] = negative
            yield entry.cell, month.of(rules.SIGN, entry)


def _fractions(month: Examined, odds: Odds) -> Causes:
    """Percentages a hundredth of the others or a hundred times them, where nothing between is usual."""
    for odd in (odd for odd in odds.values() if odd.stretch.row.is_percentage and odd.number > 0):
        if _is_fraction(odd, month.folder.plausibility.history):
            yield _times(rules.FRACTION, month, odd, "a hundred times", "a hundredth of")


def _is_fraction(odd: Odd, least: int) -> bool:
    """Whether it is among the others once multiplied or divided by 100, and far from each of them as it is.

    Others that may be fractions themselves do not count: somebody may type them from a month on.
    """
    per_cents, all_ = ([number for number in odd.others if number > limit] for limit in (1, 0))
    return any(
        len(others) >= least
        and not min(others) / FAR <= odd.number <= max(others) * FAR
        and min(others) / NEAR <= number <= max(others) * NEAR
        for others, number in ((per_cents, odd.number * 100), (all_, odd.number / 100))
    )


def _times(rule: Rule, month: Examined, odd: Odd, many: str, few: str) -> tuple[CellRef, Finding]:
    texts = {"value": odd.text(odd.number), "median": odd.text(odd.usual.median)}
    return odd.entry.cell, month.of(rule, odd.entry, times=many if odd.number > odd.usual.median else few, **texts)


RULES = (implausible,)
