"""Elements of SpreadsheetML, put where the schema (ECMA-376 Part 1, transitional) wants them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from cpreport.office.parts import DOCUMENT, Element, etree
from cpreport.office.xml import damaged, legal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = f"{{{DOCUMENT}}}id"
"""The attribute `r:id`."""

_WHOLE = re.compile("[0-9]{1,9}")
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_ORDERS = {
    "workbook": "sheets definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes "
    "webPublishing fileRecoveryPr webPublishObjects extLst",
    "worksheet": "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF "
    "drawingHF picture oleObjects controls webPublishItems tableParts extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "comments": "authors commentList extLst",
    "comment": "text",
}
"""The order of an element's children, from the first one that we put."""


def named(name: str) -> str:
    """A name of SpreadsheetML as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def child(parent: Element, path: str) -> Element:
    """The first element at a path of names such as `cols/col`; None if there is none."""
    return parent.find(path, {None: MAIN})


def children(parent: Element, path: str) -> list[Element]:
    """The elements at a path of names."""
    found: list[Element] = parent.findall(path, {None: MAIN})
    return found


def whole(text: str | None) -> int | None:
    """The number that an attribute holds; None if it holds none that Excel would write."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def fragment(xml: str) -> Element:
    """An element of SpreadsheetML from its text; `r:` is the prefix of relationships."""
    return etree.fromstring(f'<x xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{xml}</x>')[0]


def ensured(parent: Element, name: str) -> Element:
    """The first child of this name, made as `put` does if it is missing."""
    found = child(parent, name)
    return put(parent, fragment(f"<{name}/>")) if found is None else found


def put(parent: Element, element: Element) -> Element:
    """Puts a child where the schema wants it, behind others of its name; the child.

    Raises InputError if the parent is none that has such children.
    """
    order = _ORDERS.get(_local(parent), "").split()
    if _local(element) not in order:
        raise damaged(f"one of its parts is a {_local(parent)}, not what it should be")
    later = order[order.index(_local(element)) + 1 :]
    before = next((index for index, known in enumerate(parent) if _stands_for(known) in later), len(parent))
    parent.insert(before, element)
    return element


def shown(text: str) -> str:
    """What stands in a `t` element so that Excel shows `text`, which may look like Excel's own escapes (`_x000D_`)."""
    return _ESCAPES.sub("_x005F_", legal(text))


def printed(text: str) -> str:
    """What is shown as `text`, as XML."""
    return escape(shown(text))


def _local(element: Element) -> str:
    """An element's name without its namespace; '' for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _stands_for(element: Element) -> str:
    """The name by which a child has its place: of alternatives, that of what they choose between."""
    chosen = element.iterfind("*/*") if element.tag == _ALTERNATIVES else iter(())
    return _local(next(chosen, element))
