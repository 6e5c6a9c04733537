"""What a report folder's templates ask of a workbook by name, so that a starter can have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cpreport.model.folder import ReportFolder, SectionPlan, Slot
from cpreport.model.tags import with_plain_tags

_TEXT = r"""\s*(?P<quote>["'])(?P<text>.+?)(?P=quote)\s*"""
_ABOUT = re.compile(rf"\babout\[{_TEXT}\]")
_SHEET = re.compile(rf"\bsheet_table\({_TEXT}\)")
_BENCHMARK = re.compile(rf"\.(?:benchmark|gap)\({_TEXT}\)")
_NARRATIVE = re.compile(rf"\bnarrative\({_TEXT}\)")
_ANY_NARRATIVE = re.compile(r"\bnarrative\(\s*[\w.]+\s*\)")
_COUNT = re.compile(r"\.(?:count|denominator)\b")
_RUN = re.compile(r"\.(?:mean|peak|low)\(\s*([0-9]{1,3})\s*\)")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What templates name: keys of About, sheets, comparators; the longest run of periods they take a mean of.

    `needs_counts`: some figure's numerator or denominator is printed.
    """

    about: tuple[str, ...]
    sheets: tuple[str, ...]
    comparators: frozenset[str]
    longest_run: int
    needs_counts: bool
    templates: dict[str, str]

    def prints(self, slot: Slot, section: SectionPlan) -> bool:
        """Whether the section's template prints a slot that is not required."""
        template = self.templates[section.template]
        names = _named(_NARRATIVE, [template])
        return slot.id in names or (bool(_ANY_NARRATIVE.search(template)) and ".required" not in template)


def read_wishes(folder: ReportFolder) -> Wishes:
    """What a report folder's section templates and shell ask for."""
    texts = [*folder.templates.values(), *map(with_plain_tags, folder.shell.paragraphs)]
    return Wishes(
        about=_named(_ABOUT, texts),
        sheets=_named(_SHEET, texts),
        comparators=frozenset(_named(_BENCHMARK, texts)),
        longest_run=max((int(run) for text in texts for run in _RUN.findall(text)), default=1),
        needs_counts=any(_COUNT.search(text) for text in texts),
        templates=dict(folder.templates),
    )


def _named(form: re.Pattern[str], texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found["text"] for text in texts for found in form.finditer(text)))
