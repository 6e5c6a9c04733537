"""Narratives written in Word: what is kept, what is left out and told, and that nothing is lost or said twice."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.blocks import compose_blocks
from cpreport.compose.narratives import list_owed
from cpreport.inputs.narratives.word.document import read_word
from cpreport.model.document import PROMPT, REFERENCE_END, Block, Heading, List, Note, Paragraph, Span, Table, plain
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import SectionPlan, Slot
from cpreport.pipeline import Month, load_workbook

from .example_month import NAME, Change, Replaced, Word
from .examples import examples
from .lost import lost_in_word, spans_of
from .shown import shown
from .workbooks import WORDML, example_month, write_docx, write_example

CARE = "narrative/2023-07/care.docx"
SLOTS = ("What went well", "What is next?", "A&E [new] *")
SECTION = SectionPlan("care", "Care", "", slots=tuple(Slot(f"slot-{title}", title) for title in SLOTS))


def read_blocks(path: Path, accept_tracked: bool = False) -> tuple[tuple[Block, ...], list[Finding]]:
    return read_word(path, SECTION, accept_tracked)


def read(path: Path, accept_tracked: bool = False) -> tuple[str, list[Finding]]:
    blocks, findings = read_blocks(path, accept_tracked)
    return shown(blocks), findings


def blocks_of(folder: Path, body: str, own: str = "", **parts: str) -> tuple[Block, ...]:
    """The blocks of a Word file with this body, in which nothing is wrong, or lost but our `own` words."""
    blocks, findings = read_blocks(write_docx(folder / "care.docx", body, **parts))
    assert findings == []
    assert not Counter(lost_in_word(folder, body, **parts)) - Counter(own)
    return blocks


def text_of(folder: Path, body: str, own: str = "", **parts: str) -> str:
    return shown(blocks_of(folder, body, own, **parts))


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph of runs; a run that is no XML is plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inside}</w:p>"


def r(text: str, *looks: str) -> str:
    """A run of text; looks are `b`, `i` or whole elements."""
    properties = "".join(look if look.startswith("<") else f"<w:{look}/>" for look in looks)
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{lines}</w:r>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def td(*paragraphs: str, more: str = "") -> str:
    inside = "".join(each if each.startswith("<") else p(each) for each in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>"


def field(code: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{marks[1]}{r(result)}{marks[2]}"


def levels(*formats: str) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/></w:lvl>'
        for level, format in enumerate(formats)
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{levels("bullet", "bullet", "decimal")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="8">{levels("decimal", "lowerLetter")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="9">{levels("none")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)


def style(id: str, name: str, more: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{based}{more}</w:style>'


# Headings


def test_headings_of_slots_are_of_the_second_level_whatever_theirs(tmp_path: Path) -> None:
    body = p("Care", style="Title") + "".join(
        p(text, style=f"Heading{level}")
        for level, text in ((2, "What went well:"), (3, "Homes"), (4, "Schools"), (2, "Other"), (1, "More"))
    )
    assert text_of(tmp_path, body).split("\n\n") == [
        *("## Care", "## What went well:", "### Homes", "#### Schools", "## Other", "## More")
    ]


@pytest.mark.parametrize(
    ("styles", "paragraph"),
    [
        (style("berschrift2", "heading 2"), p("What is next?", style="berschrift2")),
        (style("My", "My heading", based_on="H1") + style("H1", "heading 1"), p("What is next?", style="My")),
        (style("O", "Odd", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), p("What is next?", style="O")),
        ("", p("What is next?", more='<w:outlineLvl w:val="0"/>')),
        ("", p(r("What is ", "b"), r("next?", "b"), r(": "))),
        (style("B", "Slot", "<w:rPr><w:b/></w:rPr>"), p("What is next?", style="B")),
        ("", p(r("What is next?", '<w:rStyle w:val="Strong"/>'))),
    ],
)
def test_a_heading_is_known_by_name_ancestor_outline_or_by_being_bold(
    tmp_path: Path, styles: str, paragraph: str
) -> None:
    assert text_of(tmp_path, paragraph + p("Words."), styles=styles).startswith("## What is next?")


def test_what_looks_like_a_heading_but_is_none_is_text(tmp_path: Path) -> None:
    toc = style("TOC", "TOC Heading", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "H1") + style("H1", "heading 1")
    body = p("Contents", style="TOC") + p(r("Nothing of ours", "b")) + p(r("What is next?", "b"), " More.")
    assert text_of(tmp_path, body, styles=toc).split("\n\n") == [
        *("Contents", "**Nothing of ours**", "**What is next?** More.")
    ]


def test_a_slots_title_is_said_as_typed(tmp_path: Path) -> None:
    assert text_of(tmp_path, p("A&E [new] *", style="Heading1")) == "## A&E [new] *"


def test_bold_lines_that_name_slots_are_headings_wherever_a_paragraph_has_line_breaks(tmp_path: Path) -> None:
    body = p("Before.\n", r("What went well:\n", "b"), "One.\nTwo.\n", r("What is next?", "b"), "\nThree.")
    assert text_of(tmp_path, body).split("\n") == [
        *("Before.", "", "## What went well:", "", "One.", "Two.", "", "## What is next?", "", "Three.")
    ]


@pytest.mark.parametrize("heading", [p("What went well"), p(r("What went well", "b")), p("What went well\nOne.")])
@pytest.mark.parametrize("look", ["", "b"])
def test_no_text_is_under_another_slot_than_its_title_says(tmp_path: Path, heading: str, look: str) -> None:
    title = r("What is next?", *filter(None, [look]))
    for second in (p("One.\n", title, "\nTwo."), p("One.\n\n", title, "\n• Two."), p(title, "\nTwo.")):
        assert re.search("## What went well.*## What is next\\?\n\n(- )?Two", text_of(tmp_path, heading + second), re.S)


def test_a_bold_entry_of_a_list_that_names_a_slot_is_its_heading(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    body = "".join(p(r(title, "b"), more=numbered) + p("Words.") for title in SLOTS[:2])
    assert text_of(tmp_path, body, numbering=NUMBERING).split("\n\n") == [
        *("## What went well", "Words.", "## What is next?", "Words.")
    ]


def test_headings_below_bold_slots_are_below_them(tmp_path: Path) -> None:
    body = p(r("What is next?", "b")) + p("Homes", style="Heading3") + p("Care", style="Heading2")
    assert text_of(tmp_path, body).split("\n\n") == ["## What is next?", "### Homes", "## Care"]


@pytest.mark.parametrize("look", ["", "u", "i"])
def test_a_paragraph_of_a_slots_title_alone_is_its_heading(tmp_path: Path, look: str) -> None:
    title = p(r("What is next?", *filter(None, [look])))
    assert text_of(tmp_path, title + p("Words.")) == "## What is next?\n\nWords."


def test_a_plain_line_that_is_only_nearly_a_slots_title_is_text(tmp_path: Path) -> None:
    body = p("What is next –") + p("What is next? More.") + item("What is next?")
    assert text_of(tmp_path, body) == "What is next –\n\nWhat is next? More.\n\n- What is next?"
    assert text_of(tmp_path, p(r("What is next –", "b"))) == "## What is next –"


# Lists


def test_lists_keep_their_levels_and_numbers(tmp_path: Path) -> None:
    body = item("a") + item("b", 1) + item("one", 2) + item("c") + item("first", 0, 2) + item("x", 1, 2)
    body += item("second", 0, 2) + p("Between.") + item("third", 0, 2) + item("anew", 0, 3)
    assert text_of(tmp_path, body, numbering=NUMBERING).split("\n") == [
        *("- a", "  - b", "    1. one", "- c", "", "1. first", "  1. x", "2. second", "", "Between."),
        *("", "3. third", "", "1. anew"),
    ]


def test_a_list_that_goes_on_after_a_paragraph_keeps_its_numbers(tmp_path: Path) -> None:
    body = item("first", 0, 2) + p("Between.") + item("second", 0, 2)
    assert said(tmp_path, body, numbering=NUMBERING) == ["1. first", "Between.", "2. second"]


def test_entries_are_known_by_styles_too(tmp_path: Path) -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = style("Points", "Points", based_on="Base") + style("Base", "Base points", numbered)
    styles += style("L2", "List Bullet 2") + style("L", "List Bullet") + style("N", "List Number")
    body = p("a", style="L") + p("b", style="L2") + p("1", style="Points") + p("x", style="N") + p("y", style="N")
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body += p("none", style="L", more=off)

    assert text_of(tmp_path, body, styles=styles, numbering=NUMBERING).split("\n") == [
        *("- a", "  - b", "", "1. 1", "", "1. x", "2. y", "", "none")
    ]


def test_a_list_counts_as_word_shows_it(tmp_path: Path) -> None:
    new = item("a", number=2) + item("b", number=2) + item("x") + item("c", number=3) + item("d", number=3)
    assert said(tmp_path, new, numbering=NUMBERING) == ["1. a", "2. b", "x", "1. c", "2. d"]
    goes_on = item("a", number=2) + item("b", number=2) + item("x") + item("c", number=2) + item("d", number=2)
    assert said(tmp_path, goes_on, numbering=NUMBERING) == ["1. a", "2. b", "x", "3. c", "4. d"]
    below = item("x") + item("n", 2) + item("m", 2) + item("y") + item("n", 2)
    assert said(tmp_path, below, numbering=NUMBERING) == ["x", "1. n", "2. m", "y", "1. n"]


def test_lists_are_numbered_by_the_styles_that_they_are_linked_to(tmp_path: Path) -> None:
    own = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:pStyle w:val="Deep"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Linked"/>{own}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Linked"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
    )
    deep = style("Deep", "Deep", '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>')
    body = item("a", number=6) + item("b", number=5) + p("x", style="Deep") + p("y", style="Deep")
    assert text_of(tmp_path, body, numbering=numbering, styles=deep) == "1. a\n2. b\n  1. x\n  2. y"


def test_entries_below_another_that_do_not_count_from_1_keep_their_numbers(tmp_path: Path) -> None:
    body = item("a") + item("x", 1, 2) + item("y", 1, 2) + item("b") + item("c", 1, 2) + p("Between.") + item("d")
    body += item("z", 2) + p("So.") + item("e") + item("w", 2)
    assert text_of(tmp_path, body, numbering=NUMBERING) == (
        "- a\n  1. x\n  2. y\n- b\n  - 3. c\n\nBetween.\n\n- d\n  1. z\n\nSo.\n\n- e\n  1. w"
    )


@pytest.mark.parametrize(("switch", "shown"), [("<w:checked/>", "☒"), ('<w:default w:val="0"/>', "☐")])
def test_a_box_of_a_form_that_is_ticked_is_text(tmp_path: Path, switch: str, shown: str) -> None:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{switch}</w:checkBox></w:ffData></w:fldChar>'
    end = '<w:instrText> FORMCHECKBOX </w:instrText><w:fldChar w:fldCharType="end"/>'
    assert text_of(tmp_path, p(f"<w:r>{begin}{end}</w:r>", " Agreed")) == f"{shown} Agreed"


def test_a_list_right_after_another_begins_again_in_the_report(tmp_path: Path) -> None:
    heading, lists = p("What is next?", style="Heading1"), [item(text, number=n) for n in (2, 3) for text in "ab"]
    write_example(tmp_path, {})
    write_docx(tmp_path / CARE, heading + "".join(lists), numbering=NUMBERING)
    blocks = load_workbook(tmp_path / NAME).report.sections[0].blocks
    assert list(lines_of(blocks))[-4:] == ["1. a", "2. b", "1. a", "2. b"]


def test_an_indented_paragraph_stays_below_its_entry(tmp_path: Path) -> None:
    indent = '<w:ind w:left="720"/>'
    body = item("a") + p("more of a", more=indent) + item("b", 0, 4) + item("c") + p("Not of c.")
    assert text_of(tmp_path, body, numbering=NUMBERING).split("\n") == [
        *("- a", "  more of a", "  b", "- c", "", "Not of c.")
    ]


def test_list_paragraphs_without_a_number_go_on_with_the_entry(tmp_path: Path) -> None:
    styles = style("ListParagraph", "List Paragraph")
    assert text_of(tmp_path, item("a") + p("b", style="ListParagraph"), styles=styles) == "- a\n  b"


def test_typed_bullets_are_entries(tmp_path: Path) -> None:
    body = "".join(map(p, ("•\ta", "·  b", "o\tc", "– d", "\uf0b7 e", "•f\n• g", "–5 or so", "ordinary", "•", "– ")))
    assert text_of(tmp_path, body, own="o").split("\n") == [
        *("- a", "- b", "  - c", "- d", "- e", "- f", "- g", "", "–5 or so", "", "ordinary", "", "•", "", "–")
    ]


def test_a_bullet_typed_in_a_list_is_said_once(tmp_path: Path) -> None:
    assert text_of(tmp_path, item("• a"), numbering=NUMBERING) == "- a"


def test_empty_bullets_and_paragraphs_are_gone(tmp_path: Path) -> None:
    body = item("a") + item(" ") + p() + p("\u00a0") + item("b") + p(r("\n")) + p("c")
    assert text_of(tmp_path, body, numbering=NUMBERING) == "- a\n- b\n\nc"


def test_an_empty_line_in_a_paragraph_begins_another(tmp_path: Path) -> None:
    assert text_of(tmp_path, p("one\n\n \ntwo\nthree")) == "one\n\ntwo\nthree"
    assert text_of(tmp_path, item("one\n\ntwo"), numbering=NUMBERING) == "- one\n  two"


def test_lists_of_nine_levels_can_be_printed(tmp_path: Path) -> None:
    body = "".join(item(f"level {level}", level) for level in range(9))
    assert said(tmp_path, body) == [f"level {level}" for level in range(9)]


# Looks


def test_looks_survive_wherever_they_begin_and_end(tmp_path: Path) -> None:
    paragraphs = {
        p("It is ", r(" very ", "b"), "well."): "It is **very** well.",
        p(r("(629)", "b"), "x are."): "**(629)**x are.",
        p("pre", r("fix", "b"), "es and ", r("both", "b", "i")): "pre**fix**es and ***both***",
        p(r("bo", "b"), r("it", "i"), " ", r("a", "b"), r(" b", "i")): "**bo***it* **a** *b*",
        p(r("a ", "b"), r("b", "b"), r(" c", '<w:b w:val="0"/>')): "**a b** c",
        p("“", r("quoted", "i"), "”, ", r("£", "b"), "5m and ", r("5", "b"), "m"): "“*quoted*”, **£**5m and **5**m",
        p(r("a", '<w:rStyle w:val="Emphasis"/>'), " ", r("b", '<w:rStyle w:val="X"/>')): "*a* **b**",
    }
    styles = style("X", "Mine", based_on="Strong", kind="character")
    styles += style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    for body, looks in paragraphs.items():
        assert text_of(tmp_path, body, styles=styles) == looks


def test_bold_in_a_bold_style_is_off(tmp_path: Path) -> None:
    styles = style("B", "Loud", "<w:rPr><w:b/></w:rPr>")
    body = p("Loud ", r("and not.", '<w:rStyle w:val="Strong"/>'), style="B")
    assert text_of(tmp_path, body, styles=styles) == "**Loud** and not."


AS_TYPED = (
    *(
        "a*b _c_ [d](e) <f> g|h `i` \\ #j",
        "R&D, A&E; &amp; &#35; & so",
        "1. one",
        "12) one",
        "1.5 million",
        "+ one",
        "> one",
    ),
    *("# one", "~~~", "-5%", "one\n===", "a | b\n:-- | --", "5 < 6 > 4", "{ x } and {* y", "}} %} #}", "{ {a} }"),
)


@pytest.mark.parametrize("typed", AS_TYPED)
def test_what_markdown_would_take_for_markup_comes_out_as_typed(tmp_path: Path, typed: str) -> None:
    blocks = blocks_of(tmp_path, p(typed))
    assert shown(blocks) == typed
    assert compose_blocks(blocks, {}, Place()) == (blocks, [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("“It’s”\u00a0a\u00adb\u200bc\u2011d ", "“It’s” abc-d"),
        ("a\tb   c", "a b c"),
        ("so\u2028on", "so\non"),
    ],
)
def test_signs_that_nobody_sees_are_plain_or_gone(tmp_path: Path, typed: str, printed: str) -> None:
    assert text_of(tmp_path, p(typed)) == printed


def test_pasted_web_text_is_plain_and_line_breaks_stay(tmp_path: Path) -> None:
    styles = style("NormalWeb", "Normal (Web)", '<w:pPr><w:spacing w:before="100"/></w:pPr>')
    body = p("one\ntwo", style="NormalWeb") + p("three", style="msonormal")
    assert text_of(tmp_path, body, styles=styles) == "one\ntwo\n\nthree"


# Tags


CONTEXT = {"about": {"x": "9*", "b": "_b_", "none": ""}}


def composed(folder: Path, body: str, **parts: str) -> tuple[str, list[str]]:
    """What is printed of a Word file with this body, and the messages of what is wrong."""
    read, told = read_blocks(write_docx(folder / "care.docx", body, **parts))
    blocks, findings = compose_blocks(read, CONTEXT, Place())
    return shown(blocks), [finding.message for finding in (*told, *findings)]


def test_tags_are_made_whole_and_straight(tmp_path: Path) -> None:
    runs = (r("{", "b"), r("{ abo"), r("ut[“x”", "i"), r("]\u00a0}"), r("} children"))
    assert composed(tmp_path, p("There are ", *runs)) == ("There are **9*** children", [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ about[‘x’] }}* {{ about[“b”] }}", "9** _b_"),
        ("{%– if 2 < 3 –%}1. so{% endif %}", "1. so"),
        ("{# a_b\n*c* #}d", "d"),
        ("{{ 2 + 4 }} | b", "6 | b"),
        ("{% if 1 %}- b{% else %}# c{% endif %}", "- b"),
        ("{% if 0 %}- b{% else %}# c{% endif %}", "# c"),
        ("{% for n in [1, 2] %}{{ n }}. x\n{% endfor %}y", "1. x\n2. x\ny"),
    ],
)
def test_nothing_in_a_tag_is_changed_and_nothing_around_it_becomes_markup(
    tmp_path: Path, typed: str, printed: str
) -> None:
    assert composed(tmp_path, p(typed)) == (printed, [])


@pytest.mark.parametrize("typed", ["{{ a_b", "{# a_b", "{% if a_b", "{% if 1 %}a"])
def test_a_tag_without_an_end_prints_nothing_and_is_reported(tmp_path: Path, typed: str) -> None:
    text, (message,) = composed(tmp_path, p(typed))
    assert text == "" and (" is not closed by " in message or "has no {% endif %}" in message)


def test_a_remark_over_two_paragraphs_is_no_text(tmp_path: Path) -> None:
    text, findings = composed(tmp_path, p("Well {# ask *Ann*") + p("# today #} so"))
    assert (text.split(), findings) == (["Well", "so"], [])


def test_tags_hold_paragraphs_entries_and_rows(tmp_path: Path) -> None:
    def body(condition: str) -> str:
        tag = f"{{% if {condition} %}}"
        rows = table(td("a") + td("b"), td(f"{tag}c") + td("d{% endif %}"), td("e") + td("f"))
        paragraphs = p("Begins.") + p(tag) + p("One.") + p("Two.", style="Heading3") + p("{% endif %}")
        lists = item("x") + item(f"{tag}y", 1) + item("z{% endif %}") + item(f"{tag}w{{% endif %}}", 1) + item("v", 2)
        return paragraphs + rows + lists

    head, tail = "Begins.\n\n", "| a | b |\n"
    assert composed(tmp_path, body("1"), numbering=NUMBERING) == (
        f"{head}One.\n\n### Two.\n\n{tail}| c | d |\n| e | f |\n\n- x\n  - y\n- z\n  - w\n    1. v",
        [],
    )
    assert composed(tmp_path, body("0"), numbering=NUMBERING) == (
        f"{head}{tail}|  |  |\n| e | f |\n\n- x\n  - v",
        [],
    )


def test_a_loop_over_paragraphs_and_entries_prints_each_again(tmp_path: Path) -> None:
    loop = p("{% for n in [1, 2] %}") + p("P {{ n }}") + item("E {{ n }}") + p("{% endfor %}") + p("End")
    assert composed(tmp_path, loop, numbering=NUMBERING) == ("P 1\n\n- E 1\n\nP 2\n\n- E 2\n\nEnd", [])


def test_a_loop_over_the_rows_of_one_column_prints_each_again(tmp_path: Path) -> None:
    rows = table(td("a{% for n in [1, 2] %}"), td("{{ n }}{% endfor %}"), td("b"))
    assert composed(tmp_path, rows) == ("| a |\n| 1 |\n| 2 |\n| b |", [])


def test_a_tag_has_the_look_of_its_first_sign_and_words_beside_it_keep_theirs(tmp_path: Path) -> None:
    whole = p(r("Now {% if 1 %}more{% else %}less{% endif %} of {{ about[‘x’", "b"), r("] }} it", "i"))
    assert composed(tmp_path, whole) == ("**Now more of 9**** it*", [])


def test_a_tag_in_an_entry_tells_that_a_table_stands_alone(tmp_path: Path) -> None:
    month = month_of(tmp_path, p(r("What is next?", "b")) + item("See {{ indicator_table(section.indicators) }}"))
    assert [f.code for f in month.findings if f.is_error] == ["template.not-alone"]
    alone = p(r("What is next?", "b")) + p("{{ indicator_table(section.indicators) }}") + p("So.")
    assert not [f for f in month_of(tmp_path, alone).findings if f.is_error]
    assert sum(isinstance(block, Table) for block in printed(load_workbook(tmp_path / NAME))) == 4


def test_a_tag_prints_its_figure(tmp_path: Path) -> None:
    tag = ("{{ indicator(", "“moves”", ").now }}")
    body = p(r("What is next?", "b")) + p("There were ", *tag, r(" moves.", "b"))
    month = month_of(tmp_path, body)

    assert [(f.code, f.message) for f in month.findings if f.is_error] == []
    (moves,) = (block for block in printed(month) if isinstance(block, Paragraph) and "moves" in plain(block.text))
    assert plain(moves.text) == "There were 1,281 moves."


# Raised and lowered signs, equations


def raised(text: str, how: str = "superscript") -> str:
    return r(text, f'<w:vertAlign w:val="{how}"/>')


def test_raised_signs_stay_raised_and_are_no_digits(tmp_path: Path) -> None:
    body = p(
        "Helped 12", raised("1"), " in 2025", raised("4"), ", CO", raised("2", "subscript"), " (604", raised("a b")
    )
    assert text_of(tmp_path, body) == ("Helped 12<sup>1</sup> in 2025<sup>4</sup>, CO<sub>2</sub> (604<sup>a b</sup>")
    (paragraph,) = compose_blocks(blocks_of(tmp_path, body), {}, Place())[0]
    assert isinstance(paragraph, Paragraph)
    scripts = [(span.text, span.script) for span in paragraph.text if span.script]
    assert scripts == [
        ("1", "superscript"),
        ("4", "superscript"),
        ("2", "subscript"),
        ("a b", "superscript"),
    ]


@pytest.mark.parametrize(
    "look",
    [
        '<w:vertAlign w:val="superscript"/>',
        '<w:position w:val="6"/>',
        '<w:rStyle w:val="Up"/>',
        '<w:rStyle w:val="Of"/>',
    ],
)
def test_signs_are_raised_directly_or_by_a_style(tmp_path: Path, look: str) -> None:
    up = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    styles = style("Up", "up", up, kind="character") + style("Of", "of", based_on="Up", kind="character")
    assert text_of(tmp_path, p("12", r("1", look)), styles=styles) == "12<sup>1</sup>"
    level = '<w:vertAlign w:val="baseline"/>'
    assert text_of(tmp_path, p("12", r("1", '<w:rStyle w:val="Up"/>', level)), styles=styles) == "121"


def test_raised_signs_of_unicode_and_fractions_come_as_typed(tmp_path: Path) -> None:
    assert said(tmp_path, p("12¹, 2½, ¾ and CO₂.")) == ["12¹, 2½, ¾ and CO₂."]


@pytest.mark.parametrize("gap", [r("1", "strike"), '<w:r><w:footnoteReference w:id="1"/></w:r>'])
def test_what_is_left_out_joins_no_numbers(tmp_path: Path, gap: str) -> None:
    text, (note,) = read(write_docx(tmp_path / "care.docx", p("6", gap, "04 and a", gap, "b")))
    assert text == "6 04 and ab" and note.code == "narrative.word-dropped"


def m(*inside: str) -> str:
    """An equation; what is no XML is text in it."""
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    return f"<m:oMath {space}>{''.join(map(mr, inside))}</m:oMath>"


def mr(text: str) -> str:
    return text if text.startswith("<") else f"<m:r><m:t>{escape(text)}</m:t></m:r>"


def of(tag: str, **parts: str) -> str:
    return f"<m:{tag}>{''.join(f'<m:{name}>{mr(text)}</m:{name}>' for name, text in parts.items())}</m:{tag}>"


def structure(tag: str, *parts: tuple[str, str]) -> str:
    inside = "".join(f"<m:{name}>{mr(text)}</m:{name}>" for name, text in parts)
    return f"<m:m>{2 * f'<m:mr>{inside}</m:mr>'}</m:m>" if tag == "mr" else f"<m:{tag}>{inside}</m:{tag}>"


@pytest.mark.parametrize(
    ("equation", "printed"),
    [
        (m(of("f", num="604", den="98,050"), "×10,000=61.6"), "604/98,050 × 10,000 = 61.6"),
        (m(of("f", num="3", den="4")), "3/4"),
        (m("2", of("f", num="3", den="4")), "2 3/4"),
        (m("60", "4", "+", "1"), "604 + 1"),
        (m(of("f", num="a+b", den="2c")), "(a + b)/2c"),
        (m(of("f", num="3", den="4"), of("f", num="1", den="2")), "3/4 1/2"),
        (m("x=", of("rad", deg="", e="81")), "x = √81"),
        (m("x=", of("rad", deg="3", e="8"), "×5"), "x = ^3^√8 × 5"),
        (m("5", of("rad", deg="3", e="a+b"), "2"), "5 ^3^√(a + b)2"),
        (m(of("d", e="a"), of("rad", deg="3", e="8")), "(a) ^3^√8"),
        (m(of("rad", deg="", e=of("sSup", e="x", sup="2"))), "√(x^2^)"),
        (m(of("sSup", e=of("sSup", e="x", sup="2"), sup="3")), "(x^2^)^3^"),
        (m(of("sSup", e="x", sup=of("sSup", e="2", sup="3"))), "x^2^(3)^"),
        (m(of("sSup", e=of("d", e="a+b"), sup="2")), "(a + b)^2^"),
        (m(of("sSup", e="10", sup="-3"), "×5"), "10^-3^ × 5"),
        (m("ab", of("bar", e="604")), "ab 604"),
        (m("604,", of("bar", e="100")), "604, 100"),
        (m("604", of("bar", e=".5")), "604 .5"),
        (m("ab") + m("604") + r("th"), "ab 604th"),
        (m("604") + r("4"), "604 4"),
        (m(of("func", fName="max", e="x")), "max x"),
        (m(structure("mr", ("e", "6"), ("e", "-1"))), "6 -1; 6 -1"),
        (m(of("d", e=structure("mr", ("e", "6"), ("e", "0")))), "(6 0; 6 0)"),
        (m(structure("eqArr", ("e", "x=60"), ("e", "4=y"))), "x = 60; 4 = y"),
        (m(structure("d", ("dPr", '<m:sepChr m:val=""/>'), ("e", "6"), ("e", "0"))), "(6 0)"),
        (m("x=-", "5"), "x = -5"),
        (m(of("d", e="60"), "4"), "(60)4"),
        (
            m("5", "<m:m><m:mr><m:e><m:r><m:t>6</m:t></m:r></m:e><m:e><m:r><m:t>0</m:t></m:r></m:e></m:mr></m:m>"),
            "5 6 0",
        ),
        (m(of("bar", e="6"), of("box", e="0"), "4"), "6 0 4"),
        (m(of("d", dPr='<m:begChr m:val="["/>', e="60")), "[60)"),
        (m(of("nary", naryPr='<m:chr m:val="∑"/>', sub="1", e="x")), "∑_1_ x"),
        (m(of("sSup", e="10", sup="3"), "5"), "10^3^ 5"),
        (m("1", of("sSub", e="6", sub="0"), "4"), "1 6_0_ 4"),
    ],
)
def test_an_equation_is_text_on_one_line(tmp_path: Path, equation: str, printed: str) -> None:
    marks = {"<sup>": "^", "</sup>": "^", "<sub>": "_", "</sub>": "_"}
    text = text_of(tmp_path, p("It is ", equation, "."))
    for tag, sign in marks.items():
        text = text.replace(tag, sign)
    assert text == f"It is {printed}."


# Links


def test_links_are_kept(tmp_path: Path) -> None:
    simple = f"<w:fldSimple w:instr=' HYPERLINK \"mailto:a@b.uk\" '>{r('mail')}</w:fldSimple>"
    complex = field('HYPERLINK "https://a.uk/b_(c)?x=1&y=2" \\o "tip"', "site!")
    bad = field('HYPERLINK "javascript:alert(1)"', "no")
    local = field('HYPERLINK \\l "mark"', "here")
    assert text_of(tmp_path, p("See! ", simple, ", ", complex, "! ", bad, " ", local)) == (
        "See! [mail](<mailto:a@b.uk>), [site!](<https://a.uk/b_(c)?x=1&y=2>)! no here"
    )


def test_only_links_lead_anywhere(tmp_path: Path) -> None:
    assert text_of(tmp_path, p('<w:r><w:t w:link="javascript:alert(1)">a</w:t></w:r>')) == "a"


def test_a_hyperlink_leads_where_its_relationship_says(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Look!")
    target = "https://example.org/a b"
    id = document.part.relate_to(target, docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = docx.oxml.parse_xml(
        f'<w:hyperlink xmlns:w="{WORDML}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships" r:id="{id}"><w:r><w:rPr><w:b/></w:rPr><w:t> here </w:t></w:r></w:hyperlink>'
    )
    paragraph._p.append(link)
    paragraph._p.append(docx.oxml.parse_xml(f'<w:r xmlns:w="{WORDML}"><w:t>now</w:t></w:r>'))
    document.save(str(tmp_path / "care.docx"))

    assert read(tmp_path / "care.docx") == ("Look! [**here**](<https://example.org/a%20b>) now", [])


# Fields and containers


def test_results_of_fields_are_text_and_codes_are_not(tmp_path: Path) -> None:
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f"{field('MERGEFIELD a', 'not said')}"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>said</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="DATE">{r("1 July")}</w:fldSimple>'
    open_end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    body = p(nested, " ", field("PAGE", "7"), " ", simple, open_end, " end")
    assert text_of(tmp_path, body, own="not said") == "said 7 1 July end"


def test_what_is_chosen_in_a_list_of_a_form_is_text(tmp_path: Path) -> None:
    options = '<w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/>'
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{options}</w:ddList></w:ffData></w:fldChar></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert text_of(tmp_path, p("Was it so: ", begin, "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>", end)) == (
        "Was it so: yes"
    )


def test_text_is_kept_in_whatever_it_is_wrapped(tmp_path: Path) -> None:
    wrapped = [
        f'<w:smartTag w:uri="u" w:element="e">{r("a ")}</w:smartTag>',
        f"<w:customXml>{r('b ')}</w:customXml>",
        f'<w:dir w:val="ltr">{r("c ")}</w:dir><w:bdo w:val="rtl">{r("d ")}</w:bdo>',
        f'<w:new xmlns:w="urn:unknown">{r("e ").replace("<w:", "<x:").replace("</w:", "</x:")}</w:new>'.replace(
            "<w:new ", f'<w:new xmlns:x="{WORDML}" '
        ),
        sdt(r("f ")),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> g</w:t><w:noBreakHyphen/><w:t>h</w:t></w:r>',
        "<w:r><w:t>i</w:t><w:softHyphen/><w:t>j</w:t><w:tab/><w:t>k</w:t></w:r>",
    ]
    block = sdt(p("in a block") + table(td("x") + sdt(td("y")), "")) + f"<w:customXml>{p('deep')}</w:customXml>"
    text = text_of(tmp_path, p(*wrapped) + block)
    assert text == "a b c d e f ✓ g-hij k\n\nin a block\n\n| x | y |\n\ndeep"


@pytest.mark.parametrize(
    ("symbol", "shown"), [('"Arial" w:char="2022"', "a•"), ('"Arial" w:char="D800"', "a"), ('"Arial" w:char="00"', "a")]
)
def test_a_symbol_is_a_sign_that_a_document_can_have(tmp_path: Path, symbol: str, shown: str) -> None:
    assert text_of(tmp_path, p("a", f"<w:r><w:sym w:font={symbol}/></w:r>")) == shown


def test_symbols_typed_in_a_symbol_font_are_read(tmp_path: Path) -> None:
    run = r("a\uf0fcb\uf0fc\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    assert text_of(tmp_path, p(run)) == "a✓b✓✓"


def test_what_cpreport_wrote_for_the_reader_is_left_out_and_a_placeholder_is_empty(tmp_path: Path) -> None:
    reference = sdt(p("Figures"), '<w:tag w:val="cpreport-reference"/>')
    named = '<w:placeholder><w:docPart w:val="D1"/></w:placeholder><w:showingPlcHdr/>'
    placeholder = sdt(r("Click or tap here to enter text."), "<w:showingPlcHdr/>")
    cells = table(td("a") + td("b"), sdt(td("Choose an item."), "<w:showingPlcHdr/>") + td("d"))
    body = reference + p(placeholder) + sdt(p("Write here"), named) + p("Well", placeholder) + cells
    prompts = f'<w:docParts><w:docPart><w:docPartPr><w:name w:val="D1"/></w:docPartPr>{p("Write here")}</w:docPart>'
    prompts += "</w:docParts>"
    own = "Figures Choose an item. Write here" + 2 * "Click or tap here to enter text."
    assert text_of(tmp_path, body, own, glossaryDocument=prompts) == "Well\n\n| a | b |\n|  | d |"


@pytest.mark.parametrize("typed", ["A young person moved.", "Choose an item. And more.", "Click here"])
def test_what_is_typed_in_a_control_is_printed_whatever_its_flags_say(tmp_path: Path, typed: str) -> None:
    flagged = "<w:showingPlcHdr/>"
    assert text_of(tmp_path, sdt(p(typed), flagged)) == text_of(tmp_path, p(sdt(r(typed), flagged))) == typed


# Tables


def test_tables_are_kept_with_merged_cells_said_once(tmp_path: Path) -> None:
    two, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        td("") + td("", "") + td(""),
        td(p(r("Place", "b"))) + td("Now", more=two),
        td("Home|s", "and more", more=down) + td("1") + td("2"),
        td("lost", more=on) + td(item("a"), item("b")) + td(p(r("4", "b"))),
        td("5"),
    )
    text, (hidden,) = read(write_docx(tmp_path / "care.docx", body, numbering=NUMBERING))
    assert hidden.message == "1 piece of hidden text is not printed: 'lost'"
    assert text.rstrip("\n").split("\n") == [
        "| Place | Now |  |",
        "| Home|s and more | 1 | 2 |",
        "|  | • a • b | **4** |",
        "| 5 |  |  |",
    ]


def test_a_table_of_one_cell_is_a_frame_and_a_table_in_a_table_is_its_words(tmp_path: Path) -> None:
    framed = table(td(p("What is next?", style="Heading1"), p("Words.")))
    nested = table(td("a") + td(table(td("b") + td("c")), ""))
    assert text_of(tmp_path, framed + nested) == "## What is next?\n\nWords.\n\n| a | b c |"


# What is left out


@pytest.mark.parametrize(
    "struck",
    [
        p("Is ", r("not ", "strike"), "well."),
        p("Is ", r("not ", "dstrike"), "well."),
        p("Is ", r("not ", '<w:rStyle w:val="Gone"/>'), "well."),
        p("Is well.") + p("not", style="GoneToo"),
        p("Is ", r("not ", "strike", "vanish"), r("well.", '<w:strike w:val="0"/>')),
    ],
)
def test_what_is_struck_through_is_not_printed_and_told(tmp_path: Path, struck: str) -> None:
    styles = style("Gone", "Gone", "<w:rPr><w:strike/></w:rPr>", kind="character")
    styles += style("GoneToo", "Gone too", "<w:rPr><w:dstrike/></w:rPr>")
    text, findings = read(write_docx(tmp_path / "care.docx", struck, styles=styles))

    kind = "hidden" if "vanish" in struck else "struck-through"
    assert text == "Is well."
    assert [(f.code, f.message) for f in findings] == [
        ("narrative.word-dropped", f"1 piece of {kind} text is not printed: 'not'")
    ]


TEXT_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_what_is_not_printed_is_reported_once_for_each_kind(tmp_path: Path) -> None:
    long = "A comment that goes on and on for much longer than anybody wants to read"
    body = p("Text", TEXT_BOX, "<w:r><w:drawing/></w:r>", '<w:r><w:commentReference w:id="4"/></w:r>')
    body += p("<w:r><w:object/></w:r>", '<w:r><w:footnoteReference w:id="2"/></w:r>', r("gone", "vanish"), " on")
    office = 'xmlns:v="urn:v" xmlns:o="urn:schemas-microsoft-com:office:office"'
    line = f'<w:r><w:pict><v:rect {office} o:hr="t"/></w:pict></w:r>'
    comments, notes = f'<w:comment w:id="4">{p(long)}</w:comment>', f'<w:footnote w:id="2">{p("See p. 3")}</w:footnote>'
    text, findings = read(write_docx(tmp_path / "care.docx", body + p(line), comments=comments, footnotes=notes))

    assert text == "Text\n\non"
    assert {finding.code for finding in findings} == {"narrative.word-dropped"}
    assert [finding.message for finding in findings] == [
        "1 text box is not printed: 'Boxed words'",
        "2 pictures, charts or drawings are not printed",
        "1 comment is not printed: 'A comment that goes on and on for much…'",
        "1 footnote or endnote is not printed: 'See p. 3'",
        "1 piece of hidden text is not printed: 'gone'",
    ]


def test_words_in_a_shape_are_reported_where_the_fallback_has_none(tmp_path: Path) -> None:
    box = re.sub("<w:pict>.*</w:pict>", "<w:pict/>", TEXT_BOX)
    (finding,) = read(write_docx(tmp_path / "care.docx", p("a", box)))[1]
    assert finding.message == "1 text box is not printed: 'Boxed words'"


# Tracked changes


def tracked(kind: str, text: str) -> str:
    name = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="1" w:author="A">{r(text).replace("w:t", f"w:{name}")}</w:{kind}>'


def mark(kind: str) -> str:
    return f"<w:rPr><w:{kind}/></w:rPr>"


def test_tracked_changes_are_one_error_that_quotes_the_first(tmp_path: Path) -> None:
    body = p("It is ", tracked("ins", "not "), tracked("del", "very "), "well.", tracked("moveFrom", "a"))
    body += p("b", tracked("moveTo", "a"), more=mark("ins"))
    text, (finding,) = read(write_docx(tmp_path / "care.docx", body))

    assert finding.message == "the text has tracked changes: inserted 'not', deleted 'very', moved away 'a' and 2 more"
    assert finding.hint == "Accept or reject them in Word first, or run with --tracked accept."
    assert read(tmp_path / "care.docx", accept_tracked=True) == (text, []) == ("It is not well.\n\nba", [])


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_deleted_row_goes(tmp_path: Path) -> None:
    gone = td("x").replace("<w:tc>", "<w:trPr><w:del/></w:trPr><w:tc>", 1)
    body = p("one ", more=mark("del")) + p("two") + table(td("a") + td("b"), gone) + p("three", more=mark("moveFrom"))
    assert read(write_docx(tmp_path / "care.docx", body), accept_tracked=True) == (
        "one two\n\n| a | b |\n\nthree",
        [],
    )


def test_a_text_that_was_moved_is_read_where_it_is_now_and_its_paragraph_mark_goes_with_it(tmp_path: Path) -> None:
    body = p("Stays ", tracked("moveFrom", "up"), more=mark("moveFrom")) + p("on.")
    body += p(tracked("moveTo", "up"), more=mark("moveTo"))
    text, findings = read(write_docx(tmp_path / "care.docx", body), accept_tracked=True)

    assert (text.splitlines(), findings) == (["Stays on.", "", "up"], [])


def test_insertions_that_are_deleted_again_and_changes_of_looks_are_no_text(tmp_path: Path) -> None:
    look = r("a", "<w:rPrChange><w:rPr><w:b/><w:ins/></w:rPr></w:rPrChange>")
    old = "<w:pPrChange><w:pPr><w:pStyle w:val='Heading1'/><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>"
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins/></w:numPr>'
    assert text_of(tmp_path, p(look, more=old) + p("b", more=numbered)) == "a\n\n- b"

    nested = p("c", f"<w:ins>{tracked('del', 'x')}</w:ins>")
    (finding,) = read(write_docx(tmp_path / "care.docx", nested))[1]
    assert finding.message.endswith("deleted 'x'")


def test_changes_in_what_is_not_read_are_nothing(tmp_path: Path) -> None:
    reference = sdt(p(tracked("ins", "x")), '<w:tag w:val="cpreport-reference"/>')
    deleted_picture = p("a", "<w:del><w:r><w:drawing/></w:r></w:del>")
    assert text_of(tmp_path, reference + deleted_picture) == "a"


# What is no Word document


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_document(document: str, **parts: str) -> bytes:
    return zipped({"word/document.xml": document, **parts})


def with_body(body: str) -> str:
    return f"<w:document {W}><w:body>{body}</w:body></w:document>"


W = f'xmlns:w="{WORDML}"'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (OLE2, "Word 97-2003"),
        (OLE2 + "EncryptedPackage\0".encode("utf-16-le"), "password"),
        (b"<html><p>Well</p></html>", "not a Word document"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "no Word document in it",
        ),
        (with_document("<w:document"), "damaged"),
        (with_document(f"<w:p {W}/>"), "no Word document in it"),
        (with_document('<!DOCTYPE d [<!ENTITY a "aa">]><d>&a;</d>'), "damaged"),
        (with_document(with_body(""), **{"word/comments.xml": "<a>"}), "damaged"),
        (with_document(with_body("<w:x>" * 9999 + "</w:x>" * 9999)), "damaged"),
        (with_document(with_body(p("a") * 99_999)), "large"),
    ],
)
def test_what_is_no_word_document_is_one_error(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "care.docx").write_bytes(content)
    text, (finding,) = read(tmp_path / "care.docx")

    assert (text, finding.code, finding.is_error) == ("", "narrative.not-word", True)
    assert finding.message.startswith("care.docx cannot be read: it") and reason in finding.message


def sound_parts() -> dict[str, bytes]:
    document = docx.Document()
    document.add_heading("What is next?", 1)
    document.add_paragraph("a", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "b"
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SOUND = sound_parts()
OF_XML = re.compile(rb'[A-Za-z:]+(?==")|"[^"]*"|<[^>]*>|[0-9]+')


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A Word file of which some bytes, attributes or elements are others, or parts are missing."""
    parts = dict(SOUND)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"]))
        if name not in parts:
            continue
        found = [each.span() for each in OF_XML.finditer(parts[name])]
        start, end = draw(st.sampled_from(found))
        others = st.sampled_from([b"", b'""', b'"-1"', b'"x"', b"<w:p/>", b"</w:p>", b'"99999999999"', b"\xff"])
        parts[name] = parts[name][:start] + draw(others) + parts[name][end:]
        if draw(st.integers(0, 9)) == 0:
            del parts[name]
    content = zipped(parts)
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 4)) == 0 else content


