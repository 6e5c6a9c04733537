"""Periods: months, financial quarters, school terms and years, what they are called and how they follow each other."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Frequency(Enum):
    """How often an indicator has a figure. The value is its name in indicators.toml."""

    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"


class Kind(Enum):
    """What a period is. Years are of two kinds: April to March (`2022/23`) and January to December (`2023`)."""

    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"
    CALENDAR_YEAR = "calendar year"

    @property
    def frequency(self) -> Frequency:
        return Frequency.YEAR if self is Kind.CALENDAR_YEAR else Frequency(self.value)


@dataclass(frozen=True, slots=True)
class Term:
    """A school term: its name and its first and last month, 1 to 12."""

    name: str
    first: int
    last: int


Terms = tuple[Term, ...]
"""The terms of a school year in order; the year begins with the first one's first month."""

TERMS: Terms = (Term("Autumn", 9, 12), Term("Spring", 1, 3), Term("Summer", 4, 7))


_PER_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.YEAR: 1, Kind.CALENDAR_YEAR: 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole months.

    `ordinal` counts periods of one kind: the months (quarters, terms, years) since year 0. Periods of one kind compare
    by it; of different kinds by their last day, the shorter first.
    """

    kind: Kind
    ordinal: int
    terms: Terms = field(default=TERMS, compare=False, repr=False)

    def shift(self, by: int) -> Period:
        """The period so many periods later (earlier when negative)."""
        return Period(self.kind, self.ordinal + by, self.terms)

    @property
    def start(self) -> date:
        """The first day."""
        year, month = self._first_month()
        return date(year, month, 1)

    @property
    def end(self) -> date:
        """The last day."""
        year, month = self._first_month()
        last = year * 12 + month - 1 + self._length() - 1
        return date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])

    @property
    def label(self) -> str:
        """As reports print it: `Jul 23`, `Jul-Sep 22/23 Q2`, `Summer Term 21/22`, `2022/23`, `2023`."""
        year = self._year()
        match self.kind:
            case Kind.MONTH:
                return f"{MONTHS[self.ordinal % 12][:3]} {year % 100:02d}"
            case Kind.QUARTER:
                return f"{quarter_months(self.ordinal % 4 + 1)} {_short_years(year)} Q{self.ordinal % 4 + 1}"
            case Kind.TERM:
                return f"{self._term().name} Term {_short_years(year)}"
            case Kind.YEAR:
                return f"{year}/{(year + 1) % 100:02d}"
            case Kind.CALENDAR_YEAR:
                return str(year)

    @property
    def slug(self) -> str:
        """As file and folder names say it: `2023-07`, `2023-24-Q1`, `2022-23-Spring`, `2022-23`, `2023`."""
        year = self._year()
        years = f"{year}-{(year + 1) % 100:02d}"
        match self.kind:
            case Kind.MONTH:
                return f"{year}-{self.ordinal % 12 + 1:02d}"
            case Kind.QUARTER:
                return f"{years}-Q{self.ordinal % 4 + 1}"
            case Kind.TERM:
                return f"{years}-{self._term().name}"
            case Kind.YEAR:
                return years
            case Kind.CALENDAR_YEAR:
                return str(year)

    def year_earlier(self) -> Period:
        """The same month, quarter or term of the year before; the year before for a year."""
        return self.shift(-self._per_year())

    def year_to_date(self, first_month: int) -> tuple[Period, ...]:
        """The periods from the one holding the year's first month up to this one. `first_month` is 4 or 9, say."""
        year = self.end.year if self.end.month >= first_month else self.end.year - 1
        first = date(year, first_month, 1)
        periods = [self]
        while periods[-1].start > first:
            periods.append(periods[-1].shift(-1))
        return tuple(reversed([period for period in periods if period.start >= first]))

    def _per_year(self) -> int:
        return len(self.terms) if self.kind is Kind.TERM else _PER_YEAR[self.kind]

    def _year(self) -> int:
        return self.ordinal // self._per_year()

    def _term(self) -> Term:
        return self.terms[self.ordinal % len(self.terms)]

    def _first_month(self) -> tuple[int, int]:
        year = self._year()
        match self.kind:
            case Kind.MONTH:
                return year, self.ordinal % 12 + 1
            case Kind.QUARTER:
                quarter = self.ordinal % 4
                return year + (quarter == 3), (quarter * 3 + 3) % 12 + 1
            case Kind.TERM:
                term = self._term()
                return year + (term.first < self.terms[0].first), term.first
            case Kind.YEAR:
                return year, 4
            case Kind.CALENDAR_YEAR:
                return year, 1

    def _length(self) -> int:
        """In months."""
        if self.kind is Kind.TERM:
            term = self._term()
            return (term.last - term.first) % 12 + 1
        return 12 // _PER_YEAR[self.kind]

    def __hash__(self) -> int:
        return self.ordinal

    def __lt__(self, other: Period) -> bool:
        if self.kind is other.kind:
            return self.ordinal < other.ordinal
        return (self.end, self._length()) < (other.end, other._length())

    def __le__(self, other: Period) -> bool:
        return self.ordinal <= other.ordinal if self.kind is other.kind else self < other

    def __gt__(self, other: Period) -> bool:
        return other < self

    def __ge__(self, other: Period) -> bool:
        return other <= self

    def __str__(self) -> str:
        return self.label


def month(year: int, number: int) -> Period:
    """A month; `number` is 1 to 12."""
    return Period(Kind.MONTH, year * 12 + number - 1)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 (April to June) to 4 of the financial year beginning in `year`."""
    return Period(Kind.QUARTER, year * 4 + number - 1)


def quarter_months(number: int) -> str:
    """`Apr-Jun` for 1, to `Jan-Mar` for 4."""
    first = (number * 3) % 12
    return f"{MONTHS[first][:3]}-{MONTHS[first + 2][:3]}"


def newest_ended(kind: Kind, by: date, terms: Terms = TERMS) -> Period:
    """The newest period of a kind whose last day is not after `by`."""
    per_year = Period(kind, 0, terms)._per_year()
    period = Period(kind, (by.year + 1) * per_year, terms)
    while period.end > by:
        period = period.shift(-1)
    return period


def containing(kind: Kind, day: date, terms: Terms = TERMS) -> Period:
    """The period of a kind that a day is in; for a day between two terms the later one."""
    return newest_ended(kind, day - timedelta(days=1), terms).shift(1)


YEARS = range(1900, 2200)
"""The years that a report may speak of."""


def long_date(day: date) -> str:
    """`31 July 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of(moment: date) -> date | None:
    """The day a date stands for; None for one with a time of day.

    Less than a minute off midnight is no time of day: fractions of days are rounded so.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.year not in YEARS:
        return moment.date()
    nearest = (moment + timedelta(hours=12)).date()
    off = abs(moment - datetime.combine(nearest, time()))
    return nearest if off < timedelta(minutes=1) else None


def month_of_day(day: date) -> Period | None:
    """The month a date stands for: the date must be its month's first or last day."""
    if day.year not in YEARS:
        return None
    if day.day == 1 or day.day == monthrange(day.year, day.month)[1]:
        return month(day.year, day.month)
    return None


def _short_years(year: int) -> str:
    return f"{year % 100:02d}/{(year + 1) % 100:02d}"
