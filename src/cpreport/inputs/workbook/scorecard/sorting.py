"""What each column of a scorecard's table is, by the headings over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.columns import Columns, LabelColumn, Said
from cpreport.inputs.workbook.scorecard.headings import Relative, When, is_decoration
from cpreport.inputs.workbook.scorecard.names import find_names, rows_below
from cpreport.inputs.workbook.scorecard.pieces import Piece, pieces_of, word_of
from cpreport.inputs.workbook.scorecard.values import Label, Open
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import COUNT, is_corner
from cpreport.inputs.workbook.scorecard.years import Dated, Doubt, settle
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms


def read_columns(view: View, block: Block, terms: Terms, newest: Period | None) -> Columns:
    """What the columns of a table are."""
    pieces = pieces_of(view, block, terms)
    shared = frozenset(piece.at for over in pieces.values() for piece in over if not piece.is_own)
    columns = Columns(shared=shared)
    dated: dict[int, Sequence[Piece]] = {}
    beside = _second_table(pieces)
    for column, over in sorted(pieces.items()):
        if column >= beside and over:
            columns.put_aside(column, "it belongs to a second table beside the first")
        elif over:
            _sort(columns, column, over, dated)
    _take_newest(columns, pieces, dated)
    columns.dated = frozenset(
        column
        for column, over in pieces.items()
        if column in dated or (column in columns.aside and any(each.says.whens or each.says.part for each in over))
    )
    find_names(view, block, columns, pieces)
    _date(view, block, columns, dated, terms, newest)
    _name_periods(columns, pieces)
    for column in {column for row in rows_below(view, block) for column in view.rows[row]}:
        if (column not in pieces or not pieces[column]) and column not in (columns.title, columns.parts):
            columns.put_aside(column, "it has no heading")
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
    columns.take(actual[0])
    dated[actual[0]] = [*above, last._replace(says=last.says._replace(whens=(Relative("", 0, 0),)))]


def _sort(columns: Columns, column: int, over: Sequence[Piece], dated: dict[int, Sequence[Piece]]) -> None:
    """Sorts a column by what its headings say; those that speak of periods go to `dated`."""
    lowest = over[-1]
    text = lowest.says.text
    if why := next((each.says.aside for each in over if each.says.aside), ""):
        columns.put_aside(column, why)
        return
    words = [each for each in over if each.says.labels or each.says.part or each.says.is_count]
    distinct = {word_of(each.says) for each in words if each.says.part != (Part.VALUE,)}
    labels = {label for each in words for label in each.says.labels}
    whens = [when for each in over for when in each.says.whens]
    has_unknown = any(not _is_decorated(each.says.rest, whens) for each in over)
    is_unclear = has_unknown or len(labels) > 1 or (bool(labels) and len(distinct) > 1 and labels != {Label.BENCHMARK})
    if is_unclear and not (has_unknown and all(is_corner(each.says.rest) for each in over if each.says.rest)):
        asked = next((each for each in over if not _is_decorated(each.says.rest, whens)), lowest)
        doubt = Doubt(Open.HEADING, asked.at, asked.says.text)
        reason = "it may say two things" if len(labels) > 1 else "its heading is not known"
        columns.put_aside(column, reason, doubt)
        return
    if labels and not (labels == {Label.TARGET} and whens):
        named = [each for each in words if each.says.labels][-1]
        columns.labels[column] = LabelColumn(named.says.labels[0], named.says.text, _period_said(over))
    elif whens:
        dated[column] = over
    elif words or has_unknown:
        doubt = Doubt(Open.PERIOD, lowest.at, text)
        columns.put_aside(column, "it does not say of which period it is", None if has_unknown else doubt)


def _period_said(over: Sequence[Piece]) -> str:
    """The periods that headings name, as typed."""
    return " ".join(each.says.said for each in over if each.says.said)


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
    below = rows_below(view, block)
    with_figures = {column for column in dated if any(view.has_figure((row, column)) for row in below)}
    speaking = [_speaking(column, over, column in with_figures) for column, over in dated.items()]
    found, doubts = settle(speaking, terms, newest)
    values = {found[column] for column, over in dated.items() if column in found and _part(over) is not None}
    for column, over in dated.items():
        lowest = over[-1]
        if column in doubts:
            columns.put_aside(column, "its period is not certain", _said(doubts[column], lowest))
        elif _part(over) is None and found[column] not in values:
            columns.labels[column] = LabelColumn(Label.TARGET, lowest.says.text, _period_said(over))
        else:
            columns.figures[column] = found[column], _part(over)
    _each_once(columns, dated)


def _speaking(column: int, over: Sequence[Piece], has_figures: bool) -> Dated:
    """What the headings over a column say of periods, at the lowest one that does."""
    at = [each.at for each in over if each.says.whens][-1]
    return Dated(column, at, tuple(dict.fromkeys(when for each in over for when in each.says.whens)), has_figures)


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
            columns.put_aside(column, f"another column is {key[0]} too", doubt)


def _said(doubt: Doubt, lowest: Piece) -> Doubt:
    """A question about a column, which quotes its heading where it says nothing else."""
    return doubt if doubt.text else doubt._replace(text=lowest.says.text)


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
