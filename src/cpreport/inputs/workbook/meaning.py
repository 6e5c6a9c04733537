"""What one cell means: an amount, a text, a period or a day, with the problem it may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from unicodedata import decomposition, normalize, numeric

from cpreport.inputs.texts import visible
from cpreport.inputs.workbook.cells.values import CellValue, RichText, Trait
from cpreport.model.figure import Amount, Form, State, Status
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.indicator import Indicator, Measure, Typed
from cpreport.model.period import MONTHS, Period, Terms, day_of, long_date, month_of_day
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import data as rules
from cpreport.model.rules.data import HEADER_DAY, TIME_OF_DAY

MARKERS = {
    "n/a": State.NO_FIGURE,
    "[x]": State.NOT_AVAILABLE,
    "[z]": State.NOT_APPLICABLE,
    "[c]": State.CONFIDENTIAL,
    "[u]": State.UNRELIABLE,
    "[low]": State.LOW,
}
_TYPED_MARKERS = {
    **MARKERS,
    **{marker.strip("[]"): state for marker, state in MARKERS.items()},
    "na": State.NO_FIGURE,
    "..": State.NOT_AVAILABLE,
    ":": State.NOT_AVAILABLE,
    "*": State.CONFIDENTIAL,
}
_SUPPRESSED = re.compile(r"(?:<=?|≤)\s?(?:[2-9]|[1-9][0-9])")
"""A number so small that somebody has hidden it: `<5`, `≤ 10`."""
_HIDING = re.compile(r"\[c\]|\*|\bconfidential\b|\bsuppressed\b", re.IGNORECASE)
"""What hides a number wherever it stands in a cell."""
_NOT_YET = ("tbc", "-")
STATUSES = {"[p]": Status.PROVISIONAL, "[r]": Status.REVISED, "[e]": Status.ESTIMATED}

_BLANK, _UNREADABLE = Amount(State.BLANK), Amount(State.ERROR)

_BROKEN = Trait.EXCEL_ERROR | Trait.NO_RESULT | Trait.UNSHOWN | Trait.NOTED
_LIMIT = 10**15
_NOTES = ("<super>", "<sub>", "<fraction>")
_TYPED = re.compile(
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)\s*(?P<percent>%?)\s*(?P<status>\[[pre]\])?",
    re.IGNORECASE,
)


def marker_state(text: str) -> State | None:
    """What a marker, with or without its brackets, says of a figure; None for any other text."""
    return State.CONFIDENTIAL if _SUPPRESSED.fullmatch(text) else _TYPED_MARKERS.get(text.lower())


class Problem(NamedTuple):
    """A rule that a cell breaks, with the values its message names."""

    rule: Rule
    values: Mapping[str, object]

    def at(self, place: Place) -> Finding:
        return self.rule.at(place, **self.values)


def read_amount(
    value: CellValue, trait: Trait | None = None, indicator: Indicator | None = None
) -> tuple[Amount, Problem | None]:
    """A cell's amount; an unreadable one is in state ERROR, or CONFIDENTIAL where it says so, and has a problem.

    `indicator` is the one whose value or benchmark the cell gives; None for a count and a series. Numbers are taken at
    15 significant digits, as Excel shows them. Text that is a number is read, with a warning.
    """
    if problem := broken(value, trait):
        return unread(value, trait), problem
    form = Form.FRACTION if indicator and indicator.typed is Typed.FRACTION else Form.PLAIN
    form = Form.PERCENT_FORMAT if trait is not None and trait & Trait.PERCENT else form
    if isinstance(value, str):
        return _read_text(value, form, indicator is not None and indicator.measure is not Measure.NUMBER)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LIMIT:
        return Amount(State.PRESENT, Decimal(f"{value:.15g}"), form=form), None
    return _UNREADABLE, Problem(rules.NOT_A_NUMBER, {"value": shown(value)})


def unread(value: CellValue, trait: Trait | None = None) -> Amount:
    """What is known of a cell or mark that cannot be read: one with `604 [c]` is confidential all the same."""
    is_hidden = trait is not None and bool(trait & Trait.UNSHOWN)
    is_hidden = is_hidden or (isinstance(value, str) and bool(_HIDING.search(value)))
    return Amount(State.CONFIDENTIAL) if is_hidden else _UNREADABLE


def is_figure(value: CellValue, trait: Trait | None) -> bool:
    """Whether a cell holds a number, a marker or a formula, rather than nothing or a remark."""
    if value == "" and trait is None:
        return False
    amount, problem = read_amount(value, trait)
    is_remark = problem is not None and problem.rule is rules.NOT_A_NUMBER
    return amount.state is not State.BLANK and not is_remark


def text_of(value: CellValue) -> str:
    """A cell's value as a text: whole numbers without a point, dates as 31 July 2023, or 31 July 2023 14:30."""
    if isinstance(value, str):
        return visible(value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:.15g}"
    if isinstance(value, date):
        day = day_of(value)
        return long_date(day) if day else f"{long_date(value)} {value:%H:%M}"
    return str(value)


def shown(value: CellValue) -> str:
    """A cell's value as a message quotes it: short, dates as dates."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def quoted(text: str) -> str:
    """A cell's text as a message quotes it."""
    return repr(text) if text else "a blank cell"


