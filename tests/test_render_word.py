"""The Word document: what is in it, in which style, and that it is the same each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, Twips
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from cpreport.compose.environment import CONTROL
from cpreport.compose.sandbox import fill_tags
from cpreport.editions import word
from cpreport.editions.columns import column_widths
from cpreport.editions.links import address
from cpreport.editions.wordml import legal
from cpreport.model.document import (
    Align,
    Block,
    Cover,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Report,
    RowKind,
    Section,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
)
from cpreport.model.errors import InputError
from cpreport.office.digests import AUDIT_PROPERTY, recorded_digest, text_digest

from .examples import examples
from .made_blocks import cell, row, words
from .test_growth import faster_than_linear

SHELL_FILE = Path(__file__).parents[1] / "templates" / "corporate-parenting" / "shell.docx"
SHELL = SHELL_FILE.read_bytes()
GOLDEN = Path(__file__).parent / "golden"
BACK = ("Back to Contents", "Back to contents")
COVER = Cover("Highlight Report", "Anytown Council", "July 2023", "12 September 2023", "31 July 2023", "R&D <x@y.uk>")


def indicator_table(indicators: int = 1, columns: int = 4) -> Table:
    headings = ["Key indicator", "Type of measure", *(f"Period {number}" for number in range(columns - 2))]
    figures = row(RowKind.FIGURES, "4.02.01 Children in care", *["62.9 (617)"] * (columns - 1))
    directions = row(RowKind.DIRECTION, "Direction of travel, 4.02.01", *["↑ up"] * (columns - 1))
    return Table(
        TableKind.INDICATORS,
        "Month end",
        tuple(cell(heading, align=Align.CENTRE) for heading in headings),
        (figures, directions) * indicators,
        (5, 2, *[1] * (columns - 2)),
    )


def section(*blocks: Block, title: str = "Health") -> Section:
    return Section(title.lower(), title, f"Children in Care – {title}", (Heading(1, words(title)), *blocks))


def report(*sections: Section, **more: Any) -> Report:
    return Report(more.pop("cover", COVER), "en-GB", sections, **more)


def render_word(report: Report, shell: bytes, defaults: bytes | None = None) -> bytes:
    return word.render_word(report, shell, defaults, partial(fill_tags, report=report)).sealed()


def rendered(*blocks: Block, shell: bytes = SHELL, **more: Any) -> Document:
    return opened(render_word(report(section(*blocks), **more), shell, SHELL))


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Style and text of each paragraph of the body, those in tables included."""
    names = {style.style_id: style.name or "" for style in document.styles} | {None: "Normal"}
    return [(names[each.style], text_of(each)) for each in document.element.body.iter(qn("w:p"))]


def text_of(element: Any) -> str:
    return "".join({qn("w:t"): part.text or "", qn("w:br"): "\n"}.get(part.tag, "") for part in element.iter())


def after_cover(document: Document) -> list[tuple[str, str]]:
    found = paragraphs(document)
    start = next(place for place, (style, _) in enumerate(found) if style == "Heading 1")
    return found[start:]


def edited(change: Callable[[Document], object], content: bytes = SHELL) -> bytes:
    document, stream = opened(content), BytesIO()
    change(document)
    document.save(stream)
    return stream.getvalue()


def with_paragraph(text: str) -> bytes:
    return edited(lambda shell: shell.paragraphs[0].insert_paragraph_before(text))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def headers(content: bytes) -> list[str]:
    return [f"{text_of(each.header._element)}" for each in opened(content).sections]


# What is printed


def test_the_cover_prints_the_report_and_leaves_out_what_is_not_known() -> None:
    found = paragraphs(rendered())
    assert ("Title", "Highlight Report") in found
    assert ("Cover Fact", "ContactR&D <x@y.uk>") in found
    assert not any("Benchmark source" in text for _, text in found)


@pytest.mark.parametrize("text", ["<5", "R&D", "{{ x }}", "{% if %}", "{_{ x }_}", '"quoted" ’s', "a\n\nb"])
def test_text_is_printed_as_typed(text: str) -> None:
    found = paragraphs(rendered(Paragraph(words(text)), cover=Cover(text)))
    assert ("Narrative", text) in found
    assert ("Title", text) in found


@examples(40)
@given(st.text(min_size=1), st.booleans(), st.booleans())
def test_any_text_gives_a_valid_document(text: str, bold: bool, italic: bool) -> None:
    line = words(text, bold=bold, italic=italic)
    table = Table(TableKind.PLAIN, text, (cell(text),), (TableRow(RowKind.PLAIN, (TableCell((line,)),)),), (1,))
    blocks = (Paragraph(line), table)
    told = CONTROL.sub("", text)
    one = Section("s", text, told, blocks)
    document = opened(
        render_word(Report(Cover(told, told), "en-GB", (one,), (text,), (text,), {text: text}), SHELL, SHELL)
    )
    assert ("Narrative", legal(text).replace("\t", " ")) in paragraphs(document)


