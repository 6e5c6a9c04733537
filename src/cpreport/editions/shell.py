"""shell.docx: what refuses it, and where in it the sections go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.definition import SHELL_UNUSABLE
from cpreport.model.tags import is_sections, parts_of

SECTIONS = "{urn:cpreport}sections"
"""The element that stands for the paragraph `{{ sections }}` until the text is put in its place."""

SECTIONS_AS_XML = re.compile(rb'<(?:\w+:)?sections xmlns(?::\w+)?="urn:cpreport"/>')

SHELL = Place(file="shell.docx")

_LONGEST_QUOTE = 80
_PARTS = {
    "hdr": "header",
    "ftr": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
    "styles": "style",
}


class ShellError(InputError):
    """shell.docx cannot be used as it is. `text` is the paragraph to correct, '' if it is none in particular."""

    def __init__(self, message: str, text: str = "", where: str = "paragraph") -> None:
        super().__init__(SHELL_UNUSABLE.at(SHELL, reason=f"{message}{in_paragraph(text, where)}"))


@contextmanager
def values_of_shell() -> Iterator[None]:
    """What in the shell breaks that Word would not write is a ShellError."""
    try:
        yield
    except (ValueError, ArithmeticError, LookupError, AttributeError, SyntaxError) as mistake:
        raise ShellError(f"shell.docx has a value that Word would not write ({mistake})") from mistake


def paragraph_text(paragraph: BaseOxmlElement) -> str:
    """The words of a w:p."""
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def in_paragraph(text: str, where: str = "paragraph") -> str:
    """Where in the shell something is, to be put after what is said of it; nothing where there is no text."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    return f" (in the {where} “{short}”)" if short else ""


def kind_of_part(root: BaseOxmlElement) -> str:
    """What a person calls a text of the part: `footnote`, or `paragraph` in the body."""
    return _PARTS.get(root.tag.rpartition("}")[2], "paragraph")


def mark_sections(body: BaseOxmlElement) -> None:
    """Puts the SECTIONS element before the paragraph `{{ sections }}`.

    The paragraph goes, or stays without words where a section of the shell ends in it. Raises ShellError if there is
    none, more than one, or other words are in it.
    """
    found = [(each, text) for each in body.iter(qn("w:p")) if _is_named(text := paragraph_text(each))]
    for paragraph, text in found:
        if not is_sections(text.strip()) or paragraph.getparent() is not body:
            raise ShellError("shell.docx: {{ sections }} needs a paragraph of its own, outside tables and boxes", text)
    if len(found) != 1:
        number = "no paragraph" if not found else f"{len(found)} paragraphs"
        raise ShellError(f"shell.docx has {number} {{{{ sections }}}}; it needs one, with nothing else in it")
    paragraph, _ = found[0]
    paragraph.addprevious(parse_xml('<c:sections xmlns:c="urn:cpreport"/>'))
    if paragraph.xpath("./w:pPr/w:sectPr"):
        paragraph[1:] = []
    else:
        body.remove(paragraph)


def sections_mark(body: BaseOxmlElement) -> BaseOxmlElement:
    """The one SECTIONS element. Raises ShellError if a condition left it out, or a loop printed more than one."""
    marks = list(body.iter(SECTIONS))
    if len(marks) != 1:
        raise ShellError("shell.docx: {{ sections }} stands between tags that leave it out or repeat it")
    mark: BaseOxmlElement = marks[0]
    return mark


def _is_named(text: str) -> bool:
    return "sections" in text and any(map(is_sections, list(parts_of(text))[1::2]))
