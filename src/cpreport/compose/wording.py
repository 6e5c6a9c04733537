"""How figures are written: the one place where numbers become text, so that editions cannot disagree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cpreport.model.figure import Benchmark, Direction, Figure, Stance, State, Status
from cpreport.model.indicator import Indicator, Polarity
from cpreport.model.number import rounded
from cpreport.model.period import MONTHS, Kind, Period
from cpreport.model.revision import RestatedTexts
from cpreport.model.timeline import Cumulative, Figures

DIRECTIONS = {
    Direction.UP: "↑ up",
    Direction.DOWN: "↓ down",
    Direction.SAME: "↔ same",
    Direction.NOT_COMPARED: "not compared",
    Direction.NOT_COMPARABLE: "not comparable",
}
STANCES = {
    Stance.HIGHER: "we are higher",
    Stance.LOWER: "we are lower",
    Stance.EQUAL: "equal",
    Stance.NOT_COMPARABLE: "N/A",
}
GOOD_DIRECTION = {Polarity.HIGH: "higher is better", Polarity.LOW: "lower is better", Polarity.NONE: ""}

Lines = tuple[str, ...]
"""What a cell prints of a figure, one below the other: first the value or why there is none."""


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """`62.9 (617)`, `13.5% (83/617)`, `1,279 (provisional)`, or why there is no figure."""
    return " ".join(figure_lines(indicator, figure))


def figure_lines(indicator: Indicator, figure: Figure) -> Lines:
    """`62.9`, `(617)`: the value and each of its brackets, or why there is no figure."""
    if figure.value is None:
        return (figure.state.value,)
    status = () if figure.status is Status.FINAL else (f"({figure.status.value})",)
    return *_shown(indicator, figure.value, figure.count, figure.total), *status


def restated_texts(figures: Figures) -> RestatedTexts:
    """What the earlier report printed for each figure that has changed since, and what is printed now."""
    return {
        (name, period): (figure_text(each.defined, each.was), figure_text(timeline.indicator, each.now))
        for name, timeline in figures.timelines.items()
        for period, each in timeline.restated.items()
    }


def report_name(period: Period) -> str:
    """`the June 2023 report`, `the Summer Term 22/23 report`."""
    name = f"{MONTHS[period.end.month - 1]} {period.end.year}" if period.kind is Kind.MONTH else period.label
    return f"the {name} report"


def cumulative_text(indicator: Indicator, cumulative: Cumulative) -> str:
    """The year to date as a figure, `(from Apr 23 to May 23)` where its first or last periods are not in it."""
    return " ".join(cumulative_lines(indicator, cumulative))


def cumulative_lines(indicator: Indicator, cumulative: Cumulative) -> Lines:
    """The same: the value and each of its brackets."""
    if cumulative.value is None:
        return (cumulative.state.value,)
    bounds = (("from", cumulative.since), ("to", cumulative.until))
    span = " ".join(f"{word} {period.label}" for word, period in bounds if period)
    shown = _shown(indicator, cumulative.value, cumulative.count, cumulative.total)
    return (*shown, f"({span})") if span else shown


def benchmark_text(indicator: Indicator, benchmark: Benchmark | None, stated_period: str) -> str:
    """`92.0`, `28.4% (2020/21)` where the period is not the report's stated one, or why there is none."""
    return " ".join(benchmark_lines(indicator, benchmark, stated_period))


def benchmark_lines(indicator: Indicator, benchmark: Benchmark | None, stated_period: str) -> Lines:
    """The same: the value and its bracket."""
    if benchmark is None:
        return (State.NO_FIGURE.value,)
    if benchmark.value is None:
        state = benchmark.amount.state
        return (State.NO_FIGURE.value if state is State.BLANK else state.value,)
    period = benchmark.period if benchmark.period != stated_period else ""
    status = benchmark.status or benchmark.amount.status.value
    remarks = ", ".join(remark for remark in (period, status) if remark)
    text = rounded(benchmark.value, indicator.benchmark_decimals) + indicator.suffix
    return (text, f"({remarks})") if remarks else (text,)


def type_of_measure(indicator: Indicator, kind: Kind) -> tuple[str, ...]:
    """The lines of the Type of measure cell: the unit, how many periods a figure covers, which direction is good."""
    rolling = f"rolling {indicator.rolling} {kind.frequency.value}s" if indicator.rolling > 1 else ""
    return tuple(line for line in (indicator.unit, rolling, GOOD_DIRECTION[indicator.polarity]) if line)


def column_heading(period: Period, shown: Sequence[Period]) -> str:
    """A period as it heads its column among those shown; one that is not just before the next says how long ago it is.

    `Jul 22, year ago` beside `May 23`, `Jan 23, 6 months ago` beside `Jun 23`.
    """
    if period == shown[-1] or period.shift(1) in shown:
        return period.label
    newest = shown[-1]
    if period == newest.year_earlier():
        return f"{period.label}, year ago"
    return f"{period.label}, {newest.ordinal - period.ordinal} {period.kind.frequency.value}s ago"


def short_title(indicator: Indicator, length: int = 40) -> str:
    """The reference, or as many of the title's first words as fit."""
    if indicator.reference:
        return indicator.reference
    if len(indicator.title) <= length:
        return indicator.title
    return indicator.title[: length + 1].rsplit(" ", 1)[0].rstrip(" ,:;–-") + " …"


def _shown(indicator: Indicator, value: Fraction, count: Fraction | None, total: Fraction | None) -> Lines:
    text, *parts = indicator.shown(value, count, total)
    return (text, f"({'/'.join(parts)})") if parts else (text,)
