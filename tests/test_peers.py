"""Other authorities' published figures: what is read of them, what they come to, and what of it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.analysis.peers import averaged
from cpreport.compose.peers import place
from cpreport.model.document import Table, plain
from cpreport.model.errors import InputError
from cpreport.model.figure import Figure, Given, State
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.peers import Averaging, authority_key
from cpreport.model.period_text import parse_period
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .workbooks import told, write_report, write_workbook

NEIGHBOURS = {
    "Bolton": (617, 68931),
    "Bury": (347, 43180),
    "Calderdale": (341, 45951),
    "Derby": (642, 59691),
    "Dudley": (621, 69594),
    "Lancashire": (2006, 252984),
    "Leeds": (1279, 170581),
    "Rochdale": (559, 53846),
    "Stockton-on-Tees": (579, 44021),
    "Telford and Wrekin": (425, 41646),
}
"""Children in care at 31 March 2021 and the population aged 0 to 17 of Kirklees' statistical neighbours, as the board's
paper of March 2022 prints them (from DfE, Children looked after in England): 93.3 on average."""

PRINTED = ["89.5", "80.4", "74.2", "107.6", "89.2", "79.3", "75.0", "103.8", "131.5", "102.1"]
"""Their rates in that paper, in the same order."""

QUARTERS = {
    "Calderdale": {"Jun 21": 345, "Sep 21": 348, "Dec 21": 344},
    "Kirklees": {"Jun 21": 650, "Sep 21": 631, "Dec 21": 617},
    "Leeds": {"Jun 21": 1303, "Sep 21": 1330, "Dec 21": 1337},
}
"""The later quarters, which only some authorities published (ADCS Yorkshire and the Humber)."""

HEADER = ["Authority", "Indicator", "Period", "Numerator", "Denominator", "Value"]
OURS = [["Kirklees", "rate", "Mar 21", 661, 100020, None]]
INDICATORS = """
[[indicators]]
id = "rate"
title = "Children in care"
measure = "rate"
shows = "count"
denominator = "population"

[[indicators]]
id = "checks"
title = "Health checks"
measure = "percentage"

[[series]]
id = "population"
title = "Children aged 0-17"
carry = true
"""
REPORT = """
title = "Overview"
authority = "Kirklees Council"

