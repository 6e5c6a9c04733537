"""What a rule looks at: the month's inputs with the figures computed from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cpreport.model.figure import CellRef, Entry, State
from cpreport.model.finding import Place
from cpreport.model.folder import ReportFolder
from cpreport.model.history import Figures, History
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period
from cpreport.model.workbook import Earlier, Workbook


@dataclass(frozen=True, slots=True)
class Row:
    """What the workbook gives for one part of an indicator (None: of a series).

    `given` are its entries that are not blank, in the workbook's order, `numbers` those of them that hold a number.
    """

    name: str
    part: Part
    indicator: Indicator | None
    given: tuple[Entry, ...]
    numbers: tuple[Entry, ...]

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are per cents."""
        of = self.indicator
        return of is not None and self.part is Part.VALUE and of.measure is Measure.PERCENTAGE

    @property
    def is_count(self) -> bool:
        """Whether its numbers vary as counts do: parts of ratios, whole numbers, series."""
        of = self.indicator
        return of is None or self.part is not Part.VALUE or (of.measure is Measure.NUMBER and of.decimals == 0)

    @property
    def is_whole(self) -> bool:
        """Whether its numbers count children; what an average adds up need not be whole."""
        of = self.indicator
        if of is None:
            return False
        if of.measure is Measure.NUMBER:
            return of.decimals == 0
        return self.part is not Part.VALUE and of.measure is not Measure.AVERAGE


def rows_of(workbook: Workbook, folder: ReportFolder) -> tuple[Row, ...]:
    """The rows of all Data sheets; what the long layout says of one part is one row too."""
    given: dict[tuple[str, Part], list[Entry]] = {}
    for entry in workbook.entries:
        if entry.amount.state is not State.BLANK:
            given.setdefault((entry.name, entry.part), []).append(entry)
    return tuple(
        Row(
            name,
            part,
            folder.indicators.get(name),
            tuple(entries),
            tuple(e for e in entries if e.amount.number is not None),
        )
        for (name, part), entries in given.items()
    )


@dataclass(frozen=True, slots=True)
class Examined:
    """`earlier` is the month it is compared with, None if there is none."""

    workbook: Workbook
    folder: ReportFolder
    figures: Figures
    rows: tuple[Row, ...] = ()
    earlier: Earlier | None = None

    def place(self, entry: Entry) -> Place:
        """Where a finding about an entry stands."""
        return cell_place(self.workbook.file, entry.cell, entry.name, entry.period.label)

    def figure_place(self, name: str, period: Period, cells: Sequence[CellRef]) -> Place:
        """Where a finding about a figure stands: at the first of its cells, if it has any."""
        if not cells:
            return Place(file=self.workbook.file, indicator=name, period=period.label)
        return cell_place(self.workbook.file, cells[0], name, period.label)

    def reported(self) -> Iterator[History]:
        """The histories of the indicators that a section lists, each once, if the newest period is in their life."""
        names = dict.fromkeys(name for section in self.folder.sections for name in section.indicators)
        histories = (self.figures.histories[name] for name in names)
        return (history for history in histories if history.indicator.lives_in(history.now))


def cell_place(file: str, cell: CellRef, indicator: str = "", period: str = "") -> Place:
    """A cell as a finding's place; `file` is that of the month's own cells."""
    return Place(file=cell.file or file, sheet=cell.sheet, cell=cell.a1, indicator=indicator, period=period)


def number_text(number: Fraction) -> str:
    """A number as typed: whole numbers whole, others with the decimals they have."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.10g}"
