"""A sheet read as a scorecard: nothing of it is dropped, no period is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.scorecard.grid import looks_like_scorecard, read_scorecard
from cpreport.inputs.workbook.scorecard.values import Axis, Line, Open, Scorecard
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.model.figure import CellRef
from cpreport.model.indicator import Part, Polarity
from cpreport.model.period import TERMS, Period
from cpreport.model.period_text import parse_period

from .example_month import Formula, Rows, Shown
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
    assert left(card) == [("A10", "it is a note"), ("K3", "it is a year to date")]


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


PARTS_IN_ROWS: Rows = [
    ["Indicator", None, "Q1 23/24", "Q2 23/24"],
    ["Stability", "Number", 3, 4],
    [None, "Out of", 5, 6],
    [None, "%", 60, 67],
]
PARTS_AS_TITLES: Rows = [
    ["Indicator", "Q1 23/24", "Q2 23/24"],
    ["Stability"],
    ["Number", 3, 4],
    ["Out of", 5, 6],
    ["%", 60, 67],
]
PARTS_IN_COLUMNS: Rows = [
    ["Indicator", "Q1 23/24", None, None, "Q2 23/24", None, None],
    [None, "No.", "Cohort", "%", "No.", "Cohort", "%"],
    ["Stability", 3, 5, 60, 4, 6, 67],
]
PARTS_TURNED: Rows = [list(row) for row in zip_longest(*PARTS_IN_COLUMNS)]


@pytest.mark.parametrize("rows", [PARTS_IN_ROWS, PARTS_AS_TITLES, PARTS_IN_COLUMNS, PARTS_TURNED])
def test_parts_of_a_figure_stand_in_rows_or_columns_under_one_title(rows: Rows) -> None:
    card = card_of(rows)

    [line] = card.lines
    cells = {cell.cell: cell for cell in line.figures}
    values = {CellRef("Card", r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)}
    parts = {(cell.period.label[-2:], cell.part and cell.part.value): values[at] for at, cell in cells.items()}
    assert line.title == "Stability"
    assert parts == {
        ("Q1", "numerator"): 3,
        ("Q1", "denominator"): 5,
        ("Q1", "value"): 60,
        ("Q2", "numerator"): 4,
        ("Q2", "denominator"): 6,
        ("Q2", "value"): 67,
    }
    assert left(card) == []


def test_a_number_without_other_parts_is_the_figure_itself() -> None:
    card = card_of([["Indicator", "Apr 23"], ["Contacts"], ["Number", 3], ["Target", 4], ["Visits", 5]])

    assert [figures_of(line) for line in card.lines] == [
        [("Apr 23", "value", "B3"), ("Apr 23", "target", "B4")],
        [("Apr 23", "value", "B5")],
    ]


MONTHS = ["Apr 23", "May 23"]
ROWS_OF_ONE: Rows = [["Actual", 1, 2], ["England", 3, 4], ["Target", 5, 6], ["RAG", "R", "A"], ["Variance", 7, 8]]
BESIDE = ["'England' (benchmark) is not an indicator", "'RAG' (status) is not an indicator"]
BESIDE += ["it is a change or a difference, which cpreport computes"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Indicator", *MONTHS], ["Stability"], *ROWS_OF_ONE],
        [["Indicator", *MONTHS], ["Placements"], ["Stability"], *ROWS_OF_ONE],
        [["Indicator", *MONTHS], ["Stability"], ROWS_OF_ONE[1], ROWS_OF_ONE[0], *ROWS_OF_ONE[2:]],
        [["Indicator", *MONTHS], ["Stability", 1, 2], *ROWS_OF_ONE[1:]],
        [["Indicator", None, *MONTHS], *(["Stability", *row] for row in ROWS_OF_ONE)],
        [["Indicator", "Measure", *MONTHS], *([None if n else "Stability", *r] for n, r in enumerate(ROWS_OF_ONE))],
    ],
)
@pytest.mark.parametrize("is_above_another", [False, True])
def test_rows_such_as_actual_and_england_are_no_indicators(rows: Rows, is_above_another: bool) -> None:
    width = len(rows[0]) - len(MONTHS)
    another = [["Visits", *[None] * (width - 1), 9, 10]] if is_above_another else []
    card = card_of([*rows, *another])

    assert [line.title for line in card.lines] == ["Stability", "Visits"][: 1 + is_above_another]
    assert [(period, part) for period, part, _ in figures_of(card.lines[0])] == [
        (month, part) for part in ("value", "target") for month in MONTHS
    ]
    assert sorted(reason for _, reason in left(card)) == sorted(BESIDE)


def test_a_table_for_each_indicator_has_its_title_above_the_periods() -> None:
    block = [[None, *MONTHS], *ROWS_OF_ONE]
    card = card_of([["Stability"], *block, [], ["Visits"], *block])

    assert [(line.title, line.cell.a1) for line in card.lines] == [("Stability", "A1"), ("Visits", "A9")]
    assert [cell for *_, cell in figures_of(card.lines[1])] == ["B11", "C11", "B13", "C13"]
    assert sorted(reason for _, reason in left(card)) == sorted(2 * BESIDE)


@pytest.mark.parametrize("above", [[], [["Visits", 1, 2]], [["Visits"], ["Actual", 1, 2]]])
@pytest.mark.parametrize("title", ["Actual", "Target", "England", "Stat neighbours", "RAG", "Variance"])
def test_a_row_with_such_a_name_is_never_an_indicator(above: Rows, title: str) -> None:
    card = card_of([["Indicator", *MONTHS], *above, [title, 3, 4], ["Stability", 5, 6]])

    assert [line.title for line in card.lines] == [*["Visits"][: len(above)], "Stability"]
    own = {cell for line in card.lines for _, part, cell in figures_of(line) if part == "value"}
    assert not own & {f"{column}{len(above) + 2}" for column in "BC"}


@pytest.mark.parametrize(
    "headings",
    [("Actual", "England"), ("Number", "%"), ("2022/23", "Target"), (2022, "Actual"), ("SN", "DoT", "Out of")],
)
def test_rows_below_headings_without_a_period_are_not_figures_of_the_months_above(headings: Sequence[object]) -> None:
    inner = [["Health", *headings], ["Dental checks", 5, 6], ["Health checks", 7, 8]]
    card = card_of([["Indicator", *MONTHS, "Jun 23"], ["Stability", 1, 2, 3], *inner])

    assert [line.title for line in card.lines] == ["Stability"]
    assert left(card) == [
        ("A3", "its headings name no period"),
        ("A4", "the headings from A3 on name no period"),
        ("A5", "the headings from A3 on name no period"),
    ]


@pytest.mark.parametrize("answers", [["No", "No"], ["N", "N"], ["n/a", "-"], ["R", "A"], ["Yes", "No"]])
def test_answers_in_a_row_are_not_headings(answers: list[object]) -> None:
    card = card_of([["Indicator", *MONTHS], ["Stability", 1, 2], ["Plan in place", *answers], ["Visits", 1, 2]])

    assert [line.title for line in card.lines] == ["Stability", "Plan in place", "Visits"]


def test_headings_that_are_there_again_name_a_section() -> None:
    parts = ["Actual", "Target", "Actual", "Target"]
    rows = [[None, "Apr 23", None, "May 23"], ["Placements", *parts], ["Stability", 1, 2, 3, 4]]
    card = card_of([*rows, ["Health", *parts], ["Dental checks", 5, 6, 7, 8]], ["B1:C1", "D1:E1"])

    assert [(line.title, line.section) for line in card.lines] == [("Stability", ""), ("Dental checks", "Health")]
    assert [(period, part) for period, part, _ in figures_of(card.lines[1])] == [
        (month, part) for month in MONTHS for part in ("value", "target")
    ]


def test_an_indicator_may_have_a_word_of_these_in_its_title() -> None:
    titles = ["Change of social worker", "Rate per 10,000", "Performance against target", "Care plan reviewed"]
    card = card_of([["Indicator", *MONTHS], *([title, 1, 2] for title in titles)])

    assert [line.title for line in card.lines] == [*titles[:2], titles[3]]


@pytest.mark.parametrize(
    ("title", "reference", "titles"),
    [
        ("Population", "1.2", ["In care", "Population"]),
        ("D", "2", ["In care", "D"]),
        ("Denominator", "1.1a", ["In care"]),
        ("Denominator", "1.1", ["In care"]),
        ("Denominator", None, ["In care"]),
    ],
)
def test_a_row_with_a_reference_of_its_own_is_an_indicator(
    title: str, reference: str | None, titles: list[str]
) -> None:
    card = card_of([["Ref", "Indicator", "Jun 23", "Jul 23"], ["1.1", "In care", 8, 9], [reference, title, 90, 91]])

    assert [line.title for line in card.lines] == titles
    assert {each.part for line in card.lines[1:] for each in line.figures} <= {Part.VALUE}


@pytest.mark.parametrize("numbers", [[2011, 2012, 2013], [2013, 2012, 2011], [2011, 2011, 2012]])
def test_figures_that_could_be_years_are_figures(numbers: list[int]) -> None:
    card = card_of(
        [
            ["Ref", "Indicator", "Good is", "May 23", "Jun 23", "Jul 23"],
            ["1", "Referrals", "neither", *numbers],
            ["2", "In care", "low", 7, 8, 9],
        ]
    )

    assert [line.title for line in card.lines] == ["Referrals", "In care"]
    assert [len(line.figures) for line in card.lines] == [3, 3]


@pytest.mark.parametrize(
    ("heading", "is_target"),
    [
        ("Target (%)", True),
        ("Target (2023/24)", True),
        ("Target (per 10,000)", True),
        ("Target (stretch)", False),
        ("Target (minimum)", False),
    ],
)
def test_a_target_of_another_kind_is_not_the_target(heading: str, is_target: bool) -> None:
    card = card_of([["Ref", "Indicator", heading, "Jun 23", "Jul 23"], ["1", "In care", 5, 8, 9]])

    assert ("target" in said_by(card.lines[0])) is is_target


def test_headings_over_three_rows_give_quarters_with_targets_and_statuses() -> None:
    rows = [
        ["Indicator", "2023/24", None, None, None, None, None, "Owner"],
        [None, "Q1", None, None, "Q2", None, None],
        [None, "Actual", "Target", "RAG", "Actual", "Target", "RAG"],
        ["Stability", 1, 2, "R", 3, 4, "G", "me"],
    ]
    [line] = card_of(rows).lines

    first, second = "Apr-Jun 23/24 Q1", "Jul-Sep 23/24 Q2"
    assert figures_of(line) == [
        (first, "value", "B4"),
        (first, "target", "C4"),
        (second, "value", "E4"),
        (second, "target", "F4"),
    ]
    statuses = [(label.text, label.period) for label in line.labels if label.label.value == "status"]
    assert statuses == [("R", first), ("G", second)]


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("YTD", "it is a year to date"),
        ("% change", "it is a change or a difference, which cpreport computes"),
        ("Average", "it is a total or an average"),
        ("Jun 23 forecast", "it is a forecast"),
        ("Rolling 12 months to Jun 23", "its heading is not known"),
        ("Boys", "its heading is not known"),
        (None, "it has no heading"),
    ],
)
def test_a_column_that_is_not_read_is_told_with_its_cells(heading: str | None, reason: str) -> None:
    card = card_of([["Indicator", "Apr 23", "May 23", heading], ["Stability", 1, 2, 3]])

    [unread] = card.unread
    assert (unread.axis, unread.reason) == (Axis.COLUMN, reason)
    assert [cell.a1 for cell in unread.cells] == (["D1", "D2"] if heading else ["D2"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["Total", 1, 2], "it is a total or an average"),
        ([None, 1, 2], "it has figures, but no title"),
        (["2022/23", 1, 2], "its title is a period"),
        (["Note: see the appendix"], "it is a note"),
        ([Formula("A1", None), 1, 2], "it has figures, but no title"),
    ],
)
def test_a_row_that_is_not_read_is_told(row: list[object], reason: str) -> None:
    card = card_of([["Indicator", "Apr 23", "May 23"], ["Stability", 1, 2], row, ["Visits", 1, 2]])

    assert [line.title for line in card.lines] == ["Stability", "Visits"]
    assert left(card) == [("A3" if row[0] else "B3", reason)]


def test_a_heading_that_is_not_known_is_one_question_over_all_its_columns() -> None:
    rows = [["Indicator", "Boys", None, "Girls"], [None, *["Apr 23", "May 23"] * 2], ["Stability", 1, 2, 3, 4]]
    card = card_of(rows, ["B1:C1", "D1:E1"])

    assert asked(card) == [("HEADING", "B1", "Boys"), ("HEADING", "D1", "Girls")]
    assert [figures_of(line) for line in card.lines] == [[]]


def test_a_text_that_may_be_an_indicator_without_figures_is_a_question() -> None:
    card = card_of([["Indicator", "Apr 23"], ["Placements"], ["Health"], ["Dental checks", 1]])

    assert asked(card) == [("ROW", "A2", "Placements")]
    assert [line.section for line in card.lines] == ["Health"]


def test_a_date_that_shows_no_year_or_no_month_is_a_question() -> None:
    dates = [
        Shown(date(2023, 4, 1), "mmm-yy"),
        Shown(date(2023, 5, 1), "d-mmm"),
        Shown(date(2023, 6, 15), "mmm-yy"),
        Shown(date(2023, 8, 1), "yyyy"),
    ]
    card = headed(*dates)

    assert labels_of(card) == ["Apr 23"]
    assert [cell for _, cell, _ in asked(card)] == ["C1", "D1", "E1"]


def test_years_that_do_not_begin_over_their_columns_are_a_question() -> None:
    months = ["Apr", "May", "Jun", "Jul", "Apr", "May", "Jun", "Jul"]
    rows = [
        ["Indicator", None, None, "2022/23", None, None, None, "2023/24"],
        [None, *months],
        ["Stability", *range(8)],
    ]

    assert labels_of(card_of(rows)) == []


def test_a_calendar_year_over_months_that_run_into_the_next_one_is_a_question() -> None:
    assert labels_of(years_over(("Nov", "Dec", "Jan"), "2023")) == []
    assert labels_of(years_over(("Jan", "Feb", "Mar"), "2023")) == ["Jan 23", "Feb 23", "Mar 23"]


def test_a_second_table_beside_the_first_is_told_and_the_first_is_read() -> None:
    card = card_of([["Indicator", "Apr 23", None, "Indicator", "Apr 23"], ["Stability", 1, None, "Visits", 2]])

    assert [line.title for line in card.lines] == ["Stability"]
    assert left(card) == [(cell, "it belongs to a second table beside the first") for cell in ("D1", "E1")]


def test_a_column_called_latest_is_not_read_beside_one_of_the_same_month() -> None:
    card = headed("Jun 23", "Jul 23", "Latest", newest="Jul 23")

    assert labels_of(card) == ["Jun 23", "Jul 23"]
    assert asked(card) == [("PERIOD", "D1", "Latest: another column is Jul 23 too")]


def test_a_column_called_actual_is_of_the_newest_period_where_no_heading_names_one() -> None:
    assert labels_of(headed("Actual", "Target", "RAG", newest="Jul 23")) == ["Jul 23"]
    assert [kind for kind, *_ in asked(headed("Actual", "Target", "RAG"))] == ["PERIOD"]


@pytest.mark.parametrize(
    "heading",
    [
        "Yorkshire & Humber",
        "Yorkshire and the Humber",
        "East of England",
        "Stat Nbrs",
        "England",
        "Region",
        "All England",
    ],
)
@pytest.mark.parametrize("period", ["{} 2022", "{} 2021/22", "2022 {}", "{} as at March 2022", "{}"])
def test_a_benchmarks_heading_is_known_with_its_period(heading: str, period: str) -> None:
    card = card_of([["Indicator", "May 23", "Jun 23", period.format(heading)], ["Visits", 90, 91, 80]])

    assert said_by(card.lines[0]) == {"title": "Visits", "benchmark": "80"}
    assert card.unread == ()


def test_polarity_is_not_taken_from_a_title() -> None:
    card = card_of([["Indicator", "Good is", "Apr 23"], ["Higher is better", None, 1], ["Visits", "plan is best", 2]])

    open_ones = [(question.cell.a1, question.text) for question in card.questions]
    assert open_ones == [("A2", "Higher is better"), ("B3", "plan is best")]


WORDS = ["Ref", "Indicator", "Good is", "Apr 23", "May", "Jun 23", "2023/24", "Q1", "Q2 23/24", "Actual", "Target"]
WORDS += ["Number", "Out of", "%", "Stability", "Placements", "England", "SN", "RAG", "n/a", "-", "note ¹", "Total"]
WORDS += ["YTD", "This month", "Autumn", "Outturn", "Month", "31 March 2023", "2023"]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(0, 3000),
    st.just(Formula("1+1", None)),
    st.just(date(2023, 4, 15)),
    st.text(max_size=3).filter(lambda text: not text.startswith("=") and text.isprintable()),
)
AREAS = ["", "A1:A2", "B1:D1", "A3:D3", "B2:C2", "A2:A4"]


def uncovered(rows: list[list[object]], area: str) -> list[list[object]]:
    """The rows as Excel keeps them when it merges an area: all but its first cell are blank."""
    if not area:
        return rows
    left, top, right, bottom = openpyxl.utils.range_boundaries(area)
    inside = {(row, column) for row in range(top - 1, bottom) for column in range(left - 1, right)} - {
        (top - 1, left - 1)
    }
    return [[None if (r, c) in inside else value for c, value in enumerate(row)] for r, row in enumerate(rows)]


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=7),
    area=st.sampled_from(AREAS),
    newest=st.sampled_from(["", "Jun 23", "Q1 23/24"]),
)
def test_no_cell_of_any_sheet_is_dropped_or_told_twice(rows: list[list[object]], area: str, newest: str) -> None:
    card_of(uncovered(rows, area), [area] if area else [], newest)


CERTAIN = ("said", "decorated", "first")
"""The ways of heading months that leave no year open."""


class Made(NamedTuple):
    """A scorecard that was made, with the title, period and part of each of its numbers, of which no two are alike.

    `is_certain`: its headings leave no year open.
    """

    rows: list[list[object]]
    merged: list[str]
    truth: dict[float, tuple[str, str, str]]
    is_certain: bool


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A scorecard of months, which are headed in one of many ways."""
    first = draw(st.integers(0, 11))
    months = [parse_period("Apr 22").shift(first + n) for n in range(draw(st.integers(2, 14)))]
    months = months[::-1] if draw(st.booleans()) else months
    parts = draw(st.sampled_from([[""], ["Actual", "Target"], ["Number", "Out of", "%"]]))
    is_in_rows = draw(st.booleans())
    how = draw(st.sampled_from([*CERTAIN, "years", "spanning"]))
    headings, merged = heading_rows(how, months, 1 if is_in_rows else len(parts))
    if not is_in_rows and len(parts) > 1:
        headings.append(parts * len(months))
    left = draw(st.lists(st.sampled_from(["Ref", "Good is", "Owner"]), unique=True, max_size=2))
    right = draw(
        st.lists(st.sampled_from(["Target", "SN av.", "RAG", "Comments", "% change"]), unique=True, max_size=3)
    )
    right = [each for each in right if each != "Target" or "Target" not in parts]
    before = [*left, "Indicator", *(["Figure type"] if is_in_rows and len(parts) > 1 else [])]
    rows: list[list[object]] = [[*[None] * len(before), *row] for row in headings]
    rows[-1] = [*before, *headings[-1], *right]
    truth: dict[float, tuple[str, str, str]] = {}
    number = 10_000
    for n in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            rows.append([f"Section {n}"])
        for at, each in enumerate(parts if is_in_rows else [""]):
            labels = [None if at else f"{name} {n}" for name in left]
            title = None if at else f"Indicator number {n}"
            row: list[object] = [*labels, title, *([each] if is_in_rows and len(parts) > 1 else [])]
            for month in months:
                for part in [each] if is_in_rows else parts:
                    number += 7
                    truth[number] = (f"Indicator number {n}", month.label, MEANT[part])
                    row.append(number)
            rows.append([*row, *(f"{name} {n}" for name in right if not at)])
    if draw(st.booleans()):
        rows = [["A title of the whole"], *rows]
        merged = [(top + 1, *area) for top, *area in merged]
    rows += draw(st.sampled_from([[], [[], ["* A note below"]], [["Total", *[None] * len(before), 5]]]))
    areas = [(top, len(before) + 1 + start, top, len(before) + end) for top, start, end in merged]
    if draw(st.booleans()):
        rows = [list(row) for row in zip_longest(*rows)]
        areas = [(left, top, right, bottom) for top, left, bottom, right in areas]
    letter = openpyxl.utils.get_column_letter
    return Made(
        rows, [f"{letter(a[1])}{a[0]}:{letter(a[3])}{a[2]}" for a in areas if a[:2] != a[2:]], truth, how in CERTAIN
    )


