"""The report as one HTML file: read by its structure, whatever words it is made of."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from lxml import html as lxml_html

from benchmarks.charts import a_chart
from cpreport.compose.page import fill_page
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.front import published
from cpreport.editions.html.document import render_html
from cpreport.editions.html.markup import VOID
from cpreport.editions.seal import AUDIT, DIGEST, ORIGIN, is_sealed, sealed_file, stated
from cpreport.editions.texts import title_numbers
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.model.audit import AuditedFigure
from cpreport.model.chart import Chart
from cpreport.model.document import (
    EMPTY,
    SUPERSCRIPT,
    Align,
    Block,
    ContentsPlace,
    Cover,
    Heading,
    Image,
    List,
    ListEntry,
    Note,
    Paragraph,
    Picture,
    Publication,
    Report,
    RowKind,
    Section,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
)
from cpreport.model.status import StatusWord
from cpreport.model.working import Basis, ShownFigure
from cpreport.pipeline import Month, load_workbook

from .made_blocks import cell
from .made_blocks import words as text
from .made_charts import KINDS, LINES, charts
from .pictures import SVG, png
from .word_words import block_words

EXAMPLES = Path(__file__).parents[1] / "examples"
LOOK = packaged_reports() / PACKAGED
PAGE, STYLE = ((LOOK / name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
COVER = Cover("Highlight Report", "Example Council", "July 2023")


def table(caption: str, *rows: Sequence[TableCell], kind: TableKind = TableKind.PLAIN, **more: object) -> Table:
    head, *body = (tuple(row) for row in rows)
    return replace(
        Table(kind, caption, head, tuple(TableRow(RowKind.PLAIN, row) for row in body), (1,) * len(head)), **more
    )


def small(*blocks: Block, figures: Sequence[AuditedFigure] = (), cover: Cover = COVER, **more: object) -> Publication:
    """A publication of one section, with the cover that a small shell has."""
    sections = (Section("care", "Care", "Care", blocks),) if blocks else ()
    return of_report(Report(cover, "en-GB", sections, **more), figures)


def of_report(report: Report, figures: Sequence[AuditedFigure] = ()) -> Publication:
    front = (Heading(0, text(report.cover.title)), Paragraph(text(report.cover.period)), ContentsPlace(), *report.key)
    return Publication(report, front, (Paragraph(text("The end.")),), tuple(figures), "a1" * 32, "b2" * 32)


def rendered(publication: Publication, page: str = PAGE, style: str = STYLE) -> str:
    return render_html(publication, page, style, partial(fill_page, report=publication.report))


def parsed(document: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(document.encode())


def body_of(*blocks: Block, **more: object) -> lxml_html.HtmlElement:
    """The one section of a report with these blocks."""
    (section,) = parsed(rendered(small(*blocks, **more))).iter("section")
    return section


def words_of(element: lxml_html.HtmlElement) -> list[str]:
    """The words of an element: those of two cells are apart, a link and the full stop after it are not."""
    return "".join(pieces_of(element)).split()


def pieces_of(element: lxml_html.HtmlElement) -> Iterator[str]:
    apart = "" if element.tag in ("a", "strong", "em", "sup", "sub", "span") else " "
    yield apart + (element.text or "")
    for child in element:
        yield from pieces_of(child)
        yield child.tail or ""
    yield apart


def of_month(month: Month) -> Publication:
    """A month's report with the front and back of its shell."""
    report, folder = month.report, month.folder
    fill = partial(fill_tags, report=report)
    figures = month.audit(EXAMPLES).figures
    return published(report, folder.shell.content, folder.default_shell, fill, figures, "a1" * 32)


@pytest.fixture(scope="module")
def example() -> Publication:
    return of_month(load_workbook(EXAMPLES / "july-2023.xlsx"))


@pytest.fixture(scope="module")
def document(example: Publication) -> str:
    return rendered(example)


