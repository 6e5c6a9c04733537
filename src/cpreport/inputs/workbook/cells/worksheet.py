"""A worksheet's cells in one pass over its XML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cpreport.inputs.texts import without_unseen
from cpreport.inputs.workbook.cells.number_formats import GENERAL_STYLE, CellStyle, hides
from cpreport.inputs.workbook.cells.rich_text import Items
from cpreport.inputs.workbook.cells.values import TRUE, CellValue, Counts, Position, Trait, as_moment, typed_value
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED, TOO_LARGE
from cpreport.office.addresses import COLUMNS, ROWS, address_of, area_of, column_of
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

MergedArea = tuple[int, int, int, int]

LARGEST_AREA = 4_000_000
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Cells:
    """A worksheet's cells. Rows and columns count from 0 (row 0 is Excel's row 1), positions are (row, column).

    All rows are equally long and end at the last cell with a value or a formula; "" is a blank. An Excel error's value
    is its text, e.g. `#REF!`; that of a formula without a saved result is "". `traits` has only the cells with any,
    `number_formats` only used cells with one other than General. `hidden_rows` are those with a used cell. `merged` are
    (first row, first column, last row, last column).
    """

    rows: list[list[CellValue]]
    traits: Mapping[Position, Trait] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedArea, ...] = ()
    number_formats: Mapping[Position, str] = field(default_factory=dict)


def read_cells(part: bytes, strings: Sequence[str], styles: Sequence[CellStyle], epoch_is_1904: bool) -> Cells:
    """The cells in a worksheet's part. Raises InputError if it is damaged or too large, or can be read in two ways."""
    if not part:
        raise InputError(DAMAGED.at(Place(), reason="the sheet's part is missing"))
    return _Reader(part, strings, styles, epoch_is_1904).cells()


