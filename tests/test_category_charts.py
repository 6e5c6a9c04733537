"""Charts of authorities beside each other and of breakdowns print what their tables print."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.compose.breakdowns import breakdown_view
from cpreport.model.chart import Chart, ChartKind
from cpreport.model.figure import State
from cpreport.pipeline import Month

from .test_breakdowns import AGES, composed, month_with
from .test_peers import NEIGHBOURS, OURS, PRINTED, rows_of
from .test_peers import month_with as peers_with

YEAR_AGO = [["ages", "Under 10", "Male", 35, "Jul 22"], ["ages", "10–15", "Male", 140, "Jul 22"]]
POPULATION = [["ages", "Under 10", "Population", "60%", None], ["ages", "10–15", "Population", "40%", None]]


def chart_of(month: Month, call: str) -> Chart:
    blocks, findings = composed(month, f"{{{{ {call} }}}}")
    assert findings == []
    (chart,) = blocks
    assert isinstance(chart, Chart)
    return chart


def texts(chart: Chart) -> dict[str, dict[str, str]]:
    """What stands at each category, by series."""
    return {
        series.name: {name: point.text for name, point in zip(chart.categories, series.points, strict=True)}
        for series in chart.series
    }


# Peers


def test_peers_stand_one_by_one_the_highest_first(tmp_path: Path) -> None:
    month = peers_with(tmp_path, [*rows_of(), *OURS])
    chart = chart_of(month, 'comparison_chart("rate")')
    (shown,) = texts(chart).values()
    rates = dict(zip(NEIGHBOURS, PRINTED, strict=True))
    in_order = sorted(NEIGHBOURS, key=lambda name: float(rates[name]), reverse=True)

    assert [*shown] == [
        *("Kirklees Council (Feb 22)", "Statistical neighbours (Mar 21)", "Kirklees Council (Mar 21)"),
        *(f"{name} (Mar 21)" for name in in_order),
    ]
    assert [text.split()[0] for text in shown.values()] == ["61.5", "93.3", "66.1", *(rates[name] for name in in_order)]
    assert (chart.kind, chart.marked, chart.dates) == (ChartKind.BARS, 0, ())
    assert chart.caption == "Children in care: 61.5 (615) in Feb 22, beside others"
    assert chart == chart_of(month, 'peer_chart("rate")')


def test_a_peer_that_publishes_nothing_stands_last_and_is_told_from_a_confidential_one(tmp_path: Path) -> None:
    rows = [row if row[0] != "Derby" else [*row[:3], "[c]", row[4], None] for row in rows_of()]
    peers = '[[peers]]\nid = "SN"\nname = "Neighbours"\nmembers = ["Derby", "Bury", "Leeds", "York"]\nfewest = 2\n'
    chart = chart_of(peers_with(tmp_path, rows, peers), 'comparison_chart("rate")')
    (series,) = chart.series
    points = dict(zip(chart.categories, series.points, strict=True))

    assert [(name, point.text, point.state) for name, point in points.items()][-2:] == [
        ("Derby (Mar 21)", "confidential", State.CONFIDENTIAL),
        ("York (Mar 21)", "–", State.NO_FIGURE),
    ]
    assert "107.6" not in chart.description
    assert "642" not in chart.description


# Breakdowns


def test_each_group_and_period_has_a_column_at_each_category(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES, *YEAR_AGO])
    chart = chart_of(month, 'breakdown_chart("ages", name="fig-ages")')

    assert (chart.kind, chart.unit, chart.decimals, chart.name) == (ChartKind.COLUMNS, "Number", 0, "fig-ages")
    assert texts(chart) == {
        "Male, Jul 23": {"Under 10": "40", "10–15": "153"},
        "Male, Jul 22": {"Under 10": "35", "10–15": "140"},
        "Female, Jul 23": {"Under 10": "62", "10–15": "111"},
    }
    assert [*texts(chart_of(month, 'breakdown_chart("ages", compare=none)'))] == ["Male", "Female"]
    assert chart.caption == "Children in care, by age, Jul 23: largest 10–15 with 264 (72.1%)"
    assert "Male, Jul 22: Under 10: 35; 10–15: 140." in chart.description


def test_one_group_alone_makes_bars(tmp_path: Path) -> None:
    chart = chart_of(month_with(tmp_path, AGES[:2], care=193), 'breakdown_chart("ages", caption="Boys")')

    assert (chart.kind, chart.categories, chart.caption) == (ChartKind.BARS, ("Under 10", "10–15"), "Boys")
    assert [*texts(chart)] == ["Male"]


def test_a_stack_of_one_column_is_named_by_its_period(tmp_path: Path) -> None:
    chart = chart_of(
        month_with(tmp_path, [[*row[:2], None, *row[3:]] for row in AGES[:2]], care=193),
        'breakdown_chart("ages", stacked=true)',
    )

    assert chart.categories == ("Jul 23",)


def test_shares_are_drawn_where_they_are_asked_for(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES, *POPULATION])
    counts, shares = (chart_of(month, f'breakdown_chart("ages"{more})') for more in ("", ", share=true"))

    assert [*texts(counts)] == ["Male", "Female"]
    assert (shares.unit, shares.decimals, shares.suffix) == ("%", 1, "%")
    assert texts(shares)["Male"] == {"Under 10": "20.7%", "10–15": "79.3%"}
    assert texts(shares)["Population"] == {"Under 10": "60.0%", "10–15": "40.0%"}


def test_a_stack_has_the_categories_of_a_group_on_top_of_each_other(tmp_path: Path) -> None:
    month = month_with(tmp_path, AGES)
    chart = chart_of(month, 'breakdown_chart("ages", stacked=true)')
    view = breakdown_view(month.folder.breakdowns["ages"], month.workbook)

    assert (chart.kind, chart.categories) == (ChartKind.STACKED, ("Male", "Female"))
    assert texts(chart) == {"Under 10": {"Male": "40", "Female": "62"}, "10–15": {"Male": "153", "Female": "111"}}
    for column, points in zip(view.columns, zip(*(series.points for series in chart.series), strict=True), strict=True):
        assert sum(point.value or 0 for point in points) == column.total.count


def test_nothing_of_a_hidden_breakdown_is_drawn_or_said(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES, *YEAR_AGO], of="care", mark="[c]")
    chart = chart_of(month, 'breakdown_chart("ages")')
    shown = texts(chart)

    assert shown["Male, Jul 22"] == {"Under 10": "35", "10–15": "140"}
    assert {*shown["Male, Jul 23"].values(), *shown["Female, Jul 23"].values()} == {"confidential"}
    assert chart.caption == "Children in care, by age, Jul 23"
    assert not {"40", "153", "62", "111", "102", "264", "366"} & {
        *chart.description.replace(";", "").replace(".", "").split()
    }


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('breakdown_chart("age")', "'age' is not a breakdown; did you mean 'ages'?"),
        ('breakdown_chart("ages", stack=true)', "breakdown_chart(…) has no option 'stack'; did you mean 'stacked'?"),
        ('breakdown_chart("ages", share="yes")', "share must be true or false, without quotes, not 'yes'"),
        ('breakdown_chart("ages", stacked=1)', "stacked must be true or false, without quotes, not 1"),
    ],
)
def test_a_call_that_cannot_be_is_a_mistake(tmp_path: Path, call: str, said: str) -> None:
    _, findings = composed(month_with(tmp_path, AGES), f"{{{{ {call} }}}}")

    assert [message for message in findings if said in message], findings


def test_a_breakdown_of_shares_alone_says_how_to_draw_them(tmp_path: Path) -> None:
    month = month_with(tmp_path, POPULATION)
    _, findings = composed(month, '{{ breakdown_chart("ages") }}')

    assert "the breakdown ages has no two counts to draw; its shares are drawn with share=true" in findings[0]
    assert [*texts(chart_of(month, 'breakdown_chart("ages", share=true)'))] == ["Population"]
