"""Digests of a Word document, of its text and of all its parts, by which edited ones are known.

A re-save in Word or LibreOffice keeps that of the text; an edited word does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from cpreport.model.document import Cover
from cpreport.model.errors import InputError
from cpreport.office.package import Package
from cpreport.office.xml import parse, safe_parser

PROPERTY = "cpreport text digest"
"""The custom document property that records the digest of the text."""

ORIGIN_PROPERTY = "cpreport origin"
"""The custom document property that records from which report folder the document was made."""

PARTS_PROPERTY = "cpreport parts digest"
"""The custom document property that records the digest of the parts."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties "
_CHARACTERS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DOCUMENT = "word/document.xml"
_ABOUT_IT = "docProps/"
_PROPERTIES = "docProps/custom.xml"
_BODY = re.compile(r"word/(document|footnotes|endnotes|comments)\.xml")
_EDGE = re.compile(r"word/(header|footer)\d*\.xml")
_COUNTED = frozenset(
    {_FALLBACK, *(f"{_WORD}{name}" for name in ("p", "t", "instrText", "fldSimple", "fldChar", *_CHARACTERS))}
)
"""The elements that matter; most others of a document say how it looks."""

_FIELD_WITH_TEXT = "HYPERLINK"


def text_digest(docx: bytes) -> str:
    """SHA-256 of the document's text in hexadecimal digits.

    White space, results of fields and the order of headers and footers do not count; comments do. Raises ValueError if
    it is no Word document.
    """
    return digest_of_text(_parts(docx, lambda name: bool(_BODY.fullmatch(name) or _EDGE.fullmatch(name))))


def digest_of_text(parts: Mapping[str, bytes]) -> str:
    """The digest of a document's text from its parts. Raises ValueError as text_digest."""
    body = [text for name in sorted(parts) if _BODY.fullmatch(name) for text in _paragraphs(parts[name])]
    edges = {text for name in parts if _EDGE.fullmatch(name) for text in _paragraphs(parts[name])}
    return hashlib.sha256("\n".join([*body, "", *sorted(edges)]).encode()).hexdigest()


def parts_digest(docx: bytes) -> str:
    """SHA-256, in hexadecimal digits, of the names and contents of all parts but its properties, such as its title.

    Whatever is added to the document changes it. Raises ValueError if it is no Word document.
    """
    return digest_of_parts(_parts(docx, lambda _: True))


def digest_of_parts(parts: Mapping[str, bytes]) -> str:
    """The digest of a document's parts but for its properties."""
    names = sorted(name for name in parts if not name.startswith(_ABOUT_IT))
    each = (f"{name} {hashlib.sha256(parts[name]).hexdigest()}" for name in names)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def origin_digest(place: str, cover: Cover) -> str:
    """What a document records of the report folder that it is made from: two digests with a hyphen between them.

    The first is of the folder's place, which is enough to know it by among those of the same workbooks. The second is
    of title and authority, which may change.
    """
    said = (place, f"{cover.title}\n{cover.authority}")
    return "-".join(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in said)


def recorded_digest(docx: bytes, property: str = PROPERTY) -> str:
    """The digest that cpreport recorded in the document, '' where there is none. Raises ValueError as text_digest."""
    custom = _parts(docx, _PROPERTIES.__eq__)
    return "".join(_property(xml, property) for xml in custom.values())


@dataclass
class _Words:
    """What an expat parser tells about paragraphs. Paragraphs nest in text boxes, fields in each other."""

    paragraphs: list[str] = field(default_factory=list)
    open: list[list[str]] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    fallbacks: int = 0
    reads: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in _COUNTED:
            return
        local = tag.removeprefix(_WORD)
        self.fallbacks += tag == _FALLBACK
        if local == "p":
            self.open.append([])
        elif local == "fldSimple":
            self.fields.append(_Field(attributes.get(f"{_WORD}instr", ""), in_result=True))
        elif local == "fldChar":
            self._field_character(attributes.get(f"{_WORD}fldCharType", ""))
        elif local in ("t", "instrText"):
            self.reads = local
        elif local in _CHARACTERS:
            self._add(_CHARACTERS[local])

    def end(self, tag: str) -> None:
        if tag not in _COUNTED:
            return
        local = tag.removeprefix(_WORD)
        self.fallbacks -= tag == _FALLBACK
        if local == "p":
            self._close_paragraph()
        elif local == "fldSimple":
            del self.fields[-1:]
        elif local == self.reads:
            self.reads = ""

    def characters(self, text: str) -> None:
        if self.reads == "instrText" and self.fields:
            self.fields[-1].instruction += text
        elif self.reads == "t":
            self._add(text)

    def _add(self, text: str) -> None:
        if self.open and not self.fallbacks and not any(each.hides_text for each in self.fields):
            self.open[-1].append(text)

    def _close_paragraph(self) -> None:
        text = " ".join("".join(self.open.pop()).split())
        if text:
            self.paragraphs.append(text)

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end":
            del self.fields[-1:]


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def hides_text(self) -> bool:
        return self.in_result and self.instruction.split()[:1] != [_FIELD_WITH_TEXT]


@dataclass
class _Property:
    name: str
    within: bool = False
    value: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_CUSTOM}property":
            self.within = attributes.get("name") == self.name

    def characters(self, text: str) -> None:
        if self.within:
            self.value += text


def _paragraphs(xml: bytes) -> list[str]:
    words = _Words()
    _parse(xml, words.start, words.end, words.characters)
    return words.paragraphs


def _property(xml: bytes, name: str) -> str:
    found = _Property(name)
    _parse(xml, found.start, lambda _: None, found.characters)
    return found.value.strip()


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    with _as_no_word_document():
        parser = safe_parser(namespaces=True)
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = characters
        parse(parser, xml)


def _parts(docx: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    with _as_no_word_document():
        package = Package(docx)
        if _DOCUMENT not in package:
            raise ValueError("not a Word document")
        return package.stored(wanted)


@contextmanager
def _as_no_word_document() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise ValueError(f"not a Word document ({error})") from error
