"""Numbers, dates and times as Excel shows them in a number format.

Days are written out (1 October 2023). None stands for a format that is not known well enough to be sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from cpreport.inputs.workbook.cells.number_formats import Section, Token, sections
from cpreport.inputs.workbook.cells.values import CellValue
from cpreport.model.period import MONTHS

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_DATE = {"-F800": "d mmmm yyyy", "-X-SYSDATE": "d mmmm yyyy", "-F400": "hh:mm:ss", "-X-SYSTIME": "hh:mm:ss"}
_KNOWN = {"literal", "%", "@", "general", "number", "moment", "elapsed", "half"}
_OF_TIME = ("moment", "elapsed", "half")
_GENERAL_DIGITS = 10
_FIRST_DAY = date(1900, 3, 1)
"""Days before it are a day off, because Excel thinks that there was a 29 February 1900."""


def as_shown(value: CellValue, code: str) -> str | None:
    """A cell's value as its number format shows it; "" for what it hides."""
    known = sections(next((meant for locale, meant in _LONG_DATE.items() if locale in code.upper()), code))
    if len(known) > 4 or any(kind not in _KNOWN for section in known for kind, _ in section):
        return None
    if isinstance(value, str):
        return _text(value, known)
    try:
        shown = _number(value, code, known) if isinstance(value, int | float) else _moment(value, known[0])
    except (InvalidOperation, OverflowError):  # more digits than a number has; a day after the last one
        return None
    return None if shown is None else " ".join(shown.split())


def _text(text: str, known: Sequence[Section]) -> str | None:
    """A text in the section for texts: the fourth, or one with an @."""
    of_text = next((section for section in known if any(kind == "@" for kind, _ in section)), None)
    section = known[3] if len(known) == 4 else of_text
    return text if section is None else _joined(section, {("@", "@"): text})


def _number(value: float, code: str, known: Sequence[Section]) -> str | None:
    number = Decimal(f"{value:.15g}")
    numeric = [section for section in known if not any(kind == "@" for kind, _ in section)][:3]
    if not (numeric and code):
        return _general(number)
    at = (1 if number < 0 else 2) if number <= 0 else 0
    section = numeric[at] if at < len(numeric) else numeric[0]
    kinds, values = [kind for kind, _ in section], [token for token in section if token[0] in ("number", "general")]
    if not {*_OF_TIME}.isdisjoint(kinds) or len(values) > 1:
        return None
    scaled = abs(number) * 100 ** kinds.count("%")
    digits = {token: _digits(scaled, token[1]) if token[0] == "number" else _general(scaled) for token in values}
    shown = _joined(section, {("%", "%"): "%", **digits})
    has_sign = number < 0 and at >= len(numeric) and shown is not None and any(digit in shown for digit in "123456789")
    return f"-{shown}" if has_sign else shown


def _joined(section: Section, written: Mapping[Token, str | None]) -> str | None:
    """The section's literals with what other tokens are written as; None where one is not written."""
    pieces = [text if kind == "literal" else written.get((kind, text)) for kind, text in section]
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


def _moment(value: date | time | timedelta, section: Section) -> str | None:
    """A date written out, with the time as the section shows it; or a time or an elapsed time."""
    tokens = _with_minutes(section)
    days = {text for kind, text in tokens if kind == "moment" and text[0] in "ymd"}
    clock = [at for at, (kind, text) in enumerate(tokens) if kind in _OF_TIME and text not in days]
    has_elapsed = any(kind == "elapsed" for kind, _ in tokens)
    if not (days or clock) or (has_elapsed and isinstance(value, date)) or (days and not isinstance(value, date)):
        return None
    if not isinstance(value, date) or not days:
        return _clock(_since_midnight(value), tokens)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    day = _day(moment.date(), days)
    shown = _clock(_since_midnight(moment), tokens[clock[0] : clock[-1] + 1]) if clock else ""
    return None if day is None or shown is None else f"{day} {shown}"


def _with_minutes(section: Section) -> list[Token]:
    """The tokens with n for those m that are minutes: after hours, or before seconds."""
    tokens = list(section)
    letters = [(at, text.strip("[]")[0]) for at, (kind, text) in enumerate(tokens) if kind in ("moment", "elapsed")]
    around = ["", *(letter for _, letter in letters), ""]
    for place, (at, letter) in enumerate(letters):
        kind, text = tokens[at]
        if letter == "m" and (around[place] == "h" or around[place + 2] == "s" or kind == "elapsed"):
            tokens[at] = kind, text.replace("m", "n")
    return tokens


def _since_midnight(value: date | time | timedelta) -> timedelta:
    """The time of day, or the time elapsed."""
    if isinstance(value, time | datetime):
        return datetime.combine(date.min, value if isinstance(value, time) else value.time()) - datetime.min
    return value if isinstance(value, timedelta) else timedelta()


def _clock(passed: timedelta, section: Section) -> str | None:
    """A time in tokens of hours, minutes and seconds, of which the elapsed ones count on; None if it is below 0."""
    seconds = int(passed.total_seconds() + 0.5)
    if passed < timedelta():
        return None
    has_half = any(kind == "half" for kind, _ in section)
    hour = seconds // 3600 % 24
    shown_hour = (hour + 11) % 12 + 1 if has_half else hour
    amounts = {
        "moment": {"h": shown_hour, "n": seconds // 60 % 60, "s": seconds % 60},
        "elapsed": {"h": seconds // 3600, "n": seconds // 60, "s": seconds},
    }
    written: dict[Token, str | None] = {("half", "am/pm"): "AM" if hour < 12 else "PM"}
    for kind, text in section:
        letters = text.strip("[]")
        amount = amounts.get(kind, {}).get(letters[:1])
        written.setdefault((kind, text), None if amount is None else f"{amount:0{len(letters)}d}")
    return _joined(section, written)


def _day(day: date, shown: set[str]) -> str | None:
    """As much of a day as is shown, written out."""
    letters = {text[0] for text in shown if text not in ("ddd", "dddd")}
    if day < _FIRST_DAY or ("d" in letters and "m" not in letters):
        return None
    parts = {"d": str(day.day), "m": MONTHS[day.month - 1], "y": str(day.year)}
    weekday = [_DAYS[day.weekday()]] if shown & {"ddd", "dddd"} else []
    return " ".join([*weekday, *(parts[letter] for letter in "dmy" if letter in letters)])
