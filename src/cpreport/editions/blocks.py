"""Blocks as WordprocessingML, each with the named style it has in the shell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from cpreport.editions.inline import Inline
from cpreport.editions.styles import Styles
from cpreport.editions.tables import Tables
from cpreport.editions.wordml import bookmark, paragraph
from cpreport.model.document import Block, Heading, List, Note, Paragraph, Table, Text

_DEEPEST_HEADING = 4
_DEEPEST_LIST = 5


class Blocks:
    """Writes the blocks of one document after another."""

    def __init__(self, styles: Styles, inline: Inline) -> None:
        self._styles = styles
        self._inline = inline
        self.tables = Tables(styles, inline)

    def section(self, blocks: tuple[Block, ...], anchor: str, number: int, width: int) -> str:
        """A section's blocks in a text `width` twips wide, with the bookmark `anchor` at its title."""
        title = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
        start = "" if title else bookmark(anchor, number, "")
        written = (
            self._title(title, anchor, number) if title and block is title else self.block(block, width)
            for block in blocks
        )
        return start + "".join(written)

    def fit(self, blocks: Iterable[Block], width: int) -> bool:
        """Whether no word of a table needs to break in a text `width` twips wide."""
        return all(sum(self.tables.needed(table)) <= width for table in blocks if isinstance(table, Table))

    def block(self, block: Block, width: int) -> str:
        """A block in a text `width` twips wide."""
        match block:
            case Heading(level, text):
                return self._paragraph(f"Heading {min(level, _DEEPEST_HEADING)}", text)
            case Paragraph(text):
                return self._paragraph("Narrative", text)
            case Note(text):
                return self._paragraph("Note", text)
            case List():
                return self._list(block, 1)
            case Table():
                return self.tables.table(block, width)
            case _:
                assert_never(block)

    def _title(self, heading: Heading, anchor: str, number: int) -> str:
        words = bookmark(anchor, number, self._inline.text(heading.text))
        return paragraph(self._styles.id("Heading 1"), words)

    def _paragraph(self, style: str, text: Text) -> str:
        return paragraph(self._styles.id(style), self._inline.text(text))

    def _list(self, block: List, depth: int) -> str:
        name = list_style(block.ordered, depth)
        numbering = self._styles.restarted(name) if block.ordered else ""
        written = []
        for entry in block.entries:
            written.append(paragraph(self._styles.id(name), self._inline.text(entry.text), numbering=numbering))
            written.extend(self._list(below, depth + 1) for below in entry.below)
        return "".join(written)


def list_style(ordered: bool, depth: int) -> str:
    """Word's own name of the style of a list at a depth from 1: `List Bullet`, `List Number 2`, …"""
    kind = "List Number" if ordered else "List Bullet"
    level = min(depth, _DEEPEST_LIST)
    return kind if level == 1 else f"{kind} {level}"
