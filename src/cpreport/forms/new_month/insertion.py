"""A column put in between others: whatever refers to a cell behind it, in any part of the workbook, refers to it still.

References in texts (INDIRECT) and in macros are left, as Excel leaves them.
"""

from __future__ import annotations

import re

from openpyxl.formula.translate import Translator

from cpreport.annotate.corrected import cells_in
from cpreport.annotate.marked.sheets import Tab, Tabs, child, children, local_name, whole
from cpreport.forms.new_month.grid import Grid
from cpreport.office.addresses import COLUMNS, address_of, area_of, column_of
from cpreport.office.parts import Element, Parts

_REFERENCE = re.compile(
    r"""(?P<sheet>'(?:[^']|'')+'!|(?:\[[^\]]*\])?[\w.]+(?::[\w.]+)?!)?
    (?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})(?![\w(.!\[])
    |"(?:[^"]|"")*"|\[(?:[^\[\]]|\[[^\]]*\])*\]|[\w.\\]+""",
    re.VERBOSE,
)
"""A reference to cells, or what might be taken for one: a text, a part of a table, a name."""

_LETTERS = re.compile("[A-Z]{1,3}")
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")
_FORMULAS_IN = ("location", "textlink")
_AREAS_IN = ("ref", "sqref", "topLeftCell", "activeCell")
_WITH_FORMULAS = re.compile("xl/(charts|drawings|tables)/")
_KINDS = ("comments", "threadedComment", "vmlDrawing", "drawing", "table", "printerSettings", "hyperlink", "image")
_BOX = re.compile(r"(<(?:\w+:)?(?:Column|Anchor)>)([-\d,\s]+)(?=<)")
_HINDERING = {
    "customSheetViews": "custom views",
    "scenarios": "scenarios",
    "controls": "controls",
    "oleObjects": "embedded objects",
    "dataConsolidate": "a consolidation",
    "cellWatches": "watched cells",
}


def shifted(formula: str, own: str, sheet: str, at: int) -> str:
    """A formula of the sheet `own` after a column has been put into the sheet `sheet` as number `at`.

    >>> shifted("SUM(C2:N2)/'Data'!$D$3&\\"D4\\"+Marks!D5+T[D6]", "Data", "Data", 4)
    'SUM(C2:O2)/\\'Data\\'!$E$3&"D4"+Marks!D5+T[D6]'
    """

    def follow(found: re.Match[str]) -> str:
        named = found["sheet"] or ""
        called = named[:-1].strip("'").replace("''", "'") if named else own
        if not found["area"] or called.casefold() != sheet.casefold():
            return found[0]
        return named + _moved(found["area"], at)

    return _REFERENCE.sub(follow, formula)


def _moved(area: str, at: int) -> str:
    """An area, or several with spaces between them, whose columns from this one on are moved."""

    def column(letters: re.Match[str]) -> str:
        number = column_of(letters[0])
        return address_of((1, min(number + (number >= at), COLUMNS)))[:-1]

    return _LETTERS.sub(column, area)


def hindrance(parts: Parts, tabs: Tabs, tab: Tab, grid: Grid) -> str:
    """What a worksheet has that could not be moved with its cells; '' if there is nothing."""
    for name, what in _HINDERING.items():
        if child(grid.sheet, name) is not None:
            return what
    for relation in parts.relations(tab.part).values():
        if relation.kind not in _KINDS:
            return f"a part of the kind {relation.kind}"
    if any(each.get("t") == "dataTable" for each in grid.sheet.iter("{*}f")):
        return "a data table"
    formulas = (text for each in tabs.worksheets() for text in parts.root(each.part, with_rows=True).itertext("{*}f"))
    named = (found["sheet"] for text in formulas for found in _REFERENCE.finditer(text) if found["area"])
    return "a formula over several sheets" if any(":" in (sheet or "") for sheet in named) else ""


