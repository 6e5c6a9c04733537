"""The report folder as values: what the report is, its sections, its indicators and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from cpreport.model.indicator import Breakdown, Indicator, Part, Series, Source, Tolerances
from cpreport.model.peers import PeerGroup
from cpreport.model.period import TERMS, Frequency, Terms
from cpreport.model.sentences import sentence

OWN_PLACE = "sheet: Indicators"
"""Where a report is that has no folder, as `ReportFolder.place` says of others."""


class Geography(Enum):
    """Which of DfE's figures are a comparator's: England's, our region's, or the average of statistical neighbours."""

    NATIONAL = "national"
    REGIONAL = "regional"
    NEIGHBOURS = "neighbours"


class Comparator(NamedTuple):
    """`always`: its column stands even where no indicator of the table has a benchmark.

    `geography` is None where its id and names say it, if anything does.
    """

    id: str
    heading: str
    name: str
    always: bool = False
    geography: Geography | None = None


class Condition(Enum):
    """What an indicator must show, at its newest period, for a slot to be required.

    It is one of the section, of the whole report where the section has none, or a comment's own.
    """

    WORSE = "worse"
    MISSED_TARGET = "missed-target"
    OFF_TARGET = "off-target"
    CLOSE_TO_TARGET = "close-to-target"
    SPECIAL_CAUSE = "special-cause"


class Slot(NamedTuple):
    """A place in a section for a narrative, or for the comment on an `indicator`, whose id and name it then has.

    `required` holds always, or with `required_when` only where one of these conditions does. `max_words` is None where
    any length will do; `owner` is empty where the section's owner writes it. `names` are further names of a comment,
    `common_title` is that of all comments of its section.
    """

    id: str
    title: str
    required: bool = False
    required_when: tuple[Condition, ...] = ()
    min_words: int = 0
    max_words: int | None = None
    owner: str = ""
    indicator: str = ""
    names: tuple[str, ...] = ()
    common_title: str = ""


class SectionPlan(NamedTuple):
    """A section as report.toml lists it. `indicators` are ids, in order.

    `comments` has a slot for each of them, if the section asks for comments; the other slots are in `slots`. `periods`
    are the offsets of its tables' columns, whatever their periods; empty where it has those of the report. Without a
    `new_page` it goes on below the section before; `numbered` holds in a report that is numbered.
    """

    id: str
    title: str
    template: str
    owner: str = ""
    group: str = ""
    indicators: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    comments: tuple[Slot, ...] = ()
    periods: tuple[int, ...] = ()
    new_page: bool = True
    numbered: bool = True

    @property
    def every_slot(self) -> tuple[Slot, ...]:
        """Its slots, then its comments."""
        return self.slots + self.comments

    @property
    def running(self) -> str:
        """What the page header says."""
        return f"{self.group} – {self.title}" if self.group else self.title


class Ignore(NamedTuple):
    """Findings that report.toml sets aside, with the reason, for workbooks whose data are as at `until` or earlier.

    Empty strings stand for any indicator, period or section.
    """

    code: str
    reason: str
    until: date
    indicator: str = ""
    period: str = ""
    section: str = ""


class GlossaryTerm(NamedTuple):
    term: str
    description: str


class Shell(NamedTuple):
    """shell.docx, and the words of each of its paragraphs, tags included."""

    content: bytes = b""
    paragraphs: tuple[str, ...] = ()


class Total(NamedTuple):
    """Parts that must add up to a whole."""

    whole: Source
    parts: tuple[Source, ...]


class Subset(NamedTuple):
    """A part that is never more than its whole."""

    part: Source
    whole: Source


class Stock(NamedTuple):
    """A stock is that of the period before plus what starts minus what ends in between."""

    stock: Source
    starts: Source
    ends: Source


class SharedDenominators(NamedTuple):
    """Indicators, by their ids, that have one denominator in each period."""

    indicators: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(name, Part.DENOMINATOR) for name in self.indicators)


class Plausibility(NamedTuple):
    """From where on a figure is called implausible.

    `history` is how many other figures it takes to know what is usual; `jump` how many spreads from the median a figure
    may lie; `unchanged` how many newest figures alike are too many; `copied` how many figures that equal last period's
    make a copied column. `benchmark_age` is in months, `benchmark_factor` how many times the median figure a benchmark
    is, or the median figure the benchmark, from where on they have different units.
    """

    history: int = 8
    jump: float = 3.5
    unchanged: int = 4
    copied: int = 5
    benchmark_age: int = 48
    benchmark_factor: float = 9


class JudgementRules(NamedTuple):
    """When a figure is called better or worse.

    Where `on` is false no judgement is printed. A smaller `denominator` or fewer `events` are too few to say anything;
    a control chart needs `points` figures. `level` is that of confidence intervals, in per cent; `benchmark_age` how
    many months before ours a benchmark's period may have ended.
    """

    on: bool = True
    denominator: int = 20
    events: int = 10
    points: int = 13
    level: float = 95
    benchmark_age: int = 24


class TableColumns(NamedTuple):
    """Which columns tables of indicators have beside those of their periods, comparators and targets.

    `mean` is of how many months, 0 for none; `year_end` the last outturn, `last_report` what the board saw last.
    """

    judgement: bool = False
    mean: int = 0
    year_end: bool = False
    last_report: bool = False


class TableLook(NamedTuple):
    """What a template may ask of the columns of one table of indicators.

    `target` and `status` are None where these columns stand if an indicator has a target. `pairs`: a period's number
    has a column of its own; `dates`: periods are headed by their last day.
    """

    target: bool | None = None
    status: bool | None = None
    pairs: bool = False
    dates: bool = False


SCORECARD_COLUMNS = (
    *("reference", "title", "good_is", "target", "figure", "status"),
    *("direction", "judgement", "baseline", "comment"),
)
"""The columns that a scorecard may have; the first six are those that it has unless report.toml says otherwise."""


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A whole report folder, read and checked alone. `templates` are the section templates' texts by their path.

    `default_shell` is the packaged one, for the styles that `shell` lacks. `page_html`, `page_css` and `page_typ` are
    the texts of the files that HTML and PDF have in its place; `own_pages` names those that are not the packaged ones.
    From `similarity` per cent on a narrative counts as copied. A `standing_glossary` holds terms whether the report
    uses them or not. `compare_with_earlier`: a month is compared with the earlier workbooks in its folder. `place` is
    where it is, seen from the workbook; `root` is its path, `other_name` its name if it was given in place of the
    workbook's own. `others` are reports that may share its workbooks. `tolerance` has those of all targets that have
    none of their own; `words` are printed for canonical ones, `sentences` for those of `model.sentences`, by their
    keys. `first_measures` are the ids of indicators that stand first at a glance. `look` is that of a table whose tag
    has options. `numbered`: headings and paragraphs have numbers. `cover_fields` are the keys of About that the cover
    shows.
    """

    title: str
    sections: tuple[SectionPlan, ...]
    indicators: Mapping[str, Indicator]
    offsets: Mapping[Frequency, tuple[int, ...]]
    authority: str = ""
    language: str = "en-GB"
    direction_in_cell: bool = True
    compare_with_earlier: bool = False
    numbered: bool = False
    cover_fields: tuple[str, ...] = ()
    benchmark_period: str = ""
    comparators: tuple[Comparator, ...] = ()
    peers: tuple[PeerGroup, ...] = ()
    series: Mapping[str, Series] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    subsets: tuple[Subset, ...] = ()
    stocks: tuple[Stock, ...] = ()
    shared_denominators: tuple[SharedDenominators, ...] = ()
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    terms: Terms = TERMS
    ignores: tuple[Ignore, ...] = ()
    plausibility: Plausibility = field(default_factory=Plausibility)
    tolerance: Tolerances = field(default_factory=Tolerances)
    words: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)
    first_measures: tuple[str, ...] = ()
    judgement: JudgementRules = field(default_factory=JudgementRules)
    tables: TableColumns = field(default_factory=TableColumns)
    look: TableLook = field(default_factory=TableLook)
    scorecard: tuple[str, ...] = SCORECARD_COLUMNS[:6]
    templates: Mapping[str, str] = field(default_factory=dict)
    glossary: tuple[GlossaryTerm, ...] = ()
    standing_glossary: bool = False
    similarity: int = 90
    shell: Shell = field(default_factory=Shell)
    default_shell: bytes = b""
    page_html: str = ""
    page_css: str = ""
    page_typ: str = ""
    own_pages: tuple[str, ...] = ()
    place: str = ""
    root: str = field(default="", compare=False)
    other_name: str = ""
    others: tuple[ReportFolder, ...] = ()

    def reach(self, frequency: Frequency) -> set[int]:
        """The offsets of all columns that tables of such periods may have in any section."""
        return {*self.offsets[frequency], *(offset for section in self.sections for offset in section.periods)}

    @property
    def to_write(self) -> tuple[SectionPlan, ...]:
        """The sections that have slots."""
        return tuple(section for section in self.sections if section.every_slot)

    def printed(self, word: str) -> str:
        """What the report prints for a canonical word."""
        return self.words.get(word, word)

    def sentence(self, key: str, **values: object) -> str:
        """What the report prints for the sentence of a key, with its fields filled."""
        return sentence(self.sentences, key, **values)

    @property
    def renamed(self) -> dict[str, str]:
        """The former ids of indicators, each with the one of today."""
        return {former: name for name, indicator in self.indicators.items() for former in indicator.formerly}

    def compared(self) -> list[tuple[Source, ...]]:
        """The sources that are set against each other: of each total, subset, stock and shared denominator."""
        return [
            *((total.whole, *total.parts) for total in self.totals),
            *((subset.part, subset.whole) for subset in self.subsets),
            *((flow.stock, flow.starts, flow.ends) for flow in self.stocks),
            *(shared.sources for shared in self.shared_denominators),
        ]
