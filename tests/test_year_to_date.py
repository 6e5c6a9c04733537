"""The year to date as a value: its state, what it adds up, and the periods it begins and ends with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cpreport.analysis.judgement import year_to_date
from cpreport.model.figure import Figure, State
from cpreport.model.indicator import CumulativeYear, Indicator, Measure
from cpreport.model.period import Period, month
from cpreport.model.timeline import Cumulative, Timeline

from .test_figures import toml
from .workbooks import computed

APRIL, MAY, JUNE, JULY = (month(2023, number) for number in range(4, 8))
NUMBER = Indicator("x", "X", Measure.NUMBER, "Number", 0, 0)
FROM_MAY = ", from = 2023-05-01"


def cumulative(measure: str, *rows: str, keys: str = "") -> Cumulative | None:
    """The year to date in July 2023; each row is `numerator 1 2 - 4`, from April on; `-` is blank."""
    given = {}
    for part, *amounts in map(str.split, rows):
        cells = zip((APRIL, MAY, JUNE, JULY), amounts, strict=True)
        given[f"x {part}"] = {period.label: amount if amount != "-" else "" for period, amount in cells}
    return computed(toml(f'x {measure} cumulative = "financial-year"{keys}'), given).timelines["x"].cumulative


def test_numbers_are_added_up() -> None:
    assert cumulative("number", "value 1 2 3 4") == Cumulative(State.PRESENT, Fraction(10))
    assert cumulative("number", "value 1 2 3 -", keys=FROM_MAY) == Cumulative(
        State.PRESENT, Fraction(5), since=MAY, until=JUNE
    )


def test_counts_and_totals_are_added_up_and_divided() -> None:
    found = cumulative("percentage", "numerator 9 1 2 -", "denominator 9 4 8 -", keys=FROM_MAY)
    assert found == Cumulative(State.PRESENT, Fraction(25), Fraction(3), Fraction(12), since=MAY, until=JUNE)


@pytest.mark.parametrize(("counts", "totals", "state"), [("0 0", "0 0", State.NO_FIGURE), ("1 1", "4 -4", State.ERROR)])
def test_nothing_to_divide_by_is_no_figure_or_an_error_of_the_same_periods(
    counts: str, totals: str, state: State
) -> None:
    found = cumulative("percentage", f"numerator 9 {counts} -", f"denominator 9 {totals} -", keys=FROM_MAY)
    assert found == Cumulative(state, since=MAY, until=JUNE)


@pytest.mark.parametrize("row", ["value 25 25 25 25", "value 25 25 25 25|numerator 1 1 1 1"])
def test_percentages_without_their_counts_are_not_added_up(row: str) -> None:
    assert cumulative("percentage", *row.split("|")) == Cumulative(State.BLANK)


def test_a_year_begins_anew_where_the_series_breaks_last() -> None:
    figures = {period: Figure(period, State.PRESENT, Fraction(1)) for period in (APRIL, MAY, JUNE, JULY)}
    timeline = Timeline(NUMBER, figures, JULY, JULY, breaks=frozenset({MAY, JUNE}))
    assert year_to_date(timeline, CumulativeYear.FINANCIAL, timeline.now) == Cumulative(
        State.PRESENT, Fraction(2), since=JUNE
    )


@pytest.mark.parametrize(
    ("until", "due", "state"),
    [
        (date(2023, 3, 31), JULY, State.ENDED),
        (date(2023, 5, 31), APRIL.shift(-1), State.NOT_DUE),
        (None, APRIL.shift(-1), State.NOT_DUE),
        (date(2023, 5, 31), JULY, State.BLANK),
    ],
)
def test_a_year_without_figures_says_why(until: date | None, due: Period, state: State) -> None:
    timeline = Timeline(replace(NUMBER, ends=until), {}, JULY, due)
    assert year_to_date(timeline, CumulativeYear.FINANCIAL, timeline.now) == Cumulative(state)


def test_a_year_before_the_life_of_an_indicator_is_new() -> None:
    timeline = Timeline(replace(NUMBER, begins=date(2023, 8, 1)), {}, JULY, JULY)
    assert year_to_date(timeline, CumulativeYear.FINANCIAL, timeline.now) == Cumulative(State.NEW)


def test_every_period_has_a_year_to_date_where_tables_print_it() -> None:
    given = {"x value": {APRIL.label: 1, MAY.label: 2, JUNE.label: 3, JULY.label: 4}}
    keys = 'x number cumulative = "financial-year"'
    in_table, apart = (computed(toml(keys + more), given).timelines["x"] for more in (', cumulative_in = "table"', ""))

    sums = [in_table.years_to_date[period].value for period in (APRIL, MAY, JUNE, JULY)]
    assert sums == [1, 3, 6, 10]
    assert in_table.years_to_date.keys() == in_table.figures.keys()
    assert apart.years_to_date == {}
