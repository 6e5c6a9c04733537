"""The numbers in a sentence that may be figures: dates, ordinals, ages, distances, money and the like are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.no_figures import DIGITS, blanked
from cpreport.model.number import rounded_units


class Unit(Enum):
    """What is typed behind a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "percentage points"


_LARGE = 13


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `start` to `end` of its sentence's text.

    `value` is exact as typed, `text` as typed, with its unit. `is_about`: the sentence says that it is not exact.
    `bound` is 1 where it says that the figure is more, -1 that it is less, else 0.
    """

    start: int
    end: int
    text: str
    value: Fraction
    decimals: int = 0
    unit: Unit = Unit.PLAIN
    is_about: bool = False
    bound: int = 0

    @property
    def is_telling(self) -> bool:
        """Whether the number is hardly another's by chance: a small count may be anything's."""
        return self.decimals > 0 or self.unit is not Unit.PLAIN or self.value >= _LARGE

    def is_rounded(self, value: Fraction) -> bool:
        """Whether a value, rounded to as many decimals, is this number; signs do not matter."""
        return rounded_units(abs(value), self.decimals) == rounded_units(self.value, self.decimals)

    def is_cut_off(self, value: Fraction) -> bool:
        """Whether a value is this number if it is cut off after as many decimals, but not if it is rounded."""
        scaled = abs(value) * 10**self.decimals
        return self.value * 10**self.decimals == scaled.numerator // scaled.denominator and not self.is_rounded(value)


_NUMBER = re.compile(
    rf"(?:(?<![\w.,])(?P<digits>{DIGITS})(?!\w|[.,:]\d)|(?<![\w-])(?P<word>{'|'.join(lexicon.SMALL_NUMBERS)})\b(?!-))"
    r"(?:(?P<points>\s?-?(?:(?:percentage|%|per cent)[ -])?points?\b|\s?ppt?s?\b)|(?P<percent>\s?%|\s?per ?cent\b))?",
    re.IGNORECASE,
)
_NEAR = 25


def numbers_of(text: str) -> list[Number]:
    """The numbers of a sentence's text in order."""
    return [_number(match, text) for match in _NUMBER.finditer(blanked(text))]


def _number(match: re.Match[str], text: str) -> Number:
    unit = Unit.POINTS if match["points"] else Unit.PERCENT if match["percent"] else Unit.PLAIN
    digits, start = match["digits"], match.start()
    decimals = len(digits.partition(".")[2]) if digits else 0
    word = (match["word"] or "").lower()
    value = Fraction(digits.replace(",", "")) if digits else Fraction(lexicon.SMALL_NUMBERS.index(word) + 1)
    before = text[max(0, start - _NEAR) : start]
    is_about = bool(lexicon.ABOUT.search(before) or lexicon.OPEN_END.match(text, match.end()))
    bound = 1 if lexicon.MORE_THAN.search(before) else -1 if lexicon.LESS_THAN.search(before) else 0
    return Number(start, match.end(), match[0], value, decimals, unit, is_about, bound)
