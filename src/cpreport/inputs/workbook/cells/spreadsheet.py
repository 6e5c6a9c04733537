"""An Excel workbook's worksheets, as cells that keep their places.

One road: the file's bytes, its package (checked before anything is parsed), the sheets that the workbook part lists,
and one pass over the XML of each when its cells are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.workbook.cells.number_formats import cell_styles
from cpreport.inputs.workbook.cells.values import TRUE, CellValue, RichText, Trait, shared_strings
from cpreport.inputs.workbook.cells.worksheet import Cells, read_cells
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED, NOT_A_WORKBOOK
from cpreport.office.package import Package, Relation, read_package
from cpreport.office.xml import NAMESPACE_END, visit_elements

_USUAL_MAIN_PART = "xl/workbook.xml"


class Sheet:
    """A worksheet: its name, whether it is hidden, and its cells, decoded when first asked for.

    Asking raises InputError if they are damaged or too large.
    """

    def __init__(self, file: str, name: str, hidden: bool, read: Callable[[], Cells]) -> None:
        self.name = name
        self.hidden = hidden
        self._place = Place(file=file, sheet=name)
        self._read = read

    @cached_property
    def cells(self) -> Cells:
        with _findings_at(self._place):
            cells = self._read()
        del self._read  # and with it the sheet's XML
        return cells

    @property
    def rows(self) -> list[list[CellValue]]:
        return self.cells.rows


class Spreadsheet(NamedTuple):
    """A workbook's worksheets in its order (no chart sheets); `file` is its name without the folder.

    `is_other`: it is not the month's own, so that its cells name their file. `figures` is the name of a sheet that
    figures are read from though it is not named Data; '' for none.
    """

    file: str
    sheets: tuple[Sheet, ...]
    is_other: bool = False
    figures: str = ""


def read_spreadsheet(path: Path) -> Spreadsheet:
    """The workbook in an .xlsx or .xlsm file.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is no workbook, damaged or too large.
    """
    with _findings_at(Place(file=path.name)):
        return _spreadsheet(path.name, read_package(path))


def _spreadsheet(file: str, package: Package) -> Spreadsheet:
    main = next((each.part for each in package.relations("") if each.kind == "officeDocument"), _USUAL_MAIN_PART)
    elements: list[tuple[str, dict[str, str]]] = []
    if not main.lower().endswith(".bin"):
        visit_elements(package.part(main), lambda *element: elements.append(element))
    if not any(name == "workbook" for name, _ in elements):
        raise InputError(package.foreign())
    relations = [each for each in package.relations(main) if not each.is_external]
    ids, parts = {each.id: each for each in relations}, {each.kind: each.part for each in reversed(relations)}
    strings = shared_strings(package.part(parts.get("sharedStrings", "")))
    styles = cell_styles(package.part(parts.get("styles", "")))
    properties: dict[str, str] = next((given for name, given in reversed(elements) if name == "workbookPr"), {})
    epoch_is_1904 = properties.get("date1904") in TRUE
    sheets: list[Sheet] = []
    for sheet in (attributes for name, attributes in elements if name == "sheet"):
        id = next((value for key, value in sheet.items() if key.endswith(f"{NAMESPACE_END}id")), "")
        relation = ids.get(id, Relation("", "", ""))
        if relation.kind == "worksheet":
            read = partial(read_cells, package.part(relation.part), strings, styles, epoch_is_1904)
            sheets.append(Sheet(file, sheet.get("name", ""), sheet.get("state", "visible") != "visible", read))
        elif not relation.kind.endswith("sheet"):
            raise InputError(DAMAGED.at(Place(), reason=f"the sheet {sheet.get('name')!r} has no part"))
    if not sheets:
        raise InputError(NOT_A_WORKBOOK.at(Place(), found="a workbook without any worksheet"))
    return Spreadsheet(file, tuple(sheets))


@contextmanager
def _findings_at(place: Place) -> Iterator[None]:
    """Adds the file and sheet to the findings of an InputError that passes through."""
    try:
        yield
    except InputError as error:
        placed = (replace(each, place=replace(place, cell=each.place.cell)) for each in error.findings)
        raise InputError(*placed) from error


__all__ = ["CellValue", "Cells", "RichText", "Sheet", "Spreadsheet", "Trait", "read_spreadsheet"]
