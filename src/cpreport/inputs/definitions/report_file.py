"""report.toml as pydantic models: every key, its type, its limits, its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from cpreport.inputs.definitions.definitions import Definition, FileName, Line, Name
from cpreport.inputs.definitions.indicators_file import ToleranceValue, read_tolerance
from cpreport.inputs.definitions.sentences import SCHEMA
from cpreport.model.folder import (
    SCORECARD_COLUMNS,
    Comparator,
    Condition,
    Geography,
    Ignore,
    JudgementRules,
    Plausibility,
    ReportFolder,
    SectionPlan,
    Slot,
    TableColumns,
)
from cpreport.model.indicator import Indicator, Tolerances
from cpreport.model.peers import Averaging, PeerGroup
from cpreport.model.period import MONTHS, TERMS, Frequency, Term, Terms
from cpreport.model.period_text import parse_period

Offset = Annotated[int, Field(le=0, ge=-600)]
Offsets = Annotated[list[Offset], Field(min_length=1)]


def _out_of_order(offsets: list[int]) -> tuple[bool, str]:
    return offsets != sorted(set(offsets)), "offsets must be in order, each once: [-12, -2, -1, 0]"


class PeriodsDefinition(Definition):
    """The columns of a table, as offsets from the reporting period."""

    month: Offsets = [-12, -2, -1, 0]
    quarter: Offsets = [-3, -2, -1, 0]
    term: Offsets = [-2, -1, 0]
    year: Offsets = [-2, -1, 0]

    def problems(self) -> Iterator[tuple[object, str]]:
        yield from (_out_of_order(offsets) for _, offsets in self)

    def offsets(self) -> dict[Frequency, tuple[int, ...]]:
        return {frequency: tuple(getattr(self, frequency.value)) for frequency in Frequency}


class ComparatorDefinition(Definition):
    model_class = Comparator
    converters = {"geography": Geography}

    id: Name
    heading: Line
    name: Line
    always: bool = Field(False, description="a column even where no indicator of the table has one")
    geography: Literal["national", "regional", "neighbours"] | None = Field(
        None,
        description="which figures of DfE's files are its own; default: those of England, of the neighbours for SN, and"
        " of our region for one that has its name",
    )


class PeersDefinition(Definition):
    """Authorities whose average is a comparator's benchmark, where Benchmarks has none."""

    model_class = PeerGroup
    converters = {"average": Averaging}

    id: Name = Field(description="a comparator's id")
    name: Line
    members: list[Line] = Field([], description="default: every authority of the sheet Peers but our own")
    average: Literal["mean", "pooled"] = Field(
        "mean", description="the unweighted mean of the members' figures, or all numerators over all denominators"
    )
    fewest: int = Field(8, ge=1, description="how many members must be known for an average")

    def problems(self) -> Iterator[tuple[object, str]]:
        number = len(self.members)
        is_never = 0 < number < self.fewest
        yield is_never, f"fewest is {self.fewest}, but there are {number} members: no average would ever be made"


class SlotDefinition(Definition):
    model_config = ConfigDict(json_schema_extra={"required": ["id"]})
    model_class = Slot
    converters = {"required_when": Condition}

    id: Name
    title: Line = Field(description='default with each: "Comment"')
    each: Literal["indicator"] | None = Field(
        None, description="a text for each indicator of the section, under its name"
    )
    required: bool = Field(False, description="a report without this text is refused")
    required_when: Annotated[
        list[Literal["worse", "missed-target", "off-target", "close-to-target", "special-cause"]],
        AfterValidator(lambda names: [*dict.fromkeys(names)]),
    ] = Field(
        [],
        min_length=1,
        description="required only when an indicator, as its newest figure shows, is judged worse, missed its target"
        " (off and close to it are the two ways to do so), or has a special cause (on the control chart of a flow):"
        " one of the section, of the whole report where the section has none, or with each the indicator itself",
    )
    min_words: int = Field(0, ge=0, description="a shorter text is a warning; a tag that prints counts as one word")
    max_words: int | None = Field(None, ge=1, description="a longer text is a warning")
    owner: Line | None = Field(
        None, description="who writes it; default: the section's owner, with each first the indicator's"
    )

    @model_validator(mode="before")
    @classmethod
    def _titled(cls, table: Any) -> Any:
        return {"title": "Comment", **table} if isinstance(table, dict) and "each" in table else table

    def problems(self) -> Iterator[tuple[object, str]]:
        is_denied = "required" in self.model_fields_set and not self.required
        yield self.required_when and is_denied, "required_when says when a text is required: remove required = false"
        yield self.max_words is not None and self.max_words < self.min_words, "max_words is less than min_words"

    def to_model(self, **others: Any) -> Any:
        return super().to_model(required=self.required or bool(self.required_when), **others)

    def comment(self, on: Indicator, owner: str | None) -> Slot:
        """The slot for the comment on an indicator of a section with such an owner, if it has one."""
        joined = [f"{on.reference}{sign} {on.title}" for sign in (":", " -")]
        found: Slot = self.to_model(
            id=on.id,
            title=on.name,
            owner=self.owner or on.owner or owner or "",
            indicator=on.id,
            names=(on.reference, on.title, *joined) if on.reference else (),
            common_title=self.title,
        )
        return found


