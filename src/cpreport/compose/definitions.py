"""An indicator's definition as text, by the keys of indicators.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from fractions import Fraction

from cpreport.compose.formulas import number_text
from cpreport.model.indicator import AGREED_LATER, Baseline, Change, Indicator, Measure, Target, Tolerance

_KEYS = {
    "benchmarks_differ": "benchmark_basis",
    "cumulative_in_table": "cumulative_in",
    "begins": "from",
    "ends": "until",
}
"""The keys that have another name than the field."""

_WORDS = {"benchmark_basis": "different", "cumulative_in": "table"}
"""The values of keys that are fields of yes and no."""

_LEFT_OUT = {"id", "title"}


def definition_of(indicator: Indicator) -> dict[str, str]:
    """The keys that are not at their defaults, and those whose default is the measure's."""
    return dict(_defined(indicator))


def _defined(indicator: Indicator) -> Iterator[tuple[str, str]]:
    for each in fields(indicator):
        value, key = getattr(indicator, each.name), _KEYS.get(each.name, each.name)
        is_implied = each.name == "per" and indicator.measure is not Measure.RATE
        if each.name == "targets" and len(value) == 1 and value[0].begins == date.min:
            key = "target"
        if each.name not in _LEFT_OUT and not is_implied and (each.default is MISSING or value != each.default):
            yield key, _WORDS.get(key) or _text(value)


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case Fraction():
            return number_text(value)
        case date():
            return value.isoformat()
        case Target(amount, since, by):
            days = "".join(f" {word} {day}" for word, day in (("from", since), ("by", by)) if day)
            return (AGREED_LATER if amount is None else number_text(amount)) + days
        case Tolerance(amount, is_relative):
            return number_text(amount) + ("%" if is_relative else " points")
        case Baseline(period, amount):
            return f"{number_text(amount)} ({period})"
        case Change(since, note, is_comparable):
            return f"{since}: {note}{'' if is_comparable else ' (not comparable)'}"
    return "; ".join(map(_text, value)) if type(value) is tuple else str(value)
