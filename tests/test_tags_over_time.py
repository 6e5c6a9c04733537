"""Tags over several periods: sums, means, peaks and lows, changes, and periods in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.figures import compute_figures
from cpreport.compose.periods import PeriodValue
from cpreport.compose.sandbox import compose_text
from cpreport.compose.values import find_indicator
from cpreport.model.document import plain
from cpreport.model.finding import Place
from cpreport.model.number import rounded
from cpreport.model.period import Period, month, quarter
from cpreport.model.period_text import parse_period

from .examples import examples
from .test_figures import toml
from .workbooks import unread

Rows = Mapping[str, Mapping[str, float | str]]

JULY = month(2023, 7)
FLOW = 'number kind = "flow"'


def by_period(numbers: list[float | str] | range, last: Period = JULY) -> dict[str, float | str]:
    """Amounts by the labels of their periods, the last one's at the end."""
    return {last.shift(at + 1 - len(numbers)).label: number for at, number in enumerate(numbers)}


def tried(expression: str, indicators: str, rows: Rows) -> tuple[str, str]:
    """What a tag about the indicator x prints, and what is wrong with it."""
    workbook, folder = unread(indicators, rows)
    figures = compute_figures(workbook, folder)
    context = {"indicator": lambda name: find_indicator(name, figures, folder), "period": PeriodValue(workbook.period)}
    (block,), findings = compose_text(f'{{{{ indicator("x").{expression} }}}}', context, Place())
    return plain(block.text), " ".join(finding.message for finding in findings)  # type: ignore[union-attr]


def said(expression: str, indicators: str, rows: Rows) -> str:
    text, problem = tried(expression, indicators, rows)
    assert not problem, (expression, problem)
    return text


def refused(expression: str, indicators: str, rows: Rows) -> str:
    text, problem = tried(expression, indicators, rows)
    assert text == "[data error]", (expression, text)
    assert len(problem.split()) <= 30, problem
    return problem


# Which periods

YEARS: Rows = {"x value": by_period(range(1, 26))}
"""1 in July 2021, 13 in July 2022, 25 in July 2023."""


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("sum(1)", "25"),
        ("sum(12)", "234"),
        ('sum(12, until="Jul 22")', "90"),
        ('sum(since="May 23")', "72"),
        ('sum(since="Jul 23")', "25"),
        ('sum(since="May 23", until="Jun 2023")', "47"),
        ('sum("2022/23")', "186"),
        ('sum("2022-2023")', "186"),
        ('sum("2022")', "150"),
        ('mean("2022/23").value', "16"),
        ('mean("2022/23").period', "Mar 23"),
        ('mean(12, until="Jul 22").value', "8"),
        ('mean(2, until=indicator("x").year_ago.period).value', "13"),
        ('peak("2022/23").value', "21"),
        ('peak(12, until="Jul 22").period', "Jul 22"),
        ('low("2022/23").period', "Apr 22"),
        ('low(since="Jun 23").value', "24"),
    ],
)
def test_a_tag_names_periods_by_number_by_year_or_from_one_on(expression: str, text: str) -> None:
    assert said(expression, toml(f"x {FLOW}"), YEARS) == text


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('mean("2023/24")', "2023/24 is not complete: Mar 24 is after Jul 23, the newest period of x in this report"),
        ('sum("2023")', "2023 is not complete: Dec 23 is after Jul 23, the newest period of x in this report"),
        ('mean("2020/21")', "x has no such figure over 12 periods: the figure for Mar 21 and 11 more is missing"),
        ('sum("2021/22")', "the figure for Jun 21 and 2 more is missing (no data)"),
        ("sum(26)", "the figure for Jun 21 is missing (no data)"),
        ('sum("Jul 23")', 'Jul 23 is not a year: give a number of periods, a year such as "2022/23", or since'),
        ('mean("12")', "'12' is not a period"),
        ("sum()", 'give a number of periods, a year such as "2022/23", or since'),
        ("sum(0)", "0 is not a number of periods from 1 to 600"),
        ('sum(12, since="Jan 23")', "give either a number of periods or since, not both"),
        ('sum("2022/23", until="Jul 23")', "2022/23 is a whole year: leave out since and until"),
        ('sum(since="Aug 23")', "Aug 23 is after Jul 23, the newest period of x in this report"),
        ('sum(since="Jul 23", until="Jun 23")', "since is Jul 23, which is after Jun 23"),
        ('mean(since="Aug 1923")', "from Aug 23 to Jul 23 there are more than 600 periods"),
        ('sum(since="2022/23")', "x has no figure for 2022/23: it has one for each month"),
        ('mean(3, until="Aug 23")', "Aug 23 is after Jul 23, the newest period of x in this report"),
    ],
)
def test_periods_that_cannot_be_meant_are_refused(expression: str, problem: str) -> None:
    assert problem in refused(expression, toml(f"x {FLOW}"), YEARS)