[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical neighbours"
{peers}
[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = ["rate", "checks"]
"""
PEERS = """
[[peers]]
id = "SN"
name = "Statistical neighbours"
"""
DATA = [
    ["Indicator", "Figure", "Mar 21", "Jun 21", "Sep 21", "Dec 21", "Jan 22", "Feb 22"],
    ["rate", "numerator", 661, 650, 631, 617, 628, 615],
    ["population", "value", 100020, None, None, None, None, None],
    ["checks", "value", 90, 91, 92, 93, 94, 95],
]


def rows_of(march: dict[str, tuple[int, int]] = NEIGHBOURS) -> list[list[object]]:
    return [[name, "rate", "Mar 21", count, population, None] for name, (count, population) in march.items()]


def later() -> list[list[object]]:
    population = {"Kirklees": 100020, **{name: total for name, (_, total) in NEIGHBOURS.items()}}
    return [
        [name, "rate", period, count, population[name], None]
        for name, counts in QUARTERS.items()
        for period, count in counts.items()
    ]


def month_with(
    folder: Path,
    rows: list[list[object]],
    peers: str = PEERS,
    care: str = "# Care",
    data: list[list[object]] = DATA,
    **sheets: list[list[object]],
) -> Month:
    """February 2022 with a sheet Peers; a first row of headers stands over the rows unless they begin with one."""
    write_report(folder, INDICATORS, report=REPORT.format(peers=peers), care=care)
    headed = rows if rows and rows[0][0] == "Authority" else [HEADER, *rows]
    return load_workbook(write_workbook(folder / "february-2022.xlsx", {"Data": data, "Peers": headed, **sheets}))


def of_peers(month: Month) -> list[Finding]:
    """The findings about the sheet Peers and the report folder."""
    return [finding for finding in month.of_figures[0] if finding.place.sheet in ("Peers", "")]


def tables_of(month: Month) -> list[list[list[str]]]:
    """The cells of the section's tables as text, row by row, the headings first."""
    tables = [block for block in month.report.sections[0].blocks if isinstance(block, Table)]
    rows = [[each.headings, *(row.cells for row in each.rows)] for each in tables]
    return [[[" ".join(map(plain, cell.lines)) for cell in cells] for cells in table] for table in rows]


def table_of(folder: Path, call: str, rows: list[list[object]] | None = None, **more: object) -> list[list[str]]:
    """The only table of a template with this call; nothing must be wrong."""
    month = month_with(folder, rows or [*rows_of(), *OURS, *later()], care=f"{{{{ {call} }}}}", **more)  # type: ignore[arg-type]
    assert told(finding for finding in month.findings if finding.is_error) == []
    [table] = tables_of(month)
    return table


def text_of(month: Month) -> str:
    """The words of the section's paragraphs, and what is wrong with its template."""
    blocks = [block for block in month.report.sections[0].blocks if not isinstance(block, Table)]
    return " ".join(plain(block.text) for block in blocks)  # type: ignore[union-attr]


def refusals(month: Month) -> list[str]:
    return [finding.message for finding in month.findings if finding.code.startswith("template.")]


def sn(month: Month) -> str:
    """What the table has as the benchmark of the neighbours."""
    return next((row.text for row in month.rows() if (row.indicator, row.comparator) == ("rate", "SN")), "")


# The average


def test_the_average_of_the_published_neighbours_is_their_unweighted_mean(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*rows_of(), *OURS, *later()])
    benchmark = month.figures.timelines["rate"].benchmarks["SN"]

    assert told(of_peers(month)) == []
    assert benchmark.value == sum(Fraction(10_000 * count, total) for count, total in NEIGHBOURS.values()) / 10
    assert sn(month) == "93.3 (Mar 21, 10 of 10)"
    assert len(benchmark.cells) == 20


def test_pooled_it_is_all_children_over_all_children(tmp_path: Path) -> None:
    month = month_with(tmp_path, rows_of(), f'{PEERS}average = "pooled"\n')

    assert sn(month) == "87.2 (Mar 21, 10 of 10)"


def test_values_alone_are_enough_for_a_mean_but_not_for_a_pooled_average(tmp_path: Path) -> None:
    header = ["Authority", "Indicator", "Period", "Value"]
    rows: list[list[object]] = [
        [name, "rate", "Mar 21", float(rate)] for name, rate in zip(NEIGHBOURS, PRINTED, strict=True)
    ]
    month = month_with(tmp_path / "mean", [header, *rows])
    pooled = month_with(tmp_path / "pooled", [header, *rows], f'{PEERS}average = "pooled"\n')

    assert sn(month) == "93.3 (Mar 21, 10 of 10)"
    assert (sn(pooled), [finding.code for finding in of_peers(pooled)]) == ("", ["peers.too-few"])


def test_the_period_of_the_average_is_left_out_where_the_report_states_it(tmp_path: Path) -> None:
    about = [["Key", "Value"], ["Benchmark period", "March 2021"]]

    assert sn(month_with(tmp_path, rows_of(), About=about)) == "93.3 (10 of 10)"


@pytest.mark.parametrize("missing", ["[c]", "[x]", None])
def test_an_average_says_of_how_many_it_is(tmp_path: Path, missing: str | None) -> None:
    rows = rows_of()
    rows[0][3] = missing
    others = [float(Fraction(10_000 * count, total)) for count, total in list(NEIGHBOURS.values())[1:]]

    assert sn(month_with(tmp_path, rows)) == f"{sum(others) / 9:.1f} (Mar 21, 9 of 10)"


def test_it_is_of_the_newest_period_in_which_enough_are_known(tmp_path: Path) -> None:
    newer: list[list[object]] = [[name, "rate", "Dec 21", None, None, 50] for name in [*NEIGHBOURS][:8]]
    fewer: list[list[object]] = [[name, "rate", "Jan 22", None, None, 40] for name in [*NEIGHBOURS][:7]]

    assert sn(month_with(tmp_path, [*rows_of(), *newer, *fewer])) == "50.0 (Dec 21, 8 of 10)"


def test_the_averages_of_earlier_periods_are_the_benchmarks_history(tmp_path: Path) -> None:
    newer: list[list[object]] = [[name, "rate", "Dec 21", None, None, 50] for name in [*NEIGHBOURS][:8]]
    fewer: list[list[object]] = [[name, "rate", "Sep 21", None, None, 40] for name in [*NEIGHBOURS][:7]]
    month = month_with(tmp_path, [*newer, *rows_of(), *fewer])
    history = month.figures.timelines["rate"].benchmark_history["SN"]

    assert [(each.period, float(round(each.value or 0, 1)), str(each.ends)) for each in history] == [
        ("Mar 21", 93.3, "2021-03-31"),
        ("Dec 21", 50.0, "2021-12-31"),
    ]


def test_a_period_after_the_reporting_period_is_not_used(tmp_path: Path) -> None:
    newer: list[list[object]] = [[name, "rate", "Mar 22", None, None, 50] for name in NEIGHBOURS]
    month = month_with(tmp_path, [*rows_of(), *newer])

    assert sn(month) == "93.3 (Mar 21, 10 of 10)"
    assert told(of_peers(month)) == [("peers.later", "Peers!A12")]


@pytest.mark.parametrize(
    ("typed", "shown"), [(91, "91.0 (provisional)"), ("N/A", "N/A"), (None, "93.3 (Mar 21, 10 of 10)")]
)
def test_what_benchmarks_has_is_the_benchmark(tmp_path: Path, typed: object, shown: str) -> None:
    benchmarks = [
        ["Indicator", "Benchmark", "Value", "Status"],
        ["rate", "SN", typed, "provisional" if typed == 91 else ""],
    ]
    month = month_with(tmp_path, rows_of(), care="{{ indicator('rate').benchmark('SN') }}", Benchmarks=benchmarks)

    assert text_of(month) == shown


def test_too_few_known_make_no_average_and_the_finding_says_how_many_there_are(tmp_path: Path) -> None:
    month = month_with(tmp_path, rows_of(dict(list(NEIGHBOURS.items())[:7])))
    [finding] = of_peers(month)

    assert sn(month) == ""
    assert (finding.code, finding.place.cell) == ("peers.too-few", "A2")
    assert "7 of 7 are known for Mar 21, and at least 8 are needed" in finding.message


def test_a_draft_averages_nothing_of_which_a_cell_is_wrong(tmp_path: Path) -> None:
    rows = rows_of()
    rows[3][5] = 107
    month = month_with(tmp_path, rows, care="{{ indicator('rate').benchmark('SN') }}")
    [block] = month.with_data_errors().sections[0].blocks

    assert told(of_peers(month)) == [("peers.value-disagrees", "Peers!F5")]
    assert plain(block.text) == "[data error]"  # type: ignore[union-attr]


NOW = parse_period("Mar 21")
RATE = Indicator("rate", "Rate", Measure.RATE, "per 10,000", 1, 1, per=10_000)
COUNTS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 300_000)), min_size=1, max_size=12)


