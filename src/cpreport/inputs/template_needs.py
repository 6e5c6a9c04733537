"""What a report folder's templates need from a workbook, so that a starter can have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpreport.model.folder import ReportFolder, SectionPlan, Slot
from cpreport.model.tags import with_plain_tags

_CALL = re.compile(r"""\b(about\[|sheet_table\(|benchmark\(|gap\(|narrative\()\s*(["'])(.+?)\2\s*[\])]""")
_OF_BREAKDOWN = re.compile(
    r"""\bbreakdown\(\s*(["'])([^"']+)\1\s*\)(?:\.year_ago)?\.(category|largest)\(\s*([^()]*?)\s*\)"""
)
_TEXT = re.compile(r"""(["'])(.*?)\1""")
_ANY_NARRATIVE = re.compile(r"\bnarrative\(\s*[\w.]+\s*\)")
_NUMERATOR = re.compile(r"\.(?:count|denominator)\b")
_RUN = re.compile(r"\.(?:sum|mean|peak|low)\(\s*([0-9]{1,3})\s*[,)]")


class TemplateNeeds(NamedTuple):
    """What templates name: keys of About, those for the cover first, sheets, comparators; the longest run of periods.

    That is of a sum, mean, peak or low. `categories` and `groups` are those of breakdowns, each with the breakdown's id
    before it. `needs_counts`: some figure's numerator or denominator is printed.
    """

    about: tuple[str, ...]
    sheets: tuple[str, ...]
    comparators: frozenset[str]
    longest_run: int
    needs_counts: bool
    categories: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    templates: dict[str, str]

    def prints(self, slot: Slot, section: SectionPlan) -> bool:
        """Whether the section's template prints a slot that is not required."""
        template = self.templates[section.template]
        names = _names_in([template], "narrative(")
        return slot.id in names or (bool(_ANY_NARRATIVE.search(template)) and ".required" not in template)


def read_template_needs(folder: ReportFolder) -> TemplateNeeds:
    """What a report folder's section templates, shell and page.html need."""
    texts = [*folder.templates.values(), folder.page_html, *map(with_plain_tags, folder.shell.paragraphs)]
    return TemplateNeeds(
        about=tuple(dict.fromkeys((*folder.cover_fields, *_names_in(texts, "about[")))),
        sheets=_names_in(texts, "sheet_table("),
        comparators=frozenset(_names_in(texts, "benchmark(", "gap(")),
        longest_run=max((int(run) for text in texts for run in _RUN.findall(text)), default=1),
        needs_counts=any(_NUMERATOR.search(text) for text in texts),
        categories=tuple(dict.fromkeys((id, name) for id, name, _ in _of_breakdowns(texts) if name)),
        groups=tuple(dict.fromkeys((id, group) for id, _, group in _of_breakdowns(texts) if group)),
        templates=dict(folder.templates),
    )


def _of_breakdowns(texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The breakdowns whose categories texts name, each with the category and the group; empty where they name none."""
    for found in (found for text in texts for found in _OF_BREAKDOWN.finditer(text)):
        names = [name for _, name in _TEXT.findall(found[4])] + ["", ""]
        yield (found[2], *names[:2]) if found[3] == "category" else (found[2], "", names[0])


def _names_in(texts: Iterable[str], *calls: str) -> tuple[str, ...]:
    found = (found for text in texts for found in _CALL.finditer(text))
    return tuple(dict.fromkeys(each[3] for each in found if each[1] in calls))
