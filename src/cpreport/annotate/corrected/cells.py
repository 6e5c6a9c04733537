"""Where single cells stand in a worksheet's part, in bytes, so that everything around them keeps its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from cpreport.annotate.marked.elements import printed
from cpreport.office.addresses import Cell, area_of, cell_at
from cpreport.office.xml import parse, safe_parser

_UTF_16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_OF_MANY_CELLS = ("array", "dataTable")


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell's element from `start` to before `end`, as its part has it. `name` may have a prefix.

    `value` is what its `v` holds, such as the number of a shared string; `has_runs`: its own text has inner formats.
    """

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    has_formula: bool = False
    has_runs: bool = False
    value: str = ""

    @property
    def shared_string(self) -> int | None:
        """The number of the shared string that the cell shows; None if it shows none."""
        return int(self.value) if self.attributes.get("t") == "s" and self.value.strip().isdigit() else None

    def with_text(self, text: str) -> str:
        """The cell's element with a text of its own instead of what it shows; its format stays."""
        prefix = self.name[: -len("c")]
        kept = "".join(f" {key}={quoteattr(value)}" for key, value in self.attributes.items() if key != "t")
        shown = "_x000D_".join(printed(line) for line in text.split("\r"))
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{shown}</{prefix}t></{prefix}is>'
        return f'<{self.name}{kept} t="inlineStr">{inner}</{self.name}>'


def find_cells(part: bytes, wanted: Collection[Cell]) -> dict[Cell, CellSource]:
    """These cells of a worksheet, as far as it has them; those within an array formula have a formula too."""
    search = _Search(part, wanted)
    return {
        cell: replace(source, has_formula=source.has_formula or any(_is_in(cell, area) for area in search.computed))
        for cell, source in search.found.items()
    }


def with_texts(part: bytes, texts: Mapping[Cell, str], found: Mapping[Cell, CellSource]) -> bytes:
    """The worksheet with other texts in cells that were found in it."""
    encoding = _encoding_of(part)
    pieces: list[bytes] = []
    reached = 0
    for cell, source in sorted(found.items(), key=lambda pair: pair[1].start):
        if cell in texts:
            pieces.append(part[reached : source.start])
            pieces.append(source.with_text(texts[cell]).encode(encoding, "xmlcharrefreplace"))
            reached = source.end
    return b"".join([*pieces, part[reached:]])


def rich_strings(part: bytes) -> set[int]:
    """The numbers of the shared strings that have formats of their own within their text."""
    rich: set[int] = set()
    reached = -1

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal reached
        reached += _local(name) == "si"
        if _local(name) == "r":
            rich.add(reached)

    if part:
        parser = safe_parser()
        parser.StartElementHandler = start
        parse(parser, part)
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
        self._end_sign = ">".encode(_encoding_of(part))
        self._wanted = wanted
        self._row = self._column = 0
        self._open: tuple[str, dict[str, str], int] = "", {}, 0
        self._has_formula = self._has_runs = False
        self._value: list[str] = []
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
                self._open = name, attributes, self._parser.CurrentByteIndex
                self._has_formula = self._has_runs = False
                self._value.clear()
            case "f":
                self._start_formula(attributes)
            case "v":
                self._parser.CharacterDataHandler = self._value.append
            case "r":
                self._has_runs = True

    def _start_formula(self, attributes: Mapping[str, str]) -> None:
        self._has_formula = True
        if attributes.get("t") in _OF_MANY_CELLS and (area := area_of(attributes.get("ref", ""))):
            self.computed.append(area)

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        cell = self._row, self._column
        if _local(name) == "c" and cell in self._wanted:
            self.found[cell] = self._source()

    def _source(self) -> CellSource:
        name, attributes, start = self._open
        end = self._part.find(self._end_sign, self._parser.CurrentByteIndex) + len(self._end_sign)
        return CellSource(start, end, name, attributes, self._has_formula, self._has_runs, "".join(self._value))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _encoding_of(part: bytes) -> str:
    """The encoding that a part says it is in; UTF-8 if it says none."""
    if part[:2] in _UTF_16_MARKS:
        return _UTF_16_MARKS[part[:2]]
    declared: list[str] = []
    parser = expat.ParserCreate()
    parser.XmlDeclHandler = lambda _version, encoding, _standalone: declared.append(encoding or "utf-8")
    parser.Parse(part[:200])
    return declared[0] if declared else "utf-8"
