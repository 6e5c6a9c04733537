"""The judge of numbers: what a number of a sentence says of its subject, and whether the figures bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz.distance import OSA

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import FIGURES, Fact, Kind, figure_text
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.reading import Clause, Reading
from cpreport.model.document import Source
from cpreport.model.figure import State
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_OF_TARGET = re.compile(r"\btargets?(?: (?:of|is|was|at|stays at|remains(?: at)?))?\W*\Z", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"\s*(?:[.,;:()-]|\Z|(?:in|at|this|last|and|from|to|on|for|as|per|compared|against|by|during|since|after|were|was|is|are|of"
    r"|a (?:year|month)|now|than|while|but|which|when|out)\b)"
)
_NEAR, _BESIDE = 40, 24


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a number: `fact` is what it says rightly, else `rule` what is wrong, if anything can be told.

    `held` is what the report has instead. `is_sure`: its clause names the indicator, and it is a single thing of it.
    """

    number: Number
    timeline: Timeline | None = None
    fact: Fact | None = None
    rule: Rule | None = None
    held: str = ""
    is_sure: bool = False


def verdicts(reading: Reading) -> Iterator[Verdict]:
    """One for each number that somebody typed."""
    for number in reading.numbers:
        if printed := reading.sentence.printed_at(number.start):
            yield from _of_tag(reading, number, printed)
        else:
            yield _Judge(reading, number).verdict()


def _of_tag(reading: Reading, number: Number, source: Source) -> Iterator[Verdict]:
    """A verdict only where a tag prints another period's figure than its sentence says."""
    timeline = reading.room.timelines.get(source.indicator)
    named = [each.of(timeline) for each in reading.names_of(number)] if timeline else []
    if timeline and source.period and named and named[0] and source.period not in named and not reading.is_planned:
        yield Verdict(number, timeline, None, rules.PERIOD_DISAGREES, figure_text(timeline, named[0]))


