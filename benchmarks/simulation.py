"""How often an arrow, and how often the judgement, cries change of constant truth, and what change it takes to see one.

python -m benchmarks.simulation [--runs N]

Prints the table that docs/methods.md has. Each run is 24 months of figures whose truth is constant. The arrow compares
each month with the one before; the judgement says something from the 13th month on. To see a change, the truth changes
once, before the 13th month, and the 24th is judged.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from cpreport.analysis.judgement import directions
from cpreport.analysis.merit import judgement
from cpreport.analysis.variation import points_of, variation
from cpreport.model.figure import Direction, Figure, Given, State
from cpreport.model.folder import JudgementRules
from cpreport.model.indicator import Indicator, Measure, Nature
from cpreport.model.period import month
from cpreport.model.timeline import Judgement, Timeline, Verdict

SEED, RUNS, MONTHS, YEAR = 1998, 2_000, 24, 12
SEEN = 0.8
"""In what share of runs a change has to be seen, to count as one that is."""

_RULES = JudgementRules()
_NEWEST = month(2023, 7)
_CRIES = (Verdict.HIGHER, Verdict.LOWER)
_ARROWS = (Direction.UP, Direction.DOWN)
_CHANGES = [Fraction(percent, 100) for percent in (*range(2, 20, 2), *range(20, 60, 5), *range(60, 210, 10))]

Counts = Callable[[np.random.Generator, float], list[int]]
"""The counts of 24 months; what is true is so many times as much from the 13th on."""


class Series(NamedTuple):
    """A kind of figures. `total` is the denominator of percentages, of which `share` is true; 0 for counts."""

    name: str
    counts: Counts
    kind: Nature = Nature.STOCK
    total: int = 0
    share: float = 0
    rolling: int = 1

    @property
    def indicator(self) -> Indicator:
        measure, per = (Measure.PERCENTAGE, 100) if self.total else (Measure.NUMBER, 1)
        return Indicator("x", "X", measure, "", 1, 1, per=per, kind=self.kind, rolling=self.rolling)

    def figure(self, at: int, count: int) -> Figure:
        """The figure of a month, 0 to 23."""
        period = _NEWEST.shift(at - MONTHS + 1)
        if not self.total:
            return Figure(period, State.PRESENT, Fraction(count))
        numerator, denominator = (Given(State.PRESENT, Fraction(number)) for number in (count, self.total))
        return Figure(period, State.PRESENT, Fraction(100 * count, self.total), numerator, denominator)


def independent(mean: float) -> Counts:
    return lambda dice, factor: [int(dice.poisson(mean * (factor if at >= YEAR else 1))) for at in range(MONTHS)]


def cohorts(size: int, share: float) -> Counts:
    return lambda dice, factor: [
        int(dice.binomial(size, min(share * (factor if at >= YEAR else 1), 1))) for at in range(MONTHS)
    ]


def rolling(mean: float) -> Counts:
    """Sums of twelve months each; a change begins with the first month that no sum of the first year has."""

    def counts(dice: np.random.Generator, factor: float) -> list[int]:
        months = dice.poisson([mean * (factor if at >= MONTHS - 1 else 1) for at in range(MONTHS + YEAR - 1)])
        return [int(months[at : at + YEAR].sum()) for at in range(MONTHS)]

    return counts


def stock(size: int, moves: int) -> Counts:
    """So many children, of whom each leaves with the same chance; a change is at once, and the moves keep it."""

    def counts(dice: np.random.Generator, factor: float) -> list[int]:
        now, found = int(dice.poisson(size)), list[int]()
        for at in range(MONTHS):
            scale = factor if at >= YEAR else 1
            now += round(now * (scale - 1)) if at == YEAR else 0
            now += int(dice.poisson(moves * scale)) - int(dice.binomial(now, moves / size))
            found.append(now)
        return found

    return counts


def every_series() -> Iterator[Series]:
    for mean in (5, 10, 20, 50, 100, 300, 600):
        yield Series(f"independent counts of {mean}, `flow`", independent(mean), Nature.FLOW)
    for mean in (20, 100, 600):
        yield Series(f"independent counts of {mean}, `stock`", independent(mean))
    yield Series("stock of 600, 20 in and 20 out a month", stock(600, 20))
    for mean in (5, 20):
        yield Series(f"rolling sum of 12 months of {mean}", rolling(mean), rolling=YEAR)
    for kind in (Nature.STOCK, Nature.FLOW):
        for size, share in ((20, 0.5), (20, 0.75), (20, 0.9), (100, 0.5), (100, 0.75), (100, 0.9)):
            yield Series(f"cohorts of {size}, {share:.0%}, `{kind.value}`", cohorts(size, share), kind, size, share)


def run_of(series: Series, dice: np.random.Generator, factor: float = 1) -> dict[int, Figure]:
    """The figures of one run, by month."""
    return {at: series.figure(at, count) for at, count in enumerate(series.counts(dice, factor))}


def judged(series: Series, run: dict[int, Figure], at: int) -> Judgement:
    """What the report of a month says."""
    now = run[at].period
    timeline = Timeline(series.indicator, {figure.period: figure for figure in run.values()}, now, now)
    points = points_of(timeline)
    return judgement(timeline, variation(points, _RULES.points), points, _RULES)


def alarms(series: Series, runs: int, dice: np.random.Generator) -> tuple[float, float]:
    """In which share of months an arrow points up or down, and in which a judgement cries change, of constant truth."""
    arrows = cries = 0
    for _ in range(runs):
        run = run_of(series, dice)
        arrows += sum(each in _ARROWS for each in directions({f.period: f for f in run.values()}).values())
        cries += sum(judged(series, run, at).verdict in _CRIES for at in range(YEAR, MONTHS))
    return arrows / (runs * (MONTHS - 1)), cries / (runs * (MONTHS - YEAR))


def least_change(series: Series, runs: int, dice: np.random.Generator) -> Fraction | None:
    """The least change upwards, as a share of the truth, that is called one in most runs; None where none is."""
    most = 1 / Fraction(str(series.share)) - 1 if series.total else max(_CHANGES)
    for change in (*(change for change in _CHANGES if change < most), most):
        runs_of = (run_of(series, dice, 1 + float(change)) for _ in range(runs))
        seen = sum(judged(series, run, MONTHS - 1).verdict is Verdict.HIGHER for run in runs_of)
        if seen >= SEEN * runs:
            return change
    return None


def in_words(series: Series, change: Fraction | None) -> str:
    """A change as the docs print it: `20%`, or in points `from 75% to 93%`."""
    if change is None:
        return "none that is possible" if series.total else "none"
    if not series.total:
        return f"{float(change):.0%} more"
    return f"{series.share:.0%} to {series.share * (1 + float(change)):.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each series (default %(default)s)")
    runs = parser.parse_args().runs
    print("| Figures | Arrow | Judgement | Sees, in 4 of 5 reports |\n|---|---|---|---|")
    for number, series in enumerate(every_series()):
        dice = np.random.default_rng([SEED, number])
        arrow, cry = alarms(series, runs, dice)
        change = in_words(series, least_change(series, max(runs // 5, 1), dice))
        print(f"| {series.name} | {arrow:.0%} | {cry:.1%} | {change} |", flush=True)


if __name__ == "__main__":
    main()
