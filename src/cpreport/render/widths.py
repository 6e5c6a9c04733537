"""How much room words take in print, so that a column can be as wide as its longest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

from cpreport.model.document import Report, Table, TableCell, TableKind, Text

KEY_INDICATOR = 2268
"""How wide the first column of indicators is at least, in twips: 4 cm."""

_BROADEST = 1000
_WIDE_MARGINS, _NARROW_PAGE = 250, 13_800
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
"""The advance widths of Helvetica and Helvetica Bold, to which Arial is cut, from space to ~ in thousandths of the size
(Adobe Font Metrics, 1997)."""

_FONTS = {
    **dict.fromkeys(("arial", "helvetica", "liberation sans", "calibri", "carlito", "times new roman", "cambria"), 1.0),
    **dict.fromkeys(("verdana", "georgia", "courier new"), 1.4),
}
"""How much broader than Arial's a font's characters are at most; `_ANOTHER_FONT` for all others."""

_ANOTHER_FONT = 1.15
_WORD = re.compile("[^ \t\n\u2002-\u200b\u2010\u2012-\u2014-]*[\u2010\u2012-\u2014-]*")
"""What stays on one line: up to a space that may break, or with the hyphens and dashes after it."""


def _table(widths: str) -> dict[str, int]:
    return {chr(code): int(width) for code, width in enumerate(widths.split(), ord(" "))}


_ADVANCES = {False: _table(_REGULAR), True: _table(_BOLD)}


@dataclass(frozen=True, slots=True)
class Look:
    """The look of text: `size` in twips, of which a point has 20."""

    size: int
    bold: bool = False
    font: str = "Arial"


_LARGE = Look(240, bold=True)


def needed_widths(table: Table, looks: Iterable[Look], margins: int) -> list[int]:
    """How wide each column is at least if no word is to break, in twips.

    `looks` are those of the headings and then of each row; `margins` is what a cell has left and right of its text.
    """
    rows = [table.headings, *(row.cells for row in table.rows)]
    longest = [0] * len(table.headings)
    for cells, look in zip(rows, looks, strict=False):
        for column, cell in enumerate(cells):
            longest[column] = max(longest[column], _longest_word(cell, look))
    needed = [word + margins for word in longest]
    if table.kind is TableKind.INDICATORS:
        needed[0] = max(needed[0], KEY_INDICATOR)
    return needed


def columns_that_fit(needed: Iterable[int], width: int) -> int:
    """How many columns, from the first, fit into a width."""
    fitting = 0
    for column in needed:
        width -= column
        if width < 0:
            break
        fitting += 1
    return fitting


def may_be_too_wide(report: Report) -> bool:
    """Whether a table might not fit on a page of A4 in landscape: as it would be in 12 points, with wide margins."""
    tables = (block for section in report.sections for block in section.blocks if isinstance(block, Table))
    return any(sum(needed_widths(table, repeat(_LARGE), _WIDE_MARGINS)) > _NARROW_PAGE for table in tables)


def _longest_word(cell: TableCell, look: Look) -> int:
    return max((_longest_in(line, look) for line in cell.lines), default=0)


def _longest_in(line: Text, look: Look) -> int:
    is_bold = look.bold or any(span.bold for span in line)
    thousandths = _broadest("".join(span.text for span in line), is_bold)
    return round(thousandths * look.size * _FONTS.get(look.font.lower(), _ANOTHER_FONT) / 1000)


@lru_cache(maxsize=4096)
def _broadest(text: str, is_bold: bool) -> int:
    """The width of the longest word of a text, in thousandths of its size."""
    return max(sum(_advance(character, is_bold) for character in word) for word in _WORD.findall(text))


def _advance(character: str, is_bold: bool) -> int:
    advances = _ADVANCES[is_bold]
    parts = unicodedata.normalize("NFKD", character)
    return sum(0 if unicodedata.combining(part) else advances.get(part, _BROADEST) for part in parts)
