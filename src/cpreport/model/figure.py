"""Figures: exact values with the state they are in and the cells they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from cpreport.model.finding import Place, in_sheet
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period


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


NOTHING_THERE = (State.BLANK, State.NOT_DUE, State.NEW, State.ENDED)
"""The states of figures for which there is neither a number nor a marker."""


def outside_life(indicator: Indicator, period: Period) -> State | None:
    """NEW for a period before an indicator's life, ENDED for one after it, None for one in it."""
    if indicator.begins_after(period):
        return State.NEW
    return State.ENDED if indicator.ended_before(period) else None


def first_marker(*states: State) -> State:
    """The first of some states that says why there is no number; PRESENT where none does."""
    return next((state for state in states if state is not State.PRESENT), State.PRESENT)


class Status(Enum):
    """What is said of a number that is there, the most doubtful last. The value is how a report prints it."""

    FINAL = ""
    REVISED = "revised"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"


_DOUBT = tuple(Status)


def most_doubtful(statuses: Iterable[Status]) -> Status:
    """Of several statuses: estimated, provisional, revised, in that order."""
    return max(statuses, key=_DOUBT.index, default=Status.FINAL)


PROVISIONAL = (Status.PROVISIONAL, Status.ESTIMATED)
"""The statuses of numbers that are expected to change."""


class Form(Enum):
    """How a number stands in its cell: bare, in a percent format (0.897 shown as 89.7%), or as text with a % sign.

    FRACTION is bare too, of an indicator whose percentages are typed as fractions.
    """

    PLAIN = "plain"
    FRACTION = "fraction"
    PERCENT_FORMAT = "percent format"
    PERCENT_TEXT = "percent text"

    @property
    def is_fraction(self) -> bool:
        """Whether 1 stands for 100%."""
        return self in _FRACTIONS


_FRACTIONS = (Form.FRACTION, Form.PERCENT_FORMAT)


class Direction(Enum):
    """Where the number went since one period earlier: of the number, not of merit.

    NOT_COMPARED: one of the two figures is missing. NOT_COMPARABLE: the series breaks between them.
    """

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NOT_COMPARED = "not compared"
    NOT_COMPARABLE = "not comparable"


class Stance(Enum):
    """Where a figure stands against a benchmark."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    NOT_COMPARABLE = "N/A"


class CellRef(NamedTuple):
    """A cell. `row` and `column` count from 1. `file` is empty for the month's own workbook.

    Without a `sheet` it is of a CSV file, and `row` is its line.
    """

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

    @property
    def within(self) -> str:
        """`N12`, or `line 12` of a CSV file."""
        return self.a1 if self.sheet else f"line {self.row}"

    def __str__(self) -> str:
        return in_sheet(self.sheet, self.a1, self.file) if self.sheet else f"{self.file} {self.within}"


def cell_place(file: str, cell: CellRef, indicator: str = "", period: str = "") -> Place:
    """A cell as a finding's place; `file` is that of the month's own cells."""
    of_file = Place(file=cell.file or file, indicator=indicator, period=period)
    return replace(of_file, sheet=cell.sheet, cell=cell.a1) if cell.sheet else replace(of_file, line=cell.row)


class Amount(NamedTuple):
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


def both_texts(one: Amount, other: Amount) -> tuple[str, str]:
    """What two amounts of one figure say; where one is confidential, the number of the other is not given."""
    is_hidden = State.CONFIDENTIAL in (one.state, other.state)
    first, second = ("a number" if is_hidden and each.number is not None else each.text for each in (one, other))
    return first, second


def per_cent(amount: Amount) -> Fraction | None:
    """An amount's number, exact, with a fraction as per cent; None if it has no number."""
    return None if amount.number is None else _exact(amount.number, amount.form.is_fraction)


def may_be_either(indicator: Indicator, amount: Amount) -> bool:
    """Whether an amount, by itself, may be a per cent or a fraction."""
    is_plain = indicator.measure is Measure.PERCENTAGE and not indicator.typed and amount.form is Form.PLAIN
    return is_plain and amount.number is not None and 0 < amount.number <= 1


@lru_cache(maxsize=2**16)
def _exact(number: Decimal, is_fraction: bool) -> Fraction:
    numerator, denominator = number.as_integer_ratio()
    return Fraction(numerator * (100 if is_fraction else 1), denominator)


