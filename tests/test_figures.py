"""Figures are exact, rounded once, compared as numbers, and printed as the spec says."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.context import CheckContext
from cpreport.checks.figures import value_disagrees
from cpreport.compose.wording import cumulative_text, figure_text, type_of_measure
from cpreport.model import figure as summary
from cpreport.model.figure import Direction, State
from cpreport.model.number import rounded
from cpreport.model.period import Kind
from cpreport.model.period_text import parse_period
from cpreport.model.timeline import Figures
from cpreport.pipeline import Month

from .example_month import DATA
from .examples import examples
from .workbooks import computed, data_of, directions, texts, told


def toml(*indicators: str, series: str = "") -> str:
    """Indicators, each given as `id measure key = value, …`."""
    tables = []
    for indicator in indicators:
        id, measure, *keys = indicator.split(maxsplit=2)
        more = "\n".join(key.strip() for key in "".join(keys).split(","))
        tables.append(f'[[indicators]]\nid = "{id}"\ntitle = "{id.title()}"\nmeasure = "{measure}"\n{more}\n')
    return "\n".join(tables) + series


POPULATION = '[[series]]\nid = "population"\ntitle = "Children"\n'
CARRIED = POPULATION + "carry = true\n"


def ratio(numerator: float, denominator: float, measure: str = "percentage", keys: str = "") -> str:
    """What a figure of these parts prints as."""
    rows = {"x numerator": {"Jul 23": numerator}, "x denominator": {"Jul 23": denominator}}
    return printed(computed(toml(f"x {measure} {keys}"), rows), "x", "Jul 23")


def printed(figures: Figures, name: str, period: str) -> str:
    timeline = figures.timelines[name]
    return figure_text(timeline.indicator, timeline.at(parse_period(period)))


def direction(figures: Figures, name: str, period: str) -> Direction:
    return figures.timelines[name].directions[parse_period(period)]


def series_of(values: Mapping[str, float | str], indicator: str = "x number") -> Figures:
    return computed(toml(indicator), {"x value": values})


# Rounding


def in_decimal_arithmetic(value: Fraction, decimals: int) -> str:
    """The number rounded by Python's decimal; the quotient is cut far behind the last decimal, but not to a tie."""
    with localcontext() as context:
        context.prec = 400
        scaled = abs(value.numerator) * 10 ** (decimals + 200) // value.denominator
        tail = 0 if abs(value.numerator) * 10 ** (decimals + 200) % value.denominator == 0 else 1
        exact = Decimal(scaled * 10 + tail).scaleb(-decimals - 201)
        result = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return f"{-result if value < 0 and result else result:,f}"


@given(st.fractions(), st.integers(0, 6))
def test_rounding_agrees_with_exact_decimal_arithmetic(value: Fraction, decimals: int) -> None:
    assert rounded(value, decimals) == in_decimal_arithmetic(value, decimals)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_half_is_rounded_away_from_zero(units: int, decimals: int) -> None:
    tie = Fraction(2 * units + 1, 2 * 10**decimals)
    assert rounded(tie, decimals) == in_decimal_arithmetic(tie, decimals)
    assert rounded(-tie, decimals).lstrip("-") == rounded(tie, decimals).lstrip("-")


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_printed_ratio_agrees_with_exact_decimal_arithmetic(numerator: int, denominator: int, decimals: int) -> None:
    expected = in_decimal_arithmetic(Fraction(100 * numerator, denominator), decimals)
    assert ratio(numerator, denominator, keys=f"decimals = {decimals}") == f"{expected}%"


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "text"),
    [
        (90, 400, 1, "22.5%"),  # as dfeR's round_five_up
        (90, 400, 0, "23%"),
        (3, 428, 2, "0.70%"),
        (3, 430, 2, "0.70%"),
        (1, 3, 1, "33.3%"),
        (2, 3, 1, "66.7%"),
        (3, 43, 1, "7.0%"),  # our own vectors: 6.976744186046512
        (12, 118, 1, "10.2%"),  # 10.169491525423728
        (604, 604, 1, "100.0%"),
        (0, 5, 1, "0.0%"),
    ],
)
def test_reference_percentages(numerator: int, denominator: int, decimals: int, text: str) -> None:
    assert ratio(numerator, denominator, keys=f"decimals = {decimals}") == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "per", "text"),
    [
        (43, 62000, 10_000, "6.9"),  # our own vectors: 6.935483870967742
        (159, 33500, 10_000, "47.5"),  # 47.46268656716418
        (1896, 339000, 10_000, "55.9"),  # 55.929203539823014
        (0, 20000, 10_000, "0.0"),
        (9856, 12345, 100_000, "79,838.0"),  # PHEindicatormethods, phe_rate: 79837.99108950992
        (222, 3215, 100_000, "6,905.1"),  # 6905.132192846034
        (7776456, 7564336677, 100_000, "102.8"),  # 102.80420256339154
        (250, 220, 100_000, "113,636.4"),  # 113636.36363636365
    ],
)
def test_reference_rates(numerator: int, denominator: int, per: int, text: str) -> None:
    assert ratio(numerator, denominator, "rate", f"per = {per}") == text