def insert_column(parts: Parts, tabs: Tabs, tab: Tab, grid: Grid, at: int) -> None:
    """Puts a blank column into a worksheet that has no hindrance."""
    for each in tabs.worksheets():
        sheet = parts.root(each.part, with_rows=True)
        if tab.name.casefold() in (each.name + "".join(sheet.itertext("{*}f"))).casefold():
            _unshare(sheet)
        _follow(sheet, each.name, tab.name, at)
    grid.move_right(at)
    _move_areas(grid.sheet, at)
    _move_columns(grid.sheet, at)
    _follow(parts.root(tabs.main), "", tab.name, at)
    for name in filter(_WITH_FORMULAS.match, parts.names(".xml")):
        _follow(parts.root(name), "", tab.name, at)
    for name in parts.names(".xml"):
        if "pivotcachedefinition" in name:
            _move_source(parts.root(name), tab.name, at)
    for relation in parts.relations(tab.part).values():
        if relation.kind == "vmlDrawing":
            text = parts.content(relation.part).decode("utf-8", "surrogateescape")
            moved = _BOX.sub(lambda found: found[1] + _moved_box(found[2], at), text)
            parts.write(relation.part, moved.encode("utf-8", "surrogateescape"))
        elif relation.kind == "drawing":
            _move_anchors(parts.root(relation.part), at)
        elif relation.kind in ("comments", "threadedComment", "table"):
            _move_areas(parts.root(relation.part), at)
    if chain := parts.related(tabs.main, "calcChain"):
        parts.remove(chain, tabs.main)


def _unshare(sheet: Element) -> None:
    """Gives each cell that shares the formula of another one a formula of its own."""
    first: dict[str, tuple[str, str]] = {}
    for cell, element in cells_in(sheet):
        formula = element.find("{*}f")
        if formula is None or formula.get("t") != "shared":
            continue
        number, address = formula.attrib.pop("si", ""), address_of(cell)
        if formula.text:
            first[number] = formula.text, address
        elif number in first:
            text, origin = first[number]
            formula.text = Translator(f"={text}", origin).translate_formula(address)[1:]
        for name in ("t", "ref"):
            formula.attrib.pop(name, None)


def _follow(root: Element, own: str, sheet: str, at: int) -> None:
    """Has the formulas of a part follow."""
    for element in root.iter("{*}*"):
        if local_name(element) in _FORMULAS and element.text:
            element.text = shifted(element.text, own, sheet, at)
        for name in _FORMULAS_IN:
            if name in element.attrib:
                element.set(name, shifted(element.get(name), own, sheet, at))


def _move_areas(root: Element, at: int) -> None:
    """Moves the areas that a part of the worksheet names."""
    for element in root.iter("{*}*"):
        for name in _AREAS_IN:
            if name in element.attrib:
                element.set(name, _moved(element.get(name), at))
        if local_name(element) == "filterColumn" and (filtered := area_of(element.getparent().get("ref", ""))):
            left, number = filtered[0][1], whole(element.get("colId")) or 0
            element.set("colId", str(number + (left < at <= left + number)))
        if local_name(element) == "sqref" and element.text:
            element.text = _moved(element.text, at)


def _move_columns(sheet: Element, at: int) -> None:
    for column in children(sheet, "cols/col"):
        for name in ("min", "max"):
            number = whole(column.get(name)) or 0
            column.set(name, str(min(number + (number >= at), COLUMNS)))
    for line in children(sheet, "colBreaks/brk"):
        number = whole(line.get("id")) or 0
        line.set("id", str(number + (number >= at)))


def _move_source(cache: Element, sheet: str, at: int) -> None:
    """Moves the cells that a pivot table counts."""
    for source in cache.iter("{*}worksheetSource"):
        if source.get("sheet", "").casefold() == sheet.casefold() and "ref" in source.attrib:
            source.set("ref", _moved(source.get("ref"), at))


def _move_anchors(drawing: Element, at: int) -> None:
    for column in drawing.iter("{*}col"):
        number = whole(column.text)
        if number is not None:
            column.text = str(number + (number + 1 >= at))


def _moved_box(numbers: str, at: int) -> str:
    """The corners of a comment's box, or the column of its cell, all counted from 0."""
    found = numbers.split(",")
    for place in (0, 4)[: 1 + (len(found) > 4)]:
        number = int(found[place])
        found[place] = str(number + (number + 1 >= at))
    return ",".join(found)
