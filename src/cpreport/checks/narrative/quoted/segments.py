"""A sentence cut where one comparison or clause ends and the next begins, each with what its numbers are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cpreport.checks.narrative.pieces import PRINTED
from cpreport.checks.narrative.quoted.facts import Kind
from cpreport.checks.narrative.quoted.named import NOW, Named, named_periods
from cpreport.checks.narrative.quoted.no_figures import SMALL_NUMBERS, any_of
from cpreport.checks.narrative.quoted.numbers import Number, numbers_of
from cpreport.checks.narrative.quoted.words import telling, words_of
from cpreport.model.folder import Comparator
from cpreport.model.period import MONTHS, Terms

_COMPARES = any_of(
    "against|compared (?:with|to)|in comparison (?:with|to)|versus|vs?|previously|as opposed to|since|above|below"
    "|before that|(?:down|up|rise|increase|fall|drop|improvement|reduction) on|(?:same|similar) as"
)
_FROM = rf"\bfrom\b(?= (?:\S+ ){{0,2}}?(?:\d|{PRINTED}|(?-i:[A-Z])|last|previous|year))"
_NO_FIGURE = any_of(f"{'|'.join(SMALL_NUMBERS)}|half|twenty|a (?:third|quarter|half|dozen|few)")
_THAN = rf"\bthan\b(?! (?:\d|{_NO_FIGURE}\b))"
_AFTER = rf"(?<!looking )(?<!looked )\bafter\b(?= (?:\w+ ){{0,3}}?(?:{any_of(' '.join(MONTHS))}|last|\d|{PRINTED}))"
_AND = (
    rf"\b{any_of('and but while whereas with or yet though although')}\b|\bbefore\b(?= it\b| they\b)"
    rf"|\bto\b(?! date)(?= \S*\d| {PRINTED})"
)
_CUT = re.compile(
    rf"(?P<compares>\b{_COMPARES}\b|{_FROM}|{_THAN}|{_AFTER})|(?P<inside>\(|, (?:when|where|which)\b)"
    rf"|(?P<ends>[;:)]|,(?!\d)| - |{_AND})|(?P<at>\bat\b(?= \S*\d| {PRINTED}))",
    re.IGNORECASE,
)
_STATISTICS = {
    Kind.MEAN: re.compile(r"\b(?:average|averages|averaged|averaging|mean)\b", re.IGNORECASE),
    Kind.PEAK: re.compile(r"\b(?:highest|peak|peaks|peaked|maximum|record)\b", re.IGNORECASE),
    Kind.LOW: re.compile(r"\b(?:lowest|minimum|fewest)\b", re.IGNORECASE),
    Kind.TARGET: re.compile(r"\b(?:target|targets|goal|ambition|aim)\b", re.IGNORECASE),
    Kind.YEAR_TO_DATE: re.compile(
        r"\b(?:year to date|so far|cumulative|(?:academic|financial|school) year|since (?:september|april))\b",
        re.IGNORECASE,
    ),
}
_OF_ANY = re.compile(r"\brespectively\b|\bthen\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:none|zero|nobody|nil|all of|every one)\b", re.IGNORECASE)
_LATE = re.compile(r"\)\s+(?:in|at|for|during|on|a year|last|this|the)\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:between|from)\s+\Z", re.IGNORECASE)
_TO_ANOTHER = re.compile(rf"\s+to\s+(?:\d|{PRINTED})")
_NATIONAL = re.compile(r"\b(?:national|nationally|nation|country)\b", re.IGNORECASE)
_NEIGHBOURS = re.compile(
    r"\b(?:neighbours?|neighbour's|neighbouring|similar (?:authorities|councils|areas))\b", re.IGNORECASE
)
_REGIONAL = re.compile(r"\b(?:region|regional|regionally)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a sentence from `start` to `end`.

    `compares`: it gives what something else is compared with. `periods` and `comparators` are those it names itself;
    `is_bracket`: it stands in brackets or is a clause of its own, and what it lacks the segment before it has.
    """

    start: int
    end: int
    text: str
    compares: bool
    is_bracket: bool
    periods: tuple[Named, ...]
    comparators: tuple[str, ...]
    has_numbers: bool

    @property
    def dates(self) -> tuple[Named, ...]:
        """The periods that say when something was."""
        return tuple(named for named in self.periods if not named.is_contrast)


