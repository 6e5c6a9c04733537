"""Large Word files, and files whose parts refer to each other, are read or refused: what grows too fast never ends."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from cpreport.model.errors import InputError

from ..test_shell import month_with
from ..test_word_limits import p, r, read, reason
from ..workbooks import write_docx


def test_the_code_of_a_field_is_read_once(tmp_path: Path) -> None:
    codes = f"<w:instrText>{'A' * 40}</w:instrText>" * 200_000
    assert reason(tmp_path, p(f'<w:r><w:fldChar w:fldCharType="begin"/>{codes}</w:r>')) == ""


def test_cells_before_a_row_take_no_room(tmp_path: Path) -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="63"/></w:trPr></w:tr>'
    assert reason(tmp_path, f"<w:tbl>{row * 30_000}</w:tbl>{p(r('a'))}") == ""


def test_styles_based_on_each_other_are_looked_up_once(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(4000)
    )
    assert reason(tmp_path, "".join(p(r("a"), f"s{n}") for n in range(4000)), styles=styles) == ""


@pytest.mark.parametrize("overrides", ["", '<w:lvlOverride w:ilvl="0"/>' * 4000])
def test_the_levels_of_a_list_are_read_once(tmp_path: Path, overrides: str) -> None:
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/></w:lvl>' for n in range(4000))
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>{overrides if n == 1 else ""}</w:num>' for n in range(4000)
    )
    numbering = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{lists}'
    numbered = '<w:pPr><w:numPr><w:numId w:val="%s"/></w:numPr></w:pPr>'
    body = "".join(p(numbered % n + r("a")) for number in range(4000) for n in (1, number))
    assert reason(tmp_path, body, numbering=numbering) == ""


def test_lists_linked_to_each_other_end(tmp_path: Path) -> None:
    style = '<w:style w:type="numbering" w:styleId="s%s"><w:pPr>%s</w:pPr></w:style>'
    styles = "".join(style % (n, f'<w:numPr><w:numId w:val="{n}"/></w:numPr>') for n in range(4000))
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="s{n + 1}"/></w:abstractNum>'
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(4000)
    )
    body = "".join(p(f'<w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr>{r("a")}') for n in range(1, 4000))
    assert reason(tmp_path, body, styles=styles, numbering=numbering) == ""


def test_a_comment_that_is_referred_to_often_is_quoted_from_its_start(tmp_path: Path) -> None:
    comment = f'<w:comment w:id="1">{p(r("ab" * 1000) * 1000)}</w:comment>'
    body = p(r("a") + '<w:r><w:commentReference w:id="1"/></w:r>' * 50_000)
    assert reason(tmp_path, body, comments=comment) == ""


@pytest.mark.parametrize("text", ["what is next?\n" * 13_000, "What is next? " * 13_000])
def test_lines_that_name_slots_are_read(tmp_path: Path, text: str) -> None:
    lines = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n"))
    reason(tmp_path, p(f"<w:r><w:rPr><w:b/></w:rPr>{lines}</w:r>"))
    reason(tmp_path, p(f"<w:r>{lines}</w:r>", "Heading1"))


def test_parts_are_not_too_many_together(tmp_path: Path) -> None:
    parts = {f"part{n}": "a" * 15 * 2**20 for n in range(6)}
    assert "too large" in reason(tmp_path, p(r("a")), **parts)
    assert "too large" in reason(tmp_path, "<w:p/>" * 400_000)


@pytest.mark.parametrize("sign", ["{{", "a ", "**", "[", "\n", "&", "• ", "- \n", "a\n\n", "{%%}"])
def test_any_text_is_read(tmp_path: Path, sign: str) -> None:
    typed = escape(sign * (150_000 // len(sign)))
    bold = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{typed}</w:t></w:r>'
    read(write_docx(tmp_path / "care.docx", p(bold)))


def test_a_shell_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too large"):
        month_with(tmp_path, more=bytes(401 * 2**20))
