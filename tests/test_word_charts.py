"""Charts in Word: their numbers in the part and in the workbook, what they look like, and what a reader is told."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole
from cpreport.model.document import Block
from cpreport.model.figure import State

from .test_render_word import SHELL, opened, paragraphs, render_word, report, section

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MISSING = Point(None, "no data", State.BLANK)


def point(value: float, **more: Any) -> Point:
    return Point(Fraction(str(value)), f"{value}", **more)


def series(name: str, *points: float | Point, role: SeriesRole = SeriesRole.FIGURES) -> ChartSeries:
    return ChartSeries(name, tuple(each if isinstance(each, Point) else point(each) for each in points), role)


def chart(kind: ChartKind, categories: Sequence[str], *several: ChartSeries, **more: Any) -> Chart:
    stated = {"unit": "% of children", "decimals": 1, "suffix": "%", "caption": "Rates", "description": "They rose."}
    return Chart(kind, tuple(categories), several, **{**stated, **more})


MONTHS = tuple(date(2023, month, 28) for month in (4, 5, 6, 7))
LINES = chart(
    ChartKind.LINES,
    ["Apr 23", "May 23", "Jun 23", "Jul 23"],
    series("Children in care", 61.5, MISSING, 60.25, 62),
    series("England", 70, 70.5, MISSING, MISSING, role=SeriesRole.COMPARATOR),
    dates=MONTHS,
)
BARS = chart(ChartKind.BARS, ["Anytown", "Bolton", "Bury"], series("Rate", 61.5, 93, MISSING), marked=0)
COLUMNS = chart(ChartKind.COLUMNS, ["0–4", "5–9"], series("Jul 22", 12, 30), series("Jul 23", 15, MISSING), decimals=0)
STACKED = replace(COLUMNS, kind=ChartKind.STACKED)
KINDS = {each.kind.value: each for each in (LINES, BARS, COLUMNS, STACKED)}


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


@pytest.mark.parametrize("one", KINDS.values(), ids=KINDS)
def test_the_part_the_workbook_and_the_chart_have_the_same_numbers(one: Chart) -> None:
    content = built(one)
    (root,) = drawn(content)
    (embedded,) = parts(content, "word/embeddings/").values()
    (sheet,) = openpyxl.load_workbook(BytesIO(embedded)).worksheets
    for column, (each, known) in enumerate(zip(root.iter(f"{C}ser"), one.series, strict=True), 2):
        values = [None if value is None else float(value) for value in cached(each.find(f"{C}val"))]
        cells = [row[0].value for row in sheet.iter_rows(2, min_col=column, max_col=column)]
        assert values == cells == [None if point.value is None else float(point.value) for point in known.points]
        assert [sheet.cell(1, column).value] == cached(each.find(f"{C}tx")) == [known.name]
    assert (sheet.max_row, sheet.max_column) == (1 + len(one.categories), 1 + len(one.series))


@pytest.mark.parametrize("one", KINDS.values(), ids=KINDS)
def test_the_same_chart_gives_the_same_bytes(one: Chart) -> None:
    assert built(one) == built(replace(one, line=1))
    dates = {entry.date_time[0] for embedded in parts(built(one), "word/embeddings/").values() for entry in
             zipfile.ZipFile(BytesIO(embedded)).infolist()}  # fmt: skip
    assert dates == {1980}


def test_a_missing_value_is_a_gap_and_a_line_is_not_smoothed() -> None:
    (root,) = drawn(built(LINES))
    assert [each.get("val") for each in root.iter(f"{C}dispBlanksAs")] == ["gap"]
    assert [each.get("val") for each in root.iter(f"{C}smooth")] == ["0"] * len(list(root.iter(f"{C}ser")))


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
