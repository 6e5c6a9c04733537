"""Implausible figures are found at their cells, and chance alone gives hardly a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import exp, pi, sin
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.figures import compute_figures
from cpreport.checks.context import CheckContext, Row
from cpreport.checks.plausible.baseline import Baseline, baseline_of
from cpreport.checks.plausible.benchmarks import old_benchmarks
from cpreport.checks.plausible.cells import is_implausible
from cpreport.model.figure import Amount, Benchmark, CellRef, Mark, State
from cpreport.model.indicator import Part
from cpreport.model.period import TERMS, month
from cpreport.model.period_text import period_end

from .example_month import Added
from .examples import examples
from .workbooks import checked, example_month, findings_of, unread, warnings_of

Numbers = list[float]
Rows = dict[str, Numbers]
Made = tuple[str, Rows]
"""An indicator's measure with its keys, and its rows by part."""

NUMBER = 'measure = "number"'
PERCENTAGE = 'measure = "percentage"'
AVERAGE = 'measure = "average"\ndecimals = 1'


def labels(size: int) -> list[str]:
    return [month(2023, 7).shift(at - size + 1).label for at in range(size)]


def month_of(made: Mapping[str, Made], **more: object) -> list[tuple[str, str]]:
    """What is found in a month of such indicators, the last number of each row being that of Jul 23."""
    toml = "".join(f'[[indicators]]\nid = "{name}"\ntitle = "T"\n{keys}\n' for name, (keys, _) in made.items())
    rows = {
        f"{name} {part}": dict(zip(labels(len(numbers)), numbers, strict=True))
        for name, (_, parts) in made.items()
        for part, numbers in parts.items()
    }
    return warnings_of(*unread(toml, rows, **more))  # type: ignore[arg-type]


