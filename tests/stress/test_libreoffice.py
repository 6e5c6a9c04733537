"""What cpreport reads and writes passes through LibreOffice whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn

from cpreport.forms.new_month.workbook import make_new_month, write_new_month
from cpreport.gate.document import check_document
from cpreport.model.document import List, ListEntry
from cpreport.office.digests import recorded_digest, text_digest
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .. import test_narrative_new as new
from ..example_month import NAME, SHEETS, Formula
from ..marked import write_rich
from ..shown import shown
from ..test_dialects import EXAMPLE, same
from ..test_narrative_fix import CELL, FIXED, cells_of, fix
from ..test_narrative_new import JULY, PROMPT, Run, form, forms, opened
from ..test_render_word import SHELL, indicator_table, part, render_word, report, section, words
from ..test_verify import build, edit
from ..test_word_narratives import read
from ..workbooks import write_workbook

if not shutil.which("soffice") and not os.environ.get("CI"):
    pytest.skip("LibreOffice is not installed", allow_module_level=True)

folder, run = new.folder, new.run


def converted(source: Path, kind: str, *options: str) -> Path:
    """The file as LibreOffice saves it, in a folder beside it."""
    out = source.parent / "saved"
    profile = f"-env:UserInstallation={(source.parent / 'profile').absolute().as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", kind, "--outdir", out, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / source.with_suffix(f".{kind.partition(':')[0]}").name


def test_libreoffice_reads_it(tmp_path: Path) -> None:
    path = write_rich(tmp_path, CELL)
    fix(path)
    saved = converted(path, "xlsx")

    assert cells_of(saved)["Narrative"][1] == ("care", "good", FIXED)
    assert cells_of(saved)["Data"] == cells_of(path)["Data"]


def test_libreoffice_computes_the_next_month_as_this_one(tmp_path: Path) -> None:
    sums = {"Sums!A1": Formula("SUM(Data!D2:F2)+Data!G9"), "Sums!A2": Formula("Data!G10")}
    path = write_rich(tmp_path, sums)
    new = make_new_month(path)
    write_new_month(new)
    saved = openpyxl.load_workbook(converted(new.path, "xlsx"), data_only=True)

    assert [row[0] for row in saved["Sums"].values] == [600 + 610 + 604 + 6, 343]
    assert [cell.value for cell in saved["Data"][1]][3:8] == ["May 23", "Jun 23", "Jul 23", "Aug 23", "Q1 23/24"]
    assert [cell.value for cell in saved["Data"][9]][3:8] == [None, None, None, None, 6]


WORD = "docx:MS Word 2007 XML"
FLAT_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>
</office:automatic-styles>
<office:body><office:text>
CHANGES
<text:h text:style-name="Heading_20_1" text:outline-level="1">What went well</text:h>
<text:p>It is <text:span text:style-name="B">very</text:span> <text:a xlink:href="https://a.uk/">well</text:a>.</text:p>
<text:list text:style-name="L"><text:list-item><text:p>one</text:p>
<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>two</text:p></text:list-item></text:list>
<text:h text:style-name="Heading_20_2" text:outline-level="2">Homes</text:h>
<table:table><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p>
</table:table-cell></table:table-row></table:table>
MORE
</office:text></office:body></office:document>
"""


CHANGED = """<text:tracked-changes><text:changed-region text:id="i"><text:insertion><office:change-info>
<dc:creator>A</dc:creator><dc:date>2023-07-01T00:00:00</dc:date></office:change-info></text:insertion>
</text:changed-region></text:tracked-changes>"""


INSERTED = """<text:p>Not <text:change-start text:change-id="i"/>really <text:change-end text:change-id="i"/>so.
<office:annotation><dc:creator>A</dc:creator><text:p>Is it?</text:p></office:annotation><text:note
 text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Or not</text:p>
</text:note-body></text:note></text:p>"""


def test_a_file_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    source = tmp_path / "care.fodt"
    source.write_text(FLAT_ODT.replace("CHANGES", "").replace("MORE", ""), encoding="utf-8")

    assert read(converted(source, WORD)) == (
        "## What went well\n\nIt is **very** [well](<https://a.uk/>).\n\n- one\n  1. first\n- two\n\n### Homes\n\n"
        "| a | b |\n| 1 | 2 |",
        [],
    )


def test_changes_comments_and_notes_made_in_libreoffice_are_told(tmp_path: Path) -> None:
    source = tmp_path / "care.fodt"
    source.write_text(FLAT_ODT.replace("CHANGES", CHANGED).replace("MORE", INSERTED), encoding="utf-8")
    text, findings = read(converted(source, WORD))

    assert text.endswith("Not really so.")
    assert [finding.message for finding in findings] == [
        "the text has tracked changes: inserted 'really'",
        "1 comment is not printed: 'Is it?'",
        "1 footnote or endnote is not printed: 'Or not'",
    ]


