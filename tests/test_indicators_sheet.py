"""The Indicators sheet says what indicators.toml says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cpreport.inputs.definitions.indicators_file import IndicatorDefinition, SeriesDefinition
from cpreport.inputs.definitions.indicators_sheet import BY_HEADER, BY_KEY, COLUMNS, NOTE, SECTION, cell_of

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";:")
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=3).map(float).filter(lambda number: not number.is_integer()),
    st.decimals(0, 100, places=1).map(lambda number: f"{number}%"),
)
AGREED = NUMBERS | st.just("to be agreed")
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "measure": st.sampled_from(["rate", "percentage", "number", "average", "series"]),
    "shows": st.sampled_from(["value", "count", "fraction"]),
    "polarity": st.sampled_from(["high", "low", "none"]),
    "frequency": st.sampled_from(["month", "quarter", "term", "year"]),
    "kind": st.sampled_from(["flow", "stock"]),
    "benchmark_basis": st.just("different"),
    "typed": st.sampled_from(["per cent", "fraction"]),
    "cumulative": st.sampled_from(["academic-year", "financial-year"]),
    "cumulative_in": st.just("table"),
    **dict.fromkeys(
        ["per", "decimals", "benchmark_decimals", "target_decimals", "rolling", "lag"], st.integers(0, 10**9)
    ),
    **dict.fromkeys(["direction", "may_exceed_100", "carry"], st.booleans()),
    **dict.fromkeys(["from", "until"], DAYS),
    "target": AGREED,
    "targets": st.lists(
        st.fixed_dictionaries({"value": AGREED})
        | st.fixed_dictionaries({"from": DAYS, "value": AGREED})
        | st.fixed_dictionaries({"by": DAYS, "value": AGREED}),
        min_size=1,
    ),
    "tolerance": st.sampled_from([0, "5 points", "1 point", "2.5%", "10%"]),
    "profile": st.lists(NUMBERS, min_size=1),
    "baseline": st.fixed_dictionaries({"period": st.sampled_from(["Nov 17", "2016/17"]), "value": NUMBERS}),
    "changes": st.lists(
        st.fixed_dictionaries({"date": DAYS, "note": TEXTS}, optional={"comparable": st.just(False)}), min_size=1
    ),
    **dict.fromkeys(["counts", "formerly"], st.lists(TEXTS, min_size=1)),
}


@given(st.fixed_dictionaries({column.key: VALUES.get(column.key, TEXTS) for column in COLUMNS}))
def test_a_cell_holds_the_value_of_its_key(values: Mapping[str, Any]) -> None:
    cells = {key: cell_of(key, value) for key, value in values.items()}
    read = {key: BY_KEY[key].content.read(cell, None) for key, cell in cells.items() if cell is not None}

    assert read == values
    assert [type(each) for each in read.values()] == [type(each) for each in values.values()]


def test_every_key_of_an_indicator_and_a_series_has_a_column() -> None:
    models = (IndicatorDefinition, SeriesDefinition)
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}

    assert {column.key for column in COLUMNS} == keys - {"id"} | {SECTION, NOTE}
    assert len(BY_HEADER) == len(BY_KEY) == len(COLUMNS)
