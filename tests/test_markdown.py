"""Markdown gives every word once, in order, as blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.markdown import Rendered, blocks_of
from cpreport.model.document import (
    Align,
    Block,
    Heading,
    List,
    ListEntry,
    Paragraph,
    RowKind,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
    Text,
    plain,
)


def read(text: str) -> tuple[Block, ...]:
    blocks, findings = blocks_of(Rendered(text, text))
    assert findings == []
    return blocks


def found(text: str) -> list[tuple[str, int]]:
    return [(finding.code, finding.place.line) for finding in blocks_of(Rendered(text, text))[1]]


def words(text: str) -> Text:
    return (Span(text),)


def bullets(*texts: str) -> List:
    return List(False, tuple(ListEntry(words(text)) for text in texts))


def row(*cells: TableCell) -> TableRow:
    return TableRow(RowKind.PLAIN, cells)


def test_headings_go_no_deeper_than_four() -> None:
    assert read("# a\n\n###### b") == (Heading(1, words("a")), Heading(4, words("b")))


def test_looks_of_a_text() -> None:
    assert read("a **b *c*** [d](https://e.org) `f`") == (
        Paragraph(
            (
                Span("a "),
                Span("b ", bold=True),
                Span("c", bold=True, italic=True),
                Span(" "),
                Span("d", link="https://e.org"),
                Span(" f"),
            )
        ),
    )


@pytest.mark.parametrize("address", ["ftp://a", "a.md", "#a", "//a"])
def test_other_links_are_text(address: str) -> None:
    assert read(f"[a]({address})") == (Paragraph(words(f"[a]({address})")),)


def test_a_script_is_no_link() -> None:
    assert read("[a](javascript:b)") == (Paragraph(words("[a](javascript:b)")),)


def test_line_breaks() -> None:
    assert read("a\nb  \nc\\\nd") == (Paragraph((Span("a b"), Span("\n"), Span("c"), Span("\n"), Span("d"))),)


@pytest.mark.parametrize(
    "text",
    ["<5", "R&D", "<b>a</b>", "<!-- a -->", "[a]: b", "[1]: https://a.org", "~~a~~", "a_b_c", "2023. The Act", "12) a"],
)
def test_what_prints_as_typed(text: str) -> None:
    assert read(text) == (Paragraph(words(text)),)


def test_entities_and_escapes() -> None:
    assert read(r"&amp; &lt; \*a\* &#2;") == (Paragraph(words("& < *a* \N{REPLACEMENT CHARACTER}")),)


def test_indentation_makes_no_code() -> None:
    assert read("    a **b**") == (Paragraph((Span("a "), Span("b", bold=True))),)


def test_a_fence_is_a_paragraph() -> None:
    assert read("```\na *b*\nc\n```") == (Paragraph((Span("a *b*"), Span("\n"), Span("c"))),)


def test_a_quotation_is_what_it_quotes() -> None:
    assert read("> a\n>\n> - b\n\n***") == (Paragraph(words("a")), bullets("b"))


def test_lists_in_lists() -> None:
    assert read("1. a\n   - b\n   - c\n2. d") == (
        List(True, (ListEntry(words("a"), (bullets("b", "c"),)), ListEntry(words("d")))),
    )


def test_paragraphs_of_an_entry_are_its_lines() -> None:
    assert read("- a\n\n  b") == (List(False, (ListEntry((Span("a"), Span("\n"), Span("b"))),)),)


def test_text_after_an_inner_list_stays_after_it() -> None:
    assert read("- a\n  - b\n\n  c") == (List(False, (ListEntry(words("a"), (bullets("b"),)), ListEntry(words("c")))),)


def test_a_list_that_does_not_start_at_one_keeps_its_numbers() -> None:
    assert read("3. a\n4. b\n") == (Paragraph(words("3. a")), Paragraph(words("4. b")))


def test_a_list_whose_numbers_leave_some_out_keeps_its_numbers() -> None:
    assert read("1. a\n3. b") == (Paragraph(words("1. a")), Paragraph(words("3. b")))
    assert read("1. a\n1. b") == (List(True, (ListEntry(words("a")), ListEntry(words("b")))),)
    assert read("4.\n5. b") == (Paragraph(words("4. ")), Paragraph(words("5. b")))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("5*3*2 and 6**0**4", "5*3*2 and 6**0**4"),
        ("> 20 miles", "> 20 miles"),
        ("- >5%", ">5%"),
        ("```12 children\nmoved\n```", "12 children\nmoved"),
        ("[a](b.docx)", "[a](b.docx)"),
        ("<ftp://a>", "ftp://a"),
        ("12<sup>1 and <sub>2</sup>", "12<sup>1 and <sub>2</sup>"),
        ("12¹, 2½ and ¾", "12¹, 2½ and ¾"),
    ],
)
def test_nothing_typed_vanishes(text: str, printed: str) -> None:
    (block,) = read(text)
    typed = block.entries[0].text if isinstance(block, List) else block.text  # type: ignore[union-attr]
    assert plain(typed) == printed


def test_signs_are_raised_and_lowered() -> None:
    assert read("**12<sup>1\\*</sup>** CO<sub>2</sub>") == (
        Paragraph(
            (
                Span("12", bold=True),
                Span("1*", bold=True, script="superscript"),
                Span(" CO"),
                Span("2", script="subscript"),
            )
        ),
    )


def test_the_title_of_a_link_is_told() -> None:
    assert found('[a](https://b.uk "c")') == [("template.not-allowed", 1)]


def test_a_number_inside_a_list_stays() -> None:
    assert read("- 2023. a") == (bullets("2023. a"),)


def test_a_table() -> None:
    right = Align.RIGHT
    assert read("| a | **b** | c |\n|---|--:|:-:|\n| d | | e |\n| f |\n") == (
        Table(
            TableKind.PLAIN,
            "",
            (
                TableCell((words("a"),)),
                TableCell(((Span("b", bold=True),),), right),
                TableCell((words("c"),), Align.CENTRE),
            ),
            (
                row(TableCell((words("d"),)), TableCell((words("–"),), right), TableCell((words("e"),), Align.CENTRE)),
                row(TableCell((words("f"),)), TableCell((words("–"),), right), TableCell((words("–"),), Align.CENTRE)),
            ),
            (4, 4, 4),
        ),
    )


def test_a_table_row_with_a_cell_too_many() -> None:
    assert found("| a |\n|---|\n| b \\| c |\n| d | e |\n") == [("template.table-row", 4)]


def test_a_picture() -> None:
    assert found("a\n\n![b](c)") == [("template.picture", 3)]
    assert found("a\n\n![b](our map.png)") == [("template.picture", 3)]
    assert found("a ![b](c)") == [("template.not-allowed", 1)]
    assert found("- ![b](c)") == [("template.not-allowed", 1)]


def test_empty_headings_and_texts_give_nothing() -> None:
    assert read("#\n\n&nbsp;\n") == ()


WORD = st.text("abcdefgh", min_size=1, max_size=5)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def indented(entry: tuple[str, list[str]]) -> str:
    return "\n".join([f"- {entry[0]}", *(f"  - {line}" for line in entry[1])])


BULLETS = st.lists(st.tuples(LINE, st.lists(LINE, max_size=3)), min_size=1, max_size=4).map(
    lambda entries: "\n".join(indented(entry) for entry in entries)
)
TABLE = st.lists(st.tuples(LINE, LINE), min_size=1, max_size=4).map(
    lambda rows: "\n".join(["| h | h |", "|---|---|", *(f"| {left} | {right} |" for left, right in rows)])
)
PIECE = st.one_of(
    LINE,
    BULLETS,
    TABLE,
    LINE.map("## {}".format),
    LINE.map("> {}".format),
    LINE.map("**{}**".format),
    st.lists(LINE, min_size=1, max_size=4).map(lambda lines: "\n".join(f"1. {line}" for line in lines)),
)


def spoken(blocks: tuple[Block, ...]) -> list[str]:
    said: list[str] = []
    for block in blocks:
        match block:
            case List(entries=entries):
                for entry in entries:
                    said += [*plain(entry.text).split(), *spoken(entry.below)]
            case Table(headings=headings, rows=rows):
                for cell in (*headings, *(cell for row in rows for cell in row.cells)):
                    said += [word for line in cell.lines for word in plain(line).split()]
            case _:
                said += plain(block.text).split()
    return said


@given(st.lists(PIECE, max_size=6))
def test_every_word_comes_out_once_and_in_order(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    typed = [word for word in text.replace("**", "").split() if word.isalpha()]
    assert spoken(read(text)) == typed


NASTY = [
    "[",
    "*",
    "*a ",
    ">",
    "> ",
    "![",
    "`",
    "_a*",
    "<",
    "](",
    "- ",
    "1. ",
    "* ",
    "|",
    "|a|\n",
    "\n|-|",
    "a  \n",
    "- a\n",
    "&#",
]


@pytest.mark.parametrize("piece", NASTY)
def test_nasty_markdown_comes_to_an_end(piece: str) -> None:
    blocks_of(Rendered("", piece * (5_000 // len(piece))))
