"""Control charts against published values, and when an indicator has none.

Limits: NHSRplotthedots (NHS-R Community), tests/testthat/_snaps/ptd_spc_standard.md and vignettes/deviations.Rmd.
Rules: NHSRplotthedots, tests/testthat/test-ptd_calculate_point_type.R, at the newest point.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.variation import charted, limits, points_of, special_causes, variation
from cpreport.model.figure import Figure, State
from cpreport.model.indicator import Indicator, Measure, Nature
from cpreport.model.period import Frequency, month
from cpreport.model.timeline import SpecialCause, Timeline, Variation

from .workbooks import computed

NORMAL = (
    "-0.56047565 -0.23017749 1.55870831 0.07050839 0.12928774 1.71506499 0.46091621 -1.26506123 -0.68685285 -0.44566197"
    " 1.2240818 0.35981383 0.40077145 0.11068272 {} 1.78691314 0.49785048 -1.96661716 0.7013559 -0.47279141"
)
LIMITS = [
    (NORMAL.format("-0.55584113"), 0.1416238, -3.01138, 3.294627, 1e-5),
    (NORMAL.format("10"), 0.6694159, -2.383666, 3.722497, 1e-5),
    ("1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1", 1.94, -0.72, 4.6, 0.005),
]
FLAT = [Fraction(0)] * 12
CHART = Indicator("moves", "Moves", Measure.NUMBER, "Number", 0, 0, kind=Nature.FLOW)


def numbers(text: str) -> list[Fraction]:
    return [Fraction(Decimal(number)) for number in text.split()]


def timeline(values: list[Fraction | None], breaks_at: int | None = None, indicator: Indicator = CHART) -> Timeline:
    """An indicator's figures of successive months, the newest last; None is blank."""
    now = month(2023, 7)
    figures = {}
    for at, value in enumerate(values, start=1):
        period = now.shift(at - len(values))
        state = State.BLANK if value is None else State.PRESENT
        figures[period] = Figure(period, state, value, breaks=at - 1 == breaks_at)
    return Timeline(indicator, figures, now, now, {}, {})


def chart(timeline: Timeline, fewest: int = 13) -> Variation | None:
    """What the chart of an indicator's figures says."""
    return variation(points_of(timeline), fewest)


@pytest.mark.parametrize(("values", "mean", "lower", "upper", "tolerance"), LIMITS)
def test_the_limits_are_the_published_ones(
    values: str, mean: float, lower: float, upper: float, tolerance: float
) -> None:
    middle, reach = limits(numbers(values))
    found = [float(number) for number in (middle, middle - reach, middle + reach)]
    assert found == pytest.approx([mean, lower, upper], abs=tolerance)


@pytest.mark.parametrize(
    ("values", "is_shift"),
    [
        ("1 1 1 1 1 1", False),
        ("1 1 1 1 1 1 1", True),
        ("1 1 1 1 1 1 -1", False),
        ("1 1 1 1 1 1 1 1", True),
        ("-1 -1 -1 -1 -1 -1 -1", True),
        ("1 1 1 0 1 1 1 1", False),
    ],
)
def test_seven_on_one_side_of_the_mean_are_a_shift(values: str, is_shift: bool) -> None:
    causes = list(special_causes(numbers(values), Fraction(0), Fraction(9)))
    assert causes == ([SpecialCause.SHIFT] if is_shift else [])


@pytest.mark.parametrize(
    ("values", "is_trend"),
    [
        ("1 2 3 4 5 6", False),
        ("1 2 3 3 4 5 6", False),
        ("1 2 3 4 5 6 7", True),
        ("2 1 2 3 4 5 6 7", True),
        ("2 1 2 3 4 5 6 7 3", False),
        ("7 6 5 4 3 2 1", True),
    ],
)
def test_seven_that_rise_or_fall_are_a_trend(values: str, is_trend: bool) -> None:
    causes = list(special_causes(numbers(values), Fraction(4), Fraction(99)))
    assert causes == ([SpecialCause.TREND] if is_trend else [])


@pytest.mark.parametrize(
    ("values", "is_near"),
    [
        ("7 1 7", True),
        ("1 7 7", True),
        ("7 7 1", False),
        ("7 -1 7", False),
        ("7 1 1 7", False),
        ("7 1 1 7 7", True),
        ("-1 7 1 7", True),
        ("6 1 7", False),  # two thirds of the way to the limit are not near it
        ("7 1 6", False),
        ("6.01 1 6.01", True),
        ("9 1 9", True),  # the limit itself is
    ],
)
def test_two_of_three_near_a_limit_are_no_chance(values: str, is_near: bool) -> None:
    causes = list(special_causes(numbers(values), Fraction(0), Fraction(9)))
    assert causes == ([SpecialCause.NEAR_LIMIT] if is_near else [])


