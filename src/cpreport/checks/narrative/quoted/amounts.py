"""The judge of numbers: what a number of a sentence says of its subject, and whether the figures bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import dropwhile, pairwise

from rapidfuzz.distance import OSA

from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.facts import Fact, figure_text
from cpreport.checks.narrative.quoted.reading import Case, Judgement, Reading
from cpreport.checks.narrative.quoted.words import Number, Unit, words
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_CHANCE, _AROUND = 100, 8
"""From which number on another indicator's figure is hardly met by chance, if it has no decimals."""

_SPREAD = Fraction(1, 10)
"""How far a number that is told as `about` may be off, as a share of it."""


def judged_numbers(reading: Reading) -> Iterator[Judgement]:
    """What comes of each number of a sentence: of one that a tag printed only if it is of another period than said."""
    for number in reading.numbers:
        start, end = reading.tokens[number.first].start, reading.tokens[number.end - 1].end
        sources, timeline = reading.sentence.sources(start, end), reading.clause(number.first).subject
        unknown = Judgement(start, end, timeline, number=number)
        if not sources:
            yield _Judge(reading, number, timeline, unknown).judgement() if timeline else unknown
        elif (of := reading.room.timelines.get(sources[0].indicator)) and (named := reading.period_of(number)):
            period = named.of(of)
            if period and sources[0].period not in (None, period) and not reading.is_planned:
                yield replace(unknown, timeline=of, rule=rules.PERIOD_DISAGREES, held=figure_text(of, period))