MEANT = {
    "": "value",
    "Actual": "value",
    "Target": "target",
    "%": "value",
    "Number": "numerator",
    "Out of": "denominator",
}


def heading_rows(
    how: str, months: Sequence[Period], width: int
) -> tuple[list[list[object]], list[tuple[int, int, int]]]:
    """Headings of months, each over so many columns, and the merged ones of them by row (from 1), start and end."""
    names = {
        "said": [month.label for month in months],
        "decorated": [f"{month.long} (prov.)*" for month in months],
        "first": [month.label if n == 0 else month.label[:3] for n, month in enumerate(months)],
    }.get(how, [month.label[:3] for month in months])
    last: list[object] = [text for name in names for text in (name, *[None] * (width - 1))]
    spans = [(n * width, (n + 1) * width) for n in range(len(months))] if width > 1 else []
    if how not in ("years", "spanning"):
        return [last], [(1, start, end) for start, end in spans]
    years = [month.start.year - (month.start.month < 4) for month in months]
    above: list[object] = [None] * len(last)
    for year, found in groupby(range(len(months)), key=years.__getitem__):
        places = list(found)
        above[places[0] * width] = f"{year}/{(year + 1) % 100}"
        spans += [(places[0] * width, (places[-1] + 1) * width)] if how == "years" else []
    areas = [(1 if above[start] and end - start > width else 2, start, end) for start, end in spans]
    return [above, last], [area for area in areas if area[2] - area[1] > 1 and (area[0] == 2 or how == "years")]


