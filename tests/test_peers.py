"""Other authorities' published figures: what is read of them, what they come to, and what of it is printed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from cpreport.model.finding import Finding
from cpreport.pipeline import Month, load_workbook

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
    return [finding for finding in month.of_figures[0] if finding.place.sheet == "Peers" or not finding.place.sheet]


def test_the_average_of_the_published_neighbours_is_their_unweighted_mean(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*rows_of(), *OURS, *later()])
    benchmark = month.figures.timelines["rate"].benchmarks["SN"]

    assert told(of_peers(month)) == []
    assert benchmark.value == sum(Fraction(10_000 * count, total) for count, total in NEIGHBOURS.values()) / 10
    assert next(row.text for row in month.rows() if row.comparator == "SN") == "93.3 (Mar 21, 10 of 10)"
    assert len(benchmark.cells) == 20


def test_pooled_it_is_all_children_over_all_children(tmp_path: Path) -> None:
    month = month_with(tmp_path, rows_of(), f'{PEERS}average = "pooled"\n')

    assert next(row.text for row in month.rows() if row.comparator == "SN") == "87.2 (Mar 21, 10 of 10)"
