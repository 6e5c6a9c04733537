"""How figures are written: the one place where numbers become text, so that editions cannot disagree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cpreport.model.figure import Average, Benchmark, Direction, Figure, Stance, State, Status, mean, most_doubtful
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import (
    AGREED_LATER,
    CumulativeYear,
    Indicator,
    Measure,
    Polarity,
    Tolerance,
    Tolerances,
)
from cpreport.model.number import decimals_of, rounded
from cpreport.model.period import MONTHS, Kind, Period, containing
from cpreport.model.revision import RestatedTexts
from cpreport.model.status import StatusWord, TargetStatus
from cpreport.model.timeline import Cumulative, Figures, Judgement, Timeline, Verdict

DIRECTIONS = {
    Direction.UP: "↑ up",
    Direction.DOWN: "↓ down",
    Direction.SAME: "↔ same",
    Direction.NOT_COMPARED: "not compared",
    Direction.NOT_COMPARABLE: "not comparable",
}
CHANGES = (Verdict.BETTER, Verdict.WORSE, Verdict.HIGHER, Verdict.LOWER)
"""The verdicts that say how a figure has changed."""

STANCES = {
    Stance.HIGHER: "we are higher",
    Stance.LOWER: "we are lower",
    Stance.EQUAL: "equal",
    Stance.NOT_COMPARABLE: "N/A",
}
GOOD = {Polarity.HIGH: "higher", Polarity.LOW: "lower"}
GOOD_DIRECTION = {Polarity.HIGH: "higher is better", Polarity.LOW: "lower is better", Polarity.NONE: ""}

STAR = "*"
"""What stands after a year to date where others print the figure of a period."""

YEARS = {CumulativeYear.ACADEMIC: "academic year", CumulativeYear.FINANCIAL: "financial year"}

Lines = tuple[str, ...]
"""What a cell prints of a figure, one below the other: first the value or why there is none."""


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """`62.9 (617)`, `13.5% (83/617)`, `1,279 (provisional)`, or why there is no figure."""
    return " ".join(figure_lines(indicator, figure))


def figure_lines(indicator: Indicator, figure: Figure) -> Lines:
    """`62.9`, `(617)`: the value and each of its brackets, or why there is no figure."""
    if figure.value is None:
        return (figure.state.value,)
    return *_shown(indicator, figure.value, figure.count, figure.total), *_remarks(figure.status)


def period_lines(timeline: Timeline, period: Period) -> tuple[Lines, bool]:
    """What tables print of a period, and whether it is a number: the figure, or the year to date with a star."""
    if year := timeline.years_to_date.get(period):
        return starred_lines(timeline, year, period)
    figure = timeline.at(period)
    return figure_lines(timeline.indicator, figure), figure.value is not None


def pair_lines(timeline: Timeline, period: Period) -> tuple[Lines, Lines, bool]:
    """The same in two cells: the number, and the rate or per cent; each without what the other one has.

    Both say why there is none. A rate that shows no number leaves the first without lines, a number the second.
    """
    lines, has_value = period_lines(timeline, period)
    of = timeline.years_to_date.get(period) or timeline.at(period)
    if of.value is None:
        return lines, lines, has_value
    if timeline.indicator.measure is Measure.NUMBER:
        return lines, (), has_value
    _, *parts = timeline.indicator.shown(of.value, of.count, of.total)
    return (("/".join(parts),), (lines[0], *lines[2:]), has_value) if parts else ((), lines, has_value)


def starred_lines(timeline: Timeline, year: Cumulative, period: Period) -> tuple[Lines, bool]:
    """A period's year to date with a star, and whether it is a number; it is as doubtful as any of its figures."""
    value, *brackets = cumulative_lines(timeline.indicator, year)
    if year.value is None or timeline.indicator.cumulative is None:
        return (value,), False
    figures = map(timeline.at, period.year_to_date(timeline.indicator.cumulative.first_month(period)))
    status = most_doubtful(figure.status for figure in figures if figure.value is not None)
    return (f"{value}{STAR}", *brackets, *_remarks(status)), True


def mean_lines(timeline: Timeline, number: int) -> tuple[Lines, bool]:
    """The mean of the last so many figures as a figure, or why there is none; and whether there is one."""
    figures = timeline.last(number, timeline.now)
    if broken := timeline.break_between(figures[0].period, timeline.now):
        return ("no mean", f"(break at {broken.label})"), False
    if found := mean(figures):
        return figure_lines(timeline.indicator, found), True
    *others, last = (figure for figure in figures if figure.value is None)
    return (
        "no mean",
        f"({len(others) + 1} of {number} missing)" if others else f"({last.period}: {last.state.value})",
    ), False


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
    """`92.0`, `28.4% (2020/21)` where the period is not the report's stated one, or why there is none.

    An average of peers says of how many: `93.3 (10 of 10)`.
    """
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
    known = known_of(benchmark.average) if benchmark.average else ""
    remarks = ", ".join(remark for remark in (period, known, status) if remark)
    text = rounded(benchmark.value, indicator.benchmark_decimals) + indicator.suffix
    return (text, f"({remarks})") if remarks else (text,)


def known_of(average: Average) -> str:
    """`9 of 10`: how many of its members an average of peers is of."""
    return f"{average.known} of {average.members}"


