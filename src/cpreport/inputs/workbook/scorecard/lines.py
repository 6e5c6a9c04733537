"""The rows below a table's headings: indicators, the parts of their figures, sections, and what is not read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cpreport.inputs.workbook.cells.values import Position
from cpreport.inputs.workbook.scorecard.blocks import Block
from cpreport.inputs.workbook.scorecard.columns import Columns, Said
from cpreport.inputs.workbook.scorecard.headings import heading_of
from cpreport.inputs.workbook.scorecard.values import FigureCell, Label, LabelCell, Line, Open
from cpreport.inputs.workbook.scorecard.view import View
from cpreport.inputs.workbook.scorecard.words import (
    COUNT,
    is_count,
    is_note,
    is_status_colour,
    label_of,
    parts_of,
    why_aside,
    why_no_indicator,
)
from cpreport.inputs.workbook.scorecard.years import Doubt
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms

_TOTAL = "it is a total or an average"


@dataclass
class Draft:
    """An indicator whose rows are being read: each row with the part of a figure that it names, if it names one.

    `last` is the last row that belongs to it, read or not.
    """

    title: str
    section: str
    at: Position
    rows: list[tuple[int, tuple[Said, ...]]] = field(default_factory=list)
    last: int = -1

    def add(self, row: int, part: tuple[Said, ...] = ()) -> None:
        """Adds a row, which is now the last one of the indicator."""
        self.rows.append((row, part))
        self.last = row


@dataclass
class Rows:
    """What the rows of a table are. `section` is the one that they stand in as they are read.

    `coloured` are the cells whose fill may stand for a status,
    `doubled` are the cells that would be a part of a figure which another cell is.
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

    def read(self) -> list[Line]:
        """The indicators; the other rows are in `groups` and `unread` afterwards.

        The name of the table is the heading of a section or, above rows such as Actual and Target, an indicator.
        """
        self._waiting += [] if self.block.title is None else [self.block.title]
        for row in self._below:
            self._read_row(row)
        self._leave_waiting("it is a note, or an indicator without any figure")
        columns = {*self.columns.figures, *self.columns.of(Label.STATUS)}
        rows = [row for draft in self.drafts for row, _ in draft.rows]
        cells = ((row, column) for row in rows for column in sorted(columns))
        self.coloured = [cell for cell in cells if is_status_colour(self.view.fill(cell))]
        return [self._line(draft) for draft in self.drafts]

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
        return any(self.view.has((row, column)) for column in self.columns.dated)

    def _read_row(self, row: int) -> None:
        view, columns = self.view, self.columns
        title = "" if columns.title is None else view.plain((row, columns.title))
        named = title if columns.parts is None else view.plain((row, columns.parts))
        part = (COUNT,) if is_count(named) else parts_of(named)
        if reason := self._why_left(row, title, named if not part else ""):
            self._leave(row, reason)
        elif not title:
            self._read_untitled(row, part)
        elif self._names_part(title) and self._is_part(row, part):
            self._add_part(row, part)
        elif self._names_part(title) and not self._may_be_title(title) and columns.parts is None:
            self._leave(row, "it is a part of a figure, but no indicator that lacks this part is above it")
        elif not self._has_figures(row) and (row > self._last_figures or self._is_alone(row)):
            self._wait(row)
        elif columns.parts is not None and self.drafts and self.drafts[-1].title == title and self._is_part(row, part):
            self.drafts[-1].add(row, part)
        else:
            self._begin(row, title, part)

    def _why_left(self, row: int, title: str, named: str) -> str:
        """Why a row with this title is not read, by the name of its part or its title; empty where it may be."""
        if title and self.view.is_unreadable((row, self.columns.title or 0)):
            return "its title cannot be read"
        if self._has_headings(row):
            self._reheaded = self.view.cell(self._first(row)).a1
            return "its headings name no period"
        if self._reheaded:
            return f"the headings from {self._reheaded} on name no period"
        if why_aside(title) == _TOTAL:
            return _TOTAL
        if title and heading_of(title, self.terms).says_when:
            return "its title is a period"
        return self._why_beside(row, named)

    def _why_beside(self, row: int, named: str) -> str:
        """Why a row says something beside an indicator, by its name; empty for a name that may head a section."""
        reason, is_below = why_no_indicator(named), self._is_below_draft(row)
        if self._is_alone(row) and not (is_below and len(self.drafts[-1].rows) > 1):
            return ""
        if reason and is_below:
            self.drafts[-1].last = row
        return reason

    def _has_headings(self, row: int) -> bool:
        """Whether words such as Actual and England stand where a row has its figures, and nothing else."""
        texts = [self.view.plain((row, column)) for column in self.columns.dated if self.view.has((row, column))]
        return bool(texts) and all(len(text) > 1 and (parts_of(text) or label_of(text)) for text in texts)

    def _begin(self, row: int, title: str, part: tuple[Said, ...]) -> None:
        """Begins an indicator; a text that stood alone above it is the heading of its section."""
        if self._waiting:
            *before, last = self._waiting
            for each in (row for row in before if row != self.block.title):
                self.doubts.append(Doubt(Open.ROW, self._first(each), self._text(each)))
            self.section = self._text(last)
            self.groups += [(each, column) for each in self._waiting for column in self.view.rows[each]]
            self._waiting.clear()
        section = self._named_section(row) or self.section
        self.drafts.append(Draft(title, section, (row, self.columns.title or 0)))
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
        if self._waiting and self._may_be_title(self.view.plain((row, title))):
            return self._names_part(self.view.plain((self._following.get(row, -1), title)))
        if self._waiting:
            return bool(part)
        rows = self.drafts[-1].rows if self.drafts else []
        known = {said or (Part.VALUE,) for each, said in rows if said or self._has_figures(each)}
        return bool(part) and self._is_below_draft(row) and part not in known

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

    def _leave_waiting(self, reason: str) -> None:
        for row in self._waiting:
            self._leave(row, reason)

    def _leave(self, row: int, reason: str) -> None:
        self.unread.append((row, reason))

    @staticmethod
    def _names_part(title: str) -> bool:
        return bool(parts_of(title)) or is_count(title)

    @staticmethod
    def _may_be_title(part: str) -> bool:
        """Whether the name of a part may be an indicator's title too: Rate per 10,000 may, Actual may not."""
        return bool(re.search("[0-9]", part))

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

    def _named_section(self, row: int) -> str:
        """What the column of sections says: in the row itself, or in the last one above that says anything."""
        if not (columns := self.columns.of(Label.SECTION)):
            return ""
        above = bisect_right(self._section_rows, row)
        return self.view.plain((self._section_rows[above - 1], columns[0])) if above else ""

    @cached_property
    def _section_rows(self) -> list[int]:
        """The rows in which the column of sections says anything."""
        return [
            row for row in self._below for column in self.columns.of(Label.SECTION)[:1] if self.view.has((row, column))
        ]

    def _line(self, draft: Draft) -> Line:
        labels = tuple(sorted(self._labels(draft), key=lambda label: (label.cell.row, label.cell.column)))
        reference = next((label.text for label in labels if label.label is Label.REFERENCE), "")
        figures = tuple(self._figures(draft))
        return Line(draft.title, reference, draft.section, self.view.cell(draft.at), labels, figures)

    def _labels(self, draft: Draft) -> Iterator[LabelCell]:
        known = self.columns.labels
        for row, _ in draft.rows:
            for column in self.view.rows[row]:
                at = (row, column)
                text, cell = self.view.text(at), self.view.cell(at)
                if column == self.columns.parts or (column == self.columns.title and self._is_part_row(draft, row)):
                    yield LabelCell(Label.PART, "", text, cell)
                elif column in known:
                    yield LabelCell(known[column].label, known[column].heading, text, cell, known[column].period)

    def _is_part_row(self, draft: Draft, row: int) -> bool:
        """Whether a row is one of an indicator's parts that is named where titles stand."""
        is_named = self.columns.title is not None and self._names_part(self.view.plain((row, self.columns.title)))
        return is_named and row != draft.at[0]

    def _figures(self, draft: Draft) -> Iterator[FigureCell]:
        """The cells of each part of the figures; a row without the name of a part has what its columns say."""
        said = {each for _, part in draft.rows for each in part}
        has_parts = bool(said - {COUNT, None}) or any(not part and self._has_figures(row) for row, part in draft.rows)
        known: set[tuple[Period, Part | None]] = set()
        for row, parts in draft.rows:
            if not parts and len(draft.rows) > 1 and not self._has_figures(row):
                continue
            for column, (period, of_column) in sorted(self.columns.figures.items()):
                part = self._joined(parts, of_column, has_parts)
                if (period, part) not in known:
                    yield FigureCell(period, part, self.view.cell((row, column)))
                elif self.view.has((row, column)):
                    self.doubled.append((row, column))
                known.add((period, part))

    @staticmethod
    def _joined(parts: tuple[Said, ...], of_column: Said, has_parts: bool) -> Part | None:
        """The part that a row and a column name together: the row's, unless it names none or just the figure."""
        said = parts[0] if parts and parts[0] is not Part.VALUE else of_column
        if isinstance(said, Part) or said is None:
            return said
        return Part.NUMERATOR if has_parts else Part.VALUE
