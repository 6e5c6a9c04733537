"""The judge of numbers: what a number of a sentence says of its subject, and whether the figures bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from rapidfuzz.distance import OSA

from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.facts import Fact, figure_text
from cpreport.checks.narrative.quoted.lexicon import words
from cpreport.checks.narrative.quoted.reading import Judgement, Reading
from cpreport.checks.narrative.quoted.tokens import Number, Unit
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_CHANCE = 100
"""From which number on another indicator's figure is hardly met by chance, if it has no decimals."""


def judged_numbers(reading: Reading) -> Iterator[Judgement]:
    """What comes of each number of a sentence: of one that a tag printed only if it is of another period than said."""
    for number in reading.numbers:
        start, end = reading.tokens[number.first].start, reading.tokens[number.end - 1].end
        source, timeline = reading.sentence.printed_at(start), reading.clause(number.first).subject
        unknown = Judgement(start, end, timeline, number=number)
        if source is None:
            yield _Judge(reading, number, timeline, unknown).judgement() if timeline else unknown
        elif (of := reading.room.timelines.get(source.indicator)) and (named := reading.period_of(number)):
            period = named.of(of)
            if period and source.period and source.period != period and not reading.is_planned:
                yield replace(unknown, timeline=of, rule=rules.PERIOD_DISAGREES, held=figure_text(of, period))


