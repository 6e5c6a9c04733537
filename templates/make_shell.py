"""Makes corporate-parenting/shell.docx: run it after a change here, then commit both.

The council edits the shell in Word; this script only says where the shipped one comes from.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SHELL = Path(__file__).parent / "corporate-parenting" / "shell.docx"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"'

DARK_BLUE, DARK_PINK, DARK_GREY, MID_GREY = "12436D", "801650", "3D3D3D", "595959"
LINK_BLUE, LINE_GREY, PALE_BLUE = "1D5A96", "8C8C8C", "E3EAF1"
WHITE = "FFFFFF"

DEFAULTS = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
KNOWN_TO_WORD = (
    *DEFAULTS,
    *("Title", "heading", "caption", "toc", "TOC Heading", "header", "footer", "List Bullet", "List Number"),
    *("Strong", "Emphasis", "Intense Emphasis", "Hyperlink", "Placeholder Text"),
)

NUMBERED = ("Numbered Paragraph", *(f"Numbered Paragraph {level}" for level in (2, 3, 4)))
NOT_NUMBERED = '<w:numPr><w:numId w:val="0"/></w:numPr>'

PORTRAIT = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1021" w:bottom="1134" w:left="1021" w:header="567" w:footer="510" w:gutter="0"/>'
    '<w:cols w:space="708"/>'
)

FACTS = (
    ("Date of board", "report.board_date"),
    ("Data as at", "report.data_as_at"),
    ("Contact", "report.contact"),
    ("Benchmark source", "report.benchmark_source"),
    ("Benchmark period", "report.benchmark_period"),
    ("Benchmarks", "report.comparators"),
    ("Recommendations", "report.recommendations"),
    ("Other formats", "report.other_formats"),
)

MEANINGS = (
    (
        "↑ up",
        "The number is higher than one period earlier. An arrow shows which way a number moved, not whether that is "
        "good.",
    ),
    ("↓ down", "The number is lower than one period earlier."),
    ("↔ same", "The number is exactly the same as one period earlier."),
    ("not compared, not comparable", "There is no earlier figure, or the way of counting changed after it."),
    ("lower is better", "We want this number to fall. Where it says higher is better, we want it to rise."),
    ("we are higher", "Under a benchmark: our latest figure is higher than it, whether that is good or not."),
    ("no data", "A figure was expected and none was recorded."),
    ("not due yet", "The figure for this period is not published or collected yet."),
    ("new", "The indicator was not counted yet in this period."),
    ("N/A", "Not applicable, or no benchmark is published."),
    ("(provisional)", "The figure may still change when records are completed."),
    ("(revised)", "The figure has changed since an earlier report."),
)


def font(
    size: float = 0, colour: str = "", bold: bool | None = None, italic: bool = False, underline: bool = False
) -> str:
    """Run properties, in the order the schema asks for; `size` in points, 0 for the inherited one."""
    weight = "" if bold is None else "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    slant = "<w:i/><w:iCs/>" if italic else ""
    hue = f'<w:color w:val="{colour}"/>' if colour else ""
    points = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    line = '<w:u w:val="single"/>' if underline else ""
    return weight + slant + hue + points + line


def form(
    before: int | None = None,
    after: int | None = None,
    line: str = "",
    keep: str = "",
    number: str = "",
    border: str = "",
    tabs: str = "",
    indent: str = "",
    align: str = "",
    outline: int | None = None,
) -> str:
    """Paragraph properties, in the order the schema asks for; `before` and `after` in points."""
    gaps = "".join(f' w:{side}="{gap * 20}"' for side, gap in (("before", before), ("after", after)) if gap is not None)
    return "".join(
        (
            keep,
            number,
            f"<w:pBdr>{border}</w:pBdr>" if border else "",
            f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
            f"<w:spacing{gaps}{line}/>" if gaps or line else "",
            indent,
            f'<w:jc w:val="{align}"/>' if align else "",
            "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>',
        )
    )


def style(
    name: str,
    based_on: str = "Normal",
    following: str = "",
    paragraph: str = "",
    run: str = "",
    kind: str = "paragraph",
    table: str = "",
) -> str:
    """A style that Word's gallery shows."""
    default = ' w:default="1"' if name in DEFAULTS else ""
    custom = "" if name.startswith(KNOWN_TO_WORD) else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{style_id(based_on)}"/>' if based_on and not default else "")
        + (f'<w:next w:val="{style_id(following)}"/>' if following else "")
        + '<w:uiPriority w:val="1"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + table
        + "</w:style>"
    )


