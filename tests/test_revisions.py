"""What an earlier report gave for a figure, what is given now, and which cells or definitions moved it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cpreport.analysis.earlier import with_revisions
from cpreport.analysis.figures import compute_figures
from cpreport.model.figure import CellRef, Mark, State
from cpreport.model.indicator import Part
from cpreport.model.period_text import parse_period
from cpreport.model.revision import Cause, Revision
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Earlier

from .test_figures import toml
from .workbooks import unread

Rows = Mapping[str, Mapping[str, float | str]]
JUNE = parse_period("Jun 23")
AB = "".join(f'[[series]]\nid = "{name}"\ntitle = "Series {name}"\n' for name in "ab")
"""Two series that do not carry."""


def compared(then: tuple[str, Rows], now: tuple[str, Rows]) -> Figures:
    """The figures of July, compared with the report of June; of each the indicators and the rows."""
    earlier = unread(*then, period="Jun 23")
    workbook, folder = unread(*now)
    known = [Earlier(*earlier, compute_figures(*earlier))]
    return with_revisions(compute_figures(workbook, folder), workbook, folder, known)


def revision(then: tuple[str, Rows], now: tuple[str, Rows], name: str = "x") -> Revision:
    """What is said of the figure of June, of which the report of June gave another."""
    return compared(then, now).timelines[name].restated[JUNE]


def cells(found: Revision) -> list[tuple[str, str, str]]:
    """The name of each entry that changed, its cell then and its cell now."""
    return [
        (change.name, str(change.was.cell) if change.was else "", str(change.now.cell) if change.now else "")
        for change in found.changes
    ]


def of_june(**rows: float | str) -> Rows:
    """Rows of x with an amount of June each."""
    return {f"x {part}": {"Jun 23": amount} for part, amount in rows.items()}


PERCENTAGE = toml('x percentage shows = "fraction"')


def test_a_revision_has_both_figures_and_the_cells_that_moved_it() -> None:
    june, july = of_june(numerator=1, denominator=4), of_june(numerator=2, denominator=4)
    found = revision((PERCENTAGE, june), (PERCENTAGE, july))

    assert (found.reported, found.defined.id) == (JUNE, "x")
    assert [(float(each.value or 0), each.count, each.total) for each in (found.was, found.now)] == [
        (25, 1, 4),
        (50, 2, 4),
    ]
    assert (found.cause, found.is_visible, found.is_marked, found.was_provisional) == (
        Cause.FIGURES,
        True,
        False,
        False,
    )
    (change,) = found.changes
    assert (change.name, change.period, change.series) == ("x", JUNE, "")
    assert change.was and change.now and (change.was.amount.number, change.now.amount.number) == (1, 2)


def test_an_entry_that_only_one_workbook_has_is_a_change_too() -> None:
    counts = {"x numerator": {"Jul 23": 1}, **of_june(numerator=1, denominator=5)}
    found = revision((PERCENTAGE, of_june(value=25)), (PERCENTAGE, counts))

    assert cells(found) == [("x", "", "Data!C2"), ("x", "", "Data!C3"), ("x", "Data!C2", "")]


@pytest.mark.parametrize(
    ("june", "july"),
    [
        (of_june(numerator=1, denominator=4), of_june(numerator=2, denominator=8)),
        (of_june(numerator=0, denominator=4), of_june(numerator=0, denominator=8)),
        (of_june(value=25, numerator=1), of_june(value=25, numerator=2)),
    ],
)
def test_a_count_or_a_total_that_is_another_is_a_revision_though_the_percentage_is_the_same(
    june: Rows, july: Rows
) -> None:
    found = revision((PERCENTAGE, june), (PERCENTAGE, july))
    assert found.was.value == found.now.value
    assert found.is_visible

    plain = PERCENTAGE.replace("fraction", "value")
    assert not revision((plain, june), (plain, july)).is_visible


def test_the_status_of_a_figure_is_no_other_print() -> None:
    found = revision((toml("x number"), of_june(value="5 [p]")), (toml("x number"), of_june(value="5 [r]")))
    assert (found.is_visible, found.is_marked, found.was_provisional) == (False, True, True)


@pytest.mark.parametrize(
    ("june", "july", "printed"),
    [
        (5, 6, "revised"),
        (5, "6 [p]", "provisional"),
        (5, "6 [r]", "revised"),
        (5.001, "5 [r]", ""),
        (5.001, "5 [e]", "estimated"),
        (5.001, 5, ""),
        (5, "[x]", ""),
    ],
)
def test_a_figure_is_revised_where_it_prints_otherwise_and_has_no_other_status(
    june: float, july: float | str, printed: str
) -> None:
    found = compared((toml("x number"), of_june(value=june)), (toml("x number"), of_june(value=july))).timelines["x"]

    assert found.at(JUNE).status.value == printed
    assert (found.at(JUNE).value is None) == (july == "[x]")
    assert list(found.revisions) == ([JUNE] if june == 5 else [])
    assert list(found.restated) == [JUNE]


def test_a_mark_that_hides_a_figure_is_a_revision_without_changed_entries() -> None:
    earlier = unread(toml("x number"), of_june(value=5), period="Jun 23")
    marks = {("x", JUNE, Part.VALUE): Mark(State.UNRELIABLE, cell=CellRef("Marks", 2, 1))}
    workbook, folder = unread(toml("x number"), of_june(value=5), marks=marks)
    known = [Earlier(*earlier, compute_figures(*earlier))]
    found = with_revisions(compute_figures(workbook, folder), workbook, folder, known).timelines["x"].restated[JUNE]

    assert (found.now.state, found.cause, found.changes) == (State.UNRELIABLE, Cause.FIGURES, ())


# Series that carry


CARRIED = toml('x percentage denominator = "a"', series='[[series]]\nid = "a"\ntitle = "Series a"\ncarry = true\n')


def test_a_change_of_a_series_that_carries_has_its_title() -> None:
    indicators = toml('x percentage denominator = "a"', series=AB.replace('a"\n[', 'a"\ncarry = true\n[', 1))
    parts = {"x numerator": {"Jun 23": 1, "Jul 23": 1}}
    found = revision(
        (indicators, {**parts, "a value": {"May 23": 4}}), (indicators, {**parts, "a value": {"May 23": 5}})
    )

    assert found.cause is Cause.SERIES
    assert [(change.name, change.period.label, change.series) for change in found.changes] == [
        ("a", "May 23", "Series a")
    ]


def test_a_figure_that_a_series_and_a_count_of_its_own_have_moved_has_changed_itself() -> None:
    june = {"x numerator": {"Jun 23": 1}, "a value": {"Jun 23": 4}}
    july = {"x numerator": {"Jun 23": 2}, "a value": {"Jun 23": 5}}
    found = revision((CARRIED, june), (CARRIED, july))

    assert found.cause is Cause.FIGURES
    assert [change.series for change in found.changes] == ["", "Series a"]


# Definitions


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ('percentage denominator = "a"', 'percentage denominator = "b"'),
        ('percentage denominator = "b"', 'percentage denominator = "y/denominator"'),
        ('percentage denominator = "y/numerator"', 'percentage denominator = "y/denominator"'),
        ('average denominator = "a"', 'percentage denominator = "a"'),
        ('rate denominator = "a", per = 1000', 'rate denominator = "a", per = 10000'),
    ],
)
def test_a_figure_that_only_its_definition_moves_says_so(then: str, now: str) -> None:
    numbers = {"x numerator": 1, "a value": 4, "b value": 8, "y numerator": 5, "y denominator": 10}
    rows = {name: {"Jun 23": number} for name, number in numbers.items()}
    found = revision(*((toml(f"x {indicator}", "y percentage", series=AB), rows) for indicator in (then, now)))

    assert (found.cause, found.changes) == (Cause.DEFINITION, ())


def test_a_definition_that_reaches_another_indicator_says_so_of_both() -> None:
    rows: Rows = {"y numerator": {"Jun 23": 1}, "y denominator": {"Jun 23": 10}, "x denominator": {"Jun 23": 2}}
    then, now = (toml('x average numerator = "y/value"', f"y rate per = {per}") for per in (100, 1000))

    for name in ("x", "y"):
        found = revision((then, rows), (now, rows), name)
        assert (found.cause, found.changes) == (Cause.DEFINITION, ())


# Names that an indicator had


def test_an_indicator_under_another_name_is_defined_as_before_and_so_are_those_that_refer_to_it() -> None:
    links = 'x average numerator = "{0}/value"', 'z average numerator = "x/value"'
    then = toml(*(link.format("old") for link in links), "old number")
    now = toml(*(link.format("new") for link in links), 'new number formerly = ["old"]')
    denominators = {"x denominator": {"Jun 23": 2}, "z denominator": {"Jun 23": 2}}
    june = (then, {**denominators, "old value": {"Jun 23": 4}})
    july = (now, {**denominators, "new value": {"Jun 23": 6}})

    for name in ("new", "x", "z"):
        found = revision(june, july, name)
        assert (found.cause, cells(found)) == (Cause.FIGURES, [("new", "Data!C4", "Data!C4")])


def test_entries_of_an_indicator_that_refers_to_another_name_may_come_and_go() -> None:
    links = 'x average numerator = "{0}/value"', 'z average numerator = "x/value"'
    then = toml(*(link.format("old") for link in links), "old number")
    now = toml(*(link.format("new") for link in links), 'new number formerly = ["old"]')
    june = {"old value": {"Jun 23": 4}, "x value": {"Jun 23": 4}, "z value": {"Jun 23": 3}}
    july = {"new value": {"Jun 23": 4}, "x denominator": {"Jun 23": 2}, "z denominator": {"Jun 23": 2}}
    found = compared((then, june), (now, july)).timelines

    for name in ("x", "z"):
        restated = found[name].restated[JUNE]
        assert (restated.cause, (name, "", f"Data!C{'xz'.index(name) + 3}") in cells(restated)) == (Cause.FIGURES, True)


# What is not compared


@pytest.mark.parametrize("rows", [of_june(numerator=1, denominator=4), of_june(value=25), of_june(value="[x]")])
def test_figures_that_are_the_same_are_no_revisions(rows: Rows) -> None:
    assert compared((PERCENTAGE, rows), (PERCENTAGE, rows)).timelines["x"].restated == {}


def test_a_figure_that_was_missing_has_not_changed() -> None:
    number = toml("x number")
    assert compared((number, of_june(value="[x]")), (number, of_june(value=5))).timelines["x"].restated == {}


def test_figures_after_the_newest_that_a_report_showed_are_not_compared() -> None:
    number = toml("x number")
    june, july = ({"x value": {"Jun 23": 5, "Jul 23": number}} for number in (6, 7))
    assert compared((number, june), (number, july)).timelines["x"].restated == {}


def test_an_indicator_that_is_new_is_not_compared() -> None:
    june, july = of_june(value=5), {**of_june(value=5), "y value": {"Jun 23": 6}}
    assert compared((toml("x number"), june), (toml("x number", "y number"), july)).timelines["y"].restated == {}


@pytest.mark.parametrize("life", ["from = 2023-07-01", "until = 2023-05-31"])
def test_a_figure_outside_either_life_is_not_compared(life: str) -> None:
    alive, dead = toml("x number", "y number"), toml(f"x number {life}", "y number")
    june, july = ({**of_june(value=number), "y value": {"Jun 23": 1}} for number in (5, 6))

    assert compared((alive, june), (dead, july)).timelines["x"].restated == {}
    assert compared((dead, june), (alive, july)).timelines["x"].restated == {}


def test_figures_of_another_kind_of_period_are_not_compared() -> None:
    then, now = toml("x number", "y number"), toml('x number frequency = "quarter"', "y number")
    june = {**of_june(value=5), "y value": {"Jun 23": 1}}
    july = {"x value": {"Q1 23/24": 6}, "y value": {"Jun 23": 1}}

    assert compared((then, june), (now, july)).timelines["x"].restated == {}


def test_a_period_without_any_figures_now_is_not_compared() -> None:
    number = toml("x number")
    assert compared((number, of_june(value=5)), (number, {"x value": {"Jul 23": 5}})).timelines["x"].restated == {}


# Which report printed it


def test_revised_is_what_the_first_report_that_printed_it_gave_otherwise() -> None:
    number = toml("x number")
    workbook, folder = unread(number, {"x value": {"May 23": 7, "Jun 23": 8, "Jul 23": 9}})
    may = unread(number, {"x value": {"May 23": 5}}, period="May 23")
    june = unread(number, {"x value": {"May 23": 7, "Jun 23": "6 [p]"}}, period="Jun 23")
    known = [Earlier(*each, compute_figures(*each)) for each in (june, may)]
    found = with_revisions(compute_figures(workbook, folder), workbook, folder, known).timelines["x"]

    assert [(period.label, each.reported.label, each.was.value) for period, each in found.revisions.items()] == [
        ("May 23", "May 23", 5)
    ]
    assert [(period.label, each.was.value) for period, each in found.restated.items()] == [("Jun 23", 6)]
    assert [figure.status.value for figure in found.last(3, found.now)] == ["revised", "", ""]


def test_a_report_that_did_not_show_a_period_has_not_printed_it() -> None:
    number = toml("x number")
    workbook, folder = unread(number, {"x value": {"May 23": 7, "Jun 23": 8}})
    june = unread(number, {"x value": {"May 23": 5, "Jun 23": 8}}, period="Jun 23", offsets={"month": [0]})
    known = [Earlier(*june, compute_figures(*june))]
    found = with_revisions(compute_figures(workbook, folder), workbook, folder, known).timelines["x"]

    assert (list(found.restated), found.revisions) == ([JUNE.shift(-1)], {})
