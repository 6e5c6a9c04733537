"""The periods that a sentence names: `in June`, `July 2022`, `a year ago`, `Q1 23/24`, `last month`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cpreport.checks.narrative.quoted.lexicon import any_of
from cpreport.checks.narrative.quoted.no_figures import NO_YEAR
from cpreport.model.period import MONTHS, Kind, Period, Terms, containing, month
from cpreport.model.period_text import NotAPeriod, month_number, parse_period
from cpreport.model.timeline import Timeline

Resolved = Callable[[Timeline], Period | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A period named from `start` to `end` of a text.

    `of` says which period of an indicator is meant; None where the indicator has no such period, e.g. a year of a
    monthly one. `is_exact`: the words leave no doubt which period they mean, whatever the indicator. `is_contrast`:
    they say what something is compared with (`year on year`) rather than when it was.
    """

    start: int
    end: int
    text: str
    of: Resolved
    is_exact: bool
    is_contrast: bool = False


_MONTH = "|".join(sorted((*MONTHS, *(name[:3] for name in MONTHS), "Sept"), key=len, reverse=True))
_YEARS = r"(?:20\d\d|\d\d)/(?:20\d\d|\d\d)|20\d\d-\d\d"
_EXACT = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?P<month>{_MONTH})\.?[ -]'?(?P<year>20\d\d|[0-3]\d{NO_YEAR})\b"
    rf"|\b(?P<quarter>(?:\w{{3}}-\w{{3}} )?(?:{_YEARS}) Q[1-4]|Q[1-4] (?:of )?(?:{_YEARS}))(?!\d)"
    rf"|\b(?P<term>\w+ Term,? (?:{_YEARS}))(?!\d)"
    rf"|(?<![\d/])(?P<years>{_YEARS})(?![\d/])"
    r"|\b(?:in|during|year|since|of|for|by|until) (?P<calendar>20\d\d)\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"\b(?!May\b|Mar\b)(?:{_MONTH})\b|(?<=[^.!?]\s)May\b|(?<=\()May\b")
_QUARTER_ALONE = re.compile(r"\bQ([1-4])\b|\b[Qq]uarter ([1-4])\b|\b(first|second|third|fourth) quarter\b")
_ORDINALS = ("first", "second", "third", "fourth")
_UNIT = any_of("month quarter term period")
_AGO = any_of("ago earlier before previously")
_A_YEAR_AGO = (
    rf"\b(?:a|one|1) year {_AGO}\b|\b(?:twelve|12) months {_AGO}\b|\blast year\b|\b(?:the )?previous year\b"
    rf"|\bthe year before\b"
    rf"|\b(?:this|the same) (?:time|point|{_UNIT}) (?:of |in )?(?:last|the previous|the) year(?: before)?\b"
)
_BEFORE = (
    rf"\b(?:last (?:month|quarter|period|report)|(?:previous|preceding|prior) (?:{_UNIT}|report))\b"
    rf"|\bthe {_UNIT} before\b|\b(?:a|one) {_UNIT} {_AGO}\b"
)
_NOW = (
    rf"\b(?:this|the current|the latest|the reporting) {_UNIT}\b|\bcurrently\b|\bat present\b|\bnow\b"
    r"|\btoday(?:'s)?\b|\b(?:has|have) since\b"
)
_CONTRASTS: tuple[tuple[re.Pattern[str], Callable[[Period], Period]], ...] = (
    (
        re.compile(
            r"\byear[ -]on[ -]year\b|\b(?:a|the) year on\b"
            r"|\b(?:(?:over|during|across) the (?:(?:past|last|whole) )?|in the )year\b(?! to\b)",
            re.IGNORECASE,
        ),
        Period.year_earlier,
    ),
    (re.compile(r"\bmonth[ -]on[ -]month\b|\bon the (?:month|quarter)\b", re.IGNORECASE), lambda now: now.shift(-1)),
)
_NEXT = rf"(?:a|one|the following|the next) {_UNIT} (?:later|after)|the (?:following|next) {_UNIT}"
_LATER = re.compile(rf"\b(?:{_NEXT})\b", re.IGNORECASE)

_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[Period], Period]], ...] = (
    (re.compile(_A_YEAR_AGO, re.IGNORECASE), Period.year_earlier),
    (re.compile(_BEFORE, re.IGNORECASE), lambda now: now.shift(-1)),
    (re.compile(_NOW, re.IGNORECASE), lambda now: now),
)
_WINDOW = re.compile(
    rf"\b{any_of('last past previous preceding rolling recent next coming in within over')} "
    rf"{any_of('12 twelve 3 three 6 six few several')}[ -]months?\b"
    r"|\bin the (?:last|past) year\b|\b(?:12|twelve)[ -]months?(?= to\b)|\bin the year(?= to\b)",
    re.IGNORECASE,
)


