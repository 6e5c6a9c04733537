"""What one heading says: a period or a part of one, a part of a figure, a label, or why its column is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from unicodedata import decomposition

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.meaning import Problem, month_shown
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import (
    DECORATION,
    OF_YEARS,
    is_count,
    labels_of,
    parts_of,
    plain_words,
    relative_of,
    why_aside,
)
from cpreport.model.indicator import Part
from cpreport.model.period import MONTHS, QUARTERS, Kind, Period, Terms, month_of_day
from cpreport.model.period_text import month_number, period_or_none

LONGEST = 80
"""How many characters a heading may have; a longer text is a note."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

_LONGEST_WORD = 12
"""How many characters a word with a digit may have: 2023-24-Q1, 31/07/2023, September23."""

_WIDEST = 5
"""Of how many words a period may be."""

RECENT = range(1990, 2100)
"""The years that a number may be as a heading."""


class Yearless(NamedTuple):
    """A month (0 for January), a quarter or a term (0 for the year's first) of a year that is not said."""

    kind: Kind
    number: int


class Relative(NamedTuple):
    """A period by how many of its kind, and how many years, it is before the newest one. `unit` is its kind's name."""

    unit: str
    periods: int
    years: int


class Unclear(NamedTuple):
    """A period that may be two things, which are named."""

    readings: str


When = Period | Yearless | Relative | Unclear


class Heading(NamedTuple):
    """What a heading says. `said` is its period as typed, `rest` what is not understood of it.

    `labels` are several where it could be two things; `part` is empty where it names none. `aside` is why its column is
    not read.
    """

    text: str
    whens: tuple[When, ...] = ()
    said: str = ""
    labels: tuple[Label, ...] = ()
    part: tuple[Part | None, ...] = ()
    is_count: bool = False
    aside: str = ""
    rest: str = ""

    @property
    def is_known(self) -> bool:
        """Whether all of it is understood."""
        return bool(self.whens or self.labels or self.part or self.is_count or self.aside) and not self.rest

    @property
    def says_when(self) -> bool:
        return bool(self.whens) and not self.rest


def heading_at(view: View, position: Position, terms: Terms) -> Heading:
    """What a cell says as a heading."""
    value = view.value(position)
    text = view.plain(position)
    if view.is_unreadable(position):
        return Heading(text, rest=text or "?")
    if isinstance(value, date):
        return Heading(text, (_of_date(value, view, position),), text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_year = value in RECENT
        return Heading(text, (Period(Kind.CALENDAR_YEAR, int(value)),), text) if is_year else Heading(text, rest=text)
    return heading_of(text, terms) if len(text) <= LONGEST else Heading(text, rest=text)


def _of_date(moment: date, view: View, position: Position) -> When:
    """The period of a date, as far as its format shows it."""
    from cpreport.inputs.workbook.cells.as_shown import as_shown  # only headings that are dates pay for it

    shown = as_shown(moment, view.code(position)) or ""
    if shown.isdigit():
        return Unclear(f"the year {shown}, or the month {MONTHS[moment.month - 1]} {moment.year}")
    if shown in MONTHS:
        return Yearless(Kind.MONTH, MONTHS.index(shown))
    found = month_shown(moment, view.trait(position))
    return Unclear(str(found.values.get("readings", ""))) if isinstance(found, Problem) else found


@lru_cache(maxsize=2**14)
def heading_of(text: str, terms: Terms) -> Heading:
    """What a text says as a heading."""
    plain = _without_notes(text)
    if relative := relative_of(plain):
        return Heading(text, (Relative(*relative),), plain)
    if (why := why_aside(plain)) and not labels_of(plain):
        return Heading(text, aside=why)
    whens, said, others = _whens(plain.split(), terms)
    is_decorated = [word for word in others if not is_decoration(word, whens)] if whens else others
    rest = " ".join(is_decorated)
    if not rest:
        return Heading(text, whens, said)
    labels, part = labels_of(rest), parts_of(rest)
    if not (labels or part or whens):
        labels = labels_of(_BRACKETS.sub(" ", text))
        if Label.TARGET in labels and not all(map(_is_unit, _BRACKETS.findall(text))):
            labels = ()  # `Target (stretch)` is another target
    known = bool(labels or part or is_count(rest))
    return Heading(text, whens, said, labels, part, is_count(rest), rest="" if known else rest)


def _is_unit(text: str) -> bool:
    """Whether a text in brackets says what is counted: `(%)`, `(per 10,000)`, `(number)`."""
    return bool(parts_of(text) or parts_of(f"rate {text}") or is_count(text))


def _without_notes(text: str) -> str:
    """A heading without the signs that lead to notes: raised numbers, stars, `[1]`, `(note 2)`; brackets are spaces."""
    plain = "".join(sign for sign in text if not decomposition(sign).startswith("<super>"))
    plain = re.sub(r"[\[(] ?(?:notes? ?)?[0-9]{1,2} ?[\])]|[*†‡§^]+", " ", plain)
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain).replace("\u2019", "'")
    plain = re.sub(r"\bFY ?(?=[0-9]{2,4}[/-])", "", plain, flags=re.IGNORECASE)
    return " ".join(re.sub(r"[()\[\]{},:;?!]|(?<=\w)\.(?=\s|$)", " ", plain).split())


