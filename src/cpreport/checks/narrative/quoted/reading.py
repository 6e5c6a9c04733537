"""A sentence as the judges see it: each number and clause with its one clear subject and its periods, or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.lexicon import Phrases, add_phrase, table, words
from cpreport.checks.narrative.quoted.periods import Named, named_periods
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.subjects import Subjects
from cpreport.checks.narrative.quoted.tokens import Mark, Number, Unit, marks_of, numbers_of, tokens_of
from cpreport.model.finding import Rule
from cpreport.model.folder import Comparator
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_MOST_NUMBERS, _NEAR = 40, 8
_CLAIMS = ("moved", "rising", "stand", "compare", "than_later", "rank", "several")


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens from `first` up to `end` with their subject: None where they have none, or several.

    `is_own`: they name it. `category` is the part of the subject that they are about, which a breakdown counts.
    """

    first: int
    end: int
    subject: Timeline | None
    is_own: bool
    category: str = ""


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
    fact: facts.Fact | None = None
    is_sure: bool = False
    course: str = ""
    since: Period | None = None


class Room:
    """What all sentences of a month are held against."""

    def __init__(self, month: Examined) -> None:
        self.month = month
        self.timelines = {each.indicator.id: each for each in month.reported()}
        self.subjects = Subjects((each.indicator for each in self.timelines.values()), month.folder.glossary)
        self.sections = {plan.id: plan.indicators for plan in month.folder.sections}
        self.phrases: Phrases = {}
        for number, term in enumerate(month.folder.terms, 1):
            for name in (term.name, f"{term.name} term"):
                add_phrase(self.phrases, name.lower(), "term", str(number))
        kinds = Counter(map(_kind, month.folder.comparators))
        for each in month.folder.comparators:
            name = re.sub(r"\b(?:the )?average\b", "", each.name, flags=re.IGNORECASE)
            alone = table("comparators")[_kind(each)].split("|") if kinds[_kind(each)] == 1 else []
            for text in {" ".join(t.word for t in tokens_of(name)) for name in (each.id, each.heading, name, *alone)}:
                add_phrase(self.phrases, text.removesuffix(" ."), "comparator", each.id)
        self._facts: dict[str, list[facts.Fact]] = {}

    def facts(self, timeline: Timeline) -> list[facts.Fact]:
        """What its figures say, the newest first."""
        name = timeline.indicator.id
        if name not in self._facts:
            self._facts[name] = facts.figures_of(timeline)
        return self._facts[name]

    def section(self, sentence: Sentence) -> list[Timeline]:
        """What a sentence may be about: the indicators of its section, or all where it has none."""
        names = self.sections.get(sentence.section) or tuple(self.timelines)
        return [self.timelines[name] for name in names if name in self.timelines]

    def categories(self, timeline: Timeline) -> Mapping[str, Mapping[Period | None, int | None]]:
        """The counts of the categories that an indicator is broken down by, each by period."""
        several = self.month.folder.breakdowns.values()
        ids = {each.id for each in several if each.of and each.of.name == timeline.indicator.id}
        found: dict[str, dict[Period | None, int | None]] = {}
        for count in (each for each in self.month.workbook.breakdowns if each.breakdown in ids):
            found.setdefault(count.category, {})[count.period] = count.count
        return found


def _kind(comparator: Comparator) -> str:
    """What kind of comparator it is by its name; any one without a known word is a region."""
    return next((kind for kind in table("comparators") if re.search(kind, comparator.name.lower())), "region")


