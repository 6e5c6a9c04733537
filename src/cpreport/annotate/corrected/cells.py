"""Where single cells stand in a worksheet's part, in bytes, so that everything around them keeps its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from xml.sax.saxutils import quoteattr

from cpreport.annotate.marked.elements import etree, printed
from cpreport.office.addresses import Cell, area_of, cell_at
from cpreport.office.xml import parse, safe_parser

_OF_MANY_CELLS = ("array", "dataTable")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RUN = re.compile(rb"<(?:\w+:)?r[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<")


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell's element from `start` to before `end`, as its part has it. `name` may have a prefix.

    `content` are these bytes; `is_computed`: they have a formula, or the cell is within that of others.
    """

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    content: bytes
    is_computed: bool = False

    @property
    def has_runs(self) -> bool:
        """Whether words of the cell's own text have formats of their own."""
        return bool(_RUN.search(self.content))

    @property
    def shared_string(self) -> int | None:
        """The number of the shared string that the cell shows; None if it shows none."""
        found = _VALUE.search(self.content)
        return int(found[1]) if found and self.attributes.get("t") == "s" else None

    def with_text(self, text: str) -> str:
        """The cell's element with a text of its own instead of what it shows; its format stays."""
        prefix = self.name[: -len("c")]
        kept = "".join(f" {key}={quoteattr(value)}" for key, value in self.attributes.items() if key != "t")
        shown = "_x000D_".join(printed(line) for line in text.split("\r"))
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{shown}</{prefix}t></{prefix}is>'
        return f'<{self.name}{kept} t="inlineStr">{inner}</{self.name}>'


def find_cells(part: bytes, wanted: Collection[Cell]) -> dict[Cell, CellSource]:
    """These cells of a worksheet in UTF-8, as far as it has them."""
    search = _Search(part, wanted)
    return {
        cell: replace(source, is_computed=source.is_computed or any(_is_in(cell, area) for area in search.computed))
        for cell, source in search.found.items()
    }


def with_texts(part: bytes, texts: Mapping[Cell, str], found: Mapping[Cell, CellSource]) -> bytes:
    """The worksheet with other texts in cells that were found in it."""
    pieces: list[bytes] = []
    reached = 0
    for cell in sorted(texts, key=lambda cell: found[cell].start):
        pieces += [part[reached : found[cell].start], found[cell].with_text(texts[cell]).encode()]
        reached = found[cell].end
    return b"".join([*pieces, part[reached:]])


def rich_strings(part: bytes) -> set[int]:
    """The numbers of the shared strings that have formats of their own within their text."""
    if not part:
        return set()
    rich = set()
    for number, (_, string) in enumerate(etree.iterparse(BytesIO(part), tag="{*}si", resolve_entities=False)):
        if string.find("{*}r") is not None:
            rich.add(number)
        string.clear()
    return rich


def _is_in(cell: Cell, area: tuple[Cell, Cell]) -> bool:
    (top, left), (bottom, right) = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right


class _Search:
    """One pass over a worksheet's part. Rows and cells that say no address follow the ones before them."""

    def __init__(self, part: bytes, wanted: Collection[Cell]) -> None:
        self.found: dict[Cell, CellSource] = {}
        self.computed: list[tuple[Cell, Cell]] = []
        self._part = part
        self._wanted = wanted
        self._row = self._column = 0
        self._open: tuple[int, dict[str, str]] = 0, {}
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        parse(self._parser, part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "row":
                self._row, self._column = int(attributes.get("r") or self._row + 1), 0
            case "c":
                self._row, self._column = cell_at(attributes.get("r", "")) or (self._row, self._column + 1)
                self._open = self._parser.CurrentByteIndex, attributes
            case "f" if attributes.get("t") in _OF_MANY_CELLS:
                if area := area_of(attributes.get("ref", "")):
                    self.computed.append(area)

    def _end(self, name: str) -> None:
        cell = self._row, self._column
        if _local(name) == "c" and cell in self._wanted:
            start, attributes = self._open
            end = self._part.find(b">", self._parser.CurrentByteIndex) + 1
            content = self._part[start:end]
            self.found[cell] = CellSource(start, end, name, attributes, content, bool(_FORMULA.search(content)))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
