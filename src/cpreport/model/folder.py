"""The report folder as values: what the report is, its sections, its indicators and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cpreport.model.indicator import Breakdown, Indicator, Series, Total
from cpreport.model.period import TERMS, Frequency, Terms


@dataclass(frozen=True, slots=True)
class Comparator:
    """`always`: its column stands even where no indicator of the table has a benchmark."""

    id: str
    heading: str
    name: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a section for a narrative."""

    id: str
    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section as report.toml lists it. `indicators` are ids, in order."""

    id: str
    title: str
    template: str
    owner: str = ""
    group: str = ""
    indicators: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()

    @property
    def running(self) -> str:
        """What the page header says."""
        return f"{self.group} – {self.title}" if self.group else self.title


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    term: str
    description: str


@dataclass(frozen=True, slots=True)
class Shell:
    """shell.docx, and the words of each of its paragraphs, tags included."""

    content: bytes
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plausibility:
    """From where on a figure is called implausible.

    `history` is how many other figures it takes to know what is usual; `jump` how many spreads from the median a figure
    may lie; `unchanged` how many newest figures alike are too many; `copied` how many figures that equal last period's
    make a copied column. `benchmark_age` is in months, `benchmark_factor` how many times a benchmark may be the median
    figure, or the median figure the benchmark.
    """

    history: int = 8
    jump: float = 3.5
    unchanged: int = 4
    copied: int = 5
    benchmark_age: int = 48
    benchmark_factor: float = 10


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A whole report folder, read and checked alone. `templates` are the section templates' texts by their path.

    `default_shell` is the packaged one, for the styles that `shell` lacks.
    """

    title: str
    sections: tuple[SectionPlan, ...]
    indicators: Mapping[str, Indicator]
    offsets: Mapping[Frequency, tuple[int, ...]]
    authority: str = ""
    language: str = "en-GB"
    direction_in_cell: bool = False
    benchmark_period: str = ""
    comparators: tuple[Comparator, ...] = ()
    series: Mapping[str, Series] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    terms: Terms = TERMS
    plausibility: Plausibility = Plausibility()
    templates: Mapping[str, str] = field(default_factory=dict)
    glossary: tuple[GlossaryTerm, ...] = ()
    shell: Shell = Shell(b"")
    default_shell: bytes = b""
