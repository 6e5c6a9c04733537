"""Which headings stand over each column: its own, merged ones, and those that stand across several columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.headings import Heading, Unclear, heading_at
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.model.indicator import Part
from cpreport.model.period import Terms


class Piece(NamedTuple):
    """A heading that stands over a column, and its cell; `is_own`: it stands in the column itself."""

    at: Position
    says: Heading
    is_own: bool


def pieces_of(view: View, block: Block, terms: Terms) -> dict[int, list[Piece]]:
    """The headings over each column, from the top: its own, and those that are merged or stand across it."""
    width = max(column for columns in view.rows.values() for column in columns) + 1
    pieces: dict[int, list[Piece]] = {column: [] for column in range(width)}
    for row in block.heading_rows:
        columns = view.rows.get(row, [])
        spans = _spans(view, block, row, terms)
        for column in columns:
            says = heading_at(view, (row, column), terms)
            pieces[column].append(Piece((row, column), says, True))
            if spans.is_off_centre and column in spans.starts and says.says_when:
                unclear = Unclear(f"{says.text} does not stand over the first of its columns")
                says = says._replace(whens=(unclear,))
                pieces[column][-1] = Piece((row, column), says, True)
            for covered in spans.covered.get(column, ()):
                pieces[covered].append(Piece((row, column), says, False))
    return pieces


class _Spans(NamedTuple):
    """The columns that each heading of a row covers besides its own. `starts` are those that are not merged."""

    covered: Mapping[int, Sequence[int]]
    starts: frozenset[int]
    is_off_centre: bool


def _spans(view: View, block: Block, row: int, terms: Terms) -> _Spans:
    """What the headings of a row cover: a merged one its area, another one all up to the next, or to a label."""
    columns = view.rows.get(row, [])
    lower = _lowest(view, block, row, terms)
    ends = _labels_once(lower)
    covered: dict[int, Sequence[int]] = {}
    starts: list[int] = []
    for column, following in zip(columns, [*columns[1:], max(lower, default=_end(columns)) + 1], strict=True):
        area = view.merged.get((row, column))
        if area and area[3] > column:
            inside = range(column + 1, area[3] + 1)
            covered[column] = [each for each in inside if each in lower or area[2] >= block.last]
        elif column in lower and not area:
            starts.append(column)
            reached = takewhile(lambda each: each not in ends, range(column + 1, following))
            covered[column] = [each for each in reached if each in lower and lower[each].is_known]
    first_when = next((each for each in starts if heading_at(view, (row, each), terms).says_when), 0)
    under = {*columns, *(each for inside in covered.values() for each in inside)}
    is_off = any(each < first_when and says.whens and each not in under for each, says in lower.items())
    return _Spans(covered, frozenset(starts), is_off)


def _labels_once(lower: Mapping[int, Heading]) -> set[int]:
    """The columns of labels that stand but once, so that no heading over several columns is theirs."""
    counts = Counter(word_of(says) for says in lower.values() if says.labels)
    once = {column for column, says in lower.items() if says.labels and counts[word_of(says)] < 2}
    has_actual = any(says.part == (Part.VALUE,) for says in lower.values())
    return {column for column in once if not (has_actual and None in lower[column].part)}


def _end(columns: Sequence[int]) -> int:
    return columns[-1] if columns else -1


def _lowest(view: View, block: Block, row: int, terms: Terms) -> dict[int, Heading]:
    """What the lowest heading of each column below a row of headings says."""
    found: dict[int, Heading] = {}
    for below in range(row + 1, block.last + 1):
        for column in view.rows.get(below, ()):
            found[column] = heading_at(view, (below, column), terms)
    return found


def word_of(says: Heading) -> tuple[object, ...]:
    return (says.labels, says.part, says.is_count)