def poisson(random: Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(random.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def binomial(random: Random, number: int, share: float) -> int:
    return sum(random.random() < share for _ in range(number))


def counts(mean: Callable[[int], float]) -> Callable[[Random, int], Made]:
    return lambda random, size: (NUMBER, {"value": [poisson(random, mean(at)) for at in range(size)]})


def clustered(mean: float, spread: float) -> Callable[[Random, int], Made]:
    """Counts that vary more than Poisson's, as those of brothers and sisters do (negative binomial)."""

    def made(random: Random, size: int) -> Made:
        return NUMBER, {"value": [poisson(random, random.gammavariate(spread, mean / spread)) for _ in range(size)]}

    return made


def shares(number: int, share: float, typed: bool = False) -> Callable[[Random, int], Made]:
    """A binomial percentage with about so many children each month; `typed` as a value at one decimal."""

    def made(random: Random, size: int) -> Made:
        totals: Numbers = [max(1, poisson(random, number)) for _ in range(size)]
        parts: Numbers = [binomial(random, int(total), share) for total in totals]
        if typed:
            return PERCENTAGE, {"value": [round(100 * a / b, 1) for a, b in zip(parts, totals, strict=True)]}
        return PERCENTAGE, {"numerator": parts, "denominator": totals}

    return made


def averages(random: Random, size: int) -> Made:
    totals: Numbers = [poisson(random, 40) for _ in range(size)]
    return AVERAGE, {"numerator": [round(random.gauss(55, 6) * total) for total in totals], "denominator": totals}


def drifting(random: Random, size: int) -> Made:
    """A stock that comes and goes by chance: children in care."""
    stock = [600.0]
    while len(stock) < size:
        stock.append(stock[-1] + poisson(random, 20) - poisson(random, 20))
    return NUMBER, {"value": stock}


def drifting_share(random: Random, size: int) -> Made:
    share = [80.0]
    while len(share) < size:
        share.append(min(99.0, max(1.0, share[-1] + random.gauss(0, 1.2))))
    return PERCENTAGE, {"value": [round(value, 1) for value in share]}


KINDS: dict[str, Callable[[Random, int], Made]] = {
    "count 0.5": counts(lambda _: 0.5),
    "count 3": counts(lambda _: 3),
    "count 10": counts(lambda _: 10),
    "count 300": counts(lambda _: 300),
    "clustered 5": clustered(5, 2),
    "clustered 20": clustered(20, 4),
    "trend": counts(lambda at: 100 + 4 * at),
    "fall": counts(lambda at: 400 - 5 * at),
    "season": counts(lambda at: 60 + 40 * sin(2 * pi * at / 12)),
    "august": counts(lambda at: 2 if at % 12 == 1 else 60),
    "holidays": counts(lambda at: 3 if at % 12 in (1, 5, 9) else 45),
    "summer peak": counts(lambda at: 120 if at % 12 == 0 else 10),
    "stock": drifting,
    "drifting share": drifting_share,
    "average": averages,
    **{
        f"{share:.0%} of {number}{' typed' if typed else ''}": shares(number, share, typed)
        for number in (8, 30, 200)
        for share in (0.03, 0.2, 0.5, 0.9, 0.98)
        for typed in (False, True)
    },
}


def report_of(random: Random, size: int, indicators: int) -> dict[str, Made]:
    """A report of all kinds of series in turn."""
    kinds = list(KINDS.values())
    return {f"i{number}": kinds[number % len(kinds)](random, size) for number in range(indicators)}


def by_chance(size: int, reports: int, indicators: int) -> Counter[str]:
    """How often each plausibility rule finds something in so many reports, where all is chance."""
    random = Random(size)
    months = (month_of(report_of(random, size, indicators)) for _ in range(reports))
    return Counter(code for month in months for code, _ in month if code.startswith("plausibility."))


def test_chance_gives_less_than_one_warning_for_a_hundred_indicators_a_month() -> None:
    assert by_chance(25, 1, 340).total() < 340 / 100


STEADY: Numbers = [604, 617, 611, 598, 607, 609, 615, 600, 606, 612, 603, 608, 610]
PER_CENT: Numbers = [89.2, 88.4, 87.6, 89.3, 90.2, 88.7, 87.9, 89.1, 90.3, 88.1, 89.5, 88.9, 89.7]
FEW: Numbers = [3, 1, 4, 2, 2, 5, 3, 0, 2, 3, 4, 1, 2]


def with_last(numbers: Numbers, last: float) -> Numbers:
    return [*numbers[:-1], last]


def value_of(keys: str, numbers: Numbers) -> dict[str, Made]:
    return {"a": (keys, {"value": numbers})}


def test_the_modified_z_score_is_that_of_the_formula() -> None:
    """Median 3.3, MAD 0.2: 0.6745 · 4.8 / 0.2 = 16.188 (formula of Iglewicz and Hoaglin, 1993)."""
    numbers = [3.2, 3.3, 8.1, 3.2, 2.9, 3.7, 3.1, 3.5, 3.3]

    assert baseline_of(numbers, lambda _: 0).distance(8.1) == pytest.approx(16.188)


def test_a_newest_figure_far_from_its_history_is_found() -> None:
    assert month_of(value_of(NUMBER, with_last(STEADY, 900))) == [("plausibility.jump", "Data!O2")]
    assert month_of(value_of(PERCENTAGE, with_last(PER_CENT, 78))) == [("plausibility.jump", "Data!O2")]


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        (NUMBER, with_last(STEADY, 660)),
        (NUMBER, with_last(FEW, 8)),
        (f"{NUMBER}\nrolling = 12", with_last(STEADY, 900)),
        (NUMBER, [*STEADY[:7], 900]),
        (NUMBER, [*STEADY[:4], 900, *STEADY[5:12], 890]),
        (NUMBER, [*STEADY[:4], 760, *STEADY[5:12], 890]),
        (PERCENTAGE, [79.6, 80.1, 81.3, 79.4, 78.2, 77, 78.9, 79.7, 78.1, 77.4, 75.8, 72.5, 67.9]),
        (PERCENTAGE, [*[100.0] * 12, 95]),
    ],
    ids=[
        "within a count's spread",
        "small count",
        "rolling",
        "too short",
        "has been so",
        "half as far",
        "drifts",
        "never moved",
    ],
)
def test_a_newest_figure_is_no_jump(keys: str, numbers: Numbers) -> None:
    assert month_of(value_of(keys, numbers)) == []


def test_a_percentage_of_few_children_varies_more() -> None:
    def made(size: int) -> list[tuple[str, str]]:
        shares = [0.9, 0.88, 0.91, 0.9, 0.89, 0.92, 0.9, 0.91, 0.88, 0.9, 0.7]
        parts = {"numerator": [round(share * size) for share in shares], "denominator": [size] * len(shares)}
        return month_of({"a": (PERCENTAGE, parts)})  # type: ignore[dict-item]

    assert made(20) == []
    assert made(2000) == [("plausibility.jump", "Data!M2")]


