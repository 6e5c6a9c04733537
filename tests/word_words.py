"""The words of a report's main text in order: those that its Word document prints, and those of its blocks."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from docx.oxml.ns import qn

from cpreport.editions.texts import Numbered, numbered
from cpreport.model.chart import Chart
from cpreport.model.document import (
    EMPTY,
    Block,
    ContentsPlace,
    Heading,
    List,
    Note,
    Paragraph,
    Publication,
    Table,
    plain,
)

OF_WORD_ALONE = ("toc heading", "toc 1", "back to contents")
"""The styles of what other editions have as navigation, if at all."""

_BREAKS = str.maketrans({"\u200b": "", "\u2011": "-"})
_SIGNS = {qn(f"w:{name}"): sign for name, sign in (("tab", " "), ("br", " "), ("cr", " "), ("noBreakHyphen", "\u2011"))}
_TEXTS = (qn("w:t"), qn("m:t"))
_NOTES = {qn(f"w:{kind}Reference"): kind for kind in ("footnote", "endnote")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def main_words(docx: bytes) -> list[str]:
    """The words between spaces, with those of text boxes before, and of footnotes after the paragraph they are in.

    Headers, footers, contents, links back to them and the numbers of lists are left out, and so is the sign that an
    empty cell prints.
    """
    return words_of(_Main(docx).texts())


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of texts, without signs that say only where a line may break."""
    return [word for text in texts for word in text.translate(_BREAKS).split() if word != EMPTY]


def block_words(publication: Publication) -> list[str]:
    """The words of a publication as every edition prints them, without the numbers of headings and paragraphs."""
    sections = (each for _, blocks in numbered(publication.report.sections) for each in blocks)
    before, after = ((Numbered(block) for block in blocks) for blocks in (publication.front, publication.back))
    return words_of(text for each in (*before, *sections, *after) for text in _texts(each.block, each.label))


def _texts(block: Block | ContentsPlace, label: str = "") -> Iterator[str]:
    match block:
        case Heading() | Paragraph() | Note():
            yield plain(block.text)
        case List():
            for entry in block.entries:
                yield plain(entry.text)
                yield from (text for below in entry.below for text in _texts(below))
        case Table():
            rows = (block.headings, *(each.cells for each in block.rows))
            yield f"{label}: {block.caption}" if label else ""
            yield from (plain(line) for cells in rows for each in cells for line in each.lines)
        case Chart():
            yield f"{label}: {block.caption}" if block.caption else label
            yield block.remarks


class _Main:
    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        styles = fromstring(parts["word/styles.xml"]).iter(qn("w:style"))
        names = {style.get(qn("w:styleId")): _value(style.find(qn("w:name"))).lower() for style in styles}
        self._skipped = {id for id, name in names.items() if name.removesuffix(" (report)") in OF_WORD_ALONE}
        self._body = fromstring(parts["word/document.xml"])
        self._notes = {
            (kind, note.get(qn("w:id"), "")): note
            for kind in ("footnote", "endnote")
            for note in fromstring(parts.get(f"word/{kind}s.xml", b"<none/>"))
        }
        self._known = 0
        self._fields: list[bool] = []

    def texts(self) -> Iterator[str]:
        return self._below(self._body)

    def _below(self, element: Element) -> Iterator[str]:
        if element.tag == qn("w:p"):
            yield from self._paragraph(element)
        elif element.tag != _FALLBACK:
            for child in element:
                yield from self._below(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        """The paragraphs within, this one, and the notes that it refers to."""
        said: list[str] = []
        notes: list[str] = []
        for kind, part in self._pieces(paragraph):
            if kind == "box":
                yield from self._below(part)
            elif kind == "text":
                said.append(part)
            else:
                self._known += 1
                said.append(str(self._known))
                notes += [str(self._known), *self._below(self._notes[part])]
        if _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) not in self._skipped:
            yield from ("".join(said), *notes)

    def _pieces(self, element: Element) -> Iterator[tuple[str, Any]]:
        for child in element:
            tag = child.tag
            if tag == qn("w:fldChar"):
                self._at_field(child.get(qn("w:fldCharType")))
            elif tag == qn("w:txbxContent"):
                yield "box", child
            elif tag in _NOTES:
                yield "note", (_NOTES[tag], child.get(qn("w:id"), ""))
            elif tag in _TEXTS and all(self._fields):
                yield "text", f" {child.text} " if tag == qn("m:t") else child.text or ""
            elif tag in _SIGNS:
                yield "text", _SIGNS[tag]
            elif tag != _FALLBACK and tag != qn("w:pPr"):
                yield from self._pieces(child)

    def _at_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate":
            self._fields[-1] = True
        else:
            self._fields.pop()


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(qn("w:val"), "")
