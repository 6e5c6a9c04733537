"""A worksheet's cells in one pass over its XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cpreport.inputs.workbook.cells.number_formats import GENERAL_STYLE, CellStyle, hides
from cpreport.inputs.workbook.cells.values import TRUE, CellValue, Position, Trait, as_moment, text_in, typed_value
from cpreport.model.document import Align
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED, TOO_LARGE
from cpreport.office.addresses import COLUMNS, ROWS, address_of, area_of, column_of
from cpreport.office.xml import NAMESPACE_END, gather, parse, safe_parser

MergedArea = tuple[int, int, int, int]

LARGEST_AREA = 4_000_000
_LARGE_PART = 8_000_000
_EMPTY_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")? ?/>)+')
"""Cells that have a format and nothing else: in a large part a million of them say nothing."""

_DIGITS = "0123456789"
_IN_CELL = ("c", "f", "v", "is")


@dataclass(frozen=True, slots=True)
class Cells:
    """A worksheet's cells. Rows and columns count from 0 (row 0 is Excel's row 1), positions are (row, column).

    All rows are equally long and end at the last cell with a value or a formula; "" is a blank. An Excel error's value
    is its text, e.g. `#REF!`; that of a formula without a saved result is "". `traits` has only the cells with any,
    `number_formats` only used cells with one other than General, `aligns` those whose style has one. `fills` has the
    colours of cells, blank ones too. `hidden_rows` are those with a used cell. `merged` are (first row, first column,
    last row, last column).
    """

    rows: list[list[CellValue]]
    traits: Mapping[Position, Trait] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedArea, ...] = ()
    number_formats: Mapping[Position, str] = field(default_factory=dict)
    aligns: Mapping[Position, Align] = field(default_factory=dict)
    fills: Mapping[Position, str] = field(default_factory=dict)


def read_cells(part: bytes, strings: Sequence[str], styles: Sequence[CellStyle], epoch_is_1904: bool) -> Cells:
    """The cells in a worksheet's part. Raises InputError if it is damaged or too large, or can be read in two ways."""
    if not part:
        raise InputError(DAMAGED.at(Place(), reason="the sheet's part is missing"))
    filled = _EMPTY_CELLS.sub(b"", part) if len(part) > _LARGE_PART else part
    return _Reader(strings, styles, epoch_is_1904).read(filled)


