"""A text as tokens, what the lexicon knows of them, and which numbers among them may be figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache

from cpreport.checks.narrative.quoted.lexicon import Phrases, numbers, phrases
from cpreport.model.number import rounded_units

_LARGE = 13


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, a number or a sign, from `start` to `end` of its text. `value`: what a number is."""

    start: int
    end: int
    word: str
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What the lexicon, or the report, says of the tokens from `first` up to, without, `end`."""

    first: int
    end: int
    kind: str
    value: str


class Unit(Enum):
    """What is typed behind a number."""

    PLAIN = ""
    PERCENT = "percent"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, of the tokens from `first` up to `end`.

    `value` is exact as typed; `bound` is `about`, `over` or `under` where the text says that it is not exact.
    """

    first: int
    end: int
    value: Fraction
    decimals: int
    unit: Unit
    bound: str

    @property
    def is_telling(self) -> bool:
        """Whether the number is hardly another's by chance: a small count may be anything's."""
        return self.decimals > 0 or self.unit is not Unit.PLAIN or self.value >= _LARGE

    def says(self, value: Fraction, unit: Unit) -> bool:
        """Whether a value, rounded to as many decimals, is this number; signs do not matter."""
        is_of_unit = unit is self.unit or {unit, self.unit} == {Unit.POINTS, Unit.PERCENT}
        return is_of_unit and rounded_units(abs(value), self.decimals) == rounded_units(self.value, self.decimals)


@cache
def _pattern() -> re.Pattern[str]:
    """Names with digits in them, numbers, words, signs; a hyphen within a word is none."""
    return re.compile(
        r"(?P<name>https?://\S+|\S+@\S+|[£$€] ?\d[\d.,]*(?:k|m|bn)?|0\d[\d ]{5,}|24/7|\d+/\d+/\d+|\d+(?:-\d+)+|\d+:\d\d"
        r"|\d+[.:]\d\d ?[ap]m\b|\d+(?:\.\d+){2,}\w*|\d+(?!pp)[a-z]\w*|[a-z]+\d[\w.]*|(?:19|20)\d\d\b(?![.%]\d|%)"
        r"|\A\s*\d+\.\d+\.?(?=\s+(?-i:[A-Z])))|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        r"|(?<=\w)-(?=\w)|(?P<word>[^\W\d_]+?(?:n't)?(?='s\b|\b|_|\d)|'s\b|[^\s\w])",
        re.IGNORECASE,
    )


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text; `fifty-three` is one."""
    found: list[Token] = []
    for match in _pattern().finditer(text):
        word = match[0].lower()
        value = Fraction(word.replace(",", "")) if match["number"] else None
        if match["word"] and word in numbers():
            last, value = (found or [Token(0, 0, "")])[-1], Fraction(numbers()[word])
            if last.word in numbers() and (last.value or 0) >= 20 and 0 < value < 10:
                found[-1] = Token(last.start, match.end(), f"{last.word} {word}", (last.value or 0) + value)
                continue
            value = None if word == "one" or (text[match.end() :][:1] == "-" and value < 20) else value
        if match.lastgroup:
            found.append(Token(*match.span(), word, value))
    return found


def marks_of(tokens: Sequence[Token], known: Phrases) -> list[Mark]:
    """What phrases there are, the longest first; none within a longer one of its kind, or within an idiom."""
    found: list[Mark] = []
    for first, token in enumerate(tokens):
        keys = (token.word, "#") if token.value is not None else (token.word,)
        for several, kind, value in (
            each for key in keys for where in (phrases(), known) for each in where.get(key, ())
        ):
            within = tokens[first : first + len(several)]
            pairs = zip(several, within, strict=False)
            if len(within) == len(several) and all(
                said == each.word or (said == "#" and each.value is not None) for said, each in pairs
            ):
                found.append(Mark(first, first + len(several), kind, value))
    found.sort(key=lambda mark: mark.first - mark.end)
    return [mark for at, mark in enumerate(found) if not any(_hides(other, mark) for other in found[:at])]


def _hides(other: Mark, mark: Mark) -> bool:
    return other.first <= mark.first and mark.end <= other.end and other.kind in (mark.kind, "idiom")


def numbers_of(tokens: Sequence[Token], marks: Sequence[Mark], dates: set[int]) -> Iterator[Number]:
    """The numbers that may be figures: ages, distances, money, times and names with a number in them are none."""
    hidden = {at for mark in marks if mark.kind == "no figure" for at in range(mark.first, mark.end)}
    units = {mark.first: mark for mark in marks if mark.kind == "unit"}
    bounds = {(mark.end, mark.kind): mark.value for mark in marks if mark.kind == "about"}
    opens = {mark.first: mark.value for mark in marks if mark.kind == "open"}
    for at, token in enumerate(tokens):
        if token.value is not None and at not in hidden and at not in dates:
            unit = units.get(at + 1)
            end = unit.end if unit else at + 1
            decimals = len(token.word.partition(".")[2])
            bound = bounds.get((at, "about")) or opens.get(end, "")
            yield Number(at, end, token.value, decimals, Unit(unit.value) if unit else Unit.PLAIN, bound)
