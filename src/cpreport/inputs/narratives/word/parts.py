"""The parts of a Word file that matter, as trees.

Tags are bare: `p`, `tbl`, `val`; those that are not Word's own keep a prefix: `mc:Choice`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

from cpreport.inputs.texts import read_bytes, visible
from cpreport.model.errors import InputError
from cpreport.office.foreign import no_word_archive
from cpreport.office.package import MIB, XML_NAMES, Package
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

LARGEST_TOGETHER = 64 * MIB
MOST_ELEMENTS = 300_000
DEEPEST = 100
MOST_ALTERNATIVES = 8
LONGEST_NAMESPACE = 500
LONGEST_NOTE = 1000

ALTERNATIVES = "mc:AlternateContent"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    f"{_STRICT}wordprocessingml/main": "",
    f"{_OFFICE}relationships": "r:",
    f"{_STRICT}officeDocument/relationships": "r:",
    f"{_OFFICE}math": "m:",
    f"{_STRICT}officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(range(0x7F, 0xA0)),
        **dict.fromkeys("\t\n\r\x85", " "),
        **dict.fromkeys("\u2028\u2029", "\n"),
        "\u2011": "-",
    }
)


class Kind(Enum):
    """What of a Word file no narrative prints, one and several of it."""

    PICTURE = "picture, chart or drawing", "pictures, charts or drawings"
    TEXT_BOX = "text box", "text boxes"
    COMMENT = "comment", "comments"
    NOTE = "footnote or endnote", "footnotes or endnotes"
    HIDDEN = "piece of hidden text", "pieces of hidden text"
    STRUCK = "piece of struck-through text", "pieces of struck-through text"
    EQUATION = "equation", "equations"
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
"""The elements that are told and not printed."""

PROPERTIES = ("pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr", "rt")
"""The elements that have no text of the document in them."""


class NotWordError(Exception):
    """Why a file is not a Word document that can be read."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A Word file's parts as trees, which are empty where it has no such part.

    `links` are the targets of the relationships by their ids, `notes` the first words of comments, footnotes and
    endnotes by their kind and their id, `prompts` those of content controls by their names, `edges` the words of the
    headers and footers.
    """

    body: Element
    styles: Element
    numbering: Element
    links: dict[str, str]
    notes: dict[tuple[str, str], str]
    prompts: dict[str, str]
    edges: tuple[str, ...]


def read_parts(path: Path) -> Parts:
    """The parts of a Word file. Raises NotWordError if it is none, EnvironmentFailure if it cannot be read."""
    content = read_bytes(path)
    if reason := no_word_archive(content):
        raise NotWordError(reason)
    try:
        package = Package(content)
        if sum(len(package.part(name)) for name in package.names if name.endswith(XML_NAMES)) > LARGEST_TOGETHER:
            raise NotWordError(f"it is too large: its parts have more than {LARGEST_TOGETHER // MIB} MiB")
        return _parts(package)
    except InputError as error:
        raise NotWordError("it is damaged, or is no Word document that Word would write") from error


def _parts(package: Package) -> Parts:
    documents = (each.part for each in package.relations("") if each.kind == "officeDocument")
    main = next(documents, "word/document.xml")
    root = _tree(package, main)
    body = root.find("body")
    if root.tag != "document" or body is None:
        raise NotWordError("it has no Word document in it")
    relations = package.relations(main)

    def of_kind(kind: str) -> Element:
        usual = posixpath.join(posixpath.dirname(main), f"{kind.lower()}.xml")
        return _tree(package, next((each.part for each in relations if each.kind == kind), usual))

    targets = {each.id: each.part for each in relations}
    notes = (("comment", "comments"), ("footnote", "footnotes"), ("endnote", "endnotes"))
    prompts = of_kind("glossaryDocument").iter("docPart")
    shown = [each.get("r:id", "") for each in body.iter() if each.tag in ("headerReference", "footerReference")]
    edges = dict.fromkeys(targets[id] for id in shown if id in targets)
    said = (_plain_words(_tree(package, name)) for name in edges)
    return Parts(
        body,
        of_kind("styles"),
        of_kind("numbering"),
        targets,
        {(kind, each.get("id", "")): words(each)[:LONGEST_NOTE] for kind, part in notes for each in of_kind(part)},
        {value(each, "docPartPr/name") or "": _plain_words(each) for each in prompts},
        tuple(dict.fromkeys(filter(None, said))),
    )


def _tree(package: Package, name: str) -> Element:
    """A part's root, or an empty element. Raises NotWordError for more elements, or deeper ones, than any narrative."""
    builder, open_tags, elements = TreeBuilder(), list[str](), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        open_tags.append(_bare(tag))
        if elements > MOST_ELEMENTS:
            raise NotWordError(f"it is too large: its part {name} has more than {MOST_ELEMENTS:,} elements")
        if len(open_tags) > DEEPEST or open_tags.count(ALTERNATIVES) > MOST_ALTERNATIVES:
            raise NotWordError(f"its part {name} is too deep: it may be damaged")
        builder.start(open_tags[-1], {_bare(key): text for key, text in attributes.items()})

    def declare(_: str | None, uri: str | None) -> None:
        if len(uri or "") > LONGEST_NAMESPACE:
            raise NotWordError(f"its part {name} has a name that is too long: it may be damaged")

    part = package.part(name)
    if not part:
        return Element("")
    parser = safe_parser(namespaces=True)
    parser.StartNamespaceDeclHandler = declare
    parser.StartElementHandler = start
    parser.CharacterDataHandler = builder.data
    parser.EndElementHandler = lambda _: builder.end(open_tags.pop())
    parse(parser, part)
    return builder.close()


def _bare(name: str) -> str:
    namespace, _, local = name.rpartition(NAMESPACE_END)
    return _PREFIXES.get(namespace, "other:") + local if namespace else name


def words(element: Element, is_change: bool = False) -> str:
    """The text of an element, of a change with what is deleted and without drawings; paragraphs end in a line break.

    Spaces and hyphens are plain; signs that cannot be seen are left out.
    """
    if element.tag in WORDS and (is_change or element.tag != "delText"):
        return WORDS[element.tag] or visible((element.text or "").translate(_SIGNS))
    if element.tag in PROPERTIES or (is_change and DROPPED.get(element.tag) is Kind.PICTURE):
        return ""
    said = [words(child, is_change) for child in element]
    if element.tag == ALTERNATIVES:
        return max(said, key=len, default="")
    return "".join(said) + ("\n" if element.tag == "p" else "")


def _plain_words(element: Element) -> str:
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