NOW = Named(0, 0, "now", lambda timeline: timeline.newest.period, False)
"""What is meant where nothing else is."""


def named_periods(text: str, terms: Terms) -> list[Named]:
    """The periods that a text names, in order; stretches such as `the last twelve months` are none."""
    taken = [match.span() for match in _WINDOW.finditer(text)]
    found: list[Named] = []
    for named in (*_exact(text, terms), *_months(text), *_quarters(text), *_terms(text, terms), *_relatives(text)):
        if all(named.end <= start or end <= named.start for start, end in taken):
            taken.append((named.start, named.end))
            found.append(named)
    return sorted(found, key=lambda named: named.start)


def _exact(text: str, terms: Terms) -> Iterator[Named]:
    for match in _EXACT.finditer(text):
        kind = match.lastgroup or ""
        words = f"{match['month']} {match['year']}" if match["month"] else match[kind]
        if kind == "quarter" and "Q" in words.upper()[:1]:
            words = words.replace("of ", "")
        try:
            period = parse_period(words.replace(",", ""), terms)
        except NotAPeriod:
            continue
        yield Named(match.start(), match.end(), match[0], _absolute(period, terms), True)


def _absolute(period: Period, terms: Terms) -> Resolved:
    def of(timeline: Timeline) -> Period | None:
        kind = timeline.now.kind
        if period.kind is kind:
            return period
        is_within = period.kind is Kind.MONTH or (period.kind is Kind.QUARTER and kind is Kind.YEAR)
        return containing(kind, period.end, terms) if is_within else None

    return of


def _months(text: str) -> Iterator[Named]:
    for match in _MONTH_ALONE.finditer(text):
        number = month_number(match[0].split()[0].removesuffix("'s"))
        if number:
            is_before = text[: match.start()].lower().endswith(("last ", "previous "))
            yield Named(match.start(), match.end(), match[0], _newest_month(number, is_before), False)


def _newest_month(number: int, is_before: bool) -> Resolved:
    """The newest month of that name that is not after, or is before, an indicator's newest period."""

    def of(timeline: Timeline) -> Period | None:
        end = timeline.now.end
        is_of_year = number < end.month or (number == end.month and not is_before)
        found = month(end.year if is_of_year else end.year - 1, number)
        return (
            found if timeline.now.kind is Kind.MONTH else containing(timeline.now.kind, found.end, timeline.now.terms)
        )

    return of


def _quarters(text: str) -> Iterator[Named]:
    for match in _QUARTER_ALONE.finditer(text):
        number = int(match[1] or match[2] or _ORDINALS.index(match[3].lower()) + 1)
        yield Named(match.start(), match.end(), match[0], _newest_of(Kind.QUARTER, number - 1, 4), False)


def _terms(text: str, terms: Terms) -> Iterator[Named]:
    for number, term in enumerate(terms):
        for match in re.finditer(rf"\b{re.escape(term.name)}(?: term)?\b", text, re.IGNORECASE):
            yield Named(match.start(), match.end(), match[0], _newest_of(Kind.TERM, number, len(terms)), False)


def _newest_of(kind: Kind, number: int, per_year: int) -> Resolved:
    """The newest quarter or term of that number, from 0, that is not after an indicator's newest."""

    def of(timeline: Timeline) -> Period | None:
        now = timeline.now
        return now.shift(-((now.ordinal - number) % per_year)) if now.kind is kind else None

    return of


def _relatives(text: str) -> Iterator[Named]:
    for patterns, is_contrast in ((_CONTRASTS, True), (_RELATIVE, False)):
        for pattern, shift in patterns:
            for match in pattern.finditer(text):
                yield Named(match.start(), match.end(), match[0], _shifted(shift, match[0]), False, is_contrast)
    for match in _LATER.finditer(text):
        yield Named(match.start(), match.end(), match[0], lambda _: None, False)


def _shifted(shift: Callable[[Period], Period], text: str) -> Resolved:
    """A period relative to the newest; `last month` means nothing for an indicator of quarters."""
    unit = next((kind for kind in (Kind.MONTH, Kind.QUARTER, Kind.TERM) if kind.value in text.lower()), None)

    def of(timeline: Timeline) -> Period | None:
        now = timeline.now
        is_of_kind = unit is None or unit is now.kind or shift(now) == now.year_earlier()
        return shift(now) if is_of_kind else None

    return of