QUARTERS: Rows = {"x value": by_period(range(1, 10), quarter(2023, 1))}
"""1 in the first quarter of 2021/22, 9 in that of 2023/24."""
TERMS: Rows = {"x value": by_period(range(1, 8), parse_period("Summer Term 22/23"))}
"""1 in the Summer Term of 2020/21, 7 in that of 2022/23."""


@pytest.mark.parametrize(
    ("keys", "rows", "year", "text"),
    [
        ("", YEARS, "2022/23", "186"),
        (', cumulative = "financial-year"', YEARS, "2022/23", "186"),
        (', cumulative = "academic-year"', YEARS, "2021/22", "102"),
        (', frequency = "quarter"', QUARTERS, "2021/22", "10"),
        (', frequency = "quarter"', QUARTERS, "2022", "22"),
        (', frequency = "term"', TERMS, "2022/23", "18"),
        (', frequency = "term"', TERMS, "2022", "12"),
        (', frequency = "term", cumulative = "financial-year"', TERMS, "2022/23", "15"),
        (', frequency = "year"', {"x value": {"2021/22": 7, "2022/23": 8}}, "2021/22", "7"),
        (', frequency = "year"', {"x value": {"2021": 7, "2022": 8}}, "2021", "7"),
    ],
)
def test_a_year_is_the_one_that_the_indicator_counts_in(keys: str, rows: Rows, year: str, text: str) -> None:
    assert said(f'sum("{year}")', toml(f"x {FLOW}{keys}"), rows) == text


@pytest.mark.parametrize(
    ("keys", "rows", "year", "problem"),
    [
        (
            ', frequency = "year"',
            {"x value": {"2021": 7, "2022": 8}},
            "2021/22",
            "no calendar year begins with 2021/22",
        ),
        (', frequency = "year"', {"x value": {"2021/22": 7}}, "2021", "no year begins with 2021"),
        (', frequency = "term"', TERMS, "2023/24", "2023/24 is not complete: Summer Term 23/24 is after"),
    ],
)
def test_a_year_that_the_indicator_does_not_have_is_refused(keys: str, rows: Rows, year: str, problem: str) -> None:
    assert problem in refused(f'mean("{year}")', toml(f"x {FLOW}{keys}"), rows)


counts = st.lists(st.integers(0, 40), min_size=13, max_size=24)


@examples(40)
@given(counts, st.data())
def test_sums_and_means_are_those_of_the_series(numbers: list[int], data: st.DataObject) -> None:
    last = data.draw(st.integers(0, len(numbers) - 1))
    first = data.draw(st.integers(0, last))
    part = numbers[first : last + 1]
    when = [JULY.shift(at + 1 - len(numbers)).label for at in (first, last)]
    for over in (f'since="{when[0]}", until="{when[1]}"', f'{len(part)}, until="{when[1]}"'):
        rows: Rows = {"x value": by_period([*numbers])}
        assert said(f"sum({over})", toml(f"x {FLOW}"), rows) == str(sum(part))
        assert said(f"mean({over}).value", toml(f"x {FLOW}"), rows) == rounded(Fraction(sum(part), len(part)), 0)
        assert said(f"peak({over}).value", toml(f"x {FLOW}"), rows) == str(max(part))
        assert said(f"low({over}).value", toml(f"x {FLOW}"), rows) == str(min(part))


