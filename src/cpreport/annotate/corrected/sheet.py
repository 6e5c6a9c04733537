"""A sheet of narratives in a workbook's own parts. What is not changed keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cpreport.annotate.corrected.cells import CellSource, find_cells, rich_strings, with_texts
from cpreport.annotate.corrected.text import Corrected
from cpreport.annotate.marked.tabs import Tabs
from cpreport.model.correction import BY_FORMULA, TOO_LONG, Correction
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.finding import in_sheet
from cpreport.office.addresses import Cell, cell_at
from cpreport.office.archive import archived
from cpreport.office.parts import Parts

LONGEST_TEXT = 32_767
"""How many characters, in UTF-16, a cell of Excel holds."""


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
    found = find_cells(changed.content(part), {_cell(each) for each in corrections})
    if len(found) < len(corrections):
        raise EnvironmentFailure(f"{file} was changed while it was read: run this again")
    judged = tuple(_judged(each, found[_cell(each)], held[each.passage.place.cell]) for each in corrections)
    texts = {_cell(each): each.applied_to(held[each.passage.place.cell]) for each in judged if each.done}
    strings = changed.related(tabs.main, "sharedStrings")
    rich = rich_strings(changed.content(strings.part)) if strings else set()
    losses = tuple(_losses(file, sheet, [each for each in judged if each.done and _is_rich(found[_cell(each)], rich)]))
    changed.write(part, with_texts(changed.content(part), texts, found))
    return Corrected(archived(changed.contents()), judged, losses)


def _cell(correction: Correction) -> Cell:
    return cell_at(correction.passage.place.cell) or (0, 0)


def _judged(correction: Correction, source: CellSource, held: str) -> Correction:
    """A correction that leaves alone what this cell cannot hold."""
    if source.is_computed:
        return correction.left(BY_FORMULA)
    is_too_long = len(correction.applied_to(held).encode("utf-16-le")) > 2 * LONGEST_TEXT
    return correction.left(TOO_LONG) if is_too_long else correction


def _is_rich(source: CellSource, rich: set[int]) -> bool:
    return source.has_runs or source.shared_string in rich


def _losses(file: str, sheet: str, corrections: Sequence[Correction]) -> Iterator[str]:
    if corrections:
        cells = ", ".join(in_sheet(sheet, each.passage.place.cell) for each in corrections)
        yield f"{file}: bold, colours and other formats of single words are lost in {cells}"
