"""The numbers in a sentence that may be figures: dates, ordinals, ages, distances, money and the like are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from cpreport.checks.narrative.pieces import PRINTED
from cpreport.checks.narrative.quoted.no_figures import DIGITS, SMALL_NUMBERS, any_of, blanked
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

    `value` is exact as typed; None where a tag prints it: `tag` is then the tag's place among those of the sentence,
    else -1. `text` is as typed, with its unit. `is_word`: it is a word such as `two`. `is_about`: the sentence says
    that it is not exact. `bound` is 1 where it says that the figure is more, -1 that it is less, else 0. `time` is the
    unit of time that follows, e.g. `day`, or empty.
    """

    start: int
    end: int
    text: str
    value: Fraction | None
    decimals: int = 0
    unit: Unit = Unit.PLAIN
    is_word: bool = False
    is_about: bool = False
    bound: int = 0
    time: str = ""
    tag: int = -1

    @property
    def is_telling(self) -> bool:
        """Whether the number, where it fits, says which indicator it is of: a small count may be anything's."""
        return self.decimals > 0 or self.unit is not Unit.PLAIN or (self.value or 0) >= _LARGE

    def is_rounded(self, value: Fraction) -> bool:
        """Whether a value, rounded to as many decimals, is this number; signs do not matter."""
        typed = self.value
        return typed is not None and rounded_units(abs(value), self.decimals) == rounded_units(typed, self.decimals)

    def is_cut_off(self, value: Fraction) -> bool:
        """Whether a value is this number if it is cut off after as many decimals, but not if it is rounded."""
        scaled = abs(value) * 10**self.decimals
        cut = scaled.numerator // scaled.denominator
        return self.value is not None and self.value * 10**self.decimals == cut and not self.is_rounded(value)


_NUMBER = re.compile(
    rf"(?:(?P<tag>{PRINTED})|(?<![\w.,])(?P<digits>{DIGITS})(?!\w|[.,:]\d)"
    rf"|(?<![\w-])(?P<word>{'|'.join(SMALL_NUMBERS)})\b(?!-))"
    r"(?:(?P<points>\s?-?(?:(?:percentage|%|per cent)[ -])?points?\b|\s?ppt?s?\b)"
    r"|(?P<percent>\s?%|\s?per ?cent\b))?",
    re.IGNORECASE,
)
_TIME = re.compile(r"[ -]?(?:(?:working|school|calendar|full|whole|consecutive)[ -])?(day)s?\b", re.IGNORECASE)
_INEXACT = any_of("about|around|approximately|approx|roughly|nearly|almost|circa|c|some|close to|in the region of")
_NOT_RISEN = "".join(f"(?<!{word} )" for word in ("gone", "went", "risen", "rose", "crept", "is", "are", "was", "were"))
_ABOUT = re.compile(rf"(?:\b{_INEXACT}\.?|{_NOT_RISEN}\bup to)\s+\Z", re.IGNORECASE)
_BOUNDS = {
    1: re.compile(r"\b(?:over|more than|above|at least|in excess of|upwards of)\s+\Z", re.IGNORECASE),
    -1: re.compile(r"\b(?:under|less than|fewer than|below|at most|no more than)\s+\Z", re.IGNORECASE),
}
_NEAR = 25
_BOUND = re.compile(r"\s*(?:or (?:better|more|above|higher|less|fewer|lower|under|over|so)|and (?:above|over|below))\b")


def numbers_of(text: str) -> list[Number]:
    """The numbers of a sentence's text in order."""
    return list(_tagged([_number(match, text) for match in _NUMBER.finditer(blanked(text))], text))


def _tagged(numbers: list[Number], text: str) -> Iterator[Number]:
    """The numbers, those of tags with the tags' places."""
    places = [at for at, sign in enumerate(text) if sign == PRINTED]
    for number in numbers:
        is_tag = number.value is None
        yield Number(number.start, number.end, number.text, None, tag=places.index(number.start)) if is_tag else number


def _number(match: re.Match[str], text: str) -> Number:
    if match["tag"]:
        return Number(match.start(), match.end(), match[0], None)
    unit = Unit.POINTS if match["points"] else Unit.PERCENT if match["percent"] else Unit.PLAIN
    digits = match["digits"]
    decimals = len(digits.partition(".")[2]) if digits else 0
    value = Fraction(digits.replace(",", "")) if digits else Fraction(SMALL_NUMBERS.index(match["word"].lower()) + 1)
    time = _TIME.match(text, match.end()) if unit is Unit.PLAIN else None
    near = max(0, match.start() - _NEAR)
    is_about = bool(_ABOUT.search(text, near, match.start()) or _BOUND.match(text, match.end()))
    bound = next((sign for sign, words in _BOUNDS.items() if words.search(text, near, match.start())), 0)
    named = time[1].lower() if time else ""
    return Number(match.start(), match.end(), match[0], value, decimals, unit, not digits, is_about, bound, named)
