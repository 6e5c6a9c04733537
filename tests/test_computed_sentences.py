"""A whole sentence can be computed: differences, gaps to a comparator or the target, the year to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.model.document import Source, plain
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import REPORT, write_report, write_workbook

HEAD = ["Indicator", "Figure", "Apr 23", "May 23", "Jun 23", "Jul 23"]
ROWS = {
    "checks": [["checks", "numerator", 80, 90, 70, 83], ["checks", "denominator", 100, 100, 100, 100]],
    "count": [["count", "value", 3, 5, 7, 1200]],
    "hidden": [["hidden", "value", 3, 5, 7, "[c]"]],
    "blank": [["blank", "value", 3, 5, 7, None]],
}
INDICATORS = toml(
    'checks percentage cumulative = "financial-year",target = 90,shows = "fraction"',
    'count number cumulative = "financial-year"',
    "hidden number target = 5",
    "blank number target = 5",
)
COMPARATORS = """
[[comparators]]
id = "eng"
heading = "Eng."
name = "England"
"""
BENCHMARKS = [["Indicator", "Benchmark", "Value"], ["checks", "eng", 80.25], ["count", "eng", 1300]]


def month_of(folder: Path, text: str) -> Month:
    """A month whose one section says a text."""
    listed = ["checks", "count", "hidden", "blank"]
    report = write_report(folder, INDICATORS, report=REPORT.format(listed=listed) + COMPARATORS, care=text)
    data = [HEAD, *(row for rows in ROWS.values() for row in rows)]
    return load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": data, "Benchmarks": BENCHMARKS}))


def said(folder: Path, text: str) -> str:
    block = month_of(folder, text).report.sections[0].blocks[-1]
    return plain(block.text)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('indicator("checks").change()', "13.0 percentage points"),
        ('indicator("checks").change(since="May 23")', "-7.0 percentage points"),
        ('indicator("checks").change(since="May 23").size', "7.0 percentage points"),
        ('indicator("checks").gap("eng")', "2.8 percentage points"),
        ('indicator("checks").gap("target")', "-9.3 percentage points"),
        ('indicator("checks").gap("target").size', "9.3 percentage points"),
        ('indicator("count").gap("eng")', "-100"),
        ('indicator("count").gap("eng").size', "100"),
        ('indicator("checks").year_to_date', "80.8% (323/400)"),
        ('indicator("checks").year_to_date.value', "80.8%"),
        ('indicator("checks").year_to_date.count', "323"),
        ('indicator("checks").year_to_date.denominator', "400"),
        ('indicator("count").year_to_date', "1,215"),
        ('indicator("count").year_to_date.count', "1,215"),
    ],
)
def test_a_tag_prints_what_is_computed(tmp_path: Path, expression: str, text: str) -> None:
    assert said(tmp_path, f"{{{{ {expression} }}}}") == text


def test_a_whole_sentence_is_computed(tmp_path: Path) -> None:
    text = (
        '{% set x = indicator("checks") %}\n{{ x.title }} {% if x.change() > 0 %}rose{% else %}fell{% endif %} by '
        "{{ x.change().size }} to {{ x.now.value }}; the year is at "
        '{{ x.year_to_date.value }}, {{ x.gap("target").size }} '
        '{% if x.gap("target") < 0 %}below{% else %}above{% endif %} the target.'
    )

    sentence = (
        "Checks rose by 13.0 percentage points to 83.0%; the year is at 80.8%, 9.3 percentage points below the target."
    )
    assert said(tmp_path, text) == sentence


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('indicator("hidden").gap("target")', "hidden Jul 23 has no figure"),
        ('indicator("blank").gap("target")', "blank Jul 23 has no figure"),
        ('indicator("blank").change()', "blank Jul 23 has no figure"),
        ('indicator("count").gap("target")', "count has no target"),
        ('indicator("checks").gap("SN")', "checks has no benchmark SN"),
        ('indicator("checks").gap("England")', "'England' is not a comparator"),
        ('indicator("hidden").year_to_date', "hidden has no year to date"),
    ],
)
def test_what_cannot_be_computed_is_a_mistake_and_prints_no_number(
    tmp_path: Path, expression: str, problem: str
) -> None:
    month = month_of(tmp_path, f"{{{{ {expression} }}}}")

    assert [finding.message for finding in month.errors if problem in finding.message]
    assert plain(month.report.sections[0].blocks[-1].text) == "[data error]"  # type: ignore[union-attr]


@pytest.mark.parametrize("expression", ['gap("eng")', "year_to_date", "year_to_date.value", "change().size"])
def test_what_is_computed_knows_its_indicator(tmp_path: Path, expression: str) -> None:
    block = month_of(tmp_path, f'{{{{ indicator("checks").{expression} }}}}').report.sections[0].blocks[-1]

    assert [span.source for span in block.text] == [Source("checks")]  # type: ignore[union-attr]
