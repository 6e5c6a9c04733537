"""Periods as people type them: in headers, in cells, in templates and in the names of files."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from cpreport.model.finding import nearest, nearest_name
from cpreport.model.period import MONTHS, QUARTERS, TERMS, Kind, Period, Term, Terms, month, month_of_day, quarter


class NotAPeriod(ValueError):
    """A text that is not a period. `is_close`: it looks like one, and the message says what is wrong with it."""

    def __init__(self, message: str, is_close: bool = True) -> None:
        super().__init__(message)
        self.is_close = is_close


def parse_period(text: str, terms: Terms = TERMS) -> Period:
    """The period a text names.

    Months: `Jul 23`, `Jul-23`, `July 2023`, `2023-07`, `31/07/2023`, `2023-07-31`; quarters:
    `Q2 22/23`, `Q2 2022-23`, `Jul-Sep 22/23 Q2`, `2022/23 Q2`, `2022-23-Q2`; terms: `Summer Term 21/22`,
    `Summer 2021-22`, `2021/22 Summer Term`, `2021-22-Summer`; years: `2022/23`, `2022-23` (where that is not a month),
    `2023`. Two-digit years are of this century. Raises NotAPeriod.
    """
    words = " ".join(text.replace("\u2013", "-").replace("\u2011", "-").split())
    if re.search("[0-9]|term$", words, re.IGNORECASE):
        for pattern, read in _FORMS:
            if found := re.fullmatch(pattern, words, re.IGNORECASE):
                return read(found, terms)
        if _looks_like_one(words):
            raise NotAPeriod(f"{text!r} looks like a period, but cpreport cannot read it in this form")
    raise NotAPeriod(f"{text!r} is not a period", is_close=False)


def period_or_none(text: str, terms: Terms = TERMS) -> Period | None:
    """The period a text names, or None where it names none that is read."""
    with suppress(NotAPeriod):
        return parse_period(text, terms)
    return None


_YEAR_RANGE = re.compile(r"(?:20)?([0-9]{2}) ?(?:-|–|/|to) ?(?:20)?([0-9]{2})")


def period_end(text: str, terms: Terms) -> date | None:
    """The last day of a benchmark's period, typed freely; several years (`17-20`, `2017 to 2020`) end in March.

    None where it cannot be read.
    """
    try:
        return parse_period(text, terms).end
    except NotAPeriod:
        years = _YEAR_RANGE.fullmatch(text.strip())
    if years is None or int(years[1]) >= int(years[2]):
        return None
    return date(2000 + int(years[2]), 3, 31)


def _looks_like_one(words: str) -> bool:
    return re.fullmatch(_LIKE_ONE, words, re.IGNORECASE) is not None


def period_in_name(stem: str, terms: Terms = TERMS) -> Period | None:
    """The period in a file's name (without ending), such as `july-2023` or `CPB 2023-24-Q1 final`, or None."""
    words = re.sub(r"[_\s.]+", " ", stem)
    for pattern, form in _IN_NAMES.items():
        if found := re.search(pattern, words, re.IGNORECASE):
            with suppress(NotAPeriod):
                return parse_period(found.expand(form), terms)
    return None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _spanning_year(found: re.Match[str]) -> int:
    """The first year of a pair such as 22/23, which must be two neighbouring years."""
    first, second = _full_year(found["first"]), found["second"]
    if int(second) != (first + 1 if len(second) == 4 else (first + 1) % 100):
        raise NotAPeriod(f"{found['first']}/{found['second']} are not two neighbouring years")
    return first


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or its first letters, in any case; None for any other text."""
    name = "sep" if name.lower() == "sept" else name.lower()
    return next((n for n, full in enumerate(MONTHS, 1) if name in (full.lower(), full[:3].lower())), None)


def _read_named_month(found: re.Match[str], terms: Terms) -> Period:
    number = month_number(found["month"])
    if number is None and _is_nearly_a_term(found["month"], terms):
        raise NotAPeriod(f"{found[0]!r} names one year; a school year is written 22/23")
    if number is None:
        close = bool(nearest(found["month"], [*MONTHS, *(name[:3] for name in MONTHS)]))
        raise NotAPeriod(f"{found['month']!r} is not a month", is_close=close)
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
        raise NotAPeriod(f"{found[0]!r} is not a date") from None
    period = month_of_day(day)
    if period is None:
        raise NotAPeriod(f"{found[0]!r} is neither the first nor the last day of its month")
    return period


def _read_quarter(found: re.Match[str], _: Terms) -> Period:
    number = int(found["quarter"])
    if not 1 <= number <= 4:
        raise NotAPeriod(f"there is no Q{number}; the quarters of a financial year are Q1 to Q4")
    _check_months(found, f"Q{number} of a financial year", QUARTERS[number - 1])
    return quarter(_spanning_year(found), number)


def _read_term(found: re.Match[str], terms: Terms) -> Period:
    number = _term_number(found, terms)
    if number is None:
        raise NotAPeriod(f"{found['term']!r} is not a term; the terms are {', '.join(term.name for term in terms)}")
    _check_months(found, f"{terms[number].name} Term", terms[number])
    return Period(Kind.TERM, _spanning_year(found) * len(terms) + number, terms)


def _read_short_term(found: re.Match[str], terms: Terms) -> Period:
    """A term without the word: other words before a year are labels, unless they are nearly a term's name."""
    if _is_nearly_a_term(found["term"], terms) or _looks_like_one(found[0]):
        return _read_term(found, terms)
    raise NotAPeriod(f"{found[0]!r} is not a period", is_close=False)


