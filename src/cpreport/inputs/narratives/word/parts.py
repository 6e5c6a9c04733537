"""The parts of a Word file that matter, as trees.

Tags are bare: `p`, `tbl`, `val`; those that are not Word's own keep a prefix: `mc:Choice`.
"""

from __future__ import annotations

import posixpath
import re
from enum import Enum
from functools import lru_cache
from xml.etree.ElementTree import Element, TreeBuilder

from cpreport.inputs.texts import visible
from cpreport.office.foreign import no_word_archive
from cpreport.office.package import MIB, XML_NAMES, Package
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

LARGEST_TOGETHER = 64 * MIB
MOST_ELEMENTS = 300_000
DEEPEST = 100
MOST_ALTERNATIVES = 8
LONGEST_NAME = 600
LONGEST_NOTE = 1000

LINK = " link"
"""An attribute that no file has: the address to which words lead."""

_EDGES = ("headerReference", "footerReference")
ALTERNATIVES = "mc:AlternateContent"
_PREFIXES = {
    "/wordprocessingml/": "",
    "/relationships": "r:",
    "/math": "m:",
    "/markup-compatibility/": "mc:",
    ":office:office": "o:",
}
_SIGNS = str.maketrans("\t\n\r\x85\u2028\u2029\u2011", "    \n\n-")
_CONTROL = re.compile("[\x7f-\x9f]")


class Kind(Enum):
    """What of a Word file no narrative prints, one and several of it."""

    PICTURE = "picture, chart or drawing", "pictures, charts or drawings"
    TEXT_BOX = "text box", "text boxes"
    COMMENT = "comment", "comments"
    NOTE = "footnote or endnote", "footnotes or endnotes"
    HIDDEN = "piece of hidden text", "pieces of hidden text"
    STRUCK = "piece of struck-through text", "pieces of struck-through text"
    FILE = "inserted file", "inserted files"
    SIGN = "sign of a symbol font", "signs of symbol fonts"
    EDGE = "header or footer", "headers or footers"


