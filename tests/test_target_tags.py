"""Targets and status in tags, and in `figures`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.quantity import Quantity
from cpreport.compose.values import IndicatorValue
from cpreport.model.document import plain
from cpreport.model.errors import InputError
from cpreport.model.folder import ReportFolder
from cpreport.model.status import StatusWord
from cpreport.model.timeline import Timeline
from cpreport.pipeline import Month, load_workbook

from .examples import examples
from .test_figures import toml
from .workbooks import REPORT, computed, write_report, write_workbook

HEAD = ["Indicator", "Figure", "Jun 23", "Jul 23"]
ROWS = [
    ["offers", "numerator", 8, 7],
    ["offers", "denominator", 12, 12],
    ["far", "numerator", 70, 83],
    ["far", "denominator", 600, 604],
    ["held", "value", 3, 4],
    ["sum", "value", 3, 4],
    ["days", "value", 500, 513.6],
    ["typed", "value", 90, 84],
    ["hidden", "value", 3, "[c]"],
    ["later", "value", 3, 4],
    ["plain", "value", 3, 4],
    ["agreed", "value", 3, 4],
]
INDICATORS = toml(
    'offers percentage target = 90,polarity = "high",shows = "fraction"',
    'far percentage target = 12.5,polarity = "low"',
    'held number target = 2,polarity = "low",baseline.period = "Nov 17",baseline.value = 656',
    'sum number target = 20,polarity = "low",cumulative = "financial-year",from = 2023-06-01',
    'days average target = 426,polarity = "low"',
    'typed percentage target = 85.25,polarity = "high",target_decimals = 3',
    'hidden number target = 5,polarity = "high"',
    'later percentage polarity = "high",[[indicators.targets]],by = 2024-04-30,value = 25',
    "plain number",
    'agreed number target = "to be agreed"',
)
IDS = [row[0] for row in ROWS if row[1] != "denominator"]
NO_FOLDER = ReportFolder("", (), {}, {})
GREEN = '\n[words]\non-target = "Green"\noff-target = "Red"\n'


def month_of(folder: Path, text: str = "Said.", more: str = "") -> Month:
    """A month whose one section says a text."""
    report = write_report(folder, INDICATORS, report=REPORT.format(listed=IDS) + more, care=text)
    return load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": [HEAD, *ROWS]}))


def said(folder: Path, text: str, more: str = "") -> str:
    month = month_of(folder, text, more)
    assert [finding for finding in month.findings if finding.is_error] == []
    block = month.report.sections[0].blocks[-1]
    return plain(block.text)  # type: ignore[union-attr]


def of(name: str, attribute: str) -> str:
    return f'{{{{ indicator("{name}").{attribute} }}}}'


@pytest.mark.parametrize(
    ("name", "attribute", "text"),
    [
        ("offers", "target", "90%"),
        ("far", "target", "12.5%"),
        ("days", "target", "426"),
        ("typed", "target", "85.250%"),
        ("sum", "target", "20"),
        ("later", "target", "25% by Apr 24"),
        ("plain", "target", "no target"),
        ("agreed", "target", "to be agreed"),
        ("offers", "status", "off target"),
        ("far", "status", "close to target"),
        ("sum", "status", "not due"),
        ("later", "status", "not due"),
        ("plain", "status", "no target"),
        ("hidden", "status", "no data"),
        ("offers", "polarity", "higher is better"),
        ("plain", "polarity", "neither direction is better"),
        ("held", "baseline", "656 (Nov 17)"),
        ("held", "baseline.value", "656"),
        ("plain", "baseline", "no baseline"),
        ("offers", "to_target", "4 more"),
        ("far", "to_target", "8 fewer"),
        ("held", "to_target", "2 fewer"),
        ("sum", "to_target", "0 fewer"),
        ("plain", "to_target", "no target"),
        ("sum", 'gap("target")', "-13"),
        ("held", 'gap("target")', "2"),
        ("offers", "one_child", "8.3 percentage points"),
        ("far", "one_child", "0.2 percentage points"),
    ],
)
def test_a_tag_prints_targets_and_status(tmp_path: Path, name: str, attribute: str, text: str) -> None:
    assert said(tmp_path, of(name, attribute)) == text


MEASURES = st.sampled_from(["percentage", "percentage may_exceed_100 = true", "rate per = 1_000", "number"])


def in_july(definition: str, count: Fraction, total: int) -> Timeline:
    """An indicator x whose count in July 2023 this is, of a total unless it is a number."""
    amounts = {"x value": count} if "number" in definition else {"x numerator": count, "x denominator": total}
    given = {row: {"Jul 23": float(amount)} for row, amount in amounts.items()}
    return computed(toml(f"x {definition}"), given).timelines["x"]


@examples(80)
@given(
    measure=MEASURES,
    polarity=st.sampled_from(["high", "low"]),
    target=st.integers(0, 999),
    counted=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    quarters=st.integers(0, 3),
)
def test_so_many_children_are_just_enough_to_meet_the_target(
    measure: str, polarity: str, target: int, counted: tuple[int, int], quarters: int
) -> None:
    """Also of a number that is not whole; targets have one decimal, those of percentages are at most 99.9."""
    total = max(*counted, 1)
    count = min(counted) + Fraction(quarters if measure == "number" else 0, 4)
    written = f"'{target / 10}%'" if "percentage" in measure else target / 10
    definition = f"{measure}{',' if ' ' in measure else ' '}polarity = '{polarity}',target = {written}"
    timeline = in_july(definition, count, total)
    text = str(IndicatorValue(timeline, NO_FOLDER).to_target)
    number, word = text.split()
    step = 1 if polarity == "high" else -1

    def is_met(children: int) -> bool:
        return in_july(definition, count + step * children, total).status.word is StatusWord.ON_TARGET

    assert word == ("more" if polarity == "high" else "fewer")
    assert is_met(int(number)) and (number == "0" or not is_met(int(number) - 1))


@pytest.mark.parametrize(
    ("measure", "count", "total", "text"),
    [
        ("percentage", 7, 12, "8.3 percentage points"),
        ("percentage", 70, 100, "1.0 percentage points"),
        ("percentage decimals = 0", 70, 100, "1 percentage point"),
        ("percentage decimals = 0", 7, 12, "8 percentage points"),
        ("percentage", 700, 4000, "0.03 percentage points"),
        ("rate per = 10_000", 604, 98050, "0.1"),
        ("rate per = 1_000", 604, 98050, "0.01"),
    ],
)
def test_one_child_is_never_worth_nothing(measure: str, count: int, total: int, text: str) -> None:
    assert str(IndicatorValue(in_july(measure, Fraction(count), total), NO_FOLDER).one_child) == text


@examples(20)
@given(
    st.integers(1, 300), st.integers(1, 300), st.sampled_from(["percentage may_exceed_100 = true", "rate per = 1_000"])
)
def test_one_child_more_moves_the_figure_by_what_one_child_is_worth(count: int, total: int, measure: str) -> None:
    now, more = (in_july(measure, Fraction(number), total) for number in (count, count + 1))
    worth = IndicatorValue(now, NO_FOLDER).one_child

    assert isinstance(worth, Quantity)
    assert (more.newest.value or 0) - (now.newest.value or 0) == worth.exact


@pytest.mark.parametrize(
    ("measure", "count", "text"),
    [
        ("percentage polarity = 'high',target = 90", 9, "2 more"),
        ("percentage polarity = 'high',target = 90", 10, "1 more"),
        ("percentage polarity = 'high',target = 90", 11, "0 more"),
        ("percentage polarity = 'low',target = 25", 6, "3 fewer"),
        ("percentage polarity = 'low',target = 25", 3, "0 fewer"),
        ("percentage polarity = 'low',target = 0", 1, "1 fewer"),
        ("number polarity = 'high',target = 20", 18, "2 more"),
        ("number polarity = 'low',target = 0", 4, "4 fewer"),
        ("number polarity = 'low',target = 4", 4, "0 fewer"),
        ("number polarity = 'high',target = 5", 3.5, "2 more"),
        ("number polarity = 'high'", 4, "no target"),
        ("average polarity = 'high'", 4, "no target"),
    ],
)
def test_so_many_more_or_fewer(measure: str, count: float, text: str) -> None:
    assert str(IndicatorValue(in_july(measure, Fraction(count), 12), NO_FOLDER).to_target) == text


@pytest.mark.parametrize(("row", "text"), [([4, 3, 2, 0], "11 more"), ([4, 3, 2, 11], "0 more")])
def test_of_a_year_to_date_it_is_the_children_of_the_year(row: list[int], text: str) -> None:
    definition = toml('x number cumulative = "financial-year",polarity = "high"')
    definition += f"profile = {[5 * month for month in range(1, 13)]}\n"
    given = {"x value": dict(zip(("Apr 23", "May 23", "Jun 23", "Jul 23"), row, strict=True))}
    timeline = computed(definition, given).timelines["x"]

    assert str(IndicatorValue(timeline, NO_FOLDER).to_target) == text


def test_a_template_can_ask_for_targets_and_status(tmp_path: Path) -> None:
    text = (
        '{% if indicator("plain").has_target or indicator("agreed").has_target %}wrong{% endif %}'
        '{% if indicator("offers").has_target %}{{ indicator("offers").gap("target").size }}{% endif %}, '
        '{% if indicator("offers").status == "off target" %}missed{% endif %}, '
        '{% if indicator("offers").target > 89 %}high{% endif %}, '
        '{% if indicator("plain").target %}wrong{% else %}none{% endif %}'
    )
    for more in ("", GREEN):
        assert said(tmp_path, text, more) == "31.7 percentage points, missed, high, none"


def test_a_report_has_its_own_words_for_a_status(tmp_path: Path) -> None:
    assert said(tmp_path, of("offers", "status"), GREEN) == "Red"
    rows = month_of(tmp_path, more=GREEN).rows()
    assert [row.status for row in rows if (row.indicator, row.period) == ("offers", "Jul 23")] == ["off target"]


@pytest.mark.parametrize(
    ("name", "attribute", "problem"),
    [
        ("days", "to_target", "days is an average"),
        ("typed", "to_target", "has no count"),
        ("plain", 'gap("target")', "plain has no target"),
        ("later", 'gap("target")', "later has no target"),
        ("hidden", "to_target", "hidden Jul 23 has no figure"),
    ],
)
def test_what_cannot_be_said_is_refused(tmp_path: Path, name: str, attribute: str, problem: str) -> None:
    messages = [finding.message for finding in month_of(tmp_path, of(name, attribute)).findings]

    assert any(problem in message for message in messages)


def test_two_words_are_not_printed_alike(tmp_path: Path) -> None:
    swapped = 'on-target = "Off target"\noff-target = "On target"'
    for more in ('off-target = "amber"\nclose-to-target = "Amber"', 'not-due = "No data"', swapped):
        with pytest.raises(InputError, match="would stand for two of the words"):
            month_of(tmp_path, more=f"\n[words]\n{more}\n")


def test_the_reports_tolerance_is_used(tmp_path: Path) -> None:
    more = '\n[status]\ntolerance = "40 points"\n'
    assert said(tmp_path, of("offers", "status"), more) == "close to target"


def test_figures_end_with_target_status_and_judgement(
    tmp_path: Path, call: Callable[..., tuple[int, str, str]]
) -> None:
    month_of(tmp_path)
    status, out, _ = call("figures", str(tmp_path / "july-2023.xlsx"))
    head, *rows = [line.split(",") for line in out.splitlines()]
    found = {(row[1], row[5]): tuple(row[-3:]) for row in rows if row[5] in ("Jun 23", "Jul 23")}

    assert status == 0
    assert head[-3:] == ["target", "status", "judgement"]
    assert found["offers", "Jun 23"] == ("90%", "off target", "")
    assert found["offers", "Jul 23"] == ("90%", "off target", "too few to say")
    assert found["far", "Jun 23"] == ("12.5%", "on target", "")
    assert found["sum", "Jul 23"] == ("20 by Mar 24", "not due", "too few to say")
    assert found["later", "Jul 23"] == ("25% by Apr 24", "not due", "cannot tell")
    assert found["plain", "Jul 23"] == ("", "no target", "too few to say")
    assert found["agreed", "Jul 23"] == ("to be agreed", "no target", "too few to say")
    assert found["hidden", "Jul 23"] == ("5", "no data", "cannot tell")