def broken(value: CellValue, trait: Trait | None) -> Problem | None:
    """The problem of a cell with an Excel error, a formula without a saved result, or a note in its text; or None."""
    if trait is not None and trait & _BROKEN:
        if trait & Trait.EXCEL_ERROR:
            return Problem(rules.EXCEL_ERROR, {"value": shown(value)})
        if trait & Trait.NO_RESULT:
            return Problem(rules.FORMULA_WITHOUT_RESULT, {})
        if trait & Trait.UNSHOWN:
            return Problem(rules.NOT_SHOWN, {})
        if not isinstance(value, RichText):
            return _noted("", shown(value)) if value != "" else None
    return _noted(value.plain, value) if isinstance(value, RichText) else None


def _noted(plain: str, whole: str) -> Problem:
    texts = [repr(shown(text.strip())) if text.strip() else "nothing" for text in (plain, whole)]
    return Problem(rules.NOTE_BESIDE, dict(zip(("plain", "whole"), texts, strict=True)))


def noted(value: CellValue, means: Callable[[str], object]) -> Problem | None:
    """The problem of a text that means something without its raised or lowered signs: `604¹`, `12½`."""
    if isinstance(value, RichText):
        return _noted(value.plain, value) if means(value.plain.strip()) else None
    text = text_of(value)
    plain = "".join(sign for sign in text if not decomposition(sign).startswith(_NOTES))
    if plain == text or not means(plain.strip()):
        return None
    halves = {sign: f"{numeric(sign):g}".lstrip("0") for sign in text if decomposition(sign).startswith("<fraction>")}
    return _noted(plain, normalize("NFKC", "".join(halves.get(sign, sign) for sign in text)))


def _decimal_comma(number: str, has_decimals: bool) -> Problem | None:
    """The problem of a number whose comma may stand before decimals: after a lone 0, or where thousands are no use."""
    is_small = number.lstrip("-").startswith("0")
    if "," not in number or not (has_decimals or is_small):
        return None
    if "." in number or number.count(",") > 1:
        return Problem(rules.NOT_A_NUMBER, {"value": number}) if is_small else None
    thousands = f"{Decimal(number.replace(',', '')):f}"
    return Problem(rules.DECIMAL_COMMA, {"value": number, "decimal": number.replace(",", "."), "thousands": thousands})


def _read_text(text: str, form: Form, has_decimals: bool) -> tuple[Amount, Problem | None]:
    typed = text.strip()
    if not typed:
        return _BLANK, None
    if typed.lower() in _NOT_YET:
        return _BLANK, Problem(rules.NO_DATA_YET, {"value": typed})
    if state := marker_state(typed):
        return Amount(state), None
    found = _TYPED.fullmatch(typed)
    if not found:
        return unread(text), noted(typed, _TYPED.fullmatch) or Problem(rules.NOT_A_NUMBER, {"value": shown(text)})
    if problem := _decimal_comma(found["number"], has_decimals):
        return _UNREADABLE, problem
    number = Decimal(found["number"].replace(",", ""))
    status = STATUSES[found["status"].lower()] if found["status"] else Status.FINAL
    amount = Amount(State.PRESENT, number, status, Form.PERCENT_TEXT if found["percent"] else form)
    if found["status"]:
        return amount, None
    return amount, Problem(rules.NUMBER_AS_TEXT, {"value": shown(text), "number": f"{number:f}{found['percent']}"})


def period_said(value: CellValue, trait: Trait | None, terms: Terms) -> Period | Problem:
    """The period that a cell names, or the problem of its date. Raises NotAPeriod for a text that names none."""
    return month_shown(value, trait) if isinstance(value, date) else parse_period(text_of(value), terms)


def whole_day(moment: date) -> date | Problem:
    """The day a date stands for. One with a time of day may be another day's that was moved to another time zone."""
    day = day_of(moment)
    if day is None and isinstance(moment, datetime):
        other = moment.date() + timedelta(days=1 if moment.hour >= 12 else -1)
        readings = f"{long_date(moment)}, or {long_date(other)} in another time zone?"
        return Problem(TIME_OF_DAY, {"moment": moment, "readings": readings})
    return day or moment


def month_shown(moment: date, trait: Trait | None) -> Period | Problem:
    """The month a date stands for. A date in mid-month, or shown without its year, may have been meant otherwise."""
    day = whole_day(moment)
    if isinstance(day, Problem):
        return day
    period = month_of_day(day)
    yearless = trait is not None and bool(trait & Trait.YEARLESS_DATE)
    if period and not yearless:
        return period
    name = MONTHS[day.month - 1]
    readings = f"the day {long_date(day)}, or {name} 20{day.day:02d} typed as {name[:3]} {day.day:02d}?"
    shown_as = f", shown without its year as {day.day}-{name[:3]}" if yearless else ""
    return Problem(HEADER_DAY, {"day": day, "shown": shown_as, "readings": readings})


def month_name(period: Period) -> str:
    """A month as benchmark periods are written: `March 2022`."""
    return f"{MONTHS[period.start.month - 1]} {period.start.year}"


def why(reason: NotAPeriod) -> str:
    """The end of a message: what is wrong with a text that looks like a period."""
    return f": {reason}" if reason.is_close else ""
