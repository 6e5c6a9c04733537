"""Numbered reports: the numbers are Word's own. Here they are computed as Word shows them, from the document alone."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsmap, qn
from hypothesis import given
from hypothesis import strategies as st

from cpreport.editions import texts
from cpreport.model.document import (
    Block,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Section,
    Table,
    plain,
)
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .example_month import Replaced
from .examples import examples
from .made_blocks import words
from .test_foreign_shells import SHELLS, made
from .test_render_word import SHELL, indicator_table, opened, paragraphs, render_word, report, section, text_of
from .workbooks import write_example

NUMBER = re.compile(r"%([1-9])")


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def numbered(*blocks: Block, title: str = "Health", **more: Any) -> Section:
    return replace(section(*blocks, title=title), is_numbered=True, **more)


class Counted:
    """Counts the paragraphs of a document as Word does.

    A paragraph's own list and level win over its style's; the level of a style is the one that the list links to it.
    """

    def __init__(self, document: docx.document.Document) -> None:
        self._styles = {each.get(qn("w:styleId")): each for each in document.styles.element.findall(qn("w:style"))}
        root = document.part.numbering_part.element
        definitions = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
        self._lists = {
            each.get(qn("w:numId")): definitions[self._value(each, "w:abstractNumId")]
            for each in root.findall(qn("w:num"))
        }
        self._counts: dict[int, Counter[int]] = {}

    def number(self, paragraph: Any) -> str:
        """The number that a paragraph shows; empty where it has none, or a bullet."""
        found, is_own, style = self._numbering(paragraph)
        definition = self._lists.get(self._value(found, "w:numId")) if found is not None else None
        if definition is None:
            return ""
        linked = definition.xpath(f"./w:lvl[w:pStyle/@w:val='{style}']/@w:ilvl", namespaces=nsmap)
        level = int(self._value(found, "w:ilvl") or 0) if is_own else int(next(iter(linked), 0))
        shape = definition.findall(qn("w:lvl"))[level]
        counts = self._counts.setdefault(id(definition), Counter())
        counts[level] += 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = self._value(shape, "w:lvlText")
        is_decimal = self._value(shape, "w:numFmt") == "decimal"
        return NUMBER.sub(lambda level: str(counts[int(level[1]) - 1] or 1), text) if is_decimal else ""

    def _numbering(self, paragraph: Any) -> tuple[Any, bool, str]:
        """The numbering of a paragraph, whether it is its own, and else the style that says it."""
        if (own := paragraph.find("w:pPr/w:numPr", nsmap)) is not None:
            return own, True, ""
        name = paragraph.style
        while name and (style := self._styles.get(name)) is not None:
            if (found := style.find("w:pPr/w:numPr", nsmap)) is not None:
                return found, False, name
            name = self._value(style, "w:basedOn")
        return None, False, ""

    @staticmethod
    def _value(parent: Any, tag: str) -> str:
        found = parent.find(qn(tag))
        return "" if found is None else found.get(qn("w:val"))


def shown_numbers(content: bytes) -> list[str]:
    """The text of each paragraph that shows a number, after the number, but for entries of numbered lists."""
    document = opened(content)
    counted = Counted(document)
    elements = list(document.element.body.iter(qn("w:p")))
    shown = zip(map(counted.number, elements), paragraphs(document), strict=True)
    return [f"{number} {text}" for number, (_, text) in shown if number and not number.endswith(".")]


def rendered_numbers(*sections: Section, shell: bytes = SHELL) -> list[str]:
    return shown_numbers(render_word(report(*sections), shell, SHELL))


def test_headings_and_paragraphs_count_on_their_levels() -> None:
    blocks = (
        *(paragraph("a"), paragraph("b"), Heading(2, words("c")), paragraph("d"), paragraph("e")),
        *(Heading(3, words("f")), paragraph("g"), Heading(2, words("h")), paragraph("i")),
    )
    assert rendered_numbers(numbered(*blocks), numbered(paragraph("k"), title="Adoption")) == [
        *("1 Health", "1.1 a", "1.2 b", "1.3 c", "1.3.1 d", "1.3.2 e", "1.3.3 f", "1.3.3.1 g", "1.4 h", "1.4.1 i"),
        *("2 Adoption", "2.1 k"),
    ]


def test_ten_sections_count_to_ten() -> None:
    sections = [numbered(paragraph("a"), title=f"Section {number}") for number in range(1, 11)]
    expected = [line for number in range(1, 11) for line in (f"{number} Section {number}", f"{number}.1 a")]
    assert rendered_numbers(*sections) == expected


def test_a_level_that_is_skipped_has_no_number() -> None:
    blocks = (Heading(3, words("a")), paragraph("b"), Heading(2, words("c")), paragraph("d"))
    assert rendered_numbers(numbered(*blocks)) == ["1 Health", "1.1 a", "1.1.1 b", "1.2 c", "1.2.1 d"]


def test_captions_notes_bullets_and_cells_have_no_number() -> None:
    bullets = List(False, (ListEntry(words("bullet"), (List(False, (ListEntry(words("below")),)),)),))
    steps = List(True, (ListEntry(words("step")),))
    blocks = (indicator_table(), Note(words("note")), bullets, steps, paragraph("a"))
    content = render_word(report(numbered(*blocks), marks=("DRAFT",), problems=("problem",)), SHELL)
    assert shown_numbers(content) == ["1 Health", "1.1 a"]
    assert {("Note", "note"), ("List Bullet", "bullet"), ("List Bullet 2", "below"), ("List Number", "step")} <= set(
        paragraphs(opened(content))
    )


def test_a_section_without_numbers_between_others_does_not_count() -> None:
    plain = section(Heading(2, words("a")), paragraph("b"), title="Thanks")
    content = render_word(report(numbered(paragraph("c")), plain, numbered(title="Adoption")), SHELL)
    assert shown_numbers(content) == ["1 Health", "1.1 c", "2 Adoption"]
    styles = dict(map(reversed, paragraphs(opened(content))))
    assert [styles[text] for text in ("Thanks", "a", "b")] == ["Unnumbered Heading", "Heading 2", "Narrative"]


def test_text_above_the_first_heading_of_a_section_has_no_number() -> None:
    untitled = replace(numbered(), blocks=(paragraph("a"), Heading(2, words("b")), paragraph("c")))
    assert rendered_numbers(numbered(paragraph("d")), untitled) == ["1 Health", "1.1 d", "2 b", "2.1 c"]


def test_a_wide_table_on_a_page_of_its_own_does_not_begin_to_count_anew() -> None:
    blocks = (paragraph("a"), indicator_table(columns=16), paragraph("b"))
    assert rendered_numbers(numbered(*blocks), numbered(title="Adoption")) == [
        *("1 Health", "1.1 a", "1.2 b", "2 Adoption")
    ]


def contents_of(content: bytes) -> list[tuple[str, list[str]]]:
    """The contents: each entry's text with its number, and the instructions of its fields."""
    entries = [each for each in opened(content).element.body.iter(qn("w:p")) if each.style == "Toc1"]
    return [(text_of(each), each.xpath("./w:fldSimple/@w:instr")) for each in entries]


