"""Rules about single bullets and paragraphs of narratives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.texts import counted_words, lines, narratives, said, typed
from cpreport.model.composed import Line, LineKind
from cpreport.model.finding import Finding, Place
from cpreport.model.link_words import is_vague
from cpreport.model.rules import narrative as rules
from cpreport.model.tags import opens_tag, printing

_FEWEST_WORDS = 4
_SHOWN = 50
PLACEHOLDER = re.compile(
    r"""
    \bEXAMPLE\b | \bTB[ACD]\b | \bX{2,}\b | \bx{3,}\b | \?{2,}
    | (?i:\blorem\ ipsum\b | \breplace\ this\ text\b | \bclick\ here\ and\ write\b)
    | (?i:\bclick\ (?:or\ tap\ )?here\ to\ enter\ text\b)
    | (?i:\[\s*insert\b[^\]]*\]?)
    | (?i:[\[(]\s*to\ be\ (?:completed|confirmed|added|advised)\b[^\])]*[\])]?)
    | (?i:(?<!\byet\ )(?<!\bstill\ )(?<!\bremain\ )(?<!\bremains\ )\bto\ be\ (?:confirmed|advised)(?=\s*(?:[.;!]|\Z)))
    | (?i:(?:\A|(?<=[.!?:]\ ))to\ be\ (?:completed|added)(?=\s*(?:[.;!]|\Z)))
    | (?i:(?:\A|(?<=[.!?:]\ ))(?:(?!for\b)[^\s.!?]+\ ){0,4}to\ follow(?=\s*(?:[.;!]|\Z)))
    | (?i:[\[(](?:[^\s.!?\])]{1,20}\ ){0,4}to\ follow\s*[\])])
    """,
    re.VERBOSE,
)
_NO_TAG = re.compile(r"[{}\[(<%\s]{0,6}\b(indicator\((?!s\)|\))[^()]{0,60}\)?[\w.]*)[\s}\])>%]*")
_END = re.compile(r"[.!?:…][)\]}\"'»]*\Z")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _bullets(month: CheckContext) -> Iterator[Line]:
    return (line for line in lines(month) if line.kind is LineKind.BULLET)


def twice(month: CheckContext) -> Iterator[Finding]:
    """Bullets that repeat an earlier one of the report word for word."""
    first: dict[str, Place] = {}
    for bullet in _bullets(month):
        if counted_words(bullet) < _FEWEST_WORDS:
            continue
        place = first.setdefault(said(bullet).casefold().strip(" .!"), bullet.place)
        if place is not bullet.place:
            yield rules.BULLET_TWICE.at(bullet.place, text=_short(said(bullet)), first=f"{place.file} {place}")


def without_end(month: CheckContext) -> Iterator[Finding]:
    for bullet in _bullets(month):
        if counted_words(bullet) and not _END.search(said(bullet)):
            yield rules.NO_END.at(bullet.place, text=_short(said(bullet)[::-1])[::-1])


def placeholders(month: CheckContext) -> Iterator[Finding]:
    """Texts that somebody meant to replace; a workbook marked as an example may have them."""
    if month.workbook.about.is_example:
        return
    for _, slot, text in narratives(month):
        for line in text.lines:
            if found := PLACEHOLDER.search(typed(line)):
                yield rules.PLACEHOLDER.at(line.place, slot=slot.title, text=found[0])


def without_braces(month: CheckContext) -> Iterator[Finding]:
    """Calls of figures outside tags. A tag that begins and does not end has an error of its own."""
    for line in lines(month):
        for found in _NO_TAG.finditer(typed(line)):
            if not opens_tag(found[0]):
                yield rules.NO_TAG.at(line.place, text=found[0].strip(), tag=printing(found[1].rstrip(".")))


def vague_links(month: CheckContext) -> Iterator[Finding]:
    """Links whose words say nothing of where they lead, or that have no words."""
    for line in lines(month):
        for link, spans in groupby(line.text, lambda span: span.link):
            words = "".join(span.text for span in spans).strip()
            if "://" in link and (not words or is_vague(words)):
                yield rules.LINK_TEXT.at(line.place, address=link, words=f"'{words}'" if words else "missing")


RULES = (twice, without_end, placeholders, without_braces, vague_links)