@settings(max_examples=100, deadline=None)
@given(made())
def test_no_figure_of_a_scorecard_is_read_as_another_one(card: Made) -> None:
    read = card_of(card.rows, card.merged)
    cells = {
        CellRef("Card", row, column): value
        for row, values in enumerate(card.rows, 1)
        for column, value in enumerate(values, 1)
    }
    for line in read.lines:
        for figure in line.figures:
            if (number := cells.get(figure.cell)) in card.truth:
                said = (line.title, figure.period.label, figure.part.value if figure.part else "target")
                assert said == card.truth[number], figure.cell.a1  # type: ignore[index]
    told = sum(cells.get(figure.cell) in card.truth for line in read.lines for figure in line.figures)
    assert told == len(card.truth) or (asked(read) and not card.is_certain)


def test_a_plain_scorecard_looks_like_one_and_lists_do_not(tmp_path: Path) -> None:
    long = [["Indicator", "Period", "Value"], ["x", "Apr 23", 1], ["x", "May 23", 2], ["y", "Apr 23", 3]]
    names = [["Section", "Slot", "Text"], ["care", "good", "All is well"]]

    assert looks_like_scorecard(book_of(tmp_path, PLAIN).sheets[0])
    assert not looks_like_scorecard(book_of(tmp_path, long).sheets[0])
    assert not looks_like_scorecard(book_of(tmp_path, names).sheets[0])
