"""What is found in single sentences: what the judges say, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted.amounts import judged_numbers
from cpreport.checks.narrative.quoted.courses import judged_directions
from cpreport.checks.narrative.quoted.reading import Judgement, Reading, Room
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
    judgements: tuple[Judgement, ...]

    @property
    def has_warning(self) -> bool:
        return any(each.rule for each in self.judgements)

    def words(self, judgement: Judgement) -> str:
        return self.sentence.text[judgement.start : judgement.end]


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
            numbers = judged_numbers(reading) if left > 0 else ()
            judged.append(Judged(sentence, (*numbers, *judged_directions(reading))))
        return cls(room, tuple(judged))


def single(told: Told) -> Iterator[Finding]:
    for each in told.judged:
        for judgement in each.judgements:
            yield from _finding(each.sentence, judgement, told)


def _finding(sentence: Sentence, judgement: Judgement, told: Told) -> Iterator[Finding]:
    number, words = judgement.number, _around(sentence, judgement.start, judgement.end)
    is_withheld = number and not judgement.fact and number.value in told.room.month.withheld.numbers
    if number and is_withheld and (number.is_telling or judgement.held.endswith(State.CONFIDENTIAL.value)):
        yield rules.CONFIDENTIAL_TYPED.at(sentence.place, words=words)
    elif judgement.rule and judgement.timeline:
        yield warning(judgement.rule, sentence, judgement.timeline, words, judgement.held)
    elif number and not judgement.fact:
        yield rules.NUMBER_UNCHECKED.at(sentence.place, words=words)


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
