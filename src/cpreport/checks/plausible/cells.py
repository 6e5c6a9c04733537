"""Rules about numbers that are possible but not likely: each cell against those around it, with its likeliest cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cpreport.checks.context import CheckContext, Row
from cpreport.checks.entries import is_negative, negative_numbers, numbers_above_100, with_two_readings
from cpreport.checks.figures import numerators_above_denominators
from cpreport.checks.plausible.baseline import Baseline, Stretch, baseline_of, share_spread, stretches
from cpreport.checks.plausible.timelines import jumps
from cpreport.model.figure import CellRef, Entry
from cpreport.model.finding import Finding, Rule
from cpreport.model.folder import Plausibility
from cpreport.model.indicator import Part
from cpreport.model.rules import plausibility as rules

AROUND = 12
"""How many of the nearest numbers make a number's baseline, so that a trend does not hide an outlier."""
FEWEST_OTHERS = 3
"""How many other numbers there must be at least for one to be an outlier."""
NEAR_FACTOR = 1.5
"""How many times its usual level a number may be, or the reverse, once the slip is undone."""
IMPLAUSIBLE_SPREADS = 5
"""How many spreads from the median a number cannot be by chance."""
FEW_CHILDREN = 30
"""How many children a percentage without a denominator may be of."""
MOST_TIMES_SPREAD = 3
"""How many times the spread that a dozen numbers show the true one may be."""
FEWEST_CHILDREN = 5
"""From how many children on a tenfold number is an outlier; fewer often come together, as siblings do."""
FAR_FACTOR = 4
"""How many times its usual level another number on the same side must be for such numbers to be recurrent."""


class Outlier(NamedTuple):
    """A number that may be wrong: where it is in its stretch, the others around it, and their baseline."""

    stretch: Stretch
    entry: Entry
    number: float
    others: list[float]
    baseline: Baseline

    def text(self, number: float) -> str:
        """A number as a person types it: at most ten digits."""
        return f"{number:,.10g}{'%' if self.stretch.row.is_percentage else ''}"

    def is_recurrent(self) -> bool:
        """Whether numbers as far off are next to it, in the same month of another year, or more than once a year."""
        period, middle = self.entry.period, self.baseline.median
        year = period.ordinal - period.year_earlier().ordinal
        gaps = [
            abs(entry.period.ordinal - period.ordinal)
            for entry, number in zip(self.stretch.entries, self.stretch.numbers, strict=True)
            if (number > FAR_FACTOR * middle if self.number > middle else number * FAR_FACTOR < middle)
        ]
        is_often = len(gaps) > max(1, len(self.stretch.numbers) / year)
        return is_often or any(gap and (gap <= 2 or gap % year == 0) for gap in gaps)


def is_implausible(row: Row, number: float, baseline: Baseline) -> bool:
    """Whether a row's number is far off even if a percentage is of few children; a few children have no baseline."""
    middle, spread = baseline.median, baseline.spread
    if row.is_percentage:
        spread = max(spread, min(100 * share_spread(middle / 100, FEW_CHILDREN), MOST_TIMES_SPREAD * spread))
    elif row.is_count and middle < FEWEST_CHILDREN:
        return False
    return abs(number - middle) > IMPLAUSIBLE_SPREADS * spread


Outliers = Mapping[CellRef, Outlier]
Causes = Iterator[tuple[CellRef, Finding | None]]
"""What explains outliers, by their cells; one finding may explain several, None is an error reported elsewhere."""


def implausible(month: CheckContext) -> Iterator[Finding]:
    """At most one finding a cell: the likeliest cause of an outlier, and a jump only where no cause is seen."""
    outliers = {outlier.entry.cell: outlier for outlier in _outliers(month)}
    causes: dict[CellRef, Finding | None] = {}
    for explained in (_swapped, _slipped, _wrong, _fractions):
        found = dict(explained(month, {cell: outlier for cell, outlier in outliers.items() if cell not in causes}))
        causes = {**found, **causes}
    yield from (finding for finding in dict.fromkeys(causes.values()) if finding)
    yield from jumps(month, causes.keys())


def _outliers(month: CheckContext) -> Iterator[Outlier]:
    number = max(AROUND, month.folder.plausibility.history)
    for stretch in (stretch for row in month.rows for stretch in stretches(month, row)):
        for at in stretch.outlying() if len(stretch.numbers) > FEWEST_OTHERS else ():
            others = stretch.around(at, number)
            yield Outlier(stretch, stretch.entries[at], stretch.numbers[at], others, baseline_of(others, stretch.least))


