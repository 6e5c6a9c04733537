"""What a template asks of one table of indicators: each option checked alone, then all against the figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from cpreport.compose.environment import CONTROL, TemplateMistake
from cpreport.compose.periods import parsed_period
from cpreport.compose.quantity import in_words
from cpreport.compose.tables import indicator_tables
from cpreport.compose.wording import pair_lines
from cpreport.model.document import Block
from cpreport.model.figure import NOTHING_THERE
from cpreport.model.finding import nearest
from cpreport.model.folder import Comparator, ReportFolder, SectionPlan, TableLook
from cpreport.model.indicator import Measure
from cpreport.model.period import Period
from cpreport.model.timeline import Figures, TablePlan, Timeline, plan_tables

MOST_COLUMNS = 48
"""How many columns of periods a table may have: Word has no more than 63."""

LONGEST_CAPTION = 200
Reader = Callable[[str, object, ReportFolder], Any]
"""Gives an option's value by its name and what is typed; raises TemplateMistake for what it may not be."""

_Column = TypeVar("_Column", int, Period)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,29}")


class TableOptions(NamedTuple):
    """What a table's tag says of it. Empty, or None, is what it is without the option."""

    periods: tuple[Period, ...] | tuple[int, ...] = ()
    pairs: bool = False
    labels: str = "period"
    caption: str = ""
    direction: bool = True
    comparators: tuple[Comparator, ...] | None = None
    target: bool | None = None
    status: bool | None = None
    name: str = ""

    def folder(self, folder: ReportFolder) -> ReportFolder:
        """The report folder with the columns that the table has."""
        comparators = folder.comparators if self.comparators is None else self.comparators
        look = TableLook(self.target, self.status, self.pairs, self.labels == "date")
        return replace(folder, comparators=comparators, look=look)


def tables_with(
    options: Mapping[str, object], names: Sequence[str], figures: Figures, folder: ReportFolder, section: SectionPlan
) -> tuple[Block, ...]:
    """The tables of some indicators with the options of their tag, in a section.

    Raises TemplateMistake for an option that is not known or does not fit the figures.
    """
    asked = read_options(options, folder)
    own = asked.folder(folder)
    plans = plan_tables(names, figures.versions, own, figures.last_report, asked.periods or section.periods)
    if problem := next(_unfit(plans, asked), None):
        raise TemplateMistake(problem)
    shown = plans if asked.direction else map(_without_directions, plans)
    return indicator_tables([*shown], own, section.title, asked.caption, asked.name)


def read_options(given: Mapping[str, object], folder: ReportFolder) -> TableOptions:
    """The options, each as it may be alone; raises TemplateMistake where one may not."""
    options = TableOptions(**each_read("indicator_table", given, _READERS, folder))
    if (number := len(options.periods) * (1 + options.pairs)) > MOST_COLUMNS:
        raise TemplateMistake(f"periods gives {number} columns; a table has at most {MOST_COLUMNS}")
    return options


def each_read(
    function: str, given: Mapping[str, object], readers: Mapping[str, Reader], folder: ReportFolder
) -> dict[str, Any]:
    """The options of a function, each as its reader takes it; raises TemplateMistake for one that it does not have."""
    for name in given:
        if name not in readers:
            raise TemplateMistake(f"{function}(…) has no option {name!r}{nearest(name, readers)}")
    return {name: readers[name](name, value, folder) for name, value in given.items()}


def _periods(name: str, value: object, folder: ReportFolder) -> tuple[Period, ...] | tuple[int, ...]:
    listed = _listed(name, value, '["Jun 23", "Jul 23"] or [-1, 0]')
    if not listed:
        raise TemplateMistake("periods is an empty list: give at least one, or leave it out")
    offsets = tuple(each for each in listed if isinstance(each, int) and not isinstance(each, bool))
    if len(offsets) == len(listed):
        if late := next((each for each in offsets if each > 0), None):
            raise TemplateMistake(f"{late} is not an offset: 0 is the newest period, -1 the one before it")
        return _in_order(offsets)
    if others := [each for each in listed if not isinstance(each, str)]:
        raise TemplateMistake(f'{in_words(others[0])} is not a period: give texts such as "Jul 23", or only offsets')
    periods = tuple(parsed_period(each, folder.terms) for each in listed)
    if other := next((each for each in periods if each.kind is not periods[0].kind), None):
        raise TemplateMistake(f"{periods[0]} is a {periods[0].kind.value}, but {other} is a {other.kind.value}")
    return _in_order(periods)