def test_each_block_has_its_named_style() -> None:
    nested = List(False, (ListEntry(words("a"), (List(True, (ListEntry(words("b")),)),)),))
    blocks = (Heading(2, words("h")), Heading(4, words("i")), Paragraph(words("p")), nested, Note(words("n")))
    assert after_cover(rendered(*blocks)) == [
        ("Heading 1", "Health"),
        ("Heading 2", "h"),
        ("Heading 4", "i"),
        ("Narrative", "p"),
        ("List Bullet", "a"),
        ("List Number 2", "b"),
        ("Note", "n"),
        BACK,
    ]


def test_bold_and_italic_are_named_styles() -> None:
    line = (Span("a", bold=True), Span(" "), Span("b", italic=True), Span("c", bold=True, italic=True))
    document = rendered(Paragraph(line))
    runs = document.paragraphs[-2].runs
    assert [(run.text, run.style.name) for run in runs] == [
        ("a", "Strong"),
        (" ", "Default Paragraph Font"),
        ("b", "Emphasis"),
        ("c", "Intense Emphasis"),
    ]


def test_raised_signs_are_raised_in_links_too() -> None:
    link = "https://e.org"
    spans = (
        Span("12"),
        Span("1", script="superscript"),
        Span("2025", link=link),
        Span("4", script="subscript", link=link),
    )
    paragraph = rendered(Paragraph(spans)).paragraphs[-2]
    runs = [*paragraph.runs, *paragraph.hyperlinks[0].runs]
    assert [(run.text, bool(run.font.superscript), bool(run.font.subscript)) for run in runs] == [
        *(("12", False, False), ("1", True, False), ("2025", False, False), ("4", False, True))
    ]


def test_a_link_of_several_spans_is_one_link() -> None:
    target = "https://example.org/a?b=1&c=2"
    document = rendered(Paragraph((Span("the ", link=target), Span("site", bold=True, link=target))))
    (link,) = document.paragraphs[-2].hyperlinks
    assert (link.text, link.address) == ("the site", target)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("http://example.org", "http://example.org"),
        ("mailto:a@b.uk", "mailto:a@b.uk"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("mailto:nobody", ""),
    ],
)
def test_only_usable_addresses_become_links(link: str, expected: str) -> None:
    assert address(link) == expected


def test_each_numbered_list_starts_at_one() -> None:
    numbered = List(True, (ListEntry(words("a")), ListEntry(words("b"))))
    document = rendered(numbered, Paragraph(words("between")), numbered)
    numbers = list(document.element.body.xpath(".//w:numPr/w:numId/@w:val"))
    assert [numbers[0], numbers[2]] == [numbers[1], numbers[3]]
    assert numbers[0] != numbers[2]
    numbering = document.part.numbering_part.element
    assert all(numbering.xpath(f"./w:num[@w:numId={number}]//w:startOverride[@w:val=1]") for number in numbers)


# Tables


def test_a_table_has_a_caption_with_a_real_number() -> None:
    document = rendered(indicator_table(), indicator_table())
    captions = [text for style, text in paragraphs(document) if style == "Caption"]
    assert captions == ["Table 1: Month end", "Table 2: Month end"]
    assert document.element.body.xpath(".//w:fldSimple/@w:instr") == ["SEQ Table \\* ARABIC"] * 2


def test_table_rows_repeat_hold_together_and_are_shaded_by_the_table_s_style() -> None:
    table = rendered(indicator_table(), Paragraph(words("p"))).tables[-1]._tbl
    heading, figures, direction = table.tr_lst
    assert heading.xpath("./w:trPr/w:tblHeader") and not figures.xpath("./w:trPr/w:tblHeader")
    assert all(each.xpath("./w:trPr/w:cantSplit") for each in table.tr_lst)
    assert len(figures.xpath(".//w:keepNext")) == 4
    assert not direction.xpath(".//w:keepNext")
    assert not table.xpath(".//w:shd | .//w:tcBorders")
    style = opened(SHELL).styles["Indicator Table"].element
    assert style.xpath("./w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd/@w:fill") == ["12436D"]
    assert not style.xpath(".//w:tblBorders/*[self::w:left or self::w:right or self::w:insideV]")


@pytest.mark.parametrize(
    ("rows", "together"),
    [(2, "1"), (12, "1" * 11), (13, "11" + "0" * 8 + "11"), (40, "11" + "0" * 35 + "11")],
)
def test_a_short_table_stays_whole_and_of_a_longer_one_no_two_rows_stand_alone(rows: int, together: str) -> None:
    cells = tuple(row(RowKind.PLAIN, "Placement stability", "% (number)", "62.9") for _ in range(rows))
    headings = tuple(map(cell, ("Key indicator", "Type of measure", "Jul 23")))
    table = Table(TableKind.INDICATORS, "Month end", headings, cells, (3, 2, 1))
    written = rendered(table, Paragraph(words("p"))).tables[-1]._tbl
    kept = "".join("1" if each.xpath(".//w:keepNext") else "0" for each in written.tr_lst[1:])
    assert kept == f"{together}0"


