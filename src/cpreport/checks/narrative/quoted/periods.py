"""The periods that a sentence names: `in June`, `July 2022`, `a year ago`, `Q1 23/24`, `last month`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from cpreport.checks.narrative.quoted.words import Mark, Token, words
from cpreport.model.period import MONTHS, Kind, Period, Terms, containing
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.timeline import Timeline

_RANKS = {"window": 0, "month": 1, "quarter": 1, "term": 1, "contrast": 2, "period": 2}
_MAY_BE_WORDS = ("3", "5")
"""Months whose names are other words too: March and May."""


class Named(NamedTuple):
    """A period named by the tokens from `first` up to `end`.

    `exact` has its year. Else `kind` is the lexicon's for it and `value` says which: how many periods ago, `year`, or
    the number of the month, quarter or term. `unit` is the kind of period that the words name, `is_last` with `last`.
    """

    first: int
    end: int
    kind: str
    value: str = ""
    unit: Kind | None = None
    is_last: bool = False
    exact: Period | None = None

    def of(self, timeline: Timeline) -> Period | None:
        """Which period of an indicator is meant; None where it has no such period, e.g. a year of a monthly one."""
        now, period = timeline.now, self.exact
        if self.value == "year":
            return now.year_earlier()
        if self.kind in ("contrast", "period"):
            return now.shift(int(self.value)) if self.value != "?" and self.unit in (None, now.kind) else None
        if period is None:
            newest = containing(self.unit or Kind.MONTH, now.end, now.terms)
            per_year = newest.ordinal - newest.year_earlier().ordinal
            period = newest.shift(-((newest.ordinal - int(self.value) + 1) % per_year))
            period = period.year_earlier() if self.is_last and period.end.year == now.end.year else period
        is_within = period.kind in (now.kind, Kind.MONTH) or (period.kind is Kind.QUARTER and now.kind is Kind.YEAR)
        return containing(now.kind, period.end, now.terms) if is_within else None


@cache
def _exact() -> re.Pattern[str]:
    month = rf"(?:{'|'.join((*MONTHS, *(name[:3] for name in MONTHS), 'Sept'))})\b"
    years, quarter = r"(?:(?:20\d\d|\d\d)/(?:20\d\d|\d\d)|20\d\d-\d\d)", "Q(?:uarter )?[1-4]"
    no_year = rf"(?!\s?%|[.,]\d| (?!(?:{'|'.join(sorted(words('after_a_year')))})\b(?!-))\w)"
    return re.compile(
        rf"\b({month}\.?[ -]'?(?:20\d\d|[0-3]\d{no_year}))\b|\b(\d\d?/\d\d?/20\d\d)\b"
        rf"|\b((?:{month}-{month} )?{years} {quarter}|{quarter},? (?:of )?{years}|\w+ Term,? {years})(?!\d)"
        rf"|(?<![\d/])({years})(?![\d/])|\b(?:in|during|year|since|by|until|before|after) (20\d\d)\b(?![/-]\d)",
        re.IGNORECASE,
    )


def named_periods(text: str, tokens: Sequence[Token], marks: Sequence[Mark], terms: Terms) -> list[Named]:
    """The periods that a text names, in order; stretches such as `the last twelve months` are none."""
    found: list[Named] = []
    marked = sorted((mark for mark in marks if mark.kind in _RANKS), key=lambda mark: _RANKS[mark.kind])
    for each in (*_with_years(text, tokens, terms), *(_yearless(text, tokens, mark) for mark in marked)):
        if each and all(each.end <= other.first or other.end <= each.first for other in found):
            found.append(each)
    return sorted((each for each in found if each.kind != "window"), key=lambda each: each.first)


def _with_years(text: str, tokens: Sequence[Token], terms: Terms) -> Iterator[Named]:
    for match in _exact().finditer(text):
        typed = re.sub(r"[,.]| of(?= )", "", next(filter(None, match.groups())))
        within = [at for at, token in enumerate(tokens) if match.start() <= token.start < match.end()]
        with suppress(NotAPeriod):
            period = parse_period(typed, terms)
            yield Named(_with_day(tokens, within[0]), within[-1] + 1, "exact", exact=period)


def _yearless(text: str, tokens: Sequence[Token], mark: Mark) -> Named | None:
    said, first, end = [token.word for token in tokens], mark.first, mark.end
    if mark.kind not in ("month", "term", "quarter"):
        unit = next((kind for kind in (Kind.MONTH, Kind.QUARTER, Kind.TERM) if kind.value in said[first:end]), None)
        return Named(first, end, mark.kind, mark.value, unit)
    is_word = first == 0 and mark.value in _MAY_BE_WORDS
    if mark.kind == "month" and (is_word or not text[tokens[first].start].isupper()):
        return None
    is_last_year = [word for word in said[end : end + 4] if word not in (",", "of")][:2] == ["last", "year"]
    end = said.index("year", end) + 1 if is_last_year else end
    is_last = is_last_year or said[max(0, first - 1) : first] == ["last"]
    begin = first - 1 if is_last and not is_last_year else _with_day(tokens, first)
    return Named(begin, end, mark.kind, mark.value, Kind(mark.kind), is_last)


def _with_day(tokens: Sequence[Token], first: int) -> int:
    """Where a date begins: `31 July`, `31st of July`."""
    start = first - 2 if first > 1 and tokens[first - 1].word == "of" else first - 1
    form = r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)" + ("?" if start == first - 1 else "")
    return start if start >= 0 and re.fullmatch(form, tokens[start].word) else first
