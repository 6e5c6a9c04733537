"""The gate on PDFs: each fault is found alone, and a sound document has none, as an independent checker says too."""

from __future__ import annotations

import zlib
from io import BytesIO

import page
import pikepdf
import pytest

from cpreport.gate.document import check_document

from .example_month import Document
from .pdf_file import CELL, CLAIM, LINE, PICTURE, SECOND_PAGE, TITLE, pdf
from .rules.web import EXAMPLES
from .test_pdf import example, made  # noqa: F401 - the report as a PDF

OF_PDF = [code for code, each in EXAMPLES.items() if "report.pdf" in each.fires]
NO_CLAIM = (CLAIM, "")
LINK_WORDS = ("/K [2 << /Type /OBJR", "/K [<< /Type /OBJR")
DESCRIPTION = ("/Contents (How to foster)", "")
CHART = (("/S /Figure", "/S /Chart"), ("/Note1 /P", "/Chart /Figure"))
KIDS = "/K [23 0 R 24 0 R"


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in check_document(content, "report.pdf")]


def test_the_document_that_is_changed_has_no_finding() -> None:
    assert codes(pdf()) == []


def test_the_report_as_a_pdf_has_no_finding(example: bytes, made: bytes) -> None:  # noqa: F811
    assert codes(example) == codes(made) == []


@pytest.mark.parametrize("code", OF_PDF)
def test_a_fault_is_found_alone_and_a_near_miss_is_not(code: str) -> None:
    causes = ["pdf.link-without-description"] if code == "pdf.false-claim" else []
    for change, expected in ((EXAMPLES[code].fires, [*causes, code]), (EXAMPLES[code].silent, [])):
        for document in change.values():
            assert isinstance(document, Document)
            assert codes(document.content) == expected


@pytest.mark.parametrize(
    ("code", "said", "changes"),
    [
        ("document.no-title", "no title", [(f"/Title ({TITLE}) >>", ">>"), (f"{TITLE}</rdf", "</rdf")]),
        ("document.no-language", "no language", [("/Lang (en-GB)", "")]),
        ("document.bad-language", "'english'", [("/Lang (en-GB)", "/Lang (english)")]),
        ("document.no-alternative-text", "figure on page 1", [(PICTURE, "")]),
        ("document.no-alternative-text", "figure on page 1", [(PICTURE, ""), *CHART]),
        ("document.poor-alternative-text", "'map.png' on page 1", [(PICTURE, "/Alt (map.png)")]),
        ("document.no-header-row", "table 1 on page 2", [("/S /TH", "/S /TD")]),
        ("document.merged-cells", "table 1 on page 2", [("/Scope /Row", "/Scope /Row /ColSpan 2")]),
        ("document.empty-cells", "table 1 on page 2", [(CELL, CELL.replace("/K 4", ""))]),
        ("document.heading-skipped", "level 3 after 1 on page 2", [("/S /H2", "/S /H3")]),
        ("document.heading-skipped", "level 2 after no heading on page 1", [("/S /H1", "/S /H2")]),
        ("document.no-headings", "2 pages and no heading", [("/S /H1", "/S /P"), ("/S /H2", "/S /P")]),
        ("document.control-without-title", "the field 'ward'", [("/TU (Your ward)", "")]),
    ],
)
def test_a_fault_is_found_alone_with_its_place(code: str, said: str, changes: list[tuple[str, str]]) -> None:
    (finding,) = check_document(pdf(NO_CLAIM, *changes), "report.pdf")
    assert finding.code == code and said in finding.message


def test_a_link_without_words_has_no_description_either() -> None:
    assert codes(pdf(NO_CLAIM, LINK_WORDS, DESCRIPTION)) == [
        "document.link-without-words",
        "pdf.link-without-description",
    ]
    assert codes(pdf(NO_CLAIM, LINK_WORDS)) == []


@pytest.mark.parametrize(
    "content",
    [
        f"/Artifact BMC BT /F1 9 Tf (a \\) EMC Tj) Tj ET {LINE} EMC",
        f"/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS /G ID \x07 EMC S EI {LINE} EMC",
        f"/Artifact BMC % EMC f\n{LINE} EMC",
        "q 0 0 9 9 re W* n /GS1 gs Q",
        "/OC /MC0 BDC /Artifact <</Attached [/Top] /BBox [0 0 1 1]>> BDC 0 0 9 9 re f EMC EMC",
    ],
)
def test_what_is_text_in_the_content_is_not_an_instruction(content: str) -> None:
    assert "pdf.drawing-without-tag" not in codes(pdf((SECOND_PAGE, f"{SECOND_PAGE} {content}")))