def test_a_short_table_that_is_higher_than_a_page_is_broken_and_not_pushed_to_the_next() -> None:
    def kept(lines: int) -> int:
        tall = TableRow(RowKind.PLAIN, (cell("4.02.01"), cell("%"), cell(*["62.9"] * lines)))
        table = Table(TableKind.INDICATORS, "", (cell("a"), cell("b"), cell("c")), (tall,) * 12, (3, 2, 1))
        written = rendered(table, Paragraph(words("p"))).tables[-1]._tbl
        return sum(bool(each.xpath(".//w:keepNext")) for each in written.tr_lst[1:])

    assert [kept(lines) for lines in (1, 3, 5)] == [11, 11, 4]


def test_a_table_is_broken_rather_than_leave_too_little_on_the_page_above_it() -> None:
    def kept(paragraphs: int) -> int:
        tall = cells_of("4.02.01", "%", "62.9 / (617) / ↑ up")
        table = Table(TableKind.INDICATORS, "", cells_of("a", "b", "c").cells, (tall,) * 12, (3, 2, 1))
        above = [Paragraph(words("above"))] * paragraphs
        written = rendered(*above, table, Paragraph(words("p"))).tables[-1]._tbl
        return sum(bool(each.xpath(".//w:keepNext")) for each in written.tr_lst[1:])

    assert [kept(paragraphs) for paragraphs in (1, 8, 16)] == [11, 4, 11]


def test_the_last_rows_of_a_turned_table_fill_a_third_of_their_page() -> None:
    cells = tuple(row(RowKind.PLAIN, "Placement stability", *["compared"] * 15) for _ in range(40))
    headings = tuple(map(cell, ("Key indicator", "Type of measure", *["Jul 22"] * 14)))
    written = rendered(Table(TableKind.INDICATORS, "", headings, cells, (3, 2, *[1] * 14))).tables[-1]._tbl
    kept = "".join("1" if each.xpath(".//w:keepNext") else "0" for each in written.tr_lst[1:-1])
    together = len(kept) - len(kept.rstrip("1"))
    assert 9354 / 3 <= (together + 1) * 2 * 230 <= 9354 / 2


def test_a_table_says_what_it_is_to_a_screen_reader() -> None:
    table = rendered(indicator_table()).tables[-1]._tbl
    assert table.xpath("./w:tblPr/w:tblCaption/@w:val") == ["Month end"]
    assert table.xpath("./w:tblPr/w:tblLook/@w:firstRow") == table.xpath("./w:tblPr/w:tblLook/@w:firstColumn") == ["1"]
    assert table.xpath("./w:tblPr/w:tblDescription/@w:val") == [
        "Columns: Key indicator; Type of measure; Period 0; Period 1"
    ]
    assert not table.xpath(".//w:gridSpan | .//w:vMerge | .//w:tc//w:tbl")


def test_a_table_without_caption_has_the_heading_above_as_its_title() -> None:
    table = replace(plain_table(("Home", "Children"), (1, 1)), rows=(row(RowKind.PLAIN, "Foster care", "50"),))
    first, second = rendered(table, Heading(3, words("Where they live")), table).tables[-2:]
    titles = [each._tbl.xpath("./w:tblPr/w:tblCaption/@w:val") for each in (first, second)]
    assert titles == [["Health"], ["Where they live"]]


def plain_table(headings: tuple[str, ...], widths: tuple[int, ...]) -> Table:
    return Table(TableKind.PLAIN, "", tuple(cell(heading) for heading in headings), (), widths)


def test_columns_follow_their_shares_and_fill_the_width_exactly() -> None:
    assert column_widths((5, 2, 1), (400, 400, 400), 4000) == [2500, 1000, 500]
    assert sum(column_widths((3, 3, 1), (400, 400, 400), 9865)) == 9865


def test_a_column_makes_room_for_its_longest_word() -> None:
    assert column_widths((9, 1), (1000, 1220), 8000) == [6780, 1220]


@examples(50)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(100, 3000)), min_size=1, max_size=12), st.integers(0, 9000))
def test_no_column_is_narrower_than_it_needs_where_there_is_room(columns: list[tuple[int, int]], spare: int) -> None:
    shares, needed = zip(*columns, strict=True)
    widths = column_widths(shares, needed, sum(needed) + spare)
    assert sum(widths) == sum(needed) + spare
    assert all(width >= least for width, least in zip(widths, needed, strict=True))


def cells_of(*texts: str) -> TableRow:
    """A row of two titles and figures, whose lines are apart by a slash between spaces."""
    aligns = [Align.LEFT] * 2 + [Align.RIGHT] * (len(texts) - 2)
    cells = (cell(*text.split(" / "), align=align) for text, align in zip(texts, aligns, strict=True))
    return TableRow(RowKind.PLAIN, tuple(cells))


def monthly_table(months: int, *texts: str) -> Table:
    """A table of two indicators whose figures are these texts in turn."""
    headings = cells_of("Key indicator", "Type of measure", *("Jul 22",) * months).cells
    rows = tuple(cells_of("Placement stability", "% (number)", *[text] * months) for text in texts)
    return Table(TableKind.INDICATORS, "Month end", headings, rows, (8, 5, *[3] * months))


