"""The words of a shell around the sections, for editions that have no shell: none of them is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.sandbox import fill_tags
from cpreport.editions.front import published
from cpreport.model.document import (
    EMPTY,
    Align,
    Block,
    ContentsPlace,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Picture,
    Publication,
    Report,
    RowKind,
    Span,
    Table,
    TableKind,
    TableRow,
    merged,
    plain,
)
from cpreport.model.errors import InputError
from cpreport.office.digests import origin_digest

from .examples import examples
from .made_blocks import cell, row, words
from .pictures import png
from .test_foreign_shells import LOCALISED, PAGE, PLACES, SHELLS, STARRED, made
from .test_render_word import COVER, SHELL, render_word, report, section
from .test_shell import RELATIONSHIPS, TEXT_BOX
from .word_words import block_words, main_words


def published_with(report: Report, shell: bytes) -> Publication:
    return published(report, shell, SHELL, partial(fill_tags, report=report))


KEY = (Heading(2, words("The key")), Table(TableKind.PLAIN, "", (cell("Sign"),), (row(RowKind.PLAIN, "up"),), (1,)))
DRAFT = report(section(title="Sections"), marks=("EXAMPLE", "DRAFT"), problems=("one", "two"), counts="2", key=KEY)


def in_shell(folder: Path, before: str, after: str = "", **parts: str) -> bytes:
    return made(folder, before + PLACES.format("sections") + after + PAGE, **parts)


def front_of(folder: Path, before: str, one: Report | None = None, **parts: str) -> tuple[Block | ContentsPlace, ...]:
    return published_with(one or report(section()), in_shell(folder, before, **parts)).front


def text(words: str, style: str = "", look: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


# The packaged shell


def test_the_packaged_shell_gives_what_the_cover_says_as_blocks() -> None:
    found = published_with(DRAFT, SHELL)
    assert found.front[:2] == (Paragraph(words("EXAMPLE – DRAFT", bold=True)), Paragraph(words("Problems found: 2")))
    title, period = Heading(0, words(COVER.title)), Paragraph(words(f"Reporting period: {COVER.period}"))
    assert {title, period, ContentsPlace()} <= {*found.front}
    assert Paragraph((Span("Contact", bold=True), Span(f" {COVER.contact}"))) in found.front
    (meanings,) = (block for block in found.front if isinstance(block, Table) and block.title)
    assert meanings.title == "What the words and symbols in this report mean"
    assert [plain(each.lines[0]) for each in meanings.headings] == ["Word or symbol", "Meaning"]
    assert meanings.widths == (2364, 7500) and meanings.kind is TableKind.PLAIN and not meanings.caption
    problems = Heading(1, words("Problems found")), List(False, (ListEntry(words("one")), ListEntry(words("two"))))
    assert found.front[-4:] == (*KEY, *problems)
    assert (found.report, found.back) == (DRAFT, ())
    assert found.origin == origin_digest(DRAFT.place, DRAFT.cover)


# Nothing is lost


def assert_nothing_lost(one: Report, shell: bytes) -> None:
    found = published_with(one, shell)
    assert block_words(found) == main_words(render_word(one, shell, SHELL))
    placed = [block for block in found.front if isinstance(block, ContentsPlace | Heading)]
    levels = [1 if isinstance(block, ContentsPlace) else block.level for block in placed]
    assert placed.count(ContentsPlace()) == 1 and levels.count(0) <= 1
    assert all(below <= above + 1 for above, below in pairwise([0, *levels]))


@pytest.mark.parametrize("kind", SHELLS)
def test_the_words_of_any_shell_are_those_that_word_prints(kind: str, tmp_path: Path) -> None:
    assert_nothing_lost(DRAFT, SHELLS[kind](tmp_path))


def run(words: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{separate}{result}{end}'


def table(rows: Iterable[Iterable[str]], heading: str = "<w:tblHeader/>", caption: str = "") -> str:
    written = "".join(
        f"<w:tr><w:trPr>{'' if number else heading}</w:trPr>{''.join(f'<w:tc>{each}</w:tc>' for each in cells)}</w:tr>"
        for number, cells in enumerate(rows)
    )
    return f'<w:tbl><w:tblPr>{caption}</w:tblPr><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{written}</w:tbl>'


COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ALTERNATIVES = (
    f"<w:p><w:r><mc:AlternateContent {COMPATIBLE}><mc:Choice Requires='wps'><w:txbxContent>{{0}}</w:txbxContent>"
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    f"</mc:AlternateContent></w:r>{run('around')}</w:p>"
)
NUMBERS = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
)
MERGED = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
CONTROLLED = f"<w:sdt><w:sdtContent><w:tr><w:tc>{text('y')}</w:tc></w:tr></w:sdtContent></w:sdt>"
NESTED = f" IF </w:instrText></w:r>{field('PAGE', run('9'))}<w:r><w:instrText> &gt; 1"
TITLE = (
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Ours"/><w:basedOn w:val="Titel"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="H3"><w:name w:val="heading 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/><w:basedOn w:val="Aufzhlungszeichen"/>'
    '</w:style><w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/></w:style>'
)
PIECES = {
    "title": text("A title", "Titel"),
    "outline": '<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr><w:r><w:t>Deep heading</w:t></w:r></w:p>',
    "heading": text("A heading", "berschrift1"),
    "list": NUMBERS.format(0, 7, "first") + NUMBERS.format(1, 7, "below") + NUMBERS.format(0, 7, "second"),
    "styled list": text("starred", "Aufzhlungszeichen"),
    "tab": f"<w:p>{run('Contact')}<w:r><w:tab/><w:br/></w:r>{run('Jo')}</w:p>",
    "hyphen": f"<w:p>{run('x')}<w:r><w:noBreakHyphen/></w:r>{run('ray')}</w:p>",
    "text box": TEXT_BOX.format(text("In a box")),
    "alternatives": ALTERNATIVES.format(text("Said once")),
    "alternative blocks": f"<mc:AlternateContent {COMPATIBLE}><mc:Choice Requires='wps'>{text('This')}</mc:Choice>"
    f"<mc:Fallback>{text('not this')}</mc:Fallback></mc:AlternateContent>",
    "control": f"<w:sdt><w:sdtContent>{text('In a control')}</w:sdtContent></w:sdt>",
    "control in line": f"<w:p><w:sdt><w:sdtContent>{run('In line')}</w:sdtContent></w:sdt>{run(' after')}</w:p>",
    "table": table([[text("Word"), text("Meaning")], [text("up"), text("more") + text("than")]]),
    "table of facts": table([[text("Contact"), text("Jo")], [text("Date"), text("")]], heading=""),
    "merged": table([[text("One"), text("Two")], [MERGED + text("both")]]),
    "nested": table([[table([[text("inner")]]) + text("outer")]]),
    "frame": table([[text("Framed", "Titel") + NUMBERS.format(0, 7, "in a frame") + text("more")]]),
    "rows in a control": table([[text("Head")], [text("x")]]).replace(
        "</w:tr></w:tbl>",
        f"</w:tr><w:sdt><w:sdtContent><w:tr><w:tc>{text('y')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    ),
    "simple field": f'<w:p><w:fldSimple w:instr=" DATE ">{run("1 May")}</w:fldSimple></w:p>',
    "field": f"<w:p>{field(NESTED, run('so'))}</w:p>",
    "link": f"<w:p>{field('HYPERLINK &quot;https://example.org/a&quot;', run('our site'))}</w:p>",
    "anchor": f'<w:p><w:hyperlink w:anchor="x">{run("below")}</w:hyperlink></w:p>',
    "equation": '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    "<m:r><m:t>a</m:t></m:r><m:r><m:t>b</m:t></m:r></m:oMath></w:p>",
    "condition": "".join(map(text, ("{%p if report.title %}", "Prepared for {{ report.title }}", "{%p endif %}"))),
    "nothing": text("{% if not report.title %}Never{% endif %}"),
    "loop": "".join(map(text, ("{%p for field in report.fields %}", "{{ field.label }}", "{%p endfor %}"))),
    "mark": f"<w:p>{run('bold', '<w:rPr><w:b/></w:rPr>')}{run('plain')}</w:p>",
    "empty": "<w:p/><w:p><w:r><w:t/></w:r></w:p>",
    "page": f"<w:p><w:pPr>{PAGE}</w:pPr>{run('Ends a section')}</w:p>",
}
PLACED = {place: PLACES.format(place) for place in ("contents", "key")}


@examples(150)
@given(st.lists(st.sampled_from([*PIECES]), max_size=8), st.lists(st.sampled_from([*PIECES]), max_size=6), st.data())
def test_no_word_of_a_shell_is_lost(tmp_path_factory: Any, before: list[str], after: list[str], data: Any) -> None:
    pieces = [*(PIECES[name] for name in before), PLACES.format("sections"), *(PIECES[name] for name in after)]
    for place in data.draw(st.lists(st.sampled_from([*PLACED]), unique=True)):
        pieces.insert(data.draw(st.integers(0, len(pieces))), PLACED[place])
    shell = made(tmp_path_factory.getbasetemp(), "".join(pieces) + PAGE, styles=LOCALISED + TITLE, numbering=STARRED)
    one = report(section(title="Sections"), marks=("DRAFT",), problems=("one",), counts="1", key=KEY)
    assert_nothing_lost(data.draw(st.sampled_from([one, report(section(title="Sections")), report()])), shell)


def with_pictures(content: bytes, described: str = "Our logo", vector: bytes = b"", cut: str = "") -> bytes:
    """A shell that shows a picture of another kind where `content` is not a PNG, in its second paragraph."""
    shell, stream = docx.Document(), BytesIO()
    shell.add_paragraph("before")
    shown = shell.add_paragraph("beside ")
    shown.add_run().add_picture(BytesIO(png()), width=Emu(914_400))
    (drawn,) = shown._p.iter(qn("wp:docPr"))
    drawn.set("descr", described)
    (fill,) = shown._p.iter(qn("pic:blipFill"))
    fill[0].addnext(parse_xml(f"<a:srcRect {nsdecls('a')} {cut}/>"))
    for kind, name in ((content, "png"), (vector, "svg")):
        part = Part(PackURI(f"/word/media/other.{name}"), f"image/{name}", kind, shell.part.package)
        id = shell.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        if name == "png":
            fill[0].set(qn("r:embed"), id)
        elif kind:
            fill[0].append(parse_xml(f'<asvg:svgBlip {nsdecls("r")} xmlns:asvg="{SVG}" r:embed="{id}"/>'))
    shell.add_paragraph("{{ sections }}")
    shell.save(stream)
    return stream.getvalue()


SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
VECTOR = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def pictured(*of: Any, **more: Any) -> tuple[Block | ContentsPlace, ...]:
    return published_with(report(section()), with_pictures(*of, **more)).front[:-1]


def test_a_picture_stands_before_the_words_beside_it_in_the_size_it_is_shown_in() -> None:
    before, picture, beside = pictured(png())
    assert (before, beside) == (Paragraph(words("before")), Paragraph(words("beside ")))
    assert isinstance(picture, Picture)
    assert (plain(picture.description), picture.image.content, picture.image.extension) == ("Our logo", png(), "png")
    assert (picture.image.width, picture.image.height, picture.image.vector) == (914_400, 685_800, b"")
    (_, drawn, _), (_, unsafe, _) = (pictured(png(), vector=each) for each in (VECTOR, VECTOR.replace(b"svg ", b"g ")))
    assert isinstance(drawn, Picture) and isinstance(unsafe, Picture)
    assert (drawn.image.vector, unsafe.image.vector) == (VECTOR, b"")
    assert [each.description for each in pictured(png(), "") if isinstance(each, Picture)] == [()]


def test_of_a_picture_that_cannot_be_shown_or_is_cut_off_there_is_its_description() -> None:
    shown = Paragraph(words("before")), Paragraph(words("Our logo")), Paragraph(words("beside "))
    assert pictured(b"emf") == shown == pictured(png(), cut='l="1000"')
    assert pictured(b"emf", "") == (shown[0], shown[2])
    assert isinstance(pictured(png(), cut='l="0"')[1], Picture)


def with_parts(body: str, **targets: str | tuple[str, bytes]) -> bytes:
    """A shell with a body before the sections that refers to addresses, or to parts by their names, by these ids."""
    shell, stream = docx.Document(), BytesIO()
    for id, target in targets.items():
        if isinstance(target, str):
            shell.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, target, id, is_external=True)
        else:
            part = Part(PackURI(target[0]), "application/xml", target[1], shell.part.package)
            shell.part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, part, id)
    spaces = nsdecls("w", "r", "a", "c", "dgm", "wp", "pic")
    mark = shell.add_paragraph("{{ sections }}")
    for each in parse_xml(f'<w:body {spaces} xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:body>'):
        mark._p.addprevious(each)
    shell.save(stream)
    return stream.getvalue()


def of_parts(body: str, **targets: Any) -> tuple[Block | ContentsPlace, ...]:
    return published_with(report(section()), with_parts(body, **targets)).front[:-1]


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "mailto:jo@example.org", "javascript:alert(1)"])
def test_links_lead_to_pages_and_to_people(address: str) -> None:
    link = f'<w:p>{run("see ")}<w:hyperlink r:id="rIdL">{run("this")}</w:hyperlink></w:p>'
    safe = "" if address.startswith("javascript") else address
    assert of_parts(link, rIdL=address) == (Paragraph(merged([Span("see "), Span("this", link=safe)])),)


def test_words_that_are_drawn_are_read_too() -> None:
    described = '<wp:inline><wp:docPr id="1" name="a" title="Our figures"/>{}</wp:inline>'
    label = "<a:p><a:r><a:t>{}</a:t></a:r><a:r><a:t> more</a:t></a:r></a:p>"
    chart = f"<c:chartSpace {nsdecls('a', 'c')}>{label.format('Title')}<c:strCache><c:pt><c:v>May</c:v></c:pt><c:pt>"
    chart += "<c:v>June</c:v></c:pt></c:strCache></c:chartSpace>"
    diagram = f"<dgm:dataModel {nsdecls('a', 'dgm')}>{label.format('Step')}<a:p/></dgm:dataModel>"
    parts = {"rIdC": ("/word/charts/chart9.xml", chart.encode()), "rIdD": ("/word/diagrams/a.xml", diagram.encode())}
    drawn = (
        described.format('<c:chart r:id="rIdC"/>'), '<dgm:relIds r:dm="rIdD" r:lo="rIdD"/>', label.format("Shape"),
    )  # fmt: skip
    body = "".join(f"<w:p><w:r><w:drawing>{each}</w:drawing></w:r></w:p>" for each in drawn)
    body += '<w:p><w:r><w:pict><v:shape><v:textpath string="Word art"/></v:shape></w:pict></w:r></w:p>'
    found = of_parts(body, **parts)
    expected = "Our figures", "Title more", "May June", "Step more", "Shape more", "Word art"
    assert found == tuple(Paragraph(words(each)) for each in expected)


def test_old_pictures_are_shown_in_their_own_size_with_their_description() -> None:
    shape = '<v:shape alt="A  crest">{}</v:shape>'
    body = "<w:p><w:r><w:pict>{}</w:pict></w:r></w:p>".format(shape.format('<v:imagedata r:id="rIdP" {}/>'))
    part = {"rIdP": ("/word/media/old.png", png())}
    (picture,) = of_parts(body.format('cropleft="0f"'), **part)
    assert isinstance(picture, Picture) and plain(picture.description) == "A crest"
    assert (picture.image.width, picture.image.height) == (381_000, 285_750)
    assert of_parts(body.format('cropleft="3277f"'), **part) == (Paragraph(words("A crest")),)


def test_a_footnote_refers_to_its_own_parts(tmp_path: Path) -> None:
    note = f'<w:p>{run("See ")}<w:hyperlink r:id="rId1">{run("there")}</w:hyperlink></w:p>{table([[text("Cell")]])}'
    parts = {"footnotes": f'<w:footnote xmlns:r="{RELATIONSHIPS}" w:id="3">{note}</w:footnote>'}
    shell = in_shell(tmp_path, f'<w:p>{run("said")}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>', **parts)
    with zipfile.ZipFile(BytesIO(shell)) as archive:
        known = {name: archive.read(name) for name in archive.namelist()}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        target = f'Type="{RELATIONSHIPS}/hyperlink" Target="https://example.org/" TargetMode="External"'
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        relations = f'<Relationships xmlns="{space}"><Relationship Id="rId1" {target}/></Relationships>'
        for name, content in {**known, "word/_rels/footnotes.xml.rels": relations}.items():
            archive.writestr(name, content)
    found = published_with(report(section()), stream.getvalue()).front[1]
    assert isinstance(found, Note) and plain(found.text) == "1 See there Cell"
    assert [span.link for span in found.text if span.link] == ["https://example.org/"]


# What it becomes


def of(folder: Path, *pieces: str, **parts: str) -> tuple[Block | ContentsPlace, ...]:
    """What pieces of a shell become, without the contents' place."""
    return front_of(folder, "".join(pieces), styles=LOCALISED + TITLE, numbering=NUMBERED, **parts)[:-1]


