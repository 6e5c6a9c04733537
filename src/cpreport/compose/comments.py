"""The comments on indicators: each is composed once, and printed wherever a template asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.printed import Blocks
from cpreport.model.document import Block, Heading, Note, Span
from cpreport.model.folder import ReportFolder, Slot
from cpreport.model.indicator import Indicator
from cpreport.model.timeline import Figures

_LEVEL = 3


class Comments:
    """The comments of all sections.

    `written` has each as composed, by its section and indicator; it is whole when `are_composed`. `printed` are those
    that some template printed.
    """

    def __init__(self, folder: ReportFolder, figures: Figures) -> None:
        self.written: dict[tuple[str, str], Blocks] = {}
        self.are_composed = False
        self.printed: set[tuple[str, str]] = set()
        self._folder = folder
        self._figures = figures
        self._slots: dict[str, dict[str, Slot]] = {}
        for plan in folder.sections:
            for slot in plan.comments:
                self._slots.setdefault(slot.indicator, {})[plan.id] = slot

    def of(self, indicator: str, section: str) -> Blocks | None:
        """An indicator's comment: the section's own, else the first of another; None where none was written."""
        if not self.are_composed:
            raise TemplateMistake("a narrative cannot print comments: only a section's template can")
        keys = ((name, indicator) for name in (section, *self._slots.get(indicator, ())))
        key = next((key for key in keys if key in self.written), None)
        if key is None:
            return None
        self.printed.add(key)
        return self.written[key]

    def awaited(self, indicator: str) -> str:
        """`Comment awaited from Ann Lee`, where there must be a comment and is none; else empty."""
        slots = self._slots.get(indicator, {})
        is_there = any((section, indicator) in self.written for section in slots)
        owed = next((slot for slot in slots.values() if not is_there and self._figures.is_owed(slot)), None)
        if owed is None:
            return ""
        key = "comment_awaited" if owed.owner else "comment_awaited_of_nobody"
        return self._folder.sentence(key, comment=owed.common_title, owner=owed.owner)

    def listed(self, indicators: Iterable[Indicator], section: str) -> Blocks:
        """The comments on some indicators under their names; a note where there might be some and are none."""
        several = list(indicators)
        blocks = tuple(block for each in several for block in self._under_name(each, section))
        is_asked_for = any(each.id in self._slots for each in several)
        return Blocks(blocks or ((Note((Span(self._folder.sentence("no_comments")),)),) if is_asked_for else ()))

    def _under_name(self, indicator: Indicator, section: str) -> Iterator[Block]:
        comment, awaited = self.of(indicator.id, section), self.awaited(indicator.id)
        if comment or awaited:
            yield Heading(_LEVEL, (Span(indicator.name),))
            yield from comment.below(_LEVEL) if comment else (Note((Span(awaited),)),)
