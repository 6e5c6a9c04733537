"""Rules about figures over time: a newest one that jumps, a column copied from the last, figures that do not change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, takewhile
from math import sqrt
from statistics import median

from cpreport.checks.context import CheckContext
from cpreport.checks.plausible.baseline import Baseline, approximate, baseline_of, count_spread, deviation, share_spread
from cpreport.model.figure import CellRef, Entry, Figure, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.period import Kind, Period
from cpreport.model.rules import plausibility as rules

RECENT = 36
"""How many earlier figures a newest one is compared with."""
SIMILAR_SHARE = 0.5
"""What share of the newest figure's distance from the median counts as about as far out."""
CHANCE = 0.002
"""How likely a run of equal figures may be by chance, from how often neighbours in the timeline are equal."""


def jumps(month: CheckContext, explained: Collection[CellRef]) -> Iterator[Finding]:
    """The newest figures far from their timeline, each cell once; figures whose cells have a known cause do not count.

    Figures that share months (`rolling`) are not tested: they are not independent.
    """
    seen, limits = set(explained), month.folder.plausibility
    for timeline in month.reported():
        newest, indicator = timeline.newest, timeline.indicator
        if newest.value is None or indicator.rolling > 1 or not seen.isdisjoint(newest.cells):
            continue
        now = newest.period.ordinal
        since = max((at.ordinal for at in timeline.breaks if at.ordinal <= now), default=0)
        earlier = [
            figure
            for figure in timeline.until_now()
            if since <= figure.period.ordinal < now
            and figure.value is not None
            and not any(cell in explained for part in figure.parts for cell in part.cells)
        ][-RECENT:]
        left = _level_left(indicator, newest, earlier, limits.jump) if len(earlier) >= limits.history else None
        if left and newest.cells:
            cell = _furthest(newest, earlier)
            seen.add(cell)
            values = {"value": indicator.printed(newest.value), "median": indicator.printed(Fraction(left.median))}
            yield month.at(rules.JUMP, [cell], indicator.id, newest.period, number=len(earlier), **values)


def _level_left(indicator: Indicator, newest: Figure, earlier: Sequence[Figure], limit: float) -> Baseline | None:
    """The baseline of the earlier figures that a newest one is far from; None if it is not.

    It must be beyond the limit from the median, its step from the figure before beyond the limit of earlier steps (a
    series that drifts is often far from its median), and no earlier figure about as far out on that side.
    """
    number, numbers = approximate(newest.value), [approximate(figure.value) for figure in earlier]
    middle = median(numbers)
    least = _count_spread(indicator, newest, middle)
    spread = deviation(numbers, middle)
    if not least and not spread:
        return None  # a timeline that never changes does not show how much it may
    unit = 10**-indicator.decimals
    level = Baseline(middle, max(spread, least, unit))
    side, far = (1 if number > middle else -1), max(limit * level.spread, SIMILAR_SHARE * abs(number - middle))
    if level.distance(number) <= limit or any(side * (other - middle) > far for other in numbers):
        return None
    steps = [later - before for before, later in pairwise(numbers)]
    step = Baseline(0, max(deviation(steps, 0), sqrt(2) * max(least, unit)))
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
        part.cells[0]: baseline_of(numbers, count_spread).distance(float(part.number))
        for part, numbers in ((newest.numerator, counts), (newest.denominator, totals))
        if part and part.number is not None and part.cells and numbers
    }
    return max(distances, key=distances.__getitem__, default=newest.cells[0])


def copied_column(month: CheckContext) -> Iterator[Finding]:
    """The newest figures of a kind of period if all equal those of the period before, at the first in the workbook.

    Series that carry and rows that never change do not count, nor those without a figure in both periods.
    """
    carrying = {name for name, series in month.folder.series.items() if series.carry}
    moving = [row for row in month.rows if row.name not in carrying and len({e.amount.number for e in row.numbers}) > 1]
    rows = [{entry.period: entry for entry in row.numbers} for row in moving]
    for newest in _newest(month, {period for row in rows for period in row}):
        before = newest.shift(-1)
        pairs = [(row[newest], row[before]) for row in rows if newest in row and before in row]
        is_copied = all(per_cent(entry.amount) == per_cent(earlier.amount) for entry, earlier in pairs)
        if is_copied and len(pairs) >= month.folder.plausibility.copied:
            first = min((entry for entry, _ in pairs), key=_position)
            yield month.of(rules.COLUMN_COPIED, first, earlier=before.label, number=len(pairs))


def _newest(month: CheckContext, periods: Collection[Period]) -> list[Period]:
    """The newest of some periods of each kind that has a table, up to the newest that a table shows."""
    nows: dict[Kind, Period] = {}
    for now in (timeline.now for timeline in month.figures.timelines.values()):
        nows[now.kind] = max(now, nows.get(now.kind, now))
    shown = {kind: [each for each in periods if each.kind is kind and each <= now] for kind, now in nows.items()}
    return sorted(max(each) for each in shown.values() if each)


def _position(entry: Entry) -> tuple[bool, str, int, int]:
    """Data before other sheets, then by cell."""
    cell = entry.cell
    return cell.sheet.strip().lower() != "data", cell.sheet, cell.row, cell.column


def unchanged(month: CheckContext) -> Iterator[Finding]:
    """Indicators whose newest figures are all equal, numerators and denominators too, although earlier ones changed."""
    limits = month.folder.plausibility
    for timeline in month.reported():
        newest = timeline.newest
        if newest.value is None or not newest.cells or timeline.at(newest.period.shift(-1)).value != newest.value:
            continue
        known = [(each.value, each.count, each.total) for each in timeline.until_now() if each.value is not None]
        run = len(list(takewhile(known[-1].__eq__, reversed(known))))
        earlier = known[:-run]
        if run < limits.unchanged or len(earlier) < limits.history:
            continue
        alike = max(sum(one == other for one, other in pairwise(earlier)), earlier.count(known[-1]))
        if ((alike + 0.5) / len(earlier)) ** (run - 1) <= CHANCE:
            own = (part.cells[0] for part in newest.parts if part.is_own and part.cells)
            cells, value = [next(own, newest.cells[0])], timeline.indicator.printed(newest.value)
            yield month.at(rules.UNCHANGED, cells, timeline.indicator.id, newest.period, value=value, number=run)


RULES = (copied_column, unchanged)
