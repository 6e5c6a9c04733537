"""Whether an indicator's newest figure jumps against its own timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from math import sqrt
from statistics import median

from cpreport.checks.examined import Examined
from cpreport.checks.plausible.usual import Usual, approximate, count_spread, deviation, share_spread, usual
from cpreport.model.figure import CellRef, Figure
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.rules.plausibility import JUMP
from cpreport.model.timeline import Timeline

RECENT = 36
"""How many earlier figures a newest one is compared with."""
AS_FAR = 0.5
"""What share of the newest figure's distance an earlier one had that was about as far out."""


def jumps(month: Examined, explained: Collection[CellRef]) -> Iterator[Finding]:
    """The newest figures far from their timeline, each cell once; figures whose cells have a known cause do not count.

    Figures that share months (`rolling`) are not tested: they are not independent.
    """
    seen = set(explained)
    for timeline in month.reported():
        newest = timeline.newest
        if not newest.cells or timeline.indicator.rolling > 1 or seen.intersection(newest.cells):
            continue
        earlier = _earlier(timeline, newest, explained)
        if len(earlier) < month.folder.plausibility.history:
            continue
        if left := _left(timeline.indicator, newest, earlier, month.folder.plausibility.jump):
            cell = _furthest(newest, earlier)
            seen.add(cell)
            printed = timeline.indicator.printed
            values = {"value": printed(newest.value or Fraction(0)), "median": printed(Fraction(left.median))}
            yield month.at(JUMP, [cell], timeline.indicator.id, newest.period, number=len(earlier), **values)


def _earlier(timeline: Timeline, newest: Figure, explained: Collection[CellRef]) -> list[Figure]:
    """The figures before the newest, oldest first, since the last break in series, without those explained."""
    if newest.value is None or newest.breaks:
        return []
    figures = [figure for figure in timeline.until_now() if figure.period.ordinal < newest.period.ordinal]
    since = next((at for at in reversed(range(len(figures))) if figures[at].breaks), 0)
    newest_first = (
        figure
        for figure in reversed(figures[since:])
        if figure.value is not None and not any(cell in explained for part in figure.parts for cell in part.cells)
    )
    return list(islice(newest_first, RECENT))[::-1]


def _left(indicator: Indicator, newest: Figure, earlier: Sequence[Figure], limit: float) -> Usual | None:
    """What a newest figure has left: the usual of the earlier ones; None if it is within it.

    It must lie beyond the limit from the median, its step from the figure before beyond the limit of earlier steps (a
    series that drifts is often far from its median), and no earlier figure about as far out on that side.
    """
    number, numbers = approximate(newest.value), [approximate(figure.value) for figure in earlier]
    middle = median(numbers)
    least = _count_spread(indicator, newest, middle)
    spread = deviation(numbers, middle)
    if not least and not spread:
        return None  # a timeline that never moves does not say how far it may
    unit = 10**-indicator.decimals
    level = Usual(middle, max(spread, least, unit))
    if level.distance(number) <= limit:
        return None
    side, far = (1 if number > middle else -1), max(limit * level.spread, AS_FAR * abs(number - middle))
    if any(side * (other - middle) > far for other in numbers):
        return None
    steps = [later - before for before, later in pairwise(numbers)]
    step = Usual(0, max(deviation(steps, 0), sqrt(2) * max(least, unit)))
    return level if step.distance(number - numbers[-1]) > limit else None


def _count_spread(indicator: Indicator, figure: Figure, middle: float) -> float:
    """The least that a figure varies because it counts children, in the printed unit; 0 where that is not known.

    A number's and a rate's count is Poisson's, a percentage's binomial.
    """
    if indicator.measure is Measure.NUMBER:
        return count_spread(middle) if indicator.decimals == 0 else 0
    total, per = approximate(figure.total), indicator.per
    if total <= 0:
        return 0
    if indicator.is_bounded:
        return per * share_spread(middle / per, total)
    return per * count_spread(middle * total / per) / total


def _furthest(newest: Figure, earlier: Sequence[Figure]) -> CellRef:
    """The cell of that part of a figure that is furthest from its own timeline."""
    counts = [float(figure.count) for figure in earlier if figure.count is not None]
    totals = [float(figure.total) for figure in earlier if figure.total is not None]
    distances = {
        part.cells[0]: usual(numbers, count_spread).distance(float(part.number))
        for part, numbers in ((newest.numerator, counts), (newest.denominator, totals))
        if part and part.number is not None and part.cells and numbers
    }
    return max(distances, key=lambda cell: distances[cell], default=newest.cells[0])
