"""The earlier workbooks that About's History names: their figures extend the month's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.texts import is_inside
from cpreport.inputs.workbook.about import read_about
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import agree, read_book, read_data
from cpreport.inputs.workbook.layouts import Names, names_of
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

if TYPE_CHECKING:
    from cpreport.inputs.workbook.scorecard.named import NamedScorecard

Key = tuple[str, Part, Period]
_period: Callable[[Entry], Period] = attrgetter("period")


class WorkbookEntries(NamedTuple):
    """The entries and marks of one workbook's own sheets, and what is wrong with Data and Marks.

    `file` is its path from the month's folder; cells of a workbook other than the month's name it.
    """

    file: str
    about: About
    entries: tuple[Entry, ...]
    marks: Marks
    findings: tuple[Finding, ...]
    of_marks: tuple[Finding, ...]
    scorecards: tuple[NamedScorecard, ...] = ()

    @property
    def given(self) -> list[Entry]:
        """The entries that are not blank."""
        return list(filter(_is_given, self.entries))

    @property
    def unknown(self) -> dict[str, None]:
        """The names of rows with figures that are not an indicator or series."""
        return {found.place.indicator: None for found in self.findings if found.rule is UNKNOWN_INDICATOR}

    @property
    def history(self) -> list[str]:
        """The files that its own History names, as paths from the month's folder."""
        below = PurePosixPath(self.file).parent
        return [(below / PureWindowsPath(name).as_posix()).as_posix() for name in _history_names(self.about)]


ReadOther = Callable[[Path, str, Names, Terms], WorkbookEntries]
"""Reads a workbook of a folder."""


def read_entries(
    book: Spreadsheet, about: About, names: Names, terms: Terms, newest: Period | None = None
) -> WorkbookEntries:
    """The entries of a workbook's own sheets; `about` has been read. `newest` is as for `read_data`."""
    read = read_data(book, names, terms, newest)
    marks, found = read_marks(book, names, terms)
    entries, findings = tuple(read.entries), tuple(read.findings)
    return WorkbookEntries(book.file, about, entries, marks, findings, tuple(found), read.scorecards)


def read_other(folder: Path, file: str, names: Names, terms: Terms, like: Collection[str] = ()) -> WorkbookEntries:
    """The entries of another workbook. `like` are the keys of the sheets that the month's own figures are on.

    Raises InputError or EnvironmentFailure where it cannot be read.
    """
    book = read_book(folder / file, like=like)._replace(file=file, is_other=True)
    (about, _), _ = read_about(book)
    return read_entries(book, about, names, terms)


def with_history(
    own: WorkbookEntries, path: Path, now: Period, folder: ReportFolder, read: ReadOther, is_earlier: bool
) -> tuple[WorkbookEntries, list[Finding]]:
    """A workbook's entries and marks, with those of the workbooks that About's History names.

    Its own win over the others', and later-named workbooks over earlier-named ones; a difference is an error, unless
    the winner is marked as revised or the other as provisional. A blank is not a figure. Marks of other workbooks apply
    to figures taken from them; breaks and confidential marks always apply. Warnings about the other workbooks are not
    repeated. `now` is the reporting period; `is_earlier`: it is a workbook to compare a month with, whose History is
    not checked.
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
    """The files that a workbook's History names, without missing ones."""
    found: list[Path] = []
    for name in _history_names(about):
        with suppress(EnvironmentFailure):
            found.append(path.parent / _file(path, name))
    return found


def _is_given(entry: Entry) -> bool:
    return entry.amount.state is not State.BLANK


