"""One pass over a worksheet's XML for what a decoder of values drops: formats, errors, missing results, hidden rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from enum import Flag, auto

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED
from cpreport.office.addresses import COLUMNS, ROWS, column_of
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

Position = tuple[int, int]

DIGITS = "0123456789"
TRUE = ("1", "true")


class Trait(Flag):
    """What a cell is besides its value. A cell may have several."""

    PERCENT = auto()
    YEARLESS_DATE = auto()
    NO_RESULT = auto()
    EXCEL_ERROR = auto()
    NOTED = auto()
    """Its font is raised, lowered or struck through."""
    UNSHOWN = auto()
    """Its number format shows something else than its number."""


class SheetScan:
    """What a worksheet's XML says. Positions are (row, column) from 0; only cells with a value or formula count.

    `style_traits` are the traits of the cell styles that have any, by their number as the XML writes it. `filled` are
    the columns of the cells with a value, by their rows, once for each value; `texts` the values, and whether they are
    numbers of shared strings, of the cells in `wanted`. `inline` are the cells of the texts that stand in the sheet,
    `codes` the number formats of the cells whose style has one in `style_codes`.
    """

    def __init__(
        self,
        part: bytes,
        style_traits: Mapping[str, Trait],
        wanted: Collection[Position] = frozenset(),
        style_codes: Mapping[str, str] | None = None,
    ) -> None:
        self.traits: dict[Position, Trait] = {}
        self.filled: defaultdict[int, list[int]] = defaultdict(list)
        self.texts: dict[Position, tuple[str, bool]] = {}
        self.inline: list[Position] = []
        self.codes: dict[Position, str] = {}
        self.hidden_rows: set[int] = set()
        self.lowest: Position = (-1, -1)
        self.rightmost: Position = (-1, -1)
        self._style_traits = style_traits
        self._style_codes = style_codes
        self._wanted = wanted
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = -1
        self._row_is_hidden = False
        self._cell: dict[str, str] | None = None
        self._has_formula = self._has_value = False
        self._text: list[str] = []
        self._parser = safe_parser(namespaces=True)
        self._parser.StartElementHandler = self._start_sheet
        self._visits: dict[str, Callable[[dict[str, str]], None]] = {}
        parse(self._parser, part)
        del self._parser, self._visits

    @property
    def height(self) -> int:
        """Rows from row 1 to the lowest used cell."""
        return self.lowest[0] + 1

    @property
    def width(self) -> int:
        """Columns from column A to the rightmost used cell."""
        return self.rightmost[1] + 1

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Hidden columns within the width."""
        hidden: set[int] = set()
        reached = 0
        for first, last in sorted(self._hidden_columns):
            hidden.update(range(max(first - 1, reached), min(last, self.width)))
            reached = max(reached, last)
        return frozenset(hidden)

    def _start_sheet(self, name: str, _: dict[str, str]) -> None:
        """Only elements of the worksheet's own namespace are its cells."""
        namespace = "".join(name.rpartition(NAMESPACE_END)[:2])
        self._visits = {
            f"{namespace}row": self._start_row,
            f"{namespace}c": self._start_cell,
            f"{namespace}f": self._start_formula,
            f"{namespace}v": self._start_value,
            f"{namespace}is": self._start_inline,
            f"{namespace}col": self._start_columns,
        }
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if visit := self._visits.get(name):
            visit(attributes)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE:
            self._hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) - 1 if number else self._row + 1
        self._column = -1
        self._cell = None
        self._row_is_hidden = attributes.get("hidden") in TRUE

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" not in attributes:
            self._row, self._column = self._position()
            self._column += 1
        self._cell = attributes

    def _position(self) -> Position:
        """Where the cell is. Its address is read only when it matters: most cells of many sheets are empty."""
        if self._cell and (address := self._cell.get("r")):
            letters = address.rstrip(DIGITS)
            return int(address[len(letters) :]) - 1, column_of(letters) - 1
        return self._row, self._column

    def _start_formula(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            self._use(self._cell)
            self._has_formula = True
            self._parser.EndElementHandler = self._end

    def _start_value(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            row, column = position = self._use(self._cell)
            self.filled[row].append(column)
            if self._has_formula or self._cell.get("t") == "e" or position in self._wanted:
                self._has_value = True
                self._parser.CharacterDataHandler = self._text.append
                self._parser.EndElementHandler = self._end

    def _start_inline(self, attributes: dict[str, str]) -> None:
        self.inline.append(self._position())
        self._start_value(attributes)

    def _use(self, cell: dict[str, str]) -> Position:
        row, column = position = self._position()
        if row > self.lowest[0]:
            self.lowest = _within_sheet(position)
        if column > self.rightmost[1]:
            self.rightmost = _within_sheet(position)
        if self._row_is_hidden:
            self.hidden_rows.add(row)
        if trait := self._style_traits.get(cell.get("s", "0")):
            self.traits[position] = trait
        if self._style_codes and (code := self._style_codes.get(cell.get("s", "0"))):
            self.codes[position] = code
        return position

    def _end(self, name: str) -> None:
        """Judge a cell with a formula, an error or a wanted text at its end, when its whole text is known."""
        if self._visits.get(name) != self._start_cell or self._cell is None:
            return
        text = "".join(self._text).strip()
        kind = self._cell.get("t")
        if (position := self._position()) in self._wanted:
            self.texts[position] = self.texts.get(position, ("",))[0] + text, kind == "s"
        if kind == "e" and text:
            self._add(Trait.EXCEL_ERROR)
        elif self._has_formula and not text and not (kind == "str" and self._has_value):
            self._add(Trait.NO_RESULT)
        self._has_formula = self._has_value = False
        self._text.clear()
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None

    def _add(self, trait: Trait) -> None:
        position = self._position()
        self.traits[position] = self.traits.get(position, Trait(0)) | trait


def _within_sheet(position: Position) -> Position:
    row, column = position
    if 0 <= row < ROWS and 0 <= column < COLUMNS:
        return position
    raise InputError(DAMAGED.at(Place(), reason="it has a cell that lies outside of a worksheet"))
