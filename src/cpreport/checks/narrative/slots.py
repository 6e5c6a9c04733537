"""Rules about the text of a slot: whether it is there, how long it is, and whether it is last period's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cpreport.checks.examined import Examined, counted
from cpreport.checks.narrative.conditions import why_required
from cpreport.checks.narrative.pieces import LONGEST, narratives, pieces_of
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules
from cpreport.model.workbook import Narrative

_FEWEST_COMPARED = 8


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
    workbook = month.workbook
    earlier_texts = _earlier_texts(month)
    if not earlier_texts:
        return
    from rapidfuzz.fuzz import ratio  # only a month that has an earlier one beside it pays for it

    for section, slot, narrative in narratives(month):
        earlier, before = earlier_texts.get((section.id, slot.id), (None, workbook.period))
        if earlier is None or min(_words(narrative), _words(earlier)) < _FEWEST_COMPARED:
            continue
        similarity = ratio(_whole(narrative), _whole(earlier), score_cutoff=month.folder.similarity)
        if similarity >= month.folder.similarity:
            labels = {"period": workbook.period.label, "earlier": before.label}
            named = {"slot": slot.title, "similarity": int(similarity), **labels}
            yield rules.COPIED.at(narrative.passages[0].place, **named, first=_where(month, earlier, before))


def _earlier_texts(month: Examined) -> Mapping[tuple[str, str], tuple[Narrative, Period]]:
    """The last period's texts with their period, else those of the workbook that the month is compared with."""
    before = month.workbook.period.shift(-1)
    texts = {key: (text, before) for key, text in month.workbook.earlier_narratives.items()}
    if month.earlier is None:
        return texts
    then = month.earlier.workbook
    return {**{key: (text, then.period) for key, text in then.narratives.items()}, **texts}


def _words(narrative: Narrative | None) -> int:
    return sum(piece.words for piece in pieces_of(narrative)) if narrative else 0


def _whole(narrative: Narrative) -> str:
    """The text with its tags, without regard to capitals, quotes, dashes and spaces."""
    return " ".join(piece.source for piece in pieces_of(narrative)).casefold()[:LONGEST]


def _where(month: Examined, narrative: Narrative, period: Period) -> str:
    place = narrative.passages[0].place
    if not place.sheet:
        return f"{period.slug}/{place.file}"
    return str(place) if place.file == month.workbook.file else f"{place.file} {place}"


RULES = (required_slot_empty, length, copied)
