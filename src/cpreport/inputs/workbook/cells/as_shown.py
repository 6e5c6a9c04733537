"""Numbers, dates and times as Excel shows them in a number format: ECMA-376, part 1, 18.8.31.

Days are written out (1 October 2023). None stands for a format that is not known well enough to be sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from cpreport.inputs.workbook.cells.values import CellValue
from cpreport.model.period import MONTHS

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COLOURS = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*[0-9]{1,2})\]"
_TOKEN = re.compile(
    rf"""(?P<end>;)|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<nothing>{_COLOURS}|\*.)|(?P<space>_.)
    |\[\$(?P<currency>[^\]-]*)(?P<locale>-[0-9A-F]+)?\]|(?P<general>general)|(?P<half>am/pm)
    |"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<number>[0#?][0#?,.]*|\.[0#?]+)|(?P<moment>y+|m+|d+|h+|s+)
    |(?P<sign>[-+$£€/():!^&'~{{}}<>=\ ,%@.])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LONG_DATE = {"-F800": "d mmmm yyyy", "-F400": "hh:mm:ss"}
_GENERAL_DIGITS = 10
_FIRST_DAY = date(1900, 3, 1)
"""Days before it are a day off, because Excel thinks that there was a 29 February 1900."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_Section = Sequence[_Token]
_Writers = dict[str, Callable[[str], str | None]]


def as_shown(value: CellValue, code: str) -> str | None:
    """A cell's value as its number format shows it; "" for what it hides."""
    sections = _sections(code)
    if sections is None:
        return None
    if isinstance(value, str):
        return _text(value, sections)
    try:
        shown = _number(value, code, sections) if isinstance(value, int | float) else _moment(value, sections[0])
    except (InvalidOperation, OverflowError):  # more digits than a number has; a day after the last one
        return None
    return None if shown is None else " ".join(shown.split())


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The tokens of each section; None if a part of the code is unknown."""
    for locale, meant in _LONG_DATE.items():
        if locale in code.upper():
            code = meant
    sections: list[list[_Token]] = [[]]
    at = 0
    while at < len(code):
        found = _TOKEN.match(code, at)
        if found is None:
            return None
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "end":
            sections.append([])
        elif kind in ("currency", "locale", "quoted", "escaped", "space"):
            text = " " if kind == "space" else found["currency" if kind == "locale" else kind]
            sections[-1].append(_Token("literal", text))
        elif kind == "sign":
            sections[-1].append(_Token(found[0] if found[0] in "%@" else "literal", found[0]))
        elif kind != "nothing":
            sections[-1].append(_Token(kind, found[0].lower()))
    return tuple(tuple(section) for section in sections) if len(sections) <= 4 else None


def _text(text: str, sections: Sequence[_Section]) -> str | None:
    """A text in the section for texts: the fourth, or one with an @."""
    of_text = [section for section in sections if any(token.kind == "@" for token in section)]
    if len(sections) == 4:
        of_text = [sections[3]]
    return _joined(of_text[0], {"@": lambda _: text}) if of_text else text


def _number(value: float, code: str, sections: Sequence[_Section]) -> str | None:
    number = Decimal(f"{value:.15g}")
    numeric = [section for section in sections if not any(token.kind == "@" for token in section)][:3]
    if not (numeric and code):
        return _general(number)
    at = (1 if number < 0 else 2) if number <= 0 else 0
    section = numeric[at] if at < len(numeric) else numeric[0]
    if any(token.kind in ("moment", "elapsed", "half") for token in section):
        return None
    if sum(token.kind in ("number", "general") for token in section) > 1:
        return None
    scaled = abs(number) * 100 ** sum(token.kind == "%" for token in section)
    writers: _Writers = {
        "%": lambda _: "%",
        "general": lambda _: _general(scaled),
        "number": lambda code: _digits(scaled, code),
    }
    shown = _joined(section, writers)
    has_sign = number < 0 and at >= len(numeric) and shown is not None and any(digit in shown for digit in "123456789")
    return f"-{shown}" if has_sign else shown


def _joined(section: _Section, writers: _Writers) -> str | None:
    """The section's literals with what the writers give for other tokens; None where one gives nothing."""
    known: _Writers = {"literal": str, **writers}
    pieces = [known[token.kind](token.text) if token.kind in known else None for token in section]
    return None if None in pieces else "".join(filter(None, pieces))


def _digits(number: Decimal, code: str) -> str | None:
    """A number that is not negative in placeholders such as `#,##0.00`."""
    whole, _, decimals = code.partition(".")
    places, digits = whole.rstrip(","), decimals.rstrip(",")
    thousands = len(whole) - len(places) + len(decimals) - len(digits)
    rounded = (number / 1000**thousands).quantize(Decimal(1).scaleb(-len(digits)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").rjust(places.count("0"), "0")
    if "," in digits or "." in digits or ("," in places and len(before) > len(before.lstrip("0")) and before != "0"):
        return None
    if "," in places and before:
        before = f"{int(before):,}"
    least = len(digits.rstrip("#?"))
    return before + ("." if "." in code else "") + after[:least] + after[least:].rstrip("0")


def _general(number: Decimal) -> str:
    """A number without a format: as many decimals as fit in Excel's usual width."""
    whole = max(number.adjusted(), 0) + 1
    rounded = number.quantize(Decimal(1).scaleb(-max(0, _GENERAL_DIGITS - whole)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: date | time | timedelta, section: _Section) -> str | None:
    """A date written out, with the time as the section shows it; or a time or an elapsed time."""
    tokens = _with_minutes(section)
    days = {token.text for token in tokens if token.kind == "moment" and token.text[0] in "ymd"}
    clock = [at for at, t in enumerate(tokens) if t.kind in ("moment", "elapsed", "half") and t.text not in days]
    has_elapsed = any(token.kind == "elapsed" for token in tokens)
    if not (days or clock) or (has_elapsed and isinstance(value, date)) or (days and not isinstance(value, date)):
        return None
    if not isinstance(value, date) or not days:
        return _clock(_seconds(value), tokens)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    day = _day(moment.date(), days)
    shown = _clock(_seconds(moment), tokens[clock[0] : clock[-1] + 1]) if clock else ""
    return None if day is None or shown is None else f"{day} {shown}"


def _with_minutes(section: _Section) -> list[_Token]:
    """The tokens with n for those m that are minutes: after hours, or before seconds."""
    letters = [(at, t.text.strip("[]")[0]) for at, t in enumerate(section) if t.kind in ("moment", "elapsed")]
    tokens = list(section)
    for place, (at, letter) in enumerate(letters):
        before = letters[place - 1][1] if place else ""
        after = letters[place + 1][1] if place + 1 < len(letters) else ""
        if letter == "m" and (before == "h" or after == "s" or section[at].kind == "elapsed"):
            tokens[at] = _Token(section[at].kind, section[at].text.replace("m", "n"))
    return tokens


def _seconds(value: date | time | timedelta) -> int | None:
    """The time of day, or the time elapsed, in whole seconds; None if that is below 0."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        return int(seconds + 0.5) if seconds >= 0 else None
    if isinstance(value, time | datetime):
        return int(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000 + 0.5)
    return 0


def _clock(seconds: int | None, section: _Section) -> str | None:
    """A time in tokens of hours, minutes and seconds, of which the elapsed ones count on."""
    if seconds is None:
        return None
    has_half = any(token.kind == "half" for token in section)
    hour = seconds // 3600 % 24
    amounts = {
        "[h": seconds // 3600,
        "[n": seconds // 60,
        "[s": seconds,
        "h": (hour + 11) % 12 + 1 if has_half else hour,
        "n": seconds // 60 % 60,
        "s": seconds % 60,
    }

    def amount(token: str) -> str | None:
        letters = token.strip("[]")
        found = amounts.get(f"[{letters[0]}" if token.startswith("[") else letters[0])
        return None if found is None else f"{found:0{len(letters)}d}"

    writers: _Writers = {"moment": amount, "elapsed": amount}
    return _joined(section, {**writers, "half": lambda _: "AM" if hour < 12 else "PM"})


def _day(day: date, shown: set[str]) -> str | None:
    """As much of a day as is shown, written out."""
    letters = {text[0] for text in shown if text not in ("ddd", "dddd")}
    if day < _FIRST_DAY or ("d" in letters and "m" not in letters):
        return None
    parts = {"d": str(day.day), "m": MONTHS[day.month - 1], "y": str(day.year)}
    weekday = [_DAYS[day.weekday()]] if shown & {"ddd", "dddd"} else []
    return " ".join([*weekday, *(parts[letter] for letter in "dmy" if letter in letters)])
