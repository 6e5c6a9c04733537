"""How much room words take in print, so that a column can be as wide as its longest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from cpreport.model.document import Image, Report, RowKind, Table, TableKind, plain

KEY_INDICATOR = 2268
"""How wide the first column of indicators is at least, in twips: 4 cm."""

EMU_PER_TWIP = 635
"""English Metric Units, in which drawings are measured."""

CHART_HEIGHT = 4536
"""How high a chart is, in twips: 8 cm."""

_HIGHEST = 0.85
"""How much of a page's height a picture fills at most."""

_BROADEST = 1015
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

_ANOTHER_FONT = 1.25
_LINE = 1.15
"""How high a line of Arial is, in sizes."""

_WORD = re.compile("[^ \t\n\u2002-\u200b\u2010\u2012-\u2014-]*[\u2010\u2012-\u2014-]*")
"""What stays on one line: up to a space that may break, or with the hyphens and dashes after it."""

_IN_RANGE = re.compile(r"(?<=\d)-(?=\w)")
_IN_MONTH = re.compile(r"(?<=\b[A-Z][a-z]{2}) (?=\d\d\b(?!/|,\d))|(?<=\b\d\d) (?=[A-Z][a-z]{2} \d\d\b)")

_AFTER_SIGN = re.compile(r"(?<=^[↑↓↔✓~✗–]) ")
_SLASH = re.compile(r"(?<=[a-z]/)(?=[a-z])")

_ARROWS = {"↑": 500, "↓": 500, "↔": 1000}
_ADVANCES = [
    {chr(code): int(width) for code, width in enumerate(widths.split(), ord(" "))} | _ARROWS
    for widths in (_REGULAR, _BOLD)
]
"""By whether they are bold."""


class Look(NamedTuple):
    """The look of text: `size` in twips, of which a point has 20."""

    size: int
    bold: bool = False
    font: str = "Arial"

    @property
    def em(self) -> float:
        """How many twips a thousand thousandths are."""
        return self.size * _FONTS.get(self.font.lower(), _ANOTHER_FONT)


class Room(NamedTuple):
    """The width and height between a page's margins, and how far a table may reach into each beside it, in twips."""

    width: int
    height: int
    reach: int

    @property
    def widest(self) -> int:
        """How wide a table may be."""
        return self.width + 2 * self.reach

    @property
    def third(self) -> float:
        """How much of its height a page fills at least, but for the last one of a section."""
        return self.height / 3


_LARGE = Look(240, bold=True)


@lru_cache(10_000)
def set_for_breaks(text: str, tight: bool = False) -> str:
    """A text of a table in which nothing such as `2017-20`, `12-month` or `Jul 22` breaks.

    An arrow or another sign at its beginning stays with its word. In a `tight` table words joined by a slash, as in
    `number/out of`, may break after it.
    """
    whole = _AFTER_SIGN.sub("\u00a0", _IN_MONTH.sub("\u00a0", _IN_RANGE.sub("\u2011", text)))
    return _SLASH.sub("\u200b", whole) if tight else whole


def needed_widths(table: Table, look: Callable[[RowKind | None], Look], tight: bool = False) -> list[int]:
    """How wide the longest word of each column of a table is, in twips, as `set_for_breaks` sets its texts.

    `look` is that of a row of this kind (None: the headings, which are always bold); where one kind is bold, all are.
    """
    all_bold = any(look(row.kind).bold for row in table.rows)
    texts: list[dict[tuple[RowKind | None, bool], list[str]]] = [{} for _ in table.headings]
    for kind, cells in ((None, table.headings), *((row.kind, row.cells) for row in table.rows)):
        for column, cell in zip(texts, cells, strict=True):
            for line in cell.lines:
                is_bold = kind is None or all_bold or any(span.bold for span in line)
                column.setdefault((kind, is_bold), []).append(set_for_breaks(plain(line), tight))
    return [
        max(round(_broadest("\n".join(lines), bold) * look(kind).em / 1000) for (kind, bold), lines in column.items())
        for column in texts
    ]


def with_margins(table: Table, widths: Iterable[int], margins: int) -> list[int]:
    """How wide its columns are at least with what a cell has left and right of its text."""
    first, *others = (width + margins for width in widths)
    return [max(first, KEY_INDICATOR) if table.kind is TableKind.INDICATORS else first, *others]


def columns_that_fit(needed: Iterable[int], width: int) -> int:
    """How many columns, from the first, fit into a width."""
    return sum(edge <= width for edge in accumulate(needed))


def may_be_too_wide(report: Report) -> bool:
    """Whether a table might not fit on a page of A4 in landscape: as it would be in 12 points, with wide margins."""
    tables = (block for section in report.sections for block in section.blocks if isinstance(block, Table))
    needed = (with_margins(each, needed_widths(each, lambda _: _LARGE), _WIDE_MARGINS) for each in tables)
    return any(sum(columns) > _NARROW_PAGE for columns in needed)


def height_of(lines: Iterable[str], look: Look, width: int) -> float:
    """How high some lines of text are in a width, each on as many lines as it needs, in twips."""
    return sum(_lines(line, look, width) for line in lines) * look.size * _LINE


def shown_size(image: Image, room: Room) -> tuple[int, int]:
    """The width and height that a picture has on a page, in twips: no wider than the text, nor nearly as high as it."""
    width, height = (max(1, side // EMU_PER_TWIP) for side in (image.width, image.height))
    part = min(1, room.width / width, room.height * _HIGHEST / height)
    return max(1, int(width * part)), max(1, int(height * part))


def width_of(text: str, look: Look) -> float:
    """How wide a text on one line is, in twips."""
    return sum(_advance(character, look.bold) for character in text) * look.em / 1000


def _lines(text: str, look: Look, width: int) -> int:
    room, lines, used = 1000 * width / look.em, 0, float("inf")
    for word in filter(None, _WORD.findall(text)):
        advance = sum(_advance(character, look.bold) for character in word)
        lines, used = (lines, used + advance) if used + advance <= room else (lines + 1, advance)
        used += _advance(" ", look.bold)
    return max(1, lines)


def _broadest(text: str, is_bold: bool) -> int:
    """The width of the longest word of a text, in thousandths of its size."""
    broadest = 0
    for word in sorted(set(_WORD.findall(text)), key=len, reverse=True):
        if len(word) * _BROADEST <= broadest:
            break
        broadest = max(broadest, sum(_advance(character, is_bold) for character in word))
    return broadest


@cache
def _advance(character: str, is_bold: bool) -> int:
    advances = _ADVANCES[is_bold]
    parts = unicodedata.normalize("NFKD", character).replace("\u2010", "-")
    return min(_BROADEST, sum(0 if unicodedata.combining(part) else advances.get(part, _BROADEST) for part in parts))
