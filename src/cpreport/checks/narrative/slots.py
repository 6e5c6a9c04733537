"""Rules about the text of a slot: whether it is there, how long it is, and whether it is last period's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpreport.checks.examined import Examined, counted
from cpreport.checks.narrative.conditions import why_required
from cpreport.checks.narrative.pieces import narratives, pieces_of, tags_of
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.workbook import Narrative

_FEWEST_COMPARED, _MOST_COMPARED = 8, 2_000
"""How many words of a text are compared, at least and at most."""

_WORD = re.compile(r"\w+")


def required_slot_empty(month: Examined) -> Iterator[Finding]:
    """Texts that are missing, but for those that a text of the section which could not be placed may be."""
    workbook = month.workbook
    for section in month.folder.sections:
        for slot in section.slots:
            is_unplaced = not workbook.unplaced.isdisjoint(((section.id, slot.id), (section.id, "")))
            if is_unplaced or _words(workbook.narratives.get((section.id, slot.id))):
                continue
            why = why_required(month, section, slot)
            if why is not None:
                place = Place(file=workbook.file, section=section.id, slot=slot.id)
                yield rules.EMPTY.at(place, slot=slot.title, why=why, file=workbook.narrative_file(section.id))


def length(month: Examined) -> Iterator[Finding]:
    for _, slot, narrative in narratives(month):
        words, place = _words(narrative), narrative.passages[0].place
        if 0 < words < slot.min_words:
            yield rules.TOO_SHORT.at(place, slot=slot.title, words=counted(words, "word"), fewest=slot.min_words)
        if slot.max_words is not None and words > slot.max_words:
            yield rules.TOO_LONG.at(place, slot=slot.title, words=counted(words, "word"), most=slot.max_words)


def copied(month: Examined) -> Iterator[Finding]:
    """Texts that are most like one of any section that an earlier report printed, and too much so."""
    earlier = [each for each in _earlier_texts(month) if len(each[2]) >= _FEWEST_COMPARED]
    if not earlier:
        return
    from rapidfuzz.fuzz import ratio  # only a month that has an earlier one beside it pays for it

    least = month.folder.similarity
    for _, slot, narrative in narratives(month):
        words = _printed(month, narrative, month.workbook.period)
        if len(words) < _FEWEST_COMPARED:
            continue
        now = " ".join(words)
        found = [(ratio(now, " ".join(then), score_cutoff=least), text, before) for text, before, then in earlier]
        similarity, text, before = max(found, key=lambda each: (each[0], each[2]))
        if similarity >= least:
            labels = {"period": month.workbook.period.label, "earlier": before.label}
            named = {"slot": slot.title, "similarity": int(similarity), **labels}
            yield rules.COPIED.at(narrative.passages[0].place, **named, first=_where(month, text, before))


def _earlier_texts(month: Examined) -> Iterator[tuple[Narrative, Period, list[str]]]:
    """The earlier texts with their periods, and the words that were printed."""
    for period, texts in month.workbook.earlier_narratives.items():
        for text in texts.values():
            yield text, period, _printed(month, text, period)


def _printed(month: Examined, narrative: Narrative, period: Period) -> list[str]:
    """The first words that are printed for a narrative, without regard to capitals and signs."""
    if any(tags_of(passage.markdown) for passage in narrative.passages):
        text = month.printed(narrative, period)
    else:
        text = " ".join(piece.text for piece in pieces_of(narrative))
    return _WORD.findall(text.casefold())[:_MOST_COMPARED]


def _words(narrative: Narrative | None) -> int:
    return sum(piece.words for piece in pieces_of(narrative)) if narrative else 0


def _where(month: Examined, narrative: Narrative, period: Period) -> str:
    place = narrative.passages[0].place
    if not place.sheet:
        return f"{period.slug}/{place.file}"
    return str(place) if place.file == month.workbook.file else f"{place.file} {place}"


RULES = (required_slot_empty, length, copied)