COUNTED = (
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
)
NUMBERED = STARRED.replace("<w:num ", f"{COUNTED}<w:num ", 1).replace(
    "<w:numIdMacAtCleanup", '<w:num w:numId="8"><w:abstractNumId w:val="4"/></w:num><w:numIdMacAtCleanup'
)


def test_the_first_paragraph_in_the_style_title_is_the_title_wherever_it_stands(tmp_path: Path) -> None:
    found = of(tmp_path, text(COVER.title), text("The title", "Ours"), text("Another", "Titel"))
    assert found == (Paragraph(words(COVER.title)), Heading(0, words("The title")), Paragraph(words("Another")))


def test_without_that_style_it_is_the_paragraph_that_says_the_title(tmp_path: Path) -> None:
    found = of(tmp_path, text("Highlight"), text(" {{ report.title }}", "H2"), text(COVER.title))
    assert [(type(each), each.level) for each in found if isinstance(each, Heading)] == [(Heading, 0)]
    assert found[2] == Paragraph(words(COVER.title))
    assert not any(isinstance(each, Heading) for each in of(tmp_path, text("Highlight")))


def test_headings_skip_no_level_before_and_after_the_sections(tmp_path: Path) -> None:
    headings = text("a", "berschrift1"), text("b", "H3"), text("c", "H3"), text("d", "H2")
    assert [each.level for each in of(tmp_path, *headings) if isinstance(each, Heading)] == [1, 2, 3, 2]
    one = report(section(Heading(2, words("Below")), Paragraph(words("text"))))
    shell = in_shell(tmp_path, text("The title", "Titel"), "".join(headings[1:]), styles=LOCALISED + TITLE)
    found = published_with(one, shell)
    assert found.front == (Heading(0, words("The title")), ContentsPlace())
    assert found.back == (Heading(3, words("b")), Heading(3, words("c")), Heading(2, words("d")))


