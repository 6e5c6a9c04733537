"""Rules about what must hold between figures of one period, as the report folder declares it.

Every number is what the report would use: with its marks, and with the entry in force where a series carries. Where one
is missing, or outside its indicator's life, nothing is checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fractions import Fraction
from operator import itemgetter
from typing import Any

from cpreport.checks.context import CheckContext, grouped, number_text
from cpreport.model.figure import Given, State
from cpreport.model.finding import Finding, Rule
from cpreport.model.indicator import Source
from cpreport.model.period import Period
from cpreport.model.rules import plausibility as rules

_QUOTED = re.compile(r"(?<=[\"'“”‘’])[^\"'“”‘’\n]{1,60}(?=[\"'“”‘’])")


def totals(month: CheckContext) -> Iterator[Finding]:
    """Parts that do not add up to their whole, at the whole, in every period that has them all."""
    for total in month.folder.totals:
        names = " + ".join(map(str, total.parts))
        for period, given, (whole, *parts) in _complete(month, total.whole, *total.parts):
            if sum(parts) != whole:
                values = {"whole": whole, "parts": names, "total": sum(parts, Fraction(0))}
                yield _at(month, rules.TOTAL_DIFFERS, total.whole, period, given, **values)


def subsets(month: CheckContext) -> Iterator[Finding]:
    """Parts that are more than their whole, at the part."""
    for subset in month.folder.subsets:
        for period, given, (part, whole) in _complete(month, subset.part, subset.whole):
            if part > whole:
                values = {"part": part, "whole": whole, "whole_name": subset.whole}
                yield _at(month, rules.SUBSET_EXCEEDS, subset.part, period, given, **values)


def stocks(month: CheckContext) -> Iterator[Finding]:
    """Stocks that are not the one before plus what started minus what ended, at the stock; not across a break."""
    for flow in month.folder.stocks:
        timeline = month.figures.timelines.get(flow.stock.name)
        for period, given, (stock, starts, ends) in _complete(month, flow.stock, flow.starts, flow.ends):
            earlier = _given(month, flow.stock, period.shift(-1)).number
            breaks = given.breaks or (timeline is not None and timeline.at(period).breaks)
            if earlier is None or breaks or stock == (expected := earlier + starts - ends):
                continue
            added = f"{number_text(earlier)} ({period.shift(-1)}) + {number_text(starts)} ({flow.starts})"
            values = {"stock": stock, "sum": f"{added} - {number_text(ends)} ({flow.ends})", "expected": expected}
            yield _at(month, rules.STOCK_DIFFERS, flow.stock, period, given, **values)


def shared_denominators(month: CheckContext) -> Iterator[Finding]:
    """Denominators that differ from those of most other indicators that share them; of two, from the first."""
    for shared in month.folder.shared_denominators:
        for period in month.figures.periods[shared.sources]:
            given = [(source.name, _given(month, source, period)) for source in shared.sources]
            counts = Counter(each.number for _, each in given if each.number is not None)
            usual = max(counts, key=counts.__getitem__, default=None)
            others = ", ".join(name for name, each in given if each.number == usual)
            for name, each in given:
                if each.number not in (None, usual):
                    values = {"denominator": each.number, "usual": usual, "others": others}
                    yield month.at(rules.DENOMINATORS_DIFFER, each.cells, name, period, **values)


def breakdowns(month: CheckContext) -> Iterator[Finding]:
    """Breakdowns that do not add up to what they break down, at the first of their counts; shares are not added up."""
    counts, now = [count for count in month.workbook.breakdowns if count.share is None], month.workbook.period
    for (name, period), found in grouped(counts, lambda count: (count.breakdown, count.period or now)).items():
        source = month.folder.breakdowns[name].of
        if source is None or any(count.state is not State.PRESENT for count in found):
            continue
        whole, total = _given(month, source, period), Fraction(sum(count.count or 0 for count in found))
        if whole.number is not None and total != whole.number:
            values = {"breakdown": name, "total": total, "whole": whole.number}
            where = {"of": f"{source.name} {source.part.value}", "cell": ", ".join(map(str, whole.cells))}
            yield month.at(rules.BREAKDOWN_DIFFERS, [found[0].cell], "", period, **where, **values)


def _complete(month: CheckContext, *sources: Source) -> Iterator[tuple[Period, Given, list[Fraction]]]:
    """The periods in which each of several sources has a number, with what the first has and the numbers of all."""
    for period in month.figures.periods[sources]:
        given = [_given(month, source, period) for source in sources]
        numbers = [each.number for each in given if each.number is not None]
        if len(numbers) == len(sources):
            yield period, given[0], numbers


def _given(month: CheckContext, source: Source, period: Period) -> Given:
    """What the report has for a source; blank outside its indicator's life."""
    return month.figures.given[source, period] if month.is_alive(source.name, period) else Given(State.BLANK)