def _history_names(about: About) -> list[str]:
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

    def __init__(self, own: WorkbookEntries, path: Path, now: Period, folder: ReportFolder, read: ReadOther) -> None:
        self.entries: dict[Key, Entry] = {(entry.name, entry.part, entry.period): entry for entry in own.entries}
        self.marks = dict(own.marks)
        self._own, self._path, self._now, self._folder, self._read = own, path, now, folder, read
        self._names = names_of(folder)
        newest = (containing(kind, now.end, folder.terms) for kind in Kind)
        self._oldest = {each.kind: each.shift(min(folder.reach(each.kind.frequency)) - 1) for each in newest}
        self._others: dict[str, WorkbookEntries] = {}
        self._settled: list[tuple[Entry, Entry]] = []

    def named(self, place: Place) -> list[Finding]:
        """Adds the workbooks that History names; what is wrong with that and with them."""
        findings: list[Finding] = []
        for name in reversed(_history_names(self._own.about)):
            try:
                file = _file(self._path, name)
                self._others[file] = self._other(file)
            except (InputError, EnvironmentFailure) as failure:
                findings.append(rules.HISTORY_UNREADABLE.at(place, name=name, reason=failure))
        for other in self._others.values():
            found = (*other.findings, *other.of_marks)
            findings += [*(finding for finding in found if finding.is_error), *self._add_entries(other)]
        return findings

    def _other(self, name: str) -> WorkbookEntries:
        return self._read(self._path.parent, _file(self._path, name), self._names, self._folder.terms)

    def _has_entry(self, entry: Entry) -> bool:
        found = self.entries.get((entry.name, entry.part, entry.period))
        return found is not None and _is_given(found)

    def _add_entries(self, other: WorkbookEntries) -> list[Finding]:
        """Adds another workbook's entries where there is none yet, and gives those that disagree."""
        given = {(entry.name, entry.period): entry for entry in self.entries.values() if _is_given(entry)}
        findings = [*self._hidden_elsewhere(given, other.marks), *self._disagreeing(other)]
        for entry in other.entries:
            key = (entry.name, entry.part, entry.period)
            if key not in self.entries or (not self._has_entry(entry) and _is_given(entry)):
                self.entries[key] = entry
        hidden = (entry for entry in other.entries if entry.amount.state is State.CONFIDENTIAL)
        typed = {(entry.name, entry.period, entry.part): Mark(State.CONFIDENTIAL, cell=entry.cell) for entry in hidden}
        for mark_key, mark in (*typed.items(), *other.marks.items()):
            if mark.breaks or mark.state is State.CONFIDENTIAL or mark_key[:2] not in given:
                known = self.marks.get(mark_key)
                self.marks[mark_key] = mark.joined(known) if known else mark
        return findings

    def settled(self) -> Iterator[Finding]:
        """One finding for all figures that were provisional in another workbook, at the first one."""
        if self._settled:
            (first, was), *more = self._settled
            place = cell_place(self._path.name, first.cell, first.name, first.period.label)
            cells = f"{was.cell} held the earlier" + (f" (and {len(more)} more)" if more else "")
            named = {"name": first.name, "period": first.period.label}
            yield rules.SETTLED.at(place, **named, old=was.amount.text, new=first.amount.text, cells=cells)

    def _hidden_elsewhere(self, given: Mapping[tuple[str, Period], Entry], other_marks: Marks) -> Iterator[Finding]:
        """Figures in this workbook that another marks as missing, confidential or the like."""
        for (name, period, part), mark in other_marks.items():
            first = given.get((name, period))
            own = [found for key in ((name, period, part), (name, period, None)) if (found := self.marks.get(key))]
            is_open = all(found.state is State.PRESENT for found in own)
            if first and mark.state is not State.PRESENT and is_open and first.amount.number is not None:
                yield self._disagrees(first, mark.cell, Amount(mark.state))

    def _disagreeing(self, other: WorkbookEntries) -> Iterator[Finding]:
        """Entries that differ in another workbook, without a mark that says why."""
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
        """The workbooks that History should name too: most of their figures for a shown period are nowhere else.

        They are added all the same, so that nothing else is found about their figures: the finding is an error.
        """
        missing: dict[str, str] = {}
        for file, source in self._not_named().items():
            with suppress(InputError, EnvironmentFailure):
                other = self._other(file)
                if self._is_needed(other):
                    self._add_entries(other)
                    missing[file] = source
        if missing:
            yield rules.HISTORY_INCOMPLETE.at(place, missing=listed(missing), by=next(iter(missing.values())))

    def _not_named(self) -> dict[str, str]:
        """The earlier workbooks that History does not name, each with how it is known.

        They are named by another workbook's History, or are beside the workbook.
        """
        known = {file.lower() for file in self._others}
        sources = reversed(self._others.items())
        found = {file: f"which {source} names" for source, other in sources for file in other.history}
        periods = by_period(workbooks_in(self._path.parent), self._now.kind, self._folder.terms)
        for period in sorted(periods, reverse=True):
            if self._oldest[period.kind] <= period < self._now:
                found |= {path.name: "which is beside it" for path in periods[period] if path.name not in found}
        return {file: source for file, source in found.items() if file.lower() not in known}

    def _is_needed(self, other: WorkbookEntries) -> bool:
        """Whether at least half of another workbook's figures for a shown period are in no other."""
        shown = (entry for entry in other.given if entry.period >= self._oldest[entry.period.kind])
        periods = (list(found) for _, found in groupby(sorted(shown, key=_period), key=_period))
        return any(2 * sum(map(self._has_entry, entries)) <= len(entries) for entries in periods)

    def without_indicator(self, place: Place) -> Iterator[Finding]:
        """One finding for the names with figures in the other workbooks that are not indicators of the report.

        They may be former names of indicators that have figures only in this workbook, and not for all periods shown.
        Names that this workbook has too are reported already.
        """
        others = self._others
        unused = {
            name: file for file, other in others.items() for name in other.unknown if name not in self._own.unknown
        }
        if not unused:
            return
        figures = filter(_is_given, self.entries.values())
        own = sorted((e for e in figures if e.name in self._folder.indicators), key=_period, reverse=True)
        first = {entry.name: entry.period for entry in own}
        past = {entry.name for other in others.values() for entry in other.given}
        new = [name for name, period in first.items() if name not in past and period > self._oldest[period.kind]]
        alike = {name: near for name in unused if (near := nearest_name(name, new))}
        old, successors = (list(alike), list(dict.fromkeys(alike.values()))) if alike else (list(unused), new)
        texts = {"files": unused[old[0]], "old": listed(map(repr, old))}
        if successors:
            named_so = {
                "new": listed(successors),
                "since": first[successors[0]].label,
                "example": f'formerly = ["{old[0]}"]',
            }
            yield rules.HISTORY_RENAMED.at(place, **texts, **named_so, heir=successors[0])
        else:
            yield rules.HISTORY_UNUSED.at(place, **texts)
