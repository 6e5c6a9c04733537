"""indicators.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from cpreport.inputs.report.consistency_file import (
    SharedDenominatorsDefinition,
    StockDefinition,
    SubsetDefinition,
    TotalDefinition,
)
from cpreport.inputs.report.definitions import Definition, Line, Name, Reference, source
from cpreport.model.indicator import (
    Breakdown,
    Change,
    CumulativeYear,
    Indicator,
    Measure,
    Polarity,
    Series,
    Shows,
    Target,
)
from cpreport.model.period import Frequency

UNITS = {"rate": "Per {per:,}", "percentage": "%", "number": "Number", "average": "Average"}
UNITS_WITH_COUNT = {"rate": "Per {per:,} (number)", "percentage": "% (number)", "average": "Average (number)"}
REFERENCE = "a series, or another indicator's figure: 4.02.01/numerator"
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}


class TargetDefinition(Definition):
    since: date | None = Field(None, alias="from", description="the day from which the target holds")
    value: float = Field(allow_inf_nan=False, description="in the printed unit: 95 for 95%")


class ChangeDefinition(Definition):
    day: date = Field(alias="date", description="the first day of the changed definition")
    note: Line = Field(description="printed under tables that show figures of before and after")
    comparable: bool = Field(True, description="false: figures are not compared across the change")

    def change(self) -> Change:
        return Change(self.day, self.note, self.comparable)


class IndicatorDefinition(Definition):
    id: Name = Field(description="unique; never printed")
    reference: Line | None = Field(None, description="printed before the title")
    title: Line
    measure: Literal["rate", "percentage", "number", "average"]
    per: int | None = Field(None, gt=0, le=10**9, description="rate only: per how many; default 10,000")
    unit: Line | None = Field(None, description="printed as the type of measure; has a default for each measure")
    decimals: int | None = Field(None, ge=0, le=6, description="default: rate 1, percentage 1, number 0, average 2")
    shows: Literal["value", "count", "fraction"] = "value"
    polarity: Literal["high", "low", "none"] = Field("none", description="which direction is good")
    frequency: Literal["month", "quarter", "term", "year"] = "month"
    numerator: Reference | None = Field(None, description=REFERENCE)
    denominator: Reference | None = Field(None, description=REFERENCE)
    benchmark_decimals: int | None = Field(None, ge=0, le=6, description="default: number 0, others 1")
    rolling: int = Field(1, ge=1, le=600, description="how many periods each figure covers")
    target: float | None = Field(None, allow_inf_nan=False, description="in the printed unit: 95 for 95%")
    targets: list[TargetDefinition] = Field([], description="where the target changes")
    direction: bool = Field(True, description="false: no direction of travel is printed")
    lag: int = Field(0, ge=0, le=120, description="periods until a figure is due")
    may_exceed_100: bool = False
    cumulative: Literal["academic-year", "financial-year"] | None = None
    owner: Line | None = Field(None, description="who explains it")
    since: date | None = Field(None, alias="from", description="the first day of its life; earlier periods print new")
    until: date | None = Field(None, description="the last day of its life; then it leaves the tables")
    changes: list[ChangeDefinition] = Field([], description="when its definition changed")
    formerly: list[Name] = Field([], description="earlier ids: rows of these names are this indicator's")

    @model_validator(mode="after")
    def _keys_fit_the_measure(self) -> IndicatorDefinition:
        if self.per is not None and self.measure != "rate":
            raise ValueError('per is for measure = "rate" only')
        if self.may_exceed_100 and self.measure != "percentage":
            raise ValueError('may_exceed_100 is for measure = "percentage" only')
        if self.measure == "number" and (self.shows != "value" or self.denominator):
            raise ValueError("a number has no denominator and shows its value")
        if self.target is not None and self.targets:
            raise ValueError("give target or targets, not both")
        return self

    @model_validator(mode="after")
    def _can_be_added_up(self) -> IndicatorDefinition:
        if self.cumulative and self.frequency == "year":
            raise ValueError("a yearly figure is that of its whole year already, so it cannot be cumulative")
        if self.cumulative and self.rolling > 1:
            raise ValueError("rolling figures share periods, so they cannot be cumulative")
        if self.cumulative == "academic-year" and self.frequency == "quarter":
            raise ValueError("no quarter begins with the academic year, so quarters cannot be cumulative for it")
        return self

    @model_validator(mode="after")
    def _days_fit_each_other(self) -> IndicatorDefinition:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"from ({self.since}) is after until ({self.until})")
        days = [change.day for change in self.changes]
        if len(set(days)) < len(days):
            raise ValueError("two changes have the same date; write one note for both")
        for day in days:
            if (self.since and day < self.since) or (self.until and day > self.until):
                raise ValueError(f"the change of {day} is not between from and until")
        return self

    def indicator(self) -> Indicator:
        """As the report uses it, with the defaults of its measure."""
        per = self.per or 10_000
        units = UNITS if self.shows == "value" else UNITS_WITH_COUNT
        return Indicator(
            id=self.id,
            reference=self.reference or "",
            title=self.title,
            measure=Measure(self.measure),
            per={"rate": per, "percentage": 100}.get(self.measure, 1),
            unit=self.unit or units[self.measure].format(per=per),
            decimals=DECIMALS[self.measure] if self.decimals is None else self.decimals,
            benchmark_decimals=self._benchmark_decimals(),
            shows=Shows(self.shows),
            polarity=Polarity(self.polarity),
            frequency=Frequency(self.frequency),
            numerator=source(self.numerator) if self.numerator else None,
            denominator=source(self.denominator) if self.denominator else None,
            rolling=self.rolling,
            targets=self._targets(),
            direction=self.direction,
            lag=self.lag,
            may_exceed_100=self.may_exceed_100,
            cumulative=CumulativeYear(self.cumulative) if self.cumulative else None,
            owner=self.owner or "",
            begins=self.since,
            ends=self.until,
            changes=tuple(entry.change() for entry in sorted(self.changes, key=lambda entry: entry.day)),
            formerly=tuple(self.formerly),
        )

    def _benchmark_decimals(self) -> int:
        if self.benchmark_decimals is not None:
            return self.benchmark_decimals
        return 0 if self.measure == "number" else 1

    def _targets(self) -> tuple[Target, ...]:
        if self.target is not None:
            return (Target(Fraction(repr(self.target))),)
        targets = [Target(Fraction(repr(target.value)), target.since) for target in self.targets]
        return tuple(sorted(targets, key=lambda target: target.since or date.min))


class SeriesDefinition(Definition):
    id: Name
    title: Line
    carry: bool = Field(False, description="an entry holds until the next one")

    def series(self) -> Series:
        return Series(self.id, self.title, self.carry)


class BreakdownDefinition(Definition):
    id: Name
    title: Line
    of: Reference | None = Field(None, description="what it breaks down: 4.02.04/numerator")

    def breakdown(self) -> Breakdown:
        return Breakdown(self.id, self.title, source(self.of) if self.of else None)


class IndicatorsFile(Definition):
    """indicators.toml."""

    indicators: list[IndicatorDefinition] = []
    series: list[SeriesDefinition] = []
    totals: list[TotalDefinition] = []
    subsets: list[SubsetDefinition] = []
    stocks: list[StockDefinition] = []
    shared_denominators: list[SharedDenominatorsDefinition] = []
    breakdowns: list[BreakdownDefinition] = []
