"""Examples of the rules that only PDF or only web pages have."""

from __future__ import annotations

from ..example_month import Document
from ..pdf_file import CLAIM, FONT, LINE, on_opening, pdf, second_page
from ..web_page import CELL, END, LINK, html
from .example import Example

_PDF, _HTML = "report.pdf", "report.html"
_OWN = '<meta name="cpreport-digest" content="0">'
_NO_CLAIM = (CLAIM, "")
_EMBEDDED = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Arial /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 32 /Widths [9]"
)
_NUMBERED = FONT.replace("/ToUnicode 15 0 R", "").replace("/g ", "/g1 ")
_SCAN = "/Artifact BMC q 500 0 0 800 0 0 cm /Im1 Do Q EMC"


def _pdf(bad: str, fires: tuple[str, str], good: str, silent: tuple[str, str]) -> Example:
    """An example of a PDF with one text in place of another, and with a third in place of a fourth."""
    return _example(_PDF, bad, pdf(_NO_CLAIM, fires), good, pdf(_NO_CLAIM, silent))


def _html(line: int, bad: str, fires: tuple[str, str], good: str, silent: tuple[str, str]) -> Example:
    """An example of a web page in the same way, found at this line."""
    return _example(_HTML, bad, html(fires), good, html(silent), line)


def _example(file: str, bad: str, fires: bytes, good: str, silent: bytes, line: int = 0) -> Example:
    return Example(
        {file: Document(bad, fires)}, f"{file} line {line}" if line else file, {file: Document(good, silent)}
    )


def _long(pages: int, *changes: tuple[str, str]) -> bytes:
    """The PDF with so many pages."""
    further = [f"{100 + number} 0 R" for number in range(pages - 2)]
    kids = ("/Kids [5 0 R 6 0 R] /Count 2", f"/Kids [5 0 R 6 0 R {' '.join(further)}] /Count {pages}")
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(_NO_CLAIM, kids, *changes, more={int(each.split()[0]): page for each in further})


