"""What a rule checks: the month's inputs with the figures computed from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from cpreport.model.composed import ComposedText, EarlierTexts
from cpreport.model.figure import Amount, Benchmark, CellRef, Entry, Figure, State, cell_place
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.period import Period
from cpreport.model.published import Withheld
from cpreport.model.revision import RestatedTexts
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.workbook import Earlier, Workbook

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Row(NamedTuple):
    """What the workbook gives for one part of an indicator (None: of a series).

    `given` are its entries that are not blank, in the workbook's order, `numbers` those of them that hold a number.
    Entries outside the indicator's life are in neither: `unused` are the numbers there that no figure uses.
    """

    name: str
    part: Part
    indicator: Indicator | None
    given: tuple[Entry, ...]
    numbers: tuple[Entry, ...]
    unused: tuple[Entry, ...] = ()

    @property
    def typed(self) -> Measure | None:
        """What the values typed in it are; None for numerators, denominators and series."""
        return self.indicator.measure if self.indicator and self.part is Part.VALUE else None

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are per cents."""
        return self.typed is Measure.PERCENTAGE

    @property
    def is_bounded(self) -> bool:
        """Whether its numbers are percentages of at most 100."""
        return self.indicator is not None and self.part is Part.VALUE and self.indicator.is_bounded

    @property
    def may_be_negative(self) -> bool:
        """Whether its numbers may be below 0: averages typed in."""
        return self.typed is Measure.AVERAGE

    @property
    def is_count(self) -> bool:
        """Whether its numbers vary as counts do: parts of ratios, whole numbers, series."""
        return self.typed is None or self.is_whole

    @property
    def is_whole(self) -> bool:
        """Whether its numbers count children; what an average adds up need not be whole."""
        of = self.indicator
        if of and of.measure is Measure.NUMBER:
            return of.decimals == 0
        return of is not None and self.part is not Part.VALUE and of.measure is not Measure.AVERAGE


def rows_of(workbook: Workbook, folder: ReportFolder) -> tuple[Row, ...]:
    """The rows of all Data sheets; in the long layout all entries of one part are one row too."""
    filled = (entry for entry in workbook.entries if entry.amount.state is not State.BLANK)
    given = grouped(filled, lambda entry: (entry.name, entry.part))
    return tuple(_row(name, part, folder.indicators.get(name), entries) for (name, part), entries in given.items())


def _row(name: str, part: Part, indicator: Indicator | None, entries: Sequence[Entry]) -> Row:
    used = tuple(entry for entry in entries if indicator is None or indicator.lives_in(entry.period))
    unused = (entry for entry in entries if indicator and not indicator.lives_in(entry.period))
    numbers = [tuple(entry for entry in some if entry.amount.number is not None) for some in (used, unused)]
    return Row(name, part, indicator, used, *numbers)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """All that rules may use. `earlier` is the month to compare with, None if there is not one.

    `withheld` may not be printed; `before` are texts of earlier reports; `restated` is the text of changed figures.
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

    def all_figures(self) -> Iterator[tuple[Indicator, Figure]]:
        """Every figure with its indicator, in order of time."""
        timelines = self.figures.timelines.values()
        return ((timeline.indicator, figure) for timeline in timelines for figure in timeline.figures.values())

    def amounts(self) -> Iterator[tuple[Row, Entry | Benchmark]]:
        """Every number of the Data sheets with its row, row by row, then every benchmark with one as of values."""
        yield from ((row, entry) for row in self.rows for entry in row.numbers)
        for each in self.workbook.benchmarks:
            yield Row(each.indicator, Part.VALUE, self.folder.indicators[each.indicator], (), ()), each

    def of(self, rule: Rule, each: Entry | Benchmark, **values: Any) -> Finding:
        """A finding about an entry or a benchmark; its message can use the name, period, part and value."""
        texts: dict[str, Any] = {"value": each.amount.text, **values}
        if isinstance(each, Entry):
            return self.at(rule, [each.cell], each.name, each.period, **{"part": each.part.value, **texts})
        of = {"comparator": each.comparator, "period": each.comparator, "part": "benchmark"}
        return self.at(rule, [each.cell], each.indicator, **{**of, **texts})

    def at(
        self, rule: Rule, cells: Sequence[CellRef], name: str = "", period: Period | None = None, /, **values: Any
    ) -> Finding:
        """A finding about an indicator or series, at the first of some cells if there are any.

        Its message can use the name and period. Exact numbers are given as typed.
        """
        label, file = period.label if period else "", self.workbook.file
        place = cell_place(file, cells[0], name, label) if cells else Place(file=file, indicator=name, period=label)
        texts = {key: number_text(value) if isinstance(value, Fraction) else value for key, value in values.items()}
        return rule.at(place, **{"name": name, "period": label, **texts})

    def is_alive(self, name: str, period: Period) -> bool:
        """Whether a period is in an indicator's life; all are of a series."""
        indicator = self.folder.indicators.get(name)
        return indicator is None or indicator.lives_in(period)

    def compared(self) -> Iterator[tuple[Timeline, Timeline]]:
        """The timelines then and now of each indicator that the earlier report has too, if there is one."""
        earlier = self.earlier.figures.timelines if self.earlier else {}
        for now in self.figures.timelines.values():
            names = (now.indicator.id, *now.indicator.formerly)
            if then := next((earlier[name] for name in names if name in earlier), None):
                yield then, now

    def reported(self) -> Iterator[Timeline]:
        """The timelines of the indicators that a section lists, each once, from the first period of their life on.

        One that ended counts as long as a table shows it.
        """
        names = dict.fromkeys(name for section in self.folder.sections for name in section.indicators)
        timelines = (self.figures.timelines[name] for name in names)
        return (each for each in timelines if not each.is_over and not each.indicator.begins_after(each.now))


def grouped(values: Iterable[Value], key: Callable[[Value], Key]) -> dict[Key, list[Value]]:
    """The values in their order, by their keys in the order of the first of each."""
    groups: dict[Key, list[Value]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups


def is_above_100(amount: Amount) -> bool:
    """Whether a number, read as a per cent, is above 100."""
    return amount.number is not None and amount.number > (1 if amount.form.is_fraction else 100)


def number_text(number: Fraction) -> str:
    """A number as typed: whole numbers whole, others with the decimals they have."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.10g}"


def counted(number: int, name: str) -> str:
    """`1 word`, `1,200 reported figures`."""
    return f"{number:,} {name}{'s' if number != 1 else ''}"


def and_more(number: int, name: str = "", word: str = "and", ending: str = "") -> str:
    """` (and 3 more cells)` for further ones that a finding counts; empty where there are none."""
    return f" ({word} {counted(number, f'more {name}') if name else f'{number} more'}{ending})" if number else ""
