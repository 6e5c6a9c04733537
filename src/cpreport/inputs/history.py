"""The earlier workbooks that About's History names: their figures extend the month's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from cpreport.inputs.data import Names, read_data
from cpreport.inputs.excel.spreadsheet import read_spreadsheet
from cpreport.inputs.texts import is_inside
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.figure import CellRef, Entry, State, Status, per_cent
from cpreport.model.finding import Finding, Place
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import About, Marks


def with_history(
    own: list[Entry], about: About, path: Path, names: Names, terms: Terms, marks: Marks
) -> tuple[list[Entry], list[Finding]]:
    """A workbook's entries with those of the workbooks that About's History names.

    Its own win over theirs and later-named ones over earlier-named ones; that two differ is an error, unless the one
    that wins is marked as revised. A blank is no figure. Warnings about the other workbooks are not repeated.
    """
    cell = about.cell("history")
    if cell is None:
        return own, []
    kept = {(entry.name, entry.part, entry.period): entry for entry in own}
    findings: list[Finding] = []
    for name in reversed(_named(about.text("history"))):
        try:
            entries, found = _read_other(path, name, names, terms)
        except (InputError, EnvironmentFailure) as failure:
            place = Place(file=path.name, sheet=cell.sheet, cell=cell.a1)
            findings.append(rules.HISTORY_UNREADABLE.at(place, name=name, reason=failure))
            continue
        findings += found
        findings += [_disagrees(path.name, first, entry) for first, entry in _added(kept, entries, marks)]
    return list(kept.values()), findings


def in_file(entry: Entry, file: str) -> Entry:
    """An entry whose cell names its file, unless it does already."""
    return replace(entry, cell=cell_in_file(entry.cell, file))


def cell_in_file(cell: CellRef, file: str) -> CellRef:
    """A cell that names its file, unless it does already."""
    return CellRef(cell.sheet, cell.row, cell.column, cell.file or file)


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in re.split(r"[;\n]", text) if name.strip()))


def _read_other(path: Path, name: str, names: Names, terms: Terms) -> tuple[list[Entry], list[Finding]]:
    """The entries of another workbook's Data sheets with the errors in them; its name is looked up only if it is safe.

    Raises InputError or EnvironmentFailure where it cannot be read.
    """
    named = PureWindowsPath(name)  # takes / and \ alike and knows drives and shares on every system
    file = named.as_posix()
    if named.anchor or ".." in named.parts or not is_inside(path.parent, file):
        raise EnvironmentFailure("there is no such file in this workbook's folder or below it")
    if (path.parent / file).samefile(path):
        raise EnvironmentFailure("that is this workbook itself")
    book = replace(read_spreadsheet(path.parent / file), file=file)
    entries, findings = read_data(book, names, terms)
    return [in_file(entry, file) for entry in entries], [finding for finding in findings if finding.is_error]


def _added(
    kept: dict[tuple[str, Part, Period], Entry], entries: Iterable[Entry], marks: Marks
) -> Iterable[tuple[Entry, Entry]]:
    """Puts entries with the others where there is none yet, and gives the pairs that disagree."""
    for entry in entries:
        first = kept.get((entry.name, entry.part, entry.period))
        if first is None or (first.amount.state is State.BLANK and entry.amount.state is not State.BLANK):
            kept[entry.name, entry.part, entry.period] = entry
        elif not _agree(first, entry) and not _is_revised(first, marks):
            yield first, entry


def _agree(first: Entry, other: Entry) -> bool:
    """Whether two entries say the same, one of them says nothing, or is an error already."""
    states = {first.amount.state, other.amount.state}
    is_silent = bool(states & {State.BLANK, State.ERROR})
    return is_silent or (len(states) == 1 and per_cent(first.amount) == per_cent(other.amount))


def _is_revised(entry: Entry, marks: Marks) -> bool:
    found = (marks.get((entry.name, entry.period, part)) for part in (entry.part, None))
    return entry.amount.status is Status.REVISED or any(mark and mark.status is Status.REVISED for mark in found)


def _disagrees(file: str, first: Entry, other: Entry) -> Finding:
    cell, period = first.cell, first.period.label
    place = Place(file=cell.file or file, sheet=cell.sheet, cell=cell.a1, indicator=first.name, period=period)
    named: Mapping[str, object] = {"name": first.name, "period": period, "part": first.part.value, "other": other.cell}
    return rules.HISTORY_DISAGREES.at(place, **named, here=first.amount.text, there=other.amount.text)
