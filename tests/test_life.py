"""An indicator has a life, and a definition that may change.

Outside the one nothing is missing; across the other nothing is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.wording import cumulative_text
from cpreport.model.document import Note, Table, plain
from cpreport.model.errors import InputError
from cpreport.model.figure import Direction
from cpreport.model.finding import Severity
from cpreport.model.period import Kind, Period, containing
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .example_month import DATA, INDICATORS, TEMPLATE, Rows, Shown
from .test_figures import direction, printed, toml
from .workbooks import computed, data_of, directions, texts, told, write_report, write_workbook

HEAD = ["Indicator", "Figure", "Jul 22", "Apr 23", "May 23", "Jun 23", "Jul 23"]
OLD = ["old", "value", 1, 3, 4, 5, 6]
X = ["x", "value", 11, 13, 14, 15, 16]
OF_X = {"Jul 22": 11, "Apr 23": 13, "May 23": 14, "Jun 23": 15, "Jul 23": 16}


def two(keys: str = "") -> str:
    """An indicator `old` that lives for ever, and `x` with further keys, separated by commas."""
    return toml("old number", f"x number {keys}")


def changed_on(day: str, note: str = "counted anew", comparable: bool = False) -> str:
    return f'[[indicators.changes]]\ndate = {day}\nnote = "{note}"\ncomparable = {str(comparable).lower()}\n'


def printed_periods(month: Month, indicator: str) -> list[str]:
    printed = texts(month, indicator)
    return [printed[period] for period in ("Jul 22", "May 23", "Jun 23", "Jul 23")]


def tables_and_notes(month: Month) -> list[str]:
    """The captions of the first section's tables and the notes under them."""
    blocks = month.report.sections[0].blocks
    return [
        plain(block.text) if isinstance(block, Note) else block.caption
        for block in blocks
        if isinstance(block, Note | Table)
    ]


# The life of an indicator


def test_a_new_indicator_prints_new_before_its_life_and_builds_strictly(tmp_path: Path) -> None:
    month = data_of(tmp_path, [HEAD, OLD, ["x", "value", None, None, None, 7, 8]], two("from = 2023-06-01"))

    assert told(month.findings) == []
    assert printed_periods(month, "x") == ["new", "new", "7", "8"]
    assert directions(month, "x") == {"Jul 23": "up"}
    assert build_report(month, strict=True)


def test_an_indicator_that_has_not_begun_has_no_findings(tmp_path: Path) -> None:
    month = data_of(tmp_path, [HEAD, OLD], two("from = 2023-09-01"))

    assert told(month.findings) == []
    assert printed_periods(month, "x") == ["new"] * 4


def test_in_its_life_a_figure_may_still_be_missing(tmp_path: Path) -> None:
    month = data_of(tmp_path, [HEAD, OLD, ["x", "value", None, None, None, 7, None]], two("from = 2023-06-01"))

    assert told(month.findings) == [("data.missing-figure", "Data!G3")]
    assert told(data_of(tmp_path / "2", [HEAD, OLD], two("from = 2023-06-01")).findings) == [
        ("data.indicator-without-data", "care")
    ]


@pytest.mark.parametrize("row", [["x", "value", 11, 13, 14, None, None], [None]])
def test_an_ended_indicator_leaves_its_table_and_builds_strictly(tmp_path: Path, row: list[object]) -> None:
    month = data_of(tmp_path, [HEAD, OLD, row], two("until = 2023-05-31"))

    assert told(month.findings) == []
    assert [row.indicator for row in month.rows() if not row.comparator] == ["old"] * 4
    assert build_report(month, strict=True)


def test_an_indicator_stays_in_its_table_to_the_last_period_that_its_life_touches(tmp_path: Path) -> None:
    month = data_of(tmp_path, [HEAD, OLD, X], two("until = 2023-07-01"))

    assert printed_periods(month, "x") == ["11", "14", "15", "16"]


