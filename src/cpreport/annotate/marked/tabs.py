"""The workbook part: which sheets there are in which order, and the names that count them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cpreport.annotate.marked.elements import (
    DOCUMENT,
    Element,
    child,
    children,
    ensured,
    etree,
    fragment,
    named,
    remove,
    whole,
)
from cpreport.model.errors import UsageError
from cpreport.office.parts import Parts
from cpreport.office.xml import legal

OURS = "cpreport_findings"
"""A name defined in the workbook, which says which sheet is ours whatever it is called."""

_USUAL = "xl/workbook.xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ID = f"{{{DOCUMENT}}}id"


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of any kind; `part` is '' if it is missing."""

    name: str
    kind: str
    part: str
    element: Element

    @property
    def is_hidden(self) -> bool:
        return bool(self.element.get("state", "visible") != "visible")


class Tabs:
    """The sheets of a workbook, by its file's name; raises UsageError if it is one that cannot be changed."""

    def __init__(self, parts: Parts, file: str) -> None:
        self._parts = parts
        main = parts.related("", "officeDocument")
        self.main = main.part if main else _USUAL
        self._root = parts.root(self.main)
        if self._root.tag != named("workbook") or child(self._root, "sheets") is None:
            raise UsageError(
                f"{file} cannot be changed: it is a Strict Open XML Spreadsheet, or not made as Excel makes workbooks; "
                "save it in Excel as Excel Workbook"
            )

    def __iter__(self) -> Iterator[Tab]:
        relations = {each.id: each for each in self._parts.relations(self.main)}
        for element in children(self._root, "sheets/sheet"):
            relation = relations.get(element.get(_ID, ""))
            kind, part = (relation.kind, relation.part) if relation and relation.part in self._parts else ("", "")
            yield Tab(element.get("name", ""), kind, part, element)

    def worksheets(self) -> list[Tab]:
        return [tab for tab in self if tab.kind == "worksheet"]

    def remove_ours(self, part: str) -> None:
        """Takes out the sheet that an earlier marking added, and what belongs to it; `part` is what it put it into."""
        names = [name for name in self._names() if name.get("name") == OURS and name.get("localSheetId") is None]
        called = {(name.text or "").rpartition("!")[0].strip("'").replace("''", "'") for name in names}
        for name in names:
            remove(name)
        for tab in [tab for tab in self if tab.name in called or tab.part == part]:
            self._remove(tab)
        held = child(self._root, "definedNames")
        if held is not None and not len(held):
            remove(held)

    def add_first(self, name: str, part: str, content: bytes, local_names: dict[str, str]) -> None:
        """Puts a worksheet first and opens the workbook with it. `local_names` are names defined for it alone."""
        number = max((whole(tab.element.get("sheetId")) or 0 for tab in self), default=0) + 1
        id = self._parts.add(self.main, "worksheet", part, content, _WORKSHEET)
        self._count_from(0, 1)
        new = etree.Element(named("sheet"), name=name, sheetId=str(number))
        new.set(_ID, id)
        child(self._root, "sheets").insert(0, new)
        quoted = "'{}'".format(name.replace("'", "''"))
        self._define(OURS, f"{quoted}!$A$1")
        for key, cells in local_names.items():
            self._define(key, f"{quoted}!{cells}", localSheetId="0")
        for view in children(self._root, "bookViews/workbookView"):
            for which in ("activeTab", "firstSheet"):
                view.attrib.pop(which, None)

    def _names(self) -> list[Element]:
        return children(self._root, "definedNames/definedName")

    def _define(self, name: str, reference: str, **attributes: str) -> None:
        given = "".join(f' {key}="{value}"' for key, value in attributes.items())
        hidden = "" if name == "_xlnm.Print_Titles" else ' hidden="1"'
        element = fragment(f'<definedName name="{name}"{given}{hidden}>{escape(legal(reference))}</definedName>')
        ensured(self._root, "definedNames").append(element)

    def _remove(self, tab: Tab) -> None:
        index = [each.element for each in self].index(tab.element)
        for name in self._names():
            if name.get("localSheetId") == str(index):
                remove(name)
        self._count_from(index, -1)
        remove(tab.element)
        calculated = b"<f" in self._parts.content(tab.part)
        self._parts.remove(tab.part, self.main)
        chain = self._parts.related(self.main, "calcChain")
        if chain and calculated:
            self._parts.remove(chain.part, self.main)

    def _count_from(self, index: int, more: int) -> None:
        """Counts the sheets from this one on anew wherever names say which sheet they belong to."""
        for name in self._names():
            known = whole(name.get("localSheetId"))
            if known is not None and known >= index:
                name.set("localSheetId", str(known + more))
