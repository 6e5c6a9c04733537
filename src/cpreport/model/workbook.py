"""The month's workbook and narratives as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.document import Align, Block, Pictures
from cpreport.model.figure import PROVISIONAL, Benchmark, CellRef, Entry, Mark, State, Status
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.peers import PeerRow
from cpreport.model.period import Period
from cpreport.model.status import SaidStatus
from cpreport.model.tags import with_plain_tags
from cpreport.model.timeline import Figures
from cpreport.model.verdict import TypedVerdict

Marks = Mapping[tuple[str, Period, Part | None], Mark]
"""The marks of the Marks sheet, by indicator or series, period and part (None: the whole figure)."""


def is_revised(entry: Entry, marks: Marks) -> bool:
    """Whether a workbook marks an entry as revised, in its cell or apart."""
    return Status.REVISED in _statuses(entry, marks)


def is_provisional(entry: Entry, marks: Marks) -> bool:
    """Whether a workbook marks an entry as provisional or estimated, in its cell or apart."""
    return any(status in PROVISIONAL for status in _statuses(entry, marks))


def marked_confidential(marks: Marks) -> frozenset[tuple[str, Period]]:
    """The names and periods of which a mark says that the figure, or a part of it, is confidential."""
    return frozenset((name, period) for (name, period, _), mark in marks.items() if mark.state is State.CONFIDENTIAL)


def _statuses(entry: Entry, marks: Marks) -> set[Status]:
    found = (marks.get((entry.name, entry.period, part)) for part in (entry.part, None))
    return {entry.amount.status, *(mark.status for mark in found if mark)}


@dataclass(frozen=True, slots=True)
class About:
    """The About sheet. `texts` are all its values as text, by their keys as typed; `cells` where each is.

    `last_report` is the period of the report that the board saw last, before the reporting period and of its kind.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, CellRef] = field(default_factory=dict)
    reporting_period: Period | None = None
    board_date: date | None = None
    data_as_at: date | None = None
    is_example: bool = False
    last_report: Period | None = None

    def text(self, key: str) -> str:
        """A value by its key in any case; empty if there is none."""
        return self.texts.get(self._typed(key), "")

    def cell(self, key: str) -> CellRef | None:
        """Where a key's value is."""
        return self.cells.get(self._typed(key))

    def _typed(self, key: str) -> str:
        return next((name for name in self.texts if name.lower() == key.lower()), key)


@dataclass(frozen=True, slots=True)
class BreakdownCount:
    """A category's count, or its share in per cent where a group has only shares; neither where it is blank.

    `state` is PRESENT, or says why its group cannot be printed: ERROR, or CONFIDENTIAL, which holds for all of its
    breakdown's counts of one period, also where the figure that it breaks down is.
    """

    breakdown: str
    category: str
    group: str
    count: int | None
    period: Period | None
    cell: CellRef
    state: State = State.PRESENT
    share: Fraction | None = None


_ALONE = re.compile(r"#{1,6}\s.*|\{\{(?:(?!\}\}).)*\}\}", re.DOTALL)
_LISTED = re.compile(r"\s*(?:[-*]|[0-9]{1,3}[.)])\s+\S")
_BULLET = re.compile(r"\A[-*•–]\s+")


class Passage(NamedTuple):
    """A piece of a narrative and where it is.

    `text` is Markdown with tags. `blocks` are those of a Word file, with tags as typed in their spans; the text is then
    their words.
    """

    text: str
    place: Place
    blocks: tuple[Block, ...] = ()

    @property
    def markdown(self) -> str:
        """The text as it is printed, on as many lines: a row of the sheet is a bullet.

        A row that is a heading, a single call or a list typed in one cell is not a bullet.
        """
        text = with_plain_tags(self.text)
        lines = text.split("\n")
        is_list = len(lines) > 1 and all(_LISTED.match(line) for line in lines)
        if not self.place.sheet or is_list or _ALONE.fullmatch(text):
            return text
        return "- " + _BULLET.sub("", text).replace("\n", "\n  ")

    def sentence_at(self, line: int) -> str:
        """The words of a line of the text, from 1."""
        lines = self.markdown.split("\n")
        return _BULLET.sub("", lines[min(line, len(lines)) - 1].strip(" #|"))

    def place_at(self, line: int) -> Place:
        """Where a line of the text is, from 1: only some files have lines."""
        return replace(self.place, line=self.place.line and self.place.line + line - 1)


