"""What an indicator is, as the report folder defines it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.number import decimals_of, rounded
from cpreport.model.period import Frequency, Kind, Period
from cpreport.model.tags import plain_signs


class Measure(Enum):
    RATE = "rate"
    PERCENTAGE = "percentage"
    NUMBER = "number"
    AVERAGE = "average"


class Shows(Enum):
    """What stands in a cell: the value alone, with its count `61.6 (604)`, or with its fraction `13.5% (83/617)`."""

    VALUE = "value"
    COUNT = "count"
    FRACTION = "fraction"


class Polarity(Enum):
    """Which direction is good."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class Nature(Enum):
    """What a figure is of: events within its period, or a state on a day, such as a caseload or what is up to date."""

    FLOW = "flow"
    STOCK = "stock"


class Typed(Enum):
    """How a percentage is typed in cells without percent format: 95 or 0.95 for 95%."""

    PER_CENT = "per cent"
    FRACTION = "fraction"


class Part(Enum):
    """What an entry of the workbook is of its figure. The value is its name in the Figure column."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"

    __hash__ = object.__hash__  # Enum's own is Python code, and it is part of the keys of every figure


class CumulativeYear(Enum):
    ACADEMIC = "academic-year"
    FINANCIAL = "financial-year"

    def first_month(self, period: Period) -> int:
        """The month, 1 to 12, in which a year of such periods begins: an academic year of terms with its first term."""
        if self is CumulativeYear.FINANCIAL:
            return 4
        return period.terms[0].first if period.kind is Kind.TERM else 9


class Source(NamedTuple):
    """Entries that another name holds: a series, or one part of another indicator's figure."""

    name: str
    part: Part

    def __str__(self) -> str:
        """As indicators.toml writes it: `population`, `4.02.01/numerator`."""
        return self.name if self.part is Part.VALUE else f"{self.name}/{self.part.value}"


AGREED_LATER = "to be agreed"
"""What stands for a target that there is not yet."""


class Target(NamedTuple):
    """`value` in the printed unit; None where it is to be agreed.

    It holds from a day on (both dates None: always), or is a milestone to be reached by a day.
    """

    value: Fraction | None
    since: date | None = None
    by: date | None = None

    @property
    def begins(self) -> date:
        """The day from which figures are held against it."""
        return self.since or self.by or date.min


class Tolerance(NamedTuple):
    """By how much a figure may miss a target and still be close to it: in per cent of the target or in its unit."""

    amount: Fraction
    is_relative: bool = False

    def around(self, target: Fraction) -> Fraction:
        """In the unit of a target."""
        return abs(target) * self.amount / 100 if self.is_relative else self.amount


class Tolerances(NamedTuple):
    """The tolerance of percentages with a target of 50 or more, that of those below, and that of all other measures."""

    percentages: Tolerance = Tolerance(Fraction(5))
    percentages_below_50: Tolerance = Tolerance(Fraction(2))
    others: Tolerance = Tolerance(Fraction(10), is_relative=True)


class Baseline(NamedTuple):
    """A figure that later ones are seen against, in the printed unit; `period` as typed."""

    period: str
    value: Fraction


