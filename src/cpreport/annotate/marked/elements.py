"""Elements of SpreadsheetML, put where the schema (ECMA-376 Part 1, transitional) wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED
from cpreport.office.parts import DOCUMENT as DOCUMENT
from cpreport.office.parts import Element as Element
from cpreport.office.parts import etree as etree
from cpreport.office.xml import legal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WHOLE = re.compile("[0-9]{1,9}")
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_WORKBOOK = (
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
)
_WORKSHEET = (
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks "
    "colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF "
    "picture oleObjects controls webPublishItems tableParts extLst"
)
_STYLES = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
_ORDERS = {"workbook": _WORKBOOK.split(), "worksheet": _WORKSHEET.split(), "styleSheet": _STYLES.split()}
"""The order of children, from the first one that we put."""


def named(name: str) -> str:
    """A name of SpreadsheetML as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def local(element: Element) -> str:
    """An element's name without its namespace; '' for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(parent: Element | None, path: str) -> Element:
    """The first element at a path of names such as `cols/col`; None if there is none or no parent."""
    return next(iter(children(parent, path)), None)


def children(parent: Element | None, path: str) -> list[Element]:
    """The elements at a path of names; none of a parent that is missing."""
    return [] if parent is None else parent.findall("/".join(map(named, path.split("/"))))


def whole(text: str | None) -> int | None:
    """The number that an attribute holds; None if it holds none that Excel would write."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def fragment(xml: str) -> Element:
    """An element of SpreadsheetML from its text; `r:` is the prefix of relationships."""
    return etree.fromstring(f'<x xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{xml}</x>')[0]


def ensured(parent: Element, name: str) -> Element:
    """The child of this name of a workbook, worksheet or style sheet, made where the schema wants it if missing."""
    found = child(parent, name)
    return put(parent, etree.Element(named(name))) if found is None else found


def put(parent: Element, element: Element) -> Element:
    """Puts a child into a workbook, worksheet or style sheet where the schema wants it, behind others of its name.

    Raises InputError if the parent is none of these.
    """
    if local(parent) not in _ORDERS:
        raise InputError(DAMAGED.at(Place(), reason=f"one of its parts is a {local(parent)}, not what it should be"))
    order = _ORDERS[local(parent)]
    later = order[order.index(local(element)) + 1 :]
    before = next((index for index, known in enumerate(parent) if _stands_for(known) in later), len(parent))
    parent.insert(before, element)
    return element


def remove(element: Element) -> None:
    """Takes an element out of its parent; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def shown(text: str) -> str:
    """What stands in a `t` element so that Excel shows `text`, which may look like Excel's own escapes (`_x000D_`)."""
    return _ESCAPES.sub("_x005F_", legal(text))


def printed(text: str) -> str:
    """What is shown as `text`, as XML."""
    return escape(shown(text))


def _stands_for(element: Element) -> str:
    """The name by which a child has its place: of alternatives, that of what they choose between."""
    if element.tag == _ALTERNATIVES:
        chosen: Iterator[Element] = (inner for choice in element for inner in choice)
        return local(next(chosen, element))
    return local(element)
