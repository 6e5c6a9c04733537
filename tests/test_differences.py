"""In which words one Word document differs from another, and where."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document

from cpreport.editions.differences import Differing, differing_words
from cpreport.office.digests import text_digest

ROWS = [["Key indicator", "Jun 23", "Jul 23"], ["Stability", "13.5%", "13.6%"], ["Moves", "–", "–"]]
TEXT = "In July we moved more children than in any other month of the last financial year, for several reasons."


def saved(paragraphs: list[str], rows: list[list[str]], inner: str = "") -> bytes:
    """A document of paragraphs, the last one the caption of a table; `inner` is a table in its last cell."""
    document: Document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if inner:
        table.rows[-1].cells[-1].add_table(1, 1).rows[0].cells[0].text = inner
    document.add_paragraph("The end.")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


COMPUTED = saved([TEXT, "Table : Stability"], ROWS)


def changed(row: int, column: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, column) else each for c, each in enumerate(of)] for r, of in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (saved([TEXT, "Table : Stability"], ROWS), []),
        (saved([f"  {TEXT.replace(' ', '  ')}", "Table : Stability"], ROWS), []),
        (
            saved([TEXT, "Table : Stability"], changed(1, 2, "13.5%")),
            [("Table 1, Stability, Jul 23", "13.5%", "13.6%")],
        ),
        (saved([TEXT, "Table : Stability"], changed(1, 2, "")), [("Table 1, Stability, Jul 23", "", "13.6%")]),
        (saved([TEXT, "Table : Stability"], changed(2, 0, "Move")), [("Table 1", "Move", "Moves")]),
        (saved([TEXT, "Table : Stability"], changed(0, 1, "Jun")), [("Table 1", "Jun", "Jun 23")]),
        (saved([TEXT, "Table : Stability"], ROWS, "13.6%"), [("Table 1, Moves, Jul 23", "13.6%", "")]),
        (saved([TEXT, "More.", "Table : Stability"], ROWS), [("", "More.", "")]),
        (saved(["Table : Stability"], ROWS), [("", "", TEXT)]),
    ],
)
def test_each_paragraph_that_differs_is_found_with_its_place(
    document: bytes, found: list[tuple[str, str, str]]
) -> None:
    assert differing_words(document, COMPUTED) == [Differing(*each) for each in found]
    assert (text_digest(document) == text_digest(COMPUTED)) is (not found)


def test_a_table_without_a_caption_has_no_number() -> None:
    one, other = (saved(["Table : First", "Text."], changed(1, 2, text)) for text in ("13.5%", "13.6%"))

    assert [each.where for each in differing_words(one, other)] == ["a table, Stability, Jul 23"]


def test_of_a_long_paragraph_the_words_around_the_difference_are_quoted() -> None:
    (found,) = differing_words(saved([TEXT.replace("more", "fewer"), "Table : Stability"], ROWS), COMPUTED)

    assert found.quoted == (
        "In July we moved fewer children than in any …",
        "In July we moved more children than in any …",
    )


def test_words_that_were_added_are_quoted_with_their_neighbours() -> None:
    found = Differing("", "a b c d e f g h new i j k l m", "a b c d e f g h i j k l m")

    assert found.quoted == ("… e f g h new i j k l …", "… e f g h i j k l …")
