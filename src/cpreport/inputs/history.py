"""The earlier workbooks that About's History names: their figures extend the month's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.texts import is_inside
from cpreport.inputs.workbook.about import read_about
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet, read_spreadsheet
from cpreport.inputs.workbook.data import agree, read_data
from cpreport.inputs.workbook.names import Names, names_of
from cpreport.inputs.workbook.rows import read_marks
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.figure import Amount, CellRef, Entry, Mark, State, both_texts, cell_place
from cpreport.model.finding import Finding, Place, listed, nearest_name
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.period import Kind, Period, Terms, containing
from cpreport.model.rules import earlier as rules
from cpreport.model.rules.data import UNKNOWN_INDICATOR
from cpreport.model.workbook import About, Marks, is_provisional, is_revised

Key = tuple[str, Part, Period]
_period: Callable[[Entry], Period] = attrgetter("period")


class Told(NamedTuple):
    """What a workbook's own sheets tell of figures, and what is wrong with Data and Marks.

    `file` is how it is called from the month's folder; cells of another workbook than the month's name it.
    """

    file: str
    about: About
    entries: tuple[Entry, ...]
    marks: Marks
    findings: tuple[Finding, ...]
    of_marks: tuple[Finding, ...]

    @property
    def given(self) -> list[Entry]:
        """The entries that are not blank."""
        return list(filter(_is_given, self.entries))

    @property
    def unknown(self) -> dict[str, None]:
        """The names of rows with figures that are no indicator's or series'."""
        return {found.place.indicator: None for found in self.findings if found.rule is UNKNOWN_INDICATOR}

    @property
    def history(self) -> list[str]:
        """The files that its own History names, called as it is."""
        below = PurePosixPath(self.file).parent
        return [(below / PureWindowsPath(name).as_posix()).as_posix() for name in _named(self.about)]


ReadOther = Callable[[Path, str, Names, Terms], Told]
"""Reads a workbook of a folder."""


def read_told(book: Spreadsheet, about: About, names: Names, terms: Terms) -> Told:
    """What a workbook's own sheets tell of figures; `about` has been read."""
    entries, findings = read_data(book, names, terms)
    marks, found = read_marks(book, names, terms)
    return Told(book.file, about, tuple(entries), marks, tuple(findings), tuple(found))


def read_other(folder: Path, file: str, names: Names, terms: Terms) -> Told:
    """What another workbook tells of figures. Raises InputError or EnvironmentFailure where it cannot be read."""
    book = read_spreadsheet(folder / file)._replace(file=file, is_other=True)
    (about, _), _ = read_about(book)
    return read_told(book, about, names, terms)


def with_history(
    own: Told, path: Path, now: Period, folder: ReportFolder, read: ReadOther, is_earlier: bool
) -> tuple[Told, list[Finding]]:
    """What a workbook tells, with the entries and marks of the workbooks that About's History names.

    Its own win over theirs and later-named ones over earlier-named ones; that two differ is an error, unless the one
    that wins is marked as revised, or the other as provisional. A blank is no figure. Marks of theirs hold for figures
    that are taken from them; breaks and what is confidential always. Warnings about the other workbooks are not
    repeated. `now` is the reporting period; `is_earlier`: it is a workbook to compare a month with, whose History is
    taken as it is.
    """
    cell = own.about.cell("history")
    if cell is None:
        return own, []
    joined = _Joined(own, path, now, folder, read)
    place = cell_place(path.name, cell)
    findings = joined.named(place)
    findings += joined.settled() if not folder.compare_with_earlier else ()
    findings += [*joined.left_out(place), *joined.without_indicator(place)] if not is_earlier else ()
    return own._replace(entries=tuple(joined.entries.values()), marks=joined.marks), findings


def history_files(path: Path, about: About) -> list[Path]:
    """The files that a workbook's History names, as far as they are there."""
    found: list[Path] = []
    for name in _named(about):
        with suppress(EnvironmentFailure):
            found.append(path.parent / _file(path, name))
    return found


def _is_given(entry: Entry) -> bool:
    return entry.amount.state is not State.BLANK


def _named(about: About) -> list[str]:
    names = map(str.strip, re.split(r"[;\n]", about.text("history")))
    return list(dict.fromkeys(filter(None, names)))


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