EXAMPLES = {
    "document.header-without-scope": _pdf(
        "with a header cell that does not say whether it is of a row or a column",
        ("/A << /O /Table /Scope /Row >>", "/A << /O /Table >>"),
        "with header cells that say so",
        ("/Scope /Row", "/Scope /Both"),
    ),
    "document.link-without-words": _html(
        22,
        "with a link without words",
        (LINK, '<a href="https://www.kirklees.gov.uk/foster"></a>'),
        "with a link of a picture that has words",
        (LINK, '<a href="https://www.kirklees.gov.uk/foster"><img src="data:," alt="How to foster"></a>'),
    ),
    "html.autoplay": _html(
        34,
        "with a film that plays by itself",
        (END, f'<video autoplay src="data:,"></video>{END}'),
        "with a film that somebody starts",
        (END, f'<video controls src="data:,"></video>{END}'),
    ),
    "document.bad-language": _html(
        22,
        "with words in the language 'welsh'",
        ("<p>Most", '<p lang="welsh">Most'),
        "with words in Welsh",
        ("<p>Most", '<p lang="cy">Most'),
    ),
    "html.broken-link": _html(
        19,
        "with a link to a place that is not there",
        ('href="#homes"', 'href="#home"'),
        "with a link to the top",
        ('href="#homes"', 'href="#top"'),
    ),
    "html.duplicate-id": _html(
        27,
        "with two elements that have the same id",
        (CELL, '<td id="homes">402</td>'),
        "in which every id is there once",
        (CELL, '<td id="home">402</td>'),
    ),
    "html.no-caption": _html(
        25,
        "with a table that has neither a caption nor a heading above it",
        ('<table class="figures">\n<caption>Children by placement</caption>', "<p>In July:</p>\n<table>"),
        "with a table that has a label",
        ('<table class="figures">\n<caption>Children by placement</caption>', '<table aria-label="Children">'),
    ),
    "html.no-main": _html(
        2,
        "without a main element",
        ('<main id="main">', '<div id="main">'),
        "with the role main",
        ('<main id="main">', '<div id="main" role="main">'),
    ),
    "html.no-skip-link": _html(
        18,
        "that begins with its navigation",
        ('<a href="#main">Skip to main content</a>\n<nav>', '<nav><a href="https://www.kirklees.gov.uk/">Kirklees</a>'),
        "that begins with a link to its content",
        ("Skip to main content", "To the content"),
    ),
    "html.no-zoom": _html(
        5,
        "that forbids enlarging",
        ("initial-scale=1", "initial-scale=1, user-scalable=no"),
        "that can be enlarged five times",
        ("initial-scale=1", "initial-scale=1, maximum-scale=5"),
    ),
    "html.not-one-h1": _html(
        23,
        "with two headings of level 1",
        ('<h2 id="homes">Children’s homes</h2>', '<h1 id="homes">Children’s homes</h1>'),
        "with two headings of level 2",
        ("<p>Most", "<h2>Carers</h2><p>Most"),
    ),
    "html.not-self-contained": _example(
        _HTML,
        "that cpreport made, and that loads a font",
        html(("<title>", '<meta name="cpreport-digest" content="0"><link rel="preload" href="arial.woff"><title>')),
        "that cpreport made, and that has a link",
        html(("<title>", '<meta name="cpreport-digest" content="0"><title>')),
        line=6,
    ),
    "html.hidden-report": _example(
        _HTML,
        "that cpreport made, and that does not show its paragraphs",
        html(("<title>", f"{_OWN}<style>main p {{ display: none }}</style><title>")),
        "that cpreport made, and that does not print its paragraphs",
        html(("<title>", f"{_OWN}<style>@media print {{ main p {{ display: none }} }}</style><title>")),
        line=22,
    ),
    "html.refresh": _html(
        6,
        "that reloads every minute",
        ("<title>", '<meta http-equiv="refresh" content="60"><title>'),
        "that says when it was made",
        ("<title>", '<meta http-equiv="last-modified" content="60"><title>'),
    ),
    "html.requests": _html(
        7,
        "with a background from elsewhere",
        ("a { color", "h2 { background: url(https://example.com/h.png); } a { color"),
        "with a background of its own",
        ("a { color", "h2 { background: url(data:image/png;base64,AAAA); } a { color"),
    ),
    "html.scripts": _html(
        22,
        "with a script",
        ("<p>Most", '<p onclick="alert(1)">Most'),
        "with data that is not run",
        ("<p>Most", '<script type="application/json">{}</script><p>Most'),
    ),
    "html.tabindex": _html(
        19,
        "with a link that the Tab key reaches first",
        ('<a href="#homes"', '<a tabindex="3" href="#homes"'),
        "with a link in its order",
        ('<a href="#homes"', '<a tabindex="0" href="#homes"'),
    ),
    "pdf.action": _pdf(
        "that runs a script when it is opened",
        on_opening("/S /JavaScript /JS (app.alert(1))"),
        "that opens at its first page",
        on_opening("/S /GoTo /D [5 0 R /Fit]"),
    ),
    "pdf.drawing-without-tag": _pdf(
        "with a line that is neither tagged nor an artifact",
        (f"/Artifact BMC {LINE} EMC", LINE),
        "with a line that is an artifact",
        (f"/Artifact BMC {LINE} EMC", f"/Artifact << /Type /Layout >> BDC {LINE} EMC"),
    ),
    "pdf.false-claim": _example(
        _PDF,
        "that claims to keep PDF/UA, with a link without a description",
        pdf(("/Contents (How to foster)", "")),
        "that claims to keep PDF/UA and keeps it",
        pdf(),
    ),
    "pdf.font-not-embedded": _pdf(
        "with a font that is not embedded",
        (FONT, f"{_EMBEDDED} /ToUnicode 15 0 R >>"),
        "with the same font embedded",
        (FONT, f"{_EMBEDDED} /FontDescriptor << /Type /FontDescriptor /FontFile3 16 0 R >> >>"),
    ),
    "pdf.font-without-characters": _pdf(
        "with a font whose shapes have numbers only",
        (FONT, _NUMBERED),
        "with a font whose shapes have the names of characters",
        (FONT, _NUMBERED.replace("/g1 ", "/a ")),
    ),
    "pdf.link-without-description": _pdf(
        "with a link without a description",
        ("/Contents (How to foster)", ""),
        "with a link that has one",
        ("/Contents (How to foster)", "/Contents (To Kirklees Council)"),
    ),
    "pdf.link-without-tag": _pdf(
        "with a link outside the tags",
        ("/StructParent 2", ""),
        "with such a link that is hidden",
        ("/StructParent 2 /F 4", "/F 2"),
    ),
    "pdf.no-bookmarks": _example(
        _PDF,
        "of 21 pages without bookmarks",
        _long(21, ("/Outlines 4 0 R", "")),
        "of 21 pages with bookmarks",
        _long(21),
    ),
    "pdf.scanned": _example(
        _PDF,
        "with a page that is only a picture",
        pdf(_NO_CLAIM, *second_page(_SCAN)),
        "with such a page whose text was recognised",
        pdf(_NO_CLAIM, *second_page(f"{_SCAN} /P << /MCID 0 >> BDC BT 3 Tr /F1 9 Tf (Homes) Tj ET EMC")),
    ),
    "pdf.short-without-bookmarks": _pdf(
        "of 2 pages without bookmarks",
        ("/Outlines 4 0 R", ""),
        "of 2 pages with bookmarks",
        ("/Count 1 >>", ">>"),
    ),
    "pdf.tab-order": _pdf(
        "in which the Tab key follows the rows of the page",
        ("/Tabs /S", "/Tabs /R"),
        "in which it does so only on a page without links",
        ("/Tabs /S /Contents 13", "/Contents 13"),
    ),
    "pdf.text-without-tag": _pdf(
        "with text outside the tags",
        ("/P << /MCID 1 >> BDC BT /F1 12", "/Span << /Lang (en) >> BDC BT /F1 12"),
        "with text that is an artifact",
        ("/P << /MCID 1 >> BDC BT /F1 12", "/Artifact BMC BT /F1 12"),
    ),
    "pdf.title-not-shown": _pdf(
        "that shows its file name in place of its title",
        ("/DisplayDocTitle true", "/DisplayDocTitle false"),
        "that shows its title",
        ("/DisplayDocTitle true", "/DisplayDocTitle true /Direction /L2R"),
    ),
    "pdf.too-long": _example(
        _PDF,
        "of 2,001 pages",
        _long(2001),
        "of 2,000 pages",
        _long(2000),
    ),
    "pdf.untagged": _pdf(
        "without tags",
        ("/Marked true", "/Marked false"),
        "with tags",
        ("/Marked true", "/Marked true /Suspects false"),
    ),
}