class NarrativesDefinition(Definition):
    """What holds for all narratives."""

    similarity: int = Field(
        default=90,
        ge=50,
        le=100,
        description="from how many per cent similar to last period's text a text is copied",
    )


class SectionDefinition(Definition):
    model_class = SectionPlan

    id: FileName = Field(description="also the name of its narrative file")
    title: Line
    owner: Line | None = Field(None, description="who writes its narratives")
    group: Line | None = Field(None, description="goes before the section's title in the page header")
    template: Line = "sections/standard.md"
    indicators: list[Line] = []
    periods: list[Offset] = Field(
        [], min_length=1, description="the columns of its tables, as offsets; default: those of [periods]"
    )
    slots: list[SlotDefinition] = []
    new_page: bool = Field(True, description="false: it goes on below the section before it")
    numbered: bool = Field(True, description="false: in a report that is numbered it has no numbers")

    def problems(self) -> Iterator[tuple[object, str]]:
        number = sum(slot.each is not None for slot in self.slots)
        yield _out_of_order(self.periods)
        yield number > 1, "only one of its slots may have each"
        yield number and not self.indicators, "it has a slot for each indicator, but no indicators"

    def plan(self, indicators: Mapping[str, Indicator]) -> SectionPlan:
        """The section, with a slot for the comment on each of its indicators if it asks for comments."""
        each = [slot for slot in self.slots if slot.each]
        found: SectionPlan = self.to_model(
            slots=tuple(slot.to_model() for slot in self.slots if not slot.each),
            comments=tuple(slot.comment(indicators[name], self.owner) for slot in each for name in self.indicators),
        )
        return found


class IgnoreDefinition(Definition):
    model_class = Ignore

    code: Line = Field(description="the code of a warning or note")
    indicator: Line | None = Field(None, description="only for this indicator or series")
    period: Line | None = Field(None, description="only for this period, such as Jul 23 or 2023-07")
    section: Line | None = Field(None, description="only for this section")
    reason: Line = Field(description="why it may be ignored")
    until: date = Field(description="for workbooks whose data are as at this day or earlier")

    def ignore(self, terms: Terms) -> Ignore:
        """Its period is kept as reports print it; raises NotAPeriod where it is none."""
        found: Ignore = self.to_model(period=parse_period(self.period, terms).label if self.period else "")
        return found


class PlausibilityDefinition(Definition):
    """The limits from which a figure is implausible. They only give warnings; they never change a figure."""

    model_class = Plausibility

    history: int = Field(8, ge=5, le=60, description="how many other figures are needed to know what is usual")
    jump: float = Field(
        3.5, ge=2, le=100, description="how many spreads the newest figure may be from the earlier ones' median"
    )
    unchanged: int = Field(
        4, ge=3, le=60, description="how many equal newest figures are too many if earlier ones vary"
    )
    copied: int = Field(5, ge=2, le=1000, description="how many figures, all as last period, make a copied column")
    benchmark_age: int = Field(
        48, ge=12, le=600, description="how many months before Data as at a benchmark's period may end"
    )
    benchmark_factor: float = Field(
        9,
        ge=2,
        le=1000,
        description="from how many times the median figure (or its fraction) a benchmark is in another unit",
    )