def figures_of(counts: Sequence[tuple[int, int]]) -> list[Figure]:
    parts = [[Given(State.PRESENT, Fraction(number)) for number in each] for each in counts]
    values = [Fraction(10_000 * count, total) for count, total in counts]
    return [Figure(NOW, State.PRESENT, value, *each) for value, each in zip(values, parts, strict=True)]


@given(COUNTS)
def test_both_averages_lie_between_the_lowest_and_the_highest_figure(counts: list[tuple[int, int]]) -> None:
    figures = figures_of(counts)
    values = [figure.value or 0 for figure in figures]

    for how in Averaging:
        assert min(values) <= averaged(how, RATE, figures) <= max(values)
        assert averaged(how, RATE, figures) == averaged(how, RATE, figures[::-1])


@given(COUNTS)
def test_the_mean_weighs_authorities_and_the_pooled_average_children(counts: list[tuple[int, int]]) -> None:
    figures = figures_of(counts)
    children, population = map(sum, zip(*counts, strict=True))

    assert averaged(Averaging.MEAN, RATE, figures) * len(counts) == sum(Fraction(10_000 * c, p) for c, p in counts)
    assert averaged(Averaging.POOLED, RATE, figures) * population == 10_000 * children


@given(st.integers(1, 300_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=12))
def test_of_equal_populations_both_averages_are_the_same(population: int, counts: list[int]) -> None:
    figures = figures_of([(count, population) for count in counts])

    assert averaged(Averaging.MEAN, RATE, figures) == averaged(Averaging.POOLED, RATE, figures)


