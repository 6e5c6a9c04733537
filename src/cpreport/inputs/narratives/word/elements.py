"""Word's XML as trees whose tags are bare: `p`, `tbl`, `val`; what is not Word's own keeps a prefix: `mc:Choice`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element, fromstring

ALTERNATIVES = "mc:AlternateContent"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    f"{_STRICT}wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    f"{_OFFICE}relationships": "r:",
    f"{_STRICT}officeDocument/relationships": "r:",
    f"{_OFFICE}math": "m:",
    f"{_STRICT}officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
_WORDS = {"t": "", "m:t": "", "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SPACES = str.maketrans("\t\n\r", "   ")
_NO_WORDS = ("pPr", "rPr", "tcPr", "trPr", "tblPr", "rt")

Expand = Callable[[Element], Iterable[Element] | None]


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


def expand(parent: Element, replaced: Expand) -> None:
    """Puts what `replaced` gives in each element's place, and looks at that too; for None the element stays."""
    parent[:] = list(_expanded(parent, replaced))


def _expanded(elements: Iterable[Element], replaced: Expand) -> Iterator[Element]:
    for element in elements:
        given = replaced(element)
        if given is not None:
            yield from _expanded(given, replaced)
            continue
        if len(element):
            expand(element, replaced)
        yield element


def words(element: Element, *more: str) -> str:
    """The text of an element, that of `more` elements too, such as `delText`; paragraphs end in a line break."""
    if element.tag in _WORDS or element.tag in more:
        return _WORDS.get(element.tag) or (element.text or "").translate(_SPACES)
    if element.tag in _NO_WORDS:
        return ""
    said = [words(child, *more) for child in element]
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


def switched(properties: Element | None, name: str) -> bool | None:
    """Whether a property that can be on or off is on; None where nothing is said of it."""
    found = None if properties is None else properties.find(name)
    return None if found is None else found.get("val", "true") not in ("0", "false", "off", "none")
