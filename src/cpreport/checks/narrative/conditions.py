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
    tellers = {
        Condition.WORSE: _worse,
        Condition.MISSED_TARGET: _missed_target,
        Condition.SPECIAL_CAUSE: _special_cause,
    }
    said = next((said for condition in conditions if (said := tellers[condition](timeline))), "")
    return f"{timeline.indicator.reference or timeline.indicator.title} {said}" if said else ""


def _worse(timeline: Timeline) -> str:
    indicator, figure = timeline.indicator, timeline.newest
    earlier = timeline.at(figure.period.shift(-1)).value
    if earlier is None or figure.value is None or not timeline.is_worse:
        return ""
    before, now = _told_apart(indicator, earlier, figure.value)
    return f"got worse: {before} to {now}"


def _missed_target(timeline: Timeline) -> str:
    indicator, figure = timeline.indicator, timeline.newest
    target = indicator.target_on(figure.period.end)
    if target is None or figure.value is None:
        return ""
    missed_by = {Polarity.HIGH: target.value - figure.value, Polarity.LOW: figure.value - target.value}
    if missed_by.get(indicator.polarity, Fraction(0)) <= 0:
        return ""
    now, wanted = _told_apart(indicator, figure.value, target.value, min(decimals_of(target.value), _MOST_DECIMALS))
    return f"missed its target: {now}, target {wanted}"


def _special_cause(timeline: Timeline) -> str:
    variation, figure = timeline.variation, timeline.newest
    if variation is None or not variation.causes or figure.value is None:
        return ""
    cause, nearer = variation.causes[0], variation.upper if figure.value > variation.mean else variation.lower
    line = variation.mean if cause in (SpecialCause.SHIFT, SpecialCause.TREND) else nearer
    now, there = _told_apart(timeline.indicator, figure.value, line)
    return f"shows a special cause: {now} {_CAUSES[cause].format(there)}"


def _told_apart(indicator: Indicator, one: Fraction, other: Fraction, fewest: int = 0) -> tuple[str, str]:
    """Two numbers at the indicator's decimals, or at as many as show that they differ; at least at the fewest."""
    for decimals in range(max(indicator.decimals, fewest), _MOST_DECIMALS + 1):
        texts = rounded(one, decimals), rounded(other, decimals)
        if texts[0] != texts[1] or one == other:
            break
    return texts[0] + indicator.suffix, texts[1] + indicator.suffix