class Reading:
    """One sentence."""

    def __init__(self, sentence: Sentence, room: Room) -> None:
        self.sentence, self.room, self.text = sentence, room, sentence.text
        self.tokens = tokens_of(self.text)
        self.words = [token.word for token in self.tokens]
        self.marks = marks_of(self.tokens, room.phrases)
        self.periods = named_periods(self.text, self.tokens, self.marks, room.month.folder.terms)
        self.dated = {at for each in self.periods for at in range(each.first, each.end)}
        self.numbers = list(numbers_of(self.tokens, self.marks, self.dated))[:_MOST_NUMBERS]
        self.is_planned = bool(self.all("planned"))
        self.clauses = tuple(self._clauses())

    def all(self, kind: str, first: int = 0, end: int | None = None) -> list[Mark]:
        """The marks of a kind within some tokens, in order."""
        last = len(self.tokens) if end is None else end
        found = (mark for mark in self.marks if mark.kind == kind and first <= mark.first and mark.end <= last)
        return sorted(found, key=lambda mark: mark.first)

    def before(self, at: int, kind: str) -> Mark | None:
        """The mark of a kind that ends before a token, but for words that may stand between."""
        ends = {mark.end: mark for mark in self.marks if mark.kind == kind}
        while at not in ends and at > 0 and self.words[at - 1] in words("fillers"):
            at -= 1
        return ends.get(at)

    def behind(self, at: int, kind: str) -> Mark | None:
        """The mark of a kind that begins behind a token, but for words that may stand between."""
        begins = {mark.first: mark for mark in self.marks if mark.kind == kind}
        while at not in begins and at < len(self.words) and (at in self.dated or self.words[at] in words("joins")):
            at += 1
        return begins.get(at)

    def said(self, first: int, end: int) -> str:
        """The text of some tokens."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end] if first < end else ""

    # Clauses

    def clause(self, at: int) -> Clause:
        """The clause that a token is in."""
        return next(each for each in reversed(self.clauses) if each.first <= at)

    def _clauses(self) -> Iterator[Clause]:
        before: Timeline | None = None
        whole = self._clear(0, len(self.tokens)) or self._subject(self.sentence.line.words)
        self.is_by_heading = whole is None
        whole = whole or self._subject(f"{self.sentence.heading}: {self.text}") or self._only()
        for first, end in self._parts():
            own = self._clear(first, end)
            is_several = (own is None and self._is_named(first, end)) or bool(self.all("several", first, end))
            subject = None if is_several else own or before or whole
            before = own or before
            stems, category = self.room.subjects.stems, ""
            if subject and (categories := self.room.categories(subject)):
                title, said = stems(subject.indicator.title), stems(self.said(first, end))
                category = next((name for name in categories if (of := stems(name) - title) and of <= said), "")
            yield Clause(first, end, subject, own is not None and not is_several, category)

    def _parts(self) -> Iterator[tuple[int, int]]:
        """Where clauses are: what names nothing and claims nothing belongs to what stands before it."""
        first, has_subject = 0, False
        cuts = [at for at in range(1, len(self.tokens)) if self._is_cut(at)]
        for start, end in zip([0, *cuts], [*cuts, len(self.tokens)], strict=True):
            has_number = any(first <= each.first < start for each in self.numbers)
            if self.words[start:][:1] == ["and"] and not any(start < each.first <= start + 3 for each in self.numbers):
                subjects = self._clear(first, start), self._clear(start, end)
                if None in subjects or subjects[0] is subjects[1]:
                    continue
            is_new = self._is_named(start, end) or any(self.all(kind, start, end) for kind in _CLAIMS)
            if start and is_new and (has_subject or has_number):
                yield first, start
                first = start
            has_subject = has_subject or self._is_named(start, end)
        yield first, len(self.tokens)

    def _is_cut(self, at: int) -> bool:
        is_end = self.words[at - 1] in (",", ";", ":", "-")
        return is_end or self.words[at] in ("and", "but", "while", "whereas", "although", "though", "yet")

    def _is_named(self, first: int, end: int) -> bool:
        return bool(self._clear(first, end) or self.room.subjects.named(self.said(first, end)))

    def _clear(self, first: int, end: int) -> Timeline | None:
        """The subject of a part of the sentence: the one that its words are about, or that of its tags."""
        text = self.said(first, end)
        start = self.tokens[first].start if text else 0
        sources = {each.source.indicator for each in self.sentence.printed if start <= each.start < start + len(text)}
        tagged = [self.room.timelines[name] for name in sources if name in self.room.timelines]
        return self._subject(text) or (tagged[0] if len(tagged) == 1 else None)

    def _subject(self, text: str) -> Timeline | None:
        own = [each.indicator.id for each in self.room.section(self.sentence)]
        found = self.room.subjects.clear(text, own)
        return self.room.timelines[found.id] if found else None

    def _only(self) -> Timeline | None:
        """The section's only indicator, or its only rate per so many where the sentence says so."""
        several, stems = self.room.section(self.sentence), self.room.subjects.stems
        rates = [each for each in several if f"per {each.indicator.per:,}" in self.text and each.indicator.per > 100]
        is_only = len(several) == 1 and stems(several[0].indicator.title) & stems(self.text)
        return several[0] if is_only else rates[0] if len(rates) == 1 else None

    # Numbers and their periods

    def is_old(self, number: Number) -> bool:
        """Whether a number is told to be so no longer: `from 73%`, `compared with 598`."""
        return not number.bound and bool(self.before(number.first, "old"))

    def is_change(self, number: Number) -> bool:
        """Whether it is by how much something went: `by 12`, `3 points`, `4 fewer`."""
        after = number.end + (self.words[number.end : number.end + 1] in (["children"], ["days"]))
        further = next((mark for mark in self.all("further") if mark.first == after), None)
        is_bound = further and any(each.first - further.end in (0, 1) for each in self.numbers)
        return number.unit is Unit.POINTS or bool((further and not is_bound) or self.before(number.first, "by"))

    def period_of(self, number: Number) -> Named | None:
        """The period that a number is of, by what stands around it; None where nothing says so."""
        dates = [each for each in self.periods if not each.is_contrast]
        owners = {each: self._owner(each) for each in dates}
        if own := [each for each in dates if owners[each] is number]:
            return own[-1]
        if (head := self._head(number)) and (named := self.period_of(head)):
            return named
        if self.is_old(number):
            return None
        clause, stands = self.clause(number.first), [each for each in dates if not self.is_compared(each)]
        free = [each for each in stands if owners[each] is None]
        nexts = (each.first for each in self.numbers if each.first > number.first and self._head(each) is not number)
        follows = min(nexts, default=clause.end)
        behind = [each for each in free if number.end <= each.first < min(follows, clause.end)]
        leading = [each for each in stands[:1] if each is dates[0] and each.end <= self.numbers[0].first]
        before = [each for each in free if clause.first <= each.first and each.end <= number.first]
        close = [each for each in behind if not words("turns") & set(self.words[number.end : each.first])]
        close += [each for each in (*before[-1:], *leading) if ";" not in self.words[each.end : number.first]]
        return next(iter(close), None)

    def _head(self, number: Number) -> Number | None:
        """The number that another stands in brackets behind, or is a part of: `16 children (2.7%)`, `3 of 430`."""
        for head in [each for each in self.numbers if each.end <= number.first][-1:]:
            between = {self.words[at] for at in range(head.end, number.first) if at not in self.dated}
            if between <= words("joined") and between & {"(", "of", "/", "or"}:
                return head
        return None

    def _owner(self, named: Named) -> Number | None:
        """The number that a period stands right behind, or right before: `600 in May`, `in June it was 13`."""
        for number in self.numbers:
            between = self.words[number.end : named.first]
            is_close = all(word in words("before_period") or word[0].isdigit() for word in between)
            if number.end <= named.first and is_close:
                return number
        behind = [each for each in self.numbers if named.end <= each.first]
        between = self.words[named.end : behind[0].first] if behind else ["-"]
        is_than = bool(self.before(named.first, "than"))
        if not set(between) <= (words("fillers") if not is_than or "when" in between else words("possessives")):
            return None
        is_contrasted = len(behind) > 1 and is_than and self.is_old(behind[1]) and behind[1].first <= behind[0].end + 3
        return behind[is_contrasted]

    def is_compared(self, named: Named) -> bool:
        """Whether something is compared with a period: `than in June`, `from 73% in June`, `year on year`."""
        owner = self._owner(named)
        is_than = bool(self.before(named.first, "than"))
        return named.is_contrast or is_than or (owner is not None and self.is_old(owner))

    def compared_in(self, clause: Clause) -> list[Named]:
        """What a clause compares with."""
        return [each for each in self.periods if clause.first <= each.first < clause.end and self.is_compared(each)]

    def comparator_of(self, number: Number) -> str:
        """The comparator whose number it is, or `target`: `England (70%)`, `70% nationally`; else nothing."""
        numbers = {at for each in self.numbers for at in range(each.first, each.end)}
        for kind in ("comparator", "target name"):
            if behind := self.behind(number.end, kind):
                return behind.value or "target"
            before = self.all(kind, max(self.clause(number.first).first, number.first - _NEAR), number.first)
            for mark in before[-1:]:
                is_taken = any(self.behind(each.end, kind) is mark for each in self.numbers)
                between = range(mark.end, number.first)
                if not is_taken and not numbers & set(between) and not words("ours") & {self.words[n] for n in between}:
                    return mark.value or "target"
        return ""
