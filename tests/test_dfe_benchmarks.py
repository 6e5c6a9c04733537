"""`cpreport benchmarks`: England, the region and the average of statistical neighbours, from files in DfE's shape."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.commands.benchmarks import made_from
from cpreport.inputs.benchmarks.explore import SYMBOLS, period_of, read_explore, read_value
from cpreport.inputs.benchmarks.published import Benchmarks
from cpreport.inputs.benchmarks.sources import pairs_in, written
from cpreport.inputs.definitions.folder import packaged_reports
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.period import TERMS
from cpreport.pipeline import load_workbook

from .dfe import (
    ACTIVITY,
    HIGHER_EDUCATION,
    MOVES,
    NEIGHBOURS_FILE,
    RATE,
    REGION,
    SAME_CARER,
    STABILITY,
    as_csv,
    published,
    rows,
    write,
    write_neighbours,
    write_published,
)
from .examples import examples
from .workbooks import write_workbook

Call = Callable[..., tuple[int, str, str]]
PAGE = (Path(__file__).parents[1] / "docs" / "benchmarks-from-dfe.md").read_text(encoding="utf-8")
REPORT = """
title = "Report"
[[comparators]]
id = "England"
heading = "Eng."
name = "England average"
[[comparators]]
id = "Y&H"
heading = "Y&H"
name = "Yorkshire and the Humber"
[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical neighbours"
[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = ["rate", "carer", "he"]
"""
INDICATORS = "".join(
    f'[[indicators]]\nid = "{id}"\ntitle = "{id}"\nmeasure = "{measure}"\n'
    for id, measure in (("rate", "rate"), ("carer", "percentage"), ("he", "percentage"))
)
HEADERS = ["Indicator", "File", "Where", "Value"]
SOURCES = [
    HEADERS,
    ["rate", RATE, None, "rate_per_10000"],
    ["carer", STABILITY, written([("placement_stability", SAME_CARER["placement_stability"])]), "children_percent"],
    ["he", ACTIVITY, written(HIGHER_EDUCATION.items()), "care_leaver_percent"],
]
FIGURES = [10] * 10


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a workbook that names its sources, and DfE's files; the current one."""
    (tmp_path / "report.toml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "indicators.toml").write_text(INDICATORS, encoding="utf-8")
    (tmp_path / "care.md").write_text("{{ indicator_table(section.indicators) }}", encoding="utf-8")
    save_sources(tmp_path, SOURCES)
    write_published(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def save_sources(folder: Path, sources: Sequence[Sequence[object]]) -> None:
    data = [["Indicator", "Figure", "Jun 25", "Jul 25"], ["rate", "value", 63, 64], ["carer", "value", 75.2, 74]]
    about = [["Key", "Value"], ["Report", "."], ["Authority", "Kirklees Council"]]
    write_workbook(folder / "july-2025.xlsx", {"About": about, "Data": data, "Benchmark sources": sources})


def one_source(folder: Path, given: list[dict[str, str]], where: str | None = None, **more: str) -> None:
    """One file with some rows, and one source that wants its rates."""
    write(folder / RATE, given)
    save_sources(folder, [[*HEADERS, *more], ["rate", RATE, where, "rate_per_10000", *more.values()]])


def found(
    *files: str, authority: str = "Kirklees", neighbours: str | None = NEIGHBOURS_FILE, periods: int = 1
) -> tuple[Benchmarks | None, list[Finding]]:
    """What `cpreport benchmarks` makes of data files, of one if none is named, and what it finds."""
    paths = [Path(file) for file in files or (RATE,)]
    beside = Path(neighbours) if neighbours else None
    try:
        return made_from(paths, authority, beside, Path("july-2025.xlsx"), periods=periods)
    except InputError as failure:
        return None, [*failure.findings]


def made(*files: str, periods: int = 1) -> dict[tuple[str, str, str], tuple[str, str]]:
    """The benchmarks and how many neighbours are known, by indicator, comparator and period."""
    benchmarks, findings = found(*files, periods=periods)
    assert benchmarks, [each.message for each in findings]
    return {(row.indicator, row.comparator, row.period): (row.number, row.known) for row in benchmarks.rows}


def codes(*files: str, authority: str = "Kirklees", neighbours: str | None = NEIGHBOURS_FILE) -> list[str]:
    """The codes that are found, with their places."""
    findings = found(*files, authority=authority, neighbours=neighbours)[1]
    return [f"{each.code.removeprefix('dfe.')} {each.place.file} {each.place}".strip() for each in findings]


def rates(neighbours: Sequence[object] = FIGURES, period: str = "2025", **more: str) -> list[dict[str, str]]:
    return [dict(row) for row in rows("rate_per_10000", 67, 77, 64, neighbours, period, **more)]


# What DfE published of Kirklees for 2025


def test_what_was_published_of_kirklees_is_found() -> None:
    benchmarks = made(RATE, STABILITY, ACTIVITY)

    assert {key[:2]: value for key, value in benchmarks.items()} == {
        ("rate", "England"): ("67", ""),
        ("rate", "Y&H"): ("77", ""),
        ("rate", "SN"): ("91.6", "10 of 10"),
        ("carer", "England"): ("69", ""),
        ("carer", "Y&H"): ("69", ""),
        ("carer", "SN"): ("71.4", "10 of 10"),
        ("he", "England"): ("3", ""),
        ("he", "Y&H"): ("2", ""),
    }
    assert {period for _, _, period in benchmarks} == {"Mar 2025"}


def test_an_average_of_what_suppression_leaves_is_refused_with_the_reason(call: Call) -> None:
    status, _, err = call(
        *("benchmarks", ACTIVITY, "--into", "july-2025.xlsx", "--neighbours", NEIGHBOURS_FILE, "--authority", "382")
    )

    assert status == 0
    assert "he Mar 2025: 1 of 10 neighbours are known (9 c), so there is no average" in err
    assert "he,SN" not in Path("benchmarks.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("known", range(11))
def test_an_average_takes_eight_of_ten(folder: Path, known: int) -> None:
    one_source(folder, rates([*range(1, known + 1), *["k"] * (10 - known)]))
    mean = Fraction(sum(range(1, known + 1)), known or 1)
    expected = (f"{float(mean):.15g}", f"{known} of 10") if known >= 8 else None

    assert made().get(("rate", "SN", "Mar 2025")) == expected
    assert ("too-few-neighbours july-2025.xlsx 'Benchmark sources'!D2" in codes()) is (known < 8)


def test_the_newest_periods_are_taken_newest_first(folder: Path) -> None:
    one_source(folder, [row for year in (2021, 2025, 2023, 2024, 2022) for row in rates([year] * 10, str(year))])

    assert {period: value for (_, name, period), (value, _) in made(periods=3).items() if name == "SN"} == {
        "Mar 2025": "2025",
        "Mar 2024": "2024",
        "Mar 2023": "2023",
    }
    taken = [period for _, name, period in made(periods=5) if name == "SN"]
    assert taken == ["Mar 2025", "Mar 2024", "Mar 2023", "Mar 2022", "Mar 2021"]
    assert [period for _, name, period in made() if name == "England"] == ["Mar 2025"]


def test_a_source_without_rows_for_the_files_newest_year_is_not_given_an_old_one(folder: Path) -> None:
    one_source(folder, [*rates(period="2024", group="a"), *rates(group="b")], "group = a")

    assert codes()[:2] == ["row-missing july-2025.xlsx 'Benchmark sources'!C2"] * 2


def test_older_periods_without_rows_are_left_out(folder: Path) -> None:
    given = [*rates(period="2025", group="a"), *rates(period="2024", group="b"), *rates(period="2023", group="a")]
    one_source(folder, given, "group = a")

    assert [period for _, name, period in made(periods=5) if name == "England"] == ["Mar 2025", "Mar 2023"]


def test_of_two_kinds_of_period_one_is_chosen_by_where(folder: Path) -> None:
    given = [*rates(), *rates(["c"] * 10, identifier="Calendar year")]
    one_source(folder, given, "time_identifier = Reporting year")

    assert made()["rate", "SN", "Mar 2025"] == ("10", "10 of 10")


def test_values_that_differ_in_capitals_alone_must_be_named_as_they_are(folder: Path) -> None:
    given = [*rates(group="Total"), *rates(["c"] * 10, group="TOTAL")]
    one_source(folder, given, "group = total")
    assert codes() == ["unknown-name july-2025.xlsx 'Benchmark sources'!C2"]

    one_source(folder, given, "group = Total")
    assert made()["rate", "SN", "Mar 2025"] == ("10", "10 of 10")


# Files


@examples(40)
@given(
    order=st.permutations([*published()[STABILITY][0]]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_neither_the_order_of_columns_nor_a_byte_order_mark_matters(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], encoding: str
) -> None:
    path = tmp_path_factory.mktemp("order") / STABILITY
    file, _ = read_explore(write(path, published()[STABILITY], order, encoding))

    assert file is not None
    assert {name: set(values) for name, values in file.filters.items()} == {
        name: {SAME_CARER[name], MOVES[name]} for name in SAME_CARER
    }
    assert file.indicators == ("children_percent",)


@examples(60)
@given(st.sampled_from([*SYMBOLS, *map(str.upper, SYMBOLS), ""]))
def test_a_symbol_is_never_a_number(symbol: str) -> None:
    assert read_value(symbol) == symbol.lower()


@examples(100)
@given(st.text(st.sampled_from("0123456789.,-+eE %x\u00bd\u0663"), max_size=8))
def test_a_text_is_the_number_that_python_reads_or_none(text: str) -> None:
    value = read_value(text)
    if isinstance(value, Fraction):
        assert value == Fraction(text)
    else:
        assert value in (None, "", *SYMBOLS)


@pytest.mark.parametrize("symbol", ["c", "k", "low", "x", "z", "u", ":", "..", ""])
def test_a_symbol_for_england_is_no_benchmark(folder: Path, symbol: str) -> None:
    given = rates()
    given[0]["rate_per_10000"] = symbol
    one_source(folder, given)

    assert "England" not in {name for _, name, _ in made()}
    assert codes() == ["not-published july-2025.xlsx 'Benchmark sources'!D2"]


def test_a_blank_among_the_neighbours_is_not_known(folder: Path) -> None:
    one_source(folder, rates([*[20] * 9, ""]))

    assert made()["rate", "SN", "Mar 2025"] == ("20", "9 of 10")


@pytest.mark.parametrize(
    ("identifier", "typed", "text"),
    [
        ("Reporting year", "2025", "Mar 2025"),
        ("Academic year", "202425", "2024/25"),
        ("Financial year", "202425", "2024/25"),
        ("Calendar year", "2025", "2025"),
        ("Financial year Q2", "202425", "Q2 2024/25"),
        ("Autumn term", "202425", "Autumn Term 2024/25"),
        ("January", "2025", "Jan 2025"),
        ("Academic year", "2025", None),
        ("Academic year", "202426", None),
        ("Reporting year", "202425", None),
        ("Calendar year Q1", "2025", None),
        ("Week 7", "2025", None),
        ("", "2025", None),
    ],
)
def test_a_period_is_read_as_reports_print_it_or_not_at_all(identifier: str, typed: str, text: str | None) -> None:
    found = period_of(typed, identifier, "March", TERMS)

    assert (found[0] if found else None) == text


def test_a_reporting_year_may_end_in_another_month(folder: Path) -> None:
    one_source(folder, rates(), **{"Year ends": "september"})
    assert {period for _, _, period in made()} == {"Sep 2025"}

    one_source(folder, rates(), **{"Year ends": "autumn"})
    assert codes()[0] == "invalid-source july-2025.xlsx 'Benchmark sources'!E2"


def _without(given: list[dict[str, str]], name: str) -> list[dict[str, str]]:
    return [row for row in given if name not in (row["la_name"], row["region_name"], row["geographic_level"])]


@pytest.mark.parametrize(
    ("given", "where", "finding"),
    [
        (_without(rates(), "National"), None, "row-missing july-2025.xlsx 'Benchmark sources'!C2"),
        (_without(rates(), "Regional"), None, "row-missing july-2025.xlsx 'Benchmark sources'!C2"),
        ([*rates(), rates()[0]], None, f"row-twice {RATE} line 16"),
        ([*rates(), rates()[1]], None, f"row-twice {RATE} line 16"),
        ([*rates(), {**rates()[3], "rate_per_10000": "65"}], None, f"row-twice {RATE} line 16"),
        ([*rates(group="a"), *rates(group="b")], None, "several-rows july-2025.xlsx 'Benchmark sources'!C2"),
        ([*rates(group="a"), *rates(group="b")], "group = c", "unknown-name july-2025.xlsx 'Benchmark sources'!C2"),
        ([*rates(group="a"), *rates(group="b")], "groups = a", "unknown-name july-2025.xlsx 'Benchmark sources'!C2"),
        (rates(group="a"), "group: a", "invalid-source july-2025.xlsx 'Benchmark sources'!C2"),
        (rates(group="a"), "group = a; group = b", "invalid-source july-2025.xlsx 'Benchmark sources'!C2"),
        ([*rates(), *rates(identifier="Calendar year")], None, "several-rows july-2025.xlsx 'Benchmark sources'!C2"),
        (rates(["1,234", *FIGURES[1:]]), None, f"not-a-number {RATE} line 6"),
        (rates(["about 9", *FIGURES[1:]]), None, f"not-a-number {RATE} line 6"),
        (rates(["nan", *FIGURES[1:]]), None, f"not-a-number {RATE} line 6"),
        (rates(identifier="Week 7"), None, f"unknown-period {RATE} line 2"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_not_as_it_should_be_is_an_error_and_nothing_is_written(
    folder: Path, call: Call, given: list[dict[str, str]], where: str | None, finding: str
) -> None:
    one_source(folder, given, where)
    status, out, _ = call("benchmarks", RATE, "--into", "july-2025.xlsx", "--neighbours", NEIGHBOURS_FILE)

    assert (status, out, Path("benchmarks.csv").exists()) == (1, "", False)
    assert codes()[0] == finding


def test_several_rows_are_told_with_what_makes_them_one(folder: Path) -> None:
    one_source(folder, [*rates(group="All children"), *rates(group="Girls")])
    (finding,) = found()[1]
    assert "which differ in group" in finding.message
    assert "group = All children" in finding.hint

    one_source(folder, [*rates(group="All children"), *rates(group="Girls")], "group = all children")
    assert len(made()) == 3


def test_a_filter_of_numbers_can_be_named_too(folder: Path) -> None:
    one_source(folder, [*rates(age="16"), *rates(["c"] * 10, age="17")])
    assert codes()[0].startswith("row-twice")

    one_source(folder, [*rates(age="16"), *rates(["c"] * 10, age="17")], "age = 16")
    assert made()["rate", "SN", "Mar 2025"] == ("10", "10 of 10")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", ""),
        (b"\n\n", ""),
        (b"PK\x03\x04\x14\x00\x00", ""),
        (b"\x00" * 100, ""),
        (b"time_period;time_identifier\n2025;Reporting year\n", "line 1"),
        (as_csv(rates()).replace(",", ";").encode(), "line 1"),
        (as_csv(rates()).replace(",", "\t").encode(), "line 1"),
        (as_csv(rates()).partition("\n")[0].encode(), ""),
        (as_csv(rates()).encode() + b"a,b\n", "line 16"),
        (as_csv(rates()).encode() + b'"open\n', "line 16"),
        (as_csv(rates()).encode() + b"x" * 200_000, "line 16"),
        (as_csv(rates()).replace("la_name,", "region_name,").encode(), "line 1"),
        (b"location,level,measure\nKirklees,Local authority,64\n", "line 1"),
    ],
)
def test_a_file_that_is_none_of_dfes_is_one_clear_error(folder: Path, call: Call, content: bytes, place: str) -> None:
    (folder / RATE).write_bytes(content)

    assert codes() == [f"file {RATE} {place}".strip()]
    assert call("benchmarks", "--list", RATE)[0] == 1


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_a_failure(call: Call, name: str) -> None:
    for arguments in (("--list", name), (RATE, "--authority", "Kirklees", "--neighbours", name)):
        status, out, err = call("benchmarks", *arguments)
        assert (status, out) == (3, "")
        assert err.startswith("cpreport: ")


# Authorities


@pytest.mark.parametrize("authority", ["Kirklees", "kirklees council", " 382 ", "Kirklees Metropolitan Borough"])
def test_the_authority_is_found_by_name_or_code(authority: str) -> None:
    for neighbours in (NEIGHBOURS_FILE, None):
        benchmarks, _ = found(authority=authority, neighbours=neighbours)
        assert benchmarks and benchmarks.wanted.authority[:3] == ("382", "Kirklees", REGION)


@pytest.mark.parametrize(("neighbours", "file"), [(NEIGHBOURS_FILE, NEIGHBOURS_FILE), (None, RATE)])
def test_an_authority_that_is_not_there_brings_the_nearest(neighbours: str | None, file: str) -> None:
    benchmarks, (finding,) = found(authority="Kirkless", neighbours=neighbours)

    assert (benchmarks, finding.code, finding.place.file) == (None, "dfe.unknown-authority", file)
    assert "did you mean 'Kirklees'?" in finding.message


def test_without_the_neighbours_there_is_no_average() -> None:
    benchmarks, findings = found(neighbours=None)

    assert benchmarks and [row.comparator for row in benchmarks.rows] == ["England", "Y&H"]
    assert [each.code for each in findings] == ["dfe.file-not-given"] * 2


@pytest.mark.parametrize(
    "neighbours",
    [["373", "357", "373"], ["382", "373"], ["373", "Tameside"], ["373", ""]],
    ids=["twice", "ourselves", "a name", "a blank"],
)
def test_a_file_of_neighbours_that_is_wrong_is_an_error(folder: Path, neighbours: list[str]) -> None:
    write_neighbours(folder / NEIGHBOURS_FILE, neighbours)

    assert codes() == [f"file {NEIGHBOURS_FILE} line 2"]


def test_a_data_file_is_no_file_of_neighbours() -> None:
    assert codes(neighbours=STABILITY)[-1] == f"file {STABILITY} line 1"


def test_a_neighbour_without_rows_is_told_and_not_known(folder: Path) -> None:
    one_source(folder, _without(rates(), "Bury"))
    assert codes() == [f"authority-without-rows {RATE}"]
    assert made()["rate", "SN", "Mar 2025"] == ("10", "9 of 10")


def test_a_neighbour_with_a_new_code_is_told_with_the_one_that_the_file_has(folder: Path) -> None:
    given = rates()
    moved = [{**row, "old_la_code": "940"} if row["la_name"] == "Bury" else row for row in given]
    one_source(folder, [*moved, *[{**row, "time_period": "2019"} for row in given]])
    (finding,) = found()[1]

    assert finding.code == "dfe.authority-without-rows"
    assert "Mar 2025: there are no rows for Bury (351; 940 in this file)" in finding.message


def test_our_own_authority_without_rows_is_told(folder: Path) -> None:
    one_source(folder, _without(rates(), "Kirklees"))

    assert codes() == [f"authority-without-rows {RATE}"]
    assert len(made()) == 3


# Comparators


@pytest.mark.parametrize(
    ("comparator", "given"),
    [
        ('id = "Eng"\nheading = "Eng"\nname = "All"\ngeography = "national"', "67"),
        ('id = "Region"\nheading = "Region"\nname = "Our region"\ngeography = "regional"', "77"),
        ('id = "Near"\nheading = "Near"\nname = "Like us"\ngeography = "neighbours"', "10"),
        ('id = "YH"\nheading = "YH"\nname = "Yorkshire & The Humber average"', "77"),
        ('id = "London"\nheading = "London"\nname = "London"', None),
        ('id = "England"\nheading = "Eng"\nname = "Neighbours"\ngeography = "neighbours"', "10"),
    ],
)
def test_a_comparator_is_known_by_its_geography_its_id_or_the_regions_name(
    folder: Path, comparator: str, given: str | None
) -> None:
    before, sections = REPORT.partition("[[comparators]]")[0], REPORT[REPORT.index("[[sections]]") :]
    (folder / "report.toml").write_text(f"{before}[[comparators]]\n{comparator}\n{sections}", encoding="utf-8")
    one_source(folder, rates())

    assert [value for value, _ in made().values()] == [given] * (given is not None)
    assert codes() == ["no-comparator"]


# benchmarks.toml


def test_sources_may_stand_in_the_report_folder_and_the_sheets_win(folder: Path) -> None:
    (folder / "benchmarks.toml").write_text(
        f'[["carer"]]\nfile = "{STABILITY}"\nvalue = "children_percent"\nwhere = {{ cla_group = "CLA on 31 March" }}\n'
        f'[["rate"]]\nfile = "{RATE}"\nvalue = "no such indicator"\n',
        encoding="utf-8",
    )
    save_sources(folder, SOURCES[:2])

    assert made(RATE, STABILITY)["carer", "SN", "Mar 2025"] == ("8.5", "10 of 10")
    assert made(RATE, STABILITY)["rate", "SN", "Mar 2025"] == ("91.6", "10 of 10")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[["rate"]]\nfil = "a.csv"\nvalue = "b"\n', "[[rate]] number 1: there is no key 'fil'; did you mean 'file'?"),
        ('[["rate"]]\nfile = "a.csv"\n', "[[rate]] number 1: the key 'value' is missing"),
        ('[["rate"]]\nfile = "a.csv"\nvalue = 3\n', "[[rate]] number 1: value = 3: it must be a text in double quotes"),
        ('[rate]\nfile = "a.csv"\nvalue = "b"\n', "it must be a list in square brackets"),
        ('[["rate"]]\nfile = "a.csv"\nvalue = "b"\nwhere = { a = 3 }\n', "a = 3: it must be a text in double quotes"),
        ("rate = [", "TOML"),
    ],
)
def test_a_mistake_in_the_file_of_sources_is_told_with_its_key(
    folder: Path, call: Call, text: str, message: str
) -> None:
    (folder / "benchmarks.toml").write_text(text, encoding="utf-8")
    status, out, err = call("benchmarks", RATE, "--authority", "Kirklees", "--report", ".")

    assert (status, out) == (1, "")
    assert message in err


def test_a_source_of_another_indicator_is_a_warning_with_the_nearest(folder: Path) -> None:
    save_sources(folder, [*SOURCES[:2], ["rates", RATE, None, "rate_per_10000"]])
    assert codes() == ["benchmark.unwanted july-2025.xlsx 'Benchmark sources'!A3"]


@examples(100)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters='=;"', categories=["L", "N", "P"]), min_size=1),
        st.text(st.characters(exclude_characters='"', categories=["L", "N", "P"])),
    )
)
def test_pairs_are_read_as_they_are_written(pairs: dict[str, str]) -> None:
    assert pairs_in(written(pairs.items())) == pairs


# What is written


def test_the_file_is_written_whole_and_the_same_each_time(folder: Path, call: Call) -> None:
    arguments = ("benchmarks", RATE, STABILITY, "--neighbours", NEIGHBOURS_FILE, "--into", "july-2025.xlsx")
    before = (folder / "july-2025.xlsx").read_bytes()
    contents = set()
    for _ in range(3):
        status, out, err = call(*arguments)
        assert (status, out, "benchmarks.csv written: 6 benchmarks" in err) == (0, "", True)
        contents.add((folder / "benchmarks.csv").read_bytes())

    assert len(contents) == 1
    assert (folder / "july-2025.xlsx").read_bytes() == before
    month = load_workbook(folder / "july-2025.xlsx")
    assert month.errors == ()
    texts = {(row.indicator, row.comparator): row.text for row in month.rows() if row.comparator}
    assert texts["rate", "SN"] == "91.6 (Mar 2025)"
    assert texts["carer", "SN"] == "71.4% (Mar 2025)"


def test_rows_of_other_indicators_are_kept_and_stale_ones_are_not(folder: Path, call: Call) -> None:
    common = ("--neighbours", NEIGHBOURS_FILE, "--into", "july-2025.xlsx")
    call("benchmarks", RATE, STABILITY, *common)
    write(folder / RATE, rates(["c"] * 10))
    status, _, err = call("benchmarks", RATE, *common)
    written = list(csv.DictReader(io.StringIO((folder / "benchmarks.csv").read_text(encoding="utf-8-sig"))))

    assert (status, "; 3 from other files are kept" in err) == (0, True)
    assert [(row["Indicator"], row["Benchmark"]) for row in written] == [
        *(("carer", name) for name in ("England", "Y&H", "SN")),
        *(("rate", name) for name in ("England", "Y&H")),
    ]


def test_rows_of_an_indicators_other_file_are_kept(folder: Path, call: Call) -> None:
    write(folder / "older.csv", rates([30] * 10, "2023"))
    save_sources(folder, [*SOURCES[:2], ["rate", "older.csv", None, "rate_per_10000"]])
    common = ("--neighbours", NEIGHBOURS_FILE, "--into", "july-2025.xlsx")
    call("benchmarks", RATE, "older.csv", *common)
    both = sorted((folder / "benchmarks.csv").read_text(encoding="utf-8-sig").splitlines())
    call("benchmarks", RATE, *common)

    assert sorted((folder / "benchmarks.csv").read_text(encoding="utf-8-sig").splitlines()) == both
    assert len(both) == 7


@pytest.mark.parametrize("content", [b"Name,Value\na,b\n", b"notes", b'Indicator,"Bench', b"\x00\x01"])
def test_a_file_of_somebodys_is_left_as_it_is(folder: Path, call: Call, content: bytes) -> None:
    (folder / "benchmarks.csv").write_bytes(content)
    status, _, err = call("benchmarks", RATE, "--neighbours", NEIGHBOURS_FILE, "--into", "july-2025.xlsx")

    assert (status, "it is left as it is" in err) == (3, True)
    assert (folder / "benchmarks.csv").read_bytes() == content


def test_an_input_is_never_written_over(folder: Path, call: Call) -> None:
    shutil.copy(folder / RATE, folder / "benchmarks.csv")
    save_sources(folder, [HEADERS, ["rate", "benchmarks.csv", None, "rate_per_10000"]])
    before = (folder / "benchmarks.csv").read_bytes()
    status, _, err = call("benchmarks", "benchmarks.csv", "--into", "july-2025.xlsx")

    assert (status, "is one of the files to read" in err) == (2, True)
    assert (folder / "benchmarks.csv").read_bytes() == before


def test_a_file_that_is_open_in_excel_is_not_replaced(folder: Path, call: Call) -> None:
    (folder / "~$benchmarks.csv").write_bytes(b"")
    status, _, err = call("benchmarks", RATE, "--into", "july-2025.xlsx")

    assert (status, "is open in another program" in err, (folder / "benchmarks.csv").exists()) == (3, True, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.csv", RATE, f"copy/{RATE}"), "two files are named"),
        ((RATE,), "needs our authority's name or code"),
        ((RATE, "--authority", "Kirklees", "--periods", "0"), "--periods"),
        ((), "FILE.csv"),
    ],
)
def test_wrong_usage_is_told(call: Call, arguments: tuple[str, ...], message: str) -> None:
    status, out, err = call("benchmarks", *arguments)

    assert (status, out, message in err) == (2, "", True)


