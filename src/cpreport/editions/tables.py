"""Tables as WordprocessingML: written row by row as text, as a grid built cell by cell is quadratic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate, pairwise, repeat, takewhile
from typing import NamedTuple

from cpreport.editions.styles import Styles
from cpreport.editions.widths import Room, height_of, needed_widths, set_for_breaks, with_margins
from cpreport.editions.wordml import NAMESPACES, attribute, bookmark, field, paragraph, run, value
from cpreport.model.document import Align, RowKind, Span, Table, TableCell, TableKind, plain
from cpreport.model.status import StatusWord

_TABLE_STYLES = {TableKind.INDICATORS: "Indicator Table", TableKind.PLAIN: "Plain Table"}
_ROW_STYLES = {
    None: "Table Heading",
    RowKind.FIGURES: "Table Text",
    RowKind.PLAIN: "Table Text",
    RowKind.DIRECTION: "Table Direction",
    RowKind.TOTAL: "Table Total",
}
"""The paragraph styles of the kinds of rows; None: the headings."""

_AREAS = {None: "firstRow", RowKind.TOTAL: "lastRow"}
"""What a table's style calls the rows that it has a look for."""

_ALIGNED = {Align.LEFT: "", Align.CENTRE: " Centre", Align.RIGHT: " Right"}
_LOOKS = {
    is_last: f'<w:tblLook w:val="{value}" w:firstRow="1" w:lastRow="{is_last:d}" w:firstColumn="1" w:lastColumn="0" '
    'w:noHBand="0" w:noVBand="1"/>'
    for is_last, value in ((False, "04A0"), (True, "04E0"))
}
"""What of its style a table shows, by whether its last row is a total: headings of columns and rows, and bands."""

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

_TIGHT_MARGIN = 22
_TIGHT = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(f'<w:{side} w:w="{_TIGHT_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
)
"""The margins, in twips, in the cells of a table that does not fit with those of its style.

A table that even so is wider than the text reaches into half of the page's margins. In Arial of 10 points five columns
of `(83/617)`, four of `(2020/21)`, one with `population` and 4 cm for the indicators need 5 × 745 + 4 × 856 + 923 +
10 × 54 + 2268 = 10,880 twips; the packaged shell has 9864 + 2 × 510.
"""

_APART = 70
"""How much further words in such a table stand from figures that end at their left, in twips."""

_EASE = 172
"""How much further its columns stand apart first if there is room, in twips: as far as with Word's own margins."""

_APART_MARGIN = f'<w:tcMar><w:left w:w="{_TIGHT_MARGIN + _APART}" w:type="dxa"/></w:tcMar>'

_SLACK = 10
"""How many twips a column has more than its longest word, as programs round."""

_WORDS_MARGIN = 108
"""How many twips Word leaves on each side of a cell where nothing says otherwise."""


class StatusLook(NamedTuple):
    """How the cell of a status looks: colours as hexadecimal digits, the border's thickness in eighths of a point."""

    fill: str
    border: str
    thickness: int

    @property
    def properties(self) -> str:
        """As the properties of a cell; a table's style cannot know what a cell says."""
        line = f'w:val="single" w:sz="{self.thickness}" w:space="0" w:color="{self.border}"'
        sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right"))
        return f'<w:tcBorders>{sides}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>'


STATUS_LOOKS = {
    StatusWord.ON_TARGET: StatusLook("D5EDDB", "404040", 4),
    StatusWord.CLOSE: StatusLook("F0C24B", "404040", 4),
    StatusWord.OFF_TARGET: StatusLook("E08A7D", "000000", 18),
}
"""Black words can be read on each fill, and in grey the fills differ; borders stand out from fill and page."""


class Bookmark(NamedTuple):
    """A place that links lead to; the number is unique in the document."""

    name: str
    number: int


Bookmarks = Mapping[str, Bookmark]
"""The bookmarks of tables and charts, by their anchors."""


