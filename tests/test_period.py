"""Periods: what they are called, how they follow each other, and which texts name one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.model.period import TERMS, Kind, Period, Term, month, month_of_day, newest_ended
from cpreport.model.period_text import NotAPeriod, parse_period, period_in_name

HALF_TERMS = (
    *(Term("Autumn1", 9, 10), Term("Autumn2", 11, 12), Term("Spring1", 1, 2)),
    *(Term("Spring2", 3, 4), Term("Summer1", 5, 5), Term("Summer2", 6, 8)),
)
PER_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.TERM: 3, Kind.YEAR: 1, Kind.CALENDAR_YEAR: 1}


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods of every kind that begin in 2000 to 2098."""
    kind = draw(st.sampled_from(Kind))
    terms = draw(st.sampled_from([TERMS, HALF_TERMS]))
    per_year = len(terms) if kind is Kind.TERM else PER_YEAR[kind]
    return Period(kind, draw(st.integers(2000 * per_year, 2099 * per_year - 1)), terms)


@given(periods())
def test_a_label_and_a_slug_name_the_period_they_are_of(period: Period) -> None:
    assert parse_period(period.label, period.terms) == period
    if period.kind is not Kind.YEAR or period.start.year > 2011:  # 2009-10 is October 2009
        assert parse_period(period.slug, period.terms) == period


@pytest.mark.parametrize(
    ("label", "long"),
    [
        ("Jul 23", "July 2023"),
        ("Apr-Jun 23/24 Q1", "Quarter 1, 2023/24 (April to June 2023)"),
        ("Jan-Mar 23/24 Q4", "Quarter 4, 2023/24 (January to March 2024)"),
        ("Summer Term 21/22", "Summer Term 2021/22"),
        ("2022/23", "2022/23"),
        ("2023", "2023"),
    ],
)
def test_running_text_says_a_period_in_full(label: str, long: str) -> None:
    assert parse_period(label).long == long


@st.composite
def as_people_write(draw: st.DrawFn, period: Period) -> str:
    """A period in one of the ways that people write it."""
    year = int(period.slug[:4])
    first, dash = draw(st.sampled_from([f"{year}", f"{year % 100:02d}"])), draw(st.sampled_from("/-–"))
    second = draw(st.sampled_from([f"{(year + 1) % 100:02d}", f"{year + 1}"]))
    years = f"{first}{dash}{second}"
    match period.kind:
        case Kind.QUARTER:
            months, _, quarter = period.label.split()
            named = draw(st.sampled_from([quarter, f"Quarter {quarter[1]}", f"Qtr {quarter[1]}", quarter.lower()]))
            before = draw(st.sampled_from(["", f"{months} "]))
            return before + draw(st.sampled_from([f"{named} {years}", f"{years} {named}"]))
        case Kind.TERM:
            name = period.terms[period.ordinal % len(period.terms)].name
            spaced = re.sub("(?=[0-9])", draw(st.sampled_from(["", " "])), name)
            named = draw(st.sampled_from([spaced, spaced.lower()])) + draw(st.sampled_from(["", " Term", " term"]))
            return draw(st.sampled_from([f"{named} {years}", f"{years} {named}"]))
        case Kind.YEAR:
            return f"{year}/{second}" if dash == "/" or len(second) == 2 else f"{year}{dash}{second}"
    return period.label


@given(periods().flatmap(lambda period: st.tuples(st.just(period), as_people_write(period))))
def test_a_period_is_read_in_the_ways_that_people_write_it(named: tuple[Period, str]) -> None:
    period, text = named
    assert parse_period(text, period.terms) == period


@pytest.mark.parametrize("text", ["Autumn 23", "Autumn 2023", "Sumer 23/24", "Autum 2023", "Spring", "Autumn Term 23"])
def test_what_is_nearly_a_term_is_no_label(text: str) -> None:
    with pytest.raises(NotAPeriod) as raised:
        parse_period(text)
    assert raised.value.is_close == (text != "Spring")


@pytest.mark.parametrize("text", ["Total 22/23", "Number 2022/23", "2022/23 outturn", "Target 22-23", "Plan 2023"])
def test_other_words_beside_a_year_are_labels(text: str) -> None:
    with pytest.raises(NotAPeriod) as raised:
        parse_period(text)
    assert not raised.value.is_close


@given(periods())
def test_a_file_named_by_its_slug_says_the_period(period: Period) -> None:
    if period.kind in (Kind.MONTH, Kind.QUARTER, Kind.TERM):
        assert period_in_name(f"cpb {period.slug}", period.terms) == period


@given(periods(), st.integers(-600, 600), st.integers(-600, 600))
def test_shifts_add_up(period: Period, one: int, other: int) -> None:
    assert period.shift(one).shift(other) == period.shift(one + other)
    assert period.shift(one).shift(-one) == period


@given(periods())
def test_a_period_begins_after_the_one_before_ends(period: Period) -> None:
    gap = period.start - period.shift(-1).end
    assert gap >= timedelta(days=1)
    if period.kind is not Kind.TERM:
        assert gap == timedelta(days=1)
    assert period.start.day == 1
    assert (period.end + timedelta(days=1)).day == 1
    assert period.shift(-1) < period < period.shift(1)


@given(periods())
def test_a_year_earlier_is_a_year_earlier(period: Period) -> None:
    earlier = period.year_earlier()
    assert (earlier.kind, earlier.start.replace(year=earlier.start.year + 1)) == (period.kind, period.start)


