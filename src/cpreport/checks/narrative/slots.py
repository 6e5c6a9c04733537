"""Rules about the text of a slot: whether it is there, how long it is, and whether it is last period's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpreport.checks.context import CheckContext, counted
from cpreport.checks.narrative.conditions import why_required
from cpreport.checks.narrative.texts import counted_words, narratives
from cpreport.model.composed import ComposedText
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import SectionPlan, Slot
from cpreport.model.period import Period
from cpreport.model.rules import narrative as rules

_FEWEST_COMPARED, _MOST_COMPARED = 8, 2_000
"""How many words of a text are compared, at least and at most."""

_WORD = re.compile(r"\w+")


def required_slot_empty(month: CheckContext) -> Iterator[Finding]:
    """Texts that are missing, unless the section has a text without a known slot, which may be the one.

    A comment may be in any section that asks for it; the first of them lacks it.
    """
    workbook = month.workbook
    written = {(text.section, text.slot) for text in month.texts if _words(text) or not text.lines}
    plans = month.folder.sections
    told = {slot.indicator for plan in plans for slot in plan.comments if (plan.id, slot.id) in written}
    for section in plans:
        for slot in section.every_slot:
            meant = {(section.id, slot.id), (section.id, "")}
            is_there = slot.indicator in told or (section.id, slot.id) in written
            if is_there or not workbook.unplaced.isdisjoint(meant):
                continue
            why = why_required(month, section, slot)
            if why is not None:
                told |= {slot.indicator} - {""}
                place = Place(file=workbook.file, indicator=slot.indicator, section=section.id, slot=slot.id)
                yield rules.EMPTY.at(place, slot=slot.title, why=why, file=workbook.narrative_file(section.id))


def length(month: CheckContext) -> Iterator[Finding]:
    for section, slot, text in narratives(month):
        words, place = _words(text), _place(month, section, slot)
        if 0 < words < slot.min_words:
            yield rules.TOO_SHORT.at(place, slot=slot.title, words=counted(words, "word"), fewest=slot.min_words)
        if slot.max_words is not None and words > slot.max_words:
            yield rules.TOO_LONG.at(place, slot=slot.title, words=counted(words, "word"), most=slot.max_words)


def copied(month: CheckContext) -> Iterator[Finding]:
    """Texts that are too much like one, of any section, that an earlier report printed.

    A text whose tags print figures that the earlier one did not have is not copied: its figures are new.
    """
    earlier = [(before.period, text, _compared(text)) for before in month.before for text in before.texts]
    earlier = [each for each in earlier if len(each[2]) >= _FEWEST_COMPARED]
    if not earlier:
        return
    from rapidfuzz.fuzz import ratio  # only a month that has an earlier one beside it pays for it

    least = month.folder.similarity
    for section, slot, text in narratives(month):
        words = _compared(text)
        if len(words) < _FEWEST_COMPARED:
            continue
        now = " ".join(words)
        may_be = [each for each in earlier if _printed(text) <= set(each[2])]
        found = [(ratio(now, " ".join(then), score_cutoff=least), period, old) for period, old, then in may_be]
        similarity, period, old = max(found, key=lambda each: each[:2], default=(0, earlier[0][0], text))
        if similarity >= least:
            labels = {"period": month.workbook.period.label, "earlier": period.label}
            named = {"slot": slot.title, "similarity": int(similarity), **labels}
            yield rules.COPIED.at(_place(month, section, slot), **named, first=_where(month, old, period))


def _compared(text: ComposedText) -> list[str]:
    """The first words that a text prints, without regard to capitals and signs."""
    return _WORD.findall(" ".join(line.words for line in text.lines).casefold())[:_MOST_COMPARED]


def _printed(text: ComposedText) -> set[str]:
    """The words of figures that tags print."""
    spans = (span for line in text.lines for span in line.text if span.source and span.source.indicator)
    return {word for span in spans for word in _WORD.findall(span.text.casefold())}


def _words(text: ComposedText) -> int:
    return sum(map(counted_words, text.lines))


def _place(month: CheckContext, section: SectionPlan, slot: Slot) -> Place:
    """Where a slot's text begins."""
    return month.workbook.narratives[section.id, slot.id].passages[0].place


def _where(month: CheckContext, text: ComposedText, period: Period) -> str:
    place = text.lines[0].place
    if not place.sheet:
        return f"{period.slug}/{place.file}"
    return str(place) if place.file == month.workbook.file else f"{place.file} {place}"


RULES = (required_slot_empty, length, copied)
