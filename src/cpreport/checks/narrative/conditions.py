"""Why a slot must be filled this month: what the indicators of its section show."""

from __future__ import annotations

from fractions import Fraction

from cpreport.checks.examined import Examined
from cpreport.model.folder import Condition, SectionPlan, Slot
from cpreport.model.indicator import Indicator, Polarity
from cpreport.model.number import decimals_of, rounded
from cpreport.model.timeline import SpecialCause, Timeline

_CAUSES = {
    SpecialCause.ABOVE: "is above the upper limit of {}",
    SpecialCause.BELOW: "is below the lower limit of {}",
    SpecialCause.SHIFT: "is one of seven or more in a row on the same side of the mean of {}",
    SpecialCause.TREND: "is the last of seven or more in a row that all rise or all fall",
    SpecialCause.NEAR_LIMIT: "is one of at least two in three near the limit of {}",
}
_MOST_DECIMALS = 12
_TOLD = 3


def why_required(month: Examined, section: SectionPlan, slot: Slot) -> str | None:
    """None if a slot may stay empty; else why it may not, as `, because …`, or nothing where it is required always."""
    if not slot.required:
        return None
    if not slot.required_when:
        return ""
    timelines = (month.figures.timelines[name] for name in section.indicators)
    shown = (timeline for timeline in timelines if not timeline.is_over)
    reasons = [reason for timeline in shown if (reason := _reason(timeline, slot.required_when))]
    more = f"; and {len(reasons) - _TOLD} more" if len(reasons) > _TOLD else ""
    return f", because {'; '.join(reasons[:_TOLD])}{more}" if reasons else None


def _reason(timeline: Timeline, conditions: tuple[Condition, ...]) -> str:
    """What the first condition that holds for an indicator says of it; empty if none does."""
    tellers = {Condition.WORSE: _worse, Condition.MISSED_TARGET: _missed_target, Condition.SPECIAL_CAUSE: _cause}
    value = timeline.newest.value
    tellings = (tellers[condition](timeline, value) for condition in conditions if value is not None)
    said = next(filter(None, tellings), "")
    return f"{timeline.indicator.reference or timeline.indicator.title} {said}" if said else ""


def _worse(timeline: Timeline, value: Fraction) -> str:
    since = timeline.judgement.since
    if not timeline.is_worse:
        return ""
    earlier = timeline.at(since).value if since else None
    if since is None or earlier is None:
        return f"is worse than usual: {_on_chart(timeline, value)}"
    then, now = _told_apart(timeline.indicator, earlier, value)
    return f"got worse: {then} ({since}) to {now} ({timeline.newest.period})"


def _missed_target(timeline: Timeline, value: Fraction) -> str:
    indicator, target = timeline.indicator, timeline.indicator.target_on(timeline.newest.period.end)
    sign = {Polarity.HIGH: 1, Polarity.LOW: -1}.get(indicator.polarity, 0)
    if target is None or sign * (target.value - value) <= 0:
        return ""
    fewest = min(decimals_of(target.value), _MOST_DECIMALS)
    return "missed its target: {}, target {}".format(*_told_apart(indicator, value, target.value, fewest))


def _cause(timeline: Timeline, value: Fraction) -> str:
    said = _on_chart(timeline, value)
    return f"shows a special cause: {said}" if said else ""


def _on_chart(timeline: Timeline, value: Fraction) -> str:
    """`1,300 is above the upper limit of 1,284`; empty where a figure has no chart or is as usual."""
    variation = timeline.variation
    if variation is None or not variation.causes:
        return ""
    cause, nearer = variation.causes[0], variation.upper if value > variation.mean else variation.lower
    line = variation.mean if cause in (SpecialCause.SHIFT, SpecialCause.TREND) else nearer
    now, there = _told_apart(timeline.indicator, value, line)
    return f"{now} {_CAUSES[cause].format(there)}"


def _told_apart(indicator: Indicator, one: Fraction, other: Fraction, fewest: int = 0) -> tuple[str, str]:
    """Two numbers at the indicator's decimals, or at as many as show that they differ; at least at the fewest."""
    for decimals in range(max(indicator.decimals, fewest), _MOST_DECIMALS + 1):
        texts = rounded(one, decimals), rounded(other, decimals)
        if texts[0] != texts[1] or one == other:
            break
    return texts[0] + indicator.suffix, texts[1] + indicator.suffix
