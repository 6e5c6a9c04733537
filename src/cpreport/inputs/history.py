"""The earlier workbooks that About's History names: their figures extend the month's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath, PureWindowsPath

from cpreport.inputs.beside import by_period, workbooks_in
from cpreport.inputs.texts import is_inside
from cpreport.inputs.workbook.about import read_about
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.inputs.workbook.data import agree, read_data
from cpreport.inputs.workbook.names import Names
from cpreport.inputs.workbook.rows import read_marks
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.figure import Amount, CellRef, Entry, Mark, State, both_texts, cell_place
from cpreport.model.finding import Finding, Place, listed, nearest_name
from cpreport.model.indicator import Part
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.rules import earlier as rules
from cpreport.model.rules.data import UNKNOWN_INDICATOR
from cpreport.model.workbook import About, Marks, is_provisional, is_revised

Told = tuple[list[Entry], Marks]
"""The entries of a workbook, and what its Marks sheet says of them."""

Key = tuple[str, Part, Period]


@dataclass(frozen=True, slots=True)
class Other:
    """What another workbook gives. Its cells name its file, as do its `errors`.

    `unknown` are the names of its rows with figures that are no indicator's or series', `history` the files that its
    own History names, from the folder of the workbook that named it.
    """

    entries: tuple[Entry, ...]
    marks: Marks
    errors: tuple[Finding, ...]
    unknown: tuple[str, ...]
    history: tuple[str, ...]


OtherKey = tuple[Path, str, Names]
"""What another workbook is read for: the folder and file, and what its rows may name."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workbook's figures are read in: its path, what its rows may name, and which periods its report shows.

    `oldest` is the oldest period of each kind that its tables can show, `now` its reporting period. `is_compared`: the
    month is compared with earlier reports, from which provisional figures are told. `is_earlier`: it is a workbook to
    compare with itself, whose History is taken as it is. `others` are the workbooks that have been read.
    """

    path: Path
    names: Names
    terms: Terms
    now: Period
    oldest: Mapping[Kind, Period]
    is_compared: bool
    is_earlier: bool
    others: dict[OtherKey, Other]

    def other(self, name: str) -> Other:
        """The workbook of a name, read once. Raises InputError or EnvironmentFailure where it cannot be read."""
        key = (self.path.parent, _file(self.path, name), self.names)
        if key not in self.others:
            self.others[key] = _read_other(*key, self.terms)
        return self.others[key]


def with_history(
    own: list[Entry], marks: Marks, about: About, around: Surroundings, unknown: Collection[str]
) -> tuple[Told, list[Finding]]:
    """A workbook's entries and marks with those of the workbooks that About's History names.

    Its own win over theirs and later-named ones over earlier-named ones; that two differ is an error, unless the one
    that wins is marked as revised, or the other as provisional. A blank is no figure. Marks of theirs hold for figures
    that are taken from them; breaks and what is confidential always. Warnings about the other workbooks are not
    repeated; `unknown` are the names of the workbook's own rows that have been told to be no indicator's.
    """
    cell = about.cell("history")
    if cell is None:
        return (own, marks), []
    path = around.path
    named: dict[str, Other] = {}
    findings: list[Finding] = []
    for name in reversed(_named(about.text("history"))):
        try:
            named[_file(path, name)] = around.other(name)
        except (InputError, EnvironmentFailure) as failure:
            findings.append(rules.HISTORY_UNREADABLE.at(cell_place(path.name, cell), name=name, reason=failure))
    joined = _Joined(own, marks, path.name)
    for other in named.values():
        findings += [*other.errors, *joined.add(other)]
    findings += joined.settled() if not around.is_compared else ()
    place = cell_place(path.name, cell)
    if not around.is_earlier:
        findings += _left_out(joined, named, around, place)
        findings += _without_indicator(joined, named, around, unknown, place)
    return (list(joined.entries.values()), joined.marks), findings


def history_files(path: Path, about: About) -> list[Path]:
    """The files that a workbook's History names, as far as they are there."""
    found: list[Path] = []
    for name in _named(about.text("history")):
        try:
            found.append(path.parent / _file(path, name))
        except EnvironmentFailure:
            continue
    return found


def _is_given(entry: Entry) -> bool:
    return entry.amount.state is not State.BLANK


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in re.split(r"[;\n]", text) if name.strip()))


