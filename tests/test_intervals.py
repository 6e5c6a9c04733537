"""Confidence intervals against published values."""

from __future__ import annotations

from itertools import product
from math import comb, exp, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.intervals import Interval, corrected, difference, poisson, share, wilson

CLOSE = 1e-9
WIDER = 0.998

# PHEindicatormethods, testdata of phe_proportion: count, total, 95% limits, 99.8% limits.
PROPORTIONS = [
    (1, 100, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.1045544528370582),
    (65, 100, 0.5525444329688797, 0.7363575175690247, 0.4954946574070431, 0.7783540614089697),
    (9856, 12345, 0.7912101752909069, 0.8053640073614909, 0.7869924108419063, 0.8093061412589626),
    (7776456, 7564336677, 0.0010273201001641094, 0.0010287644578977231, 0.0010269040118442213, 0.0010291812992698397),
]

# PHEindicatormethods, testdata of phe_rate: events, 95% limits, 99.8% limits; exact below ten events, else Byar's.
EVENTS = [
    (1, 0.025317807984289897, 5.571643390938898, 0.0010005003335835344, 9.233413476451585),
    (5, 1.62348639011842, 11.668332079322669, 0.739371731917839, 16.454745203680105),
    (20, 12.211428834875937, 30.889880369197066, 8.922802365144193, 38.08503562504191),
    (65, 50.163187710459454, 82.84913854593984, 42.8802614714802, 94.00029084431802),
]

# R. Newcombe 1998 (857–872), table I, method 4: to four decimals.
CORRECTED = [(81, 263, 0.2535, 0.3682), (15, 148, 0.0598, 0.1644), (0, 20, 0.0, 0.2005), (1, 29, 0.0018, 0.1963)]

# R. Newcombe 1998 (873–890), table II, method 11: to four decimals.
DIFFERENCES = [
    ((56, 70), (48, 80), 0.0428, 0.3422),
    ((9, 10), (3, 10), 0.1013, 0.8387),
    ((6, 7), (2, 7), -0.0290, 0.8423),
    ((5, 56), (0, 29), -0.0667, 0.2037),
    ((0, 10), (0, 20), -0.2005, 0.3445),
    ((10, 10), (0, 20), 0.6014, 1.0000),
]


@pytest.mark.parametrize("count, total, low, high, lowest, highest", PROPORTIONS)
def test_a_proportions_interval_is_the_published_one(
    count: int, total: int, low: float, high: float, lowest: float, highest: float
) -> None:
    assert _limits(wilson(count, total)) == pytest.approx((low, high), rel=CLOSE)
    assert _limits(wilson(count, total, WIDER)) == pytest.approx((lowest, highest), rel=CLOSE)


@pytest.mark.parametrize("count, low, high, lowest, highest", EVENTS)
def test_a_counts_interval_is_the_published_one(
    count: int, low: float, high: float, lowest: float, highest: float
) -> None:
    assert _limits(poisson(count)) == pytest.approx((low, high), rel=CLOSE)
    assert _limits(poisson(count, WIDER)) == pytest.approx((lowest, highest), rel=CLOSE)


def test_no_event_may_have_been_up_to_3_7() -> None:
    assert _limits(poisson(0)) == pytest.approx((0, 3.6888794541139363), rel=CLOSE)  # -log(0.025)


def test_byars_method_begins_with_10_events() -> None:
    """As PHEindicatormethods has it; exact limits would be 4.795389 and 18.390356."""
    assert _limits(poisson(10)) == pytest.approx((4.787449913967563, 18.391458605756473), rel=CLOSE)


@pytest.mark.parametrize("now, then, low, high", DIFFERENCES)
def test_a_differences_interval_is_the_published_one(
    now: tuple[int, int], then: tuple[int, int], low: float, high: float
) -> None:
    assert _limits(difference(now, then)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("count, total, low, high", CORRECTED)
def test_a_corrected_interval_is_the_published_one(count: int, total: int, low: float, high: float) -> None:
    assert _limits(corrected(count, total)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_nothing_may_be_0_and_all_may_be_100_per_cent(level: float) -> None:
    for total in range(1, 1000):
        assert 0 in wilson(0, total, level).times(100)
        assert 100 in wilson(total, total, level).times(100)


def test_the_limits_are_in_the_interval() -> None:
    assert all(limit in Interval(1, 2) for limit in (1, 1.5, 2))
    assert all(beyond not in Interval(1, 2) for beyond in (0.99, 2.01))


def test_a_higher_level_widens_a_difference_on_both_sides() -> None:
    now, then = (56, 70), (48, 80)
    plain, wider, turned = difference(now, then), difference(now, then, WIDER), difference(then, now, WIDER)

    assert wider.low < plain.low < plain.high < wider.high
    assert _limits(wider) == pytest.approx((-turned.high, -turned.low), abs=CLOSE)


def test_a_share_of_events_is_a_proportion() -> None:
    assert share(30, 20) == corrected(30, 50)
    assert share(30, 20, WIDER) == corrected(30, 50, WIDER)
    assert 0.5 in share(30, 20)
    assert 0.5 not in share(60, 20)


counts = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda pair: (min(pair), max(pair)))


@given(counts)
def test_an_interval_holds_its_proportion_and_mirrors(pair: tuple[int, int]) -> None:
    count, total = pair
    for method in (wilson, corrected):
        interval, mirrored = method(count, total), method(total - count, total)
        assert interval.low - CLOSE <= count / total <= interval.high + CLOSE
        assert _limits(interval) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=CLOSE)


@given(counts)
def test_a_correction_only_widens(pair: tuple[int, int]) -> None:
    plain, wider = wilson(*pair), corrected(*pair)
    assert wider.low <= plain.low + CLOSE
    assert wider.high >= plain.high - CLOSE


@pytest.mark.parametrize("size", [20, 30, 50, 100, 150])
@pytest.mark.parametrize("share_of", [0.5, 0.6, 0.75, 0.9, 0.95])
def test_equal_proportions_seldom_seem_to_differ(size: int, share_of: float) -> None:
    chances = [comb(size, count) * share_of**count * (1 - share_of) ** (size - count) for count in range(size + 1)]
    numbered = list(enumerate(chances))
    apart = sum(
        one * other
        for (now, one), (then, other) in product(numbered, numbered)
        if one * other > 1e-9 and 0 not in difference((now, size), (then, size))
    )
    assert apart <= 0.05


@given(counts, counts)
def test_a_difference_turned_round_changes_its_sign(now: tuple[int, int], then: tuple[int, int]) -> None:
    turned = difference(then, now)
    assert _limits(difference(now, then)) == pytest.approx((-turned.high, -turned.low), abs=CLOSE)


@given(st.integers(0, 2_000))
def test_more_events_have_higher_limits(count: int) -> None:
    fewer, more = poisson(count), poisson(count + 1)
    assert fewer.low < more.low or count == 0
    assert fewer.high < more.high
    assert fewer.low <= count <= fewer.high


def _limits(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


@pytest.mark.parametrize("mean", [10, 20, 60, 100, 240])
def test_equal_counts_seldom_seem_to_differ(mean: int) -> None:
    counted = [(count, exp(count * log(mean) - mean - lgamma(count + 1))) for count in range(1, 2 * mean + 40)]
    apart = sum(
        one * other
        for (now, one), (then, other) in product(counted, counted)
        if one * other > 1e-9 and 0.5 not in share(now, then)
    )
    assert apart <= 0.05