def test_a_number_is_the_decimal_that_was_typed() -> None:
    assert printed(series_of({"Jul 23": 2.675}, "x average"), "x", "Jul 23") == "2.68"
    assert printed(series_of({"Jul 23": 1.005}, "x average"), "x", "Jul 23") == "1.01"


@pytest.mark.parametrize(
    ("measure", "keys", "numerator", "denominator", "text"),
    [
        ("rate", 'shows = "count"', 617, 98050, "62.9 (617)"),
        ("percentage", "", 976, 1000, "97.6%"),
        ("percentage", 'shows = "count"', 59, 617, "9.6% (59)"),
        ("percentage", 'shows = "fraction"', 83, 617, "13.5% (83/617)"),
        ("percentage", 'shows = "fraction"', 1083, 12617, "8.6% (1,083/12,617)"),
        ("average", "", 379, 604, "0.63"),
        ("average", "decimals = 1", 8840, 20, "442.0"),
        ("average", 'shows = "count"', 5, 2, "2.50 (5)"),
    ],
)
def test_printed_forms(measure: str, keys: str, numerator: int, denominator: int, text: str) -> None:
    assert ratio(numerator, denominator, measure, keys) == text


@pytest.mark.parametrize(("value", "text"), [(1279, "1,279"), (999, "999"), (12345678, "12,345,678"), (-0.4, "0")])
def test_a_number_has_thousands_separators(value: float, text: str) -> None:
    assert printed(series_of({"Jul 23": value}), "x", "Jul 23") == text


# No denominator, no figure


def test_nothing_of_nothing_is_not_applicable() -> None:
    assert ratio(0, 0) == "N/A"


def test_something_of_nothing_is_an_error() -> None:
    assert ratio(1, 0) == "[data error]"


@pytest.mark.parametrize(
    ("marker", "text"),
    [
        ("", "no data"),
        ("N/A", "N/A"),
        ("[x]", "not available"),
        ("[z]", "not applicable"),
        ("[c]", "confidential"),
        ("[u]", "unreliable"),
        ("[low]", "low"),
        ("82 [p]", "82 (provisional)"),
        ("82 [r]", "82 (revised)"),
        ("82 [e]", "82 (estimated)"),
        ("many", "[data error]"),
    ],
)
def test_a_marker_prints_as_its_words(marker: str, text: str) -> None:
    assert printed(series_of({"Jul 23": marker}), "x", "Jul 23") == text


def test_a_confidential_part_wins_over_a_given_value() -> None:
    rows = {"x numerator": {"Jul 23": "[c]"}, "x denominator": {"Jul 23": 10}, "x value": {"Jul 23": 30}}
    figures = computed(toml('x percentage shows = "fraction"'), rows)

    assert printed(figures, "x", "Jul 23") == "confidential"
    assert figures.timelines["x"].at(parse_period("Jul 23")).count is None


