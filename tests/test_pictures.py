"""Pictures: from the report folder into templates and Markdown, and from Word narratives, with alternative text."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import docx
import pytest
from docx.shared import Emu
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from cpreport.model.document import Picture, plain
from cpreport.model.errors import InputError
from cpreport.office.pictures import LARGEST, NotAPicture, check_vector, read_image
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .example_month import DATA
from .made_blocks import words
from .pictures import SVG, chunk, jpeg, png, segment
from .test_references import chart
from .test_render_word import SHELL, opened, paragraphs, render_word, rendered, report, section
from .workbooks import write_report, write_workbook

NARRATIVE = Path("narrative/2023-07")
REPORT = """
title = "Report"
sections = [{ id = "care", title = "Care", template = "care.md", slots = [{ id = "next", title = "What is next?" }] }]
"""


def month_of(folder: Path, template: str = '{{ narrative("next") }}', **files: bytes) -> Month:
    """A month with a template and files of the report folder by their names without the ending `.png`."""
    write_report(folder, care=template, report=REPORT)
    for name, content in files.items():
        (folder / f"{name}.png").write_bytes(content)
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"Data": DATA}))


def in_markdown(folder: Path, text: str) -> None:
    (folder / NARRATIVE).mkdir(parents=True, exist_ok=True)
    (folder / NARRATIVE / "care.md").write_text(f"## What is next?\n\n{text}\n", encoding="utf-8")


def pictures(month: Month) -> list[Picture]:
    return [block for section in month.report.sections for block in section.blocks if isinstance(block, Picture)]


def errors(month: Month) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in month.findings if finding.is_error]


def reasons(month: Month) -> list[str]:
    assert {finding.code for finding in month.findings if finding.is_error} <= {"template.picture"}
    return [finding.message.partition(" (under")[0] for finding in month.findings if finding.is_error]


def drawings(content: bytes) -> list[Any]:
    return list(opened(content).element.body.iter("{*}docPr"))


# Files


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(96, 48), (1, 0.5)),
        (png(96, 48, chunk(b"pHYs", pack(">IIB", 7559, 7559, 1))), (0.5, 0.25)),
        (png(96, 48, chunk(b"pHYs", pack(">IIB", 1, 1, 0))), (1, 0.5)),
        (jpeg(200, 100, density=200), (1, 0.5)),
        (jpeg(96, 48, density=0), (1, 0.5)),
    ],
)
def test_a_picture_has_the_size_that_its_file_states(content: bytes, size: tuple[float, float]) -> None:
    image = read_image(content)
    assert (Emu(image.width).inches, Emu(image.height).inches) == pytest.approx(size, rel=0.001)


SECRET = b"51.5N 0.1W, Ann Lee"


@pytest.mark.parametrize(
    "content",
    [
        png(4, 4, chunk(b"tEXt", b"Author\0" + SECRET)),
        png(4, 4, chunk(b"eXIf", SECRET)),
        png(4, 4, chunk(b"iTXt", SECRET), chunk(b"caBX", SECRET)),
        png(4, 4) + SECRET,
        jpeg(4, 4, segment(0xE1, b"Exif\0\0" + SECRET)),
        jpeg(4, 4, segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xFE, SECRET), segment(0xE2, b"MPF\0" + SECRET)),
        jpeg(4, 4, SECRET),
        jpeg(4, 4) + jpeg(2, 2, segment(0xE1, SECRET)),
    ],
)
def test_what_a_file_says_beside_the_picture_is_not_printed(content: bytes) -> None:
    kept = read_image(content).content
    assert SECRET not in kept
    assert kept in (png(4, 4), jpeg(4, 4))


def test_what_a_file_says_of_its_look_is_kept() -> None:
    looks = (chunk(b"gAMA", pack(">I", 45455)), chunk(b"tRNS", b"\0\1"))
    assert read_image(png(4, 4, *looks)).content == png(4, 4, *looks)
    profile = segment(0xE2, b"ICC_PROFILE\0\1\1x") + segment(0xEE, b"Adobe\0\x64")
    assert read_image(jpeg(4, 4, profile)).content == jpeg(4, 4, profile)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a PNG or JPEG picture, whatever its name says"),
        (b"GIF89a", "is not a PNG or JPEG picture, whatever its name says"),
        (SVG, "is not a PNG or JPEG picture, whatever its name says"),
        (png()[:-1], "is damaged: its end is missing"),
        (png().replace(b"IDAT", b"IDAX"), "is damaged: a checksum in it is wrong"),
        (png(0, 5), "is damaged: it has no picture in it"),
        (png(60_000, 60_000, pixels=False), "has 3,600,000,000 pixels; 50,000,000 are allowed"),
        (png() + bytes(LARGEST), "has more than 10 MiB"),
        (jpeg()[:-2], "is damaged: its end is missing"),
        (jpeg(0, 0), "is damaged: it has no picture in it"),
        (b"\xff\xd8\xff\xd9", "is damaged: it has no picture in it"),
        (jpeg(65_000, 65_000), "has 4,225,000,000 pixels; 50,000,000 are allowed"),
    ],
)
def test_a_file_that_is_no_picture_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(NotAPicture) as caught:
        read_image(content)
    assert str(caught.value) == reason


@pytest.mark.parametrize("content", [png(4, 4), jpeg(4, 4)])
def test_a_file_that_is_cut_anywhere_is_refused(content: bytes) -> None:
    for length in range(len(content)):
        with pytest.raises(NotAPicture):
            read_image(content[:length])


@given(st.sampled_from([png(4, 4), jpeg(4, 4)]), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255))))
def test_a_spoiled_file_is_a_picture_or_refused(content: bytes, changes: list[tuple[int, int]]) -> None:
    spoiled = bytearray(content)
    for at, byte in changes:
        spoiled[at % len(spoiled)] = byte
    try:
        assert read_image(bytes(spoiled)).width > 0
    except NotAPicture as reason:
        assert str(reason)


def svg(inside: str, more: str = "", before: str = "") -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {spaces} {more}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        svg('<defs><path id="a"/></defs><use href="#a"/><rect fill="url(#b)"/>'),
        svg('<image xlink:href="data:image/png;base64,AAAA"/><style>path { fill: #12436D }</style>'),
    ],
)
def test_an_svg_file_that_has_all_in_itself_is_taken(content: bytes) -> None:
    check_vector(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg>",
        b"<svg/>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        svg("<script>alert(1)</script>"),
        svg("<foreignObject/>"),
        svg("<set attributeName='href' to='x'/>"),
        svg("", 'onload="alert(1)"'),
        svg('<image xlink:href="https://x.uk/a.png"/>'),
        svg('<image href="file:///etc/passwd"/>'),
        svg('<a xlink:href="javascript:alert(1)"/>'),
        svg('<image href="data:image/svg+xml;base64,AAAA"/>'),
        svg('<rect fill="url(https://x.uk/#a)"/>'),
        svg("<style>@import 'x.css';</style>"),
        svg('<style>rect { fill: url( "https://x.uk") }</style>'),
        svg("", before='<?xml-stylesheet href="x.css"?>'),
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        svg(" " * LARGEST),
    ],
)
def test_an_svg_file_that_runs_or_fetches_something_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        check_vector(content)


# Templates and narratives in Markdown


def test_a_template_prints_a_picture_with_its_alternative_text(tmp_path: Path) -> None:
    month = month_of(tmp_path, "Before\n\n![Where our homes are](map.png)\n\nAfter", map=png(96, 48))
    assert errors(month) == []
    (picture,) = pictures(month)
    assert plain(picture.description) == "Where our homes are"
    content = build_report(month)
    (drawing,) = drawings(content)
    assert drawing.get("descr") == "Where our homes are"
    (shape,) = opened(content).inline_shapes
    assert (shape.width.inches, shape.height.inches) == pytest.approx((1, 0.5), rel=0.01)
    assert zipfile.ZipFile(BytesIO(content)).read("word/media/picture1.png") == png(96, 48)


def test_a_narrative_in_markdown_prints_a_picture_too(tmp_path: Path) -> None:
    in_markdown(tmp_path, "Before\n\n![A map of {{ period }}](map.png)\n")
    month = month_of(tmp_path, map=png())
    assert errors(month) == []
    assert [plain(each.description) for each in pictures(month)] == ["A map of Jul 23"]


@pytest.mark.parametrize("typed", ["![a](<our map.png>)", "![a](our%20map.png)", "> ![a](<our map.png>)"])
def test_a_name_may_have_spaces(tmp_path: Path, typed: str) -> None:
    month = month_of(tmp_path, typed, **{"our map": png()})
    assert (len(pictures(month)), errors(month)) == (1, [])


def test_several_pictures_may_follow_each_other(tmp_path: Path) -> None:
    month = month_of(tmp_path, "![a](map.png)\n![b](map.png)", map=png())
    assert [plain(each.description) for each in pictures(month)] == ["a", "b"]
    names = zipfile.ZipFile(BytesIO(build_report(month))).namelist()
    assert [name for name in names if "media" in name] == ["word/media/picture1.png"]


NOT_THERE = "is not in the report folder; nothing is fetched from elsewhere"
NO_PICTURE = "is not a PNG, JPEG or SVG file of the report folder"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.png", NOT_THERE),
        ("../secret.png", NOT_THERE),
        ("sub/../../secret.png", NOT_THERE),
        ("%2e%2e/secret.png", NOT_THERE),
        ("{}/secret.png", NOT_THERE),
        ("linked.png", NOT_THERE),
        ("folder.png", NOT_THERE),
        ("https://x.uk/map.png", NOT_THERE),
        ("//x.uk/map.png", NOT_THERE),
        ("map", NO_PICTURE),
        ("report.toml", NO_PICTURE),
        ("a%00.png", NOT_THERE),
        ("text.png", "is not a PNG or JPEG picture, whatever its name says"),
        ("cut.png", "is damaged: its end is missing"),
        ("large.png", "cannot be read, or has more than 10 MiB"),
    ],
)
def test_what_is_not_a_picture_of_the_report_folder_is_an_error(tmp_path: Path, name: str, reason: str) -> None:
    folder = tmp_path / "report"
    (folder / "folder.png").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png())
    (folder / "linked.png").symlink_to(tmp_path / "secret.png")
    name = name.format(tmp_path)
    month = month_of(folder, f"a\n\n![b]({name})", map=png(), text=b"text", cut=png()[:-1], large=bytes(LARGEST + 1))
    (found,) = [finding for finding in month.findings if finding.is_error]
    assert found.message.endswith(f" {reason}")
    assert (found.code, found.place.file, found.place.line) == ("template.picture", "care.md", 3)
    assert len(f"{found.message} {found.hint}".split()) <= 30
    assert pictures(month) == []
    with pytest.raises(InputError):
        build_report(month)


@pytest.mark.parametrize("typed", ["![](map.png)", "![ ](map.png)"])
def test_a_picture_without_alternative_text_is_an_error_that_says_where(tmp_path: Path, typed: str) -> None:
    in_markdown(tmp_path, f"Before\n\n{typed}")
    month = month_of(tmp_path, map=png())
    (found,) = [finding for finding in month.findings if finding.is_error]
    assert (found.code, found.place.file, found.place.line) == ("template.no-alternative-text", "care.md", 5)
    assert found.message.startswith("the picture map.png has no alternative text")


def test_alternative_text_that_tags_leave_empty_is_none(tmp_path: Path) -> None:
    month = month_of(tmp_path, 'a\n\n![{{ "" }}](map.png)', map=png())
    (found,) = [finding for finding in month.findings if finding.is_error]
    assert (found.code, found.place.file, found.place.line) == ("template.no-alternative-text", "care.md", 3)


def test_a_draft_prints_the_alternative_text_of_what_cannot_be_printed(tmp_path: Path) -> None:
    month = month_of(tmp_path, "Before\n\n![A map of {{ period }}](none.png)\n\n![](map.png)", map=png())
    assert [code for code, _ in errors(month)] == ["template.picture", "template.no-alternative-text"]
    content = build_report(month, draft=True)
    assert drawings(content) == []
    assert ("Note", "A map of Jul 23") in paragraphs(opened(content))


def test_a_number_in_alternative_text_is_checked_as_any_other(tmp_path: Path) -> None:
    in_markdown(tmp_path, "![There were 999 moves in Jul 23](map.png)")
    month = month_of(tmp_path, map=png())
    (text,) = [each for each in month.texts if each.slot == "next"]
    assert [line.words for line in text.lines] == ["There were 999 moves in Jul 23"]


def test_an_svg_file_needs_its_png(tmp_path: Path) -> None:
    template = "![A map](map.svg)"
    write_report(tmp_path, care=template, report=REPORT)
    (tmp_path / "map.svg").write_bytes(SVG)
    assert reasons(month_of(tmp_path, template)) == [
        "the picture map.svg needs map.png beside it, for programs that cannot draw SVG"
    ]
    month = month_of(tmp_path, template, map=png())
    assert errors(month) == []
    archive = zipfile.ZipFile(BytesIO(build_report(month)))
    assert archive.read("word/media/picture1.svg") == SVG
    assert archive.read("word/media/picture1.png") == png()
    relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = {each.get("Id"): each.get("Target") for each in relations}
    body = etree.fromstring(archive.read("word/document.xml"))
    embedded = [value for each in body.iter("{*}blip", "{*}svgBlip") for value in each.attrib.values()]
    assert [targets[id] for id in embedded] == ["media/picture1.png", "media/picture1.svg"]


def test_a_hostile_svg_file_is_an_error(tmp_path: Path) -> None:
    write_report(tmp_path, report=REPORT)
    (tmp_path / "map.svg").write_bytes(svg("<script/>"))
    (reason,) = reasons(month_of(tmp_path, "![A map](map.svg)", map=png()))
    assert reason == "the picture map.svg has an element script, which a picture to be printed does not need"


# In Word


def test_a_picture_is_no_wider_than_the_text_and_fits_on_a_page() -> None:
    for width, height in ((5000, 10), (10, 5000), (3000, 3000), (1, 49_000_000)):
        image = read_image(png(width, height, pixels=False))
        document = rendered(Picture(words("a"), image))
        (shape,) = document.inline_shapes
        page = document.sections[-1]
        assert 0 < shape.width <= page.page_width - page.left_margin - page.right_margin
        assert 0 < shape.height <= page.page_height - page.top_margin - page.bottom_margin


def test_pictures_and_charts_have_numbers_of_their_own() -> None:
    picture = Picture(words('A "map" & <more>'), read_image(png()))
    content = render_word(report(section(picture, chart(), picture, chart(caption="Again"))), SHELL)
    found = drawings(content)
    assert len({each.get("id") for each in found}) == len(found) == 4
    assert [each.get("descr") for each in found] == ['A "map" & <more>', "A chart.", 'A "map" & <more>', "A chart."]
    assert content == render_word(report(section(picture, chart(), picture, chart(caption="Again"))), SHELL)


def test_a_shell_s_own_picture_keeps_its_number() -> None:
    shell, stream = opened(SHELL), BytesIO()
    shell.paragraphs[0].insert_paragraph_before().add_run().add_picture(BytesIO(png()))
    shell.save(stream)
    picture = Picture(words("a"), replace(read_image(png(7, 7))))
    found = drawings(render_word(report(section(picture)), stream.getvalue(), SHELL))
    assert len({each.get("id") for each in found}) == len(found) == 2


# Word narratives


def in_word(folder: Path, content: bytes, descr: str = "Where our homes are", width: float = 1) -> Any:
    """A narrative with a picture after a sentence, to be changed and saved."""
    document = docx.Document()
    document.add_heading("What is next?", 2)
    document.add_paragraph("We opened a home.")
    document.add_picture(BytesIO(content), Emu(int(914_400 * width)))
    document.inline_shapes[0]._inline.docPr.set("descr", descr)
    document.add_paragraph("It has a garden.")
    save(folder, document)
    return document


def save(folder: Path, document: Any) -> None:
    (folder / NARRATIVE).mkdir(parents=True, exist_ok=True)
    document.save(str(folder / NARRATIVE / "care.docx"))


def test_a_word_narrative_s_picture_is_printed_in_its_place_and_size(tmp_path: Path) -> None:
    in_word(tmp_path, png(96, 48), width=2)
    month = month_of(tmp_path)
    assert errors(month) == []
    kinds = [type(block).__name__ for block in month.report.sections[0].blocks]
    assert kinds == ["Paragraph", "Picture", "Paragraph"]
    (shape,) = opened(build_report(month)).inline_shapes
    assert (shape.width.inches, shape.height.inches) == pytest.approx((2, 1), rel=0.01)
    assert not [finding for finding in month.findings if finding.code == "narrative.word-dropped"]


def test_a_word_narrative_s_picture_without_alternative_text_is_an_error_that_says_where(tmp_path: Path) -> None:
    in_word(tmp_path, png(), descr=" ")
    assert errors(month_of(tmp_path)) == [
        ("template.no-alternative-text", "the picture Picture 1 after 'We opened a home.' has no alternative text")
    ]


def changed(folder: Path, tag: str, **attributes: str) -> None:
    """A narrative with a picture of which an element has other attributes."""
    document = in_word(folder, png())
    for element in document.element.body.iter(f"{{*}}{tag}"):
        for name, text in attributes.items():
            element.set(name, text)
    save(folder, document)


@pytest.mark.parametrize(
    ("tag", "attributes", "reason"),
    [
        ("xfrm", {"rot": "5400000"}, "is turned in Word: turn it elsewhere and insert it again"),
        ("xfrm", {"flipH": "1"}, "is turned in Word: turn it elsewhere and insert it again"),
    ],
)
def test_a_turned_picture_is_refused(tmp_path: Path, tag: str, attributes: dict[str, str], reason: str) -> None:
    changed(tmp_path, tag, **attributes)
    assert reasons(month_of(tmp_path)) == [f"the picture Picture 1 after 'We opened a home.' {reason}"]


def test_a_cropped_picture_is_refused_for_it_holds_what_was_cropped_away(tmp_path: Path) -> None:
    document = in_word(tmp_path, png())
    (blip,) = document.element.body.iter("{*}blip")
    blip.addnext(etree.Element(blip.tag.replace("blip", "srcRect"), l="20000"))
    save(tmp_path, document)
    (reason,) = reasons(month_of(tmp_path))
    assert reason.endswith("is cropped, which a reader could undo: crop it elsewhere and insert it again")


def test_a_linked_picture_is_not_fetched(tmp_path: Path) -> None:
    document = in_word(tmp_path, png())
    (blip,) = document.element.body.iter("{*}blip")
    (key,) = blip.attrib
    id = document.part.relate_to("https://x.uk/map.png", "x/image", is_external=True)
    del blip.attrib[key]
    blip.set(key.replace("embed", "link"), id)
    save(tmp_path, document)
    (reason,) = reasons(month_of(tmp_path))
    assert reason.endswith("is not in the document but linked: insert it without a link; nothing is fetched")


def test_a_broken_picture_in_a_word_narrative_is_an_error(tmp_path: Path) -> None:
    in_word(tmp_path, png())
    path = tmp_path / NARRATIVE / "care.docx"
    before = zipfile.ZipFile(path)
    parts = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:-4] if name.endswith(".png") else content)
    (reason,) = reasons(month_of(tmp_path))
    assert reason.endswith("is damaged: its end is missing")


def test_a_deleted_picture_and_one_in_a_table_are_not_printed(tmp_path: Path) -> None:
    document = in_word(tmp_path, png())
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "a"
    table.cell(0, 1).paragraphs[0].add_run().add_picture(BytesIO(png()))
    for number, each in enumerate(document.inline_shapes):
        each._inline.docPr.set("descr", f"Picture {number}")
    save(tmp_path, document)
    month = month_of(tmp_path)
    assert len(pictures(month)) == 1
    (found,) = [finding.message for finding in month.findings if finding.code == "narrative.word-dropped"]
    assert found == "1 picture, chart or drawing is not printed: 'Picture 1'"


def test_only_a_png_or_jpeg_of_a_word_narrative_is_printed(tmp_path: Path) -> None:
    gif = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
    in_word(tmp_path, gif)
    (reason,) = reasons(month_of(tmp_path))
    assert reason.endswith("is not a PNG or JPEG picture, whatever its name says")