def _at(month: CheckContext, rule: Rule, source: Source, period: Period, given: Given, **values: Any) -> Finding:
    """A finding about what the report has for a source in a period."""
    return month.at(rule, given.cells, source.name, period, **{"name": source, **values})


def computable(month: CheckContext) -> Iterator[Finding]:
    """Confidential figures that follow from totals, one alone or several together, at the figure."""
    printed = _printed(month)
    totals = [(total.whole, *total.parts) for total in month.folder.totals]
    by_period = grouped(((period, each) for each in totals for period in month.figures.periods[each]), itemgetter(0))
    for period, sums_of in sorted(by_period.items()):
        listed = [sources for _, sources in sums_of]
        given = {source: _given(month, source, period) for sources in listed for source in sources}
        hidden = {_number_of(s, g): s for s, g in reversed(given.items()) if g.state is State.CONFIDENTIAL}
        open_ = {s for s, g in given.items() if g.number is not None and s.name in printed}
        sums = [_unknowns(sources, given, open_) for sources in listed] if hidden else []
        for number, used in _settled(sums).items():
            if number in hidden:
                source = hidden[number]
                others = ", ".join(dict.fromkeys(str(s) for index in used for s in listed[index] if s in open_))
                yield _at(month, rules.CONFIDENTIAL_COMPUTABLE, source, period, given[source], others=others)


_Number = tuple[object, ...]
"""The cells of a source's number, or the source itself: two names of one number are the same."""
_Sum = dict[_Number | int, Fraction]
"""How often each unknown number is in a sum that known ones make 0; by its index, how often each total is."""


def _number_of(source: Source, given: Given) -> _Number:
    return given.cells or (source,)


def _unknowns(sources: Sequence[Source], given: Mapping[Source, Given], open_: Set[Source]) -> _Sum:
    """The numbers of a whole and its parts that are not printed."""
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
        solved = {number: _without(found, known, row) for number, known in solved.items()} | {found: row}
    used = {number: [key for key in row if isinstance(key, int)] for number, row in solved.items()}
    return {number: sorted(used[number]) for number, row in solved.items() if len(row) == len(used[number]) + 1}


def _without(number: _Number, row: _Sum, known: _Sum) -> _Sum:
    """A sum minus that multiple of another one that eliminates the number."""
    times = row.get(number, Fraction(0)) / known[number]
    left = {key: row.get(key, Fraction(0)) - times * known.get(key, Fraction(0)) for key in {**row, **known}}
    return {key: found for key, found in left.items() if found}


def _printed(month: CheckContext) -> set[str]:
    """The indicators that sections list or texts name, what breakdowns break down, and what these take figures from."""
    folder = month.folder
    found: set[str] = set()
    wanted = [name for section in folder.sections for name in section.indicators]
    broken_down = (folder.breakdowns[count.breakdown].of for count in month.workbook.breakdowns)
    wanted += [source.name for source in broken_down if source]
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


RULES = (totals, computable, subsets, stocks, shared_denominators, breakdowns)
