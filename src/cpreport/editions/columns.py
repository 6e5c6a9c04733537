"""How wide a table's columns are, and which of its rows stay together: the same in every edition that has pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise, repeat, takewhile

from cpreport.editions.widths import (
    Look,
    Room,
    columns_that_fit,
    height_of,
    needed_widths,
    set_for_breaks,
    with_margins,
)
from cpreport.model.document import Align, RowKind, Table, TableCell, TableKind, plain

_WHOLE = 12
"""Up to how many rows a table stays on one page if it can."""

_TOGETHER = 3
"""How many rows of a longer one at least are on each page."""

_FIGURES = 21
"""The share that figures have of an indicator table's width, beside those of titles and measures."""

_PADDING = 100
"""How much higher a row is than its text, in twips."""

_ABOVE, _HEADINGS = 2300, 1200
"""How high the headings above a table may be, with what every page says, and its caption alone, in twips."""

TIGHT_MARGIN = 22
"""The margins, in twips, in the cells of a table that does not fit with those of its style.

A table that even so is wider than the text reaches into half of the page's margins. In Arial of 10 points five columns
of `(83/617)`, four of `(2020/21)`, one with `population` and 4 cm for the indicators need 5 × 745 + 4 × 856 + 923 +
10 × 54 + 2268 = 10,880 twips; the packaged shell has 9864 + 2 × 510.
"""

APART = 70
"""How much further words in such a table stand from figures that end at their left, in twips."""

_EASE = 172
"""How much further its columns stand apart first if there is room, in twips: as far as with Word's own margins."""

_SLACK = 10
"""How many twips a column has more than its longest word, as programs round."""


