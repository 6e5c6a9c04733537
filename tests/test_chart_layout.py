"""Where labels and axes of a chart stand, and that its series are told apart without colours."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.editions.charts import looks
from cpreport.editions.charts.labels import kept_apart, wrapped
from cpreport.editions.charts.layout import Layout, layout_of
from cpreport.editions.widths import Look, width_of
from cpreport.model.axis import scale_of
from cpreport.model.chart import ChartKind, SeriesRole

from .examples import examples
from .made_charts import chart, series
from .test_target_tables import contrast

WHITE = "FFFFFF"
LOOK = Look(200)
LABELS = st.lists(st.tuples(st.floats(0, 4000), st.integers(1, 3).map(lambda lines: lines * 240.0)), max_size=9)


def edges(middles: list[float], heights: list[float]) -> list[tuple[float, float]]:
    """The tops and bottoms of labels, from the first to the last on the page."""
    return sorted((middle - height / 2, middle + height / 2) for middle, height in zip(middles, heights, strict=True))


@examples(200)
@given(LABELS)
def test_no_label_covers_another_and_none_changes_places(labels: list[tuple[float, float]]) -> None:
    wished, heights = [at for at, _ in labels], [height for _, height in labels]
    middles = kept_apart(wished, heights, 0, 4400)
    stand = edges(middles, heights)
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(stand))
    assert not stand or stand[0][0] >= -1e-6 or sum(heights) > 4400
    assert not stand or stand[-1][1] <= 4400 + 1e-6 or sum(heights) > 4400
    for (one, at), (other, to) in combinations(zip(wished, middles, strict=True), 2):
        assert one == other or (one < other) == (at < to)


@pytest.mark.parametrize(
    ("wished", "expected"),
    [
        ([], []),
        ([100, 300], [100, 300]),
        ([200, 200], [190, 210]),
        ([200, 210, 205], [185, 225, 205]),
        ([0, 100], [10, 100]),
        ([399, 400], [370, 390]),
    ],
)
def test_labels_that_would_cover_each_other_move_as_little_as_they_can(
    wished: list[float], expected: list[float]
) -> None:
    assert kept_apart(wished, [20] * len(wished), 0, 400) == pytest.approx(expected)


def test_labels_without_enough_room_go_on_below() -> None:
    assert kept_apart([10, 10, 10], [20] * 3, 0, 40) == pytest.approx([10, 30, 50])


@examples(60)
@given(st.lists(st.fractions(0, 100), min_size=1, max_size=8))
def test_the_labels_of_a_chart_are_a_line_apart(ends: list[Fraction]) -> None:
    lines = chart(ChartKind.LINES, ["Jul 22", "Jul 23"], *(series(f"Rate {end}", 50, float(end)) for end in ends))
    labels = sorted(layout_of(lines, 9864, LOOK).labels, key=lambda label: label.middle)
    assert len(labels) == len(ends)
    for above, below in pairwise(labels):
        assert below.middle - above.middle >= (len(above.lines) + len(below.lines)) / 2 * LOOK.size - 1e-6


def test_names_below_the_plot_have_as_many_lines_as_they_need() -> None:
    def below(*names: str) -> float:
        columns = (series(name, 1, 2) for name in names)
        layout = layout_of(chart(ChartKind.COLUMNS, ["Jul 22", "Jul 23"], *columns), 9864, LOOK)
        return layout.height - layout.bottom

    long = "Placed with parents or with another person with parental responsibility"
    assert below("one") < below("one", "two") < below("one", long, long) < below("one", long, long, long, long)


@examples(60)
@given(st.text(" abcdefgé-–", max_size=60), st.integers(100, 3000))
def test_words_stand_on_lines_as_wide_as_there_is_room(text: str, width: int) -> None:
    lines = wrapped(text, LOOK, width)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line, LOOK) <= width or " " not in line for line in lines)


def test_a_month_stays_on_one_line() -> None:
    assert wrapped("Bury and others (Jul 22) 12-month", LOOK, 1800) == ["Bury and others", "(Jul 22) 12-month"]


def test_names_of_columns_have_room_for_all_their_lines_below_the_plot() -> None:
    def layout(*names: str) -> Layout:
        return layout_of(chart(ChartKind.COLUMNS, names, series("Rate", *range(len(names)))), 9864, LOOK)

    short, long = layout(*"abcdefgh"), layout("Placed with their own parents for now", *"bcdefgh")
    more = (len(long.categories[0]) - 1) * long.line
    assert more > 0
    assert (long.height - short.height, long.bottom) == (pytest.approx(more, abs=1), pytest.approx(short.bottom, abs=1))


def test_bars_have_bands_as_high_as_their_names() -> None:
    bars = chart(ChartKind.BARS, ["Bury", "Bath and North East Somerset and others"], series("Rate", 1, 2))
    layout = layout_of(bars, 4320, LOOK)
    (first, middle), (same, last) = layout.bands(bars)
    assert (first, last) == pytest.approx((layout.top, layout.bottom)) and middle == same
    assert (last - middle) / (middle - first) == pytest.approx(len(layout.categories[1])) == 3


VALUES = st.lists(st.fractions(-500, 100_000, max_denominator=1000), min_size=1, max_size=9)


@examples(200)
@given(VALUES, st.integers(0, 2), st.booleans())
def test_a_scale_has_round_numbers_around_all_values(values: list[Fraction], decimals: int, from_zero: bool) -> None:
    scale = scale_of(values, decimals, from_zero)
    assert scale.low <= min(values) and max(values) <= scale.high and scale.low < scale.high
    assert not from_zero or scale.low <= 0 <= scale.high
    assert 2 <= len(scale.numbers) <= 9 and scale.numbers[-1] == scale.high
    assert str(int(scale.step * 100)).rstrip("0") in ("1", "2", "5")
    assert all((number * 10**decimals).denominator == 1 for number in scale.numbers)
    assert all(0 <= scale.share(value) <= 1 for value in values)


@pytest.mark.parametrize(
    ("values", "from_zero", "expected"),
    [
        ([61, 63], False, (61, 63, Fraction(1, 2))),
        ([61, 63], True, (0, 80, 20)),
        ([20, 63], False, (0, 80, 20)),
        ([7, 7], False, (7, Fraction("7.1"), Fraction("0.1"))),
        ([-3, 5], True, (-4, 6, 2)),
        ([], True, (0, 1, Fraction("0.2"))),
    ],
)
def test_a_scale_begins_at_zero_where_it_must_or_where_that_is_near(
    values: list[int], from_zero: bool, expected: tuple[Fraction, ...]
) -> None:
    assert scale_of([Fraction(value) for value in values], 1, from_zero) == expected


def test_lines_are_told_apart_in_grey() -> None:
    roles = [*[SeriesRole.FIGURES] * 6, *[SeriesRole.COMPARATOR] * 6, *[SeriesRole.MARKED] * 4]
    several = looks.line_looks([*roles, SeriesRole.TARGET, SeriesRole.MEAN, SeriesRole.LIMIT])
    in_grey = [(look.dash if look.width else "no line", look.marker) for look in several]
    assert len(set(in_grey)) == len(several)
    assert all(contrast(look.colour, WHITE) >= 3 for look in several)


def test_a_hollow_marker_has_an_inside() -> None:
    several = looks.line_looks([SeriesRole.FIGURES] * 12)
    assert {look.hollow for look in several} == {"circle", "square", "triangle", "diamond"}


def test_columns_are_told_apart_in_grey_and_stand_out_from_the_page() -> None:
    fills = [looks.fill_look(number) for number in range(8)]
    for one, other in combinations(fills, 2):
        if one.pattern or other.pattern:
            assert one.pattern != other.pattern
        else:
            assert contrast(one.colour, other.colour) >= 1.5
    assert contrast(looks.MARKED_BAR.colour, looks.OTHER_BAR.colour) >= 3
    assert contrast(looks.OUTLINE, WHITE) >= 3


def test_words_in_a_chart_can_be_read() -> None:
    assert all(contrast(colour, WHITE) >= 4.5 for colour in (*looks.READABLE, looks.BLACK))
    plain = [looks.fill_look(number).colour for number in range(5)]
    assert all(contrast(looks.BLACK, colour) >= 4.5 for colour in plain if colour not in looks.READABLE)
