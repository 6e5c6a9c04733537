"""Word's XML as trees whose tags are bare: `p`, `tbl`, `val`; what is not Word's own keeps a prefix: `mc:Choice`."""

from __future__ import annotations

from enum import Enum
from xml.etree.ElementTree import Element, fromstring

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
_SPACES = str.maketrans("\t\n\r", "   ")


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


WORDS = {"t": "", "delText": "", "m:t": "", "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
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

CHANGES = {
    "ins": "inserted",
    "cellIns": "inserted",
    "moveTo": "moved here",
    "del": "deleted",
    "cellDel": "deleted",
    "moveFrom": "moved away",
}
GONE = ("del", "moveFrom", "cellDel")
"""The tracked changes, and those of them that leave nothing; all other elements are walked into."""


class NotWordError(Exception):
    """Why a file is not a Word document that can be read."""


def tree(part: bytes) -> Element:
    """A part's root. The part has been checked for a document type before."""
    root = fromstring(part)
    for element in root.iter():
        element.tag = _bare(element.tag)
        element.attrib = {_bare(name): value for name, value in element.attrib.items()}
    return root


def _bare(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return _PREFIXES.get(namespace[1:], "other:") + local if namespace else name


def words(element: Element, is_change: bool = False) -> str:
    """The text of an element, of a change with what is deleted and without drawings; paragraphs end in a line break."""
    if element.tag in WORDS and (is_change or element.tag != "delText"):
        return WORDS[element.tag] or (element.text or "").translate(_SPACES)
    if element.tag in PROPERTIES or (is_change and DROPPED.get(element.tag) is Kind.PICTURE):
        return ""
    said = [words(child, is_change) for child in element]
    if element.tag == ALTERNATIVES:
        return max(said, key=len, default="")
    return "".join(said) + ("\n" if element.tag == "p" else "")


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
