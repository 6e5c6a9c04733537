"""The periods that a sentence names: `in June`, `July 2022`, `a year ago`, `Q1 23/24`, `last month`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cpreport.checks.narrative.quoted import period_words
from cpreport.model.period import Kind, Period, Terms, containing, month
from cpreport.model.period_text import NotAPeriod, month_number, parse_period
from cpreport.model.timeline import Timeline

Resolved = Callable[[Timeline], Period | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A period named from `start` to `end` of a text.

    `of` says which period of an indicator is meant; None where the indicator has no such period, e.g. a year of a
    monthly one. `is_contrast`: the words say what something is compared with (`year on year`) rather than when it was.
    """

    start: int
    end: int
    of: Resolved
    is_contrast: bool = False


def named_periods(text: str, terms: Terms) -> list[Named]:
    """The periods that a text names, in order; stretches such as `the last twelve months` are none."""
    taken = [found.span() for found in period_words.WINDOW.finditer(text)]
    named: list[Named] = []
    for each in (*_exact(text, terms), *_months(text), *_parts_of_years(text, terms), *_relative(text)):
        if all(each.end <= start or end <= each.start for start, end in taken):
            taken.append((each.start, each.end))
            named.append(each)
    return sorted(named, key=lambda each: each.start)


def _exact(text: str, terms: Terms) -> Iterator[Named]:
    for found in period_words.EXACT.finditer(text):
        words = next(filter(None, found.groups())).replace(",", "").replace(".", "").replace(" of ", " ")
        try:
            yield Named(*found.span(), _absolute(parse_period(words, terms), terms))
        except NotAPeriod:
            continue


def _absolute(period: Period, terms: Terms) -> Resolved:
    def of(timeline: Timeline) -> Period | None:
        kind = timeline.now.kind
        if period.kind is kind:
            return period
        is_within = period.kind is Kind.MONTH or (period.kind is Kind.QUARTER and kind is Kind.YEAR)
        return containing(kind, period.end, terms) if is_within else None

    return of


def _months(text: str) -> Iterator[Named]:
    for found in period_words.MONTH_ALONE.finditer(text):
        number = month_number(found["month"])
        if number:
            yield Named(*found.span("month"), _newest_month(number, bool(found["last"])))


def _newest_month(number: int, is_before: bool) -> Resolved:
    """The newest month of that name that is not after, or is before, an indicator's newest period."""

    def of(timeline: Timeline) -> Period | None:
        now = timeline.now
        is_of_year = number < now.end.month or (number == now.end.month and not is_before)
        found = month(now.end.year - (not is_of_year), number)
        return found if now.kind is Kind.MONTH else containing(now.kind, found.end, now.terms)

    return of


def _parts_of_years(text: str, terms: Terms) -> Iterator[Named]:
    """Quarters and terms without their year."""
    for number, words in enumerate(period_words.QUARTERS):
        for found in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE):
            yield Named(*found.span(), _newest_of(Kind.QUARTER, number, len(period_words.QUARTERS)))
    for number, term in enumerate(terms):
        for found in re.finditer(rf"\b{re.escape(term.name)}(?: term)?\b", text, re.IGNORECASE):
            yield Named(*found.span(), _newest_of(Kind.TERM, number, len(terms)))


def _newest_of(kind: Kind, number: int, per_year: int) -> Resolved:
    """The newest quarter or term of that number, from 0, that is not after an indicator's newest."""

    def of(timeline: Timeline) -> Period | None:
        now = timeline.now
        return now.shift(-((now.ordinal - number) % per_year)) if now.kind is kind else None

    return of


def _relative(text: str) -> Iterator[Named]:
    for words, back, is_contrast in period_words.RELATIVE:
        for found in words.finditer(text):
            yield Named(*found.span(), _back(back, found[0].lower()), is_contrast)


def _back(back: str, words: str) -> Resolved:
    """A period relative to the newest; `last month` means nothing for an indicator of quarters."""
    unit = next((kind for kind in (Kind.MONTH, Kind.QUARTER, Kind.TERM) if kind.value in words), None)

    def of(timeline: Timeline) -> Period | None:
        now = timeline.now
        if back == "year":
            return now.year_earlier()
        is_of_kind = back and unit in (None, now.kind)
        return now.shift(-int(back)) if is_of_kind else None

    return of
