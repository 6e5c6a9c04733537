"""Rules about what has changed since an earlier report: its figures, and what its indicators are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import Enum

from cpreport.checks.examined import Examined, and_more, counted
from cpreport.model.figure import State
from cpreport.model.finding import Finding, Place, Rule, listed
from cpreport.model.indicator import Change, Indicator, Series, Source, Target
from cpreport.model.period import Period
from cpreport.model.revision import Cause, EntryChange, Revision
from cpreport.model.rules import earlier as rules
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import is_provisional, is_revised

Moved = tuple[Timeline, Period, Revision]
"""A figure that has changed."""

Definition = Indicator | Series

_HIDDEN = State.CONFIDENTIAL

_WORDING = {"id", "title", "reference", "owner", "formerly"}
"""What may change without an indicator's becoming another."""

_NAMES = {"targets": "target", "begins": "from", "ends": "until"}


def _moved(month: Examined, *causes: Cause) -> Iterator[Moved]:
    for timeline in month.figures.timelines.values():
        for period, revision in timeline.restated.items():
            if revision.cause in causes:
                yield timeline, period, revision


def restated(month: Examined) -> Iterator[Finding]:
    """A finding for each figure that has changed, but for those that were provisional; those of its own row first."""
    for found in sorted(_moved(month, Cause.FIGURES), key=_is_of_others):
        revision = found[2]
        if not revision.was_provisional:
            new = _texts(month, found)[1] if revision.is_visible else "the same at its decimals"
            yield _told_of(month, found, rules.RESTATED_TOLD if revision.is_told else rules.RESTATED, new)


def settled(month: Examined) -> Iterator[Finding]:
    """The figures that were provisional, in one finding at the first."""
    if found := [moved for moved in _moved(month, Cause.FIGURES) if moved[2].was_provisional]:
        more = and_more(len(found) - 1, "figure")
        yield _told_of(month, found[0], rules.SETTLED, _texts(month, found[0])[1], more)


def no_longer_hidden(month: Examined) -> Iterator[Finding]:
    """The figures that the earlier report called confidential and that have a number now: for each indicator, once."""
    for then, now in month.compared():
        hidden = [figure.period for figure in then.figures.values() if figure.state is _HIDDEN]
        if shown := [figure for figure in map(now.at, hidden) if figure.value is not None]:
            *others, newest = shown
            more = and_more(len(others), "figure", word="nor")
            yield month.at(rules.NO_LONGER_HIDDEN, newest.cells, now.indicator.id, newest.period, more=more)


def _told_of(month: Examined, moved: Moved, rule: Rule, new: str, more: str = "") -> Finding:
    """A finding at the cell that moved a figure, which is `new` now; it gives no number that is confidential now."""
    timeline, period, revision = moved
    changed = (change.now.cell for change in revision.changes if change.now)
    cells = (*changed, *timeline.at(period).cells)
    why, old = "what marks it has changed", _texts(month, moved)[0]
    if _is_hidden(moved):
        old = "a figure"
    elif revision.changes:
        why = "; ".join(map(_cells, revision.changes))
    return month.at(rule, cells, timeline.indicator.id, period, old=old, new=new, cells=why + more)


def _texts(month: Examined, moved: Moved) -> tuple[str, str]:
    """What the earlier report printed for a figure, and what is printed now."""
    timeline, period, _ = moved
    return month.restated[timeline.indicator.id, period]


def _is_hidden(moved: Moved) -> bool:
    timeline, period, _ = moved
    return timeline.at(period).state is _HIDDEN


def _is_of_others(moved: Moved) -> bool:
    timeline, _, revision = moved
    return all(change.name != timeline.indicator.id for change in revision.changes)


def columns_gone(month: Examined) -> Iterator[Finding]:
    """The periods that the earlier report's workbook has figures of and this one has not, in one finding."""
    if month.earlier is None:
        return
    if gone := sorted(month.earlier.workbook.filled_periods - month.workbook.filled_periods):
        periods = listed(period.label for period in gone)
        yield month.at(rules.COLUMNS_GONE, (), periods=periods, earlier=month.earlier.workbook.file)


def restated_series(month: Examined) -> Iterator[Finding]:
    """A finding for each changed series, however many figures it moves, at the first entry that does."""
    changes: dict[str, dict[EntryChange, None]] = {}
    moved: dict[str, list[Moved]] = {}
    for found in _moved(month, *Cause):
        for change in (change for change in found[2].changes if change.series):
            changes.setdefault(change.name, {})[change] = None
            moved.setdefault(change.name, []).append(found)
    for name, changed in changes.items():
        first = min(changed, key=lambda change: change.period)
        cells = [first.now.cell] if first.now else []
        effect = _effect(month, moved[name])
        if first.now and first.was and (rule := _expected(month, changed)):
            texts = {"old": first.was.amount.text, "new": first.now.amount.text, "cells": f"this changes {effect}"}
            yield month.at(rule, cells, name, first.period, **texts)
        else:
            told = _cells(first) + and_more(len(changed) - 1, "cell")
            yield month.at(rules.RESTATED_SERIES, cells, name, first.period, cells=told, moved=effect)


