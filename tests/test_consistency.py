"""What must hold between figures: every rule sees the numbers that the report uses, with their marks and carried."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.model.errors import InputError
from cpreport.model.finding import Finding

from .example_month import Rows
from .examples import examples
from .workbooks import month_of

INDICATORS = """
[[indicators]]
id = "a"
title = "A"
measure = "percentage"

[[indicators]]
id = "b"
title = "B"
measure = "percentage"

[[indicators]]
id = "n"
title = "N"
measure = "number"

[[indicators]]
id = "q"
title = "Q"
measure = "number"
frequency = "quarter"

[[series]]
id = "s"
title = "S"

[[series]]
id = "t"
title = "T"

[[series]]
id = "held"
title = "Held"
carry = true
"""
TOTAL = '[[totals]]\nwhole = "held"\nparts = ["a/numerator", "b/numerator"]\n'
SUBSET = '[[subsets]]\npart = "a/numerator"\nwhole = "s"\n'
STOCK = '[[stocks]]\nstock = "n"\nstarts = "s"\nends = "t"\n'
SHARED = '[[shared_denominators]]\nindicators = ["a", "b", "c"]\n'
C = '\n[[indicators]]\nid = "c"\ntitle = "C"\nmeasure = "percentage"\n'
HEAD = ["Indicator", "Figure", "Jun 23", "Jul 23"]
MARKS = ["Indicator", "Period", "Figure", "Mark", "Note"]


def told_by(folder: Path, declared: str, rows: Rows, marks: Rows = ()) -> list[tuple[str, str]]:
    """Where and what the rules of consistency find."""
    sheets = {"Data": [HEAD, *rows], **({"Marks": [MARKS, *marks]} if marks else {})}
    findings = month_of(folder, sheets, INDICATORS + declared).findings
    return [(f.place.cell, f.message) for f in findings if f.code in CODES]


CODES = {"data.total-differs", "data.subset-exceeds", "data.stock-differs", "data.denominators-differ"}
RATIOS: Rows = [
    ["a", "numerator", 2, 3],
    ["a", "denominator", 10, 10],
    ["b", "numerator", 3, 2],
    ["b", "denominator", 10, 10],
]


def test_a_carried_whole_is_held_against_every_period_at_its_own_cell(tmp_path: Path) -> None:
    assert told_by(tmp_path / "1", TOTAL, [*RATIOS, ["held", "value", 5, None]]) == []
    assert told_by(tmp_path / "2", TOTAL, [*RATIOS, ["held", "value", 6, 5]]) == [
        ("C6", "held Jun 23 is 6, but a/numerator + b/numerator add up to 5")
    ]
    assert told_by(tmp_path / "3", TOTAL, [*RATIOS[:2], ["b", "numerator", 3, 4], ["held", "value", 5, None]]) == [
        ("C5", "held Jul 23 is 5, but a/numerator + b/numerator add up to 7")
    ]


@pytest.mark.parametrize("mark", ["[x]", "[c]", "[u]"])
def test_a_number_that_is_marked_as_missing_leaves_the_check_out(tmp_path: Path, mark: str) -> None:
    rows: Rows = [["a", "numerator", 2, 9], ["a", "denominator", 10, 10], ["s", "value", 3, 4]]

    assert told_by(tmp_path / "1", SUBSET, rows) == [("D2", "a/numerator Jul 23 is 9, more than s, which is 4")]
    assert told_by(tmp_path / "2", SUBSET, rows, [["a", "Jul 23", "numerator", mark, None]]) == []
    assert told_by(tmp_path / "3", SUBSET, rows, [["s", "Jul 23", None, mark, None]]) == []


def test_a_part_that_is_missing_leaves_the_check_out(tmp_path: Path) -> None:
    rows: Rows = [["a", "numerator", 2, None], ["a", "denominator", 10, 10], ["s", "value", None, 4]]

    assert told_by(tmp_path, SUBSET, rows) == []


def test_parts_may_be_per_cents_in_either_form(tmp_path: Path) -> None:
    subset = '[[subsets]]\npart = "a"\nwhole = "b/value"\n'
    rows: Rows = [["a", "value", 50, 50.5], ["b", "value", 50, 50.4]]

    assert told_by(tmp_path, subset, rows) == [("D2", "a Jul 23 is 50.5, more than b, which is 50.4")]


def test_a_stock_says_the_sum_that_it_should_be(tmp_path: Path) -> None:
    rows: Rows = [["n", "value", 1604, 1610], ["s", "value", 12, 20], ["t", "value", 9, 15]]

    assert told_by(tmp_path, STOCK, rows) == [
        ("D2", "n Jul 23 is 1,610, but 1,604 (Jun 23) + 20 (s) - 15 (t) is 1,609")
    ]


def test_a_stock_after_a_gap_or_across_a_break_is_left_alone(tmp_path: Path) -> None:
    rows: Rows = [["n", "value", 1604, 1610], ["s", "value", 12, 20], ["t", "value", 9, 15]]

    assert told_by(tmp_path / "1", STOCK, [["n", "value", None, 1610], *rows[1:]]) == []
    assert told_by(tmp_path / "2", STOCK, rows, [["n", "Jul 23", None, "[b]", "recounted"]]) == []


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.lists(st.integers(0, 9), min_size=2, max_size=2))
@examples(15)
def test_a_stock_that_follows_is_never_told(numbers: list[int], flows: list[int]) -> None:
    first, *_ = numbers
    rows: Rows = [
        ["n", "value", first, first + flows[0] - flows[1]],
        ["s", "value", 0, flows[0]],
        ["t", "value", 0, flows[1]],
    ]
    with tempfile.TemporaryDirectory() as folder:
        assert told_by(Path(folder), STOCK, rows) == []


def test_the_denominator_that_differs_from_most_is_told(tmp_path: Path) -> None:
    rows: Rows = [*RATIOS[:3], ["b", "denominator", 10, 11], ["c", "numerator", 1, 1], ["c", "denominator", 10, 11]]

    assert told_by(tmp_path, C + SHARED, rows) == [("D3", "a Jul 23: the denominator is 10, but that of b, c is 11")]


def refused(folder: Path, declared: str) -> list[Finding]:
    with pytest.raises(InputError) as refusal:
        told_by(folder, declared, RATIOS)
    return list(refusal.value.findings)


@pytest.mark.parametrize(
    ("declared", "code", "words"),
    [
        ('[[subsets]]\npart = "aa/numerator"\nwhole = "s"\n', "definition.unknown-name", "part names 'aa'"),
        ('[[subsets]]\npart = "s/value"\nwhole = "t"\n', "definition.unknown-name", "but no indicator has that name"),
        ('[[totals]]\nwhole = "x"\nparts = ["s"]\n', "definition.unknown-name", "[[totals]] x: whole names 'x'"),
        ('[[stocks]]\nstock = "n"\nstarts = "u"\nends = "t"\n', "definition.unknown-name", "starts names 'u'"),
        (
            '[[shared_denominators]]\nindicators = ["a", "s"]\n',
            "definition.unknown-name",
            "'s', but no indicator has that name",
        ),
        ('[[shared_denominators]]\nindicators = ["a", "n"]\n', "definition.invalid", "n is a number"),
        ('[[shared_denominators]]\nindicators = ["a"]\n', "definition.invalid", "at least 2"),
        ('[[subsets]]\npart = "a/numbers"\nwhole = "s"\n', "definition.invalid", "/numerator, /denominator or /value"),
        (
            '[[subsets]]\npart = "n"\nwhole = "q"\n',
            "definition.invalid",
            "q has a figure for each quarter, n for each month",
        ),
        (
            '[[subsets]]\npart = "n"\nwhole = "s"\n[[subsets]]\npart = "s"\nwhole = "n/value"\n',
            "definition.circular",
            "n refers to s refers to n",
        ),
        ('[[totals]]\nwhole = "s"\nparts = ["t", "s"]\n', "definition.circular", "s refers to s"),
        ('[[stocks]]\nstock = "n"\nstarts = "n"\nends = "t"\n', "definition.circular", "n refers to n"),
    ],
)
def test_what_is_declared_must_lead_somewhere_and_not_in_a_circle(
    tmp_path: Path, declared: str, code: str, words: str
) -> None:
    [finding] = refused(tmp_path, declared)

    assert finding.code == code and words in finding.message
