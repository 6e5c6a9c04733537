"""What one cell says: a number, a marker or nothing, with the problem it may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpreport.inputs.excel.spreadsheet import CellValue, Trait
from cpreport.model.figure import Amount, Form, State, Status
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.indicator import Indicator, Typed
from cpreport.model.rules import data as rules

MARKERS = {
    "n/a": State.NO_FIGURE,
    "[x]": State.NOT_AVAILABLE,
    "[z]": State.NOT_APPLICABLE,
    "[c]": State.CONFIDENTIAL,
    "[u]": State.UNRELIABLE,
    "[low]": State.LOW,
}
STATUSES = {"[p]": Status.PROVISIONAL, "[r]": Status.REVISED, "[e]": Status.ESTIMATED}

BLANK = Amount(State.BLANK)
UNREADABLE = Amount(State.ERROR)

_LIMIT = 10**15
_TYPED = re.compile(
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)\s*(?P<percent>%?)\s*(?P<status>\[[pre]\])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a cell breaks, with the values its message names."""

    rule: Rule
    values: dict[str, object]

    def at(self, place: Place) -> Finding:
        return self.rule.at(place, **self.values)


def read_amount(
    value: CellValue, trait: Trait | None = None, indicator: Indicator | None = None
) -> tuple[Amount, Problem | None]:
    """A cell's amount; an unreadable one is in state ERROR and has a problem.

    `indicator` is the one whose value or benchmark the cell gives; None for a count and a series. Numbers are taken at
    15 significant digits, as Excel shows them. Text that is a number is read, with a warning.
    """
    if problem := broken(value, trait):
        return UNREADABLE, problem
    form = Form.FRACTION if indicator and indicator.typed is Typed.FRACTION else Form.PLAIN
    form = Form.PERCENT_FORMAT if trait is not None and trait & Trait.PERCENT else form
    if isinstance(value, str):
        return _read_text(value, form)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LIMIT:
        return Amount(State.PRESENT, Decimal(f"{value:.15g}"), form=form), None
    return UNREADABLE, Problem(rules.NOT_A_NUMBER, {"value": shown(value)})


def is_figure(value: CellValue, trait: Trait | None) -> bool:
    """Whether a cell holds a number, a marker or a formula, rather than nothing or a remark."""
    if value == "" and trait is None:
        return False
    amount, problem = read_amount(value, trait)
    is_remark = problem is not None and problem.rule is rules.NOT_A_NUMBER
    return amount.state is not State.BLANK and not is_remark


def shown(value: CellValue) -> str:
    """A cell's value as a message quotes it: short, dates as dates."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def broken(value: CellValue, trait: Trait | None) -> Problem | None:
    """The problem of a cell with an Excel error or with a formula that has no saved result; None for any other cell."""
    if trait is not None and trait & Trait.EXCEL_ERROR:
        return Problem(rules.EXCEL_ERROR, {"value": shown(value)})
    if trait is not None and trait & Trait.NO_RESULT:
        return Problem(rules.FORMULA_WITHOUT_RESULT, {})
    return None


def _read_text(text: str, form: Form) -> tuple[Amount, Problem | None]:
    typed = text.replace("\u00a0", " ").strip()
    if not typed:
        return BLANK, None
    if state := MARKERS.get(typed.lower()):
        return Amount(state), None
    found = _TYPED.fullmatch(typed)
    if not found:
        return UNREADABLE, Problem(rules.NOT_A_NUMBER, {"value": shown(text)})
    number = Decimal(found["number"].replace(",", ""))
    status = STATUSES[found["status"].lower()] if found["status"] else Status.FINAL
    amount = Amount(State.PRESENT, number, status, Form.PERCENT_TEXT if found["percent"] else form)
    if found["status"]:
        return amount, None
    return amount, Problem(rules.NUMBER_AS_TEXT, {"value": shown(text), "number": f"{number:f}{found['percent']}"})