def test_a_table_of_which_all_indicators_have_ended_is_left_out(tmp_path: Path) -> None:
    indicators = toml("old number", "q number frequency = 'quarter', until = 2023-03-31")
    some = data_of(tmp_path / "some", [HEAD, OLD], indicators)
    none = data_of(tmp_path / "none", [HEAD, OLD], toml("old number until = 2023-05-31"))

    assert "month end July 2023" in tables_and_notes(some)[0] and told(some.findings) == []
    assert not any(isinstance(block, Table) for block in none.report.sections[0].blocks)
    assert none.rows() == [] and [code for code, _ in told(none.findings)] == ["data.outside-life"]
    assert build_report(none)


def test_figures_outside_a_life_are_told_once_a_row_and_not_used(tmp_path: Path) -> None:
    keys = "from = 2023-05-10, until = 2023-06-30"
    rows: Rows = [HEAD, OLD, ["x", "numerator", 1, 1, 1, 2, 1], ["x", "denominator", 4, None, 4, 4, "[z]"]]
    indicators = toml("old number", f"x percentage {keys}")
    month = data_of(tmp_path, rows, indicators)

    assert told(month.findings) == [("data.outside-life", "Data!C3"), ("data.outside-life", "Data!C4")]
    assert {finding.severity for finding in month.findings} == {Severity.NOTE}
    assert month.findings[0].message == (
        "x Jul 22: the figures of the numerator are not used, because x is reported from 10 May 2023 only"
    )
    figures = month.figures.timelines["x"].figures
    assert [(period.label, figure.state.value) for period, figure in figures.items()][-4:] == [
        *(("Apr 23", "new"), ("May 23", "present"), ("Jun 23", "present"), ("Jul 23", "no longer reported"))
    ]


def test_an_ended_indicator_gives_its_numbers_to_nobody(tmp_path: Path) -> None:
    indicators = toml("x percentage until = 2023-03-31", "far percentage denominator = 'x/denominator'")
    rows: Rows = [
        HEAD,
        ["x", "numerator", 2, None, None, None, None],
        ["x", "denominator", 10, 10, 10, 10, 10],
        ["far", "numerator", 1, 2, 3, 4, 5],
    ]
    month = data_of(tmp_path, rows, indicators)

    assert ("data.outside-life", "Data!D3") in told(month.findings)
    assert printed_periods(month, "far") == ["10.0%", "no data", "no data", "no data"]


@pytest.mark.parametrize("typed", [-1, 1.5, Shown(0.12, "0%"), 1100])
def test_whatever_stands_outside_a_life_is_that_note_alone(tmp_path: Path, typed: object) -> None:
    row = ["x", "value", typed, None, None, 15, 16]

    assert told(data_of(tmp_path, [HEAD, OLD, row], two("from = 2023-06-01")).findings) == [
        ("data.outside-life", "Data!C3")
    ]


def test_a_row_that_is_wholly_outside_a_life_may_be_of_another_frequency(tmp_path: Path) -> None:
    indicators = toml("old number", "q number frequency = 'quarter', until = 2022-06-30")
    month = data_of(tmp_path, [HEAD, OLD, ["q", "value", 1, 3, None, None, None]], indicators)

    assert told(month.findings) == [("data.outside-life", "Data!C3")]


def test_nothing_outside_a_life_is_held_against_anything(tmp_path: Path) -> None:
    subset = '\n[[subsets]]\npart = "x/numerator"\nwhole = "old"\n'
    codes = [code for code, _ in told(data_of(tmp_path, [HEAD, OLD, X], two("from = 2023-08-01") + subset).findings)]

    assert codes == ["data.outside-life"]


def test_the_year_to_date_begins_with_a_life() -> None:
    given = {"x value": {"Apr 23": 3, "May 23": 4, "Jun 23": 5}}
    year = "cumulative = 'financial-year'"

    assert year_to_date(f"{year}", given) == "12 (to Jun 23)"
    assert year_to_date(f"{year}, from = 2023-05-01", given) == "9 (from May 23 to Jun 23)"
    assert year_to_date(f"{year}, from = 2023-08-01", given) == "new"


def year_to_date(keys: str, given: Mapping[str, Mapping[str, float]], more: str = "") -> str:
    timeline = computed(toml(f"x number {keys}") + more, given).timelines["x"]
    assert timeline.cumulative
    return cumulative_text(timeline.indicator, timeline.cumulative)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(Kind))
