"""Digests of a Word document, of its text and of all its parts, by which edited ones are known.

A re-save in Word or LibreOffice keeps that of the text; an edited word does not. A document records them among its
custom properties.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cpreport.model.document import Cover
from cpreport.model.errors import InputError
from cpreport.office.package import Package, archived
from cpreport.office.parts import Parts, etree, parsed_root
from cpreport.office.xml import NAMESPACE_END, damaged, parse, safe_parser

PROPERTY = "cpreport text digest"
"""The custom document property that records the digest of the text."""

ORIGIN_PROPERTY = "cpreport origin"
"""The custom document property that records from which report folder the document was made."""

AUDIT_PROPERTY = "cpreport audit"
"""The custom document property that records the SHA-256 of the document's audit file."""

PARTS_PROPERTY = "cpreport parts digest"
"""The custom document property that records the digest of the parts."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main" + NAMESPACE_END
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WORDS_OF_CHART = (f".//{_DRAWN}strCache//{_DRAWN}v", ".//{http://schemas.openxmlformats.org/drawingml/2006/main}t")
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006" + NAMESPACE_END + "Fallback"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CHARACTERS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DOCUMENT = "word/document.xml"
_ABOUT_IT = "docProps/"
_PROPERTIES = "docProps/custom.xml"
_BODY = re.compile(r"word/(document|footnotes|endnotes|comments)\.xml")
_CHART = re.compile(r"word/charts/chart\d*\.xml")
_EDGE = re.compile(r"word/(header|footer)\d*\.xml")
_TEXTS = ("t", "instrText")
_OF_TABLES = ("tbl", "tr", "tc")
_COUNTED = {f"{_WORD}{name}": name for name in ("p", "fldSimple", "fldChar", *_TEXTS, *_CHARACTERS, *_OF_TABLES)}
_COUNTED[_FALLBACK] = "Fallback"
"""The elements that matter, by their names as parsed; most others are about its looks."""

_LINK = "HYPERLINK"
_CHART_DIGITS = 9
"""To how many digits the numbers of charts count: programs save the last ones differently."""


def text_digest(docx: bytes) -> str:
    """SHA-256 of the document's text in hexadecimal digits.

    The numbers of charts count as text. White space, results of fields and the order of headers, footers and charts do
    not count; comments do. Raises InputError if it is not a Word document.
    """
    return _of_text(_parts(docx))


def recorded_digest(docx: bytes, property: str = PROPERTY) -> str:
    """The digest that cpreport recorded in the document, '' where there is none. Raises InputError as text_digest."""
    return _recorded(_parts(docx), property)


def is_as_recorded(docx: bytes, property: str) -> bool:
    """Whether a file is a Word document that has the digest of its text or of its parts that it records."""
    try:
        parts = _parts(docx)
        return _recorded(parts, property) == _DIGESTS[property](parts)
    except InputError:
        return False


def recording(parts: Mapping[str, bytes], *properties: str, **stated: str) -> bytes:
    """The document of parts, which records the digests of these properties, and its `origin` and `audit` if stated.

    It has custom properties.
    """
    changed, recorded = Parts(parts), {name: _DIGESTS[name](parts) for name in properties}
    recorded |= {_STATED[name]: text for name, text in stated.items() if text}
    root = changed.root(changed.related("", "custom-properties"))
    for known in [each for each in root if each.get("name") in (*_DIGESTS, *_STATED.values())]:
        root.remove(known)
    first = max((int(each.get("pid", 1)) for each in root), default=1) + 1
    for number, (name, text) in enumerate(recorded.items(), first):
        attributes = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
        property = etree.SubElement(root, f"{{{CUSTOM}}}property", attributes)
        etree.SubElement(property, _VALUE, nsmap={"vt": _VALUE[1:].partition("}")[0]}).text = text
    return archived(changed.contents())


def origin_digest(place: str, cover: Cover) -> str:
    """What a document records of the report folder that it is made from: two digests with a hyphen between them.

    The first is of the folder's place, which is enough to know it by among those of the same workbooks. The second is
    of title and authority, which may change.
    """
    stated = (place, f"{cover.title}\n{cover.authority}")
    return "-".join(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in stated)


def _parts(docx: bytes) -> dict[str, bytes]:
    parts = Package(docx).parts()
    if _DOCUMENT not in parts:
        raise damaged("it is not a Word document")
    return parts


def _recorded(parts: Mapping[str, bytes], property: str) -> str:
    stated = parsed_root(parts[_PROPERTIES]) if _PROPERTIES in parts else ()
    return "".join("".join(each.itertext()).strip() for each in stated if each.get("name") == property)


def _of_text(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    edges = _read_words(parts, lambda said: digest.update(f"{said.words}\n".encode()))
    digest.update("\n".join(["", *edges]).encode())
    return digest.hexdigest()


def _read_words(parts: Mapping[str, bytes], say: Callable[[Said], None]) -> list[str]:
    """Calls `say` for each paragraph of the text; gives those of headers and footers and the numbers of charts.

    They count once, whatever their order.
    """
    edges = set[str]()
    for name in sorted(parts):
        if _BODY.fullmatch(name):
            _Words(say).read(parts[name])
        elif _EDGE.fullmatch(name):
            _Words(lambda said: edges.add(said.words)).read(parts[name])
        elif _CHART.fullmatch(name):
            edges.add(_numbers_of_chart(parts[name]))
    return sorted(edges)


def _numbers_of_chart(part: bytes) -> str:
    values = (value.text or "" for value in parsed_root(part).iterfind(f".//{_DRAWN}val//{_DRAWN}v"))
    return " ".join(sorted(map(_as_compared, values)))


def _as_compared(number: str) -> str:
    try:
        return f"{float(number):.{_CHART_DIGITS}g}"
    except ValueError:
        return number


def _of_parts(parts: Mapping[str, bytes]) -> str:
    """SHA-256, in hexadecimal digits, of the names and contents of all parts but the document's properties."""
    names = sorted(name for name in parts if not name.startswith(_ABOUT_IT))
    each = (f"{name} {hashlib.sha256(parts[name]).hexdigest()}" for name in names)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


