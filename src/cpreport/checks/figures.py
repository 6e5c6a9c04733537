"""Rules about figures: their parts against each other, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.examined import Examined, cell_place, number_text
from cpreport.model.figure import Figure, Given, State
from cpreport.model.finding import Finding, Place
from cpreport.model.history import History
from cpreport.model.indicator import Indicator, Measure, Part, Shows
from cpreport.model.number import rounded, rounded_units
from cpreport.model.rules import data as rules


def _figures(month: Examined) -> Iterator[tuple[Indicator, Figure]]:
    for history in month.figures.histories.values():
        for figure in history.figures.values():
            yield history.indicator, figure


def numerator_exceeds_denominator(month: Examined) -> Iterator[Finding]:
    for history in month.figures.histories.values():
        for figure in history.figures.values() if history.indicator.is_bounded else ():
            numerator, count, total = figure.numerator, figure.count, figure.total
            if numerator is None or not count or not total or not _is_above(count, total):
                continue
            place = month.figure_place(history.indicator.id, figure.period, numerator.cells)
            named = {"numerator": number_text(count), "denominator": number_text(total)}
            yield rules.NUMERATOR_EXCEEDS.at(place, name=history.indicator.id, period=figure.period.label, **named)


def _is_above(one: Fraction, other: Fraction) -> bool:
    """As `one > other`, in a fraction of the time."""
    return one.numerator * other.denominator > other.numerator * one.denominator


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
        is_rounded = rounded_units(given.number, given.decimals) == rounded_units(computed, given.decimals)
        if not is_rounded and abs(given.number - computed) > abs(computed) / 10**12:
            named = {"name": indicator.id, "period": figure.period.label, "sum": how}
            decimals = max(given.decimals, indicator.decimals)
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


def row_missing(month: Examined) -> Iterator[Finding]:
    for history in month.reported():
        if lack := _lacking(history):
            part, there, other = lack
            indicator = history.indicator
            source = indicator.source(other)
            named = {"name": indicator.id, "part": part.value, "other": other.value}
            where = f", which indicators.toml takes from {source.name}/{source.part.value}" if source else ""
            place = cell_place(month.workbook.file, there.cells[0], indicator.id)
            yield rules.ROW_MISSING.at(place, **named, source=where)


def _lacking(history: History) -> tuple[Part, Given, Part] | None:
    """The part that a ratio has in rows of its own, its first number, and the part that has no row anywhere."""
    figures = history.figures.values()
    if history.indicator.measure is Measure.NUMBER or any(figure.given for figure in figures):
        return None
    numerators = [figure.numerator for figure in figures if figure.numerator]
    denominators = [figure.denominator for figure in figures if figure.denominator]
    for part, mine, other, others in (
        (Part.NUMERATOR, numerators, Part.DENOMINATOR, denominators),
        (Part.DENOMINATOR, denominators, Part.NUMERATOR, numerators),
    ):
        first = next((given for given in mine if given.is_own and given.state is State.PRESENT), None)
        if first and not any(given.cells for given in others):
            return part, first, other
    return None


def missing_figure(month: Examined) -> Iterator[Finding]:
    """Parts that are blank in the newest period, and in earlier ones where the other part is there.

    A cell that several indicators use is one finding, at the indicator whose row it is.
    """
    found: dict[object, tuple[bool, Finding]] = {}
    histories = [history for history in month.reported() if _has_data(history) and not _lacking(history)]
    for history in histories:
        for figure in history.until_now():
            for part, given in _blank_parts(history, figure):
                place = month.figure_place(history.indicator.id, figure.period, given.cells)
                named = {"name": history.indicator.id, "period": figure.period.label, "part": part.value}
                key = given.cells or (history.indicator.id, figure.period, part)
                if key not in found or (given.is_own and not found[key][0]):
                    found[key] = (given.is_own, rules.MISSING_FIGURE.at(place, **named))
    return (finding for _, finding in found.values())


def _blank_parts(history: History, figure: Figure) -> Iterator[tuple[Part, Given]]:
    if figure.state is State.PRESENT and figure.period != history.now:
        return
    parts = {Part.NUMERATOR: figure.numerator, Part.DENOMINATOR: figure.denominator, Part.VALUE: figure.given}
    given = {part: found for part, found in parts.items() if found is not None}
    blank = {part: found for part, found in given.items() if found.state is State.BLANK}
    if figure.state is State.BLANK:
        is_half_there = any(found.is_own and found.state is State.PRESENT for found in given.values())
        if figure.period == history.now or is_half_there:
            yield from blank.items()
    elif figure.state is State.PRESENT:
        shown = {Shows.COUNT: [Part.NUMERATOR], Shows.FRACTION: [Part.NUMERATOR, Part.DENOMINATOR]}
        for part in shown.get(history.indicator.shows, []):
            found = parts[part] or Given(State.BLANK)
            if found.state is State.BLANK:
                yield part, found


_NOTHING_THERE = (State.BLANK, State.NOT_DUE, State.NEW, State.ENDED)


def _has_data(history: History) -> bool:
    """Whether there is a figure, a marker for one, or a part of one in a row of its own."""
    figures = history.figures.values()
    own = (part for figure in figures for part in figure.parts if part.is_own)
    return any(f.state not in _NOTHING_THERE for f in figures) or any(part.state is not State.BLANK for part in own)


def nothing_to_add_up(month: Examined) -> Iterator[Finding]:
    """Percentages cannot be added: a year to date needs what they were computed from."""
    for history in month.reported():
        indicator = history.indicator
        if indicator.cumulative is None or indicator.measure is Measure.NUMBER:
            continue
        given = (f for f in history.figures.values() if f.value is not None and (f.count is None or f.total is None))
        if figure := next(given, None):
            place = month.figure_place(indicator.id, figure.period, figure.cells)
            yield rules.NOTHING_TO_ADD_UP.at(place, name=indicator.id, period=figure.period.label)


def indicator_without_data(month: Examined) -> Iterator[Finding]:
    for history in month.reported():
        if not _has_data(history):
            place = Place(file=month.workbook.file, indicator=history.indicator.id)
            yield rules.INDICATOR_WITHOUT_DATA.at(place, name=history.indicator.id)


RULES = (
    numerator_exceeds_denominator,
    zero_denominator,
    value_disagrees,
    row_missing,
    missing_figure,
    nothing_to_add_up,
    indicator_without_data,
)
