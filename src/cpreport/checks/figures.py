"""Rules about figures: their parts against each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.examined import Examined, has_too_many, number_text
from cpreport.model.figure import Figure
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.number import decimals_of, rounded, rounded_units
from cpreport.model.rules import data as rules


def _figures(month: Examined) -> Iterator[tuple[Indicator, Figure]]:
    for timeline in month.figures.timelines.values():
        for figure in timeline.figures.values():
            yield timeline.indicator, figure


def numerator_exceeds_denominator(month: Examined) -> Iterator[Finding]:
    for timeline in month.figures.timelines.values():
        for figure in timeline.figures.values() if timeline.indicator.is_bounded else ():
            numerator, count, total = figure.numerator, figure.count, figure.total
            if not (has_too_many(timeline.indicator, figure) and numerator and count and total):
                continue
            place = month.figure_place(timeline.indicator.id, figure.period, numerator.cells)
            named = {"numerator": number_text(count), "denominator": number_text(total)}
            yield rules.NUMERATOR_EXCEEDS.at(place, name=timeline.indicator.id, period=figure.period.label, **named)


def zero_denominator(month: Examined) -> Iterator[Finding]:
    for indicator, figure in _figures(month):
        denominator = figure.denominator
        if denominator is None or denominator.number is None or denominator.number or figure.count is None:
            continue
        if indicator.measure is Measure.NUMBER:
            continue
        place = month.figure_place(indicator.id, figure.period, denominator.cells)
        named = {"name": indicator.id, "period": figure.period.label}
        if figure.count == 0:
            yield rules.NOTHING_TO_DIVIDE.at(place, **named)
        else:
            yield rules.ZERO_DENOMINATOR.at(place, **named, numerator=number_text(figure.count))


def value_disagrees(month: Examined) -> Iterator[Finding]:
    """A value typed in must be the computed one, rounded to the decimals it was typed with."""
    for indicator, figure in _figures(month):
        given = figure.given
        if given is None or given.number is None:
            continue
        computed, how = _computed(indicator, figure)
        if computed is None:
            continue
        typed = decimals_of(given.number)
        is_rounded = rounded_units(given.number, typed) == rounded_units(computed, typed)
        if not is_rounded and abs(given.number - computed) > abs(computed) / 10**12:
            named = {"name": indicator.id, "period": figure.period.label, "sum": how}
            decimals = max(typed, indicator.decimals)
            values = {"value": f"{float(given.number):.15g}", "computed": rounded(computed, decimals)}
            place = month.figure_place(indicator.id, figure.period, given.cells)
            yield rules.VALUE_DISAGREES.at(place, **named, **values)


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
            place = month.figure_place(indicator.id, figure.period, figure.cells)
            yield rules.NOTHING_TO_ADD_UP.at(place, name=indicator.id, period=figure.period.label)


RULES = (
    numerator_exceeds_denominator,
    zero_denominator,
    value_disagrees,
    nothing_to_add_up,
)
