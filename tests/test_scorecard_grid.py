"""A sheet read as a scorecard: nothing of it is dropped, no period is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.scorecard.grid import looks_like_scorecard, read_scorecard
from cpreport.inputs.workbook.scorecard.values import Line, Open, Scorecard
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.model.figure import CellRef
from cpreport.model.indicator import Polarity
from cpreport.model.period import TERMS
from cpreport.model.period_text import parse_period

from .example_month import Formula, Rows
from .workbooks import write_workbook


def book_of(folder: Path, rows: Rows, merged: Sequence[str] = ()) -> Spreadsheet:
    """A workbook with one sheet, `Card`."""
    path = write_workbook(folder / "card.xlsx", {"Card": rows})
    if merged:
        book = openpyxl.load_workbook(path)
        for area in merged:
            book["Card"].merge_cells(area)
        book.save(path)
    return read_spreadsheet(path)


def card_of(rows: Rows, merged: Sequence[str] = (), newest: str = "") -> Scorecard:
    """A sheet as a scorecard; all of its cells are in it."""
    with TemporaryDirectory() as folder:
        book = book_of(Path(folder), rows, merged)
    card = read_scorecard(book, book.sheets[0], TERMS, parse_period(newest) if newest else None)
    assert_nothing_dropped(card, rows)
    return card


def assert_nothing_dropped(card: Scorecard, rows: Rows) -> None:
    """Every cell that is not blank is in exactly one place of the scorecard."""
    there = {
        CellRef("Card", row, column)
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells, 1)
        if value is not None and str(value).strip()
    }
    told = Counter(cell for cell in cells_of(card) if cell in there)
    assert {cell.a1 for cell in there - told.keys()} == set()
    assert {cell.a1 for cell, count in told.items() if count > 1} == set()
    assert all(cells <= there for cells in (set(unread.cells) for unread in card.unread))


def cells_of(card: Scorecard) -> Iterable[CellRef]:
    for line in card.lines:
        yield from (label.cell for label in line.labels)
        yield from (figure.cell for figure in line.figures)
    yield from card.headings
    yield from (title.cell for title in card.titles)
    yield from card.groups
    for unread in card.unread:
        yield from unread.cells


def said_by(line: Line) -> Mapping[str, str]:
    """The labels of a line by what they are."""
    return {label.label.value: label.text for label in line.labels}


def figures_of(line: Line) -> list[tuple[str, str, str]]:
    return [(cell.period.label, cell.part.value if cell.part else "target", cell.cell.a1) for cell in line.figures]


def asked(card: Scorecard) -> list[tuple[str, str, str]]:
    """The questions besides those for polarities."""
    asked = (question for question in card.questions if question.open is not Open.POLARITY)
    return [(question.open.name, question.cell.a1, question.text) for question in asked]


def left(card: Scorecard) -> list[tuple[str, str]]:
    return [(unread.at.a1, unread.reason) for unread in card.unread]


def labels_of(card: Scorecard) -> list[str]:
    return [period.label for period in card.periods]


PLAIN: Rows = [
    ["Corporate parenting scorecard"],
    [],
    ["Ref", "Indicator", "Good is", "Apr 23", "May 23", "Jun 23", "Target", "SN av.", "Eng 2021/22", "RAG", "YTD"],
    ["Placements"],
    ["1.1", "Stability", "high", 60, 61, 62, 65, 68, 69, "A", 61],
    ["1.2", "Three moves", "low", 12, "n/a", 11, 10, 9, 10, "A", 12],
    ["Health"],
    ["2.1", "Dental checks", "high", 80, 81, None, 90, None, None, "R", 80],
    [],
    ["* provisional"],
]


def test_a_plain_scorecard_is_read_with_labels_on_both_sides() -> None:
    card = card_of(PLAIN)

    assert labels_of(card) == ["Apr 23", "May 23", "Jun 23"]
    assert [(line.section, line.reference, line.title) for line in card.lines] == [
        ("Placements", "1.1", "Stability"),
        ("Placements", "1.2", "Three moves"),
        ("Health", "2.1", "Dental checks"),
    ]
    first = card.lines[0]
    assert figures_of(first) == [("Apr 23", "value", "D5"), ("May 23", "value", "E5"), ("Jun 23", "value", "F5")]
    assert {"good is": "high", "target": "65", "status": "A"}.items() <= said_by(first).items()
    benchmarks = [
        (label.heading, label.period, label.text) for label in first.labels if label.label.name == "BENCHMARK"
    ]
    assert benchmarks == [("SN av.", "", "68"), ("Eng 2021/22", "2021/22", "69")]
    assert [title.text for title in card.titles] == ["Corporate parenting scorecard"]
    assert left(card) == [("A10", "it is a note, or an indicator without any figure"), ("K3", "it is a year to date")]


def years_over(months: Sequence[str], year: str = "2023/24", newest: str = "") -> Scorecard:
    """A scorecard with a year that is merged over months."""
    rows = [["Indicator", year], [None, *months], ["Stability", *range(1, len(months) + 1)]]
    last = openpyxl.utils.get_column_letter(len(months) + 1)
    return card_of(rows, [f"B1:{last}1"] if len(months) > 1 else [], newest)


FINANCIAL = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
ACADEMIC = (*FINANCIAL[5:], *FINANCIAL[:5])


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [
        (FINANCIAL, "Apr 23", "Mar 24"),
        (FINANCIAL[::-1], "Mar 24", "Apr 23"),
        (ACADEMIC, "Sep 23", "Aug 24"),
        (FINANCIAL[5:9], "Sep 23", "Dec 23"),
        (("Q1", "Q2", "Q3", "Q4"), "Apr-Jun 23/24 Q1", "Jan-Mar 23/24 Q4"),
        (("Autumn", "Spring", "Summer"), "Autumn Term 23/24", "Summer Term 23/24"),
    ],
)
def test_a_year_above_gives_months_quarters_and_terms_their_years(months: Sequence[str], first: str, last: str) -> None:
    card = years_over(months)

    assert (labels_of(card)[0], labels_of(card)[-1], len(card.periods)) == (first, last, len(months))
    assert not asked(card)


@pytest.mark.parametrize("months", [("Jun", "Jul"), ("Apr", "May", "Jun", "Jul"), ("Apr",)])
def test_months_that_a_financial_and_an_academic_year_both_have_are_a_question(months: Sequence[str]) -> None:
    card = years_over(months)

    assert labels_of(card) == []
    [(kind, cell, text)] = asked(card)
    assert (kind, cell) == ("YEAR", "B2")
    assert months[0] + " 23" in text and months[0] + " 24" in text
    assert [line.title for line in card.lines] == ["Stability"]


def test_the_newest_period_settles_which_year_is_meant() -> None:
    assert labels_of(years_over(("Jun", "Jul"), newest="Jul 23")) == ["Jun 23", "Jul 23"]
    assert labels_of(years_over(("Jun", "Jul"), newest="Jul 24")) == ["Jun 24", "Jul 24"]
    assert labels_of(years_over(("Jun", "Jul"), newest="Aug 24")) == []


def headed(*headings: object, newest: str = "") -> Scorecard:
    """A scorecard with one indicator under headings."""
    return card_of([["Indicator", *headings], ["Stability", *range(1, len(headings) + 1)]], newest=newest)


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (("Apr 23", "May", "Jun"), ["Apr 23", "May 23", "Jun 23"]),
        (("Nov", "Dec", "Jan 23"), ["Nov 22", "Dec 22", "Jan 23"]),
        (("Jan 23", "Dec", "Nov"), ["Jan 23", "Dec 22", "Nov 22"]),
        (("Q3 22/23", "Q4", "Q1"), ["Oct-Dec 22/23 Q3", "Jan-Mar 22/23 Q4", "Apr-Jun 23/24 Q1"]),
        (("Apr 23", "Jun"), ["Apr 23"]),
        (("Jul 22", "Aug", "Jul 23"), ["Jul 22", "Jul 23"]),
        (("Apr 22", "May", "Apr 23"), ["Apr 22", "Apr 23"]),
        (("Apr", "May", "Jun"), []),
        (("Q1 2023", "Q2 2023"), []),
        (("2010-11", "2011-12"), []),
    ],
)
def test_a_year_comes_from_neighbours_only_where_months_follow_each_other(
    headings: Sequence[str], periods: Sequence[str]
) -> None:
    card = headed(*headings)

    assert labels_of(card) == periods
    assert bool(asked(card)) == (len(periods) < len(headings))


def test_two_columns_of_one_period_are_both_set_aside_with_a_question() -> None:
    card = headed("Apr 23", "May 23", "April 2023")

    assert labels_of(card) == ["May 23"]
    assert [cell for _, cell, _ in asked(card)] == ["B1", "D1"]


def test_words_such_as_last_month_need_the_newest_period() -> None:
    headings = ("This month", "Last month", "Same month last year")

    assert labels_of(headed(*headings, newest="Jul 23")) == ["Jul 23", "Jun 23", "Jul 22"]
    assert [kind for kind, *_ in asked(headed(*headings))] == ["PERIOD"] * 3


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("high", Polarity.HIGH),
        ("good to be high", Polarity.HIGH),
        ("Bigger is better", Polarity.HIGH),
        ("↑", Polarity.HIGH),
        ("L", Polarity.LOW),
        ("Lower is better", Polarity.LOW),
        ("High is bad", Polarity.LOW),
        ("Neither", Polarity.NONE),
        ("N/A", Polarity.NONE),
        ("high or low", None),
        ("plan is best", None),
        ("", None),
        ("better", None),
    ],
)
def test_a_polarity_is_what_a_cell_says_and_nothing_else(text: str, polarity: Polarity | None) -> None:
    assert polarity_of(text) is polarity


WORDS = ["Ref", "Indicator", "Good is", "Apr 23", "May", "Jun 23", "2023/24", "Q1", "Q2 23/24", "Actual", "Target"]
WORDS += [
    "Number",
    "Out of",
    "%",
    "Stability",
    "Placements",
    "England",
    "SN",
    "RAG",
    "n/a",
    "-",
    "note ¹",
    "Total",
    "YTD",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(0, 3000),
    st.just(Formula("1+1", None)),
    st.text(max_size=3).filter(lambda text: not text.startswith("=") and text.isprintable()),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=7))
def test_no_cell_of_any_sheet_is_dropped_or_told_twice(rows: list[list[object]]) -> None:
    card_of(rows)


def test_a_plain_scorecard_looks_like_one_and_lists_do_not(tmp_path: Path) -> None:
    long = [["Indicator", "Period", "Value"], ["x", "Apr 23", 1], ["x", "May 23", 2], ["y", "Apr 23", 3]]
    names = [["Section", "Slot", "Text"], ["care", "good", "All is well"]]

    assert looks_like_scorecard(book_of(tmp_path, PLAIN).sheets[0])
    assert not looks_like_scorecard(book_of(tmp_path, long).sheets[0])
    assert not looks_like_scorecard(book_of(tmp_path, names).sheets[0])
