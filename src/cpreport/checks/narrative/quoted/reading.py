"""A sentence as the judges see it: each number and clause with its one clear subject and its periods, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import Fact, facts_of
from cpreport.checks.narrative.quoted.numbers import Number, numbers_of
from cpreport.checks.narrative.quoted.periods import Named, named_periods
from cpreport.checks.narrative.quoted.sentences import Sentence, clauses
from cpreport.checks.narrative.quoted.subjects import Subjects
from cpreport.model.folder import Comparator
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_DIRECTLY = re.compile(
    r"(?:'s)?\s*[(,:-]?\s*(?:(?:it|this|there|the figure|we) )?(?:was |were |at |had |stood at )?\(?"
)
_RIGHT_BEFORE = re.compile(r"\s*(?:\)?\s*(?:in|at|during|for|at the end of|this) )?\s*", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|on|than)(?: (?:in|at|the|it was))*\s*\Z", re.IGNORECASE)
_BRACKET = re.compile(r"(?:'s)?\s*\(?")
_COMPARED = re.compile(
    r"\b(?:than|from|since|against|compared (?:with|to)|on|before|as)(?: (?:in|at|the|it was|end of))*\s*\Z",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:than|from|compared|against|versus|since|after|up on|down on)\b|\(", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:in|at|during|on|for|by|as at)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence with its subject: None where it has none, or several. `is_own`: the clause names it."""

    start: int
    end: int
    text: str
    subject: Timeline | None
    is_own: bool


class Room:
    """What all sentences of a month are held against."""

    def __init__(self, month: Examined) -> None:
        self.month = month
        self.timelines = {each.indicator.id: each for each in month.reported()}
        self.subjects = Subjects((each.indicator for each in self.timelines.values()), month.folder.glossary)
        self.comparators = {each.id: _pattern(each, month.folder.comparators) for each in month.folder.comparators}
        self._sections = {each.id: each.indicators or tuple(self.timelines) for each in month.folder.sections}
        self._facts: dict[str, tuple[Fact, ...]] = {}

    def facts(self, timeline: Timeline) -> tuple[Fact, ...]:
        name = timeline.indicator.id
        if name not in self._facts:
            self._facts[name] = facts_of(timeline)
        return self._facts[name]

    def section(self, sentence: Sentence) -> tuple[str, ...]:
        """The ids of the indicators that a sentence may be about: those of its section, or all where it has none."""
        return self._sections.get(sentence.section, tuple(self.timelines))


