"""How the numbers that a report prints come about: figures, what several come to, benchmarks, targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from cpreport.model.figure import Average, Benchmark, Figure, Given, State
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.period import Period
from cpreport.model.sums import addend
from cpreport.model.timeline import Cumulative, Timeline
from cpreport.model.working import Basis, Operation, Working, computed, mean_of, total

NUMERATOR, DENOMINATOR, TARGET, YEAR_TO_DATE = "numerator", "denominator", "target", "year to date"
BASELINE = "baseline"
"""What a printed number is of its figure."""


def working_of(indicator: Indicator, figure: Figure) -> Working | None:
    """A figure's value: its numerator over its denominator in the printed unit, or as it was typed."""
    if figure.value is None:
        return None
    count, whole = typed(figure.numerator), typed(figure.denominator)
    if indicator.measure is not Measure.NUMBER and count and whole:
        return _ratio(indicator, count, whole, figure.value)
    return typed(figure.given) or count or Working(figure.value, figure.cells)


def typed(part: Given | None) -> Working | None:
    """A part of a figure as it stands in its cells; None where it has no number."""
    return Working(part.number, part.cells) if part and part.number is not None else None


def _ratio(indicator: Indicator, count: Working, whole: Working, value: Fraction) -> Working:
    return computed(Operation.QUOTIENT, value, *per_of(indicator), count, whole)


def per_of(indicator: Indicator) -> tuple[Working, ...]:
    """What a ratio is multiplied by, if it is."""
    return () if indicator.per == 1 else (_plain(indicator.per),)


@cache
def _plain(number: int) -> Working:
    return Working(Fraction(number))


def figure_basis(indicator: Indicator, figure: Figure, comparator: str = "") -> Basis:
    """A figure of a period."""
    working = working_of(indicator, figure)
    cells = () if working and working.terms else figure.cells
    return Basis(indicator.id, figure.period, "", comparator, "", figure.state, working, cells)


def part_basis(indicator: Indicator, figure: Figure, what: str) -> Basis:
    """A figure's numerator or denominator, which is printed only where the figure is."""
    found = peer_basis(indicator, figure, what, "")
    return found if figure.value is not None else found._replace(working=None, state=figure.state)


def peer_basis(indicator: Indicator, figure: Figure, what: str, authority: str) -> Basis:
    """A numerator or denominator that an authority publishes, perhaps without a figure."""
    part: Given | None = figure.numerator if what == NUMERATOR else figure.denominator
    working = typed(part) if figure.state not in (State.CONFIDENTIAL, State.ERROR) else None
    return Basis(
        subject=indicator.id,
        period=figure.period,
        what=what,
        comparator=authority,
        state=State.PRESENT if working else figure.state,
        working=working,
        cells=part.cells if part else figure.cells,
    )


def mean_basis(indicator: Indicator, figures: Sequence[Figure], part: str = "") -> Basis:
    """The mean of figures, or of their numerators, in order; without a number where one is missing."""
    what = f"mean of {len(figures)} figures"
    workings = [typed(figure.numerator) if part else working_of(indicator, figure) for figure in figures]
    known = [working for working in workings if working]
    return Basis(
        subject=indicator.id,
        period=figures[-1].period,
        what=f"{what}, {part}" if part else what,
        state=State.PRESENT if len(known) == len(figures) else State.NO_FIGURE,
        working=mean_of(*known) if len(known) == len(figures) else None,
    )


def sum_basis(indicator: Indicator, figures: Iterable[Figure], amount: Cumulative, what: str, part: str = "") -> Basis:
    """What figures add up to, or their numerators or denominators; `amount` says that, or why there is no number."""
    several = [figure for figure in figures if addend(indicator, figure) is not None]
    until = several[-1].period if several else ""
    basis = Basis(indicator.id, until, f"{what}, {part}" if part else what, state=amount.state)
    return basis if amount.value is None else basis._replace(working=_sum(indicator, several, amount.value, part))


def _sum(indicator: Indicator, figures: Sequence[Figure], value: Fraction, part: str = "") -> Working | None:
    if indicator.measure is Measure.NUMBER:
        return total(*filter(None, (working_of(indicator, figure) for figure in figures)))
    counts, wholes = (
        total(*filter(None, map(typed, parts)))
        for parts in ([figure.numerator for figure in figures], [figure.denominator for figure in figures])
    )
    return {NUMERATOR: counts, DENOMINATOR: wholes}.get(part) or _ratio(indicator, counts, wholes, value)


