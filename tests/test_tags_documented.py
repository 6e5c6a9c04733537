"""docs/tags.md has every tag, and each prints what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cpreport.compose.allow_list import ATTRIBUTES, FILTERS, FUNCTIONS, METHODS, NAMES
from cpreport.compose.report import compose_report
from cpreport.model.document import Paragraph, plain
from cpreport.model.rules.narrative import NOT_PRINTED
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import write_report, write_workbook

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "tags.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\{.+\})` \| (`?)(.+?)`? \|", PAGE, re.MULTILINE)
"""Each row's tag, whether the page gives its text, and the text."""

MONTHS = [f"{name} 22" for name in ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]]
MONTHS += [f"{name} 23" for name in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"]]
DATA = [
    ["Indicator", "Figure", *MONTHS],
    ["offers", "numerator", 9, 8, 10, 9, 11, 9, 10, 8, 9, 10, 9, 8, 9, 10, 8, 7],
    ["offers", "denominator", *[12] * 16],
    ["entries", "value", 20, 18, 22, 19, 21, 17, 23, 20, 18, 22, 19, 21, 20, 24, 22, 26],
]
INDICATORS = toml(
    'offers percentage reference = "4.06",shows = "fraction",kind = "flow",polarity = "high",target = 90',
    'entries number kind = "flow",polarity = "low",cumulative = "financial-year"',
).replace('"Offers"', '"Return interviews offered within 72 hours"')
INDICATORS += 'baseline = { period = "Nov 17", value = 31 }\n\n[[breakdowns]]\nid = "types"\ntitle = "Types"\n'
REPORT = """
title = "Highlight Report"
authority = "Example Council"
benchmark_period = "March 2022"

[[comparators]]
id = "England"
heading = "Eng."
name = "England average"

[[peers]]
id = "England"
name = "Other authorities"
fewest = 2

[[sections]]
id = "missing"
title = "Missing children"
template = "care.md"
indicators = ["offers", "entries"]
slots = [{ id = "difference", title = "What difference did we make", required = true }]

[[sections]]
id = "tables"
title = "Tables"
template = "tables.md"

[cover]
fields = ["Venue"]
"""
TABLES = '{{ indicator_table(["offers"], name="tab-rates") }}'

SHEETS = {
    "About": [
        ["Key", "Value"],
        ["Reporting period", "Jul 23"],
        ["Board date", "14/09/2023"],
        ["Contact", "Ann Lee"],
        ["Benchmark source", "LAIT"],
        ["Recommendations", "To note the report."],
        ["Other formats", "Large print: 01234 567890"],
        ["Venue", "Town Hall"],
    ],
    "Data": DATA,
    "Benchmarks": [["Indicator", "Benchmark", "Value", "Period"], ["offers", "England", 70, "2021/22"]],
    "Breakdowns": [
        ["Breakdown", "Category", "Group", "Count", "Period"],
        *(["types", "Home", "Boys", 3, None], ["types", "Away", "Boys", 4, None]),
        *(["types", "Home", "Girls", 2, None], ["types", "Away", "Girls", 3, None]),
        *(["types", "Home", "Boys", 6, "Jul 22"], ["types", "Away", "Girls", 4, "Jul 22"]),
    ],
    "Peers": [
        ["Authority", "Indicator", "Period", "Value"],
        ["Bolton", "entries", "Jul 23", 19],
        ["Bury", "entries", "Jul 23", 31],
    ],
    "Events": [["Date", "Event"], ["July", "Sports day"]],
    "Narrative": [["Section", "Slot", "Text"], ["missing", "difference", "More children were seen."]],
}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = write_report(
        tmp_path_factory.mktemp("tags"), INDICATORS, report=REPORT, care='{{ sheet_table("Events") }}'
    )
    (folder / "tables.md").write_text(TABLES, encoding="utf-8")
    (folder / "glossary.csv").write_text("term,description\nIRO,Independent reviewing officer\n", encoding="utf-8")
    return load_workbook(write_workbook(folder / "july-2023.xlsx", SHEETS))


@pytest.mark.parametrize(("tag", "is_given", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_a_tag_prints_what_the_page_says(month: Month, tag: str, is_given: str, text: str) -> None:
    plan = replace(month.folder, templates={**month.folder.templates, "care.md": tag})
    composed = compose_report(month.workbook, plan, month.figures)
    blocks = composed.report.sections[0].blocks

    assert [finding for finding in composed.findings if finding.rule is not NOT_PRINTED] == []
    if is_given:
        assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == [text]
    else:
        assert blocks


def test_the_page_has_everything_that_a_tag_may_name() -> None:
    code = " ".join(re.findall("`([^`]+)`", PAGE))
    words = set(re.findall(r"\w+", code))
    called = set(re.findall(r"(\w+)\(", code))
    reached = set(re.findall(r"\.(\w+)", code))

    assert NAMES - words == set()
    assert METHODS - called == set()
    assert ATTRIBUTES - reached == set()
    assert FILTERS - words == set()


def test_every_function_is_on_a_page() -> None:
    pages = " ".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))

    assert [name for name in sorted(FUNCTIONS) if f"{name}(" not in pages] == []


def test_the_page_names_nothing_that_a_tag_may_not() -> None:
    tags = " ".join(re.findall(r"`((?:\{|\.)[^`]+)`", PAGE))
    steps = re.findall(r"\.([a-z_]+)", re.sub(r'"[^"]*"', "", tags))

    assert set(steps) - METHODS - ATTRIBUTES == set()
