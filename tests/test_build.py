"""`cpreport build`: which files it writes and where, what it leaves as it is, and what stops it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpreport.editions.audit import audit_file

from .audits import june
from .example_month import DATA, TEMPLATE, Added, Change
from .missing import without_typst
from .rules.quoted import EXAMPLES
from .test_render_word import edited
from .workbooks import changed, write_example, write_report, write_workbook

Run = Callable[..., tuple[int, str, str]]

ALL = "--format docx --format html --format pdf"
TEXT = "narrative/2023-07/care.md"
PAGE = (Path(__file__).parents[1] / "templates" / "corporate-parenting" / "page.html").read_text("utf-8")
BROKEN_LINK: Change = {"page.html": PAGE.replace("</footer>", '<a href="#nowhere">More about care</a></footer>')}
SMALL_TEXT: Change = {"page.css": "body { font-size: 8px }\n"}
IGNORED = Added('[[ignore]]\ncode = "document.small-text"\nreason = "A poster"\nuntil = 2024-01-31\n')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example month, and a folder for what is written; the current folder."""
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path, {})
    (tmp_path / "out").mkdir()
    return tmp_path


@pytest.fixture
def build(folder: Path, call: Run) -> Run:  # noqa: ARG001 - it is run there
    def build(options: str = "", *workbooks: str) -> tuple[int, str, str]:
        return call("build", *(workbooks or ("july-2023.xlsx",)), *options.split())

    return build


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, before: dict[str, bytes]) -> list[str]:
    """The names of files that are new or changed."""
    return sorted(name for name, content in contents(folder).items() if before.get(name) != content)


# Which files, and where


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ("", "july-2023.audit.json july-2023.docx"),
        ("--no-audit", "july-2023.docx"),
        ("--format html", "july-2023.audit.json july-2023.html"),
        ("--format html --format html --no-audit", "july-2023.html"),
        (f"{ALL} --output out", "out/july-2023.audit.json out/july-2023.docx out/july-2023.html out/july-2023.pdf"),
        ("--output out/board.docx", "out/board.audit.json out/board.docx"),
        ("--output board.DOCX --no-audit", "board.DOCX"),
        ("--output board.html --format html --format html", "board.audit.json board.html"),
        ("--output out/v1.2.docx", "out/v1.2.audit.json out/v1.2.docx"),
    ],
)
def test_each_kind_is_one_file_beside_the_others(folder: Path, build: Run, options: str, files: str) -> None:
    before = contents(folder)
    status, out, err = build(options)

    assert (status, out) == (0, "")
    assert written(folder, before) == files.split()
    assert sorted(err.splitlines()) == sorted([*(f"{name} written" for name in files.split()), "no findings"])


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ("--output board.html", 2, "--format html"),
        ("--output board.pdf --format html", 2, "--format pdf"),
        ("--output board.docx --format html", 2, "--format docx"),
        ("--output board.htm --format html", 3, "ends in .html"),
        ("--output board", 3, "ends in .docx"),
        ("--output report.toml", 2, "not a Word document"),
        ("--output report.toml --format pdf", 2, "not the name of a PDF file"),
        ("--output board.docx --format docx --format html", 3, "several formats need"),
        ("--format odt", 2, "odt"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(folder: Path, build: Run, options: str, status: int, words: str) -> None:
    before = contents(folder)
    code, out, err = build(options)

    assert (code, out, words in err) == (status, "", True)
    assert written(folder, before) == []


def test_several_workbooks_have_their_files_in_one_folder(folder: Path, build: Run) -> None:
    (folder / "cpb.xlsx").write_bytes((folder / "july-2023.xlsx").read_bytes())
    both = ("july-2023.xlsx", "cpb.xlsx")

    assert build("--output out/board.docx", *both)[0] == 3
    assert build("--output out --format html", *both)[0] == 0
    names = [f"{stem}.{kind}" for stem in ("cpb-2023-07", "july-2023") for kind in ("audit.json", "html")]
    assert sorted(path.name for path in (folder / "out").iterdir()) == names


def test_the_same_inputs_give_the_same_bytes_in_every_format(folder: Path, build: Run) -> None:
    assert build(ALL)[0] == 0
    first = contents(folder)
    assert build(f"{ALL} --overwrite")[0] == 0

    assert contents(folder) == first


# What is left as it is


def other_audit(**stated: Any) -> bytes:
    return audit_file(june(**stated))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("july-2023.audit.json", b'{"auditReportVersion": 2}', "was edited, or not written by cpreport"),
        ("july-2023.audit.json", b"Dear all", "was edited, or not written by cpreport"),
        ("july-2023.audit.json", other_audit(place="scrutiny"), "made from another report folder"),
        ("july-2023.html", b"<!doctype html><title>Ours</title>", "was edited, or not written by cpreport"),
        ("july-2023.html", b"", "was edited, or not written by cpreport"),
    ],
)
def test_what_somebody_else_made_is_replaced_only_if_that_is_asked_for(
    folder: Path, build: Run, name: str, content: bytes, words: str
) -> None:
    (folder / name).write_bytes(content)
    before = contents(folder)
    status, _, err = build("--format html")

    assert (status, words in err) == (3, True)
    assert written(folder, before) == []
    assert build("--format html --overwrite")[0] == 0
    assert build("--format html")[0] == 0


