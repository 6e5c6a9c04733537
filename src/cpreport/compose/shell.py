"""The tags of shell.docx, checked and tried before Word is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cpreport.compose.sandbox import compose_text
from cpreport.model.document import Report
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import Shell
from cpreport.model.rules.definition import SHELL_UNUSABLE
from cpreport.model.tags import with_plain_tags

_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_OPENED = re.compile(r"\{[{%#]")
_SECTIONS = re.compile(r"\s*\{\{-?\s*sections\s*-?\}\}\s*")
_WORDS_OWN = re.compile(r"(\{[{%#])(?:p|tr|tc|r)\s")
_OF_MARKDOWN = ("template.table-row", "template.lost-value", "template.not-alone")


def check_shell(shell: Shell, report: Report) -> list[Finding]:
    """Every mistake in the shell's tags, with the paragraph it stands in.

    Tags may carry docxtpl's prefixes for a whole paragraph, row, cell or run, and Word's curly quotes.
    """
    if wrong := _misplaced_sections(shell.paragraphs):
        return [SHELL_UNUSABLE.at(Place(file="shell.docx"), reason=wrong)]
    paragraphs = ["" if _SECTIONS.fullmatch(text) else text for text in shell.paragraphs]
    for text in paragraphs:
        if _OPENED.search(_WHOLE.sub("", text)):
            reason = f"shell.docx: a tag is opened and not closed (in the paragraph “{text}”)"
            return [SHELL_UNUSABLE.at(Place(file="shell.docx"), reason=reason)]
    findings = check_tags("\n".join(_as_jinja(text) for text in paragraphs), report)
    return [_with_paragraph(finding, paragraphs) for finding in findings]


def _misplaced_sections(paragraphs: Sequence[str]) -> str:
    """Why the sections cannot be put into the shell, or nothing."""
    found = [text for text in paragraphs if _SECTIONS.search(text)]
    if len(found) != 1:
        number = "no paragraph" if not found else f"{len(found)} paragraphs"
        return f"shell.docx has {number} {{{{ sections }}}}; it needs one, with nothing else in it"
    if not _SECTIONS.fullmatch(found[0]):
        return f"shell.docx: {{{{ sections }}}} needs a paragraph of its own (in the paragraph “{found[0]}”)"
    return ""


def check_tags(tags: str, report: Report) -> list[Finding]:
    """Every mistake in some tags, tried with the report's values in the sandbox."""
    context = {"report": report.cover, "about": report.about, "period": report.cover.period, "section": ""}
    _, findings = compose_text(tags, context, Place(file="shell.docx", line=1))
    return [finding for finding in findings if finding.code not in _OF_MARKDOWN]


def _as_jinja(text: str) -> str:
    """A paragraph on one line, as plain Jinja; text without tags is left out, so that it is not taken for Markdown."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return ""
    return with_plain_tags(_WORDS_OWN.sub(r"\1 ", text.replace("\n", " ")))


def _with_paragraph(finding: Finding, paragraphs: list[str]) -> Finding:
    text = paragraphs[finding.place.line - 1] if 0 < finding.place.line <= len(paragraphs) else ""
    message = f"{finding.message} (in the paragraph “{text}”)" if text else finding.message
    return replace(finding, place=replace(finding.place, line=0), message=message)
