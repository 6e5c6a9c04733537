"""A starter folder builds at once, whatever the report folder, or is not there at all."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from cpreport.analysis.figures import compute_figures
from cpreport.compose.report import compose_report
from cpreport.forms.starter.figures import heading
from cpreport.forms.starter.folder import with_authority
from cpreport.forms.starter.writing import make_folder
from cpreport.inputs.definitions.folder import PACKAGED, PAGES, packaged_reports, read_report_folder
from cpreport.inputs.month import read_workbook, with_narratives
from cpreport.model.document import Report, Table, plain
from cpreport.model.errors import EnvironmentFailure, InputError, UsageError
from cpreport.model.figure import State
from cpreport.model.finding import Finding
from cpreport.model.folder import JudgementRules, TableColumns
from cpreport.model.indicator import Part, Tolerances
from cpreport.model.period import Kind, Period, Term, month, quarter
from cpreport.model.status import StatusWord
from cpreport.office.digests import PROPERTY, is_as_recorded
from cpreport.pipeline import load_workbook

from .test_render_word import paragraphs
from .workbooks import checked

JULY = month(2023, 7)
STANDARD = packaged_reports() / PACKAGED
KIRKLEES = 'Kirklees "K" \\ Čouncil'

REPORT = """
title = "Children's Board"
authority = 'Somewhere'
direction = "cell"
[periods]
month = [-24, -1, 0]
[[comparators]]
id = "SN"
heading = "SN"
name = "Neighbours"
always = true
[[comparators]]
id = "Core"
heading = "Core"
name = "Core cities"
[[sections]]
id = "all"
title = "All of them"
template = "sections/all.md"
indicators = ["care", "far", "very-far", "plans", "offences", "carers", "foster", "kinship", "children", "cases"]
[[sections.slots]]
id = "why"
title = "Why? #"
required = true
[[sections.slots]]
id = "never-printed"
title = "Never printed"
[[sections]]
id = "actions"
title = "Actions"
template = "sections/deep/actions.md"
"""

INDICATORS = """
indicators = [
  { id = "care", title = "In care", measure = "rate", denominator = "population", shows = "count" },
  { id = "far", title = "Far", measure = "percentage", denominator = "care/numerator", polarity = "low" },
  { id = "very-far", title = "Very far", measure = "percentage", denominator = "far/numerator", shows = "fraction" },
  { id = "plans", title = "Plans", measure = "percentage", frequency = "term", lag = 1 },
  { id = "offences", title = "=Crimes", measure = "percentage", frequency = "quarter", cumulative = "financial-year" },
  { id = "carers", title = "Carers", measure = "number" },
  { id = "foster", title = "Foster", measure = "number" },
  { id = "kinship", title = "Kinship", measure = "number", numerator = "kin" },
  { id = "children", title = "Children a worker", measure = "average", numerator = "placed", denominator = "workers" },
  { id = "cases", title = "Workers a child", measure = "average", numerator = "workers", denominator = "placed" },
]
series = [
  { id = "population", title = "Population", carry = true },
  { id = "placed", title = "Placed" },
  { id = "kin", title = "Placed with kin" },
  { id = "workers", title = "Workers" },
]
totals = [{ whole = "placed", parts = ["carers", "foster", "kinship"] }]
breakdowns = [
  { id = "where", title = "Where", of = "very-far/numerator" },
  { id = "how", title = "How" },
]
"""

ALL = """# {{ section.title }}

{{ indicator_table(section.indicators) }}

{{ breakdown_table("where") }}

The mean is {{ indicator("foster").mean(20).value }}, for {{ about["Team"] }} {{ indicator("far").benchmark("Core") }}.

{{ narrative("why") }}
"""


def make_starter(folder: Path, report: Path | None, authority: str, period: Period) -> Path:
    """The workbook of a starter's report folder."""
    return make_folder(folder, report, authority, period).workbook


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small report folder with references, totals, breakdowns and periods of three kinds."""
    root = tmp_path / "report"
    (root / "sections" / "deep").mkdir(parents=True)
    (root / "report.toml").write_text(REPORT)
    (root / "indicators.toml").write_text(INDICATORS)
    (root / "sections" / "all.md").write_text(ALL)
    (root / "sections" / "deep" / "actions.md").write_text('# Actions\n\n{{ sheet_table("Board actions") }}\n')
    return root


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a starter folder of the packaged report, to be read."""
    return make_starter(tmp_path_factory.mktemp("packaged") / "new", STANDARD, KIRKLEES, JULY)


def built(workbook: Path) -> tuple[Report, list[Finding]]:
    """What a workbook's report is, with every finding on the way."""
    opened = read_workbook(workbook)
    folder = opened.folder
    read, findings = with_narratives(opened)
    figures = compute_figures(read, folder)
    composed = compose_report(read, folder, figures)
    return composed.report, [*findings, *checked(read, folder), *composed.findings]


