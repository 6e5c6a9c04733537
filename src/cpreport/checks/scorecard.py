"""Rules about the statuses and directions that somebody has typed beside a scorecard's figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from cpreport.checks.context import CheckContext, and_more
from cpreport.model.figure import Direction, State
from cpreport.model.finding import Finding, Rule
from cpreport.model.indicator import Indicator, Polarity
from cpreport.model.number import rounded
from cpreport.model.period import Period
from cpreport.model.rules import scorecard as rules
from cpreport.model.status import MISSED, StatusWord, TargetStatus
from cpreport.model.timeline import Timeline
from cpreport.model.verdict import Course, TypedVerdict

_JUDGED = (StatusWord.ON_TARGET, *MISSED)
_MERITS: Mapping[tuple[Polarity, Direction], Course] = {
    (Polarity.HIGH, Direction.UP): Course.BETTER,
    (Polarity.HIGH, Direction.DOWN): Course.WORSE,
    (Polarity.LOW, Direction.UP): Course.WORSE,
    (Polarity.LOW, Direction.DOWN): Course.BETTER,
}
_NUMBERS = {Direction.UP: Course.HIGHER, Direction.DOWN: Course.LOWER, Direction.SAME: Course.SAME}
_ARROWS = {Course.UP: (Course.HIGHER, Course.BETTER), Course.DOWN: (Course.LOWER, Course.WORSE)}
"""What an arrow may mean: of the number, or of merit."""

_OF_MERIT = (Course.BETTER, Course.WORSE)
_MOST_DECIMALS = 13


def typed_statuses(month: CheckContext) -> Iterator[Finding]:
    """Typed statuses that are not the computed ones, nor what an officer says; those without a target are counted."""
    unjudged: list[TypedVerdict] = []
    for verdict, timeline in _compared(month):
        status = timeline.statuses.get(verdict.period, TargetStatus())
        if not verdict.statuses or status.word is StatusWord.NO_DATA:
            continue
        if status.word not in _JUDGED:
            unjudged.append(verdict)
        elif verdict.statuses.isdisjoint({status.word, status.computed}):
            computed = _computed(timeline.indicator, status)
            yield _differs(month, rules.STATUS_DIFFERS, verdict, computed=computed)
    yield from _not_compared(month, unjudged, "status", "statuses", "there is no target to judge these figures by")


def _computed(indicator: Indicator, status: TargetStatus) -> str:
    if status.said or status.value is None or status.target is None or status.target.value is None:
        return f"{status.said.cell if status.said else 'the report'} says {status.word.value}"
    figure, target = indicator.printed(status.value), indicator.printed_target(status.target.value)
    return f"{figure} against a target of {target} is {status.word.value}"


def typed_directions(month: CheckContext) -> Iterator[Finding]:
    """Typed directions of travel that are not the computed ones; one finding for arrows that may be right or wrong."""
    uncompared: list[TypedVerdict] = []
    unclear: list[tuple[TypedVerdict, str]] = []
    for verdict, timeline in _compared(month):
        direction, indicator = timeline.directions.get(verdict.period), timeline.indicator
        if verdict.course is None or direction not in _NUMBERS:
            continue
        if indicator.cumulative or not indicator.direction:
            uncompared.append(verdict)
            continue
        right = {_NUMBERS[direction], _MERITS.get((indicator.polarity, direction))}
        number, merit = _ARROWS.get(verdict.course, (verdict.course, verdict.course))
        if indicator.polarity is Polarity.NONE and merit in _OF_MERIT:
            merit = number
        if number in _OF_MERIT and indicator.polarity is Polarity.NONE and direction is not Direction.SAME:
            uncompared.append(verdict)
        elif number not in right and merit not in right:
            yield _differs(month, rules.DIRECTION_DIFFERS, verdict, went=_went(timeline, verdict.period, direction))
        elif number not in right or merit not in right:
            unclear.append((verdict, "more" if number in right else "better"))
    yield from _not_compared(month, uncompared, "direction", "directions", "for their figures none such is computed")
    for verdict, meaning in unclear[:1]:
        yield _differs(month, rules.ARROWS, verdict, meaning=meaning, more=and_more(len(unclear) - 1))


def _went(timeline: Timeline, period: Period, direction: Direction) -> str:
    """Where a figure went, with as many decimals as it takes to see it."""
    before, now = (timeline.at(each).value or Fraction(0) for each in (period.shift(-1), period))
    indicator = timeline.indicator
    decimals = range(indicator.decimals, _MOST_DECIMALS)
    shown = next((n for n in decimals if direction is Direction.SAME or rounded(before, n) != rounded(now, n)), 0)
    earlier, later = (rounded(value, shown) + indicator.suffix for value in (before, now))
    return f"stayed at {later}" if direction is Direction.SAME else f"went {direction.value} from {earlier} to {later}"


def _compared(month: CheckContext) -> Iterator[tuple[TypedVerdict, Timeline]]:
    """The typed verdicts with their timelines: of figures that are there, not hidden, and due."""
    for verdict in month.workbook.verdicts:
        timeline = month.figures.timelines[verdict.indicator]
        figure = timeline.at(verdict.period)
        if figure.value is not None and figure.state is State.PRESENT and verdict.period <= timeline.newest.period:
            yield verdict, timeline


def _differs(month: CheckContext, rule: Rule, verdict: TypedVerdict, **texts: str) -> Finding:
    return month.at(rule, [verdict.cell], verdict.indicator, verdict.period, value=verdict.text, **texts)


def _not_compared(
    month: CheckContext, verdicts: Sequence[TypedVerdict], what: str, plural: str, reason: str
) -> Iterator[Finding]:
    """One note for all of them, at the first."""
    if verdicts:
        count = f"1 typed {what} is" if len(verdicts) == 1 else f"{len(verdicts):,} typed {plural} are"
        yield month.at(rules.NOT_COMPARED, [verdicts[0].cell], count=count, reason=reason)


RULES = (typed_statuses, typed_directions)