class TolerancesDefinition(Definition):
    """By how much a figure may miss its target and be close to it, where its indicator does not say so."""

    model_class = Tolerances

    percentages: ToleranceValue | None = Field(None, description="with a target of 50 or more; default: 5 points")
    percentages_below_50: ToleranceValue | None = Field(None, description="with a lower target; default: 2 points")
    others: ToleranceValue | None = Field(None, description="of all other measures; default: 10% of the target")


def _for_all(typed: object) -> object:
    """One tolerance stands for that of each measure."""
    if isinstance(typed, dict | TolerancesDefinition):
        return typed
    read_tolerance(typed)
    return dict.fromkeys(TolerancesDefinition.model_fields, typed)


class StatusDefinition(Definition):
    """What holds for all targets."""

    tolerance: Annotated[
        TolerancesDefinition,
        BeforeValidator(_for_all, json_schema_input_type=float | str | TolerancesDefinition),
        Field(
            description="one for all targets, or a table: percentages with a target of 50 or more, below, and others"
        ),
    ] = TolerancesDefinition.model_validate({})


class WordsDefinition(Definition):
    """What the report prints for the words of statuses and judgements."""

    on_target: Line | None = Field(None, alias="on-target")
    close_to_target: Line | None = Field(None, alias="close-to-target")
    off_target: Line | None = Field(None, alias="off-target")
    no_target: Line | None = Field(None, alias="no-target")
    not_due: Line | None = Field(None, alias="not-due")
    no_data: Line | None = Field(None, alias="no-data")
    no_judgement: Line | None = Field(None, alias="no-judgement")
    better: Line | None = None
    worse: Line | None = None
    higher: Line | None = None
    lower: Line | None = None
    no_clear_change: Line | None = Field(None, alias="no-clear-change")
    similar: Line | None = None
    too_few_to_say: Line | None = Field(None, alias="too-few-to-say")
    cannot_tell: Line | None = Field(None, alias="cannot-tell")
    not_compared: Line | None = Field(None, alias="not-compared")

    def problems(self) -> Iterator[tuple[object, str]]:
        """A word is printed for one status or judgement only, and is not the name of another."""
        own = [word.casefold() for name, word in self.printed().items() if word.casefold() != name]
        taken = [*self._canonical(), *own]
        twice = next((word for word in taken if taken.count(word) > 1), "")
        yield twice, f"{twice!r} would stand for two of the words"

    def printed(self) -> dict[str, str]:
        """What is printed, by the canonical word."""
        return {name: word for name, (_, word) in zip(self._canonical(), self, strict=True) if word is not None}

    def _canonical(self) -> list[str]:
        return [name.replace("_", " ") for name in type(self).model_fields]


class LibraryDefinition(Definition):
    """What the report says of indicators that it takes from indicators-library.toml."""

    begins: dict[Name, date] = Field(
        {},
        alias="from",
        description="the first day that an indicator is reported, by its id; earlier periods print new",
    )


class JudgementDefinition(Definition):
    """When a figure is called better or worse, and when there are too few children to say."""

    model_class = JudgementRules

    on: bool = Field(True, description="false: no judgement is printed; `cpreport figures` still gives them")
    denominator: int = Field(20, ge=1, le=1000, description="a smaller denominator is too few to say")
    events: int = Field(10, ge=1, le=1000, description="fewer events (the numerator, or a number) are too few to say")
    points: int = Field(13, ge=10, le=120, description="figures that a control chart needs since the last break")
    level: float = Field(95, ge=80, le=99.9, description="of confidence intervals, in per cent")
    benchmark_age: int = Field(
        24, ge=0, le=600, description="months that a benchmark's period may have ended before our figure's"
    )


class TablesDefinition(Definition):
    """More columns of tables of indicators."""

    model_class = TableColumns

    judgement: bool = Field(False, description="whether the newest figure is better or worse than before")
    mean: int | None = Field(
        None,
        ge=2,
        le=600,
        description="the mean of so many months; a table of quarters has that of 4 for 12, one of terms that of a year",
    )
    year_end: bool = Field(False, description="the figure of the last year's end: March, quarter 4, the last term")
    last_report: bool = Field(False, description="the figure of the period that About's Last report names")


