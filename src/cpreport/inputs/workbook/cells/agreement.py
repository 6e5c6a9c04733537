"""Whether the decoder of values and the scan of the XML see the same cells: a value that one of them misses is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cpreport.inputs.workbook.cells.decoder import CellValue
from cpreport.inputs.workbook.cells.elements import item_texts
from cpreport.inputs.workbook.cells.worksheet import Position, SheetScan
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED
from cpreport.office.addresses import address_of


def refuse_disagreement(rows: Sequence[list[CellValue]], scan: SheetScan, part: bytes, shared_strings: bytes) -> None:
    """Raises InputError at the first cell that is filled for one of them and blank for the other, or filled twice.

    The part is read once more only if cells differ, as those do that hold an empty text.
    """
    differing = sorted(_differing(rows, scan))
    texts = SheetScan(part, {}, frozenset(differing)).texts if differing else {}
    strings = item_texts(shared_strings) if any(is_shared for _, is_shared in texts.values()) else []
    for position in differing:
        if position not in texts or not _is_empty(*texts[position], strings) or rows[position[0]][position[1]] != "":
            cell = address_of((position[0] + 1, position[1] + 1))
            reason = f"what cell {cell} holds can be read in two ways"
            raise InputError(DAMAGED.at(Place(cell=cell), reason=reason))


def _differing(rows: Sequence[list[CellValue]], scan: SheetScan) -> Iterator[Position]:
    """The cells with a value for one of them only, or with two."""
    for number, row in enumerate(rows):
        columns = scan.filled.get(number, [])
        if len(row) - row.count("") == len(columns) and "" not in map(row.__getitem__, columns):
            continue
        given = Counter(columns)
        yield from ((number, column) for column, value in enumerate(row) if given[column] != (value != ""))


def _is_empty(text: str, is_shared: bool, strings: Sequence[str]) -> bool:
    """Whether a cell's text, or the shared string that it numbers, is empty."""
    if not (is_shared and text):
        return not text
    return text.isdecimal() and int(text) < len(strings) and not strings[int(text)].strip()
