"""A small file from anywhere is read, or refused, in a moment: whatever grows when it is unpacked has a limit."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cpreport.compose.sandbox import MAX_SOURCE
from cpreport.inputs.narratives.word.body import LONGEST
from cpreport.inputs.narratives.word.document import read_word
from cpreport.model.folder import SectionPlan, Slot

from .shown import shown
from .workbooks import WORDML

SPACES = (
    f'xmlns:w="{WORDML}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SECTION = SectionPlan("care", "Care", "", slots=(Slot("next", "What is next?"),))


def write(path: Path, body: str, parts: Mapping[str, str]) -> Path:
    """A Word file as small as zip makes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{content}</w:{name}>")
    return path


def read(path: Path) -> tuple[str, str]:
    """The text and why there is none."""
    blocks, findings = read_word(path, SECTION, accept_tracked=True)
    return shown(blocks), " ".join(finding.message for finding in findings if finding.is_error)


def reason(folder: Path, body: str, **parts: str) -> str:
    return read(write(folder / "care.docx", body, parts))[1]


def p(inside: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inside}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def nested(tag: str, times: int, inside: str) -> str:
    names = tag.split("/")
    begin, end = "".join(f"<{name}>" for name in names), "".join(f"</{name.split()[0]}>" for name in reversed(names))
    return begin * times + inside + end * times


def cells(times: int, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(r('a'))}</w:tc>" * times


# Tables

SPAN = '<w:gridSpan w:val="63"/>'


def test_a_table_has_no_more_columns_than_word_makes(tmp_path: Path) -> None:
    wide, narrow = f"<w:tr>{cells(2000, SPAN)}</w:tr>", f"<w:tr>{cells(1)}</w:tr>"
    assert "more than 63 columns" in reason(tmp_path, f"<w:tbl>{wide}{narrow * 1000}</w:tbl>")
    assert reason(tmp_path, f"<w:tbl><w:tr>{cells(63)}</w:tr></w:tbl>") == ""


def test_tables_have_no_more_cells_than_a_report_prints(tmp_path: Path) -> None:
    row = f"<w:tr>{cells(1, SPAN)}</w:tr>"
    assert "more than 50,000 cells" in reason(tmp_path, f"<w:tbl>{row * 900}</w:tbl>")
    assert "more than 50,000 cells" in reason(tmp_path, f"<w:tbl>{row * 500}</w:tbl>{p('')}<w:tbl>{row * 500}</w:tbl>")


# What is repeated for each paragraph


def test_fields_in_each_other_are_counted(tmp_path: Path) -> None:
    begin = '<w:fldChar w:fldCharType="begin"/><w:instrText>A</w:instrText><w:fldChar w:fldCharType="separate"/>'
    end = '<w:fldChar w:fldCharType="end"/>'
    assert "too deep" in reason(tmp_path, p(f"<w:r>{begin * 8000}{end * 8000}</w:r>"))
    text, said = read(write(tmp_path / "care.docx", p(f"<w:r>{begin * 90}<w:t>a</w:t>{end * 90}</w:r>"), {}))
    assert (text, said) == ("a", "")


def test_a_style_has_no_more_properties_than_there_are(tmp_path: Path) -> None:
    style = '<w:style w:type="paragraph" w:styleId="s"><w:pPr>%s</w:pPr></w:style>'
    assert "properties" in reason(tmp_path, p(r("a"), "s"), styles=style % ("<w:jc/>" * 600))
    assert reason(tmp_path, p(r("a"), "s"), styles=style % ("<w:jc/>" * 100)) == ""


# What is nested


@pytest.mark.parametrize("tags", ["w:ins", "w:ins/w:del", "w:moveTo/w:ins"])
@pytest.mark.parametrize("times", [300, 40])
def test_changes_in_each_other_are_reported_once(tmp_path: Path, tags: str, times: int) -> None:
    said = reason(tmp_path, p(nested(tags, times, r("a") * 10)))
    assert bool(said) == (times > 40)


