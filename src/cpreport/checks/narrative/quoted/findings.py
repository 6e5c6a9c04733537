"""What is found in sentences, each for itself and then between them, as findings and as corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.quoted.amounts import judged_numbers
from cpreport.checks.narrative.quoted.courses import judged_directions
from cpreport.checks.narrative.quoted.facts import figure_text
from cpreport.checks.narrative.quoted.reading import Judgement, Reading, Sentence, sentences
from cpreport.checks.narrative.quoted.subjects import Room
from cpreport.model.correction import AS_TYPED, NO_ONE_PLACE, Correction, Replacement, by_hand
from cpreport.model.figure import State
from cpreport.model.finding import Finding, Place, Quote, Rule
from cpreport.model.rules import quoted as rules
from cpreport.model.tags import in_tag, parts_of, printing
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import BETWEEN_FIGURES, Passage

_MOST_READ = 3_000
_BEFORE, _AFTER, _TITLE = 2, 4, 10
_OPPOSITE = ({"up", "down"}, {"up", "equal"}, {"down", "equal"})
_RAW = re.compile(r"\{%[-+]?\s*raw\b")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what comes of its numbers and directions."""

    sentence: Sentence
    judgements: tuple[Judgement, ...]

    @property
    def has_warning(self) -> bool:
        """Whether something in it is wrong."""
        return any(each.rule for each in self.judgements)

    def words(self, judgement: Judgement) -> str:
        """What is judged, as the sentence says it."""
        return self.sentence.text[judgement.start : judgement.end]


class Told:
    """Everything that a month's texts tell of its figures."""

    def __init__(self, month: CheckContext) -> None:
        self.room, self.judged, left = Room(month), list[Judged](), _MOST_READ
        for sentence in sentences(month.texts):
            reading = Reading(sentence, self.room)
            left -= len(reading.numbers)
            numbers = judged_numbers(reading) if left > 0 else ()
            self.judged.append(Judged(sentence, (*numbers, *judged_directions(reading))))


def findings(told: Told) -> Iterator[Finding]:
    """The findings, each with the one row of accepted.csv that accepts all that is found about its sentence."""
    single = [_single(told, each, judgement) for each in told.judged for judgement in each.judgements]
    several = [each for each in (*single, *_opposite(told), *_unmentioned(told)) if each]
    held: dict[str, dict[str, None]] = {}
    for quote in (finding.quote for finding in several if finding.quote):
        held.setdefault(quote.sentence, {})[quote.held] = None
    for finding in several:
        if finding.quote:
            quote = finding.quote
            cells = (cell.replace('"', '""') for cell in (quote.sentence, BETWEEN_FIGURES.join(held[quote.sentence])))
            row = '"{}","{}",your name,the reason'.format(*cells)
            finding = replace(finding, quote=replace(quote, row=row))
        yield finding


def _single(told: Told, judged: Judged, judgement: Judgement) -> Finding | None:
    number, sentence = judgement.number, judged.sentence
    before, after = sentence.text[: judgement.start].split(" "), sentence.text[judgement.end :].split(" ")
    words = " ".join(before[-_BEFORE - 1 :]) + judged.words(judgement) + " ".join(after[: _AFTER + 1])
    is_withheld = number and not judgement.fact and number.value in told.room.month.withheld.numbers
    if number and is_withheld and (number.is_telling or judgement.held.endswith(State.CONFIDENTIAL.value)):
        return rules.CONFIDENTIAL_TYPED.at(sentence.line.place, words=words.strip())
    if judgement.rule and judgement.timeline:
        return _warning(judgement.rule, sentence, judgement.timeline, words.strip(), judgement.held)
    is_unknown = number and not judgement.fact
    return rules.NUMBER_UNCHECKED.at(sentence.line.place, words=words.strip()) if is_unknown else None


def _warning(rule: Rule, sentence: Sentence, timeline: Timeline, words: str, held: str, **more: str) -> Finding:
    """A finding that a person can accept beside the figure that is held against the sentence."""
    indicator, place = timeline.indicator, replace(sentence.line.place, indicator=timeline.indicator.id)
    quote = Quote(sentence.text.strip(), f"{indicator.reference or indicator.title}, {held}")
    return replace(rule.at(place, words=words, indicator=_title(timeline), held=held, **more), quote=quote)


def _title(timeline: Timeline) -> str:
    """An indicator's title, at most ten words of it."""
    words = timeline.indicator.title.split()
    return " ".join(words[:_TITLE]).rstrip(",;:–(") + ("…" if words[_TITLE:] else "")


def _opposite(told: Told) -> Iterator[Finding]:
    """Two sentences that say opposite things of one change, and have no warning of their own."""
    first: dict[tuple[str, str], tuple[Judged, Judgement]] = {}
    for each in (each for each in told.judged if not each.has_warning):
        for judgement in (judgement for judgement in each.judgements if judgement.timeline and judgement.since):
            timeline = judgement.timeline
            assert timeline
            earlier, before = first.setdefault((timeline.indicator.id, judgement.held), (each, judgement))
            if earlier is not each and {before.course, judgement.course} in _OPPOSITE:
                place = earlier.sentence.line.place
                more = {"other": earlier.words(before), "first": f"{place.file} {place}"}
                rule, words = rules.SENTENCES_DISAGREE, each.words(judgement)
                yield _warning(rule, each.sentence, timeline, words, judgement.held, **more)


