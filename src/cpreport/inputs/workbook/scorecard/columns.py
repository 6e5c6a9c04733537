"""What each column of a scorecard's table is: labels, figures of a period, or not read and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.headings import Heading, Relative, Unclear, When, heading_at, is_decoration
from cpreport.inputs.workbook.scorecard.values import Label, Open
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import COUNT, is_corner, is_count, parts_of
from cpreport.inputs.workbook.scorecard.years import Dated, Doubt, settle
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms

Said = Part | str | None
"""A part of a figure, None for its target, or COUNT: what that is depends on the other parts."""

_RANKS = ("indicator", "kpi", "measure", "metric", "title", "name", "description")
"""Where several columns may name the indicators, the one whose heading has the first of these words does."""


class Piece(NamedTuple):
    """A heading that stands over a column, and its cell; `is_own`: it stands in the column itself."""

    at: Position
    says: Heading
    is_own: bool


class LabelColumn(NamedTuple):
    label: Label
    heading: str
    period: str


class Aside(NamedTuple):
    """A column that is not read: where it says so, and why."""

    at: Position
    text: str
    reason: str


@dataclass
class Columns:
    """The columns of a table by what they are. `parts` is the one that names the parts of figures, if there is one.

    `dated` are all whose headings speak of figures of a period, `shared` the headings that stand over several columns.
    """

    title: int | None = None
    parts: int | None = None
    labels: dict[int, LabelColumn] = field(default_factory=dict)
    figures: dict[int, tuple[Period, Said]] = field(default_factory=dict)
    aside: dict[int, Aside] = field(default_factory=dict)
    dated: frozenset[int] = frozenset()
    shared: frozenset[Position] = frozenset()
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, label: Label) -> list[int]:
        """The columns of a label, from the left."""
        return [column for column, each in sorted(self.labels.items()) if each.label is label]

    def put_aside(self, column: int, at: Position, text: str, reason: str, doubt: Doubt | None = None) -> None:
        """Sets a column aside; a question is asked once."""
        self.labels.pop(column, None)
        self.figures.pop(column, None)
        self.aside[column] = Aside(at, text, reason)
        if doubt and doubt not in self.doubts:
            self.doubts.append(doubt)


def read_columns(view: View, block: Block, terms: Terms, newest: Period | None) -> Columns:
    """What the columns of a table are."""
    pieces = pieces_of(view, block, terms)
    shared = frozenset(piece.at for over in pieces.values() for piece in over if not piece.is_own)
    columns = Columns(shared=shared)
    dated: dict[int, Sequence[Piece]] = {}
    beside = _second_table(pieces)
    for column, over in sorted(pieces.items()):
        if column >= beside and over:
            columns.put_aside(column, over[-1].at, over[-1].says.text, "it belongs to a second table beside the first")
        elif over:
            _sort(columns, column, over, dated)
    _take_newest(columns, pieces, dated)
    columns.dated = frozenset(
        column
        for column, over in pieces.items()
        if column in dated or (column in columns.aside and any(each.says.whens or each.says.part for each in over))
    )
    _find_names(view, block, columns, pieces)
    _date(view, block, columns, dated, terms, newest)
    _name_periods(columns, pieces)
    for column in {column for row in _below(view, block) for column in view.rows[row]}:
        if (column not in pieces or not pieces[column]) and column not in (columns.title, columns.parts):
            columns.put_aside(column, _first_cell(view, block, column), "", "it has no heading")
    return columns


def _second_table(pieces: Mapping[int, Sequence[Piece]]) -> int:
    """The first column of a table beside the first one: it names indicators again, with periods before and after it."""
    whens = [column for column, over in pieces.items() if any(each.says.whens for each in over)]
    titles = [column for column, over in pieces.items() if over and over[-1].says.labels == (Label.TITLE,)]
    seconds = (column for column in titles[1:] if whens and titles[0] < whens[0] < column < whens[-1])
    return next(seconds, len(pieces))


def _take_newest(columns: Columns, pieces: Mapping[int, Sequence[Piece]], dated: dict[int, Sequence[Piece]]) -> None:
    """Where no heading speaks of a period, the column called Actual or the like is of the newest one."""
    actual = [column for column in columns.aside if pieces[column] and pieces[column][-1].says.part == (Part.VALUE,)]
    if dated or len(actual) != 1:
        return
    *above, last = pieces[actual[0]]
    columns.aside.pop(actual[0])
    columns.doubts = [each for each in columns.doubts if each.at != last.at]
    dated[actual[0]] = [*above, last._replace(says=last.says._replace(whens=(Relative("", 0, 0),)))]


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
    columns = view.rows.get(row, [])
    lower = _lowest(view, block, row, terms)
    counts = Counter(_word(says) for says in lower.values() if says.labels)
    has_actual = any(says.part == (Part.VALUE,) for says in lower.values())
    covered: dict[int, list[int]] = {}
    starts: set[int] = set()
    first_of_year: int | None = None
    for column, following in zip(columns, [*columns[1:], max(lower, default=_end(columns)) + 1], strict=True):
        area = view.merged.get((row, column))
        if area and area[3] > column:
            inside = range(column + 1, area[3] + 1)
            covered[column] = [each for each in inside if each in lower or area[2] >= block.last]
            continue
        if column not in lower or area:
            continue
        starts.add(column)
        if first_of_year is None and heading_at(view, (row, column), terms).says_when:
            first_of_year = column
        for each in range(column + 1, following):
            says = lower.get(each)
            if says is None:
                continue
            if says.labels and counts[_word(says)] < 2 and not (None in says.part and has_actual):
                break
            if says.is_known:
                covered.setdefault(column, []).append(each)
    is_off = first_of_year is not None and any(
        each < first_of_year
        and says.whens
        and not any(each in inside for inside in covered.values())
        and each not in columns
        for each, says in lower.items()
    )
    return _Spans(covered, frozenset(starts), is_off)


def _end(columns: Sequence[int]) -> int:
    return columns[-1] if columns else -1


def _lowest(view: View, block: Block, row: int, terms: Terms) -> dict[int, Heading]:
    """What the lowest heading of each column below a row of headings says."""
    found: dict[int, Heading] = {}
    for below in range(row + 1, block.last + 1):
        for column in view.rows.get(below, ()):
            found[column] = heading_at(view, (below, column), terms)
    return found


def _word(says: Heading) -> tuple[object, ...]:
    return (says.labels, says.part, says.is_count)


def _sort(columns: Columns, column: int, over: Sequence[Piece], dated: dict[int, Sequence[Piece]]) -> None:
    """Sorts a column by what its headings say; those that speak of periods go to `dated`."""
    lowest = over[-1]
    text = lowest.says.text
    if why := next((each.says.aside for each in over if each.says.aside), ""):
        columns.put_aside(column, lowest.at, text, why)
        return
    words = [each for each in over if each.says.labels or each.says.part or each.says.is_count]
    distinct = {_word(each.says) for each in words if each.says.part != (Part.VALUE,)}
    labels = {label for each in words for label in each.says.labels}
    whens = [when for each in over for when in each.says.whens]
    has_unknown = any(not _is_decorated(each.says.rest, whens) for each in over)
    is_unclear = has_unknown or len(labels) > 1 or (bool(labels) and len(distinct) > 1 and labels != {Label.BENCHMARK})
    if is_unclear and not (has_unknown and all(is_corner(each.says.rest) for each in over if each.says.rest)):
        doubt = Doubt(Open.HEADING, lowest.at, text)
        reason = "it may say two things" if len(labels) > 1 else "its heading is not known"
        columns.put_aside(column, lowest.at, text, reason, doubt)
        return
    has_when = bool(whens)
    if labels and not (labels == {Label.TARGET} and has_when):
        named = [each for each in words if each.says.labels][-1]
        period = " ".join(each.says.said for each in over if each.says.said)
        columns.labels[column] = LabelColumn(named.says.labels[0], named.says.text, period)
    elif has_when:
        dated[column] = over
    elif words or has_unknown:
        doubt = Doubt(Open.PERIOD, lowest.at, text)
        columns.put_aside(
            column, lowest.at, text, "it does not say which period it is of", None if has_unknown else doubt
        )


def _is_decorated(rest: str, whens: Sequence[When]) -> bool:
    """Whether all that is not understood of a heading just decorates the periods over its column."""
    return all(is_decoration(word, whens) for word in rest.split()) if whens else not rest


def _date(
    view: View,
    block: Block,
    columns: Columns,
    dated: Mapping[int, Sequence[Piece]],
    terms: Terms,
    newest: Period | None,
) -> None:
    """Settles which periods the columns of figures are; two of one period are both set aside."""
    below = _below(view, block)
    speaking = [
        Dated(
            column,
            [each.at for each in over if each.says.whens][-1],
            tuple(dict.fromkeys(when for each in over for when in each.says.whens)),
            any(view.has_figure((row, column)) for row in below),
        )
        for column, over in dated.items()
    ]
    found, doubts = settle(speaking, terms, newest)
    values = {found[column] for column, over in dated.items() if column in found and _part(over) is not None}
    for column, over in dated.items():
        lowest = over[-1]
        if column in doubts:
            columns.put_aside(column, lowest.at, lowest.says.text, "its period is not certain", doubts[column])
        elif _part(over) is None and found[column] not in values:
            period = " ".join(each.says.said for each in over if each.says.said)
            columns.labels[column] = LabelColumn(Label.TARGET, lowest.says.text, period)
        else:
            columns.figures[column] = found[column], _part(over)
    _each_once(columns, dated)


def _name_periods(columns: Columns, pieces: Mapping[int, Sequence[Piece]]) -> None:
    """Gives the columns of labels that share the heading of a period its name."""
    known = {_when_cells(pieces[column]): period.label for column, (period, _) in columns.figures.items()}
    for column, label in columns.labels.items():
        if period := known.get(_when_cells(pieces[column])):
            columns.labels[column] = label._replace(period=period)


def _each_once(columns: Columns, dated: Mapping[int, Sequence[Piece]]) -> None:
    """Sets aside the columns that would be of the same part and period, or of one that they may be of."""
    settled = dict(columns.figures)
    beside = {period: {said for each, said in settled.values() if each == period} for period, _ in settled.values()}
    for column, (period, said) in settled.items():
        if said == COUNT:
            columns.figures[column] = period, _counted(beside[period] - {COUNT, None})
    counts = Counter(columns.figures.values())
    stated = Counter(key for column, key in columns.figures.items() if not _is_relative(dated[column]))
    for column, key in list(columns.figures.items()):
        if counts[key] > 1 and (stated[key] != 1 or _is_relative(dated[column])):
            lowest = dated[column][-1]
            doubt = Doubt(Open.PERIOD, lowest.at, f"{lowest.says.text}: another column is {key[0]} too")
            columns.put_aside(column, lowest.at, lowest.says.text, f"another column is {key[0]} too", doubt)


def _is_relative(over: Sequence[Piece]) -> bool:
    """Whether a column says which period it is by words such as `latest`; one with the period's name is sure."""
    return any(isinstance(when, Relative) for each in over for when in each.says.whens)


