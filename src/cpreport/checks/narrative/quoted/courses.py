"""The judge of directions: where a sentence says that its subject went, stands or ranks, held against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import FIGURES, Kind, figure_text
from cpreport.checks.narrative.quoted.numbers import count_of
from cpreport.checks.narrative.quoted.reading import Clause, Judgement, Reading
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure, Polarity
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_LITTLE, _JUST, _FEW = Fraction(5, 100), Fraction(15, 100), 20
_FEWEST, _MOST = 3, 36
"""How many periods a ranking is over, at least and at most."""

_OF_POLARITY = {
    "better": {Polarity.HIGH: "up", Polarity.LOW: "down"},
    "worse": {Polarity.HIGH: "down", Polarity.LOW: "up"},
}


_TARGET_CLAIMS = {"above": (1,), "below": (-1,)}
_MERITS = {
    Polarity.HIGH: {"met": (0, 1), "missed": (-1,), "exceeded": (1,)},
    Polarity.LOW: {"met": (0, -1), "missed": (1,)},
}
"""What is said of a figure that is above its target (1), at it (0) or below it (-1)."""


def judged_directions(reading: Reading) -> Iterator[Judgement]:
    """What a sentence says of directions; nothing of plans, nor of parts that a breakdown counts."""
    for clause in () if reading.is_planned else reading.clauses:
        if clause.subject and not _is_of_category(clause, clause.subject, reading):
            yield from _Judge(reading, clause, clause.subject).judgements()


def _is_of_category(clause: Clause, timeline: Timeline, reading: Reading) -> bool:
    """Whether a clause is about a part of the subject, which a breakdown counts."""
    month, subjects = reading.room.month, reading.room.subjects
    ids = {each.id for each in month.folder.breakdowns.values() if each.of and each.of.name == timeline.indicator.id}
    title, said = subjects.stems(timeline.indicator.title), subjects.stems(clause.text)
    names = {count.category for count in month.workbook.breakdowns if count.breakdown in ids}
    return any((stems := subjects.stems(name) - title) and stems <= said for name in names)


class _Judge:
    """Of one clause with its subject."""

    def __init__(self, reading: Reading, clause: Clause, timeline: Timeline) -> None:
        self.reading, self.clause, self.timeline, self.text = reading, clause, timeline, reading.text
        self.indicator, self.newest = timeline.indicator, timeline.newest
        self.compared = reading.compared_periods(clause, timeline)
        self.dates = [each.of(timeline) for each in reading.periods if not each.is_contrast]

    def judgements(self) -> Iterator[Judgement]:
        yield from self._of_target()
        yield from self._ranked()
        for words, judge in ((lexicon.MOVES, self._moved), (lexicon.COMPARES, self._compared)):
            for name, pattern in words:
                for found in pattern.finditer(self.text, self.clause.start, self.clause.end):
                    is_denied = lexicon.NOT.search(self.text, self.clause.start, found.start())
                    if (course := self._course(name)) and not (is_denied and name != "equal"):
                        yield from judge(course, found)

    def _course(self, name: str) -> str:
        """Where a number goes that is said to get better or worse; empty where no direction is good."""
        return _OF_POLARITY[name].get(self.indicator.polarity, "") if name in _OF_POLARITY else name

    def _told(
        self, found: re.Match[str], course: str, rule: Rule, is_so: bool, held: str, since: Period | None = None
    ) -> Judgement:
        wrong = None if is_so else rule
        return Judgement(found.start(), found.end(), self.timeline, wrong, held, course=course, since=since)

    def _moved(self, course: str, found: re.Match[str]) -> Iterator[Judgement]:
        """Against an earlier period: the one that is named or whose number is given, else the last one."""
        if self.reading.comparators_in(found.end(), self.clause.end) or None in self.dates:
            return
        now = max((period for period in self.dates if period and period not in self.compared), default=None)
        now = now or self.newest.period
        if since := self._since(now, found):
            yield from self._judged(course, found, now, since)

    def _since(self, now: Period, found: re.Match[str]) -> list[Period]:
        """The periods that a figure may be compared with; none where they cannot be told."""
        if self.compared:
            return [max(self.compared)]
        olds = [each for each in self.reading.numbers if found.end() <= each.start < self.clause.end]
        if old := next((each for each in olds if self.reading.is_old(each)), None):
            facts = (each for each in self.reading.room.facts(self.timeline) if each.kind in FIGURES)
            of_old = {fact.period for fact in facts if fact.period and old.says(fact.number, fact.unit)}
            earlier = [period for period in of_old if period < now]
            return earlier if len(earlier) == 1 else []
        if lexicon.RECENT.search(self.text):
            return [now.shift(-back) for back in (1, 2, 3)]
        if earlier := [period for period in self.dates if period and period < now]:
            return [min(earlier)]
        return [] if lexicon.STRETCH.search(self.text) else [now.shift(-1)]

    def _compared(self, course: str, found: re.Match[str]) -> Iterator[Judgement]:
        """Against the comparator or the period that is named behind the word; the target has its own judge."""
        named = self.reading.comparators_in(found.end(), self.clause.end)
        for other in (fact for fact in self.reading.room.facts(self.timeline) if fact.kind is Kind.COMPARATOR):
            if self.newest.value is not None and other.name in {name for _, _, name in named}:
                held = f"{self._text()}; {other.name}: {other.printed}"
                decimals = max(self.indicator.decimals, self.indicator.benchmark_decimals)
                is_so = _agrees(course, self.newest.value, other.number, decimals, self._is_just(found))
                yield self._told(found, course, rules.DIRECTION_DISAGREES, is_so, held)
        is_of_period = "than" in self.text[found.end() :] or course == "equal"
        if self.compared and is_of_period and not named and not lexicon.TARGET.search(self.clause.text):
            yield from self._judged(course, found, self.newest.period, [max(self.compared)])

    def _judged(self, course: str, found: re.Match[str], now: Period, since: Sequence[Period]) -> Iterator[Judgement]:
        """Right if value or numerator went there since any of the periods; silent where a figure is missing."""
        new, olds = self.timeline.at(now), [self.timeline.at(period) for period in since if period < now]
        if not olds or any(self.timeline.break_between(now, old.period) for old in olds):
            return
        is_known = new.value is not None and all(old.value is not None for old in olds)
        pairs = [(new.value, old.value) for old in olds]
        if self.indicator.measure not in (Measure.NUMBER, Measure.AVERAGE) and course in ("up", "down"):
            pairs += [(new.count, old.count) for old in olds]
        decimals, is_just = self.indicator.decimals, self._is_just(found)
        there = [(a, b) for a, b in pairs if a is not None and b is not None]
        is_so = not is_known or any(_agrees(course, a, b, decimals, is_just) for a, b in there)
        held = figure_text(self.timeline, min(since), now)
        yield self._told(found, course, rules.DIRECTION_DISAGREES, is_so, held, since[0])

    def _is_just(self, found: re.Match[str]) -> bool:
        return bool(lexicon.JUST.search(self.text, 0, found.start()))

    def _of_target(self) -> Iterator[Judgement]:
        """Met, missed, exceeded, above or below the target; the first of these words that is there."""
        target, value, text = self.indicator.target_on(self.newest.period.end), self.newest.value, self.clause.text
        is_of_other = any(period != self.newest.period for period in self.dates)
        if not target or value is None or is_of_other or not lexicon.TARGET.search(text):
            return
        ours, aim = (rounded_units(number, self.indicator.decimals) for number in (value, target.value))
        claims = _TARGET_CLAIMS | _MERITS.get(self.indicator.polarity, {})
        for name, pattern in lexicon.OF_TARGETS:
            found = pattern.search(self.text, self.clause.start, self.clause.end)
            if found and name in claims:
                is_denied = bool(lexicon.NOT.search(self.text, self.clause.start, found.start()))
                is_so = ((ours > aim) - (ours < aim) in claims[name]) != is_denied
                held = f"{self._text()}; target: {self.indicator.printed(target.value)}"
                yield self._told(found, "target", rules.TARGET_DISAGREES, is_so, held)
                return

    def _ranked(self) -> Iterator[Judgement]:
        """`Highest since June`, `lowest in twelve months`, `first rise since May`: against the series."""
        found = lexicon.RANKED.search(self.text, self.clause.start)
        if not found or found.start() >= self.clause.end or lexicon.NOT.search(self.clause.text):
            return
        behind = [each for each in self.reading.periods if each.start >= found.start()]
        since = behind[0].of(self.timeline) if behind else None
        if len(behind) < len(self.reading.periods) or len(behind) > (found["count"] is None):
            return
        first = self._first_ranked(found, since)
        count = self.newest.period.ordinal - first.ordinal + 1 if first else 0
        figures = self.timeline.last(count, self.newest.period) if _FEWEST <= count <= _MOST else []
        values = [figure.value for figure in figures if figure.value is not None]
        course = self._course(lexicon.RANKS[(found["step"] or found["most"]).lower()])
        is_whole = values and len(values) == len(figures)
        if first and course and is_whole and not self.timeline.break_between(first, self.newest.period):
            best = max(values) if course == "up" else min(values)
            is_so = _is_first(course, values) if found["step"] else values[-1] == best
            held = figure_text(self.timeline, first, self.newest.period)
            yield self._told(found, "rank", rules.RANK_DISAGREES, is_so, held)

    def _first_ranked(self, found: re.Match[str], since: Period | None) -> Period | None:
        """The first of the periods that the words look back over; None where that cannot be told."""
        newest = self.newest.period
        if found["count"] is None:
            return since.shift(1) if since and since < newest else None
        unit = found["unit"].lower()
        per_year = newest.ordinal - newest.year_earlier().ordinal
        periods = count_of(found["count"]) * (per_year if unit == "year" else 1)
        return newest.shift(1 - periods) if unit in ("year", newest.kind.value) else None

    def _text(self) -> str:
        return figure_text(self.timeline, self.newest.period)


def _agrees(course: str, now: Fraction, then: Fraction, decimals: int, is_just: bool) -> bool:
    change, share = now - then, abs(now - then) / abs(then) if then else Fraction(1)
    if course in ("up", "down"):
        return (change if course == "up" else -change) > 0 and not (is_just and share > _JUST)
    if course == "equal":
        return rounded_units(now, decimals) == rounded_units(then, decimals)
    is_few = then.denominator == 1 and abs(then) <= _FEW and abs(change) <= 1
    return not change or share <= _LITTLE or is_few


def _is_first(course: str, values: Sequence[Fraction]) -> bool:
    """Whether the last step goes that way and no earlier one does."""
    steps = [(new > old) if course == "up" else (new < old) for old, new in pairwise(values)]
    return steps[-1] and not any(steps[:-1])
