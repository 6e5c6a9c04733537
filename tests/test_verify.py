"""A document is what its inputs give, or it is told why and where it is not."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cpreport import build_editions, load_workbook
from cpreport.editions.seal import DIGEST, DIGEST_PLACEHOLDER, sealed_file, stated
from cpreport.model.audit import SUFFIX
from cpreport.model.period import month
from cpreport.office.digests import ORIGIN_PROPERTY, PROPERTY, recorded_digest, recording
from cpreport.office.files import remembering_inputs
from cpreport.office.package import Package, archived
from cpreport.publishing import AUDIT_KIND

from .example_month import DATA, INDICATORS, TEMPLATE
from .missing import without_typst
from .workbooks import changed, write_report, write_workbook

Verify = Callable[..., tuple[int, list[str]]]

SHEETS = {"Data": DATA, "Narrative": [["Section", "Slot", "Text"], ["care", "good", "All was well in July, we think."]]}
LABEL = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">99.9</a:t>'
SAME = "july-2023.docx is what july-2023.xlsx gives"
NOT_THE_SAME = "july-2023.docx is not what july-2023.xlsx gives:"


def build(workbook: Path, document: Path, *, draft: bool = False, **options: Any) -> None:
    """Writes a document and its audit file, as `cpreport build` does with the options of `load_workbook`."""
    targets = {document.suffix[1:]: document, AUDIT_KIND: document.with_suffix(SUFFIX)}
    with remembering_inputs():
        built = build_editions(load_workbook(workbook, **options), targets, draft=draft)
    for kind, path in targets.items():
        path.write_bytes(built.files[kind])


def as_of_version(version: str, document: Path) -> None:
    """Makes a document and its audit file those that another version of cpreport would have written."""
    path, content = document.with_suffix(SUFFIX), document.read_bytes()
    written = json.dumps({**json.loads(path.read_bytes()), "version": version}).encode()
    stated = {"origin": recorded_digest(content, ORIGIN_PROPERTY), "audit": hashlib.sha256(written).hexdigest()}
    document.write_bytes(recording(Package(content).parts(), PROPERTY, **stated))
    path.write_bytes(written)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_report(tmp_path_factory.mktemp("made"))
    build(write_workbook(folder / "july-2023.xlsx", SHEETS), folder / "july-2023.docx")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workbook, its document and its audit file; the current one."""
    shutil.copytree(made, tmp_path / "month")
    monkeypatch.chdir(tmp_path / "month")
    return tmp_path / "month"


