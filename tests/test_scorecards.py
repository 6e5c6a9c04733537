"""The scorecards that other tests read are what they say: every cell has one meaning, every label its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.inputs.workbook.meaning import is_figure, text_of

from .scorecards.card import Card, cells_in, place
from .scorecards.cards import CARDS

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


def test_the_scorecards_are_twenty_and_unlike_each_other() -> None:
    assert len({card.name for card in CARDS}) == len(CARDS)