def _in_order(columns: tuple[_Column, ...]) -> tuple[_Column, ...]:
    if columns != tuple(sorted({*columns})):
        raise TemplateMistake("periods must be in order, each once, the oldest first")
    return columns


def read_comparators(name: str, value: object, folder: ReportFolder) -> tuple[Comparator, ...]:
    known = {each.id: each for each in folder.comparators}
    found = []
    for id in _listed(name, value, str([*known][:2])):
        if id not in known:
            raise TemplateMistake(f"{in_words(id)} is not a comparator of this report{nearest(str(id), known)}")
        found.append(known[str(id)])
    if len({*found}) < len(found):
        raise TemplateMistake("comparators has one of them twice")
    return tuple(found)


def read_flag(name: str, value: object, _: ReportFolder) -> bool:
    if not isinstance(value, bool):
        raise TemplateMistake(f"{name} must be true or false, without quotes, not {in_words(value)}")
    return value


def _labels(name: str, value: object, _: ReportFolder) -> str:
    known = ("period", "date")
    if value not in known:
        raise TemplateMistake(f'{name} must be "period" or "date", not {in_words(value)}{nearest(str(value), known)}')
    return str(value)


def read_caption(name: str, value: object, _: ReportFolder) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_CAPTION or CONTROL.search(text):
        raise TemplateMistake(f"{name} must be a text of 1 to {LONGEST_CAPTION} characters")
    return text


def read_name(name: str, value: object, _: ReportFolder) -> str:
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise TemplateMistake(f'{name} must be a text of up to 30 letters, digits and -, such as "tab-rates"')
    return value


def _listed(name: str, value: object, such: str) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise TemplateMistake(f"{name} must be a list such as {such}, not {in_words(value)}")
    return value


_READERS: Mapping[str, Reader] = {
    "periods": _periods,
    "pairs": read_flag,
    "labels": _labels,
    "caption": read_caption,
    "direction": read_flag,
    "comparators": read_comparators,
    "target": read_flag,
    "status": read_flag,
    "name": read_name,
}
"""How each option is read."""


def _unfit(plans: Sequence[TablePlan], asked: TableOptions) -> Iterator[str]:
    """Why the options cannot be had of these tables."""
    for plan in plans:
        first, newest = plan.timelines[0], plan.timelines[0].now
        if asked.periods and (kind := plan.periods[0].kind) is not plan.kind:
            yield f"periods are {kind.value}s, but {first.indicator.id} has a figure for each {plan.kind.value}"
        elif plan.periods[-1] > newest:
            yield f"{plan.periods[-1]} is after {newest}, the newest period of the table"
        elif isinstance(next(iter(asked.periods), 0), Period) and plan.periods[0] < (oldest := _oldest(plan)):
            yield f"{plan.periods[0]} is before {oldest}, the first period with figures of the table's indicators"
        elif (asked.target or asked.status) and plan.is_past:
            yield f"targets and statuses are those of {newest}, which is not one of the table's periods"
    if asked.name and len(plans) > 1:
        yield f"name is that of one table, but these indicators make {len(plans)}"
    timelines = [timeline for plan in plans for timeline in plan.timelines]
    if asked.pairs and timelines and not any(map(_has_pair, timelines)):
        yield 'pairs needs a rate or percentage with shows = "count" or "fraction" in indicators.toml'


def _oldest(plan: TablePlan) -> Period:
    """The first period of which one of a table's indicators has a figure, or a marker; the newest if none has any."""
    figures = (figure for timeline in plan.timelines for figure in timeline.figures.values())
    there = (figure.period for figure in figures if figure.state not in NOTHING_THERE)
    return min(there, default=plan.timelines[0].now)


def _has_pair(timeline: Timeline) -> bool:
    is_number = timeline.indicator.measure is Measure.NUMBER
    return not is_number and any(pair_lines(timeline, period)[0] for period in timeline.figures)


def _without_directions(plan: TablePlan) -> TablePlan:
    """A table whose indicators have no direction of travel."""
    indicators = (replace(timeline.indicator, direction=False) for timeline in plan.timelines)
    both = zip(plan.timelines, indicators, strict=True)
    return plan._replace(timelines=tuple(replace(timeline, indicator=indicator) for timeline, indicator in both))