@pytest.fixture
def verify(call: Callable[..., tuple[int, str, str]]) -> Verify:
    def verified(*arguments: str) -> tuple[int, list[str]]:
        status, out, err = call("verify", *(arguments or ("july-2023.docx",)))
        return status, [*out.splitlines(), *err.splitlines()]

    return verified


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replaces texts in the main part of a Word document, as somebody does who edits it."""
    file = BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(file, "w") as edited:
        for name in archive.namelist():
            text = archive.read(name)
            for old, new in changes if name == "word/document.xml" else ():
                assert text.count(old.encode()) == 1, old
                text = text.replace(old.encode(), new.encode())
            edited.writestr(name, text)
    path.write_bytes(file.getvalue())


def with_data(path: Path, cells: dict[str, object]) -> None:
    write_workbook(path, changed(SHEETS, cells))


@pytest.mark.usefixtures("folder")
def test_an_untouched_document_is_what_its_inputs_give(verify: Verify) -> None:
    assert verify() == (0, [SAME])


def test_nothing_is_written(folder: Path, verify: Verify) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    verify()

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_digit_that_was_changed_by_hand_is_told_with_its_cell(folder: Path, verify: Verify) -> None:
    edit(folder / "july-2023.docx", (">98.5%<", ">98.6%<"))

    assert verify() == (1, [NOT_THE_SAME, "- Table 1, Health checks, Jul 23: 98.6% in the document, 98.5% computed"])


def test_a_text_that_was_edited_is_told_with_the_words_around_it(folder: Path, verify: Verify) -> None:
    edit(folder / "july-2023.docx", ("All was well in July, we think.", "All was well in July, we are sure."))

    assert verify() == (
        1,
        [NOT_THE_SAME, "- '… well in July, we are sure.' in the document, '… well in July, we think.' computed"],
    )


def test_a_document_that_was_saved_again_has_the_same_words(folder: Path, verify: Verify) -> None:
    edit(
        folder / "july-2023.docx",
        ("<w:body>", '<w:body><w:bookmarkStart w:id="999" w:name="a"/><w:bookmarkEnd w:id="999"/>'),
    )

    assert verify() == (0, [f"{SAME}: the same words, saved again by another program"])


def test_a_cell_that_was_changed_is_told_with_the_figures_that_it_changes(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Data!F5": 98.7})

    assert verify() == (
        1,
        [
            NOT_THE_SAME,
            "- july-2023.xlsx is not as it was then",
            "- Health checks, Jul 23: 98.5% in the document, 98.7% computed (Data!F5)",
        ],
    )


def test_a_change_of_what_is_not_printed_leaves_the_words_as_they_are(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Data!C5": "Checks of health"})

    assert verify() == (
        1,
        [
            NOT_THE_SAME,
            "- july-2023.xlsx is not as it was then",
            "- all the same, it has the words that are computed now",
        ],
    )


def test_a_text_that_was_changed_in_an_input_is_told(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Narrative!C2": "All was well in July, we know."})
    status, lines = verify()

    assert (status, lines[1:]) == (
        1,
        [
            "- july-2023.xlsx is not as it was then",
            "- '… well in July, we think.' in the document, '… well in July, we know.' computed",
        ],
    )


def test_a_figure_that_is_confidential_now_is_not_told(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Data!F5": "[c]"})
    _, lines = verify()

    assert "- Health checks, Jul 23: printed in the document, confidential now" in lines


def test_a_definition_that_was_changed_is_told(folder: Path, verify: Verify) -> None:
    path = folder / "indicators.toml"
    path.write_text(path.read_text("utf-8").replace('title = "Moves"', 'title = "Moves"\npolarity = "low"'), "utf-8")
    status, lines = verify()

    assert (status, lines[1:3]) == (
        1,
        ["- indicators.toml is not as it was then", "- Moves, polarity was – and is low"],
    )


def test_another_version_is_told_first(folder: Path, verify: Verify) -> None:
    as_of_version("0.0.9", folder / "july-2023.docx")
    with_data(folder / "july-2023.xlsx", {"Data!F5": 98.7})

    assert [line[:30] for line in verify()[1][1:]] == [
        "- cpreport 0.0.9 wrote it; thi",
        "- july-2023.xlsx is not as it ",
        "- Health checks, Jul 23: 98.5%",
    ]


def test_a_renamed_document_is_known_by_its_audit_file(folder: Path, verify: Verify) -> None:
    (folder / "july-2023.docx").rename(folder / "board.docx")
    (folder / "board.audit.json").write_text("{}", "utf-8")

    assert verify("board.docx") == (0, ["board.docx is what july-2023.xlsx gives"])


def test_a_draft_is_computed_as_a_draft(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Data!F5": "many"})
    build(folder / "july-2023.xlsx", folder / "july-2023.docx", draft=True)

    assert verify() == (0, [SAME])


def test_the_options_of_the_build_are_those_of_the_audit_file(folder: Path, verify: Verify) -> None:
    other = write_report(folder / "other", INDICATORS.replace("Moves", "Journeys"))
    (folder / "texts").mkdir()
    (folder / "texts" / "care.md").write_text("## What is next?\n\nMore of it.\n", "utf-8")
    options = {"report": other, "period": month(2023, 6), "narrative": folder / "texts"}
    (folder / "out").mkdir()
    build(folder / "july-2023.xlsx", folder / "out" / "june.docx", **options)

    assert verify("out/june.docx") == (0, ["out/june.docx is what july-2023.xlsx gives"])


def test_a_document_of_another_workbook_is_told(folder: Path, verify: Verify) -> None:
    with_data(
        folder / "other.xlsx",
        {"About!A1": "Key", "About!B1": "Value", "About!A2": "Reporting period", "About!B2": "Jul 2023", "Data!F5": 90},
    )
    status, lines = verify("july-2023.docx", "--workbook", "other.xlsx")

    assert (status, lines[0]) == (1, "july-2023.docx is not what other.xlsx gives:")
    assert "- Health checks, Jul 23: 98.5% in the document, 90.0% computed (Data!F5)" in lines


def test_the_workbook_may_be_elsewhere_with_all_that_is_beside_it(folder: Path, verify: Verify) -> None:
    shutil.copytree(folder, folder.parent / "kept")
    for name in ("july-2023.xlsx", "report.toml", "indicators.toml", "care.md"):
        (folder / name).unlink()

    assert verify("july-2023.docx", "--workbook", "../kept/july-2023.xlsx")[0] == 0


def test_an_input_that_is_missing_is_told(folder: Path, verify: Verify) -> None:
    (folder / "july-2023.xlsx").unlink()
    status, lines = verify()

    assert (status, lines[0]) == (1, "july-2023.docx cannot be compared with what july-2023.xlsx gives:")
    assert lines[1] == "- july-2023.xlsx is missing; if it is somewhere else, add --workbook PATH"
    assert lines[2].startswith("- no report can be made of them now: ")
    assert lines[3:] == ["- all the same, it has the words that cpreport wrote"]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_document_that_was_edited_is_told_without_its_inputs(folder: Path, verify: Verify, kind: str) -> None:
    path = folder / f"july-2023.{kind}"
    if kind == "html":
        build(folder / "july-2023.xlsx", path)
        path.write_text(path.read_text("utf-8").replace("98.5%", "98.6%"), "utf-8")
    else:
        edit(path, (">98.5%<", ">98.6%<"))
    (folder / "july-2023.xlsx").unlink()
    status, lines = verify(path.name)

    assert (status, lines[-1]) == (1, f"- july-2023.{kind} was changed after cpreport wrote it")


def test_an_input_that_was_added_is_told(folder: Path, verify: Verify) -> None:
    (folder / "glossary.csv").write_text("term,description\nIRO,Independent reviewing officer\n", "utf-8")

    assert "- glossary.csv is read now and was not then" in verify()[1]


def test_another_report_beside_the_workbook_is_no_input(folder: Path, verify: Verify) -> None:
    write_report(folder / "scrutiny")

    assert verify() == (0, [SAME])


def test_inputs_that_have_errors_now_are_told(folder: Path, verify: Verify) -> None:
    with_data(folder / "july-2023.xlsx", {"Data!F5": "many"})
    status, lines = verify()

    assert (status, len(lines)) == (1, 4)
    assert lines[2].startswith("- no report can be made of them now: ")


def test_an_audit_file_that_was_edited_is_told_last(folder: Path, verify: Verify) -> None:
    path = folder / "july-2023.audit.json"
    path.write_text(path.read_text("utf-8").replace('"Health checks"', '"Checks"'), "utf-8")
    status, lines = verify()

    assert (status, lines[-2]) == (1, "- july-2023.audit.json is not as it was written with this document")


def test_a_path_to_elsewhere_is_never_looked_up(folder: Path, verify: Verify) -> None:
    path = folder / "july-2023.audit.json"
    path.write_text(
        path.read_text("utf-8").replace('"path": "care.md"', r'"path": "\\\\server\\share\\care.md"'), "utf-8"
    )

    assert r"- \\server\share\care.md is missing" in verify()[1]


def test_many_paragraphs_are_counted(folder: Path, verify: Verify) -> None:
    more = "".join(f"<w:p><w:r><w:t>{number}</w:t></w:r></w:p>" for number in range(30))
    edit(folder / "july-2023.docx", ("<w:body>", f"<w:body>{more}"))
    status, lines = verify()

    assert (status, len(lines), lines[-1]) == (1, 22, "- and 10 more paragraphs; --json lists them all")


def test_json_has_every_difference(folder: Path, verify: Verify) -> None:
    edit(folder / "july-2023.docx", (">98.5%<", ">98.6%<"))
    status, lines = verify("july-2023.docx", "--json")

    found = {"cause": "texts", "where": "Table 1, Health checks, Jul 23", "document": "98.6%", "computed": "98.5%"}
    message = "Table 1, Health checks, Jul 23: 98.6% in the document, 98.5% computed"
    assert (status, json.loads("".join(lines))) == (
        1,
        {
            "document": "july-2023.docx",
            "audit": "july-2023.audit.json",
            "same": False,
            "same_words": False,
            "saved_again": True,
            "differences": [{**found, "message": message}],
        },
    )


def built(folder: Path, kind: str) -> Path:
    """The month's document of another kind, with its audit file."""
    path = folder / f"july-2023.{kind}"
    build(folder / "july-2023.xlsx", path)
    return path


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_an_untouched_file_of_another_kind_is_what_its_inputs_give(folder: Path, verify: Verify, kind: str) -> None:
    built(folder, kind)
    assert verify(f"july-2023.{kind}") == (0, [f"july-2023.{kind} is what july-2023.xlsx gives"])


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_document_and_audit_file_made_again_have_the_same_bytes(folder: Path, kind: str) -> None:
    files = [built(folder, kind), folder / "july-2023.audit.json"]
    before = [path.read_bytes() for path in files]
    built(folder, kind)

    assert [path.read_bytes() for path in files] == before


