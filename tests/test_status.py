"""Status: where figures stand against their targets."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.model.indicator import Tolerance, Tolerances
from cpreport.model.period_text import parse_period
from cpreport.model.status import StatusWord, TargetStatus
from cpreport.model.timeline import Timeline
from cpreport.pipeline import Month, load_workbook

from .example_month import Added, Change, Replaced
from .workbooks import computed, unread, write_example

ON, CLOSE, OFF = StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET
NONE, NOT_DUE, NO_DATA, NO_JUDGEMENT = (
    *(StatusWord.NO_TARGET, StatusWord.NOT_DUE),
    *(StatusWord.NO_DATA, StatusWord.NO_JUDGEMENT),
)


def timeline_of(keys: str, amounts: Mapping[str, float | str], measure: str = "percentage", **more: str) -> Timeline:
    toml = f'[[indicators]]\nid = "it"\ntitle = "It"\nmeasure = "{measure}"\n{keys}\n'
    return computed(toml, {"it value": amounts}, **more).timelines["it"]


def status_of(keys: str, amount: float | str, measure: str = "percentage") -> TargetStatus:
    return timeline_of(keys, {"Jul 23": amount}, measure).status


@pytest.mark.parametrize(
    ("polarity", "value", "word"),
    [
        ("high", 91, ON),
        ("high", 90, ON),
        ("high", 89.9, CLOSE),
        ("high", 85, CLOSE),
        ("high", 84.9, OFF),
        ("low", 89, ON),
        ("low", 90, ON),
        ("low", 90.1, CLOSE),
        ("low", 95, CLOSE),
        ("low", 95.1, OFF),
        *product(["none"], [80, 90, 95.1], [NO_JUDGEMENT]),
        *product(["high", "low", "none"], ["[x]", "[c]", "[low]", "", "N/A"], [NO_DATA]),
    ],
)
def test_the_status_by_polarity_and_position(polarity: str, value: float | str, word: StatusWord) -> None:
    assert status_of(f'polarity = "{polarity}"\ntarget = 90', value).word is word


@pytest.mark.parametrize(
    ("measure", "keys", "worst_close"),
    [
        ("percentage", "target = 50", 45),
        ("percentage", "target = 49.9", Fraction(479, 10)),
        ("percentage", 'target = 90\ntolerance = "10%"', 81),
        ("percentage", 'target = 90\ntolerance = "1 point"', 89),
        ("percentage", "target = 90\ntolerance = 0", 90),
        ("number", "target = 20", 18),
        ("average", "target = 420", 378),
        ("number", 'target = 20\ntolerance = "3 points"', 17),
        ("rate", "target = 60", 54),
    ],
)
def test_a_miss_within_the_tolerance_is_close(measure: str, keys: str, worst_close: Fraction) -> None:
    found = status_of(f'polarity = "high"\n{keys}', float(worst_close), measure)
    worse = status_of(f'polarity = "high"\n{keys}', float(worst_close) - 0.01, measure)

    assert found.word is (ON if "tolerance = 0" in keys else CLOSE)
    assert worse.word is OFF
    assert found.tolerance is not None
    assert found.target is not None and found.target.value is not None
    assert found.target.value - found.tolerance.around(found.target.value) == worst_close


def test_any_miss_of_a_target_of_zero_is_off_target() -> None:
    assert status_of('polarity = "low"\ntarget = 0', 4, "number").word is OFF
    assert status_of('polarity = "low"\ntarget = 0', 0, "number").word is ON


@pytest.mark.parametrize("keys", ["", 'target = "to be agreed"'])
@pytest.mark.parametrize("amount", [95, "[c]"])
def test_without_a_target_there_is_no_status(keys: str, amount: float | str) -> None:
    assert status_of(f'polarity = "high"\n{keys}', amount).word is NONE


def test_each_figure_is_held_against_the_target_of_its_day() -> None:
    keys = 'polarity = "high"\ntargets = [{ from = 2023-06-01, value = 80 }, { from = 2023-07-01, value = 90 }]'
    timeline = timeline_of(keys, {"May 23": 85, "Jun 23": 85, "Jul 23": 85})

    words = {period.label: status.word for period, status in timeline.statuses.items() if period.label[-2:] == "23"}
    assert (words["May 23"], words["Jun 23"], words["Jul 23"]) == (NONE, ON, CLOSE)


def test_a_milestone_is_not_due_before_its_day_and_then_the_last_one_counts() -> None:
    keys = 'polarity = "high"\ntargets = [{ by = 2023-06-30, value = 25 }, { by = 2024-04-30, value = 50 }]'
    timeline = timeline_of(keys, {"May 23": 20, "Jun 23": 26, "Jul 23": 24})
    found = [timeline.statuses[parse_period(label)] for label in ("May 23", "Jun 23", "Jul 23")]

    assert [status.word for status in found] == [NOT_DUE, ON, CLOSE]
    assert [float(status.target.value or 0) for status in found if status.target] == [25, 25, 25]


def test_the_newest_figure_that_is_due_is_judged() -> None:
    timeline = timeline_of('polarity = "high"\ntarget = 90\nlag = 1', {"May 23": 60, "Jun 23": 92})

    assert timeline.newest.period.label == "Jun 23"
    assert timeline.status.word is ON
    assert parse_period("Jul 23") not in timeline.statuses


CUMULATIVE = 'cumulative = "financial-year"\nfrequency = "quarter"\npolarity = "low"\n'


def yearly(keys: str, amounts: Mapping[str, float | str], day: str) -> TargetStatus:
    return timeline_of(CUMULATIVE + keys, amounts, "number", data_as_at=day).status


def test_a_year_is_judged_at_its_end() -> None:
    amounts = {"Q1 22/23": 5, "Q2 22/23": 4, "Q3 22/23": 2, "Q4 22/23": 1}
    so_far = yearly("target = 18", {**amounts, "Q4 22/23": ""}, "2023-01-01")

    assert (so_far.word, so_far.value, so_far.year_end and so_far.year_end.label) == (NOT_DUE, 11, "Jan-Mar 22/23 Q4")
    assert yearly("target = 18", amounts, "2023-04-01").word is ON
    assert yearly("target = 11", amounts, "2023-04-01").word is CLOSE
    assert yearly("target = 10", amounts, "2023-04-01").word is OFF


def test_with_a_profile_the_year_to_date_is_judged_all_year() -> None:
    keys = 'profile = [5, 10, 15, 20]\ntolerance = "1 point"'
    found = [
        yearly(keys, amounts, day)
        for amounts, day in (
            ({"Q1 22/23": 5}, "2022-07-01"),
            ({"Q1 22/23": 5, "Q2 22/23": 6}, "2022-10-01"),
            ({"Q1 22/23": 5, "Q2 22/23": 7}, "2022-10-01"),
            ({"Q1 22/23": 5, "Q2 22/23": 7, "Q3 22/23": "", "Q4 22/23": ""}, "2023-04-01"),
        )
    ]
    assert [status.word for status in found] == [ON, CLOSE, OFF, OFF]
    assert [float(status.target.value or 0) for status in found if status.target] == [5, 10, 10, 10]


def test_a_sum_that_begins_late_is_not_judged_against_a_whole_years_target() -> None:
    late = yearly("from = 2022-07-01\nprofile = [5, 10, 15, 20]", {"Q2 22/23": 12}, "2022-10-01")

    assert (late.word, late.value) == (NO_JUDGEMENT, 12)


def test_the_status_of_a_hidden_figure_does_not_give_it_away() -> None:
    toml = '[[indicators]]\nid = "it"\ntitle = "It"\nmeasure = "number"\ntarget = 3\n' + CUMULATIVE
    for keys in (toml, toml + "profile = [1, 1, 2, 3]\n", toml.replace(CUMULATIVE, 'polarity = "low"\n')):
        month = unread(keys, {"it value": {"Q4 22/23": "[c]", "Mar 23": 2, "Jul 23": "[c]"}}, data_as_at="2023-04-01")
        statuses = publish(*month, compute_figures(*month)).figures.timelines["it"].status

        assert statuses.word is NO_DATA
        assert statuses.value is None


@pytest.mark.parametrize(
    ("keys", "is_usual"),
    [
        ('target = 90\ntolerance = "5 points"', True),
        ('target = 90\ntolerance = "1 point"', False),
        ("target = 90", False),
        ('target = "to be agreed"\ntolerance = "5 points"', False),
        ('tolerance = "5 points"', False),
    ],
)
def test_an_own_tolerance_that_is_no_other_than_the_reports_is_known_as_such(keys: str, is_usual: bool) -> None:
    assert status_of(keys, 91).is_usual is is_usual


def test_the_reports_tolerance_holds_where_an_indicator_has_none() -> None:
    workbook, folder = unread(
        '[[indicators]]\nid = "it"\ntitle = "It"\nmeasure = "number"\npolarity = "high"\ntarget = 20\n'
        '[[indicators]]\nid = "own"\ntitle = "Own"\nmeasure = "number"\npolarity = "high"\ntarget = 20\n'
        'tolerance = "10%"\n',
        {"it value": {"Jul 23": 18}, "own value": {"Jul 23": 18}},
    )
    object.__setattr__(folder, "tolerance", Tolerances(*[Tolerance(Fraction(1))] * 3))
    timelines = compute_figures(workbook, folder).timelines

    assert (timelines["it"].status.word, timelines["own"].status.word) == (OFF, CLOSE)


def test_the_report_may_have_a_tolerance_for_each_measure() -> None:
    entry = '[[indicators]]\nid = "{0}"\ntitle = "{0}"\nmeasure = "{1}"\npolarity = "high"\ntarget = {2}\n'
    workbook, folder = unread(
        entry.format("high", "percentage", 50)
        + entry.format("low", "percentage", 49)
        + entry.format("all", "rate", 20),
        {"high value": {"Jul 23": 47}, "low value": {"Jul 23": 47}, "all value": {"Jul 23": 18}},
    )
    three, one, tenth = Tolerance(Fraction(3)), Tolerance(Fraction(1)), Tolerance(Fraction(9), is_relative=True)
    object.__setattr__(folder, "tolerance", Tolerances(three, one, tenth))
    timelines = compute_figures(workbook, folder).timelines

    assert [timelines[name].status.word for name in ("high", "low", "all")] == [CLOSE, OFF, OFF]


AMOUNTS = st.integers(0, 10_000).map(lambda units: units / 100)
TOLERANCES = st.sampled_from(["", "tolerance = 0", 'tolerance = "2.5 points"', 'tolerance = "7%"'])


@given(AMOUNTS, TOLERANCES, st.sampled_from(["high", "low"]))
def test_equal_counts_as_met(amount: float, tolerance: str, polarity: str) -> None:
    assert status_of(f'polarity = "{polarity}"\ntarget = "{amount}%"\n{tolerance}', amount).word is ON


@given(AMOUNTS, AMOUNTS)
def test_the_other_polarity_swaps_on_and_off_target(target: float, value: float) -> None:
    found = {
        polarity: status_of(f'polarity = "{polarity}"\ntarget = "{target}%"\ntolerance = 0', value).word
        for polarity in ("high", "low")
    }
    assert set(found.values()) == ({ON} if target == value else {ON, OFF})
    assert (found["high"] is ON) == (value >= target)


@given(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from([2, 10, 1000]), st.sampled_from(["high", "low"]))
def test_scaling_figure_and_target_keeps_the_status(target: int, value: int, times: int, polarity: str) -> None:
    keys = f'polarity = "{polarity}"\ntarget = {{}}'
    one = status_of(keys.format(target), value, "number")
    other = status_of(keys.format(target * times), value * times, "number")

    assert one.word is other.word


SHEET: Change = {
    "Status!A1": "Indicator",
    "Status!B1": "Status",
    "Status!C1": "Reason",
    "Status!A2": "moves",
    "Status!B2": "on target",
    "Status!C2": "Two moves were planned.",
}
TARGET: Change = {
    "indicators.toml": Replaced('measure = "number"', 'measure = "number"\npolarity = "low"\ntarget = 1000'),
}


def month_of(folder: Path, change: Change) -> Month:
    return load_workbook(write_example(folder, change))


def row_of(month: Month, period: str = "Jul 23", indicator: str = "moves") -> str:
    return next(row.status for row in month.rows() if (row.indicator, row.period) == (indicator, period))


def test_an_officer_can_say_another_status(tmp_path: Path) -> None:
    before, after = month_of(tmp_path / "a", TARGET), month_of(tmp_path / "b", {**TARGET, **SHEET})

    assert after.findings == before.findings == ()
    assert (row_of(before), row_of(after), row_of(after, "Jun 23")) == ("off target", "on target", "off target")
    status = after.figures.timelines["moves"].status
    assert status.said is not None
    assert (status.computed, status.said.reason) == (OFF, "Two moves were planned.")


def test_what_an_officer_says_holds_for_its_period(tmp_path: Path) -> None:
    dated = {**TARGET, **SHEET, "Status!D1": "Period", "Status!D2": "Jun 23"}
    month = month_of(tmp_path, dated)

    assert (row_of(month), row_of(month, "Jun 23")) == ("off target", "on target")


def test_what_is_said_of_the_month_is_of_the_newest_figure(tmp_path: Path) -> None:
    month = month_of(tmp_path / "a", {**SHEET, "Status!A2": "crimes"})
    assert row_of(month, "Apr-Jun 23/24 Q1", "crimes") == "on target"
    both = {"Status!D1": "Period", "Status!D2": "Jul 23", "Status!A3": "crimes", "Status!B3": "off target"}
    twice = {**SHEET, "Status!A2": "crimes", **both, "Status!C3": "Late.", "Status!D3": "Q1 23/24"}
    month = month_of(tmp_path / "b", twice)

    assert row_of(month, "Apr-Jun 23/24 Q1", "crimes") == "off target"
    assert [(finding.code, str(finding.place)) for finding in month.findings] == [("status.twice", "Status!B2")]


def test_an_officer_may_use_the_reports_own_words(tmp_path: Path) -> None:
    words = {"report.toml": Added('\n[words]\non-target = "Green"\n')}
    month = month_of(tmp_path, {**TARGET, **SHEET, **words, "Status!B2": "green"})

    assert month.findings == ()
    assert row_of(month) == "on target"


def test_of_a_hidden_figure_no_status_is_given(tmp_path: Path) -> None:
    month = month_of(tmp_path, {**TARGET, **SHEET, "Data!F6": "[c]"})

    assert row_of(month) == "no data"
    assert month.figures.timelines["moves"].status.said is None
    assert [finding.code for finding in month.findings] == ["status.confidential"]


def test_an_unknown_status_names_those_that_there_are(tmp_path: Path) -> None:
    words = {"report.toml": Added('\n[words]\non-target = "Green"\n')}
    (finding,) = month_of(tmp_path, {**SHEET, **words, "Status!B2": "amber"}).findings

    assert finding.is_error
    assert finding.hint.startswith("Use one of these: Green, close to target, off target, no target")


def test_a_sheet_of_statistics_is_no_mistyped_status(tmp_path: Path) -> None:
    assert month_of(tmp_path, {"Stats!A1": "Number"}).findings == ()
