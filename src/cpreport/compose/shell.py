"""The tags of shell.docx, checked and tried before Word is needed."""

from __future__ import annotations

import re
from dataclasses import replace

from cpreport.compose.sandbox import compose_text
from cpreport.model.document import Report
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import Shell

_SECTIONS = re.compile(r"\s*\{\{-?\s*sections\s*-?\}\}\s*")
_WORDS_OWN = re.compile(r"(\{[{%#])(?:p|tr|tc|r)\s")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def check_shell(shell: Shell, report: Report) -> list[Finding]:
    """Every mistake in the shell's tags, with the paragraph it stands in.

    Tags may carry docxtpl's prefixes for a whole paragraph, row, cell or run, and Word's curly quotes.
    """
    paragraphs = ["" if _SECTIONS.fullmatch(text) else text for text in shell.paragraphs]
    source = "\n".join(_as_jinja(text) for text in paragraphs)
    context = {"report": report.cover, "about": report.about, "period": report.cover.period, "section": ""}
    _, findings = compose_text(source, context, Place(file="shell.docx", line=1))
    return [_with_paragraph(finding, paragraphs) for finding in findings]


def _as_jinja(text: str) -> str:
    """A paragraph on one line, as plain Jinja; text without tags is left out, so that it is not taken for Markdown."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return ""
    return _WORDS_OWN.sub(r"\1 ", text.replace("\n", " ")).translate(_QUOTES)


def _with_paragraph(finding: Finding, paragraphs: list[str]) -> Finding:
    text = paragraphs[finding.place.line - 1] if 0 < finding.place.line <= len(paragraphs) else ""
    message = f"{finding.message} (in the paragraph “{text}”)" if text else finding.message
    return replace(finding, place=replace(finding.place, line=0), message=message)