def test_files_that_no_source_names_leave_everything_as_it_is(folder: Path, call: Call) -> None:
    save_sources(folder, [SOURCES[0], SOURCES[1]])
    status, out, err = call("benchmarks", STABILITY, "--into", "july-2025.xlsx", "--neighbours", NEIGHBOURS_FILE)

    assert (status, out, "nothing was written" in err) == (0, "", True)
    assert "dfe.file-unused" in err
    assert not (folder / "benchmarks.csv").exists()


def test_nothing_that_says_what_is_wanted_is_an_error(call: Call) -> None:
    status, out, err = call("benchmarks", RATE, "--authority", "Kirklees")

    assert (status, out, "dfe.no-sources" in err) == (1, "", True)


# Our own figures


def test_our_own_figure_is_held_against_the_workbooks(folder: Path, call: Call) -> None:
    given = [dict(row) for row in rows("rate_per_10000", 67, 77, 70, FIGURES, "2025", "July")]
    one_source(folder, given)
    status, _, err = call("benchmarks", RATE, "--neighbours", NEIGHBOURS_FILE, "--into", "july-2025.xlsx")

    assert status == 0
    assert "rate, Jul 2025: Kirklees 70; England 67; Y&H 77; SN 10 (10 of 10)" in err
    assert "Data!D2  rate Jul 2025: the workbook has 64, but DfE publishes 70" in err


