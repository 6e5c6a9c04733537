"""The packaged report `overview` with its example: every published figure of the March 2022 paper is in its place."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from cpreport import Month, build_report, load_workbook
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.model.chart import Chart, ChartSeries
from cpreport.model.document import Block, List, Paragraph, Table, plain
from cpreport.model.period_text import parse_period

from .example_scripts import assert_made_by_its_script
from .shown import shown

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "march-2022" / "february-2022.xlsx"

SENTENCES = {  # section: what it says of the published figures
    "summary": [
        "We looked after 615 children, 61.5 per 10,000 children aged 0–17. A month earlier it was 628,",
        "76 (12.4%) were placed outside the authority and more than 20 miles from home.",
        "Unaccompanied asylum-seeking children are 16 of them; at the end of March 2021 there were 5.",
    ],
    "children-in-care": [
        "At the end of February 2022 we looked after 615 children.",
        "That is 61.5 per 10,000 of the 100,020 children aged 0–17 who live here.",
        "In March 2021, our statistical neighbours averaged 93.3 (10 of 10) and England 67.0.",
        "in March 2021 our rate was the lowest of 11.",
        "In January 2022, 628 children were in care.",
    ],
    "unaccompanied-children": [
        "Of the 615 children in care, 16 were unaccompanied asylum-seeking children;",
        "At the end of March 2021 there were 5.",
    ],
    "age-and-gender": [
        "The largest age group is 10–15, with 264 children (42.9%).",
        "The largest group of boys is 10–15, with 153; that of girls is 10–15, with 111.",
    ],
    "entering-care": [
        "In February 2022, 2 children came into care",
        "Of the 2 children who came into care in February 2022, 1 was White and 1 of mixed ethnicity.",
    ],
    "legal-status": [
        "The most common is *Full care order*, with 437 children (71.1%).",
        "Of the children in care, 46 live with their parents.",
        "33 are on a full care order and 13 on an interim care order.",
    ],
    "placements": [
        "76 (12.4%) are placed outside the authority and more than 20 miles from home;",
        "a month earlier it was 77 (12.3%).",
        "There are 9 young people in semi-independent accommodation outside the authority.",
        "Most of the young people live in Wakefield: 5 of 9.",
    ],
    "orders": [
        "We support 576 children who have left care under an order: "
        "490 under a special guardianship order and 86 under a child arrangements order.",
        "In the last 14 months, 51 special guardianship orders and 11 child arrangements orders were made",
    ],
    "care-leavers": ["88.2% have an up-to-date pathway plan; a month earlier it was 85.6%."],
}

FAR = "Children in care placed outside the authority and more than 20 miles from home"

TABLES = {  # section and rows of its table
    "children-in-care": [
        ["Bolton", "617", "89.5", *["–"] * 6],
        ["Calderdale", "341", "74.2", "345", "75.1", "348", "75.7", "344", "74.9"],
        ["Kirklees Council (our authority)", "661", "66.1", "650", "65.0", "631", "63.1", "617", "61.7"],
        ["Leeds", "1,279", "75.0", "1,303", "76.4", "1,330", "78.0", "1,337", "78.4"],
        ["Stockton-on-Tees", "579", "131.5", *["–"] * 6],
        ["Statistical neighbours: average", "–", "93.3, 10 of 10", *["–", "too few, 2 of 10"] * 3],
    ],
    "age-and-gender": [["10–15", "153", "111", "264"]],
    "legal-status": [
        ["Full care order", "437", "71.1%"],
        ["Interim care order", "96", "15.6%"],
        ["Placement order", "37", "6.0%"],
        ["Voluntary agreement (section 20)", "42", "6.8%"],
        ["Police protection", "1", "0.2%"],
        ["On remand", "2", "0.3%"],
        ["Total", "615", "100.0%"],
    ],
    "placements": [
        [FAR, "% (number) lower is better", "78", "12.6%", "77", "12.3%", "76", "12.4%"],
        ["Bradford", "0", "2", "2"],
        ["Calderdale", "1", "1", "2"],
        ["Wakefield", "1", "4", "5"],
        ["Total", "2", "7", "9"],
    ],
}

PEERS = {  # rates of March 2021, as the comparison prints them
    "Kirklees Council (Feb 22)": "61.5 (615)",
    "Statistical neighbours (March 2021)": "93.3 (10 of 10)",
    "England (March 2021)": "67.0",
    "Kirklees Council (Mar 21)": "66.1 (661)",
    "Telford and Wrekin (Mar 21)": "102.1 (425)",
}
SOURCES = re.compile("published(: DfE|: ADCS Y&H)?|illustrative|count published, name illustrative")


@pytest.fixture(scope="module")
def month() -> Month:
    return load_workbook(EXAMPLE)


def blocks(month: Month, section: str) -> tuple[Block, ...]:
    return next(each.blocks for each in month.report.sections if each.id == section)


def rows(month: Month, section: str) -> list[list[str]]:
    """The rows of a section's tables, each cell as one text."""
    tables = (block for block in blocks(month, section) if isinstance(block, Table))
    return [[" ".join(map(plain, cell.lines)) for cell in row.cells] for table in tables for row in table.rows]


