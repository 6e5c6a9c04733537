"""References: `ref("name")` prints the number of a table or chart as a link to it, in templates and in narratives."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from cpreport.compose.references import named_twice, references_to, with_anchors
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point
from cpreport.model.document import Block, Paragraph, Section, Span, Text
from cpreport.model.finding import Finding
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .example_month import DATA
from .test_render_word import indicator_table, opened, rendered, text_of
from .workbooks import write_report, write_workbook

REPORT = """
title = "Report"
sections = [
    { id = "first", title = "First", template = "first.md", indicators = ["rate"] },
    { id = "care", title = "Care", template = "care.md", indicators = ["moves"], slots = [{ id = "s", title = "S" }] },
]
"""
UNKNOWN = "no table or chart with a caption has the name"
SHOWN = '{{ indicator_table(section.indicators, name="tab-moves") }}'


def month_of(folder: Path, first: str, care: str = SHOWN, narrative: str = "") -> Month:
    """A month of two sections with these templates, and perhaps a narrative in the second."""
    write_report(folder, care=care, report=REPORT)
    (folder / "first.md").write_text(first, encoding="utf-8")
    sheets = {"Data": DATA, "Narrative": [["Section", "Slot", "Text"], ["care", "s", narrative or None]]}
    return load_workbook(write_workbook(folder / "july-2023.xlsx", sheets))


def spans_of(month: Month, section: int = 0) -> Text:
    blocks = month.report.sections[section].blocks
    return tuple(span for block in blocks if isinstance(block, Paragraph) for span in block.text)


def failures(month: Month) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in month.findings if finding.code.startswith("template.")]


def test_a_reference_before_its_table_prints_its_number_as_a_link(tmp_path: Path) -> None:
    month = month_of(tmp_path, '{{ indicator_table(section.indicators) }}\n\nSee {{ ref("tab-moves") }}.')
    assert failures(month) == []
    assert [(span.text, span.link) for span in spans_of(month)] == [("See ", ""), ("Table 2", "#table_2"), (".", "")]
    body = opened(build_report(month)).element.body
    (link,) = body.xpath("//w:hyperlink[contains(@w:anchor, 'table_')]")
    (mark,) = body.xpath(f"//w:bookmarkStart[@w:name='{link.get(qn('w:anchor'))}']")
    assert text_of(mark.getparent()).startswith("Table 2: Care")


def test_a_narrative_refers_too_and_in_any_look(tmp_path: Path) -> None:
    care = f'{SHOWN}\n\n{{{{ narrative("s") }}}}'
    month = month_of(tmp_path, "First.", care, 'Moves are in **{{ ref("tab-moves") }}**.')
    assert failures(month) == []
    (entry,) = next(block for block in month.report.sections[1].blocks if hasattr(block, "entries")).entries
    assert [(span.text, span.link, span.bold) for span in entry.text][1] == ("Table 1", "#table_1", True)


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        (
            '{{ ref("tab-move") }}',
            f"{UNKNOWN} 'tab-move'; did you mean 'tab-moves'?",
        ),
        ('{{ ref("x") }}', f"{UNKNOWN} 'x'; there are: tab-moves"),
        ("{{ ref(5) }}", f"{UNKNOWN} 5; there are: tab-moves"),
        ("{{ ref() }}", "ref(…) takes one value in its brackets"),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest(tmp_path: Path, tag: str, problem: str) -> None:
    assert failures(month_of(tmp_path, f"See {tag}.")) == [("template.failed", problem)]


def test_where_nothing_has_a_name_the_error_says_how_to_give_one(tmp_path: Path) -> None:
    month = month_of(tmp_path, 'See {{ ref("x") }}.', "{{ indicator_table(section.indicators) }}")
    ((_, problem),) = failures(month)
    assert problem.endswith("has the name 'x': give it one, as in indicator_table(ids, name=…)")


def test_an_unknown_name_in_a_narrative_is_an_error_at_its_cell(tmp_path: Path) -> None:
    month = month_of(tmp_path, "First.", f'{SHOWN}\n\n{{{{ narrative("s") }}}}', 'See {{ ref("tab-mov") }}.')
    (found,) = [finding for finding in month.findings if finding.is_error]
    assert (found.place.sheet, found.place.cell) == ("Narrative", "C2")


def test_a_name_used_twice_is_an_error_with_both(tmp_path: Path) -> None:
    month = month_of(tmp_path, SHOWN)
    (found,) = [finding for finding in month.findings if finding.is_error]
    assert found.message == "'tab-moves' is the name of Table 1 in first and of Table 2 in care"
    assert (found.place.file, found.place.section) == ("care.md", "care")


def test_a_name_that_nothing_refers_to_costs_nothing(tmp_path: Path) -> None:
    month = month_of(tmp_path, "First.")
    assert failures(month) == []
    assert not opened(build_report(month)).element.body.xpath("//w:bookmarkStart[contains(@w:name, 'table_')]")


# Charts count apart from tables


def chart(name: str = "", caption: str = "Children in care") -> Chart:
    points = tuple(Point(Fraction(value), str(value)) for value in (610, 604))
    series = (ChartSeries("Children in care", points),)
    return Chart(ChartKind.COLUMNS, ("Jun 23", "Jul 23"), series, "children", 0, "", caption, "A chart.", name)


def numbered(*blocks: Block) -> list[Section]:
    return [Section("care", "Care", "Care", blocks)]


def test_figures_and_tables_are_numbered_each_for_themselves() -> None:
    table = replace(indicator_table(), name="tab")
    sections = numbered(indicator_table(), chart(), table, chart("fig"), replace(table, caption="", name="none"))
    found = references_to(sections).named
    assert {name: (str(each), each.link) for name, each in found.items()} == {
        "tab": ("Table 2", "#table_2"),
        "fig": ("Figure 2", "#figure_2"),
    }
    anchors = [getattr(block, "anchor", "") for block in next(with_anchors(sections)).blocks]
    assert anchors == ["", "", "table_2", "figure_2", ""]


def test_a_table_and_a_chart_of_one_name_are_told_apart() -> None:
    sections = numbered(replace(indicator_table(), name="same"), chart("same"), chart("other"))
    found: list[Finding] = [*named_twice(sections, {"care": "care.md"})]
    assert [each.message for each in found] == ["'same' is the name of Table 1 in care and of Figure 1 in care"]


def test_a_link_to_a_chart_leads_to_its_caption() -> None:
    sees = Paragraph((Span("See "), Span("Figure 1", link="#figure_1")))
    body = rendered(sees, replace(chart("fig"), anchor="figure_1")).element.body
    (name,) = body.xpath("//w:hyperlink[contains(@w:anchor, 'figure_')]/@w:anchor")
    (end,) = body.xpath(f"//w:bookmarkEnd[@w:id=//w:bookmarkStart[@w:name='{name}']/@w:id]")
    assert text_of(end.getnext()).startswith("Figure 1: Children in care")
    numbers = body.xpath("//w:bookmarkStart/@w:id")
    assert len(numbers) == len(set(numbers))
