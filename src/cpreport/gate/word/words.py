"""The paragraphs and tables of a text in their order, each with what it stands in."""

from __future__ import annotations

from cpreport.gate.places import quoted
from cpreport.gate.word.boxes import BOX, behind_box
from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import WP, is_true
from cpreport.gate.word.opened import Story, WordFile
from cpreport.gate.word.paragraphs import Around, P, Reader, read
from cpreport.gate.word.tables import AROUND, CELL, TABLE, Grid
from cpreport.model.rules.document import NESTED_TABLE
from cpreport.office.parts import Element


class Words:
    """A text of a document: the document's own, or that of a header, footer or its notes."""

    def __init__(self, file: WordFile, story: Story, gathered: Gathered) -> None:
        self._file, self._story, self._gathered = file, story, gathered
        backdrops = (each for each in story.root.iter(f"{WP}anchor") if is_true(each.get("behindDoc")))
        self._reader = Reader(gathered, not story.owner, any(True for _ in backdrops))
        self._owner = f" in {story.owner}" if story.owner else ""
        self._whole = Around(self._owner, file.page)
        self._known: dict[Element, Around] = {}
        self._tables = 0
        self._caption = ""

    def check(self) -> None:
        for element in self._story.root.iterdescendants(P, TABLE):
            container = _container(element)
            around = self._around(container)
            if element.tag == TABLE:
                self._table(element, container, around)
            else:
                paragraph = read(element, container, around, self._file.styles)
                self._reader.paragraph(paragraph)
                self._caption = paragraph.text if paragraph.style.name == "caption" else ""
        self._reader.end()

    def _around(self, container: Element) -> Around:
        if container.tag == BOX and container not in self._known:
            behind = behind_box(container, self._file.colours)
            self._known[container] = Around(f" in a text box{self._owner}", behind, is_beside=True)
        return self._known.get(container, self._whole)

    def _table(self, element: Element, container: Element, around: Around) -> None:
        """A table is named by its number and the caption or heading above; one in a cell by the table around it."""
        grid, within = Grid(element, self._file.styles), around.where
        if container.tag == CELL:
            self._gathered.add(NESTED_TABLE, within.removeprefix(" in "))
        else:
            self._tables += 1
            within = f" in table {self._tables}{within}"
            above = self._caption or self._reader.heading
            self._reader.table(around)
            grid.check(f"{within.removeprefix(' in ')}{f' ({quoted(above)})' if above else ''}", self._gathered)
        self._known |= {cell: Around(within, around.page, look, is_beside=True) for cell, look in grid.cells()}


def _container(element: Element) -> Element:
    """What holds a paragraph or table: a cell, a text box, or the whole text."""
    holder = element.getparent()
    while holder.tag in AROUND and holder.getparent() is not None:
        holder = holder.getparent()
    return holder
