"""Which rows the Data sheet of a starter has, and for which periods."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.forms.starter.columns import Columns
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Shows, Source
from cpreport.model.period import Kind, Period


class Rows:
    """A row for each part of a figure that has no reference, and for each series, with its periods in order.

    `needs_counts`: every percentage, rate and average has its numerator.
    """

    def __init__(self, folder: ReportFolder, columns: Columns, needs_counts: bool) -> None:
        self._folder = folder
        every = folder.indicators.values()
        self._referred = {source for indicator in every for source in _references(indicator)}
        self._referred |= {breakdown.of for breakdown in folder.breakdowns.values() if breakdown.of}
        self.periods: dict[Source, tuple[Period, ...]] = {}
        for indicator in every:
            lived = tuple(filter(indicator.lives_in, columns[Kind(indicator.frequency.value)]))
            self.periods |= {Source(indicator.id, part): lived for part in self._parts(indicator, needs_counts)}
        for name in folder.series:
            self.periods[Source(name, Part.VALUE)] = self._series_periods(name, columns)

    def row(self, source: Source | None) -> Source | None:
        """The row that a source is taken from; None where it is computed."""
        if source is None or source in self.periods or source.name in self._folder.series:
            return source
        indicator = self._folder.indicators[source.name]
        if source.part is not Part.VALUE:
            return self.row(indicator.source(source.part))
        return self.row(Source(source.name, Part.NUMERATOR)) if indicator.measure is Measure.NUMBER else None

    def _parts(self, indicator: Indicator, needs_counts: bool) -> Iterator[Part]:
        names = {part: Source(indicator.id, part) for part in (Part.NUMERATOR, Part.DENOMINATOR)}
        if indicator.measure is Measure.NUMBER:
            if not indicator.numerator:
                yield Part.NUMERATOR if names[Part.NUMERATOR] in self._referred else Part.VALUE
            return
        is_wanted = needs_counts or indicator.shows is not Shows.VALUE or indicator.cumulative is not None
        if is_wanted or any(_references(indicator)) or self._referred & {*names.values()}:
            yield from (part for part in names if indicator.source(part) is None)
        else:
            yield Part.VALUE

    def _series_periods(self, name: str, columns: Columns) -> tuple[Period, ...]:
        """The periods of what refers to a series or is compared with it; only the earliest if it carries."""
        indicators = self._folder.indicators
        own = Source(name, Part.VALUE)
        kinds = {Kind(i.frequency.value) for i in indicators.values() if own in map(self.row, _references(i))}
        for sources in self._folder.compared():
            if own in sources:
                kinds |= {Kind(indicators[s.name].frequency.value) for s in sources if s.name in indicators}
        periods = [period for kind in columns if kind in (kinds or {Kind.MONTH}) for period in columns[kind]]
        carries = self._folder.series[name].carry
        return tuple(sorted(periods, key=lambda period: period.start)[:1] if carries else periods)


def _references(indicator: Indicator) -> Iterator[Source]:
    return (source for source in (indicator.numerator, indicator.denominator) if source)
