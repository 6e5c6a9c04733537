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
    earlier,
    file,
    header,
    indicators,
    narrative,
    plausibility,
    quoted,
    scorecard,
    template,
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
    **earlier.EXAMPLES,
    **file.EXAMPLES,
    **header.EXAMPLES,
    **indicators.EXAMPLES,
    **narrative.EXAMPLES,
    **plausibility.EXAMPLES,
    **quoted.EXAMPLES,
    **scorecard.EXAMPLES,
    **template.EXAMPLES,
    **word.EXAMPLES,
    **workbook.EXAMPLES,
    **writing.EXAMPLES,
}
"""By the rules' codes."""
