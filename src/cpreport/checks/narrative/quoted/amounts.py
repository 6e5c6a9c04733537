"""The judge of numbers: what a number of a sentence says of its subject, and whether the figures bear it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from rapidfuzz.distance import OSA

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import FIGURES, Fact, Kind, figure_text
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.reading import Judgement, Reading
from cpreport.model.document import Source
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_CHANCE = 100
"""From which number on another indicator's figure is hardly met by chance, if it has no decimals."""


def judged_numbers(reading: Reading) -> Iterator[Judgement]:
    for number in reading.numbers:
        timeline = reading.clause(number.start).subject
        unknown = Judgement(number.start, number.end, timeline, number=number)
        if source := reading.sentence.printed_at(number.start):
            yield from _of_tag(reading, unknown, number, source)
        else:
            yield _Judge(reading, number, timeline, unknown).judgement() if timeline else unknown


def _of_tag(reading: Reading, unknown: Judgement, number: Number, source: Source) -> Iterator[Judgement]:
    """A judgement only where a tag prints another period's figure than its sentence says."""
    timeline, named = reading.room.timelines.get(source.indicator), reading.period_of(number)
    period = named.of(timeline) if timeline and named else None
    if timeline and period and source.period and source.period != period and not reading.is_planned:
        held = figure_text(timeline, period)
        yield replace(unknown, timeline=timeline, rule=rules.PERIOD_DISAGREES, held=held)


