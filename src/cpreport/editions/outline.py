"""The numbers of headings and paragraphs: Word's own, from a list whose levels are those of the outline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.styles import Styles, number_in, set_list
from cpreport.editions.texts import DEEPEST_HEADING
from cpreport.model.document import Section

_HEADING, _NOT_NUMBERED = "Heading 1", "Unnumbered Heading"
_TEXT, _NUMBERED = "Narrative", "Numbered Paragraph"


class Numbered(NamedTuple):
    """The name of a paragraph's style, and its number (w:numPr), empty where it has none."""

    style: str
    number: str = ""


class Outline:
    """What headings and paragraphs are numbered as, in the order of the document: 1, 1.1, 1.1.1.

    A paragraph is one level below the heading that it is under. A level that is skipped has no number.
    """

    def __init__(self, styles: Styles, sections: Iterable[Section] = ()) -> None:
        self._list = styles.list_of(_NUMBERED)[0] if any(section.is_numbered for section in sections) else ""
        self._is_numbered = False
        self._open: list[int] = []
        if self._list:
            styles.link_to_list(_HEADING, self._list)

    @property
    def is_in_use(self) -> bool:
        """Whether any section is numbered."""
        return bool(self._list)

    def begin(self, section: Section) -> None:
        """Begins a section."""
        self._is_numbered, self._open = section.is_numbered, []

    def heading(self, level: int) -> Numbered:
        """A heading's, and from now on its level is that of what follows."""
        level = min(level, DEEPEST_HEADING)
        self._open = [above for above in self._open if above < level]
        self._open.append(level)
        style = _NOT_NUMBERED if self._list and level == 1 and not self._is_numbered else f"Heading {level}"
        return Numbered(style, self._number(len(self._open) - 1))

    def paragraph(self) -> Numbered:
        """A paragraph's; above the first heading of a section it has no number."""
        depth = len(self._open)
        if not (self._is_numbered and depth):
            return Numbered(_TEXT)
        return Numbered(_NUMBERED if depth == 1 else f"{_NUMBERED} {depth}", self._number(depth))

    def _number(self, level: int) -> str:
        return number_in(self._list, level) if self._is_numbered else ""


def without_numbers(paragraphs: Iterable[BaseOxmlElement], styles: Styles) -> None:
    """Takes the shell's own headings out of the list, so that the report's titles count from 1."""
    for each in paragraphs:
        if each.style == styles.id(_HEADING) and each.pPr.numPr is None:
            set_list(each, "0")
