"""Texts that name a period, such as headers and names of files, with another period in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from cpreport.model.errors import UsageError
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import period_in_name, period_or_none

_PIECE = re.compile(r"([^\W\d_]+|\d+)")
_VERSION = re.compile(r"(?:[ _-]+(?:v\d+|version \d+|final|draft|copy)|[ _-]*\(\d+\))+$", re.IGNORECASE)
"""What people add to the name of a file that they have saved again."""

_MOST_PIECES = 12


def period_in(text: str, terms: Terms) -> Period | None:
    """The period that a text is, or has in it."""
    return period_or_none(text, terms) or period_in_name(text, terms)


def with_period(text: str, old: Period, new: Period, read: Callable[[str], Period | None]) -> str | None:
    """A text with another period in the same form; None where it has none that could be put there.

    `read` gives the period that a text names, here the old one; both are of one kind. As little as possible changes.

    >>> from cpreport.model.period import month, quarter
    >>> july, august = month(2023, 7), month(2023, 8)
    >>> [with_period(text, july, august, period_or_none) for text in ("JUL-23", "July 2023", "31/07/2023", "2023-07")]
    ['AUG-23', 'August 2023', '31/08/2023', '2023-08']
    >>> with_period("Jan-Mar 23/24 Q4", quarter(2023, 4), quarter(2024, 1), period_or_none)
    'Apr-Jun 24/25 Q1'
    """
    swaps = list(zip(_spellings(old, text), _spellings(new, text), strict=False))
    pieces = _PIECE.split(text)
    if len(pieces) > 2 * _MOST_PIECES:
        return None
    choices = (dict.fromkeys([piece, *_swapped(piece, swaps)]) for piece in pieces)
    return next((made for made in map("".join, product(*choices)) if made != text and read(made) == new), None)


def _swapped(piece: str, swaps: list[tuple[str, str]]) -> Iterator[str]:
    """What may stand in place of a piece of a text, in its case of letters."""
    for old, new in swaps:
        if piece.casefold() == old.casefold():
            yield new.upper() if piece.isupper() else new.lower() if piece.islower() else new


def _spellings(period: Period, text: str) -> list[str]:
    """The words and numbers that a period is written with; those of another one of its kind stand at the same places.

    May is short and long: what follows it is as long as the year in the text.
    """
    first, last = period.start, period.end
    written = [period.label, period.slug, period.long]
    found = [piece for form in written for piece in _PIECE.findall(form)]
    if re.search(r"\d{4}", text):
        found = _PIECE.findall(period.long) + found
    years = (int(period.slug[:4]) + 1, first.year, last.year)
    return [*found, *map(str, years), f"{first:%Y%m}", f"{first.month}", f"{first:%d}", f"{last:%d}", f"{last.day}"]


def next_name(path: Path, now: Period) -> str:
    """The name of the next period's workbook: with that in place of this one, without `v2` and the like.

    It is added where the name has no period of this kind. Raises UsageError where it has another one.

    >>> from cpreport.model.period import month
    >>> [next_name(Path(name), month(2023, 12)) for name in ("CPB Dec 23 v2.xlsx", "cpb.xlsm")]
    ['CPB Jan 24.xlsx', 'cpb-2024-01.xlsm']
    """
    stem, new = _VERSION.sub("", path.stem), now.shift(1)
    named = period_in_name(stem, now.terms)
    if named is None or named.kind is not now.kind:
        return f"{stem}-{new.slug}{path.suffix}"
    if named != now:
        raise UsageError(
            f"{path.name} is named {named.label}, but its reporting period is {now.label}: correct what is wrong"
        )
    made = with_period(stem, now, new, lambda text: period_in_name(text, now.terms))
    return f"{made or f'{stem}-{new.slug}'}{path.suffix}"
