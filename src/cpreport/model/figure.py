"""Figures: exact values with the state they are in and the cells they came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from cpreport.model.finding import in_sheet
from cpreport.model.folder import Comparator
from cpreport.model.indicator import Change, CumulativeYear, Indicator, Part, Source
from cpreport.model.period import Kind, Period
from cpreport.model.variation import Variation


class State(Enum):
    """Whether there is a number, and if not, why. Missing is not one thing.

    NEW and ENDED are before and after an indicator's life; NOT_COMPARABLE is a figure that stands beside one from the
    other side of a break. The value is how a report prints it.
    """

    PRESENT = "present"
    BLANK = "no data"
    NOT_DUE = "not due yet"
    NEW = "new"
    ENDED = "no longer reported"
    NOT_COMPARABLE = "not comparable"
    NO_FIGURE = "N/A"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    CONFIDENTIAL = "confidential"
    UNRELIABLE = "unreliable"
    LOW = "low"
    ERROR = "[data error]"


def outside_life(indicator: Indicator, period: Period) -> State | None:
    """NEW for a period before an indicator's life, ENDED for one after it, None for one in it."""
    if indicator.begins_after(period):
        return State.NEW
    return State.ENDED if indicator.ended_before(period) else None


class Status(Enum):
    """What is said of a number that is there. The value is how a report prints it."""

    FINAL = ""
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"


class Form(Enum):
    """How a number stands in its cell: bare, in a percent format (0.897 shown as 89.7%), or as text with a % sign."""

    PLAIN = "plain"
    PERCENT_FORMAT = "percent format"
    PERCENT_TEXT = "percent text"


class Direction(Enum):
    """Where the number went since one period earlier: of the number, not of merit."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NOT_COMPARABLE = ""


class Stance(Enum):
    """Where a figure stands against a benchmark."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    NOT_COMPARABLE = "N/A"


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell. `row` and `column` count from 1. `file` is empty for the month's own workbook."""

    sheet: str
    row: int
    column: int
    file: str = ""

    @property
    def a1(self) -> str:
        """`N12`."""
        letters, column = "", self.column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"

    def __str__(self) -> str:
        return in_sheet(self.sheet, self.a1, self.file)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one cell says. `number` is None unless `state` is PRESENT.

    `number` is the decimal that Excel shows, at 15 significant digits, as the cell holds it.
    """

    state: State
    number: Decimal | None = None
    status: Status = Status.FINAL
    form: Form = Form.PLAIN

    @property
    def text(self) -> str:
        """The number with all its decimals, as the cell shows it but for rounding, or why there is none."""
        number = per_cent(self)
        if number is None:
            return self.state.value
        return f"{float(number):,.15g}" + ("" if self.form is Form.PLAIN else "%")


def per_cent(amount: Amount) -> Fraction | None:
    """An amount's number, exact, with the fraction of a percent format as per cent; None if it has no number."""
    if amount.number is None:
        return None
    exact = Fraction(amount.number)
    return exact * 100 if amount.form is Form.PERCENT_FORMAT else exact


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of data: which part of which indicator's (or series') figure of which period, and where it stands."""

    name: str
    part: Part
    period: Period
    amount: Amount
    cell: CellRef


@dataclass(frozen=True, slots=True)
class Mark:
    """What the Marks sheet says of a figure. `breaks`: no direction is computed across it. `cell` is the mark's own."""

    state: State = State.PRESENT
    status: Status = Status.FINAL
    breaks: bool = False
    note: str = ""
    cell: CellRef | None = None

    def joined(self, other: Mark) -> Mark:
        """Both marks of one figure: a marker for missing wins over a status, the later of two alike; breaks add up."""
        state = other.state if other.state is not State.PRESENT else self.state
        status = other.status if other.status is not Status.FINAL else self.status
        note = " ".join(note for note in (self.note, other.note) if note)
        return Mark(state, status, self.breaks or other.breaks, note, self.cell or other.cell)


@dataclass(frozen=True, slots=True)
class Given:
    """What the workbook gives for one part of a figure, directly or by reference.

    `number` is exact, a percentage as per cent; None unless `state` is PRESENT. `decimals` are those it was typed with.
    `breaks`: the series breaks here. `is_own`: it stands in a row of the indicator's own.
    """

    state: State
    number: Fraction | None = None
    cells: tuple[CellRef, ...] = ()
    status: Status = Status.FINAL
    decimals: int = 0
    breaks: bool = False
    note: str = ""
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's figure of one period.

    `value` is in the printed unit (22.5 for 22.5%) and exact; it is None unless `state` is PRESENT. `numerator`,
    `denominator` and `given` (a value typed in) are None where the workbook has no row for them.
    """

    period: Period
    state: State
    value: Fraction | None = None
    numerator: Given | None = None
    denominator: Given | None = None
    given: Given | None = None
    status: Status = Status.FINAL
    breaks: bool = False
    note: str = ""

    @property
    def count(self) -> Fraction | None:
        """The numerator, where it is known and the figure is not confidential."""
        return self.numerator.number if self.numerator and self.state is not State.CONFIDENTIAL else None

    @property
    def total(self) -> Fraction | None:
        """The denominator, where it is known."""
        return self.denominator.number if self.denominator else None

    @property
    def parts(self) -> tuple[Given, ...]:
        return tuple(part for part in (self.numerator, self.denominator, self.given) if part)

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells it was computed from, each once."""
        return tuple(dict.fromkeys(cell for part in self.parts for cell in part.cells))


