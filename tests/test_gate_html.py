"""The gate on web pages: each fault is found alone, at its line; a sound page has none."""

from __future__ import annotations

import pytest

from cpreport.gate.document import check_document
from cpreport.model.finding import Finding

from .example_month import Document
from .rules.web import EXAMPLES
from .test_html import document, example  # noqa: F401 - the report as a page
from .web_page import CELL, END, LINK, PICTURE, html

OF_HTML = [code for code, each in EXAMPLES.items() if "report.html" in each.fires]

ALL_CELLS = (("<th scope=", "<td scope="), ("</th>", "</td>"))
IN_CELL = "<td><table><caption>Sex</caption><tr><th scope=col>F<th scope=col>M<tr><td>200<td>202</table></td>"
DARK_LINK = ("--link: #9cc7ee", "--link: #12436d")
FORM = '<label for="ward">Ward</label>'


def found(content: bytes) -> list[Finding]:
    return check_document(content, "report.html")


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in found(content)]


def at_end(markup: str, styles: str = "") -> bytes:
    return html((END, f"{markup}{END}"), ("a { color", f"{styles} a {{ color"))


def test_the_page_that_is_changed_has_no_finding() -> None:
    assert found(html()) == []


def test_the_report_as_a_page_has_no_finding(document: str) -> None:  # noqa: F811
    assert found(document.encode()) == []


@pytest.mark.parametrize("code", OF_HTML)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    for change, expected in ((EXAMPLES[code].fires, [code]), (EXAMPLES[code].silent, [])):
        for each in change.values():
            assert isinstance(each, Document)
            assert codes(each.content) == expected


@pytest.mark.parametrize(
    ("code", "line", "changes"),
    [
        ("document.no-title", 2, [("Placements in 2023</title>", "</title>")]),
        ("document.no-language", 2, [(' lang="en-GB"', "")]),
        ("document.no-alternative-text", 30, [(PICTURE, "")]),
        ("document.no-alternative-text", 31, [(' aria-labelledby="rise"', ""), ("Children in care rose", "")]),
        ("document.poor-alternative-text", 30, [(PICTURE, 'alt="map.png"')]),
        ("document.no-header-row", 24, ALL_CELLS),
        ("document.header-without-scope", 26, [(' scope="col"', "")]),
        ("document.merged-cells", 27, [(CELL, '<td rowspan="2">402</td>')]),
        ("document.empty-cells", 27, [(CELL, "<td>&nbsp;</td>")]),
        ("document.nested-table", 27, [(CELL, IN_CELL)]),
        ("document.layout-table", 34, [(END, f"<table><tr><td>Words</td></tr></table>{END}")]),
        ("document.link-text", 22, [(">how to foster<", ">Click here<")]),
        ("document.link-text", 22, [(LINK, LINK.replace("href", 'aria-label="more" href'))]),
        ("document.bare-address", 22, [(">how to foster<", ">www.kirklees.gov.uk<")]),
        ("document.control-without-title", 33, [(FORM, "Ward")]),
        ("document.control-without-title", 33, [(FORM, f"{FORM}<button></button>")]),
        ("document.heading-skipped", 23, [("h2", "h4")]),
        ("document.no-headings", 2, [("h1>", "p>"), ("h2", "p"), (END, f"<p>{'word ' * 300}</p>{END}")]),
        ("document.small-text", 26, [("0.875rem", "9px")]),
        ("document.low-contrast", 21, [("--text: #1a1a1a", "--text: #999")]),
        ("document.low-contrast", 18, [DARK_LINK]),
        ("html.scripts", 22, [("https://www.kirklees.gov.uk/foster", "javascript:open()")]),
        ("html.not-one-h1", 21, [("h1", "h2")]),
    ],
)
def test_a_fault_is_found_alone_at_its_line(code: str, line: int, changes: list[tuple[str, str]]) -> None:
    assert [(each.code, each.place.line) for each in found(html(*changes))] == [(code, line)]


@pytest.mark.parametrize(
    ("markup", "styles", "said"),
    [
        ('<p style="color: #aaa">Pale</p>', "", "'Pale', 2.32 to 1 in light mode on line 34"),
        ('<p class="x">Pale</p>', ".x { color: rgb(0 0 0 / 30%) }", "'Pale', 2.12 to 1 in light mode on line 34"),
        ('<p class="x">Pale</p>', ".x { color: hsl(0 0% 60%) !important } p.x { color: #000 }", "'Pale', 2.84 to 1"),
        ('<p class="x">Pale</p>', "main > .x { background: #777 }", "3.88 to 1 in light mode"),
        ('<p class="x">Pale</p>', ".x { color: light-dark(#000, #222); }", "1.12 to 1 in dark mode"),
        ('<p class="x">Pale</p>', "@media screen { .x { color: var(--pale, #999) } }", "2.84 to 1 in light mode"),
        ('<table bgcolor="#222222"><tr><td>Pale<td>Pale<tr><th scope=col>a<td>b</table>', "", "'Pale', 1.09 to 1"),
        ('<p style="font-size: 11px">Small</p>', "", "'Small', 8.25 pt on line 34"),
        ('<p class="x"><b>Small</b></p>', ".x { font: italic 80%/1 serif }", "'Small', 9.6 pt on line 34"),
        ("<p><small>Small</small></p>", "small { font-size: 0.5em }", "'Small', 6 pt on line 34"),
    ],
)
def test_the_look_of_words_is_computed(markup: str, styles: str, said: str) -> None:
    messages = [finding.message for finding in found(at_end(markup, styles)) if finding.code[9:] in LOOKS]
    assert len(messages) == 1 and said in messages[0]