def _expected(month: Examined, changed: Iterable[EntryChange]) -> Rule | None:
    """The rule of entries that are all marked as revised, or were provisional before; None where they are not."""
    earlier = month.earlier.workbook.marks if month.earlier else {}
    pairs = [(change.was, change.now) for change in changed]
    if all(now and is_revised(now, month.workbook.marks) for _, now in pairs):
        return rules.RESTATED_TOLD
    if all(was and now and is_provisional(was, earlier) for was, now in pairs):
        return rules.SETTLED
    return None


def _effect(month: Examined, moved: list[Moved]) -> str:
    """`12 reported figures of 2 indicators, e.g. 4.02.01 Jun 23 from 61.6 to 61.2`: the newest that may be printed."""
    names = {found[0].indicator.id for found in moved}
    total = f"{counted(len(moved), 'reported figure')} of {counted(len(names), 'indicator')}"
    example = max((found for found in moved if not _is_hidden(found)), key=lambda found: found[1], default=None)
    if example is None:
        return total
    timeline, period, _ = example
    old, new = _texts(month, example)
    return f"{total}, e.g. {timeline.indicator.id} {period.label} from {old} to {new}"


def _cells(change: EntryChange) -> str:
    """`[june-2023.xlsx]Data!M2 held 603, Data!M2 holds 604`."""
    was = f"{change.was.cell} held {change.was.amount.text}" if change.was else ""
    now = f"{change.now.cell} holds {change.now.amount.text}" if change.now else ""
    return ", ".join(text for text in (was, now) if text)


def definition_changed(month: Examined) -> Iterator[Finding]:
    """A finding for each indicator or series, at the file that defines it."""
    moved: dict[str, list[Moved]] = {}
    for found in _moved(month, Cause.DEFINITION):
        moved.setdefault(found[0].indicator.id, []).append(found)
    for old, new in _definitions(month):
        changes = ", ".join(_changes(old, new))
        effect = f"; this changes {_effect(month, moved[old.id])}" if old.id in moved else ""
        if changes or effect:
            place = Place(file="indicators.toml", indicator=old.id)
            named = {"name": old.id, "changes": changes or "an indicator it refers to has changed"}
            yield rules.DEFINITION_CHANGED.at(place, **named, moved=effect)


def title_changed(month: Examined) -> Iterator[Finding]:
    """The indicators that are called something else than before, in one finding at the first."""
    pairs = ((old, new) for old, new in _definitions(month) if isinstance(new, Indicator) and new.title != old.title)
    if changed := list(pairs):
        (old, new), *others = changed
        place = Place(file="indicators.toml", indicator=new.id)
        named = {"name": new.id, "old": old.title, "new": new.title}
        yield rules.TITLE_CHANGED.at(place, **named, more=and_more(len(others), "title"))


def _definitions(month: Examined) -> Iterator[tuple[Definition, Definition | None]]:
    """The earlier report's indicators, then its series, each with what this report has of it."""
    if month.earlier:
        then, now = month.earlier.folder, month.folder
        yield from ((old, now.indicators.get(now.renamed.get(name, name))) for name, old in then.indicators.items())
        yield from ((old, now.series.get(name)) for name, old in then.series.items())


def _changes(old: Definition, new: Definition | None) -> Iterator[str]:
    """`per 1,000 → 10,000` for each key that is more than wording."""
    if new is None:
        yield "it was there, and is no longer"
        return
    for key in (field.name for field in fields(old) if field.name not in _WORDING):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield f"{_NAMES.get(key, key)} {_value(before)} → {_value(after)}"


def _value(value: object) -> str:
    """As indicators.toml says it."""
    match value:
        case None | ():
            return "none"
        case bool():
            return str(value).lower()
        case int():
            return f"{value:,}"
        case date():
            return f"{value:%d/%m/%Y}"
        case Change(since, note, is_comparable):
            return f"{since:%d/%m/%Y} {note!r}" + ("" if is_comparable else " (not comparable)")
        case Enum():
            return str(value.value)
        case Source(name, part):
            return f"{name}/{part.value}"
        case Target(number, since):
            return f"{float(number):,.15g}" + (f" from {since:%d/%m/%Y}" if since else "")
        case tuple():
            return " and ".join(map(_value, value))
    return repr(value)


RULES = (restated, no_longer_hidden, settled, columns_gone, restated_series, definition_changed, title_changed)
