"""Why a slot must be filled this month: what the indicators that it is about show."""

from __future__ import annotations

from fractions import Fraction

from cpreport.checks.context import CheckContext
from cpreport.model.folder import Condition, SectionPlan, Slot
from cpreport.model.indicator import Indicator
from cpreport.model.number import decimals_of, rounded
from cpreport.model.timeline import SpecialCause, Timeline

_CAUSES = {
    SpecialCause.ABOVE: "is above the upper limit of {}",
    SpecialCause.BELOW: "is below the lower limit of {}",
    SpecialCause.SHIFT: "is one of seven or more in a row on the same side of the mean of {}",
    SpecialCause.TREND: "is the last of seven or more in a row that all rise or all fall",
    SpecialCause.NEAR_LIMIT: "is one of at least two in three near the limit of {}",
}
_STATUSES = {
    Condition.MISSED_TARGET: "missed its target",
    Condition.OFF_TARGET: "is off target",
    Condition.CLOSE_TO_TARGET: "is close to target",
}
_MOST_DECIMALS = 12
_MOST_REASONS = 3


def why_required(month: CheckContext, section: SectionPlan, slot: Slot) -> str | None:
    """None if a slot may stay empty; else why it may not, as `, because …`; an empty text if it is always required."""
    if not (month.figures.is_owed(slot) if slot.indicator else slot.required):
        return None
    if not slot.required_when:
        return ""
    names = (slot.indicator,) if slot.indicator else section.indicators
    timelines = [month.figures.timelines[name] for name in names] or month.reported()
    shown = (timeline for timeline in timelines if not timeline.is_over)
    reasons = [reason for timeline in shown if (reason := _reason(timeline, slot))]
    more = f"; and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return f", because {'; '.join(reasons[:_MOST_REASONS])}{more}" if reasons else None


def _reason(timeline: Timeline, slot: Slot) -> str:
    """What the first of a slot's conditions that holds for an indicator says about it; empty if none does."""
    name = "it" if slot.indicator else timeline.indicator.reference or timeline.indicator.title
    held = (_reason_for(timeline, condition) for condition in slot.required_when if timeline.shows(condition))
    return next((f"{name} {reason}" for reason in held), "")


def _reason_for(timeline: Timeline, condition: Condition) -> str:
    """What a condition that holds for an indicator says about it."""
    if condition in _STATUSES:
        return _status(timeline, _STATUSES[condition])
    value = timeline.newest.value
    assert value is not None
    return _worse(timeline, value) if condition is Condition.WORSE else _cause(timeline, value)


def _worse(timeline: Timeline, value: Fraction) -> str:
    since = timeline.judgement.since
    earlier = timeline.at(since).value if since else None
    if since is None or earlier is None:
        return f"is worse than usual: {_on_chart(timeline, value)}"
    then, now = _distinct_texts(timeline.indicator, earlier, value)
    return f"got worse: {then} ({since}) to {now} ({timeline.newest.period})"


def _status(timeline: Timeline, words: str) -> str:
    """What is said of an indicator's status: its figure and target, or that an officer says so."""
    status = timeline.status
    if status.said or status.value is None or status.missed is None:
        return f"{words}, as the sheet Status says"
    texts = _distinct_texts(timeline.indicator, status.value, status.missed, decimals_of(status.missed))
    return "{}: {}, target {}".format(words, *texts)


def _cause(timeline: Timeline, value: Fraction) -> str:
    return f"shows a special cause: {_on_chart(timeline, value)}"


def _on_chart(timeline: Timeline, value: Fraction) -> str:
    """`1,300 is above the upper limit of 1,284`; empty where a figure has no chart or is as usual."""
    variation = timeline.variation
    if variation is None or not variation.causes:
        return ""
    cause, nearer = variation.causes[0], variation.upper if value > variation.mean else variation.lower
    line = variation.mean if cause in (SpecialCause.SHIFT, SpecialCause.TREND) else nearer
    now, there = _distinct_texts(timeline.indicator, value, line)
    return f"{now} {_CAUSES[cause].format(there)}"


def _distinct_texts(indicator: Indicator, one: Fraction, other: Fraction, fewest: int = 0) -> tuple[str, str]:
    """Two numbers at the indicator's decimals, or at as many as show that they differ; at least at the fewest."""
    for decimals in range(max(indicator.decimals, fewest), _MOST_DECIMALS + 1):
        texts = rounded(one, decimals), rounded(other, decimals)
        if texts[0] != texts[1] or one == other:
            break
    return texts[0] + indicator.suffix, texts[1] + indicator.suffix