def _is_nearly_a_term(name: str, terms: Terms) -> bool:
    return nearest_name(name, [term.name for term in terms], likeness=0.75) is not None


def _read_yearless_term(found: re.Match[str], terms: Terms) -> Period:
    raise NotAPeriod(f"{found[0]!r} does not say which year", is_close=_term_number(found, terms) is not None)


def _term_number(found: re.Match[str], terms: Terms) -> int | None:
    named, *names = (re.sub("[ _]", "", name.lower()) for name in (found["term"], *(term.name for term in terms)))
    return names.index(named) if named in names else None


def _check_months(found: re.Match[str], what: str, part: Term) -> None:
    """The months that a text names, where it does, must be those of its quarter or term."""
    named = found.groupdict().get("months")
    if named and [month_number(name) for name in re.split(" ?- ?| to ", named)] != [part.first, part.last]:
        raise NotAPeriod(f"{what} is {part.months}, not {named}")


_YEAR = "(?:19|20|21)[0-9]{2}"
_SECOND = rf"(?P<second>{_YEAR}|[0-9]{{2}})"
_YEARS = rf"(?P<first>{_YEAR}|[0-9]{{2}})[/-]{_SECOND}"
_SLUG_YEARS = rf"(?P<first>{_YEAR})-(?P<second>[0-9]{{2}})"
_NAME = r"[^\W\d_]+"
_TERM = r"(?P<term>\w+(?: [0-9])?)"
_QUARTER = "Q(?:tr|uarter)? ?(?P<quarter>[0-9])"
_IF_MONTHS = rf"(?:(?P<months>{_NAME}(?: ?- ?| to ){_NAME}) )?"
_Reader = Callable[[re.Match[str], Terms], Period]
_FORMS: tuple[tuple[str, _Reader], ...] = (
    (rf"(?P<month>{_NAME})[ -]?'?(?P<year>{_YEAR}|[0-9]{{2}})", _read_named_month),
    (rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})", _read_iso_month),
    (rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})", _read_day),
    (rf"(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})/(?P<year>{_YEAR})", _read_day),
    (rf"{_IF_MONTHS}{_QUARTER} {_YEARS}", _read_quarter),
    (rf"{_IF_MONTHS}{_YEARS} {_QUARTER}", _read_quarter),
    (rf"{_SLUG_YEARS}-Q(?P<quarter>[0-9])", _read_quarter),
    (rf"{_IF_MONTHS}{_TERM} Term {_YEARS}", _read_term),
    (rf"{_YEARS} {_IF_MONTHS}{_TERM} Term", _read_term),
    (rf"{_IF_MONTHS}{_TERM} Term", _read_yearless_term),
    (rf"{_IF_MONTHS}{_TERM} {_YEARS}", _read_short_term),
    (rf"{_YEARS} {_IF_MONTHS}{_TERM}", _read_short_term),
    (rf"{_SLUG_YEARS}-(?P<term>\w+)", _read_term),
    (rf"(?P<first>{_YEAR})[/-]{_SECOND}", lambda found, _: Period(Kind.YEAR, _spanning_year(found))),
    (rf"(?P<year>{_YEAR})", lambda found, _: Period(Kind.CALENDAR_YEAR, int(found["year"]))),
)
"""Each form and what reads it: patterns that are compiled when a text needs them."""

_MONTH_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_LIKE_ONE = rf"[0-9][0-9./: +TZ-]{{3,}}|(?:{_MONTH_NAMES}|sept)\b.*[0-9].*|Q[0-9]\b.*[0-9].*|.*\bterm\b.*[0-9].*"
_IN_NAMES = {
    r"(?<!\d)(\d{4}-\d{2}-[a-z][a-z\d]*)": r"\1",
    r"(?<![a-z])(Q[1-4])[ -](\d{4}|\d{2})[-/ ](\d{2})(?!\d)": r"\1 \2/\3",
    r"(?<!\d)((?:19|20|21)\d{2})[- ]?(0[1-9]|1[0-2])(?![- ]?\d)": r"\1-\2",
    rf"(?<![a-z])((?:{_MONTH_NAMES}|sept)[ -]?(?:\d{{4}}|\d{{2}}))(?!\d)(?![ -]\d{{4}})": r"\1",
}
"""What a file's name may contain, and the form in which that is read."""