@examples(20)
@given(counts)
def test_the_sum_of_the_year_so_far_is_the_year_to_date(numbers: list[int]) -> None:
    indicators = toml('x percentage kind = "flow", shows = "fraction", cumulative = "financial-year"')
    rows: Rows = {"x numerator": by_period([*numbers]), "x denominator": by_period([50 + n for n in numbers])}

    assert said('sum(since="Apr 23")', indicators, rows) == said("year_to_date", indicators, rows)


# What has a sum

PARTS: Rows = {
    "x numerator": by_period([8, 7, 0]),
    "x denominator": by_period([12, 12, 0]),
}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("sum(3)", "62.5% (15/24)"),
        ("sum(3).value", "62.5%"),
        ("sum(3).count", "15"),
        ("sum(3).denominator", "24"),
    ],
)
def test_a_percentage_is_added_up_by_its_parts_also_where_one_is_of_nobody(expression: str, text: str) -> None:
    assert said(expression, toml('x percentage kind = "flow", shows = "fraction"'), PARTS) == text


def test_counts_print_whole() -> None:
    rows: Rows = {"x value": by_period([1.4, 1.4])}

    assert said("sum(2)", toml(f"x {FLOW}, decimals = 1"), rows) == "2.8"
    assert said("sum(2).count", toml(f"x {FLOW}, decimals = 1"), rows) == "3"


STOCK = 'x has no sum: it is a state on a day; for events within each period set kind = "flow" in indicators.toml'


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        ("number", STOCK),
        ('number kind = "stock"', STOCK),
        ('percentage shows = "fraction"', STOCK),
        ('rate kind = "flow"', "x has no sum: it is not a number or percentage (rate); ask for a mean"),
        ('average kind = "flow"', "x has no sum: it is not a number or percentage (average); ask for a mean"),
        (f"{FLOW}, rolling = 12", "x has no sum: each figure covers 12 months already; ask for the newest one"),
    ],
)
def test_what_cannot_be_added_up_has_no_sum(definition: str, problem: str) -> None:
    rows = {"x value": by_period([1, 2])} if "number" in definition else PARTS

    assert refused("sum(2)", toml(f"x {definition}"), rows).startswith(problem)


def test_a_percentage_without_its_parts_has_no_sum() -> None:
    rows: Rows = {"x value": by_period([60, 70]), "x numerator": by_period([6, 7])}
    problem = "x has no such figure over 2 periods: the figure for Jul 23 and 1 more has no numerator and denominator"

    assert refused("sum(2)", toml('x percentage kind = "flow"'), rows) == problem


def test_a_mean_has_no_direction_of_its_own() -> None:
    """The direction of travel is that of one figure since the one before."""
    assert "there is no 'direction' here" in refused("mean(2).direction", toml(f"x {FLOW}"), YEARS)
    assert said("peak(2).direction", toml(f"x {FLOW}"), YEARS) == "up"


BREAK = '[[indicators.changes]]\ndate = 2023-06-01\nnote = "Counted anew"\ncomparable = false\n'


@pytest.mark.parametrize("name", ["sum", "mean", "peak", "low"])
def test_nothing_is_computed_across_a_break(name: str) -> None:
    rows: Rows = {"x value": by_period([1, 2, 4, 8])}
    indicators = toml(f"x {FLOW}") + BREAK

    assert "x is not comparable from Jun 23" in refused(f"{name}(3)", indicators, rows)
    assert "x is not comparable from Jun 23" in refused(f'{name}(since="May 23", until="Jun 23")', indicators, rows)
    for expression, text in {f"{name}(2)": "12", f'{name}(2, until="May 23")': "3"}.items():
        wanted = {"sum": text, "mean": {"12": "6", "3": "2"}[text], "peak": {"12": "8", "3": "2"}[text]}
        assert said(f"{expression}.value", indicators, rows) == wanted.get(name, {"12": "4", "3": "1"}[text])


# What may not be known

AMOUNTS = st.sampled_from([3, 5, 8, "[c]", "[x]", ""])


