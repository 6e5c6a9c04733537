"""What a draft calls the lines, the comparators and the council of a scorecard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cpreport.inputs.workbook.scorecard.values import Label, LabelCell, Line
from cpreport.inputs.workbook.scorecard.words import means_comparator
from cpreport.model.period_text import period_or_none

NO_SECTION = "Indicators"
"""The section of lines that stand under no heading."""

_COUNCIL = re.compile(r"(?:(?:(?:London|Royal) )?Borough of .+|.+ (?:Council|MBC))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[-\u2013\u2014|]+\s+|:\s+|\n")
"""What stands between the parts of a title."""

_MOST_LETTERS = 60


class Named(NamedTuple):
    """A line as the draft calls it. `was` says why it is not called as in the source; empty where it is."""

    line: Line
    section: str
    reference: str
    title: str
    was: str = ""

    @property
    def id(self) -> str:
        """What other sheets call it."""
        return self.reference or self.title

    @property
    def name(self) -> str:
        """As a question calls it: the reference where there is one, and the title."""
        return f"{self.reference} {self.title}".strip()


def with_names(lines: Sequence[Line]) -> list[Named]:
    """The lines with names that are each of one line only: a reference, else a title, else that with its section."""
    plain = [_plain(line) for line in lines]
    counted = Counter(each.id.casefold() for each in plain)
    found: list[Named] = []
    taken: set[str] = set()
    for each in plain:
        named = each
        if counted[each.id.casefold()] > 1:
            named = each._replace(reference="", title=f"{each.section}: {each.title}", was=f"{each.id} is there twice")
        if named.id.casefold() in taken:
            named = named._replace(title=f"{named.title} (row {each.line.cell.row})")
        taken.add(named.id.casefold())
        found.append(named)
    return found


def _plain(line: Line) -> Named:
    of_column = line.label(Label.SECTION)
    section, reference, title = map(
        clean, (line.section or (of_column.text if of_column else ""), line.reference, line.title)
    )
    section = section if any(map(str.isalnum, section)) else NO_SECTION
    return Named(line, section, reference, title or reference or f"Row {line.cell.row}")


def clean(text: str) -> str:
    """A text on one line, with single spaces and nothing that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def comparator(heading: str) -> str:
    """What a column of benchmarks compares with, by its heading without a period.

    Nearest neighbours are not the statistical ones, and a region is called as in the source.

    >>> comparator("Stat neighbours"), comparator("Nat. average"), comparator("North; East"), comparator("")
    ('SN', 'England', 'North East', 'Benchmark')
    """
    words = clean(re.sub("[:;]", " ", heading)).strip(" -–()[],")
    usual = (name for name in ("SN", "England") if "nearest" not in words.casefold() and means_comparator(words, name))
    return next(usual, words[:_MOST_LETTERS].strip()) or "Benchmark"


def comparators(names: Iterable[str]) -> str:
    """What About says of comparators: `SN: Statistical neighbours; England`."""
    return "; ".join("SN: Statistical neighbours" if name == "SN" else name for name in dict.fromkeys(names))


class Titles(NamedTuple):
    """What the texts above a scorecard say, each empty where it is not certain, and those that say none of it."""

    authority: str
    title: str
    others: tuple[LabelCell, ...]


def said_in(titles: Sequence[LabelCell]) -> Titles:
    """The council's name, if one text or part of one is; and the report's title, if there is but one other.

    A part that is a period is none, nor is one beside the council's name, such as a directorate, where another text has
    a title. A title has no digits: `Scorecard July 2023` is one for a month only.
    """
    pieces = [(piece, each) for each in titles for piece in _BETWEEN.split(clean(each.text)) if piece]
    councils = [piece for piece in pieces if _COUNCIL.fullmatch(piece[0])]
    authority = councils[0] if len(councils) == 1 else None
    named = [piece for piece in pieces if piece != authority and not period_or_none(piece[0])]
    if len(named) > 1 and authority:
        named = [piece for piece in named if piece[1] != authority[1]]
    title = named[0] if len(named) == 1 and re.fullmatch(r"[^0-9]*[^\W\d][^0-9]*", named[0][0]) else None
    used = [piece[1] for piece in (authority, title) if piece]
    return Titles(
        authority[0] if authority else "", title[0] if title else "", tuple(each for each in titles if each not in used)
    )
