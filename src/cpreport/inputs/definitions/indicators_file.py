"""indicators.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isfinite
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from cpreport.inputs.definitions.consistency_file import (
    SharedDenominatorsDefinition,
    StockDefinition,
    SubsetDefinition,
    TotalDefinition,
)
from cpreport.inputs.definitions.definitions import Definition, Line, Name, Reference, source
from cpreport.model.indicator import (
    Breakdown,
    Change,
    CumulativeYear,
    Indicator,
    Measure,
    Polarity,
    Shows,
    Target,
    Typed,
)
from cpreport.model.period import Frequency

UNITS = {"rate": "Per {per:,}", "percentage": "%", "number": "Number", "average": "Average"}
UNITS_WITH_COUNT = {"rate": "Per {per:,} (number)", "percentage": "% (number)", "average": "Average (number)"}
REFERENCE = "a series, or another indicator's figure: 4.02.01/numerator"
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}
_PER_CENT = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*%")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target's value in the printed unit. `has_sign`: it is typed with a % sign."""

    value: Fraction
    has_sign: bool = False


def _goal(typed: object) -> Goal:
    if isinstance(typed, str) and (found := _PER_CENT.fullmatch(typed.strip())):
        return Goal(Fraction(found[1]), has_sign=True)
    if not isinstance(typed, int | float) or isinstance(typed, bool) or not isfinite(typed):
        raise ValueError('it must be a number, or a percentage such as "95%"')
    return Goal(Fraction(repr(typed)))


GoalValue = Annotated[
    Goal,
    PlainValidator(_goal, json_schema_input_type=float | str),
    Field(description='in the printed unit: 95 or "95%" for 95%'),
]


class TargetDefinition(Definition):
    since: date | None = Field(None, alias="from", description="the day from which the target holds")
    value: GoalValue


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
    target: GoalValue | None = None
    targets: list[TargetDefinition] = Field([], description="where the target changes")
    direction: bool = Field(True, description="false: no direction of travel is printed")
    lag: int = Field(0, ge=0, le=120, description="periods until a figure is due")
    may_exceed_100: bool = False
    typed: Literal["per cent", "fraction"] | None = Field(
        None, description="percentage only: whether 95% is typed as 95 or as 0.95 in cells without percent format"
    )
    cumulative: Literal["academic-year", "financial-year"] | None = None
    owner: Line | None = Field(None, description="who explains it")
    since: date | None = Field(None, alias="from", description="the first day of its life; earlier periods print new")
    until: date | None = Field(None, description="the last day of its life; then it leaves the tables")
    changes: list[ChangeDefinition] = Field([], description="when its definition changed")
    formerly: list[Name] = Field([], description="earlier ids: rows of these names are this indicator's")

    def wrong(self) -> Iterator[str]:
        yield from self._not_of_its_measure()
        yield from self._not_to_be_added_up()
        yield from self._not_a_target()
        yield from self._not_in_its_life()

    def named(self) -> Iterator[tuple[str, str]]:
        named = (("id", self.id), ("numerator", self.numerator), ("denominator", self.denominator))
        yield from ((key, name) for key, name in named if name)

    def _not_of_its_measure(self) -> Iterator[str]:
        if self.per is not None and self.measure != "rate":
            yield 'per is for measure = "rate" only'
        for key in ("may_exceed_100", "typed"):
            if getattr(self, key) and self.measure != "percentage":
                yield f'{key} is for measure = "percentage" only'
        if self.measure == "number" and (self.shows != "value" or self.denominator):
            yield "a number has no denominator and shows its value"
        if self.target is not None and self.targets:
            yield "give target or targets, not both"

    def _not_to_be_added_up(self) -> Iterator[str]:
        if self.cumulative and self.frequency == "year":
            yield "a yearly figure is that of its whole year already, so it cannot be cumulative"
        if self.cumulative and self.rolling > 1:
            yield "rolling figures share periods, so they cannot be cumulative"
        if self.cumulative == "academic-year" and self.frequency == "quarter":
            yield "no quarter begins with the academic year, so quarters cannot be cumulative for it"

    def _not_a_target(self) -> Iterator[str]:
        for goal in [self.target] if self.target else [target.value for target in self.targets]:
            number = f"{float(goal.value):.15g}"
            if goal.value < 0:
                yield f"the target {number} is below 0"
            if goal.has_sign and self.measure != "percentage":
                yield f'a target with a % sign, {number}%, is for measure = "percentage" only'
            if self.measure == "percentage" and not goal.has_sign and 0 < goal.value <= 1:
                per_cent = f"{float(goal.value * 100):.15g}"
                yield f'the target {number} may be {number}% or {per_cent}%: write "{number}%" or {per_cent}'

    def _not_in_its_life(self) -> Iterator[str]:
        if self.since and self.until and self.since > self.until:
            yield f"from ({self.since}) is after until ({self.until})"
        days = [change.day for change in self.changes]
        if len(set(days)) < len(days):
            yield "two changes have the same date; write one note for both"
        for day in days:
            if (self.since and day < self.since) or (self.until and day > self.until):
                yield f"the change of {day} is not between from and until"

    def indicator(self) -> Indicator:
        """As the report uses it, with the defaults of its measure."""
        per = self.per or 10_000
        units = UNITS if self.shows == "value" else UNITS_WITH_COUNT
        benchmark_decimals = 0 if self.measure == "number" else 1
        return self.made(
            Indicator,
            measure=Measure(self.measure),
            per={"rate": per, "percentage": 100}.get(self.measure, 1),
            unit=self.unit or units[self.measure].format(per=per),
            decimals=DECIMALS[self.measure] if self.decimals is None else self.decimals,
            benchmark_decimals=benchmark_decimals if self.benchmark_decimals is None else self.benchmark_decimals,
            shows=Shows(self.shows),
            polarity=Polarity(self.polarity),
            frequency=Frequency(self.frequency),
            numerator=source(self.numerator) if self.numerator else None,
            denominator=source(self.denominator) if self.denominator else None,
            targets=self._targets(),
            typed=Typed(self.typed) if self.typed else None,
            cumulative=CumulativeYear(self.cumulative) if self.cumulative else None,
            begins=self.since,
            ends=self.until,
            changes=tuple(entry.change() for entry in sorted(self.changes, key=lambda entry: entry.day)),
        )

    def _targets(self) -> tuple[Target, ...]:
        if self.target is not None:
            return (Target(self.target.value),)
        targets = [Target(target.value.value, target.since) for target in self.targets]
        return tuple(sorted(targets, key=lambda target: target.since or date.min))


class SeriesDefinition(Definition):
    id: Name
    title: Line
    carry: bool = Field(False, description="an entry holds until the next one")


class BreakdownDefinition(Definition):
    id: Name
    title: Line
    of: Reference | None = Field(None, description="what it breaks down: 4.02.04/numerator")

    def named(self) -> Iterator[tuple[str, str]]:
        yield from [("of", self.of)] if self.of else []

    def breakdown(self) -> Breakdown:
        return self.made(Breakdown, of=source(self.of) if self.of else None)


class IndicatorsFile(Definition):
    """indicators.toml."""

    indicators: list[IndicatorDefinition] = []
    series: list[SeriesDefinition] = []
    totals: list[TotalDefinition] = []
    subsets: list[SubsetDefinition] = []
    stocks: list[StockDefinition] = []
    shared_denominators: list[SharedDenominatorsDefinition] = []
    breakdowns: list[BreakdownDefinition] = []