@pytest.mark.parametrize(
    ("newest", "causes"),
    [(10, [SpecialCause.ABOVE]), (9, []), (-9, []), (-10, [SpecialCause.BELOW])],
)
def test_a_figure_on_the_limit_is_not_outside_it(newest: int, causes: list[SpecialCause]) -> None:
    values = [*FLAT, Fraction(newest)]
    assert list(special_causes(values, Fraction(0), Fraction(9))) == causes


def test_a_moving_range_of_exactly_the_bound_is_left_out() -> None:
    moved = numbers("0 733 0 733 10534")  # ranges of 733, 733, 733 and 9801, which is 3.267 times their mean

    assert limits(moved)[1] == Fraction("2.66") * 733
    assert limits([*moved[:4], moved[4] - 1])[1] == Fraction("2.66") * Fraction(733 * 3 + 9800, 4)


def test_figures_that_never_change_have_their_limits_on_the_mean() -> None:
    assert limits(numbers("5 5 5 5")) == (5, 0)


def test_an_indicator_has_a_chart_from_thirteen_figures_on() -> None:
    alternating: list[Fraction | None] = [Fraction(5 + number % 2) for number in range(14)]
    mean, reach = Fraction(11, 2), Fraction(266, 100)

    assert chart(timeline(alternating)) == Variation(mean, mean - reach, mean + reach)
    assert chart(timeline(alternating[1:])) is not None
    assert chart(timeline(alternating[2:])) is None
    assert chart(timeline(alternating[2:]), fewest=12) is not None


def test_a_chart_judges_the_newest_figure() -> None:
    newest = chart(timeline([*FLAT, Fraction(13)]))
    oldest = chart(timeline([Fraction(13), *FLAT]))

    assert newest == Variation(Fraction(1), Fraction(1), Fraction(1), (SpecialCause.ABOVE,))
    assert oldest and oldest.causes == (SpecialCause.BELOW, SpecialCause.SHIFT)


def test_figures_that_are_judged_have_their_chart() -> None:
    given = {"moves value": {month(2023, 7).shift(-back).label: 5 + back % 2 for back in range(13)}}
    toml = '[[indicators]]\nid = "moves"\ntitle = "Moves"\nmeasure = "number"\nkind = "{}"\n'
    found = computed(toml.format("flow"), given).timelines["moves"]

    assert found.variation is not None
    assert found.variation == chart(found)
    assert computed(toml.format("stock"), given).timelines["moves"].variation is None


def test_a_gap_and_a_break_end_the_row_of_figures() -> None:
    values: list[Fraction | None] = [Fraction(number % 3) for number in range(21)]

    assert chart(timeline([*values[:10], None, *values[11:]])) is None
    assert chart(timeline(values, breaks_at=12)) is None
    assert chart(timeline(values, breaks_at=8)) == chart(timeline(values[8:]))
    assert chart(timeline([*values, None])) is None


@pytest.mark.parametrize(
    "indicator",
    [
        replace(CHART, rolling=2),
        replace(CHART, rolling=12),
        replace(CHART, kind=Nature.STOCK),
        replace(CHART, frequency=Frequency.TERM),
        replace(CHART, frequency=Frequency.YEAR),
    ],
)
def test_only_monthly_and_quarterly_flows_have_a_chart(indicator: Indicator) -> None:
    values: list[Fraction | None] = [Fraction(number % 3) for number in range(20)]

    assert chart(timeline(values)) is not None
    assert chart(timeline(values, indicator=replace(CHART, frequency=Frequency.QUARTER))) is not None
    assert chart(timeline(values, indicator=indicator)) is None


@given(st.lists(st.integers(-1000, 1000).map(Fraction), min_size=12, max_size=40))
def test_a_chart_turned_upside_down_is_the_same(values: list[Fraction]) -> None:
    mean, reach = limits(values)
    other, other_reach = limits([-value for value in values])
    opposite = {SpecialCause.ABOVE: SpecialCause.BELOW, SpecialCause.BELOW: SpecialCause.ABOVE}

    assert (other, other_reach) == (-mean, reach)
    assert [opposite.get(cause, cause) for cause in special_causes(values, mean, reach)] == list(
        special_causes([-value for value in values], other, other_reach)
    )