def test_what_was_edited_in_an_html_file_is_told_with_its_place(folder: Path, verify: Verify) -> None:
    path = built(folder, "html")
    path.write_text(
        path.read_text("utf-8").replace("<strong>98.5%", "<strong>98.6%").replace("we think", "we hope"), "utf-8"
    )

    assert verify("july-2023.html") == (
        1,
        [
            "july-2023.html is not what july-2023.xlsx gives:",
            "- july-2023.html was changed after cpreport wrote it",
            "- Table 1, Health checks, Jul 23: 98.6% in the document, 98.5% computed",
            "- '… well in July, we hope.' in the document, '… well in July, we think.' computed",
        ],
    )


def test_a_link_that_was_changed_in_an_html_file_is_told(folder: Path, verify: Verify) -> None:
    path = built(folder, "html")
    path.write_text(path.read_text("utf-8").replace('href="#contents"', 'href="#main"'), "utf-8")

    assert verify("july-2023.html")[1][1:] == [
        "- july-2023.html was changed after cpreport wrote it",
        "- all the same, it has the words that are computed now",
    ]


def test_an_html_file_that_was_sealed_again_is_not_what_is_computed(folder: Path, verify: Verify) -> None:
    path = built(folder, "html")
    content = path.read_bytes()
    edited = content.replace(b"<strong>98.5%", b"<strong>98.6%")
    path.write_bytes(sealed_file(edited.replace(stated(content, DIGEST).encode(), DIGEST_PLACEHOLDER.encode())))

    assert verify("july-2023.html")[1][1:] == [
        "- july-2023.html is not the file that is computed now",
        "- Table 1, Health checks, Jul 23: 98.6% in the document, 98.5% computed",
    ]


