"""The examples of all rules."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    audit,
    benchmarks,
    consistency,
    data,
    definition,
    dfe,
    document,
    earlier,
    file,
    header,
    indicators,
    narrative,
    page,
    plausibility,
    quoted,
    scorecard,
    template,
    web,
    word,
    workbook,
    writing,
)
from .example import Example

EXAMPLES: Mapping[str, Example] = {
    **audit.EXAMPLES,
    **benchmarks.EXAMPLES,
    **consistency.EXAMPLES,
    **data.EXAMPLES,
    **definition.EXAMPLES,
    **dfe.EXAMPLES,
    **document.EXAMPLES,
    **earlier.EXAMPLES,
    **file.EXAMPLES,
    **header.EXAMPLES,
    **indicators.EXAMPLES,
    **narrative.EXAMPLES,
    **page.EXAMPLES,
    **plausibility.EXAMPLES,
    **quoted.EXAMPLES,
    **scorecard.EXAMPLES,
    **template.EXAMPLES,
    **web.EXAMPLES,
    **word.EXAMPLES,
    **workbook.EXAMPLES,
    **writing.EXAMPLES,
}
"""By the rules' codes."""
