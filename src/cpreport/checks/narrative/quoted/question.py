"""What one number of a sentence can be, and whether an indicator's figures bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cpreport.checks.narrative.quoted.facts import Fact, Kind, Known
from cpreport.checks.narrative.quoted.named import Named
from cpreport.checks.narrative.quoted.no_figures import any_of
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.segments import Clauses, is_change
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.subjects import Vocabulary
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_HARDLY_CHANCE = 100
_REST = any_of(
    "not no none nobody without remaining rest others? late later overdue missed outside never instead yet still "
    "lacks? lacked otherwise elsewhere un\\w+"
)
OTHERS = re.compile(rf"n't\b|\b{_REST}\b", re.IGNORECASE)
"""Words behind which a number may be of those that an indicator does not count."""
_NOT = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did)(?:n't| not)\b", re.IGNORECASE)
_STRETCHES = any_of(
    "months|quarters|years|weeks|reports|spring|summer|autumn|winter|term|recent(?:ly)?|start of|this quarter"
    "|this year|since"
)
_STRETCH = re.compile(rf"\b{_STRETCHES}\b", re.IGNORECASE)
"""Words for a time that is no one period."""


class Question:
    """What one number of a sentence can be, and whether an indicator's figures bear it out."""

    def __init__(self, sentence: Sentence, clauses: Clauses, number: Number, words: Vocabulary) -> None:
        self.sentence = sentence
        self.clauses = clauses
        self.number = number
        self.words = words
        self.periods, self.is_earlier = clauses.periods_of(number.start)
        self.comparators = clauses.comparators_of(number.start)
        self.is_change = number.unit is Unit.POINTS or is_change(number, sentence.text)

    @property
    def is_distinctive(self) -> bool:
        """Whether the number is hardly any figure's by chance."""
        return self.number.decimals > 0 or (self.number.value or 0) >= _HARDLY_CHANCE

    @property
    def is_telling(self) -> bool:
        """Whether the number, where it fits, says which indicator another one beside it is of."""
        return self.number.is_telling

    def confirming(self, known: Known) -> Fact | None:
        """What of an indicator the number says rightly; the likeliest where it is several things."""
        return next(iter(self._meant(known)), None)

    def is_one_thing(self, known: Known) -> bool:
        """Whether the number is a single thing of an indicator: no other of its figures says it too."""
        return len({(fact.kind, fact.period, fact.name) for fact in self._meant(known)}) == 1

    def _meant(self, known: Known) -> list[Fact]:
        return [fact for fact in known.said_by(self.number) if self._is_meant(fact, known.timeline)]

    def _is_meant(self, fact: Fact, timeline: Timeline) -> bool:
        match fact.kind:
            case Kind.BENCHMARK:
                return fact.name in (self.comparators or self.clauses.comparators)
            case Kind.GAP:
                return self.is_change and fact.name in (*self.clauses.comparators, *self._target)
            case Kind.TARGET | Kind.MEAN | Kind.PEAK | Kind.LOW | Kind.YEAR_TO_DATE:
                return self._is_of_statistic(fact, timeline)
            case Kind.VALUE if self.is_denied(timeline):
                return False
            case Kind.REST if not OTHERS.search(self.sentence.text):
                return False
            case Kind.CHANGE:
                return self.is_change and self.is_since(fact, timeline)
            case _:
                return not self.is_change and not self._is_other() and self._is_then(fact, timeline)

    def is_denied(self, timeline: Timeline) -> bool:
        """Whether a per cent is said of the others than those that an indicator counts: `8% were not visited`."""
        said, title = self.clauses.segment(self.number.start).text, timeline.indicator.title
        is_of_others = bool(OTHERS.search(title) or "NEET" in title)
        return self.number.unit is Unit.PERCENT and bool(_NOT.search(said)) and not is_of_others

    def _is_of_statistic(self, fact: Fact, timeline: Timeline) -> bool:
        """Whether the sentence speaks of such a summary, and of its period if it names one."""
        if fact.kind not in self.of_title(self.clauses.all_statistics(), timeline) or self.comparators:
            return False
        wanted = self.wanted(timeline) if self.periods else None
        return fact.period is None or wanted is None or fact.period in wanted

    @staticmethod
    def of_title(statistics: frozenset[Kind], timeline: Timeline) -> frozenset[Kind]:
        """The summaries that a text speaks of; `average` is none where it is the measure."""
        is_average = timeline.indicator.measure is Measure.AVERAGE
        return statistics - {Kind.MEAN} if is_average else statistics

    @property
    def _target(self) -> tuple[str, ...]:
        return ("target",) if Kind.TARGET in self.clauses.all_statistics() else ()

    def _is_other(self) -> bool:
        """Whether the segment speaks of a comparator, so that the number is none of our own figures."""
        return bool(self.comparators) and not self.clauses.segment(self.number.start).periods

    def _is_then(self, fact: Fact, timeline: Timeline) -> bool:
        """Whether a fact is of a period that the number may be of."""
        if self.is_earlier:
            return fact.period is not None and self._is_usual(fact.period, timeline)
        wanted = self.wanted(timeline)
        return wanted is not None and fact.period in wanted

    def wanted(self, timeline: Timeline) -> list[Period] | None:
        """The periods that the number may be of; None where they cannot be told for this indicator."""
        if not self.periods:
            return [timeline.now, timeline.newest.period]
        found = resolved(self.periods, timeline)
        is_stretch = len(found) > 1 and self.clauses.is_stretch(self.periods)
        return None if is_stretch else found or None

    def is_since(self, fact: Fact, timeline: Timeline) -> bool:
        periods = [period for period in resolved(self.clauses.periods, timeline) if period != timeline.now]
        newest = timeline.newest.period
        if not periods:
            return fact.period == newest and fact.since is not None and self._is_usual(fact.since, timeline)
        is_of_last = fact.period == newest and fact.since == newest.shift(-1)
        return is_of_last or fact.since in periods or fact.period in periods

    def _is_usual(self, period: Period, timeline: Timeline) -> bool:
        """Whether a figure is compared with that of a period where none is named: the last one, or that a year ago.

        Over a longer time it may be any earlier one.
        """
        newest = timeline.newest.period
        earlier = period < newest and bool(_STRETCH.search(self.sentence.text))
        return earlier or period in (newest.shift(-1), newest.year_earlier())


def resolved(named: Iterable[Named], timeline: Timeline) -> list[Period]:
    """The periods of an indicator that names mean, each once."""
    return list(dict.fromkeys(period for period in (each.of(timeline) for each in named) if period))
