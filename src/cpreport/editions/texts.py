"""What every edition says besides the report's own words: titles, numbers of captions, headings and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpreport.model.captions import Captions
from cpreport.model.chart import Chart
from cpreport.model.document import Block, Heading, Paragraph, Section, Table

CONTENTS = "Contents"
BACK = "Back to contents"
PROBLEMS = "Problems found"
COUNTS = "Problems found: {}"

MARKS_APART = " – "
"""What stands between the words that every page says."""

DEEPEST_HEADING = 4
"""The level of the deepest headings that are numbered."""


def document_title(title: str, period: str) -> str:
    """The title in a document's properties, of what is not empty."""
    return ", ".join(filter(None, (title, period)))


class Numbered(NamedTuple):
    """A block with the number of a heading or paragraph, such as `1.2`, and the label of a caption, such as `Table 3`.

    Empty where it has none.
    """

    block: Block
    number: str = ""
    label: str = ""


def numbered(sections: Iterable[Section]) -> Iterator[tuple[Section, tuple[Numbered, ...]]]:
    """The sections with their blocks numbered in the order of the document: 1, 1.1, 1.1.1 and Table 1, Figure 1.

    A paragraph is one level below the heading that it is under; above the first heading of a section it has no number.
    """
    captions = Captions()
    counts: list[int] = []
    for section in sections:
        open: list[int] = []
        blocks: list[Numbered] = []
        for block in section.blocks:
            number = ""
            if section.is_numbered and isinstance(block, Heading):
                level = min(block.level, DEEPEST_HEADING)
                open = [*(above for above in open if above < level), level]
                number = _next(counts, len(open) - 1)
            elif section.is_numbered and isinstance(block, Paragraph) and open:
                number = _next(counts, len(open))
            blocks.append(Numbered(block, number, captions.label(block)))
        yield section, tuple(blocks)


def anchors_in(sections: Iterable[Section]) -> Iterator[str]:
    """The anchors of the tables and charts that may be linked to, in order."""
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, Table | Chart) and block.anchor:
            yield block.anchor


def title_numbers(sections: Iterable[Section]) -> Iterator[str]:
    """The number of each section's title, for the contents; empty where it has none."""
    return (title_number(blocks) for _, blocks in numbered(sections))


def title_number(blocks: Iterable[Numbered]) -> str:
    """The number of a section's title, empty where it has none."""
    return next((each.number for each in blocks if isinstance(each.block, Heading) and each.block.level == 1), "")


def _next(counts: list[int], level: int) -> str:
    """The next number at a level from 0; `counts` are the last ones of all levels."""
    counts[level:] = [counts[level] + 1 if level < len(counts) else 1]
    return ".".join(map(str, counts))
