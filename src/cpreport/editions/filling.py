"""The tags of shell.docx, read in one pass over a part, filled in Jinja's sandbox, and parsed strictly again."""

from __future__ import annotations

import re
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from jinja2 import StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup

from cpreport.editions.shell import SHELL, ShellError, in_paragraph, kind_of_part, paragraph_text
from cpreport.editions.wordml import printed
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.tags import opens_tag, parts_of, plain_tag, where_tags_are

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

Check = Callable[[str], list[Finding]]
"""Finds what is wrong with tags, each on lines of its own, before any of them runs."""

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = (qn("w:p"), f"{_DRAWN}p")
_TEXTS = (qn("w:t"), f"{_DRAWN}t")
_OF_WHOLE = re.compile(r"(\{[{%#])(p|tr|tc|r)\s")
_WHOLE = {"p": "paragraph", "tr": "row", "tc": "cell", "r": "run"}
_MORE_THAN_WORDS = tuple(qn(f"w:{name}") for name in ("sectPr", "drawing", "pict", "object"))
_END_IN_PARAGRAPH = tuple(qn(f"w:{name}") for name in ("tc", "txbxContent", "ftr", "footnote", "endnote"))


class Tags:
    """Fills the tags of the shell's parts; `check` sees those of each part before they run."""

    def __init__(self, context: Mapping[str, Any], check: Check) -> None:
        self._context = {"section": "", **context}
        self._check = check
        self._environment = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, finalize=_printed_value
        )
        self._read: dict[bytes, _Source] = {}

    def read(self, parts: Iterable[bytes]) -> None:
        """Reads the tags of parts. Raises InputError with every mistake that can be seen before they run."""
        findings: list[Finding] = []
        for xml in parts:
            try:
                self._source(xml)
            except InputError as error:
                findings += error.findings
        if findings:
            raise InputError(*dict.fromkeys(findings))

    def filled(self, xml: bytes, **more: str) -> BaseOxmlElement:
        """A part's root with its tags filled. Raises InputError."""
        source = self._source(xml)
        try:
            text = source.template.render({**self._context, **more})
        except Exception as mistake:
            raise _error(mistake, source.texts, source.where) from mistake
        return _completed(_strictly_parsed(text))

    def _source(self, xml: bytes) -> _Source:
        if xml not in self._read:
            self._read[xml] = self._checked(xml)
        return self._read[xml]

    def _checked(self, xml: bytes) -> _Source:
        """A part as Jinja reads it, its tags checked."""
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))
        etree.strip_elements(root, qn("w:dataBinding"), with_tail=False)
        reader = _Reader(kind_of_part(root))
        for text in _texts(root):
            reader.take(text)
        parts = list(parts_of(etree.tostring(root, encoding="unicode").replace("\n", " ")))
        order = [int(mark) if (mark := tag[2:-2]).isdecimal() else -1 for tag in parts[1::2]]
        if sorted(order) != list(range(len(reader.tags))):
            raise ShellError("shell.docx has tags where no words can stand")
        tags = [reader.tags[number] for number in order]
        texts = [reader.texts[number] for number in order]
        if found := self._check("\n".join(tags)):
            raise InputError(*(_placed(finding, texts, reader.where) for finding in found))
        parts[1::2] = map(_on_own_line, tags)
        try:
            return _Source(self._environment.from_string("".join(parts)), texts, reader.where)
        except Exception as mistake:
            raise _error(mistake, texts, reader.where) from mistake


@dataclass(frozen=True, slots=True)
class _Source:
    """A part as a template. `texts` are the paragraphs of its tags, which are on its lines from the second on."""

    template: Template
    texts: list[str]
    where: str


_Place = tuple["BaseOxmlElement", str]
"""An element and the name of its attribute, '' for its text."""


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


