"""Figures over time: what carries, which periods a table shows, what is due, and an old month made again."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.compose.tables import indicator_tables
from cpreport.compose.values import IndicatorValue, find_indicator
from cpreport.compose.wording import cumulative_text
from cpreport.model.document import Note, RowKind, Table, plain
from cpreport.model.errors import InputError
from cpreport.model.figure import Amount, Benchmark, CellRef, Direction, Entry, Mark, Stance, State, Status, peak
from cpreport.model.folder import Comparator, ReportFolder, SectionPlan
from cpreport.model.indicator import Part
from cpreport.model.number import rounded
from cpreport.model.period import Period, Term, month
from cpreport.model.period_text import parse_period
from cpreport.model.timeline import Figures, plan_tables
from cpreport.pipeline import Month, load_workbook

from .example_month import NAME, TEMPLATE, Rows
from .examples import examples
from .test_figures import printed, toml
from .workbooks import computed, data_of, directions, month_of, texts, told, unread, write_report, write_workbook

JULY = month(2023, 7)
HIDDEN = Mark(State.CONFIDENTIAL)


def value_of(figures: Figures, name: str) -> IndicatorValue:
    return find_indicator(name, figures, ReportFolder("", (), {}, {}))


def series(*names: str, carry: bool) -> str:
    return "".join(f'[[series]]\nid = "{n}"\ntitle = "{n}"\ncarry = {str(carry).lower()}\n' for n in names)


def columns(figures: Figures, section: str = "care") -> list[list[str]]:
    return [[period.label for period in plan.periods] for plan in figures.tables[section]]


def cumulative(figures: Figures, name: str) -> str:
    timeline = figures.timelines[name]
    assert timeline.cumulative
    return cumulative_text(timeline.indicator, timeline.cumulative)


# What carries

WHOLLY_CARRIED = toml(
    'pop number numerator = "s"',
    'share percentage numerator = "s",denominator = "t",cumulative = "financial-year"',
    'again number numerator = "pop"',
    'part rate numerator = "share/numerator",denominator = "t"',
)
PEAK = {"s value": {"Jan 23": 100, "Mar 23": 90}}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("peak(12).value", "100"),
        ("peak(7).period", "Feb 23"),
        ("low(7).period", "Jul 23"),
        ("mean(7).value", "93"),
        ('at("Feb 23").value', "100"),
        ('change("Feb 23")', "-10"),
        ('at("Mar 23").direction', "down"),
    ],
)
def test_a_carried_entry_holds_for_periods_that_are_not_shown(tmp_path: Path, expression: str, text: str) -> None:
    indicators = toml('pop number numerator = "s"', "n number", series=series("s", carry=True))
    write_report(tmp_path, indicators, care=f'{{{{ indicator("pop").{expression} }}}}')
    data = [
        ["Indicator", "Figure", "Jan 23", "Mar 23", "Jul 23"],
        ["s", "value", 100, 90, None],
        ["n", "value", 1, 2, 3],
    ]
    found = load_workbook(write_workbook(tmp_path / NAME, {"Data": data}))

    assert [plain(block.text) for block in found.report.sections[0].blocks] == [text]  # type: ignore[union-attr]


def test_nothing_is_carried_back_nor_out_of_a_life() -> None:
    figures = computed(toml('pop number numerator = "s",from = 2023-02-01', series=series("s", carry=True)), PEAK)

    assert min(p for p, f in figures.timelines["pop"].figures.items() if f.value is not None) == parse_period("Feb 23")
    assert printed(figures, "pop", "Jan 23") == "new"


def test_entries_that_carry_make_no_figures_beside_rows_that_do_not() -> None:
    indicators = toml('share percentage denominator = "s"', series=series("s", carry=True))
    figures = computed(indicators, {"share numerator": {"Jan 23": 5, "Apr 23": 6}, **PEAK}, offsets={"month": [0]})

    there = [period.label for period, figure in figures.timelines["share"].figures.items() if figure.value is not None]
    assert there == ["Jan 23", "Apr 23"]


amounts = st.dictionaries(st.integers(-14, 0), st.integers(0, 9), min_size=1)
"""Entries by the months that they are before July 2023."""


def by_month(entries: Mapping[int, int]) -> dict[str, float | str]:
    return {JULY.shift(at).label: number for at, number in sorted(entries.items())}


def filled(entries: Mapping[int, int]) -> dict[int, int]:
    """An entry for each month, as it holds until the next one."""
    return {at: entries[max(k for k in entries if k <= at)] for at in range(min(entries), 1)}


@examples(30)
@given(amounts, amounts)
def test_what_carries_is_as_entered_for_each_period(s: dict[int, int], t: dict[int, int]) -> None:
    carried = computed(WHOLLY_CARRIED + series("s", "t", carry=True), {"s value": by_month(s), "t value": by_month(t)})
    given = {"s value": by_month(filled(s)), "t value": by_month(filled(t))}
    entered = computed(WHOLLY_CARRIED + series("s", "t", carry=False), given)

    def all_of(figures: Figures, name: str) -> list[object]:
        timeline = figures.timelines[name]
        found = [timeline.at(JULY.shift(-back)) for back in range(15)]
        ways = [timeline.directions.get(figure.period, Direction.NOT_COMPARED) for figure in found]
        return [(f.state, f.value, f.count if f.value is not None else None) for f in found] + ways

    for name in entered.timelines:
        assert all_of(carried, name) == all_of(entered, name)
    assert cumulative(carried, "share") == cumulative(entered, "share")


@examples(30)
@given(amounts, st.integers(1, 15))
def test_peaks_means_and_changes_are_those_of_the_series(entries: dict[int, int], n: int) -> None:
    figures = computed(WHOLLY_CARRIED + series("s", "t", carry=True), {"s value": by_month(entries)})
    numbers, value = filled(entries), value_of(figures, "again")
    last = {at: numbers[at] for at in range(1 - n, 1) if at in numbers}

    highest = max(last, key=lambda at: (last[at], at))
    lowest = min(last, key=lambda at: (last[at], -at))
    assert (str(value.peak(n).value), str(value.peak(n).period)) == (str(last[highest]), JULY.shift(highest).label)
    assert (str(value.low(n).value), str(value.low(n).period)) == (str(last[lowest]), JULY.shift(lowest).label)
    assert str(value.change(JULY.shift(min(last)).label)) == str(numbers[0] - last[min(last)])
    if len(last) == n:
        assert str(value.mean(n).value) == rounded(Fraction(sum(last.values()), n), 0)


# The kind of a year, and the period of a report


@pytest.mark.parametrize("reference", ['numerator = "s"', 'numerator = "own"'])
@pytest.mark.parametrize("carry", [True, False])
def test_years_by_reference_are_of_the_kind_that_the_rows_have(reference: str, carry: bool) -> None:
    yearly = 'frequency = "year"'
    indicators = toml(f"x number {yearly},{reference}", f'own number {yearly},numerator = "s"')
    figures = computed(indicators + series("s", carry=carry), {"s value": {"2020": 5, "2021": 6, "2022": 7}})

    assert columns(figures) == [["2020", "2021", "2022"]]
    assert [printed(figures, "x", year) for year in ("2020", "2021", "2022")] == ["5", "6", "7"]


@pytest.mark.parametrize(("carry", "codes"), [(False, ["data.two-kinds-of-year"]), (True, [])])
def test_a_series_of_both_kinds_of_year_is_an_error_unless_it_carries(
    tmp_path: Path, carry: bool, codes: list[str]
) -> None:
    rows = [["Indicator", "Figure", "2021/22", "2022", "2022/23"], ["s", "value", 5, 6, 7]]
    indicators = toml('x number frequency = "year",numerator = "s"', series=series("s", carry=carry))

    assert [finding.code for finding in data_of(tmp_path, rows, indicators).errors] == codes


def test_a_carried_population_does_not_say_of_what_kind_years_are() -> None:
    indicators = toml('x percentage frequency = "year",denominator = "s"', series=series("s", carry=True))
    figures = computed(indicators, {"x numerator": {"2022/23": 3}, "s value": {"2021": 10}})

    assert columns(figures) == [["2020/21", "2021/22", "2022/23"]]
    assert printed(figures, "x", "2022/23") == "30.0%"


@pytest.mark.parametrize("carry", [True, False])
def test_a_report_whose_figures_are_all_in_series_is_of_their_newest_month(tmp_path: Path, carry: bool) -> None:
    indicators = toml('x rate numerator = "s",denominator = "t"', series=series("s", "t", carry=carry))
    rows: Rows = [
        ["Indicator", "Figure", "May 23", "Jun 23", "Jul 23"],
        ["s", "value", 3, 4, None],
        ["t", "value", 1000, 1000, 1000],
    ]
    found = data_of(tmp_path, rows, indicators, "book.xlsx")

    assert found.workbook.period.label == "Jun 23"
    assert told(found.findings) == []
    assert texts(found, "x")["Jun 23"] == "40.0"


# The columns of a table

QUARTERLY = 'number frequency = "quarter"'


def with_sections(indicators: str, given: Mapping[str, Mapping[str, float | str]], *sections: Sequence[str]) -> Figures:
    workbook, folder = unread(indicators, given, offsets={"quarter": [-1, 0]})
    plans = tuple(SectionPlan(f"s{n}", "", "", indicators=tuple(names)) for n, names in enumerate(sections))
    return compute_figures(workbook, replace(folder, sections=plans))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_lag_of_a_table_is_that_of_its_own_indicators(order: tuple[int, int]) -> None:
    sections = [["late"], ["early", "late"]]
    given = {"late value": {"Q3 22/23": 14, "Q4 22/23": 15}, "early value": {"Q4 22/23": 5, "Q1 23/24": 6}}
    indicators = toml(f"early {QUARTERLY}", f"late {QUARTERLY},lag = 1")
    figures = with_sections(indicators, given, *(sections[at] for at in order))
    alone, together = (f"s{order.index(at)}" for at in (0, 1))

    assert columns(figures, alone) == [["Oct-Dec 22/23 Q3", "Jan-Mar 22/23 Q4"]]
    assert columns(figures, together) == [["Jan-Mar 22/23 Q4", "Apr-Jun 23/24 Q1"]]
    _, folder = unread(indicators, given, offsets={"quarter": [-1, 0]})
    (by_itself,) = plan_tables(["late"], figures.versions, folder)
    assert by_itself.periods[-1].label == "Jan-Mar 22/23 Q4"
    assert str(value_of(figures.as_in(alone), "late").now) == "15"
    assert str(value_of(figures.as_in(together), "late").now) == "not due yet"


def test_a_list_of_some_indicators_is_a_table_of_its_own(tmp_path: Path) -> None:
    indicators = toml(f"early {QUARTERLY}", f"late {QUARTERLY},lag = 1")
    write_report(tmp_path, indicators, care='{{ indicator_table(["late"]) }}')
    rows = [["Indicator", "Figure", "Q4 22/23", "Q1 23/24", "Jul 23"], ["late", "value", 15], ["early", "value", 5, 6]]
    about = [["Key", "Value"], ["Reporting period", "Jul 23"]]
    found = load_workbook(write_workbook(tmp_path / NAME, {"About": about, "Data": rows}))

    table, note = found.report.sections[0].blocks
    assert isinstance(table, Table) and plain(table.headings[-1].lines[0]) == "Jan-Mar 22/23 Q4"
    assert isinstance(note, Note) and plain(note.text) == "No benchmarks for these indicators: SN."


lags = st.lists(st.tuples(st.integers(0, 4), st.sets(st.integers(-6, 3))), min_size=1, max_size=3)
"""Indicators: their lag, and the quarters that they have figures of, counted from the newest that has ended."""


@examples(40)
@given(lags)
def test_a_table_ends_with_the_newest_quarter_that_is_due_or_has_a_figure(some: list[tuple[int, set[int]]]) -> None:
    newest = parse_period("Q1 23/24")
    indicators = toml(*(f"x{n} {QUARTERLY},lag = {lag}" for n, (lag, _) in enumerate(some)))
    given: dict[str, dict[str, float | str]] = {
        f"x{n} value": {newest.shift(at).label: 5 for at in there} for n, (_, there) in enumerate(some)
    }
    figures = computed(indicators, given)

    shown = max(-min(lag for lag, _ in some), *(at for _, there in some for at in (*there, -99) if at <= 0))
    assert figures.tables["care"][0].periods[-1] == newest.shift(shown)
    for n, (lag, there) in enumerate(some):
        for at in range(shown - 3, shown + 1):
            wanted = "5" if at in there else "no data" if at <= -lag else "not due yet"
            assert printed(figures, f"x{n}", newest.shift(at).label) == wanted


def test_a_marker_that_is_there_early_is_shown_and_a_blank_is_not() -> None:
    one = computed(toml(f"x {QUARTERLY},lag = 1"), {"x value": {"Q4 22/23": 3, "Q1 23/24": "[x]"}})
    none = computed(toml(f"x {QUARTERLY},lag = 1"), {"x value": {"Q4 22/23": 3, "Q1 23/24": ""}})

    assert (one.timelines["x"].now.label, none.timelines["x"].now.label) == ("Apr-Jun 23/24 Q1", "Jan-Mar 22/23 Q4")


@given(st.integers(0, 4), st.integers(-8, 2))
@examples(30)
def test_an_indicator_that_ended_is_shown_until_its_last_period_has_been_due(lag: int, last: int) -> None:
    indicators = toml(f"x number lag = {lag},until = {JULY.shift(last).end}", "y number")
    figures = computed(indicators, {"x value": {JULY.shift(last).label: 5}})

    shown = [timeline.indicator.id for timeline in figures.tables["care"][0].timelines]
    assert shown == (["x", "y"] if last >= -lag else ["y"])
    assert figures.timelines["x"].is_over is (last < -lag)


def test_what_ended_is_looked_at_until_its_last_period_has_been_due(tmp_path: Path) -> None:
    rows = [
        ["Indicator", "Figure", "Apr 23", "May 23", "Jul 23"],
        ["x", "value", 16, None, None],
        ["y", "value", 1, 1, 1],
    ]
    of_may = data_of(tmp_path / "1", rows, toml("x number lag = 2,until = 2023-05-31", "y number"))
    of_april = data_of(tmp_path / "2", rows, toml("x number lag = 2,until = 2023-04-30", "y number"))

    assert texts(of_may, "x") == {
        "Jul 22": "no data",
        "May 23": "no data",
        "Jun 23": "no longer reported",
        "Jul 23": "no longer reported",
    }
    assert told(of_may.findings) == [("data.missing-figure", "Data!D2")]
    assert texts(of_april, "x") == {} and told(of_april.findings) == []


def test_the_stance_is_that_of_the_newest_due_figure() -> None:
    benchmark = Benchmark("x", "SN", Amount(State.PRESENT, Decimal("4")), CellRef("Benchmarks", 2, 3))
    given = {"x value": {"May 23": 3, "Jun 23": 5, "Jul 23": ""}}
    found = [
        compute_figures(*unread(toml(f"x number lag = {lag}"), given, benchmarks=[benchmark])).timelines["x"].stances
        for lag in (0, 1)
    ]

    assert found == [{"SN": Stance.NOT_COMPARABLE}, {"SN": Stance.HIGHER}]


@pytest.mark.parametrize(
    ("decimals", "ours", "theirs", "stance"),
    [
        (1, "91.9", "92.0", Stance.LOWER),
        (0, "91.9", "92.0", Stance.EQUAL),
        (0, "91.5", "92.4", Stance.EQUAL),
        (0, "91.49", "91.5", Stance.LOWER),
        (0, "92.5", "92.4", Stance.HIGHER),
    ],
)
def test_a_stance_is_at_the_decimals_that_the_benchmark_prints_with(
    decimals: int, ours: str, theirs: str, stance: Stance
) -> None:
    benchmark = Benchmark("x", "SN", Amount(State.PRESENT, Decimal(theirs)), CellRef("Benchmarks", 2, 3))
    indicators = toml(f"x average decimals = 2, benchmark_decimals = {decimals}")
    figures = compute_figures(*unread(indicators, {"x value": {"Jul 23": float(ours)}}, benchmarks=[benchmark]))

    assert figures.timelines["x"].stances == {"SN": stance}


def test_a_comparator_that_publishes_nothing_for_a_table_has_no_column_in_it() -> None:
    amounts = {"SN": Amount(State.PRESENT, Decimal("4")), "England": Amount(State.NO_FIGURE)}
    benchmarks = [Benchmark("x", name, amount, CellRef("Benchmarks", 2, 3)) for name, amount in amounts.items()]
    workbook, folder = unread(toml("x number"), {"x value": {"Jul 23": 1}}, benchmarks=benchmarks)
    comparators = tuple(Comparator(name, name, name, False) for name in amounts)
    (plan,) = compute_figures(workbook, replace(folder, comparators=comparators)).tables["care"]

    assert [comparator.id for comparator in plan.comparators] == ["SN"]


def test_a_sentence_that_quotes_an_early_figure_is_right(tmp_path: Path) -> None:
    indicators = toml('pep percentage frequency = "term",lag = 1').replace('"Pep"', '"PEPs up to date"')
    rows = [
        ["Indicator", "Figure", "Autumn Term 22/23", "Spring Term 22/23", "Summer Term 22/23"],
        ["pep", "value", 93.1, 92.2, 95.9],
    ]
    said = "95.9% of PEPs were up to date in the Summer term, up from 92.2% the term before."
    sheets = {
        "About": [["Key", "Value"], ["Reporting period", "Jul 2023"]],
        "Data": rows,
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", said]],
    }
    found = month_of(tmp_path, sheets, indicators)

    assert texts(found, "pep")["Summer Term 22/23"] == "95.9%"
    assert {finding.code for finding in found.findings} <= {"about.period-not-in-data", "narrative.could-be-computed"}


def test_no_table_has_the_number_of_a_confidential_figure_also_where_its_entry_is_carried() -> None:
    indicators = toml(
        'share percentage denominator = "s"', 'pop number numerator = "s"', series=series("s", carry=True)
    )
    given = {"share numerator": {"Jun 23": 41, "Jul 23": 43}, "s value": {"Jan 23": 90, "Mar 23": 91}}
    marks = {("share", JULY, Part.NUMERATOR): HIDDEN, ("s", parse_period("Mar 23"), None): HIDDEN}
    workbook, folder = unread(indicators, given, marks=marks)
    figures = publish(workbook, folder, compute_figures(workbook, folder)).figures

    apart = [plan_tables([name], figures.versions, folder) for name in ("pop", "share")]
    for plans in (figures.tables["care"], *apart):
        for found in (timeline.at(JULY) for plan in plans for timeline in plan.timelines):
            assert (found.state, found.value, found.count) == (State.CONFIDENTIAL, None, None)
    assert peak(figures.timelines["pop"].last(7, JULY)) is None


CARRIED_ON = {"s value": {"Apr 23": 90, "May 23": 91}, "n value": {"Jun 23": 1, "Jul 23": 2}}


@pytest.mark.parametrize("part", [None, Part.VALUE])
def test_a_confidential_mark_of_a_period_hides_the_entry_that_is_carried_there(part: Part | None) -> None:
    indicators = toml('pop number numerator = "s"', "n number", series=series("s", carry=True))
    workbook, folder = unread(indicators, CARRIED_ON, marks={("s", month(2023, 6), part): HIDDEN})
    timeline = publish(workbook, folder, compute_figures(workbook, folder)).figures.timelines["pop"]

    assert [timeline.at(month(2023, n)).state for n in (4, 5, 6, 7)] == [State.PRESENT, *[State.CONFIDENTIAL] * 3]


def test_other_marks_of_a_period_are_of_the_entry_that_is_carried_there() -> None:
    indicators = toml('pop number numerator = "s"', "n number", series=series("s", carry=True))

    def of_june(mark: Mark) -> list[bool]:
        """Whether the figures of May, June and July are marked."""
        workbook, folder = unread(indicators, CARRIED_ON, marks={("s", month(2023, 6), Part.VALUE): mark})
        found = [compute_figures(workbook, folder).timelines["pop"].at(month(2023, n)) for n in (5, 6, 7)]
        return [
            (figure.state, figure.status, figure.breaks) == (mark.state, mark.status, mark.breaks) for figure in found
        ]

    for mark in (Mark(State.UNRELIABLE), Mark(status=Status.PROVISIONAL), Mark(breaks=True)):
        assert of_june(mark) == [False, True, False]


# Directions


@pytest.mark.parametrize(
    ("direction", "printed"),
    [
        ("row", ["not compared", "↑ up", "not comparable", "not compared", "not compared", "N/A"]),
        ("cell", [[], ["↑ up"], ["not comparable"], [], ["(from Jun 23 to Jun 23)"], []]),
    ],
)
def test_where_nothing_can_be_compared_nothing_is_printed_or_said_so(direction: str, printed: list[object]) -> None:
    changes = '[[indicators.changes]]\ndate = 2023-06-01\nnote = "n"\ncomparable = false\n'
    given = {"x value": {"Apr 23": 4, "May 23": 5, "Jun 23": 6}}
    indicators = toml('x number cumulative = "financial-year"') + changes
    workbook, folder = unread(indicators, given, offsets={"month": [-3, -2, -1, 0]})
    folder = replace(folder, comparators=(Comparator("SN", "SN", "SN", True),))
    figures = compute_figures(workbook, folder)

    table = indicator_tables(figures.tables["care"], replace(folder, direction_in_cell=direction == "cell"), "")[0]
    assert isinstance(table, Table)
    if direction == "row":
        [row] = (row for row in table.rows if row.kind is RowKind.DIRECTION)
        assert [plain(cell.lines[0]) for cell in row.cells[2:]] == printed
    else:
        assert [[plain(line) for line in cell.lines[1:]] for cell in table.rows[0].cells[2:]] == printed


# Counts


def test_the_count_of_a_mean_is_whole() -> None:
    rows = {"x numerator": {"Jun 23": 75, "Jul 23": 76}, "x denominator": {"Jun 23": 610, "Jul 23": 608}}
    mean = value_of(computed(toml('x percentage shows = "fraction"'), rows), "x").mean(2)

    assert (str(mean), str(mean.count)) == ("12.4% (76)", "76")


def test_a_numerator_without_denominator_has_its_count_in_the_text() -> None:
    rows = {"x numerator": {"Jul 23": 59}, "x value": {"Jul 23": 9.6}}
    figures = computed(toml('x percentage shows = "fraction"'), rows)

    assert printed(figures, "x", "Jul 23") == "9.6% (59)"
    assert str(value_of(figures, "x").now.count) == "59"


# The year to date

OWN_TERMS = tuple(
    Term(f"T{n}", first, last) for n, (first, last) in enumerate([(8, 10), (11, 12), (1, 2), (3, 4), (5, 6)], 1)
)


@pytest.mark.parametrize(("marked", "text"), [("May 23", "no data"), ("Jul 23", "50.0% (30/60) (to Jun 23)")])
def test_a_figure_that_is_marked_as_a_whole_is_not_added_up(marked: str, text: str) -> None:
    counts = {name: dict.fromkeys(("Apr 23", "May 23", "Jun 23", "Jul 23"), n) for name, n in (("n", 10), ("d", 20))}
    given = {"x numerator": counts["n"], "x denominator": counts["d"]}
    marks = {("x", parse_period(marked), None): Mark(State.UNRELIABLE)}
    definition = toml('x percentage cumulative = "financial-year",shows = "fraction"')

    assert cumulative(compute_figures(*unread(definition, given, marks=marks)), "x") == text


def test_the_school_year_begins_with_the_first_of_its_own_terms() -> None:
    workbook, folder = unread(toml('n number frequency = "term",cumulative = "academic-year"'), {}, "Dec 22")
    first = Period(parse_period("Autumn Term 22/23").kind, 2022 * 5, OWN_TERMS)
    entries = tuple(
        Entry("n", Part.VALUE, first.shift(at), Amount(State.PRESENT, Decimal(number)), CellRef("Data", 2, 3 + at))
        for at, number in ((-1, 5), (0, 10), (1, 100))
    )
    figures = compute_figures(replace(workbook, entries=entries), replace(folder, terms=OWN_TERMS))
    table = indicator_tables(figures.tables["care"], ReportFolder("", (), {}, {}), "Care")[0]

    assert cumulative(figures, "n") == "110"
    assert isinstance(table, Table) and "cumulative for the academic year from August" in table.caption


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('frequency = "year",cumulative = "academic-year"', "a yearly figure already covers its whole year"),
        ('frequency = "year",cumulative = "financial-year"', "a yearly figure already covers its whole year"),
        ('rolling = 12,cumulative = "financial-year"', "rolling figures share periods"),
        ('frequency = "term",cumulative = "financial-year"', "the T4 term is in two financial years"),
        ('frequency = "quarter",cumulative = "academic-year"', "no quarter begins with the academic year"),
    ],
)
def test_what_cannot_be_added_up_to_a_year_is_a_mistake_of_its_definition(
    tmp_path: Path, keys: str, words: str
) -> None:
    report = write_report(tmp_path, toml(f"n number {keys}"))
    path = report / "report.toml"
    path.write_text(path.read_text() + '[terms]\nT1 = "Aug-Oct"\nT2 = "Nov-Dec"\nT3 = "Jan-Feb"\nT4 = "Mar-Apr"\n')
    with pytest.raises(InputError) as refusal:
        load_workbook(write_workbook(tmp_path / NAME, {"Data": [["Indicator", "Figure", "Jul 23"], ["n", "value", 1]]}))

    [finding] = refusal.value.findings
    assert (finding.code, finding.place.file) == ("definition.invalid", "indicators.toml")
    assert finding.message.startswith("[[indicators]] n: ") and words in finding.message


def test_the_usual_terms_fit_the_financial_year(tmp_path: Path) -> None:
    rows = [["Indicator", "Figure", "Spring Term 22/23", "Summer Term 22/23"], ["n", "value", 5, 7]]
    found = data_of(tmp_path, rows, toml('n number frequency = "term",cumulative = "financial-year"'))

    assert cumulative(found.figures, "n") == "7"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"Jul 24": 5}, "not due yet"),
        ({"Sep 24": 3}, "3 (to Sep 24)"),
        ({"Sep 24": "", "Oct 24": ""}, "not due yet"),
        ({"Sep 24": "[x]"}, "no data"),
    ],
)
def test_a_year_to_date_is_not_due_before_anything_of_it_is(given: dict[str, float | str], text: str) -> None:
    keys = 'cumulative = "academic-year",lag = 2'
    figures = computed(toml(f"x number {keys}"), {"x value": given}, period="Oct 24")

    assert cumulative(figures, "x") == text


def test_a_year_to_date_of_which_something_is_due_has_no_data() -> None:
    figures = computed(toml('x number cumulative = "academic-year",lag = 2'), {}, period="Nov 24")

    assert cumulative(figures, "x") == "no data"


# An old month made again

REBUILT = toml(
    "n number",
    'q percentage frequency = "quarter",shows = "fraction"',
    't number frequency = "term",lag = 1',
    'pop number numerator = "s"',
    'ytd number cumulative = "academic-year"',
    series=series("s", carry=True),
)
CARE = """{{ indicator_table(section.indicators) }}

