"""Shells that cpreport did not make: whatever it adds to them brings along what it refers to, in the schema's order."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsmap, qn
from lxml import etree  # type: ignore[import-untyped]

from cpreport.model.document import Heading, List, ListEntry, Note, Paragraph
from cpreport.model.errors import InputError

from .made_blocks import words
from .test_render_word import COVER, SHELL, indicator_table, opened, paragraphs, render_word, report, section
from .workbooks import write_docx

BODY = "<w:p><w:r><w:t>{{ report.title }}</w:t></w:r></w:p><w:p><w:r><w:t>{{ sections }}</w:t></w:r></w:p>"
MARGINS = '<w:pgMar w:top="900" w:right="900" w:bottom="900" w:left="900" w:header="500" w:footer="500" w:gutter="0"/>'
PAGE = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{MARGINS}</w:sectPr>'
LOCALISED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Aufzhlungszeichen"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
)
STARRED = (
    '<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:pStyle w:val="Aufzhlungszeichen"/><w:lvlText w:val="*"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num><w:numIdMacAtCleanup w:val="2"/>'
)
OTHER_DEFAULT = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Standardabsatz"/></w:style>'
OTHER_KINDS = (
    '<w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Strong"><w:name w:val="Strong"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListBullet2"><w:name w:val="Ours"/></w:style>'
)
UNNUMBERED = '<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/></w:style>'
AS_LIBREOFFICE = (
    '<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="Heading 1"/><w:basedOn w:val="Heading"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="InternetLink"><w:name w:val="Hyperlink"/></w:style>'
)


def made(folder: Path, body: str = BODY + PAGE, **parts: str) -> bytes:
    return write_docx(folder / "shell.docx", body, **parts).read_bytes()


def default_template(_: Path) -> bytes:
    """What python-docx makes, with a landscape section after the sections'."""
    shell, stream = docx.Document(), BytesIO()
    shell.add_paragraph("{{ report.title }}", "List Bullet")
    shell.add_paragraph("{{ sections }}")
    wide = shell.add_section()
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
    shell.styles.add_style("Narrative", WD_STYLE_TYPE.PARAGRAPH)
    shell.save(stream)
    return stream.getvalue()


SHELLS = {
    "packaged": lambda _: SHELL,
    "python-docx": default_template,
    "without styles": made,
    "localised": lambda folder: made(folder, styles=LOCALISED, numbering=STARRED),
    "another default": lambda folder: made(folder, styles=OTHER_DEFAULT),
    "other kinds": lambda folder: made(folder, styles=OTHER_KINDS),
    "unnumbered": lambda folder: made(folder, styles=UNNUMBERED),
    "LibreOffice": lambda folder: made(folder, styles=AS_LIBREOFFICE),
    "settings": lambda folder: made(folder, settings="<w:updateFields/><w:evenAndOddHeaders/>"),
    "several sections": lambda folder: made(folder, f"<w:p><w:pPr>{PAGE}</w:pPr></w:p>{BODY}{PAGE}"),
    "bookmarks": lambda folder: made(
        folder, f'<w:p><w:bookmarkStart w:id="9" w:name="section_1"/><w:bookmarkEnd w:id="9"/></w:p>{BODY}{PAGE}'
    ),
}


