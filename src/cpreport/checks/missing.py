"""Rules about what is missing: rows, figures, whole indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from cpreport.checks.examined import Examined
from cpreport.model.figure import NOTHING_THERE, CellRef, Figure, Given, State
from cpreport.model.finding import Finding
from cpreport.model.indicator import Measure, Part, Shows, Source
from cpreport.model.period import Period
from cpreport.model.rules import data as rules
from cpreport.model.timeline import Timeline


def row_missing(month: Examined) -> Iterator[Finding]:
    for timeline in month.reported():
        if lack := _lacking(timeline):
            part, there, other = lack
            indicator = timeline.indicator
            source = indicator.source(other)
            where = f", which indicators.toml takes from {source.name}/{source.part.value}" if source else ""
            values = {"part": part.value, "other": other.value, "source": where}
            yield month.at(rules.ROW_MISSING, there.cells[:1], indicator.id, **values)


def _lacking(timeline: Timeline) -> tuple[Part, Given, Part] | None:
    """The part that a ratio has in rows of its own, its first number, and the part that has no row anywhere."""
    figures = timeline.figures.values()
    if timeline.indicator.measure is Measure.NUMBER or any(figure.given for figure in figures):
        return None
    for part, other in ((Part.NUMERATOR, Part.DENOMINATOR), (Part.DENOMINATOR, Part.NUMERATOR)):
        mine = (given for figure in figures if (given := _parts(figure)[part]))
        others = (given for figure in figures if (given := _parts(figure)[other]))
        first = next((given for given in mine if given.is_own and given.state is State.PRESENT), None)
        if first and not any(given.cells for given in others):
            return part, first, other
    return None


def missing_figure(month: Examined) -> Iterator[Finding]:
    """Parts that are blank in the newest period that is due, and in earlier ones that should not be.

    A row that several indicators use is named once a period, by its own name.
    """
    there = {entry.period for entry in month.workbook.entries}
    found: dict[tuple[Source, Period], Finding] = {}
    for timeline in month.reported():
        if not _has_data(timeline) or _lacking(timeline):
            continue
        newest = timeline.newest
        is_there = newest.period in there or newest.period.kind is not month.workbook.period.kind
        for figure in (*timeline.until_now(), *_left_out(timeline)):
            for part in _blank_parts(timeline, figure, figure is newest and is_there, there):
                blank = _parts(figure)[part]
                source, cells = _blank_row(month, Source(timeline.indicator.id, part), figure.period, blank)
                if (source, figure.period) not in found:
                    own = [cell for cell in cells if not cell.file]
                    found[source, figure.period] = month.at(
                        rules.MISSING_FIGURE, own, source.name, figure.period, part=source.part.value
                    )
    return iter(found.values())


def _left_out(timeline: Timeline) -> Iterator[Figure]:
    """Figures between two others for which there is not even a blank cell, as in the long layout."""
    for one, other in pairwise(timeline.until_now()):
        if other.period.ordinal - one.period.ordinal == 2:
            numerator, denominator, given = map(_left_blank, (one.numerator, one.denominator, one.given))
            yield Figure(one.period.shift(1), State.BLANK, None, numerator, denominator, given)


def _left_blank(beside: Given | None) -> Given | None:
    return Given(State.BLANK) if beside and beside.is_own else None


def _blank_parts(timeline: Timeline, figure: Figure, is_newest: bool, there: Collection[Period]) -> list[Part]:
    """The parts of a figure that are blank and should not be.

    Figures before the newest should be there if one part is, or if both neighbours are and Data has the period at all.
    """
    if figure.state is not State.BLANK and not (figure.state is State.PRESENT and is_newest):
        return []
    parts = _parts(figure)
    if figure.state is State.PRESENT:
        shown = {Shows.COUNT: [Part.NUMERATOR], Shows.FRACTION: [Part.NUMERATOR, Part.DENOMINATOR]}
        return [part for part in shown.get(timeline.indicator.shows, []) if _is_blank(parts[part])]
    is_half_there = any(part.is_own and part.state is State.PRESENT for part in figure.parts)
    if is_newest or is_half_there or (figure.period in there and _has_neighbours(timeline, figure.period)):
        return [part for part, given in parts.items() if given and given.state is State.BLANK]
    return []


def _parts(figure: Figure) -> dict[Part, Given | None]:
    return {Part.NUMERATOR: figure.numerator, Part.DENOMINATOR: figure.denominator, Part.VALUE: figure.given}


def _is_blank(given: Given | None) -> bool:
    return given is None or given.state is State.BLANK


def _has_neighbours(timeline: Timeline, period: Period) -> bool:
    return all(timeline.at(period.shift(by)).value is not None for by in (-1, 1))


def _blank_row(
    month: Examined, source: Source, period: Period, given: Given | None
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
    if further and _is_alive(month, further, period):
        return _blank_row(month, further, period, parts[further.part] if further.name == source.name else own)
    return source, cells


def _is_alive(month: Examined, source: Source, period: Period) -> bool:
    indicator = month.folder.indicators.get(source.name)
    return indicator is None or indicator.lives_in(period)


def _has_data(timeline: Timeline) -> bool:
    """Whether there is a figure, a marker for one, or a part of one in a row of its own."""
    figures = timeline.figures.values()
    own = (part for figure in figures for part in figure.parts if part.is_own)
    return any(f.state not in NOTHING_THERE for f in figures) or any(part.state is not State.BLANK for part in own)


def indicator_without_data(month: Examined) -> Iterator[Finding]:
    for timeline in month.reported():
        if not _has_data(timeline):
            yield month.at(rules.INDICATOR_WITHOUT_DATA, (), timeline.indicator.id)


RULES = (row_missing, missing_figure, indicator_without_data)
