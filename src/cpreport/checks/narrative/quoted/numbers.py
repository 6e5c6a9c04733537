"""The numbers in a sentence that may be figures: dates, ordinals, ages, distances, money and the like are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.no_figures import NO_FIGURES
from cpreport.model.number import rounded_units


class Unit(Enum):
    """What is typed behind a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "percentage points"


_LARGE = 13
_NEAR = 25


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `start` to `end` of its sentence's text.

    `value` is exact as typed, `text` as typed, with its unit. `is_about`: the sentence says that it is not exact.
    """

    start: int
    end: int
    text: str
    value: Fraction
    decimals: int
    unit: Unit
    is_about: bool

    @property
    def is_telling(self) -> bool:
        """Whether the number is hardly another's by chance: a small count may be anything's."""
        return self.decimals > 0 or self.unit is not Unit.PLAIN or self.value >= _LARGE

    def says(self, value: Fraction, unit: Unit) -> bool:
        """Whether a value, rounded to as many decimals, is this number; signs do not matter."""
        is_of_unit = unit is self.unit or {unit, self.unit} == {Unit.POINTS, Unit.PERCENT}
        return is_of_unit and rounded_units(abs(value), self.decimals) == rounded_units(self.value, self.decimals)


_NUMBER = re.compile(
    rf"(?:(?<![\w.,])(?P<digits>{lexicon.DIGITS})(?!\w|[.,:]\d)|(?<![\w-])(?P<word>{lexicon.NUMBER_WORD})\b(?!-))"
    r"(?:(?P<points>\s?-?(?:(?:percentage|%|per cent)[ -])?points?\b|\s?ppt?s?\b)|(?P<percent>\s?%|\s?per ?cent\b))?",
    re.IGNORECASE,
)


def numbers_of(text: str) -> list[Number]:
    """The numbers of a sentence's text in order."""
    blanked = NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
    return [_number(match, text) for match in _NUMBER.finditer(blanked)]


def count_of(text: str) -> int:
    """A small number in digits or in words; 1 for any other word."""
    word = text.lower()
    return int(word) if word.isdecimal() else lexicon.SMALL_NUMBERS.get(word, 1)


def _number(match: re.Match[str], text: str) -> Number:
    unit = Unit.POINTS if match["points"] else Unit.PERCENT if match["percent"] else Unit.PLAIN
    digits = match["digits"]
    value = Fraction(digits.replace(",", "")) if digits else Fraction(count_of(match["word"]))
    before = text[max(0, match.start() - _NEAR) : match.start()]
    is_about = bool(lexicon.ABOUT.search(before) or lexicon.OPEN_END.match(text, match.end()))
    decimals = len(digits.partition(".")[2]) if digits else 0
    return Number(match.start(), match.end(), match[0], value, decimals, unit, is_about)