def test_denominators_that_cancel_each_other_are_errors_and_pool_to_nothing(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Bury", "rate", "Mar 21", 5, 100, None], ["Leeds", "rate", "Mar 21", 5, -100, None]]
    month = month_with(tmp_path, rows, f'{PEERS}average = "pooled"\nfewest = 2\n')

    assert told(of_peers(month)) == [("data.negative-count", "Peers!E3"), ("peers.too-few", "Peers!A2")]


# The sheet


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kirklees", "Kirklees Council"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Stockton-on-Tees", "Stockton on Tees Borough Council"),
        ("Bristol, City of", "Bristol City Council"),
        ("Westminster", "City of Westminster"),
        ("St. Helens", "St Helens"),
    ],
)
def test_an_authority_is_known_by_each_of_its_names(one: str, other: str) -> None:
    assert authority_key(one) == authority_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Derby", "Derbyshire"),
        ("Cheshire East", "Cheshire West and Chester"),
        ("City of London", "London Borough of Brent"),
    ],
)
def test_authorities_are_told_apart(one: str, other: str) -> None:
    assert authority_key(one) != authority_key(other)


def test_our_own_rows_are_in_no_average(tmp_path: Path) -> None:
    ours: list[list[object]] = [["Kirklees", "rate", "Mar 21", 661, 100020, 66.1]]

    assert sn(month_with(tmp_path, [*ours, *rows_of()])) == "93.3 (Mar 21, 10 of 10)"


def test_a_value_is_held_against_its_counts_as_it_prints(tmp_path: Path) -> None:
    rows = rows_of()
    for row, printed in zip(rows, PRINTED, strict=True):
        row[5] = float(printed)
    rows[1][5] = 80
    [finding] = of_peers(month_with(tmp_path, rows))

    assert (finding.code, finding.place.cell) == ("peers.value-disagrees", "F3")
    assert "Bury, rate Mar 21: the value is 80, but 347 / 43,180 × 10,000 in D3 and E3 gives 80.4" in finding.message


def test_our_own_row_that_differs_is_a_warning_with_both_cells(tmp_path: Path) -> None:
    [finding] = of_peers(month_with(tmp_path, [*rows_of(), ["Kirklees", "rate", "Mar 21", None, None, 66.2]]))

    assert (finding.code, finding.place.cell) == ("peers.ours-differs", "F12")
    assert "the value is 66.2 here, but 66.1 in Data!C2, Data!C3" in finding.message


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ((-1, 100, None), "data.negative-count"),
        ((1.5, 100, None), "data.fractional-count"),
        ((1, 0, None), "data.zero-denominator"),
        (("about 5", 100, None), "data.not-a-number"),
        (("5%", 100, None), "data.unexpected-percent"),
    ],
)
def test_cells_are_held_to_what_those_of_data_are(tmp_path: Path, cells: tuple[object, ...], code: str) -> None:
    month = month_with(tmp_path, [*rows_of(), ["Leicester", "rate", "Mar 21", *cells]])

    assert code in [finding.code for finding in of_peers(month)]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ((None, None, 120), ["data.above-100-percent"]),
        ((None, None, 0.9), ["data.per-cent-or-fraction"]),
        ((9, 10, 0.9), ["peers.value-disagrees"]),
        ((11, 10, None), ["data.numerator-exceeds-denominator"]),
        ((9, 10, "90%"), []),
    ],
)
def test_percentages_are_read_like_those_of_data(tmp_path: Path, cells: tuple[object, ...], codes: list[str]) -> None:
    month = month_with(tmp_path, [["Bury", "checks", "Mar 21", *cells]], f"{PEERS}fewest = 1\n")
    found = [finding.code for finding in of_peers(month)]

    assert [code for code in found if not code.startswith(("data.number-as-text", "plausibility."))] == codes


def test_a_figure_of_another_kind_of_period_is_an_error(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*rows_of(), ["Leicester", "rate", "2020/21", 1, 2, None]])

    assert ("data.other-frequency", "Peers!A12") in told(of_peers(month))


def test_a_sheet_without_a_column_of_figures_says_so(tmp_path: Path) -> None:
    month = month_with(tmp_path, [["Authority", "Indicator", "Period"], ["Bury", "rate", "Mar 21"]])

    assert ("sheet.column-missing", "Peers!A1") in told(of_peers(month))


# [[peers]]