class ScorecardDefinition(Definition):
    """What scorecards show of each indicator."""

    columns: list[Line] = Field(
        [*SCORECARD_COLUMNS[:6]],
        min_length=1,
        description=f"in order, of these: {', '.join(SCORECARD_COLUMNS)}; reference or title comes first",
    )

    def problems(self) -> Iterator[tuple[object, str]]:
        is_other = self.columns[0] in SCORECARD_COLUMNS[2:]
        yield is_other, "reference or title must be the first of columns: it heads the rows"


class GlanceDefinition(Definition):
    """What `at_a_glance()` prints."""

    first: list[Line] = Field([], description="ids of indicators that stand first, whatever their figures")


class CoverDefinition(Definition):
    """What the cover shows."""

    fields: list[Line] = Field([], description="keys of the About sheet, in order; a blank one leaves its line out")


class ReportFile(Definition):
    """report.toml."""

    model_class = ReportFolder

    title: Line
    authority: Line | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en-GB"
    direction: Literal["cell", "row"] = Field(
        "cell", description="where the direction of travel is printed: below each figure, or in a row of its own"
    )
    benchmark_period: Line | None = None
    compare_with_earlier: bool = Field(
        False,
        description="report what differs from the newest earlier workbook in the folder, and mark as revised"
        " what earlier ones first printed differently",
    )
    numbered: bool = Field(False, description="headings and paragraphs have numbers: 1, 1.1, 1.1.1")
    indicators: Line = "indicators.toml"
    periods: PeriodsDefinition = PeriodsDefinition()
    comparators: list[ComparatorDefinition] = []
    peers: list[PeersDefinition] = []
    plausibility: PlausibilityDefinition = PlausibilityDefinition.model_validate({})
    status: StatusDefinition = StatusDefinition.model_validate({})
    words: WordsDefinition = WordsDefinition.model_validate({})
    judgement: JudgementDefinition = JudgementDefinition.model_validate({})
    tables: TablesDefinition = TablesDefinition.model_validate({})
    scorecard: ScorecardDefinition = ScorecardDefinition.model_validate({})
    glance: GlanceDefinition = GlanceDefinition.model_validate({})
    cover: CoverDefinition = CoverDefinition.model_validate({})
    sentences: dict[str, Line] = Field(
        {},
        description="other texts for sentences that are computed; words in braces are filled in",
        json_schema_extra=SCHEMA,
    )
    terms: dict[Annotated[str, Field(pattern=r"^\w+$")], str] = Field(
        {}, description='the terms of a school year in order, with their months: Autumn = "Sep-Dec"'
    )
    standing_glossary: bool = Field(
        False,
        description="true: the glossary is the same in each report; terms that one does not use are not reported",
    )
    narratives: NarrativesDefinition = NarrativesDefinition()
    sections: list[SectionDefinition] = Field(min_length=1)
    library: LibraryDefinition = LibraryDefinition.model_validate({})
    ignore: list[IgnoreDefinition] = Field([], description="findings that are ignored")

    @model_validator(mode="after")
    def _has_terms_in_order(self) -> Self:
        read_terms(self.terms)
        return self


def read_terms(table: dict[str, str]) -> Terms:
    """The terms of a `[terms]` table, or the usual ones; raises ValueError if they are not in order within a year."""
    short = [name[:3].lower() for name in MONTHS]
    terms = []
    for name, months in table.items():
        ends = [part.strip()[:3].lower() for part in months.replace("\u2013", "-").split("-")]
        if len(ends) != 2 or not set(ends) <= set(short):
            raise ValueError(f'terms.{name}: {months!r} is not a pair of months such as "Sep-Dec"')
        terms.append(Term(name, short.index(ends[0]) + 1, short.index(ends[1]) + 1))
    if terms:
        spans = [range((t.first - terms[0].first) % 12, (t.last - terms[0].first) % 12 + 1) for t in terms]
        covered = [month for span in spans for month in span]
        if not all(spans) or covered != sorted(set(covered)):
            raise ValueError("the terms overlap or are not in the order of the school year")
    return tuple(terms) or TERMS