def sheet(workbook: Path, name: str) -> Worksheet:
    found = openpyxl.load_workbook(workbook)[name]
    assert isinstance(found, Worksheet)
    return found


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def changed(report: Path, name: str, old: str, new: str) -> None:
    text = (report / name).read_text()
    assert old in text
    (report / name).write_text(text.replace(old, new))


def test_the_packaged_report_builds_at_once(packaged: Path) -> None:
    composed, findings = built(packaged)
    assert findings == []
    assert (composed.cover.authority, composed.cover.period, composed.marks) == (KIRKLEES, "July 2023", ("EXAMPLE",))


def test_another_report_builds_at_once(tmp_path: Path, report: Path) -> None:
    composed, findings = built(make_starter(tmp_path / "new", report, KIRKLEES, JULY))
    assert findings == []
    tables = [block for section in composed.sections for block in section.blocks if isinstance(block, Table)]
    cells = [plain(line) for table in tables for row in table.rows for cell in row.cells for line in cell.lines]
    assert "not available" not in cells
    assert "no data" not in cells


@pytest.mark.parametrize("members", ["", 'members = ["Bolton", "Bury"]\nfewest = 2\n'])
def test_a_report_with_peers_has_example_peers(tmp_path: Path, report: Path, members: str) -> None:
    group = '[[peers]]\nid = "Core"\nname = "Core cities"\n'
    path = report / "report.toml"
    path.write_text(f"{path.read_text()}\n{group}{members}")
    with (report / "sections" / "all.md").open("a") as template:
        template.write('\n{{ peer_table("foster") }}\n\nWe are {{ indicator("foster").rank("Core") }}.\n')

    workbook = make_starter(tmp_path / "new", report, KIRKLEES, JULY)

    assert built(workbook)[1] == []
    assert "Peers" in openpyxl.load_workbook(workbook).sheetnames


def test_each_packaged_report_builds_at_once(tmp_path: Path) -> None:
    for root in (path.parent for path in packaged_reports().glob("*/report.toml")):
        assert built(make_starter(tmp_path / root.name, root, KIRKLEES, JULY))[1] == [], root.name


@pytest.mark.parametrize("number", [1, 4, 9, 12])
def test_any_month_builds_at_once(tmp_path: Path, report: Path, number: int) -> None:
    assert built(make_starter(tmp_path / "new", report, "Kirklees", month(2024, number)))[1] == []


def test_its_narratives_are_as_long_as_they_must_be(tmp_path: Path, report: Path) -> None:
    changed(report, "report.toml", 'id = "why"', 'id = "why"\nmin_words = 70')
    assert built(make_starter(tmp_path / "new", report, "Kirklees", JULY))[1] == []


@pytest.mark.parametrize("when", [month(2026, 10), month(2031, 1)])
def test_its_benchmarks_are_of_march_of_the_year_before(tmp_path: Path, when: Period) -> None:
    workbook = make_starter(tmp_path / "new", STANDARD, "Kirklees", when)
    read, march = load_workbook(workbook), f"March {when.start.year - 1}"

    assert read.findings == ()
    assert read.workbook.about.text("Benchmark period") == march
    assert {row[3].value for row in sheet(workbook, "Benchmarks").iter_rows(min_row=2)} == {march}
    assert {benchmark.period for benchmark in read.workbook.benchmarks} == {""}


def test_it_holds_the_report_folder_a_workbook_and_narratives(tmp_path: Path, report: Path) -> None:
    for name in PAGES:
        (report / name).write_text(f"the report's own {name}")
    (report / "july-2023.xlsx").write_bytes(b"somebody's figures")
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert workbook == tmp_path / "new" / "july-2023.xlsx"
    assert files(tmp_path / "new") == {
        *("report.toml", "indicators.toml", "indicators-library.toml", "sections/all.md", "sections/deep/actions.md"),
        *("shell.docx", "glossary.csv", *PAGES, "july-2023.xlsx", "narrative/2023-07/all.docx"),
    }
    assert [(tmp_path / "new" / name).read_text() for name in PAGES] == [f"the report's own {name}" for name in PAGES]


@pytest.mark.parametrize("name", ["shell.docx", "glossary.csv", "indicators-library.toml", *PAGES])
def test_the_packaged_look_glossary_and_library_stand_in(tmp_path: Path, report: Path, name: str) -> None:
    make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert (tmp_path / "new" / name).read_bytes() == (STANDARD / name).read_bytes()


def test_a_narrative_shows_how_a_figure_is_printed(tmp_path: Path, report: Path) -> None:
    make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert paragraphs(docx.Document(str(tmp_path / "new" / "narrative" / "2023-07" / "all.docx")))[-4:] == [
        ("Heading 2", "why"),
        (
            "List Bullet",
            'EXAMPLE 1: {{ indicator("care") }}: {{ indicator("care").now }} in {{ indicator("care").now.period }}.'
            " Replace this text with your own.",
        ),
        ("Heading 2", "Never printed"),
        ("List Bullet", "Click here and write. One bullet for each point."),
    ]