@pytest.mark.parametrize(("kind", "old", "new"), [("html", b"97.6%", b"97.7%"), ("pdf", b"/Lang", b"/Land")])
def test_an_edited_document_stops_them_all(folder: Path, build: Run, kind: str, old: bytes, new: bytes) -> None:
    assert build(f"--format docx --format {kind}")[0] == 0
    document = folder / f"july-2023.{kind}"
    assert old in document.read_bytes()
    document.write_bytes(document.read_bytes().replace(old, new, 1))
    write_example(folder, {"Data!F6": 1282})
    before = contents(folder)

    status, _, err = build(f"--format docx --format {kind}")
    assert (status, f"july-2023.{kind} was edited" in err) == (3, True)
    assert written(folder, before) == []
    assert build(f"--format docx --format {kind} --overwrite")[0] == 0


@pytest.mark.parametrize("overwrite", ["", " --overwrite"])
def test_the_audit_that_a_report_compares_with_is_never_written_over(folder: Path, build: Run, overwrite: str) -> None:
    place, authority = json.loads(audit_of(build, folder)).get("place"), ""
    (folder / "june-2023.audit.json").write_bytes(other_audit(place=place, authority=authority))
    write_example(folder, {"care.md": TEMPLATE + "\n{{ since_last_report() }}\n"})
    before = contents(folder)

    status, _, err = build(f"--output june-2023.docx{overwrite}")
    assert (status, "june-2023.audit.json is one of the files that this run has read" in err) == (2, True)
    assert written(folder, before) == []
    assert build()[0] == 0 and build()[0] == 0


def test_workbooks_of_one_run_may_compare_with_each_other_in_any_order(folder: Path, build: Run) -> None:
    write_report(folder, care=TEMPLATE + "\n{{ since_last_report() }}\n")
    june = [[cell for column, cell in enumerate(row) if column != 5] for row in DATA]
    write_workbook(folder / "july-2023.xlsx", {"Data": DATA})
    write_workbook(folder / "june-2023.xlsx", {"Data": june})
    assert build("", "june-2023.xlsx", "july-2023.xlsx")[0] == 0
    before = contents(folder)

    assert build("", "july-2023.xlsx", "june-2023.xlsx")[0] == 0
    assert contents(folder) == before

    write_workbook(folder / "june-2023.xlsx", changed({"Data": june}, {"Data!E6": 1290}))
    assert build("", "july-2023.xlsx", "june-2023.xlsx")[0] == 2
    assert written(folder, before) == ["june-2023.xlsx"]
    assert build("", "june-2023.xlsx", "july-2023.xlsx")[0] == 0


def audit_of(build: Run, folder: Path) -> bytes:
    assert build()[0] == 0
    return (folder / "july-2023.audit.json").read_bytes()


@pytest.mark.parametrize("overwrite", ["", " --overwrite"])
def test_a_folder_in_the_way_of_one_file_stops_them_all(folder: Path, build: Run, overwrite: str) -> None:
    (folder / "july-2023.audit.json").mkdir()
    before = contents(folder)
    status, _, err = build(f"--format docx --format html{overwrite}")

    assert (status, "july-2023.audit.json is not a file that a report can replace" in err) == (3, True)
    assert written(folder, before) == []