def test_a_day_is_in_the_period_that_contains_it(day: date, kind: Kind) -> None:
    period = containing(kind, day)

    assert period.shift(-1).end < day <= period.end
    assert period.start <= day or (kind is Kind.TERM and day.month == 8)


# Changes of a definition


def test_no_direction_crosses_a_change_that_is_not_comparable() -> None:
    figures = computed(toml("x number") + changed_on("2023-06-15"), {"x value": OF_X})
    kept = computed(toml("x number") + changed_on("2023-06-15", comparable=True), {"x value": OF_X})

    found = [direction(figures, "x", period) for period in ("May 23", "Jun 23", "Jul 23")]
    assert found == [Direction.UP, Direction.NOT_COMPARABLE, Direction.UP]
    assert direction(kept, "x", "Jun 23") is Direction.UP
    assert printed(figures, "x", "Jun 23") == "15"


@pytest.mark.parametrize("comparable", [True, False])
def test_the_note_of_a_change_stands_under_tables_that_show_both_sides(tmp_path: Path, comparable: bool) -> None:
    changes = changed_on("2023-09-01", "later") + changed_on("2022-11-01", "b", comparable)
    changes += changed_on("2022-07-31", "earlier") + changed_on("2022-08-01", "a", comparable)
    month = data_of(tmp_path, [HEAD, X], toml("x number", series=changes))

    assert tables_and_notes(month)[1:3] == ["X, from Aug 22: a", "X, from Nov 22: b"]
    assert not [note for note in tables_and_notes(month) if "earlier" in note or "later" in note]


def test_the_year_to_date_begins_anew_where_the_series_breaks() -> None:
    given = {"x value": {"Apr 23": 3, "May 23": 4, "Jun 23": 5, "Jul 23": 6}}
    year = "cumulative = 'financial-year'"

    assert year_to_date(year, given, changed_on("2023-06-15")) == "11 (from Jun 23)"
    assert year_to_date(year, given, changed_on("2023-06-15", comparable=True)) == "18"
    assert year_to_date(year, given, changed_on("2023-04-01")) == "18"


# Templates


def said(folder: Path, text: str, change: str = "", keys: str = "") -> str:
    """What a section's template makes of a text, or why it is refused."""
    indicators = toml(f"x number {keys}") + change
    report = write_report(folder, indicators, care=f"{TEMPLATE}\n\n{text}\n")
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": [HEAD, X]}))
    if month.errors:
        return month.errors[0].message
    return plain(month.report.sections[0].blocks[-1].text)  # type: ignore[union-attr]


ACROSS = changed_on("2023-07-10")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ('indicator("x").previous', "not comparable"),
        ('indicator("x").previous.value', "not comparable"),
        ('indicator("x").year_ago.count', "not comparable"),
        ('indicator("x").now', "16"),
        ('indicator("x").at("Jun 23")', "15"),
        ('indicator("x").mean(1).value', "16"),
    ],
)
def test_a_figure_of_before_a_change_is_not_put_beside_the_newest(tmp_path: Path, expression: str, words: str) -> None:
    assert said(tmp_path, f"{{{{ {expression} }}}}", ACROSS) == words


def test_a_template_may_ask_whether_there_is_anything_to_compare_with(tmp_path: Path) -> None:
    text = '{% if indicator("x").previous.value %}compared{% else %}alone{% endif %}'

    assert said(tmp_path / "1", text, ACROSS) == "alone"
    assert said(tmp_path / "2", text) == "compared"


@pytest.mark.parametrize(
    "expression",
    ["change()", 'change(since="Jul 22")', "mean(2)", "peak(2)", "low(13)"],
)
def test_nothing_is_computed_across_a_change(tmp_path: Path, expression: str) -> None:
    text = f'{{{{ indicator("x").{expression} }}}}'

    assert "x is not comparable from Jul 23 onwards with earlier periods" in said(tmp_path / "1", text, ACROSS)
    assert "not comparable" not in said(tmp_path / "2", text, changed_on("2023-07-10", comparable=True))


def test_a_change_between_two_columns_breaks_as_well(tmp_path: Path) -> None:
    assert "not comparable from Jan 23 on" in said(
        tmp_path, '{{ indicator("x").change(since="Jul 22") }}', changed_on("2023-01-01")
    )


