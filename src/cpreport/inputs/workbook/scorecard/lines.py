"""The rows below a table's headings: indicators, the parts of their figures, sections, and what is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.columns import Columns, Said
from cpreport.inputs.workbook.scorecard.drafts import Draft, names_part
from cpreport.inputs.workbook.scorecard.headings import Heading, heading_at, heading_of
from cpreport.inputs.workbook.scorecard.values import Label, Line, Open
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import (
    COUNT,
    is_count,
    is_note,
    is_status_colour,
    parts_of,
    why_aside,
    why_no_indicator,
)
from cpreport.inputs.workbook.scorecard.years import Doubt
from cpreport.model.indicator import Part
from cpreport.model.period import Terms

_TOTAL = "it is a total or an average"


@dataclass
class Rows:
    """What the rows of a table are. `section` is the one that they stand in as they are read.

    `coloured` are the cells whose fill may stand for a status, `doubled` those that would be a part of a figure which
    another cell is.
    """

    view: View
    block: Block
    columns: Columns
    terms: Terms
    section: str = ""
    drafts: list[Draft] = field(default_factory=list)
    groups: list[Position] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    coloured: list[Position] = field(default_factory=list)
    doubled: list[Position] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _reheaded: str = ""
    _said_section: str = ""

    def read(self) -> list[Line]:
        """The indicators; the other rows are in `groups` and `unread` afterwards.

        The name of the table is the heading of a section or, above rows such as Actual and Target, an indicator.
        """
        self._waiting += [] if self.block.title is None else [self.block.title]
        for row in self._below:
            of_column = [self.view.plain((row, column)) for column in self.columns.of(Label.SECTION)[:1]]
            self._said_section = "".join(of_column) or self._said_section
            self._read_row(row)
        for row in self._waiting:
            self._leave(row, "it is a note, or an indicator without any figure")
        columns = {*self.columns.figures, *self.columns.of(Label.STATUS)}
        rows = [row for draft in self.drafts for row, _ in draft.rows]
        cells = ((row, column) for row in rows for column in sorted(columns))
        self.coloured = [cell for cell in cells if is_status_colour(self.view.fill(cell))]
        read = [draft.line(self.view, self.columns) for draft in self.drafts]
        self.doubled = [cell for _, doubled in read for cell in doubled]
        return [line for line, _ in read]

    @cached_property
    def _below(self) -> list[int]:
        return [row for row in self.view.rows if self.block.last < row < self.block.end]

    @cached_property
    def _following(self) -> Mapping[int, int]:
        """The row after each row."""
        return dict(pairwise(self._below))

    @cached_property
    def _last_figures(self) -> int:
        """The last row that holds a figure."""
        return max((row for row in self._below if self._has_figures(row)), default=-1)

    def _has_figures(self, row: int) -> bool:
        return self.columns.has_figures(self.view, row)

    def _read_row(self, row: int) -> None:
        view, columns = self.view, self.columns
        title = "" if columns.title is None else view.plain((row, columns.title))
        named = title if columns.parts is None else view.plain((row, columns.parts))
        part = (COUNT,) if is_count(named) else parts_of(named)
        is_part = names_part(title) and not self._has_own_reference(row)
        if reason := self._why_left(row, title, [text for text in (named, title) if not names_part(text)]):
            self._leave(row, reason)
        elif self._repeats_headings(row):
            self._wait(row)
        elif not title:
            self._read_untitled(row, part)
        elif is_part and self._is_part(row, part):
            self._add_part(row, part)
        elif is_part and not _may_be_title(title) and columns.parts is None:
            self._leave(row, "it is a part of a figure, but no indicator that lacks this part is above it")
        elif not self._has_figures(row) and (row > self._last_figures or self._is_alone(row)):
            self._wait(row)
        elif columns.parts is not None and self.drafts and self.drafts[-1].title == title and self._is_part(row, part):
            self.drafts[-1].add(row, part)
        else:
            names_one = columns.parts is None and part in ((Part.NUMERATOR,), (Part.DENOMINATOR,))
            self._begin(row, title, () if names_one else part)

    def _why_left(self, row: int, title: str, names: Sequence[str]) -> str:
        """Why a row is not read; empty where it may be. `names` are what it is called, unless that is a part."""
        if title and self.view.is_unreadable((row, self.columns.title or 0)):
            return "its title cannot be read"
        if self._has_headings(row) and not self._repeats_headings(row):
            self._reheaded = self.view.cell(self._first(row)).a1
            return "its headings name no period"
        if self._reheaded:
            return f"the headings from {self._reheaded} on name no period"
        if why_aside(title) == _TOTAL:
            return _TOTAL
        if title and heading_of(title, self.terms).says_when:
            return "its title is a period"
        return self._why_beside(row, names)

    def _why_beside(self, row: int, names: Sequence[str]) -> str:
        """Why a row says something beside an indicator, by its names; empty for one that may head a section."""
        reason, is_below = next(filter(None, map(why_no_indicator, names)), ""), self._is_below_draft(row)
        if self._is_alone(row) and not (is_below and len(self.drafts[-1].rows) > 1):
            return ""
        if reason and is_below:
            self.drafts[-1].last = row
        return reason

    def _has_headings(self, row: int) -> bool:
        """Whether nothing but headings, such as Actual and England, stands where a row has its figures."""
        cells = [(row, column) for column in self.columns.dated if self.view.has((row, column))]
        if any(self.view.has_figure(cell) and not heading_at(self.view, cell, self.terms).says_when for cell in cells):
            return False
        said = [heading_at(self.view, cell, self.terms) for cell in cells]
        return all(each.is_known for each in said) and any(map(_is_certain, said))

    def _repeats_headings(self, row: int) -> bool:
        """Whether a row has the headings again that its columns have."""
        cells = [column for column in self.columns.dated if self.view.has((row, column))]
        above = [self.view.plain((self.block.last, column)) for column in cells]
        return any(above) and above == [self.view.plain((row, column)) for column in cells]

    def _begin(self, row: int, title: str, part: tuple[Said, ...]) -> None:
        """Begins an indicator; a text that stood alone above it is the heading of its section."""
        if self._waiting:
            *before, last = self._waiting
            for each in (row for row in before if row != self.block.title):
                self.doubts.append(Doubt(Open.ROW, self._first(each), self._text(each)))
            self.section = self._text(last)
            self.groups += [(each, column) for each in self._waiting for column in self.view.rows[each]]
            self._waiting.clear()
        self.drafts.append(Draft(title, self._said_section or self.section, (row, self.columns.title or 0)))
        self.drafts[-1].add(row, part)

    def _add_part(self, row: int, part: tuple[Said, ...]) -> None:
        """Adds a row with a part of the figure of the indicator above it."""
        if self._waiting:
            named = self._waiting.pop()
            self._begin(named, self._text(named), ())
            self.drafts[-1].at = self._first(named)
        self.drafts[-1].add(row, part)

    def _is_part(self, row: int, part: tuple[Said, ...]) -> bool:
        """Whether a row has a part of the figure of the indicator above, which has no such part yet."""
        title = self.columns.title or 0
        if self._waiting and _may_be_title(self.view.plain((row, title))):
            return names_part(self.view.plain((self._following.get(row, -1), title)))
        if self._waiting:
            return bool(part)
        rows = self.drafts[-1].rows if self.drafts else []
        known = {said or (Part.VALUE,) for each, said in rows if said or self._has_figures(each)}
        return bool(part) and self._is_below_draft(row) and part not in known

    def _has_own_reference(self, row: int) -> bool:
        """Whether a row has another reference than the indicator above; `1.1a` below `1.1` may be of a part of it."""
        above = [self._reference(each) for each, _ in self.drafts[-1].rows] if self.drafts else []
        own, known = self._reference(row), next(filter(None, above), "")
        return bool(known) and bool(own) and not own.startswith(known)

    def _reference(self, row: int) -> str:
        columns = self.columns.of(Label.REFERENCE)
        return self.view.plain((row, columns[0])) if columns else ""

    def _read_untitled(self, row: int, part: tuple[Said, ...]) -> None:
        """A row without a title: a part of the indicator above, the heading of a section, a note, or not read."""
        if not self._waiting and self._is_part(row, part):
            self.drafts[-1].add(row, part)
        elif any(self.view.has_figure((row, column)) for column in self.columns.dated):
            self._leave(row, "it has figures, but no title")
        elif self._is_below_draft(row) and self._is_in_merged_title(row):
            self.drafts[-1].add(row)
        elif self._is_alone(row):
            self._wait(row)
        else:
            self._leave(row, "it has no title")

    def _wait(self, row: int) -> None:
        if is_note(self._text(row)):
            self._leave(row, "it is a note")
        elif row > self._last_figures:
            self._leave(row, "it is a note, or an indicator without any figure")
        else:
            self._waiting.append(row)

    def _leave(self, row: int, reason: str) -> None:
        self.unread.append((row, reason))

    def _is_below_draft(self, row: int) -> bool:
        """Whether a row follows the last row of an indicator."""
        return bool(self.drafts) and self._following.get(self.drafts[-1].last) == row

    def _is_in_merged_title(self, row: int) -> bool:
        area = self.view.merged.get(self.drafts[-1].at)
        return area is not None and row <= area[2]

    def _is_alone(self, row: int) -> bool:
        """Whether nothing but one cell, or one before all figures and labels on the right, stands in a row."""
        return len(self.view.rows[row]) == 1

    def _first(self, row: int) -> Position:
        return row, self.view.rows[row][0]

    def _text(self, row: int) -> str:
        return self.view.plain(self._first(row))


def _may_be_title(part: str) -> bool:
    """Whether the name of a part may be an indicator's title too: Rate per 10,000 may, Actual may not."""
    return bool(re.search("[0-9]", part))


def _is_certain(says: Heading) -> bool:
    """Whether a heading can be no figure: N and No may be answers."""
    is_word = len(says.text) > 2 or not says.text.isalnum()
    return is_word and not says.whens and bool(says.part or says.labels or says.is_count)