class Reading:
    """One sentence."""

    def __init__(self, sentence: Sentence, room: Room) -> None:
        self.sentence = sentence
        self.room = room
        self.text = sentence.text
        self.numbers = numbers_of(sentence.text)[:40]
        self.periods = named_periods(sentence.text, room.month.folder.terms)
        self.clauses = tuple(self._clauses())

    def clause(self, at: int) -> Clause:
        return next(each for each in reversed(self.clauses) if each.start <= at)

    @cached_property
    def is_planned(self) -> bool:
        return bool(lexicon.PLANNED.search(self.text)) or "?" in self.text

    def _clauses(self) -> Iterator[Clause]:
        before: Timeline | None = None
        whole = self._clear(0, len(self.text)) or self._subject(self.sentence.line.words)
        self.is_by_heading = whole is None
        whole = whole or self._subject(f"{self.sentence.heading}: {self.text}") or self._only()
        for start, end in clauses(self.text):
            text = self.text[start:end]
            own = self._clear(start, end)
            is_several = own is None and bool(self.room.subjects.named(text))
            subject = own or (None if is_several else before or whole)
            before = own or before
            yield Clause(start, end, text, subject, own is not None)

    def _clear(self, start: int, end: int) -> Timeline | None:
        """The subject of a part of the sentence: the indicator of its tags, or the one that its words are about."""
        sources = {each.source.indicator for each in self.sentence.printed if start <= each.start < end}
        tagged = [self.room.timelines[name] for name in sources if name in self.room.timelines]
        return self._subject(self.text[start:end]) or (tagged[0] if len(tagged) == 1 else None)

    def _subject(self, text: str) -> Timeline | None:
        found = self.room.subjects.clear(text, self.room.section(self.sentence))
        return self.room.timelines[found.id] if found else None

    def _only(self) -> Timeline | None:
        """The section's only indicator, or its only rate per so many where the sentence says so."""
        several = [
            self.room.timelines[name] for name in self.room.section(self.sentence) if name in self.room.timelines
        ]
        rates = [each for each in several if f"per {each.indicator.per:,}" in self.text and each.indicator.per > 100]
        stems = self.room.subjects.stems
        if len(several) == 1 and stems(several[0].indicator.title) & stems(self.text):
            return several[0]
        return rates[0] if len(rates) == 1 else None

    def is_old(self, number: Number) -> bool:
        """Whether a number is told to be so no longer: `from 73%`, `compared with 598`."""
        return bool(lexicon.OLD.search(self.text, 0, number.start))

    def is_change(self, number: Number) -> bool:
        """Whether it is by how much something went: `by 12`, `3 points`, `4 fewer`."""
        before = lexicon.CHANGE_BEFORE.search(self.text, 0, number.start)
        after = lexicon.CHANGE_AFTER.match(self.text, number.end)
        return number.unit.value == "percentage points" or bool(before or after)

    def names_of(self, number: Number) -> list[Named]:
        """The periods that a number is of, by what stands around it."""
        clause = self.clause(number.start)
        dates = [each for each in self.periods if not each.is_contrast]
        follows = next((each.start for each in self.numbers if each.start > number.start), len(self.text))
        if close := [p for p in dates if _right_before(self.text, number, p)]:
            return close[:1]
        for each in reversed([each for each in dates if each.end <= number.start]):
            is_aside = bool(_SINCE.search(self.text, 0, each.start))
            if (_BRACKET if is_aside else _DIRECTLY).fullmatch(self.text, each.end, number.start):
                return [each]
        dates = [each for each in dates if not _SINCE.search(self.text, 0, each.start)]
        for each in dates:
            if number.end <= each.start < min(follows, clause.end):
                is_others = bool(_DIRECTLY.fullmatch(self.text, each.end, follows)) and follows < clause.end
                if not is_others and not _TURNS.search(self.text, number.end, each.start):
                    return [each]
        if self.is_old(number):
            return []
        dates = [
            each
            for each in dates
            if not any(self.is_old(old) and _right_before(self.text, old, each) for old in self.numbers)
        ]
        stands = [each for each in dates if not _COMPARED.search(self.text, 0, each.start)]
        own = [each for each in stands if clause.start <= each.start < number.start]
        return own[-1:] or self._behind(clause, stands) or self._leading(stands)

    def _behind(self, clause: Clause, dates: list[Named]) -> list[Named]:
        """Those of the next clause, where it is just a date: `629, in October 2022`."""
        after = next((each for each in self.clauses if each.start == clause.end), None)
        if after is None or not _BEHIND.match(after.text) or self._has_number(after):
            return []
        return [each for each in dates if after.start <= each.start < after.end][:1]

    def _leading(self, dates: list[Named]) -> list[Named]:
        """The one with which the sentence begins, before any number."""
        first = self.numbers[0].start if self.numbers else len(self.text)
        return [each for each in dates[:1] if each.end <= first]

    def _has_number(self, clause: Clause) -> bool:
        return any(clause.start <= each.start < clause.end for each in self.numbers)

    def compared_periods(self, clause: Clause, timeline: Timeline) -> list[Period]:
        """The periods that a clause, or one behind it, compares with: `than in June`, `year on year`."""
        olds = [named for number in self.numbers if self.is_old(number) for named in self.names_of(number)]
        found = [
            each.of(timeline)
            for each in self.periods
            if each.start >= clause.start
            and (each.is_contrast or each in olds or _COMPARED.search(self.text, 0, each.start))
        ]
        if not found and lexicon.YEAR_BACK.search(self.text):
            found = [timeline.newest.period.year_earlier()]
        return [period for period in found if period]

    def comparators_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The comparators that a part of the sentence names, in order: from where to where, and the id."""
        found = (
            (match.start(), match.end(), name)
            for name, pattern in self.room.comparators.items()
            for match in pattern.finditer(self.text, start, end)
        )
        return sorted(found)


def _right_before(text: str, number: Number, named: Named) -> bool:
    """Whether nothing but a preposition is between a number and a period."""
    return number.end <= named.start and bool(_RIGHT_BEFORE.fullmatch(text, number.end, named.start))


def _pattern(comparator: Comparator, several: tuple[Comparator, ...]) -> re.Pattern[str]:
    """Finds a comparator by its names in report.toml, and by the words for its kind."""
    name = re.sub(r"\b(?:the )?average\b", "", comparator.name, flags=re.IGNORECASE).strip()
    kinds = {
        lexicon.NATIONAL: re.search("england|national", name, re.I),
        lexicon.NEIGHBOURS: "neighbour" in name.lower(),
    }
    patterns = [kind.pattern for kind, is_it in kinds.items() if is_it]
    others = [each for each in several if not re.search("england|national|neighbour", each.name, re.I)]
    if others == [comparator]:
        patterns.append(lexicon.REGIONAL.pattern)
    typed = [re.escape(text) for text in (comparator.id, comparator.heading.rstrip("."), name) if len(text) > 1]
    return re.compile(rf"(?<!\w)(?:{'|'.join(dict.fromkeys([*typed, *patterns]))})(?!\w)", re.IGNORECASE)
