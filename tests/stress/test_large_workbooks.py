"""Large workbooks and shells are read: what grows too fast never ends."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from cpreport.compose.sandbox import fill_tags
from cpreport.editions.word import try_word
from cpreport.inputs.shell import read_shell
from cpreport.model.document import Cover, Report
from cpreport.model.errors import InputError

from ..test_shell import in_body, paragraph
from ..test_spreadsheet import cells_of, styled
from ..workbooks import write_example


def test_a_million_empty_formatted_rows_are_simply_read(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 1_000_001))
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>' + rows, styles=styled("0", "0%"))
    assert (cells.rows, cells.traits) == ([[1]], {})


SPACED = {
    "condition": ("{%", "p if report.title %}"),
    "value": ("{{", "report.title }}"),
    "remark": ("{#", "a remark #}"),
    "not closed": ("{%", "if report.title"),
    "no tag": ("", "words"),
    "no sections": ("sections", "{{ report.title }}"),
    "quotes": ("{{ report.title }}“", "“"),
}


@pytest.mark.parametrize("kind", SPACED)
def test_a_shell_with_many_spaces_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    write_example(tmp_path, {"shell.docx": in_body(paragraph((" " * 500_000).join(SPACED[kind])))})
    shell = read_shell(tmp_path / "shell.docx").content
    report = Report(Cover("Report"), "en-GB", ())
    with suppress(InputError):
        try_word(report, shell, shell, partial(fill_tags, report=report))
