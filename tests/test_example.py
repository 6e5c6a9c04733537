"""The July 2023 example against the board report that was published: 202 cells and 96 arrows."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from pathlib import Path

import docx
import pytest

from cpreport import Month, build_report, load_workbook
from cpreport.compose.values import IndicatorValue, find_indicator
from cpreport.model.document import RowKind, Section, Table, TableKind, plain
from cpreport.model.period import Kind

from .example_scripts import assert_made_by_its_script

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT / "examples" / "july-2023.xlsx"
PUBLISHED = Path(__file__).parent / "published" / "july-2023.csv"

# Where cpreport prints something else than was published, and why.
OTHER_LABELS = {"Apr-Jul 23/24 Q1": "Apr-Jun 23/24 Q1"}  # the first financial quarter ends in June
OTHER_TEXTS = {
    # one rule for decimals
    ("4.10.02", "Summer Term 21/22"): "100.0%",
    ("4.10.02", "Autumn Term 22/23"): "100.0%",
    ("4.10.02", "Spring Term 22/23"): "100.0%",
    ("initial-pep", "May 23"): "100.0% (24/24)",
    ("4.09.02a", "Eng."): "10.0%",
    # no printed cell is empty
    ("4.10.02", "SN"): "N/A",
    ("4.10.02", "Eng."): "N/A",
    ("initial-pep", "Jun 23"): "not due yet",
    ("initial-pep", "Jul 23"): "not due yet",
    ("initial-pep", "Cumulative"): "no data",
    ("persistent-absentees", "Jun 23"): "not due yet",
    ("persistent-absentees", "Jul 23"): "not due yet",
    ("mid-year-school-moves", "Jun 23"): "not due yet",
    ("mid-year-school-moves", "Jul 23"): "not due yet",
}
PACKED = ("4.12.01", "*Benchmarking")  # three benchmarks in one cell
UNPACKED = {"SN": "4.0% (2021/22)", "Eng.": "2.0% (2021/22)", "Y&H": "2.0% (2021/22)"}
WORDS = {"↑": "↑ up", "↓": "↓ down", "↔": "↔ same", "-": "↔ same"}  # one table printed - for an unchanged arrow


ARROWS = ("↑", "↓", "↔")
STANCES = ("we are higher", "we are lower", "equal")


@pytest.fixture(scope="module")
def month() -> Month:
    return load_workbook(WORKBOOK)


@pytest.fixture(scope="module", params=["cell", "row"])
def printing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The month with each direction of travel below its figure, and in a row of its own as it was published."""
    report = tmp_path_factory.mktemp("report") / "corporate-parenting"
    shutil.copytree(ROOT / "templates" / "corporate-parenting", report)
    text = (report / "report.toml").read_text(encoding="utf-8")
    assert 'direction = "cell"' in text
    (report / "report.toml").write_text(text.replace('"cell"', f'"{request.param}"'), encoding="utf-8")
    return load_workbook(WORKBOOK, report=report, narrative=WORKBOOK.parent / "narrative")


@pytest.fixture(scope="module")
def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(month: Month) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """The figures and the directions of every indicator table, by indicator and column heading."""
    texts: dict[tuple[str, str], str] = {}
    directions: dict[tuple[str, str], str] = {}
    for section in month.report.sections:
        names = iter(table_order(month, section))
        for table in tables(section):
            headings = [plain(cell.lines[0]).removesuffix(", year ago") for cell in table.headings]
            for row in table.rows:
                if row.kind is not RowKind.DIRECTION:
                    name = next(names)
                for place, (heading, cell) in enumerate(zip(headings, row.cells, strict=True)):
                    *lines, last = map(plain, cell.lines[: 1 if place < 2 else None])
                    if row.kind is RowKind.DIRECTION or last.startswith(ARROWS) or last in STANCES:
                        directions[name, heading] = last
                    if row.kind is not RowKind.DIRECTION:
                        is_direction = (name, heading) in directions
                        texts[name, heading] = " ".join(lines if is_direction else [*lines, last])
    return texts, directions


def tables(section: Section) -> list[Table]:
    found = [block for block in section.blocks if isinstance(block, Table)]
    return [table for table in found if table.kind is TableKind.INDICATORS]


def table_order(month: Month, section: Section) -> list[str]:
    plans = month.figures.tables[section.id]
    return [history.indicator.id for plan in plans for history in plan.timelines]


def value_of(month: Month, indicator: str) -> IndicatorValue:
    return find_indicator(indicator, month.figures, month.folder)