@examples(150)
@given(content=damaged())
def test_a_damaged_file_is_read_or_is_one_error(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("damaged") / "care.docx"
    path.write_bytes(content)
    text, findings = read(path)

    assert [finding.code for finding in findings] == ([] if text else findings and ["narrative.not-word"])


# Whatever is typed comes out


SIGNS = (
    *("a", "bé", "Z9", "12.", "1)", "£", "€5", "😀", "–", "“q”", "’s", "*", "**", "_", "__", "#", "[", "]", "(x)", "("),
    *(")", "|", "<", ">", "\\", "`", "```", "&", "&amp;", "&#35;", "-", "---", "+", "=", "===", "~~~", "!", "{", "}"),
    *("http://x.y", "<http://a.b>", " ", " ", " ", "  ", "\t", "\u00a0", ".", ":", "中", "\n"),
)
Typed = tuple[str, bool, bool, str]
RUNS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(SIGNS), min_size=1, max_size=5).map("".join),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "", "https://e.org/a_(b)?x=1&copy;*"]),
    ),
    min_size=1,
    max_size=7,
)


def typed_run(run: Typed) -> str:
    text, bold, italic, link = run
    inside = r(text, *("b" for _ in range(bold)), *("i" for _ in range(italic)))
    return f"<w:fldSimple w:instr='HYPERLINK \"{escape(link)}\"'>{inside}</w:fldSimple>" if link else inside