class Clauses:
    """The segments of one sentence, and what each of its numbers can be of."""

    def __init__(self, text: str, comparators: Sequence[Comparator], terms: Terms) -> None:
        self.text = text
        self.periods = named_periods(text, terms)
        self.numbers = numbers_of(text)
        self._comparators = comparators
        self._names = [match.span() for each in comparators for match in _name_of(each).finditer(text)]
        self.segments = list(self._cut())

    @cached_property
    def comparators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for segment in self.segments for name in segment.comparators))

    def segment(self, at: int) -> Segment:
        return next((each for each in reversed(self.segments) if each.start <= at), self.segments[0])

    def clause_at(self, at: int) -> str:
        """The text of a place's segment; where that has nothing but a number, with what follows: `117 with family`."""
        place = self.segments.index(self.segment(at))
        text = self.segments[place].text
        after = self.segments[place + 1].text if place + 1 < len(self.segments) else ""
        return text + after if not telling(text) and after.lower().startswith("with") else text

    def words_at(self, at: int) -> str:
        """The text of a place's clause; where it says nothing by itself, with that of the segments before."""
        place, text = self.segments.index(self.segment(at)), self.clause_at(at)
        while place and not telling(text):
            place -= 1
            text = f"{self.segments[place].text} {text}"
        return text

    def periods_of(self, at: int) -> tuple[tuple[Named, ...], bool]:
        """The periods that a number at a place may be of, and whether it is of an earlier one that is not named.

        What its own segment does not say, one before it does, or a later one that has no number of its own.
        """
        segment = self.segment(at)
        if dates := segment.dates or self._dates_behind_brackets(segment):
            return dates, False
        if self.periods and _OF_ANY.search(segment.text):
            return tuple(self.periods), False
        place = self.segments.index(segment)
        if segment.is_bracket and place and not self._compares_inside(segment):
            return self.periods_of(self.segments[place - 1].start)
        if segment.compares or _TO_ANOTHER.match(self.text, self._end_of(at)):
            return (), True
        before = next((each for each in reversed(self.segments[:place]) if each.dates and not each.compares), None)
        if before:
            is_apart = ";" in self.text[before.start : segment.start + 1]
            return (*before.dates, *([NOW] if is_apart else [])), False
        return next((each.dates for each in self._behind(place)), ()), False

    def _dates_behind_brackets(self, segment: Segment) -> tuple[Named, ...]:
        """The dates right behind brackets that a segment is followed by, as in `16 (2.7%) in May`."""
        place = self.segments.index(segment)
        place += 0 if segment.is_bracket else 1
        bracket, behind = (*self.segments[place : place + 2], None, None)[:2]
        if bracket is None or behind is None or not bracket.is_bracket or not behind.text.startswith(")"):
            return ()
        return () if behind.has_numbers or _LATE.match(behind.text) is None else behind.dates

    def _behind(self, place: int) -> Iterator[Segment]:
        """The later segments of the same statement whose dates no number there needs."""
        for at, each in enumerate(self.segments[place + 1 :], place + 1):
            if each.text.startswith(";"):
                return
            after = self.segments[at + 1] if at + 1 < len(self.segments) else None
            is_of_next = after is not None and after.has_numbers and after.is_bracket
            if each.dates and not (each.compares or each.has_numbers or is_of_next):
                yield each

    def is_stretch(self, dates: Sequence[Named]) -> bool:
        """Whether periods are the ends of a stretch of time: `between May and July`, `from May to July`."""
        if len(dates) < 2:
            return False
        before, between = self.text[: dates[0].start], self.text[dates[0].end : dates[1].start]
        return bool(_OPENS.search(before) and re.fullmatch(r"\s*(?:to|and|-|until)\s*", between, re.IGNORECASE))

    def _compares_inside(self, bracket: Segment) -> bool:
        """Whether brackets hold a comparison of their own, as in `(92.2% compared to 88.9%)`."""
        end = bracket.start + len(self.text[bracket.start :].partition(")")[0])
        return any(each.compares for each in self.segments if bracket.start < each.start < end)

    def _end_of(self, at: int) -> int:
        return next((number.end for number in self.numbers if number.start == at), at)

    def comparators_of(self, at: int) -> tuple[str, ...]:
        """The comparators whose benchmark a number at a place may be."""
        segment = self.segment(at)
        before = self._before(segment) if segment.is_bracket and not segment.comparators else None
        return segment.comparators or (before.comparators if before else ())

    def statistics_of(self, at: int) -> frozenset[Kind]:
        """The kinds of summary that a number's segment speaks of."""
        return _statistics(self.segment(at).text)

    def all_statistics(self) -> frozenset[Kind]:
        return _statistics(self.text)

    def _before(self, segment: Segment) -> Segment | None:
        place = self.segments.index(segment)
        return self.segments[place - 1] if place else None

    def _cut(self) -> Iterator[Segment]:
        start, compares, inside = 0, False, False
        for match in _CUT.finditer(self.text):
            if any(named.start < match.end() and match.start() < named.end for named in self.periods):
                continue
            if match[0] == ":" and not compares and self._is_dated(start, match.start()):
                continue
            if self._joins_periods(match) or (match["at"] and not compares) or self._is_in_name(match.start()):
                continue
            if match.start() > start:
                yield self._segment(start, match.start(), compares, inside)
            start = match.start()
            compares = bool(match["compares"]) or (compares and match[0].lower() in ("and", "or", ",") and inside)
            inside = bool(match["inside"])
        yield self._segment(start, len(self.text), compares, inside)

    def _is_dated(self, start: int, end: int) -> bool:
        """Whether a stretch of text is nothing but a period that what follows is of, as in `(June: 98.0%`."""
        named = next((named for named in self.periods if named.end == end), None)
        return named is not None and not telling(self.text[start : named.start])

    def _is_in_name(self, at: int) -> bool:
        return any(start < at < end for start, end in self._names)

    def _joins_periods(self, match: re.Match[str]) -> bool:
        """Whether a cut would stand between two names of periods, as in `in May and June`."""
        before, after = self.text[: match.start()].rstrip(), self.text[match.end() :].lstrip(" ,")
        offset = len(self.text) - len(after)
        return any(named.end == len(before) for named in self.periods) and any(
            named.start - offset in (0, 3) for named in self.periods
        )

    def _segment(self, start: int, end: int, compares: bool, inside: bool) -> Segment:
        text = self.text[start:end]
        own = tuple(named for named in self.periods if start <= named.start < end)
        has_numbers = any(start <= number.start < end for number in self.numbers) or bool(_NONE.search(text))
        return Segment(start, end, text, compares, inside, own, self._named(text), has_numbers)

    def _named(self, text: str) -> tuple[str, ...]:
        return tuple(each.id for each in self._comparators if _is_named(each, text))


