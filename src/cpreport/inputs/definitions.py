"""report.toml and indicators.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cpreport.model.indicator import (
    Breakdown,
    CumulativeYear,
    Indicator,
    Measure,
    Part,
    Polarity,
    Series,
    Shows,
    Source,
    Target,
    Total,
)
from cpreport.model.period import MONTHS, Frequency, Term

UNITS = {"rate": "Per {per:,}", "percentage": "%", "number": "Number", "average": "Average"}
UNITS_WITH_COUNT = {"rate": "Per {per:,} (number)", "percentage": "% (number)", "average": "Average (number)"}
REFERENCE = "a series, or another indicator's figure: 4.02.01/numerator"
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}


def _printable(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("control characters and line breaks are not allowed")
    return text


def _trimmed(text: str) -> str:
    if text != text.replace("\u00a0", " ").strip():
        raise ValueError("spaces before and after it are not allowed")
    return text


def _one_part(text: str) -> str:
    if "--" in text:
        raise ValueError("-- is not allowed: it stands between a section's id and an author's name")
    return text


def _reference(text: str) -> str:
    name, slash, part = text.rpartition("/")
    if slash and (not name or part not in [known.value for known in Part]):
        raise ValueError("write a series' id, or an indicator's id with /numerator, /denominator or /value")
    return text


Line = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Name = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[^/]*$"), AfterValidator(_printable), AfterValidator(_trimmed)
]
FileName = Annotated[Name, Field(pattern=r"^[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*$"), AfterValidator(_one_part)]
Reference = Annotated[str, Field(min_length=1), AfterValidator(_reference)]
Offset = Annotated[int, Field(le=0, ge=-600)]
Offsets = Annotated[list[Offset], Field(min_length=1)]


class Definition(BaseModel):
    """A table of a TOML file. Unknown keys are mistakes; a type is never guessed from another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TargetDefinition(Definition):
    since: date | None = Field(None, alias="from", description="the day from which the target holds")
    value: float = Field(allow_inf_nan=False, description="in the printed unit: 95 for 95%")


class IndicatorDefinition(Definition):
    id: Name = Field(description="unique; never printed")
    reference: Line | None = Field(None, description="printed before the title")
    title: Line
    measure: Literal["rate", "percentage", "number", "average"]
    per: int | None = Field(None, gt=0, description="rate only: per how many; default 10,000")
    unit: Line | None = Field(None, description="printed as the type of measure; has a default for each measure")
    decimals: int | None = Field(None, ge=0, le=6, description="default: rate 1, percentage 1, number 0, average 2")
    shows: Literal["value", "count", "fraction"] = "value"
    polarity: Literal["high", "low", "none"] = Field("none", description="which direction is good")
    frequency: Literal["month", "quarter", "term", "year"] = "month"
    numerator: Reference | None = Field(None, description=REFERENCE)
    denominator: Reference | None = Field(None, description=REFERENCE)
    benchmark_decimals: int | None = Field(None, ge=0, le=6, description="default: number 0, others 1")
    rolling: int = Field(1, ge=1, description="how many periods each figure covers")
    target: float | None = Field(None, allow_inf_nan=False, description="in the printed unit: 95 for 95%")
    targets: list[TargetDefinition] = Field([], description="where the target changes")
    direction: bool = Field(True, description="false: no direction of travel is printed")
    lag: int = Field(0, ge=0, le=120, description="periods until a figure is due")
    may_exceed_100: bool = False
    cumulative: Literal["academic-year", "financial-year"] | None = None
    owner: Line | None = Field(None, description="who explains it")

    @model_validator(mode="after")
    def _keys_fit_the_measure(self) -> IndicatorDefinition:
        if self.per is not None and self.measure != "rate":
            raise ValueError('per is for measure = "rate" only')
        if self.may_exceed_100 and self.measure != "percentage":
            raise ValueError('may_exceed_100 is for measure = "percentage" only')
        if self.measure == "number" and (self.shows != "value" or self.denominator):
            raise ValueError("a number has no denominator and shows its value")
        if self.cumulative == "academic-year" and self.frequency == "quarter":
            raise ValueError("no quarter begins with the academic year, so quarters cannot be cumulative for it")
        if self.target is not None and self.targets:
            raise ValueError("give target or targets, not both")
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
            numerator=source(self.numerator),
            denominator=source(self.denominator),
            rolling=self.rolling,
            targets=self._targets(),
            direction=self.direction,
            lag=self.lag,
            may_exceed_100=self.may_exceed_100,
            cumulative=CumulativeYear(self.cumulative) if self.cumulative else None,
            owner=self.owner or "",
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