def _file(path: Path, name: str) -> str:
    """The file that a workbook names, from its folder; it is looked up only if its name is safe.

    Raises EnvironmentFailure where there is none, or where it is the workbook itself.
    """
    named = PureWindowsPath(name)  # takes / and \ alike and knows drives and shares on every system
    file = named.as_posix()
    if named.anchor or ".." in named.parts or not is_inside(path.parent, file):
        raise EnvironmentFailure("there is no such file in this workbook's folder or below it")
    if (path.parent / file).samefile(path):
        raise EnvironmentFailure("that is this workbook itself")
    return file


def _read_other(folder: Path, file: str, names: Names, terms: Terms) -> Other:
    book = replace(read_spreadsheet(folder / file), file=file, is_other=True)
    entries, findings = read_data(book, names, terms)
    marks, found = read_marks(book, names, terms)
    (about, _), _ = read_about(book)
    rows = (finding.place.indicator for finding in findings if finding.rule is UNKNOWN_INDICATOR)
    below = PurePosixPath(file).parent
    return Other(
        entries=tuple(entries),
        marks=marks,
        errors=tuple(finding for finding in (*findings, *found) if finding.is_error),
        unknown=tuple(dict.fromkeys(rows)),
        history=tuple((below / PureWindowsPath(name).as_posix()).as_posix() for name in _named(about.text("history"))),
    )


class _Joined:
    """A workbook's entries and marks, to which those of others are added."""

    def __init__(self, own: Iterable[Entry], marks: Marks, file: str) -> None:
        self.entries: dict[Key, Entry] = {(entry.name, entry.part, entry.period): entry for entry in own}
        self.marks = dict(marks)
        self._file = file
        self._settled: list[tuple[Entry, Entry]] = []

    def gives(self, key: Key) -> bool:
        """Whether there is an entry that is not blank."""
        return key in self.entries and _is_given(self.entries[key])

    def add(self, other: Other) -> list[Finding]:
        """Puts another workbook's entries where there is none yet, and gives those that disagree."""
        given = {(name, period): entry for (name, part, period), entry in self.entries.items() if _is_given(entry)}
        findings = [
            *(_disagrees(self._file, first, m.cell, Amount(m.state)) for first, m in self._hidden(given, other.marks)),
            *(_disagrees(self._file, first, e.cell, e.amount) for first, e in self._disagreeing(other)),
        ]
        for entry in other.entries:
            key = (entry.name, entry.part, entry.period)
            if key not in self.entries or (not self.gives(key) and _is_given(entry)):
                self.entries[key] = entry
        hidden = (entry for entry in other.entries if entry.amount.state is State.CONFIDENTIAL)
        typed = {(entry.name, entry.period, entry.part): Mark(State.CONFIDENTIAL, cell=entry.cell) for entry in hidden}
        for mark_key, mark in (*typed.items(), *other.marks.items()):
            if mark.breaks or mark.state is State.CONFIDENTIAL or mark_key[:2] not in given:
                known = self.marks.get(mark_key)
                self.marks[mark_key] = mark.joined(known) if known else mark
        return findings

    def settled(self) -> Iterator[Finding]:
        """A finding for all figures that another workbook called provisional, at the first one."""
        if self._settled:
            (first, was), *more = self._settled
            place = cell_place(self._file, first.cell, first.name, first.period.label)
            cells = f"{was.cell} held the earlier" + (f" (and {len(more)} more)" if more else "")
            named = {"name": first.name, "period": first.period.label}
            yield rules.SETTLED.at(place, **named, old=was.amount.text, new=first.amount.text, cells=cells)

    def _hidden(self, given: Mapping[tuple[str, Period], Entry], theirs: Marks) -> Iterator[tuple[Entry, Mark]]:
        """The figures given here, although another workbook marks them as missing, confidential and the like."""
        for (name, period, part), mark in theirs.items():
            first = given.get((name, period))
            own = [found for key in ((name, period, part), (name, period, None)) if (found := self.marks.get(key))]
            is_open = all(found.state is State.PRESENT for found in own)
            if first and mark.state is not State.PRESENT and is_open and first.amount.number is not None:
                yield first, mark

    def _disagreeing(self, other: Other) -> Iterator[tuple[Entry, Entry]]:
        """The entries of which another workbook has something else, without a mark that says why."""
        for entry in other.entries:
            first = self.entries.get((entry.name, entry.part, entry.period))
            if first is None or agree(first.amount, entry.amount) or is_revised(first, self.marks):
                continue
            if first.amount.number is not None and is_provisional(entry, other.marks):
                self._settled.append((first, entry))
            else:
                yield first, entry