def test_a_narrative_has_the_example_figures_beside_it(packaged: Path) -> None:
    health = packaged.parent / "narrative" / "2023-07" / "health.docx"
    (shown, *_) = docx.Document(str(health)).element.body.xpath("./w:sdt[1]//w:tbl")
    assert "4.11.11" in "".join(shown.itertext())
    assert is_as_recorded(health.read_bytes(), PROPERTY)


@pytest.mark.parametrize("name", [KIRKLEES, "'", '"""', "Ynys Môn 😀", "a # b = [c]", "x\u2028\u0085y"])
def test_any_name_is_an_authority(tmp_path: Path, name: str) -> None:
    make_starter(tmp_path / "new", STANDARD, name, JULY)
    assert tomllib.loads((tmp_path / "new" / "report.toml").read_text("utf-8"))["authority"] == name


@pytest.mark.parametrize(
    "text",
    [
        'title = "R"\n',
        'title = "R"\nauthority = "Old"\n',
        'title = "R"\nauthority = """Old \\\n  [one]"""\n[[sections]]\ntitle = "S"\nauthority = "no key of ours"\n',
        'benchmark_period = """\ntitle = 1\n"""\n"title" = \'R\'\n',
        "# nothing\n[periods]\nmonth = [0]\n",
    ],
)
def test_an_authority_is_put_into_the_file_that_is_there(text: str) -> None:
    after = with_authority(text, KIRKLEES)
    assert tomllib.loads(after) == {**tomllib.loads(text), "authority": KIRKLEES}


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00", "a\x7f", "a\udc80"])
def test_a_name_that_cannot_be_printed_is_no_authority(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        make_starter(tmp_path / "new", STANDARD, name, JULY)


def test_a_starter_is_for_a_month(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="month"):
        make_starter(tmp_path / "new", STANDARD, "Kirklees", quarter(2023, 1))


def test_an_empty_folder_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    workbook = make_starter(Path(), STANDARD, "Kirklees", JULY)
    assert built(workbook)[1] == []
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        *("report.toml", "indicators.toml", "indicators-library.toml", "sections", "shell.docx", "glossary.csv"),
        *(*PAGES, "july-2023.xlsx", "narrative"),
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_a_folder_with_other_files_gets_what_it_lacks(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    made = make_folder(tmp_path / "new", report, "Kirklees", JULY)
    fresh = make_starter(tmp_path / "fresh", report, "Kirklees", JULY).parent

    assert contents(tmp_path / "new") == {"mine.txt": b"mine", **contents(fresh)}
    assert made.files.kept == ()
    assert built(made.workbook)[1] == []


def test_what_is_there_is_kept_and_told(tmp_path: Path, report: Path) -> None:
    new = make_starter(tmp_path / "new", report, "Kirklees", JULY).parent
    (new / "glossary.csv").write_text("term,description\nours,our own word\n")
    (new / "shell.docx").unlink()
    (new / "sections" / "deep" / "actions.md").unlink()
    before = contents(new)
    shutil.copyfile(report / "sections" / "deep" / "actions.md", new / "sections" / "deep" / "actions.md")
    made = make_folder(new, None, "Leeds", JULY)

    assert made.files.added == ("shell.docx",)
    assert made.files.kept == (
        *("glossary.csv", "indicators-library.toml", "indicators.toml", *sorted(PAGES), "report.toml"),
        *("sections/all.md", "sections/deep/actions.md", "july-2023.xlsx"),
    )
    assert contents(new).items() >= before.items()
    assert built(made.workbook)[1] == []


def test_a_folder_with_a_workbook_gets_no_other_and_no_narratives(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "june-2023.xlsx").write_bytes(b"somebody's figures")
    made = make_folder(tmp_path / "new", report, "Kirklees", JULY)

    assert (made.workbook.name, made.files.kept) == ("june-2023.xlsx", ("june-2023.xlsx",))
    assert files(tmp_path / "new") == {
        *("report.toml", "indicators.toml", "indicators-library.toml", "sections/all.md", "sections/deep/actions.md"),
        *("shell.docx", "glossary.csv", *PAGES, "june-2023.xlsx"),
    }


def test_somebodys_narratives_get_no_examples_beside_them(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new" / "narrative" / "2023-07").mkdir(parents=True)
    (tmp_path / "new" / "narrative" / "2023-07" / "all.md").write_text("# Why?\n\n- Ours.\n")
    made = make_folder(tmp_path / "new", report, "Kirklees", JULY)

    assert made.files.kept == ("narrative/2023-07",)
    assert {name for name in files(tmp_path / "new") if name.startswith("narrative")} == {"narrative/2023-07/all.md"}
    assert built(made.workbook)[1] == []


def test_example_figures_are_of_the_indicators_that_are_there(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new").mkdir()
    own = INDICATORS.replace("Foster", "Foster carers of ours").replace('"care", title', '"care", decimals = 3, title')
    (tmp_path / "new" / "indicators.toml").write_text(own)
    made = make_folder(tmp_path / "new", report, "Kirklees", JULY)
    titles = {row[2].value for row in sheet(made.workbook, "Data").iter_rows(min_row=2)}

    assert (tmp_path / "new" / "indicators.toml").read_text() == own
    assert "Foster carers of ours" in titles
    assert built(made.workbook)[1] == []


def test_a_report_folder_takes_no_other_report(report: Path) -> None:
    before = contents(report)
    with pytest.raises(UsageError, match=r"has a report\.toml of its own: leave out --report"):
        make_starter(report, STANDARD, "Kirklees", JULY)
    assert contents(report) == before


def test_files_that_do_not_fit_what_is_there_are_not_added(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "indicators.toml").write_text('[[indicators]]\nid = "a"\ntitle = "A"\nmeasure = "number"\n')
    with pytest.raises(InputError, match="no indicator has that name"):
        make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert files(tmp_path / "new") == {"indicators.toml"}


def test_all_that_is_missing_is_added_or_nothing(tmp_path: Path, report: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "sections").write_text("a file where a folder must be")
    with pytest.raises(EnvironmentFailure, match="cannot be written"):
        make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["sections"]


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    with pytest.raises(UsageError, match="is not a folder"):
        make_starter(tmp_path / "new", STANDARD, "Kirklees", JULY)
    assert files(tmp_path) == {"new"}


@pytest.mark.parametrize("parent", ["missing", "a-file"])
def test_a_place_that_cannot_be_written_is_a_failure_of_the_system(tmp_path: Path, parent: str) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(EnvironmentFailure, match="cannot be written"):
        make_starter(tmp_path / parent / "new", STANDARD, "Kirklees", JULY)
    assert files(tmp_path) == {"a-file"}


@pytest.mark.parametrize("is_there", [False, True])
def test_nothing_half_written_stays(tmp_path: Path, report: Path, is_there: bool) -> None:
    in_the_way = "july-2023.xlsx/all.md"
    changed(report, "report.toml", "sections/all.md", in_the_way)
    (report / "july-2023.xlsx").mkdir()
    (report / in_the_way).write_text(ALL)
    target = tmp_path / "new"
    if is_there:
        target.mkdir()
    with pytest.raises(EnvironmentFailure, match="cannot be written"):
        make_starter(target, report, "Kirklees", JULY)
    assert target.exists() == is_there
    assert files(tmp_path) == {f"report/{name}" for name in files(report)}


def test_a_file_outside_the_report_folder_is_not_copied(tmp_path: Path, report: Path) -> None:
    (report / "indicators.toml").rename(tmp_path / "indicators.toml")
    changed(report, "report.toml", 'direction = "cell"', 'indicators = "../indicators.toml"')
    with pytest.raises(InputError, match=r"\.\./indicators\.toml"):
        make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert not (tmp_path / "new").exists()


def test_a_link_out_of_the_report_folder_is_not_followed(tmp_path: Path, report: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (report / "sections" / "secret.md").symlink_to(tmp_path / "secret.md")
    (report / "page.html").symlink_to(tmp_path / "secret.md")
    make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert "sections/secret.md" not in files(tmp_path / "new")
    assert (tmp_path / "new" / "page.html").read_bytes() == (STANDARD / "page.html").read_bytes()


def test_a_report_folder_with_mistakes_is_not_copied(tmp_path: Path, report: Path) -> None:
    changed(report, "indicators.toml", "far/numerator", "fra/numerator")
    with pytest.raises(InputError, match="fra"):
        make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert not (tmp_path / "new").exists()


def test_texts_are_copied_as_utf_8(tmp_path: Path, report: Path) -> None:
    (report / "sections" / "all.md").write_bytes(ALL.replace("The mean", "\u2013 The mean").encode("cp1252"))
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert "\u2013 The mean" in (tmp_path / "new" / "sections" / "all.md").read_text("utf-8")
    assert built(workbook)[1] == []


def test_the_same_is_written_at_every_run(tmp_path: Path, report: Path) -> None:
    first, second = (make_starter(tmp_path / name, report, "Kirklees", JULY).parent for name in ("one", "two"))
    assert files(first) == files(second)
    assert [(first / name).read_bytes() for name in files(first)] == [
        (second / name).read_bytes() for name in files(first)
    ]


def test_settings_are_written_out_as_they_are_without_it(tmp_path: Path, packaged: Path) -> None:
    text = (packaged.parent / "report.toml").read_text("utf-8")
    uncommented = re.sub("^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)
    folder, _ = read_report_folder(packaged.parent)
    shutil.copytree(packaged.parent, tmp_path / "new")
    (tmp_path / "new" / "report.toml").write_text(uncommented, encoding="utf-8")
    with_all, _ = read_report_folder(tmp_path / "new")

    assert {*Tolerances._fields} == tomllib.loads(text)["status"]["tolerance"].keys()
    assert {*JudgementRules._fields} == tomllib.loads(uncommented)["judgement"].keys()
    assert (folder.tolerance, folder.judgement) == (Tolerances(), JudgementRules())
    assert folder.tables == TableColumns(judgement=True)
    assert {*TableColumns._fields} == tomllib.loads(uncommented)["tables"].keys()
    assert (with_all.tolerance, with_all.judgement) == (Tolerances(), JudgementRules())


def test_settings_that_the_report_has_stay(tmp_path: Path, report: Path) -> None:
    with (report / "report.toml").open("a", encoding="utf-8") as file:
        file.write('[status]\ntolerance = "1 point"\n')
    make_starter(tmp_path / "new", report, "Kirklees", JULY)
    settings = tomllib.loads((tmp_path / "new" / "report.toml").read_text("utf-8"))

    assert (settings["status"], settings["judgement"]) == ({"tolerance": "1 point"}, {"on": True})
    assert settings["tables"] == {"judgement": True}


def test_two_indicators_have_an_example_target_and_print_a_status(packaged: Path) -> None:
    lines = (packaged.parent / "indicators.toml").read_text("utf-8").split("\n")
    composed, _ = built(packaged)
    tables = [block for section in composed.sections for block in section.blocks if isinstance(block, Table)]
    statuses = [cell.status for table in tables for row in table.rows for cell in row.cells if cell.status]

    added = [line.partition("  # EXAMPLE: ")[0] for line in lines if "EXAMPLE" in line]
    assert added == ["target = 10", "target = 90"]
    assert len([status for status in statuses if status is not StatusWord.NO_TARGET]) == 2
    assert statuses.count(StatusWord.NO_TARGET) > 2


@pytest.mark.parametrize("more", ["", "target = 12\n"])
def test_a_report_with_targets_gets_no_example_ones(tmp_path: Path, report: Path, more: str) -> None:
    text = f'[[indicators]]\nid = "a"\ntitle = "A"\nmeasure = "number"\n{more}'
    text += '\n[[indicators]]\nid = "b"\u00a0\ntitle = "B"\nmeasure = "percentage"\npolarity = "high"\n'
    (report / "indicators.toml").write_text(text, encoding="utf-8")
    (report / "report.toml").write_text(ANY_REPORT.replace(', "c", "d", "e"', ""), encoding="utf-8")
    (report / "all.md").write_text("{{ indicator_table(section.indicators) }}\n")
    make_starter(tmp_path / "new", report, "Kirklees", JULY)
    entries = tomllib.loads((tmp_path / "new" / "indicators.toml").read_text("utf-8"))["indicators"]

    assert [entry.get("target") for entry in entries] == ([12, None] if more else [None, 90])


# Indicators from the library


def sections_of(report: Path) -> list[tuple[str, list[str]]]:
    return [(each.title, [*each.indicators]) for each in read_report_folder(report)[0].sections]


@pytest.mark.parametrize("name", ["corporate-parenting", "overview", "scorecard"])
def test_indicators_of_the_library_stand_in_a_section_before_those_without_indicators(
    tmp_path: Path, name: str
) -> None:
    root = packaged_reports() / name
    made = make_folder(tmp_path / "new", root, "Kirklees", JULY, ["caseload", "uasc-share", "caseload"])
    before = sections_of(root)
    last = max(number for number, (_, names) in enumerate(before) if names) + 1

    assert sections_of(tmp_path / "new") == [
        *before[:last],
        ("Further indicators", ["caseload", "uasc-share"]),
        *before[last:],
    ]
    assert built(made.workbook)[1] == []
    assert {"caseload", "uasc"} <= {row[0].value for row in sheet(made.workbook, "Data").iter_rows()}


def test_an_indicator_that_a_section_shows_is_not_added(tmp_path: Path) -> None:
    with_it = make_folder(tmp_path / "one", STANDARD, "Kirklees", JULY, ["4.02.01"])
    without = make_folder(tmp_path / "two", STANDARD, "Kirklees", JULY)
    assert contents(with_it.workbook.parent) == contents(without.workbook.parent)


@pytest.mark.parametrize(("name", "near"), [("uascc", "; did you mean 'uasc'?"), ("nothing-like-it", "")])
def test_an_indicator_that_the_library_lacks_is_wrong_usage(tmp_path: Path, name: str, near: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"--with: the indicator library has no {name!r}{near}") + "$"):
        make_folder(tmp_path / "new", STANDARD, "Kirklees", JULY, ["caseload", name])
    assert not (tmp_path / "new").exists()


def test_an_existing_report_folder_gets_them_too(tmp_path: Path) -> None:
    first = make_folder(tmp_path / "new", STANDARD, "Kirklees", JULY, ["caseload"])
    before = contents(tmp_path / "new")
    again = make_folder(tmp_path / "new", None, "Leeds", JULY, ["caseload", "uasc"])
    after = contents(tmp_path / "new")

    assert again.files.added == ("report.toml",)
    assert {name for name in after if after[name] != before[name]} == {"report.toml"}
    assert [each for each in sections_of(tmp_path / "new") if each[0].startswith("Further")] == [
        ("Further indicators", ["caseload"]),
        ("Further indicators 2", ["uasc"]),
    ]
    assert [finding.code for finding in built(first.workbook)[1]] == ["data.indicator-without-data"]


def test_a_report_folder_stays_as_it_is_where_what_is_missing_cannot_be_added(tmp_path: Path) -> None:
    new = make_starter(tmp_path / "new", STANDARD, "Kirklees", JULY).parent
    (new / "sections" / "standard.md").unlink()
    shutil.rmtree(new / "narrative")
    shutil.move(new / "sections", tmp_path / "sections")
    (new / "sections").symlink_to(tmp_path / "nowhere")
    before = (new / "report.toml").read_bytes()
    with pytest.raises((EnvironmentFailure, InputError)):
        make_folder(new, None, "Kirklees", JULY, ["uasc"])
    assert (new / "report.toml").read_bytes() == before


def test_a_report_that_lists_its_sections_in_one_line_says_how_to_write_them(tmp_path: Path, report: Path) -> None:
    (report / "report.toml").write_text(
        'title = "R"\nsections = [{ id = "a", title = "A", template = "sections/all.md", indicators = ["care"] }]\n'
    )
    with pytest.raises(UsageError, match=r"begin each with \[\[sections\]\]"):
        make_folder(tmp_path / "new", report, "Kirklees", JULY, ["uasc"])


NAMED = ("workers", "joined", "left", "placed", "near", "away", "kin")
RATIOS = """{ id = "visits", title = "Visits", measure = "percentage", shows = "fraction" },
  { id = "reviews", title = "Reviews", measure = "average", shows = "fraction" },
  { id = "plans","""


def test_figures_agree_with_all_that_must_hold_between_them(tmp_path: Path, report: Path) -> None:
    changed(report, "indicators.toml", '{ id = "plans",', RATIOS)
    changed(
        report,
        "indicators.toml",
        "series = [",
        'series = [{ id = "joined", title = "A" }, { id = "left", title = "B" }, { id = "near", title = "C" }, '
        '{ id = "away", title = "D" },',
    )
    changed(report, "indicators.toml", "totals = [", 'totals = [{ whole = "placed", parts = ["near", "away"] }, ')
    with (report / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write(
            'subsets = [{ part = "carers", whole = "care/numerator" }]\n'
            'stocks = [{ stock = "workers", starts = "joined", ends = "left" }]\n'
            'shared_denominators = [{ indicators = ["visits", "reviews"] }]\n'
        )
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)

    assert built(workbook)[1] == []
    present = {
        (e.name, e.part) for e in load_workbook(workbook).workbook.entries if e.amount.number and e.period == JULY
    }
    wanted = {*product(NAMED, [Part.VALUE]), *product(("visits", "reviews"), [Part.DENOMINATOR])}
    assert wanted <= present


def test_indicators_have_figures_in_their_life_only(tmp_path: Path, report: Path) -> None:
    changed(report, "indicators.toml", '{ id = "plans",', '{ id = "plans", from = 2023-01-01,')
    changed(report, "indicators.toml", '{ id = "offences",', '{ id = "offences", until = 2022-12-31,')
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)

    assert built(workbook)[1] == []
    entries = load_workbook(workbook).workbook.entries
    given = [entry for entry in entries if entry.amount.state is State.PRESENT]
    assert min(entry.period for entry in given if entry.name == "plans").label == "Spring Term 22/23"
    assert max(entry.period for entry in given if entry.name == "offences").label == "Oct-Dec 22/23 Q3"


def test_what_no_figures_can_hold_builds_all_the_same(tmp_path: Path, report: Path) -> None:
    with (report / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write('subsets = [{ part = "placed", whole = "foster" }]\n')
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)
    assert built(workbook)[1] == []


NAMES = ("a", "b", "c", "d", "e")
SERIES = ("s", "t", "u")


@st.composite
def indicators_files(draw: st.DrawFn) -> str:
    """indicators.toml with references and what must hold between figures, also where no figures can hold it."""

    def some(*names: str) -> list[str]:
        return draw(st.lists(st.sampled_from(names), unique=True, min_size=2, max_size=3))

    lines = ["indicators = ["]
    for at, name in enumerate(NAMES):
        measure = draw(st.sampled_from(["number", "percentage", "rate", "average"]))
        shows = draw(st.sampled_from(["value", "count", "fraction"])) if measure != "number" else "value"
        polarity = draw(st.sampled_from(["high", "low", "none"]))
        references = ""
        if draw(st.booleans()):
            source = draw(st.sampled_from([*SERIES, *(f"{earlier}/numerator" for earlier in NAMES[:at])]))
            part = "numerator" if measure == "number" else draw(st.sampled_from(["numerator", "denominator"]))
            references = f', {part} = "{source}"'
        lines.append(
            f'{{ id = "{name}", title = "T{name}", measure = "{measure}", shows = "{shows}", '
            f'polarity = "{polarity}"{references} }},'
        )
    lines.append("]")
    carry = draw(st.sampled_from(SERIES))
    series = (f'{{ id = "{name}", title = "S{name}", carry = {str(name == carry).lower()} }}' for name in SERIES)
    lines.append(f"series = [{', '.join(series)}]")
    sources = (*NAMES, *SERIES, *(f"{name}/numerator" for name in NAMES))
    for _ in range(draw(st.integers(0, 2))):
        whole, *parts = some(*sources)
        lines.append(f'[[totals]]\nwhole = "{whole}"\nparts = {parts}')
    if draw(st.booleans()):
        part, whole, *_ = some(*sources)
        lines.append(f'[[subsets]]\npart = "{part}"\nwhole = "{whole}"')
    if draw(st.booleans()):
        stock, starts = some(*sources)[:2]
        lines.append(f'[[stocks]]\nstock = "{stock}"\nstarts = "{starts}"\nends = "u"')
    if draw(st.booleans()):
        lines.append(f"[[shared_denominators]]\nindicators = {some(*NAMES)}")
    of = draw(st.sampled_from(sources))
    lines.append(f'[[breakdowns]]\nid = "where"\ntitle = "Where"\nof = "{of}"')
    return "\n".join(lines)


ANY_REPORT = """
title = "Any"
[[sections]]
id = "all"
title = "All"
template = "all.md"
indicators = ["a", "b", "c", "d", "e"]
"""


@given(indicators_files())
def test_any_report_folder_builds_at_once(text: str) -> None:
    with TemporaryDirectory() as temporary:
        root = Path(temporary) / "report"
        root.mkdir()
        (root / "report.toml").write_text(ANY_REPORT)
        (root / "all.md").write_text('{{ indicator_table(section.indicators) }}\n\n{{ breakdown_table("where") }}\n')
        (root / "indicators.toml").write_text(text)
        try:
            workbook = make_starter(Path(temporary) / "new", root, "Kirklees", JULY)
        except InputError:
            reject()
        assert built(workbook)[1] == []


def test_data_has_a_row_for_each_part_without_reference(tmp_path: Path, report: Path) -> None:
    data = sheet(make_starter(tmp_path / "new", report, "Kirklees", JULY), "Data")
    rows = [(row[0].value, row[1].value) for row in data.iter_rows(min_row=2)]
    assert rows == [
        *(("care", "numerator"), ("far", "numerator"), ("very-far", "numerator")),
        *(("plans", "value"), ("offences", "numerator"), ("offences", "denominator")),
        *(("carers", "value"), ("foster", "value")),
        *(("population", "value"), ("placed", "value"), ("kin", "value"), ("workers", "value")),
    ]
    assert {(row[0].number_format, row[3].value) for row in data.iter_rows(min_row=2)} == {("@", "EXAMPLE")}
    assert data.column_dimensions["A"].number_format == "@"
    assert data.freeze_panes == "E2"


def test_months_are_dates_and_other_periods_are_text(tmp_path: Path, report: Path) -> None:
    header = sheet(make_starter(tmp_path / "new", report, "Kirklees", JULY), "Data")[1]
    months = [cell for cell in header if isinstance(cell.value, datetime)]
    assert [f"{months[at].value:%b %y}" for at in (0, -1)] == ["Jun 21", "Jul 23"]
    assert {cell.number_format for cell in months} == {"mmm yy"}
    assert [cell.value for cell in header][-1] == "Spring Term 22/23"
    assert "Jan-Mar 22/23 Q4" in [cell.value for cell in header]


def test_years_are_of_one_kind(tmp_path: Path, report: Path) -> None:
    changed(report, "indicators.toml", 'frequency = "term", lag = 1', 'frequency = "year"')
    workbook = make_starter(tmp_path / "new", report, "Kirklees", JULY)
    headers = [cell.value for cell in sheet(workbook, "Data")[1]]
    assert headers[-2:] == ["2021/22", "2022/23"]
    assert "2022" not in headers
    assert built(workbook)[1] == []


def test_a_report_without_indicators_has_a_starter(tmp_path: Path, report: Path) -> None:
    (report / "indicators.toml").write_text("")
    (report / "report.toml").write_text('title = "Actions"\n[[sections]]\nid = "a"\ntitle = "A"\ntemplate = "a.md"\n')
    (report / "a.md").write_text("# Actions\n")
    assert make_starter(tmp_path / "new", report, "Kirklees", JULY).is_file()


def test_a_sheet_that_templates_name_in_two_ways_is_one(tmp_path: Path, report: Path) -> None:
    with (report / "sections" / "all.md").open("a") as file:
        file.write('{{ sheet_table("board actions ") }} {{ sheet_table("Data: no sheet") }}\n')
    names = openpyxl.load_workbook(make_starter(tmp_path / "new", report, "Kirklees", JULY)).sheetnames
    assert [name for name in names if "actions" in name.lower() or ":" in name] in (
        ["Board actions"],
        ["board actions"],
    )


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        (quarter(2023, 1), "Apr-Jun 23/24 Q1"),
        (quarter(1973, 1), "1973-74-Q1"),
        (Period(Kind.YEAR, 1973), "1973/74"),
        (Period(Kind.YEAR, 1423), None),
        (month(1850, 1), None),
        (Period(Kind.TERM, 2021, (Term("Half", 9, 3),)), "Half Term 21/22"),
    ],
)
def test_a_period_stands_above_its_column_as_it_is_read(period: Period, shown: str | None) -> None:
    assert heading(period) == shown


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path, report: Path) -> None:
    data = sheet(make_starter(tmp_path / "new", report, "Kirklees", JULY), "Data")
    assert [cell.data_type for cell in data["C"] if cell.value == "=Crimes"] == ["s", "s"]


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("Data", {"B": '"numerator,denominator,value"'}),
        ("Benchmarks", {"A": "Lists!$A$2:$A$11", "B": "Lists!$C$2:$C$3", "E": '"provisional,final"'}),
        ("Marks", {"A": "Lists!$B$2:$B$15", "C": '"numerator,denominator,value"', "D": "Lists!$D$2:$D$11"}),
        ("Narrative", {"A": "Lists!$E$2", "B": "Lists!$F$2:$F$3"}),
        ("Breakdowns", {"A": "Lists!$G$2:$G$3"}),
        ("Status", {"A": "Lists!$A$2:$A$11", "B": "Lists!$H$2:$H$8"}),
    ],
)
def test_columns_have_drop_downs(tmp_path: Path, report: Path, name: str, lists: dict[str, str]) -> None:
    found = sheet(make_starter(tmp_path / "new", report, "Kirklees", JULY), name)
    offered = {str(v.sqref).split(":")[0]: v.formula1 for v in found.data_validations.dataValidation}
    assert set(offered) == {f"{column}2" for column in lists}
    assert all(offered[f"{column}2"].startswith(formula) for column, formula in lists.items())


