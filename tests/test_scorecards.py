"""The scorecards that other tests read are what they say: every cell has one meaning, every label its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.inputs.workbook.meaning import is_figure, text_of
from cpreport.inputs.workbook.scorecard.values import (
    Axis,
    FigureCell,
    Label,
    LabelCell,
    Line,
    Open,
    Question,
    Scorecard,
    Unread,
)
from cpreport.model.figure import CellRef
from cpreport.model.period_text import parse_period

from .scorecards.card import Card, Said, cells_in, place
from .scorecards.cards import CARDS
from .scorecards.differences import differences, untold

EACH = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)


def meanings(card: Card) -> dict[str, list[str]]:
    """What each cell is said to be."""
    found: dict[str, list[str]] = {}
    for said in card.said:
        for cell in {*said.labels, *said.benchmarks, *said.figures}:
            found.setdefault(cell, []).append(said.title)
    for what in ("titles", "headings", "groups", "unread"):
        for cell in cells_in(getattr(card, what)):
            found.setdefault(cell, []).append(what)
    return found


@EACH
def test_every_cell_has_one_meaning(card: Card) -> None:
    found = meanings(card)

    assert sorted(set(card.values) - found.keys() - set(cells_in(card.either))) == []
    assert {cell: names for cell, names in found.items() if len(names) > 1 and cell in card.values} == {}


@EACH
def test_excel_and_cpreport_read_the_cells_that_were_written(tmp_path: Path, card: Card) -> None:
    path = card.write(tmp_path)
    sheet = openpyxl.load_workbook(path)[card.sheet]
    [read] = [each for each in read_spreadsheet(path).sheets if each.name == card.sheet]

    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
    assert {cell for cell, value in values.items() if value is not None and value != " "} == set(card.values)
    for cell, value in card.values.items():
        row, column = place(cell)
        assert text_of(read.rows[row - 1][column - 1]) == text_of(value), cell


@EACH
def test_an_indicator_is_named_where_it_says(card: Card) -> None:
    for said in card.said:
        assert said.title in " ".join(str(card.values[said.cell]).split()), said.cell
        references = [str(card.values[cell]) for cell, label in said.labels.items() if label.value == "reference"]
        assert said.reference in ("", *references)


@EACH
def test_figures_hold_numbers_and_markers_but_for_those_that_cannot_be_read(card: Card) -> None:
    cells = {cell for said in card.said for cell in said.figures if cell in card.values}
    odd = {cell for cell in cells if not is_figure(card.values[cell], None) and card.values[cell] not in ("-", "tbc")}

    assert odd == card.filled(card.unreadable)


@EACH
def test_an_indicator_has_one_cell_for_each_part_of_a_period(card: Card) -> None:
    for said in card.said:
        assert len(set(said.figures.values())) == len(said.figures) > 0


def at(card: Card, cell: str) -> CellRef:
    return CellRef(card.sheet, *place(cell))


def label_of(card: Card, label: Label, cell: str, heading: str = "", period: str = "") -> LabelCell:
    return LabelCell(label, heading, str(card.values[cell]), at(card, cell), period)


def as_said(card: Card) -> Scorecard:
    """A scorecard as it is read where the reading is right."""
    lines = tuple(line_as_said(card, said) for said in card.said)
    unread = tuple(
        Unread(Axis.CELL, at(card, cell), str(card.values[cell]), "is a note", (at(card, cell),))
        for cell in card.filled(card.unread)
    )
    asked = [*card.open, *((Open.POLARITY, said.cell) for said in card.said if said.polarity is None)]
    return Scorecard(
        card.sheet,
        lines,
        tuple(dict.fromkeys(figure.period for line in lines for figure in line.figures)),
        tuple(at(card, cell) for cell in card.filled(card.headings)),
        tuple(label_of(card, Label.TITLE, cell) for cell in card.filled(card.titles)),
        tuple(at(card, cell) for cell in card.filled(card.groups)),
        unread,
        tuple(Question(open, at(card, ranges.split(":")[0]), "") for open, ranges in asked),
        tuple(at(card, cell) for cell in cells_in(card.coloured)),
    )


def line_as_said(card: Card, said: Said) -> Line:
    labels = [label_of(card, label, cell) for cell, label in said.labels.items() if cell in card.values]
    benchmarks = [
        label_of(card, Label.BENCHMARK, cell, versus.comparator, versus.period)
        for cell, versus in said.benchmarks.items()
        if cell in card.values
    ]
    figures = [FigureCell(parse_period(when.period), when.part, at(card, cell)) for cell, when in said.figures.items()]
    return Line(said.title, said.reference, said.section, at(card, said.cell), (*labels, *benchmarks), tuple(figures))


@EACH
def test_a_reading_that_says_the_same_has_no_differences(card: Card) -> None:
    assert differences(card, as_said(card)) == []


@EACH
def test_a_reading_that_loses_a_figure_or_moves_it_to_another_period_has_differences(card: Card) -> None:
    right = as_said(card)
    first = next(
        figure for figure in right.lines[0].figures if figure.cell.a1 in set(card.values) - set(cells_in(card.either))
    )
    others = tuple(figure for figure in right.lines[0].figures if figure is not first)
    moved = first._replace(period=first.period.shift(1))
    cell = first.cell.a1

    for figures, what in ((others, f"lost: {cell}"), ((moved, *others), f"{cell} {card.said[0].title}: read as")):
        lines = (replace(right.lines[0], figures=figures), *right.lines[1:])
        assert any(text.startswith(what) for text in differences(card, replace(right, lines=lines)))


@EACH
def test_a_reading_that_does_not_ask_or_does_not_list_has_differences(card: Card) -> None:
    silent = replace(as_said(card), questions=(), unread=())
    said = "\n".join(differences(card, silent))

    assert ("not asked" in said) is any(said.polarity is None for said in card.said) or bool(card.open)
    assert ("lost" in said) is bool(card.filled(card.unread))


@pytest.mark.parametrize("card", [card for card in CARDS if card.given], ids=lambda card: card.name)
def test_a_period_that_nobody_said_must_be_asked_for(card: Card) -> None:
    asked = tuple(Question(open, at(card, ranges.split(":")[0]), "") for open, ranges in card.settled)
    right = as_said(card)
    lines = tuple(replace(line, figures=()) for line in right.lines)
    figures = [figure.cell for line in right.lines for figure in line.figures]
    listed = Unread(Axis.CELL, figures[0], "", "no year", tuple(figures))

    assert untold(card, replace(right, lines=lines, unread=(*right.unread, listed), questions=asked)) == []
    assert bool(untold(card, right)) is not card.is_stated


def test_each_scorecard_has_a_name_of_its_own() -> None:
    assert len({card.name for card in CARDS}) == len(CARDS) >= 20