def test_what_was_a_little_off_before_hides_no_jump() -> None:
    """As dental checks of under-fives: 82.1% in June was beyond the limit, 15% in July is another matter."""
    assert month_of(value_of(PERCENTAGE, [*PER_CENT[:11], 82.1, 15])) == [("plausibility.jump", "Data!O2")]
    assert month_of(value_of(PERCENTAGE, [*PER_CENT[:11], 82.1, 0])) == [("plausibility.jump", "Data!O2")]


def test_an_earlier_figure_with_a_known_cause_hides_no_jump() -> None:
    assert month_of(value_of(NUMBER, [*STEADY[:6], 6070, *STEADY[7:12], 904])) == [
        ("plausibility.slipped-digit", "Data!I2"),
        ("plausibility.jump", "Data!O2"),
    ]


def test_the_newest_figure_that_is_due_is_looked_at() -> None:
    head = '[[indicators]]\ntitle = "T"\n'
    toml = f'{head}id = "now"\n{NUMBER}\n{head}id = "late"\n{NUMBER}\nlag = 1\n'

    def found(*newest: float) -> list[tuple[str, str]]:
        late = [*STEADY[: 12 - len(newest)], *newest]
        rows = {"now value": zip(labels(13), STEADY, strict=True), "late value": zip(labels(13), late, strict=False)}
        return warnings_of(*unread(toml, {name: dict(row) for name, row in rows.items()}))

    assert found(608) == []
    assert found(900) == [("plausibility.jump", "Data!N3")]
    assert found(613, 613, 613, 613) == [("plausibility.unchanged", "Data!N3")]


@pytest.mark.parametrize(
    ("keys", "rows", "code"),
    [
        (PERCENTAGE, {"numerator": with_last(STEADY, 800), "denominator": [620] * 13}, "numerator-exceeds-denominator"),
        (PERCENTAGE, {"value": with_last(PER_CENT, 8970)}, "above-100-percent"),
        (PERCENTAGE, {"value": with_last(PER_CENT, 140)}, "above-100-percent"),
        (NUMBER, {"value": with_last(STEADY, -610)}, "negative-count"),
    ],
)
def test_an_error_is_no_warning_as_well(keys: str, rows: Rows, code: str) -> None:
    assert month_of({"a": (keys, rows)}) == [(f"data.{code}", "Data!O2")]


def test_a_negative_average_is_a_wrong_sign_where_no_other_is_negative() -> None:
    days = [float(number) for number in range(442, 455)]

    assert month_of(value_of(AVERAGE, with_last(days, -454))) == [("plausibility.sign", "Data!O2")]
    assert month_of(value_of(AVERAGE, [442, -443, *days[2:]])) == [("plausibility.sign", "Data!D2")]
    assert "plausibility.sign" not in dict(month_of(value_of(AVERAGE, [1, -2, 3, 2, -1, 0, 1, 2, -3, 1, 2, 1, -1])))
    assert month_of(value_of(AVERAGE, [2, 1, 3, -1])) == []


def test_a_jump_stands_at_the_part_that_moved() -> None:
    parts: Numbers = [66, 71, 68, 73, 70, 69, 74, 72, 67, 70, 75, 71, 70]
    totals: Numbers = [830, 860, 840, 880, 870, 850, 900, 890, 820, 860, 910, 880, 340]

    assert month_of({"a": (PERCENTAGE, {"numerator": parts, "denominator": totals})}) == [
        ("plausibility.jump", "Data!O3")
    ]


@examples(100)
@given(
    st.sampled_from([NUMBER, PERCENTAGE, AVERAGE, 'measure = "rate"', f"{PERCENTAGE}\nmay_exceed_100 = true"]),
    st.lists(st.tuples(*[st.one_of(st.integers(-3, 300), st.floats(-1e14, 1e14))] * 3), min_size=1, max_size=20),
)
def test_whatever_the_numbers_are_no_rule_fails(keys: str, numbers: list[tuple[float, float, float]]) -> None:
    numerators, denominators, values = (
        [float(f"{number:.6g}") for number in row] for row in zip(*numbers, strict=True)
    )
    rows: Rows = {"numerator": numerators, "denominator": denominators}

    month_of({"a": (keys, rows), "b": (keys, {"value": values})}, benchmarks=[benchmark("0.5", "17-20")])