def _counted(others: set[Said]) -> Part:
    """What a number is beside other parts of a figure: its numerator, or the figure itself where there is none."""
    return Part.NUMERATOR if others & {Part.VALUE, Part.DENOMINATOR} else Part.VALUE


def _part(over: Sequence[Piece]) -> Said:
    """The part of a figure that headings name: the lowest that is not just a word for the figure."""
    said: list[Said] = [COUNT if each.says.is_count else each.says.part[0] for each in over if _names_part(each)]
    others = [each for each in said if each is not Part.VALUE]
    return others[-1] if others else Part.VALUE


def _names_part(piece: Piece) -> bool:
    return bool(piece.says.part) or piece.says.is_count


def _when_cells(over: Sequence[Piece]) -> tuple[Position, ...]:
    return tuple(each.at for each in over if each.says.whens)


def _find_names(view: View, block: Block, columns: Columns, pieces: Mapping[int, Sequence[Piece]]) -> None:
    """Finds the column that names the indicators, and the one that names the parts of their figures."""
    of_parts = [column for column in sorted(_columns_of(view, block)) if _may_name_parts(view, block, columns, column)]
    _find_references(view, block, columns, pieces)
    titles = [column for column in columns.of(Label.TITLE) if column not in of_parts]
    titles = titles or [column for column in columns.of(Label.SECTION) if _is_filled(view, block, columns, column)]
    if titles:
        columns.title, *others = sorted(titles, key=lambda column: (_rank(columns.labels[column].heading), column))
        columns.labels[columns.title] = columns.labels[columns.title]._replace(label=Label.TITLE)
        for column in others:
            columns.labels[column] = columns.labels[column]._replace(label=Label.NOTE)
    elif unnamed := [
        column
        for column in _columns_of(view, block) - {*columns.labels, *of_parts}
        if _is_text(view, block, column) and not any(each.says.aside or each.says.whens for each in pieces[column])
    ]:
        left = [column for column in unnamed if column < min(columns.dated, default=0)] or unnamed
        columns.title = max(left, key=lambda column: _likeness(view, block, columns, column))
        columns.aside.pop(columns.title, None)
        columns.doubts = [each for each in columns.doubts if each.at[1] != columns.title]
        heading = pieces[columns.title][-1].says.text if pieces[columns.title] else ""
        columns.labels[columns.title] = LabelColumn(Label.TITLE, heading, "")
    columns.parts = next(
        (column for column in of_parts if _has_shared_titles(view, block, columns.title, column)), None
    )
    for column in of_parts:
        over = pieces[column]
        if column != columns.parts and column not in columns.labels and all(is_corner(each.says.rest) for each in over):
            columns.aside.pop(column, None)
            columns.labels[column] = LabelColumn(Label.UNIT, over[-1].says.text if over else "", "")
    if columns.parts is not None:
        columns.labels.pop(columns.parts, None)
        columns.aside.pop(columns.parts, None)
        columns.doubts = [each for each in columns.doubts if each.at[1] != columns.parts]


