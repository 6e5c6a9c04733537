"""Passages in which tags take the place of the numbers that are typed."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from cpreport.checks.narrative.pieces import pieces
from cpreport.checks.narrative.quoted.reading import Reading
from cpreport.checks.narrative.quoted.single import place_of, tag_for
from cpreport.model.correction import ALONE, AS_TYPED, NO_ONE_PLACE, Correction, Replacement, by_hand
from cpreport.model.tags import parts_of
from cpreport.model.workbook import Passage

_RAW = re.compile(r"\{%[-+]?\s*raw\b")


def corrections(readings: Iterable[Reading]) -> Iterator[Correction]:
    """A correction for each passage that has a typed number which a tag prints just so."""
    for _, group in groupby(readings, key=lambda reading: id(reading.sentence.passage)):
        several = list(group)
        passage = several[0].sentence.passage
        if found := tuple(_in_passage(passage, several)):
            correction = Correction(passage, found)
            reason = _reason_against(correction)
            yield correction.left(reason) if reason else correction


def _reason_against(correction: Correction) -> str:
    """Why tags cannot simply stand for numbers in this passage, or nothing."""
    text = correction.passage.text
    if _RAW.search(text):
        return AS_TYPED
    is_alone = any(each.number == text for each in correction.replacements)
    return ALONE if is_alone and correction.passage.place.sheet else ""


def _in_passage(passage: Passage, readings: Sequence[Reading]) -> Iterator[Replacement]:
    lines = passage.text.split("\n")
    begins = list(accumulate((len(line) + 1 for line in lines), initial=0))
    firsts = [*(piece.first for piece in pieces(passage)), len(lines)]
    for first, group in groupby(readings, key=lambda reading: reading.sentence.first):
        text = passage.text[begins[first] : begins[firsts[bisect(firsts, first)]]]
        wanted = [replacement for reading in group for replacement in _replacements(reading)]
        for each, at in _placed(text, wanted):
            yield by_hand(each, NO_ONE_PLACE) if at is None else replace(each, at=begins[first] + at)


def _replacements(reading: Reading) -> Iterator[Replacement]:
    sentence = reading.sentence
    for verdict in reading.verdicts:
        if verdict.known and (tag := tag_for(verdict)):
            yield Replacement(place_of(sentence, verdict.known), sentence.quoted, verdict.number.text, tag)


def _placed(text: str, wanted: Sequence[Replacement]) -> Iterator[tuple[Replacement, int | None]]:
    """Each number of a piece with its place in it; None where what looks like it is not just as many numbers."""
    alike: dict[str, list[Replacement]] = {}
    for each in wanted:
        alike.setdefault(each.number, []).append(each)
    places = {number: iter(_places(text, same)) for number, same in alike.items()}
    for each in wanted:
        yield each, next(places[each.number], None)


def _places(text: str, alike: Sequence[Replacement]) -> list[int]:
    """Where the same number stands outside of tags; nothing if that is not as often as it is wanted, or for one tag."""
    form = re.compile(rf"(?<![\w.,]){re.escape(alike[0].number)}(?![\w%]|[.,]\d)")
    parts = list(parts_of(text))
    starts = accumulate(map(len, parts), initial=0)
    found = [
        start + match.start()
        for number, (start, part) in enumerate(zip(starts, parts, strict=False))
        if number % 2 == 0
        for match in form.finditer(part)
    ]
    return found if len(found) == len(alike) and len({each.tag for each in alike}) == 1 else []