# Direction of travel


numbers = st.integers(0, 10**6)


@given(numbers, st.integers(1, 10**6), numbers, st.integers(1, 10**6))
def test_direction_is_antisymmetric(a: int, b: int, c: int, d: int) -> None:
    def between(first: tuple[int, int], second: tuple[int, int]) -> Direction:
        parts = {"numerator": 0, "denominator": 1}
        rows = {f"x {part}": {"Jun 23": first[i], "Jul 23": second[i]} for part, i in parts.items()}
        return direction(computed(toml("x average"), rows), "x", "Jul 23")

    opposite = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.SAME: Direction.SAME}
    assert between((c, d), (a, b)) is opposite[between((a, b), (c, d))]
    assert (between((a, b), (c, d)) is Direction.SAME) == (a * d == c * b)


decimal_numbers = st.decimals(-10000, 10000, places=3).map(float)


@given(decimal_numbers, decimal_numbers, decimal_numbers)
def test_a_constant_added_to_both_periods_leaves_the_direction(a: float, b: float, constant: float) -> None:
    def moved(by: Decimal) -> Direction:
        values = {"Jun 23": float(Decimal(repr(a)) + by), "Jul 23": float(Decimal(repr(b)) + by)}
        return direction(series_of(values), "x", "Jul 23")

    assert moved(Decimal(0)) is moved(Decimal(repr(constant)))


def test_direction_is_exact_though_both_print_the_same() -> None:
    rows = {"x numerator": {"Jun 23": 3, "Jul 23": 3}, "x denominator": {"Jun 23": 428, "Jul 23": 430}}
    assert direction(computed(toml("x percentage"), rows), "x", "Jul 23") is Direction.DOWN


def test_direction_looks_at_the_period_before_also_where_it_is_not_shown(tmp_path: Path) -> None:
    rows = [["Indicator", "Figure", "Apr 23", "May 23", "Jun 23", "Jul 23"], ["moves", "value", 4, 5, 5, 4]]
    assert directions(data_of(tmp_path, rows), "moves") == {"May 23": "up", "Jun 23": "same", "Jul 23": "down"}


def test_an_arrow_stands_under_every_column_whose_period_before_has_a_figure(tmp_path: Path) -> None:
    rows = [["Indicator", "Figure", "Jun 22", "Jul 22", "May 23", "Jul 23"], ["moves", "value", 4, 5, 3, 5]]
    assert directions(data_of(tmp_path, rows), "moves") == {"Jul 22": "up"}


# References


CHAIN = toml(
    'care rate denominator = "population"',
    "moves number",
    'mean average numerator = "moves/value",denominator = "care/numerator"',
    'far percentage denominator = "mean/denominator"',
    'share percentage numerator = "far/numerator",denominator = "far/denominator"',
    series=CARRIED,
)
CHAIN_ROWS: dict[str, dict[str, float | str]] = {
    "care numerator": {"Apr 23": 400, "May 23": 500, "Jun 23": 600, "Jul 23": 604},
    "moves numerator": {"Apr 23": 10, "May 23": 20, "Jun 23": 30, "Jul 23": 302},
    "far numerator": {"Apr 23": 8, "May 23": 5, "Jun 23": 60, "Jul 23": 151},
    "population value": {"2022": 90_000, "Jun 23": 100_000},
}


def test_references_lead_through_chains() -> None:
    figures = computed(CHAIN, CHAIN_ROWS)

    assert [printed(figures, name, "Jul 23") for name in ("care", "mean", "far", "share")] == [
        *("60.4", "0.50", "25.0%", "25.0%")
    ]
    cells = figures.timelines["share"].at(parse_period("Jul 23")).cells
    assert [str(cell) for cell in cells] == ["Data!F4", "Data!F2"]


