"""The Narrative sheet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cpreport.inputs.narratives.slots import (
    Passages,
    find_section,
    find_slot,
    together,
    unknown_section,
    unknown_slot,
)
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.meaning import text_of
from cpreport.inputs.workbook.tables import SheetTable, known_table
from cpreport.model.errors import EnvironmentFailure
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.workbook import Narratives, Passage
from cpreport.office.addresses import address_of


def read_narrative_sheet(
    book: Spreadsheet, folder: ReportFolder, period: Period, undated: Period | None = None
) -> tuple[Narratives, list[Finding]]:
    """The Narrative sheet's rows of a period, as narratives; those without a period are of `undated`."""
    table, findings = known_table(book, "Narrative")
    if table is None:
        return {}, findings
    passages: Passages = {}
    for row in table.rows():
        text = table.text(row, "text")
        when = table.period(row, folder.terms) or undated
        findings += [when] if isinstance(when, Finding) else []
        if not text or when != period:
            continue
        named = _named_slot(table, row, folder)
        if isinstance(named, Finding):
            findings.append(named)
        else:
            place = table.place(row, "text", section=named[0], slot=named[1])
            passages.setdefault(named, []).append(Passage(text, place))
    narratives, told = together(passages)
    return narratives, findings + told


def _named_slot(table: SheetTable, row: int, folder: ReportFolder) -> tuple[str, str] | Finding:
    """The section's and slot's ids that a row names by id or title."""
    name, slot_name = table.text(row, "section"), table.text(row, "slot")
    section = find_section(name, folder)
    if section is None:
        return unknown_section(name, folder, table.place(row, "section"))
    slot = find_slot(slot_name, section)
    if slot is None:
        elsewhere = (find_section(name, other) for other in folder.others)
        is_of_another = any(find_slot(slot_name, other) for other in elsewhere if other)
        return unknown_slot(slot_name, section, table.place(row, "slot", section=section.id), is_of_another)
    return section.id, slot


def read_cells(path: Path, sheet: str, passages: Iterable[Passage]) -> dict[str, str]:
    """What the cells of a sheet's passages hold, outer spaces and all, by their addresses.

    Raises EnvironmentFailure where that is no longer the passage.
    """
    found = next((each for each in read_spreadsheet(path).sheets if each.name == sheet), None)
    rows = enumerate(found.rows if found else [], 1)
    values = {address_of((row, column)): value for row, cells in rows for column, value in enumerate(cells, 1)}
    held: dict[str, str] = {}
    for passage in passages:
        cell = passage.place.cell
        value = values.get(cell, "")
        if text_of(value) != passage.text:
            raise EnvironmentFailure(f"{path} was changed while it was read: run this again")
        held[cell] = value if isinstance(value, str) else passage.text
    return held
