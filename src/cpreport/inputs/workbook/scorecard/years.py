"""Which periods the columns of a scorecard are: what a heading lacks, others must settle; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.headings import Relative, Unclear, When, Yearless
from cpreport.inputs.workbook.scorecard.values import Open
from cpreport.model.indicator import CumulativeYear
from cpreport.model.period import MONTHS, Kind, Period, Terms

_YEARS = (Kind.YEAR, Kind.CALENDAR_YEAR)
_QUARTER, _TERM = Kind.QUARTER, Kind.TERM

ByYear = Mapping[CumulativeYear, Period]
"""The period that a heading names if a year such as 2023/24 is a financial one, and if it is an academic one."""


class Dated(NamedTuple):
    """A column whose headings speak of periods. `at` is the lowest of them; `has_figures`: a figure stands below it."""

    column: int
    at: Position
    whens: tuple[When, ...]
    has_figures: bool

    @property
    def year(self) -> Period | None:
        """The year that is said apart from the month, quarter or term."""
        years = (when for when in self.whens if isinstance(when, Period) and when.kind in _YEARS)
        return next(years, None)


class Doubt(NamedTuple):
    """Why it is not known which period a column is, as a question."""

    open: Open
    at: Position
    text: str


@dataclass
class _Said:
    """What headings say of their columns, by how much is missing; `under_years` are months below a year."""

    found: dict[int, Period] = field(default_factory=dict)
    doubts: dict[int, Doubt] = field(default_factory=dict)
    yearless: dict[int, Yearless] = field(default_factory=dict)
    under_years: list[tuple[Dated, ByYear]] = field(default_factory=list)

    def add(self, of: Dated, joined: Period | Yearless | Relative | Unclear | ByYear) -> None:
        match joined:
            case Period():
                self.found[of.column] = joined
            case Yearless():
                self.yearless[of.column] = joined
            case Unclear(readings):
                self.doubts[of.column] = Doubt(Open.PERIOD, of.at, readings)
            case Relative():
                self.doubts[of.column] = Doubt(Open.PERIOD, of.at, "")
            case _:
                self.under_years.append((of, joined))


def settle(
    columns: Sequence[Dated], terms: Terms, newest: Period | None = None
) -> tuple[dict[int, Period], dict[int, Doubt]]:
    """The columns whose periods are certain, and the others with their questions.

    A year comes from a heading above, from neighbours that follow each other without a gap, or from `newest`.
    """
    said = _Said()
    for each in columns:
        joined = _joined(each.whens, terms)
        before = _before(newest, joined) if isinstance(joined, Relative) else None
        said.add(each, before or joined)
    certain, unsettled = _in_years(said.under_years, columns, newest)
    found = said.found | certain
    doubts = said.doubts | unsettled
    known: dict[int, Period | Yearless] = {**said.yearless, **found}
    for kind in (Kind.MONTH, _QUARTER, _TERM):
        of_kind = [each for each in columns if each.column in known and known[each.column].kind is kind]
        from_run, open_runs = _from_neighbours(of_kind, found, said.yearless, terms, newest)
        found |= from_run
        doubts |= open_runs
    return found, doubts


def _before(newest: Period | None, said: Relative) -> Period | None:
    """A period such as last month; None where it is not known which one is the newest of its kind."""
    if newest is None or said.unit not in ("", "period", newest.kind.frequency.value):
        return None
    period = newest.shift(-said.periods)
    for _ in range(said.years):
        period = period.year_earlier()
    return period


def _joined(whens: tuple[When, ...], terms: Terms) -> Period | Yearless | Relative | Unclear | ByYear:
    """What the headings above a column say together."""
    if unclear := next((when for when in whens if isinstance(when, Unclear)), None):
        return unclear
    if any(isinstance(when, Relative) for when in whens):
        return whens[0] if len(whens) == 1 else Unclear(_both(whens))
    levels = [[], [], []]  # type: list[list[When]]
    for when in whens:
        kind = when.kind if isinstance(when, Period | Yearless) else Kind.YEAR
        levels[0 if kind is Kind.MONTH else 1 if kind in (_QUARTER, _TERM) else 2].append(when)
    if any(len(level) > 1 for level in levels):
        return Unclear(_both(whens))
    month, part, year = (level[0] if level else None for level in levels)
    if isinstance(part, Yearless) and isinstance(year, Period):
        if year.kind is Kind.CALENDAR_YEAR:
            return Unclear(f"{_name(part, terms)} of a financial or school year, or of the calendar year {year}")
        part = Period(part.kind, year.ordinal * _per_year(part.kind, terms) + part.number, terms)
    elif isinstance(part, Period) and isinstance(year, Period) and not _is_in(part, year, terms):
        return Unclear(_both(whens))
    if month is None:
        return part or year or Unclear("")
    return _month_in(month, part, year, terms)


def _month_in(month: When, part: When | None, year: When | None, terms: Terms) -> Period | Yearless | Unclear | ByYear:
    """A month below a quarter or term, and a year, as far as these are said."""
    if isinstance(part, Period):
        inside = [each for each in _months_of(part) if month in (each, Yearless(Kind.MONTH, each.ordinal % 12))]
        return inside[0] if inside else Unclear(_both((month, part)))
    if isinstance(part, Yearless):
        first = Period(part.kind, 2000 * _per_year(part.kind, terms) + part.number, terms)
        if _number(month) not in [each.ordinal % 12 for each in _months_of(first)]:
            return Unclear(_both((month, part)))
    if not isinstance(year, Period):
        return month  # type: ignore[return-value]
    if year.kind is Kind.CALENDAR_YEAR:
        inside = [Period(Kind.MONTH, year.ordinal * 12 + _number(month))]
        is_in = month in (inside[0], Yearless(Kind.MONTH, _number(month)))
        return dict.fromkeys(CumulativeYear, inside[0]) if is_in else Unclear(_both((month, year)))
    readings = {}
    for kind in CumulativeYear:
        begins = 4 if kind is CumulativeYear.FINANCIAL else terms[0].first
        number = _number(month)
        meant = Period(Kind.MONTH, (year.ordinal + (number + 1 < begins)) * 12 + number)
        if month in (meant, Yearless(Kind.MONTH, number)):
            readings[kind] = meant
    return readings or Unclear(_both((month, year)))


_Group = Sequence[tuple[Dated, ByYear]]
"""The months below one year."""


def _in_years(
    columns: _Group, every: Sequence[Dated], newest: Period | None
) -> tuple[dict[int, Period], dict[int, Doubt]]:
    """Months below years such as 2023/24, each read as the months of all such years run on.

    The months of a year must follow each other, or run backwards; where both kinds of years let them, only those months
    are certain that both have.
    """
    groups = [list(group) for _, group in groupby(columns, key=lambda each: each[0].year)]
    of_calendar = [group for group in groups if _is_calendar(group)]
    of_pairs = [group for group in groups if not _is_calendar(group)]
    found: dict[int, Period] = {}
    doubts: dict[int, Doubt] = {}
    for group, possible in [
        *((group, _possible([group], every, newest)) for group in of_calendar),
        *((group, kinds) for kinds in [_possible(of_pairs, every, newest)] for group in of_pairs),
    ]:
        readings = [_run_text([by_year[kind] for _, by_year in group]) for kind in possible]
        text = " or ".join(dict.fromkeys(readings)) or f"months below {group[0][0].year}"
        for each, by_year in group:
            meant = {by_year[kind] for kind in possible}
            if len(meant) == 1:
                found[each.column] = meant.pop()
            else:
                doubts[each.column] = Doubt(Open.YEAR, group[0][0].at, text)
    return found, doubts


def _is_calendar(group: _Group) -> bool:
    year = group[0][0].year
    return year is not None and year.kind is Kind.CALENDAR_YEAR


def _possible(groups: Sequence[_Group], every: Sequence[Dated], newest: Period | None) -> list[CumulativeYear]:
    """The kinds of years that groups of months, each below a year, may be of, the financial one first."""
    columns = [each for group in groups for each in group]
    if not columns:
        return []
    years = {each.year for each, _ in columns}
    others = {
        CumulativeYear.FINANCIAL: {each.year for each in every if _has_yearless(each, _TERM)},
        CumulativeYear.ACADEMIC: {each.year for each in every if _has_yearless(each, _QUARTER)},
    }
    possible = [
        kind
        for kind in (CumulativeYear.FINANCIAL, CumulativeYear.ACADEMIC)
        if all(kind in by_year for _, by_year in columns)
        and all(_runs_one_way([by_year[kind].ordinal for _, by_year in group]) for group in groups)
        and not years & others[kind]
    ]
    if newest and len(possible) > 1:
        used = [by_year for each, by_year in columns if each.has_figures] or [by_year for _, by_year in columns]
        possible = [kind for kind in possible if max(each[kind] for each in used) == newest] or possible
    if len(possible) > 1 and len(groups) > 1:
        possible = [kind for kind in possible if _is_unbroken([each[kind].ordinal for _, each in columns])] or possible
    return possible


def _has_yearless(column: Dated, kind: Kind) -> bool:
    return any(isinstance(when, Yearless) and when.kind is kind for when in column.whens)


def _is_unbroken(ordinals: Sequence[int]) -> bool:
    """Whether each number is the next one after that before it, or the next one down; some may repeat."""
    return {later - earlier for earlier, later in pairwise(ordinals)} - {0} in ({1}, {-1})


def _runs_one_way(ordinals: Sequence[int]) -> bool:
    """Whether numbers rise, or fall, all along; neighbours may be the same."""
    steps = {later > earlier for earlier, later in pairwise(ordinals) if later != earlier}
    return len(steps) < 2


_Run = list[tuple[Dated, int]]
"""Columns that follow each other without a gap, with how many periods after the first each is."""


def _from_neighbours(
    columns: Sequence[Dated],
    stated: Mapping[int, Period],
    yearless: Mapping[int, Yearless],
    terms: Terms,
    newest: Period | None,
) -> tuple[dict[int, Period], dict[int, Doubt]]:
    """The columns without a year, of one kind of period, from those beside them that have one, or from the newest."""
    found: dict[int, Period] = {}
    doubts: dict[int, Doubt] = {}
    runs, torn = _runs(columns, stated, yearless, terms)
    starts = [{stated[each.column].shift(-place) for each, place in run if each.column in stated} for run in runs]
    from_newest = [_start_by(run, yearless, newest) for run in runs]
    is_one = sum(start is not None for start in from_newest) == 1
    for run, start, by_newest in zip(runs, starts, from_newest, strict=True):
        known = start.pop() if len(start) == 1 else by_newest if is_one and not start else None
        unsaid = [(each, place) for each, place in run if each.column in yearless]
        for each, place in unsaid:
            if known and each.column not in torn:
                found[each.column] = known.shift(place)
            else:
                names = dict.fromkeys(_name(yearless[end.column], terms) for end, _ in (unsaid[0], unsaid[-1]))
                doubts[each.column] = Doubt(Open.YEAR, unsaid[0][0].at, " to ".join(names))
    return found, doubts


def _runs(
    columns: Sequence[Dated], stated: Mapping[int, Period], yearless: Mapping[int, Yearless], terms: Terms
) -> tuple[list[_Run], set[int]]:
    """The columns in runs, each upwards or downwards, and those that may belong to either of two runs."""
    runs: list[_Run] = []
    torn: set[int] = set()
    way = 0
    for each in columns:
        if runs:
            before, place = runs[-1][-1]
            step = _step(before, each, stated, yearless, terms)
            if step in (0, way or step) and step is not None:
                runs[-1].append((each, place + step))
                way = way or step
                continue
            if step is not None:
                torn |= {before.column, each.column}
        runs.append([(each, 0)])
        way = 0
    return runs, torn


def _step(
    before: Dated, after: Dated, stated: Mapping[int, Period], yearless: Mapping[int, Yearless], terms: Terms
) -> int | None:
    """By how many periods a column is later than the one before it: -1, 0 or 1; None where it is another number."""
    first, second = stated.get(before.column), stated.get(after.column)
    if first and second:
        step = second.ordinal - first.ordinal
        return step if abs(step) <= 1 else None
    kind = (first or second or yearless[before.column]).kind
    count = _per_year(kind, terms)
    numbers = [
        period.ordinal % count if period else yearless[each.column].number
        for period, each in ((first, before), (second, after))
    ]
    step = (numbers[1] - numbers[0] + 1) % count - 1
    return step if step <= 1 and count > 2 else None


def _start_by(run: _Run, yearless: Mapping[int, Yearless], newest: Period | None) -> Period | None:
    """The first period of a run whose last one with figures is the newest; None where that is another period."""
    if newest is None or any(each.column not in yearless for each, _ in run):
        return None
    last, place = max(((each, place) for each, place in run if each.has_figures), key=_place, default=run[-1])
    said = yearless[last.column]
    is_newest = said == Yearless(newest.kind, newest.ordinal % newest.per_year)
    return newest.shift(-place) if is_newest else None


def _place(pair: tuple[Dated, int]) -> int:
    return pair[1]


def _per_year(kind: Kind, terms: Terms) -> int:
    """How many periods of a kind a year has."""
    return Period(kind, 0, terms).per_year


def _number(month: When | None) -> int:
    """Of a month, 0 for January."""
    return month.ordinal % 12 if isinstance(month, Period) else month.number if isinstance(month, Yearless) else 0


def _months_of(period: Period) -> Iterator[Period]:
    first = Period(Kind.MONTH, period.start.year * 12 + period.start.month - 1)
    while first.end <= period.end:
        yield first
        first = first.shift(1)


def _is_in(part: Period, year: Period, terms: Terms) -> bool:
    """Whether a quarter or term is in a year: a calendar one, or its financial or school year."""
    if year.kind is Kind.CALENDAR_YEAR:
        return part.start.year == part.end.year == year.ordinal
    return part.ordinal // _per_year(part.kind, terms) == year.ordinal


def _both(whens: Sequence[When | None]) -> str:
    return " or ".join(str(when) for when in whens if isinstance(when, Period))


def _name(said: When, terms: Terms) -> str:
    """A month, quarter or term without its year: `Jul`, `Q1`, `Autumn`."""
    if not isinstance(said, Yearless):
        return str(said)
    match said.kind:
        case Kind.MONTH:
            return MONTHS[said.number][:3]
        case Kind.QUARTER:
            return f"Q{said.number + 1}"
    return terms[said.number].name


def _run_text(run: Sequence[Period]) -> str:
    return " to ".join(dict.fromkeys((run[0].label, run[-1].label))) if run else ""
