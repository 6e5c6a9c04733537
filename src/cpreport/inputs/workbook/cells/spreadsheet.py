"""An Excel workbook's worksheets, as cells that keep their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from cpreport.inputs.texts import without_unseen
from cpreport.inputs.workbook.cells.agreement import refuse_disagreement
from cpreport.inputs.workbook.cells.decoder import CellValue, Decoder, MergedArea
from cpreport.inputs.workbook.cells.elements import visit_elements
from cpreport.inputs.workbook.cells.number_formats import (
    CellStyle,
    cell_styles,
    hides,
    may_hide,
    shows_date_without_year,
    shows_percent,
)
from cpreport.inputs.workbook.cells.rich_text import RichText, plain_texts
from cpreport.inputs.workbook.cells.worksheet import TRUE, Position, SheetScan, Trait
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.file import DAMAGED, NOT_A_WORKBOOK, TOO_LARGE
from cpreport.office.addresses import address_of
from cpreport.office.package import Package, read_package, related
from cpreport.office.xml import NAMESPACE_END

LARGE_PART = 8_000_000
LARGEST_AREA = 4_000_000
_EMPTY_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")? ?/>)+')
USUAL_MAIN_PART = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Cells:
    """A worksheet's cells. Rows and columns count from 0 (row 0 is Excel's row 1), positions are (row, column).

    All rows are equally long and end at the last cell with a value or a formula; "" is a blank. An Excel error's value
    is its text, e.g. `#REF!`; that of a formula without a saved result is "". `traits` has only the cells with any.
    `hidden_rows` are those with a used cell. `merged` are (first row, first column, last row, last column).
    """

    rows: list[list[CellValue]]
    traits: Mapping[Position, Trait] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedArea, ...] = ()


class Sheet:
    """A worksheet: its name, whether it is hidden, and its cells, decoded when first asked for.

    Asking raises InputError if they are damaged or too large.
    """

    def __init__(
        self, name: str, hidden: bool, decode: Callable[[], Cells], read_codes: Callable[[], Mapping[Position, str]]
    ) -> None:
        self.name = name
        self.hidden = hidden
        self._decode = decode
        self._read_codes = read_codes

    @cached_property
    def cells(self) -> Cells:
        return self._decode()

    @cached_property
    def number_formats(self) -> Mapping[Position, str]:
        """Those of the cells that have one other than General."""
        return self._read_codes()

    @property
    def rows(self) -> list[list[CellValue]]:
        return self.cells.rows

    @property
    def traits(self) -> Mapping[Position, Trait]:
        return self.cells.traits

    @property
    def hidden_rows(self) -> frozenset[int]:
        return self.cells.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self.cells.hidden_columns

    @property
    def merged(self) -> tuple[MergedArea, ...]:
        return self.cells.merged


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A workbook's worksheets in its order (no chart sheets); `file` is its name without the folder."""

    file: str
    sheets: tuple[Sheet, ...]


def read_spreadsheet(path: Path) -> Spreadsheet:
    """The workbook in an .xlsx or .xlsm file.

    Raises EnvironmentFailure if the file cannot be read, InputError if it is no workbook, damaged or too large.
    """
    with _findings_at(Place(file=path.name)):
        return _spreadsheet(path.name, _Workbook(read_package(path)))