class _Judge:
    """Of one number that somebody typed in a clause with a subject."""

    def __init__(self, reading: Reading, number: Number, timeline: Timeline, unknown: Judgement) -> None:
        self.reading, self.number, self.timeline, self.unknown = reading, number, timeline, unknown
        self.clause, self.facts, self.newest = (
            reading.clause(number.first),
            reading.room.facts(timeline),
            timeline.newest,
        )
        self.stems = reading.room.subjects.stems
        self.title = self.stems(timeline.indicator.title)

    def judgement(self) -> Judgement:
        if self.clause.category and self.number.unit is Unit.PLAIN:
            return self._of_category()
        if self.reading.is_change(self.number):
            return self._changed()
        if name := self.reading.comparator_of(self.number):
            return self._compared(name)
        if self._has("year to date") and (year := facts.to_date(self.timeline)):
            return self._to_date(year)
        return self._figure()

    def _has(self, kind: str) -> bool:
        return bool(self.reading.all(kind, self.clause.first, self.clause.end))

    def _said(self, several: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in several if self._says(fact)]

    def _says(self, fact: Fact) -> bool:
        """Whether the number is a fact, or stands on the side of it that its words say."""
        bound, typed = self.number.bound, self.number.value
        if self.number.says(fact.number, fact.unit) or not bound or fact.unit is not self.number.unit:
            return self.number.says(fact.number, fact.unit)
        return (
            abs(fact.number - typed) <= typed / 10 if bound == "about" else (fact.number > typed) == (bound == "over")
        )

    def _of(self, right: Sequence[Fact], rule: Rule, held: str, is_clear: bool) -> Judgement:
        """The number is one of the facts that would be right; else it is wrong, where the words leave no doubt."""
        if right:
            is_one = len({(fact.part, fact.period) for fact in right}) == 1
            is_exact = not (self.reading.is_planned or self.number.bound)
            return replace(self.unknown, fact=right[0], is_sure=is_one and is_exact and self.clause.is_own)
        is_open = not is_clear or self.reading.is_planned or self._is_of_others()
        return self.unknown if is_open else replace(self.unknown, rule=rule, held=held)

    def _is_of_others(self) -> bool:
        """Whether the clause counts other things than the indicator does, or only some of them."""
        marks = [
            mark for kind in ("activity", "part") for mark in self.reading.all(kind, self.clause.first, self.clause.end)
        ]
        return any(
            not self.stems(said := self.reading.said(each.first, each.end)) & self.title
            and said not in self.timeline.indicator.title
            for each in marks
        )

    def _of_category(self) -> Judgement:
        """The count of a category by the breakdown, or the whole that it is part of."""
        counts = self.reading.room.categories(self.timeline)[self.clause.category]
        several = [Fact(Fraction(count), Unit.PLAIN) for count in counts.values() if count is not None]
        right = self._said([*several, *(fact for fact in self.facts if fact.period == self.newest.period)])
        is_like = any(_is_like(self.number.value, fact.number) for fact in several)
        held = f"{self.clause.category}: {several[-1].number}" if several else ""
        return self._of(right, rules.NUMBER_DISAGREES, held, is_like and self.clause.is_own)

    def _compared(self, name: str) -> Judgement:
        """A benchmark's or the target's number."""
        other, rule = facts.compared_with(self.timeline, name), rules.NUMBER_DISAGREES
        if other is None:
            return self.unknown
        is_clear = self.number.unit is other.unit and not self.reading.is_by_heading
        rule = rules.TARGET_DISAGREES if name == "target" else rule
        return self._of(self._said([other]), rule, f"{name}: {other.printed}", is_clear)

    def _changed(self) -> Judgement:
        """By how much the subject went since an earlier period, or is above or below a comparator or the target."""
        reading, clause, newest = self.reading, self.clause, self.newest.period
        decimals, is_percent = self.timeline.indicator.decimals, facts.unit_of(self.timeline) is Unit.PERCENT
        if is_percent and self.number.unit is Unit.PLAIN and self.number.decimals:
            self.number = replace(self.number, unit=Unit.POINTS)
        dates = [each.of(self.timeline) for each in reading.periods if clause.first <= each.first < clause.end]
        since = [period for each in reading.compared_in(clause) if (period := each.of(self.timeline))]
        earlier = since or [newest.shift(-1), newest.year_earlier(), *filter(None, dates)]
        nows = [newest, *(each for each in dates if each and each not in since)]
        pairs = [(now, then) for then in earlier for now in nows if now > then]
        right = [fact for now, then in pairs for fact in facts.differences(self.timeline, now, then)]
        rule, held = rules.NUMBER_DISAGREES, figure_text(self.timeline, min(since, default=newest.shift(-1)), newest)
        marks = [mark for kind in ("comparator", "target name") for mark in reading.all(kind)]
        others = {mark.value or "target": facts.compared_with(self.timeline, mark.value or "target") for mark in marks}
        for name, other in others.items():
            if other and self.newest.value is not None:
                right += facts.apart(self.newest.value, other.number, other.unit, decimals)
                rule = rules.TARGET_DISAGREES if name == "target" else rule
                held = f"{figure_text(self.timeline, newest)}; {name}: {other.printed}"
        is_clear = None not in dates and None not in others.values() and len(others) < 2
        is_clear = is_clear and not ({"months", "quarters", "terms"} & set(reading.words) and not since)
        is_clear = is_clear and bool(since or others or "than" not in reading.words[self.number.end : clause.end])
        is_clear = is_clear and (
            self.number.unit is Unit.POINTS or self._is_counted() or (clause.is_own and is_percent)
        )
        return self._of(self._said(right), rule, held, is_clear)

    def _is_counted(self) -> bool:
        """Whether a difference is of what the subject counts: `33 fewer`, `4 more children`."""
        said = self.reading.words[self.number.end : self.number.end + 4]
        further = {word for mark in self.reading.all("further") for word in [self.reading.words[mark.first]]}
        said = said[1:] if said[:1] and said[0] in further else said
        is_bare = not said or said[0] in words("no_noun") | words("go_on")
        return is_bare or bool(self.stems(" ".join(said)) & self.title - {"child"})

    def _to_date(self, year: Fact) -> Judgement:
        """A total for the year is no figure of its last period."""
        named = self.reading.period_of(self.number)
        month = [fact for fact in self.facts if named and fact.period == named.of(self.timeline)]
        is_number = self.timeline.indicator.measure is Measure.NUMBER and self._is_of_subject()
        is_newest = any(self._says(fact) for fact in self.facts if fact.period == self.newest.period)
        held = f"year to date: {year.printed}"
        return self._of(self._said([year, *month]), rules.NUMBER_DISAGREES, held, is_number or is_newest)

    def _figure(self) -> Judgement:
        """The subject's figure of the period that is named, or of the newest one."""
        wanted, named, rule = self._wanted(), self.reading.period_of(self.number), rules.NUMBER_DISAGREES
        if not wanted:
            return self.unknown
        names = [name for name in facts.SUMMARIES if self._has(name)]
        names = [name for name in names if name != "mean" or self.timeline.indicator.measure is not Measure.AVERAGE]
        summaries, parts = facts.summaries_of(self.timeline, names), self._parts()
        own = self._said(fact for fact in self.facts if fact.part in parts)
        if right := [fact for fact in own if fact.period in wanted] or self._said(summaries):
            return self._of(right, rule, "", is_clear=True)
        is_later, is_anothers = max(wanted) > self.timeline.now, self._is_anothers(wanted[0])
        exact = [] if self.number.bound else own
        if names and not named:
            wanted = [fact.period for fact in summaries if fact.period] or wanted
        there = [period for period in wanted if self.timeline.at(period).value is not None]
        is_clear = "mean" not in names and self._is_figure(parts, wanted, bool(exact) or is_anothers)
        if exact or is_later:
            rule = rules.PERIOD_DISAGREES
            is_stretch = len(wanted) > 1 or self._has("stretch")
            is_clear = is_clear and (is_later or not is_stretch or named is not None)
        else:
            rule = rules.SWAPPED if is_anothers else rule
            is_clear = is_clear and max(wanted) in there and not self._is_listed()
        return self._of([], rule, figure_text(self.timeline, [*there, *wanted][0]), is_clear)

    def _wanted(self) -> list[Period]:
        """The periods that the number may be of; none where they cannot be told."""
        newest = self.newest.period
        if named := self.reading.period_of(self.number):
            return [period for period in [named.of(self.timeline)] if period]
        if self.reading.is_old(self.number):
            compared = [each.of(self.timeline) for each in self.reading.compared_in(self.clause)]
            return [each for each in compared if each and each < newest] or [newest.shift(-1), newest.year_earlier()]
        return list(dict.fromkeys([newest, self.timeline.now]))

    def _parts(self) -> tuple[str, ...]:
        """What part of a figure the words allow: `8% were not visited` is of the rest."""
        near = self.reading.all("denied", self.number.end, min(self.clause.end, self.number.end + 8))
        if self.number.unit is Unit.PERCENT and near and " not " not in self.timeline.indicator.title:
            return ("rest",)
        return ("value", "count", "denominator", *(["rest"] if self.reading.all("others") else []))

    def _is_figure(self, parts: tuple[str, ...], wanted: Sequence[Period], is_known: bool) -> bool:
        """Whether the number is given out for a figure of the subject: its unit, its size and its noun say so."""
        alike = [fact for fact in self.facts if fact.part in parts and fact.unit is self.number.unit]
        if not alike or not (self.clause.is_own or self.number.is_telling):
            return False
        if self.number.unit is Unit.PERCENT or self.number.decimals:
            return True
        near = (fact.number for fact in alike if fact.period in (*wanted, self.newest.period) and fact.number)
        return self._is_of_subject() and (is_known or any(_is_like(self.number.value, number) for number in near))

    def _is_of_subject(self) -> bool:
        """Whether what a count is of, if the words say it, is what the subject counts."""
        after = self.reading.words[self.number.end : self.number.end + 4]
        is_telling = self.number.is_telling or self.timeline.indicator.measure is Measure.NUMBER
        if not after or after[0] in words("no_noun") | words("go_on"):
            return is_telling
        begins = self.stems(" ".join(self.timeline.indicator.title.split()[:3]))
        is_first = self.stems(" ".join(after[:2])) <= begins
        return bool(self.stems(" ".join(after)) & self.title) and (is_telling or is_first)

    def _is_listed(self) -> bool:
        """Whether it is one of several numbers in a row, or a fraction whose other number is not the subject's."""
        said, own = self.reading.words, {fact.number for fact in self.facts if fact.part in ("count", "denominator")}
        for one, other in pairwise(self.reading.numbers):
            between, is_here = set(said[one.end : other.first]), self.number in (one, other)
            partner = other if self.number is one else one
            if (
                is_here
                and between
                and (
                    between <= {",", "and"}
                    or (between <= {"of", "out", "/", "the", "our"} and partner.value not in own)
                )
            ):
                return True
        return False

    def _is_anothers(self, period: Period) -> bool:
        """Whether the number is another indicator's of the section, and hardly so by chance."""
        room = self.reading.room
        others = [each for each in room.section(self.reading.sentence) if each is not self.timeline]
        alike = [
            fact
            for other in others
            for fact in room.facts(other)
            if fact.part in ("value", "count") and fact.period in (period, other.newest.period)
        ]
        is_telling = self.number.decimals or self.number.value >= _CHANCE
        return bool(is_telling) and any(self.number.says(fact.number, fact.unit) for fact in alike)


def _is_like(typed: Fraction, number: Fraction) -> bool:
    """Whether one number may be meant for another: it is of its size, or a slip of one digit away."""
    return bool(typed) and (number / 2 <= typed <= 2 * number or OSA.distance(str(typed), str(number)) <= 1)
