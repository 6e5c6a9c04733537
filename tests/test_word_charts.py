"""Charts in Word: their numbers in the part and in the workbook, what they look like, and what a reader is told."""

from __future__ import annotations

import base64
import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from lxml import etree

from cpreport.editions.charts.native import native_chart
from cpreport.model.chart import Chart, ChartKind, ChartSeries, SeriesRole
from cpreport.model.composed import lines_of
from cpreport.model.document import Block, Paragraph
from cpreport.model.figure import State
from cpreport.model.finding import Place
from cpreport.office.digests import text_digest
from cpreport.office.package import archived
from cpreport.office.xml import legal

from .examples import examples
from .made_blocks import words
from .made_charts import BARS, COLUMNS, KINDS, LINES, MISSING, STACKED, chart, charts, point, series
from .test_render_word import SHELL, disorder, edited, indicator_table, opened, paragraphs, render_word, report, section

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SPACES = {"c": C[1:-1], "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


def built(*blocks: Block, shell: bytes = SHELL) -> bytes:
    return render_word(report(section(*blocks)), shell)


def parts(content: bytes, beginning: str) -> dict[str, bytes]:
    archive = zipfile.ZipFile(BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist() if name.startswith(beginning)}


def drawn(content: bytes) -> list[Any]:
    """The roots of the parts of charts."""
    found = parts(content, "word/charts/chart")
    return [etree.fromstring(found[name]) for name in sorted(found)]


def cached(values: Any) -> list[Any]:
    """The values of a cache, None where there is none."""
    points = {int(each.get("idx")): each.findtext(f"{C}v") for each in values.iter(f"{C}pt")}
    assert all(points.values())
    return [points.get(place) for place in range(int(values.find(f".//{C}ptCount").get("val")))]


def drawings(document: Document) -> list[Any]:
    return list(document.element.body.iter(qn("wp:docPr")))


def embedded(content: bytes) -> list[Any]:
    """The sheets of the workbooks in charts."""
    found = parts(content, "word/embeddings/chart")
    return [openpyxl.load_workbook(BytesIO(found[name])).worksheets[0] for name in sorted(found)]


def columns(root: Any) -> list[tuple[str, list[float | None]]]:
    """The names and the numbers of the series in a chart's part."""
    found = [(cached(each.find(f"{C}tx"))[0], cached(each.find(f"{C}val"))) for each in root.iter(f"{C}ser")]
    return [(name, [None if value is None else float(value) for value in values]) for name, values in found]


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def numbers(series: ChartSeries) -> list[float | None]:
    """The numbers of a series with the 15 digits that Excel knows of each."""
    return [None if point.value is None else float(f"{float(point.value):.15g}") for point in series.points]


@pytest.mark.parametrize("one", KINDS.values(), ids=KINDS)
def test_the_part_the_workbook_and_the_chart_have_the_same_numbers(one: Chart) -> None:
    content = built(one)
    (root,), (sheet,) = drawn(content), embedded(content)
    head, *body = rows(sheet)
    assert columns(root) == [(each.name, numbers(each)) for each in one.series]
    assert [name for name, _ in columns(root)] == head[1:]
    assert [values for _, values in columns(root)] == [list(column) for column in zip(*body, strict=True)][1:]
    assert len(sheet.parent.worksheets) == 1


@examples(20)
@given(charts())
def test_any_chart_is_drawn_with_its_own_numbers_and_nothing_else(one: Chart) -> None:
    content = built(one)
    (root,), (sheet,) = drawn(content), embedded(content)
    assert not list(disorder(root, ORDER))
    head, *body = rows(sheet)
    assert len(body) == len(one.categories)
    for each in one.series:
        name = " ".join(legal(each.name).split())
        known: list[float | None] = [None] * len(each.points)
        for values in (values for column, values in columns(root) if column in (name, f"{name}, provisional")):
            known = [new if old is None else old for new, old in zip(values, known, strict=True)]
            assert set(values) <= {*numbers(each), None}
        assert known == numbers(each)
    for number, (name, values) in enumerate(columns(root), 1):
        assert [row[number] for row in body] == values and (head[number] or None) == name
    assert not any(b"secret" in part for part in parts(content, "word/").values())


@pytest.mark.parametrize("one", KINDS.values(), ids=KINDS)
def test_the_same_chart_gives_the_same_bytes_at_any_time(one: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(one)
    native_chart.cache_clear()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert built(one) == first
    for workbook in parts(first, "word/embeddings/").values():
        archive = zipfile.ZipFile(BytesIO(workbook))
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml"))) == {b"1980-01-01T"}


def test_a_missing_value_is_a_gap_and_a_line_is_not_smoothed() -> None:
    content = built(LINES)
    (root,), (sheet,) = drawn(content), embedded(content)
    assert [each.get("val") for each in root.iter(f"{C}dispBlanksAs")] == ["gap"]
    assert [each.get("val") for each in root.iter(f"{C}smooth")] == ["0"] * len(list(root.iter(f"{C}ser")))
    assert (3, 2) not in sheet._cells and (2, 2) in sheet._cells


def test_a_break_ends_one_line_and_begins_another() -> None:
    broken = replace(LINES, series=(series("Rate", 1, 2, point(3, breaks=True), 4), LINES.series[1]))
    (root,) = drawn(built(broken))
    assert columns(root)[:2] == [("Rate", [1, 2, None, None]), ("Rate", [None, None, 3, 4])]
    first, second, _ = root.iter(f"{C}ser")
    assert etree.tostring(first.find(f"{C}spPr")) == etree.tostring(second.find(f"{C}spPr"))
    assert not first.findall(f".//{C}dLbl") and second.findall(f".//{C}dLbl")


def test_a_provisional_point_is_white_on_a_larger_one() -> None:
    hollow = replace(LINES, series=(series("Rate", 1, 2, 3, point(4, is_provisional=True)),))
    content = built(hollow)
    (root,) = drawn(content)
    assert columns(root) == [("Rate", [1, 2, 3, 4]), ("Rate, provisional", [None, None, None, 4])]
    line, white = root.iter(f"{C}ser")
    assert set(white.xpath("./c:marker//a:srgbClr/@val", namespaces=SPACES)) == {"FFFFFF"}
    sizes = line.xpath("./c:marker/c:size/@val | ./c:dPt[c:idx/@val='3']/c:marker/c:size/@val", namespaces=SPACES)
    assert int(sizes[1]) > int(sizes[0]) and len(line.findall(f"{C}dPt")) == 1


def test_marked_points_have_no_line_and_are_named_in_a_legend() -> None:
    marked = series("Outside the limits", MISSING, MISSING, 60.25, MISSING, role=SeriesRole.MARKED)
    (root,) = drawn(built(replace(LINES, series=(*LINES.series, marked))))
    *_, points = root.iter(f"{C}ser")
    assert points.xpath("boolean(./c:spPr/a:ln/a:noFill)", namespaces=SPACES) and not points.findall(f"{C}dLbls")
    assert root.xpath(".//c:legend/c:legendEntry/c:idx/@val", namespaces=SPACES) == ["0", "1"]
    assert not drawn(built(LINES))[0].findall(f".//{C}legend")


def test_an_axis_of_months_names_every_third() -> None:
    days = tuple(date(2021 + month // 12, month % 12 + 1, 28) for month in range(25))
    rates = series("Rate", *range(25))
    (root,) = drawn(built(chart(ChartKind.LINES, [f"{day:%b %y}" for day in days], rates, dates=days)))
    (axis,) = root.iter(f"{C}dateAx")
    units = {each: axis.find(f"{C}{each}").get("val") for each in ("baseTimeUnit", "majorUnit", "majorTimeUnit")}
    assert units == {"baseTimeUnit": "months", "majorUnit": "3", "majorTimeUnit": "months"}
    assert {each.text for each in root.iterfind(f".//{C}cat//{C}formatCode")} == {"mmm yy"}


def test_quarters_and_years_are_categories_as_they_are_printed() -> None:
    quarters = ("2021", "2022", "Q1 2023/24", "Q2 2023/24")
    content = built(replace(LINES, categories=quarters), replace(LINES, categories=("2021", "2022", "2023", "2024")))
    first, second = drawn(content)
    assert cached(first.find(f".//{C}cat/{C}strRef")) == list(quarters)
    assert cached(second.find(f".//{C}cat/{C}strRef")) == ["2021", "2022", "2023", "2024"]
    assert [row[0] for row in rows(embedded(content)[1])[1:]] == ["2021", "2022", "2023", "2024"]
    assert not list(first.iter(f"{C}dateAx"))


@pytest.mark.parametrize("one", [BARS, COLUMNS, STACKED], ids=lambda one: str(one.kind.value))
def test_the_axis_of_bars_and_columns_begins_at_zero(one: Chart) -> None:
    high = replace(one, series=(series("Rate", *(90 + place for place in range(len(one.categories)))),))
    (root,) = drawn(built(high))
    (axis,) = root.iter(f"{C}valAx")
    assert float(axis.find(f"{C}scaling/{C}min").get("val")) == 0


def test_a_stack_is_as_high_as_its_sum() -> None:
    (root,) = drawn(built(replace(STACKED, series=(series("a", 40, 10), series("b", 50, 10)))))
    assert root.xpath("string(.//c:barChart/c:grouping/@val)", namespaces=SPACES) == "stacked"
    assert float(root.xpath("string(.//c:valAx/c:scaling/c:max/@val)", namespaces=SPACES)) >= 90


def test_our_own_bar_stands_out_and_one_that_is_missing_says_why() -> None:
    confidential = MISSING._replace(state=State.CONFIDENTIAL)
    content = built(replace(BARS, series=(series("Rate", 61.5, confidential, MISSING),)))
    (root,) = drawn(content)
    assert cached(root.find(f".//{C}cat")) == ["Anytown", "Bolton (confidential)", "Bury (no data)"]
    fills = root.xpath(".//c:ser/c:spPr/a:solidFill/a:srgbClr/@val | .//c:dPt/c:spPr/a:solidFill/*/@val",
                       namespaces=SPACES)  # fmt: skip
    assert fills == ["BFBFBF", "12436D"]
    assert root.xpath("count(.//c:ser/c:spPr/a:ln/a:solidFill)", namespaces=SPACES) == 1


def test_remarks_on_a_chart_are_a_note_below_it() -> None:
    document = opened(built(replace(LINES, remarks="Not shown: May 23 (no data)."), BARS))
    assert [text for style, text in paragraphs(document) if style == "Note"] == ["Not shown: May 23 (no data)."]


def test_an_axis_of_lines_need_not_begin_at_zero() -> None:
    (root,) = drawn(built(replace(LINES, series=(series("Rate", 91, 92, 92.5, 94),))))
    assert [float(each.get("val")) for each in root.iterfind(f".//{C}valAx/{C}scaling/{C}min")] == [91]


@pytest.mark.parametrize(("months", "every"), [(4, "1"), (12, "1"), (13, "3"), (25, "3"), (60, "6"), (120, "12")])
def test_an_axis_names_as_many_months_as_it_has_room_for(months: int, every: str) -> None:
    days = tuple(date(2021 + month // 12, month % 12 + 1, 28) for month in range(months))
    (root,) = drawn(
        built(chart(ChartKind.LINES, [f"{day:%b %y}" for day in days], series("A", *range(months)), dates=days))
    )
    assert [each.get("val") for each in root.iterfind(f".//{C}dateAx/{C}majorUnit")] == [every]


def test_numbers_of_columns_are_shown_where_they_have_room() -> None:
    (narrow,) = drawn(built(chart(ChartKind.COLUMNS, [f"{at}" for at in range(60)], series("a", *range(60)))))
    (wide,) = drawn(built(COLUMNS))
    assert len(narrow.findall(f".//{C}dLbl/{C}delete")) == 60
    assert [each.get("val") for each in wide.iterfind(f".//{C}ser/{C}dLbls/{C}showVal")] == ["1", "1"]
    assert len(wide.findall(f".//{C}dLbl/{C}delete")) == 1


def test_words_in_a_chart_look_as_in_the_shells_tables() -> None:
    def restyle(shell: Document) -> None:
        shell.styles["Table Text"].font.name = "Georgia"
        shell.styles["Table Text"].font.size = Pt(11)

    (root,) = drawn(built(LINES, shell=edited(restyle)))
    assert root.xpath("./c:txPr//a:latin/@typeface", namespaces=SPACES) == ["Georgia"]
    assert root.xpath("./c:txPr//a:defRPr/@sz", namespaces=SPACES) == ["1100"]


def test_drawings_have_numbers_of_their_own_beside_those_of_the_shell() -> None:
    def draw(shell: Document) -> None:
        picture = BytesIO(base64.b64decode(PIXEL))
        shell.paragraphs[0].insert_paragraph_before().add_run().add_picture(picture)
        shell.sections[0].header.paragraphs[0].add_run().add_picture(picture)
        for number, part in enumerate((shell.element.body, shell.sections[0].header._element), 7):
            for each in part.iter(qn("wp:docPr")):
                each.set("id", f"{number}")
                each.set("descr", "Logo")

    document = opened(built(LINES, BARS, shell=edited(draw)))
    ids = [each.get("id") for each in drawings(document)]
    assert ids == ["7", "9", "10"]
    assert opened(SHELL).element.body.xpath("count(.//wp:docPr)") == 0


ORDER = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData "
    "printSettings userShapes",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "title": "tx layout overlay spPr txPr",
    "plotArea": "layout barChart lineChart catAx dateAx valAx dTable spPr",
    "manualLayout": "layoutTarget xMode yMode wMode hMode x y w h",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth",
    "marker": "symbol size spPr",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines leaderLines",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator",
    "numRef": "f numCache",
    "strRef": "f strCache",
    "numCache": "formatCode ptCount pt",
    "strCache": "ptCount pt",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "dateAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt auto lblOffset baseTimeUnit majorUnit majorTimeUnit minorUnit "
    "minorTimeUnit",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "externalData": "autoUpdate",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
}
"""The children of the elements of a chart in the order of ECMA-376, Part 1, transitional."""


def test_elements_of_a_chart_stand_in_the_order_of_the_schema() -> None:
    marked = series("Marked", 61.5, MISSING, MISSING, MISSING, role=SeriesRole.MARKED)
    hollow = series("Hollow", 1, 2, point(3, is_provisional=True), point(4, breaks=True))
    content = built(replace(LINES, series=(*LINES.series, hollow, marked)), *KINDS.values())
    assert len(drawn(content)) == 5
    for root in (*drawn(content), opened(content).element.body):
        assert not list(disorder(root, ORDER))


def test_a_chart_stays_upright_beside_tables_that_are_turned() -> None:
    wide = indicator_table(columns=16)
    document = opened(built(wide, LINES, wide))
    upright = [page for page in document.sections if page.page_width < page.page_height]
    drawn_on = [page for page in document.sections if any(each._p.xpath(".//w:drawing") for each in words_of(page))]
    assert len(drawn_on) == 1 and drawn_on[0]._sectPr in [page._sectPr for page in upright]
    assert len(document.sections) == 4


def words_of(page: Any) -> list[Any]:
    return [each for each in page.iter_inner_content() if hasattr(each, "_p")]


def test_a_chart_has_no_lines_to_be_checked() -> None:
    assert [line.words for line in lines_of([LINES, Paragraph(words("p"))], Place(line=1))] == ["p"]


def test_a_chart_has_a_caption_with_a_real_number_and_words_instead() -> None:
    document = opened(built(LINES, replace(BARS, caption="Peers", description="Bolton 93, “us” <61.5")))
    captions = [text for style, text in paragraphs(document) if style == "Caption"]
    assert captions == ["Figure 1: Rates", "Figure 2: Peers"]
    assert document.element.body.xpath(".//w:fldSimple/@w:instr") == ["SEQ Figure \\* ARABIC"] * 2
    assert [each.get("descr") for each in drawings(document)] == ["They rose.", "Bolton 93, “us” <61.5"]
    assert [each.get("title") for each in drawings(document)] == ["Rates", "Peers"]
    for each in document.element.body.xpath("./w:p[w:pPr/w:pStyle/@w:val='Caption']"):
        assert each.xpath("./w:pPr/w:keepNext") and each.getnext().xpath(".//w:drawing")


def test_a_chart_is_as_wide_as_the_text() -> None:
    document = opened(built(LINES))
    page = document.sections[-1]
    (extent,) = document.element.body.iter(qn("wp:extent"))
    assert page.page_width < page.page_height
    assert int(extent.get("cx")) == page.page_width - page.left_margin - page.right_margin
    assert int(extent.get("cy")) == 8 * 360_000 + 360


@pytest.mark.parametrize(
    ("saved", "is_edited"), [("61.5000000000004", False), ("61.6", True), ("-61.5", True), ("sixty", True), ("", True)]
)
def test_a_number_of_a_chart_that_somebody_changed_counts_as_edited(saved: str, is_edited: bool) -> None:
    before = parts(built(LINES), "")
    changed = {
        name: part.replace(b"<c:v>61.5</c:v>", f"<c:v>{saved}</c:v>".encode()) if "charts/" in name else part
        for name, part in before.items()
    }

    assert changed != before
    assert (text_digest(archived(changed)) != text_digest(archived(before))) is is_edited