class Tables:
    """Writes tables and numbers their captions; `line` writes a line of text."""

    def __init__(self, styles: Styles, line: Callable[[Iterable[Span]], str], bookmarks: Bookmarks) -> None:
        self._styles = styles
        self._line = line
        self._bookmarks = bookmarks
        self._captions = 0
        self._words: dict[tuple[int, bool], list[int]] = {}
        self._look = cache(lambda table, row: styles.look(_ROW_STYLES[row], _TABLE_STYLES[table], _AREAS.get(row, "")))

    def needed(self, table: Table, tight: bool = False) -> list[int]:
        """How wide each column is at least if no word is to break, in twips; `tight` with narrow cell margins."""
        if (id(table), tight) not in self._words:
            self._words[id(table), tight] = needed_widths(table, partial(self._look, table.kind), tight)
        needed = with_margins(table, self._words[id(table), tight], self._margins_of(table, tight) + _SLACK)
        return [width + _APART * (tight and apart) for apart, width in zip(_apart(table.headings), needed, strict=True)]

    def fits(self, table: Table, room: Room) -> bool:
        """Whether no word of a table needs to break."""
        return sum(self.needed(table)) <= room.width or sum(self.needed(table, tight=True)) <= room.widest

    def table(self, table: Table, room: Room, heading: str, above: float = 0) -> str:
        """The caption and the table, as wide as the text or as it needs; without one its title is the heading."""
        is_tight, widths = self._columns(table, room)
        width = sum(widths)
        indent = f'<w:tblInd w:w="{(room.width - width) // 2}" w:type="dxa"/>' if width > room.width else ""
        together = self._together(self._heights(table, widths, is_tight), len(table.rows), room, above)
        kept = _kept_with_next([row.kind for row in table.rows], together)
        write = partial(self._row, widths=widths, tight=is_tight)
        rows = [write(row.cells, row.kind, keep_next=keep) for row, keep in zip(table.rows, kept, strict=True)]
        is_total = bool(table.rows) and table.rows[-1].kind is RowKind.TOTAL
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
        columns = "; ".join(plain(cell.lines[0]) for cell in table.headings)
        title = table.caption or table.title or heading
        described = f"<w:tblCaption w:val={attribute(title)}/>" if title else ""
        described += f"<w:tblDescription w:val={attribute(f'Columns: {columns}')}/>"
        # With namespaces of its own lxml moves a large table into the document at once; without, node by node.
        return (
            f'{self._caption(table)}<w:tbl {NAMESPACES}><w:tblPr><w:tblStyle w:val="'
            f'{self._styles.id(_TABLE_STYLES[table.kind])}"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f'{indent}<w:tblLayout w:type="fixed"/>{_TIGHT if is_tight else ""}{_LOOKS[is_total]}{described}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{write(table.headings, None, keep_next=True)}{''.join(rows)}</w:tbl>"
        )

    def height(self, table: Table, room: Room) -> float:
        """How high a table is, about, in twips."""
        is_tight, widths = self._columns(table, room)
        return sum(self._heights(table, widths, is_tight))

    def _columns(self, table: Table, room: Room) -> tuple[bool, list[int]]:
        """Whether a table has narrow margins in its cells, and how wide its columns are."""
        is_tight = sum(self.needed(table)) > room.width
        needed = self.needed(table, is_tight)
        width = room.widest if sum(needed) > room.width else room.width
        spare = min(max(0, width - sum(needed)) // len(needed), _EASE) if is_tight else 0
        shares = _on_grid(table.widths) if table.kind is TableKind.INDICATORS else table.widths
        return is_tight, column_widths(shares, [column + spare for column in needed], width)

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

    def _heights(self, table: Table, widths: Sequence[int], tight: bool) -> Iterator[float]:
        """How high the rows are, about, from the last one up to the headings."""
        margins = self._margins_of(table, tight)
        for kind, cells in (*((row.kind, row.cells) for row in reversed(table.rows)), (None, table.headings)):
            look = self._look(table.kind, kind)
            texts = ([set_for_breaks(plain(line), tight) for line in cell.lines] for cell in cells)
            yield _PADDING + max(map(height_of, texts, repeat(look), (width - margins for width in widths)))

    def _caption(self, table: Table) -> str:
        if not table.caption:
            return ""
        self._captions += 1
        number = field(" SEQ Table \\* ARABIC ", str(self._captions))
        words = f"{run('Table ')}{number}{run(f': {table.caption}')}"
        if mark := self._bookmarks.get(table.anchor):
            words = bookmark(mark.name, mark.number, words)
        return paragraph(self._styles.id("Caption"), words, keep_next=True)

    def _row(
        self, cells: Sequence[TableCell], kind: RowKind | None, *, widths: list[int], tight: bool, keep_next: bool
    ) -> str:
        """A row that stays on one page; `kind` None is the headings, which every page repeats."""
        written, place = [], partial(_with_breaks, tight=tight)
        for cell, width, is_apart in zip(cells, widths, _apart(cells), strict=True):
            style_id = self._styles.id(_ROW_STYLES[kind] + _ALIGNED[cell.align])
            lines = (paragraph(style_id, self._line(map(place, line)), keep_next) for line in cell.lines)
            look = STATUS_LOOKS[cell.status].properties if cell.status in STATUS_LOOKS else ""
            look += _APART_MARGIN if tight and is_apart else ""
            properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
            written.append(f"<w:tc>{properties}{''.join(lines)}</w:tc>")
        header = "" if kind else "<w:tblHeader/>"
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(written)}</w:tr>"

    def _margins_of(self, table: Table, tight: bool) -> int:
        """What a cell of a table has left and right of its text, together."""
        if tight:
            return 2 * _TIGHT_MARGIN
        style, margins = _TABLE_STYLES[table.kind], 0
        for sides in (("left", "start"), ("right", "end")):
            found = (self._styles.inherited(self._styles.id(style), f"w:tblPr/w:tblCellMar/w:{side}") for side in sides)
            margins += int(next((value(each, "w:w") for each in found if each is not None), "") or _WORDS_MARGIN)
        return margins


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


def _apart(cells: Sequence[TableCell]) -> list[bool]:
    """Whether each cell's words begin where those to its left end."""
    return [False, *((left.align, right.align) == (Align.RIGHT, Align.LEFT) for left, right in pairwise(cells))]


def _with_breaks(span: Span, tight: bool) -> Span:
    text = set_for_breaks(span.text, tight)
    return span if text == span.text else replace(span, text=text)
