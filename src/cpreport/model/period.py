"""Periods: months, financial quarters, school terms and years, as printed and as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import total_ordering

from cpreport.model.finding import nearest

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


YEARS = range(1900, 2200)
"""The years that a report may speak of."""


def long_date(day: date) -> str:
    """`31 July 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_of_day(day: date) -> Period | None:
    """The month a date stands for: the date must be its month's first or last day."""
    if day.year not in YEARS:
        return None
    if day.day == 1 or day.day == monthrange(day.year, day.month)[1]:
        return month(day.year, day.month)
    return None


class NotAPeriod(ValueError):
    """A text that names no period. `is_close`: it looks like one, and the message says what is wrong with it."""

    def __init__(self, message: str, is_close: bool = True) -> None:
        super().__init__(message)
        self.is_close = is_close


def parse_period(text: str, terms: Terms = TERMS) -> Period:
    """The period a text names.

    Months: `Jul 23`, `Jul-23`, `July 2023`, `2023-07`, `31/07/2023`; quarters: `Q2 22/23`, `Q2 2022/23`,
    `Jul-Sep 22/23 Q2`, `2022/23 Q2`, `2022-23-Q2`; terms: `Summer Term 21/22`, `2021-22-Summer`; years: `2022/23`,
    `2022-23` (where that is no month), `2023`. Two-digit years are of this century. Raises NotAPeriod.
    """
    words = " ".join(text.replace("\u2013", "-").replace("\u2011", "-").split())
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(words):
            return read(found, terms)
    if _LOOKS_LIKE_ONE.fullmatch(words):
        raise NotAPeriod(f"{text!r} looks like a period, but is in no form that is read")
    raise NotAPeriod(f"{text!r} is no period", is_close=False)


def period_in_name(stem: str, terms: Terms = TERMS) -> Period | None:
    """The period a file's name (without ending) says, such as `july-2023` or `CPB 2023-24-Q1 final`, or None."""
    words = re.sub(r"[_\s.]+", " ", stem)
    for pattern in _IN_NAMES:
        if found := pattern.search(words):
            try:
                return parse_period(_as_typed(found), terms)
            except NotAPeriod:
                continue
    return None


def _as_typed(found: re.Match[str]) -> str:
    """What a file's name says as a form that is read: `202307` as `2023-07`, `Q1 2023-24` as `Q1 2023/24`."""
    parts = found.groupdict()
    if parts.get("month"):
        return f"{parts['year']}-{parts['month']}"
    if parts.get("quarter"):
        return f"{parts['quarter']} {parts['first']}/{parts['second']}"
    return found[1]


def _short_years(year: int) -> str:
    return f"{year % 100:02d}/{(year + 1) % 100:02d}"


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _spanning_year(found: re.Match[str]) -> int:
    """The first year of a pair such as 22/23, which must be two neighbouring years."""
    first, second = _full_year(found["first"]), found["second"]
    if int(second) != (first + 1 if len(second) == 4 else (first + 1) % 100):
        raise NotAPeriod(f"{found['first']}/{found['second']} are not two neighbouring years")
    return first


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or its first letters, in any case; None if it is none."""
    name = "sep" if name.lower() == "sept" else name.lower()
    return next((n for n, full in enumerate(MONTHS, 1) if name in (full.lower(), full[:3].lower())), None)


def _read_named_month(found: re.Match[str], _: Terms) -> Period:
    number = month_number(found["month"])
    if number is None:
        close = bool(nearest(found["month"], [*MONTHS, *(name[:3] for name in MONTHS)]))
        raise NotAPeriod(f"{found['month']!r} is no month", is_close=close)
    return month(_full_year(found["year"]), number)


def _read_iso_month(found: re.Match[str], _: Terms) -> Period:
    year, number = int(found["year"]), int(found["month"])
    if 1 <= number <= 12:
        return month(year, number)
    if number == (year + 1) % 100:
        return Period(Kind.YEAR, year)
    raise NotAPeriod(f"{found[0]!r} has no month {number}; a year is written 2022/23")


def _read_day(found: re.Match[str], _: Terms) -> Period:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotAPeriod(f"{found[0]!r} is no date") from None
    period = month_of_day(day)
    if period is None:
        raise NotAPeriod(f"{found[0]!r} is neither the first nor the last day of its month")
    return period


def _read_quarter(found: re.Match[str], _: Terms) -> Period:
    number = int(found["quarter"])
    months = found.groupdict().get("months")
    if months and [month_number(m) for m in re.split(" ?- ?| to ", months)] != [
        month_number(m) for m in quarter_months(number).split("-")
    ]:
        raise NotAPeriod(f"Q{number} of a financial year is {quarter_months(number)}, not {months}")
    return quarter(_spanning_year(found), number)


def _read_term(found: re.Match[str], terms: Terms) -> Period:
    names = [term.name.lower() for term in terms]
    if found["term"].lower() not in names:
        raise NotAPeriod(f"{found['term']!r} is no term; the terms are {', '.join(term.name for term in terms)}")
    return Period(Kind.TERM, _spanning_year(found) * len(terms) + names.index(found["term"].lower()), terms)


def _read_year(found: re.Match[str], _: Terms) -> Period:
    return Period(Kind.YEAR, _spanning_year(found))


def _read_calendar_year(found: re.Match[str], _: Terms) -> Period:
    return Period(Kind.CALENDAR_YEAR, int(found["year"]))


_YEAR = "(?:19|20|21)[0-9]{2}"
_YEARS = rf"(?P<first>{_YEAR}|[0-9]{{2}})/(?P<second>{_YEAR}|[0-9]{{2}})"
_SLUG_YEARS = rf"(?P<first>{_YEAR})-(?P<second>[0-9]{{2}})"
_NAME = r"[^\W\d_]+"
_Reader = Callable[[re.Match[str], Terms], Period]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"(?P<month>{_NAME})[ -]?'?(?P<year>{_YEAR}|[0-9]{{2}})", _read_named_month),
        (rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})", _read_iso_month),
        (rf"(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})/(?P<year>{_YEAR})", _read_day),
        (rf"Q(?P<quarter>[1-4]) {_YEARS}", _read_quarter),
        (rf"(?:(?P<months>{_NAME}(?: ?- ?| to ){_NAME}) )?{_YEARS} Q(?P<quarter>[1-4])", _read_quarter),
        (rf"{_SLUG_YEARS}-Q(?P<quarter>[1-4])", _read_quarter),
        (rf"(?P<term>\w+) Term {_YEARS}", _read_term),
        (rf"{_SLUG_YEARS}-(?P<term>\w+)", _read_term),
        (rf"(?P<first>{_YEAR})/(?P<second>{_YEAR}|[0-9]{{2}})", _read_year),
        (rf"(?P<year>{_YEAR})", _read_calendar_year),
    )
)
_MONTH_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_LOOKS_LIKE_ONE = re.compile(
    rf"[0-9][0-9./ -]{{3,}}|(?:{_MONTH_NAMES}|sept)\b.*[0-9].*|Q[0-9]\b.*[0-9].*|.*\bterm\b.*[0-9].*", re.IGNORECASE
)
_MONTH_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_IN_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(\d{4}-\d{2}-[a-z][a-z\d]*)",
        r"(?<![a-z])(?P<quarter>Q[1-4])[ -](?P<first>\d{4}|\d{2})[-/ ](?P<second>\d{2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20|21)\d{2})[- ]?(?P<month>0[1-9]|1[0-2])(?![- ]?\d)",
        rf"(?<![a-z])((?:{_MONTH_NAMES}|sept)[ -]?(?:\d{{4}}|\d{{2}}))(?!\d)(?![ -]\d{{4}})",
    )
)
