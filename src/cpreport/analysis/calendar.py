"""The newest periods, and when figures are due."""

from __future__ import annotations

from cpreport.model.figure import State
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator
from cpreport.model.period import Frequency, Kind, Period, newest_ended
from cpreport.model.workbook import Workbook

_YEARS = tuple(kind for kind in Kind if kind.frequency is Frequency.YEAR)


class Calendar:
    """The periods of a report: the newest of each kind, and which figures are due."""

    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self._folder = folder
        self._newest = {kind: newest_ended(kind, workbook.data_as_at, folder.terms) for kind in Kind}
        self._newest[workbook.period.kind] = workbook.period
        self._reported = workbook.period.kind
        self._year_kinds = _year_kinds(workbook)

    def kind(self, indicator: Indicator) -> Kind:
        """Yearly figures have the kind of year that the indicator's data have: April to March unless all are others."""
        if indicator.frequency is Frequency.YEAR and self._years_of(indicator.id) == {Kind.CALENDAR_YEAR}:
            return Kind.CALENDAR_YEAR
        return Kind(indicator.frequency.value)

    def due(self, indicator: Indicator, kind: Kind | None = None) -> Period:
        """The newest period whose figure should be there by now, given how many periods the indicator lags."""
        return self._newest[kind or self.kind(indicator)].shift(-indicator.lag)

    def candidates(self, indicator: Indicator) -> list[Period]:
        """The periods that may be the newest of a table with an indicator, newest first.

        It is the reporting period; of another kind any that has ended, down to the last one that is due.
        """
        kind = self.kind(indicator)
        lag = 0 if kind is self._reported else indicator.lag
        return [self._newest[kind].shift(-back) for back in range(lag + 1)]

    def _years_of(self, name: str) -> set[Kind]:
        """The kinds of year in a name's own rows; where it has none, in those it refers to, carried ones last."""
        indicator = self._folder.indicators.get(name)
        if name not in self._year_kinds and indicator:
            sources = [source.name for source in (indicator.numerator, indicator.denominator) if source]
            series = self._folder.series
            steady = (self._years_of(source) for source in sources if source not in series or not series[source].carry)
            self._year_kinds[name] = set().union(*steady) or set().union(*map(self._years_of, sources))
        return self._year_kinds.get(name, set())


def _year_kinds(workbook: Workbook) -> dict[str, set[Kind]]:
    kinds: dict[str, set[Kind]] = {}
    for entry in workbook.entries:
        if entry.amount.state is not State.BLANK and entry.period.kind in _YEARS:
            kinds.setdefault(entry.name, set()).add(entry.period.kind)
    return kinds
