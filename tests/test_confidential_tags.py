"""What a tag prints is the same whatever the number is that is marked confidential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.compose.allow_list import ATTRIBUTES, METHODS
from cpreport.compose.sandbox import compose_text
from cpreport.compose.values import find_indicator
from cpreport.model.document import plain
from cpreport.model.figure import Amount, Benchmark, CellRef, Entry, Mark, State
from cpreport.model.finding import Place
from cpreport.model.folder import Comparator
from cpreport.model.indicator import Part
from cpreport.model.peers import PeerGroup, PeerRow
from cpreport.model.period_text import parse_period
from cpreport.model.workbook import Marks

from .examples import examples
from .test_breakdowns import TAGS as BREAKDOWN_TAGS
from .test_figures import toml
from .workbooks import unread

PERIODS = ("Jul 22", "Apr 23", "May 23", "Jun 23", "Jul 23")
ROWS = {
    "share numerator": (410, 420, 430, 440, 450),
    "share denominator": (700, 710, 720, 730, 740),
    "events value": (61, 62, 63, 64, 65),
    "rate numerator": (600, 610, 620, 630, 640),
    "rate denominator": (9800, 9810, 9820, 9830, 9840),
    "mean numerator": (2200, 2210, 2220, 2230, 2240),
    "mean denominator": (41, 42, 43, 44, 45),
    "typed value": (71, 72, 73, 74, 75),
}
TARGETS = 'target = 62, polarity = "high", baseline.period = "Nov 17", baseline.value = 50'
INDICATORS = toml(
    f'share percentage kind = "flow", shows = "fraction", {TARGETS}',
    f'events number kind = "flow", cumulative = "financial-year", {TARGETS}',
    f"rate rate per = 1_000, {TARGETS}",
    f"mean average {TARGETS}",
    f"typed percentage {TARGETS}",
)

FIGURES = (
    *("now", "previous", "year_ago", "year_to_date", 'at("{0}")'),
    *(
        f"{name}({over})"
        for name in ("sum", "mean", "peak", "low")
        for over in ("2", '2, until="{0}"', 'since="{0}"', '"2022/23"')
    ),
)
OF_A_FIGURE = ("text", "value", "count", "denominator", "direction", "period.long", "period.day")
OTHERS = (
    *("target", "has_target", "status", "judgement", "judgement.value", "baseline", "baseline.value", "polarity"),
    *("to_target", "one_child", 'gap("SN")', 'gap("target").size', 'benchmark("SN").value', 'against("SN")'),
    *('rank("SN")', 'rank("SN").period'),
    *("change()", 'change(since="{0}")', 'change(since="{0}").count', 'change(since="{0}").percent'),
)
TAGS = [*FIGURES, *(f"{figure}.{part}" for figure in FIGURES for part in OF_A_FIGURE), *OTHERS]
OF_OTHER_THINGS = {
    *("title", "id", "owner", "group", "slots", "indicators", "required", "reference", "unit", "label", "start", "end"),
    *(
        "authority",
        "comments",
        "board_date",
        "fields",
        "data_as_at",
        "contact",
        "comparators",
        "recommendations",
        "fields",
        "other_formats",
    ),
    *("benchmark_source", "benchmark_period"),
}
"""Attributes that are texts of the report, a section, a slot, a definition or a period, and no figures."""


def test_every_tag_that_is_computed_of_figures_is_tried() -> None:
    tried = {step.partition("(")[0] for tag in (*TAGS, *BREAKDOWN_TAGS) for step in tag.split(".")}

    assert tried >= METHODS
    assert tried >= ATTRIBUTES - OF_OTHER_THINGS


def printed(row: str, period: str, number: int, marks: Marks) -> list[tuple[list[str], list[str]]]:
    """What all tags about a row's indicator print and are told, where a cell of the row has this number."""
    rows = {each: dict(zip(PERIODS, numbers, strict=True)) for each, numbers in ROWS.items()}
    rows[row] = {**rows[row], period: number}
    name, _ = row.split()
    benchmarks = [Benchmark(name, "SN", Amount(State.PRESENT, Decimal(60)), CellRef("B", 2, 3))]
    workbook, folder = unread(INDICATORS, rows, marks=marks, benchmarks=benchmarks)
    folder = replace(folder, comparators=(Comparator("SN", "SN", "SN"),), peers=(PeerGroup("SN", "SN", fewest=2),))
    workbook = replace(workbook, peers=tuple(peer(name, authority, 60) for authority in ("Bolton", "Bury")))
    figures = publish(workbook, folder, compute_figures(workbook, folder)).figures
    context = {"indicator": lambda _: find_indicator(name, figures, folder)}
    found = []
    for some in batched(TAGS, 50):
        text = "\n\n".join(f'{tag}: {{{{ indicator("x").{tag.format(period)} }}}}' for tag in some)
        blocks, findings = compose_text(text, context, Place())
        found.append(([plain(b.text) for b in blocks], [f.message for f in findings]))  # type: ignore[union-attr]
    return found


def peer(name: str, authority: str, number: int) -> PeerRow:
    """What another authority publishes of an indicator for the newest period."""
    cell, period = CellRef("Peers", number, 1), parse_period(PERIODS[-1])
    entry = Entry(name, Part.VALUE, period, Amount(State.PRESENT, Decimal(number)), cell)
    return PeerRow(authority, name, period, (entry,), cell)


def batched(tags: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (tags[at : at + size] for at in range(0, len(tags), size))


@pytest.mark.parametrize("row", ROWS)
@examples(8)
@given(st.sampled_from(PERIODS), st.booleans(), st.integers(1, 9_000))
def test_no_tag_depends_on_a_hidden_number(row: str, period: str, is_whole: bool, number: int) -> None:
    name, part = row.split()
    marks = {(name, parse_period(period), None if is_whole else Part(part)): Mark(State.CONFIDENTIAL)}
    typed = ROWS[row][PERIODS.index(period)]

    assert printed(row, period, number, marks) == printed(row, period, typed, marks)


@pytest.mark.parametrize("row", ROWS)
def test_tags_depend_on_a_number_that_is_not_hidden(row: str) -> None:
    assert printed(row, "Jul 23", ROWS[row][-1] + 1, {}) != printed(row, "Jul 23", ROWS[row][-1], {})