class Change(NamedTuple):
    """A changed definition, from a day on. `is_comparable`: figures before and after it may still be compared."""

    since: date
    note: str
    is_comparable: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    `per` is what a ratio is multiplied by (rate: e.g. 10,000; percentage: 100; else 1). `numerator` and `denominator`
    are None where the workbook has rows of the indicator's own. `rolling` is how many periods each figure covers, `lag`
    after how many periods a figure is due. `profile` are the targets of the year to date at each period of the year.
    `target_decimals` is None where targets print as typed, `tolerance` where the usual one holds; `benchmarks_differ`:
    no figure is judged against them. `typed` is None where the cells have to say it. `begins` and `ends` are the
    first and the last day of its life (None: it has none), `changes` those of its definition, in order. `formerly` are
    earlier ids of it. `cumulative_in_table`: it stands in the table of its frequency, which prints the year to date.
    `counts` is what it counts, in the words for one and for several, or empty.
    """

    id: str
    title: str
    measure: Measure
    unit: str
    decimals: int
    benchmark_decimals: int
    reference: str = ""
    per: int = 1
    shows: Shows = Shows.VALUE
    polarity: Polarity = Polarity.NONE
    frequency: Frequency = Frequency.MONTH
    numerator: Source | None = None
    denominator: Source | None = None
    rolling: int = 1
    targets: tuple[Target, ...] = ()
    target_decimals: int | None = None
    tolerance: Tolerance | None = None
    profile: tuple[Fraction, ...] = ()
    kind: Nature = Nature.STOCK
    benchmarks_differ: bool = False
    baseline: Baseline | None = None
    direction: bool = True
    lag: int = 0
    may_exceed_100: bool = False
    typed: Typed | None = None
    cumulative: CumulativeYear | None = None
    cumulative_in_table: bool = False
    owner: str = ""
    begins: date | None = None
    ends: date | None = None
    changes: tuple[Change, ...] = ()
    formerly: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    def begins_after(self, period: Period) -> bool:
        """Whether its life begins after a period's last day."""
        return self.begins is not None and self.begins > period.end

    def ended_before(self, period: Period) -> bool:
        """Whether its life ended before a period's first day."""
        return self.ends is not None and self.ends < period.start

    def lives_in(self, period: Period) -> bool:
        """Whether a period is in its life: it is if any day of it is."""
        return not self.begins_after(period) and not self.ended_before(period)

    def source(self, part: Part) -> Source | None:
        """Where a part of the figure is taken from, if not from rows of the indicator's own."""
        if part is Part.NUMERATOR:
            return self.numerator
        return self.denominator if part is Part.DENOMINATOR else None

    def target_at(self, period: Period) -> Target | None:
        """The target that is in force on a period's last day, or the last milestone that is due by then."""
        newest_first = reversed(self.targets)
        return next((each for each in newest_first if each.begins == date.min or each.begins <= period.end), None)

    def milestone_after(self, period: Period) -> Target | None:
        """The next milestone that is not due on a period's last day."""
        return next((target for target in self.targets if target.by and target.by > period.end), None)

    def decimals_of_target(self, value: Fraction) -> int:
        """How many decimals a target prints with: as many as were typed unless the definition says otherwise."""
        return decimals_of(value) if self.target_decimals is None else self.target_decimals

    def printed_target(self, value: Fraction) -> str:
        """A target in the printed unit: `426`, `95%`."""
        return rounded(value, self.decimals_of_target(value)) + self.suffix

    def printed_baseline(self, value: Fraction) -> str:
        """A baseline in the printed unit, with its own decimals where it has more than the figures."""
        return rounded(value, max(self.decimals, decimals_of(value))) + self.suffix

    @property
    def year_apart(self) -> CumulativeYear | None:
        """The year of the tables of cumulative indicators that it stands in; None where it stands with others."""
        return None if self.cumulative_in_table else self.cumulative

    @property
    def name(self) -> str:
        """As the report calls it: the reference where there is one, and the title."""
        return f"{self.reference} {self.title}".strip()

    @property
    def is_bounded(self) -> bool:
        """Whether its figures are at most 100%."""
        return self.measure is Measure.PERCENTAGE and not self.may_exceed_100

    @property
    def suffix(self) -> str:
        return "%" if self.measure is Measure.PERCENTAGE else ""

    def printed(self, value: Fraction) -> str:
        """A value in the printed unit at the indicator's decimals, a percentage with its sign."""
        return rounded(value, self.decimals) + self.suffix

    def shown(self, value: Fraction, count: Fraction | None, total: Fraction | None) -> tuple[str, ...]:
        """The numbers that a cell shows: the value, and its count or fraction where it is to show one that is known."""
        if self.measure is Measure.NUMBER or self.shows is Shows.VALUE or count is None:
            return (self.printed(value),)
        if self.shows is Shows.COUNT or total is None:
            return self.printed(value), rounded(count, 0)
        return self.printed(value), rounded(count, 0), rounded(total, 0)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that indicators share, such as a population. With `carry` an entry holds until the next one."""

    id: str
    title: str
    carry: bool = False


class Breakdown(NamedTuple):
    """A count by categories, and perhaps by groups. `of` says what it breaks down.

    `heading` is what its categories are, `group_heading` what its groups are; empty where nothing is said of them.
    `order` has the categories that stand first, as they print.
    """

    id: str
    title: str
    of: Source | None = None
    heading: str = "Category"
    group_heading: str = ""
    order: tuple[str, ...] = ()


def category_key(name: str) -> str:
    """A category or group as it is compared: whatever its dashes, its spaces and its case are.

    >>> category_key("10 – 15"), category_key("White  British")
    ('10-15', 'white british')
    """
    return re.sub(" ?- ?", "-", " ".join(plain_signs(name).split())).casefold()