class Narrative(NamedTuple):
    """What fills one slot: its passages in order."""

    section: str
    slot: str
    passages: tuple[Passage, ...]


Narratives = Mapping[tuple[str, str], Narrative]
"""Narratives by section and slot."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A sentence that somebody accepts, with the figures it was checked against.

    `is_earlier`: it is from an earlier period's narratives, so it need not hold any longer.
    """

    sentence: str
    figures: tuple[str, ...]
    name: str
    reason: str
    place: Place
    is_earlier: bool = False


def sheet_key(name: str) -> str:
    """A sheet's name as it is compared: without regard to case and outer spaces."""
    return name.strip().lower()


BETWEEN_FIGURES = " | "
"""What separates the figures of an acceptance."""

Rows = tuple[tuple[str, ...], ...]


class OtherSheet(NamedTuple):
    """A sheet that is not read for figures or texts: its cells as they show, and what is wrong with them.

    `aligns` has the side on which each of them stands.
    """

    rows: Rows
    findings: tuple[Finding, ...]
    aligns: tuple[tuple[Align, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The month's workbook, read but not yet checked against itself.

    `earlier_narratives` are those of earlier periods, as far as they can be read; `narrative_folder` is where the
    narrative files are, from the workbook's folder; `unplaced` are the sections with text that is for none of their
    slots, each with the slot that seems to be meant or an empty text. `statuses` are those that the sheet Status
    gives, by indicator and period. `benchmarks` of one indicator and comparator are oldest first. `figure_sheets` are
    the keys of the sheets that figures, marks and texts are read from, `other_sheets` the others by theirs, where a
    text may print one. `pictures` are the files that texts name, by their names, or why one cannot be
    printed. `verdicts` are the statuses and directions that somebody has typed beside the figures of a scorecard.
    """

    file: str
    period: Period
    data_as_at: date
    about: About
    entries: tuple[Entry, ...]
    benchmarks: tuple[Benchmark, ...] = ()
    marks: Marks = field(default_factory=dict)
    narratives: Narratives = field(default_factory=dict)
    earlier_narratives: Mapping[Period, Narratives] = field(default_factory=dict)
    narrative_folder: str = "narrative"
    unplaced: frozenset[tuple[str, str]] = frozenset()
    accepted: tuple[Acceptance, ...] = ()
    breakdowns: tuple[BreakdownCount, ...] = ()
    peers: tuple[PeerRow, ...] = ()
    statuses: Mapping[tuple[str, Period], SaidStatus] = field(default_factory=dict)
    figure_sheets: frozenset[str] = frozenset()
    other_sheets: Mapping[str, OtherSheet] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)
    verdicts: tuple[TypedVerdict, ...] = ()

    @property
    def filled_periods(self) -> frozenset[Period]:
        """The periods of which it has an entry that is not blank."""
        return frozenset(entry.period for entry in self.entries if entry.amount.state is not State.BLANK)

    def narrative_file(self, section: str) -> str:
        """The file in which a section's missing text is wanted, from the workbook's folder: a Word file.

        It is Markdown where the section's other texts are.
        """
        places = (text.passages[0].place for (name, _), text in self.narratives.items() if name == section)
        ending = ".md" if any(place.file.lower().endswith(".md") for place in places) else ".docx"
        return f"{self.narrative_folder}/{section}{ending}"


def stated_benchmark_period(workbook: Workbook, folder: ReportFolder) -> str:
    """The period of benchmarks that have none: About's, else report.toml's; empty where neither has one."""
    return workbook.about.text("benchmark period") or folder.benchmark_period


def own_authority(workbook: Workbook, folder: ReportFolder) -> str:
    """Our authority's name: About's, else report.toml's; empty where neither has one."""
    return workbook.about.text("authority") or folder.authority


def with_stated_period(workbook: Workbook, folder: ReportFolder) -> ReportFolder:
    """The report folder with the benchmark period that a workbook states."""
    return replace(folder, benchmark_period=stated_benchmark_period(workbook, folder))


class Earlier(NamedTuple):
    """The month of an earlier report, read and computed to be compared with. Its cells name their file."""

    workbook: Workbook
    folder: ReportFolder
    figures: Figures
