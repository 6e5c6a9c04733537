"""Rules about figures: their parts against each other, and what of them is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.context import CheckContext, number_text
from cpreport.model.figure import NOTHING_THERE, CellRef, Figure, Given, State
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure, Part, Shows, Source
from cpreport.model.number import decimals_of, rounded, rounded_units
from cpreport.model.period import Period
from cpreport.model.rules import data as rules
from cpreport.model.timeline import Timeline


def numerators_above_denominators(month: CheckContext) -> Iterator[tuple[Indicator, Figure, Given]]:
    """The figures of at most 100% with more in their numerator than in their denominator, and the numerator."""
    for indicator, figure in month.all_figures():
        count, total = figure.count, figure.total
        if not (indicator.is_bounded and figure.numerator and count and total):
            continue
        if count.numerator * total.denominator > total.numerator * count.denominator:  # faster than count > total
            yield indicator, figure, figure.numerator


def numerator_exceeds_denominator(month: CheckContext) -> Iterator[Finding]:
    for indicator, figure, numerator in numerators_above_denominators(month):
        numbers = {"numerator": figure.count, "denominator": figure.total}
        yield month.at(rules.NUMERATOR_EXCEEDS, numerator.cells, indicator.id, figure.period, **numbers)


def zero_denominator(month: CheckContext) -> Iterator[Finding]:
    for indicator, figure in month.all_figures():
        denominator, count = figure.denominator, figure.count
        if denominator and denominator.number == 0 and count is not None and indicator.measure is not Measure.NUMBER:
            rule = rules.ZERO_DENOMINATOR if count else rules.NOTHING_TO_DIVIDE
            yield month.at(rule, denominator.cells, indicator.id, figure.period, numerator=count)


def value_disagrees(month: CheckContext) -> Iterator[Finding]:
    """A value typed in must be the computed one, rounded to the decimals it was typed with."""
    for indicator, figure in month.all_figures():
        given = figure.given.number if figure.given else None
        computed, how = _computed(indicator, figure) if given is not None else (None, "")
        if given is None or computed is None:
            continue
        typed = decimals_of(given)
        is_rounded = rounded_units(given, typed) == rounded_units(computed, typed)
        if figure.given and not is_rounded and abs(given - computed) > abs(computed) / 10**12:
            shown = rounded(computed, max(typed, indicator.decimals))
            values = {"value": f"{float(given):.15g}", "computed": shown, "sum": how}
            yield month.at(rules.VALUE_DISAGREES, figure.given.cells, indicator.id, figure.period, **values)


def _computed(indicator: Indicator, figure: Figure) -> tuple[Fraction | None, str]:
    """What a figure's parts give, and the sum as a person writes it."""
    count, total = figure.count, figure.total
    if count is not None and indicator.measure is Measure.NUMBER:
        return count, f"the numerator {number_text(count)}"
    if count is None or not total:
        return None, ""
    per = f" × {indicator.per:,}" if indicator.per > 1 else ""
    return indicator.per * count / total, f"{number_text(count)} / {number_text(total)}{per}"


def nothing_to_add_up(month: CheckContext) -> Iterator[Finding]:
    """Percentages cannot be added: a year to date needs what they were computed from."""
    for timeline in month.reported():
        indicator = timeline.indicator
        figures = timeline.figures.values() if indicator.cumulative and indicator.measure is not Measure.NUMBER else ()
        given = (f for f in figures if f.value is not None and (f.count is None or f.total is None))
        if figure := next(given, None):
            yield month.at(rules.NOTHING_TO_ADD_UP, figure.cells, indicator.id, figure.period)


def rows_missing(month: CheckContext) -> Iterator[Finding]:
    """Indicators without any data, and ratios of which a part is there and the other has no row."""
    for timeline in month.reported():
        indicator = timeline.indicator
        if not _has_data(timeline):
            yield month.at(rules.INDICATOR_WITHOUT_DATA, (), indicator.id)
        elif lack := _lacking(timeline):
            part, there, other = lack
            source = indicator.source(other)
            where = f", which indicators.toml takes from {source.name}/{source.part.value}" if source else ""
            values = {"part": part.value, "other": other.value, "source": where}
            yield month.at(rules.ROW_MISSING, there.cells[:1], indicator.id, **values)


def _has_data(timeline: Timeline) -> bool:
    """Whether there is a figure, a marker for one, or a part of one in a row of its own."""
    figures = timeline.figures.values()
    own = (part for figure in figures for part in figure.parts if part.is_own)
    return any(f.state not in NOTHING_THERE for f in figures) or any(part.state is not State.BLANK for part in own)