def test_the_end_of_a_chain_has_a_history_too() -> None:
    figures = computed(CHAIN, CHAIN_ROWS)

    for name in ("mean", "share"):
        assert direction(figures, name, "May 23") is not Direction.NOT_COMPARED
        assert summary.mean(figures.timelines[name].last(4, parse_period("Jul 23"))) is not None


def test_a_series_carries_until_its_next_entry() -> None:
    figures = computed(CHAIN, CHAIN_ROWS)

    assert printed(figures, "care", "May 23") == printed(computed(CHAIN, {**CHAIN_ROWS}), "care", "May 23") == "55.6"
    assert printed(figures, "care", "Jun 23") == "60.0"
    assert printed(figures, "care", "Jul 23") == "60.4"


def test_a_series_that_does_not_carry_is_missing_without_an_entry() -> None:
    figures = computed(CHAIN.replace("carry = true", "carry = false"), CHAIN_ROWS)

    assert printed(figures, "care", "Jul 23") == "no data"
    assert printed(figures, "care", "Jun 23") == "60.0"


def test_a_confidential_figure_is_confidential_wherever_it_is_referred_to() -> None:
    rows = {**CHAIN_ROWS, "care numerator": {**CHAIN_ROWS["care numerator"], "Jul 23": "[c]"}}
    figures = computed(CHAIN, rows)

    assert {printed(figures, name, "Jul 23") for name in ("care", "mean", "far", "share")} == {"confidential"}


# Periods of a table


def test_a_figure_is_not_due_within_its_lag() -> None:
    figures = computed(toml("x number lag = 1"), {"x value": {"May 23": 5, "Jun 23": "", "Jul 23": ""}})

    assert printed(figures, "x", "Jul 23") == "not due yet"
    assert printed(figures, "x", "Jun 23") == "no data"


def test_a_figure_that_came_early_is_printed_all_the_same() -> None:
    assert printed(computed(toml("x number lag = 1"), {"x value": {"Jul 23": 5}}), "x", "Jul 23") == "5"


@pytest.mark.parametrize(
    ("frequency", "lag", "as_at", "now"),
    [
        ("month", 0, "2023-07-31", "Jul 23"),
        ("month", 1, "2023-07-31", "Jul 23"),
        ("quarter", 0, "2023-07-31", "Q1 23/24"),
        ("quarter", 0, "2023-06-29", "Q4 22/23"),
        ("quarter", 1, "2023-07-31", "Q4 22/23"),
        ("term", 0, "2023-07-31", "Summer Term 22/23"),
        ("term", 1, "2023-07-31", "Spring Term 22/23"),
        ("term", 0, "2023-07-30", "Spring Term 22/23"),
        ("year", 0, "2023-07-31", "2022/23"),
        ("year", 1, "2023-07-31", "2021/22"),
    ],
)
def test_the_newest_period_of_a_table(frequency: str, lag: int, as_at: str, now: str) -> None:
    figures = computed(toml(f'x number frequency = "{frequency}",lag = {lag}'), {}, data_as_at=as_at)

    (plan,) = figures.tables["care"]
    assert plan.periods[-1] == figures.timelines["x"].now == parse_period(now)


def test_the_smallest_lag_counts_for_a_whole_table() -> None:
    both = toml('x number frequency = "quarter",lag = 2', 'y number frequency = "quarter",lag = 1')
    figures = computed(both, {"y value": {"Q4 22/23": 5}})

    (plan,) = figures.tables["care"]
    assert plan.periods[-1] == parse_period("Q4 22/23")
    assert printed(figures, "x", "Q4 22/23") == "not due yet"


def test_indicators_of_each_frequency_stand_in_a_table_of_their_own() -> None:
    three = toml("x number", 'y number frequency = "term"', 'z number cumulative = "academic-year"', "w number")
    tables = computed(three, {}).tables["care"]

    assert [(plan.kind, [timeline.indicator.id for timeline in plan.timelines]) for plan in tables] == [
        (Kind.MONTH, ["x", "w"]),
        (Kind.TERM, ["y"]),
        (Kind.MONTH, ["z"]),
    ]