def _disagrees(file: str, first: Entry, other: CellRef | None, amount: Amount) -> Finding:
    period = first.period.label
    named: Mapping[str, object] = {"name": first.name, "period": period, "part": first.part.value, "other": other}
    place = cell_place(file, first.cell, first.name, period)
    here, there = both_texts(first.amount, amount)
    return rules.HISTORY_DISAGREES.at(place, **named, here=here, there=there)


def _left_out(joined: _Joined, named: Mapping[str, Other], around: Surroundings, place: Place) -> Iterator[Finding]:
    """The workbooks that History should name too: most of their figures of a period that is shown are given nowhere.

    They are added all the same, so that nothing else is said of what they give: the finding is an error.
    """
    missing: list[str] = []
    by: list[str] = []
    for file, namer in _unnamed(named, around).items():
        try:
            other = around.other(file)
        except (InputError, EnvironmentFailure):
            continue
        if _is_needed(joined, other, around.oldest):
            joined.add(other)
            missing.append(file)
            by.append(namer)
    if missing:
        yield rules.HISTORY_INCOMPLETE.at(place, missing=listed(missing), by=by[0])


def _unnamed(named: Mapping[str, Other], around: Surroundings) -> dict[str, str]:
    """The earlier workbooks that History does not name, each with how it is known.

    They are named by the History of another one, or lie beside the workbook.
    """
    folder, now = around.path.parent, around.now
    known = {file.lower() for file in named}
    found = {file: f"which {namer} names" for namer, other in reversed(list(named.items())) for file in other.history}
    periods = by_period(workbooks_in(folder), now.kind, around.terms)
    for said in sorted(periods, reverse=True):
        if around.oldest[now.kind] <= said < now:
            found |= {path.name: "which lies beside it" for path in periods[said] if path.name not in found}
    return {file: namer for file, namer in found.items() if file.lower() not in known}


def _is_needed(joined: _Joined, other: Other, oldest: Mapping[Kind, Period]) -> bool:
    """Whether another workbook alone gives at least half of its figures of a period that is shown."""
    given = [e for e in other.entries if _is_given(e) and e.period >= oldest[e.period.kind]]
    for _, of_period in groupby(sorted(given, key=attrgetter("period")), key=attrgetter("period")):
        entries = list(of_period)
        alone = [entry for entry in entries if not joined.gives((entry.name, entry.part, entry.period))]
        if 2 * len(alone) >= len(entries):
            return True
    return False


def _without_indicator(
    joined: _Joined, named: Mapping[str, Other], around: Surroundings, unknown: Collection[str], place: Place
) -> Iterator[Finding]:
    """The names of which the other workbooks have figures and the report no indicator, in one finding.

    They may be former ones of the indicators that have figures in this workbook alone, and not of all periods shown.
    """
    gone = {name: file for file, other in named.items() for name in other.unknown if name not in unknown}
    if not gone:
        return
    figures = [entry for entry in joined.entries.values() if _is_given(entry) and entry.name in around.names.indicators]
    first = {entry.name: entry.period for entry in sorted(figures, key=attrgetter("period"), reverse=True)}
    past = {entry.name for other in named.values() for entry in other.entries if _is_given(entry)}
    new = [name for name, period in first.items() if name not in past and period > around.oldest[period.kind]]
    alike = {name: near for name in gone if (near := nearest_name(name, new))}
    old, heirs = (list(alike), list(dict.fromkeys(alike.values()))) if alike else (list(gone), new)
    texts = {"files": gone[old[0]], "old": listed(map(repr, old))}
    if heirs:
        named_so = {"new": listed(heirs), "since": first[heirs[0]].label, "example": f'formerly = ["{old[0]}"]'}
        yield rules.HISTORY_RENAMED.at(place, **texts, **named_so, heir=heirs[0])
    else:
        yield rules.HISTORY_UNUSED.at(place, **texts)
