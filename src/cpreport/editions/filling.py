"""The tags of shell.docx, read in one pass over a part, filled, and parsed strictly again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.shell import SHELL, ShellError, in_paragraph, kind_of_part, paragraph_text
from cpreport.editions.wordml import printed
from cpreport.model.document import Text
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.tags import opens_tag, parts_of, plain_tag, whole_tags
from cpreport.office.parts import etree

Fill = Callable[[str, str], tuple[Text, Sequence[Finding]]]
"""Gives a text with its tags filled for a section, and what is wrong with them, at their lines."""

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = (qn("w:p"), f"{_DRAWN}p")
_TEXTS = (qn("w:t"), f"{_DRAWN}t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAG = re.compile(r"\{\{([0-9]+)\}\}")
_BETWEEN = re.compile("\ue000([0-9]+)\ue001")
_OF_WHOLE = re.compile(r"(\{[{%#])(p|tr|tc|r)\s")
_WHOLE = {"p": "paragraph", "tr": "row", "tc": "cell", "r": "run"}
_MORE_THAN_WORDS = tuple(qn(f"w:{name}") for name in ("sectPr", "drawing", "pict", "object"))
_END_IN_PARAGRAPH = tuple(qn(f"w:{name}") for name in ("tc", "txbxContent", "ftr", "footnote", "endnote"))

_Place = tuple["BaseOxmlElement", str]
"""An element and the name of its attribute, '' for its text."""


class Tags:
    """Fills the tags of the shell's parts."""

    def __init__(self, fill: Fill) -> None:
        self._fill = fill
        self._read: dict[bytes, _Source] = {}

    def read(self, parts: Iterable[bytes]) -> None:
        """Reads the tags of parts and tries them. Raises InputError with every mistake in them."""
        findings: list[Finding] = []
        for xml in parts:
            try:
                self._text(xml, "")
            except InputError as error:
                findings += error.findings
        if findings:
            raise InputError(*dict.fromkeys(findings))

    def filled(self, xml: bytes, section: str = "") -> BaseOxmlElement:
        """A part's root with its tags filled. Raises InputError."""
        try:
            return _completed(parse_xml(self._text(xml, section).encode("utf-8")))
        except SyntaxError as mistake:
            message = f"shell.docx: it is not a valid document once its tags are filled ({mistake.msg})"
            raise ShellError(message) from mistake

    def _text(self, xml: bytes, section: str) -> str:
        if xml not in self._read:
            self._read[xml] = _Source(xml)
        source = self._read[xml]
        text, findings = self._fill(source.template, section)
        if findings:
            raise InputError(*map(source.placed, findings))
        words = (part for span in text for part in enumerate(_BETWEEN.split(span.text)))
        return "".join(source.between[int(part)] if position % 2 else printed(part) for position, part in words)


