"""indicators.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, PlainValidator

from cpreport.inputs.definitions.definitions import Definition, Line, Name, Named, Reference, Whole
from cpreport.model.folder import SharedDenominators, Stock, Subset, Total
from cpreport.model.indicator import (
    AGREED_LATER,
    Baseline,
    Breakdown,
    Change,
    CumulativeYear,
    Indicator,
    Measure,
    Nature,
    Polarity,
    Series,
    Shows,
    Target,
    Tolerance,
    Typed,
)
from cpreport.model.number import decimals_of
from cpreport.model.period import Frequency

UNITS = {"rate": "Per {per:,}", "percentage": "%", "number": "Number", "average": "Average"}
BRACKETS = {"value": "", "count": " (number)", "fraction": " (number/out of)"}
"""What explains the bracket of a figure, after its unit."""

REFERENCE = "a series, or another indicator's figure: 4.02.01/numerator"
NAMED = "an indicator or a series; a part of a figure as 4.02.01/numerator"
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}
_LARGEST = 1e300
_MOST_DECIMALS = 12
_PER_CENT = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*%")
_TOLERANCE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*(%|points?)")


class TargetNumber(NamedTuple):
    """A value in the printed unit, None where it is to be agreed, and whether it is typed with a % sign."""

    value: Fraction | None
    has_sign: bool = False


def _amount(typed: object, otherwise: str = "") -> TargetNumber:
    if isinstance(typed, str) and (found := _PER_CENT.fullmatch(typed.strip())):
        return TargetNumber(Fraction(found[1]), True)
    if not isinstance(typed, int | float) or isinstance(typed, bool) or not abs(typed) < _LARGEST:
        raise ValueError(f'it must be a number, or a percentage such as "95%"{otherwise}')
    value = Fraction(repr(typed))
    if value and decimals_of(value) > _MOST_DECIMALS:
        raise ValueError(f"it must not have more than {_MOST_DECIMALS} decimals")
    return TargetNumber(value)


def _target_number(typed: object) -> TargetNumber:
    if isinstance(typed, str) and typed.strip().lower() == AGREED_LATER:
        return TargetNumber(None)
    return _amount(typed, f', or "{AGREED_LATER}"')


def read_tolerance(typed: object) -> Tolerance:
    """A tolerance as typed; raises ValueError."""
    if isinstance(typed, str) and (found := _TOLERANCE.fullmatch(typed.strip())):
        return Tolerance(Fraction(found[1]), found[2] == "%")
    if typed == 0 and not isinstance(typed, bool):
        return Tolerance(Fraction(0))
    raise ValueError('it must be a text with its unit, such as "5 points" or "10%", or 0 for none')


AmountValue = Annotated[
    TargetNumber,
    PlainValidator(_amount, json_schema_input_type=float | str),
    Field(description='in the printed unit: 95 or "95%" for 95%'),
]
TargetValue = Annotated[
    TargetNumber,
    PlainValidator(_target_number, json_schema_input_type=float | str),
    Field(description=f'in the printed unit: 95 or "95%" for 95%; or "{AGREED_LATER}"'),
]
ToleranceValue = Annotated[
    Tolerance,
    PlainValidator(read_tolerance, json_schema_input_type=float | str),
    Field(
        description='by how much a figure may miss the target and be close to it: "10%" of the target, "5 points" in'
        " the printed unit, 0 for none"
    ),
]


class TargetDefinition(Definition):
    since: date | None = Field(None, alias="from", description="the day from which the target holds")
    by: date | None = Field(None, description="the day by which it is to be reached, a milestone; instead of from")
    value: TargetValue

    def problems(self) -> Iterator[tuple[object, str]]:
        yield self.since and self.by, "give from or by, not both"


class BaselineDefinition(Definition):
    period: Line = Field(description="such as Nov 17 or 2016/17")
    value: AmountValue


class ChangeDefinition(Definition):
    model_class = Change

    since: date = Field(alias="date", description="the first day of the changed definition")
    note: Line = Field(description="printed under tables with figures from before and after")
    is_comparable: bool = Field(
        True, alias="comparable", description="false: figures are not compared across the change"
    )


class IndicatorDefinition(Definition):
    model_class = Indicator
    converters = {
        "measure": Measure,
        "shows": Shows,
        "polarity": Polarity,
        "frequency": Frequency,
        "typed": Typed,
        "cumulative": CumulativeYear,
        "kind": Nature,
    }

    id: Name = Field(description="unique; never printed")
    reference: Line | None = Field(None, description="printed before the title")
    title: Line
    measure: Literal["rate", "percentage", "number", "average"]
    per: int | None = Field(None, gt=0, le=10**9, description="rate only: per how many; default 10,000")
    unit: Line | None = Field(
        None, description="printed as the type of measure, with what its bracket is; has a default for each measure"
    )
    decimals: int | None = Field(None, ge=0, le=6, description="default: rate 1, percentage 1, number 0, average 2")
    shows: Literal["value", "count", "fraction"] = "value"
    polarity: Literal["high", "low", "none"] = Field("none", description="which direction is good")
    frequency: Literal["month", "quarter", "term", "year"] = "month"
    numerator: Reference | None = Field(None, description=REFERENCE)
    denominator: Reference | None = Field(None, description=REFERENCE)
    benchmark_decimals: int | None = Field(None, ge=0, le=6, description="default: number 0, others 1")
    rolling: int = Field(1, ge=1, le=600, description="how many periods each figure covers")
    target: TargetValue | None = None
    targets: list[TargetDefinition] = Field([], description="where the target changes: each has from, or each has by")
    target_decimals: int | None = Field(None, ge=0, le=6, description="default: as many as the target is typed with")
    tolerance: ToleranceValue | None = None
    profile: list[AmountValue] = Field(
        [],
        description="cumulative only: the target of the year to date at each period of the year, the year's last",
    )
    kind: Literal["flow", "stock"] = Field(
        "stock",
        description="flow: each figure is of events within its period; stock: of a state on a day, of what is up to"
        " date, or of the last 12 months. Only flows have a control chart",
    )
    benchmark_basis: Literal["different"] | None = Field(
        None, description="different: benchmarks of other months or another definition, never judged against"
    )
    baseline: BaselineDefinition | None = Field(None, description="a figure that later ones are seen against")
    direction: bool = Field(True, description="false: no direction of travel is printed")
    lag: int = Field(0, ge=0, le=120, description="periods until a figure is due")
    may_exceed_100: bool = False
    typed: Literal["per cent", "fraction"] | None = Field(
        None, description="percentage only: whether 95% is typed as 95 or as 0.95 in cells without percent format"
    )
    cumulative: Literal["academic-year", "financial-year"] | None = None
    cumulative_in: Literal["table"] | None = Field(
        None,
        description="cumulative only; table: it stands in the table of its frequency, which prints the year to date"
        " with a star, not in a table of cumulative indicators",
    )
    owner: Line | None = Field(None, description="who explains it")
    counts: list[Line] | None = Field(
        None,
        min_length=2,
        max_length=2,
        description='what it counts, one and several: ["child", "children"]; sentences say `7 of 12 children`',
    )
    begins: date | None = Field(
        None, alias="from", description="the first day it is reported; earlier periods print new"
    )
    ends: date | None = Field(None, alias="until", description="the last day it is reported; then it leaves the tables")
    changes: list[ChangeDefinition] = Field([], description="when its definition changed")
    formerly: list[Name] = Field([], description="earlier ids: rows of these names are this indicator's")

    def problems(self) -> Iterator[tuple[object, str]]:
        is_percentage, has_parts = self.measure == "percentage", self.shows != "value" or self.denominator
        yield self.per is not None and self.measure != "rate", 'per is for measure = "rate" only'
        yield self.may_exceed_100 and not is_percentage, 'may_exceed_100 is for measure = "percentage" only'
        yield self.typed and not is_percentage, 'typed is for measure = "percentage" only'
        yield self.measure == "number" and has_parts, "a number has no denominator and shows its value"
        yield self.target and self.targets, "give target or targets, not both"
        if self.cumulative:
            is_split = self.cumulative == "academic-year" and self.frequency == "quarter"
            is_yearly = self.frequency == "year"
            yield is_yearly, "a yearly figure already covers its whole year, so it cannot be cumulative"
            yield self.rolling > 1, "rolling figures share periods, so they cannot be cumulative"
            yield is_split, "no quarter begins with the academic year, so quarters cannot be cumulative for it"
        for what, (value, has_sign) in self._amounts():
            number, per_cent = f"{float(value or 0):.15g}", f"{float((value or 0) * 100):.15g}"
            signed = f'a {what} with a % sign, {number}%, is for measure = "percentage" only'
            is_unclear = is_percentage and not has_sign and value and 0 < value <= 1
            is_cut = value and what == "target" and self.target_decimals is not None
            yield value and value < 0 and what == "target", f"the target {number} is below 0"
            yield has_sign and not is_percentage, signed
            yield is_unclear, f'the {what} {number} may be {number}% or {per_cent}%: write "{number}%" or {per_cent}'
            yield (
                is_cut and decimals_of(value or Fraction(0)) > (self.target_decimals or 0),
                f"target_decimals = {self.target_decimals} would print another number than the target {number}",
            )
        starts = [target.since or target.by for target in self.targets]
        milestones = [target for target in self.targets if target.by]
        is_mixed = milestones and len(milestones) < len(self.targets)
        year = self.target.value if self.target else None
        yield is_mixed, "give from for each of the targets, or by for each, not both"
        yield len(set(starts)) < len(starts), "two targets have the same date"
        yield self.profile and not self.cumulative, "profile is for cumulative indicators only"
        yield self.cumulative_in and not self.cumulative, "cumulative_in is for cumulative indicators only"
        yield self.profile and self.targets, "give profile or targets, not both"
        is_other = self.profile and year is not None and self.profile[-1].value != year
        yield is_other, "the last number of profile is the year's target, so it must equal target"
        first, last, days = self.begins or date.min, self.ends or date.max, [change.since for change in self.changes]
        yield first > last, f"from ({first}) is after until ({last})"
        yield len(set(days)) < len(days), "two changes have the same date; write one note for both"
        yield from ((not first <= day <= last, f"the change of {day} is not between from and until") for day in days)

    def named(self) -> Iterator[tuple[str, Named]]:
        yield "id", Whole(self.id)
        yield from super().named()

    def to_model(self, **others: Any) -> Indicator:
        """As the report uses it, with the defaults of its measure."""
        per = self.per or 10_000
        unit = self.unit or UNITS[self.measure].format(per=per)
        bracket = "" if self.measure == "number" or unit.endswith(")") else BRACKETS[self.shows]
        defaults = {
            "decimals": DECIMALS[self.measure],
            "benchmark_decimals": 0 if self.measure == "number" else 1,
        }
        targets = (Target(each.value.value, each.since, each.by) for each in self.targets)
        baseline = self.baseline and Baseline(self.baseline.period, self.baseline.value.value or Fraction(0))
        indicator: Indicator = super().to_model(
            **{key: default for key, default in defaults.items() if getattr(self, key) is None},
            unit=unit + bracket,
            per={"rate": per, "percentage": 100}.get(self.measure, 1),
            targets=(Target(self.target.value),) if self.target else tuple(sorted(targets, key=lambda t: t.begins)),
            profile=tuple(each.value for each in self.profile),
            benchmarks_differ=self.benchmark_basis is not None,
            baseline=baseline,
            direction=self.direction and not self.cumulative_in,
            cumulative_in_table=self.cumulative_in is not None,
            changes=tuple(change.to_model() for change in sorted(self.changes, key=lambda change: change.since)),
            **others,
        )
        return indicator

    def _amounts(self) -> Iterator[tuple[str, TargetNumber]]:
        """The target, targets, profile and baseline, each with what it is called."""
        goals = [self.target] if self.target else [target.value for target in self.targets]
        yield from (("target", goal) for goal in (*goals, *self.profile))
        yield from (("baseline", self.baseline.value),) if self.baseline else ()


class SeriesDefinition(Definition):
    model_class = Series

    id: Name
    title: Line
    carry: bool = Field(False, description="an entry holds until the next one")


class TotalDefinition(Definition):
    model_class = Total

    whole: Reference = Field(description=NAMED)
    parts: list[Reference] = Field(min_length=1, description=f"what must add up to it, each {NAMED}")


class SubsetDefinition(Definition):
    model_class = Subset

    part: Reference = Field(description=f"what is never more than the whole: {NAMED}")
    whole: Reference = Field(description=NAMED)


class StockDefinition(Definition):
    model_class = Stock

    stock: Reference = Field(description=f"how many there are at the end of each period: {NAMED}")
    starts: Reference = Field(description=f"how many started in the period: {NAMED}")
    ends: Reference = Field(description=f"how many ended in the period: {NAMED}")


class SharedDenominatorsDefinition(Definition):
    model_class = SharedDenominators

    indicators: list[Line] = Field(min_length=2, description="ids of indicators that have one denominator")

    def named(self) -> Iterator[tuple[str, Named]]:
        yield from (("indicators", Named(f"{name}/denominator")) for name in self.indicators)


class BreakdownDefinition(Definition):
    model_class = Breakdown

    id: Name
    title: Line
    of: Reference | None = Field(None, description="what it breaks down: 4.02.04/numerator")
    heading: Line = Field("Category", description="what its categories are: LA of placement")
    group_heading: Line | None = Field(None, description="what its groups are: Gender")
    order: list[Line] = Field([], description="its categories in the order in which they print, as they print")


class IndicatorsFile(Definition):
    """indicators.toml."""

    indicators: list[IndicatorDefinition] = []
    series: list[SeriesDefinition] = []
    totals: list[TotalDefinition] = []
    subsets: list[SubsetDefinition] = []
    stocks: list[StockDefinition] = []
    shared_denominators: list[SharedDenominatorsDefinition] = []
    breakdowns: list[BreakdownDefinition] = []