class _Reader:
    """One pass over a worksheet's part. Only elements of the worksheet's own namespace are its cells."""

    def __init__(self, part: bytes, strings: Sequence[str], styles: Sequence[CellStyle], epoch_is_1904: bool) -> None:
        self._strings = strings
        self._styles = {str(number): style for number, style in enumerate(styles)}
        self._epoch_is_1904 = epoch_is_1904
        self._values: defaultdict[int, dict[int, CellValue]] = defaultdict(dict)
        self._traits: defaultdict[Position, Trait] = defaultdict(lambda: Trait(0))
        self._codes: dict[Position, str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[MergedArea] = []
        self._lowest: Position = (-1, -1)
        self._rightmost: Position = (-1, -1)
        self._row = self._column = -1
        self._row_is_hidden = False
        self._grids = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._visits: dict[str, Callable[[dict[str, str]], None]] = {}
        self._inline = Items("is", self._end_inline)
        self._parser = safe_parser(namespaces=True)
        self._parser.StartElementHandler = self._start_sheet
        parse(self._parser, part)

    def cells(self) -> Cells:
        """What the part says."""
        height, width = self._lowest[0] + 1, self._rightmost[1] + 1
        self._refuse_large(height * width)
        rows: list[list[CellValue]] = [[""] * width for _ in range(height)]
        for row, values in self._values.items():
            for column, value in values.items():
                rows[row][column] = value
        return Cells(
            rows,
            {position: trait for position, trait in self._traits.items() if trait},
            frozenset(self._hidden_rows),
            self._hidden_within(width),
            tuple(self._merged),
            self._codes,
        )

    def _refuse_large(self, area: int) -> None:
        """Cells may lie so far apart that the area between them would fill the memory."""
        if area > LARGEST_AREA:
            far = max(self._lowest, self._rightmost, key=lambda position: (position[0] + 1) * (position[1] + 1))
            what = f"the area from A1 to the used cell {_a1(far)}"
            texts = {"what": what, "size": f"{area:,} cells", "limit": f"{LARGEST_AREA:,}"}
            raise InputError(TOO_LARGE.at(Place(cell=_a1(far)), **texts))

    def _hidden_within(self, width: int) -> frozenset[int]:
        hidden: set[int] = set()
        reached = 0
        for first, last in sorted(self._hidden_columns):
            hidden.update(range(max(first - 1, reached), min(last, width)))
            reached = max(reached, last)
        return frozenset(hidden)

    def _start_sheet(self, name: str, _: dict[str, str]) -> None:
        namespace = "".join(name.rpartition(NAMESPACE_END)[:2])
        self._visits = {
            f"{namespace}sheetData": self._start_grid,
            f"{namespace}row": self._start_row,
            f"{namespace}c": self._start_cell,
            f"{namespace}f": self._start_formula,
            f"{namespace}v": self._start_value,
            f"{namespace}is": self._start_inline,
            f"{namespace}col": self._start_columns,
            f"{namespace}mergeCell": self._start_merged,
        }
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if visit := self._visits.get(name):
            visit(attributes)
        elif name.endswith(f"{NAMESPACE_END}c") and self._row >= 0 and (cell := attributes.get("r")):
            raise _two_ways(cell)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE:
            self._hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _start_merged(self, attributes: dict[str, str]) -> None:
        if area := area_of(attributes.get("ref", "")):
            (top, left), (bottom, right) = area
            self._merged.append((top - 1, left - 1, bottom - 1, right - 1))

    def _start_grid(self, _: dict[str, str]) -> None:
        self._grids += 1

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
            row, column = position = self._use(self._cell)
            if column not in self._values[row]:
                self._traits[position] |= Trait.NO_RESULT

    def _start_value(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            self._parser.CharacterDataHandler = self._text.append
            self._parser.EndElementHandler = self._end_value

    def _start_inline(self, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._inline.start("is", attributes)
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._inline.start, self._inline.end
            self._parser.CharacterDataHandler = self._inline.text

    def _use(self, cell: dict[str, str]) -> Position:
        row, column = position = self._position()
        if row > self._lowest[0]:
            self._lowest = _within_sheet(position)
        if column > self._rightmost[1]:
            self._rightmost = _within_sheet(position)
        if self._row_is_hidden:
            self._hidden_rows.add(row)
        style = self._styles.get(cell.get("s", "0"), GENERAL_STYLE)
        if trait := style.trait & ~Trait.UNSHOWN:
            self._traits[position] |= trait
        if style.code:
            self._codes[position] = style.code
        return position

    def _end_value(self, _: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        kind = (self._cell or {}).get("t", "")
        if kind == "inlineStr" and text:
            raise _two_ways(_a1(self._position()))
        self._give(kind, self._value(kind, text))

    def _end_inline(self, text: str) -> None:
        self._parser.StartElementHandler = self._start
        self._give("inlineStr", text)

    def _give(self, kind: str, value: CellValue) -> None:
        """Puts the cell's value; a second one is refused unless both are empty."""
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        cell = self._cell or {}
        row, column = position = self._use(cell)
        style = self._styles.get(cell.get("s", "0"), GENERAL_STYLE)
        given = self._values[row]
        if (column in given and (value != "" or given[column] != "")) or (self._grids > 1 and value != ""):
            raise _two_ways(_a1(position))
        given[column] = value
        if style.trait & Trait.UNSHOWN and isinstance(value, int | float) and hides(value, style.code):
            self._traits[position] |= Trait.UNSHOWN
        is_empty = isinstance(value, str) and not value.strip()
        if kind == "e" and not is_empty:
            self._traits[position] |= Trait.EXCEL_ERROR
        if position in self._traits and (kind == "str" or not is_empty):
            self._traits[position] &= ~Trait.NO_RESULT

    def _value(self, kind: str, text: str) -> CellValue:
        try:
            value = self._shared(text) if kind == "s" and text else typed_value(kind, text)
        except (ValueError, IndexError) as error:
            cell = _a1(self._position())
            reason = f"what cell {cell} holds is not of the type that it says"
            raise InputError(DAMAGED.at(Place(cell=cell), reason=reason)) from error
        if isinstance(value, str):
            return value if kind == "s" else without_unseen(value)
        style = self._styles.get((self._cell or {}).get("s", ""), GENERAL_STYLE)
        if style.counts is not Counts.NOTHING and isinstance(value, float):
            return as_moment(value, style.counts, self._epoch_is_1904)
        return value

    def _shared(self, text: str) -> str:
        if not text.strip().isdecimal():
            raise ValueError(f"{text!r} is not the number of a shared string")
        return self._strings[int(text)]


def _a1(position: Position) -> str:
    return address_of((position[0] + 1, position[1] + 1))


def _two_ways(cell: str) -> InputError:
    return InputError(DAMAGED.at(Place(cell=cell), reason=f"what cell {cell} holds can be read in two ways"))


def _within_sheet(position: Position) -> Position:
    row, column = position
    if 0 <= row < ROWS and 0 <= column < COLUMNS:
        return position
    raise InputError(DAMAGED.at(Place(), reason="it has a cell that lies outside of a worksheet"))