LOOKS = ("low-contrast", "small-text")


@pytest.mark.parametrize(
    ("markup", "styles"),
    [
        ('<p class="x">Plain</p>', ".x:hover, .x::before, .y .x, #main + .x { color: #eee }"),
        ('<p class="x">Plain</p>', ".x:nth-child(3) { background: #222 }"),
        ('<p class="x">Plain</p>', ".x { background: url(data:,) } .x { color: #eee }"),
        (
            '<p class="x">Plain</p>',
            "@media print { .x { color: #eee } } @media (min-width: 9em) { .x { color: #eee } }",
        ),
        ('<p class="x">Plain</p>', "/* .x { color: #eee } */ @font-face { font-family: 'x'; } .x { color: revert }"),
        ('<p class="x">Plain</p>', ".x { font-size: clamp(1px, 2vw, 3px); color: color-mix(in srgb, red, blue) }"),
        ('<p class="x">Plain</p>', ".x { color: var(--a); --a: var(--b); --b: var(--a) }"),
        (
            '<p class="x">Large</p>',
            ".x { font-size: 24px; color: #888 } @media (prefers-color-scheme: dark) {.x {color: #fff}}",
        ),
        ('<footer class="x">Small</footer>', ".x { font-size: 10pt }"),
        ('<p class="x" hidden>Hidden</p>', ".x { font-size: 1pt; color: #eee }"),
        ('<p class="x">Plain</p>', f".x {{ color: hsl({'9' * 400} 1 1); font-size: {'9' * 400}px }}"),
        ('<p class="x">Plain</p>', "} .x { color: #eee } "),
    ],
)
def test_what_is_not_certain_is_not_found(markup: str, styles: str) -> None:
    assert not [code for code in codes(at_end(markup, styles)) if code[9:] in LOOKS]


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html>",
        b"<html",
        b"<html><body>" + b"<div>" * 20_000 + b"words",
        b"<html><style>" + b"a{" * 50_000,
        b"<html><style>" + b"--a: var(--a) var(--a);" * 9_000,
        b"<html><style>:root{--a:" + b"(" * 50_000 + b"}p{color:var(--a)}</style><p>words",
        "<html><title>\ud83d</title><p lang=''>".encode("utf-16", "surrogatepass"),
        b"<html><title>\xff\x00\xfe</title><a href='%zz#'>x</a><table><caption></table>",
        b"<html><body><a href='#a'><a name=a><td colspan=x><h1><h9><svg role=img><title>",
        b"<html><frameset><frame src=x></frameset>",
    ],
)
def test_a_page_that_is_hardly_one_gives_findings(content: bytes) -> None:
    assert found(content)


def test_a_page_too_large_is_not_looked_at() -> None:
    (finding,) = found(b"<html>" + b"<br>" * 300_001)
    assert finding.code == "document.unreadable" and "300,000 elements" in finding.message


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<link rel="start" href="a.html">', []),
        ('<link rel="shortlink me" href="https://www.kirklees.gov.uk/a">', []),
        ('<link rel="alternate stylesheet" href="a.css">', ["html.requests"]),
        ('<img rel="next" src="a.png" alt="A map of the wards">', ["html.requests"]),
        ('<a href="java\tscript:open()">Open the map</a>', ["html.scripts"]),
        ('<a href=" java&#10;script:open()">Open the map</a>', ["html.scripts"]),
    ],
)
def test_what_a_page_loads_and_runs_is_what_a_browser_would(markup: str, expected: list[str]) -> None:
    assert codes(at_end(markup)) == expected


def test_no_fix_of_a_web_page_is_one_in_word() -> None:
    page = html(("<title>Placements in 2023</title>", ""), (PICTURE, ""), (' lang="en-GB"', ""))
    fixes = {finding.code: finding.hint for finding in found(page)}

    assert fixes["document.no-title"] == "Enter the title; it is what tabs and screen readers announce."
    assert fixes["document.no-alternative-text"] == "Say what it shows, or mark it as decorative."
    assert not any("in Word" in fix for fix in fixes.values())
