"""The headers of a wide sheet: a label must be true, and columns run one way without a gap."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.inputs.workbook.headers import longest_rising
from cpreport.model.finding import Finding

from .workbooks import entries_of

TERM_NAMES = ("Autumn", "Spring", "Summer")


def found_under(folder: Path, *headers: str) -> list[Finding]:
    rows = [["Indicator", "Figure", *headers], ["x", "value", *range(1, len(headers) + 1)]]
    return entries_of(folder, {"Data": rows}, "x")[1]


def said_of(folder: Path, *headers: str) -> list[tuple[str, str]]:
    return [(str(finding.place), finding.message) for finding in found_under(folder, *headers)]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Apr-Jul 22/23 Q1", "Q1 of a financial year is Apr-Jun, not Apr-Jul"),
        ("Q5 22/23", "there is no Q5; the quarters of a financial year are Q1 to Q4"),
        ("2022/23 Q0", "there is no Q0"),
        ("Winter Term 21/22", "'Winter' is not a term; the terms are Autumn, Spring, Summer"),
        ("Summer Term 21/23", "21/23 are not two neighbouring years"),
        ("Summer Term 2022/22", "2022/22 are not two neighbouring years"),
        ("2022/24", "2022/24 are not two neighbouring years"),
        ("Sep-Dec Spring Term 21/22", "Spring Term is Jan-Mar, not Sep-Dec"),
        ("Sep-Dec Spring Term", "'Sep-Dec Spring Term' does not say which year"),
        ("Autumn Term", "'Autumn Term' does not say which year"),
        ("Jul 22/23 Q2", "looks like a period, but cpreport cannot read it in this form"),
        ("2022-13-Q1", "2022/13 are not two neighbouring years"),
    ],
)
@pytest.mark.parametrize("before", [(), ("Jul 23",)])
def test_a_label_that_cannot_be_true_is_an_error_at_its_header(
    tmp_path: Path, before: tuple[str, ...], header: str, reason: str
) -> None:
    [finding] = found_under(tmp_path, *before, header)

    assert (finding.code, str(finding.place)) == ("data.header-not-a-period", "Data!D1" if before else "Data!C1")
    assert reason in finding.message


@pytest.mark.parametrize("label", ["Long term", "Term", "Quarter", "Year"])
def test_a_column_of_labels_may_speak_of_terms_and_quarters(tmp_path: Path, label: str) -> None:
    assert said_of(tmp_path, label, "Jul 23") == []


@pytest.mark.parametrize(
    "headers",
    [
        ("Jul 23",),
        ("Apr 23", "May 23", "Jun 23", "Jul 23"),
        ("Jul 23", "Jun 23", "May 23", "Jul 22"),
        ("Jul 22", "May 23", "Jun 23", "Jul 23"),
        ("Jun 23", "Q1 23/24", "Jul 23", "Aug 23", "Q2 23/24", "Sep 23", "2022/23", "Summer Term 22/23"),
        ("Mar 23", "Jun 23", "Sep 23", "Dec 23"),
        ("Summer Term 21/22", "Spring Term 22/23", "Summer Term 22/23"),
        ("Q1 22/23", "Q4 22/23", "Q1 23/24"),
        ("Jun 23", "Jul 23", "Jun 22", "Jul 22"),
        ("Apr 22", "Apr 23", "May 22", "May 23", "Jun 22", "Jun 23", "Jul 22", "Jul 23"),
    ],
)
def test_the_ways_people_order_columns_are_left_alone(tmp_path: Path, headers: tuple[str, ...]) -> None:
    assert said_of(tmp_path, *headers) == []


@pytest.mark.parametrize(
    ("headers", "at", "message"),
    [
        (("May 23", "Jul 23", "Jun 23"), "Data!D1", "Jul 23 is out of order between May 23 and Jun 23"),
        (("Jul 23", "Jun 23", "May 23", "Aug 23"), "Data!F1", "Aug 23 is out of order beside May 23"),
        (
            ("Jan 23", "Feb 23", "Mar 32", "Apr 23", "May 23"),
            "Data!E1",
            "Mar 32 is out of order between Feb 23 and Apr 23",
        ),
        (
            ("Q1 22/23", "May 23", "Q2 22/23", "Jun 23", "Q3 21/22", "Jul 23"),
            "Data!G1",
            "Oct-Dec 21/22 Q3 is out of order beside Jul-Sep 22/23 Q2",
        ),
    ],
)
def test_a_column_out_of_order_is_reported_at_its_header(
    tmp_path: Path, headers: tuple[str, ...], at: str, message: str
) -> None:
    assert (at, message) in said_of(tmp_path, *headers)
    assert {finding.severity.value for finding in found_under(tmp_path, *headers)} == {"warning"}


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (
            ("Feb 23", "Mar 23", "May 23", "Jun 23"),
            [("Data!E1", "Apr 23 is missing between Mar 23 and May 23")],
        ),
        (
            ("Jun 23", "May 23", "Mar 23", "Feb 23"),
            [("Data!E1", "Apr 23 is missing between May 23 and Mar 23")],
        ),
        (
            ("Jan 23", "Feb 23", "May 23", "Jun 23"),
            [("Data!E1", "Mar 23 and Apr 23 are missing between Feb 23 and May 23")],
        ),
        (
            ("2018/19", "2019/20", "2021/22", "2022/23"),
            [("Data!E1", "2020/21 is missing between 2019/20 and 2021/22")],
        ),
    ],
)
def test_a_missing_column_is_reported_at_the_next_header(
    tmp_path: Path, headers: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert said_of(tmp_path, *headers) == found


Q1, Q4, AUTUMN, SUMMER = "Apr-Jun", "Jan-Mar", "Autumn Term", "Summer Term"
MONTHS = ("Aug 22", "Sep 22", "Oct 22", "Nov 22", "Dec 22", "Jan 23", "Feb 23")


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (("Jul 21", *MONTHS), [("Data!C1", "Aug 21 to Jul 22 are missing between Jul 21 and Aug 22")]),
        ((*MONTHS, "Mar 32"), [("Data!J1", "Mar 23 to Feb 32 are missing between Feb 23 and Mar 32")]),
        (("Mar 32", *MONTHS[::-1]), [("Data!C1", "Feb 32 to Mar 23 are missing between Mar 32 and Feb 23")]),
        (
            (*MONTHS[:4], "Aug 23", "Sep 23", "Oct 23"),
            [("Data!G1", "Dec 22 to Jul 23 are missing between Nov 22 and Aug 23")],
        ),
        (
            (*(f"Q{number} {years}" for years in ("20/21", "21/22") for number in (1, 2, 3, 4)), "Q1 32/33"),
            [("Data!K1", f"{Q1} 22/23 Q1 to {Q4} 31/32 Q4 are missing between {Q4} 21/22 Q4 and {Q1} 32/33 Q1")],
        ),
        (
            (*(f"{name} Term {years}" for years in ("20/21", "21/22") for name in TERM_NAMES), "Spring Term 28/29"),
            [("Data!I1", f"{AUTUMN} 22/23 to {AUTUMN} 28/29 are missing between {SUMMER} 21/22 and Spring Term 28/29")],
        ),
        ((*MONTHS[:4], "Aug 23", "Sep 23"), []),
        (("Jul 20", "Jul 21", *MONTHS), []),
        (("Jul 21", *MONTHS[:5]), []),
    ],
)
def test_an_only_gap_among_many_columns_is_reported_however_long(
    tmp_path: Path, headers: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert said_of(tmp_path, *headers) == found


def test_a_figure_beneath_a_blank_header_is_reported_in_words(tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, "Jul 23", "")
    assert said == ("Data!D1", "the blank header is not a period, but there are figures below it")


def test_a_header_that_cannot_be_read_is_not_missing_as_well(tmp_path: Path) -> None:
    found = found_under(tmp_path, "Feb 23", "Mar 23", "Arp 23", "May 23", "Jun 23")

    assert [finding.code for finding in found] == ["data.header-not-a-period"]


def test_a_long_sheet_may_stand_in_any_order(tmp_path: Path) -> None:
    rows = [["Indicator", "Period", "Value"], *(["x", period, 1] for period in ("Jul 23", "Mar 23", "Jun 23"))]

    assert entries_of(tmp_path, {"Data": rows}, "x")[1] == []


@given(st.lists(st.integers(0, 20), max_size=9))
def test_the_longest_rising_run_is_found(numbers: list[int]) -> None:
    places = longest_rising(numbers)
    run = [numbers[place] for place in places]
    longest = [0] * len(numbers)
    for at, number in enumerate(numbers):
        longest[at] = 1 + max((longest[b] for b in range(at) if numbers[b] < number), default=0)

    assert places == sorted(places) and all(a < b for a, b in pairwise(run))
    assert len(run) == max(longest, default=0)
