"""What is found in single sentences: what the judges say, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted.amounts import Verdict, verdicts
from cpreport.checks.narrative.quoted.courses import Course, courses
from cpreport.checks.narrative.quoted.reading import Reading, Room
from cpreport.checks.narrative.quoted.sentences import Sentence, sentences
from cpreport.model.figure import State
from cpreport.model.finding import Finding, Quote, Rule
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_MOST_READ = 3_000
_BEFORE, _AFTER, _TITLE = 2, 4, 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what comes of its numbers and directions."""

    sentence: Sentence
    verdicts: tuple[Verdict, ...]
    courses: tuple[Course, ...]

    @property
    def has_warning(self) -> bool:
        return any(each.rule for each in self.verdicts) or any(each.rule for each in self.courses)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a month's texts tell of its figures."""

    room: Room
    judged: tuple[Judged, ...]

    @classmethod
    def of(cls, month: Examined) -> Told:
        room, judged, left = Room(month), [], _MOST_READ
        for sentence in sentences(month.texts):
            reading = Reading(sentence, room)
            left -= len(reading.numbers)
            found = tuple(verdicts(reading)) if left > 0 else ()
            judged.append(Judged(sentence, found, tuple(courses(reading))))
        return cls(room, tuple(judged))


def single(told: Told) -> Iterator[Finding]:
    withheld = told.room.month.withheld.numbers
    for each in told.judged:
        for verdict in each.verdicts:
            number = verdict.number
            is_meant = number.is_telling or verdict.held.endswith(State.CONFIDENTIAL.value)
            said = {"words": _around(each.sentence, number.start, number.end)}
            if not verdict.fact and is_meant and number.value in withheld:
                yield rules.CONFIDENTIAL_TYPED.at(each.sentence.place, **said)
            elif verdict.rule and verdict.timeline:
                yield warning(verdict.rule, each.sentence, verdict.timeline, said["words"], verdict.held)
            elif not verdict.fact:
                yield rules.NUMBER_UNCHECKED.at(each.sentence.place, **said)
        for course in each.courses:
            if course.rule:
                at = max(each.sentence.text.find(course.words), 0)
                words = _around(each.sentence, at, at + len(course.words))
                yield warning(course.rule, each.sentence, course.timeline, words, course.held)


def warning(rule: Rule, sentence: Sentence, timeline: Timeline, words: str, held: str, **more: str) -> Finding:
    """A finding that a person can accept beside the figure that is held against the sentence."""
    indicator = timeline.indicator
    place = replace(sentence.place, indicator=indicator.id)
    quote = Quote(sentence.text.strip(), f"{indicator.reference or indicator.title}, {held}")
    return replace(rule.at(place, words=words, indicator=title(timeline), held=held, **more), quote=quote)


def title(timeline: Timeline) -> str:
    """An indicator's title, at most ten words of it."""
    words = timeline.indicator.title.split()
    return " ".join(words[:_TITLE]).rstrip(",;:–(") + ("…" if words[_TITLE:] else "")


def _around(sentence: Sentence, start: int, end: int) -> str:
    """The words in question, with a few before and behind them."""
    before, after = sentence.text[:start].split(" "), sentence.text[end:].split(" ")
    return (" ".join(before[-_BEFORE - 1 :]) + sentence.text[start:end] + " ".join(after[: _AFTER + 1])).strip()
