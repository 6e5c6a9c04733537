"""Which rows a starter workbook has, and what each figure is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from cpreport.forms.starter.columns import Columns
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Shows, Source
from cpreport.model.period import Kind, Period


class Cell(NamedTuple):
    """A cell of the Data sheet: part of an indicator's or series' figure of a period."""

    name: str
    part: Part
    period: Period


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure that is computed: `per` × numerator / denominator."""

    per: int
    numerator: Quantity
    denominator: Quantity


Quantity: TypeAlias = Cell | Ratio


class Layout:
    """The rows, only where an indicator has no reference for that part, and the cells behind every figure."""

    def __init__(self, folder: ReportFolder, columns: Columns, needs_counts: bool) -> None:
        self._folder = folder
        self._columns = columns
        self._needs_counts = needs_counts
        sources = (source for indicator in folder.indicators.values() for source in _sources(indicator))
        self._referred = {(source.name, source.part) for source in sources}
        self._referred |= {(b.of.name, b.of.part) for b in folder.breakdowns.values() if b.of}
        self._series_kinds = self._kinds_of_series()
        self.parts = {name: self._parts(indicator) for name, indicator in folder.indicators.items()}

    def periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """The columns that are in an indicator's life."""
        columns = self._columns[Kind(indicator.frequency.value)]
        return tuple(period for period in columns if indicator.lives_in(period))

    def series_periods(self, name: str) -> tuple[Period, ...]:
        """The periods in which a series has a number: only the earliest if it carries."""
        found = [period for kind in Kind if kind in self._series_kinds[name] for period in self._columns[kind]]
        if self._folder.series[name].carry:
            found = sorted(found, key=lambda period: period.start)[:1]
        return tuple(found)

    def cells(self) -> Iterator[Cell]:
        """All cells that get a number, row by row."""
        for name, parts in self.parts.items():
            periods = self.periods(self._folder.indicators[name])
            yield from (Cell(name, part, period) for part in parts for period in periods)
        for name in self._folder.series:
            yield from (Cell(name, Part.VALUE, period) for period in self.series_periods(name))

    def is_unanswered(self, indicator: Indicator) -> bool:
        """Whether an indicator's references lead nowhere, as those to an indicator of another frequency do."""
        periods = self.periods(indicator)
        return bool(periods) and self.value(indicator, periods[-1]) is None

    def value(self, indicator: Indicator, period: Period) -> Quantity | None:
        """What a figure's value is made of; None where there can be none."""
        given = self.part(indicator, Part.VALUE, period)
        if given or indicator.measure is Measure.NUMBER:
            return given or self.part(indicator, Part.NUMERATOR, period)
        numerator, denominator = (self.part(indicator, part, period) for part in (Part.NUMERATOR, Part.DENOMINATOR))
        return Ratio(indicator.per, numerator, denominator) if numerator and denominator else None

    def part(self, indicator: Indicator, part: Part, period: Period) -> Quantity | None:
        """What a part of a figure is: a cell of the indicator's own, or what it refers to."""
        if part in self.parts[indicator.id]:
            fits = period.kind.frequency is indicator.frequency
            return Cell(indicator.id, part, period) if fits else None
        source = {Part.NUMERATOR: indicator.numerator, Part.DENOMINATOR: indicator.denominator}.get(part)
        return self._referred_to(source, period) if source else None

    def _referred_to(self, source: Source, period: Period) -> Quantity | None:
        if source.name in self._folder.series:
            carries = self._folder.series[source.name].carry
            return self._in_series(source.name, self.series_periods(source.name)[0] if carries else period)
        indicator = self._folder.indicators[source.name]
        is_value = source.part is Part.VALUE
        return self.value(indicator, period) if is_value else self.part(indicator, source.part, period)

    def source(self, source: Source, period: Period) -> Quantity | None:
        """What a series, or a part of an indicator's figure, is in a period; None where there is none."""
        indicator = self._folder.indicators.get(source.name)
        is_other_kind = indicator is not None and indicator.frequency is not period.kind.frequency
        return None if is_other_kind else self._referred_to(source, period)

    def source_periods(self, sources: Iterable[Source]) -> list[Period]:
        """The periods of sources that do not carry; where all carry, theirs."""
        found: dict[bool, set[Period]] = {False: set(), True: set()}
        for name in (source.name for source in sources):
            indicator = self._folder.indicators.get(name)
            carries = indicator is None and self._folder.series[name].carry
            found[carries] |= set(self.periods(indicator) if indicator else self.series_periods(name))
        return sorted(found[False] or found[True])

    def _in_series(self, name: str, period: Period) -> Cell | None:
        """A series' cell; None where it has no number of that very period."""
        return Cell(name, Part.VALUE, period) if period in self.series_periods(name) else None

    def _parts(self, indicator: Indicator) -> tuple[Part, ...]:
        if indicator.measure is Measure.NUMBER:
            if indicator.numerator:
                return ()
            return (Part.NUMERATOR,) if (indicator.id, Part.NUMERATOR) in self._referred else (Part.VALUE,)
        sources = {Part.NUMERATOR: indicator.numerator, Part.DENOMINATOR: indicator.denominator}
        if not self._is_computed(indicator):
            return (Part.VALUE,)
        return tuple(part for part, source in sources.items() if source is None)

    def _is_computed(self, indicator: Indicator) -> bool:
        """Whether a ratio needs numerator and denominator rather than its value alone."""
        is_wanted = self._needs_counts or indicator.shows is not Shows.VALUE or indicator.cumulative is not None
        refers = any(True for _ in _sources(indicator))
        named = {(indicator.id, Part.NUMERATOR), (indicator.id, Part.DENOMINATOR)} & self._referred
        return is_wanted or refers or bool(named)

    def _kinds_of_series(self) -> dict[str, set[Kind]]:
        """The kinds of period for which a series is asked: by what refers to it or is compared with it."""
        kinds: dict[str, set[Kind]] = {name: set() for name in self._folder.series}
        for indicator in self._folder.indicators.values():
            for name in self._series_behind(indicator):
                kinds[name].add(Kind(indicator.frequency.value))
        for sources in self._folder.compared():
            names = [source.name for source in sources]
            found = {Kind(i.frequency.value) for name in names if (i := self._folder.indicators.get(name))}
            for name in names:
                if name in kinds:
                    kinds[name] |= found
        return {name: found or {Kind.MONTH} for name, found in kinds.items()}

    def _series_behind(self, indicator: Indicator) -> set[str]:
        found: set[str] = set()
        waiting, seen = [indicator], {indicator.id}
        while waiting:
            for source in _sources(waiting.pop()):
                if source.name in self._folder.series:
                    found.add(source.name)
                elif source.name not in seen:
                    seen.add(source.name)
                    waiting.append(self._folder.indicators[source.name])
        return found


def _sources(indicator: Indicator) -> Iterator[Source]:
    return (source for source in (indicator.numerator, indicator.denominator) if source)
