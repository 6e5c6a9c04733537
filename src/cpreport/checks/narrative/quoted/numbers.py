"""The numbers in a sentence that may be figures: dates, ordinals, ages, distances, money and the like are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.lexicon import DIGITS, NUMBER_WORD, any_of, pattern
from cpreport.checks.narrative.quoted.periods import EXACT, MONTH, QUARTERS
from cpreport.model.number import rounded_units


class Unit(Enum):
    """What is typed behind a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "percentage points"


_COUNT = rf"(?:{DIGITS}|{NUMBER_WORD})"
_AFTER_AGE = any_of("years? months? and when who in at on were was are is to or")
_LABELS = any_of(
    """key stage|ks|years?|stage|phase|grade|level|tier|band|section|regulation|article|part|page|table|step|item
    |version|v|example|point|recommendation|priority|option|form|room|flat|unit|team|outcome|objective|chapter|ward
    |week|day|covid|number|no\\.?|cohort|appendix|act"""
)
_TIMES = "week fortnight month quarter term year hour minute night"
_SIZES = "miles? mph km kilometres? metres? bed(?:room)?s? bedded storey stars?"
_COUNTED = any_of("child person leaver carer placement review")

_NO_FIGURES = pattern(
    "|".join(
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b(?:,? 20\d\d\b)?",
            rf"\b{MONTH} \d{{1,2}}(?:(?:st|nd|rd|th)\b|,? 20\d\d\b)|\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b",
            EXACT.pattern,
            *(rf"\b(?:{words})\b" for words in QUARTERS),
            r"(?<=\()\d\d-\d\d(?=\))",
            r"\b\d{1,2}[:.]\d\d ?(?:am|pm)\b|\b\d{1,2}:\d\d\b|\b\d{1,2} ?(?:am|pm)\b|\b24/7\b|\b\d+(?:st|nd|rd|th)\b",
            # ages
            r"\b(?:aged?|ages) \d{1,2}(?:(?: ?- ?| to | and | or |, )\d{1,2})*\b",
            rf"\b(?:under|over|turn(?:s|ed)?) \d{{1,2}}(?:'?s)?\b(?= ?(?:{_AFTER_AGE}\b|[,.;)]|$))(?!\.\d)",
            r"\b(?:under|over)-?\d+s?\b(?! ?[%.\d])|\b\d{1,2}(?: ?- ?\d{1,2}| to \d{1,2})?[ -]years?[ -]olds?\b",
            r"\b\d{1,2}s\b|\b\d{1,2}\+|\b\d{1,2} ?- ?\d{1,2} (?:years|age)\b",
            # names, addresses, money, paragraphs
            rf"\b{_LABELS}s?[ -]?\d+(?:\.\d+)*(?: (?:and|to|or) \d+)?\b(?!%)",
            r"\b[A-Za-z]{0,3}\d+(?:\.\d+){2,}[a-z]?\b",
            r"https?://\S+|\S+@\S+|\b0\d[\d ]{5,}\d\b|\+\d[\d ]{6,}\d\b",
            r"[£$€] ?\d[\d,.]*(?: ?(?:k|m|bn|million|thousand|billion)\b)?|\b\d[\d,.]* ?(?:pounds|pence|p)\b",
            r"\A\s*\d+(?:\.\d+)+\.?(?= [A-Z])",
            # measures
            rf"\b{_COUNT}(?:[ -](?:plus|or more))?[ -]{any_of(_SIZES)}\b",
            rf"\b{_COUNT}[ -](?:(?:working|school|full|whole|consecutive|calendar)[ -])?{any_of(_TIMES)}s?\b",
            rf"\b(?:within|after|under|over|than|least|first|last|next|past) {_COUNT} (?:(?:working|school) )?days\b",
            r"\b(?:ten thousand|(?:per|(?:for|in) every) 10{0,2},?000|per 100,?000)\b",
            rf"\b(?:{_COUNT} in|(?:one|1) out of) (?:every )?(?:two|three|four|five|six|ten|[2-9]|10)\b",
            rf"\b{_COUNT} or (?:more|fewer|less)\b|\b(?:more|fewer|less) than (?:one|once|two|twice)\b",
            # words for numbers that count nothing
            rf"\bone\b(?! (?:\w+ ){{0,2}}?{_COUNTED}\b(?: \w+){{0,3}}? (?:was|is|has|had)\b)",
            rf"\b{any_of('the these those all both other last first next')} (?:one|two|three|four|five)\b"
            r"(?! (?:child|young|care))",
        )
    )
)
"""What looks like a figure and is none: dates, ages, distances, money, names with a number in them."""

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


_NUMBER = pattern(
    rf"(?:(?<![\w.,])(?P<digits>{DIGITS})(?!\w|[.,:]\d)|(?<![\w-])(?P<word>{NUMBER_WORD})\b(?!-))"
    r"(?:(?P<points>\s?-?(?:(?:percentage|%|per cent)[ -])?points?\b|\s?ppt?s?\b)|(?P<percent>\s?%|\s?per ?cent\b))?",
)


def numbers_of(text: str) -> list[Number]:
    """The numbers of a sentence's text in order."""
    blanked = _NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
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