def test_a_denominator_of_almost_nothing_stops_no_rule() -> None:
    tiny: Rows = {"numerator": [5.0] * 12 + [6], "denominator": [1e-300, 1e-14] * 6 + [1e-313]}

    assert "data.numerator-exceeds-denominator" in dict(month_of({"a": (PERCENTAGE, tiny)}))


def test_a_median_too_large_for_a_float_stops_no_rule() -> None:
    huge: Rows = {"numerator": [5.0] * 13, "denominator": [2.2e-311] * 13}

    assert month_of({"a": (AVERAGE, huge)}, benchmarks=[benchmark("0.5", "17-20")]) == []


def test_before_a_break_in_series_nothing_is_usual() -> None:
    numbers = with_last(STEADY, 6100)
    breaks = {("a", month(2023, 7), None): Mark(breaks=True)}

    assert month_of(value_of(NUMBER, numbers)) == [("plausibility.slipped-digit", "Data!O2")]
    assert month_of(value_of(NUMBER, numbers), marks=breaks) == []


@pytest.mark.parametrize("at", range(13))
@pytest.mark.parametrize("factor", [10, 0.1])
def test_a_slipped_digit_is_found_in_any_period(at: int, factor: float) -> None:
    numbers = [*STEADY]
    numbers[at] = round(numbers[at] * factor)

    assert month_of(value_of(NUMBER, numbers)) == [("plausibility.slipped-digit", f"Data!{'CDEFGHIJKLMNO'[at]}2")]


def test_what_is_low_every_august_is_no_slip() -> None:
    august = [6.0 if at % 12 == 1 else number for at, number in enumerate([*STEADY, *STEADY[1:]])]

    assert month_of(value_of(NUMBER, august)) == []


def test_ten_times_a_small_count_is_no_slip() -> None:
    assert "plausibility.slipped-digit" not in dict(month_of(value_of(NUMBER, with_last(FEW, 20))))


def test_cells_of_neighbouring_rows_are_swapped() -> None:
    low: Numbers = [41, 44, 39, 42, 40, 43, 45, 41, 42, 38, 40, 43, 42]
    high = [*STEADY]
    low[5], high[5] = high[5], low[5]
    rows: dict[str, Made] = {"a": (NUMBER, {"value": high}), "b": (NUMBER, {"value": low})}

    assert month_of(rows) == [("plausibility.swapped-cells", "Data!H2"), ("plausibility.swapped-cells", "Data!H3")]


def test_the_long_layout_is_looked_at_likewise(tmp_path: Path) -> None:
    low: Numbers = [41, 44, 39, 42, 40, 43, 45, 41, 42, 38, 40, 43, 42]
    rows: list[list[object]] = [["Indicator", "Period", "Value"]]
    for label, high, few in zip(labels(13), STEADY, low, strict=True):
        rows += [["a", label, high], ["b", label, few]]
    toml = "".join(f'[[indicators]]\nid = "{name}"\ntitle = "T"\n{NUMBER}\n' for name in "ab")
    rows[5][2], rows[6][2] = rows[6][2], rows[5][2]
    rows[9][2] = 6150

    assert findings_of(tmp_path, {"Data": rows}, toml) == [
        ("plausibility.swapped-cells", "Data!C6"),
        ("plausibility.swapped-cells", "Data!C7"),
        ("plausibility.slipped-digit", "Data!C10"),
    ]


def test_a_numerator_and_denominator_swapped_below_100_per_cent_are_one_finding() -> None:
    days: Numbers = [2210, 2305, 2190, 2260, 2330, 2240, 2275, 2215, 2350, 2290, 2230, 2265, 2300]
    children: Numbers = [41, 43, 40, 42, 44, 41, 43, 42, 45, 43, 41, 42, 44]
    days[12], children[12] = children[12], days[12]

    found = month_of({"a": (AVERAGE, {"numerator": days, "denominator": children})})
    assert found == [("plausibility.swapped-parts", "Data!O2")]


