"""report.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cpreport.inputs.report.definitions import Definition, FileName, Line, Name
from cpreport.model.folder import Plausibility
from cpreport.model.period import MONTHS, Frequency, Term

Offset = Annotated[int, Field(le=0, ge=-600)]
Offsets = Annotated[list[Offset], Field(min_length=1)]


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


class PlausibilityDefinition(Definition):
    """From where on cpreport warns that a figure is implausible. None of it changes a figure or refuses the report."""

    history: Annotated[int, Field(ge=5, le=60, description="other figures that it takes to know what is usual")] = 8
    jump: Annotated[
        float,
        Field(ge=2, le=100, description="spreads that the newest figure may lie from the median of the earlier ones"),
    ] = 3.5
    unchanged: Annotated[
        int, Field(ge=3, le=60, description="newest figures alike that are too many where the history moves")
    ] = 4
    copied: Annotated[
        int, Field(ge=2, le=1000, description="figures that make a copied column if all equal last period's")
    ] = 5
    benchmark_age: Annotated[
        int, Field(ge=12, le=600, description="months that a benchmark's period may have ended before Data as at")
    ] = 48
    benchmark_factor: Annotated[
        float, Field(ge=2, le=1000, description="times that a benchmark may be above or below the median figure")
    ] = 10

    def plausibility(self) -> Plausibility:
        return Plausibility(**self.model_dump())


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
    plausibility: PlausibilityDefinition = PlausibilityDefinition()
    terms: dict[Annotated[str, Field(pattern=r"^\w+$")], str] = Field(
        {}, description='the terms of a school year in order, with their months: Autumn = "Sep-Dec"'
    )
    sections: list[SectionDefinition] = Field(min_length=1)

    @model_validator(mode="after")
    def _terms_follow_each_other(self) -> ReportFile:
        read_terms(self.terms)
        return self


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