# The page of the documentation


def test_the_page_shows_what_the_commands_print(folder: Path, call: Call) -> None:
    report = folder / "report"
    shutil.copytree(packaged_reports() / "corporate-parenting", report)
    with (report / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[indicators]]\nid = "he-17-18"\ntitle = "In higher education"\nmeasure = "percentage"\n')
    tables = [line.strip("| ").split("|") for line in PAGE.splitlines() if line.startswith("| ") and ".csv" in line]
    sources = [[cell.strip() or None for cell in cells] for cells in tables]
    about = [["Key", "Value"], ["Report", "report"]]
    data = [["Indicator", "Figure", "Jul 25"], ["4.05.01", "numerator", 70]]
    write_workbook(folder / "july-2025.xlsx", {"About": about, "Data": data, "Benchmark sources": [HEADERS, *sources]})
    printed = []
    for command in re.findall(r"^```sh\ncpreport (.+)\n```$", PAGE, re.MULTILINE):
        status, out, err = call(*command.split())
        assert status == 0
        printed.append(out if "--list" in command else err)
    written = (folder / "benchmarks.csv").read_text(encoding="utf-8-sig")
    blocks = re.findall(r"^```(\w*)\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    shown = [text for language, text in blocks if language in ("text", "csv")]

    assert [printed[0], printed[1], written] == shown