def test_lists_have_their_levels_and_begin_anew_with_another_number(tmp_path: Path) -> None:
    numbers = [(0, 8, "one"), (1, 8, "below"), (0, 8, "two"), (0, 7, "star")]
    found = of(tmp_path, *(NUMBERS.format(*each) for each in numbers), text("star", "LB2"), text("end"))
    below = List(False, (ListEntry(words("below")),))
    assert found[0] == List(True, (ListEntry(words("one"), (below,)), ListEntry(words("two"))))
    assert found[1] == List(False, (ListEntry(words("star"), (List(False, (ListEntry(words("star")),)),)),))
    assert found[2:] == (Paragraph(words("end")),)
    assert of(tmp_path, NUMBERS.format(0, 9, "of no list")) == (Paragraph(words("of no list")),)


def test_words_keep_their_look_and_their_links(tmp_path: Path) -> None:
    bold, italic, off = (f"<w:rPr>{each}</w:rPr>" for each in ("<w:b/>", "<w:i/>", '<w:b w:val="0"/>'))
    styled, raised = '<w:rPr><w:rStyle w:val="Fett"/></w:rPr>', '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    looks = [run("a", bold), run("b", italic), run("c", off), run("d", styled), run("e", raised), run("f")]
    (found,) = of(tmp_path, f'<w:p><w:pPr><w:pStyle w:val="Loud"/></w:pPr>{"".join(looks)}</w:p>')
    expected = Span("a", bold=True), Span("b", italic=True), Span("c"), Span("d", bold=True)
    assert found == Paragraph((*expected, Span("e", script="superscript"), Span("f")))

    breaks = '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type="page"/><w:t>c</w:t></w:r>'
    assert of(tmp_path, f"<w:p>{breaks}</w:p>") == (Paragraph((Span("a"), Span("\n"), Span("b c"))),)

    field_link = of(tmp_path, PIECES["link"])
    instruction = " HYPERLINK &quot;https://example.org/a&quot; "
    simple = f'<w:p><w:fldSimple w:instr="{instruction}">{run("our site")}</w:fldSimple></w:p>'
    assert field_link == of(tmp_path, simple) == (Paragraph(words("our site", link="https://example.org/a")),)
    unsafe = PIECES["link"].replace("https://example.org/a", "javascript:alert(1)")
    assert of(tmp_path, unsafe) == of(tmp_path, PIECES["anchor"].replace("below", "our site"))


