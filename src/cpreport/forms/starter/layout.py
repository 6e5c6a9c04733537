"""Which rows and columns the Data sheet of a starter has."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Shows, Source
from cpreport.model.period import Kind, Period, newest_ended
from cpreport.model.period_text import NotAPeriod, parse_period

Columns = Mapping[Kind, tuple[Period, ...]]
Rows = Mapping[Source, tuple[Period, ...]]
_COUNTS = (Part.NUMERATOR, Part.DENOMINATOR)


def columns_of(folder: ReportFolder, period: Period, longest_run: int = 1) -> Columns:
    """The periods of each kind that the report's tables show, with one more before them and a year's history, in order.

    `longest_run` is how many periods a template takes a mean of. The reporting month is always there.
    """
    columns: dict[Kind, tuple[Period, ...]] = {Kind.MONTH: (period,)}
    for kind in Kind:
        newest, lags = period, [each.lag for each in folder.indicators.values() if each.frequency is kind.frequency]
        if kind is not Kind.MONTH:
            newest = newest_ended(kind, period.end, folder.terms)
        elif lags or folder.series or not folder.indicators:
            lags = [0]
        if lags:
            year = newest.ordinal - newest.year_earlier().ordinal
            back = max(year + 1, 1 - min(folder.offsets[kind.frequency]), longest_run - 1)
            periods = (newest.shift(-ago) for ago in range(max(lags) + back, min(lags) - 1, -1))
            columns[kind] = tuple(each for each in periods if heading(each) is not None)
    return columns


def heading(period: Period) -> date | str | None:
    """What stands above a period's column: a month's first day, else a text that names the period, or None.

    Two digits of a year mean this century.
    """
    if period.kind is Kind.MONTH:
        return period.start if period.start.year > 1900 else None
    for text in (period.label, period.slug):
        with suppress(NotAPeriod):
            if parse_period(text, period.terms) == period:
                return text
    return None


def rows_of(folder: ReportFolder, columns: Columns, needs_counts: bool) -> Rows:
    """A row for each part of a figure that has no reference, and for each series, with its periods in order.

    `needs_counts`: every percentage, rate and average has its numerator. A series that carries has its earliest period.
    """
    indicators = folder.indicators.values()
    sources = [each.source(part) for each in indicators for part in _COUNTS]
    sources += [breakdown.of for breakdown in folder.breakdowns.values()]
    counted = {source.name for source in sources if source and source.part is not Part.VALUE}
    rows = {
        Source(each.id, part): tuple(filter(each.lives_in, columns[Kind(each.frequency.value)]))
        for each in indicators
        for part in _parts(each, each.id in counted, needs_counts)
    }
    every = tuple(sorted((period for periods in columns.values() for period in periods), key=lambda each: each.start))
    series = folder.series.values()
    return rows | {Source(each.id, Part.VALUE): every[:1] if each.carry else every for each in series}


def _parts(indicator: Indicator, is_referred: bool, needs_counts: bool) -> list[Part]:
    """The parts of a figure that have a row of their own."""
    own = [part for part in _COUNTS if indicator.source(part) is None]
    if indicator.measure is Measure.NUMBER:
        return [Part.NUMERATOR if is_referred else Part.VALUE] if indicator.numerator is None else []
    shows_counts = indicator.shows is not Shows.VALUE or indicator.cumulative is not None
    return own if is_referred or needs_counts or shows_counts or len(own) < len(_COUNTS) else [Part.VALUE]
