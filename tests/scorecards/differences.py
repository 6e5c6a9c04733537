"""What a reading of a scorecard has otherwise than a careful reader would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cpreport.inputs.workbook.scorecard.values import Label, Line, Open, Scorecard
from cpreport.model.figure import CellRef

from .card import Card, Said, When, cells_in, place

MAY_BE_ASKED = (Open.UNIT,)
"""The questions that are never in vain."""
NOT_COMPARED = (Label.REFERENCE, Label.TITLE, Label.SECTION)
"""The labels that are compared by what they say of their indicator."""


def differences(card: Card, read: Scorecard) -> list[str]:
    """One text for each: what is lost, misread, not asked or asked in vain. Empty where the reading is right.

    `read` knows the newest period that the card gives, if it gives one.
    """
    expected = _questions(card)
    return [
        *_lost(card, read),
        *(text for said in card.said for text in _of_indicator(card, said, read)),
        *_indicators_too_many(card, read),
        *_not_listed(card, read),
        *_not_asked(expected, read),
        *_asked_in_vain(expected, read),
        *_coloured(card, read),
    ]


def untold(card: Card, read: Scorecard) -> list[str]:
    """The differences of a reading that does not know the newest period, of a card that gives one.

    No figure may be read whose period nobody said, and what is needed has to be asked.
    """
    given = {each.cell.a1: each.period.label for line in read.lines for each in line.figures}
    wanted = {cell: when.period for said in card.said for cell, when in said.figures.items() if cell in card.values}
    if card.is_stated and given == wanted:
        return list(_lost(card, read))
    guessed = [f"{cell}: read as of {label}, which nobody said" for cell, label in given.items() if cell in wanted]
    settled = [(open, set(cells_in(ranges))) for open, ranges in card.settled]
    return [*_lost(card, read), *guessed, *_not_asked(settled, read)]


def _addresses(cells: Iterable[CellRef]) -> set[str]:
    return {cell.a1 for cell in cells}


def _read_in_lines(read: Scorecard) -> set[str]:
    return {each.cell.a1 for line in read.lines for each in (*line.labels, *line.figures)} | {
        line.cell.a1 for line in read.lines
    }


def _lost(card: Card, read: Scorecard) -> Iterator[str]:
    known = _read_in_lines(read) | _addresses([*read.headings, *read.groups])
    known |= {title.cell.a1 for title in read.titles}
    known |= {cell for unread in read.unread for cell in _addresses(unread.cells)}
    if lost := sorted(set(card.values) - known, key=place):
        yield f"lost: {', '.join(lost)}"


def line_of(card: Card, said: Said, read: Scorecard) -> Line | None:
    """The line of an indicator: the one that is named where it is, or has most of its figures."""
    wanted = set(said.figures) & set(card.values)
    found = [(len(wanted & {each.cell.a1 for each in line.figures}), line) for line in read.lines]
    most, line = max(found, key=lambda each: each[0], default=(0, None))
    return line if most else None


def _of_indicator(card: Card, said: Said, read: Scorecard) -> Iterator[str]:
    line = line_of(card, said, read)
    if line is None:
        yield f"{said.cell} {said.title}: no indicator"
        return
    for what in ("title", "reference", "section"):
        given, wanted = getattr(line, what), getattr(said, what)
        if " ".join(given.split()) != wanted:
            yield f"{said.cell} {said.title}: the {what} is {given!r}, not {wanted!r}"
    yield from _figures(card, said, line)
    yield from _labels(card, said, line)


def _figures(card: Card, said: Said, line: Line) -> Iterator[str]:
    either = set(cells_in(card.either))
    wanted = {cell: when for cell, when in said.figures.items() if cell in card.values}
    given = {each.cell.a1: When(each.period.label, each.part) for each in line.figures if each.cell.a1 in card.values}
    for cell in sorted(wanted.keys() | given.keys(), key=place):
        if cell not in given:
            if cell not in either:
                yield f"{cell} {said.title}: not read, but {_shown(wanted[cell])}"
        elif cell not in wanted:
            if cell not in either:
                yield f"{cell} {said.title}: read as {_shown(given[cell])}, but is no figure of it"
        elif given[cell] != wanted[cell]:
            yield f"{cell} {said.title}: read as {_shown(given[cell])}, but {_shown(wanted[cell])}"


def _shown(when: When) -> str:
    return f"{when.part.value if when.part else 'target'} of {when.period}"


def _labels(card: Card, said: Said, line: Line) -> Iterator[str]:
    either = set(cells_in(card.either))
    wanted: dict[str, Label] = {cell: label for cell, label in said.labels.items() if cell in card.values}
    wanted |= {cell: Label.BENCHMARK for cell in said.benchmarks if cell in card.values}
    given = {each.cell.a1: each for each in line.labels if each.cell.a1 in card.values and each.label is not Label.PART}
    for cell in sorted(wanted.keys() | given.keys(), key=place):
        is_what = given[cell].label if cell in given else None
        if is_what is not wanted.get(cell) and cell not in either and wanted.get(cell) not in NOT_COMPARED:
            names = [label.value if label else "nothing" for label in (is_what, wanted.get(cell))]
            yield f"{cell} {said.title}: read as {names[0]}, not {names[1]}"
    for cell, versus in said.benchmarks.items():
        if cell in given and versus.comparator.casefold() not in " ".join(given[cell].heading.casefold().split()):
            yield f"{cell} {said.title}: the comparator is {given[cell].heading!r}, not {versus.comparator!r}"
        if cell in given and given[cell].period.strip() != versus.period:
            yield f"{cell} {said.title}: the benchmark's period is {given[cell].period!r}, not {versus.period!r}"


def _indicators_too_many(card: Card, read: Scorecard) -> Iterator[str]:
    either = set(cells_in(card.either))
    lines = [line_of(card, said, read) for said in card.said]
    for line in read.lines:
        if line not in lines and line.cell.a1 not in either:
            yield f"{line.cell.a1} {line.title}: is no indicator"


def _not_listed(card: Card, read: Scorecard) -> Iterator[str]:
    listed = {cell for unread in read.unread for cell in _addresses(unread.cells)}
    if missing := sorted(card.filled(card.unread) - set(cells_in(card.either)) - listed, key=place):
        yield f"not on the list of what is not read: {', '.join(missing)}"


Questions = list[tuple[Open, set[str]]]


def _questions(card: Card) -> Questions:
    """The questions that have to be asked, each with the cells at which it may be."""
    polarities = [(Open.POLARITY, {*said.labels, *said.figures}) for said in card.said if said.polarity is None]
    return [(open, set(cells_in(ranges))) for open, ranges in card.open] + polarities


def _not_asked(expected: Questions, read: Scorecard) -> Iterator[str]:
    asked = [(question.open, question.cell.a1) for question in read.questions]
    for open, cells in expected:
        if not any(kind is open and cell in cells for kind, cell in asked):
            yield f"not asked at {min(cells, key=place)}: {open.value}"


def _asked_in_vain(expected: Questions, read: Scorecard) -> Iterator[str]:
    for question in read.questions:
        is_expected = any(open is question.open and question.cell.a1 in cells for open, cells in expected)
        if question.open not in MAY_BE_ASKED and not is_expected:
            yield f"asked in vain at {question.cell.a1}: {question.open.value}"


def _coloured(card: Card, read: Scorecard) -> Iterator[str]:
    if different := set(cells_in(card.coloured)) ^ _addresses(read.coloured):
        yield f"coloured or not: {', '.join(sorted(different, key=place))}"