@examples(60)
@given(st.lists(AMOUNTS, min_size=4, max_size=4), st.integers(1, 4), st.integers(0, 3))
def test_no_sum_mean_or_change_includes_what_is_missing_or_hidden(
    amounts: list[float | str], number: int, back: int
) -> None:
    rows: Rows = {"x value": by_period(amounts)}
    until = JULY.shift(-back).label
    there = (["", "", "", *amounts])[: 7 - back][-number:]
    for name in ("sum", "mean"):
        expression = f'{name}({number}, until="{until}").value'
        if all(isinstance(amount, int) for amount in there):
            said(expression, toml(f"x {FLOW}"), rows)
        else:
            assert "is missing" in refused(expression, toml(f"x {FLOW}"), rows)
    if any(amount == "[c]" for amount in there):
        for name in ("peak", "low"):
            refused(f'{name}({number}, until="{until}").value', toml(f"x {FLOW}"), rows)
    for step in ("", ".count", ".percent"):
        ends = (amounts[3], there[-1])
        expression = f'change(since="{until}"){step}'
        if all(isinstance(amount, int) for amount in ends):
            said(expression, toml(f"x {FLOW}"), rows)
        else:
            refused(expression, toml(f"x {FLOW}"), rows)


# Changes

SHARE = toml('x percentage shows = "fraction"')
SHARES: Rows = {"x numerator": by_period([10, 12]), "x denominator": by_period([100, 96])}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("change()", "2.5 percentage points"),
        ("change().count", "2"),
        ("change().percent", "25.0%"),
        ('change(since="Jun 23").count', "2"),
        ('change(since="Jul 23").count', "0"),
        ('change(since="Jul 23").percent', "0.0%"),
        ("change().size", "2.5 percentage points"),
        ("change() + 1", "3.5 percentage points"),
    ],
)
def test_a_change_is_of_the_value_of_the_count_and_in_per_cent(expression: str, text: str) -> None:
    assert said(expression, SHARE, SHARES) == text


def test_a_fall_is_negative_and_its_size_is_not() -> None:
    rows: Rows = {"x value": by_period([640, 604])}

    assert [said(f"change(){step}", toml("x number"), rows) for step in ("", ".count", ".percent")] == [
        *("-36", "-36", "-5.6%")
    ]
    assert said("change().percent.size", toml("x number"), rows) == "5.6%"
    assert said("change().count.size", toml("x number"), rows) == "36"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([10, 11], "1 percentage point"), ([11, 10], "-1 percentage point"), ([10, 12], "2 percentage points")],
)
def test_one_point_is_singular(numbers: list[float | str], text: str) -> None:
    rows: Rows = {"x value": by_period(numbers)}

    assert said("change()", toml("x percentage decimals = 0"), rows) == text


@pytest.mark.parametrize(
    ("definition", "rows", "expression", "problem"),
    [
        ("number", {"x value": by_period([0, 4])}, "change().percent", "x has no change in per cent since Jun 23: it"),
        ("number", {"x value": by_period([-2, 4])}, "change().percent", "it was -2 then"),
        ("percentage", {"x value": by_period([60, 70])}, "change().count", "x Jul 23 has no count"),
        ("number", {"x value": by_period(["", 4])}, "change().count", "x Jun 23 has no figure"),
        ("number", {"x value": by_period([3, "[c]"])}, "change().percent", "x Jul 23 has no figure"),
    ],
)
def test_a_change_that_cannot_be_given_is_refused(definition: str, rows: Rows, expression: str, problem: str) -> None:
    assert problem in refused(expression, toml(f"x {definition}"), rows)


# Periods in words


@pytest.mark.parametrize(
    ("frequency", "rows", "long", "day"),
    [
        ("month", YEARS, "July 2023", "31 July 2023"),
        ("quarter", QUARTERS, "Quarter 1, 2023/24 (April to June 2023)", "30 June 2023"),
        ("term", TERMS, "Summer Term 2022/23", "31 July 2023"),
        ("year", {"x value": {"2022/23": 8}}, "2022/23", "31 March 2023"),
    ],
)
def test_a_period_is_said_in_full_and_by_its_last_day(frequency: str, rows: Rows, long: str, day: str) -> None:
    indicators = toml(f'x number frequency = "{frequency}"')

    assert said("now.period.long", indicators, rows) == long
    assert said("now.period.day", indicators, rows) == day
