"""What readers with a screen reader, or with poor sight, need of the Word document: the facts that can be computed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .test_render_word import SHELL, text_of
from .test_target_tables import STATUS, contrast, month_of

EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
WHITE = "FFFFFF"


@pytest.fixture(params=["example", "directions in rows", "targets in a draft"], scope="module")
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A report that was built."""
    folder = tmp_path_factory.mktemp("report")
    if request.param == "example":
        content = build_report(load_workbook(EXAMPLE))
    else:
        direction = 'direction = "row"\n' if "rows" in request.param else 'direction = "cell"\n'
        content = build_report(month_of(folder, more=direction, Status=STATUS), draft=True)
    return docx.Document(BytesIO(content))


def tables(document: Document) -> list[Any]:
    return list(document.element.body.iter(qn("w:tbl")))


def test_the_headings_of_columns_repeat_and_rows_have_headings(document: Document) -> None:
    assert tables(document)
    for table in tables(document):
        first, *others = table.tr_lst
        assert first.xpath("./w:trPr/w:tblHeader")
        assert not [row for row in others if row.xpath("./w:trPr/w:tblHeader")]
        assert table.xpath("./w:tblPr/w:tblLook/@w:firstRow | ./w:tblPr/w:tblLook/@w:firstColumn") == ["1", "1"]


def test_no_cell_is_empty_merged_or_split(document: Document) -> None:
    for table in tables(document):
        columns = len(table.xpath("./w:tblGrid/w:gridCol"))
        assert {len(row.xpath("./w:tc")) for row in table.tr_lst} == {columns}
        assert not table.xpath(".//w:gridSpan | .//w:vMerge | .//w:hMerge | .//w:tc//w:tbl")
        assert all(text_of(paragraph).strip() for paragraph in table.iter(qn("w:p")))


def test_a_table_has_a_title_of_its_own_and_a_description_that_is_no_copy_of_it(document: Document) -> None:
    titles = [str(title) for table in tables(document) for title in table.xpath("./w:tblPr/w:tblCaption/@w:val")]
    descriptions = [each for table in tables(document) for each in table.xpath("./w:tblPr/w:tblDescription/@w:val")]
    assert len(titles) == len(descriptions) == len(tables(document))
    assert len(set(titles)) == len(titles)
    assert not set(titles) & set(map(str, descriptions))


def test_the_document_has_a_title_and_a_language(document: Document) -> None:
    assert document.core_properties.title and document.core_properties.language == "en-GB"
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["en-GB"]


def levels(document: Document) -> list[tuple[int, str]]:
    """The level, from 0, and the text of each heading."""
    known = {
        style.style_id: int(level)
        for style in document.styles
        for level in style.element.xpath("./w:pPr/w:outlineLvl/@w:val")
    }
    paragraphs = document.element.body.iter(qn("w:p"))
    return [(known[each.style], text_of(each)) for each in paragraphs if each.style in known]


def test_every_heading_has_a_level_and_none_is_left_out(document: Document) -> None:
    found = levels(document)
    assert {"Contents", "What the words and symbols mean"} < {text for _, text in found}
    assert found[0] == (0, "Contents")
    assert all(below - above <= 1 for (above, _), (below, _) in pairwise(found)), found


def test_links_lead_to_places_that_are_there(document: Document) -> None:
    body = document.element.body
    places = [str(name) for name in body.xpath(".//w:bookmarkStart/@w:name")]
    targets = {str(each.get(qn("w:anchor"))) for each in body.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))}
    assert targets == set(places) and len(places) == len(targets)


def test_nothing_floats_is_hidden_or_has_no_words_instead(document: Document) -> None:
    body = document.element.body
    assert not body.xpath(".//w:framePr | .//w:vanish | .//w:comment | .//w:ins | .//w:del | .//w:txbxContent")
    assert all(each.get("descr") for each in body.iter("{*}docPr"))


def test_a_status_is_read_as_words_in_its_cell(document: Document) -> None:
    for cell in document.element.body.iter(qn("w:tc")):
        if cell.xpath("./w:tcPr/w:shd"):
            assert any(character.isalpha() for character in text_of(cell))


def styles_of_the_shell() -> etree._Element:
    with zipfile.ZipFile(BytesIO(SHELL)) as archive:
        return etree.fromstring(archive.read("word/styles.xml"))


def test_words_in_the_shells_styles_stand_out_from_what_is_behind_them() -> None:
    root = styles_of_the_shell()
    found = 0
    for colour in root.iter(qn("w:color")):
        area = next(colour.iterancestors(qn("w:tblStylePr")), None)
        fills = [] if area is None else [each.get(qn("w:fill")) for each in area.iter(qn("w:shd"))]
        assert contrast(str(colour.get(qn("w:val"))), str(fills[0]) if fills else WHITE) >= 4.5
        found += 1
    for shading in root.iter(qn("w:shd")):
        area = next(shading.iterancestors(qn("w:tblStylePr")))
        if not list(area.iter(qn("w:color"))):
            assert contrast("000000", str(shading.get(qn("w:fill")))) >= 4.5
            found += 1
    assert found > 10


def test_lines_stand_out_from_the_page() -> None:
    held = styles_of_the_shell().iter(qn("w:tblBorders"), qn("w:pBdr"))
    borders = [side.get(qn("w:color")) for each in held for side in each]
    assert borders and all(contrast(str(colour), WHITE) >= 3 for colour in borders)


def test_text_is_as_large_as_guides_ask_for() -> None:
    styles = docx.Document(BytesIO(SHELL)).styles
    default = styles.element.xpath("./w:docDefaults//w:sz/@w:val")
    own = [int(size) for size in styles.element.xpath("./w:style[@w:type='paragraph']/w:rPr/w:sz/@w:val")]
    assert default == ["24"]
    assert {size for size in own if size < 24} <= {20, 22, 2}, "notes, captions and the end of a section"
    assert set(styles.element.xpath("./w:style[@w:type='table']//w:sz/@w:val")) == {"20"}