@pytest.mark.parametrize(
    ("year", "shown"), [("2022", ["2020", "2021", "2022"]), ("2022/23", ["2020/21", "2021/22", "2022/23"])]
)
def test_years_are_of_the_kind_that_the_data_have(year: str, shown: list[str]) -> None:
    (plan,) = computed(toml('x number frequency = "year"'), {"x value": {year: 5}}).tables["care"]

    assert [period.label for period in plan.periods] == shown


def test_a_rolling_figure_says_so() -> None:
    indicator = computed(toml("x number rolling = 12"), {}).timelines["x"].indicator
    assert "rolling 12 months" in type_of_measure(indicator, Kind.MONTH)


# Over several periods


MONTHS = {"Apr 23": 7, "May 23": 9, "Jun 23": 3, "Jul 23": 9}


def test_the_mean_is_exact_and_refused_if_a_figure_is_missing() -> None:
    figures = series_of(MONTHS)
    timeline = figures.timelines["x"]

    mean = summary.mean(timeline.last(3, timeline.now))
    assert mean and (mean.value, mean.period.label) == (7, "Jul 23")
    assert summary.mean(timeline.last(5, timeline.now)) is None
    assert summary.mean([]) is None


def test_of_tied_peaks_and_lows_the_latest_counts() -> None:
    figures = series_of({**MONTHS, "Apr 23": 3})
    timeline = figures.timelines["x"]

    peak, low = summary.peak(timeline.last(12, timeline.now)), summary.low(timeline.last(12, timeline.now))
    assert peak and (peak.value, peak.period.label) == (9, "Jul 23")
    assert low and (low.value, low.period.label) == (3, "Jun 23")
    assert summary.peak(timeline.last(1, parse_period("Jan 23"))) is None


def test_a_mean_of_ratios_has_the_mean_of_their_counts() -> None:
    rows = {"x numerator": {"Jun 23": 1, "Jul 23": 2}, "x denominator": {"Jun 23": 4, "Jul 23": 4}}
    figures = computed(toml("x percentage"), rows)
    mean = summary.mean(figures.timelines["x"].last(2, parse_period("Jul 23")))

    assert mean and (mean.value, mean.count) == (Fraction(75, 2), Fraction(3, 2))


def test_a_mean_has_the_cells_of_all_counts_in_order_and_is_of_the_last_period() -> None:
    rows = {"x numerator": {"Jun 23": 1, "Jul 23": 2}, "x denominator": {"Jun 23": 4, "Jul 23": 4}}
    timeline = computed(toml("x percentage"), rows).timelines["x"]
    mean = summary.mean([*timeline.last(2, timeline.now), timeline.at(timeline.now)])

    assert mean and mean.numerator
    assert (mean.period, mean.state, mean.count, mean.total) == (timeline.now, State.PRESENT, Fraction(5, 3), None)
    assert [str(cell) for cell in mean.numerator.cells] == ["Data!C2", "Data!D2"]


@pytest.mark.parametrize("given", ["Jun 23", "Jul 23"])
def test_a_mean_has_no_count_where_one_of_them_is_missing(given: str) -> None:
    rows = {"x value": {"Jun 23": 25, "Jul 23": 50}, "x numerator": {given: 2}}
    timeline = computed(toml("x percentage"), rows).timelines["x"]
    mean = summary.mean(timeline.last(2, timeline.now))

    assert mean and (mean.value, mean.numerator) == (Fraction(75, 2), None)


# Cumulative


def year_to_date(
    numerators: str, denominators: str, keys: str = 'cumulative = "academic-year",shows = "fraction"'
) -> str:
    """The cumulative figure of months from Sep 22 on, up to Jul 23; `-` is blank."""
    first = parse_period("Sep 22")
    rows = {
        f"x {part}": {first.shift(n).label: amount.replace("-", "") for n, amount in enumerate(amounts.split())}
        for part, amounts in (("numerator", numerators), ("denominator", denominators))
    }
    timeline = computed(toml(f"x percentage {keys}"), rows).timelines["x"]
    assert timeline.cumulative
    return cumulative_text(timeline.indicator, timeline.cumulative)


