"""Blocks as WordprocessingML, each with the named style it has in the shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import count, groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from cpreport.editions.drawings import drawing_numbers
from cpreport.editions.links import seen_address
from cpreport.editions.outline import Outline
from cpreport.editions.pictures import Pictures
from cpreport.editions.styles import Styles
from cpreport.editions.tables import Bookmarks, Tables
from cpreport.editions.turning import height
from cpreport.editions.widths import Room
from cpreport.editions.wordml import attribute, bookmark, paragraph, run
from cpreport.model.captions import Captions
from cpreport.model.chart import Chart
from cpreport.model.document import Block, Heading, List, Note, Paragraph, Picture, Span, Table, Text, merged, plain

if TYPE_CHECKING:
    from cpreport.editions.charts.drawing import Charts

_LOOKS = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "Intense Emphasis"}
_DEEPEST_LIST = 5


class Blocks:
    """Writes the blocks of one document after another. `bookmarks` are those of what is linked to.

    `outline` gives headings and paragraphs their styles and numbers; without one nothing is numbered.
    """

    def __init__(
        self,
        document: Document,
        styles: Styles,
        bookmarks: Bookmarks = MappingProxyType({}),
        outline: Outline | None = None,
    ) -> None:
        self._document, self._styles = document, styles
        self._outline = outline or Outline(styles)
        self._relationship = cache(
            lambda target: document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        self._bookmarks = bookmarks
        self._captions = Captions()
        self.tables = Tables(styles, self.text, bookmarks, self._captions)
        self._heading = ""

    @cached_property
    def _charts(self) -> Charts:
        from cpreport.editions.charts.drawing import Charts  # only a report with a chart pays for it

        return Charts(self._document, self._styles, self._drawings, self._captions)

    @cached_property
    def _pictures(self) -> Pictures:
        return Pictures(self._document, self._styles, self._drawings)

    @cached_property
    def _drawings(self) -> Iterator[int]:
        """Free numbers for drawings: those that the document has are in whatever part of it."""
        return count(1 + max(drawing_numbers(self._document), default=0))

    def section(self, blocks: tuple[Block, ...], anchor: str, number: int, room: Room) -> str:
        """A section's blocks, with the bookmark `anchor` at its title.

        Without an anchor they go on from those before.
        """
        title = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
        written = [] if title or not anchor else [bookmark(anchor, number, "")]
        above = 0.0
        for block in blocks:
            if block is title:
                self._heading = plain(title.text)
                words = bookmark(anchor, number, self.text(title.text))
                style, shown = self._outline.heading(1)
                written.append(paragraph(self._styles.id(style), words, numbering=shown))
            else:
                written.append(self.block(block, room, above))
            above += height([block], room, self.tables.columns) if above < room.third else 0
        return "".join(written)

    def fit(self, blocks: Iterable[Block], room: Room) -> bool:
        """Whether no word of a table needs to break."""
        return all(self.tables.columns.fits(block, room) for block in blocks if isinstance(block, Table))

    def block(self, block: Block, room: Room, above: float = 0) -> str:
        """A block's paragraphs, table or chart; `above` is how high what stands above it on its page is, about."""
        match block:
            case Heading(level, text):
                self._heading = plain(text)
                style, number = self._outline.heading(level)
                return self._paragraph(style, text, number)
            case Paragraph(text, keeps_next=keeps_next):
                style, number = self._outline.paragraph()
                return self._paragraph(style, text, number, keeps_next)
            case Note(text):
                return self._paragraph("Note", text)
            case List():
                return self._list(block, 1)
            case Table():
                return self.tables.table(block, room, self._heading, above)
            case Chart():
                mark = self._bookmarks.get(block.anchor)
                return (bookmark(*mark, "") if mark else "") + self._charts.chart(block, room)
            case Picture():
                return self._pictures.picture(block, room)
            case _:
                assert_never(block)

    def text(self, text: Iterable[Span]) -> str:
        """The runs and links of a line: bold and italic are named styles."""
        looks = merged(replace(span, source=None) if span.source else span for span in text)
        return "".join(self._linked(link, spans) for link, spans in groupby(looks, key=lambda span: span.link))

    def to_bookmark(self, name: str, words: str) -> str:
        """A link to a place in the document."""
        link = run(words, self._styles.id("Hyperlink"))
        return f'<w:hyperlink w:anchor={attribute(name)} w:history="1">{link}</w:hyperlink>'

    def _paragraph(self, style: str, text: Text, numbering: str = "", keep_next: bool = False) -> str:
        return paragraph(self._styles.id(style), self.text(text), keep_next, numbering)

    def _list(self, block: List, depth: int) -> str:
        name = list_style(block.ordered, depth)
        numbering = self._styles.restarted(name) if block.ordered else ""
        written = []
        for entry in block.entries:
            written.append(self._paragraph(name, entry.text, numbering))
            written.extend(self._list(below, depth + 1) for below in entry.below)
        return "".join(written)

    def _linked(self, link: str, linked: Iterable[Span]) -> str:
        spans = tuple(linked)
        if mark := self._bookmarks.get(link.removeprefix("#")):
            return self.to_bookmark(mark.name, plain(spans))
        target = seen_address(link, plain(spans))
        if not target:
            return "".join(self._run(span) for span in spans)
        style = self._styles.id("Hyperlink")
        words = ((script, "".join(s.text for s in alike)) for script, alike in groupby(spans, lambda s: s.script))
        runs = "".join(run(text, style, script) for script, text in words)
        return f'<w:hyperlink r:id="{self._relationship(target)}" w:history="1">{runs}</w:hyperlink>'

    def _run(self, span: Span) -> str:
        look = _LOOKS.get((span.bold, span.italic))
        return run(span.text, self._styles.id(look) if look else "", span.script)


def list_style(ordered: bool, depth: int) -> str:
    """Word's own name of the style of a list at a depth from 1: `List Bullet`, `List Number 2`, …"""
    kind, level = "List Number" if ordered else "List Bullet", min(depth, _DEEPEST_LIST)
    return kind if level == 1 else f"{kind} {level}"