def judgement_text(judgement: Judgement, folder: ReportFolder) -> str:
    """`worse than usual`, `as usual`, `better than Jul 22`, `no clear change since Jul 22`, or why it is not said.

    A word of the report's own may not go with "than": `Declining since Jul 22`, `Declining, not as usual`.
    """
    verdict, is_change = judgement.verdict, judgement.verdict in CHANGES
    word = folder.printed(verdict.value)
    is_own = word.casefold() != verdict.value
    if judgement.is_charted and verdict is not Verdict.TOO_FEW:
        if is_own:
            return folder.sentence("word_not_as_usual" if is_change else "word_as_usual", verdict=word)
        return folder.sentence("than_usual", verdict=word) if is_change else folder.sentence("as_usual")
    if is_change and not is_own:
        return folder.sentence("than_period", verdict=word, period=judgement.since)
    is_since = is_change or verdict is Verdict.NO_CLEAR_CHANGE
    return folder.sentence("since_period", verdict=word, period=judgement.since) if is_since else word


def type_of_measure(indicator: Indicator, kind: Kind) -> tuple[str, ...]:
    """The lines of the Type of measure cell: the unit, how many periods a figure covers, which direction is good."""
    rolling = f"rolling {indicator.rolling} {kind.frequency.value}s" if indicator.rolling > 1 else ""
    return tuple(line for line in (indicator.unit, rolling, GOOD_DIRECTION[indicator.polarity]) if line)


def target_text(indicator: Indicator, status: TargetStatus) -> str:
    """`90%`, `25% by Apr 18` for a milestone of a later day, `20 by Mar 24` for a year's, or why there is none."""
    target, year_end = status.target, status.year_end
    if target is None:
        return StatusWord.NO_TARGET.value
    if target.value is None:
        return AGREED_LATER
    text = indicator.printed_target(target.value)
    is_ahead = status.computed is StatusWord.NOT_DUE
    day = target.by if target.by and is_ahead else year_end.end if year_end else None
    return f"{text} by {containing(Kind.MONTH, day).label}" if day else text


def so_far_text(indicator: Indicator, status: TargetStatus, folder: ReportFolder) -> str:
    """`6 of 20 so far; year ends Mar 24`, `85.0% so far, target 90%; year ends Mar 24`; empty for any other status."""
    if status.year_end is None or status.value is None or status.target is None or status.target.value is None:
        return ""
    value, target = indicator.printed(status.value), indicator.printed_target(status.target.value)
    key = "so_far_of" if indicator.measure is Measure.NUMBER else "so_far"
    return folder.sentence(key, value=value, target=target, month=containing(Kind.MONTH, status.year_end.end))


def tolerance_text(tolerance: Tolerance | Tolerances) -> str:
    """`at most 5 points`, `at most 10% of the target`, or which one holds for which targets."""
    if isinstance(tolerance, Tolerance):
        return f"at most {_tolerance_amount(tolerance)}"
    high, low, others = map(_tolerance_amount, tolerance)
    if high == low == others:
        return f"at most {high}"
    return f"at most {high} (percentages with a target of 50 or more), {low} (below 50) or {others} (all others)"


def _tolerance_amount(tolerance: Tolerance) -> str:
    unit = "% of the target" if tolerance.is_relative else " point" if tolerance.amount == 1 else " points"
    return rounded(tolerance.amount, decimals_of(tolerance.amount)) + unit


def baseline_text(indicator: Indicator) -> str:
    """`656 (Nov 17)`, or that there is none."""
    baseline = indicator.baseline
    return f"{indicator.printed_baseline(baseline.value)} ({baseline.period})" if baseline else "no baseline"


def how_long_ago(period: Period, shown: Sequence[Period]) -> str:
    """What the heading of a period's column says after it, where the period is not just before the next one shown.

    `, year ago` of `Jul 22` beside `May 23`, `, 6 months ago` of `Jan 23` beside `Jun 23`.
    """
    if period == shown[-1] or period.shift(1) in shown:
        return ""
    newest = shown[-1]
    if period == newest.year_earlier():
        return ", year ago"
    return f", {newest.ordinal - period.ordinal} {period.kind.frequency.value}s ago"


def last_day(period: Period) -> str:
    """`31 Dec 21`."""
    return f"{period.end.day} {MONTHS[period.end.month - 1][:3]} {period.end:%y}"


def in_series(words: Sequence[str], conjunction: str) -> str:
    """`a`, `a and b`, `a, b and c`; nothing of no words."""
    *some, last = words or [""]
    return f"{', '.join(some)} {conjunction} {last}" if some else last


def short_title(indicator: Indicator, length: int = 40) -> str:
    """The reference, or as many of the title's first words as fit."""
    if indicator.reference:
        return indicator.reference
    return shortened(indicator.title, length)


def shortened(text: str, length: int = 40) -> str:
    """A text, or as many of its first words as fit."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,:;–-") + " …"


def _remarks(status: Status) -> Lines:
    return () if status is Status.FINAL else (f"({status.value})",)


def _shown(indicator: Indicator, value: Fraction, count: Fraction | None, total: Fraction | None) -> Lines:
    text, *parts = indicator.shown(value, count, total)
    return (text, f"({'/'.join(parts)})") if parts else (text,)