@pytest.mark.parametrize(
    "content", [LINE, f"/OC /MC0 BDC {LINE} EMC", f"/Artifact BMC EMC {LINE}", "/Span <<>> BDC f EMC"]
)
def test_what_is_outside_the_tags_is_found(content: str) -> None:
    assert "pdf.drawing-without-tag" in codes(pdf((SECOND_PAGE, f"{SECOND_PAGE} {content}")))


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("/MarkInfo << /Marked true >>", "")],
        [("/DisplayDocTitle true", "/DisplayDocTitle false")],
        [("/Lang (en-GB)", "")],
        [(PICTURE, "")],
        [("/S /H2", "/S /H3")],
        [("/Tabs /S", "/Tabs /R")],
        [(f"/Artifact BMC {LINE} EMC", LINE)],
        [("/StructParent 2", "")],
        [DESCRIPTION],
        [("/ToUnicode 15 0 R", ""), ("/g ", "/g1 ")],
    ],
    ids=lambda changes: changes[0][0] if changes else "nothing",
)
def test_a_claim_is_kept_where_an_independent_checker_says_so(changes: list[tuple[str, str]]) -> None:
    content = pdf(*changes)
    assert ("pdf.false-claim" not in codes(content)) == page.is_pdf_compliant_bytes(content, profile="ua1")


@pytest.mark.parametrize(
    ("password", "code", "said"),
    [("secret", "document.restricted", "without a password"), ("", "document.restricted", "forbids screen readers")],
)
def test_protection_is_found(password: str, code: str, said: str) -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf(NO_CLAIM))) as opened:
        allowed = pikepdf.Permissions(accessibility=False)
        opened.save(
            written,
            encryption=pikepdf.Encryption(owner="owner", user=password, R=3, aes=False, metadata=False, allow=allowed),
        )
    (finding,) = check_document(written.getvalue(), "report.pdf")
    assert finding.code == code and said in finding.message


def packed(content: bytes, filters: str = "/FlateDecode") -> str:
    return f"<< /Filter {filters} >>\nstream\n{content.decode('latin-1')}\nendstream"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-",
        pdf()[:1000],
        pdf(("/Kids [5 0 R 6 0 R]", "/Kids [5 0 R 2 0 R]")),
        pdf(("/Kids [5 0 R 6 0 R]", "/Kids [99999999 0 R 123456789012345 0 R]")),
        pdf(("/Pages 2 0 R", "/Pages 9 0 R")),
        pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R"),
    ],
)
def test_a_pdf_that_cannot_be_read_has_one_finding(content: bytes) -> None:
    assert codes(content) == ["document.unreadable"]


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:-60],
        pdf().replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % pdf().rindex(b"xref\n0")),
        pdf((KIDS, f"/K [21 0 R 20 0 R {KIDS[4:]}")),
        pdf((KIDS, f"/K [(a) /b 1.5 null true 3 [] << >> << /S 5 >> << /S /P /K << /S /P >> >> {KIDS[4:]}")),
        pdf((KIDS, f"/K [100 0 R {KIDS[4:]}"), more={100 + n: f"<< /S /P /K {101 + n} 0 R >>" for n in range(2_000)}),
        pdf(("/Note1 /P", "/Note1 /Note2 /Note2 /Note1")),
        pdf(("/Count 2", "/Count 2000000000")),
        pdf(("/FT /Tx", "/FT /Tx /Kids [12 0 R]")),
        pdf(("/Kids [5 0 R 6 0 R]", "/Kids [5 0 R (x) 6 0 R]")),
        pdf(
            ("/Im1 10 0 R", "/Im1 16 0 R"),
            ("/Tx BMC", "/Im1 Do"),
            ("20] ", "20] /Resources << /XObject << /Im1 16 0 R >> >> "),
        ),
        pdf(("[11 0 R 12 0 R]", "[11 0 R 12 0 R null (x) 5 9 0 R]")),
        pdf(("/Contents 8 0 R", "/Contents [8 0 R 100 0 R]"), more={100: packed(zlib.compress(b" " * 50_000_000))}),
        pdf(("/Contents 8 0 R", "/Contents [8 0 R 100 0 R]"), more={100: packed(zlib.compress(b"(" * 500_000))}),
        pdf(("/Contents 8 0 R", "/Contents [8 0 R 100 0 R]"), more={100: packed(zlib.compress(b"BI " * 100_000))}),
    ],
)
def test_what_is_odd_in_a_pdf_ends(content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    assert "document.unreadable" not in codes(content)
    assert capfd.readouterr() == ("", "")
