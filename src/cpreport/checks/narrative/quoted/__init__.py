"""What texts say of figures, held against the figures: one clear subject for each clause, or silence."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.quoted.findings import Told, corrections, findings
from cpreport.model.correction import Correction
from cpreport.model.finding import Finding
from cpreport.model.rules.quoted import COULD_BE_COMPUTED


def quoted(month: CheckContext) -> Iterator[Finding]:
    """What is found sentence by sentence, then between them, and which numbers a tag could print."""
    told = Told(month)
    yield from findings(told)
    for each in (replacement for correction in corrections(told) for replacement in correction.replacements):
        yield COULD_BE_COMPUTED.at(each.place, number=each.number, sentence=each.sentence, tag=each.tag)


def computable(month: CheckContext) -> list[Correction]:
    """The passages in which tags can take the place of typed numbers."""
    return list(corrections(Told(month)))
