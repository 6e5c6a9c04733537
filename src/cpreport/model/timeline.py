"""An indicator's figures over time, and the tables they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import NOTHING_THERE, Benchmark, Direction, Figure, Given, Stance, State, outside_life
from cpreport.model.folder import Comparator, Condition, ReportFolder, Slot, TableColumns
from cpreport.model.indicator import Change, CumulativeYear, Indicator, Source
from cpreport.model.peers import PeerFigures, Peers
from cpreport.model.period import Kind, Period
from cpreport.model.revision import Revision
from cpreport.model.status import MISSED, StatusWord, TargetStatus


@dataclass(frozen=True, slots=True)
class Cumulative:
    """The year to date.

    `since` is its first period where that is not the year's (the indicator is new, or the series breaks there), `until`
    its last period with data where later ones are missing; else None.
    """

    state: State
    value: Fraction | None = None
    count: Fraction | None = None
    total: Fraction | None = None
    since: Period | None = None
    until: Period | None = None


class SpecialCause(Enum):
    """Why a figure is more than chance."""

    ABOVE = "above the upper limit"
    BELOW = "below the lower limit"
    SHIFT = "seven on one side of the mean"
    TREND = "seven that rise or fall"
    NEAR_LIMIT = "two of three near a limit"


class Variation(NamedTuple):
    """The chart's mean and limits, in the printed unit, and why its newest figure is more than chance, if it is."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    causes: tuple[SpecialCause, ...] = ()


class Verdict(Enum):
    """What a comparison comes to, in the canonical words.

    HIGHER and LOWER are differences where no direction is good; NO_CLEAR_CHANGE is one that may be chance, SIMILAR the
    same of a benchmark; CANNOT_TELL: too little is known of the figures; NOT_COMPARED: with another basis or time.
    """

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no clear change"
    SIMILAR = "similar"
    TOO_FEW = "too few to say"
    CANNOT_TELL = "cannot tell"
    NOT_COMPARED = "not compared"


class Judgement(NamedTuple):
    """What the newest figure says against earlier ones.

    `since` is the period of the figure that it was compared with; None where that was the chart of its figures
    (`is_charted`), or nothing. `cause` is why the chart calls it more than chance, if it does.
    """

    verdict: Verdict
    since: Period | None = None
    is_charted: bool = False
    cause: SpecialCause | None = None


_STATUSES = {
    Condition.MISSED_TARGET: MISSED,
    Condition.OFF_TARGET: (StatusWord.OFF_TARGET,),
    Condition.CLOSE_TO_TARGET: (StatusWord.CLOSE,),
}
"""The statuses that meet a condition."""

