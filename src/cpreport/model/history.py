"""An indicator's figures over time, and the tables they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cpreport.model.figure import Benchmark, Direction, Figure, Given, Stance, State, outside_life
from cpreport.model.folder import Comparator
from cpreport.model.indicator import Change, CumulativeYear, Indicator, Source
from cpreport.model.period import Kind, Period
from cpreport.model.revision import Revision
from cpreport.model.variation import Variation


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


@dataclass(frozen=True, slots=True)
class History:
    """All figures of an indicator in order of time, and what they are compared with.

    `now` is the newest period its table shows (offset 0), `due` the newest whose figure should be there by now.
    `directions` are those of every figure since one period earlier; `stances` those of the newest figure, by
    comparator, as are `benchmarks`. `cumulative` is the year to date, where the indicator has one; `variation` what a
    control chart says, where a slot asks and there are figures enough. `revisions` are what the first report that
    printed a figure gave, where that was something else, `restated` what the report that the month is compared with
    gave. `changes` are those of its definition by the period in which each begins, in order; `breaks` the periods whose
    figures are not comparable with earlier ones.
    """

    indicator: Indicator
    figures: Mapping[Period, Figure]
    now: Period
    due: Period
    directions: Mapping[Period, Direction]
    benchmarks: Mapping[str, Benchmark]
    stances: Mapping[str, Stance] = field(default_factory=dict)
    cumulative: Cumulative | None = None
    variation: Variation | None = None
    revisions: Mapping[Period, Revision] = field(default_factory=dict)
    restated: Mapping[Period, Revision] = field(default_factory=dict)
    changes: tuple[tuple[Period, Change], ...] = ()
    breaks: frozenset[Period] = frozenset()

    @property
    def newest(self) -> Figure:
        """The figure of the newest period that is due, or there before it is; of the last one of a life that ended."""
        newest_first = reversed(self.until_now())
        there = (figure for figure in newest_first if figure.state not in (State.NOT_DUE, State.ENDED))
        return next(there, None) or self.at(self.now)

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


@dataclass(frozen=True, slots=True)
class TablePlan:
    """Indicators that stand in one table, as it shows them, and the periods of its columns in order."""

    kind: Kind
    histories: tuple[History, ...]
    periods: tuple[Period, ...]
    comparators: tuple[Comparator, ...]
    cumulative: CumulativeYear | None = None


Summary = Callable[[Sequence[Figure]], Figure | None]
"""What several figures come to, as one figure; None where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every indicator's history, each section's tables by its id, and how figures are put together on demand.

    A history is as the first section's table has it that shows the indicator; without one, as a table of its own would.
    `plan` gives the tables of any indicators, by their ids. `given` is what a source has for a period, with its marks
    and, where a series carries, the entry in force. `periods` are those for which some sources have entries; carried
    entries count only where no others are there.
    """

    histories: Mapping[str, History]
    tables: Mapping[str, tuple[TablePlan, ...]]
    plan: Callable[[Sequence[str]], tuple[TablePlan, ...]]
    mean: Summary
    peak: Summary
    low: Summary
    given: Callable[[Source, Period], Given]
    periods: Callable[[Sequence[Source]], frozenset[Period]]

    def mapped(self, change: Callable[[History], History]) -> Figures:
        """The figures with each history changed, also in the tables that are made on demand."""
        plan = self.plan

        def changed(tables: Sequence[TablePlan]) -> tuple[TablePlan, ...]:
            return tuple(replace(table, histories=tuple(map(change, table.histories))) for table in tables)

        return replace(
            self,
            histories={name: change(history) for name, history in self.histories.items()},
            tables={section: changed(tables) for section, tables in self.tables.items()},
            plan=lambda names: changed(plan(names)),
        )

    def as_in(self, section: str) -> Figures:
        """The figures with histories as a section's own tables have them, where they show the indicator."""
        own = {history.indicator.id: history for table in self.tables[section] for history in table.histories}
        return replace(self, histories={**self.histories, **own})

    @property
    def shown(self) -> frozenset[tuple[str, Period]]:
        """The ids of indicators with each period that a table shows of them."""
        plans = (plan for table in self.tables.values() for plan in table)
        return frozenset(
            (history.indicator.id, period) for plan in plans for history in plan.histories for period in plan.periods
        )
