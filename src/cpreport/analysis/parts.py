"""The parts of figures: what the workbook gives for a numerator, a denominator or a value, directly or by reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from cpreport.model.figure import Entry, Figure, Given, Mark, State, Status, per_cent
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Part, Source
from cpreport.model.period import Period

Marks = Mapping[tuple[str, Period, Part | None], Mark]


class Parts:
    """Finds parts by name and period. `figure` gives another indicator's figure, for references to its value."""

    def __init__(
        self,
        entries: Iterable[Entry],
        marks: Marks,
        folder: ReportFolder,
        figure: Callable[[Indicator, Period], Figure],
    ) -> None:
        self._rows: dict[tuple[str, Part], dict[Period, Entry]] = {}
        for entry in entries:
            self._rows.setdefault((entry.name, entry.part), {})[entry.period] = entry
        self._marks = marks
        self._folder = folder
        self._figure = figure

    def periods(self, indicator: Indicator) -> set[Period]:
        """The periods for which an indicator has rows of its own, or refers to rows that do not carry."""
        named = [(indicator.id, part) for part in Part]
        sources = (indicator.numerator, indicator.denominator)
        named += [(source.name, source.part) for source in sources if source and not self._carries(source.name)]
        return {period for key in named for period in self._rows.get(key, ())}

    def given(self, indicator: Indicator, part: Part, period: Period) -> Given | None:
        """A part of an indicator's figure; None where there is neither a row nor a reference for it.

        Rows of the indicator's own win; that both are there is a finding elsewhere.
        """
        own = self._rows.get((indicator.id, part))
        if own is not None:
            return self._given(own.get(period), (indicator.id, period, part))
        source = {Part.NUMERATOR: indicator.numerator, Part.DENOMINATOR: indicator.denominator}.get(part)
        return self._referred(source, period) if source else None

    def _referred(self, source: Source, period: Period) -> Given:
        if source.name in self._folder.series:
            rows = self._rows.get((source.name, Part.VALUE), {})
            entry = _carried(rows, period) if self._carries(source.name) else rows.get(period)
            found = self._given(entry, (source.name, period, Part.VALUE))
        elif source.part is Part.VALUE:
            figure = self._figure(self._folder.indicators[source.name], period)
            found = Given(figure.state, figure.value, figure.cells, figure.status, breaks=figure.breaks)
        else:
            found = self.given(self._folder.indicators[source.name], source.part, period) or Given(State.BLANK)
        return replace(found, is_own=False)

    def _given(self, entry: Entry | None, key: tuple[str, Period, Part]) -> Given:
        name, period, part = key
        mark = self._marks.get((name, entry.period if entry else period, part)) or Mark()
        if entry is None:
            return Given(State.BLANK if mark.state is State.PRESENT else mark.state, note=mark.note)
        amount = entry.amount
        state = amount.state if mark.state is State.PRESENT else mark.state
        number = per_cent(amount) if state is State.PRESENT else None
        status = mark.status if mark.status is not Status.FINAL else amount.status
        breaks = mark.breaks and entry.period == period
        return Given(state, number, (entry.cell,), status, _decimals(number), breaks, mark.note)

    def _carries(self, name: str) -> bool:
        series = self._folder.series.get(name)
        return series is not None and series.carry


def _carried(rows: Mapping[Period, Entry], period: Period) -> Entry | None:
    """The newest entry that began by a period's end and is not blank; the period's own cell where there is none."""
    entries = [e for e in rows.values() if e.amount.state is not State.BLANK and e.period.start <= period.end]
    return max(entries, key=lambda entry: (entry.period.start, entry.period.end), default=rows.get(period))


def _decimals(number: Fraction | None) -> int:
    """The decimals a terminating decimal has."""
    if number is None or number.denominator == 1:
        return 0
    decimals, denominator = 0, number.denominator
    while 10**decimals % denominator:
        decimals += 1
    return decimals
