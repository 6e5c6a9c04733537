"""What is wrong with narratives: slots as a whole, their bullets, their abbreviations, what they say about figures."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative import abbreviations, bullets, slots
from cpreport.model.composed import LineKind
from cpreport.model.finding import Finding


def figures_quoted(month: CheckContext) -> Iterator[Finding]:
    """What narratives say about figures, checked against the figures."""
    if any(line.kind is not LineKind.HEADING for text in month.texts for line in text.lines):
        from cpreport.checks.narrative.quoted import quoted  # only a month with sentences pays for it

        yield from quoted(month)


RULES = (*slots.RULES, *bullets.RULES, *abbreviations.RULES, figures_quoted)