class _Joined:
    """A workbook's entries and marks, to which those of others are added.

    `_oldest` is the oldest period of each kind that tables can show.
    """

    def __init__(self, own: Told, path: Path, now: Period, folder: ReportFolder, read: ReadOther) -> None:
        self.entries: dict[Key, Entry] = {(entry.name, entry.part, entry.period): entry for entry in own.entries}
        self.marks = dict(own.marks)
        self._own, self._path, self._now, self._folder, self._read = own, path, now, folder, read
        self._names = names_of(folder)
        newest = (containing(kind, now.end, folder.terms) for kind in Kind)
        self._oldest = {each.kind: each.shift(min(folder.offsets[each.kind.frequency]) - 1) for each in newest}
        self._others: dict[str, Told] = {}
        self._settled: list[tuple[Entry, Entry]] = []

    def named(self, place: Place) -> list[Finding]:
        """Adds the workbooks that History names; what is wrong with that and with them."""
        findings: list[Finding] = []
        for name in reversed(_named(self._own.about)):
            try:
                file = _file(self._path, name)
                self._others[file] = self._other(file)
            except (InputError, EnvironmentFailure) as failure:
                findings.append(rules.HISTORY_UNREADABLE.at(place, name=name, reason=failure))
        for other in self._others.values():
            found = (*other.findings, *other.of_marks)
            findings += [*(finding for finding in found if finding.is_error), *self._add(other)]
        return findings

    def _other(self, name: str) -> Told:
        return self._read(self._path.parent, _file(self._path, name), self._names, self._folder.terms)

    def _gives(self, entry: Entry) -> bool:
        """Whether there is an entry of that figure that is not blank."""
        found = self.entries.get((entry.name, entry.part, entry.period))
        return found is not None and _is_given(found)

    def _add(self, other: Told) -> list[Finding]:
        """Puts another workbook's entries where there is none yet, and gives those that disagree."""
        given = {(entry.name, entry.period): entry for entry in self.entries.values() if _is_given(entry)}
        findings = [*self._hidden(given, other.marks), *self._disagreeing(other)]
        for entry in other.entries:
            key = (entry.name, entry.part, entry.period)
            if key not in self.entries or (not self._gives(entry) and _is_given(entry)):
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
            place = cell_place(self._path.name, first.cell, first.name, first.period.label)
            cells = f"{was.cell} held the earlier" + (f" (and {len(more)} more)" if more else "")
            named = {"name": first.name, "period": first.period.label}
            yield rules.SETTLED.at(place, **named, old=was.amount.text, new=first.amount.text, cells=cells)

    def _hidden(self, given: Mapping[tuple[str, Period], Entry], theirs: Marks) -> Iterator[Finding]:
        """The figures given here, although another workbook marks them as missing, confidential and the like."""
        for (name, period, part), mark in theirs.items():
            first = given.get((name, period))
            own = [found for key in ((name, period, part), (name, period, None)) if (found := self.marks.get(key))]
            is_open = all(found.state is State.PRESENT for found in own)
            if first and mark.state is not State.PRESENT and is_open and first.amount.number is not None:
                yield self._disagrees(first, mark.cell, Amount(mark.state))

    def _disagreeing(self, other: Told) -> Iterator[Finding]:
        """The entries of which another workbook has something else, without a mark that says why."""
        for entry in other.entries:
            first = self.entries.get((entry.name, entry.part, entry.period))
            if first is None or agree(first.amount, entry.amount) or is_revised(first, self.marks):
                continue
            if first.amount.number is not None and is_provisional(entry, other.marks):
                self._settled.append((first, entry))
            else:
                yield self._disagrees(first, entry.cell, entry.amount)

    def _disagrees(self, first: Entry, other: CellRef | None, amount: Amount) -> Finding:
        period = first.period.label
        place = cell_place(self._path.name, first.cell, first.name, period)
        here, there = both_texts(first.amount, amount)
        named = {"name": first.name, "period": period, "part": first.part.value, "here": here, "there": there}
        return rules.HISTORY_DISAGREES.at(place, **named, other=other)

    def left_out(self, place: Place) -> Iterator[Finding]:
        """The workbooks that History should name too: most of their figures of a shown period are given nowhere.

        They are added all the same, so that nothing else is said of what they give: the finding is an error.
        """
        missing: dict[str, str] = {}
        for file, namer in self._unnamed().items():
            with suppress(InputError, EnvironmentFailure):
                other = self._other(file)
                if self._is_needed(other):
                    self._add(other)
                    missing[file] = namer
        if missing:
            yield rules.HISTORY_INCOMPLETE.at(place, missing=listed(missing), by=next(iter(missing.values())))

    def _unnamed(self) -> dict[str, str]:
        """The earlier workbooks that History does not name, each with how it is known.

        They are named by the History of another one, or lie beside the workbook.
        """
        known = {file.lower() for file in self._others}
        namers = reversed(self._others.items())
        found = {file: f"which {namer} names" for namer, other in namers for file in other.history}
        periods = by_period(workbooks_in(self._path.parent), self._now.kind, self._folder.terms)
        for said in sorted(periods, reverse=True):
            if self._oldest[said.kind] <= said < self._now:
                found |= {path.name: "which lies beside it" for path in periods[said] if path.name not in found}
        return {file: namer for file, namer in found.items() if file.lower() not in known}

    def _is_needed(self, other: Told) -> bool:
        """Whether another workbook alone gives at least half of its figures of a period that is shown."""
        shown = (entry for entry in other.given if entry.period >= self._oldest[entry.period.kind])
        periods = (list(found) for _, found in groupby(sorted(shown, key=_period), key=_period))
        return any(2 * sum(map(self._gives, entries)) <= len(entries) for entries in periods)

    def without_indicator(self, place: Place) -> Iterator[Finding]:
        """The names of which the other workbooks have figures and the report no indicator, in one finding.

        They may be former ones of the indicators that have figures in this workbook alone, and not of all periods
        shown. Those that this workbook has too have been told.
        """
        others = self._others
        gone = {name: file for file, other in others.items() for name in other.unknown if name not in self._own.unknown}
        if not gone:
            return
        figures = filter(_is_given, self.entries.values())
        own = sorted((e for e in figures if e.name in self._folder.indicators), key=_period, reverse=True)
        first = {entry.name: entry.period for entry in own}
        past = {entry.name for other in others.values() for entry in other.given}
        new = [name for name, period in first.items() if name not in past and period > self._oldest[period.kind]]
        alike = {name: near for name in gone if (near := nearest_name(name, new))}
        old, heirs = (list(alike), list(dict.fromkeys(alike.values()))) if alike else (list(gone), new)
        texts = {"files": gone[old[0]], "old": listed(map(repr, old))}
        if heirs:
            named_so = {"new": listed(heirs), "since": first[heirs[0]].label, "example": f'formerly = ["{old[0]}"]'}
            yield rules.HISTORY_RENAMED.at(place, **texts, **named_so, heir=heirs[0])
        else:
            yield rules.HISTORY_UNUSED.at(place, **texts)
