"""The PDF: what it says, how it is tagged, what page.typ may do, and what stops it."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import page as checker
import pytest

from cpreport import load_workbook
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.front import published
from cpreport.editions.pdf import render_pdf
from cpreport.editions.pdf.characters import SIGNS, characters_of, missing
from cpreport.editions.pdf.typesetting import FONTS, VERSION, Typesetter
from cpreport.editions.seal import is_sealed, sealed_file
from cpreport.editions.widths import Look, width_of
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.model.document import (
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
    TableKind,
    TableRow,
)
from cpreport.model.errors import InputError
from cpreport.model.status import StatusWord

from .made_blocks import cell, row, words
from .made_charts import LINES
from .pdf_read import advances, overlapping, pieces, read, read_aloud, tags
from .pictures import png

EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
PAGE = (packaged_reports() / PACKAGED / "page.typ").read_text(encoding="utf-8")


def table(*rows: tuple[str, ...], **more: object) -> Table:
    headings, *others = (row(RowKind.PLAIN, *texts) for texts in rows)
    made = Table(TableKind.PLAIN, "Homes", headings.cells, tuple(others), (1,) * len(headings.cells))
    return replace(made, **more)


def publication(*blocks: Block, **more: object) -> Publication:
    section = Section("care", "Care", "Children – Care", (Heading(1, words("Care")), *blocks))
    report = Report(Cover("Report of July", "Anytown", "July 2023"), "en-GB", (section,))
    return Publication(replace(report, **more), (Heading(0, words("Report of July")), ContentsPlace()))


HOSTILE = r"""#[x] \ "quoted" $y$ @z *b* _i_ `r` <a> // c /* d #import "e" it's -- ... 1. = + - / ~ é ñ Ω"""
STATUSES = TableRow(
    RowKind.PLAIN,
    (cell("Moves"), cell("✓ on target", status=StatusWord.ON_TARGET), cell("3", "↑ up", align=Align.RIGHT)),
)
ALL: tuple[Block, ...] = (
    Paragraph(
        (
            Span("Most are "),
            Span("well", bold=True),
            Span(", some "),
            Span("very", italic=True),
            Span("2", script="superscript"),
        )
    ),
    List(
        ordered=True,
        entries=(ListEntry(words("first"), (List(False, (ListEntry(words("deeper")),)),)), ListEntry(words("second"))),
    ),
    Heading(2, words("Places")),
    Paragraph(
        (
            Span("See "),
            Span("homes", link="#homes"),
            Span(", "),
            Span("here", link="https://x.uk/?a=1&b=2"),
            Span("."),
            Span("\n"),
            Span("Bye."),
        )
    ),
    table(("Place", "Status", "Number"), anchor="homes"),
    replace(
        table(("Place", "Status", "Number")), caption="Statuses", rows=(STATUSES, replace(STATUSES, kind=RowKind.TOTAL))
    ),
    Note(words("A note.")),
    replace(LINES, remarks="The axis begins at 60."),
    Picture(words("A map of homes"), Image(png(), "png", 1_000_000, 800_000)),
    Paragraph(words(HOSTILE)),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_pdf(publication(*ALL, marks=("DRAFT",)), PAGE)


@pytest.fixture(scope="module")
def example() -> bytes:
    """The example as a draft."""
    month = load_workbook(EXAMPLE)
    report = replace(month.report, marks=(*month.report.marks, "DRAFT"), counts="1 error", problems=("Data!N4: none",))
    folder, fill = month.folder, partial(fill_tags, report=report)
    return render_pdf(published(report, folder.shell.content, folder.default_shell, fill), folder.page_typ)


def printed_by(code: str, folder: Path, **environment: str) -> str:
    """What Python prints in a process of its own that knows the report with all kinds of blocks."""
    known = folder / "known"
    known.write_bytes(pickle.dumps((publication(*ALL, marks=("DRAFT",)), PAGE)))
    begin = "import hashlib, pathlib, pickle, sys\nfrom cpreport.editions.pdf import render_pdf\n"
    begin += "from cpreport.model.errors import EnvironmentFailure\n"
    begin += "report, page = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
    run = subprocess.run(
        [sys.executable, "-c", begin + code, str(known)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_all_words_are_read_aloud_in_their_order(made: bytes) -> None:
    expected = (
        "Report of July Contents Care Care Most are well, some very2 1. first • deeper 2. second Places See homes, "
    )
    expected += (
        "here. Bye. Table 1: Homes Place Status Number Table 2: Statuses Place Status Number Moves ✓ on target 3 "
    )
    expected += "↑ up Moves ✓ on target 3 ↑ up A note. Figure 1: Rates The axis begins at 60. "

    assert read_aloud(made) == f"{expected}{HOSTILE} Back to contents"


def test_every_page_says_its_marks_its_section_and_its_number(made: bytes) -> None:
    first, second = ([piece.text for piece in each] for each in pieces(made))

    assert (first[0], second[:2]) == ("DRAFT", ["DRAFT", "Children – Care"])
    assert (first[-1], second[-1]) == tuple(f"Report of July, July 2023  |  Page {number} of 2" for number in (1, 2))


def test_a_table_has_headings_of_columns_and_rows_and_a_picture_has_words_instead(made: bytes) -> None:
    found = tags(made)

    assert Counter(tag.scope for tag in found if tag.kind == "TH") == {"Column": 6, "Row": 2}
    assert [tag.alternative for tag in found if tag.kind == "Figure"] == ["They rose.", "A map of homes"]
    assert [tag.kind for tag in found if re.fullmatch("H[0-9]", tag.kind)] == ["H1", "H1", "H2"]
    assert {"L", "LI", "Lbl", "LBody", "Link", "Caption", "THead", "TBody", "Title"} <= {tag.kind for tag in found}


def test_the_file_has_a_title_a_language_bookmarks_and_no_day(made: bytes) -> None:
    found = read(made)
    catalogue, metadata = found.trailer["/Root"], found.metadata

    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Report of July, July 2023", "Anytown")
    assert (metadata.creation_date, metadata.modification_date) == (None, None)
    assert (catalogue["/Lang"], catalogue["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True)
    assert [each["/Title"] for each in found.outline if not isinstance(each, list)] == ["Contents", "Care"]
    assert is_sealed(sealed_file(made))


def test_the_example_conforms_to_pdf_ua_and_counts_what_it_shows(example: bytes) -> None:
    found = checker.validate_pdf_bytes(example, profile=checker.ValidationProfile.PDF_UA_1)
    kinds = Counter((tag.kind, tag.scope) for tag in tags(example))

    assert [failure.message for failure in found.failures] == []
    assert kinds["TH", "Row"] == kinds["TR", ""] - kinds["Table", ""]
    assert "Problems found: 1 error" in read_aloud(example)
    assert "Problems found • Data!N4: none" in read_aloud(example)


def test_fonts_are_embedded_and_only_those_that_are_shipped(made: bytes, example: bytes) -> None:
    fonts = {font for pdf in (made, example) for page in pieces(pdf) for font in (piece.font for piece in page)}
    assert fonts == {
        "LiberationSans",
        "LiberationSans-Bold",
        "LiberationSans-Italic",
        "DejaVuSansMono",
        "DejaVuSansMono-Bold",
    }
    for page in read(made).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_no_words_overlap_or_reach_into_the_margin(made: bytes, example: bytes) -> None:
    assert overlapping(made) + overlapping(example) == []


def test_columns_are_measured_by_the_widths_of_the_fonts_that_are_shipped() -> None:
    letters = "".join(map(chr, range(32, 127))) + "↑↓↔"
    for style, is_bold in (("Regular", False), ("Bold", True)):
        widths = advances((FONTS / f"LiberationSans-{style}.ttf").read_bytes(), letters)
        measured = {letter: width_of(letter, Look(1000, is_bold)) for letter in letters}
        assert {
            letter: (measured[letter], width) for letter, width in widths.items() if abs(measured[letter] - width) > 1
        } == {}


def test_the_same_report_gives_the_same_bytes_anywhere_on_any_day(made: bytes, tmp_path: Path) -> None:
    code = "print(hashlib.sha256(render_pdf(report, page)).hexdigest())"
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}

    assert printed_by(code, tmp_path, **elsewhere) == sha256(made).hexdigest()


def test_a_character_that_no_font_has_stops_the_report_and_is_named_with_its_place() -> None:
    with pytest.raises(InputError) as stopped:
        blocks = Paragraph(words("All is 好.")), replace(LINES, unit="Number 🎉"), table(("Na\u0300me", "𝔘"))
        render_pdf(publication(*blocks), PAGE)

    assert [(str(each.place), each.message) for each in stopped.value.findings] == [
        ("care", "the fonts of the PDF do not have 好 (U+597D) in 'All is 好.'"),
        ("care", "the fonts of the PDF do not have 🎉 (U+1F389) in 'Number 🎉'"),
        ("care", "the fonts of the PDF do not have 𝔘 (U+1D518) in '𝔘'"),
    ]


def test_the_fonts_have_the_same_characters_and_every_sign_is_printed() -> None:
    told = [frozenset(characters_of(path.read_bytes())) for path in FONTS.glob("*.ttf")]

    assert len(told) == 4 and len({*told}) == 1
    assert missing("Zażółć gęślą jaźń, £5 – ‘ok’ ½ ≥ → ✓✗") == []
    assert SIGNS in read_aloud(render_pdf(publication(Paragraph(words(SIGNS))), PAGE))


def test_what_no_font_prints_and_nobody_sees_is_left_out() -> None:
    assert "ab c" in read_aloud(render_pdf(publication(Paragraph(words("a\u200db\ufe0f c\ufeff"))), PAGE))


def test_a_table_that_does_not_fit_turns_its_own_page_and_one_too_wide_is_an_error() -> None:
    wide = table(tuple(f"Accommodation{number}" for number in range(8)), tuple("12345678"))
    pages = read(render_pdf(publication(Paragraph(words("Before.")), wide, Paragraph(words("After."))), PAGE)).pages

    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, False]
    with pytest.raises(InputError) as stopped:
        render_pdf(publication(table(("Unaccompaniedasylumseekers",) * 12)), PAGE)
    assert [finding.code for finding in stopped.value.findings] == ["definition.table-too-wide"]


def test_numbers_stand_before_headings_and_paragraphs_and_sections_may_share_a_page() -> None:
    (care,) = publication(Paragraph(words("Text."))).report.sections
    more = Section("more", "More", "Children – More", (Heading(1, words("More")),), is_numbered=True, new_page=False)
    untitled = Section("last", "Last", "Children – Last", (Paragraph(words("End.")),))
    shared = publication(sections=(replace(care, is_numbered=True), more, untitled))
    made = render_pdf(replace(shared, back=(Paragraph(words("Printed here.")),)), PAGE)

    ends = " Back to contents"
    expected = f"Contents 1 Care 2 More Last 1 Care 1.1 Text.{ends} 2 More{ends} End.{ends} Printed here."
    assert read_aloud(made) == f"Report of July {expected}"
    assert [page[0].text for page in pieces(made)] == ["Report of July", "1", "Children – Last", "Printed here."]


def test_a_word_that_is_wider_than_a_line_breaks() -> None:
    made = render_pdf(publication(Paragraph(words("W" * 60)), Paragraph(words(f"See https://x.uk/{'a' * 90}."))), PAGE)

    assert overlapping(made) == []
    assert "W" * 60 in read_aloud(made).replace("\u200b", "")


def test_page_typ_sets_the_look() -> None:
    look = "#set page(margin: 1cm)\n#show heading: set text(size: 40pt)\n#show <note>: set text(size: 14pt)\n"
    first = {piece.text: piece for page in pieces(render_pdf(publication(Note(words("See."))), look)) for piece in page}

    assert (first["Care"].size, first["See."].size, round(first["Care"].left)) == (40, 14, 28)


SECRET = "Anybody’s secret"
HOSTILE_PAGES = {
    '#read("/etc/passwd")': "definition.page-typ",
    '#read("../../../../../../etc/passwd")': "definition.page-typ",
    '#let a = image("/secret.txt")': "definition.page-typ",
    '#let a = csv("secret.txt")': "definition.page-typ",
    '#bibliography("secret.txt")': "definition.page-typ",
    '#import "@preview/cetz:0.3.4"': "definition.page-typ-not-allowed",
    '#{import("@pre" + "view/cetz:0.3.4")}': "definition.page-typ-not-allowed",
    '#include "secret.txt"': "definition.page-typ-not-allowed",
    '#let a = eval("imp" + "ort \\"@preview/cetz:0.3.4\\"")': "definition.page-typ-not-allowed",
    '#let a = dictionary(std).at("ev" + "al")': "definition.page-typ-not-allowed",
    '#plugin("a.wasm")': "definition.page-typ-not-allowed",
    "/* all that follows": "definition.page-typ-hides",
    "#show: none": "definition.page-typ-not-allowed",
    "#set page(height: auto)": "definition.page-typ",
    "#show table: none": "definition.page-typ-not-allowed",
    "#show figure: none": "definition.page-typ-not-allowed",
    "#show table.cell: none": "definition.page-typ-not-allowed",
    "#show heading: none": "definition.page-typ-not-allowed",
    "#show heading: hide": "definition.page-typ-not-allowed",
    "#show link: none": "definition.page-typ-not-allowed",
    "#show title: none": "definition.page-typ-not-allowed",
    "#show par: none": "definition.page-typ-not-allowed",
    "#show list: none": "definition.page-typ-not-allowed",
    "#show figure.caption: none": "definition.page-typ-not-allowed",
    "#show table.cell: hide": "definition.page-typ-not-allowed",
    "#show <note>: none": "definition.page-typ-not-allowed",
    "#show text: none": "definition.page-typ-not-allowed",
    '#set text(font: "Arial")': "definition.page-typ",
    '#let a = "a" * 9000000000000000000': "definition.page-typ-breaks",
    "#let f() = f()\n#f()": "definition.page-typ",
    "#while true {}": "definition.page-typ",
    "#set text(size: 12pt": "definition.page-typ",
    '#show "98.5": "89.5"': "definition.page-typ-not-allowed",
    '#show regex("98"): [89]': "definition.page-typ-not-allowed",
    "#show heading.where(\n  level: 1\n): it => [98]": "definition.page-typ-not-allowed",
    "#show table.cell /*\n*/ : it => [98]": "definition.page-typ-not-allowed",
    '#let a = "\n// "; #show link: it => [98]': "definition.page-typ-not-allowed",
    "#show {heading}: it => [98]": "definition.page-typ-not-allowed",
    "Approved by the board": "definition.page-typ-prints",
    "#set page(foreground: [98.5%])": "definition.page-typ-prints",
}


@pytest.mark.parametrize("look", HOSTILE_PAGES)
def test_page_typ_reads_no_file_needs_no_network_and_ends(
    look: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as stopped:
        render_pdf(publication(*ALL), f"\n{look}")

    findings = stopped.value.findings
    assert {finding.code for finding in findings} == {HOSTILE_PAGES[look]}
    assert {finding.place.file for finding in findings} == {"page.typ"}
    assert not any(SECRET in finding.message or "root:" in finding.message for finding in findings)


def test_page_typ_sees_nothing_of_the_machine() -> None:
    with pytest.raises(InputError) as stopped:
        render_pdf(publication(), "#panic(repr(sys.inputs) + datetime.today().display())")
    assert "(:)1970-01-01" in stopped.value.findings[0].message


def test_a_loop_is_ended() -> None:
    look = "#for a in range(100000) { for b in range(100000) { let c = calc.abs(a) } }"
    with Typesetter(look, seconds=0.5) as typesetter, pytest.raises(InputError) as stopped:
        typesetter.room()
    assert [finding.code for finding in stopped.value.findings] == ["definition.page-typ-breaks"]


def test_a_mistake_in_page_typ_is_one_finding_with_its_line() -> None:
    with pytest.raises(InputError) as stopped:
        render_pdf(publication(), "#set text(size: 12pt)\n#show heading: set text(fill: nice)\n")

    (finding,) = stopped.value.findings
    assert (finding.place.line, finding.message) == (2, "Typst says: unknown variable: nice")


def test_without_typst_the_command_that_installs_it_is_said(tmp_path: Path) -> None:
    code = (
        "class Hidden:\n    def find_spec(self, name, *_):\n"
        "        if name == 'typst': raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "try: render_pdf(report, page)\nexcept EnvironmentFailure as failure: print(failure)"
    )
    assert 'pip install "cpreport[pdf]"' in printed_by(code, tmp_path)


def test_the_extra_is_the_version_of_typst_whose_tags_are_known() -> None:
    extras = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert extras["project"]["optional-dependencies"]["pdf"] == [f"typst=={VERSION}"]


def test_only_the_process_that_typesets_loads_typst() -> None:
    code = f"""
import sys
from pathlib import Path
from cpreport import build_editions, load_workbook
made = build_editions(load_workbook({str(EXAMPLE)!r}), {{"pdf": Path("report.pdf")}}).files["pdf"]
print(made[:5].decode(), "typst" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["%PDF-", "False"]