class Entry(NamedTuple):
    """One cell of data: which part of which indicator's (or series') figure of which period, and where it stands."""

    name: str
    part: Part
    period: Period
    amount: Amount
    cell: CellRef


class Mark(NamedTuple):
    """What the Marks sheet says of a figure. `breaks`: no direction is computed across it. `cell` is the mark's own."""

    state: State = State.PRESENT
    status: Status = Status.FINAL
    breaks: bool = False
    note: str = ""
    cell: CellRef | None = None

    def joined(self, other: Mark) -> Mark:
        """Both marks of one figure: confidential, or else the later marker; the more doubtful status; breaks add up."""
        either = State.CONFIDENTIAL in (self.state, other.state)
        state = State.CONFIDENTIAL if either else first_marker(other.state, self.state)
        status = most_doubtful((self.status, other.status))
        note = " ".join(note for note in (self.note, other.note) if note)
        return Mark(state, status, self.breaks or other.breaks, note, self.cell or other.cell)


class Given(NamedTuple):
    """What the workbook gives for one part of a figure, directly or by reference.

    `number` is exact, a percentage as per cent; None unless `state` is PRESENT. `breaks`: the series breaks
    here. `is_own`: it stands in a row of the indicator's own.
    """

    state: State
    number: Fraction | None = None
    cells: tuple[CellRef, ...] = ()
    status: Status = Status.FINAL
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
        """The denominator, where it is known and the figure is not confidential."""
        return self.denominator.number if self.denominator and self.state is not State.CONFIDENTIAL else None

    @property
    def parts(self) -> tuple[Given, ...]:
        return tuple(part for part in (self.numerator, self.denominator, self.given) if part)

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells it was computed from, each once."""
        return tuple(dict.fromkeys(cell for part in self.parts for cell in part.cells))


class Average(NamedTuple):
    """What the figures of several authorities come to, exact and in the printed unit, from cells.

    `value` is None unless `state` is PRESENT: it is BLANK where too few are known. `known` of `members` are; `figures`
    are theirs. `is_pooled`: it is of their numerators over their denominators, not of the figures themselves.
    """

    state: State
    value: Fraction | None
    known: int
    members: int
    cells: tuple[CellRef, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_pooled: bool = False


class Benchmark(NamedTuple):
    """A comparator's figure for an indicator. `period` is empty where it is the report's own benchmark period.

    `ends` is its last day; None where it cannot be read. `average` is what it is where it is computed from peers;
    `amount` is then rounded as it prints. `source` is what benchmarks.csv says of where it is from.
    """

    indicator: str
    comparator: str
    amount: Amount
    cell: CellRef
    period: str = ""
    status: str = ""
    ends: date | None = None
    average: Average | None = None
    source: str = ""

    @property
    def value(self) -> Fraction | None:
        """In the printed unit; None where it is not published."""
        return self.average.value if self.average else per_cent(self.amount)

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells that it is from."""
        return self.average.cells if self.average else (self.cell,)


Summary = Callable[[Sequence[Figure]], Figure | None]
"""What several figures come to, as one figure; None where that cannot be said."""


def mean(figures: Sequence[Figure]) -> Figure | None:
    """The mean of figures and of their counts, as a figure of the last one's period; None if one is missing."""
    values = [figure.value for figure in figures if figure.value is not None]
    if not figures or len(values) < len(figures):
        return None
    numerator = figures[-1].numerator
    counts = [figure.count for figure in figures if figure.count is not None]
    if numerator is not None and len(counts) == len(figures):
        cells = tuple(dict.fromkeys(cell for f in figures if f.numerator for cell in f.numerator.cells))
        numerator = numerator._replace(number=sum(counts, Fraction(0)) / len(counts), cells=cells)
    else:
        numerator = None
    return Figure(figures[-1].period, State.PRESENT, sum(values, Fraction(0)) / len(values), numerator)


def peak(figures: Sequence[Figure], sign: int = 1) -> Figure | None:
    """The figure with the highest value, the latest of equal ones; None if all are missing or one is confidential."""
    if any(figure.state is State.CONFIDENTIAL for figure in figures):
        return None  # it might be the highest or lowest itself
    present = [figure for figure in reversed(figures) if figure.value is not None]
    return max(present, key=lambda figure: sign * (figure.value or 0), default=None)


def low(figures: Sequence[Figure]) -> Figure | None:
    """The figure with the lowest value, the latest of equal ones; None if all are missing or one is confidential."""
    return peak(figures, -1)
