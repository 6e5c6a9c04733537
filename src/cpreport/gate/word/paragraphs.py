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
_NOT_WORDS = (
    *names("drawing", "pict", "object", "fldChar", "fldSimple", "sdt"),
    f"{MATH}oMath",
    f"{V}shape",
    f"{O}OLEObject",
)
_NOTE = re.compile(r"\b(?:foot|end)?notes?\b|\bsources?\b")
_MAIN, _CAPTION, _ELSEWHERE = 24, 22, 20
"""The least sizes in half points."""

_A_MARK = 2
"""Up to how many characters may be smaller, such as a raised number or ®."""

_AS_THE_PAGE = 1.2
"""The contrast of words that can only be read on a picture."""

_BLANKS = re.compile(r"[ \u00a0]{3,}(?=[^ \u00a0])|\t{2,}(?=[^\t])|\n{3,}")
_SIGN = re.compile(r"\s*(?:([•·▪‣◦●○■□–—*-]|o(?= ))|\(?(\d{1,2})[.)]|\(?([a-z])\))[ \t\u00a0]+\S")
_LONGEST_HEADING, _MOST_WORDS_OF_HEADING, _ENDS = 80, 12, tuple(".,;:!?")
_LARGE_TEXT = 250
"""From how many words on a document needs headings."""


class Around(NamedTuple):
    """What paragraphs stand in: ` in table 3`, as words after them, and what is behind them (empty: nobody knows).

    `is_beside`: they are not one of the paragraphs of the text, but in a cell or a text box.
    """

    where: str
    page: str
    cell: Cell | None = None
    is_beside: bool = False


class Paragraph(NamedTuple):
    """A paragraph's words, and those of its runs that are not blank with how they look; `container` holds it."""

    element: Element
    container: Element
    around: Around
    style: ParagraphStyle
    level: int
    is_list: bool
    text: str
    runs: list[tuple[str, Look]]
    is_linked: bool

    @property
    def place(self) -> str:
        return f"{quoted(self.text)}{self.around.where}"

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it: no words, picture, field or page break, and no section that ends in it."""
        if self.text.strip(" \t\n\u00a0"):
            return False
        return not any(True for _ in self.element.iter(*_NOT_WORDS, _SECTION))


def read(element: Element, container: Element, around: Around, styles: Styles) -> Paragraph:
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
        look = styles.look(style_id, character, around.cell)
        if behind:
            look = look._replace(behind=behind)
        if own is not None and (len(own) > 1 or not character):
            look = styles.over(look, own)
        runs.append((text, look))
    is_linked = linked and bool(runs)
    return Paragraph(element, container, around, style, level, is_list, "".join(texts), runs, is_linked)


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
    """Looks at the paragraphs of a text in their order.

    `is_body`: it is the document's own text; `has_backdrop`: there are pictures or shapes behind it.
    """

    def __init__(self, gathered: Gathered, is_body: bool, has_backdrop: bool) -> None:
        self._gathered, self._is_body, self._has_backdrop = gathered, is_body, has_backdrop
        self._before: Paragraph | None = None
        self._after_table = False
        self._empty: list[str] = []
        self._level = 0
        self._words = 0
        self._bold: Paragraph | None = None
        self._list: tuple[Element, str, int] | None = None
        self._listed: Paragraph | None = None
        self.heading = ""

    def table(self, around: Around) -> None:
        """A table comes next."""
        self._list = self._listed = None
        if around.is_beside:
            return
        self._note_space()
        self._after_table = True
        if self._bold is not None:
            self._gathered.add(rules.TYPED_HEADING, self._bold.place)
            self._bold = None

    def paragraph(self, each: Paragraph) -> None:
        if each.is_blank:
            self._blank(each)
            return
        self._looks(each)
        if _BLANKS.search(each.text.rstrip()) and (self._is_body or "\t\t" not in each.text):
            self._gathered.add(rules.BLANK_CHARACTERS, each.place)
        self._typed_list(each)
        if self._is_body:
            self._words += len(each.text.split())
            self._heading(each)
            if not each.around.is_beside:
                self._note_space()
                self._typed_heading(each)
                self._before, self._after_table = each, False

    def end(self) -> None:
        if self._is_body and not self._level and self._words > _LARGE_TEXT:
            self._gathered.add(rules.NO_HEADINGS, f"{self._words:,} words")

    def _blank(self, each: Paragraph) -> None:
        """Words are in a cell, header, footer or note after all; after a table Word needs a paragraph."""
        if not self._is_body or each.around.is_beside:
            return
        if each.level or not self._after_table:
            after = f"after {quoted(self._before.text)}" if self._before else "at the beginning"
            self._empty.append(f"{'an empty heading ' if each.level else ''}{after}")
        self._after_table = False

    def _note_space(self) -> None:
        """What comes next shows that empty paragraphs make space; those at the end do not."""
        for where in self._empty:
            self._gathered.add(rules.EMPTY_PARAGRAPHS, where)
        self._empty.clear()

    def _looks(self, each: Paragraph) -> None:
        sizes = [look.size for text, look in each.runs if len(text.strip()) > _A_MARK]
        if sizes and (smallest := min(sizes)) < _least_size(each, self._is_body):
            self._gathered.add(rules.SMALL_TEXT, f"{each.place} ({smallest / 2:g} pt)")
        if hidden := "".join(text for text, look in each.runs if look.is_hidden):
            self._gathered.add(rules.HIDDEN_TEXT, f"{quoted(hidden)}{each.around.where}")
        pale: dict[str, str] = {}
        for text, look in each.runs:
            if look.colour and not look.is_hidden and (shown := self._paleness(look, each.around.page)):
                pale[shown] = pale.get(shown, "") + text
        for shown, words in pale.items():
            self._gathered.add(rules.LOW_CONTRAST, f"{quoted(words)}{each.around.where} ({shown})")

    def _paleness(self, look: Look, page: str) -> str:
        """Which colours do not stand out from each other, and how little; empty where they do or are not known."""
        if not (behind := look.behind or page):
            return ""
        stands_out = contrast(look.colour, behind)
        is_on_picture = self._has_backdrop and not look.behind and stands_out < _AS_THE_PAGE
        if is_on_picture or stands_out >= needed(look.size / 2, look.is_bold):
            return ""
        return f"#{look.colour} on #{behind}, {int(stands_out * 10) / 10:.1f} to 1"

    def _heading(self, each: Paragraph) -> None:
        if not each.level:
            return
        if each.level > self._level + 1:
            before = f"after level {self._level}" if self._level else "the first"
            self._gathered.add(rules.HEADING_SKIPPED, f"{each.place} (level {each.level}, {before})")
        self._level, self.heading = each.level, each.text

    def _typed_heading(self, each: Paragraph) -> None:
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
    if not is_body or each.around.cell is not None or each.is_linked or _NOTE.search(name):
        return _ELSEWHERE
    return _CAPTION if name.startswith("caption") else _MAIN


def _fits_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_WORDS_OF_HEADING
