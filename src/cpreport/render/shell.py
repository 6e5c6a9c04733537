"""shell.docx and its tags: docxtpl finds them in Word's XML, Jinja's sandbox fills them, lxml parses the result.

docxtpl's own rendering is left aside: it takes some characters in values for commands, and its parser drops what it
cannot read.
"""

from __future__ import annotations

import html
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cpreport.model.errors import CpreportError
from cpreport.render.wordml import printed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

Refuse = Callable[[str], str]

SECTIONS = "{urn:cpreport}sections"
"""The element that stands for the paragraph `{{ sections }}` until the text is put in its place."""

SECTIONS_AS_XML = re.compile(rb'<(?:\w+:)?sections xmlns(?::\w+)?="urn:cpreport"/>')

_SECTIONS_TAG = re.compile(r"\s*\{\{-?\s*sections\s*-?\}\}\s*")
_WHOLE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG_OPENS = re.compile(r"\{[{%#]")


class ShellError(CpreportError):
    """shell.docx cannot be used as it is. `paragraph_text` is the paragraph to mend, '' if it is none in particular."""

    def __init__(self, message: str, paragraph_text: str = "") -> None:
        super().__init__(f"{message} (in the paragraph “{paragraph_text}”)" if paragraph_text else message)
        self.message = message
        self.paragraph_text = paragraph_text


class Tags:
    """Fills the tags of the shell's parts. `refuse` says why tags may not run, or nothing, before they do."""

    def __init__(self, template: DocxTemplate, context: Mapping[str, Any], refuse: Refuse) -> None:
        self._template = template
        self._context = context
        self._refuse = refuse
        self._environment = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, finalize=_printed_value
        )
        self._read: dict[bytes, tuple[str, Template]] = {}

    def filled(self, xml: bytes, **more: str) -> BaseOxmlElement:
        """A part's root with its tags filled. Raises ShellError."""
        if xml not in self._read:
            self._read[xml] = self._checked(xml)
        source, template = self._read[xml]
        try:
            text = template.render({**self._context, **more})
        except Exception as mistake:
            raise ShellError(_message(mistake), _paragraph_at_fault(mistake, source)) from mistake
        return _strictly_parsed(text)

    def _checked(self, xml: bytes) -> tuple[str, Template]:
        """A part as Jinja reads it, its tags checked."""
        root = parse_xml(xml)
        for paragraph in root.iter(qn("w:p")):
            _check_whole_tags(paragraph_text(paragraph))
        source = self._template.patch_xml(_one_paragraph_a_line(xml.decode("utf-8")))
        if reason := self._refuse("\n".join(html.unescape(tag) for tag in _WHOLE_TAG.findall(source))):
            raise ShellError(f"shell.docx: {reason}")
        try:
            return source, self._environment.from_string(source)
        except Exception as mistake:
            raise ShellError(_message(mistake), _paragraph_at_fault(mistake, source)) from mistake


@contextmanager
def values_of_shell() -> Iterator[None]:
    """What a value in the shell breaks that Word would not write is a ShellError."""
    try:
        yield
    except (ValueError, OverflowError) as mistake:
        raise ShellError(f"shell.docx has a value that Word would not write ({mistake})") from mistake


def open_shell(shell: bytes) -> tuple[Document, DocxTemplate]:
    """The shell's document and docxtpl's view of it. Raises ShellError if it is no Word document."""
    template = DocxTemplate(BytesIO(shell))
    try:
        document: Document = template.get_docx()
    except Exception as mistake:
        raise ShellError(f"shell.docx is not a Word document ({mistake})") from mistake
    return document, template


def paragraph_text(paragraph: BaseOxmlElement) -> str:
    """The words of a w:p."""
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def mark_sections(body: BaseOxmlElement) -> None:
    """Puts the SECTIONS element before the paragraph `{{ sections }}`.

    The paragraph goes, or stays without words where a section of the shell ends in it. Raises ShellError.
    """
    for paragraph in list(body.iter(qn("w:p"))):
        text = paragraph_text(paragraph)
        if not _SECTIONS_TAG.search(text):
            continue
        if not _SECTIONS_TAG.fullmatch(text) or paragraph.getparent() is not body:
            raise ShellError("shell.docx: {{ sections }} needs a paragraph of its own, outside tables and boxes", text)
        paragraph.addprevious(parse_xml('<c:sections xmlns:c="urn:cpreport"/>'))
        _empty(paragraph, body)


def sections_mark(body: BaseOxmlElement) -> BaseOxmlElement:
    """The one SECTIONS element. Raises ShellError if there is none, or more than one."""
    marks = list(body.iter(SECTIONS))
    if len(marks) != 1:
        number = "no paragraph" if not marks else f"{len(marks)} paragraphs"
        raise ShellError(f"shell.docx has {number} {{{{ sections }}}}; it needs one, with nothing else in it")
    mark: BaseOxmlElement = marks[0]
    return mark


def _empty(paragraph: BaseOxmlElement, body: BaseOxmlElement) -> None:
    if not paragraph.xpath("./w:pPr/w:sectPr"):
        body.remove(paragraph)
        return
    for child in list(paragraph)[1:]:
        paragraph.remove(child)


def _printed_value(value: object) -> Markup:
    if not isinstance(value, str | int | float | Undefined):
        raise TypeError(f"a {type(value).__name__} cannot be printed")
    return Markup(printed(str(value)))


def _check_whole_tags(text: str) -> None:
    if _TAG_OPENS.search(_WHOLE_TAG.sub("", text)):
        raise ShellError("a tag is opened and not closed in the same paragraph", text)


def _one_paragraph_a_line(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml.replace("\n", " "))


def _message(mistake: Exception) -> str:
    said = mistake.message if isinstance(mistake, TemplateError) else str(mistake)
    return f"shell.docx: {said}"


def _paragraph_at_fault(mistake: Exception, source: str) -> str:
    frames = traceback.extract_tb(mistake.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    line = getattr(mistake, "lineno", None) or (lines[-1] if lines else 0)
    text = source.split("\n")[line - 1] if line else ""
    return html.unescape(re.sub(r"</?w:[^>]*>|</?mc:[^>]*>", "", text)).strip() if line else ""


def _strictly_parsed(text: str) -> BaseOxmlElement:
    try:
        return parse_xml(text.encode("utf-8"))
    except SyntaxError as mistake:
        raise ShellError(f"shell.docx: with its tags filled it is no valid document ({mistake.msg})") from mistake
