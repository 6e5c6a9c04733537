"""Figures of a scorecard that their headings call provisional, revised or estimated: `June 2023 (prov.)`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cpreport.inputs.workbook.cells.spreadsheet import Sheet
from cpreport.inputs.workbook.meaning import STATUSES, text_of
from cpreport.inputs.workbook.scorecard.merged import merged_areas
from cpreport.inputs.workbook.scorecard.values import Scorecard
from cpreport.inputs.workbook.scorecard.words import STATUS_WORDS, plain_words
from cpreport.model.figure import CellRef, Status


def doubtful_cells(card: Scorecard, sheet: Sheet) -> Mapping[CellRef, tuple[Status, CellRef]]:
    """The cells of figures with what the headings of their columns, or rows, say of them, and the heading that does.

    A merged heading is of all that it covers.
    """
    areas = merged_areas(sheet)
    rows_of_headings = {each.row for each in card.headings}
    found: dict[CellRef, tuple[Status, CellRef]] = {}
    for heading in card.headings:
        status = _said(text_of(sheet.rows[heading.row - 1][heading.column - 1]))
        if status is None:
            continue
        last, right = areas.get((heading.row, heading.column), (heading.row, heading.column))
        bottom = last
        while bottom + 1 in rows_of_headings:
            bottom += 1
        below = min((row for row in rows_of_headings if row > bottom), default=len(sheet.rows) + 1)
        for each in (figure.cell for line in card.lines for figure in line.figures):
            is_below = bottom < each.row < below and heading.column <= each.column <= right
            if is_below or (heading.row <= each.row <= last and each.column > right):
                found[each] = status, heading
    return found


def _said(heading: str) -> Status | None:
    """What a heading says of its figures, by a word or a sign in brackets; None where it says nothing."""
    words = {*plain_words(heading).split()}
    signs = {f"[{sign}]" for sign in re.findall(r"[\[(]([pre])[\])]", heading.lower())}
    by_word = (status for status, names in STATUS_WORDS.items() if names & words)
    return next(by_word, next((STATUSES[sign] for sign in sorted(signs)), None))
