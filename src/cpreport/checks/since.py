"""Rules about what has changed since an earlier report: its figures, what its indicators are, and its benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any

from cpreport.checks.context import CheckContext, and_more, counted, grouped
from cpreport.model.figure import Benchmark, State
from cpreport.model.finding import Finding, Place, Rule, listed
from cpreport.model.indicator import AGREED_LATER, Baseline, Change, Indicator, Series, Source, Target, Tolerance
from cpreport.model.revision import Cause, EntryChange, Revision
from cpreport.model.rules import earlier as rules
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import Earlier, is_provisional, is_revised, stated_benchmark_period

Definition = Indicator | Series

_WORDING = {"id", "title", "reference", "owner", "formerly"}
"""What may change while an indicator stays the same one."""

_NAMES = {"targets": "target", "benchmarks_differ": "benchmark_basis", "begins": "from", "ends": "until"}

Moved = tuple[str, Revision]
"""A figure that has changed: its indicator's id, and what the earlier report gave."""


def _moved(month: CheckContext, *causes: Cause) -> list[Moved]:
    timelines = month.figures.timelines.values()
    moved = ((timeline.indicator.id, revision) for timeline in timelines for revision in timeline.restated.values())
    return [each for each in moved if each[1].cause in causes]


def restated(month: CheckContext) -> Iterator[Finding]:
    """A finding for each figure that has changed, those of its own row first; those that were provisional in one."""
    moved = _moved(month, Cause.FIGURES)
    for each in sorted(moved, key=lambda each: all(change.name != each[0] for change in each[1].changes)):
        if not each[1].was_provisional:
            rule = rules.RESTATED_AS_MARKED if each[1].is_marked else rules.RESTATED
            yield _revision_finding(month, each, rule, "" if each[1].is_visible else "the same at its decimals")
    if settled := [each for each in moved if each[1].was_provisional]:
        yield _revision_finding(month, settled[0], rules.SETTLED, more=and_more(len(settled) - 1, "figure"))


def _revision_finding(month: CheckContext, moved: Moved, rule: Rule, same: str = "", more: str = "") -> Finding:
    """A finding at the cell that moved a figure; it gives no number that is confidential now."""
    name, revision = moved
    changes, now = revision.changes, revision.now
    old, new = month.restated[name, now.period]
    cells = (*(each.now.cell for each in changes if each.now), *now.cells)
    shown = "; ".join(map(_cells, changes)) if changes and not _is_hidden(revision) else "its marks have changed"
    texts = {"old": "a figure" if _is_hidden(revision) else old, "new": same or new, "cells": shown + more}
    return month.at(rule, cells, name, now.period, **texts)


def _is_hidden(revision: Revision) -> bool:
    return revision.now.state is State.CONFIDENTIAL


def _cells(change: EntryChange) -> str:
    """`[june-2023.xlsx]Data!M2 held 603, Data!M2 holds 604`."""
    was = f"{change.was.cell} held {change.was.amount.text}" if change.was else ""
    now = f"{change.now.cell} holds {change.now.amount.text}" if change.now else ""
    return ", ".join(filter(None, (was, now)))


def no_longer_confidential(month: CheckContext) -> Iterator[Finding]:
    """The figures that the earlier report called confidential and that have a number now, once for each indicator."""
    for then, now in month.compared():
        hidden = [figure.period for figure in then.figures.values() if figure.state is State.CONFIDENTIAL]
        if shown := [figure for figure in map(now.at, hidden) if figure.value is not None]:
            *others, newest = shown
            more = and_more(len(others), "figure", word="nor")
            yield month.at(rules.NO_LONGER_CONFIDENTIAL, newest.cells, now.indicator.id, newest.period, more=more)


def columns_missing(month: CheckContext) -> Iterator[Finding]:
    """The periods that the earlier report's workbook has figures of and this one has not, in one finding."""
    then = month.earlier.workbook if month.earlier else month.workbook
    if gone := sorted(then.filled_periods - month.workbook.filled_periods):
        yield month.at(rules.COLUMNS_GONE, (), periods=listed(period.label for period in gone), earlier=then.file)