_DIGESTS = {PROPERTY: _of_text, PARTS_PROPERTY: _of_parts}
_STATED = {"origin": ORIGIN_PROPERTY, "audit": AUDIT_PROPERTY}


class Cell(NamedTuple):
    """A cell of a table of the document, all counted from 1; 0 outside of tables, below 0 outside of the text."""

    table: int
    row: int
    column: int


_NOWHERE = Cell(0, 0, 0)
_EDGES = Cell(-1, 0, 0)


class Said(NamedTuple):
    """The words of a paragraph, with white space as single spaces, and the cell that they are in."""

    words: str
    cell: Cell


def words_said(docx: bytes) -> list[Said]:
    """What a document says, in order: what its digest counts, text first, and then the words of its charts.

    Raises InputError as text_digest does.
    """
    said, parts = list[Said](), _parts(docx)
    edges = _read_words(parts, said.append)
    words = sorted(_words_of_chart(part) for name, part in parts.items() if _CHART.fullmatch(name))
    return [*said, *(Said(each, _EDGES) for each in (*edges, *words) if each)]


def _words_of_chart(part: bytes) -> str:
    """Its titles, names, categories and labels, each once."""
    root = parsed_root(part)
    found = (each.text or "" for path in _WORDS_OF_CHART for each in root.iterfind(path))
    return " ".join(" ".join(sorted({*found})).split())


def alternative_texts(docx: bytes) -> list[str]:
    """The alternative texts of a document, in order. Raises InputError as text_digest does."""
    parts = _parts(docx)
    bodies = (parsed_root(parts[name]) for name in sorted(parts) if _BODY.fullmatch(name) or _EDGE.fullmatch(name))
    found = (each.get("descr", "") for body in bodies for each in body.iterfind(f".//{_DRAWING}docPr"))
    return [text for text in (" ".join(each.split()) for each in found) if text]


@dataclass
class _Field:
    """A field that is open while a document is read. Its result is not text of the document, except a link's."""

    instruction: str = ""
    in_result: bool = False


class _Words:
    """A part's words as it is parsed, so that a long text is never a tree of elements.

    `say` is called with the words of each paragraph in the order of their ends: they nest in text boxes, and fields in
    each other.
    """

    def __init__(self, say: Callable[[Said], None]) -> None:
        self._say = say
        self._tables = self._within = 0
        self._cell = _NOWHERE
        self._open: list[list[str]] = []
        self._fields: list[_Field] = []
        self._texts: list[str] = []
        self._fallbacks = 0
        self._parser = safe_parser(namespaces=True)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, part: bytes) -> None:
        """Raises InputError if the part is not well-formed."""
        parse(self._parser, part)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        name = _COUNTED.get(element)
        if name is None:
            return
        if name == "Fallback":
            self._fallbacks += 1
        if self._fallbacks:
            return
        kind = attributes.get(f"{_WORD}fldCharType")
        if name == "p":
            self._open.append([])
        elif name in _TEXTS:
            self._texts.append(name)
            self._parser.CharacterDataHandler = self._read
        elif name == "fldSimple" or kind == "begin":
            self._fields.append(_Field(attributes.get(f"{_WORD}instr", ""), in_result=name == "fldSimple"))
        elif name in _OF_TABLES:
            self._enter(name)
        elif kind == "end":
            del self._fields[-1:]
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif character := _CHARACTERS.get(name):
            self._add(character)

    def _end(self, element: str) -> None:
        name = _COUNTED.get(element)
        if name == "Fallback":
            self._fallbacks -= 1
        elif name is None or self._fallbacks:
            return
        elif name == "p":
            if words := " ".join("".join(self._open.pop()).split()):
                self._say(Said(words, self._cell))
        elif name == "tbl":
            self._within -= 1
            self._cell = self._cell if self._within else _NOWHERE
        elif name == "fldSimple":
            del self._fields[-1:]
        elif name in _TEXTS:
            self._texts.pop()
            if not self._texts:
                self._parser.CharacterDataHandler = None

    def _enter(self, name: str) -> None:
        """A table, a row or a cell, unless it is within a cell of another table."""
        self._within += name == "tbl"
        if self._within == 1:
            self._tables += name == "tbl"
            _, row, column = self._cell
            numbers = {"tbl": (0, 0), "tr": (row + 1, 0), "tc": (row, column + 1)}
            self._cell = Cell(self._tables, *numbers[name])

    def _read(self, words: str) -> None:
        if self._fields and self._texts[-1] == "instrText":
            self._fields[-1].instruction += words
        else:
            self._add(words)

    def _add(self, words: str) -> None:
        if self._open and not any(each.in_result and each.instruction.split()[:1] != [_LINK] for each in self._fields):
            self._open[-1].append(words)