class Strict(HTMLParser):
    """Raises AssertionError where an element is not closed in the one that it was opened in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all(value is not None for _, value in attrs)
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            raise AssertionError(f"</{tag}> where {self.open} are open, at {self.getpos()}")
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One such as <path/>, in an SVG element."""


def assert_whole(document: str) -> None:
    """Raises AssertionError unless a document is well formed, and everybody can find the way in it."""
    reader = Strict()
    reader.feed(document)
    reader.close()
    assert reader.open == []
    root = parsed(document)
    ids = [each.get("id") for each in root.iter() if isinstance(each.tag, str) and each.get("id") is not None]
    assert len(ids) == len(set(ids)) and all(id and not re.search(r"\s", id) for id in ids)
    for name in ("href", "aria-labelledby", "aria-describedby"):
        named = [each.get(name) for each in root.iter() if isinstance(each.tag, str) and each.get(name)]
        targets = [link.removeprefix("#") for link in named if name != "href" or link.startswith("#")]
        assert set(targets) <= set(ids), name
    levels = [int(each.tag[1]) for each in root.iter(*(f"h{level}" for level in range(1, 7)))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    assert_tables_are_simple(root)
    names = ["".join(summary.itertext()) for summary in root.iter("summary")]
    assert len(names) == len(set(names)) and all(names)
    assert all(image.get("alt", "").strip() for image in root.iter("img"))
    regions = [each.get("aria-labelledby") for each in root.iter("section", "nav")]
    regions += [each.get("aria-labelledby") for each in root.iter("div") if each.get("role") == "region"]
    assert len(regions) == len(set(regions)) or None in regions


def assert_tables_are_simple(root: lxml_html.HtmlElement) -> None:
    """Every table has a name, a row of headings, a heading in each row, as many cells in each, and none is empty."""
    for each in root.iter("table"):
        assert each.find("caption") is not None or each.get("aria-label")
        (head,) = each.findall("thead/tr")
        assert [(cell.tag, cell.get("scope")) for cell in head] == [("th", "col")] * len(head)
        for row in each.findall("tbody/tr"):
            assert [(cell.tag, cell.get("scope")) for cell in row] == [("th", "row"), *[("td", None)] * (len(head) - 1)]
        assert not each.xpath(".//*[@colspan or @rowspan] | .//table")
        for one in each.iter("th", "td"):
            assert words_of(one), lxml_html.tostring(each)


def test_the_example_is_whole(document: str) -> None:
    assert_whole(document)
    root = parsed(document)
    assert root.get("lang") == "en-GB"
    assert root.findtext("head/title") == "Corporate Parenting Board – Highlight Report, July 2023 – Kirklees Council"
    assert root.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    assert [each.tag for each in root.find("body")] == ["a", "header", "main", "footer"]
    assert root.xpath("/html/body/a/@href") == ["#main"]
    assert root.xpath("//header//p[@class='mark']/text()") == ["EXAMPLE"]


def test_the_contents_lead_to_each_section_and_each_section_back(example: Publication, document: str) -> None:
    root = parsed(document)
    titles = [section.title for section in example.report.sections]
    assert ["".join(link.itertext()) for link in root.iterfind(".//nav//li/a")] == titles
    headings = {
        link.get("href"): root.xpath(f"//section[@id='{link.get('href')[1:]}']/h2")[0]
        for link in root.iterfind(".//nav//a")
    }
    assert [heading.text for heading in headings.values()] == titles
    assert root.xpath("count(//section/p[@class='back']/a[@href='#contents'])") == len(titles)
    assert "section-children-in-care" in root.xpath("//section/@id")


def main_words(document: str) -> list[str]:
    """The words of the main text as `block_words` has them, without what only HTML has."""
    (main,) = parsed(document).iter("main")
    for other in main.xpath(".//nav | .//details | .//svg | .//p[@class='back'] | .//span[@class='number']"):
        other.drop_tree()
    return [word for word in words_of(main) if word != EMPTY]


@pytest.mark.parametrize("name", ["july-2023.xlsx", "march-2022/february-2022.xlsx", "q4-2016-17/q4-2016-17.xlsx"])
def test_the_main_text_has_the_words_of_the_report_in_order(name: str) -> None:
    publication = of_month(load_workbook(EXAMPLES / name))
    document = rendered(publication)
    assert_whole(document)
    assert main_words(document) == block_words(publication)


def test_numbers_stand_before_headings_paragraphs_and_entries_of_the_contents() -> None:
    blocks = (
        Heading(1, text("Care")),
        Paragraph(text("So it is.")),
        Heading(3, text("More")),
        Paragraph(text("It is.")),
    )
    sections = (Section("care", "Care", "", blocks, is_numbered=True), Section("more", "More", "", blocks))
    root = parsed(rendered(of_report(Report(COVER, "en-GB", sections))))

    first, second = root.iter("section")
    assert [(each.tag, words_of(each)) for each in first[:-1]] == [
        ("h2", ["1", "Care"]),
        ("p", ["1.1", "So", "it", "is."]),
        ("h3", ["1.2", "More"]),
        ("p", ["1.2.1", "It", "is."]),
    ]
    assert not second.xpath(".//span[@class='number']")
    assert [words_of(entry) for entry in root.iterfind(".//nav//li")] == [["1", "Care"], ["More"]]


def test_headings_are_in_step_whatever_levels_are_skipped() -> None:
    levels = (2, 4, 4, 1, 3, 0, 2)
    section = body_of(*(Heading(level, text(f"At {level}")) for level in levels))
    assert [each.tag for each in section.iter("h1", "h2", "h3", "h4", "h5", "h6")] == [
        *("h2", "h3", "h3", "h2", "h3", "h2", "h3"),
    ]


def test_a_document_without_a_title_has_an_unseen_one_and_a_section_without_one_a_name() -> None:
    publication = small(Paragraph(text("Words.")), Heading(0, text("Another title")))
    document = rendered(replace(publication, front=(Paragraph(text("Cover.")),)))
    assert_whole(document)
    root = parsed(document)
    assert root.xpath("//h1[@class='unseen']/text()") == ["Highlight Report"]
    assert [(each.tag, each.text) for each in root.iter("h1", "h2")][2:] == [("h2", "Another title")]
    nameless = parsed(rendered(small(Paragraph(text("Words.")))))
    assert nameless.xpath("//section/@aria-label") == ["Care"]


def test_the_ids_of_sections_are_made_of_theirs_and_differ() -> None:
    sections = tuple(Section(id, id, "", (Heading(1, text(id)),)) for id in ("a b", "a-b", "a?b", "é"))
    document = rendered(of_report(Report(COVER, "en-GB", sections)))
    assert_whole(document)
    assert parsed(document).xpath("//section/@id") == ["section-a-b", "section-a-b-2", "section-a-b-3", "section-é"]


def test_the_contents_have_the_numbers_of_titles_also_where_another_heading_stands_before_one() -> None:
    before = Section("one", "One", "", (Heading(2, text("Before")), Heading(1, text("One"))), is_numbered=True)
    after = Section("two", "Two", "", (Heading(1, text("Two")),), is_numbered=True)
    sections = (before, after)
    root = parsed(rendered(of_report(Report(COVER, "en-GB", sections))))
    assert root.xpath("//nav//span[@class='number']/text()") == [*title_numbers(sections)] == ["2", "3"]


def test_a_report_without_sections_has_no_contents() -> None:
    document = rendered(small())
    assert_whole(document)
    assert not [*parsed(document).iter("nav", "section")]


STATUSES = table(
    "Statuses",
    (cell("Indicator"), cell("Jul 23", align=Align.RIGHT), cell("Status", align=Align.CENTRE)),
    (cell("Reviews"), cell("98.3%", "(566)", align=Align.RIGHT), cell("✓ on target", status=StatusWord.ON_TARGET)),
    (cell("Visits"), cell("94.5%", align=Align.RIGHT), cell("~ close", status=StatusWord.CLOSE)),
    (cell("Checks"), cell("no data", align=Align.RIGHT), cell("✗ off target", status=StatusWord.OFF_TARGET)),
    (cell("Plans"), cell("–", align=Align.RIGHT), cell("no target", status=StatusWord.NO_TARGET)),
    kind=TableKind.INDICATORS,
)


def test_cells_keep_their_lines_their_alignment_and_the_words_of_their_status() -> None:
    (found,) = body_of(STATUSES).iter("table")
    assert found.get("class") == "indicators"
    assert [(cell.get("class"), words_of(cell)) for cell in found.findall("tbody/tr/td")] == [
        ("right", ["98.3%", "(566)"]),
        ("on-target", ["✓", "on", "target"]),
        ("right", ["94.5%"]),
        ("close", ["~", "close"]),
        ("right", ["no", "data"]),
        ("off-target", ["✗", "off", "target"]),
        ("right", ["–"]),
        (None, ["no", "target"]),
    ]
    assert [cell.get("class") for cell in found.findall("thead/tr/th")] == [None, "right", "centre"]
    assert len(found.find("tbody/tr/td").findall("br")) == 1


def test_rows_of_totals_and_directions_are_told_apart() -> None:
    rows = [TableRow(kind, (cell("a"), cell("b"))) for kind in (RowKind.FIGURES, RowKind.DIRECTION, RowKind.TOTAL)]
    section = body_of(replace(table("T", (cell("A"), cell("B"))), rows=tuple(rows)))
    assert [row.get("class") for row in section.iterfind(".//tbody/tr")] == [None, "direction", "total"]


def test_only_a_table_that_may_be_wider_than_a_phone_scrolls_and_can_be_reached_by_key() -> None:
    narrow = table(
        "Narrow", (cell("Word"), cell("Meaning")), (cell("up"), cell("It rose, as numbers do now and then."))
    )
    months = (*(cell(f"{month} 23") for month in ("April", "May", "June", "July")), cell("Cumulative"))
    wide = table("Wide", (cell("Indicator"), *months), (cell("Reviews"), *[cell("98.3%")] * 5))
    section = body_of(Heading(1, text("Care")), narrow, wide, replace(wide, caption=""))

    one, other = section.iterfind("div[@class='scroll']")
    assert [(each.get("role"), each.get("aria-labelledby"), each.get("tabindex")) for each in (one, other)] == [
        ("region", "table-2", "0"),
        ("group", None, "0"),
    ]
    assert words_of(section.find("table/caption")) == ["Table", "1:", "Narrow"]
    assert words_of(one.find("table/caption")) == ["Table", "2:", "Wide"]
    assert other.get("aria-label") == other.find("table").get("aria-label") == "Care"


def test_lists_are_nested_and_numbered() -> None:
    inner = List(True, (ListEntry(text("first")), ListEntry(text("second"))))
    (found,) = body_of(List(False, (ListEntry(text("Outer"), (inner,)), ListEntry(text("Next"))))).iterfind("ul")
    assert [entry.text.strip() for entry in found.findall("li")] == ["Outer", "Next"]
    assert [entry.text for entry in found.findall("li/ol/li")] == ["first", "second"]


def test_words_have_their_looks_and_links() -> None:
    spans = (
        Span("Bold", bold=True),
        Span(" and "),
        Span("slanted", italic=True),
        Span("1", script=SUPERSCRIPT),
        Span("\n"),
        Span("both", bold=True, italic=True),
        Span("the law", link="https://www.legislation.gov.uk/ukpga/1989/41?a=1&b=2"),
        Span("write", link="mailto:a@example.org"),
        Span("Table 1", link="#table_1"),
        Span("nowhere", link="#table_9"),
        Span("run", link="javascript:alert(1)"),
    )
    (shown, *_) = body_of(Paragraph(spans), replace(STATUSES, anchor="table_1")).iterfind("p")
    written = lxml_html.tostring(shown, encoding="unicode", with_tail=False)
    assert written == (
        "<p><strong>Bold</strong> and <em>slanted</em><sup>1</sup><br><strong><em>both</em></strong>"
        '<a href="https://www.legislation.gov.uk/ukpga/1989/41?a=1&amp;b=2">the law</a>'
        '<a href="mailto:a@example.org">write</a><a href="#table-1">Table 1</a>nowhererun</p>'
    )


def test_a_picture_is_in_the_file_and_an_svg_one_is_only_a_picture() -> None:
    image = Image(png(), "png", 381_000, 285_750)
    described = text('A map of "homes" & <schools>')
    one, other = body_of(Picture(described, image), Picture(described, replace(image, vector=SVG))).iter("img")
    assert dict(one.attrib) == {
        "src": f"data:image/png;base64,{b64encode(png()).decode()}",
        "alt": 'A map of "homes" & <schools>',
        "width": "40",
        "height": "30",
    }
    assert other.get("src") == f"data:image/svg+xml;base64,{b64encode(SVG).decode()}"


def audited(subject: str, printed: str, section: str = "care", **more: object) -> AuditedFigure:
    made = AuditedFigure(section, subject, f"Title of {subject}", printed, Fraction(27, 2), "present", "Jul 23")
    return made._replace(**{"formula": "100 × 83 ÷ 617", "cells": ("Data!N4", "Data!N2"), **more})


def printing(words: str, subject: str, period: str = "Jul 23", **more: str) -> TableCell:
    return replace(cell(words), shown=(ShownFigure(words, Basis(subject, period, **more)),))


SHOWN = table(
    "Figures",
    (cell("Indicator"), cell("Jul 23"), cell("England")),
    (cell("Rate"), printing("13.5%", "rate"), printing("12.0%", "rate", "March 2022", comparator="England")),
)


def test_the_figures_of_a_table_have_their_sources_below_its_notes_and_all_others_at_the_end() -> None:
    benchmark = {"comparator": "England", "period": "March 2022", "formula": "", "cells": ("Benchmarks!C2",)}
    figures = (
        audited("rate", "12.0%", **benchmark),
        audited("rate", "13.5%"),
        audited("ages", "7", category="Under 5"),
        audited("ages", "9", what="numerator", value=None, formula="", cells=()),
        audited("rate", "14%", section="health"),
    )
    section = body_of(Heading(1, text("Care")), SHOWN, Note(text("A note.")), Paragraph(text("More.")), figures=figures)

    assert [each.tag for each in section] == ["h2", "table", "p", "details", "p", "details", "p"]
    one, other = section.findall("details")
    assert one.find("summary").text == "Where the figures in Table 1 come from"
    assert one.findtext(".//caption/span") == "Sources of the figures in Table 1: Title of rate"
    assert texts_of(one) == [
        ["Period or benchmark", "Printed", "Computed as", "Cells of the workbook"],
        ["Jul 23", "13.5%", "100 × 83 ÷ 617", "Data!N4, Data!N2"],
        ["England, March 2022", "12.0%", "as entered", "Benchmarks!C2"],
    ]
    assert other.find("summary").text == "Where the figures in the rest of Care come from"
    assert texts_of(other) == [
        ["Figure", "Period or benchmark", "Printed", "Computed as", "Cells of the workbook"],
        ["Title of ages, Under 5", "Jul 23", "7", "100 × 83 ÷ 617", "Data!N4, Data!N2"],
        ["Title of ages, numerator", "Jul 23", "9", "–", "–"],
    ]


def texts_of(element: lxml_html.HtmlElement) -> list[list[str]]:
    """The texts of a table's cells."""
    return [[" ".join(words_of(cell)) for cell in row] for row in element.iterfind(".//tr")]


def test_the_figures_of_a_section_without_tables_have_their_sources_at_its_end() -> None:
    section = body_of(Paragraph(text("13.5% in July.")), figures=[audited("rate", "13.5%")])
    assert section.findtext("details/summary") == "Where the figures in Care come from"


def test_sections_of_one_title_and_their_sources_have_names_of_their_own() -> None:
    sections = [
        Section(id, "Care", "Care", (Heading(1, text("Care")), Paragraph(text("13.5%")))) for id in ("one", "other")
    ]
    figures = [audited("rate", "13.5%", section=section.id) for section in sections]
    document = rendered(of_report(Report(COVER, "en-GB", tuple(sections)), figures))
    assert_whole(document)
    names = [each.get("aria-label") or each.findtext("h2") for each in parsed(document).iter("section")]
    assert names == ["Care", "Care (2)"]
    for name in ("summary", "caption"):
        found = [" ".join(words_of(each)) for each in parsed(document).iter(name)]
        assert len(found) == len(set(found)) == 2 and "Care (2)" in found[1]


def test_facts_on_the_cover_are_marked() -> None:
    fact = Paragraph((Span("Board date", bold=True), Span(" 12 September")))
    whole = Paragraph((Span("EXAMPLE", bold=True),))
    publication = replace(small(Heading(1, text("Care")), fact), front=(Heading(0, text("A")), fact, whole))
    looks = [(each.getparent().tag, each.get("class")) for each in parsed(rendered(publication)).iter("p")]
    assert [look for _, look in looks].count("fact") == 1
    assert all(tag == "div" for tag, look in looks if look == "fact")


def test_numbers_are_aligned_by_their_table_where_all_are() -> None:
    def numbers(*words: str) -> tuple[TableCell, ...]:
        return (cell(words[0]), *(cell(each, align=Align.RIGHT) for each in words[1:]))

    one, other = body_of(table("T", numbers("A", "B", "C"), numbers("a", "1", "2")), STATUSES).iter("table")
    assert (one.get("class"), other.get("class")) == ("plain numbers", "indicators")
    assert not one.xpath(".//td[@class]") and other.xpath(".//td[@class='right']")


def test_what_is_typed_is_only_text() -> None:
    hostile = '</style><script>alert("x")</script>]]>&amp;<img src=x onerror=alert(1)>\u202e\u2066\x00\x0b\ud800 ’"\''
    kept = hostile.translate(dict.fromkeys((0, 11, 0xD800)))
    cover = Cover(kept, kept, kept)
    entry = ListEntry(text(hostile), (List(True, (ListEntry(text(hostile)),)),))
    blocks = (
        Heading(1, text(hostile)),
        Paragraph((Span(hostile, bold=True, link=f"https://example.org/{kept}"),)),
        Note(text(hostile)),
        List(False, (entry,)),
        table(hostile, (cell(hostile), cell(hostile)), (cell(hostile), cell(hostile))),
        Picture(text(hostile), Image(png(), "png", 381_000, 285_750)),
    )
    figures = (audited(hostile, hostile, title=hostile, formula=hostile, cells=(hostile,)), audited("a", "b"))
    document = rendered(small(*blocks, figures=figures, cover=cover, marks=(hostile,)))

    assert_whole(document)
    root = parsed(document)
    assert {each.tag for each in root.iter() if isinstance(each.tag, str)} <= {
        *("html", "head", "meta", "title", "link", "style", "body", "a", "header", "main", "footer", "div", "nav"),
        *("section", "h1", "h2", "p", "ul", "ol", "li", "strong", "img", "details", "summary"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "span"),
    }
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert root.find(".//section/h2").text == kept
    assert root.find(".//section//img").get("alt") == kept
    assert root.findtext("head/title") == f"{kept}, {kept} – {kept}"


def test_nothing_is_loaded_from_elsewhere(document: str) -> None:
    root = parsed(document)
    loading = root.xpath("//@src | //link/@href | //@srcset | //@poster | //@action | //@data | //@style")
    assert loading == ["data:,"]
    assert not root.xpath("//script | //iframe | //object | //embed | //base | //form | //*[@http-equiv='refresh']")
    assert "url(" not in root.findtext(".//style") and "@import" not in root.findtext(".//style")
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';") and "script" not in policy


def test_the_same_report_gives_the_same_bytes_and_states_where_it_is_from(example: Publication, document: str) -> None:
    assert rendered(example) == document
    sealed = sealed_file(document.encode())
    assert is_sealed(sealed)
    assert (stated(sealed, AUDIT), stated(sealed, ORIGIN)) == ("a1" * 32, example.origin)
    assert len(stated(sealed, DIGEST)) == 64


def test_marks_stand_in_the_margin_of_every_printed_page() -> None:
    style = parsed(rendered(small(marks=("DRAFT", 'NOT "FOR" </style>')))).findtext(".//style")
    assert style.split("\n")[1] == ('@page{@top-right{content:"DRAFT – NOT \\22 FOR\\22  \\3c \\2f style\\3e "}}')


def test_a_paragraph_that_stands_with_the_next_is_marked_so() -> None:
    section = body_of(Paragraph(text("Reviews: 97%"), keeps_next=True), Paragraph(text("All were held.")))
    assert [each.get("class") for each in section.findall("p")[:2]] == ["keep", None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_has_its_caption_its_remarks_and_its_numbers_in_a_table(kind: str) -> None:
    chart = replace(KINDS[kind], remarks="Not shown: May 23 (no data).", anchor="figure_1")
    document = rendered(small(Heading(1, text("Care")), chart, Paragraph((Span("Figure 1", link="#figure_1"),))))
    assert_whole(document)
    (section,) = parsed(document).iter("section")
    (figure,) = section.iter("figure")

    assert words_of(figure.find("figcaption")) == ["Figure", "1:", "Rates"]
    (drawing,), (narrow,) = figure.iterfind("svg"), figure.iterfind("div[@hidden]/svg")
    assert [drawing.find(name).text for name in ("title", "desc")] == ["Rates", "They rose."]
    for each in (drawing, narrow):
        named = [each.get(name) for name in ("role", "aria-labelledby", "aria-describedby")]
        assert named == ["img", *(drawing.find(name).get("id") for name in ("title", "desc"))]
    assert float(narrow.get("viewbox").split()[2]) * 2 < float(drawing.get("viewbox").split()[2])
    assert words_of(figure.find("p")) == ["Not", "shown:", "May", "23", "(no", "data)."]
    assert figure.find("details/summary").text == "Data of Figure 1"
    assert figure.findtext(".//details//caption") == f"Numbers in Figure 1 ({chart.unit})"
    rows = figure.findall(".//details//tbody/tr")
    assert [" ".join(words_of(row[0])) for row in rows] == [*chart.categories]
    assert section.find("p/a").get("href") == "#figure-1"


def test_charts_have_colours_for_light_and_dark_pages() -> None:
    with_chart, without = (parsed(rendered(small(block))).findtext(".//style") for block in (LINES, STATUSES))
    used = set(re.findall(r"var\(--(chart-[a-z-]+)\)", rendered(small(*KINDS.values()))))
    light, dark = re.findall(r":root\{(--chart[^}]+)\}", with_chart)
    assert used <= set(re.findall(r"--([a-z-]+):#[0-9A-F]{6};", light))
    assert set(re.findall(r"--([a-z-]+):", light)) == set(re.findall(r"--([a-z-]+):", dark))
    assert "--chart" not in without


@given(charts())
def test_whatever_a_chart_is_called_the_document_is_whole(made: Chart) -> None:
    assert_whole(rendered(small(made, LINES, made)))


def test_a_report_with_25_charts_is_small(example: Publication) -> None:
    first, *others = example.report.sections
    more = tuple(map(a_chart, range(25)))
    report = replace(example.report, sections=(replace(first, blocks=(*first.blocks, *more)), *others))
    document = rendered(replace(example, report=report))
    assert_whole(document)
    assert len(document.encode()) < 300_000