def test_a_member_that_the_sheet_does_not_have_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    members = str(["Boltn", *[*NEIGHBOURS][1:]])
    found = [
        (finding.code, finding.message)
        for finding in of_peers(month_with(tmp_path, rows_of(), f"{PEERS}members = {members}"))
    ]

    assert [code for code, _ in found] == ["definition.unknown-name", "peers.not-used"]
    assert (
        "members names 'Boltn', but no authority of the sheet Peers has that name; did you mean 'Bolton'?"
        in found[0][1]
    )


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('members = ["Kirklees", "Bury"]\nfewest = 2', "it is our own authority"),
        ('members = ["Bolton", "Bury"]', "fewest is 8, but there are 2 members"),
        ('average = "median"', "it must be 'mean' or 'pooled'"),
        ('members = ["Bury", "Bury Council"]\nfewest = 1', "'bury' is used twice"),
        ("fewest = 0", "greater than or equal to 1"),
    ],
)
def test_a_group_that_cannot_be_is_an_error(tmp_path: Path, toml: str, said: str) -> None:
    try:
        found = of_peers(month_with(tmp_path, rows_of(), f"{PEERS}{toml}\n"))
    except InputError as error:
        found = list(error.findings)

    assert any(finding.is_error and said in finding.message for finding in found), found


def test_a_group_is_of_a_comparator(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        month_with(tmp_path, rows_of(), PEERS.replace("SN", "SNs"))

    assert "did you mean 'SN'?" in refused.value.findings[0].message


def test_without_our_authoritys_name_all_members_must_be_named(tmp_path: Path) -> None:
    write_report(tmp_path, INDICATORS, report=REPORT.format(peers=PEERS).replace('authority = "Kirklees Council"', ""))
    path = write_workbook(tmp_path / "february-2022.xlsx", {"Data": DATA, "Peers": [HEADER, *rows_of()]})
    [finding] = of_peers(load_workbook(path))

    assert finding.is_error and "name them, or give Authority in About" in finding.message


def test_without_a_group_one_warning_says_that_the_sheet_is_not_used(tmp_path: Path) -> None:
    [finding] = of_peers(month_with(tmp_path, rows_of(), ""))

    assert finding.code == "peers.not-used"
    assert "Bolton, Bury, Calderdale and 7 more are in no group" in finding.message


# The table


def test_the_table_has_each_authority_with_ours_marked_and_the_average_last(tmp_path: Path) -> None:
    heads, *rows = table_of(tmp_path, "peer_table('rate')")
    march = {row[0]: row[3] for row in rows}

    assert heads[:4] == ["Authority", "Mar 21 number", "Mar 21 population", "Mar 21 rate per 10,000"]
    assert [head for head in heads if "number" in head] == [
        f"{each} number" for each in ("Mar 21", "Jun 21", "Sep 21", "Dec 21")
    ]
    assert march == {
        **dict(zip(NEIGHBOURS, PRINTED, strict=True)),
        "Kirklees Council (our authority)": "66.1",
        "Statistical neighbours: average": "93.3, 10 of 10",
    }
    assert [row[0] for row in rows][5] == "Kirklees Council (our authority)"
    assert rows[0] == ["Bolton", "617", "68,931", "89.5", *["–"] * 9]
    assert rows[2][4:7] == ["345", "45,951", "75.1"]
    assert rows[-1] == [
        *("Statistical neighbours: average", "–", "–", "93.3, 10 of 10"),
        *("–", "–", "too few, 2 of 10") * 3,
    ]


def test_a_period_that_a_peer_does_not_publish_is_no_finding(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*rows_of(), *OURS, *later()], care="{{ peer_table('rate') }}")

    assert [finding for finding in month.findings if finding.place.sheet == "Peers"] == []
    assert build_report(month)


@pytest.mark.parametrize(
    ("call", "heads"),
    [
        ("peer_table('rate', periods=[0])", ["Dec 21 number", "Dec 21 population", "Dec 21 rate per 10,000"]),
        ("peer_table('rate', periods=[0, -1], show=['rate'])", ["Sep 21 rate per 10,000", "Dec 21 rate per 10,000"]),
        (
            "peer_table('rate', periods=['Mar 21'], show=['rate', 'number'])",
            ["Mar 21 number", "Mar 21 rate per 10,000"],
        ),
        ("peer_table('rate', periods=[-9, 0], show='number')", ["Dec 21 number"]),
        ("peer_table('rate', periods=['Jan 22'], show='rate')", ["Jan 22 rate per 10,000"]),
    ],
)
def test_the_table_shows_what_it_is_asked_for(tmp_path: Path, call: str, heads: list[str]) -> None:
    assert table_of(tmp_path, call)[0] == ["Authority", *heads]