def restated_series(month: CheckContext) -> Iterator[Finding]:
    """A finding for each changed series, however many figures it moves, at the first entry that does."""
    moved = ((change, each) for each in _moved(month, *Cause) for change in each[1].changes if change.series)
    for name, pairs in grouped(moved, lambda pair: pair[0].name).items():
        changed = dict.fromkeys(change for change, _ in pairs)
        first = min(changed, key=lambda change: change.period)
        cells = [first.now.cell] if first.now else []
        effect = _effect(month, [each for _, each in pairs])
        if first.now and first.was and (rule := _expected(month, changed)):
            texts = {"old": first.was.amount.text, "new": first.now.amount.text, "cells": f"this changes {effect}"}
            yield month.at(rule, cells, name, first.period, **texts)
        else:
            shown = _cells(first) + and_more(len(changed) - 1, "cell")
            yield month.at(rules.RESTATED_SERIES, cells, name, first.period, cells=shown, moved=effect)


def _expected(month: CheckContext, changed: Iterable[EntryChange]) -> Rule | None:
    """The rule of entries that are all marked as revised, or were provisional before; None where they are not."""
    earlier = month.earlier.workbook.marks if month.earlier else {}
    if all(each.now and is_revised(each.now, month.workbook.marks) for each in changed):
        return rules.RESTATED_AS_MARKED
    is_settled = all(each.was and each.now and is_provisional(each.was, earlier) for each in changed)
    return rules.SETTLED if is_settled else None


def _effect(month: CheckContext, moved: list[Moved]) -> str:
    """`12 reported figures of 2 indicators, e.g. 4.02.01 Jun 23 from 61.6 to 61.2`: the newest that may be printed."""
    total = f"{counted(len(moved), 'reported figure')} of {counted(len({name for name, _ in moved}), 'indicator')}"
    shown = [(each.now.period, name) for name, each in moved if not _is_hidden(each)]
    if not shown:
        return total
    period, name = max(shown, key=lambda each: each[0])
    old, new = month.restated[name, period]
    return f"{total}, e.g. {name} {period.label} from {old} to {new}"


def definition_changed(month: CheckContext) -> Iterator[Finding]:
    """A finding for each indicator or series, at the file that defines it; those with new titles in one at the first.

    Then and now are the same indicator if its id was renamed.
    """
    if month.earlier is None:
        return
    then, now = month.earlier.folder, month.folder
    pairs: list[tuple[Definition, Definition | None]] = [
        *((old, now.indicators.get(now.renamed.get(name, name))) for name, old in then.indicators.items()),
        *((old, now.series.get(name)) for name, old in then.series.items()),
    ]
    moved = grouped(_moved(month, Cause.DEFINITION), lambda each: each[0])
    for old, new in pairs:
        changes = ", ".join(_changes(old, new))
        effect = f"; this changes {_effect(month, moved[old.id])}" if old.id in moved else ""
        if changes or effect:
            named = {"name": old.id, "changes": changes or "an indicator it refers to has changed"}
            yield rules.DEFINITION_CHANGED.at(_definition_of(old), **named, moved=effect)
    if titled := [(old, new) for old, new in pairs if isinstance(new, Indicator) and new.title != old.title]:
        (old, new), *others = titled
        named = {"name": new.id, "old": old.title, "new": new.title}
        yield rules.TITLE_CHANGED.at(_definition_of(new), **named, more=and_more(len(others), "title"))


def _definition_of(definition: Definition) -> Place:
    return Place(file="indicators.toml", indicator=definition.id)


def _changes(old: Definition, new: Definition | None) -> Iterator[str]:
    """`per 1,000 → 10,000` for each key that is more than wording."""
    if new is None:
        yield "it has been removed"
        return
    for key in (field.name for field in fields(old) if field.name not in _WORDING):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield f"{_NAMES.get(key, key)} {_as_typed(before)} → {_as_typed(after)}"


