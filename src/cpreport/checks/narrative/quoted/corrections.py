"""Passages in which tags take the place of the numbers that are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from cpreport.checks.narrative.quoted.findings import Judged, Told
from cpreport.checks.narrative.quoted.reading import Judgement
from cpreport.model.correction import AS_TYPED, NO_ONE_PLACE, Correction, Replacement, by_hand
from cpreport.model.finding import Place
from cpreport.model.tags import in_tag, parts_of, printing
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import Passage

_RAW = re.compile(r"\{%[-+]?\s*raw\b")


def corrections(told: Told) -> Iterator[Correction]:
    """A correction for each passage that has a typed number which a tag prints just so."""
    narratives = told.room.month.workbook.narratives
    slots = [(section.id, slot.id) for section in told.room.month.folder.sections for slot in section.slots]
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
