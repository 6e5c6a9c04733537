"""The workbook part: which sheets there are in which order, and the names that count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from cpreport.annotate.marked.elements import (
    RELATION,
    child,
    children,
    ensured,
    fragment,
    named,
    printed,
    whole,
)
from cpreport.model.errors import UsageError
from cpreport.model.finding import FINDINGS_PART
from cpreport.office.parts import Element, Parts

_OURS = "cpreport_findings"
"""A name defined in the workbook, which says which sheet is ours whatever it is called."""

_USUAL = "xl/workbook.xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


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
        if self._root.tag != named("workbook") or child(self._root, "sheets") is None:
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
