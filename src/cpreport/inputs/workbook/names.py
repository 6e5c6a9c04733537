"""The names that rows give: of indicators and series, of today or former, of this report or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cpreport.inputs.workbook.meaning import noted, shown, text_of
from cpreport.inputs.workbook.tables import SheetTable
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator
from cpreport.model.rules.data import INDICATOR_NOT_TEXT


@dataclass(frozen=True)
class Names:
    """What a row may name: the ids of indicators and series, found without regard to case.

    `former` are earlier ids of indicators, each with the one of today; `others` the names of other reports;
    `definitions` those of the indicators, as far as it matters what they are.
    """

    indicators: frozenset[str]
    series: frozenset[str]
    former: tuple[tuple[str, str], ...] = ()
    others: tuple[Names, ...] = ()
    definitions: Mapping[str, Indicator] = field(default_factory=dict, hash=False)

    def find(self, text: str) -> str | None:
        """The id that a text means, whether it is the one of today or a former one."""
        return text if text in self.indicators or text in self.series else self._by_lower.get(text.lower())

    def is_of_another(self, text: str) -> bool:
        """Whether another report that may share the workbook has the name."""
        return any(other.find(text) for other in self.others)

    @property
    def all(self) -> list[str]:
        """The names of today."""
        return [*self.indicators, *self.series]

    @cached_property
    def _by_lower(self) -> Mapping[str, str]:
        every = (*self.former, *((name, name) for name in self.all))
        return {text.lower(): name for text, name in every}


def names_of(folder: ReportFolder) -> Names:
    """What a row of a report's workbook may name."""
    others, former = tuple(map(names_of, folder.others)), tuple(folder.renamed.items())
    return Names(frozenset(folder.indicators), frozenset(folder.series), former, others, folder.indicators)


def name_not_text(table: SheetTable, row: int, find: Callable[[str], object]) -> Finding | None:
    """A finding if Excel has made a number or a date of the name in an Indicator cell, or it has a raised sign.

    `find` gives what a name stands for, if anything.
    """
    column = table.columns["indicator"]
    value = table.value(row, column)
    if not isinstance(value, str):
        kind = "date" if isinstance(value, date) else "number"
        return INDICATOR_NOT_TEXT.at(table.place(row, column), kind=kind, value=shown(value))
    text = text_of(value)
    problem = None if text.isascii() or find(text) else noted(text, find)
    return problem.at(table.place(row, column)) if problem else None