def test_a_web_page_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    source = tmp_path / "care.html"
    source.write_text(
        "<html><body><h1>What is next?</h1><p>We <strong>will</strong> see &amp; <em>do</em>.<br>Soon.</p>"
        "<ul><li>one<ul><li>below</li></ul></li><li>two</li></ul><ol><li>first</li><li>second</li></ol></body></html>",
        encoding="utf-8",
    )

    assert read(converted(source, WORD, "--infilter=HTML (StarWriter)")) == (
        "## What is next?\n\nWe **will** see & *do*.\nSoon.\n\n- one\n  - below\n- two\n\n1. first\n2. second",
        [],
    )


def test_a_form_saved_by_libreoffice_has_what_was_typed_and_nothing_else(folder: Path, run: Run) -> None:
    write_workbook(folder / NAME, {name: rows for name, rows in SHEETS.items() if name != "Narrative"})
    run(NAME)
    through_libreoffice(JULY)
    month = load_workbook(folder / NAME)
    assert month.workbook.narratives == {} and not [f.code for f in month.findings if "narrative" in f.code]

    document = opened(JULY)
    prompt = [text for text in document.element.body.iter(qn("w:t")) if text.text == PROMPT][-1]
    prompt.text += " All is well."
    document.save(str(JULY))
    through_libreoffice(JULY)
    (narrative,) = load_workbook(folder / NAME).workbook.narratives.values()
    assert (narrative.slot, [shown(each.blocks) for each in narrative.passages]) == ("next", ["- All is well."])


def through_libreoffice(path: Path) -> None:
    """The file as LibreOffice saves it: its content controls lose their tags."""
    converted(path, "docx").replace(path)
    assert "w:tag " not in part(path.read_bytes(), "word/document.xml")


def test_libreoffice_prints_it(folder: Path) -> None:
    (folder / "care.docx").write_bytes(form(forms(folder / NAME)))
    pages = converted(folder / "care.docx", "pdf")
    printed = subprocess.run(["pdftotext", "-layout", pages, "-"], check=True, capture_output=True).stdout.decode()
    assert re.search(r"What went well\s+•\s+Click here and write", printed)
    assert re.search(r"Children in care.*61\.6", printed)
    assert "(604)" in printed


def test_libreoffice_opens_it_without_loss(tmp_path: Path) -> None:
    entries = List(True, (ListEntry(words("<5 of R&D")),))
    content = render_word(
        report(section(indicator_table(columns=9), entries), section(indicator_table()), marks=("DRAFT",)), SHELL
    )
    (tmp_path / "report.docx").write_bytes(content)
    saved = converted(tmp_path / "report.docx", "docx").read_bytes()
    assert text_digest(saved) == recorded_digest(saved) == recorded_digest(content)


def test_a_report_with_charts_saved_by_libreoffice_is_not_edited(tmp_path: Path) -> None:
    content = build_report(load_workbook(EXAMPLE / "march-2022" / "february-2022.xlsx"))
    (tmp_path / "report.docx").write_bytes(content)
    saved = converted(tmp_path / "report.docx", "docx").read_bytes()

    assert b"word/charts/chart" in saved
    assert text_digest(saved) == recorded_digest(content)


def test_the_example_saved_by_libreoffice_gives_the_same_report(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / "july-2023.xlsx", tmp_path)
    saved = converted(converted(tmp_path / "july-2023.xlsx", "ods"), "xlsx")

    narrative = EXAMPLE / "narrative"
    same(load_workbook(saved, narrative=narrative), load_workbook(EXAMPLE / "july-2023.xlsx", narrative=narrative))


def test_a_report_that_libreoffice_saves_has_no_more_findings_than_its_charts(tmp_path: Path) -> None:
    """LibreOffice leaves out the alternative texts of charts, which is all that the gate finds."""
    overview = EXAMPLE / "march-2022" / "february-2022.xlsx"
    for source, codes in ((EXAMPLE / "july-2023.xlsx", []), (overview, ["document.no-alternative-text"])):
        report = tmp_path / f"{source.stem}.docx"
        report.write_bytes(build_report(load_workbook(source)))

        assert [each.code for each in check_document(converted(report, "docx").read_bytes(), report.name)] == codes


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_report_that_libreoffice_saved_again_is_verified(tmp_path: Path, call: Run, is_edited: bool) -> None:
    shutil.copytree(EXAMPLE / "narrative", tmp_path / "narrative")
    shutil.copy(EXAMPLE / "july-2023.xlsx", tmp_path)
    path = tmp_path / "july-2023.docx"
    build(tmp_path / "july-2023.xlsx", path)
    if is_edited:
        edit(path, (">8.8%<", ">8.9%<"))
    again = shutil.move(converted(path, "docx"), tmp_path / "again.docx")
    status, out, _ = call("verify", str(again))

    words = (
        "Jul 23: 8.9% in the document, 8.8% computed" if is_edited else "the same words, saved again by another program"
    )
    assert (status, out.strip().endswith(words)) == (int(is_edited), True)
