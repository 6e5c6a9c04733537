"""A sentence as the judges see it: each number and clause with its one clear subject and its periods, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.periods import Named, named_periods
from cpreport.checks.narrative.quoted.subjects import Room
from cpreport.checks.narrative.quoted.words import (
    Mark,
    Number,
    Unit,
    marks_of,
    numbers_of,
    tokens_of,
    words,
)
from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import Source
from cpreport.model.finding import Rule
from cpreport.model.period import Period
from cpreport.model.tags import plain_signs
from cpreport.model.timeline import Timeline

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[A-Z0-9\"'(£])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|no|vs|dr|mrs?|ms|st|cf|incl|eng|[a-z])|^\d+)\.\Z", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[0-9%])[¹²³⁰⁴-⁹₀-₉]+")
_BACK = 10
LONGEST_SENTENCE = 1_000
"""What is longer, in characters, is read in parts."""

_PART = re.compile(rf"(?s:.{{1,{LONGEST_SENTENCE}}}(?:\s|\Z)|.{{1,{LONGEST_SENTENCE}}})")
_MOST_NUMBERS, _NEAR, _CHANCE = 40, 8, 100
_CLAIMS = ("moved", "rising", "stand", "compare", "than_later", "rank", "several")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a composed text. `heading` is the one above it.

    `printed` is what tags printed in it: from where to where of its text, and what it is of.
    """

    section: str
    slot: str
    line: Line
    text: str
    printed: tuple[tuple[int, int, Source], ...]
    heading: str

    def sources(self, start: int, end: int) -> list[Source]:
        """What tags printed that begins before one place of the text and ends behind another."""
        return [source for first, last, source in self.printed if first < end and start < last]


def sentences(texts: Iterable[ComposedText]) -> Iterator[Sentence]:
    """All sentences in order; headings are none. Footnote marks are left out."""
    for text in texts:
        heading = ""
        for line in text.lines:
            heading = line.words if line.kind is LineKind.HEADING else heading
            said, printed = "", list[tuple[int, int, Source]]()
            for span in line.text if line.kind is not LineKind.HEADING else ():
                words = " " if span.script else _RAISED.sub(" ", plain_signs(span.text).replace("\n", " "))
                printed += [(len(said), len(said) + len(words), span.source)] if span.source else []
                said += words
            for start, end in _bounds(said):
                own = ((first - start, last - start, of) for first, last, of in printed if start <= first < end)
                yield Sentence(text.section, text.slot, line, said[start:end], tuple(own), heading)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; none is longer than the longest that is read."""
    ends = (found for found in _END.finditer(text))
    stops = (found.end() for found in ends if not _SHORT.search(text, max(0, found.start() - _BACK), found.start()))
    start = 0
    for end in (*stops, len(text)):
        yield from (part.span() for part in _PART.finditer(text, start, end) if part[0].strip())
        start = end


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens from `first` up to `end` with their subject: None where they have none, or several.

    `is_own`: they name it. `category` is the part of the subject that they are about, which a breakdown counts;
    `is_beside`: they say nothing but that and its number, in a section that prints the breakdown.
    """

    first: int
    end: int
    subject: Timeline | None
    is_own: bool
    category: str = ""
    is_beside: bool = False


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