def _swapped(month: CheckContext, outliers: Outliers) -> Causes:
    """Cells whose number is usual in the row below or above, and the other way round.

    A swapped numerator and denominator are one finding; where that is above 100%, there is only the error.
    """
    denominators = {(o.entry.name, o.entry.period): o for o in outliers.values() if o.entry.part is Part.DENOMINATOR}
    below = [(outlier, outliers.get(cell._replace(row=cell.row + 1))) for cell, outlier in outliers.items()]
    parts = [(outlier, denominators.get((outlier.entry.name, outlier.entry.period))) for outlier in outliers.values()]
    for outlier, other in below + parts:
        if other is None or not _are_swapped(month.folder.plausibility, outlier, other):
            continue
        if outlier.entry.name != other.entry.name:
            yield outlier.entry.cell, _of_swapped(rules.CELLS_SWAPPED, month, outlier, other)
            yield other.entry.cell, _of_swapped(rules.CELLS_SWAPPED, month, other, outlier)
        elif outlier.entry.part is Part.NUMERATOR:
            indicator = outlier.stretch.row.indicator
            is_error = indicator is not None and indicator.is_bounded and outlier.number > other.number
            finding = None if is_error else _of_swapped(rules.PARTS_SWAPPED, month, outlier, other)
            yield from ((each.entry.cell, finding) for each in (outlier, other))


def _are_swapped(limits: Plausibility, outlier: Outlier, other: Outlier) -> bool:
    """Whether each of two numbers of a period is an outlier in its own place and not in the other's."""
    return (outlier.entry.period, outlier.entry.amount.form) == (other.entry.period, other.entry.amount.form) and all(
        len(one.others) >= limits.history
        and one.baseline.distance(one.number) > limits.jump >= another.baseline.distance(one.number)
        for one, another in ((outlier, other), (other, outlier))
    )


def _of_swapped(rule: Rule, month: CheckContext, outlier: Outlier, other: Outlier) -> Finding:
    """A finding about a number and the one that it was swapped with."""
    texts = {"value": outlier.text(outlier.number), "usual": outlier.text(outlier.baseline.median)}
    texts |= {"other_value": other.text(other.number), "other_usual": other.text(other.baseline.median)}
    return month.of(rule, outlier.entry, other=other.entry.name, other_part=other.entry.part.value, **texts)


def _slipped(month: CheckContext, outliers: Outliers) -> Causes:
    """Numbers ten times their usual level or a tenth of it, where that cannot be by chance."""
    for each in (each for each in outliers.values() if len(each.others) >= month.folder.plausibility.history):
        levels = (each.baseline.median * 10, each.baseline.median / 10)
        is_slipped = any(level / NEAR_FACTOR < each.number < level * NEAR_FACTOR for level in levels)
        if is_slipped and is_implausible(each.stretch.row, each.number, each.baseline) and not each.is_recurrent():
            yield _times(rules.SLIPPED, month, each, "ten times", "a tenth of")


def _wrong(month: CheckContext, _: Outliers) -> Causes:
    """Numbers that are wrong by themselves: those that have an error already, and odd signs.

    A sign is odd where a row may have negative numbers and has only one.
    """
    unsettled = (entry for _, entries in with_two_readings(month) for entry in entries)
    in_error = [each.cell for each in (*unsettled, *numbers_above_100(month), *negative_numbers(month))]
    in_error += [numerator.cells[0] for _, _, numerator in numerators_above_denominators(month)]
    yield from ((cell, None) for cell in in_error)
    for row in month.rows:
        negative = [entry for entry in row.numbers if is_negative(entry)] if row.may_be_negative else []
        if len(negative) == 1 and len(row.numbers) > month.folder.plausibility.history:
            [entry] = negative
            yield entry.cell, month.of(rules.SIGN, entry)


def _fractions(month: CheckContext, outliers: Outliers) -> Causes:
    """Percentages a hundredth of the others or a hundred times them, where there is nothing in between."""
    for outlier in (each for each in outliers.values() if each.stretch.row.is_percentage and each.number > 0):
        if _is_fraction(outlier, month.folder.plausibility.history):
            yield _times(rules.FRACTION, month, outlier, "a hundred times", "a hundredth of")


def _is_fraction(outlier: Outlier, least: int) -> bool:
    """Whether it is among the others once multiplied or divided by 100, and far from each of them as it is.

    Others that may be fractions themselves do not count: somebody may type them from a month on.
    """
    per_cents, all_ = ([number for number in outlier.others if number > limit] for limit in (1, 0))
    return any(
        len(others) >= least
        and not min(others) / FAR_FACTOR <= outlier.number <= max(others) * FAR_FACTOR
        and min(others) / NEAR_FACTOR <= number <= max(others) * NEAR_FACTOR
        for others, number in ((per_cents, outlier.number * 100), (all_, outlier.number / 100))
    )


def _times(rule: Rule, month: CheckContext, outlier: Outlier, many: str, few: str) -> tuple[CellRef, Finding]:
    level = outlier.baseline.median
    texts = {"value": outlier.text(outlier.number), "median": outlier.text(level)}
    return outlier.entry.cell, month.of(rule, outlier.entry, times=many if outlier.number > level else few, **texts)


RULES = (implausible,)
