"""What a rule looks at: the month's inputs with the figures computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cpreport.model.composed import ComposedText, EarlierTexts
from cpreport.model.figure import Amount, CellRef, Entry, Figure, State, cell_place
from cpreport.model.finding import Place
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period
from cpreport.model.published import Withheld
from cpreport.model.revision import RestatedTexts
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import Earlier, Workbook


@dataclass(frozen=True, slots=True)
class Row:
    """What the workbook gives for one part of an indicator (None: of a series).

    `given` are its entries that are not blank, in the workbook's order, `numbers` those of them that hold a number.
    What stands outside the indicator's life is in neither: `unused` are the numbers there that no figure uses.
    """

    name: str
    part: Part
    indicator: Indicator | None
    given: tuple[Entry, ...]
    numbers: tuple[Entry, ...]
    unused: tuple[Entry, ...] = ()

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are per cents."""
        of = self.indicator
        return of is not None and self.part is Part.VALUE and of.measure is Measure.PERCENTAGE

    @property
    def may_be_negative(self) -> bool:
        """Whether its numbers may be below 0: averages typed in."""
        of = self.indicator
        return of is not None and self.part is Part.VALUE and of.measure is Measure.AVERAGE

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
    return tuple(_row(name, part, folder.indicators.get(name), entries) for (name, part), entries in given.items())


def _row(name: str, part: Part, indicator: Indicator | None, entries: Sequence[Entry]) -> Row:
    if indicator is None or not (indicator.begins or indicator.ends):
        return Row(name, part, indicator, tuple(entries), _numbers(entries))
    used = tuple(entry for entry in entries if indicator.lives_in(entry.period))
    unused = _numbers(entry for entry in entries if not indicator.lives_in(entry.period))
    return Row(name, part, indicator, used, _numbers(used), unused)


def _numbers(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.amount.number is not None)


@dataclass(frozen=True, slots=True)
class Examined:
    """`earlier` is the month it is compared with, None if there is none.

    `withheld` is what may not be printed; `texts` are what narratives and templates say, `before` those of earlier
    reports; `restated` is what is printed of figures that have changed.
    """

    workbook: Workbook
    folder: ReportFolder
    figures: Figures
    rows: tuple[Row, ...] = ()
    earlier: Earlier | None = None
    withheld: Withheld = field(default_factory=Withheld)
    texts: Sequence[ComposedText] = ()
    before: Sequence[EarlierTexts] = ()
    restated: RestatedTexts = field(default_factory=dict)

    def place(self, entry: Entry) -> Place:
        """Where a finding about an entry stands."""
        return cell_place(self.workbook.file, entry.cell, entry.name, entry.period.label)

    def figure_place(self, name: str, period: Period, cells: Sequence[CellRef]) -> Place:
        """Where a finding about a figure stands: at the first of its cells, if it has any."""
        if not cells:
            return Place(file=self.workbook.file, indicator=name, period=period.label)
        return cell_place(self.workbook.file, cells[0], name, period.label)

    def reported(self) -> Iterator[Timeline]:
        """The timelines of the indicators that a section lists, each once, from the first period of their life on.

        One that ended counts as long as a table shows it.
        """
        names = dict.fromkeys(name for section in self.folder.sections for name in section.indicators)
        timelines = (self.figures.timelines[name] for name in names)
        return (each for each in timelines if not each.is_over and not each.indicator.begins_after(each.now))


def is_above_100(amount: Amount) -> bool:
    """Whether a number, read as a per cent, is above 100."""
    return amount.number is not None and amount.number > (1 if amount.form.is_fraction else 100)


def has_too_many(indicator: Indicator, figure: Figure) -> bool:
    """Whether a figure that is at most 100% has more in its numerator than in its denominator."""
    count, total = figure.count, figure.total
    if not indicator.is_bounded or not count or not total:
        return False
    return count.numerator * total.denominator > total.numerator * count.denominator  # faster than count > total


def number_text(number: Fraction) -> str:
    """A number as typed: whole numbers whole, others with the decimals they have."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.10g}"


def counted(number: int, name: str) -> str:
    """`1 word`, `1,200 reported figures`."""
    return f"{number:,} {name}{'s' if number != 1 else ''}"