class Columns:
    """Measures tables.

    `look` is that of words in a kind of table and of row, whose headings are None; `margins` are what a cell of a kind
    of table has left and right of its text, together, in twips.
    """

    def __init__(self, look: Callable[[TableKind, RowKind | None], Look], margins: Callable[[TableKind], int]) -> None:
        self._look, self._margins = look, margins
        self._words: dict[tuple[int, bool], list[int]] = {}

    def needed(self, table: Table, tight: bool = False) -> list[int]:
        """How wide each column is at least if no word is to break, in twips; `tight` with narrow cell margins."""
        if (id(table), tight) not in self._words:
            self._words[id(table), tight] = needed_widths(table, partial(self._look, table.kind), tight)
        needed = with_margins(table, self._words[id(table), tight], self._margins_of(table, tight) + _SLACK)
        return [
            width + APART * (tight and is_apart) for is_apart, width in zip(apart(table.headings), needed, strict=True)
        ]

    def fits(self, table: Table, room: Room) -> bool:
        """Whether no word of a table needs to break."""
        return sum(self.needed(table)) <= room.width or sum(self.needed(table, tight=True)) <= room.widest

    def too_wide(self, table: Table, width: int) -> dict[str, object] | None:
        """What a finding says of a table that is wider than this even with narrow margins, None for any other."""
        needed = self.needed(table, tight=True)
        if sum(needed) <= width:
            return None
        heads = [plain(cell.lines[0]) for cell in table.headings]
        first, end = (2, 2 + table.figures) if table.figures else (0, len(heads))
        what = f"{end - first} columns{' of periods and comparators' if table.figures else ''}"
        what += f" beside {' and '.join(heads[end:])}" if heads[end:] else ""
        kept = [*needed[:first], *needed[end:]]
        fitting = max(0, columns_that_fit([*kept, *reversed(needed[first:end])], width) - len(kept))
        return {"name": table.caption or heads[0], "what": what, "fitting": fitting}

    def widths(self, table: Table, room: Room) -> tuple[bool, list[int]]:
        """Whether a table has narrow margins in its cells, and how wide its columns are."""
        is_tight = sum(self.needed(table)) > room.width
        needed = self.needed(table, is_tight)
        width = room.widest if sum(needed) > room.width else room.width
        spare = min(max(0, width - sum(needed)) // len(needed), _EASE) if is_tight else 0
        shares = _on_grid(table.widths) if table.kind is TableKind.INDICATORS else table.widths
        return is_tight, column_widths(shares, [column + spare for column in needed], width)

    def height(self, table: Table, room: Room) -> float:
        """How high a table is, about, in twips."""
        return sum(self._heights(table, *self.widths(table, room)))

    def kept(self, table: Table, room: Room, above: float) -> list[bool]:
        """Whether each row stays on a page with the next one; `above` is how high what stands above it there is."""
        together = self._together(self._heights(table, *self.widths(table, room)), len(table.rows), room, above)
        return _kept_with_next([row.kind for row in table.rows], together)

    def _together(self, heights: Iterator[float], rows: int, room: Room, above: float) -> int:
        """How many of the last rows stay on one page, from the heights of all and the headings', from the last one up.

        It is all of a table that is short and fits, unless that would leave the page with too little that stands above
        it. Nothing follows on a page that is turned: rows fill a third of it.
        """
        known = [*heights] if rows <= _WHOLE else []
        if known and sum(known) <= room.height - max(_ABOVE, _HEADINGS + above if above < room.third else 0):
            return rows
        filled = accumulate((known or heights) if room.width > room.height else ())
        return max(_TOGETHER, 1 + sum(1 for _ in takewhile(lambda height: height < room.third, filled)))

    def _heights(self, table: Table, tight: bool, widths: Sequence[int]) -> Iterator[float]:
        """How high the rows are, about, from the last one up to the headings."""
        margins = self._margins_of(table, tight)
        for kind, cells in (*((row.kind, row.cells) for row in reversed(table.rows)), (None, table.headings)):
            look = self._look(table.kind, kind)
            texts = ([set_for_breaks(plain(line), tight) for line in cell.lines] for cell in cells)
            yield _PADDING + max(map(height_of, texts, repeat(look), (width - margins for width in widths)))

    def _margins_of(self, table: Table, tight: bool) -> int:
        return 2 * TIGHT_MARGIN if tight else self._margins(table.kind)


def _kept_with_next(kinds: Sequence[RowKind], together: int) -> list[bool]:
    """Whether each row stays on a page with the next one, as so many of the last ones do; the last does not."""
    last = len(kinds) - 1
    return [
        number < last
        and (
            number < _TOGETHER - 1
            or number > last - together
            or (kind, kinds[number + 1]) == (RowKind.FIGURES, RowKind.DIRECTION)
        )
        for number, kind in enumerate(kinds)
    ]


def _on_grid(shares: Sequence[int]) -> list[int]:
    """The shares with those of figures together as `_FIGURES`, so that a section's tables have columns alike."""
    titles, figures = shares[:2], shares[2:]
    return [*(share * (sum(figures) or 1) for share in titles), *(share * _FIGURES for share in figures)]


def column_widths(shares: Sequence[int], needed: Sequence[int], width: int) -> list[int]:
    """The columns' widths in twips; their sum is exactly `width`.

    They follow the shares, but a column that would break its longest word takes room from those with room to spare.
    Where there is not enough room for all, each has its part of it.
    """
    if sum(needed) >= width:
        return _spread(needed, width)
    wished = _spread(shares, width)
    gaps = [column - least for column, least in zip(wished, needed, strict=True)]
    lacking, spare = -sum(gap for gap in gaps if gap < 0), sum(gap for gap in gaps if gap > 0)
    if not lacking:
        return wished
    kept = [least + max(gap, 0) * (spare - lacking) // spare for least, gap in zip(needed, gaps, strict=True)]
    return [width - sum(kept[1:]), *kept[1:]]


def _spread(shares: Iterable[int], width: int) -> list[int]:
    edges = list(accumulate(shares, initial=0))
    return [width * right // edges[-1] - width * left // edges[-1] for left, right in pairwise(edges)]


def apart(cells: Sequence[TableCell]) -> list[bool]:
    """Whether each cell's words begin where those to its left end."""
    return [False, *((left.align, right.align) == (Align.RIGHT, Align.LEFT) for left, right in pairwise(cells))]