def room_for_text(table: Any) -> list[int]:
    """The width of each column less its cells' margins, in twips."""
    margins = [int(each) for each in table.xpath("./w:tblPr/w:tblCellMar/*/@w:w")] or [85, 85]
    return [int(each) - sum(margins) for each in table.xpath("./w:tblGrid/w:gridCol/@w:w")]


WORDS = {"(2020/21)": 428, "(83/617)": 373, "compared": 445, "Neighbours": 491, "short-": 266, "(2017-20)": 434}
"""The widths of some words in 10-point Arial, in tenths of a point, as a word processor shows them."""


@pytest.mark.parametrize("months", [4, 9, 10])
@pytest.mark.parametrize("word", WORDS)
def test_no_word_is_wider_than_its_column(months: int, word: str) -> None:
    text = f"not {word}term" if word.endswith("-") else f"not {word}"
    document = rendered(monthly_table(months, text, "62.9 (617)"))
    room = room_for_text(document.tables[-1]._tbl)
    assert all(column >= 2 * WORDS[word] for column in room[2:])
    assert room[0] >= 2268 - 170


def test_tables_of_a_section_are_on_one_grid() -> None:
    document = rendered(*(monthly_table(months, "62.9 (617)") for months in (2, 3, 6)))
    grids = [table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")[:2] for table in document.tables[-3:]]
    assert grids[0] == grids[1] == grids[2]


def test_words_beside_figures_stand_apart_from_them_in_a_tight_table() -> None:
    table = monthly_table(9, "(83/617)")
    beside = replace(table, headings=(*table.headings[:-1], cell("Status")))
    rows = (replace(table.rows[0], cells=(*table.rows[0].cells[:-1], cell("on target"))),)
    written = rendered(replace(beside, rows=rows)).tables[-1]._tbl
    assert [len(each.xpath("./w:tcPr/w:tcMar")) for each in written.xpath("./w:tr/w:tc")] == [*[0] * 10, 1] * 2
    assert int(written.xpath(".//w:tcMar/w:left/@w:w")[0]) >= 90


def test_a_range_of_numbers_in_a_table_never_breaks_at_its_hyphen() -> None:
    document = rendered(monthly_table(4, "396.7 (2017-20), six-monthly"))
    cells = document.tables[-1].columns[2].cells
    assert cells[1].text == "396.7 (2017-20), six-monthly"
    assert len(cells[1]._tc.xpath(".//w:noBreakHyphen")) == 1


MEASURE = ("Type of measure", "% (number/out of) / lower is better", "Per 10,000 population aged 0-17 (number)")
NINE_COLUMNS = {
    "nine periods": [("Jul 22, year ago", "13.5% / (83/617) / ↓ down", "62.9 / (617) / ↔ same")] * 9,
    "five periods, four comparators": [
        *[("Apr 23", "13.5% / (83/617) / ↓ down", "62.9 / (617) / ↓ down")] * 5,
        *[("Good LAs", "13.5% / (2020/21) / we are higher", "N/A")] * 4,
    ],
}


@pytest.mark.parametrize("columns", NINE_COLUMNS.values(), ids=NINE_COLUMNS)
def test_nine_columns_fit_in_portrait_reaching_into_half_of_the_margins(columns: list[tuple[str, ...]]) -> None:
    headings, *rows = zip(("Key indicator", "4.02.04 Far", "4.02.01 In care"), MEASURE, *columns, strict=True)
    table = Table(
        TableKind.INDICATORS, "", cells_of(*headings).cells, tuple(cells_of(*row) for row in rows), (8, 5, *[3] * 9)
    )
    document = rendered(table)
    page = document.sections[-1]
    written = document.tables[-1]._tbl
    (width,) = map(int, written.xpath("./w:tblPr/w:tblW/@w:w"))
    (indent,) = map(int, written.xpath("./w:tblPr/w:tblInd/@w:w"))
    assert page.page_width < page.page_height
    assert width == sum(int(each) for each in written.xpath("./w:tblGrid/w:gridCol/@w:w")) == 9864 - 2 * indent
    assert indent == -(1021 // 2)
    first, measure, *others = room_for_text(written)
    assert first >= 2268 - 50 and measure >= 922
    longest = [WORDS["(2020/21)"] if "/21" in column[1] else WORDS["(83/617)"] for column in columns]
    assert all(room >= 2 * word for room, word in zip(others, longest, strict=True))


@pytest.mark.parametrize(("months", "printed"), [(4, "% (number/out of)"), (9, "% (number/\u200bout of)")])
def test_words_joined_by_a_slash_break_only_where_room_is_short(months: int, printed: str) -> None:
    table = monthly_table(months, "(83/617)")
    (row,) = table.rows
    row = replace(row, cells=(row.cells[0], cell("% (number/out of)"), *row.cells[2:]))
    found = [text for _, text in paragraphs(rendered(replace(table, rows=(row,))))]
    assert printed in found and "(83/617)" in found


def test_the_size_of_the_text_is_that_of_the_shell_s_style() -> None:
    def enlarge(shell: Document) -> None:
        shell.styles["Table Text"].font.size = Pt(14)

    table = monthly_table(8, "62.9 (83/617)")
    (_, small), (_, large) = rendered(table).sections, rendered(table, shell=edited(enlarge)).sections
    assert small.page_width < small.page_height and large.page_width > large.page_height


@pytest.mark.parametrize(("area", "word"), [("", "(83/617)"), ("firstCol", "(83/617)"), ("firstRow", "Neighbours")])
def test_columns_are_measured_at_the_size_of_the_table_s_style(area: str, word: str) -> None:
    def enlarge(shell: Document) -> None:
        look = f'<w:rPr {nsdecls("w")}><w:sz w:val="32"/></w:rPr>'
        style = shell.styles["Indicator Table"].element
        style.remove(style.find(qn("w:rPr")))
        style.insert(4, parse_xml(look))
        for known in style.xpath(f"./w:tblStylePr[@w:type='{area}']"):
            style.remove(known)
        if area:
            style.append(parse_xml(f'<w:tblStylePr {nsdecls("w")} w:type="{area}">{look}</w:tblStylePr>'))
            style.find(qn("w:rPr")).remove(style.find(qn("w:rPr"))[0])

    table = replace(monthly_table(5, "62.9 (83/617)"), headings=(cell("a"), cell("b"), *[cell("Neighbours")] * 5))
    room = room_for_text(rendered(table, shell=edited(enlarge)).tables[-1]._tbl)
    assert all(column >= 2 * WORDS[word] * 16 / 10 for column in room[2:])


def test_no_style_of_text_hides_what_a_table_s_style_says() -> None:
    for name in ("Table Text", "Table Text Right", "Table Heading", "Table Total", "Normal"):
        own = {etree.QName(each).localname for each in opened(SHELL).styles[name].element.iter("{*}*")}
        assert own.isdisjoint({"sz", "b", "color", "shd"})


def test_a_table_that_does_not_fit_turns_its_section() -> None:
    sections = (section(indicator_table(columns=16)), section(indicator_table(columns=9)))
    cover, wide, tall = opened(render_word(report(*sections), SHELL)).sections
    assert (wide.page_width, wide.page_height) == (cover.page_height, cover.page_width)
    assert (tall.page_width, tall.page_height) == (cover.page_width, cover.page_height)


def test_only_a_table_that_does_not_fit_turns_its_own_page_with_its_heading_and_notes() -> None:
    wide, before, after = indicator_table(columns=16), [Paragraph(words("before"))] * 20, Paragraph(words("after"))
    note = Note(words("of the table"))
    blocks = (*before, Heading(2, words("Where they live")), wide, wide, note, after, Note(words("of the text")))
    content = render_word(report(section(*blocks), section(title="Adoption")), SHELL)
    _, *pages = opened(content).sections
    assert [(page.page_width > page.page_height, printed_on(page)) for page in pages] == [
        (False, ["Health", *["before"] * 20]),
        (True, ["Where they live", "Table : Month end", "", "Table : Month end", "", "of the table"]),
        (False, ["after", "of the text", "Back to contents"]),
        (False, ["Adoption", "Back to contents"]),
    ]
    assert headers(content)[1:] == [*["Children in Care – Health"] * 3, "Children in Care – Adoption"]
    assert opened(content).element.body.xpath("count(.//w:bookmarkStart)") == 3


def test_what_would_leave_a_page_nearly_empty_is_on_the_turned_one() -> None:
    wide, between = indicator_table(columns=16), [Paragraph(words("between"))] * 3
    document = rendered(Paragraph(words("before")), wide, *between, wide, Paragraph(words("after")))
    _, turned, upright = document.sections
    assert (turned.page_width > turned.page_height, upright.page_width > upright.page_height) == (True, False)
    assert printed_on(upright) == ["after", "Back to contents"]


def printed_on(page: Any) -> list[str]:
    """The paragraphs of a Word section; for a table nothing."""
    return [getattr(each, "text", "") for each in page.iter_inner_content()]


def test_writing_a_table_grows_as_the_table_does() -> None:
    def write(indicators: int) -> Callable[[], object]:
        large = report(section(indicator_table(indicators=indicators, columns=8)))
        return lambda: render_word(large, SHELL)

    assert abs(faster_than_linear(write, 40)) < 0.002


# Sections, headers, contents


def test_each_section_has_its_own_header_and_the_cover_none() -> None:
    content = render_word(report(section(), section(title="Adoption")), SHELL)
    assert headers(content) == ["", "Children in Care – Health", "Children in Care – Adoption"]


def test_the_contents_link_to_each_section_and_each_section_back_to_them() -> None:
    document = opened(render_word(report(section(), section(indicator_table(), title="Adoption")), SHELL))
    links = [(text_of(each), each.get(qn("w:anchor"))) for each in document.element.body.xpath(".//w:hyperlink")]
    titles = {
        each.get(qn("w:name")): text_of(each.getparent()) for each in document.element.body.iter(qn("w:bookmarkStart"))
    }
    assert [(text, titles[anchor]) for text, anchor in links] == [
        ("Health", "Health"),
        ("Adoption", "Adoption"),
        *[("Back to contents", "Contents")] * 2,
    ]


def test_the_contents_are_on_the_cover_and_do_not_break() -> None:
    sections = (section(), section(title="Adoption"), section(title="Fostering"))
    key = (Heading(2, words("What the statuses mean")), Note(words("on target")))
    found = paragraphs(opened(render_word(report(*sections, key=key), SHELL)))
    styles = [style for style, _ in found]
    assert styles.index("Cover Fact") < styles.index("TOC Heading") < styles.index("Cover Heading")
    assert found[styles.index("Heading 1") - 2 : styles.index("Heading 1")] == [
        ("Heading 2", "What the statuses mean"),
        ("Note", "on target"),
    ]
    contents = opened(render_word(report(*sections), SHELL)).element.body
    listed = contents.xpath("./w:p[w:pPr/w:pStyle[@w:val='TOCHeading' or @w:val='Toc1']]")
    assert [bool(each.xpath("./w:pPr/w:keepNext")) for each in listed] == [True, True, True, False]


@pytest.mark.parametrize("block", [Paragraph(words("p")), indicator_table()])
def test_the_link_back_is_never_alone_on_a_page(block: Block) -> None:
    body = rendered(block).element.body
    (back,) = body.xpath("./w:p[w:pPr/w:pStyle/@w:val='BackToContents']")
    lines = back.getprevious().xpath("self::w:p | ./w:tr[last()]//w:p")
    assert lines and all(each.xpath("./w:pPr/w:keepNext") for each in lines)


def test_no_paragraph_is_empty_but_the_one_that_ends_the_cover_after_its_table() -> None:
    found = paragraphs(opened(render_word(report(section(Paragraph(words("p"))), section(indicator_table())), SHELL)))
    assert [style for style, text in found if not text] == ["Section End"]


def test_a_report_without_sections_is_a_cover() -> None:
    found = paragraphs(opened(render_word(report(), SHELL)))
    assert ("Title", "Highlight Report") in found
    assert "TOC Heading" not in dict(found)


def test_every_page_says_example_and_draft() -> None:
    content = render_word(report(section(), marks=("EXAMPLE", "DRAFT")), SHELL)
    assert headers(content) == ["EXAMPLE – DRAFT", "EXAMPLE – DRAFTChildren in Care – Health"]
    assert paragraphs(opened(content))[0] == ("Cover Mark", "EXAMPLE – DRAFT")


def test_first_and_even_pages_are_marked_too() -> None:
    def differ(shell: Document) -> None:
        shell.sections[0].different_first_page_header_footer = True
        shell.settings.odd_and_even_pages_header_footer = True

    document = opened(render_word(report(section(), marks=("DRAFT",)), edited(differ)))
    cover, health = document.sections
    for header in (cover.first_page_header, cover.even_page_header, health.even_page_header):
        assert header.paragraphs[0].text == "DRAFT"
    assert not health.different_first_page_header_footer


@pytest.mark.parametrize("sections", [(), (section(),)])
def test_a_draft_counts_its_problems_on_the_cover_and_lists_them_after_the_contents(
    sections: tuple[Section, ...],
) -> None:
    draft = report(*sections, marks=("DRAFT",), problems=("Data!N12: too many", "and <5"), counts="2 errors")
    found = paragraphs(opened(render_word(draft, SHELL)))
    assert found[:2] == [("Cover Mark", "DRAFT"), ("Cover Problems", "Problems found: 2 errors")]
    start = found.index(("Problems Heading", "Problems found"))
    assert found[start + 1 : start + 3] == [("List Bullet", "Data!N12: too many"), ("List Bullet", "and <5")]
    assert start > found.index(("Title", "Highlight Report"))
    if sections:
        assert found[start + 3] == ("Heading 1", "Health")
        assert start > found.index(("toc 1", "Health"))


# The shell


def test_what_somebody_changed_in_word_shows() -> None:
    def restyle(shell: Document) -> None:
        shell.styles["Heading 1"].font.name = "Georgia"
        shell.styles["Heading 1"].font.size = Pt(30)
        shell.add_paragraph("Printed by {{ report.authority }}")
        shell.paragraphs[0].insert_paragraph_before("Our own cover, {{ about[‘Ward’] }}", "Cover Fact")

    document = rendered(shell=edited(restyle), about={"Ward": "North & South"})
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert paragraphs(document)[0] == ("Cover Fact", "Our own cover, North & South")
    assert paragraphs(document)[-1] == ("Normal", "Printed by Anytown Council")
    assert [each.header.paragraphs[0].text for each in document.sections] == ["", "Children in Care – Health", ""]


def test_a_tag_that_word_split_into_runs_is_read() -> None:
    def split(shell: Document) -> None:
        paragraph = shell.paragraphs[0].insert_paragraph_before("{{ rep")
        paragraph.add_run("ort.ti").bold = True
        paragraph.add_run("tle }}")

    assert paragraphs(rendered(shell=edited(split)))[0] == ("Normal", "Highlight Report")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Dear {{ report.nobody }}", "nobody"),
        ("Dear {{ missing }}", "no name 'missing'"),
        ("Dear {{ about['Ward'] }}", "Ward"),
        ("Dear {% if %}", "something is missing"),
        ("Dear {{ report.title", "not closed"),
        ("Dear {{ report }}", "cannot be printed"),
        ("Dear {{ report.__class__ }}", "no attribute '__class__'"),
        ("Dear {{ 1 / 0 }}", "division"),
        ("Dear {{ sections }}", "a paragraph of its own"),
    ],
)
def test_a_mistake_in_a_tag_names_its_paragraph(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        render_word(report(section()), with_paragraph(text))
    assert f"(in the paragraph “{text}”)" in str(caught.value)


def test_a_mistake_in_a_header_names_its_paragraph() -> None:
    shell = edited(lambda shell: shell.sections[0].header.add_paragraph("Dear {{ nobody }}"))
    with pytest.raises(InputError, match=r"in the header “Dear \{\{ nobody \}\}”"):
        render_word(report(section()), shell)


def remove_sections(shell: Document) -> None:
    (found,) = [each for each in shell.paragraphs if "sections" in each.text]
    found._p.getparent().remove(found._p)


def test_the_sections_have_exactly_one_place() -> None:
    with pytest.raises(InputError, match="no paragraph"):
        render_word(report(section()), edited(remove_sections))
    with pytest.raises(InputError, match="2 paragraphs"):
        render_word(report(section()), with_paragraph("{{sections}}"))


def test_the_sections_need_a_page_size() -> None:
    shell = edited(lambda shell: shell.sections[0]._sectPr.remove(shell.sections[0]._sectPr.find(qn("w:pgSz"))))
    with pytest.raises(InputError, match="page size"):
        render_word(report(section()), shell)


def test_what_is_no_word_document_is_no_shell() -> None:
    with pytest.raises(InputError, match="not a Word document"):
        render_word(report(section()), b"PK nonsense")


def remove_styles(*names: str) -> Callable[[Document], None]:
    def remove(shell: Document) -> None:
        for name in names:
            shell.styles[name].delete()

    return remove


def test_a_style_the_shell_lacks_comes_from_the_packaged_one() -> None:
    lacking = edited(remove_styles("List Number", "Caption", "Indicator Table", "Table Direction", "Table Heading"))
    numbered = List(True, (ListEntry(words("a")),))
    document = rendered(numbered, indicator_table(), shell=lacking)
    assert ("List Number", "a") in paragraphs(document)
    assert document.tables[-1].style is not None and document.tables[-1].style.name == "Indicator Table"
    assert ("Table Direction", "Direction of travel, 4.02.01") in paragraphs(document)


@pytest.mark.parametrize(
    "style", ["Cover Mark", "Page Mark", "Cover Problems", "Problems Heading", "List Bullet", "Back to Contents"]
)
def test_a_style_that_only_a_draft_needs_is_missed_before_there_is_one(style: str) -> None:
    one, lacking = report(section()), edited(remove_styles(style))
    with pytest.raises(InputError, match=style):
        word.try_word(one, lacking, None, partial(fill_tags, report=one))
    document, findings = word.try_word(one, lacking, SHELL, partial(fill_tags, report=one))
    assert (document.sealed(), findings) == (render_word(one, lacking, SHELL), [])


def test_without_the_packaged_shell_the_missing_style_is_named() -> None:
    with pytest.raises(InputError, match="Caption"):
        render_word(report(section(indicator_table())), edited(remove_styles("Caption")))


def test_a_section_break_after_the_sections_keeps_its_place() -> None:
    def break_after(shell: Document) -> None:
        (found,) = [each for each in shell.paragraphs if "sections" in each.text]
        own = parse_xml(f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="8391" w:h="11906"/><w:pgMar w:left="500"/></w:sectPr>')
        found._p.get_or_add_pPr().append(own)
        shell.add_paragraph("Back page")

    document = rendered(shell=edited(break_after))
    assert [each.page_width for each in document.sections] == [Twips(8391), Twips(8391), Twips(11906)]
    assert paragraphs(document)[-1] == ("Normal", "Back page")


# The file


def test_the_same_inputs_give_the_same_bytes() -> None:
    def build() -> bytes:
        return render_word(report(section(indicator_table()), marks=("DRAFT",)), SHELL, SHELL)

    assert build() == build()
    assert {entry.date_time[0] for entry in zipfile.ZipFile(BytesIO(build())).infolist()} == {1980}


def test_the_document_says_its_title_author_and_language() -> None:
    document = opened(render_word(Report(COVER, "cy-GB", ()), SHELL))
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Highlight Report, July 2023", "Anytown Council")
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["cy-GB"]
    assert properties.created is None


def test_word_is_not_told_to_ask_about_fields() -> None:
    def prompt(shell: Document) -> None:
        shell.settings.element.append(parse_xml(f"<w:updateFields {nsdecls('w')}/>"))

    assert "updateFields" not in part(render_word(report(), edited(prompt)), "word/settings.xml")


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW tcBorders shd tcMar vAlign",
    "trPr": "cantSplit tblHeader",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference pgSz pgMar cols",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr",
    "numbering": "abstractNum num",
}


def disorder(root: Any, order: Mapping[str, str] = ORDER) -> Iterable[str]:
    for element in root.iter():
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        if name in order and children != sorted(children, key=order[name].split().index):
            yield f"{name}: {children}"


def test_elements_stand_in_the_order_of_the_schema() -> None:
    lists = List(True, (ListEntry(words("a"), (List(False, (ListEntry(words("b")),)),)),))
    content = render_word(report(section(lists, indicator_table(columns=9)), section(), marks=("DRAFT",)), SHELL)
    names = [name for name in zipfile.ZipFile(BytesIO(content)).namelist() if re.match(r"word/[a-z]+\d*\.xml", name)]
    assert len(names) > 6
    for name in names:
        assert not list(disorder(etree.fromstring(part(content, name).encode())))


def test_the_body_is_as_it_was(request: pytest.FixtureRequest) -> None:
    line = (Span("About "), Span("<5", bold=True), Span(" at "), Span("R&D", link="https://example.org/"))
    blocks = (indicator_table(), List(True, (ListEntry(line),)), Note(words("n")), Paragraph(words("last")))
    body = rendered(*blocks).element.body
    start = body.xpath("./w:p[w:pPr/w:pStyle/@w:val='TOCHeading']")[0]
    meanings = body.xpath("./w:p[w:pPr/w:pStyle/@w:val='CoverHeading'] | ./w:tbl[1]")
    for element in [*start.itersiblings(preceding=True), *meanings]:
        body.remove(element)
    golden = GOLDEN / "word-body.xml"
    written = etree.tostring(body, pretty_print=True, encoding="unicode")
    if request.config.getoption("--renew"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


# The digest


def test_the_document_records_the_digest_of_its_own_text() -> None:
    content = render_word(report(section(indicator_table())), SHELL)
    assert recorded_digest(content) == text_digest(content) != ""


def test_a_save_keeps_the_digest_and_an_edit_does_not() -> None:
    content = render_word(report(section(Paragraph(words("Ten children")))), SHELL)
    assert text_digest(edited(lambda document: document, content)) == recorded_digest(content)

    def edit(document: Document) -> None:
        document.paragraphs[-2].runs[0].text = "Nine children"

    assert text_digest(edited(edit, content)) != recorded_digest(edited(edit, content)) == recorded_digest(content)


def test_an_edited_header_and_a_comment_are_edits() -> None:
    content = render_word(report(section(Paragraph(words("Ten children")))), SHELL)
    header = edited(lambda document: document.sections[1].header.add_paragraph("Secret"), content)
    comment = edited(lambda document: document.add_comment(document.paragraphs[-2].runs[0], "Why?"), content)
    assert len({text_digest(content), text_digest(header), text_digest(comment)}) == 3


def test_white_space_run_boundaries_and_page_numbers_are_no_edits() -> None:
    def document(body: str) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("word/document.xml", f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>")
        return stream.getvalue()

    simple = '<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    complex = (
        f"<w:p/><w:p><w:r><w:t>Pa</w:t></w:r><w:r><w:t>ge</w:t></w:r>{marks[0]}<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"{marks[1]}<w:r><w:t>27</w:t></w:r>{marks[2]}</w:p>"
    )
    assert text_digest(document(simple)) == text_digest(document(complex))
    assert recorded_digest(document(simple)) == ""


def test_the_digest_of_its_audit_is_recorded_and_is_not_its_text() -> None:
    one = report(section(Paragraph(words("Ten children"))))
    document = word.render_word(one, SHELL, None, partial(fill_tags, report=one))
    without, audited = document.sealed(), document.sealed(audit="ab" * 32)
    assert recorded_digest(audited, AUDIT_PROPERTY) == "ab" * 32
    assert not recorded_digest(without, AUDIT_PROPERTY)
    assert recorded_digest(audited) == text_digest(audited) == text_digest(without)
    assert document.parts["word/document.xml"].decode() == part(audited, "word/document.xml")
    again = edited(lambda shell: shell.add_paragraph("{{ sections }}"), audited)
    assert not recorded_digest(render_word(one, again, SHELL), AUDIT_PROPERTY)


@pytest.mark.parametrize("digest", [text_digest, recorded_digest])
@pytest.mark.parametrize("content", [b"", b"text", SHELL[:900], b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_has_no_digest(digest: Callable[[bytes], str], content: bytes) -> None:
    with pytest.raises(InputError):
        digest(content)


def test_a_document_type_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>')
    with pytest.raises(InputError, match="document type"):
        text_digest(stream.getvalue())