@pytest.mark.parametrize(
    ("numerators", "denominators", "text"),
    [
        ("1 " * 11, "4 " * 11, "25.0% (11/44)"),
        ("1 " * 9, "4 " * 9, "25.0% (9/36) (to May 23)"),
        ("1 " * 9 + "- -", "4 " * 9 + "- -", "25.0% (9/36) (to May 23)"),
        ("- " + "1 " * 10, "- " + "4 " * 10, "no data"),
        ("1 1 - " + "1 " * 8, "4 " * 11, "no data"),
        ("1 1 [x] " + "1 " * 8, "4 " * 11, "no data"),
        ("1 1 0 " + "1 " * 8, "4 4 0 " + "4 " * 8, "25.0% (10/40)"),
        ("1 " * 10 + "0", "4 " * 10 + "0", "25.0% (10/40)"),
        ("0 " * 11, "0 " * 11, "N/A"),
        ("", "", "no data"),
    ],
)
def test_a_cumulative_figure_is_the_year_to_date(numerators: str, denominators: str, text: str) -> None:
    assert year_to_date(numerators, denominators) == text


def test_a_financial_year_begins_in_april() -> None:
    assert year_to_date("9 " * 7 + "1 1 1 1", "9 " * 7 + "4 4 4 4", 'cumulative = "financial-year"') == "25.0%"


def test_a_cumulative_number_is_summed() -> None:
    figures = series_of({"Apr 23": 1, "May 23": 2, "Jun 23": 3, "Jul 23": 4}, 'x number cumulative = "financial-year"')
    timeline = figures.timelines["x"]
    assert timeline.cumulative and cumulative_text(timeline.indicator, timeline.cumulative) == "10"


# A value beside its parts


@pytest.mark.parametrize(
    ("value", "agrees"),
    [(22.5, True), (23, True), (22, False), (22.6, False), (22.50001, False), ("22.5%", True), (22.4, False)],
)
def test_a_value_agrees_with_its_parts_at_its_decimals(tmp_path: Path, value: object, agrees: bool) -> None:
    rows = [
        ["Indicator", "Figure", "Jul 23"],
        ["checks", "numerator", 90],
        ["checks", "denominator", 400],
        ["checks", "value", value],
    ]
    assert (("data.value-disagrees", "Data!C4") in told(data_of(tmp_path, rows).findings)) is not agrees


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_formulas_result_agrees_with_its_parts(numerator: int, denominator: int) -> None:
    rows: dict[str, dict[str, float | str]] = {
        "x numerator": {"Jul 23": numerator},
        "x denominator": {"Jul 23": denominator},
        "x value": {"Jul 23": 100 * (numerator / denominator)},
    }
    figures = computed(toml("x percentage may_exceed_100 = true"), rows)

    class Book:
        file = "book.xlsx"

    assert list(value_disagrees(CheckContext(Book(), None, figures))) == []  # type: ignore[arg-type]


# Order


@examples(12)
@given(st.randoms(use_true_random=False))
def test_printing_is_stable_under_the_order_of_rows_and_columns(shuffle: random.Random) -> None:
    head, *rows = [list(row) for row in DATA]
    shuffle.shuffle(rows)
    columns = list(range(3, len(head)))
    shuffle.shuffle(columns)
    order = [0, 1, 2, *columns]
    shuffled = [[row[column] for column in order] for row in (head, *rows)]

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert everything(data_of(Path(one), shuffled)) == everything(data_of(Path(other), DATA))


def everything(month: Month) -> list[tuple[dict[str, str], dict[str, str]]]:
    assert {finding.code for finding in month.findings} <= {"data.column-out-of-order"}
    return [(texts(month, name), directions(month, name)) for name in month.folder.indicators]


def test_every_state_has_words_of_its_own() -> None:
    assert len({state.value for state in State}) == len(State)