def seen(signs: Iterable[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """What can be seen, each sign with its look; dashes may be bullets."""
    return [(sign, look) for sign, look in signs if not sign.isspace() and sign not in "–-"]


@examples(300)
@given(paragraphs=st.lists(st.tuples(RUNS, st.sampled_from(["", "ListBullet"])), min_size=1, max_size=4))
def test_whatever_is_typed_comes_out_as_it_was_typed(
    paragraphs: Sequence[tuple[list[Typed], str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = [(sign, Span("", *run[1:])) for runs, _ in paragraphs for run in runs for sign in run[0]]
    if re.search(r"\{[{%#]", "".join(sign for sign, _ in typed)):
        return
    body = "".join(p(*map(typed_run, runs), style=style) for runs, style in paragraphs)
    read, findings = read_blocks(write_docx(tmp_path_factory.mktemp("typed") / "care.docx", body))
    blocks, found = compose_blocks(read, {}, Place())

    assert [*findings, *found] == []
    came = seen((sign, span) for span in spans_of(blocks) for sign in span.text)
    wanted = seen(typed)
    assert [sign for sign, _ in came] == [sign for sign, _ in wanted]
    for (_, given_look), (_, wanted_look) in zip(came, wanted, strict=True):
        assert replace(given_look, text="") == wanted_look


PARTS = {
    tag: names.split()
    for tag, names in (
        *(("f", "num den"), ("sSup", "e sup"), ("sSub", "e sub"), ("bar", "e"), ("func", "fName e"), ("d", "e e")),
        *(("rad", "deg e"), ("sPre", "sub sup e"), ("sSubSup", "e sub sup"), ("nary", "sub sup e"), ("eqArr", "e e")),
        *(("limLow", "e lim"), ("mr", "e e e")),
    )
}
MATHS = st.recursive(
    st.sampled_from(["6", "04", "1.5", "x", "ab", "+", "-", "="]),
    lambda inside: st.tuples(st.sampled_from(sorted(PARTS)), inside, inside, inside).map(
        lambda drawn: structure(drawn[0], *zip(PARTS[drawn[0]], drawn[1:], strict=False))
    ),
    max_leaves=8,
)


@examples(150)
@given(pieces=st.lists(MATHS, min_size=1, max_size=4))
def test_no_equation_joins_numbers_or_names(pieces: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    apart = [piece for typed in pieces for piece in re.findall(r"<m:t>([^<]*)</m:t>", mr(typed))]
    with_gaps = m(*(f"<m:box><m:e>{mr(piece)}</m:e></m:box>" for piece in pieces))
    blocks = blocks_of(tmp_path_factory.mktemp("maths"), p(with_gaps))
    came = [piece for span in spans_of(blocks) for piece in re.findall(r"[0-9a-z.]+", span.text)]
    assert came == [piece for piece in apart if piece[0].isalnum()]


WORDS = ("a", "9", "(z)", "*", "_", "#", "1. ", "- ", "> ", ".", ",", "!", "£", " ", " ", "[", "]", "|", "`", "&amp;")
TAGS = {"{{ “V_*1” }}": "V_*1", "{{ about[‘n’] }}": "12.", "{{ about[“none”] }}": "", "{# a*_b #}": ""}
PIECES = st.lists(st.sampled_from([*WORDS, *TAGS]), min_size=1, max_size=5)


@st.composite
def with_tags(draw: st.DrawFn) -> tuple[str, str]:
    """A text with tags, and what it prints."""
    typed, prints = "", ""
    for _ in range(draw(st.integers(1, 4))):
        shown, other = draw(PIECES), draw(PIECES)
        said = "".join(TAGS.get(piece, piece) for piece in shown)
        match draw(st.sampled_from(["", "true", "false"])):
            case "":
                typed += "".join(shown)
            case "true":
                typed += f"{{% if true %}}{''.join(shown)}{{% else %}}{''.join(other)}{{% endif %}}"
            case "false":
                typed += f"{{% if false %}}{''.join(other)}{{% else %}}{''.join(shown)}{{% endif %}}"
        prints += said
    return typed, prints


@examples(150)
@given(
    text=with_tags(), cuts=st.lists(st.integers(0, 150), max_size=6), looks=st.lists(st.sampled_from(["", "b", "i"]))
)
def test_whatever_tags_print_stands_between_what_is_typed(
    text: tuple[str, str], cuts: list[int], looks: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed, prints = f"start {text[0]} end", f"start {text[1]} end"
    ends = sorted({0, len(typed), *(cut for cut in cuts if cut < len(typed))})
    runs = [
        r(typed[a:b], *filter(None, [look])) for (a, b), look in zip(pairwise(ends), [*looks, *[""] * 9], strict=False)
    ]
    read, findings = read_blocks(write_docx(tmp_path_factory.mktemp("tags") / "care.docx", p(*runs)))
    blocks, found = compose_blocks(read, {"about": {"n": "12.", "none": ""}}, Place())

    assert [*findings, *found] == []
    assert "".join(span.text for span in spans_of(blocks)).split() == prints.split()


def said(folder: Path, body: str, **parts: str) -> list[str]:
    """The composed text, a line for each paragraph and entry."""
    blocks, findings = compose_blocks(blocks_of(folder, body, **parts), {}, Place())
    assert findings == []
    return list(lines_of(blocks))


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, List):
            for number, entry in enumerate(block.entries, 1):
                yield f"{number}. {plain(entry.text)}" if block.ordered else plain(entry.text)
                yield from lines_of(entry.below)
        elif isinstance(block, Paragraph | Heading):
            yield plain(block.text)


# Files of other programs


def test_a_file_made_in_word_has_its_list_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("What went well:", 1)
    for text, name in (("a", ""), ("b", " 2"), ("c", " 3"), ("d", "")):
        document.add_paragraph(text, style=f"List Bullet{name}")
    document.add_paragraph("of d", style="List Continue")
    document.add_paragraph("1", style="List Number")
    document.add_paragraph("in", style="List Paragraph").paragraph_format.left_indent = Cm(1)
    document.add_paragraph("Between.")
    document.add_paragraph("Strong", style="Intense Quote")
    document.save(str(tmp_path / "care.docx"))

    assert read(tmp_path / "care.docx")[0].split("\n") == [
        *("## What went well:", "", "- a", "  - b", "    - c", "- d", "  of d", "", "1. 1", "  in", ""),
        *("Between.", "", "***Strong***"),
    ]


# Forms that lost their boxes


def test_all_down_to_the_end_of_a_forms_reference_is_left_out(tmp_path: Path) -> None:
    reference = p("Care", style="Heading1") + p("To be written.") + table(td("a") + td("b")) + p(REFERENCE_END)
    slot = p("What is next?", style="Heading2") + p("Words.")
    assert text_of(tmp_path, reference + slot, own=f"To be written ab {REFERENCE_END}") == "## What is next?\n\nWords."
    assert text_of(tmp_path, slot + p(REFERENCE_END)) == f"## What is next?\n\nWords.\n\n{REFERENCE_END}"


@pytest.mark.parametrize(
    "more",
    [
        *("", " This text is required.", " Words: at least 20.", " Words: at most 9.", " Words: 20 to 150."),
        " This text is required if an indicator of the section is worse or missed its target. Words: 1 to 2.",
        *(" To be written by Ann O’Neill.", " Words: at least 20. To be written by Dr. A. Lee."),
        *(" To be written by Team A.", " To be written by A.B. Lee."),
    ],
)
def test_a_prompt_is_empty_and_what_is_typed_behind_it_is_not(tmp_path: Path, more: str) -> None:
    bold = p(r(PROMPT + more), r("It is well.", "b"), "\n• More.")
    own = PROMPT + more
    assert text_of(tmp_path, item(own), own) == ""
    assert text_of(tmp_path, item(f"{own} It is well. So far."), own) == "- It is well. So far."
    assert text_of(tmp_path, bold, own) == "**It is well.**\n\n- More."


# With the workbook


def month_of(folder: Path, body: str, **options: bool) -> Month:
    """The example month with this narrative of the section care."""
    write_example(folder, {})
    write_docx(folder / CARE, body)
    return load_workbook(folder / NAME, **options)


def printed(month: Month) -> Sequence[Block]:
    return month.report.sections[0].blocks


def found(folder: Path, change: Change) -> list[tuple[str, str]]:
    """Codes with files and places, but for those of the words themselves."""
    kept = ("narrative.unknown", "narrative.slot", "narrative.text", "narrative.not", "narrative.tracked")
    return [
        (finding.code, f"{finding.place.file} {finding.place}")
        for finding in example_month(folder, change)
        if finding.code.startswith(kept)
    ]


def test_a_narrative_in_word_is_printed_and_has_no_lines(tmp_path: Path) -> None:
    month = month_of(tmp_path, p(r("What is next?", "b")) + item("One.") + item("Two."))

    assert [plain(entry.text) for block in printed(month) if isinstance(block, List) for entry in block.entries] == [
        *("All is well.", "One.", "Two.")
    ]
    (passage,) = month.workbook.narratives["care", "next"].passages
    assert passage.place == Place(file="care.docx", section="care", slot="next")
    assert month.errors == ()


def test_tracked_changes_refuse_the_report_unless_accepted(tmp_path: Path) -> None:
    body = p(r("What is next?", "b")) + p("All ", tracked("ins", "is well."))
    refused = month_of(tmp_path, body)

    assert [(f.code, f.place) for f in refused.errors] == [
        ("narrative.tracked-changes", Place(file="care.docx", section="care"))
    ]
    assert load_workbook(tmp_path / NAME, accept_tracked=True).errors == ()


def test_headings_and_bold_lines_that_are_nearly_a_slots_title_are_reported_with_it(tmp_path: Path) -> None:
    month = month_of(tmp_path, p(r("What is nexxt?", "b")) + p("Words.") + p(r("Something bold", "b")))
    (finding,) = month.errors
    assert finding.code == "narrative.unknown-slot" and "did you mean 'What is next?'?" in finding.message
    assert found(tmp_path, {CARE: Word("# Care\n# Whatever\nWords.")}) == [("narrative.unknown-slot", "care.docx care")]


def test_text_before_the_first_slot_is_reported(tmp_path: Path) -> None:
    assert found(tmp_path, {CARE: Word("Care\n# What is next?\nWell.")}) == [
        ("narrative.text-before-slot", "care.docx care")
    ]


def test_a_slot_in_markdown_and_in_word_is_an_error_and_two_authors_are_not(tmp_path: Path) -> None:
    word = Word("# What is next?\nWell.")
    both: Change = {CARE: word, "narrative/2023-07/care--ann.md": "## What is next?\nToo.\n"}
    (finding,) = (f for f in example_month(tmp_path / "both", both) if f.is_error)
    assert (finding.code, finding.place.file) == ("narrative.slot-twice", "care.docx")
    assert "care--ann.md line 2" in finding.message

    authors: Change = {CARE: word, "narrative/2023-07/care--ann.docx": Word("# What is next?\nToo.")}
    assert found(tmp_path / "authors", authors) == []
    month = load_workbook(tmp_path / "authors" / NAME)
    assert [each.text.strip() for each in month.workbook.narratives["care", "next"].passages] == ["Too.", "Well."]


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_other_formats_of_a_section_are_errors_and_lock_files_are_nothing(tmp_path: Path, suffix: str) -> None:
    change: Change = {
        f"narrative/2023-07/care.{suffix}": "anything",
        f"narrative/2023-07/notes.{suffix}": "anything",
        "narrative/2023-07/~$care.docx": "locked",
    }
    assert found(tmp_path, change) == [("narrative.not-word", f"care.{suffix} care")]


def test_quotes_and_dashes_of_word_in_a_slots_title_are_those_of_the_report(tmp_path: Path) -> None:
    title: Change = {"report.toml": Replaced("What is next?", "What's next - and when?")}
    assert found(tmp_path, {**title, CARE: Word("# What’s next – and\u00a0when?\nWell.")}) == []


def owing(folder: Path, change: Change) -> list[str]:
    """The files that are chased for."""
    month = load_workbook(write_example(folder, change))
    return [owed.file for owed in list_owed(month.workbook, month.folder, month.findings)]


def test_a_text_that_is_short_is_chased_for_its_file_and_a_missing_one_for_the_sections(tmp_path: Path) -> None:
    short: Change = {"report.toml": Replaced('next?"', 'next?", min_words = 5'), CARE: Word("# What is next?\nWell.")}
    assert owing(tmp_path / "short", short) == [CARE]

    missing: Change = {
        "report.toml": Replaced('next?"', 'next?", required = true'),
        "Narrative!": None,
        "narrative/2023-07/care--ann.docx": Word("# What went well\nAll is well."),
    }
    assert owing(tmp_path / "missing", missing) == [CARE]


def test_a_file_in_the_strict_format_is_read(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "care.docx", p(r("Strictly", "b"), " so") + item("a"), numbering=NUMBERING)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    path.write_bytes(zipped({name: part.replace(WORDML.encode(), strict.encode()) for name, part in parts.items()}))

    assert read(path) == ("**Strictly** so\n\n- a", [])


def test_a_word_file_of_no_section_is_reported(tmp_path: Path) -> None:
    assert found(tmp_path, {"narrative/2023-07/cares.docx": Word("Well.")}) == [
        ("narrative.unknown-section", "cares.docx ")
    ]


def test_a_file_of_a_sections_title_or_nearly_its_id_is_told_its_name(tmp_path: Path) -> None:
    title: Change = {"report.toml": Replaced('title = "Care"', 'title = "Children in care"')}
    files = ("cares.docx", "cares--benedicta-jones.docx", "Children in care--ann.docx", "other.docx")
    change = title | {f"narrative/2023-07/{file}": Word("Well.") for file in files}
    told = {f.place.file: f for f in example_month(tmp_path, change) if f.code == "narrative.unknown-section"}

    assert "name the file care.docx" in told["cares.docx"].message
    assert "name the file care--benedicta-jones.docx" in told["cares--benedicta-jones.docx"].message
    assert "name the file care--ann.docx" in told["Children in care--ann.docx"].message
    assert told["other.docx"].message == "'other' is not a section of this report"
    assert told["other.docx"].hint == "Use one of the sections: care."


def test_a_heading_without_text_is_reported(tmp_path: Path) -> None:
    title, lost = "narrative.title-dropped", "narrative.unknown-slot"
    word = Word("# Children looked after\n# Care\n# What is next?\nWell.\n# 12 children were adopted\n# care:")
    assert all_found(tmp_path / "word", {CARE: word}) == [
        (lost, "'12 children were adopted' is not a slot of care"),
        (title, "the heading 'Children looked after' is before the first slot and is not printed"),
    ]
    lines = "# Children looked after\n\n## What is next?\n\nWell.\n\n## Homes\n"
    markdown = CARE.replace("docx", "md")
    assert [code for code, _ in all_found(tmp_path / "markdown", {markdown: f"{lines}##  \n"})] == [lost, title]
    assert found(tmp_path / "below", {markdown: f"{lines}### East\n"}) == [("narrative.unknown-slot", "care.md line 7")]
    assert found(tmp_path / "near", {CARE: Word("# What is nexxt?\n# Homes")}) == [
        ("narrative.unknown-slot", "care.docx care/next")
    ]


def all_found(folder: Path, change: Change) -> list[tuple[str, str]]:
    """Codes and messages of what is lost of a narrative."""
    lost = ("narrative.unknown-slot", "narrative.title-dropped", "narrative.text-before-slot")
    return [(finding.code, finding.message) for finding in example_month(folder, change) if finding.code in lost]


def test_a_text_in_the_style_of_titles_is_text(tmp_path: Path) -> None:
    body = "".join(p(text, style="Title") for text in ("What is next?", "12 children were adopted.", "It is well."))
    assert text_of(tmp_path, body) == "## What is next?\n\n12 children were adopted.\n\nIt is well."


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (CARE, Word("Well.")),
        (CARE, Word("# Homes\nWell.")),
        (CARE, b"no document"),
        (CARE.replace("docx", "odt"), "Well."),
        (CARE.replace("docx", "md"), "Well.\n"),
    ],
)
def test_a_text_that_could_not_be_placed_is_not_missing_too(tmp_path: Path, file: str, content: object) -> None:
    required: Change = {"report.toml": Replaced('next?"', 'next?", required = true'), "Narrative!": None}
    errors = [finding.code for finding in example_month(tmp_path, {**required, file: content}) if finding.is_error]
    assert len(errors) == 1 and errors != ["narrative.slot-empty"]

    notes = [plain(block.text) for block in printed(load_workbook(tmp_path / NAME)) if isinstance(block, Note)]
    assert notes.count("The text that was given could not be placed: see “Problems found” after the contents.") == 2
    assert "No text was given for this period." not in notes
