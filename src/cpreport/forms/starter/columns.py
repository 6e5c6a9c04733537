"""The periods that a starter workbook has columns for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from cpreport.model.folder import ReportFolder
from cpreport.model.period import Kind, Period, newest_ended
from cpreport.model.period_text import NotAPeriod, parse_period

Columns = Mapping[Kind, tuple[Period, ...]]


def columns_of(folder: ReportFolder, period: Period, longest_run: int = 1) -> Columns:
    """The periods of each kind that the report's tables show, with one more before them and a year's history, in order.

    `longest_run` is how many periods a template takes a mean of. The reporting month is always there.
    """
    kinds = dict.fromkeys(Kind(indicator.frequency.value) for indicator in folder.indicators.values())
    if not kinds or (folder.series and Kind.MONTH not in kinds):
        kinds[Kind.MONTH] = None
    columns = {kind: _columns(kind, folder, period, longest_run) for kind in Kind if kind in kinds}
    return {Kind.MONTH: (period,)} | columns


def _columns(kind: Kind, folder: ReportFolder, period: Period, longest_run: int) -> tuple[Period, ...]:
    newest = period if kind is Kind.MONTH else newest_ended(kind, period.end, folder.terms)
    lags = [indicator.lag for indicator in folder.indicators.values() if indicator.frequency is kind.frequency]
    if kind is Kind.MONTH or not lags:
        lags = [0]
    year = newest.ordinal - newest.year_earlier().ordinal
    back = max(year + 1, 1 - min(folder.offsets[kind.frequency]), longest_run - 1)
    periods = (newest.shift(-ago) for ago in range(max(lags) + back, min(lags) - 1, -1))
    return tuple(period for period in periods if heading(period) is not None)


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