class _Judge:
    """Of one number."""

    def __init__(self, reading: Reading, number: Number) -> None:
        self.reading, self.number, self.text = reading, number, reading.text
        self.clause: Clause = reading.clause(number.start)
        self.before, self.after = self.text[: number.start], self.text[number.end :]
        self.is_change = reading.is_change(number)

    def verdict(self) -> Verdict:
        timeline = self.clause.subject
        if timeline is None:
            return Verdict(self.number)
        facts = [fact for fact in self.reading.room.facts(timeline) if self._says(fact)]
        comparator = self._comparator()
        if comparator or self._is_target():
            return self._compared(timeline, facts, comparator or "target")
        if self.is_change:
            return self._changed(timeline, facts)
        return self._figure(timeline, facts)

    def _says(self, fact: Fact) -> bool:
        same = fact.unit is self.number.unit or {fact.unit, self.number.unit} == {Unit.POINTS, Unit.PERCENT}
        return same and self.number.is_rounded(fact.number)

    def _right(self, timeline: Timeline, facts: list[Fact]) -> Verdict:
        is_one = len({(fact.kind, fact.period, fact.name) for fact in facts}) == 1
        is_sure = is_one and not self.reading.is_planned and not self.number.is_about and not self.number.bound
        return Verdict(self.number, timeline, facts[0], is_sure=is_sure and self.clause.is_own)

    def _wrong(self, timeline: Timeline, rule: Rule, held: str) -> Verdict:
        """A warning, unless the words leave open whether the number is a figure at all."""
        if self._is_open(timeline):
            return Verdict(self.number, timeline)
        return Verdict(self.number, timeline, None, rule, held)

    def _is_open(self, timeline: Timeline) -> bool:
        text = self.clause.text
        title = self.reading.room.subjects.stems(timeline.indicator.title)
        activities = (match[0] for match in lexicon.ACTIVITIES.finditer(self.text))
        is_activity = any(not self.reading.room.subjects.stems(word) & title for word in activities)
        is_mean = bool(lexicon.ON_AVERAGE.search(text)) and timeline.indicator.measure is not Measure.AVERAGE
        is_quotation = self.before.count('"') % 2 == 1
        is_others = self.reading.is_by_heading and bool(self.reading.comparators_in(0, len(self.text)))
        return (
            is_mean
            or is_others
            or self.reading.is_planned
            or is_activity
            or is_quotation
            or bool(lexicon.PART_OF.search(text))
        )

    # Comparators and targets

    def _comparator(self) -> str:
        """The comparator whose number it is: `England (70%)`, `70% nationally`."""
        for start, end, name in reversed(
            self.reading.comparators_in(max(0, self.clause.start - _NEAR), self.clause.end)
        ):
            between = self.text[end : self.number.start] if end <= self.number.start else ""
            if (
                end <= self.number.start
                and len(between) <= _NEAR
                and not re.search(r"[\d;]|\b(?:we|our|ours)\b", between)
            ):
                return name
            after = self.text[self.number.end : start]
            if (
                start >= self.number.end
                and len(after) <= _BESIDE
                and re.fullmatch(r"\W*(?:\([^)]*\)\W*)?(?:(?:in|for|across|the)\W+)*", after)
            ):
                return name
        return ""

    def _is_target(self) -> bool:
        return bool(_OF_TARGET.search(self.before)) or bool(re.match(r"\s*targets?\b", self.after))

    def _compared(self, timeline: Timeline, facts: list[Fact], name: str) -> Verdict:
        """A benchmark's or the target's number; our own beside its name is right too."""
        if meant := [
            fact for fact in facts if fact.name == name and fact.kind in (Kind.COMPARATOR, Kind.GAP)
        ]:
            return self._right(timeline, meant)
        if own := [
            fact for fact in facts if fact.period == timeline.newest.period and fact.printed == self.number.text
        ]:
            return self._right(timeline, own)
        stated = (each for each in self.reading.room.facts(timeline) if each.name == name and each.kind is not Kind.GAP)
        other = next(stated, None)
        if other is None or self.number.unit is not other.unit or self.number.is_about or self.number.bound:
            return Verdict(self.number, timeline)
        rule = rules.TARGET_DISAGREES if name == "target" else rules.NUMBER_DISAGREES
        return self._wrong(timeline, rule, f"{name}: {other.printed}")

    # Changes and gaps

    def _changed(self, timeline: Timeline, facts: list[Fact]) -> Verdict:
        since = self.reading.compared_periods(self.clause, timeline)
        is_gap = bool(self.reading.comparators_in(0, len(self.text)) or lexicon.TARGET.search(self.text))
        changes = [fact for fact in facts if fact.kind is Kind.CHANGE or (fact.kind is Kind.GAP and is_gap)]
        named = [each.of(timeline) for each in self.reading.periods]
        meant = [
            fact
            for fact in changes
            if not since or fact.since in since or fact.period in named or fact.kind is Kind.GAP
        ]
        if meant:
            return self._right(timeline, meant)
        is_clear = self.number.unit is Unit.POINTS or (self.number.is_telling and self.clause.is_own)
        if not is_clear or self.number.is_about or self.number.bound or None in named:
            return Verdict(self.number, timeline)
        if is_gap:
            gap = next((fact for fact in self.reading.room.facts(timeline) if fact.name == "target"), None)
            held = f"{figure_text(timeline, timeline.newest.period)}; target: {gap.printed}" if gap else ""
            is_of_target = gap and lexicon.TARGET.search(self.text)
            return (
                self._wrong(timeline, rules.TARGET_DISAGREES, held) if is_of_target else Verdict(self.number, timeline)
            )
        newest = timeline.newest.period
        held = "; ".join(figure_text(timeline, period) for period in (min(since, default=newest.shift(-1)), newest))
        return self._wrong(timeline, rules.NUMBER_DISAGREES, held)

    # Figures

    def _figure(self, timeline: Timeline, facts: list[Fact]) -> Verdict:
        clause = self.clause.text
        if lexicon.YEAR_TO_DATE.search(self.text) and timeline.cumulative:
            return self._to_date(timeline, facts)
        wanted = self._wanted(timeline)
        kinds = self._kinds(timeline)
        own = [fact for fact in facts if fact.kind in kinds]
        extremes = [fact for fact in facts if fact.kind in self._summaries(clause, timeline)]
        if wanted is None:
            return Verdict(self.number, timeline)
        if right := [fact for fact in own if fact.period in wanted] or extremes:
            return self._right(timeline, right)
        is_open = (
            self.number.is_about
            or self._is_within(timeline, wanted)
            or not self._is_figure(timeline, kinds, wanted, bool(own or self._is_anothers(timeline, wanted)))
        )
        if is_open or (timeline.now < max(wanted) and self.reading.is_planned):
            return Verdict(self.number, timeline)
        held = figure_text(timeline, self._nearest(timeline, wanted))
        if own and not self._is_stretch(wanted):
            return self._wrong(timeline, rules.PERIOD_DISAGREES, held)
        if own:
            return Verdict(self.number, timeline)
        if max(wanted) > timeline.now or timeline.at(max(wanted)).value is None:
            is_later = max(wanted) > timeline.now
            return self._wrong(timeline, rules.PERIOD_DISAGREES, held) if is_later else Verdict(self.number, timeline)
        rule = rules.SWAPPED if self._is_anothers(timeline, wanted) else rules.NUMBER_DISAGREES
        return self._wrong(timeline, rule, held)

    def _is_within(self, timeline: Timeline, wanted: list[Period]) -> bool:
        """Whether a bound such as `fewer than 60` holds, as far as can be told."""
        facts = (
            fact for fact in self.reading.room.facts(timeline) if fact.kind in FIGURES[:2] and fact.period in wanted
        )
        bound, typed = self.number.bound, self.number.value
        near = [
            fact.number
            for fact in facts
            if fact.unit is self.number.unit and fact.number and abs(fact.number - typed) < typed / 2
        ]
        return bool(bound) and (not near or any((number - typed) * bound > 0 for number in near))

    def _wanted(self, timeline: Timeline) -> list[Period] | None:
        """The periods that the number may be of; None where they cannot be told."""
        names = self.reading.names_of(self.number)
        if names:
            found = [each.of(timeline) for each in names]
            return [period for period in found if period] or None
        newest = timeline.newest.period
        if self.reading.is_old(self.number):
            year_ago = [newest.year_earlier()]
            since = [each for each in self.reading.compared_periods(self.clause, timeline) if each < newest]
            return since or (year_ago if lexicon.YEAR_BACK.search(self.text) else [newest.shift(-1), *year_ago])
        return [newest, timeline.now] if timeline.newest.period != timeline.now else [newest]

    def _is_stretch(self, wanted: list[Period]) -> bool:
        """Whether the words leave open which earlier period is meant."""
        is_named = bool(self.reading.names_of(self.number))
        return not is_named and (len(wanted) > 1 or bool(lexicon.STRETCH.search(self.text)))

    def _kinds(self, timeline: Timeline) -> tuple[Kind, ...]:
        """What kinds of a figure the words allow: `8% were not visited` is of the rest."""
        is_of_others = bool(lexicon.OTHERS.search(timeline.indicator.title) or "NEET" in timeline.indicator.title)
        if self.number.unit is Unit.PERCENT and lexicon.DENIED.search(self.clause.text) and not is_of_others:
            return (Kind.REST,)
        return FIGURES if lexicon.OTHERS.search(self.clause.text) else FIGURES[:-1]

    def _summaries(self, clause: str, timeline: Timeline) -> list[Kind]:
        words = {Kind.PEAK: lexicon.PEAK, Kind.LOW: lexicon.LOW, Kind.MEAN: lexicon.MEAN}
        is_average = timeline.indicator.measure is Measure.AVERAGE
        found = [kind for kind, pattern in words.items() if pattern.search(clause)]
        return [kind for kind in found if kind is not Kind.MEAN or not is_average]

    def _is_figure(self, timeline: Timeline, kinds: tuple[Kind, ...], wanted: list[Period], is_known: bool) -> bool:
        """Whether the number is given out for a figure of the subject: its unit, its noun and its size say so."""
        facts = self.reading.room.facts(timeline)
        alike = [fact for fact in facts if fact.kind in kinds and fact.unit is self.number.unit]
        if not alike or (not self.clause.is_own and not self.number.is_telling):
            return False
        if self.number.unit is Unit.PERCENT or self.number.decimals:
            return True
        near = [fact.number for fact in alike if fact.period in (*wanted, timeline.newest.period) and fact.number]
        is_near = is_known or any(_is_like(self.number.value, number) for number in near)
        return is_near and self._is_governed(timeline)

    def _is_governed(self, timeline: Timeline) -> bool:
        """Whether what a count is of, if the words say it, is what the subject counts."""
        subjects = self.reading.room.subjects
        if _NO_NOUN.match(self.after):
            return self.number.is_telling or timeline.indicator.measure is Measure.NUMBER
        title = timeline.indicator.title
        shared = subjects.stems(" ".join(self.after.split()[:4])) & subjects.stems(title)
        if timeline.indicator.measure is Measure.NUMBER or self.number.is_telling:
            return bool(shared)
        return bool(shared) and subjects.stems(" ".join(self.after.split()[:2])) <= subjects.stems(
            " ".join(title.split()[:3])
        )

    def _nearest(self, timeline: Timeline, wanted: list[Period]) -> Period:
        return next((period for period in wanted if timeline.at(period).value is not None), wanted[0])

    def _is_anothers(self, timeline: Timeline, wanted: list[Period]) -> bool:
        """Whether the number is another indicator's of the section, and hardly so by chance."""
        if not self.number.decimals and self.number.value < 100:
            return False
        room = self.reading.room
        others = (room.timelines.get(name) for name in room.section(self.reading.sentence))
        return any(
            fact.kind in FIGURES[:2] and fact.period in (wanted[0], other.newest.period) and self._says(fact)
            for other in others
            if other and other is not timeline
            for fact in room.facts(other)
        )

    def _to_date(self, timeline: Timeline, facts: list[Fact]) -> Verdict:
        """A total for the year is no figure of its last period."""
        if right := [fact for fact in facts if fact.kind is Kind.YEAR_TO_DATE]:
            return self._right(timeline, right)
        year = timeline.cumulative
        newest = [fact for fact in facts if fact.period == timeline.newest.period and fact.kind in FIGURES]
        if year is None or year.value is None or not newest or year.state is not State.PRESENT:
            return Verdict(self.number, timeline)
        return self._wrong(timeline, rules.NUMBER_DISAGREES, f"year to date: {timeline.indicator.printed(year.value)}")


def _is_like(typed: Fraction, number: Fraction) -> bool:
    """Whether one number may be meant for another: it is of its size, or a slip of one digit away."""
    return number / 2 <= typed <= 2 * number or OSA.distance(str(typed), str(number)) <= 1
