"""Rules about single bullets and paragraphs of narratives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.pieces import PRINTED, Piece, narratives, pieces_of
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import writing as rules

_FEWEST_WORDS = 4
_SHOWN = 50
PLACEHOLDER = re.compile(
    r"\bEXAMPLE\b|\bTB[ACD]\b|\bX{3,}\b|\b[Ll]orem ipsum\b|\b[Rr]eplace this text\b|\b[Cc]lick here and write\b|\?{3,}"
)
_END = re.compile(r"[.!?:…][)\]}\"'»]*\Z")


def _bullets(month: Examined) -> Iterator[Piece]:
    for _, _, narrative in narratives(month):
        yield from (piece for piece in pieces_of(narrative) if piece.is_bullet)


def twice(month: Examined) -> Iterator[Finding]:
    """Bullets that an earlier one of the report says word for word, tags included."""
    first: dict[str, Place] = {}
    for bullet in _bullets(month):
        if bullet.words < _FEWEST_WORDS:
            continue
        place = first.setdefault(bullet.source.casefold().strip(" .!"), bullet.place)
        if place is not bullet.place:
            yield rules.BULLET_TWICE.at(bullet.place, text=_start(bullet), first=f"{place.file} {place}")


def without_end(month: Examined) -> Iterator[Finding]:
    for bullet in _bullets(month):
        if bullet.words and not _END.search(bullet.text):
            yield rules.NO_END.at(bullet.place, text=_end(bullet))


def placeholders(month: Examined) -> Iterator[Finding]:
    """Texts that somebody meant to replace; a workbook marked as an example may have them."""
    if month.workbook.about.is_example:
        return
    for _, slot, narrative in narratives(month):
        for piece in pieces_of(narrative):
            if found := PLACEHOLDER.search(piece.text):
                yield rules.PLACEHOLDER.at(piece.place, slot=slot.title, text=found[0])


def _start(bullet: Piece) -> str:
    text = bullet.text.replace(PRINTED, "…")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _end(bullet: Piece) -> str:
    text = bullet.text.replace(PRINTED, "…")
    return text if len(text) <= _SHOWN else "…" + text[1 - _SHOWN :]


RULES = (twice, without_end, placeholders)
