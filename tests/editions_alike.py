"""What the editions of a report say and show, read from each finished file by its structure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.oxml.ns import qn
from lxml import html as lxml_html

from .pdf_read import read_aloud, tags
from .word_words import main_words, words_of

_INLINE = ("a", "strong", "em", "sup", "sub", "span")


class Shown(NamedTuple):
    """How many there are: `pictures` are charts too, `named` those with words instead; the headings are of tables."""

    pictures: int
    named: int
    tables: int
    headings_of_columns: int
    headings_of_rows: int
    captions: int


def assert_alike(files: Mapping[str, Path]) -> None:
    """Raises AssertionError unless Word, HTML and PDF say the same in the same order and show as much.

    HTML and PDF have contents, links back to them and numbers as text, Word's are fields and numberings; and the
    figures whose sources HTML gives on request are those of the audit file: one that a table and a chart print, twice.
    """
    word, pdf, page = files["docx"].read_bytes(), files["pdf"].read_bytes(), _Page(files["html"])
    assert page.words(".//nav | .//p[@class='back'] | .//span[@class='number']") == main_words(word)
    assert page.words() == words_of([read_aloud(pdf).replace("•", " ")])
    assert len(main_words(word)) > 1000
    shown = shown_in_word(word)
    assert (page.shown(), shown_in_pdf(pdf)) == (shown, shown)
    assert shown.named == shown.pictures and shown.tables
    audited = Counter(figure["text"] for figure in json.loads(files["json"].read_bytes())["figures"])
    sources = Counter(page.sources())
    assert sources >= audited and sources.keys() == audited.keys() != set()


def shown_in_word(docx: bytes) -> Shown:
    document = Document(BytesIO(docx))
    body = document.element.body
    pictures, tables = [*body.iter(qn("wp:docPr"))], [*body.iter(qn("w:tbl"))]
    rows = [(row, row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None) for row in body.iter(qn("w:tr"))]
    looks = [table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}").get(qn("w:firstColumn")) for table in tables]
    assert looks == ["1"] * len(tables)
    return Shown(
        len(pictures),
        sum(bool(each.get("descr")) for each in pictures),
        len(tables),
        sum(len(row.findall(qn("w:tc"))) for row, is_heading in rows if is_heading),
        sum(not is_heading for _, is_heading in rows),
        sum(paragraph.style.name == "Caption" for paragraph in document.paragraphs),
    )


def shown_in_pdf(pdf: bytes) -> Shown:
    found = tags(pdf)
    kinds = Counter((tag.kind, tag.scope) for tag in found)
    named = sum(bool(tag.alternative) for tag in found if tag.kind == "Figure")
    columns, rows = (kinds["TH", scope] for scope in ("Column", "Row"))
    return Shown(kinds["Figure", ""], named, kinds["Table", ""], columns, rows, kinds["Caption", ""])


class _Page:
    def __init__(self, path: Path) -> None:
        self._content = path.read_bytes()

    def _main(self, without: str) -> lxml_html.HtmlElement:
        (main,) = lxml_html.document_fromstring(self._content).iter("main")
        for other in main.xpath(without):
            other.drop_tree()
        return main

    def words(self, without: str = ".//none") -> list[str]:
        """The words of the main text, but for those in drawings and those that are shown on request."""
        return words_of(["".join(_pieces(self._main(f".//details | .//svg | {without}")))])

    def shown(self) -> Shown:
        main = self._main(".//details | .//*[@hidden]")
        named = "(.//img[@alt != ''] | .//svg[title != '' and desc != ''])"
        counts = (".//img | .//svg", named, ".//table", ".//th[@scope='col']", ".//th[@scope='row']")
        captions = ".//caption | .//figcaption"
        return Shown(*(len(main.xpath(each)) for each in (*counts, captions)))

    def sources(self) -> Iterator[str]:
        """What is printed of each figure whose source may be seen."""
        for details in self._main(".//none").xpath(".//details[starts-with(summary, 'Where the figures')]"):
            (at,) = (at for at, cell in enumerate(details.iter("th"), 1) if cell.text_content() == "Printed")
            printed = (row.xpath("*")[at - 1].text_content() for row in details.xpath(".//tbody/tr"))
            yield from (" ".join(text.split()) for text in printed)


def _pieces(element: lxml_html.HtmlElement) -> Iterator[str]:
    """The texts of an element: those of two cells are apart, a link and the full stop after it are not."""
    apart = "" if element.tag in _INLINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield apart
