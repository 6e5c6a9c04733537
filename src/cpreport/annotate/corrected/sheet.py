"""A sheet of narratives in a workbook's own parts. What is not changed stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cpreport.annotate.corrected.text import Corrected
from cpreport.annotate.marked.elements import Element, etree, shown, whole
from cpreport.annotate.marked.tabs import Tabs
from cpreport.model.correction import BY_FORMULA, TOO_LONG, Correction
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.finding import in_sheet
from cpreport.office.addresses import Cell, area_of, cell_at
from cpreport.office.archive import archived
from cpreport.office.parts import Parts, parsed_root

LONGEST_TEXT = 32_767
"""How many characters, in UTF-16, a cell of Excel holds."""

_OF_MANY_CELLS = ("array", "dataTable")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def correct_sheet(
    parts: Mapping[str, bytes], file: str, held: Mapping[str, str], corrections: Sequence[Correction]
) -> Corrected:
    """A workbook with the corrections of one of its sheets; a cell with a formula is left alone.

    `held` is what the passages' cells hold, by address. Raises UsageError if the workbook is one that cannot be
    changed, InputError if it is damaged, EnvironmentFailure if it does not have these cells.
    """
    changed = Parts(parts)
    tabs = Tabs(changed, file)
    if changed.is_signed:
        raise UsageError(f"{file} cannot be changed: it is digitally signed, and the signature would no longer hold")
    sheet = corrections[0].passage.place.sheet
    part = next((tab.part for tab in tabs.worksheets() if tab.name == sheet), "")
    root = changed.root(part, with_rows=True)
    found = dict(cells_in(root))
    if not all(_cell(each) in found for each in corrections):
        raise EnvironmentFailure(f"{file} was changed while it was read: run this again")
    many = [area_of(each.get("ref", "")) for each in root.iter("{*}f") if each.get("t") in _OF_MANY_CELLS]
    areas = [area for area in many if area]
    judged = tuple(
        _judged(each, _is_computed(_cell(each), found, areas), held[each.passage.place.cell]) for each in corrections
    )
    strings = changed.related(tabs.main, "sharedStrings")
    rich = rich_strings(changed.content(strings.part)) if strings else set()
    losses = tuple(_losses(file, sheet, [each for each in judged if each.done and _is_rich(found[_cell(each)], rich)]))
    for each in judged:
        if each.done:
            _put_text(found[_cell(each)], each.applied_to(held[each.passage.place.cell]))
    return Corrected(archived(changed.contents()), judged, losses)


def cells_in(sheet: Element) -> Iterator[tuple[Cell, Element]]:
    """A worksheet's cells. Rows and cells that say no address follow the ones before them."""
    row = 0
    for line in sheet.iter("{*}row"):
        row, column = whole(line.get("r")) or row + 1, 0
        for element in line.iterchildren("{*}c"):
            row, column = cell_at(element.get("r", "")) or (row, column + 1)
            yield (row, column), element


def rich_strings(part: bytes) -> set[int]:
    """The numbers of the shared strings that have formats of their own within their text."""
    strings = parsed_root(part).iterchildren("{*}si") if part else ()
    return {number for number, string in enumerate(strings) if string.find("{*}r") is not None}


def _cell(correction: Correction) -> Cell:
    return cell_at(correction.passage.place.cell) or (0, 0)


def _is_computed(cell: Cell, found: Mapping[Cell, Element], areas: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether a cell has a formula, or is within the area of another's."""
    within = (top <= cell[0] <= bottom and left <= cell[1] <= right for (top, left), (bottom, right) in areas)
    return found[cell].find("{*}f") is not None or any(within)


def _judged(correction: Correction, is_computed: bool, held: str) -> Correction:
    """A correction that leaves alone what this cell cannot hold."""
    if is_computed:
        return correction.left(BY_FORMULA)
    is_too_long = len(correction.applied_to(held).encode("utf-16-le")) > 2 * LONGEST_TEXT
    return correction.left(TOO_LONG) if is_too_long else correction


def _is_rich(cell: Element, rich: set[int]) -> bool:
    """Whether words of the cell's text have formats of their own."""
    is_shared = cell.get("t") == "s" and whole((cell.findtext("{*}v") or "").strip()) in rich
    return is_shared or cell.find(".//{*}r") is not None


def _put_text(cell: Element, text: str) -> None:
    """Gives a cell a text of its own instead of what it shows; its format stays."""
    prefix = cell.tag.removesuffix("c")
    cell[:] = [etree.Element(f"{prefix}is")]
    cell.set("t", "inlineStr")
    held = etree.SubElement(cell[0], f"{prefix}t", {_SPACE: "preserve"})
    held.text = "_x000D_".join(map(shown, text.split("\r")))


def _losses(file: str, sheet: str, corrections: Sequence[Correction]) -> Iterator[str]:
    if corrections:
        cells = ", ".join(in_sheet(sheet, each.passage.place.cell) for each in corrections)
        yield f"{file}: bold, colours and other formats of single words are lost in {cells}"
