"""One pass over a worksheet's XML for what a decoder of values drops: formats, errors, missing results, hidden rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Flag, auto
from functools import lru_cache

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED
from cpreport.model.xml import parse, safe_parser

Position = tuple[int, int]

ROWS = 1_048_576
COLUMNS = 16_384
DIGITS = "0123456789"
TRUE = ("1", "true")


class Trait(Flag):
    """What a cell is besides its value. A cell may have several."""

    PERCENT = auto()
    YEARLESS_DATE = auto()
    NO_RESULT = auto()
    EXCEL_ERROR = auto()


class SheetScan:
    """What a worksheet's XML says. Positions are (row, column) from 0; only cells with a value or formula count.

    `style_traits` are the traits of the cell styles that have any, by their number as the XML writes it.
    """

    def __init__(self, part: bytes, style_traits: Mapping[str, Trait]) -> None:
        self.traits: dict[Position, Trait] = {}
        self.hidden_rows: set[int] = set()
        self.lowest: Position = (-1, -1)
        self.rightmost: Position = (-1, -1)
        self._style_traits = style_traits
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = -1
        self._row_is_hidden = False
        self._cell: dict[str, str] | None = None
        self._in_question = self._has_formula = self._has_value = False
        self._text: list[str] = []
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start
        self._visits = _ByLocalName(
            {
                "row": self._start_row,
                "c": self._start_cell,
                "f": self._start_formula,
                "v": self._start_value,
                "is": self._start_value,
                "col": self._start_columns,
                "extLst": self._start_extensions,
            }
        )
        parse(self._parser, part)
        self._settle()
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

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if visit := self._visits[name]:
            visit(attributes)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE:
            self._hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._in_question:
            self._settle()
        number = attributes.get("r")
        self._row = int(number) - 1 if number else self._row + 1
        self._column = -1
        self._cell = None
        self._row_is_hidden = attributes.get("hidden") in TRUE

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._in_question:
            self._settle()
        if "r" not in attributes:
            self._row, self._column = self._position()
            self._column += 1
        self._cell = attributes

    def _position(self) -> Position:
        """Where the cell is. Its address is read only when it matters: most cells of many sheets are empty."""
        if self._cell and (address := self._cell.get("r")):
            letters = address.rstrip(DIGITS)
            return int(address[len(letters) :]) - 1, column_index(letters)
        return self._row, self._column

    def _start_formula(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            self._use(self._cell)
            self._in_question = self._has_formula = True

    def _start_value(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            self._use(self._cell)
            if self._has_formula or self._cell.get("t") == "e":
                self._in_question = self._has_value = True
                self._parser.CharacterDataHandler = self._text.append

    def _start_extensions(self, _: dict[str, str]) -> None:
        """Extensions have formulas of their own (`xm:f`), which are no cell's."""
        self._settle()
        self._cell = None

    def _use(self, cell: dict[str, str]) -> None:
        row, column = position = self._position()
        if row > self.lowest[0]:
            self.lowest = _within_sheet(position)
        if column > self.rightmost[1]:
            self.rightmost = _within_sheet(position)
        if self._row_is_hidden:
            self.hidden_rows.add(row)
        if trait := self._style_traits.get(cell.get("s", "0")):
            self.traits[position] = trait

    def _settle(self) -> None:
        """Judge the last cell's formula or error, now that its whole text is known."""
        if not self._in_question or self._cell is None:
            return
        text = "".join(self._text).strip()
        kind = self._cell.get("t")
        if kind == "e" and text:
            self._add(Trait.EXCEL_ERROR)
        elif self._has_formula and not text and not (kind == "str" and self._has_value):
            self._add(Trait.NO_RESULT)
        self._in_question = self._has_formula = self._has_value = False
        self._text.clear()
        self._parser.CharacterDataHandler = None

    def _add(self, trait: Trait) -> None:
        position = self._position()
        self.traits[position] = self.traits.get(position, Trait(0)) | trait


class _ByLocalName(dict[str, Callable[[dict[str, str]], None] | None]):
    """What to do at an element, whatever prefix its name has."""

    def __missing__(self, name: str) -> Callable[[dict[str, str]], None] | None:
        visit = self[name] = self.get(name.rpartition(":")[2])
        return visit


def address(position: Position) -> str:
    """A position as Excel writes it: (0, 27) is AB1."""
    row, column = position
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


@lru_cache(maxsize=COLUMNS)
def column_index(letters: str) -> int:
    """The column that letters name, from 0: AB is 27. Raises ValueError for anything else."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(f"no column is called {letters!r}")
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _within_sheet(position: Position) -> Position:
    row, column = position
    if 0 <= row < ROWS and 0 <= column < COLUMNS:
        return position
    raise InputError(DAMAGED.at(Place(), reason="it has a cell that lies outside of a worksheet"))