def _lacking(timeline: Timeline) -> tuple[Part, Given, Part] | None:
    """The part that a ratio has in rows of its own, its first number, and the part that has no row anywhere."""
    parts = [_parts(figure) for figure in timeline.figures.values()]
    if timeline.indicator.measure is Measure.NUMBER or any(part[Part.VALUE] for part in parts):
        return None
    for part, other in ((Part.NUMERATOR, Part.DENOMINATOR), (Part.DENOMINATOR, Part.NUMERATOR)):
        mine = (given for each in parts if (given := each[part]) and given.is_own and given.state is State.PRESENT)
        first = next(mine, None)
        if first and not any(given.cells for each in parts if (given := each[other])):
            return part, first, other
    return None


def _parts(figure: Figure) -> dict[Part, Given | None]:
    return {Part.NUMERATOR: figure.numerator, Part.DENOMINATOR: figure.denominator, Part.VALUE: figure.given}


def missing_figures(month: CheckContext) -> Iterator[Finding]:
    """Parts that are blank in the newest period that is due, and in earlier ones that should not be.

    A row that several indicators use is named once a period, by its own name.
    """
    there = {entry.period for entry in month.workbook.entries}
    found: dict[tuple[Source, Period], Finding] = {}
    for timeline in month.reported():
        newest = timeline.newest if _has_data(timeline) and not _lacking(timeline) else None
        is_there = newest and (newest.period in there or newest.period.kind is not month.workbook.period.kind)
        for figure in (*timeline.until_now(), *_left_out(timeline)) if newest else ():
            period = figure.period
            for part in _blank_parts(timeline, figure, figure is newest and bool(is_there), there):
                source, cells = _blank_row(month, Source(timeline.indicator.id, part), period, _parts(figure)[part])
                if (source, period) not in found:
                    where = ([cell for cell in cells if not cell.file], source.name, period)
                    found[source, period] = month.at(rules.MISSING_FIGURE, *where, part=source.part.value)
    return iter(found.values())


def _left_out(timeline: Timeline) -> Iterator[Figure]:
    """Figures between two others for which there is not even a blank cell, as in the long layout."""
    for one, other in pairwise(timeline.until_now()):
        if other.period.ordinal - one.period.ordinal == 2:
            given = (Given(State.BLANK) if part and part.is_own else None for part in _parts(one).values())
            numerator, denominator, value = given
            yield Figure(one.period.shift(1), State.BLANK, None, numerator, denominator, value)


def _blank_parts(timeline: Timeline, figure: Figure, is_newest: bool, there: Collection[Period]) -> list[Part]:
    """The parts of a figure that are blank and should not be.

    Figures before the newest should be there if one part is, or if both neighbours are and Data has the period at all.
    """
    if figure.state is State.PRESENT and is_newest:
        shown = {Shows.COUNT: [Part.NUMERATOR], Shows.FRACTION: [Part.NUMERATOR, Part.DENOMINATOR]}
        given = _parts(figure)
        wanted = shown.get(timeline.indicator.shows, [])
        return [part for part in wanted if (given[part] or Given(State.BLANK)).state is State.BLANK]
    if figure.state is not State.BLANK:
        return []
    is_half_there = any(part.is_own and part.state is State.PRESENT for part in figure.parts)
    neighbours = (timeline.at(figure.period.shift(by)).value for by in (-1, 1))
    if is_newest or is_half_there or (figure.period in there and None not in neighbours):
        return [part for part, given in _parts(figure).items() if given and given.state is State.BLANK]
    return []


def _blank_row(
    month: CheckContext, source: Source, period: Period, given: Given | None
) -> tuple[Source, tuple[CellRef, ...]]:
    """The row that a blank part is taken from in the end, and its cell; `given` is what the source has."""
    timeline = month.figures.timelines.get(source.name)
    cells = given.cells if given else ()
    if timeline is None:
        return source, cells
    parts = _parts(timeline.at(period))
    own = parts[source.part]
    if own and own.is_own:
        return source, own.cells
    blank = (Source(source.name, part) for part, other in parts.items() if other and other.state is State.BLANK)
    further = next(blank, None) if source.part is Part.VALUE else timeline.indicator.source(source.part)
    if further and month.is_alive(further.name, period):
        return _blank_row(month, further, period, parts[further.part] if further.name == source.name else own)
    return source, cells


RULES = (
    numerator_exceeds_denominator,
    zero_denominator,
    value_disagrees,
    nothing_to_add_up,
    rows_missing,
    missing_figures,
)
