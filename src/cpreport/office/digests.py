"""Digests of a Word document, of its text and of all its parts, by which edited ones are known.

A re-save in Word or LibreOffice keeps that of the text; an edited word does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cpreport.model.document import Cover
from cpreport.model.errors import InputError
from cpreport.office.package import Package
from cpreport.office.parts import Element, etree, parsed_root

PROPERTY = "cpreport text digest"
"""The custom document property that records the digest of the text."""

ORIGIN_PROPERTY = "cpreport origin"
"""The custom document property that records from which report folder the document was made."""

PARTS_PROPERTY = "cpreport parts digest"
"""The custom document property that records the digest of the parts."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_CHARACTERS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DOCUMENT = "word/document.xml"
_ABOUT_IT = "docProps/"
_PROPERTIES = "docProps/custom.xml"
_BODY = re.compile(r"word/(document|footnotes|endnotes|comments)\.xml")
_EDGE = re.compile(r"word/(header|footer)\d*\.xml")
_COUNTED = [_FALLBACK, *(f"{_WORD}{name}" for name in ("p", "t", "instrText", "fldSimple", "fldChar", *_CHARACTERS))]
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
    stated = (each for xml in custom.values() for each in _root(xml).iter(f"{_CUSTOM}property"))
    return "".join("".join(each.itertext()).strip() for each in stated if each.get("name") == property)


@dataclass
class _Field:
    """A field that is open while a document is read. What it shows is no text of the document, but for a link's."""

    instruction: str = ""
    in_result: bool = False

    @property
    def hides_text(self) -> bool:
        return self.in_result and self.instruction.split()[:1] != [_FIELD_WITH_TEXT]


def _paragraphs(xml: bytes) -> Iterator[str]:
    """The paragraphs' words in the order of their ends: they nest in text boxes, and fields in each other."""
    open: list[list[str]] = []
    fields: list[_Field] = []
    walk = etree.iterwalk(_root(xml), ("start", "end"), _COUNTED)
    for event, element in walk:
        name = element.tag.removeprefix(_WORD)
        if event == "end":
            if name == "p" and (words := " ".join("".join(open.pop()).split())):
                yield words
            elif name == "fldSimple":
                del fields[-1:]
        elif name == _FALLBACK:
            walk.skip_subtree()
        elif name == "p":
            open.append([])
        elif name in ("fldSimple", "fldChar", "instrText"):
            _follow(fields, element, name)
        elif open and not any(each.hides_text for each in fields):
            open[-1].append(_CHARACTERS.get(name) or "".join(element.itertext("*")))


def _follow(fields: list[_Field], element: Element, name: str) -> None:
    """Opens, continues or closes a field."""
    kind = element.get(f"{_WORD}fldCharType", "")
    if name == "fldSimple":
        fields.append(_Field(element.get(f"{_WORD}instr", ""), in_result=True))
    elif kind == "begin":
        fields.append(_Field())
    elif kind == "end":
        del fields[-1:]
    elif fields and kind == "separate":
        fields[-1].in_result = True
    elif fields and name == "instrText":
        fields[-1].instruction += "".join(element.itertext("*"))


@contextmanager
def _as_no_word_document() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise ValueError(f"not a Word document ({error})") from error


@_as_no_word_document()
def _root(xml: bytes) -> Element:
    return parsed_root(xml)


@_as_no_word_document()
def _parts(docx: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    package = Package(docx)
    if _DOCUMENT not in package:
        raise ValueError("not a Word document")
    return package.stored(wanted)