def _unmentioned(told: Told) -> Iterator[Finding]:
    """Indicators of sections with narratives that are judged worse, and that no sentence there mentions.

    A comment, wherever it was written, stands in each section that asks for one on its indicator.
    """
    commented = {told.room.comments.get((each.sentence.section, each.sentence.slot)) for each in told.judged}
    for section in told.room.month.folder.sections:
        own = [each for each in told.judged if each.sentence.section == section.id and each.sentence.slot]
        printed = {slot.indicator for slot in section.comments} & commented
        names = (name for name in section.indicators if name in told.room.timelines and name not in printed)
        for timeline in map(told.room.timelines.__getitem__, names):
            if own and timeline.is_worse and not any(_mentions(each, timeline, told) for each in own):
                held, newest = _compared(timeline), timeline.newest.period
                place = Place(section=section.id, indicator=timeline.indicator.id, period=newest.label)
                yield rules.WORSE_UNMENTIONED.at(place, section=section.title, indicator=_title(timeline), held=held)


def _compared(timeline: Timeline) -> str:
    """What the newest figure was judged against, and itself: the figure of a year ago, or the mean of its chart."""
    newest, since, chart = timeline.newest.period, timeline.judgement.since, timeline.variation
    if since or chart is None:
        return figure_text(timeline, *([since] if since else []), newest)
    return f"mean: {timeline.indicator.printed(chart.mean)}; {figure_text(timeline, newest)}"


def _mentions(judged: Judged, timeline: Timeline, told: Told) -> bool:
    sentence, name = judged.sentence, timeline.indicator.id
    is_tagged = any(source.indicator == name for _, _, source in sentence.printed)
    is_judged = any(each.timeline is timeline for each in judged.judgements)
    said = f"{sentence.heading} {sentence.line.words}"
    return is_tagged or is_judged or any(each.id == name for _, each in told.room.named(said))


# Passages in which tags take the place of the numbers that are typed


def corrections(told: Told) -> Iterator[Correction]:
    """A correction for each passage that has a typed number which a tag prints just so."""
    narratives = told.room.month.workbook.narratives
    slots = [(section.id, slot.id) for section in told.room.month.folder.sections for slot in section.every_slot]
    for key in (key for key in slots if key in narratives):
        own = [each for each in told.judged if (each.sentence.section, each.sentence.slot) == key]
        for passage in narratives[key].passages:
            here = [each for each in own if _is_in(each.sentence.line.place, passage)]
            if found := tuple(_in_passage(passage, here)):
                correction = Correction(passage, found)
                yield correction.left(AS_TYPED) if _RAW.search(passage.text) else correction


def _is_in(place: Place, passage: Passage) -> bool:
    first, lines = passage.place.line, passage.text.count("\n") + 1
    is_there = (place.file, place.cell) == (passage.place.file, passage.place.cell)
    return is_there and (not first or first <= place.line < first + lines)


def _in_passage(passage: Passage, here: Sequence[Judged]) -> Iterator[Replacement]:
    """The replacements of each line, found again among the numbers outside tags between it and the next line."""
    begins = list(accumulate((len(line) + 1 for line in passage.text.split("\n")), initial=0))
    firsts = sorted({_first(each, passage) for each in here})
    for first, after in zip(firsts, [*firsts[1:], len(begins) - 1], strict=False):
        text, own = passage.text[begins[first] : begins[after]], [e for e in here if _first(e, passage) == first]
        typed = [(each, one, each.words(one)) for each in own for one in each.judgements if one.number]
        for judged, judgement, number in typed:
            if (timeline := judgement.timeline) and (tag := _tag_for(judged, judgement, timeline, number)):
                places = _places(text, number)
                alike = [id(other) for _, other, same in typed if same == number]
                at = begins[first] + places[alike.index(id(judgement))] if len(alike) == len(places) else -1
                place = replace(judged.sentence.line.place, indicator=timeline.indicator.id)
                found = Replacement(place, judged.sentence.text.strip(), number, tag, at)
                yield found if at >= 0 else by_hand(found, NO_ONE_PLACE)


def _first(judged: Judged, passage: Passage) -> int:
    """The line of a passage, from 0, at which a sentence's own line begins."""
    return judged.sentence.line.place.line - passage.place.line if passage.place.line else 0


def _tag_for(judged: Judged, judgement: Judgement, timeline: Timeline, number: str) -> str:
    """The tag that prints a number as typed, or nothing: none is offered in a sentence that has a warning."""
    fact = judgement.fact
    if judged.has_warning or not judgement.is_sure or not fact or not fact.jinja or fact.printed != number:
        return ""
    return printing(f"indicator({in_tag(timeline.indicator.id)}){fact.jinja}")


def _places(text: str, number: str) -> list[int]:
    """Where a number stands outside of tags."""
    form = re.compile(rf"(?<![\w.,]){re.escape(number)}(?![\w%]|[.,]\d)")
    parts = list(parts_of(text))
    starts = accumulate(map(len, parts), initial=0)
    typed = [pair for at, pair in enumerate(zip(starts, parts, strict=False)) if at % 2 == 0]
    return [start + found.start() for start, part in typed for found in form.finditer(part)]
