"""The parts of figures: what the workbook gives for a numerator, a denominator or a value, directly or by reference."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, reduce

from cpreport.model.figure import Entry, Figure, Given, Mark, State, Status, first_marker, per_cent
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Source
from cpreport.model.period import Period
from cpreport.model.workbook import Marks

UNMARKED = Mark()


class Parts:
    """Finds parts by name and period. `figure` gives another indicator's figure, for references to its value."""

    def __init__(
        self,
        entries: Iterable[Entry],
        marks: Marks,
        folder: ReportFolder,
        figure: Callable[[str, Period], Figure],
    ) -> None:
        self._rows = _rows(entries, folder)
        self._folder = folder
        self._figure = figure
        self._carried = {name: self._sorted(name) for name, series in folder.series.items() if series.carry}
        self._marks = {**marks, **dict(self._roots(marks))}
        self.periods = cache(self._own_or_referred)
        self.carried_since = cache(self._all_carried_since)
        self._referred = cache(lambda source, period: self.from_source(source, period)._replace(is_own=False))

    def forget(self) -> None:
        """Lets go of everything: it and what it keeps hold each other, and all that would stay for long."""
        vars(self).clear()

    def _own_or_referred(self, name: str) -> frozenset[Period]:
        """The periods for which an indicator has rows of its own, or refers to rows (at last) that do not carry."""
        indicator = self._folder.indicators[name]
        own = [self._rows.get((name, part), {}).keys() for part in Part]
        sources = [source for source in (indicator.numerator, indicator.denominator) if source]
        return frozenset().union(*own, *map(self._periods_of, sources))

    def _all_carried_since(self, name: str) -> date | None:
        """The day from which entries that carry make figures of every period; None where they alone make none."""
        is_number = self._folder.indicators[name].measure is Measure.NUMBER
        wanted = (Part.NUMERATOR,) if is_number else (Part.NUMERATOR, Part.DENOMINATOR)
        days = [self._part_carried_since(name, part) for part in wanted]
        known = [day for day in days if day]
        return max(known) if len(known) == len(days) else None

    def _part_carried_since(self, name: str, part: Part) -> date | None:
        source = self._folder.indicators[name].source(part)
        if source is None or (name, part) in self._rows:
            return None
        if source.name in self._folder.indicators:
            is_value = source.part is Part.VALUE
            return self.carried_since(source.name) if is_value else self._part_carried_since(source.name, source.part)
        carried = self._carried.get(source.name)
        return carried[0].period.start if carried else None

    def periods_of(self, sources: Sequence[Source]) -> frozenset[Period]:
        """The periods for which some sources have entries that do not carry; where none has any, those that carry."""
        found: frozenset[Period] = frozenset().union(*(self._periods_of(source) for source in sources))
        return found or frozenset().union(*(self._values(source.name) for source in sources))

    def _periods_of(self, source: Source) -> Iterable[Period]:
        if source.name in self._folder.indicators:
            return self.periods(source.name)
        return () if source.name in self._carried else self._values(source.name)

    def _values(self, series: str) -> Mapping[Period, Entry]:
        return self._rows.get((series, Part.VALUE), {})

    def _sorted(self, series: str) -> list[Entry]:
        entries = (entry for entry in self._values(series).values() if entry.amount.state is not State.BLANK)
        return sorted(entries, key=lambda entry: (entry.period.start, entry.period.end))

    def _in_force(self, series: str, period: Period) -> Entry | None:
        """The newest entry of a series that carries which began by a period's end and is not blank."""
        entries = self._carried.get(series, [])
        begun = bisect_right(entries, period.end, key=lambda entry: entry.period.start)
        return entries[begun - 1] if begun else None

    def given(self, indicator: Indicator, part: Part, period: Period) -> Given | None:
        """A part of an indicator's figure; None where there is neither a row nor a reference for it.

        Rows of the indicator's own win, unless they are blank throughout; that both are there is a finding elsewhere.
        """
        own = self._rows.get((indicator.id, part))
        if own is not None:
            return self._given(own.get(period), (indicator.id, period, part))
        source = indicator.source(part)
        return self._referred(source, period) if source else None

    def mark(self, name: str, period: Period) -> Mark:
        """What Marks says of a whole figure. So counts a mark of a part for which it has no row of its own."""
        if not self._marks:
            return UNMARKED
        parts = (None, *(part for part in Part if (name, part) not in self._rows))
        found = (self._marks.get((name, period, part)) for part in parts)
        return reduce(Mark.joined, filter(None, found), UNMARKED)

    def from_source(self, source: Source, period: Period) -> Given:
        """What a series, or a part of an indicator's figure, has for a period."""
        if source.name in self._folder.indicators:
            return self._of_figure(source, period)
        entry = self._in_force(source.name, period) or self._values(source.name).get(period)
        return self._given(entry, (source.name, period, Part.VALUE))

    def _of_figure(self, source: Source, period: Period) -> Given:
        """A part of another indicator's figure with the figure's marks; if that is confidential, so is its numerator.

        Nothing before and after that indicator's life.
        """
        name, part = source
        figure = self._figure(name, period)
        if figure.state in (State.NEW, State.ENDED):
            return Given(State.BLANK)
        if part is Part.VALUE or (part is Part.NUMERATOR and figure.state is State.CONFIDENTIAL):
            return Given(figure.state, figure.value, figure.cells, figure.status, breaks=figure.breaks)
        given = self.given(self._folder.indicators[name], part, period) or Given(State.BLANK)
        return _marked(given, self.mark(name, period))

    def _roots(self, marks: Marks) -> Iterator[tuple[tuple[str, Period, Part | None], Mark]]:
        """A mark for whatever a confidential figure takes by reference: printed elsewhere, it would give it away.

        That is its numerator, its denominator where that is marked itself, and the entry that is carried to it.
        """
        wanted = [key for key, mark in marks.items() if mark.state is State.CONFIDENTIAL]
        seen = set(wanted)
        for (row, own), entries in self._rows.items():
            hidden = (period for period, entry in entries.items() if entry.amount.state is State.CONFIDENTIAL)
            wanted += ((row, period, own) for period in hidden)
        while wanted:
            name, period, part = wanted.pop()
            indicator = self._folder.indicators.get(name)
            of = Part.DENOMINATOR if part is Part.DENOMINATOR else Part.NUMERATOR
            source = indicator.source(of) if indicator and (name, of) not in self._rows else None
            if name in self._carried:
                source = Source(name, Part.VALUE)
            if source and (root := self._key(source, period)) not in seen:
                seen.add(root)
                wanted.append(root)
                yield root, marks.get(root, UNMARKED).joined(Mark(State.CONFIDENTIAL))

    def _key(self, source: Source, period: Period) -> tuple[str, Period, Part | None]:
        """Under what Marks would say something of a source: the value of an indicator is its whole figure."""
        if source.name in self._folder.indicators:
            return source.name, period, None if source.part is Part.VALUE else source.part
        entry = self._in_force(source.name, period)
        return source.name, entry.period if entry else period, Part.VALUE

    def _given(self, entry: Entry | None, key: tuple[str, Period, Part]) -> Given:
        name, period, part = key
        held = entry.period if entry else period
        mark, state = UNMARKED, entry.amount.state if entry else State.BLANK
        if self._marks:
            mark, whole = (self._stated(name, of, held, period) for of in (part, None))
            state = first_marker(whole.state, mark.state, state)
        if entry is None:
            return Given(state, note=mark.note)
        number = per_cent(entry.amount) if state is State.PRESENT else None
        status = _kept(entry.amount.status, held, period) if mark.status is Status.FINAL else mark.status
        return Given(state, number, (entry.cell,), status, mark.breaks, mark.note)

    def _stated(self, name: str, part: Part | None, held: Period, period: Period) -> Mark:
        """What Marks says of an entry and of the period that it is carried to; breaks and notes are of their period."""
        stated = self._marks.get((name, period, part), UNMARKED)
        if held == period:
            return stated
        entered = self._marks.get((name, held, part), UNMARKED)
        return Mark(entered.state, _kept(entered.status, held, period), cell=entered.cell).joined(stated)


def _kept(status: Status, held: Period, period: Period) -> Status:
    """A status, unless it is revised elsewhere: what is computed from a revised entry for the first time is new."""
    return Status.FINAL if status is Status.REVISED and held != period else status


def _marked(given: Given, mark: Mark) -> Given:
    """A part with the mark of its whole figure, which wins over its own."""
    if mark.state is not State.PRESENT:
        return given._replace(state=mark.state, number=None)
    status = mark.status if mark.status is not Status.FINAL else given.status
    return given._replace(status=status, breaks=given.breaks or mark.breaks)


def _rows(entries: Iterable[Entry], folder: ReportFolder) -> dict[tuple[str, Part], dict[Period, Entry]]:
    """The entries by name and part, without rows of blanks for parts that come from elsewhere."""
    rows: dict[tuple[str, Part], dict[Period, Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.name, entry.part), {})[entry.period] = entry
    for name, part in list(rows):
        indicator, blank = folder.indicators.get(name), State.BLANK
        is_referred = indicator is not None and indicator.source(part) is not None
        if is_referred and all(entry.amount.state is blank for entry in rows[name, part].values()):
            del rows[name, part]
    return rows
