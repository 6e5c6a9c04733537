"""Which periods a table shows, and which indicators stand in it together."""

from __future__ import annotations

from collections.abc import Sequence

from cpreport.model.figure import State
from cpreport.model.folder import ReportFolder
from cpreport.model.history import History, TablePlan
from cpreport.model.indicator import CumulativeYear, Indicator
from cpreport.model.period import Frequency, Kind, Period, newest_ended
from cpreport.model.workbook import Workbook

TableKey = tuple[Kind, CumulativeYear | None]


class Calendar:
    """The periods of a report: when each indicator's newest figure is and which figures are due."""

    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self._workbook = workbook
        self._folder = folder
        self._calendar_years = self._in_calendar_years()

    def kind(self, indicator: Indicator) -> Kind:
        """Yearly figures have the kind of year that the indicator's data have: April to March unless all are others."""
        if indicator.frequency is Frequency.YEAR and indicator.id in self._calendar_years:
            return Kind.CALENDAR_YEAR
        return Kind(indicator.frequency.value)

    def nows(self) -> dict[str, Period]:
        """Each indicator's offset 0: that of its table, or of a table of its own where it is in no section."""
        nows = {indicator.id: self._now([indicator]) for indicator in self._folder.indicators.values()}
        for section in self._folder.sections:
            tables: dict[TableKey, list[Indicator]] = {}
            for indicator in (self._folder.indicators[name] for name in section.indicators):
                tables.setdefault((self.kind(indicator), indicator.cumulative), []).append(indicator)
            for indicators in tables.values():
                nows |= dict.fromkeys((indicator.id for indicator in indicators), self._now(indicators))
        return nows

    def is_due(self, indicator: Indicator, period: Period) -> bool:
        """Whether a figure should be there by now, given how many periods the indicator lags."""
        return period <= self._newest(period.kind).shift(-indicator.lag)

    def _now(self, indicators: Sequence[Indicator]) -> Period:
        """Offset 0 of a table: the reporting period, or the newest period that has ended, less the smallest lag.

        Indicators whose life has ended do not count, unless all have.
        """
        kind = self.kind(indicators[0])
        newest = self._newest(kind)
        living = [indicator for indicator in indicators if not indicator.ended_before(newest)] or indicators
        lag = 0 if kind is self._workbook.period.kind else min(indicator.lag for indicator in living)
        return newest.shift(-lag)

    def _newest(self, kind: Kind) -> Period:
        if kind is self._workbook.period.kind:
            return self._workbook.period
        return newest_ended(kind, self._workbook.data_as_at, self._folder.terms)

    def _in_calendar_years(self) -> set[str]:
        kinds: dict[str, set[Kind]] = {}
        for entry in self._workbook.entries:
            if entry.amount.state is not State.BLANK and entry.period.kind.frequency is Frequency.YEAR:
                kinds.setdefault(entry.name, set()).add(entry.period.kind)
        return {name for name, found in kinds.items() if found == {Kind.CALENDAR_YEAR}}


def plan_tables(histories: Sequence[History], folder: ReportFolder) -> tuple[TablePlan, ...]:
    """The tables that some indicators stand in: one for each kind of period, and cumulative ones apart, in order.

    An indicator whose life ended before its table's newest period stands in none.
    """
    groups: dict[TableKey, list[History]] = {}
    for history in histories:
        groups.setdefault((history.now.kind, history.indicator.cumulative), []).append(history)
    plans = []
    for (kind, cumulative), group in groups.items():
        now = max(history.now for history in group)
        if living := [history for history in group if not history.indicator.ended_before(now)]:
            plans.append(_plan(kind, cumulative, living, now, folder))
    return tuple(plans)


def _plan(
    kind: Kind, cumulative: CumulativeYear | None, histories: list[History], now: Period, folder: ReportFolder
) -> TablePlan:
    offsets = folder.offsets[kind.frequency]
    shown = {comparator for history in histories for comparator in history.benchmarks}
    return TablePlan(
        kind=kind,
        histories=tuple(histories),
        periods=tuple(now.shift(offset) for offset in offsets),
        arrows=frozenset(now.shift(offset) for offset in _unbroken(offsets)),
        comparators=tuple(c for c in folder.comparators if c.always or c.id in shown),
        cumulative=cumulative,
    )


def _unbroken(offsets: Sequence[int]) -> list[int]:
    """The offsets that run without a gap up to 0: -2, -1, 0 of -12, -2, -1, 0."""
    return [offset for offset in offsets if set(range(offset, 1)) <= set(offsets)]
