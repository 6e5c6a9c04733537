"""Charts show what tables print of the published figures, and say in words no more than that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.compose.chart_remarks import remarks_on
from cpreport.compose.charts import Asked, trend_chart
from cpreport.compose.control_charts import variation_chart
from cpreport.compose.report import compose_report
from cpreport.compose.wording import figure_text
from cpreport.model.chart import Chart, ChartKind, ChartSeries, SeriesRole
from cpreport.model.figure import State
from cpreport.model.period import month
from cpreport.model.period_text import parse_period
from cpreport.pipeline import Month, load_workbook

from .made_charts import BARS, LINES
from .made_charts import MISSING as UNKNOWN
from .made_charts import point as drawn_point
from .made_charts import series as drawn_series
from .test_figures import toml
from .test_history_table import INDICATORS as HISTORY
from .test_history_table import MARKS, MONTHS, NAMES, ROWS
from .test_history_table import month_of as history_month
from .workbooks import REPORT, unread, write_report, write_workbook

YEARS = [month(2021, 7).shift(at).label for at in range(25)]
CALM = [12, 14, 13, 15, 11, 14, 12, 13, 15, 12, 14, 13, 12, 14, 13, 15, 11, 14, 12, 13, 15, 12, 14, 13, 30]
INDICATORS = toml(
    'moves number kind = "flow",polarity = "low",from = 2021-01-01',
    'calm number kind = "flow"',
    'few number kind = "flow"',
    'stock number polarity = "low",target = 20',
    "level number target = 20",
    'rolled number kind = "flow",rolling = 3',
    'termly number kind = "flow",frequency = "term"',
    'checks percentage shows = "fraction",polarity = "high"',
    'other percentage shows = "value",benchmark_basis = "different"',
    'custody number cumulative = "financial-year",target = 20',
) + (
    '\n[[indicators]]\nid = "stepped"\ntitle = "Stepped"\nmeasure = "number"\n'
    "targets = [{ from = 2021-07-01, value = 10 }, { from = 2022-07-01, value = 12 }]\n"
)
COUNCIL = """
title = "Report"
benchmark_period = "2021/22"
{more}
[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical neighbours"

[[comparators]]
id = "England"
heading = "Eng."
name = "England"

[[comparators]]
id = "Wales"
heading = "Wales"
name = "Wales"

[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {listed}
"""
DATA: list[list[object]] = [
    ["Indicator", "Figure", *YEARS, "Autumn Term 22/23", "Spring Term 22/23"],
    ["moves", "value", *CALM],
    ["calm", "value", *CALM[:-1], 13],
    ["few", "value", *[number - 9 for number in CALM]],
    ["stock", "value", *[number * 100 for number in CALM]],
    ["level", "value", *CALM],
    ["rolled", "value", *CALM],
    ["stepped", "value", *CALM],
    ["custody", "value", *CALM],
    ["termly", "value", *[None] * 25, 3, 4],
    ["checks", "numerator", *CALM],
    ["checks", "denominator", *[40] * 25],
    ["other", "value", *CALM],
]
BENCHMARKS: list[list[object]] = [
    ["Indicator", "Benchmark", "Value", "Period"],
    ["checks", "SN", 45.5, None],
    ["checks", "England", 50.25, "2019/20"],
    ["other", "SN", 20, None],
    ["stock", "England", 900, "2012/13"],
]
LISTED = ["moves", "calm", "few", "stock", "level", "rolled", "termly", "checks", "other", "custody", "stepped"]


def month_of(folder: Path, *calls: str, more: str = "", **sheets: Sequence[Sequence[object]]) -> Month:
    """A month whose one section prints what some calls give."""
    text = "\n\n".join(f"{{{{ {call} }}}}" for call in calls)
    write_report(folder, INDICATORS, report=COUNCIL.format(more=more, listed=LISTED), care=text)
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"Data": DATA, "Benchmarks": BENCHMARKS, **sheets}))


def charts_in(month: Month) -> list[Chart]:
    return [block for block in month.report.sections[0].blocks if isinstance(block, Chart)]


def chart_of(folder: Path, call: str, more: str = "") -> Chart:
    (chart,) = charts_in(month_of(folder, call, more=more))
    return chart


def mistakes(month: Month) -> list[str]:
    composed = compose_report(month.workbook, month.folder, month.figures)
    return [finding.message for finding in composed.findings if finding.is_error]


def series_of(chart: Chart, role: SeriesRole) -> list[ChartSeries]:
    return [series for series in chart.series if series.role is role]


def present(chart: Chart, series: ChartSeries) -> dict[str, str]:
    """The texts of the points that are there, by category."""
    points = zip(chart.categories, series.points, strict=True)
    return {category: point.text for category, point in points if point.value is not None}


# What a trend shows


def test_every_point_prints_what_the_wording_says_of_the_published_figure(tmp_path: Path) -> None:
    found = history_month(tmp_path, NAMES, "trend_chart([" + ", ".join(f'"{n}"' for n in NAMES if n != "offers") + "])")
    (chart,) = charts_in(found)

    assert chart.categories == tuple(MONTHS)
    assert chart.dates[-1].isoformat() == "2023-07-31"
    assert (chart.kind, chart.unit, chart.decimals, chart.suffix) == (ChartKind.LINES, "Number", 0, "")
    for series, name in zip(chart.series, [name for name in NAMES if name != "offers"], strict=True):
        timeline = found.figures.timelines[name]
        for point, label in zip(series.points, MONTHS, strict=True):
            figure = timeline.at(parse_period(label))
            assert (point.text, point.value) == (figure_text(timeline.indicator, figure), figure.value)
            assert point.state is figure.state


def test_a_gap_says_why_it_is_there(tmp_path: Path) -> None:
    (chart,) = charts_in(history_month(tmp_path, NAMES, 'trend_chart(["gap", "hidden", "broken", "plain"])'))
    at = {series.name: dict(zip(chart.categories, series.points, strict=True)) for series in chart.series}

    assert (at["Gap"]["Jun 23"].value, at["Gap"]["Jun 23"].state) == (None, State.BLANK)
    assert (at["Hidden"]["Oct 22"].value, at["Hidden"]["Oct 22"].state) == (None, State.CONFIDENTIAL)
    assert [label for label, point in at["Broken"].items() if point.breaks] == ["Apr 23"]
    assert [label for label, point in at["Plain"].items() if point.is_provisional] == ["Aug 22"]


def test_what_is_not_due_or_over_stays_a_gap(tmp_path: Path) -> None:
    rows = [
        ["Indicator", "Figure", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"],
        ["late", "value", 3, 4, 5, None, None],
        ["over", "value", 3, 4, 5, None, None],
        ["whole", "value", 3, 4, 5, 6, 7],
    ]
    indicators = toml("late number lag = 2", "over number until = 2023-05-31", "whole number")
    report = REPORT.format(listed=["late", "over", "whole"])
    write_report(tmp_path, indicators, report=report, care='{{ trend_chart(["late", "over", "whole"]) }}')
    (chart,) = charts_in(load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": rows})))

    assert chart.categories == ("Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23")
    assert [[point.state for point in series.points[-2:]] for series in chart.series] == [
        [State.NOT_DUE] * 2,
        [State.ENDED] * 2,
        [State.PRESENT] * 2,
    ]
    assert "Late, not due yet: Jun 23 to Jul 23." in chart.description
    assert "Over, no longer reported: Jun 23 to Jul 23." in chart.description


def test_a_target_begins_anew_where_it_changes(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, 'trend_chart("stepped")')
    (target,) = series_of(chart, SeriesRole.TARGET)
    texts = present(chart, target)

    assert [texts[label] for label in ("Jul 21", "Jun 22", "Jul 22", "Jul 23")] == ["10", "10", "12", "12"]
    assert [label for label, point in zip(chart.categories, target.points, strict=True) if point.breaks] == ["Jul 22"]
    assert [series.name for series in chart.series] == ["Our figures", "Target"]


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        ('["stock", "level"]', ["Target"]),
        ('["stock", "stepped"]', ["Target, Stock", "Target, Stepped"]),
        ('["stock", "calm"]', ["Target, Stock"]),
    ],
)
def test_indicators_of_one_target_have_one_line_of_it(tmp_path: Path, ids: str, names: list[str]) -> None:
    assert [series.name for series in series_of(chart_of(tmp_path, f"trend_chart({ids})"), SeriesRole.TARGET)] == names


@pytest.mark.parametrize("call", ['trend_chart("stepped", target=false)', 'trend_chart("custody")'])
def test_a_chart_without_its_target_has_no_line_of_it(tmp_path: Path, call: str) -> None:
    assert series_of(chart_of(tmp_path, call), SeriesRole.TARGET) == []


def test_a_benchmark_stands_from_its_period_until_the_judgement_calls_it_old(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, 'trend_chart("checks", comparators=["SN", "England", "Wales"])')
    neighbours, england = series_of(chart, SeriesRole.COMPARATOR)

    assert (neighbours.name, set(present(chart, neighbours).values())) == ("SN (2021/22)", {"45.5%"})
    assert [*present(chart, neighbours)] == YEARS
    assert england.name == "Eng. (2019/20)"
    assert [*present(chart, england)] == YEARS[: YEARS.index("Mar 22") + 1]
    assert "SN (2021/22): 45.5% from Jul 21 to Jul 23." in chart.description
    assert "Wales: N/A." in chart.description


def test_benchmarks_of_several_periods_are_steps_each_from_its_own_period_on(tmp_path: Path) -> None:
    rows = [["checks", "SN", 40, "2020/21"], ["checks", "SN", 45.5, None], ["checks", "SN", 50, "2022/23"]]
    month = month_of(tmp_path, 'trend_chart("checks", comparators=["SN"])', Benchmarks=[BENCHMARKS[0], *rows])
    (chart,) = charts_in(month)
    (line,) = series_of(chart, SeriesRole.COMPARATOR)
    texts = present(chart, line)

    assert (line.name, [*texts]) == ("SN", YEARS)
    assert [texts[label] for label in ("Jul 21", "Mar 22")] == ["45.5%"] * 2
    assert [texts[label] for label in ("Apr 22", "Jul 23")] == ["50.0% (2022/23)"] * 2
    assert [label for label, point in zip(chart.categories, line.points, strict=True) if point.breaks] == ["Apr 22"]


def test_benchmarks_of_each_period_are_one_line(tmp_path: Path) -> None:
    rows = [["checks", "SN", number, label] for number, label in zip(range(41, 54), YEARS[12:], strict=True)]
    month = month_of(tmp_path, 'trend_chart("checks", 13, comparators=["SN"])', Benchmarks=[BENCHMARKS[0], *rows])
    (line,) = series_of(*charts_in(month), SeriesRole.COMPARATOR)

    assert [point.value for point in line.points] == [*range(41, 54)]
    assert not any(point.breaks for point in line.points)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('trend_chart("other", comparators=["SN"])', "SN (2021/22): 20.0%, not drawn (counted differently)."),
        (
            'trend_chart("stock", comparators=["England"])',
            "Eng. (2012/13): 900 (2012/13), not drawn (other periods).",
        ),
    ],
)
def test_a_benchmark_that_cannot_stand_is_said_and_not_drawn(tmp_path: Path, call: str, said: str) -> None:
    chart = chart_of(tmp_path, call)

    assert series_of(chart, SeriesRole.COMPARATOR) == []
    assert chart.description.endswith(said)


def test_long_titles_label_their_lines_with_their_first_words(tmp_path: Path) -> None:
    title = "Children in care who had a health assessment in the last twelve months"
    rows = [
        ["Indicator", "Figure", "Jun 23", "Jul 23"],
        ["a", "value", 1, 2],
        ["b", "value", 1, 2],
        ["c", "value", 1, 2],
    ]
    indicators = toml("a number", 'b number reference = "4.1"', "c number").replace('"A"', f'"{title}"')
    same = indicators.replace('"B"', f'"{title}, by team"')

    def names(folder: str, text: str, ids: str) -> list[str]:
        report = REPORT.format(listed=["a", "b", "c"])
        write_report(tmp_path / folder, text, report=report, care=f"{{{{ trend_chart({ids}) }}}}")
        (chart,) = charts_in(load_workbook(write_workbook(tmp_path / folder / "july-2023.xlsx", {"Data": rows})))
        return [series.name for series in chart.series]

    assert names("one", indicators, '["a", "b"]') == ["Children in care who had a health …", "B"]
    assert names("two", same, '["a", "b"]') == [title, f"4.1 {title}, by team"]


# What a control chart shows


def test_a_control_chart_has_its_mean_its_limits_and_what_is_more_than_chance(tmp_path: Path) -> None:
    month = month_of(tmp_path, 'variation_chart("moves", 12)')
    (chart,) = charts_in(month)
    chance = month.figures.timelines["moves"].variation
    assert chance
    by_name = {series.name: series for series in chart.series}

    assert [*by_name] == ["Our figures", "Mean", "Upper limit", "Lower limit", "above the upper limit"]
    for name, value in (("Mean", chance.mean), ("Upper limit", chance.upper), ("Lower limit", chance.lower)):
        assert {point.value for point in by_name[name].points} == {value}
    assert present(chart, by_name["above the upper limit"]) == {"Jul 23": "30"}
    assert by_name["above the upper limit"].role is SeriesRole.MARKED
    assert chart.caption == "Moves: 30 in Jul 23, worse than usual"
    assert "above the upper limit: 30 in Jul 23." in chart.description
    assert "Mean and limits: of the figures from Jul 21 to Jul 23." in chart.description


def test_every_point_of_a_run_is_marked() -> None:
    numbers = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13, 12, 20, 21, 20, 21, 20, 21, 20]
    chart = control_chart(numbers)
    marked = {series.name: present(chart, series) for series in series_of(chart, SeriesRole.MARKED)}
    labels = [label for points in marked.values() for label in points]

    assert len(labels) == len(set(labels))
    assert {label for label in labels if label in chart.categories[-7:]} == {*chart.categories[-7:]}
    assert len(marked["seven on one side of the mean"]) >= 7


def control_chart(numbers: Sequence[int]) -> Chart:
    labels = [month(2023, 7).shift(at + 1 - len(numbers)).label for at in range(len(numbers))]
    rows = {"x value": dict(zip(labels, numbers, strict=True))}
    workbook, folder = unread(toml('x number kind = "flow"'), rows)
    figures = compute_figures(workbook, folder)
    return variation_chart(figures.timelines["x"], folder, Asked(), len(numbers))


def test_a_limit_that_cannot_be_reached_is_said_and_not_drawn() -> None:
    chart = control_chart([20, 1, 30, 2, 25, 3, 28, 1, 30, 2, 25, 3, 28, 1])

    assert [series.name for series in chart.series if series.role is SeriesRole.LIMIT] == ["Upper limit"]
    assert "Lower limit: none, as it would be beyond what is possible." in chart.description


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("stock", 'it is a state on a day; for events within each period set kind = "flow" in indicators.toml'),
        ("rolled", "each figure covers 3 months"),
        ("termly", "it has one figure for each term, not for each month or quarter"),
        ("few", "its figures have too few events, or are of too few, to tell a change from chance"),
    ],
)
def test_what_the_judgement_does_not_chart_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (mistake,) = mistakes(month_of(tmp_path, f'variation_chart("{name}")'))

    assert f"{name} has no control chart: {reason}" in mistake


def test_a_gap_or_switched_off_judgements_leave_no_control_chart(tmp_path: Path) -> None:
    off = month_of(tmp_path / "off", 'variation_chart("calm")', more="\n[judgement]\non = false\n")
    data = [[*row[:-10], None, *row[-9:]] if row[0] == "calm" else row for row in DATA]
    gap = month_of(tmp_path / "gap", 'variation_chart("calm")', Data=data)

    assert "judgements are switched off" in mistakes(off)[0]
    assert "calm has no control chart: it needs 13 figures up to Jul 23 without a gap or a break" in mistakes(gap)[0]


def test_a_confidential_figure_is_in_no_mean_and_no_limit(tmp_path: Path) -> None:
    data = [[*row[:7], "777 [c]", *row[8:]] if row[0] == "calm" else row for row in DATA]
    (chart,) = charts_in(month_of(tmp_path, 'variation_chart("calm")', Data=data))
    mean = present(chart, next(series for series in chart.series if series.role is SeriesRole.MEAN))
    since = YEARS.index("Jan 22")

    assert [*mean] == YEARS[since:]
    assert {*mean.values()} == {f"{sum([*CALM[since:-1], 13]) / 19:.1f}"}
    assert "Mean and limits: of the figures from Jan 22 to Jul 23." in chart.description
    assert "Our figures, confidential: Dec 21." in chart.description
    assert "777" not in f"{chart.caption} {chart.description}"


# What a comparison shows


def test_a_comparison_has_each_figure_with_its_period(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, 'comparison_chart("checks")')
    (series,) = chart.series

    assert (chart.kind, chart.marked, chart.dates) == (ChartKind.BARS, 0, ())
    assert present(chart, series) == {
        "Our figures (Jul 23)": "75.0% (30/40)",
        "Statistical neighbours (2021/22)": "45.5%",
        "England (2019/20)": "50.3% (2019/20)",
    }
    assert chart.description == (
        "Bar chart of Checks (%). Checks: Our figures (Jul 23): 75.0% (30/40); "
        "Statistical neighbours (2021/22): 45.5%; England (2019/20): 50.3% (2019/20)."
    )


# What is refused


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('trend_chart(["stock", "checks"])', "trend_chart(…) needs one unit: stock is in 'Number', checks is in '%'"),
        (
            'trend_chart(["stock", "termly"])',
            "trend_chart(…) needs indicators of one frequency: stock has a figure for each month, "
            "termly has a figure for each term",
        ),
        ('trend_chart(["stock", "stock"])', "trend_chart(…) has stock twice"),
        ('trend_chart("stock", 1)', "1 is not a number of periods from 2 to 120"),
        ('trend_chart("stok")', "'stok' is not an indicator; did you mean 'stock'?"),
        ('trend_chart("stock", period=3)', "trend_chart(…) has no option 'period'; did you mean 'periods'?"),
        ('comparison_chart("checks", target=true)', "comparison_chart(…) has no option 'target'"),
        (
            'trend_chart("stock", comparators=["Englnd"])',
            "'Englnd' is not a comparator of this report; did you mean",
        ),
        ('trend_chart("stock", comparators=3)', "comparators must be a list such as ['SN', 'England'], not 3"),
        ('trend_chart("stock", target="no")', "target must be true or false, without quotes, not 'no'"),
        ('trend_chart("stock", caption=3)', "caption must be a text of 1 to 200 characters"),
        ('trend_chart("stock", name=true)', "name must be a text of up to 30 letters, digits and -"),
        ('comparison_chart("moves")', "moves has no two figures to compare: give it benchmarks, or use a tag"),
        ('comparison_chart("other")', "other cannot be compared: its benchmarks are counted differently"),
    ],
)
def test_a_call_that_cannot_be_is_a_mistake(tmp_path: Path, call: str, said: str) -> None:
    found = mistakes(month_of(tmp_path, call))

    assert [message for message in found if said in message], found


def test_one_figure_alone_is_refused(tmp_path: Path) -> None:
    found = mistakes(history_month(tmp_path, ["termly"], 'trend_chart("termly", 6)'))

    assert ["there is at most one of termly: use a tag" in message for message in found] == [True]


# What it says


def test_a_caption_and_a_name_are_printed_as_given(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, 'trend_chart("stock", caption="Children by month", name="fig-stock")')

    assert (chart.caption, chart.name) == ("Children by month", "fig-stock")


@pytest.mark.parametrize(
    ("call", "headline"),
    [
        ('trend_chart("stock")', "Stock rose to 3,000 in Jul 23, from 1,200 in Jul 22"),
        ('trend_chart("stock", 12)', "Stock: 3,000 in Jul 23"),
        ('trend_chart("few")', "Few: 21 in Jul 23, 3 in Jul 22"),
        ('trend_chart("custody")', "Custody rose to 30 in Jul 23, from 12 in Jul 22"),
        ('trend_chart(["moves", "calm"])', "Moves: 30 in Jul 23, 12 in Jul 22; Calm: 13 in Jul 23, 12 in Jul 22"),
        ('trend_chart(["moves", "calm", "few"])', "Care, July 2021 to July 2023"),
        ('variation_chart("calm")', "Calm: 13 in Jul 23, as usual"),
    ],
)
def test_the_headline_says_no_more_than_the_judgement(tmp_path: Path, call: str, headline: str) -> None:
    assert chart_of(tmp_path, call).caption == headline


def test_without_judgements_nothing_rises_or_falls(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, 'trend_chart("stock")', more="\n[judgement]\non = false\n")

    assert chart.caption == "Stock: 3,000 in Jul 23, 1,200 in Jul 22"


def test_the_sentences_are_the_reports_own_where_it_has_them(tmp_path: Path) -> None:
    more = '\n[sentences]\nchart_rose = "{title} {value} <{earlier}>"\nchart_lines = "A line of {title}."\n'
    chart = chart_of(tmp_path, 'trend_chart("stock", target=false)', more=more)

    assert chart.caption == "Stock 3,000 <1,200>"
    assert chart.description.startswith("A line of Stock. Our figures: first 1,200 in Jul 21")


def test_the_alternative_text_says_what_the_chart_shows(tmp_path: Path) -> None:
    found = history_month(tmp_path, NAMES, 'trend_chart(["plain", "gap", "hidden", "broken", "custody"])')
    (chart,) = charts_in(found)

    assert chart.description == (
        "Line chart of 4.2 Plain and Gap and Hidden and Broken and Custody (Number), Jul 22 to Jul 23. "
        "Plain: first 5 in Jul 22, last 7 in Jul 23, highest 9 in Mar 23, lowest 3 in Apr 23. "
        "Plain, expected to change: Aug 22. "
        "Gap: first 5 in Jul 22, last 7 in Jul 23, highest 9 in Mar 23, lowest 3 in Apr 23. Gap, no data: Jun 23. "
        "Hidden: first 5 in Jul 22, last 7 in Jul 23. Hidden, confidential: Oct 22. "
        "Broken: first 5 in Jul 22, last 7 in Jul 23. Broken, not comparable with earlier figures: from Apr 23 on. "
        "Custody: first 5 in Jul 22, last 7 in Jul 23, highest 9 in Mar 23, lowest 3 in Apr 23. "
        "Custody: the figures of each month alone, not the year to date."
    )


def test_a_break_where_the_figure_is_missing_leaves_no_highest(tmp_path: Path) -> None:
    marks = [*MARKS, ["gap", "Jun 23", None, "[b]", "counted anew"]]
    write_report(tmp_path, HISTORY, report=REPORT.format(listed=list(NAMES)), care='{{ trend_chart("gap") }}')
    (chart,) = charts_in(load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": ROWS, "Marks": marks})))

    assert "Our figures, no data: Jun 23." in chart.description
    assert "highest" not in chart.description
    assert chart.caption == "Gap: 7 in Jul 23"


def test_a_draft_draws_no_wrong_point(tmp_path: Path) -> None:
    rows = [[*row[:-1], "about 7"] if row[0] == "gap" else row for row in ROWS]
    rows = [[*row[:8], -4, *row[9:]] if row[0] == "plain" else row for row in rows]
    write_report(
        tmp_path, HISTORY, report=REPORT.format(listed=list(NAMES)), care='{{ trend_chart(["plain", "gap"]) }}'
    )
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": rows, "Marks": MARKS}))
    assert month.data_errors
    (chart,) = (block for block in month.with_data_errors().sections[0].blocks if isinstance(block, Chart))
    plain, _ = (dict(zip(chart.categories, series.points, strict=True)) for series in chart.series)

    assert (plain["Jan 23"].value, plain["Jan 23"].text) == (None, "[data error]")
    assert "Plain, [data error]: Jan 23." in chart.description
    assert "-4" not in chart.description


def test_a_narrative_that_quotes_a_chart_is_held_against_the_figures(tmp_path: Path) -> None:
    def codes(folder: str, number: str) -> set[str]:
        texts = '{{ trend_chart("stock") }}', f"Stock was {number} in July 2023."
        report = COUNCIL.format(more="", listed=["stock"]) + 'slots = [{ id = "what", title = "What" }]\n'
        write_report(tmp_path / folder, INDICATORS, report=report, care='{{ narrative("what") }}')
        narrative = [["Section", "Slot", "Text"], *(["care", "what", text] for text in texts)]
        sheets = {"Data": DATA, "Narrative": narrative}
        month = load_workbook(write_workbook(tmp_path / folder / "july-2023.xlsx", sheets))
        assert len(charts_in(month)) == 1
        return {finding.code for finding in month.findings}

    assert "narrative.number-disagrees" in codes("wrong", "2,900")
    assert "narrative.number-disagrees" not in codes("right", "3,000")


# What stands below it

GAPS = drawn_series(
    "Rate", 91, UNKNOWN._replace(state=State.CONFIDENTIAL), *[UNKNOWN._replace(state=State.NOT_DUE)] * 2
)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (
            replace(LINES, series=(GAPS, LINES.series[1])),
            "Not shown: May 23 (confidential); Jun 23 to Jul 23 (not due yet). The axis begins at 70%.",
        ),
        (replace(LINES, series=(drawn_series("Rate", 1, 2, 3, 4), LINES.series[1])), ""),
        (replace(LINES, series=(drawn_series("Rate", 91, 92, 92.5, 94),)), "The axis begins at 91.0%."),
        (
            replace(LINES, series=(drawn_series("Rate", 1, drawn_point(2, is_provisional=True), 3, 4),)),
            "Hollow points are provisional.",
        ),
        (BARS, ""),
    ],
)
def test_sentences_below_a_chart_say_what_is_not_shown_what_may_change_and_where_its_axis_begins(
    chart: Chart, said: str
) -> None:
    assert remarks_on(chart) == said


def test_a_composed_chart_has_its_remarks(tmp_path: Path) -> None:
    (chart,) = charts_in(history_month(tmp_path, NAMES, 'trend_chart(["gap", "hidden", "plain"])'))

    assert chart.remarks == (
        "Not shown: Gap, Jun 23 (no data); Hidden, Oct 22 (confidential). Hollow points are provisional."
    )


# Properties

shown = st.integers(0, 99_999)
hidden = st.integers(100_000, 999_999)
entries = st.lists(
    st.one_of(shown, hidden.map(lambda number: f"{number} [c]"), st.just("[p]")), min_size=2, max_size=30
)


@given(entries)
def test_no_confidential_number_is_in_a_chart_or_its_words(numbers: list[int | str]) -> None:
    labels = [month(2023, 7).shift(at + 1 - len(numbers)).label for at in range(len(numbers))]
    given = {label: number for label, number in zip(labels, numbers, strict=True) if number != "[p]"}
    workbook, folder = unread(toml("x number"), {"x value": given})
    published = publish(workbook, folder, compute_figures(workbook, folder))
    timeline = published.figures.timelines["x"]
    if sum(isinstance(number, int) for number in given.values()) < 2:
        return
    chart = trend_chart([timeline], folder, Asked(), max(len(numbers), 2))
    (series,) = chart.series
    words = f"{chart.caption} {chart.description} {' '.join(point.text for point in series.points)}"
    secret = {int(number.split()[0]) for number in given.values() if isinstance(number, str)}

    for label, point in zip(chart.categories, series.points, strict=True):
        figure = timeline.at(parse_period(label))
        assert (point.text, point.value, point.state) == (
            figure_text(timeline.indicator, figure),
            figure.value,
            figure.state,
        )
    printed = {int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]*\d\b|\b\d\b", words)}
    assert secret.isdisjoint(printed)
    assert secret.isdisjoint({point.value for point in series.points})
    assert ("confidential" in chart.description) is (State.CONFIDENTIAL in {point.state for point in series.points})


@given(st.lists(shown, min_size=2, max_size=30))
def test_every_number_of_the_alternative_text_is_a_points(numbers: list[int]) -> None:
    labels = [month(2023, 7).shift(at + 1 - len(numbers)).label for at in range(len(numbers))]
    workbook, folder = unread(toml("x number target = 77"), {"x value": dict(zip(labels, numbers, strict=True))})
    chart = trend_chart([compute_figures(workbook, folder).timelines["x"]], folder, Asked(), len(numbers))
    texts = {point.text for series in chart.series for point in series.points}
    said = re.sub("|".join(sorted(map(re.escape, chart.categories), key=len)), "", chart.description)

    assert set(re.findall(r"\d[\d,]*", re.sub(r",(?!\d)", "", said))) <= texts
    assert f"highest {max(numbers):,} in" in chart.description
    assert f"lowest {min(numbers):,} in" in chart.description
    assert [point.value for point in chart.series[0].points] == [Fraction(number) for number in numbers]
