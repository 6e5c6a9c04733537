"""An Excel workbook's worksheets, as cells that keep their places.

One road: the file's bytes, its package (checked before anything is parsed), the sheets that the workbook part lists,
and one pass over the XML of each when its cells are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from cpreport.inputs.workbook.cells.number_formats import cell_styles
from cpreport.inputs.workbook.cells.values import TRUE, CellValue, RichText, Trait, shared_strings
from cpreport.inputs.workbook.cells.worksheet import Cells, read_cells
from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED, NOT_A_WORKBOOK
from cpreport.office.package import Package, Relation, read_package
from cpreport.office.xml import NAMESPACE_END, visit_elements

LARGE_PART = 8_000_000
_EMPTY_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")? ?/>)+')
USUAL_MAIN_PART = "xl/workbook.xml"


class Sheet:
    """A worksheet: its name, whether it is hidden, and its cells, decoded when first asked for.

    Asking raises InputError if they are damaged or too large.
    """

    def __init__(self, name: str, hidden: bool, read: Callable[[], Cells]) -> None:
        self.name = name
        self.hidden = hidden
        self._read = read

    @cached_property
    def cells(self) -> Cells:
        return self._read()

    @property
    def rows(self) -> list[list[CellValue]]:
        return self.cells.rows


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A workbook's worksheets in its order (no chart sheets); `file` is its name without the folder.

    `is_other`: it is not the month's own, so that its cells name their file.
    """

    file: str
    sheets: tuple[Sheet, ...]
    is_other: bool = False


def read_spreadsheet(path: Path) -> Spreadsheet:
    """The workbook in an .xlsx or .xlsm file.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is no workbook, damaged or too large.
    """
    with _findings_at(Place(file=path.name)):
        return _spreadsheet(path.name, read_package(path))


def _spreadsheet(file: str, package: Package) -> Spreadsheet:
    main = next((each.part for each in package.relations("") if each.kind == "officeDocument"), USUAL_MAIN_PART)
    elements: list[tuple[str, dict[str, str]]] = []
    if not main.lower().endswith(".bin"):
        visit_elements(package.part(main), lambda *element: elements.append(element))
    if not any(name == "workbook" for name, _ in elements):
        raise InputError(package.foreign())
    relations = [each for each in package.relations(main) if not each.is_external]
    strings, styles = (
        package.part(next((each.part for each in relations if each.kind == kind), ""))
        for kind in ("sharedStrings", "styles")
    )
    properties: dict[str, str] = next((given for name, given in reversed(elements) if name == "workbookPr"), {})
    read = partial(read_cells, strings=shared_strings(strings), styles=cell_styles(styles))

    def read_at(place: Place, part: bytes) -> Cells:
        with _findings_at(place):
            return read(part, epoch_is_1904=properties.get("date1904") in TRUE)

    listed = [attributes for name, attributes in elements if name == "sheet"]
    sheets = [
        Sheet(name, is_hidden, partial(read_at, Place(file=file, sheet=name), _without_empty_cells(package.part(part))))
        for name, is_hidden, part in _worksheets(listed, {each.id: each for each in relations})
    ]
    if not sheets:
        raise InputError(NOT_A_WORKBOOK.at(Place(), found="a workbook without any worksheet"))
    return Spreadsheet(file, tuple(sheets))


def _worksheets(
    listed: Iterable[Mapping[str, str]], relations: Mapping[str, Relation]
) -> Iterator[tuple[str, bool, str]]:
    """Of the sheets that a workbook lists those with cells: name, whether hidden, part."""
    for sheet in listed:
        id = next((value for key, value in sheet.items() if key.endswith(f"{NAMESPACE_END}id")), "")
        relation = relations.get(id, Relation("", "", ""))
        if relation.kind == "worksheet":
            yield sheet.get("name", ""), sheet.get("state", "visible") != "visible", relation.part
        elif not relation.kind.endswith("sheet"):
            raise InputError(DAMAGED.at(Place(), reason=f"the sheet {sheet.get('name')!r} has no part"))


def _without_empty_cells(part: bytes) -> bytes:
    """A large sheet's part without cells that have a format and nothing else: a million of them say nothing."""
    return _EMPTY_CELLS.sub(b"", part) if len(part) > LARGE_PART else part


@contextmanager
def _findings_at(place: Place) -> Iterator[None]:
    """Adds the file and sheet to the findings of an InputError that passes through."""
    try:
        yield
    except InputError as error:
        placed = (replace(each, place=replace(place, cell=each.place.cell)) for each in error.findings)
        raise InputError(*placed) from error


__all__ = ["CellValue", "Cells", "RichText", "Sheet", "Spreadsheet", "Trait", "read_spreadsheet"]
