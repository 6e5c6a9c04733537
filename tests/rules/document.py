"""Examples of the rules about finished documents."""

from __future__ import annotations

from cpreport.office.foreign import OLE2

from ..documents import BODY, FULL_LINK, MAP, drawing, paragraph, row, word
from ..example_month import Document
from .example import Example

_FILE = "report.docx"
_MOST = "Most children live"
_HOMES = row("Children’s homes", "61", "10%")
_AUTHOR = '<w:ins w:id="1" w:author="Ann" w:date="2023-08-01T10:00:00Z">'
_COMMENT = f'<w:comment w:id="1" w:author="Ann">{paragraph("Is that so?")}</w:comment>'


def _example(bad: str, fires: bytes, good: str, silent: bytes) -> Example:
    return Example({_FILE: Document(bad, fires)}, _FILE, {_FILE: Document(good, silent)})


def _changed(bad: str, old: str, new: str, good: str, kept: str) -> Example:
    """An example of a document with `new` in place of something, and with what is `kept` in place of it."""
    return _example(bad, word((old, new)), good, word((old, kept)))


def _control(properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{paragraph('Yes or no')}</w:sdtContent></w:sdt>"


_TEXT = paragraph("Carers by ward, July 2023.")

EXAMPLES = {
    "document.unreadable": _example(
        "that is a Word 97-2003 document (.doc)",
        OLE2 + "WordDocument\0".encode("utf-16-le"),
        "that is a Word document",
        word(),
    ),
    "document.restricted": _changed(
        "that may only be read",
        "<w:zoom",
        '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom',
        "whose protection is switched off",
        '<w:documentProtection w:edit="readOnly" w:enforcement="0"/><w:zoom',
    ),
    "document.macros": _changed(
        "with macros (.docm)",
        ".document.main+xml",
        ".document.macroEnabled.main+xml",
        "without macros",
        ".document.main+xml",
    ),
    "document.no-title": _changed(
        "whose properties have no title",
        "<dc:title>Placements in 2023",
        "<dc:title>",
        "whose properties have a title",
        "<dc:title>Placements",
    ),
    "document.no-language": _changed(
        "without a language",
        '<w:lang w:val="en-GB"/>',
        "",
        "in Welsh",
        '<w:lang w:val="cy-GB"/>',
    ),
    "document.no-alternative-text": _changed(
        "with a chart without alternative text",
        drawing(MAP),
        drawing("", "chart"),
        "with a chart that has one",
        drawing(MAP, "chart"),
    ),
    "document.poor-alternative-text": _changed(
        "with a picture whose alternative text is image1.png",
        MAP,
        ' descr="image1.png"',
        "with a picture whose alternative text says what it shows",
        ' descr="The council’s arms"',
    ),
    "document.no-header-row": _changed(
        "with a table without a header row",
        "<w:tblHeader/>",
        "",
        "with a table that has one",
        '<w:tblHeader w:val="true"/>',
    ),
    "document.merged-cells": _changed(
        "with a table in which two cells of a row are merged",
        _HOMES,
        row("Children’s homes", "61").replace("<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 1),
        "with a table without merged cells",
        _HOMES.replace("<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="1"/></w:tcPr>', 1),
    ),
    "document.nested-table": _changed(
        "with a table in a cell of another one",
        paragraph("402"),
        f"<w:tbl><w:tblPr/>{row('402', header=True)}</w:tbl>{paragraph('402')}",
        "with a table of plain cells",
        paragraph("402"),
    ),
    "document.empty-cells": _changed(
        "with a table in which a cell is empty",
        paragraph("402"),
        paragraph(" "),
        "with a table in which a cell says N/A",
        paragraph("N/A"),
    ),
    "document.layout-table": _changed(
        "with a table of one cell as a frame",
        _TEXT,
        f"<w:tbl><w:tblPr/>{row('Carers by ward')}</w:tbl>{_TEXT}",
        "with a table of a header and a row",
        f"<w:tbl><w:tblPr/>{row('Ward', 'Carers', header=True)}{row('Almondbury', '14')}</w:tbl>{_TEXT}",
    ),
    "document.no-headings": _example(
        "of 300 words without a heading",
        word((BODY, paragraph("word " * 300))),
        "of 100 words without a heading",
        word((BODY, paragraph("word " * 100))),
    ),
    "document.heading-skipped": _changed(
        "with a heading of the third level below one of the first",
        '<w:pStyle w:val="Heading2"/>',
        '<w:pStyle w:val="Heading3"/>',
        "with another heading of the first level below one",
        '<w:pStyle w:val="Heading1"/>',
    ),
    "document.typed-heading": _changed(
        "with a short line of bold text above a paragraph",
        _TEXT,
        paragraph("Where carers live", properties="<w:b/>") + _TEXT,
        "with a bold sentence above a paragraph",
        paragraph("Where carers live matters.", properties="<w:b/>") + _TEXT,
    ),
    "document.typed-list": _changed(
        "with two lines that begin with a typed bullet",
        _TEXT,
        paragraph("• Carers by ward") + paragraph("• Carers by age"),
        "with one line that begins with a dash",
        paragraph("– Carers by ward") + paragraph("Carers by age"),
    ),
    "document.link-text": _changed(
        "with a link that says 'click here'",
        FULL_LINK,
        FULL_LINK.replace("Kirklees sufficiency strategy", "Click here"),
        "with a link that says where it leads",
        FULL_LINK.replace("Kirklees sufficiency strategy", "How to foster"),
    ),
    "document.bare-address": _changed(
        "with a link that says https://www.kirklees.gov.uk/foster",
        FULL_LINK,
        FULL_LINK.replace("Kirklees sufficiency strategy", "https://www.kirklees.gov.uk/foster"),
        "with a link that says fostering@kirklees.gov.uk",
        FULL_LINK.replace("Kirklees sufficiency strategy", "fostering@kirklees.gov.uk"),
    ),
    "document.control-without-title": _changed(
        "with a content control without a title",
        _TEXT,
        _control("<w:text/>"),
        "with a content control that has a title",
        _control('<w:alias w:val="Agreed?"/><w:text/>'),
    ),
    "document.floating-object": _changed(
        "with a picture that floats beside the text",
        drawing(MAP),
        drawing(MAP, place="anchor"),
        "with a picture in line with the text",
        drawing(MAP),
    ),
    "document.comments": _example(
        "with a comment", word(("</w:comments>", f"{_COMMENT}</w:comments>")), "without comments", word()
    ),
    "document.tracked-changes": _changed(
        "with a word that was inserted and is still marked",
        "</w:r></w:p>",
        f"</w:r>{_AUTHOR}<w:r><w:t> now</w:t></w:r></w:ins></w:p>",
        "with a word that was inserted and accepted",
        "</w:r><w:r><w:t> now</w:t></w:r></w:p>",
    ),
    "document.hidden-text": _changed(
        "with hidden words",
        _TEXT,
        _TEXT + paragraph("Ask Ann first", properties="<w:vanish/>"),
        "without hidden words",
        _TEXT + paragraph("Ask Ann first", properties='<w:vanish w:val="0"/>'),
    ),
    "document.empty-paragraphs": _changed(
        "with an empty paragraph between two others",
        _TEXT,
        f"{_TEXT}<w:p/>{paragraph('More will follow.')}",
        "without empty paragraphs but the one that Word needs after a table",
        f"<w:tbl><w:tblPr/>{row('Ward', 'Carers', header=True)}{row('Dalton', '9')}</w:tbl><w:p/>{_TEXT}",
    ),
    "document.blank-characters": _changed(
        "with words that spaces push to the right",
        _MOST,
        "Most     children live",
        "with two spaces after a full stop",
        "Most.  Children live",
    ),
    "document.low-contrast": _changed(
        "with grey words (#999999) on white",
        paragraph("402"),
        paragraph("402", properties='<w:color w:val="999999"/>'),
        "with dark grey words (#595959) on white",
        paragraph("402", properties='<w:color w:val="595959"/>'),
    ),
    "document.small-text": _changed(
        "with a paragraph in 9 pt",
        _TEXT,
        paragraph("Carers by ward, July 2023.", properties='<w:sz w:val="18"/>'),
        "with a paragraph in 12 pt",
        paragraph("Carers by ward, July 2023.", properties='<w:sz w:val="24"/>'),
    ),
}