def test_all_points_of_a_run_are_marked_and_of_three_those_near_a_limit() -> None:
    mean, reach = Fraction(0), Fraction(9)
    runs = marked("0 1 1 1 1 1 1 1 1 0", mean, reach)
    trend = marked("0 0 -3 -2 -1 0 1 2 3 0", mean, reach)
    near = marked("0 7 1 8 -1 7 -8 7 10", mean, reach)

    assert runs == [None, *[SpecialCause.SHIFT] * 8, None]
    assert trend == [None, None, *[SpecialCause.TREND] * 7, None]
    assert near == [
        *(None, SpecialCause.NEAR_LIMIT, None, SpecialCause.NEAR_LIMIT),
        *(None, None, None, None, SpecialCause.ABOVE),
    ]


_NONE, _ABOVE, _SHIFT, _NEAR = None, SpecialCause.ABOVE, SpecialCause.SHIFT, SpecialCause.NEAR_LIMIT


@pytest.mark.parametrize(
    ("away", "reach", "causes"),
    [
        ("0.3 0.5 0.3 0.5 0.3 0.5 0.3 -1", "3.5", [*[_SHIFT] * 7, _NONE]),
        ("4 0.5 0.3 0.5 0.3 0.5 0.3 -1", "3.5", [_ABOVE, *[_SHIFT] * 6, _NONE]),
        ("-1 2.5 0.3 2.5", "3.5", [_NONE, _NEAR, _NONE, _NEAR]),
        ("-1 3.5 0.3 2.5", "3.5", [_NONE, _NEAR, _NONE, _NEAR]),
        ("-1 3.8 0.3 2.5", "3.5", [_NONE, _ABOVE, _NONE, _NONE]),
        ("-1 7 1 8", "10.9", [_NONE] * 4),
        ("-1 2.5 1 2.5", "3", [_NONE, _NEAR, _NONE, _NEAR]),
    ],
    ids=["from the first point", "the first cause", "near", "on the limit", "beyond it", "parts of reach", "of values"],
)
def test_each_point_of_a_chart_has_its_cause(away: str, reach: str, causes: list[SpecialCause | None]) -> None:
    mean = Fraction(10)
    values = " ".join(str(Decimal(each) + 10) for each in away.split())

    assert marked(values, mean, Fraction(Decimal(reach))) == causes


def test_an_indicator_with_a_chart_knows_the_causes_of_its_points() -> None:
    figures = {"x value": {month(2023, 7).shift(back).label: 30 + back % 2 for back in range(-13, 1)}}
    figures["x value"]["Jul 23"] = 60
    found = computed('[[indicators]]\nid = "x"\ntitle = "X"\nmeasure = "number"\nkind = "flow"\n', figures).timelines[
        "x"
    ]

    assert list(found.charted.values()) == [*[SpecialCause.SHIFT] * 13, SpecialCause.ABOVE]


def marked(text: str, mean: Fraction, reach: Fraction) -> list[SpecialCause | None]:
    points = list(timeline([*numbers(text)]).figures.values())
    found = charted(points, Variation(mean, mean - reach, mean + reach))
    assert list(found) == [point.period for point in points]
    return list(found.values())


@given(st.lists(st.fractions(0, 99, max_denominator=20), min_size=13, max_size=40))
def test_the_newest_point_is_marked_as_the_judgement_has_it(values: list[Fraction]) -> None:
    points = points_of(timeline([*values]))
    newest = variation(points)
    assert newest

    first = next(iter(newest.causes), None)
    assert [*charted(points, newest).values()][-1] is first


signs = st.lists(st.integers(-1000, 1000).map(Fraction), min_size=1, max_size=40)
fixed = st.integers(-50, 50).map(Fraction), st.integers(1, 300).map(Fraction)


@given(signs, *fixed)
def test_a_point_on_the_mean_adds_no_signal_to_earlier_points(
    values: list[Fraction], mean: Fraction, reach: Fraction
) -> None:
    longer = [*values, mean]

    assert _signals(longer, mean, reach)[:-1] == _signals(values, mean, reach)
    assert set(_signals(longer, mean, reach)[-1]) <= {SpecialCause.TREND}


@given(signs, *fixed, st.fractions(min_value=Fraction(1, 50), max_value=50))
def test_scaling_leaves_the_signals(values: list[Fraction], mean: Fraction, reach: Fraction, factor: Fraction) -> None:
    scaled = [value * factor for value in values]
    assert _signals(scaled, mean * factor, reach * factor) == _signals(values, mean, reach)


def _signals(values: list[Fraction], mean: Fraction, reach: Fraction) -> list[list[SpecialCause]]:
    """What each point was, when it was the newest, on a chart with a fixed baseline."""
    return [list(special_causes(values[:end], mean, reach)) for end in range(1, len(values) + 1)]
