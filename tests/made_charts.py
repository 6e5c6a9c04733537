"""Charts that are made for tests: one of each kind, and any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.figure import State

MISSING = Point(None, "no data", State.BLANK)


def point(value: float, **more: Any) -> Point:
    return Point(Fraction(str(value)), f"{value}", **more)


def series(name: str, *points: float | Point, role: SeriesRole = SeriesRole.FIGURES) -> ChartSeries:
    return ChartSeries(name, tuple(each if isinstance(each, Point) else point(each) for each in points), role)


def chart(kind: ChartKind, categories: Sequence[str], *several: ChartSeries, **more: Any) -> Chart:
    stated = {"unit": "% of children", "decimals": 1, "suffix": "%", "caption": "Rates", "description": "They rose."}
    return Chart(kind, tuple(categories), several, **{**stated, **more})


MONTHS = tuple(date(2023, month, 28) for month in (4, 5, 6, 7))
LINES = chart(
    ChartKind.LINES,
    ["Apr 23", "May 23", "Jun 23", "Jul 23"],
    series("Children in care", 61.5, MISSING, 60.25, 62),
    series("England", 70, 70.5, MISSING, MISSING, role=SeriesRole.COMPARATOR),
    dates=MONTHS,
)
BARS = chart(ChartKind.BARS, ["Anytown", "Bolton", "Bury"], series("Rate", 61.5, 93, MISSING), marked=0)
COLUMNS = chart(ChartKind.COLUMNS, ["0–4", "5–9"], series("Jul 22", 12, 30), series("Jul 23", 15, MISSING), decimals=0)
STACKED = replace(COLUMNS, kind=ChartKind.STACKED)
KINDS = {each.kind.value: each for each in (LINES, BARS, COLUMNS, STACKED)}

NAMES = st.text(max_size=12)
POINTS = st.builds(
    Point,
    st.none() | st.builds(Fraction, st.integers(-1000, 100_000), st.integers(1, 999)),
    st.just("secret words"),
    st.just(State.CONFIDENTIAL),
    st.booleans(),
    st.booleans(),
    st.none(),
)


@st.composite
def charts(draw: st.DrawFn, texts: st.SearchStrategy[str] = NAMES) -> Chart:
    """Charts of all kinds, of whatever names and numbers."""
    months = draw(st.integers(1, 6))
    kinds, roles = st.sampled_from(ChartKind), st.sampled_from(SeriesRole)
    several = st.lists(POINTS, min_size=months, max_size=months).map(tuple)
    made = draw(st.lists(st.builds(ChartSeries, texts, several, roles), min_size=1, max_size=4))
    days = tuple(date(2023, month + 1, 28) for month in range(months)) if draw(st.booleans()) else ()
    made = [each._replace(name=f"{each.name} {number}") for number, each in enumerate(made)]
    names = [f"{day:%b %y}" for day in days] or [draw(texts) for _ in range(months)]
    return chart(draw(kinds), names, *made, dates=days, unit=draw(texts), marked=draw(st.none() | st.just(0)))