class _Source:
    """A part as a `template`, with numbers in place of the XML `between` tags.

    Each tag is first taken out of its text, which keeps its number in its place, as in `{{0}}`. Raises ShellError where
    tags cannot be read.
    """

    def __init__(self, xml: bytes) -> None:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))
        etree.strip_elements(root, qn("w:dataBinding"), with_tail=False)
        self._where = kind_of_part(root)
        self._tags: list[str] = []
        self._texts: list[str] = []
        for places in _texts(root):
            self._take(places)
        parts = _TAG.split(etree.tostring(root, encoding="unicode").replace("\n", " "))
        self._order = [int(number) for number in parts[1::2]]
        if sorted(self._order) != list(range(len(self._tags))):
            raise ShellError("shell.docx has tags where no words can stand")
        self.between = [part.strip() for part in parts[::2]]
        parts[::2] = (
            part.replace(xml, f"\ue000{number}\ue001", 1) if xml else f"\ue000{number}\ue001{part}"
            for number, (part, xml) in enumerate(zip(parts[::2], self.between, strict=True))
        )
        parts[1::2] = (_on_own_line(self._tags[number]) for number in self._order)
        self.template = "".join(parts)

    def placed(self, finding: Finding) -> Finding:
        """A finding at a line of the template, at the paragraph of the tag there: from the second line on, one each."""
        at = max(0, min(finding.place.line - 2, len(self._order) - 1))
        text = self._texts[self._order[at]] if self._order else ""
        return replace(finding, place=SHELL, message=finding.message + in_paragraph(text, self._where))

    def _take(self, places: list[_Place]) -> None:
        """Raises ShellError if a tag is not closed, or shares with others what it stands for as a whole."""
        typed = [element.get(name, "") if name else element.text or "" for element, name in places]
        text = "".join(typed)
        if opens_tag(" ".join(list(parts_of(text))[::2])):
            raise ShellError("shell.docx: a tag is opened and not closed in the same paragraph", text, self._where)
        for (element, name), part, pieces in zip(places, typed, whole_tags(typed), strict=True):
            whole: dict[str, str] = {}
            for at in range(1, len(pieces), 2):
                number, kind = f"{{{{{len(self._tags)}}}}}", self._number(pieces[at], text)
                whole |= {kind: number} if kind else {}
                pieces[at] = number
            if name:
                element.set(name, "".join(pieces))
            elif pieces != [part]:
                element.text = "".join(pieces)
                if element.tag == qn("w:t"):
                    element.set(_SPACE, "preserve")
            for kind, number in whole.items():
                self._replace(element, kind, number, text)

    def _number(self, tag: str, text: str) -> str:
        """Takes a tag under the next number, and gives of what it takes the whole place, '' if of nothing."""
        plain = plain_tag(tag.replace("\n", " "))
        of_whole = _OF_WHOLE.match(plain)
        self._tags.append(f"{of_whole[1]} {plain[of_whole.end() :]}" if of_whole else plain)
        self._texts.append(text)
        return of_whole[2] if of_whole and of_whole[1] != "{{" else ""

    def _replace(self, element: BaseOxmlElement, kind: str, number: str, text: str) -> None:
        """Puts a tag in place of the paragraph, row, cell or run it is in, which has nothing else in it."""
        whole = next(element.iterancestors(qn(f"w:{kind}")), None)
        others = () if whole is None else whole.iter(*_MORE_THAN_WORDS)
        if whole is None or paragraph_text(whole).strip() != number or next(iter(others), None) is not None:
            message = f"shell.docx: a tag with {kind} needs a {_WHOLE[kind]} with nothing else in it"
            raise ShellError(message, text, self._where)
        before, parent, tail = whole.getprevious(), whole.getparent(), f"{number}{whole.tail or ''}"
        if before is None:
            parent.text = f"{parent.text or ''}{tail}"
        else:
            before.tail = f"{before.tail or ''}{tail}"
        parent.remove(whole)


def _texts(root: BaseOxmlElement) -> list[list[_Place]]:
    """The places of each text in which there may be tags: a paragraph's, in runs, or one by itself."""
    paragraphs: dict[BaseOxmlElement, list[_Place]] = {}
    others: list[list[_Place]] = []
    for element in root.iter("{*}*"):
        if element.tag in _TEXTS:
            paragraph = next(element.iterancestors(*_PARAGRAPHS), element)
            paragraphs.setdefault(paragraph, []).append((element, ""))
        elif opens_tag(element.text or ""):
            others.append([(element, "")])
        others += [[(element, name)] for name, text in element.items() if opens_tag(text)]
    return [*paragraphs.values(), *others]


def _on_own_line(tag: str) -> str:
    """The tag with what it says on a line of its own, by whose number a mistake tells where it is."""
    mark = 3 if tag[2] in "-+" else 2
    return f"{tag[:mark]}\n{tag[mark:]}"


def _completed(root: BaseOxmlElement) -> BaseOxmlElement:
    """The part without tables that have lost all rows, and with a paragraph where a condition left none."""
    for table in list(root.iter(qn("w:tbl"))):
        if next(table.iter(qn("w:tr")), None) is None:
            table.getparent().remove(table)
    for box in root.iter(*_END_IN_PARAGRAPH):
        if not len(box) or box[-1].tag in (qn("w:tcPr"), qn("w:tbl")):
            box.append(OxmlElement("w:p"))
    return root
