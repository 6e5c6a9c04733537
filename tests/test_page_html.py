"""page.html and page.css of a report folder: what they may have, and every mistake at its line."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cpreport.compose.page import fill_page
from cpreport.editions.html.document import render_html
from cpreport.editions.html.page import checked_page
from cpreport.model.document import ContentsPlace, Cover, Heading, Paragraph, Publication, Report, Section, Span
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .test_html import PAGE, STYLE, assert_whole, parsed
from .workbooks import example_month, write_example

REPORT = Report(
    Cover('Report <b>"A"</b>', "Example & Council", "July 2023", board_date="12 September 2023"),
    "cy-GB",
    (Section("care", "Care", "Care", (Heading(1, (Span("Care"),)), Paragraph((Span("Words."),)))),),
    marks=("EXAMPLE",),
    about={"Board date": "12 September 2023", "Note": "<i>&"},
)
PUBLICATION = Publication(REPORT, (Heading(0, (Span(REPORT.cover.title),)), ContentsPlace(), Paragraph((Span("Key"),))))
FILL = partial(fill_page, report=REPORT)


def own(body: str, head: str = "") -> str:
    """A page with more in its body, from line 3 on, and in its head."""
    places = "{{ cover }}{{ contents }}{{ key }}{{ sections }}{{ after }}"
    return (
        f"<html><head>{{{{ head }}}}{head}</head>\n<body>{{{{ marks }}}}\n{body}\n<main>{places}</main></body></html>"
    )


def rendered(page: str, style: str = STYLE) -> str:
    return render_html(PUBLICATION, page, style, FILL)


def found(page: str, style: str = STYLE) -> list[Finding]:
    return checked_page(page, style, FILL)[1]


def test_the_packaged_page_has_no_mistake() -> None:
    assert found(PAGE) == []
    assert_whole(rendered(PAGE))


def test_what_is_typed_is_markup_and_what_tags_print_is_text() -> None:
    document = rendered(
        own(
            '<section aria-label="{{ report.authority }}">\n'
            "{% if report.board_date %}\n"
            '<p title="{{ about["Note"] }} & more">{{ report.title }} &amp; <em>so on</em></p>\n'
            "{% endif %}\n{% if report.contact %}<p>Contact</p>{% endif %}</section>"
        )
    )
    assert_whole(document)
    (section, _) = parsed(document).iter("section")
    assert section.get("aria-label") == "Example & Council"
    assert [(each.tag, each.get("title"), "".join(each.itertext())) for each in section] == [
        ("p", "<i>& & more", 'Report <b>"A"</b> & so on')
    ]


def test_each_place_has_its_part_in_the_language_of_the_report() -> None:
    root = parsed(rendered(own("<header><p>Ours</p></header>")))
    assert root.get("lang") == "cy-GB"
    assert [each.tag for each in root.find("body/main")] == ["h1", "nav", "p", "section"]
    assert root.find("body/p").text == "EXAMPLE"
    assert root.findtext("head/title") == 'Report <b>"A"</b>, July 2023 – Example & Council'


@pytest.mark.parametrize(
    "more", ["&lt;script&gt;", "<br/>", "<!-- <script> -->", "<br>", "{# a remark #}", "{% raw %}{{ no }}{% endraw %}"]
)
def test_what_looks_dangerous_and_is_only_text_stays(more: str) -> None:
    assert found(own(f"<p>{more}</p>")) == []
    assert "<script" not in rendered(own(f"<p>{more}</p>"))


PICTURE = '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Example Council" width="90" height="30">'


@pytest.mark.parametrize(
    "more",
    [
        PICTURE,
        '<a href="https://example.org/board?a=1&amp;b=2">The board</a>',
        '<a href="mailto:board@example.org">Write to us</a>',
        '<a href="#main">Up</a>',
        '<div class="band" id="ours" lang="cy" dir="ltr" role="note" aria-hidden="true"><hr></div>',
    ],
)
def test_what_a_page_needs_may_stand_in_it(more: str) -> None:
    assert found(own(more)) == []
    assert found(own("", head='<meta name="description" content="{{ report.title }}">')) == []


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("<script>alert(1)</script>", "the element <script>"),
        ("<SCRIPT src=x></SCRIPT>", "the element <script>"),
        ("<style>p{}</style>", "the element <style>"),
        ('<iframe srcdoc="x"></iframe>', "the element <iframe>"),
        ('<svg onload="x"></svg>', "the element <svg>"),
        ("<math></math>", "the element <math>"),
        ('<form action="x"></form>', "the element <form>"),
        ("<object></object>", "the element <object>"),
        ("<template></template>", "the element <template>"),
        ("<h1>Ours</h1>", "the element <h1>"),
        ("<table></table>", "the element <table>"),
        ('<p onclick="x">a</p>', "the attribute onclick of <p>"),
        ('<p style="background:url(x)">a</p>', "the attribute style of <p>"),
        ('<p tabindex="5">a</p>', "the attribute tabindex of <p>"),
        ('<p href="https://example.org">a</p>', "the attribute href of <p>"),
        ('<a href="javascript:alert(1)">a</a>', "href='javascript:alert(1)' which is no web or mail address"),
        ('<a href="&#106;avascript:alert(1)">a</a>', "href='javascript:alert(1)' which is no web or mail address"),
        ('<a href="java\nscript:x">a</a>', "href='java\\nscript:x' which is no web or mail address"),
        ('<a href="data:text/html,x">a</a>', "href='data:text/html,x' which is no web or mail address"),
        ('<a href="{{ report.title }}">a</a>', "href='Report <b>\"A\"</b>' with a tag in it"),
        ('<a href="https://a.org" target="_blank">a</a>', "the attribute target of <a>"),
        ('<img alt="x" src="https://example.org/a.png">', "src='https://example.org/a.png' which is no picture"),
        ('<img alt="x" src="data:text/html;base64,AAAA">', "src='data:text/html;base64,AAAA' which is no picture"),
        ('<img alt="x" srcset="a.png">', "the attribute srcset of <img>"),
        ('<img src="data:image/png;base64,AAAA">', "an <img> without a text in alt"),
        ('<p id="section-care">a</p>', "id='section-care' as an id: choose another"),
        ('<p id="a b">a</p>', "id='a b' as an id: choose another"),
        ('<p id="a">a</p><p id="a">b</p>', "id='a' a second time"),
        ("<?php echo 1 ?>", "<?php echo 1 ?>"),
        ("<![CDATA[x]]>", "<![CDATA[x"),
        ("<![unknown[x]]>", "<![…"),
    ],
)  # fmt: skip
def test_what_runs_or_loads_something_is_refused_at_its_line(more: str, what: str) -> None:
    (finding,) = found(own(f"{{% if report.contact %}}\n\n{{% endif %}}\n{more}"))
    assert (finding.code, finding.place.file, finding.place.line) == ("definition.page-not-allowed", "page.html", 6)
    assert finding.message.startswith(f"page.html: {what}")
    with pytest.raises(InputError, match="is not allowed"):
        rendered(own(more))


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        '<base href="https://example.org">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "<title>Ours</title>",
        '<meta name="cpreport-digest" content="0">',
        "some words",
    ],
)
def test_what_a_head_may_not_have_is_refused(head: str) -> None:
    findings = found(own("", head))
    assert findings and {finding.code for finding in findings} == {"definition.page-not-allowed"}
    assert {finding.place.line for finding in findings} == {1}


@pytest.mark.parametrize(
    ("page", "has"),
    [
        (own("").replace("{{ sections }}", ""), "no {{ sections }}; it needs one"),
        (own("{{ sections }}"), "2 {{ sections }}; it needs one"),
        (own("").replace("{{ marks }}", "{% if period == 1 %}{{ marks }}{% endif %}"), "no {{ marks }}; it needs one"),
        (own("").replace("{{ head }}", "{% for a in [1, 2] %}{{ head }}{% endfor %}"), "2 {{ head }}; it needs one"),
        (own("").replace("main>", "div>"), "no <main>; it needs one"),
        (own('<p title="{{ key }}">a</p>').replace("{{ key }}{{", "{{", 1), "no {{ key }}; it needs one"),
        (own("<p>{{ after }}</p>").replace("{{ after }}</main", "</main"), "{{ after }} in <p>; it needs it in <main>"),
    ],
)  # fmt: skip
def test_each_place_is_there_once(page: str, has: str) -> None:
    messages = [finding.message for finding in found(page) if finding.code == "definition.page-place"]
    assert any(message.startswith(f"page.html has {has}") for message in messages), messages


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("</p>", "</p> is where <body> of line 2 is open"),
        ("<div><p>a</div></p>", "</div> is where <p> of line 3 is open"),
    ],
)
def test_an_element_that_is_not_closed_is_told_with_its_line(more: str, message: str) -> None:
    first, *_ = found(own(more))
    assert (first.code, first.place.line) == ("definition.page-unclosed", 3)
    assert first.message == f"page.html: {message}"


def test_a_mistake_in_a_tag_is_told_alone() -> None:
    (finding,) = found(own("<p>{{ report.titel }}</p>"))
    assert (finding.code, finding.place.file, finding.place.line) == ("template.undefined-name", "page.html", 3)


@pytest.mark.parametrize("tag", ['{{ indicator("rate").now }}', "{{ glossary_table() }}", "{{ section.title }}"])
def test_a_page_prints_no_figures(tag: str) -> None:
    (finding, *_) = found(own(f"<p>{tag}</p>"))
    assert finding.is_error and finding.place.line == 3


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ('@import "other.css";', "@import"),
        ("@IMPORT url(other.css);", "@import"),
        ("@namespace svg url(http://www.w3.org/2000/svg);", "@namespace"),
        ("p { background: url(https://example.org/a.png) }", "url(…)"),
        ("p { background: URL( //example.org/a.png ) }", "url(…)"),
        ("p { background: url('data:text/html;base64,AAAA') }", "url(…)"),
        ('p { background: image-set("a.png" 1x) }', "image-set(…)"),
        ('p { background: src("a.png") }', "src(…)"),
        ("p { width: expression(alert(1)) }", "expression(…)"),
        (r"p { background: u\72l(a.png) }", "\\"),
        ("</style><script>alert(1)</script>", "</"),
        ("/* </style><meta http-equiv=refresh content='0;https://example.org'> */", "</"),
        ('td::before { content: "9" }', "a number in content"),
        (r"""td::before { content: "a;}\"9" }""", "a number in content"),
        (r"td::before { color: red; content/* of */: '\39 '; }", "a number in content"),
        ('p::before { content: "</style>" }', "a text without its end"),
        ("p { color: red } /* never ends", "a remark without its end"),
        ('p::before { content: "never ends }', "a text without its end"),
    ],
)  # fmt: skip
def test_what_a_style_would_load_or_print_is_refused_at_its_line(style: str, what: str) -> None:
    first, *_ = found(PAGE, f"body {{\n  margin: 0;\n}}\n{style}\n")
    assert (first.code, first.place.file, first.place.line) == ("definition.page-not-allowed", "page.css", 4)
    assert first.message == f"page.css: {what} is not allowed"


@pytest.mark.parametrize(
    "style", [r'li::marker { content: "\2022  " }', '@page { @top-left { content: "Page " counter(page) } }']
)
def test_a_style_may_print_signs_and_words(style: str) -> None:
    assert found(PAGE, style) == []


@pytest.mark.parametrize(
    "style",
    [
        "@media (width <= 40rem) and (prefers-contrast: more) { p > b:not(.a, :nth-child(2n)) { color: rgb(0 0 0) } }",
        '@font-face { font-family: Ours; src: url("data:font/woff2;base64,AAAA") format("woff2"), local("Arial") }',
        '@page { size: A4; @top-left { content: "Page " counter(page) } }',
        ':root { --a: calc(1rem + 2vw); } p::before { content: "it\'s \\2014 <b>"; /* url(x) @import */ }',
        "p { background: url(data:image/svg+xml;base64,AAAA) no-repeat, linear-gradient(#fff, #000) }",
    ],
)
def test_what_a_style_needs_may_stand_in_it(style: str) -> None:
    assert found(PAGE, style) == []


def test_a_long_style_is_read_in_one_go() -> None:
    assert len(found(PAGE, "/*" * 100_000)) == 1
    assert len(found(PAGE, '"' * 100_001)) == 1
    assert len(found(PAGE, "url(" * 50_000)) == 20


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"page.html": own("<script></script>")}, "page.html line 3"),
        ({"page.css": "p {}\n@import x;\n"}, "page.css line 2"),
    ],
)
def test_validate_and_build_report_them(tmp_path: Path, change: dict[str, str], place: str) -> None:
    (finding,) = example_month(tmp_path, change)
    assert f"{finding.place.file} {finding.place}" == place
    with pytest.raises(InputError):
        build_report(load_workbook(tmp_path / "july-2023.xlsx"))


def test_an_own_page_that_is_right_is_no_finding(tmp_path: Path) -> None:
    page, style = own(f"<p>{PICTURE} Our board</p>"), STYLE + "\nbody { color: #222222 }\n"
    month = load_workbook(write_example(tmp_path, {"page.html": page, "page.css": style}))
    assert month.findings == ()
    assert month.folder.own_pages == ("page.html", "page.css")


PIECES = st.sampled_from(
    (
        *(
            "<",
            ">",
            "</",
            "/>",
            "<!--",
            "-->",
            "--!>",
            "<!",
            "<![",
            "]]>",
            "<?",
            '"',
            "'",
            "`",
            "=",
            "&",
            "&lt;",
            "&#x3c;",
        ),
        *(
            "script",
            "style",
            "svg",
            "a",
            "p",
            "div",
            "img",
            "title",
            "textarea",
            "template",
            "noscript",
            "table",
            "math",
        ),
        *(
            " onclick=",
            " href=",
            " src=",
            " style=",
            " id=",
            " title=",
            "javascript:",
            "data:text/html,",
            "x",
            " ",
            "\n",
        ),
        *(
            "{{ report.title }}",
            "{{ cover }}",
            "{# ",
            " #}",
            "{% if report.title %}",
            "{% endif %}",
            "<main>",
            "</main>",
        ),
    )
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_typed_in_a_page_it_runs_and_loads_nothing(typed: str) -> None:
    page = own(f"<div>{typed}</div>")
    if found(page):
        with pytest.raises(InputError):
            rendered(page)
        return
    document = rendered(page)
    assert_whole(document)
    root = parsed(document)
    assert {each.tag for each in root.iter(etree.Element)} <= {
        *("html", "head", "meta", "title", "link", "style", "body", "main", "nav", "section", "div", "p", "a"),
        *("h1", "h2", "ul", "li"),
    }
    assert {name for each in root.find("body").iter() for name in each.attrib} <= {
        *("class", "id", "title", "href", "aria-labelledby"),
    }
    assert all(re.match("#|https?:|mailto:", link) for link in root.xpath("//body//@href"))
