"""Passages from wherever they come, put together as narratives."""

from __future__ import annotations

from cpreport.inputs.narratives.slots import cut
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import narrative as rules
from cpreport.model.tags import where_tags_are
from cpreport.model.workbook import Narrative, Narratives, Passage

Passages = dict[tuple[str, str], list[Passage]]
"""Passages in order by section and slot."""


def by_slot(passages: Passages) -> Narratives:
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}


def remarks(narratives: Narratives) -> list[Finding]:
    """A finding for each remark that Jinja leaves out: `{# ask Ann #}`."""
    return [
        rules.REMARK.at(passage.place_at(passage.text.count("\n", 0, start) + 1), text=cut(passage.text[start:end]))
        for narrative in narratives.values()
        for passage in narrative.passages
        for start, end in where_tags_are(passage.text)
        if passage.text.startswith("{#", start)
    ]


def join_narratives(from_sheet: Narratives, from_files: Narratives) -> tuple[Narratives, list[Finding]]:
    """All narratives; a slot that has a text in the sheet and in a file is an error at the file's."""
    both = [key for key in from_files if key in from_sheet]
    told = [twice(key, *(each[key].passages[0].place for each in (from_sheet, from_files))) for key in both]
    return {**from_files, **from_sheet}, told


def twice(key: tuple[str, str], first: Place, second: Place) -> Finding:
    """A slot's text is in two places that do not go together."""
    return rules.TWICE.at(second, section=key[0], slot=key[1], first=f"{first.file} {first}".strip())


def is_word(file: str) -> bool:
    """Whether a file's name is that of a Word file."""
    return file.lower().endswith(".docx")