# What stops it


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"page.typ": "#set text(fill: nice)\n"}, "definition.page-typ  page.typ  line 1"),
        ({"page.html": "<p>Ours</p>"}, "definition.page-place"),
        ({TEXT: "## What is next?\n\nWe are pleased \U0001f600.\n"}, "pdf.character  july-2023.xlsx  care"),
        (BROKEN_LINK, "html.broken-link"),
    ],
)
def test_an_error_in_one_format_stops_them_all(folder: Path, build: Run, change: Change, code: str) -> None:
    write_example(folder, change)
    before = contents(folder)
    status, out, err = build(ALL)

    assert (status, out, code in err) == (1, "", True), err
    assert written(folder, before) == []


def test_a_draft_is_written_in_spite_of_what_readers_would_miss(folder: Path, build: Run) -> None:
    write_example(folder, BROKEN_LINK)
    before = contents(folder)
    status, _, err = build("--draft --format html --format docx")

    assert (status, err.count("html.broken-link"), err.splitlines()[-1]) == (0, 1, "1 error")
    assert written(folder, before) == ["july-2023.audit.json", "july-2023.docx", "july-2023.html"]
    (found,) = json.loads((folder / "july-2023.audit.json").read_bytes())["findings"]
    assert (found["code"], found["file"]) == ("html.broken-link", "july-2023.html")


@pytest.mark.parametrize("json_", ["", " --json"])
def test_a_warning_about_a_document_is_listed_once_and_stops_a_strict_build(
    folder: Path, build: Run, json_: str
) -> None:
    write_example(folder, SMALL_TEXT)
    before = contents(folder)
    status, out, err = build(f"--format html --quiet --strict{json_}")
    assert status == 1 and written(folder, before) == []
    assert (out if json_ else err).count("document.small-text") == 1

    status, again, err_again = build(f"--format html --quiet{json_}")
    assert (status, again, err_again) == (0, out, err)
    assert not json_ or [each["code"] for each in json.loads(out)] == ["document.small-text"]


def test_a_finding_about_a_document_that_is_ignored_is_in_the_audit_alone(folder: Path, build: Run) -> None:
    write_example(folder, {**SMALL_TEXT, "report.toml": IGNORED})
    status, _, err = build("--format html --strict")

    assert (status, err.splitlines()[-1]) == (0, "no findings, 1 ignored")
    (found,) = json.loads((folder / "july-2023.audit.json").read_bytes())["findings"]
    assert (found["code"], found["decided"]) == (
        "document.small-text",
        "report.toml, until 31 January 2024: A poster",
    )


@pytest.mark.parametrize("options", ["", "--draft", "--output board.docx", "--draft --output board.docx"])
def test_what_a_councils_own_shell_lacks_is_told_once_and_by_validate_too(
    folder: Path, build: Run, call: Run, options: str
) -> None:
    from docx.shared import Pt

    def with_small_text(document: Any) -> None:
        document.add_paragraph().add_run("Printed on recycled paper").font.size = Pt(7)

    (folder / "shell.docx").write_bytes(edited(with_small_text))
    (folder / "july-2023.xlsx").rename(folder / "cpb.xlsx")
    told = "warning  document.small-text  cpb-2023-07.docx  small text: 'Printed on recycled paper' (7 pt)"
    assert told in call("validate", "cpb.xlsx")[1]

    status, _, err = build(options, "cpb.xlsx")
    assert (status, told in err, err.count("document.small-text")) == (0, True, 1)
    (audit,) = folder.glob("*.audit.json")
    assert audit.read_bytes().count(b"document.small-text") == 1


def test_a_sentence_that_somebody_accepted_stays_accepted(folder: Path, build: Run) -> None:
    example = EXAMPLES["narrative.acceptance-lapsed"]
    write_example(folder, example.fires)
    assert "narrative.acceptance-lapsed" in build()[2]
    write_example(folder, example.silent)

    status, _, err = build("--format docx --format html")
    assert (status, "narrative.acceptance-lapsed" in err, ", 1 ignored" in err) == (0, False, True), err


def test_without_typst_nothing_is_written(folder: Path, build: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    without_typst(monkeypatch)
    before = contents(folder)
    status, out, err = build(ALL)

    assert (status, out, 'pip install "cpreport[pdf]"' in err) == (3, "", True)
    assert written(folder, before) == []
    assert build("--format docx --format html")[0] == 0