def test_a_table_is_one_only_with_a_row_of_headings_and_whole_columns(tmp_path: Path) -> None:
    centred = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>up</w:t></w:r></w:p>'
    caption = '<w:tblCaption w:val="Arrows"/>'
    (found,) = of(tmp_path, table([[text("Sign"), text("Meaning")], [centred, text("")]], caption=caption))
    assert isinstance(found, Table) and (found.title, found.caption, found.widths) == ("Arrows", "", (1, 1))
    assert found.headings == (cell("Sign"), cell("Meaning"))
    assert found.rows == (TableRow(RowKind.PLAIN, (cell("up", align=Align.CENTRE), cell(EMPTY))),)

    facts = of(tmp_path, PIECES["table of facts"])
    assert facts == (Paragraph(words("Contact Jo")), Paragraph(words("Date")))
    assert of(tmp_path, PIECES["merged"]) == (Paragraph(words("One Two")), Paragraph(words("both")))
    assert isinstance(of(tmp_path, PIECES["frame"])[0], Heading)
    heading_in_cell = [[text("a")], [text("b", "berschrift1")]]
    for rows in ([[text("Only")]], [[text("a"), text("b")], [text("c")]], heading_in_cell):
        assert not any(isinstance(each, Table) for each in of(tmp_path, table(rows)))


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    def noted(kind: str, id: int) -> str:
        return f'<w:p>{run("said")}<w:r><w:{kind}Reference w:id="{id}"/></w:r></w:p>'

    def note(kind: str, id: int, words: str) -> str:
        return f'<w:{kind} w:id="{id}">{text(words)}</w:{kind}>'

    parts = {"footnotes": note("footnote", 0, "not this") + note("footnote", 3, "at the foot")}
    parts |= {"endnotes": note("endnote", 3, "{{ report.title }}")}
    shell = in_shell(
        tmp_path, noted("endnote", 3) + text("after"), table([[text("h")], [noted("footnote", 3)]]), **parts
    )
    one = report(section(title="Sections"))
    assert_nothing_lost(one, shell)
    found = published_with(one, shell)
    sign = Span("1", script="superscript")
    assert found.front[:3] == (
        Paragraph((Span("said"), sign)), Note((sign, Span(f" {COVER.title}"))), Paragraph(words("after"))
    )  # fmt: skip
    assert [plain(each.text) for each in found.back if isinstance(each, Note)] == ["2 at the foot"]