def is_decoration(word: str, whens: Sequence[When]) -> bool:
    """Whether a word beside periods does not change which ones are meant."""
    plain = plain_words(word)
    is_year = all(isinstance(when, Period) and when.kind in (Kind.YEAR, Kind.CALENDAR_YEAR) for when in whens)
    return plain in DECORATION or (is_year and plain in OF_YEARS)


def _whens(words: list[str], terms: Terms) -> tuple[tuple[When, ...], str, list[str]]:
    """The periods that words name, as typed, and the other words."""
    whens: list[When] = []
    said: list[str] = []
    others = list(words)
    while found := _first_when(others, terms):
        when, start, end = found
        whens.append(when)
        said.append(" ".join(others[start:end]))
        others[start:end] = []
    return tuple(dict.fromkeys(whens)), " ".join(said), others


def _first_when(words: list[str], terms: Terms) -> tuple[When, int, int] | None:
    """The period that most words name, and where they are."""
    may_be = [_may_be_of_period(word, terms) for word in words]
    for size in range(min(_WIDEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if all(may_be[start : start + size]) and (when := _when(" ".join(words[start : start + size]), terms)):
                return when, start, start + size
    return None


def _may_be_of_period(word: str, terms: Terms) -> bool:
    """Whether a word may be one of those that name a period."""
    if re.search("[0-9]", word):
        return len(word) <= _LONGEST_WORD
    names = {"-", "to", "term", "q", "qtr", "quarter", *(name for term in terms for name in term.name.lower().split())}
    return word.lower() in names or all(month_number(name) for name in word.rstrip(".").split("-"))


def _when(text: str, terms: Terms) -> When | None:
    return next((when for read in (_two_years, _day, _months) if (when := read(text))), None) or (
        _known(text, terms) or _yearless(text, terms)
    )


def _known(text: str, terms: Terms) -> Period | None:
    return period_or_none(text, terms) if re.search("[0-9]", text) else None


def _two_years(text: str) -> When | None:
    """A year such as 2023-24 or 23/24. `2010-11` and `10/11` may also be a month."""
    found = re.fullmatch("((?:19|20|21)?[0-9]{2})[/-]((?:20|21)?[0-9]{2})", text)
    if not found or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
        return None
    first = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    is_plain = len(found[2]) == 4 or ("/" in text and len(found[1]) == 4)
    if int(found[2]) <= 12 and not is_plain:
        return Unclear(f"the year {first}/{(first + 1) % 100:02d}, or a month")
    return Period(Kind.YEAR, first)


def _day(text: str) -> When | None:
    """A day such as 31 March 2023."""
    found = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)[ -]((?:19|20|21)?[0-9]{2})", text, re.IGNORECASE)
    number = month_number(found[2]) if found else None
    if not found or not number:
        return None
    year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
    try:
        day = date(year, number, int(found[1]))
    except ValueError:
        return Unclear(f"{text} is not a date")
    return month_of_day(day) or Unclear(f"the day {text}, or the month {MONTHS[number - 1]} {year}")


def _months(text: str) -> When | None:
    """A quarter by its months: `Apr-Jun`, `Jan to Mar 2024`, `Apr-Jun 23/24`."""
    found = re.fullmatch("([a-z]+)(?: ?- ?| to )([a-z]+)(?:[ -]'?((?:19|20)?[0-9]{2}))?", text, re.IGNORECASE)
    ends = [month_number(name) for name in found.groups()[:2]] if found else []
    number = next((n for n, part in enumerate(QUARTERS) if ends == [part.first, part.last]), None)
    if not found or number is None:
        return None
    if not found[3]:
        return Yearless(Kind.QUARTER, number)
    year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
    return Period(Kind.QUARTER, (year - (number == len(QUARTERS) - 1)) * len(QUARTERS) + number)


def _yearless(text: str, terms: Terms) -> Yearless | None:
    """A month, quarter or term without its year."""
    if number := month_number(text.rstrip(".")):
        return Yearless(Kind.MONTH, number - 1)
    if found := re.fullmatch("q(?:tr|uarter)? ?([1-4])", text, re.IGNORECASE):
        return Yearless(Kind.QUARTER, int(found[1]) - 1)
    name = re.sub(" term$", "", text.lower())
    numbers: Iterator[int] = (n for n, term in enumerate(terms) if term.name.lower() == name)
    return next((Yearless(Kind.TERM, number) for number in numbers), None)