@pytest.mark.parametrize(
    "tag", ["w:sdt/w:sdtContent", "mc:AlternateContent/mc:Choice", "w:smartTag", "w:pict/w:txbxContent"]
)
@pytest.mark.parametrize("times", [3000, 45])
def test_containers_in_each_other_are_counted(tmp_path: Path, tag: str, times: int) -> None:
    said = reason(tmp_path, p(nested(tag, times, "<w:r/>" * 10)))
    assert bool(said) == (times > 50 or "Alternate" in tag)


def test_alternatives_may_be_in_each_other_as_word_has_them(tmp_path: Path) -> None:
    body = p(nested("mc:AlternateContent/mc:Choice/w:pict/w:txbxContent", 4, p(r("a"))) + r("b"))
    assert reason(tmp_path, body) == ""


@pytest.mark.parametrize("times", [1000, 30])
def test_tables_in_each_other_are_counted(tmp_path: Path, times: int) -> None:
    said = reason(tmp_path, nested("w:tbl/w:tr/w:tc", times, p(r("a")) * 10))
    assert bool(said) == (times > 30)


# What is large


def test_a_text_is_not_longer_than_one_that_is_composed(tmp_path: Path) -> None:
    assert LONGEST == MAX_SOURCE
    assert reason(tmp_path, p(r("a" * 190_000))) == ""
    assert "too long for a narrative" in reason(tmp_path, p(r("a" * 210_000)))
    assert reason(tmp_path, p(r("*" * 150_000))) == ""


@pytest.mark.parametrize("prefix", ["b", "xmlns"])
def test_a_namespace_is_not_a_book(tmp_path: Path, prefix: str) -> None:
    declared = 'xmlns="%s"' if prefix == "xmlns" else 'xmlns:b="%s"'
    tag = "x" if prefix == "xmlns" else "b:x"
    body = f"<w:p {declared % ('u' * 4_000_000)}>{f'<{tag}/>' * 200_000}</w:p>"
    assert "too long" in reason(tmp_path, body)


def test_an_address_is_not_longer_than_word_takes(tmp_path: Path) -> None:
    link = f'<w:fldSimple w:instr="HYPERLINK https://a.uk/{"a" * 3_000}">'
    body = p(f"{link}{(r('a') + '<w:r><w:br/></w:r>') * 10}</w:fldSimple>")
    text, said = read(write(tmp_path / "care.docx", body, {}))
    assert "https" not in text and said == ""


# What grows


def calls(action: Callable[[], object]) -> int:
    """How many functions are called."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return counted


SYMBOL = '<w:sym w:font="Wingdings" w:char="F0FC"/>'
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="%s"/></w:numPr></w:pPr>'
GROWING = {
    "line breaks": lambda n: p(f"<w:r><w:rPr><w:b/></w:rPr>{'<w:t>a</w:t><w:br/><w:br/>' * n}</w:r>"),
    "runs": lambda n: p((r("a ") + "<w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>") * n),
    "runs in a word": lambda n: p((r("a") + "<w:r><w:rPr><w:i/></w:rPr><w:t>b</w:t></w:r>") * n),
    "symbols": lambda n: p(f"<w:r>{SYMBOL * n}</w:r>"),
    "paragraphs": lambda n: p(r("a b")) * n,
    "lists": lambda n: "".join(p((NUMBERED % number) + r("a")) for number in range(n)),
    "styles": lambda n: "".join(p(r("a"), f"s{number}") for number in range(n)),
    "cells": lambda n: f"<w:tbl>{f'<w:tr>{cells(5)}</w:tr>' * n}</w:tbl>",
    "frames": lambda n: nested("w:tbl/w:tr/w:tc", 8, p(r("a")) * n),
    "fields": lambda n: p('<w:fldSimple w:instr="PAGE"><w:r><w:t>1 </w:t></w:r></w:fldSimple>' * n),
    "tags": lambda n: p(r("{{ a }} x " * n)),
    "equations": lambda n: p(f'<m:oMath xmlns:m="{MATH}">{"<m:f><m:num/><m:den/></m:f>" * n}</m:oMath>'),
}
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize("kind", ["runs", "cells", "lists"])
def test_four_times_as_much_takes_about_four_times_as_long(tmp_path: Path, kind: str) -> None:
    few, many = (write(tmp_path / f"{n}.docx", GROWING[kind](n), {}) for n in (50, 200))
    read(few)
    assert calls(lambda: read(many)) < 5 * calls(lambda: read(few))