def test_our_figure_is_ours_in_a_period_that_the_sheet_does_not_have(tmp_path: Path) -> None:
    rows = {row[0]: row[1:] for row in table_of(tmp_path, "peer_table('rate', periods=['Feb 22'])")}

    assert rows["Kirklees Council (our authority)"] == ["615", "100,020", "61.5"]
    assert rows["Leeds"] == rows["Statistical neighbours: average"] == ["–", "–", "–"]


def test_percentages_have_headings_of_their_own(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Bury", "checks", "Mar 21", 9, 10, None],
        ["Leeds", "checks", "Mar 21", 3, 4, "75% [p]"],
    ]

    assert table_of(tmp_path, "peer_table('checks')", rows, peers=f"{PEERS}fewest = 2\n") == [
        ["Authority", "Mar 21 number", "Mar 21 cohort", "Mar 21 per cent"],
        ["Bury", "9", "10", "90.0%"],
        ["Kirklees Council (our authority)", "–", "–", "90.0%"],
        ["Leeds", "3", "4", "75.0% (provisional)"],
        ["Statistical neighbours: average", "–", "–", "82.5%, 2 of 2"],
    ]


def test_sorted_by_figure_those_that_print_alike_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    values = {"Leeds": 70.04, "Bury": 70.01, "Derby": 99, "Bolton": 70.0, "Dudley": None}
    rows: list[list[object]] = [[name, "rate", "Mar 21", None, None, value] for name, value in values.items()]
    rows.append(["Dudley", "rate", "Feb 21", None, None, 120])
    table = table_of(
        tmp_path,
        "peer_table('rate', periods=[0], sort='figure', show='rate')",
        rows[:4] + rows[5:],
        peers=f"{PEERS}fewest = 2\n",
    )

    assert [row[0] for row in table[1:-1]] == [
        "Derby",
        "Bolton",
        "Bury",
        "Leeds",
        "Kirklees Council (our authority)",
        "Dudley",
    ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("peer_table('rate', periods=[1])", "1 is not an offset"),
        ("peer_table('rate', periods=3)", "periods must be a list"),
        ("peer_table('rate', periods=[-9])", "peers publish rate for 4 periods"),
        ("peer_table('rate', periods=['Mar 22'])", "Mar 22 is after Feb 22"),
        ("peer_table('rate', show=['rates'])", "'rates' cannot be shown; did you mean 'rate'?"),
        ("peer_table('rate', sort='size')", "sort must be one of name, figure"),
        ("peer_table('rate', group='SNs')", "'SNs' is not a group of peers of rate; did you mean 'SN'?"),
        ("peer_table('rate', caption=3)", "caption must be a text"),
        ("peer_table('checks')", "checks has no peers"),
        ("peer_table('rates')", "did you mean 'rate'?"),
        ("indicator('rate').rank('SNs')", "did you mean 'SN'?"),
        ("indicator('checks').rank('SN')", "checks has no peers"),
    ],
)
def test_what_cannot_be_given_is_refused_with_the_reason(tmp_path: Path, call: str, said: str) -> None:
    month = month_with(tmp_path, [*rows_of(), *OURS, *later()], care=f"{{{{ {call} }}}}")

    assert any(said in message for message in refusals(month)), refusals(month)


# Where we stand


def test_our_place_is_counted_from_the_nearer_end(tmp_path: Path) -> None:
    month = month_with(tmp_path, rows_of(), care="We are the {{ indicator('rate').rank('SN') }}.")

    assert text_of(month) == "We are the lowest of 11."


def test_a_rank_is_refused_where_too_few_are_known(tmp_path: Path) -> None:
    month = month_with(tmp_path, rows_of()[:7], care="{{ indicator('rate').rank('SN') }}")

    assert any("7 of 7 peers are known, and at least 8 are needed" in message for message in refusals(month))


@pytest.mark.parametrize(
    ("ours", "others", "said"),
    [
        (5, [6, 7, 8], "lowest of 4"),
        (5, [4, 3, 2], "highest of 4"),
        (5, [6, 4, 3, 2], "2nd highest of 5"),
        (5, [5, 7, 8], "joint lowest of 4"),
        (5, [6, 5, 4, 4, 4], "joint 2nd highest of 6"),
        (5, [9, 9, 9, 9, 4, 3], "3rd lowest of 7"),
        (5, [6, 4], "2nd highest of 3"),
        (5, [5], "joint highest of 2"),
        (50, [*range(60, 72), *range(20)], "13th highest of 33"),
        (50, [*range(60, 81), *range(30)], "22nd highest of 52"),
    ],
)
def test_a_place_is_said_in_words(ours: int, others: list[int], said: str) -> None:
    assert place(ours, others) == said


