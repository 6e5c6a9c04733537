"""shell.docx as people and others leave it: every mistake is a finding, and none of its tags runs unchecked."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from cpreport import build_report, load_workbook
from cpreport.inputs.report.folder import PACKAGED, packaged_reports
from cpreport.model.errors import InputError
from cpreport.pipeline import Month

EXAMPLES = Path(__file__).parents[1] / "examples"


def month_with(folder: Path, old: str = "", new: str = "", part: str = "word/document.xml", more: bytes = b"") -> Month:
    """The example with a report folder beside it whose shell has a part with one text replaced by another."""
    shutil.copytree(packaged_reports() / PACKAGED, folder / "report")
    shell = folder / "report" / "shell.docx"
    with zipfile.ZipFile(shell) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode()) if old else parts[part]
    with zipfile.ZipFile(shell, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **({"word/media/big.png": more} if more else {})}.items():
            archive.writestr(name, content)
    return load_workbook(EXAMPLES / "july-2023.xlsx", report=folder / "report")


def codes(month: Month) -> list[str]:
    return [finding.code for finding in month.findings]


def test_the_packaged_shell_has_no_mistake(tmp_path: Path) -> None:
    assert codes(month_with(tmp_path)) == []


def test_a_shell_without_a_place_for_the_sections_is_a_finding(tmp_path: Path) -> None:
    assert codes(month_with(tmp_path, "sections", "sectoins")) == ["definition.shell"]


def test_sections_among_other_words_are_a_finding(tmp_path: Path) -> None:
    (finding,) = month_with(tmp_path, "{{ sections }}", "Here: {{ sections }}").findings
    assert finding.code == "definition.shell"
    assert "Here: {{ sections }}" in finding.message


def test_an_unknown_attribute_is_a_finding_with_its_paragraph(tmp_path: Path) -> None:
    finding = month_with(tmp_path, "report.contact", "report.kontact").findings[0]
    assert (finding.code, finding.place.file) == ("template.undefined-name", "shell.docx")
    assert "{{ report.kontact }}" in finding.message or "{%p if report.kontact %}" in finding.message


@pytest.mark.parametrize("attack", ["{{ 7 * 7 }}", "{{ report.__class__ }}", "{% for a in range(9) %}{% endfor %}"])
def test_a_tag_where_words_do_not_stand_is_refused_before_it_runs(tmp_path: Path, attack: str) -> None:
    month = month_with(tmp_path, '<w:pgSz w:w="', f'<w:pgSz w:code="{attack}" w:w="')
    with pytest.raises(InputError, match=r"shell\.docx"):
        build_report(month)
    with pytest.raises(InputError, match=r"shell\.docx"):
        build_report(month, draft=True)


def test_a_value_that_word_would_not_write_is_a_finding(tmp_path: Path) -> None:
    month = month_with(tmp_path, '<w:pgSz w:w="', '<w:pgSz w:w="x')
    with pytest.raises(InputError, match=r"shell\.docx"):
        build_report(month)


def test_a_shell_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too large"):
        month_with(tmp_path, more=bytes(401 * 2**20))


def test_a_shell_with_a_document_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Word document"):
        month_with(tmp_path, "<w:styles ", "<!DOCTYPE a><w:styles ", part="word/styles.xml")