@given(periods(), st.sampled_from([4, 9]))
def test_the_year_to_date_runs_without_a_gap_up_to_the_period(period: Period, first_month: int) -> None:
    year = period.year_to_date(first_month)
    for earlier, later in pairwise(year):
        assert earlier.shift(1) == later
    assert len(year) <= 12
    if period.kind is Kind.MONTH:
        assert (year[-1], year[0].start.month) == (period, first_month)


@given(st.sampled_from(Kind), st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.sampled_from([TERMS, HALF_TERMS]))
def test_the_newest_period_has_ended_and_the_next_has_not(kind: Kind, day: date, terms: tuple[Term, ...]) -> None:
    newest = newest_ended(kind, day, terms)
    assert newest.end <= day < newest.shift(1).end


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_only_the_first_and_the_last_day_stand_for_a_month(day: date) -> None:
    is_edge = day.day == 1 or (day + timedelta(days=1)).day == 1
    assert month_of_day(day) == (month(day.year, day.month) if is_edge else None)


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_none_but_nothing_else(text: str) -> None:
    try:
        assert isinstance(parse_period(text), Period)
    except NotAPeriod as reason:
        assert str(reason)
    assert period_in_name(text) is None or isinstance(period_in_name(text), Period)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Q1 23/24", date(2023, 4, 1), date(2023, 6, 30)),
        ("Q4 22/23", date(2023, 1, 1), date(2023, 3, 31)),
        ("Autumn Term 22/23", date(2022, 9, 1), date(2022, 12, 31)),
        ("Spring Term 22/23", date(2023, 1, 1), date(2023, 3, 31)),
        ("Summer Term 22/23", date(2023, 4, 1), date(2023, 7, 31)),
        ("2022/23", date(2022, 4, 1), date(2023, 3, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("Feb 24", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_the_days_of_a_period(text: str, start: date, end: date) -> None:
    assert (parse_period(text).start, parse_period(text).end) == (start, end)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2023-07", "Jul 23"),
        ("Q2 22/23", "Jul-Sep 22/23 Q2"),
        ("2021-22-Summer", "Summer Term 21/22"),
        ("2022-23", "2022/23"),
        ("2023", "2023"),
    ],
)
def test_labels_are_those_of_the_spec(text: str, label: str) -> None:
    assert parse_period(text).label == label


@pytest.mark.parametrize("text", ["2023-04-30", "2023-04-01", "30/04/2023", "1/4/2023"])
def test_the_first_and_the_last_day_name_their_month(text: str) -> None:
    assert parse_period(text) == month(2023, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-04-15", "'2023-04-15' is neither the first nor the last day of its month"),
        ("15/04/2023", "'15/04/2023' is neither the first nor the last day of its month"),
        ("2023-04-31", "'2023-04-31' is not a date"),
        ("31/04/2023", "'31/04/2023' is not a date"),
    ],
)
def test_another_day_names_no_period(text: str, reason: str) -> None:
    with pytest.raises(NotAPeriod) as raised:
        parse_period(text)
    assert (str(raised.value), raised.value.is_close) == (reason, True)


@pytest.mark.parametrize("text", ["1999/00", "1999-00"])
def test_the_turn_of_the_century(text: str) -> None:
    """dfe-analytical-services/dfeR, tests/testthat: format_ay(199920) is 1999/20; the year after 1999 is 00."""
    assert (parse_period(text).label, parse_period(text).slug) == ("1999/00", "1999-00")


@pytest.mark.parametrize("text", ["1999/20", "2022/24", "2022/1923", "22/2123 Q1", "2022-22"])
def test_years_that_are_not_neighbours_are_refused(text: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(text)


def test_a_quarter_with_other_months_than_its_own_is_refused() -> None:
    with pytest.raises(NotAPeriod, match="Q1 of a financial year is Apr-Jun, not Apr-Jul"):
        parse_period("Apr-Jul 22/23 Q1")


@pytest.mark.parametrize(
    ("stem", "slug"),
    [
        ("july-2023", "2023-07"),
        ("CPB_July_2023_v2", "2023-07"),
        ("CPB 2023-24-Q1 final", "2023-24-Q1"),
        ("2023-07-final", "2023-07"),
        ("report.2023-07", "2023-07"),
        ("Sept 2023", "2023-09"),
    ],
)
def test_a_files_name_may_say_its_period(stem: str, slug: str) -> None:
    found = period_in_name(stem)
    assert found and found.slug == slug


@pytest.mark.parametrize("stem", ["cpb", "cpb-2023", "dismay 2023", "2023-07-14", "maybe 20231", "v2 23-07"])
def test_other_names_say_none(stem: str) -> None:
    assert period_in_name(stem) is None


def test_kinds_compare_by_their_last_day_the_shorter_first() -> None:
    named = ["Q1 23/24", "Jun 23", "2022/23", "Mar 23", "Spring Term 22/23", "Jul 23"]
    assert [p.slug for p in sorted(parse_period(text) for text in named)] == [
        *("2023-03", "2022-23-Spring", "2022-23", "2023-06", "2023-24-Q1", "2023-07")
    ]


@pytest.mark.parametrize(
    ("stem", "label"),
    [
        ("july-2023", "Jul 23"),
        ("July 23", "Jul 23"),
        ("CPB_2023-07_final", "Jul 23"),
        ("cpb_2023_06", "Jun 23"),
        ("202307", "Jul 23"),
        ("q1-2023-24", "Apr-Jun 23/24 Q1"),
        ("2023-24-Q1 report", "Apr-Jun 23/24 Q1"),
        ("cpb", None),
        ("20230731", None),
        ("cpb 2023-07-31", None),
    ],
)
def test_a_files_name_says_a_period_in_the_ways_people_name_files(stem: str, label: str | None) -> None:
    found = period_in_name(stem)
    assert (found.label if found else None) == label