def test_the_published_report_has_202_cells_and_96_arrows(published: list[dict[str, str]]) -> None:
    assert len(published) == 202
    assert sum(bool(row["arrow"]) for row in published) == 96
    assert len({row["indicator"] for row in published}) == 34


def test_every_published_figure_comes_out_but_for_the_listed_departures(
    printing: Month, published: list[dict[str, str]]
) -> None:
    texts, _ = printed(printing)
    different = {}
    for row in published:
        key = (row["indicator"], row["column"])
        if key == PACKED:
            assert {heading: texts["4.12.01", heading] for heading in UNPACKED} == UNPACKED
            assert row["value"] == "(2021/22) Eng.: 2.0% SN's: 4.0% Y&H: 2.0%"
        else:
            ours = texts[row["indicator"], OTHER_LABELS.get(row["column"], row["column"])]
            if ours != row["value"]:
                different[key] = ours
    assert different == OTHER_TEXTS


def test_every_published_arrow_comes_out_with_its_word(printing: Month, published: list[dict[str, str]]) -> None:
    _, directions = printed(printing)
    for row in published:
        if row["arrow"]:
            column = OTHER_LABELS.get(row["column"], row["column"])
            assert directions[row["indicator"], column] == WORDS[row["arrow"]], row


def test_where_no_arrow_was_published_none_is_printed(printing: Month, published: list[dict[str, str]]) -> None:
    """An arrow stands under every column whose period before has a figure: the example has none of before Jul 22."""
    _, directions = printed(printing)
    benchmarks = {"SN", "Eng.", "*Benchmarking", "Cumulative"}
    entries = printing.workbook.entries
    assert min(entry.period for entry in entries if entry.period.kind is Kind.MONTH).label == "Jul 22"
    bare = [(row["indicator"], row["column"]) for row in published if not row["arrow"]]
    of_periods = [directions.get(key) for key in bare if key[1] not in benchmarks]
    assert set(of_periods) == {None} if printing.folder.direction_in_cell else {None, "not compared"}


def test_each_figure_has_its_direction_in_its_own_cell_or_all_have_theirs_in_a_row(printing: Month) -> None:
    kinds = [row.kind for section in printing.report.sections for table in tables(section) for row in table.rows]
    if printing.folder.direction_in_cell:
        assert kinds == [RowKind.PLAIN] * 34
    else:
        assert [kinds.count(kind) for kind in (RowKind.FIGURES, RowKind.DIRECTION)] == [34, 33]


def test_a_benchmark_stands_beside_the_newest_figure_that_is_due(printing: Month) -> None:
    _, directions = printed(printing)
    assert printing.figures.timelines["persistent-absentees"].newest.period.label == "May 23"
    assert {directions["persistent-absentees", column] for column in ("SN", "Eng.")} == {"we are lower"}


def test_a_value_is_bold_and_its_count_and_direction_are_lines_below_it(month: Month) -> None:
    table = tables(month.report.sections[0])[0]
    _, measure, year_ago, *_, july, neighbours, _ = table.rows[0].cells
    assert [plain(line) for line in july.lines] == ["61.6", "(604)", "↔ same"]
    assert [line[0].bold for line in july.lines] == [True, False, False]
    assert [plain(line) for line in year_ago.lines] == ["62.9", "(617)"]
    assert [plain(line) for line in neighbours.lines] == ["92.0", "we are lower"]
    assert [plain(line) for line in measure.lines] == ["Per 10,000 population aged 0–17 (number)"]
    assert [plain(cell.lines[0]) for cell in table.headings[2:6]] == ["Jul 22, year ago", "May 23", "Jun 23", "Jul 23"]


def test_counts_that_were_labelled_per_cent_are_numbers(month: Month) -> None:
    texts, _ = printed(month)
    assert texts["mid-year-school-moves", "Type of measure"] == "Number"
    assert texts["A10", "Type of measure"] == texts["A2", "Type of measure"] == "Days"


def test_no_cell_of_any_table_is_empty(month: Month) -> None:
    blocks = [block for section in month.report.sections for block in section.blocks]
    for table in (block for block in blocks if isinstance(block, Table)):
        for row in (table.headings, *(row.cells for row in table.rows)):
            assert all(plain(line).strip() for cell in row for line in cell.lines)