def points(month: Month, section: str) -> list[dict[str, dict[str, str]]]:
    """What the charts of a section show: by series and category, as a table prints it."""
    charts = (block for block in blocks(month, section) if isinstance(block, Chart))
    return [{each.name: shown_in(chart, each) for each in chart.series} for chart in charts]


def shown_in(chart: Chart, series: ChartSeries) -> dict[str, str]:
    return dict(zip(chart.categories, (point.text for point in series.points), strict=True))


def test_nothing_is_wrong_with_it(month: Month) -> None:
    assert [finding.message for finding in month.findings] == []


@pytest.mark.parametrize("section", SENTENCES)
def test_its_sentences_give_the_published_figures(month: Month, section: str) -> None:
    text = shown(block for block in blocks(month, section) if isinstance(block, Paragraph | List))
    assert [sentence for sentence in SENTENCES[section] if sentence not in text] == []


@pytest.mark.parametrize("section", TABLES)
def test_its_tables_have_the_published_rows(month: Month, section: str) -> None:
    assert [row for row in TABLES[section] if row not in rows(month, section)] == []


def test_its_charts_have_the_published_points(month: Month) -> None:
    (care,), (peers,) = (chart.values() for chart in points(month, "children-in-care"))
    assert [len(care), *(care[each] for each in ("Mar 21", "Jun 21", "Sep 21", "Dec 21", "Jan 22", "Feb 22"))] == [
        *(24, "661", "650", "631", "617", "628", "615")
    ]
    assert {name: peers[name] for name in PEERS} == PEERS
    ((uasc,),) = (chart.values() for chart in points(month, "unaccompanied-children"))
    assert (len(uasc), uasc["Mar 21"], uasc["Feb 22"]) == (24, "5", "16")
    (age,) = points(month, "age-and-gender")
    assert (age["Boys"]["10–15"], age["Girls"]["10–15"]) == ("153", "111")
    (ethnicity,), (entered,) = points(month, "ethnicity"), points(month, "entering-care")
    assert [*ethnicity] == ["Children in care, Feb 22", "Children in care, Feb 21", "Population aged 0–17"]
    assert [*entered] == ["Feb 22", "Feb 21"]


def test_the_orders_of_each_month_come_to_the_published_sums(month: Month) -> None:
    (orders,) = points(month, "orders")
    sums = {name: sum(map(int, series.values())) for name, series in orders.items()}
    assert sums == {"Special guardianship orders": 51, "Child arrangements orders": 11}
    assert {(min(series, key=parse_period), len(series)) for series in orders.values()} == {("Jan 21", 14)}


def test_the_workbook_says_of_each_row_whether_it_is_published() -> None:
    for sheet in read_spreadsheet(EXAMPLE).sheets:
        if sheet.name in ("Benchmarks", "Breakdowns", "Peers"):
            assert [row for row in sheet.rows[1:] if not SOURCES.fullmatch(str(row[-1]))] == []
            assert sheet.rows[0][-1] == "Source"


def test_it_is_in_portrait_with_words_own_numbers(month: Month) -> None:
    document = docx.Document(BytesIO(build_report(month)))
    assert {section.orientation for section in document.sections} == {WD_ORIENT.PORTRAIT}
    texts = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    titles = [text for style, text in texts if style == "Heading 1"]
    assert titles == [plan.title for plan in month.folder.sections]
    assert len(titles) == 10
    numbered = [text for style, text in texts if style == "Numbered Paragraph"]
    assert len(numbered) > 2 * len(titles)
    assert [text for text in (*titles, *numbered) if re.match(r"[0-9]+[.)]", text)] == []


def test_the_workbook_is_the_one_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_made_by_its_script("march_2022", EXAMPLE, tmp_path, monkeypatch)


def test_the_words_of_every_chart_give_its_newest_figure(month: Month) -> None:
    drawn = [block for plan in month.folder.sections for block in blocks(month, plan.id) if isinstance(block, Chart)]
    assert len(drawn) == 7
    assert [chart.caption for chart in drawn if "Feb 22" not in chart.caption] == []
    lines = [chart for chart in drawn if chart.dates]
    assert [chart.caption for chart in lines if chart.series[0].points[-1].text not in chart.description] == []


@pytest.mark.parametrize(
    ("section", "text", "code"),
    [
        ("children-in-care", "At the end of February 620 children were in care.", "narrative.number-disagrees"),
        ("children-in-care", "In February the number of children in care rose.", "narrative.direction-disagrees"),
        ("ethnicity", '{{ breakdown("ethnicity").category("Whte").count }} children are White.', "template.failed"),
    ],
)
def test_its_narratives_are_held_against_the_figures(tmp_path: Path, section: str, text: str, code: str) -> None:
    copy = shutil.copytree(EXAMPLE.parent, tmp_path / "march-2022")
    (copy / "narrative" / "2022-02" / f"{section}.md").write_text(f"## Commentary\n\n{text}\n", "utf-8")
    assert [finding.code for finding in load_workbook(copy / EXAMPLE.name).findings] == [code]
