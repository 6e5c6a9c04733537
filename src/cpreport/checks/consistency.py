"""Rules about what must hold between figures of one period, as the report folder declares it.

Every number is what the report would use: with its marks, and with the entry in force where a series carries. Where one
is missing, or outside its indicator's life, nothing is checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fractions import Fraction

from cpreport.checks.examined import Examined, number_text
from cpreport.model.figure import Given, State, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.indicator import Source
from cpreport.model.period import Period
from cpreport.model.rules import plausibility as rules
from cpreport.model.workbook import BreakdownCount

_QUOTED = re.compile(r"(?<=[\"'“”‘’])[^\"'“”‘’\n]{1,60}(?=[\"'“”‘’])")


def totals(month: Examined) -> Iterator[Finding]:
    """Parts that do not add up to their whole, at the whole, in every period that has them all."""
    for total in month.folder.totals:
        for period in _periods(month, (total.whole, *total.parts)):
            whole, parts = _given(month, total.whole, period), _numbers(month, total.parts, period)
            if whole.number is None or parts is None:
                continue
            added = sum(parts, Fraction(0))
            if added != whole.number:
                named = {"parts": " + ".join(map(str, total.parts)), "total": number_text(added)}
                place = _place(month, total.whole, period, whole)
                yield rules.TOTAL_DIFFERS.at(
                    place, name=total.whole, period=period, whole=number_text(whole.number), **named
                )


def computable(month: Examined) -> Iterator[Finding]:
    """Confidential figures that follow from totals, one alone or several together, at the figure."""
    printed = _printed(month)
    totals: dict[Period, list[tuple[Source, ...]]] = {}
    for total in month.folder.totals:
        for period in _periods(month, (total.whole, *total.parts)):
            totals.setdefault(period, []).append((total.whole, *total.parts))
    for period, listed in sorted(totals.items()):
        given = {source: _given(month, source, period) for sources in listed for source in sources}
        hidden = {_number_of(s, g): s for s, g in reversed(given.items()) if g.state is State.CONFIDENTIAL}
        open_ = {s for s, g in given.items() if g.number is not None and s.name in printed}
        sums = [_unknowns(sources, given, open_) for sources in listed] if hidden else []
        for number, used in _settled(sums).items():
            if number in hidden:
                source = hidden[number]
                others = ", ".join(dict.fromkeys(str(s) for index in used for s in listed[index] if s in open_))
                place = _place(month, source, period, given[source])
                yield rules.CONFIDENTIAL_COMPUTABLE.at(place, name=source, period=period, others=others)


_Number = tuple[object, ...]
"""The cells that a source's number stands in, or the source: two names of one number are the same."""
_Sum = dict[_Number | int, Fraction]
"""How often each unknown number is in a sum that is 0 but for known ones; by its index, how often each total is."""


def _number_of(source: Source, given: Given) -> _Number:
    return given.cells or (source,)


def _unknowns(sources: Sequence[Source], given: Mapping[Source, Given], open_: Set[Source]) -> _Sum:
    """The numbers of a whole and its parts that nobody is told."""
    found: _Sum = {}
    for source, times in zip(sources, (-1, *[1] * (len(sources) - 1)), strict=True):
        if source not in open_:
            number = _number_of(source, given[source])
            found[number] = found.get(number, Fraction(0)) + times
    return {number: times for number, times in found.items() if times}


def _settled(sums: Iterable[_Sum]) -> dict[_Number, list[int]]:
    """The unknown numbers that follow from the sums (by elimination), each with the indices of those it takes."""
    solved: dict[_Number, _Sum] = {}
    for index, unknowns in enumerate(sums):
        row: _Sum = {**unknowns, index: Fraction(1)}
        for number, known in solved.items():
            row = _without(number, row, known)
        found = next((key for key in row if not isinstance(key, int)), None)
        if found is None:
            continue
        row = {key: times / row[found] for key, times in row.items()}
        solved = {number: _without(found, known, row) for number, known in solved.items()} | {found: row}
    of_one = {n: row for n, row in solved.items() if sum(not isinstance(key, int) for key in row) == 1}
    return {number: sorted(key for key in row if isinstance(key, int)) for number, row in of_one.items()}


def _without(number: _Number, row: _Sum, known: _Sum) -> _Sum:
    """A sum less as much of another, in which a number is once, as leaves nothing of the number."""
    times = row.get(number, Fraction(0))
    left = {key: row.get(key, Fraction(0)) - times * known.get(key, Fraction(0)) for key in {**row, **known}}
    return {key: found for key, found in left.items() if found}


def _printed(month: Examined) -> set[str]:
    """The indicators that sections list or texts name, what breakdowns break down, and what these take figures from."""
    folder = month.folder
    found: set[str] = set()
    wanted = [name for section in folder.sections for name in section.indicators]
    of = (folder.breakdowns[count.breakdown].of for count in month.workbook.breakdowns)
    wanted += [source.name for source in of if source]
    passages = (passage.text for text in month.workbook.narratives.values() for passage in text.passages)
    quoted = {name for text in (*folder.templates.values(), *passages) for name in _QUOTED.findall(text)}
    wanted += folder.indicators.keys() & quoted
    while wanted:
        name = wanted.pop()
        indicator = folder.indicators.get(name)
        if name not in found and indicator:
            wanted += [source.name for source in (indicator.numerator, indicator.denominator) if source]
        found.add(name)
    return found


