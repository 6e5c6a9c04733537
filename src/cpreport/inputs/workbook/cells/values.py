"""What a cell holds: its value as its type and number format make it, and what it is besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import Flag, auto
from xml.etree.ElementTree import Element

from cpreport.inputs.texts import without_unseen
from cpreport.office.xml import NAMESPACE_END, gather, parse, safe_parser

CellValue = str | int | float | bool | date | datetime | time | timedelta
Position = tuple[int, int]
"""Row and column, from 0."""

TRUE = ("1", "true")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_NUMBER = re.compile(r"[-+0-9.e]+|[-+]?(?:inf|infinity|nan)", re.IGNORECASE)
_ESCAPED = re.compile(r"_x(?!d[89a-f])([0-9a-f]{4})_", re.IGNORECASE)
_ORDINALS = ("st", "nd", "rd", "th")
_SPACE = f"http://www.w3.org/XML/1998/namespace{NAMESPACE_END}space"
_A_DAY = timedelta(days=1)
_LEAP_DAY = 60
"""The number of 29 February 1900, which there was not, but Excel thinks so: days before it are a day off."""


class Trait(Flag):
    """What a cell is besides its value. A cell may have several.

    NOTED: its font is raised, lowered or struck through. UNSHOWN: its number format shows no number in its place.
    """

    PERCENT = auto()
    YEARLESS_DATE = auto()
    NO_RESULT = auto()
    EXCEL_ERROR = auto()
    NOTED = auto()
    UNSHOWN = auto()


class RichText(str):
    """A cell's whole text; `plain` is the text without what is raised, lowered or struck through in it."""

    plain: str

    @classmethod
    def of(cls, whole: str, plain: str) -> RichText:
        text = cls(whole)
        text.plain = plain
        return text


def typed_value(kind: str, text: str, strings: Sequence[str]) -> CellValue:
    """A text as a cell's type makes it (ECMA-376 Part 1, 18.18.11).

    A type that is not said is a number's, or a text's where that is none. Raises ValueError or IndexError for a text
    that is not of the type.
    """
    match kind:
        case _ if not text:
            return ""
        case "" | "n" if _NUMBER.fullmatch(text):
            return float(text)
        case "s" if text.strip().isdecimal():
            return strings[int(text)]
        case "b" if text in _BOOLEANS:
            return _BOOLEANS[text]
        case "d":
            return _moment_in_text(text)
        case "" | "e" | "str":
            return without_unseen(_unescaped(text) if kind == "str" else text)
    raise ValueError(f"{text!r} is not of the cell's type {kind!r}")


def _moment_in_text(text: str) -> CellValue:
    """A date, time or both as ISO 8601 writes them; the text where it is none of them."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        with suppress(ValueError):
            return read(text) if re.fullmatch("[-0-9T:.]+", text) else without_unseen(text)
    return text


def as_moment(number: float, is_elapsed: bool, epoch_is_1904: bool) -> CellValue:
    """A number that counts days or elapsed time, to the millisecond; the number where it is beyond all dates.

    What is less than a day is a time, a day at midnight is a date.
    """
    try:
        elapsed = timedelta(milliseconds=round(number * 86_400_000))
        if is_elapsed:
            return elapsed
        if number < 1:
            return (datetime.min + elapsed % _A_DAY).time()
        epoch = datetime(1904, 1, 1) if epoch_is_1904 else datetime(1899, 12, 30)
        moment = epoch + elapsed + (_A_DAY if number < _LEAP_DAY and not epoch_is_1904 else timedelta())
    except (OverflowError, ValueError):
        return number
    return moment if moment.time() > time() else moment.date()


def shared_strings(part: bytes) -> list[str]:
    """The texts in a part of shared strings, if there is one."""
    texts: list[str] = []
    parser = safe_parser(namespaces=True)

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            gather(parser, name, attributes, lambda element: texts.append(text_in(element)))

    parser.StartElementHandler = start
    if part:
        parse(parser, part)
    return texts


def text_in(element: Element) -> str:
    """The text of an `si` or `is` element: rich if some of it is no part of what is meant."""
    runs = list(_runs(element))
    whole = without_unseen("".join(text for text, _ in runs))
    plain = ""
    for text, is_note in runs:
        is_ordinal = plain[-1:].isdigit() and text.strip().lower() in _ORDINALS
        plain += "" if is_note and not is_ordinal else text
    return whole if without_unseen(plain).split() == whole.split() else RichText.of(whole, plain)


def _runs(element: Element) -> Iterator[tuple[str, bool]]:
    """Texts, and whether they are raised, lowered or struck through. Pronunciations are none of them.

    Spaces around a text count only where it says so.
    """
    for child in element:
        is_note = any(is_noted(_local(each.tag), each.get("val", "")) for each in child.iter())
        for each in child.iter() if _local(child.tag) != "rPh" else ():
            if _local(each.tag) == "t":
                text = each.text or ""
                yield _unescaped(text if each.get(_SPACE) == "preserve" else text.strip(" \t\n\r")), is_note


def is_noted(name: str, value: str) -> bool:
    """Whether a font's element with such a value (empty: none) strikes its text through, raises or lowers it."""
    if name == "vertAlign":
        return value != "baseline"
    return name == "strike" and value in ("", *TRUE)


def _unescaped(text: str) -> str:
    """A text with the characters that Excel writes as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(NAMESPACE_END)[2]