class Cause(Enum):
    """Why a figure is another than in an earlier report.

    Its cells or marks have changed; or nothing but a series that carries; or nothing but what the indicator is.
    """

    FIGURES = "figures"
    SERIES = "series"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that has changed since an earlier workbook. None where that workbook, or this one, has none.

    `name` and `period` are the newer entry's, where there is one; `series` is its title if it is of a series that
    carries, else empty.
    """

    name: str
    period: Period
    was: Entry | None
    now: Entry | None
    series: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What an earlier report gave for a figure that is another now.

    `reported` is that report's period, `gave` what it printed, `gives` what is printed now. `changes` are the entries
    that moved the figure; none where marks or the definition did.
    """

    reported: Period
    gave: str
    gives: str
    cause: Cause
    changes: tuple[EntryChange, ...]

    @property
    def is_visible(self) -> bool:
        """Whether the report prints something else: a change can be smaller than its decimals."""
        return self.gave != self.gives


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A comparator's figure for an indicator. `period` is empty where it is the report's own benchmark period."""

    indicator: str
    comparator: str
    amount: Amount
    cell: CellRef
    period: str = ""
    status: str = ""

    @property
    def value(self) -> Fraction | None:
        """In the printed unit; None where it is not published."""
        return per_cent(self.amount)


@dataclass(frozen=True, slots=True)
class Cumulative:
    """The year to date.

    `since` is its first period where that is not the year's (the indicator is new, or the series breaks there), `until`
    its last period with data where later ones are missing; else None.
    """

    state: State
    value: Fraction | None = None
    count: Fraction | None = None
    total: Fraction | None = None
    since: Period | None = None
    until: Period | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All figures of an indicator in order of time, and what they are compared with.

    `now` is the newest period its table shows (offset 0). `directions` are those of every figure since one period
    earlier; `stances` those of the newest figure, by comparator, as are `benchmarks`. `cumulative` is the year to date,
    where the indicator has one; `variation` what a control chart says, where a slot asks and there are figures enough.
    `revisions` are what an earlier report gave, where that was something else. `changes` are those of its definition by
    the period in which each begins, in order; `breaks` the periods whose figures are not comparable with earlier ones.
    """

    indicator: Indicator
    figures: Mapping[Period, Figure]
    now: Period
    directions: Mapping[Period, Direction]
    benchmarks: Mapping[str, Benchmark]
    stances: Mapping[str, Stance]
    cumulative: Cumulative | None = None
    variation: Variation | None = None
    revisions: Mapping[Period, Revision] = field(default_factory=dict)
    changes: tuple[tuple[Period, Change], ...] = ()
    breaks: frozenset[Period] = frozenset()

    @property
    def newest(self) -> Figure:
        """The figure of the newest period that is due."""
        due = (period for period, figure in self.figures.items() if figure.state is not State.NOT_DUE)
        return self.at(max((period for period in due if period <= self.now), default=self.now))

    def break_between(self, one: Period, other: Period) -> Period | None:
        """The newest period at which the series breaks, so that figures of these two cannot be compared, or None."""
        earlier, later = sorted((one, other))
        return max((period for period in self.breaks if earlier < period <= later), default=None)

    def at(self, period: Period) -> Figure:
        """The figure of a period; one that says why it is missing where the workbook has none."""
        return self.figures.get(period) or Figure(period, outside_life(self.indicator, period) or State.BLANK)

    def until_now(self) -> list[Figure]:
        """The figures up to the newest that its table shows, oldest first."""
        return [figure for period, figure in self.figures.items() if period.ordinal <= self.now.ordinal]

    def last(self, number: int, until: Period) -> list[Figure]:
        """The figures of so many periods, oldest first, `until` included."""
        return [self.at(until.shift(-back)) for back in reversed(range(number))]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """Indicators that stand in one table, and the periods of its columns in order.

    `arrows` are the periods that run without a gap up to the last: only those have a direction of travel.
    """

    kind: Kind
    histories: tuple[History, ...]
    periods: tuple[Period, ...]
    arrows: frozenset[Period]
    comparators: tuple[Comparator, ...]
    cumulative: CumulativeYear | None = None


Printed = Callable[[Indicator, Figure], str]
"""What the report prints for a figure."""

Summary = Callable[[Sequence[Figure]], Figure | None]
"""What several figures come to, as one figure; None where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every indicator's history, each section's tables by its id, and how figures are put together on demand.

    `given` is what a source has for a period, with its marks and, where a series carries, the entry in force. `periods`
    are those for which some sources have entries; carried entries count only where no others are there.
    """

    histories: Mapping[str, History]
    tables: Mapping[str, tuple[TablePlan, ...]]
    plan: Callable[[Sequence[History]], tuple[TablePlan, ...]]
    mean: Summary
    peak: Summary
    low: Summary
    given: Callable[[Source, Period], Given]
    periods: Callable[[Sequence[Source]], frozenset[Period]]