def _find_references(view: View, block: Block, columns: Columns, pieces: Mapping[int, Sequence[Piece]]) -> None:
    """Finds the column of references where none is called so: one that names or numbers indicators, all in codes."""
    if columns.of(Label.REFERENCE):
        return
    titles = columns.of(Label.TITLE)
    numbers = [column for column in columns.aside if pieces[column] and pieces[column][-1].says.is_count]
    candidates = [*(titles if len(titles) > 1 else []), *numbers]
    if codes := [column for column in candidates if _has_codes(view, block, columns, column)]:
        columns.labels[codes[0]] = LabelColumn(Label.REFERENCE, pieces[codes[0]][-1].says.text, "")
        columns.aside.pop(codes[0], None)
        columns.doubts = [each for each in columns.doubts if each.at[1] != codes[0]]


_CODE = re.compile(r"[^\W\d_]{0,4}[ .\-/]?[0-9]+\S{0,8}")
"""A short code such as 1, 4.10, PI-3 or FO1."""


def _has_codes(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column holds a code of its own beside the figures."""
    texts = list(filter(None, _beside_figures(view, block, columns, column)))
    return len(set(texts)) == len(texts) > 0 and all(map(_CODE.fullmatch, texts))


def _beside_figures(view: View, block: Block, columns: Columns, column: int) -> list[str]:
    """The texts of a column in the rows that have figures, blank ones too."""
    rows = [row for row in _below(view, block) if any(view.has((row, each)) for each in columns.dated)]
    return [view.plain((row, column)) for row in rows]


def _is_filled(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column has a text of its own in each row that has figures."""
    texts = _beside_figures(view, block, columns, column)
    return all(texts) and len(set(texts)) == len(texts)


def _has_shared_titles(view: View, block: Block, title: int | None, column: int) -> bool:
    """Whether a part stands in a row whose title is blank, or that of the row above."""
    rows = [row for row in _below(view, block) if view.has((row, column))]
    titles = [view.plain((row, title)) for row in rows] if title is not None else []
    return any(not after or after == before for before, after in pairwise(titles))


def _rank(heading: str) -> int:
    words = heading.lower()
    return next((at for at, word in enumerate(_RANKS) if word in words), len(_RANKS))


def _columns_of(view: View, block: Block) -> set[int]:
    """The columns with anything below the headings."""
    return {column for row in _below(view, block) for column in view.rows[row]}


def _below(view: View, block: Block) -> list[int]:
    return [row for row in view.rows if block.last < row < block.end]


def _first_cell(view: View, block: Block, column: int) -> Position:
    return next((row, column) for row in _below(view, block) if view.has((row, column)))


def _texts(view: View, block: Block, column: int) -> list[str]:
    return [view.plain((row, column)) for row in _below(view, block) if view.has((row, column))]


def _is_text(view: View, block: Block, column: int) -> bool:
    """Whether most cells below the headings of a column are texts and no figures."""
    rows = [row for row in _below(view, block) if view.has((row, column))]
    figures = sum(view.has_figure((row, column)) for row in rows)
    return 2 * figures < len(rows)


def _likeness(view: View, block: Block, columns: Columns, column: int) -> tuple[int, float, int]:
    """How much a column is like one of titles: in how many rows with figures it has a text, and how long texts are."""
    texts = [text for text in _beside_figures(view, block, columns, column) if text]
    length = sum(min(len(text), 60) for text in texts) / len(texts) if texts else 0
    return len(texts), length, -column


def _may_name_parts(view: View, block: Block, columns: Columns, column: int) -> bool:
    """Whether a column holds nothing but names of parts of figures, and different ones."""
    known = columns.labels.get(column)
    texts = _texts(view, block, column)
    is_free = known is None or known.label in (Label.UNIT, Label.TITLE)
    return is_free and len(set(texts)) > 1 and all(parts_of(text) or is_count(text) for text in texts)