def _statistics(text: str) -> frozenset[Kind]:
    return frozenset(kind for kind, words in _STATISTICS.items() if words.search(text))


def _name_of(comparator: Comparator) -> re.Pattern[str]:
    """The words of a comparator's name, with or without the small ones between them."""
    words = map(re.escape, _name_words(comparator))
    return re.compile(r"\W+(?:(?:the|and|of)\W+)*".join(words) or r"(?!)", re.IGNORECASE)


def _name_words(comparator: Comparator) -> list[str]:
    return [word for word in words_of(comparator.name) if word not in ("average", "the", "and", "of", "mean")]


def _is_named(comparator: Comparator, text: str) -> bool:
    """Whether a text names a comparator: by id, heading, name, or in the usual words for one of its kind."""
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in (comparator.id, comparator.heading)):
        return True
    name = _name_words(comparator)
    said = {word.rstrip("s") for word in words_of(text)}
    if name and all(word.rstrip("s") in said for word in name):
        return True
    kinds = ((_NEIGHBOURS, "neighbour"), (_NATIONAL, "england"), (_REGIONAL, "region"))
    return any(words.search(text) and kind in comparator.name.lower() for words, kind in kinds)


def is_change(number: Number, text: str) -> bool:
    """Whether a sentence gives a number as a change: `by 5`, `a fall of 2.5`, `5 more than`."""
    if _CHANGE_BEFORE.search(text, 0, number.start) or _CHANGE_AFTER.match(text, number.end):
        return True
    if _LONGER_AFTER.match(text, number.end):
        return True
    return bool(_MORE_AFTER.match(text, number.end) and _COMPARED.search(text))


_NOUNS = "increase|decrease|rise|fall|drop|reduction|decline|growth|change|improvement|difference|gain|gap|jump"
_CHANGE_BEFORE = re.compile(
    rf"\b(?:by|(?<!made )(?<!make )(?<!makes )up|down|gained|lost|(?:{_NOUNS}) of)"
    rf"(?: {any_of('just|only|about|around|nearly|almost|over|some|another|a further')})*\s+\Z",
    re.IGNORECASE,
)
_NOT_BETWEEN = any_of("and in but or at on is are was were be been has have had of with than to")
_FEW_WORDS = rf"(?:-point)?\s*(?:(?!{_NOT_BETWEEN}\b)\w+\s+){{0,3}}?"
_CHANGE_AFTER = re.compile(rf"{_FEW_WORDS}(?:above|below|up(?! to date)|down|{_NOUNS})\b", re.IGNORECASE)
_MORE_AFTER = re.compile(
    rf"{_FEW_WORDS}(?:more|fewer|less|higher|lower|better|worse|longer|shorter)\b(?!\s+than\s+(?:\d|one|two|three|once|{PRINTED}))",
    re.IGNORECASE,
)
_LONGER_AFTER = re.compile(rf"{_FEW_WORDS}(?:longer|shorter|higher|lower)(?=[.,;]|\Z)", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than|compared|since|against|from)\b", re.IGNORECASE)