def subsets(month: Examined) -> Iterator[Finding]:
    """Parts that are more than their whole, at the part."""
    for subset in month.folder.subsets:
        for period in _periods(month, (subset.part, subset.whole)):
            part, whole = _given(month, subset.part, period), _given(month, subset.whole, period)
            if part.number is None or whole.number is None or part.number <= whole.number:
                continue
            named = {"part": number_text(part.number), "whole": number_text(whole.number)}
            place = _place(month, subset.part, period, part)
            yield rules.SUBSET_EXCEEDS.at(place, name=subset.part, period=period, whole_name=subset.whole, **named)


def stocks(month: Examined) -> Iterator[Finding]:
    """Stocks that are not the one before plus what started minus what ended, at the stock; not across a break."""
    for flow in month.folder.stocks:
        for period in _periods(month, (flow.stock, flow.starts, flow.ends)):
            stock, earlier = _given(month, flow.stock, period), _given(month, flow.stock, period.shift(-1))
            flows = _numbers(month, (flow.starts, flow.ends), period)
            if stock.number is None or earlier.number is None or flows is None or _breaks(month, flow.stock, period):
                continue
            starts, ends = flows
            expected = earlier.number + starts - ends
            if stock.number != expected:
                added = f"{number_text(earlier.number)} ({period.shift(-1)}) + {number_text(starts)} ({flow.starts})"
                named = {"sum": f"{added} - {number_text(ends)} ({flow.ends})", "expected": number_text(expected)}
                place = _place(month, flow.stock, period, stock)
                yield rules.STOCK_DIFFERS.at(
                    place, name=flow.stock, period=period, stock=number_text(stock.number), **named
                )


def shared_denominators(month: Examined) -> Iterator[Finding]:
    """Denominators that differ from those of most other indicators that share them; of two, from the first."""
    for shared in month.folder.shared_denominators:
        for period in _periods(month, shared.sources):
            found = [(source, _given(month, source, period)) for source in shared.sources]
            numbers = Counter(given.number for _, given in found if given.number is not None)
            if len(numbers) < 2:
                continue
            usual = max(numbers, key=numbers.__getitem__)
            others = ", ".join(source.name for source, given in found if given.number == usual)
            for source, given in found:
                if given.number is not None and given.number != usual:
                    named = {"denominator": number_text(given.number), "usual": number_text(usual), "others": others}
                    place = _place(month, source, period, given)
                    yield rules.DENOMINATORS_DIFFER.at(place, name=source.name, period=period, **named)


def breakdowns(month: Examined) -> Iterator[Finding]:
    """Breakdowns that do not add up to what they break down, at the first of their counts."""
    counts: dict[tuple[str, Period], list[BreakdownCount]] = {}
    for count in month.workbook.breakdowns:
        counts.setdefault((count.breakdown, count.period or month.workbook.period), []).append(count)
    for (name, period), found in counts.items():
        source = month.folder.breakdowns[name].of
        if source is None or any(count.state is not State.PRESENT for count in found):
            continue
        whole = _given(month, source, period)
        total = sum(count.count or 0 for count in found)
        if whole.number is not None and total != whole.number:
            named = {"breakdown": name, "total": f"{total:,}", "whole": number_text(whole.number)}
            place = cell_place(month.workbook.file, found[0].cell, period=period.label)
            cells = ", ".join(str(cell) for cell in whole.cells)
            of = f"{source.name} {source.part.value}"
            yield rules.BREAKDOWN_DIFFERS.at(place, **named, period=period, of=of, cell=cells)


def _periods(month: Examined, sources: tuple[Source, ...]) -> tuple[Period, ...]:
    return month.figures.periods[sources]


def _given(month: Examined, source: Source, period: Period) -> Given:
    """What the report has for a source; nothing outside its indicator's life."""
    indicator = month.folder.indicators.get(source.name)
    if indicator and not indicator.lives_in(period):
        return Given(State.BLANK)
    return month.figures.given[source, period]


def _breaks(month: Examined, source: Source, period: Period) -> bool:
    timeline = month.figures.timelines.get(source.name)
    return _given(month, source, period).breaks or (timeline is not None and timeline.at(period).breaks)


def _numbers(month: Examined, sources: Sequence[Source], period: Period) -> list[Fraction] | None:
    """The numbers of several sources; None if one is missing."""
    numbers = [_given(month, source, period).number for source in sources]
    present = [number for number in numbers if number is not None]
    return present if len(present) == len(numbers) else None


def _place(month: Examined, source: Source, period: Period, given: Given) -> Place:
    return month.figure_place(source.name, period, given.cells)


RULES = (totals, computable, subsets, stocks, shared_denominators, breakdowns)
