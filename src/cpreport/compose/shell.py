"""The tags of shell.docx, filled with the report's values."""

from __future__ import annotations

from cpreport.compose.printed import Values
from cpreport.compose.sandbox import composed
from cpreport.model.document import Report, Span, Text
from cpreport.model.finding import Finding, Place


def fill_tags(source: str, section: str, report: Report) -> tuple[Text, list[Finding]]:
    """A text with its tags filled, and every mistake in them at its line. What is typed comes out as it stands.

    `section` is what the tag of that name prints.
    """
    context = {"report": report.cover, "about": report.about, "period": report.cover.period, "section": section}
    return composed(
        source, context, Place(line=1), lambda text, printed: (tuple(Values(printed).spans(text, Span(""))), [])
    )
