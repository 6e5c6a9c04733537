"""What texts say of figures, held against the figures: one clear subject for each clause, or silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted import across, findings
from cpreport.checks.narrative.quoted.corrections import corrections
from cpreport.model.correction import Correction
from cpreport.model.finding import Finding
from cpreport.model.rules.quoted import COULD_BE_COMPUTED
from cpreport.model.workbook import BETWEEN_FIGURES


def quoted(month: Examined) -> Iterator[Finding]:
    """What is found sentence by sentence, then between them, and which numbers a tag could print."""
    told = findings.Told.of(month)
    yield from _with_rows([*findings.single(told), *across.between(told)])
    for each in (replacement for correction in corrections(told) for replacement in correction.replacements):
        yield COULD_BE_COMPUTED.at(each.place, number=each.number, sentence=each.sentence, tag=each.tag)


def computable(month: Examined) -> list[Correction]:
    """The passages in which tags can take the place of typed numbers."""
    return list(corrections(findings.Told.of(month)))


def _with_rows(found: list[Finding]) -> Iterator[Finding]:
    """The findings, each with the one row that accepts all that is found about its sentence."""
    held: dict[str, dict[str, None]] = {}
    for each in (finding.quote for finding in found if finding.quote):
        held.setdefault(each.sentence, {})[each.held] = None
    for finding in found:
        if quote := finding.quote:
            cells = (cell.replace('"', '""') for cell in (quote.sentence, BETWEEN_FIGURES.join(held[quote.sentence])))
            row = '"{}","{}",your name,the reason'.format(*cells)
            finding = replace(finding, quote=replace(quote, row=row))
        yield finding
