"""The library: a report uses what its sections name of it, and nothing else of it has any effect."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from cpreport.forms.starter.writing import make_folder
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.model.document import Table, plain
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import month
from cpreport.pipeline import Month, load_workbook

from .workbooks import Rows, figure, texts, write_report, write_workbook

STANDARD = packaged_reports() / PACKAGED
TEXT = (STANDARD / "indicators-library.toml").read_text("utf-8")
IDS = [entry["id"] for entry in tomllib.loads(TEXT)["indicators"]]
DOCS = Path(__file__).parents[1] / "docs" / "report-folder.md"

REPORT = """
title = "Report"

[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {}
"""
OWN = """
[[indicators]]
id = "moves"
title = "Moves"
measure = "number"
"""
LIBRARY = """
[[indicators]]
id = "waiting"
title = "Waiting"
measure = "number"

[[indicators]]
id = "waiting-share"
title = "Waiting, of all"
measure = "percentage"
shows = "fraction"
numerator = "waiting/value"
denominator = "children"

[[indicators]]
id = "placed"
title = "Placed, of those who moved"
measure = "percentage"
shows = "fraction"
denominator = "moves/value"

[[series]]
id = "children"
title = "Children"

[[series]]
id = "families"
title = "Families"

[[subsets]]
part = "waiting"
whole = "children"

[[totals]]
whole = "moves"
parts = ["placed/numerator", "waiting"]

[[breakdowns]]
id = "where"
title = "Where"
of = "placed/numerator"
"""


def report_of(folder: Path, *names: str, own: str = OWN, library: str = LIBRARY, more: str = "") -> Path:
    """A report folder whose section shows these indicators."""
    write_report(folder, own, report=REPORT.format([*names]) + more, **{"indicators-library": library})
    return folder


def read(folder: Path, *names: str, **files: str) -> ReportFolder:
    return read_report_folder(report_of(folder, *names, **files))[0]


def month_in(folder: Path, rows: Rows) -> Month:
    """A month of a report folder, from a workbook with nothing but a Data sheet."""
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"Data": rows}))


def mistakes(folder: Path, *names: str, **files: str) -> list[Finding]:
    with pytest.raises(InputError) as error:
        read(folder, *names, **files)
    return list(error.value.findings)


# What the packaged library has


def with_section(folder: Path, *names: str, sections: str = "") -> Path:
    """A copy of the packaged report with a section of these indicators after (or, with a text, instead of) its own."""
    shutil.copytree(STANDARD, folder)
    text = (folder / "report.toml").read_text("utf-8")
    more = f'\n[[sections]]\nid = "more"\ntitle = "More"\nindicators = {[*names]}\n'
    (folder / "report.toml").write_text(text[: text.index("[[sections]]")] + sections + more, encoding="utf-8")
    return folder


def has_figures(report: Path, folder: Path, *names: str) -> None:
    """Asserts that made figures of a report folder have no finding, and a figure of each of these indicators."""
    opened = load_workbook(make_folder(folder, report, "Kirklees", month(2023, 7)).workbook)
    (*_, section) = opened.report.sections
    tables = [block for block in section.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    printed = {plain(line) for cell in cells for line in cell.lines}

    assert opened.findings == ()
    for name in names:
        assert opened.figures.timelines[name].newest.value is not None
        assert opened.folder.indicators[name].title in printed


def test_all_packaged_indicators_can_be_used_at_once(tmp_path: Path) -> None:
    text = (STANDARD / "report.toml").read_text("utf-8")
    report = with_section(tmp_path / "report", *IDS, sections=text[text.index("[[sections]]") :])

    has_figures(report, tmp_path / "new", *IDS)
    folder, _ = read_report_folder(report)
    assert [(str(each.stock), str(each.starts), str(each.ends)) for each in folder.stocks] == [
        ("4.02.01/numerator", "entered-care", "left-care"),
        ("foster-households", "in-house-approvals", "in-house-deregistrations"),
    ]


def test_no_packaged_indicator_is_defined_twice() -> None:
    own = tomllib.loads((STANDARD / "indicators.toml").read_text("utf-8"))
    assert not {*IDS} & {entry["id"] for entry in (*own["indicators"], *own["series"])}


@pytest.mark.parametrize("file", ["indicators.toml", "indicators-library.toml"])
def test_each_polarity_has_its_source(file: str) -> None:
    lines = re.findall("^polarity = .*", (STANDARD / file).read_text("utf-8"), re.MULTILINE)
    entries = tomllib.loads((STANDARD / file).read_text("utf-8"))["indicators"]
    sourced = re.compile(r'polarity = "(high|low|none)"  # (DfE LAIT: |not in the DfE dictionary: )\S.*')

    assert len(lines) == len(entries)
    assert [line for line in lines if not sourced.fullmatch(line)] == []


def test_the_documentation_lists_every_packaged_indicator() -> None:
    table = DOCS.read_text("utf-8").partition("## The library")[2].partition("\n## ")[0]
    assert re.findall("^\\| `([^`]+)`", table, re.MULTILINE) == IDS


# What a report takes


def test_an_indicator_that_a_section_names_comes_from_the_library(tmp_path: Path) -> None:
    folder = read(tmp_path, "moves", "waiting")

    assert [*folder.indicators] == ["moves", "waiting"]
    assert folder.indicators["waiting"].title == "Waiting"


def test_what_it_refers_to_comes_with_it(tmp_path: Path) -> None:
    folder = read(tmp_path, "waiting-share")

    assert [*folder.indicators] == ["moves", "waiting", "waiting-share"]
    assert [*folder.series] == ["children"]


def test_checks_come_where_all_their_parts_are_in_use(tmp_path: Path) -> None:
    one, two = read(tmp_path / "one", "waiting"), read(tmp_path / "two", "waiting-share")
    three = read(tmp_path / "three", "waiting", "placed")

    assert (one.subsets, one.totals, one.breakdowns) == ((), (), {})
    assert [str(each.part) for each in two.subsets] == ["waiting"]
    assert two.totals == ()
    assert (three.subsets, len(three.totals), [*three.breakdowns]) == ((), 1, ["where"])


def test_nothing_of_the_library_counts_unless_a_section_names_it(tmp_path: Path) -> None:
    with_it, without = read(tmp_path / "one", "moves"), read(tmp_path / "two", "moves", library="")

    assert with_it == without
    assert read(tmp_path / "three", "moves", library="not TOML") == without


def test_the_councils_own_definition_wins(tmp_path: Path) -> None:
    own = OWN + '\n[[indicators]]\nid = "Waiting"\ntitle = "Ours"\nmeasure = "number"\n'
    folder = read(tmp_path, "Waiting", "placed", own=own)

    assert [(each.id, each.title) for each in folder.indicators.values()][1:] == [
        ("Waiting", "Ours"),
        ("placed", "Placed, of those who moved"),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        '[[series]]\nid = "waiting"\ntitle = "Ours"\n',
        '[[indicators]]\nid = "ours"\ntitle = "Ours"\nmeasure = "number"\nformerly = ["waiting"]\n',
    ],
)
def test_a_name_that_indicators_toml_has_is_never_the_librarys(tmp_path: Path, entry: str) -> None:
    (finding,) = mistakes(tmp_path, "waiting", own=f"{OWN}\n{entry}")

    assert finding.code == "definition.unknown-name"
    assert "names 'waiting', but no indicator has that name; did you mean 'waiting-share'?" in finding.message


def test_a_figure_that_no_file_defines_has_its_own_rows(tmp_path: Path) -> None:
    report_of(tmp_path, "placed", own=OWN.replace("moves", "changes"))
    rows = [
        ["Indicator", "Figure", "Title", "Jul 23"],
        ["placed", "numerator", "Placed", 3],
        ["placed", "denominator", "Moved", 4],
    ]

    assert texts(month_in(tmp_path, rows), "placed")["Jul 23"] == "75.0% (3/4)"


def test_a_report_without_a_library_uses_the_packaged_one(tmp_path: Path) -> None:
    write_report(tmp_path, OWN, report=REPORT.format(["caseload"]))

    assert read_report_folder(tmp_path)[0].indicators["caseload"].measure.value == "average"


# When an indicator begins


FROM = "[library]\nfrom = {{ {} = {} }}\n"
ROWS: Rows = [["Indicator", "Figure", "Title", "May 23", "Jun 23", "Jul 23"], ["waiting", "value", "", None, 5, 6]]


def test_a_report_says_when_an_indicator_of_the_library_begins(tmp_path: Path) -> None:
    new = month_in(report_of(tmp_path / "new", "waiting", more=FROM.format("waiting", "2023-06-01")), ROWS)
    old = month_in(report_of(tmp_path / "old", "waiting"), ROWS)

    assert figure(new, "waiting", "May 23").state.value == "new"
    assert new.findings == ()
    assert figure(old, "waiting", "May 23").state.value == "no data"


@pytest.mark.parametrize("name", ["placed", "moves", "wating", "children"])
def test_only_an_indicator_that_is_taken_can_begin(tmp_path: Path, name: str) -> None:
    (finding,) = mistakes(tmp_path, "waiting-share", more=FROM.format(name, "2023-06-01"))

    wanted = f"[library]: from names {name!r}, but no indicator that a section takes from the library has that name"
    assert (finding.code, finding.place.file) == ("definition.unknown-name", "report.toml")
    assert finding.message == wanted + ("; did you mean 'waiting'?" if name == "wating" else "")


def test_the_day_must_be_a_date(tmp_path: Path) -> None:
    (finding,) = mistakes(tmp_path, "waiting", more=FROM.format("waiting", '"April"'))

    assert finding.message == "[library.from]: waiting = 'April': it must be a date without quotes, such as 2023-04-01"


# Mistakes


@pytest.mark.parametrize(("name", "near"), [("wating", "waiting"), ("movs", "moves")])
def test_a_misspelt_name_is_looked_for_in_both_files(tmp_path: Path, name: str, near: str) -> None:
    (finding,) = mistakes(tmp_path, name)

    said = f"[[sections]] care: indicators names {name!r}, but no indicator has that name; did you mean {near!r}?"
    assert (finding.code, finding.place.file, finding.message) == ("definition.unknown-name", "report.toml", said)


def test_a_series_of_the_library_is_no_indicator(tmp_path: Path) -> None:
    (finding,) = mistakes(tmp_path, "families")

    assert finding.code == "definition.unknown-name"


def test_mistakes_of_the_library_name_its_file(tmp_path: Path) -> None:
    wrong = LIBRARY.replace('denominator = "children"', 'denominator = "children"\ntarget = 0.5')
    (invalid,) = mistakes(tmp_path / "one", "waiting", library=wrong)
    (other,) = mistakes(tmp_path / "two", "placed", library=LIBRARY.replace("Placed,", "Placed\\u0007,"))
    quarterly = LIBRARY.replace('title = "Placed, of those who moved"', 'title = "P"\nfrequency = "quarter"')
    (unlike,) = mistakes(tmp_path / "three", "placed", library=quarterly)
    yearly = LIBRARY.replace('title = "Waiting"', 'title = "W"\nbaseline = { period = "once", value = 1 }')
    (baseline,) = mistakes(tmp_path / "four", "waiting", library=yearly)

    assert {each.place.file for each in (invalid, other, unlike, baseline)} == {"indicators-library.toml"}
    assert "[[indicators]] waiting-share" in invalid.message
    assert "moves has a figure for each month, placed for each quarter" in unlike.message
    assert "'once' is not a period" in baseline.message


def test_mistakes_of_indicators_toml_come_first(tmp_path: Path) -> None:
    own = OWN.replace('measure = "number"', 'measure = "rate"\ndenominator = "people"')
    (finding,) = mistakes(tmp_path, "placed", own=own)

    assert (finding.code, finding.place.file) == ("definition.unknown-name", "indicators.toml")