class _Reader:
    """One pass over a worksheet's part. Only elements of the worksheet's own namespace are its cells."""

    def __init__(self, strings: Sequence[str], styles: Sequence[CellStyle], epoch_is_1904: bool) -> None:
        self._strings = strings
        self._styles = {str(number): style for number, style in enumerate(styles)}
        self._epoch_is_1904 = epoch_is_1904
        self._values: dict[int, dict[int, CellValue]] = {}
        self._traits: dict[Position, Trait] = {}
        self._codes: dict[Position, str] = {}
        self._aligns: dict[Position, Align] = {}
        self._fills: dict[Position, str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[MergedArea] = []
        self._row = self._column = -1
        self._row_is_hidden = False
        self._grids = 0
        self._parser = safe_parser(namespaces=True)

    def read(self, part: bytes) -> Cells:
        """What the part says."""
        self._parser.StartElementHandler = self._start_sheet
        parse(self._parser, part)
        height = max(self._values, default=-1) + 1
        width = max((max(values) for values in self._values.values()), default=-1) + 1
        if height * width > LARGEST_AREA:
            raise self._too_large(height * width)
        rows: list[list[CellValue]] = [[""] * width for _ in range(height)]
        for row, values in self._values.items():
            for column, value in values.items():
                rows[row][column] = value
        hidden_rows, hidden_columns = frozenset(self._hidden_rows), self._hidden_within(width)
        merged = tuple(self._merged)
        return Cells(rows, self._traits, hidden_rows, hidden_columns, merged, self._codes, self._aligns, self._fills)

    def _too_large(self, area: int) -> InputError:
        """Cells may lie so far apart that the area between them would fill the memory."""
        ends = ((row, max(values)) for row, values in self._values.items())
        far = _a1(max(ends, key=lambda end: (end[0] + 1) * (end[1] + 1)))
        texts = {"size": f"{area:,} cells", "limit": f"{LARGEST_AREA:,}"}
        return InputError(TOO_LARGE.at(Place(cell=far), what=f"the area from A1 to the used cell {far}", **texts))

    def _hidden_within(self, width: int) -> frozenset[int]:
        hidden: set[int] = set()
        reached = 0
        for first, last in sorted(self._hidden_columns):
            hidden.update(range(max(first - 1, reached), min(last, width)))
            reached = max(reached, last)
        return frozenset(hidden)

    def _start_sheet(self, name: str, _: dict[str, str]) -> None:
        self._namespace = "".join(name.rpartition(NAMESPACE_END)[:2])
        self._cell, self._formula, self._text, self._inline = (f"{self._namespace}{each}" for each in _IN_CELL)
        self._parser.StartElementHandler = self._start

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element == self._cell:
            gather(self._parser, element, attributes, self._read_cell)
            return
        match element.removeprefix(self._namespace):
            case "row":
                number = attributes.get("r")
                self._row, self._column = int(number) - 1 if number else self._row + 1, -1
                self._row_is_hidden = attributes.get("hidden") in TRUE
            case "sheetData":
                self._grids += 1
            case "col" if attributes.get("hidden") in TRUE:
                self._hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
            case "mergeCell" if area := area_of(attributes.get("ref", "")):
                (top, left), (bottom, right) = area
                self._merged.append((top - 1, left - 1, bottom - 1, right - 1))
            case name if name.endswith(f"{NAMESPACE_END}c") and self._row >= 0 and (cell := attributes.get("r")):
                raise _two_ways(cell)

    def _read_cell(self, cell: Element) -> None:
        """Takes in a cell; one without a value and a formula is none."""
        if address := cell.get("r"):
            letters = address.rstrip(_DIGITS)
            position = int(address[len(letters) :]) - 1, column_of(letters) - 1
        else:
            position = self._row, self._column + 1
        self._column = position[1]
        kind, style = cell.get("t", ""), self._styles.get(cell.get("s", "0"), GENERAL_STYLE)
        counts = style.counts if "s" in cell.attrib else ""
        values: list[CellValue] = []
        has_formula = False
        for child in cell:
            if child.tag == self._text:
                values.append(self._value(kind, child.text or "", counts, position))
            elif child.tag == self._inline:
                values.append(text_in(child))
            elif child.tag == self._formula:
                has_formula = True
            elif child.tag.startswith(self._namespace) and not child.tag.endswith("extLst"):
                raise _two_ways(_a1(position))
        if style.fill:
            self._fills[position] = style.fill
        if values or has_formula:
            value = self._put(position, values)
            is_empty = isinstance(value, str) and not value.strip()
            trait = style.trait
            if is_empty and has_formula and not (values and kind == "str"):
                trait |= Trait.NO_RESULT
            elif kind == "e" and not is_empty:
                trait |= Trait.EXCEL_ERROR
            elif style.may_hide and isinstance(value, int | float) and hides(value, style.code):
                trait |= Trait.UNSHOWN
            if trait:
                self._traits[position] = trait
            if style.code:
                self._codes[position] = style.code
            if style.align:
                self._aligns[position] = style.align
            if self._row_is_hidden:
                self._hidden_rows.add(position[0])

    def _put(self, position: Position, values: Sequence[CellValue]) -> CellValue:
        """A cell's value, put at its place. A second one is refused unless both are empty."""
        row, column = position
        if not (0 <= row < ROWS and 0 <= column < COLUMNS):
            raise InputError(DAMAGED.at(Place(), reason="it has a cell that lies outside of a worksheet"))
        value = next((each for each in values if each != ""), "")
        given = self._values.setdefault(row, {})
        is_second = len(values) > 1 or column in given or self._grids > 1
        if is_second and (value != "" or given.get(column, "") != ""):
            raise _two_ways(_a1(position))
        given[column] = value
        return value

    def _value(self, kind: str, text: str, counts: str, position: Position) -> CellValue:
        if kind == "inlineStr" and text:
            raise _two_ways(_a1(position))
        try:
            value = typed_value(kind, text, self._strings)
        except (ValueError, IndexError) as error:
            cell = _a1(position)
            reason = f"the value of cell {cell} is not of the type that the cell states"
            raise InputError(DAMAGED.at(Place(cell=cell), reason=reason)) from error
        if counts and isinstance(value, float):
            return as_moment(value, counts == "elapsed", self._epoch_is_1904)
        return value


def _a1(position: Position) -> str:
    return address_of((position[0] + 1, position[1] + 1))


def _two_ways(cell: str) -> InputError:
    return InputError(DAMAGED.at(Place(cell=cell), reason=f"the value of cell {cell} can be read in two ways"))
