"""The gate on Word documents: each fault is found alone, in every part, with its place; a sound document has none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cpreport import build_report, load_workbook
from cpreport.gate.document import check_document
from cpreport.model.finding import Finding
from cpreport.office.foreign import OLE2
from cpreport.office.package import archived

from .documents import (
    CHART_WORDS,
    FOOTNOTE,
    FULL_LINK,
    MAP,
    PARTS,
    TABLE,
    drawing,
    paragraph,
    row,
    word,
)
from .example_month import Document
from .examples import examples
from .pictures import png
from .rules.document import EXAMPLES
from .test_fuzz import VALUES, changed_xml, longer_xml
from .test_target_tables import STATUS, month_of
from .workbooks import WORDML

TEXT = paragraph("Carers by ward, July 2023.")
HEADER = paragraph("Corporate Parenting Board", "Header")
STYLE = '<w:rPr><w:color w:val="12436D"/><w:sz w:val="60"/>'
GREY = '<w:color w:val="999999"/>'
LIGHT = '<w:color w:themeColor="accent1" w:themeTint="99" w:val="auto"/>'
DARK = '<w:color w:themeColor="accent1" w:themeShade="80" w:val="auto"/>'
LINES = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'
FIRST_ROW = '<w:shd w:val="clear" w:fill="12436D"/>'


def found(content: bytes) -> list[Finding]:
    return check_document(content, "report.docx")


def box(words: str, fill: str = "", place: str = "inline") -> str:
    """A text box with a fill."""
    filled = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:gradFill/>"
    return drawing(MAP, place=place).replace(
        "</a:graphic>",
        f"<wps:wsp><wps:spPr>{filled}</wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphic>",
    )


def field(code: str, words: str) -> str:
    marks = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = marks
    return f"<w:p>{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}<w:r><w:t>{words}</w:t></w:r>{end}</w:p>"


def vml(kind: str, attributes: str, inside: str = "") -> str:
    return f"<w:p><w:r><w:{kind}><v:shape {attributes}>{inside}</v:shape></w:{kind}></w:r></w:p>"


FAULTS: list[tuple[str, str, str, str]] = [
    # objects
    ("no-alternative-text", TEXT, TEXT + drawing("", "diagram"), "a SmartArt graphic after 'Carers by ward"),
    ("no-alternative-text", TEXT, TEXT + drawing(' descr=" "'), "a picture after"),
    ("no-alternative-text", TEXT, TEXT + drawing(' title="A map of the wards"'), "a picture after"),
    ("no-alternative-text", TEXT, TEXT + vml("pict", 'style="width:9pt"'), "a drawing after"),
    ("no-alternative-text", TEXT, TEXT + vml("object", "", "<o:OLEObject/>"), "an object of another program after"),
    ("no-alternative-text", HEADER, HEADER + drawing(""), "the header of section 1"),
    ("no-alternative-text", FOOTNOTE, FOOTNOTE + drawing(""), "in a footnote"),
    ("poor-alternative-text", MAP, ' descr="Picture 1"', "'Picture 1' of a picture after"),
    ("poor-alternative-text", MAP, ' descr="C-Users-map final.jpg"', "of a picture"),
    ("poor-alternative-text", MAP, ' descr="A map&#10;&#10;Description automatically generated"', "'A map Description"),
    ("floating-object", TEXT, TEXT + box(TEXT, "FFFFFF"), "the text box 'Carers by ward"),
    ("floating-object", TEXT, TEXT + vml("pict", 'style="position:absolute" alt="A map of wards"'), "a drawing"),
    ("floating-object", TEXT, TEXT.replace("<w:pPr>", '<w:pPr><w:framePr w:w="99"/>'), "the frame 'Carers by ward"),
    # tables
    ("empty-cells", TABLE, TABLE.replace("</w:tbl>", f"{row(' ', ' ', ' ')}</w:tbl>"), "table 1 ('Table 1: Placements"),
    ("empty-cells", TABLE, TABLE.replace("67%", "").replace("10%", "").replace("Share", ""), "column 3"),
    ("empty-cells", "402", "", "row 2 column 2"),
    ("merged-cells", TABLE, TABLE.replace(row("Foster care", "402", "67%"), row("Foster care", "402")), "row 2"),
    (
        "merged-cells",
        row("Foster care", "402", "67%"),
        row("Fostered", "9", "1%").replace("<w:tcPr/>", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'),
        "row 2",
    ),
    (
        "no-header-row",
        TEXT,
        f"<w:tbl><w:tblPr>{LINES}</w:tblPr>{row('Ward', 'Carers')}{row('Dalton', '9')}</w:tbl>{TEXT}",
        "table 2 ('What is next')",
    ),
    (
        "layout-table",
        TEXT,
        f"<w:tbl><w:tblPr/>{row('Logo', 'Council')}{row('', 'Address')}</w:tbl>{TEXT}",
        "table 2 ('What is next')",
    ),
    ("no-header-row", "<w:tblHeader/>", '<w:tblHeader w:val="0"/>', "table 1"),
    # words
    ("heading-skipped", '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>', "(level 2, the first)"),
    ("empty-paragraphs", TEXT, TEXT + paragraph("", "Heading2"), "an empty heading after"),
    ("typed-heading", TABLE, paragraph("Where they live", properties="<w:b/>") + TABLE, "'Where they live'"),
    ("typed-list", TEXT, paragraph("1. Carers") + paragraph("2. Homes"), "'1. Carers'"),
    ("typed-list", TEXT, paragraph("- Carers</w:t><w:br/><w:t>- Homes"), "'- Carers - Homes'"),
    ("typed-list", TEXT, paragraph("a) Carers") + paragraph("b) Homes"), "'a) Carers'"),
    ("blank-characters", "Most children", "Most</w:t><w:tab/><w:tab/><w:t>children", "'Most children live"),
    ("blank-characters", "Most children", "Most</w:t><w:br/><w:br/><w:br/><w:t>children", "'Most children live"),
    ("link-text", FULL_LINK, field(' HYPERLINK "https://x.uk" ', "Read more…"), "'Read more…' in"),
    (
        "link-text",
        FULL_LINK,
        '<w:p><w:fldSimple w:instr="HYPERLINK x"><w:r><w:t>here</w:t></w:r></w:fldSimple></w:p>',
        "'here' in",
    ),
    (
        "control-without-title",
        TEXT,
        f"<w:p><w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent/></w:sdt></w:p>{TEXT}",
        "an empty one",
    ),
    ("hidden-text", STYLE, STYLE.replace("<w:sz", "<w:vanish/><w:sz"), "'Placements in 2023'"),
    ("tracked-changes", "<w:trPr><w:tblHeader/>", "<w:trPr><w:tblHeader/><w:ins/>", ""),
    (
        "tracked-changes",
        '<w:pStyle w:val="Heading2"/>',
        '<w:pStyle w:val="Heading2"/><w:pPrChange/>',
        "in 'What is next'",
    ),
    # size
    (
        "small-text",
        "Corporate Parenting Board",
        'Corporate Parenting Board</w:t></w:r><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>internal',
        "in the header of section 1 (8 pt)",
    ),
    ("small-text", FOOTNOTE, FOOTNOTE.replace('"20"', '"18"'), "in a footnote (9 pt)"),
    (
        "small-text",
        '<w:rPr><w:sz w:val="22"/>',
        '<w:rPr><w:sz w:val="20"/>',
        "'Table 1: Placements, July 2023' (10 pt)",
    ),
    (
        "small-text",
        '<w:rPr><w:sz w:val="20"/></w:rPr><w:tblSt',
        '<w:rPr><w:sz w:val="18"/></w:rPr><w:tblSt',
        "in table 1 (9 pt)",
    ),
    (
        "small-text",
        CHART_WORDS,
        CHART_WORDS.replace('"1000"', '"800"'),
        "a chart after 'Carers by ward, July 2023.' (8 pt)",
    ),
    # contrast
    ("low-contrast", TEXT, paragraph("Carers", properties=LIGHT), "(#95B3D7 on #FFFFFF, 2.1 to 1)"),
    (
        "low-contrast",
        FIRST_ROW,
        '<w:shd w:val="clear" w:themeFill="accent1" w:fill="auto"/>',
        "'Placement' in table 1 (#FFFFFF on #4F81BD",
    ),
    ("low-contrast", FIRST_ROW, "", "'Placement' in table 1 (#FFFFFF on #FFFFFF, 1.0 to 1)"),
    (
        "low-contrast",
        paragraph("402"),
        paragraph("402", properties='<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>'),
        "(#FF0000 on #FFFF00",
    ),
    (
        "low-contrast",
        "<w:tcPr/>" + paragraph("402"),
        '<w:tcPr><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/></w:tcPr>'
        + paragraph("402", properties='<w:color w:val="12436D"/>'),
        "(#12436D on #808080",
    ),
    ("low-contrast", STYLE, STYLE.replace("12436D", "AAAAAA"), "'Placements in 2023' (#AAAAAA"),
    ("low-contrast", HEADER, HEADER.replace("<w:rPr>", f"<w:rPr>{GREY}"), "in the header of section 1"),
    ("low-contrast", CHART_WORDS, CHART_WORDS.replace("3D3D3D", "AAAAAA"), "a chart after"),
    # the whole document
    ("restricted", "<w:zoom", '<w:writeProtection w:hashValue="x"/><w:zoom', "a password is needed to change it"),
    ("no-language", 'w:lang w:val="en-GB"', "w:lang", ""),
]
"""A rule, what of the document is replaced by what, and what is said of the place."""

NO_FAULTS = {
    "a decorative picture": (
        TEXT,
        TEXT + drawing("><a:ext><adec:decorative val='1'/></a:ext></wp:docPr").replace("docPr/>", "docPr>"),
    ),
    "a logo that is called so": (TEXT, TEXT + drawing(' descr="Logo"')),
    "a logo that floats in the header": (HEADER, HEADER + drawing(MAP, place="anchor")),
    "a watermark": (
        HEADER,
        HEADER
        + vml("pict", 'id="PowerPlusWaterMarkObject1" style="position:absolute"', '<v:textpath string="DRAFT"/>'),
    ),
    "a line across the page": (TEXT, TEXT + vml("pict", 'o:hr="t"')),
    "a large letter at the beginning": (TEXT, TEXT.replace("<w:pPr>", '<w:pPr><w:framePr w:dropCap="drop"/>')),
    "tabs of a header": (HEADER, paragraph("Board</w:t><w:tab/><w:tab/><w:t>July", "Header")),
    "white words on a dark colour of the theme": (
        TEXT,
        paragraph("Carers", properties='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:themeFill="text2"/>'),
    ),
    "a dark shade of a theme's colour": (TEXT, paragraph("Carers", properties=DARK)),
    "large words that are a little pale": (
        TEXT,
        paragraph("Carers", properties='<w:color w:val="4F81BD"/><w:sz w:val="36"/>'),
    ),
    "a raised number": (TEXT, f'{TEXT[:-6]}<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>12</w:t></w:r></w:p>'),
    "a contents field": (TEXT, f"<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>{TEXT}</w:sdtContent></w:sdt>"),
    "a mark of Google Docs": (
        TEXT,
        f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{TEXT}</w:sdtContent></w:sdt>',
    ),
    "an automatic colour on black": (
        TEXT,
        paragraph("Carers", properties='<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>'),
    ),
    "years that begin lines": (TEXT, paragraph("2022. A year of change") + paragraph("2021. A year of growth")),
    "a number and its negative": (TEXT, paragraph("- 5") + paragraph("Fewer")),
    "columns that are a page break": (TEXT, '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + TEXT),
    "a style's own bold": (TEXT, paragraph("Carers", "Caption", "<w:b/>").replace("<w:b/>", "") + TEXT),
}
"""What is put in the place of what, and is right."""


def test_the_document_that_is_changed_has_no_finding() -> None:
    assert found(word()) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    for change, codes in ((EXAMPLES[code].fires, [code]), (EXAMPLES[code].silent, [])):
        for document in change.values():
            assert isinstance(document, Document)
            assert [finding.code for finding in found(document.content)] == codes


@pytest.mark.parametrize(
    ("code", "old", "new", "place"), FAULTS, ids=[f"{code}-{at}" for at, (code, *_) in enumerate(FAULTS)]
)
def test_a_fault_is_found_in_every_part_with_its_place(code: str, old: str, new: str, place: str) -> None:
    (finding,) = found(word((old, new)))

    assert finding.code == f"document.{code}"
    assert place in finding.message


@pytest.mark.parametrize("what", NO_FAULTS)
def test_what_is_right_has_no_finding(what: str) -> None:
    assert found(word(NO_FAULTS[what])) == []


def test_many_alike_are_one_finding_that_names_the_first() -> None:
    (finding,) = found(word((TEXT, "".join(map(paragraph_of, range(12))))))

    assert finding.message == "small text: 'Ward 0' (9 pt); 'Ward 1' (9 pt); 'Ward 2' (9 pt); and 9 more"


def paragraph_of(number: int) -> str:
    return paragraph(f"Ward {number}", properties='<w:sz w:val="18"/>')


def test_words_in_a_text_box_are_judged_by_its_own_fill() -> None:
    white = paragraph("Carers", properties='<w:color w:val="FFFFFF"/>')
    codes = [[each.code for each in found(word((TEXT, box(white, fill))))] for fill in ("12436D", "EEEEEE", "")]

    assert codes == [
        ["document.floating-object"],
        ["document.floating-object", "document.low-contrast"],
        ["document.floating-object"],
    ]


# Documents of programs

ROOT = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("name", ["july-2023", "march-2022/february-2022", "q4-2016-17/q4-2016-17"])
def test_the_examples_have_no_finding(name: str) -> None:
    assert found(build_report(load_workbook(ROOT / f"{name}.xlsx"))) == []


@pytest.mark.parametrize("direction", ["row", "cell"])
def test_a_draft_with_targets_and_problems_has_no_finding(direction: str, tmp_path: Path) -> None:
    month = month_of(tmp_path, more=f'direction = "{direction}"\n', Status=STATUS)

    assert found(build_report(month, draft=True)) == []


def test_what_python_docx_writes_lacks_what_nobody_gave_it() -> None:
    document = docx.Document()
    document.add_heading("Placements", 1)
    document.add_heading("Carers by ward", 2)
    document.add_paragraph("There are 402.")
    document.add_paragraph("In Dalton", style="List Bullet")
    table = document.add_table(2, 2, style="Light Shading Accent 6")
    for number in range(4):
        table.cell(number // 2, number % 2).text = f"Cell {number}"
    document.add_picture(BytesIO(png()))
    file = BytesIO()
    document.save(file)

    said = {each.code.removeprefix("document."): each.message.partition(": ")[2] for each in found(file.getvalue())}
    pale = said.pop("low-contrast")
    assert said == {
        "no-title": "",
        "no-alternative-text": "a picture after 'In Dalton'",
        "no-header-row": "table 1 ('Carers by ward')",
        "small-text": "'There are 402.' (11 pt); 'In Dalton' (11 pt)",
    }
    assert pale.startswith("'Carers by ward' (#4F81BD on #FFFFFF, 4.0 to 1); 'Cell 0' in table 1 (#E46C0A on #FFFFFF")
    assert pale.endswith("and 2 more")


# Whatever comes

FILES = {
    "a Word 97-2003 document": (OLE2 + "WordDocument\0".encode("utf-16-le"), "unreadable", "(.doc)"),
    "an encrypted document": (OLE2 + "EncryptedPackage\0".encode("utf-16-le"), "restricted", "rights management"),
    "an empty file": (b"", "unreadable", "empty (0 bytes)"),
    "a file of zero bytes": (bytes(5000), "unreadable", "zero bytes"),
    "a picture": (b"\x89PNG....", "unreadable", "a picture (PNG)"),
    "half a document": (word()[:2000], "unreadable", "the document is damaged"),
    "an archive of other files": (archived({"a.txt": b"a"}), "unreadable", "a zip archive"),
    "an OpenDocument text": (
        archived({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "unreadable",
        "OpenDocument text",
    ),
    "a document without its text": (
        word(('Target="word/document.xml"', 'Target="word/a.xml"')),
        "unreadable",
        "its text is missing",
    ),
    "a document type": (word(("<w:document", "<!DOCTYPE x><w:document")), "unreadable", "document type"),
    "an element without end": (word(("</w:body>", "")), "unreadable", "not well-formed"),
    "a Strict document": (word((WORDML, "http://purl.oclc.org/ooxml/wordprocessingml/main")), "unreadable", "Strict"),
}


@pytest.mark.parametrize("what", FILES)
def test_what_cannot_be_read_is_one_finding_that_says_what_it_is(what: str) -> None:
    content, code, words = FILES[what]
    (finding,) = found(content)

    assert (finding.code, finding.severity.value) == (f"document.{code}", "error")
    assert words in finding.message


@pytest.mark.parametrize("deep", ["w:sdt", "w:tbl", "w:ins", "mc:AlternateContent", "w:txbxContent"])
def test_what_is_very_deep_comes_to_an_end(deep: str) -> None:
    inside = f"<{deep}>" * 1500 + TEXT + f"</{deep}>" * 1500

    assert all(finding.message for finding in found(word((TEXT, inside))))


def spoiled(draw: st.DrawFn) -> bytes:
    parts = {name: text.encode() for name, text in PARTS.items()}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(parts)))
        if draw(st.integers(0, 9)) == 0:
            del parts[name]
            continue
        text = parts[name].decode("utf-8", "surrogateescape")
        parts[name] = draw(changed_xml(text) | longer_xml(text)).encode("utf-8", "surrogateescape")
    return archived(parts)


@examples(300)
@given(st.composite(spoiled)())
def test_parts_that_are_spoiled_give_findings(content: bytes) -> None:
    assert all(finding.message and finding.hint for finding in found(content))


@examples(150)
@given(st.data())
def test_whatever_elements_are_left_out_the_rest_is_read(data: st.DataObject) -> None:
    """Elements and attributes go, the XML stays whole."""
    parts = {name: text.encode() for name, text in PARTS.items()}
    name = data.draw(st.sampled_from([each for each in sorted(parts) if each.startswith("word/")]))
    root = etree.fromstring(parts[name])
    for _ in range(data.draw(st.integers(1, 6))):
        element = data.draw(st.sampled_from([*root.iterdescendants()] or [root]))
        attribute = data.draw(st.sampled_from([None, *element.attrib]))
        if attribute is not None:
            element.set(attribute, data.draw(st.sampled_from(VALUES)))
        elif element is not root:
            element.getparent().remove(element)
    parts[name] = etree.tostring(root)

    findings = found(archived(parts))
    assert all(finding.message for finding in findings)
    assert len({finding.code for finding in findings}) == len(findings)