{{ indicator("n").peak(12) }}; {{ indicator("q").now }}; {{ indicator("t").now.period }}; {{ indicator("pop").mean(3) }}

{% for slot in section.slots %}
{{ narrative(slot) }}

{% endfor %}
"""
OLD_MONTH = {
    "n value": {JULY.shift(at).label: 20 + at for at in range(-12, 1)},
    "q numerator": {"Q4 22/23": 5, "Q1 23/24": 6},
    "q denominator": {"Q4 22/23": 350, "Q1 23/24": 350},
    "t value": {"Autumn Term 22/23": 3, "Spring Term 22/23": 4},
    "s value": {"Jan 23": 90, "Jun 23": 95},
    "ytd value": {JULY.shift(at).label: 1 for at in range(-10, 1)},
}
LATER = ["Aug 23", "Sep 23", "Jul 24", "Q2 23/24", "Q1 24/25", "Autumn Term 23/24", "Summer Term 23/24"]
later_figures = st.lists(
    st.tuples(st.sampled_from(sorted(OLD_MONTH)), st.sampled_from(LATER), st.integers(1, 99)), max_size=8
)


def as_rows(given: Mapping[str, Mapping[str, int]]) -> list[list[object]]:
    rows = {name: {parse_period(label): number for label, number in row.items()} for name, row in given.items()}
    periods = sorted({period for row in rows.values() for period in row})
    head = ["Indicator", "Figure", *(period.label for period in periods)]
    return [head, *([*name.split(), *map(row.get, periods)] for name, row in rows.items())]


def july(folder: Path, given: Mapping[str, Mapping[str, int]], about: Sequence[Sequence[object]] = ()) -> Month:
    write_report(folder, REBUILT, care=CARE)
    sheets = {"About": [["Key", "Value"], *about], "Data": as_rows(given)}
    return load_workbook(write_workbook(folder / "cpb.xlsx", sheets), period=JULY)


@examples(10)
@given(later_figures)
def test_later_figures_change_nothing_in_an_old_month(more: list[tuple[str, str, int]]) -> None:
    added = {name: dict(row) for name, row in OLD_MONTH.items()}
    for name, period, number in more:
        kind = parse_period(next(iter(OLD_MONTH[name]))).kind
        if parse_period(period).kind is kind:
            added[name][period] = number

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        then, now = july(Path(one), OLD_MONTH), july(Path(other), added)
        assert [row.record() | {"source": ""} for row in now.rows()] == [
            row.record() | {"source": ""} for row in then.rows()
        ]
        assert now.report.sections == then.report.sections
        assert "[data error]" not in str(then.report.sections)


def test_the_dates_of_about_are_not_those_of_an_old_month(tmp_path: Path) -> None:
    about = [["Reporting period", "Aug 2023"], ["Board date", "12/10/2023"], ["Data as at", "31/08/2023"]]
    found = july(tmp_path, {**OLD_MONTH, "n value": {**OLD_MONTH["n value"], "Aug 23": 21}}, about)
    cover = found.report.cover

    assert (cover.period, cover.board_date, cover.data_as_at) == ("July 2023", "", "31 July 2023")
    assert dict(found.report.about) == {"Reporting period": "Jul 23", "Board date": "", "Data as at": "31 July 2023"}
    assert [(finding.code, finding.severity.value, str(finding.place)) for finding in found.findings] == [
        ("about.other-period", "note", "About!B2")
    ]


def test_a_file_named_after_its_own_period_may_be_asked_for_an_earlier_one(tmp_path: Path) -> None:
    write_report(tmp_path, toml("n number"))
    about = [["Key", "Value"], ["Reporting period", "Aug 2023"]]
    rows = as_rows({"n value": {"Jun 23": 1, "Jul 23": 2, "Aug 23": 3}})
    path = write_workbook(tmp_path / "august-2023.xlsx", {"About": about, "Data": rows})

    assert [finding.code for finding in load_workbook(path, period=JULY).findings] == ["about.other-period"]


def test_the_period_that_about_states_may_be_asked_for(tmp_path: Path) -> None:
    about = [["Reporting period", "Jul 2023"], ["Board date", "14/09/2023"], ["Data as at", "02/08/2023"]]
    found = july(tmp_path, OLD_MONTH, about)

    assert (found.report.cover.board_date, found.report.cover.data_as_at) == ("14 September 2023", "2 August 2023")
    assert found.findings == ()


@pytest.mark.parametrize("expression", ['at("Aug 23")', 'change(since="Aug 23")'])
def test_a_tag_reaches_no_later_period_than_the_report(tmp_path: Path, expression: str) -> None:
    write_report(tmp_path, toml("n number"), care=f'{{{{ indicator("n").{expression} }}}}')
    rows = as_rows({"n value": {"Jun 23": 1, "Jul 23": 2, "Aug 23": 3}})
    found = load_workbook(write_workbook(tmp_path / "cpb.xlsx", {"Data": rows}), period=JULY)

    assert [finding.message for finding in found.errors] == [
        "Aug 23 is after Jul 23, the newest period of n in this report"
    ]


def test_texts_and_breakdowns_without_a_period_are_those_of_the_workbooks_own(tmp_path: Path) -> None:
    breakdown = '[[breakdowns]]\nid = "kinds"\ntitle = "Kinds"\n'
    write_report(tmp_path, toml("n number") + breakdown, care=TEMPLATE + '{{ breakdown_table("kinds") }}\n')
    sheets = {
        "About": [["Key", "Value"], ["Reporting period", "Jul 2024"]],
        "Data": as_rows({"n value": {"Jul 23": 2, "Jul 24": 3}}),
        "Narrative": [
            ["Section", "Slot", "Text", "Period"],
            ["care", "good", "Of this year.", None],
            ["care", "next", "Of last year.", "Jul 23"],
        ],
        "Breakdowns": [
            ["Breakdown", "Category", "Count", "Period"],
            ["kinds", "one", 1, "Jul 23"],
            ["kinds", "one", 9, None],
        ],
    }
    path = write_workbook(tmp_path / "cpb.xlsx", sheets)

    old, own = str(load_workbook(path, period=JULY).report.sections), str(load_workbook(path).report.sections)
    assert "Of last year." in old and "Of this year." not in old and "'9'" not in old
    assert "Of this year." in own and "Of last year." not in own and "'9'" in own


# Where rows stand


@examples(8)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_sheets_they_stand_in_change_nothing(shuffle: Random) -> None:
    def sheets_of(rows: list[list[object]]) -> dict[str, list[list[object]]]:
        head, *rest = rows
        shuffle.shuffle(rest)
        cut = shuffle.randint(1, len(rest) - 1)
        return {"Data": [head, *rest[:cut]], "Data – more": [head, *rest[cut:]]}

    def made(folder: str, sheets: Mapping[str, Rows]) -> tuple[object, object]:
        write_report(Path(folder), REBUILT, care=CARE)
        found = load_workbook(write_workbook(Path(folder) / "cpb.xlsx", sheets), period=JULY)
        return found.report.sections, [(name, directions(found, name)) for name in found.folder.indicators]

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert made(one, {"Data": as_rows(OLD_MONTH)}) == made(other, sheets_of(as_rows(OLD_MONTH)))