def test_the_contents_show_the_numbers_as_word_counts_them() -> None:
    twice = numbered(Heading(1, words("Again")), title="Twice")
    content = render_word(report(numbered(), twice, section(title="Thanks"), numbered(title="Adoption")), SHELL)
    entries = contents_of(content)
    assert [text for text, _ in entries] == ["1Health", "2Twice", "Thanks", "4Adoption"]
    assert [fields for _, fields in entries] == [
        [f"REF section_{number} \\r \\h"] if number else [] for number in (1, 2, 0, 4)
    ]
    assert shown_numbers(content) == ["1 Health", "2 Twice", "3 Again", "4 Adoption"]


BLOCKS = st.sampled_from([paragraph("p"), *(Heading(level, words("h")) for level in range(1, 6)), indicator_table()])
SECTIONS = st.builds(
    lambda blocks, **more: Section("s", "Title", "Running", tuple(blocks), **more),
    blocks=st.lists(BLOCKS, max_size=7),
    is_numbered=st.booleans(),
)


@examples(80)
@given(st.lists(SECTIONS, max_size=4))
def test_numbers_as_text_are_those_that_word_shows(sections: list[Section]) -> None:
    content = render_word(report(*sections), SHELL)
    blocks = [each for _, several in texts.numbered(sections) for each in several]
    spoken = [f"{number} {plain(block.text)}" for block, number, _ in blocks if number and not isinstance(block, Table)]
    assert shown_numbers(content) == spoken
    captions = [text for style, text in paragraphs(opened(content)) if style.lower() == "caption"]
    assert captions == [f"{label}: Month end" for _, _, label in blocks if label]
    entries = [text for text, _ in contents_of(content)]
    assert entries == [f"{number}Title" for number in texts.title_numbers(sections)]


def test_a_report_without_numbers_has_none() -> None:
    assert rendered_numbers(section(Heading(2, words("a")), paragraph("b"))) == []
    content = render_word(report(section(paragraph("a"))), SHELL)
    assert [text for text, _ in contents_of(content)] == ["Health"]


