"""Paragraphs: their words with how they look, and what is wrong with them alone or after one another."""

from __future__ import annotations

import re
from typing import NamedTuple

from cpreport.gate.contrast import contrast, needed
from cpreport.gate.places import quoted
from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import MATH, O, V, W, names, value
from cpreport.gate.word.styles import Cell, Look, ParagraphStyle, Styles, heading_level, in_list
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

P, R, T, PPR, RPR, RSTYLE = names("p", "r", "t", "pPr", "rPr", "rStyle")
_PSTYLE, _SHADING, _OUTLINE, _NUMBERS, _SECTION = names("pStyle", "shd", "outlineLvl", "numPr", "sectPr")
_BREAK, _HYPERLINK = names("br", "hyperlink")
_SIGNS = dict(zip(names("tab", "ptab", "cr", "noBreakHyphen", "sym"), "\t\t\n-\u25a1", strict=True))
_NOT_WORDS = (*names("drawing", "pict", "object", "fldChar", "fldSimple"), f"{MATH}oMath", f"{V}shape", f"{O}OLEObject")
_NOTE = re.compile(r"\b(?:foot|end)?notes?\b|\bsources?\b")
_MAIN, _CAPTION, _ELSEWHERE = 24, 22, 20
"""The least sizes in half points."""

_BLANKS = re.compile(r"[ \u00a0]{3,}(?=[^ \u00a0])|\t{2,}(?=[^\t])|\n{3,}")
_SIGN = re.compile(r"\s*(?:([•·▪‣◦●○■□–—*-]|o(?= ))|\(?(\d{1,2})[.)]|\(?([a-z])\))[ \t\u00a0]+\S")
_LONGEST_HEADING, _MOST_WORDS_OF_HEADING, _ENDS = 80, 12, tuple(".,;:!?")
_LARGE_TEXT = 250
"""From how many words on a document needs headings."""


class Paragraph(NamedTuple):
    """A paragraph's words, and those of its runs that are not blank with how they look.

    `where` is in which table, header, footer or note it stands, as ` in table 3`; `container` what holds it.
    """

    element: Element
    container: Element
    where: str
    cell: Cell | None
    style: ParagraphStyle
    level: int
    is_list: bool
    text: str
    runs: list[tuple[str, Look]]
    is_linked: bool

    @property
    def place(self) -> str:
        return f"{quoted(self.text)}{self.where}"

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it: no words, picture, field or page break, and no section that ends in it."""
        if self.text.strip(" \t\n\u00a0"):
            return False
        return not any(True for _ in self.element.iter(*_NOT_WORDS, _SECTION))


def read(element: Element, container: Element, where: str, cell: Cell | None, styles: Styles) -> Paragraph:
    """A w:p, without the words of the text boxes in it."""
    stated = {each.tag: each for each in element[0]} if len(element) and element[0].tag == PPR else {}
    style_id = value(stated.get(_PSTYLE))
    style = styles.paragraph(style_id)
    level, is_list = heading_level(stated.get(_OUTLINE), style.level), in_list(stated.get(_NUMBERS), style.is_list)
    behind = styles.behind(stated.get(_SHADING))
    runs: list[tuple[str, Look]] = []
    texts: list[str] = []
    linked = True
    for run in element.iter(R):
        parent = run.getparent()
        if parent is not element and next(run.iterancestors(P)) is not element:
            continue
        text, own = _read_run(run)
        if not text:
            continue
        texts.append(text)
        if text.isspace():
            continue
        linked = linked and parent.tag == _HYPERLINK
        character = "" if own is None else value(own.find(RSTYLE))
        look = styles.look(style_id, character, cell)
        if behind:
            look = look._replace(behind=behind)
        if own is not None and (len(own) > 1 or not character):
            look = styles.over(look, own)
        runs.append((text, look))
    is_linked = linked and bool(runs)
    return Paragraph(element, container, where, cell, style, level, is_list, "".join(texts), runs, is_linked)


def _read_run(run: Element) -> tuple[str, Element | None]:
    """A run's words and its w:rPr."""
    text, properties = "", None
    for child in run:
        tag = child.tag
        if tag == T:
            text += child.text or ""
        elif tag == RPR:
            properties = child
        elif tag == _BREAK:
            text += "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else "\f"
        elif tag in _SIGNS:
            text += _SIGNS[tag]
    return text, properties