UNJUDGED = Judgement(Verdict.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All figures of an indicator in order of time, and what they are compared with.

    `now` is the newest period its table shows (offset 0), `due` the newest whose figure should be there by now.
    `directions` are those of every figure since one period earlier; `stances` those of the newest figure, by
    comparator, as are `benchmarks`, the newest ones. `statuses` are those of figures that have a target. `cumulative`
    is the year to date, where the indicator has one; `years_to_date` those of all periods, where tables print them
    instead of figures. `variation` is what a control chart says, where there are figures enough; `charted` are its
    points' periods, in order, with why each is more than chance, if it is. `judgement` is what the newest figure says
    against earlier ones, `merits` what it says against benchmarks, by comparator. `revisions` are what the first report
    that printed a figure gave, where that was something else, `restated` what the report that the month is compared
    with gave. `changes` are those of its definition by the period in which each begins, in order; `breaks` the periods
    whose figures are not comparable with earlier ones. `benchmark_history` are all benchmarks by comparator, oldest
    first.
    """

    indicator: Indicator
    figures: Mapping[Period, Figure]
    now: Period
    due: Period
    directions: Mapping[Period, Direction] = field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    stances: Mapping[str, Stance] = field(default_factory=dict)
    cumulative: Cumulative | None = None
    years_to_date: Mapping[Period, Cumulative] = field(default_factory=dict)
    variation: Variation | None = None
    charted: Mapping[Period, SpecialCause | None] = field(default_factory=dict)
    statuses: Mapping[Period, TargetStatus] = field(default_factory=dict)
    judgement: Judgement = UNJUDGED
    merits: Mapping[str, Verdict] = field(default_factory=dict)
    revisions: Mapping[Period, Revision] = field(default_factory=dict)
    restated: Mapping[Period, Revision] = field(default_factory=dict)
    changes: tuple[tuple[Period, Change], ...] = ()
    breaks: frozenset[Period] = frozenset()
    benchmark_history: Mapping[str, tuple[Benchmark, ...]] = field(default_factory=dict)

    @property
    def newest(self) -> Figure:
        """The figure of the newest period that is due, or there before it is; of the last one of a life that ended."""
        now = self.now.ordinal
        for figure in reversed([*self.figures.values()]):
            if figure.period.ordinal <= now and figure.state not in (State.NOT_DUE, State.ENDED):
                return figure
        return self.at(self.now)

    @property
    def status(self) -> TargetStatus:
        """The status of the newest figure."""
        return self.statuses.get(self.newest.period, TargetStatus())

    @property
    def is_worse(self) -> bool:
        """Whether the newest figure is judged worse, and not only by chance."""
        return self.judgement.verdict is Verdict.WORSE

    def shows(self, condition: Condition) -> bool:
        """Whether the newest figure meets a condition."""
        if words := _STATUSES.get(condition):
            return self.status.word in words
        is_met = self.is_worse if condition is Condition.WORSE else self.judgement.cause is not None
        return is_met and self.newest.value is not None

    @property
    def is_over(self) -> bool:
        """Whether its life ended and its last period was due in an earlier report, so that no table shows it."""
        return self.indicator.ended_before(self.due)

    def break_between(self, one: Period, other: Period) -> Period | None:
        """The newest period at which the series breaks, so that figures of these two cannot be compared, or None."""
        earlier, later = sorted((one, other))
        return max((period for period in self.breaks if earlier < period <= later), default=None)

    def at(self, period: Period) -> Figure:
        """The figure of a period; one that says why it is missing where the workbook has none."""
        missing = State.BLANK if period <= self.due else State.NOT_DUE
        return self.figures.get(period) or Figure(period, outside_life(self.indicator, period) or missing)

    def until_now(self) -> list[Figure]:
        """The figures up to the newest that its table shows, oldest first."""
        return [figure for period, figure in self.figures.items() if period.ordinal <= self.now.ordinal]

    def last(self, number: int, until: Period) -> list[Figure]:
        """The figures of so many periods, oldest first, `until` included."""
        return [self.at(until.shift(-back)) for back in reversed(range(number))]


class TablePlan(NamedTuple):
    """Indicators that stand in one table, as it shows them, and the periods of its columns in order.

    `year_end` and `last_report` are those of more columns; None where there is none, or where `periods` have it.
    A table with periods of its own that does not show the newest figures `is_past`: it says nothing of them.
    """

    kind: Kind
    timelines: tuple[Timeline, ...]
    periods: tuple[Period, ...]
    comparators: tuple[Comparator, ...]
    cumulative: CumulativeYear | None = None
    year_end: Period | None = None
    last_report: Period | None = None
    is_past: bool = False

    @property
    def shown(self) -> tuple[Period, ...]:
        """The periods of all columns in order."""
        return tuple(sorted({*self.periods, *filter(None, (self.year_end, self.last_report))}))


Versions = Mapping[Period, Timeline]
"""An indicator's timelines by each period that can be the newest of a table with it, newest first; at least one."""

Compared = Mapping[tuple[Source, ...], tuple[Period, ...]]
"""The periods in which sources that report.toml compares are held against each other, in order, by these sources."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every indicator's timelines by its id, each section's tables by its id, and what is held against figures.

    `timelines` are as the first section's table has them that shows the indicator; without one, as a table of its own
    would. `periods` are those for which the sources that report.toml compares have entries, by these sources and in
    order; carried entries count only where no others are there. `given` is what a source has in each of these periods,
    and what a breakdown breaks down, with its marks and, where a series carries, the entry in force. What may be
    published has neither. `last_report` is the period that the board saw last, where it is given. `peers` are what
    other authorities publish.
    """

    versions: Mapping[str, Versions]
    timelines: Mapping[str, Timeline]
    tables: Mapping[str, tuple[TablePlan, ...]]
    given: Mapping[tuple[Source, Period], Given]
    periods: Compared
    last_report: Period | None = None
    peers: Peers = field(default_factory=dict)

    def mapped(self, change: Callable[[Timeline], Timeline], folder: ReportFolder) -> Figures:
        """The figures with each timeline changed, also in the tables."""
        versions = {
            name: {now: change(timeline) for now, timeline in each.items()} for name, each in self.versions.items()
        }
        return replace(figures_of(versions, folder, self.given, self.periods, self.last_report), peers=self.peers)

    def as_in(self, section: str) -> Figures:
        """The figures with timelines as a section's own tables have them, where they show the indicator."""
        own = {timeline.indicator.id: timeline for table in self.tables[section] for timeline in table.timelines}
        is_same = all(self.timelines[name] is timeline for name, timeline in own.items())
        return self if is_same else replace(self, timelines={**self.timelines, **own})

    def peers_of(self, name: str) -> dict[str, PeerFigures]:
        """What peers publish of an indicator, by their groups."""
        return {group: of_group[name] for group, of_group in self.peers.items() if name in of_group}

    @property
    def in_tables(self) -> Iterator[Timeline]:
        """The timelines of the sections' tables, in order."""
        return (timeline for table in self.tables.values() for plan in table for timeline in plan.timelines)

    def is_owed(self, comment: Slot) -> bool:
        """Whether there must be a comment, as the newest figure of its indicator shows."""
        timeline = self.timelines[comment.indicator]
        is_called_for = not comment.required_when or any(map(timeline.shows, comment.required_when))
        return comment.required and is_called_for and not timeline.is_over

    @property
    def shown(self) -> frozenset[tuple[str, Period]]:
        """The ids of indicators with each period that a table shows of them."""
        plans = (plan for table in self.tables.values() for plan in table)
        return frozenset(
            (timeline.indicator.id, period) for plan in plans for timeline in plan.timelines for period in plan.shown
        )


def figures_of(
    versions: Mapping[str, Versions],
    folder: ReportFolder,
    given: Mapping[tuple[Source, Period], Given],
    periods: Compared,
    last_report: Period | None = None,
) -> Figures:
    """The figures with the tables that a report folder's sections make of them."""
    tables = {
        each.id: plan_tables(each.indicators, versions, folder, last_report, each.periods) for each in folder.sections
    }
    every = [timeline for plans in tables.values() for plan in plans for timeline in plan.timelines]
    shown = {timeline.indicator.id: timeline for timeline in reversed(every)}
    timelines = {name: shown.get(name) or each[_newest_shown([each])] for name, each in versions.items()}
    return Figures(versions, timelines, tables, given, periods, last_report)


def plan_tables(
    names: Iterable[str],
    versions: Mapping[str, Versions],
    folder: ReportFolder,
    last_report: Period | None = None,
    periods: Sequence[Period | int] = (),
) -> tuple[TablePlan, ...]:
    """The tables that some indicators stand in: one for each kind of period, and cumulative ones apart, in order.

    An indicator that ended stands in them until its last period has been due. `periods`, or offsets, are those of all
    their columns; without any they are the report's.
    """
    groups: dict[tuple[Kind, CumulativeYear | None], list[Versions]] = {}
    for name in names:
        timeline = next(iter(versions[name].values()))
        if not timeline.is_over:
            groups.setdefault((timeline.now.kind, timeline.indicator.year_apart), []).append(versions[name])
    return tuple(_table(group, folder, last_report, periods) for group in groups.values())


def _table(
    group: Sequence[Versions], folder: ReportFolder, last_report: Period | None, own: Sequence[Period | int]
) -> TablePlan:
    now = _newest_shown(group)
    columns, more = (own, TableColumns()) if own else (folder.offsets[now.kind.frequency], folder.tables)
    periods = tuple(now.shift(each) if isinstance(each, int) else each for each in columns)
    seen = last_report if more.last_report and last_report and last_report.kind is now.kind else None
    ended = periods[-1].last_year_end if more.year_end else None
    has_ended = ended is not None and any(each[now].at(ended).state not in NOTHING_THERE for each in group)
    timelines = tuple(versions[now] for versions in group)
    benchmarks = (each for timeline in timelines for each in timeline.benchmarks.values())
    compared = {each.comparator for each in benchmarks if each.amount.state not in (State.BLANK, State.NO_FIGURE)}
    return TablePlan(
        kind=now.kind,
        timelines=timelines,
        periods=periods,
        comparators=tuple(each for each in folder.comparators if each.always or each.id in compared),
        cumulative=timelines[0].indicator.year_apart,
        year_end=ended if has_ended and ended not in periods else None,
        last_report=seen if seen not in periods else None,
        is_past=bool(own) and periods[-1] != now,
    )


def _newest_shown(group: Sequence[Versions]) -> Period:
    """Offset 0 of a table: the newest period that is due for one of its indicators, or has a figure of one."""
    *newer, due = min(group, key=len)
    figures = (versions[period].at(period) for period in newer for versions in group)
    return next((figure.period for figure in figures if figure.state not in NOTHING_THERE), due)
