"""The tags of shell.docx, checked and tried before Word is needed."""

from __future__ import annotations

from cpreport.compose.sandbox import compose_text
from cpreport.model.document import Report
from cpreport.model.finding import Finding, Place

_OF_MARKDOWN = ("template.table-row", "template.lost-value", "template.not-alone")


def check_tags(tags: str, report: Report) -> list[Finding]:
    """Every mistake in some tags, at its line, tried with the report's values in the sandbox."""
    context = {"report": report.cover, "about": report.about, "period": report.cover.period, "section": ""}
    _, findings = compose_text(tags, context, Place(line=1))
    return [finding for finding in findings if finding.code not in _OF_MARKDOWN]