class _Reader:
    """Takes the tags out of the texts of a part, and leaves their numbers in their places: `{{0}}`."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.tags: list[str] = []
        self.texts: list[str] = []

    def take(self, places: list[_Place]) -> None:
        """Raises ShellError if a tag is not closed, or shares with others what it stands for as a whole."""
        typed = [element.get(name, "") if name else element.text or "" for element, name in places]
        text = "".join(typed)
        tags = list(where_tags_are(text))
        if opens_tag(" ".join(list(parts_of(text))[::2])):
            raise ShellError("shell.docx: a tag is opened and not closed in the same paragraph", text, self.where)
        waiting, begin, end = deque(tags), 0, 0
        for (element, name), part in zip(places, typed, strict=True):
            pieces, begin, end = [], max(begin, end), end + len(part)
            whole: dict[str, str] = {}
            while waiting and waiting[0][0] < end:
                start, stop = waiting.popleft()
                number, kind = f"{{{{{len(self.tags)}}}}}", self._number(text[start:stop], text)
                whole |= {kind: number} if kind else {}
                pieces += [text[begin:start], number]
                begin = stop
            pieces.append(text[begin:end])
            if pieces != [part]:
                self._put(element, name, "".join(pieces))
            for kind, number in whole.items():
                self._replace(element, kind, number, text)

    def _number(self, tag: str, text: str) -> str:
        """Takes a tag under the next number, and gives of what it takes the whole place, '' if of nothing."""
        plain = plain_tag(tag.replace("\n", " "))
        of_whole = _OF_WHOLE.match(plain)
        self.tags.append(f"{of_whole[1]} {plain[of_whole.end() :]}" if of_whole else plain)
        self.texts.append(text)
        return of_whole[2] if of_whole and of_whole[1] != "{{" else ""

    def _put(self, element: BaseOxmlElement, name: str, text: str) -> None:
        if name:
            element.set(name, text)
        else:
            element.text = text
        if element.tag == qn("w:t"):
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _replace(self, element: BaseOxmlElement, kind: str, number: str, text: str) -> None:
        """Puts a tag in place of the paragraph, row, cell or run it is in, which has nothing else in it."""
        whole = next(element.iterancestors(qn(f"w:{kind}")), None)
        others = () if whole is None else whole.iter(*_MORE_THAN_WORDS)
        if whole is None or paragraph_text(whole).strip() != number or next(iter(others), None) is not None:
            message = f"shell.docx: a tag with {kind} needs a {_WHOLE[kind]} with nothing else in it"
            raise ShellError(message, text, self.where)
        before, parent = whole.getprevious(), whole.getparent()
        if before is None:
            parent.text = f"{parent.text or ''}{number}{whole.tail or ''}"
        else:
            before.tail = f"{before.tail or ''}{number}{whole.tail or ''}"
        parent.remove(whole)


def _on_own_line(tag: str) -> str:
    """The tag with what it says on a line of its own, by whose number a mistake tells where it is."""
    mark = 3 if tag[2] in "-+" else 2
    return f"{tag[:mark]}\n{tag[mark:]}"


def _printed_value(value: object) -> Markup:
    if not isinstance(value, str | int | float | Undefined):
        raise TypeError(f"a {type(value).__name__} cannot be printed")
    return Markup(printed(str(value)))


def _placed(finding: Finding, texts: list[str], where: str) -> Finding:
    line = finding.place.line
    text = texts[line - 1] if 0 < line <= len(texts) else ""
    return replace(finding, place=SHELL, message=finding.message + in_paragraph(text, where))


def _error(mistake: Exception, texts: list[str], where: str) -> ShellError:
    said = mistake.message if isinstance(mistake, TemplateError) else str(mistake)
    frames = traceback.extract_tb(mistake.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    line = getattr(mistake, "lineno", None) or (lines[-1] if lines else None)
    text = texts[max(0, min(line - 2, len(texts) - 1))] if line and texts else ""
    return ShellError(f"shell.docx: {said}", text, where)


def _strictly_parsed(text: str) -> BaseOxmlElement:
    try:
        return parse_xml(text.encode("utf-8"))
    except SyntaxError as mistake:
        raise ShellError(f"shell.docx: with its tags filled it is no valid document ({mistake.msg})") from mistake


def _completed(root: BaseOxmlElement) -> BaseOxmlElement:
    """The part without tables that have lost all rows, and with a paragraph where a condition left none."""
    for table in list(root.iter(qn("w:tbl"))):
        if next(table.iter(qn("w:tr")), None) is None:
            table.getparent().remove(table)
    for box in root.iter(*_END_IN_PARAGRAPH):
        if not len(box) or box[-1].tag in (qn("w:tcPr"), qn("w:tbl")):
            box.append(OxmlElement("w:p"))
    return root