def test_signs_of_symbol_fonts_are_those_of_all_fonts(tmp_path: Path) -> None:
    signs = ("Wingdings", "F028"), ("Wingdings", "00E0"), ("Arial", "2192"), ("Wingdings", "F0FC")
    each = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in signs)
    (found,) = of(tmp_path, f"<w:p>{each}</w:p>")
    assert isinstance(found, Paragraph) and plain(found.text) == "🕿🡪→✓"


def test_a_file_within_the_shell_is_refused_as_its_words_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a file inserted in it"):
        front_of(tmp_path, '<w:altChunk r:id="rId9" xmlns:r="urn:r"/>')


@pytest.mark.parametrize("places", [[], ["sections", "sections"], ["contents", "contents", "sections"]])
def test_what_word_refuses_is_refused(places: list[str], tmp_path: Path) -> None:
    shell = made(tmp_path, "".join(map(PLACES.format, places)) + PAGE)
    for render in (published_with, partial(render_word, defaults=SHELL)):
        with pytest.raises(InputError, match=r"shell\.docx has"):
            render(report(section()), shell)


def test_contents_after_the_sections_come_before_them(tmp_path: Path) -> None:
    shell = in_shell(tmp_path, text("before"), PLACED["contents"] + PLACED["key"] + text("after"))
    found = published_with(report(section(), key=(Note(words("key")),)), shell)
    assert found.front == (Paragraph(words("before")), ContentsPlace())
    assert found.back == (Note(words("key")), Paragraph(words("after")))
