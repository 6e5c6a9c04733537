"""What narratives say of figures, held against the figures: every typed number, every word of direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import across, single
from cpreport.checks.narrative.quoted.corrections import corrections
from cpreport.checks.narrative.quoted.directions import turns_of
from cpreport.checks.narrative.quoted.reading import Told
from cpreport.checks.narrative.quoted.sentences import sentences
from cpreport.checks.narrative.quoted.verdicts import Reader
from cpreport.model.correction import Correction
from cpreport.model.finding import Finding


def quoted(month: Examined) -> Iterator[Finding]:
    """What is found sentence by sentence, and then between them."""
    told = _told(month)
    yield from single.with_one_row(found for rule in (*single.RULES, *across.RULES) for found in rule(told))


def computable(month: Examined) -> list[Correction]:
    """The passages in which tags can take the place of typed numbers."""
    return list(corrections(_told(month).readings))


def _told(month: Examined) -> Told:
    reader = Reader(month)
    read = (reader.read(sentence) for sentence in sentences(month))
    readings = tuple(replace(reading, turns=tuple(turns_of(reading, reader))) for reading in read)
    return Told(month, reader.vocabulary, readings)