def style_id(name: str) -> str:
    """As Word makes it from a name."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def bottom_line(colour: str) -> str:
    """A rule under a paragraph."""
    return f'<w:bottom w:val="single" w:sz="8" w:space="4" w:color="{colour}"/>'


KEEP = "<w:keepNext/><w:keepLines/>"


def paragraph_styles() -> Iterable[str]:
    """The styles of text outside tables."""
    yield style("Normal", paragraph=form(after=6, line=' w:line="264" w:lineRule="auto"'))
    yield style("Title", following="Cover Period", paragraph=form(60, 6, keep=KEEP), run=font(30, DARK_BLUE, True))
    yield style("Cover Authority", following="Title", paragraph=form(30, 0, keep=KEEP), run=font(16, DARK_GREY, True))
    yield style(
        "Cover Period",
        following="Cover Fact",
        paragraph=form(0, 30, border=bottom_line(DARK_BLUE)),
        run=font(16, DARK_GREY),
    )
    tab = '<w:tab w:val="left" w:pos="2835"/>'
    yield style(
        "Cover Fact", paragraph=form(0, 6, tabs=tab, indent='<w:ind w:left="2835" w:hanging="2835"/>'), run=font(12)
    )
    heading = {"following": "Narrative"}
    page = f"{KEEP}<w:pageBreakBefore/>"
    yield style("Cover Heading", paragraph=form(0, 8, keep=page, outline=0), run=font(20, DARK_BLUE, True), **heading)
    sizes = (
        (1, 20, DARK_BLUE, 0, 8),
        (2, 16, DARK_BLUE, 14, 4),
        (3, 14, DARK_GREY, 12, 4),
        (4, 12, DARK_BLUE, 10, 3),
    )
    for level, size, colour, before, after in sizes:
        look = form(before, after, keep=KEEP, outline=level - 1)
        yield style(f"heading {level}", paragraph=look, run=font(size, colour, True), **heading)
    yield style("Unnumbered Heading", "heading 1", paragraph=form(number=NOT_NUMBERED), **heading)
    yield style("Narrative", paragraph=form(5, 3))
    yield style("Note", paragraph=form(3, 6), run=font(10, DARK_GREY))
    yield style("caption", following="Narrative", paragraph=form(10, 4, keep=KEEP), run=font(11, DARK_BLUE, True))
    yield style("TOC Heading", paragraph=form(18, 6, keep=KEEP, outline=0), run=font(16, DARK_BLUE, True), **heading)
    yield style("toc 1", paragraph=form(0, 4))
    yield style("Back to Contents", paragraph=form(12, 0, align="right"), run=font(10))
    yield style("header", paragraph=form(0, 10), run=font(10, DARK_GREY))
    yield style("footer", paragraph=form(0, 0, align="right"), run=font(10, DARK_GREY))
    box = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="3" w:color="{DARK_PINK}"/>' for side in ("top", "bottom")
    )
    yield style("Cover Mark", paragraph=form(0, 6, keep=KEEP), run=font(28, DARK_PINK, True))
    yield style("Page Mark", paragraph=form(0, 6, border=box, align="center"), run=font(16, DARK_PINK, True))
    yield style("Cover Problems", paragraph=form(0, 6, keep=KEEP), run=font(14, DARK_PINK, True))
    look = form(18, 6, keep=KEEP, outline=0)
    yield style("Problems Heading", paragraph=look, run=font(20, DARK_PINK, True), **heading)
    yield style("Section End", paragraph=form(0, 0, line=' w:line="20" w:lineRule="exact"'), run=font(1))


def list_styles() -> Iterable[str]:
    """List Bullet to List Bullet 5 and List Number to List Number 5."""
    for number, kind in enumerate(("List Bullet", "List Number"), start=1):
        for level in range(5):
            name = kind if level == 0 else f"{kind} {level + 1}"
            depth = f'<w:ilvl w:val="{level}"/>' if level else ""
            yield style(name, paragraph=form(4, 2, number=f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'))


def numbered_styles() -> Iterable[str]:
    """Numbered Paragraph to Numbered Paragraph 4: text below headings of the first to the fourth level."""
    for level, name in enumerate(NUMBERED, start=1):
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        yield style(name, "Narrative", paragraph=form(number=number))


def table_text_styles() -> Iterable[str]:
    """The styles of text in tables: each role left aligned, then centred and right aligned."""
    single = ' w:line="240" w:lineRule="auto"'
    roles = (
        ("Table Text", form(0, 0, single), ""),
        ("Table Heading", form(0, 0, single, keep="<w:keepNext/>"), ""),
        ("Table Direction", form(0, 0, single), font(colour=DARK_GREY)),
        ("Table Total", form(0, 0, single), ""),
    )
    for name, paragraph, run in roles:
        yield style(name, paragraph=paragraph, run=run)
        for word, align in (("Centre", "center"), ("Right", "right")):
            yield style(f"{name} {word}", name, paragraph=form(align=align))


def character_styles() -> Iterable[str]:
    """The styles of words."""
    plain = "Default Paragraph Font"
    yield style(plain, "", kind="character")
    yield style("Strong", plain, kind="character", run=font(bold=True))
    yield style("Emphasis", plain, kind="character", run=font(italic=True))
    yield style("Intense Emphasis", plain, kind="character", run=font(bold=True, italic=True))
    yield style("Hyperlink", plain, kind="character", run=font(colour=LINK_BLUE, underline=True))
    yield style("Placeholder Text", plain, kind="character", run=font(colour=MID_GREY))


def table_styles() -> Iterable[str]:
    """The two tables: the indicators' and all others'."""
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in cell_margins())
    normal = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    yield style("Normal Table", "", kind="table", table=normal)
    for name in ("Indicator Table", "Plain Table"):
        yield style(name, "Normal Table", run=font(10), kind="table", table=table_look(margins))


def cell_margins() -> tuple[tuple[str, int], ...]:
    """The sides of a cell and their margins in twips."""
    return ("top", 45), ("left", 85), ("bottom", 45), ("right", 85)


def table_look(margins: str) -> str:
    """Thin lines between the rows, a dark heading row, and a pale row of totals."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE_GREY}"'
    lines = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{DARK_BLUE}"/>'
    heading = f'<w:rPr>{font(colour=WHITE, bold=True)}</w:rPr><w:tcPr>{shading}<w:vAlign w:val="bottom"/></w:tcPr>'
    pale = f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE_BLUE}"/>'
    return (
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow">{heading}</w:tblStylePr>'
        f'<w:tblStylePr w:type="lastRow"><w:rPr>{font(bold=True)}</w:rPr><w:tcPr>{pale}</w:tcPr></w:tblStylePr>'
    )