def test_of_an_html_file_too_what_a_cell_changes_is_told_once(folder: Path, verify: Verify) -> None:
    built(folder, "html")
    with_data(folder / "july-2023.xlsx", {"Data!F5": 98.7})

    assert verify("july-2023.html")[1][1:] == [
        "- july-2023.xlsx is not as it was then",
        "- Health checks, Jul 23: 98.5% in the document, 98.7% computed (Data!F5)",
    ]


def test_a_pdf_that_was_edited_is_told(folder: Path, verify: Verify) -> None:
    path = built(folder, "pdf")
    path.write_bytes(path.read_bytes().replace(b"/Lang", b"/Land", 1))

    assert verify("july-2023.pdf")[1][1:] == ["- july-2023.pdf was changed after cpreport wrote it"]


def test_a_pdf_is_not_verified_without_typst(folder: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    built(folder, "pdf")
    without_typst(monkeypatch)
    status, lines = verify("july-2023.pdf")

    assert (status, 'pip install "cpreport[pdf]"' in lines[0]) == (3, True)


def test_an_audit_file_that_does_not_hold_what_is_computed_is_told(folder: Path, verify: Verify) -> None:
    document, path = folder / "july-2023.docx", folder / "july-2023.audit.json"
    written = path.read_bytes().replace(b'"Data!F5"', b'"Data!F4"')
    assert written != path.read_bytes()
    path.write_bytes(written)
    content = document.read_bytes()
    known = {"origin": recorded_digest(content, ORIGIN_PROPERTY), "audit": hashlib.sha256(written).hexdigest()}
    document.write_bytes(recording(Package(content).parts(), PROPERTY, **known))

    assert verify()[1][:2] == [NOT_THE_SAME, "- july-2023.audit.json does not hold what is computed now"]


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_seal_that_was_made_anew_does_not_help(folder: Path, verify: Verify, kind: str) -> None:
    path = folder / f"july-2023.{kind}"
    build(folder / "july-2023.xlsx", path)
    content = path.read_bytes()
    old, new = (b"<title>Report", b"<title>Raport") if kind == "html" else (b"Report", b"Raport")
    assert old in content
    digest = stated(content, DIGEST).encode()
    path.write_bytes(sealed_file(content.replace(old, new).replace(digest, DIGEST_PLACEHOLDER.encode())))

    status, (first, second, *_) = verify(path.name)
    assert (status, first) == (1, f"{path.name} is not what july-2023.xlsx gives:")
    assert second == f"- {path.name} is not the file that is computed now"


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_file_is_known_beside_a_workbook_that_is_elsewhere(folder: Path, verify: Verify, kind: str) -> None:
    (folder / "out").mkdir()
    build(folder / "july-2023.xlsx", folder / "out" / f"july-2023.{kind}")
    shutil.copytree(folder / "out", folder.parent / "deep" / "deeper")
    moved = f"../deep/deeper/july-2023.{kind}"

    assert verify(moved, "--workbook", "july-2023.xlsx") == (0, [f"{moved} is what july-2023.xlsx gives"])


def test_the_ends_of_lines_in_an_audit_file_do_not_matter(folder: Path, verify: Verify) -> None:
    path = folder / "july-2023.audit.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert verify() == (0, [SAME])


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/charts/chart1.xml", "<c:v>Our figures", "<c:v>Their figures"),
        ("word/charts/chart1.xml", "</c:ser>", f"<c:dLbls><c:dLbl>{LABEL}</c:dLbl></c:dLbls></c:ser>"),
        ("word/document.xml", 'descr="', 'descr="99 '),
    ],
    ids=["name", "label", "alternative text"],
)
def test_words_of_a_chart_that_were_edited_are_told(
    folder: Path, verify: Verify, part: str, old: str, new: str
) -> None:
    (folder / "care.md").write_text(TEMPLATE + "\n{{ trend_chart(['checks']) }}\n", "utf-8")
    build(folder / "july-2023.xlsx", folder / "july-2023.docx")
    untouched = verify()
    parts = Package((folder / "july-2023.docx").read_bytes()).parts()
    assert old.encode() in parts[part]
    (folder / "july-2023.docx").write_bytes(archived({**parts, part: parts[part].replace(old.encode(), new.encode())}))

    assert untouched == (0, [SAME])
    status, lines = verify()
    assert (status, len(lines), "same words" in "".join(lines)) == (1, 2, False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("july-2023.docx", "there is no audit file of july-2023.docx"),
        ("july-2023.xlsx", "july-2023.xlsx is not a report that cpreport wrote: give its .docx, .html or .pdf file"),
        ("indicators.toml", "indicators.toml is not a report that cpreport wrote: give its .docx, .html or .pdf file"),
        ("june-2023.docx", "june-2023.docx cannot be read"),
    ],
)
def test_without_an_audit_file_nothing_is_verified(folder: Path, verify: Verify, name: str, words: str) -> None:
    (folder / "july-2023.audit.json").unlink()
    status, lines = verify(name)

    assert status == 3
    assert words in lines[0]


def test_a_damaged_audit_file_is_told(folder: Path, verify: Verify) -> None:
    (folder / "july-2023.audit.json").write_text('{"version"', "utf-8")
    status, lines = verify()

    assert status == 1
    assert "audit.damaged" in lines[0]