class Reading:
    """One sentence."""

    def __init__(self, sentence: Sentence, room: Room) -> None:
        self.sentence, self.room, self.text = sentence, room, sentence.text
        self.section = room.among(sentence.section, sentence.slot)
        self.comment = self.section[0] if self.section and (sentence.section, sentence.slot) in room.comments else None
        self.tokens = tokens_of(self.text)
        self.words = [token.word for token in self.tokens]
        self.marks = marks_of(self.tokens, room.phrases)
        named = named_periods(self.text, self.tokens, self.marks, room.month.folder.terms)
        self.dated = {at for each in named for at in range(each.first, each.end)}
        self.periods = [each for each in named if not self.before(each.first, "deadline")]
        self.numbers = list(numbers_of(self.tokens, self.marks, self.dated))[:_MOST_NUMBERS]
        self.begins = {each.first for each in self.numbers}
        self.is_planned = bool(self.all("planned"))
        self.clauses = tuple(self._clauses())

    def all(self, *kinds: str, first: int = 0, end: int = LONGEST_SENTENCE) -> list[Mark]:
        """The marks of some kinds within some tokens, in order."""
        return [mark for mark in self.marks if mark.kind in kinds and first <= mark.first and mark.end <= end]

    def before(self, at: int, kind: str) -> Mark | None:
        """The mark of a kind that ends before a token, but for words that may stand between."""
        ends = {mark.end: mark for mark in self.all(kind)}
        places = takewhile(lambda place: place == at or self.words[place] in words("fillers"), range(at, -1, -1))
        return next((ends[place] for place in places if place in ends), None)

    def behind(self, at: int, kind: str) -> Mark | None:
        """The mark of a kind that begins behind a token, but for words that may stand between."""
        begins = {mark.first: mark for mark in self.all(kind)}
        while at not in begins and at < len(self.words) and (at in self.dated or self.words[at] in words("joins")):
            at += 1
        return begins.get(at)

    def said(self, first: int, end: int) -> str:
        """The text of some tokens."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end] if first < end else ""

    def clause(self, at: int) -> Clause:
        """The clause that a token is in."""
        return next(each for each in reversed(self.clauses) if each.first <= at)

    # Clauses

    def _clauses(self) -> Iterator[Clause]:
        before, stems = None, self.room.stems
        whole = self._clear(0, len(self.tokens)) or self.room.clear(self.sentence.line.words, self.section)
        self.is_guessed = whole is None and not self.comment
        whole = whole or self.comment or self._only()
        for first, end in self._parts():
            own = self._clear(first, end)
            if self.all("several", first=first, end=end):
                own, before, whole = None, None, None
            before = own or before
            subject = whole if own is None and self._is_named(first, end) else before or whole
            if own is None and self.comment and not self._is_on(self.comment, first, end):
                subject = None
            part = self._part(first, end) if own is None and not self.comment else None
            if part and subject in (None, part[0]):
                yield Clause(first, end, *part, is_beside=True)
                continue
            title, said = stems(subject.indicator.title if subject else ""), stems(self.said(first, end))
            names = self.room.categories.get(subject.indicator.id, ()) if subject else ()
            category = next((name for name in names if (of := stems(name) - title) and of <= said), "")
            yield Clause(first, end, subject, own is not None, category)

    def _part(self, first: int, end: int) -> tuple[Timeline, bool, str] | None:
        """What is broken down, which is not named, and the category whose count, share or both a part gives.

        None where it says anything else: `We opened 3 residential homes`.
        """
        numbers = [each for each in self.numbers if first <= each.first < end]
        is_one_of_each = 0 < len(numbers) == len({each.unit for each in numbers})
        if not is_one_of_each or self.is_planned or self.periods or any(map(self.is_change, numbers)):
            return None
        said, stems = self.room.stems(self.said(first, end)), self.room.stems
        found: list[tuple[Timeline, bool, str]] = []
        for timeline, title, names in self.room.printed.get(self.sentence.section, ()):
            little = stems(f"{title} {timeline.indicator.title} child")
            telling = [name for name in names if stems(name) - little]
            found += [(timeline, False, name) for name in telling if stems(name) <= said <= stems(name) | little]
        return found[0] if len(found) == 1 else None

    def _is_on(self, timeline: Timeline, first: int, end: int) -> bool:
        """Whether a part of a comment on an indicator is about it: its words name it, or nothing else.

        `Costs fell by 12%` names something else before its claim, `Performance fell to 62.7%` does not.
        """
        title, text = self.room.stems(timeline.indicator.title) - {"child"}, self.said(first, end)
        claims = (mark.first for mark in self.all(*_CLAIMS, "rise", "target", "target name", first=first, end=end))
        begin = min((*claims, *(at for at in self.begins if first <= at), end))
        leading = [self.words[at] for at in range(first, begin) if at not in self.dated]
        little = words("fillers") | words("auxiliaries") | words("joins") | words("since")
        telling = [word for word in leading if word not in little]
        is_free = bool(words("stands_for") & set(leading)) or self.room.stems(" ".join(telling)) <= {"child"}
        return self.room.fits(text, timeline) and (is_free or not title.isdisjoint(self.room.stems(text)))

    def _parts(self) -> Iterator[tuple[int, int]]:
        """Where clauses are: what names nothing and claims nothing belongs to what stands before it."""
        first, has_subject = 0, False
        ends = [at for at in range(1, len(self.tokens)) if self.words[at - 1] in words("cuts_behind")]
        cuts = sorted({*ends, *(at for at, word in enumerate(self.words) if at and word in words("cuts_before"))})
        for start, end in zip([0, *cuts], [*cuts, len(self.tokens)], strict=True):
            if self.words[start : start + 1] == ["and"] and "between" in self.words[first:start]:
                continue
            if self.words[start:][:1] == ["and"] and not any(start < each.first <= start + 3 for each in self.numbers):
                subjects = self._clear(first, start), self._clear(start, end)
                if None in subjects or subjects[0] is subjects[1]:
                    continue
            is_named, has_number = self._is_named(start, end), any(first <= each.first < start for each in self.numbers)
            if start and (has_subject or has_number) and (is_named or self.all(*_CLAIMS, first=start, end=end)):
                yield first, start
                first = start
            has_subject = has_subject or is_named
        yield first, len(self.tokens)

    def _is_named(self, first: int, end: int) -> bool:
        named = {each.id for _, each in self.room.named(self.said(first, end))}
        return bool(self._clear(first, end)) or any(each.indicator.id in named for each in self.section)

    def _clear(self, first: int, end: int) -> Timeline | None:
        """The subject of a part of the sentence: the one that its words are about, or that of its tags."""
        text = self.said(first, end)
        start = self.tokens[first].start if text else 0
        sources = {each.indicator for each in self.sentence.sources(start, start + len(text))}
        tagged = [self.room.timelines[name] for name in sources if name in self.room.timelines]
        return self.room.clear(text, self.section) or (tagged[0] if len(tagged) == 1 else None)

    def _only(self) -> Timeline | None:
        """The section's only indicator, or the only one of it whose newest figure a telling number is."""
        several, stems = self.section, self.room.stems
        if len(several) == 1 and stems(several[0].indicator.title) & stems(self.text):
            return several[0]
        telling = [each for each in self.numbers if each.decimals or each.value >= _CHANCE]
        quoted = [each for each in several if any(map(partial(_is_newest, each), telling))]
        return quoted[0] if len(quoted) == 1 else None

    # Numbers, their periods and comparators

    def is_old(self, number: Number) -> bool:
        """Whether a number is told to be so no longer: `from 73%`, `compared with 598`."""
        is_first = self.words[number.end : number.end + 1] == ["to"] and number.end + 1 in self.begins
        return not number.bound and (is_first or bool(self.before(number.first, "old")))

    def is_change(self, number: Number) -> bool:
        """Whether it is by how much something went: `by 12`, `3 points`, `4 fewer`."""
        after = number.end + (self.words[number.end : number.end + 1] in (["children"], ["days"]))
        is_further = any(mark.first == after for mark in self.all("further"))
        return number.unit is Unit.POINTS or is_further or bool(self.before(number.first, "by"))

    def period_of(self, number: Number) -> Named | None:
        """The period that a number is of, by what stands around it; None where nothing says so."""
        dates = [each for each in self.periods if each.kind != "contrast"]
        if own := [each for each in dates if self._owner(each) is number]:
            return own[-1]
        if (head := self._head(number)) and (named := self.period_of(head)):
            return named
        stands = [each for each in dates if not self.is_compared(each) and not self.is_old(number)]
        free, clause = [each for each in stands if self._owner(each) is None], self.clause(number.first)
        nexts = [each.first for each in self.numbers if each.first > number.first and self._head(each) is not number]
        behind = [each for each in free if number.end <= each.first < min([*nexts, clause.end])]
        before = [each for each in free if clause.first <= each.first and each.end <= number.first]
        leading = [each for each in stands[:1] if each is dates[0] and each.end <= self.numbers[0].first]
        close = [each for each in behind[:1] if not {";", ":"} & set(self.words[number.end : each.first])]
        close += [each for each in (*before[-1:], *leading) if ";" not in self.words[each.end : number.first]]
        return close[0] if close else None

    def _head(self, number: Number) -> Number | None:
        """The number that another stands in brackets behind, or is a part of: `16 children (2.7%)`, `3 of 430`."""
        head = next((each for each in reversed(self.numbers) if each.end <= number.first), number)
        between = {self.words[at] for at in range(head.end, number.first) if at not in self.dated}
        return head if between <= words("joined") and between & {"(", "of", "/", "or"} else None

    def _owner(self, named: Named) -> Number | None:
        """The number that a period stands right behind, or right before: `600 in May`, `in June it was 13`."""
        for number in (each for each in self.numbers if each.end <= named.first):
            between = self.words[number.end : named.first]
            if all(word in words("before_period") or word[0].isdigit() for word in between):
                return number
        one, other = ([each for each in self.numbers if named.end <= each.first] + [None, None])[:2]
        is_than, between = bool(self.before(named.first, "than")), self.words[named.end : one.first] if one else ["-"]
        if not set(between) <= (words("fillers") if not is_than or "when" in between else words("possessives")):
            return None
        is_contrasted = one and other and is_than and self.is_old(other) and other.first <= one.end + 3
        return other if is_contrasted else one

    def is_compared(self, named: Named) -> bool:
        """Whether something is compared with a period: `than in June`, `from 73% in June`, `year on year`."""
        owner = self._owner(named)
        is_than = any(self.before(named.first, kind) for kind in ("than", "compare"))
        return named.kind == "contrast" or is_than or (owner is not None and self.is_old(owner))

    def comparator_of(self, number: Number) -> str:
        """The comparator whose number it is, or `target`: `England (70%)`, `70% nationally`; else nothing."""
        numbers = {at for each in self.numbers for at in range(each.first, each.end)}
        for kind in ("comparator", "target name"):
            first = number.first - _NEAR
            statuses = {mark.end for mark in self.all("target")}
            before = [mark for mark in self.all(kind, first=first, end=number.first) if mark.end not in statuses][-1:]
            taken = [self.behind(each.end, kind) for each in self.numbers]
            between = range(before[0].end if before else 0, number.first)
            said = self.words[between.start : between.stop]
            is_cut = numbers & set(between) or words("ours") & set(said) or ":" in said[1:]
            near = [mark for mark in before if mark not in taken and not is_cut]
            if found := (self.behind(number.end, kind) or next(iter(near), None)):
                return found.value or "target"
        return ""


def _is_newest(timeline: Timeline, number: Number) -> bool:
    own = facts.of_figure(timeline, timeline.newest)
    return any(fact.part in ("value", "count") and number.says(fact.number, fact.unit) for fact in own)


class Case:
    """A clause with its subject, before a judge."""

    def __init__(self, reading: Reading, clause: Clause, timeline: Timeline) -> None:
        self.reading, self.clause, self.timeline = reading, clause, timeline
        self.indicator, self.newest, self.now = timeline.indicator, timeline.newest, timeline.newest.period
        self.facts = reading.room.facts(timeline.indicator.id)
        self.stems = reading.room.stems
        self.title = self.stems(timeline.indicator.title)
        self.periods = [each for each in reading.periods if clause.first <= each.first < clause.end]
        self.compared = [each for each in self.periods if reading.is_compared(each)]
        self.standing = [each.of(timeline) for each in self.periods if each not in self.compared]

    def marks(self, *kinds: str) -> list[Mark]:
        """The marks of some kinds in the clause."""
        return self.reading.all(*kinds, first=self.clause.first, end=self.clause.end)
