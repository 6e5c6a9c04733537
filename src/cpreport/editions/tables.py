"""Tables as WordprocessingML: written row by row as text, as a grid built cell by cell is quadratic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

from cpreport.editions.columns import APART, TIGHT_MARGIN, Columns, apart
from cpreport.editions.statuses import STATUS_LOOKS, StatusLook
from cpreport.editions.styles import Styles
from cpreport.editions.widths import Room, set_for_breaks
from cpreport.editions.wordml import NAMESPACES, attribute, bookmark, caption_words, paragraph, value
from cpreport.model.captions import Captions
from cpreport.model.document import Align, RowKind, Span, Table, TableCell, TableKind, plain

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

_TIGHT = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(f'<w:{side} w:w="{TIGHT_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
)

_APART_MARGIN = f'<w:tcMar><w:left w:w="{TIGHT_MARGIN + APART}" w:type="dxa"/></w:tcMar>'

_WORDS_MARGIN = 108
"""How many twips Word leaves on each side of a cell where nothing says otherwise."""


class Bookmark(NamedTuple):
    """A place that links lead to; the number is unique in the document."""

    name: str
    number: int


Bookmarks = Mapping[str, Bookmark]
"""The bookmarks of tables and charts, by their anchors."""


class Tables:
    """Writes tables; `line` writes a line of text, `captions` number those of tables."""

    def __init__(
        self, styles: Styles, line: Callable[[Iterable[Span]], str], bookmarks: Bookmarks, captions: Captions
    ) -> None:
        self._styles = styles
        self._line = line
        self._bookmarks, self._captions = bookmarks, captions
        look = cache(lambda table, row: styles.look(_ROW_STYLES[row], _TABLE_STYLES[table], _AREAS.get(row, "")))
        self.columns = Columns(look, self._margins_of)

    def table(self, table: Table, room: Room, heading: str, above: float = 0) -> str:
        """The caption and the table, as wide as the text or as it needs; without one its title is the heading."""
        is_tight, widths = self.columns.widths(table, room)
        width = sum(widths)
        indent = f'<w:tblInd w:w="{(room.width - width) // 2}" w:type="dxa"/>' if width > room.width else ""
        kept = self.columns.kept(table, room, above)
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

    def _caption(self, table: Table) -> str:
        if not table.caption:
            return ""
        words = caption_words(self._captions.label(table), table.caption)
        if mark := self._bookmarks.get(table.anchor):
            words = bookmark(mark.name, mark.number, words)
        return paragraph(self._styles.id("Caption"), words, keep_next=True)

    def _row(
        self, cells: Sequence[TableCell], kind: RowKind | None, *, widths: list[int], tight: bool, keep_next: bool
    ) -> str:
        """A row that stays on one page; `kind` None is the headings, which every page repeats."""
        written, place = [], partial(_with_breaks, tight=tight)
        for cell, width, is_apart in zip(cells, widths, apart(cells), strict=True):
            style_id = self._styles.id(_ROW_STYLES[kind] + _ALIGNED[cell.align])
            lines = (paragraph(style_id, self._line(map(place, line)), keep_next) for line in cell.lines)
            look = _shown(STATUS_LOOKS[cell.status]) if cell.status in STATUS_LOOKS else ""
            look += _APART_MARGIN if tight and is_apart else ""
            properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
            written.append(f"<w:tc>{properties}{''.join(lines)}</w:tc>")
        header = "" if kind else "<w:tblHeader/>"
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(written)}</w:tr>"

    def _margins_of(self, kind: TableKind) -> int:
        """What a cell of a kind of table has left and right of its text, together."""
        style, margins = _TABLE_STYLES[kind], 0
        for sides in (("left", "start"), ("right", "end")):
            found = (self._styles.inherited(self._styles.id(style), f"w:tblPr/w:tblCellMar/w:{side}") for side in sides)
            margins += int(next((value(each, "w:w") for each in found if each is not None), "") or _WORDS_MARGIN)
        return margins


def _shown(look: StatusLook) -> str:
    """The look of a status as the properties of a cell; a table's style cannot know what a cell says."""
    line = f'w:val="single" w:sz="{look.thickness}" w:space="0" w:color="{look.border}"'
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right"))
    return f'<w:tcBorders>{sides}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{look.fill}"/>'


def _with_breaks(span: Span, tight: bool) -> Span:
    text = set_for_breaks(span.text, tight)
    return span if text == span.text else replace(span, text=text)