class _Workbook:
    """The parts of a workbook: what it lists as its worksheets, and what their cells refer to."""

    def __init__(self, package: Package) -> None:
        self.sheets: list[_Listed] = []
        self.epoch_is_1904 = False
        self._package = package
        main = _main_part(package)
        self._relationships = _relationships(package, main)
        self._is_workbook = False
        if not main.lower().endswith(".bin"):
            visit_elements(package.part(main), self._visit)
        if not self._is_workbook:
            raise InputError(package.foreign())
        self.styles = self._only_part("styles")
        self.shared_strings = self._only_part("sharedStrings")
        self.noted_strings = plain_texts(self.shared_strings, "si")

    def _visit(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.epoch_is_1904 = attributes.get("date1904") in TRUE
        elif name == "workbook":
            self._is_workbook = True
        elif name == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(f"{NAMESPACE_END}id")), "")
            kind, part = self._relationships.get(identity, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                content = _without_empty_cells(self._package.part(part))
                again = partial(self._package.again, part)
                self.sheets.append(_Listed(attributes.get("name", ""), hidden, content, again))
            elif not kind.endswith("sheet"):
                raise InputError(DAMAGED.at(Place(), reason=f"the sheet {attributes.get('name')!r} has no part"))

    def _only_part(self, wanted: str) -> bytes:
        part = next((part for kind, part in self._relationships.values() if kind == wanted), "")
        return self._package.part(part)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A worksheet that a workbook lists, and its part, until its cells are read; `again` reads it once more."""

    name: str
    hidden: bool
    part: bytes
    again: Callable[[], bytes]


def _spreadsheet(file: str, workbook: _Workbook) -> Spreadsheet:
    if not workbook.sheets:
        raise InputError(NOT_A_WORKBOOK.at(Place(), found="a workbook without any worksheet"))
    decoder = Decoder(
        [sheet.part for sheet in workbook.sheets],
        styles=workbook.styles,
        shared_strings=workbook.shared_strings,
        epoch_is_1904=workbook.epoch_is_1904,
    )
    styles = {str(number): style for number, style in enumerate(cell_styles(workbook.styles))}
    traits = {number: trait for number, style in styles.items() if (trait := _style_trait(style))}
    codes = {number: style.code for number, style in styles.items()}

    def cells(number: int) -> Cells:
        sheet = workbook.sheets[number]
        with _findings_at(Place(file=file, sheet=sheet.name)):
            scan = _scan(sheet.part, traits)
            rows, merged = decoder.decoded(number)
            rows = _filled(rows, scan)
            refuse_disagreement(rows, scan, sheet.part, workbook.shared_strings)
            _clean(rows)
            _tell_shown(rows, scan, lambda: read_codes(number))
            _tell_notes(rows, scan, sheet.part, workbook.noted_strings)
            workbook.sheets[number] = replace(sheet, part=b"")
            return Cells(rows, scan.traits, frozenset(scan.hidden_rows), scan.hidden_columns, merged)

    def read_codes(number: int) -> Mapping[Position, str]:
        part = _without_empty_cells(workbook.sheets[number].again())
        return SheetScan(part, {}, style_codes=codes).codes

    sheets = (
        Sheet(sheet.name, sheet.hidden, partial(cells, number), partial(read_codes, number))
        for number, sheet in enumerate(workbook.sheets)
    )
    return Spreadsheet(file, tuple(sheets))


def _main_part(package: Package) -> str:
    parts = (part for kind, part in _relationships(package, "").values() if kind == "officeDocument")
    return next(parts, USUAL_MAIN_PART)


def _relationships(package: Package, source: str) -> dict[str, tuple[str, str]]:
    """Kind and part of each relationship of a part (of the package itself, if it is ""), by its id."""
    found: dict[str, tuple[str, str]] = {}

    def visit(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, related(source, attributes.get("Target", ""))

    folder, _, name = source.rpartition("/")
    visit_elements(package.part(f"{folder}/_rels/{name}.rels".lstrip("/")), visit)
    return found


def _style_trait(style: CellStyle) -> Trait:
    trait = (Trait.NOTED if style.is_noted else Trait(0)) | (Trait.UNSHOWN if may_hide(style.code) else Trait(0))
    if shows_percent(style.code):
        return trait | Trait.PERCENT
    return trait | Trait.YEARLESS_DATE if shows_date_without_year(style.code) else trait


def _clean(rows: list[list[CellValue]]) -> None:
    """Takes out of the texts what cannot be seen."""
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and not value.isascii():
                row[column] = without_unseen(value)


def _tell_shown(rows: list[list[CellValue]], scan: SheetScan, read_codes: Callable[[], Mapping[Position, str]]) -> None:
    """Takes from the cells whose number format may hide a number the trait that it does, where it does not."""
    if not any(trait & Trait.UNSHOWN for trait in scan.traits.values()):
        return
    codes = read_codes()
    for (row, column), trait in list(scan.traits.items()):
        value = rows[row][column] if trait & Trait.UNSHOWN else ""
        if not isinstance(value, int | float) or not hides(value, codes[row, column]):
            scan.traits[row, column] = trait & ~Trait.UNSHOWN
    for position in [position for position, trait in scan.traits.items() if not trait]:
        del scan.traits[position]


def _tell_notes(rows: list[list[CellValue]], scan: SheetScan, part: bytes, noted_strings: Mapping[int, str]) -> None:
    """Makes rich texts of those cells of which a part is raised, lowered or struck through."""
    inline = plain_texts(part, "is")
    plain = {position: inline[number] for number, position in enumerate(scan.inline) if number in inline}
    if noted_strings:
        texts = [
            (row, column) for row, cells in enumerate(rows) for column, v in enumerate(cells) if isinstance(v, str)
        ]
        for position, (text, is_shared) in SheetScan(part, {}, frozenset(texts)).texts.items():
            if is_shared and int(text) in noted_strings:
                plain[position] = noted_strings[int(text)]
    for (row, column), text in plain.items():
        rows[row][column] = RichText.of(str(rows[row][column]), text)


def _without_empty_cells(part: bytes) -> bytes:
    """A large sheet's part without cells that have a format and nothing else: a million of them say nothing."""
    return _EMPTY_CELLS.sub(b"", part) if len(part) > LARGE_PART else part


def _scan(part: bytes, style_traits: Mapping[str, Trait]) -> SheetScan:
    """The scan of a sheet whose cells do not lie so far apart that the area between them would fill the memory."""
    if not part:
        raise InputError(DAMAGED.at(Place(), reason="the sheet's part is missing"))
    scan = SheetScan(part, style_traits)
    area = scan.height * scan.width
    if area > LARGEST_AREA:
        far = max(scan.lowest, scan.rightmost, key=lambda position: (position[0] + 1) * (position[1] + 1))
        cell = address_of((far[0] + 1, far[1] + 1))
        what = f"the area from A1 to the used cell {cell}"
        raise InputError(TOO_LARGE.at(Place(cell=cell), what=what, size=f"{area:,} cells", limit=f"{LARGEST_AREA:,}"))
    return scan


def _filled(rows: list[list[CellValue]], scan: SheetScan) -> list[list[CellValue]]:
    """The rows, made as large as the used area."""
    width = max(scan.width, len(rows[0]) if rows else 0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    rows.extend([""] * width for _ in range(scan.height - len(rows)))
    return rows


@contextmanager
def _findings_at(place: Place) -> Iterator[None]:
    """Adds the file and sheet to the findings of an InputError that passes through."""
    try:
        yield
    except InputError as error:
        raise InputError(*(_at(place, finding) for finding in error.findings)) from error


def _at(place: Place, finding: Finding) -> Finding:
    return replace(finding, place=replace(place, cell=finding.place.cell))


__all__ = ["CellValue", "Cells", "RichText", "Sheet", "Spreadsheet", "Trait", "read_spreadsheet"]
