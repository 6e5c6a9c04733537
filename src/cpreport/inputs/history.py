"""The earlier workbooks that About's History names: their figures extend the month's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from cpreport.inputs.excel.spreadsheet import read_spreadsheet
from cpreport.inputs.sheets.data import Names, read_data
from cpreport.inputs.sheets.marks import read_marks
from cpreport.inputs.texts import is_inside
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.figure import CellRef, Entry, Mark, State, cell_place, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import About, Marks, is_revised

Told = tuple[list[Entry], Marks]
"""The entries of a workbook, and what its Marks sheet says of them."""


def with_history(
    own: list[Entry], marks: Marks, about: About, path: Path, names: Names, terms: Terms
) -> tuple[Told, list[Finding]]:
    """A workbook's entries and marks with those of the workbooks that About's History names.

    Its own win over theirs and later-named ones over earlier-named ones; that two differ is an error, unless the one
    that wins is marked as revised. A blank is no figure. Marks of theirs hold for figures that are taken from them, and
    breaks always. Warnings about the other workbooks are not repeated.
    """
    cell = about.cell("history")
    if cell is None:
        return (own, marks), []
    kept = {(entry.name, entry.part, entry.period): entry for entry in own}
    all_marks = dict(marks)
    findings: list[Finding] = []
    for name in reversed(_named(about.text("history"))):
        try:
            (entries, theirs), found = _read_other(path, name, names, terms)
        except (InputError, EnvironmentFailure) as failure:
            findings.append(rules.HISTORY_UNREADABLE.at(cell_place(path.name, cell), name=name, reason=failure))
            continue
        findings += found
        given = {(entry.name, entry.period): entry for entry in kept.values() if entry.amount.state is not State.BLANK}
        findings += [
            *(_disagrees(path.name, first, m.cell, m.state.value) for first, m in _hidden(given, theirs, all_marks)),
            *(_disagrees(path.name, first, e.cell, e.amount.text) for first, e in _added(kept, entries, all_marks)),
        ]
        for key, mark in theirs.items():
            if mark.breaks or key[:2] not in given:
                all_marks[key] = mark.joined(all_marks[key]) if key in all_marks else mark
    return (list(kept.values()), all_marks), findings


def in_file(entry: Entry, file: str) -> Entry:
    """An entry whose cell names its file, unless it does already."""
    return replace(entry, cell=cell_in_file(entry.cell, file))


def cell_in_file(cell: CellRef, file: str) -> CellRef:
    """A cell that names its file, unless it does already."""
    return CellRef(cell.sheet, cell.row, cell.column, cell.file or file)


def _mark_in_file(mark: Mark, file: str) -> Mark:
    return replace(mark, cell=cell_in_file(mark.cell, file)) if mark.cell else mark


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in re.split(r"[;\n]", text) if name.strip()))


def _read_other(path: Path, name: str, names: Names, terms: Terms) -> tuple[Told, list[Finding]]:
    """The entries and marks of another workbook with the errors in them; its name is looked up only if it is safe.

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
    marks, found = read_marks(book, names, terms)
    told = {key: _mark_in_file(mark, file) for key, mark in marks.items()}
    errors = [finding for finding in (*findings, *found) if finding.is_error]
    return ([in_file(entry, file) for entry in entries], told), errors


def _hidden(given: Mapping[tuple[str, Period], Entry], theirs: Marks, marks: Marks) -> Iterable[tuple[Entry, Mark]]:
    """The figures that this workbook gives, although another one marks them as missing, confidential and the like."""
    for (name, period, part), mark in theirs.items():
        first = given.get((name, period))
        own = [found for key in ((name, period, part), (name, period, None)) if (found := marks.get(key))]
        is_open = all(found.state is State.PRESENT for found in own)
        if first and mark.state is not State.PRESENT and is_open and first.amount.number is not None:
            yield first, mark


def _added(
    kept: dict[tuple[str, Part, Period], Entry], entries: Iterable[Entry], marks: Marks
) -> Iterable[tuple[Entry, Entry]]:
    """Puts entries with the others where there is none yet, and gives the pairs that disagree."""
    for entry in entries:
        first = kept.get((entry.name, entry.part, entry.period))
        if first is None or (first.amount.state is State.BLANK and entry.amount.state is not State.BLANK):
            kept[entry.name, entry.part, entry.period] = entry
        elif not _agree(first, entry) and not is_revised(first, marks):
            yield first, entry


def _agree(first: Entry, other: Entry) -> bool:
    """Whether two entries say the same, one of them says nothing, or is an error already."""
    states = {first.amount.state, other.amount.state}
    is_silent = bool(states & {State.BLANK, State.ERROR})
    return is_silent or (len(states) == 1 and per_cent(first.amount) == per_cent(other.amount))


def _disagrees(file: str, first: Entry, other: CellRef | None, there: str) -> Finding:
    period = first.period.label
    named: Mapping[str, object] = {"name": first.name, "period": period, "part": first.part.value, "other": other}
    place = cell_place(file, first.cell, first.name, period)
    return rules.HISTORY_DISAGREES.at(place, **named, here=first.amount.text, there=there)
