"""The periods that a sentence names: `in June`, `July 2022`, `a year ago`, `Q1 23/24`, `last month`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cpreport.checks.narrative.quoted.lexicon import any_of, pattern, words
from cpreport.model.period import MONTHS, Kind, Period, Terms, containing
from cpreport.model.period_text import NotAPeriod, month_number, parse_period
from cpreport.model.timeline import Timeline

_AFTER_A_YEAR = any_of(
    """and to was were is are it there with we the a an our had has have from against compared in(?!-) at on by saw
    than but when which as for that this they so while although or until since report figure figures data"""
)
_NO_YEAR = rf"(?!\s?%|[.,]\d| (?!{_AFTER_A_YEAR}\b)\w)"
"""What follows two digits that are no year: `in June 13 children were missing`."""

MONTH = any_of(" ".join([*MONTHS, *(name[:3] for name in MONTHS), "Sept"]))
_YEARS = r"(?:20\d\d|\d\d)/(?:20\d\d|\d\d)|20\d\d-\d\d"
_QUARTER = "Q(?:uarter )?[1-4]"
EXACT = pattern(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?({MONTH}\b\.?[ -]'?(?:20\d\d|[0-3]\d{_NO_YEAR}))\b"
    rf"|\b((?:{MONTH}-{MONTH} )?(?:{_YEARS}) {_QUARTER}|{_QUARTER} (?:of )?(?:{_YEARS})|\w+ Term,? (?:{_YEARS}))(?!\d)"
    rf"|(?<![\d/])({_YEARS})(?![\d/])"
    rf"|\b{any_of('in during year since by until before after act')} (20\d\d)\b(?![/-]\d)"
)
"""Periods with their year; one group has what names it."""

_MONTH_ALONE = pattern(
    rf"(?P<last>\b[Ll]ast )?(?:(?<=[^.!?]\s)|(?<=\()|(?<!\w)(?!May\b|Mar\b))(?P<month>{MONTH})\b", flags=0
)
QUARTERS = tuple(
    rf"Q{number}|quarter {number}|{word} quarter"
    for number, word in enumerate(("first", "second", "third", "fourth"), 1)
)

_UNIT = "(?:month|quarter|term|period)"
_AGO = "(?:ago|earlier|before|previously)"
_YEAR_ON = (
    "year[ -]on[ -]year|(?:a|the) year on"
    "|(?:over|in|during|across) the (?:(?:last|past|whole) )?(?:year|(?:12|twelve) months)(?! to)"
)
_YEAR_AGO = (
    rf"(?:a|one|1) year {_AGO}|(?:twelve|12) months {_AGO}|last year|(?:the )?previous year|the year before"
    rf"|(?:this|the same) (?:time|point|{_UNIT}) (?:of |in )?(?:last|the previous|the) year(?: before)?"
)
_BEFORE = rf"(?:last|previous|preceding|prior) (?:{_UNIT}|report)|the {_UNIT} before|(?:a|one) {_UNIT} {_AGO}"
_NOW = rf"(?:this|the current|the latest|the reporting) {_UNIT}|currently|now|today(?:'s)?"
_LATER = rf"(?:a|one|the following|the next) {_UNIT} (?:later|after)|the (?:following|next) {_UNIT}"
_RELATIVE = (
    (words(_YEAR_ON), "year", True),
    (words("month[ -]on[ -]month|on the (?:month|quarter)"), "1", True),
    (words(_YEAR_AGO), "year", False),
    (words(_BEFORE), "1", False),
    (words(_NOW), "0", False),
    (words(_LATER), "", False),
)
"""Words with how many periods before the newest they mean (or a `year`; empty: no known one), and whether they say
what something is compared with rather than when it was."""

_WINDOW = pattern(
    rf"\b{any_of('last past previous preceding rolling recent next coming within')} "
    rf"{any_of('12 twelve 3 three 6 six few several')}[ -]months?\b|\b(?:12|twelve)[ -]months?(?= to\b)"
    r"|\bin the year(?= to\b)"
)
"""Stretches of time that are no period."""

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
    taken = [found.span() for found in _WINDOW.finditer(text)]
    named: list[Named] = []
    for each in (*_exact(text, terms), *_yearless(text, terms), *_relative(text)):
        if all(each.end <= start or end <= each.start for start, end in taken):
            taken.append((each.start, each.end))
            named.append(each)
    return sorted(named, key=lambda each: each.start)


def _exact(text: str, terms: Terms) -> Iterator[Named]:
    for found in EXACT.finditer(text):
        typed = next(filter(None, found.groups())).replace(",", "").replace(".", "").replace(" of ", " ")
        try:
            period = parse_period(typed, terms)
        except NotAPeriod:
            continue
        yield Named(*found.span(), partial(_own, period))


def _own(period: Period, timeline: Timeline) -> Period | None:
    """An indicator's period that a named one is in, if that is not longer."""
    kind = timeline.now.kind
    is_within = period.kind in (kind, Kind.MONTH) or (period.kind is Kind.QUARTER and kind is Kind.YEAR)
    return containing(kind, period.end, timeline.now.terms) if is_within else None


def _yearless(text: str, terms: Terms) -> Iterator[Named]:
    for found in _MONTH_ALONE.finditer(text):
        number = (month_number(found["month"]) or 1) - 1
        yield Named(*found.span("month"), partial(_newest, Kind.MONTH, number, 12, bool(found["last"])))
    quarters = [(Kind.QUARTER, number, len(QUARTERS), form) for number, form in enumerate(QUARTERS)]
    names = enumerate(re.escape(term.name) for term in terms)
    for kind, number, of, form in (*quarters, *((Kind.TERM, n, len(terms), f"{name}(?: term)?") for n, name in names)):
        for found in words(form).finditer(text):
            yield Named(*found.span(), partial(_newest, kind, number, of, False))


def _newest(kind: Kind, number: int, per_year: int, is_before: bool, timeline: Timeline) -> Period | None:
    """The newest period of that number in its year, from 0, that is not after, or is before, an indicator's newest."""
    now = containing(kind, timeline.now.end, timeline.now.terms)
    back = (now.ordinal - number) % per_year
    return _own(now.shift(-(back or per_year * is_before)), timeline)


def _relative(text: str) -> Iterator[Named]:
    for said, back, is_contrast in _RELATIVE:
        for found in said.finditer(text):
            yield Named(*found.span(), partial(_back, back, found[0].lower()), is_contrast)


def _back(back: str, words: str, timeline: Timeline) -> Period | None:
    """A period relative to the newest; `last month` means nothing for an indicator of quarters."""
    unit = next((kind for kind in (Kind.MONTH, Kind.QUARTER, Kind.TERM) if kind.value in words), None)
    if back == "year":
        return timeline.now.year_earlier()
    return timeline.now.shift(-int(back)) if back and unit in (None, timeline.now.kind) else None