def test_swapped_above_100_per_cent_is_the_error_alone() -> None:
    part: Numbers = [12, 14, 11, 13, 12, 15, 13, 12, 14, 11, 13, 12, 610]
    rows: Rows = {"numerator": part, "denominator": with_last(STEADY, 12)}

    assert month_of({"a": (PERCENTAGE, rows)}) == [("data.numerator-exceeds-denominator", "Data!O2")]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (with_last(PER_CENT, 0.897), ["plausibility.fraction"]),
        (with_last(PER_CENT, 0.9), ["plausibility.fraction"]),
        ([89.2, 88.4, 90.1, 0.9], []),
        ([*PER_CENT[:10], 0.881, 0.9, 0.897], ["plausibility.fraction"] * 3),
        ([0.4, 0.48, 0.5, 0.4, 0.3, 0.6, 0.4, 0.5, 0.48, 0.4], []),
    ],
)
def test_a_fraction_among_per_cents_that_are_declared_to_be_such_is_odd(numbers: Numbers, found: list[str]) -> None:
    keys = f'{PERCENTAGE}\ntyped = "per cent"'

    assert [code for code, _ in month_of(value_of(keys, numbers))] == found


def benchmark(value: str, period: str = "") -> Benchmark:
    return Benchmark("a", "SN", Amount(State.PRESENT, Decimal(value)), CellRef("Benchmarks", 2, 3), period)


@pytest.mark.parametrize(
    ("keys", "numbers", "value", "found"),
    [
        (PERCENTAGE, PER_CENT, "8800", "data.above-100-percent"),
        (PERCENTAGE, PER_CENT, "0.91", "data.per-cent-or-fraction"),
        (PERCENTAGE, PER_CENT, "91", None),
        (PERCENTAGE, [1.7, 1.7, 0, 0, 0.3], "4", None),
        (PERCENTAGE, [0.95, 0.98, 0.96], "95", "data.per-cent-or-fraction"),
        (f'{PERCENTAGE}\ntyped = "per cent"', [0.4, 0.5, 0.4], "0.45", None),
        ('measure = "rate"', [61.6, 62.1, 60.9], "6.9", None),
        ('measure = "rate"', [61.6, 62.1, 60.9], "6.8", "plausibility.benchmark-unit"),
        ('measure = "rate"', [61.6, 62.1, 60.9], "554.4", "plausibility.benchmark-unit"),
        ('measure = "rate"', [61.6, 62.1, 60.9], "0.62", "plausibility.benchmark-unit"),
        (NUMBER, STEADY, "83840", None),
    ],
)
def test_a_benchmark_is_in_its_indicators_unit(keys: str, numbers: Numbers, value: str, found: str | None) -> None:
    codes = [code for code, _ in month_of(value_of(keys, numbers), benchmarks=[benchmark(value)])]

    assert codes == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2020/21", date(2021, 3, 31)),
        ("17-20", date(2020, 3, 31)),
        ("2017 to 2020", date(2020, 3, 31)),
        ("2018\u201321", date(2021, 3, 31)),
        ("March 2022", date(2022, 3, 31)),
        ("2021", date(2021, 12, 31)),
        ("20-17", None),
        ("latest", None),
    ],
)
def test_the_period_of_a_benchmark_ends(text: str, end: date | None) -> None:
    assert period_end(text, TERMS) == end


@pytest.mark.parametrize(
    ("as_at", "age"),
    [
        ("2023-06-29", 51),
        ("2023-06-30", 51),
        ("2023-07-01", 51),
        ("2023-07-27", 51),
        ("2023-07-28", 52),
        ("2023-07-31", 52),
        ("2024-02-29", 59),
    ],
)
def test_the_age_of_a_benchmark_is_in_whole_months_from_one_months_end_to_another(as_at: str, age: int) -> None:
    indicators = f'[[indicators]]\nid = "a"\ntitle = "T"\n{NUMBER}'
    workbook, folder = unread(indicators, {"a value": {"Jul 23": 3}}, benchmarks=[benchmark("3", "March 2019")])
    dated = replace(workbook, data_as_at=date.fromisoformat(as_at))
    (found,) = old_benchmarks(CheckContext(dated, folder, compute_figures(workbook, folder)))

    assert f"{age} months" in found.message