@pytest.mark.parametrize(
    ("expression", "words"),
    [("previous", "new"), ("year_ago.value", "new"), ('at("Apr 23")', "new"), ("now.direction", "not compared")],
)
def test_figures_before_a_life_are_new_in_templates_too(tmp_path: Path, expression: str, words: str) -> None:
    head = [heading for heading in HEAD if heading != "Jul 22"]
    report = write_report(tmp_path, toml("x number from = 2023-07-01"), care=f'{{{{ indicator("x").{expression} }}}}')
    (report / "report.toml").write_text((report / "report.toml").read_text() + "[periods]\nmonth = [-1, 0]\n")
    rows = [head, ["x", "value", None, None, None, 16]]
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": rows}))

    assert {finding.code for finding in month.findings} <= {"template.no-figure"}
    assert plain(month.report.sections[0].blocks[0].text) == words  # type: ignore[union-attr]


# What indicators.toml may say


@pytest.mark.parametrize(
    ("keys", "changes", "words"),
    [
        ("from = 2023-06-01, until = 2023-05-31", "", "from (2023-06-01) is after until (2023-05-31)"),
        ("from = 2023-06-01", changed_on("2023-05-31"), "the change of 2023-05-31 is not between from and until"),
        ("until = 2023-06-01", changed_on("2023-06-02"), "the change of 2023-06-02 is not between from and until"),
        ("", changed_on("2023-06-01") * 2, "two changes have the same date"),
        ("from = '2023-06-01'", "", "from = '2023-06-01'"),
        ("", "[[indicators.changes]]\ndate = 2023-06-01\n", "note"),
    ],
)
def test_days_must_fit_each_other(tmp_path: Path, keys: str, changes: str, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        data_of(tmp_path, [HEAD, X], toml(f"x number {keys}") + changes)

    [finding] = refusal.value.findings
    assert words in finding.message and finding.place.file == "indicators.toml"


def test_a_life_may_be_a_day(tmp_path: Path) -> None:
    month = data_of(tmp_path, [HEAD, OLD, X], two("from = 2023-07-31, until = 2023-07-31"))

    assert printed_periods(month, "x") == ["new", "new", "new", "16"]


@given(st.integers(-30, 30), st.integers(0, 30), st.integers(-30, 30))
def test_a_period_is_in_a_life_if_any_day_of_it_is(start: int, length: int, offset: int) -> None:
    july = Period(Kind.MONTH, 2023 * 12 + 6)
    first, last = july.shift(start), july.shift(start + length)
    keys = f"from = {first.end}, until = {last.start}" if length else f"from = {first.start}"
    indicator = computed(toml(f"x number {keys}"), {}).timelines["x"].indicator

    assert indicator.lives_in(july.shift(offset)) is (start <= offset and (not length or offset <= start + length))


def test_an_end_does_not_reach_an_indicator_that_refers_to_the_value(tmp_path: Path) -> None:
    derived = '[[indicators]]\nid = "derived"\ntitle = "D"\nmeasure = "average"\nnumerator = "moves"\n'
    ended = INDICATORS.replace('title = "Moves"', 'title = "Moves"\nuntil = 2023-06-30') + derived
    rows = [*DATA, ["derived", "denominator", "D", 10, 10, 10, None]]
    month = load_workbook(write_workbook(write_report(tmp_path, ended) / "july-2023.xlsx", {"Data": rows}))

    assert texts(month, "derived")["Jul 23"] == "no data"
    missing = [finding.message for finding in month.findings if finding.code == "data.missing-figure"]
    assert missing == ["derived Jul 23: the numerator is missing"]


def test_what_cannot_be_compared_is_told_so_and_not_called_missing(tmp_path: Path) -> None:
    changed = toml("x number") + "[[indicators.changes]]\ndate = 2023-07-01\nnote = 'n'\ncomparable = false\n"
    report = write_report(tmp_path, changed, care='{{ indicator("x").previous }}')
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": [HEAD, X]}))
    (finding,) = (finding for finding in month.findings if finding.code == "template.no-figure")

    assert finding.message == "x Jun 23 cannot be compared with Jul 23, so the text says 'not comparable' instead"
    assert (finding.place.indicator, finding.place.period) == ("x", "Jun 23")
