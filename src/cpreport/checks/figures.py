"""Rules about figures: their parts against each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.examined import Examined, number_text
from cpreport.model.figure import Figure
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.number import decimals_of, rounded, rounded_units
from cpreport.model.rules import data as rules


def with_too_many(month: Examined) -> Iterator[tuple[Indicator, Figure]]:
    """The figures of at most 100% with more in their numerator than in their denominator."""
    for indicator, figure in month.all_figures():
        count, total = figure.count, figure.total
        if not (indicator.is_bounded and count and total):
            continue
        if count.numerator * total.denominator > total.numerator * count.denominator:  # faster than count > total
            yield indicator, figure


def numerator_exceeds_denominator(month: Examined) -> Iterator[Finding]:
    for indicator, figure in with_too_many(month):
        if figure.numerator and figure.count and figure.total:
            numbers = {"numerator": number_text(figure.count), "denominator": number_text(figure.total)}
            cells = figure.numerator.cells
            yield month.at(rules.NUMERATOR_EXCEEDS, cells, indicator.id, figure.period, **numbers)


def zero_denominator(month: Examined) -> Iterator[Finding]:
    for indicator, figure in month.all_figures():
        denominator = figure.denominator
        is_zero = denominator is not None and denominator.number is not None and not denominator.number
        if denominator and is_zero and figure.count is not None and indicator.measure is not Measure.NUMBER:
            rule = rules.ZERO_DENOMINATOR if figure.count else rules.NOTHING_TO_DIVIDE
            numerator = number_text(figure.count)
            yield month.at(rule, denominator.cells, indicator.id, figure.period, numerator=numerator)


def value_disagrees(month: Examined) -> Iterator[Finding]:
    """A value typed in must be the computed one, rounded to the decimals it was typed with."""
    for indicator, figure in month.all_figures():
        given = figure.given
        if given is None or given.number is None:
            continue
        computed, how = _computed(indicator, figure)
        if computed is None:
            continue
        typed = decimals_of(given.number)
        is_rounded = rounded_units(given.number, typed) == rounded_units(computed, typed)
        if not is_rounded and abs(given.number - computed) > abs(computed) / 10**12:
            shown = rounded(computed, max(typed, indicator.decimals))
            values = {"value": f"{float(given.number):.15g}", "computed": shown, "sum": how}
            yield month.at(rules.VALUE_DISAGREES, given.cells, indicator.id, figure.period, **values)


def _computed(indicator: Indicator, figure: Figure) -> tuple[Fraction | None, str]:
    """What a figure's parts give, and the sum as a person writes it."""
    if figure.count is None:
        return None, ""
    if indicator.measure is Measure.NUMBER:
        return figure.count, f"the numerator {number_text(figure.count)}"
    if not figure.total:
        return None, ""
    per = f" × {indicator.per:,}" if indicator.per > 1 else ""
    how = f"{number_text(figure.count)} / {number_text(figure.total)}{per}"
    return indicator.per * figure.count / figure.total, how


def nothing_to_add_up(month: Examined) -> Iterator[Finding]:
    """Percentages cannot be added: a year to date needs what they were computed from."""
    for timeline in month.reported():
        indicator = timeline.indicator
        if indicator.cumulative is None or indicator.measure is Measure.NUMBER:
            continue
        given = (f for f in timeline.figures.values() if f.value is not None and (f.count is None or f.total is None))
        if figure := next(given, None):
            yield month.at(rules.NOTHING_TO_ADD_UP, figure.cells, indicator.id, figure.period)


RULES = (
    numerator_exceeds_denominator,
    zero_denominator,
    value_disagrees,
    nothing_to_add_up,
)