def year_basis(timeline: Timeline, year: Cumulative, period: Period, part: str = "") -> Basis:
    """The year to date at a period."""
    return sum_basis(timeline.indicator, year_figures(timeline, year, period), year, YEAR_TO_DATE, part)._replace(
        period=period
    )


def year_figures(timeline: Timeline, year: Cumulative, period: Period) -> Iterator[Figure]:
    """The figures that are in a year to date."""
    cumulative = timeline.indicator.cumulative
    for each in period.year_to_date(cumulative.first_month(period)) if cumulative else ():
        if (year.since is None or each >= year.since) and (year.until is None or each <= year.until):
            yield timeline.at(each)


def period_basis(timeline: Timeline, period: Period) -> Basis:
    """What tables print of a period: the figure, or the year to date."""
    if year := timeline.years_to_date.get(period):
        return year_basis(timeline, year, period)
    return figure_basis(timeline.indicator, timeline.at(period))


def number_basis(timeline: Timeline, period: Period) -> Basis:
    """What tables print of a period's number in a column of its own."""
    if timeline.indicator.measure is Measure.NUMBER:
        return period_basis(timeline, period)
    if year := timeline.years_to_date.get(period):
        return year_basis(timeline, year, period, NUMERATOR)
    return part_basis(timeline.indicator, timeline.at(period), NUMERATOR)


def benchmark_basis(indicator: Indicator, comparator: str, benchmark: Benchmark | None, stated: str) -> Basis:
    """A benchmark; `stated` is the report's benchmark period."""
    if benchmark is None:
        return Basis(indicator.id, comparator=comparator, state=State.NO_FIGURE)
    value = benchmark.value
    return Basis(
        subject=indicator.id,
        period=benchmark.period or stated,
        comparator=comparator,
        state=benchmark.average.state if benchmark.average else benchmark.amount.state,
        working=None if value is None else _of_benchmark(indicator, benchmark, value),
        cells=(*benchmark.cells, *filter(None, [benchmark.source])),
    )


def _of_benchmark(indicator: Indicator, benchmark: Benchmark, value: Fraction) -> Working:
    average = benchmark.average
    return (average and average_working(indicator, average)) or Working(value, benchmark.cells)


def average_working(indicator: Indicator, average: Average) -> Working | None:
    """What the figures of several authorities come to: their mean, or all numerators over all denominators."""
    if average.value is None or not average.figures:
        return None
    if average.is_pooled and indicator.measure is not Measure.NUMBER:
        return _sum(indicator, average.figures, average.value)
    return mean_of(*filter(None, (working_of(indicator, figure) for figure in average.figures)))


def average_basis(indicator: Indicator, average: Average, period: Period, group: str) -> Basis:
    """The average of a group of peers in a period."""
    return Basis(
        subject=indicator.id,
        period=period,
        what="average",
        comparator=group,
        state=average.state,
        working=average_working(indicator, average),
        cells=average.cells,
    )


def target_basis(timeline: Timeline, what: str = TARGET) -> Basis:
    """The target that the newest figure is held against, as it was defined."""
    target = timeline.status.target
    value = target.value if target else None
    state = State.NO_FIGURE if value is None else State.PRESENT
    return Basis(
        timeline.indicator.id,
        timeline.newest.period,
        what,
        state=state,
        working=None if value is None else Working(value),
    )


def held_basis(timeline: Timeline) -> Basis:
    """What a target is held against: the newest figure, or the year to date of a cumulative indicator."""
    if year := timeline.cumulative:
        return year_basis(timeline, year, timeline.newest.period)
    return figure_basis(timeline.indicator, timeline.newest)


def baseline_basis(indicator: Indicator) -> Basis:
    """The figure of an indicator's definition that later ones are seen against, if it has one."""
    if baseline := indicator.baseline:
        return plain_basis(baseline.value, BASELINE, indicator.id, baseline.period)
    return Basis(indicator.id, what=BASELINE, state=State.NO_FIGURE)


def plain_basis(value: Fraction, what: str, subject: str = "", period: Period | str = "") -> Basis:
    """A number that was typed in a definition, or that counts something."""
    return Basis(subject, period, what, working=Working(value))