def _as_typed(value: object) -> str:
    """As written in indicators.toml."""
    if isinstance(value, Enum):
        return str(value.value)
    return _TEXTS.get(type(value), repr)(value)


def _target(target: Target) -> Iterator[str]:
    yield AGREED_LATER if target.value is None else _as_typed(target.value)
    dates = (("from", target.since), ("by", target.by))
    yield from (f"{word} {_day(day)}" for word, day in dates if day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    NoneType: lambda _: "none",
    bool: lambda value: str(value).lower(),
    int: lambda value: f"{value:,}",
    date: _day,
    Change: lambda of: f"{_day(of.since)} {of.note!r}" + ("" if of.is_comparable else " (not comparable)"),
    Source: lambda of: f"{of.name}/{of.part.value}",
    Fraction: lambda value: f"{float(value):,.15g}",
    Target: lambda of: " ".join(_target(of)),
    Tolerance: lambda of: f"{_as_typed(of.amount)}{'%' if of.is_relative else ' points'}",
    Baseline: lambda of: f"{_as_typed(of.value)} in {of.period}",
    tuple: lambda values: " and ".join(map(_as_typed, values)) or "none",
}

_Remarks = tuple[str, str]
"""A benchmark's period, or the report's where it has none, and its status."""


def benchmarks_changed(month: CheckContext) -> Iterator[Finding]:
    """Benchmarks that are not what they were; new periods and statuses of them are reported together.

    Then indicators that have gained or lost a benchmark; `N/A` is not one. Those that have gained and
    lost the same comparators are one finding.
    """
    updated: dict[tuple[_Remarks, _Remarks], list[tuple[Benchmark, Benchmark]]] = {}
    others: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Timeline, list[str], list[str]]]] = {}
    for then, now in month.compared():
        before, after = _published(then), _published(now)
        for was, is_ in ((each, after[name]) for name, each in before.items() if name in after):
            old, new = _remarks(month.earlier or month, was), _remarks(month, is_)
            if old[0] == new[0] and was.value != is_.value:
                values = {"old": was.amount.text, "new": is_.amount.text, "cell": was.cell}
                yield month.of(rules.BENCHMARK_CHANGED, is_, **values)
            elif old != new:
                updated.setdefault((old, new), []).append((was, is_))
        gone, come = frozenset(before.keys() - after.keys()), frozenset(after.keys() - before.keys())
        if gone or come:
            names = [name for name in (before | after) if name in after]
            others.setdefault((gone, come), []).append((now, list(before), names))
    for (old, new), ((was, is_), *more) in updated.items():
        likewise = f", and {len(more)} more likewise" if more else ""
        yield month.of(rules.BENCHMARK_UPDATED, is_, old=_text(was, old), new=_text(is_, new) + likewise)
    for (gone, come), ((now, was_of, is_of), *alike) in others.items():
        cells = [benchmark.cell for comparator, benchmark in now.benchmarks.items() if comparator in gone | come]
        texts = {"old": was_of, "new": is_of, "more": and_more(len(alike), "indicator", ending=" likewise")}
        yield month.at(rules.COMPARATORS_CHANGED, cells, now.indicator.id, **texts)


def _published(timeline: Timeline) -> dict[str, Benchmark]:
    """An indicator's benchmarks that have a number, by comparator."""
    return {comparator: each for comparator, each in timeline.benchmarks.items() if each.value is not None}


def _remarks(report: CheckContext | Earlier, benchmark: Benchmark) -> _Remarks:
    period = benchmark.period or stated_benchmark_period(report.workbook, report.folder)
    return period, benchmark.status or benchmark.amount.status.value


def _text(benchmark: Benchmark, remarks: _Remarks) -> str:
    remark = ", ".join(filter(None, remarks))
    return f"{benchmark.amount.text} ({remark})" if remark else benchmark.amount.text


RULES = (
    restated,
    no_longer_confidential,
    columns_missing,
    restated_series,
    definition_changed,
    benchmarks_changed,
)
