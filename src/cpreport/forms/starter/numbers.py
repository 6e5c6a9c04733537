"""Example numbers: made up, the same at every run, filled in from the parts to the wholes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from functools import cache
from math import ceil
from zlib import crc32

from cpreport.forms.starter.rows import Rows
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Polarity, Source
from cpreport.model.number import rounded_units
from cpreport.model.period import Period

_SHARES = {Polarity.HIGH: Fraction(9, 10), Polarity.LOW: Fraction(1, 10), Polarity.NONE: Fraction(3, 10)}
_AVERAGE = Fraction(20)
_LARGEST = Fraction(10**12)
_Row = Source | None


class Numbers:
    """A number for each row and period, in the printed unit (22.5 for 22.5%), by `number`.

    A whole is the sum of its parts, what starts and ends makes its stock, and a denominator is large enough for its
    numerators. What the report folder asks in a circle, or of one row twice, is left out: such numbers may disagree.
    """

    def __init__(self, folder: ReportFolder, rows: Rows) -> None:
        self._folder = folder
        self._rows = rows
        self._same: dict[Source, Source] = {}
        self._made: dict[Source, Callable[[Period], Fraction]] = {}
        self._below: dict[Source, dict[Source, Indicator | None]] = {}
        self.number = cache(self._number)
        for shared in folder.shared_denominators:
            first, *others = filter(None, map(self._row, shared.sources))
            self._same |= {other: first for other in others if other != first}
        for total in folder.totals:
            self._add_total(self._row(total.whole), [self._row(part) for part in total.parts])
        for flow in folder.stocks:
            self._add_flow(self._row(flow.starts), self._row(flow.stock), 1)
            self._add_flow(self._row(flow.ends), self._row(flow.stock), -1)
        for subset in folder.subsets:
            self._add_bound(self._row(subset.part), self._row(subset.whole), None)
        for indicator in sorted(folder.indicators.values(), key=lambda each: not each.is_bounded):
            numerator, denominator = (Source(indicator.id, part) for part in (Part.NUMERATOR, Part.DENOMINATOR))
            self._add_bound(self._row(numerator), self._row(denominator), indicator)

    def ratio(self, row: Source) -> Indicator | None:
        """The indicator of a row of percentages, rates or averages; None for other rows."""
        indicator = self._folder.indicators.get(row.name)
        is_ratio = indicator and row.part is Part.VALUE and indicator.measure is not Measure.NUMBER
        return indicator if is_ratio else None

    def _number(self, row: Source, period: Period) -> Fraction:
        """The least number that is in agreement with all that it is made of."""
        row = self._same.get(row, row)
        if row in self._made:
            return min(self._made[row](period), _LARGEST)
        if indicator := self.ratio(row):
            value = _share(indicator, period) * indicator.per
            return Fraction(max(1, rounded_units(value, indicator.decimals)), 10**indicator.decimals)
        carries = row.name in self._folder.series and self._folder.series[row.name].carry
        least = 30 + _wave(row.name, period)
        for part, bound in self._below.get(row, {}).items():
            periods = self._rows[part] if carries else (period,)
            least = max([least, *(ceil(self.number(part, each) / _share(bound, each)) for each in periods)])
        return min(Fraction(least), _LARGEST)

    def _add_total(self, whole: _Row, parts: list[_Row]) -> None:
        """A whole that is the sum of other parts already is split into these."""
        known = [part for part in parts if part]
        if whole is None or len(known) < len(parts):
            return
        if self._make(whole, known, lambda period: sum((self.number(part, period) for part in known), Fraction(0))):
            return
        first, *others = known
        for other in others:
            self._make(other, [whole], lambda period: Fraction(self.number(whole, period) // len(known)))
        rest = (first, whole, *others)
        self._make(
            first, rest[1:], lambda period: self.number(whole, period) - sum(self.number(o, period) for o in others)
        )

    def _add_flow(self, flow: _Row, stock: _Row, sign: int) -> None:
        """What starts (1) or ends (-1) is the growth of the stock or its fall, and as much more as the other has."""
        if flow and stock:

            def made(period: Period) -> Fraction:
                growth = self.number(stock, period) - self.number(stock, period.shift(-1))
                return 30 + max(Fraction(0), sign * growth)

            self._make(flow, [stock], made)

    def _add_bound(self, part: _Row, whole: _Row, indicator: Indicator | None) -> None:
        """Makes a whole that is not made of others large enough for a part."""
        if part and whole and whole not in self._made and not self._rests_on(part, whole):
            self._below.setdefault(whole, {})[part] = indicator

    def _make(self, row: Source, of: Collection[Source], made: Callable[[Period], Fraction]) -> bool:
        """Whether a row is made of others from now on: not if it is made of any already, nor in a circle."""
        is_free = row not in self._made and not any(self._rests_on(other, row) for other in of)
        if is_free:
            self._made[row] = made
            self._below[row] = dict.fromkeys(of)
        return is_free

    def _rests_on(self, row: Source, other: Source) -> bool:
        return row == other or any(self._rests_on(below, other) for below in self._below.get(row, {}))

    def _row(self, source: Source) -> _Row:
        """The row that a source is taken from; None where it is computed."""
        if source in self._rows:
            return self._same.get(source, source)
        indicator = self._folder.indicators[source.name]
        if source.part is Part.VALUE:
            return self._row(Source(source.name, Part.NUMERATOR)) if indicator.measure is Measure.NUMBER else None
        referred = indicator.source(source.part)
        return self._row(referred) if referred else None


def _share(indicator: Indicator | None, period: Period) -> Fraction:
    """What a numerator usually is of its denominator, a little different each period; all of it without indicator."""
    if indicator is None:
        return Fraction(1)
    usual = {
        Measure.PERCENTAGE: _SHARES[indicator.polarity],
        Measure.RATE: min(Fraction(60, indicator.per), Fraction(6, 100)),
    }
    return usual.get(indicator.measure, _AVERAGE) * (1 + Fraction(_wave(indicator.id, period) - 2, 25))


def _wave(name: str, period: Period) -> int:
    """From 0 to 4, rising and falling with the periods, each name at another time."""
    return abs((period.ordinal + crc32(name.encode())) % 8 - 4)
