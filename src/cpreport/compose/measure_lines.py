"""What is said of one measure at a glance: its figure, its target, how it has changed, what it is judged."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import Quantity
from cpreport.compose.values import IndicatorValue
from cpreport.compose.wording import cumulative_text, judgement_text, target_text
from cpreport.compose.workings import NUMERATOR, figure_basis, part_basis
from cpreport.model.figure import Figure, Status
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Polarity
from cpreport.model.number import decimals_to_see, rounded
from cpreport.model.status import MISSED
from cpreport.model.timeline import Timeline, Verdict
from cpreport.model.working import Basis, difference, size_of


def value_of(timeline: Timeline) -> Fraction | None:
    """What a target is held against: the newest figure, or the year to date of a cumulative indicator."""
    return (timeline.cumulative or timeline.newest).value


def verdict_of(timeline: Timeline, folder: ReportFolder) -> Verdict:
    """The judgement's word, where the report prints judgements."""
    return timeline.judgement.verdict if folder.judgement.on else Verdict.CANNOT_TELL


def short_of_target(timeline: Timeline, folder: ReportFolder) -> Fraction:
    """How many children more, or fewer, would meet the target that is missed; 0 where that cannot be said."""
    needed = _needed(timeline, folder)
    return needed.exact if needed else Fraction(0)


def _needed(timeline: Timeline, folder: ReportFolder) -> Quantity | None:
    if timeline.status.word not in MISSED or timeline.status.missed is None:
        return None
    try:
        needed = IndicatorValue(timeline, folder).to_target
    except TemplateMistake:  # an average, or a figure without counts
        return None
    return needed if isinstance(needed, Quantity) else None


def figure_sentence(timeline: Timeline, folder: ReportFolder) -> str:
    """`7 of 12 children (58.3%; target 90%)`, `572.8 days on average (target 426)`, or why there is no figure."""
    indicator, year, status = timeline.indicator, timeline.cumulative, timeline.status
    if value_of(timeline) is None:
        key, fields = "value", {"value": (year or timeline.newest).state.value}
    elif year:
        key, fields = "year_to_date", {"value": cumulative_text(indicator, year)}
    else:
        key, fields = _of_measure(indicator, timeline.newest, folder)
    if status.target is not None and status.target.value is not None:
        return folder.sentence(f"{key}_with_target", **fields, target=target_text(indicator, status))
    return folder.sentence(key, **fields)


def _of_measure(indicator: Indicator, figure: Figure, folder: ReportFolder) -> tuple[str, dict[str, str]]:
    """The sentence of a figure that is there, with its fields."""
    count, total, printed = figure.count, figure.total, indicator.printed(figure.value or Fraction(0))

    def marked(value: str) -> str:
        mark = figure.status
        return value if mark is Status.FINAL else folder.sentence("with_mark", value=value, mark=mark.value)

    if indicator.measure is Measure.AVERAGE:
        return "average", {"value": marked(_counted(printed, indicator))}
    if indicator.measure is Measure.NUMBER:
        return "value", {"value": marked(_counted(printed, indicator))}
    if count is None:
        return "value", {"value": marked(printed)}
    if indicator.measure is Measure.RATE or total is None:
        return "count", {"value": marked(printed), "numerator": _counted(rounded(count, 0), indicator)}
    parts = {"numerator": rounded(count, 0), "denominator": _counted(rounded(total, 0), indicator)}
    return "fraction", {"value": marked(printed), **parts}


def _counted(number: str, indicator: Indicator) -> str:
    """`1 child`, `604 children`; the number alone where the definition does not say what it counts."""
    if not indicator.counts:
        return number
    one, several = indicator.counts
    return f"{number} {one if number == '1' else several}"


class Clause(NamedTuple):
    """Words, and what they say of which figure; None where they say nothing of any."""

    text: str = ""
    basis: Basis | None = None


def change_clause(timeline: Timeline, folder: ReportFolder) -> Clause:
    """`, 18 fewer than in Jul 22`: since a year ago, in children, or in the figure's unit where they go another way.

    With more decimals than the figures where it would print 0 beside two that differ. Empty for a year to date, where
    no direction is printed and where the two figures cannot be compared.
    """
    indicator, now = timeline.indicator, timeline.newest
    then = timeline.at(now.period.year_earlier())
    is_broken = timeline.break_between(then.period, now.period) is not None
    if timeline.cumulative or not indicator.direction or is_broken or now.value is None or then.value is None:
        return Clause()
    change, people = now.value - then.value, _more_people(indicator, now, then)
    in_people = people is not None and people * change > 0
    is_counted = in_people and indicator.measure is not Measure.NUMBER
    if not is_counted and indicator.printed(now.value) == indicator.printed(then.value):
        return Clause(folder.sentence("same_as", period=then.period))
    amount = people if people is not None and in_people else change
    number = rounded(abs(amount), decimals_to_see(amount, 0 if is_counted else indicator.decimals))
    if indicator.suffix and not in_people:
        number = folder.sentence("points", number=number)
    key = "more_than" if amount > 0 else "fewer_than" if in_people else "less_than"
    what = f"change since {then.period}"
    if is_counted:
        one, other = (part_basis(indicator, figure, NUMERATOR) for figure in (now, then))
        what = f"{what}, {NUMERATOR}"
    else:
        one, other = (figure_basis(indicator, figure) for figure in (now, then))
    working = one.working and other.working and difference(one.working, other.working)
    basis = Basis(indicator.id, now.period, what, working=working and size_of(working))
    return Clause(folder.sentence(key, number=number, period=then.period), basis)


def _more_people(indicator: Indicator, now: Figure, then: Figure) -> Fraction | None:
    """How many children more a figure counts than another; None where they count none."""
    if indicator.measure is Measure.AVERAGE:
        return None
    is_number = indicator.measure is Measure.NUMBER
    ours, theirs = (figure.value if is_number else figure.count for figure in (now, then))
    return None if ours is None or theirs is None else ours - theirs


def judgement_clause(timeline: Timeline, folder: ReportFolder, has_change: bool) -> str:
    """`; worse than usual`. `has_change`: the year that it was compared with is named just before."""
    verdict, judgement = verdict_of(timeline, folder), timeline.judgement
    if verdict is Verdict.CANNOT_TELL:
        return ""
    newest = timeline.newest.period
    is_named = has_change and judgement.since == newest.year_earlier()
    text = folder.printed(verdict.value) if is_named else judgement_text(judgement, folder)
    if timeline.cumulative:
        return folder.sentence("judged_of_period", period=newest, judgement=text)
    return folder.sentence("judged", judgement=text)


def needed_sentence(timeline: Timeline, folder: ReportFolder) -> Clause:
    """` 4 more were needed.`, or nothing."""
    needed = _needed(timeline, folder)
    if needed is None or not needed.exact:
        return Clause()
    key = "needed_more" if timeline.indicator.polarity is Polarity.HIGH else "needed_fewer"
    return Clause(folder.sentence(key, count=rounded(needed.exact, 0)), needed.source.basis)
