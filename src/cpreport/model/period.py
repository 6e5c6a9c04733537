"""Periods: months, financial quarters, school terms and years, what they are called and how they follow each other."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import total_ordering
from itertools import count, takewhile
from typing import NamedTuple

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


class Term(NamedTuple):
    """A part of a year, such as a school term: its name and its first and last month, 1 to 12."""

    name: str
    first: int
    last: int

    @property
    def months(self) -> str:
        """`Apr-Jun`."""
        return f"{MONTHS[self.first - 1][:3]}-{MONTHS[self.last - 1][:3]}"


Terms = tuple[Term, ...]
"""The terms of a school year in order; the year begins with the first one's first month."""

TERMS: Terms = (Term("Autumn", 9, 12), Term("Spring", 1, 3), Term("Summer", 4, 7))

QUARTERS: Terms = (Term("Q1", 4, 6), Term("Q2", 7, 9), Term("Q3", 10, 12), Term("Q4", 1, 3))
"""The quarters of a financial year in order."""

_PARTS = {
    Kind.MONTH: tuple(Term(name[:3], number, number) for number, name in enumerate(MONTHS, 1)),
    Kind.QUARTER: QUARTERS,
    Kind.YEAR: (Term("", 4, 3),),
    Kind.CALENDAR_YEAR: (Term("", 1, 12),),
}
_WRITTEN = {
    Kind.MONTH: ("{part.name} {short:02d}", "{year}-{part.first:02d}"),
    Kind.QUARTER: ("{part.months} {short:02d}/{next:02d} {part.name}", "{year}-{next:02d}-{part.name}"),
    Kind.TERM: ("{part.name} Term {short:02d}/{next:02d}", "{year}-{next:02d}-{part.name}"),
    Kind.YEAR: ("{year}/{next:02d}", "{year}-{next:02d}"),
    Kind.CALENDAR_YEAR: ("{year}", "{year}"),
}
"""Each kind's label and slug."""


@total_ordering
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
        return date(*self._month(0), 1)

    @property
    def end(self) -> date:
        """The last day."""
        year, month = self._month(self._length - 1)
        return date(year, month, monthrange(year, month)[1])

    @property
    def label(self) -> str:
        """As reports print it: `Jul 23`, `Jul-Sep 22/23 Q2`, `Summer Term 21/22`, `2022/23`, `2023`."""
        return self._written(0)

    @property
    def long(self) -> str:
        """As running text says it: `July 2023`, `Quarter 1, 2023/24 (April to June 2023)`, `Summer Term 2021/22`."""
        match self.kind:
            case Kind.MONTH:
                return f"{MONTHS[self.start.month - 1]} {self._year}"
            case Kind.QUARTER:
                first, last = (MONTHS[day.month - 1] for day in (self.start, self.end))
                year = f"{self._year}/{(self._year + 1) % 100:02d}"
                return f"Quarter {self._part.name[1:]}, {year} ({first} to {last} {self.end.year})"
            case Kind.TERM:
                return f"{self._part.name} Term {self._year}/{(self._year + 1) % 100:02d}"
            case _:
                return self.label

    @property
    def slug(self) -> str:
        """As in names of files and folders: `2023-07`, `2023-24-Q1`, `2022-23-Spring`, `2022-23`, `2023`."""
        return self._written(1)

    def months_after(self, other: Period) -> int:
        """How many months later than another period it ends; negative if it ends earlier."""
        ours, theirs = self.end, other.end
        return (ours.year - theirs.year) * 12 + ours.month - theirs.month

    def year_earlier(self) -> Period:
        """The same month, quarter or term of the year before; the year before for a year."""
        return self.shift(-len(self._parts))

    def year_to_date(self, first_month: int) -> tuple[Period, ...]:
        """The periods from the one holding the year's first month up to this one. `first_month` is such as 4 or 9."""
        year = self.end.year if self.end.month >= first_month else self.end.year - 1
        first = date(year, first_month, 1)
        newest_first = takewhile(lambda period: period.start >= first, map(self.shift, count(0, -1)))
        return tuple(newest_first)[::-1]

    @property
    def last_year_end(self) -> Period:
        """The last period before it that ends a year: a financial one for months and quarters, its own for others."""
        first = 4 if self.kind in (Kind.MONTH, Kind.QUARTER) else self._parts[0].first
        return self.year_to_date(first)[0].shift(-1)

    @property
    def per_year(self) -> int:
        """How many such periods a year has."""
        return len(self._parts)

    @property
    def _parts(self) -> Terms:
        return _PARTS.get(self.kind, self.terms)

    @property
    def _year(self) -> int:
        """The one that it or its school or financial year begins in."""
        return self.ordinal // len(self._parts)

    @property
    def _part(self) -> Term:
        return self._parts[self.ordinal % len(self._parts)]

    @property
    def _length(self) -> int:
        """In months."""
        return (self._part.last - self._part.first) % 12 + 1

    def _month(self, later: int) -> tuple[int, int]:
        """The year and number of the month that is so many months after the first."""
        first, is_next = self._part.first, self._part.first < self._parts[0].first
        return self._year + is_next + (first + later - 1) // 12, (first + later - 1) % 12 + 1

    def _written(self, form: int) -> str:
        year = self._year
        return _WRITTEN[self.kind][form].format(year=year, short=year % 100, next=(year + 1) % 100, part=self._part)

    def __hash__(self) -> int:
        return self.ordinal

    def __lt__(self, other: Period) -> bool:
        if self.kind is other.kind:
            return self.ordinal < other.ordinal
        return (self.end, self._length) < (other.end, other._length)

    def __str__(self) -> str:
        return self.label


def month(year: int, number: int) -> Period:
    """A month; `number` is 1 to 12."""
    return Period(Kind.MONTH, year * 12 + number - 1)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 (April to June) to 4 of the financial year beginning in `year`."""
    return Period(Kind.QUARTER, year * 4 + number - 1)


def newest_ended(kind: Kind, by: date, terms: Terms = TERMS) -> Period:
    """The newest period of a kind whose last day is not after `by`."""
    period = Period(kind, (by.year + 1) * len(_PARTS.get(kind, terms)), terms)
    while period.end > by:
        period = period.shift(-1)
    return period


def containing(kind: Kind, day: date, terms: Terms = TERMS) -> Period:
    """The period of a kind that a day is in; for a day between two terms the later one."""
    return newest_ended(kind, day - timedelta(days=1), terms).shift(1)


YEARS = range(1900, 2200)
"""The years that a report may be about."""


def long_date(day: date) -> str:
    """`31 July 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of(moment: date) -> date | None:
    """The day that a date means; None for one with a time of day.

    Less than a minute from midnight is not a time of day: fractions of days are rounded.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.year not in YEARS:
        return moment.date()
    nearest = (moment + timedelta(hours=12)).date()
    off = abs(moment - datetime.combine(nearest, time()))
    return nearest if off < timedelta(minutes=1) else None


def month_of_day(day: date) -> Period | None:
    """The month that a date means: the date must be its month's first or last day."""
    is_edge = day.day in (1, monthrange(day.year, day.month)[1])
    return month(day.year, day.month) if is_edge and day.year in YEARS else None
