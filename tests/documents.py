"""A small Word document without any finding, whole in its XML, and what it is with some of that changed."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.office.package import archived

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)


def paragraph(words: str, style: str = "", properties: str = "") -> str:
    """A w:p of one run."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def row(*cells: str, header: bool = False) -> str:
    """A w:tr with a paragraph in each cell."""
    marked = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{marked}{''.join(f'<w:tc><w:tcPr/>{paragraph(each)}</w:tc>' for each in cells)}</w:tr>"


def drawing(described: str, kind: str = "picture", place: str = "inline") -> str:
    """A w:p with a drawing that has an alternative text."""
    uri = f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"
    return (
        f'<w:p><w:r><w:drawing><wp:{place}><wp:docPr id="1" name="Picture 1"{described}/>'
        f'<a:graphic><a:graphicData uri="{uri}"/></a:graphic></wp:{place}></w:drawing></w:r></w:p>'
    )


MAP = ' descr="A map of Kirklees with the number of foster carers in each ward"'
TABLE = "".join(
    (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Lined"/>',
        '<w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1" w:noHBand="0" w:noVBand="1"/></w:tblPr>',
        row("Placement", "Children", "Share", header=True),
        row("Foster care", "402", "67%"),
        row("Children’s homes", "61", "10%"),
        "</w:tbl>",
    )
)
FULL_LINK = f'<w:p><w:hyperlink r:id="rId9"><w:r><w:t>{"Kirklees sufficiency strategy"}</w:t></w:r></w:hyperlink></w:p>'
BODY = (
    paragraph("Placements in 2023", "Title")
    + paragraph("Where children live", "Heading1")
    + paragraph("Most children live with foster carers, and most of those near their families.")
    + FULL_LINK
    + paragraph("Table 1: Placements, July 2023", "Caption")
    + TABLE
    + paragraph("What is next", "Heading2")
    + paragraph("More foster carers in the north", "ListBullet")
    + paragraph("A home in Dewsbury", "ListBullet")
    + drawing(MAP)
    + paragraph("Carers by ward, July 2023.")
    + drawing(f"{MAP.replace('map', 'chart')}", "chart").replace(
        'chart"/>', 'chart"><c:chart r:id="rId6"/></a:graphicData>'
    )
)
FOOTNOTE = paragraph("At the end of the month", properties='<w:sz w:val="20"/>')
CHART_WORDS = '<a:p><a:r><a:rPr sz="1000"><a:solidFill><a:srgbClr val="3D3D3D"/></a:solidFill></a:rPr></a:r></a:p>'
_THEME = "".join(
    f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
    for name, colour in (
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "1F497D"),
        ("lt2", "EEECE1"),
        ("accent1", "4F81BD"),
    )
)
_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def _style(kind: str, name: str, inside: str, more: str = "") -> str:
    id = "".join(word.capitalize() for word in name.split())
    return f'<w:style w:type="{kind}" {more} w:styleId="{id}"><w:name w:val="{name}"/>{inside}</w:style>'


_STYLES = "".join(
    (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>',
        "</w:docDefaults>",
        _style("paragraph", "Normal", "", 'w:default="1"'),
        _style("paragraph", "title", '<w:rPr><w:color w:val="12436D"/><w:sz w:val="60"/></w:rPr>'),
        *(
            _style("paragraph", f"heading {level}", f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>')
            for level in (1, 2, 3)
        ),
        _style("paragraph", "caption", '<w:rPr><w:sz w:val="22"/></w:rPr>'),
        _style("paragraph", "header", '<w:rPr><w:sz w:val="20"/></w:rPr>'),
        _style("paragraph", "list bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        _style(
            "table",
            "lined",
            '<w:rPr><w:sz w:val="20"/></w:rPr><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
            '<w:tcPr><w:shd w:val="clear" w:fill="12436D"/></w:tcPr></w:tblStylePr>',
        ),
    )
)


def _relations(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for id, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


PARTS: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="a/b"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/></Types>',
    "_rels/.rels": _relations(
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "metadata/core-properties", "docProps/core.xml")
    ),
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Placements in 2023</dc:title></cp:coreProperties>',
    "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{BODY}{_SECTION}</w:body></w:document>",
    "word/_rels/document.xml.rels": _relations(
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "header", "header1.xml"),
        ("rId4", "comments", "comments.xml"),
        ("rId5", "footnotes", "footnotes.xml"),
        ("rId6", "chart", "charts/chart1.xml"),
        ("rId7", "theme", "theme/theme1.xml"),
    ),
    "word/styles.xml": f"<w:styles {_NAMESPACES}>{_STYLES}</w:styles>",
    "word/settings.xml": f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/></w:settings>',
    "word/header1.xml": f"<w:hdr {_NAMESPACES}>{paragraph('Corporate Parenting Board', 'Header')}</w:hdr>",
    "word/footnotes.xml": f"<w:footnotes {_NAMESPACES}><w:footnote>{FOOTNOTE}</w:footnote></w:footnotes>",
    "word/charts/chart1.xml": f"<c:chartSpace {_NAMESPACES}><c:chart><c:title>{CHART_WORDS}</c:title></c:chart>"
    "</c:chartSpace>",
    "word/theme/theme1.xml": f"<a:theme {_NAMESPACES}><a:themeElements><a:clrScheme>{_THEME}</a:clrScheme>"
    "</a:themeElements></a:theme>",
    "word/comments.xml": f"<w:comments {_NAMESPACES}></w:comments>",
}
"""The document by its parts: a title, headings, a table, a list, a picture, a link and a header."""


def word(*changes: tuple[str, str]) -> bytes:
    """The document with the first `old` in it replaced by `new`, for each pair of them."""
    parts = dict(PARTS)
    for old, new in changes:
        name = next(name for name, text in parts.items() if old in text)
        parts[name] = parts[name].replace(old, new, 1)
    return archived({name: text.encode() for name, text in parts.items()})