def test_each_caption_says_what_its_table_is_about_and_until_when_and_no_two_are_alike(month: Month) -> None:
    education = month.report.sections[2]
    assert [table.caption.partition(".")[0].removeprefix(education.title) for table in tables(education)] == [
        ", Spring Term 2022/23",
        ", month end July 2023, cumulative for the academic year from September",
        ", month end July 2023",
    ]
    assert tables(education)[2].caption.endswith(
        ". Arrows: change on the month before. Benchmarks of March 2022 unless stated"
    )
    captions = [table.caption for section in month.report.sections for table in tables(section)]
    assert len(set(captions)) == len(captions)


def test_a_table_that_is_printed_twice_has_two_captions(tmp_path: Path) -> None:
    report = tmp_path / "corporate-parenting"
    shutil.copytree(ROOT / "templates" / "corporate-parenting", report)
    template = report / "sections" / "standard.md"
    twice = template.read_text(encoding="utf-8").replace(
        "{{ indicator_table(section.indicators) }}", "{{ indicator_table(section.indicators) }}\n\n" * 2
    )
    template.write_text(twice, encoding="utf-8")
    month = load_workbook(WORKBOOK, report=report, narrative=WORKBOOK.parent / "narrative")
    first, second = (table.caption for table in tables(month.report.sections[0]))
    assert second == f"{first} (2)"


def test_the_example_has_nothing_to_report(month: Month) -> None:
    assert month.findings == ()


@pytest.mark.parametrize(
    ("indicator", "means"),
    [
        ("4.02.01", "62.1 (609)"),
        ("4.09.02a", "2.6%"),
        ("6.02.09a", "165"),
        ("6.02.09b", "125"),
        ("6.02.09c", "169"),
    ],
)
def test_the_published_twelve_month_means_come_out(month: Month, indicator: str, means: str) -> None:
    mean = value_of(month, indicator).mean(12)
    assert means in (f"{mean.value} ({mean.count})", str(mean.value))


def test_children_in_care_peaked_in_october(month: Month) -> None:
    peak = value_of(month, "4.02.01").peak(12)
    assert (str(peak), str(peak.period)) == ("64.2 (629)", "Oct 22")


def test_the_workbook_is_the_one_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_made_by_its_script("july_2023", WORKBOOK, tmp_path, monkeypatch)


def test_the_same_inputs_give_the_same_bytes(month: Month) -> None:
    assert build_report(month) == build_report(load_workbook(WORKBOOK))


def test_figures_can_be_had_as_a_pandas_table(month: Month) -> None:
    table = month.to_frame()
    now = table[(table.indicator == "4.02.01") & (table.period == "Jul 23")].iloc[0]
    assert (now.text, now.direction, now.numerator, now.denominator) == ("61.6 (604)", "same", 604, 98050)
    assert now.source == "Data!Q2;Data!Q3"
    assert f"{now.period_start:%Y-%m-%d}" == "2023-07-01"


def test_a_narrative_in_word_prints_as_its_source_in_markdown(month: Month, tmp_path: Path) -> None:
    texts = tmp_path / "narrative" / "2023-07"
    shutil.copytree(ROOT / "examples" / "narrative" / "2023-07", texts)
    in_word = sorted(texts.glob("*.docx"))
    for path in in_word:
        path.unlink()
        shutil.copy(ROOT / "examples" / "july-2023" / "narrative" / f"{path.stem}.md", texts)

    assert len(in_word) == 2
    assert load_workbook(WORKBOOK, narrative=tmp_path / "narrative").report == month.report


@pytest.mark.parametrize("name", ["adoption", "care-leavers"])
def test_the_word_narratives_are_made_from_their_sources(name: str) -> None:
    script = ROOT / "examples" / "make_narratives.py"
    spec = importlib.util.spec_from_file_location("make_narratives", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.narrative((module.TEXTS / f"{name}.md").read_text(encoding="utf-8"))

    there = docx.Document(str(module.NARRATIVES / f"{name}.docx"))
    assert [p.text for p in made.paragraphs] == [p.text for p in there.paragraphs]


def test_events_of_the_month_are_held_against_their_usual_run(month: Month) -> None:
    charted = {name: each.judgement for name, each in month.figures.timelines.items() if each.judgement.is_charted}
    few = ("4.09.02b", "4.09.03", "6.02.07", "in-house-approvals", "in-house-deregistrations")

    assert {name: judgement.verdict.value for name, judgement in charted.items()} == {
        "4.06.01": "no clear change",
        "4.09.02a": "no clear change",
        "4.11.12": "worse",
        **dict.fromkeys(few, "too few to say"),
    }