def styles() -> str:
    """word/styles.xml."""
    fonts = '<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    language = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    defaults = f"<w:rPrDefault><w:rPr>{fonts}{font(12)}{language}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    groups = (
        paragraph_styles(),
        list_styles(),
        numbered_styles(),
        table_text_styles(),
        character_styles(),
        table_styles(),
    )
    listed = "".join(each for group in groups for each in group)
    numbering = style("No List", "", kind="numbering")
    return f"<w:styles {NAMESPACES}><w:docDefaults>{defaults}</w:docDefaults>{listed}{numbering}</w:styles>"


def numbering() -> str:
    """word/numbering.xml: list 1 has bullets, list 2 numbers, letters and roman numerals.

    List 3 numbers headings and paragraphs: 1, 1.1, 1.1.1. Its first level is for a report's titles, if it is numbered.
    """
    bullets = [("bullet", mark) for mark in "•–•–•"]
    kinds = ("decimal", "lowerLetter", "lowerRoman", "decimal", "lowerLetter")
    numbers = [(kind, f"%{level}.") for level, kind in enumerate(kinds, start=1)]
    indents = [(397 * (level + 1), 397) for level in range(5)]
    outline = [("decimal", ".".join(f"%{each}" for each in range(1, level + 1))) for level in range(1, 6)]
    lists = (
        (numbered_names("List Bullet"), bullets, indents),
        (numbered_names("List Number"), numbers, indents),
        (("", *NUMBERED), outline, [(907, 907), (907, 907), *[(1134, 1134)] * 3]),
    )
    definitions = "".join(definition(number, *each) for number, each in enumerate(lists, start=1))
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2, 3))
    return f"<w:numbering {NAMESPACES}>{definitions}{used}</w:numbering>"


def numbered_names(name: str) -> list[str]:
    """The names of the styles of a list's five levels."""
    return [name if level == 1 else f"{name} {level}" for level in range(1, 6)]


def definition(number: int, names: Sequence[str], levels: list[tuple[str, str]], indents: list[tuple[int, int]]) -> str:
    """The five levels of a list, each linked to its style, if it has one."""
    written = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f"{f'<w:pStyle w:val={quoteattr(style_id(name))}/>' if name else ''}"
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for level, (name, (kind, mark), (left, hanging)) in enumerate(zip(names, levels, indents, strict=True))
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{written}</w:abstractNum>'


def run(text: str, look: str = "") -> str:
    """A run in a character style, or in none."""
    properties = f'<w:rPr><w:rStyle w:val="{style_id(look)}"/></w:rPr>' if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def words(name: str, content: str) -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(name)}"/></w:pPr>{content}</w:p>'


def only_if(condition: str, paragraph: str) -> str:
    """The paragraph, between two more that are taken for its condition."""
    return around(f"if {condition}", "endif", paragraph)