def test_no_sheet_is_hidden(packaged: Path) -> None:
    book = openpyxl.load_workbook(packaged)
    assert book.sheetnames == [
        *("About", "Data", "Benchmarks", "Marks", "Status", "Narrative", "Breakdowns", "Key", "Lists")
    ]
    assert {found.sheet_state for found in book.worksheets} == {"visible"}


def test_each_comparator_that_always_has_a_column_has_benchmarks(packaged: Path) -> None:
    found = sheet(packaged, "Benchmarks")
    assert {row[1].value for row in found.iter_rows(min_row=2)} == {"SN", "England"}


def test_a_starter_has_the_categories_and_groups_that_the_folder_names(tmp_path: Path, report: Path) -> None:
    indicators = report / "indicators.toml"
    text = indicators.read_text()
    indicators.write_text(text.replace('title = "How" }', 'title = "How", order = ["Foster care", "5–9"] }'))
    template = report / "sections" / "all.md"
    tags = """
{{ breakdown("how").category("5-9", "Girls").count }} and {{ breakdown("how").largest("Boys").name }} of
{{ breakdown("how").total }}; {{ breakdown("where").category("Near by").share }}
"""
    template.write_text(template.read_text() + tags)

    made = make_starter(tmp_path / "new", report, KIRKLEES, JULY)

    rows = [row[:4] for row in openpyxl.load_workbook(made)["Breakdowns"].iter_rows(min_row=2, values_only=True)]
    assert [row[1:3] for row in rows if row[0] == "how"] == [
        *[("Foster care", "Girls"), ("5–9", "Girls"), ("Foster care", "Boys"), ("5–9", "Boys")],
    ]
    assert sum(row[3] for row in rows if row[0] == "how") == 24
    assert [row[1:3] for row in rows if row[0] == "where"] == [("Near by", None)]
    assert [finding for finding in load_workbook(made).findings if finding.is_error] == []