@pytest.mark.parametrize("name", SHELLS)
def test_any_shell_gets_the_numbers(name: str, tmp_path: Path) -> None:
    blocks = (paragraph("a"), Heading(2, words("b")), paragraph("c"), List(False, (ListEntry(words("d")),)))
    shell = SHELLS[name](tmp_path)
    expected = ["1 Health", "1.1 a", "1.2 b", "1.2.1 c", "2 Adoption"]
    assert rendered_numbers(numbered(*blocks), numbered(title="Adoption"), shell=shell) == expected


HEADING = '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
OWN_HEADING = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
)
OWN_LIST = (
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
    '<w:pStyle w:val="H"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="7">'
    '<w:abstractNumId w:val="3"/></w:num>'
)


def test_a_shell_s_own_headings_do_not_count(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>{{ sections }}</w:t></w:r></w:p>"
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="900" w:right="900"/></w:sectPr>'
    body = f"{HEADING.format('About this paper')}{body}{page}"
    shell = made(tmp_path, body, styles=OWN_HEADING, numbering=OWN_LIST)
    content = render_word(report(numbered(paragraph("a")), section(title="Thanks")), shell, SHELL)
    assert shown_numbers(content) == ["1 Health", "1.1 a"]
    levels = opened(content).part.numbering_part.element.xpath("//w:lvl[w:pStyle/@w:val='H']/w:lvlText/@w:val")
    assert len(levels) == 1


def test_report_toml_asks_for_numbers_and_a_section_may_do_without(tmp_path: Path) -> None:
    change = {"report.toml": Replaced('title = "', 'numbered = true\ntitle = "')}
    shown = shown_numbers(build_report(load_workbook(write_example(tmp_path, change))))
    assert shown[0].startswith("1 ")
    plain = {"report.toml": Replaced('id = "care"', 'id = "care"\nnumbered = false')}
    path = write_example(tmp_path, plain)
    path.with_name("report.toml").write_text(f"numbered = true\n{path.with_name('report.toml').read_text()}")
    assert not [line for line in shown_numbers(build_report(load_workbook(path))) if line == shown[0]]


def test_the_glossary_has_no_number(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    report = shutil.copytree(root / "templates" / "corporate-parenting", tmp_path / "report")
    (report / "report.toml").write_text("numbered = true\n" + (report / "report.toml").read_text("utf-8"), "utf-8")
    sections = load_workbook(root / "examples" / "july-2023.xlsx", report=report).report.sections
    assert [section.is_numbered for section in sections] == [*[True] * (len(sections) - 1), False]


# Sections that go on below the one before


def kinds(content: bytes) -> list[str]:
    """How each Word section of a document begins."""
    return [str(each.start_type) for each in opened(content).sections]


def test_a_section_may_go_on_below_the_one_before() -> None:
    below = replace(section(paragraph("a"), title="Adoption"), new_page=False)
    alone = [section(paragraph("b")), section(title="Fostering")]
    content, apart = (render_word(report(*each), SHELL) for each in ([alone[0], below, alone[1]], alone))
    assert kinds(content) == kinds(apart)  # LibreOffice loses paragraphs where Word sections share a page
    heads = [each.text for each in opened(content).paragraphs if each.style and each.style.name == "Heading 1"]
    assert "Adoption" in heads


def test_the_header_of_a_page_names_a_section_only_where_it_is_the_only_one() -> None:
    below = replace(section(paragraph("a"), title="Adoption"), new_page=False)
    document = opened(render_word(report(section(paragraph("b")), below, section(title="Fostering")), SHELL))
    headers = [each.header.paragraphs[-1].text for each in document.sections][-2:]
    assert headers == ["", "Children in Care – Fostering"]


def test_below_a_turned_page_and_on_one_a_section_begins_a_new_page() -> None:
    wide = section(indicator_table(columns=16))
    below = replace(section(paragraph("a"), title="Adoption"), new_page=False)
    turned = replace(section(indicator_table(columns=16), title="Fostering"), new_page=False)
    assert "CONTINUOUS (0)" not in kinds(render_word(report(wide, below, turned), SHELL))


def test_only_the_page_of_a_wide_table_is_turned_in_a_section_that_goes_on() -> None:
    long = [paragraph("word " * 300)] * 3
    below = replace(section(*long, indicator_table(columns=16), *long, title="Adoption"), new_page=False)
    document = opened(render_word(report(section(paragraph("a")), below), SHELL))
    found = [(each.orientation, str(each.start_type)[:3]) for each in document.sections][-4:]
    assert found == [(0, "NEW"), (0, "NEW"), (1, "NEW"), (0, "NEW")]  # the first is the cover's