@pytest.fixture(params=SHELLS)
def content(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """A report of all kinds of blocks in a shell of somebody's."""

    def nested(ordered: bool) -> List:
        third = List(ordered, (ListEntry(words("c")),))
        return List(ordered, (ListEntry(words("a"), (List(ordered, (ListEntry(words("b"), (third,)),)),)),))

    line = (*words("p "), *words("bold", bold=True), *words("site", link="https://example.org/"))
    blocks = (Heading(2, words("h")), Paragraph(line), nested(True), nested(False), Note(words("n")), indicator_table())
    sections = (section(*blocks), section(nested(True), indicator_table(columns=16), title="Adoption"))
    return render_word(report(*sections, marks=("DRAFT",), problems=("x",)), SHELLS[request.param](tmp_path), SHELL)


def parts(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(("xml", "rels"))
        }


def values(root: Any, path: str) -> list[str]:
    return [str(each) for each in root.xpath(path, namespaces=nsmap)]


def test_every_style_list_and_part_that_is_referred_to_is_there(content: bytes) -> None:
    found = parts(content)
    styles = found["word/styles.xml"].iter(qn("w:style"))
    kinds = {style.get(qn("w:styleId")): style.get(qn("w:type")) for style in styles}
    lists = values(found["word/numbering.xml"], "./w:num/@w:numId")
    for name, root in found.items():
        for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            assert {kinds.get(each) for each in values(root, f"//w:{tag}/@w:val")} <= {kind}, (name, tag)
        referred = values(root, "//w:basedOn/@w:val | //w:next/@w:val | //w:link/@w:val")
        assert set(referred) - {"TextBody"} <= set(kinds), name
        assert set(values(root, "//w:numId/@w:val")) <= {"0", *lists}, name  # 0: in no list
        relations = found.get(posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels"))
        known = [] if relations is None else values(relations, "./*/@Id")
        assert set(values(root, "//@r:*")) <= set(known), name


def test_ids_and_names_are_unique(content: bytes) -> None:
    found = parts(content)
    once = (
        ("word/styles.xml", "./w:style/@w:styleId"),
        ("word/styles.xml", "./w:style/w:name/@w:val"),
        ("word/styles.xml", "./w:style[@w:default='1']/@w:type"),
        ("word/numbering.xml", "./w:num/@w:numId"),
        ("word/numbering.xml", "./w:abstractNum/@w:abstractNumId"),
        ("word/document.xml", "//w:bookmarkStart/@w:id"),
        ("word/document.xml", "//w:bookmarkStart/@w:name"),
    )
    for name, path in once:
        assert len(values(found[name], path)) == len(set(values(found[name], path))), path
    levels = values(found["word/numbering.xml"], "./w:abstractNum/w:lvl/w:pStyle/@w:val")
    assert len(levels) == len(set(levels))


ORDER = {
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter proofState updateFields evenAndOddHeaders "
    "defaultTabStop characterSpacingControl savePreviewPicture compat rsids mathPr themeFontLang clrSchemeMapping "
    "shapeDefaults decimalSymbol listSeparator",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
}
"""The children of some elements in the order of ECMA-376, Part 1, transitional."""


def disorder(root: Any) -> Iterator[str]:
    for element in root.iter("{*}*"):
        order = ORDER.get(etree.QName(element).localname, "").split()
        if order and etree.QName(element).namespace == nsmap["w"]:
            names = [etree.QName(child).localname for child in element]
            places = [order.index(name) for name in names if name in order]
            if places != sorted(places):
                yield f"{etree.QName(element).localname}: {names}"


def test_elements_stand_in_the_order_of_the_schema(content: bytes) -> None:
    for name, root in parts(content).items():
        assert not list(disorder(root)), name


PLACES = "<w:p><w:r><w:t>{{{{ {} }}}}</w:t></w:r></w:p>"


def test_contents_and_key_stand_in_their_places_or_before_the_sections(tmp_path: Path) -> None:
    def printed(*places: str) -> list[str]:
        shell = made(tmp_path, "".join(map(PLACES.format, places)) + PAGE)
        one = report(section(title="Health"), problems=("x",), key=(Note(words("the key")),))
        return [text for _, text in paragraphs(opened(render_word(one, shell, SHELL)))]

    contents, key, sections = ["Contents", "Health"], ["the key", "Problems found", "x"], ["Health", "Back to contents"]
    assert printed("sections") == [*contents, *key, *sections]
    assert printed("key", "sections", "contents") == [*key, *sections, *contents]
    assert printed("contents", "report.title", "key", "sections") == [*contents, COVER.title, *key, *sections]


def test_a_place_is_there_once_and_by_itself(tmp_path: Path) -> None:
    for places, message in (
        (("contents", "contents", "sections"), "2 paragraphs {{ contents }}"),
        (("contents }} {{ key", "sections"), "{{ contents }} needs a paragraph of its own"),
    ):
        with pytest.raises(InputError, match=re.escape(message)):
            render_word(report(section()), made(tmp_path, "".join(map(PLACES.format, places)) + PAGE), SHELL)


def test_a_break_just_before_the_sections_leaves_no_empty_page(tmp_path: Path) -> None:
    body = PLACES.format("contents") + f"<w:p><w:pPr>{PAGE}</w:pPr></w:p>" + PLACES.format("sections") + PAGE
    document = opened(render_word(report(section(), section(title="Adoption")), made(tmp_path, body), SHELL))
    assert len(document.sections) == 3


def test_what_the_shell_has_is_what_is_used(tmp_path: Path) -> None:
    shell = made(tmp_path, styles=LOCALISED, numbering=STARRED)
    bullets = List(False, (ListEntry(words("a")),))
    document = opened(render_word(report(section(bullets)), shell, SHELL))
    assert ("heading 1", "Health") in [(style.lower(), text) for style, text in paragraphs(document)]
    used = {each.get(qn("w:val")) for each in document.element.body.iter(qn("w:pStyle"))}
    assert {"berschrift1", "Aufzhlungszeichen"} <= used and not {"Heading1", "ListBullet"} & used


def test_nothing_of_python_docx_s_own_look_comes_in(tmp_path: Path) -> None:
    document = opened(render_word(report(section()), made(tmp_path), SHELL))
    assert not re.search("4F81BD|365F91", etree.tostring(document.styles.element).decode())
    assert document.styles.element.xpath("./w:docDefaults//w:rFonts/@w:ascii") == ["Arial"]
