"""What a cell holds: its value as its type and number format make it, and what it is besides."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum, Flag, auto

CellValue = str | int | float | bool | date | datetime | time | timedelta
Position = tuple[int, int]
"""Row and column, from 0."""

TRUE = ("1", "true")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_NUMBER = re.compile(r"[-+0-9.e]+|[-+]?(?:inf|infinity|nan)", re.IGNORECASE)
_ISO = re.compile(r"[-0-9T:.]+")
_ESCAPED = re.compile(r"_x(?!d[89a-f])([0-9a-f]{4})_", re.IGNORECASE)
_A_DAY = timedelta(days=1)
_LEAP_DAY = 60
"""The number of 29 February 1900, which there was not, but Excel thinks so: days before it are a day off."""


class Trait(Flag):
    """What a cell is besides its value. A cell may have several."""

    PERCENT = auto()
    YEARLESS_DATE = auto()
    NO_RESULT = auto()
    EXCEL_ERROR = auto()
    NOTED = auto()
    """Its font is raised, lowered or struck through."""
    UNSHOWN = auto()
    """Its number format shows something else than its number."""


class Counts(Enum):
    """Whether a number format makes a number days since the epoch, or time that has elapsed."""

    NOTHING = auto()
    DAYS = auto()
    ELAPSED = auto()


class RichText(str):
    """A cell's whole text; `plain` is the text without what is raised, lowered or struck through in it."""

    plain: str

    @classmethod
    def of(cls, whole: str, plain: str) -> RichText:
        text = cls(whole)
        text.plain = plain
        return text


def typed_value(kind: str, text: str) -> CellValue:
    """A text as a cell's type makes it (ECMA-376 Part 1, 18.18.11), but for numbers of shared strings.

    A type that is not said is a number's, or a text's where that is none. Raises ValueError for a text that is not of
    the type.
    """
    match kind:
        case _ if not text:
            return ""
        case "" | "n" if _NUMBER.fullmatch(text):
            return float(text)
        case "b" if text in _BOOLEANS:
            return _BOOLEANS[text]
        case "d":
            return _moment_in_text(text)
        case "" | "e":
            return text
        case "str" | "inlineStr":
            return unescaped(text)
    raise ValueError(f"{text!r} is not of the cell's type {kind!r}")


def unescaped(text: str) -> str:
    """A text with the characters that Excel writes as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _moment_in_text(text: str) -> CellValue:
    """A date, time or both as ISO 8601 writes them; the text where it is none of them."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text) if _ISO.fullmatch(text) else text
        except ValueError:
            continue
    return text


def as_moment(number: float, counts: Counts, epoch_is_1904: bool) -> CellValue:
    """A number that counts days or elapsed time, to the millisecond; the number where it is beyond all dates.

    What is less than a day is a time, a day at midnight is a date.
    """
    try:
        elapsed = timedelta(milliseconds=round(number * 86_400_000))
        if counts is Counts.ELAPSED:
            return elapsed
        if number < 1:
            return (datetime.min + elapsed % _A_DAY).time()
        epoch = datetime(1904, 1, 1) if epoch_is_1904 else datetime(1899, 12, 30)
        moment = epoch + elapsed + (_A_DAY if number < _LEAP_DAY and not epoch_is_1904 else timedelta())
    except (OverflowError, ValueError):
        return number
    return moment if moment.time() > time() else moment.date()