@given(st.integers(0, 20), st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_a_place_says_how_many_are_beyond_us_and_whether_any_is_beside_us(ours: int, others: list[int]) -> None:
    *joint, end, _, number = place(ours, others).split()
    beyond = sum(each > ours if end == "highest" else each < ours for each in others)
    nth = next((word for word in joint if word != "joint"), "1st")

    assert int(number) == len(others) + 1
    assert int(nth[:-2]) == beyond + 1 <= len(others) // 2 + 1
    assert ("joint" in joint) is (ours in others)


# What is confidential

EVERYTHING = """# Care

{{ peer_table('rate') }}

{{ peer_table('rate', periods=['Mar 21'], sort='figure') }}

{{ indicator_table(section.indicators) }}

{{ indicator('rate').rank('SN') }}, {{ indicator('rate').benchmark('SN') }}
"""
MARKS = [["Indicator", "Period", "Mark"], ["rate", "Mar 21", "[c]"]]


def hidden(folder: Path, count: int) -> Month:
    """A month in which our count of March is confidential, and is what Data and Peers have."""
    data = [DATA[0], ["rate", "numerator", count, *DATA[1][3:]], *DATA[2:]]
    ours: list[list[object]] = [["Kirklees", "rate", "Mar 21", count, 100020, None]]
    return month_with(folder, [*rows_of(), *ours, *later()], care=EVERYTHING, data=data, Marks=MARKS)


def test_nothing_that_is_printed_depends_on_a_hidden_figure_of_ours(tmp_path: Path) -> None:
    low, high = (hidden(tmp_path / str(count), count) for count in (3, 4_321))

    assert tables_of(low) == tables_of(high)
    assert text_of(low) == text_of(high) == "Care not ranked, 93.3 (Mar 21, 10 of 10)"
    assert list(map(str, low.rows())) == list(map(str, high.rows()))
    assert "4,321" not in str(high.report) and "4321" not in str(high.figures.peers)
    assert build_report(low, draft=True) == build_report(high, draft=True)


def test_our_hidden_figure_stands_in_no_place_of_its_own(tmp_path: Path) -> None:
    _, by_figure, _ = tables_of(hidden(tmp_path, 4_321))

    assert by_figure[-2] == ["Kirklees Council (our authority)", *["confidential"] * 3]


def test_a_row_of_ours_marked_confidential_hides_our_figure_among_peers(tmp_path: Path) -> None:
    rows = [*rows_of(), ["Kirklees", "rate", "Mar 21", "[c]", 100020, None]]
    month = month_with(tmp_path, rows, care=EVERYTHING)

    assert tables_of(month)[1][-2][1:] == ["confidential"] * 3
    assert text_of(month).startswith("Care not ranked")
    assert ("peers.ours-differs", "Peers!D12") in told(month.findings)


def test_a_confidential_figure_of_a_peer_is_not_printed_from_its_other_columns(tmp_path: Path) -> None:
    def with_value(folder: Path, value: float) -> Month:
        rows = rows_of()
        rows[0][3:] = ["[c]", 68931, value]
        return month_with(folder, rows, care=EVERYTHING)

    low, high = with_value(tmp_path / "low", 12.3), with_value(tmp_path / "high", 1234.5)

    assert tables_of(low) == tables_of(high)
    assert tables_of(low)[0][1] == ["Bolton", *["confidential"] * 3]
    assert text_of(low) == text_of(high)
    assert "1234" not in str(high.figures.peers)


def test_a_mark_hides_our_row_of_a_period_that_data_does_not_have(tmp_path: Path) -> None:
    data = [[*row[:2], *row[3:]] for row in DATA]
    rows = [*rows_of(), ["Kirklees", "rate", "Mar 21", 4321, 100020, None]]
    month = month_with(tmp_path, rows, care=EVERYTHING, data=data, Marks=MARKS)

    assert tables_of(month)[1][-2][1:] == ["confidential"] * 3
    assert "4321" not in str(month.figures.peers)
    assert "4,321" not in str(month.with_data_errors())