class _Judge:
    """Of one number that somebody typed in a clause with a subject."""

    def __init__(self, reading: Reading, number: Number, timeline: Timeline, unknown: Judgement) -> None:
        self.reading, self.number, self.timeline, self.unknown = reading, number, timeline, unknown
        self.clause, self.text = reading.clause(number.start), reading.text
        self.facts = reading.room.facts(timeline)
        self.said = [fact for fact in self.facts if number.says(fact.number, fact.unit)]
        self.newest = timeline.newest.period

    def judgement(self) -> Judgement:
        if name := self.reading.comparator_beside(self.number):
            return self._compared(name)
        if self.reading.is_change(self.number):
            return self._changed()
        if lexicon.YEAR_TO_DATE.search(self.text) and self.timeline.cumulative:
            return self._to_date()
        return self._figure()

    def _of(self, right: Sequence[Fact], rule: Rule, held: str, is_clear: bool) -> Judgement:
        """The number is one of the facts that would be right; else it is wrong, where the words leave no doubt."""
        if right:
            is_one = len({(fact.kind, fact.period, fact.name) for fact in right}) == 1
            is_exact = not (self.reading.is_planned or self.number.is_about)
            return replace(self.unknown, fact=right[0], is_sure=is_one and is_exact and self.clause.is_own)
        is_open = not is_clear or self.number.is_about or self.reading.is_planned or self._is_of_others()
        return self.unknown if is_open else replace(self.unknown, rule=rule, held=held)

    def _is_of_others(self) -> bool:
        """Whether the clause counts other things than the indicator does, or only some of them."""
        subjects = self.reading.room.subjects
        title = subjects.stems(self.timeline.indicator.title)
        activities = (found[0] for found in lexicon.ACTIVITIES.finditer(self.text))
        is_activity = any(not subjects.stems(word) & title for word in activities)
        return is_activity or bool(lexicon.PART_OF.search(self.clause.text))

    def _compared(self, name: str) -> Judgement:
        """A benchmark's or the target's number, or how far the subject is from it."""
        other = next((fact for fact in self.facts if fact.name == name and fact.kind is Kind.COMPARATOR), None)
        right = [fact for fact in self.said if fact.name == name]
        rule = rules.TARGET_DISAGREES if name == "target" else rules.NUMBER_DISAGREES
        is_clear = other is not None and self.number.unit is other.unit and not self.reading.is_by_heading
        return self._of(right, rule, f"{name}: {other.printed}" if other else "", is_clear)

    def _changed(self) -> Judgement:
        """By how much the subject went since an earlier period, or is above or below a comparator or the target."""
        since = self.reading.compared_periods(self.clause, self.timeline)
        dates = [each.of(self.timeline) for each in self.reading.periods]
        is_clear = self.number.unit is Unit.POINTS or (self.number.is_telling and self.clause.is_own)
        right = [
            fact
            for fact in self.said
            if fact.kind is Kind.CHANGE and (not since or fact.since in since or fact.period in dates)
        ]
        rule, periods, target = rules.NUMBER_DISAGREES, [min(since, default=self.newest.shift(-1)), self.newest], ""
        if lexicon.TARGET.search(self.text) or self.reading.comparators_in(0, len(self.text)):
            right += [fact for fact in self.said if fact.kind is Kind.GAP]
            targets = (fact.printed for fact in self.facts if fact.kind is Kind.COMPARATOR and fact.name == "target")
            rule, periods, target = rules.TARGET_DISAGREES, [self.newest], next(targets, "")
            is_clear = is_clear and bool(target and lexicon.TARGET.search(self.text))
        held = figure_text(self.timeline, *periods) + (f"; target: {target}" if target else "")
        return self._of(right, rule, held, is_clear and None not in dates)

    def _to_date(self) -> Judgement:
        """A total for the year is no figure of its last period."""
        right = [fact for fact in self.said if fact.kind is Kind.YEAR_TO_DATE]
        year = next((fact for fact in self.facts if fact.kind is Kind.YEAR_TO_DATE), None)
        is_newest = any(fact.period == self.newest and fact.kind in FIGURES for fact in self.said)
        held = f"year to date: {self.timeline.indicator.printed(year.number)}" if year else ""
        return self._of(right, rules.NUMBER_DISAGREES, held, is_newest and year is not None)

    def _figure(self) -> Judgement:
        """The subject's figure of the period that is named, or of the newest one."""
        wanted, kinds, summaries = self._wanted(), self._kinds(), self._summaries()
        if not wanted:
            return self.unknown
        own = [fact for fact in self.said if fact.kind in kinds]
        right = [fact for fact in own if fact.period in wanted]
        if right := right or [fact for fact in self.said if fact.kind in summaries]:
            return self._of(right, rules.NUMBER_DISAGREES, "", is_clear=True)
        is_later, is_anothers = max(wanted) > self.timeline.now, self._is_anothers(wanted[0])
        there = [period for period in wanted if self.timeline.at(period).value is not None]
        is_clear = Kind.MEAN not in summaries and self._is_figure(kinds, wanted, bool(own) or is_anothers)
        if own or is_later:
            rule = rules.PERIOD_DISAGREES
            is_stretch = len(wanted) > 1 or lexicon.STRETCH.search(self.text)
            is_clear = is_clear and (is_later or not is_stretch or self.reading.period_of(self.number) is not None)
        else:
            rule = rules.SWAPPED if is_anothers else rules.NUMBER_DISAGREES
            is_clear = is_clear and max(wanted) in there
        return self._of([], rule, figure_text(self.timeline, [*there, *wanted][0]), is_clear)

    def _wanted(self) -> list[Period]:
        """The periods that the number may be of; none where they cannot be told."""
        if named := self.reading.period_of(self.number):
            period = named.of(self.timeline)
            return [period] if period else []
        if self.reading.is_old(self.number):
            compared = self.reading.compared_periods(self.clause, self.timeline)
            since = [each for each in compared if each < self.newest]
            return since or [self.newest.shift(-1), self.newest.year_earlier()]
        return list(dict.fromkeys([self.newest, self.timeline.now]))

    def _kinds(self) -> tuple[Kind, ...]:
        """What kinds of a figure the words allow: `8% were not visited` is of the rest."""
        is_denied = self.number.unit is Unit.PERCENT and lexicon.DENIED.search(self.clause.text)
        if is_denied and not lexicon.OTHERS.search(self.timeline.indicator.title):
            return (Kind.REST,)
        return FIGURES if lexicon.OTHERS.search(self.clause.text) else FIGURES[:-1]

    def _summaries(self) -> list[Kind]:
        words = {Kind.PEAK: lexicon.PEAK, Kind.LOW: lexicon.LOW}
        if self.timeline.indicator.measure is not Measure.AVERAGE:
            words[Kind.MEAN] = lexicon.MEAN
        return [kind for kind, pattern in words.items() if pattern.search(self.clause.text)]

    def _is_figure(self, kinds: tuple[Kind, ...], wanted: Sequence[Period], is_known: bool) -> bool:
        """Whether the number is given out for a figure of the subject: its unit, its size and its noun say so."""
        alike = [fact for fact in self.facts if fact.kind in kinds and fact.unit is self.number.unit]
        if not alike or not (self.clause.is_own or self.number.is_telling):
            return False
        if self.number.unit is Unit.PERCENT or self.number.decimals:
            return True
        near = (fact.number for fact in alike if fact.period in (*wanted, self.newest) and fact.number)
        return (is_known or any(_is_like(self.number.value, number) for number in near)) and self._is_of_subject()

    def _is_of_subject(self) -> bool:
        """Whether what a count is of, if the words say it, is what the subject counts."""
        subjects, after = self.reading.room.subjects, self.text[self.number.end :]
        is_telling = self.number.is_telling or self.timeline.indicator.measure is Measure.NUMBER
        if lexicon.NO_NOUN.match(after):
            return is_telling
        title = self.timeline.indicator.title
        is_shared = bool(subjects.stems(" ".join(after.split()[:4])) & subjects.stems(title))
        begins, first = (subjects.stems(" ".join(text.split()[:count])) for text, count in ((title, 3), (after, 2)))
        return is_shared and (is_telling or first <= begins)

    def _is_anothers(self, period: Period) -> bool:
        """Whether the number is another indicator's of the section, and hardly so by chance."""
        if not self.number.decimals and self.number.value < _CHANCE:
            return False
        room = self.reading.room
        others = (each for each in room.section(self.reading.sentence) if each is not self.timeline)
        return any(
            fact.kind in FIGURES[:2]
            and fact.period in (period, other.newest.period)
            and self.number.says(fact.number, fact.unit)
            for other in others
            for fact in room.facts(other)
        )


def _is_like(typed: Fraction, number: Fraction) -> bool:
    """Whether one number may be meant for another: it is of its size, or a slip of one digit away."""
    return number / 2 <= typed <= 2 * number or OSA.distance(str(typed), str(number)) <= 1
