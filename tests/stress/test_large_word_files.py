"""Large Word files, and files whose parts refer to each other, are read or refused within seconds."""

from __future__ import annotations

import time
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from cpreport.inputs.narratives.word.document import read_word

from ..shown import shown
from ..test_word_limits import NAMES, nested, p, r, write
from ..workbooks import write_docx

SECONDS = 15


def read(path: Path) -> tuple[str, str]:
    """The text and why there is none; within seconds."""
    started = time.process_time()
    blocks, findings = read_word(path, NAMES, accept_tracked=True)
    assert time.process_time() - started < SECONDS
    return shown(blocks), " ".join(finding.message for finding in findings if finding.is_error)


def reason(folder: Path, body: str, **parts: str) -> str:
    return read(write(folder / "care.docx", body, parts))[1]


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


@pytest.mark.parametrize("tags", ["w:ins", "w:ins/w:del", "w:moveTo/w:ins"])
@pytest.mark.parametrize("times", [300, 40])
def test_changes_in_each_other_are_told_once(tmp_path: Path, tags: str, times: int) -> None:
    said = reason(tmp_path, p(nested(tags, times, r("a") * 100_000)))
    assert bool(said) == (times > 40)


@pytest.mark.parametrize(
    "tag", ["w:sdt/w:sdtContent", "mc:AlternateContent/mc:Choice", "w:smartTag", "w:pict/w:txbxContent"]
)
@pytest.mark.parametrize("times", [3000, 45])
def test_containers_in_each_other_take_no_time(tmp_path: Path, tag: str, times: int) -> None:
    said = reason(tmp_path, p(nested(tag, times, "<w:r/>" * 250_000)))
    assert bool(said) == (times > 50 or "Alternate" in tag)


@pytest.mark.parametrize("times", [1000, 30])
def test_tables_in_each_other_take_no_time(tmp_path: Path, times: int) -> None:
    said = reason(tmp_path, nested("w:tbl/w:tr/w:tc", times, p(r("a")) * 20_000))
    assert bool(said) == (times > 30)


@pytest.mark.parametrize("text", ["what is next?\n" * 13_000, "What is next? " * 13_000])
def test_lines_that_name_slots_take_no_time(tmp_path: Path, text: str) -> None:
    lines = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n"))
    reason(tmp_path, p(f"<w:r><w:rPr><w:b/></w:rPr>{lines}</w:r>"))
    reason(tmp_path, p(f"<w:r>{lines}</w:r>", "Heading1"))


def test_parts_are_not_too_many_together(tmp_path: Path) -> None:
    parts = {f"part{n}": "a" * 15 * 2**20 for n in range(6)}
    assert "too large" in reason(tmp_path, p(r("a")), **parts)
    assert "too large" in reason(tmp_path, "<w:p/>" * 400_000)


@pytest.mark.parametrize("prefix", ["b", "xmlns"])
def test_a_namespace_is_not_a_book(tmp_path: Path, prefix: str) -> None:
    declared = 'xmlns="%s"' if prefix == "xmlns" else 'xmlns:b="%s"'
    tag = "x" if prefix == "xmlns" else "b:x"
    body = f"<w:p {declared % ('u' * 4_000_000)}>{f'<{tag}/>' * 200_000}</w:p>"
    assert "too long" in reason(tmp_path, body)


def test_a_style_has_no_more_properties_than_there_are(tmp_path: Path) -> None:
    style = '<w:style w:type="paragraph" w:styleId="s"><w:pPr>%s</w:pPr></w:style>'
    assert "properties" in reason(tmp_path, p(r("a"), "s") * 4000, styles=style % ("<w:jc/>" * 200_000))
    assert reason(tmp_path, p(r("a"), "s"), styles=style % ("<w:jc/>" * 100)) == ""


@pytest.mark.parametrize("sign", ["{{", "a ", "**", "[", "\n", "&", "• ", "- \n", "a\n\n", "{%%}"])
def test_no_text_takes_long(tmp_path: Path, sign: str) -> None:
    typed = escape(sign * (150_000 // len(sign)))
    bold = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{typed}</w:t></w:r>'
    read(write_docx(tmp_path / "care.docx", p(bold)))
