"""What must hold between figures of one period, as the report folder declares it."""

from __future__ import annotations

from dataclasses import dataclass

from cpreport.model.indicator import Part, Source


@dataclass(frozen=True, slots=True)
class Total:
    """Parts that must add up to a whole."""

    whole: Source
    parts: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Subset:
    """A part that is never more than its whole."""

    part: Source
    whole: Source


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock is that of the period before plus what starts minus what ends in between."""

    stock: Source
    starts: Source
    ends: Source


@dataclass(frozen=True, slots=True)
class SharedDenominators:
    """Indicators, by their ids, that have one denominator in each period."""

    indicators: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(name, Part.DENOMINATOR) for name in self.indicators)
