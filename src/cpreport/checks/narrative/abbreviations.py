"""Rules about abbreviations and the glossary: what a reader cannot look up, and what nobody needs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.bullets import PLACEHOLDER
from cpreport.checks.narrative.texts import lines, said
from cpreport.model.document import GLOSSARY
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import GlossaryTerm
from cpreport.model.rules import narrative as rules
from cpreport.model.tags import plain_signs

_ABBREVIATION = re.compile(r"(?<![\w&.])(?![IVX]+\b)[A-Z]{2,6}(?=s?(?!\w))")
_BRACKETED = re.compile(r"\(([A-Z]{2,6})s?\)")
_EXPLAINED = re.compile(r"(?<!\w)([A-Z]{2,6})s? \(([^()]+)\)")
_SMALL = {"a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with"}
_STEM, _BEFORE = 5, 250


def unknown_abbreviation(month: CheckContext) -> Iterator[Finding]:
    """At the first place, once each. A word that is also there in lower case is not an abbreviation."""
    texts = [(line.place, said(line)) for line in lines(month)]
    known = {word for title in _titles(month) for word in _ABBREVIATION.findall(title)}
    known |= {term.term.upper() for term in month.folder.glossary}
    known |= {name for text in (*(text for _, text in texts), *_other_texts(month)) for name, _ in _meanings(text)}
    known |= {word.upper() for _, text in texts for word in re.findall(r"\b[a-z]{2,6}\b", text)}
    for place, text in texts:
        is_stressed = not re.search(r"[a-z]{2}", text)  # in a text all in capitals none can be told from words
        parts = () if is_stressed else (word for word in text.split() if "://" not in word and "@" not in word)
        for name in _ABBREVIATION.findall(" ".join(parts)):
            if name not in known and not PLACEHOLDER.fullmatch(name):
                known.add(name)
                yield rules.UNKNOWN_ABBREVIATION.at(place, name=name)


def two_meanings(month: CheckContext) -> Iterator[Finding]:
    """Where an abbreviation is spelled out differently from the glossary or, if it is not in there, from before."""
    first = {
        term.term: (plain_signs(term.description), meaning, "glossary.csv")
        for term in month.folder.glossary
        if (meaning := _spelled_in(term))
    }
    for line in lines(month):
        for name, meaning in _meanings(said(line)):
            where = f"{line.place.file} {line.place}"
            known, other, there = first.setdefault(name, (meaning, meaning, where))
            stems, others = _stems(meaning), _stems(known)
            if not (stems <= others or others <= stems):
                yield rules.TWO_MEANINGS.at(line.place, name=name, meaning=meaning, other=other, first=there)


def unused_terms(month: CheckContext) -> Iterator[Finding]:
    """Where the report prints its glossary and the glossary is made for it."""
    folder = month.folder
    if folder.standing_glossary or not any(GLOSSARY in text.tables for text in month.texts):
        return
    everything = "\n".join(chain(map(said, lines(month)), _other_texts(month)))
    small = everything.casefold()
    unused = []
    for term in folder.glossary:
        name, meaning = plain_signs(term.term), _spelled_in(term).casefold()
        form = rf"(?<!\w){re.escape(name if name.isupper() else name.casefold())}(?:s|'s)?(?!\w)"
        is_said = meaning and meaning in small
        if not is_said and not re.search(form, everything if name.isupper() else small):
            unused.append(term.term)
    if unused:
        yield rules.GLOSSARY_UNUSED.at(Place(file="glossary.csv"), terms=unused)


def _titles(month: CheckContext) -> Iterator[str]:
    """The texts of the report's tables and headings."""
    for section in month.folder.sections:
        yield from map(plain_signs, (section.title, section.group, *(slot.title for slot in section.slots)))
    for timeline in month.reported():
        yield plain_signs(f"{timeline.indicator.title}\n{timeline.indicator.unit}")
    yield from (plain_signs(f"{each.heading}\n{each.name}") for each in month.folder.comparators)


def _other_texts(month: CheckContext) -> Iterator[str]:
    """What the report prints besides its narratives and its figures."""
    yield from _titles(month)
    yield from map(plain_signs, month.workbook.about.texts.values())
    broken_down = month.folder.breakdowns.values()
    yield from (plain_signs(f"{each.title}\n{each.heading}\n{each.group_heading}") for each in broken_down)
    yield from (plain_signs(f"{count.category}\n{count.group}") for count in month.workbook.breakdowns)
    yield from (said(line) for text in month.texts if not text.slot for line in text.lines)


def _meanings(text: str) -> Iterator[tuple[str, str]]:
    """Abbreviations that a text spells out, as `Personal Education Plan (PEP)` or `PEP (Personal Education Plan)`."""
    for found in _BRACKETED.finditer(text):
        if meaning := spelled_out(found[1], text[max(0, found.start() - _BEFORE) : found.start()]):
            yield found[1], meaning
    for found in _EXPLAINED.finditer(text):
        if spelled_out(found[1], found[2]) == found[2]:
            yield found[1], found[2]


def spelled_out(abbreviation: str, before: str) -> str:
    """The last words of a text, if they are what an abbreviation stands for, else empty.

    Its letters are looked for from right to left, the first at the beginning of a word (A. Schwartz and M. Hearst, A
    simple algorithm for identifying abbreviation definitions in biomedical text, 2003).

    >>> spelled_out("UASC", "and Unaccompanied Asylum-Seeking Children ")
    'Unaccompanied Asylum-Seeking Children'
    """
    words = before.split()[-min(len(abbreviation) + 5, 2 * len(abbreviation)) :]
    text = " ".join(words)
    small, at = text.casefold(), len(text)
    for number, letter in reversed(list(enumerate(abbreviation.casefold()))):
        at = small.rfind(letter, 0, at)
        while at > 0 and number == 0 and small[at - 1].isalnum():
            at = small.rfind(letter, 0, at)
        if at < 0:
            return ""
    return text[at:] if " " in text[at:] else ""


def _spelled_in(term: GlossaryTerm) -> str:
    """What an abbreviation stands for in the glossary, without any explanation; empty if it is not spelled out."""
    return spelled_out(plain_signs(term.term), plain_signs(re.split("[:;.(]", term.description)[0]))


def _stems(text: str) -> set[str]:
    """The beginnings of a meaning's words, whose endings may differ."""
    return {word.rstrip("s")[:_STEM] for word in re.findall(r"\w+", text.casefold()) if word not in _SMALL}


RULES = (unknown_abbreviation, two_meanings, unused_terms)