class Reader:
    """Looks at the paragraphs of a text in their order. `page` is the colour behind all of it."""

    def __init__(self, gathered: Gathered, page: str, is_body: bool) -> None:
        self._gathered, self._page, self._is_body = gathered, page, is_body
        self._before: Paragraph | None = None
        self._after_table = False
        self._level = 0
        self._words = 0
        self._bold: Paragraph | None = None
        self._list: tuple[Element, str, int] | None = None
        self._listed: Paragraph | None = None
        self.heading = ""

    def table(self) -> None:
        """A table comes next."""
        self._after_table = True
        self._list = self._listed = None
        if self._bold is not None:
            self._gathered.add(rules.TYPED_HEADING, self._bold.place)
            self._bold = None

    def paragraph(self, each: Paragraph) -> None:
        if each.is_blank:
            self._blank(each)
            return
        self._looks(each)
        if _BLANKS.search(each.text.rstrip()) and not (each.where and "\t\t" in each.text and each.cell is None):
            self._gathered.add(rules.BLANK_CHARACTERS, each.place)
        if self._is_body:
            self._words += len(each.text.split())
            self._heading(each)
            self._typed_heading(each)
        self._typed_list(each)
        if each.cell is None:
            self._before, self._after_table = each, False

    def end(self) -> None:
        if self._is_body and not self._level and self._words > _LARGE_TEXT:
            self._gathered.add(rules.NO_HEADINGS, f"{self._words:,} words")

    def _blank(self, each: Paragraph) -> None:
        """Words are in a cell, header, footer or note after all; after a table Word needs a paragraph."""
        if self._is_body and each.cell is None and not (self._after_table and not each.level):
            after = f"after {quoted(self._before.text)}" if self._before else "at the beginning"
            self._gathered.add(rules.EMPTY_PARAGRAPHS, f"{'an empty heading ' if each.level else ''}{after}")
        if each.cell is None:
            self._after_table = False

    def _looks(self, each: Paragraph) -> None:
        least, smallest = _least_size(each, self._is_body), min((look.size for _, look in each.runs), default=_MAIN)
        if smallest < least:
            self._gathered.add(rules.SMALL_TEXT, f"{each.place} ({smallest / 2:g} pt)")
        for text, look in each.runs:
            if look.is_hidden:
                self._gathered.add(rules.HIDDEN_TEXT, f"{quoted(text)}{each.where}")
            elif look.colour:
                behind = look.behind or self._page
                stands_out = contrast(look.colour, behind)
                if stands_out < needed(look.size / 2, look.is_bold):
                    shown = f"#{look.colour} on #{behind}, {int(stands_out * 10) / 10:.1f} to 1"
                    self._gathered.add(rules.LOW_CONTRAST, f"{quoted(text)}{each.where} ({shown})")

    def _heading(self, each: Paragraph) -> None:
        if not each.level:
            return
        if each.level > self._level + 1:
            before = f"after level {self._level}" if self._level else "the first"
            self._gathered.add(rules.HEADING_SKIPPED, f"{each.place} (level {each.level}, {before})")
        self._level, self.heading = each.level, each.text

    def _typed_heading(self, each: Paragraph) -> None:
        if each.cell is not None:
            return
        is_bold = self._looks_like_heading(each)
        if self._bold is not None and not is_bold and not each.level:
            self._gathered.add(rules.TYPED_HEADING, self._bold.place)
        self._bold = each if is_bold else None

    def _looks_like_heading(self, each: Paragraph) -> bool:
        """Whether all its words are bold by hand, and it is as short as a heading, and after some text."""
        text = each.text.strip()
        if not each.runs or each.level or each.is_list or each.is_linked or self._before is None:
            return False
        if text.endswith(_ENDS) or "\n" in text or not _fits_heading(text):
            return False
        return not each.style.is_bold and all(look.is_bold for _, look in each.runs)

    def _typed_list(self, each: Paragraph) -> None:
        """Two lines after each other that begin with a bullet, or with numbers that count."""
        for line in each.text.split("\n") if not (each.is_list or each.level) else [""]:
            sign = _SIGN.match(line)
            if sign is None:
                self._list = self._listed = None
                continue
            bullet, digits, letter = sign.groups()
            kind, at = (bullet, 0) if bullet else ("1", int(digits)) if digits else ("a", ord(letter))
            goes_on = self._list == (each.container, kind, at - bool(not bullet))
            if goes_on and self._listed is not None:
                self._gathered.add(rules.TYPED_LIST, self._listed.place)
                self._listed = None
            elif not goes_on:
                self._listed = each
            self._list = (each.container, kind, at)


def _least_size(each: Paragraph, is_body: bool) -> int:
    name = each.style.name
    if not is_body or each.cell is not None or each.is_linked or _NOTE.search(name):
        return _ELSEWHERE
    return _CAPTION if name.startswith("caption") else _MAIN


def _fits_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_WORDS_OF_HEADING
