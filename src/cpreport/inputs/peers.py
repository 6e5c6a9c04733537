"""The Peers sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.meaning import read_amount
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.inputs.workbook.tables import TABLES, SheetTable, near_columns
from cpreport.model.figure import Entry
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.peers import PeerRow, authority_key
from cpreport.model.period import Period
from cpreport.model.rules import workbook as rules


def read_peers(book: Spreadsheet, folder: ReportFolder) -> tuple[list[PeerRow], list[Finding]]:
    """What authorities publish, each figure once; a row without authority, indicator or period is a finding."""
    rows, findings = read_rows(book, "Peers")
    names = replace(names_of(folder), series=frozenset())
    found: dict[tuple[str, str, Period], PeerRow] = {}
    for at, row in enumerate(rows):
        findings += _of_columns(row.table) if at == 0 else []
        authority, name = row.text("authority"), row.indicator(names, rules.PEER_UNWANTED)
        period = row.period(folder.terms, is_required=True)
        if not authority:
            row.add(rules.PEER_UNNAMED, "authority", name or "")
        if not (authority and name and period):
            continue
        entries = tuple(_entries(row, name, period, folder))
        key = (authority_key(authority), name, period)
        if first := found.get(key):
            texts = {"authority": authority, "indicator": name, "period": period.label, "first": first.cell.a1}
            row.add(rules.PEER_TWICE, "authority", name, **texts)
        found.setdefault(key, PeerRow(authority, name, period, entries, row.cell("authority")))
    return list(found.values()), findings


def _of_columns(table: SheetTable) -> list[Finding]:
    """Near misses of the columns of figures, or that none of them is there."""
    near = near_columns(table, TABLES["Peers"])
    if near or any(part.value in table.columns for part in Part):
        return near
    return [rules.COLUMN_MISSING.at(table.place(table.first_row - 1, "authority"), header="Value", meant="")]


def _entries(row: Row, name: str, period: Period, folder: ReportFolder) -> Iterator[Entry]:
    for part in Part:
        if part.value in row.table.columns:
            indicator = folder.indicators[name] if part is Part.VALUE else None
            amount, problem = read_amount(*row.value(part.value), indicator)
            place = replace(row.place(part.value, name), period=period.label)
            row.findings.extend([problem.at(place)] if problem else [])
            yield Entry(name, part, period, amount, row.cell(part.value))
