"""Example numbers: made up, the same at every run, filled in from the parts to the wholes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from math import ceil, floor
from zlib import crc32

from cpreport.forms.starter.rows import Rows
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Polarity, Source
from cpreport.model.number import rounded_units
from cpreport.model.period import Period

_SHARES = {Polarity.HIGH: Fraction(9, 10), Polarity.LOW: Fraction(1, 10), Polarity.NONE: Fraction(3, 10)}
_LARGEST = Fraction(10**12)

_Made = Callable[[Period], Fraction]
_Row = Source | None


class Numbers:
    """A number for each row and period, in the printed unit (22.5 for 22.5%).

    A whole is the sum of its parts, what starts and ends makes its stock, and a denominator is large enough for its
    numerators. What the report folder asks in a circle, or of one row twice, is left out: such numbers may disagree.
    """

    def __init__(self, folder: ReportFolder, rows: Rows) -> None:
        self._folder = folder
        self._rows = rows
        self._same: dict[Source, Source] = {}
        self._made: dict[Source, _Made] = {}
        self._governed: set[Source] = set()
        self._below: dict[Source, dict[Source, Indicator | None]] = {}
        self._above: dict[Source, dict[Source, Indicator | None]] = {}
        self._least = cache(self._filled)
        for shared in folder.shared_denominators:
            first, *others = (self._row(source) for source in shared.sources)
            self._same |= {other: first for other in others if other and first and other != first}
        for total in folder.totals:
            self._add_total(self._row(total.whole), [self._row(part) for part in total.parts])
        for flow in folder.stocks:
            self._add_flows(self._row(flow.stock), self._row(flow.starts), self._row(flow.ends))
        for subset in folder.subsets:
            self._add_bound(self._row(subset.part), self._row(subset.whole), None)
        for indicator in sorted(folder.indicators.values(), key=lambda each: not each.is_bounded):
            numerator, denominator = (Source(indicator.id, part) for part in (Part.NUMERATOR, Part.DENOMINATOR))
            self._add_bound(self._row(numerator), self._row(denominator), indicator)

    def number(self, row: Source, period: Period) -> Fraction:
        """A numerator that nothing else is made of is the usual share of its denominators."""
        row = self._same.get(row, row)
        wholes = self._above.get(row, {})
        if not wholes or row in self._governed or row in self._below or self._ratio(row):
            return self._least(row, period)
        usual = (self._least(whole, period) * _share(indicator, period) for whole, indicator in wholes.items())
        return Fraction(max(1, floor(min(usual))))

    def _filled(self, row: Source, period: Period) -> Fraction:
        """The least number that is in agreement with all that it is made of."""
        if row in self._made:
            return self._made[row](period)
        ratio = self._ratio(row)
        least = _usual_value(ratio, period, row in self._governed) if ratio else Fraction(30 + _wave(row.name, period))
        for part, indicator in self._below.get(row, {}).items():
            periods = self._rows.periods[part] if self._carries(row) else (period,)
            needed = max((self._least(part, each) / _share(indicator, each) for each in periods), default=least)
            least = max(least, needed if ratio else Fraction(ceil(needed)))
        return min(least, _LARGEST)

    def _add_total(self, whole: _Row, parts: list[_Row]) -> None:
        """A whole that is the sum of two totals already is split into the parts of the second."""
        known = [part for part in parts if part]
        if whole is None or len(known) < len(parts):
            return
        if whole not in self._governed and not any(self._rests_on(part, whole) for part in known):
            self._make(whole, known, lambda period: sum((self._least(part, period) for part in known), Fraction(0)))
        elif not any(part in self._governed or self._rests_on(whole, part) for part in known):
            first, *others = known
            for part in others:
                self._make(part, [whole], lambda period: Fraction(self._least(whole, period) // len(known)))
            self._make(
                first, [whole], lambda period: self._least(whole, period) - sum(self._least(o, period) for o in others)
            )

    def _add_flows(self, stock: _Row, starts: _Row, ends: _Row) -> None:
        if not (stock and starts and ends) or {starts, ends} & self._governed:
            return
        if self._rests_on(stock, starts) or self._rests_on(stock, ends) or starts == ends:
            return

        def growth(period: Period) -> Fraction:
            return self._least(stock, period) - self._least(stock, period.shift(-1))

        self._make(starts, [stock], lambda period: 30 + max(Fraction(0), growth(period)))
        self._make(ends, [stock], lambda period: 30 + max(Fraction(0), -growth(period)))

    def _make(self, row: Source, of: Iterable[Source], made: _Made) -> None:
        self._made[row] = made
        self._below[row] = dict.fromkeys(of)
        self._governed |= {row, *of}

    def _add_bound(self, part: _Row, whole: _Row, indicator: Indicator | None) -> None:
        """Keeps a part below its whole, unless that would rest on itself."""
        if part is None or whole is None or self._rests_on(part, whole):
            return
        self._above.setdefault(part, {})[whole] = indicator
        if whole not in self._made:
            self._below.setdefault(whole, {})[part] = indicator

    def _rests_on(self, row: Source, other: Source) -> bool:
        found, waiting = {row}, [row]
        while waiting:
            below = self._below.get(waiting.pop(), {}).keys() - found
            found |= below
            waiting += below
        return other in found

    def _row(self, source: Source) -> _Row:
        row = self._rows.row(source)
        return self._same.get(row, row) if row else None

    def _carries(self, row: Source) -> bool:
        return row.name in self._folder.series and self._folder.series[row.name].carry

    def _ratio(self, row: Source) -> Indicator | None:
        """The indicator of a row of percentages, rates or averages; None for other rows."""
        indicator = self._folder.indicators.get(row.name)
        is_ratio = indicator and row.part is Part.VALUE and indicator.measure is not Measure.NUMBER
        return indicator if is_ratio else None


def _usual_value(indicator: Indicator, period: Period, is_governed: bool) -> Fraction:
    """A ratio's value at the indicator's decimals; smaller where it is one of several that are added up."""
    value = _share(indicator, period) * indicator.per / (8 if is_governed else 1)
    return Fraction(max(1, rounded_units(value, indicator.decimals)), 10**indicator.decimals)


def _share(indicator: Indicator | None, period: Period) -> Fraction:
    """What a numerator usually is of its denominator, a little different each period; all of it without indicator."""
    if indicator is None:
        return Fraction(1)
    match indicator.measure:
        case Measure.PERCENTAGE:
            usual = _SHARES[indicator.polarity]
        case Measure.RATE:
            usual = min(Fraction(60, indicator.per), Fraction(6, 100))
        case _:
            usual = Fraction(3, 2) if indicator.decimals > 1 else Fraction(420)
    return usual * (1 + Fraction(_wave(indicator.id, period) - 2, 25))


def _wave(name: str, period: Period) -> int:
    """From 0 to 4, rising and falling with the periods, each name at another time."""
    return abs((period.ordinal + crc32(name.encode())) % 8 - 4)
