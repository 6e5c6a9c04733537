"""The targets that a scorecard gives: used where a definition has none, compared where it has one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from cpreport.inputs.workbook.meaning import broken, read_amount, shown, text_of
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.model.figure import CellRef, Form, may_be_either, per_cent
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import AGREED_LATER, Indicator, Measure, Polarity, Target
from cpreport.model.period import Period
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import scorecard as rules

_NONE = {"", "-", "–", "n/a", "na", "none", "no target"}
_AGREED_LATER = {AGREED_LATER, "tba", "tbc", "to be confirmed"}
_LIMITS = {
    Polarity.HIGH: re.compile(r"(?:≥|>=|at least)?\s*(.*?)\s*(?:\+|(?:or|and) (?:more|above|over))?", re.IGNORECASE),
    Polarity.LOW: re.compile(r"(?:≤|<=|at most|no more than)?\s*(.*?)\s*(?:or (?:less|fewer|below))?", re.IGNORECASE),
}
"""How a target is typed as a limit that meets it, by what is good."""


class _Typed(NamedTuple):
    """A target as a cell has it; `value` is None where it is to be agreed, `since` where it holds always."""

    value: Fraction | None
    since: Period | None
    cell: CellRef


def with_targets(
    scorecards: Sequence[NamedScorecard], folder: ReportFolder, now: Period
) -> tuple[ReportFolder, list[Finding]]:
    """The report folder with the targets of scorecards for the indicators whose definitions have none.

    `now` is the reporting period, at which targets of no period are compared.
    """
    findings: list[Finding] = []
    indicators = dict(folder.indicators)
    for scorecard in scorecards:
        typed = defaultdict[str, list[_Typed]](list)
        for name, since, cell in _cells(scorecard, folder):
            if name in indicators:
                read = _read(scorecard, indicators[name], cell)
                findings += [read] if isinstance(read, Finding) else []
                typed[name] += [_Typed(read.value, since, cell)] if isinstance(read, Target) else []
        for name, cells in ((name, cells) for name, cells in typed.items() if cells):
            is_defined = bool(folder.indicators[name].targets or folder.indicators[name].profile)
            if not is_defined and not indicators[name].targets:
                indicators[name] = replace(indicators[name], targets=_targets(cells))
                findings += _earlier(scorecard, indicators[name], cells, now)
            findings += _different(scorecard, indicators[name], cells, now, is_defined)
    return replace(folder, indicators=indicators), findings


def _cells(scorecard: NamedScorecard, folder: ReportFolder) -> Iterator[tuple[str, Period | None, CellRef]]:
    """The cells of targets, each with its indicator and the period from which it holds."""
    for name, line in scorecard.lines:
        for label in line.labels:
            if label.label is Label.TARGET:
                yield name, label.dated(folder.terms), label.cell
        for each in line.figures:
            if each.part is None:
                yield name, each.period, each.cell


def _read(scorecard: NamedScorecard, indicator: Indicator, cell: CellRef) -> Target | Finding | None:
    """A cell's target, or what is wrong with it; None where there is none."""
    value, trait = scorecard.read(cell)
    text = text_of(value).lower()
    place = scorecard.place(cell, indicator.id)
    if text in _AGREED_LATER:
        return Target(None)
    if text in _NONE and not broken(value, trait):
        return None
    limit = _LIMITS.get(indicator.polarity)
    found = limit.fullmatch(value.strip()) if limit and isinstance(value, str) else None
    amount, problem = read_amount(found[1] if found else value, trait, indicator)
    number = per_cent(amount)
    if number is None or number < 0:
        is_broken = problem is not None and problem.rule is not data_rules.NOT_A_NUMBER
        unreadable = rules.TARGET_UNREADABLE.at(place, name=indicator.id, value=shown(value))
        return problem.at(place) if problem and is_broken else unreadable
    if amount.form is not Form.PLAIN and indicator.measure is not Measure.PERCENTAGE:
        return data_rules.UNEXPECTED_PERCENT.at(place, name=indicator.id, part="the target")
    if may_be_either(indicator, amount):
        texts = {"value": f"{float(number):.10g}", "fraction": f"{float(number * 100):.10g}"}
        return data_rules.TWO_READINGS.at(place, name=indicator.id, of="target", more="", **texts)
    return Target(number)


def _targets(cells: Sequence[_Typed]) -> tuple[Target, ...]:
    """The targets of periods, each where it changes; of those without a period, only the first where there are none."""
    dated = sorted((each for each in cells if each.since), key=_begins)
    if not dated:
        return (Target(cells[0].value),)
    first = {_begins(each): each.value for each in reversed(dated)}
    starts = [min(first), *(day for before, day in pairwise(sorted(first)) if first[before] != first[day])]
    return tuple(Target(first[day], day) for day in starts)


def _earlier(
    scorecard: NamedScorecard, indicator: Indicator, cells: Sequence[_Typed], now: Period
) -> Iterator[Finding]:
    """A finding if the newest target until the reporting period is of one that has ended before it."""
    begun = [each for each in cells if each.since and each.since.start <= now.end]
    newest = max(begun, key=_begins, default=None)
    if newest and newest.since and newest.since.end < now.start:
        texts = {"name": indicator.id, "target": _printed(indicator, newest.value), "period": newest.since.label}
        yield rules.TARGET_EARLIER.at(scorecard.place(newest.cell, indicator.id), **texts, now=now.label)


def _begins(typed: _Typed) -> date:
    return typed.since.start if typed.since else date.min


def _different(
    scorecard: NamedScorecard, indicator: Indicator, cells: Sequence[_Typed], now: Period, is_defined: bool
) -> Iterator[Finding]:
    """The cells that say something else than the targets that are used."""
    for each in cells:
        used = _in_force(indicator, each.since or now)
        if used and used.value != each.value:
            here, there = (_printed(indicator, value) for value in (each.value, used.value))
            source = "by its definition" if is_defined else "elsewhere in this sheet"
            texts = {"name": indicator.id, "here": here, "there": there, "source": source}
            yield rules.TARGET_DIFFERS.at(scorecard.place(each.cell, indicator.id), **texts)


def _in_force(indicator: Indicator, period: Period) -> Target | None:
    """The target of a period; of a year to date the year's, and where none is in force yet the next milestone."""
    if indicator.profile:
        return Target(indicator.profile[-1])
    return indicator.target_at(period) or indicator.milestone_after(period)


def _printed(indicator: Indicator, value: Fraction | None) -> str:
    return AGREED_LATER if value is None else indicator.printed_target(value)