WORDS = {"t": "", "delText": "", "m:t": "", "tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""The elements that are text, and which; an empty one is that of the element."""

DROPPED = {
    **dict.fromkeys(("drawing", "pict", "object"), Kind.PICTURE),
    "commentReference": Kind.COMMENT,
    "footnoteReference": Kind.NOTE,
    "endnoteReference": Kind.NOTE,
    "altChunk": Kind.FILE,
}
"""The elements that are reported and not printed."""

PROPERTIES = ("pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr", "rt")
"""The elements that have no text of the document in them."""


class NotWordError(Exception):
    """Why a file is not a Word document that can be read."""


class WordFile:
    """A Word file: its `body`, and the targets of its relationships by their ids as `links`.

    Raises NotWordError or InputError where it is none.
    """

    def __init__(self, content: bytes) -> None:
        if reason := no_word_archive(content):
            raise NotWordError(reason)
        self._package = Package(content)
        names = [name for name in self._package.names if name.endswith(XML_NAMES)]
        if sum(len(self._package.part(name)) for name in names) > LARGEST_TOGETHER:
            raise NotWordError(f"it is too large: its parts have more than {LARGEST_TOGETHER // MIB} MiB")
        documents = (each.part for each in self._package.relations("") if each.kind == "officeDocument")
        self._main = next(documents, "word/document.xml")
        body = self._tree(self._main).find("body")
        if body is None:
            raise NotWordError("it has no Word document in it")
        self.body = body
        self._relations = self._package.relations(self._main)
        self.links = {each.id: each.part for each in self._relations}

    def tree_of(self, kind: str) -> Element:
        """The root of the part of a kind, such as `styles`; an empty element where there is no such part."""
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind.lower()}.xml")
        return self._tree(next((each.part for each in self._relations if each.kind == kind), usual))

    def embedded(self, id: str) -> bytes | None:
        """The file to which a relationship leads, such as a picture; None where it is not in the document."""
        target = next((each for each in self._relations if each.id == id and not each.is_external), None)
        return self._package.part(target.part) if target and target.part in self._package else None

    def notes(self) -> dict[tuple[str, str], str]:
        """The first words of comments, footnotes and endnotes by their kind and their id."""
        kinds = ("comment", "footnote", "endnote")
        notes = ((kind, each) for kind in kinds for each in self.tree_of(f"{kind}s"))
        return {(kind, each.get("id", "")): words(each)[:LONGEST_NOTE] for kind, each in notes}

    def prompts(self) -> dict[str, str]:
        """The prompts of content controls by their names."""
        parts = self.tree_of("glossaryDocument").iter("docPart")
        return {value(each, "docPartPr/name") or "": in_one_line(each) for each in parts}

    def edges(self) -> list[str]:
        """The words of the headers and footers."""
        shown = [each.get("r:id", "") for each in self.body.iter() if each.tag in _EDGES]
        parts = dict.fromkeys(self.links[id] for id in shown if id in self.links)
        return list(dict.fromkeys(filter(None, (in_one_line(self._tree(part)) for part in parts))))

    def _tree(self, name: str) -> Element:
        """A part's root. Raises NotWordError where it has more elements, or deeper ones, than any narrative."""
        builder, open_tags, elements = TreeBuilder(), list[str](), 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal elements
            elements += 1
            if max(map(len, (tag, *attributes))) > LONGEST_NAME:
                raise NotWordError(f"its part {name} has a name that is too long: it may be damaged")
            open_tags.append(_bare(tag))
            if elements > MOST_ELEMENTS:
                raise NotWordError(f"it is too large: its part {name} has more than {MOST_ELEMENTS:,} elements")
            if len(open_tags) > DEEPEST or open_tags.count(ALTERNATIVES) > MOST_ALTERNATIVES:
                raise NotWordError(f"its part {name} is too deep: it may be damaged")
            builder.start(open_tags[-1], {_bare(key): text for key, text in attributes.items()})

        if name not in self._package:
            return Element("")
        parser = safe_parser(namespaces=True)
        parser.StartElementHandler, parser.CharacterDataHandler = start, builder.data
        parser.EndElementHandler = lambda _: builder.end(open_tags.pop())
        parse(parser, self._package.part(name))
        return builder.close()


@lru_cache(1000)
def _bare(name: str) -> str:
    namespace, _, local = name.rpartition(NAMESPACE_END)
    prefix = next((prefix for part, prefix in _PREFIXES.items() if part in namespace), "other:")
    return prefix + local if namespace else name


def words(element: Element, is_change: bool = False) -> str:
    """The text of an element, of a change with what is deleted and without drawings; paragraphs end in a line break.

    Spaces and hyphens are plain; signs that cannot be seen are left out.
    """
    if element.tag in WORDS and (is_change or element.tag != "delText"):
        return WORDS[element.tag] or _CONTROL.sub("", visible((element.text or "").translate(_SIGNS)))
    if element.tag in PROPERTIES or (is_change and DROPPED.get(element.tag) is Kind.PICTURE):
        return ""
    texts = [words(child, is_change) for child in element]
    if element.tag == ALTERNATIVES:
        return max(texts, key=len, default="")
    return "".join(texts) + ("\n" if element.tag == "p" else "")


def in_one_line(element: Element) -> str:
    """The text of an element with one space between words."""
    return " ".join(words(element).split())


def value(element: Element | None, path: str) -> str | None:
    """The `val` of the element at a path below one; None where there is no such element or it has none."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get("val")


def number(text: str | None, default: int = 0) -> int:
    """A whole number from 0 as an attribute states it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def is_on(switch: Element) -> bool:
    """Whether a property that can be on or off is on."""
    return switch.get("val", "true") not in ("0", "false", "off", "none")
