"""Better, worse or only chance: the newest figure against its chart, a year ago, and benchmarks.

Charts and intervals are held against published values in test_variation.py and test_intervals.py; what a change is
worth follows FingertipsNext (DHSC), TrendCalculatorTests.cs. Limits of intervals stand beside the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.model.figure import Amount, Benchmark, CellRef, Mark, State
from cpreport.model.folder import JudgementRules
from cpreport.model.period import Term, month
from cpreport.model.timeline import UNJUDGED, Judgement, SpecialCause, Timeline, Verdict

from .workbooks import unread

JULY = month(2023, 7)
YEAR_AGO = JULY.shift(-12)
RULES = JudgementRules()
FLIPPED = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
Row = dict[str, float | str]
Rows = Mapping[str, Row]


def toml(keys: str = "", measure: str = "number", polarity: str = "low") -> str:
    return f'[[indicators]]\nid = "x"\ntitle = "X"\nmeasure = "{measure}"\npolarity = "{polarity}"\n{keys}\n'


def timeline(indicator: str, rows: Rows, rules: JudgementRules = RULES, *benchmarks: Benchmark) -> Timeline:
    """What may be published of an indicator."""
    workbook, folder = unread(indicator, rows, benchmarks=benchmarks)
    folder = replace(folder, judgement=rules, benchmark_period="March 2022")
    return publish(workbook, folder, compute_figures(workbook, folder)).figures.timelines["x"]


def pair(now: float | str, then: float | str) -> Row:
    return {"Jul 22": then, "Jul 23": now}


def fractions(now: tuple[int, int], then: tuple[int, int]) -> Rows:
    (count, total), (count_then, total_then) = now, then
    return {"x numerator": pair(count, count_then), "x denominator": pair(total, total_then)}


def series(*values: float | str) -> Row:
    """Amounts of successive months, the newest last."""
    return {JULY.shift(1 + at - len(values)).label: value for at, value in enumerate(values)}


def verdict(indicator: str, rows: Rows, rules: JudgementRules = RULES) -> str:
    return timeline(indicator, rows, rules).judgement.verdict.value


# What a change is worth: polarity × direction


@pytest.mark.parametrize(
    ("polarity", "up", "down"), [("high", "better", "worse"), ("low", "worse", "better"), ("none", "higher", "lower")]
)
def test_direction_comes_first_and_polarity_second(polarity: str, up: str, down: str) -> None:
    since = {now: timeline(toml(polarity=polarity), {"x value": pair(now, 400)}) for now in (600, 300, 410, 400)}
    charted = {
        newest: timeline(toml('kind = "flow"', polarity=polarity), {"x value": series(*[30, 32] * 8, newest)})
        for newest in (60, 11, 31)
    }

    assert [each.judgement for each in since.values()] == [
        Judgement(Verdict(up), YEAR_AGO),
        Judgement(Verdict(down), YEAR_AGO),
        Judgement(Verdict.NO_CLEAR_CHANGE, YEAR_AGO),
        Judgement(Verdict.NO_CLEAR_CHANGE, YEAR_AGO),
    ]
    assert [each.judgement for each in charted.values()] == [
        Judgement(Verdict(up), None, True, SpecialCause.ABOVE),
        Judgement(Verdict(down), None, True, SpecialCause.BELOW),
        Judgement(Verdict.NO_CLEAR_CHANGE, None, True),
    ]


@pytest.mark.parametrize(
    ("values", "cause", "word"),
    [
        ([20, 30] * 6 + [28] * 7, SpecialCause.SHIFT, "higher"),
        ([30, 20] * 6 + [22] * 7, SpecialCause.SHIFT, "lower"),
        ([60, 20] * 6 + [21, 22, 23, 24, 50, 51, 52, 53, 54, 55, 56], SpecialCause.SHIFT, "higher"),
        ([60, 20] * 6 + [31, 32, 33, 34, 35, 36, 60], SpecialCause.TREND, "higher"),  # while mostly below the mean
        ([20, 60] * 6 + [53, 52, 51, 50, 49, 48, 25], SpecialCause.TREND, "lower"),
        ([60, 20] * 6 + [61, 34, 35, 36, 37, 38, 39, 40], SpecialCause.TREND, "higher"),  # and ends on the mean
    ],
)
def test_a_signal_says_where_it_points(values: list[int], cause: SpecialCause, word: str) -> None:
    found = timeline(toml('kind = "flow"', polarity="none"), {"x value": series(*values)}).judgement
    assert (found.cause, found.verdict.value) == (cause, word)


@pytest.mark.parametrize(
    ("values", "cause", "word"),
    [
        ([0.5, 0.6] * 8 + [0], SpecialCause.BELOW, "lower"),
        ([-5, 5] * 6 + [-3, -2.5, -2, -1.5, -1, 0, 0.5], SpecialCause.TREND, "higher"),
    ],
)
def test_nothing_is_a_number_like_others(values: list[float], cause: SpecialCause, word: str) -> None:
    indicator = toml('kind = "flow"', measure="average", polarity="none")
    found = timeline(indicator, {"x value": series(*values)}).judgement
    assert (found.cause, found.verdict.value) == (cause, word)


# The order


def test_a_flow_is_judged_by_its_chart_from_thirteen_points_on() -> None:
    flow = toml('kind = "flow"')

    assert timeline(flow, {"x value": series(*[40] * 12, 60)}).judgement.is_charted
    assert timeline(flow, {"x value": series(*[40] * 11, 60)}).judgement == UNJUDGED
    assert timeline(flow, {"x value": {**series(*[40] * 11, 60), "Jul 22": 30}}).judgement.is_charted
    assert timeline(flow, {"x value": {**series(*[40] * 10, 60), "Jul 22": 30}}).judgement == Judgement(
        Verdict.WORSE, YEAR_AGO
    )
    assert timeline(toml(), {"x value": series(*[40] * 12, 70)}).judgement == Judgement(Verdict.WORSE, YEAR_AGO)


@pytest.mark.parametrize(
    ("now", "then", "word"),
    [
        ((10, 20), (12, 20), "no clear change"),
        ((10, 19), (12, 20), "too few to say"),
        ((10, 20), (12, 19), "too few to say"),
        ((9, 200), (12, 200), "too few to say"),
        ((12, 200), (9, 200), "too few to say"),
        ((56, 70), (48, 80), "worse"),  # 0.0428 to 0.3422
        ((48, 80), (56, 70), "better"),
        ((53, 70), (48, 80), "no clear change"),  # -0.0028 to 0.3045
        ((60, 60), (30, 60), "worse"),
    ],
)
def test_percentages_are_compared_by_newcombes_interval(now: tuple[int, int], then: tuple[int, int], word: str) -> None:
    assert verdict(toml(measure="percentage"), fractions(now, then)) == word


@pytest.mark.parametrize(
    ("now", "then", "word"),
    [
        ((61, 50_000), (39, 50_000), "worse"),  # 61 of 100: 0.507 to 0.704
        ((60, 50_000), (40, 50_000), "no clear change"),  # 60 of 100: 0.497 to 0.695
        ((60, 75_000), (40, 50_000), "no clear change"),  # the same rate: 0.6 is theirs of the population
        ((39, 50_000), (61, 50_000), "better"),
        ((10, 50_000), (9, 50_000), "too few to say"),
    ],
)
def test_rates_are_compared_by_the_share_of_their_events(
    now: tuple[int, int], then: tuple[int, int], word: str
) -> None:
    assert verdict(toml(measure="rate"), fractions(now, then)) == word


@pytest.mark.parametrize(
    ("indicator", "rows"),
    [
        (toml(measure="percentage"), {"x value": pair(90, 40)}),
        (toml(measure="rate"), {"x value": pair(90, 40)}),
        (toml(measure="average"), fractions((900, 50), (300, 50))),
        (toml(), {"x value": pair(60.5, 20)}),
        (toml(), {"x value": pair(9e307, 20)}),
        (toml(), {"x value": {"Jul 23": 60}}),
        (toml(), {"x value": {"Jun 22": 20, "Aug 22": 20, "Jul 23": 60}}),
        (toml(), {"x value": pair("", 20)}),
        (toml(), {"x value": pair(60, "[x]")}),
        (toml("changes = [{ date = 2023-01-01, note = 'New', comparable = false }]"), {"x value": pair(60, 20)}),
        (toml(measure="percentage"), fractions((30, 20), (20, 20))),
        (toml(measure="percentage"), {"x value": pair(90, 40), "x denominator": pair(100, 100)}),
        (toml("changes = [{ date = 2023-01-01, note = 'New', comparable = false }]"), {"x value": pair(60, 3)}),
    ],
)
def test_without_counts_of_both_or_across_a_break_nobody_can_tell(indicator: str, rows: Rows) -> None:
    assert timeline(indicator, rows).judgement == UNJUDGED


def test_a_percentage_above_100_is_compared_as_a_rate() -> None:
    indicator = toml("may_exceed_100 = true", measure="percentage")
    assert verdict(indicator, fractions((150, 100), (100, 100))) == "worse"  # 150 of 250: 0.536 to 0.661


def test_too_few_to_say_tells_what_it_was_to_be_compared_with() -> None:
    few = timeline(toml('kind = "flow"'), {"x value": series(*[9] * 12, 21)})
    of_both, alone = (timeline(toml(), {"x value": row}) for row in (pair(9, 12), {"Jul 23": 9}))

    assert few.judgement == Judgement(Verdict.TOO_FEW, None, True)
    assert of_both.judgement == Judgement(Verdict.TOO_FEW, YEAR_AGO)
    assert alone.judgement == Judgement(Verdict.TOO_FEW, None)


def test_too_few_in_a_chart_is_told_by_the_mean_of_its_points() -> None:
    flow = toml('kind = "flow"')

    assert verdict(flow, {"x value": series(*[9] * 12, 30)}) == "worse"  # 10.6 on average
    assert verdict(flow, {"x value": series(*[9] * 12, 21)}) == "too few to say"  # 9.9
    assert verdict(flow, {"x value": series(*[40, 42] * 8, 5)}) == "better"


def test_figures_with_nothing_but_values_have_a_chart() -> None:
    flow = toml('kind = "flow"', measure="average", polarity="high")
    assert verdict(flow, {"x value": series(*[3, 4] * 8, 9)}) == "better"


def test_thresholds_are_settings() -> None:
    few = fractions((56, 70), (48, 80))
    assert verdict(toml(measure="percentage"), few, RULES._replace(denominator=71)) == "too few to say"
    assert verdict(toml(measure="percentage"), few, RULES._replace(events=49)) == "too few to say"
    assert verdict(toml(measure="percentage"), few, RULES._replace(level=99.8)) == "no clear change"
    rates = fractions((61, 50_000), (39, 50_000))
    assert verdict(toml(measure="rate"), rates, RULES._replace(level=99.8)) == "no clear change"
    flow = {"x value": series(*[40] * 13, 60)}
    assert not timeline(toml('kind = "flow"'), flow, RULES._replace(points=15)).judgement.is_charted


# Confidential figures give nothing away


@pytest.mark.parametrize(
    "rows",
    [
        {"x value": pair("[c]", 20)},
        {"x value": pair(60, "[c]")},
        {"x value": pair("[c]", 3)},
        {"x numerator": pair("[c]", 20), "x denominator": pair(100, 100)},
        {"x numerator": pair(60, 20), "x denominator": pair("[c]", 100)},
    ],
)
def test_a_confidential_figure_is_not_judged(rows: Rows) -> None:
    indicator = toml(measure="number" if len(rows) == 1 else "percentage")
    assert timeline(indicator, rows, RULES, benchmark("SN", "90", "2021/22")).judgement == UNJUDGED


def test_a_mark_hides_what_the_figure_would_say() -> None:
    workbook, folder = unread(toml(), {"x value": pair(60, 20)}, marks={("x", JULY, None): Mark(State.CONFIDENTIAL)})
    assert compute_figures(workbook, folder).timelines["x"].judgement == UNJUDGED


@pytest.mark.parametrize("hidden", [1, 40, 4_000])
def test_a_confidential_figure_in_a_row_changes_nothing_after_it(hidden: int) -> None:
    after = [40, 42] * 7
    marked = {("x", JULY.shift(-len(after)), None): Mark(State.CONFIDENTIAL)}
    rows = {"x value": series(hidden, *after)}
    found = compute_figures(*unread(toml('kind = "flow"'), rows, marks=marked)).timelines["x"]

    assert found.judgement == timeline(toml('kind = "flow"'), {"x value": series(*after)}).judgement


# Benchmarks: polarity × position


def benchmark(name: str, value: str, period: str = "") -> Benchmark:
    return Benchmark("x", name, Amount(State.PRESENT, Decimal(value)), CellRef("Benchmarks", 2, 3), period)


@pytest.mark.parametrize(
    ("polarity", "above", "below"),
    [("high", "better", "worse"), ("low", "worse", "better"), ("none", "higher", "lower")],
)
@pytest.mark.parametrize(
    ("measure", "count", "total", "low", "high"),
    [
        ("percentage", 65, 100, "55.2", "73.7"),  # Wilson: 55.254 to 73.636
        ("rate", 65, 100, "5016.3", "8285.0"),  # Byar: 5016.319 to 8284.914
        ("rate", 5, 100, "162.3", "1166.9"),  # exact: 162.349 to 1166.833
        ("number", 65, 0, "50.1", "82.9"),
    ],
)
def test_a_benchmark_in_our_interval_is_similar(
    measure: str, count: int, total: int, low: str, high: str, polarity: str, above: str, below: str
) -> None:
    rows: Rows = {"x value": {"Jul 23": count}}
    if total:
        rows = {"x numerator": {"Jul 23": count}, "x denominator": {"Jul 23": total}}
    inside = {"low": str(Decimal(low) + Decimal("0.1")), "high": str(Decimal(high) - Decimal("0.1"))}
    given = [benchmark("under", low), benchmark("over", high), *(benchmark(*each) for each in inside.items())]

    found = timeline(toml(measure=measure, polarity=polarity), rows, RULES, *given).merits
    words = {"under": above, "over": below, "low": "similar", "high": "similar"}
    assert {name: each.value for name, each in found.items()} == words


@pytest.mark.parametrize(
    ("period", "keys", "word"),
    [
        ("", "", "worse"),  # March 2022, as report.toml says
        ("Jul 21", "", "worse"),
        ("Jun 21", "", "not compared"),
        ("2021/22", "", "worse"),
        ("2020/21", "", "not compared"),
        ("17–20", "", "not compared"),
        ("2023/24", "", "worse"),
        ("", 'benchmark_basis = "different"', "not compared"),
    ],
)
def test_only_benchmarks_of_our_time_and_basis_are_compared(period: str, keys: str, word: str) -> None:
    given = benchmark("SN", "20", period)
    rows = {"x numerator": {"Jul 23": 65}, "x denominator": {"Jul 23": 100}}
    assert timeline(toml(keys, "percentage"), rows, RULES, given).merits["SN"].value == word


def test_the_period_of_a_benchmark_may_be_one_of_the_reports_own_terms() -> None:
    given = benchmark("SN", "20", "Michaelmas Term 22/23")
    workbook, folder = unread(toml(), {"x value": {"Jul 23": 65}}, benchmarks=[given])
    own = replace(folder, terms=(Term("Michaelmas", 9, 12), Term("Hilary", 1, 3), Term("Trinity", 4, 7)))

    merits = [compute_figures(workbook, each).timelines["x"].merits["SN"] for each in (folder, own)]
    assert merits == [Verdict.NOT_COMPARED, Verdict.WORSE]


@pytest.mark.parametrize(("measure", "value"), [("percentage", "52"), ("rate", "4500")])
def test_a_higher_level_finds_fewer_benchmarks_unlike(measure: str, value: str) -> None:
    rows: Rows = {"x numerator": {"Jul 23": 65}, "x denominator": {"Jul 23": 100}}
    found = [
        timeline(toml(measure=measure), rows, RULES._replace(level=level), benchmark("SN", value)).merits["SN"]
        for level in (95, 99.8)  # 55.3 to 73.6 and 49.5 to 77.8 of percentages, 5016 to 8285 and 4288 to 9400 of rates
    ]
    assert found == [Verdict.WORSE, Verdict.SIMILAR]


@pytest.mark.parametrize(
    ("measure", "count", "total", "value", "word"),
    [
        ("percentage", 0, 100, "20", "better"),  # 0 to 3.7
        ("percentage", 0, 100, "0", "similar"),
        ("percentage", 11, 11, "100", "similar"),  # 74.1 to 100, whatever the rounding of floats
        ("percentage", 0, 0, "20", "not compared"),
        ("rate", 11, 0, "20", "not compared"),
    ],
)
def test_none_and_all_are_compared_too(measure: str, count: int, total: int, value: str, word: str) -> None:
    rows: Rows = {"x numerator": {"Jul 23": count}, "x denominator": {"Jul 23": total}}
    assert timeline(toml(measure=measure), rows, RULES, benchmark("SN", value)).merits["SN"].value == word


def test_a_benchmark_says_nothing_of_a_figure_without_counts_or_hidden() -> None:
    given = benchmark("SN", "20")
    typed = timeline(toml(measure="percentage"), {"x value": {"Jul 23": 65}}, RULES, given)
    hidden = timeline(toml(measure="percentage"), {"x value": {"Jul 23": "[c]"}}, RULES, given)
    none = given._replace(amount=Amount(State.NO_FIGURE))
    huge = given._replace(amount=Amount(State.PRESENT, Decimal("9e400")))

    assert typed.merits == {"SN": Verdict.CANNOT_TELL}
    assert hidden.merits == {"SN": Verdict.NOT_COMPARED}
    assert timeline(toml(), {"x value": {"Jul 23": 65}}, RULES, huge).merits == {"SN": Verdict.BETTER}
    assert timeline(toml(), {"x value": {"Jul 23": 65}}, RULES, none).merits == {"SN": Verdict.NOT_COMPARED}
    assert timeline(
        toml(measure="percentage"),
        {"x numerator": {"Jul 23": 65}, "x denominator": {"Jul 23": 100}},
        RULES._replace(benchmark_age=12),
        given,
    ).merits == {"SN": Verdict.NOT_COMPARED}


# Properties

counts = st.integers(0, 400)
cohorts = st.tuples(counts, st.integers(1, 400)).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=60)
@given(st.sampled_from(["percentage", "rate"]), cohorts, cohorts)
def test_flipping_the_polarity_swaps_better_and_worse(
    measure: str, now: tuple[int, int], then: tuple[int, int]
) -> None:
    given = benchmark("SN", "30")
    high, low = (
        timeline(toml(measure=measure, polarity=polarity), fractions(now, then), RULES, given)
        for polarity in ("high", "low")
    )

    assert low.judgement.verdict is FLIPPED.get(high.judgement.verdict, high.judgement.verdict)
    assert low.merits["SN"] is FLIPPED.get(high.merits["SN"], high.merits["SN"])


@settings(max_examples=60)
@given(st.lists(st.integers(10, 60), min_size=13, max_size=20))
def test_flipping_the_polarity_swaps_what_a_chart_says(values: list[int]) -> None:
    high, low = (
        timeline(toml('kind = "flow"', polarity=polarity), {"x value": series(*values)}).judgement
        for polarity in ("high", "low")
    )
    assert low == high._replace(verdict=FLIPPED.get(high.verdict, high.verdict))


@settings(max_examples=60)
@given(counts, counts)
def test_turning_a_comparison_round_swaps_better_and_worse(now: int, then: int) -> None:
    there, back = (timeline(toml(), {"x value": pair(*each)}).judgement for each in ((now, then), (then, now)))
    assert back.verdict is FLIPPED.get(there.verdict, there.verdict)
