"""Which columns name the indicators of a table, number them, and name the parts of their figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.columns import Columns, LabelColumn
from cpreport.inputs.workbook.scorecard.pieces import Piece
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import is_corner, is_count, parts_of, why_no_indicator

_RANKS = ("indicator", "kpi", "measure", "metric", "title", "name", "description")
"""Where several columns may name the indicators, the one whose heading has the first of these words does."""


Pieces = Mapping[int, Sequence[Piece]]
"""The headings over each column."""


def find_names(view: View, block: Block, columns: Columns, pieces: Pieces) -> None:
    """Finds the column that names the indicators, and the one that names the parts of their figures."""
    of_parts = [column for column in sorted(_columns_of(view, block)) if _may_name_parts(view, block, columns, column)]
    _find_references(view, block, columns, pieces)
    _find_title(view, block, columns, pieces, of_parts)
    of_parts = [column for column in of_parts if column != columns.title]
    shared = (column for column in of_parts if _has_shared_titles(view, block, columns.title, column))
    columns.parts = next(shared, None)
    for column in of_parts:
        over = pieces[column]
        if column == columns.parts:
            columns.take(column)
        elif column not in columns.labels and all(is_corner(each.says.rest) for each in over):
            columns.take(column, LabelColumn(Label.UNIT, over[-1].says.text if over else "", ""))


def _find_title(view: View, block: Block, columns: Columns, pieces: Pieces, of_parts: Sequence[int]) -> None:
    """Finds the column that names the indicators: by its heading, or else the one most like it.

    Where there is none, titles stand above the first of `of_parts`.
    """
    titles = [column for column in columns.of(Label.TITLE) if column not in of_parts]
    titles = titles or [column for column in columns.of(Label.SECTION) if _is_filled(view, block, columns, column)]
    if titles:
        columns.title, *others = sorted(titles, key=lambda column: (_rank(columns.labels[column].heading), column))
        columns.labels[columns.title] = columns.labels[columns.title]._replace(label=Label.TITLE)
        for column in others:
            columns.labels[column] = columns.labels[column]._replace(label=Label.NOTE)
        return
    free = _columns_of(view, block) - {*columns.labels, *of_parts}
    texts = [column for column in free if _is_text(view, block, column)]
    unnamed = [column for column in texts if not any(each.says.aside or each.says.whens for each in pieces[column])]
    if unnamed := unnamed or [*of_parts[:1]]:
        left = [column for column in unnamed if column < min(columns.dated, default=0)] or unnamed
        columns.title = max(left, key=lambda column: _likeness(view, block, columns, column))
        over = pieces[columns.title]
        columns.take(columns.title, LabelColumn(Label.TITLE, over[-1].says.text if over else "", ""))


def _find_references(view: View, block: Block, columns: Columns, pieces: Pieces) -> None:
    """Finds the column of references where none is called so: one that names or numbers indicators, all in codes."""
    if columns.of(Label.REFERENCE):
        return
    titles = columns.of(Label.TITLE)
    numbers = [column for column in columns.aside if pieces[column] and pieces[column][-1].says.is_count]
    candidates = [*(titles if len(titles) > 1 else []), *numbers]
    if codes := [column for column in candidates if _has_codes(view, block, columns, column)]:
        columns.take(codes[0], LabelColumn(Label.REFERENCE, pieces[codes[0]][-1].says.text, ""))


_CODE = re.compile(r"[^\W\d_]{0,4}[ .\-/]?[0-9]+\S{0,8}")
"""A short code such as 1, 4.10, PI-3 or FO1."""


def _has_codes(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column holds a code of its own beside the figures."""
    texts = list(filter(None, _beside_figures(view, block, columns, column)))
    return len(set(texts)) == len(texts) > 0 and all(map(_CODE.fullmatch, texts))


def _beside_figures(view: View, block: Block, columns: Columns, column: int) -> list[str]:
    """The texts of a column in the rows that have figures, blank ones too."""
    rows = [row for row in rows_below(view, block) if any(view.has((row, each)) for each in columns.dated)]
    return [view.plain((row, column)) for row in rows]


def _is_filled(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column has a text of its own in each row that has figures."""
    texts = _beside_figures(view, block, columns, column)
    return all(texts) and len(set(texts)) == len(texts)


def _has_shared_titles(view: View, block: Block, title: int | None, column: int) -> bool:
    """Whether a part stands in a row whose title is blank, or that of the row above."""
    rows = [row for row in rows_below(view, block) if view.has((row, column))]
    titles = [view.plain((row, title)) for row in rows] if title is not None else []
    return any(not after or after == before for before, after in pairwise(titles))


def _rank(heading: str) -> int:
    words = heading.lower()
    return next((at for at, word in enumerate(_RANKS) if word in words), len(_RANKS))


def _columns_of(view: View, block: Block) -> set[int]:
    """The columns with anything below the headings."""
    return {column for row in rows_below(view, block) for column in view.rows[row]}


def rows_below(view: View, block: Block) -> list[int]:
    return [row for row in view.rows if block.last < row < block.end]


def _texts(view: View, block: Block, column: int) -> list[str]:
    return [view.plain((row, column)) for row in rows_below(view, block) if view.has((row, column))]


def _is_text(view: View, block: Block, column: int) -> bool:
    """Whether most cells below the headings of a column are texts and no figures."""
    rows = [row for row in rows_below(view, block) if view.has((row, column))]
    figures = sum(view.has_figure((row, column)) for row in rows)
    return 2 * figures < len(rows)


def _likeness(view: View, block: Block, columns: Columns, column: int) -> tuple[int, float, int]:
    """How much a column is like one of titles: in how many rows with figures it has a text, and how long texts are."""
    texts = [text for text in _beside_figures(view, block, columns, column) if text]
    length = sum(min(len(text), 60) for text in texts) / len(texts) if texts else 0
    return len(texts), length, -column


def _may_name_parts(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column holds nothing but names of parts of figures and of what stands beside them, and several."""
    known = columns.labels.get(column)
    texts = _texts(view, block, column)
    is_free = known is None or known.label in (Label.UNIT, Label.TITLE)
    parts = [text for text in texts if parts_of(text) or is_count(text)]
    others = {*texts} - {*parts}
    return is_free and bool(parts) and len(set(texts)) > 1 and all(map(why_no_indicator, others))
