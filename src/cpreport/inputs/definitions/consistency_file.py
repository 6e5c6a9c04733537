"""The tables of indicators.toml that say what must hold between figures, as pydantic models."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from cpreport.inputs.definitions.definitions import Definition, Line, Reference, source
from cpreport.model.folder import SharedDenominators, Stock, Subset, Total

NAMED = "an indicator or a series; a part of a figure as 4.02.01/numerator"


class _Consistency(Definition):
    def named(self) -> Iterator[tuple[str, str]]:
        """Its keys with what they name, what the rule is about first."""
        for key, name in self:
            yield from ((key, each) for each in (name if isinstance(name, list) else [name]))


class TotalDefinition(_Consistency):
    whole: Reference = Field(description=NAMED)
    parts: list[Reference] = Field(min_length=1, description=f"what must add up to it, each {NAMED}")

    def total(self) -> Total:
        return Total(source(self.whole), tuple(source(part) for part in self.parts))


class SubsetDefinition(_Consistency):
    part: Reference = Field(description=f"what is never more than the whole: {NAMED}")
    whole: Reference = Field(description=NAMED)

    def subset(self) -> Subset:
        return Subset(source(self.part), source(self.whole))


class StockDefinition(_Consistency):
    stock: Reference = Field(description=f"how many there are at the end of each period: {NAMED}")
    starts: Reference = Field(description=f"how many came in the period: {NAMED}")
    ends: Reference = Field(description=f"how many went in the period: {NAMED}")

    def flow(self) -> Stock:
        return Stock(source(self.stock), source(self.starts), source(self.ends))


class SharedDenominatorsDefinition(_Consistency):
    indicators: list[Line] = Field(min_length=2, description="ids of indicators that have one denominator")

    def shared(self) -> SharedDenominators:
        return SharedDenominators(tuple(self.indicators))

    def named(self) -> Iterator[tuple[str, str]]:
        """Its keys with what they name."""
        yield from (("indicators", f"{name}/denominator") for name in self.indicators)
