"""Which rows the Data sheet of a starter has, and for which periods."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.forms.starter.columns import Columns
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Shows, Source
from cpreport.model.period import Kind, Period

Rows = Mapping[Source, tuple[Period, ...]]
_COUNTS = (Part.NUMERATOR, Part.DENOMINATOR)


def rows_of(folder: ReportFolder, columns: Columns, needs_counts: bool) -> Rows:
    """A row for each part of a figure that has no reference, and for each series, with its periods in order.

    `needs_counts`: every percentage, rate and average has its numerator. A series that carries has its earliest period.
    """
    indicators = folder.indicators.values()
    referred = {i.source(part) for i in indicators for part in _COUNTS}
    referred |= {breakdown.of for breakdown in folder.breakdowns.values()}
    rows: dict[Source, tuple[Period, ...]] = {}
    for indicator in indicators:
        lived = tuple(filter(indicator.lives_in, columns[Kind(indicator.frequency.value)]))
        is_referred = any(Source(indicator.id, part) in referred for part in _COUNTS)
        rows |= {Source(indicator.id, part): lived for part in _parts(indicator, is_referred, needs_counts)}
    every = tuple(sorted((p for periods in columns.values() for p in periods), key=lambda period: period.start))
    for name, series in folder.series.items():
        rows[Source(name, Part.VALUE)] = every[:1] if series.carry else every
    return rows


def _parts(indicator: Indicator, is_referred: bool, needs_counts: bool) -> list[Part]:
    """The parts of a figure that have a row of their own."""
    own = [part for part in _COUNTS if indicator.source(part) is None]
    if indicator.measure is Measure.NUMBER:
        return [Part.NUMERATOR if is_referred else Part.VALUE] if indicator.numerator is None else []
    shows_counts = indicator.shows is not Shows.VALUE or indicator.cumulative is not None
    return own if is_referred or needs_counts or shows_counts or len(own) < len(_COUNTS) else [Part.VALUE]
