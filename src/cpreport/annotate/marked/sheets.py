"""Elements of SpreadsheetML, put where the schema (ECMA-376 Part 1, transitional) wants them; a workbook's sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from cpreport.model.errors import UsageError
from cpreport.model.finding import FINDINGS_PART
from cpreport.office.parts import DOCUMENT, Element, Parts, etree
from cpreport.office.xml import damaged, legal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = f"{{{DOCUMENT}}}id"
"""The attribute `r:id`."""

_OURS = "cpreport_findings"
"""A name defined in the workbook, which says which sheet is ours whatever it is called."""

_USUAL = "xl/workbook.xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

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
    order = _ORDERS.get(local_name(parent), "").split()
    if local_name(element) not in order:
        raise damaged(f"one of its parts is a {local_name(parent)}, not what it should be")
    later = order[order.index(local_name(element)) + 1 :]
    before = next((index for index, known in enumerate(parent) if _stands_for(known) in later), len(parent))
    parent.insert(before, element)
    return element


def shown(text: str) -> str:
    """What stands in a `t` element so that Excel shows `text`, which may look like Excel's own escapes (`_x000D_`)."""
    return _ESCAPES.sub("_x005F_", legal(text))


def printed(text: str) -> str:
    """What is shown as `text`, as XML."""
    return escape(shown(text))


def local_name(element: Element) -> str:
    """An element's name without its namespace; '' for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _stands_for(element: Element) -> str:
    """The name by which a child has its place: of alternatives, that of what they choose between."""
    chosen = element.iterfind("*/*") if element.tag == _ALTERNATIVES else iter(())
    return local_name(next(chosen, element))


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of any kind; `kind` and `part` are '' if the part is missing."""

    name: str
    kind: str
    part: str
    element: Element

    @property
    def is_hidden(self) -> bool:
        """Whether it is not shown in the workbook."""
        return bool(self.element.get("state", "visible") != "visible")


class Tabs:
    """The sheets of a workbook, by its file's name; raises UsageError if it is one that cannot be changed."""

    def __init__(self, parts: Parts, file: str) -> None:
        self._parts = parts
        self.main = parts.related("", "officeDocument") or _USUAL
        self._root = parts.root(self.main)
        if self._root.tag != f"{{{MAIN}}}workbook" or child(self._root, "sheets") is None:
            raise UsageError(
                f"{file} cannot be changed: it is a Strict Open XML Spreadsheet, or not made as Excel makes workbooks; "
                "save it in Excel as Excel Workbook"
            )

    def __iter__(self) -> Iterator[Tab]:
        relations = self._parts.relations(self.main)
        for element in children(self._root, "sheets/sheet"):
            known = relations.get(element.get(RELATION, ""))
            yield Tab(element.get("name", ""), known.kind if known else "", known.part if known else "", element)

    def worksheets(self) -> list[Tab]:
        """The sheets that have cells."""
        return [tab for tab in self if tab.kind == "worksheet"]

    def remove_ours(self) -> None:
        """Takes out the sheet that an earlier marking added, and what belongs to it."""
        ours = [name for name in self._names() if name.get("name") == _OURS and name.get("localSheetId") is None]
        called = {(name.text or "").rpartition("!")[0].strip("'").replace("''", "'") for name in ours}
        for name in ours:
            name.getparent().remove(name)
        for tab in [tab for tab in self if tab.name in called or tab.part == FINDINGS_PART]:
            self._remove(tab)
        held = child(self._root, "definedNames")
        if held is not None and not len(held):
            self._root.remove(held)

    def add_first(self, name: str, content: bytes, local_names: Mapping[str, str]) -> None:
        """Puts our worksheet first and opens the workbook with it. `local_names` are names defined for it alone."""
        number = max((whole(tab.element.get("sheetId")) or 0 for tab in self), default=0) + 1
        id = self._parts.add(self.main, "worksheet", FINDINGS_PART, content, _WORKSHEET)
        self._count_from(0, 1)
        new = fragment(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="{id}"/>')
        child(self._root, "sheets").insert(0, new)
        self._define(f'name="{_OURS}" hidden="1"', name, "$A$1")
        for attributes, cells in local_names.items():
            self._define(f'{attributes} localSheetId="0"', name, cells)
        for view in children(self._root, "bookViews/workbookView"):
            for which in ("activeTab", "firstSheet"):
                view.attrib.pop(which, None)

    def _names(self) -> list[Element]:
        return children(self._root, "definedNames/definedName")

    def _define(self, attributes: str, sheet: str, cells: str) -> None:
        reference = printed("'{}'!{}".format(sheet.replace("'", "''"), cells))
        ensured(self._root, "definedNames").append(fragment(f"<definedName {attributes}>{reference}</definedName>"))

    def _remove(self, tab: Tab) -> None:
        index = [each.element for each in self].index(tab.element)
        for name in self._names():
            if name.get("localSheetId") == str(index):
                name.getparent().remove(name)
        self._count_from(index, -1)
        tab.element.getparent().remove(tab.element)
        calculated = b"<f" in self._parts.content(tab.part)
        self._parts.remove(tab.part, self.main)
        chain = self._parts.related(self.main, "calcChain")
        if chain and calculated:
            self._parts.remove(chain, self.main)

    def _count_from(self, index: int, more: int) -> None:
        """Counts the sheets from this one on anew wherever names say which sheet they belong to."""
        for name in self._names():
            known = whole(name.get("localSheetId"))
            if known is not None and known >= index:
                name.set("localSheetId", str(known + more))