def around(begin: str, end: str, paragraph: str) -> str:
    """The paragraph, between two more that are taken for tags."""
    first, last = (words("Normal", run(f"{{%p {tag} %}}")) for tag in (begin, end))
    return first + paragraph + last


def fact(label: str, value: str) -> str:
    """A line of the cover: what a tag prints beside its label."""
    return words("Cover Fact", run(label, "Strong") + "<w:r><w:tab/></w:r>" + run(f"{{{{ {value} }}}}"))


def cover() -> str:
    """The first page."""
    period = words("Cover Period", run("Reporting period: {{ report.period }}"))
    fields = fact("{{ field.label }}", "field.text")
    facts = "".join(only_if(value, fact(label, value)) for label, value in FACTS)
    return (
        only_if("report.authority", words("Cover Authority", run("{{ report.authority }}")))
        + words("Title", run("{{ report.title }}"))
        + only_if("report.period", period)
        + around("for field in report.fields", "endfor", fields)
        + facts
    )


def meanings() -> str:
    """What the words and symbols mean, as a table."""
    heading = words("Cover Heading", run("What the words and symbols mean"))
    rows = "".join(row(cells, "Table Text", "") for cells in MEANINGS)
    caption = quoteattr("What the words and symbols in this report mean")
    columns = quoteattr("Columns: Word or symbol; Meaning")
    look = (
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/>'
    )
    return (
        f'{heading}<w:tbl><w:tblPr><w:tblStyle w:val="PlainTable"/><w:tblW w:w="9864" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={caption}/><w:tblDescription w:val={columns}/></w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="2364"/><w:gridCol w:w="7500"/></w:tblGrid>'
        f"{row(('Word or symbol', 'Meaning'), 'Table Heading', '<w:tblHeader/>')}{rows}</w:tbl>"
    )


def row(cells: tuple[str, str], look: str, header: str) -> str:
    """A row of the table of meanings."""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{words(look, run(cell))}</w:tc>'
        for cell, width in zip(cells, (2364, 7500), strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{written}</w:tr>"


def document() -> str:
    """word/document.xml."""
    references = '<w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    page = f"<w:sectPr>{references}{PORTRAIT}</w:sectPr>"
    contents, key, sections = (words("Normal", run(f"{{{{ {place} }}}}")) for place in ("contents", "key", "sections"))
    body = cover() + contents + meanings() + key + sections + page
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def header() -> str:
    """word/header1.xml: the running title of the section."""
    return f"<w:hdr {NAMESPACES}>{words('header', run('{{ section }}'))}</w:hdr>"


def footer() -> str:
    """word/footer1.xml: the title and the page's number."""
    page, pages = (
        f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    )
    title = run("{{ report.title }}{% if report.period %}, {{ report.period }}{% endif %}  |  Page ")
    return f"<w:ftr {NAMESPACES}>{words('footer', title + page + run(' of ') + pages)}</w:ftr>"


def settings() -> str:
    """word/settings.xml."""
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f"<w:compat><w:compatSetting {mode}/></w:compat>"
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def parts() -> dict[str, str]:
    """The parts that hang on the document, in the order of their relationships."""
    return {
        "styles": styles(),
        "settings": settings(),
        "numbering": numbering(),
        "header": header(),
        "footer": footer(),
    }


def file_name(kind: str) -> str:
    """The name of a part in the folder word."""
    return f"{kind}1.xml" if kind in ("header", "footer") else f"{kind}.xml"


def content_types() -> str:
    """[Content_Types].xml."""
    overrides = [("document.main", "document.xml"), *((kind, file_name(kind)) for kind in parts())]
    listed = "".join(
        f'<Override PartName="/word/{name}" ContentType="{CONTENT}.{kind}+xml"/>' for kind, name in overrides
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def relationships(targets: Iterable[tuple[str, str]]) -> str:
    """A .rels part: the type and target of each relationship."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{listed}</Relationships>'


def core_properties() -> str:
    """docProps/core.xml."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Corporate Parenting Board – Highlight Report</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def package() -> dict[str, str]:
    """Every file of shell.docx."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    top = ((f"{RELATIONSHIPS}/officeDocument", "word/document.xml"), (core, "docProps/core.xml"))
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(top),
        "docProps/core.xml": core_properties(),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relationships((f"{RELATIONSHIPS}/{kind}", file_name(kind)) for kind in parts()),
        **{f"word/{file_name(kind)}": xml for kind, xml in parts().items()},
    }


def main() -> None:
    """Writes shell.docx."""
    with zipfile.ZipFile(SHELL, "w") as shell:
        for name, xml in package().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            shell.writestr(entry, DECLARATION + xml)


if __name__ == "__main__":
    main()
