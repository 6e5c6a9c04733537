"""A sentence as the judges see it: each number and clause with its one clear subject and its periods, or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import Fact, facts_of
from cpreport.checks.narrative.quoted.numbers import Number, Unit, numbers_of
from cpreport.checks.narrative.quoted.periods import Named, named_periods
from cpreport.checks.narrative.quoted.sentences import Sentence, clauses
from cpreport.checks.narrative.quoted.subjects import Subjects
from cpreport.model.finding import Rule
from cpreport.model.folder import Comparator
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_MOST_NUMBERS = 40
_BEFORE, _BEHIND = 40, 24
"""How far a comparator's name may be from its number, in characters."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence with its subject: None where it has none, or several. `is_own`: the clause names it."""

    start: int
    end: int
    text: str
    subject: Timeline | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comes of a number, or of words for a direction, from `start` to `end` of a sentence's text.

    `rule` is what is wrong, if anything can be told, and `held` what the report has. `fact` is what a number says
    rightly; `is_sure`: it is that one thing of the indicator only, and its clause names the indicator. `course` is
    where words say that the indicator went, since the period `since` where they compare it with one.
    """

    start: int
    end: int
    timeline: Timeline | None = None
    rule: Rule | None = None
    held: str = ""
    number: Number | None = None
    fact: Fact | None = None
    is_sure: bool = False
    course: str = ""
    since: Period | None = None


class Room:
    """What all sentences of a month are held against."""

    def __init__(self, month: Examined) -> None:
        self.month = month
        self.timelines = {each.indicator.id: each for each in month.reported()}
        self.subjects = Subjects((each.indicator for each in self.timelines.values()), month.folder.glossary)
        self.comparators = _names(month.folder.comparators)
        self._facts: dict[str, tuple[Fact, ...]] = {}

    def facts(self, timeline: Timeline) -> tuple[Fact, ...]:
        name = timeline.indicator.id
        if name not in self._facts:
            self._facts[name] = facts_of(timeline)
        return self._facts[name]

    def section(self, sentence: Sentence) -> list[Timeline]:
        """What a sentence may be about: the indicators of its section, or all where it has none."""
        plans = (plan.indicators for plan in self.month.folder.sections if plan.id == sentence.section)
        names = next(plans, ()) or tuple(self.timelines)
        return [self.timelines[name] for name in names if name in self.timelines]


class Reading:
    """One sentence."""

    def __init__(self, sentence: Sentence, room: Room) -> None:
        self.sentence, self.room, self.text = sentence, room, sentence.text
        self.numbers = numbers_of(sentence.text)[:_MOST_NUMBERS]
        self.periods = named_periods(sentence.text, room.month.folder.terms)
        self.clauses = tuple(self._clauses())
        self.is_planned = bool(lexicon.PLANNED.search(self.text)) or "?" in self.text

    def clause(self, at: int) -> Clause:
        return next(each for each in reversed(self.clauses) if each.start <= at)

    def _clauses(self) -> Iterator[Clause]:
        before: Timeline | None = None
        whole = self._clear(0, len(self.text)) or self._subject(self.sentence.line.words)
        self.is_by_heading = whole is None
        whole = whole or self._subject(f"{self.sentence.heading}: {self.text}") or self._only()
        for start, end in clauses(self.text):
            text, own = self.text[start:end], self._clear(start, end)
            is_several = own is None and bool(self.room.subjects.named(text))
            subject = own or (None if is_several else before or whole)
            before = own or before
            yield Clause(start, end, text, subject, own is not None)

    def _clear(self, start: int, end: int) -> Timeline | None:
        """The subject of a part of the sentence: the one that its words are about, or that of its tags."""
        sources = {each.source.indicator for each in self.sentence.printed if start <= each.start < end}
        tagged = [self.room.timelines[name] for name in sources if name in self.room.timelines]
        return self._subject(self.text[start:end]) or (tagged[0] if len(tagged) == 1 else None)

    def _subject(self, text: str) -> Timeline | None:
        own = [each.indicator.id for each in self.room.section(self.sentence)]
        found = self.room.subjects.clear(text, own)
        return self.room.timelines[found.id] if found else None

    def _only(self) -> Timeline | None:
        """The section's only indicator, or its only rate per so many where the sentence says so."""
        several, stems = self.room.section(self.sentence), self.room.subjects.stems
        rates = [each for each in several if f"per {each.indicator.per:,}" in self.text and each.indicator.per > 100]
        if len(several) == 1 and stems(several[0].indicator.title) & stems(self.text):
            return several[0]
        return rates[0] if len(rates) == 1 else None

    # Numbers

    def is_old(self, number: Number) -> bool:
        """Whether a number is told to be so no longer: `from 73%`, `compared with 598`."""
        return bool(lexicon.OLD.search(self.text, 0, number.start))

    def is_change(self, number: Number) -> bool:
        """Whether it is by how much something went: `by 12`, `3 points`, `4 fewer`."""
        before = lexicon.CHANGE_BEFORE.search(self.text, 0, number.start)
        after = lexicon.CHANGE_AFTER.match(self.text, number.end)
        return number.unit is Unit.POINTS or bool(before or after)

    # Periods

    def period_of(self, number: Number) -> Named | None:
        """The period that a number is of, by what stands around it; None where nothing says so."""
        clause = self.clause(number.start)
        dates = [each for each in self.periods if not each.is_contrast]
        if behind := next((each for each in dates if self._is_right_behind(number, each)), None):
            return behind
        for each in reversed(dates):
            if self._is_right_before(each, number):
                return each
        stands = [each for each in dates if not self._is_compared(each)]
        follows = min((each.start for each in self.numbers if each.start > number.start), default=clause.end)
        for each in stands:
            is_behind = number.end <= each.start < min(follows, clause.end)
            if is_behind and not lexicon.TURNS.search(self.text, number.end, each.start):
                return each
        if self.is_old(number):
            return None
        own = [each for each in stands if clause.start <= each.start < number.start]
        leading = [each for each in stands[:1] if each.end <= self.numbers[0].start]
        return next(iter([*own[-1:], *leading]), None)

    def _is_right_behind(self, number: Number, named: Named) -> bool:
        """`600 in May`."""
        return number.end <= named.start and bool(lexicon.IN.fullmatch(self.text, number.end, named.start))

    def _is_right_before(self, named: Named, number: Number) -> bool:
        """`in June it was 13`, and `than in June (13)`."""
        between = lexicon.BRACKET if lexicon.COMPARED.search(self.text, 0, named.start) else lexicon.IT_WAS
        return named.end <= number.start and bool(between.fullmatch(self.text, named.end, number.start))

    def _is_compared(self, named: Named) -> bool:
        """Whether something is compared with a period: `than in June`, `from 73% in June`, `year on year`."""
        is_of_old = any(self.is_old(each) and self._is_right_behind(each, named) for each in self.numbers)
        return named.is_contrast or is_of_old or bool(lexicon.COMPARED.search(self.text, 0, named.start))

    def compared_periods(self, clause: Clause, timeline: Timeline) -> list[Period]:
        """The periods that a clause, or one behind it, compares with."""
        named = [each for each in self.periods if each.start >= clause.start and self._is_compared(each)]
        return [period for period in (each.of(timeline) for each in named) if period]

    # Comparators and the target

    def comparators_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The comparators that a part of the sentence names, in order: from where to where, and the id."""
        return sorted(
            (found.start(), found.end(), name)
            for name, pattern in self.room.comparators.items()
            for found in pattern.finditer(self.text, start, end)
        )

    def comparator_beside(self, number: Number) -> str:
        """The comparator whose number it is, or `target`: `England (70%)`, `70% nationally`; else nothing."""
        before, behind = self.text[: number.start], self.text[number.end :]
        clause = self.clause(number.start)
        for start, end, name in reversed(self.comparators_in(max(0, clause.start - _BEFORE), clause.end)):
            is_before = end <= number.start <= end + _BEFORE
            if is_before and not lexicon.OTHERS_BETWEEN.search(self.text, end, number.start):
                return name
            is_behind = number.end <= start <= number.end + _BEHIND
            if is_behind and lexicon.UP_TO_NAME.fullmatch(self.text, number.end, start):
                return name
        return "target" if lexicon.OF_TARGET.search(before) or lexicon.IS_TARGET.match(behind) else ""


def _names(several: Sequence[Comparator]) -> dict[str, re.Pattern[str]]:
    """Finds each comparator by its names in report.toml, and by the words for its kind if no other is of it."""
    kinds = {each.id: _kind(each) for each in several}
    counts = Counter(kinds.values())
    found = {}
    for each in several:
        name = re.sub(r"\b(?:the )?average\b", "", each.name, flags=re.IGNORECASE).strip()
        names = [re.escape(text) for text in (each.id, each.heading.rstrip("."), name) if len(text) > 1]
        of_kind = [lexicon.COMPARATORS[kinds[each.id]]] if counts[kinds[each.id]] == 1 else []
        found[each.id] = re.compile(rf"(?<!\w)(?:{'|'.join([*names, *of_kind])})(?!\w)", re.IGNORECASE)
    return found


def _kind(comparator: Comparator) -> str:
    name = comparator.name.lower()
    return next((kind for kind, words in lexicon.COMPARATORS.items() if re.search(words, name)), "region")
