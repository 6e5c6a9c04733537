"""`cpreport init` writes one workbook that says what its report is, and builds at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from cpreport.forms.starter.writing import make_folder, make_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.inputs.definitions.indicators_sheet import COLUMNS, NOTE
from cpreport.model.errors import UsageError
from cpreport.model.period import month
from cpreport.pipeline import Month, load_workbook

from .workbooks import write_report

JULY = month(2023, 7)
STANDARD = packaged_reports() / PACKAGED
FIRST = [column.header for column in COLUMNS][: [column.key for column in COLUMNS].index(NOTE) + 1]

REPORT = """
title = "Children's Board"
[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical Neighbours average"
always = true
[[comparators]]
id = "Core cities"
heading = "Core cities"
name = "Core cities"
[[sections]]
id = "care"
title = "Care"
indicators = ["1.1", "Visits in time"]
slots = [{ id = "why", title = "Why" }]
"""
INDICATORS = """
[[indicators]]
id = "1.1"
reference = "1.1"
title = "In care"
measure = "rate"
denominator = "people"
shows = "count"
target = 60

[[indicators]]
id = "Visits in time"
title = "Visits in time"
measure = "percentage"
polarity = "high"
target = "95%"
targets = []
unit = "% of visits"

[[series]]
id = "people"
title = "=Children"
carry = true
"""

Call = Callable[..., tuple[int, str, str]]


def report_in(folder: Path, report: str = REPORT, indicators: str = INDICATORS) -> Path:
    """A report folder that an Indicators sheet can hold; its sections are as the packaged ones."""
    write_report(folder, indicators, report=f"standing_glossary = true\n{report}")
    (folder / "sections").mkdir()
    shutil.copy(STANDARD / "sections" / "standard.md", folder / "sections")
    return folder


def rows(workbook: Path, name: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(workbook)[name].iter_rows(values_only=True)]


def built(workbook: Path) -> Month:
    """A workbook without any finding, nor its texts or its report."""
    opened = load_workbook(workbook)
    assert opened.report.sections
    assert opened.findings == ()
    return opened


def printed(document: Path) -> str:
    with zipfile.ZipFile(document) as archive:
        assert archive.testzip() is None
    read = docx.Document(str(document))
    return "\n".join(
        "".join(paragraph.itertext()) for paragraph in read.element.body.iter() if paragraph.tag.endswith("}p")
    )


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# From nothing to a first report


def test_from_nothing_to_a_report_of_ones_own(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, said = call("init", "board", "--authority", "Example Council", "--period", "2023-07")
    assert (status, said) == (
        *(0, 'board is ready: edit july-2023.xlsx, then run: cpreport build "board/july-2023.xlsx"\n'),
    )
    assert call("build", "board/july-2023.xlsx", "--strict")[0] == 0

    path = tmp_path / "board" / "july-2023.xlsx"
    book = openpyxl.load_workbook(path)
    about, indicators, data = book["About"], book["Indicators"], book["Data"]
    for row in about.iter_rows():
        if row[0].value == "Title":
            row[1].value = "How our children are"
        if row[0].value == "Example":
            row[0].value = row[1].value = None
    columns = {cell.value: cell.column for cell in indicators[1]}
    bottom = indicators.max_row + 1
    new = {"Section": "What children say", "Indicator": "Children who feel heard", "Measure": "percentage"}
    for header, value in {**new, "Good is": "higher", "Target": "80%"}.items():
        indicators.cell(bottom, columns[header], value)
    data.append(["Children who feel heard", "value", None, None])
    july = next(cell.column for cell in data[1] if getattr(cell.value, "month", 0) == 7 and cell.value.year == 2023)
    heard = data.cell(data.max_row, july, 0.815)
    heard.number_format = "0.0%"
    book.save(path)

    status, _, said = call("build", "board/july-2023.xlsx")
    text = printed(path.with_suffix(".docx"))
    assert status == 0, said
    for words in ("How our children are", "What children say", "Children who feel heard", "81.5%", "80%", "on target"):
        assert words in text
    assert "EXAMPLE copy" not in text


def test_it_builds_at_once(tmp_path: Path) -> None:
    opened = built(make_workbook(tmp_path / "new", None, "Kirklees", JULY).workbook)

    assert opened.report.marks == ("EXAMPLE",)
    assert opened.report.cover.authority == "Kirklees"
    assert len(opened.folder.indicators) == 34


@pytest.mark.parametrize("number", [1, 4, 9, 12])
def test_any_month_builds_at_once(tmp_path: Path, number: int) -> None:
    built(make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", month(2024, number)).workbook)


def test_it_runs_as_a_module_in_a_folder_of_any_name(tmp_path: Path) -> None:
    new = "Jürgen’s reports – July & August"
    for command in (
        ["init", new, "--authority", "Kirklees", "--period", "2023-07"],
        ["build", f"{new}/july-2023.xlsx"],
    ):
        ran = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "cpreport", *command],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
        assert new in ran.stderr
    assert (tmp_path / new / "july-2023.docx").is_file()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written_is_left_as_it_is(tmp_path: Path, call: Call) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    for folder in (shut, shut / "new"):
        status, out, err = call("init", str(folder), "--authority", "Kirklees")
        assert (status, out, files(shut)) == (3, "", set())
        assert "cannot be written: Permission denied" in err


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (make_workbook(tmp_path / name, None, "Kirklees", JULY).workbook.parent for name in ("one", "two"))
    assert {name: (one / name).read_bytes() for name in files(one)} == {
        name: (two / name).read_bytes() for name in files(two)
    }


# What it holds


def test_it_holds_a_workbook_and_narratives_and_no_report_folder(tmp_path: Path) -> None:
    workbook = make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", JULY).workbook

    assert files(tmp_path / "new") == {"july-2023.xlsx", "narrative/2023-07/care.docx"}
    assert openpyxl.load_workbook(workbook).sheetnames == [
        *("About", "Indicators", "Data", "Benchmarks", "Marks", "Status", "Narrative", "Key", "Lists")
    ]


def test_the_indicators_sheet_says_what_the_files_say(tmp_path: Path) -> None:
    workbook = make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", JULY).workbook
    headers, *found = rows(workbook, "Indicators")
    said = [{head: value for head, value in zip(headers, row, strict=True) if value is not None} for row in found]

    assert headers == [*FIRST, "Unit", "Carry"]
    assert said == [
        {
            "Section": "Care",
            "Reference": "1.1",
            "Indicator": "In care",
            "Measure": "rate",
            "Shows": "count",
            "Denominator": "people",
            "Target": 60,
        },
        {
            "Section": "Care",
            "Indicator": "Visits in time",
            "Measure": "percentage",
            "Good is": "higher",
            "Target": "95%",
            "Unit": "% of visits",
        },
        {"Reference": "people", "Indicator": "=Children", "Measure": "series", "Carry": "yes"},
    ]
    (titles,) = openpyxl.load_workbook(workbook)["Indicators"].iter_cols(3, 3, min_row=2)
    assert {(cell.data_type, cell.number_format) for cell in titles} == {("s", "@")}


def test_about_says_what_the_report_is(tmp_path: Path) -> None:
    workbook = make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", JULY).workbook
    about = {row[0]: row[1] for row in rows(workbook, "About")}

    assert about["Title"] == "Children's Board"
    assert about["Comparators"] == "SN: Statistical Neighbours average; Core cities: Core cities"
    assert about["Slots"] == "Why"


def test_the_key_says_what_holds_where_a_cell_is_blank(tmp_path: Path) -> None:
    key = {row[0]: row[1] for row in rows(make_workbook(tmp_path / "new", None, "Kirklees", JULY).workbook, "Key")}

    assert key["Indicators, Tolerance"] == (
        "How far a target may be missed and be close to it: 5 points, 10% or 0. Blank is at most 5 points (percentages"
        " with a target of 50 or more), 2 points (below 50) or 10% of the target (all others). Please confirm it with"
        " your board."
    )
    assert "Targets" not in key


def test_targets_that_are_made_up_are_shaded(tmp_path: Path) -> None:
    made_up = openpyxl.load_workbook(make_workbook(tmp_path / "new", None, "Kirklees", JULY).workbook)["Indicators"]
    given = make_workbook(tmp_path / "given", report_in(tmp_path / "report"), "Kirklees", JULY).workbook
    shaded = {cell.value: cell.fill.fgColor.rgb for cell in made_up["L"][1:] if cell.value is not None}

    assert shaded == {10: "00FFF2CC", 90: "00FFF2CC"}
    assert {cell.fill.fgColor.rgb for cell in openpyxl.load_workbook(given)["Indicators"]["L"][1:]} == {"00000000"}


def test_columns_have_drop_downs(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(make_workbook(tmp_path / "new", None, "Kirklees", JULY).workbook)
    found = book["Indicators"].data_validations.dataValidation
    offered = {str(book["Indicators"][str(each.sqref).split("2:")[0] + "1"].value): each for each in found}

    assert {header: each.formula1 for header, each in offered.items() if not each.formula1.startswith("Lists!")} == {
        "Measure": '"rate,percentage,number,average,series"',
        "Good is": '"higher,lower,neither"',
        "Shows": '"value,count,fraction"',
        "Frequency": '"month,quarter,term,year"',
        "Kind": '"flow,stock"',
        "Direction": '"yes,no"',
        "Cumulative": '"academic-year,financial-year"',
        "Carry": '"yes,no"',
    }
    others = {header: each.showErrorMessage for header, each in offered.items() if each.formula1.startswith("Lists!")}
    assert others == {"Section": False, "Numerator": False, "Denominator": False}
    sections = dict(zip(*(rows(book_path(tmp_path), "Lists")[at] for at in (0, 1)), strict=True))
    assert sections["Sections"] == "Children Entering Care, Children in Care and Placement Stability"


def book_path(folder: Path) -> Path:
    return folder / "new" / "july-2023.xlsx"


def test_indicators_without_a_reference_are_named_by_their_title(tmp_path: Path) -> None:
    text = INDICATORS.replace('id = "Visits in time"', 'id = "visits"').replace('id = "1.1"', 'id = "care-rate"')
    text = text.replace('polarity = "high"', 'polarity = "high"\ndenominator = "care-rate/numerator"')
    report = report_in(
        tmp_path / "report", REPORT.replace("Visits in time", "visits").replace('"1.1"', '"care-rate"'), text
    )
    workbook = make_workbook(tmp_path / "new", report, "Kirklees", JULY).workbook

    built(workbook)
    assert [row[9] for row in rows(workbook, "Indicators")[1:3]] == ["people", "1.1/numerator"]
    assert {row[0] for row in rows(workbook, "Data")[1:]} == {"1.1", "Visits in time", "people"}


def test_life_and_days_are_dates(tmp_path: Path) -> None:
    text = INDICATORS.replace('shows = "count"', 'shows = "count"\nfrom = 2022-04-01\nuntil = 2023-12-31')
    workbook = make_workbook(
        tmp_path / "new", report_in(tmp_path / "report", indicators=text), "Kirklees", JULY
    ).workbook
    first = openpyxl.load_workbook(workbook)["Indicators"][2]

    assert [(first[at].value.date(), first[at].number_format) for at in (17, 18)] == [
        (date(2022, 4, 1), "dd/mm/yyyy"),
        (date(2023, 12, 31), "dd/mm/yyyy"),
    ]
    indicator = built(workbook).folder.indicators["1.1"]
    assert (indicator.begins, indicator.ends) == (date(2022, 4, 1), date(2023, 12, 31))


# What it cannot hold


def test_nothing_is_left_out_of_a_report_that_it_can_hold(tmp_path: Path) -> None:
    assert make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", JULY).left_out == ()


def test_what_it_cannot_hold_is_listed(tmp_path: Path, call: Call) -> None:
    status, _, said = call(
        "init", str(tmp_path / "new"), "--authority", "K", "--report", PACKAGED, "--period", "2023-07"
    )
    (line, _) = said.splitlines()

    assert status == 0
    assert line == (
        "an Indicators sheet does not hold: the section 'Appendix – Glossary of Terms',"
        " benchmark_period, [[totals]], [[subsets]], [[breakdowns]], owners of sections, groups of sections,"
        " slots of sections; --folder keeps them"
    )


MORE = {
    "language": 'language = "cy-GB"',
    "direction": 'direction = "row"',
    "numbered": "numbered = true",
    "compare_with_earlier": "compare_with_earlier = true",
    "benchmark_period": 'benchmark_period = "March 2021"',
    "[periods]": "[periods]\nmonth = [-1, 0]",
    "[[peers]]": '[[peers]]\nid = "SN"\nname = "Neighbours"',
    "[plausibility]": "[plausibility]\njump = 9.0",
    "[status]": '[status]\ntolerance = "1 point"',
    "[words]": '[words]\nbetter = "good"',
    "[judgement]": "[judgement]\npoints = 20",
    "[tables]": "[tables]\nmean = 12",
    "[scorecard]": '[scorecard]\ncolumns = ["title", "figure"]',
    "[glance]": '[glance]\nfirst = ["1.1"]',
    "[cover]": '[cover]\nfields = ["Contact"]',
    "[sentences]": '[sentences]\nown_tolerance = "{titles}: within {tolerance}."',
    "[terms]": '[terms]\nAutumn = "Sep-Nov"\nSpring = "Jan-Mar"',
    "[narratives]": "[narratives]\nsimilarity = 80",
    "[[ignore]]": '[[ignore]]\ncode = "data.indicator-without-data"\nreason = "Known."\nuntil = 2030-01-01',
}


@pytest.mark.parametrize("name", MORE)
def test_each_setting_that_it_cannot_hold_is_named(tmp_path: Path, name: str) -> None:
    table = MORE[name]
    report = f"{REPORT}\n{table}" if table.startswith("[") else f"{table}\n{REPORT}"
    made = make_workbook(tmp_path / "new", report_in(tmp_path / "report", report), "Kirklees", JULY)
    assert made.left_out == (name,)


@pytest.mark.parametrize("name", ["page.html", "page.css", "page.typ"])
def test_each_page_of_its_own_is_named(tmp_path: Path, name: str) -> None:
    report = report_in(tmp_path / "report")
    (report / name).write_bytes((packaged_reports() / PACKAGED / name).read_bytes() + b"\n")
    assert make_workbook(tmp_path / "new", report, "Kirklees", JULY).left_out == (name,)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('owner = "Ann"', "owners of sections"),
        ('group = "Care"', "groups of sections"),
        ("periods = [-1, 0]", "periods of sections"),
        ("new_page = false", "new_page"),
        ("numbered = false", "which sections are numbered"),
        ('template = "own.md"', "templates of sections"),
    ],
)
def test_each_key_of_a_section_that_it_cannot_hold_is_named(tmp_path: Path, more: str, said: str) -> None:
    plain = '[[sections]]\nid = "more"\ntitle = "More"\nindicators = ["2.1"]\nslots = [{ id = "why", title = "Why" }]\n'
    indicators = f'{INDICATORS}\n[[indicators]]\nid = "2.1"\nreference = "2.1"\ntitle = "B"\nmeasure = "number"\n'
    report = report_in(tmp_path / "report", f"{REPORT}\n{plain}{more}\n", indicators)
    (report / "own.md").write_text("# Own\n\n{{ indicator_table(section.indicators) }}\n")
    assert make_workbook(tmp_path / "new", report, "Kirklees", JULY).left_out == (said,)


def test_an_indicator_that_no_section_shows_stays_out(tmp_path: Path) -> None:
    hidden = REPORT.replace('"1.1", ', "")
    text = INDICATORS.replace('polarity = "high"', 'polarity = "high"\ndenominator = "1.1/numerator"')
    made = make_workbook(tmp_path / "new", report_in(tmp_path / "report", hidden, text), "Kirklees", JULY)

    assert made.left_out == ("1.1, which no section shows",)
    assert [*built(made.workbook).folder.indicators] == ["Visits in time"]


@pytest.mark.parametrize("name", ["overview", "scorecard"])
def test_a_report_that_lives_by_its_templates_needs_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"the report {name} is made by its own templates.*add --folder"):
        make_workbook(tmp_path / "new", packaged_reports() / name, "Kirklees", JULY)
    assert not (tmp_path / "new").exists()


def test_two_indicators_of_one_name_need_a_folder(tmp_path: Path) -> None:
    text = INDICATORS.replace('id = "1.1"', 'id = "a"').replace('id = "Visits in time"', 'id = "b"\nreference = "1.1"')
    report = report_in(tmp_path / "report", REPORT.replace('"1.1", "Visits in time"', '"a", "b"'), text)
    with pytest.raises(UsageError, match=r"cannot hold this report \(1\.1 is the name of this row and of B2\)"):
        make_workbook(tmp_path / "new", report, "Kirklees", JULY)
    assert not (tmp_path / "new").exists()


# Indicators from the library


def test_indicators_of_the_library_come_with_what_they_refer_to(tmp_path: Path) -> None:
    made = make_workbook(tmp_path / "new", None, "Kirklees", JULY, ["uasc-share", "three-moves"])
    further = [row for row in rows(made.workbook, "Indicators") if row[0] == "Further indicators"]

    assert [row[2] for row in further] == [
        "Children in care who are unaccompanied asylum-seeking children",
        "Unaccompanied asylum-seeking children in care",
        "Children in care 12 months or more who had a change of home, of school and of social worker in the last 12"
        " months",
    ]
    assert further[0][8:10] == ["Unaccompanied asylum-seeking children in care", "4.02.01/numerator"]
    assert "Further indicators" in [section.title for section in built(made.workbook).folder.sections]


# A folder that exists


def test_a_folder_with_other_files_gets_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    made = make_workbook(tmp_path / "new", report_in(tmp_path / "report"), "Kirklees", JULY)

    assert files(tmp_path / "new") == {"mine.txt", "july-2023.xlsx", "narrative/2023-07/care.docx"}
    built(made.workbook)


@pytest.mark.parametrize("name", ["june-2023.xlsx", "July-2023.xlsx"])
def test_a_workbook_that_is_there_is_kept(tmp_path: Path, call: Call, name: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_bytes(b"somebody's figures")
    asked = ("init", str(tmp_path / "new"), "--authority", "Kirklees", "--period", "2023-07")
    status, _, said = call(*asked)

    assert (status, said) == (0, f"there and kept: {name}\nadded: nothing, for nothing is missing\n")
    assert files(tmp_path / "new") == {name}
    assert call(*asked, "--quiet")[2] == ""
    assert call(*asked, "--with", "uasc")[0] == 2


def test_indicators_of_the_library_are_copied_into_a_workbook_that_is_there(tmp_path: Path, call: Call) -> None:
    asked = ("--authority", "Kirklees", "--period", "2023-07")
    for name, wanted in {"ours": (), "more": ("--with", "uasc")}.items():
        assert call("init", str(tmp_path / name), *asked, *wanted)[0] == 0
    ours = tmp_path / "ours" / "july-2023.xlsx"
    before = ours.read_bytes()
    status, _, said = call("init", str(tmp_path / "ours"), *asked, "--with", "uasc")
    assert (status, ours.read_bytes() == before) == (2, True)
    assert "give a new folder, and copy the rows from its sheets Indicators and Data, or add --folder" in said

    book, more = (openpyxl.load_workbook(path / "july-2023.xlsx") for path in (tmp_path / "ours", tmp_path / "more"))
    for name in ("Indicators", "Data"):
        known = [*book[name].values]
        for row in more[name].values:
            if row not in known:
                book[name].append(row)
    book.save(ours)
    assert len(built(ours).folder.indicators) == 35


def test_a_report_folder_gets_no_workbook_with_an_indicators_sheet(tmp_path: Path) -> None:
    report = report_in(tmp_path / "report")
    before = files(report)
    with pytest.raises(UsageError, match=r"has a report\.toml, which says what its report is: add --folder"):
        make_workbook(report, None, "Kirklees", JULY)
    assert files(report) == before


def test_a_workbook_with_an_indicators_sheet_gets_no_report_folder(tmp_path: Path) -> None:
    new = make_workbook(tmp_path / "new", None, "Kirklees", JULY).workbook.parent
    before = files(new)
    with pytest.raises(UsageError, match=r"july-2023\.xlsx has a sheet Indicators.*give a new folder"):
        make_folder(new, None, "Kirklees", JULY)
    assert files(new) == before
