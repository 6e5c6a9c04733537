"""What templates see of a breakdown: counts and shares that print as its table prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from cpreport.compose.breakdowns import (
    SHARE_DECIMALS,
    TOTAL,
    BreakdownColumn,
    BreakdownFigure,
    breakdown_view,
    category_basis,
    counts_of,
    find_breakdown,
    view_of,
)
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import Printed, Quantity, Words, in_words
from cpreport.model.document import OTHER_VALUE
from cpreport.model.figure import State
from cpreport.model.finding import nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown, category_key
from cpreport.model.period import Period
from cpreport.model.workbook import BreakdownCount, Workbook
from cpreport.model.working import Basis, ShownFigure

_EACH = " each"
"""What follows the numbers of several categories that are the largest together."""


class CategoryValue(Printed):
    """A category's count and share. Prints as `153 (24.9%)`; where there is nothing, as the words for why.

    `name` is what it is called. Of several that are the largest together it has all names, and `each` follows the
    numbers, which are those of every one.
    """

    def __init__(
        self, name: str | Words, figure: BreakdownFigure, bases: tuple[Basis, Basis], missing: str, suffix: str = ""
    ) -> None:
        self._figure, self._suffix, self._missing = figure, suffix, missing
        self._of_count, self._of_share = bases
        is_there = figure.state is State.PRESENT
        text, share = (figure.count_text, figure.share_text) if is_there else (figure.state.value, "")
        text = f"{text} ({share})" if is_there and figure.count is not None else share or text
        source = replace(OTHER_VALUE, basis=self._of_share if figure.count is None else self._of_count)
        super().__init__(text + (suffix if is_there else ""), source, missing="" if is_there else missing)
        self.name = name

    @property
    def count(self) -> Quantity | Words:
        count = self._figure.count
        if count is None and self._figure.state is State.PRESENT:
            raise TemplateMistake(f"{self.name} has a share, and no count")
        return self.number(None if count is None else Fraction(count), 0, self._suffix, self._of_count)

    @property
    def share(self) -> Quantity | Words:
        """In per cent of its group, or of all where no group is named; in words where the total is 0."""
        if self._figure.share is None and self._figure.count is not None:
            return Words(State.NO_FIGURE.value, missing=f"{self._missing}: the total is 0")
        return self.number(self._figure.share, SHARE_DECIMALS, f"%{self._suffix}", self._of_share)

    @property
    def shown(self) -> tuple[ShownFigure, ...]:
        """What it prints, as a caption has it."""
        return (ShownFigure(self.text, self.source.basis),) if self.source.basis else ()


class BreakdownValue:
    """A breakdown in one period. Prints as its title.

    A group of None stands for all groups together.
    """

    def __init__(self, breakdown: Breakdown, counts: Iterable[BreakdownCount], period: Period, now: Period) -> None:
        self._breakdown, self._counts, self._period, self._now = breakdown, list(counts), period, now
        self._view = view_of(breakdown, self._counts, [period], now)
        self.title = breakdown.title

    def __str__(self) -> str:
        return self.title

    @property
    def total(self) -> Quantity | Words:
        """What all counts add up to."""
        column = self._column(None)
        return self._value("the total", column, column.total, TOTAL, self._missing("count")).count

    @property
    def year_ago(self) -> BreakdownValue:
        """The same a year before; without any figure where none is kept."""
        return BreakdownValue(self._breakdown, self._counts, self._period.year_earlier(), self._now)

    def category(self, name: object, group: object = None) -> CategoryValue:
        known = self._named("category", name, (count.category for count in self._counts))
        column = self._column(group)
        return self._value(known, column, column.figure(known), known, self._missing("figure", known, group))

    def largest(self, group: object = None) -> CategoryValue:
        """The category with the highest count, or the highest share where only shares are known; all that have it."""
        column, missing = self._column(group), self._missing("largest category", group)
        sizes = {name: each.share if each.count is None else each.count for name, each in column.figures.items()}
        largest = max((size for size in sizes.values() if size), default=None)
        names = [name for name in self._view.categories if largest and sizes.get(name) == largest]
        if not names:
            hidden = next((each for each in column.figures.values() if each.state is not State.PRESENT), None)
            figure = hidden or BreakdownFigure()
            return self._value(Words(figure.state.value, missing=missing), column, figure, "", missing)
        name = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        each = _EACH if names[1:] else ""
        return self._value(name, column, column.figures[names[0]], name, missing, each)

    def _value(
        self,
        name: str | Words,
        column: BreakdownColumn,
        figure: BreakdownFigure,
        category: str,
        missing: str,
        suffix: str = "",
    ) -> CategoryValue:
        of_count, of_share = (
            category_basis(self._breakdown, column, figure, category, is_share) for is_share in (False, True)
        )
        return CategoryValue(name, figure, (of_count, of_share), missing, suffix)

    def _column(self, group: object) -> BreakdownColumn:
        known = None if group is None else self._named("group", group, (count.group for count in self._counts))
        return self._view.column(self._period, known)

    def _named(self, kind: str, name: object, known: Iterable[str]) -> str:
        """The category or group that a name means, whatever its dashes are."""
        names = {category_key(each): each for each in known}
        if not isinstance(name, str) or category_key(name) not in names:
            near = nearest(str(name), filter(None, names.values()))
            raise TemplateMistake(f"{in_words(name)} is not a {kind} of the breakdown {self._breakdown.id}{near}")
        return names[category_key(name)]

    def _missing(self, what: str, *names: object) -> str:
        of = ", ".join(str(name) for name in names if name)
        return f"the breakdown {self._breakdown.id} has no {what} {f'of {of} ' if of else ''}for {self._period}"


def breakdown_value(id: object, workbook: Workbook, folder: ReportFolder) -> BreakdownValue:
    """What `breakdown("ages")` gives; it must have counts for the reporting period."""
    breakdown = find_breakdown(id, folder)
    breakdown_view(breakdown, workbook)
    return BreakdownValue(breakdown, counts_of(breakdown, workbook), workbook.period, workbook.period)