class _Judge(Case):
    """Of one number that somebody typed in a clause with a subject."""

    def __init__(self, reading: Reading, number: Number, timeline: Timeline, unknown: Judgement) -> None:
        super().__init__(reading, reading.clause(number.first), timeline)
        self.number, self.unknown, self.named = number, unknown, reading.period_of(number)
        self.is_percent = facts.unit_of(timeline) is Unit.PERCENT

    def judgement(self) -> Judgement:
        if self.clause.category and (self.number.unit is Unit.PLAIN or self.clause.is_beside or self._is_share()):
            return self._of_category()
        if self.reading.is_change(self.number):
            return self._changed()
        if name := self.reading.comparator_of(self.number):
            other = facts.compared_with(self.timeline, name)
            rule = rules.TARGET_DISAGREES if name == "target" else rules.NUMBER_DISAGREES
            is_clear = other is not None and self.number.unit is other.unit
            return self._of([other] if other else [], rule, f"{name}: {other.printed}" if other else "", is_clear)
        if self.marks("year to date") and (year := facts.to_date(self.timeline)):
            is_number = self.indicator.measure is Measure.NUMBER and self._is_counted()
            return self._of([year], rules.NUMBER_DISAGREES, f"year to date: {year.printed}", is_number)
        return self._figure()

    def _says(self, fact: Fact) -> bool:
        """Whether the number is a fact, or stands on the side of it that its words say."""
        bound, typed = self.number.bound, self.number.value
        if self.number.says(fact.number, fact.unit) or not bound or fact.unit is not self.number.unit:
            return self.number.says(fact.number, fact.unit)
        is_near = abs(fact.number - typed) <= typed * _SPREAD
        return is_near if bound == "about" else (fact.number > typed) == (bound == "over")

    def _of(self, allowed: Iterable[Fact], rule: Rule, held: str, is_clear: bool) -> Judgement:
        """The number is one of the facts that are allowed; else it is wrong, where the words leave no doubt."""
        if right := [fact for fact in allowed if self._says(fact)]:
            is_one = len({(fact.part, fact.period) for fact in right}) == 1
            is_exact = not (self.reading.is_planned or self.number.bound)
            return replace(self.unknown, fact=right[0], is_sure=is_one and is_exact and self.clause.is_own)
        first, end = self.number.first - _AROUND, self.number.end + _AROUND
        marks = [mark for mark in self.marks("activity", "part") if first <= mark.first <= end]
        others = [self.reading.said(mark.first, mark.end) for mark in marks]
        is_of_others = any(not self.stems(said) & self.title and said not in self.indicator.title for said in others)
        is_open = not is_clear or self.reading.is_planned or is_of_others
        return self.unknown if is_open else replace(self.unknown, rule=rule, held=held)

    def _of_category(self) -> Judgement:
        """The count or share of a category by the breakdown, or the whole that it is part of."""
        allowed = [*self._of_breakdown, *(fact for fact in self.facts if fact.period == self.now)]
        alike = [fact for fact in self._of_breakdown if fact.unit is self.number.unit]
        is_told = self.clause.is_own or self.clause.is_beside
        is_like = is_told and any(_is_like(self.number.value, fact.number) for fact in alike)
        held = f"{self.clause.category}: {alike[0].printed}" if alike else ""
        return self._of(allowed, rules.NUMBER_DISAGREES, held, is_like)

    @property
    def _of_breakdown(self) -> list[Fact]:
        return self.reading.room.categories[self.indicator.id][self.clause.category]

    def _is_share(self) -> bool:
        """Whether it is a share of a category."""
        return any(fact.part == "share" and self.number.says(fact.number, fact.unit) for fact in self._of_breakdown)

    def _changed(self) -> Judgement:
        """By how much the subject went since an earlier period, or is above or below a comparator or the target."""
        timeline, now, rule = self.timeline, self.now, rules.NUMBER_DISAGREES
        if self.is_percent and self.number.unit is Unit.PLAIN and self.number.decimals:
            self.number = replace(self.number, unit=Unit.POINTS)
        since = [period for each in self.compared if (period := each.of(timeline)) and period < now]
        earlier = since or [now.shift(-1), now.year_earlier()]
        allowed = [fact for then in earlier for fact in facts.differences(timeline, now, then)]
        held = figure_text(timeline, min(since, default=now.shift(-1)), now)
        names = {mark.value or "target" for mark in self.reading.all("comparator", "target name")}
        others = {name: facts.compared_with(timeline, name) for name in sorted(names)}
        for name, other in others.items():
            ours, text = facts.held_against(timeline, name)
            if other and ours is not None:
                allowed += facts.apart(ours, other.number, other.unit, self.indicator.decimals)
                rule = rules.TARGET_DISAGREES if name == "target" else rule
                held = f"{text}; {name}: {other.printed}"
        behind = self.reading.words[self.number.end : self.clause.end]
        is_vague = not since and not others and bool({"than", "months", "quarters", "terms"} & set(behind))
        is_share = self.number.unit is Unit.POINTS or (self.clause.is_own and self.is_percent)
        is_clear = (is_share or self._is_counted(is_change=True)) and not is_vague and not self.reading.is_guessed
        is_clear = is_clear and all(each == now for each in self.standing) and len(since) == len(self.compared)
        return self._of(allowed, rule, held, is_clear and None not in others.values() and len(others) < 2)

    def _figure(self) -> Judgement:
        """The subject's figure of the period that is named, or of the newest one."""
        is_mean_meant = self.indicator.measure is not Measure.AVERAGE
        names = [name for name in facts.SUMMARIES if self.marks(name) and (name != "mean" or is_mean_meant)]
        wanted, summaries, parts = self._wanted(), facts.summaries_of(self.timeline, names), self._parts()
        target = facts.compared_with(self.timeline, "target") if self.reading.is_old(self.number) else None
        summaries += [target] if target else []
        own = [fact for fact in self.facts if fact.part in parts and self._says(fact)]
        right = [fact for fact in own if fact.period in wanted] or [fact for fact in summaries if self._says(fact)]
        if right or not wanted:
            return self._of(right, rules.NUMBER_DISAGREES, "", is_clear=False)
        there = [period for period in wanted if self.timeline.at(period).value is not None]
        is_later, is_anothers = max(wanted) > self.timeline.now, self._is_anothers(wanted[0])
        is_of_other_period = is_later or bool(own and not self.number.bound)
        rule = rules.SWAPPED if is_anothers else rules.NUMBER_DISAGREES
        rule = rules.PERIOD_DISAGREES if is_of_other_period else rule
        is_clear = (
            "mean" not in names
            and (self.clause.is_own or not is_anothers)
            and self._is_figure(parts, wanted, bool(own) or is_anothers)
        )
        held = figure_text(self.timeline, [*there, *wanted][0])
        return self._of([], rule, held, is_clear and (is_of_other_period or bool(there)) and not self._is_listed())

    def _wanted(self) -> list[Period]:
        """The periods that the number may be of; none where they cannot be told."""
        if self.named or not self.reading.is_old(self.number):
            return [period for period in [self.named.of(self.timeline) if self.named else self.now] if period]
        before = [period for each in self.compared if (period := each.of(self.timeline)) and period < self.now]
        return before or [self.now.shift(-1), self.now.year_earlier()]

    def _parts(self) -> tuple[str, ...]:
        """What part of a figure the words allow: `8% were not visited` is of the rest."""
        end = min(self.clause.end, self.number.end + 8)
        end = next((at for at in range(self.number.end, end) if self.reading.words[at] == ","), end)
        is_denied = self.number.unit is Unit.PERCENT and self.reading.all("denied", first=self.number.end, end=end)
        if is_denied and " not " not in self.indicator.title:
            return ("rest",)
        return ("value", "count", "denominator", *(["rest"] if self.reading.all("others") else []))

    def _is_figure(self, parts: tuple[str, ...], wanted: Sequence[Period], is_known: bool) -> bool:
        """Whether the number is given out for a figure of the subject: its unit, its size and its noun say so."""
        alike = [fact for fact in self.facts if fact.part in parts and fact.unit is self.number.unit]
        if self.indicator.measure is Measure.RATE and not self.number.decimals:
            alike = [fact for fact in alike if fact.part != "value"]
        near = [fact.number for fact in alike if fact.period in (*wanted, self.now) and fact.number]
        is_near = is_known or any(_is_like(self.number.value, number) for number in near)
        is_exact = (self.number.unit is Unit.PERCENT or self.number.decimals > 0) and not self._is_of_something_else()
        return bool(alike) and (is_exact or (is_near and self._is_counted()))

    def _is_of_something_else(self) -> bool:
        """Whether a comment that does not name its indicator says that the number is a share of something else."""
        is_comment = self.reading.comment is not None and not self.clause.is_own
        said = self.reading.words[self.number.end : self.number.end + 4]
        return is_comment and said[:1] == ["of"] and not self.stems(" ".join(said)) & self.title

    def _is_counted(self, is_change: bool = False) -> bool:
        """Whether what a number is of, if the words say it, is what the subject counts."""
        said = self.reading.words[self.number.end : self.number.end + 4]
        if said and said[0] in {self.reading.words[mark.first] for mark in self.reading.all("further")}:
            said = said[1:]
        behind = [*dropwhile(lambda word: word in words("persons"), said), "."]
        is_telling = is_change or self.number.is_telling or self.indicator.measure is Measure.NUMBER
        if is_telling and behind[0] in words("no_noun") | words("go_on"):
            return True
        counted, begin = (self.stems(" ".join(some)) for some in (said[:2], self.indicator.title.split()[:3]))
        is_first = said[:1] != ["of"] and counted <= begin and self.clause.is_own
        return bool(self.stems(" ".join(said)) & self.title) and (is_telling or is_first)

    def _is_listed(self) -> bool:
        """Whether it is one of several numbers in a row, or of a fraction whose numbers are not the subject's."""
        own = {fact.number for fact in self.facts if fact.part in ("count", "denominator")}
        for one, other in (pair for pair in pairwise(self.reading.numbers) if self.number in pair):
            between = set(self.reading.words[one.end : other.first])
            is_foreign = not {one.value, other.value} & own
            if between and between <= ({",", "and", "of", "out", "/", "the", "our"} if is_foreign else {",", "and"}):
                return True
        return False

    def _is_anothers(self, period: Period) -> bool:
        """Whether the number is another indicator's of the section, and hardly so by chance."""
        room, is_telling = self.reading.room, self.number.decimals or self.number.value >= _CHANCE
        others = self.reading.section if is_telling else ()
        several = (fact for other in others if other is not self.timeline for fact in room.facts(other.indicator.id))
        near = (fact for fact in several if fact.period == period and fact.part in ("value", "count"))
        return any(self.number.says(fact.number, fact.unit) for fact in near)


def _is_like(typed: Fraction, number: Fraction) -> bool:
    """Whether one number may be meant for another: it is of its size, or a slip of one digit away."""
    return bool(typed) and (number / 2 <= typed <= 2 * number or OSA.distance(str(typed), str(number)) <= 1)
