"""The first cell of each row of a table as the heading of its row, which typst 0.15 cannot tag.

Cells are changed in place and keep their lengths, so that whatever points into the file still does. A cell names its
headings no more: each heading says itself what it is of, its column or its row.
"""

from __future__ import annotations

import re

_ROW = re.compile(rb"<</Type/StructElem/S/TR/P [0-9]+ 0 R/K\[([0-9]+) 0 R")
_CELL = re.compile(rb"^([0-9]+) 0 obj\n<</Type/StructElem/S/(TD)/P [0-9]+ 0 R/A\[<</O/Table(/Headers\[[^\]]*\])", re.M)
_SCOPE = b"/Scope/Row"


def with_row_headers(pdf: bytes) -> bytes:
    """The file with the first cells of rows as headings, but for those that are already."""
    first, changed = {*_ROW.findall(pdf)}, bytearray(pdf)
    for cell in _CELL.finditer(pdf):
        is_first = cell[1] in first
        changed[cell.start(2) : cell.end(2)] = b"TH" if is_first else b"TD"
        changed[cell.start(3) : cell.end(3)] = (_SCOPE if is_first else b"").ljust(len(cell[3]))
    return bytes(changed)
