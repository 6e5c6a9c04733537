"""Tables as WordprocessingML: written row by row as text, as a grid built cell by cell is quadratic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise, zip_longest

from cpreport.model.document import Align, RowKind, Table, TableCell, TableKind, TableRow, plain
from cpreport.render.inline import Inline
from cpreport.render.styles import Styles
from cpreport.render.wordml import NAMESPACES, attribute, field, paragraph, run

_TABLE_STYLES = {TableKind.INDICATORS: "Indicator Table", TableKind.PLAIN: "Plain Table"}
_ROW_STYLES = {
    RowKind.FIGURES: "Table Text",
    RowKind.PLAIN: "Table Text",
    RowKind.DIRECTION: "Table Direction",
    RowKind.TOTAL: "Table Total",
}
_HEADING_STYLE = "Table Heading"
_ALIGNED = {Align.LEFT: "", Align.CENTRE: " Centre", Align.RIGHT: " Right"}
_LOOK = (
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/>'
)
_WORD_ENDS = re.compile(r"[\s\-–]")
_LONGEST_WORD = 16
_CHARACTER = 105
"""The width in twips of a character of bold 9-point Arial, amply."""
_CELL_MARGINS = 170


class Tables:
    """Writes tables and numbers their captions."""

    def __init__(self, styles: Styles, inline: Inline) -> None:
        self._styles = styles
        self._inline = inline
        self._captions = 0

    def table(self, table: Table, width: int) -> str:
        """The caption and the table, `width` twips wide."""
        widths = column_widths(table, width)
        rows = [self._row(row, widths, _stays_with_next(row, below)) for row, below in _with_next(table.rows)]
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
        # With namespaces of its own lxml moves a large table into the document at once; without, node by node.
        return (
            f"{self._caption(table.caption)}<w:tbl {NAMESPACES}>{self._properties(table, width)}"
            f"<w:tblGrid>{grid}</w:tblGrid>{self._heading_row(table.headings, widths)}{''.join(rows)}</w:tbl>"
        )

    def _caption(self, caption: str) -> str:
        if not caption:
            return ""
        self._captions += 1
        number = field(" SEQ Table \\* ARABIC ", str(self._captions))
        return paragraph(self._styles.id("Caption"), f"{run('Table ')}{number}{run(f': {caption}')}", keep_next=True)

    def _properties(self, table: Table, width: int) -> str:
        words = attribute(table.caption)
        described = f"<w:tblCaption w:val={words}/><w:tblDescription w:val={words}/>" if table.caption else ""
        return (
            f'<w:tblPr><w:tblStyle w:val="{self._styles.id(_TABLE_STYLES[table.kind])}"/>'
            f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}{described}</w:tblPr>'
        )

    def _heading_row(self, headings: tuple[TableCell, ...], widths: list[int]) -> str:
        cells = self._cells(headings, widths, _HEADING_STYLE, keep_next=True)
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _row(self, row: TableRow, widths: list[int], keep_next: bool) -> str:
        cells = self._cells(row.cells, widths, _ROW_STYLES[row.kind], keep_next)
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _cells(self, cells: tuple[TableCell, ...], widths: list[int], style: str, keep_next: bool) -> str:
        shading = self._shading(style)
        written = []
        for cell, width in zip(cells, widths, strict=True):
            properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>'
            written.append(f"<w:tc>{properties}{self._lines(cell, style, keep_next)}</w:tc>")
        return "".join(written)

    def _lines(self, cell: TableCell, style: str, keep_next: bool) -> str:
        style_id = self._styles.id(style + _ALIGNED[cell.align])
        return "".join(paragraph(style_id, self._inline.text(line), keep_next) for line in cell.lines)

    def _shading(self, style: str) -> str:
        # A paragraph's shading ends at the cell's margins, so the cell takes the colour of its paragraphs' style.
        fill = self._styles.shading(style)
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""


def column_widths(table: Table, width: int) -> list[int]:
    """The columns' widths in twips; their sum is exactly `width`.

    They follow the table's shares, but a column that would break its longest word takes room from those with room to
    spare.
    """
    wished = _spread(table.widths, width)
    gaps = [column - _room_for(word) for column, word in zip(wished, _longest_words(table), strict=True)]
    lacking, spare = -sum(gap for gap in gaps if gap < 0), sum(gap for gap in gaps if gap > 0)
    moved = min(lacking, spare)
    if not moved:
        return wished
    changes = [gap * moved // (spare if gap > 0 else lacking) for gap in gaps]
    return _spread((column - change for column, change in zip(wished, changes, strict=True)), width)


def _spread(shares: Iterable[int], width: int) -> list[int]:
    edges = list(accumulate(shares, initial=0))
    return [width * right // edges[-1] - width * left // edges[-1] for left, right in pairwise(edges)]


def _longest_words(table: Table) -> list[int]:
    rows = [table.headings, *(row.cells for row in table.rows)]
    return [max(_longest_word(cell) for cell in column) for column in zip(*rows, strict=True)]


def _longest_word(cell: TableCell) -> int:
    return max((len(word) for line in cell.lines for word in _WORD_ENDS.split(plain(line))), default=0)


def _room_for(word: int) -> int:
    return min(word, _LONGEST_WORD) * _CHARACTER + _CELL_MARGINS


def _with_next(rows: tuple[TableRow, ...]) -> zip_longest[tuple[TableRow, TableRow | None]]:
    return zip_longest(rows, rows[1:])


def _stays_with_next(row: TableRow, below: TableRow | None) -> bool:
    return row.kind is RowKind.FIGURES and below is not None and below.kind is RowKind.DIRECTION