class TotalDefinition(Definition):
    whole: Line = Field(description="an indicator or series")
    parts: list[Line] = Field(min_length=1, description="indicators or series")

    def total(self) -> Total:
        return Total(self.whole, tuple(self.parts))


class BreakdownDefinition(Definition):
    id: Name
    title: Line
    of: Reference | None = Field(None, description="what it breaks down: 4.02.04/numerator")

    def breakdown(self) -> Breakdown:
        return Breakdown(self.id, self.title, source(self.of))


class IndicatorsFile(Definition):
    """indicators.toml."""

    indicators: list[IndicatorDefinition] = []
    series: list[SeriesDefinition] = []
    totals: list[TotalDefinition] = []
    breakdowns: list[BreakdownDefinition] = []


class PeriodsDefinition(Definition):
    """The columns of a table, as offsets from the reporting period."""

    month: Offsets = [-12, -2, -1, 0]
    quarter: Offsets = [-3, -2, -1, 0]
    term: Offsets = [-2, -1, 0]
    year: Offsets = [-2, -1, 0]

    @model_validator(mode="after")
    def _in_order(self) -> PeriodsDefinition:
        for offsets in (self.month, self.quarter, self.term, self.year):
            if offsets != sorted(set(offsets)):
                raise ValueError("offsets stand in order, each once: [-12, -2, -1, 0]")
        return self

    def offsets(self) -> dict[Frequency, tuple[int, ...]]:
        return {frequency: tuple(getattr(self, frequency.value)) for frequency in Frequency}


class ComparatorDefinition(Definition):
    id: Name
    heading: Line
    name: Line
    always: bool = Field(False, description="a column even where no indicator of the table has one")


class SlotDefinition(Definition):
    id: Name
    title: Line
    required: bool = False


class SectionDefinition(Definition):
    id: FileName = Field(description="also the name of its narrative file")
    title: Line
    owner: Line | None = None
    group: Line | None = Field(None, description="goes before the section's title in the page header")
    template: Line = "sections/standard.md"
    indicators: list[Line] = []
    slots: list[SlotDefinition] = []


class ReportFile(Definition):
    """report.toml."""

    title: Line
    authority: Line | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en-GB"
    direction: Literal["row", "cell"] = Field("row", description="where the direction of travel stands")
    benchmark_period: Line | None = None
    indicators: Line = "indicators.toml"
    periods: PeriodsDefinition = PeriodsDefinition()
    comparators: list[ComparatorDefinition] = []
    terms: dict[Annotated[str, Field(pattern=r"^\w+$")], str] = Field(
        {}, description='the terms of a school year in order, with their months: Autumn = "Sep-Dec"'
    )
    sections: list[SectionDefinition] = Field(min_length=1)

    @model_validator(mode="after")
    def _terms_follow_each_other(self) -> ReportFile:
        read_terms(self.terms)
        return self


def source(text: str | None) -> Source | None:
    """The entries that `series` or `indicator/part` names; a bare name stands for its value."""
    if text is None:
        return None
    name, _, part = text.rpartition("/")
    return Source(name, Part(part)) if name else Source(text, Part.VALUE)


def read_terms(table: dict[str, str]) -> tuple[Term, ...]:
    """The terms of a `[terms]` table; raises ValueError if they are not months in order within a year."""
    short = [name[:3].lower() for name in MONTHS]
    terms = []
    for name, months in table.items():
        ends = [part.strip()[:3].lower() for part in months.replace("\u2013", "-").split("-")]
        if len(ends) != 2 or not set(ends) <= set(short):
            raise ValueError(f'terms.{name}: {months!r} is no pair of months such as "Sep-Dec"')
        terms.append(Term(name, short.index(ends[0]) + 1, short.index(ends[1]) + 1))
    if terms:
        spans = [range((t.first - terms[0].first) % 12, (t.last - terms[0].first) % 12 + 1) for t in terms]
        covered = [month for span in spans for month in span]
        if not all(spans) or covered != sorted(set(covered)):
            raise ValueError("the terms overlap or are not in the order of the school year")
    return tuple(terms)