@pytest.mark.parametrize(
    ("middle", "spread", "number", "beyond"),
    [
        (100, 10, 150, False),
        (100, 10, 150.1, True),
        (100, 10, 50, False),
        (100, 10, 49.9, True),
        (5, 1, 50, True),
        (4.9, 1, 49, False),
    ],
)
def test_a_count_is_implausible_beyond_five_spreads_of_five_children_or_more(
    middle: float, spread: float, number: float, beyond: bool
) -> None:
    row = Row("pupils", Part.VALUE, None, (), ())

    assert is_implausible(row, number, Baseline(middle, spread)) is beyond


@pytest.mark.parametrize(
    ("period", "is_old"), [("2018/19", True), ("July 2019", False), ("June 2019", True), ("?", False)]
)
def test_a_benchmark_is_old_after_48_months(period: str, is_old: bool) -> None:
    found = month_of(value_of(NUMBER, FEW), benchmarks=[benchmark("3", period)])

    assert found == ([("plausibility.benchmark-old", "Benchmarks!C2")] if is_old else [])


def test_benchmarks_of_one_old_period_are_one_finding() -> None:
    def found(*periods: str) -> list[tuple[str, str]]:
        benchmarks = [
            benchmark("3", period)._replace(comparator=f"B{at}", cell=CellRef("Benchmarks", at, 3))
            for at, period in enumerate(periods, 2)
        ]
        workbook, folder = unread(f'[[indicators]]\nid = "a"\ntitle = "T"\n{NUMBER}\n', {"a value": {"Jul 23": 3}})
        month = replace(workbook, benchmarks=tuple(benchmarks)), replace(folder, benchmark_period="March 2019")
        return [(str(finding.place), finding.message.split(",")[0]) for finding in checked(*month)]

    assert found("2018/19 ", "17-20", "2018/19", "2016/17") == [
        ("Benchmarks!C2", "a: the benchmark B2 and 1 more are of 2018/19 "),
        ("Benchmarks!C5", "a: the benchmark B5 is of 2016/17"),
    ]
    assert found("", "march 2019", "2021/22") == [("", "the report's benchmarks (2) are of March 2019")]


def test_a_column_that_equals_the_last_is_found_once() -> None:
    rows = {name: (NUMBER, {"value": [3.0, number, number]}) for number, name in enumerate("abcde", 10)}
    moved: dict[str, Made] = {**rows, "f": (NUMBER, {"value": [3, 4, 5]})}

    assert month_of(rows) == [("plausibility.column-copied", "Data!E2")]
    assert month_of(moved) == []
    assert month_of({name: row for name, row in rows.items() if name != "e"}) == []


def test_a_copied_column_may_be_of_any_kind_of_period() -> None:
    def found(last: float) -> list[tuple[str, str]]:
        toml = "".join(
            f'[[indicators]]\nid = "{name}"\ntitle = "T"\n{NUMBER}\nfrequency = "quarter"\n' for name in "abcde"
        )
        quarters = ("Q2 22/23", "Q3 22/23", "Q4 22/23", "Q1 23/24")
        rows = {f"{name} value": dict(zip(quarters, (3, 8, 9, 9), strict=True)) for name in "abcde"}
        rows["e value"]["Q1 23/24"] = last
        return warnings_of(*unread(toml, rows))

    assert found(9) == [("plausibility.column-copied", "Data!F2")]
    assert found(8) == []


def test_four_figures_alike_are_too_many_where_the_history_moves() -> None:
    stands = [*PER_CENT[:9], 88.8, 88.8, 88.8, 88.8]

    assert month_of(value_of(PERCENTAGE, stands)) == [("plausibility.unchanged", "Data!O2")]
    assert month_of(value_of(PERCENTAGE, [*PER_CENT[:10], 88.8, 88.8, 88.8])) == []
    assert month_of(value_of(NUMBER, [*FEW[:9], 2, 2, 2, 2])) == []
    assert month_of(value_of(NUMBER, [604.0] * 13)) == []


def test_the_thresholds_stand_in_the_report_folder(tmp_path: Path) -> None:
    fires = {"Data – history!P5": 80.2, "report.toml": Added("\n[plausibility]\njump = 50\n")}

    assert example_month(tmp_path, fires) == []
